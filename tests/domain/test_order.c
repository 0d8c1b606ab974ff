/* Selling keeps DOMAIN 4: figures, shares, payments, numbers, and what leaves the stock. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "chotdon/customer.h"
#include "chotdon/product.h"
#include "chotdon/setting.h"
#include "testorders.h"
#include "testshop.h"

static int setup(void **state) {
    *state = testshop_open();
    return 0;
}

static int teardown(void **state) {
    struct shop *shop = *state;
    testorders_books_are_right(shop);
    testshop_close(&shop);
    return 0;
}

static void test_a_counter_sale_stores_every_figure(void **state) {
    int64_t shirt = testorders_product(*state, "AT-TR-M", 120000, 0);
    int64_t water = testorders_product(*state, "NUOC-15", 96000, 800);
    struct order_line_input lines[] = {{.product_id = shirt, .qty = 2000}, {.product_id = water, .qty = 1000}};
    struct order_payment_input pay = {.method = PAY_CASH, .amount = 400000};
    struct order_input in = {
        .status = ORDER_COMPLETED, .lines = lines, .line_count = 2, .payments = &pay, .payment_count = 1};
    lines[1].discount = (struct discount){false, 5000};
    testorders_receive(*state, shirt, 10000, 70000);
    struct order_ref ref;
    assert_int_equal(order_add(*state, &in, &ref, NULL), ERR_OK);
    assert_string_equal(ref.order_no, "DH261121-0001");
    assert_true(ref.below_stock); /* no water was ever received */
    struct order o = testorders_get(*state, ref.id);
    assert_string_equal(o.order_date, "2026-11-21");
    assert_string_equal(o.order_time, "14:05:00");
    assert_int_equal(o.subtotal, 331000);
    assert_int_equal(o.total, 331000);
    assert_int_equal(o.vat, 6741);
    assert_int_equal(o.cost, 140000);
    assert_int_equal(o.paid, 331000);
    assert_int_equal(o.change, 69000);
    assert_int_equal(o.due, 0);
    assert_string_equal(o.recognised_on, "2026-11-21");
    assert_int_equal(o.lines[0].cost, 140000);
    assert_false(o.lines[0].below_stock);
    assert_true(o.lines[1].below_stock);
    assert_int_equal(o.lines[1].net, 84259);
    assert_int_equal(testorders_level(*state, shirt).on_hand, 8000);
    assert_int_equal(testorders_level(*state, water).on_hand, -1000);
    order_clear(&o);
}

static void test_cash_gives_change_and_nothing_else_does(void **state) {
    int64_t p = testorders_product(*state, "A", 480000, 0);
    struct order_line_input line = testorders_line(p, 1000, 480000);
    struct order_payment_input pays[] = {{.method = PAY_CASH, .amount = 500000},
                                         {.method = PAY_TRANSFER, .amount = 100000}};
    struct order_input in = testorders_input(&line, 1);
    in.payments = pays;
    in.payment_count = 2;
    struct order o = testorders_get(*state, testorders_add(*state, &in));
    assert_int_equal(o.paid, 480000);
    assert_int_equal(o.change, 120000);
    assert_int_equal(o.payment_count, 2);
    assert_int_equal(o.payments[0].amount, 380000);
    order_clear(&o);
    struct err e = ERR_INIT;
    pays[1].amount = 480001;
    assert_int_equal(order_add(*state, &in, NULL, &e), ERR_INVALID);
    assert_string_equal(e.field, "pay");
    assert_non_null(strstr(e.message, "only cash gives change"));
    pays[1].amount = -1;
    assert_int_equal(order_add(*state, &in, NULL, NULL), ERR_INVALID);
}

static void test_promises_are_no_payments(void **state) {
    int64_t p = testorders_product(*state, "A", 100000, 0);
    struct order_line_input line = testorders_line(p, 1000, 100000);
    struct order_payment_input pays[] = {{.method = PAY_TRANSFER, .amount = 30000},
                                         {.method = PAY_COD, .amount = 70000}};
    struct order_input in = testorders_input(&line, 1);
    in.status = ORDER_CONFIRMED;
    in.payments = pays;
    in.payment_count = 2;
    struct order o = testorders_get(*state, testorders_add(*state, &in));
    assert_int_equal(o.paid, 30000);
    assert_int_equal(o.due, 70000);
    assert_true(o.has_promise);
    assert_int_equal(o.promise, PAY_COD);
    assert_string_equal(o.recognised_on, ""); /* not delivered yet */
    assert_false(o.stock_out);
    order_clear(&o);
}

