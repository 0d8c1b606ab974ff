/* A QR code as black and white squares. The only user of libqrencode. */
#ifndef IO_QR_H
#define IO_QR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct qr {
    int size; /* squares on a side, without the quiet margin of 4 that readers want around */
    unsigned char *dark;
};

/* ERR_INVALID when the text is empty or too long for a code (some 2 300 bytes). The caller clears *out. */
enum err_code qr_encode(const char *text, struct qr *out, struct err *e);
/* The same in as few squares as can be, for screens: with the least error correction. */
enum err_code qr_encode_small(const char *text, struct qr *out, struct err *e);
bool qr_is_dark(const struct qr *q, int x, int y); /* false outside */
void qr_clear(struct qr *q);

#endif
