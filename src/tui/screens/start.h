/* First run: there is no database yet, so one is made (SCREENS First run). */
#ifndef TUI_SCREENS_START_H
#define TUI_SCREENS_START_H

#include "tui/screen.h"

extern const struct screen_ops screen_start;

#endif
