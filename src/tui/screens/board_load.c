/* Reading what the board shows: columns with their totals, and of the cards only those that can be seen. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "tui/screens/board_deal.h"

enum { MARGIN_PAGES = 1, STAGES_MAX = 100 };

static const char *const sorts[BOARD_SORTS] = {NULL, "value", "created"};

const char *board_sort_label(int sort) {
    static const char *const labels[BOARD_SORTS] = {N_("next activity"), N_("value"), N_("newest")};
    return _(labels[sort]);
}

struct deal_filter board_deals(const struct board_state *s, const struct board_column *column) {
    const struct board_filter *b = &s->filter;
    struct deal_filter f = {
        .kind = -1,
        .staff_id = b->staff_id,
        .team_id = b->team_id,
        .source_id = b->source_id,
        .tag = b->tag,
        .text = field_is_empty(&s->search) ? NULL : field_text(&s->search),
        .from = b->from[0] == '\0' ? NULL : b->from,
        .to = b->to[0] == '\0' ? NULL : b->to,
        .rotting = b->rotting,
        .sort = sorts[s->sort],
        .descending = s->sort != 0,
    };
    if (column != NULL) {
        board_forecast_narrow(s, column, &f);
        f.stage_id = column->stage_id;
    }
    return f;
}

/* --- columns */

static struct board_column *find_column(struct board_column *columns, size_t count, int64_t stage_id) {
    for (size_t i = 0; i < count; i++) {
        if (columns[i].stage_id == stage_id) {
            return &columns[i];
        }
    }
    return NULL;
}

/* What the user did with the column stays: cursor, scrolling, folding. */
static void inherit(struct board_column *to, struct board_column *from) {
    struct board_column fresh = *to;
    *to = *from;
    *from = (struct board_column){0};
    free(to->title);
    to->title = fresh.title;
    to->kind = fresh.kind;
    to->probability_bps = fresh.probability_bps;
    to->folded = to->fold == fresh.fold ? to->folded : fresh.fold;
    to->fold = fresh.fold;
}

static void set_columns(struct board_state *s, const struct stage *stages, size_t count) {
    struct board_column *columns = mem_array(count, sizeof *columns);
    int64_t current = s->current < s->count ? s->columns[s->current].stage_id : 0;
    int64_t left = s->left < s->count ? s->columns[s->left].stage_id : 0;
    s->current = 0;
    for (size_t i = 0; i < count; i++) {
        columns[i] = (struct board_column){
            .stage_id = stages[i].id,
            .title = mem_strdup(stages[i].name),
            .kind = stages[i].kind,
            .probability_bps = stages[i].probability_bps,
            .fold = stages[i].fold,
            .folded = stages[i].fold,
        };
        struct board_column *old = find_column(s->columns, s->count, stages[i].id);
        if (old != NULL) {
            inherit(&columns[i], old);
        }
        s->current = stages[i].id == current ? i : s->current;
        s->left = stages[i].id == left ? i : s->left;
    }
    board_columns_clear(s);
    s->columns = columns;
    s->count = count;
}

static enum err_code load_stages(struct app *app, struct board_state *s, struct err *e) {
    struct stage *stages = NULL;
    struct stage_total totals[STAGES_MAX];
    size_t count = 0;
    size_t totalled = 0;
    struct deal_filter f = board_deals(s, NULL);
    enum err_code rc = stage_list(app_shop(app), s->pipeline_id, &stages, &count, e);
    if (rc == ERR_OK) {
        rc = deal_totals(app_shop(app), s->pipeline_id, &f, totals, STAGES_MAX, &totalled, e);
    }
    if (rc == ERR_OK) {
        set_columns(s, stages, count);
    }
    for (size_t i = 0; rc == ERR_OK && i < s->count; i++) {
        s->columns[i].deals = 0;
        s->columns[i].value = 0;
        s->columns[i].weighted = 0;
        s->columns[i].rotting = 0;
    }
    for (size_t i = 0; rc == ERR_OK && i < totalled; i++) {
        struct board_column *column = find_column(s->columns, s->count, totals[i].stage_id);
        if (column != NULL) {
            column->deals = totals[i].deals;
            column->value = totals[i].value;
            column->weighted = totals[i].weighted;
            column->rotting = totals[i].rotting;
        }
    }
    stage_list_free(stages, count);
    return rc;
}

/* --- cards */

