/* Staff, teams and settings keep DOMAIN 1 and 2. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "chotdon/setting.h"
#include "chotdon/staff.h"
#include "db/db.h"
#include "testshop.h"

static int setup(void **state) {
    *state = testshop_open();
    return 0;
}

static int teardown(void **state) {
    struct shop *shop = *state;
    testshop_close(&shop);
    return 0;
}

static int64_t put(struct shop *shop, const struct staff *s, unsigned fields, enum put_result expected) {
    enum put_result result = PUT_CREATED;
    struct err e = ERR_INIT;
    int64_t id = 0;
    if (staff_put(shop, s, fields, &result, &e) != ERR_OK) {
        fail_msg("%s", e.message);
    }
    assert_int_equal(result, expected);
    assert_int_equal(staff_find(shop, s->code, &id, &e), ERR_OK);
    return id;
}

static int64_t team_id_on(struct shop *shop, int64_t staff, const char *date) {
    int64_t team = -1;
    assert_int_equal(staff_team_on(shop, staff, date, &team, NULL), ERR_OK);
    return team;
}

static void test_the_first_team_holds_always_and_a_later_one_from_its_date(void **state) {
    struct staff an = {.code = "AN", .name = "An", .team = "Bắc"};
    int64_t id = put(*state, &an, STAFF_NAME | STAFF_TEAM, PUT_CREATED);
    int64_t north = 0;
    int64_t south = 0;
    assert_int_equal(team_find(*state, "bac", &north, NULL), ERR_OK);
    assert_int_equal(team_id_on(*state, id, "1990-01-01"), north);
    an.team = "Nam";
    an.team_from = "2026-12-01";
    put(*state, &an, STAFF_TEAM, PUT_UPDATED);
    assert_int_equal(team_find(*state, "Nam", &south, NULL), ERR_OK);
    assert_int_equal(team_id_on(*state, id, "2026-11-30"), north);
    assert_int_equal(team_id_on(*state, id, "2026-12-01"), south);
}

static void test_the_same_content_again_is_unchanged(void **state) {
    struct staff an = {.code = "AN",
                       .name = "Nguyễn  Thị An",
                       .role = "Kế toán",
                       .phone = "+84 912 345 678",
                       .start_date = "1/2/2026"};
    put(*state, &an, STAFF_ALL, PUT_CREATED);
    put(*state, &an, STAFF_ALL, PUT_UNCHANGED);
    an.name = "Nguyễn Thị Ân";
    put(*state, &an, STAFF_NAME, PUT_UPDATED);
}

static void test_a_name_finds_without_accents_unless_two_bear_it(void **state) {
    struct staff a = {.code = "A1", .name = "Nguyễn Văn Đạt"};
    struct staff b = {.code = "A2", .name = "Nguyễn Văn Dật"};
    int64_t id = 0;
    put(*state, &a, STAFF_NAME, PUT_CREATED);
    assert_int_equal(staff_find(*state, "nguyen van dat", &id, NULL), ERR_OK);
    put(*state, &b, STAFF_NAME, PUT_CREATED);
    assert_int_equal(staff_find(*state, "nguyen van dat", &id, NULL), ERR_CONFLICT);
    assert_int_equal(staff_find(*state, "a2", &id, NULL), ERR_OK);
    assert_int_equal(staff_find(*state, "nobody", &id, NULL), ERR_NOT_FOUND);
}

static void test_wrong_fields_are_named_and_nothing_is_written(void **state) {
    struct err e = ERR_INIT;
    int64_t id = 0;
    struct staff bad = {.code = "X", .name = "X", .role = "pirate"};
    assert_int_equal(staff_put(*state, &bad, STAFF_NAME | STAFF_ROLE, NULL, &e), ERR_INVALID);
    assert_string_equal(e.field, "role");
    bad = (struct staff){.code = "X", .name = "X", .start_date = "2026-05-02", .end_date = "2026-05-01"};
    assert_int_equal(staff_put(*state, &bad, STAFF_NAME | STAFF_START | STAFF_END, NULL, &e), ERR_INVALID);
    assert_string_equal(e.field, "end_date");
    bad = (struct staff){.code = "X", .name = "  "};
    assert_int_equal(staff_put(*state, &bad, STAFF_NAME, NULL, &e), ERR_INVALID);
    assert_string_equal(e.field, "name");
    assert_int_equal(staff_find(*state, "X", &id, NULL), ERR_NOT_FOUND);
}

static void test_settings_are_typed_and_cached(void **state) {
    struct err e = ERR_INIT;
    assert_true(setting_vat_included(*state));
    assert_int_equal(setting_set(*state, "vat_mode", "added", &e), ERR_OK);
    assert_false(setting_vat_included(*state));
    assert_int_equal(setting_set(*state, "vat_default_pct", "8", &e), ERR_OK);
    assert_int_equal(setting_vat_default_bps(*state), 800);
    assert_int_equal(setting_set(*state, "vat_default_pct", "101", &e), ERR_INVALID);
    assert_int_equal(setting_vat_default_bps(*state), 800);
    assert_int_equal(setting_set(*state, "currency", "USD", &e), ERR_REFUSED);
    assert_int_equal(setting_set(*state, "nonsense", "1", &e), ERR_NOT_FOUND);
    assert_int_equal(setting_set(*state, "time_zone", "../../etc/passwd x", &e), ERR_INVALID);
}

static void test_working_days_take_ranges_in_both_languages(void **state) {
    assert_true(setting_is_working_day(*state, "2026-11-21"));  /* Saturday */
    assert_false(setting_is_working_day(*state, "2026-11-22")); /* Sunday */
    assert_int_equal(setting_set(*state, "working_days", "T2-T6", NULL), ERR_OK);
    assert_false(setting_is_working_day(*state, "2026-11-21"));
    assert_true(setting_is_working_day(*state, "2026-11-20"));
    assert_int_equal(setting_set(*state, "working_days", "fri-mon", NULL), ERR_INVALID);
}

static enum err_code set_then_fail(struct shop *shop, void *ctx, struct err *e) {
    (void)ctx;
    assert_int_equal(setting_set(shop, "vat_mode", "added", e), ERR_OK);
    return err_set(e, ERR_REFUSED, "no");
}

static void test_a_setting_that_is_rolled_back_does_not_hold(void **state) {
    struct err e = ERR_INIT;
    assert_int_equal(shop_transact(*state, set_then_fail, NULL, &e), ERR_REFUSED);
    assert_true(setting_vat_included(*state));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_the_first_team_holds_always_and_a_later_one_from_its_date, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_the_same_content_again_is_unchanged, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_name_finds_without_accents_unless_two_bear_it, setup, teardown),
        cmocka_unit_test_setup_teardown(test_wrong_fields_are_named_and_nothing_is_written, setup, teardown),
        cmocka_unit_test_setup_teardown(test_settings_are_typed_and_cached, setup, teardown),
        cmocka_unit_test_setup_teardown(test_working_days_take_ranges_in_both_languages, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_setting_that_is_rolled_back_does_not_hold, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
