/* Deals, in the order of their numbers. */
#include <stdlib.h>

#include "chotdon/deal.h"
#include "io/export_core.h"

static enum err_code deal_row(void *ctx, const struct deal *d, struct err *e) {
    struct export *x = ctx;
    struct table *t = x->table;
    char *products = deal_products_format(d->products, d->product_count, shop_currency(x->shop));
    table_text(t, d->deal_no);
    table_text(t, d->title);
    table_text(t, d->customer);
    table_text(t, d->phone);
    table_text(t, d->email);
    table_text(t, d->province);
    table_text(t, d->rep);
    table_text(t, d->stage.name);
    table_text(t, products);
    table_number(t, d->expected_value);
    if (d->probability_set && d->stage.kind == STAGE_OPEN) { /* else it is the stage's */
        table_number(t, d->probability_bps);
    } else {
        table_empty(t);
    }
    table_text(t, d->source);
    table_text(t, d->tags);
    table_text(t, d->need);
    table_text(t, d->budget);
    table_text(t, d->timing);
    table_text(t, d->decision_maker);
    table_text(t, d->created);
    table_text(t, d->expected_close);
    table_text(t, d->closed);
    if (d->stage.kind == STAGE_OPEN) {
        table_empty(t);
    } else {
        table_number(t, d->value);
    }
    table_text(t, d->lost_reason);
    table_text(t, d->contact);
    table_text(t, d->note);
    free(products);
    return export_end_row(x, e);
}

enum err_code export_deals(struct export *x, struct err *e) {
    if (x->only == 0) {
        const struct deal_filter all = {.kind = -1, .sort = "deal_no"};
        return deal_list(x->shop, &all, deal_row, x, e);
    }
    struct deal d = {0};
    enum err_code rc = deal_get(x->shop, x->only, &d, e);
    rc = rc == ERR_OK ? deal_row(x, &d, e) : rc;
    deal_clear(&d);
    return rc;
}
