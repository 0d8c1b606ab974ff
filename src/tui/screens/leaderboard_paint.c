/* The month's ranking: the shop's line and pace, everyone with a bar, the findings under them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "tui/chart.h"
#include "tui/figure.h"
#include "tui/screens/leaderboard.h"

enum { BAR = 12, FULL_PERCENT = 120, TREND = LEADERBOARD_MONTHS, HEAD_ROWS = 3, LEAST_LIST = 6 };

enum {
    COLUMN_RANK,
    COLUMN_NAME,
    COLUMN_REVENUE,
    COLUMN_BAR,
    COLUMN_PERCENT,
    COLUMN_ORDERS,
    COLUMN_SCORE,
    COLUMN_WON,
    COLUMN_TEAM,
    COLUMN_MARGIN,
    COLUMN_TARGET,
    COLUMN_COMMISSION,
    COLUMN_TREND,
    COLUMN_COUNT
};
static const struct list_column columns[COLUMN_COUNT] = {
    [COLUMN_RANK] = {"#", 7, 7, 1, ALIGN_LEFT, true},
    [COLUMN_NAME] = {N_("Name"), 18, 30, 1, ALIGN_LEFT, true},
    [COLUMN_REVENUE] = {N_("Revenue"), 13, 16, 1, ALIGN_RIGHT, true},
    [COLUMN_BAR] = {N_("70 · 100%"), BAR, BAR, 2, ALIGN_LEFT, false},
    [COLUMN_PERCENT] = {"%", 6, 7, 2, ALIGN_RIGHT, true},
    [COLUMN_ORDERS] = {N_("Orders"), 6, 7, 3, ALIGN_RIGHT, true},
    [COLUMN_SCORE] = {N_("KPI"), 6, 7, 3, ALIGN_RIGHT, true},
    [COLUMN_WON] = {N_("Won"), 5, 6, 4, ALIGN_RIGHT, true},
    [COLUMN_TEAM] = {N_("Team"), 10, 16, 5, ALIGN_LEFT, false},
    [COLUMN_MARGIN] = {N_("Margin"), 12, 14, 6, ALIGN_RIGHT, true},
    [COLUMN_TARGET] = {N_("Target"), 13, 15, 7, ALIGN_RIGHT, true},
    [COLUMN_COMMISSION] = {N_("Commission"), 11, 14, 5, ALIGN_RIGHT, false},
    [COLUMN_TREND] = {N_("12 months"), TREND, TREND, 8, ALIGN_LEFT, false},
};

void leaderboard_percent(const struct attainment *a, struct buf *out) {
    if (a->has) {
        int64_t tenths = attainment_tenths(a);
        int64_t size = tenths < 0 ? -tenths : tenths;
        buf_addf(out, "%s%lld,%lld%%", tenths < 0 ? "-" : "", (long long)(size / 10), (long long)(size % 10));
    }
}

enum style leaderboard_style(const struct attainment *a) {
    return attainment_reaches(a, 100) ? STYLE_BAR_GOOD : attainment_reaches(a, 70) ? STYLE_BAR : STYLE_BAR_WARN;
}

void leaderboard_bar(const struct attainment *a, int width, struct buf *out) {
    static const char *const parts[] = {"▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"};
    if (!a->has) {
        return;
    }
    int64_t tenths = attainment_tenths(a);
    tenths = tenths < 0 ? 0 : tenths > FULL_PERCENT * 10 ? FULL_PERCENT * 10 : tenths;
    int eighths = (int)(tenths * width * 8 / (FULL_PERCENT * 10));
    int missed = 70 * width / FULL_PERCENT, reached = 100 * width / FULL_PERCENT;
    for (int i = 0; i < width; i++) {
        int part = eighths - i * 8;
        bool mark = i == missed || i == reached;
        buf_add(out, part >= 8 ? (mark ? "┃" : "█") : mark ? "┊" : part > 0 ? parts[part - 1] : "·");
    }
}

/* "3 ▲2": the rank, and how it moved since last month; "*" a newcomer. */
static void add_rank(const struct kpi_row *r, struct buf *out) {
    if (r->rank == 0) {
        return;
    }
    buf_addf(out, "%d ", r->rank);
    if (r->previous_rank == 0) {
        buf_add(out, "*");
    } else if (r->previous_rank > r->rank) {
        buf_addf(out, "▲%d", r->previous_rank - r->rank);
    } else if (r->previous_rank < r->rank) {
        buf_addf(out, "▼%d", r->rank - r->previous_rank);
    } else {
        buf_add(out, "=");
    }
}

