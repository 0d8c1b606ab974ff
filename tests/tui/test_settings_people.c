/* Settings: staff, teams and channels by hand, with the dated changes of team and leader. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "chotdon/channel.h"
#include "chotdon/setting.h"
#include "chotdon/staff.h"
#include "screen_test.h"
#include "testorders.h"
#include "testshop.h"
#include "tui/screens/settings_channels.h"
#include "tui/screens/settings_staff.h"
#include "tui/screens/settings_teams.h"

struct fixture {
    struct shop *shop;
    struct screen_test *t;
};

static void add(struct shop *shop, const char *code, const char *name, const char *team) {
    struct staff s = {.code = (char *)code, .name = (char *)name, .team = (char *)team};
    struct err e = ERR_INIT;
    if (staff_put(shop, &s, STAFF_NAME | (team[0] == '\0' ? 0 : STAFF_TEAM), NULL, &e) != ERR_OK) {
        fail_msg("%s", e.message);
    }
}

static int setup_at(void **state, const char *first, int width, int height) {
    static const struct screen_entry screens[] = {
        {&screen_settings_staff, -1}, {&screen_settings_teams, -1}, {&screen_settings_channels, -1}};
    struct fixture *f = mem_zalloc(sizeof *f);
    struct app_options o = {.first = first};
    f->shop = testshop_open();
    add(f->shop, "AN", "Nguyễn Thị An", "Bán lẻ");
    add(f->shop, "BINH", "Trần Bình", "Bán lẻ");
    add(f->shop, "CUONG", "Lê Cường", "");
    f->t = screen_test_new(screens, 3, f->shop, width, height, &o);
    *state = f;
    return 0;
}

static int setup_staff(void **state) {
    return setup_at(state, "settings-staff", 80, 24);
}

static int setup_teams(void **state) {
    return setup_at(state, "settings-teams", 80, 24);
}

static int setup_channels(void **state) {
    return setup_at(state, "settings-channels", 80, 24);
}

static int teardown(void **state) {
    struct fixture *f = *state;
    screen_test_free(f->t);
    testshop_close(&f->shop);
    free(f);
    return 0;
}

static struct staff person(struct fixture *f, const char *code) {
    struct staff s = {0};
    int64_t id = 0;
    struct err e = ERR_INIT;
    assert_int_equal(staff_find(f->shop, code, &id, &e), ERR_OK);
    assert_int_equal(staff_get(f->shop, id, &s, &e), ERR_OK);
    return s;
}

static void person_is_added_with_a_form(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t,
                     "nDUNG<Tab>Bán sỉ<Tab>Phạm Dũng<Tab><Right><Tab>0912 345 678<Tab><Tab>8tr<Tab>1/10/2026<Enter>");
    struct staff s = person(f, "DUNG");
    assert_string_equal(s.name, "Phạm Dũng");
    assert_string_equal(s.team, "Bán sỉ");
    assert_string_equal(s.role, "counter");
    assert_string_equal(s.phone, "0912345678");
    assert_int_equal(s.base_salary, 8000000);
    assert_string_equal(s.start_date, "2026-10-01");
    staff_clear(&s);
    assert_true(screen_test_shows(f->t, "Phạm Dũng"));
}

static void taken_code_is_refused_and_typing_stays(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "nAN<Tab><Tab>Ai đó<Enter>");
    assert_true(screen_test_shows(f->t, "there is a AN already"));
    assert_true(screen_test_shows(f->t, "Ai đó"));
    struct staff s = person(f, "AN");
    assert_string_equal(s.name, "Nguyễn Thị An");
    staff_clear(&s);
}

static void edit_keeps_code_and_team(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "e<Ctrl-U>Nguyễn An<Tab><Tab><Tab><Tab><Tab><Tab>20/11/2026<Enter>");
    struct staff s = person(f, "AN");
    assert_string_equal(s.name, "Nguyễn An");
    assert_string_equal(s.team, "Bán lẻ");
    assert_string_equal(s.end_date, "2026-11-20");
    staff_clear(&s);
    assert_false(screen_test_shows(f->t, "20/11/2026")); /* has left */
    screen_test_type(f->t, "<Tab>");
    assert_true(screen_test_shows(f->t, "20/11/2026"));
}

