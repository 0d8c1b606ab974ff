/* The page of figures: numbers, funnel, reasons, and who and where from, each beside the period before. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "tui/chart.h"
#include "tui/figure.h"
#include "tui/screens/board_figures.h"
#include "tui/screens/card.h"

/* A column of the page being painted from top to bottom. */
struct pen {
    struct canvas c;
    int y, start;
    const struct currency *currency;
};

enum { LABEL = 25, FIGURE = 13 };

static void heading(struct pen *p, const char *text) {
    p->y += p->y > p->start ? 1 : 0;
    canvas_line(&p->c, 0, p->y, p->c.width, STYLE_BORDER);
    canvas_textf(&p->c, 1, p->y, p->c.width - 1, STYLE_HEADER, " %s ", text);
    p->y++;
}

/* --- numbers */

enum kind { COUNT, AMOUNT, PERCENT, DECIMAL };

struct number {
    bool known;
    int64_t value;
};

static const char *tenths(int64_t n, const char *unit, char out[MONEY_TEXT_MAX]) {
    if (n % 10 == 0) {
        snprintf(out, MONEY_TEXT_MAX, "%" PRId64 "%s", n / 10, unit);
    } else {
        snprintf(out, MONEY_TEXT_MAX, "%" PRId64 ",%" PRId64 "%s", n / 10, n % 10, unit);
    }
    return out;
}

static const char *show(const struct pen *p, enum kind kind, struct number n, char out[MONEY_TEXT_MAX]) {
    if (!n.known) {
        return strcpy(out, "—");
    }
    switch (kind) {
    case AMOUNT:
        return money_format_short(n.value, p->currency, out);
    case PERCENT:
        return tenths((n.value + 5) / 10, "%", out);
    case DECIMAL:
        return tenths((n.value + 5) / 10, "", out);
    default:
        return figure_count(n.value, out);
    }
}

/* ▲ 12% of the period before; percentages by points. */
static void paint_change(struct pen *p, int x, enum kind kind, struct number now, struct number before,
                         bool low_is_good) {
    if (!now.known || !before.known || now.value == before.value) {
        return;
    }
    bool up = now.value > before.value;
    int64_t percent = 0;
    char text[MONEY_TEXT_MAX] = "";
    if (kind == PERCENT) {
        snprintf(text, sizeof text, _("%lld pts"), (llabs(now.value - before.value) + 50) / 100);
    } else if (before.value != 0 && money_scale(now.value - before.value, 100, before.value, &percent)) {
        snprintf(text, sizeof text, "%lld%%", llabs(percent));
    }
    canvas_textf(&p->c, x, p->y, p->c.width - x, up != low_is_good ? STYLE_GOOD : STYLE_WARN, "%s %s", up ? "▲" : "▼",
                 text);
}

static void row(struct pen *p, const char *label, enum kind kind, struct number now, struct number before,
                bool low_is_good) {
    char text[MONEY_TEXT_MAX];
    canvas_text(&p->c, 1, p->y, LABEL, STYLE_NORMAL, label);
    canvas_text_right(&p->c, 1 + LABEL, p->y, FIGURE, STYLE_STRONG, show(p, kind, now, text));
    canvas_text_right(&p->c, 1 + LABEL + FIGURE, p->y, FIGURE, STYLE_DIM, show(p, kind, before, text));
    paint_change(p, 3 + LABEL + 2 * FIGURE, kind, now, before, low_is_good);
    p->y++;
}

static struct number known(int64_t value) {
    return (struct number){true, value};
}

typedef bool figure_fn(const struct pipeline_sums *s, int64_t *out);

static struct number by(figure_fn *fn, const struct pipeline_sums *s) {
    struct number n = {false, 0};
    n.known = fn(s, &n.value);
    return n;
}

static void period_name(const char *from, const char *to, char out[FIGURE_MAX]) {
    int first = atoi(from + 5);
    int last = atoi(to + 5);
    if (first == last) {
        snprintf(out, FIGURE_MAX, "T%d/%.4s", first, from);
    } else if (last - first == 2) {
        snprintf(out, FIGURE_MAX, "Q%d/%.4s", (first + 2) / 3, from);
    } else {
        snprintf(out, FIGURE_MAX, "%.4s", from);
    }
}

