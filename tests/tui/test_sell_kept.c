/* Sell: what a basket keeps when its terminal dies: percentages, who shares it, prices that follow the customer. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "chotdon/customer.h"
#include "chotdon/product.h"
#include "chotdon/setting.h"
#include "chotdon/staff.h"
#include "testorders.h"
#include "testsell.h"
#include "testshop.h"
#include "tui/station.h"

struct fixture {
    struct shop *shop;
    struct screen_test *t;
};

/* A station of a program that does not run any more. */
static const char *dead_station(void) {
    static char dead[STATION_SIZE];
    station_name(dead);
    *strchr(dead, ':') = '\0';
    strcat(dead, ":2147483646:1:pts/9");
    return dead;
}

static int setup(void **state) {
    struct fixture *f = calloc(1, sizeof *f);
    struct staff binh = {.code = "BINH", .name = "Lê Văn Bình"};
    struct staff chi = {.code = "CHI", .name = "Phạm Mỹ Chi"};
    f->shop = testshop_open();
    testsell_fill(f->shop);
    assert_int_equal(staff_put(f->shop, &binh, STAFF_NAME, NULL, NULL), ERR_OK);
    assert_int_equal(staff_put(f->shop, &chi, STAFF_NAME, NULL, NULL), ERR_OK);
    f->t = testsell_open(f->shop, 80, 24, dead_station());
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

/* As after kill -9: another program finds the drafts. */
static struct screen_test *start_again(void **state) {
    struct fixture *f = *state;
    screen_test_free(f->t);
    f->t = testsell_open(f->shop, 80, 24, dead_station());
    return f->t;
}

static struct order sold(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "<F8>");
    return testorders_get(f->shop, testsell_state(f->t)->last.id);
}

/* The terminal is opened again before the program in it has ended. */
static void a_basket_is_recovered_also_when_its_program_ends_later(void **state) {
    struct fixture *f = *state;
    char other[STATION_SIZE];
    pid_t pid = fork();
    if (pid == 0) {
        pause();
        _exit(0);
    }
    station_name(other);
    snprintf(strchr(other, ':'), 32, ":%d:0:pts/9", (int)pid);
    screen_test_free(f->t);
    f->t = testsell_open(f->shop, 80, 24, other);
    screen_test_scan(f->t, SELL_SHIRT);
    struct screen_test *t = start_again(state);
    assert_int_equal(testsell_basket(t)->count, 0);
    screen_test_scan(t, SELL_RICE);
    kill(pid, SIGKILL);
    siginfo_t ended;
    waitid(P_PID, (id_t)pid, &ended, WEXITED | WNOWAIT); /* it stays a zombie */
    app_reload(t->app);
    screen_test_type(t, "<Down>");
    assert_int_equal(testsell_state(t)->count, 2);
    assert_string_equal(testsell_basket(t)->lines[0].sku, "GAO-5"); /* what is typed stays in front */
    screen_test_type(t, "<Tab>");
    assert_string_equal(testsell_basket(t)->lines[0].sku, "AT-TR-M");
    waitpid(pid, NULL, 0);
}

static void a_draft_chosen_elsewhere_comes_to_the_front(void **state) {
    struct fixture *f = *state;
    char number[ORDER_NO_SIZE];
    screen_test_scan(f->t, SELL_SHIRT);
    snprintf(number, sizeof number, "NHAP-%lld", (long long)testsell_basket(f->t)->draft_id);
    screen_test_type(f->t, "<F2>");
    assert_int_equal(testsell_basket(f->t)->count, 0);
    app_go(f->t->app, "sell", number); /* as Enter among the orders does */
    screen_test_text(f->t);
    assert_string_equal(testsell_basket(f->t)->lines[0].sku, "AT-TR-M");
    assert_string_equal(field_text(&testsell_state(f->t)->field), "");
    app_go(f->t->app, "sell", "0912345678");
    assert_string_equal(field_text(&testsell_state(f->t)->field), "0912345678");
}

static void percentages_stay_percentages(void **state) {
    struct screen_test *t = ((struct fixture *)*state)->t;
    screen_test_scan(t, SELL_SHIRT);
    screen_test_type(t, "-10%<Enter>=50%<Enter>");
    assert_int_equal(testsell_basket(t)->total, 54000);
    t = start_again(state);
    assert_int_equal(testsell_basket(t)->total, 54000);
    screen_test_type(t, "+1<Enter>");
    assert_int_equal(testsell_basket(t)->lines[0].discount, 24000);
    screen_test_scan(t, SELL_RICE);
    assert_int_equal(testsell_basket(t)->total, 215500); /* half of 216.000 + 215.000 */
    screen_test_type(t, "<Up><F6>");
    assert_true(screen_test_shows(t, "50%"));
    assert_true(screen_test_shows(t, "10%"));
    screen_test_type(t, "<Esc>-5k<Enter>");
    t = start_again(state);
    screen_test_type(t, "<Up>+1<Enter>");
    assert_int_equal(testsell_basket(t)->lines[0].discount, 5000);
}

