#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/province.h"
#include "domain/customer_internal.h"
#include "domain/id_list.h"
#include "domain/shop_internal.h"

#define VISIBLE "c.merged_into IS NULL AND c.erased_on = ''"
/* $1 segment, $2 province, $3 only those who owe; $4 limit or id, $5 offset */
#define WORDS " AND ($1 = '' OR c.segment = $1) AND ($2 = '' OR c.province = $2)"
#define OWES                                                                                                           \
    " AND ($3 = 0 OR EXISTS (SELECT 1 FROM customer_figures o WHERE o.customer_id = c.id AND o.listed = 1 AND o.due "  \
    "> 0))"
#define FILTER      " WHERE " VISIBLE WORDS OWES
#define NOBODY_ELSE " AND $1 = '' AND $2 = '' AND $3 = 0"

/* The sides from which a list can be read. Figures have an index each, of all who are on lists. */
#define FIGURES    "customer_figures f WHERE f.listed = 1"
#define FIGURES_OF "customer_figures f CROSS JOIN customers c ON c.id = f.customer_id WHERE f.listed = 1"
#define OF_FIGURES " CROSS JOIN customer_figures f ON f.customer_id = c.id"
#define IN_SEGMENT " WHERE " VISIBLE " AND c.segment <> '' AND c.segment = $1 AND ($2 = '' OR c.province = $2)"
#define WITH_DEBT  " AND f.due > 0 AND $3 = 1"
#define OWE_OR_NOT " AND ($3 = 0 OR f.due > 0)"

#define ONE(key) "SELECT " key " FROM customers c" OF_FIGURES " WHERE " VISIBLE WORDS OWE_OR_NOT " AND c.id = $4"
#define SORT(name, from, key, id, is_text)                                                                             \
    {                                                                                                                  \
        name, "SELECT " id " FROM " from " ORDER BY " key ", " id " LIMIT $4 OFFSET $5",                               \
            "SELECT " id " FROM " from " ORDER BY " key " DESC, " id " DESC LIMIT $4 OFFSET $5", NULL, ONE(key),       \
            is_text                                                                                                    \
    }
#define SORTS_BY(customers, figures, revenue, last)                                                                    \
    {                                                                                                                  \
        SORT("name", customers, "c.sort_key", "c.id", true), SORT("code", customers, "c.code", "c.id", true),          \
            SORT("debt", figures, "f.due", "f.customer_id", false),                                                    \
            SORT("spent", figures, revenue, "f.customer_id", false),                                                   \
            SORT("last_order", figures, last, "f.customer_id", true),                                                  \
    }
#define SORTS(customers, figures) SORTS_BY(customers, figures, "f.revenue", "f.last_order")
enum { SORT_NAME, SORT_CODE, SORT_DEBT, SORT_SPENT, SORT_LAST, SORT_COUNT };

/* In the order of an index, of all; and of some, whoever is not meant left out on the way. */
static const struct id_sort all[SORT_COUNT] = SORTS("customers c WHERE " VISIBLE NOBODY_ELSE, FIGURES NOBODY_ELSE);
static const struct id_sort walked[SORT_COUNT] = SORTS("customers c" FILTER, FIGURES_OF WORDS OWE_OR_NOT);
/* Few are looked up, and sorted. A segment has an index by name. */
static const struct id_sort in_segment[SORT_COUNT] =
    SORTS("customers c" IN_SEGMENT OWES, "customers c" OF_FIGURES IN_SEGMENT OWE_OR_NOT);
/* Never in the order of another index, which would be walked all through to find them. */
static const struct id_sort with_debt[SORT_COUNT] =
    SORTS_BY(FIGURES_OF WITH_DEBT WORDS, FIGURES_OF WITH_DEBT WORDS, "f.revenue + 0", "f.last_order || ''");

enum { FEW = 5000 };
#define UP_TO_FEW(from) "SELECT COUNT(*) FROM (SELECT 1 FROM " from " LIMIT $2) t"

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

static bool has(const char *text) {
    return text != NULL && text[0] != '\0';
}

static enum err_code are_few(struct shop *shop, const char *sql, const char *segment, bool *few, struct err *e) {
    int64_t count = 0;
    enum err_code rc = db_get_int(shop->db, sql, DB_BIND(DB_TEXT(segment), DB_INT(FEW)), &count, e);
    *few = count < FEW;
    return rc;
}

static enum err_code few_in_segment(struct shop *shop, const struct words *w, bool *few, struct err *e) {
    return are_few(shop, UP_TO_FEW("customers c WHERE " VISIBLE " AND c.segment <> '' AND c.segment = $1"), w->segment,
                   few, e);
}

static enum err_code few_with_debt(struct shop *shop, bool *few, struct err *e) {
    return are_few(shop, UP_TO_FEW(FIGURES " AND f.due > 0 AND $1 = ''"), "", few, e);
}

