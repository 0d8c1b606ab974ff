/* SQLite's result codes as sentences for the person at the counter. */
#include <errno.h>
#include <string.h>

#include "base/i18n.h"
#include "db/sqlite_driver.h"

/* "UNIQUE constraint failed: customer.code, customer.branch" names the field "code". */
static void constraint_field(const char *message, char *field, size_t size) {
    const char *dot = strrchr(message, ':');
    dot = dot == NULL ? NULL : strchr(dot, '.');
    size_t n = dot == NULL ? 0 : strcspn(dot + 1, ", ");
    if (n >= size) {
        n = size - 1;
    }
    memcpy(field, dot == NULL ? "" : dot + 1, n);
    field[n] = '\0';
}

static enum err_code constraint(int rc, const char *message, struct err *e) {
    char field[sizeof e->field];
    constraint_field(message, field, sizeof field);
    switch (rc) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
        return err_set_field(e, ERR_CONFLICT, field, _("this is there already (%s)"), message);
    case SQLITE_CONSTRAINT_FOREIGNKEY:
        return err_set(e, ERR_CONFLICT, _("it names something that is not there, or something else still needs it"));
    case SQLITE_CONSTRAINT_TRIGGER:
        return err_set(e, ERR_REFUSED, "%s", message);
    default:
        return err_set_field(e, ERR_INVALID, field, _("the database does not accept this value (%s)"), message);
    }
}

enum err_code sqlite_disk_full(struct err *e) {
    return err_set(e, ERR_IO, _("the disk is full: free some space; nothing of this was saved"));
}

static bool is_memory(int rc) {
    return (rc & 0xff) == SQLITE_NOMEM || rc == SQLITE_IOERR_NOMEM;
}

static bool is_full(int rc, int cause) {
    int primary = rc & 0xff;
    return primary == SQLITE_FULL ||
           ((primary == SQLITE_IOERR || primary == SQLITE_CANTOPEN) && (cause == ENOSPC || cause == EDQUOT));
}

/* The system's own number for a failure. The end of a transaction does not note it; the file and its log do. */
static int cause_of(sqlite3 *h) {
    int cause = h == NULL ? errno : sqlite3_system_errno(h);
    if (h != NULL && cause == 0) {
        sqlite3_file *log = NULL;
        sqlite3_file_control(h, NULL, SQLITE_FCNTL_LAST_ERRNO, &cause);
        sqlite3_file_control(h, NULL, SQLITE_FCNTL_JOURNAL_POINTER, &log);
        if (cause == 0 && log != NULL && log->pMethods != NULL) {
            log->pMethods->xFileControl(log, SQLITE_FCNTL_LAST_ERRNO, &cause);
        }
    }
    return cause;
}

enum err_code sqlite_fail_file(sqlite3 *h, int rc, const char *path, struct err *e) {
    int cause = cause_of(h);
    if (is_full(rc, cause)) {
        return sqlite_disk_full(e);
    }
    if (is_memory(rc)) {
        return err_set(e, ERR_IO,
                       _("there is not enough memory: close other programs and try again; nothing of this was saved"));
    }
    switch (rc & 0xff) {
    case SQLITE_NOTADB:
        return err_set(e, ERR_DB, _("%s is not a database of this program: choose another file, or restore a backup"),
                       path);
    case SQLITE_CORRUPT:
        return err_set(e, ERR_DB, _("%s is damaged: keep a copy of it and restore the last backup"), path);
    case SQLITE_CANTOPEN:
        return err_set(e, ERR_IO,
                       _("%s cannot be opened (%s): check that you may read and write the file and its folder"), path,
                       cause != 0 ? strerror(cause) : sqlite3_errstr(rc));
    case SQLITE_PERM:
    case SQLITE_AUTH:
    case SQLITE_READONLY:
        return err_set(e, ERR_IO, _("%s cannot be written to: check the permissions of the file and its folder"), path);
    case SQLITE_IOERR:
        return err_set(
            e, ERR_IO,
            _("reading or writing %s failed (%s); nothing of this was saved: check the disk, then start again and run "
              "`chotdon check`"),
            path, cause != 0 ? strerror(cause) : sqlite3_errstr(rc));
    case SQLITE_BUSY:
        return err_set(e, ERR_BUSY, _("another program is using %s: try again in a moment"), path);
    case SQLITE_INTERRUPT:
        return err_set(e, ERR_REFUSED, _("stopped"));
    default:
        return err_set(e, ERR_DB, _("the database %s reports: %s"), path,
                       h == NULL ? sqlite3_errstr(rc) : sqlite3_errmsg(h));
    }
}

enum err_code sqlite_fail(struct sqlite_conn *c, int rc, const char *sql, struct err *e) {
    int primary = rc & 0xff;
    if (c->base.writing && !is_memory(rc) &&
        (primary == SQLITE_IOERR || primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB)) {
        c->base.poisoned = true;
    }
    if (rc == SQLITE_BUSY_SNAPSHOT) { /* waiting would not help: the query goes on seeing the past */
        return err_set(e, ERR_DB, "db_transact while an older query is still open");
    }
    switch (primary) {
    case SQLITE_CONSTRAINT:
        return constraint(rc, sqlite3_errmsg(c->h), e);
    case SQLITE_MISMATCH:
    case SQLITE_TOOBIG:
        return err_set(e, ERR_INVALID, _("the database does not accept this value (%s)"), sqlite3_errmsg(c->h));
    case SQLITE_ERROR:
    case SQLITE_MISUSE:
    case SQLITE_RANGE:
    case SQLITE_LOCKED:
        return err_set(e, ERR_DB, _("the database reports: %s (in: %.200s)"), sqlite3_errmsg(c->h),
                       sql == NULL ? "" : sql);
    default:
        return sqlite_fail_file(c->h, rc, c->base.options.path, e);
    }
}

enum err_code sqlite_fail_checkpoint(struct sqlite_conn *c, int rc, struct err *e) {
    int cause = cause_of(c->h);
    enum err_code code = sqlite_fail(c, rc, NULL, e);
    if (is_full(rc, cause)) {
        return err_set(e, code,
                       _("the disk is full, so the log of %s could not be emptied; what was saved is safe: free some "
                         "space"),
                       c->base.options.path);
    }
    if (is_memory(rc)) {
        return err_set(e, code,
                       _("there was not enough memory to empty the log of %s; what was saved is safe: close other "
                         "programs"),
                       c->base.options.path);
    }
    if ((rc & 0xff) == SQLITE_IOERR) {
        return err_set(e, code,
                       _("the disk failed while the log of %s was emptied (%s); what was saved is safe: check the "
                         "disk, then start again and run `chotdon check`"),
                       c->base.options.path, cause != 0 ? strerror(cause) : sqlite3_errstr(rc));
    }
    return code;
}

enum err_code sqlite_fail_commit(struct sqlite_conn *c, int rc, struct err *e) {
    if ((rc & 0xff) != SQLITE_IOERR && !is_memory(rc)) {
        return sqlite_fail(c, rc, NULL, e);
    }
    int cause = is_memory(rc) ? ENOMEM : cause_of(c->h);
    c->base.poisoned = true;
    return err_set(
        e, ERR_IO,
        _("writing %s failed at the last moment (%s), so it is not certain that this was saved: check the disk, start "
          "again and look before you enter it once more"),
        c->base.options.path, cause != 0 ? strerror(cause) : sqlite3_errstr(rc));
}
