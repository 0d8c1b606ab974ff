#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"
#include "io/table.h"

static const struct currency vnd = {"VND", 0, "₫"};
static const struct currency gbp = {"GBP", 2, "£"};

static const struct table_column columns[] = {
    {"name", TABLE_TEXT, NULL},    {"phone", TABLE_PHONE, NULL},  {"date", TABLE_DATE, NULL},
    {"orders", TABLE_INT, NULL},   {"price", TABLE_MONEY, NULL},  {"qty", TABLE_QTY, NULL},
    {"vat_pct", TABLE_RATE, NULL}, {"vat_bps", TABLE_RATE, NULL}, {"attainment_pct", TABLE_PCT, NULL},
    {"active", TABLE_BOOL, NULL},
};
enum { COLUMNS = sizeof columns / sizeof *columns };

static void fill(struct table *t) {
    table_text(t, "=Nguyễn, Đạt");
    table_text(t, "+84912");
    table_text(t, "2026-10-31");
    table_number(t, 1204);
    table_number(t, 123456789);
    table_number(t, 500);
    table_number(t, 750);
    table_number(t, 800);
    table_number(t, 8746);
    table_number(t, 1);
    table_end_row(t);
    table_text(t, NULL);
    table_end_row(t);
}

static char *render(enum table_format format, const struct currency *currency) {
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);
    struct table *t = table_new(format, out, currency, columns, COLUMNS);
    fill(t);
    assert_int_equal(table_close(&t, NULL), ERR_OK);
    assert_null(t);
    fclose(out);
    return text;
}

static void expect(enum table_format format, const struct currency *currency, const char *expected) {
    char *text = render(format, currency);
    assert_string_equal(text, expected);
    free(text);
}

static void csv_has_plain_numbers_in_the_currencys_units(void **state) {
    (void)state;
    expect(TABLE_CSV, &gbp,
           "name,phone,date,orders,price,qty,vat_pct,vat_bps,attainment_pct,active\n"
           "\"=Nguyễn, Đạt\",+84912,2026-10-31,1204,1234567.89,0.5,7.5,800,87.5,1\n"
           ",,,,,,,,,\n");
}

static void excels_csv_guards_text_but_no_phone(void **state) {
    (void)state;
    expect(TABLE_CSV_EXCEL, &vnd,
           "\xEF\xBB\xBFname,phone,date,orders,price,qty,vat_pct,vat_bps,attainment_pct,active\r\n"
           "\"'=Nguyễn, Đạt\",+84912,2026-10-31,1204,123456789,0.5,7.5,800,87.5,1\r\n"
           ",,,,,,,,,\r\n");
}

static void json_has_typed_values(void **state) {
    (void)state;
    expect(TABLE_JSON, &gbp,
           "[\n{\"name\": \"=Nguyễn, Đạt\", \"phone\": \"+84912\", \"date\": \"2026-10-31\", \"orders\": 1204, "
           "\"price\": 123456789, \"qty\": 0.5, \"vat_pct\": 7.5, \"vat_bps\": 800, \"attainment_pct\": 87.5, "
           "\"active\": true},\n"
           "{\"name\": \"\", \"phone\": \"\", \"date\": \"\", \"orders\": null, \"price\": null, \"qty\": null, "
           "\"vat_pct\": null, \"vat_bps\": null, \"attainment_pct\": null, \"active\": null}\n]\n");
}

static void a_list_without_rows_is_a_header_or_an_empty_array(void **state) {
    (void)state;
    static const struct table_column one[] = {{"a", TABLE_TEXT, NULL}, {"b", TABLE_INT, NULL}};
    const char *const expected[] = {[TABLE_HUMAN] = "a  b\n", [TABLE_CSV] = "a,b\n", [TABLE_JSON] = "[]\n"};
    const enum table_format formats[] = {TABLE_HUMAN, TABLE_CSV, TABLE_JSON};
    for (size_t i = 0; i < 3; i++) {
        char *text = NULL;
        size_t len = 0;
        FILE *out = open_memstream(&text, &len);
        struct table *t = table_new(formats[i], out, &vnd, one, 2);
        assert_int_equal(table_close(&t, NULL), ERR_OK);
        fclose(out);
        assert_string_equal(text, expected[formats[i]]);
        free(text);
    }
}

