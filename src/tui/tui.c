#include "tui/tui.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "chotdon/backup.h"
#include "chotdon/deal.h"
#include "chotdon/setting.h"
#include "tui/loop.h"
#include "tui/screens/screens.h"
#include "tui/station.h"
#include "tui/terminal.h"
#include "tui/upkeep.h"

struct tui {
    const struct tui_options *options;
    struct app *app;
    int64_t wins; /* told up to this row; −1 before the shop is there */
    struct upkeep upkeep;
};

static struct shop *current_shop(const struct tui *t) {
    return t->app == NULL ? t->options->shop : app_shop(t->app);
}

static void now(void *ctx, char text[DATETIME_SIZE]) {
    const struct tui *t = ctx;
    struct shop *shop = current_shop(t);
    if (shop != NULL) {
        shop_now(shop, text);
    } else {
        t->options->shop_options->clock(t->options->shop_options->clock_ctx, "Asia/Ho_Chi_Minh", text);
    }
}

static void title(void *ctx, struct app_title *out) {
    const struct tui *t = ctx;
    struct shop *shop = current_shop(t);
    const char *path = t->options->shop_options->path;
    const char *slash = strrchr(path, '/');
    *out = (struct app_title){"Chốt Đơn", "", slash == NULL ? path : slash + 1};
    if (shop == NULL) {
        return;
    }
    if (setting_shop_name(shop)[0] != '\0') {
        out->shop = setting_shop_name(shop);
    }
    out->who = shop_actor_name(shop)[0] == '\0' ? _("Shop owner") : shop_actor_name(shop);
}

static bool changed(void *ctx) {
    struct shop *shop = current_shop(ctx);
    return shop != NULL && shop_changed_by_others(shop);
}

struct news {
    struct tui *t;
    char *line;
};

/* Of several the newest is told. */
static enum err_code keep_win(void *ctx, const struct deal_win_news *w, struct err *e) {
    struct news *n = ctx;
    (void)e;
    free(n->line);
    n->line = deal_win_line(current_shop(n->t), w);
    n->t->wins = w->id;
    return ERR_OK;
}

static char *news(void *ctx) {
    enum { AT_ONCE = 20 };
    struct tui *t = ctx;
    struct news n = {t, NULL};
    struct shop *shop = current_shop(t);
    if (shop != NULL && t->wins < 0) {
        deal_wins_last(shop, &t->wins, NULL);
    } else if (shop != NULL) {
        deal_wins(shop, t->wins, AT_ONCE, keep_win, &n, NULL);
    }
    return n.line;
}

static void idle(void *ctx) {
    struct tui *t = ctx;
    struct shop *shop = current_shop(ctx);
    if (shop != NULL) {
        shop_tidy(shop);
        upkeep_idle(t->app, &t->upkeep);
    }
}

static bool untidy(void *ctx) {
    const struct shop *shop = current_shop(ctx);
    return shop != NULL && shop_is_untidy(shop);
}

/* A clock that is wrong, or backups that are not made. */
static void say_warnings(const struct tui *t) {
    struct shop *shop = t->options->shop;
    const char *clock = shop == NULL ? NULL : shop_clock_warning(shop);
    char *backups = shop == NULL || clock != NULL ? NULL : backup_warning(shop, t->options->shop_options);
    if (clock != NULL || backups != NULL) {
        app_status(t->app, "%s", clock != NULL ? clock : backups);
    }
    free(backups);
    char *files = shop == NULL ? NULL : shop_file_warning(shop, false);
    if (files != NULL) {
        app_status(t->app, "%s", files);
    }
    free(files);
}

static void say_last_words(char *words) {
    if (words != NULL) {
        fprintf(stderr, "chotdon: %s\n", words);
    }
    free(words);
}

/* What the program comes with needs no checking at every start: a test does that. */
static enum err_code read_keys(const struct config *config, struct keymap *keys, struct err *e) {
    const struct ini_entry *entry = NULL;
    size_t count = 0;
    for (; (entry = config_entry(config, "keys", count)) != NULL; count++) {
        struct err inner = ERR_INIT;
        if (keymap_set(keys, entry->key, entry->value, &inner) != ERR_OK) {
            return config_fault(config, entry, inner.message, e);
        }
    }
    return count == 0 ? ERR_OK : keymap_check(keys, e);
}

static enum err_code open_terminal(const struct tui_options *o, struct terminal **terminal, struct err *e) {
    struct terminal_options options = {
        .theme = THEME_DARK, .colour = o->colour, .mouse = config_bool(o->config, "ui", "mouse")};
    theme_by_name(config_text(o->config, "ui", "theme"), &options.theme);
    if (o->hidden_home != NULL) {
        unsetenv("HOME");
    }
    enum err_code rc = terminal_open(&options, terminal, e);
    if (o->hidden_home != NULL) {
        setenv("HOME", o->hidden_home, 1);
    }
    return rc;
}

enum err_code tui_run(const struct tui_options *options, struct shop **shop, struct err *e) {
    struct tui t = {.options = options, .wins = -1};
    char station[STATION_SIZE];
    char *last_words = NULL;
    struct terminal *terminal = NULL;
    struct keymap *keys = keymap_new();
    enum err_code rc = read_keys(options->config, keys, e);
    if (rc == ERR_OK) {
        rc = open_terminal(options, &terminal, e);
    }
    if (rc == ERR_OK) {
        struct app_options app_options = {
            .shop = options->shop,
            .terminal = terminal,
            .keys = keys,
            .config = options->config,
            .shop_options = options->shop_options,
            .set_language = options->set_language,
            .station = station_name(station),
            .first = options->shop == NULL ? "start" : NULL,
            .ctx = &t,
            .now = now,
            .title = title,
            .changed = changed,
            .news = news,
            .idle = idle,
            .untidy = untidy,
        };
        app_options.screen_count = screens_all(&app_options.screens);
        app_options.provider_count = screens_providers(&app_options.providers);
        t.app = app_new(&app_options);
        say_warnings(&t);
        free(news(&t)); /* begins with the wins to come */
        app_run(t.app);
        last_words = upkeep_close(t.app);
        *shop = app_shop(t.app);
        app_free(t.app);
    }
    terminal_close(terminal);
    say_last_words(last_words);
    keymap_free(keys);
    return rc;
}
