#include "tui/screens/customers.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "tui/figure.h"
#include "tui/screens/tabs.h"

static const char *const tab_titles[CUSTOMERS_TAB_COUNT] = {
    [CUSTOMERS_TAB_ALL] = N_("All"),
    [CUSTOMERS_TAB_VIP] = N_("VIP"),
    [CUSTOMERS_TAB_WHOLESALE] = N_("Wholesale"),
    [CUSTOMERS_TAB_LOYAL] = N_("Loyal"),
    [CUSTOMERS_TAB_RETAIL] = N_("Retail"),
    [CUSTOMERS_TAB_DEBT] = N_("With debt"),
};
static const char *const tab_segments[CUSTOMERS_TAB_COUNT] = {NULL, "vip", "wholesale", "loyal", "retail", NULL};

static const struct list_column columns[] = {
    {N_("Name"), 16, 40, 1, ALIGN_LEFT, true},    {N_("Phone"), 11, 13, 2, ALIGN_LEFT, false},
    {N_("Segment"), 9, 11, 4, ALIGN_LEFT, false}, {N_("Debt"), 13, 15, 2, ALIGN_RIGHT, true},
    {N_("Times"), 7, 7, 6, ALIGN_RIGHT, false},   {N_("Revenue"), 10, 15, 3, ALIGN_RIGHT, true},
    {N_("Latest"), 10, 10, 4, ALIGN_LEFT, true},  {N_("Province"), 8, 18, 6, ALIGN_LEFT, false},
    {N_("Code"), 8, 12, 7, ALIGN_LEFT, true},
};
enum {
    COLUMN_NAME,
    COLUMN_PHONE,
    COLUMN_SEGMENT,
    COLUMN_DEBT,
    COLUMN_ORDERS,
    COLUMN_REVENUE,
    COLUMN_LAST,
    COLUMN_PROVINCE,
    COLUMN_CODE,
    COLUMN_COUNT
};
static const char *const sorts[COLUMN_COUNT] = {[COLUMN_NAME] = "name",
                                                [COLUMN_DEBT] = "debt",
                                                [COLUMN_REVENUE] = "spent",
                                                [COLUMN_LAST] = "last_order",
                                                [COLUMN_CODE] = "code"};

const char *customers_segment_label(const char *segment) {
    static const char *const words[][2] = {
        {"vip", N_("VIP")}, {"wholesale", N_("wholesale")}, {"loyal", N_("loyal")}, {"retail", N_("retail")}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i][0], segment) == 0) {
            return _(words[i][1]);
        }
    }
    return segment;
}

/* The first of several phones, with a sign that there are more. */
static void add_phone(struct buf *out, const char *phones) {
    const char *end = strchr(phones, ';');
    if (end == NULL) {
        buf_add(out, phones);
    } else {
        buf_add_bytes(out, phones, (size_t)(end - phones));
        buf_add(out, "+");
    }
}

static void cell(const void *ctx, size_t row, int column, struct buf *out, enum style *style) {
    const struct customers_state *s = ctx;
    const struct customers_item *c = &s->items[row - s->first];
    char text[MONEY_TEXT_MAX];
    switch (column) {
    case COLUMN_NAME:
        buf_add(out, c->name);
        break;
    case COLUMN_PHONE:
        add_phone(out, c->phones);
        break;
    case COLUMN_SEGMENT:
        buf_add(out, customers_segment_label(c->segment));
        *style = strcmp(c->segment, "vip") == 0 ? STYLE_STRONG : *style;
        break;
    case COLUMN_DEBT:
        buf_add(out, c->figures.due == 0 ? "" : money_format(c->figures.due, &s->currency, false, text));
        *style = c->figures.due > 0 ? STYLE_WARN : *style;
        break;
    case COLUMN_ORDERS:
        buf_add(out, c->figures.orders == 0 ? "" : figure_count(c->figures.orders, text));
        break;
    case COLUMN_REVENUE:
        buf_add(out, c->figures.revenue == 0 ? "" : money_format(c->figures.revenue, &s->currency, false, text));
        break;
    case COLUMN_LAST:
        buf_add(out, date_format(c->figures.last_order, text));
        break;
    case COLUMN_PROVINCE:
        buf_add(out, c->province);
        break;
    default:
        buf_add(out, c->code);
    }
}

