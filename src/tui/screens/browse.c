#include "tui/screens/browse.h"

#include "chotdon/shop.h"
#include "tui/screens/tabs.h"

void browse_open(void *state, const struct browse_ops *ops, int tab, const char *argument) {
    struct browse *b = state;
    b->ops = ops;
    b->change = BROWSE_STALE;
    if (argument != NULL) {
        b->tab = tab;
        field_set(&b->list.filter, argument);
        b->list.filtering = false;
        b->list.cursor = 0;
        b->list.top = 0;
    }
}

bool browse_current(const struct browse *b, size_t *item) {
    *item = b->list.cursor - b->first;
    return b->list.cursor >= b->first && *item < b->count;
}

bool browse_searching(const struct browse *b) {
    return list_filter(&b->list)[0] != '\0';
}

bool browse_typing(const struct browse *b) {
    return b->list.filtering && browse_searching(b);
}

static enum err_code load_card(struct app *app, struct browse *b, struct err *e) {
    int width = 0;
    int height = 0;
    size_t item = 0;
    app_body_size(app, &width, &height);
    card_reset(&b->card);
    return width < CARD_FROM_WIDTH || !browse_current(b, &item) ? ERR_OK : b->ops->load_card(app, b, item, &b->card, e);
}

/* The list may have become shorter since its total was read: then other rows are wanted, once. */
static enum err_code load_rows(struct app *app, struct browse *b, struct err *e) {
    enum err_code rc = ERR_OK;
    bool shown = false;
    for (int i = 0; i < 2 && rc == ERR_OK && !shown; i++) {
        size_t first = 0;
        size_t count = 0;
        list_wanted(&b->list, &first, &count);
        if (browse_typing(b) && first + b->list.top == 0) { /* the next key wants others */
            count = list_page(&b->list);
        }
        rc = b->ops->load_rows(app, b, first, count, e);
        shown = list_loaded(&b->list, b->first, b->count, (size_t)b->total);
    }
    return rc;
}

enum err_code browse_load(struct app *app, void *state, struct err *e) {
    struct browse *b = state;
    int width = 0;
    int height = 0;
    enum err_code rc = ERR_OK;
    app_body_size(app, &width, &height);
    list_set_height(&b->list, height - TABS_HEIGHT);
    b->currency = *shop_currency(app_shop(app));
    if (b->change != BROWSE_SCROLLED) {
        rc = b->ops->load_list(app, b, b->change, e);
    }
    b->change = BROWSE_STALE;
    if (rc == ERR_OK) {
        rc = load_rows(app, b, e);
    }
    return rc == ERR_OK ? load_card(app, b, e) : rc;
}

static unsigned change_tab(struct browse *b, int step) {
    b->tab = tabs_step(b->tab, step, b->ops->tab_count);
    b->list.cursor = 0;
    b->list.top = 0;
    b->change = BROWSE_NARROWED;
    return SCREEN_RELOAD;
}

static unsigned moved(struct app *app, struct browse *b) {
    struct err e = ERR_INIT;
    if (b->card.count > 0 && load_card(app, b, &e) != ERR_OK) {
        app_error(app, &e);
    }
    return SCREEN_REDRAW;
}

unsigned browse_handle(struct app *app, void *state, enum action action, const struct key *key) {
    struct browse *b = state;
    struct list_source source = b->ops->source(state);
    struct key k = *key;
    bool typing = browse_typing(b);
    k.y -= TABS_HEIGHT;
    enum list_result result = list_handle(&b->list, &source, action, &k);
    if (result == LIST_RELOAD || (result == LIST_MOVED && typing && !browse_typing(b))) {
        b->change = result == LIST_RELOAD && b->list.scrolled ? BROWSE_SCROLLED : BROWSE_NARROWED;
        return SCREEN_RELOAD;
    }
    if (result == LIST_MOVED) {
        return moved(app, b);
    }
    switch (action) {
    case ACTION_NEXT:
    case ACTION_LIST_RIGHT:
        return change_tab(b, 1);
    case ACTION_PREVIOUS:
    case ACTION_LIST_LEFT:
        return change_tab(b, -1);
    default:
        return b->ops->act(app, state, action);
    }
}

void browse_paint(const struct app *app, const void *state, struct canvas *c) {
    const struct browse *b = state;
    const struct browse_ops *ops = b->ops;
    struct list_source source = ops->source(state);
    bool with_card = c->width >= CARD_FROM_WIDTH && b->card.count > 0;
    int list_width = with_card ? c->width - CARD_WIDTH - 1 : c->width;
    (void)app;
    tabs_paint(c, ops->tabs, ops->tab_count, b->tab, ops->counts == NULL ? NULL : ops->counts(state));
    struct canvas body = canvas_view(c, 0, TABS_HEIGHT, list_width, c->height - TABS_HEIGHT);
    list_paint(&b->list, &source, &body, true);
    if (with_card) {
        struct canvas card = canvas_view(c, list_width + 1, TABS_HEIGHT, CARD_WIDTH, c->height - TABS_HEIGHT);
        card_paint(&b->card, &card, STYLE_NORMAL);
    }
}

enum action_context browse_focus(const void *state) {
    return list_focus(&((const struct browse *)state)->list);
}

void browse_clear(struct browse *b) {
    list_clear(&b->list);
    card_clear(&b->card);
}