static void test_a_payment_later_is_kept_up_to_what_is_due(void **state) {
    int64_t p = testorders_product(*state, "A", 100000, 0);
    struct order_line_input line = testorders_line(p, 1000, 100000);
    struct order_input in = testorders_input(&line, 1);
    int64_t id = testorders_add(*state, &in);
    int64_t change = -1;
    struct order_payment_input pay = {.method = PAY_TRANSFER, .amount = 100001};
    assert_int_equal(order_pay(*state, id, &pay, &change, NULL), ERR_INVALID);
    pay = (struct order_payment_input){.method = PAY_TRANSFER, .amount = 40000};
    assert_int_equal(order_pay(*state, id, &pay, &change, NULL), ERR_OK);
    assert_int_equal(change, 0);
    pay = (struct order_payment_input){.method = PAY_CASH, .amount = 100000};
    assert_int_equal(order_pay(*state, id, &pay, &change, NULL), ERR_OK);
    assert_int_equal(change, 40000);
    assert_int_equal(order_pay(*state, id, &pay, &change, NULL), ERR_REFUSED);
    struct order o = testorders_get(*state, id);
    assert_int_equal(o.paid, 100000);
    assert_int_equal(o.due, 0);
    assert_int_equal(o.payment_count, 2);
    order_clear(&o);
}

static void test_shares_are_kept_in_basis_points(void **state) {
    int64_t p = testorders_product(*state, "A", 10000001, 0);
    struct order_line_input line = testorders_line(p, 1000, 10000001);
    struct order_input in = testorders_input(&line, 1);
    struct order_rep_input reps[] = {{testorders_staff(*state, "AN"), 7000}, {testorders_staff(*state, "BINH"), 3000}};
    in.reps = reps;
    in.rep_count = 2;
    struct order o = testorders_get(*state, testorders_add(*state, &in));
    assert_int_equal(o.rep_count, 2);
    assert_string_equal(o.reps[0].code, "AN");
    assert_int_equal(o.reps[0].share_bps, 7000);
    order_clear(&o);
    struct err e = ERR_INIT;
    reps[1].share_bps = 2000;
    assert_int_equal(order_add(*state, &in, NULL, &e), ERR_INVALID);
    assert_string_equal(e.field, "rep");
    reps[1] = reps[0];
    assert_int_equal(order_add(*state, &in, NULL, NULL), ERR_INVALID);
}

static void test_numbers_run_by_order_date_and_skip_those_that_are_there(void **state) {
    int64_t p = testorders_product(*state, "A", 1000, 0);
    struct order_line_input line = testorders_line(p, 1000, 1000);
    struct order_input in = testorders_input(&line, 1);
    struct order_ref ref;
    in.order_no = "DH261121-0002";
    assert_int_equal(order_add(*state, &in, &ref, NULL), ERR_OK);
    assert_int_equal(order_add(*state, &in, &ref, NULL), ERR_CONFLICT);
    in.order_no = NULL;
    assert_int_equal(order_add(*state, &in, &ref, NULL), ERR_OK);
    assert_string_equal(ref.order_no, "DH261121-0001");
    assert_int_equal(order_add(*state, &in, &ref, NULL), ERR_OK);
    assert_string_equal(ref.order_no, "DH261121-0003");
    in.date = "2026-11-20";
    assert_int_equal(order_add(*state, &in, &ref, NULL), ERR_OK);
    assert_string_equal(ref.order_no, "DH261120-0001");
    in.order_no = "a\tb";
    assert_int_equal(order_add(*state, &in, &ref, NULL), ERR_INVALID);
}

static void test_a_refusal_leaves_no_gap_and_nothing_behind(void **state) {
    int64_t p = testorders_product(*state, "A", 1000, 0);
    struct order_line_input lines[] = {testorders_line(p, 1000, 1000), testorders_line(p, 1000, -1)};
    struct order_input in = testorders_input(lines, 2);
    struct err e = ERR_INIT;
    assert_int_equal(order_add(*state, &in, NULL, &e), ERR_INVALID);
    assert_string_equal(e.field, "line 2");
    lines[1].product_id = 999;
    assert_int_equal(order_add(*state, &in, NULL, &e), ERR_NOT_FOUND);
    assert_string_equal(e.field, "line 2");
    in.line_count = 0;
    assert_int_equal(order_add(*state, &in, NULL, &e), ERR_INVALID);
    in.line_count = 1;
    in.customer_id = 4711;
    assert_int_equal(order_add(*state, &in, NULL, &e), ERR_CONFLICT);
    in.customer_id = 0;
    assert_int_equal(
        testorders_int(*state, "SELECT (SELECT COUNT(*) FROM orders) + (SELECT COUNT(*) FROM stock_moves)"), 0);
    struct order_ref ref;
    assert_int_equal(order_add(*state, &in, &ref, NULL), ERR_OK);
    assert_string_equal(ref.order_no, "DH261121-0001");
}

