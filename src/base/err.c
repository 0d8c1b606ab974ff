#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* snprintf may have cut a UTF-8 sequence in two: drop the broken tail. */
static void trim_broken_tail(char *s) {
    size_t n = strlen(s);
    size_t back = 0;
    while (back < 4 && back < n && ((unsigned char)s[n - 1 - back] & 0xC0) == 0x80) {
        back++;
    }
    if (back == n) {
        return;
    }
    unsigned char lead = (unsigned char)s[n - 1 - back];
    size_t need = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
    if (need > back) {
        s[n - 1 - back] = '\0';
    }
}

/* One line, whatever was quoted in it. */
static void show_hidden(char *s, size_t size) {
    if (!text_has_hidden(s)) {
        return;
    }
    char *shown = text_visible(s);
    if (snprintf(s, size, "%s", shown) >= (int)size) {
        trim_broken_tail(s);
    }
    free(shown);
}

static enum err_code fill(struct err *e, enum err_code code, const char *field, const char *format, va_list args) {
    if (e == NULL) {
        return code;
    }
    char message[sizeof e->message]; /* not in place: an argument may be the old message */
    char name[sizeof e->field];
    if (vsnprintf(message, sizeof message, format, args) >= (int)sizeof message) {
        trim_broken_tail(message);
    }
    if (snprintf(name, sizeof name, "%s", field) >= (int)sizeof name) {
        trim_broken_tail(name);
    }
    show_hidden(message, sizeof message);
    show_hidden(name, sizeof name);
    e->code = code;
    memcpy(e->message, message, sizeof message);
    memcpy(e->field, name, sizeof name);
    return code;
}

enum err_code err_set(struct err *e, enum err_code code, const char *format, ...) {
    va_list args;
    va_start(args, format);
    fill(e, code, "", format, args);
    va_end(args);
    return code;
}

enum err_code err_set_field(struct err *e, enum err_code code, const char *field, const char *format, ...) {
    va_list args;
    va_start(args, format);
    fill(e, code, field, format, args);
    va_end(args);
    return code;
}

void err_clear(struct err *e) {
    if (e != NULL) {
        *e = (struct err)ERR_INIT;
    }
}

const char *err_code_name(enum err_code code) {
    static const char *const names[] = {
        [ERR_OK] = "ok",           [ERR_NOT_FOUND] = "not found",
        [ERR_INVALID] = "invalid", [ERR_CONFLICT] = "conflict",
        [ERR_REFUSED] = "refused", [ERR_BUSY] = "busy",
        [ERR_IO] = "io",           [ERR_DB] = "database",
    };
    return (size_t)code < sizeof names / sizeof names[0] ? names[code] : "unknown";
}

const char *err_clip(const char *value, char out[ERR_CLIP_SIZE]) {
    const size_t most = 40;
    if (value == NULL) {
        value = "";
    }
    size_t n = strnlen(value, most + 1);
    size_t keep = n > most ? most : n;
    memcpy(out, value, keep);
    out[keep] = '\0';
    if (n > most) {
        trim_broken_tail(out);
        strcat(out, "…");
    }
    return out;
}
