/* Sell: the one field, the basket, several baskets, the sale. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "chotdon/customer.h"
#include "chotdon/draft.h"
#include "chotdon/product.h"
#include "chotdon/setting.h"
#include "testdb.h"
#include "testorders.h"
#include "testsell.h"
#include "testshop.h"
#include "tui/station.h"

struct fixture {
    struct shop *shop;
    struct screen_test *t;
};

static int setup(void **state) {
    struct fixture *f = calloc(1, sizeof *f);
    f->shop = testshop_open();
    testsell_fill(f->shop);
    f->t = testsell_open(f->shop, 80, 24, NULL);
    *state = f;
    return 0;
}

static int teardown(void **state) {
    struct fixture *f = *state;
    screen_test_free(f->t);
    testorders_books_are_right(f->shop);
    testshop_close(&f->shop);
    free(f);
    return 0;
}

static struct screen_test *screen(void **state) {
    return ((struct fixture *)*state)->t;
}

static struct shop *shop_of(void **state) {
    return ((struct fixture *)*state)->shop;
}

static struct order last_sale(struct screen_test *t, struct shop *shop) {
    return testorders_get(shop, testsell_state(t)->last.id);
}

static void three_scans_and_f8_are_a_cash_sale(void **state) {
    struct screen_test *t = screen(state);
    screen_test_scan(t, SELL_SHIRT);
    screen_test_scan(t, SELL_WATER);
    screen_test_scan(t, SELL_RICE);
    assert_int_equal(testsell_basket(t)->count, 3);
    assert_int_equal(testsell_basket(t)->total, 343000);
    screen_test_type(t, "<F8>");
    assert_string_equal(screen_test_status(t), "DH261121-0001 · 343.000 ₫ · paid");
    assert_int_equal(testsell_basket(t)->count, 0);
    struct order o = last_sale(t, shop_of(state));
    assert_int_equal(o.status, ORDER_COMPLETED);
    assert_int_equal(o.paid, 343000);
    assert_int_equal(o.due, 0);
    assert_int_equal(o.payments[0].method, PAY_CASH);
    order_clear(&o);
    assert_int_equal(testorders_int(shop_of(state), "SELECT COUNT(*) FROM orders WHERE status = 'draft'"), 0);
}

static void scanning_again_raises_the_quantity_and_a_crate_has_its_own_price(void **state) {
    struct screen_test *t = screen(state);
    screen_test_scan(t, SELL_WATER);
    screen_test_scan(t, SELL_WATER);
    screen_test_scan(t, SELL_CRATE);
    const struct basket *b = testsell_basket(t);
    assert_int_equal(b->count, 2);
    assert_int_equal(b->lines[0].qty, 2000);
    assert_string_equal(b->lines[1].unit, "thùng");
    assert_int_equal(b->lines[1].unit_price, 90000);
    assert_int_equal(b->total, 106000);
    assert_int_equal(b->lines[0].left, 26000);
    assert_true(screen_test_shows(t, "Nước suối 1,5 l (thùng)"));
    assert_true(screen_test_shows(t, "40 ▾"));
}

static void typing_finds_goods_without_accents_and_enter_takes_the_chosen_one(void **state) {
    struct screen_test *t = screen(state);
    screen_test_type(t, "ao th");
    assert_int_equal(testsell_state(t)->found_count, 2);
    screen_test_golden(t, "tui/sell-search");
    screen_test_type(t, "<Down><Enter>");
    assert_string_equal(testsell_basket(t)->lines[0].sku, "AT-TR-M");
    assert_string_equal(field_text(&testsell_state(t)->field), "");
    screen_test_type(t, "attn<Enter>"); /* initials: áo thể thao nam */
    assert_int_equal(testsell_basket(t)->count, 2);
    screen_test_type(t, "0048<Enter>"); /* a barcode's last digits */
    assert_string_equal(testsell_basket(t)->lines[2].sku, "GAO-5");
}

