/* The forecast: a column for each month in which deals are expected to close. Moving a card sets its date. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/pipeline.h"
#include "tui/screens/board_deal.h"

enum { MONTHS = 12 };

static struct board_column *append(struct board_state *s, size_t *cap, const char *title) {
    s->columns = mem_grow(s->columns, s->count, cap, sizeof *s->columns);
    struct board_column *c = &s->columns[s->count++];
    *c = (struct board_column){.title = mem_strdup(title), .kind = STAGE_OPEN};
    return c;
}

static void add_month(struct board_state *s, size_t *cap, const char *month) {
    char *title = mem_printf("T%d/%.4s", atoi(month + 5), month);
    struct board_column *c = append(s, cap, title);
    month_first_day(month, c->from);
    month_last_day(month, c->to);
    free(title);
}

/* Overdue, the months from this one, without a date. They are there even when they are empty: cards move there.
 */
static void make_columns(struct board_state *s) {
    size_t cap = 0;
    char month[MONTH_SIZE];
    board_columns_clear(s);
    month_of(s->today, month);
    struct board_column *overdue = append(s, &cap, _("Overdue"));
    overdue->when = FORECAST_OVERDUE;
    month_first_day(month, overdue->to);
    date_add_days(overdue->to, -1, overdue->to);
    for (int i = 0; i < MONTHS; i++) {
        add_month(s, &cap, month);
        month_add(month, 1, month);
    }
    append(s, &cap, _("Undated"))->when = FORECAST_UNDATED;
}

void board_forecast_narrow(const struct board_state *s, const struct board_column *column, struct deal_filter *f) {
    if (s->page != BOARD_FORECAST) {
        return;
    }
    f->kind = STAGE_OPEN;
    f->undated = column->when == FORECAST_UNDATED;
    f->from = column->from[0] == '\0' ? NULL : column->from;
    f->to = column->to[0] == '\0' ? NULL : column->to;
}

static enum err_code keep_row(void *ctx, const struct forecast_row *r, struct err *e) {
    struct board_state *s = ctx;
    (void)e;
    for (size_t i = 0; i < s->count; i++) {
        struct board_column *c = &s->columns[i];
        bool same_month = r->kind != FORECAST_MONTH || strncmp(c->from, r->month, MONTH_SIZE - 1) == 0;
        if (c->when == r->kind && same_month) {
            c->deals = r->deals;
            c->value = r->value;
            c->weighted = r->weighted;
        }
    }
    return ERR_OK;
}

/* --- under filters that the forecast does not know: each column is added up from the open stages */

enum { STAGES_MAX = 100 };

static enum err_code add_totals(struct app *app, const struct board_state *s, const struct deal_filter *f, int sign,
                                struct board_column *c, struct err *e) {
    struct stage_total totals[STAGES_MAX];
    struct stage *stages = NULL;
    size_t count = 0;
    size_t totalled = 0;
    enum err_code rc = stage_list(app_shop(app), s->pipeline_id, &stages, &count, e);
    if (rc == ERR_OK) {
        rc = deal_totals(app_shop(app), s->pipeline_id, f, totals, STAGES_MAX, &totalled, e);
    }
    for (size_t i = 0; rc == ERR_OK && i < totalled && i < count; i++) { /* both by position */
        if (stages[i].kind == STAGE_OPEN) {
            c->deals += sign * totals[i].deals;
            c->value += sign * totals[i].value;
            c->weighted += sign * totals[i].weighted;
            c->rotting += sign * totals[i].rotting;
        }
    }
    stage_list_free(stages, count);
    return rc;
}

/* Undated are all but those with a date. */
static enum err_code add_up(struct app *app, struct board_state *s, struct board_column *c, struct err *e) {
    struct deal_filter f = board_deals(s, c);
    enum err_code rc = ERR_OK;
    if (f.undated) {
        f.undated = false;
        rc = add_totals(app, s, &f, 1, c, e);
        f.from = "0001-01-01";
        return rc == ERR_OK ? add_totals(app, s, &f, -1, c, e) : rc;
    }
    return add_totals(app, s, &f, 1, c, e);
}

