/* Orders (DOMAIN 4): from draft to done, with apportioned discounts, shared reps, payments and returns. */
#ifndef CHOTDON_ORDER_H
#define CHOTDON_ORDER_H

#include "chotdon/shop.h"

#define ORDER_LINES_MAX 100000 /* lines of one order */
#define ORDER_NO_SIZE   65     /* longest number, with NUL */

enum order_status {
    ORDER_DRAFT,
    ORDER_CONFIRMED,
    ORDER_PACKED,
    ORDER_SHIPPED,
    ORDER_DELIVERED,
    ORDER_COMPLETED,
    ORDER_CANCELLED,
    ORDER_RETURNED
};
const char *order_status_code(enum order_status s);                /* "confirmed": files, JSON, database */
const char *order_status_label(enum order_status s);               /* in the user's language */
bool order_status_find(const char *typed, enum order_status *out); /* folded, English or Vietnamese, usual synonyms */
unsigned order_status_moves(enum order_status from);               /* bit set of 1 << status that may follow */

enum pay_method { PAY_CASH, PAY_TRANSFER, PAY_CARD, PAY_EWALLET, PAY_COD, PAY_DEBT }; /* the last two are promises */
const char *pay_method_code(enum pay_method m);
const char *pay_method_label(enum pay_method m); /* in a sentence: "cash" */
const char *pay_method_title(enum pay_method m); /* where it begins a line: "Cash" */
bool pay_method_find(const char *typed, enum pay_method *out);

/* --- what an order is made of. Input structs borrow everything. */
struct discount {
    bool is_rate;
    int64_t value; /* money, or basis points (of qty × unit price, or of the subtotal) */
};
struct order_line_input {
    int64_t product_id;
    const char *unit; /* NULL or "": the base unit */
    int64_t qty;      /* thousandths of `unit`; negative only in imported returns */
    bool has_price;   /* else the product's price for this customer and unit */
    int64_t unit_price;
    struct discount discount;
    bool has_vat; /* else the product's rate, else the shop's */
    int64_t vat_bps;
};
struct order_rep_input {
    int64_t staff_id;
    int64_t share_bps; /* all 0: equal parts; else they add up to 10 000 */
};
struct order_payment_input {
    enum pay_method method;
    int64_t amount;    /* cash above what is due is change; above it by any other method is ERR_INVALID */
    const char *date;  /* NULL: the order's date; in order_pay today */
    const char *note;  /* NULL: none */
    int64_t import_id; /* order_pay: the import it came with, 0 none */
};
/* order_put on an order that is there: what the file does not say, and so keeps its value. A NULL text (delivered_on,
 * promised_on, province, carrier, tracking_no, note, time) keeps it too; "" clears it. */
enum order_keep {
    ORDER_KEEP_STATUS = 1 << 0,
    ORDER_KEEP_CHANNEL = 1 << 1,
    ORDER_KEEP_CUSTOMER = 1 << 2,
    ORDER_KEEP_REPS = 1 << 3,
    ORDER_KEEP_PAID = 1 << 4, /* payments and pay_rest count for a new order only */
    ORDER_KEEP_SHIPPING = 1 << 5
};
struct order_input {
    const char *order_no; /* NULL: given by the shop when confirmed */
    const char *date;     /* ISO; NULL: now */
    const char *time;     /* "HH:MM:SS", "" unknown; NULL: now when date is NULL, else unknown */
    enum order_status status;
    const char *delivered_on; /* NULL or "": the order's date where the status implies delivery */
    const char *promised_on;
    int64_t channel_id;  /* 0 none */
    int64_t customer_id; /* 0 a walk-in */
    const char *province;
    const char *carrier;
    const char *tracking_no;
    const char *note;
    const struct order_line_input *lines;
    size_t line_count;
    const struct order_rep_input *reps;
    size_t rep_count;
    const struct order_payment_input *payments;
    size_t payment_count;
    struct discount discount; /* the order's */
    int64_t shipping_fee;
    int64_t return_of; /* imported returns: the sale, 0 unknown */
    int64_t import_id;
    bool pay_rest; /* what the payments leave of the total is paid too (of a return: refunded), by rest_method */
    enum pay_method rest_method;
    unsigned keep; /* order_put: bits of enum order_keep */
    bool is_new;   /* order_put: the caller has seen in this transaction that nothing has its number */
};
struct order_ref {
    int64_t id;
    char order_no[ORDER_NO_SIZE]; /* a draft's temporary number too */
    bool below_stock;             /* a line sold below zero on-hand (policy warn) */
    bool below_cost;
};

