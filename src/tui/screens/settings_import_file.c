/* Choosing the file: a path is typed, the folder's entries that begin so stand under it, Tab completes. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "tui/screens/settings_import.h"

enum { HEAD_ROWS = 3 };

static const struct list_column columns[] = {
    {N_("File"), 30, 80, 1, ALIGN_LEFT, false},
    {N_("Size"), 9, 12, 2, ALIGN_RIGHT, false},
};

/* What stands after the last slash, and the folder before it ("" when nothing is said: here). */
static const char *base_of(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

static char *folder_of(const char *path) {
    size_t n = (size_t)(base_of(path) - path);
    return n == 0 ? mem_strdup(".") : mem_strndup(path, n);
}

static bool looks_right(const char *name) {
    static const char *const endings[] = {".csv", ".txt", ".tsv"};
    size_t n = strlen(name);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        if (n > 4 && strcasecmp(name + n - 4, endings[i]) == 0) {
            return true;
        }
    }
    return false;
}

static void add_size(struct buf *out, int64_t bytes) {
    static const char *const units[] = {"B", "kB", "MB", "GB", "TB"};
    size_t unit = 0;
    for (; bytes >= 10000 && unit + 1 < sizeof units / sizeof *units; unit++) {
        bytes = (bytes + 500) / 1000;
    }
    buf_addf(out, "%lld %s", (long long)bytes, units[unit]);
}

static void cell(const void *ctx, size_t row, int column, struct buf *out, enum style *style) {
    const struct import_page *s = ctx;
    const struct folder_entry *f = &s->folder.entries[s->shown[row]];
    *style = f->is_folder ? STYLE_HEADER : looks_right(f->name) ? STYLE_STRONG : STYLE_DIM;
    if (column == 0) {
        buf_addf(out, "%s%s", f->name, f->is_folder ? "/" : "");
    } else if (!f->is_folder) {
        add_size(out, f->size);
    }
}

static struct list_source source_of(const struct import_page *s) {
    return (struct list_source){.columns = columns,
                                .column_count = sizeof columns / sizeof *columns,
                                .ctx = s,
                                .cell = cell,
                                .empty = _("No file here begins so")};
}

static bool begins(const char *name, const char *folded) {
    char *whole = text_fold(name);
    bool is = strncmp(whole, folded, strlen(folded)) == 0;
    free(whole);
    return is;
}

static void choose_shown(struct import_page *s) {
    char *folded = text_fold(base_of(field_text(&s->path)));
    size_t count = 0;
    free(s->shown);
    s->shown = mem_array(s->folder.count, sizeof *s->shown);
    for (size_t i = 0; i < s->folder.count; i++) {
        if (begins(s->folder.entries[i].name, folded)) {
            s->shown[count++] = i;
        }
    }
    free(folded);
    list_loaded(&s->files, 0, count, count);
}

enum err_code import_file_load(struct import_page *s, int height, struct err *e) {
    char *folder = folder_of(field_text(&s->path));
    enum err_code rc = ERR_OK;
    list_set_height(&s->files, height - HEAD_ROWS);
    if (s->folder_path == NULL || strcmp(folder, s->folder_path) != 0) {
        rc = folder_read(folder, &s->folder, e);
        free(s->folder_path);
        s->folder_path = folder;
    } else {
        free(folder);
    }
    choose_shown(s);
    return rc;
}

/* The typed path with another name at its end. */
static char *with_name(const struct import_page *s, const char *name, bool is_folder) {
    const char *path = field_text(&s->path);
    return mem_printf("%.*s%s%s", (int)(base_of(path) - path), path, name, is_folder ? "/" : "");
}

static unsigned set_path(struct import_page *s, char *path) {
    field_set(&s->path, path);
    free(path);
    list_go(&s->files, 0);
    return SCREEN_RELOAD;
}

/* As far as all that begin so agree; a name that stands alone is taken whole. */
static unsigned complete(struct import_page *s) {
    size_t count = s->files.total;
    if (count == 0) {
        return SCREEN_REDRAW;
    }
    const struct folder_entry *first = &s->folder.entries[s->shown[0]];
    size_t same = strlen(first->name);
    for (size_t i = 1; i < count; i++) {
        const char *name = s->folder.entries[s->shown[i]].name;
        size_t n = 0;
        while (n < same && name[n] == first->name[n]) {
            n++;
        }
        same = n;
    }
    while (same > 0 && ((unsigned char)first->name[same] & 0xC0) == 0x80) { /* not inside of a letter */
        same--;
    }
    if (count > 1 && same <= strlen(base_of(field_text(&s->path)))) {
        return SCREEN_REDRAW;
    }
    char *name = mem_strndup(first->name, same);
    char *path = with_name(s, name, count == 1 && first->is_folder);
    free(name);
    return set_path(s, path);
}

/* A path that is typed whole is taken as it is; else the entry under the cursor. */
static unsigned accept(struct app *app, struct import_page *s) {
    const char *typed = field_text(&s->path);
    const struct folder_entry *f =
        s->files.cursor < s->files.total ? &s->folder.entries[s->shown[s->files.cursor]] : NULL;
    if (f == NULL || (s->files.cursor == 0 && base_of(typed)[0] != '\0' && folder_has(typed))) {
        return folder_is(typed) ? set_path(s, mem_printf("%s/", typed)) : import_choose_file(app, s, typed);
    }
    char *path = with_name(s, f->name, f->is_folder);
    if (f->is_folder) {
        return set_path(s, path);
    }
    unsigned done = import_choose_file(app, s, path);
    free(path);
    return done;
}

unsigned import_file_handle(struct app *app, struct import_page *s, enum action action, const struct key *key) {
    struct list_source source = source_of(s);
    struct key k = *key;
    if (action == ACTION_OPEN) {
        return accept(app, s);
    }
    if (action == ACTION_NEXT) {
        return complete(s);
    }
    switch (field_handle(&s->path, action, key)) {
    case FIELD_CHANGED:
        list_go(&s->files, 0);
        return SCREEN_RELOAD;
    case FIELD_IGNORED:
        break;
    default:
        return SCREEN_REDRAW;
    }
    k.y -= HEAD_ROWS;
    return list_handle(&s->files, &source, action, &k) == LIST_IGNORED ? SCREEN_IGNORED : SCREEN_REDRAW;
}

void import_file_paint(const struct import_page *s, struct canvas *c) {
    struct list_source source = source_of(s);
    int x = canvas_textf(c, 1, 0, c->width - 2, STYLE_LABEL, "%s ", _("File:")) + 1;
    field_paint(&s->path, c, x, 0, c->width - x - 1, STYLE_FIELD_FOCUS, true);
    canvas_text(c, 1, 1, c->width - 2, STYLE_DIM, _("Type its path; Tab completes, arrows choose, Enter opens"));
    struct canvas body = canvas_view(c, 0, HEAD_ROWS, c->width, c->height - HEAD_ROWS);
    list_paint(&s->files, &source, &body, true);
}

void import_file_clear(struct import_page *s) {
    field_clear(&s->path);
    folder_clear(&s->folder);
    free(s->folder_path);
    free(s->shown);
    list_clear(&s->files);
    free(s->file);
}
