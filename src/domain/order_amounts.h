/* The figures of an order from its lines (DOMAIN 4), without a database: line discounts, the order's discount
 * apportioned, VAT in both modes, totals. */
#ifndef DOMAIN_ORDER_AMOUNTS_H
#define DOMAIN_ORDER_AMOUNTS_H

#include "chotdon/order.h"

struct amount_line {
    /* given */
    int64_t qty; /* thousandths, not 0; of one sign in an order */
    int64_t unit_price;
    int64_t vat_bps;
    struct discount asked; /* of the line; on negative lines money of either sign takes off */
    /* made */
    int64_t discount;       /* the line's own, with the sign of qty */
    int64_t order_discount; /* its part of the order's */
    int64_t amount;         /* qty × unit_price − discount − order_discount */
    int64_t net;
    int64_t vat;
};
struct amount_totals {
    int64_t subtotal; /* Σ qty × unit price − line discount */
    int64_t discount; /* the order's, with the sign of the lines */
    int64_t shipping_fee;
    int64_t revenue; /* Σ net + Σ vat */
    int64_t net;
    int64_t vat;
    int64_t total; /* revenue + shipping fee */
};

/* Fills the made fields and *out. ERR_INVALID names what is wrong: "line 2" (a discount above the amount, a negative
 * price, too large), "discount", "shipping", "total". Negative lines make a return; its figures are those of a sale of
 * the same quantities, negated. */
enum err_code order_amounts(struct amount_line *lines, size_t count, struct discount discount, int64_t shipping_fee,
                            bool vat_included, struct amount_totals *out, struct err *e);

/* Parts of a whole in basis points: all 0 gives equal parts (largest remainder), else they must add up to 10 000.
 * ERR_INVALID with field "rep". */
enum err_code order_shares(int64_t *share_bps, size_t count, struct err *e);

#endif
