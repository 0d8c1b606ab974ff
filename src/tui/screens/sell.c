#include "tui/screens/sell.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/product.h"
#include "tui/screens/sell_command.h"
#include "tui/screens/sell_state.h"

enum { PANEL_LOW = 3, PANEL_MIDDLE = 6, PANEL_HIGH = 12, TOP_ROWS = 2 };

struct basket *sell_basket(const struct sell_state *s) {
    return &s->baskets[s->current];
}

int sell_lines_height(int body_height) {
    int panel = body_height < 16 ? PANEL_LOW : body_height < 34 ? PANEL_MIDDLE : PANEL_HIGH;
    return body_height - TOP_ROWS - panel;
}

void sell_show(struct sell_state *s) {
    const struct basket *b = sell_basket(s);
    list_loaded(&s->list, 0, b->count, b->count);
    list_go(&s->list, b->mark);
}

static void forget_found(struct sell_state *s) {
    for (int i = 0; i < s->found_count; i++) {
        free(s->found[i].sku);
        free(s->found[i].name);
    }
    s->found_count = 0;
    s->chosen = 0;
    s->chose = false;
}

static enum err_code fetch(struct shop *shop, struct sell_state *s, int64_t id, struct err *e) {
    struct product p = {0};
    enum err_code rc = product_get(shop, id, &p, e);
    if (rc == ERR_OK) {
        s->found[s->found_count++] =
            (struct sell_found){p.id, mem_strdup(p.sku), mem_strdup(p.name), p.price, p.on_hand};
    }
    product_clear(&p);
    return rc;
}

void sell_search(struct app *app, struct sell_state *s) {
    int64_t ids[SELL_FOUND_MAX];
    int count = 0;
    struct err e = ERR_INIT;
    const char *text = sell_command_search(field_text(&s->field));
    forget_found(s);
    if (*text == '\0') {
        return;
    }
    enum err_code rc = product_search(app_shop(app), text, ids, s->found_wanted, &count, &e);
    for (int i = 0; i < count && rc == ERR_OK; i++) {
        rc = fetch(app_shop(app), s, ids[i], &e);
    }
    if (rc != ERR_OK) {
        app_error(app, &e);
    }
}

/* The draft of this number; 0: it is none. */
static int64_t draft_of(struct shop *shop, const char *number) {
    struct order o = {0};
    int64_t id = 0;
    bool draft = order_find(shop, number, &id, NULL) == ERR_OK && order_get(shop, id, &o, NULL) == ERR_OK &&
                 o.status == ORDER_DRAFT;
    order_clear(&o);
    return draft ? id : 0;
}

static void sell_open(struct app *app, void *state, const char *argument) {
    struct sell_state *s = state;
    if (app_shop(app) == NULL) {
        return;
    }
    if (!s->ready) {
        s->ready = true;
        s->currency = *shop_currency(app_shop(app));
        s->found_wanted = 1;
        sell_fresh(s);
    }
    s->wanted = argument == NULL ? 0 : draft_of(app_shop(app), argument);
    if (argument != NULL && s->wanted == 0) { /* a code or phone to begin with */
        field_set(&s->field, argument);
    }
}

static enum err_code sell_load(struct app *app, void *state, struct err *e) {
    struct sell_state *s = state;
    int width;
    int height;
    if (!s->ready) {
        return ERR_OK;
    }
    app_body_size(app, &width, &height);
    int lines = sell_lines_height(height);
    list_set_height(&s->list, lines);
    int room = height - TOP_ROWS - lines - 1;
    s->found_wanted = room > SELL_FOUND_MAX ? SELL_FOUND_MAX : room < 1 ? 1 : room;
    enum err_code rc = sell_sync(app, s, e);
    if (rc == ERR_OK && s->wanted != 0) {
        sell_front(app, s, s->wanted);
        s->wanted = 0;
    }
    if (rc == ERR_OK) {
        rc = basket_figure(app_shop(app), sell_basket(s), e);
    }
    sell_show(s);
    sell_search(app, s);
    return rc;
}

static unsigned move_mark(struct sell_state *s, int step) {
    struct basket *b = sell_basket(s);
    if (!field_is_empty(&s->field)) {
        int to = s->chosen + step;
        s->chosen = to < 0 ? 0 : to >= s->found_count ? s->found_count - 1 : to;
        s->chosen = s->chosen < 0 ? 0 : s->chosen;
        s->chose = s->found_count > 0;
    } else if (step < 0) {
        size_t back = (size_t)-step;
        b->mark = b->mark > back ? b->mark - back : 0;
    } else if (b->count > 0) {
        b->mark += (size_t)step;
        b->mark = b->mark >= b->count ? b->count - 1 : b->mark;
    }
    sell_show(s);
    return SCREEN_REDRAW;
}

