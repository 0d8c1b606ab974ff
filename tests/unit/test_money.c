/* Money: arithmetic that never loses or makes a đồng. */
#include "base/money.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "random.h"

static void vat_included_is_taken_out_of_the_amount(void **state) {
    (void)state;
    int64_t net;
    int64_t vat;
    assert_true(money_vat(91000, 800, true, &net, &vat));
    assert_int_equal(net, 84259);
    assert_int_equal(vat, 6741);
    assert_true(money_vat(-91000, 800, true, &net, &vat));
    assert_int_equal(net, -84259);
    assert_int_equal(vat, -6741);
    assert_true(money_vat(91000, 0, true, &net, &vat));
    assert_int_equal(net, 91000);
    assert_int_equal(vat, 0);
}

static void vat_added_stands_beside_the_amount(void **state) {
    (void)state;
    int64_t net;
    int64_t vat;
    assert_true(money_vat(84259, 800, false, &net, &vat));
    assert_int_equal(net, 84259);
    assert_int_equal(vat, 6741);
    assert_true(money_vat(5, 1000, false, &net, &vat)); /* 0.5 rounds away from zero */
    assert_int_equal(vat, 1);
    assert_true(money_vat(-5, 1000, false, &net, &vat));
    assert_int_equal(vat, -1);
}

static void net_and_vat_always_add_up(void **state) {
    (void)state;
    struct random r = RANDOM_INIT;
    for (int i = 0; i < 20000; i++) {
        int64_t amount = random_amount(&r);
        int64_t net;
        int64_t vat;
        if (money_vat(amount, random_between(&r, 0, 10000), true, &net, &vat)) {
            assert_int_equal(net + vat, amount);
        }
    }
}

static void rounding_is_half_away_from_zero(void **state) {
    (void)state;
    static const struct {
        int64_t amount, numerator, denominator, expected;
    } cases[] = {
        {1, 1, 2, 1},   {-1, 1, 2, -1}, {1, 1, 3, 0},   {2, 1, 3, 1},   {3, 1, 2, 2}, {-3, 1, 2, -2},
        {5, 1, -2, -3}, {0, 7, 9, 0},   {1, -1, 2, -1}, {-1, -1, 2, 1}, {7, 3, 7, 3}, {-5, 1, -2, 3},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t out = 99;
        assert_true(money_scale(cases[i].amount, cases[i].numerator, cases[i].denominator, &out));
        assert_int_equal(out, cases[i].expected);
    }
}

static void a_price_times_a_quantity_rounds_once(void **state) {
    (void)state;
    int64_t out;
    assert_true(money_times_qty(120000, 2000, &out));
    assert_int_equal(out, 240000);
    assert_true(money_times_qty(33333, 500, &out)); /* half a kilo: 16 666.5 */
    assert_int_equal(out, 16667);
    assert_true(money_times_qty(33333, -500, &out));
    assert_int_equal(out, -16667);
    assert_true(money_rate(1650001, 5000, &out));
    assert_int_equal(out, 825001);
}

static void overflow_is_refused_and_leaves_the_result_alone(void **state) {
    (void)state;
    int64_t out = 42;
    int64_t vat = 43;
    assert_false(money_add(INT64_MAX, 1, &out));
    assert_false(money_add(INT64_MIN, -1, &out));
    assert_false(money_sub(INT64_MIN, 1, &out));
    assert_false(money_sub(0, INT64_MIN, &out));
    assert_false(money_scale(INT64_MAX, 2, 1, &out));
    assert_false(money_scale(INT64_MIN, 1, -1, &out));
    assert_false(money_scale(INT64_MIN, INT64_MIN, 1, &out));
    assert_false(money_times_qty(INT64_MAX, 1001, &out));
    assert_false(money_rate(INT64_MAX, 10001, &out));
    assert_int_equal(out, 42);
    assert_int_equal(vat, 43);
}

static void the_ends_of_the_range_are_not_overflow(void **state) {
    (void)state;
    int64_t out;
    assert_true(money_scale(INT64_MIN, 1, 1, &out));
    assert_true(out == INT64_MIN);
    assert_true(money_scale(INT64_MIN, INT64_MIN, INT64_MIN, &out));
    assert_true(out == INT64_MIN);
    assert_true(money_scale(INT64_MAX, -1, 1, &out));
    assert_true(out == -INT64_MAX);
    assert_true(money_scale(INT64_MIN, 1, INT64_MIN, &out));
    assert_int_equal(out, 1);
    assert_true(money_add(INT64_MAX, INT64_MIN, &out));
    assert_int_equal(out, -1);
    int64_t net;
    int64_t vat;
    assert_true(money_vat(INT64_MIN, 800, true, &net, &vat));
    assert_true(net + vat == INT64_MIN);
}

