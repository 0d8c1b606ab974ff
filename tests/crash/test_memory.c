/* Memory runs out in turn at every allocation while a shop works. SQLite's own: the step is refused with what to do,
 * the file is fine and work goes on. The program's own (base/mem.h): it ends with a plain sentence, and what was
 * confirmed is there. As many as CHOTDON_CRASH_SECONDS (6 unless set) allow; 3600 are enough for all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "chotdon/order.h"
#include "crash_moments.h"
#include "disk_files.h"
#include "random.h"

#if defined(__SANITIZE_ADDRESS__)
#define OWN_MALLOC 0 /* the sanitizer has its own */
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define OWN_MALLOC 0
#endif
#endif
#ifndef OWN_MALLOC
#define OWN_MALLOC 1
#endif

enum { PLACES = 1 << 16, PLACES_IN_USE = PLACES / 2 };

/* Where memory was asked for: by whom, and how deep in calls, which tells most ways there apart. */
struct places {
    uint64_t known[PLACES];    /* by hash; 0: free */
    int64_t at[PLACES_IN_USE]; /* the first allocation of each */
    size_t count;
};

/* Counts allocations; the one numbered `at` fails, and with `lasts` all after it. */
struct shortage {
    int64_t at, count;
    bool armed, lasts;
    struct places *places; /* are written down; NULL: not */
};
static struct shortage engine; /* SQLite's */
static struct shortage heap;   /* everybody's */

#define CALLER __builtin_return_address(0)
#define FRAME  __builtin_frame_address(0)

static void note_place(struct places *p, int64_t at, const void *caller, const void *frame) {
    uint64_t key = (uint64_t)(uintptr_t)caller * UINT64_C(0x9E3779B97F4A7C15) ^ (uint64_t)(uintptr_t)frame;
    key = key * UINT64_C(0xBF58476D1CE4E5B9) | 1;
    size_t i = (size_t)(key >> 40) % PLACES;
    while (p->known[i] != 0 && p->known[i] != key) {
        i = (i + 1) % PLACES;
    }
    if (p->known[i] == 0 && p->count < PLACES_IN_USE) {
        p->known[i] = key;
        p->at[p->count++] = at;
    }
}

static bool runs_out(struct shortage *s, const void *caller, const void *frame) {
    if (!s->armed) {
        return false;
    }
    s->count++;
    if (s->places != NULL) {
        note_place(s->places, s->count, caller, frame);
    }
    return s->count == s->at || (s->lasts && s->count > s->at);
}

static void arm(struct shortage *s, int64_t at, bool lasts) {
    *s = (struct shortage){.at = at, .armed = true, .lasts = lasts};
}

/* --- SQLite's allocator */
static sqlite3_mem_methods system_memory;

static void *engine_malloc(int n) {
    return runs_out(&engine, CALLER, FRAME) ? NULL : system_memory.xMalloc(n);
}

static void *engine_realloc(void *old, int n) {
    return runs_out(&engine, CALLER, FRAME) ? NULL : system_memory.xRealloc(old, n);
}

static void install_engine_memory(void) {
    sqlite3_config(SQLITE_CONFIG_GETMALLOC, &system_memory);
    sqlite3_mem_methods ours = system_memory;
    ours.xMalloc = engine_malloc;
    ours.xRealloc = engine_realloc;
    sqlite3_config(SQLITE_CONFIG_MALLOC, &ours);
}

/* --- the C library's */
#if OWN_MALLOC
void *__libc_malloc(size_t n);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *old, size_t n);

void *malloc(size_t n) {
    if (runs_out(&heap, CALLER, FRAME)) {
        errno = ENOMEM;
        return NULL;
    }
    return __libc_malloc(n);
}

void *calloc(size_t n, size_t size) {
    if (runs_out(&heap, CALLER, FRAME)) {
        errno = ENOMEM;
        return NULL;
    }
    return __libc_calloc(n, size);
}

