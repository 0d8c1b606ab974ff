#include "base/money.h"

#include <assert.h>
#include <stdlib.h>

#include "base/mem.h"

__extension__ typedef __int128 i128;
__extension__ typedef unsigned __int128 u128;

#define BPS_WHOLE INT64_C(10000)

bool money_add(int64_t a, int64_t b, int64_t *out) {
    int64_t sum;
    if (__builtin_add_overflow(a, b, &sum)) {
        return false;
    }
    *out = sum;
    return true;
}

bool money_sub(int64_t a, int64_t b, int64_t *out) {
    int64_t difference;
    if (__builtin_sub_overflow(a, b, &difference)) {
        return false;
    }
    *out = difference;
    return true;
}

static u128 magnitude(i128 value) {
    return value < 0 ? (u128)-value : (u128)value;
}

bool money_scale(int64_t amount, int64_t numerator, int64_t denominator, int64_t *out) {
    assert(denominator != 0);
    i128 product = (i128)amount * numerator;
    u128 divisor = magnitude(denominator);
    u128 rounded = (magnitude(product) * 2 + divisor) / (divisor * 2);
    bool negative = (product < 0) != (denominator < 0);
    if (rounded > (u128)INT64_MAX + (negative ? 1 : 0)) {
        return false;
    }
    *out = negative ? (int64_t) - (i128)rounded : (int64_t)rounded;
    return true;
}

bool money_times_qty(int64_t unit_price, int64_t qty_milli, int64_t *out) {
    return money_scale(unit_price, qty_milli, 1000, out);
}

bool money_rate(int64_t amount, int64_t rate_bps, int64_t *out) {
    return money_scale(amount, rate_bps, BPS_WHOLE, out);
}

bool money_vat(int64_t amount, int64_t vat_bps, bool included, int64_t *net, int64_t *vat) {
    int64_t part = 0;
    if (vat_bps < 0 || vat_bps > BPS_WHOLE) {
        return false;
    }
    if (!included) {
        if (!money_rate(amount, vat_bps, &part)) {
            return false;
        }
        *net = amount;
        *vat = part;
        return true;
    }
    if (!money_scale(amount, BPS_WHOLE, BPS_WHOLE + vat_bps, &part)) {
        return false;
    }
    *net = part;
    *vat = amount - part;
    return true;
}

struct remainder {
    u128 left;
    size_t index;
};

static int by_remainder(const void *a, const void *b) {
    const struct remainder *x = a;
    const struct remainder *y = b;
    if (x->left != y->left) {
        return x->left > y->left ? -1 : 1;
    }
    return x->index < y->index ? -1 : x->index > y->index;
}

/* One more for each of the `extra` parts with the largest remainders. */
static void give_rest(u128 total, u128 sum, const int64_t *weights, size_t count, size_t extra, int64_t sign,
                      int64_t *parts) {
    struct remainder *rest = mem_array(count, sizeof *rest);
    for (size_t i = 0; i < count; i++) {
        rest[i] = (struct remainder){total * (uint64_t)weights[i] % sum, i};
    }
    qsort(rest, count, sizeof *rest, by_remainder);
    for (size_t i = 0; i < extra; i++) {
        parts[rest[i].index] += sign;
    }
    free(rest);
}

void money_split(int64_t total, const int64_t *weights, size_t count, int64_t *parts) {
    assert(count >= 1);
    u128 sum = 0;
    for (size_t i = 0; i < count; i++) {
        assert(weights[i] >= 0);
        sum += (uint64_t)weights[i];
    }
    if (sum == 0) {
        for (size_t i = 0; i < count; i++) {
            parts[i] = i == 0 ? total : 0;
        }
        return;
    }
    u128 whole = magnitude(total);
    u128 given = 0;
    for (size_t i = 0; i < count; i++) {
        u128 part = whole * (uint64_t)weights[i] / sum;
        given += part;
        parts[i] = total < 0 ? (int64_t) - (i128)part : (int64_t)part;
    }
    if (given < whole) {
        give_rest(whole, sum, weights, count, (size_t)(whole - given), total < 0 ? -1 : 1, parts);
    }
}
