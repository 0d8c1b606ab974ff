/* Reads delimited text record by record in constant memory, from 1 byte to any size, and says exactly where what is
 * wrong stands.
 *
 *     struct csv_reader *r = NULL;
 *     const struct csv_record *row = NULL;
 *     enum err_code rc = csv_reader_open(path, NULL, &r, e);
 *     while (rc == ERR_OK && (rc = csv_reader_next(r, &row, e)) == ERR_OK && row != NULL) { … }
 *     csv_reader_free(r);
 *
 * The header is simply the first record. Found out by looking at the file: its encoding (io/csv_source.h), its
 * delimiter (`,` `;` TAB, or Excel's first line `sep=;`), its line ends (LF, CRLF, CR). */
#ifndef IO_CSV_READ_H
#define IO_CSV_READ_H

#include <stddef.h>

#include "base/err.h"
#include "io/csv_source.h"

#define CSV_CELL_MAX    ((size_t)1024 * 1024)      /* bytes in one cell */
#define CSV_COLUMNS_MAX ((size_t)5000)             /* cells in one record */
#define CSV_RECORD_MAX  ((size_t)16 * 1024 * 1024) /* bytes in one record */

enum csv_kind {
    CSV_ROW,
    CSV_BLANK, /* nothing but blanks and delimiters */
    CSV_BAD    /* cannot be read as a row: `fault` says why; reading goes on behind it */
};

/* Borrowed until the next call on the reader. */
struct csv_record {
    enum csv_kind kind;
    long line;    /* physical line on which the record begins, from 1 */
    size_t count; /* cells */
    const char *const
        *cells;      /* UTF-8, NFC, outer white space taken off; what could be read of a CSV_BAD one, maybe nothing */
    const char *raw; /* the record as it stands in the file (as UTF-8), without its line end; not NUL-terminated */
    size_t raw_len;
    const char *fault; /* CSV_BAD: one translated sentence; else NULL */
    long fault_line;   /* CSV_BAD: the physical line of the fault itself */
};

struct csv_options {
    char delimiter;          /* 0: found out */
    csv_source_watch *watch; /* may be NULL: sees the file's own bytes as they are read */
    void *watch_ctx;
};

struct csv_reader;

/* Opens a file, or standard input for "-". `options` may be NULL. ERR_NOT_FOUND, ERR_IO. */
enum err_code csv_reader_open(const char *path, const struct csv_options *options, struct csv_reader **out,
                              struct err *e);

/* The same for a file descriptor, which the reader closes in the end unless it is standard input. */
enum err_code csv_reader_open_fd(int fd, const char *name, const struct csv_options *options, struct csv_reader **out,
                                 struct err *e);

/* *out is the next record, NULL at the end. ERR_IO when the file cannot be read; ERR_INVALID with e->line when a line
 * is longer than CSV_RECORD_MAX, which means that it is no such file at all. */
enum err_code csv_reader_next(struct csv_reader *r, const struct csv_record **out, struct err *e);

char csv_reader_delimiter(const struct csv_reader *r);
const char *csv_reader_encoding(const struct csv_reader *r);
long long csv_reader_bytes(const struct csv_reader *r); /* of the file, read so far: for progress */
void csv_reader_free(struct csv_reader *r);             /* NULL is accepted */

/* A cell without the `'` that csv_writer puts before text beginning with = + - @ TAB CR. Call it for text fields only.
 */
const char *csv_unguard(const char *cell);

#endif
