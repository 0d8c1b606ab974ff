#include <stdlib.h>

#include "base/i18n.h"
#include "base/text.h"
#include "chotdon/permission.h"
#include "domain/id_list.h"
#include "domain/product_internal.h"
#include "domain/record.h"
#include "domain/search.h"
#include "domain/shop_internal.h"

/* $1 with inactive ones, $2 group path (folded), $3 only low stock; $4 limit or id, $5 offset */
#define FILTER                                                                                                         \
    " WHERE ($1 = 1 OR p.active = 1) AND ($2 = '' OR p.group_id IN (SELECT id FROM product_groups WHERE folded = $2 "  \
    "OR substr(folded, 1, length($2) + 1) = $2 || '/'))"
#define LOW    " AND ($3 = 0 OR p.stock_min IS NOT NULL) AND ($3 = 0 OR p.stock_min > COALESCE(s.on_hand, 0))"
#define STOCK  "products p LEFT JOIN stock s ON s.product_id = p.id"
#define ANY    "products p" FILTER " AND $3 = 0"
#define LEVELS STOCK FILTER LOW

#define GROUP "COALESCE((SELECT g.folded FROM product_groups g WHERE g.id = p.group_id), '')"
#define PLACE                                                                                                          \
    "WITH places AS (SELECT id, ROW_NUMBER() OVER (ORDER BY folded) AS place FROM product_groups)"                     \
    " SELECT p.id, COALESCE(a.place, 0) FROM products p LEFT JOIN places a ON a.id = p.group_id"
#define ANY_PLACE PLACE FILTER " AND $3 = 0"
#define LOW_PLACE PLACE " LEFT JOIN stock s ON s.product_id = p.id" FILTER LOW

#define ONE(key) "SELECT " key " FROM " LEVELS " AND p.id = $4"
#define SORT(name, from, key, is_text)                                                                                 \
    {                                                                                                                  \
        name, "SELECT p.id FROM " from " ORDER BY " key ", p.id LIMIT $4 OFFSET $5",                                   \
            "SELECT p.id FROM " from " ORDER BY " key " DESC, p.id DESC LIMIT $4 OFFSET $5", NULL, ONE(key), is_text   \
    }
/* Each line sold changes what is on hand and its value: with an index of them it would write as much again. */
#define SORTS(from, place)                                                                                               \
    {                                                                                                                    \
        SORT("sku", from, "p.sku", true), SORT("name", from, "p.sort_key", true),                                        \
            SORT("price", from, "p.price", false),                                                                       \
            {"on_hand", NULL, NULL, "SELECT p.id, COALESCE(s.on_hand, 0) FROM " LEVELS, ONE("COALESCE(s.on_hand, 0)"),   \
             false},                                                                                                     \
            {"value", NULL, NULL, "SELECT p.id, COALESCE(s.value, 0) FROM " LEVELS, ONE("COALESCE(s.value, 0)"), false}, \
            {"group", NULL, NULL, place, ONE(GROUP), true},                                                              \
    }
enum { SORT_COUNT = 6 };
static const struct id_sort any[SORT_COUNT] = SORTS(ANY, ANY_PLACE);
static const struct id_sort low[SORT_COUNT] = SORTS(LEVELS, LOW_PLACE);

static enum err_code candidates(struct shop *shop, const char *text, int64_t *ids, int *count, struct err *e) {
    return search_candidates(shop, SEARCH_PRODUCT, "SELECT name, sku FROM products WHERE id = $1", text, ids, count, e);
}

static const struct product_filter everything = {0};

static struct id_list list_of(const struct product_filter *f, const char *group) {
    return (struct id_list){
        .candidates = candidates,
        .text = f->text,
        .filtered = !f->with_inactive || f->low_stock || group[0] != '\0',
        .sort = id_sort_find(f->low_stock ? low : any, SORT_COUNT, f->sort),
        .best_first = f->sort == NULL || f->sort[0] == '\0',
        .descending = f->descending,
        .values = {DB_INT(f->with_inactive), DB_TEXT(group), DB_INT(f->low_stock)},
        .value_count = 3,
        .limit = f->limit,
        .offset = f->offset,
    };
}

static enum err_code read_ids(struct shop *shop, const struct product_filter *filter, struct ids *ids, struct err *e) {
    const struct product_filter *f = filter == NULL ? &everything : filter;
    char *group = text_fold(f->group == NULL ? "" : f->group);
    struct id_list l = list_of(f, group);
    enum err_code rc =
        l.sort != NULL
            ? id_list_read(shop, &l, ids, e)
            : err_set_field(e, ERR_INVALID, "sort",
                            _("products cannot be sorted by “%s”: use sku, name, price, on_hand, value or group"),
                            f->sort);
    free(group);
    return rc;
}

