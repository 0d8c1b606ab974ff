#include "tui/screens/leaderboard.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "io/export.h"
#include "tui/popup.h"

enum { TRENDS_FROM_WIDTH = 116 };                    /* where sparklines have room */
enum { ORDERS_AT_ONCE = 300, ORDERS_ALWAYS = 5000 }; /* commission takes a millisecond for some 120 */

static void clear_findings(struct leaderboard_state *s) {
    for (size_t i = 0; i < s->finding_count; i++) {
        free(s->findings[i].text);
    }
    s->finding_count = s->findings_left_out = 0;
}

static enum err_code keep_finding(void *ctx, const struct kpi_finding *f, struct err *e) {
    struct leaderboard_state *s = ctx;
    (void)e;
    if (s->finding_count == LEADERBOARD_FINDINGS) {
        s->findings_left_out++;
        return ERR_OK;
    }
    struct leaderboard_finding *out = &s->findings[s->finding_count++];
    out->rule = f->rule;
    out->text = mem_printf("%s: %s", f->scope == SCOPE_SHOP ? _("shop") : f->rule == 3 ? f->code : f->name, f->detail);
    return ERR_OK;
}

/* Salaries show in findings: they are for those who may see margins. */
static enum err_code load_findings(struct app *app, struct leaderboard_state *s, struct err *e) {
    clear_findings(s);
    return s->board.total.shows_private ? kpi_health(app_shop(app), s->filter.month, keep_finding, s, e) : ERR_OK;
}

static enum err_code load_shop(struct app *app, struct leaderboard_state *s, struct err *e) {
    struct kpi_filter whole = s->filter;
    struct kpi_board board = {0};
    whole.by = SCOPE_SHOP;
    enum err_code rc = kpi_board_load(app_shop(app), &whole, &board, e);
    if (rc == ERR_OK) {
        s->shop = board.count > 0 ? board.rows[0] : (struct kpi_row){0};
        s->shop.code = s->shop.name = s->shop.team = s->shop.role = "";
        rc = kpi_pace(app_shop(app), &s->filter, s->shop.revenue, &s->pace, e);
    }
    kpi_board_clear(&board);
    return rc;
}

/* The board's rows by whom they are of: one is looked for in each of twelve months. */
struct row_of {
    int64_t ref;
    size_t row;
};
struct trends {
    struct leaderboard_state *state;
    struct row_of *rows;
};

static int by_ref(const void *a, const void *b) {
    const struct row_of *x = a, *y = b;
    return (x->ref > y->ref) - (x->ref < y->ref);
}

static void keep_trend(void *ctx, int64_t ref, size_t at, int64_t revenue) {
    const struct trends *t = ctx;
    const struct row_of wanted = {.ref = ref};
    const struct row_of *found = bsearch(&wanted, t->rows, t->state->board.count, sizeof wanted, by_ref);
    if (found != NULL) {
        t->state->trends[found->row][at] = revenue;
    }
}

static enum err_code load_trends(struct app *app, struct leaderboard_state *s, int width, struct err *e) {
    size_t count = s->board.count;
    free(s->trends);
    s->trends = NULL;
    if (width < TRENDS_FROM_WIDTH || (s->filter.by != SCOPE_REP && s->filter.by != SCOPE_TEAM)) {
        return ERR_OK;
    }
    s->trends = mem_array(count + 1, sizeof *s->trends);
    struct trends t = {s, mem_array(count + 1, sizeof *t.rows)};
    for (size_t i = 0; i < count; i++) {
        t.rows[i] = (struct row_of){s->board.rows[i].ref, i};
    }
    qsort(t.rows, count, sizeof *t.rows, by_ref);
    enum err_code rc = kpi_trends(app_shop(app), s->filter.by, s->filter.month, LEADERBOARD_MONTHS, keep_trend, &t, e);
    free(t.rows);
    return rc;
}

/* What the last look at the same month gave, where it is not reckoned again. */
static void keep_commission(struct kpi_board *fresh, const struct kpi_board *before) {
    if (fresh->filter.by != before->filter.by || strcmp(fresh->filter.month, before->filter.month) != 0) {
        return;
    }
    for (size_t i = 0; i < fresh->count; i++) {
        struct kpi_row *r = &fresh->rows[i];
        for (size_t k = 0; k < before->count && !r->has_commission; k++) {
            if (before->rows[k].ref == r->ref && before->rows[k].has_commission) {
                r->has_commission = true;
                r->commission = before->rows[k].commission;
            }
        }
    }
}

/* Commission of a month that is not computed yet is what a run would make of it now. With more than a few orders it
 * comes when no key does, after the board is seen; in a busy month when one comes to it, not with every sale of another
 * counter. */
