/* Settings › Who gets new leads: the rules in their order, and giving out what nobody has yet. */
#ifndef TUI_SCREENS_SETTINGS_ASSIGN_H
#define TUI_SCREENS_SETTINGS_ASSIGN_H

#include "tui/screen.h"

extern const struct screen_ops screen_settings_assign;

#endif
