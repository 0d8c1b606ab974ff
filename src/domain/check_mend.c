/* What can be mended: kept totals from their parts; the seals of what is taken as it is. */
#include "base/buf.h"
#include "base/i18n.h"
#include "chotdon/audit.h"
#include "chotdon/check.h"
#include "domain/check_run.h"
#include "domain/deal_facts.h"
#include "domain/deal_internal.h"
#include "domain/record.h"
#include "domain/sales_book.h"
#include "domain/shop_internal.h"

#define PAID "(SELECT COALESCE(SUM(p.amount), 0) FROM payments p WHERE p.order_id = orders.id)"
#define RETURNED                                                                                                       \
    "COALESCE((SELECT -SUM(b.qty * b.factor / 1000) FROM orders r JOIN order_lines b ON b.order_id = r.id"             \
    " WHERE r.return_of = order_lines.order_id AND b.sale_line = order_lines.line_no), 0)"

/* In this order: each goes by what those before it have put right. Drafts are no books yet. */
static const char *const statements[] = {
    ("UPDATE order_lines SET returned = " RETURNED " WHERE returned <> " RETURNED
     " AND order_id IN (SELECT id FROM orders WHERE status <> 'draft' AND is_return = 0)"),
    ("UPDATE orders SET subtotal = s.subtotal, discount = s.discount, net = s.net, vat = s.vat, cost = s.cost,"
     " revenue = s.revenue, total = s.revenue + shipping_fee, due = s.revenue + shipping_fee - paid - taken_off"
     " FROM (SELECT o.id, COALESCE(SUM(l.amount + l.order_discount), 0) AS subtotal,"
     " COALESCE(SUM(l.order_discount), 0) AS discount, COALESCE(SUM(l.net), 0) AS net,"
     " COALESCE(SUM(l.vat), 0) AS vat, COALESCE(SUM(l.cost), 0) AS cost, COALESCE(SUM(l.net + l.vat), 0) AS revenue"
     " FROM orders o LEFT JOIN order_lines l ON l.order_id = o.id GROUP BY o.id) s"
     " WHERE s.id = orders.id AND orders.status <> 'draft' AND (orders.subtotal <> s.subtotal OR orders.discount <>"
     " s.discount OR orders.net <> s.net OR orders.vat <> s.vat OR orders.cost <> s.cost OR orders.revenue <>"
     " s.revenue OR orders.total <> s.revenue + shipping_fee)"),
    ("UPDATE orders SET paid = " PAID ", due = total - taken_off - " PAID " WHERE status <> 'draft' AND paid <> " PAID),
    ("INSERT INTO stock (product_id, on_hand, value, last_cost) SELECT m.product_id, SUM(m.qty), SUM(m.value), 0"
     " FROM stock_moves m GROUP BY m.product_id HAVING 1 = 1 ON CONFLICT (product_id) DO UPDATE SET"
     " on_hand = excluded.on_hand, value = excluded.value"),
    ("UPDATE stock SET on_hand = 0, value = 0 WHERE product_id NOT IN (SELECT product_id FROM stock_moves)"),
    ("UPDATE deals SET rots_on = '' WHERE id IN (SELECT id FROM deals WHERE kind <> 'open' AND rots_on <> '')"),
};

struct ids {
    int64_t *stage, *pipeline;
    int *idle;
    size_t count, capacity;
};

static enum err_code rebuild_stage(struct shop *shop, int64_t stage, int64_t pipeline, int idle, struct err *e) {
    enum err_code rc = deal_find_reached_all(shop, pipeline, e);
    rc = rc == ERR_OK ? deal_find_rotting(shop, stage, idle, e) : rc;
    return rc == ERR_OK ? deal_recount_stage(shop, stage, e) : rc;
}

static enum err_code rebuild_deals(struct shop *shop, struct err *e) {
    enum err_code rc = ERR_OK;
    for (int64_t after = 0; rc == ERR_OK;) {
        struct db_stmt *s = NULL;
        int64_t stage = 0, pipeline = 0;
        int idle = 0;
        rc = db_query(shop->db, "SELECT id, pipeline_id, idle_days FROM stages WHERE id > $1 ORDER BY id LIMIT 1",
                      DB_BIND(DB_INT(after)), &s, e);
        enum db_row row = rc == ERR_OK ? db_next(s, e) : DB_END;
        if (row == DB_ROW) {
            stage = db_col_int(s, 0);
            pipeline = db_col_int(s, 1);
            idle = (int)db_col_int(s, 2);
        }
        db_done(&s);
        rc = row == DB_FAILED ? ERR_DB : rc;
        if (rc != ERR_OK || row == DB_END) {
            break;
        }
        rc = rebuild_stage(shop, stage, pipeline, idle, e);
        after = stage;
    }
    return rc == ERR_OK ? deal_facts_rebuild(shop, e) : rc;
}

static enum err_code rebuild(struct shop *shop, void *ctx, struct err *e) {
    enum err_code rc = ERR_OK;
    (void)ctx;
    for (size_t i = 0; i < sizeof statements / sizeof *statements && rc == ERR_OK; i++) {
        rc = db_run(shop->db, statements[i], DB_NO_BIND, e);
    }
    sales_book_rebuild(shop->sales);
    rc = rc == ERR_OK ? rebuild_deals(shop, e) : rc;
    return rc == ERR_OK ? audit_add(shop, "check.rebuild", "shop", "", "", e) : rc;
}

enum err_code check_rebuild(struct shop *shop, struct err *e) {
    return shop_transact_for(shop, PERMIT_BACKUP, rebuild, NULL, e);
}

/* What stands now is known from here on, and what was anchored does not count any more. */
static enum err_code note_accept(struct shop *shop, void *ctx, struct err *e) {
    struct buf after = BUF_INIT;
    struct audit_anchors anchors = {0};
    (void)ctx;
    enum err_code rc = audit_compare(shop, &anchors, e);
    if (rc == ERR_OK) {
        rc = check_note_known(shop->db, &after, e);
        record_json_int(&after, "replaced_rows", anchors.furthest);
    }
    rc = rc == ERR_OK ? audit_add(shop, "check.accept", "shop", "", record_json_end(&after), e) : rc;
    audit_anchors_clear(&anchors);
    buf_clear(&after);
    return rc;
}

enum err_code check_accept(struct shop *shop, struct err *e) {
    enum err_code rc = shop_transact_for(shop, PERMIT_BACKUP, note_accept, NULL, e);
    return rc == ERR_OK ? db_seals_renew(shop->db, DB_SEALS_ALL, e) : rc;
}

enum err_code check_seal(struct shop *shop, struct err *e) {
    return db_seals_renew(shop->db, DB_SEALS_UNREAD, e);
}
