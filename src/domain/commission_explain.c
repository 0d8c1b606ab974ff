/* From order line to đồng (DOMAIN 7): the base's rows are made from the orders' lines when they are asked for, the
 * others are the stored ones, or of an open month those that a run would store. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/qty.h"
#include "chotdon/order_counts.h"
#include "domain/commission_store.h"
#include "domain/record.h"
#include "domain/shop_internal.h"

struct explaining {
    struct shop *shop;
    const char *month;
    int64_t staff_id;
    const struct plan *plan;
    struct month_target target;
    commission_line_fn *line;
    void *ctx;
    struct buf detail;
};

static const char *money(const struct explaining *x, int64_t amount, char out[MONEY_TEXT_MAX]) {
    return money_format(amount, shop_currency(x->shop), false, out);
}

static enum err_code give(struct explaining *x, const char *kind, const char *ref, int64_t base, int64_t rate_bps,
                          int64_t amount, struct err *e) {
    const struct commission_line l = {kind, ref, buf_str(&x->detail), base, rate_bps, amount};
    enum err_code rc = x->line(x->ctx, &l, e);
    buf_reset(&x->detail);
    return rc;
}

/* --- the base */

struct share {
    int64_t order_id, base, share_bps, last_return;
    const char *order_no;
};
struct sold {
    char *no, *what;
    int64_t figure;
};

static void add_percent(struct buf *b, int64_t share_bps) {
    char rate[MONEY_TEXT_MAX];
    if (share_bps != 10000) {
        buf_addf(b, " · %s%%", rate_show(share_bps, rate));
    }
}

static enum err_code load_sold(struct explaining *x, const struct share *share, struct sold **out, size_t *count,
                               struct err *e) {
    struct db_stmt *s = NULL;
    size_t capacity = 0;
    enum db_row row = DB_END;
    enum err_code rc =
        db_query(x->shop->db,
                 "SELECT o.order_no, p.sku, p.name, l.qty, COALESCE(l.unit, p.unit), l.net + l.vat, l.net, l.cost"
                 " FROM orders o JOIN order_lines l ON l.order_id = o.id JOIN products p ON p.id = l.product_id"
                 " WHERE (o.id = $1 OR (o.return_of = $1 AND o.id <= $2)) AND " ORDER_COUNTS(
                     "o") " ORDER BY o.is_return, o.id, l.line_no",
                 DB_BIND(DB_INT(share->order_id), DB_INT(share->last_return)), &s, e);
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        char qty[QTY_TEXT_MAX];
        const int64_t figures[] = {db_col_int(s, 5), db_col_int(s, 6), db_col_int(s, 6) - db_col_int(s, 7)};
        *out = mem_grow(*out, *count, &capacity, sizeof **out);
        (*out)[(*count)++] =
            (struct sold){.no = db_col_dup(s, 0),
                          .what = mem_printf("%s %s × %s%s%s", db_col_text(s, 1), db_col_text(s, 2),
                                             qty_format(db_col_int(s, 3), qty), db_col_text(s, 4)[0] == '\0' ? "" : " ",
                                             db_col_text(s, 4)),
                          .figure = figures[x->plan->base]};
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

/* The share over the lines as far as they still make it up; what was changed since is told as one row. */
static enum err_code give_lines(struct explaining *x, const struct share *share, const struct sold *sold, size_t count,
                                struct err *e) {
    calc_wide *exact = mem_array(count + 1, sizeof *exact);
    int64_t *parts = mem_array(count + 1, sizeof *parts);
    calc_wide off = (calc_wide)share->base * 10000;
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < count; i++) {
        exact[i] = (calc_wide)sold[i].figure * share->share_bps;
        off -= exact[i];
    }
    if (count == 0 || off <= -10000 || off >= 10000) {
        add_percent(&x->detail, share->share_bps);
        rc = give(x, "base", share->order_no, share->base, 0, 0, e);
    } else {
        calc_apportion(share->base, exact, 10000, count, parts);
        for (size_t i = 0; i < count && rc == ERR_OK; i++) {
            buf_add(&x->detail, sold[i].what);
            add_percent(&x->detail, share->share_bps);
            rc = give(x, "base", sold[i].no, parts[i], 0, 0, e);
        }
    }
    free(exact);
    free(parts);
    return rc;
}

