/* The return on the screen: what was sold, what comes back of it, and what that gives. */
#include <string.h>

#include "base/i18n.h"
#include "base/qty.h"
#include "tui/screens/sell_return.h"

enum { WIDTH = 72, QTY_WIDTH = 9, FOOT_ROWS = 5 };

static void paint_line(const struct giveback *g, struct canvas *c, int y, size_t i) {
    char sold[QTY_TEXT_MAX];
    char left[QTY_TEXT_MAX];
    char back[QTY_TEXT_MAX];
    const struct order_line *l = &g->sale.lines[i];
    int x = c->width - 3 * QTY_WIDTH;
    struct buf name = BUF_INIT;
    buf_addf(&name, l->unit[0] == '\0' ? "%s" : "%s (%s)", l->name, l->unit);
    canvas_text(c, 1, y, x - 2, STYLE_POPUP, buf_str(&name));
    canvas_text_right(c, x, y, QTY_WIDTH, STYLE_POPUP, qty_format(l->qty, sold));
    canvas_text_right(c, x + QTY_WIDTH, y, QTY_WIDTH, STYLE_DIM, qty_format(giveback_left(g, i), left));
    canvas_text_right(c, x + 2 * QTY_WIDTH, y, QTY_WIDTH, g->qty[i] > 0 ? STYLE_AMOUNT : STYLE_DIM,
                      qty_format(g->qty[i], back));
    if (i == g->line) {
        canvas_text(c, 0, y, 1, STYLE_POPUP, "▸");
        canvas_restyle(c, 0, y, c->width, 1, STYLE_CURSOR);
    }
    buf_clear(&name);
}

static void paint_heading(const struct giveback *g, struct canvas *c) {
    char day[DATE_SIZE];
    int x = c->width - 3 * QTY_WIDTH;
    canvas_textf(c, 0, 0, c->width, STYLE_STRONG, "%s · %s · %s", g->sale.order_no,
                 date_format(g->sale.order_date, day), g->sale.customer_id == 0 ? _("walk-in") : g->sale.customer_name);
    canvas_text(c, 1, 1, x - 1, STYLE_HEADER, _("Goods"));
    canvas_text_right(c, x, 1, QTY_WIDTH, STYLE_HEADER, _("sold"));
    canvas_text_right(c, x + QTY_WIDTH, 1, QTY_WIDTH, STYLE_HEADER, _("left"));
    canvas_text_right(c, x + 2 * QTY_WIDTH, 1, QTY_WIDTH, STYLE_HEADER, _("back"));
}

static void paint_foot(const struct giveback *g, struct canvas *c) {
    static const enum pay_method methods[] = {PAY_CASH, PAY_TRANSFER, PAY_CARD, PAY_EWALLET};
    char text[MONEY_TEXT_MAX];
    int half = c->width / 2;
    canvas_textf(c, 0, 0, half, STYLE_POPUP, "%s: %s", _("Goes to"), g->damaged ? _("damaged goods") : _("the stock"));
    canvas_textf(c, 0, 1, half, STYLE_POPUP, "%s: %s", _("Refund"),
                 g->method < 0 ? _("as it was paid") : pay_method_label(methods[g->method]));
    canvas_textf(c, 0, 2, half, STYLE_POPUP, "%s: %s", _("Shipping fee too"), g->with_fee ? _("yes") : _("no"));
    canvas_textf(c, 0, 3, c->width, STYLE_POPUP, "%s: %s", _("Reason"), g->reason);
    canvas_textf(c, half, 0, c->width - half, STYLE_POPUP, "%s", _("Worth"));
    canvas_text_right(c, half, 0, c->width - half, STYLE_POPUP,
                      money_format(g->figures.total, &g->s->currency, false, text));
    canvas_text(c, half, 1, c->width - half, STYLE_POPUP, _("Off the debt"));
    canvas_text_right(c, half, 1, c->width - half, STYLE_POPUP,
                      money_format(g->figures.settled, &g->s->currency, false, text));
    canvas_text(c, half, 2, c->width - half, STYLE_STRONG, _("GIVE BACK"));
    canvas_text_right(c, half, 2, c->width - half, STYLE_AMOUNT,
                      money_format(g->figures.refund, &g->s->currency, true, text));
}

void giveback_paint(const struct app *app, const void *state, struct canvas *body) {
    const struct giveback *g = state;
    (void)app;
    int wanted = 2 + (int)g->sale.line_count + FOOT_ROWS;
    int width = body->width - 6 > WIDTH ? WIDTH : body->width - 6;
    struct canvas inside = popup_frame(body, width, wanted, _("Goods come back"));
    paint_heading(g, &inside);
    int rows = inside.height - 2 - FOOT_ROWS;
    size_t page = rows < 1 ? 1 : (size_t)rows;
    size_t top = g->line >= page ? g->line - page + 1 : 0;
    for (size_t i = top; i < g->sale.line_count && i < top + page; i++) {
        paint_line(g, &inside, 2 + (int)(i - top), i);
    }
    struct canvas foot = canvas_view(&inside, 0, inside.height - FOOT_ROWS + 1, inside.width, FOOT_ROWS - 1);
    paint_foot(g, &foot);
}
