#include "tui/list.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "tui/figure.h"

static int least_width(const struct list_column *columns, int count, const int *widths) {
    int sum = 0;
    for (int i = 0; i < count; i++) {
        sum += widths[i] > 0 ? columns[i].min + 1 : 0;
    }
    return sum - 1;
}

/* The column to leave out next: the highest priority number, the right one of equals. */
static int least_important(const struct list_column *columns, int count, const int *widths) {
    int found = -1;
    for (int i = 0; i < count; i++) {
        if (widths[i] > 0 && (found < 0 || columns[i].priority >= columns[found].priority)) {
            found = i;
        }
    }
    return found;
}

static int most_dispensable(const struct list_column *columns, int count) {
    int most = 0;
    for (int i = 0; i < count; i++) {
        most = columns[i].priority > most ? columns[i].priority : most;
    }
    return most;
}

/* Gives spare cells to the columns of one priority in turn, up to their max. Returns what is left. */
static int share_out(const struct list_column *columns, int count, int *widths, int priority, int spare) {
    bool given = true;
    while (spare > 0 && given) {
        given = false;
        for (int i = 0; i < count && spare > 0; i++) {
            if (widths[i] > 0 && widths[i] < columns[i].max && columns[i].priority == priority) {
                widths[i]++;
                spare--;
                given = true;
            }
        }
    }
    return spare;
}

void list_layout(const struct list_column *columns, int count, int width, int *widths) {
    int left = 0;
    for (int i = 0; i < count; i++) {
        widths[i] = columns[i].min;
        left += columns[i].min > 0 ? 1 : 0;
    }
    while (left > 1 && least_width(columns, count, widths) > width) {
        widths[least_important(columns, count, widths)] = 0;
        left--;
    }
    int spare = width - least_width(columns, count, widths);
    for (int priority = 1; spare > 0 && priority <= most_dispensable(columns, count); priority++) {
        spare = share_out(columns, count, widths, priority, spare);
    }
    for (int i = 0; i < count && spare < 0; i++) {
        if (widths[i] > 0) {
            widths[i] = width > 0 ? width : 1;
        }
    }
}

static void paint_cell(struct canvas *c, int x, int y, int width, enum list_align align, enum style style,
                       const char *text) {
    if (align == ALIGN_RIGHT) {
        canvas_text_right(c, x, y, width, style, text);
    } else {
        canvas_text(c, x, y, width, style, text);
    }
}

static void paint_heading(const struct list *l, const struct list_source *s, struct canvas *c, const int *widths) {
    int x = 1;
    struct buf title = BUF_INIT;
    canvas_fill(c, 0, 0, c->width, 1, STYLE_HEADER);
    for (int i = 0; i < s->column_count; i++) {
        if (widths[i] == 0) {
            continue;
        }
        const struct list_column *column = &s->columns[i];
        buf_reset(&title);
        buf_add(&title, *column->title == '\0' ? "" : _(column->title));
        if (i == l->sort_column && column->sortable) {
            buf_add(&title, l->sort_descending ? "▼" : "▲");
        }
        paint_cell(c, x, 0, widths[i], column->align, STYLE_HEADER, buf_str(&title));
        x += widths[i] + 1;
    }
    buf_clear(&title);
}

static void paint_row(const struct list *l, const struct list_source *s, struct canvas *c, const int *widths,
                      size_t row, int y, bool focused) {
    struct buf text = BUF_INIT;
    bool marked = s->id != NULL && l->mark_count > 0 && list_marked(l, s->id(s->ctx, row));
    int x = 1;
    for (int i = 0; i < s->column_count; i++) {
        if (widths[i] == 0) {
            continue;
        }
        enum style style = marked ? STYLE_MARKED : STYLE_NORMAL;
        buf_reset(&text);
        s->cell(s->ctx, row, i, &text, &style);
        paint_cell(c, x, y, widths[i], s->columns[i].align, style, buf_str(&text));
        x += widths[i] + 1;
    }
    if (marked) {
        canvas_text(c, 0, y, 1, STYLE_MARKED, "*");
    }
    if (row == l->cursor) {
        if (!marked) {
            canvas_text(c, 0, y, 1, STYLE_NORMAL, "▸");
        }
        canvas_restyle(c, 0, y, c->width, 1, focused ? STYLE_CURSOR : STYLE_CURSOR_IDLE);
    }
    buf_clear(&text);
}

static void paint_totals(const struct list_source *s, struct canvas *c, const int *widths, int y) {
    struct buf text = BUF_INIT;
    int x = 1;
    canvas_fill(c, 0, y, c->width, 1, STYLE_TOTAL);
    for (int i = 0; i < s->column_count; i++) {
        if (widths[i] == 0) {
            continue;
        }
        buf_reset(&text);
        s->total(s->ctx, i, &text);
        paint_cell(c, x, y, widths[i], s->columns[i].align, STYLE_TOTAL, buf_str(&text));
        x += widths[i] + 1;
    }
    buf_clear(&text);
}

/* The last line: the filter at the left, marks and the position 37/1 204 at the right. */
static void paint_position(const struct list *l, struct canvas *c, int y, bool focused) {
    char here[FIGURE_MAX];
    char all[FIGURE_MAX];
    char text[3 * FIGURE_MAX];
    figure_count((int64_t)(l->total == 0 ? 0 : l->cursor + 1), here);
    figure_count((int64_t)l->total, all);
    snprintf(text, sizeof text, "%s/%s", here, all);
    int used = canvas_text_right(c, 0, y, c->width, STYLE_DIM, text);
    if (l->mark_count > 0) {
        char marks[FIGURE_MAX];
        snprintf(text, sizeof text, "* %s", figure_count((int64_t)l->mark_count, marks));
        used += 2 + canvas_text_right(c, 0, y, c->width - used - 2, STYLE_MARKED, text);
    }
    if (l->filtering || !field_is_empty(&l->filter)) {
        canvas_text(c, 0, y, 2, STYLE_KEY, "/");
        int width = c->width - used - 4;
        width = width > 40 ? 40 : width;
        bool focus = l->filtering && focused;
        field_paint(&l->filter, c, 2, y, width, focus ? STYLE_FIELD_FOCUS : STYLE_FIELD, focus);
    }
}

void list_paint(const struct list *l, const struct list_source *source, struct canvas *c, bool focused) {
    int *widths = mem_array((size_t)source->column_count, sizeof *widths);
    int y = 0;
    list_layout(source->columns, source->column_count, c->width - 1, widths);
    if (!l->no_heading) {
        paint_heading(l, source, c, widths);
        y++;
    }
    size_t page = list_page(l);
    for (size_t i = 0; i < page && l->top + i < l->total; i++) {
        if (list_row_loaded(l, l->top + i)) {
            paint_row(l, source, c, widths, l->top + i, y + (int)i, focused && !l->filtering);
        }
    }
    if (l->total == 0) {
        const char *empty = field_is_empty(&l->filter) ? source->empty : _("Nothing matches the filter; Esc shows all");
        canvas_text(c, 2, y, c->width - 2, STYLE_DIM, empty == NULL ? _("Nothing here") : empty);
    }
    y += (int)page;
    if (l->has_total && source->total != NULL) {
        paint_totals(source, c, widths, y);
    }
    if (!l->no_heading) {
        paint_position(l, c, y + (l->has_total ? 1 : 0), focused);
    }
    free(widths);
}
