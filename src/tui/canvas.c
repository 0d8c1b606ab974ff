#include "tui/canvas.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

struct canvas_grid {
    int width, height;
    int cursor_x, cursor_y; /* -1: no cursor */
    struct cell cells[];
};

static const struct cell blank = {" ", 1, STYLE_NORMAL};

struct canvas canvas_new(int width, int height) {
    width = width < 1 ? 1 : width;
    height = height < 1 ? 1 : height;
    struct canvas_grid *grid = mem_zalloc(sizeof *grid + (size_t)width * (size_t)height * sizeof(struct cell));
    grid->width = width;
    grid->height = height;
    struct canvas c = {grid, 0, 0, width, height};
    canvas_erase(&c);
    return c;
}

void canvas_free(struct canvas *c) {
    free(c->grid);
    *c = (struct canvas){0};
}

void canvas_erase(struct canvas *c) {
    c->grid->cursor_x = -1;
    c->grid->cursor_y = -1;
    canvas_fill(c, 0, 0, c->width, c->height, STYLE_NORMAL);
}

void canvas_copy(struct canvas *to, const struct canvas *from) {
    assert(to->grid->width == from->grid->width && to->grid->height == from->grid->height);
    size_t cells = (size_t)from->grid->width * (size_t)from->grid->height;
    memcpy(to->grid, from->grid, sizeof *from->grid + cells * sizeof(struct cell));
}

void canvas_copy_row(struct canvas *to, const struct canvas *from, int y) {
    assert(to->grid->width == from->grid->width && y >= 0 && y < from->grid->height);
    size_t width = (size_t)from->grid->width;
    memcpy(&to->grid->cells[(size_t)y * width], &from->grid->cells[(size_t)y * width], width * sizeof(struct cell));
}

struct canvas canvas_view(const struct canvas *c, int x, int y, int width, int height) {
    if (x < 0) {
        width += x;
        x = 0;
    }
    if (y < 0) {
        height += y;
        y = 0;
    }
    width = x + width > c->width ? c->width - x : width;
    height = y + height > c->height ? c->height - y : height;
    return (struct canvas){c->grid, c->left + x, c->top + y, width < 0 ? 0 : width, height < 0 ? 0 : height};
}

static struct cell *cell_at(const struct canvas *c, int x, int y) {
    if (x < 0 || y < 0 || x >= c->width || y >= c->height) {
        return NULL;
    }
    return &c->grid->cells[(size_t)(c->top + y) * (size_t)c->grid->width + (size_t)(c->left + x)];
}

const struct cell *canvas_cell(const struct canvas *c, int x, int y) {
    return cell_at(c, x, y);
}

static void set_blank(struct cell *cell, uint8_t style) {
    *cell = blank;
    cell->style = style;
}

/* Before a cell is overwritten: the other half of a wide character that it belongs to becomes a blank. Looks past the
 * view's edge, since the grid is what is shown. */
static void release(const struct canvas *c, int x, int y) {
    struct cell *cell = cell_at(c, x, y);
    int column = c->left + x;
    if (cell->width == 0 && column > 0) {
        set_blank(cell - 1, cell[-1].style);
    } else if (cell->width == 2 && column + 1 < c->grid->width) {
        set_blank(cell + 1, cell[1].style);
    }
}

/* Whole, or as many of its code points as a cell has room for. */
static void set_text(struct cell *cell, const char *text, size_t bytes, int width, uint8_t style) {
    while (bytes >= CELL_BYTES || (bytes > 0 && bytes < CELL_BYTES && ((unsigned char)text[bytes] & 0xC0) == 0x80)) {
        bytes--;
    }
    *cell = (struct cell){.width = (uint8_t)width, .style = style};
    memcpy(cell->text, text, bytes);
}

static void fill(struct canvas *c, int x, int y, int width, int height, struct cell filler) {
    struct canvas part = canvas_view(c, x, y, width, height);
    for (int row = 0; row < part.height && part.width > 0; row++) {
        struct cell *cells = cell_at(&part, 0, row);
        release(&part, 0, row);
        release(&part, part.width - 1, row);
        for (int column = 0; column < part.width; column++) {
            cells[column] = filler;
        }
    }
}

static void put(struct canvas *c, int x, int y, enum style style, const char *text, size_t bytes, int width) {
    struct cell *cell = cell_at(c, x, y);
    if (cell == NULL || (width == 2 && cell_at(c, x + 1, y) == NULL)) {
        if (cell != NULL) {
            release(c, x, y);
            set_blank(cell, (uint8_t)style);
        }
        return;
    }
    if (cell->width != 1) {
        release(c, x, y);
    }
    set_text(cell, text, bytes, width, (uint8_t)style);
    if (width == 2) {
        release(c, x + 1, y);
        cell[1] = (struct cell){.style = (uint8_t)style};
    }
}

/* Bytes of a character that takes one cell, hides nothing and combines with nothing, of those that screens are full of:
 * ASCII, the Latin letters of Vietnamese, · … ₫, lines, blocks, ▲ ▸ ▼ ▾ ◂ ○ ●. 0: one to ask text.h about. This keeps a
 * paint well under a millisecond. */
