/* A terminal without a screen: keeps what was last brought to it, gives out the keys that a test put in. */
#ifndef TESTS_FAKE_TERMINAL_H
#define TESTS_FAKE_TERMINAL_H

#include "tui/terminal.h"

#define FAKE_KEYS 256

struct fake_terminal {
    struct terminal base;
    int width, height;
    struct key keys[FAKE_KEYS]; /* waiting to be read */
    int first, last;
    unsigned long ticks; /* a test moves it on */
    unsigned long step;  /* or each look at it does */
    int blits, rings, suspensions;
    int patience_ms; /* of the last look for a key */
};

void fake_terminal_init(struct fake_terminal *t, int width, int height);
void fake_terminal_push(struct fake_terminal *t, const struct key *key);

#endif
