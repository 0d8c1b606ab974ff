/* Payment and returns at the counter. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "io/config.h"
#include "testorders.h"
#include "testsell.h"
#include "testshop.h"

struct fixture {
    struct shop *shop;
    struct config *config;
    struct screen_test *t;
};

static int setup(void **state) {
    struct fixture *f = calloc(1, sizeof *f);
    struct err e = ERR_INIT;
    f->shop = testshop_open();
    testsell_fill(f->shop);
    if (config_load("tests/data/sell.ini", &f->config, &e) != ERR_OK) {
        fail_msg("%s", e.message);
    }
    f->t = testsell_open_with(f->shop, 80, 24, NULL, f->config);
    screen_test_scan(f->t, SELL_SHIRT);
    screen_test_scan(f->t, SELL_SHIRT);
    screen_test_scan(f->t, SELL_RICE); /* 455.000 */
    *state = f;
    return 0;
}

static int teardown(void **state) {
    struct fixture *f = *state;
    screen_test_free(f->t);
    testorders_books_are_right(f->shop);
    testshop_close(&f->shop);
    config_free(f->config);
    free(f);
    return 0;
}

static struct screen_test *screen(void **state) {
    return ((struct fixture *)*state)->t;
}

static struct order last_sale(void **state) {
    struct fixture *f = *state;
    return testorders_get(f->shop, testsell_state(f->t)->last.id);
}

static void cash_gives_change_in_large_figures(void **state) {
    struct screen_test *t = screen(state);
    screen_test_type(t, "<F9>500k");
    screen_test_golden(t, "tui/pay-cash");
    screen_test_type(t, "<Enter>");
    assert_string_equal(screen_test_status(t), "DH261121-0001 · 455.000 ₫ · got 500.000 ₫ · change 45.000 ₫");
    assert_true(screen_test_shows(t, "CHANGE"));
    struct order o = last_sale(state);
    assert_int_equal(o.paid, 455000);
    assert_int_equal(o.change, 45000);
    order_clear(&o);
}

static void banknote_keys_add_up(void **state) {
    struct screen_test *t = screen(state);
    screen_test_type(t, "<F9><F6><F6><F4><F3>"); /* 200 + 200 + 50 + 20 */
    assert_true(screen_test_shows(t, "470.000"));
    screen_test_type(t, "<Enter>");
    assert_int_equal(testsell_state(t)->last.change, 15000);
}

static void enter_alone_pays_all_in_the_way_with_the_cursor(void **state) {
    struct screen_test *t = screen(state);
    screen_test_type(t, "<F9><Down><Down><Enter>");
    struct order o = last_sale(state);
    assert_int_equal(o.payment_count, 1);
    assert_int_equal(o.payments[0].method, PAY_CARD);
    assert_int_equal(o.payments[0].amount, 455000);
    order_clear(&o);
}

static void a_transfer_shows_the_code_and_its_purpose_stays_with_the_payment(void **state) {
    struct screen_test *t = screen(state);
    screen_test_type(t, "<F9>200k<Down><F2>");
    assert_true(screen_test_shows(t, "Vietcombank 0123456789"));
    assert_true(screen_test_shows(t, "255.000 ₫ · message: NHAP-"));
    assert_true(screen_test_shows(t, "█▀▀▀▀▀█"));
    screen_test_golden(t, "tui/pay-transfer");
    screen_test_type(t, "<Enter>");
    struct order o = last_sale(state);
    assert_int_equal(o.payment_count, 2);
    assert_int_equal(o.due, 0);
    for (size_t i = 0; i < o.payment_count; i++) {
        if (o.payments[i].method == PAY_TRANSFER) {
            assert_int_equal(o.payments[i].amount, 255000);
            assert_true(strncmp(o.payments[i].note, "NHAP-", 5) == 0);
        }
    }
    order_clear(&o);
}

