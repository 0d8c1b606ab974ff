/* Two people at one record: the form that saves second shows both versions field by field and lets the person choose;
 * what only the other one changed stays; nothing that was typed is lost. Customers, goods, people, deals, stages,
 * settings, targets, plans. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "chotdon/customer.h"
#include "chotdon/edit.h"
#include "chotdon/plan.h"
#include "chotdon/product.h"
#include "chotdon/setting.h"
#include "chotdon/staff.h"
#include "chotdon/stage.h"
#include "chotdon/target.h"
#include "testboard.h"
#include "testcustomer.h"
#include "testorders.h"
#include "testtwice.h"

static void change_customer(struct shop *shop, const char *name) {
    struct err e = ERR_INIT;
    struct customer c = {.code = "KH1", .name = (char *)name, .note = "thích trà"};
    testtwice_must(customer_put(shop, &c, CUSTOMER_NAME | CUSTOMER_NOTE, NULL, NULL, &e), &e);
}

static struct customer customer(struct testtwice *f) {
    struct customer c = {0};
    struct err e = ERR_INIT;
    testtwice_must(customer_get(f->shop, testcustomer_id(f->shop, "KH1"), &c, &e), &e);
    return c;
}

static void expect_customer(struct testtwice *f, const char *name, const char *email, const char *note) {
    struct customer c = customer(f);
    assert_string_equal(c.name, name);
    assert_string_equal(c.email, email);
    assert_string_equal(c.note, note);
    customer_clear(&c);
}

static void open_customer(struct testtwice *f) {
    app_go(f->t->app, "customers", NULL);
    screen_test_type(f->t, "/KH1<Enter>e");
}

static void both_versions_are_shown_and_mine_may_hold(void **state) {
    struct testtwice *f = *state;
    open_customer(f);
    screen_test_type(f->t, "<Ctrl-U>Đạt Của Tôi");
    testtwice_lan(f, change_customer, "Đạt Của Lan");
    screen_test_type(f->t, "<Enter>");
    screen_test_golden(f->t, "tui/edit_twice");
    expect_customer(f, "Đạt Của Lan", "", "thích trà"); /* nothing was saved yet */
    screen_test_type(f->t, "<Enter>");
    expect_customer(f, "Đạt Của Tôi", "", "thích trà");
    assert_non_null(strstr(screen_test_status(f->t), "Saved Đạt Của Tôi"));
    screen_test_type(f->t, "u"); /* back to what stood there before me, not before Lan */
    expect_customer(f, "Đạt Của Lan", "", "thích trà");
}

static void theirs_may_hold(void **state) {
    struct testtwice *f = *state;
    open_customer(f);
    screen_test_type(f->t, "<Ctrl-U>Đạt Của Tôi");
    testtwice_lan(f, change_customer, "Đạt Của Lan");
    screen_test_type(f->t, "<Enter><Right><Enter>");
    expect_customer(f, "Đạt Của Lan", "", "thích trà");
}

static void esc_goes_back_to_the_form_with_what_was_typed(void **state) {
    struct testtwice *f = *state;
    open_customer(f);
    screen_test_type(f->t, "<Ctrl-U>Đạt Của Tôi");
    testtwice_lan(f, change_customer, "Đạt Của Lan");
    screen_test_type(f->t, "<Enter><Esc>");
    assert_true(screen_test_shows(f->t, "Đạt Của Tôi"));
    assert_false(screen_test_shows(f->t, "Changed by two people"));
    screen_test_type(f->t, "<Enter>");
    assert_true(screen_test_shows(f->t, "Changed by two people"));
    screen_test_type(f->t, "<Enter>");
    expect_customer(f, "Đạt Của Tôi", "", "thích trà");
}

static void what_only_the_other_changed_stays_without_a_question(void **state) {
    struct testtwice *f = *state;
    open_customer(f);
    testtwice_lan(f, change_customer, "Đạt Của Lan");
    screen_test_type(f->t, "<Tab><Tab><Tab><Tab><Tab>a@b.vn<Enter>");
    expect_customer(f, "Đạt Của Lan", "a@b.vn", "thích trà");
    assert_non_null(strstr(screen_test_status(f->t), "kept from another counter: Name, Note"));
}

static void a_third_change_while_choosing_is_noticed_too(void **state) {
    struct testtwice *f = *state;
    open_customer(f);
    screen_test_type(f->t, "<Ctrl-U>Đạt Của Tôi");
    testtwice_lan(f, change_customer, "Đạt Của Lan");
    screen_test_type(f->t, "<Enter>");
    testtwice_lan(f, change_customer, "Đạt Lần Hai");
    screen_test_type(f->t, "<Enter>");
    assert_true(screen_test_shows(f->t, "Changed by two people"));
    assert_true(screen_test_shows(f->t, "Đạt Lần Hai"));
    screen_test_type(f->t, "<Enter>");
    expect_customer(f, "Đạt Của Tôi", "", "thích trà");
}

