#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/intern.h"
#include "base/mem.h"
#include "domain/check_run.h"
#include "domain/deal_facts.h"
#include "domain/record.h"

/* What the deals add up to, less what is kept: all of it must be nothing. */
struct rest {
    struct intern *keys;
    int64_t (*sums)[4]; /* deals, value, days, activities; of odds won and lost */
    size_t capacity;
};

static void rest_add(struct rest *r, char *key, int64_t sign, int64_t a, int64_t b, int64_t c, int64_t d) {
    size_t count = intern_count(r->keys);
    uint32_t i = intern_add(r->keys, key);
    if (i == count) {
        r->sums = mem_grow(r->sums, count, &r->capacity, sizeof *r->sums);
        memset(r->sums[i], 0, sizeof r->sums[i]);
    }
    const int64_t add[4] = {a, b, c, d};
    for (int k = 0; k < 4; k++) { /* what overflows comes out wrong, and is told */
        r->sums[i][k] = (int64_t)((uint64_t)r->sums[i][k] + (uint64_t)sign * (uint64_t)add[k]);
    }
    free(key);
}

static void add_odds(struct rest *r, const struct deal_fact *f) {
    const struct {
        const char *fact;
        int64_t ref;
    } rows[] = {{"all", 0}, {"stage", f->reached}, {"source", f->source}, {"rep", f->staff}, {"product", f->product}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        rest_add(r, mem_printf("%s %lld", rows[i].fact, (long long)rows[i].ref), 1, f->kind == FACT_WON,
                 f->kind == FACT_LOST, 0, 0);
    }
}

static enum err_code add_fact(void *ctx, const struct deal_fact *f, struct err *e) {
    struct rest *r = ctx;
    (void)e;
    rest_add(r,
             mem_printf("%s %s %lld %lld %lld", f->month, deal_fact_name(f->kind), (long long)f->ref,
                        (long long)f->staff, (long long)f->source),
             1, f->deals, f->value, f->days, f->activities);
    if (f->kind == FACT_WON || f->kind == FACT_LOST) {
        add_odds(r, f);
    }
    return ERR_OK;
}

static enum err_code take_kept(struct rest *r, struct db *db, const char *sql, struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(db, sql, DB_NO_BIND, &s, e);
    enum db_row got = DB_END;
    while (rc == ERR_OK && (got = db_next(s, e)) == DB_ROW) {
        rest_add(r, mem_strdup(db_col_text(s, 0)), -1, db_col_int(s, 1), db_col_int(s, 2), db_col_int(s, 3),
                 db_col_int(s, 4));
    }
    db_done(&s);
    return got == DB_FAILED ? record_failed(e) : rc;
}

enum err_code check_deal_facts(struct check_run *run, struct err *e) {
    static const int64_t nothing[4] = {0};
    struct rest r = {.keys = intern_new()};
    enum err_code rc = deal_facts_of_days(run->db, "", "9999-99-99", add_fact, &r, e);
    if (rc == ERR_OK) {
        rc = take_kept(&r, run->db,
                       "SELECT month || ' ' || fact || ' ' || CAST(ref_id AS TEXT) || ' ' || CAST(staff_id AS TEXT)"
                       " || ' ' || CAST(source_id AS TEXT), deals, value, days, activities FROM deal_months",
                       e);
    }
    if (rc == ERR_OK) {
        rc = take_kept(&r, run->db, "SELECT fact || ' ' || CAST(ref_id AS TEXT), won, lost, 0, 0 FROM deal_odds", e);
    }
    for (uint32_t i = 0; i < intern_count(r.keys) && rc == ERR_OK; i++) {
        if (memcmp(r.sums[i], nothing, sizeof nothing) != 0) {
            check_found(run,
                        _("the figures of the pipeline are out by %lld deals and %lld of value at “%s” (export the "
                          "deals and import them into a new file)"),
                        (long long)r.sums[i][0], (long long)r.sums[i][1], intern_text(r.keys, i));
        }
    }
    check_end(run);
    free(r.sums);
    intern_free(r.keys);
    return rc;
}
