/* Phones: one spelling for each number. */
#include "base/phone.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

struct spelling {
    const char *typed;
    enum phone_kind kind;
    const char *phone;
};

static void check(const struct spelling *cases, size_t count) {
    for (size_t i = 0; i < count; i++) {
        char out[PHONE_SIZE];
        memset(out, 'x', sizeof out);
        enum phone_kind kind = phone_normalise(cases[i].typed, out);
        if (kind != cases[i].kind || strcmp(out, cases[i].phone) != 0) {
            fail_msg("\"%s\": kind %d, \"%s\"", cases[i].typed, (int)kind, out);
        }
    }
}

static void all_spellings_of_a_mobile_are_one(void **state) {
    (void)state;
    static const struct spelling cases[] = {
        {"+84 912 345 678", PHONE_MOBILE, "0912345678"},     {"84912345678", PHONE_MOBILE, "0912345678"},
        {"0912.345.678", PHONE_MOBILE, "0912345678"},        {"912345678", PHONE_MOBILE, "0912345678"},
        {"0084912345678", PHONE_MOBILE, "0912345678"},       {"(+84) 912 345 678", PHONE_MOBILE, "0912345678"},
        {"+84 (0) 912-345-678", PHONE_MOBILE, "0912345678"}, {" 0912345678\t", PHONE_MOBILE, "0912345678"},
        {"912345678.0", PHONE_MOBILE, "0912345678"},         {"0352345678", PHONE_MOBILE, "0352345678"},
        {"0841234567", PHONE_MOBILE, "0841234567"},          {"841234567", PHONE_MOBILE, "0841234567"},
    };
    check(cases, sizeof cases / sizeof cases[0]);
}

static void old_mobile_prefixes_convert(void **state) {
    (void)state;
    static const char *const table[][2] = {
        {"0162", "032"}, {"0163", "033"}, {"0164", "034"}, {"0165", "035"}, {"0166", "036"}, {"0167", "037"},
        {"0168", "038"}, {"0169", "039"}, {"0120", "070"}, {"0121", "079"}, {"0122", "077"}, {"0126", "076"},
        {"0128", "078"}, {"0123", "083"}, {"0124", "084"}, {"0125", "085"}, {"0127", "081"}, {"0129", "082"},
        {"0186", "056"}, {"0188", "058"}, {"0199", "059"},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        char typed[PHONE_SIZE];
        char expected[PHONE_SIZE];
        char out[PHONE_SIZE];
        snprintf(expected, sizeof expected, "%s1234567", table[i][1]);
        snprintf(typed, sizeof typed, "%s1234567", table[i][0]);
        assert_int_equal(phone_normalise(typed, out), PHONE_MOBILE);
        assert_string_equal(out, expected);
        snprintf(typed, sizeof typed, "+84 %s 123 4567", table[i][0] + 1);
        assert_int_equal(phone_normalise(typed, out), PHONE_MOBILE);
        assert_string_equal(out, expected);
    }
    static const struct spelling others[] = {{"01601234567", PHONE_UNCHECKED, "01601234567"},
                                             {"01991234567", PHONE_MOBILE, "0591234567"},
                                             {"01981234567", PHONE_UNCHECKED, "01981234567"}};
    check(others, sizeof others / sizeof others[0]);
}

static void landlines_have_eleven_digits(void **state) {
    (void)state;
    static const struct spelling cases[] = {
        {"024 3825 1234", PHONE_LANDLINE, "02438251234"},    {"+84 24 3825 1234", PHONE_LANDLINE, "02438251234"},
        {"(028) 38-251-234", PHONE_LANDLINE, "02838251234"}, {"842838251234", PHONE_LANDLINE, "02838251234"},
        {"0241234567", PHONE_UNCHECKED, "0241234567"},
    };
    check(cases, sizeof cases / sizeof cases[0]);
}

