/* Transactions: the outermost with its lock, retry and hooks; inner ones as savepoints that come with their first
 * write. */
#include <limits.h>

#include "base/i18n.h"
#include "base/ticks.h"
#include "db/seam.h"

enum { FIRST_PAUSE_MS = 2, LONGEST_PAUSE_MS = 100, HURRIED_MS = 300 };

static enum err_code begin_savepoints(struct db *db, struct err *e) {
    while (db->savepoints < db->depth - 1) {
        enum err_code rc = db->driver->savepoint(db->conn, e);
        if (rc != ERR_OK) {
            return rc;
        }
        db->savepoints++;
    }
    return ERR_OK;
}

enum err_code transact_goes_on(struct db *db, struct err *e) {
    if (db->lost) {
        if (e != NULL) {
            *e = db->why;
        }
        return db->why.code;
    }
    if (db->conn->stop) {
        if (db->depth == 0 && !db->reading) {
            db->conn->stop = 0; /* it was meant for what has ended meanwhile */
        } else {
            return err_set(e, ERR_REFUSED, _("stopped"));
        }
    }
    return ERR_OK;
}

enum err_code transact_before_statement(struct db *db, const struct db_stmt *s, struct err *e) {
    enum err_code rc = transact_goes_on(db, e);
    if (rc != ERR_OK || (s != NULL && !s->writes)) {
        return rc;
    }
    if (db->depth == 0) {
        return err_set(e, ERR_DB, "a write outside db_transact: %.200s", s == NULL ? "script" : s->sql);
    }
    return begin_savepoints(db, e);
}

void transact_after_failure(struct db *db, const struct err *e) {
    if (db->depth > 0 && !db->lost && !db->driver->in_transaction(db->conn)) {
        db->lost = true;
        db->why = *e;
    }
}

static void copy_err(struct err *to, const struct err *from) {
    if (to != NULL) {
        *to = *from;
    }
}

/* Joins the transaction that runs: undone alone when fn fails. */
static enum err_code inner(struct db *db, db_fn *fn, void *ctx, struct err *e) {
    int savepoints = db->savepoints;
    struct search_mark mark = search_pending_mark(db);
    uint64_t added = db->rows_added;
    struct err first = ERR_INIT;
    db->depth++;
    enum err_code rc = fn(db, ctx, &first);
    db->depth--;
    bool made = db->savepoints > savepoints;
    if (made) {
        db->savepoints--;
    }
    if (rc == ERR_OK && made && !db->lost) {
        rc = db->driver->release(db->conn, &first);
    } else if (rc != ERR_OK && made && !db->lost) {
        struct err again = ERR_INIT;
        if (db->driver->rollback_to(db->conn, &again) != ERR_OK) {
            db->lost = true; /* what fn did could not be undone: nothing of the transaction may be saved */
            db->why = first;
        }
    }
    if (rc != ERR_OK) {
        copy_err(e, &first);
        search_pending_undo(db, mark);
        bulk_rows_undo(db, added);
        if (made && db->hooks.after_rollback_to != NULL && !db->upgrading) {
            db->hooks.after_rollback_to(db->hooks.ctx);
        }
    }
    if (rc == ERR_OK) {
        rc = bulk_rows_relieve(db, e);
    }
    return rc == ERR_OK ? search_pending_relieve(db, e) : rc;
}

static enum err_code refuse_write(struct db *db, struct err *e) {
    const struct db_options *o = &db->conn->options;
    if (db->open_queries > 0) {
        return err_set(e, ERR_DB, "db_transact while a query is open");
    }
    if (db->reading) {
        return err_set(e, ERR_DB, "a write inside db_read");
    }
    if (o->read_only) {
        return err_set(e, ERR_REFUSED, _("%s is open for reading only"), o->path);
    }
    if (db->conn->poisoned) {
        return err_set(
            e, ERR_IO,
            _("%s could not be written to earlier; nothing has been saved since: close the program, check the disk, "
              "start again and run `chotdon check`"),
            o->path);
    }
    if (!db->upgrading && db->version < db->newest) {
        return err_set(
            e, ERR_REFUSED,
            _("%s was made by an older version of this program: run `chotdon upgrade`, which makes a backup first"),
            o->path);
    }
    return ERR_OK;
}

