#include "base/phone.h"

#include <stdio.h>
#include <string.h>

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_separator(char c) {
    return c == ' ' || c == '.' || c == '-' || c == '(' || c == ')' || c == '\t';
}

/* The mobile prefixes that lost a digit in September 2018. */
static const char *new_prefix(const char *digits) {
    static const char *const table[][2] = {
        {"0120", "070"}, {"0121", "079"}, {"0122", "077"}, {"0123", "083"}, {"0124", "084"}, {"0125", "085"},
        {"0126", "076"}, {"0127", "081"}, {"0128", "078"}, {"0129", "082"}, {"0162", "032"}, {"0163", "033"},
        {"0164", "034"}, {"0165", "035"}, {"0166", "036"}, {"0167", "037"}, {"0168", "038"}, {"0169", "039"},
        {"0186", "056"}, {"0188", "058"}, {"0199", "059"},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        if (strncmp(digits, table[i][0], 4) == 0) {
            return table[i][1];
        }
    }
    return NULL;
}

/* The digits of typed[0..n) with +84, 84 and 0084 as 0; false when something else than digits and separators is in it,
 * or too many digits. */
static bool collect(const char *typed, size_t n, char digits[PHONE_SIZE]) {
    size_t count = 0;
    bool abroad = false;
    for (size_t i = 0; i < n; i++) {
        if (typed[i] == '+' && count == 0 && !abroad) {
            abroad = true;
        } else if (is_digit(typed[i]) && count < PHONE_SIZE - 2) {
            digits[count++] = typed[i];
        } else if (!is_separator(typed[i])) {
            return false;
        }
    }
    digits[count] = '\0';
    if (strncmp(digits, "00", 2) == 0) {
        abroad = true;
        memmove(digits, digits + 2, count - 1);
        count -= 2;
    }
    bool vietnam = strncmp(digits, "84", 2) == 0 && (abroad || (count >= 11 && count <= 13));
    if (vietnam) {
        const char *rest = digits + 2 + (digits[2] == '0'); /* +84 (0) 912… */
        memmove(digits + 1, rest, strlen(rest) + 1);
        digits[0] = '0';
    } else if (abroad) {
        return false;
    } else if (count == 9) {
        memmove(digits + 1, digits, count + 1);
        digits[0] = '0';
    }
    return true;
}

static enum phone_kind classify(char digits[PHONE_SIZE]) {
    size_t n = strlen(digits);
    const char *prefix = n == 11 ? new_prefix(digits) : NULL;
    if (prefix != NULL) {
        memcpy(digits + 1, prefix, 3);
        memmove(digits, digits + 1, n);
        n--;
    }
    if (n == 10 && digits[0] == '0' && strchr("35789", digits[1]) != NULL) {
        return PHONE_MOBILE;
    }
    return n == 11 && strncmp(digits, "02", 2) == 0 ? PHONE_LANDLINE : PHONE_UNCHECKED;
}

/* As typed, but never more than fits, and cut at a character. */
static void keep(const char *typed, size_t n, char out[PHONE_SIZE]) {
    if (n > PHONE_SIZE - 1) {
        n = PHONE_SIZE - 1;
        while (n > 0 && ((unsigned char)typed[n] & 0xC0) == 0x80) {
            n--;
        }
    }
    memcpy(out, typed, n);
    out[n] = '\0';
}

enum phone_kind phone_normalise(const char *typed, char out[PHONE_SIZE]) {
    typed += strspn(typed, " \t\r\n");
    size_t n = strlen(typed);
    while (n > 0 && strchr(" \t\r\n", typed[n - 1]) != NULL) {
        n--;
    }
    out[0] = '\0';
    if (memchr(typed, '*', n) != NULL) {
        keep(typed, n, out);
        return PHONE_MASKED;
    }
    if (strcspn(typed, "0123456789") >= n) {
        return PHONE_NONE;
    }
    size_t whole = strspn(typed, "0123456789");
    bool from_spreadsheet = n == whole + 2 && whole >= 9 && strncmp(typed + whole, ".0", 2) == 0;
    char digits[PHONE_SIZE] = "";
    if (collect(typed, from_spreadsheet ? whole : n, digits)) {
        enum phone_kind kind = classify(digits);
        if (kind != PHONE_UNCHECKED) {
            memcpy(out, digits, strlen(digits) + 1);
            return kind;
        }
    }
    keep(typed, n, out);
    return PHONE_UNCHECKED;
}

bool phone_looks_like(const char *typed) {
    typed += strspn(typed, " \t");
    const char *p = typed + (*typed == '+');
    char first[3] = "";
    size_t count = 0;
    for (; *p != '\0'; p++) {
        if (is_digit(*p)) {
            if (count < 2) {
                first[count] = *p;
            }
            count++;
        } else if (!is_separator(*p)) {
            return false;
        }
    }
    bool begins = strcmp(first, "84") == 0 || (*typed != '+' && first[0] == '0');
    return begins && count >= 9 && count <= 15;
}

const char *phone_format(const char *phone, char out[PHONE_SIZE]) {
    size_t n = strlen(phone);
    bool plain = n > 0 && phone[0] == '0' && strspn(phone, "0123456789") == n;
    if (plain && n == 10) {
        snprintf(out, PHONE_SIZE, "%.4s %.3s %.3s", phone, phone + 4, phone + 7);
    } else if (plain && n == 11 && (phone[2] == '4' || phone[2] == '8')) {
        snprintf(out, PHONE_SIZE, "%.3s %.4s %.4s", phone, phone + 3, phone + 7);
    } else if (plain && n == 11) {
        snprintf(out, PHONE_SIZE, "%.4s %.3s %.4s", phone, phone + 4, phone + 7);
    } else {
        keep(phone, n, out);
    }
    return out;
}
