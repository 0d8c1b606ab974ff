/* The Customers screen: found while typing, opened, changed and taken back, merged, noted, erased, exported. */
#include "tui/screens/customers.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mem.h"
#include "screen_test.h"
#include "testcustomer.h"
#include "testshop.h"

struct fixture {
    struct shop *shop;
    struct screen_test *t;
    char folder[64];
};

static void add(struct shop *shop, struct customer c) {
    struct err e = ERR_INIT;
    unsigned fields = CUSTOMER_NAME | (c.phones != NULL ? CUSTOMER_PHONES : 0) |
                      (c.segment != NULL ? CUSTOMER_SEGMENT : 0) | (c.province != NULL ? CUSTOMER_PROVINCE : 0) |
                      (c.note != NULL ? CUSTOMER_NOTE : 0);
    if (customer_add(shop, &c, fields, NULL, &e) != ERR_OK) {
        fail_msg("%s", e.message);
    }
}

static void fill(struct shop *shop) {
    add(shop, (struct customer){.name = "Nguyễn Văn Đạt",
                                .phones = "0912345678;0987111222",
                                .segment = "vip",
                                .province = "Hà Nội",
                                .note = "Thích gạo ST25"});
    add(shop, (struct customer){.name = "Trần Thị Hà", .phones = "0903456789", .segment = "retail"});
    add(shop, (struct customer){.name = "Lê Đức Nam", .phones = "0977888999", .segment = "wholesale"});
    add(shop, (struct customer){.name = "Nguyen Van Dat", .province = "Hà Nội"});
    add(shop, (struct customer){.name = "Phạm Thu Ánh", .segment = "loyal", .province = "Cần Thơ"});
    int64_t dat = testcustomer_id(shop, "KH000001");
    testcustomer_order(shop, dat, "DH261001-0001", "2026-10-01", "completed", 1200000, 0);
    testcustomer_order(shop, dat, "DH261110-0001", "2026-11-10", "delivered", 530000, 350000);
    testcustomer_order(shop, testcustomer_id(shop, "KH000003"), "DH261112-0001", "2026-11-12", "delivered", 8000000,
                       1500000);
    struct err e = ERR_INIT;
    assert_int_equal(customer_log(shop, dat, "call", "Hỏi giá gạo", &e), ERR_OK);
}

static int setup_at(void **state, int width, int height) {
    static const struct screen_entry screens[] = {{&screen_customers, 6}};
    struct fixture *f = mem_zalloc(sizeof *f);
    f->shop = testshop_open();
    fill(f->shop);
    f->t = screen_test_new(screens, 1, f->shop, width, height, NULL);
    strcpy(f->folder, "/tmp/customers-XXXXXX");
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

static struct customers_state *screen(struct fixture *f) {
    return app_screen_state(f->t->app, "customers");
}

static const char *under_cursor(struct fixture *f) {
    const struct customers_item *c = customers_current(screen(f));
    return c == NULL ? "" : c->code;
}

static struct customer get(struct fixture *f, const char *code) {
    struct customer c = {0};
    struct err e = ERR_INIT;
    assert_int_equal(customer_get(f->shop, testcustomer_id(f->shop, code), &c, &e), ERR_OK);
    return c;
}

static void list_stands_in_vietnamese_order_with_debts_at_the_foot(void **state) {
    struct fixture *f = *state;
    assert_string_equal(under_cursor(f), "KH000005"); /* Ánh before Đạt */
    assert_int_equal(screen(f)->due, 1850000);
    screen_test_golden(f->t, "tui/customers");
}

static void wide_screen_shows_the_profile_beside_the_list(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "jj");
    screen_test_golden(f->t, "tui/customers-160");
}

/* Held down, a key moves only the cursor. */
static void the_profile_follows_when_the_hand_rests(void **state) {
    struct fixture *f = *state;
    const struct browse *b = &screen(f)->b;
    struct key down = key_of_char('j');
    char *first = mem_strdup(b->card.lines[0].left);
    app_key(f->t->app, &down);
    app_paint(f->t->app);
    app_key(f->t->app, &down);
    app_paint(f->t->app);
    assert_int_equal(b->list.cursor, 2);
    assert_string_equal(b->card.lines[0].left, first);
    assert_true(app_due(f->t->app));
    app_key(f->t->app, &(struct key){0});
    app_paint(f->t->app);
    assert_string_equal(b->card.lines[0].left, screen(f)->items[2].name);
    assert_false(app_due(f->t->app));
    free(first);
}

