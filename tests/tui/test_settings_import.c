/* Settings › Import: a file is chosen by its path, understood, tried, taken and taken back. */
#include "tui/screens/settings_import.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mem.h"
#include "chotdon/product.h"
#include "screen_test.h"
#include "testorders.h"
#include "testshop.h"

struct fixture {
    struct shop *shop;
    struct screen_test *t;
    char folder[32];
};

static int setup_at(void **state, int width, int height) {
    static const struct screen_entry screens[] = {{&screen_settings_import, -1}};
    struct fixture *f = mem_zalloc(sizeof *f);
    f->shop = testshop_open();
    strcpy(f->folder, "/tmp/imports-XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    f->t = screen_test_new(screens, 1, f->shop, width, height, NULL);
    *state = f;
    return 0;
}

static int setup(void **state) {
    return setup_at(state, 80, 24);
}

static int setup_wide(void **state) {
    return setup_at(state, 160, 50);
}

static int teardown(void **state) {
    static const char *const names[] = {"goods.csv", "goods-errors.csv", "orders.csv", "gone.csv", "bills.csv"};
    struct fixture *f = *state;
    screen_test_free(f->t);
    testshop_close(&f->shop);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char *path = mem_printf("%s/%s", f->folder, names[i]);
        unlink(path);
        free(path);
    }
    rmdir(f->folder);
    free(f);
    return 0;
}

static struct import_page *page(struct fixture *f) {
    return app_screen_state(f->t->app, "settings-import");
}

