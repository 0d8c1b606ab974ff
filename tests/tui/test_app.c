/* The loop around screens: keys find their action, popups come first, nothing typed is lost, scans land where they
 * should. */
#include "tui/loop.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "demo_screens.h"
#include "screen_test.h"

static int setup(void **state) {
    *state = screen_test_new(demo_screens, 2, NULL, 80, 24, NULL);
    return 0;
}

static int teardown(void **state) {
    screen_test_free(*state);
    return 0;
}

static struct demo_goods *goods(struct screen_test *t) {
    return app_screen_state(t->app, "goods");
}

static struct demo_notes *notes(struct screen_test *t) {
    return app_screen_state(t->app, "notes");
}

static void frame_shows_shop_screen_who_when_database_and_keys(void **state) {
    struct screen_test *t = *state;
    screen_test_golden(t, "tui/frame");
}

static void list_fills_a_larger_terminal_with_more_columns(void **state) {
    struct screen_test *t = *state;
    screen_test_resize(t, 120, 18);
    screen_test_golden(t, "tui/frame-120");
    screen_test_resize(t, 60, 16);
    screen_test_golden(t, "tui/frame-60");
}

static void too_small_a_window_says_so_and_loses_nothing(void **state) {
    struct screen_test *t = *state;
    screen_test_type(t, "<Alt-2>abc");
    screen_test_resize(t, 59, 20);
    assert_true(screen_test_shows(t, "59×20"));
    screen_test_type(t, "xyz<Esc>");
    screen_test_resize(t, 80, 15);
    assert_true(screen_test_shows(t, "80×15"));
    screen_test_resize(t, 1, 1);
    screen_test_text(t);
    screen_test_resize(t, 80, 24);
    assert_string_equal(field_text(&notes(t)->field), "abc");
    assert_true(screen_test_shows(t, "abc"));
}

static void screens_switch_by_alt_by_digit_by_esc_digit_and_keep_what_was_typed(void **state) {
    struct screen_test *t = *state;
    screen_test_type(t, "2");
    assert_true(screen_test_shows(t, "Notes"));
    screen_test_type(t, "1234");
    assert_string_equal(field_text(&notes(t)->field), "1234");
    screen_test_type(t, "<Alt-1>");
    assert_true(screen_test_shows(t, "SP00001"));
    screen_test_type(t, "<Esc>2"); /* Esc and a digit mean Alt and the digit */
    assert_true(screen_test_shows(t, "1234"));
    screen_test_type(t, "<Alt-7>");
    assert_true(screen_test_shows(t, "no screen with the number 7"));
}

static void esc_digit_followed_at_once_by_more_is_typing(void **state) {
    struct screen_test *t = *state;
    struct key more = key_of_char('*');
    screen_test_type(t, "<Alt-2><Esc><Alt-2><Esc>");
    fake_terminal_push(&t->terminal, &more);
    screen_test_type(t, "1");
    t->terminal.first = t->terminal.last;
    assert_null(strstr(screen_test_text(t), "no screen"));
}

static void esc_goes_back_through_the_screens(void **state) {
    struct screen_test *t = *state;
    app_go(t->app, "notes", NULL);
    app_go(t->app, "goods", "SP00007");
    assert_string_equal(goods(t)->argument, "SP00007");
    assert_true(screen_test_shows(t, "SP00001"));
    screen_test_type(t, "<Esc>");
    assert_true(screen_test_shows(t, "last:"));
}

static void list_loads_only_a_few_pages_of_a_long_result(void **state) {
    struct screen_test *t = *state;
    assert_int_equal(goods(t)->loads, 1);
    screen_test_type(t, "jjjj<PgDn>");
    assert_int_equal(goods(t)->loads, 1);
    screen_test_type(t, "<End>");
    assert_int_equal(goods(t)->loads, 2);
    assert_true(goods(t)->fetched_count < 120);
    assert_true(screen_test_shows(t, "SP01204"));
    assert_true(screen_test_shows(t, "1 204/1 204"));
    screen_test_type(t, "<Home>");
    assert_true(screen_test_shows(t, "SP00001"));
}

static void filter_is_typed_kept_and_dropped(void **state) {
    struct screen_test *t = *state;
    screen_test_type(t, "/nước");
    assert_string_equal(list_filter(&goods(t)->list), "nước");
    assert_true(screen_test_shows(t, "1/3"));
    screen_test_golden(t, "tui/filter");
    screen_test_type(t, "<Enter>j");
    assert_int_equal(goods(t)->list.cursor, 1);
    screen_test_type(t, "/<Esc>");
    assert_string_equal(list_filter(&goods(t)->list), "");
    assert_true(screen_test_shows(t, "1/1 204"));
}

