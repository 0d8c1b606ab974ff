/* The one writer's lock, proven: many writers and separate checkpointers at one file, which comes out whole; nobody
 * starves; who is killed with the lock frees it. The same program with the lock taken out (the linker puts the two
 * functions below in its place) shows what it is there for: SQLite before 3.51.3 damages the file.
 *
 *   build/tests/crash/test_writer_lock                       a short run, as `make check` does
 *   build/tests/crash/test_writer_lock --with-lock 10 30     ten runs of 30 seconds
 *   build/tests/crash/test_writer_lock --without-lock 10 30  … that may end in a damaged file; it prints how many did
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/ticks.h"
#include "db/sqlite_lock.h"
#include "random.h"
#include "testdb.h"

enum { WRITERS = 4, CHECKPOINTERS = 3, SHORT_MS = 4000, MANY = 32, ROWS = 400, PAUSE_US = 1000 };

static bool lock_is_out; /* of all processes of this program */

enum err_code __real_sqlite_lock_acquire(struct sqlite_lock *lock, const struct sqlite_lock_wait *wait, struct err *e);
void __real_sqlite_lock_release(struct sqlite_lock *lock);
enum err_code __wrap_sqlite_lock_acquire(struct sqlite_lock *lock, const struct sqlite_lock_wait *wait, struct err *e);
void __wrap_sqlite_lock_release(struct sqlite_lock *lock);

enum err_code __wrap_sqlite_lock_acquire(struct sqlite_lock *lock, const struct sqlite_lock_wait *wait, struct err *e) {
    return lock_is_out ? ERR_OK : __real_sqlite_lock_acquire(lock, wait, e);
}

void __wrap_sqlite_lock_release(struct sqlite_lock *lock) {
    if (!lock_is_out) {
        __real_sqlite_lock_release(lock);
    }
}

/* What the processes tell of themselves, in memory that they share. */
struct tally {
    int64_t writes, checkpoints;
    int64_t longest_ms, waited_ms; /* of one write, and all together */
    int failed;
    char why[300];
};

