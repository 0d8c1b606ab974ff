/* Settings › Staff: who works here, their team with its dated changes (DOMAIN 2). */
#ifndef TUI_SCREENS_SETTINGS_STAFF_H
#define TUI_SCREENS_SETTINGS_STAFF_H

#include "tui/screen.h"

extern const struct screen_ops screen_settings_staff;

#endif
