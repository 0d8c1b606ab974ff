/* Sixteen programs at one file: counters that sell, take back, type baskets, move deals, edit customers, products,
 * staff, targets, plans and orders (the same one of each, at once), import and checkpoint, some of them the real
 * program, some killed at any moment. Nobody is ever told “busy”, order numbers are unique and without gaps on each
 * day, what was confirmed is there, no edit was lost to another, the books and the audit chain fit. Runs for
 * CHOTDON_CRASH_SECONDS (8 unless set). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/ticks.h"
#include "chotdon/audit.h"
#include "chotdon/check.h"
#include "chotdon/customer.h"
#include "chotdon/deal.h"
#include "chotdon/draft.h"
#include "crash_edits.h"
#include "random.h"
#include "testdb.h"
#include "testdeal.h"
#include "testorders.h"

enum { COUNTERS = 13, PROGRAMS = 3, PRODUCTS = 12, CUSTOMERS = 20, DEALS = 40, KEPT = 20000 };

/* What the counters tell of themselves, in memory that they share. */
struct told {
    int64_t sales, returns, drafts, moves, edits, checkpoints, refused, kills;
    int64_t longest_ms;
    int orders; /* confirmed */
    char numbers[KEPT][ORDER_NO_SIZE];
    struct edits twice; /* of records that all change */
    int faults;
    char fault[400]; /* the first */
};

struct place {
    char *path;
    char *program;
    int64_t products[PRODUCTS], customers[CUSTOMERS], deals[DEALS], stages[4];
};

/* The shop is open around midnight: two days get numbers at once. */
static void around_midnight(void *ctx, const char *zone, char now[DATETIME_SIZE]) {
    struct random *r = ctx;
    (void)zone;
    bool late = r != NULL && random_between(r, 0, 2) == 0;
    memcpy(now, late ? "2026-11-22 00:05:00" : "2026-11-21 23:55:00", DATETIME_SIZE);
}

static struct shop *open_shop(const char *path, bool create, struct random *r) {
    struct shop_options options = {.path = path, .clock = around_midnight, .clock_ctx = r};
    struct shop *shop = NULL;
    struct err e = ERR_INIT;
    enum err_code rc = create ? shop_create(&options, "VND", &shop, &e) : shop_open(&options, &shop, &e);
    if (rc != ERR_OK) {
        fprintf(stderr, "%s\n", e.message);
        abort();
    }
    return shop;
}

static void furnish(struct place *p) {
    struct shop *shop = open_shop(p->path, true, NULL);
    char text[32];
    for (int i = 0; i < PRODUCTS; i++) {
        snprintf(text, sizeof text, "SKU%d", i);
        p->products[i] = testorders_product(shop, text, 10000 + 1000 * i, -1);
        testorders_receive(shop, p->products[i], 1000000, 5000);
    }
    for (int i = 0; i < CUSTOMERS; i++) {
        char phone[16];
        snprintf(text, sizeof text, "Khách %d", i);
        snprintf(phone, sizeof phone, "09123456%02d", i);
        struct customer c = {.name = text, .phones = phone};
        assert_int_equal(customer_add(shop, &c, CUSTOMER_NAME | CUSTOMER_PHONES, &p->customers[i], NULL), ERR_OK);
    }
    for (int i = 0; i < DEALS; i++) {
        snprintf(text, sizeof text, "Cơ hội %d", i);
        p->deals[i] = testdeal_add(shop, text, 1000000);
    }
    struct stage *stages = NULL;
    size_t count = 0;
    size_t open = 0;
    assert_int_equal(stage_list(shop, 0, &stages, &count, NULL), ERR_OK);
    for (size_t i = 0; i < count && open < 2; i++) {
        if (stages[i].kind == STAGE_OPEN) {
            p->stages[open++] = stages[i].id;
        }
    }
    stage_list_free(stages, count);
    crash_edits_furnish(shop);
    shop_close(&shop);
}

