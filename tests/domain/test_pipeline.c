#include "chotdon/pipeline.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "domain/deal_facts.h"
#include "domain/deal_internal.h"
#include "testdb.h"
#include "testpipeline.h"
#include "testshop.h"

static enum err_code rebuild(struct shop *shop, void *ctx, struct err *e) {
    (void)ctx;
    enum err_code rc = deal_facts_rebuild(shop, e);
    for (int64_t stage = 101; stage <= 105 && rc == ERR_OK; stage++) {
        rc = deal_recount_stage(shop, stage, e);
    }
    return rc;
}

static void change(struct shop *shop, const char *sql) {
    struct err e = ERR_INIT;
    testdb_script(shop_db(shop), sql);
    assert_int_equal(ERR_OK, shop_transact(shop, rebuild, NULL, &e));
}

static int open_books(void **state) {
    struct err e = ERR_INIT;
    *state = testpipeline_open();
    return shop_transact(*state, rebuild, NULL, &e) == ERR_OK ? 0 : -1;
}

static int close_books(void **state) {
    struct shop *shop = *state;
    testshop_close(&shop);
    return 0;
}

static struct pipeline_stats stats_of(struct shop *shop, const struct pipeline_filter *f) {
    struct pipeline_stats s;
    struct err e = ERR_INIT;
    if (pipeline_stats(shop, f, &s, &e) != ERR_OK) {
        fail_msg("%s", e.message);
    }
    return s;
}

/* The stages of the board under test. */
static const struct pipeline_stage *stage_of(const struct pipeline_stats *s, const char *name) {
    for (size_t i = 0; i < s->stage_count; i++) {
        if (s->stages[i].pipeline_id == 9 && strcmp(s->stages[i].name, name) == 0) {
            return &s->stages[i];
        }
    }
    fail_msg("no stage %s", name);
    return NULL;
}

static void assert_stage(const struct pipeline_stats *s, const char *name, int entered, int advanced, int stayed,
                         int days) {
    const struct pipeline_stage *stage = stage_of(s, name);
    assert_int_equal(entered, stage->entered);
    assert_int_equal(advanced, stage->advanced);
    assert_int_equal(stayed, stage->stayed);
    assert_int_equal(days, stage->days);
}

static void won_and_lost_are_counted_by_the_day_of_closing(void **state) {
    struct pipeline_stats s = stats_of(*state, &(struct pipeline_filter){.from = "2026-11-01", .to = "2026-11-30"});
    int64_t v = 0;
    assert_int_equal(1, s.sums.won);
    assert_int_equal(2, s.sums.lost);
    assert_int_equal(6000000, s.sums.won_value);
    assert_int_equal(5000000, s.sums.lost_value);
    assert_true(pipeline_win_rate(&s.sums, &v));
    assert_int_equal(3330, v); /* to a tenth of a percent */
    assert_true(pipeline_days_to_win(&s.sums, &v));
    assert_int_equal(3000, v);
    assert_true(pipeline_activities(&s.sums, &v));
    assert_int_equal(0, v);
    assert_true(pipeline_velocity(&s.sums, &v));
    assert_int_equal(200000, v);
    assert_int_equal(2, s.reasons.count);
    assert_string_equal("Đắt quá", s.reasons.rows[0].name);
    assert_int_equal(2000000, s.reasons.rows[0].sums.lost_value);
    assert_string_equal("", s.reasons.rows[1].code);
    pipeline_stats_clear(&s);
}

static void a_note_is_no_activity(void **state) {
    struct pipeline_stats s = stats_of(*state, &(struct pipeline_filter){.to = "2026-10-31"});
    int64_t v = 0;
    assert_int_equal(1, s.sums.won);
    assert_true(pipeline_activities(&s.sums, &v));
    assert_int_equal(300, v);
    pipeline_stats_clear(&s);
}

/* All deals: D1, D2 won, D3 lost late at Q, D4 lost at P, D5 in Q, D6 in P, D7 in C. D2 went back and forth. */
static void conversion_counts_back_and_forth_once_and_the_lost_in_what_they_reached(void **state) {
    struct pipeline_stats s = stats_of(*state, &(struct pipeline_filter){0});
    assert_int_equal(7, s.created);
    assert_int_equal(2, s.created_won);
    assert_stage(&s, "P", 7, 5, 4, 22);
    assert_stage(&s, "C", 5, 4, 2, 41);
    assert_stage(&s, "Q", 4, 2, 1, 11);
    pipeline_stats_clear(&s);
}

