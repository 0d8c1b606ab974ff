#include "domain/order_dates.h"

#include <string.h>

#include "chotdon/order_counts.h"
#include "domain/sales_book.h"
#include "domain/shop_internal.h"

static void fill(char date[DATE_SIZE], const char *on) {
    if (date[0] == '\0') {
        memcpy(date, on, strnlen(on, DATE_SIZE - 1));
        date[DATE_SIZE - 1] = '\0';
    }
}

void order_dates_reach(struct order_dates *d, enum order_status status, const char *on) {
    if (status == ORDER_DRAFT || status == ORDER_CANCELLED || status == ORDER_RETURNED) {
        return;
    }
    fill(d->confirmed, on);
    if (status >= ORDER_SHIPPED) {
        fill(d->shipped, on);
    }
    if (status >= ORDER_DELIVERED) {
        fill(d->delivered, on);
    }
    if (status == ORDER_COMPLETED) {
        fill(d->completed, on);
    }
}

/* What nobody told, a sale's own date stands for: a file of past sales knows when they were made, not when they left.
 */
void order_dates_first(struct order_dates *d, enum order_status status, const char *date, const char *delivered_on) {
    *d = (struct order_dates){0};
    order_dates_reach(d, status < ORDER_SHIPPED ? status : ORDER_SHIPPED, date);
    if (status == ORDER_DELIVERED || status == ORDER_COMPLETED) {
        order_dates_reach(d, status, delivered_on[0] == '\0' ? date : delivered_on);
    } else if (status == ORDER_CANCELLED || status == ORDER_RETURNED) {
        *d = (struct order_dates){0};
    }
}

const char *order_dates_recognised(const struct order_dates *d, enum recognise_state recognise) {
    switch (recognise) {
    case RECOGNISE_CONFIRMED:
        return d->confirmed;
    case RECOGNISE_DELIVERED:
        return d->delivered;
    case RECOGNISE_COMPLETED:
        break;
    }
    return d->completed;
}

const char *order_day_kept(const char *day, const char *order_date) {
    return strcmp(day, order_date) == 0 ? "=" : day;
}

#define RECOGNISE(column)                                                                                              \
    "UPDATE orders SET recognised_on = CASE WHEN " ORDER_COUNTS(                                                       \
        "orders") " THEN " column " ELSE '' END"                                                                       \
                  " WHERE recognised_on <> CASE WHEN " ORDER_COUNTS("orders") " THEN " column " ELSE '' END"

enum err_code order_recognise_all(struct shop *shop, struct err *e) {
    static const char *const updates[] = {
        [RECOGNISE_CONFIRMED] = RECOGNISE(ORDER_DAY("orders", "confirmed_on")),
        [RECOGNISE_DELIVERED] = RECOGNISE(ORDER_DAY("orders", "delivered_on")),
        [RECOGNISE_COMPLETED] = RECOGNISE(ORDER_DAY("orders", "completed_on")),
    };
    sales_book_rebuild(shop->sales);
    return db_run(shop->db, updates[setting_recognise(shop)], DB_NO_BIND, e);
}
