/* Taking an import back. What it made goes, and with it its stock moves and payments; what stood there before is put
 * back by the caller's restore, which reads what import_note kept. Nothing is taken from under what was built on it
 * since. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/audit.h"
#include "chotdon/import.h"
#include "domain/import_undo.h"
#include "domain/sales_book.h"
#include "domain/shop_internal.h"
#include "domain/stock_book.h"

#define AUDIT_ROW     "(SELECT max(id) FROM audit WHERE action = 'import' AND entity = 'import ' || CAST($1 AS TEXT))"
#define CHANGED(kind) "(SELECT entity_id FROM import_changes WHERE import_id = $1 AND entity = '" kind "')"

#define MADE(kind)                                                                                                     \
    "(l.entity = '" kind "' AND EXISTS (SELECT 1 FROM " kind " x WHERE x.id = l.entity_id AND x.import_id = $1))"

/* $1 is the import. Each statement gives the name of something that stands on it. */
static const struct {
    const char *sql;
    const char *message;
} blockers[] = {
    {"SELECT CAST(l.import_id AS TEXT) FROM import_changes l JOIN imports i ON i.id = l.import_id "
     "JOIN import_changes m ON m.entity = l.entity AND m.entity_id = l.entity_id "
     "WHERE m.import_id = $1 AND l.import_id > $1 AND i.undone_at = '' LIMIT 1",
     N_("import %s changed the same records since; take that one back first")},
    {"SELECT CAST(l.import_id AS TEXT) FROM import_changes l JOIN imports i ON i.id = l.import_id "
     "WHERE l.import_id > $1 AND i.undone_at = '' AND l.before <> '' AND (" MADE("deals") " OR " MADE(
         "orders") " OR " MADE("products") " OR " MADE("customers") " OR " MADE("staff") ") LIMIT 1",
     N_("import %s changed records that it made; take that one back first")},
    {"SELECT r.order_no FROM orders r JOIN orders o ON o.id = r.return_of "
     "WHERE o.import_id = $1 AND (r.import_id IS NULL OR r.import_id <> $1) LIMIT 1",
     N_("return %s takes back an order of it")},
    {"SELECT o.order_no FROM audit a JOIN orders o ON o.order_no = substr(a.entity, 7) "
     "WHERE a.id > " AUDIT_ROW
     " AND a.entity LIKE 'order %' AND (o.import_id = $1 OR o.id IN " CHANGED("orders") ") LIMIT 1",
     N_("order %s was paid or changed since")},
    {"SELECT p.sku FROM audit a JOIN products p ON p.sku = substr(a.entity, 9) "
     "WHERE a.id > " AUDIT_ROW " AND a.entity LIKE 'product %' AND p.id IN " CHANGED("products") " LIMIT 1",
     N_("product %s was changed since")},
    {"SELECT c.code FROM audit a JOIN customers c ON CAST(c.id AS TEXT) = substr(a.entity, 11) "
     "WHERE a.id > " AUDIT_ROW " AND a.entity LIKE 'customer #%' AND c.id IN " CHANGED("customers") " LIMIT 1",
     N_("customer %s was changed since")},
    {"SELECT s.code FROM audit a JOIN staff s ON s.code = substr(a.entity, 7) "
     "WHERE a.id > " AUDIT_ROW " AND a.entity LIKE 'staff %' AND s.id IN " CHANGED("staff") " LIMIT 1",
     N_("staff %s was changed since")},
    {"SELECT d.deal_no FROM audit a JOIN deals d ON d.deal_no = substr(a.entity, 6) "
     "WHERE a.id > " AUDIT_ROW
     " AND a.entity LIKE 'deal %' AND (d.import_id = $1 OR d.id IN " CHANGED("deals") ") LIMIT 1",
     N_("deal %s was changed since")},
    {"SELECT d.deal_no FROM deals d JOIN stages s ON s.id = d.stage_id "
     "WHERE s.import_id = $1 AND (d.import_id IS NULL OR d.import_id <> $1) "
     "AND d.id NOT IN " CHANGED("deals") " LIMIT 1",
     N_("deal %s is in a stage that it made")},
    {"SELECT d.deal_no FROM deals d JOIN customers c ON c.id = d.customer_id "
     "WHERE c.import_id = $1 AND (d.import_id IS NULL OR d.import_id <> $1) "
     "AND d.id NOT IN " CHANGED("deals") " LIMIT 1",
     N_("deal %s is of a customer that it made")},
    {"SELECT o.order_no FROM order_lines l JOIN orders o ON o.id = l.order_id JOIN products p ON p.id = l.product_id "
     "WHERE p.import_id = $1 AND (o.import_id IS NULL OR o.import_id <> $1) "
     "AND o.id NOT IN " CHANGED("orders") " LIMIT 1",
     N_("order %s sells goods that it made")},
    {"SELECT p.sku FROM stock_moves m JOIN products p ON p.id = m.product_id "
     "WHERE p.import_id = $1 AND m.order_id IS NULL AND (m.import_id IS NULL OR m.import_id <> $1) LIMIT 1",
     N_("stock of %s was received or counted since")},
    {"SELECT o.order_no FROM orders o JOIN customers c ON c.id = o.customer_id "
     "WHERE c.import_id = $1 AND (o.import_id IS NULL OR o.import_id <> $1) "
     "AND o.id NOT IN " CHANGED("orders") " LIMIT 1",
     N_("order %s is of a customer that it made")},
    {"SELECT c.code FROM interactions i JOIN customers c ON c.id = i.customer_id WHERE c.import_id = $1 LIMIT 1",
     N_("there are notes on customer %s since")},
    {"SELECT o.order_no FROM order_reps r JOIN orders o ON o.id = r.order_id JOIN staff s ON s.id = r.staff_id "
     "WHERE s.import_id = $1 AND (o.import_id IS NULL OR o.import_id <> $1) "
     "AND o.id NOT IN " CHANGED("orders") " LIMIT 1",
     N_("order %s belongs to staff that it made")},
    {"SELECT c.code FROM customers c JOIN staff s ON s.id = c.owner_id "
     "WHERE s.import_id = $1 AND (c.import_id IS NULL OR c.import_id <> $1) "
     "AND c.id NOT IN " CHANGED("customers") " LIMIT 1",
     N_("customer %s is cared for by staff that it made")},
    {"SELECT p.sku FROM products p JOIN suppliers s ON s.id = p.supplier_id "
     "WHERE s.import_id = $1 AND (p.import_id IS NULL OR p.import_id <> $1) "
     "AND p.id NOT IN " CHANGED("products") " LIMIT 1",
     N_("product %s comes from a supplier that it made")},
    {"SELECT s.code FROM targets t JOIN staff s ON s.id = t.ref_id AND t.scope = 'rep' "
     "WHERE s.import_id = $1 AND (t.import_id IS NULL OR t.import_id <> $1 OR t.edited > " AUDIT_ROW ") LIMIT 1",
     N_("staff %s has targets since")},
    {"SELECT p.sku FROM targets t JOIN products p ON p.id = t.ref_id AND t.scope = 'product' "
     "WHERE p.import_id = $1 AND (t.import_id IS NULL OR t.import_id <> $1 OR t.edited > " AUDIT_ROW ") LIMIT 1",
     N_("product %s has targets since")},
    {"SELECT code FROM staff WHERE import_id = $1 AND pin_hash <> '' LIMIT 1", N_("staff %s has a PIN since")},
};

