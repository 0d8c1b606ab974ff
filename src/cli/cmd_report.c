#include "chotdon/permission.h"
#include "chotdon/report.h"

#include <string.h>

#include "base/i18n.h"
#include "chotdon/cash.h"
#include "chotdon/product.h"
#include "cli/commands.h"

static const struct table_column sales_columns[] = {
    {"key", TABLE_TEXT, N_("key")},
    {"name", TABLE_TEXT, N_("name")},
    {"orders", TABLE_INT, N_("orders")},
    {"returns", TABLE_INT, N_("returns")},
    {"qty", TABLE_QTY, N_("qty")},
    {"revenue", TABLE_MONEY, N_("revenue")},
    {"net_revenue", TABLE_MONEY, N_("net")},
    {"vat", TABLE_MONEY, N_("VAT")},
    {"cost", TABLE_MONEY, N_("cost")},
    {"margin", TABLE_MONEY, N_("margin")},
    {"discount", TABLE_MONEY, N_("discount")},
};
#define SALES_COLUMNS (sizeof sales_columns / sizeof *sales_columns)

/* Headings in the user's language. */
static void titled(const struct table_column *from, size_t count, struct table_column *to) {
    for (size_t i = 0; i < count; i++) {
        to[i] = from[i];
        to[i].title = _(from[i].title);
    }
}

/* People are spared the columns that say nothing; files and programs get all of them. */
struct sales_table {
    struct table *t;
    bool names, quantities; /* shown as columns */
    bool shows_cost;
    bool counts_pieces; /* by product and group */
};

static enum err_code add_sales(void *ctx, const struct sales_row *r, struct err *e) {
    const struct sales_table *s = ctx;
    (void)e;
    table_text(s->t, s->names || r->key[0] != '\0' ? r->key : r->name);
    if (s->names) {
        table_text(s->t, r->name);
    }
    table_number(s->t, r->orders);
    table_number(s->t, r->returns);
    if (s->counts_pieces) {
        table_number(s->t, r->qty);
    } else if (s->quantities) {
        table_empty(s->t);
    }
    table_number(s->t, r->revenue);
    table_number(s->t, r->net_revenue);
    table_number(s->t, r->vat);
    table_number_if(s->t, s->shows_cost, r->cost);
    table_number_if(s->t, s->shows_cost, r->margin);
    table_number(s->t, r->discount);
    table_end_row(s->t);
    return ERR_OK;
}

static bool has_names(enum sales_by by) {
    return by == SALES_BY_REP || by == SALES_BY_PRODUCT || by == SALES_BY_CUSTOMER;
}

static size_t choose_columns(const struct sales_table *s, struct table_column out[SALES_COLUMNS]) {
    size_t n = 0;
    for (size_t i = 0; i < SALES_COLUMNS; i++) {
        const char *name = sales_columns[i].name;
        if ((s->names || strcmp(name, "name") != 0) && (s->quantities || strcmp(name, "qty") != 0)) {
            titled(&sales_columns[i], 1, &out[n++]);
        }
    }
    return n;
}

static enum err_code print_sales(struct cli *c, const struct cli_args *a, enum sales_by by, struct err *e) {
    struct cli_period period;
    struct table_column columns[SALES_COLUMNS];
    struct sales_row total;
    struct sales_table s = {.counts_pieces = by == SALES_BY_PRODUCT || by == SALES_BY_GROUP};
    bool human = c->format == TABLE_HUMAN;
    enum err_code rc = cli_period(c, a, &period, e);
    if (rc != ERR_OK) {
        return rc;
    }
    s.shows_cost = shop_may(c->shop, PERMIT_SEE_COST);
    s.names = !human || has_names(by);
    s.quantities = !human || s.counts_pieces;
    s.t = cli_table(c, columns, choose_columns(&s, columns));
    rc = report_sales(c->shop, by, period.from, period.to, add_sales, &s, &total, e);
    if (rc != ERR_OK) {
        table_abandon(&s.t);
        return rc;
    }
    if (human) {
        add_sales(&s, &total, e);
    }
    return table_close(&s.t, e);
}

