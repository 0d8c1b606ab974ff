/* Help (F1): every key that works in this screen, from the action table. */
#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "tui/app_state.h"
#include "tui/list.h"

struct help_line {
    char *keys; /* NULL: a heading */
    const char *text;
};

struct help {
    struct help_line *lines;
    size_t count, cap;
    struct list list;
};

static void help_free(void *state) {
    struct help *h = state;
    for (size_t i = 0; i < h->count; i++) {
        free(h->lines[i].keys);
    }
    free(h->lines);
    list_clear(&h->list);
    free(h);
}

static void add(struct help *h, char *keys, const char *text) {
    h->lines = mem_grow(h->lines, h->count, &h->cap, sizeof *h->lines);
    h->lines[h->count++] = (struct help_line){keys, text};
}

static void add_context(struct help *h, const struct app *app, enum action_context context) {
    bool any = false;
    for (int i = ACTION_NONE + 1; i < ACTION_COUNT; i++) {
        const struct action_info *info = action_info((enum action)i);
        if (info->context != context || keymap_key_count(app->o.keys, (enum action)i) == 0) {
            continue;
        }
        if (!any && h->count > 0) {
            add(h, NULL, "");
        }
        if (!any) {
            add(h, NULL, _(action_context_title(context)));
            any = true;
        }
        struct buf keys = BUF_INIT;
        keymap_describe(app->o.keys, (enum action)i, &keys);
        add(h, buf_take(&keys), _(info->help));
    }
}

static void cell(const void *ctx, size_t row, int column, struct buf *out, enum style *style) {
    const struct help_line *line = &((const struct help *)ctx)->lines[row];
    if (line->keys == NULL) {
        *style = STYLE_HEADER;
        buf_add(out, column == 0 ? line->text : "");
        return;
    }
    *style = column == 0 ? STYLE_STRONG : STYLE_POPUP;
    buf_add(out, column == 0 ? line->keys : line->text);
}

static const struct list_column columns[] = {{"", 22, 24, 1, ALIGN_LEFT, false}, {"", 20, 400, 1, ALIGN_LEFT, false}};

static struct list_source source_of(const struct help *h) {
    return (struct list_source){.columns = columns, .column_count = 2, .ctx = h, .cell = cell};
}

static enum popup_result help_handle(struct app *app, void *state, enum action action, const struct key *key) {
    struct help *h = state;
    struct list_source source = source_of(h);
    (void)app;
    switch (action) {
    case ACTION_POPUP_CLOSE:
    case ACTION_POPUP_ACCEPT:
    case ACTION_HELP:
    case ACTION_BACK:
        return POPUP_CLOSE;
    case ACTION_LIST_FILTER:
    case ACTION_LIST_SORT:
    case ACTION_LIST_REVERSE:
        return POPUP_STAY;
    default:
        return list_handle(&h->list, &source, action, key) != LIST_IGNORED ? POPUP_STAY : POPUP_PASS;
    }
}

static void help_paint(const struct app *app, const void *state, struct canvas *body) {
    const struct help *h = state;
    struct list_source source = source_of(h);
    (void)app;
    int width = body->width - 6 > 90 ? 90 : body->width - 6;
    struct canvas inside = popup_frame(body, width, (int)h->count, _("Keys of this screen"));
    struct list shown = h->list;
    list_set_height(&shown, inside.height);
    list_paint(&shown, &source, &inside, true);
}

static enum action_context help_focus(const void *state) {
    (void)state;
    return CONTEXT_LIST;
}

static const struct popup_ops help_ops = {CONTEXT_POPUP, help_focus, help_handle, help_paint, help_free};

void help_open(struct app *app) {
    enum action_context chain[APP_CHAIN_MAX];
    int width;
    int height;
    struct help *h = mem_zalloc(sizeof *h);
    int n = app_chain(app, chain);
    const struct app_screen *s = app_current(app);
    if (app->desk->popup_count == 0 && s != NULL) { /* the screen's own keys are what people look for */
        add_context(h, app, s->ops->context);
    }
    for (int i = 0; i < n; i++) {
        if (app->desk->popup_count > 0 || s == NULL || chain[i] != s->ops->context) {
            add_context(h, app, chain[i]);
        }
    }
    h->list.no_heading = true;
    app_body_size(app, &width, &height);
    list_set_height(&h->list, height - 2);
    list_loaded(&h->list, 0, h->count, h->count);
    popup_open(app, &help_ops, h);
}