static enum err_code check_blockers(struct shop *shop, int64_t id, struct err *e) {
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < sizeof blockers / sizeof *blockers && rc == ERR_OK; i++) {
        char *name = NULL;
        rc = db_get_text(shop->db, blockers[i].sql, DB_BIND(DB_INT(id)), &name, e);
        if (rc == ERR_OK) {
            char *what = mem_printf(_(blockers[i].message), name);
            rc = err_set(e, ERR_REFUSED, _("import %lld cannot be taken back: %s"), (long long)id, what);
            free(what);
        } else if (rc == ERR_NOT_FOUND) {
            rc = ERR_OK;
            err_clear(e);
        }
        free(name);
    }
    return rc;
}

#define MADE_ORDERS "(SELECT id FROM orders WHERE import_id = $1)"
/* Moves of what goes; those of orders that were only changed are undone by putting the order back. */
#define MADE_MOVES "(m.order_id IN " MADE_ORDERS " OR (m.order_id IS NULL AND m.import_id = $1))"

/* Returns give back to their sales what they took; then moves, parts and the documents themselves. */
static const char *const documents[] = {
    "UPDATE order_lines SET returned = returned + coalesce((SELECT CAST(sum(l.qty * l.factor / 1000) AS BIGINT) FROM "
    "order_lines l "
    "JOIN orders r ON r.id = l.order_id WHERE r.import_id = $1 AND r.status = 'completed' AND r.return_of = "
    "order_lines.order_id "
    "AND l.sale_line = order_lines.line_no), 0) WHERE order_id IN (SELECT return_of FROM orders WHERE import_id = $1 "
    "AND return_of IS NOT NULL)",
    "UPDATE orders SET taken_off = taken_off + t.back, due = due - t.back, version = version + 1, status = CASE "
    "WHEN orders.status <> 'returned' THEN orders.status WHEN orders.completed_on <> '' THEN 'completed' "
    "WHEN orders.delivered_on <> '' THEN 'delivered' ELSE 'shipped' END FROM (SELECT r.return_of AS sale, "
    "CAST(sum(r.taken_off) AS BIGINT) AS back FROM orders r WHERE r.import_id = $1 AND r.status = 'completed' "
    "AND r.return_of IS NOT NULL GROUP BY r.return_of) AS t WHERE orders.id = t.sale",
    "UPDATE stock SET on_hand = on_hand - t.qty, value = value - t.worth FROM (SELECT m.product_id, CAST(sum(m.qty) AS "
    "BIGINT) AS qty, "
    "CAST(sum(m.value) AS BIGINT) AS worth FROM stock_moves m WHERE " MADE_MOVES " GROUP BY m.product_id) AS t "
    "WHERE stock.product_id = t.product_id",
    "UPDATE stock SET last_cost = CAST(c.before AS BIGINT) FROM import_changes c WHERE c.import_id = $1 AND c.entity = "
    "'stock' "
    "AND c.entity_id = stock.product_id",
    "DELETE FROM stock_moves WHERE id IN (SELECT m.id FROM stock_moves m WHERE " MADE_MOVES ")",
    "UPDATE orders SET paid = paid - t.amount, due = due + t.amount, version = version + 1 FROM (SELECT y.order_id, "
    "CAST(sum(y.amount) AS BIGINT) AS amount FROM payments y JOIN imports i ON i.id = y.import_id "
    "WHERE y.import_id = $1 AND i.kind = 'payments' GROUP BY y.order_id) AS t WHERE orders.id = t.order_id",
    "DELETE FROM payments WHERE order_id IN " MADE_ORDERS,
    "DELETE FROM order_states WHERE order_id IN " MADE_ORDERS,
    "DELETE FROM order_reps WHERE order_id IN " MADE_ORDERS,
    "DELETE FROM draft_rates WHERE order_id IN " MADE_ORDERS,
    "DELETE FROM order_lines WHERE order_id IN " MADE_ORDERS,
};

