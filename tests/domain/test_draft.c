/* Baskets are kept as they are typed, parked, taken over, and become orders whole. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "chotdon/draft.h"
#include "chotdon/permission.h"
#include "testorders.h"
#include "testpin.h"
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

static void test_what_is_typed_is_there_and_touches_no_stock(void **state) {
    int64_t p = testorders_product(*state, "A", 1000, 0);
    struct order_line_input lines[] = {testorders_line(p, 1000, 1000), testorders_line(p, 2000, 900)};
    struct order_input in = testorders_input(lines, 0);
    int64_t id = 0;
    assert_int_equal(draft_save(*state, &id, &in, "may1", NULL), ERR_OK);
    assert_true(id > 0);
    int64_t first = id;
    in.line_count = 2;
    in.discount = (struct discount){false, 100};
    assert_int_equal(draft_save(*state, &id, &in, "may1", NULL), ERR_OK);
    assert_int_equal(id, first);
    struct order o = testorders_get(*state, id);
    assert_int_equal(o.line_count, 2);
    assert_int_equal(o.total, 2700);
    assert_string_equal(o.station, "may1");
    assert_int_equal(o.status, ORDER_DRAFT);
    order_clear(&o);
    assert_int_equal(testorders_level(*state, p).on_hand, 0);
    assert_int_equal(testorders_int(*state, "SELECT COUNT(*) FROM audit WHERE entity LIKE '%NHAP%'"), 0);
}

static void test_a_percentage_stays_one_until_the_draft_is_an_order(void **state) {
    int64_t p = testorders_product(*state, "A", 1000, 0);
    struct order_line_input lines[] = {testorders_line(p, 1000, 1000), testorders_line(p, 2000, 1000)};
    struct order_input in = testorders_input(lines, 2);
    int64_t id = 0;
    lines[1].discount = (struct discount){true, 1000};
    in.discount = (struct discount){true, 500};
    assert_int_equal(draft_save(*state, &id, &in, "may1", NULL), ERR_OK);
    struct order o = testorders_get(*state, id);
    assert_int_equal(o.lines[0].discount_bps, 0);
    assert_int_equal(o.lines[1].discount_bps, 1000);
    assert_int_equal(o.discount_bps, 500);
    assert_int_equal(o.total, 2660); /* 1.000 + 1.800 − 140 */
    order_clear(&o);
    lines[1].discount = (struct discount){false, 200};
    assert_int_equal(draft_save(*state, &id, &in, "may1", NULL), ERR_OK);
    o = testorders_get(*state, id);
    assert_int_equal(o.lines[1].discount_bps, 0);
    assert_int_equal(o.discount_bps, 500);
    order_clear(&o);
    assert_int_equal(order_set_status(*state, id, ORDER_COMPLETED, NULL, NULL), ERR_OK);
    assert_int_equal(testorders_int(*state, "SELECT COUNT(*) FROM draft_rates"), 0);
    assert_int_equal(testorders_int(*state, "SELECT total FROM orders"), 2660);
    id = 0;
    assert_int_equal(draft_save(*state, &id, &in, "may1", NULL), ERR_OK);
    assert_int_equal(draft_drop(*state, id, NULL), ERR_OK);
    assert_int_equal(testorders_int(*state, "SELECT COUNT(*) FROM draft_rates"), 0);
}

static void test_another_station_cannot_type_in_it_until_it_takes_it_over(void **state) {
    struct order_input in = testorders_input(NULL, 0);
    int64_t id = 0;
    struct err e = ERR_INIT;
    assert_int_equal(draft_save(*state, &id, &in, "may1", NULL), ERR_OK);
    assert_int_equal(draft_save(*state, &id, &in, "may2", &e), ERR_CONFLICT);
    assert_non_null(strstr(e.message, "may1"));
    assert_int_equal(draft_take(*state, id, "may2", NULL), ERR_OK);
    assert_int_equal(draft_save(*state, &id, &in, "may2", NULL), ERR_OK);
    assert_int_equal(draft_save(*state, &id, &in, "may1", NULL), ERR_CONFLICT);
    assert_int_equal(draft_hold(*state, id, "", NULL), ERR_OK);
    assert_int_equal(draft_save(*state, &id, &in, "may1", NULL), ERR_OK);
}

/* --- whose it is, where people sign in */

