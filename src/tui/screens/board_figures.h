/* The figures of the pipeline over a month, quarter or year, beside those of the period before. */
#ifndef TUI_SCREENS_BOARD_FIGURES_H
#define TUI_SCREENS_BOARD_FIGURES_H

#include "chotdon/pipeline.h"
#include "tui/canvas.h"

enum board_period { PERIOD_MONTH, PERIOD_QUARTER, PERIOD_YEAR, PERIODS };

struct board_figures {
    bool loaded;
    enum board_period period;
    char month[MONTH_SIZE]; /* the first of the period */
    char from[DATE_SIZE], to[DATE_SIZE];
    char before_from[DATE_SIZE], before_to[DATE_SIZE];
    struct pipeline_stats now, before;
    int top; /* rows scrolled away */
};

/* Paints from row −top on; returns the rows that all of it takes. board_figures_paint.c */
int figures_paint(const struct board_figures *f, const struct currency *currency, struct canvas *c);

#endif
