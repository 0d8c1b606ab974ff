/* Money as people type it, files hold it and screens show it. */
#include "base/money.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "random.h"

static struct currency vnd;
static struct currency gbp;
static struct currency kwd;

static int find_currencies(void **state) {
    (void)state;
    return currency_find("VND", &vnd) && currency_find("gbp", &gbp) && currency_find("KWD", &kwd) ? 0 : -1;
}

struct reading {
    const char *text;
    int64_t amount;
};

static void check_typed(const struct reading *cases, size_t count, const struct currency *cur) {
    for (size_t i = 0; i < count; i++) {
        int64_t amount = -1;
        struct err e = ERR_INIT;
        if (money_parse(cases[i].text, cur, &amount, &e) != ERR_OK || amount != cases[i].amount) {
            fail_msg("\"%s\": %lld %s", cases[i].text, (long long)amount, e.message);
        }
    }
}

static void what_a_clerk_types_is_understood(void **state) {
    (void)state;
    static const struct reading cases[] = {
        {"150k", 150000},
        {"1tr2", 1200000},
        {"1.500.000", 1500000},
        {"1,5tr", 1500000},
        {"2tỷ", 2000000000},
        {"1500000", 1500000},
        {"45K", 45000},
        {"1tr25", 1250000},
        {"1tr250", 1250000},
        {"1tr200k", 1200000},
        {"1 tr 200 k", 1200000},
        {"2tỷ350tr", 2350000000},
        {"2 tỉ", 2000000000},
        {"1,5 triệu", 1500000},
        {"1.5tr", 1500000},
        {"50 nghìn", 50000},
        {"50 nghìn đồng", 50000},
        {"50 ngàn", 50000},
        {"1.500k", 1500000},
        {"1,500tr", 1500000},
        {"2k5", 2500},
        {"-150k", -150000},
        {"+150k", 150000},
        {"−150k", -150000},
        {"120.000 ₫", 120000},
        {"120.000đ", 120000},
        {"₫120.000", 120000},
        {"-₫120.000", -120000},
        {"₫-120.000", -120000},
        {"120000 vnd", 120000},
        {"VNĐ 120,000", 120000},
        {"  120 000  ", 120000},
        {"120\xC2\xA0"
         "000",
         120000},
        {"1,234,567", 1234567},
        {"120000,00", 120000},
        {"0", 0},
        {"-0", 0},
        {"000150", 150},
        {"1TR2", 1200000},
        {"2ty\xCC\x89", 2000000000},
    };
    check_typed(cases, sizeof cases / sizeof cases[0], &vnd);
}

static void currencies_with_decimals_take_both_marks(void **state) {
    (void)state;
    static const struct reading cases[] = {
        {"12.50", 1250},     {"12,50", 1250},      {"12.5", 1250},       {".5", 50},          {"£12.50", 1250},
        {"12.50 GBP", 1250}, {"1.234,56", 123456}, {"1,234.56", 123456}, {"1.500", 150000},   {"1,500", 150000},
        {"150k", 15000000},  {"1,5tr", 150000000}, {"-£0.01", -1},       {"12.500000", 1250},
    };
    check_typed(cases, sizeof cases / sizeof cases[0], &gbp);
    static const struct reading three[] = {{"1.234", 1234}, {"1,234", 1234}, {"1.234,000", 1234000}, {"12", 12000}};
    check_typed(three, sizeof three / sizeof three[0], &kwd);
}

static void what_is_no_amount_is_refused_with_its_text(void **state) {
    (void)state;
    static const char *const bad[] = {
        "",      " ",     "abc",     "k",          "tr",       "1.5",   "12.50.000",  "1.50.000",  "1..000",
        "1,5,0", "1k2tr", "1tr1tr",  "1tr2,5",     "12 34",    "1.2.3", "--5",        "5-",        "+-5",
        "1e3",   "0x10",  "1tr2k3x", "150kk",      "$5",       "5 USD", "1.234.56",   "0.500",     "1,2345678tr",
        ".",     "-",     "₫",       "1.500.000.", "nan",      "inf",   "1,234,56.7", "1 000.000", "\xFF",
        "5\xFF", "٣",     "１２x",   "1500.000",   "1500,000",
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        int64_t amount = 77;
        struct err e = ERR_INIT;
        if (money_parse(bad[i], &vnd, &amount, &e) != ERR_INVALID || amount != 77 || e.message[0] == '\0') {
            fail_msg("\"%s\" was taken for %lld", bad[i], (long long)amount);
        }
        assert_int_equal(money_parse_file(bad[i], &vnd, &amount, NULL), ERR_INVALID);
    }
    struct err e = ERR_INIT;
    int64_t amount;
    assert_int_equal(money_parse("12 bananas", &vnd, &amount, &e), ERR_INVALID);
    assert_non_null(strstr(e.message, "\"12 bananas\""));
}

