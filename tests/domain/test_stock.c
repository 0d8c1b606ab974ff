/* Stock documents keep DOMAIN 3: the ledger is all there is, and the level is its sum. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

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

static int64_t document(struct shop *shop, enum stock_kind kind, struct stock_line_input line, enum err_code expected) {
    struct stock_doc_input in = {
        .kind = kind, .document = "PN1", .reason = "Kiểm kho", .lines = &line, .line_count = 1};
    int64_t moved = -1;
    assert_int_equal(stock_document(shop, &in, &moved, NULL), expected);
    return moved;
}

static void test_an_adjustment_adds_and_a_count_overwrites(void **state) {
    int64_t p = testorders_product(*state, "A", 1000, 0);
    testorders_receive(*state, p, 10000, 100);
    document(*state, STOCK_ADJUST, (struct stock_line_input){.product_id = p, .qty = -2000}, ERR_OK);
    assert_int_equal(testorders_level(*state, p).on_hand, 8000);
    document(*state, STOCK_ADJUST, (struct stock_line_input){.product_id = p, .qty = 1000}, ERR_OK);
    assert_int_equal(testorders_level(*state, p).on_hand, 9000);
    assert_int_equal(testorders_level(*state, p).value, 900);
    assert_int_equal(document(*state, STOCK_COUNT, (struct stock_line_input){.product_id = p, .qty = 12500}, ERR_OK),
                     1);
    assert_int_equal(testorders_level(*state, p).on_hand, 12500);
    assert_int_equal(testorders_level(*state, p).value, 1250);
    assert_int_equal(document(*state, STOCK_COUNT, (struct stock_line_input){.product_id = p, .qty = 12500}, ERR_OK),
                     0);
    document(*state, STOCK_COUNT, (struct stock_line_input){.product_id = p, .qty = 0}, ERR_OK);
    assert_int_equal(testorders_level(*state, p).value, 0);
    document(*state, STOCK_ADJUST, (struct stock_line_input){.product_id = p, .qty = 1000}, ERR_OK);
    assert_int_equal(testorders_level(*state, p).value, 100); /* the last known cost */
}

static void test_a_receipt_after_overselling_sets_a_new_average_and_costs_nothing_again(void **state) {
    int64_t p = testorders_product(*state, "A", 1000, 0);
    testorders_receive(*state, p, 1000, 100);
    struct order_line_input line = testorders_line(p, 4000, 1000);
    struct order_input in = testorders_input(&line, 1);
    int64_t sale = testorders_add(*state, &in);
    testorders_receive(*state, p, 10000, 120);
    assert_int_equal(testorders_level(*state, p).on_hand, 7000);
    assert_int_equal(testorders_level(*state, p).value, 840);
    struct order o = testorders_get(*state, sale);
    assert_int_equal(o.cost, 400);
    order_clear(&o);
}

static void test_two_lines_of_one_product_in_a_document_follow_each_other(void **state) {
    int64_t p = testorders_product(*state, "A", 1000, 0);
    struct stock_line_input lines[] = {{.product_id = p, .qty = 1000, .has_cost = true, .unit_cost = 100},
                                       {.product_id = p, .qty = 1000, .has_total = true, .total_cost = 300},
                                       {.product_id = p, .qty = 1000}};
    struct stock_doc_input in = {.kind = STOCK_PURCHASE, .lines = lines, .line_count = 3};
    assert_int_equal(stock_document(*state, &in, NULL, NULL), ERR_OK);
    assert_int_equal(testorders_level(*state, p).value, 600);
}

static void test_a_refused_document_moves_nothing(void **state) {
    int64_t p = testorders_product(*state, "A", 1000, 0);
    struct stock_line_input lines[] = {{.product_id = p, .qty = 1000}, {.product_id = 99, .qty = 1000}};
    struct stock_doc_input in = {.kind = STOCK_PURCHASE, .lines = lines, .line_count = 2};
    struct err e = ERR_INIT;
    assert_int_equal(stock_document(*state, &in, NULL, &e), ERR_NOT_FOUND);
    lines[1] = (struct stock_line_input){.product_id = p, .qty = -1};
    assert_int_equal(stock_document(*state, &in, NULL, &e), ERR_INVALID);
    assert_string_equal(e.field, "line 2");
    lines[1].qty = INT64_MAX;
    assert_int_equal(stock_document(*state, &in, NULL, &e), ERR_INVALID);
    in.kind = STOCK_SALE;
    assert_int_equal(stock_document(*state, &in, NULL, &e), ERR_INVALID);
    in.kind = STOCK_ADJUST;
    in.line_count = 0;
    assert_int_equal(stock_document(*state, &in, NULL, &e), ERR_INVALID);
    assert_int_equal(testorders_level(*state, p).on_hand, 0);
    assert_int_equal(testorders_int(*state, "SELECT COUNT(*) FROM stock_moves"), 0);
}

static enum err_code see(void *ctx, const struct stock_move *m, struct err *e) {
    char *text = ctx;
    size_t len = strlen(text);
    (void)e;
    snprintf(text + len, 256 - len, "%s:%lld:%s;", stock_kind_code(m->kind), (long long)m->qty, m->document);
    return ERR_OK;
}

static void test_the_ledger_names_document_and_reason(void **state) {
    int64_t p = testorders_product(*state, "A", 1000, 0);
    int64_t other = testorders_product(*state, "B", 1000, 0);
    char text[256] = "";
    testorders_receive(*state, p, 5000, 100);
    testorders_receive(*state, other, 5000, 100);
    struct order_line_input line = testorders_line(p, 1000, 1000);
    struct order_input in = testorders_input(&line, 1);
    testorders_add(*state, &in);
    document(*state, STOCK_DAMAGE, (struct stock_line_input){.product_id = p, .qty = 1000}, ERR_OK);
    assert_int_equal(stock_moves(*state, &(struct stock_move_filter){.product_id = p}, see, text, NULL), ERR_OK);
    assert_string_equal(text, "purchase:5000:;sale:-1000:DH261121-0001;damage:-1000:PN1;");
    text[0] = '\0';
    assert_int_equal(stock_moves(*state, &(struct stock_move_filter){.product_id = p, .limit = 1}, see, text, NULL),
                     ERR_OK);
    assert_string_equal(text, "damage:-1000:PN1;");
    text[0] = '\0';
    assert_int_equal(stock_moves(*state, &(struct stock_move_filter){.from = "2026-11-22"}, see, text, NULL), ERR_OK);
    assert_string_equal(text, "");
    text[0] = '\0';
    assert_int_equal(stock_moves(*state, NULL, see, text, NULL), ERR_OK);
    assert_non_null(strstr(text, "damage"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_an_adjustment_adds_and_a_count_overwrites, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_receipt_after_overselling_sets_a_new_average_and_costs_nothing_again,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(test_two_lines_of_one_product_in_a_document_follow_each_other, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_refused_document_moves_nothing, setup, teardown),
        cmocka_unit_test_setup_teardown(test_the_ledger_names_document_and_reason, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
