/* Sales by product, group, channel and province: facts that may change later, so they are read from the month's orders
 * themselves. A return goes with its sale; its lines with their own products. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/order_counts.h"
#include "db/db.h"
#include "domain/kpi_figures.h"
#include "domain/record.h"

#define IN_MONTH                                                                                                       \
    "o.recognised_on >= $1 AND o.recognised_on <= $2 AND o.recognised_on <= $3 AND o.recognised_on <> ''"              \
    " AND o.return_of IS NULL AND " ORDER_COUNTS("o")
#define KNOWN "b.return_of IS NOT NULL AND b.order_date <= $3 AND " ORDER_COUNTS("b")

/* 1 for an order of which not all had come back by then. */
#define COUNTS                                                                                                         \
    "CASE WHEN o.is_return = 1 THEN 0 WHEN o.status <> 'returned' THEN 1 WHEN EXISTS (SELECT 1 FROM orders x"          \
    " WHERE x.return_of = o.id AND x.order_date > $3) THEN 1 ELSE 0 END"

/* Rows of ref, order, revenue, net, cost and counts; an order's own come together. They are added up here: grouping
 * them in the statement takes four times as long. */
#define BY_ORDER(ref, join)                                                                                            \
    "SELECT " ref ", o.id, o.revenue, o.net, o.cost, " COUNTS " FROM orders o " join " WHERE " IN_MONTH                \
    " UNION ALL SELECT " ref ", o.id, b.revenue, b.net, b.cost, 0 FROM orders o JOIN orders b ON"                      \
    " b.return_of = o.id " join " WHERE " IN_MONTH " AND " KNOWN
#define BY_LINE(ref, join)                                                                                             \
    "SELECT " ref ", o.id, l.net + l.vat, l.net, l.cost, " COUNTS                                                      \
    " FROM orders o JOIN order_lines l ON l.order_id = o.id " join " WHERE " IN_MONTH " UNION ALL SELECT " ref         \
    ", o.id, l.net + l.vat, l.net, l.cost, 0 FROM orders o JOIN orders b ON b.return_of = o.id JOIN order_lines l ON"  \
    " l.order_id = b.id " join " WHERE " IN_MONTH " AND " KNOWN
#define WITH_GROUP    "LEFT JOIN products p ON p.id = l.product_id"
#define WITH_CUSTOMER "LEFT JOIN customers k ON k.id = o.customer_id"

static const char *const sql[SCOPE_COUNT] = {
    [SCOPE_PRODUCT] = BY_LINE("l.product_id", ""),
    [SCOPE_GROUP] = BY_LINE("COALESCE(p.group_id, 0)", WITH_GROUP),
    [SCOPE_CHANNEL] = BY_ORDER("COALESCE(o.channel_id, 0)", ""),
    [SCOPE_PROVINCE] = BY_ORDER("COALESCE(NULLIF(o.province, ''), k.province, '')", WITH_CUSTOMER),
};

/* The order that a row of the set counted last. */
struct counted {
    int64_t *orders;
    size_t capacity;
};

static enum err_code add_row(struct kpi_set *out, struct counted *counted, int64_t ref, struct db_stmt *s,
                             struct err *e) {
    size_t known = out->refs.count;
    struct kpi_figures *f = kpi_set_at(out, ref);
    size_t at = (size_t)(f - out->rows);
    if (out->refs.count > known || at >= counted->capacity) {
        size_t had = counted->capacity;
        counted->orders = mem_grow(counted->orders, at, &counted->capacity, sizeof *counted->orders);
        memset(counted->orders + had, 0, (counted->capacity - had) * sizeof *counted->orders);
    }
    if (db_col_int(s, 5) != 0 && counted->orders[at] != db_col_int(s, 1)) {
        counted->orders[at] = db_col_int(s, 1);
        f->orders++;
    }
    return money_add(f->revenue, db_col_int(s, 2), &f->revenue) && money_add(f->net, db_col_int(s, 3), &f->net) &&
                   money_add(f->cost, db_col_int(s, 4), &f->cost)
               ? ERR_OK
               : err_set_field(e, ERR_INVALID, "revenue", _("the amount is too large"));
}

enum err_code kpi_load_groups(struct db *db, const struct kpi_request *r, struct kpi_set *out, struct err *e) {
    struct db_stmt *s = NULL;
    struct counted counted = {0};
    char first[DATE_SIZE], last[DATE_SIZE];
    month_first_day(r->month, first);
    month_last_day(r->month, last);
    if (r->scope == SCOPE_PROVINCE && out->places == NULL) {
        out->places = intern_new();
        intern_add(out->places, "");
    }
    const char *as_of = r->as_of == NULL ? "9999-99-99" : r->as_of;
    enum err_code rc = db_query(db, sql[r->scope], DB_BIND(DB_TEXT(first), DB_TEXT(last), DB_TEXT(as_of)), &s, e);
    enum db_row row = DB_END;
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        int64_t ref = r->scope == SCOPE_PROVINCE ? intern_add(out->places, db_col_text(s, 0)) : db_col_int(s, 0);
        rc = add_row(out, &counted, ref, s, e);
    }
    free(counted.orders);
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}