static void a_quantity_before_a_code_counts_also_alone_and_with_decimals(void **state) {
    struct screen_test *t = screen(state);
    screen_test_type(t, "3*AT-TR-M<Enter>");
    assert_int_equal(testsell_basket(t)->lines[0].qty, 3000);
    screen_test_type(t, "0,5*<Enter>");
    assert_true(screen_test_shows(t, "0,5 ×"));
    screen_test_scan(t, SELL_RICE);
    assert_int_equal(testsell_basket(t)->lines[1].qty, 500);
    screen_test_scan(t, SELL_RICE);
    assert_int_equal(testsell_basket(t)->lines[1].qty, 1500); /* the quantity was for one scan */
    screen_test_type(t, "2*");
    screen_test_scan(t, SELL_WATER);
    assert_int_equal(testsell_basket(t)->lines[2].qty, 2000);
}

static void commands_change_the_marked_line_and_the_basket(void **state) {
    struct screen_test *t = screen(state);
    screen_test_scan(t, SELL_SHIRT);
    screen_test_scan(t, SELL_RICE);
    screen_test_type(t, "<Up>+2<Enter>");
    assert_int_equal(testsell_basket(t)->lines[0].qty, 3000);
    screen_test_type(t, "-1<Enter>");
    assert_int_equal(testsell_basket(t)->lines[0].qty, 2000);
    screen_test_type(t, "@100k<Enter>");
    assert_int_equal(testsell_basket(t)->lines[0].unit_price, 100000);
    screen_test_type(t, "-10%%<Enter>");
    screen_test_type(t, "<Backspace>");
    assert_int_equal(testsell_basket(t)->lines[0].discount, 0); /* "-10%%" is no rate: still in the field */
    screen_test_type(t, "<Enter>");
    assert_int_equal(testsell_basket(t)->lines[0].discount, 20000);
    screen_test_type(t, "-5k<Enter>");
    assert_int_equal(testsell_basket(t)->lines[0].discount, 5000);
    screen_test_type(t, "=10%<Enter>");
    assert_int_equal(testsell_basket(t)->discount, 41000);
    assert_int_equal(testsell_basket(t)->total, 369000);
    screen_test_type(t, "=<Enter>");
    assert_int_equal(testsell_basket(t)->total, 410000);
    screen_test_type(t, "@<Enter>");
    assert_int_equal(testsell_basket(t)->lines[0].unit_price, 120000);
}

static void wrong_commands_say_why_and_lose_nothing(void **state) {
    struct screen_test *t = screen(state);
    screen_test_type(t, "+2<Enter>");
    assert_true(screen_test_shows(t, "! scan something first"));
    assert_string_equal(field_text(&testsell_state(t)->field), "+2");
    screen_test_type(t, "<Ctrl-U>");
    screen_test_scan(t, SELL_SHIRT);
    screen_test_type(t, "-5<Enter>");
    assert_true(screen_test_shows(t, "! there are only 1 of it in the basket"));
    assert_int_equal(testsell_basket(t)->lines[0].qty, 1000);
    screen_test_type(t, "<Ctrl-U>=900k<Enter>");
    assert_int_equal(testsell_basket(t)->total, 120000);
    assert_int_equal(testsell_basket(t)->typed_discount.value, 0);
    screen_test_type(t, "<Ctrl-U>zzzz<Enter>");
    assert_true(screen_test_shows(t, "! nothing is called “zzzz”"));
    screen_test_type(t, "<F8>");
    assert_true(screen_test_shows(t, "still in the field"));
    screen_test_type(t, "<Esc>");
    assert_string_equal(field_text(&testsell_state(t)->field), "zzzz");
    assert_int_equal(testsell_basket(t)->count, 1);
}

static void a_scan_never_mixes_with_what_was_being_typed(void **state) {
    struct screen_test *t = screen(state);
    screen_test_scan(t, SELL_SHIRT);
    screen_test_type(t, "+2");
    screen_test_scan(t, SELL_RICE);
    assert_int_equal(testsell_basket(t)->count, 2);
    assert_int_equal(testsell_basket(t)->lines[1].qty, 1000);
    assert_string_equal(field_text(&testsell_state(t)->field), "+2");
    screen_test_type(t, "<Ctrl-U>");
    screen_test_scan(t, "4006381333931");
    assert_true(screen_test_shows(t, "! nothing on sale has the code 4006381333931"));
    assert_int_equal(testsell_basket(t)->count, 2);
    assert_string_equal(field_text(&testsell_state(t)->field), "");
}

