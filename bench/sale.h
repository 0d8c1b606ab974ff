/* A sale of three scanned lines paid in cash, as the program commits it, and its twin: a bare transaction in which
 * SQLite writes the very same rows. For commit.c and counters.c. */
#ifndef BENCH_SALE_H
#define BENCH_SALE_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "chotdon/order.h"
#include "db/db.h"

enum { SALE_LINES = 3, SALE_ROWS = 32, SALE_COLUMNS = 48, SALE_GOODS = 1000, SALE_NEW = 70 };

static double sale_now(void) { /* milliseconds */
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void sale_die(const char *what) {
    fprintf(stderr, "%s\n", what);
    exit(1);
}

static int sale_by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* Prints p50, p99, p99.9 and the most; sorts. */
static void sale_print(double *ms, size_t count) {
    qsort(ms, count, sizeof *ms, sale_by_size);
    printf("%.3f %.3f %.3f %.3f ", ms[count / 2], ms[count * 99 / 100], ms[count * 999 / 1000], ms[count - 1]);
}

/* What is sold: any of the shop's goods. */
struct goods {
    int64_t ids[SALE_GOODS];
    size_t count;
    uint64_t lot;
};

static void goods_draw(struct goods *g, int64_t products[SALE_LINES]) {
    for (int i = 0; i < SALE_LINES; i++) {
        g->lot = g->lot * UINT64_C(6364136223846793005) + 1442695040888963407;
        products[i] = g->ids[(g->lot >> 33) % g->count];
    }
}

static void sale_clock(void *ctx, const char *time_zone, char text[DATETIME_SIZE]) {
    (void)ctx, (void)time_zone;
    snprintf(text, DATETIME_SIZE, "2026-11-21 12:00:00");
}

static struct shop *sale_open(const char *path, struct goods *g) {
    const struct shop_options options = {.path = path, .clock = sale_clock};
    struct shop *shop = NULL;
    struct db_stmt *s = NULL;
    struct err e = ERR_INIT;
    if (shop_open(&options, &shop, &e) != ERR_OK ||
        db_query(shop_db(shop), "SELECT id FROM products WHERE price > 0 ORDER BY id % 97, id LIMIT 1000", DB_NO_BIND,
                 &s, &e) != ERR_OK) {
        sale_die(e.message);
    }
    while (g->count < SALE_GOODS && db_next(s, &e) == DB_ROW) {
        g->ids[g->count++] = db_col_int(s, 0);
    }
    db_done(&s);
    if (g->count == 0) {
        sale_die("no product has a price");
    }
    return shop;
}

/* The milliseconds it took; −1 refused. */
static double sale_make(struct shop *shop, struct goods *g) {
    int64_t products[SALE_LINES];
    struct order_line_input lines[SALE_LINES] = {{0}};
    struct err e = ERR_INIT;
    struct order_ref ref;
    goods_draw(g, products);
    for (int i = 0; i < SALE_LINES; i++) {
        lines[i] = (struct order_line_input){.product_id = products[i], .qty = 1000};
    }
    const struct order_input in = {
        .status = ORDER_COMPLETED, .lines = lines, .line_count = SALE_LINES, .pay_rest = true, .rest_method = PAY_CASH};
    double start = sale_now();
    enum err_code rc = order_add(shop, &in, &ref, &e);
    if (rc != ERR_OK && rc != ERR_BUSY) {
        sale_die(e.message);
    }
    return rc == ERR_OK ? sale_now() - start : -1;
}

/* A table whose rows the sale made or, with keys, wrote again; and what differs from one sale to the next in each
 * column
 * ('a' its own id, 'o' the order's, 'n' the order's number, 'u' the audit row's, 'p' the product of the line, '+' a
 * number and 'h' a hash that are others each time, '.' nothing): SQLite does not write a page that stays as it was. */
struct twin_table {
    const char *name, *where, *differs;
    int keys;
    int rows, columns;
    sqlite3_value *values[SALE_ROWS][SALE_COLUMNS];
    sqlite3_stmt *write;
};

struct twin {
    sqlite3 *db;
    sqlite3_stmt *begin, *commit, *rollback;
    struct twin_table tables[12];
    int station;
    long sales;
};

#define TWIN_ORDER "(SELECT MAX(id) FROM orders)"
static const struct twin_table twin_tables[] = {
    {.name = "orders", .where = "id = " TWIN_ORDER, .differs = "an"},
    {.name = "order_lines", .where = "order_id = " TWIN_ORDER, .differs = "o.p"},
    {.name = "payments", .where = "order_id = " TWIN_ORDER, .differs = "ao"},
    {.name = "stock_moves", .where = "order_id = " TWIN_ORDER, .differs = "ap.....o"},
    {.name = "stock",
     .where = "product_id IN (SELECT product_id FROM order_lines WHERE order_id = " TWIN_ORDER ")",
     .differs = "p++",
     .keys = 1},
    {.name = "counters", .where = "series = 'DH' AND day = '261121'", .differs = "..+", .keys = 2},
    {.name = "sales_figures", .where = "month = '2026-11' AND staff_id = 0", .differs = "...+++.", .keys = 3},
    {.name = "audit", .where = "id = (SELECT MAX(id) FROM audit)", .differs = "a"},
    {.name = "audit_details", .where = "audit_id = (SELECT MAX(id) FROM audit)", .differs = "u"},
    {.name = "audit_head", .where = "one = 1", .differs = ".+h", .keys = 1},
    {.name = "seals",
     .where =
         "name IN ('orders', 'order_lines', 'payments', 'stock_moves', 'stock', 'counters', 'sales_figures', 'audit',"
         " 'audit_details', 'audit_head')",
     .differs = ".++",
     .keys = 1},
};
enum { TWIN_TABLES = sizeof twin_tables / sizeof *twin_tables };

static void twin_run(sqlite3 *db, const char *sql) {
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK) {
        sale_die(sqlite3_errmsg(db));
    }
}

