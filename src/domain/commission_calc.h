/* The arithmetic of commission (DOMAIN 7), without a database: one person's month under a plan. */
#ifndef DOMAIN_COMMISSION_CALC_H
#define DOMAIN_COMMISSION_CALC_H

#include "chotdon/plan.h"

__extension__ typedef __int128 calc_wide; /* money × basis points */

/* Why a part of the tier commission is what it is: a slice of the base, or the base in a product group. */
struct calc_part {
    int64_t base;
    int64_t rate_bps;
    int64_t amount;
};

struct calc_input {
    int64_t base;
    const int64_t *groups; /* base in each of the plan's groups; may be NULL when it has none */
    bool has_target;
    int64_t target;
    const int64_t *teams; /* of each team led: what the others in it were credited with */
    size_t team_count;
};

struct calc_figures {
    int64_t tier_commission, gate_bps, gated_commission, override, cap_cut;
};

/* What is earned of a base: tiers and groups, rounded once. `parts` (may be NULL) has room for tier_count +
 * group_count: first a part for each tier (base 0 where it is not reached), then one for each group; their amounts add
 * up to *commission by largest remainder. ERR_INVALID when it does not fit. */
enum err_code calc_tiers(const struct plan *plan, int64_t base, const int64_t *groups, struct calc_part *parts,
                         int64_t *commission, struct err *e);

/* The gate's multiplier: of the highest threshold that base / target reaches, compared exactly; 10 000 without a gate
 * or a target above 0, 0 below the lowest. */
int64_t calc_gate(const struct plan *plan, int64_t base, bool has_target, int64_t target);

/* Rate × what the others of the teams were credited with, rounded once; `parts` (may be NULL) add up to it. */
enum err_code calc_override(int64_t rate_bps, const int64_t *teams, size_t count, int64_t *parts, int64_t *override,
                            struct err *e);

enum err_code calc_month(const struct plan *plan, const struct calc_input *in, struct calc_figures *out, struct err *e);

/* gated + override + cap cut: what a month earns without bonuses and adjustments. */
int64_t calc_earned(const struct calc_figures *f);

/* base / target in tenths of a percent, rounded half away from zero; false where there is no target above 0. */
bool calc_attainment(int64_t base, bool has_target, int64_t target, int64_t *tenths);

/* Splits `total` over parts whose exact values are numerators[i] / denominator (of any sign, denominator above 0) by
 * largest remainder, ties to the earlier part. total is at most one unit away from their exact sum; else what does not
 * fit goes to the first part. */
void calc_apportion(int64_t total, const calc_wide *numerators, int64_t denominator, size_t count, int64_t *parts);

#endif
