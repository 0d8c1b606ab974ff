/* What happens to an order after it was made: its states (DOMAIN 4). Goods leave when it is first shipped or later;
 * until then it can be cancelled, and what was paid goes back. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/permission.h"
#include "domain/order_store.h"
#include "domain/order_words.h"
#include "domain/record.h"
#include "domain/sales_book.h"
#include "domain/shop_internal.h"

enum err_code order_refuse_move(const struct order *o, enum order_status to, struct err *e) {
    struct buf moves = BUF_INIT;
    order_status_list(o->is_return ? 0 : order_status_moves(o->status), &moves);
    const char *hint = to == ORDER_CANCELLED && o->stock_out && !o->is_return
                           ? _("; its goods have left: take them back with `order return`")
                           : "";
    enum err_code rc =
        err_set_field(e, ERR_REFUSED, "status", _("order %s is %s and cannot become %s; it may become: %s%s"),
                      o->order_no, order_status_code(o->status), order_status_code(to), buf_str(&moves), hint);
    buf_clear(&moves);
    return rc;
}

/* The stored lines as a plan, for what their leaving does to the stock. */
static enum err_code plan_stored(struct shop *shop, const struct order *o, struct order_plan *p, struct err *e) {
    enum err_code rc = ERR_OK;
    stock_plan_begin(shop->stock);
    p->lines = mem_array(o->line_count, sizeof *p->lines);
    p->figures = mem_array(o->line_count, sizeof *p->figures);
    p->line_count = o->line_count;
    p->out = true;
    for (size_t i = 0; i < o->line_count && rc == ERR_OK; i++) {
        const struct order_line *l = &o->lines[i];
        rc = stock_plan_goods(shop->stock, l->product_id, &p->lines[i].goods, e);
        p->figures[i].net = l->net;
        if (rc == ERR_OK) {
            rc = order_base_qty(l->qty, l->factor, &p->lines[i].base_qty, e);
        }
    }
    return rc == ERR_OK ? order_plan_stock(shop, p, e) : rc;
}

static enum err_code store_costs(struct shop *shop, int64_t id, const struct order_plan *p, struct err *e) {
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < p->line_count && rc == ERR_OK; i++) {
        rc = db_run(shop->db, "UPDATE order_lines SET cost = $3, marks = $4 WHERE order_id = $1 AND line_no = $2",
                    DB_BIND(DB_INT(id), DB_INT(i + 1), DB_INT(p->lines[i].cost), DB_INT(p->lines[i].marks)), e);
    }
    return rc == ERR_OK ? order_store_moves(shop, p, id, e) : rc;
}

static enum err_code audit_move(struct shop *shop, const char *action, const struct order *o, const char *order_no,
                                enum order_status to, const char *reason, struct err *e) {
    struct buf before = BUF_INIT;
    struct buf after = BUF_INIT;
    record_json_text(&before, "status", order_status_code(o->status));
    record_json_text(&after, "status", order_status_code(to));
    if (reason[0] != '\0') {
        record_json_text(&after, "reason", reason);
    }
    enum err_code rc = order_store_state(shop, o->id, o->status, to, reason, e);
    if (rc == ERR_OK) {
        rc = order_audit(shop, action, order_no, record_json_end(&before), record_json_end(&after), e);
    }
    buf_clear(&before);
    buf_clear(&after);
    return rc;
}

static void take_dates(const struct order *o, struct order_dates *d) {
    memcpy(d->confirmed, o->confirmed_on, DATE_SIZE);
    memcpy(d->shipped, o->shipped_on, DATE_SIZE);
    memcpy(d->delivered, o->delivered_on, DATE_SIZE);
    memcpy(d->completed, o->completed_on, DATE_SIZE);
}

static enum err_code store_advance(struct shop *shop, const struct order *o, const struct order_plan *p,
                                   enum order_status to, struct err *e) {
    const struct order_dates *d = &p->dates;
    bool out = o->stock_out || p->out;
    return db_run(shop->db,
                  "UPDATE orders SET status = $2, order_no = $3, confirmed_on = $4, shipped_on = $5, delivered_on = $6,"
                  " completed_on = $7, recognised_on = $8, stock_out = $9, cost = $10, held_as = '', station = '',"
                  " version = version + 1 WHERE id = $1",
                  DB_BIND(DB_INT(o->id), DB_TEXT(order_status_code(to)), DB_TEXT(p->order_no),
                          DB_TEXT(order_day_kept(d->confirmed, o->order_date)),
                          DB_TEXT(order_day_kept(d->shipped, o->order_date)),
                          DB_TEXT(order_day_kept(d->delivered, o->order_date)),
                          DB_TEXT(order_day_kept(d->completed, o->order_date)),
                          DB_TEXT(order_dates_recognised(d, setting_recognise(shop))), DB_INT(out),
                          DB_INT(p->out ? p->cost : o->cost)),
                  e);
}

