/* Imported orders: made, changed, left alone; and what they never do twice (CLI "Import and export"). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "testdb.h"
#include "testorders.h"
#include "testshop.h"

static int setup(void **state) {
    struct shop *shop = testshop_open();
    testdb_script(shop_db(shop),
                  "INSERT INTO imports (id, at, kind, file, file_hash) VALUES (1, '2026-11-21 14:05:00', "
                  "'orders', 'a.csv', ''), (2, '2026-11-21 14:05:00', 'payments', 'b.csv', '')");
    *state = shop;
    return 0;
}

static int teardown(void **state) {
    struct shop *shop = *state;
    testorders_books_are_right(shop);
    testshop_close(&shop);
    return 0;
}

static struct order_input imported(const char *no, const struct order_line_input *lines, size_t count) {
    struct order_input in = testorders_input(lines, count);
    in.order_no = no;
    in.import_id = 1;
    in.pay_rest = true;
    in.time = "";
    return in;
}

static int64_t put(struct shop *shop, const struct order_input *in, enum put_result expected) {
    struct err e = ERR_INIT;
    struct order_ref ref = {0};
    enum put_result result = PUT_UNCHANGED;
    if (order_put(shop, in, &result, &ref, &e) != ERR_OK) {
        fail_msg("%s", e.message);
    }
    assert_int_equal(result, expected);
    assert_true(ref.id != 0);
    return ref.id;
}

static void test_the_same_again_is_unchanged_and_writes_nothing(void **state) {
    int64_t p = testorders_product(*state, "A", 1000, 800);
    struct order_line_input lines[] = {testorders_line(p, 1500, 1000), testorders_line(p, 1000, 999)};
    struct order_input in = imported("SPX-1", lines, 2);
    struct order_rep_input rep = {testorders_staff(*state, "AN"), 0};
    in.reps = &rep;
    in.rep_count = 1;
    in.discount = (struct discount){false, 77};
    in.shipping_fee = 500;
    in.note = "Giao  giờ hành chính";
    in.province = "Sài Gòn";
    in.delivered_on = "2026-11-23";
    int64_t id = put(*state, &in, PUT_CREATED);
    int64_t before =
        testorders_int(*state, "SELECT SUM(version) * 1000 + (SELECT COUNT(*) FROM stock_moves) FROM orders");
    assert_int_equal(put(*state, &in, PUT_UNCHANGED), id);
    assert_int_equal(
        testorders_int(*state, "SELECT SUM(version) * 1000 + (SELECT COUNT(*) FROM stock_moves) FROM orders"), before);
    struct order o = testorders_get(*state, id);
    assert_int_equal(o.due, 0);
    assert_string_equal(o.recognised_on, "2026-11-23");
    assert_string_equal(o.shipped_on, "2026-11-21");
    order_clear(&o);
}

static void test_other_lines_move_the_difference_through_the_ledger(void **state) {
    int64_t a = testorders_product(*state, "A", 1000, 0);
    int64_t b = testorders_product(*state, "B", 1000, 0);
    testorders_receive(*state, a, 10000, 100);
    testorders_receive(*state, b, 10000, 300);
    struct order_line_input lines[] = {testorders_line(a, 2000, 1000), testorders_line(b, 1000, 1000)};
    struct order_input in = imported("X1", lines, 2);
    int64_t id = put(*state, &in, PUT_CREATED);
    lines[0].qty = 3000;
    in.line_count = 1;
    assert_int_equal(put(*state, &in, PUT_UPDATED), id);
    assert_int_equal(testorders_level(*state, a).on_hand, 7000);
    assert_int_equal(testorders_level(*state, a).value, 700);
    assert_int_equal(testorders_level(*state, b).on_hand, 10000);
    assert_int_equal(testorders_level(*state, b).value, 3000);
    struct order o = testorders_get(*state, id);
    assert_int_equal(o.line_count, 1);
    assert_int_equal(o.total, 3000);
    assert_int_equal(o.paid, 3000);
    assert_int_equal(o.cost, 300);
    order_clear(&o);
    assert_int_equal(testorders_int(*state, "SELECT COUNT(*) FROM stock_moves"), 2 + 2 + 2 + 1);
    put(*state, &in, PUT_UNCHANGED);
}

static enum err_code count_move(void *ctx, const struct stock_move *m, struct err *e) {
    (void)m;
    (void)e;
    ++*(int *)ctx;
    return ERR_OK;
}

static void test_what_was_paid_and_moved_on_the_orders_day_stays_on_it_when_a_file_dates_it_anew(void **state) {
    int64_t a = testorders_product(*state, "A", 1000, 0);
    struct order_line_input line = testorders_line(a, 2000, 1000);
    struct order_input in = imported("X1", &line, 1);
    int64_t id = put(*state, &in, PUT_CREATED);
    struct order o = testorders_get(*state, id);
    assert_int_equal(o.payment_count, 1);
    assert_string_equal(o.payments[0].date, "2026-11-21");
    assert_string_equal(o.confirmed_on, "2026-11-21");
    order_clear(&o);
    in.date = "2026-11-19";
    assert_int_equal(put(*state, &in, PUT_UPDATED), id);
    o = testorders_get(*state, id);
    assert_int_equal(o.payment_count, 1);
    assert_string_equal(o.payments[0].date, "2026-11-21");
    assert_string_equal(o.order_date, "2026-11-19");
    assert_string_equal(o.confirmed_on, "2026-11-21"); /* as it is known */
    struct stock_move_filter day = {.from = "2026-11-21", .to = "2026-11-21"};
    int moves = 0;
    assert_int_equal(stock_moves(*state, &day, count_move, &moves, NULL), ERR_OK);
    assert_int_equal(moves, 1);
    order_clear(&o);
}

