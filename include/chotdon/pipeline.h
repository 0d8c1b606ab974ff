/* Figures of the pipeline (DOMAIN 5): won and lost of a period, conversion, time in stage, forecast, and the chance of
 * a deal. Money in minor units, rates in basis points, averages in hundredths. */
#ifndef CHOTDON_PIPELINE_H
#define CHOTDON_PIPELINE_H

#include "chotdon/stage.h"

struct pipeline_filter {
    const char *from; /* closed in these days, and for the conversion made in them; NULL or "": open-ended */
    const char *to;
    int64_t staff_id; /* 0 any, -1 without one */
    int64_t team_id;  /* of the rep today; 0 any, -1 without one */
    int64_t source_id;
};

/* What deals closed in a period add up to. */
struct pipeline_sums {
    int64_t won, lost;
    int64_t won_value, lost_value; /* what they were closed with */
    int64_t won_days;              /* from making to closing, all together */
    int64_t activities;            /* calls, messages, e-mails, visits of the won ones */
};
/* Each is false, and leaves *out alone, when there is nothing to divide by; each rounds once. */
bool pipeline_ratio(int64_t part, int64_t whole, int64_t unit, int64_t *out); /* part × unit / whole */
bool pipeline_percent(int64_t part, int64_t whole, int64_t *bps);             /* to a tenth of a percent */
bool pipeline_win_rate(const struct pipeline_sums *s, int64_t *bps);          /* the same of won / (won + lost) */
bool pipeline_days_to_win(const struct pipeline_sums *s, int64_t *hundredths);
bool pipeline_activities(const struct pipeline_sums *s, int64_t *hundredths); /* of a won deal */
bool pipeline_average_value(const struct pipeline_sums *s, int64_t *amount);  /* of a won deal */
/* Money a day: deals closed × win rate × average value / average days to win. */
bool pipeline_velocity(const struct pipeline_sums *s, int64_t *amount);

/* The period of equal length just before: whole months before whole months, else as many days. False for a period that
 * is open-ended. */
bool pipeline_previous(const char *from, const char *to, char before_from[DATE_SIZE], char before_to[DATE_SIZE]);

struct pipeline_stage {
    int64_t id;
    int64_t pipeline_id;
    char *name;
    int64_t entered;  /* deals made in the period that reached it, or a later open one, or were won */
    int64_t advanced; /* of those, the ones that reached a later open stage or were won */
    int64_t stayed;   /* deals closed in the period that were in it */
    int64_t days;     /* for how long, all together */
};
struct pipeline_part {
    int64_t id; /* of the rep, team, source or reason; 0 none: comes last */
    char *code; /* staff code, else the name; "" for none */
    char *name; /* "(không có)" for none */
    struct pipeline_sums sums;
};
struct pipeline_parts {
    struct pipeline_part *rows; /* the highest won value first; reasons by how many were lost */
    size_t count;
};
struct pipeline_stats {
    struct pipeline_sums sums;
    int64_t created; /* deals made in the period, and those of them that were won */
    int64_t created_won;
    struct pipeline_stage *stages; /* the open ones, from left to right */
    size_t stage_count;
    struct pipeline_parts reasons; /* why deals were lost */
    struct pipeline_parts reps, teams, sources;
};
/* Whole months come from kept totals, what is left at the ends from the deals. */
enum err_code pipeline_stats(struct shop *shop, const struct pipeline_filter *f, struct pipeline_stats *out,
                             struct err *e);
void pipeline_stats_clear(struct pipeline_stats *s);

/* Open deals by the month in which they are expected to close: weighted = Σ round(expected value × probability). */
enum forecast_kind { FORECAST_MONTH, FORECAST_OVERDUE, FORECAST_UNDATED };
struct forecast_row {
    enum forecast_kind kind;
    char month[MONTH_SIZE]; /* "" but for FORECAST_MONTH */
    int64_t deals;
    int64_t value;
    int64_t weighted;
};
/* `months` (1–120, else ERR_INVALID) from this one, also those without a deal; then, where there are any, the deals
 * that should have closed in months gone by, and those without a date. Only staff and team of the filter count; NULL:
 * all. */
typedef enum err_code forecast_row_fn(void *ctx, const struct forecast_row *r, struct err *e);
enum err_code pipeline_forecast(struct shop *shop, const struct pipeline_filter *f, int months, forecast_row_fn *row,
                                void *ctx, struct err *e);

/* The learned probability of a deal, with what raises and lowers it. */
#define CHANCE_DEALS_MIN 30 /* closed deals, to learn from */
enum chance_fact { CHANCE_STAGE, CHANCE_SOURCE, CHANCE_TEAM, CHANCE_GROUP, CHANCE_REP, CHANCE_FACTS };
const char *chance_fact_label(enum chance_fact f); /* in the user's language: "source" */

/* How many closed deals of each outcome share a fact; `values`: among how many different ones that fact is. */
struct chance_count {
    int64_t won, lost;
    int64_t values;
};
/* Naive Bayes with add-one smoothing: odds = (won + 1) / (lost + 1) × Π ratio, where a fact's ratio is
 * ((won with it + 1) / (won + values)) / ((lost with it + 1) / (lost + values)). Gives the ratios in basis points
 * (10 000 says nothing either way) and the probability, rounded once. ratios_bps may be NULL. */
int64_t chance_learn(int64_t won, int64_t lost, const struct chance_count *facts, size_t count, int64_t *ratios_bps);

struct chance_reason {
    enum chance_fact fact;
    char *name;        /* of the stage, source, team, group, rep */
    int64_t ratio_bps; /* over 10 000 it raises the chance, under it lowers it */
    int64_t won, lost; /* closed deals that share it */
};
struct deal_chance {
    int64_t default_bps; /* of its stage */
    int64_t current_bps; /* the deal's own */
    bool set_by_hand;
    int64_t closed; /* deals to learn from */
    bool learned;   /* there are enough */
    int64_t learned_bps;
    struct chance_reason facts[CHANCE_FACTS]; /* those that the deal has; the one that says most comes first */
    size_t fact_count;
};
enum err_code deal_chance(struct shop *shop, int64_t deal_id, struct deal_chance *out, struct err *e); /* NOT_FOUND */
void deal_chance_clear(struct deal_chance *c);

#endif
