/* Baskets that are still being typed: orders in state draft, each with the station that types it. */
#include "chotdon/draft.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/permission.h"
#include "chotdon/sign_in.h"
#include "domain/order_store.h"
#include "domain/order_words.h"
#include "domain/record.h"
#include "domain/shop_internal.h"

struct draft {
    char *order_no; /* "" unless it was given one */
    char *station;
    char *held_as;
    int64_t staff_id; /* who types it, 0 the owner of an open shop */
};

static void draft_clear(struct draft *d) {
    free(d->order_no);
    free(d->station);
    free(d->held_as);
    *d = (struct draft){0};
}

static enum err_code read_draft(struct shop *shop, int64_t id, struct draft *d, struct err *e) {
    struct db_stmt *s = NULL;
    char number[ORDER_NO_SIZE];
    order_number_temporary(id, number);
    enum err_code rc =
        db_query(shop->db, "SELECT order_no, station, held_as, status, staff_id FROM orders WHERE id = $1",
                 DB_BIND(DB_INT(id)), &s, e);
    if (rc != ERR_OK) {
        return rc;
    }
    enum db_row row = db_next(s, e);
    if (row == DB_ROW) {
        *d = (struct draft){db_col_dup(s, 0), db_col_dup(s, 1), db_col_dup(s, 2), db_col_int(s, 4)};
        if (order_status_stored(db_col_text(s, 3)) != ORDER_DRAFT) {
            rc = err_set(e, ERR_REFUSED, _("order %s is no draft any more"), d->order_no);
        }
    } else {
        rc = row == DB_END ? err_set(e, ERR_NOT_FOUND, _("draft %s is gone"), number) : record_failed(e);
    }
    db_done(&s);
    return rc;
}

static bool is_mine(struct shop *shop, const char *station, int64_t staff_id) {
    return station[0] == '\0' || staff_id == 0 || !shop_sign_in_is_on(shop) || shop_is_self(shop, staff_id);
}

bool draft_is_mine(struct shop *shop, const struct draft_row *r) {
    return is_mine(shop, r->station, r->staff_id);
}

/* What somebody is typing is theirs, where people are known; that others take it in hand is written down. */
static enum err_code claim(struct shop *shop, int64_t id, const struct draft *d, const char *action, struct err *e) {
    char number[ORDER_NO_SIZE];
    if (is_mine(shop, d->station, d->staff_id)) {
        return ERR_OK;
    }
    order_number_temporary(id, number);
    enum err_code rc = shop_require(shop, PERMIT_ORDERS, e);
    return rc == ERR_OK && action != NULL ? order_audit(shop, action, number, "", "", e) : rc;
}

struct save_ctx {
    int64_t id;
    struct order_input in;
    const char *station;
};

static enum err_code save(struct shop *shop, void *ctx, struct err *e) {
    struct save_ctx *c = ctx;
    struct draft old = {0};
    struct order_plan plan = {0};
    int64_t id = c->id;
    audit_excuse(shop, AUDIT_BASKET);
    enum err_code rc = id == 0 ? ERR_OK : read_draft(shop, id, &old, e);
    if (rc == ERR_OK && id != 0 && old.station[0] != '\0' && strcmp(old.station, c->station) != 0) {
        rc = err_set(e, ERR_CONFLICT, _("this basket was taken over by %s"), old.station);
    }
    if (rc == ERR_OK) {
        rc = order_plan_make(shop, &c->in, &plan, e);
    }
    if (rc == ERR_OK) {
        plan.station = c->station;
        plan.held_as = id == 0 ? "" : old.held_as;
        if (id != 0) {
            snprintf(plan.order_no, sizeof plan.order_no, "%s", old.order_no);
        }
        rc = order_store(shop, &plan, &id, e);
    }
    if (rc == ERR_OK && c->id != 0 && old.staff_id != shop->actor_id) { /* it was parked: who goes on has it */
        rc =
            db_run(shop->db, "UPDATE orders SET staff_id = $2 WHERE id = $1", DB_BIND(DB_INT(id), SHOP_ACTOR(shop)), e);
    }
    if (rc == ERR_OK) {
        c->id = id;
    }
    order_plan_clear(&plan);
    draft_clear(&old);
    return rc;
}

enum err_code draft_save(struct shop *shop, int64_t *id, const struct order_input *in, const char *station,
                         struct err *e) {
    struct save_ctx ctx = {*id, *in, station == NULL ? "" : station};
    ctx.in.status = ORDER_DRAFT;
    ctx.in.payments = NULL;
    ctx.in.payment_count = 0;
    ctx.in.order_no = NULL;
    bool alone = !db_in_transaction(shop->db);
    if (alone) {
        db_set_durable(shop->db, false);
    }
    enum err_code rc = shop_transact(shop, save, &ctx, e);
    if (alone) {
        db_set_durable(shop->db, true);
    }
    if (rc == ERR_OK) {
        *id = ctx.id;
    }
    return rc;
}

