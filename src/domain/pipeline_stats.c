#include <stdio.h>
#include <string.h>

#include "domain/pipeline_tally.h"
#include "domain/shop_internal.h"

static const char *or_empty(const char *text) {
    return text == NULL ? "" : text;
}

/* The days before the first whole month; `first` gets that month. */
static enum err_code read_head(struct tally *t, struct db *db, const char *from, const char *to, char first[MONTH_SIZE],
                               struct err *e) {
    char start[DATE_SIZE], end[DATE_SIZE];
    month_of(from, first);
    month_first_day(first, start);
    if (strcmp(from, start) == 0) {
        return ERR_OK;
    }
    month_last_day(first, end);
    month_add(first, 1, first);
    return deal_facts_of_days(db, from, to[0] != '\0' && strcmp(to, end) < 0 ? to : end, tally_fact, t, e);
}

/* The days after the last whole month; `last` gets that month. */
static enum err_code read_tail(struct tally *t, struct db *db, const char *to, const char *first, char last[MONTH_SIZE],
                               struct err *e) {
    char start[DATE_SIZE], end[DATE_SIZE];
    month_of(to, last);
    month_last_day(last, end);
    if (strcmp(to, end) == 0 || strcmp(last, first) < 0) {
        return ERR_OK;
    }
    month_first_day(last, start);
    month_add(last, -1, last);
    return deal_facts_of_days(db, start, to, tally_fact, t, e);
}

static enum err_code read_facts(struct tally *t, struct db *db, struct err *e) {
    const char *from = or_empty(t->filter->from), *to = or_empty(t->filter->to);
    char first[MONTH_SIZE] = "", last[MONTH_SIZE] = "9999-99";
    if (from[0] != '\0' && to[0] != '\0' && strcmp(from, to) > 0) {
        return ERR_OK;
    }
    enum err_code rc = from[0] == '\0' ? ERR_OK : read_head(t, db, from, to, first, e);
    if (rc == ERR_OK && to[0] != '\0') {
        rc = read_tail(t, db, to, first, last, e);
    }
    return rc == ERR_OK ? deal_facts_of_months(db, first, last, tally_fact, t, e) : rc;
}

struct job {
    struct tally tally;
    char today[DATE_SIZE];
};

static enum err_code collect(struct db *db, void *ctx, struct err *e) {
    struct job *job = ctx;
    enum err_code rc = tally_begin(&job->tally, db, job->today, e);
    return rc == ERR_OK ? read_facts(&job->tally, db, e) : rc;
}

enum err_code pipeline_stats(struct shop *shop, const struct pipeline_filter *f, struct pipeline_stats *out,
                             struct err *e) {
    struct job job = {.tally = {.filter = f, .out = out}};
    *out = (struct pipeline_stats){0};
    shop_today(shop, job.today);
    enum err_code rc = db_read(shop->db, collect, &job, e);
    if (rc == ERR_OK) {
        tally_finish(&job.tally);
    } else {
        pipeline_stats_clear(out);
    }
    tally_clear(&job.tally);
    return rc;
}
