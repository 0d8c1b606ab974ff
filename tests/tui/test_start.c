/* First run: a shop is made from nothing, and the program goes on to Sell. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "chotdon/setting.h"
#include "screen_test.h"
#include "tui/screens/screens.h"

static char language[8];

static void set_language(const char *lang) {
    strcpy(language, lang);
}

static void clock_now(void *ctx, const char *time_zone, char now[DATETIME_SIZE]) {
    (void)ctx;
    (void)time_zone;
    strcpy(now, "2026-11-21 14:05:00");
}

static struct screen_test *begin(struct shop_options *options) {
    const struct screen_entry *screens;
    size_t count = screens_all(&screens);
    *options = (struct shop_options){.path = ":memory:", .clock = clock_now};
    struct app_options o = {.shop_options = options, .set_language = set_language, .first = "start"};
    language[0] = '\0';
    return screen_test_new(screens, count, NULL, 80, 24, &o);
}

static void end(struct screen_test *t) {
    struct shop *shop = app_shop(t->app);
    screen_test_free(t);
    shop_close(&shop);
}

static void a_name_and_enter_make_a_shop_and_open_sell(void **state) {
    struct shop_options options;
    struct screen_test *t = begin(&options);
    (void)state;
    screen_test_golden(t, "tui/start");
    screen_test_type(t, "Tạp hoá Hạnh Phúc<Enter>");
    assert_true(screen_test_shows(t, "The shop is ready"));
    assert_true(screen_test_shows(t, "TO PAY"));
    assert_non_null(app_shop(t->app));
    assert_string_equal(setting_shop_name(app_shop(t->app)), "Tạp hoá Hạnh Phúc");
    screen_test_type(t, "<Esc>"); /* nothing behind it */
    assert_true(screen_test_shows(t, "TO PAY"));
    end(t);
}

static void mistakes_are_said_and_nothing_is_made(void **state) {
    struct shop_options options;
    struct screen_test *t = begin(&options);
    (void)state;
    screen_test_type(t, "<Enter>");
    assert_null(app_shop(t->app));
    assert_true(screen_test_shows(t, "The shop's name"));
    screen_test_type(t, "Quán A<Tab><Tab><Ctrl-U>XXQ<Enter>");
    assert_null(app_shop(t->app));
    assert_true(screen_test_shows(t, "“XXQ” is no currency code"));
    screen_test_type(t, "<Alt-5><Ctrl-P><F10><Esc>"); /* no other screen yet */
    assert_true(screen_test_shows(t, "Quán A"));
    screen_test_type(t, "<Ctrl-U>GBP<Enter>");
    assert_non_null(app_shop(t->app));
    assert_string_equal(shop_currency(app_shop(t->app))->code, "GBP");
    end(t);
}

static void the_language_switches_at_once(void **state) {
    struct shop_options options;
    struct screen_test *t = begin(&options);
    (void)state;
    screen_test_type(t, "<Shift-Tab><Left>");
    assert_string_equal(language, "vi");
    screen_test_type(t, "<Right>");
    assert_string_equal(language, "en");
    end(t);
}

static void the_sample_shop_is_filled_and_sells_at_once(void **state) {
    struct shop_options options;
    struct screen_test *t = begin(&options);
    const char *name = NULL;
    (void)state;
    screen_test_type(t, "Mẫu<Tab><Right><Enter>");
    assert_true(screen_test_shows(t, "The sample shop is ready"));
    assert_int_equal(setting_get(app_shop(t->app), "language", &name, NULL), ERR_OK);
    assert_string_equal(name, "en");
    screen_test_type(t, "ao thun<Enter>");
    screen_test_type(t, "<F8>");
    assert_true(screen_test_shows(t, "DH261121-"));
    end(t);
}

static void files_can_be_imported_at_once(void **state) {
    struct shop_options options;
    struct screen_test *t = begin(&options);
    (void)state;
    screen_test_type(t, "Quán A<Tab><Right><Right><Enter>");
    assert_true(screen_test_shows(t, "Import"));
    assert_true(screen_test_shows(t, "Choose a file"));
    screen_test_type(t, "tests/data/import/goods.csv<Enter><F9><F9>");
    assert_true(screen_test_shows(t, "Imported as number 1"));
    screen_test_type(t, "<Esc>ao<Enter>");
    assert_true(screen_test_shows(t, "TO PAY"));
    assert_true(screen_test_shows(t, "Áo thun"));
    end(t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_and_enter_make_a_shop_and_open_sell),
        cmocka_unit_test(mistakes_are_said_and_nothing_is_made),
        cmocka_unit_test(the_language_switches_at_once),
        cmocka_unit_test(files_can_be_imported_at_once),
        cmocka_unit_test(the_sample_shop_is_filled_and_sells_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