static void the_same_change_twice_is_no_conflict(void **state) {
    struct testtwice *f = *state;
    open_customer(f);
    screen_test_type(f->t, "<Ctrl-U>Đạt Của Lan");
    testtwice_lan(f, change_customer, "Đạt Của Lan");
    screen_test_type(f->t, "<Enter>");
    assert_false(screen_test_shows(f->t, "Changed by two people"));
    expect_customer(f, "Đạt Của Lan", "", "thích trà");
}

/* --- the other nouns: mine is typed over the first field, theirs is put beneath, and mine is chosen */

static void change_product(struct shop *shop, const char *name) {
    struct err e = ERR_INIT;
    struct product p = {.sku = "AT-TR-M", .name = (char *)name, .price = 130000};
    testtwice_must(product_put(shop, &p, PRODUCT_NAME | PRODUCT_PRICE, NULL, &e), &e);
}

static void a_product_changed_twice(void **state) {
    struct testtwice *f = *state;
    app_go(f->t->app, "products", NULL);
    screen_test_type(f->t, "e<Ctrl-U>Áo của tôi");
    testtwice_lan(f, change_product, "Áo của Lan");
    testtwice_expect_choice(f, "Áo của Lan", "Áo của tôi");
    screen_test_type(f->t, "<Enter>");
    assert_int_equal(testorders_int(f->shop, "SELECT count(*) FROM products WHERE name = 'Áo của tôi' AND price = "
                                             "130000"),
                     1);
}

static void change_person(struct shop *shop, const char *name) {
    struct err e = ERR_INIT;
    struct staff p = {.code = "HA", .name = (char *)name, .email = "ha@shop.vn"};
    testtwice_must(staff_put(shop, &p, STAFF_NAME | STAFF_EMAIL, NULL, &e), &e);
}

static void a_person_changed_twice(void **state) {
    struct testtwice *f = *state;
    app_go(f->t->app, "settings-staff", NULL);
    screen_test_type(f->t, "<Home>e<Ctrl-U>Hà Của Tôi");
    testtwice_lan(f, change_person, "Hà Của Lan");
    testtwice_expect_choice(f, "Hà Của Lan", "Hà Của Tôi");
    screen_test_type(f->t, "<Enter>");
    assert_int_equal(testorders_int(f->shop, "SELECT count(*) FROM staff WHERE name = 'Hà Của Tôi' AND email = "
                                             "'ha@shop.vn'"),
                     1);
}

static void change_deal(struct shop *shop, const char *title) {
    struct err e = ERR_INIT;
    struct deal d = {.title = (char *)title, .note = "gọi lại"};
    int64_t id = testorders_int(shop, "SELECT id FROM deals WHERE deal_no = 'CH1'");
    testtwice_must(deal_edit(shop, id, &d, DEAL_TITLE | DEAL_NOTE, &e), &e);
}

static void a_deal_changed_twice(void **state) {
    struct testtwice *f = *state;
    app_go(f->t->app, "pipeline", "CH1");
    screen_test_type(f->t, "e<Ctrl-U>Tên của tôi");
    testtwice_lan(f, change_deal, "Tên của Lan");
    testtwice_expect_choice(f, "Tên của Lan", "Tên của tôi");
    screen_test_type(f->t, "<Enter>");
    assert_int_equal(testorders_int(f->shop, "SELECT count(*) FROM deals WHERE title = 'Tên của tôi' AND note = 'gọi "
                                             "lại'"),
                     1);
}

static void change_stage(struct shop *shop, const char *name) {
    struct err e = ERR_INIT;
    struct stage s = {.name = (char *)name, .idle_days = 9};
    testtwice_must(stage_edit(shop, testorders_int(shop, "SELECT id FROM stages ORDER BY position LIMIT 1"), &s,
                              STAGE_NAME | STAGE_IDLE_DAYS, &e),
                   &e);
}

static void a_stage_changed_twice(void **state) {
    struct testtwice *f = *state;
    app_go(f->t->app, "stages", NULL);
    screen_test_type(f->t, "e<Ctrl-U>Bước của tôi");
    testtwice_lan(f, change_stage, "Bước của Lan");
    testtwice_expect_choice(f, "Bước của Lan", "Bước của tôi");
    screen_test_type(f->t, "<Enter>");
    assert_int_equal(
        testorders_int(f->shop, "SELECT count(*) FROM stages WHERE name = 'Bước của tôi' AND idle_days = 9"), 1);
}

static void change_shop_name(struct shop *shop, const char *name) {
    struct err e = ERR_INIT;
    testtwice_must(setting_set(shop, "shop_name", name, &e), &e);
}

