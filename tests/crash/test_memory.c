/* Memory runs out in turn wherever it is asked for while a shop works. SQLite's own: the step is refused with what to
 * do, the file is fine and work goes on. The program's own (base/mem.h): it ends with a plain sentence, and what was
 * confirmed is there. Every 24th place; with CHOTDON_CRASH_SECONDS every one, and so long those that a fork cannot try.
 */
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
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/ticks.h"
#include "chotdon/order.h"
#include "crash_moments.h"
#include "disk.h"
#include "disk_files.h"
#include "fault_vfs.h"

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
    bool walked;           /* and memory fails at them, in a fork */
};
static struct shortage engine; /* SQLite's */
static struct shortage heap;   /* everybody's */

#define CALLER __builtin_return_address(0)
#define FRAME  __builtin_frame_address(0)

/* Says whether it is a new one. */
static bool note_place(struct places *p, int64_t at, const void *caller, const void *frame) {
    uint64_t key = (uint64_t)(uintptr_t)caller * UINT64_C(0x9E3779B97F4A7C15) ^ (uint64_t)(uintptr_t)frame;
    key = key * UINT64_C(0xBF58476D1CE4E5B9) | 1;
    size_t i = (size_t)(key >> 40) % PLACES;
    while (p->known[i] != 0 && p->known[i] != key) {
        i = (i + 1) % PLACES;
    }
    if (p->known[i] != 0 || p->count == PLACES_IN_USE) {
        return false;
    }
    p->known[i] = key;
    p->at[p->count++] = at;
    return true;
}

static bool fails_in_a_fork(struct shortage *s);

static bool runs_out(struct shortage *s, const void *caller, const void *frame) {
    if (!s->armed) {
        return false;
    }
    s->count++;
    if (s->places != NULL && note_place(s->places, s->count, caller, frame) && s->walked && fails_in_a_fork(s)) {
        return true;
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
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); /* it would take a mutex, which a fork finds taken */
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
    bool lasts;
};

/* In a short run one place of so many fails, and of the rest so many for each step. */
enum { EVERY = OWN_MALLOC ? 24 : 96, OWN_IN_SHORT = 2, OWN_IMPORT = 128 };

struct tries {
    struct crash_shop *c;
    size_t every;
    int64_t until; /* 0: a short run */
    struct crash_proven proven;
    int64_t places, failed, refused, ended, left;
};

static const char *name_of(const struct try *t, char out[80]) {
    snprintf(out, 80, "%s, allocation %lld%s", t->m->step->name, (long long)t->at, t->lasts ? " and on" : "");
    return out;
}

/* How a child ended. */
enum end { END_DONE = 0, END_NO_MEMORY = 1, END_REFUSED = 3, END_REFUSED_AND_SOLD = 4, END_STUCK = 5 };

/* NULL, or what is not as it must be after such an end, with what the program said and what the file holds. */
static const char *find_wrong(const struct try *t, enum end end, const char *words, uint64_t books) {
    bool told = strstr(words, "memory") != NULL || /* or as a finding of SQLite's own check, which stops it all */
                strstr(words, "no backup was made") != NULL || strstr(words, "nothing was restored") != NULL;
    bool must_be_saved = end == END_DONE || strstr(words, "what was saved is safe") != NULL;
    bool may_be_saved = must_be_saved || end == END_NO_MEMORY || strstr(words, "not certain") != NULL;
    if (end == END_STUCK || (end != END_DONE && !told)) {
        return "which is no plain end";
    }
    if (end == END_REFUSED_AND_SOLD || (books == t->m->after && may_be_saved) ||
        (books == t->m->before && !must_be_saved)) {
        return NULL;
    }
    return books == t->m->after ? "but it is saved" : books == t->m->before ? "but it is not saved" : "half done";
}

/* --- walking through a step: at a place where memory is asked for the program forks, and in the fork it fails. All
 * that the step did so far is there, nothing has to be made again. A fork that would change a file or take a lock for
 * itself leaves before it does, and that allocation is tried in a program of its own. */

enum { OWN_MOST = 1 << 15, LEFT = 9 /* how such a fork ends */ };

struct walk {
    int64_t failed, places, refused, ended, own_count;
    struct {
        int64_t at;
        bool lasts;
    } own[OWN_MOST];
    char wrong[800];
};

static struct walker {
    struct walk *told; /* shared with the test */
    const struct crash_moment *m;
    int ask, answer; /* to the test and from it: what the files hold */
    int words;       /* what a fork says */
    size_t every;    /* so many places are passed by for one that fails */
    bool is_fork;
    int64_t looked; /* how many changes there were when the books were last looked at */
    uint64_t books;
} walker;

static void leave_fork(void) {
    _exit(LEFT);
}

