/* How to write a screen (src/tui/screens/NAME.c, with NAME.h holding only `extern const struct screen_ops
 * screen_NAME;`).
 *
 * 1. The state. `struct NAME_state` holds the widgets (struct list, struct field…) and what load fetched. It is zeroed
 * before the first open, kept while the program runs (nobody loses typing by switching away), and freed by clear.
 * 2. open(app, state, argument): optional. Called each time the screen comes to the front; argument says what to show
 * there ("DH…", a phone), NULL when there is nothing to say. Initialise widgets on the first call.
 * 3. load(app, state, err): reads what will be shown, through the domain (app_shop). Called before painting when the
 * state is stale: after open, after RELOAD, after a resize, when another counter wrote. Give lists their height here:
 * app_body_size(app, &w, &h), then list_set_height(). A list says which rows it wants (list_wanted) and is told what it
 * got (list_loaded). On error return the code with *err filled: the status line shows it, and what was loaded before
 * stays.
 * 4. handle(app, state, action, key): one key. `action` is what the key means here: keys are looked up in the focused
 * widget's context (see focus), the screen's own, the list's, and everywhere. While text has the focus a printable key
 * is never an action: it comes with ACTION_NONE. Give it to the widget first: list_handle, field_handle, form_handle;
 * then switch on your own actions. Call the domain; on failure `return app_error(app, &err)`; on success
 * `app_status(app, _("…"))`. Return SCREEN_IGNORED for what is not yours: then ACTION_BACK leaves to the screen before,
 * Alt-1… switch, F1 helps, and so on. Only handle ACTION_BACK when there is something to go back from. No key must lose
 * typed text.
 * 5. paint(app, state, canvas): const state, no database, no clock. The canvas is the body between the title and the
 * status line. Works from 60×14 up; use what a larger one gives. Put the most important left and first.
 * 6. title_more(state, buf): optional, what follows the screen's name in the title line (month, filter).
 * 7. Actions: add rows to your block of action_rows.h, with your context; a footer word for the few that matter. Help,
 * menu, footer, palette and manual follow by themselves. One const struct screen_ops at the end of the file; add it to
 * screens/screens.c.
 * 8. Questions and little dialogs are popups (popup.h): popup_ask before what cannot be undone, popup_choose,
 * popup_prompt, popup_form, popup_pick. Their callbacks get your state back as ctx. After a reversible action:
 * app_set_undo. Long work: app_work (app.h).
 * 9. A scanner's burst arrives as characters and an Enter whose key->scan holds them; fields of numbers throw the burst
 * out and the screen gets that Enter as ACTION_NONE with key->scan, also from under a popup. Tests: tests/screen_test.h
 * makes an app on a fake terminal: type keys, look at the state, compare the canvas with a golden file. */
#ifndef TUI_SCREEN_H
#define TUI_SCREEN_H

#include "base/buf.h"
#include "base/err.h"
#include "chotdon/permission.h"
#include "tui/action.h"
#include "tui/app.h"
#include "tui/canvas.h"
#include "tui/key.h"

/* What handle answers; several may be joined with |. */
enum screen_reaction {
    SCREEN_IGNORED = 0,
    SCREEN_REDRAW = 1, /* taken; paint */
    SCREEN_RELOAD = 2, /* taken; load and paint */
    SCREEN_LEAVE = 4,  /* taken; back to the screen before */
};

struct screen_ops {
    const char *name;            /* in the configuration: "sell" */
    const char *title;           /* for gettext: N_("Sell") */
    enum action_context context; /* of the screen's own actions */
    size_t state_size;
    void (*open)(struct app *app, void *state, const char *argument);
    enum err_code (*load)(struct app *app, void *state, struct err *e);
    unsigned (*handle)(struct app *app, void *state, enum action action, const struct key *key);
    void (*paint)(const struct app *app, const void *state, struct canvas *c);
    void (*title_more)(const void *state, struct buf *out);
    /* The widget that has the focus: CONTEXT_LIST, CONTEXT_FIELD (text is being typed), CONTEXT_FORM (the same),
     * CONTEXT_NONE. */
    enum action_context (*focus)(const void *state);
    bool (*moves)(const void *state); /* optional: true while it is to be painted every second, by app_now */
    bool (*due)(const void *state);   /* optional: true while something waits for a pause: idle comes a twentieth of a
                                         second after the last key */
    bool (*idle)(void *state); /* optional: no key has come for a moment; true: load, now with what takes longer */
    bool (*for_all)(const void *state); /* optional: true while it shows what is for everybody to see, as on a wall: it
                                           is not locked away when nobody touches it */
    void (*clear)(void *state);
    enum permission needs; /* without it there is nothing to do there: menu, palette and settings leave it out */
};

#endif
