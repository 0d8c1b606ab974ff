/* A receipt as lines that are laid out already, between receipt.c that makes them and the two forms that print them. */
#ifndef IO_RECEIPT_LAYOUT_H
#define IO_RECEIPT_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

#include "io/receipt.h"

struct receipt_row {
    char *text; /* UTF-8 */
    bool bold;
    bool tall;
    bool is_qr; /* the payment code stands here */
};

struct receipt_layout {
    int width;
    bool ascii; /* take accents off before measuring */
    struct receipt_row *rows;
    size_t count;
    size_t cap;
};

void receipt_lay_out(const struct receipt *r, struct receipt_layout *l); /* width and ascii are given */
void receipt_layout_clear(struct receipt_layout *l);

#endif
