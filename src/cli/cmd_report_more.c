/* report returns and report profit. */
#include <string.h>

#include "base/i18n.h"
#include "chotdon/permission.h"
#include "chotdon/report.h"
#include "cli/commands.h"

/* Headings in the user's language. */
static void titled(const struct table_column *from, size_t count, struct table_column *to) {
    for (size_t i = 0; i < count; i++) {
        to[i] = from[i];
        to[i].title = _(from[i].title);
    }
}

/* People are spared the name where it only says the key again; files and programs get both. */
struct shown {
    struct table *t;
    bool names;
};

static size_t choose_columns(const struct table_column *from, size_t count, bool names, struct table_column *to) {
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        if (names || strcmp(from[i].name, "name") != 0) {
            titled(&from[i], 1, &to[n++]);
        }
    }
    return n;
}

static void add_key(const struct shown *s, const char *key, const char *name) {
    table_text(s->t, s->names || key[0] != '\0' ? key : name);
    if (s->names) {
        table_text(s->t, name);
    }
}

static void add_percent(struct table *t, bool has, int64_t bps) {
    if (has) {
        table_number(t, bps);
    } else {
        table_empty(t);
    }
}

/* --- returns */

static const struct table_column returns_columns[] = {
    {"key", TABLE_TEXT, N_("key")},
    {"name", TABLE_TEXT, N_("name")},
    {"returns", TABLE_INT, N_("returns")},
    {"qty", TABLE_QTY, N_("qty")},
    {"amount", TABLE_MONEY, N_("amount")},
    {"orders_shipped", TABLE_INT, N_("shipped")},
    {"orders_returned", TABLE_INT, N_("wholly returned")},
    {"return_rate_pct", TABLE_PCT, N_("rate %")},
};
#define RETURNS_COLUMNS (sizeof returns_columns / sizeof *returns_columns)

static enum err_code add_returns(void *ctx, const struct returns_row *r, struct err *e) {
    const struct shown *shown = ctx;
    struct table *t = shown->t;
    (void)e;
    add_key(shown, r->key, r->name);
    table_number(t, r->returns);
    table_number(t, r->qty);
    table_number(t, r->amount);
    table_number(t, r->shipped);
    table_number(t, r->returned);
    add_percent(t, r->has_rate, r->rate_bps);
    table_end_row(t);
    return ERR_OK;
}

static enum err_code run_returns(struct cli *c, const struct cli_args *a, struct err *e) {
    const char *typed = cli_option(a, "by");
    enum returns_by by = RETURNS_BY_PRODUCT;
    struct cli_period period;
    struct table_column columns[RETURNS_COLUMNS];
    struct returns_row total;
    if (typed != NULL && !returns_by_find(typed, &by)) {
        return err_set(e, ERR_INVALID,
                       _("“%s” is nothing to group returns by; use product, reason, day, week or month"), typed);
    }
    enum err_code rc = cli_period(c, a, &period, e);
    if (rc != ERR_OK) {
        return rc;
    }
    struct shown shown = {.names = c->format != TABLE_HUMAN || by == RETURNS_BY_PRODUCT};
    shown.t = cli_table(c, columns, choose_columns(returns_columns, RETURNS_COLUMNS, shown.names, columns));
    rc = report_returns(c->shop, by, period.from, period.to, add_returns, &shown, &total, e);
    if (rc != ERR_OK) {
        table_abandon(&shown.t);
        return rc;
    }
    if (c->format == TABLE_HUMAN) {
        add_returns(&shown, &total, e);
    }
    return table_close(&shown.t, e);
}

/* --- profit */

static const struct table_column profit_columns[] = {
    {"key", TABLE_TEXT, N_("key")},
    {"name", TABLE_TEXT, N_("name")},
    {"orders", TABLE_INT, N_("orders")},
    {"returns", TABLE_INT, N_("returns")},
    {"revenue", TABLE_MONEY, N_("revenue")},
    {"net_revenue", TABLE_MONEY, N_("net")},
    {"cost", TABLE_MONEY, N_("cost")},
    {"margin", TABLE_MONEY, N_("margin")},
    {"margin_pct", TABLE_PCT, N_("margin %")},
};
#define PROFIT_COLUMNS (sizeof profit_columns / sizeof *profit_columns)

static enum err_code add_profit(void *ctx, const struct sales_row *r, struct err *e) {
    const struct shown *shown = ctx;
    struct table *t = shown->t;
    int64_t bps = 0;
    bool has = r->net_revenue > 0 && money_scale(r->margin, 10000, r->net_revenue, &bps);
    (void)e;
    add_key(shown, r->key, r->name);
    table_number(t, r->orders);
    table_number(t, r->returns);
    table_number(t, r->revenue);
    table_number(t, r->net_revenue);
    table_number(t, r->cost);
    table_number(t, r->margin);
    add_percent(t, has, bps);
    table_end_row(t);
    return ERR_OK;
}

static enum err_code run_profit(struct cli *c, const struct cli_args *a, struct err *e) {
    const char *typed = cli_option(a, "by");
    enum sales_by by = cli_option(a, "month") != NULL ? SALES_BY_DAY : SALES_BY_MONTH;
    struct cli_period period;
    struct table_column columns[PROFIT_COLUMNS];
    struct sales_row total;
    if (typed != NULL && !sales_by_find(typed, &by)) {
        return err_set(e, ERR_INVALID,
                       _("“%s” is nothing to group by; use day, week, month, rep, channel, product, customer, group "
                         "or province"),
                       typed);
    }
    enum err_code rc = shop_require(c->shop, PERMIT_SEE_COST, e);
    if (rc == ERR_OK) {
        rc = cli_period(c, a, &period, e);
    }
    if (rc != ERR_OK) {
        return rc;
    }
    struct shown shown = {.names = c->format != TABLE_HUMAN || by == SALES_BY_REP || by == SALES_BY_PRODUCT ||
                                   by == SALES_BY_CUSTOMER};
    shown.t = cli_table(c, columns, choose_columns(profit_columns, PROFIT_COLUMNS, shown.names, columns));
    rc = report_sales(c->shop, by, period.from, period.to, add_profit, &shown, &total, e);
    if (rc != ERR_OK) {
        table_abandon(&shown.t);
        return rc;
    }
    if (c->format == TABLE_HUMAN) {
        add_profit(&shown, &total, e);
    }
    return table_close(&shown.t, e);
}

const struct cli_command cmd_report_more[] = {
    {"report returns", "[--month M | --from D --to D] [--by product|reason|day|week|month]",
     N_("what came back, and the part of the shipped orders that it was"), CLI_PERIOD_OPTIONS "by=", 0, 0, false,
     run_returns},
    {"report profit", "[--month M | --from D --to D] [--by day|week|month|rep|channel|product|customer|group|province]",
     N_("net revenue, cost and margin by the documents' own dates"), CLI_PERIOD_OPTIONS "by=", 0, 0, false, run_profit},
    {0},
};
