#include <string.h>

#include "chotdon/cash.h"
#include "domain/sample_internal.h"

#define OPENING 2000000

/* First day of the lunar new year. */
static const char *const tets[] = {"2024-02-10", "2025-01-29", "2026-02-17", "2027-02-06", "2028-01-26",
                                   "2029-02-13", "2030-02-03", "2031-01-23", "2032-02-11"};

/* Days until the nearest Tết: above 0 before it, 0 and below on and after it; far away: 200. */
static long days_to_tet(const struct sample *s) {
    long best = 200;
    for (size_t i = 0; i < sizeof tets / sizeof *tets; i++) {
        long days = date_to_days(tets[i]) - s->day;
        if (days > -60 && days < best) {
            best = days;
        }
    }
    return best;
}

static int month_at_hand(const struct sample *s) {
    char date[DATE_SIZE];
    sample_today(s, date);
    return (date[5] - '0') * 10 + date[6] - '0';
}

int sample_season_percent(const struct sample *s, enum sample_season season) {
    long tet = days_to_tet(s);
    int month = month_at_hand(s);
    switch (season) {
    case FOR_TET:
        return tet > 0 && tet <= 30 ? 400 : 100;
    case FOR_SUMMER:
        return month >= 4 && month <= 8 ? 180 : 90;
    case FOR_SCHOOL:
        return month == 8 || month == 9 ? 350 : 80;
    default:
        return 100;
    }
}

/* Double days (9/9 … 12/12) are the marketplaces' feasts. */
static bool is_double_day(const struct sample *s) {
    char date[DATE_SIZE];
    sample_today(s, date);
    return strncmp(date + 5, date + 8, 2) == 0 && month_at_hand(s) >= 9;
}

/* Percent of a usual day: Tết, weekends, pay days, and a shop that grows by a third in the year. */
static int demand(const struct sample *s) {
    static const int weekdays[] = {92, 88, 92, 96, 108, 122, 112}; /* from Monday */
    char date[DATE_SIZE];
    sample_today(s, date);
    long tet = days_to_tet(s);
    int percent = weekdays[date_weekday(date)];
    percent += percent * (int)(s->day - s->first_day) / 1200;
    if (date[8] == '0' && date[9] >= '1' && date[9] <= '5') {
        percent = percent * 112 / 100;
    }
    if (tet > 0 && tet <= 21) {
        percent = percent * (tet <= 10 ? 190 : 150) / 100;
    } else if (tet <= 0 && tet > -15) {
        percent = percent * 60 / 100;
    }
    return percent;
}

static bool is_closed(const struct sample *s) {
    long tet = days_to_tet(s);
    return tet <= 0 && tet > -3; /* the first three days of the year */
}

static int shopping_minute(struct sample *s) {
    static const int hours[] = {7,  7,  8,  8,  9,  9,  10, 10, 11, 12, 13, 14,
                                15, 16, 16, 17, 17, 17, 18, 18, 18, 19, 19, 20};
    return 60 * hours[sample_below(s, (int)(sizeof hours / sizeof *hours))] + sample_below(s, 60);
}

/* `hundredths` orders a day on average. */
static void plan_sales(struct sample *s, enum task_kind kind, int hundredths) {
    int count = hundredths * (70 + sample_below(s, 61)) / 100;
    count = count / 100 + (sample_below(s, 100) < count % 100 ? 1 : 0);
    for (int i = 0; i < count; i++) {
        int minute = shopping_minute(s);
        if (kind == TASK_WHOLESALE) {
            minute = 8 * 60 + sample_below(s, 9 * 60);
        } else if (kind == TASK_ONLINE && sample_chance(s, 30)) {
            minute = 20 * 60 + sample_below(s, 150);
        }
        sample_plan(s, 0, minute, kind, 0, 0);
    }
}

