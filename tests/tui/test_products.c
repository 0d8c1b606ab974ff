/* The Products screen, receiving and counting: found, opened, changed and taken back, adjusted, proposed, exported; a
 * scanner's burst never lands in a quantity. */
#include "tui/screens/products.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mem.h"
#include "chotdon/product_document.h"
#include "chotdon/stock.h"
#include "screen_test.h"
#include "testorders.h"
#include "testshop.h"
#include "tui/screens/stock_sheet.h"

struct fixture {
    struct shop *shop;
    struct screen_test *t;
    char folder[64];
};

static void add(struct shop *shop, const char *sku, const char *name, const char *barcodes, const char *units,
                const char *group, const char *supplier, int64_t price, int64_t stock_min) {
    struct err e = ERR_INIT;
    struct product p = {.sku = (char *)sku,
                        .name = (char *)name,
                        .unit = (char[]){"chai"},
                        .group = (char *)group,
                        .supplier = (char *)supplier,
                        .price = price,
                        .stock_min = stock_min,
                        .has_stock_min = stock_min > 0,
                        .active = true};
    assert_int_equal(product_barcodes_parse(barcodes, &p.barcodes, &p.barcode_count, &e), ERR_OK);
    assert_int_equal(product_units_parse(units, shop_currency(shop), &p.units, &p.unit_count, &e), ERR_OK);
    unsigned fields = PRODUCT_NAME | PRODUCT_UNIT | PRODUCT_GROUP | PRODUCT_SUPPLIER | PRODUCT_PRICE |
                      PRODUCT_BARCODES | PRODUCT_UNITS | (stock_min > 0 ? PRODUCT_STOCK_MIN : 0);
    if (product_add(shop, &p, fields, NULL, &e) != ERR_OK) {
        fail_msg("%s", e.message);
    }
    for (size_t i = 0; i < p.barcode_count; i++) {
        free(p.barcodes[i].barcode);
        free(p.barcodes[i].unit);
    }
    for (size_t i = 0; i < p.unit_count; i++) {
        free(p.units[i].name);
    }
    free(p.barcodes);
    free(p.units);
}

static int64_t id_of(struct shop *shop, const char *sku) {
    struct err e = ERR_INIT;
    int64_t id = 0;
    assert_int_equal(product_find(shop, sku, &id, NULL, &e), ERR_OK);
    return id;
}

static void fill(struct shop *shop) {
    add(shop, "NUOC-15", "Nước suối 1,5 l", "8934567890123+8934567890130=thùng", "thùng=12@96000", "Đồ uống", "Lavie",
        9000, 24000);
    add(shop, "TRA-OL", "Trà ô long", "8935049500001", "", "Đồ uống/Trà", "Suntory", 10000, 10000);
    add(shop, "GAO-5", "Gạo ST25 5 kg", "8930000000024", "", "Thực phẩm", "Ông Cua", 215000, 20000);
    add(shop, "AO-M", "Áo thun trơn M", "8930000000017", "", "", "", 120000, 0);
    testorders_receive(shop, id_of(shop, "NUOC-15"), 3000, 6000);
    testorders_receive(shop, id_of(shop, "GAO-5"), 25000, 170000);
    testorders_receive(shop, id_of(shop, "AO-M"), 14000, 70000);
}

static int setup_at(void **state, int width, int height) {
    static const struct screen_entry screens[] = {{&screen_products, 7}, {&screen_receive, -1}, {&screen_count, -1}};
    struct fixture *f = mem_zalloc(sizeof *f);
    f->shop = testshop_open();
    fill(f->shop);
    f->t = screen_test_new(screens, 3, f->shop, width, height, NULL);
    strcpy(f->folder, "/tmp/products-XXXXXX");
    assert_non_null(mkdtemp(f->folder));
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
    struct fixture *f = *state;
    screen_test_free(f->t);
    testshop_close(&f->shop);
    rmdir(f->folder);
    free(f);
    return 0;
}

static struct products_state *screen(struct fixture *f) {
    return app_screen_state(f->t->app, "products");
}

static struct sheet_state *sheet(struct fixture *f, const char *name) {
    return app_screen_state(f->t->app, name);
}

static const char *under_cursor(struct fixture *f) {
    const struct products_item *p = products_current(screen(f));
    return p == NULL ? "" : p->sku;
}

static int64_t on_hand(struct fixture *f, const char *sku) {
    return testorders_level(f->shop, id_of(f->shop, sku)).on_hand;
}

static struct product get(struct fixture *f, const char *sku) {
    struct product p = {0};
    struct err e = ERR_INIT;
    assert_int_equal(product_get(f->shop, id_of(f->shop, sku), &p, &e), ERR_OK);
    return p;
}

