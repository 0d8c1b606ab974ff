/* Attainment and score (DOMAIN 6), exactly: nothing here knows the database, and nothing is rounded before it is shown.
 */
#ifndef CHOTDON_KPI_SCORE_H
#define CHOTDON_KPI_SCORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What was reached: money and counts have den 1; a rate is num of den (returned of shipped), den 0: there is none. */
struct kpi_actual {
    int64_t num, den;
};

/* num / den of the target, den > 0; a value like 6/10 is 60%. */
struct attainment {
    bool has;
    __extension__ __int128 num, den;
};

/* actual / target; for lower_is_better target / actual. rate: the actual is a fraction and the target basis points.
 * Nothing to do and nothing done is 100%; a target of 0 that is passed is 150%, and 0% where lower is better; lower is
 * better and nothing of it happened: 150%. A rate of nothing (den 0) gives none. */
struct attainment kpi_attainment(struct kpi_actual actual, int64_t target, bool rate, bool lower_is_better);

/* Exactly: a is percent or more. False for none. */
bool attainment_reaches(const struct attainment *a, int64_t percent);
bool attainment_misses(const struct attainment *a, int64_t percent); /* below percent; false for none */

/* Tenths of a percent, rounded half away from zero: 874 is 87.4%. */
int64_t attainment_tenths(const struct attainment *a);

/* Σ weight × min(attainment, 150%) / Σ weight over those that have one, in tenths of a percent; false when none has, or
 * the weights are all 0. */
bool kpi_score_tenths(const struct attainment *a, const int64_t *weights, size_t count, int64_t *tenths);

#endif