void *realloc(void *old, size_t n) {
    if (runs_out(&heap, CALLER, FRAME)) {
        errno = ENOMEM;
        return NULL;
    }
    return __libc_realloc(old, n);
}
#endif

struct try {
    const struct crash_moment *m;
    int64_t at;
    bool lasts, must, first; /* first: of its place */
};

struct tries {
    struct crash_shop *c;
    struct crash_moment *moments;
    size_t moment_count;
    struct try *list;
    size_t count, capacity;
    struct crash_proven proven;
    int64_t places, done, places_done, refused, ended;
};

static void add_tries(struct tries *all, const struct crash_moment *m, const struct places *places, int64_t count) {
    size_t place = 0;
    for (int64_t at = 1; at <= count; at++) {
        bool first = place < places->count && places->at[place] == at;
        place += first;
        all->places += first;
        all->list = mem_grow(all->list, all->count + 1, &all->capacity, sizeof *all->list);
        all->list[all->count++] = (struct try){m, at, false, at == count / 3, first};
        all->list[all->count++] = (struct try){m, at, true, at == count / 2, first};
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

static void plan(struct tries *all, struct shortage *s) {
    all->c = crash_shop_new();
    all->moment_count = crash_moments_new(all->c, &all->moments);
    for (size_t i = 0; i < all->moment_count; i++) {
        const struct crash_moment *m = &all->moments[i];
        struct err e = ERR_INIT;
        struct places *places = mem_zalloc(sizeof *places);
        crash_moment_return(all->c, m);
        arm(s, INT64_MAX, false);
        s->places = places;
        enum err_code rc = m->step->run(all->c, &e);
        *s = (struct shortage){.count = s->count};
        assert_int_equal(rc, ERR_OK);
        add_tries(all, m, places, s->count);
        free(places);
    }
    shuffle(all);
}

static const char *name_of(const struct try *t, char out[80]) {
    snprintf(out, 80, "%s, allocation %lld%s", t->m->step->name, (long long)t->at, t->lasts ? " and on" : "");
    return out;
}

/* How a child ended. */
enum end { END_DONE = 0, END_NO_MEMORY = 1, END_REFUSED = 3, END_REFUSED_AND_SOLD = 4, END_STUCK = 5 };

/* What was refused once is done now, by the same program; every other time, so that the books can be compared, too. */
static enum end go_on(struct crash_shop *c, const struct try *t, const struct err *refused) {
    struct err e = ERR_INIT;
    if (t->at % 2 == 0) {
        return END_REFUSED;
    }
    if (c->shop == NULL) {
        crash_shop_open(c);
    }
    if (crash_sell(c, &e) == ERR_OK) {
        return END_REFUSED_AND_SOLD;
    }
    fprintf(stderr, "and then: %s\n", e.message);
    return strstr(refused->message, "not certain") != NULL ? END_REFUSED : END_STUCK;
}

static void run_child(struct crash_shop *c, const struct try *t, struct shortage *s, int words) {
    static const int crashes[] = {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL};
    struct err e = ERR_INIT;
    for (size_t i = 0; i < sizeof crashes / sizeof *crashes; i++) {
        signal(crashes[i], SIG_DFL); /* not as the test's own */
    }
    dup2(words, STDERR_FILENO);
    crash_shop_open(c);
    arm(s, t->at, t->lasts);
    enum err_code rc = t->m->step->run(c, &e);
    s->armed = false;
    enum end end = rc == ERR_OK ? END_DONE : go_on(c, t, &e);
    if (rc != ERR_OK && write(words, e.message, strlen(e.message)) < 0) {
        end = END_STUCK;
    }
    _exit((int)end);
}

/* In a child, because the program may end. */
static enum end run_apart(struct crash_shop *c, const struct try *t, struct shortage *s, char words[600]) {
    int ends[2];
    int status = 0;
    char name[80];
    memset(words, 0, 600);
    crash_moment_lay_out(c, t->m);
    assert_int_equal(pipe(ends), 0);
    fflush(stdout);
    pid_t pid = fork();
    if (pid == 0) {
        run_child(c, t, s, ends[1]);
    }
    close(ends[1]);
    ssize_t n = 0;
    for (size_t got = 0; got < 599 && (n = read(ends[0], words + got, 599 - got)) > 0;) {
        got += (size_t)n;
    }
    close(ends[0]);
    waitpid(pid, &status, 0);
    if (!WIFEXITED(status)) {
        fail_msg("%s: signal %d: %s", name_of(t, name), WTERMSIG(status), words);
    }
    return (enum end)WEXITSTATUS(status);
}

static void assert_file(const struct try *t, uint64_t books, bool must_be_saved, bool may_be_saved) {
    char name[80];
    bool there = books == t->m->after;
    if (!(there && (must_be_saved || may_be_saved)) && !(books == t->m->before && !must_be_saved)) {
        fail_msg("%s: the books are those %s the step", name_of(t, name),
                 there                   ? "after"
                 : books == t->m->before ? "before"
                                         : "in the middle of");
    }
}

static void try_one(struct tries *all, const struct try *t, struct shortage *s) {
    char words[600];
    char name[80];
    enum end end = run_apart(all->c, t, s, words);
    bool told = strstr(words, "memory") != NULL || /* or as a finding of SQLite's own check, which stops it all */
                strstr(words, "no backup was made") != NULL || strstr(words, "nothing was restored") != NULL;
    bool safe = strstr(words, "what was saved is safe") != NULL;
    bool unsure = strstr(words, "not certain") != NULL;
    all->ended += end == END_NO_MEMORY;
    all->refused += end >= END_REFUSED;
    if (end == END_STUCK || (end != END_DONE && !told)) {
        fail_msg("%s: ends %d, saying “%s”", name_of(t, name), (int)end, words);
    }
    uint64_t books = t->m->before;
    bool untouched = disk_same_database(all->c->folder, t->m->folder, strrchr(all->c->path, '/') + 1);
    char *wrong = untouched ? NULL : crash_check_once(all->c, &all->proven, &books);
    if (wrong != NULL) {
        fail_msg("%s: %s", name_of(t, name), wrong);
    }
    if (end != END_REFUSED_AND_SOLD) {
        assert_file(t, books, end == END_DONE || safe, end == END_NO_MEMORY || unsure);
    }
}

static void try_all(const char *whose, struct shortage *s) {
    int64_t end = crash_end_us(6);
    struct tries all = {0};
    plan(&all, s);
    for (int rest = 0; rest <= 1; rest++) { /* first one of each place, then the others */
        for (size_t i = 0; i < all.count; i++) {
            const struct try *t = &all.list[i];
            bool now = rest == (t->first || t->must ? 0 : 1);
            if (now && (t->must || crash_now_us() < end)) {
                try_one(&all, t, s);
                all.done++;
                all.places_done += t->first && !t->lasts;
            }
        }
    }
    printf("memory, %s: failed at %lld of %lld places, %lld of %zu failing allocations tried, %lld steps refused, %lld "
           "programs ended, lost: 0\n",
           whose, (long long)all.places_done, (long long)all.places, (long long)all.done, all.count,
           (long long)all.refused, (long long)all.ended);
    free(all.list);
    free(all.proven.books);
    crash_moments_free(all.moments, all.moment_count);
    crash_shop_free(all.c);
}

static void sqlite_without_memory_refuses_and_goes_on(void **state) {
    (void)state;
    try_all("SQLite's", &engine);
}

static void a_program_without_memory_ends_plainly_and_loses_nothing(void **state) {
    (void)state;
    if (!OWN_MALLOC) {
        skip();
    }
    try_all("all", &heap);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sqlite_without_memory_refuses_and_goes_on),
        cmocka_unit_test(a_program_without_memory_ends_plainly_and_loses_nothing),
    };
    install_engine_memory();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
