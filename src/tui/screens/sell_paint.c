/* How Sell looks: baskets and customer above, the lines, and below them the field on the left, what is to be paid on
 * the right. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/qty.h"
#include "base/text.h"
#include "tui/big.h"
#include "tui/screens/sell_command.h"
#include "tui/screens/sell_state.h"

enum { TOTALS_WIDTH = 32, TOTALS_LEAST = 26, BIG_FROM_ROWS = 9 };

enum { COLUMN_NO, COLUMN_CODE, COLUMN_NAME, COLUMN_QTY, COLUMN_PRICE, COLUMN_DISCOUNT, COLUMN_AMOUNT, COLUMN_STOCK };

static const struct list_column columns[] = {
    {N_("#"), 2, 3, 4, ALIGN_RIGHT, false},
    {N_("Code"), 8, 14, 5, ALIGN_LEFT, false},
    {N_("Item"), 12, 70, 1, ALIGN_LEFT, false},
    {N_("Qty"), 4, 6, 2, ALIGN_RIGHT, false},
    {N_("Unit price"), 10, 12, 3, ALIGN_RIGHT, false},
    {N_("Disc."), 7, 11, 6, ALIGN_RIGHT, false},
    {N_("Line total"), 10, 13, 2, ALIGN_RIGHT, false},
    {N_("Stock"), 6, 10, 4, ALIGN_RIGHT, false},
};

static void add_stock(const struct basket_line *l, struct buf *out, enum style *style) {
    char text[QTY_TEXT_MAX];
    bool below_zero = l->below_stock || l->left < 0;
    bool low = l->has_stock_min && l->left < l->stock_min;
    buf_addf(out, "%s %s", qty_format(l->on_hand, text), below_zero ? "!" : low ? "▾" : " ");
    *style = below_zero || low ? STYLE_WARN : *style;
}

static void cell(const void *ctx, size_t row, int column, struct buf *out, enum style *style) {
    const struct sell_state *s = ctx;
    const struct basket_line *l = &sell_basket(s)->lines[row];
    char text[MONEY_TEXT_MAX];
    switch (column) {
    case COLUMN_NO:
        buf_addf(out, "%zu", row + 1);
        break;
    case COLUMN_CODE:
        buf_add(out, l->sku);
        break;
    case COLUMN_NAME:
        buf_addf(out, l->unit[0] == '\0' ? "%s" : "%s (%s)", l->name, l->unit);
        break;
    case COLUMN_QTY:
        buf_add(out, qty_format(l->qty, text));
        *style = STYLE_STRONG;
        break;
    case COLUMN_PRICE:
        buf_addf(out, "%s%s", l->below_cost ? "↓" : "", money_format(l->unit_price, &s->currency, false, text));
        *style = l->below_cost ? STYLE_WARN : *style;
        break;
    case COLUMN_DISCOUNT:
        buf_add(out, l->discount == 0 ? "" : money_format(l->discount, &s->currency, false, text));
        break;
    case COLUMN_AMOUNT:
        buf_add(out, money_format(l->amount, &s->currency, false, text));
        *style = STYLE_STRONG;
        break;
    default:
        add_stock(l, out, style);
    }
}

/* The current one is always seen; what does not fit on its left is counted. */
static void paint_tabs(const struct sell_state *s, struct canvas *c, int width) {
    size_t first = 0;
    int need = 0;
    for (size_t i = s->current + 1; i > 0; i--) {
        need += text_width(s->baskets[i - 1].label) + 10;
        if (need > width && i - 1 < s->current) {
            first = i;
            break;
        }
    }
    int x = first > 0 ? 1 + canvas_text(c, 1, 0, 2, STYLE_DIM, "«") : 1;
    for (size_t i = first; i < s->count && x < width; i++) {
        const struct basket *b = &s->baskets[i];
        struct buf text = BUF_INIT;
        buf_addf(&text, "%s%s", b->label, i == s->current ? "*" : "");
        if (b->held) {
            buf_addf(&text, " (%s)", _("parked"));
        } else if (b->unsaved) {
            buf_addf(&text, " (%s)", _("another counter is saving; this is saved after it"));
        }
        enum style style = i == s->current ? STYLE_STRONG : b->held ? STYLE_DIM : STYLE_NORMAL;
        x += canvas_text(c, x, 0, width - x, style, buf_str(&text)) + 2;
        buf_clear(&text);
    }
}

