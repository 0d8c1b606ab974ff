#include "tui/app.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "tui/app_state.h"

bool app_find_screen(const struct app *app, const char *name, size_t *index) {
    for (size_t i = 0; i < app->o.screen_count; i++) {
        if (strcmp(app->desk->screens[i].ops->name, name) == 0) {
            *index = i;
            return true;
        }
    }
    return false;
}

struct app *app_new(const struct app_options *options) {
    struct app *app = mem_zalloc(sizeof *app);
    int width;
    int height;
    app->o = *options;
    app->pressed = app->o.terminal->ops->ticks(app->o.terminal);
    app->o.terminal->ops->size(app->o.terminal, &width, &height);
    app->canvas = canvas_new(width, height);
    app->status = mem_strdup("");
    app->o.now(app->o.ctx, app->now);
    app->ticks = app->used = app->o.terminal->ops->ticks(app->o.terminal);
    app->nobody = desk_new(app, 0);
    app->desk = app->nobody;
    wait_listen(app);
    desk_first(app);
    return app;
}

void app_undo_clear(struct app_undo *undo) {
    if (undo->free_ctx != NULL) {
        undo->free_ctx(undo->ctx);
    }
    free(undo->what);
    edit_clear(&undo->guard);
    *undo = (struct app_undo){0};
}

void app_free(struct app *app) {
    if (app == NULL) {
        return;
    }
    desks_free(app);
    if (app->o.shop != NULL) {
        shop_set_on_wait(app->o.shop, NULL, NULL);
    }
    wait_free(app);
    deed_clear(&app->deed);
    deed_clear(&app->again);
    free(app->approver);
    free(app->pin_of);
    free(app->status);
    free(app->work.what);
    canvas_free(&app->canvas);
    free(app);
}

struct shop *app_shop(const struct app *app) {
    return app->o.shop;
}

void app_set_shop(struct app *app, struct shop *shop) {
    app->o.shop = shop;
    wait_listen(app);
    desks_forget(app);
    app->stale = true;
}

const struct config *app_config(const struct app *app) {
    return app->o.config;
}

const struct shop_options *app_shop_options(const struct app *app) {
    return app->o.shop_options;
}

void app_set_language(struct app *app, const char *lang) {
    if (app->o.set_language != NULL) {
        app->o.set_language(lang);
    }
}

const char *app_now(const struct app *app) {
    return app->now;
}

const char *app_station(const struct app *app) {
    return app->o.station == NULL ? "" : app->o.station;
}

const struct canvas *app_canvas(const struct app *app) {
    return &app->canvas;
}

unsigned long app_ticks(const struct app *app) {
    return app->ticks;
}

void app_count_down(struct app *app, unsigned long until) {
    app->counts_down = until;
}

bool app_ended(const struct app *app) {
    return app->quit;
}

void app_body_size(const struct app *app, int *width, int *height) {
    *width = app->canvas.width;
    *height = app->canvas.height > 3 ? app->canvas.height - 3 : 1;
}

bool app_too_small(const struct app *app) {
    return app->canvas.width < APP_MIN_WIDTH || app->canvas.height < APP_MIN_HEIGHT;
}

void app_set_status(struct app *app, bool error, const char *text) {
    free(app->status);
    app->status = mem_strdup(text);
    app->status_is_error = error;
    app->error_field[0] = '\0';
    app->dirty = true;
}

void app_status(struct app *app, const char *format, ...) {
    char text[512];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    app_set_status(app, false, text);
}

unsigned app_error(struct app *app, const struct err *e) {
    app_set_status(app, true, e->message);
    approval_want(app, e);
    snprintf(app->error_field, sizeof app->error_field, "%s", e->field);
    app_ring(app);
    return SCREEN_REDRAW;
}

void app_ring(struct app *app) {
    app->o.terminal->ops->ring(app->o.terminal);
}

bool app_tell_news(struct app *app) {
    char *line = app->o.news == NULL || app_is_locked(app) ? NULL : app->o.news(app->o.ctx);
    bool told = line != NULL;
    if (told) {
        app_set_status(app, false, line);
    }
    free(line);
    return told;
}

const char *app_error_field(const struct app *app) {
    return app->error_field;
}

void app_reload(struct app *app) {
    app->stale = true;
}

void app_quit(struct app *app) {
    app->quit = true;
}

struct app_screen *app_current(const struct app *app) {
    return app->o.screen_count == 0 ? NULL : &app->desk->screens[app->desk->current];
}

void app_open_screen(struct app *app, size_t index, const char *argument) {
    struct app_screen *s = &app->desk->screens[index];
    app->desk->current = index;
    if (s->state == NULL) {
        s->state = mem_zalloc(s->ops->state_size);
    }
    if (s->ops->open != NULL) {
        s->ops->open(app, s->state, argument);
    }
    app->stale = true;
    app->dirty = true;
}

void *app_screen_state(const struct app *app, const char *name) {
    size_t index;
    return app_find_screen(app, name, &index) ? app->desk->screens[index].state : NULL;
}

bool app_go(struct app *app, const char *screen, const char *argument) {
    size_t index;
    if (!app_find_screen(app, screen, &index)) {
        return false;
    }
    char *copy = mem_strdup(argument);
    if (index != app->desk->current) {
        size_t kept = 0;
        for (size_t i = 0; i < app->desk->before_count; i++) { /* a screen stands in the way back once */
            if (app->desk->before[i] != index && app->desk->before[i] != app->desk->current) {
                app->desk->before[kept++] = app->desk->before[i];
            }
        }
        app->desk->before_count = kept;
        app->desk->before =
            mem_grow(app->desk->before, app->desk->before_count, &app->desk->before_cap, sizeof *app->desk->before);
        app->desk->before[app->desk->before_count++] = app->desk->current;
        app_set_status(app, false, "");
    }
    app_open_screen(app, index, copy);
    free(copy);
    return true;
}

void app_leave(struct app *app) {
    if (app->desk->before_count > 0) {
        app_set_status(app, false, "");
        app_open_screen(app, app->desk->before[--app->desk->before_count], NULL);
    }
}

void app_set_undo(struct app *app, const char *what, app_undo_fn *undo, void *ctx, void (*free_ctx)(void *)) {
    app_undo_clear(&app->desk->undo);
    if (undo != NULL) {
        app->desk->undo = (struct app_undo){.what = mem_strdup(what), .fn = undo, .ctx = ctx, .free_ctx = free_ctx};
    }
}

void app_guard_undo(struct app *app, const char *entity) {
    struct app_undo *undo = &app->desk->undo;
    if (undo->fn != NULL) {
        edit_clear(&undo->guard);
        edit_begin(app->o.shop, &undo->guard, entity, NULL, 0);
    }
}

void app_outside(struct app *app, void (*run)(void *ctx), void *ctx) {
    app->o.terminal->ops->outside(app->o.terminal, run, ctx);
    app->dirty = true;
}