static void conversion_is_of_the_deals_made_in_the_period(void **state) {
    struct pipeline_stats s = stats_of(*state, &(struct pipeline_filter){.from = "2026-10-01", .to = "2026-10-31"});
    assert_int_equal(3, s.created);
    assert_stage(&s, "P", 3, 3, 1, 5);
    assert_stage(&s, "C", 3, 3, 1, 14);
    assert_stage(&s, "Q", 3, 2, 0, 0);
    pipeline_stats_clear(&s);
}

static void reps_teams_and_sources_add_up_to_the_whole(void **state) {
    struct pipeline_stats s = stats_of(*state, &(struct pipeline_filter){0});
    const struct pipeline_parts *all[] = {&s.reps, &s.teams, &s.sources};
    for (size_t i = 0; i < 3; i++) {
        int64_t won = 0, lost = 0;
        for (size_t k = 0; k < all[i]->count; k++) {
            won += all[i]->rows[k].sums.won_value;
            lost += all[i]->rows[k].sums.lost;
        }
        assert_int_equal(s.sums.won_value, won);
        assert_int_equal(s.sums.lost, lost);
        assert_int_equal(3, all[i]->count);
        assert_int_equal(0, all[i]->rows[2].id);
        assert_string_equal("(không có)", all[i]->rows[2].name);
    }
    assert_string_equal("AN", s.reps.rows[0].code);
    assert_string_equal("Bắc", s.teams.rows[0].name);
    assert_string_equal("Facebook", s.sources.rows[1].name);
    pipeline_stats_clear(&s);
}

static void filters_narrow_everything(void **state) {
    const struct {
        struct pipeline_filter filter;
        int won, lost, created;
    } cases[] = {
        {{.staff_id = 1}, 1, 1, 4}, {{.staff_id = -1}, 0, 1, 1}, {{.team_id = 2}, 1, 0, 2},
        {{.team_id = -1}, 0, 1, 1}, {{.source_id = 2}, 1, 0, 2}, {{.source_id = 1, .staff_id = 2}, 0, 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct pipeline_stats s = stats_of(*state, &cases[i].filter);
        assert_int_equal(cases[i].won, s.sums.won);
        assert_int_equal(cases[i].lost, s.sums.lost);
        assert_int_equal(cases[i].created, s.created);
        pipeline_stats_clear(&s);
    }
}

/* Periods that begin and end inside months, beside the same taken day by day. */
static void any_period_is_the_sum_of_its_days(void **state) {
    const struct {
        const char *from, *to;
    } periods[] = {{"2026-10-05", "2026-11-08"}, {"2026-09-30", "2026-11-05"}, {"2026-10-20", "2026-10-20"},
                   {"2026-10-02", "2026-12-31"}, {"2026-10-01", "2026-11-06"}, {"2026-11-10", "2026-11-01"}};
    for (size_t i = 0; i < sizeof periods / sizeof *periods; i++) {
        struct pipeline_stats whole =
            stats_of(*state, &(struct pipeline_filter){.from = periods[i].from, .to = periods[i].to});
        int64_t won = 0, lost = 0, created = 0, stayed = 0;
        for (long d = date_to_days(periods[i].from); d <= date_to_days(periods[i].to); d++) {
            char day[DATE_SIZE];
            date_from_days(d, day);
            struct pipeline_stats s = stats_of(*state, &(struct pipeline_filter){.from = day, .to = day});
            won += s.sums.won_value;
            lost += s.sums.lost_value;
            created += s.created;
            stayed += stage_of(&s, "P")->stayed;
            pipeline_stats_clear(&s);
        }
        assert_int_equal(won, whole.sums.won_value);
        assert_int_equal(lost, whole.sums.lost_value);
        assert_int_equal(created, whole.created);
        assert_int_equal(stayed, stage_of(&whole, "P")->stayed);
        pipeline_stats_clear(&whole);
    }
}

static void the_period_before_is_as_long(void **state) {
    const struct {
        const char *from, *to, *before_from, *before_to;
    } cases[] = {
        {"2026-11-01", "2026-11-30", "2026-10-01", "2026-10-31"},
        {"2026-01-01", "2026-12-31", "2025-01-01", "2025-12-31"},
        {"2026-02-01", "2026-03-31", "2025-12-01", "2026-01-31"},
        {"2026-11-01", "2026-11-22", "2026-10-10", "2026-10-31"},
        {"2026-11-22", "2026-11-22", "2026-11-21", "2026-11-21"},
    };
    char from[DATE_SIZE], to[DATE_SIZE];
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_true(pipeline_previous(cases[i].from, cases[i].to, from, to));
        assert_string_equal(cases[i].before_from, from);
        assert_string_equal(cases[i].before_to, to);
    }
    assert_false(pipeline_previous(NULL, "2026-11-30", from, to));
    assert_false(pipeline_previous("2026-11-30", "", from, to));
}