/* Of a file of payments; those that came with orders go with them, or when the order is put back. */
static const char payments_sql[] = "DELETE FROM payments WHERE import_id = $1 AND EXISTS (SELECT 1 FROM imports i "
                                   "WHERE i.id = $1 AND i.kind = 'payments')";

/* Records that the documents named; by now nothing else does. */
static const char *const records[] = {
    "DELETE FROM stock_moves WHERE product_id IN (SELECT id FROM products WHERE import_id = $1)",
    "DELETE FROM stock WHERE product_id IN (SELECT id FROM products WHERE import_id = $1)",
    "DELETE FROM product_barcodes WHERE product_id IN (SELECT id FROM products WHERE import_id = $1)",
    "DELETE FROM product_units WHERE product_id IN (SELECT id FROM products WHERE import_id = $1)",
    "DELETE FROM product_documents WHERE product_id IN (SELECT id FROM products WHERE import_id = $1)",
    "DELETE FROM customer_phones WHERE customer_id IN (SELECT id FROM customers WHERE import_id = $1)",
    "DELETE FROM customer_figures WHERE customer_id IN (SELECT id FROM customers WHERE import_id = $1)",
    "DELETE FROM staff_teams WHERE staff_id IN (SELECT id FROM staff WHERE import_id = $1)",
};

