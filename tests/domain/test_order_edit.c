/* What may still be changed of an order that is made: whose, for whom, how it is delivered, the note; with the books
 * and the month's figures right after it, its returns following, and who may do it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "chotdon/channel.h"
#include "chotdon/customer.h"
#include "chotdon/order_edit.h"
#include "chotdon/permission.h"
#include "chotdon/staff.h"
#include "db/db.h"
#include "testorders.h"
#include "testpin.h"
#include "testshop.h"

static struct shop *shop;
static int64_t order;

static void must(enum err_code rc, const struct err *e) {
    if (rc != ERR_OK) {
        fail_msg("%s: %s", e->field, e->message);
    }
}

static void add_customer(const char *code, const char *name, const char *phone) {
    struct err e = ERR_INIT;
    struct customer c = {.code = (char *)code, .name = (char *)name, .phones = (char *)phone};
    must(customer_add(shop, &c, CUSTOMER_NAME | CUSTOMER_PHONES, NULL, &e), &e);
}

/* Two shirts for Đạt, shared by AN (70) and BINH (30), paid. */
static int setup(void **state) {
    struct err e = ERR_INIT;
    (void)state;
    shop = testshop_open();
    int64_t shirt = testorders_product(shop, "AO", 120000, 0);
    testorders_receive(shop, shirt, 10000, 70000);
    add_customer("KH1", "Nguyễn Văn Đạt", "0912345678");
    add_customer("KH2", "Trần Thị Hà", "0987654321");
    must(channel_add(shop, "Shopee", &e), &e);
    struct order_line_input line = testorders_line(shirt, 2000, 120000);
    struct order_rep_input reps[] = {{testorders_staff(shop, "AN"), 7000}, {testorders_staff(shop, "BINH"), 3000}};
    struct order_input in = testorders_input(&line, 1);
    must(customer_find(shop, "KH1", &in.customer_id, &e), &e);
    in.reps = reps;
    in.rep_count = 2;
    in.pay_rest = true;
    in.note = "gọi trước";
    order = testorders_add(shop, &in);
    return 0;
}

static int teardown(void **state) {
    (void)state;
    testorders_books_are_right(shop);
    testshop_close(&shop);
    return 0;
}

static enum err_code edit(struct order_terms t, unsigned fields, unsigned *changed, struct err *e) {
    return order_edit(shop, order, &t, fields, changed, e);
}

static void expect_terms(const char *customer, const char *channel, const char *reps, const char *note) {
    struct order_terms t;
    struct err e = ERR_INIT;
    must(order_terms_get(shop, order, &t, &e), &e);
    assert_string_equal(t.customer, customer);
    assert_string_equal(t.channel, channel);
    assert_string_equal(t.reps, reps);
    assert_string_equal(t.note, note);
    order_terms_clear(&t);
}

static int64_t revenue_of(const char *code) {
    struct err e = ERR_INIT;
    int64_t id = 0;
    int64_t sum = 0;
    must(staff_find(shop, code, &id, &e), &e);
    assert_int_equal(db_get_int(shop_db(shop),
                                "SELECT COALESCE(SUM(revenue), 0) FROM sales_figures WHERE staff_id = $1",
                                DB_BIND(DB_INT(id)), &sum, NULL),
                     ERR_OK);
    return sum;
}

static void terms_are_read_as_people_write_them(void **state) {
    (void)state;
    expect_terms("KH1", "", "AN:70+BINH:30", "gọi trước");
}

static void only_what_is_named_changes_and_says_so(void **state) {
    struct err e = ERR_INIT;
    unsigned changed = 0;
    (void)state;
    must(edit((struct order_terms){.note = (char *)"giao giờ trưa", .carrier = (char *)"GHN"},
              ORDER_NOTE | ORDER_CARRIER, &changed, &e),
         &e);
    assert_int_equal(changed, ORDER_NOTE | ORDER_CARRIER);
    expect_terms("KH1", "", "AN:70+BINH:30", "giao giờ trưa");
    assert_int_equal(testorders_int(shop, "SELECT count(*) FROM audit WHERE action = 'order.edit' AND entity = 'order "
                                          "DH261121-0001'"),
                     1);
}

