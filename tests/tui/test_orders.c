/* The Orders screen: what is on its way, what is due, and the next step from one key. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "chotdon/customer.h"
#include "chotdon/order.h"
#include "chotdon/product.h"
#include "screen_test.h"
#include "testorders.h"
#include "testshop.h"
#include "tui/screens/orders.h"

static const struct screen_entry entries[] = {{&screen_orders, 5}};

struct fixture {
    struct shop *shop;
    struct screen_test *screen;
    int64_t product, customer;
};

static int64_t add_order(struct fixture *f, enum order_status status, const char *date, const char *promised,
                         int64_t paid) {
    struct order_line_input line = {.product_id = f->product, .qty = 2000};
    struct order_payment_input payment = {.method = PAY_CASH, .amount = paid};
    struct order_input in = {
        .date = date,
        .status = status,
        .promised_on = promised,
        .customer_id = paid == 240000 ? 0 : f->customer,
        .lines = &line,
        .line_count = 1,
        .payments = &payment,
        .payment_count = paid == 0 ? 0 : 1,
    };
    struct order_ref ref;
    struct err e = ERR_INIT;
    if (order_add(f->shop, &in, &ref, &e) != ERR_OK) {
        fail_msg("%s", e.message);
    }
    return ref.id;
}

static int setup(void **state) {
    static struct fixture f;
    struct product p = {.sku = "AT-TR-M", .name = "Áo thun trơn, trắng M", .price = 120000};
    struct customer c = {.code = "KH1", .name = "Nguyễn Văn Đạt", .phones = "0912345678"};
    f = (struct fixture){.shop = testshop_open()};
    assert_int_equal(product_put(f.shop, &p, PRODUCT_NAME | PRODUCT_PRICE, NULL, NULL), ERR_OK);
    assert_int_equal(product_find(f.shop, "AT-TR-M", &f.product, NULL, NULL), ERR_OK);
    assert_int_equal(customer_put(f.shop, &c, CUSTOMER_NAME | CUSTOMER_PHONES, NULL, &f.customer, NULL), ERR_OK);
    add_order(&f, ORDER_COMPLETED, "2026-11-18", NULL, 240000);
    add_order(&f, ORDER_CONFIRMED, "2026-11-19", "2026-11-20", 0);
    add_order(&f, ORDER_COMPLETED, "2026-11-20", NULL, 100000);
    f.screen = screen_test_new(entries, 1, f.shop, 80, 24, NULL);
    *state = &f;
    return 0;
}

static int teardown(void **state) {
    struct fixture *f = *state;
    screen_test_free(f->screen);
    testshop_close(&f->shop);
    return 0;
}

static struct orders_state *screen_state(struct fixture *f) {
    return app_screen_state(f->screen->app, "orders");
}

static enum order_status status_of(struct fixture *f, const char *no) {
    struct order o;
    int64_t id = 0;
    assert_int_equal(order_find(f->shop, no, &id, NULL), ERR_OK);
    assert_int_equal(order_get(f->shop, id, &o, NULL), ERR_OK);
    enum order_status status = o.status;
    order_clear(&o);
    return status;
}

static void test_the_newest_order_comes_first_and_each_tab_is_counted(void **state) {
    struct fixture *f = *state;
    struct orders_state *s = screen_state(f);
    assert_string_equal(orders_current(s)->order_no, "DH261120-0001");
    assert_int_equal(s->counts[ORDERS_TAB_ALL], 3);
    assert_int_equal(s->counts[ORDERS_TAB_OPEN], 1);
    assert_int_equal(s->counts[ORDERS_TAB_LATE], 1);
    assert_int_equal(s->counts[ORDERS_TAB_DUE], 2);
    screen_test_golden(f->screen, "tui/orders_80x24");
}

static void test_tabs_narrow_the_list(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->screen, "<Tab><Tab>");
    assert_int_equal(screen_state(f)->b.tab, ORDERS_TAB_LATE);
    assert_string_equal(orders_current(screen_state(f))->order_no, "DH261119-0001");
    screen_test_type(f->screen, "<Shift-Tab><Shift-Tab><Shift-Tab>");
    assert_int_equal(screen_state(f)->b.tab, ORDERS_TAB_DRAFTS);
    assert_null(orders_current(screen_state(f)));
}

static void test_a_wide_screen_shows_the_card_beside_the_list(void **state) {
    struct fixture *f = *state;
    screen_test_resize(f->screen, 160, 50);
    screen_test_golden(f->screen, "tui/orders_160x50");
    assert_true(screen_test_shows(f->screen, "140.000"));
}

static void test_going_on_moves_the_order_and_only_where_it_may(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->screen, "<Tab>a1");
    assert_int_equal(status_of(f, "DH261119-0001"), ORDER_PACKED);
    screen_test_type(f->screen, "<Shift-Tab>a");
    assert_non_null(strstr(screen_test_status(f->screen), "DH261120-0001"));
    assert_int_equal(status_of(f, "DH261120-0001"), ORDER_COMPLETED);
}

static void test_a_payment_takes_what_is_due_and_gives_change(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->screen, "p<Tab><Ctrl-U>150k<Enter>");
    assert_non_null(strstr(screen_test_status(f->screen), "10.000"));
    assert_int_equal(screen_state(f)->counts[ORDERS_TAB_DUE], 1);
}

static void test_cancelling_needs_a_reason(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->screen, "<Tab>c<Enter>");
    assert_int_equal(status_of(f, "DH261119-0001"), ORDER_CONFIRMED);
    screen_test_type(f->screen, "khách đổi ý<Enter>");
    assert_int_equal(status_of(f, "DH261119-0001"), ORDER_CANCELLED);
}

static void test_taking_back_makes_a_return_and_clears_what_was_due(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->screen, "t<Enter>");
    assert_int_equal(status_of(f, "DH261120-0001"), ORDER_RETURNED);
    assert_int_equal(screen_state(f)->counts[ORDERS_TAB_RETURNS], 1);
    assert_int_equal(screen_state(f)->counts[ORDERS_TAB_DUE], 1);
}

static void test_typing_finds_a_customer_without_accents(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->screen, "/van dat<Enter>");
    assert_int_equal(screen_state(f)->b.list.total, 2);
    screen_test_type(f->screen, "<Enter>");
    assert_true(screen_test_shows(f->screen, "Nguyễn Văn Đạt"));
}

static void add_orders(struct fixture *f, int count) {
    int64_t p = testorders_product(f->shop, "NHIEU", 1000, 0);
    struct order_line_input line = testorders_line(p, 1000, 1000);
    for (int i = 0; i < count; i++) {
        struct order_input in = testorders_input(&line, 1);
        char date[DATE_SIZE];
        snprintf(date, sizeof date, "2026-%02d-%02d", 1 + i / 28 % 9, 1 + i % 28);
        in.date = date;
        testorders_add(f->shop, &in);
    }
    app_reload(f->screen->app);
}

static void test_scrolling_and_typing_count_no_tab_anew(void **state) {
    struct fixture *f = *state;
    add_orders(f, 200);
    screen_test_type(f->screen, "j");
    assert_int_equal(screen_state(f)->counts[ORDERS_TAB_ALL], 203);
    screen_state(f)->counts[ORDERS_TAB_DUE] = 777; /* what a count would put right */
    screen_test_type(f->screen, "<PgDn><PgDn><PgDn><PgDn><PgDn>/dat<Enter>");
    assert_int_equal(screen_state(f)->counts[ORDERS_TAB_DUE], 777);
    assert_int_equal(screen_state(f)->b.list.total, 2);
    f->screen->changed = true;
    screen_test_type(f->screen, "<Esc>k");
    assert_int_equal(screen_state(f)->counts[ORDERS_TAB_DUE], 202);
}

