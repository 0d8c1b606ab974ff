#include "tui/upkeep.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/backup.h"
#include "tui/app_state.h"

enum { QUIET_MS = 60 * 1000, AGAIN_MS = 5 * 60 * 1000, AFTER_FAILURE_MS = 60 * 60 * 1000 };

static bool is_on_disk(const struct app *app) {
    const struct shop_options *o = app_shop_options(app);
    return app_shop(app) != NULL && o != NULL && strcmp(o->path, ":memory:") != 0;
}

/* A key waits: it is left where it is, so that nothing typed or scanned is lost. */
static bool nobody_comes(void *ctx, int64_t done, int64_t total) {
    const struct app *app = ctx;
    (void)done, (void)total;
    return !app->o.terminal->ops->pending(app->o.terminal, 0);
}

/* A clock that was moved while the counter is open: orders would get another day. */
static void watch_clock(struct app *app, unsigned long ticks) {
    char *warning = app_shop(app) == NULL ? NULL : shop_clock_watch(app_shop(app), ticks);
    if (warning != NULL) {
        app_ring(app);
        app_status(app, "%s", warning);
    }
    free(warning);
}

void upkeep_idle(struct app *app, struct upkeep *u) {
    unsigned long now = app->o.terminal->ops->ticks(app->o.terminal);
    watch_clock(app, now);
    if (!is_on_disk(app) || now - app->pressed < QUIET_MS || (u->looked && now - u->at < u->wait_ms)) {
        return;
    }
    *u = (struct upkeep){true, now, AGAIN_MS};
    if (!backup_is_due(app_shop(app), app_shop_options(app), true)) {
        return;
    }
    struct err e = ERR_INIT;
    char *made = NULL;
    app_status(app, _("Making the day's backup… any key goes on with the work"));
    app_paint(app);
    enum err_code rc = backup_auto(app_shop(app), app_shop_options(app), nobody_comes, app, &made, &e);
    if (made != NULL) {
        app_status(app, _("The day's backup is made: %s"), made);
    } else {
        app_status(app, "%s", "");
    }
    if (rc != ERR_OK && rc != ERR_REFUSED) {
        u->wait_ms = AFTER_FAILURE_MS;
        app_error(app, &e);
    }
    free(made);
}

static bool go_on(void *ctx, int64_t done, int64_t total) {
    return app_progress(ctx, done, total);
}

char *upkeep_close(struct app *app) {
    if (!is_on_disk(app) || !backup_is_due(app_shop(app), app_shop_options(app), false)) {
        return NULL;
    }
    struct err e = ERR_INIT;
    char *made = NULL;
    app_work_begin(app, _("Backing up before the program closes"));
    enum err_code rc = backup_auto(app_shop(app), app_shop_options(app), go_on, app, &made, &e);
    app_work_end(app);
    free(made);
    return rc == ERR_OK || rc == ERR_REFUSED ? NULL : mem_printf(_("no backup was made: %s"), e.message);
}
