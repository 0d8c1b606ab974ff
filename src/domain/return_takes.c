/* Which lines of a sale come back: of a SKU on several lines, the earliest with something left goes first. */
#include <stdlib.h>

#include "base/i18n.h"
#include "base/key_map.h"
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

/* A sale's lines by product: a sale may have very many. */
struct product_left {
    size_t first; /* its first line */
    size_t at;    /* before this one nothing is left of it */
    size_t last;
    int64_t left; /* of all its lines */
};
struct lefts {
    struct key_map products;
    struct product_left *of; /* in the order of products.keys */
    size_t cap;
    size_t *next; /* of each line: the next of the same product; the number of lines: none */
};

static void lefts_make(const struct return_plan *r, struct lefts *l) {
    size_t count = r->sale.line_count;
    *l = (struct lefts){.next = mem_array(count, sizeof *l->next)};
    for (size_t i = 0; i < count; i++) {
        size_t known = l->products.count;
        size_t p = key_map_add(&l->products, (struct key){r->sale.lines[i].product_id, 0, 0});
        l->next[i] = count;
        if (p == known) {
            l->of = mem_grow(l->of, p, &l->cap, sizeof *l->of);
            l->of[p] = (struct product_left){.first = i, .at = i};
        } else {
            l->next[l->of[p].last] = i;
        }
        l->of[p].last = i;
        l->of[p].left += left_of(r, i);
    }
}

static void lefts_clear(struct lefts *l) {
    key_map_clear(&l->products);
    free(l->of);
    free(l->next);
}

/* The unit that a quantity is in: as said, else the one of the earliest line with something left, else of the first. */
static enum err_code take_line(struct shop *shop, const struct return_line_input *in, struct return_plan *r,
                               struct lefts *l, struct err *e) {
    size_t count = r->sale.line_count;
    int64_t wanted = 0;
    if (in->qty <= 0) {
        return err_set_field(e, ERR_INVALID, "line", _("what comes back must be above 0"));
    }
    size_t known = key_map_find(&l->products, (struct key){in->product_id, 0, 0});
    if (known == KEY_NONE) {
        return refuse_unknown(shop, r, in->product_id, e);
    }
    struct product_left *p = &l->of[known];
    while (p->at < count && left_of(r, p->at) <= 0) {
        p->at = l->next[p->at];
    }
    const struct order_line *first = &r->sale.lines[p->at < count ? p->at : p->first];
    int64_t factor = first->factor;
    enum err_code rc = in->unit == NULL ? ERR_OK : order_unit_factor(shop, in->product_id, in->unit, &factor, e);
    if (rc == ERR_OK) {
        rc = order_base_qty(in->qty, factor, &wanted, e);
    }
    if (rc != ERR_OK) {
        return rc;
    }
    if (wanted > p->left) {
        return refuse(r, first->sku, p->left, factor, e);
    }
    p->left -= wanted;
    for (size_t i = p->at; i < count && wanted > 0; i = l->next[i]) {
        int64_t part = left_of(r, i) < wanted ? left_of(r, i) : wanted;
        r->takes[i] += part;
        wanted -= part;
    }
    return ERR_OK;
}

enum err_code return_plan_takes(struct shop *shop, const struct return_input *in, struct return_plan *r,
                                struct err *e) {
    enum err_code rc = ERR_OK;
    int64_t all = 0;
    struct lefts lefts;
    r->takes = mem_array(r->sale.line_count, sizeof *r->takes);
    lefts_make(r, &lefts);
    for (size_t i = 0; i < in->line_count && rc == ERR_OK; i++) {
        rc = take_line(shop, &in->lines[i], r, &lefts, e);
    }
    lefts_clear(&lefts);
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
