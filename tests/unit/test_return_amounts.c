/* What comes back gives back what was stored, in any order and any parts (DOMAIN 4). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "domain/return_amounts.h"
#include "random.h"

static void test_a_hundred_thousand_for_three_comes_back_one_at_a_time(void **state) {
    (void)state;
    const struct return_figures stored = {.amount = 100000, .net = 92593, .vat = 7407, .cost = 50000};
    static const int64_t amounts[] = {33333, 33334, 33333};
    for (int64_t i = 0; i < 3; i++) {
        struct return_figures out;
        return_figures(&stored, 3000, i * 1000, 1000, 33333, &out);
        assert_int_equal(out.amount, amounts[i]);
        assert_int_equal(out.net + out.vat, out.amount);
        assert_int_equal(33333 - out.discount - out.order_discount, out.amount);
    }
}

static void add(struct return_figures *sum, const struct return_figures *part) {
    sum->amount += part->amount;
    sum->net += part->net;
    sum->vat += part->vat;
    sum->cost += part->cost;
    sum->order_discount += part->order_discount;
}

static void check_whole(const struct return_figures *sum, const struct return_figures *stored) {
    assert_int_equal(sum->amount, stored->amount);
    assert_int_equal(sum->net, stored->net);
    assert_int_equal(sum->vat, stored->vat);
    assert_int_equal(sum->cost, stored->cost);
    assert_int_equal(sum->order_discount, stored->order_discount);
}

static struct return_figures random_stored(struct random *r) {
    struct return_figures s = {.amount = random_between(r, 0, 5000000)};
    s.vat = random_between(r, 0, s.amount / 10);
    s.net = random_between(r, 0, 1) == 0 ? s.amount - s.vat : s.amount;
    s.cost = random_between(r, 0, 5000000);
    s.order_discount = random_between(r, 0, 100000);
    return s;
}

static void test_parts_of_any_size_add_up_to_what_was_stored(void **state) {
    (void)state;
    struct random r = RANDOM_INIT;
    for (int round = 0; round < 20000; round++) {
        struct return_figures stored = random_stored(&r);
        struct return_figures sum = {0};
        int64_t sold = random_between(&r, 1, 9999);
        for (int64_t before = 0; before < sold;) {
            struct return_figures out;
            int64_t qty = random_between(&r, 1, sold - before);
            return_figures(&stored, sold, before, qty, 1000, &out);
            assert_true(out.amount >= 0 && out.vat >= 0 && out.cost >= 0 && out.order_discount >= 0);
            add(&sum, &out);
            before += qty;
        }
        check_whole(&sum, &stored);
    }
}

static void test_large_figures_do_not_wrap(void **state) {
    (void)state;
    const struct return_figures stored = {.amount = INT64_MAX, .net = INT64_MAX, .cost = INT64_MAX};
    struct return_figures a;
    struct return_figures b;
    return_figures(&stored, INT64_MAX, 0, INT64_MAX / 2, 0, &a);
    return_figures(&stored, INT64_MAX, INT64_MAX / 2, INT64_MAX - INT64_MAX / 2, 0, &b);
    assert_int_equal(INT64_MAX - a.amount, b.amount);
    assert_int_equal(INT64_MAX - a.cost, b.cost);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_hundred_thousand_for_three_comes_back_one_at_a_time),
        cmocka_unit_test(test_parts_of_any_size_add_up_to_what_was_stored),
        cmocka_unit_test(test_large_figures_do_not_wrap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
