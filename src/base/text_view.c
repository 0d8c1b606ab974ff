#include "base/text.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/mem.h"
#include "base/text_code.h"

#define JOINER      0x200D
#define EMOJI_STYLE 0xFE0F
#define DOTTED_RING 0x25CC
#define LINE_END    0x2424
#define HIDDEN_SIGN 0xB7
#define REGIONAL_A  0x1F1E6
#define REGIONAL_Z  0x1F1FF
#define KEYCAP      0x20E3

/* More than any script or emoji asks for; a flood of marks is shown in several pieces. */
enum { CLUSTER_CODES = 16, CLUSTER_MARKS = 6 };

static bool is_control(int32_t code) {
    return code < 0x20 || code == 0x7F;
}

/* Takes no room or steers what stands around it, and is not a mark on a letter. */
static bool is_hidden(int32_t code) {
    if (code < 0x80) {
        return false;
    }
    if ((code >= 0xFE00 && code <= 0xFE0F) || (code >= 0xE0100 && code <= 0xE01EF) ||
        (code >= 0x180B && code <= 0x180F)) {
        return true; /* variation selectors */
    }
    switch (utf8proc_category(code)) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
        return true;
    default:
        return code == 0x34F || code == 0x17B4 || code == 0x17B5 || code == 0x115F || code == 0x1160 ||
               code == 0x3164 || code == 0xFFA0;
    }
}

static int bound_class(int32_t code) {
    return utf8proc_get_property(code)->boundclass;
}

static bool is_picture(int32_t code) {
    return code >= 0x80 && bound_class(code) == UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC;
}

/* A joiner is meant between two emoji, and hides elsewhere. */
static bool joins_pictures(int32_t base, int32_t code, const char *behind) {
    int32_t next;
    return code == JOINER && is_picture(base) && text_decode(behind, &next) > 0 && is_picture(next);
}

/* So is the selector that says whether an emoji or a key has colour. */
static bool styles_picture(int32_t base, int32_t code, const char *behind) {
    int32_t next;
    return (code == EMOJI_STYLE || code == EMOJI_STYLE - 1) &&
           (is_picture(base) || (text_decode(behind, &next) > 0 && next == KEYCAP));
}

static bool is_skin_tone(int32_t code) {
    return code >= 0x1F3FB && code <= 0x1F3FF;
}

/* Belongs onto the character before it; shown on a dotted ring where there is none. */
static bool is_mark(int32_t code) {
    int bound = bound_class(code);
    return (bound == UTF8PROC_BOUNDCLASS_EXTEND || bound == UTF8PROC_BOUNDCLASS_SPACINGMARK) && !is_skin_tone(code);
}

static int mark_width(int32_t code) {
    return bound_class(code) == UTF8PROC_BOUNDCLASS_SPACINGMARK ? utf8proc_charwidth(code) : 0;
}

static int base_width(int32_t code) {
    if (is_hidden(code) || utf8proc_category(code) == UTF8PROC_CATEGORY_CN) {
        return 1;
    }
    int width = is_mark(code) ? 1 + mark_width(code) : utf8proc_charwidth(code);
    return width < 1 ? 1 : width > 2 ? 2 : width;
}

/* A letter of Latin script, one cell wide: most of what is not ASCII here, so it is not looked up. */
static bool is_latin(int32_t code) {
    return (code >= 0xC0 && code <= 0x24F) || (code >= 0x1EA0 && code <= 0x1EF9);
}

static bool ends_cluster(int32_t first, int32_t code, const char *behind) {
    bool hides = is_control(code) ||
                 (is_hidden(code) && !joins_pictures(first, code, behind) && !styles_picture(first, code, behind));
    return hides || (is_skin_tone(code) && !is_picture(first));
}

