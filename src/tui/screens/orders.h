#ifndef TUI_SCREENS_ORDERS_H
#define TUI_SCREENS_ORDERS_H

#include "chotdon/order_edit.h"
#include "tui/screens/browse.h"
#include "tui/screens/export.h"

extern const struct screen_ops screen_orders;

/* What the list shows: states and the two lists that need somebody's hand. */
enum orders_tab {
    ORDERS_TAB_ALL,
    ORDERS_TAB_OPEN, /* confirmed, packed, shipped, delivered: on their way */
    ORDERS_TAB_LATE, /* promised for a day that is gone */
    ORDERS_TAB_DUE,  /* money to collect */
    ORDERS_TAB_RETURNS,
    ORDERS_TAB_DRAFTS,
    ORDERS_TAB_COUNT
};

/* An order_row with strings of its own. */
struct orders_item {
    int64_t id;
    char *order_no, *date, *channel, *customer, *rep;
    enum order_status status;
    bool is_return;
    int64_t total, paid, due;
};

struct orders_state {
    struct browse b;
    int64_t counts[ORDERS_TAB_COUNT]; /* beside the tabs; −1 not counted */
    int64_t totals[ORDERS_TAB_COUNT]; /* of whole tabs; −1 not counted since something was written */
    struct orders_item *items;        /* the loaded part of the list */
    size_t item_cap;
    int64_t *ids; /* all that a search found; else NULL */
    struct export_job export;
    int64_t acting_on;         /* the order that an open popup is about */
    struct order_terms before; /* of it, while it is changed */
    enum order_status moves[8];
};

/* orders_actions.c: what can be done with the order under the cursor. */
unsigned orders_act(struct app *app, void *state, enum action action);
struct order_filter orders_filter(const struct orders_state *s); /* of what is shown; its text is borrowed */
const struct orders_item *orders_current(const struct orders_state *s);

/* orders_form.c: what may still be changed of one. */
unsigned orders_form(struct app *app, struct orders_state *s, const struct orders_item *o);

/* orders_card.c: reads one order into a card. */
enum err_code orders_card_load(struct shop *shop, int64_t id, struct card *card, struct err *e);

#endif
