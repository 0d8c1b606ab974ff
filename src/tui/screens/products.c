#include "tui/screens/products.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/stock.h"

static const char *const tab_titles[PRODUCTS_TAB_COUNT] = {N_("All"), N_("Low stock"), N_("To order"),
                                                           N_("Stopped too")};

const struct products_item *products_current(const struct products_state *s) {
    size_t item = 0;
    return browse_current(&s->b, &item) ? &s->items[item] : NULL;
}

struct product_filter products_filter(const struct products_state *s) {
    return (struct product_filter){
        .text = list_filter(&s->b.list),
        .group = s->group,
        .with_inactive = s->b.tab == PRODUCTS_TAB_EVERY,
        .low_stock = s->b.tab == PRODUCTS_TAB_LOW || s->b.tab == PRODUCTS_TAB_REORDER,
        .sort = s->b.tab == PRODUCTS_TAB_REORDER ? "name" : products_sort(s),
        .descending = s->b.list.sort_descending,
        .bare = true,
    };
}

static void clear_items(struct products_state *s) {
    for (size_t i = 0; i < s->b.count; i++) {
        struct products_item *p = &s->items[i];
        free(p->sku);
        free(p->name);
        free(p->unit);
        free(p->group);
        free(p->supplier);
    }
    s->b.count = 0;
}

static enum err_code keep_row(void *ctx, const struct product *p, struct err *e) {
    struct products_state *s = ctx;
    const struct stock_level level = {p->on_hand, p->value, p->cost};
    (void)e;
    s->items = mem_grow(s->items, s->b.count, &s->item_cap, sizeof *s->items);
    s->items[s->b.count++] = (struct products_item){
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

static void add_values(struct products_state *s) {
    s->amount = 0;
    s->amount_known = (int64_t)s->b.count == s->b.total;
    for (size_t i = 0; i < s->b.count; i++) {
        s->amount += s->items[i].value;
    }
}

/* The proposal is loaded whole, for it is sorted by supplier. */
static enum err_code load_proposal(struct app *app, struct products_state *s, struct err *e) {
    struct product_filter f = products_filter(s);
    clear_items(s);
    enum err_code rc = product_list(app_shop(app), &f, keep_row, s, e);
    products_propose(s);
    s->amount_known = true;
    s->b.first = 0;
    s->b.total = (int64_t)s->b.count;
    return rc;
}

/* By name, SKU and price an index has the order; every other one is sorted, and kept as a whole. */
static bool by_ids(const struct products_state *s) {
    const char *sort = products_sort(s);
    return sort == NULL || (strcmp(sort, "name") != 0 && strcmp(sort, "sku") != 0 && strcmp(sort, "price") != 0) ||
           browse_searching(&s->b) || s->b.tab == PRODUCTS_TAB_LOW;
}

static enum err_code load_value(struct app *app, struct products_state *s, const struct product_filter *f,
                                enum browse_change why, struct err *e) {
    enum err_code rc = ERR_OK;
    if (why == BROWSE_STALE || s->value_tab != s->b.tab) {
        rc = product_value(app_shop(app), f, &s->value, e);
        s->value_tab = rc == ERR_OK ? s->b.tab : -1;
    }
    s->amount = s->value;
    return rc;
}

static enum err_code load_list(struct app *app, void *state, enum browse_change why, struct err *e) {
    struct products_state *s = state;
    struct product_filter f = products_filter(s);
    size_t count = 0;
    enum err_code rc = ERR_OK;
    s->sees_cost = shop_may(app_shop(app), PERMIT_SEE_COST);
    s->value_tab = why == BROWSE_STALE ? -1 : s->value_tab;
    free(s->ids);
    s->ids = NULL;
    if (s->b.tab == PRODUCTS_TAB_REORDER) {
        return load_proposal(app, s, e);
    }
    if (by_ids(s)) {
        rc = product_ids(app_shop(app), &f, &s->ids, &count, e);
        s->b.total = (int64_t)count;
    } else {
        rc = product_count(app_shop(app), &f, &s->b.total, e);
    }
    s->amount_known = rc == ERR_OK && !browse_searching(&s->b);
    return s->amount_known ? load_value(app, s, &f, why, e) : rc;
}

/* Of a search the values are added up where all of it is at hand. */
static enum err_code load_rows(struct app *app, void *state, size_t first, size_t count, struct err *e) {
    struct products_state *s = state;
    struct product_filter f = products_filter(s);
    struct browse_page page = browse_page_at(&s->b, first, count);
    enum err_code rc = ERR_OK;
    if (s->b.tab == PRODUCTS_TAB_REORDER) {
        return ERR_OK;
    }
    clear_items(s);
    s->b.first = first;
    if (by_ids(s)) {
        rc = product_rows(app_shop(app), s->ids + first, (size_t)page.limit, true, keep_row, s, e);
    } else if (page.limit > 0) {
        f.offset = page.offset;
        f.limit = page.limit;
        f.descending = f.descending != page.from_end;
        rc = product_list(app_shop(app), &f, keep_row, s, e);
    }
    if (page.from_end && !by_ids(s)) {
        browse_turn_round(s->items, s->b.count, sizeof *s->items);
    }
    if (browse_searching(&s->b)) {
        add_values(s);
    }
    return rc;
}

static enum err_code load_card(struct app *app, const void *state, size_t item, struct card *card, struct err *e) {
    const struct products_state *s = state;
    return products_card(app, s->items[item].id, card, e);
}

static int64_t item_id(const void *state, size_t item) {
    return ((const struct products_state *)state)->items[item].id;
}

static const struct browse_ops browse = {
    .tabs = tab_titles,
    .tab_count = PRODUCTS_TAB_COUNT,
    .load_list = load_list,
    .load_rows = load_rows,
    .load_card = load_card,
    .source = products_source,
    .id = item_id,
    .act = products_act,
};

static void open_screen(struct app *app, void *state, const char *argument) {
    struct products_state *s = state;
    (void)app;
    if (s->b.ops == NULL) {
        s->b.list.has_total = true;
        s->b.list.sort_column = 1; /* by name */
    }
    browse_open(s, &browse, PRODUCTS_TAB_EVERY, argument);
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
    if (key->kind == K_ENTER && key->scan[0] != '\0' && !s->b.list.filtering) {
        return scanned(app, s, key->scan);
    }
    return browse_handle(app, s, action, key);
}

static void title_more(const void *state, struct buf *out) {
    const struct products_state *s = state;
    buf_add(out, s->group == NULL ? "" : s->group);
}

static void clear(void *state) {
    struct products_state *s = state;
    clear_items(s);
    free(s->items);
    free(s->ids);
    free(s->group);
    browse_clear(&s->b);
    product_clear(&s->before);
    export_job_clear(&s->export);
}

const struct screen_ops screen_products = {
    .name = "products",
    .title = N_("Products"),
    .context = CONTEXT_PRODUCTS,
    .state_size = sizeof(struct products_state),
    .open = open_screen,
    .load = browse_load,
    .handle = handle,
    .paint = browse_paint,
    .title_more = title_more,
    .focus = browse_focus,
    .due = browse_due,
    .idle = browse_idle,
    .clear = clear,
};
