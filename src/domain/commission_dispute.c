/* Disputes about rows, and the list of what has come up since a lock. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "chotdon/audit.h"
#include "domain/commission_store.h"
#include "domain/record.h"
#include "domain/shop_internal.h"

struct disputing {
    const char *month;
    int64_t staff_id;
    const char *ref, *reason;
    int64_t id;
    bool found;
    struct buf refs; /* the first few, for the refusal */
};

static enum err_code look_for(void *ctx, const struct commission_line *l, struct err *e) {
    struct disputing *d = ctx;
    (void)e;
    d->found = d->found || text_equal_folded(l->ref, d->ref) || strcmp(l->kind, d->ref) == 0;
    if (strcmp(l->kind, "base") != 0 && d->refs.len < 200) {
        buf_addf(&d->refs, "%s%s", d->refs.len == 0 ? "" : ", ", l->ref);
    }
    return ERR_OK;
}

static enum err_code audit_dispute(struct shop *shop, const char *action, int64_t id, const char *key, const char *text,
                                   struct err *e) {
    struct buf after = BUF_INIT;
    char *entity = mem_printf("dispute %lld", (long long)id);
    record_json_text(&after, key, text);
    enum err_code rc = audit_add(shop, action, entity, "", record_json_end(&after), e);
    buf_clear(&after);
    free(entity);
    return rc;
}

static enum err_code add_dispute(struct shop *shop, void *ctx, struct err *e) {
    struct disputing *d = ctx;
    char now[DATETIME_SIZE];
    d->found = strcmp(d->ref, "total") == 0;
    buf_reset(&d->refs);
    enum err_code rc = commission_explain(shop, d->month, d->staff_id, look_for, d, e);
    if (rc == ERR_OK && !d->found) {
        rc = err_set_field(e, ERR_NOT_FOUND, "row",
                           _("there is no row “%s”; name an order, a kind of row, or one of: %s"), d->ref,
                           buf_str(&d->refs));
    }
    if (rc == ERR_OK) {
        shop_now(shop, now);
        rc = db_run(shop->db,
                    "INSERT INTO commission_disputes (month, staff_id, ref, reason, at, raised_by)"
                    " VALUES ($1, $2, $3, $4, $5, $6)",
                    DB_BIND(DB_TEXT(d->month), DB_INT(d->staff_id), DB_TEXT(d->ref), DB_TEXT(d->reason), DB_TEXT(now),
                            SHOP_ACTOR(shop)),
                    e);
        d->id = db_last_id(shop->db);
    }
    return rc == ERR_OK ? audit_dispute(shop, "commission.dispute", d->id, "reason", d->reason, e) : rc;
}

enum err_code commission_dispute(struct shop *shop, const char *month, int64_t staff_id, const char *ref,
                                 const char *reason, int64_t *id, struct err *e) {
    char *clean = text_nfc(reason);
    char *row = text_nfc(ref);
    struct disputing d = {.month = month, .staff_id = staff_id, .ref = row, .reason = clean};
    enum err_code rc = commission_check_sight(shop, staff_id, e);
    if (rc == ERR_OK && clean[0] == '\0') {
        rc = err_set_field(e, ERR_INVALID, "reason", _("a dispute needs a reason: say what is wrong"));
    } else if (rc == ERR_OK) {
        rc = shop_transact(shop, add_dispute, &d, e);
    }
    *id = d.id;
    buf_clear(&d.refs);
    free(clean);
    free(row);
    return rc;
}

struct answering {
    int64_t id;
    const char *text;
};

static enum err_code add_answer(struct shop *shop, void *ctx, struct err *e) {
    const struct answering *a = ctx;
    char now[DATETIME_SIZE];
    char *answer = NULL;
    enum err_code rc = record_lookup_text(shop->db, "SELECT answer FROM commission_disputes WHERE id = $1",
                                          DB_BIND(DB_INT(a->id)), &answer, e);
    if (rc == ERR_OK && answer == NULL) {
        rc = err_set_field(e, ERR_NOT_FOUND, "id", _("there is no dispute %lld"), (long long)a->id);
    } else if (rc == ERR_OK && answer[0] != '\0') {
        rc = err_set_field(e, ERR_REFUSED, "id", _("dispute %lld has been answered already: %s"), (long long)a->id,
                           answer);
    }
    if (rc == ERR_OK) {
        shop_now(shop, now);
        rc = db_run(shop->db,
                    "UPDATE commission_disputes SET answer = $2, answered_at = $3, answered_by = $4 WHERE id = $1",
                    DB_BIND(DB_INT(a->id), DB_TEXT(a->text), DB_TEXT(now), SHOP_ACTOR(shop)), e);
    }
    free(answer);
    return rc == ERR_OK ? audit_dispute(shop, "commission.answer", a->id, "answer", a->text, e) : rc;
}

enum err_code commission_answer(struct shop *shop, int64_t id, const char *text, struct err *e) {
    char *clean = text_nfc(text);
    struct answering a = {id, clean};
    enum err_code rc = shop_require(shop, PERMIT_COMMISSION_RUN, e);
    if (rc == ERR_OK && clean[0] == '\0') {
        rc = err_set_field(e, ERR_INVALID, "text", _("an answer needs a text"));
    }
    if (rc == ERR_OK) {
        rc = shop_transact(shop, add_answer, &a, e);
    }
    free(clean);
    return rc;
}

enum err_code commission_disputes(struct shop *shop, const char *month, bool open_only, commission_dispute_fn *row_fn,
                                  void *ctx, struct err *e) {
    struct commission_rights rights;
    struct db_stmt *s = NULL;
    enum db_row row = DB_END;
    enum err_code rc = commission_rights(shop, &rights, e);
    if (rc == ERR_OK) {
        rc = db_query(shop->db,
                      "SELECT d.id, d.month, s.code, s.name, d.ref, d.reason, d.at, d.answer, d.answered_at, s.id"
                      " FROM commission_disputes d JOIN staff s ON s.id = d.staff_id"
                      " WHERE ($1 IS NULL OR d.month = $1) AND ($2 = 0 OR d.answer = '') ORDER BY d.id",
                      DB_BIND(DB_TEXT(month), DB_INT(open_only)), &s, e);
    }
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        const struct commission_dispute_row d = {db_col_int(s, 0),  db_col_text(s, 1), db_col_text(s, 2),
                                                 db_col_text(s, 3), db_col_text(s, 4), db_col_text(s, 5),
                                                 db_col_text(s, 6), db_col_text(s, 7), db_col_text(s, 8)};
        if (rights.all || db_col_int(s, 9) == rights.self) {
            rc = row_fn(ctx, &d, e);
        }
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}
