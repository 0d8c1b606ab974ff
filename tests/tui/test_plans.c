/* Commission plans on screen: listed, typed field by field, compared, put in force, given new versions, tried. */
#include "tui/screens/settings_plans.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mem.h"
#include "chotdon/group.h"
#include "screen_test.h"
#include "testdb.h"
#include "testorders.h"
#include "testpin.h"
#include "testshop.h"
#include "tui/screens/plan_page.h"

#define M 1000000

struct fixture {
    struct shop *shop;
    struct screen_test *t;
};

static void must(enum err_code rc, const struct err *e) {
    if (rc != ERR_OK) {
        fail_msg("%s", e->message);
    }
}

static void make_group(struct fixture *f, const char *path) {
    struct err e = ERR_INIT;
    int64_t id = 0;
    must(group_make(f->shop, path, &id, NULL, &e), &e);
}

static void put_plan(struct fixture *f) {
    struct err e = ERR_INIT;
    struct plan_tier tiers[] = {{0, 200, 0}, {50 * M, 300, 0}};
    struct plan p = {.code = (char *)"2026",
                     .name = (char *)"Hoa hồng 2026",
                     .from = "2026-01",
                     .to = "2026-12",
                     .bonus_first_order = 200000,
                     .tiers = tiers,
                     .tier_count = 2};
    must(plan_put(f->shop, &p, NULL, NULL, NULL, &e), &e);
    must(plan_activate(f->shop, "2026", &e), &e);
}

static void sell(struct fixture *f, const char *date, int64_t amount) {
    int64_t product = testorders_product(f->shop, "X", 0, 0);
    struct order_line_input line = testorders_line(product, 1000, amount);
    struct order_rep_input reps[] = {{testorders_staff(f->shop, "AN"), 0}};
    struct order_input in = testorders_input(&line, 1);
    in.date = date;
    in.reps = reps;
    in.rep_count = 1;
    testorders_add(f->shop, &in);
}

static int setup(void **state) {
    static const struct screen_entry screens[] = {{&screen_plans, 4}, {&screen_plan, -1}};
    struct fixture *f = mem_zalloc(sizeof *f);
    f->shop = testshop_open();
    make_group(f, "Phụ kiện");
    f->t = screen_test_new(screens, 2, f->shop, 80, 24, NULL);
    *state = f;
    return 0;
}

static int teardown(void **state) {
    struct fixture *f = *state;
    screen_test_free(f->t);
    testshop_close(&f->shop);
    free(f);
    return 0;
}

static int64_t count(struct fixture *f, const char *sql) {
    return testdb_int(shop_db(f->shop), sql);
}

static const struct plan_page *page(struct fixture *f) {
    return app_screen_state(f->t->app, "plan");
}

/* From the code to the first cell of the tiers. */
#define TO_TIERS "<Tab><Tab><Tab><Tab><Tab><Tab><Tab><Tab><Tab><Tab>"

static void the_first_plan_is_typed_from_nothing(void **state) {
    struct fixture *f = *state;
    assert_true(screen_test_shows(f->t, "No commission plan yet"));
    screen_test_type(f->t, "n");
    assert_true(screen_test_shows(f->t, "2026"));
    screen_test_type(f->t, TO_TIERS "<Tab>2<Tab>50tr<Tab>3<Tab>1,2tỷ<Tab>4,5%");
    screen_test_type(f->t, "<Tab><Tab>0<Tab>0<Tab>70<Tab>100<Tab><Tab>phu kien<Tab>1");
    screen_test_golden(f->t, "tui/plan-new");
    screen_test_type(f->t, "<F9>");
    assert_true(screen_test_shows(f->t, "Draft 2026 is kept"));
    screen_test_golden(f->t, "tui/plans-draft");
    assert_int_equal(count(f, "SELECT COUNT(*) FROM plan_tiers WHERE from_amount = 50000000 AND rate_bps = 300"), 1);
    assert_int_equal(count(f, "SELECT rate_bps FROM plan_tiers WHERE from_amount = 1200000000"), 450);
    assert_int_equal(count(f, "SELECT factor_bps FROM plan_gates WHERE at_bps = 7000"), 10000);
    assert_int_equal(count(f, "SELECT rate_bps FROM plan_groups"), 100);
    assert_int_equal(count(f, "SELECT COUNT(*) FROM audit WHERE action = 'plan.add'"), 1);
}

