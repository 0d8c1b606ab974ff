#include "domain/kpi_figures.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "db/db.h"
#include "domain/record.h"
#include "domain/sales_walk.h"

void kpi_set_clear(struct kpi_set *set) {
    key_map_clear(&set->refs);
    free(set->rows);
    intern_free(set->places);
    kpi_goods_free(set->groups);
    *set = (struct kpi_set){0};
}

const struct kpi_figures *kpi_set_find(const struct kpi_set *set, int64_t ref) {
    size_t at = key_map_find(&set->refs, (struct key){ref, 0, 0});
    return at == KEY_NONE ? NULL : &set->rows[at];
}

struct kpi_figures *kpi_set_at(struct kpi_set *set, int64_t ref) {
    size_t known = set->refs.count;
    size_t at = key_map_add(&set->refs, (struct key){ref, 0, 0});
    if (at == known) {
        set->rows = mem_grow(set->rows, at, &set->capacity, sizeof *set->rows);
        set->rows[at] = (struct kpi_figures){.ref = ref};
    }
    return &set->rows[at];
}

struct kpi_actual kpi_actual_of(const struct kpi_figures *f, enum kpi_metric m) {
    static const struct kpi_figures nothing = {0};
    f = f == NULL ? &nothing : f;
    switch (m) {
    case METRIC_REVENUE:
        return (struct kpi_actual){f->revenue, 1};
    case METRIC_NET_REVENUE:
        return (struct kpi_actual){f->net, 1};
    case METRIC_MARGIN:
        return (struct kpi_actual){f->net - f->cost, 1};
    case METRIC_ORDERS:
        return (struct kpi_actual){f->orders, 1};
    case METRIC_NEW_CUSTOMERS:
        return (struct kpi_actual){f->new_customers, 1};
    case METRIC_DEALS_WON:
        return (struct kpi_actual){f->deals_won, 1};
    case METRIC_INTERACTIONS:
        return (struct kpi_actual){f->interactions, 1};
    case METRIC_WEEKLY_REPORTS:
        return (struct kpi_actual){f->weekly_reports, 1};
    case METRIC_RETURN_RATE:
        return (struct kpi_actual){f->returned, f->shipped};
    case METRIC_ON_TIME:
        return (struct kpi_actual){f->on_time, f->promised};
    case METRIC_COUNT:
        break;
    }
    return (struct kpi_actual){0, 0};
}

struct attainment kpi_attain(const struct kpi_figures *f, enum kpi_metric m, int64_t target) {
    return kpi_attainment(kpi_actual_of(f, m), target, kpi_metric_unit(m) == UNIT_RATE, m == METRIC_RETURN_RATE);
}

/* --- sales of shop, teams and reps: kept per month, or added up as of a day */

static enum err_code add(struct kpi_figures *f, int64_t revenue, int64_t net, int64_t cost, struct err *e) {
    return money_add(f->revenue, revenue, &f->revenue) && money_add(f->net, net, &f->net) &&
                   money_add(f->cost, cost, &f->cost)
               ? ERR_OK
               : err_set_field(e, ERR_INVALID, "revenue", _("the amount is too large"));
}

static int64_t ref_of(enum target_scope scope, int64_t staff_id, int64_t team_id) {
    return scope == SCOPE_REP ? staff_id : scope == SCOPE_TEAM ? team_id : 0;
}

/* Rows of a person in several teams, of a team's people and of all are added up here: in the statement it would take
 * twice the time. */
