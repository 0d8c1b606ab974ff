/* Settings › Who did what: rows in words, filters, the detail, the chain verified, the shown rows as a file. */
#include "tui/screens/audit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mem.h"
#include "chotdon/customer.h"
#include "chotdon/setting.h"
#include "chotdon/staff.h"
#include "db/db.h"
#include "screen_test.h"
#include "testorders.h"
#include "testshop.h"
#include "tui/screens/customers.h"
#include "tui/screens/orders.h"
#include "tui/screens/products.h"
#include "tui/screens/settings_shop.h"
#include "tui/screens/settings_staff.h"

struct fixture {
    struct shop *shop;
    struct screen_test *t;
};

static const struct screen_entry screens[] = {{&screen_audit, -1},         {&screen_orders, 5},
                                              {&screen_customers, 6},      {&screen_products, 7},
                                              {&screen_settings_shop, -1}, {&screen_settings_staff, -1}};
enum { ALL_SCREENS = sizeof screens / sizeof *screens };

/* Row 1 init, 2 a person, 3 and on goods and an order, then settings on the next day. */
static int setup_in(void **state, int width, int height) {
    struct fixture *f = mem_zalloc(sizeof *f);
    struct staff an = {.code = "AN", .name = "Nguyễn Văn An", .role = "manager"};
    struct order_line_input line;
    f->shop = testshop_open();
    testshop_set_now(f->shop, "2026-11-20 09:30:00");
    assert_int_equal(staff_put(f->shop, &an, STAFF_NAME | STAFF_ROLE, NULL, NULL), ERR_OK);
    int64_t product = testorders_product(f->shop, "AO", 120000, -1);
    testorders_receive(f->shop, product, 10000, 70000);
    line = testorders_line(product, 2000, 120000);
    struct order_input in = testorders_input(&line, 1);
    testorders_add(f->shop, &in);
    testshop_set_now(f->shop, "2026-11-21 08:00:00");
    assert_int_equal(setting_set(f->shop, "shop_name", "Hạnh Phúc", NULL), ERR_OK);
    assert_int_equal(setting_set(f->shop, "shop_name", "An \"Phúc\"", NULL), ERR_OK);
    f->t = screen_test_new(screens, ALL_SCREENS, f->shop, width, height, NULL);
    *state = f;
    return 0;
}

static int setup(void **state) {
    return setup_in(state, 80, 24);
}

static int setup_wide(void **state) {
    return setup_in(state, 160, 50);
}

static int teardown(void **state) {
    struct fixture *f = *state;
    screen_test_free(f->t);
    testshop_close(&f->shop);
    free(f);
    return 0;
}

static struct audit_page *page(struct fixture *f) {
    return app_screen_state(f->t->app, "audit");
}

static enum err_code write_row(struct shop *shop, void *ctx, struct err *e) {
    const char *const *row = ctx;
    return audit_add(shop, row[0], row[1], row[2], row[3], e);
}

static void add_row(struct fixture *f, const char *action, const char *entity, const char *before, const char *after) {
    const char *row[] = {action, entity, before, after};
    assert_int_equal(shop_transact(f->shop, write_row, row, NULL), ERR_OK);
}

/* The cursor on the newest row of an action. */
static void go_to_row(struct fixture *f, const char *action) {
    struct audit_page *s = page(f);
    screen_test_type(f->t, "<Home>");
    for (size_t i = 0; i < s->count && strcmp(s->items[s->list.cursor].action, action) != 0; i++) {
        screen_test_type(f->t, "<Down>");
    }
    assert_string_equal(s->items[s->list.cursor].action, action);
}

static void record_of_a_row_is_gone_to_and_come_back_from(void **state) {
    static const struct {
        const char *action, *shown, *record;
    } rows[] = {
        {"order.add", "│ Orders", "DH261121-0001"}, {"customer.add", "│ Customers", "Cô Ba"},
        {"product.add", "│ Products", "AO"},        {"setting.set", "│ Shop", "▸VAT of products"},
        {"staff.add", "│ Staff", "Nguyễn Văn An"},
    };
    struct fixture *f = *state;
    const struct customer ba = {.name = "Cô Ba", .phones = "0912345678"};
    assert_int_equal(customer_put(f->shop, &ba, CUSTOMER_NAME | CUSTOMER_PHONES, NULL, NULL, NULL), ERR_OK);
    assert_int_equal(setting_set(f->shop, "vat_default_pct", "8", NULL), ERR_OK);
    app_reload(f->t->app);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        go_to_row(f, rows[i].action);
        screen_test_type(f->t, "o");
        if (!screen_test_shows(f->t, rows[i].shown) || !screen_test_shows(f->t, rows[i].record)) {
            fail_msg("%s: %s", rows[i].action, screen_test_text(f->t));
        }
        screen_test_type(f->t, "<Esc>");
        assert_true(screen_test_shows(f->t, "│ Who did what"));
        assert_string_equal(page(f)->items[page(f)->list.cursor].action, rows[i].action);
    }
}

