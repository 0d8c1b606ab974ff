/* Signing in, locking and approving on the screens. PINs of tests cost no time (testpin.h). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "chotdon/order.h"
#include "chotdon/permission.h"
#include "chotdon/product.h"
#include "chotdon/setting.h"
#include "chotdon/staff.h"
#include "screen_test.h"
#include "testorders.h"
#include "testpin.h"
#include "testsell.h"
#include "testshop.h"
#include "tui/screens/leaderboard.h"
#include "tui/screens/orders.h"
#include "tui/screens/sell.h"
#include "tui/screens/sell_state.h"
#include "tui/screens/settings.h"
#include "tui/screens/settings_roles.h"
#include "tui/screens/settings_staff.h"
#include "tui/screens/sign_in.h"
#include "tui/screens/stock_sheet.h"

static const struct screen_entry screens[] = {
    {&screen_sell, 1},     {&screen_orders, 5},   {&screen_settings, 0},        {&screen_leaderboard, 3},
    {&screen_receive, -1}, {&screen_sign_in, -1}, {&screen_settings_staff, -1}, {&screen_settings_roles, -1},
};
enum { SCREENS = sizeof screens / sizeof *screens, MINUTE = 60000 };

struct fixture {
    struct shop *shop;
    struct screen_test *t;
};

static void add(struct shop *shop, const char *code, const char *name, const char *role) {
    struct staff s = {.code = (char *)code, .name = (char *)name, .role = (char *)role};
    struct err e = ERR_INIT;
    if (staff_put(shop, &s, STAFF_NAME | STAFF_ROLE, NULL, &e) != ERR_OK) {
        fail_msg("%s", e.message);
    }
}

static struct fixture *fixture_new(bool on) {
    struct fixture *f = mem_zalloc(sizeof *f);
    struct app_options o = {.station = "test"};
    f->shop = testshop_open();
    testsell_fill(f->shop);
    add(f->shop, "LAN", "Nguyễn Thị Lan", "counter");
    add(f->shop, "BINH", "Trần Bình", "counter");
    add(f->shop, "HOA", "Lê Thị Hoa", "manager");
    if (on) {
        testpin_give(f->shop, "LAN", "1357");
        testpin_give(f->shop, "BINH", "2468");
        testpin_give(f->shop, "HOA", "mùa thu 26");
    }
    f->t = screen_test_new(screens, SCREENS, f->shop, 80, 24, &o);
    return f;
}

static int setup(void **state) {
    *state = fixture_new(true);
    return 0;
}

static int setup_open(void **state) {
    *state = fixture_new(false);
    return 0;
}

static int teardown(void **state) {
    struct fixture *f = *state;
    screen_test_free(f->t);
    testshop_close(&f->shop);
    free(f);
    return 0;
}

static void add_signed_in(struct fixture *f, const char *code, const char *name, const char *role) {
    struct err e = ERR_INIT;
    if (shop_sign_in(f->shop, "HOA", "mùa thu 26", &e) != ERR_OK) {
        fail_msg("%s", e.message);
    }
    add(f->shop, code, name, role);
    shop_sign_out(f->shop);
    testpin_give(f->shop, code, "8642");
    char *keys = mem_printf("<Ctrl-U>%s<Enter>8642<Enter>", code);
    screen_test_type(f->t, keys);
    free(keys);
}

static bool hides(struct screen_test *t, const char *part) {
    return strstr(screen_test_text(t), part) == NULL;
}

static void idle(struct fixture *f, unsigned long ms) {
    f->t->terminal.ticks += ms;
    app_key(f->t->app, &(struct key){0});
    app_paint(f->t->app);
}

static struct sell_state *sell(struct fixture *f) {
    return app_screen_state(f->t->app, "sell");
}

static void an_open_shop_asks_nobody(void **state) {
    struct fixture *f = *state;
    assert_false(app_is_locked(f->t->app));
    assert_true(screen_test_shows(f->t, "Nothing in the basket yet"));
    screen_test_type(f->t, "<F12>");
    assert_false(app_is_locked(f->t->app));
    assert_true(screen_test_shows(f->t, "nothing to lock with"));
    idle(f, 60UL * MINUTE);
    assert_false(app_is_locked(f->t->app));
}

static void nothing_of_the_shop_is_seen_before_somebody_has_signed_in(void **state) {
    struct fixture *f = *state;
    assert_true(app_is_locked(f->t->app));
    assert_null(sell(f));
    assert_true(hides(f->t, "basket"));
    assert_true(hides(f->t, "Lan"));
    screen_test_golden(f->t, "tui/sign-in");
    screen_test_type(f->t, "<Alt-5><F10><Ctrl-P><Esc><Esc>");
    assert_true(app_is_locked(f->t->app));
    assert_true(screen_test_shows(f->t, "Who is working here?"));
    screen_test_resize(f->t, 60, 16);
    screen_test_golden(f->t, "tui/sign-in-60");
}

static void code_enter_pin_enter_is_all_it_takes(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "lan<Enter>1357");
    assert_true(screen_test_shows(f->t, "Nguyễn Thị Lan"));
    assert_true(screen_test_shows(f->t, "••••"));
    assert_true(hides(f->t, "1357"));
    screen_test_type(f->t, "<Enter>");
    assert_false(app_is_locked(f->t->app));
    assert_string_equal(shop_actor_code(f->shop), "LAN");
    assert_true(screen_test_shows(f->t, "Nothing in the basket yet"));
}

static void part_of_a_name_finds_and_arrows_choose(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "th");
    screen_test_golden(f->t, "tui/sign-in-found");
    screen_test_type(f->t, "<Down><Down><Enter>1357<Enter>");
    assert_string_equal(shop_actor_code(f->shop), "LAN");
}

static void a_badge_says_who_also_over_anothers_pin(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "lan<Enter>");
    screen_test_scan(f->t, "BINH");
    assert_true(screen_test_shows(f->t, "Trần Bình"));
    screen_test_type(f->t, "2468<Enter>");
    assert_string_equal(shop_actor_code(f->shop), "BINH");
}

static void a_pin_can_be_pasted(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "hoa<Enter>");
    screen_test_paste(f->t, "mùa thu 26\n");
    screen_test_type(f->t, "<Enter>");
    assert_string_equal(shop_actor_code(f->shop), "HOA");
}

static void a_wrong_pin_says_so_and_the_wait_counts_down(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "lan<Enter>1111<Enter>");
    assert_true(app_is_locked(f->t->app));
    assert_true(screen_test_shows(f->t, "that is not the PIN of Nguyễn Thị Lan"));
    assert_true(hides(f->t, "•"));
    screen_test_type(f->t, "2222<Enter>3333<Enter>");
    assert_true(screen_test_shows(f->t, "heard in 1 s"));
    screen_test_type(f->t, "1357<Enter>");
    assert_true(app_is_locked(f->t->app));
    assert_true(screen_test_shows(f->t, "••••"));
}

static void nobody_and_those_without_a_pin_are_told(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "xyz<Enter>");
    assert_true(screen_test_shows(f->t, "Nobody here has that code or name"));
    screen_test_type(f->t, "<Ctrl-U>an<Enter>"); /* of testsell_fill */
    assert_true(screen_test_shows(f->t, "has no PIN yet"));
    assert_true(app_is_locked(f->t->app));
}

