/* What came back, and the return rate (DOMAIN 4). */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/intern.h"
#include "base/mem.h"
#include "base/text.h"
#include "chotdon/order_counts.h"
#include "chotdon/report.h"
#include "db/db.h"
#include "domain/report_rows.h"

#define SUM(x)   "CAST(COALESCE(SUM(" x "), 0) AS BIGINT)"
#define LEFT     ORDER_DAY("o", "shipped_on")
#define SPAN(on) on " >= $1 AND " on " <= $2"
#define PIECES   "(SELECT " SUM("d.qty * d.factor / 1000") " FROM order_lines d WHERE d.order_id = o.id)"
#define BACK     " FROM orders o WHERE o.is_return = 1 AND " ORDER_COUNTS("o") " AND " SPAN("o.order_date")
#define SHIPPED  "o.is_return = 0 AND " ORDER_COUNTS("o") " AND " SPAN(LEFT)
#define CAME     "CASE WHEN o.status = 'returned' THEN 1 ELSE 0 END"

/* Each first statement gives key, name, documents, quantity and amount of what came back; each second one key, name,
 * sales shipped and those of them that are `returned`. */
static const struct {
    const char *code, *back, *shipped;
    enum sales_by time; /* of those by time */
    bool by_time;
} groupings[] = {
    [RETURNS_BY_PRODUCT] = {"product",
                            "SELECT p.sku, p.name, t.a, t.q, t.r FROM (SELECT l.product_id AS id,"
                            " COUNT(DISTINCT o.id) AS a, " SUM("-l.qty * l.factor / 1000") " AS q, " SUM(
                                "-(l.net + l.vat)") " AS r FROM orders o JOIN order_lines l ON l.order_id = o.id"
                                                    " WHERE o.is_return = 1 AND " ORDER_COUNTS("o") " AND " SPAN(
                                                        "o.order_date") " GROUP BY 1) t"
                                                                        " JOIN products p ON p.id = t.id",
                            "SELECT p.sku, p.name, t.a, t.q FROM (SELECT l.product_id AS id, COUNT(DISTINCT o.id) AS a,"
                            " COUNT(DISTINCT CASE WHEN o.status = 'returned' THEN o.id END) AS q FROM orders o"
                            " JOIN order_lines l ON l.order_id = o.id WHERE " SHIPPED " GROUP BY 1) t"
                            " JOIN products p ON p.id = t.id",
                            SALES_BY_PRODUCT, false},
    [RETURNS_BY_REASON] = {"reason",
                           "SELECT o.reason, o.reason, COUNT(*), -" SUM(PIECES) ", " SUM("-o.revenue") BACK
                           " GROUP BY o.reason",
                           "SELECT b.reason, b.reason, 0, COUNT(DISTINCT o.id) FROM orders o"
                           " JOIN orders b ON b.return_of = o.id AND " ORDER_COUNTS(
                               "b") " WHERE o.status = 'returned' AND " SHIPPED " GROUP BY b.reason",
                           SALES_BY_PRODUCT, false},
#define BY_TIME(code, by)                                                                                              \
    {                                                                                                                  \
        code,                                                                                                          \
            "SELECT o.order_date, o.order_date, COUNT(*), -" SUM(PIECES) ", " SUM("-o.revenue") BACK                   \
            " GROUP BY o.order_date",                                                                                  \
            "SELECT " LEFT ", " LEFT ", COUNT(*), " SUM(CAME) " FROM orders o WHERE " SHIPPED " GROUP BY 1", by, true  \
    }
    [RETURNS_BY_DAY] = BY_TIME("day", SALES_BY_DAY),
    [RETURNS_BY_WEEK] = BY_TIME("week", SALES_BY_WEEK),
    [RETURNS_BY_MONTH] = BY_TIME("month", SALES_BY_MONTH),
};
#define GROUPINGS (sizeof groupings / sizeof groupings[0])

#define TOTAL_BACK    "SELECT '', '', COUNT(*), -" SUM(PIECES) ", " SUM("-o.revenue") BACK
#define TOTAL_SHIPPED "SELECT '', '', COUNT(*), " SUM(CAME) " FROM orders o WHERE " SHIPPED

bool returns_by_find(const char *typed, enum returns_by *out) {
    for (size_t i = 0; i < GROUPINGS; i++) {
        if (text_equal_folded(groupings[i].code, typed)) {
            *out = (enum returns_by)i;
            return true;
        }
    }
    return false;
}

struct returns_job {
    enum returns_by by;
    const char *from, *to;
    struct intern *keys;
    struct returns_row *rows; /* names are owned */
    size_t count, capacity;
    struct returns_row total;
};

