/* How seals are kept: SQLite tells of every row before it changes (the preupdate hook), old and new values; the digest
 * of the old is taken off its table's sum, that of the new added. Statements that fail and savepoints that are rolled
 * back take their part back. A load of very many rows is not digested: its tables are marked to be read anew
 * (sqlite_seal_read.c).
 *
 * A library without the hook leaves all tables marked so. Of a row that is shorter than its table, after a column was
 * added, the hook gives NULL, a SELECT the column's default: so after a migration such rows are written anew
 * (sqlite_seals_migrated).
 */
#define SQLITE_ENABLE_PREUPDATE_HOOK
#include "db/sqlite_seal.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "db/sqlite_driver.h"
#include "db/sqlite_seal_sum.h"

#pragma weak sqlite3_preupdate_hook
#pragma weak sqlite3_preupdate_count
#pragma weak sqlite3_preupdate_old
#pragma weak sqlite3_preupdate_new

enum { MANY_ROWS = 50000 /* in one transaction: they are read anew at a quiet moment */ };

/* What a transaction has changed of one table. */
struct delta {
    int64_t rows;
    uint64_t sum;
    bool unread; /* rows came that were not digested */
};

struct sealed_table {
    char *name;
    const char *seen; /* SQLite's own text of it, to know it again at once */
    struct delta now;
    struct delta statement; /* of the statement that runs */
};

/* A table as it stood at a savepoint. */
struct mark {
    size_t table;
    struct delta then;
};

struct sqlite_seals {
    struct sqlite_conn *c;
    bool works;
    struct sealed_table *tables;
    size_t count, capacity;
    int64_t digested;
    struct mark *marks; /* one for each table at each savepoint */
    size_t mark_count, mark_capacity;
    size_t *savepoints; /* where their marks begin */
    size_t savepoint_count, savepoint_capacity;
    sqlite3_stmt *add, *put, *mark_all; /* to a row that is there; a new one; where the hook is wanting */
};

static struct sealed_table *table_of(struct sqlite_seals *s, const char *name) {
    for (size_t i = 0; i < s->count; i++) {
        if (s->tables[i].seen == name && strcmp(s->tables[i].name, name) == 0) { /* it may be another's by now */
            return &s->tables[i];
        }
    }
    for (size_t i = 0; i < s->count; i++) {
        if (strcmp(s->tables[i].name, name) == 0) {
            s->tables[i].seen = name;
            return &s->tables[i];
        }
    }
    s->tables = mem_grow(s->tables, s->count, &s->capacity, sizeof *s->tables);
    s->tables[s->count] = (struct sealed_table){.name = mem_strdup(name), .seen = name};
    return &s->tables[s->count++];
}

/* Where memory runs out in the middle the statement fails; should it not, the table is to be read anew. */
static uint64_t digest_row(sqlite3 *h, int (*value)(sqlite3 *, int, sqlite3_value **), struct delta *d) {
    uint64_t sum = SEAL_SEED;
    int columns = sqlite3_preupdate_count(h);
    for (int i = 0; i < columns; i++) {
        sqlite3_value *v = NULL;
        if (value(h, i, &v) != SQLITE_OK) {
            d->unread = true;
            return 0;
        }
        sum = seal_add_value(sum, v);
    }
    return seal_end(sum);
}

static void before_change(void *ctx, sqlite3 *h, int op, const char *db, const char *name, sqlite3_int64 old_id,
                          sqlite3_int64 new_id) {
    struct sqlite_seals *s = ctx;
    (void)old_id, (void)new_id;
    if (strcmp(name, "seals") == 0 || strncmp(name, "sqlite_", 7) == 0 ||
        strcmp(db, "main") != 0) { /* VACUUM writes the rows to a file beside */
        return;
    }
    struct delta *d = &table_of(s, name)->statement;
    if (++s->digested > MANY_ROWS) {
        d->unread = true;
        return;
    }
    if (op != SQLITE_INSERT) {
        d->rows--;
        d->sum -= digest_row(h, sqlite3_preupdate_old, d);
    }
    if (op != SQLITE_DELETE) {
        d->rows++;
        d->sum += digest_row(h, sqlite3_preupdate_new, d);
    }
}