static void a_lock_keeps_what_was_typed_for_the_same_person(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "lan<Enter>1357<Enter>");
    screen_test_scan(f->t, SELL_SHIRT);
    screen_test_type(f->t, "ao th<F12>");
    assert_true(app_is_locked(f->t->app));
    assert_true(hides(f->t, "120.000"));
    assert_true(screen_test_shows(f->t, "Nguyễn Thị Lan"));
    assert_string_equal(shop_actor_code(f->shop), "");
    screen_test_type(f->t, "1357<Enter>");
    assert_true(screen_test_shows(f->t, "> ao th"));
    assert_true(screen_test_shows(f->t, "1 AT-TR-M"));
}

static void a_form_in_a_popup_comes_back_too(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "lan<Enter>1357<Enter><F4>Đạt<F12>");
    assert_true(hides(f->t, "Đạt"));
    screen_test_type(f->t, "1357<Enter>");
    assert_true(screen_test_shows(f->t, "> Đạt"));
}

static void another_cashier_has_their_own_baskets(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "lan<Enter>1357<Enter>");
    screen_test_scan(f->t, SELL_SHIRT);
    screen_test_type(f->t, "<F12><Tab>binh<Enter>2468<Enter>");
    assert_true(screen_test_shows(f->t, "Nothing in the basket yet"));
    screen_test_scan(f->t, SELL_RICE);
    screen_test_type(f->t, "<F12><Tab>lan<Enter>1357<Enter>");
    assert_true(screen_test_shows(f->t, "1 AT-TR-M"));
    assert_true(hides(f->t, "GAO-5"));
    screen_test_type(f->t, "<F8>");
    assert_true(screen_test_shows(f->t, "paid"));
    screen_test_type(f->t, "<F12><Tab>binh<Enter>2468<Enter>");
    assert_true(screen_test_shows(f->t, "1 GAO-5"));
}

