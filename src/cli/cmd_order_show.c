#include "cli/cmd_order_show.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/qty.h"
#include "chotdon/channel.h"
#include "chotdon/customer.h"
#include "chotdon/staff.h"
#include "cli/order_args.h"
#include "io/export.h"

static enum err_code print_row(void *ctx, const struct order_row *r, struct err *e) {
    struct table *t = ctx;
    (void)e;
    export_order_row(t, r);
    table_text(t, r->return_of);
    table_end_row(t);
    return ERR_OK;
}

static enum err_code read_filter(struct cli *c, const struct cli_args *a, struct cli_period *period,
                                 struct order_filter *f, struct err *e) {
    const char *status = cli_option(a, "status");
    const char *rep = cli_option(a, "rep");
    const char *customer = cli_option(a, "customer");
    const char *channel = cli_option(a, "channel");
    *f = (struct order_filter){
        .has_status = status != NULL, .text = cli_option(a, "find"), .with_due = cli_flag(a, "due")};
    enum err_code rc = cli_period(c, a, period, e);
    f->from = cli_or_null(period->from);
    f->to = cli_or_null(period->to);
    if (rc == ERR_OK && status != NULL) {
        rc = order_arg_status(status, &f->status, e);
    }
    if (rc == ERR_OK && rep != NULL) {
        rc = staff_find(c->shop, rep, &f->rep_id, e);
    }
    if (rc == ERR_OK && customer != NULL) {
        rc = customer_find(c->shop, customer, &f->customer_id, e);
    }
    if (rc == ERR_OK && channel != NULL) {
        rc = channel_find(c->shop, channel, &f->channel_id, e);
    }
    if (rc == ERR_OK) {
        rc = cli_int("limit", cli_option(a, "limit"), &f->limit, e);
    }
    return rc == ERR_OK && f->limit < 0 ? err_set_field(e, ERR_INVALID, "limit", _("--limit must not be negative"))
                                        : rc;
}

enum err_code cmd_order_list(struct cli *c, const struct cli_args *a, struct err *e) {
    static const struct table_column columns[] = {
        {"order_no", TABLE_TEXT, NULL}, {"order_date", TABLE_DATE, NULL},    {"status", TABLE_TEXT, NULL},
        {"channel", TABLE_TEXT, NULL},  {"customer_code", TABLE_TEXT, NULL}, {"customer_name", TABLE_TEXT, NULL},
        {"rep", TABLE_TEXT, NULL},      {"total", TABLE_MONEY, NULL},        {"paid", TABLE_MONEY, NULL},
        {"due", TABLE_MONEY, NULL},     {"return_of", TABLE_TEXT, NULL},
    };
    struct order_filter filter;
    struct cli_period period;
    enum err_code rc = read_filter(c, a, &period, &filter, e);
    if (rc != ERR_OK) {
        return rc;
    }
    struct table *t = cli_table(c, columns, sizeof columns / sizeof *columns);
    rc = cli_option(a, "limit") != NULL && filter.limit == 0 ? ERR_OK : order_list(c->shop, &filter, print_row, t, e);
    return table_end(&t, rc, e);
}

static void json_header(struct json *j, const struct order *o) {
    json_key_text(j, "order_no", o->order_no);
    json_key_text(j, "order_date", o->order_date);
    json_key_text(j, "recognised_on", o->recognised_on);
    json_key_text(j, "status", order_status_code(o->status));
    json_key_text(j, "channel", o->channel);
    json_key_text(j, "customer_code", o->customer_code);
    json_key_text(j, "customer_name", o->customer_name);
    json_key_int(j, "subtotal", o->subtotal);
    json_key_int(j, "discount", o->discount);
    json_key_int(j, "shipping_fee", o->shipping_fee);
    json_key_int(j, "total", o->total);
    json_key_int(j, "paid", o->paid);
    json_key_int(j, "due", o->due);
    json_key_int(j, "change", o->change);
}

static void json_cost(struct json *j, const struct order *o, int64_t cost) {
    json_key(j, "cost");
    if (o->shows_cost) {
        json_int(j, cost);
    } else {
        json_null(j);
    }
}

static void json_lines(struct json *j, const struct order *o) {
    char qty[QTY_TEXT_MAX];
    json_key(j, "lines");
    json_array(j);
    for (size_t i = 0; i < o->line_count; i++) {
        const struct order_line *l = &o->lines[i];
        json_object(j);
        json_key_text(j, "sku", l->sku);
        json_key_text(j, "name", l->name);
        json_key_number(j, "qty", qty_format_plain(l->qty, qty));
        json_key_int(j, "unit_price", l->unit_price);
        json_key_int(j, "discount", l->discount);
        json_key_int(j, "order_discount", l->order_discount);
        json_key_int(j, "amount", l->amount);
        json_key_int(j, "net", l->net);
        json_key_int(j, "vat_bps", l->vat_bps);
        json_cost(j, o, l->cost);
        json_key_int(j, "vat", l->vat);
        json_key_text(j, "unit", l->unit);
        json_key_number(j, "returned", qty_format_plain(l->returned, qty));
        json_key_bool(j, "below_stock", l->below_stock);
        json_key_bool(j, "below_cost", l->below_cost);
        json_end(j);
    }
    json_end(j);
}

