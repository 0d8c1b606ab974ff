/* The ids of a month's orders mostly stand together: they, their reps and their lines are read in sweeps over runs of
 * ids, which is several times cheaper than one by one. */
#ifndef DOMAIN_ID_RUNS_H
#define DOMAIN_ID_RUNS_H

#include <stddef.h>
#include <stdint.h>

#include "chotdon/shop.h"

struct db;
struct db_stmt;
struct db_value;

struct id_item {
    int64_t id;
    size_t index; /* as the statement named it: 0 the first */
};
struct id_runs {
    struct id_item *items; /* by id */
    size_t count, capacity;
    size_t near; /* the one after the last that was found */
};
void id_runs_clear(struct id_runs *r);

/* The ids that a statement names, each once. */
enum err_code id_runs_load(struct db *db, const char *sql, const struct db_value *values, struct id_runs *out,
                           struct err *e);

/* The same of an id that is at hand; after the last one id_runs_sort. */
void id_runs_add(struct id_runs *r, int64_t id);
void id_runs_sort(struct id_runs *r);

/* Rows of a statement whose ids are $1 to $2, run by run; also of foreign ids that stand in between. */
typedef enum err_code id_runs_fn(void *ctx, struct db_stmt *s, struct err *e);
enum err_code id_runs_read(struct db *db, const struct id_runs *r, const char *sql, id_runs_fn *fn, void *ctx,
                           struct err *e);
/* The next run from items[*at] on, and *at behind it; false: there is none. */
bool id_runs_next(const struct id_runs *r, size_t *at, int64_t *first, int64_t *last);

/* Fastest for the same id again and the next one. NULL: it is none of them; borrowed. */
const struct id_item *id_runs_find(struct id_runs *r, int64_t id);

#endif
