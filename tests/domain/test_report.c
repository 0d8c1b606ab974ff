#include "chotdon/report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "testdb.h"
#include "testshop.h"

/* Orders as the books keep them: A sold on 30 October by AN 70, BINH 30; B on 1 November by nobody, with a discount on
 * the line and one on the order; C in VAT mode added; R takes back half of B; and what counts for nothing. */
static const char books[] =
    "INSERT INTO staff (id, code, name, folded, sort_key, role) VALUES (1, 'AN', 'An', 'an', 'an', 'rep'),"
    " (2, 'BINH', 'Bình', 'binh', 'binh', 'rep');"
    "INSERT INTO channels (id, name, folded) VALUES (1, 'Zalo', 'zalo');"
    "INSERT INTO product_groups (id, name, path, folded) VALUES (1, 'Gạo', 'Thực phẩm/Gạo', 'thuc pham/gao');"
    "INSERT INTO products (id, sku, name, folded, sort_key, group_id) VALUES (1, 'G1', 'Gạo', 'gao', 'gao', 1),"
    " (2, 'N1', 'Nước', 'nuoc', 'nuoc', NULL);"
    "INSERT INTO customers (id, code, name, folded, sort_key, province, created_on) VALUES"
    " (1, 'KH1', 'Nguyễn Văn Đạt', 'x', 'dat', 'Huế', '2026-01-01'),"
    " (2, 'KH2', 'Lê Ánh', 'x', 'anh', '', '2026-01-01');"
    "INSERT INTO customer_phones VALUES ('0912345678', 1, 0), ('0987654321', 1, 1);"
    "INSERT INTO orders (id, order_no, order_date, status, channel_id, customer_id, subtotal, discount, total, revenue,"
    " net, vat, cost, paid, due, is_return, return_of, stock_out, promise) VALUES"
    " (1, 'A', '2026-10-30', 'delivered', 1, 1, 10000001, 0, 10000001, 10000001, 9259260, 740741, 7000000, 0, "
    "10000001, 0, NULL, 1, 'debt'),"
    " (2, 'B', '2026-11-01', 'completed', NULL, NULL, 200000, 20000, 180000, 180000, 180000, 0, 100000, 180000, 0, 0, "
    "NULL, 1, ''),"
    " (3, 'C', '2026-11-02', 'completed', NULL, 2, 100000, 0, 108000, 108000, 100000, 8000, 60000, 8000, 100000, 0, "
    "NULL, 1, ''),"
    " (4, 'R', '2026-11-03', 'completed', NULL, NULL, -100000, -10000, -90000, -90000, -90000, 0, -50000, -90000, 0, "
    "1, 2, 1, ''),"
    " (5, 'D', '2026-11-03', 'draft', NULL, NULL, 999, 0, 999, 999, 999, 0, 0, 0, 999, 0, NULL, 0, ''),"
    " (6, 'E', '2026-11-03', 'cancelled', NULL, NULL, 999, 0, 999, 999, 999, 0, 0, 0, 999, 0, NULL, 0, ''),"
    " (7, 'F', '2026-11-03', 'returned', NULL, NULL, 999, 0, 999, 999, 999, 0, 0, 0, 999, 0, NULL, 0, '');"
    "INSERT INTO order_reps VALUES (1, 1, 1, 7000), (1, 2, 2, 3000), (3, 1, 2, 10000);"
    "INSERT INTO order_lines (order_id, line_no, product_id, qty, unit_price, discount, order_discount, amount, "
    "vat_bps,"
    " net, vat, cost, factor) VALUES"
    " (1, 1, 1, 1000, 10000001, 0, 0, 10000001, 800, 9259260, 740741, 7000000, 24000),"
    " (2, 1, 1, 2000, 60000, 20000, 10000, 90000, 0, 90000, 0, 50000, 1000),"
    " (2, 2, 2, 2000, 50000, 0, 10000, 90000, 0, 90000, 0, 50000, 1000),"
    " (3, 1, 2, 1000, 100000, 0, 0, 100000, 800, 100000, 8000, 60000, 1000),"
    " (4, 1, 2, -2000, 50000, 0, -10000, -90000, 0, -90000, 0, -50000, 1000),"
    " (5, 1, 2, 1000, 999, 0, 0, 999, 0, 999, 0, 0, 1000), (6, 1, 2, 1000, 999, 0, 0, 999, 0, 999, 0, 0, 1000),"
    " (7, 1, 2, 1000, 999, 0, 0, 999, 0, 999, 0, 0, 1000);";

