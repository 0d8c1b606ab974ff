/* The one writer's lock between processes: fair, complete, and safe when processes die, stop or give up. */
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
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/ticks.h"
#include "db/sqlite_lock.h"
#include "testdb.h"

/* A process that wants the lock: says 'w' before it asks, then 'g' when it has it or 'b' for busy; lets go when told
 * to. */
struct peer {
    pid_t pid;
    int from;
    int to;
};

static void peer_run(const char *database, int wait_ms, int in, int out) {
    struct sqlite_lock *lock = sqlite_lock_new(database);
    struct sqlite_lock_wait wait = {.wait_ms = wait_ms};
    char c = 'w';
    sqlite_lock_name(lock, "peer\033[2J");
    if (write(out, &c, 1) != 1) {
        _exit(2);
    }
    enum err_code rc = sqlite_lock_acquire(lock, &wait, NULL);
    c = rc == ERR_OK ? 'g' : rc == ERR_BUSY ? 'b' : 'x';
    if (write(out, &c, 1) != 1 || read(in, &c, 1) < 0) {
        _exit(2);
    }
    sqlite_lock_release(lock);
    sqlite_lock_free(lock);
    _exit(0);
}

static char hear(const struct peer *p) {
    char c = 0;
    assert_int_equal(read(p->from, &c, 1), 1);
    return c;
}

static bool silent(const struct peer *p, int ms) {
    fd_set set;
    FD_ZERO(&set);
    FD_SET(p->from, &set);
    return select(p->from + 1, &set, NULL, NULL, &(struct timeval){.tv_usec = ms * 1000}) == 0;
}

static struct peer peer_start(const char *database, int wait_ms) {
    int up[2];
    int down[2];
    assert_int_equal(pipe(up), 0);
    assert_int_equal(pipe(down), 0);
    struct peer p = {.pid = fork(), .from = up[0], .to = down[1]};
    if (p.pid == 0) {
        close(up[0]);
        close(down[1]);
        peer_run(database, wait_ms, down[0], up[1]);
    }
    close(up[1]);
    close(down[0]);
    assert_int_equal(hear(&p), 'w');
    return p;
}

/* One more that surely stands behind those before. */
static struct peer peer_queue(const char *database, int wait_ms) {
    struct peer p = peer_start(database, wait_ms);
    assert_true(silent(&p, 30));
    return p;
}

static void let_go(const struct peer *p) {
    assert_int_equal(write(p->to, "!", 1), 1);
}

static void peer_end(struct peer *p) {
    close(p->to);
    close(p->from);
    waitpid(p->pid, NULL, 0);
}

static void peer_kill(struct peer *p) {
    kill(p->pid, SIGKILL);
    peer_end(p);
}

static int setup(void **state) {
    char *path = testdb_path("shop.db");
    struct db *db = testdb_create(path);
    testdb_script(db, "CREATE TABLE counter(id INTEGER PRIMARY KEY, n INTEGER NOT NULL) STRICT;"
                      "INSERT INTO counter(id, n) VALUES(1, 0)");
    db_close(&db);
    *state = path;
    return 0;
}

static int teardown(void **state) {
    testdb_remove(*state);
    return 0;
}

static void test_first_come_first_served(void **state) {
    const char *path = *state;
    struct peer p[6];
    p[0] = peer_start(path, 5000);
    assert_int_equal(hear(&p[0]), 'g');
    for (int i = 1; i < 6; i++) {
        p[i] = peer_queue(path, 5000);
    }
    for (int i = 0; i < 5; i++) {
        let_go(&p[i]);
        assert_int_equal(hear(&p[i + 1]), 'g');
        for (int later = i + 2; later < 6; later++) {
            assert_true(silent(&p[later], 2));
        }
    }
    let_go(&p[5]);
    for (int i = 0; i < 6; i++) {
        peer_end(&p[i]);
    }
}

static void test_a_killed_holder_frees_the_queue(void **state) {
    const char *path = *state;
    struct peer holder = peer_start(path, 5000);
    assert_int_equal(hear(&holder), 'g');
    struct peer next = peer_queue(path, 5000);
    int64_t t = ticks_ms();
    peer_kill(&holder);
    assert_int_equal(hear(&next), 'g');
    assert_true(ticks_ms() - t < 1000);
    let_go(&next);
    peer_end(&next);
}

static void test_a_killed_waiter_lets_nobody_past_the_holder(void **state) {
    const char *path = *state;
    struct peer holder = peer_start(path, 5000);
    assert_int_equal(hear(&holder), 'g');
    struct peer b = peer_queue(path, 5000);
    struct peer c = peer_queue(path, 5000);
    struct peer d = peer_queue(path, 5000);
    peer_kill(&b);
    assert_true(silent(&c, 100));
    peer_kill(&c);
    assert_true(silent(&d, 100));
    let_go(&holder);
    assert_int_equal(hear(&d), 'g');
    let_go(&d);
    peer_end(&holder);
    peer_end(&d);
}

