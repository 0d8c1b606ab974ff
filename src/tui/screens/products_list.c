/* Columns and cells: the list with its stock bar, and the proposal of what to order. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/qty.h"
#include "base/text.h"
#include "tui/screens/products.h"

enum { BAR_CELLS = 6 };

/* `shown` 0 leaves out what only those see who may see cost. */
#define COLUMNS(shown)                                                                                                 \
    {N_("SKU"), 8, 14, 2, ALIGN_LEFT, true}, {N_("Name"), 28, 50, 1, ALIGN_LEFT, true},                                \
        {N_("Stock"), 8, 12, 1, ALIGN_RIGHT, true}, {"", BAR_CELLS, BAR_CELLS, 4, ALIGN_LEFT, false},                  \
        {N_("Price"), 9, 12, 2, ALIGN_RIGHT, true}, {N_("Cost"), 9 * (shown), 12, 5, ALIGN_RIGHT, false},              \
        {N_("Value"), 11 * (shown), 14, 3, ALIGN_RIGHT, (shown) != 0}, {N_("Unit"), 5, 8, 6, ALIGN_LEFT, false},       \
        {N_("Margin"), 6 * (shown), 7, 7, ALIGN_RIGHT, false}, {N_("Group"), 10, 24, 8, ALIGN_LEFT, true}, {           \
        N_("Reorder at"), 10, 10, 9, ALIGN_RIGHT, false                                                                \
    }
static const struct list_column columns[] = {COLUMNS(1)};
static const struct list_column columns_without_cost[] = {COLUMNS(0)};
enum {
    COLUMN_SKU,
    COLUMN_NAME,
    COLUMN_STOCK,
    COLUMN_BAR,
    COLUMN_PRICE,
    COLUMN_COST,
    COLUMN_VALUE,
    COLUMN_UNIT,
    COLUMN_MARGIN,
    COLUMN_GROUP,
    COLUMN_LEVEL,
    COLUMN_COUNT
};
static const char *const sorts[COLUMN_COUNT] = {
    [COLUMN_SKU] = "sku",     [COLUMN_NAME] = "name",   [COLUMN_STOCK] = "on_hand",
    [COLUMN_PRICE] = "price", [COLUMN_VALUE] = "value", [COLUMN_GROUP] = "group",
};

#define ORDER_COLUMNS(shown)                                                                                           \
    {N_("Supplier"), 12, 16, 2, ALIGN_LEFT, false}, {N_("SKU"), 8, 14, 4, ALIGN_LEFT, false},                          \
        {N_("Name"), 22, 50, 1, ALIGN_LEFT, false}, {N_("Stock"), 8, 12, 2, ALIGN_RIGHT, false},                       \
        {N_("Reorder at"), 13, 13, 5, ALIGN_RIGHT, false}, {N_("To order"), 9, 11, 1, ALIGN_RIGHT, false},             \
        {N_("Cost"), 9 * (shown), 12, 6, ALIGN_RIGHT, false}, {                                                        \
        N_("Amount"), 11 * (shown), 14, 3, ALIGN_RIGHT, false                                                          \
    }
static const struct list_column order_columns[] = {ORDER_COLUMNS(1)};
static const struct list_column order_columns_without_cost[] = {ORDER_COLUMNS(0)};
enum {
    ORDER_SUPPLIER,
    ORDER_SKU,
    ORDER_NAME,
    ORDER_STOCK,
    ORDER_LEVEL,
    ORDER_QTY,
    ORDER_COST,
    ORDER_AMOUNT,
    ORDER_COUNT
};

const char *products_sort(const struct products_state *s) {
    const struct list *l = &s->b.list;
    bool by_name = l->sort_column == COLUMN_NAME && !l->sort_descending;
    bool by_match = browse_searching(&s->b) && (by_name || l->filtering);
    return by_match || l->sort_column >= COLUMN_COUNT ? NULL : sorts[l->sort_column];
}

static bool is_low(const struct products_item *p) {
    return p->has_stock_min && p->on_hand < p->stock_min;
}

/* A sign beside the figure: ! below the reorder level, !! nothing left. */
static void add_stock(const struct products_item *p, struct buf *out, enum style *style) {
    char text[QTY_TEXT_MAX];
    bool gone = p->on_hand <= 0;
    buf_addf(out, "%s%s", qty_format(p->on_hand, text), gone ? " !!" : is_low(p) ? " !" : "");
    *style = gone ? STYLE_ERROR : is_low(p) ? STYLE_WARN : *style;
}

/* Full at twice the reorder level, so that the level is in the middle. */
static void add_bar(const struct products_item *p, struct buf *out, enum style *style) {
    if (!p->has_stock_min || p->stock_min <= 0) {
        return;
    }
    int64_t cells = p->on_hand <= 0 ? 0 : p->on_hand / (p->stock_min * 2 / BAR_CELLS + 1) + 1;
    for (int64_t i = 0; i < BAR_CELLS; i++) {
        buf_add(out, i < cells ? "█" : "·");
    }
    *style = p->on_hand <= 0 ? STYLE_BAR_ERROR : is_low(p) ? STYLE_BAR_WARN : STYLE_BAR_GOOD;
}