static int open_books(void **state) {
    struct shop *shop = testshop_open();
    testdb_script(shop_db(shop), books);
    *state = shop;
    return 0;
}

static int close_books(void **state) {
    struct shop *shop = *state;
    testshop_close(&shop);
    return 0;
}

struct seen {
    char text[4096];
};

static enum err_code note_row(void *ctx, const struct sales_row *r, struct err *e) {
    struct seen *s = ctx;
    size_t n = strlen(s->text);
    (void)e;
    snprintf(s->text + n, sizeof s->text - n, "%s|%s|%d|%d|%d|%d|%d|%d\n", r->key, r->name, (int)r->orders,
             (int)r->returns, (int)r->qty, (int)r->revenue, (int)r->cost, (int)r->discount);
    return ERR_OK;
}

static struct sales_row sales(struct shop *shop, enum sales_by by, const char *from, const char *to,
                              const char *expected) {
    struct seen seen = {""};
    struct sales_row total;
    struct err e = ERR_INIT;
    if (report_sales(shop, by, from, to, note_row, &seen, &total, &e) != ERR_OK) {
        fail_msg("%s", e.message);
    }
    if (expected != NULL) {
        assert_string_equal(seen.text, expected);
    }
    return total;
}

static void every_grouping_adds_up_to_the_same_total(void **state) {
    for (enum sales_by by = SALES_BY_DAY; by <= SALES_BY_PROVINCE; by++) {
        struct sales_row t = sales(*state, by, NULL, NULL, NULL);
        assert_int_equal(t.orders, 3);
        assert_int_equal(t.returns, 1);
        assert_int_equal(t.revenue, 10000001 + 180000 + 108000 - 90000);
        assert_int_equal(t.net_revenue, 9259260 + 180000 + 100000 - 90000);
        assert_int_equal(t.vat, 740741 + 8000);
        assert_int_equal(t.cost, 7000000 + 100000 + 60000 - 50000);
        assert_int_equal(t.margin, t.net_revenue - t.cost);
        assert_int_equal(t.discount, 20000 + 20000 - 10000);
    }
}

static void days_weeks_and_months_come_in_order(void **state) {
    sales(*state, SALES_BY_DAY, NULL, NULL,
          "2026-10-30|2026-10-30|1|0|0|10000001|7000000|0\n2026-11-01|2026-11-01|1|0|0|180000|100000|40000\n"
          "2026-11-02|2026-11-02|1|0|0|108000|60000|0\n2026-11-03|2026-11-03|0|1|0|-90000|-50000|-10000\n");
    sales(*state, SALES_BY_WEEK, NULL, NULL, /* 1 November 2026 is a Sunday */
          "2026-W44|2026-W44|2|0|0|10180001|7100000|40000\n2026-W45|2026-W45|1|1|0|18000|10000|-10000\n");
    sales(*state, SALES_BY_MONTH, NULL, NULL,
          "2026-10|2026-10|1|0|0|10000001|7000000|0\n2026-11|2026-11|2|1|0|198000|110000|30000\n");
}

static void a_shared_order_is_split_once_exactly(void **state) { /* DOMAIN 7 example C */
    sales(*state, SALES_BY_REP, NULL, NULL,
          "AN|An|1|0|0|7000001|4900000|0\nBINH|Bình|1|0|0|3108000|2160000|0\n|(không có)|1|1|0|90000|50000|30000\n");
}

