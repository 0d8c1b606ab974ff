#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "chotdon/audit.h"
#include "chotdon/order.h"
#include "chotdon/order_counts.h"
#include "domain/customer_internal.h"
#include "domain/shop_internal.h"

struct logging {
    int64_t id;
    const char *kind;
    const char *text;
};

static bool is_kind(const char *kind) {
    static const char *const kinds[] = {"call", "message", "email", "visit", "note"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp(kinds[i], kind) == 0) {
            return true;
        }
    }
    return false;
}

static enum err_code write_log(struct shop *shop, void *ctx, struct err *e) {
    struct logging *l = ctx;
    char now[DATETIME_SIZE];
    struct buf after = BUF_INIT;
    char *entity = customer_entity(l->id);
    shop_now(shop, now);
    enum err_code rc =
        db_run(shop->db, "INSERT INTO interactions (customer_id, at, kind, text, staff_id) VALUES ($1, $2, $3, $4, $5)",
               DB_BIND(DB_INT(l->id), DB_TEXT(now), DB_TEXT(l->kind), DB_TEXT(l->text), SHOP_ACTOR(shop)), e);
    record_json_text(&after, "kind", l->kind);
    record_json_text(&after, "text", l->text);
    if (rc == ERR_OK) {
        rc = audit_add(shop, "customer.log", entity, "", record_json_end(&after), e);
    }
    free(entity);
    buf_clear(&after);
    return rc;
}

enum err_code customer_log(struct shop *shop, int64_t id, const char *kind, const char *text, struct err *e) {
    char *clean = text_nfc(text);
    struct logging l = {id, kind, clean};
    enum err_code rc = ERR_OK;
    if (!is_kind(kind)) {
        rc = err_set_field(e, ERR_INVALID, "kind",
                           _("“%s” is no kind of contact: use call, message, email, visit or note"), kind);
    } else if (clean[0] == '\0' || strlen(clean) > RECORD_TEXT_MAX) {
        rc = err_set_field(e, ERR_INVALID, "text", _("say what it was about, in at most %d bytes"), RECORD_TEXT_MAX);
    } else {
        rc = shop_transact(shop, write_log, &l, e);
    }
    free(clean);
    return rc;
}

/* One event of a kind; `which` is the order's number or the text of an interaction, `how` its status or the way of a
 * payment. A payment of the order's own day comes after the order. */
#define SQL_TIMELINE                                                                                                   \
    "SELECT at, kind, which, how, amount, staff FROM ("                                                                \
    "SELECT CASE WHEN o.order_time = '' THEN o.order_date ELSE o.order_date || ' ' || o.order_time END AS at, "        \
    "CASE o.is_return WHEN 1 THEN 'return' ELSE 'order' END AS kind, COALESCE(o.order_no, '') AS which, "              \
    "o.status AS how, o.total AS amount, COALESCE(s.name, '') AS staff, 1 AS rank, o.id AS id "                        \
    "FROM orders o LEFT JOIN staff s ON s.id = o.staff_id WHERE o.customer_id = $1 AND o.status <> 'draft' "           \
    "UNION ALL "                                                                                                       \
    "SELECT CASE WHEN " PAYMENT_DAY("o", "p") " = o.order_date AND o.order_time <> '' THEN o.order_date || ' ' || "    \
                                              "o.order_time ELSE " PAYMENT_DAY(                                        \
                                                  "o",                                                                 \
                                                  "p") " END, 'payment', COALESCE(o.order_no, ''), p.method, "         \
                                                       "p.amount, COALESCE(s.name, ''), 2, p.id "                      \
                                                       "FROM orders o JOIN payments p ON p.order_id = o.id LEFT JOIN " \
                                                       "staff s ON s.id = p.staff_id "                                 \
                                                       "WHERE o.customer_id = $1 "                                     \
                                                       "UNION ALL "                                                    \
                                                       "SELECT i.at, i.kind, i.text, '', 0, COALESCE(s.name, ''), 3, " \
                                                       "i.id FROM interactions i "                                     \
                                                       "LEFT JOIN staff s ON s.id = i.staff_id WHERE i.customer_id = " \
                                                       "$1 "                                                           \
                                                       "UNION ALL "                                                    \
                                                       "SELECT x.at, 'deal', d.title, CASE WHEN f.name IS NULL THEN "  \
                                                       "t.name ELSE f.name || ' → ' || t.name END, 0, "              \
                                                       "COALESCE(s.name, ''), 4, x.id FROM deals d JOIN deal_stages "  \
                                                       "x ON x.deal_id = d.id JOIN stages t ON t.id = "                \
                                                       "x.to_id LEFT JOIN stages f ON f.id = x.from_id LEFT JOIN "     \
                                                       "staff s ON s.id = x.staff_id WHERE d.customer_id = $1 "        \
                                                       "AND d.merged_into IS NULL) events "                            \
                                                       "ORDER BY at DESC, rank DESC, id DESC LIMIT $2"

/* "DH261121-0001 · 530.000 ₫ · completed" */
static char *describe(struct shop *shop, struct db_stmt *s) {
    const char *kind = db_col_text(s, 1);
    const char *label = db_col_text(s, 3);
    char amount[MONEY_TEXT_MAX];
    enum order_status status;
    enum pay_method method;
    if (is_kind(kind)) {
        return db_col_dup(s, 2);
    }
    if (strcmp(kind, "deal") == 0) {
        return mem_printf("%s · %s", db_col_text(s, 2), label);
    }
    if (strcmp(kind, "payment") == 0 && pay_method_find(label, &method)) {
        label = pay_method_label(method);
    } else if (order_status_find(label, &status)) {
        label = order_status_label(status);
    }
    money_format(db_col_int(s, 4), shop_currency(shop), true, amount);
    return mem_printf("%s · %s · %s", db_col_text(s, 2), amount, label);
}

enum err_code customer_timeline(struct shop *shop, int64_t id, int64_t limit, customer_event_fn *fn, void *ctx,
                                struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc =
        db_query(shop->db, SQL_TIMELINE, DB_BIND(DB_INT(id), DB_INT(limit == 0 ? INT64_MAX : limit)), &s, e);
    enum db_row row = DB_END;
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        char *text = describe(shop, s);
        rc = fn(ctx, db_col_text(s, 0), db_col_text(s, 1), text, db_col_text(s, 5), e);
        free(text);
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}