static void an_idle_screen_locks_itself(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "lan<Enter>1357<Enter>");
    idle(f, 9UL * MINUTE);
    assert_false(app_is_locked(f->t->app));
    screen_test_type(f->t, "<Down>");
    idle(f, 9UL * MINUTE);
    assert_false(app_is_locked(f->t->app));
    idle(f, 1UL * MINUTE);
    assert_true(app_is_locked(f->t->app));
    assert_true(screen_test_shows(f->t, "Locked after 10 minutes"));
}

static void a_key_after_the_time_is_not_taken(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "lan<Enter>1357<Enter>");
    screen_test_scan(f->t, SELL_SHIRT);
    f->t->terminal.ticks += 11UL * MINUTE;
    screen_test_type(f->t, "<F8>");
    assert_true(app_is_locked(f->t->app));
    screen_test_type(f->t, "1357<Enter>");
    assert_true(screen_test_shows(f->t, "1 AT-TR-M"));
}

static void zero_minutes_never_lock(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "hoa<Enter>mùa thu 26<Enter>");
    assert_int_equal(setting_set(f->shop, "lock_after_min", "0", NULL), ERR_OK);
    idle(f, 600UL * MINUTE);
    assert_false(app_is_locked(f->t->app));
    assert_int_equal(setting_set(f->shop, "lock_after_min", "-1", NULL), ERR_INVALID);
    assert_int_equal(setting_set(f->shop, "lock_after_min", "1441", NULL), ERR_INVALID);
}

static void who_lost_the_pin_meanwhile_signs_in_again(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "lan<Enter>1357<Enter>");
    screen_test_scan(f->t, SELL_SHIRT);
    testpin_give(f->shop, "LAN", "9753");
    screen_test_type(f->t, "<Down>");
    assert_true(app_is_locked(f->t->app));
    assert_true(screen_test_shows(f->t, "Sign in again"));
    screen_test_type(f->t, "9753<Enter>");
    assert_true(screen_test_shows(f->t, "1 AT-TR-M"));
}

/* --- approvals */

static int64_t an_order_to_cancel(struct fixture *f) {
    int64_t shirt = 0;
    struct err e = ERR_INIT;
    if (product_find(f->shop, "AT-TR-M", &shirt, NULL, &e) != ERR_OK) {
        fail_msg("%s", e.message);
    }
    const struct order_line_input line = testorders_line(shirt, 1000, 120000);
    struct order_input in = testorders_input(&line, 1);
    in.status = ORDER_CONFIRMED;
    return testorders_add(f->shop, &in);
}

