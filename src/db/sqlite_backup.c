/* Backup: a copy of one snapshot, while others sell; checked, on the disk, and only then under its name. */
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "db/sqlite_driver.h"

enum {
    PAGES_PER_STEP = 256, /* a megabyte between two calls of the progress function */
    BUSY_TRIES = 500,     /* of 10 ms */
    TICK_OPS = 20000
};

struct copy {
    struct sqlite_conn *c;
    const char *path;
    char *temp; /* path.tmp: locked by flock while we make it, so that two backups do not mix */
    int fd;
    sqlite3 *to;
    const struct db_backup_options *options;
    int64_t done, total; /* pages */
};

static enum err_code cannot_write(const char *path, struct err *e) {
    if (errno == ENOENT || errno == ENOTDIR) {
        return err_set(e, ERR_NOT_FOUND, _("%s cannot be made: its folder does not exist; make the folder first"),
                       path);
    }
    if (errno == ENOSPC || errno == EDQUOT) {
        return sqlite_disk_full(e);
    }
    return err_set(e, ERR_IO, _("%s cannot be made (%s): check that you may write to its folder"), path,
                   strerror(errno));
}

static enum err_code already_there(const char *path, struct err *e) {
    return err_set(e, ERR_CONFLICT, _("%s is there already: choose another name"), path);
}

static void remove_leftovers(const char *temp) {
    static const char *const suffixes[] = {"-wal", "-shm", "-journal"};
    for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++) {
        char *name = mem_printf("%s%s", temp, suffixes[i]);
        unlink(name);
        free(name);
    }
}

static mode_t mode_of_source(const struct sqlite_conn *c) {
    const char *name = sqlite3_db_filename(c->h, "main");
    struct stat st;
    return name != NULL && stat(name, &st) == 0 ? st.st_mode & 0660 : 0600;
}

static enum err_code open_temp(struct copy *k, struct err *e) {
    struct stat st;
    struct stat named;
    if (lstat(k->path, &st) == 0) {
        return already_there(k->path, e);
    }
    k->fd = open(k->temp, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, mode_of_source(k->c));
    if (k->fd < 0) {
        return cannot_write(k->path, e);
    }
    if (flock(k->fd, LOCK_EX | LOCK_NB) != 0 || fstat(k->fd, &st) != 0 || stat(k->temp, &named) != 0 ||
        st.st_ino != named.st_ino) {
        close(k->fd);
        k->fd = -1;
        return err_set(e, ERR_BUSY, _("another backup to %s is being made: wait for it, or choose another name"),
                       k->path);
    }
    fchmod(k->fd, mode_of_source(k->c));
    remove_leftovers(k->temp);
    return ftruncate(k->fd, 0) == 0 ? ERR_OK : cannot_write(k->path, e);
}

static int tick(void *ctx) {
    const struct copy *k = ctx;
    const struct db_conn *c = &k->c->base;
    return c->stop || (c->tick != NULL && !c->tick(c->tick_ctx)) ||
           (k->options->tick != NULL && !k->options->tick(k->options->ctx, k->done, k->total));
}

