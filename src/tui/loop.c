#include "tui/loop.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "tui/app_state.h"

enum {
    PAUSE_MS = 50,      /* between two keys: longer than any in what a scanner types */
    WAIT_MS = 500,      /* between looks at other counters' changes; a resize is never noticed later */
    ESC_DIGIT_MS = 700, /* Esc and a digit within this time may mean Alt and the digit */
    ESC_ALONE_MS = 40,  /* … when nothing follows the digit at once, as it would from a scanner */
};

static void resize(struct app *app) {
    int width;
    int height;
    app->o.terminal->ops->size(app->o.terminal, &width, &height);
    if (width != app->canvas.width || height != app->canvas.height) {
        canvas_free(&app->canvas);
        app->canvas = canvas_new(width, height);
    }
    app->o.terminal->ops->redraw(app->o.terminal);
    app->stale = true;
    app->dirty = true;
}

static void look_for_changes(struct app *app) {
    unsigned long ticks = app->o.terminal->ops->ticks(app->o.terminal);
    if (app->o.changed != NULL && ticks - app->looked >= WAIT_MS) {
        bool changed = app->o.changed(app->o.ctx);
        app->looked = ticks;
        app->stale = changed || app->stale;
        app->news_due = changed || app->news_due;
    }
}

static void tick(struct app *app) {
    char before[DATETIME_SIZE];
    memcpy(before, app->now, sizeof before);
    app->o.now(app->o.ctx, app->now);
    app->dirty = app->dirty || app->counts_down > app->ticks;
    app->ticks = app->o.terminal->ops->ticks(app->o.terminal);
    const struct app_screen *s = app_current(app);
    bool moves = s != NULL && s->ops->moves != NULL && s->ops->moves(s->state);
    app->dirty = app->dirty || strncmp(before, app->now, moves ? 19 : 16) != 0;
}

bool app_text_focus(const struct app *app) {
    enum action_context focus = CONTEXT_NONE;
    if (app->desk->popup_count > 0) {
        const struct app_popup *p = &app->desk->popups[app->desk->popup_count - 1];
        focus = p->ops->focus == NULL ? CONTEXT_NONE : p->ops->focus(p->state);
    } else if (app_current(app) != NULL && app_current(app)->ops->focus != NULL) {
        focus = app_current(app)->ops->focus(app_current(app)->state);
    }
    return focus == CONTEXT_FIELD || focus == CONTEXT_FORM;
}

int app_chain(const struct app *app, enum action_context chain[APP_CHAIN_MAX]) {
    enum action_context focus = CONTEXT_NONE;
    enum action_context own = CONTEXT_NONE;
    if (app->desk->popup_count > 0) {
        const struct app_popup *p = &app->desk->popups[app->desk->popup_count - 1];
        own = p->ops->context;
        focus = p->ops->focus == NULL ? CONTEXT_NONE : p->ops->focus(p->state);
    } else if (app_current(app) != NULL) {
        const struct app_screen *s = app_current(app);
        own = s->ops->context;
        focus = s->ops->focus == NULL ? CONTEXT_NONE : s->ops->focus(s->state);
    }
    int n = 0;
    if (focus != CONTEXT_NONE) {
        chain[n++] = focus;
    }
    if (focus == CONTEXT_FORM) {
        chain[n++] = CONTEXT_FIELD;
    }
    if (own != CONTEXT_NONE && own != focus) {
        chain[n++] = own;
    }
    if (focus == CONTEXT_FIELD) {
        chain[n++] = CONTEXT_LIST;
    }
    chain[n++] = CONTEXT_GLOBAL;
    return n;
}

static enum action find_action(const struct app *app, const struct key *key) {
    enum action_context chain[APP_CHAIN_MAX];
    if (app_text_focus(app) && key_is_text(key)) {
        return ACTION_NONE;
    }
    int n = app_chain(app, chain);
    enum action found = ACTION_NONE;
    if (n > 1 && chain[0] == CONTEXT_LIST && app->desk->popup_count == 0) {
        found = keymap_find(app->o.keys, chain[1], key); /* a screen's own keys go before those that every list has */
    }
    for (int i = 0; i < n && found == ACTION_NONE; i++) {
        found = keymap_find(app->o.keys, chain[i], key);
    }
    return found;
}

static void go_number(struct app *app, int number) {
    for (size_t i = 0; i < app->o.screen_count; i++) {
        if (app->o.screens[i].number == number) {
            app_go(app, app->desk->screens[i].ops->name, NULL);
            return;
        }
    }
    app_status(app, _("There is no screen with the number %d; F10 shows what there is"), number);
}

