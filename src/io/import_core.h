/* What the import_*.c files share. Not for others. */
#ifndef IO_IMPORT_CORE_H
#define IO_IMPORT_CORE_H

#include <stdint.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/intern.h"
#include "io/csv_read.h"
#include "io/import.h"
#include "io/import_refs.h"
#include "io/profile.h"

/* The file: read once for the keys, once for the records and once more for the rejected rows, so what cannot be read
 * twice is copied. */
struct import_file {
    int spool; /* -1: opened by its path */
    long long size;
    char delimiter; /* 0: found out */
};
enum err_code import_file_open(struct import_file *f, const char *path, struct err *e);
enum err_code import_file_reader(const struct import_file *f, const char *path, csv_source_watch *watch, void *ctx,
                                 struct csv_reader **out, struct err *e);
void import_file_close(struct import_file *f);
enum err_code import_check_file(const char *path, struct err *e); /* import_preview.c: ERR_INVALID for a device… */

/* A rejected row. */
struct import_rejection {
    long line;
    uint32_t column; /* texts of struct import_rejections */
    uint32_t reason;
};
struct import_rejections {
    struct import_rejection *rows;
    size_t count, cap;
    struct intern *texts;
};
void import_reject(struct import_rejections *r, long line, const char *column, const char *reason);
void import_rejections_sort(struct import_rejections *r); /* by line */
void import_rejections_reset(struct import_rejections *r);
void import_rejections_clear(struct import_rejections *r);

struct import_row {
    long line;
    const char *const *cells;
    size_t count;
    bool has_returns; /* of an order that was gathered: other rows of the file are returns of it */
};

struct import {
    struct shop *shop;
    const struct import_options *options;
    const struct kind *kind;
    const struct import_ops *ops;
    struct import_summary *sum;
    struct import_file file;
    int at[KIND_COLUMNS_MAX]; /* where a column's cells stand in a row; -1: the column is absent */
    size_t width;             /* cells of the header */
    enum date_order date_order;
    int64_t import_id;
    struct import_rejections rejections;
    struct intern *keys;  /* the records' keys, in files where a row is a record */
    uint32_t *last_lines; /* by key: the last row that has it */
    size_t last_cap;
    struct import_refs *refs;
    struct buf warnings; /* lines */
    int64_t warned;
    void *state; /* of the kind */
    struct csv_reader *reader;
    struct profile_reader *rows; /* the reader, seen through the profile */
    bool looking;                /* import_need_…: nothing is made, `missing` says that something would have to be */
    bool missing;
    bool stopped; /* by the person who waits */
    bool discard; /* all went well, and nothing of it is kept */
    bool apart;   /* rows that belong together do not stand together, which was found too late: gather them */
    bool gather;
    int64_t gathered;                  /* rows taken after they were gathered */
    long long bytes_read, bytes_taken; /* of the file; what is taken is done with */
};

/* What a kind does. A row is a record (key and put), or rows are collected and taken in the end (collect, finish). An
 * ERR_NOT_FOUND, ERR_INVALID, ERR_CONFLICT or ERR_REFUSED with the column in e->field rejects the record; any other
 * error ends the import. */
struct import_ops {
    /* The record's key, "" for a row that has none; NULL: rows are no records with keys. */
    const char *(*key)(struct import *im, const struct import_row *row, char *room, size_t size);
    enum err_code (*put)(struct import *im, const struct import_row *row, enum put_result *result, struct err *e);
    enum err_code (*collect)(struct import *im, const struct import_row *row, struct err *e);
    /* collect: a row that could not be read */
    enum err_code (*spoiled)(struct import *im, const struct import_row *row, struct err *e);
    enum err_code (*finish)(struct import *im, struct err *e);
    enum err_code (*gather)(struct import *im,
                            struct err *e); /* all rows to collect, those that belong together first */
    void (*reset)(struct import *im);       /* forgets what was collected */
    /* The record as it stands, for undo; "" when it is not there. The caller owns it. */
    enum kind_id image_kind;
    enum err_code (*image)(struct import *im, const struct import_row *row, int64_t *id, char **image, struct err *e);
};
extern const struct import_ops import_staff_ops, import_products_ops, import_customers_ops, import_suppliers_ops,
    import_orders_ops, import_payments_ops, import_stock_ops, import_deals_ops, import_targets_ops, import_later_ops;

/* Reads a file as an import does, but as part of taking one back: nothing is noted, and a row that is rejected is an
 * error. */
enum err_code import_restore(struct shop *shop, const struct import_options *options, int fd, struct err *e);

bool import_is_rejection(enum err_code rc);
void import_warn(struct import *im, const char *format, ...) __attribute__((format(printf, 2, 3)));
bool import_progress(struct import *im, int64_t rows, int percent); /* false: stop */
/* How much of the file is done, when `part` (0 to 1) is done of what was read and is not yet taken. */
int import_percent(const struct import *im, double part);
/* Reads the next row that is not blank, counts it and shows progress; *out NULL at the end. */
enum err_code import_next(struct import *im, const struct csv_record **out, struct err *e);

/* import_header.c. import_find_columns: where each column of the kind stands in the header, -1 nowhere; used[] (zeroed,
 * one for each cell) gets the cells that became one. */
void import_find_columns(const struct kind *kind, const struct csv_record *header, int at[KIND_COLUMNS_MAX],
                         bool *used);
enum err_code import_match_headers(struct import *im, const struct csv_record *header, struct err *e);
bool import_has(const struct import *im, int column);

/* import_row.c: cells by column, "" when absent or empty. Typed ones leave *out alone for an empty cell, *has
 * (may be NULL) says whether there was something; ERR_INVALID names the column. */
const char *import_cell(const struct import *im, const struct import_row *row, int column);
const char *import_text(const struct import *im, const struct import_row *row, int column); /* unguarded */
enum err_code import_money(const struct import *im, const struct import_row *row, int column, int64_t *out, bool *has,
                           struct err *e);
enum err_code import_qty(const struct import *im, const struct import_row *row, int column, int64_t *out, bool *has,
                         struct err *e);
enum err_code import_rate(const struct import *im, const struct import_row *row, int column, int64_t *out, bool *has,
                          struct err *e);
enum err_code import_bool(const struct import *im, const struct import_row *row, int column, bool *out, struct err *e);
enum err_code import_date(const struct import *im, const struct import_row *row, int column, char date[DATE_SIZE],
                          char time[9], struct err *e);
enum err_code import_check_row(const struct import *im, const struct import_row *row,
                               struct err *e); /* required cells, width */
enum err_code import_field_error(const struct import *im, int column, enum err_code rc, struct err *e);

/* import_errors.c: ERR_INVALID when so many rows are rejected that it is another file that was meant. */
enum err_code import_rejections_check(const struct import *im, struct err *e);
/* The rejected rows of the file as they stood, with why. */
enum err_code import_write_errors(struct import *im, struct err *e);

#endif
