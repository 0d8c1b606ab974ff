#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "domain/order_put.h"
#include "domain/order_words.h"
#include "domain/record.h"
#include "domain/shop_internal.h"

enum { METHODS = PAY_EWALLET + 1 };

enum order_status order_told_status(const struct order *stored) {
    if (stored->status != ORDER_RETURNED || !stored->stock_out) {
        return stored->status;
    }
    return stored->completed_on[0] != '\0'   ? ORDER_COMPLETED
           : stored->delivered_on[0] != '\0' ? ORDER_DELIVERED
                                             : ORDER_SHIPPED;
}

bool order_stored_counts(const struct order *stored) {
    return stored->status != ORDER_DRAFT && stored->status != ORDER_CANCELLED &&
           (stored->status != ORDER_RETURNED || stored->stock_out);
}

static void keep_text(const char **text, const char *stored) {
    *text = *text == NULL ? stored : *text;
}

static void keep_reps(const struct order *stored, struct order_merge *m) {
    m->reps = mem_array(stored->rep_count, sizeof *m->reps);
    for (size_t i = 0; i < stored->rep_count; i++) {
        m->reps[i] = (struct order_rep_input){stored->reps[i].staff_id, stored->reps[i].share_bps};
    }
    m->in.reps = m->reps;
    m->in.rep_count = stored->rep_count;
}

void order_merge_make(const struct order_input *in, const struct order *stored, struct order_merge *m) {
    *m = (struct order_merge){.in = *in};
    bool was_returned = stored->status == ORDER_RETURNED && stored->stock_out;
    if ((in->keep & ORDER_KEEP_STATUS) != 0 || (in->status == ORDER_RETURNED && was_returned)) {
        m->in.status = order_told_status(stored);
    }
    if ((in->keep & ORDER_KEEP_CHANNEL) != 0) {
        m->in.channel_id = stored->channel_id;
    }
    if ((in->keep & ORDER_KEEP_CUSTOMER) != 0) {
        m->in.customer_id = stored->customer_id;
    }
    if ((in->keep & ORDER_KEEP_SHIPPING) != 0) {
        m->in.shipping_fee = stored->shipping_fee;
    }
    if ((in->keep & ORDER_KEEP_REPS) != 0) {
        keep_reps(stored, m);
    }
    keep_text(&m->in.time, stored->order_time);
    keep_text(&m->in.delivered_on, stored->delivered_on);
    keep_text(&m->in.promised_on, stored->promised_on);
    keep_text(&m->in.province, stored->province);
    keep_text(&m->in.carrier, stored->carrier);
    keep_text(&m->in.tracking_no, stored->tracking_no);
    keep_text(&m->in.note, stored->note);
}

void order_merge_clear(struct order_merge *m) {
    free(m->reps);
    m->reps = NULL;
}

bool order_has_returns(const struct order *stored) {
    for (size_t i = 0; i < stored->line_count; i++) {
        if (stored->lines[i].returned != 0) {
            return true;
        }
    }
    return false;
}

bool order_same_lines(const struct order_plan *p, const struct order *stored) {
    bool same = p->line_count == stored->line_count;
    for (size_t i = 0; i < p->line_count && same; i++) {
        const struct order_line *s = &stored->lines[i];
        const struct amount_line *f = &p->figures[i];
        same = s->product_id == p->lines[i].goods->id && s->factor == p->lines[i].factor && s->qty == f->qty &&
               s->unit_price == f->unit_price && s->discount == f->discount && s->order_discount == f->order_discount &&
               s->amount == f->amount && s->vat_bps == f->vat_bps && s->net == f->net && s->vat == f->vat;
    }
    return same;
}

bool order_same_reps(const struct order_plan *p, const struct order *stored) {
    bool same = p->rep_count == stored->rep_count;
    for (size_t i = 0; i < p->rep_count && same; i++) {
        same = p->reps[i].staff_id == stored->reps[i].staff_id && p->reps[i].share_bps == stored->reps[i].share_bps;
    }
    return same;
}