static int64_t typed_by(struct shop *shop, const char *code, const char *station) {
    struct order_input in = testorders_input(NULL, 0);
    struct err e = ERR_INIT;
    int64_t id = 0;
    testpin_sign_in(shop, code);
    if (draft_save(shop, &id, &in, station, &e) != ERR_OK) {
        fail_msg("%s", e.message);
    }
    return id;
}

static void two_counters(struct shop *shop) {
    testorders_staff(shop, "AN");
    testorders_staff(shop, "BINH");
    testpin_turn_on(shop);
}

static void test_what_somebody_types_is_theirs_to_take_park_and_drop(void **state) {
    struct shop *shop = *state;
    struct err e = ERR_INIT;
    two_counters(shop);
    int64_t id = typed_by(shop, "AN", "may1");
    testpin_sign_in(shop, "BINH");
    assert_int_equal(draft_take(shop, id, "may2", &e), ERR_REFUSED);
    assert_int_equal(permission_refused(&e), PERMIT_ORDERS);
    assert_int_equal(draft_hold(shop, id, "", &e), ERR_REFUSED);
    assert_int_equal(draft_drop(shop, id, &e), ERR_REFUSED);
    testpin_sign_in(shop, "AN");
    assert_int_equal(draft_take(shop, id, "may2", &e), ERR_OK);
}

static void test_a_manager_hands_a_basket_on_and_it_is_written_down(void **state) {
    struct shop *shop = *state;
    struct err e = ERR_INIT;
    two_counters(shop);
    int64_t first = typed_by(shop, "AN", "may1");
    int64_t second = typed_by(shop, "AN", "may1");
    testpin_sign_in(shop, "CHU");
    assert_int_equal(draft_hold(shop, first, "", &e), ERR_OK);
    assert_int_equal(draft_take(shop, second, "may3", &e), ERR_OK);
    assert_int_equal(testorders_int(shop, "SELECT count(*) FROM audit WHERE action = 'draft.hold' OR action = "
                                          "'draft.take'"),
                     2);
    testpin_sign_in(shop, "AN");
    assert_int_equal(draft_take(shop, second, "may1", &e), ERR_REFUSED); /* it is the manager's now */
    testpin_sign_in(shop, "BINH");
    assert_int_equal(draft_take(shop, first, "may2", &e), ERR_OK); /* a parked one is everybody's */
}

static void test_who_goes_on_with_a_parked_basket_has_it(void **state) {
    struct shop *shop = *state;
    struct order_input in = testorders_input(NULL, 0);
    two_counters(shop);
    int64_t id = typed_by(shop, "AN", "may1");
    assert_int_equal(draft_hold(shop, id, "", NULL), ERR_OK);
    testpin_sign_in(shop, "BINH");
    assert_int_equal(draft_save(shop, &id, &in, "may2", NULL), ERR_OK);
    testpin_sign_in(shop, "AN");
    assert_int_equal(draft_take(shop, id, "may1", NULL), ERR_REFUSED);
}

struct seen {
    int count;
    char labels[4][32];
    int64_t totals[4];
};

static enum err_code see(void *ctx, const struct draft_row *r, struct err *e) {
    struct seen *s = ctx;
    (void)e;
    snprintf(s->labels[s->count], sizeof s->labels[0], "%s", r->label);
    s->totals[s->count++] = r->total;
    return ERR_OK;
}

static void test_parked_baskets_have_names_of_their_own(void **state) {
    int64_t p = testorders_product(*state, "A", 1000, 0);
    struct order_line_input line = testorders_line(p, 1000, 1000);
    struct order_input in = testorders_input(&line, 1);
    struct seen seen = {0};
    for (int i = 0; i < 3; i++) {
        int64_t id = 0;
        assert_int_equal(draft_save(*state, &id, &in, "may1", NULL), ERR_OK);
        assert_int_equal(draft_hold(*state, id, i == 1 ? "Cô Ba" : "", NULL), ERR_OK);
    }
    assert_int_equal(draft_list(*state, see, &seen, NULL), ERR_OK);
    assert_int_equal(seen.count, 3);
    assert_string_equal(seen.labels[0], "Order 1");
    assert_string_equal(seen.labels[1], "Cô Ba");
    assert_string_equal(seen.labels[2], "Order 2");
    assert_int_equal(seen.totals[0], 1000);
}