static void write_file(struct fixture *f, const char *name, const char *text) {
    char *path = mem_printf("%s/%s", f->folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    free(path);
}

/* Types the folder's path and then `keys`. */
static void type_in_folder(struct fixture *f, const char *keys) {
    char *typed = mem_printf("%s/%s", f->folder, keys);
    screen_test_type(f->t, typed);
    free(typed);
}

static int64_t products(struct fixture *f) {
    return testorders_int(f->shop, "SELECT COUNT(*) FROM products");
}

#define GOODS "sku,name,price\nAO,Áo thun,120000\nQUAN,,50000\nMU,Mũ,9x\nDEP,Dép,30000\n"

static void path_is_completed_and_the_kind_is_seen(void **state) {
    struct fixture *f = *state;
    write_file(f, "goods.csv", GOODS);
    write_file(f, "orders.csv", "order_no,order_date,sku,qty,unit_price\n");
    type_in_folder(f, "");
    assert_true(screen_test_shows(f->t, "goods.csv"));
    assert_true(screen_test_shows(f->t, "orders.csv"));
    screen_test_type(f->t, "g");
    assert_false(screen_test_shows(f->t, "orders.csv"));
    screen_test_type(f->t, "<Tab>");
    assert_non_null(strstr(field_text(&page(f)->path), "/goods.csv"));
    screen_test_type(f->t, "<Enter>");
    assert_int_equal(page(f)->tab, IMPORT_TAB_ROWS);
    assert_int_equal(page(f)->kind, KIND_PRODUCTS);
    assert_true(screen_test_shows(f->t, "Áo thun"));
    assert_true(screen_test_shows(f->t, "!9x"));
}

static void arrows_choose_and_folders_are_entered(void **state) {
    struct fixture *f = *state;
    write_file(f, "goods.csv", GOODS);
    write_file(f, "orders.csv", "order_no,order_date,sku,qty,unit_price\n");
    screen_test_type(f->t, f->folder);
    screen_test_type(f->t, "<Enter>");
    assert_int_equal(page(f)->tab, IMPORT_TAB_FILE);
    screen_test_type(f->t, "<Down><Enter>");
    assert_non_null(strstr(page(f)->file, "/orders.csv"));
    assert_int_equal(page(f)->kind, KIND_ORDERS);
}

static void file_that_is_not_there_is_named(void **state) {
    struct fixture *f = *state;
    type_in_folder(f, "gone.csv<Enter>");
    assert_int_equal(page(f)->tab, IMPORT_TAB_FILE);
    assert_true(screen_test_shows(f->t, "cannot be opened"));
    screen_test_type(f->t, "<Ctrl-U>/dev/zero<Enter>");
    assert_true(screen_test_shows(f->t, "is no file that can be imported"));
}

static void trying_writes_nothing_and_names_what_is_wrong(void **state) {
    struct fixture *f = *state;
    write_file(f, "goods.csv", GOODS);
    type_in_folder(f, "goods.csv<Enter><F5>");
    assert_int_equal(page(f)->tab, IMPORT_TAB_RESULT);
    assert_int_equal(page(f)->outcome.sum.created, 2);
    assert_int_equal(page(f)->outcome.sum.rejected, 2);
    assert_int_equal(products(f), 0);
    assert_int_equal(page(f)->outcome.findings[0].line, 3);
    assert_string_equal(page(f)->outcome.findings[0].column, "name");
    assert_int_equal(page(f)->outcome.findings[1].line, 4);
    assert_string_equal(page(f)->outcome.findings[1].column, "price");
}

static void untried_file_is_tried_before_it_is_taken(void **state) {
    struct fixture *f = *state;
    write_file(f, "goods.csv", GOODS);
    type_in_folder(f, "goods.csv<Enter><F9>");
    assert_int_equal(products(f), 0);
    screen_test_type(f->t, "<F9>");
    assert_int_equal(products(f), 2);
    assert_int_equal(page(f)->outcome.sum.import_id, 1);
    screen_test_type(f->t, "<F9>");
    assert_true(screen_test_shows(f->t, "in already"));
    screen_test_type(f->t, "u");
    assert_int_equal(products(f), 0);
}

static void import_is_taken_back_from_the_list(void **state) {
    struct fixture *f = *state;
    write_file(f, "goods.csv", GOODS);
    type_in_folder(f, "goods.csv<Enter><F9><F9><Tab>");
    assert_int_equal(page(f)->tab, IMPORT_TAB_LOG);
    assert_true(screen_test_shows(f->t, "stands"));
    screen_test_type(f->t, "<Del>");
    assert_true(screen_test_shows(f->t, "Take import 1 back?"));
    screen_test_type(f->t, "n<Del>y");
    assert_int_equal(products(f), 0);
    assert_true(screen_test_shows(f->t, "taken back"));
    screen_test_type(f->t, "<Del>");
    assert_true(screen_test_shows(f->t, "was taken back already"));
}

static void bad_row_may_reject_the_whole_file(void **state) {
    struct fixture *f = *state;
    write_file(f, "goods.csv", GOODS);
    type_in_folder(f, "goods.csv<Enter>a<F9><F9>");
    assert_int_equal(products(f), 0);
    screen_test_type(f->t, "a<F9><F9>");
    assert_int_equal(products(f), 2);
}

static void rejected_rows_are_saved_to_be_mended(void **state) {
    struct fixture *f = *state;
    char line[256];
    write_file(f, "goods.csv", GOODS);
    type_in_folder(f, "goods.csv<Enter><F9><F9>x<Enter>");
    assert_true(page(f)->outcome.there);
    assert_int_equal(page(f)->outcome.sum.import_id, 1);
    char *path = mem_printf("%s/goods-errors.csv", f->folder);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    assert_non_null(fgets(line, sizeof line, file));
    assert_string_equal(line, "sku,name,price,error\n");
    assert_non_null(fgets(line, sizeof line, file));
    assert_int_equal(strncmp(line, "QUAN,,50000,", 12), 0);
    fclose(file);
    free(path);
    assert_int_equal(products(f), 2);
}

static void columns_of_another_program_are_given_by_hand(void **state) {
    struct fixture *f = *state;
    write_file(f, "bills.csv", "Bill;When;Item;Pieces;Each\nB1;21/11/2026;AO;2;120.000\n");
    type_in_folder(f, "bills.csv<Enter>");
    assert_int_equal(page(f)->tab, IMPORT_TAB_COLUMNS);
    assert_true(screen_test_shows(f->t, "must have one"));
    screen_test_type(f->t, "<Enter>bill<Enter><Down><Enter>when<Enter><Down><Enter>item<Enter>");
    screen_test_type(f->t, "<Down><Enter>piec<Enter><Down><Enter>each<Enter>");
    assert_int_equal(page(f)->preview.missing, 0);
    screen_test_type(f->t, "<F5>");
    assert_int_equal(page(f)->outcome.sum.rejected, 1); /* there is no AO */
    screen_test_type(f->t, "m<F9>");
    assert_int_equal(page(f)->outcome.sum.rejected, 0);
    screen_test_type(f->t, "<F9>");
    assert_int_equal(testorders_int(f->shop, "SELECT COUNT(*) FROM orders"), 1);
    testorders_books_are_right(f->shop);
}

static void column_may_be_left_out(void **state) {
    struct fixture *f = *state;
    write_file(f, "goods.csv", "sku,name,price\nAO,Áo thun,abc\n");
    type_in_folder(f, "goods.csv<Enter><Left>");
    screen_test_type(f->t, "<Down><Down><Down><Down><Down><Down>");
    assert_true(page(f)->preview.mapped[PRODUCT_C_PRICE]);
    screen_test_type(f->t, "<Enter><Down><Down><Down><Enter>");
    assert_false(page(f)->preview.mapped[PRODUCT_C_PRICE]);
    screen_test_type(f->t, "<F9><F9>");
    assert_int_equal(products(f), 1);
}

static void kind_and_program_can_be_changed(void **state) {
    struct fixture *f = *state;
    write_file(f, "goods.csv", "code,name\nA,Lan\n");
    type_in_folder(f, "goods.csv<Enter>");
    assert_int_equal(page(f)->kind, KIND_STAFF);
    screen_test_type(f->t, "t4");
    assert_int_equal(page(f)->kind, KIND_SUPPLIERS);
    screen_test_type(f->t, "pkiot<Enter>");
    assert_string_equal(page(f)->profile, "KiotViet");
    screen_test_type(f->t, "p<Enter>");
    assert_string_equal(page(f)->profile, "");
}

static void typing_and_choices_stay_while_away(void **state) {
    struct fixture *f = *state;
    write_file(f, "goods.csv", GOODS);
    type_in_folder(f, "goods.csv<Enter>m<Shift-Tab><Shift-Tab>");
    assert_int_equal(page(f)->tab, IMPORT_TAB_FILE);
    assert_non_null(strstr(field_text(&page(f)->path), "goods.csv"));
    screen_test_type(f->t, "<Enter>");
    assert_true(page(f)->create_missing);
}

static void row_opens_with_all_its_fields(void **state) {
    struct fixture *f = *state;
    write_file(f, "goods.csv", GOODS);
    type_in_folder(f, "goods.csv<Enter><Down><Enter>");
    assert_true(screen_test_shows(f->t, "Line 3"));
    assert_true(screen_test_shows(f->t, "! empty"));
}

static void it_looks_like_this(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "tests/data/import/");
    screen_test_golden(f->t, "tui/settings-import-file");
    screen_test_type(f->t, "bills.csv<Enter><Enter>bill<Enter>");
    screen_test_golden(f->t, "tui/settings-import-columns");
    screen_test_type(f->t, "<Left><Ctrl-U>tests/data/import/goods.csv<Enter>");
    screen_test_golden(f->t, "tui/settings-import-rows");
    screen_test_type(f->t, "<F5>");
    screen_test_golden(f->t, "tui/settings-import-result");
    screen_test_type(f->t, "<F9><Tab>");
    screen_test_golden(f->t, "tui/settings-import-log");
}

