#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

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

static enum err_code fill(struct err *e, enum err_code code, const char *field, const char *format, va_list args) {
    if (e == NULL) {
        return code;
    }
    e->code = code;
    snprintf(e->field, sizeof e->field, "%s", field);
    int n = vsnprintf(e->message, sizeof e->message, format, args);
    if (n >= (int)sizeof e->message) {
        trim_broken_tail(e->message);
    }
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
    return names[code];
}