static void people_get_aligned_columns(void **state) {
    (void)state;
    static const struct table_column some[] = {{"name", TABLE_TEXT, "Tên"},
                                               {"price", TABLE_MONEY, NULL},
                                               {"share", TABLE_PCT, NULL},
                                               {"note", TABLE_TEXT, NULL}};
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);
    struct table *t = table_new(TABLE_HUMAN, out, &vnd, some, 4);
    table_text(t, "Nguyễn");
    table_number(t, 1234567);
    table_number(t, 8746);
    table_text(t, "x\ny");
    table_end_row(t);
    table_text(t, "Lê");
    table_number(t, -5);
    table_end_row(t);
    assert_int_equal(table_close(&t, NULL), ERR_OK);
    fclose(out);
    assert_string_equal(text, "Tên         price  share  note\n"
                              "Nguyễn  1.234.567  87,5%  x␤y\n"
                              "Lê             -5         \n");
    free(text);
}

static void percentages_round_half_away_from_zero(void **state) {
    (void)state;
    static const struct table_column one[] = {{"a_pct", TABLE_PCT, NULL}, {"b", TABLE_INT, NULL}};
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);
    struct table *t = table_new(TABLE_CSV, out, &vnd, one, 2);
    const int64_t values[] = {0, 4, 5, -4, -5, 10000, 99999};
    for (size_t i = 0; i < 7; i++) {
        table_number(t, values[i]);
        table_end_row(t);
    }
    assert_int_equal(table_close(&t, NULL), ERR_OK);
    fclose(out);
    assert_string_equal(text, "a_pct,b\n0.0,\n0.0,\n0.1,\n0.0,\n-0.1,\n100.0,\n1000.0,\n");
    free(text);
}

static void what_cannot_be_written_is_an_error(void **state) {
    (void)state;
    FILE *full = fopen("/dev/full", "wb");
    struct table *t = table_new(TABLE_CSV, full, &vnd, columns, COLUMNS);
    fill(t);
    struct err e = ERR_INIT;
    assert_int_equal(table_close(&t, &e), ERR_IO);
    assert_string_not_equal(e.message, "");
    fclose(full);
}

/* What `unzip -p FILE NAME` says; the tests' machine has it, as every office suite's format is a zip. */
static char *unzipped(const char *path, const char *name) {
    char *command = mem_printf("unzip -p '%s' '%s'", path, name);
    FILE *p = popen(command, "r");
    char *text = NULL;
    size_t cap = 0;
    if (getdelim(&text, &cap, '\0', p) < 0) {
        free(text);
        text = mem_strdup("");
    }
    pclose(p);
    free(command);
    return text;
}

static void workbooks_have_real_numbers_and_dates(void **state) {
    (void)state;
    char path[] = "/tmp/chotdon-table-XXXXXX";
    close(mkstemp(path));
    struct table *t = NULL;
    assert_int_equal(table_new_xlsx(path, &gbp, columns, COLUMNS, &t, NULL), ERR_OK);
    fill(t);
    assert_int_equal(table_close(&t, NULL), ERR_OK);
    char *sheet = unzipped(path, "xl/worksheets/sheet1.xml");
    assert_non_null(strstr(sheet, "<t>=Nguyễn, Đạt</t>"));
    assert_null(strstr(sheet, "<f>"));
    assert_non_null(strstr(sheet, "<t>+84912</t>"));
    assert_non_null(strstr(sheet, "<v>46326</v>"));
    assert_non_null(strstr(sheet, "<v>1234567.89</v>"));
    assert_non_null(strstr(sheet, "<v>0.5</v>"));
    assert_non_null(strstr(sheet, "<v>7.5</v>"));
    assert_non_null(strstr(sheet, "<v>87.5</v>"));
    free(sheet);
    unlink(path);
}

