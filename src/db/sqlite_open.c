/* Opening and closing a SQLite file: what may go wrong, each told plainly, and as little work as possible when nothing
 * does. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "db/file_group.h"
#include "db/sqlite_driver.h"

static bool in_memory(const char *path) {
    return strcmp(path, ":memory:") == 0;
}

static mode_t wanted_mode(const struct db_options *o) {
    return o->shared_group ? 0660 : 0600;
}

/* Whose group a new file gets; (gid_t)-1: as it comes. */
static enum err_code wanted_group(const struct db_options *o, gid_t *gid, struct err *e) {
    *gid = (gid_t)-1;
    return o->shared_group && o->group != NULL && o->group[0] != '\0' ? file_group_find(o->group, gid, e) : ERR_OK;
}

/* SQLite gives -wal and -shm the mode of the file, and sqlite_lock.c does so for .lock. */
static enum err_code create_file(const struct db_options *o, struct err *e) {
    gid_t group = 0;
    enum err_code rc = wanted_group(o, &group, e);
    if (rc != ERR_OK) {
        return rc;
    }
    int fd = open(o->path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, wanted_mode(o));
    if (fd < 0 && errno == EEXIST) {
        return err_set(e, ERR_CONFLICT, _("%s is there already: choose another name"), o->path);
    }
    if (fd < 0 && (errno == ENOENT || errno == ENOTDIR)) {
        return err_set(e, ERR_NOT_FOUND, _("%s cannot be made: its folder does not exist; make the folder first"),
                       o->path);
    }
    if (fd < 0) {
        return err_set(e, ERR_IO, _("%s cannot be made (%s): check that you may write to its folder"), o->path,
                       strerror(errno));
    }
    fchmod(fd, wanted_mode(o)); /* whatever the umask */
    if (group != (gid_t)-1 && fchown(fd, (uid_t)-1, group) != 0) {
        rc = err_set(e, ERR_REFUSED, _("%s cannot be given to the group %s: be a member of it, or make it as root"),
                     o->path, o->group);
        unlink(o->path);
    }
    close(fd);
    return rc;
}

static enum err_code is_empty(const char *path, struct err *e) {
    return err_set(e, ERR_DB, _("%s is empty: remove it and make a new one, or restore a backup"), path);
}

/* What SQLite would only call 'unable to open', or hang on. */
static enum err_code look_at_file(const struct db_options *o, struct err *e) {
    struct stat st;
    if (stat(o->path, &st) != 0) {
        if (errno == ENOENT || errno == ENOTDIR) {
            return err_set(e, ERR_NOT_FOUND,
                           _("there is no database %s: make one with `chotdon init`, or name another"), o->path);
        }
        return err_set(e, ERR_IO,
                       _("%s cannot be opened (%s): check that you may read and write the file and its folder"),
                       o->path, strerror(errno));
    }
    if (S_ISDIR(st.st_mode)) {
        return err_set(e, ERR_INVALID, _("%s is a folder: name the database file in it"), o->path);
    }
    if (!S_ISREG(st.st_mode)) {
        return err_set(e, ERR_INVALID, _("%s is not a file: name a database file"), o->path);
    }
    if (st.st_size == 0) {
        return is_empty(o->path, e);
    }
    if (eaccess(o->path, o->read_only ? R_OK : R_OK | W_OK) != 0) {
        return err_set(e, ERR_IO,
                       _("%s cannot be opened (%s): check that you may read and write the file and its folder"),
                       o->path, strerror(errno));
    }
    return ERR_OK;
}

/* A group that shares the file must also be able to write to what stands beside it. Only its owner can do this. */
static void share_with_group(const char *path) {
    static const char *const suffixes[] = {"", "-wal", "-shm", ".lock"};
    for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++) {
        char *name = mem_printf("%s%s", path, suffixes[i]);
        struct stat st;
        if (stat(name, &st) == 0 && st.st_uid == geteuid() && (st.st_mode & 0060) != 0060) {
            chmod(name, (st.st_mode & 07777) | 0060);
        }
        free(name);
    }
}

struct answers {
    int64_t application_id;
    int64_t user_version;
    int64_t data_version;
    char journal_mode[16];
    bool no_memory; /* for one of them */
};