/* Esc gives up what was begun; nothing typed is lost. */
static unsigned give_up(struct sell_state *s) {
    bool begun = s->times != 0 || s->chose;
    s->times = 0;
    s->chose = false;
    s->chosen = 0;
    return begun ? SCREEN_REDRAW : SCREEN_IGNORED;
}

static unsigned to_field(struct app *app, struct sell_state *s, enum action action, const struct key *key) {
    switch (field_handle(&s->field, action, key)) {
    case FIELD_CHANGED:
        sell_search(app, s);
        return SCREEN_REDRAW;
    case FIELD_IGNORED:
        return SCREEN_IGNORED;
    default:
        return SCREEN_REDRAW;
    }
}

static unsigned click(struct sell_state *s, const struct key *key) {
    int row = key->y - TOP_ROWS - 1;
    size_t page = list_page(&s->list);
    struct basket *b = sell_basket(s);
    if (row >= 0 && (size_t)row < page && s->list.top + (size_t)row < b->count) {
        b->mark = s->list.top + (size_t)row;
        sell_show(s);
    }
    int found = key->y - TOP_ROWS - s->list.height - 1;
    if (found >= 0 && found < s->found_count) {
        s->chosen = found;
        s->chose = true;
    }
    return SCREEN_REDRAW;
}

static unsigned function_key(struct app *app, struct sell_state *s, enum action action) {
    switch (action) {
    case ACTION_SELL_HOLD:
        return sell_hold(app, s);
    case ACTION_SELL_GOODS:
        return sell_pick_goods(app, s);
    case ACTION_SELL_CUSTOMER:
        return sell_pick_customer(app, s);
    case ACTION_SELL_SELLER:
        return sell_pick_seller(app, s);
    case ACTION_SELL_TERMS:
        return sell_terms(app, s);
    case ACTION_SELL_RETURN:
        return sell_return(app, s);
    case ACTION_SELL_CASH:
        return sell_cash(app, s);
    case ACTION_SELL_PAY:
        return sell_pay(app, s);
    case ACTION_SELL_REPRINT:
        return sell_reprint(app, s);
    case ACTION_SELL_EMPTY:
        return sell_empty(app, s);
    default:
        return SCREEN_IGNORED;
    }
}

static unsigned sell_handle(struct app *app, void *state, enum action action, const struct key *key) {
    struct sell_state *s = state;
    if (!s->ready) {
        return SCREEN_IGNORED;
    }
    if (action == ACTION_OPEN || (action == ACTION_NONE && key->scan[0] != '\0')) {
        return sell_enter(app, s, key);
    }
    switch (action) {
    case ACTION_FIELD_DELETE:
        return field_is_empty(&s->field) ? sell_remove_line(app, s) : to_field(app, s, action, key);
    case ACTION_LIST_UP:
        return move_mark(s, -1);
    case ACTION_LIST_DOWN:
        return move_mark(s, 1);
    case ACTION_LIST_PAGE_UP:
        return move_mark(s, -(int)list_page(&s->list));
    case ACTION_LIST_PAGE_DOWN:
        return move_mark(s, (int)list_page(&s->list));
    case ACTION_NEXT:
        return sell_switch(app, s, 1);
    case ACTION_PREVIOUS:
        return sell_switch(app, s, -1);
    case ACTION_BACK:
        return give_up(s);
    default:
        break;
    }
    if (key->kind == K_CLICK) {
        return click(s, key);
    }
    if (key->kind == K_WHEEL) {
        return move_mark(s, key->code == 0 ? -1 : 1);
    }
    unsigned done = function_key(app, s, action);
    return done == SCREEN_IGNORED ? to_field(app, s, action, key) : done;
}

static enum action_context sell_focus(const void *state) {
    (void)state;
    return CONTEXT_FIELD;
}

static void sell_clear(void *state) {
    struct sell_state *s = state;
    forget_found(s);
    for (size_t i = 0; i < s->count; i++) {
        basket_clear(&s->baskets[i]);
    }
    free(s->baskets);
    free(s->new_phone);
    field_clear(&s->field);
    list_clear(&s->list);
}

const struct screen_ops screen_sell = {
    .name = "sell",
    .title = N_("Sell"),
    .context = CONTEXT_SELL,
    .state_size = sizeof(struct sell_state),
    .open = sell_open,
    .load = sell_load,
    .handle = sell_handle,
    .paint = sell_paint,
    .focus = sell_focus,
    .clear = sell_clear,
};
