/* What a row's total is made of: tiers, groups, gate, override, cap, bonuses. */
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "domain/commission_compute.h"

static enum err_code give_tiers(const struct comp *c, size_t person, comp_line_fn *line, void *ctx, struct err *e) {
    const struct plan *p = c->plan;
    struct calc_part *parts = mem_array(p->tier_count + p->group_count, sizeof *parts);
    int64_t commission = 0;
    enum err_code rc = calc_tiers(p, c->rows[person].base, &c->groups[person * p->group_count], parts, &commission, e);
    for (size_t i = 0; i < p->tier_count + p->group_count && rc == ERR_OK; i++) {
        char from[24];
        bool tier = i < p->tier_count;
        if (tier) {
            snprintf(from, sizeof from, "%lld", (long long)p->tiers[i].from);
        }
        const struct comp_line l = {.kind = tier ? "tier" : "group",
                                    .ref = tier ? from : p->groups[i - p->tier_count].path,
                                    .about = "",
                                    .reason = "",
                                    .base = parts[i].base,
                                    .rate_bps = parts[i].rate_bps,
                                    .amount = parts[i].amount};
        if (l.base != 0) {
            rc = line(ctx, &l, e);
        }
    }
    free(parts);
    return rc;
}

static enum err_code give_override(const struct comp *c, size_t person, comp_line_fn *line, void *ctx, struct err *e) {
    int64_t *teams = mem_array(2 * c->data->team_count + 1, sizeof *teams);
    int64_t *parts = teams + c->data->team_count;
    int64_t sum = 0;
    const struct calc_input in = comp_input(c, person, teams);
    enum err_code rc = calc_override(c->plan->override_bps, teams, in.team_count, parts, &sum, e);
    for (size_t i = 0, n = 0; i < c->data->team_count && rc == ERR_OK && c->plan->override_bps > 0; i++) {
        if (c->data->teams[i].leader == person) {
            const struct comp_line l = {.kind = "override",
                                        .ref = c->data->teams[i].name,
                                        .about = "",
                                        .reason = "",
                                        .base = teams[n],
                                        .rate_bps = c->plan->override_bps,
                                        .amount = parts[n]};
            rc = line(ctx, &l, e);
            n++;
        }
    }
    free(teams);
    return rc;
}

static enum err_code give(comp_line_fn *line, void *ctx, const char *kind, const char *ref, int64_t base,
                          int64_t amount, struct err *e) {
    const struct comp_line l = {.kind = kind, .ref = ref, .about = "", .reason = "", .base = base, .amount = amount};
    return amount == 0 ? ERR_OK : line(ctx, &l, e);
}

enum err_code comp_lines(const struct comp *c, size_t person, comp_line_fn *line, void *ctx, struct err *e) {
    const struct comp_row *r = &c->rows[person];
    const struct calc_figures *f = &r->figures;
    enum err_code rc = give_tiers(c, person, line, ctx, e);
    if (rc == ERR_OK && c->plan->gate_count > 0 && r->target.has && r->target.target > 0) {
        const struct comp_line l = {.kind = "gate",
                                    .ref = "gate",
                                    .about = "",
                                    .reason = "",
                                    .base = f->tier_commission,
                                    .rate_bps = f->gate_bps,
                                    .amount = f->gated_commission - f->tier_commission};
        rc = line(ctx, &l, e);
    }
    if (rc == ERR_OK) {
        rc = give_override(c, person, line, ctx, e);
    }
    if (rc == ERR_OK) {
        rc = give(line, ctx, "cap", "cap", f->gated_commission + f->override, f->cap_cut, e);
    }
    if (rc == ERR_OK && r->bonus_first != 0) {
        const struct month_order *first = &c->data->orders[c->data->first_order];
        rc = give(line, ctx, "bonus_first_order", month_order_no(c->data, first), 0, r->bonus_first, e);
    }
    return rc == ERR_OK ? give(line, ctx, "bonus_top", "bonus_top", r->revenue, r->bonus_top, e) : rc;
}
