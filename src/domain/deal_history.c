/* The story of a deal: changes of stage, what was said, orders; and taking its last change of stage back. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/order.h"
#include "domain/deal_internal.h"
#include "domain/order_store.h"
#include "domain/shop_internal.h"

enum err_code deal_stages(struct shop *shop, int64_t id, deal_stage_fn *fn, void *ctx, struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(shop->db,
                                "SELECT COALESCE(f.name, ''), t.name, x.at, COALESCE(w.code, '') FROM deal_stages x "
                                "JOIN stages t ON t.id = x.to_id LEFT JOIN stages f ON f.id = x.from_id LEFT JOIN "
                                "staff w ON w.id = x.staff_id WHERE x.deal_id = $1 ORDER BY x.id",
                                DB_BIND(DB_INT(id)), &s, e);
    enum db_row row = DB_END;
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        rc = fn(ctx, db_col_text(s, 0), db_col_text(s, 1), db_col_text(s, 2), db_col_text(s, 3), e);
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

enum err_code deal_activities(struct shop *shop, int64_t id, deal_event_fn *fn, void *ctx, struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(shop->db,
                                "SELECT i.at, i.kind, i.text, COALESCE(w.code, '') FROM interactions i LEFT JOIN staff "
                                "w ON w.id = i.staff_id WHERE i.deal_id = $1 ORDER BY i.at, i.id",
                                DB_BIND(DB_INT(id)), &s, e);
    enum db_row row = DB_END;
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        rc = fn(ctx, db_col_text(s, 0), db_col_text(s, 1), db_col_text(s, 2), db_col_text(s, 3), e);
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

/* at, kind, one, two, amount, staff: of a stage from and to, with the reason; of an order number and status. */
#define SQL_TIMELINE                                                                                                   \
    "SELECT at, kind, one, two, more, amount, staff, id FROM ("                                                        \
    "SELECT d.next_on AS at, 'plan' AS kind, d.next_text AS one, '' AS two, '' AS more, 0 AS amount, "                 \
    "COALESCE(w.name, '') AS staff, 4 AS rank, d.id AS id FROM deals d LEFT JOIN staff w ON w.id = d.staff_id "        \
    "WHERE d.id = $1 AND d.next_on <> '' "                                                                             \
    "UNION ALL SELECT i.at, i.kind, i.text, '', '', 0, COALESCE(w.name, ''), 3, i.id FROM interactions i "             \
    "LEFT JOIN staff w ON w.id = i.staff_id WHERE i.deal_id = $1 "                                                     \
    "UNION ALL SELECT x.at, 'stage', COALESCE(f.name, ''), t.name, COALESCE(r.name, ''), COALESCE(x.value, 0), "       \
    "COALESCE(w.name, ''), 1, x.id FROM deal_stages x JOIN stages t ON t.id = x.to_id LEFT JOIN stages f ON "          \
    "f.id = x.from_id LEFT JOIN lost_reasons r ON r.id = x.reason_id LEFT JOIN staff w ON w.id = x.staff_id "          \
    "WHERE x.deal_id = $1 "                                                                                            \
    "UNION ALL SELECT CASE WHEN o.order_time = '' THEN o.order_date ELSE o.order_date || ' ' || o.order_time END, "    \
    "'order', COALESCE(o.order_no, ''), o.status, '', o.total, COALESCE(w.name, ''), 2, o.id FROM orders o "           \
    "LEFT JOIN staff w ON w.id = o.staff_id WHERE o.deal_id = $1) events ORDER BY at DESC, rank DESC, id DESC "        \
    "LIMIT $2"

static char *describe(struct shop *shop, struct db_stmt *s) {
    const char *kind = db_col_text(s, 1);
    const char *one = db_col_text(s, 2);
    const char *two = db_col_text(s, 3);
    char amount[MONEY_TEXT_MAX];
    enum order_status status;
    money_format(db_col_int(s, 5), shop_currency(shop), true, amount);
    if (strcmp(kind, "stage") == 0) {
        const char *reason = db_col_text(s, 4);
        bool valued = db_col_int(s, 5) != 0;
        return mem_printf("%s%s%s%s%s%s%s", one, one[0] == '\0' ? "" : " → ", two, reason[0] == '\0' ? "" : " · ",
                          reason, valued ? " · " : "", valued ? amount : "");
    }
    if (strcmp(kind, "order") == 0) {
        const char *label = order_status_find(two, &status) ? order_status_label(status) : two;
        char number[ORDER_NO_SIZE];
        order_number_temporary(db_col_int(s, 7), number);
        return mem_printf("%s · %s · %s", one[0] == '\0' ? number : one, amount, label);
    }
    return mem_strdup(one);
}

