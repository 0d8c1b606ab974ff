#include "chotdon/import.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/audit.h"
#include "domain/customer_internal.h"
#include "domain/sales_book.h"
#include "domain/shop_internal.h"
#include "domain/stock_book.h"

static const struct {
    const char *name;
    const char *count;
} things[IMPORT_THINGS] = {
    [IMPORT_STAFF] = {"staff", "SELECT count(*) FROM staff"},
    [IMPORT_TEAMS] = {"teams", "SELECT count(*) FROM teams"},
    [IMPORT_PRODUCTS] = {"products", "SELECT count(*) FROM products"},
    [IMPORT_GROUPS] = {"groups", "SELECT count(*) FROM product_groups"},
    [IMPORT_CUSTOMERS] = {"customers", "SELECT count(*) FROM customers"},
    [IMPORT_CHANNELS] = {"channels", "SELECT count(*) FROM channels"},
    [IMPORT_SUPPLIERS] = {"suppliers", "SELECT count(*) FROM suppliers"},
    [IMPORT_STAGES] = {"stages", "SELECT count(*) FROM stages WHERE removed = 0"},
};

const char *import_thing_name(enum import_thing t) {
    return things[t].name;
}

enum err_code import_census(struct shop *shop, int64_t count[IMPORT_THINGS], struct err *e) {
    enum err_code rc = ERR_OK;
    for (int i = 0; i < IMPORT_THINGS && rc == ERR_OK; i++) {
        rc = db_get_int(shop->db, things[i].count, DB_NO_BIND, &count[i], e);
    }
    return rc;
}

/* Teams, groups and channels carry no import_id: where their ids ended is marked (seq below zero), and in the end the
 * new ones are noted as changes without a before. */
static const struct {
    int seq;
    const char *mark;
    const char *note;
} named[] = {
    {-1,
     "INSERT INTO import_changes (import_id, seq, entity, entity_id, before) "
     "SELECT $1, -1, 'teams', coalesce(max(id), 0), '' FROM teams",
     "INSERT INTO import_changes (import_id, seq, entity, entity_id, before) "
     "SELECT $1, $2 + row_number() OVER (ORDER BY id), 'teams', id, '' FROM teams "
     "WHERE id > (SELECT entity_id FROM import_changes WHERE import_id = $1 AND seq = -1)"},
    {-2,
     "INSERT INTO import_changes (import_id, seq, entity, entity_id, before) "
     "SELECT $1, -2, 'groups', coalesce(max(id), 0), '' FROM product_groups",
     "INSERT INTO import_changes (import_id, seq, entity, entity_id, before) "
     "SELECT $1, $2 + row_number() OVER (ORDER BY id), 'groups', id, '' FROM product_groups "
     "WHERE id > (SELECT entity_id FROM import_changes WHERE import_id = $1 AND seq = -2)"},
    {-3,
     "INSERT INTO import_changes (import_id, seq, entity, entity_id, before) "
     "SELECT $1, -3, 'channels', coalesce(max(id), 0), '' FROM channels",
     "INSERT INTO import_changes (import_id, seq, entity, entity_id, before) "
     "SELECT $1, $2 + row_number() OVER (ORDER BY id), 'channels', id, '' FROM channels "
     "WHERE id > (SELECT entity_id FROM import_changes WHERE import_id = $1 AND seq = -3)"},
};
#define NAMED (sizeof named / sizeof *named)

enum err_code import_begin(struct shop *shop, const char *kind, const char *file, int64_t *id, struct err *e) {
    char now[DATETIME_SIZE];
    shop_now(shop, now);
    enum err_code rc = shop_require(shop, PERMIT_IMPORT, e);
    if (rc != ERR_OK) {
        return rc;
    }
    rc = db_run(shop->db, "INSERT INTO imports (at, staff_id, kind, file, file_hash) VALUES ($1, $2, $3, $4, '')",
                DB_BIND(DB_TEXT(now), SHOP_ACTOR(shop), DB_TEXT(kind), DB_TEXT(file)), e);
    *id = db_last_id(shop->db);
    for (size_t i = 0; i < NAMED && rc == ERR_OK; i++) {
        rc = db_run(shop->db, named[i].mark, DB_BIND(DB_INT(*id)), e);
    }
    return rc;
}

