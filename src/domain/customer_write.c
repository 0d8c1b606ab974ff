#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "domain/customer_internal.h"
#include "domain/sales_book.h"
#include "domain/shop_internal.h"

static const char insert[] =
    "INSERT INTO customers (id, code, name, folded, sort_key, email, birth_date, gender, province, address, "
    "segment, source_id, readiness, tags, referrer, consent, note, owner_id, created_on, import_id) VALUES "
    "($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)";

static enum err_code insert_row(struct shop *shop, struct customer *c, const char *folded, const char *key,
                                const struct customer_refs *r, struct err *e) {
    const struct db_value *values =
        DB_BIND(DB_NULL, DB_TEXT(c->code), DB_TEXT(c->name), DB_TEXT(folded), DB_TEXT(key), DB_TEXT(c->email),
                DB_TEXT(c->birth_date), DB_TEXT(c->gender), DB_TEXT(c->province), DB_TEXT(c->address),
                DB_TEXT(c->segment), DB_ID(r->source_id), DB_TEXT(c->readiness), DB_TEXT(c->tags), DB_TEXT(c->referrer),
                DB_INT(c->consent), DB_TEXT(c->note), DB_ID(r->owner_id), DB_TEXT(c->created_on), DB_ID(c->import_id));
    if (shop->customer_load.on) {
        return db_add_id(shop->db, "customers", insert, values, &c->id, e);
    }
    enum err_code rc = db_run(shop->db, insert, values, e);
    c->id = rc == ERR_OK ? db_last_id(shop->db) : 0;
    return rc;
}

enum err_code customer_next_id(struct shop *shop, int64_t *id, struct err *e) {
    return db_next_id(shop->db, "customers", insert, id, e);
}

static enum err_code update_row(struct shop *shop, const struct customer *c, const char *folded, const char *key,
                                const struct customer_refs *r, struct err *e) {
    return db_run(
        shop->db,
        "UPDATE customers SET name = $2, folded = $3, sort_key = $4, email = $5, birth_date = $6, gender = $7, "
        "province = $8, address = $9, segment = $10, source_id = $11, readiness = $12, tags = $13, "
        "referrer = $14, consent = $15, note = $16, owner_id = $17 WHERE id = $1",
        DB_BIND(DB_INT(c->id), DB_TEXT(c->name), DB_TEXT(folded), DB_TEXT(key), DB_TEXT(c->email),
                DB_TEXT(c->birth_date), DB_TEXT(c->gender), DB_TEXT(c->province), DB_TEXT(c->address),
                DB_TEXT(c->segment), DB_ID(r->source_id), DB_TEXT(c->readiness), DB_TEXT(c->tags), DB_TEXT(c->referrer),
                DB_INT(c->consent), DB_TEXT(c->note), DB_ID(r->owner_id)),
        e);
}

enum err_code customer_write_phones(struct shop *shop, int64_t id, const char *phones, struct err *e) {
    char phone[64];
    enum err_code rc = ERR_OK;
    for (int position = 1; rc == ERR_OK && customer_next_phone(&phones, phone); position++) {
        rc = (shop->customer_load.on ? db_add : db_run)(
            shop->db, "INSERT INTO customer_phones (phone, customer_id, position) VALUES ($1, $2, $3)",
            DB_BIND(DB_TEXT(phone), DB_INT(id), DB_INT(position)), e);
    }
    return rc;
}

static enum err_code write_search(struct shop *shop, const struct customer *c, bool is_new, struct err *e) {
    enum { PHONES_MAX = 100 };
    char phones[PHONES_MAX][64];
    const char *numbers[PHONES_MAX + 2] = {NULL};
    const char *list = c->phones;
    char *code = text_fold(c->code);
    char *folded = text_fold(c->name);
    numbers[0] = code;
    for (int i = 0; i < PHONES_MAX && customer_next_phone(&list, phones[i]); i++) {
        numbers[i + 1] = phones[i];
    }
    struct search_entry entry = {folded, numbers};
    enum err_code rc = (is_new ? db_search_add : db_search_put)(shop->db, SEARCH_CUSTOMER, c->id, &entry, e);
    free(code);
    free(folded);
    return rc;
}

enum err_code customer_write_search(struct shop *shop, const struct customer *c, struct err *e) {
    return write_search(shop, c, false, e);
}

enum err_code customer_write(struct shop *shop, struct customer *c, const struct customer_refs *refs,
                             const struct customer *old, struct err *e) {
    bool is_new = c->id == 0;
    char *folded = text_fold(c->name);
    char *key = text_sort_key(c->name, true);
    enum err_code rc = is_new ? insert_row(shop, c, folded, key, refs, e) : update_row(shop, c, folded, key, refs, e);
    if (rc == ERR_OK && is_new) {
        sales_book_new_customer(shop->sales, c->id);
    }
    bool phones_differ = is_new || strcmp(old->phones, c->phones) != 0;
    if (rc == ERR_OK && phones_differ && !is_new) {
        rc = db_run(shop->db, "DELETE FROM customer_phones WHERE customer_id = $1", DB_BIND(DB_INT(c->id)), e);
    }
    if (rc == ERR_OK && phones_differ) {
        rc = customer_write_phones(shop, c->id, c->phones, e);
    }
    if (rc == ERR_OK && (phones_differ || strcmp(old->name, c->name) != 0)) {
        rc = write_search(shop, c, is_new, e);
    }
    free(folded);
    free(key);
    return rc;
}
