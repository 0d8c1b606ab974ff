/* Products, their units, barcodes and groups, suppliers and channels keep DOMAIN 3. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "chotdon/audit.h"
#include "chotdon/product.h"
#include "db/db.h"
#include "random.h"
#include "testshop.h"

static int setup(void **state) {
    *state = testshop_open();
    return 0;
}

static int teardown(void **state) {
    struct shop *shop = *state;
    testshop_close(&shop);
    return 0;
}

static enum put_result put(struct shop *shop, const struct product *p, unsigned fields) {
    enum put_result result = PUT_UNCHANGED;
    struct err e = ERR_INIT;
    if (product_put(shop, p, fields, &result, &e) != ERR_OK) {
        fail_msg("%s: %s", e.field, e.message);
    }
    return result;
}

static int64_t id_of(struct shop *shop, const char *text) {
    int64_t id = 0;
    struct err e = ERR_INIT;
    if (product_find(shop, text, &id, NULL, &e) != ERR_OK) {
        fail_msg("%s", e.message);
    }
    return id;
}

/* The caller clears it. */
static struct product get(struct shop *shop, const char *text) {
    struct product p;
    assert_int_equal(product_get(shop, id_of(shop, text), &p, NULL), ERR_OK);
    return p;
}

static int64_t count(struct shop *shop, const char *sql) {
    int64_t n = -1;
    assert_int_equal(db_get_int(shop_db(shop), sql, DB_NO_BIND, &n, NULL), ERR_OK);
    return n;
}

static struct product water(void) {
    static struct product_unit units[] = {{"thùng", 24000, 96000, true}, {"lốc", 6000, 0, false}};
    static struct product_barcode codes[] = {{"8934588012345", ""}, {"8934588099999", "Thùng"}};
    return (struct product){.sku = "NUOC",
                            .name = "Nước suối",
                            .barcodes = codes,
                            .barcode_count = 2,
                            .group = "Đồ uống/Nước",
                            .unit = "chai",
                            .units = units,
                            .unit_count = 2,
                            .price = 5000,
                            .wholesale_price = 4500,
                            .has_wholesale = true,
                            .cost = 3000,
                            .vat_bps = 800,
                            .has_vat = true,
                            .supplier = "Công ty Suối Nguồn",
                            .stock_min = 12000,
                            .has_stock_min = true,
                            .active = true,
                            .description = "Chai 500 ml",
                            .image = "nuoc.png"};
}

static void test_everything_that_was_put_is_read_back(void **state) {
    struct product in = water();
    assert_int_equal(put(*state, &in, PRODUCT_ALL), PUT_CREATED);
    struct product p = get(*state, "NUOC");
    assert_string_equal(p.name, "Nước suối");
    assert_string_equal(p.group, "Đồ uống/Nước");
    assert_string_equal(p.unit, "chai");
    assert_int_equal(p.price, 5000);
    assert_true(p.has_wholesale);
    assert_int_equal(p.wholesale_price, 4500);
    assert_int_equal(p.cost, 3000);
    assert_int_equal(p.vat_bps, 800);
    assert_string_equal(p.supplier, "Công ty Suối Nguồn");
    assert_int_equal(p.stock_min, 12000);
    assert_true(p.active);
    assert_int_equal(p.on_hand, 0);
    char *units = product_units_format(p.units, p.unit_count, shop_currency(*state));
    char *codes = product_barcodes_format(p.barcodes, p.barcode_count);
    assert_string_equal(units, "thùng=24@96000+lốc=6");
    assert_string_equal(codes, "8934588012345+8934588099999=thùng");
    free(units);
    free(codes);
    product_clear(&p);
}

static void test_the_same_content_again_is_unchanged_and_writes_no_audit(void **state) {
    struct product in = water();
    put(*state, &in, PRODUCT_ALL);
    int64_t rows = count(*state, "SELECT COUNT(*) FROM audit");
    assert_int_equal(put(*state, &in, PRODUCT_ALL), PUT_UNCHANGED);
    assert_int_equal(count(*state, "SELECT COUNT(*) FROM audit"), rows);
    in.group = "do uong / nuoc"; /* the same group, typed otherwise */
    assert_int_equal(put(*state, &in, PRODUCT_ALL), PUT_UNCHANGED);
    in.price = 5500;
    assert_int_equal(put(*state, &in, PRODUCT_ALL), PUT_UPDATED);
    assert_int_equal(count(*state, "SELECT COUNT(*) FROM audit"), rows + 1);
}

