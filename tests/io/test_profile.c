#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "io/profile.h"

static struct profile *named(const char *name) {
    struct profile *p = NULL;
    assert_int_equal(profile_find(name, NULL, &p, NULL), ERR_OK);
    return p;
}

static struct csv_reader *reader_over(const char *text) {
    FILE *f = tmpfile();
    fputs(text, f);
    fflush(f);
    int fd = dup(fileno(f));
    fclose(f);
    lseek(fd, 0, SEEK_SET);
    struct csv_reader *r = NULL;
    csv_reader_open_fd(fd, "test", NULL, &r, NULL);
    return r;
}

/* Reads `text` through the profile, which it frees, and compares: one line for each record, `line: cell|cell`. */
static void expect(struct profile *p, const char *text, const char *expected) {
    struct csv_reader *csv = reader_over(text);
    struct profile_reader *r = profile_reader_new(csv, p);
    struct buf b = BUF_INIT;
    const struct csv_record *row = NULL;
    while (profile_reader_next(r, &row, NULL) == ERR_OK && row != NULL) {
        buf_addf(&b, "%ld:", row->line);
        for (size_t i = 0; row->kind == CSV_ROW && i < row->count; i++) {
            buf_addf(&b, "%s%s", i > 0 ? "|" : " ", row->cells[i]);
        }
        buf_add(&b, row->kind == CSV_BAD ? " bad\n" : row->kind == CSV_BLANK ? " blank\n" : "\n");
    }
    profile_reader_free(r);
    csv_reader_free(csv);
    profile_free(p);
    assert_string_equal(buf_str(&b), expected);
    buf_clear(&b);
}

static void without_a_profile_all_passes(void **state) {
    (void)state;
    struct csv_reader *csv = reader_over("a,b\n1.0,-2\n");
    struct profile_reader *r = profile_reader_new(csv, NULL);
    const struct csv_record *row = NULL;
    profile_reader_next(r, &row, NULL);
    profile_reader_next(r, &row, NULL);
    assert_string_equal(row->cells[0], "1.0");
    profile_reader_free(r);
    csv_reader_free(csv);
}

static void a_map_renames_one_column_and_passes_the_rest(void **state) {
    (void)state;
    struct profile *p = profile_new();
    assert_int_equal(profile_map(p, "Invoice=order_no", NULL), ERR_OK);
    assert_int_equal(profile_map(p, "A=B=qty", NULL), ERR_OK);
    profile_null_text(p, "NULL");
    expect(p, "sku,A=B,invoice,discount\nX,2,123.0,-5\nNULL,3,,1\n",
           "1: order_no|qty|sku|discount\n2: 123.0|2|X|-5\n3: |3||1\n");
}

static void a_map_wants_header_and_field(void **state) {
    (void)state;
    struct profile *p = profile_new();
    struct err e = ERR_INIT;
    assert_int_equal(profile_map(p, "Invoice", &e), ERR_INVALID);
    assert_int_equal(profile_map(p, "=order_no", &e), ERR_INVALID);
    assert_int_equal(profile_map(p, "Invoice=", &e), ERR_INVALID);
    assert_int_equal(profile_map(p, "Invoice=nonsense", &e), ERR_INVALID);
    assert_non_null(strstr(e.message, "nonsense"));
    profile_free(p);
}

static void american_dates_become_iso_when_told(void **state) {
    (void)state;
    struct profile *p = profile_new();
    profile_date_order(p, DATE_MDY);
    expect(p, "order_no,order_date,qty\n1,12/31/2026 23:05,2\n2,13/13/2026,1\n",
           "1: order_no|order_date|qty\n2: 1|2026-12-31 23:05:00|2\n3: 2|13/13/2026|1\n");
}

