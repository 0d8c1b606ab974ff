/* States and payment methods as the orders' own files need them. */
#ifndef DOMAIN_ORDER_WORDS_H
#define DOMAIN_ORDER_WORDS_H

#include "base/buf.h"
#include "chotdon/order.h"

enum order_status order_status_stored(const char *code); /* of a value read from the database */
bool order_status_out(enum order_status s);              /* the goods have left: shipped, delivered, completed */
void order_status_list(unsigned set, struct buf *out);   /* "packed, shipped"; the word for none */

enum pay_method pay_method_stored(const char *code);
bool pay_method_is_promise(enum pay_method m); /* cod, debt: a note on how the rest will come */

#endif
