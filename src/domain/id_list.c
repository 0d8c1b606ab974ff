#include "domain/id_list.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "domain/record.h"
#include "domain/search.h"
#include "domain/shop_internal.h"

void ids_clear(struct ids *ids) {
    free(ids->items);
    *ids = (struct ids){0};
}

static void add(struct ids *ids, int64_t id) {
    ids->items = mem_grow(ids->items, ids->count, &ids->cap, sizeof *ids->items);
    ids->items[ids->count++] = id;
}

static bool is_search(const struct id_list *l) {
    return l->text != NULL && l->text[strspn(l->text, " \t")] != '\0';
}

const struct id_sort *id_sort_find(const struct id_sort *sorts, size_t count, const char *name) {
    if (name == NULL || name[0] == '\0') {
        return sorts;
    }
    for (size_t i = 0; i < count; i++) {
        if (strcmp(sorts[i].name, name) == 0) {
            return &sorts[i];
        }
    }
    return NULL;
}

/* The filter's values and one or two more. */
static void bind(const struct id_list *l, struct db_value one, struct db_value two,
                 struct db_value out[ID_LIST_VALUES + 3]) {
    for (size_t i = 0; i < l->value_count; i++) {
        out[i] = l->values[i];
    }
    out[l->value_count] = one;
    out[l->value_count + 1] = two;
    out[l->value_count + 2] = (struct db_value){.kind = DB_KIND_END};
}

static enum err_code read_all(struct shop *shop, const struct id_list *l, struct ids *out, struct err *e) {
    struct db_value values[ID_LIST_VALUES + 3];
    struct db_stmt *s = NULL;
    bind(l, DB_INT(l->limit == 0 ? INT64_MAX : l->limit), DB_INT(l->offset), values);
    enum err_code rc = db_query(shop->db, l->descending ? l->sort->down : l->sort->up, values, &s, e);
    enum db_row row = DB_END;
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        add(out, db_col_int(s, 0));
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

struct found {
    int64_t id, number;
    char *text;
};

/* ERR_NOT_FOUND: the filter leaves it out. */
static enum err_code read_key(struct shop *shop, const struct id_list *l, int64_t id, struct found *f, struct err *e) {
    struct db_value values[ID_LIST_VALUES + 3];
    struct db_stmt *s = NULL;
    bind(l, DB_INT(id), (struct db_value){.kind = DB_KIND_END}, values);
    enum err_code rc = db_query(shop->db, l->sort->one, values, &s, e);
    if (rc != ERR_OK) {
        return rc;
    }
    enum db_row row = db_next(s, e);
    if (row == DB_ROW) {
        *f = (struct found){.id = id};
        if (l->sort->text && !l->best_first) {
            f->text = db_col_dup(s, 0);
        } else {
            f->number = db_col_int(s, 0);
        }
    }
    db_done(&s);
    return row == DB_ROW ? ERR_OK : row == DB_END ? ERR_NOT_FOUND : record_failed(e);
}

static int compare(const void *a, const void *b, void *ctx) {
    const struct found *x = a;
    const struct found *y = b;
    const struct id_list *l = ctx;
    int order = l->sort->text ? strcmp(x->text, y->text) : (x->number > y->number) - (x->number < y->number);
    order = order != 0 ? order : (x->id > y->id) - (x->id < y->id);
    return l->descending ? -order : order;
}

static void take_page(const struct id_list *l, const struct found *found, size_t count, struct ids *out) {
    for (size_t i = (size_t)l->offset; i < count && (l->limit == 0 || out->count < (size_t)l->limit); i++) {
        add(out, found[i].id);
    }
}

static enum err_code read_found(struct shop *shop, const struct id_list *l, struct ids *out, struct err *e) {
    int64_t *candidates = mem_array(SEARCH_LIST_MAX, sizeof *candidates);
    int count = 0;
    size_t kept = 0;
    enum err_code rc = l->candidates(shop, l->text, candidates, &count, e);
    struct found *found = mem_array((size_t)count + 1, sizeof *found);
    bool enough = false;
    for (int i = 0; i < count && rc == ERR_OK && !enough; i++) {
        enough = l->best_first && l->limit > 0 && (int64_t)kept + 1 >= l->offset + l->limit;
        if (l->best_first && !l->filtered) {
            found[kept++] = (struct found){.id = candidates[i]};
            continue;
        }
        rc = read_key(shop, l, candidates[i], &found[kept], e);
        kept += rc == ERR_OK;
        enough = enough && rc == ERR_OK;
        rc = rc == ERR_NOT_FOUND ? ERR_OK : rc;
    }
    if (rc == ERR_OK && !l->best_first) {
        qsort_r(found, kept, sizeof *found, compare, (void *)(uintptr_t)l);
    }
    if (rc == ERR_OK) {
        take_page(l, found, kept, out);
    }
    for (size_t i = 0; i < kept; i++) {
        free(found[i].text);
    }
    free(found);
    free(candidates);
    return rc;
}

struct keyed {
    int64_t number, id;
};

static int by_number(const void *a, const void *b) {
    const struct keyed *x = a;
    const struct keyed *y = b;
    return x->number != y->number ? (x->number > y->number) - (x->number < y->number)
                                  : (x->id > y->id) - (x->id < y->id);
}

/* Sorted here: the engine would keep its rows besides, and take longer. */
static void take_keyed(const struct id_list *l, struct keyed *all, size_t count, struct ids *out) {
    if (count == 0) {
        return;
    }
    qsort(all, count, sizeof *all, by_number);
    for (size_t i = (size_t)l->offset; i < count && (l->limit == 0 || out->count < (size_t)l->limit); i++) {
        add(out, all[l->descending ? count - 1 - i : i].id);
    }
}

static enum err_code read_keyed(struct shop *shop, const struct id_list *l, struct ids *out, struct err *e) {
    struct db_value values[ID_LIST_VALUES + 3];
    const struct db_value end = {.kind = DB_KIND_END};
    struct db_stmt *s = NULL;
    struct keyed *all = NULL;
    size_t count = 0, cap = 0;
    bind(l, end, end, values);
    enum err_code rc = db_query(shop->db, l->sort->keys, values, &s, e);
    enum db_row row = DB_END;
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        all = mem_grow(all, count, &cap, sizeof *all);
        all[count++] = (struct keyed){db_col_int(s, 1), db_col_int(s, 0)};
    }
    db_done(&s);
    take_keyed(l, all, count, out);
    free(all);
    return row == DB_FAILED ? record_failed(e) : rc;
}

