#include "tui/screens/products.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/stock.h"
#include "tui/screens/tabs.h"

static const char *const tab_titles[PRODUCTS_TAB_COUNT] = {N_("All"), N_("Low stock"), N_("To order"),
                                                           N_("Stopped too")};

const struct products_item *products_current(const struct products_state *s) {
    size_t at = s->list.cursor;
    return at >= s->first && at - s->first < s->item_count ? &s->items[at - s->first] : NULL;
}

static bool searching(const struct products_state *s) {
    return list_filter(&s->list)[0] != '\0';
}

struct product_filter products_filter(const struct products_state *s) {
    return (struct product_filter){
        .text = list_filter(&s->list),
        .group = s->group,
        .with_inactive = s->tab == PRODUCTS_TAB_EVERY,
        .low_stock = s->tab == PRODUCTS_TAB_LOW || s->tab == PRODUCTS_TAB_REORDER,
        .sort = s->tab == PRODUCTS_TAB_REORDER ? NULL : products_sort(s),
        .descending = s->list.sort_descending,
        .bare = true,
    };
}

static void clear_items(struct products_state *s) {
    for (size_t i = 0; i < s->item_count; i++) {
        struct products_item *p = &s->items[i];
        free(p->sku);
        free(p->name);
        free(p->unit);
        free(p->group);
        free(p->supplier);
    }
    s->item_count = 0;
}

static enum err_code keep_row(void *ctx, const struct product *p, struct err *e) {
    struct products_state *s = ctx;
    const struct stock_level level = {p->on_hand, p->value, p->cost};
    (void)e;
    s->items = mem_grow(s->items, s->item_count, &s->item_cap, sizeof *s->items);
    s->items[s->item_count++] = (struct products_item){
        .id = p->id,
        .sku = mem_strdup(p->sku),
        .name = mem_strdup(p->name),
        .unit = mem_strdup(p->unit),
        .group = mem_strdup(p->group),
        .supplier = mem_strdup(p->supplier),
        .price = p->price,
        .cost = stock_level_cost(&level),
        .value = p->value,
        .on_hand = p->on_hand,
        .stock_min = p->has_stock_min ? p->stock_min : 0,
        .has_stock_min = p->has_stock_min,
        .active = p->active,
    };
    return ERR_OK;
}

/* What a search found, or the proposal: all of it at once. */
static enum err_code load_whole(struct app *app, struct products_state *s, struct err *e) {
    struct product_filter f = products_filter(s);
    clear_items(s);
    s->first = 0;
    s->amount = 0;
    enum err_code rc = product_list(app_shop(app), &f, keep_row, s, e);
    for (size_t i = 0; i < s->item_count; i++) {
        s->amount += s->items[i].value;
    }
    if (s->tab == PRODUCTS_TAB_REORDER) {
        products_propose(s);
    }
    s->total = (int64_t)s->item_count;
    list_loaded(&s->list, 0, s->item_count, s->item_count);
    return rc;
}

static enum err_code load_totals(struct app *app, struct products_state *s, struct err *e) {
    struct product_filter f = products_filter(s);
    enum err_code rc = product_count(app_shop(app), &f, &s->total, e);
    return rc == ERR_OK ? product_value(app_shop(app), &f, &s->amount, e) : rc;
}

static enum err_code load_page(struct app *app, struct products_state *s, struct err *e) {
    struct product_filter f = products_filter(s);
    size_t first = 0;
    size_t count = 0;
    enum err_code rc = ERR_OK;
    do {
        list_wanted(&s->list, &first, &count);
        f.offset = (int64_t)first;
        f.limit = (int64_t)count;
        clear_items(s);
        s->first = first;
        rc = product_list(app_shop(app), &f, keep_row, s, e);
    } while (rc == ERR_OK && !list_loaded(&s->list, first, s->item_count, (size_t)s->total));
    return rc;
}

static enum err_code load(struct app *app, void *state, struct err *e) {
    struct products_state *s = state;
    int width = 0;
    int height = 0;
    bool moved = s->moved;
    enum err_code rc = ERR_OK;
    s->moved = false;
    app_body_size(app, &width, &height);
    list_set_height(&s->list, height - TABS_HEIGHT);
    s->currency = *shop_currency(app_shop(app));
    if (searching(s) || s->tab == PRODUCTS_TAB_REORDER) {
        rc = moved ? ERR_OK : load_whole(app, s, e);
    } else {
        rc = moved ? ERR_OK : load_totals(app, s, e);
        if (rc == ERR_OK) {
            rc = load_page(app, s, e);
        }
    }
    card_reset(&s->card);
    const struct products_item *p = products_current(s);
    return rc == ERR_OK && p != NULL && width >= CARD_FROM_WIDTH ? products_card(app, p->id, &s->card, e) : rc;
}

