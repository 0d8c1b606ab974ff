/* The database seam: what the domain sees of a database. SQL text stands beside its one user, in the dialect that
 * SQLite and PostgreSQL share ($1…$n bound by number, RETURNING, ON CONFLICT … DO UPDATE; no PRAGMA, rowid or date
 * functions). Drivers are behind db/driver.h. */
#ifndef DB_DB_H
#define DB_DB_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct db;      /* one connection */
struct db_stmt; /* a prepared statement in use; belongs to the connection's cache */

struct db_options {
    const char *path;  /* ":memory:" for tests */
    bool create;       /* make the file, which must not exist (ERR_CONFLICT) */
    bool read_only;    /* never writes, takes no lock */
    bool shared_group; /* file mode 0660 instead of 0600 */
    const char *group; /* whose group the file gets then; NULL or "": as it comes */
    bool borrow_group; /* installed set-group-id: open it with the group's rights */
    int wait_ms;       /* how long a write waits for its turn before ERR_BUSY; 0: ten seconds */
    /* Fills a new file in the transaction that makes it; when it fails there is no file. May be NULL. */
    enum err_code (*fill)(struct db *db, void *ctx, struct err *e);
    void *fill_ctx;
};

/* Opens or creates a file, checks that it is a chotdon database (application id) that this program can read
 * (ERR_REFUSED for a newer schema, ERR_DB for a file that is no database), WAL, synchronous FULL, foreign keys on,
 * untrusted schema, defensive. An older schema opens, but only db_upgrade may write to it. The caller owns *out. */
enum err_code db_open(const struct db_options *options, struct db **out, struct err *e);
void db_close(struct db **db); /* accepts NULL and pointer to NULL; nulls it */

bool db_file_exists(const char *path, bool borrow_group);

/* What to tell chmod, "go= shop.db shop.db-wal", of those of the shop's files that others may read (the group too,
 * where none shares it); NULL: none. `copies_too`: also what was copied beside the file, which takes a look into the
 * folder. The caller owns it. */
char *db_exposed_files(struct db *db, bool copies_too);

int db_schema_version(struct db *db); /* in the file */
int db_schema_newest(void);           /* that this program knows */
/* Runs the newer blocks, each in one transaction; what tables hold is sealed anew, and what did not fit its seal before
 * still does not. at_end (may be NULL) runs in the last one. */
enum err_code db_upgrade(struct db *db, enum err_code (*at_end)(struct db *db, void *ctx, struct err *e), void *ctx,
                         struct err *e);

/* --- values to bind: db_run(db, sql, DB_BIND(DB_INT(id), DB_TEXT(name)), e). Texts are borrowed during the call. */
enum db_kind { DB_KIND_END, DB_KIND_NULL, DB_KIND_INT, DB_KIND_TEXT };
struct db_value {
    enum db_kind kind;
    int64_t i;
    const char *s;
};
#define DB_INT(v)      ((struct db_value){.kind = DB_KIND_INT, .i = (int64_t)(v)})
#define DB_TEXT(v)     db_text_value(v) /* NULL binds NULL */
#define DB_NULL        ((struct db_value){.kind = DB_KIND_NULL})
#define DB_OPT(has, v) ((has) ? DB_INT(v) : DB_NULL) /* an integer or NULL */
#define DB_ID(v)       DB_OPT((v) != 0, v)           /* a reference: 0 binds NULL */
#define DB_BIND(...)   ((const struct db_value[]){__VA_ARGS__, {.kind = DB_KIND_END}})
#define DB_NO_BIND     NULL
static inline struct db_value db_text_value(const char *s) {
    return (struct db_value){.kind = s == NULL ? DB_KIND_NULL : DB_KIND_TEXT, .s = s};
}

/* --- statements. Prepared once per connection and cached by their text, which must be a literal or otherwise outlive
 * the connection. A statement is busy from db_query to db_done; asking for the same text meanwhile gives a second one.
 */

/* Runs a statement, ignoring rows. ERR_CONFLICT when a UNIQUE or foreign key constraint fails, ERR_INVALID for a CHECK,
 * ERR_IO for disk trouble, ERR_BUSY, ERR_DB. */
enum err_code db_run(struct db *db, const char *sql, const struct db_value *values, struct err *e);
enum err_code db_exec_script(struct db *db, const char *sql, struct err *e); /* several statements, no values */
int64_t db_last_id(struct db *db); /* the INTEGER PRIMARY KEY that the last INSERT of this connection made */
int64_t db_changes(struct db *db); /* rows touched by the last db_run */

enum err_code db_query(struct db *db, const char *sql, const struct db_value *values, struct db_stmt **out,
                       struct err *e);
enum db_row { DB_ROW, DB_END, DB_FAILED };
enum db_row db_next(struct db_stmt *s, struct err *e);  /* after DB_END or DB_FAILED call db_done */
int64_t db_col_int(struct db_stmt *s, int column);      /* NULL gives 0 */
const char *db_col_text(struct db_stmt *s, int column); /* NULL gives ""; borrowed until the next db_next or db_done */
bool db_col_null(struct db_stmt *s, int column);
char *db_col_dup(struct db_stmt *s, int column); /* the caller owns it; NULL gives "" */
void db_done(struct db_stmt **s);                /* accepts pointer to NULL; nulls it */

