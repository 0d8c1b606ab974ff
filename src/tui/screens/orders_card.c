/* The card beside the list: one order, its lines, money and way. */
#include <stdlib.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/qty.h"
#include "tui/screens/orders.h"

/* What the card is painted with: the next free row, and where the figures end. */
struct pen {
    struct canvas *c;
    const struct currency *currency;
    int y;
};

static void row(struct pen *p, enum style style, const char *left, const char *right) {
    int used = canvas_text_right(p->c, 0, p->y, p->c->width, style, right);
    canvas_text(p->c, 0, p->y, p->c->width - used - 1, style, left);
    p->y++;
}

static void amount_row(struct pen *p, enum style style, const char *label, int64_t amount) {
    char text[MONEY_TEXT_MAX];
    row(p, style, label, money_format(amount, p->currency, false, text));
}

static void fact_row(struct pen *p, const char *label, const char *value) {
    if (value[0] != '\0') {
        int used = canvas_textf(p->c, 0, p->y, p->c->width, STYLE_DIM, "%s ", label);
        canvas_text(p->c, used, p->y, p->c->width - used, STYLE_NORMAL, value);
        p->y++;
    }
}

static void date_row(struct pen *p, const char *label, const char *iso) {
    char text[DATE_SIZE];
    fact_row(p, label, iso[0] == '\0' ? "" : date_format(iso, text));
}

static void paint_lines(struct pen *p, const struct order *o) {
    char qty[QTY_TEXT_MAX];
    char price[MONEY_TEXT_MAX];
    char amount[MONEY_TEXT_MAX];
    for (size_t i = 0; i < o->line_count && p->y < p->c->height - 6; i++) {
        const struct order_line *l = &o->lines[i];
        struct buf left = BUF_INIT;
        buf_addf(&left, "%s × %s", qty_format(l->qty, qty), l->name);
        row(p, STYLE_NORMAL, buf_str(&left), money_format(l->amount, p->currency, false, amount));
        buf_reset(&left);
        buf_addf(&left, "  %s · %s%s%s", l->sku, money_format(l->unit_price, p->currency, false, price),
                 l->unit[0] == '\0' ? "" : " / ", l->unit);
        if (l->returned != 0) {
            buf_addf(&left, _(" · %s returned"), qty_format(l->returned, qty));
        }
        canvas_text(p->c, 0, p->y++, p->c->width, STYLE_DIM, buf_str(&left));
        buf_clear(&left);
    }
}

static void paint_money(struct pen *p, const struct order *o) {
    canvas_line(p->c, 0, p->y++, p->c->width, STYLE_BORDER);
    if (o->discount != 0) {
        amount_row(p, STYLE_DIM, _("Discount"), -o->discount);
    }
    if (o->shipping_fee != 0) {
        amount_row(p, STYLE_DIM, _("Shipping"), o->shipping_fee);
    }
    amount_row(p, STYLE_STRONG, _("Total"), o->total);
    for (size_t i = 0; i < o->payment_count; i++) {
        amount_row(p, STYLE_NORMAL, pay_method_label(o->payments[i].method), o->payments[i].amount);
    }
    if (o->change != 0) {
        amount_row(p, STYLE_DIM, _("Change"), o->change);
    }
    if (o->due != 0) {
        amount_row(p, STYLE_WARN, _("Still to pay"), o->due);
    }
}

static void paint_facts(struct pen *p, const struct order *o) {
    struct buf reps = BUF_INIT;
    for (size_t i = 0; i < o->rep_count; i++) {
        buf_addf(&reps, "%s%s %lld%%", i == 0 ? "" : ", ", o->reps[i].name, (long long)(o->reps[i].share_bps / 100));
    }
    canvas_line(p->c, 0, p->y++, p->c->width, STYLE_BORDER);
    fact_row(p, _("Channel"), o->channel);
    fact_row(p, _("Rep"), o->rep_count == 1 ? o->reps[0].name : buf_str(&reps));
    fact_row(p, _("Province"), o->province);
    fact_row(p, _("Carrier"), o->carrier);
    fact_row(p, _("Tracking"), o->tracking_no);
    date_row(p, _("Promised"), o->promised_on);
    date_row(p, _("Shipped"), o->shipped_on);
    date_row(p, _("Delivered"), o->delivered_on);
    fact_row(p, _("Return of"), o->return_of);
    fact_row(p, _("Reason"), o->reason);
    fact_row(p, _("Note"), o->note);
    fact_row(p, _("Entered by"), o->staff);
    buf_clear(&reps);
}

void orders_card_paint(const struct orders_state *s, struct canvas *c) {
    const struct order *o = &s->detail;
    struct pen p = {c, &s->currency, 0};
    char date[DATE_SIZE];
    struct buf when = BUF_INIT;
    buf_addf(&when, "%s %.5s", date_format(o->order_date, date), o->order_time);
    row(&p, STYLE_STRONG, o->order_no, buf_str(&when));
    row(&p, STYLE_NORMAL, o->customer_name[0] == '\0' ? _("walk-in") : o->customer_name,
        o->is_return ? _("return") : order_status_label(o->status));
    canvas_line(c, 0, p.y++, c->width, STYLE_BORDER);
    paint_lines(&p, o);
    paint_money(&p, o);
    paint_facts(&p, o);
    buf_clear(&when);
}