static void test_absent_fields_keep_their_value_and_empty_ones_clear_it(void **state) {
    struct product in = water();
    put(*state, &in, PRODUCT_ALL);
    struct product change = {.sku = "NUOC", .unit = "", .price = 6000};
    assert_int_equal(put(*state, &change, PRODUCT_PRICE | PRODUCT_VAT | PRODUCT_GROUP | PRODUCT_BARCODES), PUT_UPDATED);
    struct product p = get(*state, "NUOC");
    assert_int_equal(p.price, 6000);
    assert_false(p.has_vat);
    assert_string_equal(p.group, "");
    assert_int_equal(p.barcode_count, 0);
    assert_int_equal(p.unit_count, 2);
    assert_string_equal(p.name, "Nước suối");
    assert_true(p.active);
    product_clear(&p);
}

static void test_found_by_sku_barcode_and_name_without_accents(void **state) {
    struct product in = water();
    char *unit = NULL;
    int64_t id = 0;
    put(*state, &in, PRODUCT_ALL);
    int64_t expected = id_of(*state, "NUOC");
    assert_int_equal(product_find(*state, " 8934588099999 ", &id, &unit, NULL), ERR_OK);
    assert_int_equal(id, expected);
    assert_string_equal(unit, "thùng");
    free(unit);
    assert_int_equal(id_of(*state, "nuoc SUOI"), expected);
    assert_int_equal(product_find(*state, "8934", &id, &unit, NULL), ERR_NOT_FOUND);
    assert_null(unit);
}

static void test_two_of_one_name_must_be_told_apart(void **state) {
    struct product a = {.sku = "A", .name = "Áo thun"};
    struct product b = {.sku = "B", .name = "ao thun"};
    int64_t id = 0;
    put(*state, &a, PRODUCT_NAME);
    put(*state, &b, PRODUCT_NAME);
    assert_int_equal(product_find(*state, "Áo thun", &id, NULL, NULL), ERR_CONFLICT);
}

static void test_skus_differ_by_case(void **state) {
    struct product a = {.sku = "85123A", .name = "Upper"};
    struct product b = {.sku = "85123a", .name = "Lower"};
    assert_int_equal(put(*state, &a, PRODUCT_NAME), PUT_CREATED);
    assert_int_equal(put(*state, &b, PRODUCT_NAME), PUT_CREATED);
    assert_int_not_equal(id_of(*state, "85123A"), id_of(*state, "85123a"));
}

static void refused(struct shop *shop, const struct product *p, unsigned fields, enum err_code code,
                    const char *field) {
    struct err e = ERR_INIT;
    assert_int_equal(product_put(shop, p, fields, NULL, &e), code);
    assert_string_equal(e.field, field);
    assert_string_not_equal(e.message, "");
}

static void test_bad_values_are_refused_with_the_column_at_fault(void **state) {
    struct product p = {.sku = "A:B", .name = "x"};
    refused(*state, &p, PRODUCT_NAME, ERR_INVALID, "sku");
    p = (struct product){.sku = "A", .name = " "};
    refused(*state, &p, PRODUCT_NAME, ERR_INVALID, "name");
    refused(*state, &p, 0, ERR_INVALID, "name");
    p = (struct product){.sku = "A", .name = "x", .price = -1};
    refused(*state, &p, PRODUCT_NAME | PRODUCT_PRICE, ERR_INVALID, "price");
    p = (struct product){.sku = "A", .name = "x", .has_vat = true, .vat_bps = 10001};
    refused(*state, &p, PRODUCT_NAME | PRODUCT_VAT, ERR_INVALID, "vat_pct");
    struct product_unit units[] = {{"thùng", 24000, 0, false}, {"THUNG", 12000, 0, false}};
    p = (struct product){.sku = "A", .name = "x", .units = units, .unit_count = 2};
    refused(*state, &p, PRODUCT_NAME | PRODUCT_UNITS, ERR_INVALID, "units");
    units[0].factor = 0;
    p.unit_count = 1;
    refused(*state, &p, PRODUCT_NAME | PRODUCT_UNITS, ERR_INVALID, "units");
    struct product_barcode codes[] = {{"893", "két"}};
    p = (struct product){.sku = "A", .name = "x", .barcodes = codes, .barcode_count = 1};
    refused(*state, &p, PRODUCT_NAME | PRODUCT_BARCODES, ERR_INVALID, "barcode");
    assert_int_equal(count(*state, "SELECT COUNT(*) FROM products"), 0);
}

