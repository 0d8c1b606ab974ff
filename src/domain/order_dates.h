/* When an order reached its states (DOMAIN 4). */
#ifndef DOMAIN_ORDER_DATES_H
#define DOMAIN_ORDER_DATES_H

#include "chotdon/order.h"
#include "chotdon/setting.h"

struct order_dates { /* "" where not reached */
    char confirmed[DATE_SIZE];
    char shipped[DATE_SIZE];
    char delivered[DATE_SIZE];
    char completed[DATE_SIZE];
};

/* The state is reached on a date: it and the earlier ones that are still empty are dated. */
void order_dates_reach(struct order_dates *d, enum order_status status, const char *on);

/* Of an order that comes with its state: confirmed and shipped on its own date, delivered and completed on
 * delivered_on ("": its own date). */
void order_dates_first(struct order_dates *d, enum order_status status, const char *date, const char *delivered_on);

/* The date that `recognise` asks for: "" when not reached. */
const char *order_dates_recognised(const struct order_dates *d, enum recognise_state recognise);

/* A day as its column keeps it: "=" for the order's own date (ORDER_DAY in chotdon/order_counts.h reads it). */
const char *order_day_kept(const char *day, const char *order_date);

/* Dates all orders anew after the setting changed; in a transaction. */
enum err_code order_recognise_all(struct shop *shop, struct err *e);

#endif
