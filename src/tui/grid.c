#include "tui/grid.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

enum { SCAN_MIN = 8, HEAD_ROWS = 2 };

static void append_blank(struct grid *g) {
    g->rows = mem_grow(g->rows, g->count, &g->capacity, sizeof *g->rows);
    g->rows[g->count] = (struct grid_row){0};
    for (int i = 0; i < GRID_COLUMNS; i++) {
        g->rows[g->count].cells[i].scan_min = g->columns[i].kind == FORM_TEXT ? 0 : SCAN_MIN;
    }
    g->count++;
}

void grid_start(struct grid *g, const struct grid_column *columns, const struct currency *currency) {
    grid_clear(g);
    g->columns = columns;
    g->currency = currency;
    append_blank(g);
}

static void clear_row(struct grid_row *r) {
    for (int i = 0; i < GRID_COLUMNS; i++) {
        field_clear(&r->cells[i]);
    }
}

void grid_clear(struct grid *g) {
    for (size_t i = 0; i < g->count; i++) {
        clear_row(&g->rows[i]);
    }
    free(g->rows);
    g->rows = NULL;
    g->count = g->capacity = g->row = 0;
    g->column = 0;
    g->changed = g->wrong = false;
}

void grid_add(struct grid *g, const char *first, const char *second) {
    field_set(&g->rows[g->count - 1].cells[0], first);
    field_set(&g->rows[g->count - 1].cells[1], second);
    append_blank(g);
}

size_t grid_count(const struct grid *g) {
    return g->count == 0 ? 0 : g->count - 1;
}

const char *grid_text(const struct grid *g, size_t row, int column) {
    return field_text(&g->rows[row].cells[column]);
}

bool grid_is_blank(const struct grid *g, size_t row) {
    for (int i = 0; i < GRID_COLUMNS; i++) {
        if (grid_text(g, row, i)[strspn(grid_text(g, row, i), " ")] != '\0') {
            return false;
        }
    }
    return true;
}

void grid_put(struct grid *g, size_t row, int column, const char *text) {
    field_set(&g->rows[row].cells[column], text);
}

void grid_mark(struct grid *g, size_t row, int column) {
    g->wrong = true;
    g->wrong_row = row;
    g->wrong_column = column;
}

void grid_unmark(struct grid *g) {
    g->wrong = false;
}

void grid_go(struct grid *g, size_t row, int column) {
    g->row = row < g->count ? row : g->count - 1;
    g->column = column < 0 || column >= GRID_COLUMNS ? 0 : column;
}

void grid_go_end(struct grid *g) {
    grid_go(g, g->count - 1, 0);
}

static void drop(struct grid *g, size_t row) {
    clear_row(&g->rows[row]);
    memmove(g->rows + row, g->rows + row + 1, (g->count - row - 1) * sizeof *g->rows);
    g->count--;
    g->row -= g->row > row || g->row == g->count;
    g->wrong = false;
}

void grid_remove(struct grid *g) {
    if (g->row + 1 < g->count) {
        drop(g, g->row);
        g->changed = true;
    }
}

/* The other way of writing an amount that can be read, 50tr, is 50.000.000; a row that was emptied goes. */
static void leave_cell(struct grid *g, size_t row, int column) {
    int64_t amount = 0;
    char text[MONEY_TEXT_MAX];
    if (g->columns[column].kind == FORM_MONEY && grid_text(g, row, column)[0] != '\0' &&
        money_parse(grid_text(g, row, column), g->currency, &amount, NULL) == ERR_OK) {
        grid_put(g, row, column, money_format(amount, g->currency, false, text));
    }
}

static enum grid_result go(struct grid *g, size_t row, int column) {
    size_t left = g->row;
    leave_cell(g, g->row, g->column);
    g->row = row;
    g->column = column;
    if (left != row && left + 1 < g->count && grid_is_blank(g, left)) {
        drop(g, left);
    }
    struct field *f = &g->rows[g->row].cells[g->column];
    f->at = f->len;
    return GRID_LEFT;
}

static enum grid_result leave(struct grid *g, enum grid_result where) {
    go(g, g->row, g->column);
    if (g->row + 1 < g->count && grid_is_blank(g, g->row)) {
        drop(g, g->row);
    }
    return where;
}

/* From cell to cell as one reads; from the beginning of the empty row out of the grid. */
static enum grid_result step(struct grid *g, int by) {
    if (by > 0 && g->row + 1 == g->count && grid_is_blank(g, g->row)) {
        return leave(g, GRID_AFTER);
    }
    int at = (int)g->row * GRID_COLUMNS + g->column + by;
    return at < 0 ? leave(g, GRID_BEFORE) : go(g, (size_t)at / GRID_COLUMNS, at % GRID_COLUMNS);
}

