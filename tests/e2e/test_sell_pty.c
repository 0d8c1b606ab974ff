/* The counter in a real terminal: what a cashier sees, and what is left when the terminal dies. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mem.h"
#include "pty.h"
#include "testdb.h"
#include "testsell.h"

static char folder[] = "/tmp/chotdon-sell-XXXXXX";
static char shop_path[128];

static void clock_now(void *ctx, const char *time_zone, char now[DATETIME_SIZE]) {
    (void)ctx;
    (void)time_zone;
    strcpy(now, "2026-11-21 14:05:00");
}

static void open_shop(struct shop **shop) {
    struct err e = ERR_INIT;
    struct shop_options options = {.path = shop_path, .clock = clock_now};
    enum err_code rc = shop_exists(&options) ? shop_open(&options, shop, &e) : shop_create(&options, "VND", shop, &e);
    if (rc != ERR_OK) {
        fail_msg("%s", e.message);
    }
}

static int make_folder(void **state) {
    (void)state;
    return mkdtemp(folder) == NULL;
}

static int remove_folder(void **state) {
    (void)state;
    testdb_remove(mem_strdup(shop_path));
    return 0;
}

static void remove_shop(void) {
    static const char *const endings[] = {"", "-wal", "-shm", "-lock", ".lock", ".anchors"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        char path[160];
        snprintf(path, sizeof path, "%s%s", shop_path, endings[i]);
        unlink(path);
    }
}

static int setup(void **state) {
    struct shop *shop = NULL;
    (void)state;
    snprintf(shop_path, sizeof shop_path, "%s/shop.db", folder);
    open_shop(&shop);
    testsell_fill(shop);
    shop_close(&shop);
    return 0;
}

static int teardown(void **state) {
    (void)state;
    remove_shop();
    return 0;
}

static struct pty *start_in(const char *language, int width, int height) {
    static char program[128];
    const char *build = getenv("B");
    snprintf(program, sizeof program, "%s/chotdon", build == NULL ? "build" : build);
    const char *argv[] = {program,  "-d",     shop_path, "-c", "tests/data/sell.ini", "--now", "2026-11-21 14:05:00",
                          "--lang", language, NULL};
    return pty_start(&(struct pty_options){.width = width, .height = height, .argv = argv});
}

static struct pty *start(int width, int height) {
    return start_in("en", width, height);
}

static void scan(struct pty *p, const char *code, const char *seen) {
    char burst[64];
    snprintf(burst, sizeof burst, "%s\r", code);
    pty_send(p, burst);
    pty_expect(p, seen);
}

static void three_scans_and_f8_sell(void **state) {
    struct pty *p = start(80, 24);
    (void)state;
    pty_expect(p, "Nothing in the basket yet");
    scan(p, SELL_SHIRT, "1 AT-TR-M");
    scan(p, SELL_WATER, "2 NUOC-15");
    scan(p, SELL_RICE, "3 GAO-5");
    pty_type(p, "<F8>");
    pty_expect(p, "DH261121-0001 · 343.000 ₫ · paid");
    pty_expect(p, "Nothing in the basket yet");
    pty_type(p, "<Ctrl-Q>");
    assert_int_equal(pty_expect_exit(p), 0);
    pty_expect_restored(p);
    pty_free(p);
}

static void a_scan_cut_by_a_stop_is_one_scan(void **state) {
    struct pty *p = start(80, 24);
    (void)state;
    pty_type(p, "ao th");
    pty_settle(p);
    pty_send(p, "89300000");
    pty_expect(p, "> ao th89300000");
    pty_signal(p, SIGSTOP);
    pty_expect_stopped(p);
    pty_send(p, "00017\r");
    pty_signal(p, SIGCONT);
    pty_expect(p, "1 AT-TR-M");
    pty_expect(p, "> ao th ");
    pty_free(p);
}

static void a_killed_terminals_basket_comes_back(void **state) {
    struct pty *p = start(80, 24);
    (void)state;
    scan(p, SELL_SHIRT, "1 AT-TR-M");
    pty_type(p, "3*");
    scan(p, SELL_RICE, "2 GAO-5");
    pty_signal(p, SIGKILL);
    assert_int_equal(pty_expect_exit(p), -SIGKILL);
    pty_free(p);
    p = start(80, 24);
    pty_expect(p, "Recovered what was being typed");
    pty_expect(p, "765.000");
    pty_type(p, "<F8>");
    pty_expect(p, "DH261121-0001 · 765.000 ₫ · paid");
    pty_free(p);
}

static void two_counters_do_not_see_each_others_typing(void **state) {
    struct pty *a = start(80, 24);
    struct pty *b = start(80, 24);
    (void)state;
    scan(a, SELL_SHIRT, "1 AT-TR-M");
    scan(b, SELL_RICE, "1 GAO-5");
    pty_type(a, "<F2>");
    pty_expect(b, "Order 1 (parked)");
    pty_type(b, "<F8>");
    pty_expect(b, "DH261121-0001 · 215.000 ₫");
    pty_type(b, "<Tab>");
    pty_expect(b, "1 AT-TR-M");
    pty_type(b, "<F8>");
    pty_expect(b, "DH261121-0002 · 120.000 ₫");
    pty_expect_gone(a, "(parked)");
    pty_free(a);
    pty_free(b);
}

static void payment_gives_change_and_shows_the_code_of_a_transfer(void **state) {
    struct pty *p = start(80, 24);
    (void)state;
    scan(p, SELL_SHIRT, "1 AT-TR-M");
    pty_type(p, "<F9>");
    pty_expect(p, "Payment");
    pty_type(p, "<Down>");
    pty_expect(p, "Scan to transfer:");
    pty_expect(p, "Vietcombank 0123456789");
    pty_expect(p, "▀▀▀▀▀▀▀");
    pty_type(p, "<Up>200k<Enter>");
    pty_expect(p, "got 200.000 ₫ · change 80.000 ₫");
    pty_free(p);
}

static void it_follows_the_terminals_size(void **state) {
    struct pty *p = start(80, 24);
    (void)state;
    scan(p, SELL_SHIRT, "1 AT-TR-M");
    pty_type(p, "ao th");
    pty_resize(p, 160, 50);
    pty_expect(p, "█▀█ █▀█ █▀█");
    pty_resize(p, 60, 16);
    pty_expect(p, "TO PAY          120.000 ₫");
    pty_resize(p, 50, 10);
    pty_expect(p, "too small");
    pty_resize(p, 80, 24);
    pty_expect(p, "> ao th");
    pty_free(p);
}

static void it_speaks_vietnamese(void **state) {
    struct pty *p = start_in("vi", 80, 24);
    (void)state;
    pty_expect(p, "Đơn chưa có hàng");
    pty_expect(p, "F8 Tiền mặt F9 ");
    scan(p, SELL_RICE, "Gạo ST25 5 kg");
    pty_expect(p, "PHẢI TRẢ              215.000 ₫");
    pty_expect(p, "chỉ còn 0 trong kho");
    pty_type(p, "<F9>500k");
    pty_expect(p, "THỐI LẠI");
    pty_type(p, "<Enter>");
    pty_expect(p, "khách đưa 500.000 ₫ · thối lại 285.000 ₫");
    pty_free(p);
}

static void without_a_shop_the_first_run_makes_one(void **state) {
    (void)state;
    remove_shop();
    struct pty *p = start(80, 24);
    pty_expect(p, "Welcome to");
    pty_type(p, "Quán Bé Na<Enter>");
    pty_expect(p, "The shop is ready");
    pty_expect(p, "Quán Bé Na │ Sell");
    pty_type(p, "<Ctrl-Q>");
    assert_int_equal(pty_expect_exit(p), 0);
    pty_free(p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(three_scans_and_f8_sell, setup, teardown),
        cmocka_unit_test_setup_teardown(a_scan_cut_by_a_stop_is_one_scan, setup, teardown),
        cmocka_unit_test_setup_teardown(a_killed_terminals_basket_comes_back, setup, teardown),
        cmocka_unit_test_setup_teardown(two_counters_do_not_see_each_others_typing, setup, teardown),
        cmocka_unit_test_setup_teardown(payment_gives_change_and_shows_the_code_of_a_transfer, setup, teardown),
        cmocka_unit_test_setup_teardown(it_follows_the_terminals_size, setup, teardown),
        cmocka_unit_test_setup_teardown(it_speaks_vietnamese, setup, teardown),
        cmocka_unit_test_setup_teardown(without_a_shop_the_first_run_makes_one, setup, teardown),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
