/* From a deal to its order: a basket that is ready to be confirmed. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/audit.h"
#include "chotdon/customer.h"
#include "chotdon/draft.h"
#include "domain/deal_internal.h"
#include "domain/shop_internal.h"

/* A lead that buys becomes a customer. */
static enum err_code make_customer(struct shop *shop, struct deal_pair *p, struct err *e) {
    struct deal *d = &p->r.d;
    struct customer c = {.name = d->contact[0] != '\0' ? d->contact : d->title,
                         .phones = d->phone,
                         .email = d->email,
                         .province = d->province,
                         .source = d->source,
                         .owner = d->rep};
    int64_t id = 0;
    if (p->r.customer_id != 0 || (d->contact[0] == '\0' && d->phone[0] == '\0')) {
        return ERR_OK;
    }
    unsigned fields =
        CUSTOMER_NAME | CUSTOMER_PHONES | CUSTOMER_EMAIL | CUSTOMER_PROVINCE | CUSTOMER_SOURCE | CUSTOMER_OWNER;
    enum err_code rc = customer_find_phone(shop, d->phone, &id, NULL);
    if (rc == ERR_NOT_FOUND) {
        rc = customer_add(shop, &c, fields, &id, e);
    }
    if (rc == ERR_OK) {
        rc = db_get_text(shop->db, "SELECT code FROM customers WHERE id = $1", DB_BIND(DB_INT(id)), &c.code, e);
    }
    if (rc == ERR_OK) {
        deal_text(&d->customer, c.code);
        rc = deal_resolve(shop, &p->r, DEAL_CUSTOMER, false, e);
    }
    return rc == ERR_OK ? deal_store(shop, &p->old, &p->r, "deal.edit", e) : rc;
}

static enum err_code fill_lines(struct shop *shop, const struct deal *d, struct order_line_input *lines,
                                struct err *e) {
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < d->product_count && rc == ERR_OK; i++) {
        lines[i] =
            (struct order_line_input){.qty = d->products[i].qty, .has_price = true, .unit_price = d->products[i].price};
        rc = record_lookup(shop->db, "SELECT id FROM products WHERE sku = $1", d->products[i].sku, &lines[i].product_id,
                           NULL, e);
    }
    return rc;
}

static enum err_code make_draft(struct shop *shop, const struct deal_record *r, int64_t *order_id, struct err *e) {
    const struct deal *d = &r->d;
    struct order_line_input *lines = mem_array(d->product_count, sizeof *lines);
    struct order_rep_input rep = {.staff_id = r->staff_id};
    struct order_input in = {.channel_id = r->source_id,
                             .customer_id = r->customer_id,
                             .province = d->province,
                             .lines = lines,
                             .line_count = d->product_count,
                             .reps = &rep,
                             .rep_count = r->staff_id != 0 ? 1 : 0};
    enum err_code rc = fill_lines(shop, d, lines, e);
    if (rc == ERR_OK) {
        rc = draft_save(shop, order_id, &in, "", e);
    }
    if (rc == ERR_OK) {
        rc = draft_hold(shop, *order_id, d->title, e);
    }
    free(lines);
    return rc;
}

struct opening {
    int64_t deal_id, order_id;
};

static enum err_code open_order(struct shop *shop, void *ctx, struct err *e) {
    struct opening *o = ctx;
    struct deal_pair p;
    o->order_id = 0;
    enum err_code rc = deal_pair_load(shop, o->deal_id, &p, e);
    if (rc == ERR_OK) {
        rc = make_customer(shop, &p, e);
    }
    if (rc == ERR_OK) {
        rc = make_draft(shop, &p.r, &o->order_id, e);
    }
    if (rc == ERR_OK) {
        rc = db_run(shop->db, "UPDATE orders SET deal_id = $2 WHERE id = $1",
                    DB_BIND(DB_INT(o->order_id), DB_INT(o->deal_id)), e);
    }
    if (rc == ERR_OK) {
        char *entity = deal_entity(p.r.d.deal_no);
        rc = audit_add(shop, "deal.order", entity, "", "{}", e);
        free(entity);
    }
    deal_pair_clear(&p);
    return rc;
}

enum err_code deal_open_order(struct shop *shop, int64_t id, int64_t *order_id, struct err *e) {
    struct opening o = {.deal_id = id};
    enum err_code rc = shop_transact(shop, open_order, &o, e);
    *order_id = o.order_id;
    return rc;
}
