/* Deals for tests: a shop with the default board, three reps and some deals in most stages. */
#ifndef TESTS_TESTBOARD_H
#define TESTS_TESTBOARD_H

#include "chotdon/deal.h"

/* HA, NAM (team Bắc) and LAN (team Nam); customer KH1; product AT-TR-M at 120 000; six deals, made 2026-11-01 to -20.
 */
void testboard_fill(struct shop *shop);

int64_t testboard_add(struct shop *shop, const struct deal *d, unsigned fields); /* deal_put; its id */
int64_t testboard_id(struct shop *shop, const char *deal_no);
struct deal testboard_get(struct shop *shop, const char *deal_no); /* the caller clears it */
int64_t testboard_stage(struct shop *shop, const char *name);

#endif
