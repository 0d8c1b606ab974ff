/* The schema's history and the check of what a file says it is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/driver.h"
#include "testdb.h"

static const char history[] = "-- A comment, not a heading: -- migration 0009: nothing\n"
                              "-- migration 0001: first\n"
                              "CREATE TABLE a(x INTEGER);\n"
                              "-- migration 0002: second; with a 'quote\n"
                              "ALTER TABLE a ADD COLUMN y INTEGER;\n"
                              "INSERT INTO a(x, y) VALUES(1, 2);\n"
                              "-- migration 0003: broken half way\n"
                              "CREATE TABLE b(x INTEGER);\n"
                              "CREATE TABLE a(x INTEGER);\n";

static void test_blocks_are_counted_at_line_starts(void **state) {
    (void)state;
    assert_int_equal(migrate_newest_in(history), 3);
    assert_int_equal(migrate_newest_in(""), 0);
    assert_int_equal(migrate_newest_in("-- nothing\n"), 0);
}

static void test_the_programs_blocks_are_numbered_without_gaps(void **state) {
    (void)state;
    FILE *f = fopen("schema.sql", "r");
    assert_non_null(f);
    char line[512];
    int expected = 1;
    while (fgets(line, sizeof line, f) != NULL) {
        int number = 0;
        if (sscanf(line, "-- migration %4d:", &number) == 1) {
            assert_int_equal(number, expected);
            expected++;
        }
    }
    fclose(f);
    assert_int_equal(db_schema_newest(), expected - 1);
    assert_true(expected > 1);
}

static void test_blocks_run_from_where_the_file_stands(void **state) {
    (void)state;
    struct db_conn *c = NULL;
    int version = -1;
    struct err e = ERR_INIT;
    const struct db_options options = {.path = ":memory:"};
    assert_int_equal(db_sqlite.open(&options, &c, &version, &e), ERR_OK);
    assert_int_equal(version, 0);
    assert_int_equal(migrate_run_in(c, history, 0, 1, &e), ERR_OK);
    assert_int_equal(c->driver->exec(c, "INSERT INTO a(y) VALUES(1)", &e), ERR_DB);
    assert_int_equal(migrate_run_in(c, history, 1, 2, &e), ERR_OK);
    assert_int_equal(c->driver->exec(c, "INSERT INTO a(y) VALUES(1)", &e), ERR_OK);
    assert_int_equal(migrate_run_in(c, history, 2, 2, &e), ERR_OK);
    c->driver->close(c);
}

static void test_a_block_that_fails_leaves_nothing_behind(void **state) {
    (void)state;
    struct db_conn *c = NULL;
    int version = 0;
    struct err e = ERR_INIT;
    const struct db_options options = {.path = ":memory:"};
    assert_int_equal(db_sqlite.open(&options, &c, &version, &e), ERR_OK);
    assert_int_equal(migrate_run_in(c, history, 0, 2, &e), ERR_OK);
    assert_int_equal(c->driver->begin_write(c, 2, &e), ERR_OK);
    assert_int_equal(migrate_run_in(c, history, 2, 3, &e), ERR_DB);
    c->driver->rollback(c);
    assert_int_equal(c->driver->exec(c, "SELECT * FROM b", &e), ERR_DB);
    assert_int_equal(c->driver->begin_write(c, 2, &e), ERR_OK);
    c->driver->rollback(c);
    c->driver->close(c);
}

static void test_a_newer_file_is_refused(void **state) {
    (void)state;
    char *path = testdb_path("shop.db");
    struct db *db = testdb_create(path);
    assert_int_equal(db_schema_version(db), db_schema_newest());
    testdb_script(db, "PRAGMA user_version = 4711");
    db_close(&db);
    struct err e = ERR_INIT;
    assert_int_equal(db_open(&(struct db_options){.path = path}, &db, &e), ERR_REFUSED);
    assert_null(db);
    assert_non_null(strstr(e.message, "4711"));
    testdb_remove(path);
}

static enum err_code nothing(struct db *db, void *ctx, struct err *e) {
    (void)db;
    (void)ctx;
    (void)e;
    return ERR_OK;
}

static void test_an_upgrade_by_another_counter_stops_our_writing(void **state) {
    (void)state;
    char *path = testdb_path("shop.db");
    struct db *db = testdb_create(path);
    struct db *other = testdb_reopen(path);
    struct err e = ERR_INIT;
    assert_int_equal(db_transact(other, nothing, NULL, &e), ERR_OK);
    testdb_script(db, "PRAGMA user_version = 4711");
    assert_int_equal(db_transact(other, nothing, NULL, &e), ERR_REFUSED);
    db_close(&other);
    db_close(&db);
    testdb_remove(path);
}

static void test_upgrading_a_current_file_changes_nothing(void **state) {
    (void)state;
    struct db *db = testdb_open();
    struct err e = ERR_INIT;
    assert_int_equal(db_upgrade(db, NULL, NULL, &e), ERR_OK);
    assert_int_equal(db_schema_version(db), db_schema_newest());
    db_close(&db);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_blocks_are_counted_at_line_starts),
        cmocka_unit_test(test_the_programs_blocks_are_numbered_without_gaps),
        cmocka_unit_test(test_blocks_run_from_where_the_file_stands),
        cmocka_unit_test(test_a_block_that_fails_leaves_nothing_behind),
        cmocka_unit_test(test_a_newer_file_is_refused),
        cmocka_unit_test(test_an_upgrade_by_another_counter_stops_our_writing),
        cmocka_unit_test(test_upgrading_a_current_file_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
