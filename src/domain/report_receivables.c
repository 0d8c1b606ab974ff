#include "chotdon/order_counts.h"
#include "chotdon/report.h"
#include "db/db.h"

/* The first phone of each; walk-ins sort last. */
#define RECEIVABLES                                                                                                    \
    "SELECT c.code, c.name, (SELECT p.phone FROM customer_phones p WHERE p.customer_id = c.id ORDER BY p.position"     \
    " LIMIT 1), o.order_no, o.order_date, o.promise, o.due"                                                            \
    " FROM orders o LEFT JOIN customers c ON c.id = o.customer_id"                                                     \
    " WHERE o.due <> 0 AND o.due > 0 AND " ORDER_COUNTS(                                                               \
        "o") " ORDER BY c.id IS NULL, c.sort_key, c.id, o.order_date, o.id"

enum err_code report_receivables(struct shop *shop, receivable_row_fn *row, void *ctx, struct err *e) {
    char today[DATE_SIZE];
    shop_today(shop, today);
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(shop_db(shop), RECEIVABLES, DB_NO_BIND, &s, e);
    enum db_row got = DB_END;
    while (rc == ERR_OK && (got = db_next(s, e)) == DB_ROW) {
        const struct receivable_row r = {.customer = db_col_text(s, 0),
                                         .name = db_col_text(s, 1),
                                         .phone = db_col_text(s, 2),
                                         .order_no = db_col_text(s, 3),
                                         .order_date = db_col_text(s, 4),
                                         .due_kind = db_col_text(s, 5),
                                         .due = db_col_int(s, 6),
                                         .age_days = date_diff(today, db_col_text(s, 4))};
        rc = row(ctx, &r, e);
    }
    db_done(&s);
    return got == DB_FAILED ? ERR_DB : rc;
}
