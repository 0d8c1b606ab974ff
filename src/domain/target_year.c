/* A year's targets at once: last year's copied, or a yearly figure spread by last year's season. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "domain/kpi_figures.h"
#include "domain/shop_internal.h"
#include "domain/target_store.h"

#define MONTHS 12

struct copying {
    struct shop *shop;
    int years;
    int64_t factor_bps;
    struct target *targets; /* code owned */
    size_t count, capacity;
};

static bool is_year(const char *text) {
    return strlen(text) == 4 && strspn(text, "0123456789") == 4 && text[0] != '0';
}

static enum err_code collect(void *ctx, const struct target *t, struct err *e) {
    struct copying *c = ctx;
    (void)e;
    c->targets = mem_grow(c->targets, c->count, &c->capacity, sizeof *c->targets);
    c->targets[c->count] = *t;
    c->targets[c->count++].code = mem_strdup(t->code);
    return ERR_OK;
}

static enum err_code copy_one(struct copying *c, const struct target *from, int64_t *made, struct err *e) {
    struct target t = *from;
    int64_t there = 0;
    t.import_id = 0;
    month_add(from->month, MONTHS * c->years, t.month);
    enum err_code rc = target_find(c->shop, &t, &there, e);
    if (rc != ERR_OK || there != 0) {
        return rc;
    }
    if (kpi_metric_unit(t.metric) != UNIT_RATE && !money_scale(t.target, c->factor_bps, 10000, &t.target)) {
        return err_set_field(e, ERR_INVALID, "target", _("the amount is too large"));
    }
    ++*made;
    return target_put(c->shop, &t, NULL, e);
}

struct copy_ctx {
    const char *from, *to;
    int64_t factor_bps, made;
};

static enum err_code copy_year(struct shop *shop, void *ctx, struct err *e) {
    struct copy_ctx *x = ctx;
    char first[MONTH_SIZE], last[MONTH_SIZE];
    struct copying c = {
        .shop = shop, .years = (int)(strtol(x->to, NULL, 10) - strtol(x->from, NULL, 10)), .factor_bps = x->factor_bps};
    snprintf(first, sizeof first, "%.4s-01", x->from);
    snprintf(last, sizeof last, "%.4s-12", x->from);
    const struct target_filter filter = {.from = first, .to = last};
    x->made = 0;
    enum err_code rc = target_list(shop, &filter, collect, &c, e);
    for (size_t i = 0; i < c.count; i++) {
        rc = rc == ERR_OK ? copy_one(&c, &c.targets[i], &x->made, e) : rc;
        free((char *)c.targets[i].code);
    }
    free(c.targets);
    return rc;
}

enum err_code target_copy(struct shop *shop, const char *from_year, const char *to_year, int64_t factor_bps,
                          int64_t *count, struct err *e) {
    struct copy_ctx ctx = {from_year, to_year, factor_bps, 0};
    if (!is_year(from_year) || !is_year(to_year) || strcmp(from_year, to_year) == 0) {
        return err_set_field(e, ERR_INVALID, "year", _("write two different years, like 2025 and 2026"));
    }
    if (factor_bps <= 0) {
        return err_set_field(e, ERR_INVALID, "percent", _("the percentage must be above zero"));
    }
    enum err_code rc = shop_transact_for(shop, PERMIT_PLANS, copy_year, &ctx, e);
    if (rc == ERR_OK && count != NULL) {
        *count = ctx.made;
    }
    return rc;
}

/* --- spreading */

static enum err_code read_season(struct shop *shop, const struct target *t, const struct target_ref *ref,
                                 int64_t weights[MONTHS], bool *any, struct err *e) {
    char month[MONTH_SIZE], today[DATE_SIZE];
    enum err_code rc = ERR_OK;
    *any = false;
    shop_today(shop, today);
    for (int i = 0; i < MONTHS && rc == ERR_OK; i++) {
        struct kpi_set set = {0};
        snprintf(month, sizeof month, "%.4s-01", t->month);
        month_add(month, i - MONTHS, month);
        const struct kpi_request r = {.scope = t->scope, .month = month, .today = today, .metrics = 1u << t->metric};
        rc = kpi_load(shop->db, &r, &set, e);
        int64_t id = t->scope == SCOPE_PROVINCE && set.places != NULL ? intern_add(set.places, ref->place) : ref->id;
        int64_t was = kpi_actual_of(kpi_set_find(&set, id), t->metric).num;
        weights[i] = was > 0 ? was : 0;
        *any = *any || was > 0;
        kpi_set_clear(&set);
    }
    return rc;
}

static enum err_code put_months(struct shop *shop, const struct target *t, const struct target_ref *ref,
                                const int64_t weights[MONTHS], struct err *e) {
    int64_t parts[MONTHS];
    enum err_code rc = ERR_OK;
    money_split(t->target, weights, MONTHS, parts);
    for (int i = 0; i < MONTHS && rc == ERR_OK; i++) {
        struct target one = *t;
        enum put_result result;
        snprintf(one.month, sizeof one.month, "%.4s-01", t->month);
        month_add(one.month, i, one.month);
        one.target = parts[i];
        rc = target_store(shop, &one, ref, &result, e);
    }
    return rc;
}

static enum err_code spread(struct shop *shop, void *ctx, struct err *e) {
    const struct target *t = ctx;
    struct target_ref ref;
    int64_t weights[MONTHS];
    bool any = false;
    enum err_code rc = target_resolve(shop, t->scope, t->code, &ref, e);
    if (rc == ERR_OK) {
        rc = read_season(shop, t, &ref, weights, &any, e);
    }
    if (rc == ERR_OK && !any && t->scope != SCOPE_SHOP) {
        struct target whole = *t;
        whole.scope = SCOPE_SHOP;
        rc = read_season(shop, &whole, &(struct target_ref){0, NULL}, weights, &any, e);
    }
    for (int i = 0; i < MONTHS && !any; i++) {
        weights[i] = 1;
    }
    if (rc == ERR_OK) {
        rc = put_months(shop, t, &ref, weights, e);
    }
    target_ref_clear(&ref);
    return rc;
}

enum err_code target_spread(struct shop *shop, const struct target *t, struct err *e) {
    if (!month_is_valid(t->month) || t->target < 0) {
        return err_set_field(e, ERR_INVALID, "target", _("a yearly target needs its year and an amount"));
    }
    if (kpi_metric_unit(t->metric) == UNIT_RATE) {
        return err_set_field(e, ERR_INVALID, "metric", _("a percentage cannot be spread over months: set it for each"));
    }
    return shop_transact_for(shop, PERMIT_PLANS, spread, (void *)t, e);
}
