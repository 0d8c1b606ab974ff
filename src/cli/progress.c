#include "cli/progress.h"

#include "base/ticks.h"

enum { FIRST_MS = 500, AGAIN_MS = 100 };

void cli_heed_interrupt(struct cli *c, bool on) {
    if (c->heed_interrupt != NULL) {
        c->heed_interrupt(on);
    }
}

bool cli_goes_on(const struct cli *c) {
    return c->interrupted == NULL || !c->interrupted();
}

void cli_progress_begin(struct cli_progress *p, struct cli *c, const char *what) {
    *p = (struct cli_progress){c, what, ticks_ms(), 0};
    cli_heed_interrupt(c, true);
}

static void show(struct cli_progress *p, int64_t done, int64_t total) {
    fputs("\r", p->c->err);
    cli_say_part(p->c->err, p->what);
    fputs(": ", p->c->err);
    if (total > 0) {
        fprintf(p->c->err, "%lld/%lld (%d%%)", (long long)done, (long long)total,
                (int)(done >= total ? 100 : done * 100 / total));
    } else if (done > 0) {
        fprintf(p->c->err, "%lld", (long long)done);
    } else {
        fprintf(p->c->err, "%lld s", (long long)((ticks_ms() - p->began_ms) / 1000));
    }
    fputs("\033[K", p->c->err);
    fflush(p->c->err);
}

bool cli_progress_tick(void *progress, int64_t done, int64_t total) {
    struct cli_progress *p = progress;
    int64_t now = ticks_ms();
    bool again = p->shown_ms != 0 && now - p->shown_ms < AGAIN_MS;
    if (p->c->err_is_tty && !p->c->quiet && now - p->began_ms >= FIRST_MS && !again) {
        p->shown_ms = now;
        show(p, done, total);
    }
    return cli_goes_on(p->c);
}

void cli_progress_hide(struct cli_progress *p) {
    if (p->shown_ms != 0) {
        fputs("\r\033[K", p->c->err);
        fflush(p->c->err);
        p->shown_ms = 0;
    }
}

void cli_progress_end(struct cli_progress *p) {
    cli_progress_hide(p);
    cli_heed_interrupt(p->c, false);
}

static bool pulse(void *progress) {
    return cli_progress_tick(progress, 0, 0);
}

void cli_progress_begin_database(struct cli_progress *p, struct cli *c, const char *what) {
    cli_progress_begin(p, c, what);
    shop_set_progress(c->shop, pulse, p);
}

void cli_progress_end_database(struct cli_progress *p) {
    shop_set_progress(p->c->shop, NULL, NULL);
    cli_progress_end(p);
}