static void detail_goes_there_too(void **state) {
    struct fixture *f = *state;
    go_to_row(f, "order.add");
    screen_test_type(f->t, "<Enter>o");
    assert_true(screen_test_shows(f->t, "│ Orders"));
    screen_test_type(f->t, "<Esc>");
    assert_true(screen_test_shows(f->t, "│ Who did what"));
    assert_false(screen_test_shows(f->t, "What was done ─"));
}

static void record_without_a_page_or_gone_is_said(void **state) {
    struct fixture *f = *state;
    go_to_row(f, "shop.init");
    screen_test_type(f->t, "o");
    assert_true(screen_test_shows(f->t, "There is no page for this record"));
    add_row(f, "order.add", "order DH991231-0001", "", "{}");
    app_reload(f->t->app);
    go_to_row(f, "order.add");
    screen_test_type(f->t, "o");
    assert_true(screen_test_shows(f->t, "there is no order “DH991231-0001”"));
    assert_true(screen_test_shows(f->t, "│ Who did what"));
}

static void newest_stands_first_and_in_words(void **state) {
    struct fixture *f = *state;
    struct audit_page *s = page(f);
    assert_true(s->count > 5);
    assert_int_equal(s->items[s->count - 1].id, 1);
    assert_string_equal(s->items[0].action, "setting.set");
    assert_true(screen_test_shows(f->t, "changed a setting"));
    assert_true(screen_test_shows(f->t, "sold an order"));
    assert_true(screen_test_shows(f->t, "order DH2611"));
    assert_true(screen_test_shows(f->t, "the owner"));
    screen_test_golden(f->t, "tui/audit");
}

static void wide_screen_shows_the_row_beside_the_list(void **state) {
    struct fixture *f = *state;
    assert_true(page(f)->card.count > 0);
    screen_test_golden(f->t, "tui/audit-wide");
}

static void unknown_actions_and_what_is_no_json_stay_as_they_are(void **state) {
    struct fixture *f = *state;
    add_row(f, "moon.land", "moon 1", "{\"broken\": ", "not\njson\x1b[31m");
    app_reload(f->t->app);
    screen_test_type(f->t, "<Enter>");
    assert_true(screen_test_shows(f->t, "moon.land"));
    assert_true(screen_test_shows(f->t, "{\"broken\":"));
    assert_true(screen_test_shows(f->t, "not␤json␛[31m"));
}

static void detail_compares_member_by_member(void **state) {
    struct fixture *f = *state;
    add_row(f, "product.edit", "product AO", "{\"price\":100000,\"name\":\"Áo\",\"tags\":[\"a\",{\"b\":1}]}",
            "{\"price\":120000,\"name\":\"Áo \\u00e9\\\"x\\\"\"}");
    app_reload(f->t->app);
    screen_test_type(f->t, "<Enter>");
    assert_true(screen_test_shows(f->t, "changed a product"));
    assert_true(screen_test_shows(f->t, "100.000 ₫ → 120.000 ₫"));
    assert_true(screen_test_shows(f->t, "Áo → Áo é\"x\""));
    assert_true(screen_test_shows(f->t, "[\"a\",{\"b\":1}]"));
}

static void members_are_read_or_refused_as_a_whole(void **state) {
    static const char *const bad[] = {"{",           "{\"a\"}",     "{\"a\":}",       "{\"a\":1", "{\"a\":\"x",
                                      "{\"a\":1}x",  "{\"a\":\"\\", "{\"a\":\"\\u12", "[1]",      "{\"a\":\"\\ud800\"}",
                                      "{\"a\":1 2}", "{a:1}",       "{\"a\":\"\\q\"}"};
    struct audit_fields f;
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(audit_fields_read("", bad[i], &f));
        assert_int_equal(f.count, 0);
    }
    assert_true(audit_fields_read("{}", " { \"a\" : -1.5 , \"b\" : null } ", &f));
    assert_int_equal(f.count, 2);
    assert_string_equal(f.items[0].after, "-1.5");
    assert_null(f.items[0].before);
    audit_fields_clear(&f);
    struct buf many = BUF_INIT;
    for (int i = 0; i < 100000; i++) {
        buf_addf(&many, "%s\"%d\":1", i == 0 ? "{" : ",", i);
    }
    buf_add(&many, "}");
    assert_false(audit_fields_read("", buf_str(&many), &f));
    buf_clear(&many);
}

