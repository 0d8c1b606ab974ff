/* Targets per month, scope and metric (DOMAIN 6), and the words of both. */
#ifndef CHOTDON_TARGET_H
#define CHOTDON_TARGET_H

#include "chotdon/shop.h"

enum target_scope {
    SCOPE_SHOP,
    SCOPE_TEAM,
    SCOPE_REP,
    SCOPE_PRODUCT,
    SCOPE_GROUP,
    SCOPE_CHANNEL,
    SCOPE_PROVINCE,
    SCOPE_COUNT
};
const char *target_scope_code(enum target_scope s);                /* "team": files, JSON, database */
const char *target_scope_label(enum target_scope s);               /* in the user's language */
bool target_scope_find(const char *typed, enum target_scope *out); /* folded, English or Vietnamese */

enum kpi_metric {
    METRIC_REVENUE,
    METRIC_NET_REVENUE,
    METRIC_MARGIN,
    METRIC_ORDERS,
    METRIC_NEW_CUSTOMERS,
    METRIC_DEALS_WON,
    METRIC_INTERACTIONS,
    METRIC_WEEKLY_REPORTS,
    METRIC_RETURN_RATE, /* lower is better */
    METRIC_ON_TIME,
    METRIC_COUNT
};
enum metric_unit { UNIT_MONEY, UNIT_COUNT, UNIT_RATE /* basis points */ };
const char *kpi_metric_code(enum kpi_metric m);
const char *kpi_metric_label(enum kpi_metric m);
bool kpi_metric_find(const char *typed, enum kpi_metric *out);
enum metric_unit kpi_metric_unit(enum kpi_metric m);

/* Money as typed (150tr) or plain, a count, or a percentage ("5", "5.5%"). ERR_INVALID, field "target". */
enum err_code target_parse(struct shop *shop, enum kpi_metric m, const char *text, int64_t *out, struct err *e);
/* As files hold it: 120000, 12, 5.5. Returns `out`. */
const char *target_format_plain(struct shop *shop, enum kpi_metric m, int64_t target, char out[MONEY_TEXT_MAX]);

/* One target. code: "" for the shop, else the staff code, SKU, path or name; written ones may be a name. */
struct target {
    int64_t id;
    char month[MONTH_SIZE];
    enum target_scope scope;
    const char *code;
    enum kpi_metric metric;
    int64_t target;    /* ≥ 0: minor units, a count, or basis points */
    int64_t import_id; /* write only: the import that makes it, 0 none */
};

/* Set by month, scope, code and metric. ERR_NOT_FOUND, field "code", when there is nothing of that name; ERR_INVALID
 * for a bad month or a value below zero, or a code for the shop. */
enum err_code target_put(struct shop *shop, const struct target *t, enum put_result *result, struct err *e);
/* ERR_NOT_FOUND when there is no such target. t->target does not count. */
enum err_code target_remove(struct shop *shop, const struct target *t, struct err *e);
/* Its id, 0 when it is not there. */
enum err_code target_find(struct shop *shop, const struct target *t, int64_t *id, struct err *e);

/* By month, scope (in the order above), code and metric; borrowed during the call. */
/* How the audit names it; the caller owns it. */
char *target_entity(const struct target *t);

struct target_filter {
    int64_t id;            /* this one alone; 0: all */
    const char *from, *to; /* months, inclusive; NULL: any */
    bool has_scope;
    enum target_scope scope;
};
typedef enum err_code target_row_fn(void *ctx, const struct target *t, struct err *e);
enum err_code target_list(struct shop *shop, const struct target_filter *filter, target_row_fn *row, void *ctx,
                          struct err *e);

/* Copies a year's targets to another year's months, times factor_bps / 10 000 (rates stay as they are); what is set
 * there already stays. *count (may be NULL) gets how many were made. Years like "2026". */
enum err_code target_copy(struct shop *shop, const char *from_year, const char *to_year, int64_t factor_bps,
                          int64_t *count, struct err *e);

/* Spreads a yearly figure over the year's twelve months by the season of the year before: in proportion to the same
 * metric of the same scope then, else the shop's, else evenly; by largest remainder. Replaces what is set. ERR_INVALID
 * for rates, which cannot be spread. t->month is any month of the year, t->target the year's figure. */
enum err_code target_spread(struct shop *shop, const struct target *t, struct err *e);

#endif
