/* Staff with PINs for tests, without the 100 ms that a real one costs. */
#ifndef TESTPIN_H
#define TESTPIN_H

#include "chotdon/sign_in.h"

/* Gives a person a PIN that takes no time to prove (shop_sign_in and shop_approve as ever); a manager's turns sign-in
 * on. */
void testpin_give(struct shop *shop, const char *staff_code, const char *pin);

/* A manager "CHU" with the PIN "4711": sign-in is on. Nobody is signed in then. */
void testpin_turn_on(struct shop *shop);

/* testpin_give with "4711", and signed in. */
void testpin_sign_in(struct shop *shop, const char *staff_code);

#endif