static void other_numbers_stay_as_typed(void **state) {
    (void)state;
    static const struct spelling cases[] = {
        {"19001234", PHONE_UNCHECKED, "19001234"},
        {"+1 202 555 0100", PHONE_UNCHECKED, "+1 202 555 0100"},
        {"0912345678 / 0987654321", PHONE_UNCHECKED, "0912345678 / 0987654321"},
        {"0912345678 ext 5", PHONE_UNCHECKED, "0912345678 ext 5"},
        {"", PHONE_NONE, ""},
        {"   ", PHONE_NONE, ""},
        {"không có", PHONE_NONE, ""},
        {"-", PHONE_NONE, ""},
        {"09******78", PHONE_MASKED, "09******78"},
        {"(+84)9*****78", PHONE_MASKED, "(+84)9*****78"},
        {"****", PHONE_MASKED, "****"},
        {"0", PHONE_UNCHECKED, "0"},
        {"00", PHONE_UNCHECKED, "00"},
        {"+84", PHONE_UNCHECKED, "+84"},
        {"0112345678", PHONE_UNCHECKED, "0112345678"},
        {"09123456789", PHONE_UNCHECKED, "09123456789"},
        {"\xFF"
         "1",
         PHONE_UNCHECKED,
         "\xFF"
         "1"},
    };
    check(cases, sizeof cases / sizeof cases[0]);
}

static void long_text_is_cut_at_a_character(void **state) {
    (void)state;
    char out[PHONE_SIZE];
    assert_int_equal(phone_normalise("1234567890123456789012345678901234567890", out), PHONE_UNCHECKED);
    assert_string_equal(out, "1234567890123456789012345678901");
    assert_int_equal(phone_normalise("1 ééééééééééééééééééééééé", out), PHONE_UNCHECKED);
    assert_string_equal(out, "1 éééééééééééééé");
    static char many[100001];
    memset(many, '9', sizeof many - 1);
    assert_int_equal(phone_normalise(many, out), PHONE_UNCHECKED);
    memset(many, '*', sizeof many - 1);
    assert_int_equal(phone_normalise(many, out), PHONE_MASKED);
    assert_int_equal(strlen(out), PHONE_SIZE - 1);
    assert_false(phone_looks_like(many));
}

static void normalising_twice_changes_nothing(void **state) {
    (void)state;
    static const char *const typed[] = {"+84 912 345 678", "01681234567", "024 3825 1234", "19001234", "09******78"};
    for (size_t i = 0; i < sizeof typed / sizeof typed[0]; i++) {
        char once[PHONE_SIZE];
        char twice[PHONE_SIZE];
        enum phone_kind kind = phone_normalise(typed[i], once);
        assert_int_equal(phone_normalise(once, twice), kind);
        assert_string_equal(twice, once);
    }
}

static void a_phone_being_typed_is_told_from_a_code(void **state) {
    (void)state;
    assert_true(phone_looks_like("0912345678"));
    assert_true(phone_looks_like("0912 345 678"));
    assert_true(phone_looks_like("+84912345678"));
    assert_true(phone_looks_like("84 912.345.678"));
    assert_true(phone_looks_like("01681234567"));
    assert_false(phone_looks_like("09123456"));
    assert_false(phone_looks_like("8934567890123"));
    assert_false(phone_looks_like("0123456789012345"));
    assert_false(phone_looks_like("AT-TR-M"));
    assert_false(phone_looks_like("0912345678x"));
    assert_false(phone_looks_like("+0912345678"));
    assert_false(phone_looks_like(""));
}

static void phones_are_shown_in_groups(void **state) {
    (void)state;
    char out[PHONE_SIZE];
    assert_string_equal(phone_format("0912345678", out), "0912 345 678");
    assert_string_equal(phone_format("02438251234", out), "024 3825 1234");
    assert_string_equal(phone_format("02033825123", out), "0203 382 5123");
    assert_string_equal(phone_format("19001234", out), "19001234");
    assert_string_equal(phone_format("", out), "");
    assert_string_equal(phone_format("09******78", out), "09******78");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_spellings_of_a_mobile_are_one),
        cmocka_unit_test(old_mobile_prefixes_convert),
        cmocka_unit_test(landlines_have_eleven_digits),
        cmocka_unit_test(other_numbers_stay_as_typed),
        cmocka_unit_test(long_text_is_cut_at_a_character),
        cmocka_unit_test(normalising_twice_changes_nothing),
        cmocka_unit_test(a_phone_being_typed_is_told_from_a_code),
        cmocka_unit_test(phones_are_shown_in_groups),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