static bool become_fork(struct shortage *s, bool lasts) {
    walker.is_fork = true;
    s->walked = false;
    s->places = NULL;
    s->at = s->count;
    s->lasts = lasts;
    s->armed = true;
    disk_quarantine(leave_fork);
    return true;
}

/* What the files hold at this moment: the test looks, which is in the midst of nothing. */
static uint64_t books_now(void) {
    if (walker.looked != disk_calls()) {
        walker.looked = disk_calls();
        if (write(walker.ask, "?", 1) != 1 ||
            read(walker.answer, &walker.books, sizeof walker.books) != (ssize_t)sizeof walker.books) {
            walker.books = 0;
        }
    }
    return walker.books;
}

/* The test's side of it, until the walk is over; at a copy, as the walker has the files open. */
static void answer_walker(const struct crash_shop *c, int asked, int answer) {
    char *copy = disk_folder_new();
    char *path = mem_printf("%s%s", copy, strrchr(c->path, '/'));
    char question = 0;
    while (read(asked, &question, 1) == 1) {
        disk_folder_copy(c->folder, copy);
        uint64_t books = crash_books(path);
        if (write(answer, &books, sizeof books) != (ssize_t)sizeof books) {
            break;
        }
    }
    free(path);
    disk_folder_free(copy);
}

static void judge_fork(int64_t at, bool lasts, int status) {
    struct walk *w = walker.told;
    char words[600] = "", name[80];
    struct try t = {.m = walker.m, .at = at, .lasts = lasts};
    if (WIFEXITED(status) && WEXITSTATUS(status) == LEFT) {
        if (w->own_count < OWN_MOST) {
            w->own[w->own_count].at = at;
            w->own[w->own_count++].lasts = lasts;
        }
        return;
    }
    ssize_t n = pread(walker.words, words, sizeof words - 1, 0);
    words[n < 0 ? 0 : n] = '\0';
    w->failed++;
    if (!WIFEXITED(status)) {
        snprintf(w->wrong, sizeof w->wrong, "%s: signal %d: %s", name_of(&t, name), WTERMSIG(status), words);
        return;
    }
    enum end end = (enum end)WEXITSTATUS(status);
    w->refused += end >= END_REFUSED;
    w->ended += end == END_NO_MEMORY;
    const char *wrong = find_wrong(&t, end, words, books_now());
    if (wrong != NULL) {
        snprintf(w->wrong, sizeof w->wrong, "%s: ends %d, %s, saying “%s”", name_of(&t, name), (int)end, wrong, words);
    }
}

static bool fails_in_a_fork(struct shortage *s) {
    if (s->places->count % walker.every != 0) {
        return false;
    }
    s->armed = false;
    walker.told->places++;
    for (int lasts = 0; lasts <= 1 && walker.told->wrong[0] == '\0'; lasts++) {
        int status = 0;
        disk_inside(1);
        bool ready = ftruncate(walker.words, 0) == 0 && lseek(walker.words, 0, SEEK_SET) == 0;
        disk_inside(-1);
        pid_t pid = ready ? fork() : -1;
        if (pid == 0) {
            return become_fork(s, lasts != 0);
        }
        waitpid(pid, &status, 0);
        judge_fork(s->count, lasts != 0, status);
    }
    s->armed = true;
    return false;
}

/* The end of a fork: what it was told, and whether it still can read. */
static _Noreturn void end_fork(const struct crash_shop *c, enum err_code rc, const struct err *e) {
    struct order_filter all = {0};
    struct err why = ERR_INIT;
    int64_t count = 0;
    if (rc == ERR_OK) {
        _exit(END_DONE);
    }
    bool reads = c->shop == NULL || order_count(c->shop, &all, &count, &why) == ERR_OK;
    dprintf(STDERR_FILENO, "%s%s", e->message, reads ? "" : why.message);
    _exit(reads ? END_REFUSED : END_STUCK);
}

static void reset_signals(void) {
    static const int crashes[] = {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL};
    for (size_t i = 0; i < sizeof crashes / sizeof *crashes; i++) {
        signal(crashes[i], SIG_DFL); /* not as the test's own */
    }
}

static _Noreturn void walk_child(struct crash_shop *c, struct shortage *s) {
    struct err e = ERR_INIT;
    reset_signals();
    dup2(walker.words, STDERR_FILENO);
    crash_shop_open(c);
    walker.looked = -1;
    disk_arm(&(struct disk_fault){.at = INT64_MAX});
    arm(s, INT64_MAX, false);
    s->places = mem_zalloc(sizeof *s->places);
    s->walked = true;
    enum err_code rc = walker.m->step->run(c, &e);
    s->armed = false;
    if (walker.is_fork) {
        end_fork(c, rc, &e);
    }
    disk_disarm();
    if (rc != ERR_OK && walker.told->wrong[0] == '\0') {
        snprintf(walker.told->wrong, sizeof walker.told->wrong, "%s: the walk ends with: %s", walker.m->step->name,
                 e.message);
    }
    _exit(0);
}

