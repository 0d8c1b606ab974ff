/* Settings › Shop: what the database keeps and all counters share (DOMAIN 1), with the choices in plain words. */
#ifndef TUI_SCREENS_SETTINGS_SHOP_H
#define TUI_SCREENS_SETTINGS_SHOP_H

#include "tui/screen.h"

extern const struct screen_ops screen_settings_shop;

#endif
