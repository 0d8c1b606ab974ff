/* A planned order: everything looked up, computed and checked before the first write, so that a refusal writes nothing.
 * order_store() then writes it. */
#ifndef DOMAIN_ORDER_PLAN_H
#define DOMAIN_ORDER_PLAN_H

#include "domain/order_amounts.h"
#include "domain/order_dates.h"
#include "domain/stock_book.h"

enum line_mark { MARK_BELOW_STOCK = 1, MARK_BELOW_COST = 2, MARK_DAMAGED = 4 };

struct plan_line {
    struct goods *goods;
    const char *unit; /* NULL: the base unit; borrowed from the input or the sale */
    int64_t factor;
    int64_t base_qty;    /* signed, thousandths of the base unit */
    int64_t cost;        /* of the whole line, signed as its quantity; 0 while the goods are here */
    int64_t stock_value; /* change of the stock's value */
    int64_t damage_cost; /* a return to damage: what leaves again, as a cost */
    int64_t sale_line;   /* a return: the line of the sale, 0 unknown */
    unsigned marks;
};
struct plan_rep {
    int64_t staff_id;
    int64_t share_bps;
};
struct plan_payment {
    enum pay_method method;
    int64_t amount; /* what is kept; negative: a refund */
    const char *date;
    const char *note;
};

/* Of an order and of each line, minor units and thousandths: so that thousands of orders of a typing error still add
 * up, in the figures and in check's sums. */
#define ORDER_AMOUNT_MAX INT64_C(1000000000000000)
#define ORDER_QTY_MAX    INT64_C(1000000000000000)

struct order_plan {
    char order_no[ORDER_NO_SIZE]; /* "" : given when stored, or a draft's */
    char date[DATE_SIZE];
    char time[9];
    enum order_status status;
    bool is_return;
    bool counts;  /* false: a draft, cancelled, or imported as returned */
    bool out;     /* its goods leave (a return's: come back) */
    bool looking; /* a preview: nothing is refused for want of stock */
    struct order_dates dates;
    char recognised_on[DATE_SIZE];
    char promised_on[DATE_SIZE];
    char *province, *carrier, *tracking_no, *note, *reason; /* owned, never NULL */
    const char *held_as, *station;                          /* of drafts; borrowed, never NULL */
    int64_t channel_id, customer_id, return_of, import_id;
    struct amount_line *figures; /* one for each line */
    struct plan_line *lines;
    size_t line_count;
    struct plan_rep *reps;
    size_t rep_count;
    struct plan_payment *payments; /* what is kept */
    size_t payment_count;
    struct amount_totals totals;
    int64_t discount_bps; /* the order's discount, where it is a percentage */
    int64_t cost;
    int64_t paid, change, taken_off, due;
    const char *promise; /* "", "cod", "debt" */
};

/* Fills a plan from an input, without its effect on stock. Call order_plan_clear() also after an error. */
enum err_code order_plan_make(struct shop *shop, const struct order_input *in, struct order_plan *p, struct err *e);
/* The levels its goods leave behind (or come back to), costs and marks, where plan->out. Imports tell what happened, so
 * the policy block is not asked for them. */
enum err_code order_plan_stock(struct shop *shop, struct order_plan *p, struct err *e);
void order_plan_clear(struct order_plan *p);

/* Parts of order_plan_make. */
enum err_code order_plan_lines(struct shop *shop, const struct order_input *in, struct order_plan *p, struct err *e);
enum err_code order_plan_payments(struct shop *shop, const struct order_input *in, struct order_plan *p, struct err *e);

/* round(qty × factor): base units. */
enum err_code order_base_qty(int64_t qty, int64_t factor, int64_t *out, struct err *e);

/* Base units (thousandths) in one of a product's units; "" is the base unit. ERR_NOT_FOUND. */
enum err_code order_unit_factor(struct shop *shop, int64_t product_id, const char *unit, int64_t *factor,
                                struct err *e);

/* What one of it costs this customer (0: nobody in particular) when no price is typed; "" is the base unit. */
enum err_code order_list_price(struct shop *shop, int64_t product_id, const char *unit, int64_t customer_id,
                               int64_t *price, struct err *e);

/* "there are only 3 of AT-TR-M on hand": ERR_REFUSED. */
enum err_code order_refuse_stock(struct shop *shop, const struct goods *g, int64_t on_hand, struct err *e);

#endif
