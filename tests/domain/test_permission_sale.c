/* What a sale, a cancel, a return, goods, stock, cash and files ask of who does it; and that costs are blank for who
 * may not see them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/qty.h"
#include "chotdon/cash.h"
#include "chotdon/customer.h"
#include "chotdon/draft.h"
#include "chotdon/permission.h"
#include "chotdon/product.h"
#include "chotdon/report.h"
#include "chotdon/setting.h"
#include "chotdon/staff.h"
#include "chotdon/supplier.h"
#include "chotdon/week.h"
#include "io/export.h"
#include "testorders.h"
#include "testpin.h"
#include "testshop.h"

enum { PRICE = 100000, COST = 60000 };

static struct shop *shop;
static int64_t tea;

static void hire(const char *code, const char *role) {
    const struct staff s = {.code = (char *)code, .name = (char *)code, .role = (char *)role};
    assert_int_equal(staff_put(shop, &s, STAFF_NAME | STAFF_ROLE, NULL, NULL), ERR_OK);
}

/* Tea for 100 000 that cost 60 000; LAN at the counter has signed in. */
static int setup(void **state) {
    (void)state;
    shop = testshop_open();
    tea = testorders_product(shop, "TEA", PRICE, 0);
    testorders_receive(shop, tea, 100 * QTY_ONE, COST);
    hire("LAN", "counter");
    hire("KHO", "warehouse");
    testpin_turn_on(shop);
    testpin_sign_in(shop, "LAN");
    return 0;
}

static int teardown(void **state) {
    (void)state;
    testshop_close(&shop);
    return 0;
}

static struct order_line_input one_tea(void) {
    return (struct order_line_input){.product_id = tea, .qty = QTY_ONE};
}

static enum err_code sell(const struct order_line_input *line, struct discount discount, struct err *e) {
    struct order_input in = testorders_input(line, 1);
    in.discount = discount;
    return order_add(shop, &in, NULL, e);
}

static const struct discount nothing_off = {0};

static void a_clerk_sells_at_the_goods_price_and_no_other(void **state) {
    struct order_line_input line = one_tea();
    struct err e = ERR_INIT;
    (void)state;
    assert_int_equal(sell(&line, nothing_off, &e), ERR_OK);
    line.has_price = true;
    line.unit_price = PRICE;
    assert_int_equal(sell(&line, nothing_off, &e), ERR_OK);
    line.unit_price = PRICE - 1;
    assert_int_equal(sell(&line, nothing_off, &e), ERR_REFUSED);
    assert_int_equal(permission_refused(&e), PERMIT_PRICE);
    assert_memory_equal(e.message, "TEA: ", 5);
    assert_int_equal(testorders_int(shop, "SELECT COUNT(*) FROM orders"), 2);
    assert_int_equal(shop_approve(shop, "CHU", "4711", PERMIT_PRICE, &e), ERR_OK);
    assert_int_equal(sell(&line, nothing_off, &e), ERR_OK);
    assert_int_equal(sell(&line, nothing_off, &e), ERR_REFUSED); /* it was for one sale */
    testorders_books_are_right(shop);
}

static void goods_without_a_price_get_theirs_from_who_sells_them(void **state) {
    (void)state;
    testpin_sign_in(shop, "CHU");
    struct order_line_input line = {
        .product_id = testorders_product(shop, "RAU", 0, 0), .qty = QTY_ONE, .has_price = true, .unit_price = 12000};
    testpin_sign_in(shop, "LAN");
    assert_int_equal(sell(&line, nothing_off, NULL), ERR_OK);
}

static void discounts_up_to_the_limit_are_everybodys(void **state) {
    struct order_line_input line = one_tea();
    struct err e = ERR_INIT;
    (void)state;
    line.discount = (struct discount){.value = PRICE / 10};
    assert_int_equal(sell(&line, nothing_off, NULL), ERR_OK);
    line.discount.value++;
    assert_int_equal(sell(&line, nothing_off, &e), ERR_REFUSED);
    assert_int_equal(permission_refused(&e), PERMIT_DISCOUNT);
    line.discount.value = PRICE / 20;
    assert_int_equal(sell(&line, (struct discount){.value = PRICE / 20}, NULL), ERR_OK);
    assert_int_equal(sell(&line, (struct discount){.value = PRICE / 20 + 1}, &e), ERR_REFUSED);
    assert_int_equal(permission_refused(&e), PERMIT_DISCOUNT);
    testpin_sign_in(shop, "CHU");
    assert_int_equal(setting_set(shop, "discount_limit_pct", "20", NULL), ERR_OK);
    testpin_sign_in(shop, "LAN");
    assert_int_equal(sell(&line, (struct discount){.value = PRICE / 20 + 1}, NULL), ERR_OK);
}

