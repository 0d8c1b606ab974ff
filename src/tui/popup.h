/* Little dialogs over a screen: messages, questions, choices, prompts, pickers, forms. The newest gets the keys. Titles
 * and texts are already translated and copied; ctx comes back to the callback and must outlive the popup (a screen's
 * state does). Callbacks may open further popups. Questions, choices and pickers are closed before theirs runs, prompts
 * and forms after it succeeded. */
#ifndef TUI_POPUP_H
#define TUI_POPUP_H

#include <stdint.h>

#include "tui/action.h"
#include "tui/app.h"
#include "tui/canvas.h"
#include "tui/form.h"

void popup_message(struct app *app, const char *title, const char *text);

/* Before what cannot be undone. “No” has the cursor; `yes` names the deed ("Lock October"). Only yes calls back. */
typedef void popup_yes_fn(struct app *app, void *ctx);
void popup_ask(struct app *app, const char *question, const char *yes, popup_yes_fn *fn, void *ctx);

/* One of some labels; `current` has the cursor. The digits 1–9 choose at once. */
typedef void popup_choose_fn(struct app *app, void *ctx, int index);
void popup_choose(struct app *app, const char *title, const char *const *labels, int count, int current,
                  popup_choose_fn *fn, void *ctx);

/* One line of text. An error keeps the prompt open with the message under it. `kind` is how the text is treated (a
 * number throws a scanner's burst out; FORM_PASSWORD is not shown). What Esc leaves comes back when the same prompt
 * opens again. */
typedef enum err_code popup_prompt_fn(struct app *app, void *ctx, const char *text, struct err *e);
void popup_prompt(struct app *app, const char *title, const char *label, enum form_kind kind, const char *initial,
                  popup_prompt_fn *fn, void *ctx);

/* A form that the popup owns from now on. On Enter `fn` reads it and does the deed; an error keeps it open with the
 * field at fault (err->field) marked. Esc asks before it throws typing away. */
typedef enum err_code popup_form_fn(struct app *app, void *ctx, const struct form *form, struct err *e);
void popup_form(struct app *app, const char *title, struct form *form, popup_form_fn *fn, void *ctx);

/* The same for a record that is there, which others may change while the form is open (chotdon/edit.h). `fill` reads
 * the record `id` anew, keeps it where `save` expects it, and sets every field of the form, the choices' labels too. On
 * Enter what only others have changed is taken over; of what both have changed the person chooses; then `save` runs, in
 * the same transaction. A record that cannot be read is told, and no form opens. */
typedef enum err_code popup_fill_fn(struct app *app, void *ctx, int64_t id, struct form *form, struct err *e);
struct popup_record {
    const char *entity; /* in the audit: "customer #17"; copied */
    int64_t id;
    popup_fill_fn *fill;
    popup_form_fn *save;
    bool named; /* the audit calls it by its name, which is the form's first field: entity is "team" alone */
};
void popup_edit(struct app *app, const char *title, struct form *form, const struct popup_record *record, void *ctx);

/* The same for what is picked from a list: begun when the list opens (NULL: it could not be read, and that is told).
 * What was picked is set in its form; popup_edit_finish then saves it at once, and nothing is seen of the form unless
 * both changed it or it was refused. popup_edit_drop forgets one that was not finished; all of them set it to NULL. */
struct popup_editing;
struct popup_editing *popup_edit_begin(struct app *app, struct form *form, const struct popup_record *record,
                                       void *ctx);
struct form *popup_edit_form(struct popup_editing *begun);
void popup_edit_open(struct app *app, const char *title, struct popup_editing **begun); /* the form, to be typed in */
void popup_edit_finish(struct app *app, const char *title, struct popup_editing **begun);
void popup_edit_drop(struct popup_editing **begun);

/* Search as you type: `find` adds rows for what was typed ("" too), best first, at most POPUP_PICK_ROWS. */
#define POPUP_PICK_ROWS 50
struct pick_row {
    char *text;   /* owned by the rows, as is detail and ref */
    char *detail; /* at the right: code, price, kind… */
    char *ref;    /* the caller's: an order number… */
    int64_t id;   /* the caller's */
    int source;
};
struct pick_rows {
    struct pick_row *items;
    size_t count, cap;
    int source; /* copied into rows as they are added */
};
void pick_add(struct pick_rows *rows, const char *text, const char *detail, const char *ref,
              int64_t id); /* NULLs are "" */
typedef void pick_find_fn(struct app *app, void *ctx, const char *query, struct pick_rows *rows);
typedef void pick_done_fn(struct app *app, void *ctx, const struct pick_row *row);
void popup_pick(struct app *app, const char *title, pick_find_fn *find, pick_done_fn *done, void *ctx);

/* What popups are made of; for those that screens make themselves (payment, QR code…). */
enum popup_result {
    POPUP_STAY,
    POPUP_CLOSE,
    POPUP_PASS /* not its key: help, redraw… or a scan for the screen under it */
};
struct popup_ops {
    enum action_context context;                     /* its keys: CONTEXT_POPUP, CONTEXT_LIST… or a screen's own */
    enum action_context (*focus)(const void *state); /* of its widget; NULL: none */
    enum popup_result (*handle)(struct app *app, void *state, enum action action, const struct key *key);
    void (*paint)(const struct app *app, const void *state, struct canvas *body); /* draws its own box: popup_frame */
    void (*free)(void *state);
};
void popup_open(struct app *app, const struct popup_ops *ops, void *state); /* owns state */

void popup_shut(struct app *app, void *state); /* closes it from a callback, when handle could not */

/* The box in the middle of `body` for contents of this size (cut to what there is); returns the inside. */
struct canvas popup_frame(struct canvas *body, int width, int height, const char *title);

#endif
