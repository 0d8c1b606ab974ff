/* The payment on the screen: ways to pay on the left, and the payment code beside them when money is transferred. */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "tui/big.h"
#include "tui/chart.h"
#include "tui/screens/sell_pay.h"

enum { FORM_WIDTH = 46, FORM_NARROW = 36, FORM_ROWS = 12, AMOUNT_WIDTH = 14, QUIET = 2 };

static void paint_method(const struct payment *p, struct canvas *c, int y, int method) {
    char text[MONEY_TEXT_MAX];
    bool focused = p->focus == method;
    const struct basket *b = sell_by_uid(p->s, p->uid);
    int label = c->width - 2 * AMOUNT_WIDTH - 1 > 15 ? c->width - 2 * AMOUNT_WIDTH - 1 : 16;
    enum style style = p->wrong == method ? STYLE_FIELD_ERROR : focused ? STYLE_FIELD_FOCUS : STYLE_FIELD;
    canvas_text(c, 0, y, label - 1, focused ? STYLE_STRONG : STYLE_LABEL, pay_method_title((enum pay_method)method));
    field_paint(&p->fields[method], c, label, y, AMOUNT_WIDTH, style, focused);
    int x = label + AMOUNT_WIDTH + 1;
    if (p->wrong == method) {
        canvas_text(c, x, y, c->width - x, STYLE_ERROR, _("! not a sum"));
    } else if (p->amounts[method] > 0) {
        canvas_text_right(c, x, y, c->width - x, STYLE_NORMAL,
                          money_format(p->amounts[method], &p->s->currency, false, text));
    } else if (!p->typed && focused && b != NULL) {
        canvas_text_right(c, x, y, c->width - x, STYLE_DIM, money_format(b->total, &p->s->currency, false, text));
    }
}

static void paint_notes(const struct payment *p, struct canvas *c, int y) {
    int x = 0;
    for (int i = 0; i < PAY_NOTES; i++) {
        char text[MONEY_TEXT_MAX];
        char key[16];
        snprintf(key, sizeof key, "F%d", i + 3);
        x += canvas_text(c, x, y, c->width - x, STYLE_KEY, key) + 1;
        x += canvas_text(c, x, y, c->width - x, STYLE_DIM,
                         money_format_short(payment_note(p, i), &p->s->currency, text));
        x += c->width < FORM_WIDTH ? 1 : 2;
    }
}

static void paint_rest(const struct payment *p, struct canvas *c, int y) {
    char text[MONEY_TEXT_MAX];
    bool change = p->rest <= 0;
    int64_t amount = !p->typed ? 0 : change ? -p->rest : p->rest;
    const char *label = change || !p->typed ? _("CHANGE") : _("STILL TO PAY");
    enum style style = change || !p->typed ? STYLE_AMOUNT : STYLE_WARN;
    money_format(amount, &p->s->currency, false, text);
    canvas_text(c, 0, y, c->width, STYLE_STRONG, label);
    if (c->height - y >= BIG_ROWS && big_width(text) < c->width - text_width(label) - 1) {
        big_paint(c, 0, y, c->width, style, text);
    } else {
        canvas_text_right(c, 0, y, c->width, style, text);
    }
}

static void paint_form(const struct payment *p, struct canvas *c) {
    char text[MONEY_TEXT_MAX];
    const struct basket *b = sell_by_uid(p->s, p->uid);
    canvas_text(c, 0, 0, c->width, STYLE_STRONG, _("TO PAY"));
    canvas_text_right(c, 0, 0, c->width, STYLE_AMOUNT,
                      money_format(b == NULL ? 0 : b->total, &p->s->currency, true, text));
    int gap = c->height >= FORM_ROWS ? 1 : 0;
    int y = 1 + gap;
    for (int i = 0; i < BASKET_PAY_METHODS; i++) {
        paint_method(p, c, y++, i);
    }
    y += gap;
    paint_notes(p, c, y);
    y += 1 + gap;
    paint_rest(p, c, y < c->height ? y : c->height - 1);
}

/* For those who type it instead of scanning. */
static int paint_transfer_text(const struct payment *p, struct canvas *c, int y) {
    char text[MONEY_TEXT_MAX];
    if (p->code_hint[0] != '\0') {
        return canvas_text_wrapped(c, 0, y, c->width, c->height - y, STYLE_DIM, p->code_hint);
    }
    if (p->transfer_to[0] == '\0') {
        return 0;
    }
    int used = canvas_text_wrapped(c, 0, y, c->width, c->height - y, STYLE_NORMAL, p->transfer_to);
    if (y + used < c->height) {
        canvas_textf(c, 0, y + used, c->width, STYLE_NORMAL, _("%s · message: %s"),
                     money_format(p->code_amount, &p->s->currency, true, text), p->purpose);
        used++;
    }
    return used;
}

/* The whole body serves where the code needs it. */
static bool paint_with_code(const struct payment *p, struct canvas *body) {
    int quiet = QUIET;
    int columns = p->code.size + 2 * quiet;
    int rows = chart_qr_rows(p->code.size, quiet);
    if (p->code.size == 0 || rows > body->height || columns + FORM_NARROW > body->width) {
        return false;
    }
    int wide = body->width - columns - 3;
    wide = wide > FORM_WIDTH ? FORM_WIDTH : wide;
    struct canvas inside;
    if (rows + 2 <= body->height) {
        inside = popup_frame(body, wide + columns + 1, rows, _("Payment"));
    } else {
        canvas_fill(body, 0, 0, body->width, body->height, STYLE_POPUP);
        inside = canvas_view(body, 1, 0, body->width - 1, body->height);
    }
    chart_qr(&inside, inside.width - columns, 0, p->code.dark, p->code.size, quiet);
    struct canvas form = canvas_view(&inside, 0, 0, inside.width - columns - 1, inside.height);
    struct canvas upper = canvas_view(&form, 0, 0, form.width, form.height - 4);
    paint_form(p, &upper);
    struct canvas lower = canvas_view(&form, 0, form.height - 4, form.width, 4);
    canvas_text(&lower, 0, 0, lower.width, STYLE_DIM, _("Scan to transfer:"));
    paint_transfer_text(p, &lower, 1);
    return true;
}

void payment_paint(const struct app *app, const void *state, struct canvas *body) {
    const struct payment *p = state;
    (void)app;
    if (p->transfer && paint_with_code(p, body)) {
        return;
    }
    int extra = p->transfer ? 3 : 0;
    struct canvas inside = popup_frame(body, FORM_WIDTH, FORM_ROWS + 2 + extra, _("Payment"));
    struct canvas form = canvas_view(&inside, 0, 0, inside.width, inside.height - extra);
    paint_form(p, &form);
    if (extra > 0) {
        struct canvas lower = canvas_view(&inside, 0, form.height, inside.width, extra);
        paint_transfer_text(p, &lower, 0);
    }
}
