/* What is wrong with a file, as far as SQLite and the schema can tell; the books are the domain's to check. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "db/sqlite_driver.h"

struct findings {
    bool no_memory; /* for a finding's text, which never is NULL else */
    void (*found)(void *ctx, const char *finding);
    void *ctx;
};

static void report(const struct findings *f, char *text) {
    f->found(f->ctx, text);
    free(text);
}

static int damaged_page(void *ctx, int columns, char **values, char **names) {
    struct findings *f = ctx;
    (void)columns;
    (void)names;
    f->no_memory = values[0] == NULL;
    if (!f->no_memory && strcmp(values[0], "ok") != 0) {
        report(f, mem_printf(_("damaged: %s"), values[0]));
    }
    return f->no_memory;
}

static int broken_reference(void *ctx, int columns, char **values, char **names) {
    struct findings *f = ctx;
    (void)columns;
    (void)names;
    f->no_memory = values[0] == NULL || values[2] == NULL;
    if (f->no_memory) {
        return 1;
    }
    report(f, mem_printf(_("%s row %s names a %s that is not there"), values[0], values[1] == NULL ? "?" : values[1],
                         values[2]));
    return 0;
}

/* A file so broken that the question itself fails is a finding, not an error; being stopped or unable to read is one.
 */
static enum err_code ask(struct sqlite_conn *c, const char *sql, int (*row)(void *, int, char **, char **),
                         struct findings *f, struct err *e) {
    int rc = sqlite3_exec(c->h, sql, row, f, NULL);
    rc = f->no_memory ? SQLITE_NOMEM : rc;
    if (rc == SQLITE_OK) {
        return ERR_OK;
    }
    struct err why = ERR_INIT;
    enum err_code code = sqlite_fail(c, rc, sql, &why);
    if (code == ERR_DB) {
        f->found(f->ctx, why.message);
        return ERR_OK;
    }
    if (e != NULL) {
        *e = why;
    }
    return code;
}

/* A fresh database of the same version, to compare with. */
static enum err_code make_fresh(struct sqlite_conn *c, struct db_conn **out, struct err *e) {
    const struct db_options options = {.path = ":memory:"};
    sqlite3_stmt *s = NULL;
    int version = 0;
    int64_t found = 0;
    int asked = sqlite3_prepare_v2(c->h, "PRAGMA user_version", -1, &s, NULL);
    if (asked == SQLITE_OK && sqlite3_step(s) == SQLITE_ROW) {
        found = sqlite3_column_int64(s, 0);
    }
    int end = sqlite3_finalize(s);
    asked = asked == SQLITE_OK ? end : asked;
    enum err_code rc = asked == SQLITE_OK ? sqlite_open(&options, out, &version, e) : sqlite_fail(c, asked, NULL, e);
    return rc == ERR_OK ? migrate_run(*out, 0, (int)found, e) : rc;
}

/* Does `other` hold the same thing? Tables and indexes by name (an upgrade may write them differently), what can act by
 * its text. */
static int has_same(sqlite3 *other, const char *type, const char *name, const char *sql, bool *same) {
    sqlite3_stmt *s = NULL;
    int rc = sqlite3_prepare_v2(other,
                                "SELECT 1 FROM sqlite_schema WHERE type = $1 AND name = $2 AND "
                                "($1 IN ('table', 'index') AND coalesce(sql, '') NOT LIKE 'CREATE VIRTUAL%' OR "
                                "sql = $3)",
                                -1, &s, NULL);
    if (rc == SQLITE_OK) {
        sqlite3_bind_text(s, 1, type, -1, SQLITE_STATIC);
        sqlite3_bind_text(s, 2, name, -1, SQLITE_STATIC);
        sqlite3_bind_text(s, 3, sql, -1, SQLITE_STATIC);
        rc = sqlite3_step(s);
        *same = rc == SQLITE_ROW;
    }
    sqlite3_finalize(s);
    return rc == SQLITE_ROW || rc == SQLITE_DONE ? SQLITE_OK : rc;
}

/* Reports what `one` has and `other` lacks, with `format` taking type and name. */
static int compare(sqlite3 *one, sqlite3 *other, const char *format, const struct findings *f) {
    sqlite3_stmt *s = NULL;
    int rc = sqlite3_prepare_v2(
        one, "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite!_%' ESCAPE '!'", -1, &s, NULL);
    int row = SQLITE_DONE;
    while (rc == SQLITE_OK && (row = sqlite3_step(s)) == SQLITE_ROW) {
        const char *type = (const char *)sqlite3_column_text(s, 0);
        const char *name = (const char *)sqlite3_column_text(s, 1);
        bool same = false;
        rc = type == NULL || name == NULL ? SQLITE_NOMEM
                                          : has_same(other, type, name, (const char *)sqlite3_column_text(s, 2), &same);
        if (rc == SQLITE_OK && !same) {
            report(f, mem_printf(format, type, name));
        }
    }
    sqlite3_finalize(s);
    return rc != SQLITE_OK ? rc : row == SQLITE_DONE ? SQLITE_OK : row;
}

