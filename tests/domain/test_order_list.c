/* Lists of orders: every filter, newest first, and no more read than the page needs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "chotdon/channel.h"
#include "chotdon/customer.h"
#include "testdb.h"
#include "testorders.h"
#include "testshop.h"

struct world {
    struct shop *shop;
    int64_t product, an, binh, shopee, dat;
};

static int64_t customer(struct shop *shop, const char *name, const char *phone) {
    struct customer c = {.name = (char *)name, .phones = (char *)phone};
    int64_t id = 0;
    struct err e = ERR_INIT;
    if (customer_put(shop, &c, CUSTOMER_NAME | CUSTOMER_PHONES, NULL, &id, &e) != ERR_OK) {
        fail_msg("%s", e.message);
    }
    return id;
}

static void add(struct world *w, const char *no, const char *date, enum order_status status, int64_t who, int64_t rep,
                bool channel) {
    struct order_line_input line = testorders_line(w->product, 1000, 1000);
    struct order_input in = testorders_input(&line, 1);
    struct order_rep_input reps[] = {{rep, 0}, {w->binh, 0}};
    in.order_no = no;
    in.date = date;
    in.status = status;
    in.customer_id = who;
    in.channel_id = channel ? w->shopee : 0;
    in.reps = reps;
    in.rep_count = rep == 0 ? 0 : rep == w->binh ? 1 : 2;
    in.pay_rest = status == ORDER_COMPLETED;
    testorders_add(w->shop, &in);
}

static int setup(void **state) {
    static struct world w;
    w.shop = testshop_open();
    w.product = testorders_product(w.shop, "A", 1000, 0);
    w.an = testorders_staff(w.shop, "AN");
    w.binh = testorders_staff(w.shop, "BINH");
    w.dat = customer(w.shop, "Nguyễn Văn Đạt", "0912345678");
    assert_int_equal(channel_make(w.shop, "Shopee", &w.shopee, NULL, NULL), ERR_OK);
    add(&w, NULL, "2026-11-01", ORDER_COMPLETED, w.dat, w.an, false); /* DH261101-0001 */
    add(&w, NULL, "2026-11-02", ORDER_CONFIRMED, 0, w.binh, true);    /* DH261102-0001 */
    add(&w, "SPX9", "2026-11-03", ORDER_SHIPPED, w.dat, 0, true);
    add(&w, NULL, "2026-11-03", ORDER_CANCELLED, 0, 0, false); /* DH261103-0001 */
    add(&w, NULL, "2026-11-04", ORDER_DRAFT, w.dat, 0, false);
    *state = &w;
    return 0;
}

static int teardown(void **state) {
    struct world *w = *state;
    testshop_close(&w->shop);
    return 0;
}

struct seen {
    char text[1024];
    int rows;
};

static enum err_code see(void *ctx, const struct order_row *r, struct err *e) {
    struct seen *s = ctx;
    size_t len = strlen(s->text);
    (void)e;
    snprintf(s->text + len, sizeof s->text - len, "%s%s", len == 0 ? "" : " ", r->order_no);
    s->rows++;
    return ERR_OK;
}

static void lists(struct world *w, struct order_filter f, const char *expected) {
    struct seen s = {.text = ""};
    struct err e = ERR_INIT;
    int64_t count = -1;
    if (order_list(w->shop, &f, see, &s, &e) != ERR_OK) {
        fail_msg("%s", e.message);
    }
    assert_string_equal(s.text, expected);
    if (f.limit == 0) {
        assert_int_equal(order_count(w->shop, &f, &count, NULL), ERR_OK);
        assert_int_equal(count, s.rows);
    }
}

static void test_all_but_drafts_newest_first(void **state) {
    struct world *w = *state;
    lists(w, (struct order_filter){0}, "DH261103-0001 SPX9 DH261102-0001 DH261101-0001");
    lists(w, (struct order_filter){.oldest_first = true}, "DH261101-0001 DH261102-0001 SPX9 DH261103-0001");
    lists(w, (struct order_filter){.limit = 2, .offset = 1}, "SPX9 DH261102-0001");
    lists(w, (struct order_filter){.from = "2026-11-02", .to = "2026-11-02"}, "DH261102-0001");
}