static const char *const named[] = {
    "DELETE FROM teams WHERE id IN (SELECT entity_id FROM import_changes WHERE import_id = $1 AND entity = 'teams' AND "
    "before = '') "
    "AND NOT EXISTS (SELECT 1 FROM staff_teams t WHERE t.team_id = teams.id) "
    "AND NOT EXISTS (SELECT 1 FROM team_leaders t WHERE t.team_id = teams.id) "
    "AND NOT EXISTS (SELECT 1 FROM targets t WHERE t.scope = 'team' AND t.ref_id = teams.id)",
    "DELETE FROM channels WHERE id IN (SELECT entity_id FROM import_changes WHERE import_id = $1 AND entity = "
    "'channels' AND before = '') "
    "AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.channel_id = channels.id) "
    "AND NOT EXISTS (SELECT 1 FROM customers c WHERE c.source_id = channels.id) "
    "AND NOT EXISTS (SELECT 1 FROM targets t WHERE t.scope = 'channel' AND t.ref_id = channels.id) "
    "AND NOT EXISTS (SELECT 1 FROM deals d WHERE d.source_id = channels.id)",
};
static const char group_sql[] =
    "DELETE FROM product_groups WHERE id IN (SELECT entity_id FROM import_changes WHERE import_id = $1 AND entity = "
    "'groups' "
    "AND before = '') AND NOT EXISTS (SELECT 1 FROM products p WHERE p.group_id = product_groups.id) "
    "AND NOT EXISTS (SELECT 1 FROM product_groups g WHERE g.parent_id = product_groups.id) "
    "AND NOT EXISTS (SELECT 1 FROM targets t WHERE t.scope = 'group' AND t.ref_id = product_groups.id)";

static enum err_code run_all(struct shop *shop, const char *const *sql, size_t count, int64_t id, struct err *e) {
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < count && rc == ERR_OK; i++) {
        rc = db_run(shop->db, sql[i], DB_BIND(DB_INT(id)), e);
    }
    return rc;
}

/* Removes the records of one table; a reference that no blocker knows of refuses it, too. */
static enum err_code remove_made(struct shop *shop, const char *sql, const char *what, int64_t id, int64_t *removed,
                                 struct err *e) {
    enum err_code rc = db_run(shop->db, sql, DB_BIND(DB_INT(id)), e);
    if (rc == ERR_CONFLICT) {
        return err_set(e, ERR_REFUSED, _("import %lld cannot be taken back: %s that it made are in use"), (long long)id,
                       _(what));
    }
    *removed += rc == ERR_OK ? db_changes(shop->db) : 0;
    return rc;
}

static enum err_code forget_search(struct shop *shop, const char *ids, enum search_kind kind, int64_t id,
                                   struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(shop->db, ids, DB_BIND(DB_INT(id)), &s, e);
    enum db_row next = DB_END;
    while (rc == ERR_OK && (next = db_next(s, e)) == DB_ROW) {
        rc = db_search_remove(shop->db, kind, db_col_int(s, 0), e);
    }
    db_done(&s);
    return rc == ERR_OK && next == DB_FAILED ? ERR_DB : rc;
}

