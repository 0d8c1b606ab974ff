/* How the writes are gathered: for as long as COMMIT runs the log's file has other methods. Those for what a commit
 * does to it are ours and write what is gathered before they do it; all others stay.
 *
 * With synchronous=FULL SQLite syncs the log before it tells anybody (in the shared memory) that it has grown, so
 * nobody looks for what has not been written. That is not so on disks that may spoil what lies beside a write, where it
 * fills up the sector and syncs in the midst of it: there nothing is gathered. */
#include "db/sqlite_log.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { ROOM = 128 * 1024 }; /* a sale takes 100 kB */

struct sqlite_log {
    sqlite3_io_methods methods; /* the file's own with ours among them; the first member, by which they find the rest */
    const sqlite3_io_methods *real;
    sqlite3_file *file; /* NULL: nothing is gathered */
    sqlite3_int64 at;
    int used;
    unsigned char bytes[ROOM];
};

static struct sqlite_log *log_of(sqlite3_file *f) {
    return (struct sqlite_log *)f->pMethods;
}

static int write_gathered(struct sqlite_log *l) {
    int n = l->used;
    l->used = 0;
    return n == 0 ? SQLITE_OK : l->real->xWrite(l->file, l->bytes, n, l->at);
}

static int log_write(sqlite3_file *f, const void *bytes, int n, sqlite3_int64 at) {
    struct sqlite_log *l = log_of(f);
    int rc = SQLITE_OK;
    if (at != l->at + l->used || n > ROOM - l->used) {
        rc = write_gathered(l);
        l->at = at;
    }
    if (rc != SQLITE_OK || n > ROOM) {
        return rc != SQLITE_OK ? rc : l->real->xWrite(f, bytes, n, at);
    }
    memcpy(l->bytes + l->used, bytes, (size_t)n);
    l->used += n;
    return SQLITE_OK;
}

static int log_read(sqlite3_file *f, void *bytes, int n, sqlite3_int64 at) {
    int rc = write_gathered(log_of(f));
    return rc != SQLITE_OK ? rc : log_of(f)->real->xRead(f, bytes, n, at);
}

static int log_truncate(sqlite3_file *f, sqlite3_int64 size) {
    int rc = write_gathered(log_of(f));
    return rc != SQLITE_OK ? rc : log_of(f)->real->xTruncate(f, size);
}

static int log_sync(sqlite3_file *f, int flags) {
    int rc = write_gathered(log_of(f));
    return rc != SQLITE_OK ? rc : log_of(f)->real->xSync(f, flags);
}

static int log_size(sqlite3_file *f, sqlite3_int64 *size) {
    int rc = write_gathered(log_of(f));
    return rc != SQLITE_OK ? rc : log_of(f)->real->xFileSize(f, size);
}

struct sqlite_log *sqlite_log_new(void) {
    return mem_zalloc(sizeof(struct sqlite_log));
}

void sqlite_log_free(struct sqlite_log *l) {
    free(l);
}

void sqlite_log_gather(struct sqlite_log *l, sqlite3 *h) {
    sqlite3_file *f = NULL;
    if (l == NULL || sqlite3_file_control(h, NULL, SQLITE_FCNTL_JOURNAL_POINTER, &f) != SQLITE_OK || f == NULL ||
        f->pMethods == NULL || (f->pMethods->xDeviceCharacteristics(f) & SQLITE_IOCAP_POWERSAFE_OVERWRITE) == 0) {
        return;
    }
    l->real = f->pMethods;
    l->methods = *f->pMethods;
    l->methods.xWrite = log_write;
    l->methods.xRead = log_read;
    l->methods.xTruncate = log_truncate;
    l->methods.xSync = log_sync;
    l->methods.xFileSize = log_size;
    l->file = f;
    f->pMethods = &l->methods;
}

void sqlite_log_end(struct sqlite_log *l, bool done) {
    if (l != NULL && l->file != NULL) {
        assert(!done || l->used == 0);
        (void)done;
        l->file->pMethods = l->real;
        l->file = NULL;
        l->used = 0;
    }
}
