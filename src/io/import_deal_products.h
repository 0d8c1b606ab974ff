/* The product cell of a deal: `SKU:QTY@PRICE+…`, or a name. */
#ifndef IO_IMPORT_DEAL_PRODUCTS_H
#define IO_IMPORT_DEAL_PRODUCTS_H

#include "chotdon/deal.h"
#include "io/import_core.h"

/* What is not there is taken for the one product that is written the same but for blanks and signs ("GTXPro", "GTX
 * Pro"), with a warning; else it is made with --create-missing. The caller frees *products with deal_products_free. */
enum err_code import_deal_products(struct import *im, const char *cell, long line, struct deal_product **products,
                                   size_t *count, struct err *e);
void import_deal_products_reset(struct import *im);

#endif
