#include "tui/screens/settings_import.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "io/profile.h"
#include "tui/screens/tabs.h"

enum { ABOUT_ROWS = 3 }; /* the file and how it is read */

static const char *const tab_titles[IMPORT_TAB_COUNT] = {N_("1 File"), N_("2 Columns"), N_("3 First rows"),
                                                         N_("4 Result"), N_("Imports so far")};

static void open_screen(struct app *app, void *state, const char *argument) {
    struct import_page *s = state;
    s->opened = true;
    if (argument != NULL) {
        field_set(&s->path, argument);
        import_choose_file(app, s, argument);
    }
}

/* Rows of the body that the list of the tab in front has. */
static int list_height(const struct import_page *s, int height) {
    int rows = height - TABS_HEIGHT;
    return s->tab == IMPORT_TAB_LOG      ? rows
           : s->tab == IMPORT_TAB_RESULT ? rows - ABOUT_ROWS - IMPORT_OUTCOME_ROWS
                                         : rows - ABOUT_ROWS;
}

static enum err_code load_preview(struct app *app, struct import_page *s, struct err *e) {
    struct profile *profile = NULL;
    enum err_code rc = import_page_profile(app, s, &profile, e);
    if (rc != ERR_OK) {
        return rc;
    }
    struct import_options options = {
        .kind = s->kind, .path = s->file, .profile = profile, .month_first = s->month_first};
    import_preview_clear(&s->preview);
    rc = import_preview_read(app_shop(app), &options, &s->preview, e);
    profile_free(profile);
    if (rc != ERR_OK) {
        import_preview_clear(&s->preview);
    }
    import_rows_plan(s);
    s->preview_stale = false;
    return rc;
}

static enum err_code load(struct app *app, void *state, struct err *e) {
    struct import_page *s = state;
    int width = 0;
    int height = 0;
    enum err_code rc = ERR_OK;
    app_body_size(app, &width, &height);
    if (s->tab == IMPORT_TAB_FILE) {
        return import_file_load(s, height - TABS_HEIGHT, e);
    }
    if (s->tab == IMPORT_TAB_LOG) {
        list_set_height(&s->log, list_height(s, height));
        return import_log_load(app, s, e);
    }
    if (s->file != NULL && s->preview_stale) {
        rc = load_preview(app, s, e);
    }
    size_t fields = s->preview.kind == NULL ? 0 : s->preview.kind->count;
    list_set_height(&s->columns, list_height(s, height));
    list_set_height(&s->rows, list_height(s, height));
    list_set_height(&s->findings, list_height(s, height));
    list_loaded(&s->columns, 0, fields, fields);
    list_loaded(&s->rows, 0, s->preview.row_count, s->preview.row_count);
    return rc;
}

static struct list *list_of(struct import_page *s, struct list_source *source) {
    switch (s->tab) {
    case IMPORT_TAB_COLUMNS:
        *source = import_columns_source(s);
        return &s->columns;
    case IMPORT_TAB_ROWS:
        *source = import_rows_source(s);
        return &s->rows;
    case IMPORT_TAB_RESULT:
        *source = import_findings_source(s);
        return &s->findings;
    default:
        *source = import_log_source(s);
        return &s->log;
    }
}

static unsigned change_tab(struct import_page *s, int step) {
    s->tab = (enum import_tab)tabs_step((int)s->tab, step, IMPORT_TAB_COUNT);
    return SCREEN_RELOAD;
}

static unsigned enter(struct app *app, struct import_page *s) {
    switch (s->tab) {
    case IMPORT_TAB_COLUMNS:
        return import_map_column(app, s);
    case IMPORT_TAB_ROWS:
        return import_rows_open(app, s);
    case IMPORT_TAB_RESULT:
        return import_finding_open(app, s);
    default:
        return SCREEN_REDRAW;
    }
}

static unsigned act(struct app *app, struct import_page *s, enum action action) {
    switch (action) {
    case ACTION_PREVIOUS:
        return change_tab(s, -1);
    case ACTION_IMPORT_CHECK:
        return import_page_run(app, s, true);
    case ACTION_IMPORT_RUN:
        return import_page_run(app, s, false);
    case ACTION_IMPORT_ERRORS:
        return import_page_errors(app, s);
    case ACTION_IMPORT_UNDO:
        return import_log_undo(app, s);
    default:
        return import_map_act(app, s, action);
    }
}

