/* Reports on documents by their own date (DOMAIN 6, first rule: accounting and sales reports use each document's own
 * date). */
#ifndef CHOTDON_REPORT_H
#define CHOTDON_REPORT_H

#include "chotdon/shop.h"

enum sales_by {
    SALES_BY_DAY,
    SALES_BY_WEEK,
    SALES_BY_MONTH,
    SALES_BY_REP,
    SALES_BY_CHANNEL,
    SALES_BY_PRODUCT,
    SALES_BY_CUSTOMER,
    SALES_BY_GROUP,
    SALES_BY_PROVINCE
};
struct sales_row {
    const char *key;         /* date, ISO week, month, or code; "" for what has none */
    const char *name;        /* of the rep, product …; "(none)" in the user's language for what has none */
    int64_t orders, returns; /* documents */
    int64_t qty;             /* thousandths; by product */
    int64_t revenue, net_revenue, vat, cost, margin, discount;
};
/* Confirmed and later orders (cancelled and imported-as-returned ones count for nothing) and returns, whose figures are
 * negative. Every grouping adds up to the same total; *total (may be NULL) gets it. */
typedef enum err_code sales_row_fn(void *ctx, const struct sales_row *r, struct err *e);
enum err_code report_sales(struct shop *shop, enum sales_by by, const char *from, const char *to, sales_row_fn *row,
                           void *ctx, struct sales_row *total, struct err *e);

struct receivable_row {
    const char *customer, *name, *phone, *order_no, *order_date, *due_kind;
    int64_t due, age_days;
};
typedef enum err_code receivable_row_fn(void *ctx, const struct receivable_row *r, struct err *e);
enum err_code report_receivables(struct shop *shop, receivable_row_fn *row, void *ctx,
                                 struct err *e); /* by customer, oldest first */

#endif