/* A cluster that does not begin with ASCII followed by ASCII. */
static size_t cluster(const char *p, int32_t first, size_t len, int *width) {
    *width = base_width(first);
    if (is_hidden(first)) {
        return len;
    }
    int32_t before = first;
    utf8proc_int32_t state = 0;
    int32_t code;
    int codes = 1;
    int marks = is_mark(first);
    for (size_t n; (n = text_decode(p + len, &code)) > 0; len += n) {
        marks += is_mark(code);
        bool full = marks > CLUSTER_MARKS || (++codes > CLUSTER_CODES && before != JOINER);
        if (full || ends_cluster(first, code, p + len + n) || utf8proc_grapheme_break_stateful(before, code, &state)) {
            break;
        }
        bool widens = (code == EMOJI_STYLE && is_picture(first)) || (code >= REGIONAL_A && code <= REGIONAL_Z);
        *width = widens || *width + mark_width(code) > 2 ? 2 : *width + mark_width(code);
        before = code;
    }
    return len;
}

size_t text_grapheme(const char *p, int *width) {
    int32_t code;
    *width = *p != '\0';
    if (*p == '\0') {
        return 0;
    }
    if (*p > 0 && (p[1] >= 0 || is_control(*p))) {
        return *p == '\r' && p[1] == '\n' ? 2 : 1;
    }
    size_t n = text_decode(p, &code);
    return is_latin(code) && p[n] >= 0 ? n : cluster(p, code, n, width);
}

int text_width(const char *text) {
    int total = 0;
    int width;
    for (size_t n; (n = text_grapheme(text, &width)) > 0; text += n) {
        total += width;
    }
    return total;
}

size_t text_grapheme_before(const char *text, size_t at) {
    at = strnlen(text, at);
    if (at >= 2 && text[at - 1] > 0x20 && text[at - 2] > 0x20) {
        return 1;
    }
    size_t start = 0;
    for (size_t next = 0; next < at;) {
        int width;
        start = next;
        next += text_grapheme(text + next, &width);
    }
    return at - start;
}

char *text_truncate(const char *text, int width) {
    int used = 0;
    size_t cut = 0; /* what fits with room for … */
    int w;
    size_t at = 0;
    for (size_t n; (n = text_grapheme(text + at, &w)) > 0; at += n) {
        used += w;
        if (used > width) {
            return width < 1 ? mem_strdup("") : mem_printf("%.*s…", (int)cut, text);
        }
        cut = used < width ? at + n : cut;
    }
    return mem_strdup(text);
}

static void add_visible(struct buf *b, int32_t code) {
    if (code == '\n' || code == '\r') {
        code = LINE_END;
    } else if (is_control(code)) {
        code = code == 0x7F ? 0x2421 : 0x2400 + code;
    } else if (is_hidden(code)) {
        code = HIDDEN_SIGN;
    } else if (utf8proc_category(code) == UTF8PROC_CATEGORY_CN) {
        code = TEXT_REPLACEMENT;
    }
    text_encode(b, code);
}

/* One cluster: inside it only joiners between emoji hide, and those stay. */
static void add_cluster(struct buf *b, const char *p, size_t len) {
    int32_t code;
    size_t n = text_decode(p, &code);
    if (is_latin(code)) {
        buf_add_bytes(b, p, len);
        return;
    }
    if (is_mark(code) && !is_hidden(code)) {
        text_encode(b, DOTTED_RING);
    }
    add_visible(b, code);
    if (is_control(code)) {
        return; /* CR LF is one line end */
    }
    for (size_t i = n; i < len; i += n) {
        n = text_decode(p + i, &code);
        text_encode(b, code);
    }
}

char *text_visible(const char *text) {
    struct buf b = BUF_INIT;
    int width;
    for (size_t n; (n = text_grapheme(text, &width)) > 0; text += n) {
        if (n == 1 && *text >= 0x20 && *text < 0x7F) {
            buf_add_char(&b, *text);
        } else {
            add_cluster(&b, text, n);
        }
    }
    return buf_take(&b);
}

bool text_has_hidden(const char *text) {
    char *visible = text_visible(text);
    bool differs = strcmp(visible, text) != 0;
    free(visible);
    return differs;
}
