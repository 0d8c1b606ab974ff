/* Where the columns of the board stand. */
#include "tui/screens/board.h"

enum { COLUMN_MIN = 17, COLUMN_MAX = 44, FOOT_ROWS = 1 };

/* The place of a column among those that are not folded. */
static int rank_of(const struct board_column *columns, size_t count, size_t index) {
    int rank = 0;
    for (size_t i = 0; i < index && i < count; i++) {
        rank += columns[i].folded ? 0 : 1;
    }
    return rank;
}

static size_t at_rank(const struct board_column *columns, size_t count, int rank) {
    size_t i = 0;
    for (; i < count; i++) {
        if (!columns[i].folded && rank-- == 0) {
            break;
        }
    }
    return i;
}

static int clamp(int n, int least, int most) {
    return n > most ? (most < least ? least : most) : n < least ? least : n;
}

struct board_layout board_layout(const struct board_column *columns, size_t count, size_t current, size_t left,
                                 int width, int height) {
    struct board_layout l = {0};
    int open = rank_of(columns, count, count);
    l.page = clamp((height - BOARD_HEAD_ROWS - FOOT_ROWS) / BOARD_CARD_ROWS, 1, height);
    l.pane = width - BOARD_PANE - 1 >= open * COLUMN_MIN && width >= CARD_FROM_WIDTH ? BOARD_PANE + 1 : 0;
    int room = width - l.pane;
    l.shown = clamp(room / COLUMN_MIN, open > 0 ? 1 : 0, open);
    l.width = l.shown == 0 ? room : clamp(room / l.shown, 1, COLUMN_MAX);
    int first = clamp(rank_of(columns, count, left), 0, open - l.shown);
    if (current < count && !columns[current].folded) {
        int rank = rank_of(columns, count, current);
        first = clamp(first, rank - l.shown + 1, rank);
    }
    l.first = at_rank(columns, count, first);
    l.before = first;
    l.after = open - l.shown - first;
    return l;
}
