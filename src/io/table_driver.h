/* Between table.c and the formats behind it. */
#ifndef IO_TABLE_DRIVER_H
#define IO_TABLE_DRIVER_H

#include <stdbool.h>

#include "io/table.h"

struct table_cell {
    bool empty;
    const char *text; /* text, phone and date columns; borrowed for the call */
    int64_t number;   /* all others */
};

struct table_driver {
    void (*cell)(struct table *t, const struct table_column *column, const struct table_cell *cell);
    void (*end_row)(struct table *t);
    enum err_code (*close)(struct table *t, struct err *e); /* also frees t->state */
    void (*abandon)(struct table *t);                       /* frees t->state */
};

struct table {
    const struct table_driver *driver;
    void *state; /* the driver's own */
    struct currency currency;
    const struct table_column *columns;
    size_t count;
    size_t at;         /* column of the next cell */
    bool excel, begun; /* CSV and JSON print nothing before the first cell or the close: a refusal leaves no heading */
    FILE *out;
    struct err err; /* the first fault */
};

#define TABLE_CELL_MAX 128 /* room for any number as text */

bool table_is_text(enum table_type type);

/* A number as files hold it: plain decimals. Returns `out`. */
const char *table_plain(const struct table *t, const struct table_column *column, int64_t value,
                        char out[TABLE_CELL_MAX]);

extern const struct table_driver table_human_driver; /* table_human.c */

#endif
