/* Reports on documents by their own date (DOMAIN 6, first rule: accounting and sales reports use each document's own
 * date). */
#ifndef CHOTDON_REPORT_H
#define CHOTDON_REPORT_H

#include "chotdon/shop.h"

#define REPORT_NONE "(không có)" /* the name of what has no rep, group, channel … in every language (DOMAIN 6) */

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
const char *sales_by_code(enum sales_by by); /* "day": the command line's word */
bool sales_by_find(const char *typed, enum sales_by *out);

struct sales_row {
    const char *key;  /* date, ISO week, month, or code; "" for what has none */
    const char *name; /* of the rep, product …; REPORT_NONE for what has none */
    int64_t orders,
        returns; /* documents; by rep each counts for the largest share, by product for every product in it */
    int64_t qty; /* thousandths of base units, returns taken off; by product and group, else 0 */
    int64_t revenue, net_revenue, vat, cost, margin;
    int64_t discount; /* the lines' own and the orders' */
};
/* cost and margin are 0 for who may not see them (PERMIT_SEE_COST). Confirmed and later orders (cancelled and
 * imported-as-returned ones count for nothing) and returns, whose figures are negative, with order dates from `from` to
 * `to` (inclusive; NULL or "": unbounded). Days, weeks and months come in time's order, anything else by revenue,
 * highest first; what has no key comes last. Every grouping adds up to the same total; *total (may be NULL) gets it.
 * Rows are borrowed during the call. */
typedef enum err_code sales_row_fn(void *ctx, const struct sales_row *r, struct err *e);
enum err_code report_sales(struct shop *shop, enum sales_by by, const char *from, const char *to, sales_row_fn *row,
                           void *ctx, struct sales_row *total, struct err *e);

enum returns_by { RETURNS_BY_PRODUCT, RETURNS_BY_REASON, RETURNS_BY_DAY, RETURNS_BY_WEEK, RETURNS_BY_MONTH };
bool returns_by_find(const char *typed, enum returns_by *out);

struct returns_row {
    const char *key, *name; /* SKU and name; the reason; the time */
    int64_t returns;        /* documents dated in the period */
    int64_t qty, amount;    /* thousandths of base units; what was given back, VAT included: above zero */
    int64_t shipped,
        returned;     /* sales shipped in the period, and those of them that are `returned`: wholly taken back */
    int64_t rate_bps; /* returned / shipped */
    bool has_rate;    /* something was shipped */
};
/* What came back, by the returns' own dates, and the return rate of what was shipped in the same time (DOMAIN 4). By
 * product only the shipped orders with the product count; by reason those that came back for it, over all that were
 * shipped. Products and reasons come by amount, times in their order; products of which nothing came back are left out.
 * *total may be NULL. Rows are borrowed during the call. */
typedef enum err_code returns_row_fn(void *ctx, const struct returns_row *r, struct err *e);
enum err_code report_returns(struct shop *shop, enum returns_by by, const char *from, const char *to,
                             returns_row_fn *row, void *ctx, struct returns_row *total, struct err *e);

struct receivable_row {
    const char *customer, *name, *phone; /* code; all "" for a walk-in */
    const char *order_no, *order_date;
    const char *due_kind; /* "cod", "debt" or "" */
    int64_t due, age_days;
};
typedef enum err_code receivable_row_fn(void *ctx, const struct receivable_row *r, struct err *e);
/* What customers owe, as of today: by customer in Vietnamese order, walk-ins last, oldest first. */
enum err_code report_receivables(struct shop *shop, receivable_row_fn *row, void *ctx, struct err *e);

#endif
