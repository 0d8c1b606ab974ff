/* The kept figures of sales against a plain computation of its own, over random orders, shares, returns, moves of
 * people, merges and undone work. */
#include "chotdon/kpi.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "chotdon/check.h"
#include "chotdon/customer.h"
#include "chotdon/setting.h"
#include "chotdon/staff.h"
#include "random.h"
#include "testdb.h"
#include "testorders.h"
#include "testshop.h"

enum { REPS = 5, CUSTOMERS = 6, TEAMS = 3, STEPS = 260 };

struct world {
    struct shop *shop;
    struct random random;
    int64_t product, reps[REPS], customers[CUSTOMERS];
    int64_t orders[STEPS];
    size_t order_count;
    struct order *all; /* everything there is, while figures are compared */
    size_t all_count;
};

static int64_t pick(struct world *w, int64_t low, int64_t high) {
    return random_between(&w->random, low, high);
}

static const char *day_between(struct world *w, char day[DATE_SIZE]) {
    date_add_days("2026-08-20", pick(w, 0, 90), day);
    return day;
}

static void put_team(struct world *w, int rep, const char *from) {
    static const char *const teams[TEAMS] = {"", "Bắc", "Nam"};
    char code[8];
    snprintf(code, sizeof code, "R%d", rep);
    struct staff s = {.code = code, .team = (char *)teams[pick(w, 0, TEAMS - 1)], .team_from = (char *)from};
    assert_int_equal(staff_put(w->shop, &s, STAFF_TEAM, NULL, NULL), ERR_OK);
}

static int open_world(void **state) {
    struct world *w = calloc(1, sizeof *w);
    w->shop = testshop_open();
    w->random = (struct random)RANDOM_INIT;
    w->product = testorders_product(w->shop, "P", 1000, 800);
    testorders_receive(w->shop, w->product, 1000000, 700);
    for (int i = 0; i < REPS; i++) {
        char code[8];
        snprintf(code, sizeof code, "R%d", i);
        w->reps[i] = testorders_staff(w->shop, code);
        put_team(w, i, "");
    }
    for (int i = 0; i < CUSTOMERS; i++) {
        char name[16];
        snprintf(name, sizeof name, "Khách %d", i);
        struct customer c = {.name = name};
        assert_int_equal(customer_add(w->shop, &c, CUSTOMER_NAME, &w->customers[i], NULL), ERR_OK);
    }
    *state = w;
    return 0;
}

static int close_world(void **state) {
    struct world *w = *state;
    testshop_close(&w->shop);
    free(w);
    return 0;
}

static void sell(struct world *w) {
    struct order_line_input lines[2];
    struct order_rep_input reps[3];
    char day[DATE_SIZE];
    size_t count = (size_t)pick(w, 1, 2), shares = (size_t)pick(w, 0, 3);
    for (size_t i = 0; i < count; i++) {
        lines[i] = testorders_line(w->product, pick(w, 1, 9) * 1000, pick(w, 1, 99999));
    }
    int64_t first = pick(w, 0, REPS - 1);
    for (size_t i = 0; i < shares; i++) {
        reps[i] = (struct order_rep_input){w->reps[(first + (int64_t)i) % REPS], 0};
    }
    if (shares == 2) {
        reps[0].share_bps = pick(w, 0, 10000);
        reps[1].share_bps = 10000 - reps[0].share_bps;
    }
    struct order_input in = testorders_input(lines, count);
    in.date = day_between(w, day);
    in.status = pick(w, 0, 3) == 0 ? ORDER_CONFIRMED : ORDER_COMPLETED;
    in.reps = reps;
    in.rep_count = shares;
    in.customer_id = pick(w, 0, 2) == 0 ? 0 : w->customers[pick(w, 0, CUSTOMERS - 1)];
    struct order_ref ref;
    assert_int_equal(order_add(w->shop, &in, &ref, NULL), ERR_OK);
    w->orders[w->order_count++] = ref.id;
}

