#include "chotdon/kpi_score.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/key_map.h"

static struct attainment money(int64_t actual, int64_t target) {
    return kpi_attainment((struct kpi_actual){actual, 1}, target, false, false);
}

static struct attainment rate(int64_t num, int64_t den, int64_t target_bps, bool lower) {
    return kpi_attainment((struct kpi_actual){num, den}, target_bps, true, lower);
}

static int64_t tenths(struct attainment a) {
    assert_true(a.has);
    return attainment_tenths(&a);
}

static void attainment_is_actual_by_target_shown_to_one_decimal(void **state) {
    (void)state;
    assert_int_equal(tenths(money(120000000, 200000000)), 600);
    assert_int_equal(tenths(money(2, 3)), 667);
    assert_int_equal(tenths(money(1, 3)), 333);
    assert_int_equal(tenths(money(6995, 10000)), 700); /* 69.95 rounds up */
    assert_int_equal(tenths(money(699499999, 1000000000)), 699);
    assert_int_equal(tenths(money(-5, 100)), -50);
    assert_int_equal(tenths(money(INT64_MAX, 1)) > 0, 1);
}

static void attainment_is_compared_exactly_not_as_shown(void **state) {
    (void)state;
    struct attainment nearly = money(69999, 100000); /* shown as 70.0% */
    struct attainment just = money(70000, 100000);
    assert_int_equal(tenths(nearly), 700);
    assert_false(attainment_reaches(&nearly, 70));
    assert_true(attainment_misses(&nearly, 70));
    assert_true(attainment_reaches(&just, 70));
    struct attainment none = {0};
    assert_false(attainment_reaches(&none, 0));
    assert_false(attainment_misses(&none, 100));
}

static void lower_is_better_turns_the_fraction_round(void **state) {
    (void)state;
    assert_int_equal(tenths(rate(4, 100, 500, true)), 1250); /* 5% allowed, 4% came back */
    assert_int_equal(tenths(rate(10, 100, 500, true)), 500); /* 10% came back */
    assert_int_equal(tenths(rate(0, 100, 0, true)), 1000);   /* both 0 */
    assert_int_equal(tenths(rate(0, 100, 500, true)), 1500); /* only the actual 0 */
    assert_int_equal(tenths(rate(3, 100, 0, true)), 0);      /* only the target 0 */
    assert_false(rate(0, 0, 500, true).has);                 /* nothing was shipped */
}

static void rates_and_empty_targets(void **state) {
    (void)state;
    assert_int_equal(tenths(rate(18, 20, 9500, false)), 947); /* 90% of 95% */
    assert_int_equal(tenths(money(0, 0)), 1000);
    assert_int_equal(tenths(money(7, 0)), 1500);
    assert_int_equal(tenths(money(-7, 0)), 0);
}

/* Revenue 60, new customers 20, deals 10, reports 10. */
static void score_is_the_weighted_mean_of_what_has_a_target(void **state) {
    (void)state;
    const int64_t weights[] = {60, 20, 10, 10};
    int64_t score = 0;
    struct attainment all[] = {money(80, 100), money(4, 8), money(3, 1), money(4, 4)};
    /* 60 × 80% + 20 × 50% + 10 × 150% (300% capped) + 10 × 100% = 48 + 10 + 15 + 10 = 83 */
    assert_true(kpi_score_tenths(all, weights, 4, &score));
    assert_int_equal(score, 830);
    struct attainment two[] = {money(2, 3), money(1, 3), {0}, {0}};
    /* (60 × 2/3 + 20 × 1/3) / 80 = 46.67 / 80 = 58.33%; from rounded parts it would be 58.4 */
    assert_true(kpi_score_tenths(two, weights, 4, &score));
    assert_int_equal(score, 583);
    struct attainment half[] = {money(5835, 10000)};
    assert_true(kpi_score_tenths(half, weights, 1, &score));
    assert_int_equal(score, 584); /* 58.35: half away from zero */
    struct attainment none[] = {{0}, {0}};
    assert_false(kpi_score_tenths(none, weights, 2, &score));
}

static void keys_keep_their_numbers_while_the_map_grows(void **state) {
    (void)state;
    struct key_map m = {0};
    assert_true(key_map_find(&m, (struct key){1, 2, 3}) == KEY_NONE);
    for (int64_t i = 0; i < 1000; i++) {
        assert_int_equal(key_map_add(&m, (struct key){i % 10, i / 10, -i}), (size_t)i);
    }
    for (int64_t i = 0; i < 1000; i++) {
        assert_int_equal(key_map_find(&m, (struct key){i % 10, i / 10, -i}), (size_t)i);
        assert_int_equal(key_map_add(&m, (struct key){i % 10, i / 10, -i}), (size_t)i);
    }
    assert_true(key_map_find(&m, (struct key){0, 0, 1}) == KEY_NONE);
    key_map_clear(&m);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(attainment_is_actual_by_target_shown_to_one_decimal),
        cmocka_unit_test(attainment_is_compared_exactly_not_as_shown),
        cmocka_unit_test(lower_is_better_turns_the_fraction_round),
        cmocka_unit_test(rates_and_empty_targets),
        cmocka_unit_test(score_is_the_weighted_mean_of_what_has_a_target),
        cmocka_unit_test(keys_keep_their_numbers_while_the_map_grows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