static void nothing_closed_has_no_rates(void **state) {
    const struct pipeline_sums none = {0}, same_day = {.won = 2, .won_value = 7}, shared = {.won = 3, .won_value = 8};
    int64_t v = -1;
    (void)state;
    assert_false(pipeline_win_rate(&none, &v));
    assert_false(pipeline_days_to_win(&none, &v));
    assert_false(pipeline_activities(&none, &v));
    assert_false(pipeline_velocity(&none, &v));
    assert_false(pipeline_velocity(&same_day, &v));
    assert_int_equal(-1, v);
    assert_true(pipeline_average_value(&same_day, &v));
    assert_int_equal(4, v); /* 3.5, half away from zero */
    assert_true(pipeline_average_value(&shared, &v));
    assert_int_equal(3, v);
}

struct seen {
    char text[1024];
};

static enum err_code note(void *ctx, const struct forecast_row *r, struct err *e) {
    struct seen *s = ctx;
    size_t n = strlen(s->text);
    (void)e;
    snprintf(s->text + n, sizeof s->text - n, "%d %s %d %d %d\n", (int)r->kind, r->month, (int)r->deals, (int)r->value,
             (int)r->weighted);
    return ERR_OK;
}

static void the_forecast_leaves_out_the_lost_and_shows_the_undated_apart(void **state) {
    struct seen seen = {""};
    struct err e = ERR_INIT;
    assert_int_equal(ERR_OK, pipeline_forecast(*state, NULL, 2, note, &seen, &e));
    assert_string_equal("0 2026-11 0 0 0\n0 2026-12 1 5000000 2000000\n1  1 2500000 500000\n2  1 1000000 100000\n",
                        seen.text);
    assert_int_equal(ERR_INVALID, pipeline_forecast(*state, NULL, 0, note, &seen, &e));
    assert_int_equal(ERR_INVALID, pipeline_forecast(*state, NULL, 121, note, &seen, &e));
}

static void the_forecast_rounds_each_deal_and_takes_a_rep_or_a_team(void **state) {
    struct seen seen = {""};
    struct err e = ERR_INIT;
    change(*state, "UPDATE deals SET expected_value = 5, probability_bps = 1000,"
                   " expected_close = '2026-11-30' WHERE id IN (5, 6)"); /* 0.5 → 1, twice */
    assert_int_equal(ERR_OK, pipeline_forecast(*state, NULL, 1, note, &seen, &e));
    assert_non_null(strstr(seen.text, "0 2026-11 2 10 2\n"));
    seen.text[0] = '\0';
    assert_int_equal(ERR_OK, pipeline_forecast(*state, &(struct pipeline_filter){.staff_id = 2}, 1, note, &seen, &e));
    assert_string_equal("0 2026-11 1 5 1\n", seen.text);
    seen.text[0] = '\0';
    change(*state, "UPDATE deals SET expected_value = 9000000000000000000 WHERE id = 5;"
                   "UPDATE deals SET probability_bps = 9999 WHERE id = 5");
    assert_int_equal(ERR_OK, pipeline_forecast(*state, &(struct pipeline_filter){.team_id = 1}, 1, note, &seen, &e));
    assert_non_null(strstr(seen.text, "0 2026-11 1 "));
}

/* 12 won, 18 lost. Of the deal's own facts: came to Q 12 won, 3 lost; Zalo 8, 6; team Bắc and rep AN 9, 6; group Gạo
 * 10, 9. Odds 13/19 × (13/14)/(4/20) × (9/14)/(7/20) × (10/14)/(7/20) × (11/14)/(10/20) × (10/14)/(7/20) = 38.1877…, so
 * 97.45%. */
