/* The screens there are, and what the palette finds besides them. One line for each in screens.c. */
#ifndef TUI_SCREENS_SCREENS_H
#define TUI_SCREENS_SCREENS_H

#include "tui/loop.h"

size_t screens_all(const struct screen_entry **out); /* the first is the one that the program opens on */
size_t screens_providers(const struct palette_provider **out);

#endif
