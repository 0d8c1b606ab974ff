/* Receipts as the configuration wants them: sections [receipt] and [bank]. */
#ifndef IO_RECEIPT_PRINT_H
#define IO_RECEIPT_PRINT_H

#include "base/buf.h"
#include "base/err.h"
#include "io/config.h"
#include "io/receipt.h"

enum receipt_format { RECEIPT_TEXT, RECEIPT_ESCPOS };

/* The receipt with the configuration's header, footer, and, when something is due in VND, account and payment code.
 * `width` 0 is the configuration's. Adds the bytes to `out`. ERR_INVALID when the bank's data make no code. */
enum err_code receipt_render(const struct config *c, const struct receipt *r, enum receipt_format format, int width,
                             struct buf *out, struct err *e);

enum receipt_format receipt_format_of(const struct config *c);

/* Renders in the configured format and sends to the configured printer. ERR_INVALID when there is none, ERR_IO. */
enum err_code receipt_print(const struct config *c, const struct receipt *r, struct err *e);

/* Any text, line by line, as receipts are printed; and how wide it may be. */
enum err_code receipt_print_text(const struct config *c, const char *text, struct err *e);
int receipt_width_of(const struct config *c);

#endif
