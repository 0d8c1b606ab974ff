/* Files that are not what they should be: each is refused in plain words or harmless, and none is changed by looking at
 * it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "random.h"
#include "testdb.h"

static void fill_with_junk(char *bytes, size_t n) {
    struct random r = RANDOM_INIT;
    for (size_t i = 0; i < n; i++) {
        bytes[i] = (char)random_next(&r);
    }
}

static int setup(void **state) {
    *state = testdb_path("shop.db");
    return 0;
}

static int teardown(void **state) {
    testdb_remove(*state);
    return 0;
}

static void write_file(const char *path, const void *bytes, size_t n) {
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes, n), (ssize_t)n);
    close(fd);
}

static char *read_file(const char *path, size_t *n) {
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    *n = (size_t)st.st_size;
    char *bytes = mem_alloc(*n);
    int fd = open(path, O_RDONLY);
    assert_int_equal(read(fd, bytes, *n), (ssize_t)*n);
    close(fd);
    return bytes;
}

static enum err_code try_open(const char *path, struct err *e) {
    struct db *db = NULL;
    *e = (struct err)ERR_INIT;
    enum err_code rc = db_open(&(struct db_options){.path = path}, &db, e);
    assert_true((rc == ERR_OK) == (db != NULL));
    db_close(&db);
    return rc;
}

static void assert_says(const char *path, enum err_code code, const char *part) {
    struct err e;
    assert_int_equal(try_open(path, &e), code);
    assert_non_null(strstr(e.message, path));
    assert_non_null(strstr(e.message, part));
}

static void test_what_is_no_database_file_is_told_apart(void **state) {
    const char *path = *state;
    assert_says(path, ERR_NOT_FOUND, "chotdon init");
    write_file(path, "", 0);
    assert_says(path, ERR_DB, "empty");
    write_file(path, "Mã,Tên\nSP001,Cà phê\n", 24);
    assert_says(path, ERR_DB, "not a database");
    char junk[8192];
    fill_with_junk(junk, sizeof junk);
    write_file(path, junk, sizeof junk);
    assert_says(path, ERR_DB, "not a database");
    unlink(path);
    assert_int_equal(mkdir(path, 0700), 0);
    assert_says(path, ERR_INVALID, "folder");
    rmdir(path);
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_says(path, ERR_INVALID, "not a file"); /* and does not hang */
    assert_says("/nowhere/shop.db", ERR_NOT_FOUND, "chotdon init");
}

static void test_a_file_that_was_never_finished_counts_as_empty(void **state) {
    const char *path = *state;
    char *command = mem_printf("sqlite3 %s 'PRAGMA journal_mode = WAL' > /dev/null", path);
    assert_int_equal(system(command), 0);
    assert_says(path, ERR_DB, "empty");
    free(command);
}

static void test_making_one_says_what_is_in_the_way(void **state) {
    const char *path = *state;
    struct err e = ERR_INIT;
    struct db *db = NULL;
    write_file(path, "", 0);
    assert_int_equal(db_open(&(struct db_options){.path = path, .create = true}, &db, &e), ERR_CONFLICT);
    assert_int_equal(db_open(&(struct db_options){.path = "/nowhere/shop.db", .create = true}, &db, &e), ERR_NOT_FOUND);
    assert_null(db);
}

static void test_another_programs_database_is_refused_and_untouched(void **state) {
    const char *path = *state;
    char *command = mem_printf("sqlite3 %s 'CREATE TABLE t(x); PRAGMA user_version = 1'", path);
    assert_int_equal(system(command), 0);
    size_t n = 0;
    char *before = read_file(path, &n);
    assert_says(path, ERR_DB, "another program");
    size_t after_n = 0;
    char *after = read_file(path, &after_n);
    assert_int_equal(n, after_n);
    assert_memory_equal(before, after, n);
    char *log = mem_printf("%s-wal", path);
    assert_int_equal(access(log, F_OK), -1);
    free(log);
    free(before);
    free(after);
    free(command);
}

static void ignore_finding(void *ctx, const char *finding) {
    (void)finding;
    ++*(int *)ctx;
}

