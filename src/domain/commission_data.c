#include "domain/commission_data.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/order_counts.h"
#include "domain/record.h"
#include "domain/shop_internal.h"

/* The month's documents by the index on recognised_on, which holds no empty ones. CROSS JOIN keeps the order of the
 * tables: the month first, then what hangs on it. */
#define IN_MONTH                                                                                                       \
    "o.recognised_on <> '' AND o.recognised_on >= $1 AND o.recognised_on <= $2 AND " ORDER_COUNTS(                     \
        "o") " AND (o.is_return = 0 OR o.return_of IS NULL)"
#define BY_MONTH " ORDER BY o.recognised_on, o.id"

struct id_index {
    int64_t id;
    size_t index;
};

struct return_of {
    int64_t id;
    struct month_order *sale;
};

struct loading {
    struct shop *shop;
    const struct people *people;
    struct month_data *data;
    char first[DATE_SIZE], last[DATE_SIZE];
    struct id_index *by_id;    /* of the orders, once they are all there */
    struct month_order *at;    /* the order whose parts are being read */
    struct return_of *returns; /* whose lines are to be read */
    size_t return_count, return_capacity;
    char best_date[DATE_SIZE], best_time[16]; /* of the first order so far */
};

typedef enum err_code take_fn(struct loading *l, struct db_stmt *s, struct err *e);

