/* Quantity is a signed 64-bit count of thousandths of the product's unit (DOMAIN 1). */
#ifndef BASE_QTY_H
#define BASE_QTY_H

#include <stdint.h>

#include "base/err.h"

#define QTY_TEXT_MAX 32
#define QTY_ONE      INT64_C(1000)

/* "2", "0.5", "0,5", "-3", "1.5"; at most three decimals. "1.000" is one (a lone group of three is decimals, not
 * thousands). Reads what
 * qty_format_plain writes; what qty_format writes only where no lone group of thousands is in it, so edit the plain
 * form. ERR_INVALID. */
enum err_code qty_parse(const char *text, int64_t *qty_milli, struct err *e);

/* Plain decimal without needless zeros, decimal point (files, JSON): "0.5". Returns `out`. */
const char *qty_format_plain(int64_t qty_milli, char out[QTY_TEXT_MAX]);

/* For screens, not for fields that are edited: decimal comma, dots for thousands: "1.204,5". Returns `out`. */
const char *qty_format(int64_t qty_milli, char out[QTY_TEXT_MAX]);

#endif
