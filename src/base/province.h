/* The 34 provinces and cities of Vietnam since 1 July 2025; names of before map to them (VIETNAM.md). */
#ifndef BASE_PROVINCE_H
#define BASE_PROVINCE_H

#include <stddef.h>

/* The canonical name of what somebody typed: any case, with or without accents, blanks and hyphens, with Tỉnh, TP. or
 * Thành phố before it or City or Province behind it, an old name or a usual alias (Sài Gòn, HCM, Hanoi). NULL when it
 * is unknown, and then callers keep what was typed. The name is static. */
const char *province_canonical(const char *typed);

size_t province_count(void);
const char *province_name(size_t i); /* i < province_count(), in the order of the official list */

#endif
