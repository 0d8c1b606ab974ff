/* Little charts of block characters. Values are any unit; negative ones count as 0. */
#ifndef TUI_CHART_H
#define TUI_CHART_H

#include <stddef.h>
#include <stdint.h>

#include "tui/canvas.h"

/* ▇▇▇▌──── : `value` of `full` over `width` cells, by eighths; the rest of the track in STYLE_BAR_REST. */
void chart_bar(struct canvas *c, int x, int y, int width, int64_t value, int64_t full, enum style style);

/* A mark ┊ on the bar's track where `value` of `full` lies (70% and 100% of a target). */
void chart_mark(struct canvas *c, int x, int y, int width, int64_t value, int64_t full);

/* ▁▃▅█: one cell for each value, scaled to the largest; the last `width` values when there are more. */
void chart_sparkline(struct canvas *c, int x, int y, int width, const int64_t *values, size_t count, enum style style);

/* A matrix of bits, row by row, `size` × `size` bytes where bit 0 is dark (as libqrencode gives it), with the quiet
 * zone of `quiet` modules (codes want 4; 2 still scan), by half blocks: takes size + 2 × quiet columns and half as many
 * rows. */
void chart_qr(struct canvas *c, int x, int y, const unsigned char *modules, int size, int quiet);
int chart_qr_rows(int size, int quiet);

#endif
