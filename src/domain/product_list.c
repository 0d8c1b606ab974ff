#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "domain/product_internal.h"
#include "domain/record.h"
#include "domain/search.h"
#include "domain/shop_internal.h"

/* $1 with inactive ones, $2 group path (folded), $3 only low stock */
#define FILTER                                                                                                         \
    " WHERE ($1 = 1 OR p.active = 1) AND ($2 = '' OR p.group_id IN (SELECT id FROM product_groups WHERE folded = $2 "  \
    "OR substr(folded, 1, length($2) + 1) = $2 || '/')) AND ($3 = 0 OR p.stock_min > COALESCE((SELECT on_hand FROM "   \
    "stock WHERE product_id = p.id), 0))"

/* The page is found first, by as few tables as its order needs. */
#define LIST(joins, order)                                                                                             \
    "WITH page AS (SELECT p.id FROM products p" joins FILTER " ORDER BY " order                                        \
    ", p.id LIMIT $4 OFFSET $5) " PRODUCT_COLUMNS " FROM page JOIN products p ON p.id = page.id" PRODUCT_JOINS         \
    " ORDER BY " order ", p.id"
#define JOIN_STOCK " LEFT JOIN stock s ON s.product_id = p.id"
#define JOIN_GROUP " LEFT JOIN product_groups g ON g.id = p.group_id"

static int compare_numbers(int64_t a, int64_t b) {
    return (a > b) - (a < b);
}

static int by_sku(const struct product *a, const struct product *b) {
    return strcmp(a->sku, b->sku);
}

static int by_name(const struct product *a, const struct product *b) {
    char *x = text_sort_key(a->name, false);
    char *y = text_sort_key(b->name, false);
    int order = strcmp(x, y);
    free(x);
    free(y);
    return order;
}

static int by_price(const struct product *a, const struct product *b) {
    return compare_numbers(a->price, b->price);
}

static int by_on_hand(const struct product *a, const struct product *b) {
    return compare_numbers(a->on_hand, b->on_hand);
}

static int by_value(const struct product *a, const struct product *b) {
    return compare_numbers(a->value, b->value);
}

static int by_group(const struct product *a, const struct product *b) {
    char *x = text_fold(a->group);
    char *y = text_fold(b->group);
    int order = strcmp(x, y);
    free(x);
    free(y);
    return order;
}

typedef int compare_fn(const struct product *a, const struct product *b);

static const struct sort {
    const char *name;
    const char *up, *down;
    compare_fn *compare; /* the same order for rows at hand */
} sorts[] = {
    {"sku", LIST("", "p.sku"), LIST("", "p.sku DESC"), by_sku},
    {"name", LIST("", "p.sort_key"), LIST("", "p.sort_key DESC"), by_name},
    {"price", LIST("", "p.price"), LIST("", "p.price DESC"), by_price},
    {"on_hand", LIST(JOIN_STOCK, "COALESCE(s.on_hand, 0)"), LIST(JOIN_STOCK, "COALESCE(s.on_hand, 0) DESC"),
     by_on_hand},
    {"value", LIST(JOIN_STOCK, "COALESCE(s.value, 0)"), LIST(JOIN_STOCK, "COALESCE(s.value, 0) DESC"), by_value},
    {"group", LIST(JOIN_GROUP, "COALESCE(g.folded, '')"), LIST(JOIN_GROUP, "COALESCE(g.folded, '') DESC"), by_group},
};

static enum err_code find_sort(const char *name, const struct sort **out, struct err *e) {
    *out = &sorts[0];
    for (size_t i = 0; name != NULL && name[0] != '\0'; i++) {
        if (i == sizeof sorts / sizeof *sorts) {
            return err_set_field(e, ERR_INVALID, "sort",
                                 _("products cannot be sorted by “%s”: use sku, name, price, on_hand, value or group"),
                                 name);
        }
        if (strcmp(sorts[i].name, name) == 0) {
            *out = &sorts[i];
            break;
        }
    }
    return ERR_OK;
}

static enum err_code hand_over(struct shop *shop, const struct product_filter *f, struct product *p, product_row_fn *fn,
                               void *ctx, struct err *e) {
    enum err_code rc = f->bare ? ERR_OK : product_read_parts(shop->db, p, e);
    return rc == ERR_OK ? fn(ctx, p, e) : rc;
}

