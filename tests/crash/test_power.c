/* The power goes at every sync point of a shop's day: what was confirmed is there, nothing is half there, the books are
 * right and selling goes on. Every sync point once, and again with other losses for CHOTDON_CRASH_SECONDS (8 unless
 * set). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/ticks.h"
#include "crash_shop.h"
#include "db/seam.h"
#include "disk.h"
#include "disk_files.h"
#include "fault_vfs.h"
#include "newer_schema.h"
#include "testdb.h"

enum { MAX_STATES = 40, RUBBISH_BYTES = 32768 };

/* What the books may be: after the first n steps. */
struct states {
    uint64_t books[MAX_STATES];
    bool checked[MAX_STATES];
    int count;
    uint64_t copy; /* what a finished backup holds; 0: none */
    int copied;    /* the state from which on it is there */
};

struct cuts {
    struct crash_shop *c; /* opens what is left */
    const struct crash_step *steps;
    struct states *states;
    bool newer;     /* what is left may be too new for this program: SQLite's check has to do */
    bool check_all; /* the books each time; else once for each state, and SQLite's own check each time */
    struct random random;
    int64_t tried, lost;
};

/* The index of a power cut's memory is what the last program left there; nobody may believe it. */
static void leave_rubbish(const struct cuts *cuts) {
    char *path = mem_printf("%s-shm", cuts->c->path);
    unsigned char *bytes = mem_zalloc(RUBBISH_BYTES);
    memset(bytes + 100, 0xA5, RUBBISH_BYTES - 100);
    disk_file_write(path, bytes, RUBBISH_BYTES);
    free(bytes);
    free(path);
}

static void assert_copy_is_whole(const struct cuts *cuts, bool confirmed, const char *where) {
    if (access(cuts->c->backup, F_OK) != 0) {
        if (confirmed) {
            fail_msg("%s: the backup is gone", where);
        }
    } else if (crash_books(cuts->c->backup) != cuts->states->copy) {
        fail_msg("%s: half a backup under its name", where);
    }
}

static void assert_books_are_right(struct cuts *cuts, int state, const char *where) {
    bool *checked = &cuts->states->checked[state];
    if (cuts->newer || (*checked && !cuts->check_all)) {
        return;
    }
    char *wrong = crash_check(cuts->c);
    if (wrong != NULL) {
        fail_msg("%s: %s", where, wrong);
    }
    *checked = true;
}

/* Which state the books are in: one from first to last. */
static int assert_nothing_lost_nothing_half(struct cuts *cuts, int first, int last, const char *where) {
    const struct states *s = cuts->states;
    uint64_t books = crash_books(cuts->c->path);
    for (int i = first; i <= last; i++) {
        if (s->books[i] == books) {
            return i;
        }
    }
    for (int i = 0; i < s->count; i++) {
        if (s->books[i] == books) {
            cuts->lost += i < first;
            fail_msg("%s: the books are those after step %d, not %d to %d", where, i, first, last);
        }
    }
    char *wrong = crash_check(cuts->c);
    fail_msg("%s: half done: %s", where, wrong == NULL ? "passes the check" : wrong);
    return -1;
}

static void cut_here(struct cuts *cuts, const struct disk_replay *r, enum disk_cut cut) {
    int first = disk_replay_confirmed(r) + 1;
    int last = disk_replay_begun(r) + 1;
    char where[120];
    snprintf(where, sizeof where, "power cut %d in step %d (%s), kind %d", (int)cuts->tried, last,
             cuts->steps[last - 1].name, (int)cut);
    disk_replay_cut(r, cut, &cuts->random, cuts->c->folder);
    if (cut == CUT_SOME_SECTORS) {
        leave_rubbish(cuts);
    }
    int state = assert_nothing_lost_nothing_half(cuts, first, last, where);
    assert_books_are_right(cuts, state, where);
    if (cuts->states->copy != 0) {
        assert_copy_is_whole(cuts, state >= cuts->states->copied, where);
    }
    cuts->tried++;
}

/* Before and after each sync, where something is not synced: nothing of it kept, and some sectors; where another step
 * begins or ends, in all ways. */
static void cut_at_each_sync(struct cuts *cuts) {
    struct disk_replay *r = disk_replay_new();
    do {
        if (disk_replay_begun(r) >= 0 && disk_replay_is_open(r) && disk_replay_at_sync(r)) {
            for (enum disk_cut cut = 0; cut < CUTS; cut++) {
                if (cut == CUT_NOTHING_KEPT || cut == CUT_SOME_SECTORS || disk_replay_at_mark(r)) {
                    cut_here(cuts, r, cut);
                }
            }
        } else if (disk_replay_at_mark(r) && disk_replay_begun(r) >= 0) {
            cut_here(cuts, r, CUT_NOTHING_KEPT);
        }
    } while (disk_replay_next(r));
    disk_replay_free(r);
}

/* At any moment. */
static void cut_at_random(struct cuts *cuts, int64_t end) {
    while (ticks_us() < end) {
        struct disk_replay *r = disk_replay_new();
        while (ticks_us() < end && disk_replay_next(r)) {
            if (disk_replay_begun(r) >= 0 && random_next(&cuts->random) % 8 == 0) {
                cut_here(cuts, r, (enum disk_cut)(random_next(&cuts->random) % CUTS));
            }
        }
        disk_replay_free(r);
    }
}