struct undoing {
    struct app *app;
    struct app_undo *undo;
};

/* Unless somebody changed it since. */
static enum err_code undo_if_mine(struct shop *shop, void *ctx, struct err *e) {
    const struct undoing *u = ctx;
    struct edit *guard = &u->undo->guard;
    enum err_code rc = edit_last_change(shop, guard, e);
    if (rc == ERR_OK && guard->who[0] != '\0') {
        rc = err_set(e, ERR_CONFLICT, _("%s changed it since (%.5s); that is not undone"), guard->who,
                     guard->at + DATE_SIZE);
    }
    return rc == ERR_OK ? u->undo->fn(u->app, u->undo->ctx, e) : rc;
}

static enum err_code take_back(struct app *app, struct app_undo *undo, struct err *e) {
    return undo->guard.entity == NULL ? undo->fn(app, undo->ctx, e)
                                      : shop_transact(app->o.shop, undo_if_mine, &(struct undoing){app, undo}, e);
}

static void undo(struct app *app) {
    struct app_undo u = app->desk->undo;
    struct err e = ERR_INIT;
    app->desk->undo = (struct app_undo){0};
    if (u.fn == NULL) {
        app_status(app, _("Nothing to undo"));
        return;
    }
    if (take_back(app, &u, &e) == ERR_OK) {
        app_status(app, _("Undone: %s"), u.what);
    } else {
        app_error(app, &e);
    }
    if (permission_refused(&e) != PERMIT_NONE) { /* it can still be approved */
        app->desk->undo = u;
        return;
    }
    app_undo_clear(&u);
    app->stale = true;
}

static void act_globally(struct app *app, enum action action) {
    if (action >= ACTION_SCREEN_1 && action <= ACTION_SCREEN_0) {
        go_number(app, (int)(action - ACTION_SCREEN_1 + 1) % 10);
        return;
    }
    switch (action) {
    case ACTION_HELP:
        help_open(app);
        break;
    case ACTION_MENU:
        menu_open(app);
        break;
    case ACTION_PALETTE:
        palette_open(app);
        break;
    case ACTION_BACK:
        app_leave(app);
        app->esc_before = true;
        break;
    case ACTION_UNDO:
        undo(app);
        break;
    case ACTION_REDRAW:
        resize(app);
        break;
    case ACTION_SUSPEND:
        app->o.terminal->ops->suspend(app->o.terminal);
        resize(app);
        break;
    case ACTION_LOCK:
        app_lock(app);
        break;
    case ACTION_PIN:
        pin_form_own(app);
        break;
    case ACTION_QUIT:
        app->quit = true;
        break;
    default:
        break;
    }
}

/* Mouse coordinates count from the body's top for screens. */
static struct key body_key(const struct key *key) {
    struct key k = *key;
    k.y -= 1;
    return k;
}

/* A scanner's digits over a list name no screen: they follow each other at once. */
static bool is_of_burst(struct app *app, const struct key *key) {
    return key->gap_ms <= KEY_SCAN_GAP_MS || app_pending(app, ESC_ALONE_MS);
}

void app_act(struct app *app, enum action action, const struct key *key) {
    struct app_screen *s = app_current(app);
    struct key k = body_key(key);
    deed_set(app, (struct deed){.kind = DEED_ACTION, .action = action, .key = *key});
    unsigned reaction = s == NULL ? SCREEN_IGNORED : s->ops->handle(app, s->state, action, &k);
    app->dirty = true;
    if ((reaction & SCREEN_RELOAD) != 0) {
        app->stale = true;
    }
    if ((reaction & SCREEN_LEAVE) != 0) {
        app_leave(app);
    }
    if (reaction != SCREEN_IGNORED) {
        return;
    }
    if (action == ACTION_NONE && key_is_text(key) && key->code >= '0' && key->code <= '9' && !app_text_focus(app)) {
        if (!is_of_burst(app, key)) {
            go_number(app, (int)(key->code - '0'));
        }
        return;
    }
    act_globally(app, action);
}

/* What works over a popup as it does everywhere. */
static bool passes_popups(enum action action) {
    return action == ACTION_HELP || action == ACTION_REDRAW || action == ACTION_SUSPEND || action == ACTION_LOCK ||
           action == ACTION_QUIT;
}

