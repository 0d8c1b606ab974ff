#include "chotdon/pipeline.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/channel.h"
#include "chotdon/deal.h"
#include "chotdon/staff.h"
#include "cli/cells.h"
#include "cli/cmd_pipeline_stats.h"
#include "cli/commands.h"

static enum err_code who_args(struct cli *c, const struct cli_args *a, struct pipeline_filter *out, struct err *e) {
    const char *rep = cli_option(a, "rep"), *team = cli_option(a, "team"), *source = cli_option(a, "source");
    enum err_code rc = ERR_OK;
    if (rep != NULL) {
        rc = staff_find(c->shop, rep, &out->staff_id, e);
    }
    if (rc == ERR_OK && team != NULL) {
        rc = team_find(c->shop, team, &out->team_id, e);
    }
    if (rc == ERR_OK && source != NULL) {
        rc = channel_find(c->shop, source, &out->source_id, e);
    }
    return rc;
}

enum err_code pipeline_args(struct cli *c, const struct cli_args *a, struct cli_period *period,
                            struct pipeline_filter *out, struct err *e) {
    enum err_code rc = cli_period(c, a, period, e);
    *out = (struct pipeline_filter){.from = cli_or_null(period->from), .to = cli_or_null(period->to)};
    return rc == ERR_OK ? who_args(c, a, out, e) : rc;
}

static void board_row(struct cell_table *t, const struct stage *s, const struct stage_total *totals, size_t count) {
    struct stage_total none = {0};
    const struct stage_total *found = &none;
    for (size_t i = 0; i < count; i++) {
        found = totals[i].stage_id == s->id ? &totals[i] : found;
    }
    const struct cell cells[] = {CELL_TEXT(s->name),           CELL_TEXT(stage_kind_code(s->kind)),
                                 CELL_NUMBER(found->deals),    CELL_NUMBER(found->value),
                                 CELL_NUMBER(found->weighted), CELL_NUMBER(found->rotting)};
    cells_row(t, cells);
}

static enum err_code run_board(struct cli *c, const struct cli_args *a, struct err *e) {
    static const struct table_column columns[] = {
        {"stage", TABLE_TEXT, N_("stage")},
        {"kind", TABLE_TEXT, N_("kind")},
        {"deals", TABLE_INT, N_("deals")},
        {"value", TABLE_MONEY, N_("value")},
        {"weighted_value", TABLE_MONEY, N_("weighted")},
        {"rotting", TABLE_INT, N_("rotting")},
    };
    const struct cell_spec spec = {columns, sizeof columns / sizeof *columns, NULL};
    struct pipeline_filter who = {0};
    struct stage *stages = NULL;
    struct stage_total *totals = NULL;
    size_t count = 0, known = 0;
    struct cell_table t;
    enum err_code rc = who_args(c, a, &who, e);
    const struct deal_filter filter = {.kind = -1, .staff_id = who.staff_id, .team_id = who.team_id};
    rc = rc == ERR_OK ? stage_list(c->shop, 0, &stages, &count, e) : rc;
    if (rc == ERR_OK) {
        totals = mem_array(count, sizeof *totals);
        rc = deal_totals(c->shop, 0, &filter, totals, count, &known, e);
    }
    if (rc == ERR_OK) {
        cells_begin(c, &spec, &t);
        for (size_t i = 0; i < count; i++) {
            board_row(&t, &stages[i], totals, known);
        }
        rc = cells_end(&t, ERR_OK, e);
    }
    stage_list_free(stages, count);
    free(totals);
    return rc;
}

struct forecast_table {
    struct cell_table cells;
    bool human;
};

static enum err_code add_month(void *ctx, const struct forecast_row *r, struct err *e) {
    struct forecast_table *t = ctx;
    const char *month = r->kind == FORECAST_MONTH     ? r->month
                        : r->kind == FORECAST_OVERDUE ? (t->human ? _("overdue") : "overdue")
                                                      : (t->human ? _("no date") : "");
    const struct cell cells[] = {CELL_TEXT(month), CELL_NUMBER(r->deals), CELL_NUMBER(r->value),
                                 CELL_NUMBER(r->weighted)};
    (void)e;
    cells_row(&t->cells, cells);
    return ERR_OK;
}

