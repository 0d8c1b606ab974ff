#include "chotdon/pipeline.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "db/db.h"
#include "domain/record.h"

#define MONTHS_MAX 120

#define SUM(x) "CAST(SUM(" x ") AS BIGINT)"

/* Rows while they are added up: the months, what is overdue, what has no date. */
struct forecast {
    struct forecast_row rows[MONTHS_MAX + 2];
    int months;
    struct forecast_row *overdue, *undated;
};

static struct forecast_row *row_of(struct forecast *f, const char *month) {
    if (month[0] == '\0') {
        return f->undated;
    }
    if (strcmp(month, f->rows[0].month) < 0) {
        return f->overdue;
    }
    for (int i = 0; i < f->months; i++) {
        if (strcmp(f->rows[i].month, month) == 0) {
            return &f->rows[i];
        }
    }
    return NULL;
}

static enum err_code add_up(struct forecast *f, struct db_stmt *s, struct err *e) {
    struct forecast_row *row = row_of(f, db_col_text(s, 0));
    if (row == NULL) {
        return ERR_OK;
    }
    row->deals += db_col_int(s, 1);
    if (money_add(row->value, db_col_int(s, 2), &row->value) &&
        money_add(row->weighted, db_col_int(s, 3), &row->weighted)) {
        return ERR_OK;
    }
    return err_set_field(e, ERR_INVALID, "expected_value",
                         _("the deals of this period add up to more than can be counted"));
}

static void make_rows(struct forecast *f, const char *today, int months) {
    char month[MONTH_SIZE];
    month_of(today, month);
    f->months = months;
    for (int i = 0; i < months; i++) {
        month_add(month, i, f->rows[i].month);
    }
    f->overdue = &f->rows[months];
    f->overdue->kind = FORECAST_OVERDUE;
    f->undated = &f->rows[months + 1];
    f->undated->kind = FORECAST_UNDATED;
}

enum err_code pipeline_forecast(struct shop *shop, const struct pipeline_filter *filter, int months,
                                forecast_row_fn *row, void *ctx, struct err *e) {
    static const char sql[] = /* from the totals that the board keeps */
        "SELECT t.month, " SUM("t.deals") ", " SUM("t.value") ", " SUM(
            "t.weighted") " FROM stages s JOIN deal_totals t ON t.stage_id = s.id WHERE s.kind = 'open'"
                          " AND ($1 = 0 OR t.staff_id = CASE $1 WHEN -1 THEN 0 ELSE $1 END) AND ($2 = 0 OR "
                          "COALESCE((SELECT m.team_id"
                          " FROM staff_teams m WHERE m.staff_id = t.staff_id AND m.from_date <= $3"
                          " ORDER BY m.from_date DESC LIMIT 1), -1) = $2) GROUP BY 1";
    const struct pipeline_filter all = {0};
    const struct pipeline_filter *w = filter == NULL ? &all : filter;
    char today[DATE_SIZE];
    struct db_stmt *s = NULL;
    enum db_row got = DB_END;
    if (months < 1 || months > MONTHS_MAX) {
        return err_set_field(e, ERR_INVALID, "months", _("a forecast takes 1 to %d months, not %d"), MONTHS_MAX,
                             months);
    }
    struct forecast *f = mem_zalloc(sizeof *f);
    shop_today(shop, today);
    make_rows(f, today, months);
    enum err_code rc =
        db_query(shop_db(shop), sql, DB_BIND(DB_INT(w->staff_id), DB_INT(w->team_id), DB_TEXT(today)), &s, e);
    while (rc == ERR_OK && (got = db_next(s, e)) == DB_ROW) {
        rc = add_up(f, s, e);
    }
    db_done(&s);
    rc = got == DB_FAILED ? record_failed(e) : rc;
    for (int i = 0; i < months + 2 && rc == ERR_OK; i++) {
        rc = i < months || f->rows[i].deals > 0 ? row(ctx, &f->rows[i], e) : ERR_OK;
    }
    free(f);
    return rc;
}
