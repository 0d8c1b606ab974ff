#include "tui/theme.h"

#include <stdlib.h>
#include <string.h>

/* Colours of the 16, by their usual numbers. */
enum {
    BLACK,
    RED,
    GREEN,
    YELLOW,
    BLUE,
    MAGENTA,
    CYAN,
    WHITE,
    GREY,
    LRED,
    LGREEN,
    LYELLOW,
    LBLUE,
    LMAGENTA,
    LCYAN,
    LWHITE
};

struct tone {
    int rgb_fg, rgb_bg;
    signed char fg16, bg16;
};

struct dress {
    struct tone dark, light;
    unsigned attrs;      /* with colours */
    unsigned mono_attrs; /* without */
};

#define DARK_BG  0x16181d
#define LIGHT_BG 0xfafafa
#define DARK(fg, fg16)                                                                                                 \
    { fg, DARK_BG, fg16, BLACK }
#define LIGHT(fg, fg16)                                                                                                \
    { fg, LIGHT_BG, fg16, LWHITE }

// clang-format off
static const struct dress dresses[STYLE_COUNT] = {
    [STYLE_NORMAL]       = {DARK(0xd8dade, WHITE),   LIGHT(0x24272e, BLACK), 0, 0},
    [STYLE_DIM]          = {DARK(0x8d95a3, CYAN),    LIGHT(0x666e7a, GREY), 0, 0},
    [STYLE_STRONG]       = {DARK(0xffffff, LWHITE),  LIGHT(0x000000, BLACK), ATTR_BOLD, ATTR_BOLD},
    [STYLE_TITLE]        = {{0xffffff, 0x2b4a6f, LWHITE, BLUE}, {0xffffff, 0x2f5d8c, LWHITE, BLUE}, ATTR_BOLD, ATTR_REVERSE | ATTR_BOLD},
    [STYLE_TITLE_DIM]    = {{0xc9d6e6, 0x2b4a6f, WHITE, BLUE},  {0xdfe9f4, 0x2f5d8c, LWHITE, BLUE}, 0, ATTR_REVERSE},
    [STYLE_STATUS]       = {DARK(0xb9c2cf, WHITE),   LIGHT(0x3b424d, BLACK), 0, 0},
    [STYLE_ERROR]        = {{0xffffff, 0xa3262f, LWHITE, RED},  {0xffffff, 0xb3202b, LWHITE, RED}, ATTR_BOLD, ATTR_REVERSE | ATTR_BOLD},
    [STYLE_WARN]         = {DARK(0xf0b429, LYELLOW), LIGHT(0x8a5a00, RED), ATTR_BOLD, ATTR_BOLD},
    [STYLE_GOOD]         = {DARK(0x7bd88f, LGREEN),  LIGHT(0x1f7a38, GREEN), 0, 0},
    [STYLE_HEADER]       = {DARK(0x8fb8e8, LCYAN),   LIGHT(0x1f4e7d, BLUE), ATTR_BOLD, ATTR_BOLD | ATTR_UNDERLINE},
    [STYLE_CURSOR]       = {{0xffffff, 0x35557a, LWHITE, BLUE}, {0x000000, 0xbcd7f2, BLACK, CYAN}, ATTR_BOLD, ATTR_REVERSE},
    [STYLE_CURSOR_IDLE]  = {{0xe6e9ee, 0x2e333c, LWHITE, BLACK}, {0x000000, 0xe1e5ea, BLACK, WHITE}, 0, ATTR_UNDERLINE},
    [STYLE_MARKED]       = {DARK(0xf5d76e, LYELLOW), LIGHT(0x7a4d00, MAGENTA), ATTR_BOLD, ATTR_BOLD},
    [STYLE_TOTAL]        = {DARK(0xffffff, LWHITE),  LIGHT(0x000000, BLACK), ATTR_BOLD, ATTR_BOLD},
    [STYLE_LABEL]        = {DARK(0xa9b4c2, WHITE),   LIGHT(0x454c57, BLACK), 0, 0},
    [STYLE_FIELD]        = {{0xe6e9ee, 0x262a32, LWHITE, BLACK}, {0x14171c, 0xe8ecf1, BLACK, WHITE}, ATTR_UNDERLINE, ATTR_UNDERLINE},
    [STYLE_FIELD_FOCUS]  = {{0xffffff, 0x3a404b, LWHITE, BLUE}, {0x000000, 0xfff3c4, BLACK, YELLOW}, ATTR_UNDERLINE, ATTR_UNDERLINE | ATTR_BOLD},
    [STYLE_FIELD_ERROR]  = {{0xffffff, 0x7a2028, LWHITE, RED},  {0x7a0010, 0xfde0e0, LWHITE, RED}, ATTR_UNDERLINE, ATTR_REVERSE},
    [STYLE_KEY]          = {{0xffffff, 0x16181d, LWHITE, BLACK}, {0x000000, 0xfafafa, BLACK, LWHITE}, ATTR_BOLD, ATTR_BOLD},
    [STYLE_FOOTER]       = {{0x10141a, 0x6f9fc9, BLACK, CYAN},  {0x000000, 0xb9d3ea, BLACK, CYAN}, 0, ATTR_REVERSE},
    [STYLE_BORDER]       = {DARK(0x5b6472, CYAN),    LIGHT(0x98a1ad, GREY), 0, 0},
    [STYLE_POPUP]        = {{0xe6e9ee, 0x22262e, WHITE, BLACK}, {0x1b1e24, 0xf0f2f5, BLACK, LWHITE}, 0, 0},
    [STYLE_POPUP_TITLE]  = {{0xffffff, 0x22262e, LWHITE, BLACK}, {0x000000, 0xf0f2f5, BLACK, LWHITE}, ATTR_BOLD, ATTR_BOLD},
    [STYLE_BUTTON]       = {{0xe6e9ee, 0x3a404b, WHITE, BLACK}, {0x1b1e24, 0xd8dde4, BLACK, WHITE}, 0, 0},
    [STYLE_BUTTON_FOCUS] = {{0x10141a, 0x8fc1f0, BLACK, CYAN},  {0xffffff, 0x2f5d8c, LWHITE, BLUE}, ATTR_BOLD, ATTR_REVERSE},
    [STYLE_MATCH]        = {DARK(0xf5d76e, LYELLOW), LIGHT(0x8a3b00, RED), ATTR_BOLD | ATTR_UNDERLINE, ATTR_UNDERLINE},
    [STYLE_AMOUNT]       = {DARK(0x9be8ff, LCYAN),   LIGHT(0x00446b, BLUE), ATTR_BOLD, ATTR_BOLD},
    [STYLE_BAR]          = {DARK(0x6f9fc9, LBLUE),   LIGHT(0x2f6da8, BLUE), 0, 0},
    [STYLE_BAR_REST]     = {DARK(0x3c434e, CYAN),    LIGHT(0xc9d0d9, GREY), 0, 0},
    [STYLE_BAR_GOOD]     = {DARK(0x6cc483, LGREEN),  LIGHT(0x2b8a46, GREEN), 0, 0},
    [STYLE_BAR_WARN]     = {DARK(0xe0a526, LYELLOW), LIGHT(0xa86e00, MAGENTA), 0, 0},
    [STYLE_BAR_ERROR]    = {DARK(0xd95c63, LRED),    LIGHT(0xb3202b, RED), 0, 0},
    [STYLE_QR]           = {{0x000000, 0xffffff, BLACK, LWHITE}, {0x000000, 0xffffff, BLACK, LWHITE}, 0, 0},
};
// clang-format on

