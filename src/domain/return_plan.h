/* Returns of a known sale: what comes back, what it gives back, how it is settled (DOMAIN 4). */
#ifndef DOMAIN_RETURN_PLAN_H
#define DOMAIN_RETURN_PLAN_H

#include "domain/order_plan.h"

struct return_plan {
    struct order_plan order; /* the document */
    struct order sale;
    int64_t *takes;  /* of each line of the sale: what comes back now, in thousandths of the base unit */
    int64_t settled; /* what it takes off the sale's due */
    int64_t refund;
    bool whole; /* nothing of the sale is left */
};

/* Plans what `in` says; `put` (NULL, or an import's) tells date, texts and payments instead. Call return_plan_clear()
 * also after an error. */
enum err_code return_plan_make(struct shop *shop, const struct return_input *in, const struct order_input *put,
                               struct return_plan *r, struct err *e);
void return_plan_clear(struct return_plan *r);

/* What of each sale line comes back; ERR_REFUSED names the SKU and what is left. */
enum err_code return_plan_takes(struct shop *shop, const struct return_input *in, struct return_plan *r, struct err *e);
/* How the document's total is settled. */
enum err_code return_plan_refund(struct shop *shop, const struct return_input *in, const struct order_input *put,
                                 struct return_plan *r, struct err *e);

/* Stores a planned return and what it does to its sale. *id gets the document's. */
enum err_code return_store(struct shop *shop, struct return_plan *r, int64_t *id, struct err *e);

#endif
