/* What a shift took in and gave out, worked out from its payments and moves. */
#ifndef DOMAIN_CASH_FIGURES_H
#define DOMAIN_CASH_FIGURES_H

#include "chotdon/cash.h"

/* Fills *out, which must be empty; counted and difference as stored. The caller clears it, also after a failure. */
enum err_code cash_figures_of_shift(struct shop *shop, int64_t shift_id, struct cash_report *out, struct err *e);

#endif