static void test_a_barcode_belongs_to_one_product(void **state) {
    struct product in = water();
    put(*state, &in, PRODUCT_ALL);
    struct product_barcode codes[] = {{"8934588012345", ""}};
    struct product other = {.sku = "KHAC", .name = "Khác", .barcodes = codes, .barcode_count = 1};
    struct err e = ERR_INIT;
    assert_int_equal(product_put(*state, &other, PRODUCT_NAME | PRODUCT_BARCODES, NULL, &e), ERR_CONFLICT);
    assert_non_null(strstr(e.message, "NUOC"));
    struct product scanned = {.sku = "8934588012345", .name = "SKU that is a barcode"};
    refused(*state, &scanned, PRODUCT_NAME, ERR_CONFLICT, "sku");
    codes[0].barcode = "NUOC";
    refused(*state, &other, PRODUCT_NAME | PRODUCT_BARCODES, ERR_CONFLICT, "barcode");
}

static void test_a_refused_product_leaves_no_group_or_supplier_behind(void **state) {
    struct product in = water();
    in.price = -1;
    refused(*state, &in, PRODUCT_ALL, ERR_INVALID, "price");
    struct product_barcode codes[] = {{"1", "két"}};
    in = water();
    in.barcodes = codes;
    in.barcode_count = 1;
    refused(*state, &in, PRODUCT_ALL, ERR_INVALID, "barcode");
    assert_int_equal(count(*state, "SELECT COUNT(*) FROM product_groups"), 0);
    assert_int_equal(count(*state, "SELECT COUNT(*) FROM suppliers"), 0);
}

static enum err_code receive_by_hand(struct shop *shop, void *ctx, struct err *e) {
    (void)ctx;
    return db_run(shop_db(shop),
                  "INSERT INTO stock_moves (product_id, date, kind, qty, cost, value) "
                  "SELECT id, '2026-11-21', 'purchase', 1000, 16000, 16000 FROM products",
                  DB_NO_BIND, e);
}

static void test_cost_is_the_averages_once_goods_have_moved(void **state) {
    struct product p = {.sku = "GAO", .name = "Gạo", .cost = 15000};
    put(*state, &p, PRODUCT_NAME | PRODUCT_COST);
    p.cost = 16000;
    assert_int_equal(put(*state, &p, PRODUCT_COST), PUT_UPDATED);
    assert_int_equal(shop_transact(*state, receive_by_hand, NULL, NULL), ERR_OK);
    p.cost = 99000;
    assert_int_equal(put(*state, &p, PRODUCT_COST), PUT_UNCHANGED);
    assert_int_equal(count(*state, "SELECT last_cost FROM stock"), 16000);
}

static void test_adding_what_is_there_is_a_conflict(void **state) {
    struct product p = {.sku = "GAO", .name = "Gạo"};
    int64_t id = 0;
    assert_int_equal(product_add(*state, &p, PRODUCT_NAME, &id, NULL), ERR_OK);
    assert_int_equal(id, id_of(*state, "GAO"));
    assert_int_equal(product_add(*state, &p, PRODUCT_NAME, &id, NULL), ERR_CONFLICT);
}

static int64_t price(struct shop *shop, const char *sku, const char *unit, bool wholesale) {
    int64_t amount = -1;
    struct err e = ERR_INIT;
    if (product_price(shop, id_of(shop, sku), unit, wholesale, &amount, &e) != ERR_OK) {
        fail_msg("%s", e.message);
    }
    return amount;
}

static void test_prices_of_units_and_for_wholesale_customers(void **state) {
    struct product in = water();
    put(*state, &in, PRODUCT_ALL);
    assert_int_equal(price(*state, "NUOC", NULL, false), 5000);
    assert_int_equal(price(*state, "NUOC", "Chai", true), 4500);
    assert_int_equal(price(*state, "NUOC", "loc", false), 30000);
    assert_int_equal(price(*state, "NUOC", "lốc", true), 27000);
    assert_int_equal(price(*state, "NUOC", "thùng", false), 96000);
    assert_int_equal(price(*state, "NUOC", "thùng", true), 96000); /* 24 × 4 500 would be more */
    int64_t amount = 0;
    assert_int_equal(product_price(*state, id_of(*state, "NUOC"), "két", false, &amount, NULL), ERR_NOT_FOUND);
}