static void paint_top(const struct sell_state *s, struct canvas *c) {
    const struct basket *b = sell_basket(s);
    struct buf who = BUF_INIT;
    if (b->customer_id == 0) {
        buf_add(&who, _("Walk-in customer"));
    } else {
        buf_addf(&who, _("Customer: %s"), b->customer);
    }
    int most = c->width * 3 / 5;
    int used = text_width(buf_str(&who));
    used = used > most ? most : used;
    canvas_text_right(c, c->width - used - 1, 0, used, b->customer_id == 0 ? STYLE_DIM : STYLE_STRONG, buf_str(&who));
    paint_tabs(s, c, c->width - used - 3);
    buf_reset(&who);
    if (b->seller != NULL && b->seller[0] != '\0') {
        buf_addf(&who, "%s%s", b->seller, b->customer_id == 0 ? "" : " │ ");
    }
    buf_add(&who, b->customer_id == 0 ? "" : b->customer_more);
    canvas_line(c, 0, 1, c->width, STYLE_BORDER);
    if (who.len > 0) {
        used = text_width(buf_str(&who));
        used = used > c->width - 4 ? c->width - 4 : used;
        canvas_fill(c, c->width - used - 2, 1, used + 2, 1, STYLE_NORMAL);
        canvas_text_right(c, c->width - used - 1, 1, used, b->customer_owes ? STYLE_WARN : STYLE_NORMAL, buf_str(&who));
    }
    buf_clear(&who);
}

static void add_found_right(const struct sell_state *s, const struct sell_found *f, bool code, struct buf *out) {
    char price[MONEY_TEXT_MAX];
    char stock[QTY_TEXT_MAX];
    buf_reset(out);
    if (code) {
        buf_addf(out, "  %s", f->sku);
    }
    buf_addf(out, "  %s  ", money_format(f->price, &s->currency, false, price));
    buf_addf(out, _("stock %s"), qty_format(f->on_hand, stock));
}

/* Codes are shown where they leave the names whole. */
static bool codes_fit(const struct sell_state *s, int width) {
    struct buf right = BUF_INIT;
    bool fit = true;
    for (int i = 0; i < s->found_count && fit; i++) {
        add_found_right(s, &s->found[i], true, &right);
        fit = text_width(s->found[i].name) + text_width(buf_str(&right)) <= width;
    }
    buf_clear(&right);
    return fit;
}

static void paint_found(const struct sell_state *s, struct canvas *c) {
    struct buf right = BUF_INIT;
    bool codes = codes_fit(s, c->width - 3);
    for (int i = 0; i < s->found_count && i + 1 < c->height; i++) {
        const struct sell_found *f = &s->found[i];
        int y = i + 1;
        add_found_right(s, f, codes, &right);
        int used = canvas_text_right(c, 3, y, c->width - 3, f->on_hand <= 0 ? STYLE_WARN : STYLE_DIM, buf_str(&right));
        canvas_text(c, 3, y, c->width - 3 - used, STYLE_NORMAL, f->name);
        if (i == s->chosen) {
            canvas_text(c, 1, y, 1, STYLE_NORMAL, "▸");
            canvas_restyle(c, 1, y, c->width - 1, 1, s->chose ? STYLE_CURSOR : STYLE_CURSOR_IDLE);
        }
    }
    buf_clear(&right);
}

/* Nobody reads a manual to sell the first item. */
static void paint_hints(struct canvas *c) {
    const char *const hints[] = {
        _("Scan, or type part of a name, code or phone"),
        _("3* before a code · +2 -1 quantity · @45k price"),
        /* xgettext:no-c-format */ _("-10% or -5k discount · =10% the whole basket"),
        _("↑ ↓ mark · Del drops the line · Alt-u undoes"),
        _("F8 exact cash · F9 other ways to pay"),
    };
    for (int i = 0; i < (int)(sizeof hints / sizeof *hints) && i + 1 < c->height; i++) {
        canvas_text(c, 3, i + 1, c->width - 3, STYLE_DIM, hints[i]);
    }
}

