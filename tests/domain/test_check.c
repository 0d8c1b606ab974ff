#include "chotdon/check.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "chotdon/cash.h"
#include "chotdon/customer.h"
#include "chotdon/order.h"
#include "chotdon/product.h"
#include "chotdon/staff.h"
#include "chotdon/stock.h"
#include "testdb.h"
#include "testshop.h"

static void ok(enum err_code rc, const struct err *e) {
    if (rc != ERR_OK) {
        fail_msg("%s", e->message);
    }
}

static int64_t make_product(struct shop *shop, const char *sku, int price, int pieces) {
    struct err e = ERR_INIT;
    int64_t id = 0;
    struct product p = {.sku = (char *)sku, .name = (char *)sku, .price = price, .vat_bps = 800, .has_vat = true};
    ok(product_put(shop, &p, PRODUCT_NAME | PRODUCT_PRICE | PRODUCT_VAT, NULL, &e), &e);
    ok(product_find(shop, sku, &id, NULL, &e), &e);
    struct stock_line_input line = {.product_id = id, .qty = 1000 * pieces, .has_cost = true, .unit_cost = price / 2};
    struct stock_doc_input doc = {.kind = STOCK_PURCHASE, .lines = &line, .line_count = 1};
    ok(stock_document(shop, &doc, NULL, &e), &e);
    return id;
}

/* DH261121-0001 of two lines shared by two reps, DH261121-0002 by a customer who owes, one line of the first taken
 * back, and a closed shift around it all. */
static void make_books(struct shop *shop) {
    struct err e = ERR_INIT;
    struct order_ref ref, second;
    int64_t customer = 0, a = make_product(shop, "A", 60000, 10), b = make_product(shop, "B", 50000, 10);
    struct staff an = {.code = "AN", .name = "An"}, binh = {.code = "BINH", .name = "Bình"};
    struct order_rep_input reps[2] = {{0, 7000}, {0, 3000}};
    struct customer c = {.code = "", .name = "Nguyễn Văn Đạt", .phones = "0912345678"};
    ok(staff_put(shop, &an, STAFF_NAME, NULL, &e), &e);
    ok(staff_put(shop, &binh, STAFF_NAME, NULL, &e), &e);
    ok(staff_find(shop, "AN", &reps[0].staff_id, &e), &e);
    ok(staff_find(shop, "BINH", &reps[1].staff_id, &e), &e);
    ok(customer_put(shop, &c, CUSTOMER_NAME | CUSTOMER_PHONES, NULL, &customer, &e), &e);
    ok(cash_open(shop, 500000, NULL, &e), &e);
    struct order_line_input lines[2] = {{.product_id = a, .qty = 2000, .discount = {false, 5000}},
                                        {.product_id = b, .qty = 3000}};
    struct order_input in = {.status = ORDER_COMPLETED,
                             .lines = lines,
                             .line_count = 2,
                             .reps = reps,
                             .rep_count = 2,
                             .discount = {false, 10001},
                             .pay_rest = true,
                             .rest_method = PAY_CASH};
    ok(order_add(shop, &in, &ref, &e), &e);
    struct order_input owed = {.status = ORDER_DELIVERED, .customer_id = customer, .lines = lines, .line_count = 1};
    ok(order_add(shop, &owed, &second, &e), &e);
    struct return_line_input back = {.product_id = b, .qty = 1000};
    struct return_input ret = {.sale_id = ref.id, .lines = &back, .line_count = 1, .reason = "lỗi"};
    ok(order_return(shop, &ret, NULL, NULL, &e), &e);
    struct return_input all = {.sale_id = second.id, .reason = "đổi ý"};
    ok(order_return(shop, &all, NULL, NULL, &e), &e);
    const struct cash_count counts[] = {{500000, 1}, {100000, 2}};
    ok(cash_close(shop, counts, 2, NULL, NULL, &e), &e);
}

struct findings {
    char text[16384];
    int64_t count;
};

static void note(void *ctx, const char *finding) {
    struct findings *f = ctx;
    assert_true(strchr(finding, '(') != NULL ||
                strstr(finding, "…") != NULL); /* each says what can be done, or how many more there are */
    size_t n = strlen(f->text);
    snprintf(f->text + n, sizeof f->text - n, "%s\n", finding);
    f->count++;
}

static struct findings check(struct shop *shop) {
    struct findings f = {"", 0};
    struct err e = ERR_INIT;
    int64_t found = 0;
    ok(check_books(shop, note, &f, &found, &e), &e);
    if (f.count < 20) {
        assert_int_equal(found, f.count);
    }
    return f;
}

static int open_books(void **state) {
    struct shop *shop = testshop_open();
    make_books(shop);
    *state = shop;
    return 0;
}

