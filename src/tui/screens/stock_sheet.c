#include "tui/screens/stock_sheet.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/qty.h"
#include "tui/popup.h"

/* --- keys while something is asked */

static void ask_code(struct sheet_state *s) {
    s->asking = SHEET_CODE;
    s->fresh = false;
    field_set(&s->input, "");
    s->input.scan_min = 0; /* here a scanned code belongs */
}

static void ask_cost(struct sheet_state *s) {
    s->asking = SHEET_COST;
    field_set(&s->input, "");
    s->input.scan_min = 6;
}

static unsigned take(struct app *app, struct sheet_state *s, const char *code) {
    struct err e = ERR_INIT;
    if (sheet_take(app, s, code, &e) == ERR_OK) {
        return SCREEN_REDRAW;
    }
    field_set(&s->input, ""); /* the next scan must not stand behind this one */
    sheet_find(app, s);
    return app_error(app, &e);
}

/* Enter on the quantity or the cost. */
static enum err_code answer(struct sheet_state *s, struct err *e) {
    const char *typed = field_text(&s->input);
    enum err_code rc = s->asking == SHEET_QTY ? sheet_set_qty(s, typed, e) : sheet_set_cost(s, typed, e);
    if (rc == ERR_OK && s->asking == SHEET_QTY && s->kind == STOCK_PURCHASE) {
        ask_cost(s);
    } else if (rc == ERR_OK) {
        ask_code(s);
    }
    return rc;
}

/* A code scanned while quantity or cost is asked: what is typed holds (nothing typed: one, at the known cost), and the
 * code is the next line's. */
static unsigned scanned(struct app *app, struct sheet_state *s, const char *code) {
    struct err e = ERR_INIT;
    while (s->asking != SHEET_CODE) {
        if (answer(s, &e) != ERR_OK) {
            return app_error(app, &e);
        }
    }
    return take(app, s, code);
}

static void change_line(struct sheet_state *s) {
    if (s->list.cursor < s->line_count) {
        s->at = s->list.cursor;
        s->asked = s->lines[s->at].factor;
        free(s->asked_unit);
        s->asked_unit = mem_strdup(s->lines[s->at].unit);
        s->asking = SHEET_QTY;
        s->fresh = false;
        s->replace = true;
        s->input.scan_min = 4;
        field_set(&s->input, "");
    }
}

static unsigned enter(struct app *app, struct sheet_state *s) {
    struct err e = ERR_INIT;
    if (s->asking != SHEET_CODE) {
        return answer(s, &e) == ERR_OK ? SCREEN_REDRAW : app_error(app, &e);
    }
    if (field_is_empty(&s->input)) {
        change_line(s);
        return SCREEN_REDRAW;
    }
    char *code = mem_strdup(field_text(&s->input));
    unsigned done = take(app, s, code);
    free(code);
    return done;
}

/* Back by one step; a line that got no quantity goes again. */
static unsigned back(struct sheet_state *s) {
    if (s->asking != SHEET_CODE) {
        if (s->fresh) {
            sheet_remove(s, s->at);
        }
        ask_code(s);
        return SCREEN_REDRAW;
    }
    if (!field_is_empty(&s->input)) {
        field_set(&s->input, "");
        return SCREEN_RELOAD;
    }
    return SCREEN_IGNORED;
}

/* --- the whole document */

static unsigned book(struct app *app, struct sheet_state *s) {
    struct err e = ERR_INIT;
    int64_t moved = 0;
    if (s->asking != SHEET_CODE) { /* what stands in the field belongs to it */
        while (s->asking != SHEET_CODE) {
            if (answer(s, &e) != ERR_OK) {
                return app_error(app, &e);
            }
        }
    }
    if (s->line_count == 0) {
        err_set(&e, ERR_INVALID, _("Nothing to save yet: scan or type a product first"));
        return app_error(app, &e);
    }
    size_t lines = s->line_count;
    char text[MONEY_TEXT_MAX];
    money_format(s->amount, &s->currency, true, text);
    if (sheet_book(app, s, &moved, &e) != ERR_OK) {
        return app_error(app, &e);
    }
    if (s->kind == STOCK_PURCHASE && !s->shows_amount) {
        app_status(app, _("Received: %lld lines"), (long long)lines);
    } else if (s->kind == STOCK_PURCHASE) {
        app_status(app, _("Received: %lld lines, %s"), (long long)lines, text);
    } else {
        app_status(app, _("Counted: %lld products, %lld of them differed"), (long long)lines, (long long)moved);
    }
    sheet_clear_lines(s);
    return SCREEN_RELOAD;
}

static char *text_or_null(const struct form *form, const char *name) {
    return form_is_empty(form, name) ? NULL : mem_strdup(form_text(form, name));
}

static enum err_code about_typed(struct app *app, void *ctx, const struct form *form, struct err *e) {
    struct sheet_state *s = ctx;
    (void)app;
    (void)e;
    free(s->document);
    s->document = text_or_null(form, "document");
    if (s->kind == STOCK_PURCHASE) {
        free(s->supplier);
        s->supplier = text_or_null(form, "supplier");
    } else {
        free(s->reason);
        s->reason = text_or_null(form, "reason");
    }
    return ERR_OK;
}

static unsigned ask_about(struct app *app, struct sheet_state *s) {
    static const struct form_field received[] = {
        {"supplier", N_("Supplier"), FORM_TEXT, 30, false, NULL, N_("code or name")},
        {"document", N_("Paper no."), FORM_TEXT, 24, false, NULL, N_("number of the paper")},
    };
    static const struct form_field counted[] = {
        {"reason", N_("Reason"), FORM_TEXT, 36, false, NULL, NULL},
        {"document", N_("Paper no."), FORM_TEXT, 24, false, NULL, N_("number of the paper")},
    };
    bool receiving = s->kind == STOCK_PURCHASE;
    struct form *form = form_new(receiving ? received : counted, 2, NULL);
    form_set_text(form, receiving ? "supplier" : "reason", receiving ? s->supplier : s->reason);
    form_set_text(form, "document", s->document);
    popup_form(app, receiving ? _("Goods from") : _("About the count"), form, about_typed, s);
    return SCREEN_REDRAW;
}