/* How many there are is kept with their seal; after a load of very many it is not known until they are sealed. */
static void test_all_are_counted_where_their_seal_does_not_say(void **state) {
    struct world *w = *state;
    lists(w, (struct order_filter){0}, "DH261103-0001 SPX9 DH261102-0001 DH261101-0001");
    testdb_script(shop_db(w->shop), "UPDATE seals SET unread = 1, rows = 77 WHERE name = 'orders'");
    lists(w, (struct order_filter){0}, "DH261103-0001 SPX9 DH261102-0001 DH261101-0001");
}

static void test_each_filter_alone_and_together(void **state) {
    struct world *w = *state;
    lists(w, (struct order_filter){.has_status = true, .status = ORDER_DRAFT}, "NHAP-5");
    lists(w, (struct order_filter){.has_status = true, .status = ORDER_CONFIRMED}, "DH261102-0001");
    lists(w, (struct order_filter){.has_status = true, .status = ORDER_CANCELLED}, "DH261103-0001");
    lists(w, (struct order_filter){.rep_id = w->an}, "DH261101-0001");
    lists(w, (struct order_filter){.rep_id = w->binh}, "DH261102-0001 DH261101-0001");
    lists(w, (struct order_filter){.channel_id = w->shopee}, "SPX9 DH261102-0001");
    lists(w, (struct order_filter){.customer_id = w->dat}, "SPX9 DH261101-0001");
    lists(w, (struct order_filter){.customer_id = w->dat, .channel_id = w->shopee}, "SPX9");
    lists(w, (struct order_filter){.with_due = true}, "SPX9 DH261102-0001");
    lists(w, (struct order_filter){.with_due = true, .customer_id = w->dat}, "SPX9");
    lists(w, (struct order_filter){.kind = ORDERS_RETURNS}, "");
    lists(w, (struct order_filter){.kind = ORDERS_SALES, .limit = 1}, "DH261103-0001");
}

static void test_what_is_open_late_or_came_back_is_listed_and_counted_alike(void **state) {
    struct world *w = *state;
    struct order_line_input line = testorders_line(w->product, 1000, 1000);
    struct order_input in = testorders_input(&line, 1);
    int64_t count = -1;
    testshop_set_now(w->shop, "2026-11-21 10:00:00");
    in.order_no = "LATE";
    in.date = "2026-10-30";
    in.status = ORDER_SHIPPED;
    in.promised_on = "2026-11-20";
    testorders_add(w->shop, &in);
    in.order_no = "TODAY";
    in.promised_on = "2026-11-21";
    testorders_add(w->shop, &in);
    in.order_no = "THERE";
    in.status = ORDER_DELIVERED;
    in.promised_on = "2026-11-01";
    int64_t there = testorders_add(w->shop, &in);
    lists(w, (struct order_filter){.open = true}, "SPX9 DH261102-0001 THERE TODAY LATE");
    lists(w, (struct order_filter){.open = true, .rep_id = w->binh}, "DH261102-0001");
    lists(w, (struct order_filter){.open = true, .to = "2026-11-01", .oldest_first = true}, "LATE TODAY THERE");
    lists(w, (struct order_filter){.late = true}, "LATE");
    const struct order_filter few = {.open = true, .limit = 3};
    assert_int_equal(order_count(w->shop, &few, &count, NULL), ERR_OK);
    assert_int_equal(count, 3);
    const struct return_input back = {.sale_id = there, .date = "2026-11-20"};
    assert_int_equal(order_return(w->shop, &back, &(struct order_ref){0}, NULL, NULL), ERR_OK);
    lists(w, (struct order_filter){.kind = ORDERS_RETURNS}, "TH261120-0001");
    lists(w, (struct order_filter){.kind = ORDERS_RETURNS, .from = "2026-11-21"}, "");
    lists(w, (struct order_filter){.open = true}, "SPX9 DH261102-0001 TODAY LATE");
}

static void test_a_text_finds_numbers_names_and_phones(void **state) {
    struct world *w = *state;
    lists(w, (struct order_filter){.text = "spx"}, "SPX9");
    lists(w, (struct order_filter){.text = "261102"}, "DH261102-0001");
    lists(w, (struct order_filter){.text = "nguyen van dat"}, "SPX9 DH261101-0001");
    lists(w, (struct order_filter){.text = "0912345678", .has_status = true, .status = ORDER_SHIPPED}, "SPX9");
    lists(w, (struct order_filter){.text = "dat", .with_due = true}, "SPX9");
    lists(w, (struct order_filter){.text = "zzz"}, "");
    lists(w, (struct order_filter){.text = "dh", .enough = 10}, "DH261103-0001 DH261102-0001 DH261101-0001");
    lists(w, (struct order_filter){.text = "dh", .enough = 1}, "DH261103-0001");
    lists(w, (struct order_filter){.text = "2611", .enough = 2}, "DH261103-0001 DH261102-0001");
    lists(w, (struct order_filter){.text = "dat", .enough = 10}, "SPX9 DH261101-0001");
}

