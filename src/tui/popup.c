#include "tui/popup.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "tui/app_state.h"
#include "tui/list.h"

void popup_open(struct app *app, const struct popup_ops *ops, void *state) {
    app->desk->popups =
        mem_grow(app->desk->popups, app->desk->popup_count, &app->desk->popup_cap, sizeof *app->desk->popups);
    app->desk->popups[app->desk->popup_count++] = (struct app_popup){ops, state};
    app->dirty = true;
}

void popup_close(struct app *app, const void *state) {
    for (size_t i = 0; i < app->desk->popup_count; i++) {
        if (app->desk->popups[i].state == state) {
            app->desk->popups[i].ops->free(app->desk->popups[i].state);
            memmove(app->desk->popups + i, app->desk->popups + i + 1,
                    (app->desk->popup_count - i - 1) * sizeof *app->desk->popups);
            app->desk->popup_count--;
            app->dirty = true;
            app->stale = true;
            return;
        }
    }
}

void popup_shut(struct app *app, void *state) {
    popup_close(app, state);
}

struct canvas popup_frame(struct canvas *body, int width, int height, const char *title) {
    int title_width = title == NULL ? 0 : text_width(title) + 4;
    width = width < title_width ? title_width : width;
    width = width + 4 > body->width ? body->width : width + 4;
    height = height + 2 > body->height ? body->height : height + 2;
    int x = (body->width - width) / 2;
    int y = (body->height - height) / 3;
    canvas_fill(body, x, y, width, height, STYLE_POPUP);
    canvas_box(body, x, y, width, height, STYLE_POPUP, title);
    return canvas_view(body, x + 2, y + 1, width - 4, height - 2);
}

/* A message (no `yes`) or a question. */
struct question {
    char *title, *text, *yes;
    bool on_yes;
    popup_yes_fn *fn;
    void *ctx;
};

static void question_free(void *state) {
    struct question *q = state;
    free(q->title);
    free(q->text);
    free(q->yes);
    free(q);
}

/* Closed first, so that what `fn` opens or asks for sees the screen. */
static enum popup_result answer_yes(struct app *app, struct question *q) {
    popup_yes_fn *fn = q->fn;
    void *ctx = q->ctx;
    popup_close(app, q);
    deed_set(app, (struct deed){.kind = DEED_YES, .yes = fn, .ctx = ctx});
    fn(app, ctx);
    return POPUP_STAY;
}

static enum popup_result question_handle(struct app *app, void *state, enum action action, const struct key *key) {
    struct question *q = state;
    (void)key;
    if (q->yes == NULL) {
        bool close = action == ACTION_POPUP_CLOSE || action == ACTION_POPUP_ACCEPT;
        return close ? POPUP_CLOSE : POPUP_PASS;
    }
    switch (action) {
    case ACTION_POPUP_SWITCH:
        q->on_yes = !q->on_yes;
        return POPUP_STAY;
    case ACTION_POPUP_ACCEPT:
        if (key->scan[0] != '\0') {
            return POPUP_STAY; /* a scanner's Enter answers no question */
        }
        return q->on_yes ? answer_yes(app, q) : POPUP_CLOSE;
    case ACTION_POPUP_YES:
        return answer_yes(app, q);
    case ACTION_POPUP_NO:
    case ACTION_POPUP_CLOSE:
        return POPUP_CLOSE;
    default:
        return POPUP_PASS;
    }
}

static int button(struct canvas *c, int x, int y, const char *label, bool focused) {
    struct buf text = BUF_INIT;
    buf_addf(&text, "[ %s ]", label);
    int used = canvas_text(c, x, y, c->width - x, focused ? STYLE_BUTTON_FOCUS : STYLE_BUTTON, buf_str(&text));
    if (focused) {
        canvas_put_cursor(c, x + 2, y);
    }
    buf_clear(&text);
    return used;
}

static void question_paint(const struct app *app, const void *state, struct canvas *body) {
    const struct question *q = state;
    (void)app;
    int wanted = text_width(q->text);
    int width = body->width - 12 > 64 ? 64 : body->width - 12;
    width = wanted < width && strchr(q->text, '\n') == NULL ? wanted : width;
    width = width < 30 ? 30 : width;
    int lines = canvas_wrapped_height(width, q->text);
    struct canvas inside = popup_frame(body, width, lines + 2, q->title);
    canvas_text_wrapped(&inside, 0, 0, inside.width, inside.height - 2, STYLE_POPUP, q->text);
    int y = inside.height - 1;
    if (q->yes == NULL) {
        button(&inside, 0, y, _("Close"), true);
        return;
    }
    int used = button(&inside, 0, y, _("No"), !q->on_yes);
    button(&inside, used + 2, y, q->yes, q->on_yes);
}

