/* A receipt: what it says, as a plain struct, and its two forms: text of 32 or 48 columns, and ESC/POS bytes for
 * receipt printers. */
#ifndef IO_RECEIPT_H
#define IO_RECEIPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/money.h"

/* All text is borrowed; NULL or "" leaves its line out. Amounts are in minor units, quantities in thousandths. */
struct receipt_line {
    const char *name;
    int64_t qty;
    const char *unit;
    int64_t price;
    int64_t discount; /* the line's own; 0 none */
    int64_t amount;   /* qty × price − discount */
};

struct receipt_payment {
    const char *label; /* "Cash", in the reader's language */
    int64_t amount;
};

struct receipt {
    const char *shop;
    const char *header; /* lines under the name, parted by | */
    const char *title;  /* NULL: the usual one */
    const char *order_no;
    const char *date; /* ISO */
    const char *time; /* HH:MM[:SS] */
    const char *cashier;
    const char *customer;
    const struct receipt_line *lines;
    size_t line_count;
    int64_t subtotal;
    int64_t discount; /* the order's */
    int64_t shipping;
    int64_t vat; /* only what is added to the prices; 0 where they include it */
    int64_t total;
    const struct receipt_payment *payments;
    size_t payment_count;
    int64_t change;
    int64_t due;
    bool cash_taken;         /* opens the drawer, where the configuration has one */
    const char *transfer_to; /* bank, account and its owner's name, for paying what is due */
    const char *qr_text;     /* VietQR payload; only ESC/POS prints it */
    const char *footer;      /* lines parted by | */
    struct currency currency;
};

enum receipt_codepage { RECEIPT_ASCII, RECEIPT_UTF8, RECEIPT_WINDOWS_1258 };

struct receipt_style {
    int width; /* 32 (58 mm, 384 dots) or 48 (80 mm, 576 dots) */
    enum receipt_codepage codepage;
    int codepage_number; /* the printer's, for ESC t; sent with RECEIPT_WINDOWS_1258 only */
    bool cut;
    bool drawer; /* open it when cash was taken */
};

/* Adds lines of UTF-8 text, none wider than `width`. Control bytes in names are shown as pictures, so that no text can
 * steer a printer. */
void receipt_text(const struct receipt *r, int width, struct buf *out);

/* Adds ESC/POS bytes. ERR_INVALID when qr_text fits no code, ERR_IO when this system cannot write the code page. */
enum err_code receipt_escpos(const struct receipt *r, const struct receipt_style *style, struct buf *out,
                             struct err *e);

/* The same for any text, line by line: no drawer, no code. */
enum err_code receipt_escpos_text(const char *text, const struct receipt_style *style, struct buf *out, struct err *e);

#endif