static size_t simple(const char *text) {
    const unsigned char *p = (const unsigned char *)text;
    if (p[0] < 0x80) {
        return p[0] >= 0x20 && p[0] < 0x7F ? 1 : 0;
    }
    if (p[0] >= 0xC3 && p[0] <= 0xC9) {
        return (p[1] & 0xC0) == 0x80 ? 2 : 0;
    }
    if (p[0] == 0xE1) {
        return (p[1] == 0xBA || p[1] == 0xBB) && (p[2] & 0xC0) == 0x80 ? 3 : 0;
    }
    if (p[0] != 0xE2) {
        return p[0] == 0xC2 && p[1] == 0xB7 ? 2 : 0;
    }
    switch (p[1]) {
    case 0x94:
        return (p[2] & 0xC0) == 0x80 ? 3 : 0;
    case 0x96:
        return (p[2] >= 0x80 && p[2] < 0xA0) || p[2] == 0xB2 || p[2] == 0xB8 || p[2] == 0xBC || p[2] == 0xBE ? 3 : 0;
    case 0x97:
        return p[2] == 0x82 || p[2] == 0x8B || p[2] == 0x8F ? 3 : 0;
    default:
        return (p[1] == 0x80 && p[2] == 0xA6) || (p[1] == 0x82 && p[2] == 0xAB) ? 3 : 0;
    }
}

/* All of it is; *cells gets what it takes. */
static bool is_simple(const char *text, int *cells) {
    int count = 0;
    for (size_t n; (n = simple(text)) > 0; text += n) {
        count++;
    }
    *cells = count;
    return *text == '\0';
}

static size_t next_grapheme(const char *p, int *width) {
    size_t n = simple(p);
    if (n > 0 && (p[n] == '\0' || simple(p + n) > 0)) {
        *width = 1;
        return n;
    }
    return text_grapheme(p, width);
}

/* Does it fit into `limit` cells? *used gets its width, or something larger than the limit. */
static bool measure(const char *text, int limit, int *used) {
    int total = 0;
    int width = 0;
    for (size_t n; *text != '\0' && total <= limit; text += n) {
        n = next_grapheme(text, &width);
        total += width;
    }
    *used = total;
    return total <= limit;
}

/* As much as fits, with … at the end where not all of it does. */
static int draw_cut(struct canvas *c, int x, int y, int limit, enum style style, const char *text) {
    int used = 0;
    int before_end = 0; /* where … would stand */
    int width = 0;
    for (size_t n; *text != '\0' && limit > 0; text += n) {
        n = next_grapheme(text, &width);
        if (used + width > limit) {
            put(c, x + before_end, y, style, "…", strlen("…"), 1);
            return before_end + 1;
        }
        if (width > 0) {
            put(c, x + used, y, style, text, n, width);
        }
        used += width;
        before_end = used < limit ? used : before_end;
    }
    return used;
}

/* What draw_cut does with any text. */
static int draw_simple(struct canvas *c, int x, int y, int limit, enum style style, const char *text, int cells) {
    bool cut = cells > limit;
    int fit = cut ? limit - 1 : cells;
    for (int i = 0; i < fit; i++) {
        size_t n = (unsigned char)*text < 0x80 ? 1 : (unsigned char)*text < 0xE0 ? 2 : 3;
        struct cell *cell = cell_at(c, x + i, y);
        if (cell != NULL) {
            if (cell->width != 1) {
                release(c, x + i, y);
            }
            *cell = (struct cell){
                .text = {text[0], n > 1 ? text[1] : '\0', n > 2 ? text[2] : '\0'}, .width = 1, .style = (uint8_t)style};
        }
        text += n;
    }
    if (cut) {
        put(c, x + fit, y, style, "…", strlen("…"), 1);
    }
    return cut ? limit : cells;
}

/* Moved to the right by a part of what is left: none, all or half of it. */
static int draw_shifted(struct canvas *c, int x, int y, int width, enum style style, const char *text, int parts) {
    int cells = 0;
    if (width <= 0) {
        return 0;
    }
    if (is_simple(text, &cells)) {
        int shift = parts > 0 && cells < width ? (width - cells) / parts : 0;
        return draw_simple(c, x + shift, y, width - shift, style, text, cells);
    }
    char *visible = text_has_hidden(text) ? text_visible(text) : NULL;
    const char *shown = visible == NULL ? text : visible;
    int shift = parts > 0 && measure(shown, width, &cells) ? (width - cells) / parts : 0;
    int used = draw_cut(c, x + shift, y, width - shift, style, shown);
    free(visible);
    return used;
}

int canvas_text(struct canvas *c, int x, int y, int width, enum style style, const char *text) {
    return draw_shifted(c, x, y, width, style, text, 0);
}

