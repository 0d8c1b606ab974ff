/* While nobody types: the day's backup, stopped by any key, which is kept; a clock that was moved is told. At the end a
 * backup with a bar. */
#include "tui/upkeep.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "chotdon/backup.h"
#include "chotdon/channel.h"
#include "screen_test.h"
#include "testdb.h"
#include "tui/screens/settings_channels.h"

enum { MINUTE_MS = 60 * 1000 };

struct fixture {
    struct shop_options options;
    struct screen_test *t;
    struct upkeep upkeep;
    char *path;
};

static char now_text[DATETIME_SIZE];
static int64_t machine;

static void wall_clock(void *ctx, const char *time_zone, char now[DATETIME_SIZE]) {
    (void)ctx, (void)time_zone;
    memcpy(now, now_text, DATETIME_SIZE);
}

static int64_t machine_ms(void *ctx) {
    (void)ctx;
    return machine;
}

static int setup(void **state) {
    static const struct screen_entry screens[] = {{&screen_settings_channels, 1}};
    struct fixture *f = mem_zalloc(sizeof *f);
    struct shop *shop = NULL;
    struct err e = ERR_INIT;
    machine = INT64_C(1790000000000);
    snprintf(now_text, sizeof now_text, "2026-11-21 14:05:00");
    f->path = testdb_path("shop.db");
    f->options = (struct shop_options){.path = f->path, .clock = wall_clock, .machine_ms = machine_ms};
    if (shop_create(&f->options, "VND", &shop, &e) != ERR_OK) {
        fail_msg("%s", e.message);
    }
    struct app_options o = {.shop_options = &f->options};
    f->t = screen_test_new(screens, 1, shop, 80, 24, &o);
    *state = f;
    return 0;
}

static int teardown(void **state) {
    struct fixture *f = *state;
    struct shop *shop = app_shop(f->t->app);
    char *folder = backup_folder(&f->options);
    char *command = mem_printf("rm -rf '%s'", folder);
    screen_test_free(f->t);
    shop_close(&shop);
    int rc = system(command);
    testdb_remove(f->path);
    free(command);
    free(folder);
    free(f);
    return rc;
}

static size_t backups(const struct fixture *f) {
    struct backup_files all = {0};
    assert_int_equal(backup_list(&f->options, &all, NULL), ERR_OK);
    size_t n = all.count;
    backup_files_clear(&all);
    return n;
}

/* Nobody types for so long. */
static void wait_ms(struct fixture *f, unsigned long ms) {
    f->t->terminal.ticks += ms;
    machine += (int64_t)ms;
    upkeep_idle(f->t->app, &f->upkeep);
    app_paint(f->t->app);
}

static void a_minute_without_a_key_makes_the_days_backup(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "<Down>");
    wait_ms(f, MINUTE_MS - 1000);
    assert_int_equal(backups(f), 0);
    wait_ms(f, 1000);
    assert_int_equal(backups(f), 1);
    assert_true(screen_test_shows(f->t, "The day's backup is made"));
    channel_add(app_shop(f->t->app), "Chợ", NULL);
    wait_ms(f, 10UL * MINUTE_MS);
    assert_int_equal(backups(f), 1); /* one a day */
    snprintf(now_text, sizeof now_text, "2026-11-22 07:00:00");
    wait_ms(f, 10UL * MINUTE_MS);
    assert_int_equal(backups(f), 2);
}

static void a_key_stops_it_is_kept_and_the_screen_goes_on(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "<Down>");
    struct key n = key_of_char('n');
    fake_terminal_push(&f->t->terminal, &n);
    wait_ms(f, MINUTE_MS);
    assert_int_equal(backups(f), 0);
    assert_false(screen_test_shows(f->t, "backup"));
    assert_true(f->t->terminal.base.ops->pending(&f->t->terminal.base, 0)); /* still to be read */
    screen_test_type(f->t, "nZalo<Enter>");
    int64_t id = 0;
    assert_int_equal(channel_find(app_shop(f->t->app), "Zalo", &id, NULL), ERR_OK);
    f->t->terminal.first = f->t->terminal.last;
    wait_ms(f, 4UL * MINUTE_MS);
    assert_int_equal(backups(f), 0); /* not again at once */
    wait_ms(f, 2UL * MINUTE_MS);
    assert_int_equal(backups(f), 1);
}

static void a_backup_that_cannot_be_made_is_told_and_selling_goes_on(void **state) {
    struct fixture *f = *state;
    f->options.backup_folder = "/proc/nowhere";
    wait_ms(f, 2UL * MINUTE_MS);
    assert_true(screen_test_shows(f->t, "/proc/nowhere"));
    screen_test_type(f->t, "nZalo<Enter>");
    int64_t id = 0;
    assert_int_equal(channel_find(app_shop(f->t->app), "Zalo", &id, NULL), ERR_OK);
    int rings = f->t->terminal.rings;
    wait_ms(f, 50UL * MINUTE_MS);
    assert_int_equal(f->t->terminal.rings, rings); /* once an hour is enough */
    char *words = upkeep_close(f->t->app);
    assert_non_null(words);
    assert_non_null(strstr(words, "no backup was made"));
    free(words);
    f->options.backup_folder = NULL;
}

static void closing_makes_one_where_something_was_written(void **state) {
    struct fixture *f = *state;
    assert_null(upkeep_close(f->t->app));
    assert_int_equal(backups(f), 1);
    assert_null(upkeep_close(f->t->app));
    assert_int_equal(backups(f), 1);
    channel_add(app_shop(f->t->app), "Chợ", NULL);
    assert_null(upkeep_close(f->t->app));
    assert_int_equal(backups(f), 2);
}

static void esc_stops_the_one_at_the_end(void **state) {
    struct fixture *f = *state;
    struct key esc = {.kind = K_ESC};
    fake_terminal_push(&f->t->terminal, &esc);
    f->t->terminal.step = 1000; /* each look at the stopwatch takes as long: the bar is due */
    int blits = f->t->terminal.blits;
    assert_null(upkeep_close(f->t->app)); /* stopping is no failure */
    f->t->terminal.step = 0;
    assert_int_equal(backups(f), 0);
    assert_true(f->t->terminal.blits > blits);
}

static void a_clock_that_is_moved_is_told_with_a_ring(void **state) {
    struct fixture *f = *state;
    wait_ms(f, 500);
    assert_string_equal(screen_test_status(f->t), "");
    snprintf(now_text, sizeof now_text, "2026-11-19 08:00:00");
    machine -= 2LL * 24 * 60 * MINUTE_MS;
    int rings = f->t->terminal.rings;
    wait_ms(f, 500);
    assert_int_equal(f->t->terminal.rings, rings + 1);
    assert_true(screen_test_shows(f->t, "went back from 2026-11-21 14:05:00 to 2026-11-19"));
    screen_test_type(f->t, "<Down>");
    assert_true(screen_test_shows(f->t, "went back")); /* a key does not wipe it away */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_minute_without_a_key_makes_the_days_backup, setup, teardown),
        cmocka_unit_test_setup_teardown(a_key_stops_it_is_kept_and_the_screen_goes_on, setup, teardown),
        cmocka_unit_test_setup_teardown(a_backup_that_cannot_be_made_is_told_and_selling_goes_on, setup, teardown),
        cmocka_unit_test_setup_teardown(closing_makes_one_where_something_was_written, setup, teardown),
        cmocka_unit_test_setup_teardown(esc_stops_the_one_at_the_end, setup, teardown),
        cmocka_unit_test_setup_teardown(a_clock_that_is_moved_is_told_with_a_ring, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
