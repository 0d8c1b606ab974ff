/* Sales by product, group, channel and province: facts that may change later, so they are read from the month's orders
 * themselves, in sweeps over their ids. A return goes with its sale; its lines with their own products. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/order_counts.h"
#include "db/db.h"
#include "domain/id_runs.h"
#include "domain/kpi_figures.h"
#include "domain/record.h"

#define LATEST "9999-99-99"

struct kpi_goods {
    struct key_map products;
    int64_t *groups; /* by number of the product */
    size_t capacity;
};

void kpi_goods_free(struct kpi_goods *goods) {
    if (goods != NULL) {
        key_map_clear(&goods->products);
        free(goods->groups);
        free(goods);
    }
}

/* A sale of the month, or a return whose sale is unknown. */
struct root {
    bool taken;    /* its figures are the month's */
    bool counts;   /* as an order … */
    bool all_back; /* … unless some of what came back had not yet */
    int64_t ref;   /* of its channel or province */
};
struct walk {
    struct db *db;
    enum target_scope scope;
    const char *as_of;
    struct kpi_set *out;
    struct id_runs ids;
    struct root *roots; /* by the index of the id */
    int64_t *returns;   /* whose lines are to be read */
    size_t return_count, return_capacity;
    int64_t *counted; /* by row of the set: the order that it counted last */
    size_t counted_capacity;
};

static bool is_by_line(const struct walk *w) {
    return w->scope == SCOPE_PRODUCT || w->scope == SCOPE_GROUP;
}

static enum err_code too_large(struct err *e) {
    return err_set_field(e, ERR_INVALID, "revenue", _("the amount is too large"));
}

static enum err_code add_figures(struct kpi_figures *f, int64_t revenue, int64_t net, int64_t cost, struct err *e) {
    return money_add(f->revenue, revenue, &f->revenue) && money_add(f->net, net, &f->net) &&
                   money_add(f->cost, cost, &f->cost)
               ? ERR_OK
               : too_large(e);
}

/* --- the month's sales, and what came back of them */

#define ROOTS(place)                                                                                                   \
    "SELECT o.id, o.is_return, o.status = 'returned', o.revenue, o.net, o.cost, " place " FROM orders o"               \
    " WHERE o.id >= $1 AND o.id <= $2 AND o.return_of IS NULL AND " ORDER_COUNTS("o")
static const char roots_sql[] = ROOTS("0");
static const char channels_sql[] = ROOTS("o.channel_id");
static const char provinces_sql[] = ROOTS("CASE WHEN o.province <> '' THEN o.province ELSE (SELECT k.province FROM"
                                          " customers k WHERE k.id = o.customer_id) END");

static enum err_code take_root(void *ctx, struct db_stmt *s, struct err *e) {
    struct walk *w = ctx;
    const struct id_item *item = id_runs_find(&w->ids, db_col_int(s, 0));
    if (item == NULL) {
        return ERR_OK;
    }
    struct root *r = &w->roots[item->index];
    bool is_return = db_col_int(s, 1) != 0;
    *r = (struct root){.taken = true, .all_back = db_col_int(s, 2) != 0};
    r->counts = !is_return && !r->all_back;
    r->all_back = r->all_back && !is_return;
    if (is_by_line(w)) {
        return ERR_OK;
    }
    r->ref = w->scope == SCOPE_CHANNEL ? db_col_int(s, 6) : intern_add(w->out->places, db_col_text(s, 6));
    struct kpi_figures *f = kpi_set_at(w->out, r->ref);
    f->orders += r->counts;
    return add_figures(f, db_col_int(s, 3), db_col_int(s, 4), db_col_int(s, 5), e);
}

static const char returns_sql[] =
    "SELECT b.return_of, b.id, b.order_date, b.revenue, b.net, b.cost FROM orders b WHERE b.return_of >= $1"
    " AND b.return_of <= $2 AND " ORDER_COUNTS("b") " ORDER BY b.return_of";

static enum err_code take_return(void *ctx, struct db_stmt *s, struct err *e) {
    struct walk *w = ctx;
    const struct id_item *item = id_runs_find(&w->ids, db_col_int(s, 0));
    struct root *r = item == NULL ? NULL : &w->roots[item->index];
    if (r == NULL || !r->taken) {
        return ERR_OK;
    }
    bool by_line = is_by_line(w), known = strcmp(db_col_text(s, 2), w->as_of) <= 0;
    if (!known && r->all_back) {
        r->all_back = false;
        r->counts = true;
        if (!by_line) {
            kpi_set_at(w->out, r->ref)->orders++;
        }
    }
    if (known && by_line) {
        w->returns = mem_grow(w->returns, w->return_count, &w->return_capacity, sizeof *w->returns);
        w->returns[w->return_count++] = db_col_int(s, 1);
    }
    return known && !by_line
               ? add_figures(kpi_set_at(w->out, r->ref), db_col_int(s, 3), db_col_int(s, 4), db_col_int(s, 5), e)
               : ERR_OK;
}

/* --- lines */

#define LINES "SELECT l.order_id, l.product_id, l.net, l.vat, l.cost FROM order_lines l WHERE "

