/* The report of a cash shift or of a day as labels and figures, in the order in which people read it: for the command,
 * the screen and the paper. */
#ifndef IO_CASH_LINES_H
#define IO_CASH_LINES_H

#include <stdbool.h>

#include "base/buf.h"
#include "chotdon/cash.h"
#include "io/config.h"

typedef void cash_line_fn(void *ctx, const char *label, const char *value);

/* iso: dates as files have them, else dd/mm/yyyy. */
void cash_lines(const struct cash_report *r, const struct currency *currency, bool iso, cash_line_fn *line, void *ctx);

/* Label left, figure right, one line each, under a heading. */
void cash_text(const struct cash_report *r, const struct currency *currency, const char *heading, int width,
               struct buf *out);

/* To the configured printer. ERR_INVALID when there is none, ERR_IO. */
enum err_code cash_print(const struct config *c, struct shop *shop, const struct cash_report *r, struct err *e);

#endif
