/* The SQLite driver: statements and transactions. Opening, errors, the writer's lock, backup and checks have files of
 * their own beside this one. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "db/sqlite_driver.h"

enum {
    TICK_OPS = 20000, /* virtual machine steps between two calls of the progress function: about a millisecond */
    CHECKPOINT_WAIT_MS = 100,
    MAX_PARAMS = 999
};

static struct sqlite_stmt *stmt_of(struct db_stmt *s) {
    return (struct sqlite_stmt *)s;
}

/* `$7` → 7; anything else is a mistake in our SQL. */
static int param_number(const char *name) {
    int n = name == NULL || name[0] != '$' ? 0 : atoi(name + 1);
    assert(n >= 1 && n <= MAX_PARAMS);
    return n;
}

static void number_params(struct sqlite_stmt *s) {
    bool seen[MAX_PARAMS + 1] = {false};
    for (int i = 0; i < s->count; i++) {
        s->number[i] = param_number(sqlite3_bind_parameter_name(s->h, i + 1));
        seen[s->number[i]] = true;
        s->base.params = s->number[i] > s->base.params ? s->number[i] : s->base.params;
    }
    for (int n = 1; n <= s->base.params; n++) {
        assert(seen[n]); /* PostgreSQL refuses gaps */
    }
    (void)seen;
}

static enum err_code prepare(struct db_conn *conn, const char *sql, struct db_stmt **out, struct err *e) {
    struct sqlite_conn *c = sqlite_of(conn);
    sqlite3_stmt *h = NULL;
    int rc = sqlite3_prepare_v3(c->h, sql, -1, SQLITE_PREPARE_PERSISTENT, &h, NULL);
    if (rc != SQLITE_OK) {
        return sqlite_fail(c, rc, sql, e);
    }
    assert(h != NULL); /* an empty text */
    int count = sqlite3_bind_parameter_count(h);
    struct sqlite_stmt *s = mem_zalloc(sizeof *s + (size_t)count * sizeof s->number[0]);
    s->c = c;
    s->h = h;
    s->count = count;
    s->base.sql = sqlite3_sql(h);
    s->base.writes = !sqlite3_stmt_readonly(h);
    number_params(s);
    *out = &s->base;
    return ERR_OK;
}

static void finalize(struct db_stmt *s) {
    sqlite3_finalize(stmt_of(s)->h);
    free(s);
}

static int count_values(const struct db_value *values) {
    int n = 0;
    while (values != NULL && values[n].kind != DB_KIND_END) {
        n++;
    }
    return n;
}

static int bind_one(sqlite3_stmt *h, int at, const struct db_value *v, bool copy_texts) {
    switch (v->kind) {
    case DB_KIND_INT:
        return sqlite3_bind_int64(h, at, v->i);
    case DB_KIND_TEXT:
        return sqlite3_bind_text64(h, at, v->s, strlen(v->s), copy_texts ? SQLITE_TRANSIENT : SQLITE_STATIC,
                                   SQLITE_UTF8);
    default:
        return sqlite3_bind_null(h, at);
    }
}

static enum err_code bind(struct db_stmt *base, const struct db_value *values, bool copy_texts, struct err *e) {
    struct sqlite_stmt *s = stmt_of(base);
    if (count_values(values) != base->params) {
        return err_set(e, ERR_DB, "%d values for %d parameters: %.200s", count_values(values), base->params, base->sql);
    }
    for (int i = 0; i < s->count; i++) {
        int rc = bind_one(s->h, i + 1, &values[s->number[i] - 1], copy_texts);
        if (rc != SQLITE_OK) {
            return sqlite_fail(s->c, rc, base->sql, e);
        }
    }
    return ERR_OK;
}

