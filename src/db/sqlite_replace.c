/* Putting one file in the place of another, while nobody has it open. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "db/sqlite_driver.h"

static int take_mode(void *ctx, int columns, char **values, char **names) {
    (void)names;
    snprintf(ctx, 16, "%s", columns > 0 && values[0] != NULL ? values[0] : "");
    return 0;
}

/* Out of WAL: everything is in the one file, without -wal and -shm. SQLite does this only for the last connection. */
static int leave_wal(sqlite3 *h) {
    char mode[16] = "";
    int rc = sqlite3_exec(h, "PRAGMA journal_mode=DELETE", take_mode, mode, NULL);
    return rc == SQLITE_OK && strcmp(mode, "delete") != 0 ? SQLITE_BUSY : rc;
}

/* From then on nobody else reads or writes it; who slipped in between has made it WAL again. */
static int settle(sqlite3 *h) {
    char mode[16] = "";
    sqlite3_busy_timeout(h, SQLITE_BUSY_MS);
    int rc = leave_wal(h);
    if (rc == SQLITE_OK) {
        rc = sqlite3_exec(h, "BEGIN EXCLUSIVE;PRAGMA journal_mode", take_mode, mode, NULL);
    }
    return rc == SQLITE_OK && strcmp(mode, "delete") != 0 ? SQLITE_BUSY : rc;
}

static enum err_code rename_file(const char *from, const char *to, struct err *e) {
    if (rename(from, to) == 0) {
        return ERR_OK;
    }
    if (errno == ENOSPC || errno == EDQUOT) {
        return sqlite_disk_full(e);
    }
    return err_set(e, ERR_IO, _("%s cannot be renamed to %s (%s): check that you may write to its folder"), from, to,
                   strerror(errno));
}

/* What a damaged file left beside itself goes with it; without the file it is worth nothing. */
static void move_side_files(const char *path, const char *kept) {
    static const char *const suffixes[] = {"-wal", "-shm", "-journal"};
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        char *from = mem_printf("%s%s", path, suffixes[i]);
        char *to = mem_printf("%s%s", kept == NULL ? "" : kept, suffixes[i]);
        if (kept == NULL || rename(from, to) != 0) {
            unlink(from); /* a log must not meet another database */
        }
        free(from);
        free(to);
    }
}

/* `path` is always there: the old file gets its second name before the new one takes the first. */
static enum err_code swap(const char *path, const char *with, const char *kept, struct err *e) {
    if (access(kept, F_OK) == 0) {
        return err_set(e, ERR_CONFLICT, _("%s is there already: choose another name"), kept);
    }
    if (link(path, kept) != 0) {
        if (errno == ENOSPC || errno == EDQUOT) {
            return sqlite_disk_full(e);
        }
        if (errno != EPERM && errno != ENOTSUP && errno != EMLINK) {
            return err_set(e, ERR_IO, _("%s cannot be kept as %s (%s): check that you may write to its folder"), path,
                           kept, strerror(errno));
        }
        enum err_code rc = rename_file(path, kept, e); /* a file system without links */
        if (rc != ERR_OK) {
            return rc;
        }
    }
    move_side_files(path, kept);
    return rename_file(with, path, e);
}

static enum err_code swap_alone(const char *path, const char *with, const char *kept, struct err *e) {
    sqlite3 *h = NULL;
    int rc = sqlite3_open_v2(path, &h, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    if (rc == SQLITE_OK) {
        rc = settle(h);
    }
    enum err_code code = ERR_OK;
    if ((rc & 0xff) == SQLITE_BUSY || (rc & 0xff) == SQLITE_LOCKED) {
        code = err_set(e, ERR_BUSY, _("%s is open in another program: close all of them, then restore"), path);
    } else { /* a file too broken to be opened is what restoring is for */
        code = swap(path, with, kept, e);
    }
    sqlite3_close(h);
    return code;
}

static enum err_code settle_file(const char *path, struct err *e) {
    sqlite3 *h = NULL;
    int rc = sqlite3_open_v2(path, &h, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    if (rc == SQLITE_OK) {
        rc = settle(h);
    }
    enum err_code code = rc == SQLITE_OK ? ERR_OK : sqlite_fail_file(h, rc, path, e);
    sqlite3_close(h);
    return code;
}

enum err_code sqlite_replace(const char *path, const char *with, const char *kept, int wait_ms, struct err *e) {
    const struct sqlite_lock_wait wait = {wait_ms, NULL, NULL, NULL};
    struct stat st;
    enum err_code rc = settle_file(with, e);
    if (rc != ERR_OK) {
        return rc;
    }
    char *full = realpath(path, NULL); /* a link keeps pointing to where it does */
    struct sqlite_lock *lock = sqlite_lock_new(full == NULL ? path : full);
    rc = sqlite_lock_acquire(lock, &wait, e);
    if (rc == ERR_OK && full == NULL) {
        move_side_files(path, NULL);
        rc = rename_file(with, path, e);
    } else if (rc == ERR_OK) {
        if (stat(full, &st) == 0) {
            chmod(with, st.st_mode & 0777);
        }
        rc = swap_alone(full, with, kept, e);
    }
    if (rc == ERR_OK) {
        sqlite_sync_folder(full == NULL ? path : full);
    }
    sqlite_lock_free(lock);
    free(full);
    return rc;
}
