/* Search as you type: without accents and case, by initials, codes and last digits; exact codes and exact accents first
 * (DOMAIN 8). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "chotdon/customer.h"
#include "chotdon/product.h"
#include "testshop.h"

static int setup(void **state) {
    static const struct customer people[] = {
        {.code = "C1", .name = "Trần Dát", .phones = "0912345678"},
        {.code = "C2", .name = "Nguyễn Văn Đạt", .phones = "0987654321"},
        {.code = "C3", .name = "Phạm Thị Dạt Dào", .phones = ""},
        {.code = "C4", .name = "Nguyễn Văn Bình", .phones = "0381234567"},
    };
    static struct product_barcode shirt[] = {{"8934588012345", ""}};
    static const struct product goods[] = {
        {.sku = "AT-TR-M", .name = "Áo thun trơn, trắng M", .barcodes = shirt, .barcode_count = 1, .active = true},
        {.sku = "AT-TT-L", .name = "Áo thể thao nam L", .active = true},
        {.sku = "AO", .name = "Quần đùi", .active = true},
        {.sku = "CU", .name = "Áo cũ", .active = false},
    };
    struct shop *shop = testshop_open();
    for (size_t i = 0; i < sizeof people / sizeof *people; i++) {
        assert_int_equal(customer_put(shop, &people[i], CUSTOMER_NAME | CUSTOMER_PHONES, NULL, NULL, NULL), ERR_OK);
    }
    for (size_t i = 0; i < sizeof goods / sizeof *goods; i++) {
        assert_int_equal(product_put(shop, &goods[i], PRODUCT_NAME | PRODUCT_BARCODES | PRODUCT_ACTIVE, NULL, NULL),
                         ERR_OK);
    }
    *state = shop;
    return 0;
}

static int teardown(void **state) {
    struct shop *shop = *state;
    testshop_close(&shop);
    return 0;
}

static void people_are(struct shop *shop, const char *text, const char *codes) {
    int64_t ids[10];
    int count = 0;
    char got[200] = "";
    struct err e = ERR_INIT;
    if (customer_search(shop, text, ids, 10, &count, &e) != ERR_OK) {
        fail_msg("%s", e.message);
    }
    for (int i = 0; i < count; i++) {
        struct customer c;
        assert_int_equal(customer_get(shop, ids[i], &c, NULL), ERR_OK);
        snprintf(got + strlen(got), sizeof got - strlen(got), "%s ", c.code);
        customer_clear(&c);
    }
    assert_string_equal(got, codes);
}

static void goods_are(struct shop *shop, const char *text, const char *skus) {
    int64_t ids[10];
    int count = 0;
    char got[200] = "";
    assert_int_equal(product_search(shop, text, ids, 10, &count, NULL), ERR_OK);
    for (int i = 0; i < count; i++) {
        struct product p;
        assert_int_equal(product_get(shop, ids[i], &p, NULL), ERR_OK);
        snprintf(got + strlen(got), sizeof got - strlen(got), "%s ", p.sku);
        product_clear(&p);
    }
    assert_string_equal(got, skus);
}

static void test_accents_and_case_do_not_matter(void **state) {
    people_are(*state, "nguyen van", "C4 C2 ");
    people_are(*state, "NGUYỄN đạt", "C2 ");
    goods_are(*state, "the thao", "AT-TT-L ");
}

static void test_exact_accents_come_first(void **state) {
    people_are(*state, "đạt", "C2 C1 C3 ");
    people_are(*state, "dát", "C1 C2 C3 ");
    people_are(*state, "Dạt", "C3 C2 C1 ");
}

static void test_initials_find_people(void **state) {
    people_are(*state, "nvd", "C2 ");
    people_are(*state, "nv", "C4 C2 ");
}

static void test_phones_are_found_however_they_are_typed(void **state) {
    people_are(*state, "345678", "C1 ");
    people_are(*state, "5678", "C1 ");
    people_are(*state, "+84 987 654 321", "C2 ");
    people_are(*state, "0168 123 4567", "C4 ");
    people_are(*state, "0912 345", "C1 ");
}

static void test_the_exact_code_comes_before_names(void **state) {
    goods_are(*state, "ao", "AO AT-TT-L AT-TR-M ");
    goods_are(*state, "áo", "AT-TT-L AT-TR-M AO "); /* accents say that no code is meant */
    goods_are(*state, "at-tr-m", "AT-TR-M ");
    goods_are(*state, "012345", "AT-TR-M ");
}

static void test_goods_that_are_not_sold_any_more_are_left_out(void **state) {
    goods_are(*state, "cu", "");
    int64_t n = 0;
    struct product_filter f = {.text = "áo cũ", .with_inactive = true};
    assert_int_equal(product_count(*state, &f, &n, NULL), ERR_OK);
    assert_int_equal(n, 1);
}

static void test_nothing_finds_nothing(void **state) {
    people_are(*state, "", "");
    people_are(*state, "  ", "");
    people_are(*state, NULL, "");
    people_are(*state, "%", "");
    people_are(*state, "không có ai", "");
}

static void test_a_changed_name_is_found_by_the_new_one_only(void **state) {
    struct customer c = {.code = "C4", .name = "Vũ Thị Thắm"};
    assert_int_equal(customer_put(*state, &c, CUSTOMER_NAME, NULL, NULL, NULL), ERR_OK);
    people_are(*state, "tham", "C4 ");
    people_are(*state, "binh", "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        T(test_accents_and_case_do_not_matter),
        T(test_exact_accents_come_first),
        T(test_initials_find_people),
        T(test_phones_are_found_however_they_are_typed),
        T(test_the_exact_code_comes_before_names),
        T(test_goods_that_are_not_sold_any_more_are_left_out),
        T(test_nothing_finds_nothing),
        T(test_a_changed_name_is_found_by_the_new_one_only),
    };
    return cmocka_run_group_tests_name("search", tests, NULL, NULL);
}
