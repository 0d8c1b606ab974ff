/* Settings › Backups: a copy is made, listed and put back; other screens forget the shop that was replaced. */
#include "tui/screens/settings_backups.h"

#include <glob.h>
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
#include "chotdon/shop.h"
#include "screen_test.h"
#include "tui/screens/settings_channels.h"
#include "tui/screens/settings_machine.h"

struct fixture {
    struct shop_options options;
    struct screen_test *t;
    char folder[32];
    char path[64];
};

static void clock_now(void *ctx, const char *time_zone, char now[DATETIME_SIZE]) {
    (void)ctx;
    (void)time_zone;
    strcpy(now, "2026-11-21 14:05:00");
}

static int setup(void **state) {
    static const struct screen_entry screens[] = {
        {&screen_settings_backups, -1}, {&screen_settings_channels, 2}, {&screen_settings_machine, 3}};
    struct fixture *f = mem_zalloc(sizeof *f);
    struct shop *shop = NULL;
    struct err e = ERR_INIT;
    strcpy(f->folder, "/tmp/backups-XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    snprintf(f->path, sizeof f->path, "%s/shop.db", f->folder);
    f->options = (struct shop_options){.path = f->path, .clock = clock_now};
    if (shop_create(&f->options, "VND", &shop, &e) != ERR_OK) {
        fail_msg("%s", e.message);
    }
    struct app_options o = {.shop_options = &f->options};
    f->t = screen_test_new(screens, 3, shop, 80, 24, &o);
    *state = f;
    return 0;
}

static int teardown(void **state) {
    struct fixture *f = *state;
    struct shop *shop = app_shop(f->t->app);
    char *command = mem_printf("rm -r %s", f->folder);
    screen_test_free(f->t);
    shop_close(&shop);
    int rc = system(command);
    free(command);
    free(f);
    return rc;
}

static bool has_channel(struct fixture *f, const char *name) {
    int64_t id = 0;
    return channel_find(app_shop(f->t->app), name, &id, NULL) == ERR_OK;
}

static void copy_is_made_and_put_back(void **state) {
    struct fixture *f = *state;
    assert_int_equal(channel_add(app_shop(f->t->app), "Trước", NULL), ERR_OK);
    screen_test_type(f->t, "n<Enter>");
    assert_true(screen_test_shows(f->t, "shop-20261121-140500.db"));
    assert_true(screen_test_shows(f->t, "A verified copy is in"));
    screen_test_type(f->t, "<Alt-2>nSau<Enter><Esc>");
    assert_true(has_channel(f, "Sau"));
    screen_test_type(f->t, "r");
    assert_true(screen_test_shows(f->t, "Put shop-20261121-140500.db"));
    screen_test_type(f->t, "n");
    assert_true(has_channel(f, "Sau"));
    screen_test_type(f->t, "ry");
    assert_true(screen_test_shows(f->t, "The copy is in place"));
    assert_true(screen_test_shows(f->t, "shop.db.replaced-20261121-140500"));
    assert_true(has_channel(f, "Trước"));
    assert_false(has_channel(f, "Sau"));
    screen_test_type(f->t, "<Alt-2>");
    assert_true(screen_test_shows(f->t, "Trước"));
    assert_false(screen_test_shows(f->t, "Sau"));
    screen_test_type(f->t, "u");
    assert_true(screen_test_shows(f->t, "Nothing to undo"));
}

static void damaged_copy_leaves_the_shop_as_it_is(void **state) {
    struct fixture *f = *state;
    char *path = mem_printf("%s/backups/shop-0.db", f->folder);
    assert_int_equal(backup_folder_make(&f->options, NULL), ERR_OK);
    FILE *file = fopen(path, "w");
    fputs("no database at all", file);
    fclose(file);
    assert_int_equal(channel_add(app_shop(f->t->app), "Ở đây", NULL), ERR_OK);
    app_reload(f->t->app);
    screen_test_type(f->t, "<Down><Up>r");
    screen_test_type(f->t, "y");
    assert_true(screen_test_shows(f->t, "Not put back"));
    screen_test_type(f->t, "<Esc>");
    assert_true(has_channel(f, "Ở đây"));
    free(path);
}

/* Esc is there already when the bar first looks for it. */
static void stop_at_once(struct fixture *f) {
    struct key esc = {.kind = K_ESC};
    fake_terminal_push(&f->t->terminal, &esc);
    f->t->terminal.step = 1000;
}

static void go_on_at_a_persons_pace(struct fixture *f) {
    f->t->terminal.step = 0;
    f->t->terminal.first = f->t->terminal.last;
}

static size_t files_of(const struct fixture *f, const char *pattern) {
    glob_t found = {0};
    char *name = mem_printf("%s%s", f->path, pattern);
    glob(name, 0, NULL, &found);
    size_t n = found.gl_pathc;
    globfree(&found);
    free(name);
    return n;
}

static void esc_stops_putting_back_and_everything_is_as_it_was(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "n<Enter>");
    assert_int_equal(channel_add(app_shop(f->t->app), "Sau", NULL), ERR_OK);
    const struct shop *shop = app_shop(f->t->app);
    screen_test_type(f->t, "r");
    stop_at_once(f);
    screen_test_type(f->t, "y");
    go_on_at_a_persons_pace(f);
    assert_true(screen_test_shows(f->t, "Not put back"));
    assert_true(screen_test_shows(f->t, "stopped"));
    assert_ptr_equal(app_shop(f->t->app), shop); /* was never closed */
    assert_true(has_channel(f, "Sau"));
    assert_int_equal(files_of(f, ".replaced-*"), 0);
    assert_int_equal(files_of(f, ".restoring*"), 0);
    screen_test_type(f->t, "<Esc>ry");
    assert_true(screen_test_shows(f->t, "The copy is in place"));
    assert_false(has_channel(f, "Sau"));
}

