/* Inside of the application, for the files that make it up (app, loop, frame, popup, palette, help, work). Screens do
 * not include it. */
#ifndef TUI_APP_STATE_H
#define TUI_APP_STATE_H

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
};

struct app_work {
    char *what; /* NULL: no work going on */
    int64_t done, total;
    unsigned long began, painted;
    bool stopped;
};

struct app {
    struct app_options o;
    struct canvas canvas;
    struct app_screen *screens; /* as many as o.screens has */
    size_t screen_count;
    size_t current;
    size_t *before; /* screens to go back to, newest last */
    size_t before_count, before_cap;
    struct app_popup *popups;
    size_t popup_count, popup_cap;
    char now[DATETIME_SIZE];
    char *status; /* never NULL */
    bool status_is_error;
    char error_field[64];
    struct app_undo undo;
    struct app_work work;
    char *prompt_kept, *prompt_kept_title; /* what Esc left in a prompt */
    const void *prompt_kept_ctx;
    struct key_burst burst;
    bool esc_before; /* the last key was an Esc that might be meant as Alt */
    bool stale;      /* load before painting */
    bool dirty;      /* paint */
    bool quit;
    bool news_due;        /* others have written: there may be something that everybody should know */
    unsigned long looked; /* ticks when others' changes were last looked for */
};

struct app_screen *app_current(const struct app *app); /* NULL when there is no screen */
bool app_too_small(const struct app *app);
void app_set_status(struct app *app, bool error, const char *text);
void app_open_screen(struct app *app, size_t index, const char *argument);

/* Contexts in which a key is looked up now, first found wins. */
#define APP_CHAIN_MAX 5
int app_chain(const struct app *app, enum action_context chain[APP_CHAIN_MAX]);
bool app_text_focus(const struct app *app);
/* Gives an action to the screen and, when it does not want it, to the application. */
void app_act(struct app *app, enum action action, const struct key *key);
void popup_close(struct app *app, const void *state);

void frame_paint(struct app *app); /* everything into app->canvas */
void help_open(struct app *app);
void menu_open(struct app *app);
void palette_open(struct app *app);
void work_paint(const struct app *app, struct canvas *body);

#endif