static enum err_code run_forecast(struct cli *c, const struct cli_args *a, struct err *e) {
    static const struct table_column columns[] = {
        {"month", TABLE_TEXT, N_("month")},
        {"deals", TABLE_INT, N_("deals")},
        {"value", TABLE_MONEY, N_("value")},
        {"weighted_value", TABLE_MONEY, N_("weighted")},
    };
    const struct cell_spec spec = {columns, sizeof columns / sizeof *columns, NULL};
    struct pipeline_filter filter = {0};
    struct forecast_table t = {.human = c->format == TABLE_HUMAN};
    int64_t months = 6;
    enum err_code rc = cli_int("months", cli_option(a, "months"), &months, e);
    if (rc == ERR_OK && (months < 1 || months > 120)) {
        return err_set(e, ERR_INVALID, _("--months takes 1 to 120, not %lld"), (long long)months);
    }
    rc = rc == ERR_OK ? who_args(c, a, &filter, e) : rc;
    if (rc != ERR_OK) {
        return rc;
    }
    cells_begin(c, &spec, &t.cells);
    return cells_end(&t.cells, pipeline_forecast(c->shop, &filter, (int)months, add_month, &t, e), e);
}

static void funnel_row(struct cell_table *t, const char *stage, int64_t entered, int64_t advanced, bool closed,
                       int64_t all, const struct pipeline_stage *s) {
    int64_t rate = 0, share = 0, days = 0;
    bool has_rate = !closed && pipeline_percent(advanced, entered, &rate);
    bool has_share = pipeline_percent(entered, all, &share);
    bool has_days = s != NULL && pipeline_ratio(s->days, s->stayed, 10, &days);
    const struct cell cells[] = {CELL_TEXT(stage),         CELL_NUMBER(entered),       CELL_OPT(!closed, advanced),
                                 CELL_OPT(has_rate, rate), CELL_OPT(has_share, share), CELL_OPT(has_days, days * 100)};
    cells_row(t, cells);
}

static enum err_code run_funnel(struct cli *c, const struct cli_args *a, struct err *e) {
    static const struct table_column columns[] = {
        {"stage", TABLE_TEXT, N_("stage")},        {"entered", TABLE_INT, N_("came to it")},
        {"advanced", TABLE_INT, N_("went on")},    {"rate_pct", TABLE_PCT, N_("rate %")},
        {"of_all_pct", TABLE_PCT, N_("of all %")}, {"avg_days", TABLE_QTY, N_("days in it")},
    };
    const struct cell_spec spec = {columns, sizeof columns / sizeof *columns, NULL};
    struct cli_period period;
    struct pipeline_filter filter;
    struct pipeline_stats s = {0};
    struct cell_table t;
    enum err_code rc = pipeline_args(c, a, &period, &filter, e);
    rc = rc == ERR_OK ? pipeline_stats(c->shop, &filter, &s, e) : rc;
    if (rc != ERR_OK) {
        return rc;
    }
    cells_begin(c, &spec, &t);
    for (size_t i = 0; i < s.stage_count; i++) {
        const struct pipeline_stage *stage = &s.stages[i];
        funnel_row(&t, stage->name, stage->entered, stage->advanced, false, s.created, stage);
    }
    funnel_row(&t, c->format == TABLE_HUMAN ? _("won") : "won", s.created_won, 0, true, s.created, NULL);
    pipeline_stats_clear(&s);
    return cells_end(&t, ERR_OK, e);
}

#define PERIOD_TEXT "[--month M | --from D --to D] [--rep R] [--team T] [--source S]"

const struct cli_command cmd_pipeline[] = {
    {"pipeline", "[--rep R] [--team T]", N_("what stands in each stage of the board"), "rep= team=", 0, 0, false,
     run_board},
    {"pipeline stats", PERIOD_TEXT, N_("deals won and lost, conversion, time in stage, beside the period before"),
     CLI_PERIOD_OPTIONS PIPELINE_WHO, 0, 0, false, cmd_pipeline_stats},
    {"pipeline forecast", "[--months N] [--rep R] [--team T]", N_("open deals by the month they should close in"),
     "months= rep= team=", 0, 0, false, run_forecast},
    {"report funnel", PERIOD_TEXT, N_("how far the deals made in a period came"), CLI_PERIOD_OPTIONS PIPELINE_WHO, 0, 0,
     false, run_funnel},
    {0},
};
