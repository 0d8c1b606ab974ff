#include "base/decimal.h"

#include <string.h>

__extension__ typedef unsigned __int128 u128;

static const uint64_t power10[] = {1, 10, 100, 1000, 10000};

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

size_t decimal_span(const char *p) {
    size_t n = 0;
    while (is_digit(p[n]) || p[n] == '.' || p[n] == ',' ||
           (p[n] == ' ' && n > 0 && is_digit(p[n - 1]) && is_digit(p[n + 1]))) {
        n++;
    }
    return n;
}

/* Where the decimals begin: the index of the mark, or len when there is none. */
static enum decimal_status find_point(const char *text, size_t len, struct decimal_style style, size_t *point) {
    int dots = 0;
    int commas = 0;
    int blanks = 0;
    size_t last = len;
    for (size_t i = 0; i < len; i++) {
        dots += text[i] == '.';
        commas += text[i] == ',';
        blanks += text[i] == ' ';
        last = text[i] == '.' || text[i] == ',' ? i : last;
    }
    *point = last;
    if (dots > 0 && commas > 0) {
        return (text[last] == '.' ? dots : commas) == 1 ? DECIMAL_OK : DECIMAL_MALFORMED;
    }
    if (dots + commas > 1) {
        *point = len;
        return blanks == 0 ? DECIMAL_OK : DECIMAL_MALFORMED;
    }
    enum decimal_lone lone = dots == 1 ? style.dot : style.comma;
    bool riddle = dots + commas == 1 && len - last == 4 && lone != DECIMAL_LONE_POINT && !(last == 1 && text[0] == '0');
    if (!riddle) {
        return DECIMAL_OK;
    }
    bool group = blanks == 0 && last >= 1 && last <= 3 && text[0] != '0';
    *point = len;
    return lone == DECIMAL_LONE_GROUP && group ? DECIMAL_OK : DECIMAL_UNSURE;
}

static enum decimal_status add_digit(struct decimal *value, char c) {
    uint64_t d = (uint64_t)(c - '0');
    if (value->digits > (UINT64_MAX - d) / 10) {
        return DECIMAL_TOO_BIG;
    }
    value->digits = value->digits * 10 + d;
    return DECIMAL_OK;
}

/* The whole part: plain digits, or groups of three with one kind of separator. */
static enum decimal_status read_whole(const char *text, size_t len, struct decimal *out) {
    char separator = '\0';
    size_t run = 0;
    enum decimal_status status = DECIMAL_OK;
    for (size_t i = 0; i < len; i++) {
        if (is_digit(text[i])) {
            run++;
            enum decimal_status added = add_digit(out, text[i]);
            status = added != DECIMAL_OK ? added : status;
            continue;
        }
        bool first = separator == '\0';
        bool fits = first ? run >= 1 && run <= 3 && text[0] != '0' : run == 3 && text[i] == separator;
        if (!fits) {
            return DECIMAL_MALFORMED;
        }
        separator = text[i];
        run = 0;
    }
    return separator != '\0' && run != 3 ? DECIMAL_MALFORMED : status;
}

static enum decimal_status read_fraction(const char *text, size_t len, struct decimal *out) {
    size_t end = len;
    while (end > 0 && text[end - 1] == '0') {
        end--;
    }
    for (size_t i = 0; i < end; i++) {
        if (!is_digit(text[i])) {
            return DECIMAL_MALFORMED;
        }
    }
    for (size_t i = 0; i < end; i++) {
        if (add_digit(out, text[i]) != DECIMAL_OK) {
            return DECIMAL_TOO_FINE;
        }
    }
    out->scale = (int)end;
    return DECIMAL_OK;
}

enum decimal_status decimal_read(const char *text, size_t len, struct decimal_style style, struct decimal *out) {
    struct decimal value = {0, 0};
    size_t point = len;
    enum decimal_status status = len == 0 ? DECIMAL_MALFORMED : find_point(text, len, style, &point);
    if (status == DECIMAL_OK && len - point == 1) {
        status = DECIMAL_MALFORMED; /* a mark with nothing behind it */
    }
    if (status == DECIMAL_OK) {
        status = read_whole(text, point, &value);
    }
    if (status == DECIMAL_OK && point < len) {
        status = read_fraction(text + point + 1, len - point - 1, &value);
    }
    if (status == DECIMAL_OK) {
        *out = value;
    }
    return status;
}

enum decimal_status decimal_fixed(const struct decimal *value, uint64_t factor, int places, uint64_t *out) {
    u128 scaled = (u128)value->digits * factor * power10[places];
    for (int i = 0; i < value->scale; i++) {
        if (scaled % 10 != 0) {
            return DECIMAL_TOO_FINE;
        }
        scaled /= 10;
    }
    if (scaled > UINT64_MAX) {
        return DECIMAL_TOO_BIG;
    }
    *out = (uint64_t)scaled;
    return DECIMAL_OK;
}

bool decimal_sign(uint64_t magnitude, bool negative, int64_t *out) {
    if (magnitude > (uint64_t)INT64_MAX + (negative ? 1 : 0)) {
        return false;
    }
    *out = negative ? (int64_t)(0 - magnitude) : (int64_t)magnitude;
    return true;
}

bool decimal_plain(const char *text, int places, int64_t *out) {
    const char *p = text + (*text == '-');
    const char *start = p;
    int64_t value = 0;
    while (is_digit(*p) && p - start < 15) {
        value = value * 10 + (*p++ - '0');
    }
    if (p == start) {
        return false;
    }
    int left = places;
    if (*p == '.' && places > 0 && is_digit(p[1])) {
        for (p++; is_digit(*p) && left > 0; left--) {
            value = value * 10 + (*p++ - '0');
        }
    }
    if (*p != '\0') {
        return false;
    }
    value *= (int64_t)power10[left];
    *out = *text == '-' ? -value : value;
    return true;
}

const char *decimal_write(int64_t value, int places, char point, char group, bool trim, char out[DECIMAL_TEXT_MAX]) {
    uint64_t magnitude = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    char reversed[DECIMAL_TEXT_MAX];
    size_t n = 0;
    for (int i = 0; i < places; i++, magnitude /= 10) {
        char digit = (char)('0' + magnitude % 10);
        if (!trim || n > 0 || digit != '0') {
            reversed[n++] = digit;
        }
    }
    if (n > 0) {
        reversed[n++] = point;
    }
    int run = 0;
    do {
        if (run > 0 && run % 3 == 0 && group != '\0') {
            reversed[n++] = group;
        }
        reversed[n++] = (char)('0' + magnitude % 10);
        magnitude /= 10;
        run++;
    } while (magnitude > 0);
    if (value < 0) {
        reversed[n++] = '-';
    }
    for (size_t i = 0; i < n; i++) {
        out[i] = reversed[n - 1 - i];
    }
    out[n] = '\0';
    return out;
}
