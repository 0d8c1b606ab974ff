/* Bad days at the counter: the line goes, the drive goes, the disk is full, memory is out. What was typed comes back,
 * the terminal is given back, and the message says what to do. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "pty.h"
#include "testdb.h"
#include "testsell.h"

static char folder[] = "/tmp/chotdon-bad-XXXXXX";
static char shop_folder[128], shop_path[160], program[128];

static void noon(void *ctx, const char *time_zone, char now[DATETIME_SIZE]) {
    (void)ctx;
    (void)time_zone;
    memcpy(now, "2026-11-21 12:00:00", DATETIME_SIZE);
}

static void make_shop_at(const char *path) {
    struct err e = ERR_INIT;
    struct shop *shop = NULL;
    struct shop_options options = {.path = path, .clock = noon};
    if (shop_create(&options, "VND", &shop, &e) != ERR_OK) {
        fail_msg("%s", e.message);
    }
    testsell_fill(shop);
    shop_close(&shop);
}

static int setup(void **state) {
    const char *build = getenv("B");
    (void)state;
    snprintf(program, sizeof program, "%s/chotdon", build == NULL ? "build" : build);
    snprintf(shop_folder, sizeof shop_folder, "%s/drive", folder);
    snprintf(shop_path, sizeof shop_path, "%s/shop.db", shop_folder);
    mkdir(shop_folder, 0700);
    make_shop_at(shop_path);
    return 0;
}

static int teardown(void **state) {
    (void)state;
    testdb_remove(mem_strdup(shop_path));
    return 0;
}

static struct pty *start(void) {
    const char *argv[] = {program,  "-d", shop_path, "-c", "tests/data/sell.ini", "--now", "2026-11-21 14:05:00",
                          "--lang", "en", NULL};
    return pty_start(&(struct pty_options){.argv = argv});
}

static void scan(struct pty *p, const char *code, const char *seen) {
    char burst[64];
    snprintf(burst, sizeof burst, "%s\r", code);
    pty_send(p, burst);
    pty_expect(p, seen);
}

static void quit(struct pty *p) {
    pty_type(p, "<Ctrl-Q>");
    pty_expect_exit(p);
    pty_expect_restored(p);
    pty_free(p);
}

static void expect_basket(const char *total) {
    struct pty *p = start();
    pty_expect(p, "Recovered what was being typed");
    pty_expect(p, total);
    pty_type(p, "<F8>");
    pty_expect(p, "DH261121-0001");
    quit(p);
}

/* The program is a grandchild: what its processor time came to is told by the kernel until it is gone. */
static long ticks_of(pid_t pid) {
    char path[40];
    long user = 0;
    long system = 0;
    snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
    FILE *f = fopen(path, "r");
    if (f != NULL) {
        if (fscanf(f, "%*d %*s %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %ld %ld", &user, &system) != 2) {
            user = system = 0;
        }
        fclose(f);
    }
    return user + system;
}

static void a_lost_line_keeps_the_basket(void **state) {
    struct pty *p = start();
    (void)state;
    scan(p, SELL_SHIRT, "1 AT-TR-M");
    pty_type(p, "2*");
    scan(p, SELL_WATER, "2 NUOC-15");
    pty_hang_up(p);
    pty_expect_exit(p);
    pty_free(p);
    expect_basket("136.000");
}

static void a_hangup_signal_keeps_the_basket(void **state) {
    struct pty *p = start();
    (void)state;
    scan(p, SELL_SHIRT, "1 AT-TR-M");
    pty_signal(p, SIGHUP);
    pty_expect_exit(p);
    pty_expect_restored(p);
    pty_free(p);
    expect_basket("120.000");
}

static void nothing_turns_while_nobody_types(void **state) {
    struct pty *p = start();
    (void)state;
    scan(p, SELL_SHIRT, "1 AT-TR-M");
    pty_settle(p);
    long before = ticks_of(pty_pid(p));
    for (int i = 0; i < 20; i++) {
        nanosleep(&(struct timespec){.tv_nsec = 100000000}, NULL);
        pty_screen(p);
    }
    assert_true(ticks_of(pty_pid(p)) - before <= 20); /* a tenth of the two seconds */
    quit(p);
}

