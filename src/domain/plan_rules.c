/* What a plan is and may be (DOMAIN 7), without a database. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "chotdon/plan.h"

#define RATE_MAX   10000    /* 100% */
#define FACTOR_MAX 10000000 /* 100 000%: a multiplier or an attainment */

static const struct {
    const char *code, *vietnamese, *metric;
} bases[] = {
    [PLAN_GROSS] = {"gross", "doanh so", "revenue"},
    [PLAN_NET] = {"net", "doanh thu thuan", "net_revenue"},
    [PLAN_MARGIN] = {"margin", "loi nhuan gop", "margin"},
};
static const struct {
    const char *code, *vietnamese;
} modes[] = {
    [PLAN_MARGINAL] = {"marginal", "luy tien"},
    [PLAN_SLAB] = {"slab", "theo bac"},
};

const char *plan_base_code(enum plan_base base) {
    return bases[base].code;
}

const char *plan_base_metric(enum plan_base base) {
    return bases[base].metric;
}

const char *plan_mode_code(enum plan_mode mode) {
    return modes[mode].code;
}

const char *plan_base_label(enum plan_base base) {
    static const char *const labels[] = {N_("revenue"), N_("net revenue"), N_("margin")};
    return _(labels[base]);
}

const char *plan_mode_label(enum plan_mode mode) {
    static const char *const labels[] = {N_("marginal"), N_("slab")};
    return _(labels[mode]);
}

bool plan_base_find(const char *typed, enum plan_base *out) {
    for (size_t i = 0; i < sizeof bases / sizeof *bases; i++) {
        if (text_equal_folded(typed, bases[i].code) || text_equal_folded(typed, bases[i].vietnamese)) {
            *out = (enum plan_base)i;
            return true;
        }
    }
    return false;
}

bool plan_mode_find(const char *typed, enum plan_mode *out) {
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
        if (text_equal_folded(typed, modes[i].code) || text_equal_folded(typed, modes[i].vietnamese)) {
            *out = (enum plan_mode)i;
            return true;
        }
    }
    return false;
}

void plan_clear(struct plan *p) {
    for (size_t i = 0; i < p->group_count; i++) {
        free(p->groups[i].path);
    }
    free(p->groups);
    free(p->gates);
    free(p->tiers);
    free(p->code);
    free(p->name);
    free(p->reason);
    *p = (struct plan){0};
}

static int tiers_rise(const void *a, const void *b) {
    const struct plan_tier *x = a, *y = b;
    return x->from < y->from ? -1 : x->from > y->from;
}

static int gates_rise(const void *a, const void *b) {
    const struct plan_gate *x = a, *y = b;
    return x->at_bps < y->at_bps ? -1 : x->at_bps > y->at_bps;
}

static int groups_rise(const void *a, const void *b) {
    const struct plan_group *x = a, *y = b;
    return x->group_id < y->group_id ? -1 : x->group_id > y->group_id;
}

/* The reason, with the line at fault. */
static enum err_code at_line(struct err *e, long line, enum err_code rc) {
    if (e != NULL) {
        e->line = line;
    }
    return rc;
}

static enum err_code check_rate(const char *field, long line, int64_t rate_bps, int64_t max, struct err *e) {
    if (rate_bps >= 0 && rate_bps <= max) {
        return ERR_OK;
    }
    char rate[MONEY_TEXT_MAX], most[MONEY_TEXT_MAX];
    rate_format(rate_bps, rate);
    rate_format(max, most);
    return at_line(
        e, line,
        /* xgettext:no-c-format */
        err_set_field(e, ERR_INVALID, field, _("%s: %s%% is no such rate; it goes from 0 to %s%%"), field, rate, most));
}

static enum err_code check_tier(const struct plan *p, size_t i, struct err *e) {
    const struct plan_tier *t = &p->tiers[i];
    enum err_code rc = check_rate("tiers", t->line, t->rate_bps, RATE_MAX, e);
    if (rc != ERR_OK) {
        return rc;
    }
    if (i == 0 && t->from != 0) {
        return at_line(e, t->line,
                       err_set_field(e, ERR_INVALID, "tiers",
                                     _("the first tier starts at %lld; it has to start at 0, or what is sold below it "
                                       "has no rate"),
                                     (long long)t->from));
    }
    if (i > 0 && t->from == p->tiers[i - 1].from) {
        return at_line(e, t->line,
                       err_set_field(e, ERR_INVALID, "tiers", _("the tier from %lld comes twice"), (long long)t->from));
    }
    if (i > 0 && p->mode == PLAN_MARGINAL && t->rate_bps < p->tiers[i - 1].rate_bps) {
        char rate[MONEY_TEXT_MAX], before[MONEY_TEXT_MAX];
        rate_format(t->rate_bps, rate);
        rate_format(p->tiers[i - 1].rate_bps, before);
        return at_line(e, t->line,
                       err_set_field(e, ERR_INVALID, "tiers",
                                     /* xgettext:no-c-format */
                                     _("in marginal mode rates may not fall: from %lld it is %s%%, but %s%% below it"),
                                     (long long)t->from, rate, before));
    }
    return ERR_OK;
}

