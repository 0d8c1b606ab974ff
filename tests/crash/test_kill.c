/* Programs killed at random moments: every sale that was confirmed is there, nothing is half there, and the file is
 * whole. Runs for CHOTDON_CRASH_SECONDS (10 unless set). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/ticks.h"
#include "random.h"
#include "testdb.h"

enum { WRITERS = 3, LINES = 5 };

static int64_t budget_ms(void) {
    const char *seconds = getenv("CHOTDON_CRASH_SECONDS");
    return 1000 * (seconds == NULL ? 10 : atoll(seconds));
}

/* One sale: its row, its lines, a kept total, its search terms. */
static enum err_code sell(struct db *db, void *ctx, struct err *e) {
    int64_t *id = ctx;
    enum err_code rc = db_get_int(db, "INSERT INTO sale(lines) VALUES($1) RETURNING id", DB_BIND(DB_INT(LINES)), id, e);
    for (int i = 0; rc == ERR_OK && i < LINES; i++) {
        rc = db_add(
            db, "INSERT INTO line(sale, n, pad) VALUES ($1, $2, $3)",
            DB_BIND(DB_INT(*id), DB_INT(i), DB_TEXT("something to make the log grow a little faster than it would")),
            e);
    }
    if (rc == ERR_OK) {
        rc = db_run(db, "UPDATE total SET sales = sales + 1, lines = lines + $1", DB_BIND(DB_INT(LINES)), e);
    }
    char name[32];
    snprintf(name, sizeof name, "don hang %d", (int)*id);
    struct search_entry entry = {name, NULL};
    return rc == ERR_OK ? db_search_put(db, SEARCH_ORDER, *id, &entry, e) : rc;
}

/* The same many times with the indexes away: all or nothing. */
static enum err_code load(struct db *db, void *ctx, struct err *e) {
    static const char *const tables[] = {"sale", "line", NULL};
    int64_t *id = ctx;
    enum err_code rc = db_bulk_begin(db, tables, 1000000, e);
    for (int i = 0; rc == ERR_OK && i < 40; i++) {
        rc = db_transact(db, sell, id, e);
    }
    return rc == ERR_OK ? db_bulk_end(db, e) : rc;
}

/* Says each sale's id only after it was confirmed. */
static void write_until_killed(const char *path, int out, int number) {
    struct db *db = testdb_reopen(path);
    for (int i = 0;; i++) {
        struct err e = ERR_INIT;
        int64_t id = 0;
        db_set_durable(db, i % 3 != 0);
        enum err_code rc = db_transact(db, i % 10 == number ? load : sell, &id, &e);
        if (rc != ERR_OK) {
            fprintf(stderr, "%s\n", e.message);
            _exit(1);
        }
        if (write(out, &id, sizeof id) != (ssize_t)sizeof id) {
            _exit(2);
        }
        if (i % 4 == number) {
            db_checkpoint(db, NULL);
        }
    }
}

static pid_t start_writer(const char *path, int *from, int number) {
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t pid = fork();
    if (pid == 0) {
        close(ends[0]);
        write_until_killed(path, ends[1], number);
    }
    close(ends[1]);
    *from = ends[0];
    return pid;
}

static void fail_on_finding(void *ctx, const char *finding) {
    (void)ctx;
    fail_msg("after a kill: %s", finding);
}

static void assert_whole(struct db *db) {
    assert_int_equal(testdb_int(db, "SELECT count(*) FROM sale"), testdb_int(db, "SELECT sales FROM total"));
    assert_int_equal(testdb_int(db, "SELECT count(*) FROM line"), testdb_int(db, "SELECT lines FROM total"));
    assert_int_equal(
        testdb_int(db, "SELECT count(*) FROM sale s WHERE lines <> (SELECT count(*) FROM line WHERE sale = s.id)"), 0);
    assert_int_equal(testdb_int(db, "SELECT count(*) FROM search_entry"), testdb_int(db, "SELECT sales FROM total"));
    assert_int_equal(testdb_int(db, "SELECT count(*) FROM sqlite_schema WHERE name IN ('line_sale', 'sale_lines')"), 2);
}

