/* Where the write-ahead log is folded into the file: not by a commit, by one of many programs, and with nothing long
 * left for who opens the file next. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

#include "base/mem.h"
#include "testdb.h"

enum { KIB = 1024, DUE = 1000 * 4 * KIB /* bytes of log */ };

static int setup(void **state) {
    *state = testdb_path("shop.db");
    struct db *db = testdb_create(*state);
    testdb_script(db, "CREATE TABLE page (id INTEGER PRIMARY KEY, text TEXT NOT NULL)");
    db_checkpoint(db, NULL);
    db_close(&db);
    return 0;
}

static int teardown(void **state) {
    testdb_remove(*state);
    return 0;
}

static struct stat file(const char *path, const char *suffix) {
    char *name = mem_printf("%s%s", path, suffix);
    struct stat st = {0};
    stat(name, &st);
    free(name);
    return st;
}

static int64_t log_size(const char *path) {
    return file(path, "-wal").st_size;
}

/* 110 pages each time. */
static void write_much(struct db *db) {
    testdb_script(
        db, "INSERT INTO page (text) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)"
            " SELECT hex(zeroblob(1000)) FROM n");
}

static void write_until_due(struct db *db) {
    while (!db_wants_checkpoint(db)) {
        write_much(db);
    }
}

static void test_no_commit_folds_the_log(void **state) {
    struct db *db = testdb_reopen(*state);
    int64_t before = file(*state, "").st_size;
    write_until_due(db);
    write_much(db);
    assert_true(log_size(*state) >= DUE);
    assert_int_equal(file(*state, "").st_size, before);
    db_close(&db);
}

static void test_a_folded_log_is_written_over_until_the_program_ends(void **state) {
    struct db *db = testdb_reopen(*state);
    struct err e = ERR_INIT;
    write_until_due(db);
    int64_t size = log_size(*state);
    assert_int_equal(db_checkpoint(db, &e), ERR_OK);
    assert_false(db_wants_checkpoint(db));
    assert_int_equal(log_size(*state), size);
    write_much(db);
    assert_int_equal(log_size(*state), size);
    write_until_due(db);
    assert_int_equal(db_checkpoint(db, &e), ERR_OK);
    db_close(&db);
    assert_int_equal(log_size(*state), 0);
}

static void test_a_very_long_log_is_cut_off_at_once(void **state) {
    struct db *db = testdb_reopen(*state);
    struct err e = ERR_INIT;
    while (log_size(*state) < 5 * DUE) {
        write_much(db);
    }
    assert_int_equal(db_checkpoint(db, &e), ERR_OK);
    assert_int_equal(log_size(*state), 0);
    db_close(&db);
}

static void test_one_of_many_counters_folds_the_log(void **state) {
    struct db *first = testdb_reopen(*state), *second = testdb_reopen(*state);
    struct err e = ERR_INIT;
    write_until_due(first);
    write_until_due(second);
    nanosleep(&(struct timespec){.tv_nsec = 50000000}, NULL); /* a file's time is not finer than some milliseconds */
    assert_int_equal(db_checkpoint(first, &e), ERR_OK);
    const struct stat folded = file(*state, "");
    write_much(first);
    nanosleep(&(struct timespec){.tv_nsec = 50000000}, NULL);
    assert_true(db_wants_checkpoint(second)); /* as far as it knows */
    assert_int_equal(db_checkpoint(second, &e), ERR_OK);
    assert_false(db_wants_checkpoint(second));
    const struct stat now = file(*state, "");
    assert_int_equal(now.st_mtim.tv_sec, folded.st_mtim.tv_sec);
    assert_int_equal(now.st_mtim.tv_nsec, folded.st_mtim.tv_nsec);
    db_close(&first);
    db_close(&second);
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        T(test_no_commit_folds_the_log),
        T(test_a_folded_log_is_written_over_until_the_program_ends),
        T(test_a_very_long_log_is_cut_off_at_once),
        T(test_one_of_many_counters_folds_the_log),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
