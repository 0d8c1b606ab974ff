#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/province.h"
#include "base/text.h"
#include "chotdon/order_counts.h"
#include "domain/customer_internal.h"
#include "domain/search.h"
#include "domain/shop_internal.h"

#define VISIBLE "c.merged_into IS NULL AND c.erased_on = ''"
/* $1 segment, $2 province */
#define FILTER " WHERE " VISIBLE " AND ($1 = '' OR c.segment = $1) AND ($2 = '' OR c.province = $2)"

/* What counts as their order: sales that were not wholly taken back. */
#define IS_SALE "o.is_return = 0 AND o.status <> 'returned'"
#define FIGURES                                                                                                        \
    "COUNT(CASE WHEN " IS_SALE " THEN 1 END) AS orders, CAST(COALESCE(SUM(o.revenue), 0) AS BIGINT) AS revenue, "      \
    "CAST(COALESCE(SUM(o.due), 0) AS BIGINT) AS due, "                                                                 \
    "COALESCE(MAX(CASE WHEN " IS_SALE " THEN o.order_date END), '') AS last_order"

#define GROUPED(of)                                                                                                    \
    "f AS (SELECT o.customer_id AS id, " FIGURES " FROM orders o WHERE " of                                            \
    " AND " ORDER_COUNTS("o") " GROUP BY o.customer_id)"
/* One row for each phone of a customer, or one without. */
#define ROWS                                                                                                           \
    " SELECT " CUSTOMER_COLUMNS ", COALESCE(f.orders, 0), COALESCE(f.revenue, 0), COALESCE(f.due, 0), "                \
    "COALESCE(f.last_order, ''), COALESCE(ph.phone, '') FROM page JOIN customers c ON c.id = page.id "                 \
    "LEFT JOIN f ON f.id = c.id" CUSTOMER_JOINS " LEFT JOIN customer_phones ph ON ph.customer_id = c.id "

/* The page first, then the figures of those on it. */
#define PAGE_FIRST(order)                                                                                              \
    "WITH page AS (SELECT c.id FROM customers c" FILTER " ORDER BY " order                                             \
    ", c.id LIMIT $3 OFFSET $4), " GROUPED("o.customer_id IN (SELECT id FROM page)") ROWS "ORDER BY " order            \
                                                                                          ", c.id, ph.position"
/* Everybody's figures first, because they say who is on the page; $5: only those who owe. */
#define FIGURES_FIRST(order)                                                                                           \
    "WITH " GROUPED("o.customer_id IS NOT NULL") ", page AS (SELECT c.id FROM customers c LEFT JOIN f ON f.id = "      \
                                                 "c.id" FILTER                                                         \
                                                 " AND ($5 = 0 OR COALESCE(f.due, 0) > 0) ORDER BY " order             \
                                                 ", c.id LIMIT $3 OFFSET $4)" ROWS "ORDER BY " order                   \
                                                 ", c.id, ph.position"
#define ONE                                                                                                            \
    "WITH page AS (SELECT c.id FROM customers c" FILTER " AND c.id = $3), " GROUPED("o.customer_id = $3") ROWS         \
        "ORDER BY ph.position"

struct entry {
    struct customer c;
    struct customer_figures f;
};

static int compare_numbers(int64_t a, int64_t b) {
    return (a > b) - (a < b);
}

static int by_name(const struct entry *a, const struct entry *b) {
    char *x = text_sort_key(a->c.name, true);
    char *y = text_sort_key(b->c.name, true);
    int order = strcmp(x, y);
    free(x);
    free(y);
    return order;
}

static int by_code(const struct entry *a, const struct entry *b) {
    return strcmp(a->c.code, b->c.code);
}

static int by_debt(const struct entry *a, const struct entry *b) {
    return compare_numbers(a->f.due, b->f.due);
}

static int by_spent(const struct entry *a, const struct entry *b) {
    return compare_numbers(a->f.revenue, b->f.revenue);
}

static int by_last_order(const struct entry *a, const struct entry *b) {
    return strcmp(a->f.last_order, b->f.last_order);
}

typedef int compare_fn(const struct entry *a, const struct entry *b);

static const struct sort {
    const char *name;
    const char *up, *down;         /* NULL: only by everybody's figures */
    const char *all_up, *all_down; /* by everybody's figures */
    compare_fn *compare;           /* the same order for rows at hand */
} sorts[] = {
    {"name", PAGE_FIRST("c.sort_key"), PAGE_FIRST("c.sort_key DESC"), FIGURES_FIRST("c.sort_key"),
     FIGURES_FIRST("c.sort_key DESC"), by_name},
    {"code", PAGE_FIRST("c.code"), PAGE_FIRST("c.code DESC"), FIGURES_FIRST("c.code"), FIGURES_FIRST("c.code DESC"),
     by_code},
    {"debt", NULL, NULL, FIGURES_FIRST("COALESCE(f.due, 0)"), FIGURES_FIRST("COALESCE(f.due, 0) DESC"), by_debt},
    {"spent", NULL, NULL, FIGURES_FIRST("COALESCE(f.revenue, 0)"), FIGURES_FIRST("COALESCE(f.revenue, 0) DESC"),
     by_spent},
    {"last_order", NULL, NULL, FIGURES_FIRST("COALESCE(f.last_order, '')"),
     FIGURES_FIRST("COALESCE(f.last_order, '') DESC"), by_last_order},
};