static int cube_step(int value) {
    return value < 48 ? 0 : value < 115 ? 1 : (value - 35) / 40;
}

static int distance(int rgb, int r, int g, int b) {
    int dr = (rgb >> 16 & 255) - r;
    int dg = (rgb >> 8 & 255) - g;
    int db = (rgb & 255) - b;
    return dr * dr + dg * dg + db * db;
}

int theme_nearest_256(int rgb) {
    static const int levels[] = {0, 95, 135, 175, 215, 255};
    int r = cube_step(rgb >> 16 & 255);
    int g = cube_step(rgb >> 8 & 255);
    int b = cube_step(rgb & 255);
    int average = ((rgb >> 16 & 255) + (rgb >> 8 & 255) + (rgb & 255)) / 3;
    int step = average < 8 ? 0 : average > 238 ? 23 : (average - 3) / 10;
    int grey = 8 + 10 * step;
    bool greyer = distance(rgb, grey, grey, grey) < distance(rgb, levels[r], levels[g], levels[b]);
    return greyer ? 232 + step : 16 + 36 * r + 6 * g + b;
}

/* With eight colours the bright ones are the plain ones in bold. */
static struct look look_8(const struct tone *tone, unsigned attrs) {
    bool bright = tone->fg16 >= 8;
    int fg = tone->fg16 & 7;
    int bg = tone->bg16 & 7;
    if (tone->fg16 == GREY) {
        return (struct look){BLACK, bg, attrs};
    }
    return (struct look){fg, bg, attrs | (bright ? ATTR_BOLD : 0u)};
}

struct look theme_look(enum theme_kind kind, enum theme_depth depth, enum style style) {
    const struct dress *dress = &dresses[style];
    const struct tone *tone = kind == THEME_LIGHT ? &dress->light : &dress->dark;
    switch (depth) {
    case DEPTH_TRUE:
        return (struct look){tone->rgb_fg, tone->rgb_bg, dress->attrs};
    case DEPTH_256:
        return (struct look){theme_nearest_256(tone->rgb_fg), theme_nearest_256(tone->rgb_bg), dress->attrs};
    case DEPTH_16:
        return (struct look){tone->fg16, tone->bg16, dress->attrs};
    case DEPTH_8:
        return look_8(tone, dress->attrs);
    case DEPTH_NONE:
        break;
    }
    /* Without colours a dark theme means light on dark, so the code's dark modules need reversing. */
    unsigned qr = style == STYLE_QR && kind == THEME_DARK ? ATTR_REVERSE : 0;
    return (struct look){-1, -1, dress->mono_attrs | qr};
}

bool theme_by_name(const char *name, enum theme_kind *out) {
    if (strcmp(name, "dark") != 0 && strcmp(name, "light") != 0) {
        return false;
    }
    *out = strcmp(name, "light") == 0 ? THEME_LIGHT : THEME_DARK;
    return true;
}
