/* Walking the chain: from its first row to where it should end. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "domain/audit_chain.h"
#include "domain/record.h"
#include "domain/shop_internal.h"

enum { TICK_ROWS = 1000 };

/* A row whose details are gone; a later erasure must name it. */
struct emptied {
    int64_t id;
    bool named;
};

struct walk {
    int64_t rows, last_id;
    char previous[AUDIT_HEX_SIZE];
    int64_t bad_id;
    char *why;
    struct emptied *emptied; /* rows whose details were emptied, by id */
    size_t count, capacity;
    audit_tick *tick;
    void *ctx;
    int64_t total;
};

#define ROWS_SQL                                                                                                       \
    "SELECT a.id, a.at, a.staff, a.action, a.entity, a.digest, a.hash, d.salt, d.before, d.after"                      \
    " FROM audit a LEFT JOIN audit_details d ON d.audit_id = a.id"

static struct audit_row read_row(struct db_stmt *s) {
    return (struct audit_row){.id = db_col_int(s, 0),
                              .time = db_col_text(s, 1),
                              .staff = db_col_text(s, 2),
                              .action = db_col_text(s, 3),
                              .entity = db_col_text(s, 4),
                              .hash = db_col_text(s, 6),
                              .before = db_col_text(s, 8),
                              .after = db_col_text(s, 9)};
}

static void found(struct walk *w, int64_t id, char *why) {
    w->bad_id = id;
    w->why = why;
}

static void note_emptied(struct walk *w, int64_t id) {
    w->emptied = mem_grow(w->emptied, w->count, &w->capacity, sizeof *w->emptied);
    w->emptied[w->count++] = (struct emptied){.id = id};
}

/* Of those walked so far: what was emptied after the erasure is not its doing. */
static void name_emptied(struct walk *w, const char *after) {
    int64_t first = 0, last = 0;
    for (const char *p = audit_next_erased(after, &first, &last); p != NULL; p = audit_next_erased(p, &first, &last)) {
        size_t low = 0, high = w->count;
        while (low < high) {
            size_t middle = low + (high - low) / 2;
            low = w->emptied[middle].id < first ? middle + 1 : low;
            high = w->emptied[middle].id < first ? high : middle;
        }
        for (; low < w->count && w->emptied[low].id <= last; low++) {
            w->emptied[low].named = true;
        }
    }
}

static void walk_details(struct walk *w, const struct audit_row *r, struct db_stmt *s) {
    char expected[AUDIT_HEX_SIZE];
    const char *salt = db_col_text(s, 7);
    if (db_col_null(s, 7)) {
        found(w, r->id, mem_printf(_("the details of row %lld are missing"), (long long)r->id));
    } else if (salt[0] == '\0') {
        note_emptied(w, r->id);
    } else {
        audit_details_digest(expected, salt, r->before, r->after);
        if (strcmp(expected, db_col_text(s, 5)) != 0) {
            found(w, r->id, mem_printf(_("the details of row %lld were changed"), (long long)r->id));
        } else if (audit_is_erasure(r->action)) {
            name_emptied(w, r->after);
        }
    }
}

static void walk_row(struct walk *w, struct db_stmt *s) {
    struct audit_row r = read_row(s);
    char expected[AUDIT_HEX_SIZE];
    w->rows++;
    if (r.id != w->last_id + 1) {
        found(w, w->last_id + 1, mem_printf(_("row %lld is missing"), (long long)w->last_id + 1));
        return;
    }
    audit_row_hash(expected, w->previous, &r, db_col_text(s, 5));
    if (strcmp(expected, r.hash) != 0) {
        found(w, r.id, mem_printf(_("row %lld was changed, or the row before it"), (long long)r.id));
        return;
    }
    walk_details(w, &r, s);
    w->last_id = r.id;
    snprintf(w->previous, sizeof w->previous, "%s", r.hash);
}

static void walk_end(struct walk *w, const struct audit_end *head) {
    if (head->id != w->last_id || strcmp(head->hash, w->previous) != 0) {
        found(w, w->last_id + 1,
              mem_printf(_("rows after %lld are missing: the chain had %lld"), (long long)w->last_id,
                         (long long)head->id));
    }
    for (size_t i = 0; i < w->count && w->why == NULL; i++) {
        if (!w->emptied[i].named) {
            int64_t id = w->emptied[i].id;
            found(w, id, mem_printf(_("the details of row %lld were emptied, and no erasure names it"), (long long)id));
        }
    }
}

