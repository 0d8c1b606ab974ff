/* Statements: the cache, running, reading rows, and the one-value helpers. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "db/seam.h"

static uint64_t hash_text(const char *s) {
    uint64_t h = 0xcbf29ce484222325u;
    for (; *s != '\0'; s++) {
        h = (h ^ (unsigned char)*s) * 0x100000001b3u;
    }
    return h;
}

static struct db_stmt **bucket_of(struct db *db, uint64_t hash) {
    return &db->buckets[hash % CACHE_BUCKETS];
}

static struct db_stmt **recent_of(struct db *db, const char *sql) {
    return &db->recent[((uintptr_t)sql >> 3) % CACHE_BUCKETS];
}

static void forget(struct db *db, struct db_stmt *s) {
    struct db_stmt **at = bucket_of(db, s->hash);
    while (*at != s) {
        at = &(*at)->next;
    }
    *at = s->next;
    for (size_t i = 0; i < CACHE_BUCKETS; i++) {
        if (db->recent[i] == s) {
            db->recent[i] = NULL;
        }
    }
    db->cached--;
    db->driver->finalize(s);
}

static void forget_oldest(struct db *db) {
    struct db_stmt *oldest = NULL;
    for (size_t i = 0; i < CACHE_BUCKETS; i++) {
        for (struct db_stmt *s = db->buckets[i]; s != NULL; s = s->next) {
            if (!s->busy && (oldest == NULL || s->used < oldest->used)) {
                oldest = s;
            }
        }
    }
    if (oldest != NULL) {
        forget(db, oldest);
    }
}

void statement_free_all(struct db *db) {
    for (size_t i = 0; i < CACHE_BUCKETS; i++) {
        while (db->buckets[i] != NULL) {
            struct db_stmt *s = db->buckets[i];
            db->buckets[i] = s->next;
            db->driver->finalize(s);
        }
        db->recent[i] = NULL;
    }
    db->cached = 0;
}

static struct db_stmt *find(struct db *db, const char *sql, uint64_t hash) {
    for (struct db_stmt *s = *bucket_of(db, hash); s != NULL; s = s->next) {
        if (s->hash == hash && !s->busy && strcmp(s->sql, sql) == 0) {
            return s;
        }
    }
    return NULL;
}

static enum err_code prepare(struct db *db, const char *sql, uint64_t hash, struct db_stmt **out, struct err *e) {
    enum err_code rc = db->driver->prepare(db->conn, sql, out, e);
    if (rc != ERR_OK) {
        return rc;
    }
    if (db->cached >= CACHE_LIMIT) {
        forget_oldest(db);
    }
    struct db_stmt *s = *out;
    s->db = db;
    s->hash = hash;
    s->next = *bucket_of(db, hash);
    *bucket_of(db, hash) = s;
    db->cached++;
    return ERR_OK;
}

/* A statement that is not busy, and is from now on. The address of the text is only a hint: texts may be built. */
static enum err_code take(struct db *db, const char *sql, struct db_stmt **out, struct err *e) {
    struct db_stmt **recent = recent_of(db, sql);
    struct db_stmt *s = *recent;
    if (s == NULL || s->busy || strcmp(s->sql, sql) != 0) {
        uint64_t hash = hash_text(sql);
        s = find(db, sql, hash);
        if (s == NULL) {
            enum err_code rc = prepare(db, sql, hash, &s, e);
            if (rc != ERR_OK) {
                return rc;
            }
        }
        *recent = s;
    }
    s->busy = true;
    s->used = ++db->clock;
    *out = s;
    return ERR_OK;
}

static void give_back(struct db_stmt *s) {
    s->db->driver->reset(s);
    s->db->open_queries -= s->open;
    s->open = false;
    s->busy = false;
}

static enum err_code start(struct db_stmt *s, const struct db_value *values, bool copy_texts, struct err *e) {
    enum err_code rc = transact_before_statement(s->db, s, e);
    return rc == ERR_OK ? s->db->driver->bind(s, values, copy_texts, e) : rc;
}

/* Steps and says what went wrong even when the caller passed no err: the transaction must know. */
static enum db_row step(struct db_stmt *s, struct err *e, enum err_code *code) {
    struct err own = ERR_INIT;
    enum db_row row = s->db->driver->step(s, &own);
    if (row == DB_FAILED) {
        transact_after_failure(s->db, &own);
        if (e != NULL) {
            *e = own;
        }
        *code = own.code;
    }
    return row;
}

