/* Returns keep DOMAIN 4: what comes back, what it gives back, how it is settled. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "chotdon/product.h"
#include "random.h"
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

static int64_t sell(struct shop *shop, const struct order_line_input *lines, size_t count, enum pay_method method,
                    int64_t amount) {
    struct order_payment_input pay = {.method = method, .amount = amount};
    struct order_input in = testorders_input(lines, count);
    in.payments = &pay;
    in.payment_count = amount == 0 ? 0 : 1;
    return testorders_add(shop, &in);
}

static struct order give_back(struct shop *shop, struct return_input in, int64_t *refund) {
    struct err e = ERR_INIT;
    struct order_ref ref;
    if (order_return(shop, &in, &ref, refund, &e) != ERR_OK) {
        fail_msg("%s", e.message);
    }
    return testorders_get(shop, ref.id);
}

static void test_a_hundred_thousand_for_three_one_at_a_time(void **state) {
    int64_t p = testorders_product(*state, "A", 40000, 800);
    testorders_receive(*state, p, 3000, 20000);
    struct order_line_input line = testorders_line(p, 3000, 40000);
    line.discount = (struct discount){false, 20000};
    int64_t sale = sell(*state, &line, 1, PAY_CASH, 100000);
    static const int64_t amounts[] = {-33333, -33334, -33333};
    static const char *const numbers[] = {"TH261121-0001", "TH261121-0002", "TH261121-0003"};
    int64_t vat = 0;
    for (int i = 0; i < 3; i++) {
        int64_t refund = 0;
        struct return_line_input back = {.product_id = p, .qty = 1000};
        struct order r =
            give_back(*state, (struct return_input){.sale_id = sale, .lines = &back, .line_count = 1}, &refund);
        assert_string_equal(r.order_no, numbers[i]);
        assert_int_equal(r.total, amounts[i]);
        assert_int_equal(refund, -amounts[i]);
        assert_int_equal(r.paid, amounts[i]);
        assert_int_equal(r.due, 0);
        assert_int_equal(r.lines[0].qty, -1000);
        assert_int_equal(r.lines[0].cost, -20000);
        assert_int_equal(r.lines[0].sale_line, 1);
        assert_string_equal(r.return_of, "DH261121-0001");
        assert_int_equal(r.status, ORDER_COMPLETED);
        assert_true(r.is_return);
        assert_int_equal(r.payments[0].method, PAY_CASH);
        vat += r.vat;
        order_clear(&r);
    }
    struct order s = testorders_get(*state, sale);
    assert_int_equal(s.status, ORDER_RETURNED);
    assert_int_equal(s.vat, -vat);
    assert_int_equal(s.revenue, 100000); /* the sale's figures stay; the returns stand against it */
    order_clear(&s);
    assert_int_equal(testorders_level(*state, p).on_hand, 3000);
    assert_int_equal(testorders_level(*state, p).value, 60000);
}

static void test_the_earliest_line_of_a_sku_goes_first(void **state) {
    int64_t a = testorders_product(*state, "A", 1000, 0);
    int64_t b = testorders_product(*state, "B", 1000, 0);
    struct order_line_input lines[] = {testorders_line(a, 2000, 1000), testorders_line(b, 1000, 500),
                                       testorders_line(a, 2000, 900)};
    int64_t sale = sell(*state, lines, 3, PAY_CASH, 4300);
    struct return_line_input back = {.product_id = a, .qty = 3000};
    struct order r = give_back(*state, (struct return_input){.sale_id = sale, .lines = &back, .line_count = 1}, NULL);
    assert_int_equal(r.line_count, 2);
    assert_int_equal(r.lines[0].amount, -2000);
    assert_int_equal(r.lines[1].amount, -900);
    assert_int_equal(r.lines[1].sale_line, 3);
    order_clear(&r);
    struct err e = ERR_INIT;
    struct return_input more = {.sale_id = sale, .lines = &back, .line_count = 1};
    back.qty = 2000;
    assert_int_equal(order_return(*state, &more, NULL, NULL, &e), ERR_REFUSED);
    assert_non_null(strstr(e.message, "A: only 1 left"));
    back.product_id = testorders_product(*state, "C", 1, 0);
    assert_int_equal(order_return(*state, &more, NULL, NULL, &e), ERR_REFUSED);
    assert_non_null(strstr(e.message, "C is not in order"));
    /* all that is left */
    r = give_back(*state, (struct return_input){.sale_id = sale}, NULL);
    assert_int_equal(r.total, -1400);
    order_clear(&r);
    assert_int_equal(order_return(*state, &(struct return_input){.sale_id = sale}, NULL, NULL, &e), ERR_REFUSED);
    assert_non_null(strstr(e.message, "has come back already"));
}

