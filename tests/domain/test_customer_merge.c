/* Customers are merged and parted again without losing anything, and erased without losing the books (DOMAIN 8, 10). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "chotdon/audit.h"
#include "chotdon/customer.h"
#include "db/db.h"
#include "testcustomer.h"
#include "testshop.h"

static int64_t put(struct shop *shop, struct customer c) {
    int64_t id = 0;
    struct err e = ERR_INIT;
    if (customer_put(shop, &c, CUSTOMER_ALL, NULL, &id, &e) != ERR_OK) {
        fail_msg("%s", e.message);
    }
    return id;
}

/* A and B, each with an order and a word in the log. */
static int setup(void **state) {
    struct shop *shop = testshop_open();
    int64_t a = put(shop, (struct customer){.code = "A", .name = "Lê An", .phones = "0911111111", .province = "Huế"});
    int64_t b = put(
        shop,
        (struct customer){
            .code = "B", .name = "An Lê", .phones = "0922222222;0933333333", .email = "an@x.vn", .province = "Hà Nội"});
    testcustomer_order(shop, a, "S1", "2026-10-01", "completed", 100000, 0);
    testcustomer_order(shop, b, "S2", "2026-11-01", "completed", 50000, 20000);
    assert_int_equal(customer_log(shop, a, "call", "Hỏi giá", NULL), ERR_OK);
    assert_int_equal(customer_log(shop, b, "note", "Thích màu xanh", NULL), ERR_OK);
    *state = shop;
    return 0;
}

static int teardown(void **state) {
    struct shop *shop = *state;
    testshop_close(&shop);
    return 0;
}

static int64_t merge(struct shop *shop, const char *keep, const char *other) {
    int64_t id = 0;
    struct err e = ERR_INIT;
    if (customer_merge(shop, testcustomer_id(shop, keep), testcustomer_id(shop, other), &id, &e) != ERR_OK) {
        fail_msg("%s", e.message);
    }
    return id;
}

static void has(struct shop *shop, const char *text, const char *phones, const char *email, int64_t revenue) {
    struct customer c;
    struct customer_figures f;
    int64_t id = testcustomer_id(shop, text);
    assert_int_equal(customer_get(shop, id, &c, NULL), ERR_OK);
    assert_int_equal(customer_figures(shop, id, &f, NULL), ERR_OK);
    assert_string_equal(c.phones, phones);
    assert_string_equal(c.email, email);
    assert_int_equal(f.revenue, revenue);
    customer_clear(&c);
}

static int found(struct shop *shop, const char *text) {
    int64_t ids[10];
    int count = -1;
    assert_int_equal(customer_search(shop, text, ids, 10, &count, NULL), ERR_OK);
    return count;
}

static void test_the_plan_says_what_a_merge_will_do(void **state) {
    char *plan = NULL;
    int64_t a = testcustomer_id(*state, "A");
    int64_t b = testcustomer_id(*state, "B");
    assert_int_equal(customer_merge_plan(*state, a, b, &plan, NULL), ERR_OK);
    assert_string_equal(plan, "B An Lê becomes part of A Lê An\n"
                              "orders that move: 1\n"
                              "log entries that move: 1\n"
                              "phones that move: 0922222222;0933333333\n"
                              "name stays Lê An (not An Lê)\n"
                              "email is filled in: an@x.vn\n"
                              "province stays Huế (not Hà Nội)\n");
    free(plan);
    assert_int_equal(customer_merge_plan(*state, a, a, &plan, NULL), ERR_INVALID);
    assert_null(plan);
}

static void test_a_merge_moves_everything_to_who_is_kept(void **state) {
    merge(*state, "A", "B");
    has(*state, "A", "0911111111;0922222222;0933333333", "an@x.vn", 150000);
    int64_t a = testcustomer_id(*state, "A");
    assert_int_equal(testcustomer_id(*state, "B"), a);
    assert_int_equal(testcustomer_id(*state, "0933333333"), a);
    assert_int_equal(testcustomer_count(*state, "SELECT COUNT(*) FROM interactions i JOIN customers c ON c.id = "
                                                "i.customer_id WHERE c.code = 'A'"),
                     2);
    assert_int_equal(found(*state, "an le"), 1);
    assert_int_equal(found(*state, "3333333"), 1);
    int64_t count = 0;
    assert_int_equal(customer_count(*state, NULL, &count, NULL), ERR_OK);
    assert_int_equal(count, 1);
}

