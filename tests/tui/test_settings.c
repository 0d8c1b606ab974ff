/* Settings: the list of its pages, and the shop's settings with their choices in plain words. */
#include "tui/screens/settings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "chotdon/channel.h"
#include "chotdon/setting.h"
#include "screen_test.h"
#include "testshop.h"
#include "tui/screens/settings_shop.h"

struct fixture {
    struct shop *shop;
    struct screen_test *t;
};

static int setup_at(void **state, int width, int height) {
    static const struct screen_entry screens[] = {{&screen_settings, 0}, {&screen_settings_shop, -1}};
    struct fixture *f = mem_zalloc(sizeof *f);
    f->shop = testshop_open();
    f->t = screen_test_new(screens, sizeof screens / sizeof *screens, f->shop, width, height, NULL);
    *state = f;
    return 0;
}

static int setup(void **state) {
    return setup_at(state, 80, 24);
}

static int setup_wide(void **state) {
    return setup_at(state, 160, 50);
}

static int teardown(void **state) {
    struct fixture *f = *state;
    screen_test_free(f->t);
    testshop_close(&f->shop);
    free(f);
    return 0;
}

static const char *value(struct fixture *f, const char *key) {
    const char *out = "";
    assert_int_equal(setting_get(f->shop, key, &out, NULL), ERR_OK);
    return out;
}

/* Goes to a setting by its key; the shop's page is open. */
static void go_to(struct fixture *f, const char *key) {
    int row = 0;
    while (strcmp(setting_info(row)->key, key) != 0) {
        row++;
    }
    screen_test_type(f->t, "<Home>");
    for (int i = 0; i < row; i++) {
        screen_test_type(f->t, "<Down>");
    }
}

static void pages_are_listed_and_open_with_enter(void **state) {
    struct fixture *f = *state;
    assert_true(screen_test_shows(f->t, "Shop settings"));
    screen_test_type(f->t, "<Enter>");
    assert_true(screen_test_shows(f->t, "stock_policy"));
    screen_test_type(f->t, "<Esc>");
    assert_true(screen_test_shows(f->t, "What for"));
}

static void a_choice_is_made_in_plain_words_and_taken_back(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "<Enter>");
    go_to(f, "stock_policy");
    screen_test_type(f->t, "<Enter>");
    assert_true(screen_test_shows(f->t, "not allowed"));
    screen_test_type(f->t, "3");
    assert_string_equal(value(f, "stock_policy"), "block");
    assert_true(screen_test_shows(f->t, "not allowed"));
    screen_test_type(f->t, "u");
    assert_string_equal(value(f, "stock_policy"), "warn");
}

static void a_text_is_typed_and_a_wrong_one_keeps_the_prompt(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "<Enter><Enter>Tạp hoá Hạnh Phúc<Enter>");
    assert_string_equal(value(f, "shop_name"), "Tạp hoá Hạnh Phúc");
    go_to(f, "vat_default_pct");
    screen_test_type(f->t, "<Enter><Ctrl-U>abc<Enter>");
    assert_true(screen_test_shows(f->t, "abc"));
    assert_string_equal(value(f, "vat_default_pct"), "0");
    screen_test_type(f->t, "<Ctrl-U>8<Enter>");
    assert_string_equal(value(f, "vat_default_pct"), "8");
}

static void working_days_are_read_as_they_are_shown(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "<Enter>");
    go_to(f, "working_days");
    assert_true(screen_test_shows(f->t, "Mon,Tue,Wed,Thu,Fri,Sat"));
    screen_test_type(f->t, "e,Sun<Enter>");
    assert_true(screen_test_shows(f->t, "Mon,Tue,Wed,Thu,Fri,Sat,Sun"));
    assert_true(setting_is_working_day(f->shop, "2026-11-22"));
}

static void currency_is_refused_with_the_reason(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "<Enter>");
    go_to(f, "currency");
    screen_test_type(f->t, "<Enter>");
    assert_true(screen_test_shows(f->t, "fixed when the shop is made"));
}

static void counter_channel_is_one_that_is_there(void **state) {
    struct fixture *f = *state;
    int64_t id = 0;
    assert_int_equal(channel_make(f->shop, "Tại quầy", &id, NULL, NULL), ERR_OK);
    screen_test_type(f->t, "<Enter>");
    go_to(f, "counter_channel");
    screen_test_type(f->t, "<Enter>quay<Enter>");
    assert_string_equal(value(f, "counter_channel"), "Tại quầy");
}

static void it_looks_like_this(void **state) {
    struct fixture *f = *state;
    screen_test_golden(f->t, "tui/settings");
    screen_test_type(f->t, "<Enter>");
    go_to(f, "recognise");
    screen_test_golden(f->t, "tui/settings-shop");
    screen_test_type(f->t, "<Enter>");
    screen_test_golden(f->t, "tui/settings-choice");
}

static void it_looks_like_this_wide(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "<Enter>");
    go_to(f, "vat_mode");
    screen_test_golden(f->t, "tui/settings-shop-wide");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(pages_are_listed_and_open_with_enter, setup, teardown),
        cmocka_unit_test_setup_teardown(a_choice_is_made_in_plain_words_and_taken_back, setup, teardown),
        cmocka_unit_test_setup_teardown(a_text_is_typed_and_a_wrong_one_keeps_the_prompt, setup, teardown),
        cmocka_unit_test_setup_teardown(working_days_are_read_as_they_are_shown, setup, teardown),
        cmocka_unit_test_setup_teardown(currency_is_refused_with_the_reason, setup, teardown),
        cmocka_unit_test_setup_teardown(counter_channel_is_one_that_is_there, setup, teardown),
        cmocka_unit_test_setup_teardown(it_looks_like_this, setup, teardown),
        cmocka_unit_test_setup_teardown(it_looks_like_this_wide, setup_wide, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
