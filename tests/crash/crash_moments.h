/* The moments before each step of a shop's day, to come back to as often as wanted. */
#ifndef TESTS_CRASH_CRASH_MOMENTS_H
#define TESTS_CRASH_CRASH_MOMENTS_H

#include <stddef.h>

#include "crash_shop.h"

struct crash_moment {
    const struct crash_step *step;
    char *folder; /* the files as they were */
    struct crash_shop was;
    uint64_t before, after; /* the books */
};

/* Runs the day once. The caller owns *out. */
size_t crash_moments_new(struct crash_shop *c, struct crash_moment **out);
void crash_moments_free(struct crash_moment *m, size_t count);
void crash_moment_lay_out(struct crash_shop *c, const struct crash_moment *m); /* its files; the shop is closed */
void crash_moment_return(struct crash_shop *c, const struct crash_moment *m);  /* and opens the shop */

#endif
