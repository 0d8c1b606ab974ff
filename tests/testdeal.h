/* Deals for tests: made in one line, checked in one. */
#ifndef TESTS_TESTDEAL_H
#define TESTS_TESTDEAL_H

#include "chotdon/deal.h"

int64_t testdeal_add(struct shop *shop, const char *title, int64_t expected_value); /* in the first stage */
int64_t testdeal_stage(struct shop *shop, const char *name);                        /* its id */
void testdeal_move(struct shop *shop, int64_t id, const char *stage);               /* must work */
void testdeal_qualify(struct shop *shop, int64_t id);                               /* the four answers */
void testdeal_staff(struct shop *shop, const char *code, const char *name, const char *team);
void testdeal_product(struct shop *shop, const char *sku, const char *name, int64_t price);

/* The head of one column, of all or of one rep. */
struct stage_total testdeal_total(struct shop *shop, const char *stage, int64_t staff_id);

/* Every kept figure is what the rows say: totals, kind, reached, rots_on. */
void testdeal_check(struct shop *shop);

#endif
