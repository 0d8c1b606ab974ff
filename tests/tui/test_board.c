/* The board over a shop: moving, winning, losing, giving away, narrowing, and what another counter does. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "chotdon/staff.h"
#include "screen_test.h"
#include "testboard.h"
#include "testshop.h"
#include "tui/screens/board.h"

static const struct screen_entry entries[] = {{&screen_board, 2}};

struct fixture {
    struct shop *shop;
    struct screen_test *t;
};

static int setup_at(void **state, int width, int height) {
    struct fixture *f = mem_zalloc(sizeof *f);
    f->shop = testshop_open();
    testboard_fill(f->shop);
    f->t = screen_test_new(entries, 1, f->shop, width, height, NULL);
    *state = f;
    return 0;
}

static int setup(void **state) {
    return setup_at(state, 80, 24);
}

static int setup_wide(void **state) {
    return setup_at(state, 160, 50);
}

static int teardown(void **state) {
    struct fixture *f = *state;
    screen_test_free(f->t);
    testshop_close(&f->shop);
    free(f);
    return 0;
}

static struct board_state *board(struct fixture *f) {
    return app_screen_state(f->t->app, "pipeline");
}

static const char *under_cursor(struct fixture *f) {
    const struct board_card *card = board_card(board(f));
    return card == NULL ? "" : card->deal_no;
}

static void assert_stage(struct fixture *f, const char *deal_no, const char *stage) {
    struct deal d = testboard_get(f->shop, deal_no);
    assert_string_equal(d.stage.name, stage);
    deal_clear(&d);
}

static int64_t total_of(struct fixture *f, size_t column) {
    return board(f)->columns[column].deals;
}

static void board_shows_stages_with_counts_sums_and_marks(void **state) {
    struct fixture *f = *state;
    assert_int_equal(board(f)->count, 7);
    assert_string_equal(under_cursor(f), "CH1"); /* planned ones come first */
    screen_test_golden(f->t, "tui/board_80x24");
    screen_test_resize(f->t, 60, 16);
    screen_test_golden(f->t, "tui/board_60x16");
}

static void wide_board_shows_the_deal_beside_it(void **state) {
    struct fixture *f = *state;
    assert_true(screen_test_shows(f->t, "Anh Bình"));
    screen_test_golden(f->t, "tui/board_160x50");
    screen_test_type(f->t, "j");
    assert_true(screen_test_shows(f->t, "Áo thun trơn, trắng M"));
}

static void cursor_goes_between_columns_and_cards(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "j");
    assert_string_equal(under_cursor(f), "CH2");
    screen_test_type(f->t, "l");
    assert_string_equal(under_cursor(f), "CH3");
    screen_test_type(f->t, "lll");
    assert_string_equal(under_cursor(f), "CH4");
    assert_true(screen_test_shows(f->t, "ĐÀM PHÁN"));
    screen_test_type(f->t, "hhhhhhk");
    assert_string_equal(under_cursor(f), "CH1");
}

static void moving_takes_the_card_along_and_u_takes_it_back(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "L");
    assert_stage(f, "CH1", "Cơ hội");
    assert_string_equal(under_cursor(f), "CH1");
    assert_int_equal(total_of(f, 1), 2);
    assert_non_null(strstr(screen_test_status(f->t), "Cơ hội"));
    screen_test_type(f->t, "u");
    assert_stage(f, "CH1", "Triển vọng");
    assert_int_equal(total_of(f, 1), 1);
    screen_test_type(f->t, "LH");
    assert_stage(f, "CH1", "Triển vọng");
}

static void there_is_nothing_before_the_first_stage(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "H");
    assert_non_null(strstr(screen_test_status(f->t), "no stage before"));
    assert_stage(f, "CH1", "Triển vọng");
}

static void only_what_the_stage_requires_is_asked(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "lL");
    assert_true(screen_test_shows(f->t, "Đã thẩm định requires"));
    screen_test_golden(f->t, "tui/board_required");
    screen_test_type(f->t, "bánh cho 20 quán<Tab>8 triệu<Tab>tháng 12<Enter>");
    assert_true(screen_test_shows(f->t, "Decides is needed"));
    assert_stage(f, "CH3", "Cơ hội");
    screen_test_type(f->t, "chị Mai<Enter>");
    assert_stage(f, "CH3", "Đã thẩm định");
    struct deal d = testboard_get(f->shop, "CH3");
    assert_string_equal(d.decision_maker, "chị Mai");
    deal_clear(&d);
    screen_test_type(f->t, "uL"); /* answered once, never asked again */
    assert_stage(f, "CH3", "Đã thẩm định");
}

static void winning_asks_for_the_value_and_can_be_taken_back(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "w");
    assert_true(screen_test_shows(f->t, "45.000.000"));
    screen_test_type(f->t, "<Ctrl-U>40tr<Enter>");
    struct deal d = testboard_get(f->shop, "CH1");
    assert_int_equal(d.stage.kind, STAGE_WON);
    assert_int_equal(d.value, 40000000);
    deal_clear(&d);
    screen_test_type(f->t, "u");
    assert_stage(f, "CH1", "Triển vọng");
}

