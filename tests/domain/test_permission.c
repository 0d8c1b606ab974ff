/* Who may do what: the table, its enforcement, and a manager's approval of one action. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "chotdon/audit.h"
#include "chotdon/channel.h"
#include "chotdon/check.h"
#include "chotdon/commission.h"
#include "chotdon/import.h"
#include "chotdon/permission.h"
#include "chotdon/setting.h"
#include "chotdon/staff.h"
#include "chotdon/stage.h"
#include "chotdon/target.h"
#include "db/db.h"
#include "testdb.h"
#include "testpin.h"
#include "testshop.h"

static struct shop *shop;

static void hire(const char *code, const char *role) {
    const struct staff s = {.code = (char *)code, .name = (char *)code, .role = (char *)role};
    assert_int_equal(staff_put(shop, &s, STAFF_NAME | STAFF_ROLE, NULL, NULL), ERR_OK);
}

/* An open shop with one person of each role, named as it in capitals. */
static int setup(void **state) {
    (void)state;
    shop = testshop_open();
    hire("COUNTER", "counter");
    hire("ACCOUNT", "accountant");
    hire("CARE", "care");
    return 0;
}

static int teardown(void **state) {
    (void)state;
    testshop_close(&shop);
    return 0;
}

static void an_open_shop_lets_everybody_do_everything(void **state) {
    (void)state;
    for (int p = PERMIT_NONE; p < PERMIT_COUNT; p++) {
        assert_true(shop_may(shop, (enum permission)p));
    }
    assert_int_equal(shop_act_as(shop, "COUNTER", NULL), ERR_OK);
    testpin_give(shop, "COUNTER", "4711"); /* no manager's */
    assert_false(shop_sign_in_is_on(shop));
    assert_int_equal(shop_require(shop, PERMIT_BACKUP, NULL), ERR_OK);
}

static void with_a_managers_pin_who_has_not_signed_in_may_do_nothing(void **state) {
    struct err e = ERR_INIT;
    (void)state;
    testpin_turn_on(shop);
    for (int p = PERMIT_NONE; p < PERMIT_COUNT; p++) {
        assert_false(shop_may(shop, (enum permission)p));
    }
    assert_int_equal(shop_act_as(shop, "CHU", NULL), ERR_OK); /* saying a name proves nothing */
    assert_false(shop_may(shop, PERMIT_NONE));
    assert_int_equal(setting_set(shop, "shop_name", "Của tôi", &e), ERR_REFUSED);
    assert_int_equal(permission_refused(&e), PERMIT_NONE);
    assert_string_equal(setting_shop_name(shop), "");
}

static void everybody_may_what_their_role_may(void **state) {
    (void)state;
    testpin_turn_on(shop);
    testpin_sign_in(shop, "CHU");
    for (int p = PERMIT_NONE; p < PERMIT_COUNT; p++) {
        assert_true(shop_may(shop, (enum permission)p));
    }
    testpin_sign_in(shop, "ACCOUNT");
    assert_true(shop_may(shop, PERMIT_SEE_COST));
    assert_true(shop_may(shop, PERMIT_SEE_COMMISSION));
    assert_false(shop_may(shop, PERMIT_COMMISSION_LOCK));
    testpin_sign_in(shop, "COUNTER");
    for (int p = PERMIT_NONE + 1; p < PERMIT_COUNT; p++) {
        assert_false(shop_may(shop, (enum permission)p));
    }
    assert_true(shop_may(shop, PERMIT_NONE));
}

static void a_refusal_names_the_permission_and_who_may(void **state) {
    struct err e = ERR_INIT;
    (void)state;
    testpin_turn_on(shop);
    testpin_sign_in(shop, "COUNTER");
    assert_int_equal(shop_require(shop, PERMIT_RETURN, &e), ERR_REFUSED);
    assert_int_equal(permission_refused(&e), PERMIT_RETURN);
    assert_string_equal(e.message, "COUNTER may not take goods back; who may: manager, customer care: sign in as such, "
                                   "or let one approve it");
    err_set(&e, ERR_REFUSED, "of another kind");
    assert_int_equal(permission_refused(&e), PERMIT_NONE);
    assert_int_equal(permission_refused(NULL), PERMIT_NONE);
}

static enum err_code no_row(void *ctx, const struct audit_row *r, struct err *e) {
    (void)ctx;
    (void)r;
    (void)e;
    return ERR_OK;
}

