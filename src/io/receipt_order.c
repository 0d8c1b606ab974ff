#include "io/receipt_order.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/order.h"
#include "chotdon/setting.h"
#include "io/printer.h"

static const char *setting(struct shop *shop, const char *key) {
    const char *value = "";
    setting_get(shop, key, &value, NULL);
    return value;
}

/* Address and phone of the settings, where the configuration has no header of its own; the caller owns it. */
static char *shop_header(struct shop *shop, const struct config *c) {
    if (config_text(c, "receipt", "header")[0] != '\0') {
        return mem_strdup(config_text(c, "receipt", "header"));
    }
    return mem_printf("%s|%s", setting(shop, "shop_address"), setting(shop, "shop_phone"));
}

static void fill_lines(const struct order *o, struct receipt_line *lines) {
    for (size_t i = 0; i < o->line_count; i++) {
        const struct order_line *l = &o->lines[i];
        lines[i] = (struct receipt_line){
            .name = l->name,
            .qty = l->qty,
            .unit = l->unit,
            .price = l->unit_price,
            .discount = l->discount,
            .amount = l->amount + l->order_discount,
        };
    }
}

static void fill_payments(const struct order *o, struct receipt_payment *payments) {
    for (size_t i = 0; i < o->payment_count; i++) {
        int64_t change = o->payments[i].method == PAY_CASH && i + 1 == o->payment_count ? o->change : 0;
        payments[i] = (struct receipt_payment){pay_method_title(o->payments[i].method), o->payments[i].amount + change};
    }
}

static bool took_cash(const struct order *o) {
    for (size_t i = 0; i < o->payment_count; i++) {
        if (o->payments[i].method == PAY_CASH) {
            return true;
        }
    }
    return false;
}

enum err_code receipt_order_render(struct shop *shop, const struct config *c, int64_t id, enum receipt_format format,
                                   int width, struct buf *out, struct err *e) {
    struct order o;
    enum err_code rc = order_get(shop, id, &o, e);
    if (rc != ERR_OK) {
        return rc;
    }
    struct receipt_line *lines = mem_array(o.line_count, sizeof *lines);
    struct receipt_payment *payments = mem_array(o.payment_count, sizeof *payments);
    char *header = shop_header(shop, c);
    fill_lines(&o, lines);
    fill_payments(&o, payments);
    struct receipt r = {
        .shop = setting_shop_name(shop),
        .header = header,
        .title = o.is_return ? _("RETURN") : NULL,
        .order_no = o.order_no,
        .date = o.order_date,
        .time = o.order_time,
        .cashier = o.staff,
        .customer = o.customer_name,
        .lines = lines,
        .line_count = o.line_count,
        .subtotal = o.subtotal,
        .discount = o.discount,
        .shipping = o.shipping_fee,
        .vat = setting_vat_included(shop) ? 0 : o.vat,
        .total = o.total,
        .payments = payments,
        .payment_count = o.payment_count,
        .change = o.change,
        .due = o.due,
        .cash_taken = took_cash(&o),
        .currency = *shop_currency(shop),
    };
    rc = receipt_render(c, &r, format, width, out, e);
    order_clear(&o);
    free(lines);
    free(payments);
    free(header);
    return rc;
}

enum err_code receipt_order_print(struct shop *shop, const struct config *c, int64_t id, struct err *e) {
    struct buf out = BUF_INIT;
    enum err_code rc = receipt_order_render(shop, c, id, receipt_format_of(c), 0, &out, e);
    if (rc == ERR_OK) {
        rc = printer_send(config_text(c, "receipt", "printer"), buf_str(&out), out.len, PRINTER_TIMEOUT_MS, e);
    }
    buf_clear(&out);
    return rc;
}
