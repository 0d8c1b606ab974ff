/* What is kept of deals is what their rows say, whatever happens to them (DOMAIN 5; `check`). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "chotdon/check.h"
#include "random.h"
#include "testdb.h"
#include "testdeal.h"
#include "testshop.h"

enum { DEALS = 30, STEPS = 700 };

static int setup(void **state) {
    struct shop *shop = testshop_open();
    testdeal_staff(shop, "HA", "Trần Thị Hà", "Bán sỉ");
    testdeal_staff(shop, "NAM", "Lê Văn Nam", "Bán lẻ");
    *state = shop;
    return 0;
}

static int teardown(void **state) {
    struct shop *shop = *state;
    testshop_close(&shop);
    return 0;
}

static int64_t any_stage(struct shop *shop, struct random *r) {
    struct stage *all = NULL;
    size_t count = 0;
    assert_int_equal(stage_list(shop, 0, &all, &count, NULL), ERR_OK);
    int64_t id = all[(size_t)random_between(r, 0, (int64_t)count - 1)].id;
    stage_list_free(all, count);
    return id;
}

static void edit_any(struct shop *shop, struct random *r, int64_t id) {
    char date[DATE_SIZE];
    date_add_days("2026-11-01", (long)random_between(r, 0, 89), date);
    struct deal d = {.expected_value = random_between(r, 0, 89999999),
                     .probability_bps = random_between(r, 0, 10000),
                     .probability_set = random_between(r, 0, 1) == 0,
                     .expected_close = random_between(r, 0, 3) == 0 ? "" : date,
                     .need = "a",
                     .budget = "b",
                     .timing = "c",
                     .decision_maker = "d"};
    unsigned fields = DEAL_EXPECTED_VALUE | DEAL_PROBABILITY | DEAL_EXPECTED_CLOSE;
    fields |= random_between(r, 0, 1) == 0 ? DEAL_NEED | DEAL_BUDGET | DEAL_TIMING | DEAL_DECISION_MAKER : 0U;
    assert_int_equal(deal_edit(shop, id, &d, fields, NULL), ERR_OK);
}

static void edit_board(struct shop *shop, struct random *r) {
    struct stage s = {.probability_bps = random_between(r, 0, 10000),
                      .idle_days = (int)random_between(r, 0, 19),
                      .position = 1 + (int)random_between(r, 0, 7)};
    static const unsigned fields[] = {STAGE_PROBABILITY, STAGE_IDLE_DAYS, STAGE_POSITION};
    int64_t id = any_stage(shop, r);
    char name[32];
    switch (random_between(r, 0, 4)) {
    case 0: {
        snprintf(name, sizeof name, "Thêm %d", (int)random_between(r, 0, 999999));
        s.name = name;
        s.position = (int)random_between(r, 0, 7);
        assert_int_equal(stage_add(shop, &s, 0, NULL, NULL), ERR_OK);
        break;
    }
    case 1: { /* refused now and then: closed, or the last one */
        enum err_code rc = stage_remove(shop, id, any_stage(shop, r), NULL);
        assert_true(rc == ERR_OK || rc == ERR_REFUSED);
        break;
    }
    default:
        assert_int_equal(stage_edit(shop, id, &s, fields[random_between(r, 0, 2)], NULL), ERR_OK);
    }
}

static void step(struct shop *shop, struct random *r, int64_t id) {
    char date[DATE_SIZE];
    date_add_days("2026-11-10", (long)random_between(r, 0, 59), date);
    switch (random_between(r, 0, 9)) {
    case 0:
    case 1:
    case 2:
        deal_move(shop, id, any_stage(shop, r), NULL, NULL); /* or is refused */
        break;
    case 3:
        deal_win(shop, id, 0, random_between(r, 0, 2) == 0 ? 777777 : -1, NULL);
        break;
    case 4:
        deal_lose(shop, id, "Giá", NULL);
        break;
    case 5:
        deal_unmove(shop, id, NULL);
        break;
    case 6:
        assert_int_equal(deal_assign(shop, id, random_between(r, 0, 2), NULL), ERR_OK);
        break;
    case 7:
        assert_int_equal(deal_plan(shop, id, random_between(r, 0, 2) == 0 ? "" : date, "gọi", NULL), ERR_OK);
        break;
    case 8:
        assert_int_equal(deal_log(shop, id, "call", "đã gọi", NULL), ERR_OK);
        break;
    default:
        edit_any(shop, r, id);
    }
}

