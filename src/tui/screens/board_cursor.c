/* The cursor of the board: which column and card, what is in sight of it. */
#include <stdlib.h>

#include "base/mem.h"
#include "tui/screens/board.h"

const struct board_column *board_column(const struct board_state *s) {
    return s->current < s->count ? &s->columns[s->current] : NULL;
}

const struct board_card *board_card(const struct board_state *s) {
    const struct board_column *c = board_column(s);
    bool there = c != NULL && c->cursor >= c->first && c->cursor - c->first < c->count;
    return there ? &c->cards[c->cursor - c->first] : NULL;
}

static void card_free(struct board_card *card) {
    free(card->deal_no);
    free(card->title);
    free(card->rep);
    free(card->next_on);
    free(card->next_text);
}

void board_cards_clear(struct board_column *column) {
    for (size_t i = 0; i < column->count; i++) {
        card_free(&column->cards[i]);
    }
    column->count = 0;
}

void board_columns_clear(struct board_state *s) {
    for (size_t i = 0; i < s->count; i++) {
        board_cards_clear(&s->columns[i]);
        free(s->columns[i].cards);
        free(s->columns[i].title);
    }
    free(s->columns);
    s->columns = NULL;
    s->count = 0;
}

void board_filter_clear(struct board_filter *f) {
    free(f->staff);
    free(f->team);
    free(f->source);
    free(f->tag);
    *f = (struct board_filter){0};
}

/* Are the cards from the column's top down to `page` of them there? */
bool board_page_loaded(const struct board_column *c, int page) {
    size_t end = c->top + (size_t)page;
    end = end > (size_t)c->deals ? (size_t)c->deals : end;
    return c->top >= c->first && end <= c->first + c->count;
}

size_t board_next_open(const struct board_state *s, size_t from) {
    while (from < s->count && s->columns[from].folded) {
        from++;
    }
    return from;
}

bool board_visible_loaded(const struct board_state *s, const struct board_layout *l) {
    size_t at = board_next_open(s, l->first);
    for (int shown = 0; shown < l->shown && at < s->count; shown++) {
        if (!board_page_loaded(&s->columns[at], l->page)) {
            return false;
        }
        at = board_next_open(s, at + 1);
    }
    return true;
}

/* --- moving about */

static struct board_layout layout_of(const struct app *app, const struct board_state *s) {
    int width = 0;
    int height = 0;
    app_body_size(app, &width, &height);
    return board_layout(s->columns, s->count, s->current, s->left, width, height);
}

/* Keeps the cursor in the column and in sight. */
static void settle(struct board_column *c, size_t page) {
    size_t deals = (size_t)c->deals;
    c->cursor = deals == 0 ? 0 : c->cursor >= deals ? deals - 1 : c->cursor;
    c->top = c->cursor < c->top ? c->cursor : c->cursor >= c->top + page ? c->cursor - page + 1 : c->top;
    if (c->top > 0 && c->top + page > deals) {
        c->top = deals > page ? deals - page : 0;
    }
}

void board_settle(struct board_state *s, int page) {
    for (size_t i = 0; i < s->count; i++) {
        settle(&s->columns[i], (size_t)page);
    }
    s->current = s->count == 0 ? 0 : s->current >= s->count ? s->count - 1 : s->current;
}

/* After the cursor moved: what it needs may have to be loaded. */
unsigned board_moved(struct app *app, struct board_state *s) {
    struct board_layout l = layout_of(app, s);
    s->left = l.first;
    board_settle(s, l.page);
    s->moved = l.pane > 0 || !board_visible_loaded(s, &l);
    return s->moved ? SCREEN_RELOAD : SCREEN_REDRAW;
}

void board_follow(struct board_state *s, int64_t deal_id, int64_t stage_id) {
    s->go_to = deal_id;
    s->moved = false;
    for (size_t i = 0; i < s->count && s->page == BOARD_STAGES; i++) {
        if (s->columns[i].stage_id == stage_id && !s->columns[i].folded) {
            s->current = i;
        }
    }
}

static unsigned sideways(struct app *app, struct board_state *s, int step) {
    if (step > 0 && s->current + 1 < s->count) {
        s->current++;
    } else if (step < 0 && s->current > 0) {
        s->current--;
    }
    return board_moved(app, s);
}

static unsigned up_and_down(struct app *app, struct board_state *s, long by) {
    if (s->count > 0) {
        size_t step = (size_t)(by < 0 ? -by : by);
        struct board_column *c = &s->columns[s->current];
        c->cursor = by >= 0 ? c->cursor + step : c->cursor > step ? c->cursor - step : 0;
    }
    return board_moved(app, s);
}

unsigned board_fold(struct app *app, struct board_state *s) {
    if (s->count > 0) {
        s->columns[s->current].folded = !s->columns[s->current].folded;
    }
    return board_moved(app, s);
}

/* The column at a place of the canvas; count when there is none. */
static size_t column_at(const struct board_state *s, const struct board_layout *l, int x) {
    int at = l->width == 0 ? l->shown : x / l->width;
    size_t i = l->first;
    for (int seen = 0; i < s->count; i++) {
        if (!s->columns[i].folded && seen++ == at) {
            break;
        }
    }
    return at < l->shown ? i : s->count;
}

unsigned board_mouse(struct app *app, struct board_state *s, const struct key *key) {
    struct board_layout l = layout_of(app, s);
    size_t at = column_at(s, &l, key->x);
    if (at >= s->count) {
        return SCREEN_IGNORED;
    }
    struct board_column *c = &s->columns[at];
    size_t row = c->top + (size_t)(key->y < BOARD_HEAD_ROWS ? 0 : (key->y - BOARD_HEAD_ROWS) / BOARD_CARD_ROWS);
    bool again = at == s->current && row == c->cursor;
    s->current = at;
    if (key->kind == K_WHEEL) {
        return up_and_down(app, s, key->code == 0 ? -1 : 1);
    }
    if (key->y >= BOARD_HEAD_ROWS && row < (size_t)c->deals) {
        c->cursor = row;
        if (again) {
            return SCREEN_LEAVE /* the caller opens it */;
        }
    }
    return board_moved(app, s);
}

unsigned board_navigate(struct app *app, struct board_state *s, enum action action) {
    long page = layout_of(app, s).page;
    switch (action) {
    case ACTION_LIST_LEFT:
    case ACTION_PREVIOUS:
        return sideways(app, s, -1);
    case ACTION_LIST_RIGHT:
    case ACTION_NEXT:
        return sideways(app, s, 1);
    case ACTION_LIST_UP:
        return up_and_down(app, s, -1);
    case ACTION_LIST_DOWN:
        return up_and_down(app, s, 1);
    case ACTION_LIST_PAGE_UP:
        return up_and_down(app, s, -page);
    case ACTION_LIST_PAGE_DOWN:
        return up_and_down(app, s, page);
    case ACTION_LIST_FIRST:
        return up_and_down(app, s, -(long)(s->count == 0 ? 0 : s->columns[s->current].cursor));
    case ACTION_LIST_LAST:
        return up_and_down(app, s, s->count == 0 ? 0 : (long)s->columns[s->current].deals);
    default:
        return SCREEN_IGNORED;
    }
}
