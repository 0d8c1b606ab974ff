/* Settings › This machine: what its configuration file says; read only, as the file is the place to change it. */
#ifndef TUI_SCREENS_SETTINGS_MACHINE_H
#define TUI_SCREENS_SETTINGS_MACHINE_H

#include "tui/screen.h"

extern const struct screen_ops screen_settings_machine;

#endif
