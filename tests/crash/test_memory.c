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

/* Counts allocations; the one numbered `at` fails, and with `lasts` all after it. */
struct shortage {
    int64_t at, count;
    bool armed, lasts;
};
static struct shortage engine; /* SQLite's */
static struct shortage heap;   /* everybody's */

static bool runs_out(struct shortage *s) {
    if (!s->armed) {
        return false;
    }
    s->count++;
    return s->count == s->at || (s->lasts && s->count > s->at);
}

static void arm(struct shortage *s, int64_t at, bool lasts) {
    *s = (struct shortage){.at = at, .armed = true, .lasts = lasts};
}

/* --- SQLite's allocator */
static sqlite3_mem_methods system_memory;

static void *engine_malloc(int n) {
    return runs_out(&engine) ? NULL : system_memory.xMalloc(n);
}

static void *engine_realloc(void *old, int n) {
    return runs_out(&engine) ? NULL : system_memory.xRealloc(old, n);
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
    if (runs_out(&heap)) {
        errno = ENOMEM;
        return NULL;
    }
    return __libc_malloc(n);
}

void *calloc(size_t n, size_t size) {
    if (runs_out(&heap)) {
        errno = ENOMEM;
        return NULL;
    }
    return __libc_calloc(n, size);
}

void *realloc(void *old, size_t n) {
    if (runs_out(&heap)) {
        errno = ENOMEM;
        return NULL;
    }
    return __libc_realloc(old, n);
}
#endif

struct try {
    const struct crash_moment *m;
    int64_t at;
    bool lasts, must;
};

struct tries {
    struct crash_shop *c;
    struct crash_moment *moments;
    size_t moment_count;
    struct try *list;
    size_t count, capacity;
    int64_t done, refused, ended;
};

static void plan(struct tries *all, struct shortage *s) {
    all->c = crash_shop_new();
    all->moment_count = crash_moments_new(all->c, &all->moments);
    for (size_t i = 0; i < all->moment_count; i++) {
        const struct crash_moment *m = &all->moments[i];
        struct err e = ERR_INIT;
        crash_moment_return(all->c, m);
        arm(s, INT64_MAX, false);
        enum err_code rc = m->step->run(all->c, &e);
        s->armed = false;
        assert_int_equal(rc, ERR_OK);
        for (int64_t at = 1; at <= s->count; at++) {
            all->list = mem_grow(all->list, all->count + 1, &all->capacity, sizeof *all->list);
            all->list[all->count++] = (struct try){m, at, false, at == s->count / 3};
            all->list[all->count++] = (struct try){m, at, true, at == s->count / 2};
        }
    }
    struct random r = RANDOM_INIT;
    for (size_t i = all->count; i > 1; i--) {
        size_t j = (size_t)random_between(&r, 0, (int64_t)i - 1);
        struct try t = all->list[i - 1];
        all->list[i - 1] = all->list[j];
        all->list[j] = t;
    }
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
    crash_moment_return(c, t->m);
    shop_close(&c->shop);
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

static void assert_file(const struct try *t, const struct crash_shop *c, bool must_be_saved, bool may_be_saved) {
    char name[80];
    uint64_t books = crash_books(c->path);
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
    if (end != END_REFUSED_AND_SOLD) {
        assert_file(t, all->c, end == END_DONE || safe, end == END_NO_MEMORY || unsure);
    }
    char *wrong = crash_check(all->c);
    if (wrong != NULL) {
        fail_msg("%s: %s", name_of(t, name), wrong);
    }
}

static void try_all(const char *whose, struct shortage *s) {
    int64_t end = crash_end_us(6);
    struct tries all = {0};
    plan(&all, s);
    for (size_t i = 0; i < all.count; i++) {
        if (all.list[i].must || crash_now_us() < end) {
            try_one(&all, &all.list[i], s);
            all.done++;
        }
    }
    printf("memory, %s: %lld of %zu failing allocations tried, %lld steps refused, %lld programs ended, lost: 0\n",
           whose, (long long)all.done, all.count, (long long)all.refused, (long long)all.ended);
    free(all.list);
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