static void add_money(const struct products_state *s, struct buf *out, int64_t amount) {
    char text[MONEY_TEXT_MAX];
    buf_add(out, money_format(amount, &s->b.currency, false, text));
}

static void add_margin(const struct products_item *p, struct buf *out, enum style *style) {
    int64_t bps = 0;
    if (p->price > 0 && p->cost > 0 && money_scale(p->price - p->cost, 100, p->price, &bps)) {
        buf_addf(out, "%lld%%", (long long)bps);
        *style = p->price < p->cost ? STYLE_ERROR : *style;
    }
}

static void cell(const void *ctx, size_t row, int column, struct buf *out, enum style *style) {
    const struct products_state *s = ctx;
    const struct products_item *p = &s->items[row - s->b.first];
    char text[QTY_TEXT_MAX];
    *style = p->active ? *style : STYLE_DIM;
    switch (column) {
    case COLUMN_SKU:
        buf_add(out, p->sku);
        break;
    case COLUMN_NAME:
        buf_addf(out, "%s%s", p->active ? "" : _("(stopped) "), p->name);
        break;
    case COLUMN_STOCK:
        add_stock(p, out, style);
        break;
    case COLUMN_BAR:
        add_bar(p, out, style);
        break;
    case COLUMN_PRICE:
        add_money(s, out, p->price);
        break;
    case COLUMN_COST:
        add_money(s, out, p->cost);
        break;
    case COLUMN_VALUE:
        add_money(s, out, p->value);
        break;
    case COLUMN_UNIT:
        buf_add(out, p->unit);
        break;
    case COLUMN_MARGIN:
        add_margin(p, out, style);
        break;
    case COLUMN_GROUP:
        buf_add(out, p->group);
        break;
    default:
        buf_add(out, p->has_stock_min ? qty_format(p->stock_min, text) : "");
    }
}

static void order_cell(const void *ctx, size_t row, int column, struct buf *out, enum style *style) {
    const struct products_state *s = ctx;
    const struct products_item *p = &s->items[row - s->b.first];
    char text[QTY_TEXT_MAX];
    switch (column) {
    case ORDER_SUPPLIER:
        buf_add(out, p->supplier[0] == '\0' ? _("none") : p->supplier);
        *style = p->supplier[0] == '\0' ? STYLE_DIM : *style;
        break;
    case ORDER_SKU:
        buf_add(out, p->sku);
        break;
    case ORDER_NAME:
        buf_add(out, p->name);
        break;
    case ORDER_STOCK:
        add_stock(p, out, style);
        break;
    case ORDER_LEVEL:
        buf_add(out, qty_format(p->stock_min, text));
        break;
    case ORDER_QTY:
        buf_add(out, qty_format(p->order_qty, text));
        *style = STYLE_STRONG;
        break;
    case ORDER_COST:
        add_money(s, out, p->cost);
        break;
    default:
        add_money(s, out, p->order_amount);
    }
}

static void total(const void *ctx, int column, struct buf *out) {
    const struct products_state *s = ctx;
    if (column == COLUMN_NAME) {
        buf_add(out, _("Total"));
    } else if (column == COLUMN_VALUE && s->amount_known) {
        add_money(s, out, s->amount);
    }
}

static void order_total(const void *ctx, int column, struct buf *out) {
    const struct products_state *s = ctx;
    if (column == ORDER_NAME) {
        buf_add(out, _("Total"));
    } else if (column == ORDER_AMOUNT) {
        add_money(s, out, s->amount);
    }
}

static int64_t row_id(const void *ctx, size_t row) {
    const struct products_state *s = ctx;
    return s->items[row - s->b.first].id;
}

struct list_source products_source(const void *state) {
    const struct products_state *s = state;
    if (s->b.tab == PRODUCTS_TAB_REORDER) {
        return (struct list_source){s->sees_cost ? order_columns : order_columns_without_cost,
                                    ORDER_COUNT,
                                    s,
                                    order_cell,
                                    row_id,
                                    order_total,
                                    _("Nothing is below its reorder level")};
    }
    return (struct list_source){s->sees_cost ? columns : columns_without_cost,
                                COLUMN_COUNT,
                                s,
                                cell,
                                row_id,
                                total,
                                _("No products here; n adds one")};
}

static int by_supplier(const void *a, const void *b) {
    const struct products_item *x = a;
    const struct products_item *y = b;
    if ((x->supplier[0] == '\0') != (y->supplier[0] == '\0')) {
        return x->supplier[0] == '\0' ? 1 : -1; /* those of nobody at the end */
    }
    int order = strcmp(x->supplier, y->supplier);
    return order != 0 ? order : strcmp(x->sku, y->sku);
}

void products_propose(struct products_state *s) {
    s->amount = 0;
    for (size_t i = 0; i < s->b.count; i++) {
        struct products_item *p = &s->items[i];
        if (!money_add(p->stock_min, p->stock_min, &p->order_qty) ||
            !money_sub(p->order_qty, p->on_hand, &p->order_qty)) {
            p->order_qty = 0;
        }
        if (!money_times_qty(p->cost, p->order_qty, &p->order_amount) ||
            !money_add(s->amount, p->order_amount, &s->amount)) {
            p->order_amount = 0;
        }
    }
    if (s->b.count > 0) {
        qsort(s->items, s->b.count, sizeof *s->items, by_supplier);
    }
}
