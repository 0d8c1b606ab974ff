/* The board as it is seen: summary, heads, cards, foot. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "tui/chart.h"
#include "tui/figure.h"
#include "tui/screens/board.h"

/* --- the first line: what is shown, and what it comes to */

static void add_part(struct buf *out, const char *label, const char *value) {
    if (value != NULL && *value != '\0') {
        buf_addf(out, " │ %s %s", label, value);
    }
}

static void add_filters(const struct board_state *s, struct buf *out) {
    const struct board_filter *f = &s->filter;
    bool everybody = f->staff_id == 0 && f->team_id == 0;
    add_part(out, _("of:"), everybody ? _("all") : f->staff);
    add_part(out, _("team:"), f->team);
    add_part(out, _("source:"), f->source);
    add_part(out, "#", f->tag);
    if (f->month[0] != '\0') {
        buf_addf(out, " │ T%d/%.4s", atoi(f->month + 5), f->month);
    }
    buf_add(out, f->rotting ? " │ ~ " : "");
    buf_add(out, f->rotting ? _("rotting only") : "");
}

static void paint_summary(const struct board_state *s, struct canvas *c) {
    int64_t deals = 0;
    int64_t value = 0;
    int64_t weighted = 0;
    int64_t rotting = 0;
    char count[FIGURE_MAX];
    char sum[MONEY_TEXT_MAX];
    char part[MONEY_TEXT_MAX];
    for (size_t i = 0; i < s->count; i++) {
        const struct board_column *column = &s->columns[i];
        if (column->kind == STAGE_OPEN) {
            deals += column->deals;
            value += column->value;
            weighted += column->weighted;
            rotting += column->rotting;
        }
    }
    struct buf left = BUF_INIT;
    struct buf right = BUF_INIT;
    buf_addf(&left, _(" %d columns"), (int)s->count);
    add_filters(s, &left);
    buf_addf(&right, _("%s open · %s · weighted %s"), figure_count(deals, count),
             money_format_short(value, &s->currency, sum), money_format_short(weighted, &s->currency, part));
    if (rotting > 0) {
        buf_addf(&right, _(" · ~%s rotting"), figure_count(rotting, count));
    }
    int used = canvas_text_right(c, 0, 0, c->width - 1, STYLE_STRONG, buf_str(&right));
    canvas_text(c, 0, 0, c->width - used - 2, STYLE_NORMAL, buf_str(&left));
    buf_clear(&left);
    buf_clear(&right);
}

/* --- heads */

/* 9 999, then 10k. */
static const char *short_count(int64_t n, char out[FIGURE_MAX]) {
    if (n < 10000) {
        return figure_count(n, out);
    }
    figure_count(n / 1000, out);
    return strcat(out, "k");
}

static void paint_sums(const struct board_state *s, const struct board_column *column, struct canvas *c) {
    char sum[MONEY_TEXT_MAX];
    char part[MONEY_TEXT_MAX];
    money_format_short(column->value, &s->currency, sum);
    money_format_short(column->weighted, &s->currency, part);
    if (column->kind == STAGE_OPEN) {
        canvas_textf(c, 1, 1, c->width - 2, STYLE_NORMAL, "%s · %s", sum, part);
    } else {
        canvas_text(c, 1, 1, c->width - 2, STYLE_NORMAL, sum);
    }
}

/* The bar of a stage is its probability, that of a month the weighted part of its sum. */
static void paint_bar(const struct board_column *column, struct canvas *c) {
    bool month = column->stage_id == 0;
    int64_t value = month ? column->weighted : column->probability_bps;
    int64_t full = month ? column->value : 10000;
    enum style style = column->kind == STAGE_WON    ? STYLE_BAR_GOOD
                       : column->kind == STAGE_LOST ? STYLE_BAR_ERROR
                                                    : STYLE_BAR;
    int64_t percent = 0;
    if (full > 0) {
        money_scale(value, 100, full, &percent);
    }
    char text[FIGURE_MAX];
    snprintf(text, sizeof text, "%d%%", (int)percent);
    int width = c->width - 3 - text_width(text);
    width = width > 20 ? 20 : width;
    chart_bar(c, 1, 2, width, value, full, style);
    canvas_text(c, width + 2, 2, c->width - width - 2, STYLE_DIM, text);
}