static void test_what_is_due_is_lowered_before_money_goes_out(void **state) {
    int64_t p = testorders_product(*state, "A", 100000, 0);
    struct order_line_input line = testorders_line(p, 3000, 100000);
    int64_t sale = sell(*state, &line, 1, PAY_TRANSFER, 150000);
    struct return_line_input back = {.product_id = p, .qty = 1000};
    struct return_input in = {.sale_id = sale, .lines = &back, .line_count = 1};
    int64_t refund = -1;
    struct order r = give_back(*state, in, &refund);
    assert_int_equal(refund, 0);
    assert_int_equal(r.paid, 0);
    assert_int_equal(r.due, 0);
    assert_int_equal(r.taken_off, -100000);
    order_clear(&r);
    struct order s = testorders_get(*state, sale);
    assert_int_equal(s.due, 50000);
    assert_int_equal(s.taken_off, 100000);
    order_clear(&s);
    r = give_back(*state, in, &refund);
    assert_int_equal(refund, 50000);
    assert_int_equal(r.payments[0].method, PAY_TRANSFER);
    assert_int_equal(r.due, 0);
    order_clear(&r);
    s = testorders_get(*state, sale);
    assert_int_equal(s.due, 0);
    order_clear(&s);
}

static void test_a_refund_goes_back_the_way_most_came_and_no_more_than_came_that_way(void **state) {
    int64_t p = testorders_product(*state, "A", 100000, 0);
    struct order_line_input line = testorders_line(p, 1000, 100000);
    struct order_payment_input pays[] = {{.method = PAY_CASH, .amount = 30000}, {.method = PAY_CARD, .amount = 70000}};
    struct order_input in = testorders_input(&line, 1);
    in.payments = pays;
    in.payment_count = 2;
    int64_t sale = testorders_add(*state, &in);
    struct order r = give_back(*state, (struct return_input){.sale_id = sale}, NULL);
    assert_int_equal(r.payment_count, 2);
    assert_int_equal(r.payments[0].method, PAY_CARD);
    assert_int_equal(r.payments[0].amount, -70000);
    assert_int_equal(r.payments[1].amount, -30000);
    order_clear(&r);
}

static void test_a_refund_can_be_said_and_may_leave_a_rest_that_the_shop_owes(void **state) {
    int64_t p = testorders_product(*state, "A", 100000, 0);
    struct order_line_input line = testorders_line(p, 1000, 100000);
    int64_t sale = sell(*state, &line, 1, PAY_CASH, 100000);
    struct return_input in = {
        .sale_id = sale, .has_refund = true, .refund_method = PAY_TRANSFER, .refund_amount = 100001};
    struct err e = ERR_INIT;
    assert_int_equal(order_return(*state, &in, NULL, NULL, &e), ERR_INVALID);
    assert_string_equal(e.field, "refund");
    in.refund_method = PAY_DEBT;
    assert_int_equal(order_return(*state, &in, NULL, NULL, &e), ERR_INVALID);
    in.refund_method = PAY_TRANSFER;
    in.refund_amount = 60000;
    struct order r = give_back(*state, in, NULL);
    assert_int_equal(r.paid, -60000);
    assert_int_equal(r.due, -40000);
    order_clear(&r);
}

