/* Orders, line by line, in the order in which they were made: so they come out of another shop in the same order, with
 * the same costs. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/order.h"
#include "chotdon/order_counts.h"
#include "db/db.h"
#include "io/export.h"
#include "io/export_core.h"

/* A query that gives its rows by order, walked beside the orders themselves. The first column is the order's id. */
struct sweep {
    struct db_stmt *s;
    bool has_row;
    int64_t id;
};

static enum err_code sweep_next(struct sweep *w, struct err *e) {
    enum db_row row = db_next(w->s, e);
    w->has_row = row == DB_ROW;
    w->id = w->has_row ? db_col_int(w->s, 0) : 0;
    return row == DB_FAILED ? ERR_DB : ERR_OK;
}

/* To the first row of this order, or behind it. */
static enum err_code sweep_to(struct sweep *w, int64_t id, struct err *e) {
    enum err_code rc = ERR_OK;
    while (rc == ERR_OK && w->has_row && w->id < id) {
        rc = sweep_next(w, e);
    }
    return rc;
}

static enum err_code sweep_begin(struct export *x, struct sweep *w, const char *sql, const int64_t ids[2],
                                 struct err *e) {
    enum err_code rc = db_query(shop_db(x->shop), sql, DB_BIND(DB_INT(ids[0]), DB_INT(ids[1])), &w->s, e);
    return rc == ERR_OK ? sweep_next(w, e) : rc;
}

/* "AN:70+BINH:30" */
static enum err_code read_reps(struct sweep *w, int64_t id, struct buf *reps, struct err *e) {
    char share[MONEY_TEXT_MAX];
    buf_reset(reps);
    enum err_code rc = sweep_to(w, id, e);
    while (rc == ERR_OK && w->has_row && w->id == id) {
        int64_t bps = db_col_int(w->s, 2);
        buf_add(reps, reps->len > 0 ? "+" : "");
        buf_add(reps, db_col_text(w->s, 1));
        if (bps != 10000) {
            buf_addf(reps, ":%s", rate_format(bps, share));
        }
        rc = sweep_next(w, e);
    }
    return rc;
}

/* What was paid by each method, in the order of their first payments. */
struct method_sum {
    char method[24];
    int64_t amount;
};
struct method_sums {
    struct method_sum *sums;
    size_t count, cap;
};

static struct method_sum *sum_of(struct method_sums *m, const char *method) {
    for (size_t i = 0; i < m->count; i++) {
        if (strcmp(m->sums[i].method, method) == 0) {
            return &m->sums[i];
        }
    }
    m->sums = mem_grow(m->sums, m->count, &m->cap, sizeof *m->sums);
    m->sums[m->count] = (struct method_sum){.amount = 0};
    snprintf(m->sums[m->count].method, sizeof m->sums->method, "%s", method);
    return &m->sums[m->count++];
}

static enum err_code sum_methods(struct sweep *w, int64_t id, struct method_sums *m, struct err *e) {
    m->count = 0;
    enum err_code rc = sweep_to(w, id, e);
    while (rc == ERR_OK && w->has_row && w->id == id) {
        struct method_sum *sum = sum_of(m, db_col_text(w->s, 1));
        if (!money_add(sum->amount, db_col_int(w->s, 2), &sum->amount)) {
            return err_set(e, ERR_INVALID, _("the payments of an order are too large to be added up"));
        }
        rc = sweep_next(w, e);
    }
    return rc;
}

/* "cash:300000+transfer:200000". One method stands alone: `paid` says how much. A promise comes last. */
static void write_methods(const struct export *x, const struct method_sums *m, const char *promise,
                          struct buf *methods) {
    char amount[MONEY_TEXT_MAX];
    size_t count = 0;
    const char *only = "";
    buf_reset(methods);
    for (size_t i = 0; i < m->count; i++) {
        only = m->sums[i].amount != 0 && count == 0 ? m->sums[i].method : only;
        count += m->sums[i].amount != 0;
    }
    if (count == 1 && promise[0] == '\0') {
        buf_add(methods, only);
        return;
    }
    for (size_t i = 0; i < m->count; i++) {
        if (m->sums[i].amount != 0) {
            buf_addf(methods, "%s%s:%s", methods->len > 0 ? "+" : "", m->sums[i].method,
                     money_format_plain(m->sums[i].amount, shop_currency(x->shop), amount));
        }
    }
    buf_add(methods, promise[0] != '\0' && methods->len > 0 ? "+" : "");
    buf_add(methods, promise);
}

