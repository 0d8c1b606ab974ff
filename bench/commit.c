/* One sale of three scanned lines paid in cash, as the program commits it, beside a bare transaction that writes the
 * very same rows: commit SHOP.db N prints the median milliseconds of both and their ratio. They take turns, in files of
 * their own; both sync at every commit (WAL, synchronous FULL); the logs are folded in between, outside the clock. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "chotdon/order.h"
#include "chotdon/product.h"
#include "db/db.h"

enum { ROWS_MAX = 16, COLUMNS_MAX = 48, LINES = 3 };

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static void die(const char *what) {
    fprintf(stderr, "%s\n", what);
    exit(1);
}

static void noon(void *ctx, const char *time_zone, char text[DATETIME_SIZE]) {
    (void)ctx, (void)time_zone;
    snprintf(text, DATETIME_SIZE, "2026-11-21 12:00:00");
}

static double sell(struct shop *shop, const int64_t products[LINES]) {
    struct order_line_input lines[LINES] = {{0}};
    struct err e = ERR_INIT;
    struct order_ref ref;
    for (int i = 0; i < LINES; i++) {
        lines[i] = (struct order_line_input){.product_id = products[i], .qty = 1000};
    }
    const struct order_input in = {
        .status = ORDER_COMPLETED, .lines = lines, .line_count = LINES, .pay_rest = true, .rest_method = PAY_CASH};
    double start = now();
    if (order_add(shop, &in, &ref, &e) != ERR_OK) {
        die(e.message);
    }
    return now() - start;
}

/* A table whose rows the sale made: how to find them, and which columns must be new in every copy. */
struct table {
    const char *name, *where;
    int keys[3];  /* columns that grow by one with each copy; -1 ends */
    int text_key; /* a column that must be a new text; -1 none */
    bool update;  /* a row that is there and is written again */
    int rows, columns;
    sqlite3_value *values[ROWS_MAX][COLUMNS_MAX];
    sqlite3_stmt *write;
};
#define ORDER "(SELECT MAX(id) FROM orders)"
static struct table tables[] = {
    {.name = "orders", .where = "id = " ORDER, .keys = {0, -1}, .text_key = 1},
    {.name = "order_lines", .where = "order_id = " ORDER, .keys = {0, -1}, .text_key = -1},
    {.name = "order_states", .where = "order_id = " ORDER, .keys = {0, 1, -1}, .text_key = -1},
    {.name = "payments", .where = "order_id = " ORDER, .keys = {0, 1, -1}, .text_key = -1},
    {.name = "stock_moves", .where = "order_id = " ORDER, .keys = {0, 7, -1}, .text_key = -1},
    {.name = "stock",
     .where = "product_id IN (SELECT product_id FROM order_lines WHERE order_id = " ORDER ")",
     .keys = {-1},
     .text_key = -1,
     .update = true},
    {.name = "counters", .where = "series = 'DH' AND day = '261121'", .keys = {-1}, .text_key = -1, .update = true},
    {.name = "audit", .where = "id = (SELECT MAX(id) FROM audit)", .keys = {0, -1}, .text_key = -1},
    {.name = "audit_details", .where = "audit_id = (SELECT MAX(id) FROM audit)", .keys = {0, -1}, .text_key = -1},
    {.name = "audit_head", .where = "one = 1", .keys = {-1}, .text_key = -1, .update = true},
};
#define TABLES (sizeof tables / sizeof *tables)

static void run_sql(sqlite3 *db, const char *sql) {
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK) {
        die(sqlite3_errmsg(db));
    }
}

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql) {
    sqlite3_stmt *s = NULL;
    if (sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &s, NULL) != SQLITE_OK) {
        die(sqlite3_errmsg(db));
    }
    return s;
}

static void learn(sqlite3 *db, struct table *t) {
    char sql[1024];
    snprintf(sql, sizeof sql, "SELECT * FROM %s WHERE %s", t->name, t->where);
    sqlite3_stmt *s = prepare(db, sql);
    t->columns = sqlite3_column_count(s);
    while (sqlite3_step(s) == SQLITE_ROW && t->rows < ROWS_MAX) {
        for (int i = 0; i < t->columns && i < COLUMNS_MAX; i++) {
            t->values[t->rows][i] = sqlite3_value_dup(sqlite3_column_value(s, i));
        }
        t->rows++;
    }
    sqlite3_finalize(s);
    int n = snprintf(sql, sizeof sql, "%s INTO %s VALUES (?", t->update ? "REPLACE" : "INSERT", t->name);
    for (int i = 1; i < t->columns; i++) {
        n += snprintf(sql + n, sizeof sql - (size_t)n, ",?");
    }
    snprintf(sql + n, sizeof sql - (size_t)n, ")");
    t->write = prepare(db, sql);
}

