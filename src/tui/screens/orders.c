/* Orders: by state with counts, and what still needs a hand: late ones, money to collect, returns. */
#include "tui/screens/orders.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "tui/screens/tabs.h"

static const char *const tab_titles[] = {N_("All"),        N_("On the way"), N_("Late"),
                                         N_("To collect"), N_("Returns"),    N_("Drafts")};

static const struct list_column columns[] = {
    {N_("Order"), 14, 18, 1, ALIGN_LEFT, false},  {N_("Date"), 10, 10, 2, ALIGN_LEFT, true},
    {N_("State"), 12, 14, 1, ALIGN_LEFT, false},  {N_("Customer"), 16, 34, 2, ALIGN_LEFT, false},
    {N_("Total"), 11, 14, 1, ALIGN_RIGHT, false}, {N_("Due"), 9, 13, 2, ALIGN_RIGHT, false},
    {N_("Channel"), 8, 14, 5, ALIGN_LEFT, false}, {N_("Rep"), 6, 16, 6, ALIGN_LEFT, false},
    {N_("Paid"), 9, 13, 7, ALIGN_RIGHT, false},
};
enum {
    COLUMN_NO,
    COLUMN_DATE,
    COLUMN_STATE,
    COLUMN_CUSTOMER,
    COLUMN_TOTAL,
    COLUMN_DUE,
    COLUMN_CHANNEL,
    COLUMN_REP,
    COLUMN_PAID
};

static void cell(const void *ctx, size_t row, int column, struct buf *out, enum style *style) {
    const struct orders_state *s = ctx;
    const struct orders_item *o = &s->items[row - s->first];
    char text[MONEY_TEXT_MAX];
    switch (column) {
    case COLUMN_NO:
        buf_add(out, o->order_no);
        break;
    case COLUMN_DATE:
        buf_add(out, date_format(o->date, text));
        break;
    case COLUMN_STATE:
        buf_add(out, o->is_return ? _("return") : order_status_label(o->status));
        *style = o->is_return || o->status == ORDER_CANCELLED ? STYLE_DIM : *style;
        break;
    case COLUMN_CUSTOMER:
        buf_add(out, o->customer[0] == '\0' ? _("walk-in") : o->customer);
        *style = o->customer[0] == '\0' ? STYLE_DIM : *style;
        break;
    case COLUMN_TOTAL:
        buf_add(out, money_format(o->total, &s->currency, false, text));
        break;
    case COLUMN_DUE:
        buf_add(out, o->due == 0 ? "" : money_format(o->due, &s->currency, false, text));
        *style = o->due > 0 ? STYLE_WARN : *style;
        break;
    case COLUMN_CHANNEL:
        buf_add(out, o->channel);
        break;
    case COLUMN_REP:
        buf_add(out, o->rep);
        break;
    default:
        buf_add(out, money_format(o->paid, &s->currency, false, text));
    }
}

static int64_t row_id(const void *ctx, size_t row) {
    const struct orders_state *s = ctx;
    return s->items[row - s->first].id;
}

static struct list_source source_of(const struct orders_state *s) {
    return (struct list_source){columns, sizeof columns / sizeof *columns, s, cell, row_id, NULL, NULL};
}

static void clear_items(struct orders_state *s) {
    for (size_t i = 0; i < s->item_count; i++) {
        struct orders_item *o = &s->items[i];
        free(o->order_no);
        free(o->date);
        free(o->channel);
        free(o->customer);
        free(o->rep);
    }
    s->item_count = 0;
}

static enum err_code keep_row(void *ctx, const struct order_row *r, struct err *e) {
    struct orders_state *s = ctx;
    (void)e;
    s->items = mem_grow(s->items, s->item_count, &s->item_cap, sizeof *s->items);
    s->items[s->item_count++] = (struct orders_item){
        .id = r->id,
        .order_no = mem_strdup(r->order_no),
        .date = mem_strdup(r->order_date),
        .channel = mem_strdup(r->channel),
        .customer = mem_strdup(r->customer_name),
        .rep = mem_strdup(r->rep),
        .status = r->status,
        .is_return = r->is_return,
        .total = r->total,
        .paid = r->paid,
        .due = r->due,
    };
    return ERR_OK;
}

static struct order_filter filter_of(enum orders_tab tab) {
    struct order_filter f = {0};
    switch (tab) {
    case ORDERS_TAB_OPEN:
        f.open = true;
        break;
    case ORDERS_TAB_LATE:
        f.open = true;
        f.late = true;
        break;
    case ORDERS_TAB_DUE:
        f.with_due = true;
        break;
    case ORDERS_TAB_RETURNS:
        f.kind = ORDERS_RETURNS;
        break;
    case ORDERS_TAB_DRAFTS:
        f.has_status = true;
        f.status = ORDER_DRAFT;
        break;
    default:
        break;
    }
    return f;
}

struct order_filter orders_filter(const struct orders_state *s) {
    struct order_filter f = filter_of(s->tab);
    f.text = list_filter(&s->list)[0] == '\0' ? NULL : list_filter(&s->list);
    f.oldest_first = s->list.sort_column == COLUMN_DATE && !s->list.sort_descending;
    return f;
}

