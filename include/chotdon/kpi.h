/* KPI: the leaderboard, scorecards, pace and health of a month (DOMAIN 6).
 *
 * A sale belongs to the month of its recognised_on, a return to the month of the sale it takes back (its own when the
 * sale is unknown; to none when the sale was never recognised). A rep's part is the order's figure less its known
 * returns, split once. A new customer is one whose first order that counts was recognised in the month; they are
 * credited to the rep (and team) that the order counts for. Interactions are calls, messages, e-mails and visits.
 * Orders shipped in the month make the return rate (wholly returned ones of all) and on_time (delivered by the promised
 * date, of those with one that are delivered or overdue), for the rep the order counts for; people of the warehouse are
 * measured by the shop's. A weekly report counts in the month of its week's Thursday. */
#ifndef CHOTDON_KPI_H
#define CHOTDON_KPI_H

#include "chotdon/kpi_score.h"
#include "chotdon/target.h"

struct intern;

struct kpi_filter {
    enum target_scope by; /* SCOPE_SHOP gives one row */
    char month[MONTH_SIZE];
    bool commission_now;   /* of a month that is not computed yet: as it would be run now; else only what is kept */
    char as_of[DATE_SIZE]; /* as it was known at the end of that day; "" now */
};

/* A row; texts live as long as the board. What nobody or nothing is credited with is one row without a code, unranked,
 * at the end, so that every grouping has the same total. */
struct kpi_row {
    int64_t ref;       /* id of the person, team …; 0 nobody */
    int rank;          /* by revenue; ties share it; 0 none */
    int previous_rank; /* last month's; 0 none */
    const char *code, *name;
    const char *team; /* of a person, at the month's end; "" */
    const char *role; /* of a person; "" */
    int64_t revenue, net_revenue, orders, new_customers;
    bool shows_private; /* whoever looks may see margin and commission of this row */
    int64_t margin;
    bool has_target; /* of revenue */
    int64_t target;
    struct attainment attainment; /* of revenue */
    bool has_score;               /* of a person */
    int64_t score_tenths;         /* 874 is 87.4% */
    bool has_deals;               /* of persons, teams and the shop */
    int64_t deals_won;
    bool has_commission;
    int64_t commission;
};
struct kpi_board {
    struct kpi_filter filter;
    struct kpi_row *rows; /* best first, then by name; nobody last */
    size_t count, capacity;
    struct kpi_row total;
    struct intern *texts;
};
/* ERR_INVALID for a month or day that is none. kpi_board_clear it also after an error. */
enum err_code kpi_board_load(struct shop *shop, const struct kpi_filter *filter, struct kpi_board *out, struct err *e);
void kpi_board_clear(struct kpi_board *board);

/* Revenue / (working days gone / working days of the month), once one working day is over; today is not over, the day
 * of as_of is. */
struct kpi_pace {
    int days, gone; /* working days of the month; over */
    bool has;
    int64_t revenue; /* the month's, if it goes on like this */
};
enum err_code kpi_pace(struct shop *shop, const struct kpi_filter *filter, int64_t revenue, struct kpi_pace *out,
                       struct err *e);

/* Revenue of the `count` months up to and with `month`, oldest first: of one row's ref, or of all (−1). Scopes shop,
 * team and rep. */
enum err_code kpi_trend(struct shop *shop, enum target_scope scope, int64_t ref, const char *month, int64_t *revenue,
                        size_t count, struct err *e);

/* The same of every row at once: called for each ref and month that has something; `at` 0 is the oldest. */
typedef void kpi_trend_fn(void *ctx, int64_t ref, size_t at, int64_t revenue);
enum err_code kpi_trends(struct shop *shop, enum target_scope scope, const char *month, size_t count, kpi_trend_fn *fn,
                         void *ctx, struct err *e);

/* --- one person's month */
struct kpi_measure {
    enum kpi_metric metric;
    int64_t weight; /* on the role's scorecard; 0: not on it */
    bool has_target;
    int64_t target;
    struct kpi_actual actual;
    struct attainment attainment; /* none without a target */
};
/* What has a weight or a target, in the metrics' order; out has room for METRIC_COUNT. */
enum err_code kpi_measures(struct shop *shop, int64_t staff_id, const char *month, struct kpi_measure *out,
                           size_t *count, struct err *e);

/* Their revenue by SCOPE_GROUP or SCOPE_CHANNEL, largest first: each order's amount there less its returns, split over
 * its reps. name "" is what has none; borrowed during the call. */
typedef enum err_code kpi_part_fn(void *ctx, const char *name, int64_t revenue, struct err *e);
enum err_code kpi_parts(struct shop *shop, int64_t staff_id, const char *month, enum target_scope by, kpi_part_fn *fn,
                        void *ctx, struct err *e);

/* The earliest sale recognised in the month, by order date, time, then number; wholly returned ones do not count.
 * order_no "" when there is none. */
struct kpi_first {
    char order_no[72];
    char date[DATE_SIZE], time[9];
    int64_t staff_id; /* its first named rep; 0 nobody */
    char name[128];   /* theirs, cut where it is too long; "" */
};
enum err_code kpi_first_order(struct shop *shop, const char *month, struct kpi_first *out, struct err *e);

/* --- scorecards: what a role is measured by */
struct scorecard {
    int64_t weights[METRIC_COUNT]; /* 0: not on it */
};
enum err_code scorecard_get(struct shop *shop, const char *role, struct scorecard *out, struct err *e);
/* Replaces the role's; ERR_INVALID when no weight is above zero, or one is below. */
enum err_code scorecard_set(struct shop *shop, const char *role, const struct scorecard *card, struct err *e);

/* --- health: findings of a month, by rule (1 to 4) and then as the rows come. detail is in the user's language. */
struct kpi_finding {
    int rule;
    enum target_scope scope;
    const char *code, *name; /* "" the shop; borrowed during the call */
    const char *detail;
};
typedef enum err_code kpi_finding_fn(void *ctx, const struct kpi_finding *f, struct err *e);
enum err_code kpi_health(struct shop *shop, const char *month, kpi_finding_fn *fn, void *ctx, struct err *e);

#endif
