/* The Cash screen: a shift opened, fed, counted by denomination and closed, its report shown and printed. */
#include "tui/screens/cash.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mem.h"
#include "db/db.h"
#include "io/cash_lines.h"
#include "io/config.h"
#include "screen_test.h"
#include "testorders.h"
#include "testshop.h"

struct fixture {
    struct shop *shop;
    struct screen_test *t;
    char folder[64];
};

static int setup_in(void **state, const char *currency, int width, int height) {
    static const struct screen_entry screens[] = {{&screen_cash, -1}};
    struct fixture *f = mem_zalloc(sizeof *f);
    f->shop = testshop_open_in(currency);
    f->t = screen_test_new(screens, 1, f->shop, width, height, NULL);
    strcpy(f->folder, "/tmp/cash-XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    *state = f;
    return 0;
}

static int setup(void **state) {
    return setup_in(state, "VND", 80, 24);
}

static int setup_wide(void **state) {
    return setup_in(state, "VND", 160, 50);
}

static int setup_yen(void **state) {
    return setup_in(state, "JPY", 80, 24);
}

static int teardown(void **state) {
    struct fixture *f = *state;
    screen_test_free(f->t);
    testshop_close(&f->shop);
    rmdir(f->folder);
    free(f);
    return 0;
}

static struct cash_state *screen(struct fixture *f) {
    return app_screen_state(f->t->app, "cash");
}

static void at(struct fixture *f, const char *now) {
    testshop_set_now(f->shop, now);
    snprintf(f->t->now, sizeof f->t->now, "%s", now);
}

/* A shift of yesterday that was 2.000 short, and today's with a sale of 240.000. */
static enum err_code fix_hashes(struct shop *shop, void *ctx, struct err *e) {
    (void)ctx;
    return db_run(shop_db(shop), "UPDATE audit SET hash = '1a2b3c4d5e6f' || substr(hash, 13)", DB_NO_BIND, e);
}

static void two_shifts(struct fixture *f) {
    struct err e = ERR_INIT;
    int64_t id = 0;
    at(f, "2026-11-20 08:00:00");
    assert_int_equal(cash_open(f->shop, 1000000, &id, &e), ERR_OK);
    at(f, "2026-11-20 21:30:00");
    assert_int_equal(cash_close_total(f->shop, 998000, "thiếu tiền lẻ", NULL, &e), ERR_OK);
    at(f, "2026-11-21 08:00:00");
    assert_int_equal(cash_open(f->shop, 998000, &id, &e), ERR_OK);
    at(f, "2026-11-21 14:05:00");
    int64_t product = testorders_product(f->shop, "AO", 120000, -1);
    testorders_receive(f->shop, product, 10000, 70000);
    struct order_line_input line = testorders_line(product, 2000, 120000);
    struct order_input in = testorders_input(&line, 1);
    in.pay_rest = true;
    in.rest_method = PAY_CASH;
    testorders_add(f->shop, &in);
    assert_int_equal(shop_transact(f->shop, fix_hashes, NULL, &e), ERR_OK); /* they are other ones each time */
    app_reload(f->t->app);
}

static void without_a_shift_it_says_so_and_shows_today(void **state) {
    struct fixture *f = *state;
    assert_false(screen(f)->is_open);
    screen_test_golden(f->t, "tui/cash-none");
}

static void shift_is_opened_with_what_was_counted(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "n1tr2<Enter>");
    assert_true(screen(f)->is_open);
    assert_int_equal(screen(f)->now.opening, 1200000);
    screen_test_type(f->t, "n");
    assert_true(screen_test_shows(f->t, "A shift is open already"));
}

static void wrong_amounts_keep_the_form_open(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "n<Enter>");
    assert_true(screen_test_shows(f->t, "Cash in the drawer is needed"));
    screen_test_type(f->t, "abc<Enter>");
    assert_true(screen_test_shows(f->t, "is not an amount of money"));
    screen_test_type(f->t, "<Ctrl-U>-5k<Enter>");
    assert_true(screen_test_shows(f->t, "less than nothing"));
    screen_test_type(f->t, "<Ctrl-U>0<Enter>");
    assert_true(screen(f)->is_open);
}

