#include <stdlib.h>

#include "base/mem.h"
#include "domain/deal_internal.h"
#include "domain/shop_internal.h"

enum err_code deal_number_next(struct shop *shop, const char *date, char **out, struct err *e) {
    char *day = mem_printf("%.2s%.2s%.2s", date + 2, date + 5, date + 8);
    bool taken = true;
    enum err_code rc = ERR_OK;
    while (taken && rc == ERR_OK) {
        int64_t number = 0;
        rc = db_get_int(shop->db,
                        "INSERT INTO counters (series, day, last) VALUES ('CH', $1, 1) ON CONFLICT (series, day) DO "
                        "UPDATE SET last = counters.last + 1 RETURNING last",
                        DB_BIND(DB_TEXT(day)), &number, e);
        deal_text(out, mem_printf("CH%s-%04lld", day, (long long)number));
        if (rc == ERR_OK) {
            rc = db_exists(shop->db, "SELECT 1 FROM deals WHERE deal_no = $1", DB_BIND(DB_TEXT(*out)), &taken, e);
        }
    }
    free(day);
    return rc;
}