static enum err_code list_all(struct shop *shop, const struct product_filter *f, const char *group,
                              const struct sort *sort, product_row_fn *fn, void *ctx, struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(shop->db, f->descending ? sort->down : sort->up,
                                DB_BIND(DB_INT(f->with_inactive), DB_TEXT(group), DB_INT(f->low_stock),
                                        DB_INT(f->limit == 0 ? INT64_MAX : f->limit), DB_INT(f->offset)),
                                &s, e);
    enum db_row row = DB_END;
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        struct product p;
        product_read(s, &p);
        rc = hand_over(shop, f, &p, fn, ctx, e);
        product_clear(&p);
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

#define SQL_NAME "SELECT name, sku FROM products WHERE id = $1"

/* What a search found, read and filtered, in its order. */
struct found {
    struct product *rows;
    size_t count;
};

static void found_clear(struct found *found) {
    for (size_t i = 0; i < found->count; i++) {
        product_clear(&found->rows[i]);
    }
    free(found->rows);
}

static enum err_code read_found(struct shop *shop, const struct product_filter *f, const char *group, int64_t id,
                                struct found *found, struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc =
        db_query(shop->db, PRODUCT_COLUMNS " FROM products p" PRODUCT_JOINS FILTER " AND p.id = $4",
                 DB_BIND(DB_INT(f->with_inactive), DB_TEXT(group), DB_INT(f->low_stock), DB_INT(id)), &s, e);
    if (rc != ERR_OK) {
        return rc;
    }
    enum db_row row = db_next(s, e);
    if (row == DB_ROW) {
        product_read(s, &found->rows[found->count++]);
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : ERR_OK;
}

/* Reads candidates until there are `enough`. */
static enum err_code search(struct shop *shop, const struct product_filter *f, const char *group, int64_t enough,
                            struct found *found, struct err *e) {
    int64_t *ids = mem_array(SEARCH_LIST_MAX, sizeof *ids);
    int count = 0;
    enum err_code rc = search_candidates(shop, SEARCH_PRODUCT, SQL_NAME, f->text, ids, &count, e);
    found->rows = mem_array((size_t)count + 1, sizeof *found->rows);
    for (int i = 0; i < count && rc == ERR_OK && (int64_t)found->count < enough; i++) {
        rc = read_found(shop, f, group, ids[i], found, e);
    }
    free(ids);
    return rc;
}

struct ordering {
    compare_fn *compare;
    bool descending;
};

static int compare_found(const void *a, const void *b, void *ctx) {
    const struct product *x = a;
    const struct product *y = b;
    const struct ordering *o = ctx;
    int order = o->compare(x, y);
    order = o->descending ? -order : order;
    return order != 0 ? order : compare_numbers(x->id, y->id);
}

static enum err_code list_found(struct shop *shop, const struct product_filter *f, const char *group,
                                const struct sort *sort, product_row_fn *fn, void *ctx, struct err *e) {
    struct found found = {NULL, 0};
    bool sorted = f->sort != NULL && f->sort[0] != '\0';
    int64_t limit = f->limit == 0 ? SEARCH_LIST_MAX : f->limit;
    enum err_code rc = search(shop, f, group, sorted ? SEARCH_LIST_MAX : f->offset + limit, &found, e);
    if (rc == ERR_OK && sorted) {
        struct ordering o = {sort->compare, f->descending};
        qsort_r(found.rows, found.count, sizeof *found.rows, compare_found, &o);
    }
    for (int64_t i = f->offset; i < (int64_t)found.count && i - f->offset < limit && rc == ERR_OK; i++) {
        rc = hand_over(shop, f, &found.rows[i], fn, ctx, e);
    }
    found_clear(&found);
    return rc;
}

static bool is_search(const struct product_filter *f) {
    return f->text != NULL && f->text[strspn(f->text, " \t")] != '\0';
}

enum err_code product_list(struct shop *shop, const struct product_filter *filter, product_row_fn *row, void *ctx,
                           struct err *e) {
    static const struct product_filter all = {0};
    const struct product_filter *f = filter == NULL ? &all : filter;
    const struct sort *sort = NULL;
    char *group = text_fold(f->group == NULL ? "" : f->group);
    enum err_code rc = find_sort(f->sort, &sort, e);
    if (rc == ERR_OK) {
        rc = is_search(f) ? list_found(shop, f, group, sort, row, ctx, e) : list_all(shop, f, group, sort, row, ctx, e);
    }
    free(group);
    return rc;
}

static enum err_code count_found(struct shop *shop, const struct product_filter *f, const char *group, int64_t *count,
                                 struct err *e) {
    int64_t ids[SEARCH_LIST_MAX];
    int found = 0;
    enum err_code rc = search_candidates(shop, SEARCH_PRODUCT, SQL_NAME, f->text, ids, &found, e);
    for (int i = 0; i < found && rc == ERR_OK; i++) {
        bool counts = false;
        rc = db_exists(shop->db, "SELECT 1 FROM products p" FILTER " AND p.id = $4",
                       DB_BIND(DB_INT(f->with_inactive), DB_TEXT(group), DB_INT(f->low_stock), DB_INT(ids[i])), &counts,
                       e);
        *count += counts;
    }
    return rc;
}

enum err_code product_count(struct shop *shop, const struct product_filter *filter, int64_t *count, struct err *e) {
    static const struct product_filter all = {0};
    const struct product_filter *f = filter == NULL ? &all : filter;
    char *group = text_fold(f->group == NULL ? "" : f->group);
    enum err_code rc;
    *count = 0;
    if (is_search(f)) {
        rc = count_found(shop, f, group, count, e);
    } else {
        rc = db_get_int(shop->db, "SELECT COUNT(*) FROM products p" FILTER,
                        DB_BIND(DB_INT(f->with_inactive), DB_TEXT(group), DB_INT(f->low_stock)), count, e);
    }
    free(group);
    return rc;
}

enum err_code product_value(struct shop *shop, const struct product_filter *filter, int64_t *value, struct err *e) {
    static const struct product_filter all = {0};
    const struct product_filter *f = filter == NULL ? &all : filter;
    char *group = text_fold(f->group == NULL ? "" : f->group);
    enum err_code rc = ERR_OK;
    *value = 0;
    if (is_search(f)) {
        struct found found = {NULL, 0};
        rc = search(shop, f, group, SEARCH_LIST_MAX, &found, e);
        for (size_t i = 0; i < found.count; i++) {
            *value += found.rows[i].value;
        }
        found_clear(&found);
    } else {
        rc = db_get_int(shop->db,
                        "SELECT CAST(COALESCE(SUM(s.value), 0) AS BIGINT) FROM products p JOIN stock s ON "
                        "s.product_id = p.id" FILTER,
                        DB_BIND(DB_INT(f->with_inactive), DB_TEXT(group), DB_INT(f->low_stock)), value, e);
    }
    free(group);
    return rc;
}
