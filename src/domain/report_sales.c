#include "chotdon/permission.h"
#include "chotdon/report.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "chotdon/order_counts.h"
#include "db/db.h"
#include "domain/report_lines.h"
#include "domain/report_rows.h"

/* Sums of documents: orders, returns, (no quantity), revenue, net, cost, discount with the lines' own. */
#define SUM(x)        "CAST(COALESCE(SUM(" x "), 0) AS BIGINT)"
#define LINE_DISCOUNT "(SELECT COALESCE(SUM(d.discount), 0) FROM order_lines d WHERE d.order_id = o.id)"
#define DOCUMENT_SUMS                                                                                                  \
    SUM("1 - o.is_return")                                                                                             \
    " AS a, " SUM("o.is_return") " AS b, 0 AS q, " SUM("o.revenue") " AS r, " SUM("o.net") " AS n, " SUM(              \
        "o.cost") " AS c, " SUM("o.discount + " LINE_DISCOUNT) " AS d"
#define COUNTED  ORDER_COUNTS("o") " AND o.order_date >= $1 AND o.order_date <= $2"
#define BY_ID(i) "(SELECT " i " AS id, " DOCUMENT_SUMS " FROM orders o WHERE " COUNTED " GROUP BY 1) t"
#define FIGURES  "t.a, t.b, t.q, t.r, t.n, t.c, t.d"

/* Each gives key, name and the figures; none where lines are added up (report_lines.c). By rep only what is one rep's,
 * or nobody's; the rest is split in C. */
static const struct {
    const char *code, *sql;
    bool by_key, by_line;
} groupings[] = {
    [SALES_BY_DAY] = {"day", "SELECT t.id, t.id, " FIGURES " FROM " BY_ID("o.order_date"), true, false},
    [SALES_BY_WEEK] = {"week", "SELECT t.id, t.id, " FIGURES " FROM " BY_ID("o.order_date"), true, false},
    [SALES_BY_MONTH] = {"month", "SELECT t.id, t.id, " FIGURES " FROM " BY_ID("o.order_date"), true, false},
    [SALES_BY_REP] = {"rep",
                      "SELECT s.code, s.name, " FIGURES " FROM (SELECT r.staff_id AS id, " DOCUMENT_SUMS
                      " FROM orders o LEFT JOIN order_reps r ON r.order_id = o.id AND r.share_bps = 10000"
                      " WHERE (r.staff_id IS NOT NULL OR NOT EXISTS"
                      " (SELECT 1 FROM order_reps x WHERE x.order_id = o.id)) AND " COUNTED
                      " GROUP BY 1) t LEFT JOIN staff s ON s.id = t.id",
                      false, false},
    [SALES_BY_CHANNEL] = {"channel",
                          "SELECT c.name, c.name, " FIGURES
                          " FROM " BY_ID("o.channel_id") " LEFT JOIN channels c ON c.id = t.id",
                          false, false},
    [SALES_BY_PRODUCT] = {"product", NULL, false, true},
    [SALES_BY_CUSTOMER] = {"customer",
                           "SELECT c.code, c.name, " FIGURES
                           " FROM " BY_ID("o.customer_id") " LEFT JOIN customers c ON c.id = t.id",
                           false, false},
    [SALES_BY_GROUP] = {"group", NULL, false, true},
    [SALES_BY_PROVINCE] = {"province",
                           "SELECT t.id, t.id, " FIGURES " FROM (SELECT COALESCE(NULLIF(o.province, ''), u.province, "
                           "'') AS id, " DOCUMENT_SUMS " FROM orders o LEFT JOIN customers u ON u.id = o.customer_id"
                           " WHERE " COUNTED " GROUP BY 1) t",
                           false, false},
};
#define GROUPINGS (sizeof groupings / sizeof groupings[0])

const char *sales_by_code(enum sales_by by) {
    return groupings[by].code;
}

bool sales_by_find(const char *typed, enum sales_by *out) {
    for (size_t i = 0; i < GROUPINGS; i++) {
        if (text_equal_folded(groupings[i].code, typed)) {
            *out = (enum sales_by)i;
            return true;
        }
    }
    return false;
}

