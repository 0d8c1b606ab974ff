#include "chotdon/check.h"

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
#include "chotdon/setting.h"
#include "testdb.h"

static void ok(enum err_code rc, const struct err *e) {
    if (rc != ERR_OK) {
        fail_msg("%s", e->message);
    }
}

static void noon(void *ctx, const char *time_zone, char now[DATETIME_SIZE]) {
    (void)ctx, (void)time_zone;
    snprintf(now, DATETIME_SIZE, "2026-11-21 12:00:00");
}

/* A shop named "before" with a backup of it beside, and then named "after". */
struct files {
    char *path, *copy;
    struct shop_options options;
};

static struct shop *open_shop(const struct files *f) {
    struct shop *shop = NULL;
    struct err e = ERR_INIT;
    ok(shop_open(&f->options, &shop, &e), &e);
    return shop;
}

static void rename_shop(struct shop *shop, const char *name) {
    struct err e = ERR_INIT;
    ok(setting_set(shop, "shop_name", name, &e), &e);
}

static int make_files(void **state) {
    struct files *f = mem_zalloc(sizeof *f);
    struct shop *shop = NULL;
    struct err e = ERR_INIT;
    f->path = testdb_path("shop.db");
    f->copy = mem_printf("%s.copy", f->path);
    f->options = (struct shop_options){.path = f->path, .clock = noon};
    ok(shop_create(&f->options, "VND", &shop, &e), &e);
    rename_shop(shop, "before");
    ok(backup_make(shop, f->copy, &e), &e);
    rename_shop(shop, "after");
    shop_close(&shop);
    *state = f;
    return 0;
}

static int remove_files(void **state) {
    struct files *f = *state;
    char *command = mem_printf("rm -f '%s'*", f->path);
    assert_int_equal(system(command), 0);
    free(command);
    testdb_remove(f->path);
    free(f->copy);
    free(f);
    return 0;
}

static void assert_named(const struct files *f, const char *path, const char *name) {
    struct files other = {.options = f->options};
    other.options.path = path;
    struct shop *shop = open_shop(&other);
    assert_string_equal(setting_shop_name(shop), name);
    shop_close(&shop);
}

static void a_backup_never_writes_over_a_file(void **state) {
    struct files *f = *state;
    struct err e = ERR_INIT;
    struct shop *shop = open_shop(f);
    assert_int_equal(backup_make(shop, f->copy, &e), ERR_CONFLICT);
    assert_int_equal(testdb_int(shop_db(shop), "SELECT COUNT(*) FROM audit WHERE action = 'shop.backup'"), 1);
    shop_close(&shop);
}

static void restoring_brings_the_copy_back_and_keeps_the_file(void **state) {
    struct files *f = *state;
    struct err e = ERR_INIT;
    char *kept = NULL;
    ok(backup_restore(&f->options, f->copy, &kept, &e), &e);
    assert_non_null(kept);
    assert_non_null(strstr(kept, ".replaced-20261121-120000"));
    assert_named(f, f->path, "before");
    assert_named(f, kept, "after");
    assert_named(f, f->copy, "before"); /* it stays as it is */
    free(kept);
    struct shop *shop = open_shop(f);
    assert_int_equal(testdb_int(shop_db(shop), "SELECT COUNT(*) FROM audit WHERE action = 'shop.restore'"), 1);
    shop_close(&shop);
    ok(backup_restore(&f->options, f->copy, &kept, &e), &e); /* within the same second too */
    assert_non_null(strstr(kept, "-120000-2"));
    free(kept);
}

static void restoring_works_where_no_file_is(void **state) {
    struct files *f = *state;
    struct err e = ERR_INIT;
    char *kept = NULL;
    unlink(f->path);
    ok(backup_restore(&f->options, f->copy, &kept, &e), &e);
    assert_null(kept);
    assert_named(f, f->path, "before");
}

static void a_copy_that_fails_the_check_is_refused(void **state) {
    struct files *f = *state;
    struct err e = ERR_INIT;
    char *kept = NULL;
    struct db *db = testdb_reopen(f->copy);
    testdb_script(db, "UPDATE audit SET action = 'nothing' WHERE id = 1");
    db_close(&db);
    assert_int_equal(backup_restore(&f->options, f->copy, &kept, &e), ERR_REFUSED);
    assert_non_null(strstr(e.message, "audit log"));
    assert_null(kept);
    assert_named(f, f->path, "after");
}

static void what_is_no_shop_is_refused(void **state) {
    struct files *f = *state;
    struct err e = ERR_INIT;
    char *kept = NULL;
    char *missing = mem_printf("%s.missing", f->path);
    assert_int_equal(backup_restore(&f->options, missing, &kept, &e), ERR_NOT_FOUND);
    FILE *file = fopen(missing, "w");
    fputs("this is a letter, not a database, and quite a long one at that", file);
    fclose(file);
    assert_int_not_equal(backup_restore(&f->options, missing, &kept, &e), ERR_OK);
    assert_named(f, f->path, "after");
    free(missing);
}

static void a_shop_that_others_have_open_is_not_replaced(void **state) {
    struct files *f = *state;
    struct err e = ERR_INIT;
    char *kept = NULL;
    struct shop *other = open_shop(f);
    assert_string_equal(setting_shop_name(other), "after");
    assert_int_equal(backup_restore(&f->options, f->copy, &kept, &e), ERR_BUSY);
    rename_shop(other, "later"); /* and it goes on working */
    shop_close(&other);
    assert_named(f, f->path, "later");
    ok(backup_restore(&f->options, f->copy, &kept, &e), &e);
    free(kept);
    assert_named(f, f->path, "before");
}

static void a_damaged_file_can_be_replaced(void **state) {
    struct files *f = *state;
    struct err e = ERR_INIT;
    char *kept = NULL;
    FILE *file = fopen(f->path, "r+");
    fputs("overwritten by something else entirely", file);
    fclose(file);
    ok(backup_restore(&f->options, f->copy, &kept, &e), &e);
    assert_named(f, f->path, "before");
    assert_int_equal(access(kept, F_OK), 0);
    free(kept);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_backup_never_writes_over_a_file, make_files, remove_files),
        cmocka_unit_test_setup_teardown(restoring_brings_the_copy_back_and_keeps_the_file, make_files, remove_files),
        cmocka_unit_test_setup_teardown(restoring_works_where_no_file_is, make_files, remove_files),
        cmocka_unit_test_setup_teardown(a_copy_that_fails_the_check_is_refused, make_files, remove_files),
        cmocka_unit_test_setup_teardown(what_is_no_shop_is_refused, make_files, remove_files),
        cmocka_unit_test_setup_teardown(a_shop_that_others_have_open_is_not_replaced, make_files, remove_files),
        cmocka_unit_test_setup_teardown(a_damaged_file_can_be_replaced, make_files, remove_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
