/* Provinces: what people type, old names and aliases become one of the 34. */
#include "base/province.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"

static void there_are_34_and_each_knows_itself(void **state) {
    (void)state;
    assert_int_equal(province_count(), 34);
    for (size_t i = 0; i < province_count(); i++) {
        char *plain = text_ascii(province_name(i));
        char *upper = text_upper(province_name(i));
        assert_ptr_equal(province_canonical(province_name(i)), province_name(i));
        assert_ptr_equal(province_canonical(plain), province_name(i));
        assert_ptr_equal(province_canonical(upper), province_name(i));
        free(plain);
        free(upper);
        for (size_t j = 0; j < i; j++) {
            assert_string_not_equal(province_name(i), province_name(j));
        }
    }
}

static void old_names_map_to_the_merged_province(void **state) {
    (void)state;
    static const char *const old[][2] = {
        {"Hải Dương", "Hải Phòng"},    {"Quảng Nam", "Đà Nẵng"},        {"Bình Dương", "TP.HCM"},
        {"Bà Rịa-Vũng Tàu", "TP.HCM"}, {"Bà Rịa - Vũng Tàu", "TP.HCM"}, {"Sóc Trăng", "Cần Thơ"},
        {"Hậu Giang", "Cần Thơ"},      {"Hà Giang", "Tuyên Quang"},     {"Yên Bái", "Lào Cai"},
        {"Bắc Kạn", "Thái Nguyên"},    {"Vĩnh Phúc", "Phú Thọ"},        {"Hòa Bình", "Phú Thọ"},
        {"Hoà Bình", "Phú Thọ"},       {"Bắc Giang", "Bắc Ninh"},       {"Thái Bình", "Hưng Yên"},
        {"Hà Nam", "Ninh Bình"},       {"Nam Định", "Ninh Bình"},       {"Quảng Bình", "Quảng Trị"},
        {"Kon Tum", "Quảng Ngãi"},     {"Bình Định", "Gia Lai"},        {"Ninh Thuận", "Khánh Hòa"},
        {"Đắk Nông", "Lâm Đồng"},      {"Bình Thuận", "Lâm Đồng"},      {"Phú Yên", "Đắk Lắk"},
        {"Bình Phước", "Đồng Nai"},    {"Long An", "Tây Ninh"},         {"Bến Tre", "Vĩnh Long"},
        {"Trà Vinh", "Vĩnh Long"},     {"Tiền Giang", "Đồng Tháp"},     {"Bạc Liêu", "Cà Mau"},
        {"Kiên Giang", "An Giang"},    {"Thừa Thiên Huế", "Huế"},       {"Thừa Thiên - Huế", "Huế"},
        {"Hà Tây", "Hà Nội"},
    };
    for (size_t i = 0; i < sizeof old / sizeof old[0]; i++) {
        assert_non_null(province_canonical(old[i][0]));
        assert_string_equal(province_canonical(old[i][0]), old[i][1]);
    }
}

static void prefixes_case_and_aliases_do_not_matter(void **state) {
    (void)state;
    static const char *const typed[][2] = {
        {"Tỉnh Nghệ An", "Nghệ An"},
        {"tinh nghe an", "Nghệ An"},
        {"TP. Hồ Chí Minh", "TP.HCM"},
        {"TP.HCM", "TP.HCM"},
        {"tphcm", "TP.HCM"},
        {"TP HCM", "TP.HCM"},
        {"HCM", "TP.HCM"},
        {"Thành phố Hồ Chí Minh", "TP.HCM"},
        {"Ho Chi Minh City", "TP.HCM"},
        {"Sài Gòn", "TP.HCM"},
        {"Saigon", "TP.HCM"},
        {"HANOI", "Hà Nội"},
        {"hà  nội", "Hà Nội"},
        {"TP.Hà Nội", "Hà Nội"},
        {"Hanoi, Vietnam", "Hà Nội"},
        {"Thành phố Đà Nẵng", "Đà Nẵng"},
        {"Da Nang City", "Đà Nẵng"},
        {"Daklak", "Đắk Lắk"},
        {"Đắc Lắc", "Đắk Lắk"},
        {"Đăk Nông", "Lâm Đồng"},
        {"Kontum", "Quảng Ngãi"},
        {"Thanh Hoá", "Thanh Hóa"},
        {"Ba\xCC\x81\x63 Ninh", "Bắc Ninh"},
        {"Thai Nguyen Province", "Thái Nguyên"},
    };
    for (size_t i = 0; i < sizeof typed / sizeof typed[0]; i++) {
        const char *name = province_canonical(typed[i][0]);
        if (name == NULL || strcmp(name, typed[i][1]) != 0) {
            fail_msg("\"%s\" became %s", typed[i][0], name == NULL ? "nothing" : name);
        }
    }
}

static void what_is_unknown_gives_nothing(void **state) {
    (void)state;
    static char longest[100001];
    memset(longest, 'a', sizeof longest - 1);
    const char *const typed[] = {"",      " ",          "Paris", "United Kingdom", "TP",       "Tỉnh", "Hà",
                                 "HCM 2", "Hà Nội/HCM", "an",    "hanoihue",       "\xFF\xFE", "漢",   longest};
    for (size_t i = 0; i < sizeof typed / sizeof typed[0]; i++) {
        assert_null(province_canonical(typed[i]));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(there_are_34_and_each_knows_itself),
        cmocka_unit_test(old_names_map_to_the_merged_province),
        cmocka_unit_test(prefixes_case_and_aliases_do_not_matter),
        cmocka_unit_test(what_is_unknown_gives_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
