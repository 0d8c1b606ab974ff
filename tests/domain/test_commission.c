#include "chotdon/commission.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "chotdon/order_edit.h"
#include "chotdon/setting.h"
#include "chotdon/staff.h"
#include "chotdon/target.h"
#include "db/db.h"
#include "testdb.h"
#include "testorders.h"
#include "testpin.h"
#include "testshop.h"

#define M 1000000

/* A shop with AN and BINH in a team that BINH leads, and a plan for 2026. */
struct books {
    struct shop *shop;
    int64_t an, binh, goods, cases;
};

static void must(enum err_code rc, const struct err *e) {
    if (rc != ERR_OK) {
        fail_msg("%s", e->message);
    }
}

static void put_plan(struct shop *shop, struct plan p) {
    struct err e = ERR_INIT;
    struct plan_tier tiers[] = {{0, 200, 0}, {50 * M, 300, 0}, {100 * M, 400, 0}, {200 * M, 500, 0}};
    p.code = (char *)"2026";
    p.name = (char *)"2026";
    memcpy(p.from, "2026-01", MONTH_SIZE);
    memcpy(p.to, "2026-12", MONTH_SIZE);
    p.tiers = tiers;
    p.tier_count = sizeof tiers / sizeof *tiers;
    must(plan_put(shop, &p, NULL, NULL, NULL, &e), &e);
    must(plan_activate(shop, "2026", &e), &e);
}

static int open_books(void **state) {
    static struct books b;
    struct err e = ERR_INIT;
    b = (struct books){.shop = testshop_open()};
    testshop_set_now(b.shop, "2026-12-31 20:00:00");
    b.an = testorders_staff(b.shop, "AN");
    b.binh = testorders_staff(b.shop, "BINH");
    must(team_make(b.shop, "Nhóm", &(int64_t){0}, NULL, &e), &e);
    struct staff in_team = {.code = (char *)"AN", .team = (char *)"Nhóm"};
    must(staff_put(b.shop, &in_team, STAFF_TEAM, NULL, &e), &e);
    in_team.code = (char *)"BINH";
    must(staff_put(b.shop, &in_team, STAFF_TEAM, NULL, &e), &e);
    must(team_set_leader(b.shop, "Nhóm", "BINH", "", &e), &e);
    b.goods = testorders_product(b.shop, "X", 0, 0);
    b.cases = testorders_product(b.shop, "OP", 0, 0);
    *state = &b;
    return 0;
}

static int close_books(void **state) {
    struct books *b = *state;
    testshop_close(&b->shop);
    return 0;
}

static int64_t sell(struct books *b, const char *date, int64_t product, int64_t rep, int64_t pieces, int64_t price) {
    struct order_line_input line = testorders_line(product, pieces * 1000, price);
    struct order_rep_input reps[] = {{rep, 0}};
    struct order_input in = testorders_input(&line, 1);
    in.date = date;
    in.reps = reps;
    in.rep_count = rep != 0;
    in.pay_rest = true;
    in.rest_method = PAY_CASH;
    return testorders_add(b->shop, &in);
}

static void bring_back(struct books *b, int64_t sale, int64_t product, int64_t pieces, const char *date) {
    struct err e = ERR_INIT;
    struct return_line_input line = {product, NULL, pieces * 1000};
    struct return_input in = {.sale_id = sale, .lines = &line, .line_count = 1, .date = date};
    must(order_return(b->shop, &in, &(struct order_ref){0}, NULL, &e), &e);
}

static void run(struct books *b, const char *month) {
    struct err e = ERR_INIT;
    must(commission_run(b->shop, month, &e), &e);
}

static void lock(struct books *b, const char *month) {
    struct err e = ERR_INIT;
    run(b, month);
    must(commission_lock(b->shop, month, NULL, &e), &e);
}

static enum err_code keep(void *ctx, const struct commission_row *r, struct err *e) {
    (void)e;
    *(struct commission_row *)ctx = *r; /* figures only: the texts are borrowed */
    return ERR_OK;
}

static struct commission_row row(struct books *b, const char *month, int64_t rep) {
    struct err e = ERR_INIT;
    struct commission_row r = {0};
    must(commission_row_get(b->shop, month, rep, keep, &r, &e), &e);
    return r;
}

struct seen {
    char text[2000];
};

static enum err_code note(void *ctx, const struct commission_discrepancy *d, struct err *e) {
    struct seen *s = ctx;
    size_t n = strlen(s->text);
    (void)e;
    snprintf(s->text + n, sizeof s->text - n, "%s %s %s %lld %lld>%s\n", d->month, d->rep, d->kind, (long long)d->base,
             (long long)d->amount, d->carried_in);
    return ERR_OK;
}