static void numbers(struct pen *p, const struct board_figures *f) {
    const struct pipeline_sums *now = &f->now.sums;
    const struct pipeline_sums *before = &f->before.sums;
    char this[FIGURE_MAX];
    char that[FIGURE_MAX];
    period_name(f->from, f->to, this);
    period_name(f->before_from, f->before_to, that);
    canvas_text(&p->c, 1, p->y, LABEL, STYLE_HEADER, _("Closed in the period"));
    canvas_text_right(&p->c, 1 + LABEL, p->y, FIGURE, STYLE_HEADER, this);
    canvas_text_right(&p->c, 1 + LABEL + FIGURE, p->y++, FIGURE, STYLE_DIM, that);
    row(p, _("Won"), COUNT, known(now->won), known(before->won), false);
    row(p, _("Won value"), AMOUNT, known(now->won_value), known(before->won_value), false);
    row(p, _("Lost"), COUNT, known(now->lost), known(before->lost), true);
    row(p, _("Lost value"), AMOUNT, known(now->lost_value), known(before->lost_value), true);
    row(p, _("Win rate"), PERCENT, by(pipeline_win_rate, now), by(pipeline_win_rate, before), false);
    row(p, _("Average of a win"), AMOUNT, by(pipeline_average_value, now), by(pipeline_average_value, before), false);
    row(p, _("Days to win"), DECIMAL, by(pipeline_days_to_win, now), by(pipeline_days_to_win, before), true);
    row(p, _("Contacts per win"), DECIMAL, by(pipeline_activities, now), by(pipeline_activities, before), true);
    row(p, _("Velocity a day"), AMOUNT, by(pipeline_velocity, now), by(pipeline_velocity, before), false);
    row(p, _("New deals"), COUNT, known(f->now.created), known(f->before.created), false);
    row(p, _("… of them won so far"), COUNT, known(f->now.created_won), known(f->before.created_won), false);
}

/* --- funnel */

static const struct pipeline_stage *same_stage(const struct pipeline_stats *stats, int64_t id) {
    for (size_t i = 0; i < stats->stage_count; i++) {
        if (stats->stages[i].id == id) {
            return &stats->stages[i];
        }
    }
    return NULL;
}

static void ratio(int64_t part, int64_t whole, int64_t unit, struct number *out) {
    out->known = pipeline_ratio(part, whole, unit, &out->value);
}

/* A bar in the middle of its width: the bars under each other make the funnel. */
static void centred(struct pen *p, int x, int width, int64_t value, int64_t full, enum style style) {
    int64_t cells = 0;
    if (full > 0) {
        money_scale(value, width, full, &cells);
    }
    cells = value > 0 && cells == 0 ? 1 : cells;
    int from = x + (width - (int)cells) / 2;
    for (int i = 0; i < (int)cells; i++) {
        canvas_text(&p->c, from + i, p->y, 1, style, "█");
    }
}

static void funnel_row(struct pen *p, const struct board_figures *f, const struct pipeline_stage *stage, int64_t full) {
    const struct pipeline_stage *was = same_stage(&f->before, stage->id);
    struct number rate = {0};
    struct number rate_before = {0};
    struct number days = {0};
    char a[MONEY_TEXT_MAX];
    char b[MONEY_TEXT_MAX];
    char d[MONEY_TEXT_MAX];
    int bar = p->c.width - 18 - 7 - 16 - 9;
    ratio(stage->advanced, stage->entered, 10000, &rate);
    ratio(stage->days, stage->stayed, 100, &days);
    if (was != NULL) {
        ratio(was->advanced, was->entered, 10000, &rate_before);
    }
    canvas_text(&p->c, 1, p->y, 16, STYLE_NORMAL, stage->name);
    centred(p, 18, bar, stage->entered, full, STYLE_BAR);
    canvas_text_right(&p->c, 18 + bar, p->y, 7, STYLE_STRONG, figure_count(stage->entered, a));
    canvas_text_right(&p->c, 18 + bar + 7, p->y, 8, STYLE_NORMAL, show(p, PERCENT, rate, b));
    canvas_text_right(&p->c, 18 + bar + 15, p->y, 8, STYLE_DIM, show(p, PERCENT, rate_before, b));
    canvas_text_right(&p->c, 18 + bar + 23, p->y, 8, STYLE_NORMAL, show(p, DECIMAL, days, d));
    p->y++;
}

static void funnel(struct pen *p, const struct board_figures *f) {
    int bar = p->c.width - 18 - 7 - 16 - 9;
    char text[FIGURE_MAX];
    heading(p, _("Funnel of the deals made in the period"));
    canvas_text_right(&p->c, 18 + bar, p->y, 7, STYLE_DIM, _("came"));
    canvas_text_right(&p->c, 18 + bar + 7, p->y, 8, STYLE_DIM, _("went on"));
    canvas_text_right(&p->c, 18 + bar + 15, p->y, 8, STYLE_DIM, _("earlier"));
    canvas_text_right(&p->c, 18 + bar + 23, p->y, 8, STYLE_DIM, _("days"));
    p->y++;
    int64_t full = f->now.stage_count == 0 ? 0 : f->now.stages[0].entered;
    for (size_t i = 0; i < f->now.stage_count; i++) {
        funnel_row(p, f, &f->now.stages[i], full);
    }
    canvas_text(&p->c, 1, p->y, 16, STYLE_GOOD, _("Won"));
    centred(p, 18, bar, f->now.created_won, full, STYLE_BAR_GOOD);
    canvas_text_right(&p->c, 18 + bar, p->y++, 7, STYLE_STRONG, figure_count(f->now.created_won, text));
}

/* --- reasons, reps, teams, sources */

enum { PARTS_SHOWN = 12 };

static const struct pipeline_part *same_part(const struct pipeline_parts *parts, int64_t id) {
    for (size_t i = 0; i < parts->count; i++) {
        if (parts->rows[i].id == id) {
            return &parts->rows[i];
        }
    }
    return NULL;
}

