/* Baskets from their drafts, and what is shown of the customer and the seller. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/phone.h"
#include "chotdon/channel.h"
#include "chotdon/customer.h"
#include "chotdon/product.h"
#include "chotdon/staff.h"
#include "tui/screens/sell_basket.h"

static void separate(struct buf *out) {
    if (out->len > 0) {
        buf_add(out, " · ");
    }
}

static void describe(struct shop *shop, const struct customer *c, const struct customer_figures *f, struct buf *out) {
    char text[MONEY_TEXT_MAX];
    char today[DATE_SIZE];
    shop_today(shop, today);
    buf_add(out, customer_segment_label(c->segment));
    if (f->due > 0) {
        separate(out);
        buf_addf(out, _("owes %s"), money_format(f->due, shop_currency(shop), false, text));
    }
    separate(out);
    buf_addf(out, _("%" PRId64 " orders"), f->orders);
    if (f->last_order[0] != '\0') {
        long days = date_diff(today, f->last_order);
        separate(out);
        if (days <= 0) {
            buf_add(out, _("today"));
        } else {
            buf_addf(out, _("%ld days ago"), days);
        }
    }
}

enum err_code basket_set_customer(struct shop *shop, struct basket *b, int64_t customer_id, struct err *e) {
    struct customer c = {0};
    struct customer_figures f = {0};
    struct buf more = BUF_INIT;
    struct buf who = BUF_INIT;
    enum err_code rc = ERR_OK;
    if (customer_id != 0) {
        rc = customer_get(shop, customer_id, &c, e);
        if (rc == ERR_OK) {
            rc = customer_figures(shop, c.id, &f, e);
        }
        if (rc != ERR_OK) {
            goto out;
        }
        char shown[PHONE_SIZE];
        char *first = mem_strndup(c.phones, strcspn(c.phones, ";"));
        buf_addf(&who, "%s%s%s", phone_format(first, shown), first[0] == '\0' ? "" : " ", c.name);
        free(first);
        describe(shop, &c, &f, &more);
    }
    free(b->customer);
    free(b->customer_more);
    b->customer_id = c.id;
    b->customer = mem_strdup(buf_str(&who));
    b->customer_more = mem_strdup(buf_str(&more));
    b->customer_owes = f.due > 0;
    b->wholesale = c.segment != NULL && strcmp(c.segment, "wholesale") == 0;
out:
    customer_clear(&c);
    buf_clear(&who);
    buf_clear(&more);
    return rc;
}

/* "Trần Thị An" alone, "An 70 + Bình 30" where they share. */
static enum err_code add_rep(struct shop *shop, const struct order_rep_input *rep, bool alone, struct buf *out,
                             struct err *e) {
    struct staff s = {0};
    char share[MONEY_TEXT_MAX];
    enum err_code rc = staff_get(shop, rep->staff_id, &s, e);
    if (rc == ERR_OK && alone) {
        buf_add(out, s.name);
    } else if (rc == ERR_OK) {
        const char *given = strrchr(s.name, ' ');
        buf_addf(out, "%s %s", given == NULL ? s.name : given + 1, rate_show(rep->share_bps, share));
    }
    staff_clear(&s);
    return rc;
}

enum err_code basket_set_seller(struct shop *shop, struct basket *b, int64_t channel_id,
                                const struct order_rep_input *reps, size_t rep_count, struct err *e) {
    struct buf text = BUF_INIT;
    const char *channel = "";
    enum err_code rc = channel_name(shop, channel_id, &channel, e);
    buf_add(&text, rc == ERR_OK ? channel : "");
    for (size_t i = 0; i < rep_count && rc == ERR_OK; i++) {
        if (i == 0) {
            separate(&text);
        } else {
            buf_add(&text, " + ");
        }
        rc = add_rep(shop, &reps[i], rep_count == 1, &text, e);
    }
    if (rc == ERR_OK) {
        struct order_rep_input *own = mem_array(rep_count, sizeof *own);
        for (size_t i = 0; i < rep_count; i++) {
            own[i] = reps[i];
        }
        free(b->reps);
        free(b->seller);
        b->seller = mem_strdup(buf_str(&text));
        b->channel_id = channel_id;
        b->reps = own;
        b->rep_count = rep_count;
    }
    buf_clear(&text);
    return rc;
}

