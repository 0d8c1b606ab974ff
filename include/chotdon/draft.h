/* Baskets: drafts that are saved as they are typed, parked, taken over and recovered (DOMAIN 4, SCREENS Sell). A draft
 * is an order in state draft; the screen that types it is its station. */
#ifndef CHOTDON_DRAFT_H
#define CHOTDON_DRAFT_H

#include "chotdon/order.h"

/* Writes what was typed so far into draft *id (0: a new one, *id is set); state, number and payments of the input are
 * ignored; percentages stay percentages. Not synced and not audited: it is not yet an
 * order. Lines may be none. `station` names the program and terminal ("host:1234:tty1"); another station's draft that
 * is being typed is ERR_CONFLICT. */
enum err_code draft_save(struct shop *shop, int64_t *id, const struct order_input *in, const char *station,
                         struct err *e);

/* Parks it under a label ("" gives "Đơn N"), free for any station to take. Taking one that another station types takes
 * it over: that station's next draft_save is ERR_CONFLICT (so callers ask first, unless its program is dead). Where
 * people sign in, what somebody types or has left behind is theirs: parking, taking and dropping it are PERMIT_ORDERS
 * for others. Parked ones, and those of nobody in particular, are everybody's. */
enum err_code draft_hold(struct shop *shop, int64_t id, const char *label, struct err *e);
enum err_code draft_take(struct shop *shop, int64_t id, const char *station, struct err *e);
enum err_code draft_drop(struct shop *shop, int64_t id, struct err *e); /* audited when it had lines */

/* The sale: the draft becomes an order of this input in one durable transaction, and is gone as a draft. */
enum err_code draft_confirm(struct shop *shop, int64_t id, const struct order_input *in, struct order_ref *out,
                            struct err *e);

struct draft_row {
    int64_t id;
    const char *temporary_no, *label, *station, *customer_name, *at;
    int64_t lines, total;
    int64_t staff_id;  /* who types it, 0 nobody in particular */
    const char *staff; /* by name, "" */
};
typedef enum err_code draft_row_fn(void *ctx, const struct draft_row *r, struct err *e);
enum err_code draft_list(struct shop *shop, draft_row_fn *row, void *ctx, struct err *e); /* oldest first */

/* May who acts take it as their own, as the rule above says? (Somebody at another station may still type it.) */
bool draft_is_mine(struct shop *shop, const struct draft_row *r);

#endif
