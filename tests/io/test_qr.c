#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "io/qr.h"

/* The square of 7 that readers look for: dark ring, light ring, dark middle of 3. */
static void expect_finder(const struct qr *q, int left, int top) {
    for (int y = 0; y < 7; y++) {
        for (int x = 0; x < 7; x++) {
            bool ring = x == 0 || y == 0 || x == 6 || y == 6;
            bool middle = x >= 2 && x <= 4 && y >= 2 && y <= 4;
            assert_int_equal(qr_is_dark(q, left + x, top + y), ring || middle);
        }
    }
}

static void a_code_has_its_finders_and_timing(void **state) {
    (void)state;
    struct qr q = {0};
    assert_int_equal(qr_encode("00020101021138540010A0000007270124", &q, NULL), ERR_OK);
    assert_int_equal((q.size - 17) % 4, 0);
    expect_finder(&q, 0, 0);
    expect_finder(&q, q.size - 7, 0);
    expect_finder(&q, 0, q.size - 7);
    for (int i = 8; i < q.size - 8; i++) {
        assert_int_equal(qr_is_dark(&q, i, 6), i % 2 == 0);
        assert_int_equal(qr_is_dark(&q, 6, i), i % 2 == 0);
    }
    assert_false(qr_is_dark(&q, -1, 0));
    assert_false(qr_is_dark(&q, 0, q.size));
    qr_clear(&q);
    assert_null(q.dark);
}

static void what_fits_no_code_is_refused(void **state) {
    (void)state;
    struct qr q = {0};
    struct err e = ERR_INIT;
    assert_int_equal(qr_encode("", &q, &e), ERR_INVALID);
    char *text = mem_alloc(5001);
    memset(text, 'x', 5000);
    text[5000] = '\0';
    assert_int_equal(qr_encode(text, &q, &e), ERR_INVALID);
    assert_non_null(strstr(e.message, "5000"));
    free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_code_has_its_finders_and_timing),
        cmocka_unit_test(what_fits_no_code_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
