#include "tui/screens/customers.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "tui/figure.h"

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
    {N_("Name"), 16, 40, 1, ALIGN_LEFT, true},     {N_("Phone"), 11, 13, 2, ALIGN_LEFT, false},
    {N_("Segment"), 10, 11, 4, ALIGN_LEFT, false}, {N_("Debt"), 12, 15, 2, ALIGN_RIGHT, true},
    {N_("Times"), 7, 7, 6, ALIGN_RIGHT, false},    {N_("Revenue"), 10, 15, 3, ALIGN_RIGHT, true},
    {N_("Latest"), 10, 10, 4, ALIGN_LEFT, true},   {N_("Province"), 10, 18, 6, ALIGN_LEFT, false},
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
    const struct customers_item *c = &s->items[row - s->b.first];
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
        buf_add(out, c->figures.due == 0 ? "" : money_format(c->figures.due, &s->b.currency, false, text));
        *style = c->figures.due > 0 ? STYLE_WARN : *style;
        break;
    case COLUMN_ORDERS:
        buf_add(out, c->figures.orders == 0 ? "" : figure_count(c->figures.orders, text));
        break;
    case COLUMN_REVENUE:
        buf_add(out, c->figures.revenue == 0 ? "" : money_format(c->figures.revenue, &s->b.currency, false, text));
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
    return s->items[row - s->b.first].id;
}

static void total(const void *ctx, int column, struct buf *out) {
    const struct customers_state *s = ctx;
    char text[MONEY_TEXT_MAX];
    if (column == COLUMN_NAME) {
        buf_add(out, _("Total"));
    } else if (column == COLUMN_DEBT && s->due_known) {
        buf_add(out, money_format(s->due, &s->b.currency, false, text));
    }
}

static struct list_source source_of(const void *state) {
    return (struct list_source){columns, COLUMN_COUNT, state, cell, row_id, total, _("No customers here; n adds one")};
}

const struct customers_item *customers_current(const struct customers_state *s) {
    size_t item = 0;
    return browse_current(&s->b, &item) ? &s->items[item] : NULL;
}

/* While somebody types, the best match comes first: figures are not added up at every key. */
struct customer_filter customers_filter(const struct customers_state *s) {
    const struct list *l = &s->b.list;
    bool by_name = l->sort_column == COLUMN_NAME && !l->sort_descending;
    return (struct customer_filter){
        .text = list_filter(l),
        .segment = tab_segments[s->b.tab],
        .with_debt = s->b.tab == CUSTOMERS_TAB_DEBT,
        .sort = browse_searching(&s->b) && (by_name || l->filtering) ? NULL : sorts[l->sort_column],
        .descending = l->sort_descending,
    };
}

static void clear_items(struct customers_state *s) {
    for (size_t i = 0; i < s->b.count; i++) {
        struct customers_item *c = &s->items[i];
        free(c->code);
        free(c->name);
        free(c->phones);
        free(c->segment);
        free(c->province);
    }
    s->b.count = 0;
}

static enum err_code keep_row(void *ctx, const struct customer *c, const struct customer_figures *f, struct err *e) {
    struct customers_state *s = ctx;
    (void)e;
    s->items = mem_grow(s->items, s->b.count, &s->item_cap, sizeof *s->items);
    s->items[s->b.count++] = (struct customers_item){
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

/* Whom a text finds is kept as a whole: who they are, not their figures. All other lists are read by the page. */
static bool by_ids(const struct customers_state *s) {
    return browse_searching(&s->b);
}

/* How many they are and what they owe, which is the same in any order. */
static enum err_code load_whole(struct app *app, struct customers_state *s, const struct customer_filter *f,
                                struct err *e) {
    enum err_code rc = ERR_OK;
    if (!s->whole_known || s->whole_tab != s->b.tab) {
        rc = customer_count(app_shop(app), f, &s->whole_count, e);
        rc = rc == ERR_OK ? customer_due(app_shop(app), f, &s->whole_due, e) : rc;
        s->whole_known = rc == ERR_OK;
        s->whole_tab = s->b.tab;
    }
    s->b.total = s->whole_count;
    s->due = s->whole_due;
    s->due_known = rc == ERR_OK;
    return rc;
}

static enum err_code load_list(struct app *app, void *state, enum browse_change why, struct err *e) {
    struct customers_state *s = state;
    struct customer_filter f = customers_filter(s);
    size_t count = 0;
    enum err_code rc = ERR_OK;
    s->whole_known = s->whole_known && why != BROWSE_STALE;
    free(s->ids);
    s->ids = NULL;
    if (by_ids(s)) {
        s->due_known = false;
        rc = customer_ids(app_shop(app), &f, &s->ids, &count, e);
        s->b.total = (int64_t)count;
        return rc;
    }
    return load_whole(app, s, &f, e);
}

/* Of a search the debts are added up where all of it is at hand. */
static void add_dues(struct customers_state *s) {
    s->due = 0;
    s->due_known = (int64_t)s->b.count == s->b.total;
    for (size_t i = 0; i < s->b.count; i++) {
        s->due += s->items[i].figures.due;
    }
}

static enum err_code load_rows(struct app *app, void *state, size_t first, size_t count, struct err *e) {
    struct customers_state *s = state;
    struct customer_filter f = customers_filter(s);
    struct browse_page page = browse_page_at(&s->b, first, count);
    enum err_code rc = ERR_OK;
    clear_items(s);
    s->b.first = first;
    if (!by_ids(s)) {
        f.offset = page.offset;
        f.limit = page.limit;
        f.descending = f.descending != page.from_end;
        rc = page.limit == 0 ? ERR_OK : customer_list(app_shop(app), &f, keep_row, s, e);
        if (page.from_end) {
            browse_turn_round(s->items, s->b.count, sizeof *s->items);
        }
        return rc;
    }
    rc = customer_rows(app_shop(app), s->ids + first, (size_t)page.limit, keep_row, s, e);
    if (browse_searching(&s->b)) {
        add_dues(s);
    }
    return rc;
}

static enum err_code load_card(struct app *app, const void *state, size_t item, struct card *card, struct err *e) {
    const struct customers_state *s = state;
    return customers_card(app, s->items[item].id, card, e);
}

static int64_t item_id(const void *state, size_t item) {
    return ((const struct customers_state *)state)->items[item].id;
}

static const struct browse_ops browse = {
    .tabs = tab_titles,
    .tab_count = CUSTOMERS_TAB_COUNT,
    .load_list = load_list,
    .load_rows = load_rows,
    .load_card = load_card,
    .source = source_of,
    .id = item_id,
    .act = customers_act,
};

static void open_screen(struct app *app, void *state, const char *argument) {
    struct customers_state *s = state;
    (void)app;
    s->b.list.has_total = true;
    browse_open(s, &browse, CUSTOMERS_TAB_ALL, argument);
}

static void clear(void *state) {
    struct customers_state *s = state;
    clear_items(s);
    free(s->items);
    free(s->ids);
    browse_clear(&s->b);
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
    .load = browse_load,
    .handle = browse_handle,
    .paint = browse_paint,
    .focus = browse_focus,
    .due = browse_due,
    .idle = browse_idle,
    .clear = clear,
};
