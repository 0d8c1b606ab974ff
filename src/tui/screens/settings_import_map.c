/* How the file is read: its kind, the program it came from, and which of its columns becomes which field. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "io/config.h"
#include "io/profile.h"
#include "tui/popup.h"
#include "tui/screens/settings_import.h"

static const struct list_column columns[] = {
    {N_("Field"), 18, 22, 1, ALIGN_LEFT, false},
    {N_("From the file's column"), 20, 40, 1, ALIGN_LEFT, false},
    {N_("First value"), 14, 30, 2, ALIGN_LEFT, false},
    {N_("Name in files"), 12, 16, 3, ALIGN_LEFT, false},
};
enum { COLUMN_FIELD, COLUMN_FROM, COLUMN_VALUE, COLUMN_NAME };

static void add_source(const struct import_page *s, size_t row, struct buf *out, enum style *style) {
    const struct kind_column *column = &s->preview.kind->columns[row];
    if (s->preview.mapped[row]) {
        buf_addf(out, "%s%s", s->preview.sources[row], s->maps[row] == NULL ? "" : " *");
    } else if ((column->flags & KIND_REQUIRED) != 0) {
        buf_add(out, _("! must have one: Enter"));
        *style = STYLE_ERROR;
    } else {
        buf_add(out, "—");
        *style = STYLE_DIM;
    }
}

static void cell(const void *ctx, size_t row, int column, struct buf *out, enum style *style) {
    const struct import_page *s = ctx;
    const struct kind_column *k = &s->preview.kind->columns[row];
    switch (column) {
    case COLUMN_FIELD:
        buf_addf(out, "%s%s", import_column_label(k->name), (k->flags & KIND_REQUIRED) != 0 ? " *" : "");
        *style = (k->flags & KIND_REQUIRED) != 0 ? STYLE_STRONG : *style;
        break;
    case COLUMN_FROM:
        add_source(s, row, out, style);
        break;
    case COLUMN_VALUE:
        if (s->preview.row_count > 0) {
            buf_add(out, s->preview.rows[0].cells[row].text);
            *style = s->preview.rows[0].cells[row].bad && s->preview.mapped[row] ? STYLE_ERROR : *style;
        }
        break;
    default:
        buf_add(out, k->name);
        *style = STYLE_DIM;
    }
}

struct list_source import_columns_source(const struct import_page *s) {
    return (struct list_source){.columns = columns,
                                .column_count = sizeof columns / sizeof *columns,
                                .ctx = s,
                                .cell = cell,
                                .empty = _("No file is chosen yet: Shift-Tab goes back to choose one")};
}

void import_page_changed(struct import_page *s) {
    s->preview_stale = true;
    s->outcome.there = false;
}

enum err_code import_page_profile(struct app *app, const struct import_page *s, struct profile **out, struct err *e) {
    const struct kind *kind = kind_info(s->kind);
    struct profile *p = NULL;
    enum err_code rc = s->profile[0] == '\0' ? ERR_OK : profile_find(s->profile, app_config(app), &p, e);
    if (rc != ERR_OK) {
        return rc;
    }
    p = p == NULL ? profile_new() : p;
    if (s->month_first) {
        profile_date_order(p, DATE_MDY);
    }
    for (size_t i = 0; i < kind->count && rc == ERR_OK; i++) {
        if (s->maps[i] != NULL && s->maps[i][0] == '\0') {
            profile_unmap(p, kind->columns[i].name);
        } else if (s->maps[i] != NULL) {
            char *map = mem_printf("%s=%s", s->maps[i], kind->columns[i].name);
            rc = profile_map(p, map, e);
            free(map);
        }
    }
    if (rc != ERR_OK) {
        profile_free(p);
        return rc;
    }
    *out = p;
    return ERR_OK;
}

static void forget_maps(struct import_page *s) {
    for (size_t i = 0; i < KIND_COLUMNS_MAX; i++) {
        free(s->maps[i]);
        s->maps[i] = NULL;
    }
}

/* --- which column of the file */

enum { PICK_FOUND = -1, PICK_NONE = -2 };

static void find_headers(struct app *app, void *ctx, const char *query, struct pick_rows *rows) {
    const struct import_page *s = ctx;
    (void)app;
    for (size_t i = 0; i < s->preview.header_count && rows->count < POPUP_PICK_ROWS; i++) {
        if (text_contains_folded(s->preview.headers[i], query)) {
            pick_add(rows, s->preview.headers[i], "", s->preview.headers[i], (int64_t)i);
        }
    }
    if (query[0] == '\0') {
        pick_add(rows, _("(none: the field stays as it is)"), "", "", PICK_NONE);
        pick_add(rows, _("(as it was found)"), "", "", PICK_FOUND);
    }
}

