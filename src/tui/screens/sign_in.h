#ifndef TUI_SCREENS_SIGN_IN_H
#define TUI_SCREENS_SIGN_IN_H

#include "tui/screen.h"

/* In front, alone, while nobody has signed in. Opened with the code of whom it expects; NULL: anybody. */
extern const struct screen_ops screen_sign_in;

#endif