int canvas_textf(struct canvas *c, int x, int y, int width, enum style style, const char *format, ...) {
    char text[512];
    va_list args;
    va_start(args, format);
    int n = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (n < (int)sizeof text) {
        return canvas_text(c, x, y, width, style, text);
    }
    char *whole = mem_alloc((size_t)n + 1);
    va_start(args, format);
    vsnprintf(whole, (size_t)n + 1, format, args);
    va_end(args);
    int used = canvas_text(c, x, y, width, style, whole);
    free(whole);
    return used;
}

int canvas_text_right(struct canvas *c, int x, int y, int width, enum style style, const char *text) {
    return draw_shifted(c, x, y, width, style, text, 1);
}

int canvas_text_middle(struct canvas *c, int x, int y, int width, enum style style, const char *text) {
    return draw_shifted(c, x, y, width, style, text, 2);
}

/* How many bytes of `text` make the next line of at most `width` cells; *skip gets the blanks and line end after it. */
static size_t line_break(const char *text, int width, size_t *skip) {
    size_t at = 0;
    size_t last_blank = 0;
    int used = 0;
    int w = 0;
    *skip = 0;
    while (text[at] != '\0' && text[at] != '\n') {
        size_t n = next_grapheme(text + at, &w);
        if (text[at] == ' ') {
            last_blank = at;
        }
        if (used + w > width) {
            break;
        }
        used += w;
        at += n;
    }
    if (text[at] != '\0' && text[at] != '\n' && last_blank > 0) {
        at = last_blank;
    }
    if (at == 0 && text[0] != '\0' && text[0] != '\n') {
        at = next_grapheme(text, &w); /* a width of one cell and a wide character: go on rather than stand still */
    }
    while (text[at + *skip] == ' ') {
        (*skip)++;
    }
    *skip += text[at + *skip] == '\n' ? 1 : 0;
    return at;
}

int canvas_wrapped_height(int width, const char *text) {
    int lines = 0;
    while (*text != '\0' && width > 0) {
        size_t skip;
        size_t n = line_break(text, width, &skip);
        text += n + skip;
        lines++;
    }
    return lines;
}

int canvas_text_wrapped(struct canvas *c, int x, int y, int width, int height, enum style style, const char *text) {
    int lines = 0;
    while (*text != '\0' && lines < height && width > 0) {
        size_t skip;
        size_t n = line_break(text, width, &skip);
        char *line = mem_strndup(text, n);
        canvas_text(c, x, y + lines, width, style, line);
        free(line);
        text += n + skip;
        lines++;
    }
    return lines;
}

void canvas_fill(struct canvas *c, int x, int y, int width, int height, enum style style) {
    struct cell filler = blank;
    filler.style = (uint8_t)style;
    fill(c, x, y, width, height, filler);
}

void canvas_restyle(struct canvas *c, int x, int y, int width, int height, enum style style) {
    struct canvas part = canvas_view(c, x, y, width, height);
    for (int row = 0; row < part.height; row++) {
        for (int column = 0; column < part.width; column++) {
            cell_at(&part, column, row)->style = (uint8_t)style;
        }
    }
}

void canvas_line(struct canvas *c, int x, int y, int width, enum style style) {
    fill(c, x, y, width, 1, (struct cell){.text = "─", .width = 1, .style = (uint8_t)style});
}

static void corner(struct canvas *c, int x, int y, enum style style, const char *text) {
    put(c, x, y, style, text, strlen(text), 1);
}

void canvas_box(struct canvas *c, int x, int y, int width, int height, enum style style, const char *title) {
    if (width < 2 || height < 2) {
        return;
    }
    canvas_line(c, x + 1, y, width - 2, style);
    canvas_line(c, x + 1, y + height - 1, width - 2, style);
    for (int row = y + 1; row < y + height - 1; row++) {
        corner(c, x, row, style, "│");
        corner(c, x + width - 1, row, style, "│");
    }
    corner(c, x, y, style, "┌");
    corner(c, x + width - 1, y, style, "┐");
    corner(c, x, y + height - 1, style, "└");
    corner(c, x + width - 1, y + height - 1, style, "┘");
    if (title != NULL && *title != '\0' && width > 6) {
        int used = canvas_text(c, x + 3, y, width - 6, STYLE_POPUP_TITLE, title);
        corner(c, x + 2, y, style, " ");
        corner(c, x + 3 + used, y, style, " ");
    }
}

void canvas_put_cursor(struct canvas *c, int x, int y) {
    if (cell_at(c, x, y) != NULL) {
        c->grid->cursor_x = c->left + x;
        c->grid->cursor_y = c->top + y;
    }
}

bool canvas_cursor(const struct canvas *c, int *x, int *y) {
    *x = c->grid->cursor_x - c->left;
    *y = c->grid->cursor_y - c->top;
    return c->grid->cursor_x >= 0;
}

void canvas_dump(const struct canvas *c, struct buf *out) {
    for (int y = 0; y < c->height; y++) {
        int last = c->width - 1;
        while (last >= 0 && strcmp(cell_at(c, last, y)->text, " ") == 0) {
            last--;
        }
        for (int x = 0; x <= last; x++) {
            buf_add(out, cell_at(c, x, y)->text);
        }
        buf_add_char(out, '\n');
    }
}
