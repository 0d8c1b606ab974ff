/* Counting the drawer: a row for each note and coin, with its sum. What should be there is only said after the count,
 * so that nobody counts towards it. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "tui/popup.h"
#include "tui/screens/cash.h"

enum { WIDTH = 48, PIECES_WIDTH = 8, SCAN_MIN = 6, FOOT_ROWS = 4, PIECES_MAX = 1000000 };

static enum err_code pieces_of(const struct field *f, int64_t *pieces, struct err *e) {
    const char *text = field_text(f);
    char *end = NULL;
    *pieces = strtoll(text, &end, 10);
    if (end[strspn(end, " ")] != '\0' || *pieces < 0 || *pieces > PIECES_MAX) {
        *pieces = 0;
        return err_set(e, ERR_INVALID, _("“%.40s” is no number of pieces; write 12"), text);
    }
    return ERR_OK;
}

enum err_code cash_till_counts(struct cash_till *till, struct cash_count *counts, int64_t *total, struct err *e) {
    *total = 0;
    till->wrong = till->count + 1;
    for (size_t i = 0; i < till->count; i++) {
        counts[i].denomination = till->denominations[i];
        if (pieces_of(&till->pieces[i], &counts[i].pieces, e) != ERR_OK) {
            till->wrong = i;
            till->focus = i;
            return ERR_INVALID;
        }
        *total += counts[i].denomination * counts[i].pieces;
    }
    return ERR_OK;
}

const char *cash_till_note(const struct cash_till *till) {
    return till->pieces == NULL ? "" : field_text(&till->pieces[till->count]);
}

void cash_till_clear(struct cash_till *till) {
    for (size_t i = 0; till->pieces != NULL && i <= till->count; i++) {
        field_clear(&till->pieces[i]);
    }
    free(till->pieces);
    *till = (struct cash_till){0};
}

static enum popup_result finish(struct app *app, struct cash_state *s) {
    struct cash_count *counts = mem_array(s->till.count, sizeof *counts);
    struct err e = ERR_INIT;
    int64_t total = 0;
    enum err_code rc = cash_till_counts(&s->till, counts, &total, &e);
    free(counts);
    if (rc != ERR_OK) {
        app_error(app, &e);
        return POPUP_STAY;
    }
    cash_ask_close(app, s, total);
    return POPUP_CLOSE;
}

static enum popup_result step(struct cash_till *till, size_t by) {
    till->focus = (till->focus + by) % (till->count + 1);
    return POPUP_STAY;
}

static enum popup_result till_handle(struct app *app, void *state, enum action action, const struct key *key) {
    struct cash_state *s = state;
    struct cash_till *till = &s->till;
    switch (action) {
    case ACTION_FORM_NEXT:
        return step(till, 1);
    case ACTION_FORM_PREVIOUS:
        return step(till, till->count);
    case ACTION_FORM_CANCEL:
        return POPUP_CLOSE;
    default:
        break;
    }
    switch (field_handle(&till->pieces[till->focus], action, key)) {
    case FIELD_CHANGED:
        till->wrong = till->count + 1;
        return POPUP_STAY;
    case FIELD_MOVED:
    case FIELD_SCANNED:
        return POPUP_STAY;
    case FIELD_IGNORED:
        break;
    }
    if (action == ACTION_FORM_SAVE) {
        return key->kind == K_ENTER && till->focus < till->count ? step(till, 1) : finish(app, s);
    }
    return POPUP_PASS;
}

static void paint_row(const struct cash_state *s, struct canvas *c, size_t i, int y) {
    const struct cash_till *till = &s->till;
    char text[MONEY_TEXT_MAX];
    int64_t pieces = 0;
    bool focused = i == till->focus;
    enum style style = i == till->wrong ? STYLE_FIELD_ERROR : focused ? STYLE_FIELD_FOCUS : STYLE_FIELD;
    canvas_text_right(c, 0, y, 14, STYLE_POPUP, money_format(till->denominations[i], &s->currency, false, text));
    canvas_text(c, 15, y, 1, STYLE_DIM, "×");
    field_paint(&till->pieces[i], c, 17, y, PIECES_WIDTH, style, focused);
    if (pieces_of(&till->pieces[i], &pieces, NULL) == ERR_OK && pieces > 0) {
        canvas_text_right(c, 26, y, c->width - 26, STYLE_POPUP,
                          money_format(pieces * till->denominations[i], &s->currency, false, text));
    } else if (i == till->wrong) {
        canvas_text(c, 26, y, 1, STYLE_ERROR, "!");
    }
}

static int64_t sum(const struct cash_till *till) {
    int64_t total = 0;
    int64_t pieces = 0;
    for (size_t i = 0; i < till->count; i++) {
        pieces_of(&till->pieces[i], &pieces, NULL);
        total += pieces * till->denominations[i];
    }
    return total;
}

static void till_paint(const struct app *app, const void *state, struct canvas *body) {
    const struct cash_state *s = state;
    const struct cash_till *till = &s->till;
    char text[MONEY_TEXT_MAX];
    (void)app;
    struct canvas c = popup_frame(body, WIDTH, (int)till->count + FOOT_ROWS, _("Count the drawer"));
    int rows = c.height - FOOT_ROWS;
    int top = (int)till->focus >= rows ? (int)till->focus - rows + 1 : 0;
    top = top + rows > (int)till->count ? (int)till->count - rows : top;
    for (int i = 0; i < rows; i++) {
        paint_row(s, &c, (size_t)top + (size_t)i, i);
    }
    canvas_line(&c, 0, rows, c.width, STYLE_BORDER);
    canvas_text(&c, 0, rows + 1, 20, STYLE_STRONG, _("Counted"));
    canvas_text_right(&c, 0, rows + 1, c.width, STYLE_STRONG, money_format(sum(till), &s->currency, true, text));
    bool noting = till->focus == till->count;
    int used = canvas_textf(&c, 0, rows + 2, 20, STYLE_LABEL, "%s ", _("Note"));
    field_paint(&till->pieces[till->count], &c, used, rows + 2, c.width - used,
                noting ? STYLE_FIELD_FOCUS : STYLE_FIELD, noting);
    canvas_text(&c, 0, rows + 3, c.width, STYLE_DIM, _("Enter: next line · Ctrl-S: all is counted"));
}

static enum action_context till_focus(const void *state) {
    (void)state;
    return CONTEXT_FORM;
}

static void till_leave(void *state) {
    (void)state; /* the screen's own: what was counted stays for the next time */
}

void cash_till_open(struct app *app, struct cash_state *s) {
    static const struct popup_ops ops = {CONTEXT_FORM, till_focus, till_handle, till_paint, till_leave};
    struct cash_till *till = &s->till;
    if (till->pieces == NULL) {
        till->denominations = cash_denominations(s->currency.code, &till->count);
        till->pieces = mem_array(till->count + 1, sizeof *till->pieces);
        for (size_t i = 0; i < till->count; i++) {
            till->pieces[i].scan_min = SCAN_MIN;
        }
    }
    till->focus = 0;
    till->wrong = till->count + 1;
    popup_open(app, &ops, s);
}
