/* Commission months (DOMAIN 7): computed, locked, paid; and the way from an order line to the đồng. */
#ifndef CHOTDON_COMMISSION_H
#define CHOTDON_COMMISSION_H

#include "chotdon/plan.h"

enum commission_status { COMMISSION_OPEN, COMMISSION_COMPUTED, COMMISSION_LOCKED, COMMISSION_PAID };
const char *commission_status_code(enum commission_status s);  /* "open" */
const char *commission_status_label(enum commission_status s); /* in the user's language */

/* Who may see what: the owner, managers and accountants everything, anybody while no PIN is set; others only what is
 * their own. Only the owner and managers may run, lock, pay and answer. */
struct commission_rights {
    bool all, manage;
    int64_t self; /* staff id; 0 the owner */
};
enum err_code commission_rights(struct shop *shop, struct commission_rights *out, struct err *e);

/* A month at a glance. Sums are of its rows: stored, or for an open month 0. */
struct commission_month {
    char month[MONTH_SIZE];
    enum commission_status status;
    char *plan; /* code; "" when none covers an open month */
    int version;
    enum plan_base base;
    enum plan_mode mode;
    int64_t people, total;
    char computed_at[DATETIME_SIZE], locked_at[DATETIME_SIZE], paid_at[DATETIME_SIZE];
};
enum err_code commission_month_get(struct shop *shop, const char *month, struct commission_month *out, struct err *e);
void commission_month_clear(struct commission_month *m);

/* The months that are computed, locked or paid, in order. */
typedef enum err_code commission_month_fn(void *ctx, const char *month, enum commission_status status, struct err *e);
enum err_code commission_months(struct shop *shop, commission_month_fn *fn, void *ctx, struct err *e);

/* Computes a month and keeps it; again is free until the lock and gives the same from the same sales. A draft that is
 * the month's only plan is put in force. ERR_REFUSED for a locked month, ERR_NOT_FOUND where no plan covers it. */
enum err_code commission_run(struct shop *shop, const char *month, struct err *e);

/* Computes it once more and makes it final; only a computed month. *before (may be NULL) gets the total it had. */
enum err_code commission_lock(struct shop *shop, const char *month, int64_t *before, struct err *e);
enum err_code commission_pay(struct shop *shop, const char *month, struct err *e); /* only a locked month */

/* Earlier months with sales under a plan in force that are not locked, "2026-08, 2026-09"; "" none. The caller owns it.
 */
enum err_code commission_open_before(struct shop *shop, const char *month, char **months, struct err *e);

/* One person's month, by staff code. An open month is computed as it would be run now, without keeping it. Only the
 * rows that the one who asks may see. */
struct commission_row {
    int64_t staff_id;
    const char *rep, *name; /* code and name */
    int64_t base;
    bool has_target;
    int64_t target;
    bool has_attainment;
    int64_t attainment_tenths; /* tenths of a percent */
    int64_t tier_commission, gate_bps, gated_commission, override, cap_cut;
    int64_t bonus_first_order, bonus_top, adjustment, total;
    enum commission_status status;
};
typedef enum err_code commission_row_fn(void *ctx, const struct commission_row *r, struct err *e);
enum err_code commission_list(struct shop *shop, const char *month, commission_row_fn *row, void *ctx, struct err *e);

/* What a computed, locked or paid month comes to by person, without regard to who asks: for health findings and the
 * leaderboard. Nothing for an open month. Cheap. */
typedef enum err_code commission_income_fn(void *ctx, int64_t staff_id, int64_t total, struct err *e);
enum err_code commission_income(struct shop *shop, const char *month, commission_income_fn *row, void *ctx,
                                struct err *e);

/* The rows from order line to đồng; amounts add up to the person's total. kind: base (explains only), tier, group,
 * gate, override, cap, bonus_first_order, bonus_top, adjustment. ERR_NOT_FOUND when the person has no row in that
 * month; ERR_REFUSED when it is somebody else's. Borrowed during the call. */
struct commission_line {
    const char *kind, *ref, *detail;
    int64_t base, rate_bps, amount;
};
typedef enum err_code commission_line_fn(void *ctx, const struct commission_line *l, struct err *e);
enum err_code commission_explain(struct shop *shop, const char *month, int64_t staff_id, commission_line_fn *line,
                                 void *ctx, struct err *e);
/* What an explanation's rows of this kind stand under, in the user's language: "tier" → "By tiers". */
const char *commission_kind_title(const char *kind);
/* The row itself. */
enum err_code commission_row_get(struct shop *shop, const char *month, int64_t staff_id, commission_row_fn *row,
                                 void *ctx, struct err *e);

/* What has come up in locked months since: carried into a month already, or waiting for the next one that is run.
 * month: about this one, carried into it, or (while it is not locked) waiting for it; NULL: all. */
struct commission_discrepancy {
    const char *month, *rep, *name;
    const char *kind;       /* return, cancelled, late, correction, override, rest */
    const char *ref;        /* the return, the order, the teams */
    const char *order_no;   /* "" */
    const char *plan;       /* the version that the month was locked with: "2026@1" */
    int64_t base, amount;   /* the changes */
    const char *carried_in; /* month; "" waiting */
};
typedef enum err_code commission_discrepancy_fn(void *ctx, const struct commission_discrepancy *d, struct err *e);
enum err_code commission_discrepancies(struct shop *shop, const char *month, commission_discrepancy_fn *row, void *ctx,
                                       struct err *e);

/* A person doubts a row (its ref or its kind) of their month, the manager answers. *id gets the dispute's number. */
enum err_code commission_dispute(struct shop *shop, const char *month, int64_t staff_id, const char *ref,
                                 const char *reason, int64_t *id, struct err *e);
enum err_code commission_answer(struct shop *shop, int64_t id, const char *text, struct err *e);
struct commission_dispute_row {
    int64_t id;
    const char *month, *rep, *name, *ref, *reason, *at, *answer, *answered_at;
};
typedef enum err_code commission_dispute_fn(void *ctx, const struct commission_dispute_row *d, struct err *e);
/* month NULL: all. */
enum err_code commission_disputes(struct shop *shop, const char *month, bool open_only, commission_dispute_fn *row,
                                  void *ctx, struct err *e);

/* What another plan would have paid in these months (at most 120), by staff code, from the same sales; nothing changes.
 * Bonuses count, adjustments do not: both sides know everything. A month without a plan in force pays nothing now. */
struct commission_simulated {
    const char *rep, *name;
    int64_t current, simulated, change;
    const char
        *finding; /* health rule 4 (DOMAIN 6) for the last month with the pay that was tried; NULL: all is well */
};
typedef enum err_code commission_simulated_fn(void *ctx, const struct commission_simulated *r, struct err *e);
enum err_code commission_simulate(struct shop *shop, const struct plan *plan, const char *from, const char *to,
                                  commission_simulated_fn *row, void *ctx, struct err *e);

#endif