static struct sales_row read_figures(struct db_stmt *s) {
    return (struct sales_row){.orders = db_col_int(s, 2),
                              .returns = db_col_int(s, 3),
                              .qty = db_col_int(s, 4),
                              .revenue = db_col_int(s, 5),
                              .net_revenue = db_col_int(s, 6),
                              .cost = db_col_int(s, 7),
                              .discount = db_col_int(s, 8)};
}

struct span {
    const char *from, *to;
};
#define SPAN_BIND(p) DB_BIND(DB_TEXT((p)->from), DB_TEXT((p)->to))

static enum err_code add_grouped(struct db *db, enum sales_by by, const struct span *span, struct report_rows *rows,
                                 struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(db, groupings[by].sql, SPAN_BIND(span), &s, e);
    enum db_row got = DB_END;
    while (rc == ERR_OK && (got = db_next(s, e)) == DB_ROW) {
        char text[REPORT_TIME_MAX];
        const char *key = by <= SALES_BY_MONTH ? report_time_key(by, db_col_text(s, 0), text) : db_col_text(s, 0);
        const char *name = by <= SALES_BY_MONTH ? key : db_col_text(s, 1);
        const struct sales_row figures = read_figures(s);
        rc = report_row_add(report_rows_at(rows, key, name), &figures, e);
    }
    db_done(&s);
    return got == DB_FAILED ? ERR_DB : rc;
}

/* An order of several reps while its rows come in. */
struct shared_order {
    int64_t id;
    struct sales_row figures;
    struct {
        char *code, *name;
    } * reps;
    int64_t *shares;
    size_t count, rep_capacity, share_capacity;
};

static void shared_reset(struct shared_order *o) {
    for (size_t i = 0; i < o->count; i++) {
        free(o->reps[i].code);
        free(o->reps[i].name);
    }
    o->count = 0;
}

/* The document counts for the largest share, the first one on a tie. */
static size_t largest(const struct shared_order *o) {
    size_t best = 0;
    for (size_t i = 1; i < o->count; i++) {
        if (o->shares[i] > o->shares[best]) {
            best = i;
        }
    }
    return best;
}

static enum err_code shared_split(struct shared_order *o, struct report_rows *rows, struct err *e) {
    if (o->count == 0 || o->shares[largest(o)] == 0) {
        return ERR_OK;
    }
    int64_t *parts = mem_array(4 * o->count, sizeof *parts);
    int64_t *net = parts + o->count, *cost = net + o->count, *discount = cost + o->count;
    money_split(o->figures.revenue, o->shares, o->count, parts);
    money_split(o->figures.net_revenue, o->shares, o->count, net);
    money_split(o->figures.cost, o->shares, o->count, cost);
    money_split(o->figures.discount, o->shares, o->count, discount);
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < o->count && rc == ERR_OK; i++) {
        bool counts = i == largest(o);
        const struct sales_row part = {.orders = counts ? o->figures.orders : 0,
                                       .returns = counts ? o->figures.returns : 0,
                                       .revenue = parts[i],
                                       .net_revenue = net[i],
                                       .cost = cost[i],
                                       .discount = discount[i]};
        rc = report_row_add(report_rows_at(rows, o->reps[i].code, o->reps[i].name), &part, e);
    }
    free(parts);
    return rc;
}

static void shared_take(struct shared_order *o, struct db_stmt *s) {
    o->figures = read_figures(s);
    o->reps = mem_grow(o->reps, o->count, &o->rep_capacity, sizeof *o->reps);
    o->shares = mem_grow(o->shares, o->count, &o->share_capacity, sizeof *o->shares);
    o->reps[o->count].code = db_col_dup(s, 0);
    o->reps[o->count].name = db_col_dup(s, 1);
    o->shares[o->count++] = db_col_int(s, 10);
}

