/* Long work: a bar with a figure, and Esc to stop it. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "tui/app_state.h"
#include "tui/chart.h"
#include "tui/figure.h"

enum { FIRST_PAINT_MS = 300, PAINT_MS = 100 };

void app_work_begin(struct app *app, const char *what) {
    unsigned long ticks = app->o.terminal->ops->ticks(app->o.terminal);
    free(app->work.what);
    app->work = (struct app_work){.what = mem_strdup(what), .began = ticks, .painted = ticks};
}

/* Esc stops; the end of the terminal too. Other keys wait for nothing: they are dropped, as the bar stands over the
 * fields. */
static void read_stop(struct app *app) {
    struct terminal *t = app->o.terminal;
    while (!app->work.stopped && t->ops->pending(t, 0)) {
        struct key key = {0};
        t->ops->read(t, 0, &key);
        if (key.kind == K_HANGUP) {
            app->quit = true;
        }
        app->work.stopped = key.kind == K_ESC || key.kind == K_HANGUP;
    }
}

bool app_progress(struct app *app, int64_t done, int64_t total) {
    struct terminal *t = app->o.terminal;
    unsigned long ticks = t->ops->ticks(t);
    app->work.done = done;
    app->work.total = total;
    if (ticks - app->work.painted < PAINT_MS || ticks - app->work.began < FIRST_PAINT_MS) {
        return !app->work.stopped;
    }
    app->work.painted = ticks;
    read_stop(app);
    frame_paint(app);
    t->ops->blit(t, &app->canvas);
    return !app->work.stopped;
}

void app_work_end(struct app *app) {
    free(app->work.what);
    app->work = (struct app_work){0};
    app->used = app->o.terminal->ops->ticks(app->o.terminal); /* nobody was idle meanwhile */
    app->dirty = true;
}

static bool pulse(void *app) {
    return app_progress(app, 0, 0);
}

void app_work_begin_database(struct app *app, const char *what) {
    app_work_begin(app, what);
    shop_set_progress(app->o.shop, pulse, app);
}

void app_work_end_database(struct app *app) {
    shop_set_progress(app->o.shop, NULL, NULL);
    app_work_end(app);
}

void work_paint(const struct app *app, struct canvas *body) {
    const struct app_work *w = &app->work;
    char done[FIGURE_MAX];
    char total[FIGURE_MAX];
    struct canvas inside = popup_frame(body, 50, 4, w->what);
    if (w->total > 0) {
        int64_t percent = w->done >= w->total ? 100 : w->done * 100 / w->total;
        chart_bar(&inside, 0, 0, inside.width, w->done, w->total, STYLE_BAR);
        canvas_textf(&inside, 0, 1, inside.width, STYLE_POPUP, "%s/%s  %d%%", figure_count(w->done, done),
                     figure_count(w->total, total), (int)percent);
    } else if (w->done > 0) {
        canvas_textf(&inside, 0, 1, inside.width, STYLE_POPUP, "%s", figure_count(w->done, done));
    } else {
        canvas_textf(&inside, 0, 1, inside.width, STYLE_POPUP, "%d s", (int)((w->painted - w->began) / 1000));
    }
    canvas_text(&inside, 0, 3, inside.width, STYLE_DIM,
                w->stopped ? _("Stopping…") : _("Esc stops; nothing is left half done"));
}