static enum err_code some_writes(struct db *db, void *ctx, struct err *e) {
    (void)ctx;
    struct search_entry entry = {"nuoc mam", NULL};
    enum err_code rc = db_search_put(db, SEARCH_PRODUCT, 77, &entry, e);
    return rc == ERR_OK ? db_run(db, "DELETE FROM search_entry WHERE id < 50", DB_NO_BIND, e) : rc;
}

/* Uses a file as far as it goes: it may be refused at any step, and must never bring the program down. Findings are
 * counted. */
static int use(const char *path) {
    struct db *db = NULL;
    struct err e = ERR_INIT;
    int findings = 0;
    if (db_open(&(struct db_options){.path = path, .wait_ms = 200}, &db, &e) != ERR_OK) {
        assert_true(e.message[0] != '\0');
        return 1;
    }
    int64_t ids[20];
    int count = 0;
    if (db_search(db, SEARCH_PRODUCT, "ca phe", ids, 20, &count, &e) != ERR_OK) {
        assert_true(e.message[0] != '\0');
    }
    db_integrity(db, ignore_finding, &findings, &e);
    if (db_transact(db, some_writes, NULL, &e) != ERR_OK) {
        findings++;
    }
    db_close(&db);
    return findings;
}

static enum err_code fill(struct db *db, void *ctx, struct err *e) {
    (void)ctx;
    enum err_code rc = ERR_OK;
    for (int i = 1; rc == ERR_OK && i <= 300; i++) {
        char name[64];
        snprintf(name, sizeof name, "ca phe so %d rang xay", i);
        struct search_entry entry = {name, (const char *const[]){name + 9, NULL}};
        rc = db_search_put(db, SEARCH_PRODUCT, i, &entry, e);
    }
    return rc;
}

/* A whole shop file without its log. */
static char *good_file(const char *path, size_t *n) {
    struct db *db = testdb_create(path);
    struct err e = ERR_INIT;
    assert_int_equal(db_transact(db, fill, NULL, &e), ERR_OK);
    assert_int_equal(db_checkpoint(db, &e), ERR_OK);
    db_close(&db);
    return read_file(path, n);
}

static void put_alone(const char *path, const char *bytes, size_t n) {
    static const char *const suffixes[] = {"-wal", "-shm", ".lock"};
    for (size_t i = 0; i < 3; i++) {
        char *name = mem_printf("%s%s", path, suffixes[i]);
        unlink(name);
        free(name);
    }
    write_file(path, bytes, n);
}

static void test_truncated_files_do_no_harm(void **state) {
    const char *path = *state;
    size_t n = 0;
    char *good = good_file(path, &n);
    put_alone(path, good, n);
    assert_int_equal(use(path), 0);
    static const size_t sizes[] = {1, 15, 16, 99, 100, 512, 4095, 4096, 4097, 8192, 20000};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        put_alone(path, good, sizes[i]);
        assert_true(use(path) > 0);
    }
    put_alone(path, good, n - 4096);
    assert_true(use(path) > 0);
    free(good);
}

static void test_flipped_bits_do_no_harm(void **state) {
    const char *path = *state;
    size_t n = 0;
    char *good = good_file(path, &n);
    struct random r = RANDOM_INIT;
    for (int round = 0; round < 150; round++) {
        char *bad = mem_alloc(n);
        memcpy(bad, good, n);
        for (int k = 0; k <= round % 8; k++) {
            int64_t last = round % 3 == 0 ? 4095 : (int64_t)n - 1; /* the first page holds the schema */
            bad[random_between(&r, 0, last)] ^= (char)(1 << random_between(&r, 0, 6));
        }
        put_alone(path, bad, n);
        use(path);
        free(bad);
    }
    free(good);
}

static void test_a_damaged_log_is_ignored(void **state) {
    const char *path = *state;
    size_t n = 0;
    char *good = good_file(path, &n);
    char junk[20000];
    fill_with_junk(junk, sizeof junk);
    put_alone(path, good, n);
    char *log = mem_printf("%s-wal", path);
    write_file(log, junk, sizeof junk);
    assert_int_equal(use(path), 0);
    free(log);
    free(good);
}