static enum err_code add_shared(struct db *db, const struct span *span, struct report_rows *rows, struct err *e) {
    struct shared_order order = {0};
    struct db_stmt *s = NULL;
    enum err_code rc =
        db_query(db,
                 "SELECT s.code, s.name, 1 - o.is_return, o.is_return, 0, o.revenue, o.net, o.cost,"
                 " o.discount + " LINE_DISCOUNT ", o.id, r.share_bps FROM orders o"
                 " JOIN order_reps r ON r.order_id = o.id AND r.share_bps < 10000 JOIN staff s ON s.id = r.staff_id"
                 " WHERE " COUNTED " ORDER BY o.id, r.position",
                 SPAN_BIND(span), &s, e);
    enum db_row got = DB_END;
    while (rc == ERR_OK && (got = db_next(s, e)) == DB_ROW) {
        if (db_col_int(s, 9) != order.id) {
            rc = shared_split(&order, rows, e);
            shared_reset(&order);
            order.id = db_col_int(s, 9);
        }
        shared_take(&order, s);
    }
    if (got == DB_FAILED) {
        rc = ERR_DB;
    }
    if (rc == ERR_OK) {
        rc = shared_split(&order, rows, e);
    }
    shared_reset(&order);
    free(order.reps);
    free(order.shares);
    db_done(&s);
    return rc;
}

/* Documents of the period; by line they would be counted once for every product. */
static enum err_code count_documents(struct db *db, const struct span *span, struct sales_row *total, struct err *e) {
    enum err_code rc = db_get_int(db, "SELECT COUNT(*) FROM orders o WHERE o.is_return = 0 AND " COUNTED,
                                  SPAN_BIND(span), &total->orders, e);
    if (rc == ERR_OK) {
        rc = db_get_int(db, "SELECT COUNT(*) FROM orders o WHERE o.is_return = 1 AND " COUNTED, SPAN_BIND(span),
                        &total->returns, e);
    }
    return rc;
}

static enum err_code give_rows(struct report_rows *rows, bool shows_cost, sales_row_fn *row, void *ctx,
                               struct sales_row *total, struct err *e) {
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < rows->count && rc == ERR_OK; i++) {
        if (!shows_cost) {
            rows->rows[i].cost = rows->rows[i].margin = 0;
        }
        rc = report_row_add(total, &rows->rows[i], e);
        if (rc == ERR_OK && row != NULL) {
            rc = row(ctx, &rows->rows[i], e);
        }
    }
    total->vat = total->revenue - total->net_revenue;
    total->margin = shows_cost ? total->net_revenue - total->cost : 0;
    return rc;
}

struct sales_job {
    enum sales_by by;
    struct span span;
    struct report_rows rows;
    struct sales_row documents; /* counted apart where rows are lines */
};

static enum err_code collect(struct db *db, void *ctx, struct err *e) {
    struct sales_job *job = ctx;
    if (groupings[job->by].by_line) {
        enum err_code rc = report_lines_add(db, job->by == SALES_BY_GROUP, job->span.from, job->span.to, &job->rows, e);
        return rc == ERR_OK ? count_documents(db, &job->span, &job->documents, e) : rc;
    }
    enum err_code rc = add_grouped(db, job->by, &job->span, &job->rows, e);
    if (rc == ERR_OK && job->by == SALES_BY_REP) {
        rc = add_shared(db, &job->span, &job->rows, e);
    }
    return rc;
}

enum err_code report_sales(struct shop *shop, enum sales_by by, const char *from, const char *to, sales_row_fn *row,
                           void *ctx, struct sales_row *total, struct err *e) {
    struct sales_job job = {
        .by = by,
        .span = {from == NULL ? "" : from, to == NULL || to[0] == '\0' ? "9999-99-99" : to},
    };
    struct sales_row sum = {.key = "", .name = _("total")};
    enum err_code rc = db_read(shop_db(shop), collect, &job, e);
    if (rc == ERR_OK) {
        report_rows_finish(&job.rows, groupings[by].by_key);
        rc = give_rows(&job.rows, shop_may(shop, PERMIT_SEE_COST), row, ctx, &sum, e);
    }
    if (rc == ERR_OK && total != NULL) {
        if (groupings[by].by_line) {
            sum.orders = job.documents.orders;
            sum.returns = job.documents.returns;
        }
        *total = sum;
    }
    report_rows_clear(&job.rows);
    return rc;
}
