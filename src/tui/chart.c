#include "tui/chart.h"

#include <stdbool.h>

static const char *const across[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"};
static const char *const up[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};

__extension__ typedef __int128 wide; /* values are money */

/* value of full in `steps`, rounded, at least 1 for anything that is there. */
static int steps_of(int64_t value, int64_t full, int steps) {
    if (value <= 0 || full <= 0) {
        return 0;
    }
    if (value >= full) {
        return steps;
    }
    int n = (int)(((wide)value * steps + full / 2) / full);
    return n < 1 ? 1 : n;
}

void chart_bar(struct canvas *c, int x, int y, int width, int64_t value, int64_t full, enum style style) {
    int eighths = steps_of(value, full, width * 8);
    for (int i = 0; i < width; i++) {
        int part = eighths - i * 8;
        if (part > 0) {
            canvas_text(c, x + i, y, 1, style, across[part > 8 ? 8 : part]);
        } else {
            canvas_text(c, x + i, y, 1, STYLE_BAR_REST, "·");
        }
    }
}

void chart_mark(struct canvas *c, int x, int y, int width, int64_t value, int64_t full) {
    int at = steps_of(value, full, width) - 1;
    if (at >= 0 && at < width) {
        const struct cell *under = canvas_cell(c, x + at, y);
        canvas_text(c, x + at, y, 1, under == NULL ? STYLE_BAR_REST : (enum style)under->style, "┊");
    }
}

void chart_sparkline(struct canvas *c, int x, int y, int width, const int64_t *values, size_t count, enum style style) {
    size_t first = count > (size_t)width ? count - (size_t)width : 0;
    int64_t most = 0;
    for (size_t i = first; i < count; i++) {
        most = values[i] > most ? values[i] : most;
    }
    for (size_t i = first; i < count; i++) {
        int step = steps_of(values[i], most, 8);
        canvas_text(c, x + (int)(i - first), y, 1, step == 0 ? STYLE_BAR_REST : style, step == 0 ? "▁" : up[step - 1]);
    }
}

static bool is_dark(const unsigned char *modules, int size, int row, int column) {
    return row >= 0 && column >= 0 && row < size && column < size && (modules[row * size + column] & 1) != 0;
}

int chart_qr_rows(int size, int quiet) {
    return (size + 2 * quiet + 1) / 2;
}

void chart_qr(struct canvas *c, int x, int y, const unsigned char *modules, int size, int quiet) {
    int rows = chart_qr_rows(size, quiet);
    for (int row = 0; row < rows; row++) {
        for (int column = 0; column < size + 2 * quiet; column++) {
            bool upper = is_dark(modules, size, 2 * row - quiet, column - quiet);
            bool lower = is_dark(modules, size, 2 * row + 1 - quiet, column - quiet);
            canvas_text(c, x + column, y + row, 1, STYLE_QR, upper && lower ? "█" : upper ? "▀" : lower ? "▄" : " ");
        }
    }
}
