/* The books proven from their parts. */
#ifndef CHOTDON_CHECK_H
#define CHOTDON_CHECK_H

#include "chotdon/shop.h"

/* One finding: what is wrong, where, and what can be done. */
typedef void check_fn(void *ctx, const char *finding);
/* The engine's own check, foreign keys, the audit chain, on-hand and value = Σ moves, order figures = Σ lines and
 * payments, dues, returns = what they took back. *found counts. */
enum err_code check_books(struct shop *shop, check_fn *finding, void *ctx, int64_t *found, struct err *e);

/* Online, verified copy; ERR_CONFLICT if it exists. */
enum err_code backup_make(struct shop *shop, const char *path, struct err *e);
/* Puts a copy in the place of the shop's file at `path` after it passed the check; *kept gets where the replaced file
 * went (the caller owns it; NULL when there was none). */
enum err_code backup_restore(const struct shop_options *options, const char *copy, char **kept, struct err *e);

#endif