static void add_trend(const struct leaderboard_state *s, size_t row, struct buf *out) {
    static const char *const up[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    int64_t most = 0;
    for (int i = 0; s->trends != NULL && i < TREND; i++) {
        most = s->trends[row][i] > most ? s->trends[row][i] : most;
    }
    for (int i = 0; most > 0 && i < TREND; i++) {
        int64_t value = s->trends[row][i];
        buf_add(out, value <= 0 ? "·" : up[most < 8 ? 7 : (value / (most / 8)) > 7 ? 7 : value / (most / 8)]);
    }
}

static void add_score(const struct kpi_row *r, struct buf *out) {
    if (r->has_score) {
        int64_t size = r->score_tenths < 0 ? -r->score_tenths : r->score_tenths;
        buf_addf(out, "%s%lld,%lld", r->score_tenths < 0 ? "-" : "", (long long)(size / 10), (long long)(size % 10));
    }
}

static void add_figure(const struct leaderboard_state *s, const struct kpi_row *r, int column, struct buf *out) {
    char text[MONEY_TEXT_MAX];
    switch (column) {
    case COLUMN_REVENUE:
        buf_add(out, money_format(r->revenue, &s->currency, false, text));
        break;
    case COLUMN_ORDERS:
        buf_add(out, figure_count(r->orders, text));
        break;
    case COLUMN_WON:
        buf_add(out, r->has_deals && r->deals_won != 0 ? figure_count(r->deals_won, text) : "");
        break;
    case COLUMN_MARGIN:
        buf_add(out, r->shows_private ? money_format(r->margin, &s->currency, false, text) : "");
        break;
    case COLUMN_TARGET:
        buf_add(out, r->has_target ? money_format(r->target, &s->currency, false, text) : "");
        break;
    case COLUMN_COMMISSION:
        buf_add(out,
                r->has_commission && r->shows_private ? money_format(r->commission, &s->currency, false, text) : "");
        break;
    default:
        break;
    }
}

static void cell(const void *ctx, size_t row, int column, struct buf *out, enum style *style) {
    const struct leaderboard_state *s = ctx;
    const struct kpi_row *r = &s->board.rows[s->shown[row]];
    switch (column) {
    case COLUMN_RANK:
        add_rank(r, out);
        *style = r->previous_rank > r->rank ? STYLE_GOOD : *style;
        break;
    case COLUMN_NAME:
        buf_addf(out, "%s%s", r->rank == 1 && r->revenue > 0 ? "★ " : "", r->name);
        *style = r->rank == 1 && r->revenue > 0 ? STYLE_STRONG : *style;
        break;
    case COLUMN_BAR:
        leaderboard_bar(&r->attainment, BAR, out);
        *style = leaderboard_style(&r->attainment);
        break;
    case COLUMN_PERCENT:
        leaderboard_percent(&r->attainment, out);
        *style = attainment_reaches(&r->attainment, 100) ? STYLE_GOOD
                 : attainment_misses(&r->attainment, 70) ? STYLE_WARN
                                                         : *style;
        break;
    case COLUMN_SCORE:
        add_score(r, out);
        break;
    case COLUMN_TEAM:
        buf_add(out, r->team);
        break;
    case COLUMN_TREND:
        add_trend(s, s->shown[row], out);
        break;
    default:
        add_figure(s, r, column, out);
    }
}

static void total(const void *ctx, int column, struct buf *out) {
    const struct leaderboard_state *s = ctx;
    const struct kpi_row *t = &s->board.total;
    char text[MONEY_TEXT_MAX];
    bool distinct = s->filter.by != SCOPE_PRODUCT && s->filter.by != SCOPE_GROUP; /* an order is in one row only */
    if (column == COLUMN_NAME) {
        buf_add(out, _("Total"));
    } else if (column == COLUMN_REVENUE) {
        buf_add(out, money_format(t->revenue, &s->currency, false, text));
    } else if (column == COLUMN_MARGIN && t->shows_private) {
        buf_add(out, money_format(t->margin, &s->currency, false, text));
    } else if (column == COLUMN_ORDERS && distinct) {
        buf_add(out, figure_count(t->orders, text));
    }
}

/* --- which rows, and in which order */

static int64_t sort_value(const struct kpi_row *r, int column) {
    switch (column) {
    case COLUMN_RANK:
        return r->rank == 0 ? INT64_MAX : r->rank;
    case COLUMN_PERCENT:
        return r->attainment.has ? attainment_tenths(&r->attainment) : INT64_MIN;
    case COLUMN_ORDERS:
        return r->orders;
    case COLUMN_SCORE:
        return r->has_score ? r->score_tenths : INT64_MIN;
    case COLUMN_WON:
        return r->deals_won;
    case COLUMN_MARGIN:
        return r->shows_private ? r->margin : 0;
    case COLUMN_TARGET:
        return r->has_target ? r->target : INT64_MIN;
    default:
        return r->revenue;
    }
}

struct sorted {
    size_t row; /* of the board, whose order equal ones keep */
    int64_t value;
    char *key; /* of the name; NULL: by value */
};

static int compare(const void *a, const void *b, void *descending) {
    const struct sorted *x = a, *y = b;
    int order = x->key != NULL ? strcmp(x->key, y->key) : (x->value > y->value) - (x->value < y->value);
    order = *(const bool *)descending ? -order : order;
    return order != 0 ? order : (x->row > y->row) - (x->row < y->row);
}

static void sort(struct leaderboard_state *s) {
    struct sorted *rows = mem_array(s->shown_count, sizeof *rows);
    int column = s->list.sort_column;
    for (size_t i = 0; i < s->shown_count; i++) {
        const struct kpi_row *r = &s->board.rows[s->shown[i]];
        rows[i] = (struct sorted){s->shown[i], sort_value(r, column),
                                  column == COLUMN_NAME ? text_sort_key(r->name, true) : NULL};
    }
    qsort_r(rows, s->shown_count, sizeof *rows, compare, &s->list.sort_descending);
    for (size_t i = 0; i < s->shown_count; i++) {
        s->shown[i] = rows[i].row;
        free(rows[i].key);
    }
    free(rows);
}

void leaderboard_arrange(struct leaderboard_state *s) {
    char *filter = text_fold(list_filter(&s->list));
    s->shown = mem_resize(s->shown, s->board.count + 1, sizeof *s->shown);
    s->shown_count = 0;
    for (size_t i = 0; i < s->board.count; i++) {
        const struct kpi_row *r = &s->board.rows[i];
        if (filter[0] == '\0' || text_contains_folded(r->name, filter) || text_contains_folded(r->code, filter) ||
            text_contains_folded(r->team, filter)) {
            s->shown[s->shown_count++] = i;
        }
    }
    free(filter);
    sort(s);
}

const struct kpi_row *leaderboard_current(const struct leaderboard_state *s) {
    return s->list.cursor < s->shown_count ? &s->board.rows[s->shown[s->list.cursor]] : NULL;
}

struct list_source leaderboard_source(const struct leaderboard_state *s) {
    return (struct list_source){columns, COLUMN_COUNT, s, cell, NULL, total, _("Nobody sells here yet")};
}

/* Findings take what the list can spare. */
static int finding_rows(const struct leaderboard_state *s, int height) {
    int wanted = s->finding_count == 0 ? 0 : (int)s->finding_count + 1;
    int list = (int)s->board.count + 3;
    int room = height - HEAD_ROWS - (list < LEAST_LIST ? list : LEAST_LIST);
    int spare = height - HEAD_ROWS - list;
    int least = wanted < 4 ? wanted : 4;
    int rows = spare > least ? spare : least;
    rows = rows > wanted ? wanted : rows;
    return rows > room ? (room < 2 ? 0 : room) : rows;
}

int leaderboard_list_height(const struct leaderboard_state *s, int height) {
    return height - HEAD_ROWS - finding_rows(s, height);
}

static void paint_shop(const struct leaderboard_state *s, struct canvas *c) {
    char money[MONEY_TEXT_MAX];
    struct buf b = BUF_INIT;
    int x = 1;
    buf_addf(&b, "%s ", _("Revenue"));
    x += canvas_text(c, x, 0, c->width - x, STYLE_LABEL, buf_str(&b));
    x += canvas_text(c, x, 0, c->width - x, STYLE_AMOUNT, money_format(s->shop.revenue, &s->currency, true, money));
    if (s->shop.has_target) {
        buf_reset(&b);
        buf_addf(&b, " / %s  ", money_format(s->shop.target, &s->currency, false, money));
        x += canvas_text(c, x, 0, c->width - x, STYLE_NORMAL, buf_str(&b));
        buf_reset(&b);
        leaderboard_bar(&s->shop.attainment, 2 * BAR, &b);
        x += canvas_text(c, x, 0, c->width - x, leaderboard_style(&s->shop.attainment), buf_str(&b));
        buf_reset(&b);
        buf_add(&b, " ");
        leaderboard_percent(&s->shop.attainment, &b);
        canvas_text(c, x, 0, c->width - x, STYLE_STRONG, buf_str(&b));
    }
    buf_clear(&b);
}

static void paint_pace(const struct leaderboard_state *s, struct canvas *c) {
    char money[MONEY_TEXT_MAX];
    struct buf b = BUF_INIT;
    buf_addf(&b, _("Working days %d of %d"), s->pace.gone, s->pace.days);
    if (s->pace.has && s->pace.gone < s->pace.days) {
        buf_addf(&b, _(" · at this pace %s"), money_format_short(s->pace.revenue, &s->currency, money));
        if (s->shop.has_target) {
            struct attainment a = kpi_attainment((struct kpi_actual){s->pace.revenue, 1}, s->shop.target, false, false);
            buf_add(&b, " (");
            leaderboard_percent(&a, &b);
            buf_add(&b, ")");
        }
    }
    if (s->filter.by == SCOPE_REP && s->board.count > 0 && s->board.rows[0].revenue > 0 && s->board.rows[0].rank == 1) {
        buf_addf(&b, _(" · ★ top seller %s"), s->board.rows[0].name);
    }
    canvas_text(c, 1, 1, c->width - 1, STYLE_NORMAL, buf_str(&b));
    buf_clear(&b);
}

static void paint_findings(const struct leaderboard_state *s, struct canvas *c, int y, int rows) {
    if (rows < 2) {
        return;
    }
    canvas_line(c, 0, y, c->width, STYLE_BORDER);
    canvas_textf(c, 2, y, c->width - 2, STYLE_HEADER, " %s ", _("Health of the month"));
    for (int i = 0; i < rows - 1 && i < (int)s->finding_count; i++) {
        bool last = i == rows - 2;
        size_t left = s->finding_count - (size_t)i - 1 + s->findings_left_out;
        int used = 0;
        if (last && left > 0) {
            char more[64];
            snprintf(more, sizeof more, _(" +%zu more"), left);
            used = canvas_text_right(c, 0, y + 1 + i, c->width, STYLE_DIM, more);
        }
        canvas_textf(c, 1, y + 1 + i, c->width - 2 - used, STYLE_WARN, "! %d  %s", s->findings[i].rule,
                     s->findings[i].text);
    }
}

void leaderboard_paint_ranks(const struct leaderboard_state *s, struct canvas *c) {
    int rows = finding_rows(s, c->height);
    int list = c->height - HEAD_ROWS - rows;
    paint_shop(s, c);
    paint_pace(s, c);
    struct canvas view = canvas_view(c, 0, HEAD_ROWS, c->width, list);
    struct list_source source = leaderboard_source(s);
    list_paint(&s->list, &source, &view, true);
    paint_findings(s, c, HEAD_ROWS + list, rows);
}
