/* A product's documents: added, changed by title, taken away, with their audit rows. */
#include "chotdon/product_document.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "testorders.h"
#include "testshop.h"

static int setup(void **state) {
    *state = testshop_open();
    return 0;
}

static int teardown(void **state) {
    struct shop *shop = *state;
    testshop_close(&shop);
    return 0;
}

static void expect(struct shop *shop, int64_t product, const char *const *pairs) {
    struct product_documents d;
    size_t n = 0;
    assert_int_equal(product_documents_get(shop, product, &d, NULL), ERR_OK);
    for (; pairs[2 * n] != NULL; n++) {
        assert_true(n < d.count);
        assert_string_equal(d.items[n].title, pairs[2 * n]);
        assert_string_equal(d.items[n].path, pairs[2 * n + 1]);
    }
    assert_int_equal(d.count, n);
    product_documents_clear(&d);
}

static void put(struct shop *shop, int64_t product, const char *title, const char *path) {
    struct err e = ERR_INIT;
    if (product_document_put(shop, product, title, path, &e) != ERR_OK) {
        fail_msg("%s", e.message);
    }
}

static void they_stand_in_the_order_they_came(void **state) {
    struct shop *shop = *state;
    int64_t ao = testorders_product(shop, "AO", 100000, 0);
    int64_t mu = testorders_product(shop, "MU", 50000, 0);
    put(shop, ao, "Hướng dẫn", "/docs/hd.pdf");
    put(shop, ao, "Chứng nhận", "https://example.vn/cn");
    put(shop, mu, "Hướng dẫn", "/docs/mu.pdf");
    expect(shop, ao, (const char *const[]){"Hướng dẫn", "/docs/hd.pdf", "Chứng nhận", "https://example.vn/cn", NULL});
    expect(shop, mu, (const char *const[]){"Hướng dẫn", "/docs/mu.pdf", NULL});
}

static void title_is_found_without_its_accents(void **state) {
    struct shop *shop = *state;
    int64_t ao = testorders_product(shop, "AO", 100000, 0);
    put(shop, ao, "Hướng dẫn", "/docs/hd.pdf");
    put(shop, ao, "huong dan", "/docs/hd-2.pdf");
    expect(shop, ao, (const char *const[]){"huong dan", "/docs/hd-2.pdf", NULL});
    put(shop, ao, "HƯỚNG DẪN", "");
    expect(shop, ao, (const char *const[]){NULL});
}

static void every_change_is_in_the_audit_and_no_change_is_not(void **state) {
    struct shop *shop = *state;
    int64_t ao = testorders_product(shop, "AO", 100000, 0);
    int64_t before = testorders_int(shop, "SELECT COUNT(*) FROM audit");
    put(shop, ao, "Ảnh", "a.jpg");
    put(shop, ao, "Ảnh", "a.jpg");
    put(shop, ao, "Ảnh", "");
    assert_int_equal(testorders_int(shop, "SELECT COUNT(*) FROM audit") - before, 2);
}

static void wrong_ones_are_refused(void **state) {
    struct shop *shop = *state;
    struct err e = ERR_INIT;
    int64_t ao = testorders_product(shop, "AO", 100000, 0);
    assert_int_equal(product_document_put(shop, ao, "", "a.pdf", &e), ERR_INVALID);
    assert_int_equal(product_document_put(shop, ao, "A\x1b[2J", "a.pdf", &e), ERR_INVALID);
    assert_int_equal(product_document_put(shop, ao, "A", "a\nb", &e), ERR_INVALID);
    assert_int_equal(product_document_put(shop, ao, "A", "", &e), ERR_NOT_FOUND);
    assert_int_not_equal(product_document_put(shop, 99, "A", "a.pdf", &e), ERR_OK);
    expect(shop, ao, (const char *const[]){NULL});
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(they_stand_in_the_order_they_came, setup, teardown),
        cmocka_unit_test_setup_teardown(title_is_found_without_its_accents, setup, teardown),
        cmocka_unit_test_setup_teardown(every_change_is_in_the_audit_and_no_change_is_not, setup, teardown),
        cmocka_unit_test_setup_teardown(wrong_ones_are_refused, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