static enum db_row step(struct db_stmt *base, struct err *e) {
    struct sqlite_stmt *s = stmt_of(base);
    if (s->c->base.stop) {
        err_set(e, ERR_REFUSED, _("stopped"));
        return DB_FAILED;
    }
    int rc = sqlite3_step(s->h);
    if (s->base.writes && s->c->seals != NULL) {
        sqlite_seals_statement(s->c->seals, rc == SQLITE_ROW || rc == SQLITE_DONE);
    }
    if (rc == SQLITE_ROW) {
        return DB_ROW;
    }
    if (rc == SQLITE_DONE) {
        return DB_END;
    }
    sqlite_fail(s->c, rc, base->sql, e);
    return DB_FAILED;
}

static void reset(struct db_stmt *s) {
    sqlite3_reset(stmt_of(s)->h);
}

static int64_t col_int(struct db_stmt *s, int column) {
    return sqlite3_column_int64(stmt_of(s)->h, column);
}

static const char *col_text(struct db_stmt *s, int column) {
    const char *text = (const char *)sqlite3_column_text(stmt_of(s)->h, column);
    if (text == NULL && sqlite3_errcode(stmt_of(s)->c->h) == SQLITE_NOMEM) {
        mem_exhausted(); /* "" would be believed */
    }
    return text == NULL ? "" : text;
}

static bool col_null(struct db_stmt *s, int column) {
    return sqlite3_column_type(stmt_of(s)->h, column) == SQLITE_NULL;
}

static enum err_code exec(struct db_conn *conn, const char *sql, struct err *e) {
    struct sqlite_conn *c = sqlite_of(conn);
    int rc = sqlite3_exec(c->h, sql, NULL, NULL, NULL);
    if (c->seals != NULL && rc == SQLITE_OK) {
        sqlite_seals_statement(c->seals, true);
    } else if (c->seals != NULL) {
        sqlite_seals_script_failed(c->seals);
    }
    return rc == SQLITE_OK ? ERR_OK : sqlite_fail(c, rc, sql, e);
}

static int64_t last_id(struct db_conn *c) {
    return sqlite3_last_insert_rowid(sqlite_of(c)->h);
}

static int64_t changes(struct db_conn *c) {
    return sqlite3_changes64(sqlite_of(c)->h);
}

static int prepare_own(struct sqlite_conn *c, sqlite3_stmt **s, const char *sql) {
    return *s != NULL ? SQLITE_OK : sqlite3_prepare_v3(c->h, sql, -1, SQLITE_PREPARE_PERSISTENT, s, NULL);
}

/* Runs one of the driver's own statements, prepared at its first use. *value gets its first column when not NULL. */
static int run_own(struct sqlite_conn *c, sqlite3_stmt **s, const char *sql, int64_t *value) {
    int rc = prepare_own(c, s, sql);
    if (rc == SQLITE_OK) {
        rc = sqlite3_step(*s);
        if (rc == SQLITE_ROW && value != NULL) {
            *value = sqlite3_column_int64(*s, 0);
        }
        int after = sqlite3_reset(*s);
        rc = rc == SQLITE_ROW || rc == SQLITE_DONE ? SQLITE_OK : after;
    }
    return rc;
}

static enum err_code own_statement(struct sqlite_conn *c, sqlite3_stmt **s, const char *sql, struct err *e) {
    int rc = run_own(c, s, sql, NULL);
    return rc == SQLITE_OK ? ERR_OK : sqlite_fail(c, rc, sql, e);
}

/* *now becomes `wanted` once the engine has taken it; −1: not known. */
static int set_option(struct sqlite_conn *c, int *now, int wanted, const char *sql) {
    if (*now == wanted) {
        return SQLITE_OK;
    }
    int rc = sqlite3_exec(c->h, sql, NULL, NULL, NULL);
    *now = rc == SQLITE_OK ? wanted : -1;
    return rc;
}

