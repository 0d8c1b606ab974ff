/* The kept figures of customers against a plain computation of its own, over random sales, payments, returns,
 * cancellations, other customers, merges and undone work. */
#include "chotdon/customer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "chotdon/check.h"
#include "chotdon/order_edit.h"
#include "random.h"
#include "testdb.h"
#include "testorders.h"
#include "testshop.h"

enum { CUSTOMERS = 6, STEPS = 240 };

struct world {
    struct shop *shop;
    struct random random;
    int64_t product, customers[CUSTOMERS + STEPS], orders[4 * STEPS];
    size_t customer_count, order_count;
};

static int64_t pick(struct world *w, int64_t low, int64_t high) {
    return random_between(&w->random, low, high);
}

static int64_t any_customer(struct world *w) {
    return w->customers[pick(w, 0, (int64_t)w->customer_count - 1)];
}

static int64_t any_order(struct world *w) {
    return w->orders[pick(w, 0, (int64_t)w->order_count - 1)];
}

static void make_customer(struct world *w) {
    char name[24];
    snprintf(name, sizeof name, "Khách %zu", w->customer_count);
    struct customer c = {.name = name};
    struct err e = ERR_INIT;
    if (customer_add(w->shop, &c, CUSTOMER_NAME, &w->customers[w->customer_count], &e) != ERR_OK) {
        fail_msg("%s", e.message);
    }
    w->customer_count++;
}