static enum err_code parse_units(const char *text) {
    struct currency vnd;
    struct product_unit *units = NULL;
    size_t n = 0;
    assert_true(currency_find("VND", &vnd));
    enum err_code rc = product_units_parse(text, &vnd, &units, &n, NULL);
    if (rc == ERR_OK) {
        char *again = product_units_format(units, n, &vnd);
        assert_string_equal(again, text);
        free(again);
        for (size_t i = 0; i < n; i++) {
            free(units[i].name);
        }
        free(units);
    } else {
        assert_null(units);
    }
    return rc;
}

static void test_the_units_column_reads_what_it_writes(void **state) {
    (void)state;
    assert_int_equal(parse_units(""), ERR_OK);
    assert_int_equal(parse_units("thùng=24@96000+lốc=6"), ERR_OK);
    assert_int_equal(parse_units("nửa ký=0.5"), ERR_OK);
    assert_int_equal(parse_units("thùng"), ERR_INVALID);
    assert_int_equal(parse_units("=24"), ERR_INVALID);
    assert_int_equal(parse_units("thùng=hai tư"), ERR_INVALID);
    assert_int_equal(parse_units("thùng=24@"), ERR_INVALID);
    assert_int_equal(parse_units("lốc=6+thùng=24@giá"), ERR_INVALID);
}

/* Whatever is typed: refused, or read, and then what is written of it reads the same. */
static void test_any_units_text_is_refused_or_read_as_it_is_written(void **state) {
    static const char letters[] = "aé=+@0124.,k -thùng";
    struct random r = RANDOM_INIT;
    struct currency vnd;
    (void)state;
    assert_true(currency_find("VND", &vnd));
    int read = 0;
    for (int i = 0; i < 20000; i++) {
        char text[16];
        size_t n = (size_t)random_between(&r, 0, 12);
        for (size_t k = 0; k < n; k++) {
            text[k] = letters[random_between(&r, 0, (int64_t)sizeof letters - 2)];
        }
        text[n] = '\0';
        struct product_unit *units = NULL;
        size_t count = 0;
        if (product_units_parse(text, &vnd, &units, &count, NULL) == ERR_OK) {
            char *written = product_units_format(units, count, &vnd);
            assert_int_equal(parse_units(written), ERR_OK);
            read += count > 0;
            free(written);
            for (size_t k = 0; k < count; k++) {
                free(units[k].name);
            }
            free(units);
        }
    }
    assert_true(read > 10);
}

static void test_a_barcode_that_a_spreadsheet_spoiled_is_refused(void **state) {
    struct product_barcode *codes = NULL;
    size_t n = 0;
    struct err e = ERR_INIT;
    (void)state;
    assert_int_equal(product_barcodes_parse("8.93459E+12", &codes, &n, &e), ERR_INVALID);
    assert_string_equal(e.field, "barcode");
    assert_null(codes);
    assert_int_equal(product_barcodes_parse("8934588012345+893E5=thùng", &codes, &n, NULL), ERR_OK);
    assert_int_equal(n, 2);
    assert_string_equal(codes[1].unit, "thùng");
    for (size_t i = 0; i < n; i++) {
        free(codes[i].barcode);
        free(codes[i].unit);
    }
    free(codes);
}

struct skus {
    char text[256];
};

static enum err_code collect(void *ctx, const struct product *p, struct err *e) {
    struct skus *s = ctx;
    (void)e;
    strncat(s->text, p->sku, sizeof s->text - strlen(s->text) - 1);
    strncat(s->text, " ", sizeof s->text - strlen(s->text) - 1);
    return ERR_OK;
}

static void lists(struct shop *shop, const struct product_filter *f, const char *expected) {
    struct skus s = {""};
    struct err e = ERR_INIT;
    if (product_list(shop, f, collect, &s, &e) != ERR_OK) {
        fail_msg("%s", e.message);
    }
    assert_string_equal(s.text, expected);
}

static void fill(struct shop *shop) {
    struct product all[] = {
        {.sku = "C", .name = "Áo", .group = "Thời trang", .price = 300, .active = true},
        {.sku = "A", .name = "Đèn", .group = "Nhà cửa/Đèn", .price = 100, .active = true},
        {.sku = "B", .name = "Ăng ten", .group = "Nhà cửa", .price = 200, .active = true},
        {.sku = "D", .name = "Bỏ", .group = "Nhà cửa xa", .price = 50, .active = false},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        put(shop, &all[i], PRODUCT_NAME | PRODUCT_GROUP | PRODUCT_PRICE | PRODUCT_ACTIVE);
    }
}

