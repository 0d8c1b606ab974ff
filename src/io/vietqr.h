/* VietQR: the text inside a payment code that every Vietnamese bank's application reads (EMVCo, NAPAS). */
#ifndef IO_VIETQR_H
#define IO_VIETQR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct vietqr {
    const char *bin;     /* six digits */
    const char *account; /* letters and digits, at most 19 */
    bool to_card;        /* the account is a card's number */
    int64_t amount;      /* đồng, at most 13 digits; 0: the payer types it */
    const char *bill;    /* NULL or "": none; accents are taken off, cut at 25 */
    const char *purpose; /* the same */
};

/* The payload, owned by the caller. ERR_INVALID for a BIN, account or amount that no bank would take. */
enum err_code vietqr_payload(const struct vietqr *q, char **out, struct err *e);

/* CRC-16/CCITT-FALSE, as the payload ends with it. */
uint16_t vietqr_crc(const char *bytes, size_t n);

struct bank {
    const char *bin;
    const char *name;
};

/* By BIN, or by name (folded, blanks apart): "970436", "Vietcombank", "viet com bank". NULL when there is no such bank.
 */
const struct bank *bank_find(const char *typed);
const struct bank *bank_at(size_t index); /* NULL behind the last */

#endif
