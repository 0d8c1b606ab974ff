#include "domain/sales_walk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/order_counts.h"
#include "db/db.h"
#include "domain/id_runs.h"
#include "domain/record.h"

int64_t month_number(const char *date) {
    return (int64_t)(date[0] - '0') * 12000 + (date[1] - '0') * 1200 + (date[2] - '0') * 120 + (date[3] - '0') * 12 +
           (date[5] - '0') * 10 + (date[6] - '0') - 1;
}

void month_from_number(int64_t n, char month[MONTH_SIZE]) {
    char text[32];
    snprintf(text, sizeof text, "%04d-%02d", (int)(n / 12), (int)(n % 12) + 1);
    memcpy(month, text, MONTH_SIZE - 1);
    month[MONTH_SIZE - 1] = '\0';
}

void sale_clear(struct sale *s) {
    free(s->shares);
    *s = (struct sale){0};
}

size_t sale_part_count(const struct sale *s) {
    return s->share_count == 0 ? 1 : s->share_count;
}

static size_t largest_share(const struct sale *s) {
    size_t best = 0;
    for (size_t i = 1; i < s->share_count; i++) {
        if (s->shares[i].share_bps > s->shares[best].share_bps) {
            best = i;
        }
    }
    return best;
}

void sale_split(const struct sale *s, struct sale_part *parts) {
    if (s->share_count <= 1) {
        parts[0] = (struct sale_part){.staff_id = s->share_count == 0 ? 0 : s->shares[0].staff_id,
                                      .team_id = s->share_count == 0 ? 0 : s->shares[0].team_id,
                                      .revenue = s->revenue,
                                      .net = s->net,
                                      .cost = s->cost,
                                      .orders = s->counts};
        return;
    }
    size_t n = s->share_count;
    int64_t *room = mem_array(4 * n, sizeof *room);
    int64_t *weights = room, *revenue = room + n, *net = room + 2 * n, *cost = room + 3 * n;
    for (size_t i = 0; i < n; i++) {
        weights[i] = s->shares[i].share_bps;
    }
    money_split(s->revenue, weights, n, revenue);
    money_split(s->net, weights, n, net);
    money_split(s->cost, weights, n, cost);
    for (size_t i = 0; i < n; i++) {
        parts[i] = (struct sale_part){s->shares[i].staff_id,
                                      s->shares[i].team_id,
                                      revenue[i],
                                      net[i],
                                      cost[i],
                                      s->counts && i == largest_share(s)};
    }
    free(room);
}

/* --- teams */

struct team_day {
    char from[DATE_SIZE];
    int64_t team_id;
    bool last; /* of its staff */
};

static void add_day(struct team_days *t, const char *from, int64_t team_id) {
    t->days = mem_grow(t->days, t->count, &t->capacity, sizeof *t->days);
    struct team_day *d = &t->days[t->count++];
    *d = (struct team_day){.team_id = team_id};
    memcpy(d->from, from, strnlen(from, DATE_SIZE - 1));
}

static enum err_code load_staff(struct db *db, struct team_days *t, int64_t staff_id, struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(db, "SELECT from_date, team_id FROM staff_teams WHERE staff_id = $1 ORDER BY from_date",
                                DB_BIND(DB_INT(staff_id)), &s, e);
    enum db_row row = DB_END;
    add_day(t, "", 0);
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        add_day(t, db_col_text(s, 0), db_col_int(s, 1));
    }
    t->days[t->count - 1].last = true;
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

enum err_code team_days_at(struct db *db, struct team_days *t, int64_t staff_id, const char *date, int64_t *team_id,
                           struct err *e) {
    size_t known = t->staff.count;
    size_t at = key_map_add(&t->staff, (struct key){staff_id, 0, 0});
    if (at == known) {
        t->first = mem_grow(t->first, at, &t->first_capacity, sizeof *t->first);
        t->first[at] = t->count;
        enum err_code rc = load_staff(db, t, staff_id, e);
        if (rc != ERR_OK) {
            return rc;
        }
    }
    const struct team_day *d = &t->days[t->first[at]];
    while (!d->last && strcmp(d[1].from, date) <= 0) {
        d++;
    }
    *team_id = d->team_id;
    return ERR_OK;
}

