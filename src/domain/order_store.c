#include "domain/order_store.h"

#include <string.h>

#include "domain/cash_shift.h"
#include "domain/order_words.h"
#include "domain/sales_book.h"
#include "domain/shop_internal.h"

/* The columns that a plan sets, with its values in the same order; what a new order gets besides comes after them. */
#define COLUMNS                                                                                                        \
    "order_no, order_date, order_time, status, channel_id, customer_id, subtotal, discount, shipping_fee, total,"      \
    " revenue, net, vat, cost, paid, change, taken_off, due, promise, stock_out, confirmed_on, shipped_on,"            \
    " delivered_on, completed_on, promised_on, recognised_on, province, carrier, tracking_no, return_of, is_return,"   \
    " reason, note, held_as, station"
#define VALUES                                                                                                         \
    "$2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,"                 \
    " $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36"

enum err_code order_store_header(struct shop *shop, const struct order_plan *p, int64_t *id, struct err *e) {
    const struct amount_totals *t = &p->totals;
    const struct db_value values[] = {
        DB_ID(*id),
        p->order_no[0] == '\0' ? DB_NULL : DB_TEXT(p->order_no),
        DB_TEXT(p->date),
        DB_TEXT(p->time),
        DB_TEXT(order_status_code(p->status)),
        DB_ID(p->channel_id),
        DB_ID(p->customer_id),
        DB_INT(t->subtotal),
        DB_INT(t->discount),
        DB_INT(t->shipping_fee),
        DB_INT(t->total),
        DB_INT(t->revenue),
        DB_INT(t->net),
        DB_INT(t->vat),
        DB_INT(p->cost),
        DB_INT(p->paid),
        DB_INT(p->change),
        DB_INT(p->taken_off),
        DB_INT(p->due),
        DB_TEXT(p->promise),
        DB_INT(p->out),
        DB_TEXT(order_day_kept(p->dates.confirmed, p->date)),
        DB_TEXT(order_day_kept(p->dates.shipped, p->date)),
        DB_TEXT(order_day_kept(p->dates.delivered, p->date)),
        DB_TEXT(order_day_kept(p->dates.completed, p->date)),
        DB_TEXT(p->promised_on),
        DB_TEXT(p->recognised_on),
        DB_TEXT(p->province),
        DB_TEXT(p->carrier),
        DB_TEXT(p->tracking_no),
        DB_ID(p->return_of),
        DB_INT(p->is_return),
        DB_TEXT(p->reason),
        DB_TEXT(p->note),
        DB_TEXT(p->held_as),
        DB_TEXT(p->station),
        *id == 0 ? SHOP_ACTOR(shop) : (struct db_value){.kind = DB_KIND_END},
        DB_ID(p->import_id),
        {.kind = DB_KIND_END},
    };
    if (*id != 0) {
        return db_run(shop->db, "UPDATE orders SET (" COLUMNS ") = (" VALUES "), version = version + 1 WHERE id = $1",
                      values, e);
    }
    return db_add_id(shop->db, "orders",
                     "INSERT INTO orders (id, " COLUMNS ", staff_id, import_id) VALUES ($1, " VALUES ", $37, $38)",
                     values, id, e);
}

enum err_code order_store_lines(struct shop *shop, const struct order_plan *p, int64_t id, struct err *e) {
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < p->line_count && rc == ERR_OK; i++) {
        const struct plan_line *l = &p->lines[i];
        const struct amount_line *f = &p->figures[i];
        rc = db_add(shop->db,
                    "INSERT INTO order_lines (order_id, line_no, product_id, qty, unit_price, discount, order_discount,"
                    " amount, vat_bps, net, vat, cost, sale_line, unit, factor, marks) VALUES ($1, $2, $3, $4, $5, $6,"
                    " $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
                    DB_BIND(DB_INT(id), DB_INT(i + 1), DB_INT(l->goods->id), DB_INT(f->qty), DB_INT(f->unit_price),
                            DB_INT(f->discount), DB_INT(f->order_discount), DB_INT(f->amount), DB_INT(f->vat_bps),
                            DB_INT(f->net), DB_INT(f->vat), DB_INT(l->cost), DB_ID(l->sale_line), DB_TEXT(l->unit),
                            DB_INT(l->factor), DB_INT(l->marks)),
                    e);
    }
    return rc;
}

enum err_code order_store_reps(struct shop *shop, const struct order_plan *p, int64_t id, struct err *e) {
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < p->rep_count && rc == ERR_OK; i++) {
        rc =
            db_add(shop->db, "INSERT INTO order_reps (order_id, position, staff_id, share_bps) VALUES ($1, $2, $3, $4)",
                   DB_BIND(DB_INT(id), DB_INT(i + 1), DB_INT(p->reps[i].staff_id), DB_INT(p->reps[i].share_bps)), e);
    }
    return rc;
}

static enum err_code store_rate(struct shop *shop, int64_t id, size_t line_no, int64_t rate_bps, struct err *e) {
    return rate_bps == 0 ? ERR_OK
                         : db_run(shop->db, "INSERT INTO draft_rates (order_id, line_no, rate_bps) VALUES ($1, $2, $3)",
                                  DB_BIND(DB_INT(id), DB_INT(line_no), DB_INT(rate_bps)), e);
}

