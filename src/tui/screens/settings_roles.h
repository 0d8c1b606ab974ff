#ifndef TUI_SCREENS_SETTINGS_ROLES_H
#define TUI_SCREENS_SETTINGS_ROLES_H

#include "tui/screen.h"

extern const struct screen_ops screen_settings_roles;

#endif