static void a_new_plan_begins_with_the_last_ones_terms_for_the_next_year(void **state) {
    struct fixture *f = *state;
    put_plan(f);
    screen_test_type(f->t, "n<F9>");
    assert_int_equal(count(f, "SELECT COUNT(*) FROM plans p JOIN plan_versions v ON v.plan_id = p.id WHERE p.code ="
                              " '2027' AND p.active = 0 AND v.name = 'Hoa hồng 2027' AND v.from_month = '2027-01' AND"
                              " v.to_month = '2027-12' AND v.bonus_first_order = 200000"),
                     1);
    screen_test_type(f->t, "n<F9>");
    assert_int_equal(count(f, "SELECT COUNT(*) FROM plans WHERE code = '2028'"), 1);
}

static void what_is_wrong_stands_at_its_cell_while_one_types(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "n" TO_TIERS "<Tab>3<Tab>50tr<Tab>2<Tab>");
    assert_true(screen_test_shows(f->t, "in marginal mode rates may not fall"));
    assert_true(page(f)->grids[PAGE_TIERS].wrong);
    assert_int_equal(page(f)->grids[PAGE_TIERS].wrong_row, 1);
    assert_int_equal(page(f)->grids[PAGE_TIERS].row, 2); /* the cursor is not held back */
    screen_test_golden(f->t, "tui/plan-wrong");
    screen_test_type(f->t, "<Up><Right><Tab><Ctrl-U>4<Tab>");
    assert_false(screen_test_shows(f->t, "may not fall"));
    assert_false(page(f)->grids[PAGE_TIERS].wrong);
}

static void each_refusal_of_the_domain_is_shown_where_it_belongs(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "n" TO_TIERS "<Ctrl-U>5tr<Tab>3<Tab>");
    assert_true(screen_test_shows(f->t, "it has to start at 0"));
    screen_test_type(f->t, "<Up><Ctrl-U>0<Tab><Ctrl-U>103<Tab>");
    assert_true(screen_test_shows(f->t, "no such rate"));
    screen_test_type(f->t, "<Shift-Tab><Ctrl-U>x<Tab>");
    assert_true(screen_test_shows(f->t, "not a percentage"));
    screen_test_type(f->t, "<Shift-Tab><Ctrl-U>3<Tab>0<Tab>4<Tab>");
    assert_true(screen_test_shows(f->t, "comes twice"));
    screen_test_type(f->t, "<Up><F7><F2><F2>khong co<Tab>");
    assert_true(screen_test_shows(f->t, "there is no group “khong co”"));
    assert_int_equal(page(f)->grids[PAGE_GROUPS].wrong_column, 0);
    screen_test_type(f->t, "<F9>");
    assert_true(screen_test_shows(f->t, "there is no group"));
    assert_int_equal(count(f, "SELECT COUNT(*) FROM plans"), 0);
}

static void a_row_that_is_half_typed_is_asked_for_when_it_is_saved(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "n<F9>");
    assert_true(screen_test_shows(f->t, "this cell is still empty"));
    assert_int_equal(page(f)->part, 1 + PAGE_TIERS);
    assert_int_equal(page(f)->grids[PAGE_TIERS].column, 1);
    screen_test_type(f->t, "2<F9>");
    assert_true(screen_test_shows(f->t, "Draft 2026 is kept"));
}

static void the_span_and_the_code_are_checked_against_other_plans(void **state) {
    struct fixture *f = *state;
    put_plan(f);
    screen_test_type(f->t, "n<Tab><Tab><Ctrl-U>11/2026<Tab>");
    assert_true(screen_test_shows(f->t, "overlaps plan 2026"));
    screen_test_type(f->t, "<Ctrl-U>10/2026<Tab>");
    assert_true(screen_test_shows(f->t, "before it begins"));
    screen_test_type(f->t, "<Up><Ctrl-U>12/2027<Up><Ctrl-U>T1/2027<Up><Up><Ctrl-U>2026<Tab>");
    assert_true(screen_test_shows(f->t, "there is a plan 2026 already"));
    screen_test_type(f->t, "<Up><Ctrl-U>a:b<Tab>");
    assert_int_equal(page(f)->part, 0);
    assert_false(screen_test_shows(f->t, "Draft"));
    screen_test_type(f->t, "<Up><Ctrl-U>moi<F9>");
    assert_true(screen_test_shows(f->t, "Draft moi is kept"));
}

