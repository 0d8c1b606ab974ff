#include "random.h"

uint64_t random_next(struct random *r) {
    uint64_t z = (r->state += UINT64_C(0x9E3779B97F4A7C15));
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

int64_t random_between(struct random *r, int64_t low, int64_t high) {
    uint64_t span = (uint64_t)high - (uint64_t)low;
    uint64_t offset = span == UINT64_MAX ? random_next(r) : random_next(r) % (span + 1);
    return (int64_t)((uint64_t)low + offset);
}

int64_t random_amount(struct random *r) {
    uint64_t bits = random_next(r) >> (random_next(r) % 63 + 1);
    return random_next(r) % 2 == 0 ? (int64_t)bits : -(int64_t)bits;
}