static enum err_code keep_card(void *ctx, const struct deal_card *card, struct err *e) {
    struct board_column *column = ctx;
    (void)e;
    column->cards = mem_grow(column->cards, column->count, &column->cap, sizeof *column->cards);
    column->cards[column->count++] = (struct board_card){
        .id = card->id,
        .value = card->value,
        .deal_no = mem_strdup(card->deal_no),
        .title = mem_strdup(card->title),
        .rep = mem_strdup(card->rep),
        .next_on = mem_strdup(card->next_on),
        .next_text = mem_strdup(card->next_text),
        .days = card->days,
        .rotting = card->rotting,
    };
    return ERR_OK;
}

static enum err_code load_column(struct app *app, const struct board_state *s, struct board_column *column, int page,
                                 struct err *e) {
    size_t margin = (size_t)page * MARGIN_PAGES;
    struct deal_filter f = board_deals(s, column);
    board_cards_clear(column);
    column->first = column->top > margin ? column->top - margin : 0;
    f.offset = (int64_t)column->first;
    f.limit = (int64_t)(column->top - column->first + (size_t)page + margin);
    return column->deals == 0 ? ERR_OK : deal_cards(app_shop(app), &f, keep_card, column, e);
}

/* The cursor stays on its deal when others move around it, or goes to the one that was moved: among what is loaded,
 * else wherever in the column it stands. */
static enum err_code stay_on(struct app *app, const struct board_state *s, struct board_column *column, int64_t deal_id,
                             struct err *e) {
    int64_t row = -1;
    for (size_t i = 0; i < column->count; i++) {
        if (column->cards[i].id == deal_id) {
            column->cursor = column->first + i;
            return ERR_OK;
        }
    }
    bool ordered = s->page == BOARD_STAGES && column->kind == STAGE_OPEN && s->sort == 0 && field_is_empty(&s->search);
    struct deal_filter f = board_deals(s, column);
    enum err_code rc = ordered && !s->filter.rotting ? deal_row_of(app_shop(app), &f, deal_id, &row, e) : ERR_OK;
    column->cursor = row >= 0 ? (size_t)row : column->cursor;
    return rc;
}

static enum err_code load_cards(struct app *app, struct board_state *s, const struct board_layout *l, bool all,
                                struct err *e) {
    enum err_code rc = ERR_OK;
    size_t at = board_next_open(s, l->first);
    for (int shown = 0; rc == ERR_OK && shown < l->shown && at < s->count; shown++) {
        if (all || !board_page_loaded(&s->columns[at], l->page)) {
            rc = load_column(app, s, &s->columns[at], l->page, e);
        }
        at = board_next_open(s, at + 1);
    }
    return rc;
}

static struct board_layout arrange(struct app *app, struct board_state *s) {
    int width = 0;
    int height = 0;
    app_body_size(app, &width, &height);
    struct board_layout l = board_layout(s->columns, s->count, s->current, s->left, width, height);
    s->left = l.first;
    board_settle(s, l.page);
    return l;
}

static enum err_code load_pane(struct app *app, struct board_state *s, const struct board_layout *l, struct err *e) {
    const struct board_card *card = board_card(s);
    if (l->pane == 0 || card == NULL) {
        card_reset(&s->facts);
        return ERR_OK;
    }
    return board_deal_pane(app, s, card->id, e);
}

/* Cards that are not seen are stale when others wrote: they are read anew when they come into sight. */
static void forget_unseen(struct board_state *s) {
    for (size_t i = 0; i < s->count; i++) {
        board_cards_clear(&s->columns[i]);
    }
}

enum err_code board_load(struct app *app, struct board_state *s, struct err *e) {
    bool only_moved = s->moved;
    const struct board_card *card = board_card(s);
    int64_t stay = s->go_to != 0 ? s->go_to : card == NULL || only_moved ? 0 : card->id;
    enum err_code rc = ERR_OK;
    s->moved = false;
    s->go_to = 0;
    if (!only_moved) {
        rc = s->page == BOARD_FORECAST ? board_forecast_load(app, s, e) : load_stages(app, s, e);
        forget_unseen(s);
    }
    struct board_layout l = arrange(app, s);
    if (rc == ERR_OK) {
        rc = load_cards(app, s, &l, !only_moved, e);
    }
    if (rc == ERR_OK && s->current < s->count) {
        rc = stay == 0 ? ERR_OK : stay_on(app, s, &s->columns[s->current], stay, e);
        l = arrange(app, s);
    }
    if (rc == ERR_OK) {
        rc = load_cards(app, s, &l, false, e);
    }
    return rc == ERR_OK ? load_pane(app, s, &l, e) : rc;
}