static int set_options(struct sqlite_conn *c) {
    int rc = set_option(c, &c->synchronous, c->wanted_synchronous,
                        c->wanted_synchronous == 2 ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL");
    return rc != SQLITE_OK ? rc
                           : set_option(c, &c->secure_delete, c->erasing,
                                        c->erasing ? "PRAGMA secure_delete=ON" : "PRAGMA secure_delete=OFF");
}

/* What ends a transaction is ready before it begins: it must not fail for want of memory. */
static enum err_code get_ready(struct sqlite_conn *c, struct err *e) {
    int rc = set_options(c);
    if (rc == SQLITE_OK) {
        rc = prepare_own(c, &c->commit, "COMMIT");
    }
    if (rc == SQLITE_OK) {
        rc = prepare_own(c, &c->rollback, "ROLLBACK");
    }
    if (c->log == NULL && c->lock != NULL) {
        c->log = sqlite_log_new();
    }
    return rc == SQLITE_OK ? ERR_OK : sqlite_fail(c, rc, NULL, e);
}

static bool still_waiting(void *ctx, const char *holder) {
    return conn_waits(ctx, holder);
}

static enum err_code acquire(struct sqlite_conn *c, const struct sqlite_lock_wait *wait, struct err *e) {
    if (c->lock == NULL) {
        return ERR_OK;
    }
    if (sqlite_same_file(c, e) != ERR_OK) { /* before the lock, which would be of another file, or of none */
        return ERR_IO;
    }
    enum err_code rc = sqlite_lock_acquire(c->lock, wait, e);
    if (rc == ERR_OK) {
        rc = sqlite_same_file(c, e);
        if (rc != ERR_OK) {
            sqlite_lock_release(c->lock);
        }
    }
    return rc;
}

/* Another counter may have upgraded the file since it was opened. */
static enum err_code check_version(struct sqlite_conn *c, int version, struct err *e) {
    int64_t found = version;
    int rc = run_own(c, &c->version, "PRAGMA user_version", &found);
    if (rc != SQLITE_OK) {
        return sqlite_fail(c, rc, NULL, e);
    }
    if (found != version) {
        return err_set(e, ERR_REFUSED,
                       _("%s was upgraded by a newer version of this program meanwhile: start it again"),
                       c->base.options.path);
    }
    return ERR_OK;
}

static void rollback(struct db_conn *conn);

static enum err_code begin_write(struct db_conn *conn, int version, struct err *e) {
    struct sqlite_conn *c = sqlite_of(conn);
    const struct sqlite_lock_wait wait = {conn_wait_ms(conn), &conn->stop, still_waiting, conn};
    enum err_code rc = acquire(c, &wait, e);
    if (rc != ERR_OK) {
        return rc;
    }
    rc = get_ready(c, e);
    if (rc == ERR_OK) {
        sqlite3_busy_timeout(c->h, SQLITE_BUSY_MS);
        rc = own_statement(c, &c->begin, "BEGIN IMMEDIATE", e);
        sqlite3_busy_timeout(c->h, SQLITE_READ_MS);
    }
    if (rc == ERR_OK) {
        rc = check_version(c, version, e);
    }
    if (rc != ERR_OK) {
        rollback(conn);
        return rc;
    }
    conn_waited(conn);
    conn->writing = true;
    c->folded_time = c->file_time;
    return ERR_OK;
}

static void set_holder(struct db_conn *conn, const char *name) {
    if (sqlite_of(conn)->lock != NULL) {
        sqlite_lock_name(sqlite_of(conn)->lock, name);
    }
}

static enum err_code begin_read(struct db_conn *conn, struct err *e) {
    return exec(conn, "BEGIN", e);
}

static enum err_code commit(struct db_conn *conn, struct err *e) {
    struct sqlite_conn *c = sqlite_of(conn);
    enum err_code sealed = c->seals == NULL ? ERR_OK : sqlite_seals_write(c->seals, e);
    if (sealed != ERR_OK) {
        return sealed;
    }
    struct sqlite_log *log = c->synchronous == 2 ? c->log : NULL;
    sqlite_log_gather(log, c->h);
    int rc = run_own(c, &c->commit, "COMMIT", NULL);
    sqlite_log_end(log, rc == SQLITE_OK);
    if (rc != SQLITE_OK) {
        return sqlite_fail_commit(c, rc, e);
    }
    if (c->seals != NULL) {
        sqlite_seals_forget(c->seals);
    }
    conn->writing = false;
    sqlite_lock_release(c->lock);
    return ERR_OK;
}

/* Also ends a reading transaction. A stopped statement that is still open can keep ROLLBACK from running: reset it. */
static void rollback(struct db_conn *conn) {
    struct sqlite_conn *c = sqlite_of(conn);
    for (int tries = 0; tries < 2 && !sqlite3_get_autocommit(c->h); tries++) {
        if (run_own(c, &c->rollback, "ROLLBACK", NULL) != SQLITE_OK) {
            for (sqlite3_stmt *s = sqlite3_next_stmt(c->h, NULL); s != NULL; s = sqlite3_next_stmt(c->h, s)) {
                sqlite3_reset(s);
            }
        }
    }
    conn->poisoned = conn->poisoned || !sqlite3_get_autocommit(c->h);
    if (c->seals != NULL) {
        sqlite_seals_forget(c->seals);
    }
    conn->writing = false;
    sqlite_lock_release(c->lock);
}

static enum err_code savepoint(struct db_conn *conn, struct err *e) {
    struct sqlite_conn *c = sqlite_of(conn);
    enum err_code rc = own_statement(c, &c->savepoint, "SAVEPOINT inner", e);
    if (rc == ERR_OK && c->seals != NULL) {
        sqlite_seals_savepoint(c->seals);
    }
    return rc;
}

static enum err_code release(struct db_conn *conn, struct err *e) {
    struct sqlite_conn *c = sqlite_of(conn);
    enum err_code rc = own_statement(c, &c->release, "RELEASE inner", e);
    if (rc == ERR_OK && c->seals != NULL) {
        sqlite_seals_release(c->seals);
    }
    return rc;
}

static enum err_code rollback_to(struct db_conn *conn, struct err *e) {
    struct sqlite_conn *c = sqlite_of(conn);
    enum err_code rc = own_statement(c, &c->rollback_to, "ROLLBACK TO inner", e);
    if (rc == ERR_OK && c->seals != NULL) {
        sqlite_seals_rollback_to(c->seals);
    }
    return rc == ERR_OK ? own_statement(c, &c->release, "RELEASE inner", e) : rc;
}

static bool in_transaction(struct db_conn *c) {
    return !sqlite3_get_autocommit(sqlite_of(c)->h);
}

static enum err_code set_version(struct db_conn *c, int version, struct err *e) {
    char sql[96];
    snprintf(sql, sizeof sql, "PRAGMA application_id=%d;PRAGMA user_version=%d", DB_APPLICATION_ID, version);
    return exec(c, sql, e);
}

static void set_durable(struct db_conn *c, bool durable) {
    sqlite_of(c)->wanted_synchronous = durable ? 2 : 1;
}

/* Inside a transaction PRAGMA foreign_keys would do nothing; no reference is deferred, so none is left half counted. */
static void set_loading(struct db_conn *c, bool loading) {
    sqlite3 *h = sqlite_of(c)->h;
    sqlite3_db_config(h, SQLITE_DBCONFIG_ENABLE_FKEY, !loading, NULL);
    sqlite3_exec(h,
                 loading ? "PRAGMA cache_size=-64000;PRAGMA temp_store=FILE"
                         : "PRAGMA cache_size=-8000;PRAGMA temp_store=MEMORY",
                 NULL, NULL, NULL);
}

static void spill(struct db_conn *c, bool spill) {
    sqlite3_exec(sqlite_of(c)->h, spill ? "PRAGMA temp_store=FILE" : "PRAGMA temp_store=MEMORY", NULL, NULL, NULL);
}

static void set_erasing(struct db_conn *c, bool erasing) {
    sqlite_of(c)->erasing = erasing;
}

static int call_tick(void *ctx) {
    struct db_conn *c = ctx;
    return !c->tick(c->tick_ctx);
}

static void set_tick(struct db_conn *c) {
    sqlite3_progress_handler(sqlite_of(c)->h, TICK_OPS, c->tick == NULL ? NULL : call_tick, c);
}

static bool changed_by_others(struct db_conn *conn) {
    struct sqlite_conn *c = sqlite_of(conn);
    int64_t now = c->seen_version;
    run_own(c, &c->data_version, "PRAGMA data_version", &now);
    bool changed = now != c->seen_version;
    c->seen_version = now;
    return changed;
}

static bool wants_checkpoint(struct db_conn *c) {
    return sqlite_of(c)->log_frames >= SQLITE_CHECKPOINT_FRAMES;
}

/* Copies what no reader needs any more and waits for nobody. What was copied whole and is longer than `keep` is cut
 * off: the first program to open the file would read all of it. Shorter ones keep their length, because to sync what is
 * written over costs less than what is appended. */
static int copy_log(struct sqlite_conn *c, int keep, int *frames, int *done) {
    int mode = c->erasing ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE;
    int result = sqlite3_wal_checkpoint_v2(c->h, NULL, mode, frames, done);
    if (result == SQLITE_OK && !c->erasing && *frames == *done && *frames >= keep) {
        sqlite3_busy_timeout(c->h, 0);
        sqlite3_wal_checkpoint_v2(c->h, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
        *frames = *done = 0;
    }
    sqlite3_busy_timeout(c->h, SQLITE_READ_MS);
    return result;
}

/* Free room in pages holds older copies of what was erased, from before secure_delete: the file is written anew. */
static int write_anew(struct sqlite_conn *c) {
    int attached = sqlite3_limit(c->h, SQLITE_LIMIT_ATTACHED, 1);   /* VACUUM attaches a file of its own */
    sqlite3_exec(c->h, "PRAGMA temp_store=FILE", NULL, NULL, NULL); /* it may be larger than what memory holds */
    int result = sqlite3_exec(c->h, "VACUUM", NULL, NULL, NULL);
    sqlite3_exec(c->h, "PRAGMA temp_store=MEMORY", NULL, NULL, NULL);
    sqlite3_limit(c->h, SQLITE_LIMIT_ATTACHED, attached);
    return result;
}

/* As copy_log, but nothing may be left in the log: waits for readers too. */
static int empty_files(struct sqlite_conn *c, int *frames, int *done) {
    int result = write_anew(c);
    sqlite3_busy_timeout(c->h, DB_WAIT_MS);
    if (result == SQLITE_OK) {
        result = copy_log(c, 0, frames, done);
    }
    sqlite3_busy_timeout(c->h, SQLITE_READ_MS);
    return result;
}

/* Many counters see at once that a checkpoint is due: one of them is enough. */
static bool somebody_did(const struct sqlite_conn *c) {
    return c->log_frames >= SQLITE_CHECKPOINT_FRAMES && !c->erasing &&
           (c->file_time.tv_sec != c->folded_time.tv_sec || c->file_time.tv_nsec != c->folded_time.tv_nsec);
}

static enum err_code fold(struct sqlite_conn *c, int keep, struct err *e) {
    int frames = 0;
    int done = 0;
    int result = c->erasing ? empty_files(c, &frames, &done) : copy_log(c, keep, &frames, &done);
    bool fine = result == SQLITE_OK || (result == SQLITE_BUSY && !c->erasing);
    c->log_frames = frames - done;
    c->log_length = frames;
    return fine ? ERR_OK : sqlite_fail_checkpoint(c, result, e);
}

static enum err_code checkpoint(struct sqlite_conn *c, int keep, struct err *e) {
    struct db_conn *conn = &c->base;
    struct err why = ERR_INIT;
    if (c->lock == NULL || conn->poisoned) { /* after a failed write nothing more is written */
        return ERR_OK;
    }
    if (sqlite_same_file(c, NULL) == ERR_OK && somebody_did(c)) { /* or is at it: no need to queue for that */
        c->log_frames = 0;
        return ERR_OK;
    }
    struct sqlite_lock_wait wait = {CHECKPOINT_WAIT_MS, &conn->stop, NULL, NULL};
    if (c->erasing) { /* somebody waits for it */
        conn_waits_from_now(conn);
        wait = (struct sqlite_lock_wait){conn_wait_ms(conn), &conn->stop, still_waiting, conn};
    }
    enum err_code rc = acquire(c, &wait, &why);
    conn_waited(conn);
    if (rc == ERR_BUSY && !c->erasing) {
        return ERR_OK;
    }
    if (rc == ERR_OK) {
        conn->writing = true;
        if (somebody_did(c)) {
            c->log_frames = 0;
        } else {
            rc = fold(c, keep, &why);
        }
        conn->writing = false;
        sqlite_lock_release(c->lock);
    }
    if (rc != ERR_OK && e != NULL) {
        *e = why;
    }
    return rc;
}

enum err_code sqlite_checkpoint(struct db_conn *conn, struct err *e) {
    return checkpoint(sqlite_of(conn), SQLITE_LONG_LOG_FRAMES, e);
}

void sqlite_checkpoint_at_close(struct sqlite_conn *c) {
    checkpoint(c, SQLITE_UNFOLDED_FRAMES, NULL);
}

static enum err_code analyze(struct db_conn *c, struct err *e) {
    return exec(c, "PRAGMA analysis_limit=1000;ANALYZE", e);
}

static void interrupt(struct db_conn *c) {
    sqlite3_interrupt(sqlite_of(c)->h);
}

const char *db_engine(void) {
    static char name[32]; /* the library's, which may be newer than the header's */
    snprintf(name, sizeof name, "SQLite %s", sqlite3_libversion());
    return name;
}

bool db_engine_has_wal_reset_mend(void) {
    return sqlite3_libversion_number() >= 3051003;
}

static void tell_changed(struct db_conn *conn, db_changed_fn *told, void *ctx) {
    const struct sqlite_conn *c = sqlite_of(conn);
    if (c->seals != NULL) {
        sqlite_seals_changed(c->seals, told, ctx);
    }
}

static bool seals_are_kept(struct db_conn *conn) {
    const struct sqlite_conn *c = sqlite_of(conn);
    return c->seals == NULL || sqlite_seals_work(c->seals);
}

const struct db_driver db_sqlite = {
    .name = "SQLite",
    .open = sqlite_open,
    .close = sqlite_close,
    .discard = sqlite_discard,
    .prepare = prepare,
    .finalize = finalize,
    .bind = bind,
    .step = step,
    .reset = reset,
    .col_int = col_int,
    .col_text = col_text,
    .col_null = col_null,
    .exec = exec,
    .last_id = last_id,
    .changes = changes,
    .set_holder = set_holder,
    .begin_write = begin_write,
    .begin_read = begin_read,
    .commit = commit,
    .rollback = rollback,
    .savepoint = savepoint,
    .release = release,
    .rollback_to = rollback_to,
    .in_transaction = in_transaction,
    .set_version = set_version,
    .indexes_sql = "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = $1 AND sql IS NOT NULL AND "
                   "sql NOT LIKE 'CREATE UNIQUE%' ORDER BY name",
    .trigger_sql = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND name = $1",
    .set_loading = set_loading,
    .spill = spill,
    .check_references = sqlite_check_references,
    .set_durable = set_durable,
    .set_erasing = set_erasing,
    .set_tick = set_tick,
    .changed_by_others = changed_by_others,
    .wants_checkpoint = wants_checkpoint,
    .checkpoint = sqlite_checkpoint,
    .analyze = analyze,
    .backup = sqlite_backup,
    .replace = sqlite_replace,
    .integrity = sqlite_integrity,
    .tell_changed = tell_changed,
    .seals_are_kept = seals_are_kept,
    .seals_read = sqlite_seals_read,
    .seals_tell = sqlite_seals_tell,
    .seals_store = sqlite_seals_store,
    .seals_migrated = sqlite_seals_migrated,
    .seals_free = sqlite_seals_free_readings,
    .interrupt = interrupt,
};
