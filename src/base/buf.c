#include "base/buf.h"

#include <assert.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static void reserve(struct buf *b, size_t more) {
    assert(more < SIZE_MAX / 4);
    b->data = mem_grow(b->data, b->len + more, &b->cap, 1);
}

void buf_add(struct buf *b, const char *s) {
    buf_add_bytes(b, s, strlen(s));
}

void buf_add_bytes(struct buf *b, const void *bytes, size_t n) {
    reserve(b, n);
    if (n > 0) {
        memcpy(b->data + b->len, bytes, n);
    }
    b->len += n;
    b->data[b->len] = '\0';
}

void buf_add_char(struct buf *b, char c) {
    if (b->len + 1 >= b->cap) {
        reserve(b, 1);
    }
    b->data[b->len++] = c;
    b->data[b->len] = '\0';
}

void buf_addf(struct buf *b, const char *format, ...) {
    va_list args;
    va_list again;
    va_start(args, format);
    va_copy(again, args);
    size_t room = b->data == NULL ? 0 : b->cap - b->len;
    int n = vsnprintf(room == 0 ? NULL : b->data + b->len, room, format, args);
    va_end(args);
    if (n > 0 && (size_t)n >= room) {
        reserve(b, (size_t)n);
        vsnprintf(b->data + b->len, (size_t)n + 1, format, again);
    }
    b->len += n > 0 ? (size_t)n : 0;
    if (b->data != NULL) {
        b->data[b->len] = '\0';
    }
    va_end(again);
}

void buf_reset(struct buf *b) {
    b->len = 0;
    if (b->data != NULL) {
        b->data[0] = '\0';
    }
}

const char *buf_str(const struct buf *b) {
    return b->data == NULL ? "" : b->data;
}

char *buf_take(struct buf *b) {
    char *s = b->data == NULL ? mem_strdup("") : b->data;
    *b = (struct buf)BUF_INIT;
    return s;
}

void buf_clear(struct buf *b) {
    free(b->data);
    *b = (struct buf)BUF_INIT;
}