static enum err_code last_seq(struct shop *shop, int64_t id, int64_t *seq, struct err *e) {
    return db_get_int(shop->db, "SELECT coalesce(max(seq), 0) FROM import_changes WHERE import_id = $1 AND seq > 0",
                      DB_BIND(DB_INT(id)), seq, e);
}

static enum err_code note_named(struct shop *shop, int64_t id, struct err *e) {
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < NAMED && rc == ERR_OK; i++) {
        int64_t seq = 0;
        rc = last_seq(shop, id, &seq, e);
        if (rc == ERR_OK) {
            rc = db_run(shop->db, named[i].note, DB_BIND(DB_INT(id), DB_INT(seq)), e);
        }
    }
    return rc != ERR_OK ? rc
                        : db_run(shop->db, "DELETE FROM import_changes WHERE import_id = $1 AND seq < 0",
                                 DB_BIND(DB_INT(id)), e);
}

enum err_code import_end(struct shop *shop, const struct import_record *r, struct err *e) {
    enum err_code rc = note_named(shop, r->id, e);
    if (rc == ERR_OK) {
        rc = db_run(
            shop->db,
            "UPDATE imports SET file_hash = $2, rows = $3, created = $4, updated = $5, unchanged = $6, rejected = $7 "
            "WHERE id = $1",
            DB_BIND(DB_INT(r->id), DB_TEXT(r->file_hash), DB_INT(r->rows), DB_INT(r->created), DB_INT(r->updated),
                    DB_INT(r->unchanged), DB_INT(r->rejected)),
            e);
    }
    if (rc == ERR_OK) {
        char *entity = mem_printf("import %lld", (long long)r->id);
        char *after =
            mem_printf("{\"kind\":\"%s\",\"file_hash\":\"%s\",\"rows\":%lld,\"created\":%lld,\"updated\":%lld,"
                       "\"unchanged\":%lld,\"rejected\":%lld}",
                       r->kind, r->file_hash, (long long)r->rows, (long long)r->created, (long long)r->updated,
                       (long long)r->unchanged, (long long)r->rejected);
        rc = audit_add(shop, "import", entity, "", after, e);
        free(after);
        free(entity);
    }
    return rc;
}

enum err_code import_drop(struct shop *shop, int64_t id, struct err *e) {
    enum err_code rc = db_run(shop->db, "DELETE FROM import_changes WHERE import_id = $1", DB_BIND(DB_INT(id)), e);
    return rc != ERR_OK ? rc : db_run(shop->db, "DELETE FROM imports WHERE id = $1", DB_BIND(DB_INT(id)), e);
}

enum err_code import_note(struct shop *shop, int64_t id, const char *entity, int64_t entity_id, const char *before,
                          struct err *e) {
    int64_t seq = 0;
    enum err_code rc = last_seq(shop, id, &seq, e);
    return rc != ERR_OK
               ? rc
               : db_run(shop->db,
                        "INSERT INTO import_changes (import_id, seq, entity, entity_id, before) VALUES ($1, $2, $3, "
                        "$4, $5)",
                        DB_BIND(DB_INT(id), DB_INT(seq + 1), DB_TEXT(entity), DB_INT(entity_id), DB_TEXT(before)), e);
}

static const char *const bulk_tables[] = {"orders", "order_reps", "payments", "stock_moves", NULL};
static const char *const order_tables[] = {"orders",    "order_lines",     "order_reps", "payments", "stock_moves",
                                           "customers", "customer_phones", "products",   NULL};

enum err_code import_bulk_begin(struct shop *shop, int64_t orders, bool by_phone, bool *all_phones, struct err *e) {
    bool runs = true;
    enum err_code rc = db_bulk_begin(shop->db, bulk_tables, orders, e);
    db_bulk_trust(shop->db, order_tables);
    if (rc == ERR_OK && by_phone) {
        rc = customer_load_begin(shop, e);
    }
    *all_phones = shop->customer_load.on;
    if (rc == ERR_OK) {
        rc = db_exists(shop->db, "SELECT 1 FROM commission_runs", DB_NO_BIND, &runs, e);
    }
    if (rc == ERR_OK && !runs) {
        rc = db_bulk_silence(shop->db, "orders_touch_insert", e);
        rc = rc == ERR_OK ? db_bulk_silence(shop->db, "order_reps_touch_insert", e) : rc;
    }
    return rc;
}