/* Which side to read a list from. */
static enum err_code choose_side(struct shop *shop, const struct customer_filter *f, const struct words *w, int sort,
                                 const struct id_sort **side, struct err *e) {
    enum err_code rc = ERR_OK;
    bool few = true;
    *side = walked;
    if (w->segment[0] != '\0') {
        rc = sort == SORT_NAME ? ERR_OK : few_in_segment(shop, w, &few, e);
        *side = few ? in_segment : walked;
    } else if (f->with_debt) {
        rc = sort == SORT_DEBT ? ERR_OK : few_with_debt(shop, &few, e);
        *side = few ? with_debt : walked;
    } else if (w->province[0] == '\0') {
        *side = all;
    }
    return rc;
}

static struct id_list list_of(const struct customer_filter *f, const struct words *w) {
    return (struct id_list){
        .candidates = customer_candidates,
        .text = f->text,
        .filtered = f->with_debt || w->segment[0] != '\0' || w->province[0] != '\0',
        .sort = id_sort_find(walked, SORT_COUNT, f->sort),
        .best_first = !has(f->sort),
        .descending = f->descending,
        .values = {DB_TEXT(w->segment), DB_TEXT(w->province), DB_INT(f->with_debt)},
        .value_count = 3,
        .limit = f->limit,
        .offset = f->offset,
    };
}

static enum err_code read_sorted(struct shop *shop, const struct customer_filter *f, const struct words *w,
                                 struct ids *ids, struct err *e) {
    struct id_list l = list_of(f, w);
    const struct id_sort *side = walked;
    if (l.sort == NULL) {
        return err_set_field(e, ERR_INVALID, "sort",
                             _("customers cannot be sorted by “%s”: use name, code, debt, spent or last_order"),
                             f->sort);
    }
    int sort = (int)(l.sort - walked);
    enum err_code rc = choose_side(shop, f, w, sort, &side, e);
    l.sort = &side[sort];
    return rc == ERR_OK ? id_list_read(shop, &l, ids, e) : rc;
}

static enum err_code read_ids(struct shop *shop, const struct customer_filter *filter, struct ids *ids, struct err *e) {
    const struct customer_filter *f = filter == NULL ? &everybody : filter;
    struct words w = take_words(f);
    enum err_code rc = read_sorted(shop, f, &w, ids, e);
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

/* The statements of a figure: of all or of who owes, of a segment, of any other filter; of one whom a text found. */
struct figure {
    const char *whole, *segment, *filtered, *one;
};

static enum err_code figure(struct shop *shop, const struct customer_filter *filter, const struct figure *sql,
                            int64_t *out, struct err *e) {
    const struct customer_filter *f = filter == NULL ? &everybody : filter;
    struct words w = take_words(f);
    struct id_list l = list_of(f, &w);
    bool few = false;
    enum err_code rc = w.segment[0] == '\0' || has(f->text) ? ERR_OK : few_in_segment(shop, &w, &few, e);
    if (rc == ERR_OK) {
        rc = id_list_figure(shop, &l,
                            few                                             ? sql->segment
                            : w.segment[0] == '\0' && w.province[0] == '\0' ? sql->whole
                                                                            : sql->filtered,
                            sql->one, out, e);
    }
    words_clear(&w);
    return rc;
}

enum err_code customer_count(struct shop *shop, const struct customer_filter *filter, int64_t *count, struct err *e) {
    static const struct figure everyone = {
        .whole = "SELECT COALESCE((SELECT rows FROM seals WHERE name = 'customers' AND unread = 0),"
                 " (SELECT COUNT(*) FROM customers)) - (SELECT COUNT(*) FROM customers WHERE merged_into IS NOT"
                 " NULL OR erased_on <> '') WHERE 1 = 1" NOBODY_ELSE,
        .segment = "SELECT COUNT(*) FROM customers c" IN_SEGMENT OWES,
        .filtered = "SELECT COUNT(*) FROM customers c" FILTER,
    };
    static const struct figure debtors = {
        .whole = "SELECT COUNT(*) FROM " FIGURES WITH_DEBT " AND $1 = '' AND $2 = ''",
        .segment = "SELECT COUNT(*) FROM customers c" IN_SEGMENT OWES,
        .filtered = "SELECT COUNT(*) FROM " FIGURES_OF WITH_DEBT WORDS,
    };
    return figure(shop, filter, filter != NULL && filter->with_debt ? &debtors : &everyone, count, e);
}

/* What they owe, less what the shop owes those with whom it is the other way round; to begin with whom there is due. */
#define DUE(from)       "SELECT CAST(COALESCE(SUM(f.due), 0) AS BIGINT) FROM " from
#define BOTH(from, but) DUE(from " AND f.due > 0" but) ") + (" DUE(from " AND f.due < 0 AND $3 = 0" but)

enum err_code customer_due(struct shop *shop, const struct customer_filter *filter, int64_t *due, struct err *e) {
    static const struct figure sql = {
        .whole = "SELECT (" BOTH(FIGURES, " AND $1 = '' AND $2 = ''") ")",
        .segment = DUE("customers c" OF_FIGURES IN_SEGMENT OWE_OR_NOT),
        .filtered = "SELECT (" BOTH(FIGURES_OF, WORDS) ")",
        .one = DUE(FIGURES " AND f.customer_id = $1"),
    };
    return figure(shop, filter, &sql, due, e);
}