static void text_is_searched_on_enter(void **state) {
    struct fixture *f = *state;
    size_t all = page(f)->count;
    screen_test_type(f->t, "/shop_name");
    assert_int_equal(page(f)->count, all);
    screen_test_type(f->t, "<Enter>");
    assert_int_equal(page(f)->count, 2);
    screen_test_type(f->t, "c");
    assert_int_equal(page(f)->count, all);
}

static void person_kind_and_days_narrow(void **state) {
    struct fixture *f = *state;
    size_t all = page(f)->count;
    screen_test_type(f->t, "pNguy<Enter>");
    assert_int_equal(page(f)->count, 0);
    assert_true(screen_test_shows(f->t, "Nothing was done that fits"));
    screen_test_type(f->t, "powner<Enter>");
    assert_int_equal(page(f)->count, all);
    screen_test_type(f->t, "tsetting<Enter>");
    assert_int_equal(page(f)->count, 2);
    screen_test_type(f->t, "cd20/11/2026<Tab>20/11/2026<Enter>");
    assert_true(page(f)->count > 2 && page(f)->count < all);
    for (size_t i = 0; i < page(f)->count; i++) {
        assert_memory_equal(page(f)->items[i].time, "2026-11-20", 10);
    }
    screen_test_type(f->t, "d<Ctrl-U>22/11/2026<Enter>");
    assert_true(screen_test_shows(f->t, "The first day is after the last"));
}

static void long_log_is_read_as_far_as_somebody_looks(void **state) {
    struct fixture *f = *state;
    for (int i = 0; i < 300; i++) {
        add_row(f, "test.row", "test", "", "{}");
    }
    app_reload(f->t->app);
    screen_test_type(f->t, "<Down>");
    assert_true(page(f)->count < 150);
    for (int i = 0; i < 20; i++) {
        screen_test_type(f->t, "<PgDn>");
    }
    assert_true(page(f)->count > 300);
    assert_false(page(f)->more);
    assert_int_equal(page(f)->items[page(f)->count - 1].id, 1);
    for (size_t i = 1; i < page(f)->count; i++) {
        assert_int_equal(page(f)->items[i].id, page(f)->items[i - 1].id - 1);
    }
}

static enum err_code tamper(struct db *db, void *ctx, struct err *e) {
    return db_exec_script(db, ctx, e);
}

static void chain_is_verified_and_a_changed_row_told(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "v");
    assert_true(screen_test_shows(f->t, "The audit chain holds"));
    assert_int_equal(db_transact(shop_db(f->shop), tamper, (void *)"UPDATE audit SET staff = 'AN' WHERE id = 2", NULL),
                     ERR_OK);
    screen_test_type(f->t, "v");
    assert_true(screen_test_shows(f->t, "does not hold"));
}

static void shown_rows_become_a_file(void **state) {
    struct fixture *f = *state;
    char folder[] = "/tmp/audit-XXXXXX";
    char text[4096] = "";
    assert_non_null(mkdtemp(folder));
    char *path = mem_printf("%s/a.csv", folder);
    char *keys = mem_printf("tsetting<Enter>x<Ctrl-U>%s<Enter>", path);
    screen_test_type(f->t, keys);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    assert_non_null(strstr(text, "id,time,staff,action,entity,detail,hash"));
    assert_non_null(strstr(text, "setting shop_name"));
    assert_null(strstr(text, "order.add"));
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(folder), 0);
    free(keys);
    free(path);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(newest_stands_first_and_in_words, setup, teardown),
        cmocka_unit_test_setup_teardown(wide_screen_shows_the_row_beside_the_list, setup_wide, teardown),
        cmocka_unit_test_setup_teardown(unknown_actions_and_what_is_no_json_stay_as_they_are, setup, teardown),
        cmocka_unit_test_setup_teardown(detail_compares_member_by_member, setup, teardown),
        cmocka_unit_test(members_are_read_or_refused_as_a_whole),
        cmocka_unit_test_setup_teardown(record_of_a_row_is_gone_to_and_come_back_from, setup, teardown),
        cmocka_unit_test_setup_teardown(detail_goes_there_too, setup, teardown),
        cmocka_unit_test_setup_teardown(record_without_a_page_or_gone_is_said, setup, teardown),
        cmocka_unit_test_setup_teardown(text_is_searched_on_enter, setup, teardown),
        cmocka_unit_test_setup_teardown(person_kind_and_days_narrow, setup, teardown),
        cmocka_unit_test_setup_teardown(long_log_is_read_as_far_as_somebody_looks, setup, teardown),
        cmocka_unit_test_setup_teardown(chain_is_verified_and_a_changed_row_told, setup, teardown),
        cmocka_unit_test_setup_teardown(shown_rows_become_a_file, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