static int64_t row_id(const void *ctx, size_t row) {
    const struct customers_state *s = ctx;
    return s->items[row - s->first].id;
}

static void total(const void *ctx, int column, struct buf *out) {
    const struct customers_state *s = ctx;
    char text[MONEY_TEXT_MAX];
    if (column == COLUMN_NAME) {
        buf_add(out, _("Total"));
    } else if (column == COLUMN_DEBT) {
        buf_add(out, money_format(s->due, &s->currency, false, text));
    }
}

static struct list_source source_of(const struct customers_state *s) {
    return (struct list_source){columns, COLUMN_COUNT, s, cell, row_id, total, _("No customers here; n adds one")};
}

const struct customers_item *customers_current(const struct customers_state *s) {
    size_t at = s->list.cursor;
    return at >= s->first && at - s->first < s->item_count ? &s->items[at - s->first] : NULL;
}

static bool searching(const struct customers_state *s) {
    return list_filter(&s->list)[0] != '\0';
}

struct customer_filter customers_filter(const struct customers_state *s) {
    bool by_match = searching(s) && s->list.sort_column == COLUMN_NAME && !s->list.sort_descending;
    return (struct customer_filter){
        .text = list_filter(&s->list),
        .segment = tab_segments[s->tab],
        .with_debt = s->tab == CUSTOMERS_TAB_DEBT,
        .sort = by_match ? NULL : sorts[s->list.sort_column],
        .descending = s->list.sort_descending,
    };
}

static void clear_items(struct customers_state *s) {
    for (size_t i = 0; i < s->item_count; i++) {
        struct customers_item *c = &s->items[i];
        free(c->code);
        free(c->name);
        free(c->phones);
        free(c->segment);
        free(c->province);
    }
    s->item_count = 0;
}

static enum err_code keep_row(void *ctx, const struct customer *c, const struct customer_figures *f, struct err *e) {
    struct customers_state *s = ctx;
    (void)e;
    s->items = mem_grow(s->items, s->item_count, &s->item_cap, sizeof *s->items);
    s->items[s->item_count++] = (struct customers_item){
        .id = c->id,
        .code = mem_strdup(c->code),
        .name = mem_strdup(c->name),
        .phones = mem_strdup(c->phones),
        .segment = mem_strdup(c->segment),
        .province = mem_strdup(c->province),
        .figures = *f,
    };
    return ERR_OK;
}

/* A search finds a thousand at most: all of them are kept, so that figure and foot come with them. */
static enum err_code load_found(struct app *app, struct customers_state *s, struct err *e) {
    struct customer_filter f = customers_filter(s);
    clear_items(s);
    s->first = 0;
    s->due = 0;
    enum err_code rc = customer_list(app_shop(app), &f, keep_row, s, e);
    for (size_t i = 0; i < s->item_count; i++) {
        s->due += s->items[i].figures.due;
    }
    s->total = (int64_t)s->item_count;
    list_loaded(&s->list, 0, s->item_count, s->item_count);
    return rc;
}

static enum err_code load_totals(struct app *app, struct customers_state *s, struct err *e) {
    struct customer_filter f = customers_filter(s);
    enum err_code rc = customer_count(app_shop(app), &f, &s->total, e);
    return rc == ERR_OK ? customer_due(app_shop(app), &f, &s->due, e) : rc;
}

