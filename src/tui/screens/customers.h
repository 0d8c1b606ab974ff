/* Customers: found as their name or phone is typed, with what they bought, owe and said. */
#ifndef TUI_SCREENS_CUSTOMERS_H
#define TUI_SCREENS_CUSTOMERS_H

#include "chotdon/customer.h"
#include "tui/screens/browse.h"
#include "tui/screens/export.h"

extern const struct screen_ops screen_customers;

enum customers_tab {
    CUSTOMERS_TAB_ALL,
    CUSTOMERS_TAB_VIP,
    CUSTOMERS_TAB_WHOLESALE,
    CUSTOMERS_TAB_LOYAL,
    CUSTOMERS_TAB_RETAIL,
    CUSTOMERS_TAB_DEBT,
    CUSTOMERS_TAB_COUNT
};

struct customers_item {
    int64_t id;
    char *code, *name, *phones, *segment, *province;
    struct customer_figures figures;
};

struct customers_state {
    struct browse b;
    struct customers_item *items; /* the loaded part of the list */
    size_t item_cap;
    int64_t *ids; /* everybody on the list, where it is searched; else NULL */
    int64_t due;  /* of the whole list */
    bool due_known;
    int64_t whole_count, whole_due; /* of a tab that was not searched, until something is written */
    int whole_tab;
    bool whole_known;
    struct customer before; /* what an open form began with; id 0: a new one */
    int64_t keep, merge;    /* what an open question is about */
    struct customers_pair *pairs;
    size_t pair_count, pair_cap;
    struct export_job export;
};

struct customers_pair {
    char *a, *b, *text, *why;
};

const struct customers_item *customers_current(const struct customers_state *s); /* under the cursor; NULL */
struct customer_filter customers_filter(const struct customers_state *s);
const char *customers_segment_label(const char *segment); /* translated; others as they are */

unsigned customers_act(struct app *app, void *state, enum action action);        /* customers_actions.c */
unsigned customers_ask_merge(struct app *app, struct customers_state *s);        /* customers_merge.c */
unsigned customers_merge_marked(struct app *app, struct customers_state *s);     /* the same */
unsigned customers_duplicates(struct app *app, struct customers_state *s);       /* the same */
void customers_pairs_clear(struct customers_state *s);                           /* the same */
unsigned customers_form(struct app *app, struct customers_state *s, int64_t id); /* customers_form.c; 0: new */
enum err_code customers_card(struct app *app, int64_t id, struct card *card, struct err *e); /* customers_card.c */

#endif
