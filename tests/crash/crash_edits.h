/* Many programs change the same few records as the forms do (chotdon/edit.h): they read, think, and save; when somebody
 * else was quicker they look at it and choose theirs. Every value is written once, so that it shows when one was
 * written over that nobody had seen. */
#ifndef TESTS_CRASH_EDITS_H
#define TESTS_CRASH_EDITS_H

#include "chotdon/shop.h"

/* One record of each: a product's price, a person's salary, a target, a draft of a plan, an order's note. */
enum edit_noun { EDIT_PRODUCT, EDIT_PERSON, EDIT_TARGET, EDIT_PLAN, EDIT_ORDER, EDIT_NOUNS };
enum { EDITS_KEPT = 20000 };

/* What one program tells, in memory that outlives it. Zeroed is the beginning. */
struct edits {
    int64_t tries, conflicts;
    int count;
    struct edited {
        enum edit_noun noun;
        int64_t was, mine; /* I saw `was`, and put `mine` in its place */
    } items[EDITS_KEPT];
};

void crash_edits_furnish(struct shop *shop); /* the five records */

/* One change, by program `number`; what was confirmed is told. */
enum err_code crash_edit(struct shop *shop, enum edit_noun noun, int number, struct edits *told, struct err *e);

/* Of all programs: no value was replaced twice, each stands there or was replaced; those that replaced it may have been
 * killed before they told, at most `kills`. Prints how many; fails the test. */
void crash_edits_expect(struct shop *shop, const struct edits *const *told, int programs, int64_t kills);

#endif