static enum err_code check_schema(struct sqlite_conn *c, const struct findings *f, struct err *e) {
    struct db_conn *fresh = NULL;
    enum err_code rc = make_fresh(c, &fresh, e);
    if (rc == ERR_OK) {
        int result = compare(c->h, sqlite_of(fresh)->h, _("%s %s does not belong to this program"), f);
        if (result == SQLITE_OK) {
            result = compare(sqlite_of(fresh)->h, c->h, _("%s %s is missing"), f);
        }
        rc = result == SQLITE_OK ? ERR_OK : sqlite_fail(c, result, NULL, e);
    }
    if (fresh != NULL) {
        sqlite_close(fresh);
    }
    return rc;
}

static int first_broken(void *ctx, int columns, char **values, char **names) {
    (void)columns;
    (void)names;
    err_set(ctx, ERR_CONFLICT, _("%s row %s names a %s that is not there"), values[0] == NULL ? "?" : values[0],
            values[1] == NULL ? "?" : values[1], values[2] == NULL ? "?" : values[2]);
    return 1;
}

struct looked_for {
    const char *name;
    bool found;
};

static void look_at(void *ctx, const char *table, int64_t added) {
    struct looked_for *l = ctx;
    (void)added;
    l->found = l->found || strcmp(table, l->name) == 0;
}

static bool is_changed(const struct sqlite_conn *c, const char *name) {
    struct looked_for l = {name, c->seals == NULL || !sqlite_seals_work(c->seals)};
    if (!l.found) {
        sqlite_seals_changed(c->seals, look_at, &l);
    }
    return l.found;
}

/* "PRAGMA foreign_key_check('a');PRAGMA foreign_key_check('b');…" of what the transaction at hand has changed. */
static int checks_but(struct sqlite_conn *c, const char *const *except, struct buf *script) {
    sqlite3_stmt *q = NULL;
    int rc = sqlite3_prepare_v2(c->h, "SELECT name FROM sqlite_schema WHERE type = 'table'", -1, &q, NULL);
    int row = rc;
    while (rc == SQLITE_OK && (row = sqlite3_step(q)) == SQLITE_ROW) {
        const char *name = (const char *)sqlite3_column_text(q, 0);
        size_t i = 0;
        while (name != NULL && except[i] != NULL && strcmp(except[i], name) != 0) {
            i++;
        }
        if (name != NULL && except[i] == NULL && is_changed(c, name)) {
            buf_addf(script, "PRAGMA foreign_key_check('%s');", name);
        }
    }
    sqlite3_finalize(q);
    return row == SQLITE_DONE ? SQLITE_OK : row;
}

enum err_code sqlite_check_references(struct db_conn *conn, const char *const *except, struct err *e) {
    struct sqlite_conn *c = sqlite_of(conn);
    struct err broken = ERR_INIT;
    struct buf script = BUF_INIT;
    int rc = except == NULL ? SQLITE_OK : checks_but(c, except, &script);
    if (rc == SQLITE_OK) {
        const char *sql = except == NULL ? "PRAGMA foreign_key_check" : buf_str(&script);
        rc = sqlite3_exec(c->h, sql, first_broken, &broken, NULL);
    }
    buf_clear(&script);
    if (broken.code == ERR_OK) {
        return rc == SQLITE_OK ? ERR_OK : sqlite_fail(c, rc, NULL, e);
    }
    if (e != NULL) {
        *e = broken;
    }
    return broken.code;
}

enum err_code sqlite_integrity(struct db_conn *conn, void (*found)(void *ctx, const char *finding), void *ctx,
                               struct err *e) {
    struct sqlite_conn *c = sqlite_of(conn);
    struct findings f = {.found = found, .ctx = ctx};
    sqlite3_exec(c->h, "PRAGMA cache_size=-200000", NULL, NULL, NULL); /* every page is wanted, some many times */
    enum err_code rc = ask(c, "PRAGMA integrity_check", damaged_page, &f, e);
    if (rc == ERR_OK) {
        rc = ask(c, "PRAGMA foreign_key_check", broken_reference, &f, e);
    }
    sqlite3_exec(c->h, "PRAGMA cache_size=-8000", NULL, NULL, NULL);
    return rc == ERR_OK ? check_schema(c, &f, e) : rc;
}
