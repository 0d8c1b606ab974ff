/* Money is a signed 64-bit count of the currency's minor unit, rates are basis points, and no floating point comes near
 * (DOMAIN 1). Every result is rounded half away from zero, once. Functions that can overflow return false and leave
 * *out alone. */
#ifndef BASE_MONEY_H
#define BASE_MONEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#define MONEY_TEXT_MAX 64 /* room for any formatted amount with its sign, separators and currency */

struct currency {
    char code[4];   /* "VND", "GBP"…: ISO 4217 */
    int decimals;   /* 0 to 3 */
    char symbol[8]; /* "₫", "£"…; the code when there is no symbol */
};

/* Looks a code up (any case); false when it is not a known ISO 4217 currency. */
bool currency_find(const char *code, struct currency *out);

bool money_add(int64_t a, int64_t b, int64_t *out);
bool money_sub(int64_t a, int64_t b, int64_t *out);

/* round(amount × numerator / denominator), with 128 bits in between; denominator must not be 0. */
bool money_scale(int64_t amount, int64_t numerator, int64_t denominator, int64_t *out);

/* round(unit_price × qty_milli / 1000). */
bool money_times_qty(int64_t unit_price, int64_t qty_milli, int64_t *out);

/* round(amount × rate_bps / 10 000). */
bool money_rate(int64_t amount, int64_t rate_bps, int64_t *out);

/* Splits `total` over `count` parts in proportion to `weights` (each ≥ 0) by largest remainder: parts add up to total
 * exactly, ties go to the earlier part. Signs: a negative total is split as its absolute value and negated. All weights
 * zero: everything goes to the first part. count ≥ 1. */
void money_split(int64_t total, const int64_t *weights, size_t count, int64_t *parts);

/* VAT of an amount. Included: net = round(amount × 10 000 / (10 000 + vat_bps)), vat = amount − net. Added: net =
 * amount, vat = round(amount × vat_bps / 10 000). False as well where vat_bps, which files carry, is not 0 to 10 000.
 * (DOMAIN 4) */
bool money_vat(int64_t amount, int64_t vat_bps, bool included, int64_t *net, int64_t *vat);

/* What people type: 150k, 1tr2, 1,5tr, 2tỷ, 1.500.000, 1500000, 1tr200k, 120.000 ₫, 12.50 where the currency has
 * decimals. One separator with three digits behind it means thousands (1.500), unless a unit follows a comma (1,500tr)
 * or the currency has three decimals. Reads what money_format writes. ERR_INVALID with the text. */
enum err_code money_parse(const char *text, const struct currency *cur, int64_t *amount, struct err *e);

/* What files hold: digits with an optional sign, the currency's own decimals, separators of thousands accepted when
 * they group by three; spaces and a currency sign around are ignored. Reads what money_format_plain
 * writes. What can be read in two ways is refused (1.500 where the currency has two decimals). ERR_INVALID with the
 * text. */
enum err_code money_parse_file(const char *text, const struct currency *cur, int64_t *amount, struct err *e);

/* For screens: 1.234.567 ₫ (thousands by dot, decimals by comma); `symbol` false leaves the currency away. Returns
 * `out`. */
const char *money_format(int64_t amount, const struct currency *cur, bool symbol, char out[MONEY_TEXT_MAX]);

/* For screens with little room, three figures: 4,44 tỷ, 612 tr, 45k (VND); other currencies 4.4M, 612k. Returns `out`.
 */
const char *money_format_short(int64_t amount, const struct currency *cur, char out[MONEY_TEXT_MAX]);

/* For files: plain, decimal point, all the currency's decimals, no separators: 2.55; 120000. Returns `out`. */
const char *money_format_plain(int64_t amount, const struct currency *cur, char out[MONEY_TEXT_MAX]);

/* Rates: "8", "7.5" or "7,5", with or without %, to basis points (0 to max_bps); and back, without needless zeros:
 * "7.5". */
enum err_code rate_parse(const char *text, int64_t max_bps, int64_t *rate_bps, struct err *e);
const char *rate_format(int64_t rate_bps, char out[MONEY_TEXT_MAX]); /* for files and fields: 71.6 */
const char *rate_show(int64_t rate_bps, char out[MONEY_TEXT_MAX]);   /* for people: 71,6 */

#endif
