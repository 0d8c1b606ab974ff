/* The world around a shop's file changes: the clock jumps back, the file or its folder is gone, the folder becomes
 * read-only. What is said tells what to do, days keep their numbers, and the books stay right. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "chotdon/cash.h"
#include "chotdon/deal.h"
#include "chotdon/order.h"
#include "chotdon/stage.h"
#include "crash_shop.h"
#include "db/db.h"
#include "testorders.h"

enum { NOBODY = 65534 };

static char now_text[DATETIME_SIZE];

static void jumping_clock(void *ctx, const char *zone, char now[DATETIME_SIZE]) {
    (void)ctx;
    (void)zone;
    memcpy(now, now_text, DATETIME_SIZE);
}

static void set_clock(struct crash_shop *c, const char *now) {
    snprintf(now_text, sizeof now_text, "%s", now);
    c->options.clock = jumping_clock;
    shop_close(&c->shop);
    crash_shop_open(c);
}

static void expect_sale(struct crash_shop *c, const char *number) {
    struct order_line_input line = testorders_line(c->goods, 1000, 120000);
    struct order_input in = {.status = ORDER_COMPLETED, .lines = &line, .line_count = 1, .pay_rest = true};
    struct order_ref ref = {0};
    struct err e = ERR_INIT;
    if (order_add(c->shop, &in, &ref, &e) != ERR_OK) {
        fail_msg("%s", e.message);
    }
    assert_string_equal(ref.order_no, number);
}

static void expect_books_right(const struct crash_shop *c) {
    char *wrong = crash_check(c);
    if (wrong != NULL) {
        fail_msg("%s", wrong);
    }
}

static void a_clock_that_jumps_back_is_told_and_days_keep_their_numbers(void **state) {
    struct crash_shop *c = crash_shop_new();
    struct err e = ERR_INIT;
    (void)state;
    set_clock(c, "2026-11-21 15:00:00");
    assert_null(shop_clock_warning(c->shop));
    assert_int_equal(cash_open(c->shop, 500000, NULL, &e), ERR_OK);
    expect_sale(c, "DH261121-0001");
    set_clock(c, "2026-11-20 09:00:00");
    const char *warning = shop_clock_warning(c->shop);
    assert_non_null(warning);
    assert_non_null(strstr(warning, "2026-11-20"));
    assert_non_null(strstr(warning, "2026-11-21"));
    assert_non_null(strstr(warning, "check the date"));
    expect_sale(c, "DH261120-0001");
    struct return_input all = {.sale_id = c->sale, .reason = "rách"};
    struct order_ref back = {0};
    assert_int_equal(order_return(c->shop, &all, &back, NULL, &e), ERR_OK);
    assert_string_equal(back.order_no, "TH261120-0001");
    assert_int_equal(deal_lose(c->shop, c->deal, "Giá", &e), ERR_OK);
    assert_int_equal(cash_close_total(c->shop, 500000, NULL, NULL, &e), ERR_OK);
    expect_books_right(c);
    set_clock(c, "2026-11-21 16:00:00");
    expect_sale(c, "DH261121-0002");
    expect_books_right(c);
    crash_shop_free(c);
}

static void a_clock_that_jumps_far_ahead_and_back_leaves_no_gap(void **state) {
    struct crash_shop *c = crash_shop_new();
    (void)state;
    set_clock(c, "2036-01-01 00:00:00");
    expect_sale(c, "DH360101-0001");
    set_clock(c, "2026-11-21 16:00:00");
    assert_non_null(shop_clock_warning(c->shop));
    expect_sale(c, "DH261121-0001");
    expect_sale(c, "DH261121-0002");
    expect_books_right(c);
    crash_shop_free(c);
}

static void a_removed_file_is_told_and_no_other_is_made(void **state) {
    struct crash_shop *c = crash_shop_new();
    struct err e = ERR_INIT;
    (void)state;
    crash_shop_open(c);
    assert_int_equal(crash_sell(c, &e), ERR_OK);
    assert_int_equal(unlink(c->path), 0);
    assert_int_equal(crash_sell(c, &e), ERR_IO);
    assert_non_null(strstr(e.message, "is not there any more"));
    assert_int_equal(crash_sell(c, &e), ERR_IO);
    assert_int_equal(access(c->path, F_OK), -1);
    shop_close(&c->shop);
    assert_int_equal(shop_open(&c->options, &c->shop, &e), ERR_NOT_FOUND);
    crash_shop_free(c);
}

/* --- as somebody whom permissions bind: root would not notice. */
static int in_a_read_only_folder(struct crash_shop *c) {
    struct err e = ERR_INIT;
    struct order_filter all = {0};
    int64_t count = 0;
    if (getuid() == 0 && (setgid(NOBODY) != 0 || setuid(NOBODY) != 0)) {
        return 77;
    }
    crash_shop_open(c);
    if (crash_sell(c, &e) != ERR_OK) {
        return 1;
    }
    chmod(c->folder, 0500);
    if (crash_sell(c, &e) != ERR_OK) { /* all files are open already */
        fprintf(stderr, "%s\n", e.message);
        return 2;
    }
    shop_close(&c->shop);
    if (shop_open(&c->options, &c->shop, &e) != ERR_OK || order_count(c->shop, &all, &count, &e) != ERR_OK ||
        crash_sell(c, &e) != ERR_OK) { /* and they are all there */
        fprintf(stderr, "%s\n", e.message);
        return 3;
    }
    shop_close(&c->shop);
    chmod(c->folder, 0700);
    char *index = mem_printf("%s-shm", c->path);
    char *log = mem_printf("%s-wal", c->path);
    unlink(index);
    chmod(c->folder, 0500);
    enum err_code rc = shop_open(&c->options, &c->shop, &e);
    chmod(c->folder, 0700);
    free(index);
    free(log);
    if (rc != ERR_IO || strstr(e.message, "check that you may") == NULL) {
        fprintf(stderr, "%s\n", e.message);
        return 4;
    }
    return 0;
}

static void give(const char *path) {
    if (getuid() == 0 && chown(path, NOBODY, NOBODY) != 0) {
        fail_msg("chown");
    }
}

static void a_read_only_folder_is_worked_in_or_told(void **state) {
    static const char *const ends[] = {"", "-wal", "-shm", ".lock"};
    struct crash_shop *c = crash_shop_new();
    int status = 0;
    (void)state;
    give(c->folder);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        char *path = mem_printf("%s%s", c->path, ends[i]);
        give(path);
        free(path);
    }
    fflush(stdout);
    pid_t pid = fork();
    if (pid == 0) {
        _exit(in_a_read_only_folder(c));
    }
    waitpid(pid, &status, 0);
    assert_true(WIFEXITED(status));
    assert_true(WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == 77);
    expect_books_right(c);
    crash_shop_free(c);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_clock_that_jumps_back_is_told_and_days_keep_their_numbers),
        cmocka_unit_test(a_clock_that_jumps_far_ahead_and_back_leaves_no_gap),
        cmocka_unit_test(a_removed_file_is_told_and_no_other_is_made),
        cmocka_unit_test(a_read_only_folder_is_worked_in_or_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
