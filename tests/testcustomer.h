/* Customers and the least of orders for them, for tests. Each fails the test when it cannot. */
#ifndef TESTS_TESTCUSTOMER_H
#define TESTS_TESTCUSTOMER_H

#include "chotdon/shop.h"

int64_t testcustomer_id(struct shop *shop, const char *text);
int64_t testcustomer_count(struct shop *shop, const char *sql);

/* A row of orders, without lines: of `revenue`, of which `due` is open. order_no NULL: a draft. */
void testcustomer_order(struct shop *shop, int64_t customer_id, const char *order_no, const char *date,
                        const char *status, int64_t revenue, int64_t due);
void testcustomer_return(struct shop *shop, int64_t customer_id, const char *order_no, const char *of, const char *date,
                         int64_t revenue);

#endif
