/* Leads that came twice (DOMAIN 5): noticed by phone, e-mail, or name and province; merged, and taken apart again. */
#ifndef CHOTDON_DEAL_MERGE_H
#define CHOTDON_DEAL_MERGE_H

#include "chotdon/shop.h"

/* What looks like a deal: another open deal, or, for a lead that names no customer, a customer. Two deals of one known
 * customer are no twins, and a closed deal has none. */
struct deal_twin {
    int64_t deal_id; /* 0: a customer */
    const char *no;  /* deal_no, or the customer's code */
    const char *name;
    const char *why; /* "phone", "email" or "name" */
};
typedef enum err_code deal_twin_fn(void *ctx, const struct deal_twin *t, struct err *e);
enum err_code deal_twins(struct shop *shop, int64_t deal_id, deal_twin_fn *row, void *ctx, struct err *e);

/* One sentence on a twin, with the command that settles it; the caller owns it. */
char *deal_twin_text(const char *deal_no, const struct deal_twin *t);

/* All open deals that have one, each pair once. */
typedef enum err_code deal_pair_fn(void *ctx, const char *deal_no, const char *twin_no, const char *why, struct err *e);
enum err_code deal_duplicates(struct shop *shop, deal_pair_fn *row, void *ctx, struct err *e);

/* B's log and orders go to A, A's empty fields are filled from B, their tags are joined, and B is hidden and leads to
 * A. deal_merge_plan says so beforehand (owned text, one line each). ERR_INVALID for one and the same; ERR_REFUSED when
 * B is closed, or one of them was merged already. Undoing gives back what was moved and is still there; ERR_REFUSED
 * while a later merge stands on it, ERR_NOT_FOUND for an unknown or undone one. */
enum err_code deal_merge_plan(struct shop *shop, int64_t keep, int64_t merge, char **plan, struct err *e);
enum err_code deal_merge(struct shop *shop, int64_t keep, int64_t merge, int64_t *merge_id, struct err *e);
enum err_code deal_unmerge(struct shop *shop, int64_t merge_id, struct err *e);

#endif
