#include "domain/id_runs.h"

#include <stdlib.h>

#include "base/mem.h"
#include "db/db.h"
#include "domain/record.h"

#define RUN_GAP 8 /* foreign ids that are rather read on the way than jumped over */

void id_runs_clear(struct id_runs *r) {
    free(r->items);
    *r = (struct id_runs){0};
}

static int ids_rise(const void *a, const void *b) {
    const struct id_item *x = a, *y = b;
    return x->id < y->id ? -1 : x->id > y->id;
}

void id_runs_add(struct id_runs *r, int64_t id) {
    r->items = mem_grow(r->items, r->count, &r->capacity, sizeof *r->items);
    r->items[r->count] = (struct id_item){id, r->count};
    r->count++;
}

void id_runs_sort(struct id_runs *r) {
    size_t sorted = 1;
    while (sorted < r->count && r->items[sorted - 1].id < r->items[sorted].id) {
        sorted++;
    }
    if (sorted < r->count) {
        qsort(r->items, r->count, sizeof *r->items, ids_rise);
    }
}

enum err_code id_runs_load(struct db *db, const char *sql, const struct db_value *values, struct id_runs *out,
                           struct err *e) {
    struct db_stmt *s = NULL;
    enum db_row row = DB_END;
    enum err_code rc = db_query(db, sql, values, &s, e);
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        id_runs_add(out, db_col_int(s, 0));
    }
    db_done(&s);
    id_runs_sort(out);
    return row == DB_FAILED ? record_failed(e) : rc;
}

bool id_runs_next(const struct id_runs *r, size_t *at, int64_t *first, int64_t *last) {
    size_t next = *at + 1;
    if (*at >= r->count) {
        return false;
    }
    while (next < r->count && r->items[next].id - r->items[next - 1].id <= RUN_GAP) {
        next++;
    }
    *first = r->items[*at].id;
    *last = r->items[next - 1].id;
    *at = next;
    return true;
}

enum err_code id_runs_read(struct db *db, const struct id_runs *r, const char *sql, id_runs_fn *fn, void *ctx,
                           struct err *e) {
    enum err_code rc = ERR_OK;
    int64_t first = 0, last = 0;
    for (size_t at = 0; rc == ERR_OK && id_runs_next(r, &at, &first, &last);) {
        struct db_stmt *s = NULL;
        enum db_row row = DB_END;
        rc = db_query(db, sql, DB_BIND(DB_INT(first), DB_INT(last)), &s, e);
        while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
            rc = fn(ctx, s, e);
        }
        db_done(&s);
        rc = row == DB_FAILED ? record_failed(e) : rc;
    }
    return rc;
}

const struct id_item *id_runs_find(struct id_runs *r, int64_t id) {
    size_t low = 0;
    size_t high = r->count;
    if (r->near > 0 && r->items[r->near - 1].id == id) {
        return &r->items[r->near - 1];
    }
    if (r->near < high && r->items[r->near].id == id) {
        low = high = r->near;
    }
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        low = r->items[middle].id < id ? middle + 1 : low;
        high = r->items[middle].id < id ? high : middle;
    }
    bool found = low < r->count && r->items[low].id == id;
    r->near = found ? low + 1 : low;
    return found ? &r->items[low] : NULL;
}
