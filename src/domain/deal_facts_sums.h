/* Facts of many deals added up in memory: for making the kept totals anew, and for proving them. */
#ifndef DOMAIN_DEAL_FACTS_SUMS_H
#define DOMAIN_DEAL_FACTS_SUMS_H

#include <stddef.h>

#include "base/intern.h"
#include "domain/deal_facts.h"

struct fact_sum {
    struct deal_fact month; /* of deal_months */
    const char *odds;       /* of deal_odds: its fact, then only ref, won and lost count; NULL: of deal_months */
    int64_t ref, won, lost;
};
struct fact_sums {
    struct intern *keys; /* each one's number is its row's index */
    struct fact_sum *rows;
    size_t count, capacity;
};
void fact_sums_clear(struct fact_sums *s);

/* What does not fit into 64 bits wraps around: it comes out wrong on both sides, or is told. */
void fact_sums_add(struct fact_sums *s, const struct deal_fact *f); /* to its month, and of a closed deal to the odds */
void fact_sums_month(struct fact_sums *s, const struct deal_fact *f, int sign);
void fact_sums_odds(struct fact_sums *s, const char *fact, int64_t ref, int64_t won, int64_t lost);
bool fact_sum_is_empty(const struct fact_sum *row);

#endif
