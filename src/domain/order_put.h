/* Imported orders that are there already: what the file leaves alone, and what differs. */
#ifndef DOMAIN_ORDER_PUT_H
#define DOMAIN_ORDER_PUT_H

#include "domain/order_plan.h"

/* An input completed by what the stored order keeps; `reps` is owned. */
struct order_merge {
    struct order_input in;
    struct order_rep_input *reps;
};
void order_merge_make(const struct order_input *in, const struct order *stored, struct order_merge *m);
void order_merge_clear(struct order_merge *m);

/* The state that a file would give it: a sale that its returns took back whole still says how far it came. */
enum order_status order_told_status(const struct order *stored);

bool order_stored_counts(const struct order *stored); /* ORDER_COUNTS of a record */
bool order_same_lines(const struct order_plan *p, const struct order *stored);
bool order_same_header(const struct order_plan *p, const struct order *stored);
bool order_same_reps(const struct order_plan *p, const struct order *stored);
bool order_has_returns(const struct order *stored);

/* Payments are never taken away: rows are added that make up the difference between what the file says and what is
 * known. What was paid since by other ways than an orders file stays. Replaces the plan's payments, paid and due. */
enum err_code order_merge_payments(struct shop *shop, const struct order_input *in, const struct order *stored,
                                   struct order_plan *p, struct err *e);

#endif