static void losing_needs_a_reason(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "o");
    assert_true(screen_test_shows(f->t, "Why was Quán Cây Bàng lost?"));
    screen_test_type(f->t, "<Esc>");
    assert_stage(f, "CH1", "Triển vọng");
    screen_test_type(f->t, "odoi thu<Enter>");
    struct deal d = testboard_get(f->shop, "CH1");
    assert_int_equal(d.stage.kind, STAGE_LOST);
    assert_string_equal(d.lost_reason, "Đối thủ");
    deal_clear(&d);
}

static void moving_right_out_of_the_last_open_stage_wins(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "llllL");
    assert_true(screen_test_shows(f->t, "Won: Khách sạn Biển Xanh"));
    screen_test_type(f->t, "<Enter>");
    assert_stage(f, "CH4", "Thành công");
}

static void a_closed_deal_is_opened_again_by_moving_it_back(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "lllll");
    assert_string_equal(under_cursor(f), "CH5");
    screen_test_type(f->t, "H");
    assert_stage(f, "CH5", "Đàm phán");
}

static void contact_and_plan_come_from_one_form(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "jaMuốn xem mẫu<Tab>25/11/2026<Tab>mang mẫu<Enter>");
    struct deal d = testboard_get(f->shop, "CH2");
    assert_string_equal(d.next_on, "2026-11-25");
    assert_string_equal(d.next_text, "mang mẫu");
    deal_clear(&d);
    screen_test_type(f->t, "p<Ctrl-U>gọi lại<Tab><Ctrl-U>26/11/2026<Enter>");
    d = testboard_get(f->shop, "CH2");
    assert_string_equal(d.next_on, "2026-11-26");
    deal_clear(&d);
    screen_test_type(f->t, "u");
    d = testboard_get(f->shop, "CH2");
    assert_string_equal(d.next_on, "2026-11-25");
    deal_clear(&d);
}

static void a_plan_without_a_day_is_refused_and_nothing_is_noted(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "aGọi rồi<Tab><Tab>gửi giá<Enter>");
    assert_true(screen_test_shows(f->t, "A plan needs its day"));
    screen_test_type(f->t, "24/11/2026<Enter>");
    struct deal d = testboard_get(f->shop, "CH1");
    assert_string_equal(d.next_on, "2026-11-24");
    deal_clear(&d);
}

static void a_deal_is_given_to_somebody_else_and_back(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "rngoc lan<Enter>");
    struct deal d = testboard_get(f->shop, "CH1");
    assert_string_equal(d.rep, "LAN");
    deal_clear(&d);
    screen_test_type(f->t, "u");
    d = testboard_get(f->shop, "CH1");
    assert_string_equal(d.rep, "HA");
    deal_clear(&d);
}

static void narrowing_by_rep_team_tag_and_rotting(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "v1thi ha<Enter>");
    assert_int_equal(total_of(f, 0), 1);
    assert_true(screen_test_shows(f->t, "of: Trần Thị Hà"));
    screen_test_type(f->t, "v8v2nam<Enter>");
    assert_int_equal(total_of(f, 0), 0);
    assert_int_equal(total_of(f, 1), 1);
    screen_test_type(f->t, "v8v4gấp<Enter>");
    assert_int_equal(total_of(f, 0), 1);
    assert_string_equal(under_cursor(f), "CH2");
    screen_test_type(f->t, "v8R");
    assert_int_equal(total_of(f, 0), 1); /* CH2: untouched since the 1st */
    screen_test_type(f->t, "R");
    assert_int_equal(total_of(f, 0), 2);
}

static void search_narrows_while_typing_and_esc_shows_all(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "/cay bang");
    assert_int_equal(total_of(f, 0), 1);
    assert_string_equal(under_cursor(f), "CH1");
    screen_test_type(f->t, "<Enter><Esc>");
    assert_int_equal(total_of(f, 0), 2);
}

static void new_lead_is_added_by_form(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "nTrà sữa Gió<Tab>Chị Thu<Tab>0909 111 222<Tab>12tr<Enter>");
    assert_non_null(strstr(screen_test_status(f->t), "Trà sữa Gió"));
    assert_int_equal(total_of(f, 0), 3);
    const struct board_card *card = board_card(board(f));
    assert_string_equal(card->title, "Trà sữa Gió · Chị Thu");
    assert_int_equal(card->value, 12000000);
}

static void what_another_counter_moved_is_seen_and_the_cursor_stays(void **state) {
    struct fixture *f = *state;
    struct err e = ERR_INIT;
    screen_test_type(f->t, "j");
    assert_string_equal(under_cursor(f), "CH2");
    assert_int_equal(deal_move(f->shop, testboard_id(f->shop, "CH1"), testboard_stage(f->shop, "Cơ hội"), NULL, &e),
                     ERR_OK);
    f->t->changed = true;
    struct key none = {0};
    f->t->terminal.ticks += 1000;
    app_key(f->t->app, &none);
    assert_true(screen_test_shows(f->t, "CƠ HỘI 2"));
    assert_string_equal(under_cursor(f), "CH2");
    assert_int_equal(total_of(f, 0), 1);
}