static void paint_entry(const struct sell_state *s, struct canvas *c) {
    char qty[QTY_TEXT_MAX];
    int x = 1 + canvas_text(c, 1, 0, 2, STYLE_KEY, ">") + 1;
    if (s->times != 0) {
        x += canvas_textf(c, x, 0, 12, STYLE_AMOUNT, "%s ×", qty_format(s->times, qty)) + 1;
    }
    field_paint(&s->field, c, x, 0, c->width - x, STYLE_FIELD_FOCUS, true);
    if (s->found_count > 0) {
        paint_found(s, c);
    } else if (field_is_empty(&s->field)) {
        paint_hints(c);
    } else if (*sell_command_search(field_text(&s->field)) != '\0') {
        canvas_text(c, 3, 1, c->width - 3, STYLE_DIM, _("Nothing matches"));
    }
}

static void paint_figure(struct canvas *c, int y, enum style style, const char *label, int64_t amount, bool symbol,
                         const struct currency *currency) {
    char text[MONEY_TEXT_MAX];
    int used = canvas_text_right(c, 0, y, c->width - 1, style, money_format(amount, currency, symbol, text));
    canvas_text(c, 0, y, c->width - used - 2, style == STYLE_AMOUNT ? STYLE_STRONG : STYLE_LABEL, label);
}

/* The figure of the screen, large where there is room. */
static void paint_amount(struct canvas *c, const char *label, int64_t amount, const struct currency *currency) {
    char text[MONEY_TEXT_MAX];
    money_format(amount, currency, false, text);
    if (c->height >= BIG_FROM_ROWS && big_width(text) < c->width) {
        canvas_text(c, 0, c->height - BIG_ROWS - 2, c->width, STYLE_STRONG, label);
        big_paint(c, 0, c->height - BIG_ROWS - 1, c->width - 1, STYLE_AMOUNT, text);
    } else {
        paint_figure(c, c->height - 1, STYLE_AMOUNT, label, amount, true, currency);
    }
}

static void paint_last(const struct sell_state *s, struct canvas *c) {
    const struct sell_last *l = &s->last;
    canvas_textf(c, 0, 0, c->width - 1, STYLE_GOOD, "✓ %s", l->order_no);
    paint_figure(c, 1, STYLE_NORMAL, _("Total"), l->total, false, &s->currency);
    if (c->height > 3) {
        paint_figure(c, 2, STYLE_NORMAL, _("Got"), l->paid + l->change, false, &s->currency);
    }
    if (l->due > 0) {
        paint_amount(c, _("STILL DUE"), l->due, &s->currency);
    } else {
        paint_amount(c, _("CHANGE"), l->change, &s->currency);
    }
}

static void paint_totals(const struct sell_state *s, struct canvas *c) {
    const struct basket *b = sell_basket(s);
    if (s->last.shown && b->count == 0) {
        paint_last(s, c);
        return;
    }
    paint_figure(c, 0, STYLE_NORMAL, _("Sum"), b->subtotal, false, &s->currency);
    paint_figure(c, 1, STYLE_NORMAL, _("Discount"), b->discount, false, &s->currency);
    int64_t more = b->total - b->subtotal + b->discount;
    if (more != 0 && c->height > 3) {
        paint_figure(c, 2, STYLE_NORMAL, more == b->shipping_fee ? _("Shipping") : _("Shipping, VAT"), more, false,
                     &s->currency);
    }
    paint_amount(c, _("TO PAY"), b->total, &s->currency);
}

void sell_paint(const struct app *app, const void *state, struct canvas *c) {
    const struct sell_state *s = state;
    if (!s->ready) {
        return;
    }
    (void)app;
    struct list_source source = {.columns = columns,
                                 .column_count = sizeof columns / sizeof *columns,
                                 .ctx = s,
                                 .cell = cell,
                                 .empty = _("Nothing in the basket yet")};
    int lines = sell_lines_height(c->height);
    int top = 2;
    paint_top(s, c);
    struct canvas rows = canvas_view(c, 0, top, c->width, lines);
    struct list shown = s->list;
    list_set_height(&shown, lines);
    list_paint(&shown, &source, &rows, field_is_empty(&s->field));
    canvas_line(&rows, 0, lines - 1, c->width - 12, STYLE_BORDER);
    int y = top + lines;
    int right = c->width > 120 ? TOTALS_WIDTH * 2 - 16 : c->width >= 80 ? TOTALS_WIDTH : TOTALS_LEAST;
    struct canvas entry = canvas_view(c, 0, y, c->width - right - 1, c->height - y);
    struct canvas totals = canvas_view(c, c->width - right, y, right, c->height - y);
    paint_entry(s, &entry);
    paint_totals(s, &totals);
}
