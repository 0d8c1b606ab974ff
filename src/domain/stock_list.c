/* Reading the ledger and the levels. */
#include "base/i18n.h"
#include "chotdon/permission.h"
#include "domain/record.h"
#include "domain/shop_internal.h"
#include "domain/stock_book.h"

#include <string.h>

static enum stock_kind kind_of(const char *code) {
    for (int k = STOCK_PURCHASE; k < STOCK_DAMAGE; k++) {
        if (strcmp(stock_kind_code((enum stock_kind)k), code) == 0) {
            return (enum stock_kind)k;
        }
    }
    return STOCK_DAMAGE;
}

#define DAY "CASE m.date WHEN '=' THEN o.order_date ELSE m.date END"
#define MOVES                                                                                                          \
    "SELECT m.id, " DAY ", p.sku, m.kind, m.qty, m.cost, COALESCE(o.order_no, m.document), s.code, m.note"             \
    " FROM stock_moves m JOIN products p ON p.id = m.product_id LEFT JOIN orders o ON o.id = m.order_id"               \
    " LEFT JOIN staff s ON s.id = m.staff_id WHERE "
#define NEWEST(where)                                                                                                  \
    "SELECT * FROM (" MOVES where DAY " >= $1 AND " DAY " <= $2 ORDER BY m.id DESC LIMIT $3) t ORDER BY id"
#define OLDEST(where) MOVES where DAY " >= $1 AND " DAY " <= $2 ORDER BY m.id LIMIT $3"

enum err_code stock_moves(struct shop *shop, const struct stock_move_filter *filter, stock_move_fn *row, void *ctx,
                          struct err *e) {
    static const struct stock_move_filter all = {0};
    const struct stock_move_filter *f = filter == NULL ? &all : filter;
    const char *one = f->limit > 0 ? NEWEST("m.product_id = $4 AND ") : OLDEST("m.product_id = $4 AND ");
    const char *any = f->limit > 0 ? NEWEST("") : OLDEST("");
    struct db_stmt *s = NULL;
    const struct db_value values[] = {
        DB_TEXT(f->from == NULL ? "" : f->from),
        DB_TEXT(f->to == NULL || f->to[0] == '\0' ? "9999-12-31" : f->to),
        DB_INT(f->limit > 0 ? f->limit : INT64_MAX),
        f->product_id == 0 ? (struct db_value){.kind = DB_KIND_END} : DB_INT(f->product_id),
        {.kind = DB_KIND_END},
    };
    enum err_code rc = db_query(shop->db, f->product_id == 0 ? any : one, values, &s, e);
    bool shows_cost = shop_may(shop, PERMIT_SEE_COST);
    enum db_row got = DB_END;
    while (rc == ERR_OK && (got = db_next(s, e)) == DB_ROW) {
        struct stock_move m = {
            .id = db_col_int(s, 0),
            .date = db_col_text(s, 1),
            .sku = db_col_text(s, 2),
            .kind = kind_of(db_col_text(s, 3)),
            .qty = db_col_int(s, 4),
            .cost = shows_cost ? db_col_int(s, 5) : 0,
            .document = db_col_text(s, 6),
            .staff = db_col_text(s, 7),
            .note = db_col_text(s, 8),
        };
        rc = row(ctx, &m, e);
    }
    db_done(&s);
    return got == DB_FAILED ? record_failed(e) : rc;
}

enum err_code stock_get(struct shop *shop, int64_t product_id, struct stock_level *out, struct err *e) {
    struct goods *g = NULL;
    *out = (struct stock_level){0};
    stock_plan_begin(shop->stock);
    enum err_code rc = stock_plan_goods(shop->stock, product_id, &g, e);
    if (rc == ERR_OK) {
        *out = g->level;
        if (!shop_may(shop, PERMIT_SEE_COST)) {
            out->value = out->last_cost = 0;
        }
    }
    return rc;
}
