/* Payments after the order was made. */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "domain/order_store.h"
#include "domain/order_words.h"
#include "domain/record.h"
#include "domain/sales_book.h"
#include "domain/shop_internal.h"

struct pay_ctx {
    int64_t id;
    const struct order_payment_input *in;
    int64_t change;
};
struct payable {
    char order_no[ORDER_NO_SIZE];
    enum order_status status;
    int64_t paid, due;
};

static enum err_code read_payable(struct shop *shop, int64_t id, struct payable *o, struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc =
        db_query(shop->db, "SELECT order_no, status, paid, due FROM orders WHERE id = $1", DB_BIND(DB_INT(id)), &s, e);
    if (rc != ERR_OK) {
        return rc;
    }
    enum db_row row = db_next(s, e);
    if (row == DB_ROW) {
        order_number_temporary(id, o->order_no);
        if (!db_col_null(s, 0)) {
            snprintf(o->order_no, sizeof o->order_no, "%s", db_col_text(s, 0));
        }
        o->status = order_status_stored(db_col_text(s, 1));
        o->paid = db_col_int(s, 2);
        o->due = db_col_int(s, 3);
    } else {
        rc = row == DB_END ? err_set(e, ERR_NOT_FOUND, _("there is no such order")) : record_failed(e);
    }
    db_done(&s);
    return rc;
}

static enum err_code check(struct shop *shop, const struct payable *o, const struct order_payment_input *in,
                           struct err *e) {
    char a[MONEY_TEXT_MAX];
    char b[MONEY_TEXT_MAX];
    const struct currency *cur = shop_currency(shop);
    if (o->status == ORDER_DRAFT || o->status == ORDER_CANCELLED) {
        return err_set(e, ERR_REFUSED, _("order %s is %s; it takes no payments"), o->order_no,
                       order_status_code(o->status));
    }
    if (in->date != NULL && !date_is_valid(in->date)) {
        return err_set_field(e, ERR_INVALID, "date", _("%s: “%s” is no date"), "date", in->date);
    }
    if (pay_method_is_promise(in->method)) {
        return ERR_OK;
    }
    if (in->amount <= 0) {
        return err_set_field(e, ERR_INVALID, "pay", _("a payment must be above 0"));
    }
    if (o->due <= 0) {
        return err_set_field(e, ERR_REFUSED, "pay", _("nothing is due on order %s"), o->order_no);
    }
    if (in->method != PAY_CASH && in->amount > o->due) {
        return err_set_field(e, ERR_INVALID, "pay", _("%s is paid where %s is due; only cash gives change"),
                             money_format(in->amount, cur, true, a), money_format(o->due, cur, true, b));
    }
    return ERR_OK;
}

static enum err_code promise(struct shop *shop, const struct pay_ctx *c, struct err *e) {
    return db_run(shop->db, "UPDATE orders SET promise = $2, version = version + 1 WHERE id = $1",
                  DB_BIND(DB_INT(c->id), DB_TEXT(pay_method_code(c->in->method))), e);
}

static enum err_code keep(struct shop *shop, struct pay_ctx *c, const struct payable *o, struct err *e) {
    char today[DATE_SIZE];
    shop_today(shop, today);
    int64_t kept = c->in->amount < o->due ? c->in->amount : o->due;
    c->change = c->in->amount - kept;
    const char *note = c->in->note != NULL && c->in->note[0] != '\0' ? c->in->note : NULL;
    struct plan_payment row = {c->in->method, kept, c->in->date == NULL ? today : c->in->date, note};
    enum err_code rc = sales_book_touch_due(shop->sales, c->id, e);
    if (rc == ERR_OK) {
        rc = order_store_payment(shop, c->id, &row, false, c->in->import_id, e);
    }
    if (rc == ERR_OK) {
        rc = db_run(shop->db,
                    "UPDATE orders SET paid = paid + $2, due = due - $2, change = change + $3, version = version + 1"
                    " WHERE id = $1",
                    DB_BIND(DB_INT(c->id), DB_INT(kept), DB_INT(c->change)), e);
    }
    return rc;
}

static enum err_code audit(struct shop *shop, const struct pay_ctx *c, const struct payable *o, struct err *e) {
    struct buf before = BUF_INIT;
    struct buf after = BUF_INIT;
    record_json_int(&before, "paid", o->paid);
    record_json_int(&before, "due", o->due);
    record_json_text(&after, "method", pay_method_code(c->in->method));
    record_json_int(&after, "amount", c->in->amount);
    record_json_int(&after, "change", c->change);
    enum err_code rc =
        order_audit(shop, "order.pay", o->order_no, record_json_end(&before), record_json_end(&after), e);
    buf_clear(&before);
    buf_clear(&after);
    return rc;
}

static enum err_code pay_order(struct shop *shop, void *ctx, struct err *e) {
    struct pay_ctx *c = ctx;
    struct payable o = {0};
    enum err_code rc = read_payable(shop, c->id, &o, e);
    if (rc == ERR_OK) {
        rc = check(shop, &o, c->in, e);
    }
    if (rc == ERR_OK) {
        rc = pay_method_is_promise(c->in->method) ? promise(shop, c, e) : keep(shop, c, &o, e);
    }
    if (rc != ERR_OK) {
        return rc;
    }
    return audit(shop, c, &o, e);
}

enum err_code order_pay(struct shop *shop, int64_t id, const struct order_payment_input *payment, int64_t *change,
                        struct err *e) {
    struct pay_ctx ctx = {id, payment, 0};
    enum err_code rc = shop_transact(shop, pay_order, &ctx, e);
    if (change != NULL) {
        *change = rc == ERR_OK ? ctx.change : 0;
    }
    return rc;
}
