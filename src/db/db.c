#include "db/db.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "db/seam.h"

enum { REPLACE_WAIT_MS = 2000 }; /* who replaces a shop's file should not have to wait for its counters */

static enum err_code run_all_blocks(struct db *db, void *ctx, struct err *e) {
    const struct db_options *options = ctx;
    enum err_code rc = migrate_run(db->conn, 0, db->newest, e);
    return rc == ERR_OK && options->fill != NULL ? options->fill(db, options->fill_ctx, e) : rc;
}

/* One transaction makes the whole file: a killed program leaves an empty one, which db_open names as such. */
static enum err_code make_schema(struct db *db, const struct db_options *options, struct err *e) {
    db->upgrading = true;
    enum err_code rc = db_transact(db, run_all_blocks, (void *)options, e);
    db->upgrading = false;
    if (rc == ERR_OK) {
        db->version = db->newest;
    }
    return rc;
}

enum err_code db_open(const struct db_options *options, struct db **out, struct err *e) {
    *out = NULL;
    int version = 0;
    struct db_conn *conn = NULL;
    enum err_code rc = db_sqlite.open(options, &conn, &version, e);
    if (rc != ERR_OK) {
        return rc;
    }
    struct db *db = mem_zalloc(sizeof *db);
    db->driver = &db_sqlite;
    db->conn = conn;
    db->version = version;
    db->newest = migrate_newest();
    if (version > db->newest) {
        rc = err_set(
            e, ERR_REFUSED,
            _("%s was written by a newer version of this program (schema %d, this one knows %d): update the program"),
            options->path, version, db->newest);
    } else if (version == 0) {
        rc = make_schema(db, options, e);
        if (rc != ERR_OK) {
            conn->driver->discard(conn);
        }
    }
    if (rc != ERR_OK) {
        db_close(&db);
        return rc;
    }
    *out = db;
    return ERR_OK;
}

void db_close(struct db **db) {
    if (db == NULL || *db == NULL) {
        return;
    }
    struct db *d = *db;
    *db = NULL;
    statement_free_all(d);
    bulk_forget(d);
    search_pending_forget(d);
    free(d->bulk);
    d->driver->close(d->conn);
    free(d);
}

int db_schema_version(struct db *db) {
    return db->version;
}

int db_schema_newest(void) {
    return migrate_newest();
}

struct step {
    int to;
    db_fn *at_end;
    void *ctx;
};

/* A block may give rows another shape without writing them: seals are taken from what is there before and after. */
static enum err_code run_one_block(struct db *db, void *ctx, struct err *e) {
    const struct step *step = ctx;
    struct db_readings *before = NULL;
    enum err_code rc = db->driver->seals_read(db->conn, DB_SEALS_ALL, &before, e);
    if (rc == ERR_OK) {
        rc = migrate_run(db->conn, db->version, step->to, e);
    }
    if (rc == ERR_OK) {
        rc = db->driver->seals_migrated(db->conn, before, e);
    }
    if (rc == ERR_OK && step->at_end != NULL && step->to == db->newest) {
        rc = step->at_end(db, step->ctx, e);
    }
    db->driver->seals_free(before);
    return rc;
}

enum err_code db_upgrade(struct db *db, db_fn *at_end, void *ctx, struct err *e) {
    enum err_code rc = ERR_OK;
    db->upgrading = true;
    while (rc == ERR_OK && db->version < db->newest) {
        struct step step = {db->version + 1, at_end, ctx};
        rc = db_transact(db, run_one_block, &step, e);
        if (rc == ERR_OK) {
            db->version = step.to;
        }
    }
    db->upgrading = false;
    return rc;
}

void db_set_durable(struct db *db, bool durable) {
    db->driver->set_durable(db->conn, durable);
}

void db_set_erasing(struct db *db, bool erasing) {
    db->driver->set_erasing(db->conn, erasing);
}

bool db_changed_by_others(struct db *db) {
    return db->driver->changed_by_others(db->conn);
}

bool db_wants_checkpoint(struct db *db) {
    return db->driver->wants_checkpoint(db->conn);
}

enum err_code db_checkpoint(struct db *db, struct err *e) {
    return db->depth > 0 || db->reading ? ERR_OK : db->driver->checkpoint(db->conn, e);
}

static enum err_code analyze(struct db *db, void *ctx, struct err *e) {
    (void)ctx;
    return db->driver->analyze(db->conn, e);
}

enum err_code db_analyze(struct db *db, struct err *e) {
    return db_transact(db, analyze, NULL, e);
}

enum err_code db_backup(struct db *db, const char *path, struct err *e) {
    return db_backup_with(db, path, &(struct db_backup_options){0}, e);
}

enum err_code db_backup_with(struct db *db, const char *path, const struct db_backup_options *options, struct err *e) {
    if (db->depth > 0) {
        return err_set(e, ERR_REFUSED, _("a backup cannot be made in the middle of a change: finish it first"));
    }
    db->conn->stop = 0;
    enum err_code rc = db->driver->backup(db->conn, path, options, e);
    db->conn->stop = 0;
    return rc;
}

enum err_code db_replace(const char *path, const char *with, const char *kept, struct err *e) {
    return db_sqlite.replace(path, with, kept, REPLACE_WAIT_MS, e);
}

enum err_code db_integrity(struct db *db, void (*found)(void *ctx, const char *finding), void *ctx, struct err *e) {
    db->conn->stop = 0;
    return db->driver->integrity(db->conn, found, ctx, e);
}

void db_tell_changed(struct db *db, db_changed_fn *told, void *ctx) {
    db->driver->tell_changed(db->conn, told, ctx);
}

bool db_seals_are_kept(struct db *db) {
    return db->driver->seals_are_kept(db->conn);
}

struct sealing {
    enum db_seals which;
    struct db_readings *readings;
};

static enum err_code read_seals(struct db *db, void *ctx, struct err *e) {
    struct sealing *s = ctx;
    return db->driver->seals_read(db->conn, s->which, &s->readings, e);
}

static enum err_code store_seals(struct db *db, void *ctx, struct err *e) {
    const struct sealing *s = ctx;
    return db->driver->seals_store(db->conn, s->readings, s->which, e);
}

enum err_code db_seals_check(struct db *db, db_seal_fn *told, void *ctx, struct err *e) {
    struct sealing s = {DB_SEALS_ALL, NULL};
    enum err_code rc = db_read(db, read_seals, &s, e);
    if (rc == ERR_OK) {
        db->driver->seals_tell(s.readings, told, ctx);
    }
    db->driver->seals_free(s.readings);
    return rc;
}

enum err_code db_seals_renew(struct db *db, enum db_seals which, struct err *e) {
    struct sealing s = {which, NULL};
    bool any = true;
    enum err_code rc =
        which == DB_SEALS_ALL ? ERR_OK : db_exists(db, "SELECT 1 FROM seals WHERE unread <> 0", DB_NO_BIND, &any, e);
    if (rc == ERR_OK && any) {
        rc = db_read(db, read_seals, &s, e);
        rc = rc == ERR_OK ? db_transact(db, store_seals, &s, e) : rc;
    }
    db->driver->seals_free(s.readings);
    return rc;
}

void db_interrupt(struct db *db) {
    db->conn->stop = 1;
    db->driver->interrupt(db->conn);
}

void db_set_progress(struct db *db, bool (*tick)(void *ctx), void *ctx) {
    db->conn->tick = tick;
    db->conn->tick_ctx = ctx;
    db->driver->set_tick(db->conn);
}

const char *db_path(struct db *db) {
    return db->conn->options.path;
}
