/* Returns: documents of their own that stand against a sale (DOMAIN 4). */
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "chotdon/permission.h"
#include "domain/order_store.h"
#include "domain/record.h"
#include "domain/return_plan.h"
#include "domain/shop_internal.h"

static enum err_code store_on_sale(struct shop *shop, const struct return_plan *r, struct err *e) {
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < r->sale.line_count && rc == ERR_OK; i++) {
        if (r->takes[i] > 0) {
            rc =
                db_run(shop->db, "UPDATE order_lines SET returned = returned + $3 WHERE order_id = $1 AND line_no = $2",
                       DB_BIND(DB_INT(r->sale.id), DB_INT(r->sale.lines[i].line_no), DB_INT(r->takes[i])), e);
        }
    }
    if (rc == ERR_OK) {
        rc = db_run(shop->db,
                    "UPDATE orders SET taken_off = taken_off + $2, due = due - $2, version = version + 1 WHERE id = $1",
                    DB_BIND(DB_INT(r->sale.id), DB_INT(r->settled)), e);
    }
    if (rc == ERR_OK && r->whole) {
        rc = db_run(shop->db, "UPDATE orders SET status = 'returned' WHERE id = $1", DB_BIND(DB_INT(r->sale.id)), e);
        if (rc == ERR_OK) {
            rc = order_store_state(shop, r->sale.id, r->sale.status, ORDER_RETURNED, r->order.reason, e);
        }
    }
    return rc;
}

static enum err_code audit(struct shop *shop, const struct return_plan *r, struct err *e) {
    struct buf after = BUF_INIT;
    record_json_text(&after, "return_of", r->sale.order_no);
    record_json_int(&after, "total", r->order.totals.total);
    record_json_int(&after, "refund", r->refund);
    if (r->order.reason[0] != '\0') {
        record_json_text(&after, "reason", r->order.reason);
    }
    enum err_code rc = order_audit(shop, "order.return", r->order.order_no, "", record_json_end(&after), e);
    buf_clear(&after);
    return rc;
}

enum err_code return_store(struct shop *shop, struct return_plan *r, int64_t *id, struct err *e) {
    *id = 0;
    enum err_code rc = order_plan_number(shop, &r->order, e);
    if (rc == ERR_OK) {
        rc = order_store(shop, &r->order, id, e);
    }
    if (rc == ERR_OK) {
        rc = store_on_sale(shop, r, e);
    }
    return rc == ERR_OK ? audit(shop, r, e) : rc;
}

struct return_ctx {
    const struct return_input *in;
    struct order_ref *out;
    int64_t refund;
};

static enum err_code run_return(struct shop *shop, void *ctx, struct err *e) {
    struct return_ctx *c = ctx;
    struct return_plan r;
    int64_t id = 0;
    enum err_code rc = return_plan_make(shop, c->in, NULL, &r, e);
    if (rc == ERR_OK) {
        rc = return_store(shop, &r, &id, e);
    }
    if (rc == ERR_OK) {
        c->refund = r.refund;
        order_ref_fill(c->out, &r.order, id, r.order.order_no);
    }
    return_plan_clear(&r);
    return rc;
}

enum err_code order_return(struct shop *shop, const struct return_input *in, struct order_ref *out, int64_t *refund,
                           struct err *e) {
    struct order_ref ref = {0};
    struct return_ctx ctx = {in, out == NULL ? &ref : out, 0};
    enum err_code rc = shop_transact_for(shop, PERMIT_RETURN, run_return, &ctx, e);
    if (refund != NULL) {
        *refund = rc == ERR_OK ? ctx.refund : 0;
    }
    return rc;
}

enum err_code order_return_preview(struct shop *shop, const struct return_input *in, struct return_outcome *out,
                                   struct err *e) {
    struct return_plan r;
    enum err_code rc = return_plan_make(shop, in, NULL, &r, e);
    *out = (struct return_outcome){0};
    if (rc == ERR_OK) {
        int64_t most = 0;
        *out = (struct return_outcome){.total = -r.order.totals.total, .settled = r.settled, .refund = r.refund};
        for (size_t i = 0; i < r.order.payment_count; i++) {
            if (-r.order.payments[i].amount > most) {
                most = -r.order.payments[i].amount;
                out->method = r.order.payments[i].method;
            }
        }
    }
    return_plan_clear(&r);
    return rc;
}