static enum err_code open_target(struct copy *k, struct err *e) {
    int rc = sqlite3_open_v2(k->temp, &k->to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW, NULL);
    if (rc == SQLITE_OK) {
        sqlite3_extended_result_codes(k->to, 1);
        sqlite3_db_config(k->to, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
        sqlite3_db_config(k->to, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
        sqlite3_progress_handler(k->to, TICK_OPS, tick, k);
        rc = sqlite3_exec(k->to, "PRAGMA locking_mode=EXCLUSIVE;PRAGMA synchronous=OFF;PRAGMA journal_mode=MEMORY",
                          NULL, NULL, NULL);
    }
    return rc == SQLITE_OK ? ERR_OK : sqlite_fail_file(k->to, rc, k->temp, e);
}

static enum err_code copy_pages(struct copy *k, struct err *e) {
    sqlite3_backup *b = sqlite3_backup_init(k->to, "main", k->c->h, "main");
    if (b == NULL) {
        return sqlite_fail_file(k->to, sqlite3_extended_errcode(k->to), k->temp, e);
    }
    int rc = SQLITE_OK;
    int tries = 0;
    do {
        rc = tick(k) ? SQLITE_INTERRUPT : sqlite3_backup_step(b, PAGES_PER_STEP);
        k->total = sqlite3_backup_pagecount(b);
        k->done = k->total - sqlite3_backup_remaining(b);
        if (rc == SQLITE_BUSY || rc == SQLITE_LOCKED) {
            nanosleep(&(struct timespec){.tv_nsec = 10 * 1000000}, NULL);
            tries++;
        }
    } while (rc == SQLITE_OK || ((rc == SQLITE_BUSY || rc == SQLITE_LOCKED) && tries < BUSY_TRIES));
    int end = sqlite3_backup_finish(b);
    if (rc == SQLITE_DONE) {
        rc = end;
    }
    return rc == SQLITE_OK ? ERR_OK : sqlite_fail_file(NULL, rc, k->temp, e);
}

/* One snapshot for all steps: others go on writing, their pages wait in the log. What ends it is ready before it begins
 * and needs no memory any more. */
static enum err_code copy_snapshot(struct copy *k, struct err *e) {
    bool own = sqlite3_get_autocommit(k->c->h);
    sqlite3_stmt *end = NULL;
    int rc = own ? sqlite3_prepare_v2(k->c->h, "ROLLBACK", -1, &end, NULL) : SQLITE_OK;
    if (own && rc == SQLITE_OK) {
        rc = sqlite3_exec(k->c->h, "BEGIN;SELECT 1 FROM sqlite_schema LIMIT 1", NULL, NULL, NULL);
    }
    enum err_code code = rc == SQLITE_OK ? copy_pages(k, e) : sqlite_fail(k->c, rc, NULL, e);
    if (own && !sqlite3_get_autocommit(k->c->h)) {
        sqlite3_step(end);
    }
    sqlite3_finalize(end);
    return code;
}

static int note_answer(void *ctx, int columns, char **values, char **names) {
    (void)columns;
    (void)names;
    char *answer = ctx;
    snprintf(answer, 64, "%s", values[0] == NULL ? "" : values[0]);
    return 0;
}

/* Out of WAL, so that the copy is one file that can be read anywhere; then every page is looked at. */
static enum err_code verify(struct copy *k, struct err *e) {
    char answer[64] = "";
    int rc = sqlite3_exec(k->to, "PRAGMA journal_mode=DELETE", NULL, NULL, NULL);
    if (rc == SQLITE_OK) {
        rc = sqlite3_exec(k->to, k->options->quick ? "PRAGMA quick_check(1)" : "PRAGMA integrity_check(1)", note_answer,
                          answer, NULL);
    }
    if (rc != SQLITE_OK) {
        return sqlite_fail_file(k->to, rc, k->temp, e);
    }
    if (strcmp(answer, "ok") != 0) {
        return err_set(e, ERR_DB, _("the copy is damaged (%s): run `chotdon check`; no backup was made"), answer);
    }
    return ERR_OK;
}

static enum err_code close_target(struct copy *k, struct err *e) {
    int rc = sqlite3_close(k->to);
    k->to = NULL;
    if (rc != SQLITE_OK) {
        return sqlite_fail_file(NULL, rc, k->temp, e);
    }
    return fsync(k->fd) == 0 ? ERR_OK : cannot_write(k->path, e);
}

void sqlite_sync_folder(const char *path) {
    char *copy = mem_strdup(path);
    int fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        fsync(fd); /* some file systems cannot; the file itself is safe */
        close(fd);
    }
    free(copy);
}

static enum err_code give_name(struct copy *k, struct err *e) {
    int rc = renameat2(AT_FDCWD, k->temp, AT_FDCWD, k->path, RENAME_NOREPLACE);
    if (rc != 0 && (errno == EINVAL || errno == ENOSYS)) { /* a file system that cannot say so */
        rc = access(k->path, F_OK) == 0 ? -1 : rename(k->temp, k->path);
    }
    if (rc != 0) {
        int why = errno;
        bool there = access(k->path, F_OK) == 0;
        errno = why;
        return there ? already_there(k->path, e) : cannot_write(k->path, e);
    }
    sqlite_sync_folder(k->path);
    return ERR_OK;
}

enum err_code sqlite_backup(struct db_conn *conn, const char *path, const struct db_backup_options *options,
                            struct err *e) {
    struct copy k = {
        .c = sqlite_of(conn), .path = path, .temp = mem_printf("%s.tmp", path), .fd = -1, .options = options};
    enum err_code (*const steps[])(struct copy *, struct err *) = {open_temp, open_target,  copy_snapshot,
                                                                   verify,    close_target, give_name};
    enum err_code rc = ERR_OK;
    for (size_t i = 0; rc == ERR_OK && i < sizeof steps / sizeof steps[0]; i++) {
        rc = steps[i](&k, e);
    }
    sqlite3_close(k.to);
    if (rc != ERR_OK && k.fd >= 0) {
        remove_leftovers(k.temp);
        unlink(k.temp);
    }
    if (k.fd >= 0) {
        close(k.fd);
    }
    free(k.temp);
    return rc;
}