static sqlite3_stmt *twin_prepare(sqlite3 *db, const char *sql) {
    sqlite3_stmt *s = NULL;
    if (sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &s, NULL) != SQLITE_OK) {
        sale_die(sqlite3_errmsg(db));
    }
    return s;
}

static void twin_prepare_write(sqlite3 *db, struct twin_table *t, sqlite3_stmt *read) {
    char sql[2048];
    int n = snprintf(sql, sizeof sql, t->keys > 0 ? "UPDATE %s SET " : "INSERT INTO %s VALUES (", t->name);
    for (int i = t->keys; i < t->columns; i++) {
        const char *comma = i == t->keys ? "" : ", ";
        n += t->keys > 0
                 ? snprintf(sql + n, sizeof sql - (size_t)n, "%s%s = ?%d", comma, sqlite3_column_name(read, i), i + 1)
                 : snprintf(sql + n, sizeof sql - (size_t)n, "%s?%d", comma, i + 1);
    }
    for (int i = 0; i < t->keys; i++) {
        n += snprintf(sql + n, sizeof sql - (size_t)n, "%s%s = ?%d", i == 0 ? " WHERE " : " AND ",
                      sqlite3_column_name(read, i), i + 1);
    }
    snprintf(sql + n, sizeof sql - (size_t)n, "%s", t->keys > 0 ? "" : ")");
    t->write = twin_prepare(db, sql);
}

/* What the last sale in the file wrote. */
static void twin_learn(sqlite3 *db, struct twin_table *t) {
    char sql[1024];
    snprintf(sql, sizeof sql, "SELECT * FROM %s WHERE %s", t->name, t->where);
    sqlite3_stmt *s = twin_prepare(db, sql);
    t->columns = sqlite3_column_count(s);
    while (t->rows < SALE_ROWS && sqlite3_step(s) == SQLITE_ROW) {
        for (int i = 0; i < t->columns && i < SALE_COLUMNS; i++) {
            t->values[t->rows][i] = sqlite3_value_dup(sqlite3_column_value(s, i));
        }
        t->rows++;
    }
    twin_prepare_write(db, t, s);
    sqlite3_finalize(s);
}