void popup_handle(struct app *app, size_t index, enum action action, const struct key *key) {
    struct app_popup p = app->desk->popups[index];
    struct key k = body_key(key);
    app->dirty = true;
    deed_set(app, (struct deed){.kind = DEED_POPUP, .action = action, .key = *key, .popup = p.state});
    switch (p.ops->handle(app, p.state, action, &k)) {
    case POPUP_STAY:
        break;
    case POPUP_CLOSE:
        popup_close(app, p.state);
        break;
    case POPUP_PASS:
        if (key->scan[0] != '\0') {
            app_act(app, ACTION_NONE, key);
        } else if (passes_popups(action)) {
            act_globally(app, action);
        }
        break;
    }
}

/* Esc, then a digit with nothing right after it: the digit was meant with Alt. */
static bool is_esc_digit(struct app *app, const struct key *key) {
    return app->esc_before && app->desk->popup_count == 0 && key_is_text(key) && key->code >= '0' && key->code <= '9' &&
           key->gap_ms <= ESC_DIGIT_MS && !app_pending(app, ESC_ALONE_MS);
}

static void take(struct app *app, const struct key *key) {
    bool esc_digit = is_esc_digit(app, key);
    app->esc_before = false;
    if (esc_digit) {
        go_number(app, (int)(key->code - '0'));
        return;
    }
    enum action action = find_action(app, key);
    if (app_too_small(app) && action != ACTION_QUIT && action != ACTION_SUSPEND && action != ACTION_REDRAW) {
        return;
    }
    if (app->status_is_error) {
        app_set_status(app, false, "");
    }
    if (app->desk->popup_count == 0) {
        app_act(app, action, key);
    } else if (key->kind != K_CLICK) { /* aimed at the screen under it, or at a place that only its paint knows */
        popup_handle(app, app->desk->popup_count - 1, action, key);
    }
    approval_settle(app);
}

static bool idle(const struct app *app) {
    const struct app_screen *s = app_current(app);
    return s != NULL && s->ops->idle != NULL && s->ops->idle(s->state);
}

bool app_due(const struct app *app) {
    const struct app_screen *s = app_current(app);
    return s != NULL && s->ops->due != NULL && s->ops->due(s->state);
}

static int pause_ms(const struct app *app) {
    bool untidy = app->o.untidy != NULL && app->o.untidy(app->o.ctx);
    return untidy || app_due(app) ? PAUSE_MS : WAIT_MS;
}

void app_key(struct app *app, const struct key *key) {
    struct key k = *key;
    key_burst_add(&app->burst, &k);
    tick(app);
    look_for_changes(app);
    bool was_locked = app_is_locked(app);
    app_lock_when_idle(app, k.kind);
    app_check_signed_in(app);
    if (app_is_locked(app) != was_locked && k.kind != K_RESIZE && k.kind != K_HANGUP) {
        return; /* the key was not meant for the sign-in screen */
    }
    switch (k.kind) {
    case K_NONE:
        app->stale = app->stale || idle(app);
        if (app->news_due && !app->status_is_error && !app_is_locked(app)) { /* never over what a key has just said */
            app->news_due = false;
            app_tell_news(app);
        }
        if (app->o.idle != NULL) {
            app->o.idle(app->o.ctx);
        }
        break;
    case K_RESIZE:
        resize(app);
        break;
    case K_HANGUP:
        app->quit = true;
        break;
    default:
        app->pressed = app->o.terminal->ops->ticks(app->o.terminal);
        app_refresh(app);
        take(app, &k);
        break;
    }
}

static void load(struct app *app) {
    struct app_screen *s = app_current(app);
    struct err e = ERR_INIT;
    app->stale = false;
    app->dirty = true;
    if (s != NULL && s->ops->load != NULL && s->ops->load(app, s->state, &e) != ERR_OK) {
        app_error(app, &e);
    }
}

void app_refresh(struct app *app) {
    app_check_signed_in(app);
    if (app->stale) {
        load(app);
    }
}

void app_paint(struct app *app) {
    app_refresh(app);
    if (app->dirty) {
        frame_paint(app);
        app->o.terminal->ops->blit(app->o.terminal, &app->canvas);
        app->dirty = false;
    }
}

void app_run(struct app *app) {
    struct terminal *t = app->o.terminal;
    while (!app->quit) {
        struct key key = {0};
        app_refresh(app);
        if (!app_pending(app, 0)) { /* of a burst only the last state is painted */
            app_paint(app);
        }
        if (!wait_next_key(app, &key)) {
            t->ops->read(t, pause_ms(app), &key);
        }
        app_key(app, &key);
    }
}
