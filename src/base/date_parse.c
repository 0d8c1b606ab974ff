#include "base/date.h"

#include <string.h>
#include <strings.h>

#include "base/i18n.h"

struct civil {
    int year;
    int month;
    int day;
};

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static const char *skip_blanks(const char *p) {
    return p + strspn(p, " \t\r\n");
}

/* A number of one to `most` digits at *p; -1 when there is none or it is longer. */
static int read_number(const char **p, int most) {
    int value = 0;
    int n = 0;
    for (; is_digit(**p) && n < most; n++) {
        value = value * 10 + (*(*p)++ - '0');
    }
    return n == 0 || is_digit(**p) ? -1 : value;
}

static bool four_digits(const char *p) {
    return is_digit(p[0]) && is_digit(p[1]) && is_digit(p[2]) && is_digit(p[3]) && !is_digit(p[4]);
}

static bool is_separator(char c) {
    return c == '-' || c == '/' || c == '.';
}

/* "Feb" or "February" at *p: 1 to 12, 0 when it is no month. */
static int read_month_name(const char **p) {
    static const char *const names[] = {"january", "february", "march",     "april",   "may",      "june",
                                        "july",    "august",   "september", "october", "november", "december"};
    size_t n = strspn(*p, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
    for (int i = 0; i < 12 && n >= 3; i++) {
        if (strncasecmp(*p, names[i], n) == 0 && (n == 3 || names[i][n] == '\0')) {
            *p += n;
            return i + 1;
        }
    }
    return 0;
}

/* 28 Feb 2026, 28-Feb-2026; *p stands behind the day. */
static bool read_named(const char **p, struct civil *out) {
    char separator = **p;
    if (separator != ' ' && separator != '-') {
        return false;
    }
    (*p)++;
    out->month = read_month_name(p);
    if (out->month == 0 || **p != separator) {
        return false;
    }
    (*p)++;
    out->year = four_digits(*p) ? read_number(p, 4) : -1;
    return true;
}

static bool read_date(const char **p, enum date_order order, struct civil *out) {
    bool year_first = four_digits(*p);
    int first = read_number(p, 4);
    char separator = **p;
    bool digits_follow = separator != '\0' && is_digit((*p)[1]);
    if (first >= 0 && !year_first && !digits_follow) {
        out->day = first;
        return read_named(p, out);
    }
    if (first < 0 || !is_separator(separator)) {
        return false;
    }
    (*p)++;
    int second = read_number(p, 2);
    if (second < 0 || **p != separator) {
        return false;
    }
    (*p)++;
    if (year_first) {
        *out = (struct civil){first, second, read_number(p, 2)};
        return true;
    }
    int year = four_digits(*p) ? read_number(p, 4) : -1;
    *out = order == DATE_MDY ? (struct civil){year, first, second} : (struct civil){year, second, first};
    return true;
}

/* Seconds with an optional fraction; the fraction is dropped. */
static int read_seconds(const char **p) {
    int seconds = read_number(p, 2);
    if (seconds >= 0 && (**p == '.' || **p == ',') && is_digit((*p)[1])) {
        (*p)++;
        *p += strspn(*p, "0123456789");
    }
    return seconds;
}

/* AM, PM, or Vietnamese SA, CH: hours 1 to 12 become 0 to 23, -1 when they do not fit. Other text is left alone. */
static int read_half(const char **p, int hours) {
    const char *q = skip_blanks(*p);
    bool morning = strncasecmp(q, "AM", 2) == 0 || strncasecmp(q, "SA", 2) == 0;
    bool evening = strncasecmp(q, "PM", 2) == 0 || strncasecmp(q, "CH", 2) == 0;
    if (!morning && !evening) {
        return hours;
    }
    *p = q + 2;
    if (hours < 1 || hours > 12) {
        return -1;
    }
    return hours % 12 + (evening ? 12 : 0);
}

/* Z, +07:00, +0700, +07 or nothing. */
static bool skip_zone(const char **p) {
    if (**p == 'Z' || **p == 'z') {
        (*p)++;
        return true;
    }
    if (**p != '+' && **p != '-') {
        return true;
    }
    (*p)++;
    size_t n = strspn(*p, "0123456789");
    *p += n;
    if (n == 2 && **p == ':') {
        (*p)++;
        n = strspn(*p, "0123456789");
        *p += n;
    }
    return n == 2 || n == 4;
}

static void write_two(char *out, int value) {
    out[0] = (char)('0' + value / 10);
    out[1] = (char)('0' + value % 10);
}

static bool read_time(const char **p, char time[9]) {
    int hours = read_number(p, 2);
    if (hours < 0 || **p != ':') {
        return false;
    }
    (*p)++;
    int minutes = read_number(p, 2);
    int seconds = 0;
    if (**p == ':') {
        (*p)++;
        seconds = read_seconds(p);
    }
    hours = read_half(p, hours);
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59 || seconds < 0 || seconds > 59 || !skip_zone(p)) {
        return false;
    }
    memcpy(time, "00:00:00", 9);
    write_two(time, hours);
    write_two(time + 3, minutes);
    write_two(time + 6, seconds);
    return true;
}

