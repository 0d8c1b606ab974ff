/* The manager's monthly closing in a terminal, from opening the screen to the exported file, by counted key presses. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/mem.h"
#include "testoffice.h"

#define PRESSES_MAX 12

struct closing {
    struct testoffice *office;
    int presses;
};

static int setup(void **state) {
    struct closing *c = mem_zalloc(sizeof *c);
    c->office = testoffice_new("2026-11-02 08:00:00", "--sample");
    testoffice_open(c->office, "en", 120, 30);
    *state = c;
    return 0;
}

static int teardown(void **state) {
    struct closing *c = *state;
    testoffice_free(c->office);
    free(c);
    return 0;
}

/* One key, and what it must bring. */
static void press(struct closing *c, const char *key, const char *expected) {
    c->presses++;
    testoffice_press(c->office, key, expected);
}

static void a_month_is_closed_in_twelve_presses(void **state) {
    struct closing *c = *state;
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
    testoffice_shell(c->office, "test \"$(grep -c ',locked$' commission-2026-11-02.csv)\" -ge 10");
    testoffice_quit(c->office);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_month_is_closed_in_twelve_presses, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
