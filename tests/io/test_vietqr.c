#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "io/vietqr.h"

static void expect(struct vietqr q, const char *expected) {
    char *got = NULL;
    assert_int_equal(vietqr_payload(&q, &got, NULL), ERR_OK);
    assert_string_equal(got, expected);
    free(got);
}

static void payloads_match_napas_byte_for_byte(void **state) {
    (void)state;
    expect((struct vietqr){.bin = "970423", .account = "0099999999"},
           "00020101021138540010A00000072701240006970423011000999999990208QRIBFTTA53037045802VN6304CBB4");
    expect((struct vietqr){.bin = "970403",
                           .account = "0011012345678",
                           .amount = 180000,
                           .bill = "NPS6869",
                           .purpose = "thanh toan don hang"},
           "00020101021238570010A00000072701270006970403011300110123456780208QRIBFTTA530370454061800005802VN62340107NPS"
           "6869"
           "0819thanh toan don hang63042E2E");
    expect((struct vietqr){.bin = "970403",
                           .account = "9704031101234567",
                           .to_card = true,
                           .amount = 180000,
                           .bill = "NPS6869",
                           .purpose = "thanh toan don hang"},
           "00020101021238600010A00000072701300006970403011697040311012345670208QRIBFTTC530370454061800005802VN62340107"
           "NPS6869"
           "0819thanh toan don hang6304A203");
    expect((struct vietqr){.bin = "970422", .account = "0023457923442", .amount = 40123, .purpose = "chuyen khoan"},
           "00020101021238570010A00000072701270006970422011300234579234420208QRIBFTTA53037045405401235802VN62160812chuy"
           "en khoan6304722F");
}

static void the_checksum_has_its_check_value(void **state) {
    (void)state;
    assert_int_equal(vietqr_crc("123456789", 9), 0x29B1);
    assert_int_equal(vietqr_crc("", 0), 0xFFFF);
}

static void text_loses_accents_and_is_cut(void **state) {
    (void)state;
    char *got = NULL;
    struct vietqr q = {
        .bin = "970436", .account = "1", .bill = "", .purpose = "Đơn hàng số một của chị Nguyễn Thị Ánh"};
    assert_int_equal(vietqr_payload(&q, &got, NULL), ERR_OK);
    assert_non_null(strstr(got, "62290825Don hang so mot cua chi N6304"));
    free(got);
}

static void what_no_bank_takes_is_refused(void **state) {
    (void)state;
    char *got = NULL;
    struct err e = ERR_INIT;
    const struct vietqr bad[] = {
        {.bin = "97043", .account = "1"},
        {.bin = "97043x", .account = "1"},
        {.bin = "970436", .account = ""},
        {.bin = "970436", .account = "12345678901234567890"},
        {.bin = "970436", .account = "12 34"},
        {.bin = "970436", .account = "1", .amount = -1},
        {.bin = "970436", .account = "1", .amount = INT64_C(10000000000000)},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(vietqr_payload(&bad[i], &got, &e), ERR_INVALID);
        assert_null(got);
    }
}

static void banks_are_found_by_digits_and_by_name(void **state) {
    (void)state;
    assert_string_equal(bank_find("970436")->name, "Vietcombank");
    assert_string_equal(bank_find("viet com bank")->bin, "970436");
    assert_string_equal(bank_find("TECHCOMBANK")->bin, "970407");
    assert_string_equal(bank_find("Bắc Á")->bin, "970409");
    assert_null(bank_find("970499"));
    assert_null(bank_find(""));
    size_t n = 0;
    while (bank_at(n) != NULL) {
        assert_int_equal(strlen(bank_at(n)->bin), 6);
        assert_ptr_equal(bank_find(bank_at(n)->bin), bank_at(n));
        assert_ptr_equal(bank_find(bank_at(n)->name), bank_at(n));
        n++;
    }
    assert_int_equal(n, 35);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(payloads_match_napas_byte_for_byte),    cmocka_unit_test(the_checksum_has_its_check_value),
        cmocka_unit_test(text_loses_accents_and_is_cut),         cmocka_unit_test(what_no_bank_takes_is_refused),
        cmocka_unit_test(banks_are_found_by_digits_and_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
