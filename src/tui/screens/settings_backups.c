#include "tui/screens/settings_backups.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/backup.h"
#include "chotdon/check.h"
#include "chotdon/setting.h"
#include "io/config.h"
#include "io/opener.h"
#include "tui/list.h"
#include "tui/popup.h"
#include "tui/screens/short_list.h"

enum { HEAD_ROWS = 3 };

struct backups_page {
    struct list list;
    struct backup_files files;
    char *folder;
    char *about;     /* how many stay, and how old the newest is */
    char *acting_on; /* the copy's path */
};

static const struct list_column columns[] = {
    {N_("File"), 30, 60, 1, ALIGN_LEFT, false},
    {N_("Made"), 16, 18, 2, ALIGN_LEFT, false},
    {N_("Size"), 10, 12, 3, ALIGN_RIGHT, false},
    {N_("What it is"), 17, 40, 2, ALIGN_LEFT, false},
};
enum { COLUMN_FILE, COLUMN_MADE, COLUMN_SIZE, COLUMN_KIND };

static void add_time(const char *time, struct buf *out) {
    char day[DATE_SIZE], shown[DATE_SIZE];
    if (time[0] != '\0') {
        snprintf(day, sizeof day, "%.10s", time);
        buf_addf(out, "%s %.5s", date_format(day, shown), time + 11);
    }
}

static void cell(const void *ctx, size_t row, int column, struct buf *out, enum style *style) {
    const struct backups_page *s = ctx;
    const struct backup_file *f = &s->files.files[row];
    switch (column) {
    case COLUMN_FILE:
        buf_add(out, f->name);
        break;
    case COLUMN_MADE:
        add_time(f->time, out);
        break;
    case COLUMN_SIZE:
        buf_addf(out, "%lld kB", (long long)((f->size + 999) / 1000));
        break;
    default:
        buf_add(out, backup_kind_word(f->kind));
        *style = STYLE_DIM;
    }
}

static struct list_source source_of(const struct backups_page *s) {
    return (struct list_source){.columns = columns,
                                .column_count = sizeof columns / sizeof *columns,
                                .ctx = s,
                                .cell = cell,
                                .empty = _("No copy here yet; n makes one")};
}

