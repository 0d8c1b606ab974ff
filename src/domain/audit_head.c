/* A row of the chain in short, as it stands on the report of a closed shift. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/audit.h"
#include "domain/record.h"
#include "domain/shop_internal.h"

enum { SHOWN = 12, LEAST = 8 };

void audit_head_text(const struct audit_end *end, char out[AUDIT_HEAD_SIZE]) {
    snprintf(out, AUDIT_HEAD_SIZE, "%lld:%.*s", (long long)end->id, SHOWN, end->hash);
}

struct head {
    int64_t id;                /* 0: not said */
    char hash[AUDIT_HEX_SIZE]; /* its first digits */
};

static enum err_code read_head(const char *text, struct head *out, struct err *e) {
    char digits[AUDIT_HEX_SIZE + 24];
    size_t n = 0;
    for (const char *p = text; *p != '\0' && n < sizeof digits - 1; p++) {
        if (*p != ' ') {
            digits[n++] = (char)tolower((unsigned char)*p);
        }
    }
    digits[n] = '\0';
    char *colon = strchr(digits, ':');
    const char *hash = colon == NULL ? digits : colon + 1;
    char *end = colon;
    *out = (struct head){0};
    out->id = colon == NULL ? 0 : strtoll(digits, &end, 10);
    size_t length = strspn(hash, "0123456789abcdef");
    if (end != colon || (colon != NULL && out->id <= 0) || hash[length] != '\0' || length < LEAST ||
        length >= AUDIT_HEX_SIZE) {
        return err_set_field(e, ERR_INVALID, "head",
                             _("“%s” is no head of the audit log: it is written as on the report of a closed shift, "
                               "1234:1a2b3c4d5e6f, or as eight or more digits of a row's hash"),
                             text);
    }
    memcpy(out->hash, hash, length + 1);
    return ERR_OK;
}

static enum err_code refuse(struct shop *shop, const struct head *h, struct err *e) {
    int64_t last = 0;
    enum err_code rc = db_get_int(shop->db, "SELECT COALESCE(MAX(id), 0) FROM audit", DB_NO_BIND, &last, e);
    if (rc != ERR_OK) {
        return rc;
    }
    if (h->id == 0) {
        return err_set(e, ERR_REFUSED,
                       _("the audit chain has no row whose hash begins with %s: it was cut off or written anew, or an "
                         "older copy was put in the file's place (chotdon restore puts a later backup back)"),
                       h->hash);
    }
    if (h->id > last) {
        return err_set(
            e, ERR_REFUSED,
            _("the audit chain ends with row %lld, but had %lld: rows were cut off, or an older copy was put "
              "in the file's place (chotdon restore puts a later backup back)"),
            (long long)last, (long long)h->id);
    }
    return err_set(e, ERR_REFUSED,
                   _("row %lld of the audit chain is not the one that begins with %s: the chain was written anew from "
                     "there or before, or it is another shop's"),
                   (long long)h->id, h->hash);
}

enum err_code audit_find_head(struct shop *shop, const char *head, int64_t *id, char at[DATETIME_SIZE], struct err *e) {
    struct head h;
    struct db_stmt *s = NULL;
    *id = 0;
    enum err_code rc = read_head(head, &h, e);
    if (rc != ERR_OK) {
        return rc;
    }
    rc = db_query(shop->db,
                  "SELECT id, at FROM audit WHERE id >= $2 AND id <= $3 AND substr(hash, 1, length($1)) = $1 ORDER BY"
                  " id LIMIT 1",
                  DB_BIND(DB_TEXT(h.hash), DB_INT(h.id), DB_INT(h.id == 0 ? INT64_MAX : h.id)), &s, e);
    enum db_row row = rc == ERR_OK ? db_next(s, e) : DB_END;
    if (row == DB_ROW) {
        *id = db_col_int(s, 0);
        snprintf(at, DATETIME_SIZE, "%s", db_col_text(s, 1));
    }
    db_done(&s);
    rc = row == DB_FAILED ? record_failed(e) : rc;
    return rc == ERR_OK && *id == 0 ? refuse(shop, &h, e) : rc;
}
