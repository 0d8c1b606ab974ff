/* The drivers' side of the seam: what db.c, statement.c and transact.c ask of an engine. Callers include db/db.h only.
 * A driver embeds db_conn and db_stmt as the first members of its own structs and fills one const record. */
#ifndef DB_DRIVER_H
#define DB_DRIVER_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#include "db/db.h"

enum {
    DB_APPLICATION_ID = 0x4348444E, /* "CHDN" */
    DB_WAIT_MS = 10000              /* for the turn to write, when the options do not say */
};

struct db_driver;
struct db_readings; /* what tables hold, for their seals */

struct db_conn {
    const struct db_driver *driver;
    struct db_options options;  /* path is the connection's own copy */
    volatile sig_atomic_t stop; /* set by db_interrupt: statements, waits and backups end with ERR_REFUSED */
    bool (*tick)(void *ctx);    /* progress; NULL for none */
    void *tick_ctx;
    db_wait_fn *on_wait; /* NULL for none */
    void *wait_ctx;
    int64_t waits_since; /* monotonic milliseconds when this write was asked for */
    bool hurried;        /* waits a moment only and tells nobody */
    bool told;           /* on_wait was called and not yet told that the wait is over */
    bool gave_up;        /* the wait was ended */
    bool writing;        /* between begin_write and its commit or rollback */
    bool poisoned;       /* the driver saw a write fail in a way after which nothing may be written */
};

struct db_stmt {
    struct db *db;        /* set by the seam, with what follows up to `open` */
    struct db_stmt *next; /* in its bucket of the cache */
    uint64_t hash;        /* of sql */
    uint64_t used;        /* when last, for the cache's limit */
    bool busy;            /* from when it is taken to db_done; db_run's while it runs */
    bool open;            /* from db_query to db_done */
    const char *sql;      /* the driver's copy, as long as the statement lives */
    int params;           /* $1…$params, each appears */
    bool writes;          /* changes the database */
};

struct db_driver {
    const char *name;

    /* Opens or creates (an empty file, no schema yet). Checks the application id and gives the schema's version, 0 for
     * a new one. */
    enum err_code (*open)(const struct db_options *options, struct db_conn **out, int *version, struct err *e);
    void (*close)(struct db_conn *c);
    void (*discard)(struct db_conn *c); /* removes the file that open has just created */

    enum err_code (*prepare)(struct db_conn *c, const char *sql, struct db_stmt **out, struct err *e);
    void (*finalize)(struct db_stmt *s);
    enum err_code (*bind)(struct db_stmt *s, const struct db_value *values, bool copy_texts, struct err *e);
    enum db_row (*step)(struct db_stmt *s, struct err *e);
    void (*reset)(struct db_stmt *s);
    int64_t (*col_int)(struct db_stmt *s, int column);
    const char *(*col_text)(struct db_stmt *s, int column); /* never NULL */
    bool (*col_null)(struct db_stmt *s, int column);
    enum err_code (*exec)(struct db_conn *c, const char *sql, struct err *e);
    int64_t (*last_id)(struct db_conn *c);
    int64_t (*changes)(struct db_conn *c);

    void (*set_holder)(struct db_conn *c, const char *name);

    /* begin_write waits for the writer's lock, as conn_waits says how long, and holds it until
     * commit succeeds or rollback; a failed commit leaves the transaction open. `version` is what the schema must still
     * be, or ERR_REFUSED. */
    enum err_code (*begin_write)(struct db_conn *c, int version, struct err *e);
    enum err_code (*begin_read)(struct db_conn *c, struct err *e);
    enum err_code (*commit)(struct db_conn *c, struct err *e);
    void (*rollback)(struct db_conn *c);
    enum err_code (*savepoint)(struct db_conn *c, struct err *e); /* nests; the two others end the innermost */
    enum err_code (*release)(struct db_conn *c, struct err *e);
    enum err_code (*rollback_to)(struct db_conn *c, struct err *e);
    bool (*in_transaction)(struct db_conn *c); /* false when the engine itself has rolled back */

    /* Inside a write transaction. */
    enum err_code (*set_version)(struct db_conn *c, int version, struct err *e);
    const char *indexes_sql; /* name and CREATE statement of the non-unique indexes of table $1 */
    const char *trigger_sql; /* the same of trigger $1 */

    /* A bulk load: references are not looked up row by row, and more of the file stays in memory. */
    void (*set_loading)(struct db_conn *c, bool loading);
    void (*spill)(struct db_conn *c, bool spill); /* temporary tables stand in files */
    /* All of them but of these tables (may be NULL); ERR_CONFLICT. */
    enum err_code (*check_references)(struct db_conn *c, const char *const *except, struct err *e);

    void (*set_durable)(struct db_conn *c, bool durable);
    void (*set_erasing)(struct db_conn *c, bool erasing);
    void (*set_tick)(struct db_conn *c); /* c->tick has changed */
    bool (*changed_by_others)(struct db_conn *c);
    bool (*wants_checkpoint)(struct db_conn *c);
    enum err_code (*checkpoint)(struct db_conn *c, struct err *e);
    enum err_code (*analyze)(struct db_conn *c, struct err *e); /* inside a write transaction */
    enum err_code (*backup)(struct db_conn *c, const char *path, const struct db_backup_options *options,
                            struct err *e);
    enum err_code (*replace)(const char *path, const char *with, const char *kept, int wait_ms, struct err *e);
    enum err_code (*integrity)(struct db_conn *c, void (*found)(void *ctx, const char *finding), void *ctx,
                               struct err *e);
    void (*tell_changed)(struct db_conn *c, db_changed_fn *told, void *ctx); /* by the transaction at hand */
    bool (*seals_are_kept)(struct db_conn *c);
    /* Inside a reading transaction; then, for what was read, inside a writing one. */
    enum err_code (*seals_read)(struct db_conn *c, enum db_seals which, struct db_readings **out, struct err *e);
    void (*seals_tell)(const struct db_readings *r, db_seal_fn *told, void *ctx);
    enum err_code (*seals_store)(struct db_conn *c, const struct db_readings *r, enum db_seals which, struct err *e);
    /* Inside the transaction of a migration, with what tables held before it. */
    enum err_code (*seals_migrated)(struct db_conn *c, const struct db_readings *before, struct err *e);
    void (*seals_free)(struct db_readings *r);
    void (*interrupt)(struct db_conn *c); /* async-signal-safe */
};

extern const struct db_driver db_sqlite;

/* Every 250 ms or so of waiting to write (transact.c): tells who wants to know; false: enough. */
void conn_waits_from_now(struct db_conn *c);
bool conn_waits(struct db_conn *c, const char *holder);
int conn_wait_ms(const struct db_conn *c); /* the longest that may be */
void conn_waited(struct db_conn *c);       /* the wait is over */

/* The schema that this program knows (migrate.c). */
int migrate_newest(void);
/* Runs the blocks after `from` up to and including `to`; inside a write transaction. */
enum err_code migrate_run(struct db_conn *c, int from, int to, struct err *e);
/* The same for a text with blocks. */
int migrate_newest_in(const char *text);
enum err_code migrate_run_in(struct db_conn *c, const char *text, int from, int to, struct err *e);

#endif
