/* Counters of one shop, each killed at a random moment and started again at once, while they sell, take back, import,
 * move deals, run commissions and move the log: everything that was confirmed is there, order and return numbers have
 * no gaps and no doubles, and the books are right. Runs for CHOTDON_CRASH_SECONDS (10 unless set), or until
 * CHOTDON_CRASH_KILLS. */
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
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/ticks.h"
#include "chotdon/commission.h"
#include "chotdon/deal.h"
#include "chotdon/draft.h"
#include "chotdon/order.h"
#include "chotdon/stage.h"
#include "crash_shop.h"
#include "db/db.h"
#include "io/import.h"
#include "random.h"
#include "testdb.h"
#include "testorders.h"

enum { COUNTERS = 3, KILLS_A_SHOP = 250, DEALS = 6 };

/* What a counter says once it was told that it is saved. */
struct confirmed {
    char order_no[ORDER_NO_SIZE];
    int64_t total;
};

struct counter {
    pid_t pid;

    int64_t generation;
};

struct figures {
    int64_t kills, confirmed, lost, shops;
};

static struct crash_shop *c;
static int64_t deals[DEALS];
static int64_t stages[3];

static void must(enum err_code rc, const struct err *e, const char *what) {
    if (rc != ERR_OK) {
        fprintf(stderr, "%s: %s: %s\n", what, err_code_name(rc), e->message);
        _exit(1);
    }
}

static void say(int out, const char *order_no, int64_t total) {
    struct confirmed said = {.total = total};
    snprintf(said.order_no, sizeof said.order_no, "%s", order_no);
    if (write(out, &said, sizeof said) != (ssize_t)sizeof said) {
        _exit(2);
    }
}

static void sell(struct random *r, int out) {
    struct order_line_input lines[2] = {testorders_line(c->goods, random_between(r, 1, 3) * 1000, 120000),
                                        testorders_line(c->rice, 1000, 215000)};
    struct order_input in = testorders_input(lines, (size_t)random_between(r, 1, 2));
    struct order_rep_input rep = {c->an, 0};
    struct order_ref ref = {0};
    struct err e = ERR_INIT;
    char date[] = "2026-10-01";
    date[9] = (char)('0' + random_between(r, 1, 5));
    in.date = random_between(r, 0, 3) == 0 ? date : in.date;
    in.reps = &rep;
    in.rep_count = 1;
    in.pay_rest = true;
    must(order_add(c->shop, &in, &ref, &e), &e, "sale");
    c->sale = ref.id;
    say(out, ref.order_no, 0);
}

static void take_back(int out) {
    struct return_line_input line = {c->goods, NULL, 1000};
    struct return_input in = {.sale_id = c->sale, .lines = &line, .line_count = 1, .reason = "rách"};
    struct order_ref ref = {0};
    struct err e = ERR_INIT;
    enum err_code rc = order_return(c->shop, &in, &ref, NULL, &e);
    if (rc == ERR_OK) {
        say(out, ref.order_no, 0);
    } else if (rc != ERR_REFUSED && rc != ERR_INVALID) { /* all of it has come back already */
        must(rc, &e, "return");
    }
}

static void type_and_sell(int out) {
    struct order_line_input line = testorders_line(c->rice, 1500, 215000);
    struct order_input in = testorders_input(&line, 1);
    struct order_ref ref = {0};
    struct err e = ERR_INIT;
    int64_t draft = 0;
    must(draft_save(c->shop, &draft, &in, "counter", &e), &e, "draft");
    must(draft_save(c->shop, &draft, &in, "counter", &e), &e, "draft");
    must(draft_confirm(c->shop, draft, &in, &ref, &e), &e, "draft");
    say(out, ref.order_no, 0);
}

static void import(struct random *r, int number) {
    struct err e = ERR_INIT;
    struct import_summary sum = {0};
    char *path = mem_printf("%s.%d.csv", c->folder, number);
    FILE *f = fopen(path, "w");
    if (f == NULL) {
        _exit(3);
    }
    fputs("order_no,order_date,sku,qty,unit_price,customer_phone,rep,channel\n", f);
    for (int i = 0; i < 8; i++) {
        fprintf(f, "N%d-%d,2026-10-%02d,SKU%d,%d,%d,09%08d,NV1,Zalo\n", (int)random_between(r, 1, 60), number, 1 + i, i,
                1 + i % 3, 1000 * (1 + i % 7), (int)random_between(r, 1, 30));
    }
    fclose(f);
    struct import_options options = {.kind = KIND_ORDERS, .path = path, .create_missing = true};
    must(import_run(c->shop, &options, &sum, &e), &e, "import");
    free(path);
}

static void move_deal(struct random *r) {
    struct err e = ERR_INIT;
    must(deal_move(c->shop, deals[random_between(r, 0, DEALS - 1)], stages[random_between(r, 0, 2)], NULL, &e), &e,
         "deal");
}

static void work_until_killed(int number, int64_t generation, int out) {
    struct random r = {.state = (uint64_t)(generation * COUNTERS + number) * 7919};
    struct err e = ERR_INIT;
    must(shop_open(&c->options, &c->shop, &e), &e, "open");
    for (;;) {
        switch (random_between(&r, 0, 11)) {
        case 0:
            take_back(out);
            break;
        case 1:
            type_and_sell(out);
            break;
        case 2:
            import(&r, number);
            break;
        case 3:
        case 4:
            move_deal(&r);
            break;
        case 5:
            must(commission_run(c->shop, "2026-10", &e), &e, "commission");
            break;
        case 6:
            must(db_checkpoint(shop_db(c->shop), &e), &e, "checkpoint");
            break;
        default:
            sell(&r, out);
        }
    }
}

