/* What the files of the SQLite driver share. Only they include it, and sqlite3.h through it. */
#ifndef DB_SQLITE_DRIVER_H
#define DB_SQLITE_DRIVER_H

#include <sqlite3.h>
#include <sys/types.h>
#include <time.h>

#include "db/driver.h"
#include "db/sqlite_lock.h"
#include "db/sqlite_log.h"
#include "db/sqlite_seal.h"

enum {
    SQLITE_BUSY_MS = 250,           /* for SQLite's own locks, held by other programs; db_transact tries again */
    SQLITE_READ_MS = 3000,          /* the same for who reads: one who was killed left a log that another recovers */
    SQLITE_CHECKPOINT_FRAMES = 500, /* 2 MB of log: twenty sales, which are copied in three milliseconds */
    SQLITE_UNFOLDED_FRAMES = 1000,  /* of a program that never idled: copied when it closes */
    SQLITE_LONG_LOG_FRAMES = 4000   /* an import's: not worth keeping */
};

struct sqlite_conn {
    struct db_conn base;
    sqlite3 *h;
    struct sqlite_seals *seals; /* NULL for read-only */
    struct sqlite_lock *lock;   /* NULL for :memory: and read-only */
    struct sqlite_log *log;     /* NULL until it is first written to, and where `lock` is */
    dev_t device;               /* the file that was opened, to notice when it is replaced */
    ino_t inode;
    sqlite3_stmt *begin, *commit, *rollback, *version, *savepoint, *release, *rollback_to, *data_version;
    int64_t seen_version;                   /* of the data, for changed_by_others */
    int log_frames;                         /* in the write-ahead log after our last commit, not yet copied */
    int log_length;                         /* with those that were */
    struct timespec file_time, folded_time; /* of the last checkpoint: as the file was seen last, at our last commit */
    int synchronous;                        /* as set now: 2 full, 1 normal */
    int wanted_synchronous;
    int secure_delete; /* as set now */
    bool erasing;      /* and so shall it be */
};

struct sqlite_stmt {
    struct db_stmt base;
    struct sqlite_conn *c;
    sqlite3_stmt *h;
    int count;    /* of SQLite's parameters */
    int number[]; /* which $n each of them is */
};

static inline struct sqlite_conn *sqlite_of(struct db_conn *c) {
    return (struct sqlite_conn *)c;
}

enum err_code sqlite_open(const struct db_options *options, struct db_conn **out, int *version, struct err *e);
void sqlite_close(struct db_conn *c);
void sqlite_discard(struct db_conn *c);

/* The error that handle `h` reports for result `rc`, told for people. `sql` may be NULL. Poisons on a failed write. */
enum err_code sqlite_fail(struct sqlite_conn *c, int rc, const char *sql, struct err *e);
/* The same for a file on its own (opening, backup): what `path` suffers from. */
enum err_code sqlite_fail_file(sqlite3 *h, int rc, const char *path, struct err *e);

/* The same for COMMIT: what reached the disk of it may turn up when the file is opened again. */
enum err_code sqlite_fail_commit(struct sqlite_conn *c, int rc, struct err *e);
enum err_code sqlite_fail_checkpoint(struct sqlite_conn *c, int rc, struct err *e); /* nothing was lost */
enum err_code sqlite_disk_full(struct err *e);                                      /* ERR_IO */

/* Is the path still the file that was opened? Sets file_time: only a checkpoint writes to the file. */
enum err_code sqlite_same_file(struct sqlite_conn *c, struct err *e);

enum err_code sqlite_checkpoint(struct db_conn *c, struct err *e);
void sqlite_checkpoint_at_close(struct sqlite_conn *c); /* the same, and leaves no long log */
enum err_code sqlite_backup(struct db_conn *c, const char *path, const struct db_backup_options *options,
                            struct err *e);
void sqlite_sync_folder(const char *path); /* of this file: its new name is there after a power cut, too */
enum err_code sqlite_replace(const char *path, const char *with, const char *kept, int wait_ms, struct err *e);
enum err_code sqlite_check_references(struct db_conn *c, const char *const *except, struct err *e);
enum err_code sqlite_integrity(struct db_conn *c, void (*found)(void *ctx, const char *finding), void *ctx,
                               struct err *e);

#endif
