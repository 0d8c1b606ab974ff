#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "chotdon/permission.h"
#include "domain/audit_chain.h"
#include "domain/code_series.h"
#include "domain/customer_figures.h"
#include "domain/customer_internal.h"
#include "domain/deal_internal.h"
#include "domain/id_list.h"
#include "domain/shop_internal.h"

/* Codes of people who are gone; a code may have been their name. */
static const struct code_series series = {
    "XOA", 6, "SELECT 1 FROM customers WHERE code = $1",
    "SELECT COALESCE(MAX(code), '') FROM customers WHERE code > $1 AND code < $2 AND length(code) = $3"};

bool customer_code_is_ours(const char *code) {
    return strncmp(code, "KH", 2) == 0 && code[2] != '\0' && strspn(code + 2, "0123456789") == strlen(code + 2);
}

static enum err_code refuse_debtor(struct shop *shop, int64_t id, struct err *e) {
    struct customer_figures f;
    char amount[MONEY_TEXT_MAX];
    enum err_code rc = customer_figures(shop, id, &f, e);
    if (rc == ERR_OK && f.due > 0) {
        rc = err_set_field(e, ERR_REFUSED, "customer", _("they still owe %s: take the payment first"),
                           money_format(f.due, shop_currency(shop), true, amount));
    }
    return rc;
}

/* The province stays: reports by province count it, and it is nobody's name. */
static enum err_code empty_row(struct shop *shop, int64_t id, const char *code, struct err *e) {
    char today[DATE_SIZE];
    const char *name = _("(erased)");
    char *folded = text_fold(name);
    shop_today(shop, today);
    enum err_code rc =
        db_run(shop->db,
               "UPDATE customers SET code = $2, name = $3, folded = $4, sort_key = '', email = '', birth_date = '', "
               "gender = '', address = '', segment = '', source_id = NULL, readiness = '', tags = '', referrer = '', "
               "consent = 0, note = '', owner_id = NULL, erased_on = $5 WHERE id = $1",
               DB_BIND(DB_INT(id), DB_TEXT(code), DB_TEXT(name), DB_TEXT(folded), DB_TEXT(today)), e);
    free(folded);
    return rc;
}

static enum err_code empty_rest(struct shop *shop, int64_t id, struct err *e) {
    static const char *const statements[] = {
        "DELETE FROM customer_phones WHERE customer_id = $1",
        "DELETE FROM interactions WHERE customer_id = $1",
        "UPDATE payments SET note = NULL WHERE order_id IN (SELECT id FROM orders WHERE customer_id = $1)",
        "UPDATE orders SET note = '', held_as = '', version = version + 1 WHERE customer_id = $1",
        "DELETE FROM import_changes WHERE entity = 'customers' AND entity_id = $1",
        "UPDATE customer_merges SET moved = '' WHERE kept_id = $1 OR merged_id = $1",
    };
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < sizeof statements / sizeof *statements && rc == ERR_OK; i++) {
        rc = db_run(shop->db, statements[i], DB_BIND(DB_INT(id)), e);
    }
    return rc == ERR_OK ? db_search_remove(shop->db, SEARCH_CUSTOMER, id, e) : rc;
}

static enum err_code erase_one(struct shop *shop, int64_t id, struct ids *emptied, struct err *e) {
    char code[CODE_MAX + 1];
    char *old = NULL;
    char *entity = customer_entity(id);
    enum err_code rc = db_get_text(shop->db, "SELECT code FROM customers WHERE id = $1", DB_BIND(DB_INT(id)), &old, e);
    if (rc == ERR_OK && !customer_code_is_ours(old)) {
        rc = code_next(shop->db, &series, code, e);
        free(old);
        old = mem_strdup(rc == ERR_OK ? code : "");
    }
    if (rc == ERR_OK) {
        rc = deal_forget_customer(shop, id, emptied, e);
    }
    if (rc == ERR_OK) {
        rc = empty_row(shop, id, old, e);
    }
    if (rc == ERR_OK) {
        rc = customer_figures_list(shop->db, id, false, e);
    }
    if (rc == ERR_OK) {
        rc = empty_rest(shop, id, e);
    }
    if (rc == ERR_OK) {
        rc = audit_forget(shop, entity, emptied, e);
    }
    free(old);
    free(entity);
    return rc;
}

enum err_code customer_family(struct shop *shop, int64_t id, struct customer_ids *out, struct err *e) {
    struct db_stmt *s = NULL;
    *out = (struct customer_ids){NULL, 0};
    size_t capacity = 0;
    enum err_code rc = db_query(shop->db,
                                "WITH RECURSIVE them (id) AS (SELECT id FROM customers WHERE id = $1 UNION ALL SELECT "
                                "c.id FROM customers c JOIN them ON c.merged_into = them.id) SELECT id FROM them",
                                DB_BIND(DB_INT(id)), &s, e);
    enum db_row row = DB_END;
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        out->id = mem_grow(out->id, out->count, &capacity, sizeof *out->id);
        out->id[out->count++] = db_col_int(s, 0);
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

/* The first one's row names what was emptied for all of them. */
static enum err_code note_erasures(struct shop *shop, const struct customer_ids *them, struct ids *emptied,
                                   struct err *e) {
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < them->count && rc == ERR_OK; i++) {
        char *entity = customer_entity(them->id[i]);
        rc = audit_erased(shop, "customer.erase", entity, emptied, e);
        free(entity);
    }
    return rc;
}

static enum err_code erase(struct shop *shop, void *ctx, struct err *e) {
    int64_t id = *(int64_t *)ctx;
    struct customer_ids them = {NULL, 0};
    struct customer_traces traces = {0};
    struct ids emptied = {0};
    enum err_code rc = customer_survivor(shop->db, &id, e);
    if (rc == ERR_OK) {
        rc = refuse_debtor(shop, id, e);
    }
    if (rc == ERR_OK) {
        rc = customer_family(shop, id, &them, e);
    }
    for (size_t i = 0; i < them.count && rc == ERR_OK; i++) {
        rc = customer_traces_read(shop, them.id[i], &traces, e);
    }
    for (size_t i = 0; i < them.count && rc == ERR_OK; i++) {
        rc = erase_one(shop, them.id[i], &emptied, e);
    }
    if (rc == ERR_OK) {
        rc = customer_sweep(shop, &traces, &emptied, e);
    }
    if (rc == ERR_OK) {
        rc = note_erasures(shop, &them, &emptied, e);
    }
    ids_clear(&emptied);
    customer_traces_clear(&traces);
    free(them.id);
    return rc;
}

enum err_code customer_erase(struct shop *shop, int64_t id, struct err *e) {
    db_set_erasing(shop->db, true);
    enum err_code rc = shop_transact_for(shop, PERMIT_CUSTOMERS, erase, &id, e);
    if (rc == ERR_OK && !db_in_transaction(shop->db)) {
        struct err why = ERR_INIT;
        rc = db_checkpoint(shop->db, &why);
        if (rc != ERR_OK) {
            err_set(e, rc,
                    _("they are erased, but older copies may still stand in the file (%s): make room, close the other "
                      "programs, and erase them once more"),
                    why.message);
        }
    }
    db_set_erasing(shop->db, false);
    return rc;
}
