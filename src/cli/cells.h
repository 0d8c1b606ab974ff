/* A record as a row of cells: the same description serves a noun's `list` (a table) and its `show` (one object). */
#ifndef CLI_CELLS_H
#define CLI_CELLS_H

#include "cli/cli.h"

enum { CELLS_MAX = 32 };

struct cell {
    const char *text; /* of text, phone and date columns */
    int64_t number;
    bool is_empty;
};
#define CELL_TEXT(s)     ((struct cell){.text = (s)})
#define CELL_NUMBER(n)   ((struct cell){.number = (n)})
#define CELL_OPT(has, n) ((struct cell){.number = (n), .is_empty = !(has)})

struct cell_spec {
    const struct table_column *columns; /* titles marked N_(), translated here */
    size_t count;                       /* at most CELLS_MAX */
    const char *brief;                  /* names of those that people see in a list, " sku name "; NULL: all */
};

struct cell_table {
    struct table *table;
    const struct cell_spec *spec;
    bool shown[CELLS_MAX];
    struct table_column columns[CELLS_MAX];
};

/* A list; the struct stays where it is until the end. cells_end gives rc back when it is a failure, and prints nothing
 * more. */
void cells_begin(struct cli *c, const struct cell_spec *spec, struct cell_table *out);
void cells_row(struct cell_table *t, const struct cell *cells);
enum err_code cells_end(struct cell_table *t, enum err_code rc, struct err *e);

/* One record: an object in JSON, a row in CSV, lines of name and value for people. */
enum err_code cells_show(struct cli *c, const struct cell_spec *spec, const struct cell *cells, struct err *e);

/* A row of names alone, of channels, reasons…; ctx is the table. */
enum err_code cells_name(void *ctx, int64_t id, const char *name, struct err *e);

/* Its keys and values into an object that is open. */
void cells_json(struct json *j, const struct cell_spec *spec, const struct cell *cells);

#endif
