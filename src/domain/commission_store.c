#include "domain/commission_store.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "domain/record.h"
#include "domain/shop_internal.h"

static enum err_code store_rows(struct shop *shop, const struct month *m, struct err *e) {
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < m->people.count && rc == ERR_OK; i++) {
        const struct comp_row *r = &m->comp.rows[i];
        const struct calc_figures *f = &r->figures;
        if (!r->shown) {
            continue;
        }
        rc = db_run(shop->db,
                    "INSERT INTO commission_rows (month, staff_id, version_id, base, target, tier_commission, gate_bps,"
                    " gated_commission, override_amount, cap_cut, bonus_first_order, bonus_top, adjustment, total)"
                    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
                    DB_BIND(DB_TEXT(m->data.month), DB_INT(m->people.list[i].id), DB_INT(m->plan.version_id),
                            DB_INT(r->base), DB_OPT(r->target.has, r->target.target), DB_INT(f->tier_commission),
                            DB_INT(f->gate_bps), DB_INT(f->gated_commission), DB_INT(f->override), DB_INT(f->cap_cut),
                            DB_INT(r->bonus_first), DB_INT(r->bonus_top), DB_INT(r->adjustment), DB_INT(r->total)),
                    e);
    }
    return rc;
}

/* A share to be stored: those of one person in one order are added up. */
struct stored_share {
    int64_t staff_id, order_id;
    size_t order;
    int64_t base, share_bps;
};

static int shares_rise(const void *a, const void *b) {
    const struct stored_share *x = a, *y = b;
    if (x->staff_id != y->staff_id) {
        return x->staff_id < y->staff_id ? -1 : 1;
    }
    return x->order_id < y->order_id ? -1 : x->order_id > y->order_id;
}

static size_t collect_shares(const struct month *m, struct stored_share *out) {
    const struct month_data *d = &m->data;
    size_t count = 0;
    for (size_t i = 0; i < d->share_count; i++) {
        const struct month_share *s = &d->shares[i];
        out[i] = (struct stored_share){m->people.list[s->person].id, d->orders[s->order].id, s->order,
                                       m->comp.share_base[i], s->share_bps};
    }
    if (d->share_count > 1) {
        qsort(out, d->share_count, sizeof *out, shares_rise);
    }
    for (size_t i = 0; i < d->share_count; i++) {
        if (count > 0 && shares_rise(&out[count - 1], &out[i]) == 0) {
            out[count - 1].base += out[i].base;
            out[count - 1].share_bps += out[i].share_bps;
        } else {
            out[count++] = out[i];
        }
    }
    return count;
}

static bool is_same(const struct month_data *d, const struct stored_share *share, struct db_stmt *stored) {
    const struct month_order *o = &d->orders[share->order];
    return share->base == db_col_int(stored, 3) && share->share_bps == db_col_int(stored, 4) &&
           o->last_return == db_col_int(stored, 5) && strcmp(month_order_no(d, o), db_col_text(stored, 2)) == 0;
}

/* What is stored already and still so is marked; what is stored and is no more, or not so, goes. Both come by staff and
 * order. */
static enum err_code compare_stored(struct shop *shop, const struct month *m, const struct stored_share *shares,
                                    size_t count, bool *same, struct err *e) {
    const struct month_data *d = &m->data;
    struct stored_share *gone = NULL;
    size_t gone_count = 0, capacity = 0, at = 0;
    struct db_stmt *s = NULL;
    enum db_row row = DB_END;
    enum err_code rc = db_query(shop->db,
                                "SELECT staff_id, order_id, order_no, base, share_bps, last_return FROM"
                                " commission_shares WHERE month = $1 ORDER BY staff_id, order_id",
                                DB_BIND(DB_TEXT(d->month)), &s, e);
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        const struct stored_share old = {
            .staff_id = db_col_int(s, 0), .order_id = db_col_int(s, 1), .base = db_col_int(s, 3)};
        while (at < count && shares_rise(&shares[at], &old) < 0) {
            at++;
        }
        bool stays = at < count && shares_rise(&shares[at], &old) == 0 && is_same(d, &shares[at], s);
        if (stays) {
            same[at] = true;
        } else {
            gone = mem_grow(gone, gone_count, &capacity, sizeof *gone);
            gone[gone_count++] = old;
        }
    }
    db_done(&s);
    rc = row == DB_FAILED ? record_failed(e) : rc;
    for (size_t i = 0; i < gone_count && rc == ERR_OK; i++) {
        rc = db_run(shop->db, "DELETE FROM commission_shares WHERE month = $1 AND staff_id = $2 AND order_id = $3",
                    DB_BIND(DB_TEXT(d->month), DB_INT(gone[i].staff_id), DB_INT(gone[i].order_id)), e);
    }
    free(gone);
    return rc;
}

