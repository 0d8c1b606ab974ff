/* The pipeline's figures: deals FILE CLOSED OPEN RUNS fills a new shop with deals closed in one year and open ones
 * (deals.sql), and prints the median milliseconds of the year's figures, of the forecast, of one deal's chance, and of
 * what the board reads to be painted. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "chotdon/deal.h"
#include "chotdon/pipeline.h"
#include "domain/deal_facts.h"
#include "domain/deal_internal.h"

#define RUNS_MAX 1000

static void must(enum err_code rc, const struct err *e) {
    if (rc != ERR_OK) {
        fprintf(stderr, "%s\n", e->message);
        exit(1);
    }
}

static void fixed_clock(void *ctx, const char *time_zone, char now[DATETIME_SIZE]) {
    (void)ctx;
    (void)time_zone;
    snprintf(now, DATETIME_SIZE, "2026-11-21 12:00:00");
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* The script with the numbers in it. */
static char *script(const char *path, const char *closed, const char *open) {
    FILE *in = fopen(path, "r");
    struct buf b = BUF_INIT;
    for (int c = 0; in != NULL && (c = fgetc(in)) != EOF;) {
        buf_add_char(&b, (char)c);
        if (b.len >= 7 && strcmp(b.data + b.len - 7, ":closed") == 0) {
            b.len -= 7;
            buf_add(&b, closed);
        } else if (b.len >= 5 && strcmp(b.data + b.len - 5, ":open") == 0) {
            b.len -= 5;
            buf_add(&b, open);
        }
    }
    if (in == NULL) {
        perror(path);
        exit(1);
    }
    fclose(in);
    return buf_take(&b);
}

static enum err_code fill(struct shop *shop, void *ctx, struct err *e) {
    static const char *const tables[] = {"deals", "deal_stages", "deal_products", "interactions", NULL};
    enum err_code rc = db_bulk_begin(shop_db(shop), tables, INT64_MAX, e);
    rc = rc == ERR_OK ? db_exec_script(shop_db(shop), ctx, e) : rc;
    rc = rc == ERR_OK ? db_bulk_end(shop_db(shop), e) : rc;
    rc = rc == ERR_OK ? deal_facts_rebuild(shop, e) : rc;
    for (int64_t stage = 1; stage <= 7 && rc == ERR_OK; stage++) {
        rc = deal_recount_stage(shop, stage, e);
    }
    return rc;
}

static enum err_code no_month(void *ctx, const struct forecast_row *r, struct err *e) {
    (void)ctx;
    (void)r;
    (void)e;
    return ERR_OK;
}

static enum err_code no_card(void *ctx, const struct deal_card *card, struct err *e) {
    (void)ctx;
    (void)card;
    (void)e;
    return ERR_OK;
}

static void figures(struct shop *shop, struct err *e) {
    struct pipeline_stats s;
    must(pipeline_stats(shop, &(struct pipeline_filter){.from = "2026-01-01", .to = "2026-12-31"}, &s, e), e);
    pipeline_stats_clear(&s);
}

static void forecast(struct shop *shop, struct err *e) {
    must(pipeline_forecast(shop, NULL, 6, no_month, NULL, e), e);
}

static void chance(struct shop *shop, struct err *e) {
    struct deal_chance c;
    int64_t last = 0;
    must(db_get_int(shop_db(shop), "SELECT MAX(id) FROM deals", DB_NO_BIND, &last, e), e);
    must(deal_chance(shop, last, &c, e), e);
    deal_chance_clear(&c);
}

/* The heads of the columns and ten cards of each. */
static void board(struct shop *shop, struct err *e) {
    struct stage_total totals[16];
    size_t count = 0;
    struct deal_filter f = {.kind = -1};
    must(deal_totals(shop, PIPELINE_MAIN, &f, totals, 16, &count, e), e);
    for (size_t i = 0; i < count; i++) {
        f = (struct deal_filter){.kind = -1, .stage_id = totals[i].stage_id, .limit = 10};
        must(deal_cards(shop, &f, no_card, NULL, e), e);
    }
}

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static double median(struct shop *shop, void (*work)(struct shop *, struct err *), int runs) {
    static double took[RUNS_MAX];
    struct err e = ERR_INIT;
    for (int i = 0; i < runs; i++) {
        double start = now();
        work(shop, &e);
        took[i] = now() - start;
    }
    qsort(took, (size_t)runs, sizeof *took, by_size);
    return took[runs / 2];
}

int main(int argc, char **argv) {
    int runs = argc == 6 ? atoi(argv[5]) : 0;
    struct shop *shop = NULL;
    struct err e = ERR_INIT;
    if (runs < 1 || runs > RUNS_MAX) {
        fputs("deals SCRIPT FILE CLOSED OPEN RUNS\n", stderr);
        return 2;
    }
    const struct shop_options options = {.path = argv[2], .clock = fixed_clock};
    if (shop_exists(&options)) {
        must(shop_open(&options, &shop, &e), &e);
    } else {
        char *sql = script(argv[1], argv[3], argv[4]);
        must(shop_create(&options, "VND", &shop, &e), &e);
        must(shop_transact(shop, fill, sql, &e), &e);
        must(db_analyze(shop_db(shop), &e), &e);
        free(sql);
    }
    printf("%.2f", median(shop, figures, runs));
    printf(" %.2f", median(shop, forecast, runs));
    printf(" %.2f", median(shop, chance, runs));
    printf(" %.2f\n", median(shop, board, runs));
    shop_close(&shop);
    return 0;
}
