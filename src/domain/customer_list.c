#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/province.h"
#include "chotdon/order_counts.h"
#include "domain/customer_internal.h"
#include "domain/id_list.h"
#include "domain/shop_internal.h"

#define VISIBLE "c.merged_into IS NULL AND c.erased_on = ''"
/* $1 segment, $2 province */
#define FILTER " WHERE " VISIBLE " AND ($1 = '' OR c.segment = $1) AND ($2 = '' OR c.province = $2)"

/* A figure of everybody who has orders, and that of one. Debts are of orders with something due, which are few. */
#define GROUPED(figure) "SELECT o.customer_id AS id, " figure " GROUP BY o.customer_id"
#define OF_ONE(figure)  "(SELECT " figure " AND o.customer_id = c.id)"
#define WITH(figure)    " LEFT JOIN (" GROUPED(figure) ") f ON f.id = c.id"
#define OWED            "CAST(SUM(o.due) AS BIGINT) AS figure FROM orders o WHERE o.due <> 0 AND " ORDER_COUNTS("o")
#define SPENT                                                                                                          \
    "CAST(SUM(o.revenue) AS BIGINT) AS figure FROM orders o WHERE o.customer_id IS NOT NULL AND " ORDER_COUNTS("o")
#define LAST                                                                                                           \
    "MAX(CASE WHEN " IS_SALE                                                                                           \
    " THEN o.order_date END) AS figure FROM orders o WHERE o.customer_id IS NOT NULL AND " ORDER_COUNTS("o")
/* $3: only those who owe. */
#define OWES_ALL " AND ($3 = 0 OR c.id IN (SELECT t.id FROM (" GROUPED(OWED) ") t WHERE t.figure > 0))"
#define OWES_ONE " AND ($3 = 0 OR " OF_ONE(OWED) " > 0)"

#define ALL(joins, order) "SELECT c.id FROM customers c" joins FILTER OWES_ALL " ORDER BY " order " LIMIT $4 OFFSET $5"
#define ONE(key)          "SELECT " key " FROM customers c" FILTER OWES_ONE " AND c.id = $4"

/* What counts as their order: sales that were not wholly taken back. */
#define IS_SALE "o.is_return = 0 AND o.status <> 'returned'"
#define FIGURES                                                                                                        \
    "COUNT(CASE WHEN " IS_SALE " THEN 1 END) AS orders, CAST(COALESCE(SUM(o.revenue), 0) AS BIGINT) AS revenue, "      \
    "CAST(COALESCE(SUM(o.due), 0) AS BIGINT) AS due, "                                                                 \
    "COALESCE(MAX(CASE WHEN " IS_SALE " THEN o.order_date END), '') AS last_order"

static const struct id_sort sorts[] = {
    {"name", ALL("", "c.sort_key, c.id"), ALL("", "c.sort_key DESC, c.id DESC"), ONE("c.sort_key"), true},
    {"code", ALL("", "c.code, c.id"), ALL("", "c.code DESC, c.id DESC"), ONE("c.code"), true},
    {"debt", ALL(WITH(OWED), "COALESCE(f.figure, 0), c.id"), ALL(WITH(OWED), "COALESCE(f.figure, 0) DESC, c.id DESC"),
     ONE("COALESCE(" OF_ONE(OWED) ", 0)"), false},
    {"spent", ALL(WITH(SPENT), "COALESCE(f.figure, 0), c.id"),
     ALL(WITH(SPENT), "COALESCE(f.figure, 0) DESC, c.id DESC"), ONE("COALESCE(" OF_ONE(SPENT) ", 0)"), false},
    {"last_order", ALL(WITH(LAST), "COALESCE(f.figure, ''), c.id"),
     ALL(WITH(LAST), "COALESCE(f.figure, '') DESC, c.id DESC"), ONE("COALESCE(" OF_ONE(LAST) ", '')"), true},
};

/* The same of one segment alone, which has an index of its own: most customers are in none. */
#define SEGMENT           " WHERE " VISIBLE " AND c.segment <> '' AND c.segment = $1 AND ($2 = '' OR c.province = $2)"
#define IN_SEGMENT(order) "SELECT c.id FROM customers c" SEGMENT OWES_ALL " ORDER BY " order " LIMIT $4 OFFSET $5"
static const struct id_sort segment_by_name = {"name", IN_SEGMENT("c.sort_key, c.id"),
                                               IN_SEGMENT("c.sort_key DESC, c.id DESC"), ONE("c.sort_key"), true};

static void read_figures(struct db_stmt *s, int column, struct customer_figures *f) {
    *f = (struct customer_figures){
        .orders = db_col_int(s, column), .revenue = db_col_int(s, column + 1), .due = db_col_int(s, column + 2)};
    snprintf(f->last_order, sizeof f->last_order, "%s", db_col_text(s, column + 3));
}