static void test_lists_are_filtered_sorted_and_paged(void **state) {
    fill(*state);
    lists(*state, NULL, "A B C ");
    lists(*state, &(struct product_filter){.with_inactive = true, .descending = true}, "D C B A ");
    lists(*state, &(struct product_filter){.sort = "name"}, "C B A "); /* Áo, Ăng ten, Đèn */
    lists(*state, &(struct product_filter){.sort = "price", .limit = 2, .offset = 1}, "B C ");
    lists(*state, &(struct product_filter){.group = "nhà cửa", .with_inactive = true}, "A B ");
    lists(*state, &(struct product_filter){.sort = "group"}, "B A C ");
    lists(*state, &(struct product_filter){.sort = "on_hand", .bare = true}, "C A B ");
    assert_int_equal(product_list(*state, &(struct product_filter){.sort = "x"}, collect, NULL, NULL), ERR_INVALID);
    int64_t n = 0;
    assert_int_equal(product_count(*state, &(struct product_filter){.group = "Nhà cửa"}, &n, NULL), ERR_OK);
    assert_int_equal(n, 2);
}

static void test_low_stock_lists_those_below_their_level(void **state) {
    fill(*state);
    struct product p = {.sku = "A", .stock_min = 5000, .has_stock_min = true};
    put(*state, &p, PRODUCT_STOCK_MIN);
    lists(*state, &(struct product_filter){.low_stock = true}, "A ");
}

static enum err_code groups(void *ctx, const struct group_row *r, struct err *e) {
    struct skus *s = ctx;
    (void)e;
    size_t n = strlen(s->text);
    snprintf(s->text + n, sizeof s->text - n, "%s:%s:%d ", r->path, r->name, (int)r->products);
    return ERR_OK;
}

static void test_groups_are_a_tree_made_by_naming_them(void **state) {
    int64_t id = 0;
    int64_t again = 0;
    bool made = false;
    fill(*state);
    assert_int_equal(group_make(*state, " nha cua // Quạt ", &id, &made, NULL), ERR_OK);
    assert_true(made);
    assert_int_equal(group_make(*state, "Nhà cửa/quạt", &again, &made, NULL), ERR_OK);
    assert_false(made);
    assert_int_equal(id, again);
    assert_int_equal(group_find(*state, "QUAT", &again, NULL), ERR_OK);
    assert_int_equal(id, again);
    assert_int_equal(group_find(*state, "tủ", &again, NULL), ERR_NOT_FOUND);
    struct skus s = {""};
    assert_int_equal(group_list(*state, groups, &s, NULL), ERR_OK);
    assert_string_equal(s.text, "Nhà cửa:Nhà cửa:1 Nhà cửa/Đèn:Đèn:1 Nhà cửa/Quạt:Quạt:0 Nhà cửa xa:Nhà cửa xa:0 "
                                "Thời trang:Thời trang:1 ");
}

static void test_channels_are_found_without_accents_and_case(void **state) {
    int64_t a = 0;
    int64_t b = 0;
    bool made = false;
    const char *name = NULL;
    assert_int_equal(channel_make(*state, "Cửa hàng", &a, &made, NULL), ERR_OK);
    assert_true(made);
    assert_int_equal(channel_make(*state, "CUA HANG", &b, &made, NULL), ERR_OK);
    assert_false(made);
    assert_int_equal(a, b);
    assert_int_equal(channel_find(*state, "Shopee", &b, NULL), ERR_NOT_FOUND);
    assert_int_equal(channel_make(*state, "  ", &b, &made, NULL), ERR_OK);
    assert_int_equal(b, 0);
    assert_int_equal(channel_name(*state, a, &name, NULL), ERR_OK);
    assert_string_equal(name, "Cửa hàng");
    assert_int_equal(channel_name(*state, 0, &name, NULL), ERR_OK);
    assert_string_equal(name, "");
}

