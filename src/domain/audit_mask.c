/* Numbers of payment cards in free text: 14 to 19 digits, perhaps in groups, of a known kind of card, that pass Luhn's
 * test. Thirteen digits in one piece are a barcode. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "domain/audit_chain.h"

enum { CARD_MIN = 13, CARD_MAX = 19 };

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_word(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c & 0x80) != 0;
}

static bool luhn_holds(const char *digits, int count) {
    int sum = 0;
    for (int i = 0; i < count; i++) {
        int d = digits[count - 1 - i] - '0';
        d = i % 2 == 1 ? d * 2 : d;
        sum += d > 9 ? d - 9 : d;
    }
    return sum % 10 == 0;
}

/* 4, 51–55, 2221–2720, 34, 36–39, 35, 6…, and 9704 of the banks of Vietnam. */
static bool is_of_a_card(const char *digits) {
    int four = (digits[0] - '0') * 1000 + (digits[1] - '0') * 100 + (digits[2] - '0') * 10 + digits[3] - '0';
    int two = four / 100;
    return digits[0] == '4' || digits[0] == '6' || (two >= 50 && two <= 59) || (two >= 34 && two <= 39) || two == 30 ||
           (four >= 2221 && four <= 2720) || four == 9704;
}

/* How many bytes of the text are a card's number, 0 when they are none; *tail gets its last four digits. What follows
 * in further groups (12/27) may not belong to it. */
static size_t card_length(const char *text, char tail[5]) {
    char digits[CARD_MAX];
    int count = 0, groups = 1;
    size_t best = 0;
    for (size_t n = 0; count < CARD_MAX && (is_digit(text[n]) || is_digit(text[n + 1]));) {
        if (is_digit(text[n])) {
            digits[count++] = text[n++];
        } else if (text[n] == ' ' || text[n] == '-') {
            groups++;
            n++;
        } else {
            break;
        }
        bool whole =
            count >= CARD_MIN && (count > CARD_MIN || groups > 1) && is_digit(text[n - 1]) && !is_word(text[n]);
        if (whole && is_of_a_card(digits) && luhn_holds(digits, count)) {
            best = n;
            memcpy(tail, digits + count - 4, 4);
            tail[4] = '\0';
        }
        if (text[n] == '\0') {
            break;
        }
    }
    return best;
}

/* A number of JSON stands right behind its colon, without quotes: an amount. */
static bool is_amount(const char *text, const char *at) {
    return at > text && at[-1] == ':' && at > text + 1 && at[-2] == '"';
}

char *audit_mask_cards(const char *text) {
    struct buf out = BUF_INIT;
    const char *copied = text;
    for (const char *p = text; *p != '\0';) {
        char tail[5];
        bool begins = is_digit(*p) && (p == text || !is_word(p[-1])) && !is_amount(text, p);
        size_t n = begins ? card_length(p, tail) : 0;
        if (n > 0) {
            buf_addf(&out, "%.*s•••• %s", (int)(p - copied), copied, tail);
            p += n;
            copied = p;
        } else {
            p++;
        }
    }
    if (copied == text) {
        buf_clear(&out);
        return NULL;
    }
    buf_add(&out, copied);
    return buf_take(&out);
}
