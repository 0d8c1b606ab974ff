#include "chotdon/cash.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "db/db.h"
#include "domain/cash_shift.h"
#include "testdb.h"
#include "testshop.h"

static int open_shop(void **state) {
    *state = testshop_open();
    return 0;
}

static int close_shop(void **state) {
    struct shop *shop = *state;
    testshop_close(&shop);
    return 0;
}

static void ok(enum err_code rc, const struct err *e) {
    if (rc != ERR_OK) {
        fail_msg("%s", e->message);
    }
}

/* A sale of today with one payment in the shift at hand, as orders write them. */
static void sell(struct shop *shop, const char *method, int amount) {
    struct err e = ERR_INIT;
    int64_t shift = 0;
    ok(cash_shift_current(shop, "2026-11-21", &shift, &e), &e);
    ok(db_run(
           shop_db(shop),
           "INSERT INTO orders (order_no, order_date, order_time, status, subtotal, total, revenue, net, vat, cost,"
           " paid, due, is_return) VALUES ($1, '2026-11-21', '14:05:00', 'completed', $2, $2, $2, $2, 0, 0, $2, 0, $3)",
           DB_BIND(DB_NULL, DB_INT(amount), DB_INT(amount < 0)), &e),
       &e);
    ok(db_run(shop_db(shop),
              "INSERT INTO payments (order_id, date, method, amount, shift_id) VALUES ($1, '2026-11-21', $2, $3, $4)",
              DB_BIND(DB_INT(db_last_id(shop_db(shop))), DB_TEXT(method), DB_INT(amount), DB_ID(shift)), &e),
       &e);
}

static enum err_code sell_all(struct shop *shop, void *ctx, struct err *e) {
    (void)ctx, (void)e;
    sell(shop, "cash", 300000);
    sell(shop, "cash", 120000);
    sell(shop, "transfer", 90000);
    sell(shop, "card", 70000);
    sell(shop, "ewallet", 50000);
    sell(shop, "cash", -20000);
    return ERR_OK;
}

static void a_shift_expects_opening_and_what_came_and_went(void **state) {
    struct shop *shop = *state;
    struct err e = ERR_INIT;
    struct cash_report r;
    int64_t id = 0;
    ok(cash_open(shop, 1000000, &id, &e), &e);
    ok(shop_transact(shop, sell_all, NULL, &e), &e);
    ok(cash_move(shop, 200000, "đổi tiền lẻ", &e), &e);
    ok(cash_move(shop, -500000, "nộp ngân hàng", &e), &e);
    ok(cash_report(shop, NULL, &r, &e), &e);
    assert_int_equal(r.shift_id, id);
    assert_int_equal(r.sales, 420000);
    assert_int_equal(r.refunds, 20000);
    assert_int_equal(r.cash_in, 200000);
    assert_int_equal(r.cash_out, 500000);
    assert_int_equal(r.expected, 1000000 + 420000 - 20000 + 200000 - 500000);
    assert_int_equal(r.transfers, 90000);
    assert_int_equal(r.cards, 70000);
    assert_int_equal(r.ewallets, 50000);
    assert_int_equal(r.orders, 5);
    assert_int_equal(r.returns, 1);
    assert_int_equal(r.revenue, 610000);
    assert_false(r.closed);
    cash_report_clear(&r);
}

static void closing_stores_expected_counted_and_difference(void **state) {
    struct shop *shop = *state;
    struct err e = ERR_INIT;
    struct cash_report r;
    const struct cash_count counts[] = {{500000, 2}, {200000, 1}, {50000, 4}, {10000, 0}};
    ok(cash_open(shop, 1000000, NULL, &e), &e);
    ok(shop_transact(shop, sell_all, NULL, &e), &e);
    testshop_set_now(shop, "2026-11-21 21:30:00");
    ok(cash_close(shop, counts, 4, "thừa do làm tròn", &r, &e), &e);
    assert_true(r.closed);
    assert_string_equal(r.closed_at, "2026-11-21 21:30:00");
    assert_int_equal(r.counted, 1400000);
    assert_int_equal(r.expected, 1400000);
    assert_int_equal(r.difference, 0);
    assert_int_equal(r.count_count, 3); /* largest first, nothing of what there was none of */
    assert_int_equal(r.counts[0].denomination, 500000);
    cash_report_clear(&r);
    assert_int_equal(
        testdb_int(shop_db(shop), "SELECT COUNT(*) FROM audit WHERE action IN ('cash.open', 'cash.close')"), 2);
    assert_int_equal(cash_close_total(shop, 0, NULL, NULL, &e), ERR_REFUSED);
}

