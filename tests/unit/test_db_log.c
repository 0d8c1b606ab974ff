/* Where the write-ahead log is folded into the file: not by a commit, by one of many programs, and with nothing long
 * left for who opens the file next. And how a commit writes to it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "base/mem.h"
#include "testdb.h"

enum { PAGE = 4096, DUE = 500 * PAGE, LEFT = 1000 * PAGE, LONG = 4000 * PAGE, WRITTEN = 100 * PAGE };

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

/* 100 pages and some more each time. */
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
    while (log_size(*state) < LEFT) {
        write_much(db);
    }
    assert_int_equal(db_checkpoint(db, &e), ERR_OK);
    assert_true(log_size(*state) >= LEFT);
    db_close(&db);
    assert_int_equal(log_size(*state), 0);
}

static void test_a_very_long_log_is_cut_off_at_once(void **state) {
    struct db *db = testdb_reopen(*state);
    struct err e = ERR_INIT;
    while (log_size(*state) < LONG) {
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

/* The calls by which this program has written; −1 where the system does not count them. */
static long long writes_so_far(void) {
    char line[64];
    long long count = -1;
    FILE *f = fopen("/proc/self/io", "re");
    while (f != NULL && fgets(line, sizeof line, f) != NULL) {
        if (strncmp(line, "syscw:", 6) == 0) {
            count = strtoll(line + 6, NULL, 10);
        }
    }
    if (f != NULL) {
        fclose(f);
    }
    return count;
}

static void test_a_commit_writes_its_pages_together(void **state) {
    struct db *db = testdb_reopen(*state);
    write_much(db); /* the first one makes the log */
    int64_t size = log_size(*state);
    long long before = writes_so_far();
    write_much(db);
    long long writes = writes_so_far() - before;
    assert_true(log_size(*state) - size >= WRITTEN);
    if (before >= 0) {
        assert_in_range(writes, 1, 20);
    }
    db_close(&db);
}

/* More than is gathered at once, and less. */
static void test_what_was_committed_is_there_for_others_at_once(void **state) {
    struct db *db = testdb_reopen(*state), *other = testdb_reopen(*state);
    struct err e = ERR_INIT;
    int64_t count = 0, length = 0;
    for (int i = 1; i <= 6; i++) {
        db_set_durable(db, i % 2 == 0);
        write_much(db);
        testdb_script(db, "INSERT INTO page (text) VALUES ('one')");
        assert_int_equal(db_get_int(other, "SELECT COUNT(*) FROM page", DB_NO_BIND, &count, &e), ERR_OK);
        assert_int_equal(count, 201 * i);
        assert_int_equal(db_get_int(other, "SELECT SUM(length(text)) FROM page", DB_NO_BIND, &length, &e), ERR_OK);
        assert_int_equal(length, (200 * 2000 + 3) * i);
    }
    db_close(&db);
    db_close(&other);
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        T(test_no_commit_folds_the_log),
        T(test_a_folded_log_is_written_over_until_the_program_ends),
        T(test_a_very_long_log_is_cut_off_at_once),
        T(test_one_of_many_counters_folds_the_log),
        T(test_a_commit_writes_its_pages_together),
        T(test_what_was_committed_is_there_for_others_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
