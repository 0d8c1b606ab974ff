/* Commission once more, slowly and in another way than the program: for tests that compare the two. And a shop's year
 * of random sales to do it on. */
#ifndef TESTS_COMMISSION_MODEL_H
#define TESTS_COMMISSION_MODEL_H

#include "chotdon/plan.h"
#include "random.h"

enum { MODEL_STAFF_MAX = 80 };

struct model_person {
    bool credited;
    int64_t base, revenue;
    int64_t tier_commission, gate_bps, gated, override, cap_cut;
    int64_t bonus_first, bonus_top;
};
/* A month's figures by staff id, read from the tables with everything known now. */
void model_month(struct shop *shop, const struct plan *plan, const char *month,
                 struct model_person out[MODEL_STAFF_MAX]);

/* What commission_month would pay without bonuses and adjustments. */
int64_t model_earned(const struct model_person *p);

/* One figure; 0 where there is no row. The statement is a literal. */
struct db_value;
int64_t model_int(struct shop *shop, const char *sql, const struct db_value *values);

/* --- random books, written past the program */
struct year {
    struct shop *shop;
    struct random r;
    int people, teams, products;
    int64_t orders; /* the last one's id */
};
/* Staff NV01…, teams with leaders, product groups in a tree, products; some move between teams. */
void year_people(struct year *y, int people, int teams, int products);
void year_targets(struct year *y, const char *month, const char *metric);
/* A sale recognised on a day of the month; its id. */
int64_t year_sale(struct year *y, const char *month);
/* Brings part of a sale back, or all of it; false when nothing is left. */
bool year_return(struct year *y, int64_t sale, const char *date, bool all);
void year_cancel(struct year *y, int64_t sale);  /* one without returns */
void year_correct(struct year *y, int64_t sale); /* other reps */
/* A plan with random terms, in force for 2026. */
void year_plan(struct year *y, const char *code);

#endif