static void shrunken_result_keeps_the_cursor_inside(void **state) {
    struct screen_test *t = *state;
    screen_test_type(t, "<End>/x");
    assert_int_equal(goods(t)->list.cursor, 0);
    assert_true(screen_test_shows(t, "SP00001"));
}

static void space_marks_and_counts(void **state) {
    struct screen_test *t = *state;
    screen_test_type(t, "<Space><Space>j<Space>");
    assert_true(list_marked(&goods(t)->list, 1000));
    assert_true(list_marked(&goods(t)->list, 1001));
    assert_false(list_marked(&goods(t)->list, 1002));
    assert_true(list_marked(&goods(t)->list, 1003));
    assert_true(screen_test_shows(t, "* 3"));
    screen_test_type(t, "U");
    assert_false(list_marked(&goods(t)->list, 1000));
}

static void sort_goes_over_the_sortable_columns_and_turns_around(void **state) {
    struct screen_test *t = *state;
    screen_test_type(t, "ss");
    assert_int_equal(goods(t)->list.sort_column, 2);
    assert_true(screen_test_shows(t, "Price▼")); /* figures: the largest first */
    screen_test_type(t, "S");
    assert_true(screen_test_shows(t, "Price▲"));
    screen_test_type(t, "s");
    assert_int_equal(goods(t)->list.sort_column, 0);
}

static void question_is_answered_with_no_unless_yes_is_meant(void **state) {
    struct screen_test *t = *state;
    screen_test_type(t, "d");
    screen_test_golden(t, "tui/question");
    screen_test_type(t, "<Enter>");
    screen_test_type(t, "d<Esc>");
    screen_test_type(t, "dn");
    assert_int_equal(goods(t)->removed, 0);
    screen_test_type(t, "d<Tab><Enter>");
    screen_test_type(t, "dy");
    assert_int_equal(goods(t)->removed, 2);
}

static void scanner_answers_no_question(void **state) {
    struct screen_test *t = *state;
    screen_test_type(t, "d<Tab>");
    screen_test_scan(t, "8934567890123");
    assert_int_equal(goods(t)->removed, 0);
    screen_test_type(t, "<Esc>c");
    screen_test_scan(t, "9034567890123"); /* 9 and 0 choose nothing, 3 does */
    assert_true(goods(t)->chosen == 3);
}

static void choice_by_cursor_and_by_digit(void **state) {
    struct screen_test *t = *state;
    screen_test_type(t, "c");
    screen_test_golden(t, "tui/choice");
    screen_test_type(t, "<Down><Enter>");
    assert_int_equal(goods(t)->chosen, 3);
    screen_test_type(t, "c1");
    assert_int_equal(goods(t)->chosen, 1);
    screen_test_type(t, "c<Esc>");
    assert_int_equal(goods(t)->chosen, 1);
}

static void prompt_stays_open_with_the_error_and_brings_back_what_esc_left(void **state) {
    struct screen_test *t = *state;
    screen_test_type(t, "pbad<Enter>");
    screen_test_golden(t, "tui/prompt-error");
    screen_test_type(t, "<Ctrl-U>hỏng<Enter>");
    assert_string_equal(goods(t)->prompted, "hỏng");
    screen_test_type(t, "pnửa chừng<Esc>p");
    assert_true(screen_test_shows(t, "nửa chừng"));
}

static void scan_never_lands_in_a_quantity(void **state) {
    struct screen_test *t = *state;
    screen_test_type(t, "q2");
    screen_test_scan(t, "893456");
    assert_string_equal(goods(t)->scanned, "893456");
    screen_test_type(t, "<Enter>");
    assert_string_equal(goods(t)->prompted, "2");
}

static void form_reads_money_and_says_what_is_wrong_at_its_field(void **state) {
    struct screen_test *t = *state;
    screen_test_type(t, "<Enter><Enter>");
    assert_true(screen_test_shows(t, "Price is needed"));
    screen_test_type(t, "12x<Tab>abc<Enter>");
    screen_test_golden(t, "tui/form-error");
    screen_test_type(t, "<Ctrl-U>150k<Tab>");
    assert_true(screen_test_shows(t, "150.000"));
    screen_test_type(t, "<Ctrl-U>1,5<Enter>");
    assert_int_equal(goods(t)->price, 150000);
    assert_int_equal(goods(t)->qty_milli, 1500);
    assert_string_equal(goods(t)->name, "Gạo ST25");
    assert_string_equal(screen_test_status(t), "Saved Gạo ST25");
}

static void form_asks_before_it_throws_typing_away(void **state) {
    struct screen_test *t = *state;
    screen_test_type(t, "<Enter><Esc>");
    assert_null(strstr(screen_test_text(t), "Product"));
    screen_test_type(t, "<Enter> dẻo<Esc>");
    assert_true(screen_test_shows(t, "Throw away what was typed?"));
    screen_test_type(t, "<Enter>");
    assert_true(screen_test_shows(t, "Gạo ST25 dẻo"));
    screen_test_type(t, "<Esc>y");
    assert_null(strstr(screen_test_text(t), "Product"));
}