/* --- what a counter does */
struct counter {
    const struct place *place;
    struct shop *shop;
    struct random r;
    struct told *told;
    int number;
    int64_t last_sale; /* to be taken back by chance */
    char station[32];
};

static int64_t any(struct counter *c, const int64_t *ids, int count) {
    return ids[random_between(&c->r, 0, count - 1)];
}

/* A refusal by the shop's rules is an answer; everything else is a fault. */
static void judge(struct counter *c, enum err_code rc, const struct err *e, int64_t *done) {
    if (rc == ERR_OK) {
        ++*done;
    } else if (rc == ERR_REFUSED || rc == ERR_CONFLICT || rc == ERR_NOT_FOUND) {
        c->told->refused++;
    } else {
        c->told->faults++;
        snprintf(c->told->fault, sizeof c->told->fault, "%s: %.300s", err_code_name(rc), e->message);
    }
}

static struct order_input basket(struct counter *c, struct order_line_input *lines, size_t most) {
    size_t count = (size_t)random_between(&c->r, 1, (int64_t)most);
    for (size_t i = 0; i < count; i++) {
        lines[i] = (struct order_line_input){.product_id = any(c, c->place->products, PRODUCTS),
                                             .qty = 1000 * random_between(&c->r, 1, 3)};
    }
    return (struct order_input){.status = ORDER_COMPLETED,
                                .customer_id = any(c, c->place->customers, CUSTOMERS),
                                .lines = lines,
                                .line_count = count,
                                .pay_rest = true,
                                .rest_method = PAY_CASH};
}

/* Said only after it was confirmed. */
static void tell_order(struct counter *c, const struct order_ref *ref) {
    if (c->told->orders < KEPT) {
        memcpy(c->told->numbers[c->told->orders], ref->order_no, ORDER_NO_SIZE);
        c->told->orders++;
    }
    c->last_sale = ref->id;
}

static void sell(struct counter *c) {
    struct order_line_input lines[3];
    struct order_ref ref = {0};
    struct err e = ERR_INIT;
    struct order_input in = basket(c, lines, 3);
    enum err_code rc = order_add(c->shop, &in, &ref, &e);
    judge(c, rc, &e, &c->told->sales);
    if (rc == ERR_OK) {
        tell_order(c, &ref);
    }
}

static void take_back(struct counter *c) {
    struct order_ref ref = {0};
    struct err e = ERR_INIT;
    struct return_input in = {.sale_id = c->last_sale, .reason = "đổi ý"};
    if (c->last_sale != 0) {
        enum err_code rc = order_return(c->shop, &in, &ref, NULL, &e);
        judge(c, rc, &e, &c->told->returns);
        c->last_sale = 0;
    }
}

/* As the Sell screen does: saved after each scan, then paid, parked or emptied. */
static void type_a_basket(struct counter *c) {
    struct order_line_input lines[4];
    struct order_ref ref = {0};
    struct err e = ERR_INIT;
    int64_t id = 0;
    enum err_code rc = ERR_OK;
    struct order_input in = basket(c, lines, 4);
    size_t count = in.line_count;
    for (size_t i = 1; i <= count && rc == ERR_OK; i++) {
        in.line_count = i;
        rc = draft_save(c->shop, &id, &in, c->station, &e);
    }
    int64_t end = random_between(&c->r, 0, 3);
    if (rc == ERR_OK && end == 0) {
        rc = draft_drop(c->shop, id, &e);
    } else if (rc == ERR_OK && end == 1) {
        rc = draft_hold(c->shop, id, "", &e);
    } else if (rc == ERR_OK) {
        rc = draft_confirm(c->shop, id, &in, &ref, &e);
    }
    judge(c, rc, &e, &c->told->drafts);
    if (rc == ERR_OK && ref.id != 0) {
        tell_order(c, &ref);
    }
}

