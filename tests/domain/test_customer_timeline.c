/* One timeline for a customer, newest first: orders, payments, contacts (DOMAIN 8); and what they buy and owe follows
 * their orders, also after a merge. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "chotdon/customer.h"
#include "chotdon/order.h"
#include "chotdon/product.h"
#include "testcustomer.h"
#include "testshop.h"

static int setup(void **state) {
    struct shop *shop = testshop_open();
    struct product p = {.sku = "AO", .name = "Áo", .price = 100000};
    struct customer a = {.code = "A", .name = "An", .phones = "0911111111"};
    struct customer b = {.code = "B", .name = "Bình", .phones = "0922222222"};
    assert_int_equal(product_put(shop, &p, PRODUCT_NAME | PRODUCT_PRICE, NULL, NULL), ERR_OK);
    assert_int_equal(customer_put(shop, &a, CUSTOMER_NAME | CUSTOMER_PHONES, NULL, NULL, NULL), ERR_OK);
    assert_int_equal(customer_put(shop, &b, CUSTOMER_NAME | CUSTOMER_PHONES, NULL, NULL, NULL), ERR_OK);
    *state = shop;
    return 0;
}

static int teardown(void **state) {
    struct shop *shop = *state;
    testshop_close(&shop);
    return 0;
}

/* Sells `qty` shirts, of which `paid` is paid in cash; the order's id. */
static int64_t sell(struct shop *shop, const char *customer, const char *no, int64_t qty, int64_t paid) {
    int64_t product = 0;
    struct err e = ERR_INIT;
    struct order_ref ref;
    assert_int_equal(product_find(shop, "AO", &product, NULL, NULL), ERR_OK);
    struct order_line_input line = {.product_id = product, .qty = qty * 1000};
    struct order_payment_input payment = {.method = PAY_CASH, .amount = paid};
    struct order_input in = {.order_no = no,
                             .status = ORDER_COMPLETED,
                             .customer_id = testcustomer_id(shop, customer),
                             .lines = &line,
                             .line_count = 1,
                             .payments = &payment,
                             .payment_count = paid > 0};
    if (order_add(shop, &in, &ref, &e) != ERR_OK) {
        fail_msg("%s", e.message);
    }
    return ref.id;
}

static enum err_code collect(void *ctx, const char *at, const char *kind, const char *text, const char *staff,
                             struct err *e) {
    char *out = ctx;
    (void)e;
    size_t n = strlen(out);
    snprintf(out + n, 1000 - n, "%s|%s|%s|%s\n", at, kind, text, staff);
    return ERR_OK;
}

static void timeline_is(struct shop *shop, const char *customer, int64_t limit, const char *expected) {
    char text[1000] = "";
    struct err e = ERR_INIT;
    if (customer_timeline(shop, testcustomer_id(shop, customer), limit, collect, text, &e) != ERR_OK) {
        fail_msg("%s", e.message);
    }
    assert_string_equal(text, expected);
}

static void test_everything_that_happened_newest_first(void **state) {
    testshop_set_now(*state, "2026-11-20 09:00:00");
    int64_t id = sell(*state, "A", "DH1", 3, 100000);
    testshop_set_now(*state, "2026-11-20 10:00:00");
    assert_int_equal(customer_log(*state, testcustomer_id(*state, "A"), "call", "Hẹn trả nốt", NULL), ERR_OK);
    testshop_set_now(*state, "2026-11-21 08:00:00");
    struct order_payment_input rest = {.method = PAY_TRANSFER, .amount = 50000};
    assert_int_equal(order_pay(*state, id, &rest, NULL, NULL), ERR_OK);
    timeline_is(*state, "A", 0,
                "2026-11-21|payment|DH1 · 50.000 ₫ · transfer|\n"
                "2026-11-20 10:00:00|call|Hẹn trả nốt|\n"
                "2026-11-20 09:00:00|payment|DH1 · 100.000 ₫ · cash|\n"
                "2026-11-20 09:00:00|order|DH1 · 300.000 ₫ · completed|\n");
    timeline_is(*state, "A", 1, "2026-11-21|payment|DH1 · 50.000 ₫ · transfer|\n");
    timeline_is(*state, "B", 0, "");
}

static void test_figures_follow_orders_payments_and_returns(void **state) {
    struct customer_figures f;
    int64_t a = testcustomer_id(*state, "A");
    int64_t first = sell(*state, "A", "DH1", 3, 100000);
    sell(*state, "A", "DH2", 1, 100000);
    assert_int_equal(customer_figures(*state, a, &f, NULL), ERR_OK);
    assert_int_equal(f.orders, 2);
    assert_int_equal(f.revenue, 400000);
    assert_int_equal(f.due, 200000);
    assert_string_equal(f.last_order, "2026-11-21");
    struct return_input all = {.sale_id = first};
    struct order_ref ref;
    struct err e = ERR_INIT;
    if (order_return(*state, &all, &ref, NULL, &e) != ERR_OK) {
        fail_msg("%s", e.message);
    }
    assert_int_equal(customer_figures(*state, a, &f, NULL), ERR_OK);
    assert_int_equal(f.orders, 1);
    assert_int_equal(f.revenue, 100000);
    assert_int_equal(f.due, 0);
}

static void test_orders_of_one_who_was_merged_are_the_survivors(void **state) {
    sell(*state, "A", "DH1", 1, 0);
    sell(*state, "B", "DH2", 2, 0);
    assert_int_equal(customer_merge(*state, testcustomer_id(*state, "A"), testcustomer_id(*state, "B"), NULL, NULL),
                     ERR_OK);
    timeline_is(*state, "B", 0,
                "2026-11-21 14:05:00|order|DH2 · 200.000 ₫ · completed|\n"
                "2026-11-21 14:05:00|order|DH1 · 100.000 ₫ · completed|\n");
    struct customer_figures f;
    assert_int_equal(customer_figures(*state, testcustomer_id(*state, "A"), &f, NULL), ERR_OK);
    assert_int_equal(f.due, 300000);
    struct err e = ERR_INIT;
    assert_int_equal(customer_erase(*state, testcustomer_id(*state, "A"), &e), ERR_REFUSED);
    assert_non_null(strstr(e.message, "300.000"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        T(test_everything_that_happened_newest_first),
        T(test_figures_follow_orders_payments_and_returns),
        T(test_orders_of_one_who_was_merged_are_the_survivors),
    };
    return cmocka_run_group_tests_name("customer timeline", tests, NULL, NULL);
}