static void list_shows_stock_against_its_level_and_the_value_at_the_foot(void **state) {
    struct fixture *f = *state;
    assert_string_equal(under_cursor(f), "AO-M");
    assert_int_equal(screen(f)->amount, 18000 + 4250000 + 980000);
    screen_test_golden(f->t, "tui/products");
}

static void wide_screen_shows_the_card_beside_the_list(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "jj");
    screen_test_golden(f->t, "tui/products-160");
}

static void low_stock_and_proposal_have_tabs(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "<Tab>");
    assert_int_equal(screen(f)->b.list.total, 2);
    screen_test_type(f->t, "<Tab>");
    assert_string_equal(under_cursor(f), "NUOC-15");                 /* of Lavie, before Suntory */
    assert_int_equal(products_current(screen(f))->order_qty, 45000); /* 2 × 24 − 3 */
    assert_int_equal(screen(f)->amount, 45 * 6000);
    screen_test_golden(f->t, "tui/products-order");
}

static void typing_finds_without_accents_and_by_barcode(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "/gao");
    assert_string_equal(under_cursor(f), "GAO-5");
    assert_int_equal(screen(f)->b.list.total, 1);
    screen_test_type(f->t, "<Ctrl-U>0123");
    assert_string_equal(under_cursor(f), "NUOC-15");
}

static void one_group_with_its_children_can_be_shown(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "fuong<Enter>");
    assert_int_equal(screen(f)->b.list.total, 2);
    assert_true(screen_test_shows(f->t, "Đồ uống"));
    screen_test_type(f->t, "f<Enter>");
    assert_int_equal(screen(f)->b.list.total, 4);
}

static void scan_over_the_list_opens_the_card(void **state) {
    struct fixture *f = *state;
    for (const char *p = "8930000000024"; *p != '\0'; p++) { /* all at once, as it comes from a scanner */
        struct key key = key_of_char((unsigned char)*p);
        fake_terminal_push(&f->t->terminal, &key);
    }
    struct key enter = {.kind = K_ENTER};
    fake_terminal_push(&f->t->terminal, &enter);
    while (f->t->terminal.base.ops->pending(&f->t->terminal.base, 0)) {
        struct key key = {0};
        f->t->terminal.base.ops->read(&f->t->terminal.base, 0, &key);
        key.gap_ms = 4;
        app_key(f->t->app, &key);
    }
    assert_true(screen_test_shows(f->t, "Gạo ST25 5 kg"));
    assert_true(screen_test_shows(f->t, "On hand"));
}

static void card_shows_units_barcodes_and_moves(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "/nuoc<Enter><Enter>");
    screen_test_golden(f->t, "tui/products-card");
    screen_test_type(f->t, "a-1<Tab>vỡ<Enter>"); /* keys of the screen work from the card */
    assert_int_equal(on_hand(f, "NUOC-15"), 2000);
}

static void new_one_takes_the_barcode_that_was_searched_in_vain(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "/8936000000001<Enter>nBANH<Tab>Bánh quy<Tab><Tab>145k<Enter>");
    struct product p = get(f, "8936000000001");
    assert_string_equal(p.name, "Bánh quy");
    assert_int_equal(p.price, 145000);
    assert_true(p.active);
    product_clear(&p);
}

static void wrong_entries_keep_the_form_open_at_the_field(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "nX1<Tab>Thử<Tab>8930000000017<Tab>abc<Enter>");
    assert_true(screen_test_shows(f->t, "is not an amount of money"));
    screen_test_type(f->t, "<Ctrl-U>10k<Enter>");
    assert_true(screen_test_shows(f->t, "belongs to product AO-M"));
    screen_test_golden(f->t, "tui/products-form-error");
    screen_test_type(f->t, "<Ctrl-U><Enter>");
    assert_int_equal(screen(f)->b.list.total, 5);
    screen_test_type(f->t, "nX1<Tab>Nữa<Tab><Tab>1<Enter>");
    assert_true(screen_test_shows(f->t, "there is a product X1 already"));
}

static void change_is_saved_and_undone(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "/gao<Enter>e<Tab><Tab><Ctrl-U>220k<Enter>");
    struct product p = get(f, "GAO-5");
    assert_int_equal(p.price, 220000);
    product_clear(&p);
    screen_test_type(f->t, "u");
    p = get(f, "GAO-5");
    assert_int_equal(p.price, 215000);
    assert_int_equal(p.barcode_count, 1);
    product_clear(&p);
    screen_test_type(f->t, "e<Enter>");
    assert_true(screen_test_shows(f->t, "Nothing was changed"));
}

