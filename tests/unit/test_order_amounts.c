/* An order's figures keep DOMAIN 4, and its parts always add up. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "domain/order_amounts.h"
#include "random.h"

static const struct discount none = {0};

static struct amount_line line(int64_t qty, int64_t price, int64_t vat_bps) {
    return (struct amount_line){.qty = qty, .unit_price = price, .vat_bps = vat_bps};
}

static void test_vat_is_taken_out_of_prices_that_include_it(void **state) {
    (void)state;
    struct amount_line l = line(1000, 96000, 800);
    struct amount_totals t;
    l.asked = (struct discount){false, 5000};
    assert_int_equal(order_amounts(&l, 1, none, 0, true, &t, NULL), ERR_OK);
    assert_int_equal(l.amount, 91000);
    assert_int_equal(l.net, 84259);
    assert_int_equal(l.vat, 6741);
    assert_int_equal(t.revenue, 91000);
    assert_int_equal(t.total, 91000);
}

static void test_vat_is_added_to_the_total_where_prices_leave_it_out(void **state) {
    (void)state;
    struct amount_line l[] = {line(1000, 91000, 800), line(2000, 50, 1000)};
    struct amount_totals t;
    assert_int_equal(order_amounts(l, 2, none, 15000, false, &t, NULL), ERR_OK);
    assert_int_equal(l[0].net, 91000);
    assert_int_equal(l[0].vat, 7280);
    assert_int_equal(t.net, 91100);
    assert_int_equal(t.vat, 7290);
    assert_int_equal(t.revenue, 98390);
    assert_int_equal(t.total, 98390 + 15000);
}

static void test_the_basket_of_the_sell_screen(void **state) {
    (void)state;
    struct amount_line l[] = {line(2000, 120000, 0), line(1000, 96000, 800), line(1000, 215000, 500)};
    struct amount_totals t;
    l[1].asked = (struct discount){false, 5000};
    assert_int_equal(order_amounts(l, 3, (struct discount){false, 16000}, 0, true, &t, NULL), ERR_OK);
    assert_int_equal(t.subtotal, 546000);
    assert_int_equal(t.total, 530000);
    /* 16 000 over 240 000, 91 000 and 215 000: 7 032.97, 2 666.67 and 6 300.37 */
    assert_int_equal(l[0].order_discount, 7033);
    assert_int_equal(l[1].order_discount, 2667);
    assert_int_equal(l[2].order_discount, 6300);
}

static void test_rates_of_discount_are_of_the_line_and_of_the_subtotal(void **state) {
    (void)state;
    struct amount_line l[] = {line(3000, 33333, 0), line(500, 215000, 0)};
    struct amount_totals t;
    l[0].asked = (struct discount){true, 1000};
    assert_int_equal(order_amounts(l, 2, (struct discount){true, 500}, 0, true, &t, NULL), ERR_OK);
    assert_int_equal(l[0].discount, 10000); /* 9 999.9 */
    assert_int_equal(t.subtotal, 89999 + 107500);
    assert_int_equal(t.discount, 9875); /* 9 874.95 */
}

static void test_a_return_is_a_sale_negated(void **state) {
    (void)state;
    struct amount_line sale[] = {line(2000, 120000, 800), line(1000, 33333, 1000)};
    struct amount_line back[] = {line(-2000, 120000, 800), line(-1000, 33333, 1000)};
    struct amount_totals s;
    struct amount_totals b;
    sale[0].asked = (struct discount){false, 777};
    back[0].asked = (struct discount){false, -777};
    assert_int_equal(order_amounts(sale, 2, (struct discount){false, 1000}, 0, true, &s, NULL), ERR_OK);
    assert_int_equal(order_amounts(back, 2, (struct discount){false, 1000}, 0, true, &b, NULL), ERR_OK);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(sale[i].amount, -back[i].amount);
        assert_int_equal(sale[i].discount, -back[i].discount);
        assert_int_equal(sale[i].order_discount, -back[i].order_discount);
        assert_int_equal(sale[i].vat, -back[i].vat);
    }
    assert_int_equal(s.total, -b.total);
    assert_int_equal(b.discount, -1000);
}

static void refused(struct amount_line *l, size_t count, struct discount d, int64_t shipping, const char *field) {
    struct amount_totals t;
    struct err e = ERR_INIT;
    assert_int_equal(order_amounts(l, count, d, shipping, true, &t, &e), ERR_INVALID);
    assert_string_equal(e.field, field);
    assert_true(e.message[0] != '\0');
}

