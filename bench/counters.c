/* Many counters on one shop: counters SHOP.db COUNTERS THINK_MS SALES. Each is a process that sells three lines, thinks
 * between half of THINK_MS and one and a half (0: not at all), and sells again; once as the program does, in its queue,
 * and once as a bare transaction of the same rows under SQLite's own busy handler, in rounds by turns. When the log is
 * due the program's counters fold it in between two sales, as screens do in the first pause between keys and commands
 * before they end; what that costs the others is in their figures. Prints, of ours and then of the bare ones: p50, p99,
 * p99.9 and the most in milliseconds, how many were refused, and sales in a second. */
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sale.h"

enum { ROUNDS = 4, COUNTERS_MOST = 64 };

struct bench {
    volatile int ready, go;
    int counters, think_ms, sales; /* of each counter in each round */
    double ms[];                   /* of each sale, both kinds after each other; −1 refused */
};

struct side {
    const char *path;
    bool ours;
    double *ms;
    double seconds;
};

static void pause_ms(double ms) {
    nanosleep(&(struct timespec){.tv_sec = (time_t)(ms / 1000), .tv_nsec = (long)(ms * 1e6) % 1000000000}, NULL);
}

/* Between half of think_ms and one and a half; the log is folded in after the first half. */
static void think(const struct bench *b, struct shop *shop, struct goods *g) {
    int64_t any[SALE_LINES];
    goods_draw(g, any);
    pause_ms(b->think_ms / 2.0);
    if (shop != NULL && shop_is_untidy(shop)) {
        shop_tidy(shop);
    }
    pause_ms((double)(g->lot >> 33) / 2147483648.0 * b->think_ms);
}

static void wait_for_go(struct bench *b) {
    __sync_fetch_and_add(&b->ready, 1);
    while (!b->go) {
        pause_ms(0.2);
    }
}

static void sell(struct bench *b, const struct side *s, int counter, int round) {
    struct goods goods = {0};
    struct twin twin = {0};
    struct shop *shop = sale_open(s->path, &goods);
    double *ms = s->ms + ((ptrdiff_t)round * b->counters + counter) * b->sales;
    goods.lot = (uint64_t)(round * COUNTERS_MOST + counter + 1);
    if (!s->ours) {
        shop_close(&shop);
        twin_open(&twin, s->path, round * COUNTERS_MOST + counter);
    }
    s->ours ? sale_make(shop, &goods) : twin_make(&twin, &goods); /* the first of the day, for both */
    wait_for_go(b);
    think(b, NULL, &goods);
    for (int i = 0; i < b->sales; i++) {
        ms[i] = s->ours ? sale_make(shop, &goods) : twin_make(&twin, &goods);
        think(b, shop, &goods);
    }
    _exit(0);
}

static void run_round(struct bench *b, struct side *s, int round) {
    b->ready = b->go = 0;
    for (int i = 0; i < b->counters; i++) {
        if (fork() == 0) {
            sell(b, s, i, round);
        }
    }
    while (b->ready < b->counters) {
        pause_ms(1);
    }
    double start = sale_now();
    b->go = 1;
    for (int left = b->counters; left > 0; left--) {
        int status = 0;
        if (wait(&status) < 0 || status != 0) {
            sale_die("a counter failed");
        }
    }
    s->seconds += (sale_now() - start) / 1000;
}

static void print_side(const struct bench *b, const struct side *s) {
    size_t count = (size_t)(b->counters * b->sales * ROUNDS), refused = 0;
    for (size_t i = 0; i < count; i++) {
        refused += s->ms[i] < 0;
    }
    sale_print(s->ms, count);
    printf("%zu %.0f ", refused, (double)(count - refused) / s->seconds);
}

int main(int argc, char **argv) {
    int counters = argc > 4 ? atoi(argv[2]) : 0, sales = argc > 4 ? atoi(argv[4]) / ROUNDS : 0;
    if (counters < 1 || counters > COUNTERS_MOST || sales < 1) {
        fprintf(stderr, "counters SHOP.db COUNTERS THINK_MS SALES: at least %d sales of at most %d counters\n", ROUNDS,
                COUNTERS_MOST);
        return 2;
    }
    size_t count = (size_t)counters * (size_t)sales * ROUNDS;
    struct bench *b =
        mmap(NULL, sizeof *b + 2 * count * sizeof *b->ms, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    struct goods goods = {.lot = 1};
    char copy[1024];
    if (b == MAP_FAILED) {
        return 1;
    }
    b->counters = counters;
    b->think_ms = atoi(argv[3]);
    b->sales = sales;
    struct shop *shop = sale_open(argv[1], &goods);
    sale_make(shop, &goods);
    twin_copy(shop, argv[1], copy, sizeof copy);
    shop_close(&shop); /* what is open must not go through fork */
    struct side ours = {argv[1], true, b->ms, 0}, bare = {copy, false, b->ms + count, 0};
    for (int round = 0; round < ROUNDS; round++) {
        run_round(b, &ours, round);
        run_round(b, &bare, round);
    }
    print_side(b, &ours);
    print_side(b, &bare);
    putchar('\n');
    munmap(b, sizeof *b + 2 * count * sizeof *b->ms);
    return 0;
}
