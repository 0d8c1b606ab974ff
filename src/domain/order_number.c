#include <stdio.h>

#include "base/i18n.h"
#include "domain/order_store.h"
#include "domain/shop_internal.h"

enum err_code order_number_taken(struct shop *shop, const char *order_no, bool *taken, struct err *e) {
    return db_exists(shop->db, "SELECT 1 FROM orders WHERE order_no = $1", DB_BIND(DB_TEXT(order_no)), taken, e);
}

void order_number_temporary(int64_t id, char out[ORDER_NO_SIZE]) {
    snprintf(out, ORDER_NO_SIZE, "NHAP-%lld", (long long)id);
}

enum err_code order_number_next(struct shop *shop, const char *series, const char *date, char out[ORDER_NO_SIZE],
                                struct err *e) {
    char day[7];
    snprintf(day, sizeof day, "%.2s%.2s%.2s", date + 2, date + 5, date + 8);
    bool taken = true;
    while (taken) {
        int64_t number = 0;
        enum err_code rc =
            db_get_int(shop->db,
                       "INSERT INTO counters (series, day, last) VALUES ($1, $2, 1)"
                       " ON CONFLICT (series, day) DO UPDATE SET last = counters.last + 1 RETURNING last",
                       DB_BIND(DB_TEXT(series), DB_TEXT(day)), &number, e);
        if (rc == ERR_OK) {
            snprintf(out, ORDER_NO_SIZE, "%s%s-%04lld", series, day, (long long)number);
            rc = order_number_taken(shop, out, &taken, e);
        }
        if (rc != ERR_OK) {
            return rc;
        }
    }
    return ERR_OK;
}