static bool write_date(struct civil c, char date[DATE_SIZE]) {
    if (c.year < 0 || c.year > 9999 || c.month < 0 || c.month > 12 || c.day < 0 || c.day > 31) {
        return false;
    }
    write_two(date, c.year / 100);
    write_two(date + 2, c.year % 100);
    date[4] = '-';
    write_two(date + 5, c.month);
    date[7] = '-';
    write_two(date + 8, c.day);
    date[10] = '\0';
    return date_is_valid(date);
}

static bool parse(const char *text, enum date_order order, char date[DATE_SIZE], char time[9]) {
    const char *p = skip_blanks(text);
    struct civil c = {0, 0, 0};
    if (!read_date(&p, order, &c) || !write_date(c, date)) {
        return false;
    }
    time[0] = '\0';
    if (*p == 'T' || *p == 't') {
        p++;
        if (!read_time(&p, time)) {
            return false;
        }
    } else if (*p != '\0') {
        const char *q = skip_blanks(p);
        if (q == p || (*q != '\0' && !read_time(&q, time))) {
            return false;
        }
        p = q;
    }
    return *skip_blanks(p) == '\0';
}

enum err_code date_parse(const char *text, enum date_order order, char date[DATE_SIZE], char time[9], struct err *e) {
    char day[DATE_SIZE];
    char clock[9];
    if (!parse(text, order, day, clock)) {
        char clip[ERR_CLIP_SIZE];
        err_clip(text, clip);
        return order == DATE_MDY
                   ? err_set(e, ERR_INVALID, _("\"%s\" is not a date; write 2026-10-31 or 10/31/2026"), clip)
                   : err_set(e, ERR_INVALID, _("\"%s\" is not a date; write 2026-10-31 or 31/10/2026"), clip);
    }
    memcpy(date, day, sizeof day);
    if (time != NULL) {
        memcpy(time, clock, sizeof clock);
    }
    return ERR_OK;
}

enum err_code month_parse(const char *text, char month[MONTH_SIZE], struct err *e) {
    const char *p = skip_blanks(text);
    bool prefixed = *p == 'T' || *p == 't';
    p += prefixed;
    bool year_first = four_digits(p) && !prefixed;
    int first = read_number(&p, 4);
    int second = -1;
    if (first >= 0 && is_separator(*p)) {
        p++;
        second = year_first || four_digits(p) ? read_number(&p, year_first ? 2 : 4) : -1;
    }
    struct civil c = year_first ? (struct civil){first, second, 1} : (struct civil){second, first, 1};
    char date[DATE_SIZE];
    if (*skip_blanks(p) != '\0' || !write_date(c, date)) {
        char clip[ERR_CLIP_SIZE];
        return err_set(e, ERR_INVALID, _("\"%s\" is not a month; write 2026-10 or 10/2026"), err_clip(text, clip));
    }
    memcpy(month, date, 7);
    month[7] = '\0';
    return ERR_OK;
}