void team_days_clear(struct team_days *t) {
    key_map_clear(&t->staff);
    free(t->days);
    free(t->first);
    *t = (struct team_days){0};
}

/* --- reading: one pass over sales with their reps, and one over their returns, both by id; a month's run by run */

#define ROOTS(where)                                                                                                   \
    "SELECT o.id, o.customer_id, o.order_date, o.recognised_on, o.is_return, o.status, o.revenue, o.net, o.cost,"      \
    " r.staff_id, r.share_bps FROM orders o LEFT JOIN order_reps r ON r.order_id = o.id WHERE " ORDER_COUNTS(          \
        "o") " AND o.recognised_on <> '' AND o.return_of IS NULL AND " where " ORDER BY o.id, r.position"
#define RETURNS(where)                                                                                                 \
    "SELECT b.return_of, b.order_date, b.revenue, b.net, b.cost FROM orders b WHERE " ORDER_COUNTS(                    \
        "b") " AND b.return_of IS NOT NULL AND " where " ORDER BY b.return_of"

static const struct {
    const char *roots, *returns;
} one = {ROOTS("o.id = $1"), RETURNS("b.return_of = $1")},
  run = {ROOTS("o.id >= $1 AND o.id <= $2"), RETURNS("b.return_of >= $1 AND b.return_of <= $2")},
  from = {ROOTS("o.id >= $1"), RETURNS("b.return_of >= $1")};

struct walk {
    struct db *db;
    const struct sales_selection *sel;
    struct team_days *teams;
    int64_t first, last; /* of the run */
    struct db_stmt *roots, *returns;
    enum db_row root_row, return_row; /* what stands under each cursor */
    struct sale sale;
};

static enum err_code open_walk(struct walk *w, struct err *e) {
    const struct sales_selection *sel = w->sel;
    const struct db_value *values = sel->month != NULL ? DB_BIND(DB_INT(w->first), DB_INT(w->last))
                                                       : DB_BIND(DB_INT(sel->id != 0 ? sel->id : sel->from_id));
    const char *roots = sel->month != NULL ? run.roots : sel->id != 0 ? one.roots : from.roots;
    const char *returns = sel->month != NULL ? run.returns : sel->id != 0 ? one.returns : from.returns;
    enum err_code rc = db_query(w->db, roots, values, &w->roots, e);
    if (rc == ERR_OK) {
        rc = db_query(w->db, returns, values, &w->returns, e);
    }
    if (rc == ERR_OK) {
        w->root_row = db_next(w->roots, e);
        w->return_row = w->root_row == DB_ROW ? db_next(w->returns, e) : DB_END;
        rc = w->root_row == DB_FAILED || w->return_row == DB_FAILED ? record_failed(e) : ERR_OK;
    }
    return rc;
}

static enum err_code add_share(struct walk *w, const char *order_date, struct err *e) {
    struct sale *s = &w->sale;
    s->shares = mem_grow(s->shares, s->share_count, &s->share_capacity, sizeof *s->shares);
    struct sale_share *share = &s->shares[s->share_count++];
    *share = (struct sale_share){.staff_id = db_col_int(w->roots, 9), .share_bps = db_col_int(w->roots, 10)};
    return team_days_at(w->db, w->teams, share->staff_id, order_date, &share->team_id, e);
}

/* The sale under the cursor with all its reps; the cursor moves on to the next one. */
static enum err_code take_sale(struct walk *w, bool *all_back, struct err *e) {
    struct sale *s = &w->sale;
    bool is_return = db_col_int(w->roots, 4) != 0;
    s->id = db_col_int(w->roots, 0);
    s->customer_id = db_col_int(w->roots, 1);
    memset(s->day, 0, sizeof s->day);
    memcpy(s->day, db_col_text(w->roots, 3), strnlen(db_col_text(w->roots, 3), DATE_SIZE - 1));
    *all_back = strcmp(db_col_text(w->roots, 5), "returned") == 0;
    s->counts = !is_return;
    s->revenue = db_col_int(w->roots, 6);
    s->net = db_col_int(w->roots, 7);
    s->cost = db_col_int(w->roots, 8);
    s->share_count = 0;
    enum err_code rc = ERR_OK;
    do {
        if (!db_col_null(w->roots, 9)) {
            rc = add_share(w, db_col_text(w->roots, 2), e);
        }
        w->root_row = rc == ERR_OK ? db_next(w->roots, e) : DB_END;
    } while (rc == ERR_OK && w->root_row == DB_ROW && db_col_int(w->roots, 0) == s->id);
    return w->root_row == DB_FAILED ? record_failed(e) : rc;
}