enum err_code product_ids(struct shop *shop, const struct product_filter *filter, int64_t **ids, size_t *count,
                          struct err *e) {
    struct ids read = {0};
    enum err_code rc = read_ids(shop, filter, &read, e);
    *ids = read.items;
    *count = read.count;
    return rc;
}

static enum err_code read_row(struct shop *shop, int64_t id, bool *there, struct product *p, struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(shop->db, PRODUCT_COLUMNS " FROM products p" PRODUCT_JOINS " WHERE p.id = $1",
                                DB_BIND(DB_INT(id)), &s, e);
    enum db_row row = rc == ERR_OK ? db_next(s, e) : DB_END;
    *there = row == DB_ROW;
    if (*there) {
        product_read(s, p);
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

enum err_code product_rows(struct shop *shop, const int64_t *ids, size_t count, bool bare, product_row_fn *row,
                           void *ctx, struct err *e) {
    enum err_code rc = ERR_OK;
    bool shows_cost = shop_may(shop, PERMIT_SEE_COST);
    for (size_t i = 0; i < count && rc == ERR_OK; i++) {
        struct product p = {0};
        bool there = false;
        rc = read_row(shop, ids[i], &there, &p, e);
        if (rc == ERR_OK && there && !bare) {
            rc = product_read_parts(shop->db, &p, e);
        }
        p.cost = shows_cost ? p.cost : 0;
        p.value = shows_cost ? p.value : 0;
        if (rc == ERR_OK && there) {
            rc = row(ctx, &p, e);
        }
        product_clear(&p);
    }
    return rc;
}

enum err_code product_list(struct shop *shop, const struct product_filter *filter, product_row_fn *row, void *ctx,
                           struct err *e) {
    struct ids ids = {0};
    enum err_code rc = read_ids(shop, filter, &ids, e);
    if (rc == ERR_OK) {
        rc = product_rows(shop, ids.items, ids.count, filter != NULL && filter->bare, row, ctx, e);
    }
    ids_clear(&ids);
    return rc;
}

static enum err_code figure(struct shop *shop, const struct product_filter *filter, const char *all, const char *one,
                            int64_t *out, struct err *e) {
    const struct product_filter *f = filter == NULL ? &everything : filter;
    char *group = text_fold(f->group == NULL ? "" : f->group);
    struct id_list l = list_of(f, group);
    enum err_code rc = id_list_figure(shop, &l, all, one, out, e);
    free(group);
    return rc;
}

enum err_code product_count(struct shop *shop, const struct product_filter *filter, int64_t *count, struct err *e) {
    const struct product_filter *f = filter == NULL ? &everything : filter;
    bool all = !f->low_stock && (f->group == NULL || f->group[0] == '\0');
    return figure(shop, f,
                  all ? "SELECT (SELECT COUNT(*) FROM products) - (SELECT COUNT(*) FROM products WHERE active = 0 AND"
                        " $1 = 0) WHERE $2 = '' AND $3 = 0"
                      : "SELECT COUNT(*) FROM " LEVELS,
                  NULL, count, e);
}

/* All goods' value is that of the stock, less what is left of stopped ones. */
enum err_code product_value(struct shop *shop, const struct product_filter *filter, int64_t *value, struct err *e) {
    *value = 0;
    if (!shop_may(shop, PERMIT_SEE_COST)) {
        return ERR_OK;
    }
    const struct product_filter *f = filter == NULL ? &everything : filter;
    bool all = !f->low_stock && (f->group == NULL || f->group[0] == '\0');
    return figure(shop, f,
                  all ? "SELECT CAST(COALESCE((SELECT SUM(value) FROM stock), 0) - COALESCE((SELECT SUM(s.value) FROM"
                        " products p CROSS JOIN stock s WHERE p.active = 0 AND s.product_id = p.id AND $1 = 0), 0)"
                        " AS BIGINT) WHERE $2 = '' AND $3 = 0"
                      : "SELECT CAST(COALESCE(SUM(s.value), 0) AS BIGINT) FROM products p JOIN stock s ON"
                        " s.product_id = p.id" FILTER LOW,
                  "SELECT COALESCE(SUM(value), 0) FROM stock WHERE product_id = $1", value, e);
}
