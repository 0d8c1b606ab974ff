#include "chotdon/kpi_score.h"

__extension__ typedef __int128 wide;

#define CAP_NUM 3 /* 150% */
#define CAP_DEN 2

static struct attainment percent(int64_t p) {
    return (struct attainment){.has = true, .num = p, .den = 100};
}

static struct attainment fraction(wide num, wide den) {
    return (struct attainment){.has = true, .num = den < 0 ? -num : num, .den = den < 0 ? -den : den};
}

struct attainment kpi_attainment(struct kpi_actual actual, int64_t target, bool rate, bool lower_is_better) {
    if (actual.den == 0) {
        return (struct attainment){0};
    }
    if (actual.num == 0 && target == 0) {
        return percent(100);
    }
    wide target_den = rate ? 10000 : 1;
    if (lower_is_better) {
        return actual.num == 0 ? percent(150) : fraction((wide)target * actual.den, (wide)actual.num * target_den);
    }
    if (target == 0) {
        return percent(actual.num > 0 ? 150 : 0);
    }
    return fraction((wide)actual.num * target_den, (wide)actual.den * target);
}

bool attainment_reaches(const struct attainment *a, int64_t p) {
    return a->has && a->num * 100 >= (wide)p * a->den;
}

bool attainment_misses(const struct attainment *a, int64_t p) {
    return a->has && !attainment_reaches(a, p);
}

#define MOST 1000000000000LL /* what nobody reads exactly any more */

/* round(num / den), half away from zero; den > 0 */
static int64_t rounded(wide num, wide den) {
    wide twice = 2 * (num < 0 ? -num : num) + den;
    wide whole = twice / (2 * den);
    whole = whole > MOST ? MOST : whole;
    return (int64_t)(num < 0 ? -whole : whole);
}

int64_t attainment_tenths(const struct attainment *a) {
    return rounded(a->num * 1000, a->den);
}

/* Of sums of fractions with large denominators: each is taken to 15 decimals, and what ends within a billionth of a
 * half counts as the half. */
#define FINE  1000000000000000LL
#define SLACK 1000LL

static wide fine(const struct attainment *a) {
    bool above = a->num * CAP_DEN > a->den * CAP_NUM;
    wide num = above ? CAP_NUM : a->num;
    wide den = above ? CAP_DEN : a->den;
    return num / den * FINE + num % den * FINE / den;
}

bool kpi_score_tenths(const struct attainment *a, const int64_t *weights, size_t count, int64_t *tenths) {
    wide sum = 0;
    wide weight = 0;
    for (size_t i = 0; i < count; i++) {
        if (a[i].has) {
            sum += fine(&a[i]) * weights[i];
            weight += weights[i];
        }
    }
    if (weight == 0) {
        return false;
    }
    wide slack = (sum < 0 ? -SLACK : SLACK) * weight;
    *tenths = rounded(sum * 1000 + slack * 1000, weight * FINE);
    return true;
}
