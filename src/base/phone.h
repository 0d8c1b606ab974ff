/* Vietnamese phone numbers: one spelling for each. */
#ifndef BASE_PHONE_H
#define BASE_PHONE_H

#include <stdbool.h>

#define PHONE_SIZE 32

enum phone_kind { PHONE_NONE, PHONE_MOBILE, PHONE_LANDLINE, PHONE_UNCHECKED, PHONE_MASKED };

/* `+84 912 345 678`, `84912345678`, `0912.345.678`, `912345678` all become 0912345678; the 11-digit mobile prefixes of
 * before 2018 convert (0168… → 038…). PHONE_UNCHECKED: kept as typed (trimmed, cut to fit); PHONE_MASKED: it has a `*`
 * and never matches anybody; PHONE_NONE: no digits, `out` is
 * "". Two numbers in one field, extensions and foreign numbers are unchecked. */
enum phone_kind phone_normalise(const char *typed, char out[PHONE_SIZE]);

/* Could this be a phone that someone is typing: digits with the usual separators, 9 to 15 of them, beginning with 0, 84
 * or +84? */
bool phone_looks_like(const char *typed);

/* For screens: 0912 345 678. Returns `out`. */
const char *phone_format(const char *phone, char out[PHONE_SIZE]);

#endif