static void form_choices_turn_with_space_and_arrows(void **state) {
    struct screen_test *t = *state;
    screen_test_type(t, "<Enter><Tab><Tab><Tab><Space><Right><Left><Tab><Space>");
    screen_test_golden(t, "tui/form");
}

static void picker_finds_without_accents(void **state) {
    struct screen_test *t = *state;
    screen_test_type(t, "wdat");
    screen_test_golden(t, "tui/picker");
    screen_test_type(t, "<Enter>");
    assert_string_equal(goods(t)->picked, "Nguyễn Văn Đạt");
    screen_test_type(t, "w<Down><Enter>");
    assert_string_equal(goods(t)->picked, "Trần Thị Hà");
}

static void palette_finds_actions_and_screens(void **state) {
    struct screen_test *t = *state;
    screen_test_type(t, "<Ctrl-P>note<Enter>");
    assert_true(screen_test_shows(t, "last:"));
    screen_test_type(t, "<Ctrl-P>leave the pro<Enter>");
    assert_true(app_ended(t->app));
}

static void menu_and_help_come_from_the_action_table(void **state) {
    struct screen_test *t = *state;
    screen_test_type(t, "<F10>");
    screen_test_golden(t, "tui/menu");
    screen_test_type(t, "<Esc><F1>");
    screen_test_golden(t, "tui/help");
    screen_test_type(t, "<Esc>");
    assert_true(screen_test_shows(t, "SP00001"));
}

static void undo_is_offered_once(void **state) {
    struct screen_test *t = *state;
    screen_test_type(t, "dyu");
    assert_int_equal(goods(t)->removed, 0);
    assert_string_equal(screen_test_status(t), "Undone: removal");
    screen_test_type(t, "u");
    assert_string_equal(screen_test_status(t), "Nothing to undo");
}

static void error_stands_until_the_next_key_and_names_its_field(void **state) {
    struct screen_test *t = *state;
    screen_test_type(t, "E");
    assert_string_equal(screen_test_status(t), "! Selling below cost is refused; ask a manager");
    assert_string_equal(app_error_field(t->app), "price");
    assert_int_equal(t->terminal.rings, 1);
    screen_test_type(t, "j");
    assert_string_equal(screen_test_status(t), "");
}

static void changes_of_another_counter_reload_the_screen(void **state) {
    struct screen_test *t = *state;
    struct key none = {0};
    int loads = goods(t)->loads;
    t->changed = true;
    t->terminal.ticks += 1000;
    app_key(t->app, &none);
    app_paint(t->app);
    assert_int_equal(goods(t)->loads, loads + 1);
}

/* --- what everybody should know */

static int news_left;

static char *one_win(void *ctx) {
    (void)ctx;
    return news_left-- > 0 ? mem_strdup("Hà won Đồng phục, 45 tr: first of the month") : NULL;
}

static void others_write(struct screen_test *t) {
    struct key none = {0};
    t->changed = true;
    t->terminal.ticks += 1000;
    app_key(t->app, &none);
    app_paint(t->app);
}

static void win_of_another_counter_stands_on_the_status_line_once(void **state) {
    (void)state;
    struct screen_test *t = screen_test_new(demo_screens, 2, NULL, 80, 24, &(struct app_options){.news = one_win});
    news_left = 1;
    others_write(t);
    assert_string_equal(screen_test_status(t), "Hà won Đồng phục, 45 tr: first of the month");
    app_status(t->app, "done");
    others_write(t);
    assert_string_equal(screen_test_status(t), "done");
    screen_test_free(t);
}

static void news_waits_until_an_error_was_read(void **state) {
    (void)state;
    struct screen_test *t = screen_test_new(demo_screens, 2, NULL, 80, 24, &(struct app_options){.news = one_win});
    struct err e = ERR_INIT;
    news_left = 1;
    err_set(&e, ERR_REFUSED, "Not today");
    app_error(t->app, &e);
    others_write(t);
    assert_string_equal(screen_test_status(t), "! Not today");
    screen_test_type(t, "j");
    struct key none = {0};
    app_key(t->app, &none);
    assert_non_null(strstr(screen_test_status(t), "Hà won"));
    screen_test_free(t);
}

