/* Figures and funnel: reading them, and the keys of their page. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "tui/screens/board_deal.h"

static const int months_of[PERIODS] = {1, 3, 12};

/* The period's first month: of the quarter, of the year. */
static void align(struct board_figures *f) {
    int month = atoi(f->month + 5);
    int first = (month - 1) / months_of[f->period] * months_of[f->period] + 1;
    f->month[5] = (char)('0' + first / 10);
    f->month[6] = (char)('0' + first % 10);
}

static void set_period(struct board_state *s) {
    struct board_figures *f = &s->figures;
    char last[MONTH_SIZE];
    if (f->month[0] == '\0') {
        if (s->filter.month[0] != '\0') {
            memcpy(f->month, s->filter.month, MONTH_SIZE);
        } else {
            month_of(s->today, f->month);
        }
    }
    align(f);
    month_add(f->month, months_of[f->period] - 1, last);
    month_first_day(f->month, f->from);
    month_last_day(last, f->to);
    pipeline_previous(f->from, f->to, f->before_from, f->before_to);
}

enum err_code board_figures_load(struct app *app, struct board_state *s, struct err *e) {
    struct board_figures *f = &s->figures;
    set_period(s);
    struct pipeline_filter filter = {.from = f->from,
                                     .to = f->to,
                                     .staff_id = s->filter.staff_id,
                                     .team_id = s->filter.team_id,
                                     .source_id = s->filter.source_id};
    board_figures_clear(s);
    enum err_code rc = pipeline_stats(app_shop(app), &filter, &f->now, e);
    filter.from = f->before_from;
    filter.to = f->before_to;
    if (rc == ERR_OK) {
        rc = pipeline_stats(app_shop(app), &filter, &f->before, e);
    }
    f->loaded = rc == ERR_OK;
    return rc;
}

void board_figures_clear(struct board_state *s) {
    pipeline_stats_clear(&s->figures.now);
    pipeline_stats_clear(&s->figures.before);
    s->figures.loaded = false;
}

static unsigned change_period(struct board_state *s, int step) {
    struct board_figures *f = &s->figures;
    month_add(f->month, step * months_of[f->period], f->month);
    return SCREEN_RELOAD;
}

static unsigned change_length(struct board_state *s, int step) {
    s->figures.period = (enum board_period)(((int)s->figures.period + step + PERIODS) % PERIODS);
    return SCREEN_RELOAD;
}

static unsigned scroll(struct app *app, struct board_state *s, int by) {
    int width = 0;
    int height = 0;
    app_body_size(app, &width, &height);
    struct canvas probe = canvas_new(width, 1);
    int last = figures_paint(&s->figures, &s->currency, &probe) - height;
    canvas_free(&probe);
    int top = s->figures.top + by;
    top = top > last ? last : top;
    s->figures.top = top < 0 ? 0 : top;
    return SCREEN_REDRAW;
}

unsigned board_figures_keys(struct app *app, struct board_state *s, enum action action, const struct key *key) {
    int width = 0;
    int height = 0;
    app_body_size(app, &width, &height);
    switch (action) {
    case ACTION_LIST_LEFT:
        return change_period(s, -1);
    case ACTION_LIST_RIGHT:
        return change_period(s, 1);
    case ACTION_NEXT:
        return change_length(s, 1);
    case ACTION_PREVIOUS:
        return change_length(s, -1);
    case ACTION_LIST_UP:
        return scroll(app, s, -1);
    case ACTION_LIST_DOWN:
        return scroll(app, s, 1);
    case ACTION_LIST_PAGE_UP:
        return scroll(app, s, 1 - height);
    case ACTION_LIST_PAGE_DOWN:
        return scroll(app, s, height - 1);
    case ACTION_LIST_FIRST:
        return scroll(app, s, -100000);
    case ACTION_LIST_LAST:
        return scroll(app, s, 100000);
    case ACTION_BACK:
        return board_act(app, s, ACTION_BOARD_FIGURES); /* the same key closes it */
    case ACTION_OPEN:
    case ACTION_LIST_FILTER:
    case ACTION_LIST_SORT:
        return SCREEN_REDRAW;
    default:
        break;
    }
    return key->kind == K_WHEEL ? scroll(app, s, key->code == 0 ? -3 : 3) : board_act(app, s, action);
}

void board_figures_paint(const struct board_state *s, struct canvas *c) {
    if (s->figures.loaded) {
        figures_paint(&s->figures, &s->currency, c);
    }
}