void sample_plan_day(struct sample *s) {
    char date[DATE_SIZE];
    int percent = demand(s);
    sample_plan(s, 1, 0, TASK_DAY, 0, 0);
    if (is_closed(s)) {
        return;
    }
    sample_plan(s, 0, 6 * 60 + 50, TASK_OPEN, 0, 0);
    sample_plan(s, 0, 7 * 60 + 20, TASK_RECEIVE, 0, 0);
    plan_sales(s, TASK_RETAIL, 9 * percent);
    plan_sales(s, TASK_WHOLESALE, 3 * percent / 2);
    plan_sales(s, TASK_ONLINE, 4 * percent * (is_double_day(s) ? 3 : 1));
    if (sample_chance(s, 25)) {
        sample_plan(s, 0, 9 * 60 + sample_below(s, 500), TASK_CASH, 0, 0);
    }
    if (sample_chance(s, 9)) {
        sample_plan(s, 0, 11 * 60 + sample_below(s, 300), TASK_LOSS, 0, 0);
    }
    for (int calls = sample_below(s, 5); calls > 0; calls--) {
        sample_plan(s, 0, 9 * 60 + sample_below(s, 480), TASK_CONTACT, 0, sample_below(s, SAMPLE_CUSTOMERS / 4));
    }
    if (strcmp(sample_today(s, date) + 8, "02") == 0) {
        sample_plan(s, 0, 6 * 60 + 55, TASK_COUNT, 0, 0);
    }
    sample_plan(s, 0, 22 * 60 + 35, TASK_CLOSE, 0, 0);
}

static const char *cashier(const struct sample *s) {
    static const char *const cashiers[] = {"LAN", "MAI", "TRANG", "HANH"};
    return cashiers[s->day % 4];
}

enum err_code sample_open_shift(struct sample *s, struct err *e) {
    enum err_code rc = sample_act_as(s, cashier(s), e);
    return rc == ERR_OK ? cash_open(s->shop, OPENING, NULL, e) : rc;
}

enum err_code sample_move_cash(struct sample *s, struct err *e) {
    static const struct {
        int amount;
        const char *reason;
    } moves[] = {{-85000, "Mua đá và túi nilon"},     {-120000, "Tiền xe ba gác chở hàng"}, {500000, "Đổi tiền lẻ"},
                 {-60000, "Nước uống cho nhân viên"}, {-150000, "Ứng tiền xăng giao hàng"}, {-200000, "Sửa quạt trần"}};
    int i = sample_below(s, (int)(sizeof moves / sizeof *moves));
    enum err_code rc = sample_act_as(s, cashier(s), e);
    return rc == ERR_OK ? cash_move(s->shop, moves[i].amount, moves[i].reason, e) : rc;
}

/* Mostly right, now and then a little out. */
static int64_t counted_cash(struct sample *s, int64_t expected) {
    static const int slips[] = {-20000, -10000, -5000, -2000, -1000, 1000, 2000, 5000, 10000, 50000};
    int64_t counted = expected - expected % 500;
    if (sample_chance(s, 18)) {
        counted += slips[sample_below(s, (int)(sizeof slips / sizeof *slips))];
    }
    return counted < 0 ? 0 : counted;
}

enum err_code sample_close_shift(struct sample *s, struct err *e) {
    struct cash_report r = {0};
    struct cash_count counts[16];
    size_t count = 0;
    const int64_t *notes = cash_denominations("VND", &count);
    enum err_code rc = sample_act_as(s, cashier(s), e);
    if (rc == ERR_OK) {
        rc = cash_report(s->shop, NULL, &r, e);
    }
    if (rc == ERR_OK) {
        int64_t counted = counted_cash(s, r.expected);
        bool out = counted / 500 != r.expected / 500;
        for (size_t i = 0; i < count; i++) {
            counts[i] = (struct cash_count){notes[i], counted / notes[i]};
            counted %= notes[i];
        }
        rc = cash_close(s->shop, counts, count, out ? "Đã đếm lại hai lần" : "", NULL, e);
    }
    cash_report_clear(&r);
    return rc;
}
