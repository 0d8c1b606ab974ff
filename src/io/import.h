/* Files in: bytes → rows → typed records with their line → the domain → a summary. One file is one transaction (CLI,
 * Import and export). */
#ifndef IO_IMPORT_H
#define IO_IMPORT_H

#include "chotdon/import.h"
#include "chotdon/shop.h"
#include "io/kind.h"

struct profile;

struct import_options {
    enum kind_id kind;
    const char *path; /* "-": standard input */
    const struct profile
        *profile;     /* headers and cells of other programs, --map and --null (io/profile.h); may be NULL */
    bool month_first; /* 10/31/2026 */
    bool dry_run;     /* everything, and then nothing of it is kept */
    bool atomic;      /* one rejected row rejects the file */
    bool create_missing;
    size_t part_rows;        /* of orders, taken at a time; 0: as many as are good */
    const char *errors_path; /* gets the rejected rows; may be NULL */
    /* One line for stderr, without its end: rejected rows ("FILE:LINE: COLUMN: reason") and warnings. */
    void (*say)(void *ctx, const char *line);
    /* Gets the rejected rows instead of `say`, in the file's order; may be NULL. */
    void (*rejected)(void *ctx, long line, const char *column, const char *reason);
    /* Now and then, `percent` of the file or of the orders; false stops the import. May be NULL. */
    bool (*progress)(void *ctx, int64_t rows, int percent);
    void *ctx;
};

struct import_summary {
    int64_t rows;                                  /* that have something in them, without the header */
    int64_t blank;                                 /* rows skipped */
    int64_t created, updated, unchanged, rejected; /* records: orders, not rows */
    int64_t made[IMPORT_THINGS];
    int64_t import_id; /* 0: nothing was changed, or nothing kept */
};

/* ERR_OK also when rows were rejected: look at the summary. ERR_INVALID for a file that cannot be taken at all (a
 * required column is missing), ERR_REFUSED when progress stopped it; then nothing of it is kept. */
enum err_code import_run(struct shop *shop, const struct import_options *options, struct import_summary *out,
                         struct err *e);

/* Takes an import back: what it made is removed, what it changed becomes again what it was. ERR_REFUSED names what
 * stands on it. */
enum err_code import_take_back(struct shop *shop, int64_t import_id, struct import_undone *out, struct err *e);

#endif
