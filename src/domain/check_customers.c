/* The kept figures of customers against the orders themselves. */
#include <string.h>

#include "base/i18n.h"
#include "domain/check_run.h"
#include "domain/customer_figures.h"
#include "domain/record.h"

static bool fits(const struct customer_sum *made, struct db_stmt *s) {
    return made->orders == db_col_int(s, 2) && made->revenue == db_col_int(s, 3) && made->due == db_col_int(s, 4) &&
           strcmp(made->last, db_col_text(s, 5)) == 0 && db_col_int(s, 6) == db_col_int(s, 7);
}

static enum err_code compare(struct check_run *run, const struct customer_book *made, struct err *e) {
    struct db_stmt *s = NULL;
    enum db_row row = DB_END;
    enum err_code rc =
        db_query(run->db,
                 "SELECT c.id, c.code, f.orders, f.revenue, f.due, f.last_order, COALESCE(f.listed, -1), CASE WHEN"
                 " c.merged_into IS NULL AND c.erased_on = '' THEN 1 ELSE 0 END FROM customers c LEFT JOIN"
                 " customer_figures f ON f.customer_id = c.id ORDER BY c.id",
                 DB_NO_BIND, &s, e);
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        size_t at = key_map_find(&made->customers, (struct key){db_col_int(s, 0), 0, 0});
        if (!fits(at == KEY_NONE ? &(struct customer_sum){0} : &made->sums[at], s)) {
            check_found(run,
                        _("the figures of customer %s do not fit the orders (chotdon check --rebuild adds them up "
                          "anew)"),
                        db_col_text(s, 1));
        }
    }
    db_done(&s);
    check_end(run);
    return row == DB_FAILED ? record_failed(e) : rc;
}

enum err_code check_customers(struct check_run *run, struct err *e) {
    struct customer_book made = {0};
    enum err_code rc = customer_sums_read(&made, run->db, e);
    rc = rc == ERR_OK ? compare(run, &made, e) : rc;
    customer_book_clear(&made);
    return rc;
}
