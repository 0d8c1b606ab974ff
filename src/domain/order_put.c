#include "domain/order_put.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/key_map.h"
#include "base/mem.h"
#include "domain/order_store.h"
#include "domain/order_words.h"
#include "domain/return_plan.h"
#include "domain/sales_book.h"
#include "domain/shop_internal.h"

struct put_ctx {
    const struct order_input *in;
    enum put_result result;
    struct order_ref ref;
    bool writing; /* the first write was made: what fails now fails the transaction */
};

static enum err_code put_new(struct shop *shop, struct put_ctx *c, struct err *e) {
    struct order_plan plan;
    int64_t id = 0;
    enum err_code rc = order_plan_make(shop, c->in, &plan, e);
    if (rc == ERR_OK) {
        rc = order_plan_stock(shop, &plan, e);
    }
    if (rc == ERR_OK) {
        c->writing = true;
        rc = order_store(shop, &plan, &id, e);
    }
    if (rc == ERR_OK) {
        rc = order_audit_plan(shop, "order.put", &plan, plan.order_no, e);
        order_ref_fill(&c->ref, &plan, id, plan.order_no);
    }
    order_plan_clear(&plan);
    return rc;
}

/* A return whose sale is known follows the sale's figures, whatever the file says of prices. */
static enum err_code put_return(struct shop *shop, struct put_ctx *c, struct err *e) {
    const struct order_input *in = c->in;
    struct return_plan r;
    struct return_line_input *lines = mem_array(in->line_count, sizeof *lines);
    struct return_input back = {.sale_id = in->return_of,
                                .lines = lines,
                                .line_count = in->line_count,
                                .order_no = in->order_no,
                                .date = in->date,
                                .import_id = in->import_id};
    int64_t id = 0;
    for (size_t i = 0; i < in->line_count; i++) {
        lines[i] =
            (struct return_line_input){in->lines[i].product_id, in->lines[i].unit == NULL ? "" : in->lines[i].unit,
                                       in->lines[i].qty == INT64_MIN ? 0 : -in->lines[i].qty};
    }
    enum err_code rc = return_plan_make(shop, &back, in, &r, e);
    if (rc == ERR_OK) {
        c->writing = true;
        rc = return_store(shop, &r, &id, e);
    }
    if (rc == ERR_OK) {
        order_ref_fill(&c->ref, &r.order, id, r.order.order_no);
    }
    return_plan_clear(&r);
    free(lines);
    return rc;
}

/* The goods of the stored lines come back (a return's leave), at what they cost then. */
struct undone {
    struct plan_line *lines;
    size_t count;
};

static enum err_code plan_undo(struct shop *shop, const struct order *stored, struct undone *u, struct err *e) {
    u->lines = mem_array(stored->line_count, sizeof *u->lines);
    u->count = stored->stock_out ? stored->line_count : 0;
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < u->count && rc == ERR_OK; i++) {
        const struct order_line *l = &stored->lines[i];
        struct plan_line *line = &u->lines[i];
        rc = stock_plan_goods(shop->stock, l->product_id, &line->goods, e);
        if (rc == ERR_OK) {
            rc = order_base_qty(l->qty, l->factor, &line->base_qty, e);
        }
        if (rc == ERR_OK && line->base_qty > 0) {
            line->cost = l->cost;
            rc = stock_plan_in(line->goods, line->base_qty, l->cost, &line->stock_value, e);
        } else if (rc == ERR_OK) {
            rc = stock_plan_out(line->goods, -line->base_qty, &line->cost, e);
            line->cost = -line->cost;
            line->stock_value = line->cost;
        }
    }
    return rc;
}

static enum err_code store_undo(struct shop *shop, const struct order *stored, const struct undone *u,
                                int64_t import_id, struct err *e) {
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < u->count && rc == ERR_OK; i++) {
        const struct plan_line *l = &u->lines[i];
        struct stock_entry m = {
            .kind = stored->is_return ? STOCK_RETURN : STOCK_SALE,
            .date = stored->shipped_on,
            .qty = l->base_qty,
            .cost = l->cost,
            .value = l->stock_value,
            .order_id = stored->id,
            .note = N_("corrected"),
            .import_id = import_id,
        };
        rc = stock_book_move(shop->stock, l->goods, &m, e);
    }
    return rc;
}

/* Dates of states that the file does not tell stay as they are known. */
static void keep_dates(const struct order *stored, struct order_plan *p) {
    if (p->dates.confirmed[0] != '\0' && stored->confirmed_on[0] != '\0') {
        memcpy(p->dates.confirmed, stored->confirmed_on, DATE_SIZE);
    }
    if (p->dates.shipped[0] != '\0' && stored->shipped_on[0] != '\0') {
        memcpy(p->dates.shipped, stored->shipped_on, DATE_SIZE);
    }
    if (p->dates.completed[0] != '\0' && stored->completed_on[0] != '\0') {
        memcpy(p->dates.completed, stored->completed_on, DATE_SIZE);
    }
}