static void putting_back_shows_how_far_it_is(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "n<Enter>");
    int blits = f->t->terminal.blits;
    f->t->terminal.step = 1000;
    screen_test_type(f->t, "ry");
    go_on_at_a_persons_pace(f);
    assert_true(f->t->terminal.blits > blits + 4);
    assert_true(screen_test_shows(f->t, "The copy is in place"));
}

static void esc_stops_a_copy_and_leaves_nothing_of_it(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "n");
    stop_at_once(f);
    screen_test_type(f->t, "<Enter>");
    go_on_at_a_persons_pace(f);
    assert_true(screen_test_shows(f->t, "stopped"));
    screen_test_type(f->t, "<Esc>");
    assert_true(screen_test_shows(f->t, "No copy here yet"));
    screen_test_type(f->t, "n<Enter>");
    assert_true(screen_test_shows(f->t, "A verified copy is in"));
}

static void the_books_are_proven_on_screen_and_findings_are_named(void **state) {
    struct fixture *f = *state;
    assert_int_equal(channel_add(app_shop(f->t->app), "Chợ", NULL), ERR_OK);
    screen_test_type(f->t, "c");
    assert_true(screen_test_shows(f->t, "The file and the books hold"));
    stop_at_once(f);
    screen_test_type(f->t, "c");
    go_on_at_a_persons_pace(f);
    assert_true(screen_test_shows(f->t, "stopped"));
    char *command = mem_printf("sqlite3 %s \"UPDATE channels SET name = 'Khác' WHERE name = 'Chợ'\"", f->path);
    assert_int_equal(system(command), 0);
    free(command);
    screen_test_type(f->t, "c");
    assert_true(screen_test_shows(f->t, "The books do not hold"));
    assert_true(screen_test_shows(f->t, "channels"));
}

static void a_longer_chain_anchored_outside_is_a_warning(void **state) {
    struct fixture *f = *state;
    char *command = mem_printf("printf '2026-11-21 14:05:00 00000000000000000099 %%064d\\n' 7 >>%s.anchors", f->path);
    assert_int_equal(system(command), 0);
    free(command);
    screen_test_type(f->t, "c");
    assert_true(screen_test_shows(f->t, "The file and the books hold"));
    assert_true(screen_test_shows(f->t, "anchored outside"));
}

static void name_that_is_taken_keeps_the_prompt(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "n<Enter>n<Enter>");
    assert_true(screen_test_shows(f->t, "Make a verified copy"));
}

static void machine_shows_its_keys_and_where_to_change_them(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "<Alt-3><Down><Down>");
    assert_true(screen_test_shows(f->t, "theme"));
    assert_true(screen_test_shows(f->t, "Colours for a dark or a light terminal"));
    screen_test_type(f->t, "<Enter>");
    assert_true(screen_test_shows(f->t, "changed in the file"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(copy_is_made_and_put_back, setup, teardown),
        cmocka_unit_test_setup_teardown(damaged_copy_leaves_the_shop_as_it_is, setup, teardown),
        cmocka_unit_test_setup_teardown(esc_stops_putting_back_and_everything_is_as_it_was, setup, teardown),
        cmocka_unit_test_setup_teardown(putting_back_shows_how_far_it_is, setup, teardown),
        cmocka_unit_test_setup_teardown(esc_stops_a_copy_and_leaves_nothing_of_it, setup, teardown),
        cmocka_unit_test_setup_teardown(the_books_are_proven_on_screen_and_findings_are_named, setup, teardown),
        cmocka_unit_test_setup_teardown(a_longer_chain_anchored_outside_is_a_warning, setup, teardown),
        cmocka_unit_test_setup_teardown(name_that_is_taken_keeps_the_prompt, setup, teardown),
        cmocka_unit_test_setup_teardown(machine_shows_its_keys_and_where_to_change_them, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
