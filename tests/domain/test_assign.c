#include "chotdon/assign.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "chotdon/deal.h"
#include "testdb.h"
#include "testshop.h"

static const char books[] =
    "INSERT INTO teams (id, name, folded) VALUES (1, 'Bắc', 'bac'), (2, 'Nam', 'nam');"
    "INSERT INTO staff (id, code, name, folded, sort_key, role, end_date) VALUES"
    " (1, 'AN', 'An', 'an', 'an', 'rep', ''), (2, 'BINH', 'Bình', 'binh', 'binh', 'rep', ''),"
    " (3, 'CHI', 'Chi', 'chi', 'chi', 'rep', ''), (4, 'DUNG', 'Dũng', 'dung', 'dung', 'rep', '2026-10-31'),"
    " (5, 'KHO', 'Kho', 'kho', 'kho', 'warehouse', '');"
    "INSERT INTO staff_teams VALUES (1, '', 1), (2, '', 1), (3, '', 2), (4, '', 1), (5, '', 1);"
    "INSERT INTO channels (id, name, folded) VALUES (1, 'Zalo', 'zalo'), (2, 'Facebook', 'facebook');"
    "INSERT INTO product_groups (id, parent_id, name, path, folded) VALUES (1, NULL, 'Máy', 'Máy', 'may'),"
    " (2, 1, 'Máy in', 'Máy/Máy in', 'may/may in'), (3, NULL, 'Giấy', 'Giấy', 'giay');"
    "INSERT INTO products (id, sku, name, folded, sort_key, group_id) VALUES"
    " (1, 'MI', 'Máy in', 'may in', 'may in', 2), (2, 'GI', 'Giấy', 'giay', 'giay', 3);"
    "INSERT INTO customers (id, code, name, folded, sort_key, province, created_on) VALUES"
    " (1, 'KH1', 'Đạt', 'dat', 'dat', 'Huế', '2026-01-01');";

static int open_books(void **state) {
    struct shop *shop = testshop_open();
    testdb_script(shop_db(shop), books);
    *state = shop;
    return 0;
}

static int close_books(void **state) {
    struct shop *shop = *state;
    testshop_close(&shop);
    return 0;
}

static int64_t add_rule(struct shop *shop, const struct assign_rule *r) {
    struct err e = ERR_INIT;
    int64_t id = 0;
    if (assign_rule_add(shop, r, &id, &e) != ERR_OK) {
        fail_msg("%s", e.message);
    }
    return id;
}

/* A lead by hand; the rep that it was given, "" nobody. */
static const char *lead(struct shop *shop, const char *source, const char *province, const char *sku, char rep[8]) {
    struct err e = ERR_INIT;
    struct deal got;
    int64_t id = 0;
    struct deal_product product = {.sku = (char *)sku, .qty = 1000, .price = 1};
    struct deal d = {.title = "khách mới",
                     .source = (char *)source,
                     .province = (char *)province,
                     .products = &product,
                     .product_count = sku[0] == '\0' ? 0 : 1};
    if (deal_add(shop, &d, DEAL_TITLE | DEAL_SOURCE | DEAL_PROVINCE | DEAL_PRODUCTS, &id, &e) != ERR_OK ||
        deal_get(shop, id, &got, &e) != ERR_OK) {
        fail_msg("%s", e.message);
    }
    snprintf(rep, 8, "%s", got.rep);
    deal_clear(&got);
    return rep;
}

static void without_a_rule_nobody_gets_a_lead(void **state) {
    char rep[8];
    assert_string_equal("", lead(*state, "Zalo", "", "", rep));
}

static void the_first_rule_that_fits_counts(void **state) {
    char rep[8];
    add_rule(*state, &(struct assign_rule){.source = "zalo", .reps = "CHI"});
    add_rule(*state, &(struct assign_rule){.province = "hue", .reps = "BINH"});
    add_rule(*state, &(struct assign_rule){.group = "may", .reps = "AN"});
    assert_string_equal("CHI", lead(*state, "Zalo", "Huế", "MI", rep));
    assert_string_equal("BINH", lead(*state, "Facebook", "Thừa Thiên Huế", "MI", rep));
    assert_string_equal("AN", lead(*state, "Facebook", "", "MI", rep)); /* of a group below the rule's */
    assert_string_equal("", lead(*state, "Facebook", "", "GI", rep));
    assert_string_equal("", lead(*state, "", "", "", rep));
}