static void mouse_chooses_and_opens(void **state) {
    struct fixture *f = *state;
    struct key click = {.kind = K_CLICK, .x = 25, .y = 6};
    app_key(f->t->app, &click);
    app_paint(f->t->app);
    assert_string_equal(under_cursor(f), "CH3");
    app_key(f->t->app, &click);
    app_paint(f->t->app);
    assert_int_equal(board(f)->page, BOARD_DEAL);
}

static void folding_makes_room_and_enter_unfolds(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "z");
    assert_true(board(f)->columns[0].folded);
    assert_true(screen_test_shows(f->t, "▸TRIỂN VỌNG 2"));
    screen_test_type(f->t, "<Enter>");
    assert_false(board(f)->columns[0].folded);
}

static void only_what_is_seen_is_loaded(void **state) {
    struct fixture *f = *state;
    for (int i = 0; i < 300; i++) {
        char no[32];
        char title[32];
        snprintf(no, sizeof no, "X%03d", i);
        snprintf(title, sizeof title, "Khách %03d", i);
        struct deal d = {.deal_no = no, .title = title, .stage = {.name = "Triển vọng"}, .created = "2026-11-20"};
        testboard_add(f->shop, &d, DEAL_TITLE | DEAL_STAGE | DEAL_CREATED);
    }
    app_reload(f->t->app);
    screen_test_type(f->t, "<End>");
    const struct board_column *c = board_column(board(f));
    assert_int_equal(c->deals, 302);
    assert_true(c->count < 50);
    assert_true(screen_test_shows(f->t, "302/302"));
    screen_test_type(f->t, "<PgUp><PgUp><Home>");
    assert_string_equal(under_cursor(f), "CH1");
    screen_test_type(f->t, "L<Home>H"); /* back into a long column: the cursor goes where it stands */
    assert_string_equal(under_cursor(f), "CH1");
    screen_test_type(f->t, "jp<Ctrl-U><Tab><Ctrl-U><Enter>LH"); /* the last of 302, as it came today */
    assert_int_equal(board_column(board(f))->cursor, 301);
    assert_true(screen_test_shows(f->t, "302/302"));
}

static void channels_own_board_is_chosen_and_its_deals_are_there(void **state) {
    struct fixture *f = *state;
    int64_t id = 0;
    assert_int_equal(pipeline_of_channel(f->shop, "Zalo", true, &id, NULL), ERR_OK);
    testboard_add(
        f->shop, &(struct deal){.deal_no = "Z1", .title = "Khách Zalo", .stage = {.pipeline_id = id, .name = "Cơ hội"}},
        DEAL_TITLE | DEAL_STAGE);
    app_reload(f->t->app);
    assert_false(screen_test_shows(f->t, "Khách Zalo"));
    screen_test_type(f->t, "v9zalo<Enter>l");
    assert_true(screen_test_shows(f->t, "Khách Zalo"));
    assert_string_equal(under_cursor(f), "Z1");
    assert_true(screen_test_shows(f->t, "Zalo"));
    screen_test_type(f->t, "L");
    struct deal d = testboard_get(f->shop, "Z1");
    assert_int_equal(d.stage.pipeline_id, id);
    deal_clear(&d);
    screen_test_type(f->t, "<Esc>v9ban hang<Enter>");
    assert_false(screen_test_shows(f->t, "Khách Zalo"));
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        WITH(board_shows_stages_with_counts_sums_and_marks),
        cmocka_unit_test_setup_teardown(wide_board_shows_the_deal_beside_it, setup_wide, teardown),
        WITH(cursor_goes_between_columns_and_cards),
        WITH(moving_takes_the_card_along_and_u_takes_it_back),
        WITH(there_is_nothing_before_the_first_stage),
        WITH(only_what_the_stage_requires_is_asked),
        WITH(winning_asks_for_the_value_and_can_be_taken_back),
        WITH(losing_needs_a_reason),
        WITH(moving_right_out_of_the_last_open_stage_wins),
        WITH(a_closed_deal_is_opened_again_by_moving_it_back),
        WITH(contact_and_plan_come_from_one_form),
        WITH(a_plan_without_a_day_is_refused_and_nothing_is_noted),
        WITH(a_deal_is_given_to_somebody_else_and_back),
        WITH(narrowing_by_rep_team_tag_and_rotting),
        WITH(search_narrows_while_typing_and_esc_shows_all),
        WITH(new_lead_is_added_by_form),
        WITH(what_another_counter_moved_is_seen_and_the_cursor_stays),
        WITH(mouse_chooses_and_opens),
        WITH(folding_makes_room_and_enter_unfolds),
        WITH(only_what_is_seen_is_loaded),
        WITH(channels_own_board_is_chosen_and_its_deals_are_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
