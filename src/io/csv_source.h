/* Bytes of a file as UTF-8 text, whatever they were written in: UTF-8 with or without BOM, UTF-16 with BOM,
 * windows-1258. */
#ifndef IO_CSV_SOURCE_H
#define IO_CSV_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

#define CSV_SOURCE_BLOCK ((size_t)64 * 1024)    /* bytes read at a time */
#define CSV_SOURCE_ROOM  (CSV_SOURCE_BLOCK * 4) /* what a block can become */

/* Sees the file's own bytes as they are read, for example to hash them. */
typedef void csv_source_watch(void *ctx, const void *bytes, size_t n);

struct csv_source;

/* Reads from fd, which it closes unless that is standard input. `name` is for messages. Never NULL. */
struct csv_source *csv_source_new(int fd, const char *name, csv_source_watch *watch, void *ctx);

/* Decodes the next block to `out`, which has room for CSV_SOURCE_ROOM; *n = 0 only at the end. What cannot be decoded
 * comes out as the byte FF, so that whoever checks the text for UTF-8 finds it on its line. ERR_IO when the file cannot
 * be read. */
enum err_code csv_source_read(struct csv_source *s, char *out, size_t *n, struct err *e);

const char *csv_source_encoding(const struct csv_source *s); /* "UTF-8", "UTF-16LE", "UTF-16BE", "windows-1258" */
long long csv_source_bytes(const struct csv_source *s);      /* bytes of the file read so far */
void csv_source_free(struct csv_source *s);

/* How many bytes from the start are sound UTF-8: n when all are. *ascii: all of them are ASCII. */
size_t csv_utf8_sound(const char *s, size_t n, bool *ascii);

#endif