static void test_undoing_a_merge_gives_everything_back(void **state) {
    int64_t id = merge(*state, "A", "B");
    struct err e = ERR_INIT;
    assert_int_equal(customer_unmerge(*state, id, &e), ERR_OK);
    has(*state, "A", "0911111111", "", 100000);
    has(*state, "B", "0922222222;0933333333", "an@x.vn", 50000);
    assert_int_not_equal(testcustomer_id(*state, "A"), testcustomer_id(*state, "B"));
    assert_int_equal(found(*state, "an le"), 2);
    assert_int_equal(customer_unmerge(*state, id, &e), ERR_NOT_FOUND);
    merge(*state, "B", "A"); /* and the other way round */
    has(*state, "B", "0922222222;0933333333;0911111111", "an@x.vn", 150000);
}

static void test_undoing_leaves_alone_what_was_changed_since(void **state) {
    int64_t id = merge(*state, "A", "B");
    struct customer c = {.code = "A", .email = "moi@x.vn", .phones = "0911111111;0933333333"};
    assert_int_equal(customer_put(*state, &c, CUSTOMER_EMAIL | CUSTOMER_PHONES, NULL, NULL, NULL), ERR_OK);
    testcustomer_order(*state, testcustomer_id(*state, "A"), "S3", "2026-11-20", "completed", 7000, 0);
    assert_int_equal(customer_unmerge(*state, id, NULL), ERR_OK);
    has(*state, "A", "0911111111", "moi@x.vn", 107000);
    has(*state, "B", "0933333333", "an@x.vn", 50000);
}

static void test_merges_are_undone_in_the_order_that_they_stand_on_each_other(void **state) {
    put(*state, (struct customer){.code = "C", .name = "Chi", .phones = "0944444444"});
    int64_t first = merge(*state, "B", "A");
    int64_t second = merge(*state, "C", "B");
    assert_int_equal(testcustomer_id(*state, "A"), testcustomer_id(*state, "C"));
    assert_int_equal(customer_unmerge(*state, first, NULL), ERR_REFUSED);
    assert_int_equal(customer_unmerge(*state, second, NULL), ERR_OK);
    assert_int_equal(customer_unmerge(*state, first, NULL), ERR_OK);
    has(*state, "A", "0911111111", "", 100000);
    has(*state, "C", "0944444444", "", 0);
}

static void test_who_was_merged_cannot_be_merged_or_changed(void **state) {
    int64_t b = testcustomer_id(*state, "B");
    merge(*state, "A", "B");
    int64_t a = testcustomer_id(*state, "A");
    assert_int_equal(customer_merge(*state, a, b, NULL, NULL), ERR_REFUSED);
    assert_int_equal(customer_merge(*state, b, a, NULL, NULL), ERR_REFUSED);
    struct customer c = {.code = "B", .name = "x"};
    struct err e = ERR_INIT;
    assert_int_equal(customer_put(*state, &c, CUSTOMER_NAME, NULL, NULL, &e), ERR_REFUSED);
    assert_non_null(strstr(e.message, "A"));
}

static void test_a_debtor_is_not_erased(void **state) {
    struct err e = ERR_INIT;
    assert_int_equal(customer_erase(*state, testcustomer_id(*state, "B"), &e), ERR_REFUSED);
    assert_non_null(strstr(e.message, "20.000"));
    has(*state, "B", "0922222222;0933333333", "an@x.vn", 50000);
}

/* Every text of every table, so that nothing personal can hide in one that was forgotten. */
static int64_t mentions(struct shop *shop, const char *word) {
    static const char *const statements[] = {
        "SELECT COUNT(*) FROM customers WHERE code || name || folded || email || address || note || tags LIKE $1",
        "SELECT COUNT(*) FROM customer_phones WHERE phone LIKE $1",
        "SELECT COUNT(*) FROM interactions WHERE text LIKE $1",
        "SELECT COUNT(*) FROM audit WHERE entity LIKE $1",
        "SELECT COUNT(*) FROM audit_details WHERE before || after LIKE $1",
        "SELECT COUNT(*) FROM customer_merges WHERE moved LIKE $1",
        "SELECT COUNT(*) FROM import_changes WHERE before LIKE $1",
        "SELECT COUNT(*) FROM search_entry WHERE folded || numbers LIKE $1",
        "SELECT COUNT(*) FROM search_term WHERE term LIKE $1",
    };
    int64_t sum = 0;
    for (size_t i = 0; i < sizeof statements / sizeof *statements; i++) {
        int64_t n = 0;
        assert_int_equal(db_get_int(shop_db(shop), statements[i], DB_BIND(DB_TEXT(word)), &n, NULL), ERR_OK);
        sum += n;
    }
    return sum;
}

