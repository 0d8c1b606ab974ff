#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/qty.h"
#include "domain/check_run.h"

#define ORDERS_MAX 500000000 /* ids grow one by one; a larger one was put there by hand */

/* What is kept of a product, less its moves. */
struct kept {
    int64_t product_id;
    int64_t on_hand, value; /* as kept */
    int64_t qty_left, value_left;
};

/* The ledger is read once, as it lies. `sums` has for each order one sum over products of quantity × a number of the
 * product's own: lines add, moves take off, and what is not 0 in the end does not fit. */
struct ledger {
    struct kept *products; /* by id */
    size_t count, capacity;
    uint64_t *sums; /* by the order's id */
    int64_t last_order;
};

static uint64_t mark_of(int64_t product_id) {
    uint64_t x = (uint64_t)product_id * UINT64_C(0x9E3779B97F4A7C15);
    return (x ^ (x >> 29)) | 1;
}

static int compare_ids(const void *a, const void *b) {
    const struct kept *x = a, *y = b;
    return x->product_id < y->product_id ? -1 : x->product_id > y->product_id;
}

static void add_to_order(struct ledger *l, int64_t order_id, int64_t product_id, int64_t qty) {
    if (order_id > 0 && order_id <= l->last_order) {
        l->sums[order_id] += mark_of(product_id) * (uint64_t)qty;
    }
}

static enum err_code read_kept(struct db *db, struct ledger *l, struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(db,
                                "SELECT p.id, COALESCE(s.on_hand, 0), COALESCE(s.value, 0) FROM products p"
                                " LEFT JOIN stock s ON s.product_id = p.id ORDER BY p.id",
                                DB_NO_BIND, &s, e);
    enum db_row got = DB_END;
    while (rc == ERR_OK && (got = db_next(s, e)) == DB_ROW) {
        l->products = mem_grow(l->products, l->count, &l->capacity, sizeof *l->products);
        l->products[l->count++] =
            (struct kept){db_col_int(s, 0), db_col_int(s, 1), db_col_int(s, 2), db_col_int(s, 1), db_col_int(s, 2)};
    }
    db_done(&s);
    return got == DB_FAILED ? ERR_DB : rc;
}

static enum err_code read_lines(struct db *db, struct ledger *l, struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(db,
                                "SELECT l.order_id, l.product_id, l.qty * l.factor / 1000 FROM orders o"
                                " JOIN order_lines l ON l.order_id = o.id WHERE o.stock_out = 1",
                                DB_NO_BIND, &s, e);
    enum db_row got = DB_END;
    while (rc == ERR_OK && (got = db_next(s, e)) == DB_ROW) {
        add_to_order(l, db_col_int(s, 0), db_col_int(s, 1), db_col_int(s, 2));
    }
    db_done(&s);
    return got == DB_FAILED ? ERR_DB : rc;
}

/* What was damaged on its way back leaves by a second move of its order, which its lines know nothing of. */
static enum err_code read_moves(struct db *db, struct ledger *l, struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc =
        db_query(db, "SELECT product_id, qty, value, order_id, kind = 'damage' FROM stock_moves", DB_NO_BIND, &s, e);
    enum db_row got = DB_END;
    while (rc == ERR_OK && (got = db_next(s, e)) == DB_ROW) {
        const struct kept wanted = {.product_id = db_col_int(s, 0)};
        struct kept *kept = l->count == 0 ? NULL : bsearch(&wanted, l->products, l->count, sizeof wanted, compare_ids);
        if (kept != NULL) { /* wrapping is fine: what is right ends at 0 */
            kept->qty_left = (int64_t)((uint64_t)kept->qty_left - (uint64_t)db_col_int(s, 1));
            kept->value_left = (int64_t)((uint64_t)kept->value_left - (uint64_t)db_col_int(s, 2));
        }
        if (db_col_int(s, 4) == 0) {
            add_to_order(l, db_col_int(s, 3), db_col_int(s, 0), db_col_int(s, 1));
        }
    }
    db_done(&s);
    return got == DB_FAILED ? ERR_DB : rc;
}

static enum err_code tell_product(struct check_run *run, const struct kept *k, struct err *e) {
    char *sku = NULL;
    char kept[MONEY_TEXT_MAX], made[MONEY_TEXT_MAX];
    enum err_code rc =
        db_get_text(run->db, "SELECT sku FROM products WHERE id = $1", DB_BIND(DB_INT(k->product_id)), &sku, e);
    if (rc == ERR_OK && k->qty_left != 0) {
        check_found(run, _("product %s: %s on hand, but its stock moves make %s (count it: chotdon stock count FILE)"),
                    sku, qty_format(k->on_hand, kept), qty_format(k->on_hand - k->qty_left, made));
    }
    if (rc == ERR_OK && k->value_left != 0) {
        const struct currency *currency = shop_currency(run->shop);
        check_found(run, _("product %s: the stock's value is %s, but its moves make %s (restore a backup)"), sku,
                    money_format(k->value, currency, true, kept),
                    money_format(k->value - k->value_left, currency, true, made));
    }
    free(sku);
    return rc;
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

static enum err_code tell(struct check_run *run, const struct ledger *l, struct err *e) {
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < l->count && rc == ERR_OK; i++) {
        if (l->products[i].qty_left != 0 || l->products[i].value_left != 0) {
            rc = tell_product(run, &l->products[i], e);
        }
    }
    check_end(run);
    for (int64_t id = 1; id <= l->last_order && rc == ERR_OK; id++) {
        if (l->sums[id] != 0) {
            rc = tell_order(run, id, e);
        }
    }
    check_end(run);
    return rc;
}

enum err_code check_stock(struct check_run *run, struct err *e) {
    static enum err_code (*const parts[])(struct db * db, struct ledger * l, struct err * e) = {read_kept, read_lines,
                                                                                                read_moves};
    struct ledger l = {0};
    enum err_code rc = db_get_int(run->db, "SELECT COALESCE(MAX(id), 0) FROM orders", DB_NO_BIND, &l.last_order, e);
    if (rc == ERR_OK && l.last_order > ORDERS_MAX) {
        check_found(run, _("an order has the id %lld, which the program never gave (restore a backup)"),
                    (long long)l.last_order);
        check_end(run);
        return ERR_OK;
    }
    if (rc != ERR_OK) {
        return rc;
    }
    l.sums = mem_array((size_t)l.last_order + 1, sizeof *l.sums);
    for (size_t i = 0; i < sizeof parts / sizeof *parts && rc == ERR_OK; i++) {
        rc = parts[i](run->db, &l, e);
    }
    if (rc == ERR_OK) {
        rc = tell(run, &l, e);
    }
    free(l.products);
    free(l.sums);
    return rc;
}
