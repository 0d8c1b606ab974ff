/* The rows that a board may have: people, teams and whatever else carries figures, with their names and targets. */
#ifndef DOMAIN_KPI_PEOPLE_H
#define DOMAIN_KPI_PEOPLE_H

#include "chotdon/kpi.h"
#include "domain/kpi_figures.h"

struct kpi_entry {
    int64_t ref;
    const char *code, *name, *team, *role; /* in texts */
    const char *start, *end;               /* of a person: employed from and to, "" open */
    int64_t salary;
    bool has[METRIC_COUNT]; /* targets */
    int64_t target[METRIC_COUNT];
};
struct kpi_entries {
    struct key_map refs;
    struct kpi_entry *rows;
    size_t capacity;
    struct intern *texts;      /* borrowed: of the board */
    bool wanted[METRIC_COUNT]; /* a target of it is set for some row */
};
void kpi_entries_clear(struct kpi_entries *all);

/* All people (teams) for SCOPE_REP and SCOPE_TEAM; for the others those with figures in `set` or targets. Province
 * numbers are of set->places. */
enum err_code kpi_entries_load(struct db *db, enum target_scope scope, const char *month, struct kpi_set *set,
                               struct kpi_entries *out, struct err *e);

bool kpi_is_employed(const struct kpi_entry *p, const char *month);   /* on some day of it */
bool kpi_is_full_month(const struct kpi_entry *p, const char *month); /* on all days of it */
bool kpi_is_rep(const struct kpi_entry *p);

/* Weights of all roles. */
struct scorecards {
    struct scorecard cards[8];
    const char *roles[8];
};
enum err_code scorecards_load(struct db *db, struct scorecards *out, struct err *e);
const struct scorecard *scorecards_of(const struct scorecards *all, const char *role);

#endif
