#include "tui/screens/settings_machine.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "io/config.h"
#include "tui/list.h"
#include "tui/screens/short_list.h"

enum { ABOUT_ROWS = 5 };

struct machine_page {
    struct list list;
    const struct config *config; /* the application's */
};

static const struct list_column columns[] = {
    {N_("Section"), 10, 12, 2, ALIGN_LEFT, false},
    {N_("Key"), 16, 24, 1, ALIGN_LEFT, false},
    {N_("Value"), 24, 80, 1, ALIGN_LEFT, false},
};

/* The keys of the table, then the [keys] that the file changes. */
struct machine_row {
    const char *section, *key, *value, *doc;
    bool changed;
};

static struct machine_row row_at(const struct machine_page *s, size_t row) {
    size_t count = 0;
    const struct config_key *keys = config_keys(&count);
    if (row < count) {
        const struct config_key *k = &keys[row];
        const char *value = s->config == NULL ? k->fallback : config_text(s->config, k->section, k->key);
        return (struct machine_row){k->section, k->key, value, k->doc, strcmp(value, k->fallback) != 0};
    }
    const struct ini_entry *entry = config_entry(s->config, "keys", row - count);
    return (struct machine_row){entry->section, entry->key, entry->value, "", true};
}

static size_t row_count(const struct machine_page *s) {
    size_t count = 0;
    config_keys(&count);
    for (size_t i = 0; s->config != NULL && config_entry(s->config, "keys", i) != NULL; i++) {
        count++;
    }
    return count;
}

static void cell(const void *ctx, size_t row, int column, struct buf *out, enum style *style) {
    struct machine_row r = row_at(ctx, row);
    if (column == 0) {
        buf_add(out, r.section);
        *style = STYLE_DIM;
    } else if (column == 1) {
        buf_add(out, r.key);
    } else {
        buf_add(out, r.value[0] == '\0' ? "—" : r.value);
        *style = r.changed ? STYLE_STRONG : *style;
    }
}

static struct list_source source_of(const struct machine_page *s) {
    return (struct list_source){
        .columns = columns, .column_count = sizeof columns / sizeof *columns, .ctx = s, .cell = cell};
}

static enum err_code load(struct app *app, void *state, struct err *e) {
    struct machine_page *s = state;
    (void)e;
    s->config = app_config(app);
    short_list_loaded(app, &s->list, row_count(s), ABOUT_ROWS);
    return ERR_OK;
}

static unsigned handle(struct app *app, void *state, enum action action, const struct key *key) {
    struct machine_page *s = state;
    struct list_source source = source_of(s);
    if (action == ACTION_OPEN || action == ACTION_SETTINGS_CHANGE) {
        app_status(app, _("These are changed in the file, with any editor; they hold from the next start"));
        return SCREEN_REDRAW;
    }
    return short_list_handle(&s->list, &source, action, key);
}

static void paint(const struct app *app, const void *state, struct canvas *c) {
    const struct machine_page *s = state;
    struct list_source source = source_of(s);
    int y = c->height - ABOUT_ROWS;
    (void)app;
    struct canvas body = canvas_view(c, 0, 0, c->width, y);
    list_paint(&s->list, &source, &body, true);
    const char *path = s->config == NULL ? NULL : config_path(s->config);
    canvas_line(c, 0, y, c->width, STYLE_BORDER);
    if (path == NULL) {
        canvas_text(c, 1, y + 1, c->width - 2, STYLE_NORMAL,
                    _("There is no file yet; chotdon config example prints one to begin with"));
    } else {
        canvas_textf(c, 1, y + 1, c->width - 2, STYLE_NORMAL, _("In the file: %s"), path);
    }
    struct machine_row r = row_at(s, s->list.cursor);
    canvas_text_wrapped(c, 1, y + 2, c->width - 2, ABOUT_ROWS - 2, STYLE_DIM, r.doc);
}

static void clear(void *state) {
    list_clear(&((struct machine_page *)state)->list);
}

const struct screen_ops screen_settings_machine = {
    .name = "settings-machine",
    .title = N_("This machine"),
    .context = CONTEXT_SETTINGS,
    .state_size = sizeof(struct machine_page),
    .load = load,
    .handle = handle,
    .paint = paint,
    .focus = short_list_focus,
    .clear = clear,
};