static enum err_code give_share(struct explaining *x, const struct share *share, struct err *e) {
    struct sold *sold = NULL;
    size_t count = 0;
    enum err_code rc = load_sold(x, share, &sold, &count, e);
    if (rc == ERR_OK) {
        rc = give_lines(x, share, sold, count, e);
    }
    for (size_t i = 0; i < count; i++) {
        free(sold[i].no);
        free(sold[i].what);
    }
    free(sold);
    return rc;
}

static enum err_code give_stored_base(struct explaining *x, struct err *e) {
    struct db_stmt *s = NULL;
    enum db_row row = DB_END;
    enum err_code rc = db_query(x->shop->db,
                                "SELECT order_id, order_no, base, share_bps, last_return FROM commission_shares"
                                " WHERE month = $1 AND staff_id = $2",
                                DB_BIND(DB_TEXT(x->month), DB_INT(x->staff_id)), &s, e);
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        const struct share share = {.order_id = db_col_int(s, 0),
                                    .order_no = db_col_text(s, 1),
                                    .base = db_col_int(s, 2),
                                    .share_bps = db_col_int(s, 3),
                                    .last_return = db_col_int(s, 4)};
        rc = give_share(x, &share, e);
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

/* --- the rows that make the total */

static void detail_tier(struct explaining *x, const struct comp_line *l) {
    char base[MONEY_TEXT_MAX], rate[MONEY_TEXT_MAX], from[MONEY_TEXT_MAX], to[MONEY_TEXT_MAX];
    int64_t start = strtoll(l->ref, NULL, 10);
    size_t next = 0;
    while (next < x->plan->tier_count && x->plan->tiers[next].from <= start) {
        next++;
    }
    buf_addf(&x->detail, "%s %s", plan_mode_label(x->plan->mode), money(x, start, from));
    if (next < x->plan->tier_count) {
        buf_addf(&x->detail, " – %s", money(x, x->plan->tiers[next].from, to));
    } else {
        buf_add(&x->detail, " +");
    }
    buf_addf(&x->detail, ": %s × %s%%", money(x, l->base, base), rate_show(l->rate_bps, rate));
}

static void detail_gate(struct explaining *x, const struct comp_line *l, int64_t base) {
    char target[MONEY_TEXT_MAX], reached[MONEY_TEXT_MAX], rate[MONEY_TEXT_MAX];
    int64_t tenths = 0;
    if (calc_attainment(base, x->target.has, x->target.target, &tenths)) {
        /* xgettext:no-c-format */
        buf_addf(&x->detail, _("%s%% of the target %s: × %s%%"), rate_show(tenths * 10, reached),
                 money(x, x->target.target, target), rate_show(l->rate_bps, rate));
    }
}

static void detail_adjustment(struct explaining *x, const struct comp_line *l, const char *about_plan) {
    static const struct {
        const char *reason, *text;
    } reasons[] = {
        {"return", N_("%s: a return after the lock")},    {"cancelled", N_("%s: cancelled after the lock")},
        {"late", N_("%s: a sale that came late")},        {"correction", N_("%s: corrected after the lock")},
        {"override", N_("%s: the team's sales changed")}, {"rest", N_("%s: what was known later")},
    };
    char base[MONEY_TEXT_MAX];
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
        if (strcmp(reasons[i].reason, l->reason) == 0) {
            buf_addf(&x->detail, _(reasons[i].text), l->about);
        }
    }
    buf_addf(&x->detail, " · %s%s · %s", l->base > 0 ? "+" : "", money(x, l->base, base), about_plan);
}

