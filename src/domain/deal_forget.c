/* Deals of a customer who is erased, and leads with their phone, email or name: what was planned and sold stays in the
 * figures, the person goes. */
#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "domain/audit_chain.h"
#include "domain/deal_facts.h"
#include "domain/deal_internal.h"
#include "domain/shop_internal.h"

static enum err_code read_ids(struct shop *shop, int64_t customer_id, int64_t **ids, size_t *count, struct err *e) {
    size_t capacity = 0;
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(shop->db,
                                "SELECT d.id FROM deals d JOIN customers c ON c.id = $1 WHERE d.customer_id = $1"
                                " OR (d.customer_id IS NULL AND ((d.email <> '' AND d.email = c.email)"
                                " OR d.phone IN (SELECT p.phone FROM customer_phones p WHERE p.customer_id = $1)"
                                " OR (c.name IN (d.contact, d.title)"
                                " AND NOT EXISTS (SELECT 1 FROM customers o WHERE o.name = c.name AND o.id <> c.id))))",
                                DB_BIND(DB_INT(customer_id)), &s, e);
    enum db_row got = DB_END;
    while (rc == ERR_OK && (got = db_next(s, e)) == DB_ROW) {
        *ids = mem_grow(*ids, *count, &capacity, sizeof **ids);
        (*ids)[(*count)++] = db_col_int(s, 0);
    }
    db_done(&s);
    return got == DB_FAILED ? record_failed(e) : rc;
}

/* The title may have been their name: a product's name says what it was about. */
static enum err_code empty_row(struct shop *shop, int64_t id, struct err *e) {
    static const char *const statements[] = {
        "DELETE FROM interactions WHERE deal_id = $1",
        "DELETE FROM import_changes WHERE entity = 'deals' AND entity_id = $1",
        "UPDATE deal_merges SET moved = '' WHERE kept_id = $1 OR merged_id = $1",
        "UPDATE deals SET title = COALESCE((SELECT p.name FROM deal_products x JOIN products p ON p.id = x.product_id"
        " WHERE x.deal_id = deals.id ORDER BY x.position LIMIT 1), deal_no), contact = '', phone = '', email = '',"
        " need = '', budget = '', timing = '', decision_maker = '', tags = '', note = '', next_text = '',"
        " version = version + 1 WHERE id = $1",
    };
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < sizeof statements / sizeof *statements && rc == ERR_OK; i++) {
        rc = db_run(shop->db, statements[i], DB_BIND(DB_INT(id)), e);
    }
    return rc;
}

static enum err_code forget_words(struct shop *shop, int64_t id, struct ids *emptied, struct err *e) {
    char *deal_no = NULL, *title = NULL;
    bool hidden = false;
    enum err_code rc =
        db_get_text(shop->db, "SELECT deal_no FROM deals WHERE id = $1", DB_BIND(DB_INT(id)), &deal_no, e);
    rc = rc == ERR_OK ? db_get_text(shop->db, "SELECT title FROM deals WHERE id = $1", DB_BIND(DB_INT(id)), &title, e)
                      : rc;
    rc = rc == ERR_OK ? db_exists(shop->db, "SELECT 1 FROM deals WHERE id = $1 AND merged_into IS NOT NULL",
                                  DB_BIND(DB_INT(id)), &hidden, e)
                      : rc;
    if (rc == ERR_OK && !hidden) {
        char *folded = text_fold(title);
        const struct search_entry entry = {folded, NULL};
        rc = db_search_put(shop->db, SEARCH_DEAL, id, &entry, e);
        free(folded);
    }
    if (rc == ERR_OK) {
        char *entity = deal_entity(deal_no);
        rc = audit_forget(shop, entity, emptied, e);
        free(entity);
    }
    free(deal_no);
    free(title);
    return rc;
}

enum err_code deal_forget_customer(struct shop *shop, int64_t customer_id, struct ids *emptied, struct err *e) {
    int64_t *ids = NULL;
    size_t count = 0;
    enum err_code rc = read_ids(shop, customer_id, &ids, &count, e);
    for (size_t i = 0; i < count && rc == ERR_OK; i++) {
        rc = deal_facts_take(shop, ids[i], e);
        rc = rc == ERR_OK ? empty_row(shop, ids[i], e) : rc;
        rc = rc == ERR_OK ? deal_facts_give(shop, ids[i], e) : rc;
        rc = rc == ERR_OK ? forget_words(shop, ids[i], emptied, e) : rc;
    }
    free(ids);
    return rc;
}
