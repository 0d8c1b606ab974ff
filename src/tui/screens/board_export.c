/* `x`: the deals that are shown, or the figures, into a file. */
#include "base/i18n.h"
#include "tui/screens/board_deal.h"

static enum err_code deal_row(void *ctx, const struct deal *d, struct err *e) {
    struct table *t = ctx;
    (void)e;
    table_text(t, d->deal_no);
    table_text(t, d->title);
    table_text(t, d->stage.name);
    table_text(t, d->customer);
    table_text(t, d->customer_name[0] == '\0' ? d->contact : d->customer_name);
    table_text(t, d->phone);
    table_text(t, d->rep);
    table_text(t, d->source);
    table_number(t, d->expected_value);
    table_number(t, d->probability_bps);
    table_text(t, d->expected_close);
    table_text(t, d->next_on);
    table_text(t, d->next_text);
    table_text(t, d->tags);
    table_text(t, d->created);
    table_text(t, d->closed);
    table_number(t, d->value);
    table_text(t, d->lost_reason);
    table_end_row(t);
    return ERR_OK;
}

static enum err_code deal_rows(struct app *app, void *ctx, struct table *t, struct err *e) {
    const struct board_state *s = ctx;
    struct deal_filter f = board_deals(s, NULL);
    f.kind = s->page == BOARD_FORECAST ? STAGE_OPEN : -1;
    return deal_list(app_shop(app), &f, deal_row, t, e);
}

static const struct table_column deal_columns[] = {
    {"deal_no", TABLE_TEXT, N_("Deal")},
    {"title", TABLE_TEXT, N_("Title")},
    {"stage", TABLE_TEXT, N_("Stage")},
    {"customer", TABLE_TEXT, N_("Customer")},
    {"name", TABLE_TEXT, N_("Name")},
    {"phone", TABLE_PHONE, N_("Phone")},
    {"rep", TABLE_TEXT, N_("Rep")},
    {"source", TABLE_TEXT, N_("Source")},
    {"expected_value", TABLE_MONEY, N_("Expected value")},
    {"probability_pct", TABLE_RATE, N_("Probability %")},
    {"expected_close", TABLE_DATE, N_("Expected close")},
    {"next_on", TABLE_DATE, N_("Next on")},
    {"next", TABLE_TEXT, N_("Next is to")},
    {"tags", TABLE_TEXT, N_("Tags")},
    {"created", TABLE_DATE, N_("Created")},
    {"closed", TABLE_DATE, N_("Closed")},
    {"value", TABLE_MONEY, N_("Closed with")},
    {"lost_reason", TABLE_TEXT, N_("Reason")},
};
static const struct export_shown deals_what = {N_("deals"), deal_columns, sizeof deal_columns / sizeof *deal_columns,
                                               deal_rows};

static void part_rows(struct table *t, const char *kind, const struct pipeline_parts *parts) {
    for (size_t i = 0; i < parts->count; i++) {
        const struct pipeline_sums *sums = &parts->rows[i].sums;
        int64_t rate = 0;
        table_text(t, kind);
        table_text(t, parts->rows[i].name);
        table_number(t, sums->won);
        table_number(t, sums->lost);
        table_number(t, sums->won_value);
        table_number(t, sums->lost_value);
        if (pipeline_win_rate(sums, &rate)) {
            table_number(t, rate);
        } else {
            table_empty(t);
        }
        table_end_row(t);
    }
}

static enum err_code figure_rows(struct app *app, void *ctx, struct table *t, struct err *e) {
    const struct board_state *s = ctx;
    const struct pipeline_stats *now = &s->figures.now;
    (void)app;
    (void)e;
    part_rows(t, "rep", &now->reps);
    part_rows(t, "team", &now->teams);
    part_rows(t, "source", &now->sources);
    part_rows(t, "lost_reason", &now->reasons);
    return ERR_OK;
}

static const struct table_column figure_columns[] = {
    {"by", TABLE_TEXT, N_("By")},
    {"name", TABLE_TEXT, N_("Name")},
    {"won", TABLE_INT, N_("Won")},
    {"lost", TABLE_INT, N_("Lost")},
    {"won_value", TABLE_MONEY, N_("Won value")},
    {"lost_value", TABLE_MONEY, N_("Lost value")},
    {"win_rate_pct", TABLE_RATE, N_("Win rate")},
};
static const struct export_shown figures_what = {N_("pipeline"), figure_columns,
                                                 sizeof figure_columns / sizeof *figure_columns, figure_rows};

unsigned board_export(struct app *app, struct board_state *s) {
    export_ask(app, &s->export, s->page == BOARD_FIGURES ? &figures_what : &deals_what, s);
    return SCREEN_REDRAW;
}