static void a_rule_can_be_put_before_others_and_taken_away(void **state) {
    char rep[8];
    struct err e = ERR_INIT;
    add_rule(*state, &(struct assign_rule){.reps = "CHI"});
    int64_t first = add_rule(*state, &(struct assign_rule){.reps = "AN", .position = 1});
    assert_string_equal("AN", lead(*state, "", "", "", rep));
    assert_int_equal(ERR_OK, assign_rule_remove(*state, first, &e));
    assert_string_equal("CHI", lead(*state, "", "", "", rep));
    assert_int_equal(ERR_NOT_FOUND, assign_rule_remove(*state, first, &e));
}

static void the_team_goes_first_and_those_who_left_or_do_other_work_get_nothing(void **state) {
    char rep[8];
    add_rule(*state, &(struct assign_rule){.team = "bắc", .reps = "CHI", .daily_limit = 1});
    assert_string_equal("AN", lead(*state, "", "", "", rep));
    assert_string_equal("BINH", lead(*state, "", "", "", rep));
    assert_string_equal("CHI", lead(*state, "", "", "", rep)); /* the team has no room today */
    assert_string_equal("", lead(*state, "", "", "", rep));
    testshop_set_now(*state, "2026-11-22 08:00:00");
    assert_string_equal("AN", lead(*state, "", "", "", rep));
}

static void whoever_has_the_fewest_open_leads_is_next(void **state) {
    char rep[8];
    add_rule(*state, &(struct assign_rule){.reps = "AN,BINH"});
    assert_string_equal("AN", lead(*state, "", "", "", rep));
    assert_string_equal("BINH", lead(*state, "", "", "", rep));
    struct err e = ERR_INIT;
    int64_t id = testdb_int(shop_db(*state), "SELECT id FROM deals WHERE staff_id = 2");
    assert_int_equal(ERR_OK, deal_win(*state, id, 0, -1, &e));
    assert_string_equal("BINH", lead(*state, "", "", "", rep)); /* 1 and 0 */
}

/* AN and BINH have one each; who was given theirs longer ago is next, also within one second, and at last by code. */
static void a_tie_goes_to_whoever_has_waited_longest(void **state) {
    char rep[8];
    add_rule(*state, &(struct assign_rule){.reps = "BINH,AN"});
    assert_string_equal("AN", lead(*state, "", "", "", rep));
    testshop_set_now(*state, "2026-11-21 15:00:00");
    assert_string_equal("BINH", lead(*state, "", "", "", rep));
    assert_string_equal("AN", lead(*state, "", "", "", rep));
    assert_string_equal("BINH", lead(*state, "", "", "", rep)); /* all in one second: 2 and 1 */
    assert_string_equal("AN", lead(*state, "", "", "", rep));   /* 2 and 2, AN's is the older */
    testdb_script(shop_db(*state), "UPDATE deal_assignments SET at = '2026-11-21 16:00:00' WHERE staff_id = 1");
    assert_string_equal("BINH", lead(*state, "", "", "", rep)); /* 3 and 2 */
    assert_string_equal("BINH", lead(*state, "", "", "", rep)); /* 3 and 3, BINH's is the older */
}

static void a_lead_without_a_rule_by_its_own_province_takes_the_customers(void **state) {
    struct err e = ERR_INIT;
    struct deal got;
    int64_t id = 0;
    struct deal d = {.customer = "KH1"};
    add_rule(*state, &(struct assign_rule){.province = "Huế", .reps = "CHI"});
    assert_int_equal(ERR_OK, deal_add(*state, &d, DEAL_CUSTOMER, &id, &e));
    assert_int_equal(ERR_OK, deal_get(*state, id, &got, &e));
    assert_string_equal("CHI", got.rep);
    deal_clear(&got);
}

struct seen {
    char text[512];
};

