/* Targets and the leaderboard. */
#include <string.h>

#include "base/i18n.h"
#include "chotdon/kpi.h"
#include "io/export_core.h"

static enum err_code target_row(void *ctx, const struct target *t, struct err *e) {
    struct export *x = ctx;
    static const enum table_type types[] = {
        [UNIT_MONEY] = TABLE_MONEY, [UNIT_COUNT] = TABLE_INT, [UNIT_RATE] = TABLE_RATE};
    table_text(x->table, t->month);
    table_text(x->table, target_scope_code(t->scope));
    table_text(x->table, t->code);
    table_text(x->table, kpi_metric_code(t->metric));
    table_number_as(x->table, types[kpi_metric_unit(t->metric)], t->target);
    return export_end_row(x, e);
}

enum err_code export_targets(struct export *x, struct err *e) {
    char from[MONTH_SIZE], to[MONTH_SIZE];
    struct target_filter filter = {.id = x->only};
    if (x->options->from != NULL) {
        month_of(x->options->from, from);
        filter.from = from;
    }
    if (x->options->to != NULL) {
        month_of(x->options->to, to);
        filter.to = to;
    }
    return target_list(x->shop, &filter, target_row, x, e);
}

enum err_code export_board_row(struct table *t, const struct kpi_row *r, struct err *e) {
    (void)e;
    table_number_if(t, r->rank != 0, r->rank);
    table_number_if(t, r->previous_rank != 0, r->previous_rank);
    table_text(t, r->code);
    table_text(t, r->name);
    table_number(t, r->revenue);
    table_number(t, r->orders);
    table_number_if(t, r->shows_private, r->margin);
    table_number_if(t, r->has_target, r->target);
    table_number_if(t, r->attainment.has, r->attainment.has ? attainment_tenths(&r->attainment) * 10 : 0);
    table_number_if(t, r->has_score, r->score_tenths * 10);
    table_number_if(t, r->has_deals, r->deals_won);
    table_number_if(t, r->has_commission && r->shows_private, r->commission);
    return ERR_OK;
}

/* The month of --month, or of the period's first day; this month when none is said. */
enum err_code export_leaderboard(struct export *x, struct err *e) {
    struct kpi_filter filter = {.by = SCOPE_REP, .commission_now = true};
    struct kpi_board board;
    char today[DATE_SIZE];
    shop_today(x->shop, today);
    month_of(x->options->from != NULL ? x->options->from : today, filter.month);
    enum err_code rc = kpi_board_load(x->shop, &filter, &board, e);
    for (size_t i = 0; i < board.count && rc == ERR_OK; i++) {
        rc = export_board_row(x->table, &board.rows[i], e);
        rc = rc == ERR_OK ? export_end_row(x, e) : rc;
    }
    kpi_board_clear(&board);
    return rc;
}
