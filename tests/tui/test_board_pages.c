/* Besides the board: one deal's page, its form, the forecast by month, the figures, files and the palette. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mem.h"
#include "screen_test.h"
#include "testboard.h"
#include "testcustomer.h"
#include "testshop.h"
#include "tui/screens/board.h"
#include "tui/screens/screens.h"
#include "tui/screens/sell.h"

struct fixture {
    struct shop *shop;
    struct screen_test *t;
};

static int setup_at(void **state, int width, int height) {
    static const struct screen_entry entries[] = {{&screen_board, 2}};
    struct fixture *f = mem_zalloc(sizeof *f);
    struct app_options options = {0};
    options.provider_count = screens_providers(&options.providers);
    f->shop = testshop_open();
    testboard_fill(f->shop);
    f->t = screen_test_new(entries, 1, f->shop, width, height, &options);
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

/* --- one deal */

static void enter_opens_the_deal_and_esc_goes_back_to_its_card(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "j<Enter>");
    assert_true(screen_test_shows(f->t, "Qualifying questions"));
    screen_test_golden(f->t, "tui/board_deal_80x24");
    screen_test_type(f->t, "<PgDn>");
    assert_true(screen_test_shows(f->t, "What happened"));
    screen_test_type(f->t, "<Esc>");
    assert_int_equal(board(f)->page, BOARD_STAGES);
    assert_string_equal(under_cursor(f), "CH2");
}

static void wide_page_has_what_happened_at_the_right(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "llll<Enter>");
    screen_test_golden(f->t, "tui/board_deal_160x50");
    assert_true(screen_test_shows(f->t, "gửi hợp đồng"));
}

static void keys_of_the_board_work_on_the_page(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "<Enter>L");
    assert_true(screen_test_shows(f->t, "Cơ hội"));
    screen_test_type(f->t, "aHẹn thứ hai<Enter><PgDn>");
    assert_true(screen_test_shows(f->t, "Hẹn thứ hai"));
    screen_test_type(f->t, "qbán cà phê<Enter>");
    struct deal d = testboard_get(f->shop, "CH1");
    assert_string_equal(d.need, "bán cà phê");
    assert_string_equal(d.stage.name, "Cơ hội");
    deal_clear(&d);
    screen_test_type(f->t, "<Esc>");
    assert_string_equal(under_cursor(f), "CH1");
}

static void change_by_form_keeps_what_was_not_touched_and_is_undone(void **state) {
    struct fixture *f = *state;
    struct err e = ERR_INIT;
    screen_test_type(f->t, "je<Ctrl-U>Đồng phục năm học");
    struct deal other = {.tags = "gấp,trường"}; /* another counter, meanwhile */
    assert_int_equal(deal_edit(f->shop, testboard_id(f->shop, "CH2"), &other, DEAL_TAGS, &e), ERR_OK);
    screen_test_type(f->t, "<Tab><Tab><Tab><Ctrl-U>55tr<Enter>");
    struct deal d = testboard_get(f->shop, "CH2");
    assert_string_equal(d.title, "Đồng phục năm học");
    assert_int_equal(d.expected_value, 55000000);
    assert_string_equal(d.tags, "gấp,trường");
    assert_int_equal(d.product_count, 1);
    deal_clear(&d);
    screen_test_type(f->t, "u");
    d = testboard_get(f->shop, "CH2");
    assert_string_equal(d.title, "Đồng phục");
    assert_int_equal(d.expected_value, 50000000);
    deal_clear(&d);
}

static void wrong_product_keeps_the_form_open(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "nTrà<Tab><Tab><Tab><Tab><Tab>KHONG-CO:2<Enter>");
    assert_true(screen_test_shows(f->t, "KHONG-CO"));
    screen_test_golden(f->t, "tui/board_form_error");
    screen_test_type(f->t, "<Ctrl-U>AT-TR-M:3@90k<Enter>");
    const struct board_card *card = board_card(board(f));
    assert_int_equal(card->value, 270000); /* the sum of the products */
}

static void probability_by_hand_is_kept_and_given_back_when_emptied(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "e<Shift-Tab><Shift-Tab><Shift-Tab><Shift-Tab><Shift-Tab><Shift-Tab><Shift-Tab>35<Enter>L");
    struct deal d = testboard_get(f->shop, "CH1");
    assert_true(d.probability_set);
    assert_int_equal(d.probability_bps, 3500);
    deal_clear(&d);
    screen_test_type(f->t,
                     "e<Shift-Tab><Shift-Tab><Shift-Tab><Shift-Tab><Shift-Tab><Shift-Tab><Shift-Tab><Ctrl-U><Enter>");
    d = testboard_get(f->shop, "CH1");
    assert_false(d.probability_set);
    assert_int_equal(d.probability_bps, 2000);
    deal_clear(&d);
}

