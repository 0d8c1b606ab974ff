/* A grid of cells that screens paint into: one grapheme, its width and its style in each. Nothing here knows a
 * terminal, so that tests read what was painted as text. Drawing outside the canvas is cut off, a wide character is
 * never halved, and bytes that could command a terminal are drawn as pictures. Columns and rows count from 0. */
#ifndef TUI_CANVAS_H
#define TUI_CANVAS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "tui/style.h"

#define CELL_BYTES 18 /* of one grapheme with its NUL; longer clusters lose their last marks */

struct cell {
    char text[CELL_BYTES]; /* "" is the right half of the wide one before it; zeros after it: equal cells are equal
                              bytes */
    uint8_t width;         /* 1 or 2; 0 for a right half */
    uint8_t style;         /* enum style */
};

/* A view of a grid: the whole of it or a part. Plain data, copied freely; only what canvas_new returned is given to
 * canvas_free. */
struct canvas {
    struct canvas_grid *grid;
    int left, top; /* of the view in the grid */
    int width, height;
};

struct canvas canvas_new(int width, int height); /* blank; at least 1×1 */
void canvas_free(struct canvas *c);              /* frees the grid, so all views of it; an empty canvas is accepted */
void canvas_erase(struct canvas *c);             /* blank, STYLE_NORMAL, no cursor */

void canvas_copy(struct canvas *to, const struct canvas *from); /* whole canvases of the same size, not views */
void canvas_copy_row(struct canvas *to, const struct canvas *from, int y); /* of them */

/* A part of the canvas, cut to what there is; it paints into the same grid. */
struct canvas canvas_view(const struct canvas *c, int x, int y, int width, int height);

/* Draws at most `width` cells of text, with … at a grapheme where it had to cut. Returns the cells used. */
int canvas_text(struct canvas *c, int x, int y, int width, enum style style, const char *text);
int canvas_textf(struct canvas *c, int x, int y, int width, enum style style, const char *format, ...)
    __attribute__((format(printf, 6, 7)));
/* The same at the right end, or in the middle, of the `width` cells. */
int canvas_text_right(struct canvas *c, int x, int y, int width, enum style style, const char *text);
int canvas_text_middle(struct canvas *c, int x, int y, int width, enum style style, const char *text);
/* Breaks text at blanks into lines of at most `width` cells, from row y down, `height` lines at most. Returns the lines
 * used. */
int canvas_text_wrapped(struct canvas *c, int x, int y, int width, int height, enum style style, const char *text);
int canvas_wrapped_height(int width, const char *text); /* lines that canvas_text_wrapped would need */

void canvas_fill(struct canvas *c, int x, int y, int width, int height, enum style style);    /* blanks */
void canvas_restyle(struct canvas *c, int x, int y, int width, int height, enum style style); /* keeps the text */
void canvas_line(struct canvas *c, int x, int y, int width, enum style style);                /* ─── */
/* ┌─ title ─┐ around a part; `title` may be NULL. The inside is not touched. */
void canvas_box(struct canvas *c, int x, int y, int width, int height, enum style style, const char *title);

/* Where the terminal's own cursor stands (the place where typing goes); the last call wins. */
void canvas_put_cursor(struct canvas *c, int x, int y);
bool canvas_cursor(const struct canvas *c, int *x, int *y); /* false: none */

const struct cell *canvas_cell(const struct canvas *c, int x, int y); /* NULL outside; the rest of the row follows it */

/* The rows as text, blanks at the ends taken off, each with a line end: what golden files hold. */
void canvas_dump(const struct canvas *c, struct buf *out);

#endif