static void test_a_supplier_made_by_a_cell_bears_it_as_code_where_it_can(void **state) {
    int64_t id = 0;
    bool made = false;
    struct supplier s;
    assert_int_equal(supplier_make(*state, "Vinamilk", &id, &made, NULL), ERR_OK);
    assert_true(made);
    assert_int_equal(supplier_get(*state, id, &s, NULL), ERR_OK);
    assert_string_equal(s.code, "Vinamilk");
    supplier_clear(&s);
    assert_int_equal(supplier_make(*state, "Anh: em + bạn", &id, &made, NULL), ERR_OK);
    assert_int_equal(supplier_get(*state, id, &s, NULL), ERR_OK);
    assert_string_equal(s.code, "NCC0001");
    assert_string_equal(s.name, "Anh: em + bạn");
    supplier_clear(&s);
    int64_t again = 0;
    assert_int_equal(supplier_make(*state, "anh: EM + ban", &again, &made, NULL), ERR_OK);
    assert_false(made);
    assert_int_equal(again, id);
}

static void test_given_codes_step_over_those_that_are_taken(void **state) {
    struct supplier s = {.code = "NCC0007", .name = "Bảy"};
    assert_int_equal(supplier_put(*state, &s, SUPPLIER_NAME, NULL, NULL), ERR_OK);
    s.code = "NCC0001";
    assert_int_equal(supplier_put(*state, &s, SUPPLIER_NAME, NULL, NULL), ERR_OK);
    int64_t id = 0;
    s = (struct supplier){.name = "Mới"};
    assert_int_equal(supplier_add(*state, &s, SUPPLIER_NAME, &id, NULL), ERR_OK);
    assert_int_equal(supplier_get(*state, id, &s, NULL), ERR_OK);
    assert_string_equal(s.code, "NCC0008");
    supplier_clear(&s);
}

static void test_suppliers_are_changed_where_something_was_given(void **state) {
    struct supplier s = {.code = "VNM", .name = "Vinamilk", .phone = "+84 912 345 678", .email = "a@vnm.vn"};
    enum put_result result;
    assert_int_equal(supplier_put(*state, &s, SUPPLIER_ALL, &result, NULL), ERR_OK);
    assert_int_equal(result, PUT_CREATED);
    assert_int_equal(supplier_put(*state, &s, SUPPLIER_ALL, &result, NULL), ERR_OK);
    assert_int_equal(result, PUT_UNCHANGED);
    s.phone = "0912345678";
    assert_int_equal(supplier_put(*state, &s, SUPPLIER_PHONE, &result, NULL), ERR_OK);
    assert_int_equal(result, PUT_UNCHANGED);
    s.email = "";
    assert_int_equal(supplier_put(*state, &s, SUPPLIER_EMAIL, &result, NULL), ERR_OK);
    assert_int_equal(result, PUT_UPDATED);
    s.email = "không có";
    struct err e = ERR_INIT;
    assert_int_equal(supplier_put(*state, &s, SUPPLIER_EMAIL, &result, &e), ERR_INVALID);
    assert_string_equal(e.field, "email");
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        T(test_everything_that_was_put_is_read_back),
        T(test_the_same_content_again_is_unchanged_and_writes_no_audit),
        T(test_absent_fields_keep_their_value_and_empty_ones_clear_it),
        T(test_found_by_sku_barcode_and_name_without_accents),
        T(test_two_of_one_name_must_be_told_apart),
        T(test_skus_differ_by_case),
        T(test_bad_values_are_refused_with_the_column_at_fault),
        T(test_a_barcode_belongs_to_one_product),
        T(test_a_refused_product_leaves_no_group_or_supplier_behind),
        T(test_cost_is_the_averages_once_goods_have_moved),
        T(test_adding_what_is_there_is_a_conflict),
        T(test_prices_of_units_and_for_wholesale_customers),
        T(test_the_units_column_reads_what_it_writes),
        T(test_any_units_text_is_refused_or_read_as_it_is_written),
        T(test_a_barcode_that_a_spreadsheet_spoiled_is_refused),
        T(test_lists_are_filtered_sorted_and_paged),
        T(test_low_stock_lists_those_below_their_level),
        T(test_groups_are_a_tree_made_by_naming_them),
        T(test_channels_are_found_without_accents_and_case),
        T(test_a_supplier_made_by_a_cell_bears_it_as_code_where_it_can),
        T(test_given_codes_step_over_those_that_are_taken),
        T(test_suppliers_are_changed_where_something_was_given),
    };
    return cmocka_run_group_tests_name("product", tests, NULL, NULL);
}