static void discrepancies_are(struct books *b, const char *expected) {
    struct err e = ERR_INIT;
    struct seen s = {""};
    must(commission_discrepancies(b->shop, NULL, note, &s, &e), &e);
    assert_string_equal(s.text, expected);
}

/* --- */

static enum err_code break_lock(struct db *db, void *ctx, struct err *e) {
    return db_run(db, ctx, DB_NO_BIND, e);
}

static void the_database_keeps_a_locked_month_against_every_statement(void **state) {
    static const char *const statements[] = {
        "UPDATE commission_rows SET target = 5",
        "DELETE FROM commission_rows",
        ("INSERT INTO commission_rows SELECT month, 2, version_id, 0, NULL, 0, 0, 0, 0, 0, 0, 0, 0, 0 FROM "
         "commission_rows"),
        "UPDATE commission_lines SET amount = 0",
        "DELETE FROM commission_lines",
        "UPDATE commission_shares SET base = 0",
        "DELETE FROM commission_shares",
        "UPDATE commission_runs SET status = 'computed'",
        "UPDATE commission_runs SET computed_at = ''",
        "DELETE FROM commission_runs",
        "UPDATE plan_versions SET cap = 1",
        "UPDATE plan_tiers SET rate_bps = 1",
        "DELETE FROM plan_tiers",
        "INSERT INTO plan_gates SELECT id, 0, 0 FROM plan_versions",
        "DELETE FROM plans",
        "UPDATE plans SET code = 'X' WHERE code = '2026'",
        "UPDATE OR REPLACE plans SET code = '2026' WHERE code = 'NEXT'",
        "INSERT OR REPLACE INTO plan_versions SELECT * FROM plan_versions",
        "UPDATE OR REPLACE plan_versions SET plan_id = 1, version = 1 WHERE plan_id <> 1",
        "UPDATE OR REPLACE plan_versions SET id = 1 WHERE id <> 1",
        "UPDATE plan_tiers SET version_id = 1, from_amount = 7 WHERE version_id <> 1",
        "UPDATE OR REPLACE commission_runs SET month = '2026-10' WHERE status = 'computed'",
        "UPDATE OR REPLACE commission_rows SET month = '2026-10' WHERE month = '2026-11'",
        "INSERT OR REPLACE INTO commission_runs SELECT * FROM commission_runs",
        "UPDATE commission_runs SET status = 'paid', locked_by = 1 WHERE status = 'locked'",
        ("INSERT INTO commission_runs (month, status, version_id, computed_at) SELECT '2027-01', 'locked', version_id, "
         "''"
         " FROM commission_runs"),
    };
    struct books *b = *state;
    put_plan(b->shop, (struct plan){0});
    sell(b, "2026-10-10", b->goods, b->an, 1, M);
    lock(b, "2026-10");
    run(b, "2026-11");
    testdb_script(
        shop_db(b->shop),
        "INSERT INTO plans (id, code) VALUES (2, 'NEXT'); INSERT INTO plan_versions SELECT 2, 2, 1, '2027-01',"
        " '2027-01', '2027-12', name, base, mode, cap, override_bps, bonus_first_order, bonus_top, reason,"
        " made_at, staff_id FROM plan_versions; INSERT INTO plan_tiers VALUES (2, 0, 900)");
    for (size_t i = 0; i < sizeof statements / sizeof *statements; i++) {
        struct err e = ERR_INIT;
        if (db_transact(shop_db(b->shop), break_lock, (void *)statements[i], &e) != ERR_REFUSED) {
            fail_msg("not refused: %s (%s)", statements[i], e.message);
        }
    }
    struct err e = ERR_INIT;
    must(commission_pay(b->shop, "2026-10", &e), &e);
    assert_int_equal(
        db_transact(shop_db(b->shop), break_lock, (void *)"UPDATE commission_runs SET status = 'locked'", &e),
        ERR_REFUSED);
    assert_int_equal(row(b, "2026-10", b->an).total, 20000);
}

static void states_go_one_way(void **state) {
    struct books *b = *state;
    struct err e = ERR_INIT;
    put_plan(b->shop, (struct plan){0});
    sell(b, "2026-10-10", b->goods, b->an, 1, M);
    assert_int_equal(commission_lock(b->shop, "2026-10", NULL, &e), ERR_REFUSED);
    assert_int_equal(commission_pay(b->shop, "2026-10", &e), ERR_REFUSED);
    run(b, "2026-10");
    assert_int_equal(commission_pay(b->shop, "2026-10", &e), ERR_REFUSED);
    lock(b, "2026-10");
    assert_int_equal(commission_run(b->shop, "2026-10", &e), ERR_REFUSED);
    must(commission_pay(b->shop, "2026-10", &e), &e);
    assert_int_equal(commission_run(b->shop, "2026-10", &e), ERR_REFUSED);
    assert_int_equal(commission_run(b->shop, "2027-01", &e), ERR_NOT_FOUND); /* no plan */
}

