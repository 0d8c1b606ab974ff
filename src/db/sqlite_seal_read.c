/* Reading whole tables against their seals, and sealing what was marked to be read. Additive: what was written between
 * the reading and the sealing is in the seal's own figures, which counted on meanwhile. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "db/sqlite_driver.h"
#include "db/sqlite_seal.h"
#include "db/sqlite_seal_sum.h"

struct sqlite_reading {
    char *name;
    int columns;
    char *last_column;
    int64_t kept_rows, kept_sum, unread; /* as kept when it was read */
    int64_t rows, sum;                   /* as it was */
};

struct db_readings {
    struct sqlite_reading *tables;
    size_t count, capacity;
};

void sqlite_seals_free_readings(struct db_readings *r) {
    for (size_t i = 0; r != NULL && i < r->count; i++) {
        free(r->tables[i].name);
        free(r->tables[i].last_column);
    }
    if (r != NULL) {
        free(r->tables);
    }
    free(r);
}

static int read_rows(sqlite3 *h, struct sqlite_reading *t) {
    char *sql = mem_printf("SELECT * FROM \"%s\"", t->name);
    sqlite3_stmt *q = NULL;
    uint64_t sum = 0;
    int rc = sqlite3_prepare_v2(h, sql, -1, &q, NULL);
    if (rc == SQLITE_OK) {
        t->columns = sqlite3_column_count(q);
        t->last_column = mem_strdup(sqlite3_column_name(q, t->columns - 1));
    }
    while (rc == SQLITE_OK && (rc = sqlite3_step(q)) == SQLITE_ROW) {
        uint64_t row = SEAL_SEED;
        for (int i = 0; i < t->columns; i++) {
            row = seal_add_value(row, sqlite3_column_value(q, i));
        }
        sum += seal_end(row);
        t->rows++;
        rc = SQLITE_OK;
    }
    int end = sqlite3_finalize(q);
    t->sum = (int64_t)(sum & SEAL_MASK);
    free(sql);
    return rc == SQLITE_DONE ? SQLITE_OK : rc == SQLITE_OK ? end : rc;
}

static enum err_code list_tables(struct sqlite_conn *c, struct db_readings *r, struct err *e) {
    sqlite3_stmt *q = NULL;
    int rc = sqlite3_prepare_v2(
        c->h,
        "SELECT t.name, coalesce(s.rows, 0), coalesce(s.sum, 0), coalesce(s.unread, 0) FROM sqlite_schema t LEFT JOIN"
        " seals s ON s.name = t.name WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite!_%' ESCAPE '!' AND t.name <> "
        "'seals'"
        " ORDER BY t.name",
        -1, &q, NULL);
    while (rc == SQLITE_OK && (rc = sqlite3_step(q)) == SQLITE_ROW) {
        r->tables = mem_grow(r->tables, r->count, &r->capacity, sizeof *r->tables);
        r->tables[r->count++] = (struct sqlite_reading){.name = mem_strdup((const char *)sqlite3_column_text(q, 0)),
                                                        .kept_rows = sqlite3_column_int64(q, 1),
                                                        .kept_sum = sqlite3_column_int64(q, 2),
                                                        .unread = sqlite3_column_int64(q, 3)};
        rc = SQLITE_OK;
    }
    sqlite3_finalize(q);
    return rc == SQLITE_DONE ? ERR_OK : sqlite_fail(c, rc, "seals", e);
}

enum err_code sqlite_seals_read(struct db_conn *conn, enum db_seals which, struct db_readings **out, struct err *e) {
    struct sqlite_conn *c = sqlite_of(conn);
    struct db_readings *r = mem_zalloc(sizeof *r);
    enum err_code rc = list_tables(c, r, e);
    for (size_t i = 0; rc == ERR_OK && i < r->count; i++) {
        struct sqlite_reading *t = &r->tables[i];
        if (which == DB_SEALS_UNREAD && t->unread == 0) {
            continue;
        }
        int code = read_rows(c->h, t);
        rc = code == SQLITE_OK ? ERR_OK : sqlite_fail(c, code, t->name, e);
    }
    if (rc != ERR_OK) {
        sqlite_seals_free_readings(r);
        r = NULL;
    }
    *out = r;
    return rc;
}

void sqlite_seals_tell(const struct db_readings *r, db_seal_fn *told, void *ctx) {
    for (size_t i = 0; i < r->count; i++) {
        const struct sqlite_reading *t = &r->tables[i];
        const struct db_seal seal = {.table = t->name,
                                     .rows = t->rows,
                                     .added = t->rows - t->kept_rows,
                                     .fits = t->rows == t->kept_rows && t->sum == t->kept_sum,
                                     .unread = t->unread != 0};
        told(ctx, &seal);
    }
}