static void too_little_and_too_much_are_refused_with_advice_and_typing_is_kept(void **state) {
    struct screen_test *t = screen(state);
    screen_test_type(t, "<F9>400k<Enter>");
    assert_true(screen_test_shows(t, "! 55.000 ₫ is still to pay"));
    screen_test_type(t, "<Down>500k<Enter>");
    assert_true(screen_test_shows(t, "! 445.000 ₫ too much"));
    screen_test_type(t, "<Esc>");
    assert_int_equal(testsell_basket(t)->count, 2);
    screen_test_type(t, "<F9>");
    assert_true(screen_test_shows(t, "400k"));
    assert_true(screen_test_shows(t, "500k"));
    screen_test_type(t, "<Ctrl-U>abc<Enter>");
    assert_true(screen_test_shows(t, "! \"abc\""));
    assert_int_equal(testsell_state(t)->last.id, 0);
}

static void only_cash_gives_change(void **state) {
    struct screen_test *t = screen(state);
    screen_test_type(t, "<F9><Down>500k<Enter>");
    assert_true(screen_test_shows(t, "! 45.000 ₫ too much, and only cash gives change"));
    assert_int_equal(testsell_state(t)->last.id, 0);
}

static void a_debt_without_a_name_asks_and_with_one_does_not(void **state) {
    struct screen_test *t = screen(state);
    screen_test_type(t, "<F9><Up><Enter>"); /* the last way: on account */
    assert_true(screen_test_shows(t, "Nobody's name is on this order"));
    screen_test_type(t, "<Enter>"); /* the safe answer */
    assert_int_equal(testsell_state(t)->last.id, 0);
    screen_test_type(t, "<Esc>0912345678<Enter><F9><Up><Enter>");
    struct order o = last_sale(state);
    assert_int_equal(o.due, 455000);
    assert_int_equal(o.status, ORDER_COMPLETED);
    assert_true(o.has_promise);
    order_clear(&o);
}

static void a_walk_in_may_owe_when_it_is_said(void **state) {
    struct screen_test *t = screen(state);
    screen_test_type(t, "<F9>400k<Up><F2><Enter>y");
    struct order o = last_sale(state);
    assert_int_equal(o.paid, 400000);
    assert_int_equal(o.due, 55000);
    order_clear(&o);
}

static void cash_on_delivery_waits_for_its_delivery(void **state) {
    struct screen_test *t = screen(state);
    screen_test_type(t, "0912345678<Enter><F9><Up><Up><Enter>");
    struct order o = last_sale(state);
    assert_int_equal(o.status, ORDER_CONFIRMED);
    assert_int_equal(o.due, 455000);
    order_clear(&o);
}

static void a_scan_during_payment_goes_into_the_basket(void **state) {
    struct screen_test *t = screen(state);
    screen_test_type(t, "<F9>");
    screen_test_scan(t, SELL_WATER);
    assert_int_equal(testsell_basket(t)->count, 3);
    assert_true(screen_test_shows(t, "463.000"));
    screen_test_type(t, "<F8>");
    assert_int_equal(testsell_state(t)->last.total, 463000);
}

static void payment_fits_the_smallest_terminal(void **state) {
    struct screen_test *t = screen(state);
    screen_test_resize(t, 60, 16);
    screen_test_type(t, "<F9>500k");
    screen_test_golden(t, "tui/pay-60");
    screen_test_type(t, "<Down>");
    assert_true(screen_test_shows(t, "TO PAY"));
    screen_test_type(t, "<Enter>");
    assert_int_equal(testsell_state(t)->last.change, 45000);
}

static void goods_come_back_and_the_refund_is_shown_before(void **state) {
    struct screen_test *t = screen(state);
    struct fixture *f = *state;
    screen_test_type(t, "<F8>");
    screen_test_type(t, "<F7>1<Enter>");
    assert_true(screen_test_shows(t, "Goods come back"));
    screen_test_type(t, "<Enter>");
    assert_true(screen_test_shows(t, "! say first how many come back"));
    screen_test_type(t, "5");
    assert_true(screen_test_shows(t, "Only 2 of it can come back"));
    screen_test_type(t, "<Backspace>1");
    screen_test_golden(t, "tui/return");
    assert_int_equal(testorders_int(f->shop, "SELECT COUNT(*) FROM orders"), 1);
    screen_test_type(t, "<Enter><Enter>"); /* asked; the safe answer does nothing */
    assert_int_equal(testorders_int(f->shop, "SELECT COUNT(*) FROM orders"), 1);
    screen_test_type(t, "<Enter>y");
    assert_true(screen_test_shows(t, "taken back from DH261121-0001 · give back 120.000 ₫"));
    assert_int_equal(testorders_int(f->shop, "SELECT on_hand FROM stock l JOIN products p ON p.id ="
                                             " l.product_id WHERE p.sku = 'AT-TR-M'"),
                     13000);
}