static void earlier_open_months_are_named(void **state) {
    struct books *b = *state;
    struct err e = ERR_INIT;
    char *open = NULL;
    put_plan(b->shop, (struct plan){0});
    sell(b, "2026-07-10", b->goods, b->an, 1, M);
    sell(b, "2026-09-10", b->goods, b->an, 1, M);
    sell(b, "2026-10-10", b->goods, b->an, 1, M);
    lock(b, "2026-10");
    run(b, "2026-09");
    must(commission_open_before(b->shop, "2026-10", &open, &e), &e);
    assert_string_equal(open, "2026-07, 2026-09");
    free(open);
}

static void a_change_of_targets_or_goods_rewrites_nothing(void **state) {
    struct books *b = *state;
    struct err e = ERR_INIT;
    struct plan_gate gates[] = {{0, 5000, 0}, {10000, 10000, 0}};
    struct plan_group groups[] = {{.group_id = 1, .rate_bps = 100, .path = (char *)"Phụ kiện"}};
    struct target t = {
        .month = "2026-10", .scope = SCOPE_REP, .code = "AN", .metric = METRIC_REVENUE, .target = 10 * M};
    testdb_script(shop_db(b->shop),
                  "INSERT INTO product_groups (id, name, path, folded) VALUES (1, 'Phụ kiện', 'Phụ kiện', 'phu kien');"
                  "UPDATE products SET group_id = 1 WHERE sku = 'OP'");
    put_plan(b->shop, (struct plan){.gates = gates, .gate_count = 2, .groups = groups, .group_count = 1});
    must(target_put(b->shop, &t, NULL, &e), &e);
    int64_t sale = sell(b, "2026-10-10", b->cases, b->an, 10, M);
    lock(b, "2026-10");
    assert_int_equal(row(b, "2026-10", b->an).total, 300000); /* 2% + 1%, target reached */
    t.target = 40 * M;
    must(target_put(b->shop, &t, NULL, &e), &e);
    testdb_script(shop_db(b->shop), "UPDATE products SET group_id = NULL");
    bring_back(b, sale, b->cases, 1, "2026-11-02"); /* 9m of a target of 10m: half of 2% + 1% */
    discrepancies_are(b, "2026-10 AN return -1000000 -165000>\n");
    run(b, "2026-11");
    assert_int_equal(row(b, "2026-11", b->an).adjustment, 135000 - 300000);
}

static void cancelled_late_and_corrected_sales_are_named(void **state) {
    struct books *b = *state;
    struct err e = ERR_INIT;
    put_plan(b->shop, (struct plan){0});
    must(setting_set(b->shop, "recognise", "confirmed", &e), &e);
    int64_t gone = sell(b, "2026-10-10", b->goods, b->an, 1, 10 * M);
    testdb_script(shop_db(b->shop), "UPDATE orders SET status = 'confirmed', stock_out = 0, confirmed_on = order_date,"
                                    " recognised_on = order_date");
    int64_t moved = sell(b, "2026-10-11", b->goods, b->an, 1, 5 * M);
    lock(b, "2026-10");
    must(order_cancel(b->shop, gone, "Khách đổi ý", &e), &e);
    sell(b, "2026-10-12", b->goods, b->binh, 1, 2 * M);
    must(order_edit(b->shop, moved, &(struct order_terms){.reps = "BINH"}, ORDER_REPS, NULL, &e), &e);
    discrepancies_are(b, "2026-10 AN cancelled -10000000 -200000>\n2026-10 AN correction -5000000 -100000>\n"
                         "2026-10 BINH correction 5000000 100000>\n2026-10 BINH late 2000000 40000>\n");
}