static void reps_share_an_order(void **state) {
    struct screen_test *t = ((struct fixture *)*state)->t;
    screen_test_scan(t, SELL_SHIRT);
    screen_test_type(t, "<F5>an 70 + b");
    assert_true(screen_test_shows(t, "Trần Thị An 70 + Lê Văn Bình 30"));
    screen_test_type(t, "<Enter>");
    assert_string_equal(testsell_basket(t)->seller, "An 70 + Bình 30");
    assert_true(screen_test_shows(t, "An 70 + Bình 30"));
    t = start_again(state);
    assert_string_equal(testsell_basket(t)->seller, "An 70 + Bình 30");
    screen_test_type(t, "+1<Enter>");
    struct order o = sold(state);
    assert_int_equal(o.rep_count, 2);
    assert_string_equal(o.reps[0].code, "AN");
    assert_int_equal(o.reps[0].share_bps, 7000);
    assert_string_equal(o.reps[1].code, "BINH");
    assert_int_equal(o.reps[1].share_bps, 3000);
    order_clear(&o);
}

static void shares_are_typed_in_several_ways(void **state) {
    static const struct {
        const char *typed, *seller;
    } ways[] = {
        {"an+binh", "An 50 + Bình 50"},
        {"AN:70+BINH:30", "An 70 + Bình 30"},
        {"An 70% + Bình 30%", "An 70 + Bình 30"},
        {"bình 12,5 + an", "Bình 12,5 + An 87,5"},
        {"an + binh + chi", "An 33,34 + Bình 33,33 + Chi 33,33"},
        {"an 40 +", "An 40 + Bình 60"},
        {"an 40", "An 40 + Bình 60"},
        {"chi", "Phạm Mỹ Chi"},
    };
    struct screen_test *t = ((struct fixture *)*state)->t;
    screen_test_scan(t, SELL_SHIRT);
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        screen_test_type(t, "<F5>");
        screen_test_type(t, ways[i].typed);
        screen_test_type(t, "<Enter>");
        assert_string_equal(testsell_basket(t)->seller, ways[i].seller);
    }
    screen_test_type(t, "<F5>an 70 + binh 20<Enter>");
    assert_true(screen_test_shows(t, "the shares add up to 90%, not to 100%"));
    assert_string_equal(testsell_basket(t)->seller, "Phạm Mỹ Chi");
    screen_test_type(t, "<F5>chi + chi<Enter>");
    assert_true(screen_test_shows(t, "Nothing matches"));
    screen_test_type(t, "<Esc>");
}

static void nothing_chosen_is_the_shops_own_channel(void **state) {
    struct fixture *f = *state;
    assert_int_equal(setting_set(f->shop, "counter_channel", "Tại quầy", NULL), ERR_OK);
    screen_test_scan(f->t, SELL_SHIRT);
    struct order o = sold(state);
    assert_string_equal(o.channel, "Tại quầy");
    assert_int_equal(o.rep_count, 0);
    order_clear(&o);
}

static void a_wholesale_price_is_not_taken_for_a_typed_one(void **state) {
    struct fixture *f = *state;
    struct product p = {.sku = "AT-TR-M", .wholesale_price = 90000, .has_wholesale = true};
    struct customer c = {.name = "Đại lý Bảy", .phones = "0909000777", .segment = "wholesale"};
    assert_int_equal(product_put(f->shop, &p, PRODUCT_WHOLESALE, NULL, NULL), ERR_OK);
    assert_int_equal(customer_add(f->shop, &c, CUSTOMER_NAME | CUSTOMER_PHONES | CUSTOMER_SEGMENT, NULL, NULL), ERR_OK);
    screen_test_scan(f->t, SELL_SHIRT);
    screen_test_type(f->t, "0909000777<Enter>");
    assert_int_equal(testsell_basket(f->t)->total, 90000);
    start_again(state);
    assert_int_equal(testsell_basket(f->t)->total, 90000);
    screen_test_type(f->t, "<F4><Enter>"); /* a walk-in after all */
    assert_int_equal(testsell_basket(f->t)->total, 120000);
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        T(a_basket_is_recovered_also_when_its_program_ends_later),
        T(a_draft_chosen_elsewhere_comes_to_the_front),
        T(percentages_stay_percentages),
        T(reps_share_an_order),
        T(shares_are_typed_in_several_ways),
        T(nothing_chosen_is_the_shops_own_channel),
        T(a_wholesale_price_is_not_taken_for_a_typed_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