static enum err_code run_to_end(struct db_stmt *s, const struct db_value *values, struct err *e) {
    enum err_code rc = start(s, values, false, e);
    if (rc == ERR_OK) {
        while (step(s, e, &rc) == DB_ROW) {
        }
        s->db->driver->reset(s);
    }
    return rc;
}

enum err_code db_run(struct db *db, const char *sql, const struct db_value *values, struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = take(db, sql, &s, e);
    if (rc == ERR_OK) {
        rc = run_to_end(s, values, e);
        s->busy = false;
    }
    return rc;
}

enum err_code db_query(struct db *db, const char *sql, const struct db_value *values, struct db_stmt **out,
                       struct err *e) {
    *out = NULL;
    struct db_stmt *s = NULL;
    enum err_code rc = take(db, sql, &s, e);
    if (rc != ERR_OK) {
        return rc;
    }
    rc = start(s, values, true, e);
    if (rc != ERR_OK) {
        give_back(s);
        return rc;
    }
    s->open = true;
    db->open_queries++;
    *out = s;
    return ERR_OK;
}

enum db_row db_next(struct db_stmt *s, struct err *e) {
    enum err_code code = ERR_OK;
    return step(s, e, &code);
}

void db_done(struct db_stmt **s) {
    if (s != NULL && *s != NULL) {
        give_back(*s);
        *s = NULL;
    }
}

int64_t db_col_int(struct db_stmt *s, int column) {
    return s->db->driver->col_int(s, column);
}

const char *db_col_text(struct db_stmt *s, int column) {
    return s->db->driver->col_text(s, column);
}

bool db_col_null(struct db_stmt *s, int column) {
    return s->db->driver->col_null(s, column);
}

char *db_col_dup(struct db_stmt *s, int column) {
    return mem_strdup(db_col_text(s, column));
}

/* Runs to the first row and leaves the statement in *out, to be given back; ERR_NOT_FOUND, which says nothing, when
 * there is none. */
static enum err_code first_row(struct db *db, const char *sql, const struct db_value *values, struct db_stmt **out,
                               struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = take(db, sql, &s, e);
    if (rc != ERR_OK) {
        return rc;
    }
    rc = start(s, values, false, e);
    if (rc == ERR_OK) {
        enum db_row row = step(s, e, &rc);
        if (row == DB_ROW) {
            *out = s;
            return ERR_OK;
        }
        if (row == DB_END) {
            rc = ERR_NOT_FOUND;
        }
    }
    assert(rc != ERR_OK);
    give_back(s);
    return rc;
}

static enum err_code say_missing(enum err_code rc, struct err *e) {
    return rc == ERR_NOT_FOUND ? err_set(e, rc, _("it is not there")) : rc;
}

enum err_code db_get_int(struct db *db, const char *sql, const struct db_value *values, int64_t *out, struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = first_row(db, sql, values, &s, e);
    if (rc == ERR_OK) {
        *out = db_col_int(s, 0);
        give_back(s);
    }
    return say_missing(rc, e);
}

enum err_code db_get_text(struct db *db, const char *sql, const struct db_value *values, char **out, struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = first_row(db, sql, values, &s, e);
    if (rc == ERR_OK) {
        *out = db_col_dup(s, 0);
        give_back(s);
    }
    return say_missing(rc, e);
}

enum err_code db_exists(struct db *db, const char *sql, const struct db_value *values, bool *out, struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = first_row(db, sql, values, &s, e);
    *out = rc == ERR_OK;
    if (rc == ERR_OK) {
        give_back(s);
    }
    return rc == ERR_NOT_FOUND ? ERR_OK : rc;
}

enum err_code db_exec_script(struct db *db, const char *sql, struct err *e) {
    struct err own = ERR_INIT;
    enum err_code rc = transact_before_statement(db, NULL, e);
    if (rc != ERR_OK) {
        return rc;
    }
    rc = db->driver->exec(db->conn, sql, &own);
    if (rc != ERR_OK) {
        transact_after_failure(db, &own);
        if (e != NULL) {
            *e = own;
        }
    }
    return rc;
}

int64_t db_last_id(struct db *db) {
    return db->driver->last_id(db->conn);
}

int64_t db_changes(struct db *db) {
    return db->driver->changes(db->conn);
}
