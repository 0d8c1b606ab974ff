/* Memory: allocation that never returns NULL. Running out calls the hook (the screens restore the terminal) and ends
 * the program. */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stdarg.h>
#include <stddef.h>

void *mem_alloc(size_t size);                           /* uninitialised; size 0 gives a pointer that can be freed */
void *mem_zalloc(size_t size);                          /* zeroed */
void *mem_array(size_t count, size_t size);             /* zeroed, count × size checked for overflow */
void *mem_resize(void *old, size_t count, size_t size); /* realloc, checked for overflow; new part uninitialised */
char *mem_strdup(const char *s);                        /* NULL gives NULL */
char *mem_strndup(const char *s, size_t max);
char *mem_printf(const char *format, ...) __attribute__((format(printf, 1, 2)));
char *mem_vprintf(const char *format, va_list args) __attribute__((format(printf, 1, 0)));

/* Grows a heap array so that index `count` exists: *capacity doubles. Returns the array, which may have moved. */
void *mem_grow(void *array, size_t count, size_t *capacity, size_t size);

/* Ends the program like an allocation that failed: for memory that a library asked for. */
_Noreturn void mem_exhausted(void);

/* What runs before the program ends for want of memory; NULL for nothing. */
void mem_set_exhausted_hook(void (*hook)(void));

#endif
