/* A shop in memory with a fixed clock, for tests of the domain. */
#ifndef TESTS_TESTSHOP_H
#define TESTS_TESTSHOP_H

#include "chotdon/shop.h"

struct shop *testshop_open(void); /* VND, 2026-11-21 14:05:00; fails the test when it cannot */
struct shop *testshop_open_in(const char *currency);
void testshop_set_now(struct shop *shop, const char *now); /* "YYYY-MM-DD HH:MM:SS" */
void testshop_close(struct shop **shop);

#endif