static enum err_code add_return(struct walk *w, struct err *e) {
    struct sale *s = &w->sale;
    if (!money_add(s->revenue, db_col_int(w->returns, 2), &s->revenue) ||
        !money_add(s->net, db_col_int(w->returns, 3), &s->net) ||
        !money_add(s->cost, db_col_int(w->returns, 4), &s->cost)) {
        return err_set_field(e, ERR_INVALID, "revenue", _("the amount is too large"));
    }
    return ERR_OK;
}

/* Takes off the returns that are known on the day; a sale that all came back by then is no order any more. */
static enum err_code take_returns(struct walk *w, bool all_back, struct err *e) {
    struct sale *s = &w->sale;
    enum err_code rc = ERR_OK;
    while (rc == ERR_OK && w->return_row == DB_ROW && db_col_int(w->returns, 0) <= s->id) {
        if (db_col_int(w->returns, 0) == s->id) {
            if (w->sel->as_of == NULL || strcmp(db_col_text(w->returns, 1), w->sel->as_of) <= 0) {
                rc = add_return(w, e);
            } else {
                all_back = false;
            }
        }
        w->return_row = rc == ERR_OK ? db_next(w->returns, e) : DB_END;
    }
    s->counts = s->counts && !all_back;
    return w->return_row == DB_FAILED ? record_failed(e) : rc;
}

static enum err_code walk_on(struct walk *w, struct id_runs *month, sale_fn *fn, void *ctx, struct err *e) {
    enum err_code rc = open_walk(w, e);
    while (rc == ERR_OK && w->root_row == DB_ROW) {
        bool all_back = false;
        rc = take_sale(w, &all_back, e);
        if (rc == ERR_OK) {
            rc = take_returns(w, all_back, e);
        }
        bool wanted = w->sel->as_of == NULL || strcmp(w->sale.day, w->sel->as_of) <= 0;
        if (rc == ERR_OK && wanted && (month == NULL || id_runs_find(month, w->sale.id) != NULL)) {
            rc = fn(ctx, &w->sale, e);
        }
    }
    db_done(&w->roots);
    db_done(&w->returns);
    return rc;
}

static enum err_code walk_month(struct walk *w, sale_fn *fn, void *ctx, struct err *e) {
    const struct sales_selection *sel = w->sel;
    struct id_runs month = {0};
    char first[DATE_SIZE], last[DATE_SIZE];
    month_first_day(sel->month, first);
    month_last_day(sel->month, last);
    const char *until = sel->as_of != NULL && strcmp(sel->as_of, last) < 0 ? sel->as_of : last;
    enum err_code rc = id_runs_load(w->db,
                                    "SELECT o.id FROM orders o WHERE o.recognised_on <> '' AND o.recognised_on >= $1"
                                    " AND o.recognised_on <= $2 ORDER BY o.recognised_on, o.id",
                                    DB_BIND(DB_TEXT(first), DB_TEXT(until)), &month, e);
    for (size_t at = 0; rc == ERR_OK && id_runs_next(&month, &at, &w->first, &w->last);) {
        rc = walk_on(w, &month, fn, ctx, e);
    }
    id_runs_clear(&month);
    return rc;
}

enum err_code sales_walk(struct db *db, const struct sales_selection *sel, struct team_days *teams, sale_fn *fn,
                         void *ctx, struct err *e) {
    struct walk w = {.db = db, .sel = sel, .teams = teams, .root_row = DB_END, .return_row = DB_END};
    enum err_code rc = sel->month != NULL ? walk_month(&w, fn, ctx, e) : walk_on(&w, NULL, fn, ctx, e);
    sale_clear(&w.sale);
    return rc;
}