/* By name: some settings answer too. None answers NULL but for want of memory. */
static int take_answer(void *ctx, int columns, char **values, char **names) {
    (void)columns;
    struct answers *a = ctx;
    if (values[0] == NULL) {
        a->no_memory = true;
        return 1;
    }
    int64_t number = strtoll(values[0], NULL, 10);
    if (strcmp(names[0], "application_id") == 0) {
        a->application_id = number;
    } else if (strcmp(names[0], "user_version") == 0) {
        a->user_version = number;
    } else if (strcmp(names[0], "data_version") == 0) {
        a->data_version = number;
    } else if (strcmp(names[0], "journal_mode") == 0) {
        snprintf(a->journal_mode, sizeof a->journal_mode, "%s", values[0]);
    }
    return 0;
}

static void harden(sqlite3 *h, bool in_ram) {
    sqlite3_extended_result_codes(h, 1);
    sqlite3_db_config(h, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(h, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(h, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    sqlite3_db_config(h, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(h, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
    sqlite3_db_config(h, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
    sqlite3_limit(h, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_busy_timeout(h, SQLITE_READ_MS);
    if (!in_ram) {
        sqlite3_db_config(h, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    }
}

/* A program that was killed while it made the file leaves no table and no name in it. */
static bool never_finished(struct sqlite_conn *c, const struct answers *a) {
    sqlite3_stmt *s = NULL;
    bool empty = a->application_id == 0 && a->user_version == 0 &&
                 sqlite3_prepare_v2(c->h, "SELECT 1 FROM sqlite_schema", -1, &s, NULL) == SQLITE_OK &&
                 sqlite3_step(s) == SQLITE_DONE;
    sqlite3_finalize(s);
    return empty;
}

static enum err_code check_identity(struct sqlite_conn *c, const struct answers *a, struct err *e) {
    const char *path = c->base.options.path;
    if (never_finished(c, a)) {
        return is_empty(path, e);
    }
    if (a->application_id != DB_APPLICATION_ID) {
        return err_set(e, ERR_DB, _("%s is a database of another program: choose another file"), path);
    }
    if (a->user_version < 1 || a->user_version > INT_MAX) {
        return err_set(e, ERR_DB, _("%s is damaged: keep a copy of it and restore the last backup"), path);
    }
    return ERR_OK;
}

/* One round of settings and questions. The journal mode is only changed in a file that is known to be ours. */
static enum err_code set_up(struct sqlite_conn *c, bool fresh, int *version, struct err *e) {
    const struct db_options *o = &c->base.options;
    struct answers a = {0};
    harden(c->h, in_memory(o->path));
    int rc = sqlite3_exec(c->h,
                          "PRAGMA cache_size=-2000;PRAGMA temp_store=MEMORY;PRAGMA cell_size_check=ON;"
                          "PRAGMA secure_delete=OFF;PRAGMA synchronous=FULL;PRAGMA journal_size_limit=16777216;PRAGMA "
                          "application_id;PRAGMA user_version;"
                          "PRAGMA data_version;PRAGMA journal_mode",
                          take_answer, &a, NULL);
    if (rc != SQLITE_OK) {
        return sqlite_fail_file(c->h, a.no_memory ? SQLITE_NOMEM : rc, o->path, e);
    }
    enum err_code code = fresh ? ERR_OK : check_identity(c, &a, e);
    if (code != ERR_OK) {
        return code;
    }
    if (!in_memory(o->path) && !o->read_only && strcmp(a.journal_mode, "wal") != 0) {
        rc = sqlite3_exec(c->h, "PRAGMA journal_mode=WAL", take_answer, &a, NULL);
        if (rc != SQLITE_OK) {
            return sqlite_fail_file(c->h, a.no_memory ? SQLITE_NOMEM : rc, o->path, e);
        }
        if (strcmp(a.journal_mode, "wal") != 0) {
            return err_set(e, ERR_IO, _("the file system of %s cannot hold the database: use a folder on a local disk"),
                           o->path);
        }
    }
    *version = fresh ? 0 : (int)a.user_version;
    c->seen_version = a.data_version;
    c->synchronous = c->wanted_synchronous = 2;
    return ERR_OK;
}

static int count_frames(void *ctx, sqlite3 *h, const char *name, int frames) {
    (void)h;
    (void)name;
    struct sqlite_conn *c = ctx;
    c->log_frames = c->log_length = frames;
    return SQLITE_OK;
}

static enum err_code open_handle(struct sqlite_conn *c, struct err *e) {
    const struct db_options *o = &c->base.options;
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS,
                   0); /* counting memory takes a mutex for each piece; too late after the first */
    int flags = SQLITE_OPEN_NOMUTEX | (o->read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE);
    int rc = sqlite3_open_v2(o->path, &c->h, flags, NULL);
    if (rc != SQLITE_OK) {
        return sqlite_fail_file(c->h, rc, o->path, e);
    }
    if (in_memory(o->path)) {
        return ERR_OK;
    }
    const char *full = sqlite3_db_filename(c->h, "main");
    struct stat st;
    if (stat(full, &st) == 0) {
        c->device = st.st_dev;
        c->inode = st.st_ino;
    }
    if (!o->read_only) {
        c->lock = sqlite_lock_new(full);
        sqlite3_wal_hook(c->h, count_frames, c); /* and so no automatic checkpoints */
    }
    return ERR_OK;
}

static enum err_code open_file(const struct db_options *options, struct db_conn **out, int *version, struct err *e) {
    bool fresh = options->create || in_memory(options->path);
    enum err_code rc = ERR_OK;
    if (!in_memory(options->path)) {
        rc = options->create ? create_file(options, e) : look_at_file(options, e);
    }
    if (rc != ERR_OK) {
        return rc;
    }
    struct sqlite_conn *c = mem_zalloc(sizeof *c);
    c->base.driver = &db_sqlite;
    c->base.options = *options;
    c->base.options.path = mem_strdup(options->path);
    rc = open_handle(c, e);
    if (rc == ERR_OK) {
        if (options->shared_group && !fresh && !options->read_only) {
            share_with_group(sqlite3_db_filename(c->h, "main"));
        }
        rc = set_up(c, fresh, version, e);
    }
    if (rc == ERR_OK && !options->read_only) {
        c->seals = sqlite_seals_new(c);
    }
    if (rc != ERR_OK) {
        if (options->create) {
            sqlite_discard(&c->base);
        }
        sqlite_close(&c->base);
        return rc;
    }
    *out = &c->base;
    return ERR_OK;
}

enum err_code sqlite_open(const struct db_options *options, struct db_conn **out, int *version, struct err *e) {
    struct borrowed_group group = file_group_borrow_if(options->borrow_group);
    enum err_code rc = open_file(options, out, version, e);
    file_group_give_back(&group);
    return rc;
}

void sqlite_discard(struct db_conn *conn) {
    const char *path = conn->options.path;
    if (in_memory(path)) {
        return;
    }
    static const char *const suffixes[] = {"-wal", "-shm", ".lock", ""};
    for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++) {
        char *name = mem_printf("%s%s", path, suffixes[i]);
        unlink(name);
        free(name);
    }
}

void sqlite_close(struct db_conn *conn) {
    struct sqlite_conn *c = sqlite_of(conn);
    if (c->log_length >= SQLITE_UNFOLDED_FRAMES) {
        sqlite_checkpoint_at_close(c); /* programs that never idle must not let the log grow for ever */
    }
    sqlite3_stmt **own[] = {&c->begin,     &c->commit,  &c->rollback,    &c->version,
                            &c->savepoint, &c->release, &c->rollback_to, &c->data_version};
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++) {
        sqlite3_finalize(*own[i]);
    }
    sqlite_seals_free(c->seals);
    sqlite3_close_v2(c->h);
    sqlite_lock_free(c->lock);
    sqlite_log_free(c->log);
    free((char *)c->base.options.path);
    free(c);
}

bool db_is_ours(const char *path) {
    enum { APPLICATION_ID_AT = 68, HEAD = 72 };
    unsigned char head[HEAD] = {0};
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    bool ours =
        fd >= 0 && read(fd, head, sizeof head) == (ssize_t)sizeof head && memcmp(head, "SQLite format 3", 16) == 0;
    uint32_t id = 0;
    for (int i = 0; i < 4; i++) {
        id = id << 8 | head[APPLICATION_ID_AT + i];
    }
    if (fd >= 0) {
        close(fd);
    }
    return ours && id == DB_APPLICATION_ID;
}

enum err_code sqlite_same_file(struct sqlite_conn *c, struct err *e) {
    const char *full = sqlite3_db_filename(c->h, "main");
    struct stat st;
    struct borrowed_group group = file_group_borrow_if(c->base.options.borrow_group);
    int rc = stat(full, &st);
    file_group_give_back(&group);
    if (rc == 0 && st.st_dev == c->device && st.st_ino == c->inode) {
        c->file_time = st.st_mtim;
        return ERR_OK;
    }
    c->base.poisoned = true;
    if (rc != 0) {
        return err_set(
            e, ERR_IO,
            _("%s is not there any more (%s); nothing of this was saved: see whether the drive or the network "
              "folder is still connected, then start the program again"),
            full, strerror(errno));
    }
    return err_set(e, ERR_IO,
                   _("%s was moved or replaced while it was open; nothing of this was saved: close the program and "
                     "start it again"),
                   full);
}
