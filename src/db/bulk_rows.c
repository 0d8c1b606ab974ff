/* The rows of a bulk load, written many at once: most of a small statement's time is starting and ending it. What inner
 * transactions add is not written before they have ended. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "db/seam.h"

enum { HALVINGS = 4, ROWS = 1 << HALVINGS }; /* 16 at once; what is left over by 8, 4, 2, 1 */
enum { MANY = 16 * ROWS };                   /* that inner transactions left behind */

/* Of one statement. A kept text's value has its place in `texts`. */
struct bulk_rows {
    char *sql;
    const char *seen;         /* the caller's own text of it, to know it again at once */
    char *many[HALVINGS + 1]; /* the same for 1 << i rows; NULL: not needed yet */
    size_t params;
    int64_t last_id; /* given to a row of its table; 0: not asked yet */
    size_t count, capacity;
    struct db_value *values; /* `capacity` rows and an end */
    uint64_t *numbers;       /* of each row: how many were added before it, to all tables */
    struct buf texts;
};

static size_t count_params(const struct db_value *values) {
    size_t n = 0;
    while (values[n].kind != DB_KIND_END) {
        n++;
    }
    return n;
}

/* "INSERT INTO t (a, b) VALUES ($1, $2)" → "… VALUES ($1, $2), ($3, $4), …" */
static char *for_many(const char *sql, size_t params, size_t rows) {
    const char *values = strstr(sql, " VALUES (");
    struct buf b = BUF_INIT;
    assert(values != NULL);
    buf_add_bytes(&b, sql, (size_t)(values - sql));
    buf_add(&b, " VALUES");
    for (size_t i = 0; i < rows * params; i++) {
        buf_addf(&b, "%s$%zu", i % params != 0 ? ", " : i == 0 ? " (" : "), (", i + 1);
    }
    buf_add_char(&b, ')');
    return buf_take(&b);
}

static struct bulk_rows *rows_of(struct db *db, const char *sql) {
    for (size_t i = 0; i < db->rows_count; i++) {
        if (db->rows[i].seen == sql && strcmp(db->rows[i].sql, sql) == 0) { /* it may be another's by now */
            return &db->rows[i];
        }
    }
    for (size_t i = 0; i < db->rows_count; i++) {
        if (strcmp(db->rows[i].sql, sql) == 0) {
            db->rows[i].seen = sql;
            return &db->rows[i];
        }
    }
    db->rows = mem_grow(db->rows, db->rows_count, &db->rows_capacity, sizeof *db->rows);
    struct bulk_rows *r = &db->rows[db->rows_count++];
    *r = (struct bulk_rows){.sql = mem_strdup(sql), .seen = sql};
    return r;
}

static void keep(struct bulk_rows *r, const struct db_value *values, uint64_t number) {
    if (r->count == r->capacity) {
        r->params = count_params(values);
        r->capacity = r->capacity == 0 ? ROWS : r->capacity * 2;
        r->values = mem_resize(r->values, r->capacity * r->params + 1, sizeof *r->values);
        r->numbers = mem_resize(r->numbers, r->capacity, sizeof *r->numbers);
    }
    r->numbers[r->count] = number;
    struct db_value *to = r->values + r->count * r->params;
    for (size_t i = 0; i < r->params; i++) {
        to[i] = values[i];
        if (values[i].kind == DB_KIND_TEXT) {
            to[i].i = (int64_t)r->texts.len;
            buf_add_bytes(&r->texts, values[i].s, strlen(values[i].s) + 1);
        }
    }
    r->count++;
}

static void empty(struct bulk_rows *r) {
    r->count = 0;
    buf_reset(&r->texts);
}

static enum err_code write_some(struct db *db, struct bulk_rows *r, size_t at, int power, struct err *e) {
    struct db_value *values = r->values + at * r->params;
    struct db_value *end = values + (r->params << power);
    struct db_value next = *end;
    if (r->many[power] == NULL) {
        r->many[power] = for_many(r->sql, r->params, (size_t)1 << power);
    }
    end->kind = DB_KIND_END;
    enum err_code rc = db_run(db, r->many[power], values, e);
    *end = next;
    return rc;
}