static enum err_code load_board(struct app *app, struct leaderboard_state *s, struct kpi_board *out, struct err *e) {
    struct kpi_filter filter = s->filter;
    bool pays = s->page == LEADERBOARD_RANKS && filter.by == SCOPE_REP;
    filter.commission_now = pays && s->reckon;
    enum err_code rc = kpi_board_load(app_shop(app), &filter, out, e);
    int64_t orders = out->total.orders;
    if (rc == ERR_OK && pays && !s->reckon && orders <= ORDERS_AT_ONCE) {
        filter.commission_now = true;
        kpi_board_clear(out);
        rc = kpi_board_load(app_shop(app), &filter, out, e);
    }
    if (rc == ERR_OK && filter.commission_now) {
        s->entered = s->owed = false;
    } else if (rc == ERR_OK) {
        s->owed = pays && (s->entered || orders <= ORDERS_ALWAYS);
        if (pays) {
            keep_commission(out, &s->board);
        }
    }
    s->reckon = false;
    return rc;
}

static enum err_code load_ranks(struct app *app, struct leaderboard_state *s, struct err *e) {
    struct kpi_board fresh = {0};
    int width = 0, height = 0;
    size_t first = 0, count = 0;
    app_body_size(app, &width, &height);
    s->list.width = width;
    enum err_code rc = load_board(app, s, &fresh, e);
    if (rc != ERR_OK) {
        kpi_board_clear(&fresh);
        return rc;
    }
    kpi_board_clear(&s->board);
    s->board = fresh;
    rc = load_shop(app, s, e);
    rc = rc == ERR_OK ? load_findings(app, s, e) : rc;
    rc = rc == ERR_OK ? load_trends(app, s, width, e) : rc;
    leaderboard_arrange(s);
    list_set_height(&s->list, leaderboard_list_height(s, height));
    list_wanted(&s->list, &first, &count);
    (void)list_loaded(&s->list, 0, s->shown_count, s->shown_count);
    return rc;
}

static enum err_code load(struct app *app, void *state, struct err *e) {
    struct leaderboard_state *s = state;
    if (s->page == LEADERBOARD_WEEKS) {
        return leaderboard_load_weeks(app, s, e);
    }
    enum err_code rc = load_ranks(app, s, e);
    return rc == ERR_OK && s->page == LEADERBOARD_WALL ? leaderboard_load_wall(app, s, e) : rc;
}

static void this_month(struct app *app, struct leaderboard_state *s) {
    char today[DATE_SIZE];
    snprintf(today, sizeof today, "%.10s", app_now(app));
    month_of(today, s->filter.month);
    week_of(today, s->week);
}

static void open_screen(struct app *app, void *state, const char *argument) {
    struct leaderboard_state *s = state;
    if (!s->opened) {
        s->opened = true;
        s->filter.by = SCOPE_REP;
        s->list.has_total = true;
        s->currency = *shop_currency(app_shop(app));
        this_month(app, s);
    }
    if (argument != NULL && month_is_valid(argument)) {
        memcpy(s->filter.month, argument, MONTH_SIZE);
    }
    s->entered = true;
}

/* --- what can be done */

static unsigned go_month(struct leaderboard_state *s, int months) {
    month_add(s->filter.month, months, s->filter.month);
    s->entered = true;
    return SCREEN_RELOAD;
}

static void grouped(struct app *app, void *ctx, int index) {
    struct leaderboard_state *s = ctx;
    static const enum target_scope by[] = {SCOPE_REP,   SCOPE_TEAM,    SCOPE_PRODUCT,
                                           SCOPE_GROUP, SCOPE_CHANNEL, SCOPE_PROVINCE};
    s->filter.by = by[index];
    s->entered = true;
    s->list.cursor = s->list.top = 0;
    app_reload(app);
}

static void ask_group(struct app *app, struct leaderboard_state *s) {
    const char *labels[6];
    static const enum target_scope by[] = {SCOPE_REP,   SCOPE_TEAM,    SCOPE_PRODUCT,
                                           SCOPE_GROUP, SCOPE_CHANNEL, SCOPE_PROVINCE};
    int current = 0;
    for (int i = 0; i < 6; i++) {
        labels[i] = target_scope_label(by[i]);
        current = by[i] == s->filter.by ? i : current;
    }
    popup_choose(app, _("Group by"), labels, 6, current, grouped, s);
}

static enum err_code export_rows(struct app *app, void *ctx, struct table *t, struct err *e) {
    const struct leaderboard_state *s = ctx;
    (void)app;
    for (size_t i = 0; i < s->shown_count; i++) {
        export_board_row(t, &s->board.rows[s->shown[i]], e);
        table_end_row(t);
    }
    return ERR_OK;
}

static const struct table_column export_columns[] = {
    {"rank", TABLE_INT, N_("rank")},         {"previous_rank", TABLE_INT, N_("before")},
    {"code", TABLE_TEXT, N_("code")},        {"name", TABLE_TEXT, N_("name")},
    {"revenue", TABLE_MONEY, N_("revenue")}, {"orders", TABLE_INT, N_("orders")},
    {"margin", TABLE_MONEY, N_("margin")},   {"target", TABLE_MONEY, N_("target")},
    {"attainment_pct", TABLE_PCT, "%"},      {"kpi_score", TABLE_PCT, "KPI"},
    {"deals_won", TABLE_INT, N_("won")},     {"commission", TABLE_MONEY, N_("commission")},
};
static const struct export_shown export_shown = {N_("leaderboard"), export_columns,
                                                 sizeof export_columns / sizeof *export_columns, export_rows};