static void test_shipping_stays_unless_asked_and_goes_back_once(void **state) {
    int64_t p = testorders_product(*state, "A", 100000, 0);
    struct order_line_input line = testorders_line(p, 2000, 100000);
    struct order_payment_input pay = {.method = PAY_CASH, .amount = 230000};
    struct order_input in = testorders_input(&line, 1);
    in.shipping_fee = 30000;
    in.payments = &pay;
    in.payment_count = 1;
    int64_t sale = testorders_add(*state, &in);
    struct return_line_input back = {.product_id = p, .qty = 1000};
    struct return_input one = {.sale_id = sale, .lines = &back, .line_count = 1, .with_shipping = true};
    struct order r = give_back(*state, one, NULL);
    assert_int_equal(r.shipping_fee, -30000);
    assert_int_equal(r.total, -130000);
    order_clear(&r);
    r = give_back(*state, one, NULL);
    assert_int_equal(r.total, -100000);
    order_clear(&r);
}

static void test_damaged_goods_come_back_and_leave_again(void **state) {
    int64_t p = testorders_product(*state, "A", 100000, 0);
    testorders_receive(*state, p, 2000, 60000);
    struct order_line_input line = testorders_line(p, 1000, 100000);
    int64_t sale = sell(*state, &line, 1, PAY_CASH, 100000);
    struct order r = give_back(*state, (struct return_input){.sale_id = sale, .damaged = true, .reason = "Vỡ"}, NULL);
    assert_true(r.lines[0].damaged);
    assert_string_equal(r.reason, "Vỡ");
    order_clear(&r);
    assert_int_equal(testorders_level(*state, p).on_hand, 1000);
    assert_int_equal(testorders_level(*state, p).value, 60000);
    assert_int_equal(testorders_int(*state, "SELECT COUNT(*) FROM stock_moves WHERE kind IN ('return', 'damage')"), 2);
}

static void test_only_what_has_left_can_come_back(void **state) {
    int64_t p = testorders_product(*state, "A", 100000, 0);
    struct order_line_input line = testorders_line(p, 1000, 100000);
    struct order_input in = testorders_input(&line, 1);
    struct err e = ERR_INIT;
    in.status = ORDER_CONFIRMED;
    int64_t sale = testorders_add(*state, &in);
    assert_int_equal(order_return(*state, &(struct return_input){.sale_id = sale}, NULL, NULL, &e), ERR_REFUSED);
    assert_non_null(strstr(e.message, "confirmed"));
    assert_int_equal(order_set_status(*state, sale, ORDER_SHIPPED, NULL, NULL), ERR_OK);
    struct order r = give_back(*state, (struct return_input){.sale_id = sale, .reason = "Chuyển hoàn"}, NULL);
    assert_int_equal(order_return(*state, &(struct return_input){.sale_id = r.id}, NULL, NULL, &e), ERR_REFUSED);
    assert_non_null(strstr(e.message, "is a return"));
    order_clear(&r);
    struct order s = testorders_get(*state, sale);
    assert_int_equal(s.due, 0);
    assert_string_equal(s.recognised_on, ""); /* never delivered */
    order_clear(&s);
}

static void test_a_box_sold_may_come_back_by_the_can(void **state) {
    struct product_unit box = {.name = "thùng", .factor = 24000, .price = 230000, .has_price = true};
    struct product beer = {.sku = "BIA", .name = "Bia", .unit = "lon", .price = 10000, .units = &box, .unit_count = 1};
    int64_t id = 0;
    assert_int_equal(product_add(*state, &beer, PRODUCT_NAME | PRODUCT_UNIT | PRODUCT_PRICE | PRODUCT_UNITS, &id, NULL),
                     ERR_OK);
    struct order_line_input line = {.product_id = id, .unit = "thùng", .qty = 2000};
    int64_t sale = sell(*state, &line, 1, PAY_CASH, 460000);
    struct return_line_input back = {.product_id = id, .unit = "", .qty = 5000};
    struct return_input in = {.sale_id = sale, .lines = &back, .line_count = 1};
    struct order r = give_back(*state, in, NULL);
    assert_int_equal(r.total, -47917); /* 460 000 × 5 / 48 */
    assert_string_equal(r.lines[0].unit, "");
    order_clear(&r);
    back = (struct return_line_input){.product_id = id, .qty = 1000};
    r = give_back(*state, in, NULL);
    assert_string_equal(r.lines[0].unit, "thùng");
    assert_int_equal(r.lines[0].qty, -1000);
    order_clear(&r);
    struct err e = ERR_INIT;
    assert_int_equal(order_return(*state, &in, NULL, NULL, &e), ERR_REFUSED);
    r = give_back(*state, (struct return_input){.sale_id = sale}, NULL);
    assert_int_equal(r.lines[0].qty, -19000);
    order_clear(&r);
    assert_int_equal(testorders_int(*state, "SELECT SUM(total) FROM orders"), 0);
    assert_int_equal(testorders_level(*state, id).on_hand, 0);
}