static void a_cancellation_waits_for_a_managers_pin(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "lan<Enter>1357<Enter>");
    int64_t id = an_order_to_cancel(f);
    screen_test_type(f->t, "<Alt-5>ckhách đổi ý<Enter>");
    assert_true(screen_test_shows(f->t, "Somebody must approve this"));
    screen_test_golden(f->t, "tui/approval");
    screen_test_type(f->t, "<Esc>");
    assert_true(screen_test_shows(f->t, "khách đổi ý"));
    screen_test_type(f->t, "<Enter>sai rồi<Enter>");
    assert_true(screen_test_shows(f->t, "that is not the PIN of Lê Thị Hoa"));
    screen_test_type(f->t, "mùa thu 26<Enter>");
    assert_true(hides(f->t, "Somebody must approve this"));
    assert_true(hides(f->t, "khách đổi ý"));
    struct order o = testorders_get(f->shop, id);
    assert_int_equal(o.status, ORDER_CANCELLED);
    order_clear(&o);
    assert_string_equal(shop_actor_code(f->shop), "LAN");
    assert_false(shop_may(f->shop, PERMIT_CANCEL));
}

static void a_price_and_a_discount_are_approved_at_the_sale(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "lan<Enter>1357<Enter>");
    screen_test_scan(f->t, SELL_SHIRT);
    screen_test_type(f->t, "@100k<Enter>-50%<Enter>");
    assert_true(hides(f->t, "Somebody must approve this"));
    screen_test_type(f->t, "<F8>");
    assert_true(screen_test_shows(f->t, "change a price in a sale"));
    screen_test_type(f->t, "mùa thu 26<Enter>");
    assert_true(screen_test_shows(f->t, "give a discount over the limit"));
    screen_test_type(f->t, "mùa thu 26<Enter>");
    assert_true(screen_test_shows(f->t, "50.000 ₫ · paid"));
    screen_test_scan(f->t, SELL_SHIRT);
    screen_test_type(f->t, "@90k<Enter><F9>200k<Enter>");
    assert_true(screen_test_shows(f->t, "change a price in a sale"));
    screen_test_type(f->t, "<Esc>");
    assert_true(screen_test_shows(f->t, "Payment"));
    screen_test_type(f->t, "<Enter>mùa thu 26<Enter>");
    assert_true(screen_test_shows(f->t, "change 110.000"));
}

static void a_form_on_the_staff_page_is_approved_as_it_stands(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "lan<Enter>1357<Enter><Alt-0>");
    screen_test_type(f->t, "<Ctrl-P>Staff<Enter>");
    assert_true(screen_test_shows(f->t, "Working here"));
    screen_test_type(f->t, "nmai<Tab><Tab>Mai<Enter>");
    assert_true(screen_test_shows(f->t, "Somebody must approve this"));
    screen_test_type(f->t, "mùa thu 26<Enter>");
    assert_true(screen_test_shows(f->t, "Saved Mai"));
}

static void who_receives_without_seeing_cost_keeps_the_cost(void **state) {
    struct fixture *f = *state;
    int64_t shirt = 0;
    assert_int_equal(product_find(f->shop, "AT-TR-M", &shirt, NULL, NULL), ERR_OK);
    assert_int_equal(shop_sign_in(f->shop, "HOA", "mùa thu 26", NULL), ERR_OK);
    struct stock_level before = testorders_level(f->shop, shirt);
    assert_true(before.value > 0);
    add_signed_in(f, "KHO", "Kho", "warehouse");
    screen_test_type(f->t, "<Ctrl-P>Receive<Enter>AT-TR-M<Enter>14<Enter>");
    assert_true(screen_test_shows(f->t, "Cost of one"));
    screen_test_type(f->t, "<Enter>");
    screen_test_golden(f->t, "tui/receive-without-cost");
    screen_test_type(f->t, "<F9>");
    assert_int_equal(shop_sign_in(f->shop, "HOA", "mùa thu 26", NULL), ERR_OK);
    struct stock_level after = testorders_level(f->shop, shirt);
    assert_int_equal(after.on_hand, 2 * before.on_hand);
    assert_int_equal(after.value, 2 * before.value);
}

static void the_wall_stays_in_sight_but_its_next_key_asks(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "lan<Enter>1357<Enter><Alt-3>p");
    idle(f, 60UL * MINUTE);
    assert_false(app_is_locked(f->t->app));
    screen_test_type(f->t, "p");
    assert_true(app_is_locked(f->t->app));
    screen_test_type(f->t, "1357<Enter>");
    idle(f, 60UL * MINUTE);
    assert_false(app_is_locked(f->t->app)); /* it is the wall still */
}