static enum err_code run_sales(struct cli *c, const struct cli_args *a, struct err *e) {
    const char *typed = cli_option(a, "by");
    enum sales_by by = cli_option(a, "month") != NULL ? SALES_BY_DAY : SALES_BY_MONTH;
    if (typed != NULL && !sales_by_find(typed, &by)) {
        return err_set(e, ERR_INVALID,
                       _("“%s” is nothing to group by; use day, week, month, rep, channel, product, customer, group "
                         "or province"),
                       typed);
    }
    return print_sales(c, a, by, e);
}

static enum err_code run_channels(struct cli *c, const struct cli_args *a, struct err *e) {
    return print_sales(c, a, SALES_BY_CHANNEL, e);
}

static enum err_code run_customers(struct cli *c, const struct cli_args *a, struct err *e) {
    return print_sales(c, a, SALES_BY_CUSTOMER, e);
}

static enum err_code run_products(struct cli *c, const struct cli_args *a, struct err *e) {
    return print_sales(c, a, SALES_BY_PRODUCT, e);
}

static enum err_code run_provinces(struct cli *c, const struct cli_args *a, struct err *e) {
    return print_sales(c, a, SALES_BY_PROVINCE, e);
}

static enum err_code add_receivable(void *ctx, const struct receivable_row *r, struct err *e) {
    struct table *t = ctx;
    (void)e;
    table_text(t, r->customer);
    table_text(t, r->name);
    table_text(t, r->phone);
    table_text(t, r->order_no);
    table_text(t, r->order_date);
    table_number(t, r->due);
    table_number(t, r->age_days);
    table_end_row(t);
    return ERR_OK;
}

static enum err_code run_receivables(struct cli *c, const struct cli_args *a, struct err *e) {
    static const struct table_column columns[] = {
        {"customer", TABLE_TEXT, N_("customer")}, {"name", TABLE_TEXT, N_("name")},
        {"phone", TABLE_PHONE, N_("phone")},      {"order_no", TABLE_TEXT, N_("order")},
        {"order_date", TABLE_DATE, N_("date")},   {"due", TABLE_MONEY, N_("due")},
        {"age_days", TABLE_INT, N_("days")},
    };
    struct table_column shown[sizeof columns / sizeof *columns];
    (void)a;
    titled(columns, sizeof columns / sizeof *columns, shown);
    struct table *t = cli_table(c, shown, sizeof columns / sizeof *columns);
    enum err_code rc = report_receivables(c->shop, add_receivable, t, e);
    return table_end(&t, rc, e);
}

static enum err_code add_shift(void *ctx, const struct cash_report *r, struct err *e) {
    struct table *t = ctx;
    (void)e;
    table_number(t, r->shift_id);
    table_text(t, r->opened_at);
    table_text(t, r->opened_by);
    table_text(t, r->closed_at);
    table_text(t, r->closed_by);
    table_number(t, r->opening);
    table_number(t, r->sales);
    table_number(t, r->refunds);
    table_number(t, r->cash_in);
    table_number(t, r->cash_out);
    table_number(t, r->expected);
    if (r->closed) {
        table_number(t, r->counted);
        table_number(t, r->difference);
    }
    table_end_row(t);
    return ERR_OK;
}

static enum err_code run_cash(struct cli *c, const struct cli_args *a, struct err *e) {
    static const struct table_column columns[] = {
        {"shift", TABLE_INT, N_("shift")},
        {"opened_at", TABLE_DATE, N_("opened")},
        {"opened_by", TABLE_TEXT, N_("by")},
        {"closed_at", TABLE_DATE, N_("closed")},
        {"closed_by", TABLE_TEXT, N_("by")},
        {"opening", TABLE_MONEY, N_("opening")},
        {"sales", TABLE_MONEY, N_("sales")},
        {"refunds", TABLE_MONEY, N_("refunds")},
        {"cash_in", TABLE_MONEY, N_("cash in")},
        {"cash_out", TABLE_MONEY, N_("cash out")},
        {"expected", TABLE_MONEY, N_("expected")},
        {"counted", TABLE_MONEY, N_("counted")},
        {"difference", TABLE_MONEY, N_("difference")},
    };
    struct table_column shown[sizeof columns / sizeof *columns];
    struct cli_period period;
    enum err_code rc = cli_period(c, a, &period, e);
    if (rc != ERR_OK) {
        return rc;
    }
    titled(columns, sizeof columns / sizeof *columns, shown);
    struct table *t = cli_table(c, shown, sizeof columns / sizeof *columns);
    rc = cash_list(c->shop, cli_or_null(period.from), cli_or_null(period.to), add_shift, t, e);
    return table_end(&t, rc, e);
}

