/* Settings, targets: the grid of months and people. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "chotdon/staff.h"
#include "screen_test.h"
#include "testorders.h"
#include "testshop.h"
#include "tui/screens/settings_targets.h"

static const struct screen_entry entries[] = {{&screen_settings_targets, -1}};

struct fixture {
    struct shop *shop;
    struct screen_test *screen;
};

static int setup(void **state) {
    static struct fixture f;
    f = (struct fixture){.shop = testshop_open()};
    const struct staff an = {.code = "AN", .name = "Nguyễn Thị An"};
    assert_int_equal(staff_put(f.shop, &an, STAFF_NAME, NULL, NULL), ERR_OK);
    f.screen = screen_test_new(entries, 1, f.shop, 100, 20, NULL);
    *state = &f;
    return 0;
}

static int teardown(void **state) {
    struct fixture *f = *state;
    screen_test_free(f->screen);
    testshop_close(&f->shop);
    return 0;
}

static void a_month_is_set_changed_and_taken_away(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->screen, "<Down><Enter>150tr<Enter>");
    assert_int_equal(testorders_int(f->shop, "SELECT target FROM targets WHERE month = '2026-11' AND scope = 'rep'"),
                     150000000);
    screen_test_type(f->screen, "<Left>e120tr<Enter>");
    assert_int_equal(testorders_int(f->shop, "SELECT target FROM targets WHERE month = '2026-10'"), 120000000);
    screen_test_golden(f->screen, "targets");
    screen_test_type(f->screen, "e<Ctrl-U><Enter>");
    assert_int_equal(testorders_int(f->shop, "SELECT COUNT(*) FROM targets"), 1);
}

static void a_year_is_spread_and_copied_to_the_next(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->screen, "y1,2tỷ<Enter>"); /* nothing was sold last year: evenly */
    assert_int_equal(testorders_int(f->shop, "SELECT COUNT(*) FROM targets WHERE scope = 'shop' AND target = "
                                             "100000000"),
                     12);
    screen_test_type(f->screen, "]c<Ctrl-U>110<Enter>");
    assert_int_equal(testorders_int(f->shop, "SELECT COUNT(*) FROM targets WHERE month LIKE '2027-%' AND target = "
                                             "110000000"),
                     12);
}

static void counts_and_percentages_have_their_own_grid(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->screen, "m5<Down><Enter>7<Enter>");
    assert_int_equal(testorders_int(f->shop, "SELECT target FROM targets WHERE metric = 'new_customers'"), 7);
    screen_test_type(f->screen, "e<Ctrl-U>bảy<Enter>");
    assert_true(screen_test_shows(f->screen, "whole number"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_month_is_set_changed_and_taken_away, setup, teardown),
        cmocka_unit_test_setup_teardown(a_year_is_spread_and_copied_to_the_next, setup, teardown),
        cmocka_unit_test_setup_teardown(counts_and_percentages_have_their_own_grid, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
