/* `x`: the list, or the proposal of what to order, as a file. */
#include "base/i18n.h"
#include "tui/screens/products.h"

static const struct table_column columns[] = {
    {"sku", TABLE_TEXT, N_("SKU")},      {"name", TABLE_TEXT, N_("Name")},
    {"unit", TABLE_TEXT, N_("Unit")},    {"group", TABLE_TEXT, N_("Group")},
    {"on_hand", TABLE_QTY, N_("Stock")}, {"stock_min", TABLE_QTY, N_("Reorder at")},
    {"price", TABLE_MONEY, N_("Price")}, {"cost", TABLE_MONEY, N_("Cost")},
    {"value", TABLE_MONEY, N_("Value")}, {"supplier", TABLE_TEXT, N_("Supplier")},
};

struct rows_ctx {
    struct table *t;
    bool sees_cost;
};

static void put_cost(struct table *t, bool sees_cost, int64_t amount) {
    if (sees_cost) {
        table_number(t, amount);
    } else {
        table_empty(t);
    }
}

static enum err_code add_row(void *ctx, const struct product *p, struct err *e) {
    const struct rows_ctx *r = ctx;
    struct table *t = r->t;
    (void)e;
    table_text(t, p->sku);
    table_text(t, p->name);
    table_text(t, p->unit);
    table_text(t, p->group);
    table_number(t, p->on_hand);
    if (p->has_stock_min) {
        table_number(t, p->stock_min);
    } else {
        table_empty(t);
    }
    table_number(t, p->price);
    put_cost(t, r->sees_cost, p->cost);
    put_cost(t, r->sees_cost, p->value);
    table_text(t, p->supplier);
    table_end_row(t);
    return ERR_OK;
}

static enum err_code list_rows(struct app *app, void *ctx, struct table *t, struct err *e) {
    struct product_filter f = products_filter(ctx);
    struct rows_ctx r = {t, shop_may(app_shop(app), PERMIT_SEE_COST)};
    return product_list(app_shop(app), &f, add_row, &r, e);
}

static const struct export_shown list_what = {N_("products"), columns, sizeof columns / sizeof *columns, list_rows};

static const struct table_column order_columns[] = {
    {"supplier", TABLE_TEXT, N_("Supplier")}, {"sku", TABLE_TEXT, N_("SKU")},
    {"name", TABLE_TEXT, N_("Name")},         {"unit", TABLE_TEXT, N_("Unit")},
    {"on_hand", TABLE_QTY, N_("Stock")},      {"stock_min", TABLE_QTY, N_("Reorder at")},
    {"order_qty", TABLE_QTY, N_("To order")}, {"cost", TABLE_MONEY, N_("Cost")},
    {"amount", TABLE_MONEY, N_("Amount")},
};

static enum err_code order_rows(struct app *app, void *ctx, struct table *t, struct err *e) {
    const struct products_state *s = ctx;
    (void)app;
    (void)e;
    for (size_t i = 0; i < s->b.count; i++) {
        const struct products_item *p = &s->items[i];
        table_text(t, p->supplier);
        table_text(t, p->sku);
        table_text(t, p->name);
        table_text(t, p->unit);
        table_number(t, p->on_hand);
        table_number(t, p->stock_min);
        table_number(t, p->order_qty);
        put_cost(t, s->sees_cost, p->cost);
        put_cost(t, s->sees_cost, p->order_amount);
        table_end_row(t);
    }
    return ERR_OK;
}

static const struct export_shown order_what = {N_("to-order"), order_columns,
                                               sizeof order_columns / sizeof *order_columns, order_rows};

void products_export(struct app *app, struct products_state *s) {
    export_ask(app, &s->export, s->b.tab == PRODUCTS_TAB_REORDER ? &order_what : &list_what, s);
}
