/* Commission for accounting: a row for each person and month. */
#include <string.h>

#include "chotdon/commission.h"
#include "io/export.h"
#include "io/export_core.h"

struct commission_export {
    struct export *x;
    const char *month;
    char from[MONTH_SIZE], to[MONTH_SIZE]; /* "" open */
};

static void optional(struct table *t, bool has, int64_t figure) {
    if (has) {
        table_number(t, figure);
    } else {
        table_empty(t);
    }
}

void export_commission_row(struct table *t, const char *month, const struct commission_row *r) {
    const int64_t figures[] = {r->tier_commission,   r->gate_bps,  r->gated_commission, r->override, r->cap_cut,
                               r->bonus_first_order, r->bonus_top, r->adjustment,       r->total};
    table_text(t, month);
    table_text(t, r->rep);
    table_text(t, r->name);
    table_number(t, r->base);
    optional(t, r->has_target, r->target);
    optional(t, r->has_attainment, r->attainment_tenths * 10);
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
        table_number(t, figures[i]);
    }
    table_text(t, commission_status_code(r->status));
}

static enum err_code put_row(void *ctx, const struct commission_row *r, struct err *e) {
    struct commission_export *c = ctx;
    export_commission_row(c->x->table, c->month, r);
    return export_end_row(c->x, e);
}

static enum err_code put_month(void *ctx, const char *month, enum commission_status status, struct err *e) {
    struct commission_export *c = ctx;
    (void)status;
    if ((c->from[0] != '\0' && strcmp(month, c->from) < 0) || (c->to[0] != '\0' && strcmp(month, c->to) > 0)) {
        return ERR_OK;
    }
    c->month = month;
    return commission_list(c->x->shop, month, put_row, c, e);
}

/* One month as it is, also while it is open; of a longer time those that are computed. */
enum err_code export_commission(struct export *x, struct err *e) {
    struct commission_export c = {.x = x};
    if (x->options->from != NULL) {
        month_of(x->options->from, c.from);
    }
    if (x->options->to != NULL) {
        month_of(x->options->to, c.to);
    }
    if (c.from[0] != '\0' && strcmp(c.from, c.to) == 0) {
        return put_month(&c, c.from, COMMISSION_OPEN, e);
    }
    return commission_months(x->shop, put_month, &c, e);
}
