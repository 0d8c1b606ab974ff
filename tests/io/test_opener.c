/* Documents are handed to a program as one argument, without a shell. */
#include "io/opener.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mem.h"

static char folder[32];
static char program[64];
static char seen[64];

/* Writes its arguments, one a line. */
static int setup(void **state) {
    (void)state;
    strcpy(folder, "/tmp/opener-XXXXXX");
    if (mkdtemp(folder) == NULL) {
        return 1;
    }
    snprintf(program, sizeof program, "%s/open", folder);
    snprintf(seen, sizeof seen, "%s/seen", folder);
    FILE *f = fopen(program, "w");
    fprintf(f, "#!/bin/sh\nprintf '%%s\\n' \"$@\" > %s\n[ \"$1\" != bad ]\n", seen);
    fclose(f);
    return chmod(program, 0700);
}

static int teardown(void **state) {
    (void)state;
    unlink(program);
    unlink(seen);
    return rmdir(folder);
}

static void assert_seen(const char *expected) {
    char text[256] = "";
    FILE *f = fopen(seen, "r");
    assert_non_null(f);
    size_t n = fread(text, 1, sizeof text - 1, f);
    fclose(f);
    text[n] = '\0';
    assert_string_equal(text, expected);
}

static void path_is_one_argument_whatever_is_in_it(void **state) {
    (void)state;
    char *path = mem_printf("%s/a b;touch $HOME `id`.pdf", folder);
    char *expected = mem_printf("-w\n%s\n", path);
    char *command = mem_printf("%s -w", program);
    fclose(fopen(path, "w"));
    assert_int_equal(opener_open(command, path, NULL), ERR_OK);
    assert_seen(expected);
    unlink(path);
    free(path);
    free(expected);
    free(command);
}

static void addresses_need_no_file(void **state) {
    (void)state;
    assert_int_equal(opener_open(program, "https://example.vn/a?b=c", NULL), ERR_OK);
    assert_seen("https://example.vn/a?b=c\n");
}

static void faults_are_named(void **state) {
    struct err e = ERR_INIT;
    char *bad = mem_printf("%s bad", program);
    (void)state;
    assert_int_equal(opener_open(program, "/nonexistent/a.pdf", &e), ERR_NOT_FOUND);
    assert_non_null(strstr(e.message, "/nonexistent/a.pdf"));
    assert_int_equal(opener_open(program, "--help", &e), ERR_NOT_FOUND);
    assert_int_equal(opener_open("", program, &e), ERR_INVALID);
    assert_int_equal(opener_open("/nonexistent/opener", program, &e), ERR_IO);
    assert_non_null(strstr(e.message, "[files] opener"));
    assert_int_equal(opener_open(bad, program, &e), ERR_IO);
    assert_non_null(strstr(e.message, "status 1"));
    free(bad);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(path_is_one_argument_whatever_is_in_it, setup, teardown),
        cmocka_unit_test_setup_teardown(addresses_need_no_file, setup, teardown),
        cmocka_unit_test_setup_teardown(faults_are_named, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
