/* Decimal numbers as people write them, read and written exactly: what money, quantity and rates have in common. */
#ifndef BASE_DECIMAL_H
#define BASE_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DECIMAL_TEXT_MAX 32 /* room for any 64-bit number with sign, point and separators */

enum decimal_status {
    DECIMAL_OK,
    DECIMAL_MALFORMED, /* not a number */
    DECIMAL_UNSURE,    /* 1.234 could be either; see decimal_style */
    DECIMAL_TOO_FINE,  /* more decimals than can be kept */
    DECIMAL_TOO_BIG
};

/* How a number with one separator and exactly three digits behind it is meant: 1.234 and 1,234. Where a separator of
 * thousands is meant but cannot stand (1500.000), the number is unsure. */
enum decimal_lone { DECIMAL_LONE_POINT, DECIMAL_LONE_GROUP, DECIMAL_LONE_UNSURE };

struct decimal_style {
    enum decimal_lone dot;
    enum decimal_lone comma;
};

struct decimal {
    uint64_t digits; /* the value is digits / 10^scale, without needless zeros */
    int scale;
};

/* How many bytes at `p` are digits, dots, commas, and blanks between digits. */
size_t decimal_span(const char *p);

/* Reads all of text[0..len): 1234, 1.234.567, 1,234.5, 1 234,50, .5. Thousands must group by three. */
enum decimal_status decimal_read(const char *text, size_t len, struct decimal_style style, struct decimal *out);

/* *out = value × factor × 10^places, exactly; factor ≤ 10^9, places ≤ 3. */
enum decimal_status decimal_fixed(const struct decimal *value, uint64_t factor, int places, uint64_t *out);

/* Gives the magnitude its sign; false when that overflows. */
bool decimal_sign(uint64_t magnitude, bool negative, int64_t *out);

/* The fast way for what programs write: -123.45 with at most `places` decimals and 15 digits. False: use the others. */
bool decimal_plain(const char *text, int places, int64_t *out);

/* Writes value / 10^places. `group` is the separator of thousands, '\0' for none; `trim` takes needless zeros off.
 * Returns `out`. */
const char *decimal_write(int64_t value, int places, char point, char group, bool trim, char out[DECIMAL_TEXT_MAX]);

#endif