static void del_removes_the_marked_line_and_undo_brings_it_back(void **state) {
    struct screen_test *t = screen(state);
    screen_test_scan(t, SELL_SHIRT);
    screen_test_type(t, "-10%<Enter>");
    screen_test_scan(t, SELL_RICE);
    screen_test_type(t, "<Up><Del>");
    assert_int_equal(testsell_basket(t)->count, 1);
    assert_string_equal(testsell_basket(t)->lines[0].sku, "GAO-5");
    screen_test_type(t, "<Alt-u>");
    assert_int_equal(testsell_basket(t)->count, 2);
    assert_int_equal(testsell_basket(t)->lines[0].discount, 12000);
    assert_int_equal(testsell_basket(t)->total, 323000);
    screen_test_type(t, "<Alt-d>");
    assert_int_equal(testsell_basket(t)->count, 0);
    assert_int_equal(testorders_int(shop_of(state), "SELECT COUNT(*) FROM audit WHERE action = 'draft.drop'"), 1);
    assert_int_equal(testorders_int(shop_of(state), "SELECT COUNT(*) FROM orders"), 0);
    screen_test_type(t, "<Alt-u>");
    assert_int_equal(testsell_basket(t)->count, 2);
}

static void marks_warn_of_stock_and_cost_but_nothing_asks(void **state) {
    struct screen_test *t = screen(state);
    screen_test_scan(t, SELL_RICE);
    assert_true(screen_test_shows(t, "0 !"));
    assert_true(screen_test_shows(t, "only 0 on hand"));
    screen_test_type(t, "@150k<Enter>");
    assert_true(screen_test_shows(t, "↓150.000"));
    screen_test_type(t, "<F8>");
    assert_true(screen_test_shows(t, "DH261121-0001"));
}

static void the_block_policy_refuses_what_the_shop_does_not_have(void **state) {
    struct screen_test *t = screen(state);
    struct err e = ERR_INIT;
    assert_int_equal(setting_set(shop_of(state), "stock_policy", "block", &e), ERR_OK);
    screen_test_scan(t, SELL_RICE);
    assert_int_equal(testsell_basket(t)->count, 0);
    assert_true(screen_test_shows(t, "! Gạo ST25 5 kg: only 0 on hand"));
    screen_test_type(t, "14*AT-TR-M<Enter>");
    assert_int_equal(testsell_basket(t)->lines[0].qty, 14000);
    screen_test_scan(t, SELL_SHIRT);
    assert_int_equal(testsell_basket(t)->lines[0].qty, 14000);
}

static void a_phone_is_the_customer_and_an_unknown_one_makes_a_new_customer(void **state) {
    struct screen_test *t = screen(state);
    screen_test_type(t, "0912.345.678<Enter>");
    assert_string_equal(testsell_basket(t)->customer, "0912 345 678 Nguyễn Văn Đạt");
    assert_true(screen_test_shows(t, "Customer: 0912 345 678 Nguyễn Văn Đạt"));
    assert_true(screen_test_shows(t, "VIP · 0 orders"));
    screen_test_type(t, "0987654321<Enter>");
    assert_true(screen_test_shows(t, "New customer"));
    screen_test_type(t, "Lê Thị Hoa<Enter>");
    assert_string_equal(testsell_basket(t)->customer, "0987 654 321 Lê Thị Hoa");
    screen_test_type(t, "0977111222<Enter><Enter>"); /* the name is optional */
    assert_true(screen_test_shows(t, "0977 111 222"));
    assert_string_equal(field_text(&testsell_state(t)->field), "");
}