static enum err_code load_kept(struct db *db, const struct kpi_request *r, struct kpi_set *out, struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(db,
                                "SELECT staff_id, team_id, revenue, net, cost, orders, new_customers FROM sales_figures"
                                " WHERE month = $1 ORDER BY staff_id, team_id",
                                DB_BIND(DB_TEXT(r->month)), &s, e);
    enum db_row row = DB_END;
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        struct kpi_figures *f = kpi_set_at(out, ref_of(r->scope, db_col_int(s, 0), db_col_int(s, 1)));
        rc = add(f, db_col_int(s, 2), db_col_int(s, 3), db_col_int(s, 4), e);
        f->orders += db_col_int(s, 5);
        f->new_customers += db_col_int(s, 6);
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

struct buyer {
    int64_t customer_id, order_id;
};
struct adding {
    enum target_scope scope;
    struct kpi_set *out;
    struct buyer *buyers;
    size_t buyer_count, buyer_capacity;
};

static enum err_code add_sale(void *ctx, const struct sale *s, struct err *e) {
    struct adding *a = ctx;
    size_t count = sale_part_count(s);
    struct sale_part *parts = mem_array(count, sizeof *parts);
    enum err_code rc = ERR_OK;
    sale_split(s, parts);
    if (s->customer_id != 0) {
        a->buyers = mem_grow(a->buyers, a->buyer_count, &a->buyer_capacity, sizeof *a->buyers);
        a->buyers[a->buyer_count++] = (struct buyer){s->customer_id, s->id};
    }
    for (size_t i = 0; i < count && rc == ERR_OK; i++) {
        const struct sale_part *p = &parts[i];
        struct kpi_figures *f = kpi_set_at(a->out, ref_of(a->scope, p->staff_id, p->team_id));
        f->orders += p->orders;
        rc = add(f, p->revenue, p->net, p->cost, e);
    }
    free(parts);
    return rc;
}

static int by_customer(const void *a, const void *b) {
    const struct buyer *x = a, *y = b;
    return (x->customer_id > y->customer_id) - (x->customer_id < y->customer_id);
}

/* Customers whose first order was known by then: looked up in the order of the table, which reads each page once. */
static enum err_code load_firsts(struct db *db, struct adding *a, struct err *e) {
    enum err_code rc = ERR_OK;
    if (a->buyer_count > 1) {
        qsort(a->buyers, a->buyer_count, sizeof *a->buyers, by_customer);
    }
    for (size_t i = 0; i < a->buyer_count && rc == ERR_OK; i++) {
        const struct buyer *b = &a->buyers[i];
        struct db_stmt *s = NULL;
        rc = db_query(db, "SELECT staff_id, team_id FROM customer_firsts WHERE customer_id = $1 AND order_id = $2",
                      DB_BIND(DB_INT(b->customer_id), DB_INT(b->order_id)), &s, e);
        enum db_row row = rc == ERR_OK ? db_next(s, e) : DB_END;
        if (row == DB_ROW) {
            int64_t ref = a->scope == SCOPE_REP ? db_col_int(s, 0) : a->scope == SCOPE_TEAM ? db_col_int(s, 1) : 0;
            kpi_set_at(a->out, ref)->new_customers++;
        }
        db_done(&s);
        rc = row == DB_FAILED ? record_failed(e) : rc;
    }
    return rc;
}

/* Nothing of the month came later than that day, so that what is kept is what was known then. */
static enum err_code is_settled(struct db *db, const struct kpi_request *r, bool *settled, struct err *e) {
    char first[DATE_SIZE], last[DATE_SIZE];
    bool later = false;
    month_first_day(r->month, first);
    month_last_day(r->month, last);
    enum err_code rc =
        db_exists(db, "SELECT 1 FROM orders WHERE recognised_on <> '' AND recognised_on > $1 AND recognised_on <= $2",
                  DB_BIND(DB_TEXT(r->as_of), DB_TEXT(last)), &later, e);
    if (rc == ERR_OK && !later) {
        rc = db_exists(db,
                       "SELECT 1 FROM orders o JOIN orders b ON b.return_of = o.id WHERE o.recognised_on <> ''"
                       " AND o.recognised_on >= $1 AND o.recognised_on <= $2 AND b.order_date > $3",
                       DB_BIND(DB_TEXT(first), DB_TEXT(last), DB_TEXT(r->as_of)), &later, e);
    }
    *settled = !later;
    return rc;
}

static enum err_code load_as_of(struct db *db, const struct kpi_request *r, struct kpi_set *out, struct err *e) {
    struct team_days teams = {0};
    struct adding adding = {.scope = r->scope, .out = out};
    const struct sales_selection sel = {.month = r->month, .as_of = r->as_of};
    bool settled = false;
    enum err_code rc = is_settled(db, r, &settled, e);
    if (rc != ERR_OK || settled) {
        return rc == ERR_OK ? load_kept(db, r, out, e) : rc;
    }
    rc = sales_walk(db, &sel, &teams, add_sale, &adding, e);
    if (rc == ERR_OK && (r->metrics & 1u << METRIC_NEW_CUSTOMERS) != 0) {
        rc = load_firsts(db, &adding, e);
    }
    team_days_clear(&teams);
    free(adding.buyers);
    return rc;
}

enum err_code kpi_load(struct db *db, const struct kpi_request *r, struct kpi_set *out, struct err *e) {
    const unsigned sales = KPI_SALES | 1u << METRIC_NET_REVENUE | 1u << METRIC_MARGIN | 1u << METRIC_ORDERS;
    enum err_code rc = ERR_OK;
    if (r->scope > SCOPE_REP) {
        return kpi_load_groups(db, r, out, e);
    }
    if ((r->metrics & sales) != 0) {
        rc = r->as_of == NULL ? load_kept(db, r, out, e) : load_as_of(db, r, out, e);
    }
    return rc == ERR_OK ? kpi_load_counts(db, r, out, e) : rc;
}