static void the_domain_refuses_what_the_role_may_not(void **state) {
    const struct staff raise = {.code = (char *)"COUNTER", .role = (char *)"manager"};
    const struct target t = {.month = "2026-11", .scope = SCOPE_SHOP, .code = (char *)"", .target = 5};
    const struct stage stage = {.name = (char *)"Mới"};
    int64_t id = 0;
    (void)state;
    testpin_turn_on(shop);
    testpin_sign_in(shop, "COUNTER");
    const int64_t rows = testdb_int(shop_db(shop), "SELECT COUNT(*) FROM audit");
    const enum err_code refused[] = {
        staff_put(shop, &raise, STAFF_ROLE, NULL, NULL),
        team_make(shop, "Đội lẻ", &id, NULL, NULL),
        setting_set(shop, "stock_policy", "block", NULL),
        channel_add(shop, "Zalo", NULL),
        stage_add(shop, &stage, 0, NULL, NULL),
        reason_add(shop, "Hết hàng", NULL, NULL),
        target_put(shop, &t, NULL, NULL),
        commission_run(shop, "2026-11", NULL),
        commission_lock(shop, "2026-11", NULL, NULL),
        commission_pay(shop, "2026-11", NULL),
        import_begin(shop, "orders", "x.csv", &id, NULL),
        audit_list(shop, NULL, no_row, NULL, NULL),
        backup_make(shop, "/nonexistent/copy.db", NULL),
        pin_set(shop, "CHU", NULL, "sesame", NULL),
        pin_remove(shop, "CHU", NULL, NULL, NULL),
    };
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        assert_int_equal(refused[i], ERR_REFUSED);
    }
    assert_int_equal(testdb_int(shop_db(shop), "SELECT COUNT(*) FROM audit"), rows);
}

static void an_approval_lets_one_action_pass_and_the_audit_names_it(void **state) {
    struct err e = ERR_INIT;
    char *detail = NULL;
    (void)state;
    testpin_turn_on(shop);
    testpin_sign_in(shop, "COUNTER");
    assert_int_equal(shop_approve(shop, "CHU", "0815", PERMIT_SETTINGS, &e), ERR_REFUSED);
    assert_int_equal(setting_set(shop, "shop_phone", "0912345678", NULL), ERR_REFUSED);
    assert_int_equal(shop_approve(shop, "CHU", "4711", PERMIT_SETTINGS, &e), ERR_OK);
    assert_true(shop_may(shop, PERMIT_SETTINGS));
    assert_false(shop_may(shop, PERMIT_STAFF)); /* it was for something else */
    assert_int_equal(setting_set(shop, "shop_phone", "0912345678", NULL), ERR_OK);
    assert_int_equal(setting_set(shop, "shop_phone", "0912345679", NULL), ERR_REFUSED);
    assert_int_equal(db_get_text(shop_db(shop),
                                 "SELECT a.staff || ' ' || d.after FROM audit a JOIN audit_details d ON d.audit_id = "
                                 "a.id ORDER BY a.id DESC LIMIT 1",
                                 DB_NO_BIND, &detail, NULL),
                     ERR_OK);
    assert_string_equal(detail, "COUNTER 0912345678 · approved by CHU");
    free(detail);
}

static void an_action_that_fails_leaves_its_approval(void **state) {
    (void)state;
    testpin_turn_on(shop);
    testpin_sign_in(shop, "COUNTER");
    assert_int_equal(shop_approve(shop, "CHU", "4711", PERMIT_SETTINGS, NULL), ERR_OK);
    assert_int_equal(channel_rename(shop, "Zalo", "Za", NULL), ERR_NOT_FOUND);
    assert_int_equal(channel_add(shop, "Zalo", NULL), ERR_OK);
    assert_int_equal(channel_add(shop, "Tiki", NULL), ERR_REFUSED);
    assert_int_equal(shop_approve(shop, "CHU", "4711", PERMIT_SETTINGS, NULL), ERR_OK);
    shop_disapprove(shop);
    assert_int_equal(channel_add(shop, "Tiki", NULL), ERR_REFUSED);
}

static void nobody_approves_what_they_may_not_do(void **state) {
    (void)state;
    testpin_turn_on(shop);
    testpin_give(shop, "CARE", "4711");
    testpin_sign_in(shop, "COUNTER");
    assert_int_equal(shop_approve(shop, "CARE", "4711", PERMIT_SETTINGS, NULL), ERR_REFUSED);
    assert_int_equal(shop_approve(shop, "CARE", "4711", PERMIT_NONE, NULL), ERR_OK); /* what care may, then */
    assert_true(shop_may(shop, PERMIT_RETURN));
    assert_false(shop_may(shop, PERMIT_SETTINGS));
}

