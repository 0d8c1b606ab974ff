/* A file before it is imported: its kind and profile guessed, its columns and first rows as they will be understood. */
#include "io/import_preview.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mem.h"
#include "io/config.h"
#include "io/profile.h"
#include "testshop.h"

struct fixture {
    struct shop *shop;
    char folder[32];
    char *path;
    struct import_preview p;
};

static int setup(void **state) {
    struct fixture *f = mem_zalloc(sizeof *f);
    f->shop = testshop_open();
    strcpy(f->folder, "/tmp/preview-XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    f->path = mem_printf("%s/file.csv", f->folder);
    *state = f;
    return 0;
}

static int teardown(void **state) {
    struct fixture *f = *state;
    import_preview_clear(&f->p);
    unlink(f->path);
    rmdir(f->folder);
    free(f->path);
    testshop_close(&f->shop);
    free(f);
    return 0;
}

static void write_text(const char *path, const char *text) {
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void guessed(struct fixture *f, const char *text, enum kind_id kind, const char *profile, bool sure) {
    enum kind_id got = KIND_COUNT;
    char name[IMPORT_PROFILE_NAME_MAX];
    bool got_sure = !sure;
    write_text(f->path, text);
    assert_int_equal(import_guess(f->path, NULL, &got, name, &got_sure, NULL), ERR_OK);
    assert_string_equal(kind_info(got)->name, kind_info(kind)->name);
    assert_string_equal(name, profile);
    assert_int_equal(got_sure, sure);
}

static void kind_is_guessed_from_the_headers(void **state) {
    struct fixture *f = *state;
    guessed(f, "code,name,team,role\n", KIND_STAFF, "", true);
    guessed(f, "code,name,phone,province\n", KIND_CUSTOMERS, "", true);
    guessed(f, "code,name,tax_code,terms\n", KIND_SUPPLIERS, "", true);
    guessed(f, "SKU;Name;Price\n", KIND_PRODUCTS, "", true);
    guessed(f, "sku,on_hand\n", KIND_STOCK, "", true);
    guessed(f, "order_no,order_date,sku,qty,unit_price\n", KIND_ORDERS, "", true);
    guessed(f, "order_no,date,method,amount\n", KIND_PAYMENTS, "", true);
    guessed(f, "deal_no,title,stage\n", KIND_DEALS, "", true);
    guessed(f, "month,scope,code,metric,target\n", KIND_TARGETS, "", true);
}

static void program_is_guessed_from_the_headers(void **state) {
    struct fixture *f = *state;
    guessed(f, "Mã đơn hàng,Ngày đặt hàng,SKU phân loại hàng,Số lượng,Giá ưu đãi,Trạng Thái Đơn Hàng\n", KIND_ORDERS,
            "Shopee", true);
    guessed(f, "Order ID,Created Time,Seller SKU,Quantity,SKU Unit Original Price,Order Status\n", KIND_ORDERS,
            "TikTok", true);
}

static void headers_of_nobody_are_no_sure_guess(void **state) {
    struct fixture *f = *state;
    guessed(f, "InvoiceNo,StockCode,Quantity,InvoiceDate,UnitPrice\n", KIND_ORDERS, "", false);
    guessed(f, "sku,price\n", KIND_PRODUCTS, "", false);
}

static void own_profile_of_the_configuration_is_tried(void **state) {
    struct fixture *f = *state;
    char *ini = mem_printf("%s/config.ini", f->folder);
    struct config *config = NULL;
    enum kind_id kind = KIND_COUNT;
    char name[IMPORT_PROFILE_NAME_MAX];
    bool sure = false;
    write_text(ini, "[import.kho]\nsku = \"Mã\"\nname = \"Tên\"\nprice = \"Giá\"\ndelimiter = \"|\"\n");
    write_text(f->path, "Mã|Tên|Giá\nA|Áo|5\n");
    assert_int_equal(config_load(ini, &config, NULL), ERR_OK);
    assert_string_equal(config_import_name(config, 0), "kho");
    assert_null(config_import_name(config, 1));
    assert_int_equal(import_guess(f->path, config, &kind, name, &sure, NULL), ERR_OK);
    assert_int_equal(kind, KIND_PRODUCTS);
    assert_string_equal(name, "kho");
    assert_true(sure);
    config_free(config);
    unlink(ini);
    free(ini);
}

static void preview(struct fixture *f, enum kind_id kind, struct profile *profile, const char *text) {
    struct import_options o = {.kind = kind, .path = f->path, .profile = profile};
    struct err e = ERR_INIT;
    write_text(f->path, text);
    import_preview_clear(&f->p);
    assert_int_equal(import_preview_read(f->shop, &o, &f->p, &e), ERR_OK);
    profile_free(profile);
}

static const struct import_preview_cell *cell(struct fixture *f, size_t row, const char *column) {
    return &f->p.rows[row].cells[kind_column(f->p.kind, column)];
}

static void rows_are_shown_as_they_will_be_understood(void **state) {
    struct fixture *f = *state;
    preview(
        f, KIND_ORDERS, NULL,
        "order_no;order_date;sku;qty;unit_price;colour\nA1;31/10/2026 08:30;AO;1,5;120.000;red\n\nA2;nonsense;;x;y;\n");
    assert_int_equal(f->p.delimiter, ';');
    assert_int_equal(f->p.header_count, 6);
    assert_string_equal(buf_str(&f->p.unused), "colour");
    assert_int_equal(f->p.missing, 0);
    assert_int_equal(f->p.row_count, 2);
    assert_string_equal(cell(f, 0, "order_date")->text, "31/10/2026 08:30");
    assert_string_equal(cell(f, 0, "qty")->text, "1,5");
    assert_string_equal(cell(f, 0, "unit_price")->text, "120.000");
    assert_false(cell(f, 0, "unit_price")->bad);
    assert_int_equal(f->p.rows[1].line, 4);
    assert_true(cell(f, 1, "order_date")->bad);
    assert_true(cell(f, 1, "sku")->bad);
    assert_true(cell(f, 1, "qty")->bad);
    assert_string_equal(cell(f, 1, "unit_price")->text, "y");
    assert_true(cell(f, 1, "unit_price")->bad);
}

static void mapped_columns_say_where_they_come_from(void **state) {
    struct fixture *f = *state;
    struct profile *p = profile_new();
    assert_int_equal(profile_map(p, "Mã hàng=sku", NULL), ERR_OK);
    profile_unmap(p, "name");
    preview(f, KIND_PRODUCTS, p, "Mã hàng,Name,price\nAO,Áo,5\n");
    assert_string_equal(f->p.sources[kind_column(f->p.kind, "sku")], "Mã hàng");
    assert_string_equal(f->p.sources[kind_column(f->p.kind, "price")], "price");
    assert_false(f->p.mapped[kind_column(f->p.kind, "name")]);
    assert_int_equal(f->p.missing, 1);
}

static void profile_says_what_it_joins_and_adds(void **state) {
    struct fixture *f = *state;
    struct profile *p = NULL;
    assert_int_equal(profile_find("tiktok", NULL, &p, NULL), ERR_OK);
    preview(f, KIND_ORDERS, p,
            "Order ID,Created Time,Seller SKU,Quantity,SKU Unit Original Price,Product Name,Variation\n"
            "579001,31/10/2026 08:30,AO,1,120000,Áo,Đỏ\n");
    assert_string_equal(f->p.sources[kind_column(f->p.kind, "product_name")], "Product Name + Variation");
    assert_string_equal(f->p.sources[kind_column(f->p.kind, "channel")], "= TikTok Shop");
    assert_string_equal(cell(f, 0, "product_name")->text, "Áo - Đỏ");
}

static void spoiled_rows_say_why(void **state) {
    struct fixture *f = *state;
    preview(f, KIND_PRODUCTS, NULL, "sku,name\nA,B,C\nD,E\n");
    assert_int_equal(f->p.row_count, 2);
    assert_non_null(f->p.rows[0].fault);
    assert_null(f->p.rows[1].fault);
}

static void what_is_no_file_is_refused(void **state) {
    struct fixture *f = *state;
    struct import_options o = {.kind = KIND_PRODUCTS, .path = "/dev/zero"};
    enum kind_id kind;
    char name[IMPORT_PROFILE_NAME_MAX];
    bool sure = false;
    struct err e = ERR_INIT;
    assert_int_equal(import_preview_read(f->shop, &o, &f->p, &e), ERR_INVALID);
    assert_int_equal(mkfifo(f->path, 0600), 0);
    assert_int_equal(import_guess(f->path, NULL, &kind, name, &sure, &e), ERR_INVALID);
    o.path = "/nonexistent/file.csv";
    assert_int_equal(import_preview_read(f->shop, &o, &f->p, &e), ERR_NOT_FOUND);
    unlink(f->path);
    write_text(f->path, "\n\n");
    o.path = f->path;
    assert_int_equal(import_preview_read(f->shop, &o, &f->p, &e), ERR_INVALID);
    assert_non_null(strstr(e.message, "is empty"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(kind_is_guessed_from_the_headers, setup, teardown),
        cmocka_unit_test_setup_teardown(program_is_guessed_from_the_headers, setup, teardown),
        cmocka_unit_test_setup_teardown(headers_of_nobody_are_no_sure_guess, setup, teardown),
        cmocka_unit_test_setup_teardown(own_profile_of_the_configuration_is_tried, setup, teardown),
        cmocka_unit_test_setup_teardown(rows_are_shown_as_they_will_be_understood, setup, teardown),
        cmocka_unit_test_setup_teardown(mapped_columns_say_where_they_come_from, setup, teardown),
        cmocka_unit_test_setup_teardown(profile_says_what_it_joins_and_adds, setup, teardown),
        cmocka_unit_test_setup_teardown(spoiled_rows_say_why, setup, teardown),
        cmocka_unit_test_setup_teardown(what_is_no_file_is_refused, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