static void test_what_the_file_does_not_say_stays(void **state) {
    int64_t a = testorders_product(*state, "A", 1000, 0);
    struct order_line_input line = testorders_line(a, 2000, 1000);
    struct order_input in = imported("X1", &line, 1);
    struct order_rep_input rep = {testorders_staff(*state, "AN"), 0};
    in.reps = &rep;
    in.rep_count = 1;
    in.carrier = "GHN";
    in.status = ORDER_CONFIRMED;
    in.pay_rest = false;
    int64_t id = put(*state, &in, PUT_CREATED);
    struct order_payment_input pay = {.method = PAY_TRANSFER, .amount = 500};
    assert_int_equal(order_pay(*state, id, &pay, NULL, NULL), ERR_OK);
    /* the same file again does not take back what was paid at the counter since */
    put(*state, &in, PUT_UNCHANGED);
    in.carrier = NULL;
    in.reps = NULL;
    in.rep_count = 0;
    in.keep = ORDER_KEEP_REPS | ORDER_KEEP_STATUS | ORDER_KEEP_PAID | ORDER_KEEP_CUSTOMER | ORDER_KEEP_CHANNEL;
    put(*state, &in, PUT_UNCHANGED);
    in.carrier = "";
    in.status = ORDER_SHIPPED;
    in.keep = ORDER_KEEP_REPS;
    put(*state, &in, PUT_UPDATED);
    struct order o = testorders_get(*state, id);
    assert_string_equal(o.carrier, "");
    assert_int_equal(o.rep_count, 1);
    assert_int_equal(o.status, ORDER_SHIPPED);
    assert_int_equal(o.paid, 500);
    assert_int_equal(o.due, 1500);
    order_clear(&o);
    assert_int_equal(testorders_level(*state, a).on_hand, -2000);
    assert_int_equal(testorders_int(*state, "SELECT COUNT(*) FROM order_states"), 1);
}

static void test_another_paid_is_made_up_by_rows_of_the_difference(void **state) {
    int64_t a = testorders_product(*state, "A", 1000, 0);
    struct order_line_input line = testorders_line(a, 2000, 1000);
    struct order_payment_input pays[] = {{.method = PAY_CASH, .amount = 1500}, {.method = PAY_TRANSFER, .amount = 100}};
    struct order_input in = imported("X1", &line, 1);
    in.pay_rest = false;
    in.payments = pays;
    in.payment_count = 2;
    int64_t id = put(*state, &in, PUT_CREATED);
    pays[0].amount = 1000;
    pays[1].amount = 1000;
    put(*state, &in, PUT_UPDATED);
    struct order o = testorders_get(*state, id);
    assert_int_equal(o.paid, 2000);
    assert_int_equal(o.due, 0);
    assert_int_equal(o.payment_count, 4);
    assert_int_equal(o.payments[2].amount, -500);
    assert_int_equal(o.payments[3].amount, 900);
    order_clear(&o);
    put(*state, &in, PUT_UNCHANGED);
}