static void typing_finds_without_accents_and_by_last_digits(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "/tran ha");
    assert_int_equal(screen(f)->b.list.total, 1);
    assert_string_equal(under_cursor(f), "KH000002");
    screen_test_type(f->t, "<Ctrl-U>8999");
    assert_string_equal(under_cursor(f), "KH000003");
    assert_int_equal(screen(f)->due, 1500000);
    screen_test_type(f->t, "<Ctrl-U>đạt");
    assert_string_equal(under_cursor(f), "KH000001"); /* with its accents first */
    screen_test_type(f->t, "<Esc>");
    assert_int_equal(screen(f)->b.list.total, 5);
}

static void tabs_filter_by_segment_and_by_debt(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "<Tab>");
    assert_int_equal(screen(f)->b.list.total, 1);
    assert_string_equal(under_cursor(f), "KH000001");
    screen_test_type(f->t, "<Shift-Tab><Shift-Tab>");
    assert_int_equal(screen(f)->b.tab, CUSTOMERS_TAB_DEBT);
    assert_int_equal(screen(f)->b.list.total, 2);
    assert_int_equal(screen(f)->due, 1850000);
}

static void sorting_goes_through_name_debt_revenue_and_last_order(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "s");
    assert_string_equal(under_cursor(f), "KH000003"); /* owes most */
    screen_test_type(f->t, "s");
    assert_true(screen_test_shows(f->t, "Revenue▼")); /* the orders between have no room here */
    screen_test_type(f->t, "s");
    assert_string_equal(under_cursor(f), "KH000002"); /* never bought */
    screen_test_type(f->t, "S");
    assert_string_equal(under_cursor(f), "KH000003"); /* bought last */
}

static void enter_opens_the_profile_with_debts_and_timeline(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "/0912<Enter><Enter>");
    assert_true(screen_test_shows(f->t, "DH261110-0001"));
    screen_test_golden(f->t, "tui/customers-profile");
    screen_test_type(f->t, "<PgDn>");
    assert_true(screen_test_shows(f->t, "Hỏi giá gạo"));
    screen_test_type(f->t, "<Esc>");
    assert_true(screen_test_shows(f->t, "1/1"));
}

static void keys_of_the_screen_work_from_the_profile(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "/0912<Enter><Enter>a");
    assert_true(screen_test_shows(f->t, "Contact with Nguyễn Văn Đạt"));
    screen_test_type(f->t, "Muốn giao thứ bảy<Enter><Enter><PgDn>");
    assert_true(screen_test_shows(f->t, "Muốn giao thứ bảy"));
}

static void new_one_takes_what_was_searched_in_vain(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "/0868123456<Enter>n");
    screen_test_type(f->t, "Đỗ Minh<Enter>");
    struct customer c = get(f, "0868123456");
    assert_string_equal(c.name, "Đỗ Minh");
    assert_string_equal(c.code, "KH000006");
    customer_clear(&c);
    assert_string_equal(under_cursor(f), "KH000006");
}

static void phone_of_somebody_else_is_refused_naming_them_and_nothing_typed_is_lost(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "nAn<Tab>0912 345 678<Enter>");
    assert_true(screen_test_shows(f->t, "belongs to customer KH000001 Nguyễn Văn Đạt"));
    screen_test_golden(f->t, "tui/customers-form-error");
    screen_test_type(f->t, "<Ctrl-U>0912 345 679<Enter>");
    struct customer c = get(f, "0912345679");
    assert_string_equal(c.name, "An");
    customer_clear(&c);
}

static void wrong_date_and_missing_name_keep_the_form_open(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "n<Enter>");
    assert_true(screen_test_shows(f->t, "Name is needed"));
    screen_test_type(f->t, "An<Tab><Tab><Tab><Tab><Tab><Tab>31/02/1990<Enter>");
    assert_true(screen_test_shows(f->t, "is not a date"));
    screen_test_type(f->t, "<Ctrl-U><Enter>");
    assert_int_equal(screen(f)->b.list.total, 6);
}

static void change_is_saved_and_undone(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "/0903<Enter>e<Ctrl-U>Trần Thị Hà My<Tab><Tab><Left><Left><Left><Enter>");
    struct customer c = get(f, "KH000002");
    assert_string_equal(c.name, "Trần Thị Hà My");
    assert_string_equal(c.segment, "vip");
    assert_string_equal(c.phones, "0903456789");
    customer_clear(&c);
    screen_test_type(f->t, "u");
    c = get(f, "KH000002");
    assert_string_equal(c.name, "Trần Thị Hà");
    assert_string_equal(c.segment, "retail");
    customer_clear(&c);
}