/* One sweep over an index is cheaper than a look at the product of each line. */
static enum err_code load_goods(struct walk *w, struct err *e) {
    struct kpi_goods *goods = w->out->groups = mem_zalloc(sizeof *goods);
    struct db_stmt *s = NULL;
    enum db_row row = DB_END;
    enum err_code rc = db_query(w->db, "SELECT id, group_id FROM products", DB_NO_BIND, &s, e);
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        size_t at = key_map_add(&goods->products, (struct key){db_col_int(s, 0), 0, 0});
        goods->groups = mem_grow(goods->groups, at, &goods->capacity, sizeof *goods->groups);
        goods->groups[at] = db_col_int(s, 1);
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

static int64_t ref_of(const struct walk *w, int64_t product_id) {
    if (w->scope == SCOPE_PRODUCT) {
        return product_id;
    }
    const struct kpi_goods *goods = w->out->groups;
    size_t at = key_map_find(&goods->products, (struct key){product_id, 0, 0});
    return at == KEY_NONE ? 0 : goods->groups[at];
}

/* Lines of an order come together: each row of the set counts it once. */
static void count_order(struct walk *w, struct kpi_figures *f, int64_t order_id) {
    size_t at = (size_t)(f - w->out->rows);
    if (at >= w->counted_capacity) {
        size_t had = w->counted_capacity;
        w->counted = mem_grow(w->counted, at, &w->counted_capacity, sizeof *w->counted);
        memset(w->counted + had, 0, (w->counted_capacity - had) * sizeof *w->counted);
    }
    f->orders += w->counted[at] != order_id;
    w->counted[at] = order_id;
}

static enum err_code add_line(struct walk *w, bool counts, struct db_stmt *s, struct err *e) {
    struct kpi_figures *f = kpi_set_at(w->out, ref_of(w, db_col_int(s, 1)));
    int64_t net = db_col_int(s, 2), revenue = 0;
    if (counts) {
        count_order(w, f, db_col_int(s, 0));
    }
    return money_add(net, db_col_int(s, 3), &revenue) ? add_figures(f, revenue, net, db_col_int(s, 4), e)
                                                      : too_large(e);
}

static enum err_code take_line(void *ctx, struct db_stmt *s, struct err *e) {
    struct walk *w = ctx;
    const struct id_item *item = id_runs_find(&w->ids, db_col_int(s, 0));
    const struct root *r = item == NULL ? NULL : &w->roots[item->index];
    return r == NULL || !r->taken ? ERR_OK : add_line(w, r->counts, s, e);
}

static enum err_code add_returned_lines(struct walk *w, int64_t return_id, struct err *e) {
    struct db_stmt *s = NULL;
    enum db_row row = DB_END;
    enum err_code rc = db_query(w->db, LINES "l.order_id = $1", DB_BIND(DB_INT(return_id)), &s, e);
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        rc = add_line(w, false, s, e);
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

static enum err_code add_lines(struct walk *w, struct err *e) {
    bool unknown = w->scope == SCOPE_GROUP && w->out->groups == NULL && w->ids.count > 0;
    enum err_code rc = unknown ? load_goods(w, e) : ERR_OK;
    if (rc == ERR_OK) {
        rc = id_runs_read(w->db, &w->ids, LINES "l.order_id >= $1 AND l.order_id <= $2 ORDER BY l.order_id", take_line,
                          w, e);
    }
    for (size_t i = 0; i < w->return_count && rc == ERR_OK; i++) {
        rc = add_returned_lines(w, w->returns[i], e);
    }
    return rc;
}

enum err_code kpi_load_groups(struct db *db, const struct kpi_request *r, struct kpi_set *out, struct err *e) {
    struct walk w = {.db = db, .scope = r->scope, .out = out, .as_of = r->as_of == NULL ? LATEST : r->as_of};
    char first[DATE_SIZE], last[DATE_SIZE];
    month_first_day(r->month, first);
    month_last_day(r->month, last);
    if (r->scope == SCOPE_PROVINCE && out->places == NULL) {
        out->places = intern_new();
        intern_add(out->places, "");
    }
    enum err_code rc =
        id_runs_load(db,
                     "SELECT o.id FROM orders o WHERE o.recognised_on <> '' AND o.recognised_on >= $1"
                     " AND o.recognised_on <= $2 ORDER BY o.recognised_on, o.id",
                     DB_BIND(DB_TEXT(first), DB_TEXT(strcmp(w.as_of, last) < 0 ? w.as_of : last)), &w.ids, e);
    w.roots = mem_array(w.ids.count + 1, sizeof *w.roots);
    if (rc == ERR_OK) {
        rc = id_runs_read(db, &w.ids,
                          r->scope == SCOPE_CHANNEL    ? channels_sql
                          : r->scope == SCOPE_PROVINCE ? provinces_sql
                                                       : roots_sql,
                          take_root, &w, e);
    }
    if (rc == ERR_OK) {
        rc = id_runs_read(db, &w.ids, returns_sql, take_return, &w, e);
    }
    if (rc == ERR_OK && is_by_line(&w)) {
        rc = add_lines(&w, e);
    }
    id_runs_clear(&w.ids);
    free(w.roots);
    free(w.returns);
    free(w.counted);
    return rc;
}