static void test_cancelled_and_returned_ones_count_for_nothing(void **state) {
    int64_t a = testorders_product(*state, "A", 1000, 0);
    struct order_line_input line = testorders_line(a, 2000, 1000);
    struct order_input in = imported("X1", &line, 1);
    int64_t sold = put(*state, &in, PUT_CREATED);
    for (int i = 0; i < 2; i++) {
        in.status = i == 0 ? ORDER_CANCELLED : ORDER_RETURNED;
        in.order_no = i == 0 ? "X2" : "X3";
        struct order o = testorders_get(*state, put(*state, &in, PUT_CREATED));
        assert_int_equal(o.paid, 0);
        assert_int_equal(o.due, 0);
        assert_false(o.stock_out);
        assert_string_equal(o.recognised_on, "");
        order_clear(&o);
        put(*state, &in, PUT_UNCHANGED);
    }
    assert_int_equal(testorders_level(*state, a).on_hand, -2000);
    /* one that had been sold and is told to have come back: its goods and money do too */
    in.order_no = "X1";
    put(*state, &in, PUT_UPDATED);
    assert_int_equal(testorders_level(*state, a).on_hand, 0);
    struct order o = testorders_get(*state, sold);
    assert_int_equal(o.status, ORDER_RETURNED);
    assert_int_equal(o.paid, 0);
    assert_int_equal(o.due, 0);
    assert_string_equal(o.recognised_on, "");
    order_clear(&o);
    /* and sold again */
    in.status = ORDER_COMPLETED;
    put(*state, &in, PUT_UPDATED);
    o = testorders_get(*state, sold);
    assert_int_equal(o.due, 0);
    assert_int_equal(o.paid, 2000);
    assert_int_equal(o.taken_off, 0);
    order_clear(&o);
    assert_int_equal(testorders_level(*state, a).on_hand, -2000);
}

static void test_a_return_without_its_sale_stands_alone(void **state) {
    int64_t a = testorders_product(*state, "A", 1000, 800);
    testorders_receive(*state, a, 1000, 500);
    struct order_line_input line = testorders_line(a, -2000, 1080);
    struct order_input in = imported("C536", &line, 1);
    struct order o = testorders_get(*state, put(*state, &in, PUT_CREATED));
    assert_true(o.is_return);
    assert_int_equal(o.total, -2160);
    assert_int_equal(o.net, -2000);
    assert_int_equal(o.paid, -2160);
    assert_int_equal(o.due, 0);
    assert_int_equal(o.cost, -1000);
    order_clear(&o);
    put(*state, &in, PUT_UNCHANGED);
    assert_int_equal(testorders_level(*state, a).on_hand, 3000);
    assert_int_equal(testorders_level(*state, a).value, 1500);
    line.qty = -1000;
    put(*state, &in, PUT_UPDATED);
    assert_int_equal(testorders_level(*state, a).on_hand, 2000);
}

