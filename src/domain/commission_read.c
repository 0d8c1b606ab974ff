/* Months and rows as they are read: stored ones as they were computed, an open one as it would be. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "domain/commission_store.h"
#include "domain/record.h"
#include "domain/shop_internal.h"

static void copy_time(char out[DATETIME_SIZE], const char *text) {
    snprintf(out, DATETIME_SIZE, "%s", text);
}

static enum err_code read_run(struct shop *shop, const char *month, struct commission_month *out, struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc =
        db_query(shop->db,
                 "SELECT r.status, p.code, v.version, v.base, v.mode, r.computed_at, r.locked_at, r.paid_at,"
                 " (SELECT COUNT(*) FROM commission_rows x WHERE x.month = r.month),"
                 " (SELECT CAST(COALESCE(SUM(x.total), 0) AS BIGINT) FROM commission_rows x WHERE x.month = r.month)"
                 " FROM commission_runs r JOIN plan_versions v ON v.id = r.version_id JOIN plans p ON p.id = v.plan_id"
                 " WHERE r.month = $1",
                 DB_BIND(DB_TEXT(month)), &s, e);
    if (rc != ERR_OK) {
        return rc;
    }
    enum db_row row = db_next(s, e);
    if (row == DB_ROW) {
        out->plan = db_col_dup(s, 1);
        out->version = (int)db_col_int(s, 2);
        (void)plan_base_find(db_col_text(s, 3), &out->base);
        (void)plan_mode_find(db_col_text(s, 4), &out->mode);
        copy_time(out->computed_at, db_col_text(s, 5));
        copy_time(out->locked_at, db_col_text(s, 6));
        copy_time(out->paid_at, db_col_text(s, 7));
        out->people = db_col_int(s, 8);
        out->total = db_col_int(s, 9);
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : ERR_OK;
}

enum err_code commission_month_get(struct shop *shop, const char *month, struct commission_month *out, struct err *e) {
    *out = (struct commission_month){0};
    snprintf(out->month, sizeof out->month, "%.7s", month);
    enum err_code rc = commission_status_read(shop, month, &out->status, e);
    if (rc == ERR_OK && out->status != COMMISSION_OPEN) {
        rc = read_run(shop, month, out, e);
    } else if (rc == ERR_OK) {
        struct plan p;
        struct err none = ERR_INIT;
        if (plan_for_month(shop, month, &p, &none) == ERR_OK) {
            out->plan = mem_strdup(p.code);
            out->version = p.version;
            out->base = p.base;
            out->mode = p.mode;
        }
        plan_clear(&p);
    }
    if (out->plan == NULL) {
        out->plan = mem_strdup("");
    }
    return rc;
}

void commission_month_clear(struct commission_month *m) {
    free(m->plan);
    *m = (struct commission_month){0};
}

enum err_code commission_months(struct shop *shop, commission_month_fn *fn, void *ctx, struct err *e) {
    struct db_stmt *s = NULL;
    enum db_row row = DB_END;
    enum err_code rc =
        db_query(shop->db, "SELECT month, status FROM commission_runs ORDER BY month", DB_NO_BIND, &s, e);
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        rc = fn(ctx, db_col_text(s, 0), commission_status_find(db_col_text(s, 1)), e);
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

struct listing {
    struct shop *shop;
    const char *month;
    int64_t only; /* this person; 0 all */
    struct commission_rights rights;
    enum commission_status status;
    commission_row_fn *row;
    void *ctx;
    bool found;
};

static enum err_code give(struct listing *l, struct commission_row *r, struct err *e) {
    if ((l->only != 0 && l->only != r->staff_id) || (!l->rights.all && l->rights.self != r->staff_id)) {
        return ERR_OK;
    }
    r->status = l->status;
    r->has_attainment = calc_attainment(r->base, r->has_target, r->target, &r->attainment_tenths);
    l->found = true;
    return l->row(l->ctx, r, e);
}

