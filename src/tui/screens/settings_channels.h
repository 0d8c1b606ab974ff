/* Settings › Channels: where orders and customers come from. */
#ifndef TUI_SCREENS_SETTINGS_CHANNELS_H
#define TUI_SCREENS_SETTINGS_CHANNELS_H

#include "tui/screen.h"

extern const struct screen_ops screen_settings_channels;

#endif
