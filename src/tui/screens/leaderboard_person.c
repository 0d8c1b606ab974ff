/* One person's page: what they are measured by, month by month, by product group and channel, their weekly reports. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/commission.h"
#include "tui/screens/leaderboard.h"

enum { PARTS_SHOWN = 8, WEEKS_SHOWN = 4, BAR = 24 };

struct page {
    struct leaderboard_state *s;
    const struct kpi_row *row;
    struct card card;
    int parts;
};

static void add_measure(struct page *p, struct app *app, const struct kpi_measure *m) {
    char actual[MONEY_TEXT_MAX], target[MONEY_TEXT_MAX];
    struct buf right = BUF_INIT;
    bool rate = kpi_metric_unit(m->metric) == UNIT_RATE;
    bool money = kpi_metric_unit(m->metric) == UNIT_MONEY;
    const struct currency *cur = shop_currency(app_shop(app));
    if (rate && m->actual.den == 0) {
        buf_add(&right, "–");
    } else if (rate) {
        struct attainment share = {true, m->actual.num, m->actual.den};
        leaderboard_percent(&share, &right);
    } else if (money) {
        buf_add(&right, money_format(m->actual.num, cur, false, actual));
    } else {
        buf_addf(&right, "%lld", (long long)m->actual.num);
    }
    if (m->has_target) {
        buf_addf(&right, " / %s",
                 money ? money_format(m->target, cur, false, target)
                       : target_format_plain(app_shop(app), m->metric, m->target, target));
        buf_add(&right, rate ? "%  " : "  ");
        leaderboard_percent(&m->attainment, &right);
    }
    char *left = m->weight == 0 ? mem_strdup(kpi_metric_label(m->metric))
                                : mem_printf("%s × %lld", kpi_metric_label(m->metric), (long long)m->weight);
    card_row(&p->card, attainment_misses(&m->attainment, 70) ? STYLE_WARN : STYLE_NORMAL, left, buf_str(&right));
    free(left);
    buf_clear(&right);
}

static enum err_code add_measures(struct page *p, struct app *app, struct err *e) {
    struct kpi_measure measures[METRIC_COUNT];
    size_t count = 0;
    enum err_code rc = kpi_measures(app_shop(app), p->row->ref, p->s->filter.month, measures, &count, e);
    card_rule(&p->card, _("Scorecard"));
    for (size_t i = 0; i < count && rc == ERR_OK; i++) {
        add_measure(p, app, &measures[i]);
    }
    if (p->row->has_score) {
        char text[32];
        snprintf(text, sizeof text, "%lld,%lld%%", (long long)(p->row->score_tenths / 10),
                 (long long)(llabs(p->row->score_tenths) % 10));
        card_row(&p->card, STYLE_STRONG, _("KPI score"), text);
    }
    return rc;
}

static enum err_code add_commission_row(void *ctx, const struct commission_row *r, struct err *e) {
    struct page *p = ctx;
    (void)e;
    card_amount(&p->card, STYLE_STRONG, r->status == COMMISSION_OPEN ? _("Commission so far") : _("Commission"),
                r->total, &p->s->currency);
    return ERR_OK;
}

/* Without a plan, or of somebody else: nothing. */
static void add_commission(struct page *p, struct app *app) {
    struct err ignored = ERR_INIT;
    (void)commission_row_get(app_shop(app), p->s->filter.month, p->row->ref, add_commission_row, p, &ignored);
}

static enum err_code add_months(struct page *p, struct app *app, struct err *e) {
    int64_t revenue[LEADERBOARD_MONTHS], most = 1;
    char money[MONEY_TEXT_MAX], month[MONTH_SIZE];
    enum err_code rc =
        kpi_trend(app_shop(app), p->s->filter.by, p->row->ref, p->s->filter.month, revenue, LEADERBOARD_MONTHS, e);
    card_rule(&p->card, _("Month by month"));
    for (int i = 0; i < LEADERBOARD_MONTHS && rc == ERR_OK; i++) {
        most = revenue[i] > most ? revenue[i] : most;
    }
    for (int i = LEADERBOARD_MONTHS - 1; i >= 0 && rc == ERR_OK; i--) {
        struct buf left = BUF_INIT;
        month_add(p->s->filter.month, i + 1 - LEADERBOARD_MONTHS, month);
        buf_addf(&left, "%.2s/%.4s  ", month + 5, month);
        int cells = revenue[i] <= 0 ? 0 : most < BAR ? BAR : (int)(revenue[i] / (most / BAR));
        for (int k = 0; k < cells && k < BAR; k++) {
            buf_add(&left, "█");
        }
        card_row(&p->card, STYLE_NORMAL, buf_str(&left), money_format(revenue[i], &p->s->currency, false, money));
        buf_clear(&left);
    }
    return rc;
}

