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

/* An update and a look are half the work of one statement with RETURNING; the row stays this transaction's. */
static enum err_code count_up(struct shop *shop, const char *series, const char *day, int64_t *number, struct err *e) {
    const struct db_value *key = DB_BIND(DB_TEXT(series), DB_TEXT(day));
    enum err_code rc = db_run(shop->db, "UPDATE counters SET last = last + 1 WHERE series = $1 AND day = $2", key, e);
    if (rc == ERR_OK && db_changes(shop->db) == 0) {
        rc = db_run(shop->db, "INSERT INTO counters (series, day, last) VALUES ($1, $2, 1)", key, e);
    }
    return rc == ERR_OK
               ? db_get_int(shop->db, "SELECT last FROM counters WHERE series = $1 AND day = $2", key, number, e)
               : rc;
}

enum err_code order_number_next(struct shop *shop, const char *series, const char *date, char out[ORDER_NO_SIZE],
                                struct err *e) {
    char day[7];
    snprintf(day, sizeof day, "%.2s%.2s%.2s", date + 2, date + 5, date + 8);
    bool taken = true;
    while (taken) {
        int64_t number = 0;
        enum err_code rc = count_up(shop, series, day, &number, e);
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