/* A draft may say anything; selling it is what asks, whichever way it is sold. */
static void a_draft_is_free_and_selling_it_is_not(void **state) {
    struct order_line_input line = one_tea();
    struct err e = ERR_INIT;
    int64_t id = 0;
    (void)state;
    line.has_price = true;
    line.unit_price = 1;
    struct order_input in = testorders_input(&line, 1);
    assert_int_equal(draft_save(shop, &id, &in, "", NULL), ERR_OK);
    assert_int_equal(draft_confirm(shop, id, &in, NULL, &e), ERR_REFUSED);
    assert_int_equal(permission_refused(&e), PERMIT_PRICE);
    assert_int_equal(order_set_status(shop, id, ORDER_COMPLETED, "", &e), ERR_REFUSED);
    assert_int_equal(permission_refused(&e), PERMIT_PRICE);
    assert_int_equal(order_cancel(shop, id, "khách đổi ý", NULL), ERR_OK); /* a draft's is everybody's */
    testorders_books_are_right(shop);
}

static void cancels_and_returns_ask(void **state) {
    struct order_line_input line = one_tea();
    struct order_ref sold, waiting;
    struct err e = ERR_INIT;
    (void)state;
    struct order_input in = testorders_input(&line, 1);
    assert_int_equal(order_add(shop, &in, &sold, NULL), ERR_OK);
    in.status = ORDER_CONFIRMED;
    assert_int_equal(order_add(shop, &in, &waiting, NULL), ERR_OK);
    const struct return_input back = {.sale_id = sold.id};
    assert_int_equal(order_return(shop, &back, NULL, NULL, &e), ERR_REFUSED);
    assert_int_equal(permission_refused(&e), PERMIT_RETURN);
    assert_int_equal(order_set_status(shop, sold.id, ORDER_RETURNED, "hỏng", &e), ERR_REFUSED);
    assert_int_equal(permission_refused(&e), PERMIT_RETURN);
    assert_int_equal(order_cancel(shop, waiting.id, "hết hàng", &e), ERR_REFUSED);
    assert_int_equal(permission_refused(&e), PERMIT_CANCEL);
    assert_int_equal(shop_approve(shop, "CHU", "4711", PERMIT_CANCEL, NULL), ERR_OK);
    assert_int_equal(order_cancel(shop, waiting.id, "hết hàng", NULL), ERR_OK);
    testorders_books_are_right(shop);
}

static enum err_code export_orders_to(const char *path) {
    const struct export_options options = {.kind = KIND_ORDERS, .format = TABLE_CSV, .path = path};
    return export_run(shop, &options, NULL);
}

static void goods_stock_cash_customers_and_files_ask(void **state) {
    const struct product p = {.sku = (char *)"TEA", .price = 1};
    const struct stock_line_input line = {.product_id = tea, .qty = QTY_ONE};
    const struct stock_doc_input doc = {.kind = STOCK_PURCHASE, .lines = &line, .line_count = 1};
    const struct supplier s = {.code = (char *)"NCC", .name = (char *)"NCC"};
    int64_t first = 0, second = 0;
    (void)state;
    assert_int_equal(customer_add(shop, &(struct customer){.name = (char *)"Hà"}, CUSTOMER_NAME, &first, NULL), ERR_OK);
    assert_int_equal(customer_add(shop, &(struct customer){.name = (char *)"Hạ"}, CUSTOMER_NAME, &second, NULL),
                     ERR_OK);
    const struct {
        enum err_code rc;
    } refused[] = {
        {product_put(shop, &p, PRODUCT_PRICE, NULL, NULL)},  {stock_document(shop, &doc, NULL, NULL)},
        {supplier_put(shop, &s, SUPPLIER_NAME, NULL, NULL)}, {cash_move(shop, -50000, "mua nước", NULL)},
        {customer_merge(shop, first, second, NULL, NULL)},   {customer_erase(shop, first, NULL)},
        {export_orders_to("/nonexistent/orders.csv")},
    };
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        assert_int_equal(refused[i].rc, ERR_REFUSED);
    }
    testpin_sign_in(shop, "KHO");
    assert_int_equal(stock_document(shop, &doc, NULL, NULL), ERR_OK);
    assert_int_equal(product_put(shop, &p, PRODUCT_PRICE, NULL, NULL), ERR_REFUSED);
}