struct hold_ctx {
    int64_t id;
    const char *label;
    const char *station;
};

/* "Đơn 1" and on: the first that is free. */
static enum err_code free_label(struct shop *shop, int64_t id, char **label, struct err *e) {
    bool taken = true;
    enum err_code rc = ERR_OK;
    for (int n = 1; taken && rc == ERR_OK; n++) {
        free(*label);
        *label = mem_printf(_("Order %d"), n);
        rc = db_exists(shop->db,
                       "SELECT 1 FROM orders WHERE status = 'draft' AND status <> 'completed' AND status <> "
                       "'cancelled' AND status <> 'returned'"
                       " AND held_as = $1 AND id <> $2",
                       DB_BIND(DB_TEXT(*label), DB_INT(id)), &taken, e);
    }
    return rc;
}

static enum err_code hold(struct shop *shop, void *ctx, struct err *e) {
    const struct hold_ctx *c = ctx;
    struct draft old = {0};
    char *label = NULL;
    audit_excuse(shop, AUDIT_BASKET);
    enum err_code rc = read_draft(shop, c->id, &old, e);
    rc = rc == ERR_OK ? claim(shop, c->id, &old, "draft.hold", e) : rc;
    if (rc == ERR_OK && c->label != NULL && c->label[0] != '\0') {
        label = mem_strdup(c->label);
    } else if (rc == ERR_OK) {
        rc = free_label(shop, c->id, &label, e);
    }
    if (rc == ERR_OK) {
        rc = db_run(shop->db, "UPDATE orders SET held_as = $2, station = '', version = version + 1 WHERE id = $1",
                    DB_BIND(DB_INT(c->id), DB_TEXT(label)), e);
    }
    free(label);
    draft_clear(&old);
    return rc;
}

enum err_code draft_hold(struct shop *shop, int64_t id, const char *label, struct err *e) {
    struct hold_ctx ctx = {.id = id, .label = label};
    return shop_transact(shop, hold, &ctx, e);
}

/* Whoever takes a basket over has it, and it is theirs: the other station's next save says so. */
static enum err_code take(struct shop *shop, void *ctx, struct err *e) {
    const struct hold_ctx *c = ctx;
    struct draft old = {0};
    audit_excuse(shop, AUDIT_BASKET);
    enum err_code rc = read_draft(shop, c->id, &old, e);
    rc = rc == ERR_OK ? claim(shop, c->id, &old, "draft.take", e) : rc;
    if (rc == ERR_OK) {
        rc = db_run(shop->db, "UPDATE orders SET station = $2, staff_id = $3, version = version + 1 WHERE id = $1",
                    DB_BIND(DB_INT(c->id), DB_TEXT(c->station), SHOP_ACTOR(shop)), e);
    }
    draft_clear(&old);
    return rc;
}

enum err_code draft_take(struct shop *shop, int64_t id, const char *station, struct err *e) {
    struct hold_ctx ctx = {.id = id, .station = station};
    return shop_transact(shop, take, &ctx, e);
}

static enum err_code audit_drop(struct shop *shop, int64_t id, const struct order *o, struct err *e) {
    struct buf before = BUF_INIT;
    char number[ORDER_NO_SIZE];
    enum err_code rc = ERR_OK;
    order_number_temporary(id, number);
    if (o->line_count > 0) {
        record_json_int(&before, "lines", (int64_t)o->line_count);
        record_json_int(&before, "total", o->total);
        rc = order_audit(shop, "draft.drop", number, record_json_end(&before), "", e);
    }
    buf_clear(&before);
    return rc;
}

static enum err_code drop(struct shop *shop, void *ctx, struct err *e) {
    const int64_t *id = ctx;
    struct draft old = {0};
    struct order o = {0};
    audit_excuse(shop, AUDIT_BASKET); /* an empty one is not worth a row */
    enum err_code rc = read_draft(shop, *id, &old, e);
    rc = rc == ERR_OK ? claim(shop, *id, &old, NULL, e) : rc;
    if (rc == ERR_OK) {
        rc = order_load(shop, *id, &o, e);
    }
    if (rc == ERR_OK) {
        rc = audit_drop(shop, *id, &o, e);
    }
    if (rc == ERR_OK) {
        rc = order_erase_lines(shop, *id, e);
    }
    if (rc == ERR_OK) {
        rc = db_run(shop->db, "DELETE FROM order_states WHERE order_id = $1", DB_BIND(DB_INT(*id)), e);
    }
    if (rc == ERR_OK) {
        rc = db_run(shop->db, "DELETE FROM orders WHERE id = $1", DB_BIND(DB_INT(*id)), e);
    }
    order_clear(&o);
    draft_clear(&old);
    return rc;
}