static void cash_in_and_out_need_amount_and_reason(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "n500k<Enter>i200k<Enter>");
    assert_true(screen_test_shows(f->t, "Reason is needed"));
    screen_test_type(f->t, "đổi tiền lẻ<Enter>o50k<Tab>mua đá<Enter>");
    assert_int_equal(screen(f)->now.cash_in, 200000);
    assert_int_equal(screen(f)->now.cash_out, 50000);
    assert_int_equal(screen(f)->now.expected, 650000);
    screen_test_type(f->t, "o0<Tab>x<Enter>");
    assert_true(screen_test_shows(f->t, "above 0"));
}

static void shifts_are_listed_newest_first_with_what_was_missing(void **state) {
    struct fixture *f = *state;
    two_shifts(f);
    screen_test_text(f->t);
    assert_int_equal(screen(f)->shift_count, 2);
    assert_int_equal(screen(f)->now.sales, 240000);
    screen_test_golden(f->t, "tui/cash");
    screen_test_type(f->t, "<Left>");
    assert_int_equal(screen(f)->shift_count, 0);
    assert_true(screen_test_shows(f->t, "10/2026"));
    screen_test_type(f->t, "<Right>");
    assert_int_equal(screen(f)->shift_count, 2);
}

static void paper_of_a_closed_shift_says_where_the_audit_log_stood(void **state) {
    struct fixture *f = *state;
    struct cash_report r = {0};
    struct err e = ERR_INIT;
    struct buf text = BUF_INIT;
    int64_t id = 0;
    char at_time[DATETIME_SIZE];
    two_shifts(f);
    assert_int_equal(cash_close_total(f->shop, 1238000, "", &r, &e), ERR_OK);
    cash_text(&r, shop_currency(f->shop), "", 32, &text);
    char *line = mem_printf("%s\n", r.audit_head);
    assert_non_null(strstr(buf_str(&text), "\nAudit log "));
    assert_non_null(strstr(buf_str(&text), line));
    assert_int_equal(audit_find_head(f->shop, r.audit_head, &id, at_time, &e), ERR_OK);
    assert_string_equal(at_time, "2026-11-21 14:05:00");
    free(line);
    buf_clear(&text);
    cash_report_clear(&r);
}

static void wide_screen_shows_the_report_beside_the_list(void **state) {
    struct fixture *f = *state;
    two_shifts(f);
    screen_test_type(f->t, "j");
    screen_test_golden(f->t, "tui/cash-160");
}

static void drawer_is_counted_by_denomination_and_the_difference_is_said_before_closing(void **state) {
    struct fixture *f = *state;
    two_shifts(f);
    screen_test_type(f->t, "c2<Enter><Enter>2<Enter>");
    screen_test_golden(f->t, "tui/cash-count");
    screen_test_type(f->t, "<Tab>1<Tab>1<Tab>1<Ctrl-S>"); /* 1.200.000 + 20.000 + 10.000 + 5.000 */
    assert_true(screen_test_shows(f->t, "3.000 ₫ SHORT"));
    screen_test_type(f->t, "<Enter>"); /* “No” has the cursor; the count stays */
    assert_true(screen(f)->is_open);
    screen_test_type(f->t, "c<Up><Up><Up>1<Enter>1<Enter>ghi chú<Enter>");
    assert_true(screen_test_shows(f->t, "1.500 ₫ SHORT"));
    screen_test_type(f->t, "y");
    assert_false(screen(f)->is_open);
    assert_true(screen(f)->shifts[0].closed);
    assert_string_equal(screen(f)->shifts[0].note, "ghi chú");
    assert_true(screen_test_shows(f->t, "Difference"));
    screen_test_type(f->t, "<Esc>c");
    assert_true(screen_test_shows(f->t, "No shift is open"));
}

static void what_is_no_number_of_pieces_is_refused(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "n0<Enter>c1<Enter>x2<Enter><Ctrl-S>");
    assert_int_equal(screen(f)->till.wrong, 1);
    assert_true(screen_test_shows(f->t, "is no number of pieces"));
    screen_test_type(f->t, "<Ctrl-U>-1<Ctrl-S>");
    assert_int_equal(screen(f)->till.wrong, 1);
    screen_test_type(f->t, "<Ctrl-U><Ctrl-S>");
    assert_true(screen_test_shows(f->t, "500.000 ₫ OVER"));
}

static void scanned_code_never_becomes_a_number_of_pieces(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "n0<Enter>c");
    screen_test_scan(f->t, "8934567890123");
    assert_string_equal(field_text(&screen(f)->till.pieces[0]), "");
}

static void count_that_was_left_is_still_there(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "n0<Enter>c12<Esc>c");
    assert_string_equal(field_text(&screen(f)->till.pieces[0]), "12");
}

