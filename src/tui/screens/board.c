#include "tui/screens/board.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "tui/screens/board_deal.h"

/* --- searching */

static unsigned start_over(struct board_state *s) {
    for (size_t i = 0; i < s->count; i++) {
        s->columns[i].cursor = 0;
        s->columns[i].top = 0;
    }
    s->moved = false;
    return SCREEN_RELOAD;
}

static unsigned search(struct board_state *s, enum action action, const struct key *key) {
    if (action == ACTION_OPEN || action == ACTION_NEXT) {
        s->searching = false;
        return SCREEN_REDRAW;
    }
    if (action == ACTION_BACK) {
        s->searching = false;
        if (field_is_empty(&s->search)) {
            return SCREEN_REDRAW;
        }
        field_set(&s->search, "");
        return start_over(s);
    }
    switch (field_handle(&s->search, action, key)) {
    case FIELD_CHANGED:
        return start_over(s);
    case FIELD_IGNORED:
        return SCREEN_IGNORED;
    default:
        return SCREEN_REDRAW;
    }
}

/* --- keys */

static unsigned board_keys(struct app *app, struct board_state *s, enum action action, const struct key *key) {
    unsigned done = s->searching ? search(s, action, key) : SCREEN_IGNORED;
    if (done == SCREEN_IGNORED) {
        done = board_navigate(app, s, action);
    }
    if (done == SCREEN_IGNORED && (key->kind == K_CLICK || key->kind == K_WHEEL)) {
        done = board_mouse(app, s, key);
        if (done == SCREEN_LEAVE) {
            done = board_act(app, s, ACTION_OPEN);
        }
    }
    if (done != SCREEN_IGNORED) {
        return done;
    }
    switch (action) {
    case ACTION_LIST_FILTER:
        s->searching = true;
        return SCREEN_REDRAW;
    case ACTION_LIST_SORT:
        s->sort = (s->sort + 1) % BOARD_SORTS;
        app_status(app, _("Sorted by %s"), board_sort_label(s->sort));
        return start_over(s);
    case ACTION_BOARD_FOLD:
        return board_fold(app, s);
    default:
        return board_act(app, s, action);
    }
}

static unsigned handle(struct app *app, void *state, enum action action, const struct key *key) {
    struct board_state *s = state;
    if (app_shop(app) == NULL) {
        return SCREEN_IGNORED;
    }
    if (s->page == BOARD_DEAL) {
        return board_deal_keys(app, s, action, key);
    }
    if (s->page == BOARD_FIGURES) {
        return board_figures_keys(app, s, action, key);
    }
    return board_keys(app, s, action, key);
}

static void open_screen(struct app *app, void *state, const char *argument) {
    struct board_state *s = state;
    if (!s->opened) {
        s->opened = true;
        s->pipeline_id = PIPELINE_MAIN;
    }
    s->moved = false;
    if (argument != NULL && app_shop(app) != NULL) {
        board_deal_open_no(app, s, argument);
    }
}

static enum err_code load(struct app *app, void *state, struct err *e) {
    struct board_state *s = state;
    if (app_shop(app) == NULL) {
        return ERR_OK;
    }
    s->currency = *shop_currency(app_shop(app));
    shop_today(app_shop(app), s->today);
    switch (s->page) {
    case BOARD_DEAL:
        return board_deal_load(app, s, e);
    case BOARD_FIGURES:
        return board_figures_load(app, s, e);
    default:
        return board_load(app, s, e);
    }
}

static void paint(const struct app *app, const void *state, struct canvas *c) {
    const struct board_state *s = state;
    (void)app;
    switch (s->page) {
    case BOARD_DEAL:
        board_deal_paint(s, c);
        break;
    case BOARD_FIGURES:
        board_figures_paint(s, c);
        break;
    default:
        board_paint(s, c);
    }
}

static void title_more(const void *state, struct buf *out) {
    static const char *const names[] = {[BOARD_STAGES] = NULL,
                                        [BOARD_FORECAST] = N_("forecast by month"),
                                        [BOARD_DEAL] = NULL,
                                        [BOARD_FIGURES] = N_("figures")};
    const struct board_state *s = state;
    buf_add(out, s->board == NULL ? "" : s->board);
    if (names[s->page] != NULL) {
        buf_addf(out, "%s%s", s->board == NULL ? "" : " · ", _(names[s->page]));
    }
}

static enum action_context focus(const void *state) {
    const struct board_state *s = state;
    return s->searching && (s->page == BOARD_STAGES || s->page == BOARD_FORECAST) ? CONTEXT_FIELD : CONTEXT_LIST;
}

static void clear(void *state) {
    struct board_state *s = state;
    board_columns_clear(s);
    board_filter_clear(&s->filter);
    field_clear(&s->search);
    card_clear(&s->facts);
    card_clear(&s->log);
    deal_clear(&s->before);
    popup_edit_drop(&s->begun);
    free(s->twin_no);
    free(s->board);
    board_figures_clear(s);
    export_job_clear(&s->export);
}

const struct screen_ops screen_board = {
    .name = "pipeline",
    .title = N_("Pipeline"),
    .context = CONTEXT_BOARD,
    .state_size = sizeof(struct board_state),
    .open = open_screen,
    .load = load,
    .handle = handle,
    .paint = paint,
    .title_more = title_more,
    .focus = focus,
    .clear = clear,
};
