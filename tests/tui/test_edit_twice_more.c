/* Two people at one record, in the forms and lists that change one thing of it: orders, what a move asks for, won,
 * planned and given deals, settings picked from a list, teams, channels, weekly reports. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "chotdon/channel.h"
#include "chotdon/order_edit.h"
#include "chotdon/setting.h"
#include "chotdon/staff.h"
#include "chotdon/target.h"
#include "chotdon/week.h"
#include "testboard.h"
#include "testcustomer.h"
#include "testorders.h"
#include "testtwice.h"

/* --- orders */

static void sell_to_dat(struct testtwice *f) {
    struct order_line_input line =
        testorders_line(testorders_int(f->shop, "SELECT id FROM products WHERE sku = 'AT-TR-M'"), 1000, 120000);
    struct order_input in = testorders_input(&line, 1);
    in.customer_id = testcustomer_id(f->shop, "KH1");
    testorders_add(f->shop, &in);
    app_go(f->t->app, "orders", NULL);
}

static void change_order(struct shop *shop, const char *note) {
    struct err e = ERR_INIT;
    struct order_terms t = {.carrier = (char *)"GHN", .note = (char *)note};
    testtwice_must(
        order_edit(shop, testorders_int(shop, "SELECT MAX(id) FROM orders"), &t, ORDER_CARRIER | ORDER_NOTE, NULL, &e),
        &e);
}

static void an_order_changed_twice(void **state) {
    struct testtwice *f = *state;
    sell_to_dat(f);
    screen_test_type(f->t, "e<Tab><Tab>ha<Shift-Tab><Shift-Tab><Shift-Tab>ghi chú của tôi");
    testtwice_lan(f, change_order, "ghi chú của Lan");
    testtwice_expect_choice(f, "ghi chú của Lan", "ghi chú của tôi");
    screen_test_type(f->t, "<Enter>");
    assert_int_equal(testorders_int(f->shop,
                                    "SELECT count(*) FROM orders o JOIN order_reps r ON r.order_id = o.id WHERE"
                                    " o.note = 'ghi chú của tôi' AND o.carrier = 'GHN'"),
                     1);
    screen_test_type(f->t, "u"); /* back to Lan's, and nobody's */
    assert_int_equal(testorders_int(f->shop, "SELECT count(*) FROM orders WHERE note = 'ghi chú của Lan'"), 1);
    assert_int_equal(testorders_int(f->shop, "SELECT count(*) FROM order_reps"), 0);
}

static void an_orders_form_shows_what_may_be_changed(void **state) {
    struct testtwice *f = *state;
    sell_to_dat(f);
    screen_test_type(f->t, "e");
    screen_test_golden(f->t, "tui/orders_form");
    screen_test_type(f->t, "<Ctrl-U>ai đó<Enter>");
    assert_true(screen_test_shows(f->t, "ai đó")); /* with the message under it */
    screen_test_type(f->t, "<Ctrl-U><Enter>");
    assert_int_equal(testorders_int(f->shop, "SELECT count(*) FROM orders WHERE customer_id IS NULL"), 1);
}

/* --- deals on the board */

static int64_t deal_id(struct shop *shop) {
    return testorders_int(shop, "SELECT id FROM deals WHERE deal_no = 'CH3'");
}

static void answer_need(struct shop *shop, const char *need) {
    struct err e = ERR_INIT;
    struct deal d = {.need = (char *)need, .budget = (char *)"20tr"};
    testtwice_must(deal_edit(shop, deal_id(shop), &d, DEAL_NEED | DEAL_BUDGET, &e), &e);
}

static void move_on(struct shop *shop, const char *stage) {
    struct err e = ERR_INIT;
    testtwice_must(deal_move(shop, deal_id(shop), testboard_stage(shop, stage), NULL, &e), &e);
}