static struct returns_row *row_at(struct returns_job *job, const char *key, const char *name) {
    uint32_t index = intern_add(job->keys, key);
    if (index == job->count) {
        job->rows = mem_grow(job->rows, job->count, &job->capacity, sizeof *job->rows);
        job->rows[job->count++] = (struct returns_row){.key = intern_text(job->keys, index),
                                                       .name = mem_strdup(key[0] == '\0' ? REPORT_NONE : name)};
    }
    return &job->rows[index];
}

static enum err_code add_back(struct returns_row *row, struct db_stmt *s, struct err *e) {
    row->returns += db_col_int(s, 2);
    if (money_add(row->qty, db_col_int(s, 3), &row->qty) && money_add(row->amount, db_col_int(s, 4), &row->amount)) {
        return ERR_OK;
    }
    return err_set_field(e, ERR_INVALID, "amount", _("the returns of this period add up to more than can be counted"));
}

static void add_shipped(struct returns_row *row, struct db_stmt *s) {
    row->shipped += db_col_int(s, 2);
    row->returned += db_col_int(s, 3);
}

/* Runs one statement into the rows, or, `job->rows` left alone, into the total. */
static enum err_code collect_one(struct db *db, struct returns_job *job, const char *sql, bool back, bool total,
                                 struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(db, sql, DB_BIND(DB_TEXT(job->from), DB_TEXT(job->to)), &s, e);
    enum db_row got = DB_END;
    while (rc == ERR_OK && (got = db_next(s, e)) == DB_ROW) {
        char text[REPORT_TIME_MAX];
        bool by_time = groupings[job->by].by_time;
        const char *key = db_col_text(s, 0);
        key = by_time && !total ? report_time_key(groupings[job->by].time, key, text) : key;
        struct returns_row *row = total ? &job->total : row_at(job, key, by_time ? key : db_col_text(s, 1));
        if (back) {
            rc = add_back(row, s, e);
        } else {
            add_shipped(row, s);
        }
    }
    db_done(&s);
    return got == DB_FAILED ? ERR_DB : rc;
}

static enum err_code collect(struct db *db, void *ctx, struct err *e) {
    struct returns_job *job = ctx;
    enum err_code rc = collect_one(db, job, groupings[job->by].back, true, false, e);
    if (rc == ERR_OK) {
        rc = collect_one(db, job, groupings[job->by].shipped, false, false, e);
    }
    if (rc == ERR_OK) {
        rc = collect_one(db, job, TOTAL_BACK, true, true, e);
    }
    return rc == ERR_OK ? collect_one(db, job, TOTAL_SHIPPED, false, true, e) : rc;
}

static void rate(struct returns_row *row) {
    row->has_rate = row->shipped > 0 && money_scale(row->returned, 10000, row->shipped, &row->rate_bps);
}

static int by_time(const void *a, const void *b) {
    return strcmp(((const struct returns_row *)a)->key, ((const struct returns_row *)b)->key);
}

static int by_amount(const void *a, const void *b) {
    const struct returns_row *x = a;
    const struct returns_row *y = b;
    return x->amount != y->amount ? (x->amount < y->amount) - (x->amount > y->amount) : by_time(a, b);
}

static enum err_code give(struct returns_job *job, returns_row_fn *fn, void *ctx, struct err *e) {
    enum err_code rc = ERR_OK;
    if (job->count > 1) {
        qsort(job->rows, job->count, sizeof *job->rows, groupings[job->by].by_time ? by_time : by_amount);
    }
    for (size_t i = 0; i < job->count && rc == ERR_OK; i++) {
        struct returns_row *row = &job->rows[i];
        if (job->by == RETURNS_BY_REASON) {
            row->shipped = job->total.shipped;
        }
        rate(row);
        bool nothing = row->returns == 0 && row->returned == 0;
        if (fn != NULL && (groupings[job->by].by_time || !nothing)) {
            rc = fn(ctx, row, e);
        }
    }
    return rc;
}

enum err_code report_returns(struct shop *shop, enum returns_by by, const char *from, const char *to,
                             returns_row_fn *row, void *ctx, struct returns_row *total, struct err *e) {
    struct returns_job job = {
        .by = by,
        .from = from == NULL || from[0] == '\0' ? "0" : from, /* what was never shipped has no date */
        .to = to == NULL || to[0] == '\0' ? "9999-99-99" : to,
        .keys = intern_new(),
        .total = {.key = "", .name = _("total")},
    };
    enum err_code rc = db_read(shop_db(shop), collect, &job, e);
    if (rc == ERR_OK) {
        rate(&job.total);
        rc = give(&job, row, ctx, e);
    }
    if (rc == ERR_OK && total != NULL) {
        *total = job.total;
    }
    for (size_t i = 0; i < job.count; i++) {
        free((char *)job.rows[i].name);
    }
    free(job.rows);
    intern_free(job.keys);
    return rc;
}
