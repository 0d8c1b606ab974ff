/* Whose an unfinished basket is when its program has ended, where people sign in: who typed it gets it back, whoever
 * signs in before does not; a manager takes it over or parks it for all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "chotdon/staff.h"
#include "domain/shop_internal.h"
#include "testorders.h"
#include "testpin.h"
#include "testsell.h"
#include "testshop.h"
#include "tui/screens/orders.h"
#include "tui/screens/sell.h"
#include "tui/screens/sign_in.h"
#include "tui/station.h"

static const struct screen_entry screens[] = {{&screen_sell, 1}, {&screen_orders, 5}, {&screen_sign_in, -1}};

struct fixture {
    struct shop *shop;
    struct screen_test *t;
    char station[STATION_SIZE]; /* of a program that does not run any more */
};

static void start(struct fixture *f) {
    f->t = screen_test_new(screens, sizeof screens / sizeof *screens, f->shop, 80, 24,
                           &(struct app_options){.station = f->station});
}

static void hire(struct shop *shop, const char *code, const char *name) {
    struct staff s = {.code = (char *)code, .name = (char *)name, .role = (char *)"counter"};
    assert_int_equal(staff_put(shop, &s, STAFF_NAME | STAFF_ROLE, NULL, NULL), ERR_OK);
    testpin_give(shop, code, "4711");
}

static int setup(void **state) {
    struct fixture *f = mem_zalloc(sizeof *f);
    f->shop = testshop_open();
    testsell_fill(f->shop);
    hire(f->shop, "LAN", "Nguyễn Thị Lan");
    hire(f->shop, "BINH", "Trần Bình");
    testpin_turn_on(f->shop);
    station_name(f->station);
    strcpy(strchr(f->station, ':'), ":2147483646:1:pts/9");
    start(f);
    *state = f;
    return 0;
}

static int teardown(void **state) {
    struct fixture *f = *state;
    screen_test_free(f->t);
    testorders_books_are_right(f->shop);
    testshop_close(&f->shop);
    free(f);
    return 0;
}

static void sign_in(struct fixture *f, const char *code) {
    char *keys = mem_printf("<Tab><Ctrl-U>%s<Enter>4711<Enter>", code);
    screen_test_type(f->t, keys);
    free(keys);
}

/* As after kill -9 at a terminal where LAN sold. */
static void lan_types_and_the_program_dies(struct fixture *f) {
    sign_in(f, "LAN");
    screen_test_scan(f->t, SELL_SHIRT);
    screen_test_free(f->t);
    shop_sign_out(f->shop);
    start(f);
}

static size_t lines(struct fixture *f) {
    return testsell_basket(f->t)->count;
}

static int64_t parked(struct fixture *f) {
    return testorders_int(f->shop,
                          "SELECT count(*) FROM orders WHERE status = 'draft' AND held_as <> '' AND station = ''");
}

static void who_typed_it_gets_it_back(void **state) {
    struct fixture *f = *state;
    lan_types_and_the_program_dies(f);
    sign_in(f, "LAN");
    assert_int_equal(lines(f), 1);
    assert_non_null(strstr(screen_test_status(f->t), "Recovered what was being typed: 1 baskets, 1 lines"));
}

static void who_signs_in_before_does_not_and_hears_nothing(void **state) {
    struct fixture *f = *state;
    lan_types_and_the_program_dies(f);
    sign_in(f, "BINH");
    assert_int_equal(lines(f), 0);
    assert_int_equal(testsell_state(f->t)->count, 1);
    assert_null(strstr(screen_test_status(f->t), "basket"));
    screen_test_type(f->t, "<F12>");
    sign_in(f, "LAN");
    assert_int_equal(lines(f), 1);
}

static void a_counter_cannot_take_it_from_the_drafts_without_a_manager(void **state) {
    struct fixture *f = *state;
    lan_types_and_the_program_dies(f);
    sign_in(f, "BINH");
    screen_test_type(f->t, "<Alt-5><Shift-Tab><Enter>");
    assert_true(screen_test_shows(f->t, "Nguyễn Thị Lan left this basket when the program ended"));
    screen_test_type(f->t, "1");
    assert_int_equal(lines(f), 0);
    assert_true(screen_test_shows(f->t, "may not reassign orders and take over baskets"));
}

static void a_manager_hears_of_it_and_takes_it_over(void **state) {
    struct fixture *f = *state;
    lan_types_and_the_program_dies(f);
    sign_in(f, "CHU");
    assert_int_equal(lines(f), 0);
    assert_non_null(strstr(screen_test_status(f->t), "1 baskets that others left unfinished wait for them"));
    screen_test_type(f->t, "<Alt-5><Shift-Tab><Enter>1");
    assert_int_equal(lines(f), 1);
    assert_string_equal(testsell_basket(f->t)->lines[0].sku, "AT-TR-M");
    screen_test_type(f->t, "<F12>");
    sign_in(f, "LAN");
    assert_int_equal(lines(f), 0);
}

static void a_manager_parks_it_for_whoever_sells_next(void **state) {
    struct fixture *f = *state;
    lan_types_and_the_program_dies(f);
    sign_in(f, "CHU");
    screen_test_type(f->t, "<Alt-5><Shift-Tab><Enter>2");
    assert_int_equal(parked(f), 1);
    screen_test_type(f->t, "<F12>");
    sign_in(f, "BINH");
    screen_test_type(f->t, "<Tab>");
    assert_int_equal(lines(f), 1);
}

static enum err_code forget_who(struct shop *shop, void *ctx, struct err *e) {
    (void)ctx;
    audit_excuse(shop, AUDIT_BASKET);
    return db_run(shop_db(shop), "UPDATE orders SET staff_id = NULL", DB_NO_BIND, e);
}

static void what_nobody_in_particular_typed_goes_to_the_first(void **state) {
    struct fixture *f = *state;
    lan_types_and_the_program_dies(f);
    assert_int_equal(shop_transact_unasked(f->shop, forget_who, NULL, NULL), ERR_OK);
    sign_in(f, "BINH");
    assert_int_equal(lines(f), 1);
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        WITH(who_typed_it_gets_it_back),
        WITH(who_signs_in_before_does_not_and_hears_nothing),
        WITH(a_counter_cannot_take_it_from_the_drafts_without_a_manager),
        WITH(a_manager_hears_of_it_and_takes_it_over),
        WITH(a_manager_parks_it_for_whoever_sells_next),
        WITH(what_nobody_in_particular_typed_goes_to_the_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