static void test_who_gives_up_does_not_break_the_queue(void **state) {
    const char *path = *state;
    struct peer holder = peer_start(path, 5000);
    assert_int_equal(hear(&holder), 'g');
    struct peer impatient = peer_queue(path, 150);
    struct peer c = peer_queue(path, 5000);
    struct peer d = peer_queue(path, 5000);
    assert_int_equal(hear(&impatient), 'b');
    let_go(&impatient);
    assert_true(silent(&c, 50));
    let_go(&holder);
    assert_int_equal(hear(&c), 'g');
    assert_true(silent(&d, 30));
    let_go(&c);
    assert_int_equal(hear(&d), 'g');
    let_go(&d);
    struct peer *all[] = {&holder, &impatient, &c, &d};
    for (size_t i = 0; i < 4; i++) {
        peer_end(all[i]);
    }
}

static void test_a_suspended_waiter_holds_up_nobody_for_long(void **state) {
    const char *path = *state;
    struct peer holder = peer_start(path, 5000);
    assert_int_equal(hear(&holder), 'g');
    struct peer asleep = peer_queue(path, 5000);
    struct peer c = peer_queue(path, 5000);
    kill(asleep.pid, SIGSTOP);
    let_go(&holder);
    int64_t t = ticks_ms();
    assert_int_equal(hear(&c), 'g');
    assert_true(ticks_ms() - t < 1500);
    let_go(&c);
    kill(asleep.pid, SIGCONT);
    assert_int_equal(hear(&asleep), 'g');
    let_go(&asleep);
    peer_end(&holder);
    peer_end(&asleep);
    peer_end(&c);
}

struct notices {
    int count, at_most;
    char holder[200];
};

static bool count_notice(void *ctx, const char *holder) {
    struct notices *n = ctx;
    snprintf(n->holder, sizeof n->holder, "%s", holder);
    return ++n->count < n->at_most;
}

static void test_waiting_is_told_and_ends_busy(void **state) {
    const char *path = *state;
    struct peer holder = peer_start(path, 5000);
    assert_int_equal(hear(&holder), 'g');
    struct sqlite_lock *lock = sqlite_lock_new(path);
    struct notices n = {.at_most = 100};
    struct err e = ERR_INIT;
    struct sqlite_lock_wait wait = {.wait_ms = 900, .on_wait = count_notice, .ctx = &n};
    int64_t t = ticks_ms();
    assert_int_equal(sqlite_lock_acquire(lock, &wait, &e), ERR_BUSY);
    assert_true(ticks_ms() - t >= 900 && ticks_ms() - t < 2000);
    assert_true(n.count >= 2 && n.count <= 4);
    assert_non_null(strstr(e.message, "peer"));
    n.at_most = 1;
    t = ticks_ms();
    wait.wait_ms = 60000;
    assert_int_equal(sqlite_lock_acquire(lock, &wait, &e), ERR_BUSY); /* who is told may end it */
    assert_true(ticks_ms() - t < 1000);
    volatile sig_atomic_t stop = 1;
    wait.stop = &stop;
    assert_int_equal(sqlite_lock_acquire(lock, &wait, &e), ERR_REFUSED);
    sqlite_lock_free(lock);
    let_go(&holder);
    peer_end(&holder);
}

static void test_those_who_wait_learn_who_writes_and_that_it_was_stopped(void **state) {
    const char *path = *state;
    struct peer holder = peer_start(path, 5000);
    assert_int_equal(hear(&holder), 'g');
    struct sqlite_lock *lock = sqlite_lock_new(path);
    struct notices n = {.at_most = 1};
    struct sqlite_lock_wait wait = {.wait_ms = 5000, .on_wait = count_notice, .ctx = &n};
    assert_int_equal(sqlite_lock_acquire(lock, &wait, NULL), ERR_BUSY);
    char *process = mem_printf("(process %d)", (int)holder.pid);
    assert_non_null(strstr(n.holder, "peer"));
    assert_null(strchr(n.holder, '\033')); /* whoever wrote the file, the terminal takes no orders from it */
    assert_non_null(strstr(n.holder, process));
    free(process);
    kill(holder.pid, SIGSTOP);
    n.count = 0;
    assert_int_equal(sqlite_lock_acquire(lock, &wait, NULL), ERR_BUSY);
    assert_non_null(strstr(n.holder, "stopped"));
    kill(holder.pid, SIGKILL);
    n = (struct notices){.at_most = 100};
    assert_int_equal(sqlite_lock_acquire(lock, &wait, NULL), ERR_OK);
    sqlite_lock_free(lock);
    peer_end(&holder);
}

static mode_t mode_of(const char *path, const char *suffix) {
    char *name = mem_printf("%s%s", path, suffix);
    struct stat st;
    assert_int_equal(stat(name, &st), 0);
    free(name);
    return st.st_mode & 0777;
}

static void test_side_files_have_the_mode_of_the_database(void **state) {
    const char *path = *state;
    struct db *db = testdb_reopen(path);
    testdb_script(db, "UPDATE counter SET n = n + 1");
    const char *suffixes[] = {"", "-wal", "-shm", ".lock"};
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(mode_of(path, suffixes[i]), 0600);
    }
    db_close(&db);
    struct err e = ERR_INIT;
    assert_int_equal(db_open(&(struct db_options){.path = path, .shared_group = true}, &db, &e), ERR_OK);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(mode_of(path, suffixes[i]), 0660);
    }
    db_close(&db);
}