/* Whatever is sold, shared out by discounts and given back piece by piece, ends at nothing. */
static void test_any_order_of_returns_gives_back_the_whole(void **state) {
    struct random rnd = RANDOM_INIT;
    int64_t p[3] = {testorders_product(*state, "A", 1, 800), testorders_product(*state, "B", 1, 1000),
                    testorders_product(*state, "C", 1, 0)};
    for (int i = 0; i < 3; i++) {
        testorders_receive(*state, p[i], 5000, 333 * (i + 1));
    }
    for (int round = 0; round < 60; round++) {
        struct order_line_input lines[4];
        int64_t left[3] = {0};
        for (int i = 0; i < 4; i++) {
            int which = (int)random_between(&rnd, 0, 2);
            lines[i] = testorders_line(p[which], random_between(&rnd, 1, 5) * 1000, random_between(&rnd, 1, 99999));
            lines[i].discount = (struct discount){true, random_between(&rnd, 0, 3000)};
            left[which] += lines[i].qty;
        }
        struct order_input in = testorders_input(lines, 4);
        struct order_payment_input pay = {.method = PAY_CASH, .amount = random_between(&rnd, 0, 200000)};
        in.payments = &pay;
        in.payment_count = 1;
        in.discount = (struct discount){true, random_between(&rnd, 0, 2000)};
        int64_t sale = testorders_add(*state, &in);
        while (left[0] + left[1] + left[2] > 0) {
            int which = (int)random_between(&rnd, 0, 2);
            if (left[which] > 0) {
                struct return_line_input back = {.product_id = p[which],
                                                 .qty = random_between(&rnd, 1, left[which] / 1000) * 1000};
                struct order r =
                    give_back(*state, (struct return_input){.sale_id = sale, .lines = &back, .line_count = 1}, NULL);
                assert_int_equal(r.due, 0);
                order_clear(&r);
                left[which] -= back.qty;
            }
        }
        struct order s = testorders_get(*state, sale);
        assert_int_equal(s.status, ORDER_RETURNED);
        assert_int_equal(s.due, 0);
        order_clear(&s);
    }
    assert_int_equal(testorders_int(*state, "SELECT SUM(total) FROM orders"), 0);
    assert_int_equal(testorders_int(*state, "SELECT SUM(vat) FROM orders"), 0);
    assert_int_equal(testorders_int(*state, "SELECT SUM(cost) FROM orders"), 0);
    assert_int_equal(testorders_int(*state, "SELECT SUM(paid) FROM orders"), 0);
    assert_int_equal(testorders_int(*state, "SELECT COUNT(*) FROM stock WHERE on_hand <> 5000"), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_hundred_thousand_for_three_one_at_a_time, setup, teardown),
        cmocka_unit_test_setup_teardown(test_the_earliest_line_of_a_sku_goes_first, setup, teardown),
        cmocka_unit_test_setup_teardown(test_what_is_due_is_lowered_before_money_goes_out, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_refund_goes_back_the_way_most_came_and_no_more_than_came_that_way, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_a_refund_can_be_said_and_may_leave_a_rest_that_the_shop_owes, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_shipping_stays_unless_asked_and_goes_back_once, setup, teardown),
        cmocka_unit_test_setup_teardown(test_damaged_goods_come_back_and_leave_again, setup, teardown),
        cmocka_unit_test_setup_teardown(test_only_what_has_left_can_come_back, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_box_sold_may_come_back_by_the_can, setup, teardown),
        cmocka_unit_test_setup_teardown(test_any_order_of_returns_gives_back_the_whole, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
