/* What a sale's prices and discounts ask of who sells it. Looked at after it was stored and before it is committed:
 * then all of it is known, and typed drafts, confirmed drafts and commands come the same way. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/permission.h"
#include "chotdon/sign_in.h"
#include "domain/order_store.h"
#include "domain/shop_internal.h"

/* shop_require, naming the goods whose line asks for it. */
static enum err_code require(struct shop *shop, enum permission p, const char *what, struct err *e) {
    enum err_code rc = shop_require(shop, p, e);
    if (rc == ERR_REFUSED && e != NULL) {
        char *field = mem_strdup(e->field);
        char *message = mem_strdup(e->message);
        err_set_field(e, rc, field, "%s: %s", what, message);
        free(field);
        free(message);
    }
    return rc;
}

/* Goods without a price have theirs typed by whoever sells them. */
static enum err_code permit_price(struct shop *shop, const struct order *o, const struct order_line *l, struct err *e) {
    int64_t list = 0;
    enum err_code rc = order_list_price(shop, l->product_id, l->unit, o->customer_id, &list, e);
    return rc != ERR_OK || list == 0 || list == l->unit_price ? rc : require(shop, PERMIT_PRICE, l->sku, e);
}

static bool above_limit(struct shop *shop, int64_t discount, int64_t gross) {
    int64_t limit = 0;
    return discount > 0 && money_rate(gross, setting_discount_limit_bps(shop), &limit) && discount > limit;
}

/* What a line alone takes off, and what the whole sale does. */
static enum err_code permit_discounts(struct shop *shop, const struct order *o, struct err *e) {
    int64_t gross = 0;
    int64_t off = 0;
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < o->line_count && rc == ERR_OK; i++) {
        const struct order_line *l = &o->lines[i];
        int64_t own = l->amount + l->discount + l->order_discount;
        gross += own; /* no overflow: the order's subtotal is their sum less the discounts */
        off += l->discount + l->order_discount;
        if (above_limit(shop, l->discount, own)) {
            rc = require(shop, PERMIT_DISCOUNT, l->sku, e);
        }
    }
    return rc == ERR_OK && above_limit(shop, off, gross) ? require(shop, PERMIT_DISCOUNT, _("the whole order"), e) : rc;
}

enum err_code order_permit_terms(struct shop *shop, int64_t id, struct err *e) {
    struct order o = {0};
    if (!shop_sign_in_is_on(shop)) {
        return ERR_OK;
    }
    enum err_code rc = order_load(shop, id, &o, e);
    for (size_t i = 0; i < o.line_count && rc == ERR_OK; i++) {
        rc = permit_price(shop, &o, &o.lines[i], e);
    }
    if (rc == ERR_OK) {
        rc = permit_discounts(shop, &o, e);
    }
    order_clear(&o);
    return rc;
}
