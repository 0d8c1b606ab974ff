#include "base/text.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/mem.h"
#include "base/text_code.h"

size_t text_decode(const char *p, int32_t *code) {
    unsigned char c = (unsigned char)*p;
    if (c < 0x80) {
        *code = c;
        return c != 0;
    }
    utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)p, -1, code);
    if (n < 1) {
        *code = TEXT_REPLACEMENT;
        return 1;
    }
    return (size_t)n;
}

void text_encode(struct buf *b, int32_t code) {
    utf8proc_uint8_t bytes[4];
    buf_add_bytes(b, bytes, (size_t)utf8proc_encode_char(code, bytes));
}

size_t text_ascii_span(const char *p) {
    size_t n = 0;
    while (p[n] > 0) {
        n++;
    }
    return n;
}

bool text_is_blank(int32_t code) {
    if (code < 0x80) {
        return code == ' ' || (code >= '\t' && code <= '\r');
    }
    return code == 0x85 || code == 0xFEFF || code == 0x2028 || code == 0x2029 ||
           utf8proc_category(code) == UTF8PROC_CATEGORY_ZS;
}

bool text_is_mark(int32_t code) {
    return code >= 0x300 && code <= 0x36F && code != 0x345; /* that one folds to a letter, iota */
}

char *text_repair(const char *text) {
    const int longest_run = 30;
    struct buf b = BUF_INIT;
    int run = 0;
    int32_t code;
    for (size_t n; (n = text_decode(text, &code)) > 0; text += n) {
        run = code >= 0x300 && utf8proc_get_property(code)->combining_class != 0 ? run + 1 : 0;
        if (run <= longest_run) {
            text_encode(&b, code);
        }
    }
    return buf_take(&b);
}

bool text_is_utf8(const char *bytes, size_t len) {
    const char *p = bytes;
    const char *end = bytes + len;
    while (p < end) {
        if (*p > 0) {
            p++;
            continue;
        }
        int32_t code;
        utf8proc_ssize_t n = *p == '\0' ? -1 : utf8proc_iterate((const utf8proc_uint8_t *)p, end - p, &code);
        if (n < 1) {
            return false;
        }
        p += n;
    }
    return true;
}

/* Where the text ends when the blanks behind it are taken off. */
static size_t trimmed_end(const char *text) {
    size_t end = strlen(text);
    while (end > 0) {
        size_t start = end - 1;
        while (start > 0 && ((unsigned char)text[start] & 0xC0) == 0x80) {
            start--;
        }
        int32_t code;
        text_decode(text + start, &code);
        if (!text_is_blank(code)) {
            break;
        }
        end = start;
    }
    return end;
}

static const char *trimmed_start(const char *text) {
    int32_t code;
    size_t n;
    while ((n = text_decode(text, &code)) > 0 && text_is_blank(code)) {
        text += n;
    }
    return text;
}

/* Code points that no normalisation touches, whatever stands beside them: Latin up to the combining marks, and
 * Vietnamese's own. */
static bool is_settled(int32_t code) {
    return code < 0x300 || (code >= 0x1EA0 && code <= 0x1EF9) || (code >= 0x2010 && code <= 0x2027) || code == 0x20AB;
}

/* The text is UTF-8 and composed as it stands. */
static bool is_settled_text(const char *text) {
    for (text += text_ascii_span(text); *text != '\0'; text += text_ascii_span(text)) {
        int32_t code;
        text += text_decode(text, &code);
        if (!is_settled(code)) {
            return false;
        }
    }
    return true;
}

static char *compose(const char *text) {
    char *repaired = text_repair(text);
    utf8proc_uint8_t *composed = utf8proc_NFC((const utf8proc_uint8_t *)repaired);
    if (composed == NULL) {
        return repaired;
    }
    free(repaired);
    return (char *)composed;
}

char *text_nfc(const char *text) {
    const char *start = trimmed_start(text);
    if (is_settled_text(start)) {
        return mem_strndup(start, trimmed_end(start));
    }
    char *composed = compose(start);
    composed[trimmed_end(composed)] = '\0';
    return composed;
}

/* What stands for a sign that has no decomposition; NULL when nothing does. */
static const char *ascii_sign(int32_t code) {
    static const struct {
        int32_t code;
        const char *ascii;
    } signs[] = {
        {0x0111, "d"},  {0x0110, "D"},  {0x20AB, "d"},  {0x2018, "'"},  {0x2019, "'"},  {0x201C, "\""},
        {0x201D, "\""}, {0x2010, "-"},  {0x2013, "-"},  {0x2014, "-"},  {0x2212, "-"},  {0x2022, "*"},
        {0x00D7, "x"},  {0x00DF, "ss"}, {0x00C6, "AE"}, {0x00E6, "ae"}, {0x00D8, "O"},  {0x00F8, "o"},
        {0x0152, "OE"}, {0x0153, "oe"}, {0x0142, "l"},  {0x0141, "L"},  {0x00AB, "\""}, {0x00BB, "\""},
    };
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        if (signs[i].code == code) {
            return signs[i].ascii;
        }
    }
    return NULL;
}

static void add_ascii(struct buf *b, int32_t code) {
    const char *sign = ascii_sign(code);
    if (sign != NULL) {
        buf_add(b, sign);
        return;
    }
    int32_t parts[32];
    int boundary = 0;
    utf8proc_ssize_t n = utf8proc_decompose_char(code, parts, 32, UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT, &boundary);
    if (n < 1 || n > 32) {
        buf_add_char(b, '?');
        return;
    }
    for (utf8proc_ssize_t i = 0; i < n; i++) {
        if (!text_is_mark(parts[i])) {
            buf_add_char(b, parts[i] < 0x80 ? (char)parts[i] : '?');
        }
    }
}

char *text_ascii(const char *text) {
    struct buf b = BUF_INIT;
    int32_t code;
    for (size_t n; (n = text_decode(text, &code)) > 0; text += n) {
        if (code < 0x80) {
            buf_add_char(&b, (char)code);
        } else {
            add_ascii(&b, code);
        }
    }
    return buf_take(&b);
}

char *text_upper(const char *text) {
    struct buf b = BUF_INIT;
    int32_t code;
    for (size_t n; (n = text_decode(text, &code)) > 0; text += n) {
        text_encode(&b, utf8proc_toupper(code));
    }
    return buf_take(&b);
}
