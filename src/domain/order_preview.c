/* The figures of an order that is still being typed. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "domain/order_plan.h"
#include "domain/order_words.h"
#include "domain/shop_internal.h"

static void take_lines(const struct order_plan *p, struct order *out) {
    out->lines = mem_array(p->line_count, sizeof *out->lines);
    out->line_count = p->line_count;
    for (size_t i = 0; i < p->line_count; i++) {
        const struct plan_line *l = &p->lines[i];
        const struct amount_line *f = &p->figures[i];
        out->lines[i] = (struct order_line){
            .line_no = (int)i + 1,
            .product_id = l->goods->id,
            .factor = l->factor,
            .qty = f->qty,
            .unit_price = f->unit_price,
            .discount = f->discount,
            .order_discount = f->order_discount,
            .amount = f->amount,
            .net = f->net,
            .vat = f->vat,
            .vat_bps = f->vat_bps,
            .cost = l->cost,
            .below_stock = (l->marks & MARK_BELOW_STOCK) != 0,
            .below_cost = (l->marks & MARK_BELOW_COST) != 0,
        };
    }
}

static void take_totals(const struct order_plan *p, struct order *out) {
    out->status = p->status;
    out->is_return = p->is_return;
    memcpy(out->order_date, p->date, sizeof out->order_date);
    memcpy(out->order_time, p->time, sizeof out->order_time);
    out->customer_id = p->customer_id;
    out->subtotal = p->totals.subtotal;
    out->discount = p->totals.discount;
    out->shipping_fee = p->totals.shipping_fee;
    out->total = p->totals.total;
    out->revenue = p->totals.revenue;
    out->net = p->totals.net;
    out->vat = p->totals.vat;
    out->cost = p->cost;
    out->paid = p->paid;
    out->change = p->change;
    out->taken_off = p->taken_off;
    out->due = p->due;
}

/* As if it were sold now, whatever its state: the screens show what its lines would do to the stock. The policy block
 * refuses the sale, not the look at it. */
enum err_code order_preview(struct shop *shop, const struct order_input *in, struct order *out, struct err *e) {
    struct order_plan plan;
    *out = (struct order){0};
    enum err_code rc = order_plan_make(shop, in, &plan, e);
    if (rc == ERR_OK) {
        plan.out = true;
        plan.looking = true;
        rc = order_plan_stock(shop, &plan, e);
    }
    if (rc == ERR_OK) {
        take_totals(&plan, out);
        take_lines(&plan, out);
    }
    order_plan_clear(&plan);
    return rc;
}