enum err_code draft_drop(struct shop *shop, int64_t id, struct err *e) {
    return shop_transact(shop, drop, &id, e);
}

struct confirm_ctx {
    int64_t id;
    const struct order_input *in;
    struct order_ref *out;
};

static enum err_code confirm_plan(struct shop *shop, const struct confirm_ctx *c, const struct draft *old,
                                  struct order_plan *plan, struct err *e) {
    enum err_code rc = order_plan_make(shop, c->in, plan, e);
    if (rc == ERR_OK) {
        rc = order_plan_stock(shop, plan, e);
    }
    if (rc == ERR_OK && plan->order_no[0] == '\0' && old->order_no[0] != '\0') {
        snprintf(plan->order_no, sizeof plan->order_no, "%s", old->order_no);
    } else if (rc == ERR_OK) {
        rc = order_plan_number(shop, plan, e);
    }
    return rc;
}

static enum err_code confirm(struct shop *shop, void *ctx, struct err *e) {
    const struct confirm_ctx *c = ctx;
    struct draft old = {0};
    struct order_plan plan = {0};
    int64_t id = c->id;
    enum err_code rc = read_draft(shop, id, &old, e);
    if (rc == ERR_OK) {
        rc = confirm_plan(shop, c, &old, &plan, e);
    }
    if (rc == ERR_OK) {
        rc = order_store(shop, &plan, &id, e);
    }
    if (rc == ERR_OK) {
        rc = order_permit_terms(shop, id, e);
    }
    if (rc == ERR_OK) { /* who sells it entered it */
        rc =
            db_run(shop->db, "UPDATE orders SET staff_id = $2 WHERE id = $1", DB_BIND(DB_INT(id), SHOP_ACTOR(shop)), e);
    }
    if (rc == ERR_OK) {
        rc = order_audit_plan(shop, "order.add", &plan, plan.order_no, e);
        order_ref_fill(c->out, &plan, id, plan.order_no);
    }
    order_plan_clear(&plan);
    draft_clear(&old);
    return rc;
}

enum err_code draft_confirm(struct shop *shop, int64_t id, const struct order_input *in, struct order_ref *out,
                            struct err *e) {
    struct order_ref ref = {0};
    struct confirm_ctx ctx = {id, in, out == NULL ? &ref : out};
    enum err_code rc = order_check_new(in, e);
    if (rc == ERR_OK && in->status == ORDER_DRAFT) {
        rc = err_set_field(e, ERR_INVALID, "status", _("a draft is confirmed into an order, not into a draft"));
    }
    return rc == ERR_OK ? shop_transact(shop, confirm, &ctx, e) : rc;
}

enum err_code draft_list(struct shop *shop, draft_row_fn *row, void *ctx, struct err *e) {
    struct db_stmt *s = NULL;
    char number[ORDER_NO_SIZE];
    enum err_code rc = db_query(
        shop->db,
        "SELECT o.id, o.order_no, o.held_as, o.station, c.name, o.order_date || CASE WHEN o.order_time = '' THEN '' "
        "ELSE ' '"
        " END || o.order_time, (SELECT COUNT(*) FROM order_lines l WHERE l.order_id = o.id), o.total, o.staff_id,"
        " COALESCE(t.name, '') FROM orders o LEFT JOIN staff t ON t.id = o.staff_id"
        " LEFT JOIN customers c ON c.id = o.customer_id WHERE o.status = 'draft' AND o.status <> 'completed'"
        " AND o.status <> 'cancelled' AND o.status <> 'returned' ORDER BY o.id",
        DB_NO_BIND, &s, e);
    enum db_row got = DB_END;
    while (rc == ERR_OK && (got = db_next(s, e)) == DB_ROW) {
        struct draft_row r = {
            .id = db_col_int(s, 0),
            .temporary_no = db_col_text(s, 1),
            .label = db_col_text(s, 2),
            .station = db_col_text(s, 3),
            .customer_name = db_col_text(s, 4),
            .at = db_col_text(s, 5),
            .lines = db_col_int(s, 6),
            .total = db_col_int(s, 7),
            .staff_id = db_col_int(s, 8),
            .staff = db_col_text(s, 9),
        };
        if (db_col_null(s, 1)) {
            order_number_temporary(r.id, number);
            r.temporary_no = number;
        }
        rc = row(ctx, &r, e);
    }
    db_done(&s);
    return got == DB_FAILED ? record_failed(e) : rc;
}