/* CH3 is in the second column; the third asks four questions. */
static void begin_to_qualify(struct testtwice *f) {
    app_go(f->t->app, "pipeline", NULL);
    screen_test_type(f->t, "lL");
    assert_true(screen_test_shows(f->t, "requires"));
}

static void what_a_move_asks_for_answered_twice(void **state) {
    struct testtwice *f = *state;
    begin_to_qualify(f);
    screen_test_type(f->t, "của tôi<Tab>10tr<Tab>tháng sau<Tab>chị Mai");
    testtwice_lan(f, answer_need, "của Lan");
    testtwice_expect_choice(f, "của Lan", "của tôi");
    assert_true(screen_test_shows(f->t, "20tr"));
    screen_test_type(f->t, "<Down><Right><Enter>");
    assert_int_equal(testorders_int(f->shop,
                                    "SELECT count(*) FROM deals d JOIN stages s ON s.id = d.stage_id WHERE d.need ="
                                    " 'của tôi' AND d.budget = '20tr' AND s.position = 3"),
                     1);
}

static void a_deal_that_was_moved_meanwhile_stays_there(void **state) {
    struct testtwice *f = *state;
    begin_to_qualify(f);
    screen_test_type(f->t, "a<Tab>b<Tab>c<Tab>d");
    testtwice_lan(f, move_on, "Triển vọng");
    screen_test_type(f->t, "<Enter>");
    assert_true(screen_test_shows(f->t, "Somebody moved Tiệm bánh Mai to Triển vọng"));
    assert_int_equal(testorders_int(f->shop, "SELECT count(*) FROM deals WHERE deal_no = 'CH3' AND need <> ''"), 0);
}

static void a_deal_that_was_moved_while_its_loss_is_explained_stays_there(void **state) {
    struct testtwice *f = *state;
    app_go(f->t->app, "pipeline", "CH3");
    screen_test_type(f->t, "o");
    testtwice_lan(f, move_on, "Triển vọng");
    screen_test_type(f->t, "<Enter>");
    assert_non_null(strstr(screen_test_status(f->t), "Somebody moved Tiệm bánh Mai to Triển vọng"));
    assert_int_equal(testorders_int(f->shop, "SELECT count(*) FROM deals WHERE deal_no = 'CH3' AND closed_on = ''"), 1);
}

static void raise_value(struct shop *shop, const char *value) {
    struct err e = ERR_INIT;
    struct deal d = {.expected_value = atoll(value)};
    testtwice_must(deal_edit(shop, deal_id(shop), &d, DEAL_EXPECTED_VALUE, &e), &e);
}

static void a_won_deals_value_changed_twice(void **state) {
    struct testtwice *f = *state;
    app_go(f->t->app, "pipeline", "CH3");
    screen_test_type(f->t, "w<Ctrl-U>7tr");
    testtwice_lan(f, raise_value, "9000000");
    testtwice_expect_choice(f, "9.000.000", "7.000.000");
    screen_test_type(f->t, "<Right><Enter>");
    assert_int_equal(testorders_int(f->shop, "SELECT value FROM deals WHERE deal_no = 'CH3'"), 9000000);
}

static void plan_visit(struct shop *shop, const char *text) {
    struct err e = ERR_INIT;
    testtwice_must(deal_plan(shop, deal_id(shop), "2026-11-30", text, &e), &e);
}

static void a_plan_made_twice(void **state) {
    struct testtwice *f = *state;
    plan_visit(f->shop, "gọi");
    app_go(f->t->app, "pipeline", "CH3");
    screen_test_type(f->t, "p<Ctrl-U>thăm");
    testtwice_lan(f, plan_visit, "gửi báo giá");
    testtwice_expect_choice(f, "gửi báo giá", "thăm");
}

static void give(struct shop *shop, const char *code) {
    struct err e = ERR_INIT;
    int64_t id = 0;
    testtwice_must(staff_find(shop, code, &id, &e), &e);
    testtwice_must(deal_assign(shop, deal_id(shop), id, &e), &e);
}

