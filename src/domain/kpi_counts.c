/* What KPI counts besides sales: deals won (by the day they were closed), interactions (calls, messages, e-mails and
 * visits, not notes), weekly reports, and how orders that left in the month fared. A team is the person's on that day.
 * Deliveries belong to the rep with the largest share; who works in the warehouse is measured by the shop's. */
#include <string.h>

#include "chotdon/order_counts.h"
#include "db/db.h"
#include "domain/kpi_figures.h"
#include "domain/record.h"
#include "domain/sales_walk.h"

static const char deals_sql[] =
    "SELECT COALESCE(d.staff_id, 0), d.closed_on, COUNT(*) FROM stages g CROSS JOIN deals d WHERE g.kind = 'won' AND"
    " d.stage_id = g.id AND d.kind <> 'open' AND d.merged_into IS NULL AND d.closed_on >= $1 AND d.closed_on <= $2"
    " GROUP BY 1, 2";
static const char interactions_sql[] =
    "SELECT i.staff_id, SUBSTR(i.at, 1, 10), COUNT(*) FROM staff s CROSS JOIN interactions i"
    " WHERE i.staff_id = s.id AND i.at >= $1 AND i.at <= $2 || '~' AND i.kind <> 'note' GROUP BY 1, 2";
/* A report counts in the month of its week's Thursday, for the team of that month's end. */
static const char reports_sql[] =
    "SELECT staff_id, $2, COUNT(*) FROM weekly_reports WHERE month = SUBSTR($1, 1, 7) GROUP BY 1";

/* Most orders leave on their own day: those are found by it, the others by the index of the late ones. */
#define DELIVERY(where)                                                                                                \
    "SELECT COALESCE((SELECT r.staff_id FROM order_reps r WHERE r.order_id = o.id ORDER BY r.share_bps DESC,"          \
    " r.position LIMIT 1), 0), o.order_date, 1, CASE WHEN o.status = 'returned' THEN 1 ELSE 0 END,"                    \
    " CASE WHEN o.promised_on <> '' AND (o.delivered_on <> '' OR o.promised_on < $3) THEN 1 ELSE 0 END,"               \
    " CASE WHEN o.promised_on <> '' AND o.delivered_on <> '' AND " ORDER_DAY(                                          \
        "o", "delivered_on") " <= o.promised_on THEN 1 ELSE 0 END"                                                     \
                             " FROM orders o WHERE o.is_return = 0 AND " ORDER_COUNTS("o") " AND " where
static const char deliveries_sql[] =
    DELIVERY("o.order_date >= $1 AND o.order_date <= $2 AND o.shipped_on = '='") " UNION ALL " DELIVERY(
        "o.shipped_on <> '' AND o.shipped_on <> '=' AND o.shipped_on >= $1 AND o.shipped_on <= $2");

struct counting {
    struct db *db;
    const struct kpi_request *r;
    struct kpi_set *out;
    struct team_days teams;
    char first[DATE_SIZE], last[DATE_SIZE];
};

static enum err_code row_of(struct counting *c, int64_t staff_id, const char *day, struct kpi_figures **out,
                            struct err *e) {
    int64_t ref = c->r->scope == SCOPE_REP ? staff_id : 0;
    enum err_code rc = ERR_OK;
    if (c->r->scope == SCOPE_TEAM && staff_id != 0) {
        rc = team_days_at(c->db, &c->teams, staff_id, day, &ref, e);
    }
    *out = kpi_set_at(c->out, ref);
    return rc;
}

static void add_counts(struct kpi_figures *f, enum kpi_metric m, struct db_stmt *s) {
    int64_t count = db_col_int(s, 2);
    switch (m) {
    case METRIC_DEALS_WON:
        f->deals_won += count;
        break;
    case METRIC_INTERACTIONS:
        f->interactions += count;
        break;
    case METRIC_WEEKLY_REPORTS:
        f->weekly_reports += count;
        break;
    default:
        f->shipped += count;
        f->returned += db_col_int(s, 3);
        f->promised += db_col_int(s, 4);
        f->on_time += db_col_int(s, 5);
        break;
    }
}

static enum err_code count_rows(struct counting *c, const char *sql, enum kpi_metric m, struct err *e) {
    struct db_stmt *s = NULL;
    const struct db_value values[] = {DB_TEXT(c->first),
                                      DB_TEXT(c->last),
                                      m >= METRIC_RETURN_RATE ? DB_TEXT(c->r->today)
                                                              : (struct db_value){.kind = DB_KIND_END},
                                      {.kind = DB_KIND_END}};
    enum err_code rc = db_query(c->db, sql, values, &s, e);
    enum db_row row = DB_END;
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        struct kpi_figures *f;
        rc = row_of(c, db_col_int(s, 0), db_col_text(s, 1), &f, e);
        if (rc == ERR_OK) {
            add_counts(f, m, s);
        }
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

enum err_code kpi_load_counts(struct db *db, const struct kpi_request *r, struct kpi_set *out, struct err *e) {
    const struct {
        unsigned metrics;
        enum kpi_metric first;
        const char *sql;
    } parts[] = {
        {1u << METRIC_DEALS_WON, METRIC_DEALS_WON, deals_sql},
        {1u << METRIC_INTERACTIONS, METRIC_INTERACTIONS, interactions_sql},
        {1u << METRIC_WEEKLY_REPORTS, METRIC_WEEKLY_REPORTS, reports_sql},
        {1u << METRIC_RETURN_RATE | 1u << METRIC_ON_TIME, METRIC_RETURN_RATE, deliveries_sql},
    };
    struct counting c = {.db = db, .r = r, .out = out};
    enum err_code rc = ERR_OK;
    month_first_day(r->month, c.first);
    month_last_day(r->month, c.last);
    if (r->as_of != NULL && strcmp(r->as_of, c.last) < 0) {
        memcpy(c.last, r->as_of, DATE_SIZE);
    }
    for (size_t i = 0; i < sizeof parts / sizeof *parts && rc == ERR_OK; i++) {
        if ((r->metrics & parts[i].metrics) != 0) {
            rc = count_rows(&c, parts[i].sql, parts[i].first, e);
        }
    }
    team_days_clear(&c.teams);
    return rc;
}
