/* What may be typed into the one field of Sell: a code, or a command about the marked line or the basket. */
#ifndef TUI_SCREENS_SELL_COMMAND_H
#define TUI_SCREENS_SELL_COMMAND_H

#include "chotdon/order.h"

enum sell_command_kind {
    SELL_EMPTY,
    SELL_CODE,           /* `code`, with the quantity before it (0: none was said) */
    SELL_TIMES,          /* "3*": the quantity of what comes next */
    SELL_ADD_QTY,        /* "+2", "-1": of the marked line */
    SELL_PRICE,          /* "@45k"; "@" alone: the price of the list again */
    SELL_LINE_DISCOUNT,  /* "-10%", "-5k": of the marked line */
    SELL_BASKET_DISCOUNT /* "=10%", "=50k", "=" for none */
};
struct sell_command {
    enum sell_command_kind kind;
    int64_t qty; /* thousandths; signed for SELL_ADD_QTY */
    bool has_price;
    int64_t price;
    struct discount discount;
    const char *code; /* points into the text */
};

/* ERR_INVALID says what is wrong with a number. A minus before a bare number is a quantity; a discount needs its % or
 * a k, tr or đ. */
enum err_code sell_command_read(const char *text, const struct currency *currency, struct sell_command *out,
                                struct err *e);

/* "10%", "50k", "50.000": a discount as people type it; "" is none. */
enum err_code sell_discount_read(const char *text, const struct currency *currency, struct discount *out,
                                 struct err *e);

/* The part of the text that goods are searched by; "" where it is a command. */
const char *sell_command_search(const char *text);

#endif
