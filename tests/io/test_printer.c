#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "io/printer.h"

static char path[] = "/tmp/chotdon-printer-XXXXXX";

static int make_file(void **state) {
    (void)state;
    int fd = mkstemp(path);
    close(fd);
    return fd < 0;
}

static int remove_file(void **state) {
    (void)state;
    return unlink(path);
}

static void expect_file(const char *text) {
    char got[64] = "";
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    got[fread(got, 1, sizeof got - 1, f)] = '\0';
    fclose(f);
    assert_string_equal(got, text);
}

static enum err_code send(const char *target, const char *text, struct err *e) {
    return printer_send(target, text, strlen(text), 2000, e);
}

static void a_file_is_made_and_appended_to(void **state) {
    (void)state;
    unlink(path);
    assert_int_equal(send(path, "one\n", NULL), ERR_OK);
    assert_int_equal(send(path, "two\n", NULL), ERR_OK);
    expect_file("one\ntwo\n");
}

static void a_command_gets_the_bytes(void **state) {
    (void)state;
    char *command = mem_printf("|cat > %s; echo done", path);
    assert_int_equal(send(command, "receipt", NULL), ERR_OK);
    expect_file("receipt");
    free(command);
}

static void a_failing_command_says_what_it_said(void **state) {
    (void)state;
    struct err e = ERR_INIT;
    assert_int_equal(send("|echo no such printer >&2; exit 3", "x", &e), ERR_IO);
    assert_non_null(strstr(e.message, "no such printer"));
    assert_non_null(strstr(e.message, "3"));
    assert_int_equal(send("|no-such-command-at-all", "x", &e), ERR_IO);
    assert_non_null(strstr(e.message, "127"));
}

static void a_command_that_does_not_read_breaks_nothing(void **state) {
    (void)state;
    size_t n = 1 << 20;
    char *bytes = mem_alloc(n);
    memset(bytes, 'x', n);
    struct err e = ERR_INIT;
    assert_int_equal(printer_send("|exit 0", bytes, n, 2000, &e), ERR_IO);
    assert_string_not_equal(e.message, "");
    struct sigaction now;
    sigaction(SIGPIPE, NULL, &now);
    assert_ptr_equal(now.sa_handler, SIG_DFL);
    free(bytes);
}

static void a_command_that_hangs_is_given_up(void **state) {
    (void)state;
    struct err e = ERR_INIT;
    assert_int_equal(printer_send("|sleep 60 & wait", "x", 1, 200, &e), ERR_IO);
    assert_non_null(strstr(e.message, "sleep 60"));
}

static void a_device_that_is_not_there_is_an_error_and_is_not_made(void **state) {
    (void)state;
    struct err e = ERR_INIT;
    assert_int_equal(send("/dev/no-such-printer", "x", &e), ERR_IO);
    assert_non_null(strstr(e.message, "/dev/no-such-printer"));
    assert_int_equal(send("/dev/full", "x", &e), ERR_IO);
    assert_int_equal(send("/no/such/folder/file", "x", &e), ERR_IO);
}

static void a_pipe_that_nobody_reads_is_an_error(void **state) {
    (void)state;
    unlink(path);
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_int_equal(send(path, "x", NULL), ERR_IO);
}

static void without_a_printer_it_says_where_to_set_one(void **state) {
    (void)state;
    struct err e = ERR_INIT;
    assert_int_equal(send("", "x", &e), ERR_INVALID);
    assert_non_null(strstr(e.message, "[receipt]"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_is_made_and_appended_to),
        cmocka_unit_test(a_command_gets_the_bytes),
        cmocka_unit_test(a_failing_command_says_what_it_said),
        cmocka_unit_test(a_command_that_does_not_read_breaks_nothing),
        cmocka_unit_test(a_command_that_hangs_is_given_up),
        cmocka_unit_test(a_device_that_is_not_there_is_an_error_and_is_not_made),
        cmocka_unit_test(a_pipe_that_nobody_reads_is_an_error),
        cmocka_unit_test(without_a_printer_it_says_where_to_set_one),
    };
    return cmocka_run_group_tests(tests, make_file, remove_file);
}
