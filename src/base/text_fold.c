#include "base/text.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/mem.h"
#include "base/text_code.h"

/* The folded letter of U+00C0 to U+01B0 and of U+1EA0 to U+1EF9, '.' where it takes more than one ASCII letter: the
 * fast way for Vietnamese, equal to what utf8proc gives (tests/unit/test_text.c compares them). */
static const char latin[] =
    "aaaaaa.ceeeeiiii.nooooo..uuuuy..aaaaaa.ceeeeiiii.nooooo..uuuuy.yaaaaaaccccccccddddeeeeeeeeeegggggggghh"
    "..iiiiiiiii...jjkk.llllll....nnnnnn...oooooo..rrrrrrsssssssstttt..uuuuuuuuuuuuwwyyyzzzzzzs"
    "................................oo.............uu";
static const char vietnamese[] =
    "aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy";

static char simple_fold(int32_t code) {
    if (code >= 0xC0 && code <= 0x1B0) {
        return latin[code - 0xC0];
    }
    return code >= 0x1EA0 && code <= 0x1EF9 ? vietnamese[code - 0x1EA0] : '.';
}

static bool is_ascii_blank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Squeezes runs of blanks to one and takes the outer ones off, in place. */
static void squeeze(char *text) {
    char *to = text;
    for (const char *from = text; *from != '\0'; from++) {
        if (!is_ascii_blank(*from)) {
            *to++ = *from;
        } else if (to > text && to[-1] != ' ') {
            *to++ = ' ';
        }
    }
    if (to > text && to[-1] == ' ') {
        to--;
    }
    *to = '\0';
}

/* ASCII and Latin letters with their marks, which is nearly everything; NULL when there is something else. */
static char *fold_latin(const char *text) {
    char *out = mem_alloc(strlen(text) + 1);
    char *to = out;
    while (*text != '\0') {
        char c = *text;
        if (c > 0) {
            *to++ = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
            text++;
            continue;
        }
        int32_t code;
        text += text_decode(text, &code);
        if (!text_is_mark(code)) {
            *to = simple_fold(code);
            if (*to++ == '.') {
                free(out);
                return NULL;
            }
        }
    }
    *to = '\0';
    return out;
}

static utf8proc_int32_t without_bar(utf8proc_int32_t code, void *unused) {
    (void)unused;
    return code == 0x110 || code == 0x111 ? 'd' : code;
}

static char *fold_any(const char *text) {
    char *repaired = text_repair(text);
    utf8proc_uint8_t *mapped = NULL;
    const utf8proc_option_t options = UTF8PROC_NULLTERM | UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE |
                                      UTF8PROC_CASEFOLD | UTF8PROC_IGNORE;
    if (utf8proc_map_custom((const utf8proc_uint8_t *)repaired, 0, &mapped, options, without_bar, NULL) < 0) {
        return repaired;
    }
    free(repaired);
    struct buf b = BUF_INIT;
    const char *p = (const char *)mapped;
    int32_t code;
    for (size_t n; (n = text_decode(p, &code)) > 0; p += n) {
        if (!text_is_mark(code)) {
            text_encode(&b, text_is_blank(code) ? ' ' : code);
        }
    }
    free(mapped);
    return buf_take(&b);
}

char *text_fold(const char *text) {
    char *folded = fold_latin(text);
    if (folded == NULL) {
        folded = fold_any(text);
    }
    squeeze(folded);
    return folded;
}

bool text_equal_folded(const char *a, const char *b) {
    char *x = text_fold(a);
    char *y = text_fold(b);
    bool equal = strcmp(x, y) == 0;
    free(x);
    free(y);
    return equal;
}

bool text_contains_folded(const char *text, const char *part) {
    char *x = text_fold(text);
    char *y = text_fold(part);
    bool contains = strstr(x, y) != NULL;
    free(x);
    free(y);
    return contains;
}

static bool is_word_part(int32_t code) {
    if (code < 0x80) {
        return (code >= '0' && code <= '9') || (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z');
    }
    utf8proc_category_t category = utf8proc_category(code);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO;
}

char *text_initials(const char *text) {
    char *folded = text_fold(text);
    struct buf b = BUF_INIT;
    bool inside = false;
    const char *p = folded;
    int32_t code;
    for (size_t n; (n = text_decode(p, &code)) > 0; p += n) {
        bool part = is_word_part(code);
        if (part && !inside) {
            text_encode(&b, code);
        }
        inside = part;
    }
    free(folded);
    return buf_take(&b);
}

static char code_char(char folded) {
    if (folded >= 'a' && folded <= 'z') {
        return (char)(folded - 'a' + 'A');
    }
    if (folded == ' ' || folded == '-') {
        return '-';
    }
    return (folded >= '0' && folded <= '9') || folded == '.' || folded == '_' ? folded : '\0';
}

char *text_to_code(const char *name, size_t max) {
    char *code = text_fold(name);
    char *to = code;
    for (const char *from = code; *from != '\0' && (size_t)(to - code) < max; from++) {
        char c = code_char(*from);
        bool repeated = c == '-' && (to == code || to[-1] == '-');
        if (c != '\0' && !repeated) {
            *to++ = c;
        }
    }
    while (to > code && to[-1] == '-') {
        to--;
    }
    *to = '\0';
    if (to == code) {
        free(code);
        return NULL;
    }
    return code;
}
