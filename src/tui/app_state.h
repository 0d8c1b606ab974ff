/* Inside of the application, for the files that make it up (app, desk, loop, frame, popup, approval, palette, help,
 * work). Screens do not include it. */
#ifndef TUI_APP_STATE_H
#define TUI_APP_STATE_H

#include "chotdon/edit.h"
#include "chotdon/permission.h"
#include "tui/app.h"
#include "tui/loop.h"
#include "tui/popup.h"
#include "tui/screen.h"

#define APP_MIN_WIDTH  60
#define APP_MIN_HEIGHT 16

struct app_screen {
    const struct screen_ops *ops;
    void *state; /* NULL until first opened */
};

struct app_popup {
    const struct popup_ops *ops;
    void *state;
};

struct app_undo {
    char *what;
    app_undo_fn *fn;
    void *ctx;
    void (*free_ctx)(void *);
    struct edit guard; /* the record it writes to; entity NULL: none that others write to */
};

struct app_work {
    char *what; /* NULL: no work going on */
    int64_t done, total;
    unsigned long began, painted;
    bool stopped;
};

/* A write waits for its turn (wait.c). Keys that come meanwhile are kept and taken when the screen is back. */
struct app_wait {
    bool shown;  /* the sign stands on the canvas, over `under` */
    bool asking; /* and the choice */
    int ask_next_ms;
    struct canvas under;
    struct key *keys; /* with texts of their own */
    size_t key_count, key_cap, key_at;
    unsigned long key_ticks; /* when the last of them came */
};

/* What one person has open. Whoever signs in finds their own as they left it. */
struct desk {
    int64_t person;             /* staff; 0: the owner of an open shop */
    struct app_screen *screens; /* as many as o.screens has */
    size_t current;
    size_t *before; /* screens to go back to, newest last */
    size_t before_count, before_cap;
    struct app_popup *popups;
    size_t popup_count, popup_cap;
    struct app_undo undo;
    char *prompt_kept, *prompt_kept_title; /* what Esc left in a prompt */
    const void *prompt_kept_ctx;
    char *status; /* while it is put away */
};

/* What a key press is doing, so that it can be done once more when somebody has approved it. */
enum deed_kind { DEED_NONE, DEED_ACTION, DEED_POPUP, DEED_YES, DEED_CHOICE, DEED_ROW };
struct deed {
    enum deed_kind kind;
    enum action action; /* of the screen or the popup */
    struct key key;
    void *popup; /* its state */
    popup_yes_fn *yes;
    popup_choose_fn *choose;
    pick_done_fn *pick;
    void *ctx; /* of the three before it */
    int index;
    struct pick_row row; /* owned */
};

struct app {
    struct app_options o;
    struct canvas canvas;
    struct desk *desk;    /* the one in front */
    struct desk *nobody;  /* in front while nobody has signed in: holds the sign-in screen */
    struct desk **others; /* put away, one per person */
    size_t other_count, other_cap;
    struct deed deed;       /* of the key at hand */
    struct deed again;      /* approved: to be done once more */
    enum permission wanted; /* the deed was refused for want of it; PERMIT_NONE */
    char *approver;         /* the code of who approved last; NULL */
    char *pin_of;           /* the code whose PIN is being set */
    char now[DATETIME_SIZE];
    unsigned long ticks;       /* of the terminal, when the last key came or was waited for in vain */
    unsigned long used;        /* ticks when a person last did something */
    unsigned long counts_down; /* ticks until which a figure counts down */
    char *status;              /* never NULL */
    bool status_is_error;
    char error_field[64];
    struct app_work work;
    struct app_wait wait;
    struct key_burst burst;
    bool esc_before; /* the last key was an Esc that might be meant as Alt */
    bool stale;      /* load before painting */
    bool dirty;      /* paint */
    bool quit;
    bool news_due;         /* others have written: there may be something that everybody should know */
    unsigned long pressed; /* ticks when the last key came */
    unsigned long looked;  /* ticks when others' changes were last looked for */
};

struct app_screen *app_current(const struct app *app); /* NULL when there is no screen */
bool app_too_small(const struct app *app);
void app_set_status(struct app *app, bool error, const char *text);
void app_open_screen(struct app *app, size_t index, const char *argument);
bool app_find_screen(const struct app *app, const char *name, size_t *index);
void app_undo_clear(struct app_undo *undo);

/* desk.c */
struct desk *desk_new(const struct app *app, int64_t person);
void desk_first(struct app *app);   /* the program has started */
void desks_forget(struct app *app); /* what is held of another shop than the one now open */
void desks_free(struct app *app);
void app_check_signed_in(struct app *app); /* whoever is in front has no right to it any more: locks */
void app_lock(struct app *app);            /* by a key; says so when there is nothing to lock with */
void app_lock_when_idle(struct app *app, enum key_kind kind);

/* approval.c: what may not be done for want of a permission is offered to somebody who may approve it, and then done
 * again. */
void deed_set(struct app *app, struct deed deed); /* takes the row */
void deed_clear(struct deed *deed);
void approval_want(struct app *app, const struct err *e); /* the deed at hand was refused with *e */
void approval_settle(struct app *app);                    /* after a key: asks, or does again what was approved */
void pin_form_own(struct app *app);                       /* pin_form.c: who acts changes theirs */

/* Contexts in which a key is looked up now, first found wins. */
#define APP_CHAIN_MAX 5
int app_chain(const struct app *app, enum action_context chain[APP_CHAIN_MAX]);
bool app_text_focus(const struct app *app);
/* Gives an action to the screen and, when it does not want it, to the application. */
void app_act(struct app *app, enum action action, const struct key *key);
void popup_close(struct app *app, const void *state);
void popup_handle(struct app *app, size_t index, enum action action, const struct key *key);
struct pick_row pick_row_copy(const struct pick_row *row);
void pick_row_clear(struct pick_row *row);
void popup_forget_secrets(struct desk *desk); /* PINs half typed */

/* A form whose ctx goes with it; and Enter once more in the form that is on top (popup_form.c). */
void popup_form_owned(struct app *app, const char *title, struct form *form, popup_form_fn *fn, void *ctx,
                      void (*free_ctx)(void *));
void popup_form_again(struct app *app);

void frame_paint(struct app *app); /* everything into app->canvas */
void help_open(struct app *app);
void menu_open(struct app *app);
void palette_open(struct app *app);
void work_paint(const struct app *app, struct canvas *body);

/* wait.c */
void wait_listen(struct app *app);                    /* to the shop that is open now */
bool wait_next_key(struct app *app, struct key *key); /* one that came while a write waited; false: there is none */
bool app_pending(struct app *app, int timeout_ms);    /* is a key kept, or does the terminal have one? */
void wait_free(struct app *app);

#endif
