/* A file full of hostile texts: no screen, popup, palette or status line brings them to the terminal as they are, and
 * no key brings the program down. Columns come from the schema, screens from their table: new ones come along. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mem.h"
#include "chotdon/check.h"
#include "hostile.h"
#include "random.h"
#include "screen_test.h"
#include "testdb.h"
#include "tui/app.h"
#include "tui/screens/screens.h"

struct fixture {
    char *path;
    struct shop_options options;
    struct shop *shop;
    struct config *config;
    char *programs;      /* PATH as it was */
    char *home;          /* the folder that the test was started in */
    const char *walking; /* the screen, for messages */
    const char *key;
};

static void fixed_clock(void *ctx, const char *time_zone, char now[DATETIME_SIZE]) {
    (void)ctx;
    (void)time_zone;
    memcpy(now, "2026-11-21 14:05:00", DATETIME_SIZE);
}

static void make(struct fixture *f, const char *args) {
    int status = 0;
    size_t len = 0;
    char *program = hostile_program();
    char *line = mem_printf("-d '%s' --now '2026-11-21 14:05' %s", f->path, args);
    char *out = hostile_run(program, line, &status, &len);
    if (status != 0) {
        fail_msg("%s", out);
    }
    free(out);
    free(line);
    free(program);
}

static int setup(void **state) {
    struct fixture *f = mem_zalloc(sizeof *f);
    f->path = testdb_path("shop.db");
    f->programs = mem_strdup(getenv("PATH"));
    f->home = getcwd(NULL, 0);
    f->options = (struct shop_options){.path = f->path, .clock = fixed_clock};
    make(f, "init --sample");
    assert_int_equal(config_load(NULL, &f->config, NULL), ERR_OK);
    char *folder = mem_strndup(f->path, strlen(f->path) - strlen("/shop.db"));
    assert_int_equal(chdir(folder), 0);
    setenv("HOME", folder, 1);
    free(folder);
    *state = f;
    return 0;
}

static int teardown(void **state) {
    struct fixture *f = *state;
    shop_close(&f->shop);
    setenv("PATH", f->programs, 1);
    assert_int_equal(chdir(f->home), 0);
    testdb_remove(f->path);
    config_free(f->config);
    free(f->programs);
    free(f->home);
    free(f);
    return 0;
}

static void open_it(struct fixture *f) {
    struct err e = ERR_INIT;
    if (shop_open(&f->options, &f->shop, &e) != ERR_OK) {
        fail_msg("%s", e.message);
    }
    setenv("PATH", "/nonexistent", 1); /* what a screen would start is not there */
}

static void look(struct fixture *f, struct screen_test *t) {
    const char *text = screen_test_text(t);
    const char *bad = hostile_find(text, t->text.len, 6);
    if (bad != NULL) {
        fail_msg("%s after %s shows \\x%02x:\n%s", f->walking, f->key, (unsigned char)*bad, text);
    }
}

static void press(struct fixture *f, struct screen_test *t, const char *key) {
    f->key = key;
    screen_test_type(t, key);
    look(f, t);
}

static const char *const keys[] = {
    "<Enter>", "<Down>", "<Enter>",  "<Esc>",  "<Right>", "<Enter>", "<Esc>",    "<Tab>", "<Enter>", "<Esc>",
    "<F1>",    "<Esc>",  "<F2>",     "<Esc>",  "<F3>",    "<Esc>",   "<F4>",     "<Esc>", "<F5>",    "<Esc>",
    "<F6>",    "<Esc>",  "<F7>",     "<Esc>",  "<F8>",    "<Esc>",   "<F9>",     "<Esc>", "<F10>",   "<Esc>",
    "<F11>",   "<F12>",  "<Ctrl-P>", "a",      "n",       "<Down>",  "<Esc>",    "a",     "<Esc>",   "b",
    "<Esc>",   "c",      "<Esc>",    "d",      "<Esc>",   "e",       "<Esc>",    "f",     "<Esc>",   "g",
    "i",       "<Esc>",  "k",        "l",      "m",       "<Esc>",   "n",        "<Esc>", "o",       "<Esc>",
    "p",       "<Esc>",  "r",        "<Esc>",  "s",       "t",       "<Esc>",    "u",     "v",       "<Esc>",
    "w",       "<Esc>",  "x",        "<Esc>",  "z",       "<Esc>",   "/",        "h",     "<Enter>", "<Esc>",
    "<Space>", "<PgDn>", "<End>",    "<Home>", "<Del>",   "<Esc>",   "<Insert>", "<Esc>"};

