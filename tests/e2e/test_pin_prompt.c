/* The prompt for a PIN in a terminal: asked twice when it is new, shown never, taken back by Ctrl-C. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mem.h"
#include "testoffice.h"

static int setup(void **state) {
    struct testoffice *o = testoffice_new("2026-11-21 14:05:00", NULL);
    testoffice_command(o, "staff add LAN 'Nguyễn Thị Lan' --role manager");
    *state = o;
    return 0;
}

static int teardown(void **state) {
    testoffice_free(*state);
    return 0;
}

static struct pty *start(struct testoffice *o, const char *words) {
    char *line = mem_printf("'%s' -d '%s' --now '%s' --lang en %s; echo \"left with $?\"; cat", o->program, o->path,
                            o->now, words);
    const char *argv[] = {"/bin/sh", "-c", line, NULL};
    if (o->pty != NULL) {
        pty_free(o->pty);
    }
    o->pty = pty_start(&(struct pty_options){.argv = argv});
    free(line);
    return o->pty;
}

static bool was_shown(struct pty *p, const char *secret) {
    const struct buf *raw = pty_raw(p);
    return memmem(raw->data, raw->len, secret, strlen(secret)) != NULL;
}

static void a_pin_is_asked_for_and_never_shown(void **state) {
    struct pty *p = start(*state, "staff pin LAN");
    pty_expect(p, "new PIN of Nguyễn Thị Lan:");
    pty_send(p, "con mèx\x7fo\r"); /* a mistake is taken back */
    pty_expect(p, "once more:");
    pty_send(p, "nothing\x15"
                "con mèo\r"); /* Ctrl-U: from the beginning */
    pty_expect(p, "sign-in is on");
    pty_expect(p, "left with 0");
    assert_false(was_shown(p, "con m"));
    pty_send(p, "seen again\r"); /* the terminal shows what is typed, as before */
    pty_expect(p, "seen again");

    p = start(*state, "-u LAN setting get shop_name");
    pty_expect(p, "PIN of Nguyễn Thị Lan:");
    pty_send(p, "con mèo\r");
    pty_expect(p, "Tạp hoá Hạnh Phúc");
    pty_expect(p, "left with 0");
    assert_false(was_shown(p, "con m"));
}

static void two_that_differ_change_nothing(void **state) {
    struct pty *p = start(*state, "staff pin LAN");
    pty_expect(p, "new PIN of Nguyễn Thị Lan:");
    pty_send(p, "con mèo\r");
    pty_expect(p, "once more:");
    pty_send(p, "con chó\r");
    pty_expect(p, "the two are not the same");
    pty_expect(p, "left with 1");
    testoffice_command(*state, "staff list"); /* the shop is open as before */
}

static void an_obvious_one_is_refused(void **state) {
    struct pty *p = start(*state, "staff pin LAN");
    pty_expect(p, "new PIN of Nguyễn Thị Lan:");
    pty_send(p, "1234\r");
    pty_expect(p, "once more:");
    pty_send(p, "1234\r");
    pty_expect(p, "the first that anybody would try");
    pty_expect(p, "left with 1");
}

static void ctrl_c_takes_it_back(void **state) {
    struct pty *p = start(*state, "staff pin LAN");
    pty_expect(p, "new PIN of Nguyễn Thị Lan:");
    pty_send(p, "con\x03");
    pty_expect(p, "no PIN was given");
    pty_expect(p, "left with 1");
    pty_send(p, "seen again\r");
    pty_expect(p, "seen again");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_pin_is_asked_for_and_never_shown),
        TEST(two_that_differ_change_nothing),
        TEST(an_obvious_one_is_refused),
        TEST(ctrl_c_takes_it_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