static void an_order_given_to_other_reps_after_the_lock_is_carried(void **state) {
    struct books *b = *state;
    struct err e = ERR_INIT;
    put_plan(b->shop, (struct plan){0});
    int64_t nobodys = sell(b, "2026-08-10", b->goods, 0, 1, 5 * M);
    int64_t moved = sell(b, "2026-08-11", b->goods, b->an, 1, 10 * M);
    lock(b, "2026-08");
    must(order_edit(b->shop, nobodys, &(struct order_terms){.reps = "AN"}, ORDER_REPS, NULL, &e), &e);
    discrepancies_are(b, "2026-08 AN late 5000000 100000>\n");
    lock(b, "2026-09");
    assert_int_equal(row(b, "2026-09", b->an).adjustment, 100000);
    must(order_edit(b->shop, moved, &(struct order_terms){.reps = "BINH"}, ORDER_REPS, NULL, &e), &e);
    lock(b, "2026-10");
    assert_int_equal(row(b, "2026-10", b->an).adjustment, -200000);
    assert_int_equal(row(b, "2026-10", b->binh).adjustment, 200000);
    testdb_script(shop_db(b->shop), "UPDATE order_reps SET staff_id = (SELECT id FROM staff WHERE code = 'BINH')");
    run(b, "2026-11");
    assert_int_equal(row(b, "2026-11", b->an).adjustment, -100000); /* another program's change is seen, too */
}

static void an_adjustment_is_carried_once_even_by_two_computed_months(void **state) {
    struct books *b = *state;
    put_plan(b->shop, (struct plan){.override_bps = 50});
    int64_t sale = sell(b, "2026-08-10", b->goods, b->an, 4, 30 * M);
    lock(b, "2026-08");
    assert_int_equal(row(b, "2026-08", b->binh).override, 600000);
    bring_back(b, sale, b->goods, 1, "2026-09-05");
    run(b, "2026-10");
    run(b, "2026-09");
    assert_int_equal(row(b, "2026-10", b->an).adjustment, -1100000);
    assert_int_equal(row(b, "2026-10", b->binh).adjustment, -150000);
    assert_int_equal(row(b, "2026-09", b->an).adjustment, 0);
    run(b, "2026-10");
    assert_int_equal(row(b, "2026-10", b->an).adjustment, -1100000);
    lock(b, "2026-09");
    lock(b, "2026-10");
    assert_int_equal(testdb_int(shop_db(b->shop), "SELECT COUNT(*) FROM commission_touched"), 0);
    bring_back(b, sale, b->goods, 1, "2026-11-05");
    run(b, "2026-11");
    assert_int_equal(row(b, "2026-11", b->an).adjustment, -900000);
}

static void bonuses_follow_revenue_and_stay_once_locked(void **state) {
    struct books *b = *state;
    put_plan(b->shop, (struct plan){.bonus_first_order = 200000, .bonus_top = 500001, .base = PLAN_MARGIN});
    int64_t first = sell(b, "2026-10-02", b->goods, b->binh, 1, 3 * M);
    sell(b, "2026-10-03", b->goods, b->an, 1, 3 * M);
    lock(b, "2026-10");
    assert_int_equal(row(b, "2026-10", b->binh).bonus_first_order, 200000);
    assert_int_equal(row(b, "2026-10", b->an).bonus_top, 250001); /* the earlier code */
    assert_int_equal(row(b, "2026-10", b->binh).bonus_top, 250000);
    bring_back(b, first, b->goods, 1, "2026-11-01");
    run(b, "2026-11");
    assert_int_equal(row(b, "2026-11", b->binh).adjustment, -60000); /* of the tiers alone */
    assert_int_equal(row(b, "2026-11", b->an).adjustment, 0);
}

static void a_wholly_returned_sale_is_not_the_first(void **state) {
    struct books *b = *state;
    put_plan(b->shop, (struct plan){.bonus_first_order = 200000});
    bring_back(b, sell(b, "2026-10-02", b->goods, b->binh, 1, 3 * M), b->goods, 1, "2026-10-03");
    sell(b, "2026-10-05", b->goods, b->an, 1, M);
    run(b, "2026-10");
    assert_int_equal(row(b, "2026-10", b->an).bonus_first_order, 200000);
    assert_int_equal(row(b, "2026-10", b->binh).bonus_first_order, 0);
}

static void moving_a_rep_rewrites_nothing(void **state) {
    struct books *b = *state;
    struct err e = ERR_INIT;
    struct staff moved = {.code = (char *)"AN", .team = (char *)"Nhóm 2", .team_from = (char *)"2026-11-01"};
    put_plan(b->shop, (struct plan){.override_bps = 100});
    sell(b, "2026-10-10", b->goods, b->an, 1, 10 * M);
    lock(b, "2026-10");
    must(staff_put(b->shop, &moved, STAFF_TEAM, NULL, &e), &e);
    sell(b, "2026-11-10", b->goods, b->an, 1, 10 * M);
    run(b, "2026-11");
    assert_int_equal(row(b, "2026-10", b->binh).override, 100000);
    assert_int_equal(row(b, "2026-11", b->binh).override, 0);
    assert_int_equal(row(b, "2026-11", b->binh).adjustment, 0);
}