static void take_back(struct world *w, int64_t sale) {
    struct order o = testorders_get(w->shop, sale);
    struct return_line_input line = {.product_id = w->product, .qty = pick(w, 1, 4) * 1000};
    char day[DATE_SIZE];
    date_add_days(o.order_date, pick(w, -2, 60), day);
    bool whole = pick(w, 0, 2) == 0;
    struct return_input in = {.sale_id = sale, .lines = &line, .line_count = whole ? 0 : 1, .date = day};
    (void)order_return(w->shop, &in, NULL, NULL, NULL); /* more than was sold is refused */
    order_clear(&o);
}

static enum err_code sell_and_regret(struct shop *shop, void *ctx, struct err *e) {
    struct world *w = ctx;
    (void)shop;
    sell(w);
    if (w->order_count > 1) {
        take_back(w, w->orders[pick(w, 0, (int64_t)w->order_count - 1)]);
    }
    w->order_count--;
    return err_set(e, ERR_REFUSED, "regretted");
}

/* Several things in one transaction, one of them undone alone. */
static enum err_code mixed(struct shop *shop, void *ctx, struct err *e) {
    struct world *w = ctx;
    (void)e;
    sell(w);
    assert_int_equal(shop_transact(shop, sell_and_regret, w, NULL), ERR_REFUSED);
    sell(w);
    take_back(w, w->orders[w->order_count - 1]);
    return ERR_OK;
}

static void merge_some(struct world *w) {
    int64_t merge_id = 0;
    int64_t a = pick(w, 0, CUSTOMERS - 1);
    int64_t keep = w->customers[a], merge = w->customers[(a + 1) % CUSTOMERS];
    if (customer_merge(w->shop, keep, merge, &merge_id, NULL) == ERR_OK) {
        assert_int_equal(customer_unmerge(w->shop, merge_id, NULL), ERR_OK);
        assert_int_equal(customer_merge(w->shop, keep, merge, &merge_id, NULL), ERR_OK);
        assert_int_equal(customer_unmerge(w->shop, merge_id, NULL), ERR_OK);
    }
}

static void step(struct world *w) {
    char day[DATE_SIZE];
    int64_t any = w->order_count == 0 ? 0 : w->orders[pick(w, 0, (int64_t)w->order_count - 1)];
    switch (any == 0 ? 0 : pick(w, 0, 9)) {
    case 0:
    case 1:
    case 2:
    case 3:
        sell(w);
        break;
    case 4:
    case 5:
        take_back(w, any);
        break;
    case 6:
        (void)order_set_status(w->shop, any, (enum order_status)pick(w, ORDER_CONFIRMED, ORDER_RETURNED), "", NULL);
        (void)order_cancel(w->shop, any, "đổi ý", NULL);
        break;
    case 7:
        put_team(w, (int)pick(w, 0, REPS - 1), day_between(w, day));
        break;
    case 8:
        assert_int_equal(shop_transact(w->shop, mixed, w, NULL), ERR_OK);
        break;
    default:
        merge_some(w);
        break;
    }
}

/* --- the plain computation: all orders, one after the other, from what order_get says */

struct plain {
    int64_t revenue, net, cost, orders;
};

/* Largest remainder, the slow way: whole parts, then one unit at a time to the largest rest. */
static void plain_split(int64_t total, const int64_t *bps, size_t count, int64_t *parts) {
    int64_t size = total < 0 ? -total : total, left = size;
    int64_t rest[8];
    for (size_t i = 0; i < count; i++) {
        parts[i] = size * bps[i] / 10000;
        rest[i] = size * bps[i] % 10000;
        left -= parts[i];
    }
    while (left-- > 0) {
        size_t best = 0;
        for (size_t i = 1; i < count; i++) {
            best = rest[i] > rest[best] ? i : best;
        }
        parts[best]++;
        rest[best] = -1;
    }
    for (size_t i = 0; i < count && total < 0; i++) {
        parts[i] = -parts[i];
    }
}