/* The step of one moment; not the import, whose forks would read its file on. */
static void walk(struct tries *all, const struct crash_moment *m, struct shortage *s, struct walk *told) {
    int ask[2], answer[2];
    int status = 0;
    *told = (struct walk){0};
    assert_int_equal(pipe(ask) + pipe(answer), 0);
    walker = (struct walker){.told = told,
                             .m = m,
                             .ask = ask[1],
                             .answer = answer[0],
                             .words = memfd_create("words", 0),
                             .every = all->every};
    crash_moment_lay_out(all->c, m);
    fflush(stdout);
    pid_t pid = fork();
    if (pid == 0) {
        close(ask[0]);
        walk_child(all->c, s);
    }
    close(ask[1]);
    answer_walker(all->c, ask[0], answer[1]);
    waitpid(pid, &status, 0);
    close(ask[0]);
    close(answer[0]);
    close(answer[1]);
    close(walker.words);
    if (told->wrong[0] != '\0' || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        fail_msg("%s (status %d)", told->wrong[0] == '\0' ? m->step->name : told->wrong, status);
    }
    if (crash_books(all->c->path) != m->after) {
        fail_msg("%s: comes out otherwise with forks", m->step->name);
    }
}

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
    struct err e = ERR_INIT;
    reset_signals();
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

static void try_one(struct tries *all, const struct try *t, struct shortage *s) {
    char words[600];
    char name[80];
    enum end end = run_apart(all->c, t, s, words);
    uint64_t books = t->m->before;
    bool untouched = disk_same_database(all->c->folder, t->m->folder, strrchr(all->c->path, '/') + 1);
    char *wrong = untouched ? NULL : crash_check_once(all->c, &all->proven, &books);
    if (wrong != NULL) {
        fail_msg("%s: %s", name_of(t, name), wrong);
    }
    const char *why = find_wrong(t, end, words, books);
    if (why != NULL) {
        fail_msg("%s: ends %d, %s, saying “%s”", name_of(t, name), (int)end, why, words);
    }
    all->failed++;
    all->ended += end == END_NO_MEMORY;
    all->refused += end >= END_REFUSED;
}

/* Those that left their fork: all of them while there is time, else some. */
static void try_apart(struct tries *all, const struct crash_moment *m, struct shortage *s, const struct walk *told) {
    for (int64_t i = 0; i < told->own_count; i++) {
        struct try t = {m, told->own[i].at, told->own[i].lasts};
        if (all->until > 0 ? ticks_us() < all->until : i % (told->own_count / OWN_IN_SHORT + 1) == 0) {
            try_one(all, &t, s);
        } else {
            all->left++;
        }
    }
}

/* The import: in programs of its own. */
static void try_import(struct tries *all, const struct crash_moment *m, struct shortage *s) {
    struct err e = ERR_INIT;
    struct places *places = mem_zalloc(sizeof *places);
    size_t step = all->until > 0 ? 1 : OWN_IMPORT;
    crash_moment_return(all->c, m);
    arm(s, INT64_MAX, false);
    s->places = places;
    assert_int_equal(m->step->run(all->c, &e), ERR_OK);
    *s = (struct shortage){0};
    for (size_t i = 0; i < places->count; i += step) {
        for (int lasts = 0; lasts <= 1; lasts++) {
            struct try t = {m, places->at[i], lasts != 0};
            if (all->until == 0 || ticks_us() < all->until) {
                try_one(all, &t, s);
            }
        }
        all->places++;
    }
    free(places);
}

static void try_all(const char *whose, struct shortage *s) {
    const char *seconds = getenv("CHOTDON_CRASH_SECONDS");
    struct tries all = {.every = seconds == NULL ? EVERY : 1, .until = seconds == NULL ? 0 : crash_end_us(0)};
    struct walk *told = mmap(NULL, sizeof *told, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    struct crash_moment *moments = NULL;
    assert_true(told != MAP_FAILED);
    all.c = crash_shop_new();
    size_t count = crash_moments_new(all.c, &moments);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(moments[i].step->name, "import") == 0) {
            try_import(&all, &moments[i], s);
            continue;
        }
        walk(&all, &moments[i], s, told);
        all.failed += told->failed;
        all.places += told->places;
        all.refused += told->refused;
        all.ended += told->ended;
        try_apart(&all, &moments[i], s, told);
    }
    printf("memory, %s: failed at %lld places, %lld times; %lld steps refused, %lld programs ended, %lld not tried for "
           "want of time, lost: 0\n",
           whose, (long long)all.places, (long long)all.failed, (long long)all.refused, (long long)all.ended,
           (long long)all.left);
    munmap(told, sizeof *told);
    free(all.proven.books);
    crash_moments_free(moments, count);
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
    fault_vfs_install();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    fault_vfs_remove();
    return failed;
}