static void throw_away(struct app *app, void *ctx) {
    sheet_clear_lines(ctx);
    app_reload(app);
}

static unsigned ask_throw_away(struct app *app, struct sheet_state *s) {
    if (s->line_count > 0) {
        popup_ask(app, _("Throw away all lines of this sheet?"), _("Throw away"), throw_away, s);
    }
    return SCREEN_REDRAW;
}

/* --- the screens */

static void open_screen(struct sheet_state *s, enum stock_kind kind) {
    s->opened = true;
    s->kind = kind;
    s->list.has_total = kind == STOCK_PURCHASE;
}

static void open_receive(struct app *app, void *state, const char *argument) {
    (void)app;
    (void)argument;
    open_screen(state, STOCK_PURCHASE);
}

static void open_count(struct app *app, void *state, const char *argument) {
    (void)app;
    (void)argument;
    open_screen(state, STOCK_COUNT);
}

static enum err_code load(struct app *app, void *state, struct err *e) {
    struct sheet_state *s = state;
    int width = 0;
    int height = 0;
    enum err_code rc = ERR_OK;
    app_body_size(app, &width, &height);
    list_set_height(&s->list, height - SHEET_HEAD_ROWS - SHEET_FOOT_ROWS);
    s->shows_amount = shop_may(app_shop(app), PERMIT_SEE_COST);
    s->currency = *shop_currency(app_shop(app));
    for (size_t i = 0; i < s->line_count && rc == ERR_OK; i++) {
        struct stock_level level;
        rc = stock_get(app_shop(app), s->lines[i].product_id, &level, e);
        s->lines[i].booked = rc == ERR_OK ? level.on_hand : s->lines[i].booked;
    }
    list_loaded(&s->list, 0, s->line_count, s->line_count);
    if (s->asking == SHEET_CODE) {
        sheet_find(app, s);
    }
    return rc;
}

/* Up and down choose among what typing found, else they move in the lines. */
static bool move(struct sheet_state *s, enum action action, const struct key *key) {
    if (s->asking != SHEET_CODE) {
        return false;
    }
    if (s->found_count > 0 && (action == ACTION_LIST_UP || action == ACTION_LIST_DOWN)) {
        s->chosen = (s->chosen + (action == ACTION_LIST_DOWN ? 1 : s->found_count - 1)) % s->found_count;
        return true;
    }
    bool moves = action == ACTION_LIST_UP || action == ACTION_LIST_DOWN || action == ACTION_LIST_PAGE_UP ||
                 action == ACTION_LIST_PAGE_DOWN || key->kind == K_WHEEL || key->kind == K_CLICK;
    struct list_source source = sheet_source(s);
    struct key k = *key;
    k.y -= SHEET_HEAD_ROWS;
    return moves && list_handle(&s->list, &source, action, &k) != LIST_IGNORED;
}

static unsigned act(struct app *app, struct sheet_state *s, enum action action) {
    switch (action) {
    case ACTION_STOCK_SAVE:
        return book(app, s);
    case ACTION_STOCK_ABOUT:
        return ask_about(app, s);
    case ACTION_STOCK_CLEAR:
        return ask_throw_away(app, s);
    case ACTION_OPEN:
        return enter(app, s);
    case ACTION_BACK:
        return back(s);
    default:
        return SCREEN_IGNORED;
    }
}

static unsigned handle(struct app *app, void *state, enum action action, const struct key *key) {
    struct sheet_state *s = state;
    if (move(s, action, key)) {
        return SCREEN_REDRAW;
    }
    if (action == ACTION_FIELD_DELETE && s->asking == SHEET_CODE && field_is_empty(&s->input)) {
        sheet_remove(s, s->list.cursor);
        return SCREEN_REDRAW;
    }
    switch (field_handle(&s->input, action, key)) {
    case FIELD_CHANGED:
        if (s->asking == SHEET_CODE) {
            sheet_find(app, s);
        }
        return SCREEN_REDRAW;
    case FIELD_MOVED:
        return SCREEN_REDRAW;
    case FIELD_SCANNED:
        return scanned(app, s, key->scan);
    case FIELD_IGNORED:
        break;
    }
    if (key->kind == K_ENTER && key->scan[0] != '\0') {
        return scanned(app, s, key->scan);
    }
    return act(app, s, action);
}

static enum action_context focus(const void *state) {
    (void)state;
    return CONTEXT_FIELD;
}

static void clear(void *state) {
    struct sheet_state *s = state;
    sheet_clear_lines(s);
    free(s->lines);
    free(s->asked_unit);
    list_clear(&s->list);
    field_clear(&s->input);
}

const struct screen_ops screen_receive = {
    .name = "receive",
    .title = N_("Receive goods"),
    .context = CONTEXT_STOCK,
    .state_size = sizeof(struct sheet_state),
    .open = open_receive,
    .load = load,
    .handle = handle,
    .paint = sheet_paint,
    .focus = focus,
    .clear = clear,
};

const struct screen_ops screen_count = {
    .name = "count",
    .title = N_("Count stock"),
    .context = CONTEXT_STOCK,
    .state_size = sizeof(struct sheet_state),
    .open = open_count,
    .load = load,
    .handle = handle,
    .paint = sheet_paint,
    .focus = focus,
    .clear = clear,
};
