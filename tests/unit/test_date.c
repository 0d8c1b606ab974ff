/* Dates and months: ISO text in and out, the calendar from 1900 to 9999. */
#include "base/date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "random.h"

struct reading {
    const char *text;
    const char *date;
    const char *time;
};

static void check(const struct reading *cases, size_t count, enum date_order order) {
    for (size_t i = 0; i < count; i++) {
        char date[DATE_SIZE] = "";
        char time[9] = "unset";
        struct err e = ERR_INIT;
        if (date_parse(cases[i].text, order, date, time, &e) != ERR_OK || strcmp(date, cases[i].date) != 0 ||
            strcmp(time, cases[i].time) != 0) {
            fail_msg("\"%s\": %s %s %s", cases[i].text, date, time, e.message);
        }
    }
}

static void dates_are_read_in_all_the_forms_of_files(void **state) {
    (void)state;
    static const struct reading cases[] = {
        {"2026-10-31", "2026-10-31", ""},
        {"2026/10/31", "2026-10-31", ""},
        {"31/10/2026", "2026-10-31", ""},
        {"31-10-2026", "2026-10-31", ""},
        {"31.10.2026", "2026-10-31", ""},
        {"1/3/2026", "2026-03-01", ""},
        {"2026-3-1", "2026-03-01", ""},
        {" 31/10/2026 ", "2026-10-31", ""},
        {"31/10/2026\t", "2026-10-31", ""},
        {"2026-10-31 14:05", "2026-10-31", "14:05:00"},
        {"2026-10-31T14:05:09", "2026-10-31", "14:05:09"},
        {"2026-10-31T14:05:09.123Z", "2026-10-31", "14:05:09"},
        {"2026-10-31T14:05:09+07:00", "2026-10-31", "14:05:09"},
        {"2026-10-31T14:05:09-0330", "2026-10-31", "14:05:09"},
        {"2026-10-31 14:05:09+07", "2026-10-31", "14:05:09"},
        {"31/10/2026 0:00", "2026-10-31", "00:00:00"},
        {"31/10/2026  23:59:59", "2026-10-31", "23:59:59"},
        {"31/10/2026 12:30:00 AM", "2026-10-31", "00:30:00"},
        {"31/10/2026 12:30 pm", "2026-10-31", "12:30:00"},
        {"31/10/2026 1:05PM", "2026-10-31", "13:05:00"},
        {"31/10/2026 2:05 CH", "2026-10-31", "14:05:00"},
        {"31/10/2026 2:05 SA", "2026-10-31", "02:05:00"},
        {"28 Feb 2026 23:30", "2026-02-28", "23:30:00"},
        {"28 february 2026", "2026-02-28", ""},
        {"1-Dec-2010", "2010-12-01", ""},
        {"29/02/2024", "2024-02-29", ""},
        {"29/02/2000", "2000-02-29", ""},
        {"1900-01-01", "1900-01-01", ""},
        {"9999-12-31", "9999-12-31", ""},
    };
    check(cases, sizeof cases / sizeof cases[0], DATE_DMY);
    static const struct reading american[] = {
        {"10/31/2026", "2026-10-31", ""},
        {"12/1/2010 8:26", "2010-12-01", "08:26:00"},
        {"10/31/2026 02:05:00 PM", "2026-10-31", "14:05:00"},
        {"2026-10-31", "2026-10-31", ""},
        {"28 Feb 2026", "2026-02-28", ""},
    };
    check(american, sizeof american / sizeof american[0], DATE_MDY);
}

