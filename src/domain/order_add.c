/* New orders, and the figures of one that is still being typed. */
#include <string.h>

#include "base/i18n.h"
#include "domain/order_store.h"
#include "domain/shop_internal.h"

void order_ref_fill(struct order_ref *out, const struct order_plan *p, int64_t id, const char *order_no) {
    *out = (struct order_ref){.id = id};
    memcpy(out->order_no, order_no, strnlen(order_no, ORDER_NO_SIZE - 1));
    for (size_t i = 0; i < p->line_count; i++) {
        out->below_stock |= (p->lines[i].marks & MARK_BELOW_STOCK) != 0;
        out->below_cost |= (p->lines[i].marks & MARK_BELOW_COST) != 0;
    }
}

enum err_code order_plan_number(struct shop *shop, struct order_plan *p, struct err *e) {
    if (p->order_no[0] == '\0') {
        return p->status == ORDER_DRAFT ? ERR_OK
                                        : order_number_next(shop, p->is_return ? "TH" : "DH", p->date, p->order_no, e);
    }
    bool taken = false;
    enum err_code rc = order_number_taken(shop, p->order_no, &taken, e);
    if (rc == ERR_OK && taken) {
        rc = err_set_field(e, ERR_CONFLICT, "no", _("there is an order %s already"), p->order_no);
    }
    return rc;
}

struct add_ctx {
    const struct order_input *in;
    struct order_ref *out;
};

enum err_code order_check_new(const struct order_input *in, struct err *e) {
    if (in->status == ORDER_RETURNED) {
        return err_set_field(e, ERR_INVALID, "status",
                             _("an order becomes returned by its returns; it cannot begin so"));
    }
    for (size_t i = 0; i < in->line_count; i++) {
        if (in->lines[i].qty <= 0) {
            return err_set_field(e, ERR_INVALID, "line", _("line %zu: the quantity must be above 0"), i + 1);
        }
    }
    return ERR_OK;
}

static enum err_code plan_and_store(struct shop *shop, const struct order_input *in, struct order_plan *p, int64_t *id,
                                    struct err *e) {
    enum err_code rc = order_plan_make(shop, in, p, e);
    if (rc == ERR_OK) {
        rc = order_plan_stock(shop, p, e);
    }
    if (rc == ERR_OK) {
        rc = order_plan_number(shop, p, e);
    }
    return rc == ERR_OK ? order_store(shop, p, id, e) : rc;
}

static enum err_code add_order(struct shop *shop, void *ctx, struct err *e) {
    struct add_ctx *c = ctx;
    struct order_plan plan = {0};
    char number[ORDER_NO_SIZE];
    int64_t id = 0;
    enum err_code rc = plan_and_store(shop, c->in, &plan, &id, e);
    if (rc == ERR_OK && plan.status != ORDER_DRAFT) {
        rc = order_permit_terms(shop, id, e);
    }
    if (rc == ERR_OK) {
        memcpy(number, plan.order_no, sizeof number);
        if (number[0] == '\0') {
            order_number_temporary(id, number);
        }
        rc = order_audit_plan(shop, "order.add", &plan, number, e);
    }
    if (rc == ERR_OK) {
        order_ref_fill(c->out, &plan, id, number);
    }
    order_plan_clear(&plan);
    return rc;
}

enum err_code order_add(struct shop *shop, const struct order_input *in, struct order_ref *out, struct err *e) {
    struct order_ref ref = {0};
    struct add_ctx ctx = {in, out == NULL ? &ref : out};
    enum err_code rc = order_check_new(in, e);
    return rc == ERR_OK ? shop_transact(shop, add_order, &ctx, e) : rc;
}