static void whoever_opened_a_shift_closes_it(void **state) {
    struct err e = ERR_INIT;
    const struct cash_count none = {.denomination = 1000, .pieces = 0};
    (void)state;
    assert_int_equal(cash_open(shop, 500000, NULL, NULL), ERR_OK);
    testpin_sign_in(shop, "KHO");
    assert_int_equal(cash_close(shop, &none, 1, "", NULL, &e), ERR_REFUSED);
    assert_int_equal(permission_refused(&e), PERMIT_CASH);
    testpin_sign_in(shop, "LAN");
    assert_int_equal(cash_close(shop, &none, 1, "", NULL, NULL), ERR_OK);
}

static enum err_code see_product(void *ctx, const struct product *p, struct err *e) {
    (void)e;
    *(int64_t *)ctx += p->cost + p->value;
    return ERR_OK;
}

static enum err_code see_move(void *ctx, const struct stock_move *m, struct err *e) {
    (void)e;
    *(int64_t *)ctx += m->cost;
    return ERR_OK;
}

/* All that tells of costs, added up. */
static int64_t costs_seen(int64_t order_id) {
    struct product p;
    struct stock_level level;
    struct sales_row total;
    struct order o;
    int64_t seen = 0, value = 0;
    const struct stock_move_filter all = {0};
    assert_int_equal(product_get(shop, tea, &p, NULL), ERR_OK);
    assert_int_equal(product_list(shop, NULL, see_product, &seen, NULL), ERR_OK);
    assert_int_equal(product_value(shop, NULL, &value, NULL), ERR_OK);
    assert_int_equal(stock_get(shop, tea, &level, NULL), ERR_OK);
    assert_int_equal(stock_moves(shop, &all, see_move, &seen, NULL), ERR_OK);
    assert_int_equal(report_sales(shop, SALES_BY_DAY, NULL, NULL, NULL, NULL, &total, NULL), ERR_OK);
    assert_int_equal(order_get(shop, order_id, &o, NULL), ERR_OK);
    seen +=
        p.cost + p.value + value + level.value + level.last_cost + total.cost + total.margin + o.cost + o.lines[0].cost;
    product_clear(&p);
    order_clear(&o);
    return seen;
}

static void costs_are_blank_for_who_may_not_see_them(void **state) {
    struct order_line_input line = one_tea();
    struct order_ref sold;
    (void)state;
    const struct order_input in = testorders_input(&line, 1);
    assert_int_equal(order_add(shop, &in, &sold, NULL), ERR_OK);
    assert_int_equal(costs_seen(sold.id), 0);
    testpin_sign_in(shop, "CHU");
    assert_true(costs_seen(sold.id) > 10 * COST);
    assert_int_equal(testorders_int(shop, "SELECT cost FROM orders WHERE cost > 0"), COST); /* blank is not lost */
}

static void whoever_edits_without_seeing_costs_leaves_them(void **state) {
    const struct product renamed = {.sku = (char *)"TEA", .name = (char *)"Trà"};
    struct product p;
    (void)state;
    assert_int_equal(shop_approve(shop, "CHU", "4711", PERMIT_GOODS, NULL), ERR_OK);
    assert_int_equal(product_put(shop, &renamed, PRODUCT_NAME, NULL, NULL), ERR_OK);
    testpin_sign_in(shop, "CHU");
    assert_int_equal(product_get(shop, tea, &p, NULL), ERR_OK);
    assert_int_equal(p.cost, COST);
    product_clear(&p);
}

static void a_weekly_report_is_its_reps(void **state) {
    struct week_report r = {.week = "2026-W47", .calls = 5};
    (void)state;
    r.staff_id = testorders_int(shop, "SELECT id FROM staff WHERE code = 'KHO'");
    assert_int_equal(week_put(shop, &r, WEEK_CALLS, NULL), ERR_REFUSED);
    r.staff_id = testorders_int(shop, "SELECT id FROM staff WHERE code = 'LAN'");
    assert_int_equal(week_put(shop, &r, WEEK_CALLS, NULL), ERR_OK);
}

int main(void) {
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_clerk_sells_at_the_goods_price_and_no_other),
        TEST(goods_without_a_price_get_theirs_from_who_sells_them),
        TEST(discounts_up_to_the_limit_are_everybodys),
        TEST(a_draft_is_free_and_selling_it_is_not),
        TEST(cancels_and_returns_ask),
        TEST(goods_stock_cash_customers_and_files_ask),
        TEST(whoever_opened_a_shift_closes_it),
        TEST(costs_are_blank_for_who_may_not_see_them),
        TEST(whoever_edits_without_seeing_costs_leaves_them),
        TEST(a_weekly_report_is_its_reps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
