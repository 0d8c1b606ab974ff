/* Backups that make themselves: when, how many stay, what is never removed, and what is said when they cannot be made.
 */
#include "chotdon/backup.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mem.h"
#include "chotdon/check.h"
#include "chotdon/setting.h"
#include "testdb.h"

static char now_text[DATETIME_SIZE];

static void fixed_clock(void *ctx, const char *time_zone, char now[DATETIME_SIZE]) {
    (void)ctx, (void)time_zone;
    snprintf(now, DATETIME_SIZE, "%s", now_text);
}

static void ok(enum err_code rc, const struct err *e) {
    if (rc != ERR_OK) {
        fail_msg("%s", e->message);
    }
}

struct fixture {
    char *path, *folder;
    struct shop_options options;
    struct shop *shop;
};

static int open_shop(void **state) {
    struct fixture *f = mem_zalloc(sizeof *f);
    struct err e = ERR_INIT;
    snprintf(now_text, sizeof now_text, "2026-11-21 18:05:00");
    f->path = testdb_path("shop.db");
    f->options = (struct shop_options){.path = f->path, .clock = fixed_clock};
    f->folder = backup_folder(&f->options);
    ok(shop_create(&f->options, "VND", &f->shop, &e), &e);
    *state = f;
    return 0;
}

static int remove_shop(void **state) {
    struct fixture *f = *state;
    char *command = mem_printf("chmod -R u+w '%s' 2>/dev/null; rm -rf '%s'", f->folder, f->folder);
    shop_close(&f->shop);
    int rc = system(command);
    free(command);
    testdb_remove(f->path);
    free(f->folder);
    free(f);
    return rc;
}

static void change(struct fixture *f, const char *name) {
    struct err e = ERR_INIT;
    ok(setting_set(f->shop, "shop_name", name, &e), &e);
}

static char *make(struct fixture *f) {
    struct err e = ERR_INIT;
    char *made = NULL;
    ok(backup_auto(f->shop, &f->options, NULL, NULL, &made, &e), &e);
    return made;
}

static void make_at(struct fixture *f, const char *time) {
    snprintf(now_text, sizeof now_text, "%s", time);
    change(f, time);
    char *made = make(f);
    assert_non_null(made);
    free(made);
}

/* Names in the folder, the newest first, joined by blanks. */
static char *names(struct fixture *f) {
    struct backup_files all = {0};
    struct err e = ERR_INIT;
    char *text = mem_strdup("");
    ok(backup_list(&f->options, &all, &e), &e);
    for (size_t i = 0; i < all.count; i++) {
        char *longer = mem_printf("%s%s%s", text, i == 0 ? "" : " ", all.files[i].name);
        free(text);
        text = longer;
    }
    backup_files_clear(&all);
    return text;
}

static void assert_names(struct fixture *f, const char *expected) {
    char *got = names(f);
    assert_string_equal(got, expected);
    free(got);
}