/* --- pages and PINs */

static void a_cashier_sees_few_pages_of_the_settings(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "lan<Enter>1357<Enter><Alt-0>");
    assert_true(screen_test_shows(f->t, "Who may do what"));
    assert_true(hides(f->t, "Targets"));
    assert_true(hides(f->t, "Backups"));
    screen_test_type(f->t, "<Ctrl-P>roles");
    screen_test_type(f->t, "<Esc><Ctrl-P>who may do<Enter>");
    screen_test_golden(f->t, "tui/roles");
}

static void the_first_managers_pin_explains_and_turns_sign_in_on(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "<Ctrl-P>Staff<Enter>/hoa<Enter>p");
    assert_true(screen_test_shows(f->t, "turns sign-in on"));
    screen_test_type(f->t, "ymùa thu 26<Tab>mùa thu 27<Enter>");
    assert_true(screen_test_shows(f->t, "not the same"));
    assert_false(shop_sign_in_is_on(f->shop));
    screen_test_type(f->t, "<Ctrl-U>mùa thu 26<Enter>");
    assert_true(shop_sign_in_is_on(f->shop));
    assert_string_equal(shop_actor_code(f->shop), "HOA");
    assert_false(app_is_locked(f->t->app));
    assert_true(screen_test_shows(f->t, "Sign-in is on"));
    screen_test_type(f->t, "<Del>mùa thu 26<Enter>");
    assert_false(shop_sign_in_is_on(f->shop));
}

static void everybody_changes_their_own_pin(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "lan<Enter>1357<Enter><Alt-p>");
    assert_true(screen_test_shows(f->t, "PIN of Nguyễn Thị Lan"));
    screen_test_type(f->t, "1357<Tab>trời xanh<Tab>trời xanh");
    assert_true(hides(f->t, "trời"));
    screen_test_type(f->t, "<F12>");
    screen_test_type(f->t, "1357<Enter>");
    assert_true(hides(f->t, "•")); /* half a PIN does not outlive a lock */
    screen_test_type(f->t, "trời xanh<Shift-Tab>trời xanh<Shift-Tab>1357<Enter>");
    assert_true(screen_test_shows(f->t, "has a new PIN"));
    screen_test_type(f->t, "<F12>trời xanh<Enter>");
    assert_string_equal(shop_actor_code(f->shop), "LAN");
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_open_shop_asks_nobody, setup_open, teardown),
        TEST(nothing_of_the_shop_is_seen_before_somebody_has_signed_in),
        TEST(code_enter_pin_enter_is_all_it_takes),
        TEST(part_of_a_name_finds_and_arrows_choose),
        TEST(a_badge_says_who_also_over_anothers_pin),
        TEST(a_pin_can_be_pasted),
        TEST(a_wrong_pin_says_so_and_the_wait_counts_down),
        TEST(nobody_and_those_without_a_pin_are_told),
        TEST(a_lock_keeps_what_was_typed_for_the_same_person),
        TEST(a_form_in_a_popup_comes_back_too),
        TEST(another_cashier_has_their_own_baskets),
        TEST(an_idle_screen_locks_itself),
        TEST(a_key_after_the_time_is_not_taken),
        TEST(zero_minutes_never_lock),
        TEST(who_lost_the_pin_meanwhile_signs_in_again),
        TEST(a_cancellation_waits_for_a_managers_pin),
        TEST(a_price_and_a_discount_are_approved_at_the_sale),
        TEST(who_receives_without_seeing_cost_keeps_the_cost),
        TEST(the_wall_stays_in_sight_but_its_next_key_asks),
        TEST(a_form_on_the_staff_page_is_approved_as_it_stands),
        TEST(a_cashier_sees_few_pages_of_the_settings),
        cmocka_unit_test_setup_teardown(the_first_managers_pin_explains_and_turns_sign_in_on, setup_open, teardown),
        TEST(everybody_changes_their_own_pin),
    };
#undef TEST
    return cmocka_run_group_tests(tests, NULL, NULL);
}
