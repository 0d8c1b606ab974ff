#include "chotdon/pipeline.h"

#include <string.h>

#include "base/money.h"

bool pipeline_ratio(int64_t part, int64_t whole, int64_t unit, int64_t *out) {
    return whole > 0 && money_scale(part, unit, whole, out);
}

bool pipeline_percent(int64_t part, int64_t whole, int64_t *bps) {
    int64_t tenths;
    if (!pipeline_ratio(part, whole, 1000, &tenths)) {
        return false;
    }
    *bps = tenths * 10;
    return true;
}

bool pipeline_win_rate(const struct pipeline_sums *s, int64_t *bps) {
    return pipeline_percent(s->won, s->won + s->lost, bps);
}

bool pipeline_days_to_win(const struct pipeline_sums *s, int64_t *hundredths) {
    return pipeline_ratio(s->won_days, s->won, 100, hundredths);
}

bool pipeline_activities(const struct pipeline_sums *s, int64_t *hundredths) {
    return pipeline_ratio(s->activities, s->won, 100, hundredths);
}

bool pipeline_average_value(const struct pipeline_sums *s, int64_t *amount) {
    return pipeline_ratio(s->won_value, s->won, 1, amount);
}

/* (won + lost) × won / (won + lost) × value / won ÷ (days / won) = value × won / days: rounded only here. */
bool pipeline_velocity(const struct pipeline_sums *s, int64_t *amount_a_day) {
    return s->won > 0 && pipeline_ratio(s->won_value, s->won_days, s->won, amount_a_day);
}

static bool is_month_start(const char *date) {
    return strcmp(date + 8, "01") == 0;
}

static bool is_month_end(const char *date) {
    char month[MONTH_SIZE], last[DATE_SIZE];
    month_of(date, month);
    month_last_day(month, last);
    return strcmp(date, last) == 0;
}

static int month_number(const char *date) {
    int year = (date[0] - '0') * 1000 + (date[1] - '0') * 100 + (date[2] - '0') * 10 + (date[3] - '0');
    return year * 12 + (date[5] - '0') * 10 + (date[6] - '0');
}

bool pipeline_previous(const char *from, const char *to, char before_from[DATE_SIZE], char before_to[DATE_SIZE]) {
    if (from == NULL || to == NULL || !date_is_valid(from) || !date_is_valid(to) || strcmp(from, to) > 0) {
        return false;
    }
    date_add_days(from, -1, before_to);
    if (is_month_start(from) && is_month_end(to)) {
        char month[MONTH_SIZE];
        month_of(from, month);
        month_add(month, -(month_number(to) - month_number(from) + 1), month);
        month_first_day(month, before_from);
    } else {
        date_add_days(from, -(date_diff(to, from) + 1), before_from);
    }
    return true;
}

int64_t chance_learn(int64_t won, int64_t lost, const struct chance_count *facts, size_t count, int64_t *ratios_bps) {
    double odds = ((double)won + 1) / ((double)lost + 1);
    for (size_t i = 0; i < count; i++) {
        const struct chance_count *f = &facts[i];
        double if_won = ((double)f->won + 1) / ((double)won + (double)f->values);
        double if_lost = ((double)f->lost + 1) / ((double)lost + (double)f->values);
        odds *= if_won / if_lost;
        if (ratios_bps != NULL) {
            ratios_bps[i] = (int64_t)(10000 * if_won / if_lost + 0.5);
        }
    }
    return (int64_t)(10000 * odds / (1 + odds) + 0.5);
}