/* As SQLite comes, and the program: 2 MB of pages; it waits for others by its own busy handler and folds its log in at
 * every 1000 pages. */
static void twin_open(struct twin *w, const char *path, int station) {
    if (sqlite3_open_v2(path, &w->db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK) {
        sale_die(sqlite3_errmsg(w->db));
    }
    sqlite3_busy_timeout(w->db, 5000);
    twin_run(w->db, "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA cache_size=-2000;PRAGMA foreign_keys=ON;"
                    "PRAGMA temp_store=MEMORY");
    w->station = station;
    memcpy(w->tables, twin_tables, sizeof twin_tables);
    for (int i = 0; i < TWIN_TABLES; i++) {
        twin_learn(w->db, &w->tables[i]);
    }
    w->begin = twin_prepare(w->db, "BEGIN IMMEDIATE");
    w->commit = twin_prepare(w->db, "COMMIT");
    w->rollback = twin_prepare(w->db, "ROLLBACK");
}

static bool twin_step(sqlite3_stmt *s) {
    int rc = sqlite3_step(s);
    sqlite3_reset(s);
    if (rc != SQLITE_DONE && rc != SQLITE_BUSY) {
        sale_die(sqlite3_errmsg(sqlite3_db_handle(s)));
    }
    return rc == SQLITE_DONE;
}

static void twin_write(struct twin *w, const struct twin_table *t, int row, const int64_t products[SALE_LINES],
                       int64_t order, int64_t audit) {
    char number[SALE_NEW];
    for (int i = 0; i < t->columns; i++) {
        char differs = (size_t)i < strlen(t->differs) ? t->differs[i] : '.';
        if (differs == '.') {
            sqlite3_bind_value(t->write, i + 1, t->values[row][i]);
        } else if (differs == 'a') {
            sqlite3_bind_null(t->write, i + 1);
        } else if (differs == 'n') {
            snprintf(number, sizeof number, "C%03d-%06ld", w->station, w->sales);
            sqlite3_bind_text(t->write, i + 1, number, -1, SQLITE_STATIC);
        } else if (differs == 'h') {
            snprintf(number, sizeof number, "%064ld", w->sales);
            sqlite3_bind_text(t->write, i + 1, number, -1, SQLITE_STATIC);
        } else if (differs == '+') {
            sqlite3_bind_int64(t->write, i + 1, sqlite3_value_int64(t->values[row][i]) + w->sales * 1009);
        } else {
            sqlite3_bind_int64(t->write, i + 1,
                               differs == 'o'   ? order
                               : differs == 'u' ? audit
                                                : products[row % SALE_LINES]);
        }
    }
    twin_step(t->write);
}

/* The milliseconds it took; −1 refused. */
static double twin_make(struct twin *w, struct goods *g) {
    int64_t products[SALE_LINES], order = 0, audit = 0;
    goods_draw(g, products);
    double start = sale_now();
    if (!twin_step(w->begin)) {
        return -1;
    }
    w->sales++;
    for (int i = 0; i < TWIN_TABLES; i++) {
        for (int row = 0; row < w->tables[i].rows; row++) {
            twin_write(w, &w->tables[i], row, products, order, audit);
        }
        int64_t id = sqlite3_last_insert_rowid(w->db);
        order = strcmp(w->tables[i].name, "orders") == 0 ? id : order;
        audit = strcmp(w->tables[i].name, "audit") == 0 ? id : audit;
    }
    if (!twin_step(w->commit)) {
        twin_step(w->rollback);
        return -1;
    }
    return sale_now() - start;
}

/* A file of its own for the twin, beside the shop's: what is in the log is in it, too. */
static void twin_copy(struct shop *shop, const char *path, char *copy, size_t size) {
    char command[9000];
    snprintf(copy, size, "%.1000s.bare", path);
    snprintf(command, sizeof command, "rm -f '%s' '%s-wal' '%s-shm' && cp '%.1000s' '%s'", copy, copy, copy, path,
             copy);
    if (db_checkpoint(shop_db(shop), NULL) != ERR_OK || system(command) != 0) {
        sale_die("no copy");
    }
}

#endif