static void test_the_end_of_the_list_is_in_the_same_order_as_its_beginning(void **state) {
    struct fixture *f = *state;
    add_orders(f, 200);
    screen_test_type(f->screen, "<End>");
    const struct orders_state *s = screen_state(f);
    assert_string_equal(orders_current(s)->date, "2026-01-01");
    assert_int_equal(s->b.first + s->b.count, 203);
    for (size_t i = 1; i < s->b.count; i++) {
        assert_true(strcmp(s->items[i - 1].date, s->items[i].date) >= 0);
    }
    for (int i = 0; i < 9; i++) {
        screen_test_type(f->screen, "<PgUp>");
    }
    assert_int_equal(s->b.list.cursor, 202 - 9 * (int)list_page(&s->b.list));
    assert_true(list_row_loaded(&s->b.list, s->b.list.cursor));
}

static void test_the_cursor_stays_with_its_order_when_others_come_and_go(void **state) {
    struct fixture *f = *state;
    const struct orders_state *s = screen_state(f);
    screen_test_type(f->screen, "j");
    int64_t id = orders_current(s)->id;
    add_orders(f, 40); /* older ones and newer ones */
    add_order(f, ORDER_COMPLETED, "2026-11-21", NULL, 0);
    f->screen->changed = true;
    screen_test_type(f->screen, "<F1><Esc>"); /* any key, also one that does nothing here */
    assert_int_equal(orders_current(s)->id, id);
    assert_int_equal(s->b.list.top, 0); /* what is new stands above it, in sight */
    screen_test_type(f->screen, "<End>");
    id = orders_current(s)->id;
    size_t seen_at = s->b.list.cursor - s->b.list.top;
    for (int i = 0; i < 60; i++) { /* farther than what is loaded */
        add_order(f, ORDER_COMPLETED, "2026-11-21", NULL, 0);
    }
    f->screen->changed = true;
    screen_test_type(f->screen, "<F1><Esc>");
    assert_int_equal(orders_current(s)->id, id);
    assert_int_equal(s->b.list.cursor - s->b.list.top, seen_at);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_the_cursor_stays_with_its_order_when_others_come_and_go, setup, teardown),
        cmocka_unit_test_setup_teardown(test_the_newest_order_comes_first_and_each_tab_is_counted, setup, teardown),
        cmocka_unit_test_setup_teardown(test_tabs_narrow_the_list, setup, teardown),
        cmocka_unit_test_setup_teardown(test_scrolling_and_typing_count_no_tab_anew, setup, teardown),
        cmocka_unit_test_setup_teardown(test_the_end_of_the_list_is_in_the_same_order_as_its_beginning, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_a_wide_screen_shows_the_card_beside_the_list, setup, teardown),
        cmocka_unit_test_setup_teardown(test_going_on_moves_the_order_and_only_where_it_may, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_payment_takes_what_is_due_and_gives_change, setup, teardown),
        cmocka_unit_test_setup_teardown(test_cancelling_needs_a_reason, setup, teardown),
        cmocka_unit_test_setup_teardown(test_taking_back_makes_a_return_and_clears_what_was_due, setup, teardown),
        cmocka_unit_test_setup_teardown(test_typing_finds_a_customer_without_accents, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
