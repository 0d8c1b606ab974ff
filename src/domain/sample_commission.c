/* A commission plan for each year, and the months that are over: paid, the last but one locked, the last one computed.
 */
#include <stdio.h>
#include <string.h>

#include "chotdon/commission.h"
#include "chotdon/group.h"
#include "domain/sales_book.h"
#include "domain/sample_internal.h"
#include "domain/shop_internal.h"

static enum err_code put_plan(struct sample *s, const char *year, struct err *e) {
    static const struct plan_tier tiers[] = {{0, 100, 0}, {10000000, 150, 0}, {30000000, 200, 0}, {60000000, 300, 0}};
    static const struct plan_gate gates[] = {{0, 0, 0}, {5000, 5000, 0}, {7000, 10000, 0}, {12000, 11000, 0}};
    struct plan_tier own_tiers[4];
    struct plan_gate own_gates[4];
    struct plan_group groups[] = {{.path = (char *)"Phụ kiện", .rate_bps = 200},
                                  {.path = (char *)"Bánh kẹo", .rate_bps = 50}};
    char code[8], name[64];
    struct plan p = {.code = code,
                     .name = name,
                     .base = PLAN_GROSS,
                     .mode = PLAN_MARGINAL,
                     .override_bps = 50,
                     .bonus_first_order = 200000,
                     .bonus_top = 500000,
                     .tiers = own_tiers,
                     .tier_count = 4,
                     .gates = own_gates,
                     .gate_count = 4,
                     .groups = groups,
                     .group_count = 2};
    memcpy(own_tiers, tiers, sizeof tiers);
    memcpy(own_gates, gates, sizeof gates);
    snprintf(code, sizeof code, "%.4s", year);
    snprintf(name, sizeof name, "Chính sách hoa hồng %.4s", year);
    snprintf(p.from, sizeof p.from, "%.4s-01", year);
    snprintf(p.to, sizeof p.to, "%.4s-12", year);
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < 2 && rc == ERR_OK; i++) {
        rc = group_find(s->shop, groups[i].path, &groups[i].group_id, e);
    }
    if (rc == ERR_OK) {
        rc = plan_put(s->shop, &p, NULL, NULL, NULL, e);
    }
    return rc == ERR_OK ? plan_activate(s->shop, code, e) : rc;
}

static enum err_code close_month(struct sample *s, const char *month, int age, struct err *e) {
    char next[MONTH_SIZE], day[DATE_SIZE];
    month_add(month, 1, next);
    month_first_day(next, day);
    s->day = date_to_days(day);
    s->minute = 9 * 60 + sample_below(s, 60);
    enum err_code rc = commission_run(s->shop, month, e);
    if (rc == ERR_OK && age > 1) {
        s->minute += 30;
        rc = commission_lock(s->shop, month, NULL, e);
    }
    if (rc == ERR_OK && age > 2) {
        s->day += 4;
        rc = commission_pay(s->shop, month, e);
    }
    return rc;
}

enum err_code sample_make_commission(struct sample *s, struct err *e) {
    char day[DATE_SIZE], first[MONTH_SIZE], last[MONTH_SIZE], year[MONTH_SIZE], month[MONTH_SIZE];
    date_from_days(s->first_day, day);
    month_of(day, first);
    date_from_days(s->last_day, day);
    month_of(day, last);
    enum err_code rc = sample_act_as(s, "HANH", e);
    if (rc == ERR_OK) {
        rc = sales_book_flush(s->shop->sales, e);
    }
    memcpy(year, first, MONTH_SIZE);
    for (; rc == ERR_OK && strncmp(year, last, 4) <= 0; month_add(year, 12, year)) {
        s->day = s->first_day;
        rc = put_plan(s, year, e);
    }
    memcpy(month, first, MONTH_SIZE);
    for (int age = SAMPLE_MONTHS; age > 0 && rc == ERR_OK; age--) {
        rc = close_month(s, month, age, e);
        month_add(month, 1, month);
    }
    return rc;
}
