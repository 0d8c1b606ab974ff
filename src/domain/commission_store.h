/* What the commission_*.c files share of the stored months. */
#ifndef DOMAIN_COMMISSION_STORE_H
#define DOMAIN_COMMISSION_STORE_H

#include "chotdon/commission.h"
#include "db/db.h"
#include "domain/commission_month.h"

enum err_code commission_status_read(struct shop *shop, const char *month, enum commission_status *out, struct err *e);

enum commission_status commission_status_find(const char *code);

/* Rows, shares, lines and goods of a month whose run is there, as computed. */
enum err_code commission_store(struct shop *shop, const struct month *m, struct err *e);

/* Runs fn in one snapshot: the transaction's, or one of its own. */
enum err_code commission_snapshot(struct shop *shop, db_fn *fn, void *ctx, struct err *e);

/* ERR_REFUSED when what is somebody else's is asked for. */
enum err_code commission_check_sight(struct shop *shop, int64_t staff_id, struct err *e);

#endif