static void shopee_files_are_read(void **state) {
    (void)state;
    expect(named("shopee"),
           "Mã đơn hàng,Ngày đặt hàng,Trạng Thái Đơn Hàng,SKU sản phẩm,SKU phân loại hàng,Tên sản phẩm,Tên phân loại "
           "hàng,Giá gốc,Giá ưu "
           "đãi,Số lượng,Số điện thoại,Tên Người nhận,Mã vận đơn,Phương thức thanh toán,Cột lạ\n"
           "\"241031ABC\t\",2026-10-31 14:05,Hoàn thành,AO,AO-D,Áo "
           "thun,\"Đỏ,L\",120000,99000,2,84912***678,N***n,123456789.0,Ví ShopeePay,x\n"
           "241031DEF,01/11/2026 08:00,Người mua xác nhận đã nhận được hàng và đơn sẽ "
           "đóng,QUAN,,Quần,,150000,,1,84912345678,Trần Lan,,Thanh toán "
           "khi nhận hàng,\n",
           "1: "
           "order_no|order_date|status|tracking_no|sku|product_name|unit_price|qty|payment_method|customer_name|"
           "customer_phone|channel\n"
           "2: 241031ABC|2026-10-31 14:05:00|completed|123456789|AO-D|Áo thun - Đỏ,L|99000|2|ewallet|||Shopee\n"
           "3: 241031DEF|2026-11-01 08:00:00|delivered||QUAN|Quần|150000|1|cod|Trần Lan|84912345678|Shopee\n");
}

static void headers_match_exactly_before_folded(void **state) {
    (void)state;
    struct profile *p = profile_new();
    profile_map(p, "Tổng số tiền người mua thanh toán=paid", NULL);
    profile_map(p, "so luong=qty", NULL);
    expect(p, "Tổng số tiền Người mua thanh toán,Tổng số tiền người mua thanh toán,Số lượng\n1,2,3\n",
           "1: paid|qty|Tổng số tiền Người mua thanh toán\n2: 2|3|1\n");
}

static void tiktok_describes_its_columns_and_writes_american_times(void **state) {
    (void)state;
    expect(named("TikTok Shop"),
           "Order ID,Order Status,Seller SKU,Product Name,Variation,Quantity,SKU Unit Original Price,SKU Seller "
           "Discount,Created Time,Phone #\n"
           "Platform unique order ID.,Order status.,,,,,,,,\n"
           "577001234567890123,To ship,AO-D,Áo,Default,1,120000,20000,10/31/2026 2:05:00 PM,(+84)9*****78\n"
           "577001234567890124,Đã hủy,AO-D,Áo,,1,120000,0,31/10/2026 14:05:00,\n"
           "5.77001E+17,Đã giao,AO-D,Áo,,1,120000,0,31/10/2026 14:05:00,\n",
           "1: order_no|order_date|status|sku|product_name|qty|unit_price|discount|customer_phone|channel\n"
           "2: blank\n"
           "3: 577001234567890123|2026-10-31 14:05:00|confirmed|AO-D|Áo - Default|1|120000|20000||TikTok Shop\n"
           "4: 577001234567890124|2026-10-31 14:05:00|cancelled|AO-D|Áo|1|120000|0||TikTok Shop\n"
           "5: bad\n");
}

static void lazada_has_a_row_for_each_unit_and_negative_discounts(void **state) {
    (void)state;
    expect(named("lazada"),
           "orderNumber,createTime,sellerSku,itemName,unitPrice,sellerDiscountTotal,status\n"
           "423001.0,28 Feb 2026 23:30,AO,Áo,120000,-5000,ready_to_ship\n",
           "1: order_no|order_date|status|sku|product_name|unit_price|discount|qty|channel\n"
           "2: 423001|2026-02-28 23:30:00|packed|AO|Áo|120000|5000|1|Lazada\n");
}

static void nhanh_writes_the_orders_cells_once(void **state) {
    (void)state;
    expect(named("nhanh"),
           "ID,Thời gian,Trạng thái,Nguồn,Phí vận chuyển,Sản phẩm,Mã sản phẩm,Số lượng,Giá bán\n"
           "1001,31/10/2026 09:00,Thành công,Facebook,\"30,000\",Áo,AO,1,\"120,000\"\n"
           ",,,,,Quần,QUAN,2,\"150,000\"\n"
           "1002,31/10/2026 10:00,Khách hủy,,,Mũ,,1,\"50,000\"\n"
           ",,,,,Tất,TAT,1,\"20,000\"\n",
           "1: order_no|order_date|status|channel|shipping_fee|product_name|sku|qty|unit_price\n"
           "2: 1001|2026-10-31 09:00:00|completed|Facebook|30,000|Áo|AO|1|120,000\n"
           "3: 1001|2026-10-31 09:00:00|completed|Facebook|30,000|Quần|QUAN|2|150,000\n"
           "4: 1002|2026-10-31 10:00:00|cancelled|||Mũ||1|50,000\n"
           "5: 1002|2026-10-31 10:00:00|cancelled|||Tất|TAT|1|20,000\n");
}

