/* The main loop as main.c sees it: what the application needs from outside, and running it. */
#ifndef TUI_LOOP_H
#define TUI_LOOP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"
#include "chotdon/shop.h"
#include "io/config.h"
#include "tui/action.h"
#include "tui/popup.h"
#include "tui/screen.h"
#include "tui/terminal.h"

/* A screen and its number for Alt-1 … Alt-9, Alt-0; -1 for one that is reached from menu and palette. */
struct screen_entry {
    const struct screen_ops *ops;
    int number;
};

/* What the palette finds besides actions and screens. */
struct palette_provider {
    const char *kind;                                                         /* for gettext: "Order" */
    void (*find)(struct app *app, const char *query, struct pick_rows *rows); /* query is never empty */
    void (*go)(struct app *app, const struct pick_row *row);
};

struct app_title {
    const char *shop, *who, *database; /* borrowed until the next call; "" when there is nothing to say */
};

/* Borrowed all of it, until app_free. */
struct app_options {
    struct shop *shop;
    const struct shop_options *shop_options; /* how the first-run screen makes one */
    const struct config *config;             /* printer, bank account… */
    void (*set_language)(const char *lang);  /* "vi" or "en"; may be NULL */
    struct terminal *terminal;
    const struct keymap *keys;
    const struct screen_entry *screens;
    size_t screen_count;
    const char *station; /* of this program and terminal; NULL: "" */
    const char *first;   /* the screen to open; NULL: the first of them */
    const struct palette_provider *providers;
    size_t provider_count;
    void *ctx; /* of the functions below */
    void (*now)(void *ctx, char now[DATETIME_SIZE]);
    void (*title)(void *ctx, struct app_title *out);
    bool (*changed)(void *ctx); /* has another counter written since the last call? may be NULL */
    /* What everybody should know since the last call, in one line for the status bar: a deal won. NULL: nothing new;
     * the caller owns it. May be NULL. */
    char *(*news)(void *ctx);
    void (*idle)(void *ctx);   /* nobody has pressed a key for half a second: upkeep (checkpoints); may be NULL */
    bool (*untidy)(void *ctx); /* upkeep is due: a twentieth of a second will do; may be NULL */
};

struct app *app_new(const struct app_options *options); /* opens its screen */
void app_free(struct app *app);                         /* clears the screens; the terminal stays */

/* Until the user leaves or the terminal goes. */
void app_run(struct app *app);

/* One step each, for tests: take one key; load what is stale; load and paint. */
void app_refresh(struct app *app);
void app_paint(struct app *app);
void app_key(struct app *app, const struct key *key);
const struct canvas *app_canvas(const struct app *app);
bool app_due(const struct app *app); /* the screen waits for a pause */
bool app_ended(const struct app *app);
void *app_screen_state(const struct app *app, const char *name); /* NULL: not opened yet */

#endif