static void json_reps(struct json *j, const struct order *o) {
    json_key(j, "reps");
    json_array(j);
    for (size_t i = 0; i < o->rep_count; i++) {
        json_object(j);
        json_key_text(j, "code", o->reps[i].code);
        json_key_int(j, "share_bps", o->reps[i].share_bps);
        json_end(j);
    }
    json_end(j);
}

void cmd_order_payments_json(struct json *j, const struct order *o) {
    json_key(j, "payments");
    json_array(j);
    for (size_t i = 0; i < o->payment_count; i++) {
        json_object(j);
        json_key_text(j, "date", o->payments[i].date);
        json_key_text(j, "method", pay_method_code(o->payments[i].method));
        json_key_int(j, "amount", o->payments[i].amount);
        json_key_text(j, "note", o->payments[i].note);
        json_end(j);
    }
    json_end(j);
}

static void json_more(struct json *j, const struct order *o) {
    json_key_text(j, "order_time", o->order_time);
    json_key_int(j, "revenue", o->revenue);
    json_key_int(j, "net", o->net);
    json_key_int(j, "vat", o->vat);
    json_cost(j, o, o->cost);
    json_key_int(j, "taken_off", o->taken_off);
    json_key_text(j, "promise", o->has_promise ? pay_method_code(o->promise) : "");
    json_key_text(j, "customer_phone", o->customer_phone);
    json_key_text(j, "confirmed_on", o->confirmed_on);
    json_key_text(j, "shipped_on", o->shipped_on);
    json_key_text(j, "delivered_on", o->delivered_on);
    json_key_text(j, "completed_on", o->completed_on);
    json_key_text(j, "promised_on", o->promised_on);
    json_key_text(j, "province", o->province);
    json_key_text(j, "carrier", o->carrier);
    json_key_text(j, "tracking_no", o->tracking_no);
    json_key_text(j, "return_of", o->return_of);
    json_key_text(j, "reason", o->reason);
    json_key_text(j, "note", o->note);
    json_key_text(j, "staff", o->staff);
    json_key_text(j, "deal_no", o->deal_no);
    cmd_order_payments_json(j, o);
}

static void show_json(struct cli *c, const struct order *o) {
    struct json j;
    json_begin(&j, c->out);
    json_object(&j);
    json_header(&j, o);
    json_lines(&j, o);
    json_reps(&j, o);
    json_more(&j, o);
    json_end(&j);
}

static void row_text(struct table *t, const char *name, const char *value) {
    table_text(t, name);
    table_text(t, value);
    table_end_row(t);
}

static void row_money(struct cli *c, struct table *t, const char *name, int64_t amount) {
    char text[MONEY_TEXT_MAX];
    row_text(t, name,
             c->format == TABLE_HUMAN ? money_format(amount, shop_currency(c->shop), true, text)
                                      : money_format_plain(amount, shop_currency(c->shop), text));
}

static void rows_of_lines(struct cli *c, struct table *t, const struct order *o) {
    char qty[QTY_TEXT_MAX];
    char price[MONEY_TEXT_MAX];
    char amount[MONEY_TEXT_MAX];
    const struct currency *cur = shop_currency(c->shop);
    for (size_t i = 0; i < o->line_count; i++) {
        const struct order_line *l = &o->lines[i];
        char *text = mem_printf("%s %s: %s%s%s × %s = %s", l->sku, l->name, qty_format(l->qty, qty),
                                l->unit[0] == '\0' ? "" : " ", l->unit, money_format(l->unit_price, cur, false, price),
                                money_format(l->amount, cur, true, amount));
        row_text(t, "line", text);
        free(text);
    }
}

static enum err_code show_rows(struct cli *c, const struct order *o, struct err *e) {
    static const struct table_column columns[] = {{"name", TABLE_TEXT, NULL}, {"value", TABLE_TEXT, NULL}};
    struct table *t = cli_table(c, columns, 2);
    row_text(t, "order_no", o->order_no);
    row_text(t, "order_date", o->order_date);
    row_text(t, "recognised_on", o->recognised_on);
    row_text(t, "status", order_status_code(o->status));
    row_text(t, "channel", o->channel);
    row_text(t, "customer_code", o->customer_code);
    row_text(t, "customer_name", o->customer_name);
    rows_of_lines(c, t, o);
    row_money(c, t, "subtotal", o->subtotal);
    row_money(c, t, "discount", o->discount);
    row_money(c, t, "shipping_fee", o->shipping_fee);
    row_money(c, t, "total", o->total);
    row_money(c, t, "paid", o->paid);
    row_money(c, t, "due", o->due);
    row_money(c, t, "change", o->change);
    return table_close(&t, e);
}

enum err_code cmd_order_show(struct cli *c, const struct cli_args *a, struct err *e) {
    struct order o = {0};
    int64_t id = 0;
    enum err_code rc = order_arg_number(c, a, &id, e);
    if (rc == ERR_OK) {
        rc = order_get(c->shop, id, &o, e);
    }
    if (rc == ERR_OK && cli_wants_json(c)) {
        show_json(c, &o);
    } else if (rc == ERR_OK) {
        rc = show_rows(c, &o, e);
    }
    order_clear(&o);
    return rc;
}
