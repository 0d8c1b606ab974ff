/* What everyone and everything reached in a month (DOMAIN 6), by scope. Commission takes a rep's month from here, too:
 * kpi_load with SCOPE_REP gives base and attainment figures. */
#ifndef DOMAIN_KPI_FIGURES_H
#define DOMAIN_KPI_FIGURES_H

#include "base/intern.h"
#include "base/key_map.h"
#include "chotdon/kpi_score.h"
#include "chotdon/target.h"

struct db;

struct kpi_figures {
    int64_t ref; /* id; 0 nobody's, and the shop; of a province its number in `places` */
    int64_t revenue, net, cost, orders, new_customers;
    int64_t deals_won, interactions, weekly_reports;
    int64_t shipped, returned; /* orders shipped in the month; of them wholly returned */
    int64_t promised, on_time; /* of those shipped: with a promised date (that is over, or delivered); kept */
};

/* Rows in no order; only of what has something. */
struct kpi_set {
    struct key_map refs;
    struct kpi_figures *rows;
    size_t capacity;
    struct intern *places;    /* of SCOPE_PROVINCE: names by ref; 0 is "" */
    struct kpi_goods *groups; /* of SCOPE_GROUP: of each product */
};
void kpi_set_clear(struct kpi_set *set);
const struct kpi_figures *kpi_set_find(const struct kpi_set *set, int64_t ref); /* NULL when there is nothing */
struct kpi_figures *kpi_set_at(struct kpi_set *set, int64_t ref);               /* made when it is not there */

#define KPI_SALES (1u << METRIC_REVENUE | 1u << METRIC_NEW_CUSTOMERS) /* and net, margin, orders */

/* metrics: bits of 1 << enum kpi_metric that are wanted. Sales are of any scope; the others of shop, team and rep only
 * (nothing for the rest), new customers too. as_of: only what was known at the end of that day; NULL: all. today: for
 * promises that are not over yet. kpi_set_clear it also after an error. */
struct kpi_request {
    enum target_scope scope;
    const char *month;
    const char *as_of;
    const char *today;
    unsigned metrics;
};
enum err_code kpi_load(struct db *db, const struct kpi_request *r, struct kpi_set *out, struct err *e);

/* A figure as attainment takes it; zeros for NULL. */
struct kpi_actual kpi_actual_of(const struct kpi_figures *f, enum kpi_metric m);
struct attainment kpi_attain(const struct kpi_figures *f, enum kpi_metric m, int64_t target);

/* Parts of kpi_load. */
enum err_code kpi_load_groups(struct db *db, const struct kpi_request *r, struct kpi_set *out, struct err *e);
void kpi_goods_free(struct kpi_goods *goods);
enum err_code kpi_load_counts(struct db *db, const struct kpi_request *r, struct kpi_set *out, struct err *e);

#endif
