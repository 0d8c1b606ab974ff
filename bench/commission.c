/* Commission on a shop of 200 reps and 30 000 orders a month: commission DB SQL RUNS makes the shop (a year; one that
 * is there is taken) and prints "RUN-MS SQL-MS YEAR-MS YEAR-SQL-MS AGAIN-MS": medians of computing and keeping a month,
 * of the same by commission.sql, of replaying twelve months under a draft plan and as they were, of commission.sql for
 * the twelve (once only), and of computing the month again. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <sqlite3.h>

#include "base/buf.h"
#include "base/mem.h"
#include "chotdon/commission.h"
#include "db/db.h"

enum { REPS = 200, TEAMS = 10, PRODUCTS = 2000, GROUPS = 20, MONTHS = 12, ORDERS = 30000, RUNS_MAX = 99 };

static void fixed_clock(void *ctx, const char *time_zone, char now[DATETIME_SIZE]) {
    (void)ctx;
    (void)time_zone;
    snprintf(now, DATETIME_SIZE, "2026-12-31 20:00:00");
}

static void must(enum err_code rc, const struct err *e) {
    if (rc != ERR_OK) {
        fprintf(stderr, "commission: %s\n", e->message);
        exit(1);
    }
}

/* Of the processor: a busy machine troubles it least. */
static double now_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int compare(const void *a, const void *b) {
    const double *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

static double median(double *values, int count) {
    qsort(values, (size_t)count, sizeof *values, compare);
    return values[count / 2];
}

/* Straight into the tables: what is measured is reading. Every tenth order is shared, every twentieth came back in
 * part; two or three lines each. */
static const char people_sql[] = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20)"
                                 " INSERT INTO product_groups (id, parent_id, name, path, folded) SELECT i, NULL, 'N' "
                                 "|| i, 'N' || i, 'n' || i FROM n;"
                                 "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)"
                                 " INSERT INTO products (id, sku, name, folded, sort_key, group_id) SELECT i, 'P' || "
                                 "i, 'P' || i, 'p', 'p', 1 + i % 20"
                                 " FROM n;"
                                 "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10)"
                                 " INSERT INTO teams (id, name, folded) SELECT i, 'T' || i, 't' || i FROM n;"
                                 "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)"
                                 " INSERT INTO staff (id, code, name, folded, sort_key, role) SELECT i, "
                                 "printf('NV%03d', i), 'NV' || i, 'n', 'n', 'rep'"
                                 " FROM n;"
                                 "INSERT INTO staff_teams SELECT id, '', 1 + id % 10 FROM staff;"
                                 "INSERT INTO team_leaders SELECT id, '', id FROM teams;";
static const char orders_sql[] =
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 360000)"
    " INSERT INTO orders (id, order_no, order_date, order_time, status, subtotal, total, revenue, net, vat, cost,"
    " recognised_on, is_return, return_of, stock_out)"
    " SELECT i, printf('DH%07d', i), printf('2026-%02d-%02d', 1 + i / 30000 % 12, 1 + i % 28), '', 'completed', 0, 0, "
    "0, 0,"
    " 0, 0, printf('2026-%02d-%02d', 1 + i / 30000 % 12, 1 + i % 28), 0, NULL, 1 FROM n;"
    "WITH k(j) AS (VALUES (1), (2), (3)) INSERT INTO order_lines (order_id, line_no, product_id, qty, unit_price, "
    "discount,"
    " order_discount, amount, vat_bps, net, vat, cost) SELECT o.id, j, 1 + (o.id * 7 + j * 131) % 2000, 1000, a, 0, 0, "
    "a,"
    " 800, a * 100 / 108, a - a * 100 / 108, a * 7 / 10 FROM (SELECT o.id, j, 10000 + (o.id * 7919 + j * 104729) % "
    "900000"
    " AS a FROM orders o, k WHERE j < 3 OR o.id % 2 = 0) o;"
    "INSERT INTO order_reps SELECT id, 1, 1 + id * 31 % 200, CASE WHEN id % 10 = 0 THEN 7000 ELSE 10000 END FROM "
    "orders;"
    "INSERT INTO order_reps SELECT id, 2, 1 + id * 37 % 200, 3000 FROM orders WHERE id % 10 = 0;"
    "INSERT INTO orders (id, order_no, order_date, order_time, status, subtotal, total, revenue, net, vat, cost,"
    " recognised_on, is_return, return_of, stock_out) SELECT 1000000 + id, 'TH' || order_no, order_date, '', "
    "'completed', 0,"
    " 0, 0, 0, 0, 0, recognised_on, 1, id, 1 FROM orders WHERE id % 20 = 0;"
    "INSERT INTO order_lines (order_id, line_no, product_id, qty, unit_price, discount, order_discount, amount, "
    "vat_bps,"
    " net, vat, cost, sale_line) SELECT 1000000 + order_id, 1, product_id, -qty, unit_price, 0, 0, -amount, vat_bps, "
    "-net,"
    " -vat, -cost, 1 FROM order_lines WHERE line_no = 1 AND order_id % 20 = 0;"
    "UPDATE orders SET subtotal = t.r, total = t.r, revenue = t.r, net = t.n, vat = t.r - t.n, cost = t.c, due = t.r"
    " FROM (SELECT order_id, SUM(net + vat) AS r, SUM(net) AS n, SUM(cost) AS c FROM order_lines GROUP BY order_id) t"
    " WHERE t.order_id = orders.id;";

