/* Plans as they are made, edited, versioned and taken away (DOMAIN 7). */
#include "chotdon/plan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "chotdon/commission.h"
#include "testdb.h"
#include "testshop.h"

#define M 1000000

static int setup(void **state) {
    *state = testshop_open();
    return 0;
}

static int teardown(void **state) {
    struct shop *shop = *state;
    testshop_close(&shop);
    return 0;
}

static void must(enum err_code rc, const struct err *e) {
    if (rc != ERR_OK) {
        fail_msg("%s", e->message);
    }
}

static struct plan_tier tiers[] = {{0, 200, 0}, {50 * M, 300, 0}};

static struct plan make(const char *code, const char *from, const char *to) {
    struct plan p = {
        .code = (char *)code, .name = (char *)"Hoa hồng 2026", .tiers = tiers, .tier_count = 2, .cap = 9 * M};
    memcpy(p.from, from, MONTH_SIZE);
    memcpy(p.to, to, MONTH_SIZE);
    return p;
}

static void put(struct shop *shop, const char *code, const char *from, const char *to, bool active) {
    struct err e = ERR_INIT;
    struct plan p = make(code, from, to);
    must(plan_put(shop, &p, NULL, NULL, NULL, &e), &e);
    if (active) {
        must(plan_activate(shop, code, &e), &e);
    }
}

static void trying_a_plan_refuses_what_storing_would_and_writes_nothing(void **state) {
    struct shop *shop = *state;
    struct err e = ERR_INIT;
    const struct plan_saving how = {.try_only = true};
    struct plan p = make("2026", "2026-01", "2026-12");
    put(shop, "2025", "2025-01", "2025-12", true);
    int64_t rows = testdb_int(shop_db(shop), "SELECT COUNT(*) FROM audit");
    must(plan_save(shop, &p, &how, NULL, &e), &e);
    struct plan over = make("2026", "2025-12", "2026-12");
    assert_int_equal(plan_save(shop, &over, &how, NULL, &e), ERR_CONFLICT);
    assert_string_equal(e.field, "from");
    struct plan twin = make("2025", "2026-01", "2026-12");
    assert_int_equal(plan_save(shop, &twin, &how, NULL, &e), ERR_CONFLICT);
    assert_string_equal(e.field, "code");
    assert_int_equal(testdb_int(shop_db(shop), "SELECT COUNT(*) FROM plan_versions"), 1);
    assert_int_equal(testdb_int(shop_db(shop), "SELECT COUNT(*) FROM audit"), rows);
}

static void a_draft_gets_another_code_unless_a_plan_has_it(void **state) {
    struct shop *shop = *state;
    struct err e = ERR_INIT;
    put(shop, "2025", "2025-01", "2025-12", true);
    put(shop, "nhap", "2026-01", "2026-12", false);
    struct plan p = make("2025", "2026-01", "2026-12");
    const struct plan_saving how = {.was = "nhap"};
    assert_int_equal(plan_save(shop, &p, &how, NULL, &e), ERR_CONFLICT);
    p.code = (char *)"2026";
    enum put_result result = PUT_CREATED;
    must(plan_save(shop, &p, &how, &result, &e), &e);
    assert_int_equal(result, PUT_UPDATED);
    assert_int_equal(testdb_int(shop_db(shop), "SELECT COUNT(*) FROM plans WHERE code = '2026' OR code = '2025'"), 2);
    assert_int_equal(testdb_int(shop_db(shop), "SELECT COUNT(*) FROM plan_versions"), 2);
    p.code = (char *)"2027";
    must(plan_activate(shop, "2026", &e), &e);
    const struct plan_saving again = {.was = "2026"};
    assert_int_equal(plan_save(shop, &p, &again, NULL, &e), ERR_REFUSED);
}

