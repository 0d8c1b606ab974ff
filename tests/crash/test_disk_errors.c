/* Every call that changes a file fails in turn, with a full disk and with a broken one, once and for good, while a shop
 * works: what was reported saved is there, what was not is not, the message says what to do, after a failed write
 * nothing more is written, and a full disk lets people read, and sell again once there is room. As many as
 * CHOTDON_CRASH_SECONDS (8 unless set) allow, at least one of each step and kind; 0 seconds and CHOTDON_CRASH_ALL: all.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/ticks.h"
#include "chotdon/order.h"
#include "crash_moments.h"
#include "disk.h"
#include "fault_vfs.h"
#include "random.h"

enum { KINDS = 4 }; /* full, broken; once, for good */

struct try {
    const struct crash_moment *m;
    int64_t at;
    int kind;
    bool must; /* the first of its step and kind */
};

struct tries {
    struct crash_shop *c;
    struct try *list;
    size_t count, capacity;
    int64_t faults, done, failed;
    struct crash_proven proven;
};

static struct disk_fault fault_of(const struct try *t) {
    return (struct disk_fault){
        .at = t->at,
        .error = t->kind % 2 == 0 ? ENOSPC : EIO,
        .lasts = t->kind >= 2,
        .shorts = t->at % 3 == 0,
    };
}

static const char *name_of(const struct try *t, char out[80]) {
    struct disk_fault f = fault_of(t);
    snprintf(out, 80, "%s, call %lld %s%s", t->m->step->name, (long long)t->at, f.error == EIO ? "EIO" : "ENOSPC",
             f.lasts ? " for good" : "");
    return out;
}

static void assert_says_what_to_do(const struct try *t, enum err_code rc, const struct err *e) {
    char name[80];
    bool unsure = strstr(e->message, "not certain") != NULL;
    const char *advice = t->kind % 2 == 0 && !unsure ? "free some space" : "check";
    if (rc != ERR_IO || strstr(e->message, advice) == NULL) {
        fail_msg("%s: %s: “%s” does not say “%s”", name_of(t, name), err_code_name(rc), e->message, advice);
    }
}

static void assert_can_read(struct crash_shop *c, const struct try *t) {
    char name[80];
    struct err e = ERR_INIT;
    struct order_filter all = {0};
    int64_t count = 0;
    if (order_count(c->shop, &all, &count, &e) != ERR_OK || count == 0) {
        fail_msg("%s: cannot read: %s", name_of(t, name), e.message);
    }
}

/* The same program, once the disk works again. */
static bool assert_goes_on_or_stops(struct crash_shop *c, const struct try *t, enum err_code rc) {
    char name[80];
    struct err e = ERR_INIT;
    enum err_code again = crash_sell(c, &e);
    if (disk_hurt() && rc != ERR_OK && again != ERR_IO) {
        fail_msg("%s: writes on after a failed write", name_of(t, name));
    }
    if (!disk_hurt() && again != ERR_OK) {
        fail_msg("%s: does not go on: %s", name_of(t, name), e.message);
    }
    if (again != ERR_OK) {
        assert_non_null(strstr(e.message, "start again"));
    }
    return again == ERR_OK;
}

static void assert_books(const struct try *t, uint64_t books, enum err_code rc, const struct err *e, const char *when) {
    char name[80];
    bool unsure = rc != ERR_OK && strstr(e->message, "not certain") != NULL;
    bool saved = rc == ERR_OK || strstr(e->message, "what was saved is safe") != NULL;
    uint64_t expected = saved ? t->m->after : t->m->before;
    if (books != expected && !(unsure && books == t->m->after)) {
        fail_msg("%s: %s the books are those %s the step, which said: %s", name_of(t, name), when,
                 books == t->m->after    ? "after"
                 : books == t->m->before ? "before"
                                         : "in the middle of",
                 rc == ERR_OK ? "done" : e->message);
    }
}

static void try_one(struct tries *all, const struct try *t) {
    struct crash_shop *c = all->c;
    struct err e = ERR_INIT;
    struct disk_fault fault = fault_of(t);
    bool sold = false;
    crash_moment_return(c, t->m);
    disk_arm(&fault);
    enum err_code rc = t->m->step->run(c, &e);
    if (rc != ERR_OK) {
        all->failed++;
        assert_says_what_to_do(t, rc, &e);
    }
    if (c->shop != NULL) {
        assert_can_read(c, t);
    }
    disk_disarm();
    all->faults += disk_faults();
    all->done++;
    if (c->shop != NULL) {
        assert_books(t, crash_books(c->path), rc, &e, "at once");
        sold = assert_goes_on_or_stops(c, t, rc);
    }
    shop_close(&c->shop);
    uint64_t books = 0;
    char *wrong = crash_check_once(c, &all->proven, &books);
    if (wrong != NULL) {
        char name[80];
        fail_msg("%s: %s", name_of(t, name), wrong);
    }
    if (!sold) {
        assert_books(t, books, rc, &e, "opened again");
    }
}

/* How many calls a step makes, and one try for each and each kind. */
static void plan_tries(struct tries *all, const struct crash_moment *m) {
    struct err e = ERR_INIT;
    crash_moment_return(all->c, m);
    disk_arm(&(struct disk_fault){.at = INT64_MAX});
    assert_int_equal(m->step->run(all->c, &e), ERR_OK);
    disk_disarm();
    int64_t calls = disk_calls();
    shop_close(&all->c->shop);
    if (crash_books(all->c->path) != m->after) {
        fail_msg("%s comes out otherwise the second time", m->step->name);
    }
    for (int kind = 0; kind < KINDS; kind++) {
        for (int64_t at = 1; at <= calls; at++) {
            all->list = mem_grow(all->list, all->count, &all->capacity, sizeof *all->list);
            all->list[all->count++] = (struct try){m, at, kind, at == (calls + 1) / 2};
        }
    }
}

static void shuffle(struct tries *all) {
    struct random r = RANDOM_INIT;
    for (size_t i = all->count; i > 1; i--) {
        size_t j = (size_t)random_between(&r, 0, (int64_t)i - 1);
        struct try t = all->list[i - 1];
        all->list[i - 1] = all->list[j];
        all->list[j] = t;
    }
}

static void every_failing_call_is_told_and_nothing_is_half_saved(void **state) {
    (void)state;
    int64_t end = crash_end_us(8);
    struct tries all = {.c = crash_shop_new()};
    struct crash_moment *moments = NULL;
    size_t count = crash_moments_new(all.c, &moments);
    for (size_t i = 0; i < count; i++) {
        plan_tries(&all, &moments[i]);
    }
    shuffle(&all);
    for (size_t i = 0; i < all.count; i++) {
        if (all.list[i].must || ticks_us() < end) {
            try_one(&all, &all.list[i]);
        }
    }
    printf(
        "disk: %lld of %zu failing calls tried, %lld faults injected, %lld steps refused, reported saved and lost: 0\n",
        (long long)all.done, all.count, (long long)all.faults, (long long)all.failed);
    free(all.list);
    free(all.proven.books);
    crash_moments_free(moments, count);
    crash_shop_free(all.c);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_failing_call_is_told_and_nothing_is_half_saved),
    };
    fault_vfs_install();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    fault_vfs_remove();
    return failed;
}