static void header_picked(struct app *app, void *ctx, const struct pick_row *row) {
    struct import_page *s = ctx;
    char **map = &s->maps[s->columns.cursor];
    free(*map);
    *map = row->id == PICK_FOUND ? NULL : mem_strdup(row->id == PICK_NONE ? "" : row->ref);
    import_page_changed(s);
    app_reload(app);
}

unsigned import_map_column(struct app *app, struct import_page *s) {
    if (s->columns.cursor < s->columns.total) {
        const char *name = s->preview.kind->columns[s->columns.cursor].name;
        popup_pick(app, import_column_label(name), find_headers, header_picked, s);
    }
    return SCREEN_REDRAW;
}

/* --- kind, profile, options */

static void kind_chosen(struct app *app, void *ctx, int index) {
    struct import_page *s = ctx;
    if ((enum kind_id)index != s->kind) {
        s->kind = (enum kind_id)index;
        forget_maps(s);
        list_go(&s->columns, 0);
    }
    import_page_changed(s);
    app_reload(app);
}

static unsigned choose_kind(struct app *app, struct import_page *s) {
    const char *labels[KIND_COUNT];
    int count = 0;
    while (kind_is_import((enum kind_id)count)) {
        labels[count] = import_kind_label((enum kind_id)count);
        count++;
    }
    popup_choose(app, _("What is in the file?"), labels, count, (int)s->kind, kind_chosen, s);
    return SCREEN_REDRAW;
}

static void add_profile(struct pick_rows *rows, const char *query, const char *name, const char *detail) {
    if (rows->count < POPUP_PICK_ROWS && text_contains_folded(name, query)) {
        pick_add(rows, name, detail, name, 0);
    }
}

static void find_profiles(struct app *app, void *ctx, const char *query, struct pick_rows *rows) {
    const struct config *config = app_config(app);
    (void)ctx;
    if (query[0] == '\0') {
        pick_add(rows, _("(none: the columns bear our names)"), "", "", 0);
    }
    for (size_t i = 0; profile_name(i) != NULL; i++) {
        add_profile(rows, query, profile_name(i), "");
    }
    for (size_t i = 0; config != NULL && config_import_name(config, i) != NULL; i++) {
        add_profile(rows, query, config_import_name(config, i), _("configuration"));
    }
}

static void profile_picked(struct app *app, void *ctx, const struct pick_row *row) {
    struct import_page *s = ctx;
    struct profile *p = NULL;
    struct err e = ERR_INIT;
    if (row->ref[0] != '\0' && profile_find(row->ref, app_config(app), &p, &e) != ERR_OK) {
        app_error(app, &e); /* one of the configuration that is not well formed */
        return;
    }
    profile_free(p);
    snprintf(s->profile, sizeof s->profile, "%s", row->ref);
    forget_maps(s);
    import_page_changed(s);
    app_reload(app);
}

unsigned import_map_act(struct app *app, struct import_page *s, enum action action) {
    switch (action) {
    case ACTION_IMPORT_KIND:
        return choose_kind(app, s);
    case ACTION_IMPORT_PROFILE:
        popup_pick(app, _("From which program?"), find_profiles, profile_picked, s);
        return SCREEN_REDRAW;
    case ACTION_IMPORT_MISSING:
        s->create_missing = !s->create_missing;
        break;
    case ACTION_IMPORT_ATOMIC:
        s->atomic = !s->atomic;
        break;
    case ACTION_IMPORT_DATES:
        s->month_first = !s->month_first;
        break;
    default:
        return SCREEN_IGNORED;
    }
    import_page_changed(s);
    return SCREEN_RELOAD;
}

unsigned import_choose_file(struct app *app, struct import_page *s, const char *path) {
    struct err e = ERR_INIT;
    enum kind_id kind = KIND_ORDERS;
    char profile[IMPORT_PROFILE_NAME_MAX];
    bool sure = false;
    char *file = strcmp(path, "-") == 0 ? mem_strdup("./-") : mem_strdup(path);
    if (import_guess(file, app_config(app), &kind, profile, &sure, &e) != ERR_OK) {
        free(file);
        return app_error(app, &e);
    }
    if (s->file == NULL || strcmp(s->file, file) != 0 || kind != s->kind) {
        forget_maps(s);
    }
    free(s->file);
    s->file = file;
    s->kind = kind;
    memcpy(s->profile, profile, sizeof s->profile);
    s->tab = sure ? IMPORT_TAB_ROWS : IMPORT_TAB_COLUMNS;
    list_go(&s->columns, 0);
    list_go(&s->rows, 0);
    import_page_changed(s);
    if (sure) {
        app_status(app, _("%s, it seems. F5 tries it without writing, F9 imports"), import_kind_label(kind));
    } else {
        app_status(app, _("Say what is in the file (t) and which column is which (Enter), then F5"));
    }
    return SCREEN_RELOAD;
}
