/* Figures three rows high, for what must be read across a counter. */
#ifndef TUI_BIG_H
#define TUI_BIG_H

#include "tui/canvas.h"

#define BIG_ROWS 3

/* Digits, dot, comma, minus and blanks; other characters are left out. */
int big_width(const char *text);
/* Right-aligned in `width` cells from x; the text as it is, on the last row, where the big one has no room. */
void big_paint(struct canvas *c, int x, int y, int width, enum style style, const char *text);

#endif
