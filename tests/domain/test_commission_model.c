#include "chotdon/commission.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "commission_model.h"
#include "db/db.h"
#include "testdb.h"
#include "testshop.h"

static const char *const months[] = {"2026-01", "2026-02", "2026-03", "2026-04", "2026-05", "2026-06",
                                     "2026-07", "2026-08", "2026-09", "2026-10", "2026-11", "2026-12"};
static const char *const metrics[] = {"revenue", "net_revenue", "margin"};

static void must(enum err_code rc, const struct err *e) {
    if (rc != ERR_OK) {
        fail_msg("%s", e->message);
    }
}

/* --- one month against the model */

struct comparing {
    struct model_person model[MODEL_STAFF_MAX];
    int64_t rows, total;
};

static enum err_code compare_row(void *ctx, const struct commission_row *r, struct err *e) {
    struct comparing *c = ctx;
    const struct model_person *m = &c->model[r->staff_id];
    (void)e;
    assert_int_equal(r->base, m->base);
    assert_int_equal(r->tier_commission, m->tier_commission);
    assert_int_equal(r->gate_bps, m->gate_bps);
    assert_int_equal(r->gated_commission, m->gated);
    assert_int_equal(r->override, m->override);
    assert_int_equal(r->cap_cut, m->cap_cut);
    assert_int_equal(r->bonus_first_order, m->bonus_first);
    assert_int_equal(r->bonus_top, m->bonus_top);
    assert_int_equal(r->total, r->gated_commission + r->override + r->cap_cut + r->bonus_first_order + r->bonus_top +
                                   r->adjustment);
    c->rows++;
    c->total += r->total;
    return ERR_OK;
}

static enum err_code add_line(void *ctx, const struct commission_line *l, struct err *e) {
    int64_t *sums = ctx;
    bool base = strcmp(l->kind, "base") == 0;
    (void)e;
    if (base) {
        assert_int_equal(l->amount, 0);
    }
    sums[0] += l->amount;
    sums[1] += base ? l->base : 0;
    return ERR_OK;
}

struct explaining {
    struct shop *shop;
    const char *month;
};

static enum err_code explain_row(void *ctx, const struct commission_row *r, struct err *e) {
    const struct explaining *x = ctx;
    int64_t sums[2] = {0, 0};
    struct err why = ERR_INIT;
    (void)e;
    must(commission_explain(x->shop, x->month, r->staff_id, add_line, sums, &why), &why);
    assert_int_equal(sums[0], r->total);
    assert_int_equal(sums[1], r->base);
    return ERR_OK;
}

/* Rows, explanations and the run itself say the same. */
static void month_adds_up(struct shop *shop, const char *month) {
    struct err e = ERR_INIT;
    struct explaining x = {shop, month};
    must(commission_list(shop, month, explain_row, &x, &e), &e);
}

static void compare_month(struct shop *shop, const char *month) {
    struct err e = ERR_INIT;
    struct plan p;
    static struct comparing c;
    must(plan_for_month(shop, month, &p, &e), &e);
    memset(&c, 0, sizeof c);
    model_month(shop, &p, month, c.model);
    must(commission_list(shop, month, compare_row, &c, &e), &e);
    for (int i = 0; i < MODEL_STAFF_MAX; i++) {
        c.rows -= c.model[i].credited;
    }
    assert_true(c.rows >= 0); /* nobody who is credited is missing */
    plan_clear(&p);
}

struct sales {
    struct year *y;
    int count;
    const char *month;
};

static enum err_code add_sales(struct db *db, void *ctx, struct err *e) {
    struct sales *s = ctx;
    (void)db;
    (void)e;
    for (int i = 0; i < s->count; i++) {
        int64_t sale = year_sale(s->y, s->month);
        if (random_between(&s->y->r, 0, 9) == 0) {
            char date[DATE_SIZE];
            month_last_day(s->month, date);
            year_return(s->y, sale, date, random_between(&s->y->r, 0, 2) == 0);
        }
    }
    return ERR_OK;
}

