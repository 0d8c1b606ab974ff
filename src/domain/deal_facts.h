/* What deals add to the figures (DOMAIN 5), and the totals that are kept of it: deal_months and deal_odds. Whoever
 * changes a deal, its stages, its products or its log calls deal_facts_take before, and deal_facts_give after, in the
 * same transaction. */
#ifndef DOMAIN_DEAL_FACTS_H
#define DOMAIN_DEAL_FACTS_H

#include "base/date.h"
#include "chotdon/shop.h"

enum deal_fact_kind { FACT_CREATED, FACT_WON, FACT_LOST, FACT_STAYED };
struct deal_fact {
    enum deal_fact_kind kind;
    char month[MONTH_SIZE]; /* of making; of closing for the others */
    int64_t ref;            /* stage reached; nothing; reason; open stage: 0 none */
    int64_t staff, source;  /* 0 none */
    int64_t product;        /* won and lost: the first one, read deal by deal only */
    int64_t reached;        /* won and lost: the furthest stage */
    int64_t deals, value, days, activities;
};
const char *deal_fact_name(enum deal_fact_kind kind); /* in the database: "created" */

typedef enum err_code deal_fact_fn(void *ctx, const struct deal_fact *f, struct err *e);

/* What a closed deal says of the chances of others: rows of deal_odds. */
enum { DEAL_ODDS = 5 };
struct deal_odd {
    const char *fact;
    int64_t ref;
};
void deal_facts_odds(const struct deal_fact *f, struct deal_odd out[DEAL_ODDS]);

/* Nothing of a deal that is merged into another, or is not there. */
enum err_code deal_facts_take(struct shop *shop, int64_t deal_id, struct err *e);
enum err_code deal_facts_give(struct shop *shop, int64_t deal_id, struct err *e);

/* All anew, inside a transaction: after stages were put into another order, or many deals were changed at once. */
enum err_code deal_facts_rebuild(struct shop *shop, struct err *e);

/* Of deals made, and of those closed, in these days (inclusive; "" and "9999-99-99" for all), from the deals
 * themselves; and of whole months, from what is kept. */
enum err_code deal_facts_of_days(struct db *db, const char *from, const char *to, deal_fact_fn *fact, void *ctx,
                                 struct err *e);
enum err_code deal_facts_of_months(struct db *db, const char *from, const char *to, deal_fact_fn *fact, void *ctx,
                                   struct err *e);

#endif