static unsigned handle_list(struct app *app, struct import_page *s, enum action action, const struct key *key) {
    struct list_source source;
    struct list *list = list_of(s, &source);
    struct key k = *key;
    int width = 0;
    int height = 0;
    app_body_size(app, &width, &height);
    k.y -= height - list_height(s, height);
    switch (action) {
    case ACTION_NEXT:
    case ACTION_LIST_RIGHT:
        return change_tab(s, 1);
    case ACTION_LIST_LEFT:
        return change_tab(s, -1);
    case ACTION_OPEN:
        return enter(app, s);
    case ACTION_LIST_FILTER:
    case ACTION_LIST_SORT:
    case ACTION_LIST_REVERSE:
    case ACTION_LIST_MARK:
        return SCREEN_REDRAW; /* the lists stay in the file's order */
    default:
        break;
    }
    return list_handle(list, &source, action, &k) == LIST_IGNORED ? act(app, s, action) : SCREEN_REDRAW;
}

static unsigned handle(struct app *app, void *state, enum action action, const struct key *key) {
    struct import_page *s = state;
    if (s->tab == IMPORT_TAB_FILE) {
        unsigned done = import_file_handle(app, s, action, key);
        return done != SCREEN_IGNORED ? done : act(app, s, action);
    }
    return handle_list(app, s, action, key);
}

static const char *delimiter_name(char delimiter) {
    return delimiter == '\t' ? "TAB" : delimiter == ';' ? ";" : delimiter == '|' ? "|" : ",";
}

static int option(struct canvas *c, int x, int y, const char *label, const char *value) {
    int used = canvas_textf(c, x, y, c->width - x, STYLE_LABEL, "%s ", label);
    return x + used + canvas_text(c, x + used, y, c->width - x - used, STYLE_STRONG, value) + 3;
}

static void paint_about(const struct import_page *s, struct canvas *c) {
    if (s->file == NULL) {
        return;
    }
    canvas_textf(c, 1, 0, c->width - 2, STYLE_NORMAL, "%s  (%s, %s)", s->file, s->preview.encoding,
                 delimiter_name(s->preview.delimiter));
    int x = option(c, 1, 1, _("Kind (t):"), import_kind_label(s->kind));
    x = option(c, x, 1, _("Program (p):"), s->profile[0] == '\0' ? _("ours") : s->profile);
    option(c, x, 1, _("Dates (d):"), s->month_first ? _("month/day") : _("day/month"));
    x = option(c, 1, 2, _("Make what is missing (m):"), s->create_missing ? _("yes") : _("no"));
    option(c, x, 2, _("All or nothing (a):"), s->atomic ? _("yes") : _("no"));
}

static void paint(const struct app *app, const void *state, struct canvas *c) {
    const struct import_page *s = state;
    struct list_source source;
    (void)app;
    tabs_paint(c, tab_titles, IMPORT_TAB_COUNT, (int)s->tab, NULL);
    struct canvas body = canvas_view(c, 0, TABS_HEIGHT, c->width, c->height - TABS_HEIGHT);
    if (s->tab == IMPORT_TAB_FILE) {
        import_file_paint(s, &body);
        return;
    }
    if (s->tab != IMPORT_TAB_LOG) {
        paint_about(s, &body);
    }
    if (s->tab == IMPORT_TAB_RESULT) {
        struct canvas outcome = canvas_view(&body, 0, ABOUT_ROWS + 1, c->width, IMPORT_OUTCOME_ROWS - 1);
        canvas_line(&body, 0, ABOUT_ROWS, c->width, STYLE_BORDER);
        import_outcome_paint(s, &outcome);
    }
    int height = list_height(s, c->height);
    const struct list *list = list_of((struct import_page *)s, &source); /* only looked at */
    struct canvas rows = canvas_view(c, 0, c->height - height, c->width, height);
    list_paint(list, &source, &rows, true);
}

static enum action_context focus(const void *state) {
    return ((const struct import_page *)state)->tab == IMPORT_TAB_FILE ? CONTEXT_FIELD : CONTEXT_LIST;
}

static void clear(void *state) {
    struct import_page *s = state;
    import_file_clear(s);
    for (size_t i = 0; i < KIND_COLUMNS_MAX; i++) {
        free(s->maps[i]);
    }
    import_preview_clear(&s->preview);
    list_clear(&s->columns);
    list_clear(&s->rows);
    import_outcome_clear(s);
    import_log_clear(s);
}

const struct screen_ops screen_settings_import = {
    .name = "settings-import",
    .title = N_("Import"),
    .context = CONTEXT_IMPORT,
    .state_size = sizeof(struct import_page),
    .open = open_screen,
    .load = load,
    .handle = handle,
    .paint = paint,
    .focus = focus,
    .clear = clear,
    .needs = PERMIT_IMPORT,
};