struct stock_table {
    struct table *t;
    bool shows_value;
};

static enum err_code add_stock(void *ctx, const struct product *p, struct err *e) {
    const struct stock_table *s = ctx;
    struct table *t = s->t;
    (void)e;
    table_text(t, p->sku);
    table_text(t, p->name);
    table_text(t, p->group);
    table_text(t, p->unit);
    table_number(t, p->on_hand);
    table_number_if(t, s->shows_value, p->value);
    table_number_if(t, p->has_stock_min, p->stock_min);
    table_number(t, p->has_stock_min && p->on_hand < p->stock_min);
    table_end_row(t);
    return ERR_OK;
}

static enum err_code run_stock(struct cli *c, const struct cli_args *a, struct err *e) {
    static const struct table_column columns[] = {
        {"sku", TABLE_TEXT, N_("code")},       {"name", TABLE_TEXT, N_("name")},
        {"group", TABLE_TEXT, N_("group")},    {"unit", TABLE_TEXT, N_("unit")},
        {"on_hand", TABLE_QTY, N_("on hand")}, {"value", TABLE_MONEY, N_("value")},
        {"stock_min", TABLE_QTY, N_("level")}, {"low", TABLE_BOOL, N_("low")},
    };
    struct table_column shown[sizeof columns / sizeof *columns];
    const struct product_filter filter = {
        .bare = true, .low_stock = cli_flag(a, "low"), .group = cli_option(a, "group")};
    titled(columns, sizeof columns / sizeof *columns, shown);
    struct stock_table s = {cli_table(c, shown, sizeof columns / sizeof *columns), shop_may(c->shop, PERMIT_SEE_COST)};
    enum err_code rc = product_list(c->shop, &filter, add_stock, &s, e);
    return table_end(&s.t, rc, e);
}

static enum err_code run_trend(struct cli *c, const struct cli_args *a, struct err *e) {
    enum sales_by by = SALES_BY_MONTH;
    const char *typed = cli_option(a, "by");
    if (typed != NULL && (!sales_by_find(typed, &by) || by > SALES_BY_MONTH)) {
        return err_set(e, ERR_INVALID, _("“%s” is no step of time; use day, week or month"), typed);
    }
    return print_sales(c, a, by, e);
}

const struct cli_command cmd_report[] = {
    {"report sales", "[--month M | --from D --to D] [--by day|week|month|rep|channel|product|customer|group|province]",
     N_("sales and returns by their own dates"), CLI_PERIOD_OPTIONS "by=", 0, 0, false, run_sales},
    {"report channels", "[--month M | --from D --to D]", N_("sales by channel"), CLI_PERIOD_OPTIONS, 0, 0, false,
     run_channels},
    {"report customers", "[--month M | --from D --to D]", N_("sales by customer"), CLI_PERIOD_OPTIONS, 0, 0, false,
     run_customers},
    {"report products", "[--month M | --from D --to D]", N_("sales by product"), CLI_PERIOD_OPTIONS, 0, 0, false,
     run_products},
    {"report provinces", "[--month M | --from D --to D]", N_("sales by province"), CLI_PERIOD_OPTIONS, 0, 0, false,
     run_provinces},
    {"report trend", "[--month M | --from D --to D] [--by day|week|month]", N_("sales in the course of time"),
     CLI_PERIOD_OPTIONS "by=", 0, 0, false, run_trend},
    {"report stock", "[--low] [--group G]", N_("what is on hand and what it is worth"), "low group=", 0, 0, false,
     run_stock},
    {"report receivables", "", N_("what customers owe, and for how long"), NULL, 0, 0, false, run_receivables},
    {"report cash", "[--month M | --from D --to D]", N_("the cash shifts and what they were out by"),
     CLI_PERIOD_OPTIONS, 0, 0, false, run_cash},
    {0},
};