static void a_scanned_receipt_and_scanned_goods_make_a_return(void **state) {
    struct screen_test *t = screen(state);
    struct fixture *f = *state;
    screen_test_type(t, "<F8>");
    screen_test_scan(t, "DH261121-0001");
    assert_true(screen_test_shows(t, "Goods come back"));
    screen_test_scan(t, SELL_SHIRT);
    screen_test_scan(t, SELL_RICE);
    screen_test_scan(t, SELL_RICE);
    assert_true(screen_test_shows(t, "not on this sale, or all of it is counted"));
    assert_true(screen_test_shows(t, "335.000 ₫"));
    screen_test_type(t, "dm<Enter>y");
    assert_int_equal(testorders_int(f->shop, "SELECT COUNT(*) FROM orders WHERE is_return = 1 AND total = -335000"), 1);
}

static void a_failing_printer_is_said_and_the_sale_stands(void **state) {
    struct fixture *f = *state;
    struct config *broken = NULL;
    assert_int_equal(config_load("tests/data/sell-printer.ini", &broken, NULL), ERR_OK);
    screen_test_free(f->t);
    f->t = testsell_open_with(f->shop, 80, 24, "test:2", broken);
    screen_test_scan(f->t, SELL_SHIRT);
    screen_test_type(f->t, "<F8>");
    assert_true(screen_test_shows(f->t, "! DH261121-0001 is sold, but the receipt did not print"));
    assert_int_equal(testorders_int(f->shop, "SELECT COUNT(*) FROM orders WHERE status = 'completed'"), 1);
    assert_int_equal(testsell_basket(f->t)->count, 0);
    screen_test_type(f->t, "<Alt-r>");
    assert_true(screen_test_shows(f->t, "! "));
    screen_test_free(f->t);
    config_free(broken);
    f->t = testsell_open_with(f->shop, 80, 24, NULL, f->config);
    screen_test_type(f->t, "<Alt-r>");
    assert_true(screen_test_shows(f->t, "Nothing was sold here yet"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(cash_gives_change_in_large_figures, setup, teardown),
        cmocka_unit_test_setup_teardown(banknote_keys_add_up, setup, teardown),
        cmocka_unit_test_setup_teardown(enter_alone_pays_all_in_the_way_with_the_cursor, setup, teardown),
        cmocka_unit_test_setup_teardown(a_transfer_shows_the_code_and_its_purpose_stays_with_the_payment, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(too_little_and_too_much_are_refused_with_advice_and_typing_is_kept, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(only_cash_gives_change, setup, teardown),
        cmocka_unit_test_setup_teardown(a_debt_without_a_name_asks_and_with_one_does_not, setup, teardown),
        cmocka_unit_test_setup_teardown(a_walk_in_may_owe_when_it_is_said, setup, teardown),
        cmocka_unit_test_setup_teardown(cash_on_delivery_waits_for_its_delivery, setup, teardown),
        cmocka_unit_test_setup_teardown(a_scan_during_payment_goes_into_the_basket, setup, teardown),
        cmocka_unit_test_setup_teardown(payment_fits_the_smallest_terminal, setup, teardown),
        cmocka_unit_test_setup_teardown(goods_come_back_and_the_refund_is_shown_before, setup, teardown),
        cmocka_unit_test_setup_teardown(a_failing_printer_is_said_and_the_sale_stands, setup, teardown),
        cmocka_unit_test_setup_teardown(a_scanned_receipt_and_scanned_goods_make_a_return, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