static void the_same_again_changes_and_writes_nothing(void **state) {
    struct err e = ERR_INIT;
    unsigned changed = ORDER_NOTE;
    (void)state;
    must(edit((struct order_terms){.customer = (char *)"0912 345 678",
                                   .reps = (char *)" an:70 + Binh:30 ",
                                   .note = (char *)"gọi trước"},
              ORDER_CUSTOMER | ORDER_REPS | ORDER_NOTE, &changed, &e),
         &e);
    assert_int_equal(changed, 0);
    assert_int_equal(testorders_int(shop, "SELECT count(*) FROM audit WHERE action = 'order.edit'"), 0);
}

static void other_reps_get_the_months_revenue(void **state) {
    struct err e = ERR_INIT;
    (void)state;
    assert_int_equal(revenue_of("AN"), 168000);
    must(edit((struct order_terms){.reps = (char *)"BINH"}, ORDER_REPS, NULL, &e), &e);
    assert_int_equal(revenue_of("AN"), 0);
    assert_int_equal(revenue_of("BINH"), 240000);
    must(edit((struct order_terms){.reps = (char *)"AN+BINH"}, ORDER_REPS, NULL, &e), &e);
    expect_terms("KH1", "", "AN:50+BINH:50", "gọi trước");
    must(edit((struct order_terms){.reps = (char *)""}, ORDER_REPS, NULL, &e), &e);
    assert_int_equal(revenue_of("BINH"), 0);
}

static void customer_channel_and_days_go_by_their_names(void **state) {
    struct err e = ERR_INIT;
    (void)state;
    must(edit((struct order_terms){.customer = (char *)"tran thi ha",
                                   .channel = (char *)"shopee",
                                   .province = (char *)"hà nội",
                                   .promised_on = (char *)"25/11/2026"},
              ORDER_CUSTOMER | ORDER_CHANNEL | ORDER_PROVINCE | ORDER_PROMISED, NULL, &e),
         &e);
    expect_terms("KH2", "Shopee", "AN:70+BINH:30", "gọi trước");
    assert_int_equal(testorders_int(shop, "SELECT count(*) FROM orders WHERE promised_on = '2026-11-25' AND province = "
                                          "'Hà Nội'"),
                     1);
    must(edit((struct order_terms){.customer = (char *)"", .promised_on = (char *)""}, ORDER_CUSTOMER | ORDER_PROMISED,
              NULL, &e),
         &e);
    expect_terms("", "Shopee", "AN:70+BINH:30", "gọi trước");
}

static void mistakes_name_their_field_and_change_nothing(void **state) {
    static const struct {
        struct order_terms t;
        unsigned field;
        const char *name;
        enum err_code rc;
    } wrong[] = {
        {{.customer = (char *)"ai đó"}, ORDER_CUSTOMER, "customer", ERR_NOT_FOUND},
        {{.channel = (char *)"Lazada"}, ORDER_CHANNEL, "channel", ERR_NOT_FOUND},
        {{.reps = (char *)"AN:70+BINH"}, ORDER_REPS, "rep", ERR_INVALID},
        {{.reps = (char *)"AN:70+BINH:70"}, ORDER_REPS, "rep", ERR_INVALID},
        {{.reps = (char *)"AN+AN"}, ORDER_REPS, "rep", ERR_INVALID},
        {{.reps = (char *)"AN+"}, ORDER_REPS, "rep", ERR_NOT_FOUND},
        {{.reps = (char *)"AN:x"}, ORDER_REPS, "rep", ERR_INVALID},
        {{.promised_on = (char *)"31/02/2026"}, ORDER_PROMISED, "promised_date", ERR_INVALID},
    };
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct err e = ERR_INIT;
        struct order_terms t = wrong[i].t;
        t.note = (char *)"khác";
        assert_int_equal(edit(t, wrong[i].field | ORDER_NOTE, NULL, &e), wrong[i].rc);
        assert_string_equal(e.field, wrong[i].name);
    }
    expect_terms("KH1", "", "AN:70+BINH:30", "gọi trước");
}

