#include "chotdon/kpi.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/staff.h"
#include "cli/commands.h"
#include "io/export.h"

static enum err_code read_month(struct cli *c, const struct cli_args *a, const char *as_of, char month[MONTH_SIZE],
                                struct err *e) {
    char today[DATE_SIZE];
    const char *typed = cli_option(a, "month");
    if (typed != NULL) {
        return month_parse(typed, month, e);
    }
    shop_today(c->shop, today);
    month_of(as_of[0] != '\0' ? as_of : today, month);
    return ERR_OK;
}

static enum err_code read_filter(struct cli *c, const struct cli_args *a, struct kpi_filter *f, struct err *e) {
    const char *by = cli_option(a, "by");
    f->by = SCOPE_REP;
    if (by != NULL && (!target_scope_find(by, &f->by) || f->by == SCOPE_SHOP)) {
        return err_set(e, ERR_INVALID, _("“%s” is nothing to rank; use rep, team, product, group, channel or province"),
                       by);
    }
    enum err_code rc = cli_date("as-of", cli_option(a, "as-of"), f->as_of, e);
    return rc == ERR_OK ? read_month(c, a, f->as_of, f->month, e) : rc;
}

static enum err_code run_leaderboard(struct cli *c, const struct cli_args *a, struct err *e) {
    const struct table_column columns[] = {
        {"rank", TABLE_INT, _("rank")},         {"previous_rank", TABLE_INT, _("before")},
        {"code", TABLE_TEXT, _("code")},        {"name", TABLE_TEXT, _("name")},
        {"revenue", TABLE_MONEY, _("revenue")}, {"orders", TABLE_INT, _("orders")},
        {"margin", TABLE_MONEY, _("margin")},   {"target", TABLE_MONEY, _("target")},
        {"attainment_pct", TABLE_PCT, "%"},     {"kpi_score", TABLE_PCT, "KPI"},
        {"deals_won", TABLE_INT, _("won")},     {"commission", TABLE_MONEY, _("commission")},
    };
    struct kpi_filter filter = {.commission_now = true};
    struct kpi_board board = {0};
    struct table *t = NULL;
    enum err_code rc = read_filter(c, a, &filter, e);
    if (rc == ERR_OK) {
        rc = kpi_board_load(c->shop, &filter, &board, e);
    }
    if (rc == ERR_OK) {
        t = cli_table(c, columns, sizeof columns / sizeof *columns);
        for (size_t i = 0; i < board.count; i++) {
            export_board_row(t, &board.rows[i], e);
            table_end_row(t);
        }
        rc = table_close(&t, e);
    }
    kpi_board_clear(&board);
    return rc;
}

static enum err_code print_finding(void *ctx, const struct kpi_finding *f, struct err *e) {
    struct table *t = ctx;
    (void)e;
    table_number(t, f->rule);
    table_text(t, target_scope_code(f->scope));
    table_text(t, f->code);
    table_text(t, f->detail);
    table_end_row(t);
    return ERR_OK;
}

static enum err_code run_health(struct cli *c, const struct cli_args *a, struct err *e) {
    const struct table_column columns[] = {{"rule", TABLE_INT, _("rule")},
                                           {"scope", TABLE_TEXT, _("scope")},
                                           {"code", TABLE_TEXT, _("code")},
                                           {"detail", TABLE_TEXT, _("finding")}};
    char month[MONTH_SIZE];
    enum err_code rc = read_month(c, a, "", month, e);
    if (rc != ERR_OK) {
        return rc;
    }
    struct table *t = cli_table(c, columns, sizeof columns / sizeof *columns);
    rc = kpi_health(c->shop, month, print_finding, t, e);
    return table_end(&t, rc, e);
}

static const char *const roles[] = {"rep",       "counter",    "warehouse", "care",
                                    "marketing", "accountant", "manager",   "outsourced"};

static enum err_code run_scorecards(struct cli *c, const struct cli_args *a, struct err *e) {
    const struct table_column columns[] = {
        {"role", TABLE_TEXT, _("role")}, {"metric", TABLE_TEXT, _("metric")}, {"weight", TABLE_INT, _("weight")}};
    struct table *t = cli_table(c, columns, sizeof columns / sizeof *columns);
    enum err_code rc = ERR_OK;
    (void)a;
    for (size_t i = 0; i < sizeof roles / sizeof *roles && rc == ERR_OK; i++) {
        struct scorecard card;
        rc = scorecard_get(c->shop, roles[i], &card, e);
        for (int m = 0; m < METRIC_COUNT && rc == ERR_OK; m++) {
            if (card.weights[m] != 0) {
                table_text(t, roles[i]);
                table_text(t, kpi_metric_code((enum kpi_metric)m));
                table_number(t, card.weights[m]);
                table_end_row(t);
            }
        }
    }
    return table_end(&t, rc, e);
}

/* "revenue=60" */
static enum err_code read_weight(const char *word, struct scorecard *card, struct err *e) {
    const char *equals = strchr(word, '=');
    enum kpi_metric m;
    char *name = mem_strndup(word, equals == NULL ? 0 : (size_t)(equals - word));
    bool known = kpi_metric_find(name, &m);
    free(name);
    if (!known) {
        return err_set(e, ERR_INVALID, _("“%s” is no METRIC=WEIGHT, like revenue=60"), word);
    }
    return cli_int("weight", equals + 1, &card->weights[m], e);
}

static enum err_code run_scorecard_set(struct cli *c, const struct cli_args *a, struct err *e) {
    struct scorecard card = {{0}};
    enum err_code rc = ERR_OK;
    for (int i = 1; i < a->count && rc == ERR_OK; i++) {
        rc = read_weight(cli_word(a, i), &card, e);
    }
    return rc == ERR_OK ? scorecard_set(c->shop, cli_word(a, 0), &card, e) : rc;
}

const struct cli_command cmd_kpi[] = {
    {"leaderboard", "[--month M] [--by rep|team|product|group|channel|province] [--as-of D]",
     N_("a month's ranking, with returns in the month of their sale"), "month= by= as-of=", 0, 0, false,
     run_leaderboard},
    {"kpi health", "[--month M]", N_("what is wrong with targets, spread and pay"), "month=", 0, 0, false, run_health},
    {"kpi scorecard list", "", N_("what each role is measured by"), NULL, 0, 0, false, run_scorecards},
    {"kpi scorecard set", "ROLE METRIC=WEIGHT…", N_("sets what a role is measured by"), NULL, 2, -1, false,
     run_scorecard_set},
    {0},
};