static void start(struct counter *counter, int number, int out) {
    counter->generation++;
    counter->pid = fork();
    assert_true(counter->pid >= 0);
    if (counter->pid == 0) {
        work_until_killed(number, counter->generation, out);
    }
}

static void stop(struct counter *counter) {
    int status = 0;
    kill(counter->pid, SIGKILL);
    waitpid(counter->pid, &status, 0);
    if (!WIFSIGNALED(status)) {
        fail_msg("a counter ended by itself");
    }
}

struct said {
    struct confirmed *list;
    size_t count, capacity;
};

static void listen(struct said *said, int from) {
    struct confirmed one;
    while (read(from, &one, sizeof one) == (ssize_t)sizeof one) {
        said->list = mem_grow(said->list, said->count, &said->capacity, sizeof *said->list);
        said->list[said->count++] = one;
    }
}

static int by_number(const void *a, const void *b) {
    return strcmp(((const struct confirmed *)a)->order_no, ((const struct confirmed *)b)->order_no);
}

static void assert_confirmed_are_there(struct said *said, struct figures *f) {
    qsort(said->list, said->count, sizeof *said->list, by_number);
    for (size_t i = 0; i < said->count; i++) {
        int64_t id = 0;
        struct err e = ERR_INIT;
        if (i > 0 && strcmp(said->list[i].order_no, said->list[i - 1].order_no) == 0) {
            fail_msg("%s was given twice", said->list[i].order_no);
        }
        if (order_find(c->shop, said->list[i].order_no, &id, &e) != ERR_OK) {
            f->lost++;
            fail_msg("%s was confirmed and is gone", said->list[i].order_no);
        }
    }
    f->confirmed += (int64_t)said->count;
}

static void assert_books(struct said *said, struct figures *f) {
    char *wrong = crash_check(c);
    if (wrong != NULL) {
        fail_msg("%s", wrong);
    }
    crash_shop_open(c);
    assert_confirmed_are_there(said, f);
    assert_int_equal(testdb_int(shop_db(c->shop),
                                "SELECT COUNT(*) FROM (SELECT substr(order_no, 1, 8) FROM orders WHERE order_no LIKE "
                                "'DH______-%' OR order_no LIKE 'TH______-%' GROUP BY substr(order_no, 1, 8) HAVING "
                                "COUNT(*) <> MAX(CAST(substr(order_no, 10) AS INTEGER)))"),
                     0);
    shop_close(&c->shop);
}

static void make_shop(void) {
    struct stage *list = NULL;
    size_t count = 0;
    struct err e = ERR_INIT;
    c = crash_shop_new();
    crash_shop_open(c);
    for (int i = 0; i < DEALS; i++) {
        struct deal d = {.title = "Áo lớp",
                         .expected_value = 1000000 * (i + 1),
                         .need = "áo",
                         .budget = "5 triệu",
                         .timing = "trước Tết",
                         .decision_maker = "cô Hoa"};
        assert_int_equal(
            deal_add(c->shop, &d,
                     DEAL_TITLE | DEAL_EXPECTED_VALUE | DEAL_NEED | DEAL_BUDGET | DEAL_TIMING | DEAL_DECISION_MAKER,
                     &deals[i], &e),
            ERR_OK);
    }
    assert_int_equal(stage_list(c->shop, PIPELINE_MAIN, &list, &count, &e), ERR_OK);
    for (int i = 0; i < 3; i++) {
        stages[i] = list[i].id;
    }
    stage_list_free(list, count);
    shop_close(&c->shop);
}

static void remove_shop(void) {
    for (int i = 0; i < COUNTERS; i++) {
        char *path = mem_printf("%s.%d.csv", c->folder, i);
        unlink(path);
        free(path);
    }
    crash_shop_free(c);
}

/* One shop's life: its counters are killed one by one, each comes back at once. */
static void kill_counters(struct random *r, struct figures *f, int64_t kills, int64_t end) {
    struct counter counters[COUNTERS] = {{.generation = f->kills}, {.generation = f->kills}, {.generation = f->kills}};
    struct said said = {0};
    int ends[2];
    make_shop();
    assert_int_equal(pipe2(ends, O_NONBLOCK), 0);
    for (int i = 0; i < COUNTERS; i++) {
        start(&counters[i], i, ends[1]);
    }
    for (int64_t n = 0; n < kills && (end == 0 || ticks_us() < end); n++) {
        int i = (int)random_between(r, 0, COUNTERS - 1);
        ticks_pause_us(random_between(r, 100, 25000));
        stop(&counters[i]);
        listen(&said, ends[0]);
        start(&counters[i], i, ends[1]);
        f->kills++;
    }
    for (int i = 0; i < COUNTERS; i++) {
        stop(&counters[i]);
        f->kills++;
    }
    listen(&said, ends[0]);
    close(ends[0]);
    close(ends[1]);
    assert_books(&said, f);
    f->shops++;
    free(said.list);
    remove_shop();
}

static void what_killed_counters_confirmed_is_there(void **state) {
    (void)state;
    const char *wanted = getenv("CHOTDON_CRASH_KILLS");
    int64_t kills = wanted == NULL ? INT64_MAX : atoll(wanted);
    int64_t end = wanted == NULL ? crash_end_us(10) : 0;
    struct random r = RANDOM_INIT;
    struct figures f = {0};
    while (f.shops == 0 || (f.kills < kills && (end == 0 || ticks_us() < end))) {
        kill_counters(&r, &f, kills - f.kills < KILLS_A_SHOP ? kills - f.kills : KILLS_A_SHOP, end);
    }
    printf("kills tried: %lld, orders and returns confirmed before: %lld, lost: %lld, in %lld shops\n",
           (long long)f.kills, (long long)f.confirmed, (long long)f.lost, (long long)f.shops);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_killed_counters_confirmed_is_there)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
