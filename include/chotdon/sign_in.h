/* Sign-in: PINs or passwords of staff (Argon2id), a growing delay after failures, recovery by the owner of the file.
 *
 * It is off until a manager has a PIN. A PIN is 4 to 128 bytes of text, kept only as staff.pin_hash; it stands in no
 * message, export, log or audit row. Callers wipe their own copy with pin_wipe. After three failures in a row of one
 * person the next attempt has to wait 1 s, 2 s, 4 s … up to five minutes, by the machine's own clock (--now does not
 * shorten it) and kept in the database (starting the program again does not either). */
#ifndef CHOTDON_SIGN_IN_H
#define CHOTDON_SIGN_IN_H

#include <stddef.h>

#include "chotdon/shop.h"

#define PIN_SIZE 129 /* a PIN and its NUL */

bool shop_sign_in_is_on(struct shop *shop);
bool shop_is_signed_in(struct shop *shop); /* may work: the shop is open, or who acts has proven it */

/* Proves who acts, and acts as them. About 100 ms. ERR_NOT_FOUND; ERR_REFUSED with the reason: wrong, too early (says
 * for how long), no PIN yet, no longer here. While the shop is open it acts as them and looks at no PIN. */
enum err_code shop_sign_in(struct shop *shop, const char *staff_code, const char *pin, struct err *e);
void shop_sign_out(struct shop *shop); /* nobody acts; also drops an approval */

/* Of a person: has a PIN, and for how many seconds an attempt would be refused. */
enum err_code pin_state(struct shop *shop, const char *staff_code, bool *has_pin, int *wait_s, struct err *e);

/* Whether it may be a PIN of this person: ERR_INVALID for a short or an obvious one (0000, 1234, the own phone). */
enum err_code pin_check(struct shop *shop, const char *staff_code, const char *pin, struct err *e);

/* Sets or changes. One's own takes the current PIN (NULL where there is none); somebody else's takes PERMIT_PIN and no
 * current one. The first manager's PIN turns sign-in on, and whoever set it goes on as that manager. */
enum err_code pin_set(struct shop *shop, const char *staff_code, const char *current, const char *pin, struct err *e);

/* The same for scripts, which cannot choose again: an obvious PIN is taken, and *obvious says so (NULL: refused). */
enum err_code pin_put(struct shop *shop, const char *staff_code, const char *current, const char *pin, bool *obvious,
                      struct err *e);

/* Takes it away; the last manager's opens the shop again, *opened says so (may be NULL). */
enum err_code pin_remove(struct shop *shop, const char *staff_code, const char *current, bool *opened, struct err *e);

/* A manager's PIN set anew by whoever owns the file in the operating system (shop_options.file_owner); needs no
 * sign-in. `obvious` as in pin_put. */
enum err_code pin_recover(struct shop *shop, const char *staff_code, const char *pin, bool *obvious, struct err *e);

void pin_wipe(void *memory, size_t size);

#endif