static void with_pins_a_rep_sees_their_own_and_runs_nothing(void **state) {
    struct books *b = *state;
    struct err e = ERR_INIT;
    struct commission_row r;
    put_plan(b->shop, (struct plan){0});
    sell(b, "2026-10-10", b->goods, b->an, 1, 10 * M);
    run(b, "2026-10");
    must(shop_act_as(b->shop, "AN", &e), &e);
    assert_int_equal(row(b, "2026-10", b->binh).total, 0); /* open: no PIN is set */
    testpin_turn_on(b->shop);
    testpin_sign_in(b->shop, "AN");
    assert_int_equal(row(b, "2026-10", b->an).total, 200000);
    assert_int_equal(commission_row_get(b->shop, "2026-10", b->binh, keep, &r, &e), ERR_REFUSED);
    assert_int_equal(commission_run(b->shop, "2026-10", &e), ERR_REFUSED);
    assert_int_equal(commission_lock(b->shop, "2026-10", NULL, &e), ERR_REFUSED);
}

static void nothing_is_sold_nothing_is_earned(void **state) {
    struct books *b = *state;
    put_plan(b->shop, (struct plan){.bonus_first_order = 200000, .bonus_top = 500000});
    run(b, "2026-03");
    assert_int_equal(row(b, "2026-03", b->an).total, 0);
    assert_int_equal(row(b, "2026-03", b->an).bonus_top, 0);
}

static int64_t kept_shares(struct books *b) {
    return testdb_int(shop_db(b->shop), "SELECT COALESCE(SUM(base * staff_id + order_id * 1000 + last_return), 0) FROM"
                                        " commission_shares WHERE month = '2026-10'");
}

/* Sold, brought back, and gone to another month since; in between an order of long ago that is recognised only now. */
static void computing_again_keeps_what_a_first_computation_would(void **state) {
    struct books *b = *state;
    put_plan(b->shop, (struct plan){.bonus_first_order = 200000});
    int64_t early = sell(b, "2026-05-02", b->goods, b->an, 1, 3 * M);
    for (int i = 0; i < 30; i++) { /* ids far from those of October */
        sell(b, "2026-06-01", b->goods, b->binh, 1, 1 * M);
    }
    int64_t gone = sell(b, "2026-10-02", b->goods, b->an, 1, 4 * M);
    int64_t back = sell(b, "2026-10-03", b->goods, b->binh, 2, 5 * M);
    run(b, "2026-10");
    int64_t before = kept_shares(b);
    run(b, "2026-10");
    assert_int_equal(kept_shares(b), before);
    bring_back(b, back, b->goods, 1, "2026-10-20");
    sell(b, "2026-10-21", b->goods, b->an, 1, 6 * M);
    char *moved =
        mem_printf("UPDATE orders SET recognised_on = CASE id WHEN %lld THEN '2026-11-01' ELSE '2026-10-30' END"
                   " WHERE id IN (%lld, %lld)",
                   (long long)gone, (long long)gone, (long long)early);
    must(db_transact(shop_db(b->shop), break_lock, moved, NULL), NULL);
    run(b, "2026-10");
    int64_t again = kept_shares(b);
    assert_true(again != before);
    assert_int_equal(row(b, "2026-10", b->an).base, 9 * M);
    assert_int_equal(row(b, "2026-10", b->binh).base, 5 * M);
    must(db_transact(shop_db(b->shop), break_lock, (void *)(uintptr_t) "DELETE FROM commission_shares", NULL), NULL);
    run(b, "2026-10");
    assert_int_equal(kept_shares(b), again);
    free(moved);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_books, close_books)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(the_database_keeps_a_locked_month_against_every_statement),
        TEST(states_go_one_way),
        TEST(earlier_open_months_are_named),
        TEST(a_change_of_targets_or_goods_rewrites_nothing),
        TEST(cancelled_late_and_corrected_sales_are_named),
        TEST(an_order_given_to_other_reps_after_the_lock_is_carried),
        TEST(an_adjustment_is_carried_once_even_by_two_computed_months),
        TEST(bonuses_follow_revenue_and_stay_once_locked),
        TEST(a_wholly_returned_sale_is_not_the_first),
        TEST(moving_a_rep_rewrites_nothing),
        TEST(with_pins_a_rep_sees_their_own_and_runs_nothing),
        TEST(nothing_is_sold_nothing_is_earned),
        TEST(computing_again_keeps_what_a_first_computation_would),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
