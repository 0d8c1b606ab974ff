/* Settings › Who gets new leads: rules by hand, and giving out what nobody has, after a look. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "screen_test.h"
#include "testboard.h"
#include "testshop.h"
#include "tui/screens/settings_assign.h"

struct fixture {
    struct shop *shop;
    struct screen_test *t;
};

static int setup(void **state) {
    static const struct screen_entry entries[] = {{&screen_settings_assign, -1}};
    struct fixture *f = mem_zalloc(sizeof *f);
    f->shop = testshop_open();
    testboard_fill(f->shop);
    f->t = screen_test_new(entries, 1, f->shop, 80, 24, NULL);
    *state = f;
    return 0;
}

static int teardown(void **state) {
    struct fixture *f = *state;
    screen_test_free(f->t);
    testshop_close(&f->shop);
    free(f);
    return 0;
}

static void without_rules_it_says_what_happens(void **state) {
    struct fixture *f = *state;
    assert_true(screen_test_shows(f->t, "No rules"));
    screen_test_type(f->t, "g");
    assert_non_null(strstr(screen_test_status(f->t), "Every lead has its rep"));
}

static void rule_is_added_and_removed(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "nFacebook<Tab><Tab><Tab>Nam<Tab><Tab>5<Enter>");
    assert_true(screen_test_shows(f->t, "Facebook"));
    screen_test_type(f->t, "n<Tab><Tab><Tab><Tab>KHONGCO<Enter>");
    assert_true(screen_test_shows(f->t, "KHONGCO"));
    screen_test_type(f->t, "<Ctrl-U>HA,NAM<Enter>");
    screen_test_golden(f->t, "tui/settings_assign");
    screen_test_type(f->t, "<Del>y");
    assert_false(strstr(screen_test_text(f->t), "Facebook") != NULL);
    assert_true(screen_test_shows(f->t, "HA,NAM"));
}

static void leads_that_nobody_has_are_given_out_after_a_look(void **state) {
    struct fixture *f = *state;
    struct deal lead = {
        .deal_no = "CH9", .title = "Tạp hoá Cô Ba", .stage = {.name = "Triển vọng"}, .created = "2026-11-20"};
    testboard_add(f->shop, &lead, DEAL_TITLE | DEAL_STAGE | DEAL_CREATED);
    screen_test_type(f->t, "n<Tab><Tab><Tab>Nam<Enter>g");
    assert_true(screen_test_shows(f->t, "CH9 Tạp hoá Cô Ba → Phạm Ngọc Lan"));
    screen_test_type(f->t, "<Esc>");
    struct deal d = testboard_get(f->shop, "CH9");
    assert_string_equal(d.rep, "");
    deal_clear(&d);
    screen_test_type(f->t, "gy");
    d = testboard_get(f->shop, "CH9");
    assert_string_equal(d.rep, "LAN");
    deal_clear(&d);
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        WITH(without_rules_it_says_what_happens),
        WITH(rule_is_added_and_removed),
        WITH(leads_that_nobody_has_are_given_out_after_a_look),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
