/* One process keeps the writer's lock for twelve seconds. Nobody sees “busy”: a sign after a second, a choice after
 * ten; what was typed stays, what is typed meanwhile comes after it, and nothing is lost. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/ticks.h"
#include "db/sqlite_lock.h"
#include "testoffice.h"

struct counters {
    struct testoffice *office;
    struct sqlite_lock *lock;
};

static void command(const struct counters *o, const char *words) {
    testoffice_command(o->office, words);
}

static int setup(void **state) {
    struct counters *o = mem_zalloc(sizeof *o);
    o->office = testoffice_new("2026-11-21 14:05:00", NULL);
    command(o, "product add AO-M 'Áo thun trơn M' --price 120000 --barcode 8930000000017");
    o->lock = sqlite_lock_new(o->office->path);
    sqlite_lock_name(o->lock, "Lan, import orders");
    *state = o;
    return 0;
}

static int teardown(void **state) {
    struct counters *o = *state;
    sqlite_lock_free(o->lock);
    testoffice_free(o->office);
    free(o);
    return 0;
}

static void hold(const struct counters *o) {
    const struct sqlite_lock_wait wait = {.wait_ms = 5000};
    assert_int_equal(sqlite_lock_acquire(o->lock, &wait, NULL), ERR_OK);
}

static struct pty *screens(const struct counters *o) {
    return testoffice_start(o->office, "en", 0, 0);
}

static struct pty *typed_command(const struct counters *o, const char *sku) {
    const char *argv[] = {o->office->program, "--lang",  "en",  "-d", o->office->path, "product", "add", sku,
                          "Nón trắng",        "--price", "50k", NULL};
    return pty_start(&(struct pty_options){.argv = argv});
}

/* A command whose input and output are no terminal: exit status and what it said. */
static FILE *start_unattended(const struct counters *o) {
    char *line = mem_printf("LC_ALL=C.UTF-8 %s --lang en -d '%s' product add AO-X 'Áo' --price 1000 2>&1 </dev/null",
                            o->office->program, o->office->path);
    FILE *f = popen(line, "r");
    assert_non_null(f);
    free(line);
    return f;
}

static void expect_refused_with_what_to_do(FILE *f) {
    char text[500] = "";
    assert_non_null(fgets(text, sizeof text, f));
    assert_non_null(strstr(text, "Lan, import orders (process "));
    assert_non_null(strstr(text, "not saved, nothing of it: try again when Lan"));
    assert_null(strstr(text, "Waiting for"));
    assert_int_equal(WEXITSTATUS(pclose(f)), 1);
}

static void test_everybody_waits_with_a_sign_and_a_choice(void **state) {
    const struct counters *o = *state;
    struct pty *sells = screens(o);
    struct pty *adds = screens(o);
    pty_type(sells, "ao-m<Enter>");
    pty_expect(sells, "1 × Áo");
    pty_type(adds, "<Alt-6>");
    pty_expect(adds, "No customers here");
    pty_type(adds, "nNguyễn Văn Đạt<Tab>0912 345 678");

    hold(o);
    int64_t began = ticks_ms();
    pty_type(sells, "<F8>");
    pty_type(adds, "<Enter>");
    struct pty *yes = typed_command(o, "NON-1");
    struct pty *no = typed_command(o, "NON-2");
    FILE *unattended = start_unattended(o);
    struct pty *all[] = {sells, adds, yes, no};
    for (size_t i = 0; i < 4; i++) {
        pty_expect(all[i], i < 2 ? "Waiting for another counter to finish saving… 2 s · Lan, import orders"
                                 : "Waiting until Lan, import orders (process ");
    }
    pty_type(sells, "ao-m"); /* the next customer's goods, in advance */
    for (size_t i = 0; i < 4; i++) {
        pty_expect(all[i], "8 s");
    }
    assert_true(ticks_ms() - began < 10000);
    for (size_t i = 0; i < 4; i++) {
        pty_expect(all[i], "Keep waiting?");
    }
    pty_type(sells, "<Enter>");
    pty_expect_gone(sells, "Keep waiting?");
    pty_expect(sells, "Waiting for another counter");
    pty_type(adds, "<Esc>");
    pty_expect(adds, "not saved, nothing of it: try again when ");
    pty_expect(adds, "Nguyễn Văn Đạt");
    pty_type(yes, "y<Enter>");
    pty_type(no, "n<Enter>");
    assert_int_equal(pty_expect_exit(no), 1);
    expect_refused_with_what_to_do(unattended);
    sqlite_lock_release(o->lock);

    pty_expect(sells, "DH261121-0001");
    pty_expect(sells, "> ao-m");
    assert_int_equal(pty_expect_exit(yes), 0);
    pty_type(adds, "<Enter>");
    pty_expect(adds, "Added Nguyễn Văn Đạt");
    for (size_t i = 0; i < 4; i++) {
        pty_free(all[i]);
    }
    command(o, "product show NON-1");
    command(o, "customer show 0912345678");
    command(o, "check");
}

static void test_goods_are_scanned_on_while_another_counter_saves(void **state) {
    const struct counters *o = *state;
    struct pty *p = screens(o);
    hold(o);
    pty_send(p, "8930000000017\r");
    pty_expect(p, "another counter is saving");
    pty_send(p, "8930000000017\r");
    pty_expect(p, "240.000");
    sqlite_lock_release(o->lock);
    command(o, "product add NON-1 'Nón' --price 50k"); /* what the other one was at */
    pty_expect_gone(p, "another counter is saving");
    pty_signal(p, 9);
    pty_free(p);
    p = screens(o);
    pty_expect(p, "240.000"); /* nothing of it was lost */
    pty_free(p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_everybody_waits_with_a_sign_and_a_choice, setup, teardown),
        cmocka_unit_test_setup_teardown(test_goods_are_scanned_on_while_another_counter_saves, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
