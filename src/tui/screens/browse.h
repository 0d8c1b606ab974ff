/* What screens that show a list share: tabs over it, the rows that are wanted, a card beside it where there is room.
 * The screen has its items and says how they are read; what holds for the whole list is read only when it may have
 * changed, rows only when others are to be shown. */
#ifndef TUI_SCREENS_BROWSE_H
#define TUI_SCREENS_BROWSE_H

#include "tui/list.h"
#include "tui/screen.h"
#include "tui/screens/card.h"

/* Why there is something to load. */
enum browse_change {
    BROWSE_STALE,    /* the first time, or something was written */
    BROWSE_NARROWED, /* the filter, the order or the tab are others now */
    BROWSE_SCROLLED, /* other rows of the same list are wanted */
    BROWSE_RESTED    /* a pause between keys: the card of the row on which the cursor stands */
};

struct browse_ops;

/* Plain data, the first member of a screen's state; zeroed is an empty one on its first tab. */
struct browse {
    const struct browse_ops *ops; /* NULL until it is opened */
    struct list list;
    int tab;
    int64_t total;       /* rows of the whole list */
    size_t first, count; /* the items that are loaded */
    struct card card;    /* of the one under the cursor, on wide screens */
    bool card_due;       /* it is still another one's: no key waits for it */
    struct currency currency;
    enum browse_change change;
    bool sought; /* opened with what to show: the cursor follows nobody */
};

struct browse_ops {
    const char *const *tabs; /* for gettext */
    int tab_count;
    const int64_t *(*counts)(const void *state); /* beside the tabs, −1 for none; NULL: nowhere */
    /* Sets total, and what the screen shows of the whole list. */
    enum err_code (*load_list)(struct app *app, void *state, enum browse_change why, struct err *e);
    /* Items `first` to first + count − 1 of the list (or more of it): sets first and count. */
    enum err_code (*load_rows)(struct app *app, void *state, size_t first, size_t count, struct err *e);
    enum err_code (*load_card)(struct app *app, const void *state, size_t item, struct card *card, struct err *e);
    struct list_source (*source)(const void *state);
    int64_t (*id)(const void *state, size_t item); /* the cursor stays with it when others change the list */
    card_act_fn *act;
};

/* In open: with an argument, what bears it is searched on that tab. */
void browse_open(void *state, const struct browse_ops *ops, int tab, const char *argument);
void browse_clear(struct browse *b);

/* The screen's own, as they are or called from its own. */
enum err_code browse_load(struct app *app, void *state, struct err *e);
unsigned browse_handle(struct app *app, void *state, enum action action, const struct key *key);
void browse_paint(const struct app *app, const void *state, struct canvas *c);
enum action_context browse_focus(const void *state);
bool browse_due(const void *state);
bool browse_idle(void *state);

/* How a page of a long list is read: what is nearer to the list's end is counted from there, in the other direction,
 * and turned round. */
struct browse_page {
    int64_t offset, limit; /* limit 0: nothing is to be read */
    bool from_end;
};
struct browse_page browse_page_at(const struct browse *b, size_t first, size_t count);
void browse_turn_round(void *items, size_t count, size_t size);

bool browse_current(const struct browse *b, size_t *item); /* the item under the cursor; false: there is none */
bool browse_searching(const struct browse *b);
/* Something is typed into the filter: the best match stands first then, whatever the order will be. */
bool browse_typing(const struct browse *b);

#endif
