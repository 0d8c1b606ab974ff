/* What one person has open: put away when the screen is locked, and brought back when they sign in again. Somebody else
 * who signs in gets their own. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/setting.h"
#include "chotdon/sign_in.h"
#include "tui/app_state.h"

enum { MINUTE_MS = 60000 };

struct desk *desk_new(const struct app *app, int64_t person) {
    struct desk *desk = mem_zalloc(sizeof *desk);
    desk->person = person;
    desk->screens = mem_array(app->o.screen_count, sizeof *desk->screens);
    for (size_t i = 0; i < app->o.screen_count; i++) {
        desk->screens[i].ops = app->o.screens[i].ops;
    }
    return desk;
}

static void clear_screen(struct app_screen *s) {
    if (s->state != NULL && s->ops->clear != NULL) {
        s->ops->clear(s->state);
    }
    free(s->state);
    s->state = NULL;
}

static void desk_free(const struct app *app, struct desk *desk) {
    while (desk->popup_count > 0) {
        const struct app_popup *p = &desk->popups[--desk->popup_count];
        p->ops->free(p->state);
    }
    app_undo_clear(&desk->undo);
    for (size_t i = 0; i < app->o.screen_count; i++) {
        clear_screen(&desk->screens[i]);
    }
    free(desk->screens);
    free(desk->before);
    free(desk->popups);
    free(desk->prompt_kept);
    free(desk->prompt_kept_title);
    free(desk->status);
    free(desk);
}

static void others_free(struct app *app) {
    for (size_t i = 0; i < app->other_count; i++) {
        desk_free(app, app->others[i]);
    }
    app->other_count = 0;
}

void desks_free(struct app *app) {
    others_free(app);
    free(app->others);
    if (app->desk != app->nobody) {
        desk_free(app, app->desk);
    }
    desk_free(app, app->nobody);
}

/* What screens hold of another shop means nothing in this one; the one in front reads anew. */
void desks_forget(struct app *app) {
    others_free(app);
    for (size_t i = 0; i < app->o.screen_count; i++) {
        if (i != app->desk->current) {
            clear_screen(&app->desk->screens[i]);
        }
    }
    app_undo_clear(&app->desk->undo);
}

bool app_is_locked(const struct app *app) {
    return app->desk == app->nobody;
}

static bool must_sign_in(const struct app *app) {
    size_t index;
    return app->o.shop != NULL && app_find_screen(app, "sign-in", &index) && !shop_is_signed_in(app->o.shop);
}

/* The sign-in screen with whom it expects. */
static void nobody_in_front(struct app *app, const char *code) {
    size_t index = 0;
    app->desk = app->nobody;
    app_set_status(app, false, "");
    if (app_find_screen(app, "sign-in", &index)) {
        app_open_screen(app, index, code);
    }
}

static void bring_to_front(struct app *app, struct desk *desk) {
    size_t index = 0;
    app->desk = desk;
    app_set_status(app, false, desk->status == NULL ? "" : desk->status);
    free(desk->status);
    desk->status = NULL;
    app->stale = true;
    if (app->o.screen_count > 0 && desk->screens[desk->current].state == NULL) {
        if (app->o.first != NULL) {
            app_find_screen(app, app->o.first, &index);
        }
        app_open_screen(app, index, NULL);
    }
}

void desk_first(struct app *app) {
    if (must_sign_in(app)) {
        nobody_in_front(app, shop_actor_code(app->o.shop));
    } else {
        bring_to_front(app, desk_new(app, app->o.shop == NULL ? 0 : shop_actor_id(app->o.shop)));
    }
}

/* What was typed while the shop was open to all goes to the first who signs in. */
void app_signed_in(struct app *app) {
    int64_t person = shop_actor_id(app->o.shop);
    size_t at = app->other_count;
    for (size_t i = 0; i < app->other_count; i++) {
        bool better = at == app->other_count || app->others[i]->person == person;
        if (better && (app->others[i]->person == person || app->others[i]->person == 0)) {
            at = i;
        }
    }
    struct desk *desk;
    if (at < app->other_count) {
        desk = app->others[at];
        memmove(app->others + at, app->others + at + 1, (app->other_count - at - 1) * sizeof(struct desk *));
        app->other_count--;
    } else {
        desk = desk_new(app, person);
    }
    desk->person = person;
    app->used = app->ticks;
    bring_to_front(app, desk);
}

/* Nothing of it stays in sight, or in reach: nobody acts for the shop until somebody signs in. */
static void put_away(struct app *app, const char *why) {
    struct shop *shop = app->o.shop;
    char *code = mem_strdup(shop_actor_code(shop));
    struct desk *desk = app->desk;
    desk->person = shop_actor_id(shop);
    desk->status = mem_strdup(app->status_is_error ? "" : app->status);
    popup_forget_secrets(desk);
    deed_clear(&app->again);
    app->wanted = PERMIT_NONE;
    app->others = mem_grow(app->others, app->other_count, &app->other_cap, sizeof(struct desk *));
    app->others[app->other_count++] = desk;
    shop_sign_out(shop);
    nobody_in_front(app, code);
    app_set_status(app, false, why);
    free(code);
}

void app_check_signed_in(struct app *app) {
    if (!app_is_locked(app) && must_sign_in(app)) {
        put_away(app, _("Sign in again: your PIN, your role or the shop's file has changed"));
    }
}

void app_lock(struct app *app) {
    struct err e = ERR_INIT;
    if (app_is_locked(app)) {
        return;
    }
    if (app->o.shop == NULL || !shop_sign_in_is_on(app->o.shop)) {
        err_set(&e, ERR_REFUSED, _("No manager has a PIN, so there is nothing to lock with: Settings › Staff, p"));
        app_error(app, &e);
        return;
    }
    put_away(app, _("Locked; what was typed is kept"));
}

/* A screen that anybody may look at stays there, but the key that comes then is not for who signed in. */
void app_lock_when_idle(struct app *app, enum key_kind kind) {
    const struct app_screen *s = app_current(app);
    int minutes = app->o.shop == NULL || app_is_locked(app) ? 0 : setting_lock_after_min(app->o.shop);
    bool person = kind != K_NONE && kind != K_RESIZE;
    bool idle = minutes > 0 && app->ticks - app->used >= (unsigned long)minutes * MINUTE_MS;
    bool shown = !person && s != NULL && s->ops->for_all != NULL && s->ops->for_all(s->state);
    if (idle && !shown && shop_sign_in_is_on(app->o.shop)) {
        char *why = mem_printf(_("Locked after %d minutes without a key; what was typed is kept"), minutes);
        put_away(app, why);
        free(why);
    }
    app->used = person ? app->ticks : app->used;
}