static void sell(struct year *y, const char *month, int count) {
    struct sales s = {y, count, month};
    struct err e = ERR_INIT;
    must(db_transact(shop_db(y->shop), add_sales, &s, &e), &e);
}

static void a_slow_model_agrees_on_a_year_of_60_reps(void **state) {
    struct year y = {.r = RANDOM_INIT};
    struct err e = ERR_INIT;
    (void)state;
    for (int base = 0; base < 3; base++) {
        y.shop = testshop_open();
        testshop_set_now(y.shop, "2026-12-31 20:00:00");
        year_people(&y, 60, 5, 40);
        year_plan(&y, "2026");
        for (int m = base; m < 12; m += 3) {
            for (int k = 0; k < 3; k++) {
                year_targets(&y, months[m], metrics[k]);
            }
            sell(&y, months[m], 300);
            compare_month(y.shop, months[m]); /* as it stands */
            must(commission_run(y.shop, months[m], &e), &e);
            compare_month(y.shop, months[m]); /* as it is kept */
            month_adds_up(y.shop, months[m]);
        }
        testshop_close(&y.shop);
    }
}

/* --- what comes after the lock */

static void same_figures(struct shop *shop, int64_t out[4]) {
    out[0] = testdb_int(shop_db(shop), "SELECT COALESCE(SUM(total * staff_id), 0) FROM commission_rows");
    out[1] = testdb_int(shop_db(shop), "SELECT COALESCE(SUM(amount * seq * staff_id), 0) FROM commission_lines");
    out[2] = testdb_int(shop_db(shop), "SELECT COUNT(*) FROM commission_lines");
    out[3] = testdb_int(shop_db(shop), "SELECT COALESCE(SUM(base * staff_id), 0) FROM commission_shares");
}

static void run_again_is_identical(struct shop *shop, const char *month) {
    struct err e = ERR_INIT;
    int64_t first[4], second[4];
    must(commission_run(shop, month, &e), &e);
    same_figures(shop, first);
    must(commission_run(shop, month, &e), &e);
    same_figures(shop, second);
    assert_memory_equal(first, second, sizeof first);
}

/* All that was ever paid for a month, its adjustments included, is what it would be worth with full knowledge. */
static void has_converged(struct shop *shop, const char *month) {
    static struct model_person model[MODEL_STAFF_MAX];
    struct err e = ERR_INIT;
    struct plan p;
    must(plan_for_month(shop, month, &p, &e), &e);
    model_month(shop, &p, month, model);
    for (int i = 1; i < MODEL_STAFF_MAX; i++) {
        int64_t paid = model_int(shop,
                                 "SELECT COALESCE((SELECT gated_commission + override_amount + cap_cut FROM"
                                 " commission_rows WHERE month = $1 AND staff_id = $2), 0) + COALESCE((SELECT"
                                 " SUM(amount) FROM commission_lines WHERE about = $1 AND staff_id = $2), 0)",
                                 DB_BIND(DB_TEXT(month), DB_INT(i)));
        assert_int_equal(paid, model_earned(&model[i]));
    }
    plan_clear(&p);
}

struct meddling {
    struct year *y;
    int64_t first, last; /* of the sales there were */
    const char *date, *month;
};

static enum err_code meddle(struct db *db, void *ctx, struct err *e) {
    struct meddling *m = ctx;
    (void)db;
    (void)e;
    for (int i = 0; i < 12; i++) {
        int64_t sale = random_between(&m->y->r, m->first, m->last);
        switch (random_between(&m->y->r, 0, 4)) {
        case 0:
            year_cancel(m->y, sale);
            break;
        case 1:
            year_correct(m->y, sale);
            break;
        case 2:
            year_sale(m->y, m->month); /* one that comes late */
            break;
        default:
            year_return(m->y, sale, m->date, random_between(&m->y->r, 0, 1) == 0);
        }
    }
    return ERR_OK;
}

