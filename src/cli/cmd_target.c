#include <string.h>

#include "base/i18n.h"
#include "chotdon/target.h"
#include "cli/commands.h"

/* One word less than there could be: either the code is left out, or what stands behind the metric. */
static bool lacks_value(const struct cli_args *a) {
    enum kpi_metric metric;
    return a->count == 4 && kpi_metric_find(cli_word(a, 3), &metric);
}

/* MONTH SCOPE CODE METRIC, where a shop's code may be left out; `usage` of a command that takes a VALUE behind them. */
static enum err_code read_key(struct cli *c, const struct cli_args *a, const char *usage, struct target *t,
                              struct err *e) {
    bool short_form = a->count == (usage == NULL ? 3 : 4);
    enum err_code rc = month_parse(cli_word(a, 0), t->month, e);
    if (rc != ERR_OK) {
        return rc;
    }
    if (!target_scope_find(cli_word(a, 1), &t->scope)) {
        return err_set(e, ERR_INVALID,
                       _("“%s” is no scope; there are shop, team, rep, product, group, channel, province"),
                       cli_word(a, 1));
    }
    if (usage != NULL && lacks_value(a)) {
        return cli_usage(c, e, _("VALUE is missing: chotdon %s"), usage);
    }
    if (short_form && t->scope != SCOPE_SHOP) {
        return cli_usage(c, e, _("a target of a %s needs its code"), target_scope_code(t->scope));
    }
    t->code = short_form ? "" : cli_word(a, 2);
    const char *metric = cli_word(a, short_form ? 2 : 3);
    if (!kpi_metric_find(metric, &t->metric)) {
        return err_set(e, ERR_INVALID,
                       _("“%s” is no metric; there are revenue, net_revenue, margin, orders, new_customers, "
                         "deals_won, interactions, weekly_reports, return_rate, on_time"),
                       metric);
    }
    return ERR_OK;
}

static enum err_code run_set(struct cli *c, const struct cli_args *a, struct err *e) {
    struct target t = {0};
    enum err_code rc = read_key(c, a, "target set MONTH SCOPE CODE METRIC VALUE", &t, e);
    if (rc == ERR_OK) {
        rc = target_parse(c->shop, t.metric, cli_word(a, a->count - 1), &t.target, e);
    }
    return rc == ERR_OK ? target_put(c->shop, &t, NULL, e) : rc;
}

static enum err_code run_remove(struct cli *c, const struct cli_args *a, struct err *e) {
    struct target t = {0};
    enum err_code rc = read_key(c, a, NULL, &t, e);
    return rc == ERR_OK ? target_remove(c->shop, &t, e) : rc;
}

static enum err_code print_target(void *ctx, const struct target *t, struct err *e) {
    struct table *table = ctx;
    const enum table_type types[] = {[UNIT_MONEY] = TABLE_MONEY, [UNIT_COUNT] = TABLE_INT, [UNIT_RATE] = TABLE_RATE};
    (void)e;
    table_text(table, t->month);
    table_text(table, target_scope_code(t->scope));
    table_text(table, t->code);
    table_text(table, kpi_metric_code(t->metric));
    table_number_as(table, types[kpi_metric_unit(t->metric)], t->target);
    table_end_row(table);
    return ERR_OK;
}

static enum err_code read_filter(const struct cli_args *a, char month[MONTH_SIZE], struct target_filter *filter,
                                 struct err *e) {
    const char *typed = cli_option(a, "month");
    const char *scope = cli_option(a, "scope");
    if (scope != NULL && !target_scope_find(scope, &filter->scope)) {
        return err_set(e, ERR_INVALID,
                       _("“%s” is no scope; there are shop, team, rep, product, group, channel, province"), scope);
    }
    filter->has_scope = scope != NULL;
    if (typed == NULL) {
        return ERR_OK;
    }
    filter->from = filter->to = month;
    return month_parse(typed, month, e);
}

static enum err_code run_list(struct cli *c, const struct cli_args *a, struct err *e) {
    struct table_column columns[] = {
        {"month", TABLE_DATE, _("month")},   {"scope", TABLE_TEXT, _("scope")},    {"code", TABLE_TEXT, _("code")},
        {"metric", TABLE_TEXT, _("metric")}, {"target", TABLE_MONEY, _("target")},
    };
    struct target_filter filter = {0};
    char month[MONTH_SIZE];
    enum err_code rc = read_filter(a, month, &filter, e);
    if (rc != ERR_OK) {
        return rc;
    }
    struct table *t = cli_table(c, columns, sizeof columns / sizeof *columns);
    rc = target_list(c->shop, &filter, print_target, t, e);
    return table_end(&t, rc, e);
}

static enum err_code run_copy(struct cli *c, const struct cli_args *a, struct err *e) {
    int64_t bps = 10000, count = 0;
    const char *percent = cli_option(a, "percent");
    enum err_code rc = percent == NULL ? ERR_OK : rate_parse(percent, 1000000, &bps, e);
    if (rc == ERR_OK) {
        rc = target_copy(c->shop, cli_word(a, 0), cli_word(a, 1), bps, &count, e);
    }
    if (rc == ERR_OK) {
        cli_say(c->out, "%lld", (long long)count);
    }
    return rc;
}

/* YEAR SCOPE CODE METRIC VALUE: as set, with a year for the month. */
static enum err_code run_spread(struct cli *c, const struct cli_args *a, struct err *e) {
    char month[MONTH_SIZE + 8];
    const char *words[5] = {""};
    struct cli_args months = *a;
    struct target t = {0};
    for (int i = 0; i < a->count && i < 5; i++) {
        words[i] = cli_word(a, i);
    }
    if (strlen(words[0]) != 4) {
        return err_set(e, ERR_INVALID, _("“%s” is no year"), words[0]);
    }
    snprintf(month, sizeof month, "%.4s-01", words[0]);
    words[0] = month;
    months.words = words;
    enum err_code rc = read_key(c, &months, "target spread YEAR SCOPE CODE METRIC VALUE", &t, e);
    if (rc == ERR_OK) {
        rc = target_parse(c->shop, t.metric, cli_word(a, a->count - 1), &t.target, e);
    }
    return rc == ERR_OK ? target_spread(c->shop, &t, e) : rc;
}

const struct cli_command cmd_target[] = {
    {"target set", "MONTH SCOPE CODE METRIC VALUE",
     N_("sets a target of the shop (CODE empty), a team, rep, product, group, channel or province"), NULL, 4, 5, false,
     run_set},
    {"target remove", "MONTH SCOPE CODE METRIC", N_("takes a target away"), NULL, 3, 4, false, run_remove},
    {"target list", "[--month M] [--scope S]", N_("the targets"), "month= scope=", 0, 0, false, run_list},
    {"target copy", "FROM_YEAR TO_YEAR [--percent N]",
     N_("copies a year's targets to another, where none are set yet; prints how many"), "percent=", 2, 2, false,
     run_copy},
    {"target spread", "YEAR SCOPE CODE METRIC VALUE",
     N_("spreads a yearly figure over its months by the season of the year before"), NULL, 4, 5, false, run_spread},
    {0},
};
