/* A month's commission under a plan, from its sales (DOMAIN 7): nothing here writes. */
#ifndef DOMAIN_COMMISSION_COMPUTE_H
#define DOMAIN_COMMISSION_COMPUTE_H

#include "domain/commission_calc.h"
#include "domain/commission_data.h"

/* Which of a plan's groups pays extra for a product: its own group's rate, else the nearest parent's. */
struct plan_goods {
    size_t *group_of; /* by product id: 1 + index into plan->groups, 0 none */
    size_t size;
};
enum err_code plan_goods_load(struct shop *shop, const struct plan *plan, struct plan_goods *out, struct err *e);
/* The same with what a locked month kept of the products that it sold. */
enum err_code plan_goods_load_kept(struct shop *shop, const struct plan *plan, const char *month,
                                   struct plan_goods *out, struct err *e);
void plan_goods_clear(struct plan_goods *g);

/* The targets of everybody for a month, in the metric that matches the base. */
struct month_target {
    bool has;
    int64_t target;
};
enum err_code month_targets_load(struct shop *shop, const struct people *people, const char *month, enum plan_base base,
                                 struct month_target *out, struct err *e); /* one for each person */

struct comp_row {
    bool shown; /* a rep who is employed then, or somebody with a figure */
    int64_t base, revenue;
    struct month_target target;
    struct calc_figures figures;
    int64_t bonus_first, bonus_top, adjustment, total;
};
struct comp_team {
    int64_t total, own; /* credited to the team, and of that the leader's own */
};

/* Everything is borrowed but what comes after `targets`. */
struct comp {
    const struct plan *plan;
    const struct people *people;
    const struct month_data *data;
    const struct plan_goods *goods;
    const struct month_target *targets;
    struct comp_row *rows;   /* for each person */
    int64_t *share_base;     /* for each share */
    int64_t *groups;         /* for each person the plan's groups */
    struct comp_team *teams; /* as data->teams */
};
enum err_code comp_make(struct comp *c, struct err *e);
void comp_clear(struct comp *c);

/* The figures of one person; `teams` (room for data->team_count) gets what the others in their teams were credited. */
struct calc_input comp_input(const struct comp *c, size_t person, int64_t *teams);

/* Adds adjustments to a row and makes its total. ERR_INVALID when it does not fit. */
enum err_code comp_total(struct comp_row *row, struct err *e);

/* The lines that make a row's total, without the adjustments; those with nothing to say are left out. Borrowed. */
struct comp_line {
    const char *kind, *ref;
    const char *about, *reason; /* of an adjustment; else "" */
    int64_t order_id, last_return;
    int64_t base, rate_bps, amount;
};
typedef enum err_code comp_line_fn(void *ctx, const struct comp_line *line, struct err *e);
enum err_code comp_lines(const struct comp *c, size_t person, comp_line_fn *line, void *ctx, struct err *e);

#endif