static enum err_code finish(struct db *db, struct err *e) {
    enum err_code rc = bulk_rows_write(db, e);
    if (rc == ERR_OK && db->hooks.before_commit != NULL && !db->upgrading) {
        rc = db->hooks.before_commit(db, db->hooks.ctx, e);
    }
    if (rc == ERR_OK) {
        rc = search_pending_write(db, e);
    }
    if (rc == ERR_OK) {
        rc = db_bulk_end(db, e);
    }
    if (rc == ERR_OK && db->lost) {
        copy_err(e, &db->why);
        rc = db->why.code;
    }
    return rc == ERR_OK ? db->driver->commit(db->conn, e) : rc;
}

/* One attempt, from BEGIN to COMMIT or ROLLBACK. */
static enum err_code attempt(struct db *db, db_fn *fn, void *ctx, struct err *e) {
    enum err_code rc = db->driver->begin_write(db->conn, db->version, e);
    if (rc != ERR_OK) {
        return rc;
    }
    db->depth = 1;
    db->savepoints = 0;
    db->lost = false;
    rc = fn(db, ctx, e);
    if (rc == ERR_OK) {
        rc = finish(db, e);
    }
    if (rc != ERR_OK) {
        db->driver->rollback(db->conn);
    }
    db->depth = 0;
    db->savepoints = 0;
    db->lost = false;
    bulk_forget(db);
    search_pending_forget(db);
    if (db->hooks.after_end != NULL && !db->upgrading) {
        db->hooks.after_end(db->hooks.ctx, rc == ERR_OK);
    }
    return rc;
}

int conn_wait_ms(const struct db_conn *c) {
    if (c->hurried) {
        return HURRIED_MS;
    }
    return c->on_wait != NULL ? INT_MAX : c->options.wait_ms > 0 ? c->options.wait_ms : DB_WAIT_MS;
}

void conn_waits_from_now(struct db_conn *c) {
    c->waits_since = ticks_ms();
    c->gave_up = false;
}

bool conn_waits(struct db_conn *c, const char *holder) {
    int64_t waited = ticks_ms() - c->waits_since;
    if (!c->hurried && c->on_wait != NULL) {
        c->told = true;
        c->gave_up = !c->on_wait(c->wait_ctx, waited > INT_MAX ? INT_MAX : (int)waited, holder);
    }
    c->gave_up = c->gave_up || waited >= conn_wait_ms(c);
    return !c->gave_up;
}

void conn_waited(struct db_conn *c) {
    if (c->told) {
        c->told = false;
        c->on_wait(c->wait_ctx, 0, "");
    }
}

enum err_code db_transact(struct db *db, db_fn *fn, void *ctx, struct err *e) {
    if (db->depth > 0) {
        return inner(db, fn, ctx, e);
    }
    struct err last = ERR_INIT;
    enum err_code rc = refuse_write(db, &last);
    int pause = FIRST_PAUSE_MS;
    conn_waits_from_now(db->conn);
    db->conn->stop = 0;
    while (rc == ERR_OK) {
        last = (struct err)ERR_INIT;
        rc = attempt(db, fn, ctx, &last);
        if (rc != ERR_BUSY || db->conn->gave_up || db->conn->stop || !conn_waits(db->conn, "")) {
            break;
        }
        ticks_pause_us((int64_t)pause * 1000);
        pause = pause * 2 < LONGEST_PAUSE_MS ? pause * 2 : LONGEST_PAUSE_MS;
        rc = ERR_OK;
    }
    conn_waited(db->conn);
    db->conn->stop = 0;
    if (rc != ERR_OK) {
        copy_err(e, &last);
    }
    return rc;
}

enum err_code db_read(struct db *db, db_fn *fn, void *ctx, struct err *e) {
    if (db->depth > 0 || db->reading) {
        return fn(db, ctx, e);
    }
    db->conn->stop = 0;
    enum err_code rc = db->driver->begin_read(db->conn, e);
    if (rc != ERR_OK) {
        return rc;
    }
    db->reading = true;
    rc = fn(db, ctx, e);
    db->reading = false;
    db->driver->rollback(db->conn);
    db->conn->stop = 0;
    return rc;
}

bool db_in_transaction(struct db *db) {
    return db->depth > 0;
}

void db_set_on_wait(struct db *db, db_wait_fn *fn, void *ctx) {
    db->conn->on_wait = fn;
    db->conn->wait_ctx = ctx;
    db->conn->told = false;
}

void db_set_holder(struct db *db, const char *name) {
    db->driver->set_holder(db->conn, name);
}

void db_set_hurried(struct db *db, bool hurried) {
    db->conn->hurried = hurried;
}

void db_set_hooks(struct db *db, const struct db_hooks *hooks) {
    db->hooks = *hooks;
}