/* The heads from the kept totals, and from the rows: a filter that all deals pass, but that the totals do not know. */
static void compare_filtered(struct shop *shop, struct deal_filter f) {
    enum { MAX = 60 };
    struct stage_total kept[MAX], rows[MAX];
    size_t count = 0, same = 0;
    assert_int_equal(deal_totals(shop, 0, &f, kept, MAX, &count, NULL), ERR_OK);
    f.tag = "t";
    assert_int_equal(deal_totals(shop, 0, &f, rows, MAX, &same, NULL), ERR_OK);
    assert_int_equal(count, same);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(kept[i].stage_id, rows[i].stage_id);
        assert_int_equal(kept[i].deals, rows[i].deals);
        assert_int_equal(kept[i].value, rows[i].value);
        assert_int_equal(kept[i].weighted, rows[i].weighted);
        assert_int_equal(kept[i].rotting, rows[i].rotting);
    }
}

static void compare_heads(struct shop *shop) {
    static const struct deal_filter filters[] = {
        {.kind = -1},
        {.kind = -1, .staff_id = 1},
        {.kind = -1, .staff_id = -1},
        {.kind = -1, .team_id = 2},
        {.kind = -1, .source_id = 1},
        {.kind = -1, .source_id = 1, .staff_id = 2},
        {.kind = -1, .from = "2026-12-01", .to = "2026-12-31"},
        {.kind = -1, .from = "2026-12-01", .source_id = 1, .team_id = 1},
    };
    for (size_t i = 0; i < sizeof filters / sizeof *filters; i++) {
        compare_filtered(shop, filters[i]);
    }
}

static void kept_totals_are_the_sums_of_the_rows_whatever_happens(void **state) {
    struct random r = {.state = 20261121};
    int64_t ids[DEALS];
    char now[DATETIME_SIZE];
    for (int i = 0; i < DEALS; i++) {
        struct deal d = {.title = "A",
                         .expected_value = random_between(&r, 0, 49999999),
                         .tags = "t",
                         .source = i % 2 == 0 ? "Zalo" : ""};
        assert_int_equal(
            deal_add(*state, &d, DEAL_TITLE | DEAL_EXPECTED_VALUE | DEAL_TAGS | DEAL_SOURCE, &ids[i], NULL), ERR_OK);
    }
    for (int i = 0; i < STEPS; i++) {
        char day[DATE_SIZE];
        date_add_days("2026-11-21", i / 20, day);
        snprintf(now, sizeof now, "%s 09:00:00", day);
        testshop_set_now(*state, now);
        step(*state, &r, ids[random_between(&r, 0, DEALS - 1)]);
        if (i % 10 == 0) {
            edit_board(*state, &r);
        }
        if (i % 50 == 0) {
            compare_heads(*state);
            testdeal_check(*state);
        }
    }
    testdeal_check(*state);
}

struct findings {
    char text[2048];
    int64_t count;
};

static void note_finding(void *ctx, const char *finding) {
    struct findings *f = ctx;
    size_t len = strlen(f->text);
    snprintf(f->text + len, sizeof f->text - len, "%s\n", finding);
}

/* What check says when a row was changed past the program. */
static void expect_finding(struct shop *shop, const char *sql, const char *words) {
    struct findings f = {.count = 0};
    testdb_script(shop_db(shop), sql);
    assert_int_equal(check_books(shop, note_finding, &f, &f.count, NULL), ERR_OK);
    assert_true(f.count > 0);
    if (strstr(f.text, words) == NULL) {
        fail_msg("“%s” is not in: %s", words, f.text);
    }
}

static void check_finds_totals_that_are_out(void **state) {
    testdeal_add(*state, "A", 1000000);
    expect_finding(*state, "UPDATE deal_totals SET value = value + 5", "“Triển vọng” are out by 0 deals and 5");
}

static void check_finds_days_of_rotting_that_are_out(void **state) {
    testdeal_add(*state, "A", 1000000);
    expect_finding(*state, "UPDATE deal_rots SET deals = deals + 1 WHERE source_id = -1",
                   "“Triển vọng” are out by 1 deals");
}

