/* Stock documents: goods received, adjusted, counted, damaged (DOMAIN 3). */
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/qty.h"
#include "chotdon/audit.h"
#include "chotdon/permission.h"
#include "domain/record.h"
#include "domain/shop_internal.h"
#include "domain/stock_book.h"

static const char *const codes[] = {"purchase", "sale", "return", "adjust", "count", "damage"};
static const char *const labels[] = {N_("purchase"),   N_("sale"),  N_("return"),
                                     N_("adjustment"), N_("count"), N_("damage")};

const char *stock_kind_code(enum stock_kind k) {
    return codes[k];
}

const char *stock_kind_label(enum stock_kind k) {
    return _(labels[k]);
}

struct doc_ctx {
    const struct stock_doc_input *in;
    int64_t moved;
};
struct planned {
    struct goods *goods;
    int64_t qty, cost, value;
};

static enum err_code line_error(struct err *e, size_t index, const char *what) {
    char field[32];
    snprintf(field, sizeof field, "line %zu", index + 1);
    return err_set_field(e, ERR_INVALID, field, _("line %zu: %s"), index + 1, what);
}

static enum err_code check_line(const struct stock_doc_input *in, size_t i, struct err *e) {
    const struct stock_line_input *l = &in->lines[i];
    if (l->qty == INT64_MIN || (in->kind == STOCK_COUNT && l->qty < 0)) {
        return line_error(e, i, _("the quantity must not be negative"));
    }
    if ((in->kind == STOCK_PURCHASE || in->kind == STOCK_DAMAGE) && l->qty <= 0) {
        return line_error(e, i, _("the quantity must be above 0"));
    }
    if (in->kind == STOCK_ADJUST && l->qty == 0) {
        return line_error(e, i, _("the quantity must not be 0"));
    }
    if ((l->has_cost && l->unit_cost < 0) || (l->has_total && l->total_cost < 0)) {
        return line_error(e, i, _("the cost must not be negative"));
    }
    return ERR_OK;
}

static enum err_code check_document(const struct stock_doc_input *in, struct err *e) {
    if (in->kind == STOCK_SALE || in->kind == STOCK_RETURN) {
        return err_set(e, ERR_INVALID, _("sales and returns move stock by their orders"));
    }
    if (in->line_count == 0) {
        return err_set_field(e, ERR_INVALID, "line", _("a stock document needs at least one line"));
    }
    if (in->date != NULL && !date_is_valid(in->date)) {
        return err_set_field(e, ERR_INVALID, "date", _("%s: “%s” is no date"), "date", in->date);
    }
    for (size_t i = 0; i < in->line_count; i++) {
        enum err_code rc = check_line(in, i, e);
        if (rc != ERR_OK) {
            return rc;
        }
    }
    return ERR_OK;
}

/* What goods that come in cost: as said, else what they cost now. */
static enum err_code inbound_cost(const struct stock_line_input *l, const struct goods *g, int64_t qty, int64_t *cost,
                                  struct err *e) {
    if (l->has_total) {
        *cost = l->total_cost;
        return ERR_OK;
    }
    if (!l->has_cost) {
        return stock_level_worth(&g->planned, qty, cost, e);
    }
    return money_times_qty(l->unit_cost, qty, cost)
               ? ERR_OK
               : err_set_field(e, ERR_INVALID, "cost", _("quantity × cost is too large"));
}

static enum err_code plan_line(struct shop *shop, const struct stock_doc_input *in, size_t i, struct planned *p,
                               struct err *e) {
    const struct stock_line_input *l = &in->lines[i];
    enum err_code rc = stock_plan_goods(shop->stock, l->product_id, &p->goods, e);
    if (rc != ERR_OK) {
        return rc;
    }
    p->qty = in->kind == STOCK_DAMAGE ? -l->qty : l->qty;
    if (in->kind == STOCK_COUNT && !money_sub(l->qty, p->goods->planned.on_hand, &p->qty)) {
        return line_error(e, i, _("the quantity is too large"));
    }
    if (p->qty > 0) {
        rc = inbound_cost(l, p->goods, p->qty, &p->cost, e);
        return rc == ERR_OK ? stock_plan_in(p->goods, p->qty, p->cost, &p->value, e) : rc;
    }
    if (p->qty < 0) {
        rc = stock_plan_out(p->goods, -p->qty, &p->cost, e);
        p->cost = -p->cost;
        p->value = p->cost;
    }
    return rc;
}

static enum err_code store(struct shop *shop, struct doc_ctx *c, const struct planned *lines, const char *date,
                           struct err *e) {
    const struct stock_doc_input *in = c->in;
    enum err_code rc = ERR_OK;
    c->moved = 0;
    for (size_t i = 0; i < in->line_count && rc == ERR_OK; i++) {
        if (lines[i].qty != 0) {
            struct stock_entry m = {
                .kind = in->kind,
                .date = date,
                .qty = lines[i].qty,
                .cost = lines[i].cost,
                .value = lines[i].value,
                .document = in->document != NULL && in->document[0] != '\0' ? in->document : NULL,
                .supplier_id = in->supplier_id,
                .note = in->reason != NULL && in->reason[0] != '\0' ? in->reason : NULL,
                .import_id = in->import_id,
            };
            rc = stock_book_move(shop->stock, lines[i].goods, &m, e);
            c->moved++;
        }
    }
    return rc;
}

static enum err_code audit(struct shop *shop, const struct doc_ctx *c, const char *date, struct err *e) {
    if (c->moved == 0) {
        return ERR_OK;
    }
    const char *document = c->in->document == NULL ? "" : c->in->document;
    char *action = mem_printf("stock.%s", stock_kind_code(c->in->kind));
    char *entity = mem_printf("stock %s", document[0] == '\0' ? date : document);
    struct buf after = BUF_INIT;
    record_json_text(&after, "date", date);
    record_json_int(&after, "moves", c->moved);
    record_json_text(&after, "reason", c->in->reason == NULL ? "" : c->in->reason);
    enum err_code rc = audit_add(shop, action, entity, "", record_json_end(&after), e);
    free(action);
    free(entity);
    buf_clear(&after);
    return rc;
}

static enum err_code run_document(struct shop *shop, void *ctx, struct err *e) {
    struct doc_ctx *c = ctx;
    char today[DATE_SIZE];
    shop_today(shop, today);
    const char *date = c->in->date == NULL ? today : c->in->date;
    struct planned *lines = mem_array(c->in->line_count, sizeof *lines);
    enum err_code rc = ERR_OK;
    stock_plan_begin(shop->stock);
    for (size_t i = 0; i < c->in->line_count && rc == ERR_OK; i++) {
        rc = plan_line(shop, c->in, i, &lines[i], e);
    }
    if (rc == ERR_OK) {
        rc = store(shop, c, lines, date, e);
    }
    if (rc == ERR_OK) {
        rc = audit(shop, c, date, e);
    }
    free(lines);
    return rc;
}

enum err_code stock_document(struct shop *shop, const struct stock_doc_input *in, int64_t *moved, struct err *e) {
    struct doc_ctx ctx = {in, 0};
    enum err_code rc = check_document(in, e);
    if (rc == ERR_OK) {
        rc = shop_transact_for(shop, PERMIT_STOCK, run_document, &ctx, e);
    }
    if (moved != NULL) {
        *moved = rc == ERR_OK ? ctx.moved : 0;
    }
    return rc;
}