static void what_is_no_date_is_refused(void **state) {
    (void)state;
    static const char *const bad[] = {
        "",
        " ",
        "abc",
        "2026",
        "2026-10",
        "31/10/26",
        "2026-13-01",
        "2026-00-10",
        "2026-02-30",
        "29/02/2026",
        "29/02/1900",
        "32/01/2026",
        "0/1/2026",
        "10/31/2026",
        "1899-12-31",
        "10000-01-01",
        "2026-10/31",
        "2026-10-31x",
        "2026-10-31T",
        "2026-10-31 25:00",
        "2026-10-31 12:60",
        "2026-10-31 12",
        "2026-10-31 12:00:60",
        "2026-10-31 13:00 PM",
        "2026-10-31 0:30 AM",
        "20261031",
        "2026-10-31 12:00 +7",
        "2026-10-3\xFF",
        "--",
        "-1-1-2026",
        "2026-10-31 1:2:3:4",
        "28 Foo 2026",
        "28 Fe 2026",
        "Feb 28 2026",
        "28 Feb 26",
        "٣١/١٠/٢٠٢٦",
        "2026-10-031",
        "002026-10-31",
        "31/10/2026 12:00 noon",
        "99999999999999999999/1/1",
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        char date[DATE_SIZE] = "kept";
        char time[9] = "kept";
        struct err e = ERR_INIT;
        if (date_parse(bad[i], DATE_DMY, date, time, &e) != ERR_INVALID) {
            fail_msg("\"%s\" was taken for %s %s", bad[i], date, time);
        }
        assert_string_equal(date, "kept");
        assert_string_equal(time, "kept");
        assert_true(e.message[0] != '\0');
    }
    char date[DATE_SIZE];
    assert_int_equal(date_parse("31/10/2026", DATE_DMY, date, NULL, NULL), ERR_OK);
    assert_int_equal(date_parse("31/10/2026", DATE_MDY, date, NULL, NULL), ERR_INVALID);
}

static void months_are_read_in_three_forms(void **state) {
    (void)state;
    static const char *const good[] = {"2026-10", "10/2026", "T10/2026", "t10/2026", "10-2026", "2026/10", " 2026-10 "};
    char month[MONTH_SIZE];
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        memset(month, 0, sizeof month);
        assert_int_equal(month_parse(good[i], month, NULL), ERR_OK);
        assert_string_equal(month, "2026-10");
    }
    static const char *const bad[] = {"",           "2026",     "2026-13",   "2026-00", "13/2026", "10/26",
                                      "2026-10-31", "T2026-10", "2026-0010", "abc",     "1899-12"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct err e = ERR_INIT;
        assert_int_equal(month_parse(bad[i], month, &e), ERR_INVALID);
        assert_true(e.message[0] != '\0');
    }
}

static void only_exact_iso_is_valid(void **state) {
    (void)state;
    assert_true(date_is_valid("2026-10-31"));
    assert_true(date_is_valid("2024-02-29"));
    assert_true(month_is_valid("2026-10"));
    static const char *const bad[] = {
        "",           "2026-10-32", "2026-02-29", "2026-1-31", "2026-10-31 ", " 2026-10-31",
        "2026/10/31", "1899-12-31", "2026-10",    "2026-10-3", "0000-00-00"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_false(date_is_valid(bad[i]));
    }
    static const char *const bad_months[] = {"", "2026-13", "2026-00", "2026-1", "2026-10-31", "2026/10", "202610"};
    for (size_t i = 0; i < sizeof bad_months / sizeof bad_months[0]; i++) {
        assert_false(month_is_valid(bad_months[i]));
    }
}

/* Every day in a row, counted by hand against the functions. */
static void every_day_of_the_calendar_round_trips(void **state) {
    (void)state;
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    long day_number = -25567;
    int weekday = 0; /* 1900-01-01 was a Monday */
    for (int year = 1900; year <= 9999; year++) {
        bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        for (int month = 1; month <= 12; month++) {
            int length = lengths[month - 1] + (month == 2 && leap);
            for (int day = 1; day <= length; day++, day_number++, weekday = (weekday + 1) % 7) {
                char expected[40];
                char date[DATE_SIZE];
                date_from_days(day_number, date);
                snprintf(expected, sizeof expected, "%04d-%02d-%02d", year, month, day);
                assert_string_equal(date, expected);
                assert_int_equal(date_to_days(expected), day_number);
                assert_int_equal(date_weekday(expected), weekday);
            }
        }
    }
    assert_int_equal(date_to_days("1970-01-01"), 0);
}

static void dates_beyond_the_calendar_stop_at_its_ends(void **state) {
    (void)state;
    char date[DATE_SIZE];
    date_from_days(INT64_MAX, date);
    assert_string_equal(date, "9999-12-31");
    date_from_days(INT64_MIN, date);
    assert_string_equal(date, "1900-01-01");
    date_add_days("2026-10-31", INT64_MAX, date);
    assert_string_equal(date, "9999-12-31");
    date_add_days("2026-10-31", INT64_MIN, date);
    assert_string_equal(date, "1900-01-01");
    char month[MONTH_SIZE];
    month_add("2026-10", INT32_MAX, month);
    assert_string_equal(month, "9999-12");
    month_add("2026-10", INT32_MIN, month);
    assert_string_equal(month, "1900-01");
}

