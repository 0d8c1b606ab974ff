/* Trouble in the middle of a write: a full disk, a failing disk, an engine that rolls back on its own. Nothing is
 * reported saved that is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "testdb.h"

struct fixture {
    char *path;
    struct db *db;
};

static int setup(void **state) {
    struct fixture *f = mem_zalloc(sizeof *f);
    f->path = testdb_path("shop.db");
    f->db = testdb_create(f->path);
    testdb_script(f->db, "CREATE TABLE n(id INTEGER PRIMARY KEY, t TEXT NOT NULL) STRICT");
    *state = f;
    return 0;
}

static int teardown(void **state) {
    struct fixture *f = *state;
    db_close(&f->db);
    testdb_remove(f->path);
    free(f);
    return 0;
}

static enum err_code add_one(struct db *db, void *ctx, struct err *e) {
    return db_run(db, "INSERT INTO n(t) VALUES($1)", DB_BIND(DB_TEXT(ctx)), e);
}

static enum err_code add_much(struct db *db, void *ctx, struct err *e) {
    (void)ctx;
    return db_run(db,
                  "WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 4000) "
                  "INSERT INTO n(t) SELECT hex(randomblob(1000)) FROM c",
                  DB_NO_BIND, e);
}

static int64_t rows(struct db *db) {
    return testdb_int(db, "SELECT count(*) FROM n");
}

static void test_a_full_disk_is_told_and_can_be_mended(void **state) {
    struct fixture *f = *state;
    struct err e = ERR_INIT;
    testdb_script(f->db, "PRAGMA max_page_count = 300"); /* SQLite's own way of being full */
    assert_int_equal(db_transact(f->db, add_much, NULL, &e), ERR_IO);
    assert_non_null(strstr(e.message, "full"));
    assert_int_equal(rows(f->db), 0);
    assert_int_equal(db_transact(f->db, add_one, "small enough", &e), ERR_OK);
    testdb_script(f->db, "PRAGMA max_page_count = 1000000");
    assert_int_equal(db_transact(f->db, add_much, NULL, &e), ERR_OK);
    assert_int_equal(rows(f->db), 4001);
}