static void reasons(struct pen *p, const struct board_figures *f) {
    const struct pipeline_parts *all = &f->now.reasons;
    char text[MONEY_TEXT_MAX];
    if (all->count == 0) {
        return;
    }
    heading(p, _("Why deals were lost"));
    for (size_t i = 0; i < all->count && i < PARTS_SHOWN; i++) {
        const struct pipeline_part *part = &all->rows[i];
        const struct pipeline_part *was = same_part(&f->before.reasons, part->id);
        int bar = p->c.width - 22 - 26;
        canvas_text(&p->c, 1, p->y, 20, STYLE_NORMAL, part->name);
        chart_bar(&p->c, 22, p->y, bar, part->sums.lost, f->now.sums.lost, STYLE_BAR_ERROR);
        canvas_text_right(&p->c, 22 + bar, p->y, 6, STYLE_STRONG, figure_count(part->sums.lost, text));
        canvas_text_right(&p->c, 28 + bar, p->y, 11, STYLE_NORMAL,
                          money_format_short(part->sums.lost_value, p->currency, text));
        canvas_text_right(&p->c, 39 + bar, p->y, 8, STYLE_DIM, figure_count(was == NULL ? 0 : was->sums.lost, text));
        p->y++;
    }
}

static void part_row(struct pen *p, const struct pipeline_part *part, const struct pipeline_part *was, int64_t most) {
    struct number rate = by(pipeline_win_rate, &part->sums);
    char text[MONEY_TEXT_MAX];
    int bar = p->c.width - 22 - 42;
    canvas_text(&p->c, 1, p->y, 20, STYLE_NORMAL, part->name);
    chart_bar(&p->c, 22, p->y, bar, part->sums.won_value, most, STYLE_BAR_GOOD);
    int x = 22 + bar;
    canvas_text_right(&p->c, x, p->y, 10, STYLE_STRONG, money_format_short(part->sums.won_value, p->currency, text));
    canvas_text_right(&p->c, x + 10, p->y, 5, STYLE_NORMAL, figure_count(part->sums.won, text));
    canvas_text_right(&p->c, x + 15, p->y, 5, STYLE_NORMAL, figure_count(part->sums.lost, text));
    canvas_text_right(&p->c, x + 20, p->y, 8, STYLE_NORMAL, show(p, PERCENT, rate, text));
    canvas_text_right(&p->c, x + 28, p->y, 10, STYLE_DIM,
                      money_format_short(was == NULL ? 0 : was->sums.won_value, p->currency, text));
    int64_t before = was == NULL ? 0 : was->sums.won_value;
    if (part->sums.won_value != before) {
        bool up = part->sums.won_value > before;
        canvas_text(&p->c, x + 39, p->y, 1, up ? STYLE_GOOD : STYLE_WARN, up ? "▲" : "▼");
    }
    p->y++;
}

static void parts(struct pen *p, const char *title, const struct pipeline_parts *now,
                  const struct pipeline_parts *before) {
    if (now->count == 0) {
        return;
    }
    heading(p, title);
    int x = 22 + p->c.width - 22 - 42;
    canvas_text_right(&p->c, x, p->y, 10, STYLE_DIM, _("won"));
    canvas_text_right(&p->c, x + 10, p->y, 10, STYLE_DIM, _("won lost"));
    canvas_text_right(&p->c, x + 20, p->y, 8, STYLE_DIM, _("rate"));
    canvas_text_right(&p->c, x + 28, p->y++, 10, STYLE_DIM, _("earlier"));
    for (size_t i = 0; i < now->count && i < PARTS_SHOWN; i++) {
        part_row(p, &now->rows[i], same_part(before, now->rows[i].id), now->rows[0].sums.won_value);
    }
    if (now->count > PARTS_SHOWN) {
        canvas_textf(&p->c, 1, p->y++, p->c.width - 1, STYLE_DIM, _("… and %d more; x writes them all"),
                     (int)now->count - PARTS_SHOWN);
    }
}

static void left_part(struct pen *p, const struct board_figures *f) {
    numbers(p, f);
    funnel(p, f);
    reasons(p, f);
}

static void right_part(struct pen *p, const struct board_figures *f) {
    parts(p, _("By rep"), &f->now.reps, &f->before.reps);
    parts(p, _("By team"), &f->now.teams, &f->before.teams);
    parts(p, _("By source"), &f->now.sources, &f->before.sources);
}

/* One under the other, or side by side where there is room. */
int figures_paint(const struct board_figures *f, const struct currency *currency, struct canvas *c) {
    bool wide = c->width >= CARD_FROM_WIDTH + 30;
    int width = wide ? c->width / 2 - 1 : c->width;
    struct pen p = {canvas_view(c, 0, 0, width, c->height), -f->top, -f->top, currency};
    left_part(&p, f);
    int rows = p.y;
    if (wide) {
        p = (struct pen){canvas_view(c, width + 2, 0, c->width - width - 2, c->height), -f->top, -f->top, currency};
    }
    right_part(&p, f);
    return (p.y > rows ? p.y : rows) + f->top;
}
