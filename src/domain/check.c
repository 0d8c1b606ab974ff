#include "chotdon/check.h"

#include "base/i18n.h"
#include "domain/check_run.h"

static void engine_found(void *ctx, const char *finding) {
    check_found(ctx, _("the file itself is damaged: %s (restore the latest backup; keep this file for a closer look)"),
                finding);
}

static enum err_code check_engine(struct check_run *run, struct err *e) {
    enum err_code rc = db_integrity(run->db, engine_found, run, e);
    check_end(run);
    return rc;
}

/* The table by the name that the schema gives it: whoever has to look there looks with a tool. */
static void tell_seal(void *ctx, const struct db_seal *seal) {
    struct check_run *run = ctx;
    if (seal->unread || seal->fits) {
        return;
    }
    if (seal->added == 0) {
        check_found(run,
                    _("table %s: a row was changed by another program than this one (look at it beside a backup and "
                      "restore that, or take the file as it is: chotdon check --accept)"),
                    seal->table);
    } else {
        check_found(run,
                    seal->added > 0
                        ? _("table %s: another program than this one added %lld rows (look at it beside a backup and "
                            "restore that, or take the file as it is: chotdon check --accept)")
                        : _("table %s: another program than this one took %lld rows out (look at it beside a backup "
                            "and restore that, or take the file as it is: chotdon check --accept)"),
                    seal->table, (long long)(seal->added > 0 ? seal->added : -seal->added));
    }
}

static enum err_code check_seals(struct check_run *run, struct err *e) {
    enum err_code rc = db_seals_check(run->db, tell_seal, run, e);
    check_end(run);
    return rc;
}

static enum err_code (*const parts[])(struct check_run *run, struct err *e) = {
    check_audit,      check_orders, check_numbers,   check_stock, check_cash,       check_people,
    check_commission, check_sales,  check_customers, check_deals, check_deal_facts, check_seals};
enum { PARTS = sizeof parts / sizeof *parts };

static enum err_code check_all(struct db *db, void *ctx, struct err *e) {
    (void)db;
    struct check_run *run = ctx;
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < PARTS && rc == ERR_OK; i++) {
        run->part = (int64_t)i + 1;
        bool go_on = run->tick == NULL || run->tick(run->tick_ctx, run->part, PARTS + 1);
        rc = go_on ? parts[i](run, e) : err_set(e, ERR_REFUSED, _("stopped"));
    }
    return rc;
}

static bool tick(void *ctx) {
    const struct check_run *run = ctx;
    return run->tick(run->tick_ctx, run->part, PARTS + 1);
}

enum err_code check_books_watched(struct shop *shop, check_fn *finding, void *ctx, check_tick *watch, void *watch_ctx,
                                  int64_t *found, struct err *e) {
    struct check_run run = {
        .shop = shop, .db = shop_db(shop), .finding = finding, .ctx = ctx, .tick = watch, .tick_ctx = watch_ctx};
    if (watch != NULL) {
        shop_set_progress(shop, tick, &run);
    }
    enum err_code rc = check_engine(&run, e);
    if (rc == ERR_OK && run.found == 0) { /* what a damaged file says of its books means nothing */
        rc = db_read(run.db, check_all, &run, e);
    }
    if (watch != NULL) {
        shop_set_progress(shop, NULL, NULL);
    }
    *found = run.found;
    return rc;
}

enum err_code check_books(struct shop *shop, check_fn *finding, void *ctx, int64_t *found, struct err *e) {
    return check_books_watched(shop, finding, ctx, NULL, NULL, found, e);
}

enum err_code check_unsealed(struct shop *shop, bool *never, int64_t *tables, struct err *e) {
    *never = !db_seals_are_kept(shop_db(shop));
    return db_get_int(shop_db(shop), "SELECT COUNT(*) FROM seals WHERE unread <> 0", DB_NO_BIND, tables, e);
}

enum err_code check_count(struct shop *shop, struct check_counts *out, struct err *e) {
    const struct {
        const char *sql;
        int64_t *to;
    } counts[] = {
        {"SELECT COUNT(*) FROM orders WHERE status <> 'draft'", &out->orders},
        {"SELECT COUNT(*) FROM order_lines", &out->lines},
        {"SELECT COUNT(*) FROM payments", &out->payments},
        {"SELECT COUNT(*) FROM stock_moves", &out->moves},
        {"SELECT COUNT(*) FROM products", &out->products},
        {"SELECT COUNT(*) FROM customers", &out->customers},
        {"SELECT COUNT(*) FROM audit", &out->audit_rows},
    };
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < sizeof counts / sizeof *counts && rc == ERR_OK; i++) {
        rc = db_get_int(shop_db(shop), counts[i].sql, DB_NO_BIND, counts[i].to, e);
    }
    return rc;
}
