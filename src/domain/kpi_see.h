/* Revenue is public by design; margin and commission are for those who may see them, and each person's own. */
#ifndef DOMAIN_KPI_SEE_H
#define DOMAIN_KPI_SEE_H

#include "chotdon/shop.h"

struct kpi_sight {
    bool all;
    int64_t self; /* who looks; 0 the owner */
};

/* Everything: the owner, managers and accountants; anybody while no PIN is set (the database is open). */
enum err_code kpi_sight_load(struct shop *shop, struct kpi_sight *out, struct err *e);
bool kpi_may_see(const struct kpi_sight *s, int64_t staff_id); /* 0: what is nobody's own */

#endif