static void test_a_return_of_a_known_sale_follows_its_figures(void **state) {
    int64_t a = testorders_product(*state, "A", 1000, 0);
    struct order_line_input line = testorders_line(a, 3000, 40000);
    line.discount = (struct discount){false, 20000};
    struct order_input in = imported("X1", &line, 1);
    int64_t sale = put(*state, &in, PUT_CREATED);
    struct order_line_input back = testorders_line(a, -1000, 40000);
    struct order_input ret = imported("R1", &back, 1);
    ret.return_of = sale;
    struct order o = testorders_get(*state, put(*state, &ret, PUT_CREATED));
    assert_int_equal(o.total, -33333);
    assert_int_equal(o.paid, -33333);
    assert_string_equal(o.return_of, "X1");
    order_clear(&o);
    put(*state, &ret, PUT_UNCHANGED);
    put(*state, &in, PUT_UNCHANGED);
    struct err e = ERR_INIT;
    ret.order_no = "R2";
    back.qty = -3000;
    assert_int_equal(order_put(*state, &ret, NULL, NULL, &e), ERR_REFUSED);
    assert_non_null(strstr(e.message, "A: only 2 left"));
    /* what has returns keeps its lines */
    line.qty = 4000;
    assert_int_equal(order_put(*state, &in, NULL, NULL, &e), ERR_REFUSED);
    line.qty = 3000;
    in.note = "Khách quen";
    put(*state, &in, PUT_UPDATED);
    /* the rest comes back: the file may call the sale completed or returned, both are what is known */
    back.qty = -2000;
    put(*state, &ret, PUT_CREATED);
    put(*state, &in, PUT_UNCHANGED);
    in.status = ORDER_RETURNED;
    put(*state, &in, PUT_UNCHANGED);
    o = testorders_get(*state, sale);
    assert_int_equal(o.status, ORDER_RETURNED);
    assert_int_equal(o.due, 0);
    order_clear(&o);
}

static enum err_code put_many(struct shop *shop, void *ctx, struct err *e) {
    const struct order_input *in = ctx;
    struct err own = ERR_INIT;
    enum err_code rc = order_put(shop, &in[0], NULL, NULL, e);
    assert_int_equal(rc, ERR_OK);
    /* a rejected one in between leaves nothing */
    assert_int_equal(order_put(shop, &in[1], NULL, NULL, &own), ERR_INVALID);
    return order_put(shop, &in[2], NULL, NULL, e);
}

static enum err_code fail_inside(struct shop *shop, void *ctx, struct err *e) {
    enum err_code rc = order_put(shop, ctx, NULL, NULL, e);
    return rc == ERR_OK ? err_set(e, ERR_REFUSED, "no") : rc;
}

static enum err_code put_and_undo(struct shop *shop, void *ctx, struct err *e) {
    struct order_input *in = ctx;
    enum err_code rc = order_put(shop, &in[0], NULL, NULL, e);
    assert_int_equal(shop_transact(shop, fail_inside, &in[2], NULL), ERR_REFUSED);
    return rc;
}

static void test_a_file_is_one_transaction_and_stock_survives_what_is_undone_inside(void **state) {
    int64_t a = testorders_product(*state, "A", 1000, 0);
    testorders_receive(*state, a, 10000, 100);
    struct order_line_input good = testorders_line(a, 1000, 1000);
    struct order_line_input bad = testorders_line(a, 1000, -1);
    struct order_input in[] = {imported("X1", &good, 1), imported("X2", &bad, 1), imported("X3", &good, 1)};
    assert_int_equal(shop_transact(*state, put_many, in, NULL), ERR_OK);
    assert_int_equal(testorders_level(*state, a).on_hand, 8000);
    assert_int_equal(testorders_int(*state, "SELECT COUNT(*) FROM orders"), 2);
    in[0].order_no = "X4";
    in[2].order_no = "X5";
    assert_int_equal(shop_transact(*state, put_and_undo, in, NULL), ERR_OK);
    assert_int_equal(testorders_int(*state, "SELECT COUNT(*) FROM orders"), 3);
    assert_int_equal(testorders_level(*state, a).on_hand, 7000);
    assert_int_equal(testorders_level(*state, a).value, 700);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_the_same_again_is_unchanged_and_writes_nothing, setup, teardown),
        cmocka_unit_test_setup_teardown(test_other_lines_move_the_difference_through_the_ledger, setup, teardown),
        cmocka_unit_test_setup_teardown(
            test_what_was_paid_and_moved_on_the_orders_day_stays_on_it_when_a_file_dates_it_anew, setup, teardown),
        cmocka_unit_test_setup_teardown(test_what_the_file_does_not_say_stays, setup, teardown),
        cmocka_unit_test_setup_teardown(test_another_paid_is_made_up_by_rows_of_the_difference, setup, teardown),
        cmocka_unit_test_setup_teardown(test_cancelled_and_returned_ones_count_for_nothing, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_return_without_its_sale_stands_alone, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_return_of_a_known_sale_follows_its_figures, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_file_is_one_transaction_and_stock_survives_what_is_undone_inside, setup,
                                        teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
