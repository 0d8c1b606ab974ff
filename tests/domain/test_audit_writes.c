/* No write goes without a row in the audit: what leaves none gets one that names the tables, by what the database says
 * was changed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "chotdon/audit.h"
#include "domain/shop_internal.h"
#include "testshop.h"

static int setup(void **state) {
    *state = testshop_open();
    return 0;
}

static int teardown(void **state) {
    struct shop *shop = *state;
    testshop_close(&shop);
    return 0;
}

#define A_TEAM  "INSERT INTO teams (name, folded) VALUES ('X', 'x')"
#define A_STAFF "INSERT INTO staff (code, name, folded, sort_key, role) VALUES ('X', 'X', 'x', 'x', 'rep')"

static enum err_code forgetful(struct shop *shop, void *ctx, struct err *e) {
    (void)ctx;
    enum err_code rc = db_run(shop->db, A_TEAM, DB_NO_BIND, e);
    return rc == ERR_OK ? db_run(shop->db, A_STAFF, DB_NO_BIND, e) : rc;
}

static enum err_code careful(struct shop *shop, void *ctx, struct err *e) {
    enum err_code rc = forgetful(shop, ctx, e);
    return rc == ERR_OK ? audit_add(shop, "test.add", "test", "", "", e) : rc;
}

static enum err_code muted(struct shop *shop, void *ctx, struct err *e) {
    audit_mute(shop, true);
    enum err_code rc = careful(shop, ctx, e);
    audit_mute(shop, false);
    return rc;
}

static enum err_code fails(struct shop *shop, void *ctx, struct err *e) {
    enum err_code rc = forgetful(shop, ctx, e);
    return rc == ERR_OK ? err_set(e, ERR_REFUSED, "no") : rc;
}

static enum err_code takes_back(struct shop *shop, void *ctx, struct err *e) {
    struct err inner = ERR_INIT;
    (void)e;
    assert_int_equal(shop_transact(shop, fails, ctx, &inner), ERR_REFUSED);
    return ERR_OK;
}

static enum err_code there_and_back(struct shop *shop, void *ctx, struct err *e) {
    enum err_code rc = forgetful(shop, ctx, e);
    rc = rc == ERR_OK ? db_run(shop->db, "DELETE FROM teams", DB_NO_BIND, e) : rc;
    return rc == ERR_OK ? db_run(shop->db, "DELETE FROM staff", DB_NO_BIND, e) : rc;
}

static enum err_code kept_figures(struct shop *shop, void *ctx, struct err *e) {
    (void)ctx;
    return db_run(shop->db, "INSERT INTO counters (series, day, last) VALUES ('X', '', 1)", DB_NO_BIND, e);
}

static enum err_code tries_a_pin(struct shop *shop, void *ctx, struct err *e) {
    audit_excuse(shop, AUDIT_PIN_TRY);
    return ctx == NULL ? db_run(shop->db, A_STAFF, DB_NO_BIND, e) : forgetful(shop, NULL, e);
}

static enum err_code forgetful_of_a_team(struct shop *shop, void *ctx, struct err *e) {
    (void)ctx;
    return db_run(shop->db, A_TEAM, DB_NO_BIND, e);
}

static enum err_code drops_staff(struct shop *shop, void *ctx, struct err *e) {
    (void)ctx;
    return db_run(shop->db, "DELETE FROM staff", DB_NO_BIND, e);
}

static void run(struct shop *shop, shop_fn *fn, void *ctx) {
    struct err e = ERR_INIT;
    if (shop_transact(shop, fn, ctx, &e) != ERR_OK) {
        fail_msg("%s", e.message);
    }
}

/* "action after" of the newest row. */
static void assert_newest(struct shop *shop, const char *wanted) {
    char *row = NULL;
    assert_int_equal(db_get_text(shop->db,
                                 "SELECT a.action || ' ' || d.after FROM audit a JOIN audit_details d ON d.audit_id ="
                                 " a.id ORDER BY a.id DESC LIMIT 1",
                                 DB_NO_BIND, &row, NULL),
                     ERR_OK);
    assert_string_equal(row, wanted);
    free(row);
}

static void a_writer_without_a_row_gets_one_that_names_its_tables(void **state) {
    run(*state, forgetful, NULL);
    assert_newest(*state, AUDIT_UNNAMED " {\"tables\":\"teams, staff\"}");
}

static void a_writer_with_a_row_gets_no_other(void **state) {
    run(*state, careful, NULL);
    assert_newest(*state, "test.add ");
}

static void muting_alone_does_not_hide_a_write(void **state) {
    run(*state, muted, NULL);
    assert_newest(*state, AUDIT_UNNAMED " {\"tables\":\"teams, staff\"}");
}

static void what_was_taken_back_is_no_write(void **state) {
    run(*state, takes_back, NULL);
    assert_newest(*state, "shop.init VND");
    run(*state, there_and_back, NULL);
    assert_newest(*state, "shop.init VND");
}

static void kept_figures_need_no_row(void **state) {
    run(*state, kept_figures, NULL);
    assert_newest(*state, "shop.init VND");
}

static void an_exception_covers_its_own_tables_and_its_own_transaction(void **state) {
    run(*state, tries_a_pin, NULL);
    assert_newest(*state, "shop.init VND");
    run(*state, forgetful_of_a_team, NULL);
    assert_newest(*state, AUDIT_UNNAMED " {\"tables\":\"teams\"}");
    run(*state, drops_staff, NULL);
    assert_newest(*state, AUDIT_UNNAMED " {\"tables\":\"staff\"}");
}

static void an_exception_covers_no_other_table(void **state) {
    run(*state, tries_a_pin, *state);
    assert_newest(*state, AUDIT_UNNAMED " {\"tables\":\"teams\"}");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_writer_without_a_row_gets_one_that_names_its_tables),
        TEST(a_writer_with_a_row_gets_no_other),
        TEST(muting_alone_does_not_hide_a_write),
        TEST(what_was_taken_back_is_no_write),
        TEST(kept_figures_need_no_row),
        TEST(an_exception_covers_its_own_tables_and_its_own_transaction),
        TEST(an_exception_covers_no_other_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