/* Only where nobody loaded or sealed the table since: a row of `seals` that has gone is made again. */
enum err_code sqlite_seals_store(struct db_conn *conn, const struct db_readings *r, enum db_seals which,
                                 struct err *e) {
    struct sqlite_conn *c = sqlite_of(conn);
    sqlite3_stmt *q = NULL;
    int rc = sqlite3_prepare_v2(c->h,
                                "INSERT INTO seals (name, rows, sum, unread) VALUES (?1, ?2, ?3, 0) ON CONFLICT (name) "
                                "DO UPDATE SET rows = rows +"
                                " ?2 - ?4, sum = (sum + ?5) & 4611686018427387903, unread = 0 WHERE unread = ?6",
                                -1, &q, NULL);
    for (size_t i = 0; rc == SQLITE_OK && i < r->count; i++) {
        const struct sqlite_reading *t = &r->tables[i];
        if (which == DB_SEALS_UNREAD && t->unread == 0) {
            continue;
        }
        sqlite3_bind_text(q, 1, t->name, -1, SQLITE_STATIC);
        sqlite3_bind_int64(q, 2, t->rows);
        sqlite3_bind_int64(q, 3, t->sum);
        sqlite3_bind_int64(q, 4, t->kept_rows);
        sqlite3_bind_int64(q, 5, (int64_t)(((uint64_t)t->sum - (uint64_t)t->kept_sum) & SEAL_MASK));
        sqlite3_bind_int64(q, 6, t->unread);
        rc = sqlite3_step(q) == SQLITE_DONE ? SQLITE_OK : sqlite3_errcode(c->h);
        sqlite3_reset(q);
    }
    sqlite3_finalize(q);
    return rc == SQLITE_OK ? ERR_OK : sqlite_fail(c, rc, "seals", e);
}

static const struct sqlite_reading *find_reading(const struct db_readings *r, const char *name) {
    for (size_t i = 0; i < r->count; i++) {
        if (strcmp(r->tables[i].name, name) == 0) {
            return &r->tables[i];
        }
    }
    return NULL;
}

/* Every row in its table's new shape: of a shorter one the hook (sqlite_seal.c) would tell NULL, a SELECT the default.
 */
static int write_anew(sqlite3 *h, const struct sqlite_reading *t) {
    char *sql = mem_printf("UPDATE \"%s\" SET \"%s\" = \"%s\"", t->name, t->last_column, t->last_column);
    sqlite3_db_config(h, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL); /* nothing changes that a lock would have to keep */
    int rc = sqlite3_exec(h, sql, NULL, NULL, NULL);
    sqlite3_db_config(h, SQLITE_DBCONFIG_ENABLE_TRIGGER, 1, NULL);
    free(sql);
    return rc;
}

/* Where a table did not fit its seal before, by so much it does not afterwards. */
static int reseal(sqlite3_stmt *q, const struct sqlite_reading *now, const struct sqlite_reading *was) {
    const struct sqlite_reading none = {0};
    was = was == NULL ? &none : was;
    uint64_t sum = (uint64_t)now->sum - ((uint64_t)was->sum - (uint64_t)was->kept_sum);
    sqlite3_bind_text(q, 1, now->name, -1, SQLITE_STATIC);
    sqlite3_bind_int64(q, 2, now->rows - (was->rows - was->kept_rows));
    sqlite3_bind_int64(q, 3, (int64_t)(sum & SEAL_MASK));
    sqlite3_bind_int64(q, 4, was->unread);
    int rc = sqlite3_step(q);
    int after = sqlite3_reset(q);
    return rc == SQLITE_DONE ? SQLITE_OK : after;
}

enum err_code sqlite_seals_migrated(struct db_conn *conn, const struct db_readings *before, struct err *e) {
    struct sqlite_conn *c = sqlite_of(conn);
    struct db_readings *now = NULL;
    sqlite3_stmt *q = NULL;
    enum err_code code = sqlite_seals_read(conn, DB_SEALS_ALL, &now, e);
    if (code != ERR_OK) {
        return code;
    }
    int rc =
        sqlite3_prepare_v2(c->h,
                           "INSERT INTO seals (name, rows, sum, unread) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (name) "
                           "DO UPDATE SET rows = ?2, sum = ?3, unread = ?4",
                           -1, &q, NULL);
    for (size_t i = 0; rc == SQLITE_OK && i < now->count; i++) {
        const struct sqlite_reading *was = find_reading(before, now->tables[i].name);
        rc = was != NULL && was->columns < now->tables[i].columns ? write_anew(c->h, &now->tables[i]) : SQLITE_OK;
        rc = rc == SQLITE_OK ? reseal(q, &now->tables[i], was) : rc;
    }
    sqlite3_finalize(q);
    sqlite_seals_free_readings(now);
    if (c->seals != NULL) {
        sqlite_seals_forget_changes(c->seals);
    }
    return rc == SQLITE_OK ? ERR_OK : sqlite_fail(c, rc, "seals", e);
}
