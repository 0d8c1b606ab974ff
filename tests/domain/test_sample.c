#include "chotdon/sample.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "chotdon/audit.h"
#include "chotdon/check.h"
#include "chotdon/staff.h"
#include "db/db.h"
#include "testdb.h"
#include "testshop.h"

static struct shop *make_sample(const char *now) {
    struct err e = ERR_INIT;
    struct shop *shop = testshop_open();
    testshop_set_now(shop, now);
    if (sample_fill(shop, &e) != ERR_OK) {
        fail_msg("%s: %s", now, e.message);
    }
    return shop;
}

static void note(void *ctx, const char *finding) {
    (void)ctx;
    fail_msg("%s", finding);
}

static void assert_holds(struct shop *shop) {
    struct err e = ERR_INIT;
    int64_t found = 0;
    assert_int_equal(check_books(shop, note, NULL, &found, &e), ERR_OK);
    assert_int_equal(found, 0);
}

static void assert_between(struct shop *shop, const char *sql, int64_t low, int64_t high) {
    int64_t n = testdb_int(shop_db(shop), sql);
    if (n < low || n > high) {
        fail_msg("%s gives %lld, not %lld to %lld", sql, (long long)n, (long long)low, (long long)high);
    }
}

static void the_sample_has_something_for_every_screen(void **state) {
    static const struct {
        const char *sql;
        int low, high;
    } facts[] = {
        {"SELECT COUNT(*) FROM staff", 20, 20},
        {"SELECT COUNT(DISTINCT role) FROM staff", 8, 8},
        {"SELECT COUNT(*) FROM teams", 4, 4},
        {"SELECT COUNT(*) FROM team_leaders", 4, 4},
        {"SELECT COUNT(*) FROM products", 200, 200},
        {"SELECT COUNT(*) FROM product_barcodes", 250, 400},
        {"SELECT COUNT(*) FROM customers", 500, 500},
        {"SELECT COUNT(*) FROM customer_phones", 500, 500},
        {"SELECT COUNT(DISTINCT province) FROM customers", 20, 34},
        {"SELECT COUNT(*) FROM channels", 6, 6},
        {"SELECT COUNT(*) FROM orders WHERE is_return = 0", 4000, 8000},
        {"SELECT COUNT(DISTINCT substr(order_date, 1, 7)) FROM orders", 13, 14},
        {"SELECT COUNT(*) FROM orders WHERE is_return = 1", 50, 400},
        {"SELECT COUNT(*) FROM orders WHERE status = 'cancelled'", 20, 200},
        {"SELECT COUNT(*) FROM orders WHERE status = 'returned'", 10, 200},
        {"SELECT COUNT(*) FROM orders WHERE status IN ('confirmed', 'packed', 'shipped')", 5, 100},
        {"SELECT COUNT(*) FROM orders WHERE status = 'shipped' AND promised_on < '2026-11-21' AND promised_on <> ''", 1,
         50},
        {"SELECT COUNT(*) FROM orders WHERE due > 0", 30, 300},
        {"SELECT COUNT(DISTINCT stage_id) FROM deals", 7, 7},
        {"SELECT COUNT(*) FROM deals WHERE kind = 'open'", 50, 80},
        {"SELECT COUNT(*) FROM deals WHERE kind = 'won'", 50, 90},
        {"SELECT COUNT(DISTINCT lost_reason_id) FROM deals WHERE kind = 'lost'", 5, 6},
        {"SELECT COUNT(*) FROM deals WHERE rots_on <> '' AND rots_on <= '2026-11-21'", 5, 30},
        {"SELECT COUNT(*) FROM deals WHERE next_on >= '2026-11-21'", 15, 50},
        {"SELECT COUNT(*) FROM deals WHERE next_on <> '' AND next_on < '2026-11-21' AND kind = 'open'", 3, 20},
        {"SELECT COUNT(*) FROM deals d WHERE d.kind = 'won' AND (SELECT o.total FROM orders o WHERE o.deal_id = d.id) "
         "= d.value",
         50, 90},
        {"SELECT COUNT(*) FROM order_reps WHERE share_bps < 10000", 40, 1000},
        {"SELECT COUNT(DISTINCT method) FROM payments", 4, 4},
        {"SELECT COUNT(*) FROM orders WHERE change > 0", 500, 4000},
        {"SELECT COUNT(*) FROM stock s JOIN products p ON p.id = s.product_id WHERE s.on_hand < p.stock_min", 8, 60},
        {"SELECT COUNT(*) FROM stock WHERE on_hand = 0", 1, 30},
        {"SELECT COUNT(*) FROM stock WHERE on_hand < 0", 0, 0},
        {"SELECT COUNT(*) FROM cash_shifts WHERE difference <> 0", 20, 200},
        {"SELECT COUNT(*) FROM cash_shifts WHERE closed_at = ''", 1, 1},
        {"SELECT COUNT(*) FROM interactions", 300, 2000},
        {"SELECT COUNT(DISTINCT month) FROM targets", 14, 14},
        {"SELECT COUNT(*) FROM targets WHERE scope = 'team'", 28, 56},
        {"SELECT COUNT(*) FROM weekly_reports", 20, 64},
        {"SELECT COUNT(*) FROM audit", 2, 2},
        {"SELECT COUNT(*) FROM orders WHERE order_date || ' ' || order_time > '2026-11-21 14:05:00'", 0, 0},
    };
    struct shop *shop = make_sample("2026-11-21 14:05:00");
    (void)state;
    assert_holds(shop);
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        assert_between(shop, facts[i].sql, facts[i].low, facts[i].high);
    }
    assert_string_equal(shop_actor_code(shop), "");
    testshop_close(&shop);
}