static void a_draft_is_changed_renamed_and_taken_away(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "n" TO_TIERS "<Tab>2<F9>");
    screen_test_type(f->t, "e<Ctrl-U>HH26<Tab><Tab><Tab><Tab><Tab><Tab>9tr<F9>");
    assert_int_equal(count(f, "SELECT COUNT(*) FROM plans WHERE code = 'HH26'"), 1);
    assert_int_equal(count(f, "SELECT COUNT(*) FROM plans"), 1);
    assert_int_equal(count(f, "SELECT cap FROM plan_versions"), 9000000);
    assert_int_equal(count(f, "SELECT COUNT(*) FROM audit WHERE action = 'plan.edit'"), 1);
    screen_test_type(f->t, "<Del>");
    assert_true(screen_test_shows(f->t, "Take draft HH26 away for good?"));
    screen_test_type(f->t, "<Enter>");
    assert_int_equal(count(f, "SELECT COUNT(*) FROM plans"), 1);
    screen_test_type(f->t, "<Del>y");
    assert_int_equal(count(f, "SELECT COUNT(*) FROM plans"), 0);
    assert_int_equal(count(f, "SELECT COUNT(*) FROM plan_tiers"), 0);
    assert_int_equal(count(f, "SELECT COUNT(*) FROM audit WHERE action = 'plan.remove'"), 1);
}

static void a_draft_is_put_in_force_after_a_look_at_what_changes(void **state) {
    struct fixture *f = *state;
    put_plan(f);
    screen_test_type(f->t, "n" TO_TIERS "<Down><Ctrl-U>60tr<F9>a");
    assert_true(screen_test_shows(f->t, "Put plan 2027 in force, from 01/2027 to 12/2027?"));
    screen_test_golden(f->t, "tui/plan-activate");
    screen_test_type(f->t, "<Esc>");
    assert_int_equal(count(f, "SELECT COUNT(*) FROM plans WHERE active = 1"), 1);
    screen_test_type(f->t, "aa");
    assert_true(screen_test_shows(f->t, "Plan 2027 is in force"));
    assert_int_equal(count(f, "SELECT COUNT(*) FROM plans WHERE active = 1"), 2);
}

static void a_plan_in_use_says_why_it_is_read_only_and_what_to_do(void **state) {
    struct fixture *f = *state;
    put_plan(f);
    app_reload(f->t->app);
    screen_test_type(f->t, "<Home>e");
    assert_true(screen_test_shows(f->t, "Plan 2026 is read-only: it is in force."));
    screen_test_type(f->t, "<Esc><Del>");
    assert_true(screen_test_shows(f->t, "only a draft can be taken away"));
    screen_test_type(f->t, "ey");
    assert_true(screen_test_shows(f->t, "2026: new version"));
    screen_test_golden(f->t, "tui/plan-version");
}

static void a_new_version_starts_as_a_copy_and_shows_what_changes_before_it_is_kept(void **state) {
    struct fixture *f = *state;
    put_plan(f);
    app_reload(f->t->app);
    screen_test_type(f->t, "<Home>v<F9>");
    assert_true(screen_test_shows(f->t, "New version from is needed"));
    screen_test_type(f->t, "1/2027<Tab>Trần từ tháng 12<Tab>");
    assert_true(screen_test_shows(f->t, "2027-01 is outside plan 2026"));
    screen_test_type(f->t, "<Up><Up><Ctrl-U>12/2026<Tab><Tab><Tab><Tab><Tab><Tab>9tr<F9>");
    assert_true(screen_test_shows(f->t, "none → 9.000.000"));
    screen_test_golden(f->t, "tui/plan-version-changes");
    screen_test_type(f->t, "<Esc>"); /* back to typing, nothing is lost */
    assert_string_equal(form_text(page(f)->form, "reason"), "Trần từ tháng 12");
    assert_int_equal(count(f, "SELECT COUNT(*) FROM plan_versions"), 1);
    screen_test_type(f->t, "<F9><F9>");
    assert_int_equal(count(f, "SELECT COUNT(*) FROM plan_versions WHERE version = 2 AND start_month = '2026-12' AND"
                              " cap = 9000000 AND from_month = '2026-01' AND reason = 'Trần từ tháng 12'"),
                     1);
    assert_true(screen_test_shows(f->t, "Version 2 of plan 2026 holds from 12/2026"));
    screen_test_golden(f->t, "tui/plans-versions");
    screen_test_type(f->t, "d");
    assert_true(screen_test_shows(f->t, "2026@1 → 2026@2"));
}

static void what_is_typed_survives_questions_and_other_screens(void **state) {
    struct fixture *f = *state;
    put_plan(f);
    screen_test_type(f->t, "n<Ctrl-U>TET" TO_TIERS "<Down><Down>90tr<Esc>");
    assert_true(screen_test_shows(f->t, "Throw away what was typed?"));
    screen_test_type(f->t, "<Esc>");
    assert_string_equal(form_text(page(f)->form, "code"), "TET");
    screen_test_type(f->t, "<Alt-4>n");
    assert_true(screen_test_shows(f->t, "What was typed before is still here"));
    assert_string_equal(form_text(page(f)->form, "code"), "TET");
    assert_string_equal(grid_text(&page(f)->grids[PAGE_TIERS], 2, 0), "90tr");
    screen_test_type(f->t, "<Alt-4><Home>v");
    assert_true(screen_test_shows(f->t, "Another plan is still being typed"));
    screen_test_type(f->t, "<Esc>");
    assert_string_equal(form_text(page(f)->form, "code"), "TET");
    screen_test_type(f->t, "<Esc>y");
    assert_null(page(f)->form);
}