static enum grid_result typed(struct grid *g) {
    g->changed = true;
    if (g->wrong && g->wrong_row == g->row) {
        g->wrong = false;
    }
    if (g->row + 1 == g->count && !grid_is_blank(g, g->row)) {
        append_blank(g);
    }
    return GRID_STAY;
}

void grid_type(struct grid *g, const char *text) {
    g->column = 0;
    field_set(&g->rows[g->row].cells[0], text);
    typed(g);
    go(g, g->row, 1);
}

static enum grid_result move(struct grid *g, enum action action) {
    switch (action) {
    case ACTION_NEXT:
    case ACTION_OPEN:
        return step(g, 1);
    case ACTION_PREVIOUS:
        return step(g, -1);
    case ACTION_LIST_UP:
        return g->row == 0 ? leave(g, GRID_BEFORE) : go(g, g->row - 1, g->column);
    case ACTION_LIST_DOWN:
        return g->row + 1 == g->count ? leave(g, GRID_AFTER) : go(g, g->row + 1, g->column);
    default:
        return GRID_IGNORED;
    }
}

enum grid_result grid_handle(struct grid *g, enum action action, const struct key *key) {
    switch (field_handle(&g->rows[g->row].cells[g->column], action, key)) {
    case FIELD_CHANGED:
        return typed(g);
    case FIELD_MOVED:
        return GRID_STAY;
    case FIELD_SCANNED:
        return GRID_SCANNED;
    case FIELD_IGNORED:
        break;
    }
    return move(g, action);
}

/* --- painting */

static int column_x(const struct grid *g, int column, int width, int *wide) {
    int rest = width - GRID_COLUMNS + 1;
    int x = 0;
    for (int i = 0; i < GRID_COLUMNS; i++) {
        rest -= g->columns[i].width;
    }
    for (int i = 0; i <= column; i++) {
        *wide = g->columns[i].width > 0 ? g->columns[i].width : rest;
        x += i < column ? *wide + 1 : 0;
    }
    return x;
}

static void paint_cell(const struct grid *g, struct canvas *c, size_t row, int column, int y, bool focused) {
    int width = 0;
    int x = column_x(g, column, c->width, &width);
    const struct field *f = &g->rows[row].cells[column];
    bool here = focused && row == g->row && column == g->column;
    bool wrong = g->wrong && g->wrong_row == row && (g->wrong_column < 0 || g->wrong_column == column);
    enum style style = wrong ? STYLE_FIELD_ERROR : here ? STYLE_FIELD_FOCUS : STYLE_FIELD;
    if (here) {
        field_paint(f, c, x, y, width, style, true);
        return;
    }
    canvas_fill(c, x, y, width, 1, style);
    if (g->columns[column].kind == FORM_TEXT) {
        canvas_text(c, x, y, width, style, field_text(f));
    } else {
        canvas_text_right(c, x, y, width, style, field_text(f));
    }
}

static void paint_head(const struct grid *g, struct canvas *c, const char *title) {
    canvas_text(c, 0, 0, c->width, STYLE_STRONG, title);
    for (int i = 0; i < GRID_COLUMNS; i++) {
        int width = 0;
        int x = column_x(g, i, c->width, &width);
        if (g->columns[i].kind == FORM_TEXT) {
            canvas_text(c, x, 1, width, STYLE_LABEL, _(g->columns[i].title));
        } else {
            canvas_text_right(c, x, 1, width, STYLE_LABEL, _(g->columns[i].title));
        }
    }
}

void grid_paint(const struct grid *g, struct canvas *c, const char *title, bool focused) {
    size_t rows = c->height > HEAD_ROWS ? (size_t)(c->height - HEAD_ROWS) : 1;
    size_t seen = !focused && g->wrong ? g->wrong_row : g->row;
    size_t top = seen >= rows ? seen - rows + 1 : 0;
    paint_head(g, c, title);
    for (size_t i = 0; i < rows && top + i < g->count; i++) {
        for (int column = 0; column < GRID_COLUMNS; column++) {
            paint_cell(g, c, top + i, column, HEAD_ROWS + (int)i, focused);
        }
    }
    if (top + rows < g->count) {
        canvas_text(c, c->width - 1, 1, 1, STYLE_DIM, "▾");
    }
}