static void what_another_counter_changed_meanwhile_stays(void **state) {
    struct fixture *f = *state;
    struct err e = ERR_INIT;
    screen_test_type(f->t, "/0903<Enter>e<Ctrl-U>Hà");
    struct customer other = {.code = (char[]){"KH000002"}, .note = (char[]){"gọi buổi chiều"}};
    assert_int_equal(customer_put(f->shop, &other, CUSTOMER_NOTE, NULL, NULL, &e), ERR_OK);
    screen_test_type(f->t, "<Enter>");
    struct customer c = get(f, "KH000002");
    assert_string_equal(c.name, "Hà");
    assert_string_equal(c.note, "gọi buổi chiều");
    customer_clear(&c);
}

static void merge_shows_its_plan_and_can_be_undone(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "m");
    assert_true(screen_test_shows(f->t, "Mark the one"));
    screen_test_type(f->t, "/dat<Enter>");
    assert_int_equal(screen(f)->b.list.total, 2);
    screen_test_type(f->t, "j<Space>k");
    screen_test_type(f->t, "m");
    assert_true(screen_test_shows(f->t, "becomes part of"));
    screen_test_type(f->t, "<Enter>"); /* “No” has the cursor */
    assert_int_equal(testcustomer_count(f->shop, "SELECT COUNT(*) FROM customer_merges"), 0);
    screen_test_type(f->t, "my");
    assert_int_equal(screen(f)->b.list.total, 1);
    screen_test_type(f->t, "u");
    assert_int_equal(screen(f)->b.list.total, 2);
}

static void duplicates_are_listed_and_lead_to_the_merge(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "d");
    assert_true(screen_test_shows(f->t, "same name"));
    screen_test_type(f->t, "<Enter>y");
    assert_int_equal(screen(f)->b.list.total, 4);
    screen_test_type(f->t, "d");
    assert_true(screen_test_shows(f->t, "Nobody is here twice"));
}

static void erasing_asks_and_is_refused_while_something_is_owed(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "/0977<Enter><Del>y");
    assert_int_equal(testcustomer_count(f->shop, "SELECT COUNT(*) FROM customers WHERE erased_on <> ''"), 0);
    screen_test_type(f->t, "/<Ctrl-U>0903<Enter><Del><Enter>");
    assert_int_equal(testcustomer_count(f->shop, "SELECT COUNT(*) FROM customers WHERE erased_on <> ''"), 0);
    screen_test_type(f->t, "<Del>y");
    assert_int_equal(testcustomer_count(f->shop, "SELECT COUNT(*) FROM customers WHERE erased_on <> ''"), 1);
    assert_int_equal(screen(f)->b.list.total, 0);
}

static void export_writes_what_is_shown_and_asks_before_writing_over(void **state) {
    struct fixture *f = *state;
    char *path = mem_printf("%s/kh.csv", f->folder);
    char line[200];
    screen_test_type(f->t, "<Tab>x<Ctrl-U>");
    screen_test_type(f->t, path);
    screen_test_type(f->t, "<Enter>");
    FILE *in = fopen(path, "r");
    assert_non_null(in);
    assert_non_null(fgets(line, sizeof line, in));
    assert_string_equal(line, "code,name,phone,segment,province,due,orders,revenue,last_order\n");
    assert_non_null(fgets(line, sizeof line, in));
    assert_string_equal(line, "KH000001,Nguyễn Văn Đạt,0912345678;0987111222,vip,Hà Nội,350000,2,1730000,2026-11-10\n");
    assert_null(fgets(line, sizeof line, in));
    fclose(in);
    screen_test_type(f->t, "<Tab>x<Ctrl-U>");
    screen_test_type(f->t, path);
    screen_test_type(f->t, "<Enter>");
    assert_true(screen_test_shows(f->t, "Write over it?"));
    screen_test_type(f->t, "y");
    in = fopen(path, "r");
    assert_non_null(in);
    assert_non_null(fgets(line, sizeof line, in));
    assert_non_null(fgets(line, sizeof line, in));
    assert_non_null(strstr(line, "KH000003"));
    fclose(in);
    unlink(path);
    free(path);
}

static void export_into_a_folder_that_is_not_there_says_so(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "x<Ctrl-U>/no/such/folder/kh.csv<Enter>");
    assert_true(screen_test_shows(f->t, "/no/such/folder"));
}

static void add_many(struct fixture *f) {
    struct err e = ERR_INIT;
    for (int i = 0; i < 300; i++) {
        char name[32];
        struct customer c = {.name = name};
        snprintf(name, sizeof name, "Khách %03d", i);
        assert_int_equal(customer_add(f->shop, &c, CUSTOMER_NAME, NULL, &e), ERR_OK);
    }
    app_reload(f->t->app);
}

static void only_what_is_seen_is_loaded(void **state) {
    struct fixture *f = *state;
    add_many(f);
    screen_test_type(f->t, "<End>");
    assert_int_equal(screen(f)->b.list.total, 305);
    assert_true(screen(f)->b.count < 100);
    assert_true(screen_test_shows(f->t, "305/305"));
}