enum err_code order_store_rates(struct shop *shop, const struct order_plan *p, int64_t id, struct err *e) {
    enum err_code rc = store_rate(shop, id, 0, p->discount_bps, e);
    for (size_t i = 0; i < p->line_count && rc == ERR_OK; i++) {
        const struct discount *asked = &p->figures[i].asked;
        rc = store_rate(shop, id, i + 1, asked->is_rate ? asked->value : 0, e);
    }
    return rc;
}

enum err_code order_erase_rates(struct shop *shop, int64_t id, struct err *e) {
    return db_run(shop->db, "DELETE FROM draft_rates WHERE order_id = $1", DB_BIND(DB_INT(id)), e);
}

enum err_code order_erase_lines(struct shop *shop, int64_t id, struct err *e) {
    enum err_code rc = db_run(shop->db, "DELETE FROM order_lines WHERE order_id = $1", DB_BIND(DB_INT(id)), e);
    if (rc == ERR_OK) {
        rc = db_run(shop->db, "DELETE FROM order_reps WHERE order_id = $1", DB_BIND(DB_INT(id)), e);
    }
    return rc == ERR_OK ? order_erase_rates(shop, id, e) : rc;
}

enum err_code order_store_payment(struct shop *shop, int64_t id, const struct plan_payment *row, bool own_day,
                                  int64_t import_id, struct err *e) {
    int64_t shift = 0;
    enum err_code rc = import_id == 0 ? cash_shift_current(shop, row->date, &shift, e) : ERR_OK;
    if (rc != ERR_OK) {
        return rc;
    }
    return db_add(shop->db,
                  "INSERT INTO payments (order_id, date, method, amount, shift_id, staff_id, note, import_id)"
                  " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                  DB_BIND(DB_INT(id), DB_TEXT(own_day ? "=" : row->date), DB_TEXT(pay_method_code(row->method)),
                          DB_INT(row->amount), DB_ID(shift), SHOP_ACTOR(shop), DB_TEXT(row->note), DB_ID(import_id)),
                  e);
}

enum err_code order_store_payments(struct shop *shop, const struct order_plan *p, int64_t id, struct err *e) {
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < p->payment_count && rc == ERR_OK; i++) {
        bool own_day = strcmp(p->payments[i].date, p->date) == 0;
        rc = order_store_payment(shop, id, &p->payments[i], own_day, p->import_id, e);
    }
    return rc;
}

static enum err_code store_damage(struct shop *shop, const struct plan_line *l, struct stock_entry m, struct err *e) {
    m.kind = STOCK_DAMAGE;
    m.qty = l->base_qty;
    m.cost = -l->damage_cost;
    m.value = -l->damage_cost;
    return stock_book_move(shop->stock, l->goods, &m, e);
}

enum err_code order_store_moves(struct shop *shop, const struct order_plan *p, int64_t id, struct err *e) {
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < p->line_count && p->out && rc == ERR_OK; i++) {
        const struct plan_line *l = &p->lines[i];
        struct stock_entry m = {
            .kind = p->is_return ? STOCK_RETURN : STOCK_SALE,
            .date = p->dates.shipped,
            .own_day = strcmp(p->dates.shipped, p->date) == 0,
            .qty = -l->base_qty,
            .cost = -l->cost,
            .value = l->stock_value,
            .order_id = id,
            .import_id = p->import_id,
        };
        rc = stock_book_move(shop->stock, l->goods, &m, e);
        if (rc == ERR_OK && (l->marks & MARK_DAMAGED) != 0) {
            rc = store_damage(shop, l, m, e);
        }
    }
    return rc;
}

enum err_code order_store(struct shop *shop, const struct order_plan *p, int64_t *id, struct err *e) {
    int64_t known_sale = p->return_of != 0 ? p->return_of : *id;
    enum err_code rc = known_sale == 0 ? ERR_OK : sales_book_touch(shop->sales, known_sale, e);
    if (rc == ERR_OK && *id != 0) {
        rc = order_erase_lines(shop, *id, e);
    }
    if (rc == ERR_OK) {
        rc = order_store_header(shop, p, id, e);
    }
    if (rc == ERR_OK) {
        rc = order_store_lines(shop, p, *id, e);
    }
    if (rc == ERR_OK) {
        rc = order_store_reps(shop, p, *id, e);
    }
    if (rc == ERR_OK && p->status == ORDER_DRAFT) {
        rc = order_store_rates(shop, p, *id, e);
    }
    if (rc == ERR_OK) {
        rc = order_store_payments(shop, p, *id, e);
    }
    if (rc == ERR_OK) {
        rc = order_store_moves(shop, p, *id, e);
    }
    return rc == ERR_OK && known_sale == 0 ? sales_book_added(shop->sales, p, *id, e) : rc;
}

enum err_code order_store_state(struct shop *shop, int64_t id, enum order_status from, enum order_status to,
                                const char *reason, struct err *e) {
    char now[DATETIME_SIZE];
    shop_now(shop, now);
    return db_run(shop->db,
                  "INSERT INTO order_states (order_id, from_status, to_status, at, staff_id, reason)"
                  " VALUES ($1, $2, $3, $4, $5, $6)",
                  DB_BIND(DB_INT(id), DB_TEXT(order_status_code(from)), DB_TEXT(order_status_code(to)), DB_TEXT(now),
                          SHOP_ACTOR(shop), DB_TEXT(reason)),
                  e);
}
