#include "domain/deal_facts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "domain/deal_facts_kept.h"
#include "domain/record.h"
#include "domain/shop_internal.h"

#define ACTIVITIES                                                                                                     \
    "CASE WHEN d.kind = 'won' THEN"                                                                                    \
    " (SELECT COUNT(*) FROM interactions i WHERE i.deal_id = d.id AND i.kind <> 'note') ELSE 0 END"
#define FIRST_PRODUCT                                                                                                  \
    "COALESCE((SELECT p.product_id FROM deal_products p WHERE p.deal_id = d.id ORDER BY p.position LIMIT 1), 0)"

/* Created: day, reached, staff, source, how many. */
#define CREATED                                                                                                        \
    "SELECT d.created_on, COALESCE(d.reached_id, 0), COALESCE(d.staff_id, 0), COALESCE(d.source_id, 0), COUNT(*)"      \
    " FROM stages g CROSS JOIN deals d WHERE d.stage_id = g.id AND d.merged_into IS NULL AND "
#define BY_CREATED " GROUP BY g.id, d.created_on, d.reached_id, d.staff_id, d.source_id"

#define CLOSED                                                                                                         \
    "SELECT d.closed_on, d.created_on, d.kind, COALESCE(d.staff_id, 0), COALESCE(d.source_id, 0),"                     \
    " COALESCE(d.lost_reason_id, 0), COALESCE(d.reached_id, 0), d.value, " ACTIVITIES ", " FIRST_PRODUCT               \
    " FROM stages g CROSS JOIN deals d WHERE d.stage_id = g.id AND d.merged_into IS NULL AND d.kind <> 'open' AND "

/* One row for each stage that a closed deal came to, in their order. */
#define STAYED                                                                                                         \
    "SELECT d.id, d.closed_on, COALESCE(d.staff_id, 0), COALESCE(d.source_id, 0), h.to_id, h.at, s.kind"               \
    " FROM stages g CROSS JOIN deals d JOIN deal_stages h ON h.deal_id = d.id JOIN stages s ON s.id = h.to_id"         \
    " WHERE d.stage_id = g.id AND d.merged_into IS NULL AND d.kind <> 'open' AND "
#define IN_ORDER " ORDER BY d.id, h.id"

#define ONE         "d.id = $1"
#define MADE_ON     "d.created_on >= $1 AND d.created_on <= $2"
#define CLOSED_ON   "g.kind <> 'open' AND d.closed_on >= $1 AND d.closed_on <= $2"
#define DAYS(f, t)  DB_BIND(DB_TEXT(f), DB_TEXT(t))
#define OF_DEAL(id) DB_BIND(DB_INT(id))

struct reading {
    struct db *db;
    deal_fact_fn *fact;
    void *ctx;
};

static enum err_code read_created(const struct reading *r, const char *sql, const struct db_value *values,
                                  struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(r->db, sql, values, &s, e);
    enum db_row got = DB_END;
    while (rc == ERR_OK && (got = db_next(s, e)) == DB_ROW) {
        struct deal_fact f = {.kind = FACT_CREATED,
                              .ref = db_col_int(s, 1),
                              .staff = db_col_int(s, 2),
                              .source = db_col_int(s, 3),
                              .deals = db_col_int(s, 4)};
        month_of(db_col_text(s, 0), f.month);
        rc = r->fact(r->ctx, &f, e);
    }
    db_done(&s);
    return got == DB_FAILED ? record_failed(e) : rc;
}

static enum err_code read_closed(const struct reading *r, const char *sql, const struct db_value *values,
                                 struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(r->db, sql, values, &s, e);
    enum db_row got = DB_END;
    while (rc == ERR_OK && (got = db_next(s, e)) == DB_ROW) {
        bool won = strcmp(db_col_text(s, 2), "won") == 0;
        struct deal_fact f = {
            .kind = won ? FACT_WON : FACT_LOST,
            .ref = won ? 0 : db_col_int(s, 5),
            .staff = db_col_int(s, 3),
            .source = db_col_int(s, 4),
            .product = db_col_int(s, 9),
            .reached = db_col_int(s, 6),
            .deals = 1,
            .value = db_col_int(s, 7),
            .days = won && db_col_text(s, 0)[0] != '\0' ? date_diff(db_col_text(s, 0), db_col_text(s, 1)) : 0,
            .activities = db_col_int(s, 8)};
        month_of(db_col_text(s, 0), f.month);
        rc = r->fact(r->ctx, &f, e);
    }
    db_done(&s);
    return got == DB_FAILED ? record_failed(e) : rc;
}