static bool is_plain(const struct board_state *s) {
    const struct board_filter *f = &s->filter;
    return f->source_id == 0 && f->tag == NULL && !f->rotting && field_is_empty(&s->search);
}

enum err_code board_forecast_load(struct app *app, struct board_state *s, struct err *e) {
    struct pipeline_filter f = {.staff_id = s->filter.staff_id, .team_id = s->filter.team_id};
    char month[MONTH_SIZE];
    month_of(s->today, month);
    if (s->count == 0 || strncmp(s->columns[1].from, month, MONTH_SIZE - 1) != 0) {
        make_columns(s);
    }
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < s->count && rc == ERR_OK; i++) {
        s->columns[i].deals = 0;
        s->columns[i].value = 0;
        s->columns[i].weighted = 0;
        s->columns[i].rotting = 0;
        rc = is_plain(s) ? ERR_OK : add_up(app, s, &s->columns[i], e);
    }
    return rc == ERR_OK && is_plain(s) ? pipeline_forecast(app_shop(app), &f, MONTHS, keep_row, s, e) : rc;
}

/* --- moving a card to a month */

struct date_change {
    int64_t deal_id;
    char date[DATE_SIZE];
};

static enum err_code set_date(struct app *app, int64_t id, const char *date, struct err *e) {
    char copy[DATE_SIZE];
    memcpy(copy, date, sizeof copy);
    struct deal d = {.expected_close = copy};
    return deal_edit(app_shop(app), id, &d, DEAL_EXPECTED_CLOSE, e);
}

static enum err_code undo_date(struct app *app, void *ctx, struct err *e) {
    const struct date_change *ch = ctx;
    return set_date(app, ch->deal_id, ch->date, e);
}

/* The same day of the month where there was one, in the month's bounds and not before today; else its last day. */
static void date_in(const struct board_state *s, const struct board_column *to, char out[DATE_SIZE]) {
    const char *old = s->before.expected_close;
    memcpy(out, to->to, DATE_SIZE);
    if (old[0] != '\0' && to->to[0] != '\0') {
        char day[DATE_SIZE];
        memcpy(day, to->from, DATE_SIZE);
        memcpy(day + 8, old + 8, 3);
        if (date_is_valid(day) && strcmp(day, s->today) >= 0) {
            memcpy(out, day, DATE_SIZE);
        }
    }
}

static void remember(struct app *app, const struct board_state *s) {
    struct date_change *ch = mem_zalloc(sizeof *ch);
    char *what = mem_printf(_("the date of %s"), s->before.title);
    ch->deal_id = s->deal_id;
    snprintf(ch->date, sizeof ch->date, "%s", s->before.expected_close);
    app_set_undo(app, what, undo_date, ch, free);
    board_guard_undo(app, s);
    free(what);
}

unsigned board_forecast_move(struct app *app, struct board_state *s, int step) {
    struct err e = ERR_INIT;
    char date[DATE_SIZE];
    char shown[DATE_SIZE];
    bool inside = step < 0 ? s->current > 1 : s->current + 1 < s->count; /* nothing is made overdue by hand */
    if (!inside) {
        app_status(app, step < 0 ? _("There is no month before this one") : _("There is no month after this one"));
        return SCREEN_REDRAW;
    }
    size_t target = step < 0 ? s->current - 1 : s->current + 1;
    date_in(s, &s->columns[target], date);
    if (set_date(app, s->deal_id, date, &e) != ERR_OK) {
        return app_error(app, &e) | SCREEN_RELOAD;
    }
    remember(app, s);
    s->current = target;
    s->go_to = s->deal_id;
    if (date[0] == '\0') {
        app_status(app, _("%s: no date now (u takes it back)"), s->before.title);
    } else {
        app_status(app, _("%s: expected on %s (u takes it back)"), s->before.title, date_format(date, shown));
    }
    return SCREEN_RELOAD;
}
