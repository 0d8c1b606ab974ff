/* Cash shifts (DOMAIN 9). Selling needs no open shift; at most one is open at a time. */
#ifndef CHOTDON_CASH_H
#define CHOTDON_CASH_H

#include "chotdon/audit.h"
#include "chotdon/shop.h"

struct cash_count {
    int64_t denomination; /* minor units, > 0 */
    int64_t pieces;       /* 0 or more */
};
struct cash_report {
    int64_t shift_id;                                    /* 0: a whole day */
    char *opened_at, *opened_by, *closed_at, *closed_by; /* times, and staff codes ("" the owner); "" when not yet */
    char *note;
    int64_t opening, sales, refunds;    /* cash; refunds above zero */
    int64_t cash_in, cash_out;          /* both above zero */
    int64_t expected;                   /* opening + sales − refunds + in − out */
    int64_t counted, difference;        /* 0 until closed; difference = counted − expected */
    int64_t transfers, cards, ewallets; /* taken in the same time by other means, less refunds */
    int64_t orders, returns, revenue;   /* of the same time, less returns; orders without a time are left out */
    struct cash_count *counts;          /* as counted at the close, largest first */
    size_t count_count;
    bool closed;
    char audit_head[AUDIT_HEAD_SIZE]; /* of a closed shift: the row of the audit that its closing is; else "" */
};

/* Opens a shift with the cash in the drawer. ERR_CONFLICT: one is open; ERR_INVALID below zero. */
enum err_code cash_open(struct shop *shop, int64_t counted, int64_t *shift_id, struct err *e);

/* Closes the open shift with what was counted, by denomination or as a total; expected, counted and difference are
 * stored. ERR_REFUSED when none is open. *out (may be NULL) gets the closing report; clear it. note may be NULL. */
enum err_code cash_close(struct shop *shop, const struct cash_count *counts, size_t count, const char *note,
                         struct cash_report *out, struct err *e);
enum err_code cash_close_total(struct shop *shop, int64_t counted, const char *note, struct cash_report *out,
                               struct err *e);

/* Cash put in (above 0) or taken out (below 0) of the drawer; it belongs to the open shift, if any. The reason is
 * required. */
enum err_code cash_move(struct shop *shop, int64_t amount, const char *reason, struct err *e);
enum err_code cash_shift_open(struct shop *shop, int64_t *shift_id, struct err *e); /* 0 when none */

/* Of the open shift or else the last one; or of a day by its payments' dates (date not NULL): opened with what its
 * first shift was, counted and difference from the shifts closed on it. ERR_NOT_FOUND when there was no shift yet. */
enum err_code cash_report(struct shop *shop, const char *date, struct cash_report *out, struct err *e);
void cash_report_clear(struct cash_report *r);

/* The shifts opened from `from` to `to` (dates, inclusive; NULL: unbounded), oldest first, with their figures. */
typedef enum err_code cash_shift_fn(void *ctx, const struct cash_report *r, struct err *e);
enum err_code cash_list(struct shop *shop, const char *from, const char *to, cash_shift_fn *row, void *ctx,
                        struct err *e);

/* The notes and coins of a currency in minor units, largest first; *count of them (0 and NULL where not known). */
const int64_t *cash_denominations(const char *currency, size_t *count);

#endif
