/* What plan.c and plan_put.c share, and the commission runs need of plans. */
#ifndef DOMAIN_PLAN_STORE_H
#define DOMAIN_PLAN_STORE_H

#include "chotdon/plan.h"

enum err_code plan_store_find(struct shop *shop, const char *code, int64_t *plan_id, struct err *e); /* 0: none */
enum err_code plan_store_newest(struct shop *shop, int64_t plan_id, struct plan *out, struct err *e);

/* How it is used; `month` as in plan_used. `p` is the plan's newest version. */
enum err_code plan_store_use(struct shop *shop, int64_t plan_id, const struct plan *p, enum plan_use *use,
                             char month[MONTH_SIZE], struct err *e);

#endif