static void hostile_texts_leave_a_workbook_whole(void **state) {
    (void)state;
    char path[] = "/tmp/chotdon-table-XXXXXX";
    close(mkstemp(path));
    unlink(path);
    static const struct table_column one[] = {{"a", TABLE_TEXT, NULL}, {"b", TABLE_DATE, NULL}};
    struct table *t = NULL;
    assert_int_equal(table_new_xlsx(path, &vnd, one, 2, &t, NULL), ERR_OK);
    table_text(t, "x\x1B[31m\xFF\xED\xA0\x80\uFFFE\uFFFF\u202E<&>\nhai");
    table_text(t, "2026-\x01\xFF");
    table_end_row(t);
    assert_int_equal(table_close(&t, NULL), ERR_OK);
    char *sheet = unzipped(path, "xl/worksheets/sheet1.xml");
    assert_true(text_is_utf8(sheet, strlen(sheet)));
    assert_non_null(strstr(sheet, "x␛[31m"));
    assert_non_null(strstr(sheet, "·&lt;&amp;&gt;\nhai"));
    assert_null(strstr(sheet, "\uFFFE"));
    assert_null(strchr(sheet, '\x01'));
    free(sheet);
    unlink(path);
}

static void a_workbook_needs_a_file(void **state) {
    (void)state;
    struct table *t = NULL;
    struct err e = ERR_INIT;
    assert_int_equal(table_new_xlsx(NULL, &vnd, columns, COLUMNS, &t, &e), ERR_INVALID);
    assert_int_equal(table_new_xlsx("/no/such/folder/x.xlsx", &vnd, columns, COLUMNS, &t, &e), ERR_IO);
    assert_null(t);
}

static void too_many_rows_for_a_workbook_are_refused(void **state) {
    (void)state;
    char path[] = "/tmp/chotdon-table-XXXXXX";
    close(mkstemp(path));
    unlink(path);
    static const struct table_column one[] = {{"a", TABLE_INT, NULL}};
    struct table *t = NULL;
    struct err e = ERR_INIT;
    assert_int_equal(table_new_xlsx(path, &vnd, one, 1, &t, NULL), ERR_OK);
    for (int i = 0; i < 1048576; i++) {
        table_number(t, i);
        table_end_row(t);
    }
    assert_int_equal(table_close(&t, &e), ERR_REFUSED);
    assert_int_equal(access(path, F_OK), -1);
}

static void an_abandoned_workbook_leaves_nothing(void **state) {
    (void)state;
    char path[] = "/tmp/chotdon-table-XXXXXX";
    close(mkstemp(path));
    unlink(path);
    struct table *t = NULL;
    assert_int_equal(table_new_xlsx(path, &vnd, columns, COLUMNS, &t, NULL), ERR_OK);
    fill(t);
    table_abandon(&t);
    table_abandon(&t);
    assert_int_equal(access(path, F_OK), -1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(csv_has_plain_numbers_in_the_currencys_units),
        cmocka_unit_test(excels_csv_guards_text_but_no_phone),
        cmocka_unit_test(json_has_typed_values),
        cmocka_unit_test(a_list_without_rows_is_a_header_or_an_empty_array),
        cmocka_unit_test(people_get_aligned_columns),
        cmocka_unit_test(percentages_round_half_away_from_zero),
        cmocka_unit_test(what_cannot_be_written_is_an_error),
        cmocka_unit_test(workbooks_have_real_numbers_and_dates),
        cmocka_unit_test(hostile_texts_leave_a_workbook_whole),
        cmocka_unit_test(a_workbook_needs_a_file),
        cmocka_unit_test(too_many_rows_for_a_workbook_are_refused),
        cmocka_unit_test(an_abandoned_workbook_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