static enum err_code fill(struct db *db, void *ctx, struct err *e) {
    (void)ctx;
    enum err_code rc = db_exec_script(db, people_sql, e);
    return rc == ERR_OK ? db_exec_script(db, orders_sql, e) : rc;
}

static void make_plan(struct plan *p, const char *code, int64_t more) {
    static struct plan_tier tiers[4];
    static struct plan_group groups[2];
    for (int i = 0; i < 4; i++) {
        tiers[i] = (struct plan_tier){i * INT64_C(50000000), 200 + more + 100 * i, 0};
    }
    groups[0] = (struct plan_group){.group_id = 1, .path = (char *)"N1", .rate_bps = 100};
    groups[1] = (struct plan_group){.group_id = 2, .path = (char *)"N2", .rate_bps = 50};
    *p = (struct plan){.code = (char *)code,
                       .name = (char *)code,
                       .from = "2026-01",
                       .to = "2026-12",
                       .override_bps = 50,
                       .bonus_first_order = 200000,
                       .bonus_top = 500000,
                       .tiers = tiers,
                       .tier_count = 4,
                       .groups = groups,
                       .group_count = 2};
}

/* --- the peer: commission.sql, kept in a file of its own beside the shop */

static const char peer_tables[] =
    "PRAGMA peer.journal_mode = WAL; PRAGMA synchronous = FULL;"
    "CREATE TABLE peer.shares (month TEXT, staff_id INTEGER, order_id INTEGER, order_no TEXT, base INTEGER, share_bps "
    "INTEGER, last_return INTEGER, PRIMARY KEY (month, staff_id, order_id)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE peer.goods (month TEXT, product_id INTEGER, group_id INTEGER, PRIMARY KEY (product_id)) STRICT, "
    "WITHOUT ROWID;"
    "CREATE TABLE peer.rows (month TEXT, staff_id INTEGER, base INTEGER, tier INTEGER, override INTEGER, first "
    "INTEGER, top INTEGER, total INTEGER, PRIMARY KEY (staff_id)) STRICT, WITHOUT ROWID;";

static void exec(sqlite3 *peer, const char *sql) {
    char *message = NULL;
    if (sqlite3_exec(peer, sql, NULL, NULL, &message) != SQLITE_OK) {
        fprintf(stderr, "commission: %s\n", message);
        exit(1);
    }
}

static sqlite3 *open_peer(const char *path) {
    sqlite3 *peer = NULL;
    char *beside = mem_printf("%s.peer", path);
    unlink(beside);
    if (sqlite3_open(path, &peer) != SQLITE_OK) {
        fprintf(stderr, "commission: %s\n", sqlite3_errmsg(peer));
        exit(1);
    }
    char *attach = sqlite3_mprintf("ATTACH %Q AS peer;", beside);
    exec(peer, attach);
    exec(peer, "ANALYZE main");
    exec(peer, peer_tables);
    sqlite3_free(attach);
    free(beside);
    return peer;
}

static char *read_text(const char *path) {
    struct buf text = BUF_INIT;
    char part[4096];
    size_t n = 0;
    FILE *f = fopen(path, "r");
    if (f == NULL) {
        perror(path);
        exit(1);
    }
    while ((n = fread(part, 1, sizeof part, f)) > 0) {
        buf_add_bytes(&text, part, n);
    }
    fclose(f);
    return buf_take(&text);
}

/* Its three parameters as the shell's .param would set them. */
static double peer_month(sqlite3 *peer, const char *sql, const char *month) {
    char first[DATE_SIZE], last[DATE_SIZE];
    struct buf text = BUF_INIT;
    month_first_day(month, first);
    month_last_day(month, last);
    const char *const names[] = {":first", ":last", ":month"};
    const char *const values[] = {first, last, month};
    for (const char *p = strstr(sql, "BEGIN;"); *p != '\0';) {
        size_t i = 0;
        while (i < 3 && strncmp(p, names[i], strlen(names[i])) != 0) {
            i++;
        }
        if (i < 3) {
            buf_addf(&text, "'%s'", values[i]);
            p += strlen(names[i]);
        } else {
            buf_add_bytes(&text, p++, 1);
        }
    }
    double start = now_ms();
    exec(peer, buf_str(&text));
    double ms = now_ms() - start;
    buf_clear(&text);
    return ms;
}