static enum err_code refuse_returned(const struct order *stored, struct err *e) {
    return err_set_field(e, ERR_REFUSED, "order_no",
                         _("order %s has returns: its lines and its being sold cannot change any more"),
                         stored->order_no);
}

/* The order gets another date, or other lines and later another date: what was paid and moved on the one it had stays.
 */
static enum err_code keep_day(struct shop *shop, const struct order *stored, struct err *e) {
    enum err_code rc = db_run(shop->db, "UPDATE payments SET date = $2 WHERE order_id = $1 AND date = '='",
                              DB_BIND(DB_INT(stored->id), DB_TEXT(stored->order_date)), e);
    for (size_t i = 0; i < stored->line_count && rc == ERR_OK; i++) {
        rc = db_run(shop->db, "UPDATE stock_moves SET date = $3 WHERE product_id = $1 AND order_id = $2 AND date = '='",
                    DB_BIND(DB_INT(stored->lines[i].product_id), DB_INT(stored->id), DB_TEXT(stored->order_date)), e);
    }
    return rc;
}

static enum err_code write_update(struct shop *shop, struct put_ctx *c, const struct order *stored,
                                  struct order_plan *p, const struct undone *u, bool lines_too, struct err *e) {
    int64_t id = stored->id;
    enum err_code rc = sales_book_touch(shop->sales, stored->return_of_id != 0 ? stored->return_of_id : stored->id, e);
    c->writing = true;
    if (rc == ERR_OK && (lines_too || strcmp(p->date, stored->order_date) != 0)) {
        rc = keep_day(shop, stored, e);
    }
    if (rc == ERR_OK && lines_too) {
        rc = store_undo(shop, stored, u, p->import_id, e);
    }
    if (rc == ERR_OK && lines_too) {
        rc = order_store(shop, p, &id, e);
    } else if (rc == ERR_OK) {
        rc = order_store_header(shop, p, &id, e);
        if (rc == ERR_OK && !order_same_reps(p, stored)) {
            rc = db_run(shop->db, "DELETE FROM order_reps WHERE order_id = $1", DB_BIND(DB_INT(id)), e);
            rc = rc == ERR_OK ? order_store_reps(shop, p, id, e) : rc;
        }
        if (rc == ERR_OK) {
            rc = order_store_payments(shop, p, id, e);
        }
    }
    if (rc == ERR_OK && p->status != stored->status) {
        rc = order_store_state(shop, id, stored->status, p->status, "", e);
    }
    if (rc == ERR_OK) {
        rc = order_audit_plan(shop, "order.put", p, p->order_no, e);
    }
    order_ref_fill(&c->ref, p, id, p->order_no);
    return rc;
}

static enum err_code update(struct shop *shop, struct put_ctx *c, const struct order *stored, struct order_plan *p,
                            struct err *e) {
    struct undone undone = {0};
    bool has_returns = order_has_returns(stored);
    bool same_lines = order_same_lines(p, stored);
    bool lines_too = !same_lines || p->out != stored->stock_out;
    if (has_returns && lines_too) {
        return refuse_returned(stored, e);
    }
    keep_dates(stored, p);
    memcpy(p->recognised_on, p->counts ? order_dates_recognised(&p->dates, setting_recognise(shop)) : "",
           p->counts ? DATE_SIZE : 1);
    p->status = has_returns && stored->status == ORDER_RETURNED ? ORDER_RETURNED : p->status;
    p->is_return = stored->is_return;
    if (p->status == stored->status && stored->reason[0] != '\0') {
        free(p->reason);
        p->reason = mem_strdup(stored->reason);
    }
    enum err_code rc = ERR_OK;
    if (lines_too) {
        rc = plan_undo(shop, stored, &undone, e);
        rc = rc == ERR_OK ? order_plan_stock(shop, p, e) : rc;
    } else {
        p->cost = stored->cost;
    }
    if (rc == ERR_OK) {
        rc = write_update(shop, c, stored, p, &undone, lines_too, e);
    }
    free(undone.lines);
    return rc;
}

static enum err_code put_existing(struct shop *shop, struct put_ctx *c, const struct order *stored, struct err *e) {
    struct order_merge m;
    struct order_plan plan;
    order_merge_make(c->in, stored, &m);
    enum err_code rc = order_plan_make(shop, &m.in, &plan, e);
    if (rc == ERR_OK && plan.is_return != stored->is_return) {
        rc = err_set_field(e, ERR_CONFLICT, "order_no", _("%s is there already as another kind of document"),
                           stored->order_no);
    }
    if (rc == ERR_OK) {
        rc = order_merge_payments(shop, &m.in, stored, &plan, e);
        plan.due = plan.totals.total - plan.paid - plan.taken_off;
    }
    if (rc == ERR_OK) {
        bool same = plan.payment_count == 0 && order_same_header(&plan, stored) && order_same_lines(&plan, stored) &&
                    order_same_reps(&plan, stored);
        c->result = same ? PUT_UNCHANGED : PUT_UPDATED;
        order_ref_fill(&c->ref, &plan, stored->id, stored->order_no);
        rc = same ? ERR_OK : update(shop, c, stored, &plan, e);
    }
    order_plan_clear(&plan);
    order_merge_clear(&m);
    return rc;
}

