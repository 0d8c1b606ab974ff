/* A month while it is worked on: computed from the sales, with what earlier locked months still owe or were owed. */
#ifndef DOMAIN_COMMISSION_MONTH_H
#define DOMAIN_COMMISSION_MONTH_H

#include "domain/commission_compute.h"

/* What a locked month would pay more or less with everything known now (DOMAIN 7, example E): one for each sale that
 * changed, naming what changed it, and what is left over. */
struct adjustment {
    size_t person;
    char about[MONTH_SIZE];
    const char *reason; /* return, cancelled, late, correction; override; rest */
    char *ref;          /* of the return or the order, the teams, or the month */
    char *order_no;     /* "" for override and rest */
    int64_t order_id, last_return;
    int64_t base, amount; /* the changes */
};
struct adjustments {
    struct adjustment *list; /* by month, person */
    size_t count, capacity;
};
void adjustments_clear(struct adjustments *a);

/* What has not been carried yet into a month but `carrier` (its own adjustments are made anew; "" none): of every
 * locked month that something has touched, or of one. Inside a transaction or db_read. */
enum err_code adjustments_find(struct shop *shop, const struct people *people, const char *carrier, const char *about,
                               struct adjustments *out, struct err *e);

/* Everything about one month under the plan in force. */
struct month {
    struct plan plan;
    struct people people;
    struct month_data data;
    struct plan_goods goods;
    struct month_target *targets;
    struct comp comp;
    struct adjustments adjustments;
};
enum err_code month_make(struct shop *shop, const char *month, struct month *out, struct err *e);
void month_clear(struct month *m);

/* A row's lines with its adjustments. */
enum err_code month_lines(const struct month *m, size_t person, comp_line_fn *line, void *ctx, struct err *e);

#endif