static void palette_finds_a_deal_without_accents(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "<Ctrl-P>bien xanh<Enter>");
    assert_int_equal(board(f)->page, BOARD_DEAL);
    assert_true(screen_test_shows(f->t, "Khách sạn Biển Xanh"));
}

/* --- the forecast */

static void forecast_has_months_overdue_and_undated(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "f");
    struct board_state *s = board(f);
    assert_string_equal(s->columns[0].title, "Overdue");
    assert_int_equal(s->columns[0].deals, 1);
    assert_int_equal(s->columns[0].weighted, 720000000);
    assert_string_equal(s->columns[1].title, "T11/2026");
    assert_int_equal(s->columns[1].deals, 1);
    assert_int_equal(s->columns[2].value, 8000000);
    assert_int_equal(s->columns[s->count - 1].deals, 1);
    assert_string_equal(under_cursor(f), "CH4");
    screen_test_golden(f->t, "tui/board_forecast_80x24");
    screen_test_resize(f->t, 160, 50);
    screen_test_golden(f->t, "tui/board_forecast_160x50");
    screen_test_type(f->t, "f");
    assert_int_equal(s->page, BOARD_STAGES);
    assert_int_equal(s->count, 7);
}

static void moving_a_card_to_a_month_sets_its_date(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "flL");
    struct deal d = testboard_get(f->shop, "CH1");
    assert_string_equal(d.expected_close, "2026-12-30"); /* the day stays */
    deal_clear(&d);
    assert_string_equal(under_cursor(f), "CH1");
    screen_test_type(f->t, "LL");
    d = testboard_get(f->shop, "CH1");
    assert_string_equal(d.expected_close, "2027-02-28"); /* as far as the month has it */
    deal_clear(&d);
    screen_test_type(f->t, "u");
    d = testboard_get(f->shop, "CH1");
    assert_string_equal(d.expected_close, "2027-01-30");
    deal_clear(&d);
    screen_test_type(f->t, "<Esc>f");
    screen_test_type(f->t, "H"); /* overdue stays where it is */
    d = testboard_get(f->shop, "CH4");
    assert_string_equal(d.expected_close, "2026-10-20");
    deal_clear(&d);
    screen_test_type(f->t, "L");
    d = testboard_get(f->shop, "CH4");
    assert_string_equal(d.expected_close, "2026-11-30"); /* the 20th is gone */
    deal_clear(&d);
}

static void undated_deals_get_a_date_and_lose_it(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "flllllllllllll");
    assert_string_equal(under_cursor(f), "CH2");
    screen_test_type(f->t, "H");
    struct deal d = testboard_get(f->shop, "CH2");
    assert_string_equal(d.expected_close, "2027-10-31");
    deal_clear(&d);
    screen_test_type(f->t, "L");
    d = testboard_get(f->shop, "CH2");
    assert_string_equal(d.expected_close, "");
    deal_clear(&d);
}

static void forecast_adds_up_what_is_filtered(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "fv4gấp<Enter>");
    struct board_state *s = board(f);
    assert_int_equal(s->columns[0].deals, 0);
    assert_int_equal(s->columns[1].deals, 0);
    assert_int_equal(s->columns[s->count - 1].deals, 1);
    assert_int_equal(s->columns[s->count - 1].weighted, 5000000);
    screen_test_type(f->t, "v8v1thi ha<Enter>");
    assert_int_equal(s->columns[0].deals, 1);
    assert_int_equal(s->columns[2].deals, 0);
}

/* --- figures */

static void figures_stand_beside_those_of_the_period_before(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "m");
    const struct board_figures *g = &board(f)->figures;
    assert_int_equal(g->now.sums.won, 1);
    assert_int_equal(g->now.sums.won_value, 20000000);
    assert_int_equal(g->now.sums.lost, 1);
    assert_int_equal(g->now.stages[0].entered, 5);
    screen_test_golden(f->t, "tui/board_figures_80x24");
    screen_test_type(f->t, "<PgDn>");
    screen_test_golden(f->t, "tui/board_figures_80x24_down");
    screen_test_type(f->t, "<PgDn><PgDn><PgDn>");
    assert_true(screen_test_shows(f->t, "Facebook") || screen_test_shows(f->t, "By source"));
    screen_test_type(f->t, "<Esc>");
    assert_int_equal(board(f)->page, BOARD_STAGES);
}

static void figures_of_a_wide_screen_stand_side_by_side(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "m");
    screen_test_golden(f->t, "tui/board_figures_160x50");
}