/* --- a file with our name on it, made by somebody who means ill */
static void doctor(const char *path, const char *sql) {
    struct db *db = testdb_create(path);
    db_close(&db);
    char *command = mem_printf("sqlite3 %s \"%s\"", path, sql);
    assert_int_equal(system(command), 0);
    free(command);
}

static void test_planted_triggers_and_views_show_in_the_check(void **state) {
    const char *path = *state;
    doctor(path, "CREATE TRIGGER t AFTER INSERT ON search_entry BEGIN SELECT load_extension('/tmp/evil.so'); END;"
                 "CREATE VIEW v AS SELECT readfile('/etc/passwd');");
    struct db *db = testdb_reopen(path);
    struct err e = ERR_INIT;
    int findings = 0;
    char *text = NULL;
    assert_int_equal(db_transact(db, some_writes, NULL, &e), ERR_DB); /* the function is not to be had */
    assert_int_equal(db_get_text(db, "SELECT * FROM v", DB_NO_BIND, &text, &e), ERR_DB);
    assert_int_equal(db_integrity(db, ignore_finding, &findings, &e), ERR_OK);
    assert_int_equal(findings, 2);
    db_close(&db);
}

static bool give_up_soon(void *ctx) {
    return ++*(int *)ctx < 20;
}

static void test_an_endless_view_can_be_stopped(void **state) {
    const char *path = *state;
    doctor(path, "DROP TABLE search_entry; CREATE VIEW search_entry AS WITH RECURSIVE c(kind, id, folded, numbers) AS "
                 "(SELECT 2, 1, 'x', 'x' UNION ALL SELECT 2, id + 1, 'x', 'x' FROM c) SELECT * FROM c;");
    struct db *db = testdb_reopen(path);
    struct err e = ERR_INIT;
    int ticks = 0;
    int64_t n = 0;
    db_set_progress(db, give_up_soon, &ticks);
    assert_int_equal(db_get_int(db, "SELECT count(*) FROM search_entry WHERE id < 0", DB_NO_BIND, &n, &e), ERR_REFUSED);
    db_close(&db);
}

static enum err_code script(struct db *db, void *ctx, struct err *e) {
    return db_exec_script(db, ctx, e);
}

static void test_no_other_file_can_be_reached(void **state) {
    const char *path = *state;
    struct db *db = testdb_create(path);
    struct err e = ERR_INIT;
    assert_int_equal(db_transact(db, script, (void *)"ATTACH '/tmp/elsewhere.db' AS other", &e), ERR_DB);
    assert_int_equal(db_transact(db, script, (void *)"PRAGMA writable_schema = 1; DELETE FROM sqlite_schema", &e),
                     ERR_DB);
    assert_int_equal(db_transact(db, script, (void *)"SELECT \"no such column\"", &e), ERR_DB);
    db_close(&db);
}

static void test_reading_only_never_writes(void **state) {
    const char *path = *state;
    struct db *db = testdb_create(path);
    db_close(&db);
    struct err e = ERR_INIT;
    assert_int_equal(db_open(&(struct db_options){.path = path, .read_only = true}, &db, &e), ERR_OK);
    assert_int_equal(db_transact(db, some_writes, NULL, &e), ERR_REFUSED);
    assert_int_equal(testdb_int(db, "SELECT count(*) FROM search_entry"), 0);
    char *lock = mem_printf("%s.lock", path);
    unlink(lock);
    db_close(&db);
    assert_int_equal(access(lock, F_OK), -1);
    free(lock);
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        T(test_what_is_no_database_file_is_told_apart),
        T(test_a_file_that_was_never_finished_counts_as_empty),
        T(test_making_one_says_what_is_in_the_way),
        T(test_another_programs_database_is_refused_and_untouched),
        T(test_truncated_files_do_no_harm),
        T(test_flipped_bits_do_no_harm),
        T(test_a_damaged_log_is_ignored),
        T(test_planted_triggers_and_views_show_in_the_check),
        T(test_an_endless_view_can_be_stopped),
        T(test_no_other_file_can_be_reached),
        T(test_reading_only_never_writes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
