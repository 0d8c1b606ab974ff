/* Cash shifts (DOMAIN 9). Selling needs no open shift. */
#ifndef CHOTDON_CASH_H
#define CHOTDON_CASH_H

#include "chotdon/shop.h"

struct cash_count {
    int64_t denomination; /* minor units */
    int64_t pieces;
};
struct cash_report {
    int64_t shift_id; /* 0: a whole day without shifts */
    char *opened_at, *opened_by, *closed_at, *closed_by;
    int64_t opening, sales, refunds, cash_in, cash_out, expected, counted, difference;
    int64_t transfers, cards, ewallets; /* taken in the same time by other means, less refunds */
    int64_t orders, returns, revenue;   /* of the same time */
    bool closed;
};
enum err_code cash_open(struct shop *shop, int64_t counted, int64_t *shift_id,
                        struct err *e); /* ERR_CONFLICT: one is open */
/* Closes the open shift; expected, counted and difference are stored. */
enum err_code cash_close(struct shop *shop, const struct cash_count *counts, size_t count, const char *note,
                         struct cash_report *out, struct err *e);
enum err_code cash_move(struct shop *shop, int64_t amount, const char *reason,
                        struct err *e);                                             /* in above 0, out below */
enum err_code cash_shift_open(struct shop *shop, int64_t *shift_id, struct err *e); /* 0 when none */
/* Of the open shift, or the last one, or of a day (date not NULL). */
enum err_code cash_report(struct shop *shop, const char *date, struct cash_report *out, struct err *e);
void cash_report_clear(struct cash_report *r);
/* The notes and coins of a currency, largest first; *count of them. */
const int64_t *cash_denominations(const char *currency, size_t *count);

#endif