static void a_shared_order_splits_to_the_last_dong(void **state) {
    (void)state;
    const int64_t weights[] = {7000, 3000};
    int64_t parts[2];
    money_split(10000001, weights, 2, parts);
    assert_int_equal(parts[0], 7000001);
    assert_int_equal(parts[1], 3000000);
    money_split(-10000001, weights, 2, parts);
    assert_int_equal(parts[0], -7000001);
    assert_int_equal(parts[1], -3000000);
}

static void ties_go_to_the_earlier_part(void **state) {
    (void)state;
    const int64_t equal[] = {1, 1, 1};
    int64_t parts[3];
    money_split(100, equal, 3, parts);
    assert_int_equal(parts[0], 34);
    assert_int_equal(parts[1], 33);
    assert_int_equal(parts[2], 33);
    money_split(500000, equal, 3, parts);
    assert_int_equal(parts[0], 166667);
    assert_int_equal(parts[1], 166667);
    assert_int_equal(parts[2], 166666);
}

static void parts_without_weight_get_nothing(void **state) {
    (void)state;
    const int64_t some[] = {0, 5, 0, 5};
    const int64_t none[] = {0, 0};
    int64_t parts[4];
    money_split(7, some, 4, parts);
    assert_int_equal(parts[0], 0);
    assert_int_equal(parts[1], 4);
    assert_int_equal(parts[2], 0);
    assert_int_equal(parts[3], 3);
    money_split(7, none, 2, parts);
    assert_int_equal(parts[0], 7);
    assert_int_equal(parts[1], 0);
}

/* DOMAIN 4: 100 000 for 3 returned one at a time; each gives what is due so far less what was given. */
static void returns_one_at_a_time_give_back_the_whole(void **state) {
    (void)state;
    const int64_t expected[] = {33333, 33334, 33333};
    int64_t given = 0;
    for (int64_t i = 0; i < 3; i++) {
        int64_t so_far;
        assert_true(money_scale(100000, (i + 1) * 1000, 3000, &so_far));
        assert_int_equal(so_far - given, expected[i]);
        given = so_far;
    }
    assert_int_equal(given, 100000);
}

__extension__ typedef __int128 i128;

/* Every part is its exact share rounded down or up, and who got a đồng more had no smaller remainder than who did not.
 */
static void check_split(int64_t total, const int64_t *weights, size_t count) {
    int64_t parts[40];
    money_split(total, weights, count, parts);
    i128 sum = 0;
    i128 of_weights = 0;
    for (size_t i = 0; i < count; i++) {
        sum += parts[i];
        of_weights += weights[i];
    }
    assert_true(sum == total);
    if (of_weights == 0) {
        return;
    }
    i128 smallest_up = of_weights;
    i128 largest_down = -1;
    for (size_t i = 0; i < count; i++) {
        i128 exact = (i128)(total < 0 ? -(i128)total : total) * weights[i];
        i128 part = total < 0 ? -(i128)parts[i] : parts[i];
        i128 floor = exact / of_weights;
        i128 left = exact % of_weights;
        assert_true(part == floor || part == floor + 1);
        if (part == floor) {
            largest_down = left > largest_down ? left : largest_down;
        } else {
            smallest_up = left < smallest_up ? left : smallest_up;
        }
    }
    assert_true(smallest_up >= largest_down);
}

static void splits_always_add_up(void **state) {
    (void)state;
    struct random r = RANDOM_INIT;
    int64_t weights[40];
    for (int round = 0; round < 20000; round++) {
        size_t count = (size_t)random_between(&r, 1, 40);
        int64_t most = (int64_t)1 << random_between(&r, 0, 62);
        for (size_t i = 0; i < count; i++) {
            weights[i] = random_between(&r, 0, most);
        }
        check_split(random_amount(&r), weights, count);
    }
    check_split(INT64_MIN, (const int64_t[]){INT64_MAX, INT64_MAX, INT64_MAX}, 3);
    check_split(INT64_MAX, (const int64_t[]){INT64_MAX, 1, INT64_MAX}, 3);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vat_included_is_taken_out_of_the_amount),
        cmocka_unit_test(vat_added_stands_beside_the_amount),
        cmocka_unit_test(net_and_vat_always_add_up),
        cmocka_unit_test(rounding_is_half_away_from_zero),
        cmocka_unit_test(a_price_times_a_quantity_rounds_once),
        cmocka_unit_test(overflow_is_refused_and_leaves_the_result_alone),
        cmocka_unit_test(the_ends_of_the_range_are_not_overflow),
        cmocka_unit_test(a_shared_order_splits_to_the_last_dong),
        cmocka_unit_test(ties_go_to_the_earlier_part),
        cmocka_unit_test(parts_without_weight_get_nothing),
        cmocka_unit_test(returns_one_at_a_time_give_back_the_whole),
        cmocka_unit_test(splits_always_add_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
