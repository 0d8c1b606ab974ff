/* The manager's monthly closing in a terminal, from opening the screen to the exported file, by counted key presses. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mem.h"
#include "pty.h"
#include "testdb.h"

#define PRESSES_MAX 12

struct closing {
    char *path, *folder, *program;
    struct pty *pty;
    int presses;
};

static void shell(const char *command) {
    assert_int_equal(system(command), 0);
}

static int setup(void **state) {
    struct closing *c = mem_zalloc(sizeof *c);
    const char *build = getenv("B");
    char here[4000];
    assert_non_null(getcwd(here, sizeof here));
    c->path = testdb_path("shop.db");
    c->folder = mem_strndup(c->path, (size_t)(strrchr(c->path, '/') - c->path));
    c->program = build != NULL && build[0] == '/' ? mem_printf("%s/chotdon", build)
                                                  : mem_printf("%s/%s/chotdon", here, build == NULL ? "build" : build);
    char *command = mem_printf("LC_ALL=C.UTF-8 %s -q -d '%s' --now '2026-11-02 08:00:00' init --sample >/dev/null",
                               c->program, c->path);
    shell(command);
    free(command);
    *state = c;
    return 0;
}

static int teardown(void **state) {
    struct closing *c = *state;
    char *command = mem_printf("rm -f '%s'/*.csv", c->folder);
    shell(command);
    free(command);
    pty_free(c->pty);
    testdb_remove(c->path);
    free(c->folder);
    free(c->program);
    free(c);
    return 0;
}

/* One key, and what it must bring. */
static void press(struct closing *c, const char *key, const char *expected) {
    c->presses++;
    pty_type(c->pty, key);
    pty_expect(c->pty, expected);
    pty_settle(c->pty);
}

static void a_month_is_closed_in_twelve_presses(void **state) {
    struct closing *c = *state;
    char *command = mem_printf("cd '%s' && exec '%s' -d '%s' --now '2026-11-02 08:00:00' --lang en", c->folder,
                               c->program, c->path);
    const char *argv[] = {"/bin/sh", "-c", command, NULL};
    c->pty = pty_start(&(struct pty_options){.argv = argv, .width = 120, .height = 30});
    pty_expect(c->pty, "Tạp hoá Hạnh Phúc");
    pty_settle(c->pty);
    press(c, "<Alt-4>", "10/2026"); /* the month that is over and not locked */
    press(c, "<F7>", "Nothing has come up");
    press(c, "<Esc>", "By tiers");
    press(c, "<F5>", "Computed:");
    press(c, "<Enter>", "Sales that count");
    press(c, "<Esc>", "By tiers");
    press(c, "<F8>", "become final");
    press(c, "y", "is locked");
    press(c, "<F9>", "Export what is shown");
    press(c, "<Enter>", "Written to");
    assert_true(c->presses <= PRESSES_MAX);
    char *check = mem_printf("test \"$(grep -c ',locked$' '%s'/commission-2026-11-02.csv)\" -ge 10", c->folder);
    shell(check);
    free(check);
    pty_type(c->pty, "<Ctrl-Q>");
    assert_int_equal(pty_expect_exit(c->pty), 0);
    free(command);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_month_is_closed_in_twelve_presses, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