static void currency_without_known_notes_is_counted_as_a_total(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "n5000<Enter>c5100<Enter>");
    assert_true(screen_test_shows(f->t, "OVER"));
    screen_test_type(f->t, "y");
    assert_false(screen(f)->is_open);
    assert_int_equal(screen(f)->shifts[0].difference, 100);
}

static void report_of_a_day_and_of_a_shift_open_in_a_box(void **state) {
    struct fixture *f = *state;
    two_shifts(f);
    screen_test_type(f->t, "j<Enter>");
    screen_test_golden(f->t, "tui/cash-report");
    screen_test_type(f->t, "<Esc>d<Enter>");
    assert_true(screen_test_shows(f->t, "Cash of the day"));
    screen_test_type(f->t, "<Esc>d<Ctrl-U>khi nào<Enter>");
    assert_true(screen_test_shows(f->t, "is not a date"));
}

static void printing_without_a_printer_says_so(void **state) {
    struct fixture *f = *state;
    two_shifts(f);
    screen_test_type(f->t, "p");
    assert_true(screen_test_shows(f->t, "No printer is configured"));
}

static void report_on_paper_is_as_wide_as_the_paper(void **state) {
    struct fixture *f = *state;
    struct cash_report r = {0};
    struct err e = ERR_INIT;
    struct buf text = BUF_INIT;
    two_shifts(f);
    assert_int_equal(cash_report(f->shop, NULL, &r, &e), ERR_OK);
    cash_text(&r, shop_currency(f->shop), "Tạp hoá Hạnh Phúc", 32, &text);
    assert_non_null(strstr(buf_str(&text), "Tạp hoá Hạnh Phúc\n"));
    assert_non_null(strstr(buf_str(&text), "Opened          21/11/2026 08:00\n"));
    assert_non_null(strstr(buf_str(&text), "Expected             1.238.000 ₫\n"));
    assert_null(strstr(buf_str(&text), "Audit log"));
    buf_clear(&text);
    cash_report_clear(&r);
}

static void export_writes_the_months_shifts(void **state) {
    struct fixture *f = *state;
    char *path = mem_printf("%s/ca.csv", f->folder);
    char line[400];
    two_shifts(f);
    screen_test_type(f->t, "x<Ctrl-U>");
    screen_test_type(f->t, path);
    screen_test_type(f->t, "<Enter>");
    FILE *in = fopen(path, "r");
    assert_non_null(in);
    assert_non_null(fgets(line, sizeof line, in));
    assert_non_null(fgets(line, sizeof line, in));
    assert_string_equal(line, "2,2026-11-21 08:00:00,,,998000,240000,0,0,0,1238000,,,\n");
    assert_non_null(fgets(line, sizeof line, in));
    assert_non_null(strstr(line, ",998000,-2000,thiếu tiền lẻ\n"));
    fclose(in);
    unlink(path);
    free(path);
}

static void smallest_terminal_still_counts(void **state) {
    struct fixture *f = *state;
    screen_test_resize(f->t, 60, 16);
    screen_test_type(f->t, "n0<Enter>c<Up><Up>3");
    assert_true(screen_test_shows(f->t, "500 ×"));
    assert_true(screen_test_shows(f->t, "1.500 ₫"));
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        WITH(without_a_shift_it_says_so_and_shows_today),
        WITH(shift_is_opened_with_what_was_counted),
        WITH(wrong_amounts_keep_the_form_open),
        WITH(cash_in_and_out_need_amount_and_reason),
        WITH(shifts_are_listed_newest_first_with_what_was_missing),
        cmocka_unit_test_setup_teardown(wide_screen_shows_the_report_beside_the_list, setup_wide, teardown),
        WITH(drawer_is_counted_by_denomination_and_the_difference_is_said_before_closing),
        WITH(what_is_no_number_of_pieces_is_refused),
        WITH(scanned_code_never_becomes_a_number_of_pieces),
        WITH(count_that_was_left_is_still_there),
        cmocka_unit_test_setup_teardown(currency_without_known_notes_is_counted_as_a_total, setup_yen, teardown),
        WITH(report_of_a_day_and_of_a_shift_open_in_a_box),
        WITH(printing_without_a_printer_says_so),
        WITH(paper_of_a_closed_shift_says_where_the_audit_log_stood),
        WITH(report_on_paper_is_as_wide_as_the_paper),
        WITH(export_writes_the_months_shifts),
        WITH(smallest_terminal_still_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
