#include "chotdon/supplier.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/phone.h"
#include "base/text.h"
#include "chotdon/audit.h"
#include "chotdon/permission.h"
#include "domain/code_series.h"
#include "domain/record.h"
#include "domain/shop_internal.h"

static const struct record_text texts[] = {
    {SUPPLIER_NAME, "name", offsetof(struct supplier, name), RECORD_NAME_MAX},
    {SUPPLIER_PHONE, "phone", offsetof(struct supplier, phone), RECORD_NAME_MAX},
    {SUPPLIER_EMAIL, "email", offsetof(struct supplier, email), RECORD_NAME_MAX},
    {SUPPLIER_TAX_CODE, "tax_code", offsetof(struct supplier, tax_code), RECORD_NAME_MAX},
    {SUPPLIER_ADDRESS, "address", offsetof(struct supplier, address), RECORD_TEXT_MAX},
    {SUPPLIER_TERMS, "terms", offsetof(struct supplier, terms), RECORD_TEXT_MAX},
    {SUPPLIER_NOTE, "note", offsetof(struct supplier, note), RECORD_TEXT_MAX},
};
#define TEXTS texts, sizeof texts / sizeof *texts

static const struct code_series series = {
    "NCC", 4, "SELECT 1 FROM suppliers WHERE code = $1",
    "SELECT COALESCE(MAX(code), '') FROM suppliers WHERE code > $1 AND code < $2 AND length(code) = $3"};

#define SQL_COLUMNS "SELECT id, code, name, phone, email, tax_code, address, terms, note FROM suppliers"

static void read_row(struct db_stmt *s, struct supplier *out) {
    *out = (struct supplier){.id = db_col_int(s, 0),
                             .code = db_col_dup(s, 1),
                             .name = db_col_dup(s, 2),
                             .phone = db_col_dup(s, 3),
                             .email = db_col_dup(s, 4),
                             .tax_code = db_col_dup(s, 5),
                             .address = db_col_dup(s, 6),
                             .terms = db_col_dup(s, 7),
                             .note = db_col_dup(s, 8)};
}

void supplier_clear(struct supplier *s) {
    record_clear(TEXTS, s);
    free(s->code);
    *s = (struct supplier){0};
}

enum err_code supplier_get(struct shop *shop, int64_t id, struct supplier *out, struct err *e) {
    struct db_stmt *s = NULL;
    *out = (struct supplier){0};
    enum err_code rc = db_query(shop->db, SQL_COLUMNS " WHERE id = $1", DB_BIND(DB_INT(id)), &s, e);
    if (rc != ERR_OK) {
        return rc;
    }
    enum db_row row = db_next(s, e);
    if (row == DB_ROW) {
        read_row(s, out);
    } else {
        rc = row == DB_FAILED ? record_failed(e) : err_set(e, ERR_NOT_FOUND, _("that supplier is not there any more"));
    }
    db_done(&s);
    return rc;
}