static enum err_code list_stored(struct listing *l, struct err *e) {
    struct db_stmt *s = NULL;
    enum db_row row = DB_END;
    enum err_code rc =
        db_query(l->shop->db,
                 "SELECT s.id, s.code, s.name, r.base, r.target, r.tier_commission, r.gate_bps, r.gated_commission,"
                 " r.override_amount, r.cap_cut, r.bonus_first_order, r.bonus_top, r.adjustment, r.total"
                 " FROM commission_rows r JOIN staff s ON s.id = r.staff_id WHERE r.month = $1 ORDER BY s.code",
                 DB_BIND(DB_TEXT(l->month)), &s, e);
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        struct commission_row r = {.staff_id = db_col_int(s, 0),
                                   .rep = db_col_text(s, 1),
                                   .name = db_col_text(s, 2),
                                   .base = db_col_int(s, 3),
                                   .has_target = !db_col_null(s, 4),
                                   .target = db_col_int(s, 4),
                                   .tier_commission = db_col_int(s, 5),
                                   .gate_bps = db_col_int(s, 6),
                                   .gated_commission = db_col_int(s, 7),
                                   .override = db_col_int(s, 8),
                                   .cap_cut = db_col_int(s, 9),
                                   .bonus_first_order = db_col_int(s, 10),
                                   .bonus_top = db_col_int(s, 11),
                                   .adjustment = db_col_int(s, 12),
                                   .total = db_col_int(s, 13)};
        rc = give(l, &r, e);
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

static enum err_code list_live(struct listing *l, struct err *e) {
    struct month m;
    enum err_code rc = month_make(l->shop, l->month, &m, e);
    for (size_t i = 0; i < m.people.count && rc == ERR_OK; i++) {
        const struct comp_row *x = &m.comp.rows[i];
        const struct calc_figures *f = &x->figures;
        struct commission_row r = {.staff_id = m.people.list[i].id,
                                   .rep = m.people.list[i].code,
                                   .name = m.people.list[i].name,
                                   .base = x->base,
                                   .has_target = x->target.has,
                                   .target = x->target.target,
                                   .tier_commission = f->tier_commission,
                                   .gate_bps = f->gate_bps,
                                   .gated_commission = f->gated_commission,
                                   .override = f->override,
                                   .cap_cut = f->cap_cut,
                                   .bonus_first_order = x->bonus_first,
                                   .bonus_top = x->bonus_top,
                                   .adjustment = x->adjustment,
                                   .total = x->total};
        if (x->shown) {
            rc = give(l, &r, e);
        }
    }
    month_clear(&m);
    return rc;
}

static enum err_code list_month(struct db *db, void *ctx, struct err *e) {
    struct listing *l = ctx;
    (void)db;
    enum err_code rc = commission_status_read(l->shop, l->month, &l->status, e);
    if (rc == ERR_OK) {
        rc = commission_rights(l->shop, &l->rights, e);
    }
    if (rc == ERR_OK) {
        rc = l->status == COMMISSION_OPEN ? list_live(l, e) : list_stored(l, e);
    }
    return rc;
}

enum err_code commission_snapshot(struct shop *shop, db_fn *fn, void *ctx, struct err *e) {
    return db_in_transaction(shop->db) ? fn(shop->db, ctx, e) : db_read(shop->db, fn, ctx, e);
}

enum err_code commission_list(struct shop *shop, const char *month, commission_row_fn *row, void *ctx, struct err *e) {
    struct listing l = {.shop = shop, .month = month, .row = row, .ctx = ctx};
    return commission_snapshot(shop, list_month, &l, e);
}

enum err_code commission_row_get(struct shop *shop, const char *month, int64_t staff_id, commission_row_fn *row,
                                 void *ctx, struct err *e) {
    struct listing l = {.shop = shop, .month = month, .only = staff_id, .row = row, .ctx = ctx};
    enum err_code rc = commission_check_sight(shop, staff_id, e);
    if (rc == ERR_OK) {
        rc = commission_snapshot(shop, list_month, &l, e);
    }
    if (rc == ERR_OK && !l.found) {
        rc = err_set_field(e, ERR_NOT_FOUND, "rep", _("there is no commission of that person in %s"), month);
    }
    return rc;
}

enum err_code commission_income(struct shop *shop, const char *month, commission_income_fn *row_fn, void *ctx,
                                struct err *e) {
    struct db_stmt *s = NULL;
    enum db_row row = DB_END;
    enum err_code rc = db_query(shop->db, "SELECT staff_id, total FROM commission_rows WHERE month = $1",
                                DB_BIND(DB_TEXT(month)), &s, e);
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        rc = row_fn(ctx, db_col_int(s, 0), db_col_int(s, 1), e);
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}
