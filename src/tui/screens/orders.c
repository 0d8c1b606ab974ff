/* Orders: by state with counts, and what still needs a hand: late ones, money to collect, returns. */
#include "tui/screens/orders.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "tui/screens/tabs.h"

enum { SEARCH_ENOUGH = 500 }; /* a text that finds more is looked at no further: it is to be made longer */

static const char *const tab_titles[ORDERS_TAB_COUNT] = {N_("All"),        N_("On the way"), N_("Late"),
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
    const struct orders_item *o = &s->items[row - s->b.first];
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
        buf_add(out, money_format(o->total, &s->b.currency, false, text));
        break;
    case COLUMN_DUE:
        buf_add(out, o->due == 0 ? "" : money_format(o->due, &s->b.currency, false, text));
        *style = o->due > 0 ? STYLE_WARN : *style;
        break;
    case COLUMN_CHANNEL:
        buf_add(out, o->channel);
        break;
    case COLUMN_REP:
        buf_add(out, o->rep);
        break;
    default:
        buf_add(out, money_format(o->paid, &s->b.currency, false, text));
    }
}

static int64_t row_id(const void *ctx, size_t row) {
    const struct orders_state *s = ctx;
    return s->items[row - s->b.first].id;
}

static struct list_source source_of(const void *state) {
    return (struct list_source){columns, sizeof columns / sizeof *columns, state, cell, row_id, NULL, NULL};
}

static void clear_items(struct orders_state *s) {
    for (size_t i = 0; i < s->b.count; i++) {
        struct orders_item *o = &s->items[i];
        free(o->order_no);
        free(o->date);
        free(o->channel);
        free(o->customer);
        free(o->rep);
    }
    s->b.count = 0;
}

static enum err_code keep_row(void *ctx, const struct order_row *r, struct err *e) {
    struct orders_state *s = ctx;
    (void)e;
    s->items = mem_grow(s->items, s->b.count, &s->item_cap, sizeof *s->items);
    s->items[s->b.count++] = (struct orders_item){
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
    struct order_filter f = filter_of((enum orders_tab)s->b.tab);
    f.text = browse_searching(&s->b) ? list_filter(&s->b.list) : NULL;
    f.oldest_first = s->b.list.sort_column == COLUMN_DATE && !s->b.list.sort_descending;
    return f;
}

/* The figures beside the tabs: what is searched makes no difference to them, and all orders are counted only in front.
 */
static enum err_code load_counts(struct app *app, struct orders_state *s, struct err *e) {
    enum err_code rc = ERR_OK;
    for (int tab = ORDERS_TAB_OPEN; rc == ERR_OK && tab < ORDERS_TAB_COUNT; tab++) {
        struct order_filter f = filter_of((enum orders_tab)tab);
        f.limit = TABS_COUNT_MAX + 1;
        rc = order_count(app_shop(app), &f, &s->counts[tab], e);
        s->totals[tab] = s->counts[tab] > TABS_COUNT_MAX ? -1 : s->counts[tab];
    }
    s->totals[ORDERS_TAB_ALL] = -1;
    return rc;
}

static enum err_code load_list(struct app *app, void *state, enum browse_change why, struct err *e) {
    struct orders_state *s = state;
    struct order_filter f = orders_filter(s);
    f.enough = SEARCH_ENOUGH;
    size_t found = 0;
    enum err_code rc = why == BROWSE_STALE ? load_counts(app, s, e) : ERR_OK;
    int64_t *known = &s->totals[s->b.tab];
    free(s->ids);
    s->ids = NULL;
    if (rc == ERR_OK && f.text != NULL) {
        bool more = false;
        rc = order_search(app_shop(app), &f, &s->ids, &found, &more, e);
        if (rc == ERR_OK && more) {
            app_status(app, "%s", _("there are more: go on typing"));
        }
        s->b.total = (int64_t)found;
        return rc;
    }
    if (rc == ERR_OK && *known < 0) {
        rc = order_count(app_shop(app), &f, known, e);
    }
    s->b.total = *known < 0 ? 0 : *known;
    s->counts[ORDERS_TAB_ALL] = s->b.tab == ORDERS_TAB_ALL ? s->b.total : -1;
    if (s->b.tab != ORDERS_TAB_ALL) {
        s->counts[s->b.tab] = s->b.total;
    }
    return rc;
}

static enum err_code load_rows(struct app *app, void *state, size_t first, size_t count, struct err *e) {
    struct orders_state *s = state;
    struct order_filter f = orders_filter(s);
    struct browse_page page = browse_page_at(&s->b, first, count);
    clear_items(s);
    s->b.first = first;
    if (s->ids != NULL) {
        return order_rows(app_shop(app), s->ids + first, (size_t)page.limit, keep_row, s, e);
    }
    f.oldest_first = f.oldest_first != page.from_end;
    f.offset = page.offset;
    f.limit = page.limit;
    enum err_code rc = page.limit == 0 ? ERR_OK : order_list(app_shop(app), &f, keep_row, s, e);
    if (page.from_end) {
        browse_turn_round(s->items, s->b.count, sizeof *s->items);
    }
    return rc;
}

static enum err_code load_card(struct app *app, const void *state, size_t item, struct card *card, struct err *e) {
    const struct orders_state *s = state;
    return orders_card_load(app_shop(app), s->items[item].id, card, e);
}

const struct orders_item *orders_current(const struct orders_state *s) {
    size_t item = 0;
    return browse_current(&s->b, &item) ? &s->items[item] : NULL;
}

static const int64_t *counts(const void *state) {
    return ((const struct orders_state *)state)->counts;
}

static int64_t item_id(const void *state, size_t item) {
    return ((const struct orders_state *)state)->items[item].id;
}

static const struct browse_ops browse = {
    .tabs = tab_titles,
    .tab_count = ORDERS_TAB_COUNT,
    .counts = counts,
    .load_list = load_list,
    .load_rows = load_rows,
    .load_card = load_card,
    .source = source_of,
    .id = item_id,
    .act = orders_act,
};

static void open_screen(struct app *app, void *state, const char *argument) {
    struct orders_state *s = state;
    (void)app;
    if (s->b.ops == NULL) {
        s->b.list.sort_column = COLUMN_DATE;
        s->b.list.sort_descending = true;
    }
    browse_open(s, &browse, ORDERS_TAB_ALL, argument);
}

static void clear(void *state) {
    struct orders_state *s = state;
    clear_items(s);
    free(s->items);
    free(s->ids);
    order_terms_clear(&s->before);
    browse_clear(&s->b);
    export_job_clear(&s->export);
}

const struct screen_ops screen_orders = {
    .name = "orders",
    .title = N_("Orders"),
    .context = CONTEXT_ORDERS,
    .state_size = sizeof(struct orders_state),
    .open = open_screen,
    .load = browse_load,
    .handle = browse_handle,
    .paint = browse_paint,
    .focus = browse_focus,
    .due = browse_due,
    .idle = browse_idle,
    .clear = clear,
};
