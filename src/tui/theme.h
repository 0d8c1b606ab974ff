/* Colours and attributes of the styles, for dark and light terminals with many colours, 256, 16, 8 or none. */
#ifndef TUI_THEME_H
#define TUI_THEME_H

#include <stdbool.h>

#include "tui/style.h"

enum theme_kind { THEME_DARK, THEME_LIGHT };
enum theme_depth { DEPTH_NONE, DEPTH_8, DEPTH_16, DEPTH_256, DEPTH_TRUE };

enum theme_attr { ATTR_BOLD = 1, ATTR_DIM = 2, ATTR_UNDERLINE = 4, ATTR_REVERSE = 8 };

struct look {
    int fg, bg;     /* 0xRRGGBB with DEPTH_TRUE, a colour's number else; -1: the terminal's own */
    unsigned attrs; /* of enum theme_attr */
};

struct look theme_look(enum theme_kind kind, enum theme_depth depth, enum style style);

bool theme_by_name(const char *name, enum theme_kind *out); /* "dark", "light" */

int theme_nearest_256(int rgb); /* of the fixed colours 16 to 255 */

#endif
