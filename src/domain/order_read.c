/* One order with its lines, reps and payments. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/permission.h"
#include "domain/order_plan.h"
#include "domain/order_store.h"
#include "domain/order_words.h"
#include "domain/record.h"
#include "domain/shop_internal.h"

static void copy_date(char out[DATE_SIZE], struct db_stmt *s, int column) {
    const char *text = db_col_text(s, column);
    size_t len = strnlen(text, DATE_SIZE - 1);
    memcpy(out, text, len);
    out[len] = '\0';
}

static char *number_of(struct db_stmt *s, int column, int64_t id) {
    if (!db_col_null(s, column)) {
        return db_col_dup(s, column);
    }
    char temporary[ORDER_NO_SIZE];
    order_number_temporary(id, temporary);
    return mem_strdup(temporary);
}

#define HEADER                                                                                                         \
    "SELECT o.order_no, o.order_date, o.order_time, o.status, o.is_return, o.customer_id, o.subtotal, o.discount,"     \
    " o.shipping_fee, o.total, o.revenue, o.net, o.vat, o.cost, o.paid, o.change, o.due, o.taken_off, o.promise,"      \
    " o.stock_out, o.recognised_on, o.confirmed_on, o.shipped_on, o.delivered_on, o.completed_on, o.promised_on,"      \
    " o.province, o.carrier, o.tracking_no, o.reason, o.note, o.held_as, o.station, o.channel_id, o.return_of,"        \
    " o.version, h.name, c.code, c.name, p.phone, r.order_no, s.code, k.deal_no FROM orders o"                         \
    " LEFT JOIN channels h ON h.id = o.channel_id LEFT JOIN customers c ON c.id = o.customer_id"                       \
    " LEFT JOIN customer_phones p ON p.customer_id = o.customer_id AND p.position ="                                   \
    " (SELECT MIN(q.position) FROM customer_phones q WHERE q.customer_id = o.customer_id)"                             \
    " LEFT JOIN orders r ON r.id = o.return_of LEFT JOIN staff s ON s.id = o.staff_id"                                 \
    " LEFT JOIN deals k ON k.id = o.deal_id WHERE o.id = $1"

static void take_amounts(struct db_stmt *s, struct order *o) {
    o->subtotal = db_col_int(s, 6);
    o->discount = db_col_int(s, 7);
    o->shipping_fee = db_col_int(s, 8);
    o->total = db_col_int(s, 9);
    o->revenue = db_col_int(s, 10);
    o->net = db_col_int(s, 11);
    o->vat = db_col_int(s, 12);
    o->cost = db_col_int(s, 13);
    o->paid = db_col_int(s, 14);
    o->change = db_col_int(s, 15);
    o->due = db_col_int(s, 16);
    o->taken_off = db_col_int(s, 17);
    o->has_promise = db_col_text(s, 18)[0] != '\0';
    o->promise = o->has_promise ? pay_method_stored(db_col_text(s, 18)) : PAY_CASH;
}

static void take_texts(struct db_stmt *s, struct order *o) {
    o->province = db_col_dup(s, 26);
    o->carrier = db_col_dup(s, 27);
    o->tracking_no = db_col_dup(s, 28);
    o->reason = db_col_dup(s, 29);
    o->note = db_col_dup(s, 30);
    o->held_as = db_col_dup(s, 31);
    o->station = db_col_dup(s, 32);
    o->channel = db_col_dup(s, 36);
    o->customer_code = db_col_dup(s, 37);
    o->customer_name = db_col_dup(s, 38);
    o->customer_phone = db_col_dup(s, 39);
    o->return_of = db_col_dup(s, 40);
    o->staff = db_col_dup(s, 41);
    o->deal_no = db_col_dup(s, 42);
}

static void copy_day(char day[DATE_SIZE], struct db_stmt *s, int col, const char *order_date) {
    if (strcmp(db_col_text(s, col), "=") == 0) {
        memcpy(day, order_date, DATE_SIZE);
    } else {
        copy_date(day, s, col);
    }
}

static void take_header(struct db_stmt *s, int64_t id, struct order *o) {
    o->id = id;
    o->order_no = number_of(s, 0, id);
    copy_date(o->order_date, s, 1);
    size_t len = strnlen(db_col_text(s, 2), sizeof o->order_time - 1);
    memcpy(o->order_time, db_col_text(s, 2), len);
    o->status = order_status_stored(db_col_text(s, 3));
    o->is_return = db_col_int(s, 4) != 0;
    o->customer_id = db_col_int(s, 5);
    take_amounts(s, o);
    o->stock_out = db_col_int(s, 19) != 0;
    copy_date(o->recognised_on, s, 20);
    copy_day(o->confirmed_on, s, 21, o->order_date);
    copy_day(o->shipped_on, s, 22, o->order_date);
    copy_day(o->delivered_on, s, 23, o->order_date);
    copy_day(o->completed_on, s, 24, o->order_date);
    copy_date(o->promised_on, s, 25);
    o->channel_id = db_col_int(s, 33);
    o->return_of_id = db_col_int(s, 34);
    o->version = db_col_int(s, 35);
    take_texts(s, o);
}

static enum err_code read_header(struct db *db, int64_t id, struct order *o, struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(db, HEADER, DB_BIND(DB_INT(id)), &s, e);
    if (rc != ERR_OK) {
        return rc;
    }
    switch (db_next(s, e)) {
    case DB_ROW:
        take_header(s, id, o);
        break;
    case DB_END:
        rc = err_set(e, ERR_NOT_FOUND, _("there is no such order"));
        break;
    case DB_FAILED:
        rc = record_failed(e);
        break;
    }
    db_done(&s);
    return rc;
}

static void take_line(struct db_stmt *s, struct order_line *l) {
    int64_t marks = db_col_int(s, 15);
    *l = (struct order_line){
        .line_no = (int)db_col_int(s, 0),
        .product_id = db_col_int(s, 1),
        .sku = db_col_dup(s, 2),
        .name = db_col_dup(s, 3),
        .unit = db_col_dup(s, 4),
        .factor = db_col_int(s, 5),
        .qty = db_col_int(s, 6),
        .unit_price = db_col_int(s, 7),
        .discount = db_col_int(s, 8),
        .order_discount = db_col_int(s, 9),
        .amount = db_col_int(s, 10),
        .net = db_col_int(s, 11),
        .vat = db_col_int(s, 12),
        .vat_bps = db_col_int(s, 13),
        .cost = db_col_int(s, 14),
        .returned = db_col_int(s, 16),
        .below_stock = (marks & MARK_BELOW_STOCK) != 0,
        .below_cost = (marks & MARK_BELOW_COST) != 0,
        .damaged = (marks & MARK_DAMAGED) != 0,
        .sale_line = db_col_int(s, 17),
    };
}

static enum err_code read_lines(struct db *db, struct order *o, struct err *e) {
    struct db_stmt *s = NULL;
    size_t cap = 0;
    enum err_code rc = db_query(db,
                                "SELECT l.line_no, l.product_id, p.sku, p.name, l.unit, l.factor, l.qty, l.unit_price,"
                                " l.discount, l.order_discount, l.amount, l.net, l.vat, l.vat_bps, l.cost, l.marks,"
                                " l.returned, l.sale_line FROM order_lines l JOIN products p ON p.id = l.product_id"
                                " WHERE l.order_id = $1 ORDER BY l.line_no",
                                DB_BIND(DB_INT(o->id)), &s, e);
    enum db_row row = DB_END;
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        o->lines = mem_grow(o->lines, o->line_count, &cap, sizeof *o->lines);
        take_line(s, &o->lines[o->line_count++]);
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

static enum err_code read_rates(struct db *db, struct order *o, struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc =
        db_query(db, "SELECT line_no, rate_bps FROM draft_rates WHERE order_id = $1", DB_BIND(DB_INT(o->id)), &s, e);
    enum db_row row = DB_END;
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        size_t line = (size_t)db_col_int(s, 0);
        if (line == 0) {
            o->discount_bps = db_col_int(s, 1);
        } else if (line <= o->line_count) {
            o->lines[line - 1].discount_bps = db_col_int(s, 1);
        }
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

static enum err_code read_reps(struct db *db, struct order *o, struct err *e) {
    struct db_stmt *s = NULL;
    size_t cap = 0;
    enum err_code rc = db_query(db,
                                "SELECT r.staff_id, s.code, s.name, r.share_bps FROM order_reps r"
                                " JOIN staff s ON s.id = r.staff_id WHERE r.order_id = $1 ORDER BY r.position",
                                DB_BIND(DB_INT(o->id)), &s, e);
    enum db_row row = DB_END;
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        o->reps = mem_grow(o->reps, o->rep_count, &cap, sizeof *o->reps);
        o->reps[o->rep_count++] =
            (struct order_rep){db_col_int(s, 0), db_col_dup(s, 1), db_col_dup(s, 2), db_col_int(s, 3)};
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

static enum err_code read_payments(struct db *db, struct order *o, struct err *e) {
    struct db_stmt *s = NULL;
    size_t cap = 0;
    enum err_code rc = db_query(db, "SELECT date, method, amount, note FROM payments WHERE order_id = $1 ORDER BY id",
                                DB_BIND(DB_INT(o->id)), &s, e);
    enum db_row row = DB_END;
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        o->payments = mem_grow(o->payments, o->payment_count, &cap, sizeof *o->payments);
        struct order_payment *p = &o->payments[o->payment_count++];
        *p = (struct order_payment){
            .method = pay_method_stored(db_col_text(s, 1)), .amount = db_col_int(s, 2), .note = db_col_dup(s, 3)};
        copy_day(p->date, s, 0, o->order_date);
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

enum err_code order_load(struct shop *shop, int64_t id, struct order *out, struct err *e) {
    *out = (struct order){0};
    enum err_code rc = read_header(shop->db, id, out, e);
    if (rc == ERR_OK) {
        rc = read_lines(shop->db, out, e);
    }
    if (rc == ERR_OK && out->status == ORDER_DRAFT) {
        rc = read_rates(shop->db, out, e);
    }
    if (rc == ERR_OK) {
        rc = read_reps(shop->db, out, e);
    }
    if (rc == ERR_OK) {
        rc = read_payments(shop->db, out, e);
    }
    if (rc != ERR_OK) {
        order_clear(out);
    }
    return rc;
}

enum err_code order_get(struct shop *shop, int64_t id, struct order *out, struct err *e) {
    enum err_code rc = order_load(shop, id, out, e);
    out->shows_cost = shop_may(shop, PERMIT_SEE_COST);
    if (rc == ERR_OK && !out->shows_cost) {
        out->cost = 0;
        for (size_t i = 0; i < out->line_count; i++) {
            out->lines[i].cost = 0;
        }
    }
    return rc;
}

void order_clear(struct order *o) {
    char *const texts[] = {o->order_no, o->channel, o->customer_code, o->customer_name, o->customer_phone,
                           o->province, o->carrier, o->tracking_no,   o->reason,        o->note,
                           o->held_as,  o->station, o->return_of,     o->staff,         o->deal_no};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        free(texts[i]);
    }
    for (size_t i = 0; i < o->line_count; i++) {
        free(o->lines[i].sku);
        free(o->lines[i].name);
        free(o->lines[i].unit);
    }
    for (size_t i = 0; i < o->rep_count; i++) {
        free(o->reps[i].code);
        free(o->reps[i].name);
    }
    for (size_t i = 0; i < o->payment_count; i++) {
        free(o->payments[i].note);
    }
    free(o->lines);
    free(o->reps);
    free(o->payments);
    *o = (struct order){0};
}

enum err_code order_find(struct shop *shop, const char *order_no, int64_t *id, struct err *e) {
    struct err why = ERR_INIT;
    enum err_code rc =
        db_get_int(shop->db, "SELECT id FROM orders WHERE order_no = $1", DB_BIND(DB_TEXT(order_no)), id, &why);
    if (rc == ERR_NOT_FOUND && strncmp(order_no, "NHAP-", 5) == 0 && order_no[5] >= '0' && order_no[5] <= '9') {
        rc = db_get_int(shop->db, "SELECT id FROM orders WHERE id = $1 AND order_no IS NULL",
                        DB_BIND(DB_INT(strtoll(order_no + 5, NULL, 10))), id, &why);
    }
    if (rc == ERR_NOT_FOUND) {
        return err_set_field(e, rc, "no", _("there is no order “%s”; `chotdon order list` shows the numbers"),
                             order_no);
    }
    return rc == ERR_OK ? rc : err_set(e, rc, "%s", why.message);
}
