/* What may still be changed of an order that is made: for whom and whose it is, where it came from, how it is
 * delivered, and the note. Its goods, prices and payments are documents of their own by now (order_return, order_pay,
 * order_cancel), and its state has moves (order_set_status). */
#ifndef CHOTDON_ORDER_EDIT_H
#define CHOTDON_ORDER_EDIT_H

#include "chotdon/order.h"

enum order_field {
    ORDER_CUSTOMER = 1 << 0,
    ORDER_CHANNEL = 1 << 1,
    ORDER_REPS = 1 << 2,
    ORDER_PROVINCE = 1 << 3,
    ORDER_CARRIER = 1 << 4,
    ORDER_TRACKING = 1 << 5,
    ORDER_PROMISED = 1 << 6,
    ORDER_NOTE = 1 << 7,
    ORDER_TERMS_ALL = (1 << 8) - 1
};

/* As people write them; owned by the struct when read, borrowed when given. "" is none. */
struct order_terms {
    char *customer; /* read: the code; given: code, phone or name */
    char *channel;  /* by name; one that is there */
    char *reps; /* read: "AN:70+BINH:30", a rep alone without a share; given: codes or names, shares for all or none */
    char *province, *carrier, *tracking_no;
    char *promised_on; /* ISO */
    char *note;
};
enum err_code order_terms_get(struct shop *shop, int64_t id, struct order_terms *out, struct err *e);
void order_terms_clear(struct order_terms *t);

/* Those of `fields` that say something else than the order does; *changed (may be NULL) gets them. The returns of a
 * sale follow it in customer, channel, reps and province (they take back what it gave); a return itself keeps these
 * (ERR_REFUSED), and so does a draft everything: it is changed where it is typed. Other reps, another customer than the
 * one it has, and any customer of an order that is not paid are PERMIT_ORDERS. ERR_INVALID, ERR_NOT_FOUND and
 * ERR_CONFLICT name the field as files call it ("rep", "promised_date"). */
enum err_code order_edit(struct shop *shop, int64_t id, const struct order_terms *terms, unsigned fields,
                         unsigned *changed, struct err *e);

/* "AN:70+BINH:30", "AN+BINH", "An": who an order is shared by. *reps is the caller's; "" is nobody. */
enum err_code order_reps_parse(struct shop *shop, const char *text, struct order_rep_input **reps, size_t *count,
                               struct err *e);

#endif