/* Targets that it made and that were changed by hand since are nobody's but the hand's. */
static enum err_code keep_targets(struct shop *shop, int64_t id, int64_t *kept, struct err *e) {
    enum err_code rc =
        db_run(shop->db, "UPDATE targets SET import_id = NULL WHERE import_id = $1", DB_BIND(DB_INT(id)), e);
    *kept += rc == ERR_OK ? db_changes(shop->db) : 0;
    return rc;
}

static enum err_code remove_records(struct shop *shop, int64_t id, struct import_undone *out, struct err *e) {
    static const struct {
        const char *ids;
        enum search_kind kind;
        const char *remove;
        const char *what;
    } tables[] = {
        {NULL, SEARCH_STAFF, "DELETE FROM targets WHERE import_id = $1 AND edited <= " AUDIT_ROW, N_("targets")},
        {"SELECT id FROM products WHERE import_id = $1", SEARCH_PRODUCT, "DELETE FROM products WHERE import_id = $1",
         N_("products")},
        {"SELECT id FROM customers WHERE import_id = $1", SEARCH_CUSTOMER, "DELETE FROM customers WHERE import_id = $1",
         N_("customers")},
        {"SELECT id FROM suppliers WHERE import_id = $1", SEARCH_SUPPLIER, "DELETE FROM suppliers WHERE import_id = $1",
         N_("suppliers")},
        {"SELECT id FROM staff WHERE import_id = $1", SEARCH_STAFF, "DELETE FROM staff WHERE import_id = $1",
         N_("staff")},
    };
    enum err_code rc = run_all(shop, records, sizeof records / sizeof *records, id, e);
    for (size_t i = 0; i < sizeof tables / sizeof *tables && rc == ERR_OK; i++) {
        rc = tables[i].ids == NULL ? ERR_OK : forget_search(shop, tables[i].ids, tables[i].kind, id, e);
        if (rc == ERR_OK) {
            rc = remove_made(shop, tables[i].remove, tables[i].what, id, &out->removed, e);
        }
    }
    if (rc == ERR_OK) {
        rc = keep_targets(shop, id, &out->kept, e);
    }
    if (rc == ERR_OK) {
        rc = run_all(shop, named, sizeof named / sizeof *named, id, e);
    }
    for (int64_t gone = 1; gone > 0 && rc == ERR_OK;) { /* leaves first */
        rc = db_run(shop->db, group_sql, DB_BIND(DB_INT(id)), e);
        gone = db_changes(shop->db);
    }
    return rc;
}

/* Targets that were changed or taken away by hand since stay so. */
#define BY_HAND                                                                                                        \
    "(entity = 'targets' AND NOT EXISTS (SELECT 1 FROM targets t WHERE t.id = entity_id AND t.edited <= " AUDIT_ROW "))"

static enum err_code restore_all(struct shop *shop, int64_t id, import_restore_fn *restore, void *ctx, int64_t *kept,
                                 struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(shop->db,
                                "SELECT entity, entity_id, before, " BY_HAND
                                " FROM import_changes WHERE import_id = $1 AND before <> '' ORDER BY seq DESC",
                                DB_BIND(DB_INT(id)), &s, e);
    enum db_row next = DB_END;
    while (rc == ERR_OK && (next = db_next(s, e)) == DB_ROW) {
        if (db_col_int(s, 3) != 0) {
            ++*kept;
            continue;
        }
        rc = restore(ctx, db_col_text(s, 0), db_col_int(s, 1), db_col_text(s, 2), e);
    }
    db_done(&s);
    return rc == ERR_OK && next == DB_FAILED ? ERR_DB : rc;
}