static enum err_code number_draft(struct shop *shop, const struct order *o, struct order_plan *p, struct err *e) {
    char temporary[ORDER_NO_SIZE];
    order_number_temporary(o->id, temporary);
    if (strcmp(o->order_no, temporary) == 0) {
        return order_number_next(shop, "DH", o->order_date, p->order_no, e);
    }
    snprintf(p->order_no, sizeof p->order_no, "%s", o->order_no);
    return ERR_OK;
}

static enum err_code advance(struct shop *shop, const struct order *o, enum order_status to, const char *reason,
                             struct order_plan *p, struct err *e) {
    char today[DATE_SIZE];
    enum err_code rc = ERR_OK;
    shop_today(shop, today);
    /* a draft that is sold now is sold on its own date */
    take_dates(o, &p->dates);
    order_dates_reach(&p->dates, to, o->status == ORDER_DRAFT ? o->order_date : today);
    if (o->line_count == 0) {
        return err_set_field(e, ERR_REFUSED, "line", _("order %s has no lines yet"), o->order_no);
    }
    if (order_status_out(to) && !o->stock_out) {
        rc = plan_stored(shop, o, p, e);
    }
    if (rc == ERR_OK) {
        rc = number_draft(shop, o, p, e);
    }
    if (rc == ERR_OK) {
        rc = store_advance(shop, o, p, to, e);
    }
    if (rc == ERR_OK && p->out) {
        rc = store_costs(shop, o->id, p, e);
    }
    return rc == ERR_OK ? audit_move(shop, "order.status", o, p->order_no, to, reason, e) : rc;
}

/* What was paid for an order that is cancelled goes back the way it came. */
static enum err_code refund_all(struct shop *shop, const struct order *o, struct err *e) {
    char today[DATE_SIZE];
    enum err_code rc = ERR_OK;
    shop_today(shop, today);
    for (int m = PAY_CASH; m <= PAY_EWALLET && rc == ERR_OK; m++) {
        int64_t sum = 0;
        for (size_t i = 0; i < o->payment_count; i++) {
            sum += (int)o->payments[i].method == m ? o->payments[i].amount : 0;
        }
        if (sum != 0) {
            struct plan_payment row = {(enum pay_method)m, -sum, today, NULL};
            rc = order_store_payment(shop, o->id, &row, false, 0, e);
        }
    }
    return rc;
}

static enum err_code cancel(struct shop *shop, const struct order *o, const char *reason, struct err *e) {
    enum err_code rc = refund_all(shop, o, e);
    if (rc == ERR_OK) {
        rc = db_run(shop->db,
                    "UPDATE orders SET status = 'cancelled', reason = $2, paid = 0, taken_off = total, due = 0,"
                    " recognised_on = '', held_as = '', station = '', version = version + 1 WHERE id = $1",
                    DB_BIND(DB_INT(o->id), DB_TEXT(reason)), e);
    }
    return rc == ERR_OK ? audit_move(shop, "order.cancel", o, o->order_no, ORDER_CANCELLED, reason, e) : rc;
}

struct move_ctx {
    int64_t id;
    enum order_status to;
    const char *reason;
};

static enum err_code move(struct shop *shop, void *ctx, struct err *e) {
    const struct move_ctx *c = ctx;
    struct order o = {0};
    struct order_plan plan = {0};
    enum err_code rc = order_load(shop, c->id, &o, e);
    if (rc == ERR_OK) {
        rc = sales_book_touch(shop->sales, c->id, e);
    }
    if (rc == ERR_OK && (o.is_return || (order_status_moves(o.status) & 1U << c->to) == 0)) {
        rc = order_refuse_move(&o, c->to, e);
    } else if (rc == ERR_OK && c->to == ORDER_CANCELLED && c->reason[strspn(c->reason, " \t")] == '\0') {
        rc = err_set_field(e, ERR_INVALID, "reason", _("cancelling needs a reason"));
    } else if (rc == ERR_OK && o.status == ORDER_DRAFT) {
        rc = c->to == ORDER_CANCELLED ? ERR_OK : order_permit_terms(shop, c->id, e);
        rc = rc == ERR_OK ? order_erase_rates(shop, c->id, e) : rc;
    } else if (rc == ERR_OK && c->to == ORDER_CANCELLED) {
        rc = shop_require(shop, PERMIT_CANCEL, e);
    }
    if (rc != ERR_OK) {
        goto out;
    }
    if (c->to == ORDER_CANCELLED) {
        rc = cancel(shop, &o, c->reason, e);
    } else if (c->to == ORDER_RETURNED) {
        /* returned is reached by returning every line */
        rc = order_return(shop, &(struct return_input){.sale_id = c->id, .reason = c->reason}, NULL, NULL, e);
    } else {
        rc = advance(shop, &o, c->to, c->reason, &plan, e);
    }
out:
    order_plan_clear(&plan);
    order_clear(&o);
    return rc;
}

enum err_code order_set_status(struct shop *shop, int64_t id, enum order_status to, const char *reason, struct err *e) {
    struct move_ctx ctx = {id, to, reason == NULL ? "" : reason};
    return shop_transact(shop, move, &ctx, e);
}

enum err_code order_cancel(struct shop *shop, int64_t id, const char *reason, struct err *e) {
    return order_set_status(shop, id, ORDER_CANCELLED, reason, e);
}