static void test_what_is_out_of_range_is_refused_by_the_name_of_its_field(void **state) {
    (void)state;
    struct amount_line l[2] = {line(1000, 100, 0), line(1000, 100, 0)};
    refused(l, 2, (struct discount){false, 201}, 0, "discount");
    refused(l, 2, (struct discount){false, -1}, 0, "discount");
    refused(l, 2, (struct discount){true, 10001}, 0, "discount");
    refused(l, 2, none, -1, "shipping");
    l[1].asked = (struct discount){false, 101};
    refused(l, 2, none, 0, "line 2");
    l[1] = line(-1000, 100, 0);
    refused(l, 2, none, 0, "line 2");
    l[1] = line(0, 100, 0);
    refused(l, 2, none, 0, "line 2");
    l[1] = line(1000, -1, 0);
    refused(l, 2, none, 0, "line 2");
    l[1] = line(INT64_MAX, INT64_MAX, 0);
    refused(l, 2, none, 0, "line 2");
    l[1] = line(1000, INT64_MAX, 0);
    refused(l, 2, none, 0, "total");
    l[0] = line(1000, INT64_MAX, 0);
    refused(l, 1, none, 1, "shipping");
    l[0] = line(INT64_MIN, 1, 0);
    refused(l, 1, none, 0, "line 1");
}

static void check_sums(const struct amount_line *l, size_t n, const struct amount_totals *t, bool included) {
    int64_t order_discount = 0;
    int64_t amounts = 0;
    int64_t subtotal = 0;
    int64_t net = 0;
    int64_t vat = 0;
    for (size_t i = 0; i < n; i++) {
        int64_t gross = 0;
        assert_true(money_times_qty(l[i].unit_price, l[i].qty, &gross));
        assert_int_equal(gross - l[i].discount - l[i].order_discount, l[i].amount);
        assert_int_equal(l[i].amount, included ? l[i].net + l[i].vat : l[i].net);
        assert_true(l[i].qty < 0 ? l[i].amount <= 0 : l[i].amount >= 0);
        order_discount += l[i].order_discount;
        amounts += l[i].amount;
        subtotal += gross - l[i].discount;
        net += l[i].net;
        vat += l[i].vat;
    }
    assert_int_equal(order_discount, t->discount);
    assert_int_equal(subtotal, t->subtotal);
    assert_int_equal(amounts, t->subtotal - t->discount);
    assert_int_equal(net, t->net);
    assert_int_equal(vat, t->vat);
    assert_int_equal(t->revenue, net + vat);
    assert_int_equal(t->total, t->revenue + t->shipping_fee);
}

static void test_parts_add_up_whatever_the_lines(void **state) {
    (void)state;
    struct random r = RANDOM_INIT;
    for (int round = 0; round < 20000; round++) {
        struct amount_line l[9];
        size_t n = (size_t)random_between(&r, 1, 9);
        int64_t sign = random_between(&r, 0, 3) == 0 ? -1 : 1;
        for (size_t i = 0; i < n; i++) {
            l[i] =
                line(sign * random_between(&r, 1, 30000), random_between(&r, 0, 2000000), random_between(&r, 0, 1000));
            l[i].asked = (struct discount){true, random_between(&r, 0, 10000)};
        }
        struct discount d = {true, random_between(&r, 0, 10000)};
        bool included = random_between(&r, 0, 1) == 0;
        struct amount_totals t;
        assert_int_equal(order_amounts(l, n, d, sign > 0 ? random_between(&r, 0, 50000) : 0, included, &t, NULL),
                         ERR_OK);
        check_sums(l, n, &t, included);
    }
}

static void test_shares_are_given_or_equal_and_make_a_whole(void **state) {
    (void)state;
    int64_t three[] = {0, 0, 0};
    int64_t two[] = {7000, 3000};
    int64_t bad[] = {7000, 2999};
    int64_t over[] = {20000, -10000};
    assert_int_equal(order_shares(three, 3, NULL), ERR_OK);
    assert_int_equal(three[0], 3334);
    assert_int_equal(three[1], 3333);
    assert_int_equal(three[2], 3333);
    assert_int_equal(order_shares(two, 2, NULL), ERR_OK);
    assert_int_equal(two[0], 7000);
    assert_int_equal(order_shares(bad, 2, NULL), ERR_INVALID);
    assert_int_equal(order_shares(over, 2, NULL), ERR_INVALID);
    assert_int_equal(order_shares(NULL, 0, NULL), ERR_OK);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_vat_is_taken_out_of_prices_that_include_it),
        cmocka_unit_test(test_vat_is_added_to_the_total_where_prices_leave_it_out),
        cmocka_unit_test(test_the_basket_of_the_sell_screen),
        cmocka_unit_test(test_rates_of_discount_are_of_the_line_and_of_the_subtotal),
        cmocka_unit_test(test_a_return_is_a_sale_negated),
        cmocka_unit_test(test_what_is_out_of_range_is_refused_by_the_name_of_its_field),
        cmocka_unit_test(test_parts_add_up_whatever_the_lines),
        cmocka_unit_test(test_shares_are_given_or_equal_and_make_a_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
