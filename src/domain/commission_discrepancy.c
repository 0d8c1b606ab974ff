/* What has come up in locked months since they were locked. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "domain/commission_store.h"
#include "domain/record.h"
#include "domain/shop_internal.h"

struct discrepancies {
    struct shop *shop;
    const char *month;
    struct commission_rights rights;
    commission_discrepancy_fn *row;
    void *ctx;
};

#define SQL_CARRIED                                                                                                    \
    "SELECT l.about, s.code, s.name, l.reason, l.ref, COALESCE(o.order_no, ''), p.code || '@' || v.version, l.base,"   \
    " l.amount, l.month, l.staff_id FROM commission_lines l JOIN staff s ON s.id = l.staff_id"                         \
    " JOIN commission_runs r ON r.month = l.about JOIN plan_versions v ON v.id = r.version_id"                         \
    " JOIN plans p ON p.id = v.plan_id LEFT JOIN orders o ON o.id = l.order_id"                                        \
    " WHERE l.about <> '' AND ($1 IS NULL OR l.about = $1 OR l.month = $1) ORDER BY l.about, s.code, l.month, l.seq"

static enum err_code give_carried(struct discrepancies *d, struct err *e) {
    struct db_stmt *s = NULL;
    enum db_row row = DB_END;
    enum err_code rc = db_query(d->shop->db, SQL_CARRIED, DB_BIND(DB_TEXT(d->month)), &s, e);
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        const struct commission_discrepancy x = {.month = db_col_text(s, 0),
                                                 .rep = db_col_text(s, 1),
                                                 .name = db_col_text(s, 2),
                                                 .kind = db_col_text(s, 3),
                                                 .ref = db_col_text(s, 4),
                                                 .order_no = db_col_text(s, 5),
                                                 .plan = db_col_text(s, 6),
                                                 .base = db_col_int(s, 7),
                                                 .amount = db_col_int(s, 8),
                                                 .carried_in = db_col_text(s, 9)};
        if (d->rights.all || db_col_int(s, 10) == d->rights.self) {
            rc = d->row(d->ctx, &x, e);
        }
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

static enum err_code plan_name(struct shop *shop, const char *month, char **out, struct err *e) {
    return record_lookup_text(shop->db,
                              "SELECT p.code || '@' || v.version FROM commission_runs r JOIN plan_versions v"
                              " ON v.id = r.version_id JOIN plans p ON p.id = v.plan_id WHERE r.month = $1",
                              DB_BIND(DB_TEXT(month)), out, e);
}

static enum err_code give_waiting(struct discrepancies *d, const char *about, struct err *e) {
    struct people people = {0};
    struct adjustments found = {0};
    enum err_code rc = people_load(d->shop, &people, e);
    if (rc == ERR_OK) {
        rc = adjustments_find(d->shop, &people, "", about, &found, e);
    }
    for (size_t i = 0; i < found.count && rc == ERR_OK; i++) {
        const struct adjustment *a = &found.list[i];
        const struct person *p = &people.list[a->person];
        char *plan = NULL;
        rc = plan_name(d->shop, a->about, &plan, e);
        const struct commission_discrepancy x = {.month = a->about,
                                                 .rep = p->code,
                                                 .name = p->name,
                                                 .kind = a->reason,
                                                 .ref = a->ref,
                                                 .order_no = a->order_no,
                                                 .plan = plan == NULL ? "" : plan,
                                                 .base = a->base,
                                                 .amount = a->amount,
                                                 .carried_in = ""};
        if (rc == ERR_OK && (d->rights.all || p->id == d->rights.self)) {
            rc = d->row(d->ctx, &x, e);
        }
        free(plan);
    }
    adjustments_clear(&found);
    people_clear(&people);
    return rc;
}

static enum err_code give_all(struct db *db, void *ctx, struct err *e) {
    struct discrepancies *d = ctx;
    enum commission_status status = COMMISSION_OPEN;
    (void)db;
    enum err_code rc = commission_rights(d->shop, &d->rights, e);
    if (rc == ERR_OK) {
        rc = give_carried(d, e);
    }
    if (rc == ERR_OK && d->month != NULL) {
        rc = commission_status_read(d->shop, d->month, &status, e);
    }
    return rc == ERR_OK ? give_waiting(d, status >= COMMISSION_LOCKED ? d->month : NULL, e) : rc;
}

enum err_code commission_discrepancies(struct shop *shop, const char *month, commission_discrepancy_fn *row, void *ctx,
                                       struct err *e) {
    struct discrepancies d = {.shop = shop, .month = month, .row = row, .ctx = ctx};
    return commission_snapshot(shop, give_all, &d, e);
}
