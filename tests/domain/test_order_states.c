/* Orders move between states as DOMAIN 4 allows; goods leave once, dates and recognition follow. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "chotdon/setting.h"
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

static int64_t add_in(struct shop *shop, enum order_status status) {
    static int count = 0;
    char sku[16];
    snprintf(sku, sizeof sku, "P%d", count++);
    int64_t product = testorders_product(shop, sku, 100000, 0);
    testorders_receive(shop, product, 10000, 60000);
    struct order_line_input line = testorders_line(product, 1000, 100000);
    struct order_input in = testorders_input(&line, 1);
    in.status = status;
    in.date = "2026-11-19";
    return testorders_add(shop, &in);
}

static enum order_status status_of(struct shop *shop, int64_t id) {
    struct order o = testorders_get(shop, id);
    enum order_status status = o.status;
    order_clear(&o);
    return status;
}

/* Rows: from, columns: to, as the domain page lists them. */
static void test_every_move_is_allowed_or_refused_as_listed(void **state) {
    static const char *const allowed[] = {
        [ORDER_DRAFT] = "confirmed completed cancelled",
        [ORDER_CONFIRMED] = "packed shipped delivered completed cancelled",
        [ORDER_PACKED] = "shipped delivered completed cancelled",
        [ORDER_SHIPPED] = "delivered completed returned",
        [ORDER_DELIVERED] = "completed returned",
        [ORDER_COMPLETED] = "returned",
        [ORDER_CANCELLED] = "",
        [ORDER_RETURNED] = "",
    };
    for (enum order_status from = ORDER_DRAFT; from <= ORDER_CANCELLED; from++) {
        for (enum order_status to = ORDER_DRAFT; to <= ORDER_RETURNED; to++) {
            struct err e = ERR_INIT;
            int64_t id = add_in(*state, from);
            enum err_code rc = order_set_status(*state, id, to, to == ORDER_CANCELLED ? "R" : NULL, &e);
            if (strstr(allowed[from], order_status_code(to)) != NULL) {
                assert_int_equal(rc, ERR_OK);
                assert_int_equal(status_of(*state, id), to);
                continue;
            }
            assert_int_equal(rc, ERR_REFUSED);
            assert_non_null(strstr(e.message, order_status_code(from)));
            char moves[128];
            snprintf(moves, sizeof moves, "%s", allowed[from][0] == '\0' ? "none" : allowed[from]);
            for (char *word = strtok(moves, " "); word != NULL; word = strtok(NULL, " ")) {
                assert_non_null(strstr(e.message, word));
            }
            assert_int_equal(status_of(*state, id), from);
        }
    }
}

static void test_goods_leave_when_it_is_first_shipped_and_only_then(void **state) {
    int64_t id = add_in(*state, ORDER_CONFIRMED);
    struct order o = testorders_get(*state, id);
    int64_t product = o.lines[0].product_id;
    assert_int_equal(o.cost, 0);
    order_clear(&o);
    assert_int_equal(order_set_status(*state, id, ORDER_PACKED, NULL, NULL), ERR_OK);
    assert_int_equal(testorders_level(*state, product).on_hand, 10000);
    testshop_set_now(*state, "2026-11-23 08:00:00");
    assert_int_equal(order_set_status(*state, id, ORDER_SHIPPED, NULL, NULL), ERR_OK);
    assert_int_equal(testorders_level(*state, product).on_hand, 9000);
    testshop_set_now(*state, "2026-11-25 08:00:00");
    assert_int_equal(order_set_status(*state, id, ORDER_COMPLETED, NULL, NULL), ERR_OK);
    assert_int_equal(testorders_level(*state, product).on_hand, 9000);
    o = testorders_get(*state, id);
    assert_int_equal(o.cost, 60000);
    assert_int_equal(o.lines[0].cost, 60000);
    assert_string_equal(o.confirmed_on, "2026-11-19");
    assert_string_equal(o.shipped_on, "2026-11-23");
    assert_string_equal(o.delivered_on, "2026-11-25");
    assert_string_equal(o.completed_on, "2026-11-25");
    assert_string_equal(o.recognised_on, "2026-11-25");
    order_clear(&o);
    assert_int_equal(
        testorders_int(*state, "SELECT COUNT(*) FROM stock_moves WHERE kind = 'sale' AND date = '2026-11-23'"), 1);
    assert_int_equal(testorders_int(*state, "SELECT COUNT(*) FROM order_states"), 3);
}

static void test_the_policy_block_holds_back_what_is_shipped(void **state) {
    int64_t product = testorders_product(*state, "A", 1000, 0);
    struct order_line_input line = testorders_line(product, 1000, 1000);
    struct order_input in = testorders_input(&line, 1);
    struct err e = ERR_INIT;
    assert_int_equal(setting_set(*state, "stock_policy", "block", NULL), ERR_OK);
    in.status = ORDER_CONFIRMED;
    int64_t id = testorders_add(*state, &in);
    assert_int_equal(order_set_status(*state, id, ORDER_SHIPPED, NULL, &e), ERR_REFUSED);
    assert_non_null(strstr(e.message, "A"));
    assert_int_equal(status_of(*state, id), ORDER_CONFIRMED);
}

