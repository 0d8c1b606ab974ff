#include "domain/commission_calc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/money.h"
#include "random.h"

#define M        1000000
#define COUNT(a) (sizeof(a) / sizeof *(a))

static struct plan_tier tiers[] = {{0, 200, 0}, {50 * M, 300, 0}, {100 * M, 400, 0}, {200 * M, 500, 0}};
static struct plan_gate gates[] = {{0, 0, 0}, {5000, 5000, 0}, {7000, 10000, 0}, {12000, 11000, 0}};

static struct plan domain_plan(enum plan_mode mode) { /* DOMAIN 7, example A */
    return (struct plan){.mode = mode, .tiers = tiers, .tier_count = COUNT(tiers)};
}

static int64_t tier_commission(const struct plan *p, int64_t base) {
    int64_t out = -1;
    assert_int_equal(calc_tiers(p, base, NULL, NULL, &out, NULL), ERR_OK);
    return out;
}

static void example_a_each_slice_earns_its_own_rate(void **state) {
    struct plan p = domain_plan(PLAN_MARGINAL);
    struct calc_part parts[COUNT(tiers)];
    int64_t earned = 0;
    (void)state;
    assert_int_equal(calc_tiers(&p, 120 * M, NULL, parts, &earned, NULL), ERR_OK);
    assert_int_equal(earned, 3300000);
    assert_int_equal(parts[0].amount, 1000000);
    assert_int_equal(parts[1].amount, 1500000);
    assert_int_equal(parts[2].amount, 800000);
    assert_int_equal(parts[3].amount, 0);
    assert_int_equal(parts[2].base, 20 * M);
}

static void example_a_in_a_slab_all_earns_the_rate_of_the_tier_reached(void **state) {
    struct plan p = domain_plan(PLAN_SLAB);
    (void)state;
    assert_int_equal(tier_commission(&p, 120 * M), 4800000);
}

static void example_b_the_gate_multiplies_by_attainment(void **state) {
    struct plan p = domain_plan(PLAN_MARGINAL);
    struct calc_figures f;
    int64_t tenths = 0;
    (void)state;
    p.gates = gates;
    p.gate_count = COUNT(gates);
    const struct calc_input in = {.base = 120 * M, .has_target = true, .target = 200 * M};
    assert_int_equal(calc_month(&p, &in, &f, NULL), ERR_OK);
    assert_true(calc_attainment(120 * M, true, 200 * M, &tenths));
    assert_int_equal(tenths, 600);
    assert_int_equal(f.tier_commission, 3300000);
    assert_int_equal(f.gate_bps, 5000);
    assert_int_equal(f.gated_commission, 1650000);
}

static void example_c_a_share_is_split_once(void **state) {
    const int64_t weights[] = {7000, 3000};
    int64_t parts[2];
    (void)state;
    money_split(10000001, weights, 2, parts);
    assert_int_equal(parts[0], 7000001);
    assert_int_equal(parts[1], 3000000);
}

static void example_e_the_month_is_recomputed_less_what_was_paid(void **state) {
    struct plan p = domain_plan(PLAN_MARGINAL);
    (void)state;
    int64_t paid = tier_commission(&p, 120 * M);
    int64_t first = tier_commission(&p, 90 * M) - paid;
    int64_t second = tier_commission(&p, 60 * M) - paid - first;
    assert_int_equal(first, -1100000);
    assert_int_equal(second, -900000);
}

static void thresholds_belong_to_the_tier_that_they_begin(void **state) {
    struct plan marginal = domain_plan(PLAN_MARGINAL);
    struct plan slab = domain_plan(PLAN_SLAB);
    (void)state;
    assert_int_equal(tier_commission(&marginal, 50 * M), 1000000);
    assert_int_equal(tier_commission(&slab, 50 * M), 1500000);
    assert_int_equal(tier_commission(&slab, 50 * M - 1), 1000000);
    assert_int_equal(tier_commission(&slab, 300 * M), 15000000);
    assert_int_equal(tier_commission(&marginal, 300 * M), 1000000 + 1500000 + 4000000 + 5000000);
}

static void a_base_of_zero_or_less_earns_nothing(void **state) {
    struct plan p = domain_plan(PLAN_MARGINAL);
    struct plan_group group = {.group_id = 1, .rate_bps = 500};
    const int64_t in_group = 10 * M;
    int64_t earned = -1;
    (void)state;
    p.groups = &group;
    p.group_count = 1;
    assert_int_equal(tier_commission(&p, 0), 0);
    assert_int_equal(calc_tiers(&p, -5 * M, &in_group, NULL, &earned, NULL), ERR_OK);
    assert_int_equal(earned, 0);
    struct plan slab = domain_plan(PLAN_SLAB);
    assert_int_equal(tier_commission(&slab, -1), 0);
}