static void adjusting_needs_a_quantity_and_a_reason(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "a-2<Enter>");
    assert_true(screen_test_shows(f->t, "Reason is needed"));
    screen_test_type(f->t, "mất<Enter>");
    assert_int_equal(on_hand(f, "AO-M"), 12000);
    screen_test_type(f->t, "a0<Tab>x<Enter>");
    assert_true(screen_test_shows(f->t, "0 changes nothing"));
    screen_test_type(f->t, "<Ctrl-U>3<Shift-Tab><Space><Tab><Tab><Ctrl-U>rách<Enter>");
    assert_int_equal(on_hand(f, "AO-M"), 9000);
}

static void goods_are_received_by_scanning(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "r");
    screen_test_scan(f->t, "8934567890130"); /* a thùng */
    screen_test_type(f->t, "2<Enter>75k<Enter>");
    screen_test_type(f->t, "tra o<Enter>10<Enter><Enter>");
    screen_test_type(f->t, "<F2>Lavie<Tab>PN-0815<Enter>");
    assert_int_equal(sheet(f, "receive")->amount, 150000);
    screen_test_golden(f->t, "tui/receive");
    screen_test_type(f->t, "<F9>");
    assert_int_equal(on_hand(f, "NUOC-15"), 27000);
    assert_int_equal(testorders_level(f->shop, id_of(f->shop, "NUOC-15")).value, 168000);
    assert_int_equal(on_hand(f, "TRA-OL"), 10000);
    assert_int_equal(sheet(f, "receive")->line_count, 0);
    assert_int_equal(testorders_int(f->shop, "SELECT COUNT(*) FROM stock_moves WHERE document = 'PN-0815'"), 2);
}

static void scanner_never_types_into_quantity_or_cost(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "r");
    screen_test_scan(f->t, "8930000000024");
    screen_test_type(f->t, "5");
    screen_test_scan(f->t, "8930000000017"); /* the 5 holds, the next line begins */
    assert_int_equal(sheet(f, "receive")->lines[0].qty, 5000);
    assert_int_equal(sheet(f, "receive")->line_count, 2);
    screen_test_scan(f->t, "8930000000017"); /* one, and again */
    screen_test_type(f->t, "<Enter>");
    screen_test_scan(f->t, "8930000000024"); /* asked for the cost meanwhile */
    assert_int_equal(sheet(f, "receive")->lines[1].qty, 2000);
    assert_int_equal(sheet(f, "receive")->lines[1].cost, 70000);
    assert_int_equal(sheet(f, "receive")->lines[0].cost, 170000);
    assert_int_equal(sheet(f, "receive")->asking, SHEET_QTY);
}

static void goods_are_counted_and_only_differences_are_booked(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "c");
    screen_test_scan(f->t, "8930000000017");
    screen_test_type(f->t, "13<Enter>");
    screen_test_scan(f->t, "8930000000024");
    screen_test_type(f->t, "25<Enter>");
    screen_test_scan(f->t, "8934567890130");
    screen_test_type(f->t, "2<Enter>"); /* two thùng are 24 chai */
    screen_test_scan(f->t, "8934567890123");
    screen_test_type(f->t, "3<Enter>"); /* and three more */
    assert_int_equal(sheet(f, "count")->line_count, 3);
    assert_int_equal(sheet(f, "count")->lines[2].qty, 27000);
    screen_test_golden(f->t, "tui/count");
    screen_test_type(f->t, "<F9>");
    assert_true(screen_test_shows(f->t, "2 of them differed"));
    assert_int_equal(on_hand(f, "AO-M"), 13000);
    assert_int_equal(on_hand(f, "NUOC-15"), 27000);
    testorders_books_are_right(f->shop);
}

static void typed_quantity_can_be_changed_and_the_line_removed(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "cAO-M<Enter>12<Enter>AO-M<Enter>=9<Enter>");
    assert_int_equal(sheet(f, "count")->lines[0].qty, 9000);
    screen_test_type(f->t, "<Enter>7<Enter>");
    assert_int_equal(sheet(f, "count")->lines[0].qty, 7000);
    screen_test_type(f->t, "AO-M<Enter>abc<Enter>");
    assert_true(screen_test_shows(f->t, "is not a quantity"));
    screen_test_type(f->t, "<Esc><Del>");
    assert_int_equal(sheet(f, "count")->line_count, 0);
    screen_test_type(f->t, "GAO-5<Enter><Esc>"); /* no quantity, no line */
    assert_int_equal(sheet(f, "count")->line_count, 0);
    screen_test_type(f->t, "<F9>");
    assert_true(screen_test_shows(f->t, "Nothing to save yet"));
}

static void sheet_stays_while_one_looks_elsewhere(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "cAO-M<Enter>12<Enter><Esc>");
    assert_true(screen_test_shows(f->t, "Áo thun trơn M"));
    screen_test_type(f->t, "c");
    assert_int_equal(sheet(f, "count")->lines[0].qty, 12000);
    screen_test_type(f->t, "<F7><Enter>");
    assert_int_equal(sheet(f, "count")->line_count, 1);
    screen_test_type(f->t, "<F7>y");
    assert_int_equal(sheet(f, "count")->line_count, 0);
}