/* All that is in the tables, but for the audit chain and its salt. */
static void digest_of(struct shop *shop, char hex[AUDIT_HEX_SIZE]) {
    static const char *const tables[] = {
        "settings",         "staff",        "staff_teams",     "team_leaders", "products",       "product_units",
        "product_barcodes", "customers",    "customer_phones", "orders",       "order_lines",    "order_reps",
        "order_states",     "payments",     "stock_moves",     "stock",        "cash_shifts",    "cash_counts",
        "cash_moves",       "interactions", "counters",        "targets",      "weekly_reports", "sales_figures"};
    struct audit_digest *d = audit_digest_new();
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        char sql[64];
        struct db_stmt *s = NULL;
        snprintf(sql, sizeof sql, "SELECT * FROM %s", tables[i]);
        assert_int_equal(db_query(shop_db(shop), sql, DB_NO_BIND, &s, NULL), ERR_OK);
        while (db_next(s, NULL) == DB_ROW) {
            for (int column = 0; column < 40; column++) {
                const char *text = db_col_text(s, column);
                audit_digest_add(d, text, strlen(text) + 1);
            }
        }
        db_done(&s);
    }
    audit_digest_end(d, hex);
}

static void the_same_clock_gives_the_same_shop(void **state) {
    char hex[2][AUDIT_HEX_SIZE];
    (void)state;
    for (int i = 0; i < 2; i++) {
        struct shop *shop = make_sample("2025-06-30 10:00:00");
        digest_of(shop, hex[i]);
        testshop_close(&shop);
    }
    assert_string_equal(hex[0], hex[1]);
}

static void any_day_can_be_its_last(void **state) {
    static const char *const clocks[] = {"2024-02-29 00:00:00", "2035-03-31 06:55:59"};
    (void)state;
    for (int i = 0; i < 2; i++) {
        struct shop *shop = make_sample(clocks[i]);
        assert_holds(shop);
        testshop_close(&shop);
    }
}

static void only_an_empty_shop_in_dong_is_filled(void **state) {
    struct err e = ERR_INIT;
    struct shop *shop = testshop_open_in("GBP");
    (void)state;
    assert_int_equal(sample_fill(shop, &e), ERR_REFUSED);
    testshop_close(&shop);
    shop = testshop_open();
    assert_int_equal(staff_put(shop, &(struct staff){.code = "AN", .name = "An"}, STAFF_NAME, NULL, &e), ERR_OK);
    assert_int_equal(sample_fill(shop, &e), ERR_REFUSED);
    testshop_close(&shop);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_sample_has_something_for_every_screen),
        cmocka_unit_test(the_same_clock_gives_the_same_shop),
        cmocka_unit_test(any_day_can_be_its_last),
        cmocka_unit_test(only_an_empty_shop_in_dong_is_filled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
