/* Which deals are shown: of whom, from where, with which tag, for which month, only the rotting ones. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/channel.h"
#include "chotdon/staff.h"
#include "tui/screens/board_deal.h"

/* --- lists to pick from */

struct picking {
    struct pick_rows *rows;
    const char *query;
};

static enum err_code add_rep(void *ctx, const struct staff *member, struct err *e) {
    const struct picking *p = ctx;
    (void)e;
    if (board_matches(member->name, p->query) || board_matches(member->code, p->query)) {
        char *detail = mem_printf("%s  %s", member->team == NULL ? "" : member->team, member->code);
        pick_add(p->rows, member->name, detail, member->code, member->id);
        free(detail);
    }
    return ERR_OK;
}

static void add_reps(struct app *app, const char *query, struct pick_rows *rows) {
    struct picking p = {rows, query};
    staff_list(app_shop(app), false, add_rep, &p, NULL);
}

static void add_word(struct pick_rows *rows, const char *query, const char *word, int64_t id) {
    if (board_matches(word, query)) {
        pick_add(rows, word, "", "", id);
    }
}

void board_find_reps_or_nobody(struct app *app, void *ctx, const char *query, struct pick_rows *rows) {
    (void)ctx;
    add_reps(app, query, rows);
    add_word(rows, query, _("nobody"), 0);
}

static void find_reps(struct app *app, void *ctx, const char *query, struct pick_rows *rows) {
    (void)ctx;
    add_word(rows, query, _("everybody"), 0);
    add_reps(app, query, rows);
    add_word(rows, query, _("without a rep"), -1);
}

static enum err_code add_team(void *ctx, const struct team *t, struct err *e) {
    const struct picking *p = ctx;
    (void)e;
    add_word(p->rows, p->query, t->name, t->id);
    return ERR_OK;
}

static void find_teams(struct app *app, void *ctx, const char *query, struct pick_rows *rows) {
    struct picking p = {rows, query};
    (void)ctx;
    add_word(rows, query, _("all teams"), 0);
    team_list(app_shop(app), add_team, &p, NULL);
}

static enum err_code add_source(void *ctx, int64_t id, const char *name, struct err *e) {
    const struct picking *p = ctx;
    (void)e;
    add_word(p->rows, p->query, name, id);
    return ERR_OK;
}

static void find_sources(struct app *app, void *ctx, const char *query, struct pick_rows *rows) {
    struct picking p = {rows, query};
    (void)ctx;
    add_word(rows, query, _("all sources"), 0);
    channel_list(app_shop(app), add_source, &p, NULL);
}

static enum err_code add_board(void *ctx, int64_t id, const char *name, struct err *e) {
    const struct picking *p = ctx;
    (void)e;
    add_word(p->rows, p->query, name, id);
    return ERR_OK;
}

void board_find_boards(struct app *app, void *ctx, const char *query, struct pick_rows *rows) {
    struct picking p = {rows, query};
    (void)ctx;
    pipeline_list(app_shop(app), add_board, &p, NULL);
}

static enum err_code count_board(void *ctx, int64_t id, const char *name, struct err *e) {
    int *count = ctx;
    (void)id;
    (void)name;
    (void)e;
    (*count)++;
    return ERR_OK;
}

static bool has_more_boards(struct app *app) {
    int count = 0;
    return pipeline_list(app_shop(app), count_board, &count, NULL) == ERR_OK && count > 1;
}

/* --- what was chosen */

static unsigned narrowed(struct app *app, struct board_state *s) {
    for (size_t i = 0; i < s->count; i++) {
        s->columns[i].cursor = 0;
        s->columns[i].top = 0;
    }
    s->moved = false;
    app_reload(app);
    return SCREEN_RELOAD;
}

static void keep(int64_t *id, char **name, int64_t chosen, const char *text) {
    free(*name);
    *id = chosen;
    *name = chosen == 0 ? NULL : mem_strdup(text);
}

static void rep_chosen(struct app *app, void *ctx, const struct pick_row *row) {
    struct board_state *s = ctx;
    keep(&s->filter.staff_id, &s->filter.staff, row->id, row->text);
    narrowed(app, s);
}

static void team_chosen(struct app *app, void *ctx, const struct pick_row *row) {
    struct board_state *s = ctx;
    keep(&s->filter.team_id, &s->filter.team, row->id, row->text);
    narrowed(app, s);
}

static void source_chosen(struct app *app, void *ctx, const struct pick_row *row) {
    struct board_state *s = ctx;
    keep(&s->filter.source_id, &s->filter.source, row->id, row->text);
    narrowed(app, s);
}

static void board_chosen(struct app *app, void *ctx, const struct pick_row *row) {
    struct board_state *s = ctx;
    free(s->board);
    s->pipeline_id = row->id;
    s->board = row->id == PIPELINE_MAIN ? NULL : mem_strdup(row->text);
    board_columns_clear(s);
    s->current = 0;
    s->left = 0;
    s->page = BOARD_STAGES;
    narrowed(app, s);
}