/* The same people, and to the đồng the same amounts and shares. */
static void must_agree(sqlite3 *peer, const char *month) {
    char *sql = sqlite3_mprintf(
        "SELECT (SELECT COUNT(*) FROM peer.rows p JOIN commission_rows r ON r.month = %Q AND r.staff_id = p.staff_id"
        " AND r.total = p.total) = (SELECT COUNT(*) FROM commission_rows WHERE month = %Q) AND NOT EXISTS (SELECT"
        " month, staff_id, order_id, order_no, base, share_bps, last_return FROM commission_shares WHERE month = %Q"
        " EXCEPT SELECT * FROM peer.shares)",
        month, month, month);
    sqlite3_stmt *s = NULL;
    if (sqlite3_prepare_v2(peer, sql, -1, &s, NULL) != SQLITE_OK || sqlite3_step(s) != SQLITE_ROW ||
        sqlite3_column_int(s, 0) != 1) {
        fprintf(stderr, "commission: the program and commission.sql do not agree on %s\n", month);
        exit(1);
    }
    sqlite3_finalize(s);
    sqlite3_free(sql);
}

static enum err_code forget(struct db *db, void *ctx, struct err *e) {
    (void)ctx;
    return db_exec_script(db,
                          "DELETE FROM commission_lines; DELETE FROM commission_shares; DELETE FROM commission_goods;"
                          "DELETE FROM commission_rows; DELETE FROM commission_runs;",
                          e);
}

static enum err_code ignore(void *ctx, const struct commission_simulated *r, struct err *e) {
    (void)ctx;
    (void)r;
    (void)e;
    return ERR_OK;
}

static struct shop *open_shop(const char *path) {
    const struct shop_options options = {.path = path, .clock = fixed_clock};
    struct shop *shop = NULL;
    struct plan p;
    struct err e = ERR_INIT;
    if (access(path, F_OK) == 0) { /* made by an earlier run */
        must(shop_open(&options, &shop, &e), &e);
        return shop;
    }
    make_plan(&p, "2026", 0);
    must(shop_create(&options, "VND", &shop, &e), &e);
    must(db_transact(shop_db(shop), fill, NULL, &e), &e);
    must(plan_put(shop, &p, NULL, NULL, NULL, &e), &e);
    must(plan_activate(shop, "2026", &e), &e);
    return shop;
}

static double timed_run(struct shop *shop, const char *month) {
    struct err e = ERR_INIT;
    double start = now_ms();
    must(commission_run(shop, month, &e), &e);
    return now_ms() - start;
}

int main(int argc, char **argv) {
    double run[RUNS_MAX], again[RUNS_MAX], sql[RUNS_MAX], year[RUNS_MAX], year_sql[RUNS_MAX];
    struct plan p;
    struct err e = ERR_INIT;
    int runs = argc > 3 ? atoi(argv[3]) : 5;
    if (argc < 3 || runs < 1 || runs > RUNS_MAX) {
        fputs("usage: commission DB SQL RUNS\n", stderr);
        return 2;
    }
    struct shop *shop = open_shop(argv[1]);
    sqlite3 *peer = open_peer(argv[1]);
    char *text = read_text(argv[2]);
    make_plan(&p, "draft", 50);
    for (int i = 0; i < runs; i++) {
        char month[MONTH_SIZE];
        must(db_transact(shop_db(shop), forget, NULL, &e), &e);
        run[i] = timed_run(shop, "2026-06");
        again[i] = timed_run(shop, "2026-06");
        sql[i] = peer_month(peer, text, "2026-06");
        must_agree(peer, "2026-06");
        double start = now_ms();
        must(commission_simulate(shop, &p, "2026-01", "2026-12", ignore, NULL, &e), &e);
        year[i] = now_ms() - start;
        year_sql[i] = 0;
        for (int m = 1; m <= MONTHS; m++) {
            snprintf(month, sizeof month, "2026-%02d", m % 100);
            year_sql[i] += peer_month(peer, text, month);
        }
    }
    printf("%.1f %.1f %.1f %.1f %.1f\n", median(run, runs), median(sql, runs), median(year, runs),
           median(year_sql, runs), median(again, runs));
    free(text);
    sqlite3_close(peer);
    shop_close(&shop);
    return 0;
}
