#include "domain/report_lines.h"

#include <stdlib.h>

#include "base/mem.h"
#include "chotdon/order_counts.h"

/* Which row a product's lines go to. Rows are made for all of them beforehand and those without sales dropped at the
 * end: millions of lines then find theirs by a number, and nothing is sorted. */
struct place {
    int64_t product_id;
    size_t row;
};
struct line_rows {
    struct report_rows *rows;
    struct place *places; /* by product_id */
    size_t count, capacity;
    int64_t *last_order; /* of each row: documents are counted once */
};

static enum err_code make_places(struct db *db, bool by_group, struct line_rows *l, struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(db,
                                by_group ? "SELECT p.id, g.path, g.path FROM products p LEFT JOIN product_groups g ON "
                                           "g.id = p.group_id ORDER BY p.id"
                                         : "SELECT p.id, p.sku, p.name FROM products p ORDER BY p.id",
                                DB_NO_BIND, &s, e);
    enum db_row got = DB_END;
    while (rc == ERR_OK && (got = db_next(s, e)) == DB_ROW) {
        const struct sales_row *row = report_rows_at(l->rows, db_col_text(s, 1), db_col_text(s, 2));
        l->places = mem_grow(l->places, l->count, &l->capacity, sizeof *l->places);
        l->places[l->count++] = (struct place){db_col_int(s, 0), (size_t)(row - l->rows->rows)};
    }
    db_done(&s);
    return got == DB_FAILED ? ERR_DB : rc;
}

static int compare_places(const void *a, const void *b) {
    const struct place *x = a, *y = b;
    return x->product_id < y->product_id ? -1 : x->product_id > y->product_id;
}

static enum err_code add_line(struct line_rows *l, struct db_stmt *s, struct err *e) {
    const struct place wanted = {.product_id = db_col_int(s, 0)};
    const struct place *place = bsearch(&wanted, l->places, l->count, sizeof wanted, compare_places);
    if (place == NULL) { /* foreign keys forbid it; the check would tell */
        return ERR_OK;
    }
    int64_t order_id = db_col_int(s, 1);
    bool first = l->last_order[place->row] != order_id;
    bool is_return = db_col_int(s, 2) != 0;
    l->last_order[place->row] = order_id;
    const struct sales_row figures = {.orders = first && !is_return,
                                      .returns = first && is_return,
                                      .qty = db_col_int(s, 3),
                                      .revenue = db_col_int(s, 4),
                                      .net_revenue = db_col_int(s, 5),
                                      .cost = db_col_int(s, 6),
                                      .discount = db_col_int(s, 7)};
    return report_row_add(&l->rows->rows[place->row], &figures, e);
}

/* The lines of an order come together: they are read by order. */
static enum err_code add_lines(struct db *db, const char *from, const char *to, struct line_rows *l, struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc =
        db_query(db,
                 "SELECT l.product_id, o.id, o.is_return, l.qty * l.factor / 1000, l.net + l.vat, l.net,"
                 " l.cost, l.discount + l.order_discount FROM orders o"
                 " JOIN order_lines l ON l.order_id = o.id WHERE " ORDER_COUNTS(
                     "o") " AND o.order_date >= $1 AND o.order_date <= $2 ORDER BY o.order_date, o.order_time,"
                          " o.id",
                 DB_BIND(DB_TEXT(from), DB_TEXT(to)), &s, e);
    enum db_row got = DB_END;
    while (rc == ERR_OK && (got = db_next(s, e)) == DB_ROW) {
        rc = add_line(l, s, e);
    }
    db_done(&s);
    return got == DB_FAILED ? ERR_DB : rc;
}

enum err_code report_lines_add(struct db *db, bool by_group, const char *from, const char *to, struct report_rows *rows,
                               struct err *e) {
    struct line_rows l = {.rows = rows};
    enum err_code rc = make_places(db, by_group, &l, e);
    l.last_order = mem_array(rows->count + 1, sizeof *l.last_order);
    if (rc == ERR_OK) {
        rc = add_lines(db, from, to, &l, e);
    }
    report_rows_drop_empty(rows);
    free(l.places);
    free(l.last_order);
    return rc;
}