static enum err_code check_row(void *ctx, const struct order_row *r, struct err *e) {
    (void)ctx;
    (void)e;
    if (strcmp(r->order_no, "DH261101-0001") == 0) {
        assert_string_equal(r->rep, "AN:50+BINH:50");
        assert_string_equal(r->customer_name, "Nguyễn Văn Đạt");
        assert_int_equal(r->total, 1000);
        assert_int_equal(r->paid, 1000);
    } else if (strcmp(r->order_no, "DH261102-0001") == 0) {
        assert_string_equal(r->rep, "BINH");
        assert_string_equal(r->channel, "Shopee");
        assert_int_equal(r->due, 1000);
    }
    return ERR_OK;
}

static void test_a_row_says_whose_it_is(void **state) {
    struct world *w = *state;
    assert_int_equal(order_list(w->shop, NULL, check_row, NULL, NULL), ERR_OK);
}

static int64_t found(struct world *w, struct order_filter f) {
    int64_t count = -1;
    assert_int_equal(order_count(w->shop, &f, &count, NULL), ERR_OK);
    struct seen seen = {0};
    assert_int_equal(order_list(w->shop, &f, see, &seen, NULL), ERR_OK);
    assert_int_equal(seen.rows, count);
    return count;
}

static void test_a_text_finds_the_orders_of_everybody_of_the_name(void **state) {
    struct world *w = *state;
    for (int i = 0; i < 60; i++) {
        char name[32];
        char phone[16];
        snprintf(name, sizeof name, "Trần Thị %02d", i);
        snprintf(phone, sizeof phone, "09870000%02d", i);
        add(w, NULL, i % 2 == 0 ? "2026-11-05" : "2026-11-06", i % 3 == 0 ? ORDER_PACKED : ORDER_COMPLETED,
            customer(w->shop, name, phone), 0, false);
    }
    assert_int_equal(found(w, (struct order_filter){.text = "tran thi"}), 60);
    assert_int_equal(found(w, (struct order_filter){.text = "tran thi", .open = true}), 20);
    assert_int_equal(found(w, (struct order_filter){.text = "tran thi", .with_due = true}), 20);
    assert_int_equal(found(w, (struct order_filter){.text = "tran thi", .open = true, .late = true}), 0);
    assert_int_equal(found(w, (struct order_filter){.text = "tran thi", .from = "2026-11-06"}), 30);
    assert_int_equal(found(w, (struct order_filter){.text = "dat", .customer_id = w->dat}), 2);
    int64_t *ids = NULL;
    size_t count = 0;
    bool more = true;
    struct order_filter f = {.text = "tran thi", .oldest_first = true};
    assert_int_equal(order_search(w->shop, &f, &ids, &count, &more, NULL), ERR_OK);
    assert_false(more);
    struct order first = testorders_get(w->shop, ids[0]);
    struct order last = testorders_get(w->shop, ids[count - 1]);
    assert_string_equal(first.order_date, "2026-11-05");
    assert_string_equal(last.order_date, "2026-11-06");
    order_clear(&first);
    order_clear(&last);
    free(ids);
    for (int i = 0; i < 2; i++) { /* the first letters find more than is looked through: of names, of numbers */
        f = (struct order_filter){.text = i == 0 ? "tran" : "dh2611", .enough = 20};
        assert_int_equal(order_search(w->shop, &f, &ids, &count, &more, NULL), ERR_OK);
        assert_true(more);
        assert_in_range(count, 20, 59);
        free(ids);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_all_but_drafts_newest_first, setup, teardown),
        cmocka_unit_test_setup_teardown(test_all_are_counted_where_their_seal_does_not_say, setup, teardown),
        cmocka_unit_test_setup_teardown(test_each_filter_alone_and_together, setup, teardown),
        cmocka_unit_test_setup_teardown(test_what_is_open_late_or_came_back_is_listed_and_counted_alike, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_a_text_finds_numbers_names_and_phones, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_text_finds_the_orders_of_everybody_of_the_name, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_row_says_whose_it_is, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