static void files_hold_plain_numbers_and_grouped_ones(void **state) {
    (void)state;
    static const struct {
        const char *text;
        const struct currency *cur;
        int64_t amount;
    } cases[] = {
        {"120000", &vnd, 120000},
        {"-120000", &vnd, -120000},
        {"120.000", &vnd, 120000},
        {"120,000", &vnd, 120000},
        {"1.234.567 ₫", &vnd, 1234567},
        {"120000.0", &vnd, 120000},
        {"120000.00", &vnd, 120000},
        {"2.55", &gbp, 255},
        {"2.5", &gbp, 250},
        {"2", &gbp, 200},
        {"-0.01", &gbp, -1},
        {"1,234.50", &gbp, 123450},
        {"1.234,50", &gbp, 123450},
        {"1,234", &gbp, 123400},
        {"£2.55", &gbp, 255},
        {"2.5500", &gbp, 255},
        {"1.234", &kwd, 1234},
        {" 2.55 ", &gbp, 255},
        {"0.0", &gbp, 0},
        {"+5", &vnd, 5},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t amount = -1;
        struct err e = ERR_INIT;
        if (money_parse_file(cases[i].text, cases[i].cur, &amount, &e) != ERR_OK || amount != cases[i].amount) {
            fail_msg("\"%s\": %lld %s", cases[i].text, (long long)amount, e.message);
        }
    }
}

static void files_know_no_slang_and_no_riddles(void **state) {
    (void)state;
    int64_t amount = 77;
    struct err e = ERR_INIT;
    assert_int_equal(money_parse_file("150k", &vnd, &amount, NULL), ERR_INVALID);
    assert_int_equal(money_parse_file("1tr2", &vnd, &amount, NULL), ERR_INVALID);
    assert_int_equal(money_parse_file("2.555", &gbp, &amount, &e), ERR_INVALID); /* 2 555 or 2.555? */
    assert_non_null(strstr(e.message, "two ways"));
    assert_int_equal(money_parse_file("0.125", &gbp, &amount, &e), ERR_INVALID);
    assert_non_null(strstr(e.message, "decimals"));
    assert_int_equal(amount, 77);
}

static void amounts_out_of_range_are_refused(void **state) {
    (void)state;
    static const char *const big[] = {"9223372036854775808", "-9223372036854775809", "99999999999999999999999999999999",
                                      "9999999999999tỷ", "9.223.372.036.854.775.808"};
    for (size_t i = 0; i < sizeof big / sizeof big[0]; i++) {
        int64_t amount = 77;
        struct err e = ERR_INIT;
        assert_int_equal(money_parse(big[i], &vnd, &amount, &e), ERR_INVALID);
        assert_non_null(strstr(e.message, "too large"));
        assert_int_equal(amount, 77);
    }
    int64_t amount = 77;
    assert_int_equal(money_parse_file("92233720368547758.08", &gbp, &amount, NULL), ERR_INVALID);
    assert_int_equal(money_parse_file("92233720368547758.07", &gbp, &amount, NULL), ERR_OK);
    assert_true(amount == INT64_MAX);
    assert_int_equal(money_parse("-9223372036854775808", &vnd, &amount, NULL), ERR_OK);
    assert_true(amount == INT64_MIN);
}

static void a_very_long_text_gives_a_short_message(void **state) {
    (void)state;
    static char text[100001];
    memset(text, '9', sizeof text - 1);
    int64_t amount;
    struct err e = ERR_INIT;
    assert_int_equal(money_parse(text, &vnd, &amount, &e), ERR_INVALID);
    assert_true(strlen(e.message) < 200);
    memset(text, '.', sizeof text - 1);
    assert_int_equal(money_parse_file(text, &gbp, &amount, &e), ERR_INVALID);
}

static void parse_and_format_are_inverse(void **state) {
    (void)state;
    const struct currency *all[] = {&vnd, &gbp, &kwd};
    struct random r = RANDOM_INIT;
    for (int i = 0; i < 30000; i++) {
        const struct currency *cur = all[i % 3];
        int64_t amount = i < 3 ? INT64_MIN : i < 6 ? INT64_MAX : random_amount(&r);
        char text[MONEY_TEXT_MAX];
        int64_t back = 1;
        money_format(amount, cur, i % 2 == 0, text);
        assert_int_equal(money_parse(text, cur, &back, NULL), ERR_OK);
        assert_true(back == amount);
        money_format_plain(amount, cur, text);
        assert_int_equal(money_parse_file(text, cur, &back, NULL), ERR_OK);
        assert_true(back == amount);
    }
}

static void screens_group_by_dots_and_use_a_comma(void **state) {
    (void)state;
    char out[MONEY_TEXT_MAX];
    assert_string_equal(money_format(1234567, &vnd, true, out), "1.234.567 ₫");
    assert_string_equal(money_format(1234567, &vnd, false, out), "1.234.567");
    assert_string_equal(money_format(-530000, &vnd, true, out), "-530.000 ₫");
    assert_string_equal(money_format(0, &vnd, true, out), "0 ₫");
    assert_string_equal(money_format(999, &vnd, false, out), "999");
    assert_string_equal(money_format(123456, &gbp, true, out), "1.234,56 £");
    assert_string_equal(money_format(-5, &gbp, false, out), "-0,05");
    assert_string_equal(money_format(INT64_MIN, &vnd, true, out), "-9.223.372.036.854.775.808 ₫");
}

