/* A growing string of bytes, always NUL-terminated once something was added. */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stddef.h>

struct buf {
    char *data; /* NULL until something is added */
    size_t len; /* without the NUL */
    size_t cap;
};

#define BUF_INIT                                                                                                       \
    { NULL, 0, 0 }

/* What is added must not point into the buffer itself. */
void buf_add(struct buf *b, const char *s);
void buf_add_bytes(struct buf *b, const void *bytes, size_t n);
void buf_add_char(struct buf *b, char c);
void buf_addf(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_reset(struct buf *b);            /* empty, keeps the memory */
const char *buf_str(const struct buf *b); /* never NULL; borrowed until the next change */
char *buf_take(struct buf *b);            /* the caller owns the string, never NULL; the buf is empty again */
void buf_clear(struct buf *b);

#endif