enum err_code supplier_list(struct shop *shop, supplier_row_fn *row_fn, void *ctx, struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(shop->db, SQL_COLUMNS " ORDER BY code", DB_NO_BIND, &s, e);
    enum db_row row = DB_END;
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        struct supplier one;
        read_row(s, &one);
        rc = row_fn(ctx, &one, e);
        supplier_clear(&one);
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

static enum err_code by_code(struct shop *shop, const char *code, int64_t *id, struct err *e) {
    return record_lookup(shop->db, "SELECT id FROM suppliers WHERE code = $1", code, id, NULL, e);
}

/* By code, then by name; id 0 when there is none. */
static enum err_code look_up(struct shop *shop, const char *text, int64_t *id, struct err *e) {
    bool several = false;
    enum err_code rc = by_code(shop, text, id, e);
    if (rc == ERR_OK && *id == 0) {
        char *folded = text_fold(text);
        rc = record_lookup(shop->db, "SELECT id FROM suppliers WHERE folded = $1 LIMIT 2", folded, id, &several, e);
        free(folded);
    }
    if (rc == ERR_OK && several) {
        *id = 0;
        rc = err_set_field(e, ERR_CONFLICT, "supplier", _("several suppliers are called “%s”: use the code"), text);
    }
    return rc;
}

enum err_code supplier_find(struct shop *shop, const char *code_or_name, int64_t *id, struct err *e) {
    char *text = text_nfc(code_or_name);
    enum err_code rc = look_up(shop, text, id, e);
    if (rc == ERR_OK && *id == 0) {
        rc = err_set_field(e, ERR_NOT_FOUND, "supplier", _("there is no supplier “%s”"), text);
    }
    free(text);
    return rc;
}

struct putting {
    const struct supplier *in;
    unsigned fields;
    bool must_be_new;
    enum put_result result;
    int64_t id;
};

/* What was given, in the form that is stored; members stay NULL where nothing was. */
static enum err_code take(const struct putting *p, struct supplier *s, struct err *e) {
    *s = (struct supplier){.code = text_nfc(p->in->code == NULL ? "" : p->in->code), .import_id = p->in->import_id};
    enum err_code rc = s->code[0] == '\0' ? ERR_OK : code_check(s->code, "code", e);
    if (rc == ERR_OK) {
        rc = record_take(TEXTS, p->in, p->fields, s, e);
    }
    if (rc == ERR_OK && s->phone != NULL) {
        char normal[PHONE_SIZE];
        enum phone_kind kind = phone_normalise(s->phone, normal);
        if (kind == PHONE_MOBILE || kind == PHONE_LANDLINE) {
            free(s->phone);
            s->phone = mem_strdup(normal);
        }
    }
    return rc == ERR_OK && s->email != NULL ? record_check_email(s->email, e) : rc;
}

static enum err_code write_search(struct shop *shop, const struct supplier *s, const char *folded, struct err *e) {
    char *code = text_fold(s->code);
    const char *numbers[] = {code, s->phone, s->tax_code, NULL};
    struct search_entry entry = {folded, numbers};
    enum err_code rc = db_search_put(shop->db, SEARCH_SUPPLIER, s->id, &entry, e);
    free(code);
    return rc;
}

static enum err_code write(struct shop *shop, struct supplier *s, struct err *e) {
    char *folded = text_fold(s->name);
    char *key = text_sort_key(s->name, false);
    enum err_code rc;
    if (s->id == 0) {
        rc =
            db_run(shop->db,
                   "INSERT INTO suppliers (code, name, folded, sort_key, phone, email, tax_code, address, terms, note, "
                   "import_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
                   DB_BIND(DB_TEXT(s->code), DB_TEXT(s->name), DB_TEXT(folded), DB_TEXT(key), DB_TEXT(s->phone),
                           DB_TEXT(s->email), DB_TEXT(s->tax_code), DB_TEXT(s->address), DB_TEXT(s->terms),
                           DB_TEXT(s->note), DB_ID(s->import_id)),
                   e);
        s->id = rc == ERR_OK ? db_last_id(shop->db) : 0;
    } else {
        rc = db_run(
            shop->db,
            "UPDATE suppliers SET name = $2, folded = $3, sort_key = $4, phone = $5, email = $6, tax_code = $7, "
            "address = $8, terms = $9, note = $10 WHERE id = $1",
            DB_BIND(DB_INT(s->id), DB_TEXT(s->name), DB_TEXT(folded), DB_TEXT(key), DB_TEXT(s->phone),
                    DB_TEXT(s->email), DB_TEXT(s->tax_code), DB_TEXT(s->address), DB_TEXT(s->terms), DB_TEXT(s->note)),
            e);
    }
    if (rc == ERR_OK) {
        rc = write_search(shop, s, folded, e);
    }
    free(folded);
    free(key);
    return rc;
}

static enum err_code write_audit(struct shop *shop, const struct supplier *old, const struct supplier *s,
                                 struct err *e) {
    if (shop->audit_muted) {
        return ERR_OK;
    }
    struct buf before = BUF_INIT;
    struct buf after = BUF_INIT;
    char *entity = mem_printf("supplier %s", s->code);
    bool is_new = old->id == 0;
    record_json(TEXTS, s, is_new ? NULL : old, &after);
    record_json(TEXTS, old, is_new ? NULL : s, &before);
    enum err_code rc = audit_add(shop, is_new ? "supplier.add" : "supplier.edit", entity,
                                 is_new ? "" : record_json_end(&before), record_json_end(&after), e);
    free(entity);
    buf_clear(&before);
    buf_clear(&after);
    return rc;
}

/* The record as it will be: its code, and what is there already where nothing was given. */
static enum err_code complete(struct shop *shop, const struct putting *p, struct supplier *old, struct supplier *s,
                              struct err *e) {
    enum err_code rc = ERR_OK;
    if (s->code[0] != '\0') {
        rc = by_code(shop, s->code, &s->id, e);
    } else {
        char code[CODE_MAX + 1];
        rc = code_next(shop->db, &series, code, e);
        free(s->code);
        s->code = mem_strdup(rc == ERR_OK ? code : "");
    }
    if (rc == ERR_OK && s->id != 0) {
        rc = p->must_be_new ? err_set_field(e, ERR_CONFLICT, "code", _("there is a supplier %s already"), s->code)
                            : supplier_get(shop, s->id, old, e);
    }
    if (rc == ERR_OK) {
        record_keep(TEXTS, s->id == 0 ? NULL : old, s);
    }
    if (rc == ERR_OK && s->name[0] == '\0') {
        rc = err_set_field(e, ERR_INVALID, "name", _("a supplier needs a name"));
    }
    return rc;
}

static enum err_code put(struct shop *shop, void *ctx, struct err *e) {
    struct putting *p = ctx;
    struct supplier old = {0};
    struct supplier s;
    enum err_code rc = take(p, &s, e);
    if (rc == ERR_OK) {
        rc = complete(shop, p, &old, &s, e);
    }
    if (rc == ERR_OK && s.id != 0 && record_same(TEXTS, &old, &s)) {
        p->result = PUT_UNCHANGED;
    } else if (rc == ERR_OK) {
        p->result = s.id == 0 ? PUT_CREATED : PUT_UPDATED;
        rc = write(shop, &s, e);
        if (rc == ERR_OK) {
            rc = write_audit(shop, &old, &s, e);
        }
    }
    p->id = s.id;
    supplier_clear(&s);
    supplier_clear(&old);
    return rc;
}

enum err_code supplier_put(struct shop *shop, const struct supplier *s, unsigned fields, enum put_result *result,
                           struct err *e) {
    struct putting p = {.in = s, .fields = fields};
    enum err_code rc = shop_transact_for(shop, PERMIT_STOCK, put, &p, e);
    if (rc == ERR_OK && result != NULL) {
        *result = p.result;
    }
    return rc;
}

enum err_code supplier_add(struct shop *shop, const struct supplier *s, unsigned fields, int64_t *id, struct err *e) {
    struct putting p = {.in = s, .fields = fields, .must_be_new = true};
    enum err_code rc = shop_transact_for(shop, PERMIT_STOCK, put, &p, e);
    if (rc == ERR_OK && id != NULL) {
        *id = p.id;
    }
    return rc;
}

enum err_code supplier_make(struct shop *shop, const char *code_or_name, int64_t *id, bool *made, struct err *e) {
    char *text = text_nfc(code_or_name == NULL ? "" : code_or_name);
    enum err_code rc = ERR_OK;
    *id = 0;
    if (made != NULL) {
        *made = false;
    }
    if (text[0] != '\0') {
        rc = look_up(shop, text, id, e);
    }
    if (rc == ERR_OK && *id == 0 && text[0] != '\0') {
        struct supplier s = {.code = code_is_valid(text) ? text : NULL, .name = text};
        rc = supplier_add(shop, &s, SUPPLIER_NAME, id, e);
        if (made != NULL) {
            *made = rc == ERR_OK;
        }
    }
    free(text);
    return rc;
}