static enum err_code add_part(void *ctx, const char *name, int64_t revenue, struct err *e) {
    struct page *p = ctx;
    (void)e;
    if (p->parts++ < PARTS_SHOWN) {
        card_amount(&p->card, STYLE_NORMAL, name[0] == '\0' ? _("(none)") : name, revenue, &p->s->currency);
    }
    return ERR_OK;
}

static enum err_code add_parts(struct page *p, struct app *app, enum target_scope by, const char *heading,
                               struct err *e) {
    card_rule(&p->card, heading);
    p->parts = 0;
    return kpi_parts(app_shop(app), p->row->ref, p->s->filter.month, by, add_part, p, e);
}

static enum err_code add_report(void *ctx, const struct week_report *r, struct err *e) {
    struct page *p = ctx;
    (void)e;
    char *right = mem_printf(_("%lld calls · %lld meetings · %lld quotes · %s"), (long long)r->calls,
                             (long long)r->meetings, (long long)r->quotes, week_state_label(r->state));
    card_row(&p->card, r->state >= WEEK_LATE ? STYLE_WARN : STYLE_NORMAL, r->week, right);
    card_text(&p->card, STYLE_NORMAL, r->plans);
    card_text(&p->card, STYLE_DIM, r->obstacles);
    free(right);
    return ERR_OK;
}

static enum err_code add_reports(struct page *p, struct app *app, struct err *e) {
    char week[WEEK_SIZE], last[DATE_SIZE];
    enum err_code rc = ERR_OK;
    month_last_day(p->s->filter.month, last);
    if (strncmp(app_now(app), last, DATE_SIZE - 1) < 0) {
        snprintf(last, sizeof last, "%.10s", app_now(app));
    }
    week_of(last, week);
    card_rule(&p->card, _("Weekly reports"));
    for (int i = 0; i < WEEKS_SHOWN && rc == ERR_OK; i++) {
        rc = week_get(app_shop(app), p->row->ref, week, add_report, p, e);
        week_add(week, -1, week);
    }
    return rc;
}

static enum err_code fill(struct page *p, struct app *app, struct err *e) {
    enum err_code rc = ERR_OK;
    char money[MONEY_TEXT_MAX];
    card_row(&p->card, STYLE_STRONG, p->row->name, p->row->code);
    card_row(&p->card, STYLE_NORMAL, p->row->team, money_format(p->row->revenue, &p->s->currency, true, money));
    if (p->s->filter.by == SCOPE_REP) {
        rc = add_measures(p, app, e);
        add_commission(p, app);
    }
    rc = rc == ERR_OK ? add_months(p, app, e) : rc;
    if (rc == ERR_OK && p->s->filter.by == SCOPE_REP) {
        rc = add_parts(p, app, SCOPE_GROUP, _("By product group"), e);
        rc = rc == ERR_OK ? add_parts(p, app, SCOPE_CHANNEL, _("By channel"), e) : rc;
        rc = rc == ERR_OK ? add_reports(p, app, e) : rc;
    }
    return rc;
}

void leaderboard_open_person(struct app *app, struct leaderboard_state *s) {
    struct err e = ERR_INIT;
    bool people = s->filter.by == SCOPE_REP || s->filter.by == SCOPE_TEAM;
    const struct kpi_row *row = leaderboard_current(s);
    if (row == NULL || !people || row->ref == 0) {
        app_status(app, _("A page opens for people and teams: g groups by them"));
        return;
    }
    struct page p = {.s = s, .row = row};
    if (fill(&p, app, &e) == ERR_OK) {
        card_popup(app, p.row->name, &p.card, CONTEXT_NONE, NULL, NULL);
    } else {
        app_error(app, &e);
    }
    card_clear(&p.card);
}
