/* A month's leaderboard and the trend of twelve months through the domain, beside the SQL that a skilled user writes on
 * the same file: leaderboard SHOP.db RUNS. Prints medians in ms of processor: board, its SQL, trend, its SQL; the board
 * as of a day, by product and by channel. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "chotdon/kpi.h"
#include "db/db.h"

/* Sales of the month less their returns, by the rep of each share: the index on recognised_on is the right one. */
static const char board_sql[] =
    "SELECT s.code, s.name, SUM(t.revenue * r.share_bps / 10000), SUM(t.net * r.share_bps / 10000), SUM(t.cost *"
    " r.share_bps / 10000), COUNT(*) FROM (SELECT id, revenue + COALESCE((SELECT SUM(revenue) FROM orders b WHERE"
    " b.return_of = o.id), 0) AS revenue, net + COALESCE((SELECT SUM(net) FROM orders b WHERE b.return_of = o.id), 0) "
    "AS"
    " net, cost + COALESCE((SELECT SUM(cost) FROM orders b WHERE b.return_of = o.id), 0) AS cost FROM orders o WHERE"
    " recognised_on >= $1 AND recognised_on <= $2 AND recognised_on <> '' AND is_return = 0) t JOIN order_reps r ON"
    " r.order_id = t.id JOIN staff s ON s.id = r.staff_id GROUP BY s.id ORDER BY 3 DESC";
static const char trend_sql[] =
    "SELECT r.staff_id, SUBSTR(o.recognised_on, 1, 7), SUM(o.revenue * r.share_bps / 10000) FROM orders o JOIN"
    " order_reps r ON r.order_id = o.id WHERE o.recognised_on >= $1 AND o.recognised_on <= $2 AND o.recognised_on <> ''"
    " GROUP BY 1, 2";

struct bench {
    struct shop *shop;
    char month[MONTH_SIZE];
    struct kpi_filter filter;
    int64_t seen;
};

static void clock_of(void *ctx, const char *time_zone, char now[DATETIME_SIZE]) {
    (void)ctx;
    (void)time_zone;
    snprintf(now, DATETIME_SIZE, "2026-01-15 12:00:00");
}

/* Of the processor: a busy machine troubles it least. */
static double ms_since(const struct timespec *from) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)(now.tv_sec - from->tv_sec) * 1e3 + (double)(now.tv_nsec - from->tv_nsec) / 1e6;
}

static void board(struct bench *b) {
    struct kpi_board rows;
    if (kpi_board_load(b->shop, &b->filter, &rows, NULL) == ERR_OK) {
        b->seen += rows.total.revenue;
    }
    kpi_board_clear(&rows);
}

static void take_trend(void *ctx, int64_t ref, size_t at, int64_t revenue) {
    struct bench *b = ctx;
    (void)ref;
    (void)at;
    b->seen += revenue;
}

static void trend(struct bench *b) {
    (void)kpi_trends(b->shop, SCOPE_REP, b->month, 12, take_trend, b, NULL);
}

static void run_sql(struct bench *b, const char *sql, int months) {
    struct db_stmt *s = NULL;
    char first[DATE_SIZE], last[DATE_SIZE], month[MONTH_SIZE];
    month_add(b->month, 1 - months, month);
    month_first_day(month, first);
    month_last_day(b->month, last);
    if (db_query(shop_db(b->shop), sql, DB_BIND(DB_TEXT(first), DB_TEXT(last)), &s, NULL) == ERR_OK) {
        while (db_next(s, NULL) == DB_ROW) {
            b->seen += db_col_int(s, 2);
        }
    }
    db_done(&s);
}

static void board_by_sql(struct bench *b) {
    run_sql(b, board_sql, 1);
}

static void trend_by_sql(struct bench *b) {
    run_sql(b, trend_sql, 12);
}

static int up(const void *a, const void *b) {
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static double median(struct bench *b, void (*fn)(struct bench *), int runs) {
    double *times = calloc((size_t)runs, sizeof *times);
    for (int i = 0; i < runs; i++) {
        struct timespec from;
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
        fn(b);
        times[i] = ms_since(&from);
    }
    qsort(times, (size_t)runs, sizeof *times, up);
    double found = times[runs / 2];
    free(times);
    return found;
}

int main(int argc, char **argv) {
    struct err e = ERR_INIT;
    struct bench b = {0};
    const struct shop_options options = {.path = argc > 1 ? argv[1] : "shop.db", .clock = clock_of};
    int runs = argc > 2 ? atoi(argv[2]) : 25;
    char *last = NULL;
    if (shop_open(&options, &b.shop, &e) != ERR_OK ||
        db_get_text(shop_db(b.shop), "SELECT MAX(month) FROM sales_figures", DB_NO_BIND, &last, &e) != ERR_OK) {
        fprintf(stderr, "%s\n", e.message);
        shop_close(&b.shop);
        return 1;
    }
    month_add(last, -1, b.month); /* the last one may have only begun */
    free(last);
    b.filter.by = SCOPE_REP;
    memcpy(b.filter.month, b.month, MONTH_SIZE);
    printf("%.3f %.3f", median(&b, board, runs), median(&b, board_by_sql, runs));
    printf(" %.3f %.3f", median(&b, trend, runs), median(&b, trend_by_sql, runs));
    month_last_day(b.month, b.filter.as_of);
    printf(" %.2f", median(&b, board, runs));
    b.filter.as_of[0] = '\0';
    b.filter.by = SCOPE_PRODUCT;
    printf(" %.2f", median(&b, board, runs));
    b.filter.by = SCOPE_CHANNEL;
    printf(" %.2f\n", median(&b, board, runs));
    shop_close(&b.shop);
    return b.seen == 0;
}