enum err_code deal_timeline(struct shop *shop, int64_t id, int64_t limit, deal_event_fn *fn, void *ctx, struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc =
        db_query(shop->db, SQL_TIMELINE, DB_BIND(DB_INT(id), DB_INT(limit == 0 ? INT64_MAX : limit)), &s, e);
    enum db_row row = DB_END;
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        char *text = describe(shop, s);
        rc = fn(ctx, db_col_text(s, 0), db_col_text(s, 1), text, db_col_text(s, 6), e);
        free(text);
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

/* The last two rows of a deal's history, newest first. */
struct step {
    int64_t id, from_id, value, reason_id, order_id;
    char *reason;
    char date[DATE_SIZE];
};

static enum err_code read_steps(struct shop *shop, int64_t deal_id, struct step steps[2], struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(shop->db,
                                "SELECT x.id, x.from_id, x.value, x.reason_id, x.order_id, COALESCE(r.name, ''), x.at "
                                "FROM deal_stages x LEFT JOIN lost_reasons r ON r.id = x.reason_id WHERE x.deal_id = "
                                "$1 ORDER BY x.id DESC LIMIT 2",
                                DB_BIND(DB_INT(deal_id)), &s, e);
    enum db_row row = DB_END;
    for (int i = 0; i < 2 && rc == ERR_OK && (row = db_next(s, e)) == DB_ROW; i++) {
        steps[i] = (struct step){db_col_int(s, 0),
                                 db_col_int(s, 1),
                                 db_col_int(s, 2),
                                 db_col_int(s, 3),
                                 db_col_int(s, 4),
                                 db_col_dup(s, 5),
                                 ""};
        strncpy(steps[i].date, db_col_text(s, 6), DATE_SIZE - 1);
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

/* The record as it was before its last step; steps[1] is how it came there. */
static void step_back(struct deal_record *r, const struct stage *to, const struct step steps[2]) {
    bool closed = to->kind != STAGE_OPEN;
    deal_put_stage(r, to);
    deal_text(&r->d.entered_on, mem_strdup(steps[1].date));
    deal_text(&r->d.closed, mem_strdup(closed ? steps[1].date : ""));
    deal_text(&r->d.lost_reason, mem_strdup(closed && steps[1].reason != NULL ? steps[1].reason : ""));
    r->reason_id = closed ? steps[1].reason_id : 0;
    r->d.value = closed ? steps[1].value : 0;
    r->undone = steps[0].id;
}

static enum err_code find_back(struct shop *shop, const struct deal_record *r, const struct step *last,
                               struct stage *to, struct err *e) {
    enum err_code rc = last->from_id == 0 ? ERR_NOT_FOUND : stage_get(shop, last->from_id, to, NULL);
    return rc != ERR_NOT_FOUND
               ? rc
               : err_set(e, ERR_REFUSED, _("deal %s has no move that could be taken back"), r->d.deal_no);
}

static enum err_code unmove(struct shop *shop, void *ctx, struct err *e) {
    const int64_t *id = ctx;
    struct deal_pair p;
    struct stage to = {0};
    struct step steps[2] = {{0}, {0}};
    enum err_code rc = deal_pair_load(shop, *id, &p, e);
    if (rc == ERR_OK) {
        rc = read_steps(shop, *id, steps, e);
    }
    if (rc == ERR_OK) {
        rc = find_back(shop, &p.r, &steps[0], &to, e);
    }
    if (rc == ERR_OK && steps[0].order_id != 0) {
        rc = db_run(shop->db, "UPDATE orders SET deal_id = NULL WHERE id = $1 AND deal_id = $2",
                    DB_BIND(DB_INT(steps[0].order_id), DB_INT(*id)), e);
    }
    if (rc == ERR_OK) {
        step_back(&p.r, &to, steps);
        rc = deal_store(shop, &p.old, &p.r, "deal.unmove", e);
    }
    free(steps[0].reason);
    free(steps[1].reason);
    stage_clear(&to);
    deal_pair_clear(&p);
    return rc;
}

enum err_code deal_unmove(struct shop *shop, int64_t id, struct err *e) {
    return shop_transact(shop, unmove, &id, e);
}