static unsigned turn(struct leaderboard_state *s, enum leaderboard_page page) {
    s->page = s->page == page ? LEADERBOARD_RANKS : page;
    return SCREEN_RELOAD;
}

static unsigned act(struct app *app, struct leaderboard_state *s, enum action action) {
    switch (action) {
    case ACTION_LIST_LEFT:
        return go_month(s, -1);
    case ACTION_LIST_RIGHT:
        return go_month(s, 1);
    case ACTION_LEADERBOARD_NOW:
        this_month(app, s);
        s->entered = true;
        return SCREEN_RELOAD;
    case ACTION_LEADERBOARD_GROUP:
        ask_group(app, s);
        return SCREEN_REDRAW;
    case ACTION_LEADERBOARD_WALL:
        return turn(s, LEADERBOARD_WALL);
    case ACTION_LEADERBOARD_WEEKS:
        return turn(s, LEADERBOARD_WEEKS);
    case ACTION_LEADERBOARD_EXPORT:
        export_ask(app, &s->export, &export_shown, s);
        return SCREEN_REDRAW;
    case ACTION_OPEN:
        leaderboard_open_person(app, s);
        return SCREEN_REDRAW;
    case ACTION_BACK:
        return s->page == LEADERBOARD_RANKS ? SCREEN_IGNORED : turn(s, s->page);
    default:
        return SCREEN_IGNORED;
    }
}

static unsigned handle(struct app *app, void *state, enum action action, const struct key *key) {
    struct leaderboard_state *s = state;
    if (s->page == LEADERBOARD_WEEKS) {
        unsigned done = leaderboard_handle_weeks(app, s, action, key);
        return done != SCREEN_IGNORED ? done : act(app, s, action);
    }
    unsigned done = s->list.filtering ? SCREEN_IGNORED : act(app, s, action);
    if (done != SCREEN_IGNORED || s->page == LEADERBOARD_WALL) {
        return done;
    }
    struct list_source source = leaderboard_source(s);
    switch (list_handle(&s->list, &source, action, key)) {
    case LIST_MOVED:
        return SCREEN_REDRAW;
    case LIST_RELOAD:
        leaderboard_arrange(s);
        (void)list_loaded(&s->list, 0, s->shown_count, s->shown_count);
        return SCREEN_REDRAW;
    case LIST_IGNORED:
        break;
    }
    return SCREEN_IGNORED;
}

static void paint(const struct app *app, const void *state, struct canvas *c) {
    const struct leaderboard_state *s = state;
    switch (s->page) {
    case LEADERBOARD_WEEKS:
        leaderboard_paint_weeks(s, c);
        break;
    case LEADERBOARD_WALL:
        leaderboard_paint_wall(s, app_now(app), c);
        break;
    case LEADERBOARD_RANKS:
        leaderboard_paint_ranks(s, c);
        break;
    }
}

static void title_more(const void *state, struct buf *out) {
    const struct leaderboard_state *s = state;
    if (s->page == LEADERBOARD_WEEKS) {
        buf_addf(out, "│ %s", s->week);
    } else {
        buf_addf(out, "│ T%d/%.4s │ %s", atoi(s->filter.month + 5), s->filter.month, target_scope_label(s->filter.by));
    }
}

static enum action_context focus(const void *state) {
    const struct leaderboard_state *s = state;
    return s->page == LEADERBOARD_RANKS ? list_focus(&s->list) : CONTEXT_LIST;
}

static bool moves(const void *state) {
    return ((const struct leaderboard_state *)state)->page == LEADERBOARD_WALL;
}

static bool idle(void *state) {
    struct leaderboard_state *s = state;
    s->reckon = s->owed;
    return s->reckon;
}

static void clear(void *state) {
    struct leaderboard_state *s = state;
    clear_findings(s);
    kpi_board_clear(&s->board);
    kpi_board_clear(&s->teams);
    list_clear(&s->list);
    list_clear(&s->weeks);
    leaderboard_clear_weeks(s);
    free(s->reports);
    free(s->filing_name);
    free(s->trends);
    free(s->shown);
    export_job_clear(&s->export);
}

const struct screen_ops screen_leaderboard = {
    .name = "leaderboard",
    .title = N_("Leaderboard"),
    .context = CONTEXT_LEADERBOARD,
    .state_size = sizeof(struct leaderboard_state),
    .open = open_screen,
    .load = load,
    .handle = handle,
    .paint = paint,
    .title_more = title_more,
    .focus = focus,
    .moves = moves,
    .idle = idle,
    .for_all = moves, /* the wall shows what all may see */
    .clear = clear,
};