static enum err_code read_bound(struct loading *l, const char *sql, const struct db_value *values, take_fn *take,
                                struct err *e) {
    struct db_stmt *s = NULL;
    enum db_row row = DB_END;
    enum err_code rc = db_query(l->shop->db, sql, values, &s, e);
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        rc = take(l, s, e);
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

static enum err_code read_month(struct loading *l, const char *sql, take_fn *take, struct err *e) {
    return read_bound(l, sql, DB_BIND(DB_TEXT(l->first), DB_TEXT(l->last)), take, e);
}

/* Rows by the ids of the month's orders, from the lowest to the highest. */
static enum err_code read_range(struct loading *l, const char *sql, take_fn *take, struct err *e) {
    size_t count = l->data->order_count;
    return count == 0 ? ERR_OK
                      : read_bound(l, sql, DB_BIND(DB_INT(l->by_id[0].id), DB_INT(l->by_id[count - 1].id)), take, e);
}

static enum err_code too_large(const char *order_no, struct err *e) {
    return err_set_field(e, ERR_INVALID, "base", _("order %s: the figures are too large to be added up"), order_no);
}

/* The earliest sale by date, time and number; what came back whole does not count. */
static void consider_first(struct loading *l, struct db_stmt *s, size_t index) {
    const char *date = db_col_text(s, 1);
    if (db_col_int(s, 8) != 0 || strcmp(db_col_text(s, 9), "returned") == 0) {
        return;
    }
    struct month_data *d = l->data;
    int order = d->first_order == SIZE_MAX ? -1 : strcmp(date, l->best_date);
    if (order > 0) {
        return;
    }
    const char *time = db_col_text(s, 2);
    if (order == 0) {
        order = strcmp(time, l->best_time);
    }
    if (order == 0) {
        order = strcmp(db_col_text(s, 3), month_order_no(d, &d->orders[d->first_order]));
    }
    if (order < 0) {
        d->first_order = index;
        snprintf(l->best_date, sizeof l->best_date, "%s", date);
        snprintf(l->best_time, sizeof l->best_time, "%s", time);
    }
}

static enum err_code begin_order(struct loading *l, struct db_stmt *s, struct err *e) {
    struct month_data *d = l->data;
    d->orders = mem_grow(d->orders, d->order_count, &d->order_capacity, sizeof *d->orders);
    struct month_order *o = &d->orders[d->order_count];
    *o = (struct month_order){
        .id = db_col_int(s, 0), .number = d->numbers.len, .first_share = d->share_count, .line = SIZE_MAX};
    const char *no = db_col_text(s, 3);
    buf_add_bytes(&d->numbers, no, strlen(no) + 1);
    o->figures[PLAN_GROSS] = db_col_int(s, 4);
    o->figures[PLAN_NET] = db_col_int(s, 5);
    if (!money_sub(db_col_int(s, 5), db_col_int(s, 6), &o->figures[PLAN_MARGIN])) {
        return too_large(no, e);
    }
    consider_first(l, s, d->order_count);
    d->order_count++;
    return ERR_OK;
}

static enum err_code take_share(struct loading *l, struct db_stmt *s, struct err *e) {
    struct month_data *d = l->data;
    enum err_code rc = ERR_OK;
    if (d->order_count == 0 || d->orders[d->order_count - 1].id != db_col_int(s, 0)) {
        rc = begin_order(l, s, e);
    }
    size_t person = people_find(l->people, db_col_int(s, 7));
    if (rc != ERR_OK || person == PERSON_NONE) {
        return rc;
    }
    d->shares = mem_grow(d->shares, d->share_count, &d->share_capacity, sizeof *d->shares);
    d->shares[d->share_count++] = (struct month_share){d->order_count - 1, person, db_col_int(s, 10),
                                                       people_team_on(l->people, db_col_int(s, 7), db_col_text(s, 1))};
    d->orders[d->order_count - 1].share_count++;
    return ERR_OK;
}

static int ids_rise(const void *a, const void *b) {
    const struct id_index *x = a, *y = b;
    return x->id < y->id ? -1 : x->id > y->id;
}

static void index_orders(struct loading *l) {
    const struct month_data *d = l->data;
    l->by_id = mem_array(d->order_count + 1, sizeof *l->by_id);
    for (size_t i = 0; i < d->order_count; i++) {
        l->by_id[i] = (struct id_index){d->orders[i].id, i};
    }
    if (d->order_count > 1) {
        qsort(l->by_id, d->order_count, sizeof *l->by_id, ids_rise);
    }
}

/* The order that a row belongs to; rows of one come together. NULL: one without reps. */
static struct month_order *find_order(struct loading *l, int64_t id) {
    const struct id_index wanted = {.id = id};
    if (l->at == NULL || l->at->id != id) {
        const struct id_index *found = bsearch(&wanted, l->by_id, l->data->order_count, sizeof wanted, ids_rise);
        l->at = found == NULL ? NULL : &l->data->orders[found->index];
    }
    return l->at;
}

static enum err_code take_return(struct loading *l, struct db_stmt *s, struct err *e) {
    struct month_order *o = find_order(l, db_col_int(s, 0));
    if (o == NULL) {
        return ERR_OK;
    }
    int64_t margin = 0;
    int64_t id = db_col_int(s, 1);
    if (!money_add(o->figures[PLAN_GROSS], db_col_int(s, 2), &o->figures[PLAN_GROSS]) ||
        !money_add(o->figures[PLAN_NET], db_col_int(s, 3), &o->figures[PLAN_NET]) ||
        !money_sub(db_col_int(s, 3), db_col_int(s, 4), &margin) ||
        !money_add(o->figures[PLAN_MARGIN], margin, &o->figures[PLAN_MARGIN])) {
        return too_large(month_order_no(l->data, o), e);
    }
    o->last_return = id > o->last_return ? id : o->last_return;
    l->returns = mem_grow(l->returns, l->return_count, &l->return_capacity, sizeof *l->returns);
    l->returns[l->return_count++] = (struct return_of){id, o};
    return ERR_OK;
}

static enum err_code add_line(struct loading *l, struct month_order *o, struct db_stmt *s) {
    struct month_data *d = l->data;
    d->lines = mem_grow(d->lines, d->line_count, &d->line_capacity, sizeof *d->lines);
    struct month_line *line = &d->lines[d->line_count];
    int64_t net = db_col_int(s, 2);
    *line = (struct month_line){.product_id = db_col_int(s, 1), .next = o->line};
    line->figures[PLAN_GROSS] = net + db_col_int(s, 3);
    line->figures[PLAN_NET] = net;
    line->figures[PLAN_MARGIN] = net - db_col_int(s, 4);
    o->line = d->line_count++;
    return ERR_OK;
}

static enum err_code take_line(struct loading *l, struct db_stmt *s, struct err *e) {
    struct month_order *o = find_order(l, db_col_int(s, 0));
    (void)e;
    return o == NULL ? ERR_OK : add_line(l, o, s);
}

static enum err_code take_return_line(struct loading *l, struct db_stmt *s, struct err *e) {
    (void)e;
    return add_line(l, l->at, s);
}

/* A month's orders mostly have ids that stand together: then their lines are read in one sweep. */
static bool ids_are_dense(const struct loading *l) {
    size_t count = l->data->order_count;
    return count > 0 && (uint64_t)(l->by_id[count - 1].id - l->by_id[0].id) < 3 * (uint64_t)count;
}

#define LINE_COLUMNS "l.order_id, l.product_id, l.net, l.vat, l.cost"

static enum err_code load_lines(struct loading *l, struct err *e) {
    enum err_code rc = ids_are_dense(l) ? read_range(l,
                                                     "SELECT " LINE_COLUMNS " FROM order_lines l"
                                                     " WHERE l.order_id >= $1 AND l.order_id <= $2",
                                                     take_line, e)
                                        : read_month(l,
                                                     "SELECT " LINE_COLUMNS " FROM orders o CROSS JOIN order_lines l"
                                                     " WHERE l.order_id = o.id AND " IN_MONTH BY_MONTH,
                                                     take_line, e);
    for (size_t i = 0; i < l->return_count && rc == ERR_OK; i++) {
        l->at = l->returns[i].sale;
        rc = read_bound(l, "SELECT " LINE_COLUMNS " FROM order_lines l WHERE l.order_id = $1",
                        DB_BIND(DB_INT(l->returns[i].id)), take_return_line, e);
    }
    return rc;
}

static enum err_code take_team(struct loading *l, struct db_stmt *s, struct err *e) {
    struct month_data *d = l->data;
    (void)e;
    d->teams = mem_grow(d->teams, d->team_count, &d->team_capacity, sizeof *d->teams);
    d->teams[d->team_count++] = (struct month_team){
        .id = db_col_int(s, 0), .name = db_col_dup(s, 1), .leader = people_find(l->people, db_col_int(s, 2))};
    return ERR_OK;
}

enum err_code month_data_load(struct shop *shop, const struct people *people, const char *month, bool with_lines,
                              struct month_data *out, struct err *e) {
    struct loading l = {.shop = shop, .people = people, .data = out};
    *out = (struct month_data){.first_order = SIZE_MAX};
    memcpy(out->month, month, MONTH_SIZE);
    month_first_day(month, l.first);
    month_last_day(month, l.last);
    enum err_code rc =
        read_month(&l,
                   "SELECT o.id, o.order_date, o.order_time, o.order_no, o.revenue, o.net, o.cost, r.staff_id,"
                   " o.is_return, o.status, r.share_bps FROM orders o CROSS JOIN order_reps r"
                   " WHERE r.order_id = o.id AND " IN_MONTH BY_MONTH ", r.position",
                   take_share, e);
    index_orders(&l);
    if (rc == ERR_OK) {
        rc = read_range(&l,
                        "SELECT r.return_of, r.id, r.revenue, r.net, r.cost FROM orders r"
                        " WHERE r.return_of >= $1 AND r.return_of <= $2 AND " ORDER_COUNTS("r"),
                        take_return, e);
    }
    if (rc == ERR_OK && with_lines) {
        rc = load_lines(&l, e);
    }
    free(l.by_id);
    free(l.returns);
    return rc == ERR_OK ? read_month(&l,
                                     "SELECT t.id, t.name, COALESCE((SELECT k.staff_id FROM team_leaders k"
                                     " WHERE k.team_id = t.id AND k.from_date <= $2 ORDER BY k.from_date DESC LIMIT 1),"
                                     " 0) FROM teams t WHERE $1 <> '' ORDER BY t.folded",
                                     take_team, e)
                        : rc;
}

void month_data_clear(struct month_data *d) {
    for (size_t i = 0; i < d->team_count; i++) {
        free(d->teams[i].name);
    }
    free(d->teams);
    free(d->orders);
    free(d->shares);
    free(d->lines);
    buf_clear(&d->numbers);
    *d = (struct month_data){0};
}

const char *month_order_no(const struct month_data *d, const struct month_order *o) {
    return d->numbers.data + o->number;
}
