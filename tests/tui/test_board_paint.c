/* The board without a database: where columns stand, and what cards say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "golden.h"
#include "tui/screens/board.h"

static struct board_column plain[8];

static struct board_layout layout(size_t count, size_t current, size_t left, int width, int height) {
    return board_layout(plain, count, current, left, width, height);
}

static void columns_share_the_width(void **state) {
    (void)state;
    memset(plain, 0, sizeof plain);
    struct board_layout l = layout(7, 0, 0, 80, 21);
    assert_int_equal(l.shown, 4);
    assert_int_equal(l.width, 20);
    assert_int_equal(l.after, 3);
    assert_int_equal(l.page, 4);
    assert_int_equal(l.pane, 0);
    l = layout(7, 0, 0, 160, 47);
    assert_int_equal(l.shown, 7);
    assert_int_equal(l.after, 0);
    l = layout(7, 0, 0, 60, 13);
    assert_int_equal(l.shown, 3);
    assert_int_equal(l.page, 2);
}

static void columns_scroll_sideways_with_the_cursor_and_no_further(void **state) {
    (void)state;
    memset(plain, 0, sizeof plain);
    assert_int_equal(layout(7, 3, 0, 80, 21).first, 0);
    assert_int_equal(layout(7, 4, 0, 80, 21).first, 1);
    assert_int_equal(layout(7, 6, 1, 80, 21).first, 3);
    assert_int_equal(layout(7, 4, 3, 80, 21).first, 3);
    assert_int_equal(layout(7, 0, 3, 80, 21).first, 0);
    assert_int_equal(layout(7, 2, 6, 80, 21).first, 2);
}

static void folded_columns_take_no_room_and_leave_it_to_the_pane(void **state) {
    (void)state;
    memset(plain, 0, sizeof plain);
    plain[1].folded = plain[5].folded = plain[6].folded = true;
    struct board_layout l = layout(7, 5, 0, 80, 21);
    assert_int_equal(l.shown, 4);
    assert_int_equal(l.before + l.after, 0);
    l = layout(7, 4, 0, 160, 47);
    assert_int_equal(l.pane, BOARD_PANE + 1);
    for (size_t i = 0; i < 7; i++) {
        plain[i].folded = true;
    }
    assert_int_equal(layout(7, 3, 0, 80, 21).shown, 0);
    assert_int_equal(layout(0, 0, 0, 80, 21).shown, 0);
}

/* --- a board made by hand */

static struct board_card card(int64_t id, const char *title, int64_t value, const char *rep, const char *next_on,
                              const char *next_text, int days, bool rotting) {
    return (struct board_card){id,
                               value,
                               mem_strdup("CH261121-0001"),
                               mem_strdup(title),
                               mem_strdup(rep),
                               mem_strdup(next_on),
                               mem_strdup(next_text),
                               days,
                               rotting};
}

static void put_cards(struct board_column *c, const struct board_card *cards, size_t count) {
    c->cards = mem_array(count, sizeof *c->cards);
    c->count = count;
    c->cap = count;
    memcpy(c->cards, cards, count * sizeof *cards);
}

static void fill(struct board_state *s) {
    static const char *const names[] = {"Triển vọng", "Cơ hội",     "Đã thẩm định", "Đề xuất",
                                        "Đàm phán",   "Thành công", "Thất bại"};
    static const int64_t sums[][4] = {
        {96, 612000000, 61200000, 3},  {71, 880000000, 176000000, 0}, {2, 1100000000, 440000000, 1}, {0, 0, 0, 0},
        {25, 861000000, 689000000, 7}, {41, 1400000000, 0, 0},        {12, 300500000, 0, 0}};
    s->columns = mem_array(7, sizeof *s->columns);
    s->count = 7;
    for (int i = 0; i < 7; i++) {
        s->columns[i] = (struct board_column){
            .stage_id = i + 1,
            .title = mem_strdup(names[i]),
            .kind = i == 5   ? STAGE_WON
                    : i == 6 ? STAGE_LOST
                             : STAGE_OPEN,
            .probability_bps = i == 0   ? 1000
                               : i == 5 ? 10000
                               : i == 6 ? 0
                                        : i * 2000,
            .folded = i >= 5,
            .deals = sums[i][0],
            .value = sums[i][1],
            .weighted = sums[i][2],
            .rotting = sums[i][3],
        };
    }
    const struct board_card first[] = {
        card(1, "Quán Cây Bàng", 45000000, "Hà", "2026-11-23", "gọi", 3, false),
        card(2, "Công ty TNHH Thương mại Dịch vụ Ánh Dương", 1250000000, "Nguyễn Lan Hương", "2026-11-23",
             "gửi báo giá lần hai cho kế toán trưởng", 120, true),
        card(3, "Trường Lê Lợi", 120000000, "Nam", "2026-11-19", "gọi lại", 9, false),
        card(4, "Tiệm bánh Mai", 0, "", "", "", 0, true),
        card(5, "Nhà sách Ánh Sáng", 3000000, "Nam", "", "", 1, false),
    };
    const struct board_card third[] = {card(6, "Khách sạn Biển Xanh", 900000000, "Hà", "2026-11-21", "gặp", 12, true),
                                       card(7, "Bếp 36", 200000000, "Hà", "", "", 2, false)};
    put_cards(&s->columns[0], first, 5);
    put_cards(&s->columns[2], third, 2);
    strcpy(s->today, "2026-11-21");
    currency_find("VND", &s->currency);
}