static int close_books(void **state) {
    struct shop *shop = *state;
    testshop_close(&shop);
    return 0;
}

static void books_that_were_kept_by_the_program_hold(void **state) {
    struct findings f = check(*state);
    assert_string_equal(f.text, "");
}

static void an_empty_shop_holds(void **state) {
    struct shop *shop = testshop_open();
    (void)state;
    assert_int_equal(check(shop).count, 0);
    testshop_close(&shop);
}

/* What is broken by hand, and what must be told of it. */
static const struct {
    const char *sql, *told;
} faults[] = {
    {"UPDATE order_lines SET amount = amount + 1 WHERE order_id = 1 AND line_no = 1",
     "order DH261121-0001: a line's amount"},
    {"UPDATE order_lines SET qty = qty + 1000 WHERE order_id = 1 AND line_no = 1",
     "order DH261121-0001: a line's amount"},
    {"UPDATE order_lines SET vat = vat + 1 WHERE order_id = 1 AND line_no = 2", "order DH261121-0001: the VAT"},
    {"UPDATE order_lines SET cost = cost + 1 WHERE order_id = 1 AND line_no = 2", "order DH261121-0001: the cost"},
    {"UPDATE order_lines SET order_discount = 0, amount = amount + order_discount WHERE order_id = 1 AND line_no = 2",
     "order DH261121-0001: the discount"},
    {"UPDATE orders SET subtotal = subtotal - 1 WHERE id = 1", "order DH261121-0001: the subtotal"},
    {"UPDATE orders SET net = net + 1, vat = vat - 1 WHERE id = 1", "order DH261121-0001: the net revenue"},
    {"UPDATE orders SET paid = paid - 1, due = due + 1 WHERE id = 1", "order DH261121-0001 says"},
    {"UPDATE payments SET amount = amount + 5 WHERE order_id = 1 AND amount > 0", "order DH261121-0001 says"},
    {"UPDATE orders SET taken_off = taken_off + 1, due = due - 1 WHERE id = 2", "was taken off what is due"},
    {"UPDATE orders SET taken_off = taken_off + 1, due = due - 1 WHERE id = 1", "was taken off what is due"},
    {"UPDATE order_lines SET returned = 0 WHERE order_id = 1 AND line_no = 2", "order DH261121-0001: a line says"},
    {"UPDATE order_lines SET returned = qty + 1 WHERE order_id = 1 AND line_no = 1", "only 2 were sold"},
    {"UPDATE orders SET status = 'returned' WHERE id = 1", "order DH261121-0001 is in state returned"},
    {"UPDATE orders SET status = 'delivered' WHERE id = 2", "all of order DH261121-0002 came back"},
    {"UPDATE order_reps SET share_bps = 2000 WHERE order_id = 1 AND position > 1 OR order_id = 1 AND share_bps = 3000",
     "reps' shares make 9000 of 10000"},
    {"UPDATE orders SET order_no = NULL WHERE id = 1", "has no number"},
    {"UPDATE orders SET order_no = 'X1' WHERE id = 1", "number DH261121-0001 is missing"},
    {"UPDATE counters SET last = 9 WHERE series = 'TH'", "number TH261121-0009 is missing"},
    {"UPDATE counters SET last = -1 WHERE series = 'TH'", "the counter of the numbers TH261121"},
    {"UPDATE stock SET on_hand = on_hand + 1000 WHERE product_id = 1", "product A: "},
    {"UPDATE stock SET value = value + 1 WHERE product_id = 2", "product B: the stock's value"},
    {"DELETE FROM stock WHERE product_id = 2", "product B: 0 on hand"},
    {"UPDATE stock_moves SET product_id = 2 WHERE kind = 'sale' AND order_id = 1 AND product_id = 1",
     "order DH261121-0001: its stock moves"},
    {"DELETE FROM stock_moves WHERE kind = 'return'", "order TH261121-0001: its stock moves"},
    {"INSERT INTO orders (id, order_date, status, subtotal, total, revenue, net, vat, cost) VALUES"
     " (9000000000000000000, '2026-11-21', 'draft', 0, 0, 0, 0, 0, 0)",
     "an order has the id 9000000000000000000"},
    {"UPDATE cash_shifts SET expected = expected + 1, difference = difference - 1", "cash shift 1 expected"},
    {"UPDATE cash_shifts SET counted = counted + 1, difference = difference + 1", "cash shift 1 counted"},
    {"UPDATE cash_shifts SET difference = 77", "cash shift 1: the difference"},
    {"UPDATE cash_shifts SET counted = NULL", "cash shift 1 was closed without figures"},
    {"UPDATE customer_phones SET phone = '+84 912 345 678'", "customer KH000001: the phone +84 912 345 678"},
    {"UPDATE customers SET folded = 'x'", "cannot be found by name"},
    {"UPDATE products SET name = 'Gạo' WHERE id = 1", "product A cannot be found by name"},
    {"DELETE FROM search_entry", "cannot be found by typing"},
    {"INSERT INTO orders (order_no, order_date, status, subtotal, total, revenue, net, vat, cost) VALUES"
     " ('Z9', '2026-11-21', 'confirmed', 0, 0, 0, 0, 0, 0)",
     "order Z9: the audit log does not know of it"},
    {"INSERT INTO customers (code, name, folded, sort_key, created_on) VALUES ('Z', 'z', 'z', 'z', '2026-11-21')",
     "customer Z: the audit log does not know of it"},
    {"INSERT INTO cash_moves (date, at, amount, reason) VALUES ('2026-11-21', '2026-11-21 14:05:00', 5, 'x')",
     "cash in or out 1: the audit log does not know of it"},
    {"INSERT INTO imports (at, kind, file, file_hash) VALUES ('2026-11-21 14:05:00', 'orders', 'x', 'x')",
     "import 1: the audit log does not know of it"},
    {"UPDATE audit SET staff = 'BINH' WHERE id = 3", "the audit log does not fit at row 3"},
    {"DELETE FROM audit_details WHERE audit_id = (SELECT MAX(id) FROM audit)"
     "; DELETE FROM audit WHERE id = (SELECT MAX(id) FROM audit)",
     "the audit log does not fit"},
};

