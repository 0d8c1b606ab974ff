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
        b->sought = true;
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

struct browse_page browse_page_at(const struct browse *b, size_t first, size_t count) {
    size_t total = (size_t)b->total;
    count = first >= total ? 0 : count > total - first ? total - first : count;
    bool from_end = count > 0 && first > total - first - count;
    return (struct browse_page){(int64_t)(from_end ? total - first - count : first), (int64_t)count, from_end};
}

void browse_turn_round(void *items, size_t count, size_t size) {
    char *all = items;
    for (size_t i = 0; i < count / 2; i++) {
        char *a = all + i * size;
        char *z = all + (count - 1 - i) * size;
        for (size_t n = 0; n < size; n++) {
            char byte = a[n];
            a[n] = z[n];
            z[n] = byte;
        }
    }
}

static enum err_code load_card(struct app *app, struct browse *b, struct err *e) {
    int width = 0;
    int height = 0;
    size_t item = 0;
    app_body_size(app, &width, &height);
    card_reset(&b->card);
    return width < CARD_FROM_WIDTH || !browse_current(b, &item) ? ERR_OK : b->ops->load_card(app, b, item, &b->card, e);
}

/* While keys come, the card of before stays: the next pause brings the other one. */
static enum err_code follow_card(struct app *app, struct browse *b, enum browse_change why, struct err *e) {
    size_t item = 0;
    bool waits = why == BROWSE_NARROWED || why == BROWSE_SCROLLED;
    b->card_due = waits && b->card.count > 0 && browse_current(b, &item);
    return b->card_due ? ERR_OK : load_card(app, b, e);
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

/* Whom the cursor is on before a list is read anew; 0: nobody. */
static int64_t under_cursor(const struct browse *b) {
    size_t item = 0;
    return b->change == BROWSE_STALE && !b->sought && browse_current(b, &item) ? b->ops->id(b, item) : 0;
}

/* Where `id` is among the rows that are loaded, there goes the cursor. What is shown moves along with it, except at the
 * top, where what is new comes into sight. */
static bool follow(struct browse *b, int64_t id) {
    for (size_t i = 0; i < b->count; i++) {
        size_t row = b->first + i;
        if (b->ops->id(b, i) == id) {
            size_t top = b->list.top;
            if (top > 0 && top + row >= b->list.cursor) {
                b->list.top = top + row - b->list.cursor;
            }
            list_go(&b->list, row);
            return true;
        }
    }
    return false;
}

/* It may have moved by as many rows as the list has grown; who is gone or far away leaves the cursor where it was. */
static enum err_code keep_cursor(struct app *app, struct browse *b, int64_t id, int64_t grown, struct err *e) {
    size_t cursor = b->list.cursor;
    size_t top = b->list.top;
    if (id == 0 || (browse_current(b, &(size_t){0}) && b->ops->id(b, cursor - b->first) == id)) {
        return ERR_OK;
    }
    bool found = follow(b, id);
    enum err_code rc = ERR_OK;
    if (!found && grown != 0 && (int64_t)cursor + grown >= 0 && (int64_t)cursor + grown < b->total) {
        list_go(&b->list, (size_t)((int64_t)cursor + grown));
        rc = load_rows(app, b, e);
        found = rc == ERR_OK && follow(b, id);
    }
    if (!found) {
        b->list.cursor = cursor;
        b->list.top = top;
    }
    return rc == ERR_OK ? load_rows(app, b, e) : rc;
}

struct loading {
    struct app *app;
    struct browse *b;
};

static enum err_code load_all(struct shop *shop, void *ctx, struct err *e) {
    const struct loading *l = ctx;
    struct browse *b = l->b;
    enum err_code rc = ERR_OK;
    int64_t id = under_cursor(b);
    int64_t total = b->total;
    enum browse_change why = b->change;
    (void)shop;
    b->change = BROWSE_STALE;
    if (why == BROWSE_RESTED) {
        return follow_card(l->app, b, why, e);
    }
    if (why != BROWSE_SCROLLED) {
        rc = b->ops->load_list(l->app, b, why, e);
    }
    b->sought = false;
    if (rc == ERR_OK) {
        rc = load_rows(l->app, b, e);
    }
    if (rc == ERR_OK) {
        rc = keep_cursor(l->app, b, id, b->total - total, e);
    }
    return rc == ERR_OK ? follow_card(l->app, b, why, e) : rc;
}

static bool with_card(const struct browse *b, int width) {
    return width >= CARD_FROM_WIDTH && b->card.count > 0;
}

static int list_width(const struct browse *b, int width) {
    return with_card(b, width) ? width - CARD_WIDTH - 1 : width;
}

enum err_code browse_load(struct app *app, void *state, struct err *e) {
    struct browse *b = state;
    struct loading l = {app, b};
    int width = 0;
    int height = 0;
    app_body_size(app, &width, &height);
    list_set_height(&b->list, height - TABS_HEIGHT);
    b->list.width = list_width(b, width);
    b->currency = *shop_currency(app_shop(app));
    return shop_read(app_shop(app), load_all, &l, e);
}

bool browse_due(const void *state) {
    return ((const struct browse *)state)->card_due;
}

bool browse_idle(void *state) {
    struct browse *b = state;
    b->change = b->card_due ? BROWSE_RESTED : b->change;
    return b->card_due;
}

static unsigned change_tab(struct browse *b, int step) {
    b->tab = tabs_step(b->tab, step, b->ops->tab_count);
    b->list.cursor = 0;
    b->list.top = 0;
    b->change = BROWSE_NARROWED;
    return SCREEN_RELOAD;
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
        b->card_due = b->card.count > 0;
        return SCREEN_REDRAW;
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
    (void)app;
    tabs_paint(c, ops->tabs, ops->tab_count, b->tab, ops->counts == NULL ? NULL : ops->counts(state));
    struct canvas body = canvas_view(c, 0, TABS_HEIGHT, list_width(b, c->width), c->height - TABS_HEIGHT);
    list_paint(&b->list, &source, &body, true);
    if (with_card(b, c->width)) {
        struct canvas card = canvas_view(c, c->width - CARD_WIDTH, TABS_HEIGHT, CARD_WIDTH, c->height - TABS_HEIGHT);
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