struct sqlite_seals *sqlite_seals_new(struct sqlite_conn *c) {
    struct sqlite_seals *s = mem_zalloc(sizeof *s);
    s->c = c;
    s->works = sqlite3_preupdate_hook != NULL && sqlite3_preupdate_count != NULL && sqlite3_preupdate_old != NULL &&
               sqlite3_preupdate_new != NULL;
    if (s->works) {
        sqlite3_preupdate_hook(c->h, before_change, s);
    }
    return s;
}

void sqlite_seals_free(struct sqlite_seals *s) {
    if (s == NULL) {
        return;
    }
    for (size_t i = 0; i < s->count; i++) {
        free(s->tables[i].name);
    }
    sqlite3_finalize(s->add);
    sqlite3_finalize(s->put);
    sqlite3_finalize(s->mark_all);
    free(s->tables);
    free(s->marks);
    free(s->savepoints);
    free(s);
}

static void add_delta(struct delta *to, const struct delta *d) {
    to->rows += d->rows;
    to->sum += d->sum;
    to->unread = to->unread || d->unread;
}

void sqlite_seals_statement(struct sqlite_seals *s, bool done) {
    for (size_t i = 0; i < s->count; i++) {
        struct sealed_table *t = &s->tables[i];
        if (done) {
            add_delta(&t->now, &t->statement);
        }
        t->statement = (struct delta){0};
    }
}

void sqlite_seals_script_failed(struct sqlite_seals *s) {
    for (size_t i = 0; i < s->count; i++) {
        struct sealed_table *t = &s->tables[i];
        t->now.unread = t->now.unread || t->statement.rows != 0 || t->statement.sum != 0 || t->statement.unread;
        t->statement = (struct delta){0};
    }
}

void sqlite_seals_savepoint(struct sqlite_seals *s) {
    s->savepoints = mem_grow(s->savepoints, s->savepoint_count, &s->savepoint_capacity, sizeof *s->savepoints);
    s->savepoints[s->savepoint_count++] = s->mark_count;
    for (size_t i = 0; i < s->count; i++) {
        s->marks = mem_grow(s->marks, s->mark_count, &s->mark_capacity, sizeof *s->marks);
        s->marks[s->mark_count++] = (struct mark){i, s->tables[i].now};
    }
}

void sqlite_seals_release(struct sqlite_seals *s) {
    if (s->savepoint_count > 0) {
        s->mark_count = s->savepoints[--s->savepoint_count];
    }
}

void sqlite_seals_rollback_to(struct sqlite_seals *s) {
    size_t from = s->savepoint_count > 0 ? s->savepoints[s->savepoint_count - 1] : s->mark_count;
    for (size_t i = 0; i < s->count; i++) {
        bool marked = from + i < s->mark_count;
        s->tables[i].now = marked ? s->marks[from + i].then : (struct delta){0};
        s->tables[i].statement = (struct delta){0};
    }
    sqlite_seals_release(s);
}

void sqlite_seals_forget_changes(struct sqlite_seals *s) {
    for (size_t i = 0; i < s->count; i++) {
        s->tables[i].now = s->tables[i].statement = (struct delta){0};
        s->tables[i].seen = NULL;
    }
}

void sqlite_seals_forget(struct sqlite_seals *s) {
    sqlite_seals_forget_changes(s);
    s->mark_count = s->savepoint_count = 0;
    s->digested = 0;
}

static bool is_changed(const struct sealed_table *t) {
    return t->now.rows != 0 || t->now.sum != 0 || t->now.unread;
}

