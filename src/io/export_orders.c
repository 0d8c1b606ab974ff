/* Orders, line by line, in the order in which they were made: so they come out of another shop in the same order, with
 * the same costs. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "chotdon/order.h"
#include "chotdon/order_counts.h"
#include "db/db.h"
#include "io/export.h"
#include "io/export_core.h"

/* What stands on every row of an order, made when it begins. */
struct order_parts {
    int64_t id;
    struct buf reps;    /* "AN:70+BINH:30" */
    struct buf methods; /* "cash:300000+transfer:200000" */
};

static enum err_code read_reps(struct export *x, int64_t id, struct buf *reps, struct err *e) {
    struct db_stmt *s = NULL;
    char share[MONEY_TEXT_MAX];
    buf_reset(reps);
    enum err_code rc = db_query(shop_db(x->shop),
                                "SELECT s.code, r.share_bps FROM order_reps r JOIN staff s ON s.id = r.staff_id "
                                "WHERE r.order_id = $1 ORDER BY r.position",
                                DB_BIND(DB_INT(id)), &s, e);
    enum db_row next = DB_END;
    while (rc == ERR_OK && (next = db_next(s, e)) == DB_ROW) {
        int64_t bps = db_col_int(s, 1);
        buf_addf(reps, "%s%s", reps->len > 0 ? "+" : "", db_col_text(s, 0));
        if (bps != 10000) {
            buf_addf(reps, ":%s", rate_format(bps, share));
        }
    }
    db_done(&s);
    return rc == ERR_OK && next == DB_FAILED ? ERR_DB : rc;
}

/* One method stands alone: `paid` says how much. A promise comes last. */
static enum err_code read_methods(struct export *x, int64_t id, const char *promise, struct buf *methods,
                                  struct err *e) {
    struct db_stmt *s = NULL;
    struct buf alone = BUF_INIT;
    char amount[MONEY_TEXT_MAX];
    int count = 0;
    buf_reset(methods);
    enum err_code rc = db_query(shop_db(x->shop),
                                "SELECT method, CAST(sum(amount) AS BIGINT) FROM payments WHERE order_id = $1 "
                                "GROUP BY method HAVING sum(amount) <> 0 ORDER BY min(id)",
                                DB_BIND(DB_INT(id)), &s, e);
    enum db_row next = DB_END;
    while (rc == ERR_OK && (next = db_next(s, e)) == DB_ROW) {
        buf_addf(methods, "%s%s:%s", count++ > 0 ? "+" : "", db_col_text(s, 0),
                 money_format_plain(db_col_int(s, 1), shop_currency(x->shop), amount));
        buf_add(&alone, db_col_text(s, 0));
    }
    db_done(&s);
    if (count == 1 && promise[0] == '\0') {
        buf_reset(methods);
        buf_add(methods, buf_str(&alone));
    }
    if (promise[0] != '\0') {
        buf_addf(methods, "%s%s", count > 0 ? "+" : "", promise);
    }
    buf_clear(&alone);
    return rc == ERR_OK && next == DB_FAILED ? ERR_DB : rc;
}

enum {
    Q_ID,
    Q_NO,
    Q_DATE,
    Q_SKU,
    Q_QTY,
    Q_PRICE,
    Q_STATUS,
    Q_CHANNEL,
    Q_CUSTOMER,
    Q_PHONE,
    Q_CUSTOMER_NAME,
    Q_PRODUCT,
    Q_DISCOUNT,
    Q_ORDER_DISCOUNT,
    Q_VAT,
    Q_SHIPPING,
    Q_PAID,
    Q_DELIVERED,
    Q_CARRIER,
    Q_TRACKING,
    Q_PROVINCE,
    Q_RETURN_OF,
    Q_NOTE,
    Q_TIME,
    Q_UNIT,
    Q_PROMISED,
    Q_PROMISE,
    Q_COUNTS
};

#define ORDER_LINES_SELECT                                                                                             \
    "SELECT o.id, o.order_no, o.order_date, p.sku, l.qty, l.unit_price, o.status, coalesce(h.name, ''), "              \
    "coalesce(c.code, ''), "                                                                                           \
    "coalesce((SELECT f.phone FROM customer_phones f WHERE f.customer_id = o.customer_id ORDER BY f.position LIMIT "   \
    "1), ''), "                                                                                                        \
    "coalesce(c.name, ''), p.name, l.discount, o.discount, l.vat_bps, o.shipping_fee, o.paid, o.delivered_on, "        \
    "o.carrier, "                                                                                                      \
    "o.tracking_no, o.province, coalesce(s.order_no, ''), o.note, o.order_time, coalesce(l.unit, ''), o.promised_on, " \
    "o.promise, "                                                                                                      \
    "CASE WHEN " ORDER_COUNTS(                                                                                         \
        "o") " THEN 1 ELSE 0 END "                                                                                     \
             "FROM orders o JOIN order_lines l ON l.order_id = o.id JOIN products p ON p.id = l.product_id "           \
             "LEFT JOIN channels h ON h.id = o.channel_id LEFT JOIN customers c ON c.id = o.customer_id LEFT JOIN "    \
             "orders s ON s.id = o.return_of "

