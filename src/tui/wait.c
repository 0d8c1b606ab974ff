/* A write that waits for its turn: a sign in the status line after one second, after ten a choice. The screen under it
 * is in the midst of handling a key, so nothing of it is painted: sign and choice go over a copy of what was there. */
#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "tui/app_state.h"

enum { SIGN_MS = 1000, ASK_MS = 10000, POPUP_WIDTH = 60, ALONE_MS = 600 };

/* The keys given out so far; the text of the last one is borrowed until here. */
static void forget_taken(struct app_wait *w) {
    if (w->key_at == w->key_count) {
        for (size_t i = 0; i < w->key_count; i++) {
            free((char *)w->keys[i].text);
        }
        w->key_count = w->key_at = 0;
    }
}

void wait_free(struct app *app) {
    struct app_wait *w = &app->wait;
    w->key_at = w->key_count;
    forget_taken(w);
    free(w->keys);
    canvas_free(&w->under);
}

bool wait_next_key(struct app *app, struct key *key) {
    struct app_wait *w = &app->wait;
    if (w->key_at == w->key_count) {
        forget_taken(w);
        return false;
    }
    *key = w->keys[w->key_at++];
    return true;
}

bool app_pending(struct app *app, int timeout_ms) {
    return app->wait.key_at < app->wait.key_count || app->o.terminal->ops->pending(app->o.terminal, timeout_ms);
}

static void keep_key(struct app_wait *w, const struct key *key) {
    w->keys = mem_grow(w->keys, w->key_count, &w->key_cap, sizeof *w->keys);
    w->keys[w->key_count] = *key;
    w->keys[w->key_count++].text = mem_strdup(key->text);
}

/* A scanner's Enter answers nothing: it belongs to the digits before it. */
static bool is_answer(const struct app *app, const struct key *key) {
    unsigned long ticks = app->o.terminal->ops->ticks(app->o.terminal);
    return key->kind == K_ENTER && !key->several && ticks - app->wait.key_ticks >= ALONE_MS;
}

/* false: the person does not want to wait any more, or is gone. */
static bool read_keys(struct app *app, int waited_ms) {
    struct app_wait *w = &app->wait;
    struct terminal *t = app->o.terminal;
    while (t->ops->pending(t, 0)) {
        struct key key = {0};
        t->ops->read(t, 0, &key);
        if (key.kind == K_HANGUP) {
            app->quit = true;
            return false;
        }
        if (w->asking && key.kind == K_ESC) {
            return false;
        }
        if (w->asking && is_answer(app, &key)) {
            w->asking = false;
            w->ask_next_ms = waited_ms + ASK_MS;
        } else if (key.kind != K_NONE) {
            keep_key(w, &key);
            w->key_ticks = t->ops->ticks(t);
        }
    }
    return true;
}

static void begin(struct app *app) {
    struct app_wait *w = &app->wait;
    w->shown = true;
    if (w->under.width != app->canvas.width || w->under.height != app->canvas.height) {
        canvas_free(&w->under);
        w->under = canvas_new(app->canvas.width, app->canvas.height);
    }
    canvas_copy(&w->under, &app->canvas);
}

static void paint_choice(struct canvas *c, const char *holder) {
    struct canvas body = canvas_view(c, 0, 1, c->width, c->height - 3);
    struct buf text = BUF_INIT;
    buf_addf(&text,
             _("%s is still saving. Nothing is lost: what you typed stays, and what you type now comes after it."),
             *holder == '\0' ? _("Another counter") : holder);
    int width = body.width - 8 < POPUP_WIDTH ? body.width - 8 : POPUP_WIDTH;
    int lines = canvas_wrapped_height(width, buf_str(&text));
    struct canvas inside = popup_frame(&body, width, lines + 3, _("Keep waiting?"));
    canvas_text_wrapped(&inside, 0, 0, inside.width, lines, STYLE_POPUP, buf_str(&text));
    int used = canvas_text(&inside, 0, lines + 1, inside.width, STYLE_KEY, "Enter");
    canvas_textf(&inside, used, lines + 1, inside.width - used, STYLE_POPUP, " %s", _("Keep waiting"));
    used = canvas_text(&inside, 0, lines + 2, inside.width, STYLE_KEY, "Esc");
    canvas_textf(&inside, used, lines + 2, inside.width - used, STYLE_POPUP, " %s",
                 _("Not now: nothing of this is saved, and it can be tried again"));
    buf_clear(&text);
}

static void paint(struct app *app, int waited_ms, const char *holder) {
    struct canvas *c = &app->canvas;
    int y = c->height > 1 ? c->height - 2 : 0;
    canvas_copy(c, &app->wait.under);
    canvas_fill(c, 0, y, c->width, 1, STYLE_STATUS);
    int used = canvas_text(c, 0, y, c->width, STYLE_STATUS, " ");
    used += canvas_textf(c, used, y, c->width - used, STYLE_STATUS,
                         _("Waiting for another counter to finish saving… %d s"), waited_ms / 1000);
    if (*holder != '\0') {
        canvas_textf(c, used, y, c->width - used, STYLE_STATUS, " · %s", holder);
    }
    if (app->wait.asking) {
        paint_choice(c, holder);
    }
    app->o.terminal->ops->blit(app->o.terminal, c);
}

static void over(struct app *app) {
    struct app_wait *w = &app->wait;
    if (w->shown) {
        canvas_copy(&app->canvas, &w->under);
        app->o.terminal->ops->blit(app->o.terminal, &app->canvas);
    }
    w->shown = w->asking = false;
    w->ask_next_ms = 0;
    app->dirty = true;
}

static bool waits(void *ctx, int waited_ms, const char *holder) {
    struct app *app = ctx;
    struct app_wait *w = &app->wait;
    if (waited_ms == 0) {
        over(app);
        return true;
    }
    if (!read_keys(app, waited_ms)) {
        return false;
    }
    if (waited_ms >= SIGN_MS) {
        if (!w->shown) {
            begin(app);
        }
        if (!w->asking && waited_ms >= (w->ask_next_ms > 0 ? w->ask_next_ms : ASK_MS)) {
            w->asking = true;
            app_ring(app);
        }
        paint(app, waited_ms, holder);
    }
    return true;
}

void wait_listen(struct app *app) {
    if (app->o.shop != NULL) {
        shop_set_on_wait(app->o.shop, waits, app);
    }
}