static enum err_code write_rows(struct db *db, struct bulk_rows *r, struct err *e) {
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < r->count * r->params; i++) {
        if (r->values[i].kind == DB_KIND_TEXT) {
            r->values[i].s = r->texts.data + r->values[i].i;
        }
    }
    size_t at = 0;
    for (int power = HALVINGS; rc == ERR_OK && power >= 0; power--) {
        while (rc == ERR_OK && at + ((size_t)1 << power) <= r->count) {
            rc = write_some(db, r, at, power, e);
            at += (size_t)1 << power;
        }
    }
    empty(r);
    return rc;
}

static enum err_code find_last_id(struct db *db, const char *table, int64_t *last, struct err *e) {
    char *sql = mem_printf("SELECT COALESCE(MAX(id), 0) FROM %s", table);
    enum err_code rc = db_get_int(db, sql, DB_NO_BIND, last, e);
    free(sql);
    return rc;
}

enum err_code db_next_id(struct db *db, const char *table, const char *sql, int64_t *id, struct err *e) {
    struct bulk_rows *r = rows_of(db, sql);
    enum err_code rc = r->last_id == 0 ? find_last_id(db, table, &r->last_id, e) : ERR_OK;
    *id = r->last_id + 1;
    return rc;
}

/* No savepoint is due: what is only kept is undone by forgetting it. */
static enum err_code add_later(struct db *db, const char *sql, const struct db_value *values, const char *table,
                               int64_t *id, struct err *e) {
    enum err_code rc = transact_goes_on(db, e);
    if (rc == ERR_OK && table != NULL) {
        rc = db_next_id(db, table, sql, id, e);
    }
    if (rc != ERR_OK) {
        return rc;
    }
    struct bulk_rows *r = rows_of(db, sql);
    keep(r, values, db->rows_added++);
    if (table != NULL) {
        r->last_id = *id;
        r->values[(r->count - 1) * r->params] = DB_INT(*id);
    }
    return r->count >= ROWS && db->depth == 1 ? write_rows(db, r, e) : ERR_OK;
}

enum err_code db_add(struct db *db, const char *sql, const struct db_value *values, struct err *e) {
    return db->loading ? add_later(db, sql, values, NULL, NULL, e) : db_run(db, sql, values, e);
}

enum err_code db_add_many(struct db *db, const char *sql, const struct db_value *values, struct err *e) {
    return add_later(db, sql, values, NULL, NULL, e);
}

enum err_code db_add_end(struct db *db, struct err *e) {
    return bulk_rows_write(db, e);
}

enum err_code db_add_id(struct db *db, const char *table, const char *sql, const struct db_value *values, int64_t *id,
                        struct err *e) {
    if (db->loading) {
        return add_later(db, sql, values, table, id, e);
    }
    enum err_code rc = db_run(db, sql, values, e);
    *id = rc == ERR_OK ? db_last_id(db) : 0;
    return rc;
}

enum err_code bulk_rows_write(struct db *db, struct err *e) {
    enum err_code rc = ERR_OK;
    for (size_t i = 0; rc == ERR_OK && i < db->rows_count; i++) {
        if (db->rows[i].count > 0) {
            rc = write_rows(db, &db->rows[i], e);
        }
    }
    return rc;
}

enum err_code bulk_rows_relieve(struct db *db, struct err *e) {
    enum err_code rc = ERR_OK;
    for (size_t i = 0; rc == ERR_OK && i < db->rows_count && db->depth == 1; i++) {
        if (db->rows[i].count >= MANY) {
            rc = write_rows(db, &db->rows[i], e);
        }
    }
    return rc;
}

void bulk_rows_undo(struct db *db, uint64_t added) {
    for (size_t i = 0; i < db->rows_count; i++) {
        struct bulk_rows *r = &db->rows[i];
        while (r->count > 0 && r->numbers[r->count - 1] >= added) {
            r->count--;
            r->last_id -= r->last_id > 0;
        }
    }
}

void bulk_rows_free(struct db *db) {
    for (size_t i = 0; i < db->rows_count; i++) {
        struct bulk_rows *r = &db->rows[i];
        free(r->sql);
        for (int power = 0; power <= HALVINGS; power++) {
            free(r->many[power]);
        }
        free(r->values);
        free(r->numbers);
        buf_clear(&r->texts);
    }
    free(db->rows);
    db->rows = NULL;
    db->rows_count = db->rows_capacity = 0;
    db->rows_added = 0;
}
