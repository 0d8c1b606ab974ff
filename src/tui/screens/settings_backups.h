/* Settings › Backups: copies of the shop made, listed, put back. */
#ifndef TUI_SCREENS_SETTINGS_BACKUPS_H
#define TUI_SCREENS_SETTINGS_BACKUPS_H

#include "tui/screen.h"

extern const struct screen_ops screen_settings_backups;

#endif