/* Of an order that was confirmed and so on by hand the dates are its own; a file only tells the delivery. */
bool order_same_header(const struct order_plan *p, const struct order *stored) {
    const struct {
        const char *a, *b;
    } texts[] = {
        {p->date, stored->order_date},
        {p->time, stored->order_time},
        {p->province, stored->province},
        {p->carrier, stored->carrier},
        {p->note, stored->note},
        {p->tracking_no, stored->tracking_no},
        {p->promised_on, stored->promised_on},
        {p->dates.delivered, stored->delivered_on},
    };
    bool same = p->status == order_told_status(stored) && p->channel_id == stored->channel_id &&
                p->customer_id == stored->customer_id && p->totals.shipping_fee == stored->shipping_fee &&
                p->totals.total == stored->total && p->return_of == stored->return_of_id;
    for (size_t i = 0; i < sizeof texts / sizeof *texts && same; i++) {
        same = strcmp(texts[i].a, texts[i].b) == 0;
    }
    return same;
}

/* What orders files paid for it before. */
static enum err_code read_imported(struct shop *shop, int64_t id, int64_t sums[METHODS], struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc =
        db_query(shop->db,
                 "SELECT p.method, CAST(SUM(p.amount) AS BIGINT) FROM payments p JOIN imports i ON i.id ="
                 " p.import_id WHERE p.order_id = $1 AND i.kind = 'orders' GROUP BY p.method",
                 DB_BIND(DB_INT(id)), &s, e);
    enum db_row row = DB_END;
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        sums[pay_method_stored(db_col_text(s, 0))] = db_col_int(s, 1);
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

static void add_difference(struct order_plan *p, const int64_t wanted[METHODS], const int64_t known[METHODS]) {
    p->payment_count = 0;
    for (int m = 0; m < METHODS; m++) {
        if (wanted[m] != known[m]) {
            p->payments[p->payment_count++] =
                (struct plan_payment){(enum pay_method)m, wanted[m] - known[m], p->date, NULL};
        }
    }
}

static int64_t sum_of(const int64_t sums[METHODS]) {
    int64_t sum = 0;
    for (int m = 0; m < METHODS; m++) {
        sum += sums[m];
    }
    return sum;
}

enum err_code order_merge_payments(struct shop *shop, const struct order_input *in, const struct order *stored,
                                   struct order_plan *p, struct err *e) {
    int64_t told[METHODS] = {0};
    int64_t known[METHODS] = {0};
    int64_t imported[METHODS] = {0};
    for (size_t i = 0; i < p->payment_count; i++) {
        told[p->payments[i].method] += p->payments[i].amount;
    }
    for (size_t i = 0; i < stored->payment_count; i++) {
        known[stored->payments[i].method] += stored->payments[i].amount;
    }
    p->payments = mem_resize(p->payments, p->payment_count + METHODS, sizeof *p->payments);
    bool settled = in->pay_rest && sum_of(known) == sum_of(told); /* in whatever way it was paid */
    bool keep = settled || (in->keep & ORDER_KEEP_PAID) != 0 || memcmp(told, known, sizeof told) == 0;
    if (!keep && stored->payment_count > 0) {
        enum err_code rc = read_imported(shop, stored->id, imported, e);
        if (rc != ERR_OK) {
            return rc;
        }
        keep = memcmp(told, imported, sizeof told) == 0 && !in->pay_rest;
    }
    if (keep) {
        p->payment_count = 0;
        p->change = stored->change;
        p->paid = stored->paid;
        p->promise = stored->has_promise ? pay_method_code(stored->promise) : p->promise;
    } else {
        add_difference(p, told, known);
        p->paid = sum_of(told);
    }
    if (p->counts) {
        p->taken_off = order_stored_counts(stored) ? stored->taken_off : 0;
    }
    return ERR_OK;
}
