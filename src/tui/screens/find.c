#include "tui/screens/find.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/phone.h"
#include "base/qty.h"
#include "chotdon/customer.h"
#include "chotdon/deal.h"
#include "chotdon/order.h"
#include "chotdon/product.h"

enum { EACH = 8 }; /* rows of a kind: the palette is for going somewhere, not for reading */

void find_products(struct app *app, const char *query, struct pick_rows *rows) {
    int64_t ids[EACH];
    int count = 0;
    struct shop *shop = app_shop(app);
    if (shop == NULL || product_search(shop, query, ids, EACH, &count, NULL) != ERR_OK) {
        return;
    }
    for (int i = 0; i < count; i++) {
        struct product p = {0};
        char price[MONEY_TEXT_MAX];
        char stock[QTY_TEXT_MAX];
        if (product_get(shop, ids[i], &p, NULL) == ERR_OK) {
            char *detail = mem_printf("%s  %s  %s %s", p.sku, money_format(p.price, shop_currency(shop), false, price),
                                      _("stock"), qty_format(p.on_hand, stock));
            pick_add(rows, p.name, detail, p.sku, p.id);
            free(detail);
        }
        product_clear(&p);
    }
}

void find_customers(struct app *app, const char *query, struct pick_rows *rows) {
    int64_t ids[EACH];
    int count = 0;
    struct shop *shop = app_shop(app);
    if (shop == NULL || customer_search(shop, query, ids, EACH, &count, NULL) != ERR_OK) {
        return;
    }
    for (int i = 0; i < count; i++) {
        struct customer c = {0};
        char shown[PHONE_SIZE];
        if (customer_get(shop, ids[i], &c, NULL) == ERR_OK) {
            char *phone = mem_strndup(c.phones, strcspn(c.phones, ";"));
            pick_add(rows, c.name, phone_format(phone, shown), c.code, c.id);
            free(phone);
        }
        customer_clear(&c);
    }
}

struct priced_rows {
    struct pick_rows *rows;
    const struct currency *currency;
};

static enum err_code add_order(void *ctx, const struct order_row *r, struct err *e) {
    const struct priced_rows *o = ctx;
    char total[MONEY_TEXT_MAX];
    char day[DATE_SIZE];
    (void)e;
    char *text = mem_printf("%s  %s", r->order_no, r->customer_name == NULL ? "" : r->customer_name);
    char *detail =
        mem_printf("%s  %s", date_format(r->order_date, day), money_format(r->total, o->currency, false, total));
    pick_add(o->rows, text, detail, r->order_no, r->id);
    free(text);
    free(detail);
    return ERR_OK;
}

void find_orders(struct app *app, const char *query, struct pick_rows *rows) {
    struct shop *shop = app_shop(app);
    struct order_filter f = {.text = query, .limit = EACH, .enough = 10 * EACH};
    if (shop != NULL) {
        struct priced_rows o = {rows, shop_currency(shop)};
        order_list(shop, &f, add_order, &o, NULL);
    }
}

static enum err_code add_deal(void *ctx, const struct deal_card *d, struct err *e) {
    const struct priced_rows *o = ctx;
    char value[MONEY_TEXT_MAX];
    (void)e;
    char *detail = mem_printf("%s  %s", d->rep, money_format_short(d->value, o->currency, value));
    pick_add(o->rows, d->title, detail, d->deal_no, d->id);
    free(detail);
    return ERR_OK;
}

void find_deals(struct app *app, const char *query, struct pick_rows *rows) {
    struct shop *shop = app_shop(app);
    struct deal_filter f = {.kind = -1, .text = query, .limit = EACH};
    if (shop != NULL) {
        struct priced_rows o = {rows, shop_currency(shop)};
        deal_cards(shop, &f, add_deal, &o, NULL);
    }
}

/* Where there is no screen of it yet, goods go into the basket's field. */
void find_go_product(struct app *app, const struct pick_row *row) {
    if (!app_go(app, "products", row->ref)) {
        app_go(app, "sell", row->ref);
    }
}

void find_go_customer(struct app *app, const struct pick_row *row) {
    app_go(app, "customers", row->ref);
}

void find_go_order(struct app *app, const struct pick_row *row) {
    app_go(app, "orders", row->ref);
}

void find_go_deal(struct app *app, const struct pick_row *row) {
    app_go(app, "pipeline", row->ref);
}