static void check_finds_a_deal_in_a_stage_of_another_kind(void **state) {
    testdeal_add(*state, "A", 1000000);
    expect_finding(*state, "UPDATE deals SET kind = 'lost'", "CH261121-0001 stands in a stage of another kind");
}

static void check_finds_a_history_that_ends_elsewhere(void **state) {
    testdeal_add(*state, "A", 1000000);
    expect_finding(*state, "UPDATE deal_stages SET to_id = 2", "the history of deal CH261121-0001 ends in another");
}

static void check_finds_a_wrong_furthest_stage(void **state) {
    testdeal_add(*state, "A", 1000000);
    expect_finding(*state, "UPDATE deals SET reached_id = 3", "CH261121-0001 came further, or less far");
}

static void check_finds_a_wrong_day_of_rotting(void **state) {
    testdeal_add(*state, "A", 1000000);
    expect_finding(*state, "UPDATE deals SET rots_on = '2026-11-22'",
                   "rots from “2026-11-29”, but “2026-11-22” is kept");
}

static void a_removed_stage_leaves_how_far_deals_came(void **state) {
    int64_t id = testdeal_add(*state, "A", 1000000);
    testdeal_move(*state, id, "Đề xuất");
    testdeal_move(*state, id, "Cơ hội");
    assert_int_equal(stage_remove(*state, testdeal_stage(*state, "Đề xuất"), 0, NULL), ERR_OK);
    /* it came as far as the stage before: entered there, and advanced from all before it */
    assert_int_equal(testdb_int(shop_db(*state), "SELECT s.position FROM deals d JOIN stages s ON s.id = d.reached_id"),
                     3);
    testdeal_check(*state);
}

static void another_order_of_stages_changes_how_far_deals_came(void **state) {
    struct stage s = {.position = 5};
    int64_t id = testdeal_add(*state, "A", 1000000);
    int64_t chance = testdeal_stage(*state, "Cơ hội");
    testdeal_move(*state, id, "Cơ hội");
    testdeal_move(*state, id, "Đề xuất");
    assert_int_equal(testdb_int(shop_db(*state), "SELECT reached_id FROM deals"), testdeal_stage(*state, "Đề xuất"));
    assert_int_equal(stage_edit(*state, chance, &s, STAGE_POSITION, NULL), ERR_OK);
    assert_int_equal(testdb_int(shop_db(*state), "SELECT reached_id FROM deals"), chance);
    testdeal_check(*state);
}

static void rotting_follows_the_stages_idle_days(void **state) {
    struct stage s = {.idle_days = 2};
    testdeal_add(*state, "A", 1000000);
    testshop_set_now(*state, "2026-11-24 08:00:00");
    assert_int_equal(testdeal_total(*state, "Triển vọng", 0).rotting, 0);
    assert_int_equal(stage_edit(*state, testdeal_stage(*state, "Triển vọng"), &s, STAGE_IDLE_DAYS, NULL), ERR_OK);
    assert_int_equal(testdeal_total(*state, "Triển vọng", 0).rotting, 1);
    s.idle_days = 0;
    assert_int_equal(stage_edit(*state, testdeal_stage(*state, "Triển vọng"), &s, STAGE_IDLE_DAYS, NULL), ERR_OK);
    assert_int_equal(testdeal_total(*state, "Triển vọng", 0).rotting, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(kept_totals_are_the_sums_of_the_rows_whatever_happens, setup, teardown),
        cmocka_unit_test_setup_teardown(check_finds_totals_that_are_out, setup, teardown),
        cmocka_unit_test_setup_teardown(check_finds_days_of_rotting_that_are_out, setup, teardown),
        cmocka_unit_test_setup_teardown(check_finds_a_deal_in_a_stage_of_another_kind, setup, teardown),
        cmocka_unit_test_setup_teardown(check_finds_a_history_that_ends_elsewhere, setup, teardown),
        cmocka_unit_test_setup_teardown(check_finds_a_wrong_furthest_stage, setup, teardown),
        cmocka_unit_test_setup_teardown(check_finds_a_wrong_day_of_rotting, setup, teardown),
        cmocka_unit_test_setup_teardown(a_removed_stage_leaves_how_far_deals_came, setup, teardown),
        cmocka_unit_test_setup_teardown(another_order_of_stages_changes_how_far_deals_came, setup, teardown),
        cmocka_unit_test_setup_teardown(rotting_follows_the_stages_idle_days, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
