/* Writes a planned order. Everything was checked; what fails here fails the transaction. */
#ifndef DOMAIN_ORDER_STORE_H
#define DOMAIN_ORDER_STORE_H

#include "domain/order_plan.h"

/* The next number of a series ("DH", "TH") and date: gapless per day, skipping numbers that are there. */
enum err_code order_number_next(struct shop *shop, const char *series, const char *date, char out[ORDER_NO_SIZE],
                                struct err *e);
enum err_code order_check_number(const char *no, struct err *e); /* 1 to 64 bytes of text */
enum err_code order_number_taken(struct shop *shop, const char *order_no, bool *taken, struct err *e);
/* A draft's: NHAP-7. */
void order_number_temporary(int64_t id, char out[ORDER_NO_SIZE]);

/* A new order when *id is 0 (it is set), else its header and lines are replaced; payments and moves are added. */
/* A bulk load writes the rows of several orders at once: nobody may ask the tables for them right after. */
enum err_code order_store(struct shop *shop, const struct order_plan *p, int64_t *id, struct err *e);
enum err_code order_store_header(struct shop *shop, const struct order_plan *p, int64_t *id, struct err *e);
enum err_code order_store_lines(struct shop *shop, const struct order_plan *p, int64_t id, struct err *e);
enum err_code order_store_reps(struct shop *shop, const struct order_plan *p, int64_t id, struct err *e);
enum err_code order_store_payments(struct shop *shop, const struct order_plan *p, int64_t id, struct err *e);
enum err_code order_store_moves(struct shop *shop, const struct order_plan *p, int64_t id, struct err *e);
enum err_code order_erase_lines(struct shop *shop, int64_t id, struct err *e); /* and reps, and a draft's rates */
/* A draft's discounts that were typed as percentages; once it is an order, its amounts stand. */
enum err_code order_store_rates(struct shop *shop, const struct order_plan *p, int64_t id, struct err *e);
enum err_code order_erase_rates(struct shop *shop, int64_t id, struct err *e);

/* One row of `payments`, with the shift that is open on its date; own_day: which is the order's. */
enum err_code order_store_payment(struct shop *shop, int64_t id, const struct plan_payment *row, bool own_day,
                                  int64_t import_id, struct err *e);
enum err_code order_store_state(struct shop *shop, int64_t id, enum order_status from, enum order_status to,
                                const char *reason, struct err *e);

/* ERR_REFUSED, naming the state an order is in and the moves it may make. */
enum err_code order_refuse_move(const struct order *o, enum order_status to, struct err *e);

/* Audit rows: "order DH261121-0001" and what it is now. */
enum err_code order_audit(struct shop *shop, const char *action, const char *order_no, const char *before,
                          const char *after, struct err *e);
enum err_code order_audit_plan(struct shop *shop, const char *action, const struct order_plan *p, const char *order_no,
                               struct err *e);

/* order_get with costs and all. */
enum err_code order_load(struct shop *shop, int64_t id, struct order *out, struct err *e);

/* What is typed, other than imported: no returned orders, quantities above 0. */
enum err_code order_check_new(const struct order_input *in, struct err *e);
/* Checks the number that was asked for (ERR_CONFLICT), or gives the next one to what is no draft. */
enum err_code order_plan_number(struct shop *shop, struct order_plan *p, struct err *e);
/* Inside its transaction, of an order that is sold now: may who acts give these prices (PERMIT_PRICE) and take so much
 * off (PERMIT_DISCOUNT)? ERR_REFUSED names the line. */
enum err_code order_permit_terms(struct shop *shop, int64_t id, struct err *e);
void order_ref_fill(struct order_ref *out, const struct order_plan *p, int64_t id, const char *order_no);

#endif