/* The name comes first, then how many, then how many of them rot: as far as there is room for them. */
static void paint_name(const struct board_column *column, struct canvas *c) {
    char count[FIGURE_MAX];
    char rotting[FIGURE_MAX];
    char *upper = text_upper(column->title);
    short_count(column->deals, count);
    short_count(column->rotting, rotting);
    int spare = c->width - 2 - text_width(upper) - 1 - text_width(count);
    char *mark = column->rotting == 0              ? mem_strdup("")
                 : spare > text_width(rotting) + 1 ? mem_printf("~%s", rotting)
                                                   : mem_strdup(spare > 1 ? "~" : "");
    canvas_text_right(c, 0, 0, c->width - 1, STYLE_WARN, mark);
    int room = c->width - 2 - text_width(count) - 1;
    int name = canvas_text(c, 1, 0, room, STYLE_HEADER, upper);
    canvas_textf(c, name + 1, 0, text_width(count) + 1, STYLE_STRONG, " %s", count);
    free(mark);
    free(upper);
}

static void paint_head(const struct board_state *s, const struct board_column *column, bool current, struct canvas *c) {
    paint_name(column, c);
    if (current) {
        canvas_restyle(c, 0, 0, c->width - 1, 1, STYLE_CURSOR_IDLE);
        canvas_text(c, 0, 0, 1, STYLE_CURSOR_IDLE, "▾");
    }
    paint_sums(s, column, c);
    paint_bar(column, c);
}

/* --- cards */

/* ● planned, ○ nothing planned, ! overdue */
static void paint_next(const struct board_state *s, const struct board_card *card, struct canvas *c, int y) {
    char day[DATE_SIZE];
    int width = c->width - 2;
    if (card->next_on[0] == '\0') {
        canvas_textf(c, 1, y, width, STYLE_DIM, "○ %s", _("nothing planned"));
    } else if (strcmp(card->next_on, s->today) < 0) {
        canvas_textf(c, 1, y, width, STYLE_WARN, _("! overdue %ldd · %s"), date_diff(s->today, card->next_on),
                     card->next_text);
    } else {
        date_format(card->next_on, day);
        char *when = mem_printf(" %.5s", day);
        int room = width - text_width(when);
        int used = canvas_textf(c, 1, y, room, STYLE_GOOD, "● %s", card->next_text);
        canvas_text(c, 1 + used, y, width - used, STYLE_GOOD, when);
        free(when);
    }
}

static void paint_value(const struct board_state *s, const struct board_card *card, struct canvas *c, int y) {
    char sum[MONEY_TEXT_MAX];
    char *days = mem_printf(_("%dd"), card->days);
    int used = 0;
    if (card->rotting) {
        used += 1 + canvas_text_right(c, 1, y, c->width - 2, STYLE_WARN, "~");
    }
    used += 1 + canvas_text_right(c, 1, y, c->width - 2 - used, STYLE_DIM, days);
    free(days);
    money_format_short(card->value, &s->currency, sum);
    canvas_textf(c, 1, y, c->width - 2 - used, STYLE_NORMAL, "%s%s%s", sum, card->rep[0] == '\0' ? "" : " · ",
                 card->rep);
}

static void paint_card(const struct board_state *s, const struct board_column *column, const struct board_card *card,
                       bool cursor, struct canvas *c) {
    for (int y = 0; y < BOARD_CARD_ROWS - 1; y++) {
        canvas_text(c, 0, y, 1, STYLE_BORDER, "│");
        canvas_text(c, c->width - 1, y, 1, STYLE_BORDER, "│");
    }
    canvas_text(c, 1, 0, c->width - 2, STYLE_STRONG, card->title);
    paint_value(s, card, c, 1);
    if (column->kind == STAGE_OPEN || card->next_on[0] != '\0') {
        paint_next(s, card, c, 2);
    }
    if (cursor) {
        canvas_text(c, 0, 0, 1, STYLE_STRONG, "▸");
        canvas_restyle(c, 0, 0, c->width, BOARD_CARD_ROWS - 1, STYLE_CURSOR);
    }
}

static void paint_edge(struct canvas *c, int y, const char *left, const char *right) {
    canvas_line(c, 0, y, c->width, STYLE_BORDER);
    canvas_text(c, 0, y, 1, STYLE_BORDER, left);
    canvas_text(c, c->width - 1, y, 1, STYLE_BORDER, right);
}

