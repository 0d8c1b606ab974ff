/* Sales as KPI and commission see them (DOMAIN 6): a sale belongs to the month of its recognised_on, a return to the
 * month of the sale it takes back (its own date when the sale is unknown). Each sale comes with its figures less its
 * known returns, to be split once over its reps. */
#ifndef DOMAIN_SALES_WALK_H
#define DOMAIN_SALES_WALK_H

#include "base/key_map.h"
#include "chotdon/shop.h"

struct db;

struct sale_share {
    int64_t staff_id, share_bps;
    int64_t team_id; /* the rep's on the order's day; 0 none */
};

/* A sale, or a return whose sale is unknown (which counts as no order). */
struct sale {
    int64_t id;
    int64_t customer_id; /* 0 a walk-in */
    char day[DATE_SIZE]; /* recognised_on */
    bool counts;         /* as an order: not when all of it came back */
    int64_t revenue, net, cost;
    struct sale_share *shares; /* as the order names them; none: nobody's */
    size_t share_count, share_capacity;
};
void sale_clear(struct sale *s);

/* What of a sale is whose: parts that add up to it by largest remainder. There is always one at least; staff 0 is
 * nobody. */
struct sale_part {
    int64_t staff_id, team_id;
    int64_t revenue, net, cost;
    int64_t orders; /* 1 for the largest share, the first named on a tie */
};
size_t sale_part_count(const struct sale *s);
void sale_split(const struct sale *s, struct sale_part *parts);

/* The teams of people on a day, remembered while many are asked for. */
struct team_days {
    struct key_map staff;
    struct team_day *days; /* lists, one after the other */
    size_t count, capacity;
    size_t *first; /* by number of the staff: where its list begins */
    size_t first_capacity;
};
enum err_code team_days_at(struct db *db, struct team_days *t, int64_t staff_id, const char *date, int64_t *team_id,
                           struct err *e);
void team_days_clear(struct team_days *t);

/* Which sales: one by its id (0 when it is none, or counts nowhere), those recognised in a month, or all from an id on.
 * as_of NULL: with all that is known; else as it was at the end of that day. By id. The sale is borrowed. */
struct sales_selection {
    int64_t id;
    const char *month; /* "2026-10"; else NULL */
    int64_t from_id;
    const char *as_of;
};
typedef enum err_code sale_fn(void *ctx, const struct sale *s, struct err *e);
enum err_code sales_walk(struct db *db, const struct sales_selection *sel, struct team_days *teams, sale_fn *fn,
                         void *ctx, struct err *e);

/* "2026-10" as a number, for keys, and back. */
int64_t month_number(const char *date);
void month_from_number(int64_t n, char month[MONTH_SIZE]);

#endif