static struct tally *tallies_new(void) {
    void *p = mmap(NULL, (MANY + CHECKPOINTERS) * sizeof(struct tally), PROT_READ | PROT_WRITE,
                   MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_true(p != MAP_FAILED);
    return p;
}

static void tallies_free(struct tally *t) {
    munmap(t, (MANY + CHECKPOINTERS) * sizeof(struct tally));
}

static char *make_file(void) {
    char *path = testdb_path("shop.db");
    struct db *db = testdb_create(path);
    testdb_script(db, "CREATE TABLE sale(id INTEGER PRIMARY KEY, seller INTEGER NOT NULL, word TEXT NOT NULL) STRICT;"
                      "CREATE INDEX sale_word ON sale(word);"
                      "CREATE TABLE total(id INTEGER PRIMARY KEY, sales INTEGER NOT NULL) STRICT;"
                      "INSERT INTO total(id, sales) VALUES(1, 0)");
    db_close(&db);
    return path;
}

struct sale {
    struct random *r;
    int seller;
};

/* Rows all over the file, an index, and a total that proves them. */
static enum err_code sell(struct db *db, void *ctx, struct err *e) {
    struct sale *s = ctx;
    char word[64];
    enum err_code rc = ERR_OK;
    for (int i = 0; i < 3 && rc == ERR_OK; i++) {
        snprintf(word, sizeof word, "%016llx goods that somebody bought here", (unsigned long long)random_next(s->r));
        rc = db_run(db, "INSERT INTO sale(seller, word) VALUES($1, $2)", DB_BIND(DB_INT(s->seller), DB_TEXT(word)), e);
    }
    if (rc == ERR_OK) {
        rc = db_run(db, "UPDATE total SET sales = sales + 3 WHERE id = 1", DB_NO_BIND, e);
    }
    int64_t first = 0;
    if (rc == ERR_OK && random_between(s->r, 1, 4) == 1) {
        rc = db_get_int(db, "SELECT COALESCE(MIN(id), 0) FROM sale", DB_NO_BIND, &first, e);
    }
    if (rc == ERR_OK && first > 0) {
        rc = db_run(db, "UPDATE sale SET word = word || $2 WHERE id = $1",
                    DB_BIND(DB_INT(first + random_between(s->r, 0, ROWS)), DB_TEXT("!")), e);
    }
    return rc;
}

static void tell(struct tally *t, const struct err *e) {
    t->failed++;
    snprintf(t->why, sizeof t->why, "%.299s", e->message);
}

static void write_until(const char *path, int number, int64_t pause_us, int64_t end, struct tally *t) {
    struct random r = {(uint64_t)number * 77 + 1};
    struct db *db = testdb_reopen(path);
    struct sale sale = {&r, number};
    db_set_durable(db, false); /* more of it in the time */
    while (ticks_ms() < end && t->failed < 3) {
        struct err e = ERR_INIT;
        int64_t began = ticks_ms();
        if (db_transact(db, sell, &sale, &e) != ERR_OK) {
            tell(t, &e);
            continue;
        }
        int64_t took = ticks_ms() - began;
        t->writes++;
        t->waited_ms += took;
        t->longest_ms = took > t->longest_ms ? took : t->longest_ms;
        ticks_pause_us(random_between(&r, 0, pause_us));
    }
    db_close(&db);
}

static void checkpoint_until(const char *path, int64_t end, struct tally *t) {
    struct db *db = testdb_reopen(path);
    while (ticks_ms() < end && t->failed < 3) {
        struct err e = ERR_INIT;
        if (db_checkpoint(db, &e) != ERR_OK) {
            tell(t, &e);
        }
        t->checkpoints++;
    }
    db_close(&db);
}

/* As on a busy machine: now and then a checkpointer stands still for a moment, wherever it is. */
static void make_them_stumble(const pid_t *pids, int count, int64_t end) {
    struct random r = {99};
    while (count > 0 && ticks_ms() < end) {
        pid_t pid = pids[random_between(&r, 0, count - 1)];
        kill(pid, SIGSTOP);
        ticks_pause_us(random_between(&r, 300, 3000));
        kill(pid, SIGCONT);
        ticks_pause_us(random_between(&r, 0, 500));
    }
}

/* With checkpointers the writers pause, so that the log is often copied whole and begun anew: that is when it counts.
 */
static void run(const char *path, int writers, int checkpointers, int64_t ms, struct tally *t) {
    int64_t end = ticks_ms() + ms;
    pid_t pids[MANY + CHECKPOINTERS];
    for (int i = 0; i < writers + checkpointers; i++) {
        pids[i] = fork();
        if (pids[i] == 0) {
            if (i < writers) {
                write_until(path, i, checkpointers > 0 ? PAUSE_US : 0, end, &t[i]);
            } else {
                checkpoint_until(path, end, &t[i]);
            }
            _exit(0);
        }
    }
    make_them_stumble(pids + writers, checkpointers, end);
    for (int i = 0; i < writers + checkpointers; i++) {
        int status = 0;
        waitpid(pids[i], &status, 0);
        if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
            t[i].failed++;
        }
    }
}

static struct tally sum(const struct tally *t, int count) {
    struct tally all = {0};
    for (int i = 0; i < count; i++) {
        all.writes += t[i].writes;
        all.checkpoints += t[i].checkpoints;
        all.waited_ms += t[i].waited_ms;
        all.longest_ms = t[i].longest_ms > all.longest_ms ? t[i].longest_ms : all.longest_ms;
        all.failed += t[i].failed;
        if (t[i].why[0] != '\0' && all.why[0] == '\0') {
            memcpy(all.why, t[i].why, sizeof all.why);
        }
    }
    return all;
}