static void tiers_and_groups_are_rounded_once_together(void **state) {
    struct plan_tier one[] = {{0, 3, 0}};
    struct plan_group group[] = {{.group_id = 1, .rate_bps = 2}};
    struct plan p = {.tiers = one, .tier_count = 1, .groups = group, .group_count = 1};
    const int64_t in_group = 1000;
    struct calc_part parts[2];
    int64_t earned = 0;
    (void)state;
    /* 1 000 × 0.03% + 1 000 × 0.02% = 0.3 + 0.2 = 0.5 → 1; each alone would round to 0 */
    assert_int_equal(calc_tiers(&p, 1000, &in_group, parts, &earned, NULL), ERR_OK);
    assert_int_equal(earned, 1);
    assert_int_equal(parts[0].amount, 1);
    assert_int_equal(parts[1].amount, 0);
}

static void the_gate_compares_exactly(void **state) {
    struct plan p = domain_plan(PLAN_MARGINAL);
    (void)state;
    p.gates = gates;
    p.gate_count = COUNT(gates);
    assert_int_equal(calc_gate(&p, 69999999, true, 100 * M), 5000); /* shown as 70.0% */
    assert_int_equal(calc_gate(&p, 70 * M, true, 100 * M), 10000);
    assert_int_equal(calc_gate(&p, 0, true, 100 * M), 0);
    assert_int_equal(calc_gate(&p, -1, true, 100 * M), 0); /* below the lowest */
    assert_int_equal(calc_gate(&p, 500 * M, true, 100 * M), 11000);
    assert_int_equal(calc_gate(&p, 1, false, 0), 10000);
    assert_int_equal(calc_gate(&p, 1, true, 0), 10000);
    p.gate_count = 0;
    assert_int_equal(calc_gate(&p, 1, true, 100 * M), 10000);
}

static void the_cap_takes_what_is_above_it(void **state) {
    struct plan p = domain_plan(PLAN_MARGINAL);
    const int64_t others[] = {100 * M, 20 * M};
    const struct calc_input in = {.base = 120 * M, .teams = others, .team_count = 2};
    struct calc_figures f;
    (void)state;
    p.override_bps = 50;
    p.cap = 3500000;
    assert_int_equal(calc_month(&p, &in, &f, NULL), ERR_OK);
    assert_int_equal(f.override, 600000);
    assert_int_equal(f.cap_cut, -400000);
    assert_int_equal(calc_earned(&f), 3500000);
    p.cap = 0;
    assert_int_equal(calc_month(&p, &in, &f, NULL), ERR_OK);
    assert_int_equal(f.cap_cut, 0);
}

static void attainment_is_rounded_once(void **state) {
    int64_t tenths = 0;
    (void)state;
    assert_true(calc_attainment(87446, true, 100000, &tenths));
    assert_int_equal(tenths, 874); /* by way of 87.45 it would be 87.5 */
    assert_true(calc_attainment(87450, true, 100000, &tenths));
    assert_int_equal(tenths, 875);
    assert_false(calc_attainment(1, false, 0, &tenths));
}

static void what_does_not_fit_is_an_error(void **state) {
    struct plan p = domain_plan(PLAN_SLAB);
    struct calc_figures f;
    struct err e = ERR_INIT;
    const int64_t team = INT64_MAX;
    const struct calc_input in = {.base = INT64_MAX, .teams = &team, .team_count = 1};
    (void)state;
    tiers[3].rate_bps = 10000;
    p.override_bps = 10000;
    assert_int_equal(calc_month(&p, &in, &f, &e), ERR_INVALID);
    assert_string_equal(e.field, "commission");
    tiers[3].rate_bps = 500;
}

/* Slice by slice in whole basis points of đồng, without any of the code above. */
static calc_wide slow_tiers(const struct plan *p, int64_t base) {
    calc_wide sum = 0;
    for (size_t i = 0; i < p->tier_count; i++) {
        int64_t end = i + 1 < p->tier_count ? p->tiers[i + 1].from : INT64_MAX;
        int64_t upper = base < end ? base : end;
        sum += upper > p->tiers[i].from ? (calc_wide)(upper - p->tiers[i].from) * p->tiers[i].rate_bps : 0;
    }
    return sum;
}

