/* The audit chain in itself, that every record has a row in it, and what its anchors outside the file say. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/audit.h"
#include "domain/check_run.h"
#include "domain/record.h"

static enum err_code check_chain(struct check_run *run, struct err *e) {
    int64_t rows = 0, bad = 0;
    char *why = NULL;
    enum err_code rc = audit_verify(run->shop, &rows, &bad, &why, e);
    if (rc == ERR_OK && bad != 0) {
        check_found(run,
                    _("the audit log does not fit at row %lld: %s (somebody changed the file past the program: look at "
                      "it beside a backup, and restore that)"),
                    (long long)bad, why == NULL ? "" : why);
    }
    free(why);
    check_end(run);
    return rc;
}

char *check_anchors_warning(struct shop *shop) {
    struct audit_anchors anchors = {0};
    char *warning = NULL;
    if (audit_compare(shop, &anchors, NULL) == ERR_OK && anchors.why != NULL) {
        warning = mem_printf(_("the audit log is not the one that was anchored outside the file: %s (restore a later "
                               "backup, or take the file as it is: chotdon check --accept)"),
                             anchors.why);
    }
    audit_anchors_clear(&anchors);
    return warning;
}

/* Records that carry their id or an unchanging code in the log. What an import made has the import's row. */
static const struct {
    const char *table;
    const char *noun; /* for gettext */
    const char *sql;  /* the names of those newer than id $1 without a row */
} records[] = {
#define WITHOUT(name, table, entity)                                                                                   \
    "SELECT " name " FROM " table " t WHERE t.id > $1 AND NOT EXISTS (SELECT 1 FROM audit a WHERE a.entity = " entity  \
    ")"
#define ID        "CAST(t.id AS TEXT)"
#define MADE_HERE " AND t.import_id IS NULL"
    {"orders", N_("order"),
     WITHOUT("t.order_no", "orders", "'order ' || t.order_no") MADE_HERE " AND t.status <> 'draft'"},
    {"deals", N_("deal"), WITHOUT("t.deal_no", "deals", "'deal ' || t.deal_no") MADE_HERE},
    {"customers", N_("customer"), WITHOUT("t.code", "customers", "'customer #' || " ID) MADE_HERE},
    {"products", N_("product"), WITHOUT("t.sku", "products", "'product ' || t.sku") MADE_HERE},
    {"staff", N_("staff"), WITHOUT("t.code", "staff", "'staff ' || t.code") MADE_HERE},
    {"cash_shifts", N_("cash shift"), WITHOUT(ID, "cash_shifts", "'cash ' || " ID)},
    {"cash_moves", N_("cash in or out"), WITHOUT(ID, "cash_moves", "'cash move ' || " ID)},
    {"imports", N_("import"), WITHOUT(ID, "imports", "'import ' || " ID)},
};
enum { RECORDS = sizeof records / sizeof *records };

enum err_code check_note_known(struct db *db, struct buf *json, struct err *e) {
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < RECORDS && rc == ERR_OK; i++) {
        int64_t last = 0;
        char *sql = mem_printf("SELECT COALESCE(MAX(id), 0) FROM %s", records[i].table);
        rc = db_get_int(db, sql, DB_NO_BIND, &last, e);
        record_json_int(json, records[i].table, last);
        free(sql);
    }
    return rc;
}

static void read_known(const char *after, int64_t known[RECORDS]) {
    for (size_t i = 0; i < RECORDS; i++) {
        char *member = mem_printf("\"%s\":", records[i].table);
        const char *at = strstr(after, member);
        int64_t last = at == NULL ? 0 : strtoll(at + strlen(member), NULL, 10);
        known[i] = last > known[i] ? last : known[i];
        free(member);
    }
}

static enum err_code find_known(struct check_run *run, int64_t known[RECORDS], struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(run->db,
                                "SELECT d.after FROM audit a JOIN audit_details d ON d.audit_id = a.id"
                                " WHERE a.entity = 'shop' AND a.action IN ('check.accept', 'sample.fill')",
                                DB_NO_BIND, &s, e);
    enum db_row row = DB_END;
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        read_known(db_col_text(s, 0), known);
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

static enum err_code check_records(struct check_run *run, size_t i, int64_t known, struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(run->db, records[i].sql, DB_BIND(DB_INT(known)), &s, e);
    enum db_row row = DB_END;
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        check_found(run,
                    _("%s %s: the audit log does not know of it (another program made it, or its row is gone: look at "
                      "it beside a backup and restore that, or take the file as it is: chotdon check --accept)"),
                    _(records[i].noun), db_col_text(s, 0));
    }
    db_done(&s);
    check_end(run);
    return row == DB_FAILED ? record_failed(e) : rc;
}

enum err_code check_audit(struct check_run *run, struct err *e) {
    int64_t known[RECORDS] = {0};
    enum err_code rc = check_chain(run, e);
    rc = rc == ERR_OK ? find_known(run, known, e) : rc;
    for (size_t i = 0; i < RECORDS && rc == ERR_OK; i++) {
        rc = check_records(run, i, known[i], e);
    }
    return rc;
}