static void a_total_alone_can_be_counted(void **state) {
    struct shop *shop = *state;
    struct err e = ERR_INIT;
    struct cash_report r;
    ok(cash_open(shop, 500000, NULL, &e), &e);
    ok(cash_close_total(shop, 495000, NULL, &r, &e), &e);
    assert_int_equal(r.difference, -5000);
    assert_int_equal(r.count_count, 0);
    cash_report_clear(&r);
}

static void only_one_shift_is_open(void **state) {
    struct shop *shop = *state;
    struct err e = ERR_INIT;
    int64_t id = 0;
    ok(cash_open(shop, 0, NULL, &e), &e);
    assert_int_equal(cash_open(shop, 0, NULL, &e), ERR_CONFLICT);
    ok(cash_close_total(shop, 0, NULL, NULL, &e), &e);
    ok(cash_open(shop, 0, &id, &e), &e);
    assert_int_equal(id, 2);
}

static void payments_of_other_days_do_not_enter_the_drawer(void **state) {
    struct shop *shop = *state;
    struct err e = ERR_INIT;
    int64_t shift = -1;
    ok(cash_shift_current(shop, "2026-11-21", &shift, &e), &e);
    assert_int_equal(shift, 0); /* none is open */
    ok(cash_open(shop, 0, NULL, &e), &e);
    ok(cash_shift_current(shop, "2026-11-20", &shift, &e), &e);
    assert_int_equal(shift, 0);
    ok(cash_shift_current(shop, "2026-11-21", &shift, &e), &e);
    assert_int_equal(shift, 1);
}

static void nonsense_is_refused_and_changes_nothing(void **state) {
    struct shop *shop = *state;
    struct err e = ERR_INIT;
    struct cash_report r;
    const struct cash_count bad[] = {{0, 1}, {500000, -1}, {INT64_MAX, 2}};
    assert_int_equal(cash_open(shop, -1, NULL, &e), ERR_INVALID);
    assert_int_equal(cash_report(shop, NULL, &r, &e), ERR_NOT_FOUND);
    ok(cash_open(shop, 0, NULL, &e), &e);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(cash_close(shop, &bad[i], 1, NULL, NULL, &e), ERR_INVALID);
    }
    assert_int_equal(cash_close_total(shop, -5, NULL, NULL, &e), ERR_INVALID);
    assert_int_equal(cash_move(shop, 0, "x", &e), ERR_INVALID);
    assert_int_equal(cash_move(shop, 1000, "", &e), ERR_INVALID);
    assert_int_equal(cash_move(shop, 1000, NULL, &e), ERR_INVALID);
    assert_int_equal(cash_move(shop, 1000, " ", &e), ERR_INVALID);
    assert_int_equal(testdb_int(shop_db(shop), "SELECT COUNT(*) FROM cash_moves"), 0);
    assert_int_equal(testdb_int(shop_db(shop), "SELECT COUNT(*) FROM cash_shifts WHERE closed_at = ''"), 1);
}

static void a_day_adds_up_without_any_shift(void **state) {
    struct shop *shop = *state;
    struct err e = ERR_INIT;
    struct cash_report r;
    ok(shop_transact(shop, sell_all, NULL, &e), &e);
    ok(cash_move(shop, -100000, "mua đá", &e), &e);
    ok(cash_report(shop, "2026-11-21", &r, &e), &e);
    assert_int_equal(r.shift_id, 0);
    assert_int_equal(r.expected, 420000 - 20000 - 100000);
    assert_int_equal(r.orders, 5);
    cash_report_clear(&r);
    ok(cash_report(shop, "2026-11-20", &r, &e), &e);
    assert_int_equal(r.expected, 0);
    cash_report_clear(&r);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_shift_expects_opening_and_what_came_and_went, open_shop, close_shop),
        cmocka_unit_test_setup_teardown(closing_stores_expected_counted_and_difference, open_shop, close_shop),
        cmocka_unit_test_setup_teardown(a_total_alone_can_be_counted, open_shop, close_shop),
        cmocka_unit_test_setup_teardown(only_one_shift_is_open, open_shop, close_shop),
        cmocka_unit_test_setup_teardown(payments_of_other_days_do_not_enter_the_drawer, open_shop, close_shop),
        cmocka_unit_test_setup_teardown(nonsense_is_refused_and_changes_nothing, open_shop, close_shop),
        cmocka_unit_test_setup_teardown(a_day_adds_up_without_any_shift, open_shop, close_shop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