static void a_deal_given_to_two(void **state) {
    struct testtwice *f = *state;
    app_go(f->t->app, "pipeline", "CH3");
    screen_test_type(f->t, "rNam");
    testtwice_lan(f, give, "HA");
    testtwice_expect_choice(f, "HA", "NAM");
    screen_test_type(f->t, "<Enter>");
    assert_int_equal(testorders_int(f->shop, "SELECT count(*) FROM deals d JOIN staff p ON p.id = d.staff_id WHERE "
                                             "d.deal_no = 'CH3' AND p.code = 'NAM'"),
                     1);
    screen_test_type(f->t, "u");
    testtwice_lan(f, give, "LAN");
}

/* --- settings */

static void set_november(struct shop *shop, const char *amount) {
    struct err e = ERR_INIT;
    struct target t = {.scope = SCOPE_SHOP, .code = "", .metric = METRIC_REVENUE, .month = "2026-11"};
    t.target = atoll(amount);
    testtwice_must(target_put(shop, &t, NULL, &e), &e);
}

static void a_years_target_is_not_spread_over_what_was_not_seen(void **state) {
    struct testtwice *f = *state;
    set_november(f->shop, "100000000");
    app_go(f->t->app, "settings-targets", NULL);
    screen_test_type(f->t, "y1200tr");
    testtwice_lan(f, set_november, "150000000");
    screen_test_type(f->t, "<Enter>");
    assert_true(screen_test_shows(f->t, "Somebody changed them meanwhile"));
    assert_int_equal(testorders_int(f->shop, "SELECT count(*) FROM targets"), 1);
    screen_test_type(f->t, "<Enter>");
    assert_int_equal(testorders_int(f->shop, "SELECT count(*) FROM targets"), 12);
    assert_int_equal(testorders_int(f->shop, "SELECT SUM(target) FROM targets"), 1200000000);
}

static void set_stock_policy(struct shop *shop, const char *word) {
    struct err e = ERR_INIT;
    testtwice_must(setting_set(shop, "stock_policy", word, &e), &e);
}

static void a_setting_picked_from_a_list_twice(void **state) {
    struct testtwice *f = *state;
    const char *value = "";
    app_go(f->t->app, "settings-shop", NULL);
    screen_test_type(f->t, "<Home>");
    for (int i = 0; strcmp(setting_info(i)->key, "stock_policy") != 0; i++) {
        screen_test_type(f->t, "<Down>");
    }
    screen_test_type(f->t, "<Enter>");
    testtwice_lan(f, set_stock_policy, "block");
    screen_test_type(f->t, "1");
    assert_true(screen_test_shows(f->t, "Changed by two people"));
    assert_true(screen_test_shows(f->t, "not allowed"));
    screen_test_type(f->t, "<Enter>");
    assert_int_equal(setting_get(f->shop, "stock_policy", &value, NULL), ERR_OK);
    assert_string_equal(value, "allow");
    assert_false(screen_test_shows(f->t, "Changed by two people"));
    screen_test_type(f->t, "u");
    assert_int_equal(setting_get(f->shop, "stock_policy", &value, NULL), ERR_OK);
    assert_string_equal(value, "block");
}

static void rename_team(struct shop *shop, const char *name) {
    struct err e = ERR_INIT;
    testtwice_must(team_rename(shop, "Bắc", name, &e), &e);
}

static void lead_team(struct shop *shop, const char *leader) {
    struct err e = ERR_INIT;
    testtwice_must(team_set_leader(shop, "Bắc", leader, "", &e), &e);
}

