/* Commission on a shop of 200 reps and 30 000 orders a month: commission DB RUNS makes the shop (a year; one that is
 * there is taken) and prints "RUN-MS SQL-MS YEAR-MS YEAR-SQL-MS AGAIN-MS": medians of computing and keeping a month,
 * of the SQL that a skilled user would write for its tiers alone (no exact splits, no explanation, nothing kept), of
 * replaying twelve months under a draft plan, of that SQL for the twelve, and of computing the month again. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

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

/* A skilled user's own SQL: bases by rep, then slices of them. */
static const char plain_sql[] =
    "WITH sales AS (SELECT o.id, o.revenue + COALESCE((SELECT SUM(r.revenue) FROM orders r WHERE r.return_of = o.id), "
    "0)"
    " AS revenue FROM orders o WHERE o.recognised_on >= $1 AND o.recognised_on <= $2 AND o.recognised_on <> ''"
    " AND o.is_return = 0 AND o.status NOT IN ('draft', 'cancelled')),"
    " bases AS (SELECT x.staff_id, SUM(s.revenue * x.share_bps / 10000) AS base FROM sales s"
    " JOIN order_reps x ON x.order_id = s.id GROUP BY x.staff_id),"
    " extras AS (SELECT x.staff_id, SUM((l.net + l.vat) * x.share_bps / 10000 * CASE p.group_id WHEN 1 THEN 100 ELSE "
    "50 END)"
    " AS extra FROM sales s JOIN order_lines l ON l.order_id = s.id JOIN products p ON p.id = l.product_id"
    " JOIN order_reps x ON x.order_id = s.id WHERE p.group_id IN (1, 2) GROUP BY x.staff_id)"
    " SELECT SUM((min(b.base, 50000000) * 200 + max(0, min(b.base, 100000000) - 50000000) * 300"
    " + max(0, min(b.base, 150000000) - 100000000) * 400 + max(0, b.base - 150000000) * 500 + COALESCE(t.extra, 0)) / "
    "10000)"
    " FROM bases b LEFT JOIN extras t ON t.staff_id = b.staff_id";

static double plain(struct shop *shop, const char *month) {
    char first[DATE_SIZE], last[DATE_SIZE];
    int64_t total = 0;
    struct err e = ERR_INIT;
    month_first_day(month, first);
    month_last_day(month, last);
    double start = now_ms();
    must(db_get_int(shop_db(shop), plain_sql, DB_BIND(DB_TEXT(first), DB_TEXT(last)), &total, &e), &e);
    return now_ms() - start;
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

int main(int argc, char **argv) {
    double run[RUNS_MAX], again[RUNS_MAX], sql[RUNS_MAX], year[RUNS_MAX], year_sql[RUNS_MAX];
    struct shop *shop = NULL;
    struct plan p;
    struct err e = ERR_INIT;
    int runs = argc > 2 ? atoi(argv[2]) : 5;
    if (argc < 2 || runs < 1 || runs > RUNS_MAX) {
        fputs("usage: commission DB RUNS\n", stderr);
        return 2;
    }
    const struct shop_options options = {.path = argv[1], .clock = fixed_clock};
    make_plan(&p, "2026", 0);
    if (access(argv[1], F_OK) == 0) { /* made by an earlier run */
        must(shop_open(&options, &shop, &e), &e);
    } else {
        must(shop_create(&options, "VND", &shop, &e), &e);
        must(db_transact(shop_db(shop), fill, NULL, &e), &e);
        must(plan_put(shop, &p, NULL, NULL, NULL, &e), &e);
        must(plan_activate(shop, "2026", &e), &e);
    }
    make_plan(&p, "draft", 50);
    for (int i = 0; i < runs; i++) {
        char month[MONTH_SIZE];
        must(db_transact(shop_db(shop), forget, NULL, &e), &e);
        double start = now_ms();
        must(commission_run(shop, "2026-06", &e), &e);
        run[i] = now_ms() - start;
        start = now_ms();
        must(commission_run(shop, "2026-06", &e), &e);
        again[i] = now_ms() - start;
        sql[i] = plain(shop, "2026-06");
        start = now_ms();
        must(commission_simulate(shop, &p, "2026-01", "2026-12", ignore, NULL, &e), &e);
        year[i] = now_ms() - start;
        year_sql[i] = 0;
        for (int m = 1; m <= MONTHS; m++) {
            snprintf(month, sizeof month, "2026-%02d", m % 100);
            year_sql[i] += 2 * plain(shop, month); /* as it is, and as it would be */
        }
    }
    printf("%.1f %.1f %.1f %.1f %.1f\n", median(run, runs), median(sql, runs), median(year, runs),
           median(year_sql, runs), median(again, runs));
    shop_close(&shop);
    return 0;
}
