#include "chotdon/import_spool.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "domain/record.h"
#include "domain/shop_internal.h"

enum { PAGE_ROWS = 1000, PAGE_BYTES = 4 << 20 };

enum err_code import_spool_transact(struct shop *shop, shop_fn *fn, void *ctx, struct err *e) {
    db_spill(shop->db, true);
    enum err_code rc = shop_transact(shop, fn, ctx, e);
    db_spill(shop->db, false);
    return rc;
}

enum err_code import_spool_begin(struct shop *shop, struct err *e) {
    static const char *const tables[] = {
        ("CREATE TEMP TABLE spool_rows (seq INTEGER PRIMARY KEY, line INTEGER, order_no TEXT, return_of TEXT, "
         "is_return INTEGER, bad INTEGER, cells TEXT)"),
        "CREATE TEMP TABLE spool_orders (order_no TEXT PRIMARY KEY, first INTEGER, return_of TEXT, is_return INTEGER)",
        "CREATE TEMP TABLE spool_sales (order_no TEXT PRIMARY KEY, first INTEGER)",
        "CREATE TEMP TABLE spool_sorted (place INTEGER PRIMARY KEY, seq INTEGER, has_returns INTEGER)"};
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < sizeof tables / sizeof *tables && rc == ERR_OK; i++) {
        rc = db_exec_script(shop->db, tables[i], e);
    }
    return rc;
}

enum err_code import_spool_add(struct shop *shop, const struct import_spool_row *row, struct err *e) {
    return db_run(shop->db,
                  "INSERT INTO spool_rows (line, order_no, return_of, is_return, bad, cells) VALUES ($1, $2, $3, $4, "
                  "$5, $6)",
                  DB_BIND(DB_INT(row->line), DB_TEXT(row->order_no), DB_TEXT(row->return_of), DB_INT(row->is_return),
                          DB_INT(row->bad), DB_TEXT(row->cells)),
                  e);
}

enum err_code import_spool_sort(struct shop *shop, struct err *e) {
    static const char *const steps[] = {
        ("INSERT INTO spool_orders (order_no, first, return_of, is_return) SELECT order_no, MIN(seq), MAX(return_of), "
         "MAX(is_return) FROM spool_rows GROUP BY order_no"),
        ("INSERT INTO spool_sales (order_no, first) SELECT return_of, MIN(first) FROM spool_orders WHERE is_return = 1 "
         "AND return_of <> '' GROUP BY return_of"),
        ("INSERT INTO spool_sorted (seq, has_returns) SELECT r.seq, CASE WHEN s.first IS NULL THEN 0 ELSE 1 END "
         "FROM spool_rows r JOIN spool_orders o ON o.order_no = r.order_no LEFT JOIN spool_sales s ON s.order_no = "
         "o.order_no AND o.is_return = 0 ORDER BY CASE WHEN s.first < o.first THEN s.first ELSE o.first END, "
         "o.is_return, o.first, r.seq")};
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < sizeof steps / sizeof *steps && rc == ERR_OK; i++) {
        rc = db_run(shop->db, steps[i], DB_NO_BIND, e);
    }
    return rc;
}

static void forget(struct import_spool_page *page) {
    for (size_t i = 0; i < page->count; i++) {
        free(page->rows[i].cells);
    }
    page->count = 0;
}

void import_spool_page_clear(struct import_spool_page *page) {
    forget(page);
    free(page->rows);
    *page = (struct import_spool_page){0};
}

enum err_code import_spool_read(struct shop *shop, struct import_spool_page *page, struct err *e) {
    struct db_stmt *s = NULL;
    size_t bytes = 0;
    forget(page);
    enum err_code rc = db_query(shop->db,
                                "SELECT o.place, r.line, r.bad, o.has_returns, r.cells FROM spool_sorted o JOIN "
                                "spool_rows r ON r.seq = o.seq WHERE o.place > $1 ORDER BY o.place",
                                DB_BIND(DB_INT(page->place)), &s, e);
    enum db_row next = rc == ERR_OK ? DB_ROW : DB_END;
    while (next == DB_ROW && page->count < PAGE_ROWS && bytes < PAGE_BYTES && (next = db_next(s, e)) == DB_ROW) {
        page->rows = mem_grow(page->rows, page->count, &page->cap, sizeof *page->rows);
        page->rows[page->count] = (struct import_spool_row){.line = db_col_int(s, 1),
                                                            .bad = db_col_int(s, 2) != 0,
                                                            .has_returns = db_col_int(s, 3) != 0,
                                                            .cells = db_col_dup(s, 4)};
        bytes += strlen(page->rows[page->count++].cells);
        page->place = db_col_int(s, 0);
    }
    db_done(&s);
    return next == DB_FAILED ? record_failed(e) : rc;
}