static void files_get_plain_numbers(void **state) {
    (void)state;
    char out[MONEY_TEXT_MAX];
    assert_string_equal(money_format_plain(255, &gbp, out), "2.55");
    assert_string_equal(money_format_plain(200, &gbp, out), "2.00");
    assert_string_equal(money_format_plain(-1, &gbp, out), "-0.01");
    assert_string_equal(money_format_plain(120000, &vnd, out), "120000");
    assert_string_equal(money_format_plain(1, &kwd, out), "0.001");
}

static void narrow_places_get_three_figures(void **state) {
    (void)state;
    static const struct reading cases[] = {
        {"0", 0},
        {"950", 950},
        {"45k", 45000},
        {"45,5k", 45500},
        {"123k", 123456},
        {"612 tr", 612000000},
        {"4,44 tỷ", 4440000000},
        {"1,2 tr", 1200000},
        {"1 tr", 999950},
        {"100k", 99999},
        {"1 tỷ", 999999999},
        {"-45k", -45000},
        {"12.345 tỷ", 12345000000000},
        {"1k", 1000},
        {"999", 999},
    };
    char out[MONEY_TEXT_MAX];
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_string_equal(money_format_short(cases[i].amount, &vnd, out), cases[i].text);
    }
    assert_string_equal(money_format_short(440000000, &gbp, out), "4.4M");
    assert_string_equal(money_format_short(61200000, &gbp, out), "612k");
    assert_string_equal(money_format_short(95050, &gbp, out), "950.50");
    assert_true(strlen(money_format_short(INT64_MIN, &vnd, out)) < 30);
}

static void currencies_are_found_by_code(void **state) {
    (void)state;
    struct currency c;
    assert_int_equal(vnd.decimals, 0);
    assert_string_equal(vnd.symbol, "₫");
    assert_int_equal(gbp.decimals, 2);
    assert_string_equal(gbp.code, "GBP");
    assert_int_equal(kwd.decimals, 3);
    assert_string_equal(kwd.symbol, "KWD");
    assert_true(currency_find("uSd", &c));
    assert_string_equal(c.symbol, "$");
    static const char *const bad[] = {"", "V", "VN", "VNDX", "XXQ", "V D", "123", "₫", " VND"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_false(currency_find(bad[i], &c));
    }
}

static void rates_are_percent_with_two_decimals(void **state) {
    (void)state;
    static const struct reading good[] = {{"8", 800}, {"7.5", 750},   {"7,5", 750}, {"8%", 800},   {" 8 % ", 800},
                                          {"0", 0},   {"100", 10000}, {"0.05", 5},  {"7.50", 750}, {"10.000", 1000}};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        int64_t bps = -1;
        assert_int_equal(rate_parse(good[i].text, 10000, &bps, NULL), ERR_OK);
        assert_int_equal(bps, good[i].amount);
    }
    static const char *const bad[] = {
        "", "%", "8%%", "-1", "100.01", "101", "7.555", "abc", "1e2", "99999999999999999999", "9999999999999999999"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        int64_t bps = 77;
        struct err e = ERR_INIT;
        assert_int_equal(rate_parse(bad[i], 10000, &bps, &e), ERR_INVALID);
        assert_int_equal(bps, 77);
        assert_true(e.message[0] != '\0');
    }
    char out[MONEY_TEXT_MAX];
    assert_string_equal(rate_format(750, out), "7.5");
    assert_string_equal(rate_format(800, out), "8");
    assert_string_equal(rate_format(5, out), "0.05");
    assert_string_equal(rate_show(750, out), "7,5");
    for (int64_t bps = 0; bps <= 10000; bps++) {
        int64_t back;
        assert_int_equal(rate_parse(rate_format(bps, out), 10000, &back, NULL), ERR_OK);
        assert_int_equal(back, bps);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_clerk_types_is_understood),
        cmocka_unit_test(currencies_with_decimals_take_both_marks),
        cmocka_unit_test(what_is_no_amount_is_refused_with_its_text),
        cmocka_unit_test(files_hold_plain_numbers_and_grouped_ones),
        cmocka_unit_test(files_know_no_slang_and_no_riddles),
        cmocka_unit_test(amounts_out_of_range_are_refused),
        cmocka_unit_test(a_very_long_text_gives_a_short_message),
        cmocka_unit_test(parse_and_format_are_inverse),
        cmocka_unit_test(screens_group_by_dots_and_use_a_comma),
        cmocka_unit_test(files_get_plain_numbers),
        cmocka_unit_test(narrow_places_get_three_figures),
        cmocka_unit_test(currencies_are_found_by_code),
        cmocka_unit_test(rates_are_percent_with_two_decimals),
    };
    return cmocka_run_group_tests(tests, find_currencies, NULL);
}