static enum err_code find_sort(const char *name, const struct sort **out, struct err *e) {
    *out = &sorts[0];
    for (size_t i = 0; name != NULL && name[0] != '\0'; i++) {
        if (i == sizeof sorts / sizeof *sorts) {
            return err_set_field(e, ERR_INVALID, "sort",
                                 _("customers cannot be sorted by “%s”: use name, code, debt, spent or last_order"),
                                 name);
        }
        if (strcmp(sorts[i].name, name) == 0) {
            *out = &sorts[i];
            break;
        }
    }
    return ERR_OK;
}

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

static void entry_clear(struct entry *one) {
    customer_clear(&one->c);
}

/* The next customer of a statement that stands on their first row (*row is DB_ROW), with the phones of all their rows.
 */
static void read_entry(struct db_stmt *s, struct entry *out, enum db_row *row, struct err *e) {
    struct buf phones = BUF_INIT;
    customer_read(s, &out->c);
    read_figures(s, CUSTOMER_COLUMN_COUNT, &out->f);
    do {
        buf_addf(&phones, "%s%s", phones.len == 0 ? "" : ";", db_col_text(s, CUSTOMER_COLUMN_COUNT + 4));
        *row = db_next(s, e);
    } while (*row == DB_ROW && db_col_int(s, 0) == out->c.id);
    out->c.phones = buf_take(&phones);
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

static const char *statement_for(const struct customer_filter *f, const struct sort *sort) {
    bool all = f->with_debt || sort->up == NULL;
    if (f->descending) {
        return all ? sort->all_down : sort->down;
    }
    return all ? sort->all_up : sort->up;
}

static enum err_code list_all(struct shop *shop, const struct customer_filter *f, const struct sort *sort,
                              customer_row_fn *fn, void *ctx, struct err *e) {
    struct words w = take_words(f);
    struct db_stmt *s = NULL;
    const struct db_value values[] = {
        DB_TEXT(w.segment),
        DB_TEXT(w.province),
        DB_INT(f->limit == 0 ? INT64_MAX : f->limit),
        DB_INT(f->offset),
        /* the other statements have four */
        f->with_debt || sort->up == NULL ? DB_INT(f->with_debt) : (struct db_value){.kind = DB_KIND_END},
        {.kind = DB_KIND_END},
    };
    enum err_code rc = db_query(shop->db, statement_for(f, sort), values, &s, e);
    enum db_row row = rc == ERR_OK ? db_next(s, e) : DB_END;
    while (rc == ERR_OK && row == DB_ROW) {
        struct entry one;
        read_entry(s, &one, &row, e);
        rc = fn(ctx, &one.c, &one.f, e);
        entry_clear(&one);
    }
    db_done(&s);
    words_clear(&w);
    return row == DB_FAILED ? record_failed(e) : rc;
}

struct found {
    struct entry *rows;
    size_t count;
};

static void found_clear(struct found *found) {
    for (size_t i = 0; i < found->count; i++) {
        entry_clear(&found->rows[i]);
    }
    free(found->rows);
}

static enum err_code read_found(struct shop *shop, const struct customer_filter *f, const struct words *w, int64_t id,
                                struct found *found, struct err *e) {
    struct db_stmt *s = NULL;
    struct entry *one = &found->rows[found->count];
    enum err_code rc = db_query(shop->db, ONE, DB_BIND(DB_TEXT(w->segment), DB_TEXT(w->province), DB_INT(id)), &s, e);
    if (rc != ERR_OK) {
        return rc;
    }
    enum db_row row = db_next(s, e);
    if (row == DB_ROW) {
        read_entry(s, one, &row, e);
        if (f->with_debt && one->f.due <= 0) {
            entry_clear(one);
        } else {
            found->count++;
        }
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : ERR_OK;
}

/* Reads candidates until there are `enough`. */
static enum err_code search(struct shop *shop, const struct customer_filter *f, int64_t enough, struct found *found,
                            struct err *e) {
    int64_t *ids = mem_array(SEARCH_LIST_MAX, sizeof *ids);
    struct words w = take_words(f);
    int count = 0;
    enum err_code rc = customer_candidates(shop, f->text, ids, &count, e);
    found->rows = mem_array((size_t)count + 1, sizeof *found->rows);
    for (int i = 0; i < count && rc == ERR_OK && (int64_t)found->count < enough; i++) {
        rc = read_found(shop, f, &w, ids[i], found, e);
    }
    words_clear(&w);
    free(ids);
    return rc;
}

struct ordering {
    compare_fn *compare;
    bool descending;
};

static int compare_found(const void *a, const void *b, void *ctx) {
    const struct entry *x = a;
    const struct entry *y = b;
    const struct ordering *o = ctx;
    int order = o->compare(x, y);
    order = o->descending ? -order : order;
    return order != 0 ? order : compare_numbers(x->c.id, y->c.id);
}

static enum err_code list_found(struct shop *shop, const struct customer_filter *f, const struct sort *sort,
                                customer_row_fn *fn, void *ctx, struct err *e) {
    struct found found = {NULL, 0};
    bool sorted = f->sort != NULL && f->sort[0] != '\0';
    int64_t limit = f->limit == 0 ? SEARCH_LIST_MAX : f->limit;
    enum err_code rc = search(shop, f, sorted ? SEARCH_LIST_MAX : f->offset + limit, &found, e);
    if (rc == ERR_OK && sorted) {
        struct ordering o = {sort->compare, f->descending};
        qsort_r(found.rows, found.count, sizeof *found.rows, compare_found, &o);
    }
    for (int64_t i = f->offset; i < (int64_t)found.count && i - f->offset < limit && rc == ERR_OK; i++) {
        rc = fn(ctx, &found.rows[i].c, &found.rows[i].f, e);
    }
    found_clear(&found);
    return rc;
}

static bool is_search(const struct customer_filter *f) {
    return f->text != NULL && f->text[strspn(f->text, " \t")] != '\0';
}

static const struct customer_filter everybody = {0};

enum err_code customer_list(struct shop *shop, const struct customer_filter *filter, customer_row_fn *row, void *ctx,
                            struct err *e) {
    const struct customer_filter *f = filter == NULL ? &everybody : filter;
    const struct sort *sort = NULL;
    enum err_code rc = find_sort(f->sort, &sort, e);
    if (rc != ERR_OK) {
        return rc;
    }
    return is_search(f) ? list_found(shop, f, sort, row, ctx, e) : list_all(shop, f, sort, row, ctx, e);
}

static enum err_code count_all(struct shop *shop, const struct customer_filter *f, int64_t *count, struct err *e) {
    struct words w = take_words(f);
    enum err_code rc = db_get_int(
        shop->db,
        f->with_debt ? "WITH " GROUPED("o.customer_id IS NOT NULL") " SELECT COUNT(*) FROM f JOIN customers c "
                                                                    "ON c.id = f.id" FILTER " AND f.due > 0"
                     : "SELECT COUNT(*) FROM customers c" FILTER,
        DB_BIND(DB_TEXT(w.segment), DB_TEXT(w.province)), count, e);
    words_clear(&w);
    return rc;
}

static enum err_code count_found(struct shop *shop, const struct customer_filter *f, int64_t *count, struct err *e) {
    struct found found = {NULL, 0};
    bool filtered = f->with_debt || (f->segment != NULL && f->segment[0] != '\0') ||
                    (f->province != NULL && f->province[0] != '\0');
    int64_t ids[SEARCH_LIST_MAX];
    int n = 0;
    enum err_code rc;
    if (!filtered) {
        rc = customer_candidates(shop, f->text, ids, &n, e);
        *count = n;
        return rc;
    }
    rc = search(shop, f, SEARCH_LIST_MAX, &found, e);
    *count = (int64_t)found.count;
    found_clear(&found);
    return rc;
}

enum err_code customer_count(struct shop *shop, const struct customer_filter *filter, int64_t *count, struct err *e) {
    const struct customer_filter *f = filter == NULL ? &everybody : filter;
    *count = 0;
    return is_search(f) ? count_found(shop, f, count, e) : count_all(shop, f, count, e);
}

/* Only orders with something due are looked at. */
static enum err_code due_of_all(struct shop *shop, const struct customer_filter *f, int64_t *due, struct err *e) {
    struct words w = take_words(f);
    enum err_code rc = db_get_int(
        shop->db,
        "SELECT CAST(COALESCE(SUM(t.due), 0) AS BIGINT) FROM (SELECT o.customer_id AS id, SUM(o.due) AS due FROM "
        "orders o "
        "WHERE o.due <> 0 AND " ORDER_COUNTS("o") " GROUP BY o.customer_id) t JOIN customers c ON c.id = t.id" FILTER
                                                  " AND ($3 = 0 OR t.due > 0)",
        DB_BIND(DB_TEXT(w.segment), DB_TEXT(w.province), DB_INT(f->with_debt)), due, e);
    words_clear(&w);
    return rc;
}

enum err_code customer_due(struct shop *shop, const struct customer_filter *filter, int64_t *due, struct err *e) {
    const struct customer_filter *f = filter == NULL ? &everybody : filter;
    *due = 0;
    if (!is_search(f)) {
        return due_of_all(shop, f, due, e);
    }
    struct found found = {NULL, 0};
    enum err_code rc = search(shop, f, SEARCH_LIST_MAX, &found, e);
    for (size_t i = 0; i < found.count; i++) {
        *due += found.rows[i].f.due;
    }
    found_clear(&found);
    return rc;
}