static void test_a_lock_file_that_cannot_be_used_is_told(void **state) {
    const char *path = *state;
    char *name = mem_printf("%s.lock", path);
    struct err e = ERR_INIT;
    struct sqlite_lock_wait wait = {.wait_ms = 100};
    struct sqlite_lock *lock = sqlite_lock_new(path);
    unlink(name);
    assert_int_equal(symlink("/tmp/elsewhere", name), 0);
    assert_int_equal(sqlite_lock_acquire(lock, &wait, &e), ERR_IO);
    assert_non_null(strstr(e.message, name));
    unlink(name);
    assert_int_equal(mkdir(name, 0700), 0);
    assert_int_equal(sqlite_lock_acquire(lock, &wait, &e), ERR_IO);
    rmdir(name);
    assert_int_equal(sqlite_lock_acquire(lock, &wait, &e), ERR_OK);
    sqlite_lock_free(lock);
    free(name);
}

/* --- the whole seam: read, think, write; an update that is lost shows in the sum */
static enum err_code count_up(struct db *db, void *ctx, struct err *e) {
    (void)ctx;
    int64_t n = 0;
    enum err_code rc = db_get_int(db, "SELECT n FROM counter WHERE id = 1", DB_NO_BIND, &n, e);
    if (rc == ERR_OK) {
        rc = db_run(db, "UPDATE counter SET n = $1 WHERE id = 1", DB_BIND(DB_INT(n + 1)), e);
    }
    return rc;
}

enum { COUNTERS = 8, TIMES = 150 };

static void counter_run(const char *path, bool checkpoints) {
    struct db *db = testdb_reopen(path);
    int64_t longest = 0;
    for (int i = 0; i < TIMES; i++) {
        int64_t t = ticks_ms();
        struct err e = ERR_INIT;
        if (db_transact(db, count_up, NULL, &e) != ERR_OK) {
            fprintf(stderr, "%s\n", e.message);
            _exit(1);
        }
        longest = ticks_ms() - t > longest ? ticks_ms() - t : longest;
        if (checkpoints && i % 10 == 0) {
            db_checkpoint(db, NULL);
        }
    }
    db_close(&db);
    _exit(longest < 5000 ? 0 : 2);
}

static void run_counters(const char *path, void (*meanwhile)(const char *path)) {
    pid_t pids[COUNTERS];
    for (int i = 0; i < COUNTERS; i++) {
        pids[i] = fork();
        if (pids[i] == 0) {
            counter_run(path, i % 2 == 0);
        }
    }
    if (meanwhile != NULL) {
        meanwhile(path);
    }
    for (int i = 0; i < COUNTERS; i++) {
        int status = 0;
        waitpid(pids[i], &status, 0);
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), 0);
    }
    struct db *db = testdb_reopen(path);
    assert_int_equal(testdb_int(db, "SELECT n FROM counter"), COUNTERS * TIMES);
    db_close(&db);
}

static void test_no_update_is_lost_and_nobody_starves(void **state) {
    run_counters(*state, NULL);
}

static void tamper(const char *path) {
    char *name = mem_printf("%s.lock", path);
    for (int i = 0; i < 40; i++) {
        if (i % 4 == 3) {
            unlink(name);
        } else if (truncate(name, 0) != 0) {
            ticks_pause_us(1000);
        }
        ticks_pause_us(5000);
    }
    free(name);
}

static void test_a_lock_file_that_is_emptied_and_deleted_does_no_harm(void **state) {
    run_counters(*state, tamper);
}

static void test_a_replaced_database_is_not_written_to(void **state) {
    const char *path = *state;
    struct err e = ERR_INIT;
    struct db *db = testdb_reopen(path);
    testdb_script(db, "UPDATE counter SET n = 5");
    char *moved = mem_printf("%s.old", path);
    assert_int_equal(rename(path, moved), 0);
    assert_int_equal(db_transact(db, count_up, NULL, &e), ERR_IO);
    assert_int_equal(rename(moved, path), 0);
    assert_int_equal(db_transact(db, count_up, NULL, &e), ERR_IO); /* and from then on */
    db_close(&db);
    free(moved);
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        T(test_first_come_first_served),
        T(test_a_killed_holder_frees_the_queue),
        T(test_a_killed_waiter_lets_nobody_past_the_holder),
        T(test_who_gives_up_does_not_break_the_queue),
        T(test_a_suspended_waiter_holds_up_nobody_for_long),
        T(test_waiting_is_told_and_ends_busy),
        T(test_those_who_wait_learn_who_writes_and_that_it_was_stopped),
        T(test_side_files_have_the_mode_of_the_database),
        T(test_a_lock_file_that_cannot_be_used_is_told),
        T(test_no_update_is_lost_and_nobody_starves),
        T(test_a_lock_file_that_is_emptied_and_deleted_does_no_harm),
        T(test_a_replaced_database_is_not_written_to),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
