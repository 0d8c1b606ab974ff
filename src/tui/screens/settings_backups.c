#include "tui/screens/settings_backups.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/check.h"
#include "io/config.h"
#include "io/folder.h"
#include "tui/list.h"
#include "tui/popup.h"

enum { HEAD_ROWS = 2 };

struct backups_page {
    struct list list;
    struct folder folder;
    size_t *shown; /* entries that are copies of this shop: backups, then replaced ones, the newest first */
    size_t count;
    char *path;      /* of the folder */
    char *acting_on; /* the copy's path */
};

static const struct list_column columns[] = {
    {N_("File"), 30, 80, 1, ALIGN_LEFT, false},
    {N_("Size"), 10, 12, 2, ALIGN_RIGHT, false},
    {N_("What it is"), 20, 40, 3, ALIGN_LEFT, false},
};

static bool was_replaced(const char *name) {
    return strstr(name, ".replaced-") != NULL;
}

static void cell(const void *ctx, size_t row, int column, struct buf *out, enum style *style) {
    const struct backups_page *s = ctx;
    const struct folder_entry *f = &s->folder.entries[s->shown[row]];
    if (column == 0) {
        buf_add(out, f->name);
    } else if (column == 1) {
        buf_addf(out, "%lld kB", (long long)((f->size + 999) / 1000));
    } else {
        buf_add(out, was_replaced(f->name) ? _("replaced by a copy that was put back") : _("backup"));
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

/* The folder of the configuration, else the one of the shop's file. */
static char *folder_of(struct app *app) {
    const char *own = app_config(app) == NULL ? "" : config_text(app_config(app), "files", "backup_folder");
    const struct shop_options *o = app_shop_options(app);
    const char *path = o == NULL ? "" : o->path;
    size_t n = (size_t)(base_of(path) - path);
    if (own[0] != '\0') {
        return mem_strdup(own);
    }
    return n == 0 ? mem_strdup(".") : mem_strndup(path, n == 1 ? 1 : n - 1);
}

/* Of "shop.db": "shop-20261121.db", "shop.db.replaced-…"; not the shop itself and what belongs to it. */
static bool is_copy(const char *name, const char *shop) {
    static const char *const own[] = {"", "-wal", "-shm", "-journal", ".lock", ".restoring"};
    size_t stem = strcspn(shop, ".");
    size_t n = strlen(shop);
    if (strncmp(name, shop, stem) != 0 || strstr(name, ".db") == NULL) {
        return false;
    }
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
        size_t len = strlen(name);
        size_t end = strlen(own[i]);
        bool tail = end > 0 && len > end && strcmp(name + len - end, own[i]) == 0;
        if (tail || (strncmp(name, shop, n) == 0 && strcmp(name + n, own[i]) == 0)) {
            return false;
        }
    }
    return true;
}

/* Names end in the day, so the last is the newest. */
static void choose(struct app *app, struct backups_page *s, bool replaced) {
    const struct shop_options *o = app_shop_options(app);
    for (size_t i = s->folder.count; i-- > 0 && o != NULL;) {
        const struct folder_entry *f = &s->folder.entries[i];
        if (!f->is_folder && is_copy(f->name, base_of(o->path)) && was_replaced(f->name) == replaced) {
            s->shown[s->count++] = i;
        }
    }
}

static enum err_code load(struct app *app, void *state, struct err *e) {
    struct backups_page *s = state;
    int width = 0;
    int height = 0;
    app_body_size(app, &width, &height);
    free(s->path);
    s->path = folder_of(app);
    enum err_code rc = folder_read(s->path, &s->folder, e);
    free(s->shown);
    s->shown = mem_array(s->folder.count, sizeof *s->shown);
    s->count = 0;
    choose(app, s, false);
    choose(app, s, true);
    list_set_height(&s->list, height - HEAD_ROWS);
    list_loaded(&s->list, 0, s->count, s->count);
    return rc;
}

/* --- making one */

static enum err_code made(struct app *app, void *ctx, const char *text, struct err *e) {
    (void)ctx;
    if (text[0] == '\0') {
        return err_set(e, ERR_INVALID, _("Give the file a name"));
    }
    enum err_code rc = backup_make(app_shop(app), text, e);
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
    char *name = mem_printf("%s/%.*s-%.4s%.2s%.2s-%.2s%.2s%.2s.db", s->path, (int)strcspn(shop, "."), shop, now,
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

static void put_back(struct app *app, void *ctx) {
    const struct backups_page *s = ctx;
    struct shop *shop = app_shop(app);
    char *actor = mem_strdup(shop_actor_code(shop));
    char *copy = mem_strdup(s->acting_on);
    char *kept = NULL;
    struct err e = ERR_INIT;
    struct err lost = ERR_INIT;
    app_set_shop(app, NULL);
    shop_close(&shop);
    enum err_code rc = backup_restore(app_shop_options(app), copy, &kept, &e);
    if (reopen(app, actor, &lost) != ERR_OK) {
        app_error(app, &lost);
        app_quit(app); /* without a shop there is nothing to do here */
    } else if (rc != ERR_OK) {
        popup_message(app, _("Not put back"), e.message);
    } else {
        app_status(app, _("The copy is in place; what was there before is kept as %s"), kept == NULL ? "" : kept);
    }
    free(actor);
    free(copy);
    free(kept);
}

static unsigned ask(struct app *app, struct backups_page *s) {
    struct err e = ERR_INIT;
    if (s->list.cursor >= s->count) {
        return SCREEN_REDRAW;
    }
    if (shop_require(app_shop(app), PERMIT_BACKUP, &e) != ERR_OK) {
        return app_error(app, &e);
    }
    const char *name = s->folder.entries[s->shown[s->list.cursor]].name;
    free(s->acting_on);
    s->acting_on = mem_printf("%s/%s", s->path, name);
    char *question =
        mem_printf(_("Put %s in the shop's place? What was done since is only in the file that is kept aside."), name);
    popup_ask(app, question, _("Put back"), put_back, s);
    free(question);
    return SCREEN_REDRAW;
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
    case ACTION_LIST_FILTER:
    case ACTION_LIST_MARK:
        return SCREEN_REDRAW; /* few rows, the newest first */
    default:
        break;
    }
    return list_handle(&s->list, &source, action, &k) == LIST_IGNORED ? SCREEN_IGNORED : SCREEN_REDRAW;
}

static void paint(const struct app *app, const void *state, struct canvas *c) {
    const struct backups_page *s = state;
    struct list_source source = source_of(s);
    (void)app;
    canvas_textf(c, 1, 0, c->width - 2, STYLE_NORMAL, _("In the folder: %s"), s->path == NULL ? "" : s->path);
    struct canvas body = canvas_view(c, 0, HEAD_ROWS, c->width, c->height - HEAD_ROWS);
    list_paint(&s->list, &source, &body, true);
}

static enum action_context focus(const void *state) {
    (void)state;
    return CONTEXT_LIST;
}

static void clear(void *state) {
    struct backups_page *s = state;
    folder_clear(&s->folder);
    free(s->shown);
    free(s->path);
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
    .focus = focus,
    .clear = clear,
    .needs = PERMIT_BACKUP,
};
