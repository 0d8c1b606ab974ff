/* What a return gives back of a line (DOMAIN 4), without a database. */
#ifndef DOMAIN_RETURN_AMOUNTS_H
#define DOMAIN_RETURN_AMOUNTS_H

#include <stdint.h>

/* The stored figures of a sold line, or of what comes back of it; all zero or more. */
struct return_figures {
    int64_t discount;
    int64_t order_discount;
    int64_t amount;
    int64_t net;
    int64_t vat;
    int64_t cost;
};

/* What `qty` more of a line gives back: round(stored × returned / sold) less what was given back for `before`; so the
 * parts add up to the stored figures in any order. Amount, VAT, cost and the order's discount follow that rule; net
 * follows from amount and VAT as it does on the sale, and the line's discount is what makes gross − discounts = amount.
 * gross: qty × unit price of what comes back. qty > 0, before ≥ 0, before + qty ≤ sold. */
void return_figures(const struct return_figures *stored, int64_t sold, int64_t before, int64_t qty, int64_t gross,
                    struct return_figures *out);

#endif
