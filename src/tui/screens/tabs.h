/* The row of tabs over a list, with the one that is shown; Tab goes on to the next. */
#ifndef TUI_SCREENS_TABS_H
#define TUI_SCREENS_TABS_H

#include <stdint.h>

#include "tui/canvas.h"

#define TABS_HEIGHT    2    /* with the line under them */
#define TABS_COUNT_MAX 9999 /* of tabs behind; more are shown as “9.999+” */

/* Titles are for gettext. Those left of the current one give way when there is no room for it. `counts` stand behind
 * them where they are not below zero; NULL: none. */
void tabs_paint(struct canvas *c, const char *const *titles, int count, int current, const int64_t *counts);
int tabs_step(int current, int step, int count); /* the next one, round and round */

#endif
