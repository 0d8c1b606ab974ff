/* The Leaderboard screen: ranks with bars and arrows, months and groups by keys, a person's page, the wall, the weekly
 * reports. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "chotdon/plan.h"
#include "chotdon/staff.h"
#include "chotdon/target.h"
#include "screen_test.h"
#include "testorders.h"
#include "testshop.h"
#include "tui/screens/leaderboard.h"

static const struct screen_entry entries[] = {{&screen_leaderboard, 3}};

struct fixture {
    struct shop *shop;
    struct screen_test *screen;
    int64_t product, an, binh, chi;
};

static int64_t add_staff(struct shop *shop, const char *code, const char *name, const char *team) {
    struct staff s = {.code = (char *)code, .name = (char *)name, .team = (char *)team, .base_salary = 9000000};
    int64_t id = 0;
    assert_int_equal(staff_put(shop, &s, STAFF_NAME | STAFF_TEAM | STAFF_SALARY, NULL, NULL), ERR_OK);
    assert_int_equal(staff_find(shop, code, &id, NULL), ERR_OK);
    return id;
}

static void sell(struct fixture *f, const char *date, int64_t rep, int64_t amount) {
    struct order_line_input line = testorders_line(f->product, 1000, amount);
    struct order_rep_input share = {rep, 10000};
    struct order_input in = testorders_input(&line, 1);
    in.date = date;
    in.time = "08:15:00";
    in.reps = &share;
    in.rep_count = rep == 0 ? 0 : 1;
    testorders_add(f->shop, &in);
}

static void target(struct fixture *f, enum target_scope scope, const char *code, int64_t amount) {
    struct target t = {.month = "2026-11", .scope = scope, .code = code, .metric = METRIC_REVENUE, .target = amount};
    assert_int_equal(target_put(f->shop, &t, NULL, NULL), ERR_OK);
}

static int setup_in(void **state, int width, int height) {
    static struct fixture f;
    f = (struct fixture){.shop = testshop_open()};
    f.product = testorders_product(f.shop, "P", 1000, 0);
    f.an = add_staff(f.shop, "AN", "Nguyễn Thị An", "Đội Bắc");
    f.binh = add_staff(f.shop, "BINH", "Trần Bình", "Đội Nam");
    f.chi = add_staff(f.shop, "CHI", "Lê Chi", "Đội Nam");
    sell(&f, "2026-10-05", f.binh, 30000000);
    sell(&f, "2026-10-06", f.an, 20000000);
    sell(&f, "2026-11-02", f.an, 33000000);
    sell(&f, "2026-11-03", f.binh, 14000000);
    sell(&f, "2026-11-03", f.chi, 6000000);
    sell(&f, "2026-11-04", 0, 1000000);
    target(&f, SCOPE_REP, "AN", 30000000);
    target(&f, SCOPE_REP, "BINH", 20000000);
    target(&f, SCOPE_REP, "CHI", 10000000);
    target(&f, SCOPE_SHOP, "", 60000000);
    f.screen = screen_test_new(entries, 1, f.shop, width, height, NULL);
    *state = &f;
    return 0;
}

static int setup(void **state) {
    return setup_in(state, 80, 24);
}

static int setup_wide(void **state) {
    return setup_in(state, 140, 30);
}

static int teardown(void **state) {
    struct fixture *f = *state;
    screen_test_free(f->screen);
    testshop_close(&f->shop);
    return 0;
}

static struct leaderboard_state *state_of(struct fixture *f) {
    return app_screen_state(f->screen->app, "leaderboard");
}

static void everyone_is_ranked_with_bar_arrow_pace_and_health(void **state) {
    struct fixture *f = *state;
    screen_test_golden(f->screen, "leaderboard");
    assert_true(screen_test_shows(f->screen, "▲1"));
    assert_true(screen_test_shows(f->screen, "▼1"));
}

static void a_wide_screen_has_teams_targets_and_twelve_months(void **state) {
    screen_test_golden(((struct fixture *)*state)->screen, "leaderboard_wide");
}

static void make_plan(struct fixture *f) {
    struct plan_tier tiers[] = {{0, 200, 0}};
    struct plan p = {.code = (char *)"2026",
                     .name = (char *)"2026",
                     .from = "2026-01",
                     .to = "2026-12",
                     .tiers = tiers,
                     .tier_count = 1};
    assert_int_equal(plan_put(f->shop, &p, NULL, NULL, NULL, NULL), ERR_OK);
    assert_int_equal(plan_activate(f->shop, "2026", NULL), ERR_OK);
}

static void reload(struct fixture *f) {
    app_reload(f->screen->app);
    screen_test_type(f->screen, "<Home>");
}

static void commission_of_a_month_not_computed_yet_is_what_a_run_would_pay(void **state) {
    struct fixture *f = *state;
    make_plan(f);
    reload(f);
    assert_int_equal(leaderboard_current(state_of(f))->commission, 660000);
    assert_true(screen_test_shows(f->screen, "660.000"));
    sell(f, "2026-11-05", f->an, 1000000);
    reload(f);
    assert_int_equal(leaderboard_current(state_of(f))->commission, 680000);
}

static void with_many_orders_commission_comes_when_no_key_does(void **state) {
    struct fixture *f = *state;
    struct key none = {.kind = K_NONE};
    make_plan(f);
    for (int i = 0; i < 300; i++) {
        sell(f, "2026-11-05", f->binh, 1000);
    }
    reload(f);
    assert_false(leaderboard_current(state_of(f))->has_commission);
    app_key(f->screen->app, &none);
    app_paint(f->screen->app);
    assert_int_equal(leaderboard_current(state_of(f))->commission, 660000);
    sell(f, "2026-11-05", f->an, 1000000);
    reload(f); /* what was there stays until then */
    assert_int_equal(leaderboard_current(state_of(f))->commission, 660000);
    app_key(f->screen->app, &none);
    app_paint(f->screen->app);
    assert_int_equal(leaderboard_current(state_of(f))->commission, 680000);
    assert_false(state_of(f)->owed);
}