static void write_row(sqlite3 *db, struct table *t, int row, int copy) {
    char text[32];
    for (int i = 0; i < t->columns; i++) {
        sqlite3_bind_value(t->write, i + 1, t->values[row][i]);
    }
    for (int k = 0; k < 3 && t->keys[k] >= 0; k++) {
        int step = k == 0 && t->rows > 1 && strcmp(t->name, "order_lines") != 0 ? t->rows : 1;
        sqlite3_bind_int64(t->write, t->keys[k] + 1, sqlite3_value_int64(t->values[row][t->keys[k]]) + copy * step);
    }
    if (t->text_key >= 0) {
        snprintf(text, sizeof text, "COPY261121-%06d", copy);
        sqlite3_bind_text(t->write, t->text_key + 1, text, -1, SQLITE_STATIC);
    }
    if (sqlite3_step(t->write) != SQLITE_DONE) {
        die(sqlite3_errmsg(db));
    }
    sqlite3_reset(t->write);
}

static double write_bare(sqlite3 *db, int copy) {
    static sqlite3_stmt *begin, *commit;
    if (begin == NULL) {
        begin = prepare(db, "BEGIN IMMEDIATE");
        commit = prepare(db, "COMMIT");
    }
    double start = now();
    sqlite3_step(begin);
    sqlite3_reset(begin);
    for (size_t i = 0; i < TABLES; i++) {
        for (int row = 0; row < tables[i].rows; row++) {
            write_row(db, &tables[i], row, copy);
        }
    }
    if (sqlite3_step(commit) != SQLITE_DONE) {
        die(sqlite3_errmsg(db));
    }
    sqlite3_reset(commit);
    return now() - start;
}

static sqlite3 *open_bare(const char *path) {
    sqlite3 *db = NULL;
    if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK) {
        die(sqlite3_errmsg(db));
    }
    run_sql(db, "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA wal_autocheckpoint=0;PRAGMA cache_size=-8000;"
                "PRAGMA foreign_keys=ON;PRAGMA temp_store=MEMORY");
    for (size_t i = 0; i < TABLES; i++) {
        learn(db, &tables[i]);
    }
    return db;
}

static void find_products(struct shop *shop, int64_t products[LINES]) {
    struct db_stmt *s = NULL;
    struct err e = ERR_INIT;
    if (db_query(shop_db(shop), "SELECT id FROM products WHERE price > 0 ORDER BY id LIMIT 3", DB_NO_BIND, &s, &e) !=
        ERR_OK) {
        die(e.message);
    }
    for (int i = 0; i < LINES && db_next(s, &e) == DB_ROW; i++) {
        products[i] = db_col_int(s, 0);
    }
    db_done(&s);
}

int main(int argc, char **argv) {
    int count = argc > 2 ? atoi(argv[2]) : 0;
    if (count < 1) {
        fputs("commit SHOP.db N\n", stderr);
        return 2;
    }
    struct shop_options options = {.path = argv[1], .clock = noon};
    struct shop *shop = NULL;
    struct err e = ERR_INIT;
    int64_t products[LINES] = {0};
    char copy[4096], command[9000];
    double *ours = calloc((size_t)count, sizeof *ours), *bare = calloc((size_t)count, sizeof *bare);
    if (ours == NULL || bare == NULL || shop_open(&options, &shop, &e) != ERR_OK) {
        die(e.message);
    }
    find_products(shop, products);
    for (int i = 0; i < 20; i++) {
        sell(shop, products); /* warm */
    }
    snprintf(copy, sizeof copy, "%s.bare", argv[1]);
    db_checkpoint(shop_db(shop), NULL);
    snprintf(command, sizeof command, "rm -f '%s'* && cp '%s' '%s'", copy, argv[1], copy);
    if (system(command) != 0) {
        die("no copy");
    }
    sqlite3 *db = open_bare(copy);
    for (int i = 0; i < count; i++) {
        ours[i] = sell(shop, products);
        bare[i] = write_bare(db, i + 1);
        if (i % 50 == 49) {
            db_checkpoint(shop_db(shop), NULL);
            sqlite3_wal_checkpoint_v2(db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
        }
    }
    qsort(ours, (size_t)count, sizeof *ours, by_size);
    qsort(bare, (size_t)count, sizeof *bare, by_size);
    printf("%.3f %.3f %.2f\n", ours[count / 2], bare[count / 2], ours[count / 2] / bare[count / 2]);
    shop_close(&shop);
    return 0;
}