static void clear(struct board_state *s) {
    board_columns_clear(s);
    board_filter_clear(&s->filter);
    field_clear(&s->search);
    card_clear(&s->facts);
}

static void check(const struct board_state *s, int width, int height, const char *name) {
    struct canvas c = canvas_new(width, height);
    struct buf text = BUF_INIT;
    board_paint(s, &c);
    canvas_dump(&c, &text);
    golden_check(name, NULL, buf_str(&text));
    buf_clear(&text);
    canvas_free(&c);
}

static void cards_bear_all_their_marks(void **state) {
    struct board_state s = {0};
    (void)state;
    fill(&s);
    s.columns[0].cursor = 1;
    check(&s, 80, 21, "tui/board_paint_80x24");
    check(&s, 60, 13, "tui/board_paint_60x16");
    clear(&s);
}

static void wide_board_has_a_pane_and_filters_are_said(void **state) {
    struct board_state s = {0};
    (void)state;
    fill(&s);
    s.current = 2;
    s.filter =
        (struct board_filter){.staff_id = 3, .staff = mem_strdup("Hà"), .tag = mem_strdup("gấp"), .rotting = true};
    strcpy(s.filter.month, "2026-11");
    card_row(&s.facts, STYLE_STRONG, "Khách sạn Biển Xanh", "CH261121-0006");
    check(&s, 160, 47, "tui/board_paint_160x50");
    clear(&s);
}

static void cursor_may_stand_on_a_folded_column_and_search_takes_the_foot(void **state) {
    struct board_state s = {0};
    (void)state;
    fill(&s);
    s.current = 5;
    s.left = 1;
    check(&s, 80, 21, "tui/board_paint_folded");
    field_set(&s.search, "bàng");
    s.searching = true;
    check(&s, 80, 21, "tui/board_paint_search");
    clear(&s);
}

static void hostile_text_is_cut_and_shown(void **state) {
    struct board_state s = {0};
    (void)state;
    fill(&s);
    free(s.columns[0].cards[0].title);
    s.columns[0].cards[0].title = mem_strdup("a\x1b[2Jb\n漢字漢字漢字漢字漢字漢字");
    free(s.columns[0].cards[0].rep);
    s.columns[0].cards[0].rep = mem_strdup("\xff\xfe");
    s.columns[0].deals = INT64_MAX / 2;
    s.columns[0].value = INT64_MAX / 4;
    struct canvas c = canvas_new(80, 21);
    struct buf text = BUF_INIT;
    board_paint(&s, &c);
    canvas_dump(&c, &text);
    assert_null(strchr(buf_str(&text), 0x1b));
    buf_clear(&text);
    canvas_free(&c);
    clear(&s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_share_the_width),
        cmocka_unit_test(columns_scroll_sideways_with_the_cursor_and_no_further),
        cmocka_unit_test(folded_columns_take_no_room_and_leave_it_to_the_pane),
        cmocka_unit_test(cards_bear_all_their_marks),
        cmocka_unit_test(wide_board_has_a_pane_and_filters_are_said),
        cmocka_unit_test(cursor_may_stand_on_a_folded_column_and_search_takes_the_foot),
        cmocka_unit_test(hostile_text_is_cut_and_shown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