static enum err_code check_stands(struct shop *shop, int64_t id, struct err *e) {
    char *undone = NULL;
    enum err_code rc =
        db_get_text(shop->db, "SELECT undone_at FROM imports WHERE id = $1", DB_BIND(DB_INT(id)), &undone, e);
    if (rc == ERR_NOT_FOUND) {
        rc = err_set(e, rc, _("there is no import %lld; `chotdon import list` shows them"), (long long)id);
    } else if (rc == ERR_OK && undone[0] != '\0') {
        rc = err_set(e, ERR_REFUSED, _("import %lld was taken back on %s already"), (long long)id, undone);
    }
    free(undone);
    return rc;
}

static enum err_code close_import(struct shop *shop, int64_t id, struct err *e) {
    char now[DATETIME_SIZE];
    char *entity = mem_printf("import %lld", (long long)id);
    shop_now(shop, now);
    enum err_code rc =
        db_run(shop->db, "UPDATE imports SET undone_at = $2 WHERE id = $1", DB_BIND(DB_INT(id), DB_TEXT(now)), e);
    if (rc == ERR_OK) {
        rc = db_run(shop->db, "DELETE FROM import_changes WHERE import_id = $1", DB_BIND(DB_INT(id)), e);
    }
    audit_mute(shop, false);
    if (rc == ERR_OK) {
        rc = audit_add(shop, "import.undo", entity, "", "", e);
    }
    free(entity);
    return rc;
}

static enum err_code touch_paid(struct shop *shop, int64_t id, struct err *e) {
    return sales_book_touch_all(shop->sales,
                                "SELECT DISTINCT y.order_id FROM payments y JOIN imports i ON i.id = y.import_id"
                                " WHERE y.import_id = $1 AND i.kind = 'payments'",
                                DB_BIND(DB_INT(id)), e);
}

enum err_code import_undo(struct shop *shop, int64_t id, import_restore_fn *restore, void *ctx,
                          struct import_undone *out, struct err *e) {
    *out = (struct import_undone){0};
    audit_mute(shop, true); /* it is one row in the end */
    enum err_code rc = shop_require(shop, PERMIT_IMPORT, e);
    if (rc == ERR_OK) {
        rc = check_stands(shop, id, e);
    }
    if (rc == ERR_OK) {
        rc = check_blockers(shop, id, e);
    }
    if (rc == ERR_OK) {
        rc = sales_book_touch_all(shop->sales, "SELECT COALESCE(return_of, id) FROM orders WHERE import_id = $1",
                                  DB_BIND(DB_INT(id)), e);
    }
    if (rc == ERR_OK) {
        rc = touch_paid(shop, id, e);
    }
    if (rc == ERR_OK) {
        rc = run_all(shop, documents, sizeof documents / sizeof *documents, id, e);
    }
    if (rc == ERR_OK) {
        rc = remove_made(shop, payments_sql, N_("payments"), id, &out->removed, e);
    }
    if (rc == ERR_OK) {
        rc = remove_made(shop, "DELETE FROM orders WHERE import_id = $1", N_("orders"), id, &out->removed, e);
    }
    if (rc == ERR_OK) {
        rc = import_undo_deals(shop, id, &out->removed, e);
    }
    if (rc == ERR_OK) {
        rc = restore_all(shop, id, restore, ctx, &out->kept, e);
    }
    if (rc == ERR_OK) {
        rc = stock_book_flush(shop->stock, e);
    }
    if (rc == ERR_OK) {
        stock_book_forget(shop->stock);
        rc = sales_book_flush(shop->sales, e);
    }
    if (rc == ERR_OK) {
        sales_book_forget(shop->sales);
        rc = remove_records(shop, id, out, e);
    }
    rc = rc == ERR_OK ? import_undo_stages(shop, id, e) : rc;
    rc = rc == ERR_OK ? close_import(shop, id, e) : rc;
    audit_mute(shop, false);
    return rc;
}
