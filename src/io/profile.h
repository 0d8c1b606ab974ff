/* Files of other programs, read as if they were ours: a profile names their headers for our fields and mends their
 * cells.
 *
 *     field = "Header|Other header"   the first of these columns that is there and not empty; matched exactly first,
 * then folded; "A + B" joins two columns with " - " field.WORD = value              what a cell says in our words,
 * compared folded; WORD* is a beginning, * any other text default.field = value           when there is no such column
 * or the cell is empty date_order = dmy|mdy            delimiter = ";" fill_down = yes                 rows without
 * order number belong to the order above only_digits = field             rows where it has anything else are not data
 * (descriptions) and count as blank
 *
 * Always: `123.0` in an identifier is 123, dates become ISO, discounts lose their sign, masked phones and names (`***`)
 * are empty. */
#ifndef IO_PROFILE_H
#define IO_PROFILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"
#include "io/config.h"
#include "io/csv_read.h"

struct profile;

/* No rules yet: every column passes under its own name. Never NULL. */
struct profile *profile_new(void);

/* A built-in profile, changed by the config's [import.NAME] if there is one, or that section alone. Columns without a
 * field are left out. Name folded. ERR_NOT_FOUND names the profiles there are; ERR_INVALID for a rule that is not well
 * formed, with its line. */
enum err_code profile_find(const char *name, const struct config *config, struct profile **out, struct err *e);

/* --map 'HEADER=field': `field` comes from this header first. ERR_INVALID when it is not of that form. */
enum err_code profile_map(struct profile *p, const char *map, struct err *e);

void profile_unmap(struct profile *p, const char *field);    /* no column of the file becomes this field */
void profile_null_text(struct profile *p, const char *text); /* --null: cells with exactly this text are empty */
void profile_date_order(struct profile *p, enum date_order order);

char profile_delimiter(const struct profile *p); /* 0: to be found out */
void profile_free(struct profile *p);            /* NULL is accepted */

/* The names of the built-in ones, by index from 0; NULL behind the last. */
const char *profile_name(size_t index);

/* A csv_reader seen through a profile: the first record has our field names as its header, the others are mapped and
 * mended; lines, raw bytes and kinds are those of the file. A mended row that cannot be used is CSV_BAD. */
struct profile_reader;

/* Both are borrowed until profile_reader_free; `p` NULL passes everything on as it is. Never NULL. */
struct profile_reader *profile_reader_new(struct csv_reader *reader, const struct profile *p);
enum err_code profile_reader_next(struct profile_reader *r, const struct csv_record **out, struct err *e);

/* Fields that the profile expects and the header does not have, by index from 0; NULL behind the last. Known once the
 * header was read. */
const char *profile_reader_missing(const struct profile_reader *r, size_t index);

/* Adds what the n-th cell of the mapped records comes from: "Header", "A + B", "A | B", "= what stands there always";
 * `headers` are the file's own. */
void profile_reader_describe(const struct profile_reader *r, size_t n, const char *const *headers, struct buf *out);

void profile_reader_free(struct profile_reader *r); /* NULL is accepted */

#endif
