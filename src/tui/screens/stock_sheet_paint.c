/* How a sheet looks: what it is about, its lines, the field, and what typing found. */
#include "base/i18n.h"
#include "base/qty.h"
#include "tui/screens/stock_sheet.h"

static const struct list_column received[] = {
    {N_("SKU"), 8, 14, 3, ALIGN_LEFT, false},       {N_("Name"), 16, 60, 1, ALIGN_LEFT, false},
    {N_("Quantity"), 8, 11, 1, ALIGN_RIGHT, false}, {N_("Unit"), 5, 8, 2, ALIGN_LEFT, false},
    {N_("Cost"), 10, 13, 1, ALIGN_RIGHT, false},    {N_("Amount"), 12, 15, 2, ALIGN_RIGHT, false},
};
static const struct list_column counted[] = {
    {N_("SKU"), 8, 14, 3, ALIGN_LEFT, false},      {N_("Name"), 16, 60, 1, ALIGN_LEFT, false},
    {N_("Counted"), 9, 11, 1, ALIGN_RIGHT, false}, {N_("Unit"), 5, 8, 2, ALIGN_LEFT, false},
    {N_("Booked"), 8, 11, 2, ALIGN_RIGHT, false},  {N_("Difference"), 10, 11, 1, ALIGN_RIGHT, false},
};
enum { COLUMN_SKU, COLUMN_NAME, COLUMN_QTY, COLUMN_UNIT, COLUMN_FIRST, COLUMN_SECOND, COLUMN_COUNT };

static void add_qty(struct buf *out, int64_t qty) {
    char text[QTY_TEXT_MAX];
    buf_add(out, qty_format(qty, text));
}

static void add_money(const struct sheet_state *s, struct buf *out, int64_t amount) {
    char text[MONEY_TEXT_MAX];
    buf_add(out, money_format(amount, &s->currency, false, text));
}

static void add_difference(const struct sheet_line *line, struct buf *out, enum style *style) {
    int64_t difference = line->qty - line->booked;
    buf_add(out, difference > 0 ? "+" : "");
    add_qty(out, difference);
    *style = difference == 0 ? STYLE_GOOD : difference < 0 ? STYLE_ERROR : STYLE_WARN;
}

static void cell(const void *ctx, size_t row, int column, struct buf *out, enum style *style) {
    const struct sheet_state *s = ctx;
    const struct sheet_line *line = &s->lines[row];
    bool waiting = s->fresh && row == s->at; /* no quantity yet */
    switch (column) {
    case COLUMN_SKU:
        buf_add(out, line->sku);
        break;
    case COLUMN_NAME:
        buf_add(out, line->name);
        break;
    case COLUMN_QTY:
        if (waiting) {
            buf_add(out, "?");
        } else {
            add_qty(out, line->qty);
        }
        break;
    case COLUMN_UNIT:
        buf_add(out, line->unit);
        break;
    case COLUMN_FIRST:
        if (s->kind == STOCK_COUNT) {
            add_qty(out, line->booked);
        } else if (line->shows_cost) {
            add_money(s, out, line->cost);
        }
        break;
    default:
        if (s->kind != STOCK_COUNT && line->shows_cost) {
            add_money(s, out, line->amount);
        } else if (s->kind == STOCK_COUNT && !waiting) {
            add_difference(line, out, style);
        }
    }
}

static void total(const void *ctx, int column, struct buf *out) {
    const struct sheet_state *s = ctx;
    if (column == COLUMN_NAME) {
        buf_add(out, _("Total"));
    } else if (column == COLUMN_SECOND && s->shows_amount) {
        add_money(s, out, s->amount);
    }
}

struct list_source sheet_source(const struct sheet_state *s) {
    bool counting = s->kind == STOCK_COUNT;
    return (struct list_source){counting ? counted : received,
                                COLUMN_COUNT,
                                s,
                                cell,
                                NULL,
                                counting ? NULL : total,
                                _("Scan a barcode, or type part of a name")};
}

static void paint_head(const struct sheet_state *s, struct canvas *c) {
    const char *who = s->kind == STOCK_PURCHASE ? s->supplier : s->reason;
    const char *label = s->kind == STOCK_PURCHASE ? _("Supplier") : _("Reason");
    int used = 1 + canvas_textf(c, 1, 0, c->width - 1, STYLE_LABEL, "%s: ", label);
    used += canvas_text(c, used, 0, c->width - used, who == NULL ? STYLE_DIM : STYLE_STRONG, who == NULL ? "—" : who);
    used += canvas_textf(c, used, 0, c->width - used, STYLE_LABEL, "   %s: ", _("Paper no."));
    canvas_text(c, used, 0, c->width - used, s->document == NULL ? STYLE_DIM : STYLE_STRONG,
                s->document == NULL ? "—" : s->document);
    canvas_line(c, 0, 1, c->width, STYLE_BORDER);
}

/* What the field asks for; the quantity names the unit, and what is there already. */
static int paint_question(const struct sheet_state *s, struct canvas *c, int y) {
    const struct sheet_line *line = s->asking == SHEET_CODE ? NULL : &s->lines[s->at];
    char qty[QTY_TEXT_MAX];
    char cost[MONEY_TEXT_MAX];
    if (line == NULL) {
        return 1 + canvas_text(c, 1, y, 2, STYLE_KEY, "> ");
    }
    int room = c->width - 16;
    int used = 1 + canvas_textf(c, 1, y, room, STYLE_LABEL,
                                s->asking == SHEET_COST ? _("Cost of one %s of %s") : _("How many %s of %s"),
                                s->asked_unit[0] == '\0' ? _("piece") : s->asked_unit, line->name);
    if (s->asking == SHEET_COST && line->shows_cost) {
        used += canvas_textf(c, used, y, c->width - 16 - used, STYLE_DIM, " (%s)",
                             money_format(line->cost, &s->currency, false, cost));
    } else if (s->asking == SHEET_QTY && !s->fresh) {
        used += canvas_textf(c, used, y, c->width - 16 - used, STYLE_DIM,
                             s->replace ? _(" (now %s)") : _(" (%s and; = instead)"), qty_format(line->qty, qty));
    }
    return used + 1;
}

static void paint_found(const struct sheet_state *s, struct canvas *c, int y) {
    for (int i = 0; i < s->found_count; i++) {
        bool chosen = i == s->chosen;
        canvas_text(c, 1, y + i, 1, STYLE_KEY, chosen ? "▸" : " ");
        canvas_text(c, 3, y + i, c->width - 3, chosen ? STYLE_STRONG : STYLE_NORMAL, s->found_text[i]);
    }
}

void sheet_paint(const struct app *app, const void *state, struct canvas *c) {
    const struct sheet_state *s = state;
    struct list_source source = sheet_source(s);
    int bottom = c->height - SHEET_FOOT_ROWS;
    (void)app;
    paint_head(s, c);
    struct canvas body = canvas_view(c, 0, SHEET_HEAD_ROWS, c->width, bottom - SHEET_HEAD_ROWS);
    list_paint(&s->list, &source, &body, s->asking == SHEET_CODE);
    canvas_line(c, 0, bottom, c->width, STYLE_BORDER);
    int x = paint_question(s, c, bottom + 1);
    int width = s->asking == SHEET_CODE ? (c->width - x - 1 > 50 ? 50 : c->width - x - 1) : 14;
    field_paint(&s->input, c, x, bottom + 1, width, STYLE_FIELD_FOCUS, true);
    if (s->asking == SHEET_CODE) {
        paint_found(s, c, bottom + 2);
    }
}
