#include "base/mdoc.h"

#include <ctype.h>
#include <string.h>

/* Two or three letters, the first a capital: .It would take the word for a macro (Ar, No, Cm…). */
static int looks_like_macro(const char *word, size_t len) {
    return (len == 2 || len == 3) && isupper((unsigned char)word[0]) && islower((unsigned char)word[1]);
}

void mdoc_add(struct buf *out, const char *text) {
    const char *p = text;
    while (*p != '\0') {
        size_t len = strcspn(p, " ");
        if ((p == text && (*p == '.' || *p == '\'')) || looks_like_macro(p, len) ||
            (len == 1 && ispunct((unsigned char)*p))) {
            buf_add(out, "\\&");
        }
        for (const char *end = p + len; p < end; p++) {
            buf_add(out, *p == '\\' ? "\\e" : *p == '"' ? "\\(dq" : (char[]){*p, '\0'});
        }
        for (; *p == ' '; p++) {
            buf_add_char(out, ' ');
        }
    }
}
