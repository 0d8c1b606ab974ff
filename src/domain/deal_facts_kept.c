#include "domain/deal_facts_kept.h"

#include <stdio.h>
#include <string.h>

#include "domain/deal_facts_sums.h"
#include "domain/record.h"
#include "domain/shop_internal.h"

static const char *const names[] = {
    [FACT_CREATED] = "created", [FACT_WON] = "won", [FACT_LOST] = "lost", [FACT_STAYED] = "stayed"};
#define NAMES (sizeof names / sizeof *names)

const char *deal_fact_name(enum deal_fact_kind kind) {
    return names[kind];
}

struct keeping {
    struct db *db;
    int64_t sign; /* 1 adds, -1 takes away */
};

static enum err_code keep_month(const struct keeping *k, const struct deal_fact *f, struct err *e) {
    return db_run(k->db,
                  "INSERT INTO deal_months (month, fact, ref_id, staff_id, source_id, deals, value, days, activities)"
                  " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
                  " ON CONFLICT (month, fact, ref_id, staff_id, source_id) DO UPDATE SET"
                  " deals = deal_months.deals + excluded.deals, value = deal_months.value + excluded.value,"
                  " days = deal_months.days + excluded.days, activities = deal_months.activities + excluded.activities",
                  DB_BIND(DB_TEXT(f->month), DB_TEXT(names[f->kind]), DB_INT(f->ref), DB_INT(f->staff),
                          DB_INT(f->source), DB_INT(k->sign * f->deals), DB_INT(k->sign * f->value),
                          DB_INT(k->sign * f->days), DB_INT(k->sign * f->activities)),
                  e);
}

void deal_facts_odds(const struct deal_fact *f, struct deal_odd out[DEAL_ODDS]) {
    out[0] = (struct deal_odd){"all", 0};
    out[1] = (struct deal_odd){"stage", f->reached};
    out[2] = (struct deal_odd){"source", f->source};
    out[3] = (struct deal_odd){"rep", f->staff};
    out[4] = (struct deal_odd){"product", f->product};
}

static enum err_code keep_odd(struct db *db, const char *fact, int64_t ref, int64_t won, int64_t lost, struct err *e) {
    return db_run(db,
                  "INSERT INTO deal_odds (fact, ref_id, won, lost) VALUES ($1, $2, $3, $4)"
                  " ON CONFLICT (fact, ref_id) DO UPDATE SET won = deal_odds.won + excluded.won,"
                  " lost = deal_odds.lost + excluded.lost",
                  DB_BIND(DB_TEXT(fact), DB_INT(ref), DB_INT(won), DB_INT(lost)), e);
}

static enum err_code keep_odds(const struct keeping *k, const struct deal_fact *f, struct err *e) {
    struct deal_odd odds[DEAL_ODDS];
    enum err_code rc = ERR_OK;
    deal_facts_odds(f, odds);
    for (size_t i = 0; i < DEAL_ODDS && rc == ERR_OK; i++) {
        rc = keep_odd(k->db, odds[i].fact, odds[i].ref, f->kind == FACT_WON ? k->sign : 0,
                      f->kind == FACT_LOST ? k->sign : 0, e);
    }
    return rc;
}

static enum err_code keep(void *ctx, const struct deal_fact *f, struct err *e) {
    const struct keeping *k = ctx;
    enum err_code rc = keep_month(k, f, e);
    return rc == ERR_OK && (f->kind == FACT_WON || f->kind == FACT_LOST) ? keep_odds(k, f, e) : rc;
}

enum err_code deal_facts_take(struct shop *shop, int64_t deal_id, struct err *e) {
    struct keeping k = {shop->db, -1};
    return deal_facts_of_one(shop->db, deal_id, keep, &k, e);
}

enum err_code deal_facts_give(struct shop *shop, int64_t deal_id, struct err *e) {
    struct keeping k = {shop->db, 1};
    return deal_facts_of_one(shop->db, deal_id, keep, &k, e);
}

static enum err_code sum_up(void *ctx, const struct deal_fact *f, struct err *e) {
    (void)e;
    fact_sums_add(ctx, f);
    return ERR_OK;
}

/* Added up in memory: of a million deals a few thousand rows are left to write. */
enum err_code deal_facts_rebuild(struct shop *shop, struct err *e) {
    struct keeping k = {shop->db, 1};
    struct fact_sums sums = {0};
    enum err_code rc = db_run(shop->db, "DELETE FROM deal_months", DB_NO_BIND, e);
    rc = rc == ERR_OK ? db_run(shop->db, "DELETE FROM deal_odds", DB_NO_BIND, e) : rc;
    rc = rc == ERR_OK ? deal_facts_of_days(shop->db, "", "9999-99-99", sum_up, &sums, e) : rc;
    for (size_t i = 0; i < sums.count && rc == ERR_OK; i++) {
        const struct fact_sum *row = &sums.rows[i];
        rc = row->odds == NULL ? keep_month(&k, &row->month, e)
                               : keep_odd(k.db, row->odds, row->ref, row->won, row->lost, e);
    }
    fact_sums_clear(&sums);
    return rc;
}

static enum deal_fact_kind kind_of(const char *name) {
    size_t i = 0;
    while (i + 1 < NAMES && strcmp(names[i], name) != 0) {
        i++;
    }
    return (enum deal_fact_kind)i;
}

enum err_code deal_facts_of_months(struct db *db, const char *from, const char *to, deal_fact_fn *fact, void *ctx,
                                   struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(db,
                                "SELECT month, fact, ref_id, staff_id, source_id, deals, value, days, activities"
                                " FROM deal_months WHERE month >= $1 AND month <= $2",
                                DB_BIND(DB_TEXT(from), DB_TEXT(to)), &s, e);
    enum db_row got = DB_END;
    while (rc == ERR_OK && (got = db_next(s, e)) == DB_ROW) {
        struct deal_fact f = {.kind = kind_of(db_col_text(s, 1)),
                              .ref = db_col_int(s, 2),
                              .staff = db_col_int(s, 3),
                              .source = db_col_int(s, 4),
                              .deals = db_col_int(s, 5),
                              .value = db_col_int(s, 6),
                              .days = db_col_int(s, 7),
                              .activities = db_col_int(s, 8)};
        snprintf(f.month, sizeof f.month, "%s", db_col_text(s, 0));
        rc = fact(ctx, &f, e);
    }
    db_done(&s);
    return got == DB_FAILED ? record_failed(e) : rc;
}
