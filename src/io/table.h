/* One way out for every list: rows go in cell by cell, and come out aligned for people, as CSV, as JSON or as an Excel
 * workbook. */
#ifndef IO_TABLE_H
#define IO_TABLE_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/err.h"
#include "base/money.h"

enum table_type {
    TABLE_TEXT,
    TABLE_PHONE, /* text that no format guards or takes for a number: phones, codes of digits */
    TABLE_DATE,  /* ISO text, with or without a time */
    TABLE_INT,
    TABLE_MONEY, /* minor units: JSON integers as they are, CSV in the currency's own units */
    TABLE_QTY,   /* thousandths: 500 is 0.5 */
    TABLE_RATE,  /* basis points: a column named …_bps shows them as they are, any other as percent: 750 is 7.5 */
    TABLE_PCT,   /* basis points, shown as percent rounded to one decimal: 8746 is 87.5 */
    TABLE_BOOL   /* JSON true and false, CSV 1 and 0 */
};

struct table_column {
    const char *name; /* snake_case: JSON key and CSV header */
    enum table_type type;
    const char *title; /* heading for people, translated already; NULL: the name */
};

enum table_format { TABLE_HUMAN, TABLE_CSV, TABLE_CSV_EXCEL, TABLE_JSON, TABLE_XLSX };

struct table;

/* `out` and `columns` are borrowed until table_close. Not for TABLE_XLSX. Never NULL. */
struct table *table_new(enum table_format format, FILE *out, const struct currency *currency,
                        const struct table_column *columns, size_t count);

/* The workbook at `path`, which appears when the table is closed without an error. ERR_IO; ERR_INVALID when path is
 * NULL or "-". */
enum err_code table_new_xlsx(const char *path, const struct currency *currency, const struct table_column *columns,
                             size_t count, struct table **out, struct err *e);

/* The next cell of the row, in the columns' order. A text column takes text (NULL is empty), any other a number; an
 * empty cell is null in JSON, but "" in a text column. Faults wait for table_close. */
void table_text(struct table *t, const char *text);
void table_number(struct table *t, int64_t value);
/* In a column of numbers that differ in kind from row to row. */
void table_number_as(struct table *t, enum table_type type, int64_t value);
void table_empty(struct table *t);
void table_number_if(struct table *t, bool has, int64_t value); /* else empty */
void table_end_row(struct table *t);                            /* what is missing of the row is empty */

/* Writes what is left. ERR_IO when something could not be written; ERR_REFUSED when a workbook cannot hold that many
 * rows (1 048 576) or so long a text. Takes *t and sets it to NULL. */
enum err_code table_close(struct table **t, struct err *e);

/* Closes it when rc, of what was to fill it, is ERR_OK; else abandons it and gives rc back. */
enum err_code table_end(struct table **t, enum err_code rc, struct err *e);

void table_abandon(struct table **t); /* frees without finishing; accepts *t NULL */

#endif