static void a_setting_changed_twice(void **state) {
    struct testtwice *f = *state;
    const char *value = "";
    app_go(f->t->app, "settings-shop", NULL);
    screen_test_type(f->t, "<Home><Enter><Ctrl-U>Tiệm của tôi");
    testtwice_lan(f, change_shop_name, "Tiệm của Lan");
    testtwice_expect_choice(f, "Tiệm của Lan", "Tiệm của tôi");
    screen_test_type(f->t, "<Right><Enter>");
    assert_int_equal(setting_get(f->shop, "shop_name", &value, NULL), ERR_OK);
    assert_string_equal(value, "Tiệm của Lan");
}

static void change_target(struct shop *shop, const char *amount) {
    struct err e = ERR_INIT;
    struct target t = {.scope = SCOPE_SHOP, .code = "", .metric = METRIC_REVENUE, .month = "2026-11"};
    testtwice_must(target_parse(shop, t.metric, amount, &t.target, &e), &e);
    testtwice_must(target_put(shop, &t, NULL, &e), &e);
}

static void a_target_changed_twice(void **state) {
    struct testtwice *f = *state;
    change_target(f->shop, "100tr");
    app_go(f->t->app, "settings-targets", NULL);
    screen_test_type(f->t, "e<Ctrl-U>120000000");
    testtwice_lan(f, change_target, "150tr");
    testtwice_expect_choice(f, "150000000", "120000000");
    screen_test_type(f->t, "<Enter>");
    assert_int_equal(testorders_int(f->shop, "SELECT target FROM targets"), 120000000);
}

static void change_draft(struct shop *shop, const char *bonus) {
    struct err e = ERR_INIT;
    struct plan_tier tiers[] = {{0, 200, 0}};
    struct plan p = {.code = (char *)"2026",
                     .name = (char *)"Hoa hồng 2026",
                     .from = "2026-01",
                     .to = "2026-12",
                     .bonus_first_order = atoi(bonus),
                     .tiers = tiers,
                     .tier_count = 1};
    testtwice_must(plan_put(shop, &p, NULL, NULL, NULL, &e), &e);
}

static void a_plan_draft_changed_twice(void **state) {
    struct testtwice *f = *state;
    change_draft(f->shop, "100000");
    app_go(f->t->app, "plan", "edit:2026");
    screen_test_type(f->t, "<Tab><Ctrl-U>Của tôi");
    testtwice_lan(f, change_draft, "300000");
    screen_test_type(f->t, "<F9>");
    assert_true(screen_test_shows(f->t, "Lan changed this draft at Sat 21/11/2026 14:05"));
    screen_test_type(f->t, "1");
    assert_true(screen_test_shows(f->t, "300.000"));
    screen_test_type(f->t, "<Esc>");
    assert_true(screen_test_shows(f->t, "Keep mine in its place"));
    assert_int_equal(testorders_int(f->shop, "SELECT bonus_first_order FROM plan_versions"), 300000);
    screen_test_type(f->t, "2");
    assert_int_equal(testorders_int(f->shop, "SELECT bonus_first_order FROM plan_versions WHERE name = 'Của tôi'"),
                     100000);
    app_go(f->t->app, "plan", "edit:2026");
    screen_test_type(f->t, "<Tab><Ctrl-U>Lần hai");
    testtwice_lan(f, change_draft, "500000");
    screen_test_type(f->t, "<F9>3");
    assert_true(screen_test_shows(f->t, "500.000"));
    assert_false(screen_test_shows(f->t, "Lần hai"));
    assert_int_equal(testorders_int(f->shop, "SELECT bonus_first_order FROM plan_versions"), 500000);
}

/* --- u puts nothing back over what somebody else changed since */

static void undo_leaves_what_another_changed_since(void **state) {
    struct testtwice *f = *state;
    open_customer(f);
    screen_test_type(f->t, "<Ctrl-U>Đạt Của Tôi<Enter>");
    testtwice_lan(f, change_customer, "Đạt Của Lan");
    screen_test_type(f->t, "u");
    expect_customer(f, "Đạt Của Lan", "", "thích trà");
    assert_non_null(strstr(screen_test_status(f->t), "Lan changed it since (14:05)"));
}

#define WITH(test) cmocka_unit_test_setup_teardown(test, testtwice_setup, testtwice_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        WITH(both_versions_are_shown_and_mine_may_hold),
        WITH(theirs_may_hold),
        WITH(esc_goes_back_to_the_form_with_what_was_typed),
        WITH(what_only_the_other_changed_stays_without_a_question),
        WITH(a_third_change_while_choosing_is_noticed_too),
        WITH(the_same_change_twice_is_no_conflict),
        WITH(a_product_changed_twice),
        WITH(a_person_changed_twice),
        WITH(a_deal_changed_twice),
        WITH(a_stage_changed_twice),
        WITH(a_setting_changed_twice),
        WITH(a_target_changed_twice),
        WITH(a_plan_draft_changed_twice),
        WITH(undo_leaves_what_another_changed_since),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
