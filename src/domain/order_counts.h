/* Where the rule stood before files needed it, too. */
#ifndef DOMAIN_ORDER_COUNTS_H
#define DOMAIN_ORDER_COUNTS_H

#include "chotdon/order_counts.h"

#endif