static void move_a_deal(struct counter *c) {
    struct err e = ERR_INIT;
    unsigned missing = 0;
    judge(c, deal_move(c->shop, any(c, c->place->deals, DEALS), any(c, c->place->stages, 2), &missing, &e), &e,
          &c->told->moves);
}

static void edit_a_customer(struct counter *c) {
    struct customer had = {0};
    struct err e = ERR_INIT;
    enum err_code rc = customer_get(c->shop, any(c, c->place->customers, CUSTOMERS), &had, &e);
    if (rc == ERR_OK) {
        char *note = mem_printf("%" PRIu64, random_next(&c->r));
        struct customer now = {.code = had.code, .note = note};
        rc = customer_put(c->shop, &now, CUSTOMER_NOTE, NULL, NULL, &e);
        free(note);
    }
    judge(c, rc, &e, &c->told->edits);
    customer_clear(&had);
}

static void edit_what_all_edit(struct counter *c) {
    struct err e = ERR_INIT;
    int64_t done = 0;
    judge(c,
          crash_edit(c->shop, (enum edit_noun)random_between(&c->r, 0, EDIT_NOUNS - 1), c->number, &c->told->twice, &e),
          &e, &done);
}

static void checkpoint(struct counter *c) {
    struct err e = ERR_INIT;
    judge(c, db_checkpoint(shop_db(c->shop), &e), &e, &c->told->checkpoints);
}

static void work_until(const struct place *place, int number, int64_t end, struct told *told) {
    struct counter c = {
        .place = place, .r = {(uint64_t)ticks_ms() * 31 + (uint64_t)number}, .told = told, .number = number};
    void (*const work[])(struct counter *) = {sell,
                                              sell,
                                              take_back,
                                              type_a_basket,
                                              sell,
                                              move_a_deal,
                                              edit_a_customer,
                                              checkpoint,
                                              edit_what_all_edit,
                                              edit_what_all_edit,
                                              take_back,
                                              type_a_basket};
    snprintf(c.station, sizeof c.station, "here:%d", (int)getpid());
    c.shop = open_shop(place->path, false, &c.r);
    while (ticks_ms() < end) {
        int64_t began = ticks_ms();
        work[random_between(&c.r, 0, (int64_t)(sizeof work / sizeof *work) - 1)](&c);
        int64_t took = ticks_ms() - began;
        told->longest_ms = took > told->longest_ms ? took : told->longest_ms;
    }
    shop_close(&c.shop);
    _exit(0);
}

/* --- the real program, in a shell that runs until it is told to end */
static const char script[] =
    "i=0; c=\"$P -q -d $D\"; while [ ! -e $D.end ]; do i=$((i+1));"
    " n=$($c order add --line SKU$((i%12)):1 --pay cash:500k 2>>$D.err.$N) || echo \"order add $?\" >>$D.bad.$N;"
    " [ -z \"$n\" ] || echo \"$n\" >>$D.sold.$N;"
    " printf 'order_no,order_date,sku,qty,unit_price\\nX%s-%s,2026-10-0%s,SKU1,1,1000\\n' $N $i $((1+i%9)) >$D.csv.$N;"
    " $c import orders $D.csv.$N >>$D.out.$N 2>>$D.err.$N || echo \"import $?\" >>$D.bad.$N;"
    " $c customer add \"Khách $N-$i\" >>$D.out.$N 2>>$D.err.$N || echo \"customer $?\" >>$D.bad.$N;"
    " done";

static pid_t start_program(const struct place *p, int number) {
    pid_t pid = fork();
    if (pid == 0) {
        char digits[16];
        snprintf(digits, sizeof digits, "%d", number);
        setenv("P", p->program, 1);
        setenv("D", p->path, 1);
        setenv("N", digits, 1);
        setenv("LC_ALL", "C.UTF-8", 1);
        setenv("CHOTDON_NOW", "2026-11-21 23:50:00", 1);
        execl("/bin/sh", "sh", "-c", script, (char *)NULL);
        _exit(127);
    }
    return pid;
}