static void what_is_typed_is_tried_without_being_kept(void **state) {
    struct fixture *f = *state;
    put_plan(f);
    sell(f, "2026-10-10", 100 * M);
    screen_test_type(f->t, "n" TO_TIERS "<Down><Tab><Ctrl-U>9<F6><Enter>");
    assert_true(screen_test_shows(f->t, "2.700.000 → 5.700.000  +3.000.000"));
    assert_int_equal(count(f, "SELECT COUNT(*) FROM plans"), 1);
    screen_test_type(f->t, "<Esc><F9><Home><F6><Enter>");
    assert_true(screen_test_shows(f->t, "nothing was changed"));
}

static void groups_are_chosen_from_a_list(void **state) {
    struct fixture *f = *state;
    screen_test_type(f->t, "n" TO_TIERS "<Tab>2<F4>phu<Enter>1,5<F9>");
    assert_int_equal(count(f, "SELECT rate_bps FROM plan_groups"), 150);
}

static void only_managers_change_plans(void **state) {
    struct fixture *f = *state;
    put_plan(f);
    testorders_staff(f->shop, "BINH");
    testpin_turn_on(f->shop);
    testpin_sign_in(f->shop, "BINH");
    app_reload(f->t->app);
    screen_test_type(f->t, "<Home>n");
    assert_true(screen_test_shows(f->t, "change plans and targets"));
    screen_test_type(f->t, "<Esc>v");
    assert_null(page(f));
    screen_test_type(f->t, "<Esc><Enter>");
    assert_true(screen_test_shows(f->t, "marginal"));
}

static void a_plan_goes_to_a_file_and_comes_back(void **state) {
    struct fixture *f = *state;
    char folder[] = "/tmp/plans-XXXXXX";
    assert_non_null(mkdtemp(folder));
    char *keys = mem_printf("n" TO_TIERS "<Tab>2<F9>x<Ctrl-U>%s/p.ini<Enter><Del>yi%s/p.ini<Enter>", folder, folder);
    char *path = mem_printf("%s/p.ini", folder);
    screen_test_type(f->t, keys);
    assert_true(screen_test_shows(f->t, "Put plan 2026 in force"));
    screen_test_type(f->t, "y");
    assert_int_equal(count(f, "SELECT COUNT(*) FROM plans WHERE code = '2026' AND active = 1"), 1);
    unlink(path);
    rmdir(folder);
    free(keys);
    free(path);
}

static void a_wide_screen_shows_the_terms_and_what_they_pay(void **state) {
    struct fixture *f = *state;
    put_plan(f);
    app_reload(f->t->app);
    screen_test_resize(f->t, 150, 30);
    screen_test_golden(f->t, "tui/plans-wide");
    screen_test_type(f->t, "n");
    screen_test_golden(f->t, "tui/plan-wide");
    screen_test_resize(f->t, 60, 16);
    assert_true(screen_test_shows(f->t, "2027"));
    screen_test_type(f->t, TO_TIERS "<Down>");
    assert_true(screen_test_shows(f->t, "50.000.000"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(the_first_plan_is_typed_from_nothing),
        TEST(a_new_plan_begins_with_the_last_ones_terms_for_the_next_year),
        TEST(what_is_wrong_stands_at_its_cell_while_one_types),
        TEST(each_refusal_of_the_domain_is_shown_where_it_belongs),
        TEST(a_row_that_is_half_typed_is_asked_for_when_it_is_saved),
        TEST(the_span_and_the_code_are_checked_against_other_plans),
        TEST(a_draft_is_changed_renamed_and_taken_away),
        TEST(a_draft_is_put_in_force_after_a_look_at_what_changes),
        TEST(a_plan_in_use_says_why_it_is_read_only_and_what_to_do),
        TEST(a_new_version_starts_as_a_copy_and_shows_what_changes_before_it_is_kept),
        TEST(what_is_typed_survives_questions_and_other_screens),
        TEST(what_is_typed_is_tried_without_being_kept),
        TEST(groups_are_chosen_from_a_list),
        TEST(only_managers_change_plans),
        TEST(a_plan_goes_to_a_file_and_comes_back),
        TEST(a_wide_screen_shows_the_terms_and_what_they_pay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