static enum err_code load_page(struct app *app, struct customers_state *s, struct err *e) {
    struct customer_filter f = customers_filter(s);
    size_t first = 0;
    size_t count = 0;
    enum err_code rc = ERR_OK;
    do {
        list_wanted(&s->list, &first, &count);
        f.offset = (int64_t)first;
        f.limit = (int64_t)count;
        clear_items(s);
        s->first = first;
        rc = customer_list(app_shop(app), &f, keep_row, s, e);
    } while (rc == ERR_OK && !list_loaded(&s->list, first, s->item_count, (size_t)s->total));
    return rc;
}

static enum err_code load_card(struct app *app, struct customers_state *s, int width, struct err *e) {
    const struct customers_item *c = customers_current(s);
    card_reset(&s->card);
    return c == NULL || width < CARD_FROM_WIDTH ? ERR_OK : customers_card(app, c->id, &s->card, e);
}

static enum err_code load(struct app *app, void *state, struct err *e) {
    struct customers_state *s = state;
    int width = 0;
    int height = 0;
    bool moved = s->moved;
    enum err_code rc = ERR_OK;
    s->moved = false;
    app_body_size(app, &width, &height);
    list_set_height(&s->list, height - TABS_HEIGHT);
    s->currency = *shop_currency(app_shop(app));
    if (searching(s)) {
        rc = moved ? ERR_OK : load_found(app, s, e);
    } else {
        rc = moved ? ERR_OK : load_totals(app, s, e);
        if (rc == ERR_OK) {
            rc = load_page(app, s, e);
        }
    }
    return rc == ERR_OK ? load_card(app, s, width, e) : rc;
}

static void open_screen(struct app *app, void *state, const char *argument) {
    struct customers_state *s = state;
    (void)app;
    s->opened = true;
    s->moved = false;
    s->list.has_total = true;
    if (argument != NULL) {
        s->tab = CUSTOMERS_TAB_ALL;
        field_set(&s->list.filter, argument);
        s->list.filtering = false;
        list_go(&s->list, 0);
    }
}

static unsigned change_tab(struct customers_state *s, int step) {
    s->tab = (enum customers_tab)tabs_step((int)s->tab, step, CUSTOMERS_TAB_COUNT);
    s->list.cursor = 0;
    s->list.top = 0;
    return SCREEN_RELOAD;
}

static unsigned handle(struct app *app, void *state, enum action action, const struct key *key) {
    struct customers_state *s = state;
    struct list_source source = source_of(s);
    struct key k = *key;
    k.y -= TABS_HEIGHT;
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
        return customers_act(app, s, action);
    }
}

static void paint(const struct app *app, const void *state, struct canvas *c) {
    const struct customers_state *s = state;
    struct list_source source = source_of(s);
    bool with_card = c->width >= CARD_FROM_WIDTH && s->card.count > 0;
    int list_width = with_card ? c->width - CARD_WIDTH - 1 : c->width;
    (void)app;
    tabs_paint(c, tab_titles, CUSTOMERS_TAB_COUNT, (int)s->tab);
    struct canvas body = canvas_view(c, 0, TABS_HEIGHT, list_width, c->height - TABS_HEIGHT);
    list_paint(&s->list, &source, &body, true);
    if (with_card) {
        struct canvas card = canvas_view(c, list_width + 1, TABS_HEIGHT, CARD_WIDTH, c->height - TABS_HEIGHT);
        card_paint(&s->card, &card, STYLE_NORMAL);
    }
}

static enum action_context focus(const void *state) {
    const struct customers_state *s = state;
    return list_focus(&s->list);
}

static void clear(void *state) {
    struct customers_state *s = state;
    clear_items(s);
    free(s->items);
    list_clear(&s->list);
    card_clear(&s->card);
    customer_clear(&s->before);
    customers_pairs_clear(s);
    free(s->pairs);
    export_job_clear(&s->export);
}

const struct screen_ops screen_customers = {
    .name = "customers",
    .title = N_("Customers"),
    .context = CONTEXT_CUSTOMERS,
    .state_size = sizeof(struct customers_state),
    .open = open_screen,
    .load = load,
    .handle = handle,
    .paint = paint,
    .focus = focus,
    .clear = clear,
};
