#include "base/date.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define FIRST_YEAR  1900
#define LAST_YEAR   9999
#define FIRST_MONTH (INT64_C(12) * FIRST_YEAR)
#define LAST_MONTH  (INT64_C(12) * LAST_YEAR + 11)
#define FIRST_DAY   (-25567L) /* 1900-01-01 */
#define LAST_DAY    2932896L  /* 9999-12-31 */

static int digit(char c) {
    return c >= '0' && c <= '9' ? c - '0' : -1;
}

/* `n` digits, or -1. */
static int number(const char *p, int n) {
    int value = 0;
    for (int i = 0; i < n; i++) {
        int d = digit(p[i]);
        if (d < 0) {
            return -1;
        }
        value = value * 10 + d;
    }
    return value;
}

static bool is_leap(int year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int days_in_month(int year, int month) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month - 1] + (month == 2 && is_leap(year));
}

bool month_is_valid(const char *iso) {
    int year = number(iso, 4);
    if (year < FIRST_YEAR || iso[4] != '-') {
        return false;
    }
    int month = number(iso + 5, 2);
    return month >= 1 && month <= 12 && iso[7] == '\0';
}

bool date_is_valid(const char *iso) {
    int year = number(iso, 4);
    if (year < FIRST_YEAR || iso[4] != '-') {
        return false;
    }
    int month = number(iso + 5, 2);
    if (month < 1 || month > 12 || iso[7] != '-') {
        return false;
    }
    int day = number(iso + 8, 2);
    return day >= 1 && day <= days_in_month(year, month) && iso[10] == '\0';
}

static void write_number(char *out, int value, int digits) {
    for (int i = digits - 1; i >= 0; i--, value /= 10) {
        out[i] = (char)('0' + value % 10);
    }
}

static void write_month(int year, int month, char *out) {
    write_number(out, year, 4);
    out[4] = '-';
    write_number(out + 5, month, 2);
}

/* Howard Hinnant's algorithm: the year begins in March, so the leap day is its last. */
static long days_from_civil(int year, int month, int day) {
    long y = month <= 2 ? year - 1L : year;
    long era = y / 400;
    long of_era = y - era * 400;
    long of_year = (153L * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

long date_to_days(const char *iso) {
    if (!date_is_valid(iso)) {
        return 0;
    }
    return days_from_civil(number(iso, 4), number(iso + 5, 2), number(iso + 8, 2));
}

void date_from_days(long days, char date[DATE_SIZE]) {
    days = days < FIRST_DAY ? FIRST_DAY : days > LAST_DAY ? LAST_DAY : days;
    long z = days + 719468;
    long era = z / 146097;
    long of_era = z - era * 146097;
    long year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    long of_year = of_era - (365 * year + year / 4 - year / 100);
    long shifted = (5 * of_year + 2) / 153;
    int day = (int)(of_year - (153 * shifted + 2) / 5 + 1);
    int month = (int)(shifted < 10 ? shifted + 3 : shifted - 9);
    write_month((int)(year + era * 400 + (month <= 2)), month, date);
    date[7] = '-';
    write_number(date + 8, day, 2);
    date[10] = '\0';
}

void date_add_days(const char *iso, long days, char out[DATE_SIZE]) {
    const long most = LAST_DAY - FIRST_DAY;
    days = days < -most ? -most : days > most ? most : days;
    date_from_days(date_to_days(iso) + days, out);
}

long date_diff(const char *later, const char *earlier) {
    return date_to_days(later) - date_to_days(earlier);
}

static int weekday_of(long days) {
    return (int)(((days + 3) % 7 + 7) % 7); /* 1970-01-01 was a Thursday */
}

int date_weekday(const char *iso) {
    return weekday_of(date_to_days(iso));
}

void date_iso_week(const char *iso, int *year, int *week) {
    long days = date_to_days(iso);
    long thursday = days - weekday_of(days) + 3;
    char date[DATE_SIZE];
    date_from_days(days, date);
    int y = number(date, 4);
    if (thursday < days_from_civil(y, 1, 1)) {
        y--;
    } else if (thursday >= days_from_civil(y + 1, 1, 1)) {
        y++;
    }
    *year = y;
    *week = (int)((thursday - days_from_civil(y, 1, 1)) / 7) + 1;
}

void month_of(const char *iso_date, char month[MONTH_SIZE]) {
    char date[DATE_SIZE];
    date_from_days(date_to_days(iso_date), date);
    memcpy(month, date, 7);
    month[7] = '\0';
}

void month_add(const char *month, int months, char out[MONTH_SIZE]) {
    int64_t from =
        month_is_valid(month) ? number(month, 4) * INT64_C(12) + number(month + 5, 2) - 1 : INT64_C(1970) * 12;
    int64_t to = from + months;
    to = to < FIRST_MONTH ? FIRST_MONTH : to > LAST_MONTH ? LAST_MONTH : to;
    write_month((int)(to / 12), (int)(to % 12) + 1, out);
    out[7] = '\0';
}

static void month_day(const char *month, bool last, char date[DATE_SIZE]) {
    char valid[MONTH_SIZE];
    month_add(month, 0, valid);
    memcpy(date, valid, 7);
    date[7] = '-';
    write_number(date + 8, last ? days_in_month(number(valid, 4), number(valid + 5, 2)) : 1, 2);
    date[10] = '\0';
}

void month_first_day(const char *month, char date[DATE_SIZE]) {
    month_day(month, false, date);
}

void month_last_day(const char *month, char date[DATE_SIZE]) {
    month_day(month, true, date);
}

long long datetime_to_seconds(const char *iso_datetime) {
    char date[DATE_SIZE];
    if (strnlen(iso_datetime, DATETIME_SIZE) != DATETIME_SIZE - 1) {
        return 0;
    }
    memcpy(date, iso_datetime, DATE_SIZE - 1);
    date[DATE_SIZE - 1] = '\0';
    const char *clock = iso_datetime + DATE_SIZE;
    int hours = number(clock, 2);
    int minutes = number(clock + 3, 2);
    int seconds = number(clock + 6, 2);
    if (hours < 0 || minutes < 0 || seconds < 0) {
        return 0;
    }
    return date_to_days(date) * 86400LL + hours * 3600LL + minutes * 60LL + seconds;
}

const char *date_format(const char *iso, char out[DATE_SIZE]) {
    if (!date_is_valid(iso)) {
        snprintf(out, DATE_SIZE, "%s", *iso == '\0' ? "" : "?");
        return out;
    }
    char shown[DATE_SIZE] = {iso[8], iso[9], '/', iso[5], iso[6], '/', iso[0], iso[1], iso[2], iso[3], '\0'};
    memcpy(out, shown, DATE_SIZE);
    return out;
}