void sqlite_seals_changed(const struct sqlite_seals *s, db_changed_fn *told, void *ctx) {
    for (size_t i = 0; i < s->count; i++) {
        if (is_changed(&s->tables[i])) {
            told(ctx, s->tables[i].name, s->tables[i].now.rows);
        }
    }
}

bool sqlite_seals_work(const struct sqlite_seals *s) {
    return s->works;
}

static int look_for_table(sqlite3 *h, bool *there) {
    sqlite3_stmt *q = NULL;
    int rc = sqlite3_prepare_v2(h, "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'seals'", -1, &q, NULL);
    rc = rc == SQLITE_OK ? sqlite3_step(q) : rc;
    *there = rc == SQLITE_ROW;
    sqlite3_finalize(q);
    return rc == SQLITE_ROW || rc == SQLITE_DONE ? SQLITE_OK : rc;
}

static int prepare(sqlite3 *h, sqlite3_stmt **q, const char *sql) {
    return *q != NULL ? SQLITE_OK : sqlite3_prepare_v3(h, sql, -1, SQLITE_PREPARE_PERSISTENT, q, NULL);
}

static int run(sqlite3_stmt *q) {
    int rc = sqlite3_step(q);
    int after = sqlite3_reset(q);
    return rc == SQLITE_DONE ? SQLITE_OK : after;
}

static int write_seal(sqlite3_stmt *q, const struct sealed_table *t, int64_t unread) {
    sqlite3_bind_text(q, 1, t->name, -1, SQLITE_STATIC);
    sqlite3_bind_int64(q, 2, t->now.rows);
    sqlite3_bind_int64(q, 3, (int64_t)(t->now.sum & SEAL_MASK));
    sqlite3_bind_int64(q, 4, unread);
    return run(q);
}

/* `unread` is a number of its own for each load, so that who reads the table anew notices another one meanwhile. Nearly
 * always the row is there, and an upsert would look for it twice. */
static int put(struct sqlite_seals *s, const struct sealed_table *t) {
    sqlite3 *h = s->c->h;
    int64_t unread = 0;
    if (t->now.unread) {
        sqlite3_randomness(sizeof unread, &unread);
        unread = (unread & INT64_MAX) | 1;
    }
    int rc = prepare(h, &s->add,
                     "UPDATE seals SET rows = rows + ?2, sum = (sum + ?3) & 4611686018427387903,"
                     " unread = CASE WHEN ?4 <> 0 THEN ?4 ELSE unread END WHERE name = ?1");
    rc = rc == SQLITE_OK ? write_seal(s->add, t, unread) : rc;
    if (rc == SQLITE_OK && sqlite3_changes(h) == 0) {
        rc = prepare(h, &s->put, "INSERT INTO seals (name, rows, sum, unread) VALUES (?1, ?2, ?3, ?4)");
        rc = rc == SQLITE_OK ? write_seal(s->put, t, unread) : rc;
    }
    return rc;
}

enum err_code sqlite_seals_write(struct sqlite_seals *s, struct err *e) {
    sqlite3 *h = s->c->h;
    bool there = s->add != NULL || s->mark_all != NULL;
    int rc = there ? SQLITE_OK : look_for_table(h, &there);
    if (!s->works) {
        if (rc == SQLITE_OK && there) {
            rc = prepare(h, &s->mark_all, "UPDATE seals SET unread = 1 WHERE unread = 0");
            rc = rc == SQLITE_OK ? run(s->mark_all) : rc;
        }
        return rc == SQLITE_OK ? ERR_OK : sqlite_fail(s->c, rc, "seals", e);
    }
    for (size_t i = 0; i < s->count && rc == SQLITE_OK && there; i++) { /* not in a file whose schema is being made */
        const struct sealed_table *t = &s->tables[i];
        if (!is_changed(t)) {
            continue;
        }
        rc = put(s, t);
    }
    return rc == SQLITE_OK ? ERR_OK : sqlite_fail(s->c, rc, "seals", e);
}
