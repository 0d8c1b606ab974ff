/* Taking back the deals that an import made, with the stages that only they were in. */
#include "base/i18n.h"
#include "domain/deal_internal.h"
#include "domain/import_undo.h"
#include "domain/shop_internal.h"

#define MADE "(SELECT id FROM deals WHERE import_id = $1)"

/* Totals and search forget them one by one. */
static enum err_code forget(struct shop *shop, int64_t import_id, struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc =
        db_query(shop->db, "SELECT id FROM deals WHERE import_id = $1", DB_BIND(DB_INT(import_id)), &s, e);
    enum db_row got = DB_END;
    while (rc == ERR_OK && (got = db_next(s, e)) == DB_ROW) {
        rc = deal_uncount(shop, db_col_int(s, 0), e);
        rc = rc == ERR_OK ? db_search_remove(shop->db, SEARCH_DEAL, db_col_int(s, 0), e) : rc;
    }
    db_done(&s);
    return got == DB_FAILED ? record_failed(e) : rc;
}

static enum err_code run_all(struct shop *shop, const char *const *sql, size_t count, int64_t import_id,
                             struct err *e) {
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < count && rc == ERR_OK; i++) {
        rc = db_run(shop->db, sql[i], DB_BIND(DB_INT(import_id)), e);
    }
    return rc;
}

enum err_code import_undo_deals(struct shop *shop, int64_t import_id, int64_t *removed, struct err *e) {
    static const char *const parts[] = {
        "DELETE FROM deal_products WHERE deal_id IN " MADE,
        "DELETE FROM deal_assignments WHERE deal_id IN " MADE,
        "DELETE FROM deal_stages WHERE deal_id IN " MADE,
    };
    enum err_code rc = forget(shop, import_id, e);
    rc = rc == ERR_OK ? run_all(shop, parts, sizeof parts / sizeof *parts, import_id, e) : rc;
    if (rc == ERR_OK) {
        rc = db_run(shop->db, "DELETE FROM deals WHERE import_id = $1", DB_BIND(DB_INT(import_id)), e);
        *removed += rc == ERR_OK ? db_changes(shop->db) : 0;
    }
    return rc == ERR_CONFLICT
               ? err_set(e, ERR_REFUSED, _("import %lld cannot be taken back: deals that it made are in use"),
                         (long long)import_id)
               : rc;
}

enum err_code import_undo_stages(struct shop *shop, int64_t import_id, struct err *e) {
#define UNUSED                                                                                                         \
    "import_id = $1 AND NOT EXISTS (SELECT 1 FROM deals d WHERE d.stage_id = stages.id)"                               \
    " AND NOT EXISTS (SELECT 1 FROM deal_stages h WHERE h.to_id = stages.id OR h.from_id = stages.id)"
    static const char *const parts[] = {
        "DELETE FROM deal_totals WHERE stage_id IN (SELECT id FROM stages WHERE " UNUSED ")",
        "DELETE FROM stages WHERE " UNUSED,
    };
    return run_all(shop, parts, sizeof parts / sizeof *parts, import_id, e);
}