static void assert_confirmed_are_there(struct db *db, const int *from) {
    for (int i = 0; i < WRITERS; i++) {
        int64_t id = 0;
        while (read(from[i], &id, sizeof id) == (ssize_t)sizeof id) {
            bool there = false;
            assert_int_equal(db_exists(db, "SELECT 1 FROM sale WHERE id = $1", DB_BIND(DB_INT(id)), &there, NULL),
                             ERR_OK);
            assert_true(there);
        }
        close(from[i]);
    }
}

static void test_what_was_confirmed_survives_kill_9(void **state) {
    (void)state;
    char *path = testdb_path("shop.db");
    struct db *db = testdb_create(path);
    testdb_script(db, "CREATE TABLE sale(id INTEGER PRIMARY KEY, lines INTEGER NOT NULL) STRICT;"
                      "CREATE TABLE line(sale INTEGER NOT NULL REFERENCES sale, n INTEGER NOT NULL, pad TEXT NOT NULL, "
                      "PRIMARY KEY(sale, n)) STRICT, WITHOUT ROWID;"
                      "CREATE INDEX line_sale ON line(pad); CREATE INDEX sale_lines ON sale(lines);"
                      "CREATE TABLE total(sales INTEGER NOT NULL, lines INTEGER NOT NULL) STRICT;"
                      "INSERT INTO total(sales, lines) VALUES(0, 0)");
    db_close(&db);
    struct random r = RANDOM_INIT;
    int64_t end = ticks_ms() + budget_ms();
    int rounds = 0;
    for (; ticks_ms() < end || rounds < 5; rounds++) {
        pid_t pids[WRITERS];
        int from[WRITERS];
        for (int i = 0; i < WRITERS; i++) {
            pids[i] = start_writer(path, &from[i], i);
        }
        ticks_pause_us(random_between(&r, 3000, 150000));
        for (int i = 0; i < WRITERS; i++) {
            kill(pids[i], SIGKILL);
            int status = 0;
            waitpid(pids[i], &status, 0);
            assert_true(WIFSIGNALED(status)); /* it had not failed by itself */
        }
        db = testdb_reopen(path);
        assert_confirmed_are_there(db, from);
        assert_whole(db);
        db_close(&db);
    }
    db = testdb_reopen(path);
    assert_true(testdb_int(db, "SELECT count(*) FROM sale") > rounds);
    testdb_script(db,
                  "CREATE TABLE keep AS SELECT 1; DROP TABLE keep; DROP TABLE line; DROP TABLE sale; DROP TABLE total");
    assert_int_equal(db_integrity(db, fail_on_finding, NULL, NULL), ERR_OK);
    db_close(&db);
    testdb_remove(path);
}

static void test_a_shop_whose_making_was_killed_is_made_or_empty(void **state) {
    (void)state;
    struct random r = RANDOM_INIT;
    for (int round = 0; round < 15; round++) {
        char *path = testdb_path("shop.db");
        pid_t pid = fork();
        if (pid == 0) {
            struct db *db = testdb_create(path);
            db_close(&db);
            _exit(0);
        }
        ticks_pause_us(random_between(&r, 0, 30000));
        kill(pid, SIGKILL);
        waitpid(pid, NULL, 0);
        struct db *db = NULL;
        struct err e = ERR_INIT;
        enum err_code rc = db_open(&(struct db_options){.path = path}, &db, &e);
        if (rc == ERR_OK) {
            assert_int_equal(db_integrity(db, fail_on_finding, NULL, &e), ERR_OK);
        } else {
            assert_true(rc == ERR_NOT_FOUND || rc == ERR_DB);
        }
        db_close(&db);
        testdb_remove(path);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_was_confirmed_survives_kill_9),
        cmocka_unit_test(test_a_shop_whose_making_was_killed_is_made_or_empty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
