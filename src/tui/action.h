/* What keys do. The table of actions stands in action_rows.h; a keymap is the table's keys with the user's changes. */
#ifndef TUI_ACTION_H
#define TUI_ACTION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "tui/action_rows.h"
#include "tui/key.h"

/* Where an action's keys hold: everywhere, in a widget that has the focus, or in one screen. */
enum action_context {
    CONTEXT_GLOBAL,
    CONTEXT_LIST,
    CONTEXT_FIELD,
    CONTEXT_FORM,
    CONTEXT_POPUP,
    CONTEXT_START,
    CONTEXT_SIGN_IN,
    CONTEXT_BOARD, /* the pipeline */
    CONTEXT_LEADERBOARD,
    CONTEXT_TARGETS, /* the grid in the settings */
    CONTEXT_COMMISSION,
    CONTEXT_PLANS,
    CONTEXT_PLAN, /* one plan being typed */
    CONTEXT_STAGES,
    CONTEXT_ASSIGN,
    CONTEXT_SELL,
    CONTEXT_PAY,
    CONTEXT_RETURN,
    CONTEXT_ORDERS,
    CONTEXT_CUSTOMERS,
    CONTEXT_PRODUCTS,
    CONTEXT_STOCK, /* receiving and counting goods */
    CONTEXT_CASH,
    CONTEXT_SETTINGS,
    CONTEXT_IMPORT,
    CONTEXT_STAFF,
    CONTEXT_TEAMS,
    CONTEXT_CHANNELS,
    CONTEXT_BACKUPS,
    CONTEXT_AUDIT,
    CONTEXT_COUNT,
    CONTEXT_NONE /* the widget has no keys of its own */
};

// clang-format off
enum action {
    ACTION_NONE,
#define ACTION_ENUM(id, name, keys, context, help, footer) id,
    ACTION_ROWS(ACTION_ENUM)
#undef ACTION_ENUM
    ACTION_COUNT
};
// clang-format on

struct action_info {
    const char *name; /* in the configuration */
    const char *keys; /* the default ones, separated by blanks */
    enum action_context context;
    const char *help;   /* for gettext */
    const char *footer; /* for gettext; NULL: not in the footer */
};

const struct action_info *action_info(enum action action);     /* never NULL for a real action */
enum action action_by_name(const char *name);                  /* ACTION_NONE when there is none */
const char *action_context_title(enum action_context context); /* for gettext: "Everywhere", "Lists"… */

struct keymap *keymap_new(void); /* the default keys */
void keymap_free(struct keymap *map);

/* One line of the configuration's [keys]: the action's keys from now on, `keys` "none" for no key at all. ERR_INVALID
 * with field = name when the action or a key is not known, or a key is named that cannot be given away. */
enum err_code keymap_set(struct keymap *map, const char *name, const char *keys, struct err *e);

/* After all were set: ERR_CONFLICT when one key means two things in one context. */
enum err_code keymap_check(const struct keymap *map, struct err *e);

/* The action of a key in a context; ACTION_NONE. */
enum action keymap_find(const struct keymap *map, enum action_context context, const struct key *key);

/* The action's keys: how many, and the n-th (0 first). */
size_t keymap_key_count(const struct keymap *map, enum action action);
const struct key *keymap_key(const struct keymap *map, enum action action, size_t n);
/* The first of them, of those that write no text with `no_text`; NULL: none. */
const struct key *keymap_first(const struct keymap *map, enum action action, bool no_text);
/* "F9, Ctrl-P", "" when it has none. */
void keymap_describe(const struct keymap *map, enum action action, struct buf *out);

/* The KEYS section of the manual, in mdoc, translated: a table per context of the default keys. */
void action_print_manual(struct buf *out);

#endif
