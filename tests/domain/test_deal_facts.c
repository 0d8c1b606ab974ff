#include "domain/deal_facts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "chotdon/check.h"
#include "testdb.h"
#include "testpipeline.h"
#include "testshop.h"

static int open_books(void **state) {
    *state = testpipeline_open();
    return 0;
}

static int close_books(void **state) {
    struct shop *shop = *state;
    testshop_close(&shop);
    return 0;
}

static enum err_code rebuild(struct shop *shop, void *ctx, struct err *e) {
    (void)ctx;
    return deal_facts_rebuild(shop, e);
}

static enum err_code give_all(struct shop *shop, void *ctx, struct err *e) {
    enum err_code rc = ERR_OK;
    (void)ctx;
    for (int64_t id = 0; id <= 9 && rc == ERR_OK; id++) {
        rc = deal_facts_give(shop, id, e);
    }
    return rc;
}

static enum err_code take_all(struct shop *shop, void *ctx, struct err *e) {
    enum err_code rc = ERR_OK;
    (void)ctx;
    for (int64_t id = 0; id <= 9 && rc == ERR_OK; id++) {
        rc = deal_facts_take(shop, id, e);
    }
    return rc;
}

static char *kept(struct shop *shop, char *text, size_t size) {
    struct err e = ERR_INIT;
    struct db_stmt *s = NULL;
    size_t n = 0;
    assert_int_equal(ERR_OK,
                     db_query(shop_db(shop),
                              "SELECT month, fact, ref_id, staff_id, source_id, deals, value / 1000, days, activities"
                              " FROM deal_months WHERE deals <> 0 UNION ALL"
                              " SELECT 'z', fact, ref_id, won, lost, 0, 0, 0, 0 FROM deal_odds"
                              " WHERE won <> 0 OR lost <> 0 ORDER BY 1, 2, 3, 4, 5",
                              DB_NO_BIND, &s, &e));
    text[0] = '\0';
    while (db_next(s, &e) == DB_ROW) {
        n += (size_t)snprintf(text + n, size - n, "%s", db_col_text(s, 0));
        for (int i = 1; i < 9; i++) {
            n += (size_t)snprintf(text + n, size - n, " %s", db_col_text(s, i));
        }
        n += (size_t)snprintf(text + n, size - n, "\n");
    }
    db_done(&s);
    return text;
}

static const char expected[] = "2026-09 created 102 1 2 1 0 0 0\n"
                               "2026-10 created 103 1 1 1 0 0 0\n"
                               "2026-10 created 104 1 1 1 0 0 0\n"
                               "2026-10 created 104 2 2 1 0 0 0\n"
                               "2026-10 stayed 101 1 1 1 0 5 0\n"
                               "2026-10 stayed 102 1 1 1 0 14 0\n"
                               "2026-10 won 0 1 1 1 10000 19 3\n"
                               "2026-11 created 101 0 0 1 0 0 0\n"
                               "2026-11 created 101 2 0 1 0 0 0\n"
                               "2026-11 created 103 1 1 1 0 0 0\n"
                               "2026-11 lost 0 0 0 1 3000 0 0\n"
                               "2026-11 lost 91 1 1 1 2000 0 0\n"
                               "2026-11 stayed 101 0 0 1 0 4 0\n"
                               "2026-11 stayed 101 1 1 1 0 10 0\n"
                               "2026-11 stayed 101 2 2 1 0 3 0\n"
                               "2026-11 stayed 102 2 2 1 0 27 0\n"
                               "2026-11 stayed 103 1 1 1 0 11 0\n"
                               "2026-11 won 0 2 2 1 6000 30 0\n"
                               "z all 0 2 2 0 0 0 0\n"
                               "z product 0 0 1 0 0 0 0\n"
                               "z product 1 1 1 0 0 0 0\n"
                               "z product 2 1 0 0 0 0 0\n"
                               "z rep 0 0 1 0 0 0 0\n"
                               "z rep 1 1 1 0 0 0 0\n"
                               "z rep 2 1 0 0 0 0 0\n"
                               "z source 0 0 1 0 0 0 0\n"
                               "z source 1 1 1 0 0 0 0\n"
                               "z source 2 1 0 0 0 0 0\n"
                               "z stage 101 0 1 0 0 0 0\n"
                               "z stage 103 0 1 0 0 0 0\n"
                               "z stage 104 2 0 0 0 0 0\n";

static void what_deals_add_is_kept_by_month(void **state) {
    struct err e = ERR_INIT;
    char text[4096];
    assert_int_equal(ERR_OK, shop_transact(*state, rebuild, NULL, &e));
    assert_string_equal(expected, kept(*state, text, sizeof text));
}

static void deal_by_deal_gives_the_same_as_all_at_once(void **state) {
    struct err e = ERR_INIT;
    char text[4096];
    assert_int_equal(ERR_OK, shop_transact(*state, give_all, NULL, &e));
    assert_string_equal(expected, kept(*state, text, sizeof text));
    assert_int_equal(ERR_OK, shop_transact(*state, take_all, NULL, &e));
    assert_string_equal("", kept(*state, text, sizeof text));
}

struct sums {
    int64_t deals, value, days;
};

static enum err_code add_up(void *ctx, const struct deal_fact *f, struct err *e) {
    struct sums *s = ctx;
    (void)e;
    s->deals += f->deals * (1 + (int64_t)f->kind * 100) * (f->ref + 3) * (f->staff + 7);
    s->value += f->value;
    s->days += f->days;
    return ERR_OK;
}

static void months_and_their_days_say_the_same(void **state) {
    struct err e = ERR_INIT;
    struct sums months = {0}, days = {0};
    assert_int_equal(ERR_OK, shop_transact(*state, rebuild, NULL, &e));
    struct db *db = shop_db(*state);
    assert_int_equal(ERR_OK, deal_facts_of_months(db, "2026-10", "2026-11", add_up, &months, &e));
    assert_int_equal(ERR_OK, deal_facts_of_days(db, "2026-10-01", "2026-11-30", add_up, &days, &e));
    assert_memory_equal(&months, &days, sizeof months);
    assert_int_equal(21000000, days.value);
}

static void note_finding(void *ctx, const char *finding) {
    (void)finding;
    ++*(int *)ctx;
}

static void the_check_proves_what_is_kept(void **state) {
    struct err e = ERR_INIT;
    int64_t before = 0, found = 0;
    int told = 0;
    assert_int_equal(ERR_OK, shop_transact(*state, rebuild, NULL, &e));
    assert_int_equal(ERR_OK,
                     check_books(*state, note_finding, &told, &before, &e)); /* the rows lack search and audit */
    testdb_script(shop_db(*state), "UPDATE deal_months SET days = days + 1 WHERE fact = 'won' AND staff_id = 1;"
                                   "UPDATE deal_odds SET lost = lost + 1 WHERE fact = 'all'");
    assert_int_equal(ERR_OK, check_books(*state, note_finding, &told, &found, &e));
    assert_int_equal(before + 2, found);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_deals_add_is_kept_by_month, open_books, close_books),
        cmocka_unit_test_setup_teardown(deal_by_deal_gives_the_same_as_all_at_once, open_books, close_books),
        cmocka_unit_test_setup_teardown(months_and_their_days_say_the_same, open_books, close_books),
        cmocka_unit_test_setup_teardown(the_check_proves_what_is_kept, open_books, close_books),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
