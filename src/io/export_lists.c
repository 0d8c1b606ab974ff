/* Payments, stock and its moves, receivables, the audit. */
#include <string.h>

#include "chotdon/audit.h"
#include "chotdon/order_counts.h"
#include "chotdon/report.h"
#include "chotdon/stock.h"
#include "db/db.h"
#include "io/export_core.h"

enum err_code export_payments(struct export *x, struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc =
        db_query(shop_db(x->shop),
                 "SELECT o.order_no, " PAYMENT_DAY(
                     "o", "y") ", y.method, y.amount, y.note FROM payments y JOIN orders o ON o.id = y.order_id "
                               "WHERE ($1 IS NULL OR " PAYMENT_DAY("o", "y") " >= $1) AND ($2 IS NULL OR " PAYMENT_DAY(
                                   "o", "y") " <= $2) ORDER BY y.id",
                 DB_BIND(DB_TEXT(x->options->from), DB_TEXT(x->options->to)), &s, e);
    enum db_row next = DB_END;
    while (rc == ERR_OK && (next = db_next(s, e)) == DB_ROW) {
        table_text(x->table, db_col_text(s, 0));
        table_text(x->table, db_col_text(s, 1));
        table_text(x->table, db_col_text(s, 2));
        table_number(x->table, db_col_int(s, 3));
        table_text(x->table, db_col_text(s, 4));
        rc = export_end_row(x, e);
    }
    db_done(&s);
    return rc == ERR_OK && next == DB_FAILED ? ERR_DB : rc;
}

/* Products that stock is kept of: those that ever moved. */
enum err_code export_stock(struct export *x, struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc =
        db_query(shop_db(x->shop),
                 "SELECT p.sku, k.on_hand, k.value, k.last_cost FROM stock k JOIN products p ON p.id = k.product_id "
                 "WHERE EXISTS (SELECT 1 FROM stock_moves m WHERE m.product_id = k.product_id) ORDER BY p.sku",
                 DB_NO_BIND, &s, e);
    enum db_row next = DB_END;
    while (rc == ERR_OK && (next = db_next(s, e)) == DB_ROW) {
        struct stock_level level = {db_col_int(s, 1), db_col_int(s, 2), db_col_int(s, 3)};
        table_text(x->table, db_col_text(s, 0));
        table_number(x->table, level.on_hand);
        table_number(x->table, stock_level_cost(&level));
        rc = export_end_row(x, e);
    }
    db_done(&s);
    return rc == ERR_OK && next == DB_FAILED ? ERR_DB : rc;
}

static enum err_code move_row(void *ctx, const struct stock_move *m, struct err *e) {
    struct export *x = ctx;
    table_text(x->table, m->date);
    table_text(x->table, m->sku);
    table_text(x->table, stock_kind_code(m->kind));
    table_number(x->table, m->qty);
    table_number(x->table, m->cost);
    table_text(x->table, m->document);
    table_text(x->table, m->staff);
    table_text(x->table, m->note);
    return export_end_row(x, e);
}

enum err_code export_stock_moves(struct export *x, struct err *e) {
    struct stock_move_filter filter = {.from = x->options->from, .to = x->options->to};
    return stock_moves(x->shop, &filter, move_row, x, e);
}

static enum err_code receivable_row(void *ctx, const struct receivable_row *r, struct err *e) {
    struct export *x = ctx;
    const struct export_options *o = x->options;
    if ((o->from != NULL && strcmp(r->order_date, o->from) < 0) ||
        (o->to != NULL && strcmp(r->order_date, o->to) > 0)) {
        return ERR_OK;
    }
    table_text(x->table, r->customer);
    table_text(x->table, r->name);
    table_text(x->table, r->phone);
    table_text(x->table, r->order_no);
    table_text(x->table, r->order_date);
    table_number(x->table, r->due);
    table_number(x->table, r->age_days);
    return export_end_row(x, e);
}

enum err_code export_receivables(struct export *x, struct err *e) {
    return report_receivables(x->shop, receivable_row, x, e);
}

void export_audit_row(struct table *t, const struct audit_row *r) {
    table_number(t, r->id);
    table_text(t, r->time);
    table_text(t, r->staff);
    table_text(t, r->action);
    table_text(t, r->entity);
    table_text(t, r->detail);
    table_text(t, r->hash);
}

static enum err_code audit_row(void *ctx, const struct audit_row *r, struct err *e) {
    struct export *x = ctx;
    export_audit_row(x->table, r);
    return export_end_row(x, e);
}

enum err_code export_audit(struct export *x, struct err *e) {
    struct audit_filter filter = {.from = x->options->from, .to = x->options->to};
    return audit_list(x->shop, &filter, audit_row, x, e);
}
