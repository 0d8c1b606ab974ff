/* What a target's code names, and writing one inside a transaction. Not for others. */
#ifndef DOMAIN_TARGET_STORE_H
#define DOMAIN_TARGET_STORE_H

#include "chotdon/target.h"

struct target_ref {
    int64_t id;  /* of staff, team and so on; 0 for the shop and provinces */
    char *place; /* a province's name, else ""; owned */
};

/* target_ref_clear it also after an error. */
enum err_code target_resolve(struct shop *shop, enum target_scope scope, const char *code, struct target_ref *ref,
                             struct err *e);
void target_ref_clear(struct target_ref *ref);

/* Of the words that the database has. */
enum target_scope target_scope_stored(const char *code);
enum kpi_metric kpi_metric_stored(const char *code);

enum err_code target_store(struct shop *shop, const struct target *t, const struct target_ref *ref,
                           enum put_result *result, struct err *e);

#endif
