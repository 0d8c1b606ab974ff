/* Settings › Stages: what is changed there is the board from then on. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "screen_test.h"
#include "testboard.h"
#include "testshop.h"
#include "tui/screens/settings_stages.h"

struct fixture {
    struct shop *shop;
    struct screen_test *t;
};

static int setup(void **state) {
    static const struct screen_entry entries[] = {{&screen_settings_stages, -1}};
    struct fixture *f = mem_zalloc(sizeof *f);
    f->shop = testshop_open();
    testboard_fill(f->shop);
    f->t = screen_test_new(entries, 1, f->shop, 80, 24, NULL);
    *state = f;
    return 0;
}

static int teardown(void **state) {
    struct fixture *f = *state;
    screen_test_free(f->t);
    testshop_close(&f->shop);
    free(f);
    return 0;
}

static struct stage stage_of(struct fixture *f, const char *name) {
    struct err e = ERR_INIT;
    struct stage s = {0};
    if (stage_find(f->shop, PIPELINE_MAIN, name, &s, &e) != ERR_OK) {
        fail_msg("%s", e.message);
    }
    return s;
}

static void board_stands_there_in_its_order(void **state) {
    struct fixture *f = *state;
    assert_true(screen_test_shows(f->t, "Đã thẩm định"));
    screen_test_golden(f->t, "tui/settings_stages");
}

static void stage_is_renamed_and_its_odds_changed(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "e<Ctrl-U>Khách mới<Tab><Tab><Ctrl-U>15<Tab><Ctrl-U>3<Enter>");
    struct stage s = stage_of(f, "khach moi");
    assert_int_equal(s.probability_bps, 1500);
    assert_int_equal(s.idle_days, 3);
    stage_clear(&s);
    struct deal d = testboard_get(f->shop, "CH1");
    assert_int_equal(d.probability_bps, 1500);
    deal_clear(&d);
}

static void half_a_day_is_refused(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "e<Tab><Tab><Tab><Ctrl-U>2,5<Enter>");
    assert_true(screen_test_shows(f->t, "whole number of days"));
}

static void stages_change_places(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "J");
    struct stage s = stage_of(f, "Triển vọng");
    assert_int_equal(s.position, 2);
    stage_clear(&s);
    assert_string_equal(settings_stages_current(app_screen_state(f->t->app, "stages"))->name, "Triển vọng");
    screen_test_type(f->t, "KK");
    s = stage_of(f, "Triển vọng");
    assert_int_equal(s.position, 1);
    stage_clear(&s);
}

static void new_stage_comes_before_the_closing_ones(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "nChờ ký<Tab><Tab>90<Enter>");
    struct stage s = stage_of(f, "Chờ ký");
    assert_int_equal(s.position, 6);
    assert_int_equal(s.probability_bps, 9000);
    stage_clear(&s);
    screen_test_type(f->t, "nĐề xuất<Enter>");
    assert_true(screen_test_shows(f->t, "Đề xuất"));
    screen_test_type(f->t, "<Esc>y");
}

static void what_a_stage_requires_is_ticked(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "jq<Tab><Tab><Tab><Tab><Tab> <Enter>");
    struct stage s = stage_of(f, "Cơ hội");
    assert_int_equal(s.required, DEAL_NEED_PHONE);
    stage_clear(&s);
}

static void removing_asks_where_the_deals_go(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "j<Del>");
    assert_true(screen_test_shows(f->t, "its deals go to"));
    screen_test_type(f->t, "de xuat<Enter>");
    struct deal d = testboard_get(f->shop, "CH3");
    assert_string_equal(d.stage.name, "Đề xuất");
    deal_clear(&d);
}

static void the_only_won_stage_stays(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "jjjjj<Del>");
    assert_true(screen_test_shows(f->t, "Nothing matches"));
    screen_test_type(f->t, "<Esc>");
    struct stage s = stage_of(f, "Thành công");
    stage_clear(&s);
}

static void reasons_are_added_and_removed(void **state) {
    struct fixture *f = *state;
    int64_t id = 0;
    screen_test_type(f->t, "oGiao chậm<Enter>");
    assert_int_equal(reason_find(f->shop, "giao cham", &id, NULL), ERR_OK);
    screen_test_type(f->t, "ogiao cham<Enter>y");
    assert_int_equal(reason_find(f->shop, "giao cham", &id, NULL), ERR_NOT_FOUND);
}

static void channels_own_board_is_chosen_and_changed(void **state) {
    struct fixture *f = *state;
    int64_t id = 0;
    struct stage s = {0};
    assert_int_equal(pipeline_of_channel(f->shop, "Zalo", true, &id, NULL), ERR_OK);
    screen_test_type(f->t, "bzalo<Enter>nBáo giá lại<Tab><Tab>50<Enter>");
    assert_true(screen_test_shows(f->t, "Báo giá lại"));
    assert_int_equal(stage_find(f->shop, id, "bao gia lai", &s, NULL), ERR_OK);
    stage_clear(&s);
    assert_int_equal(stage_find(f->shop, PIPELINE_MAIN, "bao gia lai", &s, NULL), ERR_NOT_FOUND);
    screen_test_type(f->t, "bban hang<Enter>");
    const struct settings_stages_state *own = app_screen_state(f->t->app, "stages");
    assert_int_equal(own->count, 7);
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        WITH(board_stands_there_in_its_order),
        WITH(stage_is_renamed_and_its_odds_changed),
        WITH(half_a_day_is_refused),
        WITH(stages_change_places),
        WITH(new_stage_comes_before_the_closing_ones),
        WITH(what_a_stage_requires_is_ticked),
        WITH(removing_asks_where_the_deals_go),
        WITH(the_only_won_stage_stays),
        WITH(reasons_are_added_and_removed),
        WITH(channels_own_board_is_chosen_and_changed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