static void nothing_is_painted_while_nothing_happens(void **state) {
    struct screen_test *t = *state;
    struct key none = {0};
    int blits = t->terminal.blits;
    for (int i = 0; i < 10; i++) {
        t->terminal.ticks += 500;
        app_key(t->app, &none);
        app_paint(t->app);
    }
    assert_int_equal(t->terminal.blits, blits);
    strcpy(t->now, "2026-11-21 14:06:00");
    app_key(t->app, &none);
    app_paint(t->app);
    assert_int_equal(t->terminal.blits, blits + 1);
    assert_true(screen_test_shows(t, "14:06"));
}

static void long_work_shows_a_bar_and_stops_by_esc(void **state) {
    struct screen_test *t = *state;
    struct key esc = {.kind = K_ESC};
    app_work_begin(t->app, "Importing");
    assert_true(app_progress(t->app, 10, 30000));
    t->terminal.ticks += 400;
    assert_true(app_progress(t->app, 15000, 30000));
    struct buf shown = BUF_INIT;
    canvas_dump(app_canvas(t->app), &shown);
    assert_non_null(strstr(shown.data, "15 000/30 000  50%"));
    buf_clear(&shown);
    fake_terminal_push(&t->terminal, &esc);
    t->terminal.ticks += 400;
    assert_false(app_progress(t->app, 16000, 30000));
    app_work_end(t->app);
    assert_null(strstr(screen_test_text(t), "Importing"));
}

static void burst_without_a_taker_is_only_typing(void **state) {
    struct screen_test *t = *state;
    screen_test_type(t, "<Alt-2>3*");
    screen_test_scan(t, "8934567890123");
    assert_string_equal(notes(t)->entered, "3*8934567890123");
    assert_string_equal(notes(t)->scanned, "8934567890123");
    screen_test_type(t, "chậm<Enter>");
    assert_string_equal(notes(t)->scanned, "");
}

static void pasted_lines_become_one_line_and_press_nothing(void **state) {
    struct screen_test *t = *state;
    screen_test_type(t, "<Alt-2>");
    screen_test_paste(t, "một\nhai\033[31m");
    assert_string_equal(field_text(&notes(t)->field), "một hai[31m");
}

static void run_ends_when_the_terminal_goes(void **state) {
    struct screen_test *t = *state;
    struct key j = key_of_char('j');
    fake_terminal_push(&t->terminal, &j);
    app_run(t->app);
    assert_int_equal(goods(t)->list.cursor, 1);
    assert_true(app_ended(t->app));
}

static bool yes(void *ctx) {
    (void)ctx;
    return true;
}

static void upkeep_that_is_due_waits_for_a_pause_and_not_for_idleness(void **state) {
    struct screen_test *t = *state;
    app_run(t->app);
    assert_int_equal(t->terminal.patience_ms, 500);
    const struct app_options o = {.untidy = yes};
    struct screen_test *due = screen_test_new(demo_screens, 2, NULL, 80, 24, &o);
    app_run(due->app);
    assert_int_equal(due->terminal.patience_ms, 50);
    screen_test_free(due);
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        T(frame_shows_shop_screen_who_when_database_and_keys),
        T(list_fills_a_larger_terminal_with_more_columns),
        T(upkeep_that_is_due_waits_for_a_pause_and_not_for_idleness),
        T(too_small_a_window_says_so_and_loses_nothing),
        T(screens_switch_by_alt_by_digit_by_esc_digit_and_keep_what_was_typed),
        T(esc_digit_followed_at_once_by_more_is_typing),
        T(esc_goes_back_through_the_screens),
        T(list_loads_only_a_few_pages_of_a_long_result),
        T(filter_is_typed_kept_and_dropped),
        T(shrunken_result_keeps_the_cursor_inside),
        T(space_marks_and_counts),
        T(sort_goes_over_the_sortable_columns_and_turns_around),
        T(question_is_answered_with_no_unless_yes_is_meant),
        T(scanner_answers_no_question),
        T(choice_by_cursor_and_by_digit),
        T(prompt_stays_open_with_the_error_and_brings_back_what_esc_left),
        T(scan_never_lands_in_a_quantity),
        T(form_reads_money_and_says_what_is_wrong_at_its_field),
        T(form_asks_before_it_throws_typing_away),
        T(form_choices_turn_with_space_and_arrows),
        T(picker_finds_without_accents),
        T(palette_finds_actions_and_screens),
        T(menu_and_help_come_from_the_action_table),
        T(undo_is_offered_once),
        T(error_stands_until_the_next_key_and_names_its_field),
        T(changes_of_another_counter_reload_the_screen),
        T(win_of_another_counter_stands_on_the_status_line_once),
        T(news_waits_until_an_error_was_read),
        T(nothing_is_painted_while_nothing_happens),
        T(long_work_shows_a_bar_and_stops_by_esc),
        T(burst_without_a_taker_is_only_typing),
        T(pasted_lines_become_one_line_and_press_nothing),
        T(run_ends_when_the_terminal_goes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
