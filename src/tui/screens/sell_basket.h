/* A basket: what is being sold to whom, with the figures that the domain gives for it. Nothing here paints. */
#ifndef TUI_SCREENS_SELL_BASKET_H
#define TUI_SCREENS_SELL_BASKET_H

#include "chotdon/order.h"

#define BASKET_PAY_METHODS 6 /* of enum pay_method */

struct basket_line {
    int64_t product_id;
    char *sku, *name;
    char *unit; /* "" base */
    int64_t qty;
    bool has_price; /* typed; else the list's */
    int64_t typed_price;
    struct discount typed_discount;
    bool has_stock_min;
    int64_t stock_min;
    /* figures */
    int64_t unit_price, discount, amount;
    int64_t on_hand, left; /* in base units, now and after this sale */
    bool below_stock, below_cost;
};

struct basket {
    unsigned uid;     /* for undo: the same basket, wherever it stands */
    int64_t draft_id; /* 0: nothing was saved yet */
    char *label;      /* "Đơn 2" */
    bool held;        /* parked: nobody's until it is changed here */
    bool unsaved;     /* its draft is older than what stands here: another counter was saving for long */
    int64_t version;  /* of the draft when it was read */
    struct basket_line *lines;
    size_t count, cap;
    size_t mark; /* the marked line */
    int64_t customer_id;
    char *customer;      /* "0912 345 678 Nguyễn Văn Đạt" */
    char *customer_more; /* "VIP · nợ 350.000 · 12 đơn · 38 ngày trước" */
    bool customer_owes, wholesale;
    int64_t channel_id;
    struct order_rep_input *reps; /* who shares it, in basis points that add up; none: nobody was chosen */
    size_t rep_count;
    char *seller; /* "Shopee · An 70 + Bình 30", "" when nothing was chosen */
    struct discount typed_discount;
    int64_t shipping_fee;
    char *note;
    char *pay[BASKET_PAY_METHODS]; /* what was typed into the payment, kept while it is closed */
    /* figures */
    int64_t subtotal, discount, total;
};

void basket_clear(struct basket *b);
void basket_copy(struct basket *to, const struct basket *from); /* `to` is overwritten, not cleared */
bool basket_is_empty(const struct basket *b);                   /* nothing worth keeping */

/* Raises the line of this product and unit, or adds one; it gets the mark. `unit` "" is the base unit. */
enum err_code basket_add(struct shop *shop, struct basket *b, int64_t product_id, const char *unit, int64_t qty,
                         struct err *e);
void basket_remove(struct basket *b, size_t line);
enum err_code basket_set_customer(struct shop *shop, struct basket *b, int64_t customer_id, struct err *e);
/* `reps` are copied; they may be the basket's own. */
enum err_code basket_set_seller(struct shop *shop, struct basket *b, int64_t channel_id,
                                const struct order_rep_input *reps, size_t rep_count, struct err *e);

/* Prices, discounts, marks and totals anew. */
enum err_code basket_figure(struct shop *shop, struct basket *b, struct err *e);

/* The basket as an order; the basket and *lines (owned by the caller) back it. */
struct order_input basket_input(const struct basket *b, struct order_line_input **lines);

/* Into its draft, and back. After basket_save the basket is this station's. */
enum err_code basket_save(struct shop *shop, struct basket *b, const char *station, struct err *e);
/* As it is typed. While another counter saves for long, the basket goes on and is marked as unsaved: the next change, a
 * reload or the sale saves it. One without anything in it is dropped. */
enum err_code basket_save_typed(struct shop *shop, struct basket *b, const char *station, struct err *e);
enum err_code basket_load(struct shop *shop, struct basket *b, int64_t draft_id, struct err *e);

#endif