enum err_code import_bulk_end(struct shop *shop, struct err *e) {
    enum err_code rc = db_bulk_end(shop->db, e);
    return rc == ERR_OK ? customer_load_end(shop, e) : rc;
}

enum err_code import_relieve(struct shop *shop, struct err *e) {
    enum err_code rc = db_add_end(shop->db, e);
    rc = rc == ERR_OK ? sales_book_relieve(shop->sales, e) : rc;
    return rc == ERR_OK ? stock_book_relieve(shop->stock, e) : rc;
}

enum err_code import_orders_before(struct shop *shop, bool *none, int64_t *last_id, struct err *e) {
    bool has = false;
    enum err_code rc = db_exists(shop->db, "SELECT 1 FROM orders WHERE order_no IS NOT NULL", DB_NO_BIND, &has, e);
    *none = !has;
    return rc != ERR_OK ? rc : db_get_int(shop->db, "SELECT COALESCE(MAX(id), 0) FROM orders", DB_NO_BIND, last_id, e);
}

enum err_code import_order_is_known(struct shop *shop, const char *order_no, bool *known, struct err *e) {
    *known = strncmp(order_no, "NHAP-", 5) == 0; /* a draft, perhaps (order_find) */
    return *known
               ? ERR_OK
               : db_exists(shop->db, "SELECT 1 FROM orders WHERE order_no = $1", DB_BIND(DB_TEXT(order_no)), known, e);
}

enum err_code import_order_is_returned(struct shop *shop, int64_t id, bool *returned, struct err *e) {
    return db_exists(shop->db, "SELECT 1 FROM orders WHERE id = $1 AND status = 'returned'", DB_BIND(DB_INT(id)),
                     returned, e);
}

enum err_code import_payments_like(struct shop *shop, int64_t order_id, const char *date, const char *method,
                                   int64_t amount, const char *note, int64_t *count, struct err *e) {
    return db_get_int(
        shop->db,
        "SELECT count(*) FROM payments y WHERE y.order_id = $1 AND (y.date = $2 OR (y.date = '=' AND EXISTS (SELECT 1 "
        "FROM orders o WHERE o.id = $1 AND o.order_date = $2))) AND y.method = $3 AND y.amount = $4 "
        "AND ($5 IS NULL OR coalesce(y.note, '') = $5)",
        DB_BIND(DB_INT(order_id), DB_TEXT(date), DB_TEXT(method), DB_INT(amount), DB_TEXT(note)), count, e);
}

enum err_code import_list(struct shop *shop, import_record_fn *row, void *ctx, struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc =
        db_query(shop->db,
                 "SELECT i.id, i.at, coalesce(s.code, ''), i.kind, i.file, i.file_hash, i.rows, i.created, i.updated, "
                 "i.unchanged, i.rejected, i.undone_at FROM imports i LEFT JOIN staff s ON s.id = i.staff_id "
                 "ORDER BY i.id",
                 DB_NO_BIND, &s, e);
    enum db_row next = DB_END;
    while (rc == ERR_OK && (next = db_next(s, e)) == DB_ROW) {
        struct import_record r = {.id = db_col_int(s, 0),
                                  .at = db_col_text(s, 1),
                                  .staff = db_col_text(s, 2),
                                  .kind = db_col_text(s, 3),
                                  .file = db_col_text(s, 4),
                                  .file_hash = db_col_text(s, 5),
                                  .rows = db_col_int(s, 6),
                                  .created = db_col_int(s, 7),
                                  .updated = db_col_int(s, 8),
                                  .unchanged = db_col_int(s, 9),
                                  .rejected = db_col_int(s, 10),
                                  .undone_at = db_col_text(s, 11)};
        rc = row(ctx, &r, e);
    }
    db_done(&s);
    return rc == ERR_OK && next == DB_FAILED ? ERR_DB : rc;
}