enum err_code customer_figures(struct shop *shop, int64_t id, struct customer_figures *out, struct err *e) {
    struct db_stmt *s = NULL;
    *out = (struct customer_figures){0};
    enum err_code rc =
        db_query(shop->db, "SELECT " FIGURES " FROM orders o WHERE o.customer_id = $1 AND " ORDER_COUNTS("o"),
                 DB_BIND(DB_INT(id)), &s, e);
    if (rc != ERR_OK) {
        return rc;
    }
    enum db_row row = db_next(s, e);
    if (row == DB_ROW) {
        read_figures(s, 0, out);
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : ERR_OK;
}

/* The filter's words as they are stored. */
struct words {
    char *segment;
    char *province;
};

static struct words take_words(const struct customer_filter *f) {
    const char *province = f->province == NULL ? "" : f->province;
    const char *known = province_canonical(province);
    return (struct words){customer_segment(f->segment == NULL ? "" : f->segment),
                          mem_strdup(known == NULL ? province : known)};
}

static void words_clear(struct words *w) {
    free(w->segment);
    free(w->province);
}

static const struct customer_filter everybody = {0};

static struct id_list list_of(const struct customer_filter *f, const struct words *w) {
    const struct id_sort *sort = id_sort_find(sorts, sizeof sorts / sizeof *sorts, f->sort);
    return (struct id_list){
        .candidates = customer_candidates,
        .text = f->text,
        .filtered = f->with_debt || w->segment[0] != '\0' || w->province[0] != '\0',
        .sort = sort == sorts && w->segment[0] != '\0' ? &segment_by_name : sort,
        .best_first = f->sort == NULL || f->sort[0] == '\0',
        .descending = f->descending,
        .values = {DB_TEXT(w->segment), DB_TEXT(w->province), DB_INT(f->with_debt)},
        .value_count = 3,
        .limit = f->limit,
        .offset = f->offset,
    };
}

static enum err_code read_ids(struct shop *shop, const struct customer_filter *filter, struct ids *ids, struct err *e) {
    const struct customer_filter *f = filter == NULL ? &everybody : filter;
    struct words w = take_words(f);
    struct id_list l = list_of(f, &w);
    enum err_code rc =
        l.sort != NULL
            ? id_list_read(shop, &l, ids, e)
            : err_set_field(e, ERR_INVALID, "sort",
                            _("customers cannot be sorted by “%s”: use name, code, debt, spent or last_order"),
                            f->sort);
    words_clear(&w);
    return rc;
}

enum err_code customer_ids(struct shop *shop, const struct customer_filter *filter, int64_t **ids, size_t *count,
                           struct err *e) {
    struct ids read = {0};
    enum err_code rc = read_ids(shop, filter, &read, e);
    *ids = read.items;
    *count = read.count;
    return rc;
}

static enum err_code give_rows(struct shop *shop, const int64_t *ids, size_t count, bool bare, customer_row_fn *row,
                               void *ctx, struct err *e) {
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < count && rc == ERR_OK; i++) {
        struct customer c = {0};
        struct customer_figures f = {0};
        rc = customer_get(shop, ids[i], &c, e);
        if (rc == ERR_NOT_FOUND) { /* gone meanwhile */
            rc = ERR_OK;
            continue;
        }
        if (rc == ERR_OK && !bare) {
            rc = customer_figures(shop, c.id, &f, e);
        }
        if (rc == ERR_OK) {
            rc = row(ctx, &c, &f, e);
        }
        customer_clear(&c);
    }
    return rc;
}

enum err_code customer_rows(struct shop *shop, const int64_t *ids, size_t count, customer_row_fn *row, void *ctx,
                            struct err *e) {
    return give_rows(shop, ids, count, false, row, ctx, e);
}

enum err_code customer_list(struct shop *shop, const struct customer_filter *filter, customer_row_fn *row, void *ctx,
                            struct err *e) {
    struct ids ids = {0};
    enum err_code rc = read_ids(shop, filter, &ids, e);
    if (rc == ERR_OK) {
        rc = give_rows(shop, ids.items, ids.count, filter != NULL && filter->bare, row, ctx, e);
    }
    ids_clear(&ids);
    return rc;
}

static enum err_code figure(struct shop *shop, const struct customer_filter *filter, const char *all, const char *one,
                            int64_t *out, struct err *e) {
    const struct customer_filter *f = filter == NULL ? &everybody : filter;
    struct words w = take_words(f);
    struct id_list l = list_of(f, &w);
    enum err_code rc = id_list_figure(shop, &l, all, one, out, e);
    words_clear(&w);
    return rc;
}

enum err_code customer_count(struct shop *shop, const struct customer_filter *filter, int64_t *count, struct err *e) {
    const struct customer_filter *f = filter == NULL ? &everybody : filter;
    bool segment = f->segment != NULL && f->segment[0] != '\0';
    bool all = !f->with_debt && !segment && (f->province == NULL || f->province[0] == '\0');
    if (segment) {
        return figure(shop, f, "SELECT COUNT(*) FROM customers c" SEGMENT OWES_ALL, NULL, count, e);
    }
    return figure(shop, f,
                  all ? "SELECT (SELECT COUNT(*) FROM customers) - (SELECT COUNT(*) FROM customers WHERE merged_into"
                        " IS NOT NULL OR erased_on <> '') WHERE $1 = '' AND $2 = '' AND $3 = 0"
                      : "SELECT COUNT(*) FROM customers c" FILTER OWES_ALL,
                  NULL, count, e);
}

enum err_code customer_due(struct shop *shop, const struct customer_filter *filter, int64_t *due, struct err *e) {
    return figure(shop, filter,
                  "SELECT CAST(COALESCE(SUM(t.figure), 0) AS BIGINT) FROM (" GROUPED(
                      OWED) ") t JOIN customers c ON c.id = t.id" FILTER " AND ($3 = 0 OR t.figure > 0)",
                  "SELECT COALESCE(" OF_ONE(OWED) ", 0) FROM customers c WHERE c.id = $1", due, e);
}
