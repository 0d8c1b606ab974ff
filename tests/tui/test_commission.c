/* The Commission screen: a month computed, explained, disputed, locked, exported and paid. */
#include "tui/screens/commission.h"

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
#include "testdb.h"
#include "testorders.h"
#include "testpin.h"
#include "testshop.h"

#define M 1000000

struct fixture {
    struct shop *shop;
    struct screen_test *t;
    char folder[64];
    int64_t product;
};

static void must(enum err_code rc, const struct err *e) {
    if (rc != ERR_OK) {
        fail_msg("%s", e->message);
    }
}

static int64_t sell(struct fixture *f, const char *date, int64_t rep, int64_t amount) {
    struct order_line_input line = testorders_line(f->product, 1000, amount);
    struct order_rep_input reps[] = {{rep, 0}};
    struct order_input in = testorders_input(&line, 1);
    in.date = date;
    in.reps = reps;
    in.rep_count = 1;
    return testorders_add(f->shop, &in);
}

static void put_plan(struct fixture *f) {
    struct err e = ERR_INIT;
    struct plan_tier tiers[] = {{0, 200, 0}, {50 * M, 300, 0}, {100 * M, 400, 0}};
    struct plan p = {.code = (char *)"2026",
                     .name = (char *)"2026",
                     .from = "2026-01",
                     .to = "2026-12",
                     .bonus_first_order = 200000,
                     .tiers = tiers,
                     .tier_count = 3};
    must(plan_put(f->shop, &p, NULL, NULL, NULL, &e), &e);
    must(plan_activate(f->shop, "2026", &e), &e);
}

static int setup(void **state) {
    static const struct screen_entry screens[] = {{&screen_commission, 4}};
    struct fixture *f = mem_zalloc(sizeof *f);
    f->shop = testshop_open();
    f->product = testorders_product(f->shop, "X", 0, 0);
    int64_t an = testorders_staff(f->shop, "AN");
    sell(f, "2026-10-10", an, 120 * M);
    sell(f, "2026-10-12", testorders_staff(f->shop, "BINH"), 40 * M);
    sell(f, "2026-11-12", an, 10 * M);
    put_plan(f);
    f->t = screen_test_new(screens, 1, f->shop, 100, 24, NULL);
    strcpy(f->folder, "/tmp/commission-XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    *state = f;
    return 0;
}

static int teardown(void **state) {
    struct fixture *f = *state;
    screen_test_free(f->t);
    testshop_close(&f->shop);
    rmdir(f->folder);
    free(f);
    return 0;
}

static struct commission_state *screen(struct fixture *f) {
    return app_screen_state(f->t->app, "commission");
}

static void the_month_to_be_closed_comes_first(void **state) {
    struct fixture *f = *state;
    assert_string_equal(screen(f)->month, "2026-10");
    screen_test_golden(f->t, "tui/commission-open");
}

static void a_month_is_computed_locked_and_paid(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "<F8>");
    assert_true(screen_test_shows(f->t, "is open: F5 computes it first"));
    screen_test_type(f->t, "<F5>");
    assert_true(screen_test_shows(f->t, "Computed: 2 people, 4.300.000"));
    screen_test_type(f->t, "<F8>");
    assert_true(screen_test_shows(f->t, "become final"));
    screen_test_type(f->t, "<Esc>");
    assert_int_equal(screen(f)->info.status, COMMISSION_COMPUTED);
    screen_test_type(f->t, "<F8>y");
    assert_int_equal(screen(f)->info.status, COMMISSION_LOCKED);
    screen_test_type(f->t, "<F5>");
    assert_true(screen_test_shows(f->t, "final"));
    screen_test_type(f->t, "py");
    assert_int_equal(screen(f)->info.status, COMMISSION_PAID);
    screen_test_golden(f->t, "tui/commission-paid");
}

static void enter_explains_a_row(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "<Enter>");
    screen_test_golden(f->t, "tui/commission-explain");
}

static void months_are_leafed_through(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "<Right>");
    assert_string_equal(screen(f)->month, "2026-11");
    assert_true(screen_test_shows(f->t, "10.000.000"));
    screen_test_type(f->t, "<Right><Right>");
    assert_true(screen_test_shows(f->t, "No plan covers this month"));
    screen_test_type(f->t, "<F5>");
    assert_true(screen_test_shows(f->t, "no commission plan covers 2027-01"));
}

static void a_row_is_disputed_and_answered(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "<F5>dnothing<Tab>Sai<Enter>");
    assert_true(screen_test_shows(f->t, "there is no row"));
    screen_test_type(f->t, "<Ctrl-U>total<Enter>");
    assert_true(screen_test_shows(f->t, "1 disputes are open"));
    screen_test_type(f->t, "<F8>");
    assert_true(screen_test_shows(f->t, "1 disputes"));
    screen_test_type(f->t, "<Esc>a<Enter>Đúng<Enter>");
    assert_int_equal(screen(f)->disputes, 0);
    screen_test_type(f->t, "a");
    assert_true(screen_test_shows(f->t, "No dispute is open"));
}

