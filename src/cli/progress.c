#include "cli/progress.h"

#include <time.h>

enum { FIRST_MS = 500, AGAIN_MS = 100 };

/* Of the processor's time: what waits for others says so itself. */
static int64_t now_ms(void) {
    return (int64_t)clock() * 1000 / CLOCKS_PER_SEC;
}

void cli_progress_begin(struct cli_progress *p, struct cli *c, const char *what) {
    *p = (struct cli_progress){c, what, now_ms(), 0};
}

bool cli_progress_tick(void *progress, int64_t done, int64_t total) {
    struct cli_progress *p = progress;
    int64_t now = now_ms();
    if (!p->c->err_is_tty || p->c->quiet || now - p->began_ms < FIRST_MS || now - p->shown_ms < AGAIN_MS) {
        return true;
    }
    p->shown_ms = now;
    fputc('\r', p->c->err);
    if (total > 0) {
        cli_say(p->c->err, "%s: %lld/%lld (%d%%)", p->what, (long long)done, (long long)total,
                (int)(done >= total ? 100 : done * 100 / total));
    } else {
        cli_say(p->c->err, "%s: %lld", p->what, (long long)done);
    }
    fputs("\033[K", p->c->err);
    fflush(p->c->err);
    return true;
}

void cli_progress_end(struct cli_progress *p) {
    if (p->shown_ms != 0) {
        fputs("\r\033[K", p->c->err);
        fflush(p->c->err);
        p->shown_ms = 0;
    }
}