static void parked_baskets_wait_for_any_counter_and_two_never_fight_over_one(void **state) {
    struct screen_test *t = screen(state);
    screen_test_scan(t, SELL_SHIRT);
    screen_test_type(t, "<F2>");
    assert_int_equal(testsell_basket(t)->count, 0);
    assert_true(screen_test_shows(t, "Order 1 (parked)"));
    screen_test_scan(t, SELL_RICE);
    struct screen_test *other = testsell_open(shop_of(state), 80, 24, "test:2");
    assert_true(screen_test_shows(other, "Order 1 (parked)"));
    assert_false(strstr(screen_test_text(other), "Order 2 (parked)") != NULL); /* the first counter types it */
    screen_test_type(other, "<Tab>");
    assert_int_equal(testsell_basket(other)->count, 1);
    screen_test_type(other, "+1<Enter>"); /* now it is the other counter's */
    t->changed = true;
    screen_test_type(t, "<Tab>");
    assert_string_equal(testsell_basket(t)->lines[0].sku, "GAO-5");
    screen_test_type(other, "<F8>");
    assert_int_equal(testsell_state(other)->last.total, 240000);
    screen_test_type(t, "<F8>");
    assert_int_equal(testsell_state(t)->last.total, 215000);
    screen_test_free(other);
}

static void a_dead_programs_basket_is_recovered_at_the_next_start(void **state) {
    struct fixture *f = *state;
    char dead[STATION_SIZE];
    station_name(dead);
    *strchr(dead, ':') = '\0';
    strcat(dead, ":2147483646:1:pts/9"); /* no such process here */
    screen_test_free(f->t);
    f->t = testsell_open(f->shop, 80, 24, dead);
    screen_test_scan(f->t, SELL_SHIRT);
    screen_test_type(f->t, "0912345678<Enter>");
    screen_test_scan(f->t, SELL_CRATE);
    screen_test_free(f->t);
    f->t = testsell_open(f->shop, 80, 24, NULL);
    assert_string_equal(screen_test_status(f->t), "Recovered what was being typed: 1 baskets, 2 lines");
    assert_int_equal(testsell_basket(f->t)->total, 210000);
    assert_string_equal(testsell_basket(f->t)->lines[1].unit, "thùng");
    assert_true(screen_test_shows(f->t, "Nguyễn Văn Đạt"));
    screen_test_type(f->t, "<F8>");
    assert_int_equal(testsell_state(f->t)->last.total, 210000);
}

static void a_living_programs_basket_is_left_alone(void **state) {
    struct fixture *f = *state;
    char alive[STATION_SIZE];
    station_name(alive);
    screen_test_free(f->t);
    f->t = testsell_open(f->shop, 80, 24, alive);
    screen_test_scan(f->t, SELL_SHIRT);
    struct screen_test *other = testsell_open(f->shop, 80, 24, "test:2");
    assert_int_equal(testsell_state(other)->count, 1);
    assert_int_equal(testsell_basket(other)->count, 0);
    screen_test_free(other);
}

static void pickers_choose_goods_customers_and_who_sells(void **state) {
    struct screen_test *t = screen(state);
    screen_test_type(t, "<F3>gao<Enter>");
    assert_string_equal(testsell_basket(t)->lines[0].sku, "GAO-5");
    screen_test_type(t, "<F4>dat<Enter>");
    assert_string_equal(testsell_basket(t)->customer, "0912 345 678 Nguyễn Văn Đạt");
    screen_test_type(t, "<F5>an<Enter>");
    assert_true(screen_test_shows(t, "Trần Thị An"));
    screen_test_type(t, "<F8>");
    struct order o = last_sale(t, shop_of(state));
    assert_int_equal(o.rep_count, 1);
    assert_string_equal(o.reps[0].code, "AN");
    assert_string_equal(o.customer_name, "Nguyễn Văn Đạt");
    order_clear(&o);
    screen_test_type(t, "<F4>Phạm Bé Ba<Enter><Enter>"); /* nobody of that name: a new customer */
    assert_string_equal(testsell_basket(t)->customer, "Phạm Bé Ba");
    screen_test_type(t, "<F4><Enter>"); /* a walk-in again */
    assert_int_equal(testsell_basket(t)->customer_id, 0);
}