static void adjustments_converge_to_full_knowledge(void **state) {
    struct random seeds = RANDOM_INIT;
    (void)state;
    for (int round = 0; round < 12; round++) {
        struct year y = {.shop = testshop_open(), .r = {random_next(&seeds)}};
        struct err e = ERR_INIT;
        testshop_set_now(y.shop, "2026-12-31 20:00:00");
        year_people(&y, 9, 3, 12);
        year_plan(&y, "2026");
        for (int m = 0; m < 4; m++) {
            for (int k = 0; k < 3; k++) {
                year_targets(&y, months[m], metrics[k]);
            }
            sell(&y, months[m], 25);
        }
        int64_t last = y.orders;
        for (int m = 0; m < 6; m++) {
            char date[DATE_SIZE];
            month_last_day(months[m], date);
            struct meddling x = {&y, 1, last, date, months[m % 4]};
            if (m > 0) {
                must(db_transact(shop_db(y.shop), meddle, &x, &e), &e);
            }
            run_again_is_identical(y.shop, months[m]);
            month_adds_up(y.shop, months[m]);
            if (random_between(&y.r, 0, 4) > 0) {
                must(commission_lock(y.shop, months[m], NULL, &e), &e);
            }
        }
        must(commission_run(y.shop, "2026-07", &e), &e);
        for (int m = 0; m < 6; m++) {
            struct commission_month at;
            must(commission_month_get(y.shop, months[m], &at, &e), &e);
            if (at.status == COMMISSION_LOCKED) {
                has_converged(y.shop, months[m]);
                month_adds_up(y.shop, months[m]);
            }
            commission_month_clear(&at);
        }
        testshop_close(&y.shop);
    }
}

struct one_return {
    struct year *y;
    int64_t sale;
};

static enum err_code bring_back(struct db *db, void *ctx, struct err *e) {
    const struct one_return *r = ctx;
    (void)db;
    (void)e;
    assert_true(year_return(r->y, r->sale, "2026-02-01", true));
    return ERR_OK;
}

/* The same returns in two orders: what is paid in the end is the same, whatever came first. */
static int64_t paid_after(const int *order, int count, uint64_t seed) {
    struct year y = {.shop = testshop_open(), .r = {seed}};
    struct err e = ERR_INIT;
    int64_t sales[4];
    testshop_set_now(y.shop, "2026-12-31 20:00:00");
    year_people(&y, 4, 2, 12);
    year_plan(&y, "2026");
    year_targets(&y, "2026-01", "revenue");
    sell(&y, "2026-01", 12);
    for (int i = 0; i < 4; i++) {
        do {
            sales[i] = year_sale(&y, "2026-01");
        } while (testdb_int(shop_db(y.shop), "SELECT is_return FROM orders ORDER BY id DESC LIMIT 1") == 1);
    }
    must(commission_run(y.shop, "2026-01", &e), &e);
    must(commission_lock(y.shop, "2026-01", NULL, &e), &e);
    for (int i = 0; i < count; i++) {
        struct one_return back = {&y, sales[order[i]]};
        must(db_transact(shop_db(y.shop), bring_back, &back, &e), &e);
        must(commission_run(y.shop, months[i + 1], &e), &e);
        must(commission_lock(y.shop, months[i + 1], NULL, &e), &e);
    }
    int64_t sum = 0;
    for (int i = 1; i <= 4; i++) {
        sum = sum * 31 +
              model_int(y.shop, "SELECT SUM(adjustment) FROM commission_rows WHERE staff_id = $1", DB_BIND(DB_INT(i)));
    }
    has_converged(y.shop, "2026-01");
    testshop_close(&y.shop);
    return sum;
}

static void no_order_of_returns_changes_the_sum(void **state) {
    static const int orders[][4] = {{0, 1, 2, 3}, {3, 2, 1, 0}, {2, 0, 3, 1}};
    (void)state;
    for (uint64_t seed = 1; seed <= 6; seed++) {
        int64_t first = paid_after(orders[0], 4, seed);
        assert_int_equal(paid_after(orders[1], 4, seed), first);
        assert_int_equal(paid_after(orders[2], 4, seed), first);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_slow_model_agrees_on_a_year_of_60_reps),
        cmocka_unit_test(adjustments_converge_to_full_knowledge),
        cmocka_unit_test(no_order_of_returns_changes_the_sum),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