static void periods_go_back_and_grow(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "m<Left>");
    const struct board_figures *g = &board(f)->figures;
    assert_string_equal(g->from, "2026-10-01");
    assert_string_equal(g->before_from, "2026-09-01");
    screen_test_type(f->t, "<Right><Tab>");
    assert_string_equal(g->from, "2026-10-01");
    assert_string_equal(g->to, "2026-12-31");
    assert_string_equal(g->before_from, "2026-07-01");
    screen_test_type(f->t, "<Tab>");
    assert_string_equal(g->from, "2026-01-01");
    assert_true(screen_test_shows(f->t, "2025"));
}

static void figures_follow_the_rep_chosen(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "v1duc nam<Enter>m");
    assert_int_equal(board(f)->figures.now.sums.won, 0);
    assert_int_equal(board(f)->figures.now.sums.lost, 1);
}

/* --- leads that came twice */

static void lead_that_came_twice_is_noticed_and_merged_and_taken_apart(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "nAnh Bình cà phê<Tab>Bình<Tab>0987 654 321<Enter>");
    assert_true(screen_test_shows(f->t, "same phone"));
    screen_test_golden(f->t, "tui/board_twin");
    screen_test_type(f->t, "2");
    assert_true(screen_test_shows(f->t, "Merge"));
    screen_test_type(f->t, "y");
    assert_int_equal(board(f)->columns[0].deals, 2);
    screen_test_type(f->t, "u");
    assert_int_equal(board(f)->columns[0].deals, 3);
}

static void page_and_d_show_what_looks_alike(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "nAnh Bình cà phê<Tab>Bình<Tab>0987 654 321<Enter>1");
    screen_test_type(f->t, "<Enter>");
    assert_true(screen_test_shows(f->t, "Looks like"));
    screen_test_type(f->t, "<Esc>d<Enter>y");
    assert_int_equal(board(f)->columns[0].deals, 2);
    screen_test_type(f->t, "d");
    assert_non_null(strstr(screen_test_status(f->t), "Nothing looks like"));
}

/* --- a win with its order */

static void won_deal_opens_its_order_on_sell_and_the_sale_stays_linked(void **state) {
    static const struct screen_entry entries[] = {{&screen_board, 2}, {&screen_sell, 1}};
    struct fixture *f = *state;
    struct screen_test *t = screen_test_new(entries, 2, f->shop, 80, 24, &(struct app_options){.station = "test:1"});
    screen_test_type(t, "jw<Tab><Right><Enter>");
    assert_true(screen_test_shows(t, "Áo thun trơn, trắng M"));
    assert_true(screen_test_shows(t, "50.000.000"));
    assert_true(screen_test_shows(t, "Trường Lê Lợi"));
    screen_test_type(t, "<F8>");
    assert_int_equal(testcustomer_count(f->shop, "SELECT COUNT(*) FROM orders o JOIN deals d ON d.id = o.deal_id "
                                                 "WHERE d.deal_no = 'CH2' AND o.status = 'completed'"),
                     1);
    screen_test_free(t);
}

/* --- files */

static void export_writes_the_deals_shown(void **state) {
    struct fixture *f = *state;
    char path[] = "/tmp/board-XXXXXX";
    char line[300];
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    unlink(path);
    screen_test_type(f->t, "v1thi ha<Enter>x<Ctrl-U>");
    screen_test_type(f->t, path);
    screen_test_type(f->t, "<Enter>");
    FILE *in = fopen(path, "r");
    assert_non_null(in);
    int rows = 0;
    while (fgets(line, sizeof line, in) != NULL) {
        assert_null(strstr(line, "Đồng phục"));
        rows++;
    }
    assert_int_equal(rows, 4); /* the heading, CH1, CH4, CH5 */
    fclose(in);
    unlink(path);
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
#define WIDE(test) cmocka_unit_test_setup_teardown(test, setup_wide, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        WITH(enter_opens_the_deal_and_esc_goes_back_to_its_card),
        WIDE(wide_page_has_what_happened_at_the_right),
        WITH(keys_of_the_board_work_on_the_page),
        WITH(change_by_form_keeps_what_was_not_touched_and_is_undone),
        WITH(wrong_product_keeps_the_form_open),
        WITH(probability_by_hand_is_kept_and_given_back_when_emptied),
        WITH(palette_finds_a_deal_without_accents),
        WITH(forecast_has_months_overdue_and_undated),
        WITH(moving_a_card_to_a_month_sets_its_date),
        WITH(undated_deals_get_a_date_and_lose_it),
        WITH(forecast_adds_up_what_is_filtered),
        WITH(figures_stand_beside_those_of_the_period_before),
        WIDE(figures_of_a_wide_screen_stand_side_by_side),
        WITH(periods_go_back_and_grow),
        WITH(figures_follow_the_rep_chosen),
        WITH(lead_that_came_twice_is_noticed_and_merged_and_taken_apart),
        WITH(page_and_d_show_what_looks_alike),
        WITH(won_deal_opens_its_order_on_sell_and_the_sale_stays_linked),
        WITH(export_writes_the_deals_shown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
