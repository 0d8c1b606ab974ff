#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "io/receipt_print.h"

static const struct receipt_line lines[] = {
    {"Áo thun cổ tròn tay dài họa tiết sọc ngang màu đỏ đô", 2000, "cái", 120000, 20000, 220000},
    {"Cà phê rang xay", 500, "kg", 310000, 0, 155000},
    {"Nước suối", 24000, "chai", 4500, 0, 108000},
};
static const struct receipt_payment payments[] = {{"Tiền mặt", 300000}, {"Chuyển khoản", 100000}};

static struct receipt example(void) {
    return (struct receipt){
        .shop = "Cửa hàng Bình Minh",
        .header = "12 Hàng Bông, Hoàn Kiếm, Hà Nội|0912 345 678",
        .order_no = "DH261031-0001",
        .date = "2026-10-31",
        .time = "14:05:09",
        .cashier = "Lan",
        .customer = "Nguyễn Thị Ánh Nguyệt",
        .lines = lines,
        .line_count = 3,
        .subtotal = 483000,
        .discount = 13000,
        .shipping = 30000,
        .total = 500000,
        .payments = payments,
        .payment_count = 2,
        .due = 100000,
        .cash_taken = true,
        .transfer_to = "Vietcombank 0011012345678|NGUYEN VAN A",
        .footer = "Cảm ơn quý khách!|Đổi hàng trong 7 ngày",
        .currency = {"VND", 0, "₫"},
    };
}

/* Compares with the stored file; UPDATE_GOLDEN=1 writes it anew. */
static void expect_golden(const char *name, const char *text) {
    char path[128];
    snprintf(path, sizeof path, "tests/io/golden/%s", name);
    if (getenv("UPDATE_GOLDEN") != NULL) {
        FILE *f = fopen(path, "wb");
        fputs(text, f);
        fclose(f);
    }
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    char *stored = NULL;
    size_t cap = 0;
    assert_true(getdelim(&stored, &cap, '\0', f) >= 0);
    fclose(f);
    assert_string_equal(text, stored);
    free(stored);
}

/* Bytes as a person can compare them: printable ASCII and line ends as they are, others as \xNN, a picture as its size.
 */
static char *readable(const struct buf *bytes) {
    struct buf b = BUF_INIT;
    for (size_t i = 0; i < bytes->len; i++) {
        const unsigned char *p = (const unsigned char *)bytes->data + i;
        if (bytes->len - i > 8 && memcmp(p, "\x1Dv0", 3) == 0) {
            size_t across = p[4] + p[5] * 256U;
            size_t down = p[6] + p[7] * 256U;
            buf_addf(&b, "<raster of %zu bytes by %zu>", across, down);
            i += 7 + across * down;
        } else if (*p == '\n' || (*p >= ' ' && *p < 0x7F && *p != '\\')) {
            buf_add_char(&b, (char)*p);
        } else {
            buf_addf(&b, "\\x%02X", *p);
        }
    }
    buf_add_char(&b, '\n');
    return buf_take(&b);
}

static void expect_text(const struct receipt *r, int width, const char *golden) {
    struct buf b = BUF_INIT;
    receipt_text(r, width, &b);
    expect_golden(golden, buf_str(&b));
    char *rest = b.data;
    for (char *line = strsep(&rest, "\n"); line != NULL; line = strsep(&rest, "\n")) {
        assert_true(text_width(line) <= width);
    }
    buf_clear(&b);
}

static void text_fits_48_columns(void **state) {
    (void)state;
    struct receipt r = example();
    expect_text(&r, 48, "receipt-48.txt");
}

static void text_fits_32_columns(void **state) {
    (void)state;
    struct receipt r = example();
    expect_text(&r, 32, "receipt-32.txt");
}

static void the_least_receipt_has_no_empty_labels(void **state) {
    (void)state;
    struct receipt_payment paid = {"Cash", 1000};
    struct receipt r = {.shop = "X",
                        .lines = &lines[2],
                        .line_count = 1,
                        .subtotal = 108000,
                        .total = 108000,
                        .payments = &paid,
                        .payment_count = 1,
                        .change = 892000,
                        .currency = {"VND", 0, "₫"}};
    expect_text(&r, 32, "receipt-least.txt");
}

static void huge_amounts_and_names_without_blanks_still_fit(void **state) {
    (void)state;
    struct receipt_line line = {"Sản_phẩm_có_tên_rất_dài_không_có_dấu_cách_nào_cả_để_xuống_dòng😀😀",
                                1234567500,
                                "thùng",
                                12345678901234,
                                0,
                                1524157875019052100};
    struct receipt r = example();
    r.lines = &line;
    r.line_count = 1;
    expect_text(&r, 32, "receipt-huge.txt");
}

static void names_cannot_steer_the_printer(void **state) {
    (void)state;
    struct receipt_line line = {"Tea\x1B@\x1Bp\n\x1D", 1000, "\x1B", 1, 0, 1};
    struct receipt r = {
        .shop = "X\x1B", .lines = &line, .line_count = 1, .total = 1, .subtotal = 1, .currency = {"VND", 0, "₫"}};
    struct buf b = BUF_INIT;
    receipt_text(&r, 32, &b);
    assert_null(strchr(buf_str(&b), '\x1B'));
    assert_null(strchr(buf_str(&b), '\x1D'));
    buf_reset(&b);
    struct receipt_style style = {.width = 32, .codepage = RECEIPT_ASCII};
    assert_int_equal(receipt_escpos(&r, &style, &b, NULL), ERR_OK);
    assert_non_null(memmem(b.data, b.len, "\nTea?@?p??\n", 11));
    buf_clear(&b);
}

