/* A table of rows with a cursor. It knows nothing of its items: it says which rows it wants to show, and asks for the
 * text of a cell.
 *
 * In load:  list_set_height(&s->list, rows incl. heading and foot); list_wanted(&s->list, &first, &count); fetch these
 * rows; if list_loaded(&s->list, first, fetched, total) is false, the result has shrunk: ask for the wanted rows once
 * more. In handle: switch (list_handle(...)): LIST_MOVED → redraw; LIST_RELOAD → SCREEN_RELOAD; LIST_IGNORED → your own
 * actions. In paint: list_paint(&s->list, &source, canvas, focused), the source built from const state. */
#ifndef TUI_LIST_H
#define TUI_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tui/action.h"
#include "tui/canvas.h"
#include "tui/field.h"

enum list_align { ALIGN_LEFT, ALIGN_RIGHT };

struct list_column {
    const char *title; /* for gettext */
    int min, max;      /* cells; what is left over goes up to max, to low priorities first */
    int priority;      /* 1 is dropped last when the columns do not fit; equal ones: the right one first */
    enum list_align align;
    bool sortable;
};

/* What list_paint asks for. Rows are numbered in the whole result (0 to total − 1); only loaded ones are asked for. */
struct list_source {
    const struct list_column *columns;
    int column_count;
    const void *ctx;
    /* Text of a cell into *out (empty when called); may change *style (STYLE_WARN for low stock…) of this cell. */
    void (*cell)(const void *ctx, size_t row, int column, struct buf *out, enum style *style);
    int64_t (*id)(const void *ctx, size_t row); /* for marks; NULL: no marks */
    /* The foot of a column; NULL: no row of totals. */
    void (*total)(const void *ctx, int column, struct buf *out);
    const char *empty; /* what stands there when there are no rows, translated; NULL: "Nothing here" */
};

/* Plain data to embed; zeroed is an empty list, sorted by column 0. */
struct list {
    size_t cursor; /* row */
    size_t top;    /* first row shown */
    size_t total;  /* rows in the whole result */
    size_t loaded_first, loaded_count;
    int height; /* rows of the canvas it is painted in */
    int width;  /* its cells; 0: any. Columns that do not fit are not sorted by */
    int sort_column;
    bool sort_descending;
    bool has_total;  /* a row of totals is painted */
    bool no_heading; /* no line of column titles and no position */
    bool scrolled;   /* with LIST_RELOAD: it is the same list, only other rows of it are wanted */
    bool filtering;  /* the filter field has the focus */
    struct field filter;
    int64_t *marks; /* sorted ids */
    size_t mark_count, mark_cap;
};

enum list_result {
    LIST_IGNORED,
    LIST_MOVED, /* paint */
    LIST_RELOAD /* other rows are needed (scrolled away, filter, order): load and paint */
};

void list_set_height(struct list *l, int height);
/* The rows to fetch: what is visible and some more on both sides. */
void list_wanted(const struct list *l, size_t *first, size_t *count);
bool list_loaded(struct list *l, size_t first, size_t count, size_t total);
void list_go(struct list *l, size_t row); /* moves the cursor and what is shown; may need a reload */
bool list_row_loaded(const struct list *l, size_t row);
size_t list_page(const struct list *l); /* rows of items that fit */
void list_clear(struct list *l);

/* `source` gives columns (for sorting) and ids (for marks); the cursor's row must be loaded for marking.
 * A click's key->y counts from the list's own top: a screen that paints its list lower takes the difference off. */
enum list_result list_handle(struct list *l, const struct list_source *source, enum action action,
                             const struct key *key);
/* The focus to report from the screen: CONTEXT_FIELD while the filter is typed, else CONTEXT_LIST. */
enum action_context list_focus(const struct list *l);
const char *list_filter(const struct list *l); /* "" for all */

bool list_marked(const struct list *l, int64_t id);
void list_unmark_all(struct list *l);

void list_paint(const struct list *l, const struct list_source *source, struct canvas *c, bool focused);

/* Widths of the columns in `width` cells, 0 for a column that is left out; one cell lies between columns. Apart for
 * tests. */
void list_layout(const struct list_column *columns, int count, int width, int *widths);

#endif