enum {
    Q_ID,
    Q_NO,
    Q_DATE,
    Q_STATUS,
    Q_CHANNEL,
    Q_CUSTOMER,
    Q_PHONE,
    Q_CUSTOMER_NAME,
    Q_DISCOUNT,
    Q_SHIPPING,
    Q_PAID,
    Q_DELIVERED,
    Q_CARRIER,
    Q_TRACKING,
    Q_PROVINCE,
    Q_RETURN_OF,
    Q_NOTE,
    Q_TIME,
    Q_PROMISED,
    Q_PROMISE,
    Q_COUNTS
};

#define ORDERS_SELECT                                                                                                  \
    "SELECT o.id, o.order_no, o.order_date, o.status, h.name, c.code, "                                                \
    "(SELECT f.phone FROM customer_phones f WHERE f.customer_id = o.customer_id ORDER BY f.position LIMIT 1), "        \
    "c.name, o.discount, o.shipping_fee, o.paid, " ORDER_DAY(                                                          \
        "o", "delivered_on") ", o.carrier, o.tracking_no, o.province, s.order_no, "                                    \
                             "o.note, o.order_time, o.promised_on, o.promise, "                                        \
                             "CASE WHEN " ORDER_COUNTS(                                                                \
                                 "o") " THEN 1 ELSE 0 END FROM orders o LEFT JOIN channels h ON h.id = o.channel_id "  \
                                      "LEFT JOIN customers c ON c.id = o.customer_id "                                 \
                                      "LEFT JOIN orders s ON s.id = o.return_of "

enum { L_ORDER, L_SKU, L_PRODUCT, L_QTY, L_PRICE, L_DISCOUNT, L_VAT, L_UNIT };

#define REPS_SELECT                                                                                                    \
    "SELECT r.order_id, s.code, r.share_bps FROM order_reps r LEFT JOIN staff s ON s.id = r.staff_id "                 \
    "WHERE r.order_id BETWEEN $1 AND $2 ORDER BY r.order_id, r.position"

/* The orders and what belongs to them, each read once in the order of their ids. */
struct order_sweeps {
    struct db_stmt *orders;
    struct sweep lines, reps, payments;
    struct buf rep_text, method_text;
    struct method_sums sums;
};

static void order_row(struct export *x, const struct order_sweeps *w) {
    struct table *t = x->table;
    struct db_stmt *o = w->orders;
    struct db_stmt *l = w->lines.s;
    table_text(t, db_col_text(o, Q_NO));
    table_text(t, db_col_text(o, Q_DATE));
    table_text(t, db_col_text(l, L_SKU));
    table_number(t, db_col_int(l, L_QTY));
    table_number(t, db_col_int(l, L_PRICE));
    table_text(t, db_col_text(o, Q_STATUS));
    table_text(t, db_col_text(o, Q_CHANNEL));
    table_text(t, db_col_text(o, Q_CUSTOMER));
    table_text(t, db_col_text(o, Q_PHONE));
    table_text(t, db_col_text(o, Q_CUSTOMER_NAME));
    table_text(t, db_col_text(l, L_PRODUCT));
    table_text(t, buf_str(&w->rep_text));
    table_number(t, db_col_int(l, L_DISCOUNT));
    table_number(t, db_col_int(o, Q_DISCOUNT));
    table_number(t, db_col_int(l, L_VAT));
    table_number(t, db_col_int(o, Q_SHIPPING));
    if (db_col_int(o, Q_COUNTS) == 1) {
        table_number(t, db_col_int(o, Q_PAID));
        table_text(t, buf_str(&w->method_text));
    } else {
        table_empty(t);
        table_text(t, "");
    }
    table_text(t, db_col_text(o, Q_DELIVERED));
    table_text(t, db_col_text(o, Q_CARRIER));
    table_text(t, db_col_text(o, Q_TRACKING));
    table_text(t, db_col_text(o, Q_PROVINCE));
    table_text(t, db_col_text(o, Q_RETURN_OF));
    table_text(t, db_col_text(o, Q_NOTE));
    table_text(t, db_col_text(o, Q_TIME));
    table_text(t, db_col_text(l, L_UNIT));
    table_text(t, db_col_text(o, Q_PROMISED));
}

/* Ids between which all orders of the days asked for are: what lies between is little, for they are entered by and by.
 */