static void walk(struct fixture *f, const struct screen_entry *screens, size_t count, size_t which, int width,
                 int height) {
    struct app_options options = {.first = screens[which].ops->name, .shop_options = &f->options, .config = f->config};
    options.provider_count = screens_providers(&options.providers);
    struct screen_test *t = screen_test_new(screens, count, f->shop, width, height, &options);
    f->walking = options.first;
    f->key = "opening";
    look(f, t);
    for (size_t i = 0; i < sizeof keys / sizeof *keys && !app_ended(t->app); i++) {
        press(f, t, keys[i]);
    }
    f->key = "a paste";
    screen_test_paste(t, hostile_text);
    look(f, t);
    press(f, t, "<Enter>");
    f->shop = app_shop(t->app);
    screen_test_free(t);
}

static void walk_all(struct fixture *f, int width, int height) {
    const struct screen_entry *screens = NULL;
    size_t count = screens_all(&screens);
    for (size_t i = 0; i < count; i++) {
        walk(f, screens, count, i, width, height);
    }
}

static void hostile_words_never_reach_the_screen(void **state) {
    struct fixture *f = *state;
    hostile_fill(f->path, HOSTILE_WORDS);
    open_it(f);
    walk_all(f, 100, 30);
}

static void words_and_numbers_out_of_all_bounds_do_no_harm(void **state) {
    struct fixture *f = *state;
    hostile_fill(f->path, HOSTILE_NUMBERS);
    hostile_fill(f->path, HOSTILE_ALL);
    open_it(f);
    walk_all(f, 200, 24);
}

static void long_texts_fit_the_screen(void **state) {
    struct fixture *f = *state;
    hostile_fill(f->path, HOSTILE_LONG);
    open_it(f);
    walk_all(f, 80, 24);
}

static void print_finding(void *ctx, const char *finding) {
    (void)ctx;
    print_error("%s\n", finding);
}

static void random_keys_leave_the_books_right(void **state) {
    static const char *const more[] = {"<Enter>", "<Enter>",  "<Down>",  "<Up>",    "<Left>",      "<Right>",
                                       "<Esc>",   "<Tab>",    "<F2>",    "<F5>",    "<F8>",        "<F9>",
                                       "<Alt-1>", "<Alt-2>",  "<Alt-4>", "<Alt-5>", "<Alt-6>",     "<Alt-7>",
                                       "<Alt-0>", "<Ctrl-P>", "<Space>", "<Del>",   "<Backspace>", "y"};
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789*@-=+/.% ";
    struct fixture *f = *state;
    struct random r = RANDOM_INIT;
    const struct screen_entry *screens = NULL;
    size_t count = screens_all(&screens);
    open_it(f);
    struct app_options options = {.shop_options = &f->options, .config = f->config};
    options.provider_count = screens_providers(&options.providers);
    struct screen_test *t = screen_test_new(screens, count, f->shop, 80, 24, &options);
    f->walking = "anywhere";
    for (int i = 0; i < 3000 && !app_ended(t->app); i++) {
        char one[2] = {letters[random_between(&r, 0, (int64_t)sizeof letters - 2)], '\0'};
        bool named = random_between(&r, 0, 2) > 0;
        press(f, t, named ? more[random_between(&r, 0, (int64_t)(sizeof more / sizeof *more) - 1)] : one);
        if (i % 100 == 99) {
            screen_test_resize(t, (int)random_between(&r, 1, 250), (int)random_between(&r, 1, 80));
            look(f, t);
        }
    }
    f->shop = app_shop(t->app);
    screen_test_free(t);
    int64_t found = 0;
    assert_int_equal(check_books(f->shop, print_finding, NULL, &found, NULL), ERR_OK);
    assert_int_equal(found, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        T(hostile_words_never_reach_the_screen),
        T(words_and_numbers_out_of_all_bounds_do_no_harm),
        T(long_texts_fit_the_screen),
        T(random_keys_leave_the_books_right),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
