/* An import killed at random moments leaves all of its file or nothing, and a shop that can be imported into again.
 * Runs for CHOTDON_CRASH_SECONDS (8 unless set). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/ticks.h"
#include "chotdon/check.h"
#include "chotdon/order.h"
#include "io/import.h"
#include "random.h"

enum { ORDERS = 1500 };

static char folder[] = "/tmp/chotdon-crash-XXXXXX";
static char shop_path[64];
static char file_path[64];

static void fixed_clock(void *ctx, const char *zone, char now[DATETIME_SIZE]) {
    (void)ctx;
    (void)zone;
    memcpy(now, "2026-11-21 14:05:00", DATETIME_SIZE);
}

static struct shop *open_shop(bool create) {
    struct shop_options options = {.path = shop_path, .clock = fixed_clock};
    struct shop *shop = NULL;
    struct err e = ERR_INIT;
    enum err_code rc = create ? shop_create(&options, "VND", &shop, &e) : shop_open(&options, &shop, &e);
    if (rc != ERR_OK) {
        fail_msg("%s", e.message);
    }
    return shop;
}

static void remove_shop(void) {
    static const char *const ends[] = {"", "-wal", "-shm", ".lock"};
    char path[80];
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        snprintf(path, sizeof path, "%s%s", shop_path, ends[i]);
        unlink(path);
    }
}

static void write_orders(void) {
    FILE *f = fopen(file_path, "w");
    assert_non_null(f);
    fputs("order_no,order_date,sku,qty,unit_price,customer_phone,rep,channel\n", f);
    for (int i = 0; i < ORDERS * 2; i++) {
        fprintf(f, "N%05d,2026-10-%02d,SKU%d,%d,%d,09%08d,NV%d,Zalo\n", i / 2, 1 + i / 2 % 28, i % 50, 1 + i % 3,
                1000 * (1 + i % 7), i / 2 % 400, i / 2 % 9);
    }
    fclose(f);
}

static enum err_code import_orders(struct shop *shop, struct import_summary *sum, struct err *e) {
    struct import_options options = {.kind = KIND_ORDERS, .path = file_path, .create_missing = true};
    return import_run(shop, &options, sum, e);
}

/* How long an import that nobody disturbs takes. */
static int64_t time_import(void) {
    struct import_summary sum;
    struct err e = ERR_INIT;
    struct shop *shop = open_shop(true);
    int64_t start = ticks_us();
    assert_int_equal(import_orders(shop, &sum, &e), ERR_OK);
    int64_t took = ticks_us() - start;
    assert_int_equal(sum.created, ORDERS);
    shop_close(&shop);
    remove_shop();
    return took;
}

static void kill_one(int64_t after_us) {
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct import_summary sum;
        struct shop *shop = open_shop(false);
        _exit(import_orders(shop, &sum, NULL) == ERR_OK ? 0 : 1);
    }
    ticks_pause_us(after_us);
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    assert_true(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
}

static void count_finding(void *ctx, const char *finding) {
    (void)ctx;
    print_error("%s\n", finding);
}

static void an_import_killed_leaves_all_or_nothing(void **state) {
    (void)state;
    const char *seconds = getenv("CHOTDON_CRASH_SECONDS");
    int64_t end = ticks_us() + 1000000 * (seconds == NULL ? 8 : atoll(seconds));
    struct random r = RANDOM_INIT;
    int64_t took = time_import();
    int nothing = 0;
    for (int round = 0; ticks_us() < end || round == 0; round++) {
        struct shop *shop = open_shop(true);
        shop_close(&shop);
        kill_one(random_between(&r, 0, took + took / 4));
        shop = open_shop(false);
        int64_t orders = 0;
        int64_t found = 0;
        struct err e = ERR_INIT;
        struct import_summary sum;
        struct order_filter all = {0};
        assert_int_equal(order_count(shop, &all, &orders, &e), ERR_OK);
        assert_true(orders == 0 || orders == ORDERS);
        nothing += orders == 0;
        assert_int_equal(check_books(shop, count_finding, NULL, &found, &e), ERR_OK);
        assert_int_equal(found, 0);
        assert_int_equal(import_orders(shop, &sum, &e), ERR_OK);
        assert_int_equal(orders == 0 ? sum.created : sum.unchanged, ORDERS);
        shop_close(&shop);
        remove_shop();
    }
    assert_true(nothing > 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(an_import_killed_leaves_all_or_nothing)};
    if (mkdtemp(folder) == NULL) {
        return 1;
    }
    snprintf(shop_path, sizeof shop_path, "%s/shop.db", folder);
    snprintf(file_path, sizeof file_path, "%s/orders.csv", folder);
    write_orders();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    remove_shop();
    unlink(file_path);
    rmdir(folder);
    return failed;
}