static void missing_columns_are_named(void **state) {
    (void)state;
    struct profile *p = named("kiotviet");
    struct csv_reader *csv = reader_over("Mã hóa đơn,Thời gian,Mã hàng,Số lượng\n");
    struct profile_reader *r = profile_reader_new(csv, p);
    const struct csv_record *row = NULL;
    profile_reader_next(r, &row, NULL);
    bool found = false;
    for (size_t i = 0; profile_reader_missing(r, i) != NULL; i++) {
        found = found || strcmp(profile_reader_missing(r, i), "unit_price") == 0;
        assert_string_not_equal(profile_reader_missing(r, i), "sku");
    }
    assert_true(found);
    profile_reader_free(r);
    csv_reader_free(csv);
    profile_free(p);
}

static struct config *config_of(const char *text) {
    char path[] = "/tmp/chotdon-profile-XXXXXX";
    int fd = mkstemp(path);
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    close(fd);
    struct config *c = NULL;
    assert_int_equal(config_load(path, &c, NULL), ERR_OK);
    unlink(path);
    return c;
}

static void the_configuration_changes_a_built_in_profile(void **state) {
    (void)state;
    struct config *c =
        config_of("[import.Lazada]\nsku = \"Mã của tôi\"\nstatus.pending = draft\ndefault.channel = \"LZD\"\n");
    struct profile *p = NULL;
    assert_int_equal(profile_find("lazada", c, &p, NULL), ERR_OK);
    config_free(c);
    expect(p, "orderNumber,createTime,Mã của tôi,sellerSku,unitPrice,status\n1,2026-02-28,A,B,5,pending\n",
           "1: order_no|order_date|status|sku|unit_price|qty|channel\n2: 1|2026-02-28|draft|A|5|1|LZD\n");
}

static void the_configuration_can_have_profiles_of_its_own(void **state) {
    (void)state;
    struct config *c =
        config_of("[import.web]\norder_no = \"Order\"\norder_date = \"When\"\ndate_order = mdy\ndelimiter = \";\"\n"
                  "payment_method = Pay\npayment_method.PayPal = ewallet\npayment_method.* = transfer\n");
    struct profile *p = NULL;
    assert_int_equal(profile_find("web", c, &p, NULL), ERR_OK);
    assert_int_equal(profile_delimiter(p), ';');
    config_free(c);
    expect(
        p, "Order;When;Pay;Other\n1;2/28/2026;paypal;x\n2;2/28/2026;Wire;x\n3;2/28/2026;;x\n",
        "1: order_no|order_date|payment_method\n2: 1|2026-02-28|ewallet\n3: 2|2026-02-28|transfer\n4: 3|2026-02-28|\n");
}

static void a_rule_that_is_no_rule_is_refused_with_its_line(void **state) {
    (void)state;
    struct config *c = config_of("[import.web]\norder_no = Order\ndate_order = ymd\n");
    struct profile *p = NULL;
    struct err e = ERR_INIT;
    assert_int_equal(profile_find("web", c, &p, &e), ERR_INVALID);
    assert_int_equal(e.line, 3);
    config_free(c);
}

static void an_unknown_profile_names_those_that_there_are(void **state) {
    (void)state;
    struct profile *p = NULL;
    struct err e = ERR_INIT;
    assert_int_equal(profile_find("amazon", NULL, &p, &e), ERR_NOT_FOUND);
    assert_null(p);
    assert_non_null(strstr(e.message, "Shopee"));
    for (size_t i = 0; profile_name(i) != NULL; i++) {
        profile_free(named(profile_name(i)));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_profile_all_passes),
        cmocka_unit_test(a_map_renames_one_column_and_passes_the_rest),
        cmocka_unit_test(a_map_wants_header_and_field),
        cmocka_unit_test(american_dates_become_iso_when_told),
        cmocka_unit_test(shopee_files_are_read),
        cmocka_unit_test(headers_match_exactly_before_folded),
        cmocka_unit_test(tiktok_describes_its_columns_and_writes_american_times),
        cmocka_unit_test(lazada_has_a_row_for_each_unit_and_negative_discounts),
        cmocka_unit_test(nhanh_writes_the_orders_cells_once),
        cmocka_unit_test(missing_columns_are_named),
        cmocka_unit_test(the_configuration_changes_a_built_in_profile),
        cmocka_unit_test(the_configuration_can_have_profiles_of_its_own),
        cmocka_unit_test(a_rule_that_is_no_rule_is_refused_with_its_line),
        cmocka_unit_test(an_unknown_profile_names_those_that_there_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
