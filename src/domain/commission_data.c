#include "domain/commission_data.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/order_counts.h"
#include "domain/id_runs.h"
#include "domain/record.h"
#include "domain/shop_internal.h"

struct return_of {
    int64_t id;
    struct month_order *sale;
};

struct loading {
    struct shop *shop;
    const struct people *people;
    struct month_data *data;
    char first[DATE_SIZE], last[DATE_SIZE];
    struct id_runs ids;     /* of the orders: index in data->orders */
    struct month_order *at; /* the order whose parts are being read */
    struct month_share *shares;
    size_t share_count, share_capacity;
    struct return_of *returns; /* whose lines are to be read */
    size_t return_count, return_capacity;
};

static enum err_code read_bound(struct loading *l, const char *sql, const struct db_value *values, id_runs_fn *take,
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

static enum err_code read_month(struct loading *l, const char *sql, id_runs_fn *take, struct err *e) {
    return read_bound(l, sql, DB_BIND(DB_TEXT(l->first), DB_TEXT(l->last)), take, e);
}

static enum err_code read_runs(struct loading *l, const char *sql, id_runs_fn *take, struct err *e) {
    return id_runs_read(l->shop->db, &l->ids, sql, take, l, e);
}

static enum err_code too_large(const char *order_no, struct err *e) {
    return err_set_field(e, ERR_INVALID, "base", _("order %s: the figures are too large to be added up"), order_no);
}

/* The order that a row belongs to. NULL: it is not of this month. */
static struct month_order *find_order(struct loading *l, int64_t id) {
    const struct id_item *item = id_runs_find(&l->ids, id);
    return item == NULL ? NULL : &l->data->orders[item->index];
}

static enum err_code take_order(void *ctx, struct db_stmt *s, struct err *e) {
    struct loading *l = ctx;
    struct month_data *d = l->data;
    struct month_order *o = find_order(l, db_col_int(s, 0));
    if (o == NULL) {
        return ERR_OK;
    }
    const char *no = db_col_text(s, 3);
    const char *date = db_col_text(s, 1);
    *o = (struct month_order){.id = db_col_int(s, 0), .number = d->numbers.len, .line = SIZE_MAX};
    memcpy(o->date, date, strnlen(date, DATE_SIZE - 1));
    o->stays = db_col_int(s, 7) == 0 && strcmp(db_col_text(s, 8), "returned") != 0;
    buf_add_bytes(&d->numbers, no, strlen(no) + 1);
    o->time = d->numbers.len;
    buf_add_bytes(&d->numbers, db_col_text(s, 2), strlen(db_col_text(s, 2)) + 1);
    o->figures[PLAN_GROSS] = db_col_int(s, 4);
    o->figures[PLAN_NET] = db_col_int(s, 5);
    return money_sub(db_col_int(s, 5), db_col_int(s, 6), &o->figures[PLAN_MARGIN]) ? ERR_OK
                                                                                   : too_large(month_order_no(d, o), e);
}

/* What the index names and the sweep did not take does not count: it goes. */
static void drop_others(struct loading *l) {
    struct month_data *d = l->data;
    size_t *to = mem_array(l->ids.count + 1, sizeof *to);
    size_t ids = 0;
    for (size_t i = 0; i < l->ids.count; i++) {
        to[i] = d->order_count;
        if (d->orders[i].id != 0) {
            d->orders[d->order_count++] = d->orders[i];
        } else {
            to[i] = SIZE_MAX;
        }
    }
    for (size_t i = 0; i < l->ids.count; i++) {
        size_t index = to[l->ids.items[i].index];
        if (index != SIZE_MAX) {
            l->ids.items[ids++] = (struct id_item){l->ids.items[i].id, index};
        }
    }
    l->ids.count = ids;
    l->ids.near = 0;
    free(to);
}

static enum err_code load_orders(struct loading *l, struct err *e) {
    enum err_code rc = id_runs_load(l->shop->db,
                                    "SELECT o.id FROM orders o WHERE o.recognised_on <> '' AND o.recognised_on >= $1"
                                    " AND o.recognised_on <= $2 ORDER BY o.recognised_on, o.id",
                                    DB_BIND(DB_TEXT(l->first), DB_TEXT(l->last)), &l->ids, e);
    l->data->orders = mem_array(l->ids.count + 1, sizeof *l->data->orders);
    if (rc == ERR_OK) {
        rc = read_runs(l,
                       "SELECT o.id, o.order_date, o.order_time, o.order_no, o.revenue, o.net, o.cost, o.is_return,"
                       " o.status FROM orders o WHERE o.id >= $1 AND o.id <= $2 AND " ORDER_COUNTS(
                           "o") " AND"
                                " (o.is_return = 0 OR o.return_of IS NULL) ORDER BY o.id",
                       take_order, e);
    }
    drop_others(l);
    return rc;
}

static enum err_code take_share(void *ctx, struct db_stmt *s, struct err *e) {
    struct loading *l = ctx;
    struct month_order *o = find_order(l, db_col_int(s, 0));
    int64_t staff_id = db_col_int(s, 1);
    size_t person = o == NULL ? PERSON_NONE : people_find(l->people, staff_id);
    (void)e;
    if (person == PERSON_NONE) {
        return ERR_OK;
    }
    l->shares = mem_grow(l->shares, l->share_count, &l->share_capacity, sizeof *l->shares);
    l->shares[l->share_count++] = (struct month_share){(size_t)(o - l->data->orders), person, db_col_int(s, 2),
                                                       people_team_on(l->people, staff_id, o->date)};
    o->share_count++;
    return ERR_OK;
}

/* Shares came in whatever order was cheapest; they stand in that of their orders. */
static void place_shares(struct loading *l) {
    struct month_data *d = l->data;
    size_t next = 0;
    d->shares = mem_array(l->share_count + 1, sizeof *d->shares);
    d->share_count = l->share_count;
    for (size_t i = 0; i < d->order_count; i++) {
        d->orders[i].first_share = next;
        next += d->orders[i].share_count;
        d->orders[i].share_count = 0;
    }
    for (size_t i = 0; i < l->share_count; i++) {
        struct month_order *o = &d->orders[l->shares[i].order];
        d->shares[o->first_share + o->share_count++] = l->shares[i];
    }
}

/* The earliest sale with reps by date, time and number; what came back whole does not count. */
static void find_first(struct month_data *d) {
    for (size_t i = 0; i < d->order_count; i++) {
        const struct month_order *o = &d->orders[i];
        if (!o->stays || o->share_count == 0) {
            continue;
        }
        const struct month_order *best = d->first_order == SIZE_MAX ? NULL : &d->orders[d->first_order];
        int order = best == NULL ? -1 : strcmp(o->date, best->date);
        if (order == 0) {
            order = strcmp(d->numbers.data + o->time, d->numbers.data + best->time);
        }
        if (order == 0) {
            order = strcmp(month_order_no(d, o), month_order_no(d, best));
        }
        d->first_order = order < 0 ? i : d->first_order;
    }
}

static enum err_code take_return(void *ctx, struct db_stmt *s, struct err *e) {
    struct loading *l = ctx;
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

static enum err_code add_line(struct loading *l, struct month_order *o, struct db_stmt *s, struct err *e) {
    struct month_data *d = l->data;
    d->lines = mem_grow(d->lines, d->line_count, &d->line_capacity, sizeof *d->lines);
    struct month_line *line = &d->lines[d->line_count];
    int64_t net = db_col_int(s, 2);
    *line = (struct month_line){.product_id = db_col_int(s, 1), .next = o->line};
    line->figures[PLAN_NET] = net;
    if (!money_add(net, db_col_int(s, 3), &line->figures[PLAN_GROSS]) ||
        !money_sub(net, db_col_int(s, 4), &line->figures[PLAN_MARGIN])) {
        return too_large(month_order_no(d, o), e);
    }
    o->line = d->line_count++;
    return ERR_OK;
}

static enum err_code take_line(void *ctx, struct db_stmt *s, struct err *e) {
    struct loading *l = ctx;
    struct month_order *o = find_order(l, db_col_int(s, 0));
    return o == NULL || o->share_count == 0 ? ERR_OK : add_line(l, o, s, e);
}

static enum err_code take_return_line(void *ctx, struct db_stmt *s, struct err *e) {
    struct loading *l = ctx;
    return add_line(l, l->at, s, e);
}

static enum err_code load_shares(struct loading *l, struct err *e) {
    enum err_code rc = read_runs(l,
                                 "SELECT r.order_id, r.staff_id, r.share_bps FROM order_reps r WHERE r.order_id >= $1"
                                 " AND r.order_id <= $2 ORDER BY r.order_id, r.position",
                                 take_share, e);
    place_shares(l);
    find_first(l->data);
    return rc;
}

#define LINE_COLUMNS "l.order_id, l.product_id, l.net, l.vat, l.cost"

static enum err_code load_lines(struct loading *l, struct err *e) {
    enum err_code rc = read_runs(l,
                                 "SELECT " LINE_COLUMNS " FROM order_lines l WHERE l.order_id >= $1"
                                 " AND l.order_id <= $2 ORDER BY l.order_id, l.line_no",
                                 take_line, e);
    for (size_t i = 0; i < l->return_count && rc == ERR_OK; i++) {
        l->at = l->returns[i].sale;
        rc = read_bound(l, "SELECT " LINE_COLUMNS " FROM order_lines l WHERE l.order_id = $1",
                        DB_BIND(DB_INT(l->returns[i].id)), take_return_line, e);
    }
    return rc;
}

static enum err_code take_team(void *ctx, struct db_stmt *s, struct err *e) {
    struct loading *l = ctx;
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
    enum err_code rc = load_orders(&l, e);
    if (rc == ERR_OK) {
        rc = load_shares(&l, e);
    }
    if (rc == ERR_OK) {
        rc = read_runs(&l,
                       "SELECT r.return_of, r.id, r.revenue, r.net, r.cost FROM orders r"
                       " WHERE r.return_of >= $1 AND r.return_of <= $2 AND " ORDER_COUNTS("r") " ORDER BY r.return_of",
                       take_return, e);
    }
    if (rc == ERR_OK && with_lines) {
        rc = load_lines(&l, e);
    }
    id_runs_clear(&l.ids);
    free(l.shares);
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