static enum err_code take_reps(struct shop *shop, struct basket *b, const struct order *o, struct err *e) {
    struct order_rep_input *reps = mem_array(o->rep_count, sizeof *reps);
    for (size_t i = 0; i < o->rep_count; i++) {
        reps[i] = (struct order_rep_input){o->reps[i].staff_id, o->reps[i].share_bps};
    }
    enum err_code rc = basket_set_seller(shop, b, o->channel_id, reps, o->rep_count, e);
    free(reps);
    return rc;
}

/* As it was typed: a percentage again, else the amount. */
static struct discount take_discount(int64_t rate_bps, int64_t amount) {
    return rate_bps != 0 ? (struct discount){true, rate_bps} : (struct discount){false, amount};
}

/* A price that is the list's own counts as not typed, so that it follows the customer. */
static enum err_code take_line(struct shop *shop, struct basket *b, const struct order_line *from, struct err *e) {
    struct product p = {0};
    int64_t list_price = 0;
    enum err_code rc = product_get(shop, from->product_id, &p, e);
    if (rc == ERR_OK) {
        rc = product_price(shop, p.id, from->unit, b->wholesale, &list_price, e);
    }
    if (rc == ERR_OK) {
        b->lines = mem_grow(b->lines, b->count, &b->cap, sizeof *b->lines);
        b->lines[b->count++] = (struct basket_line){
            .product_id = p.id,
            .sku = mem_strdup(p.sku),
            .name = mem_strdup(p.name),
            .unit = mem_strdup(from->unit),
            .qty = from->qty,
            .has_price = from->unit_price != list_price,
            .typed_price = from->unit_price,
            .typed_discount = take_discount(from->discount_bps, from->discount),
            .has_stock_min = p.has_stock_min,
            .stock_min = p.stock_min,
        };
    }
    product_clear(&p);
    return rc;
}

/* Read anew: the mark stays where it was, and so does what was typed into the payment. */
static void keep_place(struct basket *fresh, struct basket *old) {
    if (old->draft_id != fresh->draft_id) {
        return;
    }
    fresh->mark = old->mark < fresh->count ? old->mark : fresh->mark;
    for (int i = 0; i < BASKET_PAY_METHODS; i++) {
        fresh->pay[i] = mem_strdup(old->pay[i]);
    }
}

enum err_code basket_load(struct shop *shop, struct basket *b, int64_t draft_id, struct err *e) {
    struct order o = {0};
    struct basket fresh = {.uid = b->uid};
    enum err_code rc = order_get(shop, draft_id, &o, e);
    if (rc == ERR_OK) {
        rc = basket_set_customer(shop, &fresh, o.customer_id, e);
    }
    for (size_t i = 0; rc == ERR_OK && i < o.line_count; i++) {
        rc = take_line(shop, &fresh, &o.lines[i], e);
    }
    if (rc == ERR_OK) {
        rc = take_reps(shop, &fresh, &o, e);
    }
    if (rc == ERR_OK) {
        fresh.draft_id = draft_id;
        fresh.version = o.version;
        fresh.label = mem_strdup(o.held_as);
        fresh.held = o.station[0] == '\0';
        fresh.typed_discount = take_discount(o.discount_bps, o.discount);
        fresh.shipping_fee = o.shipping_fee;
        fresh.note = mem_strdup(o.note);
        fresh.mark = fresh.count == 0 ? 0 : fresh.count - 1;
        keep_place(&fresh, b);
        rc = basket_figure(shop, &fresh, e);
    }
    if (rc == ERR_OK) {
        basket_clear(b);
        *b = fresh;
    } else {
        basket_clear(&fresh);
    }
    order_clear(&o);
    return rc;
}
