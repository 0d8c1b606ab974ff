/* What commission is computed from (DOMAIN 6 and 7): people, teams, and a month's sales less their known returns. */
#ifndef DOMAIN_COMMISSION_DATA_H
#define DOMAIN_COMMISSION_DATA_H

#include "base/buf.h"
#include "chotdon/plan.h"

#define PERSON_NONE SIZE_MAX

struct person {
    int64_t id;
    char *code, *name;
    bool is_rep;
    char start[DATE_SIZE], end[DATE_SIZE]; /* "" open */
};
struct team_span {
    int64_t staff_id, team_id; /* 0: in none */
    char from[DATE_SIZE];
};
struct people {
    struct person *list; /* by code */
    size_t count;
    size_t *by_id;           /* indexes into list */
    struct team_span *spans; /* by staff and date */
    size_t span_count;
};
enum err_code people_load(struct shop *shop, struct people *out, struct err *e);
void people_clear(struct people *p);
size_t people_find(const struct people *p, int64_t staff_id); /* PERSON_NONE */
int64_t people_team_on(const struct people *p, int64_t staff_id, const char *date);
bool people_employed(const struct person *p, const char *month);

/* Who leads a team at a month's end. */
struct month_team {
    int64_t id;
    char *name;
    size_t leader; /* a person; PERSON_NONE: nobody */
};

/* A sale recognised in the month, less what is known to have come back of it; or a return of that month whose sale is
 * unknown. */
struct month_order {
    int64_t id;
    size_t number, time; /* where its order_no and order_time stand in `numbers` */
    char date[DATE_SIZE];
    bool stays;          /* a sale that did not come back whole */
    int64_t figures[3];  /* by enum plan_base */
    int64_t last_return; /* id of its newest return, 0 none */
    size_t first_share, share_count;
    size_t line; /* the first of its lines, chained; SIZE_MAX none */
};
struct month_share {
    size_t order, person;
    int64_t share_bps, team_id;
};
struct month_line {
    int64_t product_id;
    int64_t figures[3];
    size_t next;
};
struct month_data {
    char month[MONTH_SIZE];
    struct month_order *orders; /* as the index gives them: by recognised_on and id */
    size_t order_count;
    struct month_share *shares; /* by order */
    size_t share_count;
    struct month_line *lines;
    size_t line_count, line_capacity;
    struct month_team *teams;
    size_t team_count, team_capacity;
    struct buf numbers;
    size_t first_order; /* for the bonus: index, SIZE_MAX none */
};

/* Lines are read only when a plan has group rates. Inside a transaction or db_read. */
enum err_code month_data_load(struct shop *shop, const struct people *people, const char *month, bool with_lines,
                              struct month_data *out, struct err *e);
void month_data_clear(struct month_data *d);
const char *month_order_no(const struct month_data *d, const struct month_order *o);

#endif