/* The terms by which a locked month was reckoned: version, mode, tiers, and the person's target then. */
static enum err_code about_terms(struct explaining *x, const char *month, struct buf *out, struct err *e) {
    struct plan p = {0};
    struct db_stmt *s = NULL;
    char text[MONEY_TEXT_MAX], rate[MONEY_TEXT_MAX];
    int64_t version_id = 0, target = 0;
    bool has_target = false;
    enum err_code rc = db_get_int(x->shop->db, "SELECT version_id FROM commission_runs WHERE month = $1",
                                  DB_BIND(DB_TEXT(month)), &version_id, e);
    if (rc == ERR_OK) {
        rc = plan_get_version(x->shop, version_id, &p, e);
    }
    if (rc == ERR_OK) {
        rc = db_query(x->shop->db, "SELECT target FROM commission_rows WHERE month = $1 AND staff_id = $2",
                      DB_BIND(DB_TEXT(month), DB_INT(x->staff_id)), &s, e);
    }
    if (rc == ERR_OK && db_next(s, e) == DB_ROW) {
        has_target = !db_col_null(s, 0);
        target = db_col_int(s, 0);
    }
    db_done(&s);
    if (rc == ERR_OK) {
        buf_addf(out, "%s@%d %s", p.code, p.version, plan_mode_label(p.mode));
        for (size_t i = 0; i < p.tier_count; i++) {
            buf_addf(out, "%s%s: %s%%", i == 0 ? " " : ", ", money(x, p.tiers[i].from, text),
                     rate_show(p.tiers[i].rate_bps, rate));
        }
        if (has_target) {
            buf_addf(out, " · %s %s", _("target"), money(x, target, text));
        }
    }
    plan_clear(&p);
    return rc;
}

static enum err_code give_line(struct explaining *x, const struct comp_line *l, int64_t base, struct err *e) {
    char text[MONEY_TEXT_MAX], rate[MONEY_TEXT_MAX];
    enum err_code rc = ERR_OK;
    if (strcmp(l->kind, "tier") == 0) {
        detail_tier(x, l);
    } else if (strcmp(l->kind, "group") == 0 || strcmp(l->kind, "override") == 0) {
        buf_addf(&x->detail, "%s × %s%%", money(x, l->base, text), rate_show(l->rate_bps, rate));
    } else if (strcmp(l->kind, "gate") == 0) {
        detail_gate(x, l, base);
    } else if (strcmp(l->kind, "cap") == 0) {
        buf_addf(&x->detail, _("what exceeds %s"), money(x, x->plan->cap, text));
    } else if (strcmp(l->kind, "bonus_first_order") == 0) {
        buf_add(&x->detail, _("the month's first order"));
    } else if (strcmp(l->kind, "bonus_top") == 0) {
        buf_add(&x->detail, _("the month's highest revenue"));
    } else if (strcmp(l->kind, "adjustment") == 0) {
        struct buf terms = BUF_INIT;
        rc = about_terms(x, l->about, &terms, e);
        detail_adjustment(x, l, buf_str(&terms));
        buf_clear(&terms);
    }
    return rc == ERR_OK ? give(x, l->kind, l->ref, l->base, l->rate_bps, l->amount, e) : rc;
}

