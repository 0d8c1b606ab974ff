/* Sums of sales per month, rep and team, and the first order of each customer among the sales added: what sales_book
 * keeps, in memory. */
#ifndef DOMAIN_SALES_SUMS_H
#define DOMAIN_SALES_SUMS_H

#include "domain/sales_walk.h"

struct sales_sum { /* of keys.keys[i]: month number, staff, team */
    int64_t revenue, net, cost, orders, new_customers;
    bool reduced; /* something was taken off: it may have come to nothing */
};
struct first_order {
    int64_t order_id; /* 0: none */
    char day[DATE_SIZE];
    int64_t staff_id, team_id; /* whose the order is */
};
struct sales_sums {
    struct key_map keys;
    struct sales_sum *sums;
    size_t sum_capacity;
    struct key_map customers;
    struct first_order *firsts; /* by customer, in the order of customers.keys */
    size_t first_capacity;
};

/* Adds a sale, or takes it off (sign −1), firsts left alone. ERR_INVALID for an overflow. */
enum err_code sales_sums_add(struct sales_sums *sums, const struct sale *s, int sign, struct err *e);
/* Where the sale counts and has a customer: the earlier of it and what is known, by day, then id. */
void sales_sums_first(struct sales_sums *sums, const struct sale *s);
/* new_customers of the first order's month, rep and team. */
enum err_code sales_sums_new_customer(struct sales_sums *sums, const struct first_order *f, int sign, struct err *e);

bool first_order_is_before(const struct first_order *a, const struct first_order *b);
void first_order_of(const struct sale *s, struct first_order *out);
void sales_sums_clear(struct sales_sums *sums);

#endif