static void expect_escpos(const struct receipt *r, const struct receipt_style *style, const char *golden) {
    struct buf b = BUF_INIT;
    assert_int_equal(receipt_escpos(r, style, &b, NULL), ERR_OK);
    char *text = readable(&b);
    expect_golden(golden, text);
    free(text);
    buf_clear(&b);
}

static void escpos_is_plain_ascii_by_default(void **state) {
    (void)state;
    struct receipt r = example();
    r.qr_text = "00020101021138540010A00000072701240006970423011000999999990208QRIBFTTA53037045802VN6304CBB4";
    struct receipt_style style = {.width = 48, .codepage = RECEIPT_ASCII, .cut = true, .drawer = true};
    expect_escpos(&r, &style, "receipt-escpos-ascii.txt");
}

static void escpos_can_speak_windows_1258(void **state) {
    (void)state;
    struct receipt r = example();
    r.cash_taken = false;
    struct receipt_style style = {.width = 32, .codepage = RECEIPT_WINDOWS_1258, .codepage_number = 52, .drawer = true};
    expect_escpos(&r, &style, "receipt-escpos-1258.txt");
}

static void the_picture_is_the_code(void **state) {
    (void)state;
    struct receipt r = {.currency = {"VND", 0, "₫"}, .qr_text = "HELLO"};
    struct receipt_style style = {.width = 32};
    struct buf b = BUF_INIT;
    assert_int_equal(receipt_escpos(&r, &style, &b, NULL), ERR_OK);
    const unsigned char *p = memmem(b.data, b.len, "\x1Dv0", 3);
    assert_non_null(p);
    assert_int_equal(p[4], (21 + 8) * 6 / 8 + 1); /* version 1: 21 squares and 8 of white, 6 dots each */
    assert_int_equal(p[6], (21 + 8) * 6);
    const unsigned char *row =
        p + 8 + (size_t)p[4] * (4 * 6); /* the finder's first row: 24 white dots, 42 black, white */
    assert_memory_equal(row, "\x00\x00\x00\xFF\xFF\xFF\xFF\xFF\xC0", 9);
    r.qr_text = NULL;
    buf_clear(&b);
}

static struct config *config_of(const char *text) {
    char path[] = "/tmp/chotdon-receipt-XXXXXX";
    int fd = mkstemp(path);
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    close(fd);
    struct config *c = NULL;
    assert_int_equal(config_load(path, &c, NULL), ERR_OK);
    unlink(path);
    return c;
}

static void the_configuration_dresses_a_receipt(void **state) {
    (void)state;
    struct config *c =
        config_of("[receipt]\nwidth = 32\nheader = \"1 Phố Huế|0900\"\nfooter = \"Bye\"\nformat = escpos\ncut = no\n"
                  "[bank]\nbin = Vietcombank\naccount = 0011012345678\nname = NGUYEN VAN A\n");
    struct receipt r = example();
    r.header = r.footer = r.transfer_to = NULL;
    struct buf b = BUF_INIT;
    assert_int_equal(receipt_format_of(c), RECEIPT_ESCPOS);
    assert_int_equal(receipt_render(c, &r, RECEIPT_TEXT, 0, &b, NULL), ERR_OK);
    assert_non_null(strstr(buf_str(&b), "1 Phố Huế\n"));
    assert_non_null(strstr(buf_str(&b), " Vietcombank 0011012345678\n"));
    assert_non_null(strstr(buf_str(&b), "NGUYEN VAN A\n"));
    assert_non_null(strstr(buf_str(&b), " Bye\n"));
    buf_reset(&b);
    assert_int_equal(receipt_render(c, &r, RECEIPT_ESCPOS, 0, &b, NULL), ERR_OK);
    assert_non_null(memmem(b.data, b.len, "\x1Dv0", 3));
    buf_reset(&b);
    r.due = 0;
    assert_int_equal(receipt_render(c, &r, RECEIPT_ESCPOS, 0, &b, NULL), ERR_OK);
    assert_null(memmem(b.data, b.len, "\x1Dv0", 3));
    buf_clear(&b);
    assert_int_equal(receipt_print(c, &r, NULL), ERR_INVALID);
    config_free(c);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_fits_48_columns),
        cmocka_unit_test(text_fits_32_columns),
        cmocka_unit_test(the_least_receipt_has_no_empty_labels),
        cmocka_unit_test(huge_amounts_and_names_without_blanks_still_fit),
        cmocka_unit_test(names_cannot_steer_the_printer),
        cmocka_unit_test(escpos_is_plain_ascii_by_default),
        cmocka_unit_test(escpos_can_speak_windows_1258),
        cmocka_unit_test(the_picture_is_the_code),
        cmocka_unit_test(the_configuration_dresses_a_receipt),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