static void days_are_added_and_counted(void **state) {
    (void)state;
    char date[DATE_SIZE] = "2026-02-28";
    date_add_days(date, 1, date);
    assert_string_equal(date, "2026-03-01");
    date_add_days("2024-02-28", 1, date);
    assert_string_equal(date, "2024-02-29");
    date_add_days("2026-01-01", -1, date);
    assert_string_equal(date, "2025-12-31");
    assert_int_equal(date_diff("2026-11-22", "2026-10-15"), 38);
    assert_int_equal(date_diff("2026-10-15", "2026-11-22"), -38);
    assert_int_equal(date_weekday("2026-11-21"), 5); /* T7 21/11/2026 */
    assert_int_equal(date_weekday("2026-11-22"), 6);
}

static void weeks_follow_iso_8601(void **state) {
    (void)state;
    static const struct {
        const char *date;
        int year, week;
    } cases[] = {
        {"2026-11-16", 2026, 47}, {"2026-11-22", 2026, 47}, {"2026-11-23", 2026, 48}, {"2026-01-01", 2026, 1},
        {"2025-12-29", 2026, 1},  {"2027-01-01", 2026, 53}, {"2021-01-03", 2020, 53}, {"2016-01-03", 2015, 53},
        {"2024-12-30", 2025, 1},  {"9999-12-31", 9999, 52}, {"1900-01-01", 1900, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int year;
        int week;
        date_iso_week(cases[i].date, &year, &week);
        assert_int_equal(year, cases[i].year);
        assert_int_equal(week, cases[i].week);
    }
}

static void months_are_added_and_bounded(void **state) {
    (void)state;
    char month[MONTH_SIZE];
    char date[DATE_SIZE];
    month_of("2026-10-31", month);
    assert_string_equal(month, "2026-10");
    month_add(month, 3, month);
    assert_string_equal(month, "2027-01");
    month_add("2026-01", -1, month);
    assert_string_equal(month, "2025-12");
    month_add("2026-01", -13, month);
    assert_string_equal(month, "2024-12");
    month_first_day("2026-02", date);
    assert_string_equal(date, "2026-02-01");
    month_last_day("2026-02", date);
    assert_string_equal(date, "2026-02-28");
    month_last_day("2024-02", date);
    assert_string_equal(date, "2024-02-29");
    month_last_day("2026-12", date);
    assert_string_equal(date, "2026-12-31");
}

static void seconds_are_counted_between_times(void **state) {
    (void)state;
    assert_int_equal(datetime_to_seconds("1970-01-01 00:00:00"), 0);
    assert_int_equal(datetime_to_seconds("1970-01-02 00:00:01"), 86401);
    assert_int_equal(datetime_to_seconds("2026-10-31 14:05:00") - datetime_to_seconds("2026-10-30 14:04:59"), 86401);
    assert_int_equal(datetime_to_seconds("nonsense"), 0);
    assert_int_equal(datetime_to_seconds("2026-10-31"), 0);
    assert_int_equal(datetime_to_seconds(""), 0);
}

static void screens_show_the_day_first(void **state) {
    (void)state;
    char out[DATE_SIZE] = "2026-10-31";
    assert_string_equal(date_format(out, out), "31/10/2026");
    assert_string_equal(date_format("", out), "");
    assert_string_equal(date_format("nonsense that is long", out), "?");
}

static void shown_dates_read_back(void **state) {
    (void)state;
    struct random r = RANDOM_INIT;
    for (int i = 0; i < 20000; i++) {
        char date[DATE_SIZE];
        char shown[DATE_SIZE];
        char back[DATE_SIZE];
        date_from_days((long)random_between(&r, -25567, 2932896), date);
        assert_int_equal(date_parse(date_format(date, shown), DATE_DMY, back, NULL, NULL), ERR_OK);
        assert_string_equal(back, date);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_are_read_in_all_the_forms_of_files),
        cmocka_unit_test(what_is_no_date_is_refused),
        cmocka_unit_test(months_are_read_in_three_forms),
        cmocka_unit_test(only_exact_iso_is_valid),
        cmocka_unit_test(every_day_of_the_calendar_round_trips),
        cmocka_unit_test(dates_beyond_the_calendar_stop_at_its_ends),
        cmocka_unit_test(days_are_added_and_counted),
        cmocka_unit_test(weeks_follow_iso_8601),
        cmocka_unit_test(months_are_added_and_bounded),
        cmocka_unit_test(seconds_are_counted_between_times),
        cmocka_unit_test(screens_show_the_day_first),
        cmocka_unit_test(shown_dates_read_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
