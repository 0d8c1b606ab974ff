/* What the text_*.c files share: code points in and out of UTF-8. Not for others. */
#ifndef BASE_TEXT_CODE_H
#define BASE_TEXT_CODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

#define TEXT_REPLACEMENT 0xFFFD

/* The code point at p and how many bytes it has: 0 at the end, 1 and U+FFFD where the bytes are not UTF-8. */
size_t text_decode(const char *p, int32_t *code);
void text_encode(struct buf *b, int32_t code);

size_t text_ascii_span(const char *p); /* how many bytes from p on are ASCII, up to the end */
bool text_is_blank(int32_t code);      /* white space, the byte order mark too */
bool text_is_mark(int32_t code);       /* a combining mark of the Latin kind, U+0300 to U+036F */

/* A copy that is UTF-8 for certain (U+FFFD for what was not) and has no run of combining marks longer than 30, because
 * normalising takes the square of that length. */
char *text_repair(const char *text);

#endif