enum err_code id_list_read(struct shop *shop, const struct id_list *l, struct ids *out, struct err *e) {
    *out = (struct ids){0};
    enum err_code rc = is_search(l)            ? read_found(shop, l, out, e)
                       : l->sort->keys != NULL ? read_keyed(shop, l, out, e)
                                               : read_all(shop, l, out, e);
    if (rc != ERR_OK) {
        ids_clear(out);
    }
    return rc;
}

static enum err_code add_found(struct shop *shop, const struct id_list *l, const char *one, int64_t *figure,
                               struct err *e) {
    struct id_list whole = *l;
    struct ids ids = {0};
    whole.best_first = true;
    whole.limit = 0;
    whole.offset = 0;
    enum err_code rc = id_list_read(shop, &whole, &ids, e);
    *figure = one == NULL ? (int64_t)ids.count : 0;
    for (size_t i = 0; i < ids.count && one != NULL && rc == ERR_OK; i++) {
        int64_t part = 0;
        rc = db_get_int(shop->db, one, DB_BIND(DB_INT(ids.items[i])), &part, e);
        *figure += part;
    }
    ids_clear(&ids);
    return rc;
}

enum err_code id_list_figure(struct shop *shop, const struct id_list *l, const char *all, const char *one,
                             int64_t *figure, struct err *e) {
    struct db_value values[ID_LIST_VALUES + 3];
    const struct db_value end = {.kind = DB_KIND_END};
    *figure = 0;
    if (is_search(l)) {
        return add_found(shop, l, one, figure, e);
    }
    bind(l, end, end, values);
    return db_get_int(shop->db, all, values, figure, e);
}