/* A new order of any state but returned. Everything is checked before anything is written: ERR_INVALID with field "line
 * 2" and so on, ERR_CONFLICT when the number is taken, ERR_REFUSED for stock policy block. */
enum err_code order_add(struct shop *shop, const struct order_input *in, struct order_ref *out, struct err *e);

/* By its number: made, changed to this, or left alone when it says the same (imports). An order that has returns keeps
 * its lines (ERR_REFUSED when they differ). A cancelled or returned one counts for nothing and moves no stock. */
enum err_code order_put(struct shop *shop, const struct order_input *in, enum put_result *result, struct order_ref *out,
                        struct err *e);

/* --- what happens to it. An illegal move is ERR_REFUSED naming the state it is in and the moves it may make. */
enum err_code order_find(struct shop *shop, const char *order_no, int64_t *id,
                         struct err *e); /* drafts by temporary number */
/* `reason` may be NULL, but not for cancelling: ERR_INVALID without one. */
enum err_code order_set_status(struct shop *shop, int64_t id, enum order_status to, const char *reason, struct err *e);
enum err_code order_cancel(struct shop *shop, int64_t id, const char *reason,
                           struct err *e); /* the same to cancelled */
enum err_code order_pay(struct shop *shop, int64_t id, const struct order_payment_input *payment, int64_t *change,
                        struct err *e);

struct return_line_input {
    int64_t product_id;
    const char *unit; /* NULL: the unit sold, earliest line first */
    int64_t qty;      /* thousandths, > 0 */
};
struct return_input {
    int64_t sale_id;
    const struct return_line_input *lines; /* none: all that is left */
    size_t line_count;
    bool damaged;
    bool with_shipping; /* give the shipping fee back too */
    bool has_refund;    /* else the sale's own method, and all that is to be refunded */
    enum pay_method refund_method;
    int64_t refund_amount; /* 0: all that is to be refunded */
    const char *reason;
    const char *order_no; /* NULL: next in series TH */
    const char *date;     /* NULL: now */
    int64_t import_id;
};
/* *refund (may be NULL) gets what is paid out. */
enum err_code order_return(struct shop *shop, const struct return_input *in, struct order_ref *out, int64_t *refund,
                           struct err *e);

/* What order_return would do, without writing. */
struct return_outcome {
    int64_t total;          /* what comes back is worth */
    int64_t settled;        /* of it, what goes off the sale's due */
    int64_t refund;         /* what is paid out */
    enum pay_method method; /* the way of the largest part of the refund */
};
enum err_code order_return_preview(struct shop *shop, const struct return_input *in, struct return_outcome *out,
                                   struct err *e);

/* --- reading
 * Which orders count in figures: ORDER_COUNTS (chotdon/order_counts.h): not drafts, not cancelled, not what was
 * imported as returned. Sales add up with their returns, which are negative. A receivable is due > 0 of an order that
 * counts. recognised_on of a return is its own date; KPI counts it in the month of the sale it takes back, and not at
 * all when that sale was never recognised (DOMAIN 6). */
