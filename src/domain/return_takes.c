/* Which lines of a sale come back: of a SKU on several lines, the earliest with something left goes first. */
#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/qty.h"
#include "domain/order_words.h"
#include "domain/record.h"
#include "domain/return_plan.h"
#include "domain/shop_internal.h"

static int64_t left_of(const struct return_plan *r, size_t i) {
    const struct order_line *l = &r->sale.lines[i];
    int64_t sold = 0;
    (void)order_base_qty(l->qty, l->factor, &sold, NULL);
    return sold - l->returned - r->takes[i];
}

/* Says what is left in the unit it was sold by, where that comes out even. */
static enum err_code refuse(const struct return_plan *r, const char *sku, int64_t left, int64_t factor, struct err *e) {
    char text[QTY_TEXT_MAX];
    if (left == 0) {
        return err_set_field(e, ERR_REFUSED, "line", _("%s: nothing of it is left to come back of order %s"), sku,
                             r->sale.order_no);
    }
    return err_set_field(
        e, ERR_REFUSED, "line", _("%s: only %s left to come back of order %s"), sku,
        qty_format_plain(factor != 0 && left * QTY_ONE % factor == 0 ? left * QTY_ONE / factor : left, text),
        r->sale.order_no);
}

static enum err_code refuse_unknown(struct shop *shop, const struct return_plan *r, int64_t product, struct err *e) {
    char *sku = NULL;
    enum err_code rc =
        db_get_text(shop->db, "SELECT sku FROM products WHERE id = $1", DB_BIND(DB_INT(product)), &sku, e);
    if (rc == ERR_OK) {
        rc = err_set_field(e, ERR_REFUSED, "line", _("%s is not in order %s"), sku, r->sale.order_no);
    }
    free(sku);
    return rc;
}

/* The unit that a quantity is in: as said, else the one of the earliest line with something left, else of the first. */
static enum err_code factor_of(struct shop *shop, const struct return_line_input *in, const struct return_plan *r,
                               const struct order_line **first, int64_t *factor, struct err *e) {
    *first = NULL;
    bool has_left = false;
    for (size_t i = 0; i < r->sale.line_count && !has_left; i++) {
        if (r->sale.lines[i].product_id == in->product_id) {
            has_left = left_of(r, i) > 0;
            *first = *first == NULL || has_left ? &r->sale.lines[i] : *first;
        }
    }
    if (*first == NULL) {
        return refuse_unknown(shop, r, in->product_id, e);
    }
    *factor = (*first)->factor;
    return in->unit == NULL ? ERR_OK : order_unit_factor(shop, in->product_id, in->unit, factor, e);
}

static enum err_code take_line(struct shop *shop, const struct return_line_input *in, struct return_plan *r,
                               struct err *e) {
    const struct order_line *first = NULL;
    int64_t factor = 0;
    int64_t wanted = 0;
    int64_t left = 0;
    if (in->qty <= 0) {
        return err_set_field(e, ERR_INVALID, "line", _("what comes back must be above 0"));
    }
    enum err_code rc = factor_of(shop, in, r, &first, &factor, e);
    if (rc == ERR_OK) {
        rc = order_base_qty(in->qty, factor, &wanted, e);
    }
    if (rc != ERR_OK) {
        return rc;
    }
    for (size_t i = 0; i < r->sale.line_count; i++) {
        left += r->sale.lines[i].product_id == in->product_id ? left_of(r, i) : 0;
    }
    if (wanted > left) {
        return refuse(r, first->sku, left, factor, e);
    }
    for (size_t i = 0; i < r->sale.line_count && wanted > 0; i++) {
        if (r->sale.lines[i].product_id == in->product_id) {
            int64_t part = left_of(r, i) < wanted ? left_of(r, i) : wanted;
            r->takes[i] += part;
            wanted -= part;
        }
    }
    return ERR_OK;
}

enum err_code return_plan_takes(struct shop *shop, const struct return_input *in, struct return_plan *r,
                                struct err *e) {
    enum err_code rc = ERR_OK;
    int64_t all = 0;
    r->takes = mem_array(r->sale.line_count, sizeof *r->takes);
    for (size_t i = 0; i < in->line_count && rc == ERR_OK; i++) {
        rc = take_line(shop, &in->lines[i], r, e);
    }
    r->whole = true;
    for (size_t i = 0; i < r->sale.line_count && rc == ERR_OK; i++) {
        if (in->line_count == 0) {
            r->takes[i] = left_of(r, i);
        }
        r->whole = r->whole && left_of(r, i) == 0;
        all |= r->takes[i];
    }
    if (rc == ERR_OK && all == 0) {
        rc = err_set_field(e, ERR_REFUSED, "line", _("everything of order %s has come back already"), r->sale.order_no);
    }
    return rc;
}
