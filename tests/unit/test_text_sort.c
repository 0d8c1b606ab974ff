/* Sort keys: strcmp puts them into Vietnamese order. */
#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Each text sorts strictly before the next one. */
static void check_order(const char *const *texts, size_t count, bool name) {
    for (size_t i = 0; i < count; i++) {
        for (size_t j = i + 1; j < count; j++) {
            char *a = text_sort_key(texts[i], name);
            char *b = text_sort_key(texts[j], name);
            if (strcmp(a, b) >= 0) {
                fail_msg("\"%s\" (%s) does not sort before \"%s\" (%s)", texts[i], a, texts[j], b);
            }
            free(a);
            free(b);
        }
    }
}

#define CHECK_ORDER(name, ...)                                                                                         \
    do {                                                                                                               \
        static const char *const texts[] = {__VA_ARGS__};                                                              \
        check_order(texts, sizeof texts / sizeof texts[0], name);                                                      \
    } while (0)

static void letters_sort_as_in_the_alphabet(void **state) {
    (void)state;
    CHECK_ORDER(false, "a", "ă", "â", "b", "c", "d", "đ", "e", "ê", "g", "h", "i", "k", "l", "m", "n", "o", "ô", "ơ",
                "p", "q", "r", "s", "t", "u", "ư", "v", "x", "y");
    CHECK_ORDER(false, "e", "f", "g", "i", "j", "k", "v", "w", "x", "y", "z");
}

static void tones_sort_none_huyen_hoi_nga_sac_nang(void **state) {
    (void)state;
    CHECK_ORDER(false, "ma", "mà", "mả", "mã", "má", "mạ");
    CHECK_ORDER(false, "mă", "mằ", "mẳ", "mẵ", "mắ", "mặ", "mâ", "mầ", "mẩ", "mẫ", "mấ", "mậ");
    CHECK_ORDER(false, "tư", "từ", "tử", "tữ", "tứ", "tự");
}

static void letters_of_a_word_weigh_more_than_its_tone(void **state) {
    (void)state;
    CHECK_ORDER(false, "ma", "mạ", "mai", "mài", "mại", "man", "mãn");
    CHECK_ORDER(false, "ba", "ba ba", "ba lan", "bà", "bà an", "bà ba", "bai");
    CHECK_ORDER(false, "da", "dạ", "đa", "đạ", "e");
}

static void digits_come_before_letters(void **state) {
    (void)state;
    CHECK_ORDER(false, "1", "2", "9", "a", "漢");
    CHECK_ORDER(false, "", "x");
}

static void names_sort_by_the_given_name_first(void **state) {
    (void)state;
    CHECK_ORDER(true, "Lê Thị An", "Nguyễn Văn An", "Trần An", "Phạm Ánh", "Hoàng Ân", "Vũ Bình", "Nguyễn Văn Dũng",
                "Lê Văn Đạt", "An Giang", "Bùi Ơn", "Cao Yến");
    CHECK_ORDER(true, "An", "Lê An", "Lê Ân");
    CHECK_ORDER(true, "Nguyễn Lan", "Nguyễn Lan (VIP)"); /* its last word is VIP */
}

static void case_punctuation_and_the_place_of_the_tone_do_not_matter(void **state) {
    (void)state;
    static const char *const same[][2] = {
        {"HÒA BÌNH", "hoà bình"}, {"Áo-thun", "áo thun"}, {"  Lan ", "lan"}, {"thuỷ", "thủy"}};
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++) {
        for (int name = 0; name < 2; name++) {
            char *a = text_sort_key(same[i][0], name);
            char *b = text_sort_key(same[i][1], name);
            assert_string_equal(a, b);
            free(a);
            free(b);
        }
    }
}

static void keys_are_ascii(void **state) {
    (void)state;
    static const char *const texts[] = {"Đặng Thị Ngọc Ánh", "漢字", "😀", "\xFF\xFE", "Ωmega", "ñ ü ç"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        char *key = text_sort_key(texts[i], true);
        for (const char *p = key; *p != '\0'; p++) {
            assert_true(*p >= ' ' && *p < 0x7F);
        }
        free(key);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_sort_as_in_the_alphabet),
        cmocka_unit_test(tones_sort_none_huyen_hoi_nga_sac_nang),
        cmocka_unit_test(letters_of_a_word_weigh_more_than_its_tone),
        cmocka_unit_test(digits_come_before_letters),
        cmocka_unit_test(names_sort_by_the_given_name_first),
        cmocka_unit_test(case_punctuation_and_the_place_of_the_tone_do_not_matter),
        cmocka_unit_test(keys_are_ascii),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
