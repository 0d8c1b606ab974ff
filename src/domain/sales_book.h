/* The kept summary of sales: sales_figures (per month, rep and team: revenue, net, cost, orders, new customers),
 * customer_firsts (each customer's first order that counts) and customer_figures (what each customer's orders come to,
 * customer_figures.h), so that a month's leaderboard and a list of customers cost the same after one year as after
 * ten. All are written once, before the outermost commit, by the difference that the transaction made:
 * an order that is there must be touched before it (or a return of it) is changed; a new one is added when it is
 * stored. `check` proves the tables against the orders. shop.c makes the book and calls flush, forget and rolled_back
 * from the database's hooks. */
#ifndef DOMAIN_SALES_BOOK_H
#define DOMAIN_SALES_BOOK_H

#include "domain/order_plan.h"

struct sales_book;
struct db_value;

struct sales_book *sales_book_new(struct shop *shop);
void sales_book_free(struct sales_book *book);                          /* accepts NULL */
enum err_code sales_book_flush(struct sales_book *book, struct err *e); /* before the outermost commit */
/* Between two orders of a long transaction: the same where it has become much. */
enum err_code sales_book_relieve(struct sales_book *book, struct err *e);
void sales_book_forget(struct sales_book *book);      /* after the outermost transaction ended */
void sales_book_rolled_back(struct sales_book *book); /* an inner transaction was undone alone */

/* Before a change: the sale itself, for a return the sale that it takes back. Cheap for one that was touched already.
 */
enum err_code sales_book_touch(struct sales_book *book, int64_t sale_id, struct err *e);

/* The same where only what is paid of it changes. */
enum err_code sales_book_touch_due(struct sales_book *book, int64_t order_id, struct err *e);

/* The same for all that a statement gives; where it gives very many, everything is summed up anew in the end. */
enum err_code sales_book_touch_all(struct sales_book *book, const char *sql, const struct db_value *values,
                                   struct err *e);

/* A new order was stored from its plan (not a return of a known sale: that sale is touched). */
enum err_code sales_book_added(struct sales_book *book, const struct order_plan *p, int64_t id, struct err *e);

void sales_book_new_customer(struct sales_book *book, int64_t customer_id);

/* After so much changed that everything is summed up anew before the commit. */
void sales_book_rebuild(struct sales_book *book);

/* People changed teams: what is remembered of teams is read anew. */
void sales_book_new_teams(struct sales_book *book);

#endif