/* The border under the last card stands where there is a row left for it. */
static void paint_cards(const struct board_state *s, const struct board_column *column, int page, bool current,
                        struct canvas *c) {
    int y = 0;
    for (size_t row = column->top; row < column->top + (size_t)page && row < (size_t)column->deals; row++) {
        if (row < column->first || row >= column->first + column->count) {
            continue;
        }
        struct canvas box = canvas_view(c, 0, y, c->width, BOARD_CARD_ROWS - 1);
        paint_card(s, column, &column->cards[row - column->first], current && row == column->cursor, &box);
        bool last = row + 1 == (size_t)column->deals;
        paint_edge(c, y + BOARD_CARD_ROWS - 1, last ? "└" : "├", last ? "┘" : "┤");
        y += BOARD_CARD_ROWS;
    }
    if (y == 0) {
        canvas_text(c, 1, 0, c->width - 2, STYLE_DIM, _("no deals"));
    }
}

static void paint_columns(const struct board_state *s, const struct board_layout *l, struct canvas *c) {
    int shown = 0;
    for (size_t i = l->first; i < s->count && shown < l->shown; i++) {
        const struct board_column *column = &s->columns[i];
        if (column->folded) {
            continue;
        }
        int x = shown++ * l->width;
        struct canvas head = canvas_view(c, x, 1, l->width, BOARD_HEAD_ROWS - 1);
        struct canvas cards = canvas_view(c, x, BOARD_HEAD_ROWS, l->width, c->height - BOARD_HEAD_ROWS - 1);
        paint_head(s, column, i == s->current, &head);
        paint_cards(s, column, l->page, i == s->current, &cards);
    }
}

/* --- the last line: folded columns or the search at the left, the place at the right */

static void paint_folded(const struct board_state *s, int width, struct canvas *c) {
    int y = c->height - 1;
    int x = 1;
    for (size_t i = 0; i < s->count && x < width; i++) {
        const struct board_column *column = &s->columns[i];
        char count[FIGURE_MAX];
        char sum[MONEY_TEXT_MAX];
        if (!column->folded) {
            continue;
        }
        char *upper = text_upper(column->title);
        x += canvas_textf(c, x, y, width - x, i == s->current ? STYLE_CURSOR : STYLE_HEADER, "▸%s %s · %s", upper,
                          figure_count(column->deals, count), money_format_short(column->value, &s->currency, sum));
        x += 2;
        free(upper);
    }
}

static int paint_place(const struct board_state *s, const struct board_layout *l, struct canvas *c) {
    const struct board_column *column = board_column(s);
    char here[FIGURE_MAX];
    char all[FIGURE_MAX];
    struct buf text = BUF_INIT;
    if (l->before > 0) {
        buf_addf(&text, "◂%d ", l->before);
    }
    if (l->after > 0) {
        buf_addf(&text, "%d▸ ", l->after);
    }
    if (column != NULL) {
        figure_count(column->deals == 0 ? 0 : (int64_t)column->cursor + 1, here);
        buf_addf(&text, " %s/%s", here, figure_count(column->deals, all));
    }
    int used = canvas_text_right(c, 0, c->height - 1, c->width - l->pane, STYLE_DIM, buf_str(&text));
    buf_clear(&text);
    return used;
}

static void paint_foot(const struct board_state *s, const struct board_layout *l, struct canvas *c) {
    int y = c->height - 1;
    int width = c->width - l->pane - paint_place(s, l, c) - 1;
    if (!s->searching && field_is_empty(&s->search)) {
        paint_folded(s, width, c);
        return;
    }
    canvas_text(c, 0, y, 2, STYLE_KEY, "/");
    field_paint(&s->search, c, 2, y, width > 42 ? 40 : width - 2, s->searching ? STYLE_FIELD_FOCUS : STYLE_FIELD,
                s->searching);
}

void board_paint(const struct board_state *s, struct canvas *c) {
    struct board_layout l = board_layout(s->columns, s->count, s->current, s->left, c->width, c->height);
    paint_summary(s, c);
    paint_columns(s, &l, c);
    paint_foot(s, &l, c);
    if (l.pane > 0) {
        struct canvas pane = canvas_view(c, c->width - BOARD_PANE, 1, BOARD_PANE, c->height - 1);
        card_paint(&s->facts, &pane, STYLE_NORMAL);
    }
}
