/* The sample shop: believable, and the same for the same clock. */
#ifndef CHOTDON_SAMPLE_H
#define CHOTDON_SAMPLE_H

#include "chotdon/shop.h"

/* Fills an empty shop with staff, goods, customers and thirteen months of trade that end now; one transaction, one
 * audit row. ERR_REFUSED when the shop's currency is not VND or something is in it already. */
enum err_code sample_fill(struct shop *shop, struct err *e);

#endif
