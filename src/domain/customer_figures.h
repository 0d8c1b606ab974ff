/* The kept figures of customers (customer_figures: orders, revenue, due, last order), so that a list by any of them is
 * an index. Each transaction notes what it adds and takes off, and writes it once, before its outermost commit; part of
 * the book of sales (sales_book.h), which tells it of every order that is new or about to change. */
#ifndef DOMAIN_CUSTOMER_FIGURES_H
#define DOMAIN_CUSTOMER_FIGURES_H

#include "base/key_map.h"
#include "domain/order_plan.h"

struct db;

/* What one customer's orders come to, or a transaction's part of it. */
struct customer_sum {
    int64_t orders, revenue, due;
    char last[DATE_SIZE]; /* the newest of the sales added; "" none */
    char lost[DATE_SIZE]; /* of the sales taken off, where none so new was added afterwards */
    bool is_new;          /* the customer was made by this transaction */
};

/* Plain data; zeroed is an empty one. */
struct customer_book {
    struct key_map customers;
    struct customer_sum *sums; /* in the order of customers.keys */
    size_t capacity;
    struct key_map touched; /* ids of sales that stand in `sums` as they were, with their returns */
    bool undone;            /* an inner transaction: customers and what was added may be gone with it */
    bool recount;           /* so that figures are read anew from the orders */
};

void customer_book_clear(struct customer_book *book);

/* Before a sale, or a return of it, changes: takes off what it comes to. Once is enough. */
enum err_code customer_book_touch(struct customer_book *book, struct db *db, int64_t order_id, struct err *e);
/* A new order was stored from its plan (not a return of a known sale: that sale is touched). */
enum err_code customer_book_added(struct customer_book *book, const struct order_plan *p, struct err *e);
void customer_book_new(struct customer_book *book, int64_t customer_id);
enum err_code customer_book_flush(struct customer_book *book, struct db *db, struct err *e);

/* All of the orders there are, for the check; and the table made anew from them. */
enum err_code customer_sums_read(struct customer_book *book, struct db *db, struct err *e);
enum err_code customer_figures_rebuild(struct db *db, struct err *e);

/* Merged into another or erased: they are on no list; and back again. */
enum err_code customer_figures_list(struct db *db, int64_t customer_id, bool listed, struct err *e);

#endif