static void what_came_up_later_is_shown(void **state) {
    struct fixture *f = *state;
    struct err e = ERR_INIT;
    screen_test_type(f->t, "<F7>");
    assert_true(screen_test_shows(f->t, "Nothing has come up"));
    screen_test_type(f->t, "<Esc><F5><F8>y");
    struct return_input in = {.sale_id = 1};
    must(order_return(f->shop, &in, &(struct order_ref){0}, NULL, &e), &e);
    screen_test_type(f->t, "<F7>");
    assert_true(screen_test_shows(f->t, "return TH261121-0001"));
    assert_true(screen_test_shows(f->t, "-3.300.000"));
}

static void files_are_written(void **state) {
    struct fixture *f = *state;
    char *table = mem_printf("%s/oct.csv", f->folder);
    char *statement = mem_printf("%s/an.txt", f->folder);
    char *keys = mem_printf("<F5><F9><Ctrl-U>%s<Enter>", table);
    char line[200] = "";
    screen_test_type(f->t, keys);
    free(keys);
    FILE *file = fopen(table, "r");
    assert_non_null(file);
    assert_non_null(fgets(line, sizeof line, file));
    assert_non_null(fgets(line, sizeof line, file));
    fclose(file);
    assert_string_equal(line, "2026-10,AN,AN,120000000,,,3300000,10000,3300000,0,0,200000,0,0,3500000,computed\n");
    keys = mem_printf("i<Ctrl-U>%s<Enter>", statement);
    screen_test_type(f->t, keys);
    free(keys);
    assert_int_equal(access(statement, R_OK), 0);
    unlink(table);
    unlink(statement);
    free(table);
    free(statement);
}

static void another_plan_is_tried(void **state) {
    struct fixture *f = *state;
    char *plan = mem_printf("%s/p.ini", f->folder);
    FILE *file = fopen(plan, "w");
    assert_non_null(file);
    fputs("[plan]\ncode = thu\nfrom = 2027-01\nto = 2027-12\n[tiers]\n0 = 10\n", file);
    fclose(file);
    char *keys = mem_printf("<F6>%s<Enter>", plan);
    screen_test_type(f->t, keys);
    assert_true(screen_test_shows(f->t, "nothing was changed"));
    assert_true(screen_test_shows(f->t, "3.500.000 → 12.000.000  +8.500.000"));
    assert_int_equal(testdb_int(shop_db(f->shop), "SELECT COUNT(*) FROM plans"), 1);
    unlink(plan);
    free(plan);
    free(keys);
}

static void a_plan_comes_from_a_file_and_is_put_in_force(void **state) {
    struct fixture *f = *state;
    char *plan = mem_printf("%s/p.ini", f->folder);
    char *keys = mem_printf("n%s<Enter>", plan);
    FILE *file = fopen(plan, "w");
    assert_non_null(file);
    fputs("[plan]\ncode = 2027\nfrom = 2027-01\nto = 2027-12\n[tiers]\n5 = 10\n", file);
    fclose(file);
    screen_test_type(f->t, keys);
    assert_true(screen_test_shows(f->t, "the first tier starts at 5"));
    file = fopen(plan, "w");
    assert_non_null(file);
    fputs("[plan]\ncode = 2027\nfrom = 2027-01\nto = 2027-12\n[tiers]\n0 = 10\n", file);
    fclose(file);
    screen_test_type(f->t, "<Enter>");
    assert_true(screen_test_shows(f->t, "Put plan 2027 in force"));
    screen_test_type(f->t, "y");
    assert_true(screen_test_shows(f->t, "Plan 2027 is in force"));
    screen_test_type(f->t, "t");
    assert_true(screen_test_shows(f->t, "marginal"));
    unlink(plan);
    free(plan);
    free(keys);
}

static void a_rep_sees_their_own_and_cannot_lock(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "<F5>");
    testpin_turn_on(f->shop);
    testpin_sign_in(f->shop, "BINH");
    app_reload(f->t->app);
    screen_test_type(f->t, "<F8>");
    assert_int_equal(screen(f)->count, 1);
    assert_true(screen_test_shows(f->t, "BINH"));
    assert_false(screen_test_shows(f->t, "AN (AN)"));
    assert_true(screen_test_shows(f->t, "only a manager"));
}

static void it_fits_80_columns(void **state) {
    struct fixture *f = *state;
    screen_test_resize(f->t, 80, 24);
    screen_test_golden(f->t, "tui/commission-80");
    screen_test_resize(f->t, 60, 16);
    assert_true(screen_test_shows(f->t, "3.500.000"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(the_month_to_be_closed_comes_first),
        TEST(a_month_is_computed_locked_and_paid),
        TEST(enter_explains_a_row),
        TEST(months_are_leafed_through),
        TEST(a_row_is_disputed_and_answered),
        TEST(what_came_up_later_is_shown),
        TEST(files_are_written),
        TEST(another_plan_is_tried),
        TEST(a_plan_comes_from_a_file_and_is_put_in_force),
        TEST(a_rep_sees_their_own_and_cannot_lock),
        TEST(it_fits_80_columns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