static void a_vanished_drive_is_told_and_the_basket_comes_back_with_it(void **state) {
    char away[160];
    struct pty *p = start();
    (void)state;
    snprintf(away, sizeof away, "%s.away", shop_folder);
    scan(p, SELL_SHIRT, "1 AT-TR-M");
    pty_settle(p);
    assert_int_equal(rename(shop_folder, away), 0);
    pty_type(p, "<F8>");
    pty_expect(p, "is not there any more");
    pty_expect(p, "start the program again"); /* to the end, on 80 columns */
    pty_expect(p, "1 AT-TR-M");               /* what was typed still stands there */
    assert_int_equal(rename(away, shop_folder), 0);
    pty_type(p, "<F8>");
    pty_expect(p, "could not be written to earlier");
    quit(p);
    expect_basket("120.000");
}

static void a_replaced_file_is_told_and_not_written_to(void **state) {
    char other[160];
    char kept[170];
    struct pty *p = start();
    (void)state;
    snprintf(other, sizeof other, "%s/other.db", shop_folder);
    snprintf(kept, sizeof kept, "%s.kept", shop_path);
    make_shop_at(other);
    scan(p, SELL_SHIRT, "1 AT-TR-M");
    pty_settle(p);
    assert_int_equal(rename(shop_path, kept), 0);
    assert_int_equal(rename(other, shop_path), 0);
    pty_type(p, "<F8>");
    pty_expect(p, "was moved or replaced");
    quit(p);
}

static void an_open_shop_whose_folder_becomes_read_only_sells_on(void **state) {
    struct pty *p = start();
    (void)state;
    scan(p, SELL_SHIRT, "1 AT-TR-M");
    pty_settle(p);
    chmod(shop_folder, 0500);
    pty_type(p, "<F8>");
    pty_expect(p, "DH261121-0001 · 120.000");
    chmod(shop_folder, 0700);
    quit(p);
}

/* As `ulimit -d` would, in the middle of work: not one page more. */
static void a_program_out_of_memory_gives_the_terminal_back(void **state) {
    struct pty *p = start();
    (void)state;
    scan(p, SELL_SHIRT, "1 AT-TR-M");
    pty_settle(p);
    struct rlimit none = {0, 0};
    assert_int_equal(prlimit(pty_pid(p), RLIMIT_DATA, &none, NULL), 0);
    pty_resize(p, 600, 300); /* a screen that takes more than there is */
    assert_int_equal(pty_expect_exit(p), 1);
    assert_non_null(memmem(pty_raw(p)->data, pty_raw(p)->len, "out of memory", strlen("out of memory")));
    pty_expect_restored(p);
    pty_free(p);
    expect_basket("120.000");
}

/* A disk of its own, with next to no room, seen by this process and the program alone. */
static bool make_small_disk(void) {
    if (unshare(CLONE_NEWNS) != 0 && unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) {
        return false;
    }
    return mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
           mount("none", shop_folder, "tmpfs", 0, "size=4m") == 0;
}

static void fill_disk(const char *path) {
    static const char zeros[4096];
    int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    assert_true(fd >= 0);
    while (write(fd, zeros, sizeof zeros) > 0) {
    }
    close(fd);
}

/* The last test: its disk hides the folder. */
static void a_full_disk_is_told_lets_people_read_and_sells_on_with_room(void **state) {
    char filler[170];
    (void)state;
    if (!make_small_disk()) {
        skip();
    }
    snprintf(filler, sizeof filler, "%s/filler", shop_folder);
    make_shop_at(shop_path);
    struct pty *p = start();
    scan(p, SELL_SHIRT, "1 AT-TR-M");
    fill_disk(filler);
    for (int i = 0; i < 40 && strstr(pty_screen(p), "disk is full") == NULL; i++) { /* the log's last pages */
        pty_send(p, SELL_WATER "\r");
        pty_settle(p);
    }
    pty_expect(p, "the disk is full: free some space");
    struct pty *reader = start(); /* another one can still look things up */
    pty_type(reader, "<Alt-2>");
    pty_expect(reader, "Pipeline");
    pty_free(reader);
    assert_int_equal(unlink(filler), 0);
    pty_type(p, "<F8>");
    pty_expect(p, "DH261121-0001");
    quit(p);
    umount2(shop_folder, MNT_DETACH);
}

static int make_folder(void **state) {
    (void)state;
    return mkdtemp(folder) == NULL;
}

static int remove_folder(void **state) {
    (void)state;
    return rmdir(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        T(a_lost_line_keeps_the_basket),
        T(a_hangup_signal_keeps_the_basket),
        T(nothing_turns_while_nobody_types),
        T(a_vanished_drive_is_told_and_the_basket_comes_back_with_it),
        T(a_replaced_file_is_told_and_not_written_to),
        T(an_open_shop_whose_folder_becomes_read_only_sells_on),
        T(a_program_out_of_memory_gives_the_terminal_back),
        T(a_full_disk_is_told_lets_people_read_and_sells_on_with_room),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