static void an_import_is_permitted_as_a_whole_but_gives_no_rights(void **state) {
    const struct staff made = {.code = (char *)"MOI", .name = (char *)"Mới"};
    const struct staff raise = {.code = (char *)"ACCOUNT", .role = (char *)"manager"};
    (void)state;
    testpin_turn_on(shop);
    testpin_sign_in(shop, "ACCOUNT");
    assert_int_equal(shop_require(shop, PERMIT_GOODS, NULL), ERR_REFUSED);
    audit_mute(shop, true);
    assert_int_equal(shop_require(shop, PERMIT_GOODS, NULL), ERR_OK);
    assert_int_equal(staff_put(shop, &made, STAFF_NAME, NULL, NULL), ERR_OK);
    assert_int_equal(staff_put(shop, &raise, STAFF_ROLE, NULL, NULL), ERR_REFUSED);
    audit_mute(shop, false);
}

static void what_changes_meanwhile_holds_at_once(void **state) {
    struct staff counter = {.code = (char *)"COUNTER", .role = (char *)"manager"};
    (void)state;
    testpin_turn_on(shop);
    testpin_give(shop, "COUNTER", "4711");
    testpin_sign_in(shop, "CHU");
    assert_int_equal(staff_put(shop, &counter, STAFF_ROLE, NULL, NULL), ERR_OK);
    testpin_sign_in(shop, "COUNTER");
    assert_true(shop_may(shop, PERMIT_SETTINGS));
    counter.role = (char *)"counter";
    assert_int_equal(staff_put(shop, &counter, STAFF_ROLE, NULL, NULL), ERR_OK); /* steps down */
    assert_false(shop_may(shop, PERMIT_SETTINGS));
    assert_false(shop_is_signed_in(shop)); /* another role than the one they signed in with */
    testpin_sign_in(shop, "COUNTER");
    assert_false(shop_may(shop, PERMIT_SETTINGS));
    assert_true(shop_may(shop, PERMIT_NONE));
}

static void another_pin_asks_anew_the_own_change_does_not(void **state) {
    struct err e = ERR_INIT;
    (void)state;
    testpin_turn_on(shop);
    testpin_sign_in(shop, "COUNTER");
    assert_true(shop_is_signed_in(shop));
    assert_int_equal(pin_set(shop, "COUNTER", "4711", "mưa rào 9", &e), ERR_OK);
    assert_true(shop_is_signed_in(shop));
    testpin_give(shop, "COUNTER", "9753");
    assert_false(shop_is_signed_in(shop));
}

static void the_last_manager_with_a_pin_stays_one(void **state) {
    struct staff boss = {.code = (char *)"CHU", .role = (char *)"rep", .end_date = (char *)"2026-01-31"};
    (void)state;
    testpin_turn_on(shop);
    testpin_sign_in(shop, "CHU");
    assert_int_equal(staff_put(shop, &boss, STAFF_ROLE, NULL, NULL), ERR_REFUSED);
    assert_int_equal(staff_put(shop, &boss, STAFF_END, NULL, NULL), ERR_REFUSED);
    hire("HOA", "manager");
    testpin_give(shop, "HOA", "4711");
    assert_int_equal(staff_put(shop, &boss, STAFF_ROLE, NULL, NULL), ERR_OK);
    assert_true(shop_sign_in_is_on(shop));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(an_open_shop_lets_everybody_do_everything),
        TEST(with_a_managers_pin_who_has_not_signed_in_may_do_nothing),
        TEST(everybody_may_what_their_role_may),
        TEST(a_refusal_names_the_permission_and_who_may),
        TEST(the_domain_refuses_what_the_role_may_not),
        TEST(an_approval_lets_one_action_pass_and_the_audit_names_it),
        TEST(an_action_that_fails_leaves_its_approval),
        TEST(nobody_approves_what_they_may_not_do),
        TEST(an_import_is_permitted_as_a_whole_but_gives_no_rights),
        TEST(what_changes_meanwhile_holds_at_once),
        TEST(another_pin_asks_anew_the_own_change_does_not),
        TEST(the_last_manager_with_a_pin_stays_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