static enum err_code load_rows(struct app *app, struct orders_state *s, struct err *e) {
    struct order_filter f = orders_filter(s);
    size_t first = 0;
    size_t count = 0;
    enum err_code rc = ERR_OK;
    do {
        rc = order_count(app_shop(app), &f, &s->counts[s->tab], e);
        list_wanted(&s->list, &first, &count);
        f.offset = (int64_t)first;
        f.limit = (int64_t)count;
        clear_items(s);
        if (rc == ERR_OK && count > 0) {
            rc = order_list(app_shop(app), &f, keep_row, s, e);
        }
        s->first = first;
    } while (rc == ERR_OK && !list_loaded(&s->list, first, s->item_count, (size_t)s->counts[s->tab]));
    return rc;
}

/* The figures beside the tabs; that of the tab in front is counted with its rows. */
static enum err_code load_counts(struct app *app, struct orders_state *s, struct err *e) {
    enum err_code rc = ERR_OK;
    for (int tab = ORDERS_TAB_OPEN; rc == ERR_OK && tab < ORDERS_TAB_COUNT; tab++) {
        struct order_filter f = filter_of((enum orders_tab)tab);
        if (tab != (int)s->tab) {
            rc = order_count(app_shop(app), &f, &s->counts[tab], e);
        }
    }
    return rc;
}

static enum err_code load_card(struct app *app, struct orders_state *s, struct err *e) {
    int width = 0;
    int height = 0;
    const struct orders_item *o = orders_current(s);
    app_body_size(app, &width, &height);
    card_reset(&s->card);
    return o == NULL || width < CARD_FROM_WIDTH ? ERR_OK : orders_card_load(app_shop(app), o->id, &s->card, e);
}

const struct orders_item *orders_current(const struct orders_state *s) {
    return s->item_count > 0 && list_row_loaded(&s->list, s->list.cursor) ? &s->items[s->list.cursor - s->first] : NULL;
}

static void open_screen(struct app *app, void *state, const char *argument) {
    struct orders_state *s = state;
    (void)app;
    if (!s->opened) {
        s->opened = true;
        s->list.sort_column = COLUMN_DATE;
        s->list.sort_descending = true;
    }
    if (argument != NULL) {
        s->tab = ORDERS_TAB_ALL;
        field_set(&s->list.filter, argument);
        s->list.cursor = 0;
        s->list.top = 0;
    }
}

static enum err_code load(struct app *app, void *state, struct err *e) {
    struct orders_state *s = state;
    int width = 0;
    int height = 0;
    app_body_size(app, &width, &height);
    list_set_height(&s->list, height - TABS_HEIGHT);
    s->currency = *shop_currency(app_shop(app));
    enum err_code rc = load_rows(app, s, e);
    if (rc == ERR_OK) {
        rc = load_counts(app, s, e);
    }
    return rc == ERR_OK ? load_card(app, s, e) : rc;
}

static unsigned change_tab(struct orders_state *s, int step) {
    s->tab = (enum orders_tab)(((int)s->tab + step + ORDERS_TAB_COUNT) % ORDERS_TAB_COUNT);
    s->list.cursor = 0;
    s->list.top = 0;
    return SCREEN_RELOAD;
}

static unsigned handle(struct app *app, void *state, enum action action, const struct key *key) {
    struct orders_state *s = state;
    struct list_source source = source_of(s);
    bool with_card = s->card.count > 0;
    struct err e = ERR_INIT;
    switch (list_handle(&s->list, &source, action, key)) {
    case LIST_MOVED:
        if (with_card && load_card(app, s, &e) != ERR_OK) { /* the list and its counts stay as they are */
            app_error(app, &e);
        }
        return SCREEN_REDRAW;
    case LIST_RELOAD:
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
        return orders_act(app, s, action);
    }
}

static void paint_tabs(const struct orders_state *s, struct canvas *c) {
    int x = 1;
    for (int i = 0; i < ORDERS_TAB_COUNT; i++) {
        enum style style = i == (int)s->tab ? STYLE_CURSOR : STYLE_NORMAL;
        bool counted = i != ORDERS_TAB_ALL || i == (int)s->tab;
        x += counted
                 ? canvas_textf(c, x, 0, c->width - x, style, " %s %lld ", _(tab_titles[i]), (long long)s->counts[i])
                 : canvas_textf(c, x, 0, c->width - x, style, " %s ", _(tab_titles[i]));
        x++;
    }
    canvas_line(c, 0, 1, c->width, STYLE_BORDER);
}

static void paint(const struct app *app, const void *state, struct canvas *c) {
    const struct orders_state *s = state;
    struct list_source source = source_of(s);
    bool with_card = c->width >= CARD_FROM_WIDTH && s->card.count > 0;
    int list_width = with_card ? c->width - CARD_WIDTH - 1 : c->width;
    (void)app;
    paint_tabs(s, c);
    struct canvas body = canvas_view(c, 0, 2, list_width, c->height - 2);
    list_paint(&s->list, &source, &body, true);
    if (with_card) {
        struct canvas card = canvas_view(c, list_width + 1, 2, CARD_WIDTH, c->height - 2);
        card_paint(&s->card, &card, STYLE_NORMAL);
    }
}

static enum action_context focus(const void *state) {
    const struct orders_state *s = state;
    return list_focus(&s->list);
}

static void clear(void *state) {
    struct orders_state *s = state;
    clear_items(s);
    free(s->items);
    list_clear(&s->list);
    card_clear(&s->card);
    export_job_clear(&s->export);
}

const struct screen_ops screen_orders = {
    .name = "orders",
    .title = N_("Orders"),
    .context = CONTEXT_ORDERS,
    .state_size = sizeof(struct orders_state),
    .open = open_screen,
    .load = load,
    .handle = handle,
    .paint = paint,
    .focus = focus,
    .clear = clear,
};
