/* What the seam's own files share (db.c, statement.c, transact.c, migrate.c, bulk.c). Nobody else includes it. */
#ifndef DB_SEAM_H
#define DB_SEAM_H

#include "db/driver.h"

enum {
    CACHE_BUCKETS = 256, /* a power of two */
    CACHE_LIMIT = 200    /* statements kept; busy ones may exceed it */
};

struct bulk_piece {
    char *name;
    char *sql;
};

struct bulk_rows;
struct search_pending;

struct db {
    struct db_conn *conn;
    const struct db_driver *driver;
    int version;    /* of the schema in the file */
    int newest;     /* that this program knows: counted once, not at every sale */
    bool upgrading; /* db_upgrade is at work: an older schema may be written to, hooks stay silent */

    struct db_stmt *buckets[CACHE_BUCKETS]; /* by hash of the text */
    struct db_stmt *recent[CACHE_BUCKETS];  /* by address of the text; checked against the text itself */
    int cached;
    int open_queries; /* between db_query and db_done */
    uint64_t clock;   /* counts statement uses */

    int depth;      /* db_transact calls running */
    int savepoints; /* made so far: the inner transactions' come with their first write */
    bool reading;   /* inside db_read */
    bool lost;      /* the engine rolled the transaction back by itself */
    struct err why; /* its first error */
    struct db_hooks hooks;

    bool loading;               /* from db_bulk_begin, where its tables were small, to the transaction's end */
    const char *const *trusted; /* tables whose references are known to hold; NULL: none */
    struct bulk_piece *bulk;    /* indexes and triggers that are to be made again */
    size_t bulk_count;
    size_t bulk_capacity;

    struct bulk_rows *rows; /* added and not yet written; by statement */
    size_t rows_count;
    size_t rows_capacity;
    uint64_t rows_added; /* in this load */

    struct search_pending *search; /* terms not yet written; NULL for none */
};

enum err_code transact_goes_on(struct db *db, struct err *e); /* it was not stopped, and is not lost */
/* A statement may start: the same, and writes only inside db_transact; makes due savepoints. */
enum err_code transact_before_statement(struct db *db, const struct db_stmt *s, struct err *e);
/* A statement failed with e: notices when the engine has rolled back on its own. */
void transact_after_failure(struct db *db, const struct err *e);

void statement_free_all(struct db *db);
void bulk_forget(struct db *db);                             /* the transaction is over */
enum err_code bulk_rows_write(struct db *db, struct err *e); /* in the outermost transaction */
enum err_code bulk_rows_relieve(struct db *db,
                                struct err *e);     /* the same where they have become many, after an inner one */
void bulk_rows_undo(struct db *db, uint64_t added); /* back to that many */
void bulk_rows_free(struct db *db);

/* What search has yet to write (search_pending.c): at the end of the outermost transaction, or when it has become much;
 * what an inner one added is undone with it. */
struct search_mark {
    size_t count;
    size_t written;
};
enum err_code search_pending_write(struct db *db, struct err *e);
enum err_code search_pending_relieve(struct db *db, struct err *e);
struct search_mark search_pending_mark(const struct db *db);
void search_pending_undo(struct db *db, struct search_mark mark);
void search_pending_forget(struct db *db);

#endif
