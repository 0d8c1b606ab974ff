/* The picker: a field to type in and the rows that match. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "tui/app_state.h"
#include "tui/list.h"

struct picker {
    char *title;
    struct field query;
    struct list list;
    struct pick_rows rows;
    pick_find_fn *find;
    pick_done_fn *done;
    void *ctx;
};

void pick_add(struct pick_rows *rows, const char *text, const char *detail, const char *ref, int64_t id) {
    rows->items = mem_grow(rows->items, rows->count, &rows->cap, sizeof *rows->items);
    rows->items[rows->count++] =
        (struct pick_row){mem_strdup(text == NULL ? "" : text), mem_strdup(detail == NULL ? "" : detail),
                          mem_strdup(ref == NULL ? "" : ref), id, rows->source};
}

struct pick_row pick_row_copy(const struct pick_row *row) {
    return (struct pick_row){mem_strdup(row->text), mem_strdup(row->detail), mem_strdup(row->ref), row->id,
                             row->source};
}

void pick_row_clear(struct pick_row *row) {
    free(row->text);
    free(row->detail);
    free(row->ref);
    *row = (struct pick_row){0};
}

static void rows_reset(struct pick_rows *rows) {
    for (size_t i = 0; i < rows->count; i++) {
        pick_row_clear(&rows->items[i]);
    }
    rows->count = 0;
    rows->source = 0;
}

static void picker_free(void *state) {
    struct picker *p = state;
    rows_reset(&p->rows);
    free(p->rows.items);
    free(p->title);
    field_clear(&p->query);
    list_clear(&p->list);
    free(p);
}

static void search(struct app *app, struct picker *p) {
    rows_reset(&p->rows);
    p->find(app, p->ctx, field_text(&p->query), &p->rows);
    list_go(&p->list, 0);
    list_loaded(&p->list, 0, p->rows.count, p->rows.count);
}

static void cell(const void *ctx, size_t row, int column, struct buf *out, enum style *style) {
    const struct picker *p = ctx;
    *style = column == 0 ? STYLE_POPUP : STYLE_DIM;
    buf_add(out, column == 0 ? p->rows.items[row].text : p->rows.items[row].detail);
}

enum { DETAIL_LEAST = 12 };

/* What stands at the right is shown whole as long as it leaves half of the width to the texts. */
static void set_columns(const struct picker *p, int width, struct list_column columns[2]) {
    int detail = DETAIL_LEAST;
    for (size_t i = 0; i < p->rows.count; i++) {
        int used = text_width(p->rows.items[i].detail);
        detail = used > detail ? used : detail;
    }
    detail = detail > width / 2 ? width / 2 : detail;
    columns[0] = (struct list_column){"", 20, 400, 1, ALIGN_LEFT, false};
    columns[1] = (struct list_column){"", detail, detail, 2, ALIGN_RIGHT, false};
}

static struct list_source source_of(const struct picker *p, const struct list_column columns[2]) {
    return (struct list_source){
        .columns = columns, .column_count = 2, .ctx = p, .cell = cell, .empty = _("Nothing matches")};
}

/* Closed first, so that what `done` opens or asks for sees the screen. */
static enum popup_result accept(struct app *app, struct picker *p) {
    if (p->list.cursor >= p->rows.count) {
        return POPUP_STAY;
    }
    struct pick_row row = p->rows.items[p->list.cursor];
    p->rows.items[p->list.cursor] = (struct pick_row){0};
    pick_done_fn *done = p->done;
    void *ctx = p->ctx;
    popup_close(app, p);
    deed_set(app, (struct deed){.kind = DEED_ROW, .pick = done, .ctx = ctx, .row = pick_row_copy(&row)});
    done(app, ctx, &row);
    pick_row_clear(&row);
    return POPUP_STAY;
}

static enum popup_result picker_handle(struct app *app, void *state, enum action action, const struct key *key) {
    struct picker *p = state;
    struct list_column columns[2];
    set_columns(p, 0, columns);
    struct list_source source = source_of(p, columns);
    if (action == ACTION_POPUP_CLOSE || action == ACTION_BACK) {
        return POPUP_CLOSE;
    }
    if (action == ACTION_POPUP_ACCEPT || action == ACTION_OPEN) {
        return accept(app, p);
    }
    enum field_result r = field_handle(&p->query, action, key);
    if (r == FIELD_CHANGED) {
        search(app, p);
    }
    if (r != FIELD_IGNORED) {
        return POPUP_STAY;
    }
    bool plain = action != ACTION_LIST_FILTER && action != ACTION_LIST_SORT && action != ACTION_LIST_REVERSE;
    return plain && list_handle(&p->list, &source, action, key) != LIST_IGNORED ? POPUP_STAY : POPUP_PASS;
}

static void picker_paint(const struct app *app, const void *state, struct canvas *body) {
    const struct picker *p = state;
    struct list_column columns[2];
    (void)app;
    int width = body->width - 10 > 76 ? 76 : body->width - 10;
    int height = body->height - 4 > 22 ? 22 : body->height - 4;
    struct canvas inside = popup_frame(body, width, height, p->title);
    set_columns(p, inside.width, columns);
    struct list_source source = source_of(p, columns);
    canvas_text(&inside, 0, 0, 2, STYLE_KEY, ">");
    field_paint(&p->query, &inside, 2, 0, inside.width - 2, STYLE_FIELD_FOCUS, true);
    struct canvas rows = canvas_view(&inside, 0, 1, inside.width, inside.height - 1);
    struct list shown = p->list;
    list_set_height(&shown, rows.height);
    list_paint(&shown, &source, &rows, true);
}

static enum action_context picker_focus(const void *state) {
    (void)state;
    return CONTEXT_FIELD;
}

static const struct popup_ops picker_ops = {CONTEXT_POPUP, picker_focus, picker_handle, picker_paint, picker_free};

void popup_pick(struct app *app, const char *title, pick_find_fn *find, pick_done_fn *done, void *ctx) {
    int width;
    int height;
    struct picker *p = mem_zalloc(sizeof *p);
    p->title = mem_strdup(title);
    p->find = find;
    p->done = done;
    p->ctx = ctx;
    p->list.no_heading = true;
    app_body_size(app, &width, &height);
    list_set_height(&p->list, height - 7);
    search(app, p);
    popup_open(app, &picker_ops, p);
}