static void products_count_base_units_less_returns(void **state) {
    sales(*state, SALES_BY_PRODUCT, NULL, NULL,
          "G1|Gạo|2|0|26000|10090001|7050000|30000\nN1|Nước|2|1|1000|108000|60000|0\n");
    sales(*state, SALES_BY_GROUP, NULL, NULL,
          "Thực phẩm/Gạo|Thực phẩm/Gạo|2|0|26000|10090001|7050000|30000\n|(không có)|2|1|1000|108000|60000|0\n");
}

static void what_has_none_is_one_row_at_the_end(void **state) {
    sales(*state, SALES_BY_CHANNEL, NULL, NULL,
          "Zalo|Zalo|1|0|0|10000001|7000000|0\n|(không có)|2|1|0|198000|110000|30000\n");
    sales(*state, SALES_BY_CUSTOMER, NULL, NULL,
          "KH1|Nguyễn Văn Đạt|1|0|0|10000001|7000000|0\nKH2|Lê Ánh|1|0|0|108000|60000|0\n"
          "|(không có)|1|1|0|90000|50000|30000\n");
    sales(*state, SALES_BY_PROVINCE, NULL, NULL,
          "Huế|Huế|1|0|0|10000001|7000000|0\n|(không có)|2|1|0|198000|110000|30000\n");
}

static void a_period_includes_its_ends(void **state) {
    sales(*state, SALES_BY_DAY, "2026-11-01", "2026-11-02",
          "2026-11-01|2026-11-01|1|0|0|180000|100000|40000\n2026-11-02|2026-11-02|1|0|0|108000|60000|0\n");
    assert_int_equal(sales(*state, SALES_BY_PRODUCT, "2026-11-02", "", NULL).orders, 1);
    assert_int_equal(sales(*state, SALES_BY_REP, "2027-01-01", NULL, "").revenue, 0);
}

static void groupings_have_the_words_of_the_command_line(void **state) {
    enum sales_by by;
    (void)state;
    for (enum sales_by i = SALES_BY_DAY; i <= SALES_BY_PROVINCE; i++) {
        assert_true(sales_by_find(sales_by_code(i), &by));
        assert_int_equal(by, i);
    }
    assert_false(sales_by_find("moon", &by));
}

static enum err_code note_due(void *ctx, const struct receivable_row *r, struct err *e) {
    struct seen *s = ctx;
    size_t n = strlen(s->text);
    (void)e;
    snprintf(s->text + n, sizeof s->text - n, "%s|%s|%s|%s|%s|%d|%d\n", r->customer, r->name, r->phone, r->order_no,
             r->due_kind, (int)r->due, (int)r->age_days);
    return ERR_OK;
}

static void receivables_come_by_customer_with_their_age(void **state) {
    struct seen seen = {""};
    struct err e = ERR_INIT;
    assert_int_equal(report_receivables(*state, note_due, &seen, &e), ERR_OK);
    assert_string_equal(seen.text, "KH2|Lê Ánh||C||100000|19\nKH1|Nguyễn Văn Đạt|0912345678|A|debt|10000001|22\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_grouping_adds_up_to_the_same_total, open_books, close_books),
        cmocka_unit_test_setup_teardown(days_weeks_and_months_come_in_order, open_books, close_books),
        cmocka_unit_test_setup_teardown(a_shared_order_is_split_once_exactly, open_books, close_books),
        cmocka_unit_test_setup_teardown(products_count_base_units_less_returns, open_books, close_books),
        cmocka_unit_test_setup_teardown(what_has_none_is_one_row_at_the_end, open_books, close_books),
        cmocka_unit_test_setup_teardown(a_period_includes_its_ends, open_books, close_books),
        cmocka_unit_test(groupings_have_the_words_of_the_command_line),
        cmocka_unit_test_setup_teardown(receivables_come_by_customer_with_their_age, open_books, close_books),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
