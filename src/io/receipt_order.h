/* The receipt of an order in the books. */
#ifndef IO_RECEIPT_ORDER_H
#define IO_RECEIPT_ORDER_H

#include "base/buf.h"
#include "chotdon/shop.h"
#include "io/receipt_print.h"

/* Adds the receipt of order `id` to `out`; `width` 0 is the configuration's. ERR_NOT_FOUND, and what receipt_render
 * returns. */
enum err_code receipt_order_render(struct shop *shop, const struct config *c, int64_t id, enum receipt_format format,
                                   int width, struct buf *out, struct err *e);

/* Sends it to the configured printer. ERR_INVALID when none is configured, ERR_IO when it failed: the order stands all
 * the same. */
enum err_code receipt_order_print(struct shop *shop, const struct config *c, int64_t id, struct err *e);

#endif
