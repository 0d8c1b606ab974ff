#include "tui/app.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "tui/app_state.h"

static bool find_screen(const struct app *app, const char *name, size_t *index) {
    for (size_t i = 0; i < app->screen_count; i++) {
        if (strcmp(app->screens[i].ops->name, name) == 0) {
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
    app->o.terminal->ops->size(app->o.terminal, &width, &height);
    app->canvas = canvas_new(width, height);
    app->screen_count = options->screen_count;
    app->screens = mem_array(app->screen_count, sizeof *app->screens);
    for (size_t i = 0; i < app->screen_count; i++) {
        app->screens[i].ops = options->screens[i].ops;
    }
    app->status = mem_strdup("");
    app->o.now(app->o.ctx, app->now);
    if (app->screen_count > 0) {
        size_t first = 0;
        if (options->first != NULL) {
            find_screen(app, options->first, &first);
        }
        app_open_screen(app, first, NULL);
    }
    return app;
}

static void undo_clear(struct app *app) {
    if (app->undo.free_ctx != NULL) {
        app->undo.free_ctx(app->undo.ctx);
    }
    free(app->undo.what);
    app->undo = (struct app_undo){0};
}

void app_free(struct app *app) {
    if (app == NULL) {
        return;
    }
    while (app->popup_count > 0) {
        popup_close(app, app->popups[app->popup_count - 1].state);
    }
    undo_clear(app);
    for (size_t i = 0; i < app->screen_count; i++) {
        struct app_screen *s = &app->screens[i];
        if (s->state != NULL && s->ops->clear != NULL) {
            s->ops->clear(s->state);
        }
        free(s->state);
    }
    free(app->screens);
    free(app->before);
    free(app->popups);
    free(app->status);
    free(app->prompt_kept);
    free(app->prompt_kept_title);
    free(app->work.what);
    canvas_free(&app->canvas);
    free(app);
}

struct shop *app_shop(const struct app *app) {
    return app->o.shop;
}

/* What screens hold of another shop means nothing in this one. */
static void forget_others(struct app *app) {
    for (size_t i = 0; i < app->screen_count; i++) {
        struct app_screen *s = &app->screens[i];
        if (i != app->current && s->state != NULL) {
            if (s->ops->clear != NULL) {
                s->ops->clear(s->state);
            }
            free(s->state);
            s->state = NULL;
        }
    }
}

void app_set_shop(struct app *app, struct shop *shop) {
    app->o.shop = shop;
    forget_others(app);
    undo_clear(app);
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
    snprintf(app->error_field, sizeof app->error_field, "%s", e->field);
    app->o.terminal->ops->ring(app->o.terminal);
    return SCREEN_REDRAW;
}

bool app_tell_news(struct app *app) {
    char *line = app->o.news == NULL ? NULL : app->o.news(app->o.ctx);
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
    return app->screen_count == 0 ? NULL : &app->screens[app->current];
}

void app_open_screen(struct app *app, size_t index, const char *argument) {
    struct app_screen *s = &app->screens[index];
    app->current = index;
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
    return find_screen(app, name, &index) ? app->screens[index].state : NULL;
}

bool app_go(struct app *app, const char *screen, const char *argument) {
    size_t index;
    if (!find_screen(app, screen, &index)) {
        return false;
    }
    char *copy = mem_strdup(argument);
    if (index != app->current) {
        size_t kept = 0;
        for (size_t i = 0; i < app->before_count; i++) { /* a screen stands in the way back once */
            if (app->before[i] != index && app->before[i] != app->current) {
                app->before[kept++] = app->before[i];
            }
        }
        app->before_count = kept;
        app->before = mem_grow(app->before, app->before_count, &app->before_cap, sizeof *app->before);
        app->before[app->before_count++] = app->current;
        app_set_status(app, false, "");
    }
    app_open_screen(app, index, copy);
    free(copy);
    return true;
}

void app_leave(struct app *app) {
    if (app->before_count > 0) {
        app_set_status(app, false, "");
        app_open_screen(app, app->before[--app->before_count], NULL);
    }
}

void app_set_undo(struct app *app, const char *what, app_undo_fn *undo, void *ctx, void (*free_ctx)(void *)) {
    undo_clear(app);
    if (undo != NULL) {
        app->undo = (struct app_undo){mem_strdup(what), undo, ctx, free_ctx};
    }
}

void app_outside(struct app *app, void (*run)(void *ctx), void *ctx) {
    app->o.terminal->ops->outside(app->o.terminal, run, ctx);
    app->dirty = true;
}