static void returns_follow_their_sale(void **state) {
    struct err e = ERR_INIT;
    struct order_ref back;
    (void)state;
    struct return_line_input line = {.product_id = testorders_int(shop, "SELECT id FROM products"), .qty = 1000};
    must(order_return(shop, &(struct return_input){.sale_id = order, .lines = &line, .line_count = 1}, &back, NULL, &e),
         &e);
    assert_int_equal(revenue_of("AN"), 84000);
    must(edit((struct order_terms){.customer = (char *)"KH2", .reps = (char *)"BINH", .channel = (char *)"Shopee"},
              ORDER_CUSTOMER | ORDER_REPS | ORDER_CHANNEL, NULL, &e),
         &e);
    assert_int_equal(revenue_of("AN"), 0);
    assert_int_equal(revenue_of("BINH"), 120000);
    assert_int_equal(testorders_int(shop, "SELECT count(DISTINCT customer_id) FROM orders"), 1);
    assert_int_equal(testorders_int(shop, "SELECT count(*) FROM order_reps"), 2);
    int64_t sale = order;
    order = back.id;
    assert_int_equal(edit((struct order_terms){.reps = (char *)"AN"}, ORDER_REPS, NULL, &e), ERR_REFUSED);
    assert_non_null(strstr(e.message, "DH261121-0001"));
    must(edit((struct order_terms){.note = (char *)"chật"}, ORDER_NOTE, NULL, &e), &e);
    order = sale;
}

static void a_basket_is_changed_where_it_is_typed(void **state) {
    struct err e = ERR_INIT;
    struct order_input in = {.status = ORDER_DRAFT};
    (void)state;
    int64_t sale = order;
    order = testorders_add(shop, &in);
    assert_int_equal(edit((struct order_terms){.note = (char *)"x"}, ORDER_NOTE, NULL, &e), ERR_REFUSED);
    order = sale;
}

/* --- who may */

static void the_counter_writes_notes_but_gives_no_sale_to_others(void **state) {
    struct err e = ERR_INIT;
    (void)state;
    testpin_turn_on(shop);
    testpin_sign_in(shop, "AN");
    must(edit((struct order_terms){.note = (char *)"hẹn 5 giờ", .reps = (char *)"AN:70+BINH:30"},
              ORDER_NOTE | ORDER_REPS, NULL, &e),
         &e);
    assert_int_equal(edit((struct order_terms){.reps = (char *)"AN"}, ORDER_REPS, NULL, &e), ERR_REFUSED);
    assert_int_equal(permission_refused(&e), PERMIT_ORDERS);
    assert_int_equal(edit((struct order_terms){.customer = (char *)"KH2"}, ORDER_CUSTOMER, NULL, &e), ERR_REFUSED);
    expect_terms("KH1", "", "AN:70+BINH:30", "hẹn 5 giờ");
    must(shop_approve(shop, "CHU", "4711", PERMIT_ORDERS, &e), &e);
    must(edit((struct order_terms){.reps = (char *)"AN"}, ORDER_REPS, NULL, &e), &e);
    expect_terms("KH1", "", "AN", "hẹn 5 giờ");
}

static void a_paid_walk_in_may_be_told_who_it_was(void **state) {
    struct err e = ERR_INIT;
    (void)state;
    must(edit((struct order_terms){.customer = (char *)""}, ORDER_CUSTOMER, NULL, &e), &e);
    testpin_turn_on(shop);
    testpin_sign_in(shop, "AN");
    must(edit((struct order_terms){.customer = (char *)"KH2"}, ORDER_CUSTOMER, NULL, &e), &e);
    expect_terms("KH2", "", "AN:70+BINH:30", "gọi trước");
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        WITH(terms_are_read_as_people_write_them),
        WITH(only_what_is_named_changes_and_says_so),
        WITH(the_same_again_changes_and_writes_nothing),
        WITH(other_reps_get_the_months_revenue),
        WITH(customer_channel_and_days_go_by_their_names),
        WITH(mistakes_name_their_field_and_change_nothing),
        WITH(returns_follow_their_sale),
        WITH(a_basket_is_changed_where_it_is_typed),
        WITH(the_counter_writes_notes_but_gives_no_sale_to_others),
        WITH(a_paid_walk_in_may_be_told_who_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
