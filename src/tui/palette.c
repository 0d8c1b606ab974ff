/* The palette (Ctrl-P) finds anything by typing; the menu (F10) lists what can be done here. Both are pickers over the
 * action table. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "tui/app_state.h"

enum { ROW_ACTION = -1, ROW_SCREEN = -2 }; /* sources below the providers' */

/* Keys that only move about would drown the rest. */
static bool worth_listing(const struct app *app, int action) {
    enum action_context context = action_info((enum action)action)->context;
    if (context == CONTEXT_GLOBAL) {
        bool about = action == ACTION_HELP || action == ACTION_UNDO || action == ACTION_REDRAW ||
                     action == ACTION_SUSPEND || action == ACTION_LOCK || action == ACTION_PIN ||
                     action == ACTION_QUIT || action == ACTION_PALETTE;
        return about && action_is_offered(app, (enum action)action);
    }
    return app_current(app) != NULL && context == app_current(app)->ops->context &&
           action_is_offered(app, (enum action)action);
}

static void add_actions(struct app *app, const char *query, struct pick_rows *rows, bool global) {
    rows->source = ROW_ACTION;
    for (int i = ACTION_NONE + 1; i < ACTION_COUNT; i++) {
        const struct action_info *info = action_info((enum action)i);
        bool wanted = worth_listing(app, i) && (info->context == CONTEXT_GLOBAL) == global;
        if (wanted && text_contains_folded(_(info->help), query)) {
            struct buf keys = BUF_INIT;
            keymap_describe(app->o.keys, (enum action)i, &keys);
            pick_add(rows, _(info->help), buf_str(&keys), NULL, i);
            buf_clear(&keys);
        }
    }
}

static void add_screens(struct app *app, const char *query, struct pick_rows *rows) {
    rows->source = ROW_SCREEN;
    for (size_t i = 0; i < app->o.screen_count; i++) {
        const struct screen_ops *ops = app->desk->screens[i].ops;
        if (ops->context == CONTEXT_START || ops->context == CONTEXT_SIGN_IN || !screen_is_offered(app, ops) ||
            !text_contains_folded(_(ops->title), query)) {
            continue;
        }
        int number = app->o.screens[i].number;
        struct buf keys = BUF_INIT;
        if (number >= 0) {
            keymap_describe(app->o.keys,
                            number == 0 ? ACTION_SCREEN_0 : (enum action)((int)ACTION_SCREEN_1 + number - 1), &keys);
        }
        pick_add(rows, _(ops->title), buf_str(&keys), ops->name, 0);
        buf_clear(&keys);
    }
}

static void find_menu(struct app *app, void *ctx, const char *query, struct pick_rows *rows) {
    (void)ctx;
    add_actions(app, query, rows, false);
    add_screens(app, query, rows);
    add_actions(app, query, rows, true);
}

static void find_all(struct app *app, void *ctx, const char *query, struct pick_rows *rows) {
    (void)ctx;
    add_screens(app, query, rows);
    add_actions(app, query, rows, false);
    add_actions(app, query, rows, true);
    for (size_t i = 0; i < app->o.provider_count && *query != '\0'; i++) {
        rows->source = (int)i;
        app->o.providers[i].find(app, query, rows);
    }
}

static void go(struct app *app, void *ctx, const struct pick_row *row) {
    (void)ctx;
    struct key none = {0};
    if (row->source == ROW_ACTION) {
        app_act(app, (enum action)row->id, &none);
    } else if (row->source == ROW_SCREEN) {
        app_go(app, row->ref, NULL);
    } else {
        app->o.providers[row->source].go(app, row);
    }
}

void menu_open(struct app *app) {
    popup_pick(app, _("Menu"), find_menu, go, NULL);
}

void palette_open(struct app *app) {
    popup_pick(app, _("Find"), find_all, go, NULL);
}