static enum err_code note(void *ctx, const struct assign_row *r, struct err *e) {
    struct seen *s = ctx;
    size_t n = strlen(s->text);
    (void)e;
    snprintf(s->text + n, sizeof s->text - n, "%s %d %s %d;", r->title, (int)r->outcome, r->rep, (int)r->rule);
    return ERR_OK;
}

static void a_deal_that_comes_closed_was_no_lead_to_give(void **state) {
    struct deal d = {.title = (char *)"D", .rep = (char *)"AN", .stage = {.name = (char *)"Thành công"}};
    int64_t given = -1;
    assert_int_equal(deal_put(*state, &d, DEAL_TITLE | DEAL_REP | DEAL_STAGE, NULL, NULL, NULL), ERR_OK);
    assert_int_equal(db_get_int(shop_db(*state), "SELECT COUNT(*) FROM deal_assignments", DB_NO_BIND, &given, NULL),
                     ERR_OK);
    assert_int_equal(given, 0);
}

static void a_dry_run_says_who_would_get_what_and_gives_nothing(void **state) {
    struct err e = ERR_INIT;
    struct seen dry = {""}, real = {""}, again = {""};
    char rep[8];
    for (int i = 0; i < 3; i++) {
        lead(*state, "Zalo", "", "", rep);
    }
    lead(*state, "Facebook", "", "", rep);
    add_rule(*state, &(struct assign_rule){.source = "Zalo", .reps = "AN,BINH", .daily_limit = 1});
    assert_int_equal(ERR_OK, assign_run(*state, true, note, &dry, &e));
    assert_string_equal("khách mới 0 AN 1;khách mới 0 BINH 1;khách mới 2  1;khách mới 1  0;", dry.text);
    assert_int_equal(0, testdb_int(shop_db(*state), "SELECT COUNT(*) FROM deals WHERE staff_id IS NOT NULL"));
    assert_int_equal(ERR_OK, assign_run(*state, false, note, &real, &e));
    assert_string_equal(dry.text, real.text);
    assert_int_equal(2, testdb_int(shop_db(*state), "SELECT COUNT(*) FROM deal_assignments WHERE rule_id = 1"));
    assert_int_equal(ERR_OK, assign_run(*state, false, note, &again, &e));
    assert_string_equal("khách mới 2  1;khách mới 1  0;", again.text);
}

static void a_rule_that_names_what_is_not_there_is_refused(void **state) {
    const struct {
        struct assign_rule rule;
        enum err_code rc;
    } cases[] = {
        {{.province = "Atlantis"}, ERR_NOT_FOUND}, {{.group = "nope"}, ERR_NOT_FOUND},
        {{.team = "nope"}, ERR_NOT_FOUND},         {{.reps = "AN,nope"}, ERR_NOT_FOUND},
        {{.daily_limit = -1}, ERR_INVALID},        {{.daily_limit = 100001}, ERR_INVALID},
    };
    struct err e = ERR_INIT;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(cases[i].rc, assign_rule_add(*state, &cases[i].rule, NULL, &e));
    }
    assert_int_equal(0, testdb_int(shop_db(*state), "SELECT COUNT(*) FROM assign_rules"));
}

#define ON_BOOKS(test) cmocka_unit_test_setup_teardown(test, open_books, close_books)

int main(void) {
    const struct CMUnitTest tests[] = {
        ON_BOOKS(without_a_rule_nobody_gets_a_lead),
        ON_BOOKS(the_first_rule_that_fits_counts),
        ON_BOOKS(a_rule_can_be_put_before_others_and_taken_away),
        ON_BOOKS(the_team_goes_first_and_those_who_left_or_do_other_work_get_nothing),
        ON_BOOKS(whoever_has_the_fewest_open_leads_is_next),
        ON_BOOKS(a_tie_goes_to_whoever_has_waited_longest),
        ON_BOOKS(a_lead_without_a_rule_by_its_own_province_takes_the_customers),
        ON_BOOKS(a_deal_that_comes_closed_was_no_lead_to_give),
        ON_BOOKS(a_dry_run_says_who_would_get_what_and_gives_nothing),
        ON_BOOKS(a_rule_that_names_what_is_not_there_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
