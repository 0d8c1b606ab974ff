/* Products and stock: what there is, what runs low, what to order from whom. */
#ifndef TUI_SCREENS_PRODUCTS_H
#define TUI_SCREENS_PRODUCTS_H

#include "chotdon/product.h"
#include "tui/screens/browse.h"
#include "tui/screens/export.h"

extern const struct screen_ops screen_products;

enum products_tab {
    PRODUCTS_TAB_ALL,
    PRODUCTS_TAB_LOW,     /* below the reorder level */
    PRODUCTS_TAB_REORDER, /* the same by supplier, with how many to order */
    PRODUCTS_TAB_EVERY,   /* with those that are no longer sold */
    PRODUCTS_TAB_COUNT
};

struct products_item {
    int64_t id;
    char *sku, *name, *unit, *group, *supplier;
    int64_t price, cost, value, on_hand, stock_min;
    bool has_stock_min, active;
    int64_t order_qty, order_amount; /* up to twice the reorder level */
};

struct products_state {
    struct browse b;
    char *group; /* path; NULL: all */
    struct products_item *items;
    size_t item_cap;
    int64_t *ids;   /* all of the list; NULL: the index has its order, or it is the proposal, which is loaded whole */
    int64_t amount; /* of the whole list: its value, in the proposal what it costs */
    bool amount_known;
    int64_t value;  /* of everything, not only what a text finds; since something was written, of that tab and group */
    int value_tab;  /* −1: to be summed up */
    bool sees_cost; /* who acts may see cost, value and margin */
    int64_t acting_on;
    struct product before; /* what an open form began with; id 0: a new one */
    struct export_job export;
};

const struct products_item *products_current(const struct products_state *s); /* under the cursor; NULL */
struct product_filter products_filter(const struct products_state *s);

unsigned products_act(struct app *app, void *state, enum action action);            /* products_actions.c */
unsigned products_open_card(struct app *app, struct products_state *s, int64_t id); /* the same */
unsigned products_form(struct app *app, struct products_state *s, int64_t id);      /* products_form.c; 0: new */
enum err_code products_card(struct app *app, int64_t id, struct card *card, struct err *e); /* products_card.c */
/* products_documents.c: what belongs to the product acted on; its lines of the card. */
unsigned products_documents(struct app *app, struct products_state *s);
enum err_code products_documents_card(struct app *app, int64_t id, struct card *card, struct err *e);
void products_export(struct app *app, struct products_state *s); /* products_export.c */

/* products_list.c: columns and cells of the list and of the proposal. */
struct list_source products_source(const void *state);
const char *products_sort(const struct products_state *s); /* as product_filter names it */
void products_propose(struct products_state *s);           /* amounts to order, by supplier, then name */

#endif
