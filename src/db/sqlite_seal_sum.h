/* The digest of a row: 64 bits, from its columns in their order. Fast rather than secret. */
#ifndef DB_SQLITE_SEAL_SUM_H
#define DB_SQLITE_SEAL_SUM_H

#include <sqlite3.h>
#include <stdint.h>
#include <string.h>

#define SEAL_SEED UINT64_C(0x9E3779B97F4A7C15)
#define SEAL_MASK UINT64_C(0x3FFFFFFFFFFFFFFF) /* sums are kept in 62 bits, which SQL adds without overflow */

static inline uint64_t seal_add_int(uint64_t sum, uint64_t word) {
    sum = (sum ^ word) * UINT64_C(0xFF51AFD7ED558CCD);
    return sum ^ (sum >> 32);
}

static inline uint64_t seal_add_text(uint64_t sum, const unsigned char *text, size_t n) {
    sum = seal_add_int(sum, n + UINT64_C(0x100000000));
    for (; n >= 8; n -= 8, text += 8) {
        uint64_t word;
        memcpy(&word, text, 8);
        sum = seal_add_int(sum, word);
    }
    if (n == 0) {
        return sum;
    }
    uint64_t rest = 0;
    memcpy(&rest, text, n);
    return seal_add_int(sum, rest);
}

static inline uint64_t seal_add_value(uint64_t sum, sqlite3_value *v) {
    switch (sqlite3_value_type(v)) {
    case SQLITE_INTEGER:
        return seal_add_int(sum + 1, (uint64_t)sqlite3_value_int64(v));
    case SQLITE_TEXT: { /* its bytes as they are: sqlite3_value_text would copy them, or lack memory to */
        size_t n = (size_t)sqlite3_value_bytes(v);
        return seal_add_text(sum + 2, sqlite3_value_blob(v), n);
    }
    case SQLITE_NULL:
        return seal_add_int(sum + 3, 0);
    default: /* nothing of the schema is of another kind */
        return seal_add_text(sum + 4, sqlite3_value_blob(v), (size_t)sqlite3_value_bytes(v));
    }
}

static inline uint64_t seal_end(uint64_t sum) {
    sum = (sum ^ (sum >> 33)) * UINT64_C(0xC4CEB9FE1A85EC53);
    return sum ^ (sum >> 33);
}

#endif
