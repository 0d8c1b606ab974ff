/* Moving weighted average cost keeps DOMAIN 3. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "chotdon/stock.h"
#include "random.h"

static int64_t in(struct stock_level *l, int64_t qty, int64_t cost) {
    int64_t value = 0;
    assert_int_equal(stock_level_in(l, qty, cost, &value, NULL), ERR_OK);
    return value;
}

static int64_t out(struct stock_level *l, int64_t qty) {
    int64_t cost = 0;
    assert_int_equal(stock_level_out(l, qty, &cost, NULL), ERR_OK);
    return cost;
}

static void test_receipts_average_and_sales_leave_at_the_average(void **state) {
    (void)state;
    struct stock_level l = {0};
    in(&l, 10000, 1000);
    assert_int_equal(l.last_cost, 100);
    in(&l, 10000, 2000);
    assert_int_equal(stock_level_cost(&l), 150);
    assert_int_equal(out(&l, 5000), 750);
    assert_int_equal(l.on_hand, 15000);
    assert_int_equal(l.value, 2250);
}

static void test_a_rounded_third_leaves_nothing_behind(void **state) {
    (void)state;
    struct stock_level l = {0};
    in(&l, 3000, 100);
    assert_int_equal(out(&l, 1000), 33);
    assert_int_equal(out(&l, 1000), 34); /* 67 × 1/2 = 33.5 */
    assert_int_equal(out(&l, 1000), 33);
    assert_int_equal(l.value, 0);
}

static void test_below_zero_the_last_known_cost_holds_and_the_next_receipt_sets_a_new_average(void **state) {
    (void)state;
    struct stock_level l = {0};
    in(&l, 1000, 100);
    assert_int_equal(out(&l, 1000), 100);
    assert_int_equal(out(&l, 3000), 300);
    assert_int_equal(l.on_hand, -3000);
    assert_int_equal(l.value, -300);
    /* 10 at 120: 7 are left, worth 7 × 120; the value rises by more than was paid less what had been taken at 100 */
    assert_int_equal(in(&l, 10000, 1200), 1140);
    assert_int_equal(l.value, 840);
    assert_int_equal(stock_level_cost(&l), 120);
}

static void test_goods_that_never_cost_anything_leave_for_nothing(void **state) {
    (void)state;
    struct stock_level l = {0};
    assert_int_equal(out(&l, 2000), 0);
    assert_int_equal(l.on_hand, -2000);
    assert_int_equal(stock_level_cost(&l), 0);
}

static void test_more_than_is_there_leaves_at_the_average(void **state) {
    (void)state;
    struct stock_level l = {0};
    in(&l, 2000, 200);
    assert_int_equal(out(&l, 5000), 500);
    assert_int_equal(l.value, -300);
}

static void test_too_much_is_an_error_that_changes_nothing(void **state) {
    (void)state;
    struct stock_level l = {.on_hand = INT64_MAX - 5, .value = 10, .last_cost = INT64_MAX};
    struct stock_level was = l;
    struct err e = ERR_INIT;
    int64_t figure = 0;
    assert_int_equal(stock_level_in(&l, 6, 1, &figure, &e), ERR_INVALID);
    assert_true(e.field[0] != '\0');
    l.on_hand = was.on_hand = -5;
    assert_int_equal(stock_level_out(&l, 2000, &figure, &e), ERR_INVALID);
    assert_memory_equal(&l, &was, sizeof l);
}

static void test_value_is_always_the_sum_of_its_changes_and_zero_when_nothing_is_left(void **state) {
    (void)state;
    struct random r = RANDOM_INIT;
    struct stock_level l = {0};
    int64_t value = 0;
    int64_t qty = 0;
    for (int i = 0; i < 100000; i++) {
        int64_t q = random_between(&r, 1, 20000);
        if (random_between(&r, 0, 1) == 0) {
            value += in(&l, q, random_between(&r, 0, 500000));
            qty += q;
        } else {
            if (random_between(&r, 0, 9) == 0 && l.on_hand > 0) {
                q = l.on_hand;
            }
            value -= out(&l, q);
            qty -= q;
        }
        assert_int_equal(l.value, value);
        assert_int_equal(l.on_hand, qty);
        assert_true(l.on_hand != 0 || l.value == 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_receipts_average_and_sales_leave_at_the_average),
        cmocka_unit_test(test_a_rounded_third_leaves_nothing_behind),
        cmocka_unit_test(test_below_zero_the_last_known_cost_holds_and_the_next_receipt_sets_a_new_average),
        cmocka_unit_test(test_goods_that_never_cost_anything_leave_for_nothing),
        cmocka_unit_test(test_more_than_is_there_leaves_at_the_average),
        cmocka_unit_test(test_too_much_is_an_error_that_changes_nothing),
        cmocka_unit_test(test_value_is_always_the_sum_of_its_changes_and_zero_when_nothing_is_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