static void test_cancelling_needs_a_reason_gives_money_back_and_leaves_nothing_due(void **state) {
    int64_t id = add_in(*state, ORDER_CONFIRMED);
    struct order_payment_input pay = {.method = PAY_TRANSFER, .amount = 30000};
    assert_int_equal(order_pay(*state, id, &pay, NULL, NULL), ERR_OK);
    assert_int_equal(order_cancel(*state, id, " ", NULL), ERR_INVALID);
    assert_int_equal(order_cancel(*state, id, NULL, NULL), ERR_INVALID);
    assert_int_equal(order_set_status(*state, id, ORDER_CANCELLED, NULL, NULL), ERR_INVALID);
    assert_int_equal(order_set_status(*state, id, ORDER_CANCELLED, " ", NULL), ERR_INVALID);
    assert_int_equal(order_cancel(*state, id, "Khách đổi ý", NULL), ERR_OK);
    struct order o = testorders_get(*state, id);
    assert_int_equal(o.status, ORDER_CANCELLED);
    assert_string_equal(o.reason, "Khách đổi ý");
    assert_int_equal(o.paid, 0);
    assert_int_equal(o.due, 0);
    assert_int_equal(o.payment_count, 2);
    assert_int_equal(o.payments[1].amount, -30000);
    assert_int_equal(o.payments[1].method, PAY_TRANSFER);
    assert_string_equal(o.recognised_on, "");
    order_clear(&o);
    assert_int_equal(order_pay(*state, id, &pay, NULL, NULL), ERR_REFUSED);
}

static void test_cancelling_after_goods_have_left_says_to_take_them_back(void **state) {
    int64_t id = add_in(*state, ORDER_SHIPPED);
    struct err e = ERR_INIT;
    assert_int_equal(order_cancel(*state, id, "R", &e), ERR_REFUSED);
    assert_non_null(strstr(e.message, "order return"));
    assert_non_null(strstr(e.message, "shipped"));
}

static void test_a_draft_gets_its_number_when_it_is_confirmed(void **state) {
    int64_t id = add_in(*state, ORDER_DRAFT);
    int64_t found = 0;
    char temporary[32];
    snprintf(temporary, sizeof temporary, "NHAP-%lld", (long long)id);
    struct order o = testorders_get(*state, id);
    assert_string_equal(o.order_no, temporary);
    assert_int_equal(o.due, 100000);
    assert_string_equal(o.confirmed_on, "");
    order_clear(&o);
    assert_int_equal(order_find(*state, temporary, &found, NULL), ERR_OK);
    assert_int_equal(found, id);
    assert_int_equal(order_set_status(*state, id, ORDER_COMPLETED, NULL, NULL), ERR_OK);
    o = testorders_get(*state, id);
    assert_string_equal(o.order_no, "DH261119-0001");
    assert_string_equal(o.recognised_on, "2026-11-19");
    assert_true(o.stock_out);
    order_clear(&o);
    assert_int_equal(order_find(*state, temporary, &found, NULL), ERR_NOT_FOUND);
}

static void test_recognition_follows_the_setting_for_old_and_new_orders(void **state) {
    testshop_set_now(*state, "2026-11-19 08:00:00");
    int64_t id = add_in(*state, ORDER_CONFIRMED);
    testshop_set_now(*state, "2026-11-20 08:00:00");
    assert_int_equal(order_set_status(*state, id, ORDER_DELIVERED, NULL, NULL), ERR_OK);
    testshop_set_now(*state, "2026-11-21 08:00:00");
    assert_int_equal(order_set_status(*state, id, ORDER_COMPLETED, NULL, NULL), ERR_OK);
    int64_t cancelled = add_in(*state, ORDER_CANCELLED);
    static const char *const dates[][2] = {
        {"confirmed", "2026-11-19"}, {"completed", "2026-11-21"}, {"delivered", "2026-11-20"}};
    for (int i = 0; i < 3; i++) {
        assert_int_equal(setting_set(*state, "recognise", dates[i][0], NULL), ERR_OK);
        struct order o = testorders_get(*state, id);
        assert_string_equal(o.recognised_on, dates[i][1]);
        order_clear(&o);
        o = testorders_get(*state, cancelled);
        assert_string_equal(o.recognised_on, "");
        order_clear(&o);
    }
}

static void test_words_of_states_and_methods_are_found_in_both_languages(void **state) {
    (void)state;
    enum order_status s = ORDER_DRAFT;
    enum pay_method m = PAY_CASH;
    assert_true(order_status_find("Hoàn thành", &s) && s == ORDER_COMPLETED);
    assert_true(order_status_find("ĐÃ HUỶ", &s) && s == ORDER_CANCELLED);
    assert_true(order_status_find("Canceled", &s) && s == ORDER_CANCELLED);
    assert_true(order_status_find("đang giao", &s) && s == ORDER_SHIPPED);
    assert_false(order_status_find("whatever", &s));
    assert_true(pay_method_find("Chuyển khoản", &m) && m == PAY_TRANSFER);
    assert_true(pay_method_find("tiền mặt", &m) && m == PAY_CASH);
    assert_true(pay_method_find("Ghi nợ", &m) && m == PAY_DEBT);
    assert_false(pay_method_find("", &m));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_every_move_is_allowed_or_refused_as_listed, setup, teardown),
        cmocka_unit_test_setup_teardown(test_goods_leave_when_it_is_first_shipped_and_only_then, setup, teardown),
        cmocka_unit_test_setup_teardown(test_the_policy_block_holds_back_what_is_shipped, setup, teardown),
        cmocka_unit_test_setup_teardown(test_cancelling_needs_a_reason_gives_money_back_and_leaves_nothing_due, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_cancelling_after_goods_have_left_says_to_take_them_back, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_draft_gets_its_number_when_it_is_confirmed, setup, teardown),
        cmocka_unit_test_setup_teardown(test_recognition_follows_the_setting_for_old_and_new_orders, setup, teardown),
        cmocka_unit_test(test_words_of_states_and_methods_are_found_in_both_languages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
