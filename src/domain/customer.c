#include "chotdon/customer.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/phone.h"
#include "base/text.h"
#include "domain/customer_internal.h"
#include "domain/search.h"
#include "domain/shop_internal.h"

void customer_read(struct db_stmt *s, struct customer *out) {
    *out = (struct customer){.id = db_col_int(s, 0),
                             .code = db_col_dup(s, 1),
                             .name = db_col_dup(s, 2),
                             .email = db_col_dup(s, 3),
                             .birth_date = db_col_dup(s, 4),
                             .gender = db_col_dup(s, 5),
                             .province = db_col_dup(s, 6),
                             .address = db_col_dup(s, 7),
                             .segment = db_col_dup(s, 8),
                             .source = db_col_dup(s, 9),
                             .referrer = db_col_dup(s, 10),
                             .owner = db_col_dup(s, 11),
                             .note = db_col_dup(s, 12),
                             .readiness = db_col_dup(s, 13),
                             .tags = db_col_dup(s, 14),
                             .consent = db_col_int(s, 15) != 0,
                             .created_on = db_col_dup(s, 16)};
}

enum err_code customer_read_phones(struct db *db, int64_t id, char **phones, struct err *e) {
    struct db_stmt *s = NULL;
    struct buf b = BUF_INIT;
    *phones = NULL;
    enum err_code rc = db_query(db, "SELECT phone FROM customer_phones WHERE customer_id = $1 ORDER BY position",
                                DB_BIND(DB_INT(id)), &s, e);
    if (rc != ERR_OK) {
        return rc;
    }
    enum db_row row;
    while ((row = db_next(s, e)) == DB_ROW) {
        buf_addf(&b, "%s%s", b.len == 0 ? "" : ";", db_col_text(s, 0));
    }
    db_done(&s);
    *phones = buf_take(&b);
    return row == DB_FAILED ? record_failed(e) : ERR_OK;
}

enum err_code customer_get(struct shop *shop, int64_t id, struct customer *out, struct err *e) {
    struct db_stmt *s = NULL;
    *out = (struct customer){0};
    enum err_code rc =
        db_query(shop->db, "SELECT " CUSTOMER_COLUMNS " FROM customers c" CUSTOMER_JOINS " WHERE c.id = $1",
                 DB_BIND(DB_INT(id)), &s, e);
    if (rc != ERR_OK) {
        return rc;
    }
    enum db_row row = db_next(s, e);
    if (row == DB_ROW) {
        customer_read(s, out);
    } else {
        rc = row == DB_FAILED ? record_failed(e) : err_set(e, ERR_NOT_FOUND, _("that customer is not there any more"));
    }
    db_done(&s);
    return rc == ERR_OK ? customer_read_phones(shop->db, id, &out->phones, e) : rc;
}

void customer_clear(struct customer *c) {
    record_clear(CUSTOMER_TEXTS, c);
    free(c->code);
    free(c->created_on);
    *c = (struct customer){0};
}

enum err_code customer_survivor(struct db *db, int64_t *id, struct err *e) {
    int64_t next = *id;
    enum err_code rc = ERR_OK;
    while (rc == ERR_OK && next != 0) {
        *id = next;
        rc = db_get_int(db, "SELECT COALESCE(merged_into, 0) FROM customers WHERE id = $1", DB_BIND(DB_INT(*id)), &next,
                        e);
    }
    return rc;
}

static enum err_code lookup_phone(struct shop *shop, const char *typed, int64_t *id, struct err *e) {
    char phone[PHONE_SIZE];
    enum phone_kind kind = phone_normalise(typed, phone);
    *id = 0;
    if (kind == PHONE_NONE || kind == PHONE_MASKED) {
        return ERR_OK;
    }
    return record_lookup(shop->db, "SELECT customer_id FROM customer_phones WHERE phone = $1", phone, id, NULL, e);
}

static enum err_code lookup_name(struct shop *shop, const char *name, int64_t *id, struct err *e) {
    bool several = false;
    char *folded = text_fold(name);
    enum err_code rc = record_lookup(
        shop->db, "SELECT id FROM customers WHERE folded = $1 AND merged_into IS NULL AND erased_on = '' LIMIT 2",
        folded, id, &several, e);
    free(folded);
    if (rc == ERR_OK && several) {
        *id = 0;
        rc = err_set_field(e, ERR_CONFLICT, "customer", _("several customers are called “%s”: use the code or phone"),
                           name);
    }
    return rc;
}

enum err_code customer_find(struct shop *shop, const char *text, int64_t *id, struct err *e) {
    char *nfc = text_nfc(text);
    enum err_code rc = record_lookup(shop->db, "SELECT id FROM customers WHERE code = $1", nfc, id, NULL, e);
    if (rc == ERR_OK && *id == 0) {
        rc = lookup_phone(shop, nfc, id, e);
    }
    if (rc == ERR_OK && *id == 0) {
        rc = lookup_name(shop, nfc, id, e);
    }
    if (rc == ERR_OK && *id == 0) {
        rc = err_set_field(e, ERR_NOT_FOUND, "customer", _("there is no customer “%s”"), nfc);
    }
    free(nfc);
    return rc == ERR_OK ? customer_survivor(shop->db, id, e) : rc;
}

enum err_code customer_find_phone(struct shop *shop, const char *phone, int64_t *id, struct err *e) {
    enum err_code rc = lookup_phone(shop, phone, id, e);
    if (rc == ERR_OK && *id == 0) {
        rc = err_set_field(e, ERR_NOT_FOUND, "phone", _("nobody has the phone %s"), phone);
    }
    return rc;
}

enum err_code customer_find_bare(struct shop *shop, const char *name, char **code, struct err *e) {
    char *folded = text_fold(name);
    enum err_code rc = record_lookup_text(
        shop->db,
        "SELECT c.code FROM customers c WHERE c.folded = $1 AND c.merged_into IS NULL AND c.erased_on = '' AND NOT "
        "EXISTS (SELECT 1 FROM customer_phones p WHERE p.customer_id = c.id) ORDER BY c.id LIMIT 1",
        DB_BIND(DB_TEXT(folded)), code, e);
    free(folded);
    return rc;
}

#define SQL_NAME "SELECT name, code FROM customers WHERE id = $1"

/* +84 912… is stored as 0912…; `phone` is room for it. */
static const char *sought(const char *text, char phone[PHONE_SIZE]) {
    bool is_phone = text != NULL && phone_looks_like(text) && phone_normalise(text, phone) != PHONE_NONE;
    return is_phone ? phone : text;
}

enum err_code customer_search(struct shop *shop, const char *text, int64_t *ids, int limit, int *count, struct err *e) {
    char phone[PHONE_SIZE];
    return search_find(shop, SEARCH_CUSTOMER, SQL_NAME, sought(text, phone), ids, limit, count, e);
}

enum err_code customer_candidates(struct shop *shop, const char *text, int64_t *ids, int *count, struct err *e) {
    char phone[PHONE_SIZE];
    return search_candidates(shop, SEARCH_CUSTOMER, SQL_NAME, sought(text, phone), ids, count, e);
}

char *customer_entity(int64_t id) {
    return mem_printf("customer #%lld", (long long)id);
}
