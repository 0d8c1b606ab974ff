/* Pace of a month, and months one after the other. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/kpi.h"
#include "chotdon/setting.h"
#include "domain/record.h"
#include "domain/sales_walk.h"
#include "domain/shop_internal.h"

enum err_code kpi_pace(struct shop *shop, const struct kpi_filter *filter, int64_t revenue, struct kpi_pace *out,
                       struct err *e) {
    char day[DATE_SIZE], last[DATE_SIZE], over[DATE_SIZE];
    *out = (struct kpi_pace){0};
    if (filter->as_of[0] != '\0') {
        memcpy(over, filter->as_of, DATE_SIZE);
    } else {
        shop_today(shop, over);
        date_add_days(over, -1, over);
    }
    month_first_day(filter->month, day);
    month_last_day(filter->month, last);
    for (; strcmp(day, last) <= 0; date_add_days(day, 1, day)) {
        if (setting_is_working_day(shop, day)) {
            out->days++;
            out->gone += strcmp(day, over) <= 0;
        }
    }
    out->has = out->gone > 0;
    if (out->has && !money_scale(revenue, out->days, out->gone, &out->revenue)) {
        return err_set_field(e, ERR_INVALID, "revenue", _("the amount is too large"));
    }
    return ERR_OK;
}

/* Rows stand by month, rep and team; adding a rep's teams up here takes half the time of grouping in the statement. */
enum err_code kpi_trends(struct shop *shop, enum target_scope scope, const char *month, size_t count, kpi_trend_fn *fn,
                         void *ctx, struct err *e) {
    const char *sql = scope == SCOPE_TEAM ? "SELECT team_id, month, CAST(SUM(revenue) AS BIGINT) FROM sales_figures"
                                            " WHERE month >= $1 AND month <= $2 GROUP BY month, team_id"
                                          : "SELECT staff_id, month, revenue FROM sales_figures"
                                            " WHERE month >= $1 AND month <= $2 ORDER BY month, staff_id, team_id";
    struct db_stmt *s = NULL;
    char first[MONTH_SIZE];
    month_add(month, 1 - (int)count, first);
    enum err_code rc = db_query(shop->db, sql, DB_BIND(DB_TEXT(first), DB_TEXT(month)), &s, e);
    enum db_row row = rc == ERR_OK ? db_next(s, e) : DB_END;
    while (rc == ERR_OK && row == DB_ROW) {
        int64_t ref = db_col_int(s, 0), sum = 0;
        int64_t at = month_number(db_col_text(s, 1));
        do {
            if (!money_add(sum, db_col_int(s, 2), &sum)) {
                rc = err_set_field(e, ERR_INVALID, "revenue", _("the amount is too large"));
            }
            row = db_next(s, e);
        } while (rc == ERR_OK && row == DB_ROW && db_col_int(s, 0) == ref && month_number(db_col_text(s, 1)) == at);
        at -= month_number(first);
        if (rc == ERR_OK && at >= 0 && (size_t)at < count) {
            fn(ctx, ref, (size_t)at, sum);
        }
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

enum err_code kpi_trend(struct shop *shop, enum target_scope scope, int64_t ref, const char *month, int64_t *revenue,
                        size_t count, struct err *e) {
    static const char *const sql[] = {
        [SCOPE_SHOP] = "SELECT month, CAST(SUM(revenue) AS BIGINT) FROM sales_figures WHERE month >= $1 AND month <= $2"
                       " AND ($3 < 0 OR $3 = 0) GROUP BY month",
        [SCOPE_TEAM] = "SELECT month, CAST(SUM(revenue) AS BIGINT) FROM sales_figures WHERE month >= $1 AND month <= $2"
                       " AND ($3 < 0 OR team_id = $3) GROUP BY month",
        [SCOPE_REP] = "SELECT month, CAST(SUM(revenue) AS BIGINT) FROM sales_figures WHERE month >= $1 AND month <= $2"
                      " AND ($3 < 0 OR staff_id = $3) GROUP BY month",
    };
    struct db_stmt *s = NULL;
    char first[MONTH_SIZE];
    memset(revenue, 0, count * sizeof *revenue);
    month_add(month, 1 - (int)count, first);
    enum err_code rc = db_query(shop->db, sql[scope > SCOPE_REP ? SCOPE_SHOP : scope],
                                DB_BIND(DB_TEXT(first), DB_TEXT(month), DB_INT(ref)), &s, e);
    enum db_row row = DB_END;
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        int64_t at = month_number(db_col_text(s, 0)) - month_number(first);
        if (at >= 0 && (size_t)at < count) {
            revenue[at] = db_col_int(s, 1);
        }
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}