static void keep_first(void *ctx, const char *finding) {
    char *why = ctx;
    if (why[0] == '\0' && strstr(finding, "does not belong") == NULL) { /* our tables are this test's own */
        snprintf(why, 300, "%.299s", finding);
        for (char *p = why; *p != '\0'; p++) {
            *p = *p == '\n' ? ' ' : *p;
        }
    }
}

/* What is wrong with the file, "" for nothing; also where its rows are not those that were written. */
static void examine(const char *path, int64_t writes, char why[300]) {
    struct err e = ERR_INIT;
    struct db *db = NULL;
    int64_t rows = 0;
    int64_t total = 0;
    why[0] = '\0';
    enum err_code rc = db_open(&(struct db_options){.path = path}, &db, &e);
    if (rc == ERR_OK) {
        rc = db_integrity(db, keep_first, why, &e);
    }
    if (rc == ERR_OK) {
        rc = db_get_int(db, "SELECT count(*) FROM sale", DB_NO_BIND, &rows, &e);
    }
    if (rc == ERR_OK) {
        rc = db_get_int(db, "SELECT sales FROM total", DB_NO_BIND, &total, &e);
    }
    if (rc != ERR_OK) {
        keep_first(why, e.message);
    } else if (rows != total || rows != writes * 3) {
        char text[200];
        snprintf(text, sizeof text, "%lld rows, their total says %lld, %lld were confirmed", (long long)rows,
                 (long long)total, (long long)writes * 3);
        keep_first(why, text);
    }
    db_close(&db);
}

static void test_many_writers_and_checkpointers_leave_the_file_whole(void **state) {
    (void)state;
    const char *seconds = getenv("CHOTDON_CRASH_SECONDS");
    struct tally *t = tallies_new();
    char *path = make_file();
    char why[300];
    run(path, WRITERS, CHECKPOINTERS, seconds == NULL ? SHORT_MS : 1000 * atoll(seconds), t);
    struct tally all = sum(t, WRITERS + CHECKPOINTERS);
    examine(path, all.writes, why);
    printf("  %lld writes of %d programs, %lld checkpoints of %d: %s\n", (long long)all.writes, WRITERS,
           (long long)all.checkpoints, CHECKPOINTERS, why[0] == '\0' ? "whole" : why);
    assert_string_equal(all.why, "");
    assert_int_equal(all.failed, 0);
    assert_string_equal(why, "");
    assert_true(all.writes > 50);
    testdb_remove(path);
    tallies_free(t);
}

/* In a fair queue each waits for those before it: about the mean, whatever the number. The bound allows for a machine
 * that is busy with something else. */
static void nobody_starves(int writers) {
    struct tally *t = tallies_new();
    char *path = make_file();
    run(path, writers, 0, SHORT_MS, t);
    struct tally all = sum(t, writers);
    assert_string_equal(all.why, "");
    int64_t mean_us = all.waited_ms * 1000 / (all.writes == 0 ? 1 : all.writes);
    int64_t fewest = INT64_MAX;
    int64_t most = 0;
    for (int i = 0; i < writers; i++) {
        fewest = t[i].writes < fewest ? t[i].writes : fewest;
        most = t[i].writes > most ? t[i].writes : most;
    }
    printf("  %d writers: %lld writes, %lld.%lld ms each, %lld ms at most; %lld to %lld each\n", writers,
           (long long)all.writes, (long long)(mean_us / 1000), (long long)(mean_us / 100 % 10),
           (long long)all.longest_ms, (long long)fewest, (long long)most);
    assert_true(all.longest_ms <= 3000 + 20 * mean_us / 1000);
    assert_true(fewest * 3 >= most);
    testdb_remove(path);
    tallies_free(t);
}

static void test_nobody_starves_of_16(void **state) {
    (void)state;
    nobody_starves(16);
}

