/* How a return is settled: first off what is due on its sale, the rest is paid out. Unless said otherwise it goes back
 * the way most of the money came, never more by a method than came by it. */
#include "base/i18n.h"
#include "base/mem.h"
#include "domain/order_words.h"
#include "domain/record.h"
#include "domain/return_plan.h"
#include "domain/shop_internal.h"

enum { METHODS = PAY_EWALLET + 1 };

/* What the sale took by each method, less what its returns paid out. */
static enum err_code read_taken(struct shop *shop, int64_t sale_id, int64_t taken[METHODS], struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(shop->db,
                                "SELECT method, CAST(SUM(amount) AS BIGINT) FROM payments WHERE order_id IN"
                                " (SELECT id FROM orders WHERE id = $1 OR return_of = $1) GROUP BY method",
                                DB_BIND(DB_INT(sale_id)), &s, e);
    enum db_row row = DB_END;
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        taken[pay_method_stored(db_col_text(s, 0))] = db_col_int(s, 1);
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

static void add_refund(struct return_plan *r, enum pay_method method, int64_t amount) {
    r->order.payments[r->order.payment_count++] = (struct plan_payment){method, -amount, r->order.date, NULL};
    r->refund += amount;
}

/* `first` (−1: none) is tried before the others, largest first; what no method took goes out as cash. */
static void refund_as_paid(struct return_plan *r, int64_t taken[METHODS], int first, int64_t rest) {
    while (rest > 0) {
        int best = PAY_CASH;
        for (int m = 0; m < METHODS; m++) {
            best = taken[m] > taken[best] ? m : best;
        }
        best = first >= 0 && taken[first] > 0 ? first : best;
        int64_t part = taken[best] > 0 && taken[best] < rest ? taken[best] : rest;
        add_refund(r, (enum pay_method)best, part);
        taken[best] -= part;
        rest -= part;
    }
}

static enum err_code refund_by(struct shop *shop, struct return_plan *r, enum pay_method method, int64_t amount,
                               int64_t rest, struct err *e) {
    char a[MONEY_TEXT_MAX];
    char b[MONEY_TEXT_MAX];
    const struct currency *cur = shop_currency(shop);
    if (pay_method_is_promise(method)) {
        return err_set_field(e, ERR_INVALID, "refund", _("a refund is paid by cash, transfer, card or ewallet"));
    }
    if (amount < 0 || amount > rest - r->refund) {
        return err_set_field(e, ERR_INVALID, "refund", _("%s cannot be refunded: %s is left to refund"),
                             money_format(amount, cur, true, a), money_format(rest - r->refund, cur, true, b));
    }
    if (amount > 0) {
        add_refund(r, method, amount);
    }
    return ERR_OK;
}

/* An import says what was paid out; on returns of either sign. */
static enum err_code refund_imported(struct shop *shop, const struct order_input *put, struct return_plan *r,
                                     int64_t rest, struct err *e) {
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < put->payment_count && rc == ERR_OK; i++) {
        int64_t amount = put->payments[i].amount;
        if (!pay_method_is_promise(put->payments[i].method)) {
            rc = refund_by(shop, r, put->payments[i].method, amount < 0 && amount != INT64_MIN ? -amount : amount, rest,
                           e);
        }
    }
    return rc;
}

enum err_code return_plan_refund(struct shop *shop, const struct return_input *in, const struct order_input *put,
                                 struct return_plan *r, struct err *e) {
    struct order_plan *p = &r->order;
    int64_t taken[METHODS] = {0};
    int64_t back = -p->totals.total;
    r->settled = r->sale.due > 0 ? (r->sale.due < back ? r->sale.due : back) : 0;
    int64_t rest = back - r->settled;
    p->payments = mem_array((put == NULL ? 0 : put->payment_count) + METHODS + 1, sizeof *p->payments);
    enum err_code rc = read_taken(shop, r->sale.id, taken, e);
    if (rc == ERR_OK && put != NULL) {
        rc = refund_imported(shop, put, r, rest, e);
        if (rc == ERR_OK && put->pay_rest) {
            refund_as_paid(r, taken, pay_method_is_promise(put->rest_method) ? -1 : (int)put->rest_method,
                           rest - r->refund);
        }
    } else if (rc == ERR_OK && in->has_refund) {
        rc = refund_by(shop, r, in->refund_method, in->refund_amount == 0 ? rest : in->refund_amount, rest, e);
    } else if (rc == ERR_OK) {
        refund_as_paid(r, taken, -1, rest);
    }
    p->paid = -r->refund;
    p->taken_off = -r->settled;
    p->due = p->totals.total - p->paid - p->taken_off;
    return rc;
}