static const struct popup_ops question_ops = {CONTEXT_POPUP, NULL, question_handle, question_paint, question_free};

void popup_message(struct app *app, const char *title, const char *text) {
    struct question *q = mem_zalloc(sizeof *q);
    q->title = mem_strdup(title);
    q->text = mem_strdup(text);
    popup_open(app, &question_ops, q);
}

void popup_ask(struct app *app, const char *question, const char *yes, popup_yes_fn *fn, void *ctx) {
    struct question *q = mem_zalloc(sizeof *q);
    q->text = mem_strdup(question);
    q->yes = mem_strdup(yes);
    q->fn = fn;
    q->ctx = ctx;
    popup_open(app, &question_ops, q);
}

struct choice {
    char *title;
    char **labels;
    int count;
    struct list list;
    popup_choose_fn *fn;
    void *ctx;
};

static void choice_free(void *state) {
    struct choice *ch = state;
    for (int i = 0; i < ch->count; i++) {
        free(ch->labels[i]);
    }
    free(ch->labels);
    free(ch->title);
    list_clear(&ch->list);
    free(ch);
}

static void choice_cell(const void *ctx, size_t row, int column, struct buf *out, enum style *style) {
    const struct choice *ch = ctx;
    (void)column;
    *style = STYLE_POPUP;
    if (row < 9) {
        buf_addf(out, "%d  %s", (int)row + 1, ch->labels[row]);
    } else {
        buf_addf(out, "   %s", ch->labels[row]);
    }
}

static const struct list_column choice_columns[] = {{"", 1, 500, 1, ALIGN_LEFT, false}};

static struct list_source choice_source(const struct choice *ch) {
    return (struct list_source){.columns = choice_columns, .column_count = 1, .ctx = ch, .cell = choice_cell};
}

static enum popup_result choose(struct app *app, struct choice *ch, int index) {
    popup_choose_fn *fn = ch->fn;
    void *ctx = ch->ctx;
    if (index < ch->count) {
        popup_close(app, ch);
        deed_set(app, (struct deed){.kind = DEED_CHOICE, .choose = fn, .ctx = ctx, .index = index});
        fn(app, ctx, index);
    }
    return POPUP_STAY;
}

static enum popup_result choice_handle(struct app *app, void *state, enum action action, const struct key *key) {
    struct choice *ch = state;
    if (key_is_text(key) && key->code >= '1' && key->code <= '9') {
        return choose(app, ch, (int)(key->code - '1'));
    }
    if (action == ACTION_POPUP_ACCEPT || action == ACTION_OPEN) {
        return key->scan[0] != '\0' ? POPUP_STAY : choose(app, ch, (int)ch->list.cursor);
    }
    if (action == ACTION_POPUP_CLOSE || action == ACTION_BACK) {
        return POPUP_CLOSE;
    }
    struct list_source source = choice_source(ch);
    bool plain = action != ACTION_LIST_FILTER && action != ACTION_LIST_SORT && action != ACTION_LIST_REVERSE;
    return plain && list_handle(&ch->list, &source, action, key) != LIST_IGNORED ? POPUP_STAY : POPUP_PASS;
}

static void choice_paint(const struct app *app, const void *state, struct canvas *body) {
    const struct choice *ch = state;
    struct list_source source = choice_source(ch);
    int width = 24;
    (void)app;
    for (int i = 0; i < ch->count; i++) {
        int w = text_width(ch->labels[i]) + 5;
        width = w > width ? w : width;
    }
    struct canvas inside = popup_frame(body, width, ch->count, ch->title);
    struct list shown = ch->list; /* the popup's height depends on the canvas */
    list_set_height(&shown, inside.height);
    list_paint(&shown, &source, &inside, true);
}

static enum action_context choice_focus(const void *state) {
    (void)state;
    return CONTEXT_LIST;
}

static const struct popup_ops choice_ops = {CONTEXT_POPUP, choice_focus, choice_handle, choice_paint, choice_free};

void popup_choose(struct app *app, const char *title, const char *const *labels, int count, int current,
                  popup_choose_fn *fn, void *ctx) {
    struct choice *ch = mem_zalloc(sizeof *ch);
    ch->title = mem_strdup(title);
    ch->labels = mem_array((size_t)count, sizeof *ch->labels);
    for (int i = 0; i < count; i++) {
        ch->labels[i] = mem_strdup(labels[i]);
    }
    ch->count = count;
    ch->fn = fn;
    ch->ctx = ctx;
    ch->list.no_heading = true;
    list_set_height(&ch->list, count);
    list_loaded(&ch->list, 0, (size_t)count, (size_t)count);
    list_go(&ch->list, (size_t)(current < 0 ? 0 : current));
    popup_open(app, &choice_ops, ch);
}