static void parts_always_add_up(void **state) {
    struct random r = RANDOM_INIT;
    (void)state;
    for (int round = 0; round < 20000; round++) {
        struct plan_tier own[6];
        struct plan_group groups[3];
        int64_t in_groups[3];
        struct calc_part parts[9];
        struct plan p = {.tiers = own, .tier_count = (size_t)random_between(&r, 1, 6), .groups = groups};
        int64_t earned = 0, sum = 0;
        for (size_t i = 0; i < p.tier_count; i++) {
            own[i].from = i == 0 ? 0 : own[i - 1].from + random_between(&r, 1, 3000);
            own[i].rate_bps = i == 0 ? random_between(&r, 0, 900) : own[i - 1].rate_bps + random_between(&r, 0, 300);
        }
        p.group_count = (size_t)random_between(&r, 0, 3);
        int64_t base = random_between(&r, -100, 20000);
        calc_wide exact = base > 0 ? slow_tiers(&p, base) : 0;
        for (size_t i = 0; i < p.group_count; i++) {
            groups[i].rate_bps = random_between(&r, 0, 1000);
            in_groups[i] = random_between(&r, -200, 9000);
            exact += base > 0 ? (calc_wide)in_groups[i] * groups[i].rate_bps : 0;
        }
        assert_int_equal(calc_tiers(&p, base, in_groups, parts, &earned, NULL), ERR_OK);
        for (size_t i = 0; i < p.tier_count + p.group_count; i++) {
            calc_wide own_exact = base > 0 ? (calc_wide)parts[i].base * parts[i].rate_bps : 0;
            calc_wide off = (calc_wide)parts[i].amount * 10000 - own_exact;
            assert_true(off > -10000 && off < 10000); /* never more than one đồng away */
            sum += parts[i].amount;
        }
        assert_int_equal(sum, earned);
        calc_wide twice = 2 * (exact < 0 ? -exact : exact);
        assert_int_equal(earned, (int64_t)((twice + 10000) / 20000) * (exact < 0 ? -1 : 1));
    }
}

static void more_sold_never_earns_less_in_marginal_mode(void **state) {
    struct plan p = domain_plan(PLAN_MARGINAL);
    struct random r = RANDOM_INIT;
    (void)state;
    for (int round = 0; round < 5000; round++) {
        int64_t a = random_between(&r, 0, 400 * M);
        int64_t b = a + random_between(&r, 0, 100 * M);
        assert_true(tier_commission(&p, a) <= tier_commission(&p, b));
    }
}

static void apportioning_keeps_the_total_and_gives_ties_to_the_earlier(void **state) {
    const calc_wide halves[] = {15000, 15000, -5000};
    int64_t parts[3];
    (void)state;
    calc_apportion(3, halves, 10000, 3, parts); /* 1.5 + 1.5 − 0.5 = 2.5 → 3 */
    assert_int_equal(parts[0], 2);
    assert_int_equal(parts[1], 2);
    assert_int_equal(parts[2], -1);
    calc_apportion(2, halves, 10000, 3, parts);
    assert_int_equal(parts[0], 2);
    assert_int_equal(parts[1], 1);
    assert_int_equal(parts[2], -1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(example_a_each_slice_earns_its_own_rate),
        cmocka_unit_test(example_a_in_a_slab_all_earns_the_rate_of_the_tier_reached),
        cmocka_unit_test(example_b_the_gate_multiplies_by_attainment),
        cmocka_unit_test(example_c_a_share_is_split_once),
        cmocka_unit_test(example_e_the_month_is_recomputed_less_what_was_paid),
        cmocka_unit_test(thresholds_belong_to_the_tier_that_they_begin),
        cmocka_unit_test(a_base_of_zero_or_less_earns_nothing),
        cmocka_unit_test(tiers_and_groups_are_rounded_once_together),
        cmocka_unit_test(the_gate_compares_exactly),
        cmocka_unit_test(the_cap_takes_what_is_above_it),
        cmocka_unit_test(attainment_is_rounded_once),
        cmocka_unit_test(what_does_not_fit_is_an_error),
        cmocka_unit_test(parts_always_add_up),
        cmocka_unit_test(more_sold_never_earns_less_in_marginal_mode),
        cmocka_unit_test(apportioning_keeps_the_total_and_gives_ties_to_the_earlier),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