static void team_changes_from_a_day_on(void **state) {
    struct fixture *f = *state;
    int64_t before = 0;
    int64_t after = 0;
    struct staff s = person(f, "AN");
    screen_test_type(f->t, "t<Ctrl-U>Bán sỉ<Tab>1/12/2026<Enter>");
    assert_int_equal(staff_team_on(f->shop, s.id, "2026-11-30", &before, NULL), ERR_OK);
    assert_int_equal(staff_team_on(f->shop, s.id, "2026-12-01", &after, NULL), ERR_OK);
    assert_int_not_equal(before, after);
    staff_clear(&s);
    screen_test_type(f->t, "<Enter>");
    assert_true(screen_test_shows(f->t, "always"));
    assert_true(screen_test_shows(f->t, "01/12/2026"));
    screen_test_golden(f->t, "tui/settings-staff-card");
}

static void filter_finds_without_accents(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "/cuong<Enter>");
    assert_true(screen_test_shows(f->t, "Lê Cường"));
    assert_false(screen_test_shows(f->t, "Trần Bình"));
}

static void leader_changes_from_a_day_on(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "dAN<Enter>d<Ctrl-U>binh<Tab>1/11/2026<Enter>");
    assert_true(screen_test_shows(f->t, "BINH"));
    screen_test_type(f->t, "<Enter>");
    assert_true(screen_test_shows(f->t, "always"));
    assert_true(screen_test_shows(f->t, "01/11/2026"));
    assert_true(screen_test_shows(f->t, "AN Nguyễn Thị An"));
    screen_test_golden(f->t, "tui/settings-team-card");
}

static void leader_who_is_not_there_is_named(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "dKHONGCO<Enter>");
    assert_true(screen_test_shows(f->t, "KHONGCO"));
    assert_int_equal(testorders_int(f->shop, "SELECT COUNT(*) FROM team_leaders"), 0);
}

static void teams_are_made_and_renamed(void **state) {
    struct fixture *f = *state;
    int64_t id = 0;
    screen_test_type(f->t, "nOnline<Enter>");
    assert_int_equal(team_find(f->shop, "Online", &id, NULL), ERR_OK);
    screen_test_type(f->t, "nonline<Enter>");
    assert_true(screen_test_shows(f->t, "there is a team"));
    screen_test_type(f->t, "<Esc><End>e<Ctrl-U>Bán online<Enter>");
    assert_int_equal(team_find(f->shop, "Bán online", &id, NULL), ERR_OK);
}

static void channels_are_made_and_renamed_with_their_setting(void **state) {
    struct fixture *f = *state;
    const char *counter = "";
    int64_t id = 0;
    screen_test_type(f->t, "nTại quầy<Enter>");
    assert_int_equal(setting_set(f->shop, "counter_channel", "Tại quầy", NULL), ERR_OK);
    screen_test_type(f->t, "ntai quay<Enter>");
    assert_true(screen_test_shows(f->t, "there is a channel"));
    screen_test_type(f->t, "<Esc>e<Ctrl-U>Cửa hàng<Enter>");
    assert_int_equal(channel_find(f->shop, "cua hang", &id, NULL), ERR_OK);
    assert_int_equal(setting_get(f->shop, "counter_channel", &counter, NULL), ERR_OK);
    assert_string_equal(counter, "Cửa hàng");
    assert_true(screen_test_shows(f->t, "sales at the counter"));
    screen_test_type(f->t, "nZalo<Enter>ezalo<Ctrl-U>  <Enter>");
    assert_true(screen_test_shows(f->t, "a channel needs a name"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(person_is_added_with_a_form, setup_staff, teardown),
        cmocka_unit_test_setup_teardown(taken_code_is_refused_and_typing_stays, setup_staff, teardown),
        cmocka_unit_test_setup_teardown(edit_keeps_code_and_team, setup_staff, teardown),
        cmocka_unit_test_setup_teardown(team_changes_from_a_day_on, setup_staff, teardown),
        cmocka_unit_test_setup_teardown(filter_finds_without_accents, setup_staff, teardown),
        cmocka_unit_test_setup_teardown(leader_changes_from_a_day_on, setup_teams, teardown),
        cmocka_unit_test_setup_teardown(leader_who_is_not_there_is_named, setup_teams, teardown),
        cmocka_unit_test_setup_teardown(teams_are_made_and_renamed, setup_teams, teardown),
        cmocka_unit_test_setup_teardown(channels_are_made_and_renamed_with_their_setting, setup_channels, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
