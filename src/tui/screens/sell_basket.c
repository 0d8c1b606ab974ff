#include "tui/screens/sell_basket.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/qty.h"
#include "chotdon/draft.h"
#include "chotdon/permission.h"
#include "chotdon/product.h"
#include "chotdon/stock.h"

static void line_clear(struct basket_line *l) {
    free(l->sku);
    free(l->name);
    free(l->unit);
}

static void lines_clear(struct basket *b) {
    for (size_t i = 0; i < b->count; i++) {
        line_clear(&b->lines[i]);
    }
    free(b->lines);
    b->lines = NULL;
    b->count = 0;
    b->cap = 0;
}

void basket_clear(struct basket *b) {
    lines_clear(b);
    free(b->label);
    free(b->customer);
    free(b->customer_more);
    free(b->reps);
    free(b->seller);
    free(b->note);
    for (int i = 0; i < BASKET_PAY_METHODS; i++) {
        free(b->pay[i]);
    }
    *b = (struct basket){0};
}

void basket_copy(struct basket *to, const struct basket *from) {
    *to = *from;
    to->label = mem_strdup(from->label);
    to->customer = mem_strdup(from->customer);
    to->customer_more = mem_strdup(from->customer_more);
    to->reps = mem_array(from->rep_count, sizeof *to->reps);
    for (size_t i = 0; i < from->rep_count; i++) {
        to->reps[i] = from->reps[i];
    }
    to->seller = mem_strdup(from->seller);
    to->note = mem_strdup(from->note);
    for (int i = 0; i < BASKET_PAY_METHODS; i++) {
        to->pay[i] = mem_strdup(from->pay[i]);
    }
    to->cap = from->count;
    to->lines = mem_array(from->count, sizeof *to->lines);
    for (size_t i = 0; i < from->count; i++) {
        to->lines[i] = from->lines[i];
        to->lines[i].sku = mem_strdup(from->lines[i].sku);
        to->lines[i].name = mem_strdup(from->lines[i].name);
        to->lines[i].unit = mem_strdup(from->lines[i].unit);
    }
}

bool basket_is_empty(const struct basket *b) {
    return b->count == 0 && b->customer_id == 0;
}

static void line_describe(struct basket_line *l, const struct product *p) {
    l->product_id = p->id;
    l->sku = mem_strdup(p->sku);
    l->name = mem_strdup(p->name);
    l->has_stock_min = p->has_stock_min;
    l->stock_min = p->stock_min;
}

static enum err_code append(struct shop *shop, struct basket *b, int64_t product_id, const char *unit, int64_t qty,
                            struct err *e) {
    struct product p = {0};
    enum err_code rc = product_get(shop, product_id, &p, e);
    if (rc == ERR_OK) {
        b->lines = mem_grow(b->lines, b->count, &b->cap, sizeof *b->lines);
        struct basket_line *l = &b->lines[b->count++];
        *l = (struct basket_line){.qty = qty, .unit = mem_strdup(unit)};
        line_describe(l, &p);
        b->mark = b->count - 1;
        if (!p.active) {
            rc = err_set(e, ERR_REFUSED, _("%s is not on sale any more; Products can put it back"), p.sku);
        }
    }
    product_clear(&p);
    return rc;
}

enum err_code basket_add(struct shop *shop, struct basket *b, int64_t product_id, const char *unit, int64_t qty,
                         struct err *e) {
    for (size_t i = 0; i < b->count; i++) {
        struct basket_line *l = &b->lines[i];
        if (l->product_id == product_id && strcmp(l->unit, unit) == 0) {
            b->mark = i;
            if (__builtin_add_overflow(l->qty, qty, &l->qty)) {
                return err_set_field(e, ERR_INVALID, "qty", _("the quantity is too large"));
            }
            return ERR_OK;
        }
    }
    return append(shop, b, product_id, unit, qty, e);
}

void basket_remove(struct basket *b, size_t line) {
    line_clear(&b->lines[line]);
    memmove(b->lines + line, b->lines + line + 1, (b->count - line - 1) * sizeof *b->lines);
    b->count--;
    b->mark = b->mark >= b->count && b->count > 0 ? b->count - 1 : b->mark;
    b->mark = b->count == 0 ? 0 : b->mark;
}

