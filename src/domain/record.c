#include "domain/record.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "db/db.h"

static char **member(const struct record_text *t, void *record) {
    return (char **)((char *)record + t->offset);
}

static const char *value(const struct record_text *t, const void *record) {
    const char *text = *(char *const *)((const char *)record + t->offset);
    return text == NULL ? "" : text;
}

enum err_code record_take(const struct record_text *table, size_t count, const void *in, unsigned fields, void *out,
                          struct err *e) {
    for (size_t i = 0; i < count; i++) {
        const struct record_text *t = &table[i];
        if ((fields & t->bit) == 0) {
            *member(t, out) = NULL;
            continue;
        }
        *member(t, out) = text_nfc(value(t, in));
        if (strlen(*member(t, out)) > t->max) {
            return err_set_field(e, ERR_INVALID, t->key, _("the text is too long: at most %d bytes"), (int)t->max);
        }
    }
    return ERR_OK;
}

void record_keep(const struct record_text *table, size_t count, const void *old, void *out) {
    for (size_t i = 0; i < count; i++) {
        if (*member(&table[i], out) == NULL) {
            *member(&table[i], out) = mem_strdup(old == NULL ? "" : value(&table[i], old));
        }
    }
}

bool record_same(const struct record_text *table, size_t count, const void *a, const void *b) {
    for (size_t i = 0; i < count; i++) {
        if (strcmp(value(&table[i], a), value(&table[i], b)) != 0) {
            return false;
        }
    }
    return true;
}

void record_clear(const struct record_text *table, size_t count, void *record) {
    for (size_t i = 0; i < count; i++) {
        free(*member(&table[i], record));
        *member(&table[i], record) = NULL;
    }
}

void record_json(const struct record_text *table, size_t count, const void *record, const void *other, struct buf *b) {
    for (size_t i = 0; i < count; i++) {
        const char *before = other == NULL ? "" : value(&table[i], other);
        if (strcmp(value(&table[i], record), before) != 0) {
            record_json_text(b, table[i].key, value(&table[i], record));
        }
    }
}

static bool needs_escape(char c) {
    return c == '"' || c == '\\' || (unsigned char)c < 0x20;
}

static void json_string(struct buf *b, const char *s) {
    buf_add_char(b, '"');
    while (*s != '\0') {
        size_t plain = 0;
        while (s[plain] != '\0' && !needs_escape(s[plain])) {
            plain++;
        }
        buf_add_bytes(b, s, plain);
        s += plain;
        if (*s != '\0') {
            buf_addf(b, "\\u%04x", (unsigned char)*s);
            s++;
        }
    }
    buf_add_char(b, '"');
}

static void json_key(struct buf *b, const char *key) {
    buf_add_char(b, b->len == 0 ? '{' : ',');
    json_string(b, key);
    buf_add_char(b, ':');
}

void record_json_text(struct buf *b, const char *key, const char *text) {
    json_key(b, key);
    json_string(b, text);
}

void record_json_int(struct buf *b, const char *key, int64_t number) {
    json_key(b, key);
    buf_addf(b, "%lld", (long long)number);
}

const char *record_json_end(struct buf *b) {
    if (b->len == 0) {
        buf_add_char(b, '{');
    }
    buf_add_char(b, '}');
    return buf_str(b);
}

enum err_code record_check_email(const char *email, struct err *e) {
    const char *at = strchr(email, '@');
    bool fine = email[0] == '\0' || (at != NULL && at != email && at[1] != '\0' && strpbrk(email, " \t\n") == NULL);
    return fine ? ERR_OK : err_set_field(e, ERR_INVALID, "email", _("“%.80s” is no e-mail address"), email);
}

enum err_code record_lookup(struct db *db, const char *sql, const char *text, int64_t *id, bool *several,
                            struct err *e) {
    struct db_stmt *s = NULL;
    *id = 0;
    if (several != NULL) {
        *several = false;
    }
    enum err_code rc = db_query(db, sql, DB_BIND(DB_TEXT(text)), &s, e);
    if (rc != ERR_OK) {
        return rc;
    }
    enum db_row row = db_next(s, e);
    if (row == DB_ROW) {
        *id = db_col_int(s, 0);
        if (several != NULL) {
            row = db_next(s, e);
            *several = row == DB_ROW;
        }
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : ERR_OK;
}

enum err_code record_failed(const struct err *e) {
    return e == NULL || e->code == ERR_OK ? ERR_DB : e->code;
}

enum err_code record_lookup_text(struct db *db, const char *sql, const struct db_value *values, char **out,
                                 struct err *e) {
    struct db_stmt *s = NULL;
    *out = NULL;
    enum err_code rc = db_query(db, sql, values, &s, e);
    if (rc != ERR_OK) {
        return rc;
    }
    enum db_row row = db_next(s, e);
    if (row == DB_ROW) {
        *out = db_col_dup(s, 0);
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : ERR_OK;
}
