/* The card of one order: its lines, money and way. */
#include "base/buf.h"
#include "base/i18n.h"
#include "base/qty.h"
#include "tui/screens/orders.h"

static void add_lines(struct card *card, const struct order *o, const struct currency *cur) {
    char qty[QTY_TEXT_MAX];
    char price[MONEY_TEXT_MAX];
    struct buf text = BUF_INIT;
    for (size_t i = 0; i < o->line_count; i++) {
        const struct order_line *l = &o->lines[i];
        buf_reset(&text);
        buf_addf(&text, "%s × %s", qty_format(l->qty, qty), l->name);
        card_amount(card, STYLE_NORMAL, buf_str(&text), l->amount, cur);
        buf_reset(&text);
        buf_addf(&text, "  %s · %s%s%s", l->sku, money_format(l->unit_price, cur, false, price),
                 l->unit[0] == '\0' ? "" : " / ", l->unit);
        if (l->returned != 0) {
            buf_addf(&text, _(" · %s returned"), qty_format(l->returned, qty));
        }
        card_row(card, STYLE_DIM, buf_str(&text), NULL);
    }
    buf_clear(&text);
}

static void add_money(struct card *card, const struct order *o, const struct currency *cur) {
    card_rule(card, "");
    int64_t off = 0;
    if (money_sub(0, o->discount, &off) && off != 0) { /* a damaged file may hold what has no negative */
        card_amount(card, STYLE_DIM, _("Discount"), off, cur);
    }
    if (o->shipping_fee != 0) {
        card_amount(card, STYLE_DIM, _("Shipping"), o->shipping_fee, cur);
    }
    card_amount(card, STYLE_STRONG, _("Total"), o->total, cur);
    for (size_t i = 0; i < o->payment_count; i++) {
        card_amount(card, STYLE_NORMAL, pay_method_title(o->payments[i].method), o->payments[i].amount, cur);
    }
    if (o->change != 0) {
        card_amount(card, STYLE_DIM, _("Change"), o->change, cur);
    }
    if (o->due != 0) {
        card_amount(card, STYLE_WARN, _("Still to pay"), o->due, cur);
    }
}

static void add_facts(struct card *card, const struct order *o) {
    struct buf reps = BUF_INIT;
    char share[MONEY_TEXT_MAX];
    for (size_t i = 0; i < o->rep_count; i++) {
        buf_addf(&reps, "%s%s %s%%", i == 0 ? "" : ", ", o->reps[i].name, rate_show(o->reps[i].share_bps, share));
    }
    card_rule(card, "");
    card_fact(card, _("Channel"), o->channel);
    card_fact(card, _("Rep"), o->rep_count == 1 ? o->reps[0].name : buf_str(&reps));
    card_fact(card, _("Province"), o->province);
    card_fact(card, _("Carrier"), o->carrier);
    card_fact(card, _("Tracking"), o->tracking_no);
    card_date(card, _("Promised"), o->promised_on);
    card_date(card, _("Shipped"), o->shipped_on);
    card_date(card, _("Delivered"), o->delivered_on);
    card_fact(card, _("Return of"), o->return_of);
    card_fact(card, _("Reason"), o->reason);
    card_fact(card, _("Note"), o->note);
    card_fact(card, _("Entered by"), o->staff);
    buf_clear(&reps);
}

enum err_code orders_card_load(struct shop *shop, int64_t id, struct card *card, struct err *e) {
    struct order o;
    char date[DATE_SIZE];
    struct buf when = BUF_INIT;
    card_reset(card);
    enum err_code rc = order_get(shop, id, &o, e);
    if (rc != ERR_OK) {
        return rc;
    }
    buf_addf(&when, "%s %.5s", date_format(o.order_date, date), o.order_time);
    card_row(card, STYLE_STRONG, o.order_no, buf_str(&when));
    card_row(card, STYLE_NORMAL, o.customer_name[0] == '\0' ? _("walk-in") : o.customer_name,
             o.is_return ? _("return") : order_status_label(o.status));
    card_rule(card, "");
    add_lines(card, &o, shop_currency(shop));
    add_money(card, &o, shop_currency(shop));
    add_facts(card, &o);
    buf_clear(&when);
    order_clear(&o);
    return ERR_OK;
}