static void only_a_draft_that_nothing_used_is_taken_away(void **state) {
    struct shop *shop = *state;
    struct err e = ERR_INIT;
    enum plan_use use = PLAN_FREE;
    char month[MONTH_SIZE];
    put(shop, "2026", "2026-01", "2026-12", false);
    must(plan_used(shop, "2026", &use, month, &e), &e);
    assert_int_equal(use, PLAN_FREE);
    must(plan_remove(shop, "2026", &e), &e);
    assert_int_equal(testdb_int(shop_db(shop), "SELECT COUNT(*) FROM plans"), 0);
    assert_int_equal(testdb_int(shop_db(shop), "SELECT COUNT(*) FROM plan_tiers"), 0);
    assert_int_equal(plan_remove(shop, "2026", &e), ERR_NOT_FOUND);
    put(shop, "2026", "2026-01", "2026-12", true);
    assert_int_equal(plan_remove(shop, "2026", &e), ERR_REFUSED);
    must(commission_run(shop, "2026-10", &e), &e);
    must(plan_used(shop, "2026", &use, month, &e), &e);
    assert_int_equal(use, PLAN_ACTIVE);
    assert_string_equal(month, "2026-10");
    testdb_script(shop_db(shop), "UPDATE plans SET active = 0");
    assert_int_equal(plan_remove(shop, "2026", &e), ERR_REFUSED);
    must(plan_used(shop, "2026", &use, month, &e), &e);
    assert_int_equal(use, PLAN_COMPUTED);
}

static void the_next_plan_follows_the_last_one(void **state) {
    struct shop *shop = *state;
    struct err e = ERR_INIT;
    struct plan p;
    must(plan_next(shop, &p, &e), &e);
    assert_string_equal(p.from, "2026-01");
    assert_string_equal(p.to, "2026-12");
    assert_int_equal(p.tier_count, 0);
    plan_clear(&p);
    put(shop, "HH2026", "2026-01", "2026-12", true);
    must(plan_next(shop, &p, &e), &e);
    assert_string_equal(p.code, "HH2027");
    assert_string_equal(p.name, "Hoa hồng 2027");
    assert_string_equal(p.from, "2027-01");
    assert_string_equal(p.to, "2027-12");
    assert_int_equal(p.tier_count, 2);
    assert_int_equal(p.cap, 9 * M);
    assert_false(p.active);
    plan_clear(&p);
    put(shop, "quy", "2027-01", "2027-03", true); /* no year in its code */
    must(plan_next(shop, &p, &e), &e);
    assert_string_equal(p.code, "quy-2027-04");
    assert_string_equal(p.to, "2027-06");
    plan_clear(&p);
}

static void what_was_before_is_the_version_before_else_the_plan_before(void **state) {
    struct shop *shop = *state;
    struct err e = ERR_INIT;
    struct plan p, before;
    put(shop, "2025", "2025-01", "2025-12", true);
    put(shop, "2026", "2026-01", "2026-12", true);
    must(plan_get(shop, "2026", &p, &e), &e);
    must(plan_before(shop, &p, &before, &e), &e);
    assert_string_equal(before.code, "2025");
    plan_clear(&before);
    p.cap = 1 * M;
    must(plan_put(shop, &p, "2026-07", "Trần", NULL, &e), &e);
    must(plan_before(shop, &p, &before, &e), &e);
    assert_string_equal(before.code, "2026");
    assert_int_equal(before.version, 1);
    plan_clear(&before);
    plan_clear(&p);
    must(plan_get(shop, "2025", &p, &e), &e);
    assert_int_equal(plan_before(shop, &p, &before, &e), ERR_NOT_FOUND);
    plan_clear(&before);
    plan_clear(&p);
}

static void what_the_tiers_pay_is_told_without_a_month(void **state) {
    struct plan p = make("2026", "2026-01", "2026-12");
    int64_t pays = 0;
    (void)state;
    assert_int_equal(plan_pays(&p, 100 * M, &pays, NULL), ERR_OK);
    assert_int_equal(pays, 2500000);
    p.mode = PLAN_SLAB;
    assert_int_equal(plan_pays(&p, 100 * M, &pays, NULL), ERR_OK);
    assert_int_equal(pays, 3000000);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(trying_a_plan_refuses_what_storing_would_and_writes_nothing),
        TEST(a_draft_gets_another_code_unless_a_plan_has_it),
        TEST(only_a_draft_that_nothing_used_is_taken_away),
        TEST(the_next_plan_follows_the_last_one),
        TEST(what_was_before_is_the_version_before_else_the_plan_before),
        TEST(what_the_tiers_pay_is_told_without_a_month),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
