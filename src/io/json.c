#include "io/json.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "base/text.h"

void json_begin(struct json *j, FILE *out) {
    *j = (struct json){.out = out};
}

/* What stands before a value or key: a comma when it is not the first, and a new line for each element of the outermost
 * array. */
static void separate(struct json *j) {
    if (j->after_key) {
        j->after_key = false;
        return;
    }
    if (j->depth == 0) {
        return;
    }
    int d = j->depth - 1;
    bool line = d == 0 && j->array[0];
    if (j->filled[d]) {
        fputs(line ? ",\n" : ", ", j->out);
    } else if (line) {
        fputc('\n', j->out);
    }
    j->filled[d] = true;
}

static void open_level(struct json *j, bool array) {
    separate(j);
    assert(j->depth < JSON_DEPTH_MAX);
    j->array[j->depth] = array;
    j->filled[j->depth] = false;
    j->depth++;
    fputc(array ? '[' : '{', j->out);
}

void json_object(struct json *j) {
    open_level(j, false);
}

void json_array(struct json *j) {
    open_level(j, true);
}

void json_end(struct json *j) {
    assert(j->depth > 0);
    j->depth--;
    if (j->depth == 0 && j->array[0] && j->filled[0]) {
        fputc('\n', j->out);
    }
    fputc(j->array[j->depth] ? ']' : '}', j->out);
    if (j->depth == 0) {
        fputc('\n', j->out);
    }
}

static bool is_continuation(char c) {
    return ((unsigned char)c & 0xC0) == 0x80;
}

/* The length of the character at s, 0 when it is no sound UTF-8. */
static size_t sound(const char *s) {
    size_t n = 1;
    while (n < 4 && is_continuation(s[n])) {
        n++;
    }
    return text_is_utf8(s, n) ? n : 0;
}

/* What hides or steers is written as its number: the same text to a program, harmless to a terminal. */
static void put_character(FILE *out, const char *s, size_t n) {
    static const int32_t steering[][2] = {{0x80, 0x9F},     {0xAD, 0xAD},     {0x61C, 0x61C},
                                          {0x200B, 0x200F}, {0x2028, 0x202E}, {0xFE00, 0xFE0E},
                                          {0x2060, 0x206F}, {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB}};
    const unsigned char *p = (const unsigned char *)s;
    int32_t code = n == 2   ? (p[0] & 0x1F) << 6 | (p[1] & 0x3F)
                   : n == 3 ? (p[0] & 0x0F) << 12 | (p[1] & 0x3F) << 6 | (p[2] & 0x3F)
                            : 0;
    if (n == 4 && p[0] == 0xF3 && p[1] == 0xA0) { /* U+E0000 to U+E0FFF, a pair of surrogates */
        fprintf(out, "\\udb40\\u%04x", 0xDC00U | (p[2] & 0x0FU) << 6 | (p[3] & 0x3FU));
        return;
    }
    for (size_t i = 0; i < sizeof steering / sizeof *steering; i++) {
        if (code >= steering[i][0] && code <= steering[i][1]) {
            fprintf(out, "\\u%04x", (unsigned)code);
            return;
        }
    }
    fwrite(s, 1, n, out);
}

static void quote(FILE *out, const char *s) {
    static const char escapes[] = "\b\t\n\f\r\"\\";
    static const char letters[] = "btnfr\"\\";
    fputc('"', out);
    while (*s != '\0') {
        unsigned char c = (unsigned char)*s;
        const char *escape = strchr(escapes, c);
        size_t n = 1;
        if (escape != NULL) {
            fprintf(out, "\\%c", letters[escape - escapes]);
        } else if (c < 0x20 || c == 0x7F) {
            fprintf(out, "\\u%04x", c);
        } else if (c < 0x80) {
            fputc(c, out);
        } else if ((n = sound(s)) > 0) {
            put_character(out, s, n);
        } else {
            n = 1;
            fputs("\xEF\xBF\xBD", out);
        }
        s += n;
    }
    fputc('"', out);
}

void json_key(struct json *j, const char *key) {
    separate(j);
    quote(j->out, key);
    fputs(": ", j->out);
    j->after_key = true;
}

void json_text(struct json *j, const char *text) {
    if (text == NULL) {
        json_null(j);
        return;
    }
    separate(j);
    quote(j->out, text);
}

void json_number(struct json *j, const char *digits) {
    separate(j);
    fputs(digits, j->out);
}

void json_int(struct json *j, int64_t value) {
    separate(j);
    fprintf(j->out, "%" PRId64, value);
}

void json_bool(struct json *j, bool value) {
    json_number(j, value ? "true" : "false");
}

void json_null(struct json *j) {
    json_number(j, "null");
}

void json_key_text(struct json *j, const char *key, const char *text) {
    json_key(j, key);
    json_text(j, text);
}

void json_key_int(struct json *j, const char *key, int64_t value) {
    json_key(j, key);
    json_int(j, value);
}

void json_key_number(struct json *j, const char *key, const char *digits) {
    json_key(j, key);
    json_number(j, digits);
}

void json_key_bool(struct json *j, const char *key, bool value) {
    json_key(j, key);
    json_bool(j, value);
}