static void every_fault_made_by_hand_is_found(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        struct shop *shop = NULL;
        open_books((void **)&shop);
        testdb_script(shop_db(shop), faults[i].sql);
        struct findings f = check(shop);
        if (strstr(f.text, faults[i].told) == NULL) {
            fail_msg("%s\ntold: %s\nnot: %s", faults[i].sql, f.text, faults[i].told);
        }
        close_books((void **)&shop);
    }
}

#define SLIPPED_IN(no)                                                                                                 \
    "INSERT INTO orders (order_no, order_date, status, channel_id, subtotal, total, revenue, net, vat, cost) SELECT "  \
    "'" no "', order_date, status, NULL, 0, 0, 0, 0, 0, 0 FROM orders WHERE id = 1"

static void what_is_taken_as_it_is_is_known_and_what_comes_later_is_not(void **state) {
    struct shop *shop = *state;
    struct err e = ERR_INIT;
    testdb_script(shop_db(shop), SLIPPED_IN("Z1"));
    assert_non_null(strstr(check(shop).text, "order Z1: the audit log"));
    ok(check_accept(shop, &e), &e);
    assert_null(strstr(check(shop).text, "the audit log"));
    testdb_script(shop_db(shop), SLIPPED_IN("Z2"));
    struct findings f = check(shop);
    assert_null(strstr(f.text, "order Z1: the audit log"));
    assert_non_null(strstr(f.text, "order Z2: the audit log"));
}

static void an_order_of_an_import_needs_the_row_of_the_import(void **state) {
    struct shop *shop = *state;
    testdb_script(shop_db(shop),
                  SLIPPED_IN("Z1") "; INSERT INTO imports (id, at, kind, file, file_hash) VALUES (7, '', 'orders', "
                                   "'x', 'x'); UPDATE orders SET import_id = 7 WHERE order_no = 'Z1'");
    struct findings f = check(shop);
    assert_null(strstr(f.text, "order Z1: the audit log"));
    assert_non_null(strstr(f.text, "import 7: the audit log")); /* but the import does */
}

static void of_one_kind_the_first_twenty_are_told(void **state) {
    struct shop *shop = testshop_open();
    struct err e = ERR_INIT;
    int64_t found = 0;
    (void)state;
    for (int i = 0; i < 25; i++) {
        char sku[16];
        snprintf(sku, sizeof sku, "P%02d", i);
        make_product(shop, sku, 1000, 1);
    }
    testdb_script(shop_db(shop), "UPDATE stock SET value = 1");
    struct findings f = {"", 0};
    ok(check_books(shop, note, &f, &found, &e), &e);
    assert_int_equal(found, 25);
    assert_int_equal(f.count, 21);
    assert_non_null(strstr(f.text, "5 more of the same kind"));
    testshop_close(&shop);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(books_that_were_kept_by_the_program_hold, open_books, close_books),
        cmocka_unit_test(an_empty_shop_holds),
        cmocka_unit_test(every_fault_made_by_hand_is_found),
        cmocka_unit_test_setup_teardown(what_is_taken_as_it_is_is_known_and_what_comes_later_is_not, open_books,
                                        close_books),
        cmocka_unit_test_setup_teardown(an_order_of_an_import_needs_the_row_of_the_import, open_books, close_books),
        cmocka_unit_test(of_one_kind_the_first_twenty_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