static void order_row(struct export *x, struct db_stmt *s, const struct order_parts *parts) {
    struct table *t = x->table;
    bool counts = db_col_int(s, Q_COUNTS) == 1;
    table_text(t, db_col_text(s, Q_NO));
    table_text(t, db_col_text(s, Q_DATE));
    table_text(t, db_col_text(s, Q_SKU));
    table_number(t, db_col_int(s, Q_QTY));
    table_number(t, db_col_int(s, Q_PRICE));
    table_text(t, db_col_text(s, Q_STATUS));
    table_text(t, db_col_text(s, Q_CHANNEL));
    table_text(t, db_col_text(s, Q_CUSTOMER));
    table_text(t, db_col_text(s, Q_PHONE));
    table_text(t, db_col_text(s, Q_CUSTOMER_NAME));
    table_text(t, db_col_text(s, Q_PRODUCT));
    table_text(t, buf_str(&parts->reps));
    table_number(t, db_col_int(s, Q_DISCOUNT));
    table_number(t, db_col_int(s, Q_ORDER_DISCOUNT));
    table_number(t, db_col_int(s, Q_VAT));
    table_number(t, db_col_int(s, Q_SHIPPING));
    if (counts) {
        table_number(t, db_col_int(s, Q_PAID));
        table_text(t, buf_str(&parts->methods));
    } else {
        table_empty(t);
        table_text(t, "");
    }
    table_text(t, db_col_text(s, Q_DELIVERED));
    table_text(t, db_col_text(s, Q_CARRIER));
    table_text(t, db_col_text(s, Q_TRACKING));
    table_text(t, db_col_text(s, Q_PROVINCE));
    table_text(t, db_col_text(s, Q_RETURN_OF));
    table_text(t, db_col_text(s, Q_NOTE));
    table_text(t, db_col_text(s, Q_TIME));
    table_text(t, db_col_text(s, Q_UNIT));
    table_text(t, db_col_text(s, Q_PROMISED));
}

static enum err_code query_orders(struct export *x, struct db_stmt **s, struct err *e) {
    if (x->only != 0) {
        return db_query(shop_db(x->shop), ORDER_LINES_SELECT "WHERE o.id = $1 ORDER BY l.line_no",
                        DB_BIND(DB_INT(x->only)), s, e);
    }
    return db_query(shop_db(x->shop),
                    ORDER_LINES_SELECT "WHERE o.order_no IS NOT NULL AND ($1 IS NULL OR o.order_date >= $1) "
                                       "AND ($2 IS NULL OR o.order_date <= $2) ORDER BY o.id, l.line_no",
                    DB_BIND(DB_TEXT(x->options->from), DB_TEXT(x->options->to)), s, e);
}

enum err_code export_orders(struct export *x, struct err *e) {
    struct db_stmt *s = NULL;
    struct order_parts parts = {.reps = BUF_INIT, .methods = BUF_INIT};
    enum err_code rc = query_orders(x, &s, e);
    enum db_row next = DB_END;
    while (rc == ERR_OK && (next = db_next(s, e)) == DB_ROW) {
        if (db_col_int(s, Q_ID) != parts.id) {
            parts.id = db_col_int(s, Q_ID);
            rc = read_reps(x, parts.id, &parts.reps, e);
            if (rc == ERR_OK) {
                rc = read_methods(x, parts.id, db_col_text(s, Q_PROMISE), &parts.methods, e);
            }
        }
        if (rc == ERR_OK) {
            order_row(x, s, &parts);
            rc = export_end_row(x, e);
        }
    }
    db_done(&s);
    buf_clear(&parts.reps);
    buf_clear(&parts.methods);
    return rc == ERR_OK && next == DB_FAILED ? ERR_DB : rc;
}

/* Figures of each line as they stand in the books: orders that count, by date. */
enum err_code export_order_lines(struct export *x, struct err *e) {
    struct db_stmt *s = NULL;
    struct buf reps = BUF_INIT;
    int64_t id = 0;
    enum err_code rc = db_query(
        shop_db(x->shop),
        "SELECT o.id, o.order_no, o.order_date, o.recognised_on, o.status, coalesce(h.name, ''), coalesce(c.code, ''), "
        "p.sku, p.name, "
        "coalesce(g.path, ''), l.qty, l.unit_price, l.discount, l.order_discount, l.amount, l.net, l.vat, l.cost "
        "FROM orders o JOIN order_lines l ON l.order_id = o.id JOIN products p ON p.id = l.product_id "
        "LEFT JOIN product_groups g ON g.id = p.group_id LEFT JOIN channels h ON h.id = o.channel_id "
        "LEFT JOIN customers c ON c.id = o.customer_id WHERE o.order_no IS NOT NULL AND o.status <> 'draft' "
        "AND ($1 IS NULL OR o.order_date >= $1) AND ($2 IS NULL OR o.order_date <= $2) "
        "ORDER BY o.order_date, o.order_time, o.id, l.line_no",
        DB_BIND(DB_TEXT(x->options->from), DB_TEXT(x->options->to)), &s, e);
    enum db_row next = DB_END;
    while (rc == ERR_OK && (next = db_next(s, e)) == DB_ROW) {
        struct table *t = x->table;
        if (db_col_int(s, 0) != id) {
            id = db_col_int(s, 0);
            rc = read_reps(x, id, &reps, e);
        }
        for (int i = 1; i <= 6; i++) {
            table_text(t, db_col_text(s, i));
        }
        table_text(t, buf_str(&reps));
        for (int i = 7; i <= 9; i++) {
            table_text(t, db_col_text(s, i));
        }
        for (int i = 10; i <= 17; i++) {
            table_number(t, db_col_int(s, i));
        }
        rc = rc == ERR_OK ? export_end_row(x, e) : rc;
    }
    db_done(&s);
    buf_clear(&reps);
    return rc == ERR_OK && next == DB_FAILED ? ERR_DB : rc;
}

void export_order_row(struct table *t, const struct order_row *r) {
    table_text(t, r->order_no);
    table_text(t, r->order_date);
    table_text(t, order_status_code(r->status));
    table_text(t, r->channel);
    table_text(t, r->customer_code);
    table_text(t, r->customer_name);
    table_text(t, r->rep);
    table_number(t, r->total);
    table_number(t, r->paid);
    table_number(t, r->due);
}
