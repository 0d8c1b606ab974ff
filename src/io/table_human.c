#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/qty.h"
#include "base/text.h"
#include "io/table_driver.h"

/* All cells are kept: how wide a column must be is known when the last row is there. */
struct human {
    char **cells;
    size_t len;
    size_t cap;
};

static const char *decimal_comma(char *number) {
    char *point = strchr(number, '.');
    if (point != NULL) {
        *point = ',';
    }
    return number;
}

static const char *screen_number(const struct table *t, const struct table_column *column, int64_t value,
                                 char out[TABLE_CELL_MAX]) {
    size_t n = strlen(column->name);
    bool raw = n > 4 && strcmp(column->name + n - 4, "_bps") == 0;
    switch (column->type) {
    case TABLE_MONEY:
        return money_format(value, &t->currency, false, out);
    case TABLE_QTY:
        return qty_format(value, out);
    case TABLE_BOOL:
        return value != 0 ? _("yes") : _("no");
    case TABLE_RATE:
    case TABLE_PCT:
        table_plain(t, column, value, out);
        decimal_comma(out);
        return raw ? out : strcat(out, "%");
    default:
        return table_plain(t, column, value, out);
    }
}

static void keep(struct table *t, char *text) {
    struct human *h = t->state;
    if (h == NULL) {
        h = t->state = mem_zalloc(sizeof *h);
    }
    h->cells = mem_grow(h->cells, h->len, &h->cap, sizeof *h->cells);
    h->cells[h->len++] = text;
}

static void human_cell(struct table *t, const struct table_column *column, const struct table_cell *cell) {
    char out[TABLE_CELL_MAX];
    if (cell->empty) {
        keep(t, mem_strdup(""));
    } else if (table_is_text(column->type)) {
        keep(t, text_visible(cell->text));
    } else {
        keep(t, mem_strdup(screen_number(t, column, cell->number, out)));
    }
}

static void human_end_row(struct table *t) {
    (void)t;
}

static const char *title(const struct table_column *column) {
    return column->title == NULL ? column->name : column->title;
}

static void print_cell(const struct table *t, size_t column, const char *text, int width) {
    int pad = width - text_width(text);
    bool right = !table_is_text(t->columns[column].type) && t->columns[column].type != TABLE_BOOL;
    bool last = column + 1 == t->count;
    fprintf(t->out, "%*s%s%*s", right ? pad : 0, "", text, right || last ? 0 : pad, "");
    fputs(last ? "\n" : "  ", t->out);
}

static void human_abandon(struct table *t) {
    struct human *h = t->state;
    for (size_t i = 0; h != NULL && i < h->len; i++) {
        free(h->cells[i]);
    }
    if (h != NULL) {
        free(h->cells);
        free(h);
    }
}

static enum err_code human_close(struct table *t, struct err *e) {
    (void)e;
    const struct human *h = t->state;
    size_t len = h == NULL ? 0 : h->len;
    int *widths = mem_array(t->count, sizeof *widths);
    for (size_t i = 0; i < t->count + len; i++) {
        size_t column = i % t->count;
        int width = text_width(i < t->count ? title(&t->columns[i]) : h->cells[i - t->count]);
        widths[column] = width > widths[column] ? width : widths[column];
    }
    for (size_t i = 0; i < t->count + len; i++) {
        size_t column = i % t->count;
        print_cell(t, column, i < t->count ? title(&t->columns[i]) : h->cells[i - t->count], widths[column]);
    }
    free(widths);
    human_abandon(t);
    return ERR_OK;
}

const struct table_driver table_human_driver = {human_cell, human_end_row, human_close, human_abandon};