static const char *base_of(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

static char *tell_about(struct app *app, const struct backups_page *s) {
    const char *kept = "";
    struct buf newest = BUF_INIT;
    setting_get(app_shop(app), "backups_kept", &kept, NULL);
    if (s->files.count > 0 && s->files.files[0].kind <= BACKUP_BY_HAND) {
        add_time(s->files.files[0].time, &newest);
    }
    char *text = newest.len == 0
                     ? mem_printf(_("Automatic ones that stay: %s (backups_kept in the settings)"), kept)
                     : mem_printf(_("Automatic ones that stay: %s; the newest copy is of %s"), kept, buf_str(&newest));
    buf_clear(&newest);
    return text;
}

static enum err_code load(struct app *app, void *state, struct err *e) {
    struct backups_page *s = state;
    const struct shop_options *o = app_shop_options(app);
    backup_files_clear(&s->files);
    free(s->folder);
    s->folder = o == NULL ? NULL : backup_folder(o);
    enum err_code rc = o == NULL ? ERR_OK : backup_list(o, &s->files, e);
    free(s->about);
    s->about = app_shop(app) == NULL ? NULL : tell_about(app, s);
    short_list_loaded(app, &s->list, s->files.count, HEAD_ROWS);
    return rc;
}

/* --- making one */

static bool go_on(void *ctx, int64_t done, int64_t total) {
    return app_progress(ctx, done, total);
}

static enum err_code made(struct app *app, void *ctx, const char *text, struct err *e) {
    (void)ctx;
    if (text[0] == '\0') {
        return err_set(e, ERR_INVALID, _("Give the file a name"));
    }
    enum err_code rc = backup_folder_make(app_shop_options(app), e);
    if (rc == ERR_OK) {
        app_work_begin(app, _("Copying and looking the copy through"));
        rc = backup_make_watched(app_shop(app), text, go_on, app, e);
        app_work_end(app);
    }
    if (rc == ERR_OK) {
        app_status(app, _("A verified copy is in %s"), text);
        app_reload(app);
    }
    return rc;
}

/* shop.db → FOLDER/shop-20261121-1405.db */
static unsigned make(struct app *app, struct backups_page *s) {
    const char *shop = base_of(app_shop_options(app)->path);
    const char *now = app_now(app);
    char *name = mem_printf("%s/%.*s-%.4s%.2s%.2s-%.2s%.2s%.2s.db", s->folder, (int)strcspn(shop, "."), shop, now,
                            now + 5, now + 8, now + 11, now + 14, now + 17);
    popup_prompt(app, _("Make a verified copy while the shop works"), _("File"), FORM_TEXT, name, made, s);
    free(name);
    return SCREEN_REDRAW;
}

/* --- putting one back */

static enum err_code reopen(struct app *app, const char *actor, struct err *e) {
    struct shop_options options = *app_shop_options(app);
    struct shop *shop = NULL;
    options.actor = actor;
    enum err_code rc = shop_open(&options, &shop, e);
    if (rc == ERR_NOT_FOUND && actor[0] != '\0') { /* they were not there yet when the copy was made */
        options.actor = NULL;
        err_clear(e);
        rc = shop_open(&options, &shop, e);
    }
    app_set_shop(app, shop);
    return rc;
}

struct putting {
    struct app *app;
    char *actor;
    bool closed; /* the shop, to be opened again */
};

static bool go_on_putting(void *ctx, int64_t done, int64_t total) {
    return app_progress(((struct putting *)ctx)->app, done, total);
}

static void close_shop(void *ctx) {
    struct putting *p = ctx;
    struct shop *shop = app_shop(p->app);
    p->closed = true;
    app_set_shop(p->app, NULL);
    shop_close(&shop);
}

static void put_back(struct app *app, void *ctx) {
    const struct backups_page *s = ctx;
    struct putting p = {.app = app, .actor = mem_strdup(shop_actor_code(app_shop(app)))};
    const struct backup_restore_watch watch = {go_on_putting, close_shop, &p};
    char *copy = mem_strdup(s->acting_on);
    char *kept = NULL;
    struct err e = ERR_INIT;
    struct err lost = ERR_INIT;
    app_work_begin(app, _("Checking the copy and putting it in place"));
    enum err_code rc = backup_restore_watched(app_shop_options(app), copy, &watch, &kept, &e);
    app_work_end(app);
    if (p.closed && reopen(app, p.actor, &lost) != ERR_OK) {
        app_error(app, &lost);
        app_quit(app); /* without a shop there is nothing to do here */
    } else if (rc != ERR_OK) {
        popup_message(app, _("Not put back"), e.message);
    } else {
        app_status(app, _("The copy is in place; what was there before is kept as %s"), kept == NULL ? "" : kept);
    }
    free(p.actor);
    free(copy);
    free(kept);
}

/* --- proving the books */

struct proving {
    struct app *app;
    struct buf found;
    int told;
};

static bool go_on_proving(void *ctx, int64_t done, int64_t total) {
    return app_progress(((struct proving *)ctx)->app, done, total);
}

static void tell_finding(void *ctx, const char *finding) {
    enum { TOLD = 8 };
    struct proving *p = ctx;
    if (p->told++ < TOLD) {
        buf_addf(&p->found, "%s%s", p->found.len == 0 ? "" : "\n", finding);
    }
}

static void tell_that_they_hold(struct app *app) {
    char *warning = check_anchors_warning(app_shop(app));
    if (warning != NULL) {
        popup_message(app, _("The file and the books hold"), warning);
    } else {
        app_status(app, "%s", _("The file and the books hold"));
    }
    free(warning);
}

static unsigned check(struct app *app) {
    struct proving p = {.app = app, .found = BUF_INIT};
    struct err e = ERR_INIT;
    int64_t found = 0;
    app_work_begin(app, _("Proving the file and the books"));
    enum err_code rc = check_books_watched(app_shop(app), tell_finding, &p, go_on_proving, &p, &found, &e);
    app_work_end(app);
    if (rc != ERR_OK) {
        app_error(app, &e);
    } else if (found == 0) {
        tell_that_they_hold(app);
    } else {
        buf_add(&p.found, "\n\n");
        buf_addf(&p.found, _("Findings in all: %lld; `chotdon check` prints them"), (long long)found);
        popup_message(app, _("The books do not hold"), buf_str(&p.found));
    }
    buf_clear(&p.found);
    return SCREEN_REDRAW;
}

static unsigned ask(struct app *app, struct backups_page *s) {
    struct err e = ERR_INIT;
    if (s->list.cursor >= s->files.count) {
        return SCREEN_REDRAW;
    }
    if (shop_require(app_shop(app), PERMIT_BACKUP, &e) != ERR_OK) {
        return app_error(app, &e);
    }
    const struct backup_file *f = &s->files.files[s->list.cursor];
    free(s->acting_on);
    s->acting_on = mem_strdup(f->path);
    char *question = mem_printf(
        _("Put %s in the shop's place? What was done since is only in the file that is kept aside."), f->name);
    popup_ask(app, question, _("Put back"), put_back, s);
    free(question);
    return SCREEN_REDRAW;
}

static unsigned open_folder(struct app *app, const struct backups_page *s) {
    struct err e = ERR_INIT;
    enum err_code rc = backup_folder_make(app_shop_options(app), &e);
    rc = rc == ERR_OK ? opener_open(config_text(app_config(app), "files", "opener"), s->folder, &e) : rc;
    return rc == ERR_OK ? SCREEN_REDRAW : app_error(app, &e);
}

static unsigned handle(struct app *app, void *state, enum action action, const struct key *key) {
    struct backups_page *s = state;
    struct list_source source = source_of(s);
    struct key k = *key;
    k.y -= HEAD_ROWS;
    if (app_shop_options(app) == NULL) {
        return SCREEN_IGNORED;
    }
    switch (action) {
    case ACTION_BACKUPS_MAKE:
        return make(app, s);
    case ACTION_BACKUPS_RESTORE:
    case ACTION_OPEN:
        return ask(app, s);
    case ACTION_BACKUPS_CHECK:
        return check(app);
    case ACTION_BACKUPS_FOLDER:
        return app_config(app) == NULL ? SCREEN_IGNORED : open_folder(app, s);
    default:
        return short_list_handle(&s->list, &source, action, &k); /* the newest first */
    }
}

static void paint(const struct app *app, const void *state, struct canvas *c) {
    const struct backups_page *s = state;
    struct list_source source = source_of(s);
    (void)app;
    canvas_textf(c, 1, 0, c->width - 2, STYLE_NORMAL, _("In the folder: %s"), s->folder == NULL ? "" : s->folder);
    canvas_text(c, 1, 1, c->width - 2, STYLE_DIM, s->about == NULL ? "" : s->about);
    struct canvas body = canvas_view(c, 0, HEAD_ROWS, c->width, c->height - HEAD_ROWS);
    list_paint(&s->list, &source, &body, true);
}

static void clear(void *state) {
    struct backups_page *s = state;
    backup_files_clear(&s->files);
    free(s->folder);
    free(s->about);
    free(s->acting_on);
    list_clear(&s->list);
}

const struct screen_ops screen_settings_backups = {
    .name = "settings-backups",
    .title = N_("Backups"),
    .context = CONTEXT_BACKUPS,
    .state_size = sizeof(struct backups_page),
    .load = load,
    .handle = handle,
    .paint = paint,
    .focus = short_list_focus,
    .clear = clear,
    .needs = PERMIT_BACKUP,
};
