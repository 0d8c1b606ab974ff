/* Product groups, a tree written as paths: 'Cha/Con' (DOMAIN 3). */
#ifndef CHOTDON_GROUP_H
#define CHOTDON_GROUP_H

#include "chotdon/shop.h"

/* Finds the group at a path (accents and case folded) or makes it with its parents. An empty path gives id 0. *made may
 * be NULL. ERR_INVALID for one that is too long or too deep. */
enum err_code group_make(struct shop *shop, const char *path, int64_t *id, bool *made, struct err *e);

/* By path, or by its own name when only one group bears it. ERR_NOT_FOUND, ERR_CONFLICT. */
enum err_code group_find(struct shop *shop, const char *path_or_name, int64_t *id, struct err *e);

struct group_row {
    int64_t id;
    int64_t parent_id; /* 0: at the top */
    const char *path;
    const char *name;
    int64_t products; /* active ones in it, without its children's */
};
/* By path; borrowed during the call. */
typedef enum err_code group_row_fn(void *ctx, const struct group_row *r, struct err *e);
enum err_code group_list(struct shop *shop, group_row_fn *row, void *ctx, struct err *e);

#endif