static enum err_code find_ids(struct export *x, int64_t ids[2], struct err *e) {
    const char *from = x->options->from;
    const char *to = x->options->to;
    struct db_value days[] = {DB_TEXT(from), DB_TEXT(to), {.kind = DB_KIND_END}};
    ids[0] = x->only;
    ids[1] = x->only != 0 ? x->only : INT64_MAX;
    if (x->only != 0 || (from == NULL && to == NULL)) {
        return ERR_OK;
    }
    enum err_code rc = db_get_int(shop_db(x->shop),
                                  "SELECT COALESCE(MIN(id), 0) FROM orders WHERE ($1 IS NULL OR order_date >= $1) AND "
                                  "($2 IS NULL OR order_date <= $2)",
                                  days, &ids[0], e);
    return rc != ERR_OK ? rc
                        : db_get_int(shop_db(x->shop),
                                     "SELECT COALESCE(MAX(id), 0) FROM orders WHERE ($1 IS NULL OR order_date >= $1) "
                                     "AND ($2 IS NULL OR order_date <= $2)",
                                     days, &ids[1], e);
}

static enum err_code begin(struct export *x, struct order_sweeps *w, struct err *e) {
    int64_t ids[2];
    enum err_code rc = find_ids(x, ids, e);
    if (rc == ERR_OK && x->only != 0) {
        rc = db_query(shop_db(x->shop), ORDERS_SELECT "WHERE o.id = $1", DB_BIND(DB_INT(x->only)), &w->orders, e);
    } else if (rc == ERR_OK) {
        rc = db_query(shop_db(x->shop),
                      ORDERS_SELECT "WHERE o.id BETWEEN $1 AND $2 AND o.order_no IS NOT NULL AND ($3 IS NULL OR "
                                    "o.order_date >= $3) AND ($4 IS NULL OR o.order_date <= $4) ORDER BY o.id",
                      DB_BIND(DB_INT(ids[0]), DB_INT(ids[1]), DB_TEXT(x->options->from), DB_TEXT(x->options->to)),
                      &w->orders, e);
    }
    if (rc == ERR_OK) {
        rc = sweep_begin(x, &w->lines,
                         "SELECT l.order_id, p.sku, p.name, l.qty, l.unit_price, l.discount, l.vat_bps, l.unit "
                         "FROM order_lines l LEFT JOIN products p ON p.id = l.product_id "
                         "WHERE l.order_id BETWEEN $1 AND $2 ORDER BY l.order_id, l.line_no",
                         ids, e);
    }
    if (rc == ERR_OK) {
        rc = sweep_begin(x, &w->reps, REPS_SELECT, ids, e);
    }
    return rc == ERR_OK ? sweep_begin(x, &w->payments,
                                      "SELECT order_id, method, amount FROM payments WHERE order_id BETWEEN $1 AND $2 "
                                      "ORDER BY order_id, id",
                                      ids, e)
                        : rc;
}

static enum err_code export_order(struct export *x, struct order_sweeps *w, struct err *e) {
    int64_t id = db_col_int(w->orders, Q_ID);
    enum err_code rc = read_reps(&w->reps, id, &w->rep_text, e);
    if (rc == ERR_OK) {
        rc = sum_methods(&w->payments, id, &w->sums, e);
    }
    if (rc == ERR_OK) {
        write_methods(x, &w->sums, db_col_text(w->orders, Q_PROMISE), &w->method_text);
        rc = sweep_to(&w->lines, id, e);
    }
    while (rc == ERR_OK && w->lines.has_row && w->lines.id == id) {
        order_row(x, w);
        rc = export_end_row(x, e);
        if (rc == ERR_OK) {
            rc = sweep_next(&w->lines, e);
        }
    }
    return rc;
}

enum err_code export_orders(struct export *x, struct err *e) {
    struct order_sweeps w = {.rep_text = BUF_INIT, .method_text = BUF_INIT};
    enum err_code rc = begin(x, &w, e);
    enum db_row next = DB_END;
    while (rc == ERR_OK && (next = db_next(w.orders, e)) == DB_ROW) {
        rc = export_order(x, &w, e);
    }
    db_done(&w.orders);
    db_done(&w.lines.s);
    db_done(&w.reps.s);
    db_done(&w.payments.s);
    buf_clear(&w.rep_text);
    buf_clear(&w.method_text);
    free(w.sums.sums);
    return rc == ERR_OK && next == DB_FAILED ? ERR_DB : rc;
}

/* Of one order: they come by date. */
static enum err_code read_order_reps(struct export *x, int64_t id, struct buf *reps, struct err *e) {
    struct sweep w = {0};
    enum err_code rc = sweep_begin(x, &w, REPS_SELECT, (const int64_t[2]){id, id}, e);
    if (rc == ERR_OK) {
        rc = read_reps(&w, id, reps, e);
    }
    db_done(&w.s);
    return rc;
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
            rc = read_order_reps(x, id, &reps, e);
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
