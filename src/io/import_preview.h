/* A file before it is imported: what kind it seems to be, which of its columns becomes which field, and its first rows
 * as they will be understood. Nothing is written, and only the file's beginning is read. */
#ifndef IO_IMPORT_PREVIEW_H
#define IO_IMPORT_PREVIEW_H

#include "base/buf.h"
#include "io/import.h"

struct config;

#define IMPORT_PREVIEW_ROWS 50

struct import_preview_cell {
    char *text; /* as people write it: dates dd/mm/yyyy, money with its separators; what cannot be read stays */
    bool bad;   /* it cannot be read as what the column holds, or is empty and must not be */
};

struct import_preview_row {
    long line;
    char *fault; /* of a row that cannot be read at all; else NULL */
    struct import_preview_cell cells[KIND_COLUMNS_MAX];
};

struct import_preview {
    const struct kind *kind;
    char encoding[16];
    char delimiter;
    char **headers; /* the file's own */
    size_t header_count;
    char
        *sources[KIND_COLUMNS_MAX]; /* by column of the kind: what it comes from ("Header", "A + B", "= always this") */
    bool mapped[KIND_COLUMNS_MAX];  /* it comes from something */
    size_t missing;                 /* columns that must be there and are not */
    struct buf unused;              /* headers that become nothing, joined by commas */
    struct import_preview_row *rows;
    size_t row_count;
};

/* Reads the beginning of `options->path` through its profile (NULL: as it is). ERR_NOT_FOUND, ERR_IO for the file,
 * ERR_INVALID when it is empty, spoiled, or no regular file. Clear *out afterwards in any case. */
enum err_code import_preview_read(struct shop *shop, const struct import_options *options, struct import_preview *out,
                                  struct err *e);
void import_preview_clear(struct import_preview *p);

/* Judging by the headers: the kind and the profile (a built-in one or one of the config; "" for none) under which most
 * of the columns mean something. *sure: all that the kind must have is there. Errors as above. */
#define IMPORT_PROFILE_NAME_MAX 64
enum err_code import_guess(const char *path, const struct config *config, enum kind_id *kind,
                           char profile[IMPORT_PROFILE_NAME_MAX], bool *sure, struct err *e);

#endif