static void open_screen(struct app *app, void *state, const char *argument) {
    struct products_state *s = state;
    (void)app;
    if (!s->opened) {
        s->opened = true;
        s->list.has_total = true;
        s->list.sort_column = 1; /* by name */
    }
    s->moved = false;
    if (argument != NULL) {
        s->tab = PRODUCTS_TAB_EVERY;
        field_set(&s->list.filter, argument);
        s->list.filtering = false;
        list_go(&s->list, 0);
    }
}

static unsigned change_tab(struct products_state *s, int step) {
    s->tab = (enum products_tab)tabs_step((int)s->tab, step, PRODUCTS_TAB_COUNT);
    s->list.cursor = 0;
    s->list.top = 0;
    return SCREEN_RELOAD;
}

/* A code scanned over the list opens its card. */
static unsigned scanned(struct app *app, struct products_state *s, const char *code) {
    struct err e = ERR_INIT;
    int64_t id = 0;
    if (product_find(app_shop(app), code, &id, NULL, &e) != ERR_OK) {
        return app_error(app, &e);
    }
    return products_open_card(app, s, id);
}

static unsigned handle(struct app *app, void *state, enum action action, const struct key *key) {
    struct products_state *s = state;
    struct list_source source = products_source(s);
    struct key k = *key;
    k.y -= TABS_HEIGHT;
    if (key->kind == K_ENTER && key->scan[0] != '\0' && !s->list.filtering) {
        return scanned(app, s, key->scan);
    }
    switch (list_handle(&s->list, &source, action, &k)) {
    case LIST_MOVED:
        s->moved = s->card.count > 0;
        return s->moved ? SCREEN_RELOAD : SCREEN_REDRAW;
    case LIST_RELOAD:
        s->moved = s->list.top > 0; /* a new filter or order begins at the top */
        return SCREEN_RELOAD;
    case LIST_IGNORED:
        break;
    }
    switch (action) {
    case ACTION_NEXT:
    case ACTION_LIST_RIGHT:
        return change_tab(s, 1);
    case ACTION_PREVIOUS:
    case ACTION_LIST_LEFT:
        return change_tab(s, -1);
    default:
        return products_act(app, s, action);
    }
}

static void paint(const struct app *app, const void *state, struct canvas *c) {
    const struct products_state *s = state;
    struct list_source source = products_source(s);
    bool with_card = c->width >= CARD_FROM_WIDTH && s->card.count > 0;
    int list_width = with_card ? c->width - CARD_WIDTH - 1 : c->width;
    (void)app;
    tabs_paint(c, tab_titles, PRODUCTS_TAB_COUNT, (int)s->tab);
    struct canvas body = canvas_view(c, 0, TABS_HEIGHT, list_width, c->height - TABS_HEIGHT);
    list_paint(&s->list, &source, &body, true);
    if (with_card) {
        struct canvas card = canvas_view(c, list_width + 1, TABS_HEIGHT, CARD_WIDTH, c->height - TABS_HEIGHT);
        card_paint(&s->card, &card, STYLE_NORMAL);
    }
}

static void title_more(const void *state, struct buf *out) {
    const struct products_state *s = state;
    buf_add(out, s->group == NULL ? "" : s->group);
}

static enum action_context focus(const void *state) {
    const struct products_state *s = state;
    return list_focus(&s->list);
}

static void clear(void *state) {
    struct products_state *s = state;
    clear_items(s);
    free(s->items);
    free(s->group);
    list_clear(&s->list);
    card_clear(&s->card);
    product_clear(&s->before);
    export_job_clear(&s->export);
}

const struct screen_ops screen_products = {
    .name = "products",
    .title = N_("Products"),
    .context = CONTEXT_PRODUCTS,
    .state_size = sizeof(struct products_state),
    .open = open_screen,
    .load = load,
    .handle = handle,
    .paint = paint,
    .title_more = title_more,
    .focus = focus,
    .clear = clear,
};