static void a_team_renamed_twice(void **state) {
    struct testtwice *f = *state;
    int64_t id = 0;
    app_go(f->t->app, "settings-teams", NULL);
    screen_test_type(f->t, "<Home>e<Ctrl-U>Bắc của tôi");
    testtwice_lan(f, rename_team, "Bắc của Lan");
    testtwice_expect_choice(f, "Bắc của Lan", "Bắc của tôi");
    screen_test_type(f->t, "<Enter>");
    assert_int_equal(team_find(f->shop, "Bắc của tôi", &id, NULL), ERR_OK);
}

static void a_team_given_two_leaders(void **state) {
    struct testtwice *f = *state;
    app_go(f->t->app, "settings-teams", NULL);
    screen_test_type(f->t, "<Home>d<Ctrl-U>HA");
    testtwice_lan(f, lead_team, "NAM");
    testtwice_expect_choice(f, "NAM", "HA");
}

static void rename_channel(struct shop *shop, const char *name) {
    struct err e = ERR_INIT;
    testtwice_must(channel_rename(shop, "Facebook", name, &e), &e);
}

static void a_channel_renamed_twice(void **state) {
    struct testtwice *f = *state;
    int64_t id = 0;
    app_go(f->t->app, "settings-channels", NULL);
    screen_test_type(f->t, "<Home>e<Ctrl-U>Phây của tôi");
    testtwice_lan(f, rename_channel, "Phây của Lan");
    testtwice_expect_choice(f, "Phây của Lan", "Phây của tôi");
    screen_test_type(f->t, "<Right><Enter>");
    assert_int_equal(channel_find(f->shop, "Phây của Lan", &id, NULL), ERR_OK);
}

static void move_person(struct shop *shop, const char *team) {
    struct err e = ERR_INIT;
    struct staff p = {.code = "HA", .team = (char *)team};
    testtwice_must(staff_put(shop, &p, STAFF_TEAM, NULL, &e), &e);
}

static void a_person_given_two_teams(void **state) {
    struct testtwice *f = *state;
    app_go(f->t->app, "settings-staff", NULL);
    screen_test_type(f->t, "<Home>t<Ctrl-U>Đông");
    testtwice_lan(f, move_person, "Tây");
    testtwice_expect_choice(f, "Tây", "Đông");
}

static void report_week(struct shop *shop, const char *plans) {
    struct err e = ERR_INIT;
    struct week_report r = {.week = "2026-W47", .quotes = 3, .plans = plans};
    testtwice_must(staff_find(shop, "HA", &r.staff_id, &e), &e);
    testtwice_must(week_put(shop, &r, WEEK_QUOTES | WEEK_PLANS, &e), &e);
}

static void a_weekly_report_written_twice(void **state) {
    struct testtwice *f = *state;
    app_go(f->t->app, "leaderboard", NULL);
    screen_test_type(f->t, "w<Home>e<Tab><Tab><Tab><Ctrl-U>của tôi");
    testtwice_lan(f, report_week, "của Lan");
    testtwice_expect_choice(f, "của Lan", "của tôi");
    screen_test_type(f->t, "<Enter>");
    assert_int_equal(
        testorders_int(f->shop, "SELECT count(*) FROM weekly_reports WHERE plans = 'của tôi' AND quotes = 3"), 1);
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, testtwice_setup, testtwice_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        WITH(an_order_changed_twice),
        WITH(an_orders_form_shows_what_may_be_changed),
        WITH(what_a_move_asks_for_answered_twice),
        WITH(a_deal_that_was_moved_meanwhile_stays_there),
        WITH(a_deal_that_was_moved_while_its_loss_is_explained_stays_there),
        WITH(a_years_target_is_not_spread_over_what_was_not_seen),
        WITH(a_won_deals_value_changed_twice),
        WITH(a_plan_made_twice),
        WITH(a_deal_given_to_two),
        WITH(a_setting_picked_from_a_list_twice),
        WITH(a_team_renamed_twice),
        WITH(a_team_given_two_leaders),
        WITH(a_channel_renamed_twice),
        WITH(a_person_given_two_teams),
        WITH(a_weekly_report_written_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
