/* INI files read strictly: every key with its line, and an error for whatever would otherwise be lost in silence. */
#ifndef IO_INI_H
#define IO_INI_H

#include <stddef.h>

#include "base/err.h"

#define INI_LINE_MAX 1000              /* bytes; longer lines are errors */
#define INI_FILE_MAX ((size_t)1 << 20) /* bytes; larger files are errors */
#define INI_KEYS_MAX 5000              /* keys; more are an error */

struct ini_entry {
    char *section; /* as written; a key before any section is an error */
    char *key;     /* as written, outer blanks taken off */
    char *value;   /* without its quotes; "" when empty */
    long line;
};

struct ini {
    char *path;
    struct ini_entry *entries;
    size_t count;
    size_t cap;
};

/* Comments stand on lines of their own (# or ;). ERR_NOT_FOUND and ERR_IO for the file; ERR_INVALID, with e->line and
 * `FILE:LINE:` at the head of the message, for a byte order mark, a NUL, bytes that are not UTF-8, a line that is too
 * long, is neither section nor key nor comment, or ends in \, a section or key that comes twice (letter case apart), a
 * value with ; or # outside quotes, a quote not closed. */
enum err_code ini_read(const char *path, struct ini **out, struct err *e);

/* An ERR_INVALID of this file at this entry, message headed by `FILE:LINE:`. */
enum err_code ini_fault(const struct ini *ini, const struct ini_entry *entry, struct err *e, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* NULL when it is not there; letter case (ASCII) does not matter. */
const struct ini_entry *ini_find(const struct ini *ini, const char *section, const char *key);

void ini_free(struct ini *ini); /* NULL is accepted */

#endif
