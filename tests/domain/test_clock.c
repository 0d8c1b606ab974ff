/* Clocks that are wrong are told: when a shop is opened, and while it stays open; what is right is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "chotdon/setting.h"
#include "testdb.h"

enum { SECOND = 1000, MINUTE = 60 * SECOND, HOUR = 60 * MINUTE, DAY = 24 * HOUR };

static char now_text[DATETIME_SIZE];
static int64_t machine;
static int turned;

static void wall_clock(void *ctx, const char *zone, char now[DATETIME_SIZE]) {
    (void)ctx, (void)zone;
    memcpy(now, now_text, DATETIME_SIZE);
}

static int64_t machine_ms(void *ctx) {
    (void)ctx;
    return machine;
}

static int turned_back(void *ctx, const char *zone) {
    (void)ctx;
    assert_string_equal(zone, "Asia/Ho_Chi_Minh");
    return turned;
}

static void set_now(const char *now) {
    snprintf(now_text, sizeof now_text, "%s", now);
}

struct fixture {
    char *path;
    struct shop_options options;
    struct shop *shop;
};

static int setup(void **state) {
    struct fixture *f = mem_zalloc(sizeof *f);
    struct err e = ERR_INIT;
    f->path = testdb_path("shop.db");
    f->options = (struct shop_options){
        .path = f->path, .clock = wall_clock, .machine_ms = machine_ms, .turned_back = turned_back};
    set_now("2026-10-25 02:30:00");
    turned = 0;
    machine = INT64_C(1790000000000);
    assert_int_equal(shop_create(&f->options, "VND", &f->shop, &e), ERR_OK);
    *state = f;
    return 0;
}

static int teardown(void **state) {
    struct fixture *f = *state;
    shop_close(&f->shop);
    testdb_remove(f->path);
    free(f);
    return 0;
}

static const char *warning_at(struct fixture *f, const char *now) {
    struct err e = ERR_INIT;
    set_now(now);
    shop_close(&f->shop);
    assert_int_equal(shop_open(&f->options, &f->shop, &e), ERR_OK);
    return shop_clock_warning(f->shop);
}

static void a_shop_that_opens_before_its_last_record_is_told_once(void **state) {
    struct fixture *f = *state;
    const char *warning = warning_at(f, "2026-10-25 02:29:59");
    assert_non_null(warning);
    assert_non_null(strstr(warning, "2026-10-25 02:29:59"));
    assert_non_null(strstr(warning, "2026-10-25 02:30:00"));
    assert_null(warning_at(f, "2026-10-25 02:30:00"));
}

static void the_hour_that_is_there_twice_is_no_fault(void **state) {
    struct fixture *f = *state;
    turned = 3600;
    assert_null(warning_at(f, "2026-10-25 02:05:00"));
    assert_null(warning_at(f, "2026-10-25 01:30:00"));
    assert_non_null(warning_at(f, "2026-10-25 01:29:59"));
}

static void months_after_the_last_record_somebody_is_asked_to_look(void **state) {
    struct fixture *f = *state;
    assert_null(warning_at(f, "2026-12-24 02:30:00")); /* a season */
    const char *warning = warning_at(f, "2026-12-25 02:30:00");
    assert_non_null(warning);
    assert_non_null(strstr(warning, "61 days"));
}

/* Both clocks and the stopwatch go on. */
static char *watch(struct fixture *f, const char *now, int64_t passed_ms, unsigned long *ticks, unsigned long ran_ms) {
    set_now(now);
    machine += passed_ms;
    *ticks += ran_ms;
    return shop_clock_watch(f->shop, *ticks);
}

static void while_open(struct fixture *f, const char *now, int64_t passed_ms, unsigned long ran_ms,
                       const char *expected) {
    static unsigned long ticks = 5;
    assert_null(watch(f, "2026-11-21 14:05:00", 0, &ticks, 0)); /* the first look compares with nothing */
    char *text = watch(f, now, passed_ms, &ticks, ran_ms);
    if ((text == NULL) != (expected == NULL) || (text != NULL && strstr(text, expected) == NULL)) {
        fail_msg("%s: %s", now, text == NULL ? "nothing is said" : text);
    }
    free(text);
    text = watch(f, "2026-11-21 14:05:09", 500, &ticks, 500);
    assert_null(text); /* once */
}

static void a_clock_put_back_while_the_counter_is_open_is_told_once(void **state) {
    while_open(*state, "2026-11-20 14:05:00", -(int64_t)DAY, 500,
               "back from 2026-11-21 14:05:00 to 2026-11-20 14:05:00");
    while_open(*state, "2026-11-21 14:02:00", -3 * MINUTE, 500, "went back");
}

static void a_clock_put_ahead_by_days_is_told_once(void **state) {
    while_open(*state, "2026-11-24 14:05:00", 3 * (int64_t)DAY, 500,
               "ahead from 2026-11-21 14:05:00 to 2026-11-24 14:05:00");
    while_open(*state, "2026-11-22 14:05:01", (int64_t)DAY + SECOND, 500, "went ahead");
}

static void sleep_summer_time_and_time_servers_raise_no_alarm(void **state) {
    while_open(*state, "2026-11-24 14:05:00", 3 * (int64_t)DAY, 3UL * DAY,
               NULL);                                          /* the lid was closed over a holiday */
    while_open(*state, "2026-11-21 13:05:00", 500, 500, NULL); /* the zone's clocks went back */
    while_open(*state, "2026-11-21 15:05:00", 500, 500, NULL);
    while_open(*state, "2026-11-21 14:04:00", -MINUTE, 500, NULL);       /* a time server */
    while_open(*state, "2026-11-21 20:05:00", 6 * HOUR, 500, NULL);      /* a halted machine goes on */
    while_open(*state, "2026-11-21 14:05:00", -(int64_t)DAY, 500, NULL); /* --now: the shop's clock does not move */
}

static void a_day_of_looks_twice_a_second_says_nothing(void **state) {
    struct fixture *f = *state;
    unsigned long ticks = 0;
    for (unsigned second = 0; second < 1000; second++) {
        char now[DATETIME_SIZE];
        snprintf(now, sizeof now, "2026-11-21 14:%02u:%02u", second / 60 % 60, second % 60);
        assert_null(watch(f, now, SECOND, &ticks, SECOND));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_shop_that_opens_before_its_last_record_is_told_once, setup, teardown),
        cmocka_unit_test_setup_teardown(the_hour_that_is_there_twice_is_no_fault, setup, teardown),
        cmocka_unit_test_setup_teardown(months_after_the_last_record_somebody_is_asked_to_look, setup, teardown),
        cmocka_unit_test_setup_teardown(a_clock_put_back_while_the_counter_is_open_is_told_once, setup, teardown),
        cmocka_unit_test_setup_teardown(a_clock_put_ahead_by_days_is_told_once, setup, teardown),
        cmocka_unit_test_setup_teardown(sleep_summer_time_and_time_servers_raise_no_alarm, setup, teardown),
        cmocka_unit_test_setup_teardown(a_day_of_looks_twice_a_second_says_nothing, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