static int open_world(void **state) {
    struct world *w = calloc(1, sizeof *w);
    w->shop = testshop_open();
    w->random = (struct random)RANDOM_INIT;
    w->product = testorders_product(w->shop, "P", 1000, 800);
    testorders_receive(w->shop, w->product, 1000000, 700);
    for (int i = 0; i < CUSTOMERS; i++) {
        make_customer(w);
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

/* Of many days, to a customer or nobody, paid or not. */
static void sell_to(struct world *w, int64_t customer) {
    char day[DATE_SIZE];
    struct order_line_input line = testorders_line(w->product, pick(w, 1, 9) * 1000, pick(w, 1, 99999));
    struct order_input in = testorders_input(&line, 1);
    struct order_ref ref;
    struct err e = ERR_INIT;
    date_add_days("2026-08-20", pick(w, 0, 90), day);
    in.date = day;
    in.status = pick(w, 0, 2) == 0 ? ORDER_CONFIRMED : ORDER_COMPLETED;
    in.customer_id = customer;
    in.pay_rest = pick(w, 0, 1) == 0;
    in.rest_method = PAY_CASH;
    if (order_add(w->shop, &in, &ref, &e) != ERR_OK) {
        fail_msg("%s", e.message);
    }
    w->orders[w->order_count++] = ref.id;
}

static void sell(struct world *w) {
    sell_to(w, pick(w, 0, 3) == 0 ? 0 : any_customer(w));
}

/* What is refused is refused: more than was sold, what is paid already. */
static void take_back(struct world *w, int64_t sale) {
    struct order o = testorders_get(w->shop, sale);
    struct return_line_input line = {.product_id = w->product, .qty = pick(w, 1, 4) * 1000};
    bool whole = pick(w, 0, 2) == 0;
    struct return_input in = {.sale_id = sale, .lines = &line, .line_count = whole ? 0 : 1, .date = o.order_date};
    (void)order_return(w->shop, &in, NULL, NULL, NULL);
    order_clear(&o);
}

static void pay(struct world *w, int64_t sale) {
    const struct order_payment_input in = {.method = PAY_CASH, .amount = pick(w, 1, 200000)};
    (void)order_pay(w->shop, sale, &in, NULL, NULL);
}

static void give_to_another(struct world *w, int64_t sale) {
    struct customer c = {0};
    assert_int_equal(customer_get(w->shop, any_customer(w), &c, NULL), ERR_OK);
    struct order_terms terms = {.customer = c.code};
    (void)order_edit(w->shop, sale, &terms, ORDER_CUSTOMER, NULL, NULL);
    customer_clear(&c);
}

static void merge_some(struct world *w) {
    int64_t merge_id = 0;
    if (customer_merge(w->shop, any_customer(w), any_customer(w), &merge_id, NULL) == ERR_OK && pick(w, 0, 2) > 0) {
        sell(w);
        assert_int_equal(customer_unmerge(w->shop, merge_id, NULL), ERR_OK);
    }
}

/* As it was before, but what was changed in the books. */
static enum err_code regret(struct shop *shop, void *ctx, struct err *e) {
    struct world *w = ctx;
    size_t customers = w->customer_count, orders = w->order_count;
    (void)shop;
    make_customer(w);
    sell_to(w, w->customers[customers]);
    sell(w);
    take_back(w, any_order(w));
    pay(w, w->orders[0]);
    w->customer_count = customers;
    w->order_count = orders;
    return err_set(e, ERR_REFUSED, "regretted");
}

/* Several things in one transaction, one of them undone alone, where `ctx` wants that. */
static enum err_code several(struct shop *shop, void *ctx, struct err *e) {
    struct world *w = ctx;
    bool undone = pick(w, 0, 1) == 0;
    (void)e;
    make_customer(w);
    sell_to(w, w->customers[w->customer_count - 1]);
    int64_t sale = w->orders[w->order_count - 1];
    if (undone) {
        assert_int_equal(shop_transact(shop, regret, w, NULL), ERR_REFUSED);
    }
    pay(w, sale);
    take_back(w, sale);
    give_to_another(w, sale);
    sell(w);
    take_back(w, any_order(w));
    return ERR_OK;
}

static void step(struct world *w) {
    int64_t sale = w->order_count == 0 ? 0 : any_order(w);
    switch (sale == 0 ? 0 : pick(w, 0, 11)) {
    case 0:
    case 1:
    case 2:
        sell(w);
        break;
    case 3:
    case 4:
        take_back(w, sale);
        break;
    case 5:
    case 6:
        pay(w, sale);
        break;
    case 7:
        (void)order_set_status(w->shop, sale, (enum order_status)pick(w, ORDER_CONFIRMED, ORDER_RETURNED), "", NULL);
        (void)order_cancel(w->shop, sale, "đổi ý", NULL);
        break;
    case 8:
        give_to_another(w, sale);
        break;
    case 9:
        merge_some(w);
        break;
    case 10:
        (void)customer_erase(w->shop, any_customer(w), NULL); /* who owes is not */
        break;
    default:
        assert_int_equal(shop_transact(w->shop, several, w, NULL), ERR_OK);
        break;
    }
}

/* --- the plain computation: all orders, one after the other, from what order_get says */

static void add_order(const struct order *o, int64_t customer, struct customer_figures *f) {
    bool counts =
        o->status != ORDER_DRAFT && o->status != ORDER_CANCELLED && (o->status != ORDER_RETURNED || o->stock_out);
    if (o->customer_id != customer || !counts) {
        return;
    }
    f->revenue += o->revenue;
    f->due += o->due;
    if (!o->is_return && o->status != ORDER_RETURNED) {
        f->orders++;
        if (strcmp(o->order_date, f->last_order) > 0) {
            snprintf(f->last_order, sizeof f->last_order, "%s", o->order_date);
        }
    }
}

static void compare(struct world *w) {
    int64_t last = testorders_int(w->shop, "SELECT MAX(id) FROM orders");
    struct customer_figures *plain = calloc(w->customer_count, sizeof *plain);
    for (int64_t id = 1; id <= last; id++) {
        struct order o = {0};
        if (order_get(w->shop, id, &o, NULL) == ERR_OK) {
            for (size_t i = 0; i < w->customer_count; i++) {
                add_order(&o, w->customers[i], &plain[i]);
            }
        }
        order_clear(&o);
    }
    for (size_t i = 0; i < w->customer_count; i++) {
        struct customer_figures kept;
        assert_int_equal(customer_figures(w->shop, w->customers[i], &kept, NULL), ERR_OK);
        assert_int_equal(kept.orders, plain[i].orders);
        assert_int_equal(kept.revenue, plain[i].revenue);
        assert_int_equal(kept.due, plain[i].due);
        assert_string_equal(kept.last_order, plain[i].last_order);
    }
    free(plain);
}

static void kept_figures_are_those_of_a_plain_computation(void **state) {
    struct world *w = *state;
    for (int i = 0; i < STEPS; i++) {
        step(w);
        if (i % 40 == 39) {
            compare(w);
            testorders_books_are_right(w->shop);
        }
    }
}

/* --- lists in the order of figures */

struct seen {
    struct customer_figures *rows;
    int64_t *ids;
    size_t count;
};

static enum err_code keep(void *ctx, const struct customer *c, const struct customer_figures *f, struct err *e) {
    struct seen *s = ctx;
    (void)e;
    s->ids[s->count] = c->id;
    s->rows[s->count++] = *f;
    return ERR_OK;
}

static int in_order(const char *sort, const struct seen *s, size_t i) {
    const struct customer_figures *a = &s->rows[i - 1], *b = &s->rows[i];
    int64_t by = strcmp(sort, "debt") == 0    ? b->due - a->due
                 : strcmp(sort, "spent") == 0 ? b->revenue - a->revenue
                                              : strcmp(b->last_order, a->last_order);
    by = by != 0 ? by : s->ids[i] - s->ids[i - 1];
    return (by > 0) - (by < 0);
}

/* Everybody who is meant stands on the list once, in its order, read whole or by the page, up or down. */
static void compare_list(struct world *w, struct customer_filter f) {
    struct seen whole = {calloc(w->customer_count, sizeof *whole.rows), calloc(w->customer_count, sizeof *whole.ids),
                         0};
    struct seen paged = {calloc(w->customer_count, sizeof *paged.rows), calloc(w->customer_count, sizeof *paged.ids),
                         0};
    struct err e = ERR_INIT;
    int64_t count = 0, due = 0, sum = 0;
    if (customer_list(w->shop, &f, keep, &whole, &e) != ERR_OK) {
        fail_msg("%s", e.message);
    }
    assert_int_equal(customer_count(w->shop, &f, &count, &e), ERR_OK);
    assert_int_equal(customer_due(w->shop, &f, &due, &e), ERR_OK);
    assert_int_equal(whole.count, count);
    for (size_t i = 0; i < whole.count; i++) {
        sum += whole.rows[i].due;
        if (i > 0 && strcmp(f.sort, "name") != 0) {
            assert_int_equal(in_order(f.sort, &whole, i), f.descending ? -1 : 1);
        }
    }
    assert_int_equal(due, sum);
    f.limit = 3;
    for (f.offset = 0; f.offset < count; f.offset += f.limit) {
        assert_int_equal(customer_list(w->shop, &f, keep, &paged, &e), ERR_OK);
    }
    assert_int_equal(paged.count, whole.count);
    assert_memory_equal(paged.ids, whole.ids, whole.count * sizeof *whole.ids);
    free(whole.rows);
    free(whole.ids);
    free(paged.rows);
    free(paged.ids);
}

static void lists_stand_in_the_order_of_figures(void **state) {
    static const char *const sorts[] = {"name", "debt", "spent", "last_order"};
    static const char *const segments[] = {NULL, "vip"};
    static const char *const provinces[] = {NULL, "Huế"};
    struct world *w = *state;
    for (int i = 0; i < 90; i++) {
        step(w);
    }
    for (size_t i = 0; i < w->customer_count; i++) {
        struct customer c = {.segment = i % 3 == 0 ? "vip" : "", .province = i % 2 == 0 ? "Huế" : ""};
        struct customer was = {0};
        assert_int_equal(customer_get(w->shop, w->customers[i], &was, NULL), ERR_OK);
        c.code = was.code;
        (void)customer_put(w->shop, &c, CUSTOMER_SEGMENT | CUSTOMER_PROVINCE, NULL, NULL, NULL); /* some are gone */
        customer_clear(&was);
    }
    for (int way = 0; way < 64; way++) {
        compare_list(w, (struct customer_filter){.sort = sorts[way % 4],
                                                 .descending = (way & 4) != 0,
                                                 .with_debt = (way & 8) != 0,
                                                 .segment = segments[way / 16 % 2],
                                                 .province = provinces[way / 32]});
    }
}

static void a_figure_that_is_off_is_found_and_made_anew(void **state) {
    static const char *const wrongs[] = {
        "UPDATE customer_figures SET orders = orders + 1 WHERE customer_id = 1",
        "UPDATE customer_figures SET revenue = revenue - 1 WHERE customer_id = 1",
        "UPDATE customer_figures SET due = due + 1 WHERE customer_id = 2",
        "UPDATE customer_figures SET last_order = '2026-12-31' WHERE customer_id = 3",
        "UPDATE customer_figures SET listed = 0 WHERE customer_id = 3",
        "DELETE FROM customer_figures WHERE customer_id = 4",
    };
    struct world *w = *state;
    for (int i = 0; i < 40; i++) {
        step(w);
    }
    for (size_t i = 0; i < sizeof wrongs / sizeof *wrongs; i++) {
        int64_t found = 0;
        struct err e = ERR_INIT;
        testdb_script(shop_db(w->shop), wrongs[i]);
        assert_int_equal(check_books(w->shop, NULL, NULL, &found, NULL), ERR_OK);
        assert_true(found > 0);
        if (check_rebuild(w->shop, &e) != ERR_OK || check_accept(w->shop, &e) != ERR_OK) {
            fail_msg("%s", e.message);
        }
        testorders_books_are_right(w->shop);
        compare(w);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(kept_figures_are_those_of_a_plain_computation, open_world, close_world),
        cmocka_unit_test_setup_teardown(lists_stand_in_the_order_of_figures, open_world, close_world),
        cmocka_unit_test_setup_teardown(a_figure_that_is_off_is_found_and_made_anew, open_world, close_world),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