static pid_t start_counter(const struct place *p, int number, int64_t end, struct told *told) {
    pid_t pid = fork();
    if (pid == 0) {
        work_until(p, number, end, told);
    }
    return pid;
}

static void kill_some(const struct place *p, pid_t *pids, int64_t end, struct told *told) {
    struct random r = {(uint64_t)ticks_ms()};
    while (ticks_ms() < end - 500) {
        ticks_pause_us(random_between(&r, 20000, 200000));
        int victim = (int)random_between(&r, 0, COUNTERS / 2); /* the others live on */
        kill(pids[victim], SIGKILL);
        waitpid(pids[victim], NULL, 0);
        told[victim].kills++;
        pids[victim] = start_counter(p, victim, end, &told[victim]);
    }
}

static void expect_ended_well(pid_t pid) {
    int status = 0;
    waitpid(pid, &status, 0);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

static void run(const struct place *p, int64_t ms, struct told *told) {
    int64_t end = ticks_ms() + ms;
    pid_t pids[COUNTERS];
    pid_t programs[PROGRAMS];
    for (int i = 0; i < PROGRAMS; i++) {
        programs[i] = start_program(p, i);
    }
    for (int i = 0; i < COUNTERS; i++) {
        pids[i] = start_counter(p, i, end, &told[i]);
    }
    kill_some(p, pids, end, told);
    for (int i = 0; i < COUNTERS; i++) {
        expect_ended_well(pids[i]);
    }
    char *name = mem_printf("%s.end", p->path);
    FILE *f = fopen(name, "w");
    assert_non_null(f);
    fclose(f);
    free(name);
    for (int i = 0; i < PROGRAMS; i++) {
        expect_ended_well(programs[i]);
    }
}

/* --- what must be true afterwards */
static void print_finding(void *ctx, const char *finding) {
    (void)ctx;
    fprintf(stderr, "check: %s\n", finding);
}

static void expect_books_and_chain(struct shop *shop) {
    int64_t found = 0;
    int64_t rows = 0;
    int64_t bad = 0;
    char *why = NULL;
    assert_int_equal(check_books(shop, print_finding, NULL, &found, NULL), ERR_OK);
    assert_int_equal(found, 0);
    assert_int_equal(audit_verify(shop, &rows, &bad, &why, NULL), ERR_OK);
    assert_int_equal(bad, 0);
    free(why);
}

/* DHyymmdd-nnnn: as many as the highest number says. */
static void expect_no_gaps(struct shop *shop, const char *series) {
    char sql[300];
    snprintf(sql, sizeof sql, "SELECT count(*) FROM orders WHERE order_no LIKE '%s-%%'", series);
    int64_t count = testorders_int(shop, sql);
    snprintf(sql, sizeof sql,
             "SELECT COALESCE(MAX(CAST(substr(order_no, 10) AS BIGINT)), 0) FROM orders WHERE order_no LIKE '%s-%%'",
             series);
    assert_int_equal(testorders_int(shop, sql), count);
    snprintf(sql, sizeof sql, "SELECT count(DISTINCT order_no) FROM orders WHERE order_no LIKE '%s-%%'", series);
    assert_int_equal(testorders_int(shop, sql), count);
    printf("  %s: %lld numbers\n", series, (long long)count);
}

static int64_t expect_confirmed(struct shop *shop, const struct told *told) {
    int64_t all = 0;
    for (int i = 0; i < COUNTERS; i++) {
        for (int n = 0; n < told[i].orders; n++, all++) {
            int64_t id = 0;
            if (order_find(shop, told[i].numbers[n], &id, NULL) != ERR_OK) {
                fail_msg("%s was confirmed and is lost", told[i].numbers[n]);
            }
        }
    }
    return all;
}

static int64_t expect_sold(struct shop *shop, const struct place *p) {
    int64_t all = 0;
    for (int i = 0; i < PROGRAMS; i++) {
        char *name = mem_printf("%s.sold.%d", p->path, i);
        char number[ORDER_NO_SIZE + 2];
        FILE *f = fopen(name, "r");
        for (; f != NULL && fgets(number, sizeof number, f) != NULL; all++) {
            int64_t id = 0;
            number[strcspn(number, "\r\n ")] = '\0';
            assert_int_equal(order_find(shop, number, &id, NULL), ERR_OK);
        }
        if (f != NULL) {
            fclose(f);
        }
        free(name);
        name = mem_printf("[ ! -e %s.bad.%d ] || { cat %s.err.%d >&2; false; }", p->path, i, p->path, i);
        assert_int_equal(system(name), 0);
        free(name);
    }
    return all;
}

static void print_told(const struct told *t, int64_t confirmed, int64_t sold) {
    struct told all = {0};
    for (int i = 0; i < COUNTERS; i++) {
        all.sales += t[i].sales;
        all.returns += t[i].returns;
        all.drafts += t[i].drafts;
        all.moves += t[i].moves;
        all.edits += t[i].edits;
        all.checkpoints += t[i].checkpoints;
        all.refused += t[i].refused;
        all.kills += t[i].kills;
        all.longest_ms = t[i].longest_ms > all.longest_ms ? t[i].longest_ms : all.longest_ms;
        if (t[i].faults > 0) {
            fail_msg("counter %d: %d faults: %s", i, t[i].faults, t[i].fault);
        }
    }
    printf("  %d programs: %" PRId64 " sales, %" PRId64 " returns, %" PRId64 " baskets, %" PRId64
           " deals moved, %" PRId64 " customers edited, %" PRId64 " checkpoints, %" PRId64 " refused by rules, %" PRId64
           " by the real program\n",
           COUNTERS + PROGRAMS, all.sales, all.returns, all.drafts, all.moves, all.edits, all.checkpoints, all.refused,
           sold);
    printf("  %" PRId64 " killed; %" PRId64 " orders confirmed, 0 lost; the longest deed took %" PRId64 " ms\n",
           all.kills, confirmed, all.longest_ms);
    assert_true(all.longest_ms < 10000);
    assert_true(confirmed > 20);
}

static void expect_no_edit_lost(struct shop *shop, const struct told *told) {
    const struct edits *edits[COUNTERS];
    int64_t kills = 0;
    for (int i = 0; i < COUNTERS; i++) {
        edits[i] = &told[i].twice;
        kills += told[i].kills;
    }
    crash_edits_expect(shop, edits, COUNTERS, kills);
}

static void test_sixteen_programs_at_one_file(void **state) {
    (void)state;
    const char *seconds = getenv("CHOTDON_CRASH_SECONDS");
    const char *build = getenv("B");
    struct place p = {.path = testdb_path("shop.db"),
                      .program = mem_printf("%s/chotdon", build == NULL ? "build" : build)};
    struct told *told = mmap(NULL, COUNTERS * sizeof *told, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_true(told != MAP_FAILED);
    furnish(&p);
    run(&p, seconds == NULL ? 8000 : 1000 * atoll(seconds), told);
    struct shop *shop = open_shop(p.path, false, NULL);
    int64_t confirmed = expect_confirmed(shop, told);
    int64_t sold = expect_sold(shop, &p);
    print_told(told, confirmed, sold);
    expect_no_edit_lost(shop, told);
    expect_no_gaps(shop, "DH261121");
    expect_no_gaps(shop, "DH261122");
    expect_no_gaps(shop, "TH261121");
    expect_no_gaps(shop, "TH261122");
    expect_books_and_chain(shop);
    shop_close(&shop);
    munmap(told, COUNTERS * sizeof *told);
    testdb_remove(p.path);
    free(p.program);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sixteen_programs_at_one_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
