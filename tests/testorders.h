/* Goods, people and sales for tests of orders and stock, in a shop of testshop.h. */
#ifndef TESTS_TESTORDERS_H
#define TESTS_TESTORDERS_H

#include "chotdon/order.h"
#include "chotdon/stock.h"

/* A product with SKU, price and VAT rate (−1: the shop's); fails the test when it cannot be made. */
int64_t testorders_product(struct shop *shop, const char *sku, int64_t price, int64_t vat_bps);
void testorders_receive(struct shop *shop, int64_t product, int64_t qty, int64_t unit_cost);
int64_t testorders_staff(struct shop *shop, const char *code);

/* A completed sale of these lines on 2026-11-21 unless set otherwise afterwards. */
struct order_input testorders_input(const struct order_line_input *lines, size_t count);
int64_t testorders_add(struct shop *shop, const struct order_input *in); /* the id; fails the test */
struct order_line_input testorders_line(int64_t product, int64_t qty, int64_t unit_price);

struct order testorders_get(struct shop *shop, int64_t id); /* order_clear it */
struct stock_level testorders_level(struct shop *shop, int64_t product);
int64_t testorders_int(struct shop *shop, const char *sql); /* one figure */

/* Nothing is off: orders and stock against their parts. */
void testorders_books_are_right(struct shop *shop);

#endif
