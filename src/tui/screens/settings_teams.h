/* Settings › Teams: their leaders with the dated changes (DOMAIN 2). */
#ifndef TUI_SCREENS_SETTINGS_TEAMS_H
#define TUI_SCREENS_SETTINGS_TEAMS_H

#include "tui/screen.h"

extern const struct screen_ops screen_settings_teams;

#endif
