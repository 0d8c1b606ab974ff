#include "base/mem.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void (*exhausted_hook)(void);

void mem_set_exhausted_hook(void (*hook)(void)) {
    exhausted_hook = hook;
}

_Noreturn void mem_exhausted(void) {
    if (exhausted_hook != NULL) {
        exhausted_hook();
    }
    fputs("chotdon: out of memory; what was confirmed is saved\n", stderr);
    _Exit(1);
}

static void *require(void *p) {
    if (p == NULL) {
        mem_exhausted();
    }
    return p;
}

void *mem_alloc(size_t size) {
    return require(malloc(size == 0 ? 1 : size));
}

void *mem_zalloc(size_t size) {
    return mem_array(1, size);
}

void *mem_array(size_t count, size_t size) {
    return require(calloc(count == 0 ? 1 : count, size == 0 ? 1 : size));
}

void *mem_resize(void *old, size_t count, size_t size) {
    if (size != 0 && count > SIZE_MAX / size) {
        mem_exhausted();
    }
    size_t bytes = count * size;
    return require(realloc(old, bytes == 0 ? 1 : bytes));
}

char *mem_strdup(const char *s) {
    return s == NULL ? NULL : mem_strndup(s, strlen(s));
}

char *mem_strndup(const char *s, size_t max) {
    size_t n = strnlen(s, max);
    char *copy = mem_alloc(n + 1);
    memcpy(copy, s, n);
    copy[n] = '\0';
    return copy;
}

char *mem_vprintf(const char *format, va_list args) {
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    size_t size = n < 0 ? 1 : (size_t)n + 1;
    char *s = mem_alloc(size);
    s[0] = '\0';
    vsnprintf(s, size, format, again);
    va_end(again);
    return s;
}

char *mem_printf(const char *format, ...) {
    va_list args;
    va_start(args, format);
    char *s = mem_vprintf(format, args);
    va_end(args);
    return s;
}

void *mem_grow(void *array, size_t count, size_t *capacity, size_t size) {
    if (count < *capacity) {
        return array;
    }
    size_t wanted = *capacity < 8 ? 8 : *capacity * 2;
    if (count > SIZE_MAX / 4) {
        mem_exhausted();
    }
    while (wanted <= count) {
        wanted *= 2;
    }
    array = mem_resize(array, wanted, size);
    *capacity = wanted;
    return array;
}