static void arrows_go_through_the_months_and_t_comes_back(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->screen, "<Left>");
    assert_string_equal(state_of(f)->filter.month, "2026-10");
    assert_true(screen_test_shows(f->screen, "50.000.000"));
    screen_test_type(f->screen, "<Right><Right>");
    assert_string_equal(state_of(f)->filter.month, "2026-12");
    screen_test_type(f->screen, "t");
    assert_string_equal(state_of(f)->filter.month, "2026-11");
}

static void g_groups_and_the_total_stays(void **state) {
    struct fixture *f = *state;
    for (int i = 1; i <= 6; i++) {
        char keys[4] = {'g', (char)('0' + i), 0, 0};
        screen_test_type(f->screen, keys);
        assert_true(screen_test_shows(f->screen, "54.000.000"));
    }
    assert_int_equal(state_of(f)->filter.by, SCOPE_PROVINCE);
}

static void enter_opens_a_person_with_months_groups_and_reports(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->screen, "<Enter>");
    screen_test_golden(f->screen, "leaderboard_person");
    screen_test_type(f->screen, "<Esc>");
    assert_false(screen_test_shows(f->screen, "Scorecard"));
}

static void a_week_is_filed_and_read_by_everyone(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->screen, "w<Left>");
    assert_string_equal(state_of(f)->week, "2026-W46");
    screen_test_type(f->screen, "e<Ctrl-U>12<Tab><Ctrl-U>3<Tab><Ctrl-U>2<Tab>Gọi lại khách sỉ<Enter>");
    assert_int_equal(testorders_int(f->shop, "SELECT calls * 100 + meetings * 10 + quotes FROM weekly_reports"), 1232);
    screen_test_golden(f->screen, "leaderboard_weeks");
    screen_test_type(f->screen, "<Esc>");
    assert_int_equal(state_of(f)->page, LEADERBOARD_RANKS);
}

static void the_wall_turns_its_pages_and_celebrates(void **state) {
    struct fixture *f = *state;
    memcpy(f->screen->now, "2026-11-21 14:05:00", DATETIME_SIZE);
    screen_test_type(f->screen, "p");
    int shown = 0;
    for (int i = 0; i < 3; i++) {
        screen_test_type(f->screen, "<Down>");
        shown += screen_test_shows(f->screen, "DH261102-0001") ? 1 : 0;
        shown += screen_test_shows(f->screen, "★1") ? 10 : 0;
        if (screen_test_shows(f->screen, "DH261102-0001")) {
            screen_test_golden(f->screen, "leaderboard_wall");
        }
        f->screen->now[17] = (char)(f->screen->now[17] + 1);
    }
    assert_int_equal(shown, 21); /* the first order once; the best of reps and of teams */
    screen_test_type(f->screen, "p");
    assert_int_equal(state_of(f)->page, LEADERBOARD_RANKS);
}

static void it_filters_and_sorts_like_every_list(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->screen, "/chi<Enter>");
    assert_int_equal(state_of(f)->shown_count, 1);
    screen_test_type(f->screen, "/<Ctrl-U><Enter>s");
    assert_int_equal(state_of(f)->shown_count, 4);
    assert_string_equal(leaderboard_current(state_of(f))->code, "AN"); /* by given name: An, Bình, Chi */
    screen_test_type(f->screen, "<Home>S");
    assert_string_equal(leaderboard_current(state_of(f))->code, ""); /* (không có) */
    screen_test_type(f->screen, "s");
    assert_true(screen_test_shows(f->screen, "Revenue▼"));
    assert_string_equal(leaderboard_current(state_of(f))->code, "AN");
}

static void a_small_terminal_keeps_the_ranking(void **state) {
    struct fixture *f = *state;
    screen_test_resize(f->screen, 60, 16);
    assert_true(screen_test_shows(f->screen, "Nguyễn Thị An"));
    assert_true(screen_test_shows(f->screen, "33.000.000"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(everyone_is_ranked_with_bar_arrow_pace_and_health, setup, teardown),
        cmocka_unit_test_setup_teardown(a_wide_screen_has_teams_targets_and_twelve_months, setup_wide, teardown),
        cmocka_unit_test_setup_teardown(commission_of_a_month_not_computed_yet_is_what_a_run_would_pay, setup_wide,
                                        teardown),
        cmocka_unit_test_setup_teardown(with_many_orders_commission_comes_when_no_key_does, setup_wide, teardown),
        cmocka_unit_test_setup_teardown(arrows_go_through_the_months_and_t_comes_back, setup, teardown),
        cmocka_unit_test_setup_teardown(g_groups_and_the_total_stays, setup, teardown),
        cmocka_unit_test_setup_teardown(enter_opens_a_person_with_months_groups_and_reports, setup, teardown),
        cmocka_unit_test_setup_teardown(a_week_is_filed_and_read_by_everyone, setup, teardown),
        cmocka_unit_test_setup_teardown(the_wall_turns_its_pages_and_celebrates, setup, teardown),
        cmocka_unit_test_setup_teardown(it_filters_and_sorts_like_every_list, setup, teardown),
        cmocka_unit_test_setup_teardown(a_small_terminal_keeps_the_ranking, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