/* One row, one value. ERR_NOT_FOUND (with a plain message that callers usually replace) when there is no row. */
enum err_code db_get_int(struct db *db, const char *sql, const struct db_value *values, int64_t *out, struct err *e);
enum err_code db_get_text(struct db *db, const char *sql, const struct db_value *values, char **out, struct err *e);
enum err_code db_exists(struct db *db, const char *sql, const struct db_value *values, bool *out, struct err *e);

/* --- transactions. All writes go through db_transact: it waits for the one writer's lock in a fair queue, begins
 * (IMMEDIATE), runs fn, commits, and runs fn again when the engine reports a conflict or busy, with growing pauses and
 * a limit; so fn must be re-runnable and touch nothing outside the database but its ctx. Called inside a transaction it
 * joins: fn runs in a savepoint that is rolled back alone when fn fails. The lock is held from BEGIN to COMMIT's
 * return. After an I/O error on a write or sync nothing is reported saved and the connection refuses further writes. */
typedef enum err_code db_fn(struct db *db, void *ctx, struct err *e);
enum err_code db_transact(struct db *db, db_fn *fn, void *ctx, struct err *e);
enum err_code db_read(struct db *db, db_fn *fn, void *ctx,
                      struct err *e); /* one consistent snapshot; fn may not write */
bool db_in_transaction(struct db *db);

/* While a write waits for its turn, about every 250 ms: how long it has waited and who writes, for people ("" when it
 * is not known); once more with 0 and "" when the wait is over, if it was told. false ends it with ERR_BUSY; as long as
 * it is true the wait goes on, whatever wait_ms says. NULL: nobody is told. */
typedef bool db_wait_fn(void *ctx, int waited_ms, const char *holder);
void db_set_on_wait(struct db *db, db_wait_fn *fn, void *ctx);
void db_set_holder(struct db *db, const char *name); /* what others are told while this connection writes; copied */
/* true: the next writes wait for a moment only and tell nobody, for what can as well be saved a little later. */
void db_set_hurried(struct db *db, bool hurried);

struct db_hooks {
    /* In the outermost transaction, just before COMMIT: kept totals are flushed. */
    enum err_code (*before_commit)(struct db *db, void *ctx, struct err *e);
    void (*after_end)(void *ctx, bool committed); /* after the outermost one ended either way, also before a re-run */
    void (*after_rollback_to)(void *ctx);         /* an inner one was rolled back alone: caches of its writes must go */
    void *ctx;
};
void db_set_hooks(struct db *db, const struct db_hooks *hooks); /* copied; set once, by the domain */

/* The tables in which the transaction at hand has changed rows, and how many rows more each has by it (0 too: rows were
 * changed, or so many that they are not counted). Nothing where the engine does not tell (db_seals_are_kept). */
typedef void db_changed_fn(void *ctx, const char *table, int64_t added);
void db_tell_changed(struct db *db, db_changed_fn *told, void *ctx);

/* Durability of the next transactions: true (the default) syncs at commit; false is for drafts as they are typed (a
 * killed program loses nothing, a power cut may lose the last second). */
void db_set_durable(struct db *db, bool durable);

/* For privacy erasures: true overwrites what the next transactions delete or replace, and lets the next db_checkpoint
 * write the whole file anew and empty the log, because free room and the log hold older copies; that one can fail, with
 * ERR_BUSY too. Set it back to false afterwards. */
void db_set_erasing(struct db *db, bool erasing);

/* --- upkeep */
bool db_changed_by_others(struct db *db);                  /* since the last call; cheap */
bool db_wants_checkpoint(struct db *db);                   /* the log has grown: call db_checkpoint when nobody waits */
enum err_code db_checkpoint(struct db *db, struct err *e); /* under the writer's lock; ERR_OK when others prevent it */
enum err_code db_analyze(struct db *db, struct err *e);    /* after an import */

struct db_backup_options {
    bool quick; /* every page is looked at, but indexes are not compared with their tables */
    bool (*tick)(void *ctx, int64_t done, int64_t total); /* pages; false stops, nothing is left; may be NULL */
    void *ctx;
};
enum err_code db_backup(struct db *db, const char *path,
                        struct err *e); /* verified copy; ERR_CONFLICT if path exists */
enum err_code db_backup_with(struct db *db, const char *path, const struct db_backup_options *options, struct err *e);
/* Puts the file `with` (its log folded into it first) in the place of `path`; what was there is kept as `kept`, log and
 * all. Nothing may hold either open: ERR_BUSY. Where nothing is at `path`, `with` is only renamed. */
enum err_code db_replace(const char *path, const char *with, const char *kept, struct err *e);
enum err_code db_integrity(struct db *db, void (*found)(void *ctx, const char *finding), void *ctx, struct err *e);
bool db_is_ours(const char *path); /* a file that begins as a chotdon database does */

