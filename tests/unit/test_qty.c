/* Quantities: thousandths, exactly. */
#include "base/qty.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "random.h"

static void quantities_take_point_and_comma(void **state) {
    (void)state;
    static const struct {
        const char *text;
        int64_t milli;
    } cases[] = {
        {"2", 2000},
        {"0.5", 500},
        {"0,5", 500},
        {"-3", -3000},
        {"1.5", 1500},
        {"1.000", 1000},
        {"1,000", 1000},
        {"1.234", 1234},
        {"1.204,5", 1204500},
        {"+2", 2000},
        {" 2 ", 2000},
        {".5", 500},
        {"3.0000", 3000},
        {"1.234.567", 1234567000},
        {"1 000", 1000000},
        {"-0.001", -1},
        {"0", 0},
        {"0007", 7000},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t milli = -1;
        struct err e = ERR_INIT;
        if (qty_parse(cases[i].text, &milli, &e) != ERR_OK || milli != cases[i].milli) {
            fail_msg("\"%s\": %lld %s", cases[i].text, (long long)milli, e.message);
        }
    }
}

static void what_is_no_quantity_is_refused(void **state) {
    (void)state;
    static const char *const bad[] = {"",
                                      " ",
                                      "abc",
                                      "2kg",
                                      "1.2345",
                                      "1..2",
                                      "--2",
                                      "-",
                                      ".",
                                      "5.",
                                      "1e3",
                                      "0x1",
                                      "1 2",
                                      "2 2.5",
                                      "\xFF",
                                      "nan",
                                      "9223372036854775.808",
                                      "99999999999999999999",
                                      "-9223372036854775.809",
                                      "1.23.456",
                                      "1-"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        int64_t milli = 77;
        struct err e = ERR_INIT;
        if (qty_parse(bad[i], &milli, &e) != ERR_INVALID || milli != 77 || e.message[0] == '\0') {
            fail_msg("\"%s\" was taken for %lld", bad[i], (long long)milli);
        }
    }
}

static void quantities_show_no_needless_zeros(void **state) {
    (void)state;
    char out[QTY_TEXT_MAX];
    assert_string_equal(qty_format_plain(500, out), "0.5");
    assert_string_equal(qty_format_plain(2000, out), "2");
    assert_string_equal(qty_format_plain(-1, out), "-0.001");
    assert_string_equal(qty_format_plain(1204500, out), "1204.5");
    assert_string_equal(qty_format(1204500, out), "1.204,5");
    assert_string_equal(qty_format(0, out), "0");
    assert_string_equal(qty_format(1000000, out), "1.000");
    assert_string_equal(qty_format(INT64_MIN, out), "-9.223.372.036.854.775,808");
}

static void plain_quantities_read_back(void **state) {
    (void)state;
    struct random r = RANDOM_INIT;
    for (int i = 0; i < 30000; i++) {
        int64_t milli = i == 0 ? INT64_MIN : i == 1 ? INT64_MAX : random_amount(&r);
        char out[QTY_TEXT_MAX];
        int64_t back = 1;
        assert_int_equal(qty_parse(qty_format_plain(milli, out), &back, NULL), ERR_OK);
        assert_true(back == milli);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quantities_take_point_and_comma),
        cmocka_unit_test(what_is_no_quantity_is_refused),
        cmocka_unit_test(quantities_show_no_needless_zeros),
        cmocka_unit_test(plain_quantities_read_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
