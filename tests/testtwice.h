/* Two people at one record, on a fake terminal: somebody types, and LAN changes the same at another counter. */
#ifndef TESTS_TESTTWICE_H
#define TESTS_TESTTWICE_H

#include "screen_test.h"

struct testtwice {
    struct shop *shop; /* testboard_fill */
    struct screen_test *t;
};

/* Set-up and tear-down of cmocka; *state becomes the struct. Every screen with a form over a record that is there. */
int testtwice_setup(void **state);
int testtwice_teardown(void **state);

void testtwice_must(enum err_code rc, const struct err *e); /* fails the test with the message */
void testtwice_lan(struct testtwice *f, void (*deed)(struct shop *shop, const char *value), const char *value);

/* Enter: both versions stand on the screen, with who and when. */
void testtwice_expect_choice(struct testtwice *f, const char *theirs, const char *mine);

#endif
