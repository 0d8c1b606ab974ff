#include "testcustomer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "chotdon/customer.h"
#include "chotdon/order_counts.h"
#include "db/db.h"

int64_t testcustomer_id(struct shop *shop, const char *text) {
    int64_t id = 0;
    struct err e = ERR_INIT;
    if (customer_find(shop, text, &id, &e) != ERR_OK) {
        fail_msg("%s", e.message);
    }
    return id;
}

int64_t testcustomer_count(struct shop *shop, const char *sql) {
    int64_t n = -1;
    assert_int_equal(db_get_int(shop_db(shop), sql, DB_NO_BIND, &n, NULL), ERR_OK);
    return n;
}

struct row {
    int64_t customer_id;
    const char *order_no, *of, *date, *status;
    int64_t revenue, due;
};

/* What the program keeps beside the orders that it makes itself. */
static enum err_code sum_up(struct db *db, int64_t customer_id, struct err *e) {
    return db_run(
        db,
        "UPDATE customer_figures SET (orders, revenue, due, last_order) = (SELECT COUNT(CASE WHEN is_return = 0"
        " AND status <> 'returned' THEN 1 END), COALESCE(SUM(revenue), 0), COALESCE(SUM(due), 0),"
        " COALESCE(MAX(CASE WHEN is_return = 0 AND status <> 'returned' THEN order_date END), '') FROM orders o"
        " WHERE o.customer_id = $1 AND " ORDER_COUNTS("o") ") WHERE customer_id = $1",
        DB_BIND(DB_INT(customer_id)), e);
}

static enum err_code insert(struct shop *shop, void *ctx, struct err *e) {
    const struct row *r = ctx;
    enum err_code rc = db_run(
        shop_db(shop),
        "INSERT INTO orders (order_no, order_date, status, customer_id, subtotal, total, revenue, net, vat, "
        "cost, paid, due, return_of, is_return) VALUES ($1, $2, $3, $4, $5, $5, $5, $5, 0, 0, $6, $7, "
        "(SELECT id FROM orders WHERE order_no = $8), $9)",
        DB_BIND(DB_TEXT(r->order_no), DB_TEXT(r->date), DB_TEXT(r->status), DB_INT(r->customer_id), DB_INT(r->revenue),
                DB_INT(r->revenue - r->due), DB_INT(r->due), DB_TEXT(r->of), DB_INT(r->of != NULL)),
        e);
    return rc == ERR_OK ? sum_up(shop_db(shop), r->customer_id, e) : rc;
}

static void add(struct shop *shop, struct row r) {
    struct err e = ERR_INIT;
    if (shop_transact(shop, insert, &r, &e) != ERR_OK) {
        fail_msg("%s", e.message);
    }
}

void testcustomer_order(struct shop *shop, int64_t customer_id, const char *order_no, const char *date,
                        const char *status, int64_t revenue, int64_t due) {
    add(shop, (struct row){customer_id, order_no, NULL, date, status, revenue, due});
}

void testcustomer_return(struct shop *shop, int64_t customer_id, const char *order_no, const char *of, const char *date,
                         int64_t revenue) {
    add(shop, (struct row){customer_id, order_no, of, date, "completed", -revenue, 0});
}