/* Writes beyond this size fail, as on a disk that gives up. */
static void limit_file_size(rlim_t bytes) {
    struct rlimit limit = {.rlim_cur = bytes, .rlim_max = RLIM_INFINITY};
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static void test_a_failed_write_ends_all_writing(void **state) {
    struct fixture *f = *state;
    struct err e = ERR_INIT;
    assert_int_equal(db_transact(f->db, add_one, "before", &e), ERR_OK);
    signal(SIGXFSZ, SIG_IGN);
    limit_file_size(1 << 20);
    assert_int_equal(db_transact(f->db, add_much, NULL, &e), ERR_IO);
    assert_non_null(strstr(e.message, f->path));
    limit_file_size(RLIM_INFINITY);
    assert_int_equal(db_transact(f->db, add_one, "after", &e), ERR_IO); /* whoever caused it: start again first */
    assert_non_null(strstr(e.message, "chotdon check"));
    assert_int_equal(rows(f->db), 1);
    db_close(&f->db);
    f->db = testdb_reopen(f->path);
    assert_int_equal(rows(f->db), 1);
    assert_int_equal(db_transact(f->db, add_one, "after", &e), ERR_OK);
}

static enum err_code go_on_after_the_engine_gave_up(struct db *db, void *ctx, struct err *e) {
    (void)ctx;
    struct err mine = ERR_INIT;
    assert_int_equal(add_one(db, "one", e), ERR_OK);
    assert_int_equal(db_run(db, "INSERT OR ROLLBACK INTO n(id, t) VALUES(1, 'again')", DB_NO_BIND, &mine),
                     ERR_CONFLICT);
    assert_int_equal(add_one(db, "two", &mine), ERR_CONFLICT); /* would be saved at once, alone */
    assert_int_equal(db_transact(db, add_one, "three", &mine), ERR_CONFLICT);
    assert_int_equal(db_exec_script(db, "INSERT INTO n(t) VALUES('four')", &mine), ERR_CONFLICT);
    return ERR_OK; /* pretends that all is well */
}

static void test_a_transaction_that_the_engine_ended_cannot_succeed(void **state) {
    struct fixture *f = *state;
    struct err e = ERR_INIT;
    assert_int_equal(db_transact(f->db, go_on_after_the_engine_gave_up, NULL, &e), ERR_CONFLICT);
    assert_true(e.message[0] != '\0');
    assert_int_equal(rows(f->db), 0);
    assert_int_equal(db_transact(f->db, add_one, "later", &e), ERR_OK);
    assert_int_equal(rows(f->db), 1);
}

static enum err_code leave_a_query_open(struct db *db, void *ctx, struct err *e) {
    struct db_stmt **s = ctx;
    assert_int_equal(add_one(db, "one", e), ERR_OK);
    assert_int_equal(db_query(db, "SELECT t FROM n", DB_NO_BIND, s, e), ERR_OK);
    assert_int_equal(db_next(*s, e), DB_ROW);
    db_interrupt(db);
    return db_run(db, "INSERT INTO n(t) VALUES('two')", DB_NO_BIND, e);
}

static void test_an_interrupt_with_an_open_query_still_rolls_back(void **state) {
    struct fixture *f = *state;
    struct err e = ERR_INIT;
    struct db_stmt *s = NULL;
    assert_int_equal(db_transact(f->db, leave_a_query_open, &s, &e), ERR_REFUSED);
    db_done(&s);
    assert_int_equal(rows(f->db), 0);
    assert_int_equal(db_transact(f->db, add_one, "later", &e), ERR_OK);
}

static void test_another_program_that_holds_the_file_makes_busy(void **state) {
    struct fixture *f = *state;
    struct err e = ERR_INIT;
    char *command = mem_printf("sqlite3 %s 'BEGIN IMMEDIATE;' '.shell touch %s.held; sleep 1.5' & "
                               "while [ ! -e %s.held ]; do sleep 0.02; done",
                               f->path, f->path, f->path);
    assert_int_equal(system(command), 0);
    free(command);
    struct db *hasty = NULL;
    assert_int_equal(db_open(&(struct db_options){.path = f->path, .wait_ms = 300}, &hasty, &e), ERR_OK);
    assert_int_equal(db_transact(hasty, add_one, "now", &e), ERR_BUSY);
    db_close(&hasty);
    assert_int_equal(db_transact(f->db, add_one, "when it is free", &e), ERR_OK);
}

static void test_the_log_is_moved_into_the_file(void **state) {
    struct fixture *f = *state;
    struct err e = ERR_INIT;
    assert_false(db_wants_checkpoint(f->db));
    assert_int_equal(db_transact(f->db, add_much, NULL, &e), ERR_OK);
    assert_true(db_wants_checkpoint(f->db));
    assert_int_equal(db_checkpoint(f->db, &e), ERR_OK);
    assert_false(db_wants_checkpoint(f->db));
    struct stat st;
    assert_int_equal(stat(f->path, &st), 0);
    assert_true(st.st_size > 4000000);
}

static void test_what_is_erased_is_gone_from_the_files(void **state) {
    struct fixture *f = *state;
    struct err e = ERR_INIT;
    assert_int_equal(db_transact(f->db, add_one, "Nguyen Thi Bi Mat", &e), ERR_OK);
    assert_int_equal(db_checkpoint(f->db, &e), ERR_OK);
    char *command = mem_printf("grep -q 'Bi Mat' %s*", f->path);
    assert_int_equal(system(command), 0);
    db_set_erasing(f->db, true);
    testdb_script(f->db, "UPDATE n SET t = ''");
    assert_int_equal(db_checkpoint(f->db, &e), ERR_OK);
    db_set_erasing(f->db, false);
    assert_int_not_equal(system(command), 0);
    free(command);
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        T(test_a_full_disk_is_told_and_can_be_mended),
        T(test_a_failed_write_ends_all_writing),
        T(test_a_transaction_that_the_engine_ended_cannot_succeed),
        T(test_an_interrupt_with_an_open_query_still_rolls_back),
        T(test_another_program_that_holds_the_file_makes_busy),
        T(test_the_log_is_moved_into_the_file),
        T(test_what_is_erased_is_gone_from_the_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