static void test_erasing_takes_the_person_and_leaves_the_orders(void **state) {
    int64_t c = put(*state, (struct customer){.code = "Bùi Thị Hoa",
                                              .name = "Bùi Thị Hoa",
                                              .phones = "0955555555",
                                              .email = "hoa@x.vn",
                                              .address = "9 Hoa Lư"});
    int64_t d = put(*state, (struct customer){.code = "HOA2", .name = "Hoa Bùi", .phones = "0966666666"});
    testcustomer_order(*state, c, "S8", "2026-11-10", "completed", 80000, 0);
    testcustomer_order(*state, d, "S9", "2026-11-11", "completed", 90000, 0);
    assert_int_equal(customer_log(*state, c, "visit", "Chị Hoa ghé", NULL), ERR_OK);
    assert_int_equal(customer_merge(*state, c, d, NULL, NULL), ERR_OK);
    assert_true(mentions(*state, "%hoa%") > 0);
    struct err e = ERR_INIT;
    if (customer_erase(*state, c, &e) != ERR_OK) {
        fail_msg("%s", e.message);
    }
    assert_int_equal(mentions(*state, "%hoa%"), 0);
    assert_int_equal(mentions(*state, "%Hoa%"), 0);
    assert_int_equal(mentions(*state, "%955555%"), 0);
    assert_int_equal(mentions(*state, "%966666%"), 0);
    struct customer_figures f;
    assert_int_equal(customer_figures(*state, c, &f, NULL), ERR_OK);
    assert_int_equal(f.revenue, 170000);
    int64_t rows = 0;
    int64_t bad = -1;
    char *why = NULL;
    assert_int_equal(audit_verify(*state, &rows, &bad, &why, NULL), ERR_OK);
    assert_int_equal(bad, 0);
    assert_null(why);
    int64_t count = 0;
    assert_int_equal(customer_count(*state, NULL, &count, NULL), ERR_OK);
    assert_int_equal(count, 2);
    assert_int_equal(customer_find(*state, "(erased)", &bad, NULL), ERR_NOT_FOUND);
}

static void test_a_code_that_we_gave_stays_after_erasing_and_another_one_is_free(void **state) {
    int64_t c = put(*state, (struct customer){.code = "", .name = "Hoa"});
    assert_int_equal(customer_erase(*state, c, NULL), ERR_OK);
    assert_int_equal(testcustomer_count(*state, "SELECT COUNT(*) FROM customers WHERE code = 'KH000001'"), 1);
    struct customer again = {.code = "KH000001", .name = "Hoa"};
    assert_int_equal(customer_put(*state, &again, CUSTOMER_NAME, NULL, NULL, NULL), ERR_REFUSED);
    int64_t a = testcustomer_id(*state, "A");
    assert_int_equal(customer_erase(*state, a, NULL), ERR_OK);
    assert_int_not_equal(put(*state, (struct customer){.code = "A", .name = "Mới"}), a);
}

static void test_the_log_wants_a_known_kind_and_a_text(void **state) {
    int64_t a = testcustomer_id(*state, "A");
    assert_int_equal(customer_log(*state, a, "fax", "x", NULL), ERR_INVALID);
    assert_int_equal(customer_log(*state, a, "call", " ", NULL), ERR_INVALID);
    assert_int_equal(testcustomer_count(*state, "SELECT COUNT(*) FROM interactions"), 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        T(test_the_plan_says_what_a_merge_will_do),
        T(test_a_merge_moves_everything_to_who_is_kept),
        T(test_undoing_a_merge_gives_everything_back),
        T(test_undoing_leaves_alone_what_was_changed_since),
        T(test_merges_are_undone_in_the_order_that_they_stand_on_each_other),
        T(test_who_was_merged_cannot_be_merged_or_changed),
        T(test_a_debtor_is_not_erased),
        T(test_erasing_takes_the_person_and_leaves_the_orders),
        T(test_a_code_that_we_gave_stays_after_erasing_and_another_one_is_free),
        T(test_the_log_wants_a_known_kind_and_a_text),
    };
    return cmocka_run_group_tests_name("customer merge", tests, NULL, NULL);
}