/* What a return takes back of each product, counted up and down. */
struct taken {
    struct key_map products;
    int64_t *qty; /* in the order of products.keys */
    size_t cap;
};

static bool taken_add(struct taken *t, int64_t product_id, int64_t base_qty) {
    size_t known = t->products.count;
    size_t at = key_map_add(&t->products, (struct key){product_id, 0, 0});
    if (at == known) {
        t->qty = mem_grow(t->qty, at, &t->cap, sizeof *t->qty);
        t->qty[at] = 0;
    }
    return money_add(t->qty[at], base_qty, &t->qty[at]);
}

static bool same_goods(const struct order_plan *plan, const struct order *stored) {
    struct taken t = {0};
    bool same = true;
    for (size_t i = 0; i < stored->line_count && same; i++) {
        const struct order_line *l = &stored->lines[i];
        int64_t qty = 0;
        same = order_base_qty(l->qty, l->factor, &qty, NULL) == ERR_OK && taken_add(&t, l->product_id, qty);
    }
    for (size_t i = 0; i < plan->line_count && same; i++) {
        same = taken_add(&t, plan->lines[i].goods->id, -plan->lines[i].base_qty);
    }
    for (size_t i = 0; i < t.products.count && same; i++) {
        same = t.qty[i] == 0;
    }
    key_map_clear(&t.products);
    free(t.qty);
    return same;
}

/* A return of a known sale is what it is: the same goods again are the same return. */
static enum err_code put_return_again(struct shop *shop, struct put_ctx *c, const struct order *stored, struct err *e) {
    struct order_plan plan;
    enum err_code rc = order_plan_make(shop, c->in, &plan, e);
    bool same = rc == ERR_OK && stored->is_return && stored->return_of_id == c->in->return_of &&
                strcmp(plan.date, stored->order_date) == 0 && same_goods(&plan, stored);
    order_plan_clear(&plan);
    if (rc == ERR_OK && !same) {
        rc = err_set_field(e, ERR_REFUSED, "order_no", _("return %s is there already and says something else"),
                           stored->order_no);
    }
    c->result = PUT_UNCHANGED;
    c->ref.id = stored->id;
    memcpy(c->ref.order_no, stored->order_no, strnlen(stored->order_no, ORDER_NO_SIZE - 1));
    return rc;
}

static bool is_known_return(const struct order_input *in) {
    bool counts = in->status != ORDER_DRAFT && in->status != ORDER_CANCELLED && in->status != ORDER_RETURNED;
    return counts && in->return_of != 0 && in->line_count > 0 && in->lines[0].qty < 0;
}

static enum err_code put_order(struct shop *shop, void *ctx, struct err *e) {
    struct put_ctx *c = ctx;
    struct order stored = {0};
    int64_t id = 0;
    c->writing = false;
    c->ref = (struct order_ref){0};
    enum err_code rc = c->in->is_new ? ERR_NOT_FOUND
                                     : db_get_int(shop->db, "SELECT id FROM orders WHERE order_no = $1",
                                                  DB_BIND(DB_TEXT(c->in->order_no)), &id, NULL);
    if (rc == ERR_NOT_FOUND) {
        c->result = PUT_CREATED;
        return is_known_return(c->in) ? put_return(shop, c, e) : put_new(shop, c, e);
    }
    if (rc == ERR_OK) {
        rc = order_load(shop, id, &stored, e);
    }
    if (rc == ERR_OK) {
        rc = is_known_return(c->in) ? put_return_again(shop, c, &stored, e) : put_existing(shop, c, &stored, e);
    }
    order_clear(&stored);
    return rc;
}

enum err_code order_put(struct shop *shop, const struct order_input *in, enum put_result *result, struct order_ref *out,
                        struct err *e) {
    struct put_ctx ctx = {.in = in};
    if (in->order_no == NULL) {
        return err_set_field(e, ERR_INVALID, "order_no", _("an imported order needs its number"));
    }
    enum err_code rc = ERR_OK;
    if (db_in_transaction(shop->db)) {
        /* An import's hundred thousands need no savepoint each: everything is checked before the first write, and what
         * fails after it is the database's trouble, with which the whole import ends. */
        rc = put_order(shop, &ctx, e);
        rc = rc != ERR_OK && ctx.writing && rc != ERR_IO && rc != ERR_BUSY ? ERR_DB : rc;
    } else {
        rc = shop_transact(shop, put_order, &ctx, e);
    }
    if (rc == ERR_OK && result != NULL) {
        *result = ctx.result;
    }
    if (rc == ERR_OK && out != NULL) {
        *out = ctx.ref;
    }
    return rc;
}
