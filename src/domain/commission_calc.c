#include "domain/commission_calc.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"

#define WHOLE 10000 /* basis points */

static enum err_code too_large(struct err *e) {
    return err_set_field(e, ERR_INVALID, "commission", _("the commission comes to more than can be counted"));
}

/* round(numerator / denominator), half away from zero. */
static bool round_div(calc_wide numerator, int64_t denominator, int64_t *out) {
    calc_wide magnitude = numerator < 0 ? -numerator : numerator;
    calc_wide rounded = (2 * magnitude + denominator) / (2 * (calc_wide)denominator);
    if (rounded > INT64_MAX) {
        return false;
    }
    *out = (int64_t)(numerator < 0 ? -rounded : rounded);
    return true;
}

static calc_wide floor_div(calc_wide a, int64_t b) {
    calc_wide q = a / b;
    return a % b < 0 ? q - 1 : q;
}

struct remainder {
    size_t index;
    int64_t left;
};

static int larger_first(const void *a, const void *b) {
    const struct remainder *x = a, *y = b;
    if (x->left != y->left) {
        return x->left > y->left ? -1 : 1;
    }
    return x->index < y->index ? -1 : x->index > y->index;
}

void calc_apportion(int64_t total, const calc_wide *numerators, int64_t denominator, size_t count, int64_t *parts) {
    struct remainder *order = mem_array(count + 1, sizeof *order);
    calc_wide left = total;
    for (size_t i = 0; i < count; i++) {
        calc_wide whole = floor_div(numerators[i], denominator);
        parts[i] = (int64_t)whole;
        order[i] = (struct remainder){i, (int64_t)(numerators[i] - whole * denominator)};
        left -= whole;
    }
    if (count > 1) {
        qsort(order, count, sizeof *order, larger_first);
    }
    for (size_t i = 0; i < count && left > 0; i++, left--) {
        parts[order[i].index]++;
    }
    if (count > 0) {
        parts[0] += (int64_t)left;
    }
    free(order);
}

/* What of a base above 0 earns this tier's rate: its slice, or in slab mode all of it in the tier reached. */
static int64_t tier_base(const struct plan *plan, size_t tier, int64_t base) {
    int64_t from = plan->tiers[tier].from;
    bool passed = tier + 1 < plan->tier_count && base >= plan->tiers[tier + 1].from;
    if (base < from) {
        return 0;
    }
    if (plan->mode == PLAN_SLAB) {
        return passed ? 0 : base;
    }
    return (passed ? plan->tiers[tier + 1].from : base) - from;
}

enum err_code calc_tiers(const struct plan *plan, int64_t base, const int64_t *groups, struct calc_part *parts,
                         int64_t *commission, struct err *e) {
    size_t count = plan->tier_count + plan->group_count;
    calc_wide *exact = mem_array(count + 1, sizeof *exact);
    int64_t *amounts = mem_array(count + 1, sizeof *amounts);
    calc_wide sum = 0;
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < count; i++) {
        bool is_tier = i < plan->tier_count;
        struct calc_part p = {0};
        if (is_tier) {
            p.rate_bps = plan->tiers[i].rate_bps;
            p.base = base <= 0 ? 0 : tier_base(plan, i, base);
        } else {
            p.rate_bps = plan->groups[i - plan->tier_count].rate_bps;
            p.base = groups == NULL ? 0 : groups[i - plan->tier_count];
        }
        exact[i] = base <= 0 ? 0 : (calc_wide)p.base * p.rate_bps;
        sum += exact[i];
        if (parts != NULL) {
            parts[i] = p;
        }
    }
    if (!round_div(sum, WHOLE, commission)) {
        rc = too_large(e);
    } else if (parts != NULL) {
        calc_apportion(*commission, exact, WHOLE, count, amounts);
        for (size_t i = 0; i < count; i++) {
            parts[i].amount = amounts[i];
        }
    }
    free(exact);
    free(amounts);
    return rc;
}

enum err_code plan_pays(const struct plan *p, int64_t base, int64_t *commission, struct err *e) {
    return calc_tiers(p, base, NULL, NULL, commission, e);
}

int64_t calc_gate(const struct plan *plan, int64_t base, bool has_target, int64_t target) {
    if (plan->gate_count == 0 || !has_target || target <= 0) {
        return WHOLE;
    }
    int64_t factor = 0;
    for (size_t i = 0; i < plan->gate_count; i++) {
        if ((calc_wide)base * WHOLE >= (calc_wide)target * plan->gates[i].at_bps) {
            factor = plan->gates[i].factor_bps;
        }
    }
    return factor;
}

enum err_code calc_override(int64_t rate_bps, const int64_t *teams, size_t count, int64_t *parts, int64_t *override,
                            struct err *e) {
    calc_wide *exact = mem_array(count + 1, sizeof *exact);
    calc_wide sum = 0;
    for (size_t i = 0; i < count; i++) {
        exact[i] = (calc_wide)teams[i] * rate_bps;
        sum += exact[i];
    }
    bool fits = round_div(sum, WHOLE, override);
    if (fits && parts != NULL) {
        calc_apportion(*override, exact, WHOLE, count, parts);
    }
    free(exact);
    return fits ? ERR_OK : too_large(e);
}

enum err_code calc_month(const struct plan *plan, const struct calc_input *in, struct calc_figures *out,
                         struct err *e) {
    *out = (struct calc_figures){.gate_bps = calc_gate(plan, in->base, in->has_target, in->target)};
    enum err_code rc = calc_tiers(plan, in->base, in->groups, NULL, &out->tier_commission, e);
    if (rc == ERR_OK && !money_rate(out->tier_commission, out->gate_bps, &out->gated_commission)) {
        rc = too_large(e);
    }
    if (rc == ERR_OK) {
        rc = calc_override(plan->override_bps, in->teams, in->team_count, NULL, &out->override, e);
    }
    int64_t earned = 0;
    if (rc == ERR_OK && !money_add(out->gated_commission, out->override, &earned)) {
        rc = too_large(e);
    }
    if (rc == ERR_OK && plan->cap > 0 && earned > plan->cap) {
        out->cap_cut = plan->cap - earned;
    }
    return rc;
}

int64_t calc_earned(const struct calc_figures *f) {
    return f->gated_commission + f->override + f->cap_cut;
}

bool calc_attainment(int64_t base, bool has_target, int64_t target, int64_t *tenths) {
    return has_target && target > 0 && round_div((calc_wide)base * 1000, target, tenths);
}