static enum err_code check_gates(const struct plan *p, struct err *e) {
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < p->gate_count && rc == ERR_OK; i++) {
        const struct plan_gate *g = &p->gates[i];
        rc = check_rate("gate", g->line, g->at_bps, FACTOR_MAX, e);
        if (rc == ERR_OK) {
            rc = check_rate("gate", g->line, g->factor_bps, FACTOR_MAX, e);
        }
        if (rc == ERR_OK && i > 0 && g->at_bps == p->gates[i - 1].at_bps) {
            char rate[MONEY_TEXT_MAX];
            rc = at_line(
                e, g->line,
                /* xgettext:no-c-format */
                err_set_field(e, ERR_INVALID, "gate", _("the gate at %s%% comes twice"), rate_format(g->at_bps, rate)));
        }
    }
    return rc;
}

static enum err_code check_groups(const struct plan *p, struct err *e) {
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < p->group_count && rc == ERR_OK; i++) {
        const struct plan_group *g = &p->groups[i];
        rc = check_rate("groups", g->line, g->rate_bps, RATE_MAX, e);
        if (rc == ERR_OK && i > 0 && g->group_id == p->groups[i - 1].group_id) {
            long line = g->line > p->groups[i - 1].line ? g->line : p->groups[i - 1].line;
            rc = at_line(e, line,
                         err_set_field(e, ERR_INVALID, "groups", _("the product group “%s” comes twice"), g->path));
        }
    }
    return rc;
}

static enum err_code check_money(const char *field, int64_t amount, struct err *e) {
    return amount >= 0 ? ERR_OK : err_set_field(e, ERR_INVALID, field, _("%s cannot be below 0"), field);
}

static enum err_code check_head(const struct plan *p, struct err *e) {
    if (p->code == NULL || p->code[0] == '\0') {
        return err_set_field(e, ERR_INVALID, "code", _("a plan needs a code: code = 2026"));
    }
    if (!month_is_valid(p->from)) {
        return err_set_field(e, ERR_INVALID, "from", _("a plan needs its first month: from = 2026-01"));
    }
    if (!month_is_valid(p->to)) {
        return err_set_field(e, ERR_INVALID, "to", _("a plan needs its last month: to = 2026-12"));
    }
    if (strcmp(p->to, p->from) < 0) {
        return err_set_field(e, ERR_INVALID, "to", _("the plan ends in %s, before it begins in %s"), p->to, p->from);
    }
    enum err_code rc = check_money("cap", p->cap, e);
    if (rc == ERR_OK) {
        rc = check_money("bonus_first_order", p->bonus_first_order, e);
    }
    if (rc == ERR_OK) {
        rc = check_money("bonus_top_revenue", p->bonus_top, e);
    }
    return rc == ERR_OK ? check_rate("team_override_pct", 0, p->override_bps, RATE_MAX, e) : rc;
}

enum err_code plan_check(struct plan *p, struct err *e) {
    enum err_code rc = check_head(p, e);
    if (rc == ERR_OK && p->tier_count == 0) {
        rc =
            err_set_field(e, ERR_INVALID, "tiers", _("the plan has no tiers; write them in [tiers] as from = percent"));
    }
    if (rc != ERR_OK) {
        return rc;
    }
    qsort(p->tiers, p->tier_count, sizeof *p->tiers, tiers_rise);
    if (p->gate_count > 1) {
        qsort(p->gates, p->gate_count, sizeof *p->gates, gates_rise);
    }
    if (p->group_count > 1) {
        qsort(p->groups, p->group_count, sizeof *p->groups, groups_rise);
    }
    for (size_t i = 0; i < p->tier_count && rc == ERR_OK; i++) {
        rc = check_tier(p, i, e);
    }
    if (rc == ERR_OK) {
        rc = check_gates(p, e);
    }
    return rc == ERR_OK ? check_groups(p, e) : rc;
}

static bool same_lists(const struct plan *a, const struct plan *b) {
    for (size_t i = 0; i < a->tier_count; i++) {
        if (a->tiers[i].from != b->tiers[i].from || a->tiers[i].rate_bps != b->tiers[i].rate_bps) {
            return false;
        }
    }
    for (size_t i = 0; i < a->gate_count; i++) {
        if (a->gates[i].at_bps != b->gates[i].at_bps || a->gates[i].factor_bps != b->gates[i].factor_bps) {
            return false;
        }
    }
    for (size_t i = 0; i < a->group_count; i++) {
        if (a->groups[i].group_id != b->groups[i].group_id || a->groups[i].rate_bps != b->groups[i].rate_bps) {
            return false;
        }
    }
    return true;
}

bool plan_same(const struct plan *a, const struct plan *b) {
    return strcmp(a->code, b->code) == 0 && strcmp(a->name, b->name) == 0 && strcmp(a->from, b->from) == 0 &&
           strcmp(a->to, b->to) == 0 && a->base == b->base && a->mode == b->mode && a->cap == b->cap &&
           a->override_bps == b->override_bps && a->bonus_first_order == b->bonus_first_order &&
           a->bonus_top == b->bonus_top && a->tier_count == b->tier_count && a->gate_count == b->gate_count &&
           a->group_count == b->group_count && same_lists(a, b);
}