static void test_a_basket_becomes_the_sale_and_is_gone(void **state) {
    int64_t p = testorders_product(*state, "A", 1000, 0);
    struct order_line_input lines[] = {testorders_line(p, 1000, 1000), testorders_line(p, 2000, 1000)};
    struct order_payment_input pay = {.method = PAY_CASH, .amount = 5000};
    struct order_input in = testorders_input(lines, 2);
    struct order_ref ref;
    struct seen seen = {0};
    int64_t id = 0;
    assert_int_equal(draft_save(*state, &id, &in, "may1", NULL), ERR_OK);
    in.payments = &pay;
    in.payment_count = 1;
    in.line_count = 1;
    assert_int_equal(draft_confirm(*state, id, &in, &ref, NULL), ERR_OK);
    assert_string_equal(ref.order_no, "DH261121-0001");
    struct order o = testorders_get(*state, ref.id);
    assert_int_equal(o.line_count, 1);
    assert_int_equal(o.status, ORDER_COMPLETED);
    assert_int_equal(o.change, 4000);
    assert_string_equal(o.station, "");
    order_clear(&o);
    assert_int_equal(testorders_level(*state, p).on_hand, -1000);
    assert_int_equal(draft_list(*state, see, &seen, NULL), ERR_OK);
    assert_int_equal(seen.count, 0);
    assert_int_equal(draft_confirm(*state, id, &in, &ref, NULL), ERR_REFUSED);
    assert_int_equal(draft_save(*state, &id, &in, "may1", NULL), ERR_REFUSED);
    assert_int_equal(testorders_int(*state, "SELECT COUNT(*) FROM audit WHERE action = 'order.add'"), 1);
}

static void test_a_refused_sale_leaves_the_basket_as_it_was(void **state) {
    int64_t p = testorders_product(*state, "A", 1000, 0);
    struct order_line_input line = testorders_line(p, 1000, 1000);
    struct order_payment_input pay = {.method = PAY_CARD, .amount = 5000};
    struct order_input in = testorders_input(&line, 1);
    int64_t id = 0;
    assert_int_equal(draft_save(*state, &id, &in, "may1", NULL), ERR_OK);
    in.payments = &pay;
    in.payment_count = 1;
    assert_int_equal(draft_confirm(*state, id, &in, NULL, NULL), ERR_INVALID);
    struct order o = testorders_get(*state, id);
    assert_int_equal(o.status, ORDER_DRAFT);
    assert_int_equal(o.line_count, 1);
    order_clear(&o);
}

static void test_a_basket_thrown_away_leaves_a_trace_when_it_had_lines(void **state) {
    int64_t p = testorders_product(*state, "A", 1000, 0);
    struct order_line_input line = testorders_line(p, 1000, 1000);
    struct order_input in = testorders_input(&line, 1);
    int64_t id = 0;
    int64_t empty = 0;
    assert_int_equal(draft_save(*state, &id, &in, "may1", NULL), ERR_OK);
    in.line_count = 0;
    assert_int_equal(draft_save(*state, &empty, &in, "may1", NULL), ERR_OK);
    assert_int_equal(draft_drop(*state, id, NULL), ERR_OK);
    assert_int_equal(draft_drop(*state, empty, NULL), ERR_OK);
    assert_int_equal(draft_drop(*state, id, NULL), ERR_NOT_FOUND);
    assert_int_equal(testorders_int(*state, "SELECT COUNT(*) FROM orders"), 0);
    assert_int_equal(testorders_int(*state, "SELECT COUNT(*) FROM audit WHERE action = 'draft.drop'"), 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_what_is_typed_is_there_and_touches_no_stock, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_percentage_stays_one_until_the_draft_is_an_order, setup, teardown),
        cmocka_unit_test_setup_teardown(test_another_station_cannot_type_in_it_until_it_takes_it_over, setup, teardown),
        cmocka_unit_test_setup_teardown(test_what_somebody_types_is_theirs_to_take_park_and_drop, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_manager_hands_a_basket_on_and_it_is_written_down, setup, teardown),
        cmocka_unit_test_setup_teardown(test_who_goes_on_with_a_parked_basket_has_it, setup, teardown),
        cmocka_unit_test_setup_teardown(test_parked_baskets_have_names_of_their_own, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_basket_becomes_the_sale_and_is_gone, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_refused_sale_leaves_the_basket_as_it_was, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_basket_thrown_away_leaves_a_trace_when_it_had_lines, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