static void read_all(struct world *w) {
    int64_t ids = testorders_int(w->shop, "SELECT MAX(id) FROM orders");
    w->all = calloc((size_t)ids, sizeof *w->all);
    for (int64_t id = 1; id <= ids; id++) {
        w->all_count += order_get(w->shop, id, &w->all[w->all_count], NULL) == ERR_OK;
    }
}

static void forget_all(struct world *w) {
    for (size_t i = 0; i < w->all_count; i++) {
        order_clear(&w->all[i]);
    }
    free(w->all);
    w->all = NULL;
    w->all_count = 0;
}

static struct plain plain_sale(struct world *w, const struct order *o, const char *as_of) {
    struct plain p = {o->revenue, o->net, o->cost, 1};
    bool later = false;
    for (size_t i = 0; i < w->all_count; i++) {
        const struct order *back = &w->all[i];
        if (back->is_return && back->return_of_id == o->id) {
            bool known = strcmp(back->order_date, as_of) <= 0;
            p.revenue += known ? back->revenue : 0;
            p.net += known ? back->net : 0;
            p.cost += known ? back->cost : 0;
            later = later || !known;
        }
    }
    p.orders = o->status != ORDER_RETURNED || later;
    return p;
}

/* What one rep (−1: nobody) was credited with; team 0: any. */
static struct plain plain_month(struct world *w, const char *month, const char *as_of, int64_t rep, int64_t team) {
    struct plain sum = {0};
    for (size_t k = 0; k < w->all_count; k++) {
        const struct order *o = &w->all[k];
        if (o->is_return || strncmp(o->recognised_on, month, 7) != 0 || strcmp(o->recognised_on, as_of) > 0) {
            continue;
        }
        int64_t bps[8] = {10000}, revenue[8], net[8], cost[8];
        size_t count = o->rep_count == 0 ? 1 : o->rep_count, best = 0;
        struct plain p = plain_sale(w, o, as_of);
        for (size_t i = 0; i < o->rep_count; i++) {
            bps[i] = o->reps[i].share_bps;
            best = bps[i] > bps[best] ? i : best;
        }
        plain_split(p.revenue, bps, count, revenue);
        plain_split(p.net, bps, count, net);
        plain_split(p.cost, bps, count, cost);
        for (size_t i = 0; i < count; i++) {
            int64_t on_team = 0;
            if (o->rep_count > 0) {
                assert_int_equal(staff_team_on(w->shop, o->reps[i].staff_id, o->order_date, &on_team, NULL), ERR_OK);
            }
            bool mine = rep == 0 ? (team == -1 ? on_team == 0 : on_team == team)
                                 : (o->rep_count == 0 ? rep == -1 : o->reps[i].staff_id == rep);
            if (mine) {
                sum.revenue += revenue[i];
                sum.net += net[i];
                sum.cost += cost[i];
                sum.orders += i == best ? p.orders : 0;
            }
        }
    }
    return sum;
}

static void compare(struct world *w, const char *month, const char *as_of, enum target_scope by) {
    struct kpi_filter filter = {.by = by};
    struct kpi_board board;
    struct err e = ERR_INIT;
    snprintf(filter.month, sizeof filter.month, "%s", month);
    snprintf(filter.as_of, sizeof filter.as_of, "%s", as_of == NULL ? "" : as_of);
    if (kpi_board_load(w->shop, &filter, &board, &e) != ERR_OK) {
        fail_msg("%s", e.message);
    }
    for (size_t i = 0; i < board.count; i++) {
        const struct kpi_row *r = &board.rows[i];
        int64_t ref = r->ref == 0 ? -1 : r->ref;
        struct plain p = plain_month(w, month, as_of == NULL ? "9999-12-31" : as_of, by == SCOPE_REP ? ref : 0,
                                     by == SCOPE_TEAM ? ref : 0);
        assert_int_equal(r->revenue, p.revenue);
        assert_int_equal(r->net_revenue, p.net);
        assert_int_equal(r->margin, p.net - p.cost);
        assert_int_equal(r->orders, p.orders);
    }
    kpi_board_clear(&board);
}