/* Pages near the end are read from there: row by row they are those of the whole list. */
static void pages_from_the_end_are_in_the_same_order(void **state) {
    struct fixture *f = *state;
    int64_t *ids = NULL;
    size_t count = 0;
    struct customer_filter by_name = {.sort = "name"};
    add_many(f);
    for (int i = 0; i < 20; i++) { /* of one name: the id decides */
        add(f->shop, (struct customer){.name = "Khách 250"});
    }
    for (int turned = 0; turned < 2; turned++) {
        screen_test_type(f->t, turned ? "S<End>" : "<End>");
        by_name.descending = turned == 1;
        assert_int_equal(customer_ids(f->shop, &by_name, &ids, &count, NULL), ERR_OK);
        assert_int_equal(count, 325);
        for (int page = 0; page < 6; page++) {
            const struct browse *b = &screen(f)->b;
            for (size_t i = 0; i < b->count; i++) {
                assert_int_equal(screen(f)->items[i].id, ids[b->first + i]);
            }
            screen_test_type(f->t, "<PgUp>");
        }
        free(ids);
    }
}

static void a_search_reads_the_figures_of_what_is_shown_only(void **state) {
    struct fixture *f = *state;
    add_many(f);
    screen_test_type(f->t, "ss/khach"); /* by revenue: at the end of the typing */
    assert_int_equal(screen(f)->b.list.total, 300);
    assert_true(screen(f)->b.count < 30);
    assert_false(screen(f)->due_known);
    screen_test_type(f->t, "<Enter><PgDn><PgDn>");
    assert_true(screen(f)->b.count < 100);
    screen_test_type(f->t, "/<Ctrl-U>a<Enter>");
    assert_true(screen(f)->due_known);
}

static void an_order_of_figures_holds_once_the_typing_ends(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "s"); /* by debt, the largest first */
    assert_int_equal(screen(f)->items[0].figures.due, 1500000);
    screen_test_type(f->t, "/09");
    screen_test_type(f->t, "<Enter>");
    const struct customers_state *s = screen(f);
    for (size_t i = 1; i < s->b.count; i++) {
        assert_true(s->items[i - 1].figures.due >= s->items[i].figures.due);
    }
    assert_true(s->b.count > 1);
}

static void other_screens_open_it_on_one_customer(void **state) {
    struct fixture *f = *state;
    app_go(f->t->app, "customers", "0977888999");
    assert_true(screen_test_shows(f->t, "Lê Đức Nam"));
    assert_int_equal(screen(f)->b.list.total, 1);
}

static void small_and_large_terminals_are_filled(void **state) {
    struct fixture *f = *state;
    screen_test_resize(f->t, 60, 16);
    assert_true(screen_test_shows(f->t, "Phạm Thu Ánh"));
    screen_test_type(f->t, "<Enter><Esc>n<Esc>");
    screen_test_resize(f->t, 200, 60);
    assert_true(screen_test_shows(f->t, "Customer since"));
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        WITH(list_stands_in_vietnamese_order_with_debts_at_the_foot),
        cmocka_unit_test_setup_teardown(wide_screen_shows_the_profile_beside_the_list, setup_wide, teardown),
        cmocka_unit_test_setup_teardown(the_profile_follows_when_the_hand_rests, setup_wide, teardown),
        WITH(typing_finds_without_accents_and_by_last_digits),
        WITH(tabs_filter_by_segment_and_by_debt),
        WITH(sorting_goes_through_name_debt_revenue_and_last_order),
        WITH(enter_opens_the_profile_with_debts_and_timeline),
        WITH(keys_of_the_screen_work_from_the_profile),
        WITH(new_one_takes_what_was_searched_in_vain),
        WITH(phone_of_somebody_else_is_refused_naming_them_and_nothing_typed_is_lost),
        WITH(wrong_date_and_missing_name_keep_the_form_open),
        WITH(change_is_saved_and_undone),
        WITH(what_another_counter_changed_meanwhile_stays),
        WITH(merge_shows_its_plan_and_can_be_undone),
        WITH(duplicates_are_listed_and_lead_to_the_merge),
        WITH(erasing_asks_and_is_refused_while_something_is_owed),
        WITH(export_writes_what_is_shown_and_asks_before_writing_over),
        WITH(export_into_a_folder_that_is_not_there_says_so),
        WITH(only_what_is_seen_is_loaded),
        WITH(pages_from_the_end_are_in_the_same_order),
        WITH(a_search_reads_the_figures_of_what_is_shown_only),
        WITH(an_order_of_figures_holds_once_the_typing_ends),
        WITH(other_screens_open_it_on_one_customer),
        WITH(small_and_large_terminals_are_filled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
