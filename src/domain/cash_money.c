#include "chotdon/cash.h"

#include <string.h>

static const int64_t vnd[] = {500000, 200000, 100000, 50000, 20000, 10000, 5000, 2000, 1000, 500};
static const int64_t gbp[] = {5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1};
static const int64_t eur[] = {50000, 20000, 10000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1};
static const int64_t usd[] = {10000, 5000, 2000, 1000, 500, 200, 100, 25, 10, 5, 1};

static const struct {
    const char *currency;
    const int64_t *notes;
    size_t count;
} tills[] = {
    {"VND", vnd, sizeof vnd / sizeof *vnd},
    {"GBP", gbp, sizeof gbp / sizeof *gbp},
    {"EUR", eur, sizeof eur / sizeof *eur},
    {"USD", usd, sizeof usd / sizeof *usd},
};

const int64_t *cash_denominations(const char *currency, size_t *count) {
    for (size_t i = 0; i < sizeof tills / sizeof *tills; i++) {
        if (strcmp(tills[i].currency, currency) == 0) {
            *count = tills[i].count;
            return tills[i].notes;
        }
    }
    *count = 0;
    return NULL;
}