/* Every grouping has the same total. */
static void compare_totals(struct world *w, const char *month, const char *as_of) {
    int64_t revenue = 0, margin = 0, orders = 0;
    for (int by = SCOPE_SHOP; by < SCOPE_COUNT; by++) {
        struct kpi_filter filter = {.by = (enum target_scope)by};
        struct kpi_board board;
        snprintf(filter.month, sizeof filter.month, "%s", month);
        snprintf(filter.as_of, sizeof filter.as_of, "%s", as_of);
        assert_int_equal(kpi_board_load(w->shop, &filter, &board, NULL), ERR_OK);
        if (by == SCOPE_SHOP) {
            revenue = board.total.revenue;
            margin = board.total.margin;
            orders = board.total.orders;
        }
        assert_int_equal(board.total.revenue, revenue);
        assert_int_equal(board.total.margin, margin);
        if (by != SCOPE_PRODUCT && by != SCOPE_GROUP) {
            assert_int_equal(board.total.orders, orders);
        }
        kpi_board_clear(&board);
    }
}

static void told(void *ctx, const char *text) {
    (void)ctx;
    print_message("%s\n", text);
}

static void check_is_clean(struct world *w) {
    int64_t found = 0;
    struct err e = ERR_INIT;
    if (check_books(w->shop, told, NULL, &found, &e) != ERR_OK) {
        fail_msg("%s", e.message);
    }
    assert_int_equal(found, 0);
}

static void kept_figures_are_those_of_a_plain_computation(void **state) {
    static const char *const months[] = {"2026-08", "2026-09", "2026-10", "2026-11"};
    struct world *w = *state;
    for (int i = 0; i < STEPS / 2; i++) {
        step(w);
        if (i % 43 == 42) {
            check_is_clean(w);
        }
    }
    check_is_clean(w);
    read_all(w);
    for (size_t m = 0; m < sizeof months / sizeof *months; m++) {
        char day[DATE_SIZE];
        compare(w, months[m], NULL, SCOPE_REP);
        compare(w, months[m], NULL, SCOPE_TEAM);
        snprintf(day, sizeof day, "%s-15", months[m]);
        compare(w, months[m], day, SCOPE_REP);
        compare(w, months[m], day, SCOPE_TEAM);
        compare_totals(w, months[m], "");
        compare_totals(w, months[m], day);
        compare_totals(w, months[m], "2026-11-20");
    }
    forget_all(w);
}

static void another_state_of_recognition_sums_everything_up_anew(void **state) {
    struct world *w = *state;
    for (int i = 0; i < 30; i++) {
        step(w);
    }
    assert_int_equal(setting_set(w->shop, "recognise", "confirmed", NULL), ERR_OK);
    check_is_clean(w);
    read_all(w);
    compare(w, "2026-10", NULL, SCOPE_REP);
    forget_all(w);
    assert_int_equal(setting_set(w->shop, "recognise", "completed", NULL), ERR_OK);
    check_is_clean(w);
    read_all(w);
    compare(w, "2026-10", NULL, SCOPE_REP);
    forget_all(w);
}

static void check_tells_of_figures_that_are_off(void **state) {
    struct world *w = *state;
    int64_t found = 0;
    sell(w);
    sell(w);
    testdb_script(shop_db(w->shop), "UPDATE sales_figures SET orders = orders + 1");
    assert_int_equal(check_books(w->shop, told, NULL, &found, NULL), ERR_OK);
    assert_true(found > 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(kept_figures_are_those_of_a_plain_computation, open_world, close_world),
        cmocka_unit_test_setup_teardown(another_state_of_recognition_sums_everything_up_anew, open_world, close_world),
        cmocka_unit_test_setup_teardown(check_tells_of_figures_that_are_off, open_world, close_world),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