static enum err_code walk_chain(struct db *db, void *ctx, struct err *e) {
    struct walk *w = ctx;
    struct db_stmt *s = NULL;
    struct audit_end head;
    enum err_code rc = audit_chain_end(db, &head, e);
    w->total = head.id;
    rc = rc == ERR_OK ? db_query(db, ROWS_SQL " ORDER BY a.id", DB_NO_BIND, &s, e) : rc;
    enum db_row next = DB_END;
    while (rc == ERR_OK && w->why == NULL && (next = db_next(s, e)) == DB_ROW) {
        walk_row(w, s);
        if (w->tick != NULL && w->rows % TICK_ROWS == 0 && !w->tick(w->ctx, w->rows, w->total)) {
            rc = err_set(e, ERR_REFUSED, _("stopped"));
        }
    }
    db_done(&s);
    if (rc == ERR_OK && next == DB_FAILED) {
        rc = record_failed(e);
    }
    if (rc == ERR_OK && w->why == NULL) {
        walk_end(w, &head);
    }
    return rc;
}

enum err_code audit_verify(struct shop *shop, int64_t *rows, int64_t *bad_id, char **why, struct err *e) {
    return audit_verify_watched(shop, NULL, NULL, rows, bad_id, why, e);
}

enum err_code audit_verify_watched(struct shop *shop, audit_tick *tick, void *ctx, int64_t *rows, int64_t *bad_id,
                                   char **why, struct err *e) {
    struct walk w = {.previous = AUDIT_FIRST_HASH, .tick = tick, .ctx = ctx};
    enum err_code rc = db_read(shop->db, walk_chain, &w, e);
    free(w.emptied);
    *rows = w.rows;
    *bad_id = w.bad_id;
    *why = w.why;
    return rc;
}

/* --- the end of a copy's chain */

static enum err_code hash_of(struct db *db, int64_t id, char hash[AUDIT_HEX_SIZE], struct err *e) {
    char *text = NULL;
    snprintf(hash, AUDIT_HEX_SIZE, "%s", AUDIT_FIRST_HASH);
    if (id <= 0) {
        return ERR_OK;
    }
    enum err_code rc = record_lookup_text(db, "SELECT hash FROM audit WHERE id = $1", DB_BIND(DB_INT(id)), &text, e);
    if (rc == ERR_OK) {
        snprintf(hash, AUDIT_HEX_SIZE, "%s", text == NULL ? "" : text);
    }
    free(text);
    return rc;
}

enum err_code audit_check_end(struct db *db, int64_t rows, const struct audit_end *least, char **why, struct err *e) {
    struct walk w = {0};
    struct audit_end head;
    struct db_stmt *s = NULL;
    char there[AUDIT_HEX_SIZE];
    enum err_code rc = audit_chain_end(db, &head, e);
    w.last_id = head.id > rows ? head.id - rows : 0;
    rc = rc == ERR_OK ? hash_of(db, w.last_id, w.previous, e) : rc;
    rc = rc == ERR_OK ? hash_of(db, least->id, there, e) : rc;
    rc = rc == ERR_OK ? db_query(db, ROWS_SQL " WHERE a.id > $1 ORDER BY a.id", DB_BIND(DB_INT(w.last_id)), &s, e) : rc;
    enum db_row next = DB_END;
    while (rc == ERR_OK && w.why == NULL && (next = db_next(s, e)) == DB_ROW) {
        walk_row(&w, s);
    }
    db_done(&s);
    if (rc == ERR_OK && next == DB_FAILED) {
        rc = record_failed(e);
    }
    if (rc == ERR_OK && w.why == NULL &&
        (head.id != w.last_id || strcmp(head.hash, w.previous) != 0 || strcmp(there, least->hash) != 0)) {
        found(&w, w.last_id + 1, mem_printf(_("rows after %lld are missing"), (long long)w.last_id));
    }
    free(w.emptied);
    *why = w.why;
    return rc;
}
