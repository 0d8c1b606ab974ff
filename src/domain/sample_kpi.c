/* Targets of all months, and the weekly reports of the last ones. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "chotdon/week.h"
#include "domain/kpi_figures.h"
#include "domain/sales_book.h"
#include "domain/sample_internal.h"
#include "domain/shop_internal.h"

#define WEEKS   8
#define MILLION INT64_C(1000000)

static bool sells(size_t i) {
    return strcmp(sample_staff[i].role, "rep") == 0 || strcmp(sample_staff[i].role, "counter") == 0;
}

static enum err_code put(struct sample *s, const char *month, enum target_scope scope, const char *code,
                         enum kpi_metric metric, int64_t target, struct err *e) {
    struct target t = {.scope = scope, .code = code, .metric = metric, .target = target};
    memcpy(t.month, month, MONTH_SIZE);
    return target_put(s->shop, &t, NULL, e);
}

/* What somebody sold that month, more or less, in whole millions; a month that has only begun goes by the one before.
 */
static int64_t likely(struct sample *s, const struct kpi_set *sold, int64_t staff_id) {
    const struct kpi_figures *f = kpi_set_find(sold, staff_id);
    int64_t percent = 75 + sample_below(s, 65);
    int64_t target = (f == NULL ? 0 : f->revenue) / 100 * percent / MILLION * MILLION;
    return target < 2 * MILLION ? 2 * MILLION : target;
}

/* Of counts what is on the scorecard. */
static enum err_code put_counts(struct sample *s, const char *month, size_t i, struct err *e) {
    const struct sample_staff *who = &sample_staff[i];
    enum err_code rc = ERR_OK;
    if (strcmp(who->role, "rep") == 0) {
        rc = put(s, month, SCOPE_REP, who->code, METRIC_NEW_CUSTOMERS, 2 + sample_below(s, 4), e);
        rc = rc == ERR_OK ? put(s, month, SCOPE_REP, who->code, METRIC_DEALS_WON, 1 + sample_below(s, 3), e) : rc;
        rc = rc == ERR_OK ? put(s, month, SCOPE_REP, who->code, METRIC_WEEKLY_REPORTS, 4, e) : rc;
    } else if (strcmp(who->role, "warehouse") == 0) {
        rc = put(s, month, SCOPE_REP, who->code, METRIC_RETURN_RATE, 300, e);
        rc = rc == ERR_OK ? put(s, month, SCOPE_REP, who->code, METRIC_ON_TIME, 9500, e) : rc;
    }
    return rc;
}

/* Reps first; a team's target is what its people's add up to, the shop's all of them. */
static enum err_code put_month(struct sample *s, const char *month, const struct kpi_set *sold, struct err *e) {
    int64_t team = 0, whole = 0;
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < sample_staff_count && rc == ERR_OK; i++) {
        bool last = i + 1 == sample_staff_count || strcmp(sample_staff[i + 1].team, sample_staff[i].team) != 0;
        if (sells(i)) {
            int64_t target = likely(s, sold, s->staff[i]);
            team += target;
            rc = put(s, month, SCOPE_REP, sample_staff[i].code, METRIC_REVENUE, target, e);
        }
        rc = rc == ERR_OK ? put_counts(s, month, i, e) : rc;
        if (last) {
            rc = rc == ERR_OK && team > 0 ? put(s, month, SCOPE_TEAM, sample_staff[i].team, METRIC_REVENUE, team, e)
                                          : rc;
            whole += team;
            team = 0;
        }
    }
    return rc == ERR_OK ? put(s, month, SCOPE_SHOP, "", METRIC_REVENUE, whole, e) : rc;
}

static enum err_code make_targets(struct sample *s, struct err *e) {
    char today[DATE_SIZE], month[MONTH_SIZE], sold_in[MONTH_SIZE];
    enum err_code rc = sales_book_flush(s->shop->sales, e); /* the figures of what was sold just now */
    sales_book_forget(s->shop->sales);
    date_from_days(s->last_day, today);
    for (int i = SAMPLE_MONTHS; i >= 0 && rc == ERR_OK; i--) {
        struct kpi_set sold = {0};
        month_of(today, month);
        month_add(month, -i, month);
        month_add(month, i == 0 ? -1 : 0, sold_in);
        const struct kpi_request r = {.scope = SCOPE_REP, .month = sold_in, .today = today, .metrics = KPI_SALES};
        rc = kpi_load(s->shop->db, &r, &sold, e);
        rc = rc == ERR_OK ? put_month(s, month, &sold, e) : rc;
        kpi_set_clear(&sold);
    }
    return rc;
}

/* --- weekly reports: most on Saturday, some on the Tuesday after, which is late, a few never */

static enum err_code file_report(struct sample *s, size_t i, const char *week, struct err *e) {
    static const char *const plans[] = {"Gọi lại các đại lý chưa đặt hàng tuần này", "Chào giá nước giặt cho quán ăn",
                                        "Đi tuyến quận 8, thu công nợ", "Giới thiệu gạo mới cho khách sỉ",
                                        "Chốt đơn quà Tết sớm với hai công ty"};
    static const char *const obstacles[] = {"", "", "Đối thủ giảm giá dầu ăn", "Hết hàng bia lon vài ngày",
                                            "Khách xin gối đầu công nợ"};
    char monday[DATE_SIZE];
    bool late = sample_chance(s, 12);
    week_monday(week, monday);
    s->day = date_to_days(monday) + (late ? 8 : 5);
    s->minute = 16 * 60 + sample_below(s, 120);
    struct week_report r = {.staff_id = s->staff[i],
                            .calls = 15 + sample_below(s, 30),
                            .meetings = 2 + sample_below(s, 8),
                            .quotes = sample_below(s, 6),
                            .plans = plans[sample_below(s, 5)],
                            .obstacles = obstacles[sample_below(s, 5)]};
    memcpy(r.week, week, WEEK_SIZE);
    if (s->day > s->last_day || sample_chance(s, 8)) {
        return ERR_OK;
    }
    enum err_code rc = sample_act_as(s, sample_staff[i].code, e);
    return rc == ERR_OK
               ? week_put(s->shop, &r, WEEK_CALLS | WEEK_MEETINGS | WEEK_QUOTES | WEEK_PLANS | WEEK_OBSTACLES, e)
               : rc;
}

static enum err_code make_reports(struct sample *s, struct err *e) {
    char today[DATE_SIZE], week[WEEK_SIZE];
    enum err_code rc = ERR_OK;
    date_from_days(s->last_day, today);
    for (int back = WEEKS; back >= 1 && rc == ERR_OK; back--) {
        week_of(today, week);
        week_add(week, -back, week);
        for (size_t i = 0; i < sample_staff_count && rc == ERR_OK; i++) {
            if (strcmp(sample_staff[i].role, "rep") == 0) {
                rc = file_report(s, i, week, e);
            }
        }
    }
    return rc;
}

enum err_code sample_make_kpi(struct sample *s, struct err *e) {
    enum err_code rc = make_targets(s, e);
    return rc == ERR_OK ? make_reports(s, e) : rc;
}
