#include <string.h>

#include "base/qty.h"
#include "domain/sample_internal.h"

/* By weight, more in its season. */
static struct sample_item *pick_item(struct sample *s, bool packed) {
    for (;;) {
        int at = sample_below(s, (int)s->weight_sum);
        size_t i = 0;
        while (at >= s->items[i].data->weight) {
            at -= s->items[i++].data->weight;
        }
        struct sample_item *item = &s->items[i];
        if ((!packed || item->pack != NULL) && sample_below(s, 400) < sample_season_percent(s, item->data->season)) {
            return item;
        }
    }
}

static bool is_in(const struct sample_basket *b, int64_t product_id) {
    for (size_t i = 0; i < b->count; i++) {
        if (b->lines[i].product_id == product_id) {
            return true;
        }
    }
    return false;
}

static int pieces_of_retail(struct sample *s, const struct sample_item *item) {
    if (item->data->price > 100000) {
        return 1 + (sample_chance(s, 12) ? 1 : 0);
    }
    int at = sample_below(s, 100);
    return at < 50 ? 1 : at < 78 ? 2 : at < 88 ? 3 : at < 96 ? 5 : 10;
}

/* Prices and discounts in whole thousands, as people give them. */
static void add_line(struct sample *s, struct sample_basket *b, struct sample_item *item, bool wholesale) {
    struct order_line_input *line = &b->lines[b->count];
    bool packed = item->pack != NULL && (wholesale || (item->data->price < 30000 && sample_chance(s, 6)));
    int qty = packed ? 1 + (wholesale ? sample_below(s, 4) : 0) : pieces_of_retail(s, item);
    int pieces = packed ? qty * item->pack_size : qty;
    int price = packed ? item->pack_price : item->data->price;
    if (is_in(b, item->id) || pieces > item->stock) {
        return; /* not twice, and not what is out of stock */
    }
    *line = (struct order_line_input){.product_id = item->id,
                                      .unit = packed ? item->pack : NULL,
                                      .qty = qty * QTY_ONE,
                                      .has_price = true,
                                      .unit_price = price};
    if (price >= 60000 && sample_chance(s, 7)) {
        line->discount.value = (int64_t)qty * (price / 20 / 1000) * 1000;
    }
    item->stock -= pieces;
    b->total += (int64_t)qty * price - line->discount.value;
    b->count++;
}

void sample_fill_basket(struct sample *s, struct sample_basket *b, int lines, bool wholesale) {
    *b = (struct sample_basket){.count = 0};
    for (int tries = 0; tries < 40 && (int)b->count < lines; tries++) {
        add_line(s, b, pick_item(s, wholesale), wholesale);
    }
}

static int retail_customer(struct sample *s) {
    int people = SAMPLE_CUSTOMERS - SAMPLE_FIRMS;
    int a = sample_below(s, people), b = sample_below(s, people);
    return SAMPLE_FIRMS + (a < b ? a : b); /* some come more often */
}

/* Handed over in notes: the next 10, 50, 100 or 500 thousand. */
static int64_t notes_for(struct sample *s, int64_t total) {
    static const int steps[] = {1000, 10000, 50000, 50000, 100000, 500000};
    int step = steps[sample_below(s, 6)];
    return (total + step - 1) / step * step;
}

static size_t pay_at_counter(struct sample *s, struct order_input *in, struct order_payment_input pay[2],
                             int64_t total) {
    int at = sample_below(s, 100);
    if (in->customer_id != 0 && at < 5) { /* on the slate */
        pay[0] = (struct order_payment_input){.method = PAY_DEBT, .amount = total};
        return 1;
    }
    if (at < 9 && total > 100000) {
        pay[0] = (struct order_payment_input){.method = PAY_TRANSFER, .amount = total / 2000 * 1000};
        pay[1] = (struct order_payment_input){.method = PAY_CASH, .amount = total - pay[0].amount};
        return 2;
    }
    enum pay_method method = at < 62 ? PAY_CASH : at < 86 ? PAY_TRANSFER : at < 93 ? PAY_CARD : PAY_EWALLET;
    pay[0] = (struct order_payment_input){.method = method, .amount = method == PAY_CASH ? notes_for(s, total) : total};
    return 1;
}

static void plan_after_retail(struct sample *s, const struct order_ref *ref, bool owes, int64_t total) {
    if (owes && sample_chance(s, 88)) {
        sample_plan(s, 3 + sample_below(s, 40), 9 * 60 + sample_below(s, 600), TASK_PAY, ref->id, total);
    }
    if (sample_below(s, 1000) < 14) {
        sample_plan(s, 1 + sample_below(s, 6), 8 * 60 + sample_below(s, 600), TASK_RETURN_SOME, ref->id, 0);
    } else if (sample_below(s, 1000) < 4) {
        sample_plan(s, 1 + sample_below(s, 3), 8 * 60 + sample_below(s, 600), TASK_RETURN_ALL, ref->id, 0);
    }
}

enum err_code sample_sell_retail(struct sample *s, struct err *e) {
    static const char *const sellers[] = {"LAN", "LAN", "LAN", "MAI", "MAI", "TRANG", "TRANG", "KHOA", "HANH"};
    struct sample_basket b;
    struct order_payment_input pay[2];
    struct order_ref ref = {0};
    const char *seller = sellers[sample_below(s, 9)];
    const struct order_rep_input rep = {sample_staff_id(s, seller), 0};
    sample_fill_basket(s, &b, 1 + sample_below(s, 3) + sample_below(s, 4), false);
    if (b.count == 0) {
        return ERR_OK;
    }
    struct order_input in = {.status = ORDER_COMPLETED,
                             .channel_id = s->channels[AT_COUNTER],
                             .lines = b.lines,
                             .line_count = b.count,
                             .reps = &rep,
                             .rep_count = sample_chance(s, 92) ? 1 : 0,
                             .payments = pay};
    if (sample_chance(s, 38)) {
        in.customer_id = s->customers[retail_customer(s)];
    }
    if (b.total > 500000 && sample_chance(s, 25)) {
        in.discount.value = b.total / 50 / 1000 * 1000;
        b.total -= in.discount.value;
    }
    in.payment_count = pay_at_counter(s, &in, pay, b.total);
    enum err_code rc = sample_act_as(s, seller, e);
    if (rc == ERR_OK) {
        rc = order_add(s->shop, &in, &ref, e);
    }
    if (rc == ERR_OK) {
        plan_after_retail(s, &ref, pay[0].method == PAY_DEBT, b.total);
    }
    return rc;
}
