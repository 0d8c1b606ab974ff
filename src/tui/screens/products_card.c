/* One product: prices, stock, units, barcodes, and its last moves. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/qty.h"
#include "chotdon/stock.h"
#include "tui/screens/products.h"

enum { MOVES_SHOWN = 40 };

static void qty_row(struct card *card, enum style style, const char *label, int64_t qty, const char *unit) {
    char text[QTY_TEXT_MAX];
    char *value = mem_printf("%s %s", qty_format(qty, text), unit);
    card_row(card, style, label, value);
    free(value);
}

static void add_prices(struct card *card, const struct product *p, const struct currency *cur, bool sees_cost) {
    const struct stock_level level = {p->on_hand, p->value, p->cost};
    int64_t cost = stock_level_cost(&level);
    int64_t margin = 0;
    char rate[MONEY_TEXT_MAX];
    card_rule(card, "");
    card_amount(card, STYLE_STRONG, _("Price"), p->price, cur);
    if (p->has_wholesale) {
        card_amount(card, STYLE_NORMAL, _("Wholesale price"), p->wholesale_price, cur);
    }
    if (sees_cost) {
        card_amount(card, STYLE_NORMAL, _("Cost"), cost, cur);
    }
    if (sees_cost && cost > 0 && p->price > 0 && money_scale(p->price - cost, 100, p->price, &margin)) {
        char *percent = mem_printf("%lld%%", (long long)margin);
        card_row(card, margin < 0 ? STYLE_ERROR : STYLE_NORMAL, _("Margin"), percent);
        free(percent);
    }
    if (p->has_vat) {
        char *percent = mem_printf("%s%%", rate_show(p->vat_bps, rate));
        card_row(card, STYLE_NORMAL, _("VAT"), percent);
        free(percent);
    }
}

static void add_stock(struct card *card, const struct product *p, const struct currency *cur, bool sees_cost) {
    bool low = p->has_stock_min && p->on_hand < p->stock_min;
    card_rule(card, "");
    qty_row(card, p->on_hand <= 0 ? STYLE_ERROR : low ? STYLE_WARN : STYLE_STRONG, _("On hand"), p->on_hand, p->unit);
    if (sees_cost) {
        card_amount(card, STYLE_NORMAL, _("Value"), p->value, cur);
    }
    if (p->has_stock_min) {
        qty_row(card, STYLE_NORMAL, _("Reorder at"), p->stock_min, p->unit);
    }
}

static void add_units(struct card *card, const struct product *p, const struct currency *cur) {
    char qty[QTY_TEXT_MAX];
    char price[MONEY_TEXT_MAX];
    for (size_t i = 0; i < p->unit_count; i++) {
        const struct product_unit *u = &p->units[i];
        char *left = mem_printf("1 %s = %s %s", u->name, qty_format(u->factor, qty), p->unit);
        card_row(card, STYLE_NORMAL, left, u->has_price ? money_format(u->price, cur, false, price) : "");
        free(left);
    }
    for (size_t i = 0; i < p->barcode_count; i++) {
        card_row(card, STYLE_NORMAL, p->barcodes[i].barcode, p->barcodes[i].unit);
    }
}

/* Moves come oldest first; the card wants the newest first. */
struct moves {
    char *lines[MOVES_SHOWN];
    char *amounts[MOVES_SHOWN];
    size_t count;
};

static enum err_code keep_move(void *ctx, const struct stock_move *m, struct err *e) {
    struct moves *moves = ctx;
    char date[DATE_SIZE];
    char qty[QTY_TEXT_MAX];
    (void)e;
    if (moves->count < MOVES_SHOWN) {
        moves->lines[moves->count] = mem_printf("%s  %s  %s%s%s", date_format(m->date, date), stock_kind_label(m->kind),
                                                m->document, m->note[0] == '\0' ? "" : " · ", m->note);
        moves->amounts[moves->count++] = mem_printf("%s%s", m->qty > 0 ? "+" : "", qty_format(m->qty, qty));
    }
    return ERR_OK;
}

static enum err_code add_moves(struct shop *shop, int64_t id, struct card *card, struct err *e) {
    struct moves moves = {.count = 0};
    struct stock_move_filter filter = {.product_id = id, .limit = MOVES_SHOWN};
    enum err_code rc = stock_moves(shop, &filter, keep_move, &moves, e);
    card_rule(card, _("Moves"));
    while (moves.count > 0) {
        moves.count--;
        card_row(card, STYLE_NORMAL, moves.lines[moves.count], moves.amounts[moves.count]);
        free(moves.lines[moves.count]);
        free(moves.amounts[moves.count]);
    }
    return rc;
}

enum err_code products_card(struct app *app, int64_t id, struct card *card, struct err *e) {
    struct shop *shop = app_shop(app);
    const struct currency *cur = shop_currency(shop);
    struct product p = {0};
    enum err_code rc = product_get(shop, id, &p, e);
    if (rc == ERR_OK) {
        card_row(card, STYLE_STRONG, p.name, p.sku);
        if (!p.active) {
            card_row(card, STYLE_WARN, _("No longer sold"), NULL);
        }
        bool sees_cost = shop_may(shop, PERMIT_SEE_COST);
        add_prices(card, &p, cur, sees_cost);
        add_stock(card, &p, cur, sees_cost);
        card_rule(card, "");
        add_units(card, &p, cur);
        card_fact(card, _("Group"), p.group);
        card_fact(card, _("Supplier"), p.supplier);
        card_fact(card, _("Description"), p.description);
        card_fact(card, _("Image"), p.image);
        rc = products_documents_card(app, id, card, e);
        rc = rc == ERR_OK ? add_moves(shop, id, card, e) : rc;
    }
    product_clear(&p);
    return rc;
}
