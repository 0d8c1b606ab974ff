/* Numbers for property tests: the same ones in every run (splitmix64). */
#ifndef TESTS_RANDOM_H
#define TESTS_RANDOM_H

#include <stddef.h>
#include <stdint.h>

struct random {
    uint64_t state;
};

#define RANDOM_INIT                                                                                                    \
    { .state = 20261122 }

uint64_t random_next(struct random *r);
int64_t random_between(struct random *r, int64_t low, int64_t high); /* both included; low ≤ high */
int64_t random_amount(struct random *r);                             /* any sign, all magnitudes alike */

#endif
