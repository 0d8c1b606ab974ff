#include "tui/big.h"

#include <string.h>

enum { PIXEL_ROWS = 5 };

/* Five rows of pixels each, '#' is set. */
struct glyph {
    char c;
    const char *rows[PIXEL_ROWS];
};

static const struct glyph glyphs[] = {
    {'0', {"###", "# #", "# #", "# #", "###"}}, {'1', {" # ", "## ", " # ", " # ", "###"}},
    {'2', {"###", "  #", "###", "#  ", "###"}}, {'3', {"###", "  #", " ##", "  #", "###"}},
    {'4', {"# #", "# #", "###", "  #", "  #"}}, {'5', {"###", "#  ", "###", "  #", "###"}},
    {'6', {"###", "#  ", "###", "# #", "###"}}, {'7', {"###", "  #", "  #", "  #", "  #"}},
    {'8', {"###", "# #", "###", "# #", "###"}}, {'9', {"###", "# #", "###", "  #", "###"}},
    {'.', {" ", " ", " ", " ", "#"}},           {',', {" ", " ", " ", "#", "#"}},
    {'-', {"   ", "   ", "###", "   ", "   "}}, {' ', {" ", " ", " ", " ", " "}},
};

static const struct glyph *find(char c) {
    for (size_t i = 0; i < sizeof glyphs / sizeof *glyphs; i++) {
        if (glyphs[i].c == c) {
            return &glyphs[i];
        }
    }
    return NULL;
}

int big_width(const char *text) {
    int width = 0;
    for (; *text != '\0'; text++) {
        const struct glyph *g = find(*text);
        width += g == NULL ? 0 : (int)strlen(g->rows[0]) + 1;
    }
    return width > 0 ? width - 1 : 0;
}

static void paint_glyph(struct canvas *c, int x, int y, enum style style, const struct glyph *g) {
    for (int row = 0; row < BIG_ROWS; row++) {
        const char *upper = g->rows[2 * row];
        const char *lower = 2 * row + 1 < PIXEL_ROWS ? g->rows[2 * row + 1] : "   ";
        for (int i = 0; g->rows[0][i] != '\0'; i++) {
            bool up = upper[i] == '#';
            bool down = lower[i] == '#';
            canvas_text(c, x + i, y + row, 1, style, up && down ? "█" : up ? "▀" : down ? "▄" : " ");
        }
    }
}

void big_paint(struct canvas *c, int x, int y, int width, enum style style, const char *text) {
    int used = big_width(text);
    if (used > width) {
        canvas_text_right(c, x, y + BIG_ROWS - 1, width, style, text);
        return;
    }
    x += width - used;
    for (; *text != '\0'; text++) {
        const struct glyph *g = find(*text);
        if (g != NULL) {
            paint_glyph(c, x, y, style, g);
            x += (int)strlen(g->rows[0]) + 1;
        }
    }
}
