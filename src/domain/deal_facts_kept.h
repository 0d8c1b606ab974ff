/* Between deal_facts.c, which reads what deals add, and deal_facts_kept.c, which keeps it. */
#ifndef DOMAIN_DEAL_FACTS_KEPT_H
#define DOMAIN_DEAL_FACTS_KEPT_H

#include "domain/deal_facts.h"

enum err_code deal_facts_of_one(struct db *db, int64_t id, deal_fact_fn *fact, void *ctx, struct err *e);

#endif