static void test_stock_policies_allow_warn_or_block(void **state) {
    int64_t p = testorders_product(*state, "A", 1000, 0);
    struct order_line_input lines[] = {testorders_line(p, 2000, 1000), testorders_line(p, 2000, 1000)};
    struct order_input in = testorders_input(lines, 2);
    struct order_ref ref;
    struct err e = ERR_INIT;
    testorders_receive(*state, p, 3000, 500);
    assert_int_equal(setting_set(*state, "stock_policy", "block", NULL), ERR_OK);
    assert_int_equal(order_add(*state, &in, &ref, &e), ERR_REFUSED);
    assert_non_null(strstr(e.message, "A: only 1"));
    assert_int_equal(testorders_level(*state, p).on_hand, 3000);
    assert_int_equal(setting_set(*state, "stock_policy", "warn", NULL), ERR_OK);
    assert_int_equal(order_add(*state, &in, &ref, &e), ERR_OK);
    assert_true(ref.below_stock);
    assert_int_equal(setting_set(*state, "stock_policy", "allow", NULL), ERR_OK);
    assert_int_equal(order_add(*state, &in, &ref, &e), ERR_OK);
    assert_false(ref.below_stock);
}

static void test_selling_below_cost_marks_the_line(void **state) {
    int64_t p = testorders_product(*state, "A", 1000, 1000);
    struct order_line_input line = testorders_line(p, 1000, 1099); /* net 999 */
    struct order_input in = testorders_input(&line, 1);
    struct order_ref ref;
    testorders_receive(*state, p, 9000, 1000);
    assert_int_equal(order_add(*state, &in, &ref, NULL), ERR_OK);
    assert_true(ref.below_cost);
    line.unit_price = 1100;
    assert_int_equal(order_add(*state, &in, &ref, NULL), ERR_OK);
    assert_false(ref.below_cost);
}

static void test_another_unit_has_its_price_and_moves_base_units(void **state) {
    struct product_unit units[] = {{.name = "thùng", .factor = 24000, .price = 230000, .has_price = true},
                                   {.name = "lốc", .factor = 6000}};
    struct product beer = {.sku = "BIA", .name = "Bia", .unit = "lon", .price = 10000, .units = units, .unit_count = 2};
    int64_t id = 0;
    assert_int_equal(product_add(*state, &beer, PRODUCT_NAME | PRODUCT_UNIT | PRODUCT_PRICE | PRODUCT_UNITS, &id, NULL),
                     ERR_OK);
    testorders_receive(*state, id, 100000, 7000);
    struct order_line_input lines[] = {{.product_id = id, .unit = "Thung", .qty = 2000},
                                       {.product_id = id, .unit = "lốc", .qty = 1000},
                                       {.product_id = id, .unit = "lon", .qty = 1000}};
    struct order_input in = testorders_input(lines, 3);
    struct order o = testorders_get(*state, testorders_add(*state, &in));
    assert_int_equal(o.lines[0].unit_price, 230000);
    assert_int_equal(o.lines[0].amount, 460000);
    assert_int_equal(o.lines[0].cost, 48 * 7000);
    assert_int_equal(o.lines[1].unit_price, 60000);
    assert_int_equal(o.lines[2].unit_price, 10000);
    assert_string_equal(o.lines[2].unit, "");
    assert_int_equal(testorders_level(*state, id).on_hand, 100000 - 48000 - 6000 - 1000);
    order_clear(&o);
    lines[0].unit = "bao";
    assert_int_equal(order_add(*state, &in, NULL, NULL), ERR_NOT_FOUND);
}

static void test_vat_comes_from_the_line_the_product_or_the_shop(void **state) {
    int64_t own = testorders_product(*state, "A", 1080, 800);
    int64_t shops = testorders_product(*state, "B", 1100, -1);
    assert_int_equal(setting_set(*state, "vat_default_pct", "10", NULL), ERR_OK);
    struct order_line_input lines[] = {testorders_line(own, 1000, 1080), testorders_line(shops, 1000, 1100),
                                       testorders_line(own, 1000, 1050)};
    lines[2].has_vat = true;
    lines[2].vat_bps = 500;
    struct order_input in = testorders_input(lines, 3);
    struct order o = testorders_get(*state, testorders_add(*state, &in));
    assert_int_equal(o.lines[0].net, 1000);
    assert_int_equal(o.lines[1].net, 1000);
    assert_int_equal(o.lines[2].net, 1000);
    order_clear(&o);
    assert_int_equal(setting_set(*state, "vat_mode", "added", NULL), ERR_OK);
    o = testorders_get(*state, testorders_add(*state, &in));
    assert_int_equal(o.revenue, o.net + o.vat);
    assert_int_equal(o.total, 1080 + 1100 + 1050 + 86 + 110 + 53);
    order_clear(&o);
}