static enum err_code tag_typed(struct app *app, void *ctx, const char *text, struct err *e) {
    struct board_state *s = ctx;
    (void)e;
    free(s->filter.tag);
    s->filter.tag = text[0] == '\0' ? NULL : mem_strdup(text);
    narrowed(app, s);
    return ERR_OK;
}

static enum err_code month_typed(struct app *app, void *ctx, const char *text, struct err *e) {
    struct board_state *s = ctx;
    char month[MONTH_SIZE] = "";
    enum err_code rc = text[0] == '\0' ? ERR_OK : month_parse(text, month, e);
    if (rc == ERR_OK) {
        memcpy(s->filter.month, month, sizeof month);
        s->filter.from[0] = '\0';
        s->filter.to[0] = '\0';
        if (month[0] != '\0') {
            month_first_day(month, s->filter.from);
            month_last_day(month, s->filter.to);
        }
        narrowed(app, s);
    }
    return rc;
}

static void ask_month(struct app *app, struct board_state *s) {
    char now[MONTH_SIZE];
    month_of(s->today, now);
    char *initial = mem_printf("T%d/%.4s", atoi(now + 5), now);
    popup_prompt(app, _("Closed or expected in"), _("Month (empty: any)"), FORM_TEXT, initial, month_typed, s);
    free(initial);
}

unsigned board_toggle_mine(struct app *app, struct board_state *s) {
    int64_t me = shop_actor_id(app_shop(app));
    if (me == 0) {
        app_status(app, _("Nobody is signed in: v chooses whose deals are shown"));
        return SCREEN_REDRAW;
    }
    bool mine = s->filter.staff_id == me;
    keep(&s->filter.staff_id, &s->filter.staff, mine ? 0 : me, shop_actor_name(app_shop(app)));
    return narrowed(app, s);
}

unsigned board_toggle_rotting(struct app *app, struct board_state *s) {
    s->filter.rotting = !s->filter.rotting;
    return narrowed(app, s);
}

unsigned board_clear_search(struct app *app, struct board_state *s) {
    if (field_is_empty(&s->search)) {
        return SCREEN_IGNORED;
    }
    field_set(&s->search, "");
    return narrowed(app, s);
}

enum {
    VIEW_REP,
    VIEW_TEAM,
    VIEW_SOURCE,
    VIEW_TAG,
    VIEW_MONTH,
    VIEW_ROTTING,
    VIEW_MINE,
    VIEW_ALL,
    VIEW_BOARD,
    VIEW_COUNT
};

static void view_chosen(struct app *app, void *ctx, int index) {
    struct board_state *s = ctx;
    switch (index) {
    case VIEW_REP:
        popup_pick(app, _("Whose deals?"), find_reps, rep_chosen, s);
        break;
    case VIEW_TEAM:
        popup_pick(app, _("Which team's deals?"), find_teams, team_chosen, s);
        break;
    case VIEW_SOURCE:
        popup_pick(app, _("From which source?"), find_sources, source_chosen, s);
        break;
    case VIEW_TAG:
        popup_prompt(app, _("With the tag"), _("Tag (empty: any)"), FORM_TEXT,
                     s->filter.tag == NULL ? "" : s->filter.tag, tag_typed, s);
        break;
    case VIEW_MONTH:
        ask_month(app, s);
        break;
    case VIEW_ROTTING:
        board_toggle_rotting(app, s);
        break;
    case VIEW_MINE:
        board_toggle_mine(app, s);
        break;
    case VIEW_BOARD:
        popup_pick(app, _("Which board?"), board_find_boards, board_chosen, s);
        break;
    default:
        board_filter_clear(&s->filter);
        field_set(&s->search, "");
        narrowed(app, s);
    }
}

unsigned board_ask_view(struct app *app, struct board_state *s) {
    const char *const labels[VIEW_COUNT] = {
        [VIEW_REP] = _("Of one rep…"),
        [VIEW_TEAM] = _("Of a team…"),
        [VIEW_SOURCE] = _("From a source…"),
        [VIEW_TAG] = _("With a tag…"),
        [VIEW_MONTH] = _("Closed or expected in a month…"),
        [VIEW_ROTTING] = s->filter.rotting ? _("Not only the rotting ones") : _("Only the rotting ones"),
        [VIEW_MINE] = _("Mine, or everybody's"),
        [VIEW_ALL] = _("All deals"),
        [VIEW_BOARD] = _("Another board…"),
    };
    popup_choose(app, _("Show"), labels, has_more_boards(app) ? VIEW_COUNT : VIEW_BOARD, 0, view_chosen, s);
    return SCREEN_REDRAW;
}
