/* Text: NFC, folding, initials, codes. */
#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct pair {
    const char *from;
    const char *to;
};

static void check(char *(*change)(const char *), const struct pair *cases, size_t count) {
    for (size_t i = 0; i < count; i++) {
        char *got = change(cases[i].from);
        assert_string_equal(got, cases[i].to);
        free(got);
    }
}

static void folding_is_blind_to_accents_and_case(void **state) {
    (void)state;
    static const struct pair cases[] = {
        {"Nguyễn Văn Đạt", "nguyen van dat"},
        {"NGUYỄN VĂN ĐẠT", "nguyen van dat"},
        {"Nguye\xCC\x82\xCC\x83n Va\xCC\x86n \xC4\x90"
         "a\xCC\xA3t",
         "nguyen van dat"},
        {"hòa", "hoa"},
        {"hoà", "hoa"},
        {"  Áo   thun\ttrơn,\n trắng M ", "ao thun tron, trang m"},
        {"Nước suối 1,5 l", "nuoc suoi 1,5 l"},
        {"ƠƯơư", "ouou"},
        {"Straße", "strasse"},
        {"ﬁle", "file"},
        {"Ａｂ１", "ab1"},
        {"a\xC2\xA0"
         "b",
         "a b"},
        {"a\xE2\x80\x8B"
         "b",
         "ab"},
        {"漢字", "漢字"},
        {"ΑΒΓ", "αβγ"},
        {"", ""},
        {"   ", ""},
        {"a\xFF"
         "b",
         "a\xEF\xBF\xBD"
         "b"},
    };
    check(text_fold, cases, sizeof cases / sizeof cases[0]);
    assert_true(text_equal_folded("Hòa Bình", "HOÀ  BÌNH"));
    assert_false(text_equal_folded("Hòa", "Hoan"));
    assert_true(text_contains_folded("Nguyễn Văn Đạt", "van dat"));
    assert_true(text_contains_folded("Nguyễn Văn Đạt", "ĐẠT"));
    assert_true(text_contains_folded("Nguyễn", ""));
    assert_false(text_contains_folded("Nguyễn", "dat"));
}

static void text_is_stored_composed_and_trimmed(void **state) {
    (void)state;
    static const struct pair cases[] = {
        {"Vie\xCC\xA3\xCC\x82t", "Việt"},
        {"Vie\xCC\x82\xCC\xA3t", "Việt"},
        {"  a  b \r\n", "a  b"},
        {"\xEF\xBB\xBFSKU", "SKU"},
        {"\xC2\xA0 x \xE3\x80\x80", "x"},
        {"plain", "plain"},
        {"", ""},
        {"Đạt ₫", "Đạt ₫"},
        {"x\xC3", "x\xEF\xBF\xBD"},
    };
    check(text_nfc, cases, sizeof cases / sizeof cases[0]);
}

static void initials_are_the_first_letters(void **state) {
    (void)state;
    static const struct pair cases[] = {
        {"Nguyễn Văn Đạt", "nvd"},
        {"Áo thun trơn, trắng M", "atttm"},
        {"Gạo ST25 5 kg", "gs5k"},
        {"Bà Rịa-Vũng Tàu", "brvt"},
        {"", ""},
        {" - ", ""},
    };
    check(text_initials, cases, sizeof cases / sizeof cases[0]);
}

static void ascii_keeps_case_and_marks_what_it_cannot_say(void **state) {
    (void)state;
    static const struct pair cases[] = {
        {"Nguyễn Văn Đạt", "Nguyen Van Dat"},
        {"thanh toán đơn hàng", "thanh toan don hang"},
        {"530.000 ₫", "530.000 d"},
        {"“x” – y…", "\"x\" - y..."},
        {"漢", "?"},
        {"\xFF", "?"},
        {"Vie\xCC\xA3\xCC\x82t", "Viet"},
    };
    check(text_ascii, cases, sizeof cases / sizeof cases[0]);
}

static void upper_case_keeps_accents(void **state) {
    (void)state;
    static const struct pair cases[] = {{"Bán hàng đây", "BÁN HÀNG ĐÂY"}, {"trưởng", "TRƯỞNG"}, {"", ""}};
    check(text_upper, cases, sizeof cases / sizeof cases[0]);
}

static void codes_are_made_from_names(void **state) {
    (void)state;
    static const struct {
        const char *name;
        size_t max;
        const char *code;
    } cases[] = {
        {"Nguyễn Văn An", 32, "NGUYEN-VAN-AN"},
        {"Áo thun (trắng) M", 32, "AO-THUN-TRANG-M"},
        {"a - b", 32, "A-B"},
        {"x_1.5", 32, "X_1.5"},
        {"Nguyễn Văn An", 7, "NGUYEN"},
        {"Nguyễn Văn An", 8, "NGUYEN-V"},
        {"-x-", 32, "X"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char *code = text_to_code(cases[i].name, cases[i].max);
        assert_non_null(code);
        assert_string_equal(code, cases[i].code);
        free(code);
    }
    assert_null(text_to_code("漢字", 32));
    assert_null(text_to_code("", 32));
    assert_null(text_to_code("abc", 0));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(folding_is_blind_to_accents_and_case),
        cmocka_unit_test(text_is_stored_composed_and_trimmed),
        cmocka_unit_test(initials_are_the_first_letters),
        cmocka_unit_test(ascii_keeps_case_and_marks_what_it_cannot_say),
        cmocka_unit_test(upper_case_keeps_accents),
        cmocka_unit_test(codes_are_made_from_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
