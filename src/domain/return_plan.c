#include "domain/return_plan.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/qty.h"
#include "base/text.h"
#include "domain/order_store.h"
#include "domain/order_words.h"
#include "domain/return_amounts.h"
#include "domain/shop_internal.h"

static enum err_code check_sale(const struct order *sale, struct err *e) {
    if (sale->is_return) {
        return err_set(e, ERR_REFUSED, _("%s is a return; only sales can come back"), sale->order_no);
    }
    if ((order_status_moves(sale->status) & 1U << ORDER_RETURNED) != 0) {
        return ERR_OK;
    }
    return sale->status == ORDER_RETURNED
               ? err_set(e, ERR_REFUSED, _("everything of order %s has come back already"), sale->order_no)
               : order_refuse_move(sale, ORDER_RETURNED, e);
}

static char *text_or(const char *text, const char *other) {
    return text == NULL ? mem_strdup(other) : text_nfc(text);
}

static enum err_code plan_when(struct shop *shop, const char *date, const char *time, struct order_plan *p,
                               struct err *e) {
    char now[DATETIME_SIZE];
    if (date == NULL) {
        shop_now(shop, now);
        memcpy(p->date, now, DATE_SIZE - 1);
        memcpy(p->time, now + DATE_SIZE, 8);
        return ERR_OK;
    }
    if (!date_is_valid(date)) {
        return err_set_field(e, ERR_INVALID, "date", _("%s: “%s” is no date"), "date", date);
    }
    memcpy(p->date, date, DATE_SIZE);
    if (time != NULL && strlen(time) < sizeof p->time) {
        memcpy(p->time, time, strlen(time) + 1);
    }
    return ERR_OK;
}

/* The document's header: whose and where is the sale's. */
static enum err_code plan_header(struct shop *shop, const struct return_input *in, const struct order_input *put,
                                 struct return_plan *r, struct err *e) {
    struct order_plan *p = &r->order;
    const struct order *sale = &r->sale;
    p->province = mem_strdup(sale->province);
    p->carrier = text_or(put == NULL ? NULL : put->carrier, "");
    p->tracking_no = text_or(put == NULL ? NULL : put->tracking_no, "");
    p->note = text_or(put == NULL ? NULL : put->note, "");
    p->reason = text_or(in->reason, "");
    p->held_as = p->station = p->promise = "";
    p->status = ORDER_COMPLETED;
    p->is_return = p->counts = p->out = true;
    p->channel_id = sale->channel_id;
    p->customer_id = sale->customer_id;
    p->return_of = sale->id;
    p->import_id = in->import_id;
    enum err_code rc = plan_when(shop, in->date, put == NULL ? NULL : put->time, p, e);
    if (rc == ERR_OK && in->order_no != NULL) {
        rc = order_check_number(in->order_no, e);
        memcpy(p->order_no, in->order_no, rc == ERR_OK ? strlen(in->order_no) + 1 : 0);
    }
    order_dates_first(&p->dates, p->status, p->date, "");
    memcpy(p->recognised_on, order_dates_recognised(&p->dates, setting_recognise(shop)), DATE_SIZE);
    p->rep_count = sale->rep_count;
    p->reps = mem_array(sale->rep_count, sizeof *p->reps);
    for (size_t i = 0; i < sale->rep_count; i++) {
        p->reps[i] = (struct plan_rep){sale->reps[i].staff_id, sale->reps[i].share_bps};
    }
    return rc;
}

/* Quantity and price in the unit sold where that comes out even, else in base units. */
static void plan_unit(const struct order_line *sold, int64_t take, struct plan_line *line, struct amount_line *f) {
    int64_t qty = take;
    f->unit_price = sold->unit_price;
    line->unit = sold->unit[0] == '\0' ? NULL : sold->unit;
    line->factor = sold->factor;
    if (sold->factor != QTY_ONE) {
        int64_t back = 0;
        bool even = money_scale(take, QTY_ONE, sold->factor, &qty) && money_scale(qty, sold->factor, QTY_ONE, &back) &&
                    back == take && qty != 0;
        if (!even) {
            qty = take;
            line->unit = NULL;
            line->factor = QTY_ONE;
            (void)money_scale(sold->unit_price, QTY_ONE, sold->factor, &f->unit_price);
        }
    }
    f->qty = -qty;
}

