/* What came back, and the return rate over what was shipped in the same time (DOMAIN 4). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "chotdon/order.h"
#include "chotdon/report.h"
#include "testorders.h"
#include "testshop.h"

struct fixture {
    struct shop *shop;
    int64_t ao, nuoc;
};

static int64_t sell(struct fixture *f, const char *date, int64_t product, int64_t qty, int64_t other,
                    int64_t other_qty) {
    struct order_line_input lines[] = {testorders_line(product, qty, 100000), testorders_line(other, other_qty, 10000)};
    struct order_input in = testorders_input(lines, other == 0 ? 1 : 2);
    in.date = date;
    in.pay_rest = true;
    in.rest_method = PAY_CASH;
    return testorders_add(f->shop, &in);
}

static void take_back(struct fixture *f, int64_t sale, const char *date, int64_t product, int64_t qty,
                      const char *reason) {
    struct return_line_input line = {.product_id = product, .qty = qty};
    struct return_input in = {.sale_id = sale,
                              .date = date,
                              .lines = product == 0 ? NULL : &line,
                              .line_count = product == 0 ? 0 : 1,
                              .reason = reason};
    struct err e = ERR_INIT;
    struct order_ref ref;
    if (order_return(f->shop, &in, &ref, NULL, &e) != ERR_OK) {
        fail_msg("%s", e.message);
    }
}

/* October: three sales, one of them comes back in part in November. November: two sales, one comes back whole. */
static int setup(void **state) {
    struct fixture *f = mem_zalloc(sizeof *f);
    f->shop = testshop_open();
    f->ao = testorders_product(f->shop, "AO", 100000, 0);
    f->nuoc = testorders_product(f->shop, "NUOC", 10000, 0);
    int64_t partly = sell(f, "2026-10-05", f->ao, 3000, f->nuoc, 2000);
    sell(f, "2026-10-06", f->ao, 1000, 0, 0);
    sell(f, "2026-10-20", f->nuoc, 1000, 0, 0);
    int64_t whole = sell(f, "2026-11-03", f->ao, 2000, 0, 0);
    sell(f, "2026-11-04", f->ao, 1000, 0, 0);
    take_back(f, partly, "2026-11-10", f->ao, 1000, "chật");
    take_back(f, whole, "2026-11-11", 0, 0, "lỗi");
    *state = f;
    return 0;
}

static int teardown(void **state) {
    struct fixture *f = *state;
    testshop_close(&f->shop);
    free(f);
    return 0;
}

struct seen {
    char text[2048];
};

static enum err_code note_row(void *ctx, const struct returns_row *r, struct err *e) {
    struct seen *s = ctx;
    size_t n = strlen(s->text);
    (void)e;
    snprintf(s->text + n, sizeof s->text - n, "%s|%d|%d|%d|%d|%d|%d\n", r->key, (int)r->returns, (int)r->qty,
             (int)r->amount, (int)r->shipped, (int)r->returned, r->has_rate ? (int)r->rate_bps : -1);
    return ERR_OK;
}

static struct returns_row report(struct fixture *f, enum returns_by by, const char *from, const char *to,
                                 const char *expected) {
    struct seen seen = {""};
    struct returns_row total = {0};
    struct err e = ERR_INIT;
    if (report_returns(f->shop, by, from, to, note_row, &seen, &total, &e) != ERR_OK) {
        fail_msg("%s", e.message);
    }
    assert_string_equal(seen.text, expected);
    return total;
}

static void months_have_their_own_returns_and_the_rate_of_what_they_shipped(void **state) {
    struct fixture *f = *state;
    struct returns_row total = report(f, RETURNS_BY_MONTH, NULL, NULL,
                                      "2026-10|0|0|0|3|0|0\n"
                                      "2026-11|2|3000|300000|2|1|5000\n");
    assert_int_equal(total.returns, 2);
    assert_int_equal(total.amount, 300000);
    assert_int_equal(total.shipped, 5);
    assert_int_equal(total.returned, 1);
    assert_int_equal(total.rate_bps, 2000);
}

static void products_count_the_shipped_orders_they_were_in(void **state) {
    struct fixture *f = *state;
    struct returns_row total = report(f, RETURNS_BY_PRODUCT, NULL, NULL, "AO|2|3000|300000|4|1|2500\n");
    assert_int_equal(total.shipped, 5);
    report(f, RETURNS_BY_PRODUCT, "2026-10-01", "2026-10-31", "");
}

static void reasons_are_over_all_that_was_shipped(void **state) {
    struct fixture *f = *state;
    report(f, RETURNS_BY_REASON, "2026-11-01", "2026-11-30",
           "lỗi|1|2000|200000|2|1|5000\n"
           "chật|1|1000|100000|2|0|0\n");
}

static void days_and_weeks_come_in_their_order(void **state) {
    struct fixture *f = *state;
    report(f, RETURNS_BY_WEEK, "2026-11-01", "2026-11-30", "2026-W45|0|0|0|2|1|5000\n2026-W46|2|3000|300000|0|0|-1\n");
    report(f, RETURNS_BY_DAY, "2026-11-10", "2026-11-11",
           "2026-11-10|1|1000|100000|0|0|-1\n2026-11-11|1|2000|200000|0|0|-1\n");
}

static void what_was_never_shipped_counts_nowhere(void **state) {
    struct fixture *f = *state;
    struct order_line_input line = testorders_line(f->ao, 1000, 100000);
    struct order_input in = testorders_input(&line, 1);
    in.status = ORDER_CONFIRMED;
    in.date = "2026-12-01";
    testorders_add(f->shop, &in);
    struct returns_row total = report(f, RETURNS_BY_MONTH, "2026-12-01", NULL, "");
    assert_int_equal(total.shipped, 0);
    assert_false(total.has_rate);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(months_have_their_own_returns_and_the_rate_of_what_they_shipped, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(products_count_the_shipped_orders_they_were_in, setup, teardown),
        cmocka_unit_test_setup_teardown(reasons_are_over_all_that_was_shipped, setup, teardown),
        cmocka_unit_test_setup_teardown(days_and_weeks_come_in_their_order, setup, teardown),
        cmocka_unit_test_setup_teardown(what_was_never_shipped_counts_nowhere, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
