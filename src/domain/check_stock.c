#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "domain/check_run.h"

static const struct check_rule rules[] = {
    {"SELECT p.sku, COALESCE(s.on_hand, 0), COALESCE(m.qty, 0) FROM products p LEFT JOIN stock s ON s.product_id = p.id"
     " LEFT JOIN (SELECT product_id, SUM(qty) AS qty FROM stock_moves GROUP BY product_id) m ON m.product_id = p.id"
     " WHERE COALESCE(s.on_hand, 0) <> COALESCE(m.qty, 0)",
     N_("product %s: %s on hand, but its stock moves make %s (count it: chotdon stock count FILE)"), CHECK_QTY},
    {"SELECT p.sku, COALESCE(s.value, 0), COALESCE(m.value, 0) FROM products p LEFT JOIN stock s ON s.product_id = p.id"
     " LEFT JOIN (SELECT product_id, SUM(value) AS value FROM stock_moves GROUP BY product_id) m"
     " ON m.product_id = p.id WHERE COALESCE(s.value, 0) <> COALESCE(m.value, 0)",
     N_("product %s: the stock's value is %s, but its moves make %s (restore a backup)"), CHECK_MONEY},
};

/* For each order one sum over products of quantity × a number of the product's own: lines add, moves take off, and what
 * is not 0 in the end does not fit. Indexed by the order's id, so that millions of lines are read once, unsorted. */
struct balance {
    uint64_t *sums;
    int64_t last; /* id */
};

static uint64_t mark_of(int64_t product_id) {
    uint64_t x = (uint64_t)product_id * UINT64_C(0x9E3779B97F4A7C15);
    return (x ^ (x >> 29)) | 1;
}

static enum err_code add_rows(struct db *db, const char *sql, struct balance *b, struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(db, sql, DB_NO_BIND, &s, e);
    enum db_row got = DB_END;
    while (rc == ERR_OK && (got = db_next(s, e)) == DB_ROW) {
        int64_t id = db_col_int(s, 0);
        if (id > 0 && id <= b->last) {
            b->sums[id] += mark_of(db_col_int(s, 1)) * (uint64_t)db_col_int(s, 2);
        }
    }
    db_done(&s);
    return got == DB_FAILED ? ERR_DB : rc;
}

static enum err_code tell_order(struct check_run *run, int64_t id, struct err *e) {
    char *no = NULL;
    enum err_code rc = db_get_text(run->db, "SELECT COALESCE(order_no, 'id ' || id) FROM orders WHERE id = $1",
                                   DB_BIND(DB_INT(id)), &no, e);
    if (rc == ERR_OK) {
        check_found(run, _("order %s: its stock moves are not what its lines took (count the products in it)"), no);
    }
    free(no);
    return rc == ERR_NOT_FOUND ? ERR_OK : rc; /* foreign keys tell of moves without an order */
}

static enum err_code check_moves_of_orders(struct check_run *run, struct err *e) {
    struct balance b = {0};
    enum err_code rc = db_get_int(run->db, "SELECT COALESCE(MAX(id), 0) FROM orders", DB_NO_BIND, &b.last, e);
    if (rc != ERR_OK) {
        return rc;
    }
    b.sums = mem_array((size_t)b.last + 1, sizeof *b.sums);
    rc = add_rows(run->db,
                  "SELECT l.order_id, l.product_id, l.qty * l.factor / 1000 FROM orders o"
                  " JOIN order_lines l ON l.order_id = o.id WHERE o.stock_out = 1",
                  &b, e);
    if (rc == ERR_OK) {
        rc = add_rows(run->db,
                      "SELECT order_id, product_id, qty FROM stock_moves WHERE order_id IS NOT NULL"
                      " AND kind <> 'damage'",
                      &b, e);
    }
    for (int64_t id = 1; id <= b.last && rc == ERR_OK; id++) {
        if (b.sums[id] != 0) {
            rc = tell_order(run, id, e);
        }
    }
    free(b.sums);
    check_end(run);
    return rc;
}

enum err_code check_stock(struct check_run *run, struct err *e) {
    enum err_code rc = check_rules(run, rules, sizeof rules / sizeof *rules, e);
    return rc == ERR_OK ? check_moves_of_orders(run, e) : rc;
}