static void test_wholesale_customers_get_the_wholesale_price(void **state) {
    struct product_unit box = {.name = "thùng", .factor = 10000, .price = 95000, .has_price = true};
    struct product p = {.sku = "W",
                        .name = "W",
                        .price = 10000,
                        .wholesale_price = 9000,
                        .has_wholesale = true,
                        .units = &box,
                        .unit_count = 1,
                        .active = true};
    struct customer dealer = {.name = "Đại lý Minh", .segment = "wholesale"};
    int64_t id = 0;
    int64_t who = 0;
    assert_int_equal(
        product_add(*state, &p, PRODUCT_NAME | PRODUCT_PRICE | PRODUCT_WHOLESALE | PRODUCT_UNITS, &id, NULL), ERR_OK);
    assert_int_equal(customer_put(*state, &dealer, CUSTOMER_NAME | CUSTOMER_SEGMENT, NULL, &who, NULL), ERR_OK);
    struct order_line_input lines[] = {{.product_id = id, .qty = 1000},
                                       {.product_id = id, .unit = "thùng", .qty = 1000}};
    struct order_input in = testorders_input(lines, 2);
    struct order o = testorders_get(*state, testorders_add(*state, &in));
    assert_int_equal(o.lines[0].unit_price, 10000);
    assert_int_equal(o.lines[1].unit_price, 95000);
    order_clear(&o);
    in.customer_id = who;
    o = testorders_get(*state, testorders_add(*state, &in));
    assert_int_equal(o.lines[0].unit_price, 9000);
    assert_int_equal(o.lines[1].unit_price, 90000);
    order_clear(&o);
}

static void test_a_preview_gives_the_figures_and_writes_nothing(void **state) {
    int64_t p = testorders_product(*state, "A", 480000, 800);
    struct order_line_input line = testorders_line(p, 1000, 480000);
    struct order_payment_input pay = {.method = PAY_CASH, .amount = 500000};
    struct order_input in = testorders_input(&line, 1);
    struct order o;
    in.payments = &pay;
    in.payment_count = 1;
    assert_int_equal(setting_set(*state, "stock_policy", "block", NULL), ERR_OK);
    assert_int_equal(order_preview(*state, &in, &o, NULL), ERR_OK);
    assert_int_equal(o.total, 480000);
    assert_int_equal(o.change, 20000);
    assert_int_equal(o.vat, 35556);
    assert_true(o.lines[0].below_stock);
    order_clear(&o);
    assert_int_equal(
        testorders_int(*state, "SELECT (SELECT COUNT(*) FROM orders) + (SELECT COUNT(*) FROM stock_moves)"), 0);
    /* what another program received meanwhile is seen */
    testorders_receive(*state, p, 5000, 1);
    assert_int_equal(order_preview(*state, &in, &o, NULL), ERR_OK);
    assert_false(o.lines[0].below_stock);
    order_clear(&o);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_counter_sale_stores_every_figure, setup, teardown),
        cmocka_unit_test_setup_teardown(test_cash_gives_change_and_nothing_else_does, setup, teardown),
        cmocka_unit_test_setup_teardown(test_promises_are_no_payments, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_payment_later_is_kept_up_to_what_is_due, setup, teardown),
        cmocka_unit_test_setup_teardown(test_shares_are_kept_in_basis_points, setup, teardown),
        cmocka_unit_test_setup_teardown(test_numbers_run_by_order_date_and_skip_those_that_are_there, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_refusal_leaves_no_gap_and_nothing_behind, setup, teardown),
        cmocka_unit_test_setup_teardown(test_stock_policies_allow_warn_or_block, setup, teardown),
        cmocka_unit_test_setup_teardown(test_selling_below_cost_marks_the_line, setup, teardown),
        cmocka_unit_test_setup_teardown(test_another_unit_has_its_price_and_moves_base_units, setup, teardown),
        cmocka_unit_test_setup_teardown(test_vat_comes_from_the_line_the_product_or_the_shop, setup, teardown),
        cmocka_unit_test_setup_teardown(test_wholesale_customers_get_the_wholesale_price, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_preview_gives_the_figures_and_writes_nothing, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