static void one_is_made_when_something_was_written_and_not_again_before_that(void **state) {
    struct fixture *f = *state;
    struct stat st;
    char *made = make(f);
    assert_non_null(strstr(made, "/backups/shop-auto-20261121-180500.db"));
    assert_int_equal(stat(made, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    free(made);
    assert_null(make(f));
    assert_false(backup_is_due(f->shop, &f->options, false));
    change(f, "Khác");
    assert_true(backup_is_due(f->shop, &f->options, false));
    assert_false(backup_is_due(f->shop, &f->options, true)); /* today's is made */
    made = make(f);
    assert_non_null(strstr(made, "shop-auto-20261121-180500-2.db"));
    free(made);
    snprintf(now_text, sizeof now_text, "2026-11-22 08:00:00");
    assert_false(backup_is_due(f->shop, &f->options, true)); /* a day on which nobody works */
    change(f, "Mới");
    assert_true(backup_is_due(f->shop, &f->options, true));
}

static void the_copy_holds_the_books(void **state) {
    struct fixture *f = *state;
    struct shop_options options = f->options;
    struct shop *copy = NULL;
    struct err e = ERR_INIT;
    int64_t found = -1;
    change(f, "Hạnh Phúc");
    char *made = make(f);
    options.path = made;
    ok(shop_open(&options, &copy, &e), &e);
    assert_string_equal(setting_shop_name(copy), "Hạnh Phúc");
    ok(check_books(copy, NULL, NULL, &found, &e), &e);
    assert_int_equal(found, 0);
    shop_close(&copy);
    free(made);
}

static void of_those_beyond_the_number_the_oldest_go(void **state) {
    struct fixture *f = *state;
    struct err e = ERR_INIT;
    ok(setting_set(f->shop, "backups_kept", "2", &e), &e);
    make_at(f, "2026-11-18 18:00:00");
    make_at(f, "2026-11-19 18:00:00");
    make_at(f, "2026-11-20 18:00:00");
    assert_names(f, "shop-auto-20261120-180000.db shop-auto-20261119-180000.db");
}

static void of_a_day_with_several_the_earlier_ones_go_first(void **state) {
    struct fixture *f = *state;
    struct err e = ERR_INIT;
    ok(setting_set(f->shop, "backups_kept", "3", &e), &e);
    make_at(f, "2026-11-19 18:00:00");
    make_at(f, "2026-11-20 18:00:00");
    make_at(f, "2026-11-21 18:00:00");
    make_at(f, "2026-11-21 18:20:00");
    make_at(f, "2026-11-21 18:30:00");
    assert_names(f, "shop-auto-20261121-183000.db shop-auto-20261120-180000.db shop-auto-20261119-180000.db");
}

static void with_a_clock_that_was_put_back_the_fresh_one_stays(void **state) {
    struct fixture *f = *state;
    struct err e = ERR_INIT;
    ok(setting_set(f->shop, "backups_kept", "1", &e), &e);
    make_at(f, "2026-11-21 18:00:00");
    make_at(f, "2025-01-01 00:00:00");
    assert_names(f, "shop-auto-20250101-000000.db");
}

static void write_file(const char *folder, const char *name, const char *text) {
    char *path = mem_printf("%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    free(path);
}

static void assert_there(const char *folder, const char *name, bool there) {
    char *path = mem_printf("%s/%s", folder, name);
    if ((access(path, F_OK) == 0) != there) {
        fail_msg("%s %s", name, there ? "is gone" : "is still there");
    }
    free(path);
}

static void files_that_the_program_did_not_make_are_never_removed(void **state) {
    struct fixture *f = *state;
    struct err e = ERR_INIT;
    ok(setting_set(f->shop, "backups_kept", "1", &e), &e);
    make_at(f, "2026-11-18 18:00:00");
    write_file(f->folder, "shop-auto-20200101-000000.db", "a letter of somebody");
    write_file(f->folder, "shop-20200101-000000.db", "another");
    write_file(f->folder, "shop-auto-notes.db", "notes");
    write_file(f->folder, "other-auto-20200101-000000.db", "another shop's");
    write_file(f->folder, "shop-auto-20261118-180000.db.part", "what a killed program left");
    make_at(f, "2026-11-20 18:00:00");
    assert_there(f->folder, "shop-auto-20261118-180000.db", false);
    assert_there(f->folder, "shop-auto-20261118-180000.db.part", false);
    assert_there(f->folder, "shop-auto-20261120-180000.db", true);
    assert_there(f->folder, "shop-auto-20200101-000000.db", true);
    assert_there(f->folder, "shop-20200101-000000.db", true);
    assert_there(f->folder, "shop-auto-notes.db", true);
    assert_there(f->folder, "other-auto-20200101-000000.db", true);
}

static void zero_makes_none(void **state) {
    struct fixture *f = *state;
    struct err e = ERR_INIT;
    ok(setting_set(f->shop, "backups_kept", "0", &e), &e);
    assert_false(backup_is_due(f->shop, &f->options, false));
    assert_null(make(f));
    snprintf(now_text, sizeof now_text, "2027-11-21 18:05:00");
    assert_null(backup_warning(f->shop, &f->options));
    assert_int_equal(setting_set(f->shop, "backups_kept", "many", &e), ERR_INVALID);
    assert_int_equal(setting_set(f->shop, "backups_kept", "1001", &e), ERR_INVALID);
}

static bool stop(void *ctx, int64_t done, int64_t total) {
    (void)ctx, (void)done, (void)total;
    return false;
}

static void one_that_is_stopped_leaves_nothing_and_is_due_still(void **state) {
    struct fixture *f = *state;
    struct err e = ERR_INIT;
    char *made = NULL;
    assert_int_equal(backup_auto(f->shop, &f->options, stop, NULL, &made, &e), ERR_REFUSED);
    assert_null(made);
    assert_names(f, "");
    assert_there(f->folder, "shop-auto-20261121-180500.db.part", false);
    assert_true(backup_is_due(f->shop, &f->options, false));
}

static void a_folder_that_cannot_be_had_is_told_and_nothing_else_stops(void **state) {
    struct fixture *f = *state;
    struct err e = ERR_INIT;
    char *made = NULL;
    f->options.backup_folder = "/proc/nowhere";
    assert_int_equal(backup_auto(f->shop, &f->options, NULL, NULL, &made, &e), ERR_IO);
    assert_non_null(strstr(e.message, "/proc/nowhere"));
    f->options.backup_folder = "/proc";
    char *warning = backup_warning(f->shop, &f->options);
    assert_non_null(warning);
    free(warning);
    change(f, "Vẫn bán");
}

static void an_old_backup_is_told_of_when_something_was_written_since(void **state) {
    struct fixture *f = *state;
    make_at(f, "2026-11-18 18:00:00");
    snprintf(now_text, sizeof now_text, "2026-11-25 08:00:00");
    assert_null(backup_warning(f->shop, &f->options)); /* nobody worked */
    change(f, "Mới");
    char *warning = backup_warning(f->shop, &f->options);
    assert_non_null(warning);
    assert_non_null(strstr(warning, "7 days old"));
    free(warning);
    free(make(f));
    assert_null(backup_warning(f->shop, &f->options));
}

static void without_any_backup_two_days_are_waited(void **state) {
    struct fixture *f = *state;
    assert_null(backup_warning(f->shop, &f->options));
    snprintf(now_text, sizeof now_text, "2026-11-24 08:00:00");
    char *warning = backup_warning(f->shop, &f->options);
    assert_non_null(warning);
    free(warning);
}

static void a_copy_whose_audit_was_tampered_with_is_not_kept(void **state) {
    struct fixture *f = *state;
    struct err e = ERR_INIT;
    char *made = NULL;
    testdb_script(shop_db(f->shop), "UPDATE audit SET staff = 'X' WHERE id = 1");
    assert_int_equal(backup_auto(f->shop, &f->options, NULL, NULL, &made, &e), ERR_DB);
    assert_names(f, "");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_shop, remove_shop)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(one_is_made_when_something_was_written_and_not_again_before_that),
        TEST(the_copy_holds_the_books),
        TEST(of_those_beyond_the_number_the_oldest_go),
        TEST(of_a_day_with_several_the_earlier_ones_go_first),
        TEST(with_a_clock_that_was_put_back_the_fresh_one_stays),
        TEST(files_that_the_program_did_not_make_are_never_removed),
        TEST(zero_makes_none),
        TEST(one_that_is_stopped_leaves_nothing_and_is_due_still),
        TEST(a_folder_that_cannot_be_had_is_told_and_nothing_else_stops),
        TEST(an_old_backup_is_told_of_when_something_was_written_since),
        TEST(without_any_backup_two_days_are_waited),
        TEST(a_copy_whose_audit_was_tampered_with_is_not_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