static void test_nobody_starves_of_32(void **state) {
    (void)state;
    nobody_starves(MANY);
}

/* Again and again one writer is killed, wherever it is: in the queue, with the lock, in a commit. */
static void test_the_killed_hold_up_nobody(void **state) {
    (void)state;
    enum { KILLS = 60 };
    struct tally *t = tallies_new();
    char *path = make_file();
    struct random r = {5};
    pid_t pids[WRITERS + KILLS];
    int64_t end = ticks_ms() + 20000;
    for (int i = 0; i < WRITERS; i++) {
        pids[i] = fork();
        if (pids[i] == 0) {
            write_until(path, i, 0, end, &t[i]);
            _exit(0);
        }
    }
    for (int i = 0; i < KILLS; i++) {
        ticks_pause_us(1000 * random_between(&r, 0, 30));
        int victim = (int)random_between(&r, 0, WRITERS - 1);
        kill(pids[victim], SIGKILL);
        waitpid(pids[victim], NULL, 0);
        pids[victim] = fork();
        if (pids[victim] == 0) {
            write_until(path, victim, 0, end, &t[victim]);
            _exit(0);
        }
    }
    for (int i = 0; i < WRITERS; i++) {
        kill(pids[i], SIGKILL);
        waitpid(pids[i], NULL, 0);
    }
    struct tally all = sum(t, WRITERS);
    printf("  %d killed, %lld writes, %lld ms at most\n", KILLS, (long long)all.writes, (long long)all.longest_ms);
    assert_string_equal(all.why, "");
    assert_true(all.longest_ms < 5000);
    struct db *db = testdb_reopen(path);
    assert_int_equal(testdb_int(db, "SELECT count(*) FROM sale"), testdb_int(db, "SELECT sales FROM total"));
    assert_true(testdb_int(db, "SELECT count(*) FROM sale") >= all.writes * 3);
    db_close(&db);
    testdb_remove(path);
    tallies_free(t);
}

/* The long mode, with or without the lock: prints what became of each run. */
static int stress(int runs, int64_t ms) {
    int damaged = 0;
    printf("%s, %d writers and %d checkpointers, %s the lock, %d runs of %lld s\n", db_engine(), WRITERS, CHECKPOINTERS,
           lock_is_out ? "without" : "with", runs, (long long)ms / 1000);
    for (int i = 1; i <= runs; i++) {
        struct tally *t = tallies_new();
        char *path = make_file();
        char why[300];
        run(path, WRITERS, CHECKPOINTERS, ms, t);
        struct tally all = sum(t, WRITERS + CHECKPOINTERS);
        examine(path, all.writes, why);
        bool bad = why[0] != '\0' || all.failed > 0;
        damaged += bad ? 1 : 0;
        printf("%2d  %7lld writes  %7lld checkpoints  %s%s%s\n", i, (long long)all.writes, (long long)all.checkpoints,
               bad ? "DAMAGED: " : "whole", why, why[0] == '\0' && bad ? all.why : "");
        fflush(stdout);
        testdb_remove(path);
        tallies_free(t);
    }
    printf("%d of %d damaged\n", damaged, runs);
    return damaged > 0 && !lock_is_out ? 1 : 0;
}

int main(int argc, char **argv) {
    if (access("/dev/shm", W_OK) == 0) { /* without a disk's pauses there are many more moments to go wrong in */
        setenv("TMPDIR", "/dev/shm", 0);
    }
    if (argc > 1) {
        lock_is_out = strcmp(argv[1], "--without-lock") == 0;
        return stress(argc > 2 ? atoi(argv[2]) : 10, 1000 * (argc > 3 ? atoll(argv[3]) : 30));
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_many_writers_and_checkpointers_leave_the_file_whole),
        cmocka_unit_test(test_nobody_starves_of_16),
        cmocka_unit_test(test_nobody_starves_of_32),
        cmocka_unit_test(test_the_killed_hold_up_nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