static void plan_figures(const struct order_line *sold, int64_t take, struct plan_line *line, struct amount_line *f) {
    const struct return_figures stored = {sold->discount, sold->order_discount, sold->amount, sold->net, sold->vat,
                                          sold->cost};
    struct return_figures back;
    int64_t base = 0;
    int64_t gross = 0;
    (void)order_base_qty(sold->qty, sold->factor, &base, NULL);
    (void)money_times_qty(f->unit_price, -f->qty, &gross);
    return_figures(&stored, base, sold->returned, take, gross, &back);
    f->vat_bps = sold->vat_bps;
    f->discount = -back.discount;
    f->order_discount = -back.order_discount;
    f->amount = -back.amount;
    f->net = -back.net;
    f->vat = -back.vat;
    line->cost = -back.cost;
}

static enum err_code plan_line(struct shop *shop, const struct order_line *sold, int64_t take, bool damaged,
                               struct return_plan *r, struct err *e) {
    struct order_plan *p = &r->order;
    struct plan_line *line = &p->lines[p->line_count];
    struct amount_line *f = &p->figures[p->line_count];
    p->line_count++;
    line->base_qty = -take;
    line->sale_line = sold->line_no;
    plan_unit(sold, take, line, f);
    plan_figures(sold, take, line, f);
    enum err_code rc = stock_plan_goods(shop->stock, sold->product_id, &line->goods, e);
    if (rc == ERR_OK) {
        rc = stock_plan_in(line->goods, take, -line->cost, &line->stock_value, e);
    }
    if (rc == ERR_OK && damaged) {
        line->marks = MARK_DAMAGED;
        rc = stock_plan_out(line->goods, take, &line->damage_cost, e);
    }
    struct amount_totals *t = &p->totals;
    int64_t gross = f->amount + f->order_discount;
    t->subtotal += gross;
    t->discount += f->order_discount;
    t->net += f->net;
    t->vat += f->vat;
    p->cost += line->cost;
    return rc;
}

/* Shipping is not given back unless asked, and only once. */
static enum err_code plan_shipping(struct shop *shop, const struct return_input *in, const struct order_input *put,
                                   struct return_plan *r, struct err *e) {
    int64_t given = 0;
    struct amount_totals *t = &r->order.totals;
    enum err_code rc =
        db_get_int(shop->db, "SELECT CAST(COALESCE(SUM(shipping_fee), 0) AS BIGINT) FROM orders WHERE return_of = $1",
                   DB_BIND(DB_INT(r->sale.id)), &given, e);
    if (put != NULL) {
        t->shipping_fee = put->shipping_fee;
    } else if (in->with_shipping) {
        t->shipping_fee = -(r->sale.shipping_fee + given);
    }
    if (rc == ERR_OK && (t->shipping_fee > 0 || t->shipping_fee < -(r->sale.shipping_fee + given))) {
        rc = err_set_field(e, ERR_INVALID, "shipping_fee",
                           _("a return gives back at most the shipping that order %s paid"), r->sale.order_no);
    }
    t->revenue = t->net + t->vat;
    t->total = t->revenue + t->shipping_fee;
    return rc;
}

enum err_code return_plan_make(struct shop *shop, const struct return_input *in, const struct order_input *put,
                               struct return_plan *r, struct err *e) {
    *r = (struct return_plan){0};
    stock_plan_begin(shop->stock);
    enum err_code rc = order_load(shop, in->sale_id, &r->sale, e);
    if (rc == ERR_OK) {
        rc = check_sale(&r->sale, e);
    }
    if (rc == ERR_OK) {
        rc = return_plan_takes(shop, in, r, e);
    }
    if (rc == ERR_OK) {
        rc = plan_header(shop, in, put, r, e);
    }
    r->order.lines = mem_array(r->sale.line_count, sizeof *r->order.lines);
    r->order.figures = mem_array(r->sale.line_count, sizeof *r->order.figures);
    for (size_t i = 0; i < r->sale.line_count && rc == ERR_OK; i++) {
        if (r->takes[i] > 0) {
            rc = plan_line(shop, &r->sale.lines[i], r->takes[i], in->damaged, r, e);
        }
    }
    if (rc == ERR_OK) {
        rc = plan_shipping(shop, in, put, r, e);
    }
    return rc == ERR_OK ? return_plan_refund(shop, in, put, r, e) : rc;
}

void return_plan_clear(struct return_plan *r) {
    order_plan_clear(&r->order);
    order_clear(&r->sale);
    free(r->takes);
    r->takes = NULL;
}