static void record_steps(struct crash_shop *c, const struct crash_step *steps, struct states *s) {
    struct err e = ERR_INIT;
    s->books[s->count++] = crash_books(c->path);
    disk_record(c->folder);
    crash_shop_open(c);
    for (const struct crash_step *step = steps; step->name != NULL; step++) {
        disk_mark((int)(step - steps), false, step->durable);
        if (step->run(c, &e) != ERR_OK) {
            fail_msg("%s: %s", step->name, e.message);
        }
        disk_mark((int)(step - steps), true, step->durable);
        if (s->copy == 0 && access(c->backup, F_OK) == 0) {
            s->copy = crash_books(c->backup);
            s->copied = s->count;
        }
        s->books[s->count++] = crash_books(c->path);
    }
    shop_close(&c->shop);
    disk_stop();
}

static struct { int64_t tried, lost; } total;

static void cut_the_power(struct cuts *cuts, int seconds) {
    struct states states = {0};
    int64_t end = crash_end_us(seconds);
    cuts->c = crash_shop_new();
    cuts->states = &states;
    cuts->random = (struct random)RANDOM_INIT;
    cuts->check_all = getenv("CHOTDON_CRASH_SECONDS") != NULL;
    record_steps(cuts->c, cuts->steps, &states);
    cut_at_each_sync(cuts);
    cut_at_random(cuts, end);
    total.tried += cuts->tried;
    total.lost += cuts->lost;
}

static void end_cuts(struct cuts *cuts) {
    disk_forget();
    crash_shop_free(cuts->c);
}

static void a_power_cut_in_a_shops_day_loses_nothing_confirmed(void **state) {
    (void)state;
    struct cuts cuts = {.steps = crash_steps};
    struct err e = ERR_INIT;
    cut_the_power(&cuts, 6);
    crash_shop_open(cuts.c);
    assert_int_equal(crash_sell(cuts.c, &e), ERR_OK); /* and life goes on */
    end_cuts(&cuts);
}

static enum err_code upgrade_to(struct crash_shop *c, int version, struct err *e) {
    char *kept = NULL;
    newer_schema_newest = version;
    shop_close(&c->shop);
    enum err_code rc = shop_upgrade(&c->options, &kept, e);
    if (rc == ERR_OK && access(c->backup, F_OK) != 0) { /* the first one's */
        free(c->backup);
        c->backup = kept;
        kept = NULL;
    }
    free(kept);
    return rc == ERR_OK ? shop_open(&c->options, &c->shop, e) : rc;
}

static enum err_code upgrade_to_2(struct crash_shop *c, struct err *e) {
    return upgrade_to(c, 2, e);
}

static enum err_code upgrade_to_3(struct crash_shop *c, struct err *e) {
    return upgrade_to(c, 3, e);
}

static void a_power_cut_in_an_upgrade_leaves_the_old_file_or_the_new_one_and_the_copy(void **state) {
    static const struct crash_step steps[] = {{"sale", true, crash_sell},
                                              {"upgrade to 2", true, upgrade_to_2},
                                              {"sale after it", true, crash_sell},
                                              {"upgrade to 3", true, upgrade_to_3},
                                              {NULL, false, NULL}};
    (void)state;
    struct cuts cuts = {.steps = steps, .newer = true};
    cut_the_power(&cuts, 1);
    newer_schema_newest = 1;
    end_cuts(&cuts);
}

static enum err_code make_shop(struct crash_shop *c, struct err *e) {
    return shop_create(&c->options, "VND", &c->shop, e);
}

/* A new shop of which something is left can be opened whole, or is said to be empty. */
static void cut_a_making(struct crash_shop *c, uint64_t whole, const struct disk_replay *r, enum disk_cut cut,
                         struct random *random) {
    struct err e = ERR_INIT;
    disk_replay_cut(r, cut, random, c->folder);
    enum err_code rc = shop_open(&c->options, &c->shop, &e);
    shop_close(&c->shop);
    if (rc == ERR_OK) {
        char *wrong = crash_check(c);
        if (wrong != NULL || crash_books(c->path) != whole) {
            fail_msg("half a shop: %s", wrong == NULL ? "passes the check" : wrong);
        }
    } else if (disk_replay_confirmed(r) >= 0 || (rc != ERR_NOT_FOUND && strstr(e.message, "is empty") == NULL)) {
        fail_msg("cut %d: %s", (int)cut, e.message);
    }
    total.tried++;
}

static void a_power_cut_while_a_shop_is_made_leaves_it_whole_or_empty(void **state) {
    (void)state;
    struct random random = RANDOM_INIT;
    struct err e = ERR_INIT;
    struct crash_shop *c = crash_shop_new();
    disk_folder_empty(c->folder);
    disk_record(c->folder);
    disk_mark(0, false, true);
    assert_int_equal(make_shop(c, &e), ERR_OK);
    disk_mark(0, true, true);
    shop_close(&c->shop);
    disk_stop();
    uint64_t whole = crash_books(c->path);
    struct disk_replay *r = disk_replay_new();
    do {
        for (enum disk_cut cut = 0; cut < CUTS && disk_replay_at_sync(r); cut++) {
            cut_a_making(c, whole, r, cut, &random);
        }
    } while (disk_replay_next(r));
    disk_replay_free(r);
    disk_forget();
    crash_shop_free(c);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_power_cut_in_a_shops_day_loses_nothing_confirmed),
        cmocka_unit_test(a_power_cut_in_an_upgrade_leaves_the_old_file_or_the_new_one_and_the_copy),
        cmocka_unit_test(a_power_cut_while_a_shop_is_made_leaves_it_whole_or_empty),
    };
    fault_vfs_install();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    fault_vfs_remove();
    printf("power cuts tried: %lld, confirmed steps lost: %lld\n", (long long)total.tried, (long long)total.lost);
    return failed;
}