static void discounts_fee_and_note_in_one_form(void **state) {
    struct screen_test *t = screen(state);
    screen_test_scan(t, SELL_SHIRT);
    screen_test_type(t, "<F6>10%<Tab>20k<Tab>30k<Tab>gói quà<Enter>");
    assert_int_equal(testsell_basket(t)->lines[0].discount, 20000);
    assert_int_equal(testsell_basket(t)->discount, 10000);
    assert_int_equal(testsell_basket(t)->total, 120000);
    screen_test_type(t, "<F6><Ctrl-U>200k<Enter>");
    assert_true(screen_test_shows(t, "discount must be between"));
    assert_int_equal(testsell_basket(t)->total, 120000);
    screen_test_type(t, "<Ctrl-U>5k<Enter><F8>");
    struct order o = last_sale(t, shop_of(state));
    assert_int_equal(o.total, 125000);
    assert_string_equal(o.note, "gói quà");
    order_clear(&o);
}

static void wholesale_customers_get_their_price_unless_one_was_typed(void **state) {
    struct screen_test *t = screen(state);
    struct err e = ERR_INIT;
    struct product p = {.sku = "AT-TR-M", .wholesale_price = 90000, .has_wholesale = true};
    struct customer c = {.name = "Đại lý Bảy", .phones = "0909000777", .segment = "wholesale"};
    assert_int_equal(product_put(shop_of(state), &p, PRODUCT_WHOLESALE, NULL, &e), ERR_OK);
    assert_int_equal(customer_add(shop_of(state), &c, CUSTOMER_NAME | CUSTOMER_PHONES | CUSTOMER_SEGMENT, NULL, &e),
                     ERR_OK);
    screen_test_scan(t, SELL_SHIRT);
    screen_test_scan(t, SELL_RICE);
    screen_test_type(t, "@200k<Enter>0909000777<Enter>");
    assert_int_equal(testsell_basket(t)->lines[0].unit_price, 90000);
    assert_int_equal(testsell_basket(t)->lines[1].unit_price, 200000);
}

static void an_emptied_quantity_prefix_does_not_reach_the_next_basket(void **state) {
    struct screen_test *t = screen(state);
    screen_test_scan(t, SELL_SHIRT);
    screen_test_type(t, "5*<Enter><F8>");
    screen_test_scan(t, SELL_SHIRT);
    assert_int_equal(testsell_basket(t)->lines[0].qty, 1000);
    screen_test_type(t, "5*<Enter><Esc>");
    screen_test_scan(t, SELL_SHIRT);
    assert_int_equal(testsell_basket(t)->lines[0].qty, 2000);
}

static void a_basket_sold_elsewhere_meanwhile_is_not_sold_twice(void **state) {
    struct screen_test *t = screen(state);
    screen_test_scan(t, SELL_SHIRT);
    screen_test_type(t, "<F2>");
    struct screen_test *other = testsell_open(shop_of(state), 80, 24, "test:2");
    screen_test_type(other, "<Tab>");
    screen_test_type(t, "<Tab><F8>");
    assert_int_equal(testsell_state(t)->last.total, 120000);
    screen_test_type(other, "<F8>");
    assert_int_equal(testsell_state(other)->last.id, 0);
    assert_int_equal(testorders_int(shop_of(state), "SELECT COUNT(*) FROM orders"), 1);
    screen_test_text(other);
    assert_int_equal(testsell_basket(other)->count, 0);
    screen_test_free(other);
}

static void the_palette_finds_goods_customers_and_orders(void **state) {
    struct screen_test *t = screen(state);
    screen_test_scan(t, SELL_SHIRT);
    screen_test_type(t, "<F8><Ctrl-P>nuoc");
    assert_true(screen_test_shows(t, "Nước suối 1,5 l"));
    screen_test_type(t, "<Esc><Ctrl-P>nguyen dat");
    assert_true(screen_test_shows(t, "0912 345 678"));
    screen_test_type(t, "<Esc><Ctrl-P>DH2611");
    assert_true(screen_test_shows(t, "DH261121-0001"));
}