struct order_input basket_input(const struct basket *b, struct order_line_input **lines) {
    struct order_line_input *in = mem_array(b->count, sizeof *in);
    for (size_t i = 0; i < b->count; i++) {
        const struct basket_line *l = &b->lines[i];
        in[i] = (struct order_line_input){
            .product_id = l->product_id,
            .unit = l->unit,
            .qty = l->qty,
            .has_price = l->has_price,
            .unit_price = l->typed_price,
            .discount = l->typed_discount,
        };
    }
    *lines = in;
    return (struct order_input){
        .status = ORDER_COMPLETED,
        .lines = in,
        .line_count = b->count,
        .channel_id = b->channel_id,
        .customer_id = b->customer_id,
        .reps = b->reps,
        .rep_count = b->rep_count,
        .discount = b->typed_discount,
        .shipping_fee = b->shipping_fee,
        .note = b->note,
    };
}

/* What would be left of a line's product when all lines of the basket have gone. */
static void figure_left(struct basket *b, const struct order *o) {
    for (size_t i = 0; i < b->count; i++) {
        struct basket_line *l = &b->lines[i];
        l->left = l->on_hand;
        for (size_t k = 0; k < b->count; k++) {
            int64_t base = 0;
            if (b->lines[k].product_id == l->product_id &&
                money_scale(o->lines[k].qty, o->lines[k].factor, QTY_ONE, &base)) {
                l->left -= base;
            }
        }
    }
}

static enum err_code take_figures(struct shop *shop, struct basket *b, const struct order *o, struct err *e) {
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < b->count && rc == ERR_OK; i++) {
        struct basket_line *l = &b->lines[i];
        struct stock_level level = {0};
        rc = stock_get(shop, l->product_id, &level, e);
        l->on_hand = level.on_hand;
        l->unit_price = o->lines[i].unit_price;
        l->discount = o->lines[i].discount;
        l->amount = o->lines[i].amount + o->lines[i].order_discount;
        l->below_stock = o->lines[i].below_stock;
        l->below_cost = o->lines[i].below_cost && shop_may(shop, PERMIT_SEE_COST);
    }
    b->subtotal = o->subtotal;
    b->discount = o->discount;
    b->total = o->total;
    figure_left(b, o);
    return rc;
}

enum err_code basket_figure(struct shop *shop, struct basket *b, struct err *e) {
    struct order_line_input *lines = NULL;
    struct order o = {0};
    b->subtotal = b->discount = b->total = 0;
    if (b->count == 0) {
        return ERR_OK;
    }
    struct order_input in = basket_input(b, &lines);
    enum err_code rc = order_preview(shop, &in, &o, e);
    if (rc == ERR_OK) {
        rc = take_figures(shop, b, &o, e);
    }
    order_clear(&o);
    free(lines);
    return rc;
}

enum err_code basket_save(struct shop *shop, struct basket *b, const char *station, struct err *e) {
    struct order_line_input *lines = NULL;
    struct order_input in = basket_input(b, &lines);
    if (b->count == 0) { /* nothing to take it off */
        in.discount = (struct discount){0};
    }
    enum err_code rc = draft_save(shop, &b->draft_id, &in, station, e);
    if (rc == ERR_OK) {
        b->held = b->unsaved = false;
    }
    free(lines);
    return rc;
}

/* Emptied: the audit log says what was in it. */
static enum err_code drop(struct shop *shop, struct basket *b, struct err *e) {
    enum err_code rc = b->draft_id == 0 ? ERR_OK : draft_drop(shop, b->draft_id, e);
    if (rc == ERR_OK) {
        b->draft_id = 0;
        b->held = b->unsaved = false;
    }
    return rc;
}

/* A parked one is somebody else's until it is saved: that must be waited for. */
enum err_code basket_save_typed(struct shop *shop, struct basket *b, const char *station, struct err *e) {
    struct err inner = ERR_INIT;
    shop_set_hurried(shop, !b->held);
    enum err_code rc = basket_is_empty(b) ? drop(shop, b, &inner) : basket_save(shop, b, station, &inner);
    shop_set_hurried(shop, false);
    b->unsaved = b->unsaved || rc == ERR_BUSY;
    if (rc == ERR_BUSY && !b->held) {
        return ERR_OK;
    }
    if (rc != ERR_OK && e != NULL) {
        *e = inner;
    }
    return rc;
}
