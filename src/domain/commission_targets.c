#include <string.h>

#include "chotdon/target.h"
#include "domain/commission_compute.h"

struct loading {
    const struct people *people;
    const char *metric;
    struct month_target *out;
};

static int by_code(const struct people *p, const char *code) {
    size_t low = 0;
    size_t high = p->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(p->list[middle].code, code);
        if (order == 0) {
            return (int)middle;
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return -1;
}

static enum err_code take(void *ctx, const struct target *t, struct err *e) {
    const struct loading *l = ctx;
    int person = strcmp(kpi_metric_code(t->metric), l->metric) == 0 ? by_code(l->people, t->code) : -1;
    (void)e;
    if (person >= 0) {
        l->out[person] = (struct month_target){true, t->target};
    }
    return ERR_OK;
}

enum err_code month_targets_load(struct shop *shop, const struct people *people, const char *month, enum plan_base base,
                                 struct month_target *out, struct err *e) {
    struct loading l = {people, plan_base_metric(base), out};
    const struct target_filter filter = {.from = month, .to = month, .has_scope = true, .scope = SCOPE_REP};
    return target_list(shop, &filter, take, &l, e);
}