/* --- seals: of every table the number of rows and the sum of a digest of each, kept by every transaction of this
 * program. What another program wrote shows. After a load of very many rows its tables are marked unread until
 * db_seals_renew, at a quiet moment. */
enum db_seals { DB_SEALS_ALL, DB_SEALS_UNREAD };
struct db_seal {
    const char *table;
    int64_t rows, added; /* there are; more than the seal says */
    bool fits;           /* meaningless when unread */
    bool unread;
};
typedef void db_seal_fn(void *ctx, const struct db_seal *seal);
bool db_seals_are_kept(struct db *db); /* false: this library of the engine cannot, and every table is unread */
enum err_code db_seals_check(struct db *db, db_seal_fn *told, void *ctx, struct err *e); /* reads every table */
/* Reads tables in one snapshot while others write, and seals them: those that are unread, or all as they are now. */
enum err_code db_seals_renew(struct db *db, enum db_seals which, struct err *e);

void db_interrupt(struct db *db); /* from a signal handler: the running statement ends with ERR_REFUSED */
void db_set_progress(struct db *db, bool (*tick)(void *ctx), void *ctx); /* now and then while running; false stops */
const char *db_path(struct db *db);
const char *db_engine(void);             /* "SQLite 3.40.1" */
bool db_engine_has_wal_reset_mend(void); /* 3.51.3 and later */

/* --- bulk loading: drops the secondary indexes of these tables (NULL-terminated) and makes them again in db_bulk_end;
 * inside a transaction. Where a table already holds many rows compared with expected_rows, its indexes stay. In the
 * outermost transaction references are looked up in the end, of all tables that it has changed (ERR_CONFLICT), instead
 * of row by row. */
enum err_code db_bulk_begin(struct db *db, const char *const *tables, int64_t expected_rows, struct err *e);
enum err_code db_bulk_end(struct db *db, struct err *e);
/* Where the load is such: takes away, up to db_bulk_end, a trigger of which the caller knows that it would do nothing.
 */
enum err_code db_bulk_silence(struct db *db, const char *trigger, struct err *e);

/* Outside transactions. true: temporary tables of the next one may be larger than memory. false: they go away. */
void db_spill(struct db *db, bool spill);

/* Where the load is such: what rows of these tables (static, NULL-terminated) refer to is not looked up in the end,
 * because the caller took each id from its table within this transaction. */
void db_bulk_trust(struct db *db, const char *const *tables);

/* db_run of "INSERT INTO t (a, b) VALUES ($1, $2)", of which a bulk load writes many at once: then the row comes later,
 * at the latest with before_commit and db_bulk_end; nobody may look for it earlier, and it sets no db_last_id. */
enum err_code db_add(struct db *db, const char *sql, const struct db_value *values, struct err *e);
/* The same also where no load is on; db_add_end writes what has not come yet. */
enum err_code db_add_many(struct db *db, const char *sql, const struct db_value *values, struct err *e);
enum err_code db_add_end(struct db *db, struct err *e);
/* db_add for a row whose id is wanted at once: of the values the first is its id, DB_NULL. */
enum err_code db_add_id(struct db *db, const char *table, const char *sql, const struct db_value *values, int64_t *id,
                        struct err *e);
/* In a load, the id that db_add_id will give next. */
enum err_code db_next_id(struct db *db, const char *table, const char *sql, int64_t *id, struct err *e);
bool db_is_loading(struct db *db); /* rows are added later */

/* --- search: word prefixes and initials from the first character, any part from three; last digits of numbers. Behind
 * the seam because engines differ. Texts are folded by the caller (text_fold). */
enum search_kind {
    SEARCH_CUSTOMER = 1,
    SEARCH_PRODUCT = 2,
    SEARCH_ORDER = 3,
    SEARCH_DEAL = 4,
    SEARCH_STAFF = 5,
    SEARCH_SUPPLIER = 6
};
struct search_entry {
    const char *folded;         /* words to be found by prefix, part and initials */
    const char *const *numbers; /* phones, barcodes, codes (folded): by prefix, by last digits (but customers'
                                   codes); NULL-terminated or NULL */
};
enum err_code db_search_put(struct db *db, enum search_kind kind, int64_t id, const struct search_entry *entry,
                            struct err *e); /* replaces */
/* The same of something that has just been made; in a load the row comes later, as with db_add. */
enum err_code db_search_add(struct db *db, enum search_kind kind, int64_t id, const struct search_entry *entry,
                            struct err *e);
enum err_code db_search_remove(struct db *db, enum search_kind kind, int64_t id, struct err *e);

/* Best matches first: every word of the query must match; whole names and word starts before matches inside. At most
 * `limit` ids into the caller's array; *count says how many. Of words that do not stand together, 1000 entries of the
 * rarest are looked at. Inside a transaction it sees what the transaction has put. */
enum err_code db_search(struct db *db, enum search_kind kind, const char *folded_query, int64_t *ids, int limit,
                        int *count, struct err *e);

#endif
