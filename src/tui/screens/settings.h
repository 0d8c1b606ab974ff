/* Settings (Alt-0): the list of its pages. A page is a screen like any other (screen.h), so it has keys, help and a
 * place in the palette of its own; Esc comes back here. To add one: write src/tui/screens/settings_NAME.c, add it to
 * screens.c with number -1, and a row to `pages` in settings.c. */
#ifndef TUI_SCREENS_SETTINGS_H
#define TUI_SCREENS_SETTINGS_H

#include "tui/screen.h"

extern const struct screen_ops screen_settings;

#endif