/* The open stages of one deal while its rows come in. */
struct stay {
    int64_t deal_id;
    struct deal_fact *stages;
    size_t count, capacity;
    struct deal_fact deal; /* what the stages share */
    int64_t stage;         /* where it is; 0 in a closed one */
    char since[DATE_SIZE];
};

static void stay_add(struct stay *y, const char *until) {
    size_t i = 0;
    while (i < y->count && y->stages[i].ref != y->stage) {
        i++;
    }
    if (i == y->count) {
        y->stages = mem_grow(y->stages, y->count, &y->capacity, sizeof *y->stages);
        y->stages[y->count] = y->deal;
        y->stages[y->count++].ref = y->stage;
    }
    long days = date_diff(until, y->since); /* a file may close a deal before a step that was made by hand */
    y->stages[i].days += days > 0 ? days : 0;
}

static enum err_code stay_end(struct stay *y, const struct reading *r, struct err *e) {
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < y->count && rc == ERR_OK; i++) {
        rc = r->fact(r->ctx, &y->stages[i], e);
    }
    y->count = 0;
    y->stage = 0;
    return rc;
}

static void stay_begin(struct stay *y, struct db_stmt *s) {
    y->deal_id = db_col_int(s, 0);
    y->deal =
        (struct deal_fact){.kind = FACT_STAYED, .staff = db_col_int(s, 2), .source = db_col_int(s, 3), .deals = 1};
    month_of(db_col_text(s, 1), y->deal.month);
}

static enum err_code read_stayed(const struct reading *r, const char *sql, const struct db_value *values,
                                 struct err *e) {
    struct stay y = {0};
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(r->db, sql, values, &s, e);
    enum db_row got = DB_END;
    while (rc == ERR_OK && (got = db_next(s, e)) == DB_ROW) {
        char day[DATE_SIZE];
        snprintf(day, sizeof day, "%.10s", db_col_text(s, 5));
        if (db_col_int(s, 0) != y.deal_id) {
            rc = stay_end(&y, r, e);
            stay_begin(&y, s);
        } else if (y.stage != 0) {
            stay_add(&y, day);
        }
        y.stage = strcmp(db_col_text(s, 6), "open") == 0 ? db_col_int(s, 4) : 0;
        snprintf(y.since, sizeof y.since, "%s", day);
    }
    rc = got == DB_FAILED ? record_failed(e) : rc;
    rc = rc == ERR_OK ? stay_end(&y, r, e) : rc;
    free(y.stages);
    db_done(&s);
    return rc;
}

enum err_code deal_facts_of_days(struct db *db, const char *from, const char *to, deal_fact_fn *fact, void *ctx,
                                 struct err *e) {
    const struct reading r = {db, fact, ctx};
    enum err_code rc = read_created(&r, CREATED MADE_ON BY_CREATED, DAYS(from, to), e);
    rc = rc == ERR_OK ? read_closed(&r, CLOSED CLOSED_ON, DAYS(from, to), e) : rc;
    return rc == ERR_OK ? read_stayed(&r, STAYED CLOSED_ON IN_ORDER, DAYS(from, to), e) : rc;
}

enum err_code deal_facts_of_one(struct db *db, int64_t id, deal_fact_fn *fact, void *ctx, struct err *e) {
    const struct reading r = {db, fact, ctx};
    enum err_code rc = read_created(&r, CREATED ONE BY_CREATED, OF_DEAL(id), e);
    rc = rc == ERR_OK ? read_closed(&r, CLOSED ONE, OF_DEAL(id), e) : rc;
    return rc == ERR_OK ? read_stayed(&r, STAYED ONE IN_ORDER, OF_DEAL(id), e) : rc;
}
