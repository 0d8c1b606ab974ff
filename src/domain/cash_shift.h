/* The cash shift that a payment belongs to, for those who write payments. */
#ifndef DOMAIN_CASH_SHIFT_H
#define DOMAIN_CASH_SHIFT_H

#include "chotdon/shop.h"

/* The open shift of a payment made on `date`: only what is paid today goes into today's drawer. *shift_id is 0 when
 * none is open. One look into an index of at most one row. */
enum err_code cash_shift_current(struct shop *shop, const char *date, int64_t *shift_id, struct err *e);

#endif