static void unknown_code_says_so_and_the_next_one_is_taken(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "c");
    screen_test_scan(f->t, "9999999999999");
    assert_true(screen_test_shows(f->t, "there is no product"));
    screen_test_scan(f->t, "8930000000017");
    assert_int_equal(sheet(f, "count")->line_count, 1);
}

static void export_writes_the_list_and_the_proposal(void **state) {
    struct fixture *f = *state;
    char *path = mem_printf("%s/hang.csv", f->folder);
    char line[400];
    screen_test_type(f->t, "<Tab><Tab>x<Ctrl-U>");
    screen_test_type(f->t, path);
    screen_test_type(f->t, "<Enter>");
    FILE *in = fopen(path, "r");
    assert_non_null(in);
    assert_non_null(fgets(line, sizeof line, in));
    assert_non_null(fgets(line, sizeof line, in));
    assert_string_equal(line, "Lavie,NUOC-15,\"Nước suối 1,5 l\",chai,3,24,45,6000,270000\n");
    fclose(in);
    unlink(path);
    screen_test_type(f->t, "<Tab><Tab>x<Ctrl-U>");
    screen_test_type(f->t, path);
    screen_test_type(f->t, "<Enter>");
    in = fopen(path, "r");
    assert_non_null(in);
    assert_non_null(fgets(line, sizeof line, in));
    assert_string_equal(line, "sku,name,unit,group,on_hand,stock_min,price,cost,value,supplier\n");
    fclose(in);
    unlink(path);
    free(path);
}

static void small_and_large_terminals_are_filled(void **state) {
    struct fixture *f = *state;
    screen_test_resize(f->t, 60, 16);
    screen_test_type(f->t, "<Enter><Esc>cAO-M<Enter>3<Enter>");
    assert_true(screen_test_shows(f->t, "Áo thun trơn M"));
    screen_test_resize(f->t, 200, 60);
    screen_test_type(f->t, "<Esc>");
    assert_true(screen_test_shows(f->t, "Moves"));
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

static void documents_are_added_opened_and_taken_away(void **state) {
    struct fixture *f = *state;
    struct product_documents d;
    int64_t id = id_of(f->shop, "TRA-OL");
    screen_test_type(f->t, "/tra<Enter>o<Enter>Chứng nhận<Tab>/nonexistent/cn.pdf<Enter>");
    assert_int_equal(product_documents_get(f->shop, id, &d, NULL), ERR_OK);
    assert_int_equal(d.count, 1);
    product_documents_clear(&d);
    screen_test_type(f->t, "<Enter>"); /* the product's card */
    assert_true(screen_test_shows(f->t, "/nonexistent/cn.pdf"));
    screen_test_type(f->t, "ochung<Enter>");
    assert_true(screen_test_shows(f->t, "/nonexistent/cn.pdf cannot be opened"));
    screen_test_type(f->t, "o<Down><Down><Enter>");
    assert_true(screen_test_shows(f->t, "Take a document away"));
    screen_test_type(f->t, "<Enter>");
    assert_int_equal(product_documents_get(f->shop, id, &d, NULL), ERR_OK);
    assert_int_equal(d.count, 0);
    product_documents_clear(&d);
    screen_test_type(f->t, "u");
    assert_int_equal(product_documents_get(f->shop, id, &d, NULL), ERR_OK);
    assert_int_equal(d.count, 1);
    product_documents_clear(&d);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(documents_are_added_opened_and_taken_away, setup, teardown),
        WITH(list_shows_stock_against_its_level_and_the_value_at_the_foot),
        cmocka_unit_test_setup_teardown(wide_screen_shows_the_card_beside_the_list, setup_wide, teardown),
        WITH(low_stock_and_proposal_have_tabs),
        WITH(typing_finds_without_accents_and_by_barcode),
        WITH(one_group_with_its_children_can_be_shown),
        WITH(scan_over_the_list_opens_the_card),
        WITH(card_shows_units_barcodes_and_moves),
        WITH(new_one_takes_the_barcode_that_was_searched_in_vain),
        WITH(wrong_entries_keep_the_form_open_at_the_field),
        WITH(change_is_saved_and_undone),
        WITH(adjusting_needs_a_quantity_and_a_reason),
        WITH(goods_are_received_by_scanning),
        WITH(scanner_never_types_into_quantity_or_cost),
        WITH(goods_are_counted_and_only_differences_are_booked),
        WITH(typed_quantity_can_be_changed_and_the_line_removed),
        WITH(sheet_stays_while_one_looks_elsewhere),
        WITH(unknown_code_says_so_and_the_next_one_is_taken),
        WITH(export_writes_the_list_and_the_proposal),
        WITH(small_and_large_terminals_are_filled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