struct order_line {
    int line_no;
    int64_t product_id;
    char *sku;
    char *name;
    char *unit; /* "" base */
    int64_t factor;
    int64_t qty;
    int64_t unit_price;
    int64_t discount;       /* the line's own */
    int64_t discount_bps;   /* of a draft: when it was typed as a percentage; else 0 */
    int64_t order_discount; /* its part of the order's */
    int64_t amount;         /* after both */
    int64_t net;
    int64_t vat;
    int64_t vat_bps;
    int64_t cost;     /* of the whole line */
    int64_t returned; /* thousandths of the base unit: qty × factor / 1000 when all came back */
    bool below_stock;
    bool below_cost;
    bool damaged;      /* of a return: what came back could not be sold again */
    int64_t sale_line; /* of a return: the line of the sale, 0 unknown */
};
struct order_rep {
    int64_t staff_id;
    char *code;
    char *name;
    int64_t share_bps;
};
struct order_payment {
    char date[DATE_SIZE];
    enum pay_method method;
    int64_t amount;
    char *note;
};
struct order {
    int64_t id;
    char *order_no; /* a draft's temporary number */
    char order_date[DATE_SIZE];
    char order_time[9];
    enum order_status status;
    bool is_return;
    char *channel;
    int64_t customer_id;
    char *customer_code; /* "" walk-in */
    char *customer_name;
    char *customer_phone;
    int64_t subtotal, discount, shipping_fee, total, revenue, net, vat, cost, paid, change, due;
    bool shows_cost;      /* else its costs are 0: who reads it may not see them (PERMIT_SEE_COST) */
    int64_t taken_off;    /* by returns, or by cancelling: due = total − paid − taken_off */
    int64_t discount_bps; /* of a draft: when its discount was typed as a percentage; else 0 */
    enum pay_method promise;
    bool has_promise;
    bool stock_out;                /* its goods have left (a return's: come back) */
    char recognised_on[DATE_SIZE]; /* dates "" when not reached */
    char confirmed_on[DATE_SIZE];
    char shipped_on[DATE_SIZE];
    char delivered_on[DATE_SIZE];
    char completed_on[DATE_SIZE];
    char promised_on[DATE_SIZE];
    char *province, *carrier, *tracking_no, *reason, *note, *held_as, *station;
    char *return_of;                  /* number of the sale, "" */
    char *staff;                      /* code of who entered it, "" the owner */
    char *deal_no;                    /* that it was won with, "" none */
    int64_t channel_id, return_of_id; /* 0 none */
    int64_t version;
    struct order_line *lines;
    size_t line_count;
    struct order_rep *reps;
    size_t rep_count;
    struct order_payment *payments;
    size_t payment_count;
};
enum err_code order_get(struct shop *shop, int64_t id, struct order *out, struct err *e);
void order_clear(struct order *o);

/* A row of a list: borrowed while the callback runs. */
struct order_row {
    int64_t id;
    const char *order_no, *order_date, *order_time, *channel, *customer_code, *customer_name, *rep, *return_of;
    enum order_status status;
    bool is_return;
    int64_t total, paid, due;
};
enum order_kind_filter { ORDERS_ALL, ORDERS_SALES, ORDERS_RETURNS };
struct order_filter {
    bool has_status; /* else all but drafts */
    enum order_status status;
    int64_t rep_id, customer_id, channel_id; /* 0: any */
    const char *from, *to;                   /* order dates, inclusive; NULL: any */
    const char *text;                        /* part of number, customer name or phone */
    bool with_due;                           /* only receivables */
    bool open;                               /* only those on their way: confirmed to delivered */
    bool late;                               /* of those, not delivered though promised for a day before today */
    enum order_kind_filter kind;
    int64_t limit; /* 0: all */
    int64_t offset;
    bool oldest_first;
    int64_t enough; /* of a text, as it is typed: so many of the newest numbers are looked through, and so many orders
                       of the best customers; 0: all */
};
typedef enum err_code order_row_fn(void *ctx, const struct order_row *r, struct err *e);
enum err_code order_list(struct shop *shop, const struct order_filter *filter, order_row_fn *row, void *ctx,
                         struct err *e);
/* Of a filter with a text: all that it finds, in the list's order (*ids is the caller's; limit and offset do not count;
 * of customers the 1000 best); *more where `enough` has kept it from looking at all. And the rows of such ids; what is
 * gone is left out. */
enum err_code order_search(struct shop *shop, const struct order_filter *filter, int64_t **ids, size_t *count,
                           bool *more, struct err *e);
enum err_code order_rows(struct shop *shop, const int64_t *ids, size_t count, order_row_fn *row, void *ctx,
                         struct err *e);
/* A limit lets it stop there: *count may then be the limit where there are more. */
enum err_code order_count(struct shop *shop, const struct order_filter *filter, int64_t *count, struct err *e);

/* The figures an input would give, without writing: the screens show them while typing. Lines in `out` have no texts.
 */
enum err_code order_preview(struct shop *shop, const struct order_input *in, struct order *out, struct err *e);

#endif
