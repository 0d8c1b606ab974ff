/* Sell: baskets, one field, and payment (SCREENS Sell). */
#ifndef TUI_SCREENS_SELL_H
#define TUI_SCREENS_SELL_H

#include "tui/screen.h"

extern const struct screen_ops screen_sell;

#endif