/* In the order of the key: the table grows at its end. Computing again writes only what has changed. */
static enum err_code store_shares(struct shop *shop, const struct month *m, struct err *e) {
    const struct month_data *d = &m->data;
    struct stored_share *shares = mem_array(d->share_count + 1, sizeof *shares);
    size_t count = collect_shares(m, shares);
    bool *same = mem_array(count + 1, sizeof *same);
    enum err_code rc = compare_stored(shop, m, shares, count, same, e);
    for (size_t i = 0; i < count && rc == ERR_OK; i++) {
        const struct month_order *o = &d->orders[shares[i].order];
        if (!same[i]) {
            rc = db_add_many(shop->db,
                             "INSERT INTO commission_shares (month, staff_id, order_id, order_no, base, share_bps,"
                             " last_return) VALUES ($1, $2, $3, $4, $5, $6, $7)",
                             DB_BIND(DB_TEXT(d->month), DB_INT(shares[i].staff_id), DB_INT(o->id),
                                     DB_TEXT(month_order_no(d, o)), DB_INT(shares[i].base), DB_INT(shares[i].share_bps),
                                     DB_INT(o->last_return)),
                             e);
        }
    }
    free(shares);
    free(same);
    return rc;
}

struct line_store {
    struct db *db;
    const char *month;
    int64_t staff_id, seq;
};

static enum err_code store_line(void *ctx, const struct comp_line *l, struct err *e) {
    struct line_store *s = ctx;
    return db_add_many(
        s->db,
        "INSERT INTO commission_lines (month, staff_id, seq, kind, ref, about, reason, order_id, last_return,"
        " base, rate_bps, amount) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        DB_BIND(DB_TEXT(s->month), DB_INT(s->staff_id), DB_INT(++s->seq), DB_TEXT(l->kind), DB_TEXT(l->ref),
                DB_TEXT(l->about), DB_TEXT(l->reason), DB_INT(l->order_id), DB_INT(l->last_return), DB_INT(l->base),
                DB_INT(l->rate_bps), DB_INT(l->amount)),
        e);
}

static enum err_code store_lines(struct shop *shop, const struct month *m, struct err *e) {
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < m->people.count && rc == ERR_OK; i++) {
        struct line_store s = {shop->db, m->data.month, m->people.list[i].id, 0};
        if (m->comp.rows[i].shown) {
            rc = month_lines(m, i, store_line, &s, e);
        }
    }
    return rc;
}

/* What the products that were sold belong to today. */
static enum err_code store_goods(struct shop *shop, const struct month *m, struct err *e) {
    const struct month_data *d = &m->data;
    unsigned char *sold = mem_zalloc(m->goods.size + 1);
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < d->line_count; i++) {
        if ((uint64_t)d->lines[i].product_id < m->goods.size) {
            sold[d->lines[i].product_id] = 1;
        }
    }
    for (size_t id = 0; id < m->goods.size && rc == ERR_OK; id++) {
        size_t group = m->goods.group_of[id];
        if (sold[id] != 0) {
            rc = db_add_many(
                shop->db, "INSERT INTO commission_goods (month, product_id, group_id) VALUES ($1, $2, $3)",
                DB_BIND(DB_TEXT(d->month), DB_INT(id), DB_ID(group == 0 ? 0 : m->plan.groups[group - 1].group_id)), e);
        }
    }
    free(sold);
    return rc;
}

enum err_code commission_store(struct shop *shop, const struct month *m, struct err *e) {
    enum err_code rc = store_rows(shop, m, e);
    if (rc == ERR_OK) {
        rc = store_shares(shop, m, e);
    }
    if (rc == ERR_OK) {
        rc = store_lines(shop, m, e);
    }
    if (rc == ERR_OK) {
        rc = store_goods(shop, m, e);
    }
    return rc == ERR_OK ? db_add_end(shop->db, e) : rc;
}

static const char *const status_codes[] = {"open", "computed", "locked", "paid"};

const char *commission_status_code(enum commission_status s) {
    return status_codes[s];
}

enum commission_status commission_status_find(const char *code) {
    enum commission_status s = COMMISSION_OPEN;
    while (s < COMMISSION_PAID && strcmp(status_codes[s], code) != 0) {
        s++;
    }
    return s;
}

const char *commission_status_label(enum commission_status s) {
    static const char *const labels[] = {N_("open"), N_("computed"), N_("locked"), N_("paid")};
    return _(labels[s]);
}

enum err_code commission_rights(struct shop *shop, struct commission_rights *out, struct err *e) {
    (void)e;
    *out = (struct commission_rights){.all = shop_may(shop, PERMIT_SEE_COMMISSION),
                                      .manage = shop_may(shop, PERMIT_COMMISSION_RUN),
                                      .self = shop_is_self(shop, shop->actor_id) ? shop->actor_id : 0};
    return ERR_OK;
}

enum err_code commission_check_sight(struct shop *shop, int64_t staff_id, struct err *e) {
    return shop_require(shop, shop_is_self(shop, staff_id) ? PERMIT_NONE : PERMIT_SEE_COMMISSION, e);
}