static void hostile_typing_breaks_nothing(void **state) {
    struct screen_test *t = screen(state);
    static const char *const texts[] = {
        "99999999999999999999*AT-TR-M", "*", "**", "3*3*AT-TR-M", "@-5k",   "-0", "+0", "=-5%", "-200%",
        "@99999999999999999999tr",      "-", "+",  "=abc",        "0,0001*"};
    screen_test_scan(t, SELL_SHIRT);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        screen_test_type(t, "<End><Ctrl-U>");
        screen_test_type(t, texts[i]);
        screen_test_type(t, "<Enter>");
        assert_int_equal(testsell_basket(t)->total, 120000);
    }
    screen_test_type(t, "<End><Ctrl-U>");
    screen_test_paste(t, "\x1b[31m AT\x07-TR\n-M \xff\xfe");
    screen_test_type(t, "<Enter><End><Ctrl-U>999999999*AT-TR-M<Enter>@9999999999tr<Enter>");
    screen_test_text(t);
}

static void it_fits_small_and_large_terminals(void **state) {
    struct screen_test *t = screen(state);
    screen_test_type(t, "0912345678<Enter>");
    screen_test_type(t, "2*AT-TR-M<Enter>");
    screen_test_scan(t, SELL_CRATE);
    screen_test_type(t, "-5k<Enter>");
    screen_test_scan(t, SELL_RICE);
    screen_test_type(t, "<F2>");
    screen_test_scan(t, SELL_SHIRT);
    screen_test_type(t, "<Tab>ao th");
    screen_test_golden(t, "tui/sell-80");
    screen_test_resize(t, 160, 50);
    screen_test_golden(t, "tui/sell-160");
    screen_test_resize(t, 60, 16);
    screen_test_golden(t, "tui/sell-60");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(three_scans_and_f8_are_a_cash_sale, setup, teardown),
        cmocka_unit_test_setup_teardown(scanning_again_raises_the_quantity_and_a_crate_has_its_own_price, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(typing_finds_goods_without_accents_and_enter_takes_the_chosen_one, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(a_quantity_before_a_code_counts_also_alone_and_with_decimals, setup, teardown),
        cmocka_unit_test_setup_teardown(commands_change_the_marked_line_and_the_basket, setup, teardown),
        cmocka_unit_test_setup_teardown(wrong_commands_say_why_and_lose_nothing, setup, teardown),
        cmocka_unit_test_setup_teardown(a_scan_never_mixes_with_what_was_being_typed, setup, teardown),
        cmocka_unit_test_setup_teardown(del_removes_the_marked_line_and_undo_brings_it_back, setup, teardown),
        cmocka_unit_test_setup_teardown(marks_warn_of_stock_and_cost_but_nothing_asks, setup, teardown),
        cmocka_unit_test_setup_teardown(the_block_policy_refuses_what_the_shop_does_not_have, setup, teardown),
        cmocka_unit_test_setup_teardown(a_phone_is_the_customer_and_an_unknown_one_makes_a_new_customer, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(parked_baskets_wait_for_any_counter_and_two_never_fight_over_one, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(a_dead_programs_basket_is_recovered_at_the_next_start, setup, teardown),
        cmocka_unit_test_setup_teardown(a_living_programs_basket_is_left_alone, setup, teardown),
        cmocka_unit_test_setup_teardown(pickers_choose_goods_customers_and_who_sells, setup, teardown),
        cmocka_unit_test_setup_teardown(discounts_fee_and_note_in_one_form, setup, teardown),
        cmocka_unit_test_setup_teardown(wholesale_customers_get_their_price_unless_one_was_typed, setup, teardown),
        cmocka_unit_test_setup_teardown(an_emptied_quantity_prefix_does_not_reach_the_next_basket, setup, teardown),
        cmocka_unit_test_setup_teardown(a_basket_sold_elsewhere_meanwhile_is_not_sold_twice, setup, teardown),
        cmocka_unit_test_setup_teardown(the_palette_finds_goods_customers_and_orders, setup, teardown),
        cmocka_unit_test_setup_teardown(hostile_typing_breaks_nothing, setup, teardown),
        cmocka_unit_test_setup_teardown(it_fits_small_and_large_terminals, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
