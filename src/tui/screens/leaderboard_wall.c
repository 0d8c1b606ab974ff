/* For a screen on the wall: large, one page after the other, fresh whenever somebody sells. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "tui/big.h"
#include "tui/screens/leaderboard.h"

enum { PAGES = 3, SECONDS = 10, BAR_LEAST = 10, BAR_MOST = 60 };

enum err_code leaderboard_load_wall(struct app *app, struct leaderboard_state *s, struct err *e) {
    struct kpi_filter teams = s->filter;
    kpi_board_clear(&s->teams);
    teams.by = SCOPE_TEAM;
    enum err_code rc = kpi_board_load(app_shop(app), &teams, &s->teams, e);
    return rc == ERR_OK ? kpi_first_order(app_shop(app), s->filter.month, &s->first, e) : rc;
}

static void paint_head(const struct leaderboard_state *s, struct canvas *c, const char *heading) {
    struct buf b = BUF_INIT;
    buf_addf(&b, "%s · T%d/%.4s", heading, atoi(s->filter.month + 5), s->filter.month);
    char *upper = text_upper(buf_str(&b));
    canvas_text_middle(c, 0, 1, c->width, STYLE_STRONG, upper);
    canvas_line(c, 2, 2, c->width - 4, STYLE_BORDER);
    free(upper);
    buf_clear(&b);
}

static void paint_celebration(const struct leaderboard_state *s, struct canvas *c, int y) {
    char money[MONEY_TEXT_MAX], date[DATE_SIZE];
    if (s->board.count > 0 && s->board.rows[0].rank == 1 && s->board.rows[0].revenue > 0 && s->filter.by == SCOPE_REP) {
        struct buf b = BUF_INIT;
        buf_addf(&b, _("★ ★ ★  Top seller: %s, %s  ★ ★ ★"), s->board.rows[0].name,
                 money_format(s->board.rows[0].revenue, &s->currency, true, money));
        canvas_text_middle(c, 0, y, c->width, STYLE_GOOD, buf_str(&b));
        buf_clear(&b);
    }
    if (s->first.order_no[0] != '\0') {
        struct buf b = BUF_INIT;
        buf_addf(&b, _("First order of the month: %s, %s %.5s"), s->first.order_no, date_format(s->first.date, date),
                 s->first.time);
        buf_addf(&b, "%s%s", s->first.name[0] == '\0' ? "" : " · ", s->first.name);
        canvas_text_middle(c, 0, y + 2, c->width, STYLE_STRONG, buf_str(&b));
        buf_clear(&b);
    }
}

static void paint_shop(const struct leaderboard_state *s, struct canvas *c) {
    char money[MONEY_TEXT_MAX];
    struct buf b = BUF_INIT;
    int y = 4;
    paint_head(s, c, _("Revenue of the month"));
    money_format(s->shop.revenue, &s->currency, false, money);
    int width = big_width(money);
    big_paint(c, 0, y, (c->width + width) / 2, STYLE_AMOUNT, money);
    y += BIG_ROWS + 1;
    if (s->shop.has_target) {
        int bar = c->width - 20 > BAR_MOST ? BAR_MOST : c->width - 20;
        leaderboard_bar(&s->shop.attainment, bar, &b);
        canvas_text_middle(c, 0, y, c->width, leaderboard_style(&s->shop.attainment), buf_str(&b));
        buf_reset(&b);
        leaderboard_percent(&s->shop.attainment, &b);
        buf_addf(&b, _(" of %s"), money_format(s->shop.target, &s->currency, true, money));
        canvas_text_middle(c, 0, y + 1, c->width, STYLE_STRONG, buf_str(&b));
        y += 3;
    }
    paint_celebration(s, c, y + 1);
    buf_clear(&b);
}

static void paint_row(const struct leaderboard_state *s, const struct kpi_row *r, struct canvas *c, int y) {
    char money[MONEY_TEXT_MAX];
    struct buf b = BUF_INIT;
    bool top = r->rank == 1 && r->revenue > 0;
    int bar = c->width - 58;
    bar = bar > BAR_MOST ? BAR_MOST : bar;
    if (r->rank > 0) {
        canvas_textf(c, 3, y, 5, top ? STYLE_GOOD : STYLE_NORMAL, "%s%d", top ? "★" : " ", r->rank);
    }
    canvas_text(c, 9, y, 24, top ? STYLE_STRONG : STYLE_NORMAL, r->name);
    canvas_text_right(c, 33, y, 15, STYLE_STRONG, money_format(r->revenue, &s->currency, false, money));
    if (bar >= BAR_LEAST) {
        leaderboard_bar(&r->attainment, bar, &b);
        canvas_text(c, 50, y, bar, leaderboard_style(&r->attainment), buf_str(&b));
        buf_reset(&b);
    }
    leaderboard_percent(&r->attainment, &b);
    canvas_text_right(c, c->width - 8, y, 7, STYLE_STRONG, buf_str(&b));
    buf_clear(&b);
}

static void paint_board(const struct leaderboard_state *s, const struct kpi_board *board, const char *heading,
                        struct canvas *c) {
    int room = c->height - 4;
    int step = (int)board->count * 2 <= room ? 2 : 1;
    paint_head(s, c, heading);
    for (size_t i = 0; i < board->count && (int)i * step < room; i++) {
        paint_row(s, &board->rows[i], c, 4 + (int)i * step);
    }
}

void leaderboard_paint_wall(const struct leaderboard_state *s, const char *now, struct canvas *c) {
    long long page = datetime_to_seconds(now) / SECONDS % PAGES;
    if (page == 0) {
        paint_shop(s, c);
    } else if (page == 1) {
        paint_board(s, &s->board, _("Leaderboard"), c);
    } else {
        paint_board(s, &s->teams, _("Teams"), c);
    }
}