static enum err_code give_stored_lines(struct explaining *x, int64_t base, struct err *e) {
    struct db_stmt *s = NULL;
    enum db_row row = DB_END;
    enum err_code rc = db_query(x->shop->db,
                                "SELECT kind, ref, about, reason, base, rate_bps, amount FROM commission_lines"
                                " WHERE month = $1 AND staff_id = $2 ORDER BY seq",
                                DB_BIND(DB_TEXT(x->month), DB_INT(x->staff_id)), &s, e);
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        const struct comp_line l = {.kind = db_col_text(s, 0),
                                    .ref = db_col_text(s, 1),
                                    .about = db_col_text(s, 2),
                                    .reason = db_col_text(s, 3),
                                    .base = db_col_int(s, 4),
                                    .rate_bps = db_col_int(s, 5),
                                    .amount = db_col_int(s, 6)};
        rc = give_line(x, &l, base, e);
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

static enum err_code not_there(const char *month, struct err *e) {
    return err_set_field(e, ERR_NOT_FOUND, "rep", _("there is no commission of that person in %s"), month);
}

static enum err_code explain_stored(struct explaining *x, struct err *e) {
    struct plan plan = {0};
    struct db_stmt *s = NULL;
    int64_t version_id = 0, base = 0;
    enum db_row row = DB_END;
    enum err_code rc =
        db_query(x->shop->db, "SELECT version_id, base, target FROM commission_rows WHERE month = $1 AND staff_id = $2",
                 DB_BIND(DB_TEXT(x->month), DB_INT(x->staff_id)), &s, e);
    if (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        version_id = db_col_int(s, 0);
        base = db_col_int(s, 1);
        x->target = (struct month_target){!db_col_null(s, 2), db_col_int(s, 2)};
    }
    db_done(&s);
    if (rc != ERR_OK || row != DB_ROW) {
        return rc != ERR_OK ? rc : row == DB_FAILED ? record_failed(e) : not_there(x->month, e);
    }
    rc = plan_get_version(x->shop, version_id, &plan, e);
    x->plan = &plan;
    if (rc == ERR_OK) {
        rc = give_stored_base(x, e);
    }
    if (rc == ERR_OK) {
        rc = give_stored_lines(x, base, e);
    }
    plan_clear(&plan);
    return rc;
}

struct live_line {
    struct explaining *x;
    int64_t base;
};

static enum err_code give_live_line(void *ctx, const struct comp_line *l, struct err *e) {
    const struct live_line *live = ctx;
    return give_line(live->x, l, live->base, e);
}

static enum err_code explain_live(struct explaining *x, struct err *e) {
    struct month m;
    enum err_code rc = month_make(x->shop, x->month, &m, e);
    size_t person = rc == ERR_OK ? people_find(&m.people, x->staff_id) : PERSON_NONE;
    if (rc == ERR_OK && (person == PERSON_NONE || !m.comp.rows[person].shown)) {
        rc = not_there(x->month, e);
    }
    x->plan = &m.plan;
    for (size_t i = 0; i < m.data.share_count && rc == ERR_OK; i++) {
        const struct month_order *o = &m.data.orders[m.data.shares[i].order];
        const struct share share = {.order_id = o->id,
                                    .order_no = month_order_no(&m.data, o),
                                    .base = m.comp.share_base[i],
                                    .share_bps = m.data.shares[i].share_bps,
                                    .last_return = o->last_return};
        if (m.data.shares[i].person == person) {
            rc = give_share(x, &share, e);
        }
    }
    if (rc == ERR_OK) {
        struct live_line live = {x, m.comp.rows[person].base};
        x->target = m.comp.rows[person].target;
        rc = month_lines(&m, person, give_live_line, &live, e);
    }
    month_clear(&m);
    return rc;
}

static enum err_code explain(struct db *db, void *ctx, struct err *e) {
    struct explaining *x = ctx;
    enum commission_status status = COMMISSION_OPEN;
    (void)db;
    enum err_code rc = commission_status_read(x->shop, x->month, &status, e);
    if (rc == ERR_OK) {
        rc = status == COMMISSION_OPEN ? explain_live(x, e) : explain_stored(x, e);
    }
    return rc;
}

enum err_code commission_explain(struct shop *shop, const char *month, int64_t staff_id, commission_line_fn *line,
                                 void *ctx, struct err *e) {
    struct explaining x = {.shop = shop, .month = month, .staff_id = staff_id, .line = line, .ctx = ctx};
    enum err_code rc = commission_check_sight(shop, staff_id, e);
    if (rc == ERR_OK) {
        rc = commission_snapshot(shop, explain, &x, e);
    }
    buf_clear(&x.detail);
    return rc;
}

const char *commission_kind_title(const char *kind) {
    static const struct {
        const char *kind, *title;
    } titles[] = {
        {"base", N_("Sales that count")},
        {"tier", N_("By tiers")},
        {"group", N_("Extra by product group")},
        {"gate", N_("Gate")},
        {"override", N_("For the team")},
        {"cap", N_("Cap")},
        {"bonus_first_order", N_("Bonuses")},
        {"bonus_top", N_("Bonuses")},
        {"adjustment", N_("Adjustments of earlier months")},
    };
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
        if (strcmp(titles[i].kind, kind) == 0) {
            return _(titles[i].title);
        }
    }
    return kind;
}
