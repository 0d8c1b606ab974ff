/* Inside of the Sell screen, for the files sell_*.c. */
#ifndef TUI_SCREENS_SELL_STATE_H
#define TUI_SCREENS_SELL_STATE_H

#include "tui/list.h"
#include "tui/popup.h"
#include "tui/screen.h"
#include "tui/screens/sell_basket.h"

#define SELL_FOUND_MAX 12

/* A suggestion under the field. */
struct sell_found {
    int64_t id;
    char *sku, *name;
    int64_t price, on_hand;
};

/* The sale just made: its change must be read, its receipt may be wanted again. */
struct sell_last {
    bool shown; /* until the next basket is begun */
    int64_t id;
    char order_no[ORDER_NO_SIZE];
    int64_t total, paid, change, due;
};

struct sell_state {
    bool ready;
    int64_t wanted;  /* the draft that is to come to the front; 0 none */
    int64_t handing; /* somebody else's, of which is asked what becomes of it */
    bool told_left;  /* who may knows that there are such */
    struct field field;
    struct list list; /* the current basket's lines */
    struct basket *baskets;
    size_t count, cap, current;
    unsigned next_uid;
    struct sell_found found[SELL_FOUND_MAX];
    int found_count, found_wanted;
    int chosen;
    bool chose;    /* by ↑ ↓: then Enter means it */
    int64_t times; /* "3*" alone: of the next code; 0 none */
    struct currency currency;
    struct sell_last last;
    char *new_phone; /* of the customer that is being made */
};

struct basket *sell_basket(const struct sell_state *s);
/* After anything that changed the current basket or another became the current one. */
void sell_show(struct sell_state *s);
/* Rows of the parts in a body of this height: of the lines, heading and position included; the panel takes the rest. */
int sell_lines_height(int body_height);
void sell_search(struct app *app, struct sell_state *s); /* suggestions for what stands in the field */

/* sell_edit.c: one change of the current basket: computed, refused whole when its figures are refused, saved as a
 * draft, and to be undone. `what` completes "Undone: …". false: refused, and the status line says why. */
typedef enum err_code sell_edit_fn(struct shop *shop, struct basket *b, const void *arg, struct err *e);
enum err_code sell_try(struct app *app, struct sell_state *s, const char *what, sell_edit_fn *fn, const void *arg,
                       struct err *e); /* the same, for forms that show the error themselves */
bool sell_edit(struct app *app, struct sell_state *s, const char *what, sell_edit_fn *fn, const void *arg);
bool sell_add(struct app *app, struct sell_state *s, int64_t product_id, const char *unit, int64_t qty);
unsigned sell_enter(struct app *app, struct sell_state *s, const struct key *key); /* Enter, or a scan */
unsigned sell_remove_line(struct app *app, struct sell_state *s);
bool sell_set_customer(struct app *app, struct sell_state *s, int64_t customer_id);

/* sell_tabs.c */
/* Parked baskets of all counters, and those of programs that have ended. */
enum err_code sell_sync(struct app *app, struct sell_state *s, struct err *e);
void sell_front(struct app *app, struct sell_state *s, int64_t draft_id); /* or asks, or says that others have it */
unsigned sell_hold(struct app *app, struct sell_state *s);
unsigned sell_switch(struct app *app, struct sell_state *s, int step);
unsigned sell_empty(struct app *app, struct sell_state *s);
void sell_fresh(struct sell_state *s); /* an empty basket becomes the current one */
void sell_forget(struct sell_state *s, size_t index);
struct basket *sell_by_uid(struct sell_state *s, unsigned uid);

/* sell_done.c: the sale. `method` names how in the status line. */
unsigned sell_finish(struct app *app, struct sell_state *s, const struct order_payment_input *payments, size_t count,
                     enum order_status status);
unsigned sell_cash(struct app *app, struct sell_state *s);
unsigned sell_reprint(struct app *app, struct sell_state *s);
bool sell_may_pay(struct app *app, struct sell_state *s); /* else the status line says why not */

void sell_paint(const struct app *app, const void *state, struct canvas *c);

/* Popups: sell_people.c, sell_seller.c, sell_terms.c, sell_pay.c, sell_return.c */
unsigned sell_pick_goods(struct app *app, struct sell_state *s);
unsigned sell_pick_customer(struct app *app, struct sell_state *s);
unsigned sell_new_customer(struct app *app, struct sell_state *s, const char *typed);
unsigned sell_pick_seller(struct app *app, struct sell_state *s);
unsigned sell_terms(struct app *app, struct sell_state *s);
unsigned sell_pay(struct app *app, struct sell_state *s);
unsigned sell_return(struct app *app, struct sell_state *s);
unsigned sell_return_of(struct app *app, struct sell_state *s, int64_t order_id);

#endif