static void it_looks_like_this_wide(void **state) {
    struct fixture *f = *state;
    write_file(f, "orders.csv",
               "order_no,order_date,customer_name,customer_phone,sku,product_name,qty,unit_price,status,rep\n"
               "A1,21/11/2026,Nguyễn Văn Đạt,0912345678,AO,Áo thun,2,120000,completed,AN:70+BINH:30\n");
    type_in_folder(f, "orders.csv<Enter>");
    assert_true(screen_test_shows(f->t, "AN:70+BINH:30"));
    assert_true(screen_test_shows(f->t, "120.000"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(path_is_completed_and_the_kind_is_seen, setup, teardown),
        cmocka_unit_test_setup_teardown(arrows_choose_and_folders_are_entered, setup, teardown),
        cmocka_unit_test_setup_teardown(file_that_is_not_there_is_named, setup, teardown),
        cmocka_unit_test_setup_teardown(trying_writes_nothing_and_names_what_is_wrong, setup, teardown),
        cmocka_unit_test_setup_teardown(untried_file_is_tried_before_it_is_taken, setup, teardown),
        cmocka_unit_test_setup_teardown(import_is_taken_back_from_the_list, setup, teardown),
        cmocka_unit_test_setup_teardown(bad_row_may_reject_the_whole_file, setup, teardown),
        cmocka_unit_test_setup_teardown(rejected_rows_are_saved_to_be_mended, setup, teardown),
        cmocka_unit_test_setup_teardown(columns_of_another_program_are_given_by_hand, setup, teardown),
        cmocka_unit_test_setup_teardown(column_may_be_left_out, setup, teardown),
        cmocka_unit_test_setup_teardown(kind_and_program_can_be_changed, setup, teardown),
        cmocka_unit_test_setup_teardown(typing_and_choices_stay_while_away, setup, teardown),
        cmocka_unit_test_setup_teardown(row_opens_with_all_its_fields, setup, teardown),
        cmocka_unit_test_setup_teardown(it_looks_like_this, setup, teardown),
        cmocka_unit_test_setup_teardown(it_looks_like_this_wide, setup_wide, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