static const char learned[] =
    "DELETE FROM deal_odds; INSERT INTO deal_odds VALUES ('all', 0, 12, 18), ('stage', 104, 12, 0),"
    " ('stage', 101, 0, 10), ('stage', 102, 0, 5), ('stage', 103, 0, 3), ('source', 1, 8, 6), ('source', 2, 4, 12),"
    " ('rep', 1, 9, 6), ('rep', 2, 3, 12), ('product', 1, 10, 9), ('product', 2, 2, 9)";

static void the_chance_is_learned_as_worked_by_hand(void **state) {
    struct deal_chance c;
    struct err e = ERR_INIT;
    testdb_script(shop_db(*state), learned);
    assert_int_equal(ERR_OK, deal_chance(*state, 5, &c, &e));
    assert_true(c.learned);
    assert_int_equal(30, c.closed);
    assert_int_equal(4000, c.default_bps);
    assert_int_equal(9745, c.learned_bps);
    assert_int_equal(5, c.fact_count);
    assert_int_equal(CHANCE_STAGE, c.facts[0].fact);
    assert_string_equal("Q", c.facts[0].name);
    assert_int_equal(46429, c.facts[0].ratio_bps);
    assert_int_equal(3, c.facts[0].lost);
    assert_int_equal(CHANCE_TEAM, c.facts[1].fact);
    assert_int_equal(20408, c.facts[1].ratio_bps);
    assert_int_equal(CHANCE_REP, c.facts[2].fact);
    assert_string_equal("An", c.facts[2].name);
    assert_int_equal(18367, c.facts[3].ratio_bps);
    assert_string_equal("Gạo", c.facts[4].name);
    assert_int_equal(15714, c.facts[4].ratio_bps);
    deal_chance_clear(&c);
}

/* D6: came to P (all did: 13/14 ÷ 19/20 = 0.9774), rep BINH and team Nam (4/14 ÷ 13/20 = 0.4396), nothing else known:
 * 13/19 × 0.9774 × 0.4396² = 0.12923…, so 11.44%. */
static void what_a_deal_lacks_says_nothing(void **state) {
    struct deal_chance c;
    struct err e = ERR_INIT;
    testdb_script(shop_db(*state), learned);
    assert_int_equal(ERR_OK, deal_chance(*state, 6, &c, &e));
    assert_int_equal(3, c.fact_count);
    assert_int_equal(4396, c.facts[0].ratio_bps);
    assert_int_equal(1144, c.learned_bps);
    deal_chance_clear(&c);
}

static void too_few_closed_deals_teach_nothing(void **state) {
    struct deal_chance c;
    struct err e = ERR_INIT;
    testdb_script(shop_db(*state), learned);
    testdb_script(shop_db(*state), "UPDATE deal_odds SET lost = 17 WHERE fact = 'all'");
    assert_int_equal(ERR_OK, deal_chance(*state, 5, &c, &e));
    assert_int_equal(29, c.closed);
    assert_false(c.learned);
    assert_int_equal(0, c.fact_count);
    deal_chance_clear(&c);
    assert_int_equal(ERR_NOT_FOUND, deal_chance(*state, 77, &c, &e));
}

#define ON_BOOKS(test) cmocka_unit_test_setup_teardown(test, open_books, close_books)

int main(void) {
    const struct CMUnitTest tests[] = {
        ON_BOOKS(won_and_lost_are_counted_by_the_day_of_closing),
        ON_BOOKS(a_note_is_no_activity),
        ON_BOOKS(conversion_counts_back_and_forth_once_and_the_lost_in_what_they_reached),
        ON_BOOKS(conversion_is_of_the_deals_made_in_the_period),
        ON_BOOKS(reps_teams_and_sources_add_up_to_the_whole),
        ON_BOOKS(filters_narrow_everything),
        ON_BOOKS(any_period_is_the_sum_of_its_days),
        cmocka_unit_test(the_period_before_is_as_long),
        cmocka_unit_test(nothing_closed_has_no_rates),
        ON_BOOKS(the_forecast_leaves_out_the_lost_and_shows_the_undated_apart),
        ON_BOOKS(the_forecast_rounds_each_deal_and_takes_a_rep_or_a_team),
        ON_BOOKS(the_chance_is_learned_as_worked_by_hand),
        ON_BOOKS(what_a_deal_lacks_says_nothing),
        ON_BOOKS(too_few_closed_deals_teach_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
