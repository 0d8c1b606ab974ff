/* The rows of a sales report while they are added up: one for each key. */
#ifndef DOMAIN_REPORT_ROWS_H
#define DOMAIN_REPORT_ROWS_H

#include <stddef.h>

#include "base/intern.h"
#include "chotdon/report.h"

struct report_rows {
    struct intern *keys;    /* each key's number is its row's index until they are sorted */
    struct sales_row *rows; /* keys are borrowed from `keys`, names are owned */
    size_t count, capacity;
};

/* A day's key in a report by day, week or month: itself, its ISO week ("2026-W47") or its month. */
#define REPORT_TIME_MAX (DATE_SIZE + 16)
const char *report_time_key(enum sales_by by, const char *day, char text[REPORT_TIME_MAX]);

/* The row of this key, made when it is not there; valid until the next call. */
struct sales_row *report_rows_at(struct report_rows *r, const char *key, const char *name);

/* ERR_INVALID when a sum does not fit. Margin and VAT are left to report_rows_finish. */
enum err_code report_row_add(struct sales_row *to, const struct sales_row *figures, struct err *e);

/* Works out VAT and margin, and sorts: by key, or by revenue with the highest first; the row without key comes last. */
void report_rows_finish(struct report_rows *r, bool by_key);

/* Takes away the rows without a document; no more rows may be asked for then. */
void report_rows_drop_empty(struct report_rows *r);
void report_rows_clear(struct report_rows *r);

#endif
