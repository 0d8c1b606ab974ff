#include "tui/screens/settings_targets.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/province.h"
#include "chotdon/channel.h"
#include "chotdon/group.h"
#include "chotdon/staff.h"
#include "tui/popup.h"
#include "tui/screens/short_list.h"

enum { NAME = 20, CELL = 9, HEAD = 2 };

static const enum target_scope scopes[] = {SCOPE_REP, SCOPE_TEAM, SCOPE_GROUP, SCOPE_CHANNEL, SCOPE_PROVINCE};
enum { SCOPES = sizeof scopes / sizeof *scopes };

/* --- rows */

static void clear_rows(struct targets_state *s) {
    for (size_t i = 0; i < s->count; i++) {
        free(s->rows[i].code);
        free(s->rows[i].name);
    }
    s->count = 0;
}

static struct targets_row *add_row(struct targets_state *s, enum target_scope scope, const char *code,
                                   const char *name) {
    s->rows = mem_grow(s->rows, s->count, &s->capacity, sizeof *s->rows);
    struct targets_row *r = &s->rows[s->count++];
    *r = (struct targets_row){.scope = scope, .code = mem_strdup(code), .name = mem_strdup(name)};
    return r;
}

static enum err_code add_person(void *ctx, const struct staff *p, struct err *e) {
    (void)e;
    add_row(ctx, SCOPE_REP, p->code, p->name);
    return ERR_OK;
}

static enum err_code add_team(void *ctx, const struct team *t, struct err *e) {
    (void)e;
    add_row(ctx, SCOPE_TEAM, t->name, t->name);
    return ERR_OK;
}

static enum err_code add_group(void *ctx, const struct group_row *r, struct err *e) {
    (void)e;
    add_row(ctx, SCOPE_GROUP, r->path, r->path);
    return ERR_OK;
}

static enum err_code add_channel(void *ctx, int64_t id, const char *name, struct err *e) {
    (void)id;
    (void)e;
    add_row(ctx, SCOPE_CHANNEL, name, name);
    return ERR_OK;
}

static enum err_code add_rows(struct shop *shop, struct targets_state *s, struct err *e) {
    add_row(s, SCOPE_SHOP, "", _("The whole shop"));
    switch (s->scope) {
    case SCOPE_REP:
        return staff_list(shop, false, add_person, s, e);
    case SCOPE_TEAM:
        return team_list(shop, add_team, s, e);
    case SCOPE_GROUP:
        return group_list(shop, add_group, s, e);
    case SCOPE_CHANNEL:
        return channel_list(shop, add_channel, s, e);
    default:
        for (size_t i = 0; i < province_count(); i++) {
            add_row(s, SCOPE_PROVINCE, province_name(i), province_name(i));
        }
        return ERR_OK;
    }
}

/* Of somebody who has left there is a row as long as there are targets. */
static enum err_code keep_target(void *ctx, const struct target *t, struct err *e) {
    struct targets_state *s = ctx;
    struct targets_row *found = NULL;
    (void)e;
    if (t->metric != s->metric || (t->scope != SCOPE_SHOP && t->scope != s->scope)) {
        return ERR_OK;
    }
    for (size_t i = 0; i < s->count && found == NULL; i++) {
        found = s->rows[i].scope == t->scope && strcmp(s->rows[i].code, t->code) == 0 ? &s->rows[i] : NULL;
    }
    found = found == NULL ? add_row(s, t->scope, t->code, t->code) : found;
    int month = atoi(t->month + 5) - 1;
    found->has[month] = true;
    found->target[month] = t->target;
    return ERR_OK;
}

static size_t page_rows(const struct targets_state *s) {
    return s->height > HEAD + 2 ? (size_t)(s->height - HEAD - 2) : 1;
}

static void keep_visible(struct targets_state *s) {
    s->row = s->row >= s->count ? (s->count == 0 ? 0 : s->count - 1) : s->row;
    s->top = s->row < s->top ? s->row : s->top;
    s->top = s->row >= s->top + page_rows(s) ? s->row - page_rows(s) + 1 : s->top;
}

static enum err_code load(struct app *app, void *state, struct err *e) {
    struct targets_state *s = state;
    char from[MONTH_SIZE + 8], to[MONTH_SIZE + 8];
    int width = 0;
    app_body_size(app, &width, &s->height);
    snprintf(from, sizeof from, "%04d-01", s->year);
    snprintf(to, sizeof to, "%04d-12", s->year);
    const struct target_filter filter = {.from = from, .to = to};
    clear_rows(s);
    enum err_code rc = add_rows(app_shop(app), s, e);
    rc = rc == ERR_OK ? target_list(app_shop(app), &filter, keep_target, s, e) : rc;
    keep_visible(s);
    return rc;
}

static void open_screen(struct app *app, void *state, const char *argument) {
    struct targets_state *s = state;
    (void)argument;
    if (!s->opened) {
        s->opened = true;
        s->year = atoi(app_now(app));
        s->month = atoi(app_now(app) + 5) - 1;
        s->scope = SCOPE_REP;
        s->currency = *shop_currency(app_shop(app));
    }
}

/* --- changing */

static struct target target_at(const struct targets_state *s, int month) {
    const struct targets_row *r = &s->rows[s->row];
    struct target t = {.scope = r->scope, .code = r->code, .metric = s->metric, .target = r->target[month]};
    char text[32];
    snprintf(text, sizeof text, "%04d-%02d", s->year, month + 1);
    memcpy(t.month, text, MONTH_SIZE - 1);
    return t;
}

static enum err_code set_cell(struct app *app, void *ctx, const struct form *form, struct err *e) {
    struct targets_state *s = ctx;
    const char *text = form_text(form, "target");
    struct target t = s->cell;
    enum err_code rc = ERR_OK;
    if (text[0] == '\0') {
        rc = s->cell_is_set ? target_remove(app_shop(app), &t, e) : ERR_OK;
    } else {
        rc = target_parse(app_shop(app), t.metric, text, &t.target, e);
        rc = rc == ERR_OK ? target_put(app_shop(app), &t, NULL, e) : rc;
    }
    if (rc == ERR_OK) {
        app_reload(app);
    }
    return rc;
}

static enum err_code keep_cell(void *ctx, const struct target *t, struct err *e) {
    struct targets_state *s = ctx;
    (void)e;
    if (t->metric == s->cell.metric && strcmp(t->code, s->cell.code) == 0) {
        s->cell.target = t->target;
        s->cell_is_set = true;
    }
    return ERR_OK;
}

static enum err_code fill_cell(struct app *app, void *ctx, int64_t id, struct form *form, struct err *e) {
    struct targets_state *s = ctx;
    struct target_filter one = {.from = s->cell.month, .to = s->cell.month, .has_scope = true, .scope = s->cell.scope};
    char text[MONEY_TEXT_MAX] = "";
    (void)id;
    s->cell_is_set = false;
    enum err_code rc = target_list(app_shop(app), &one, keep_cell, s, e);
    if (rc == ERR_OK && s->cell_is_set) {
        target_format_plain(app_shop(app), s->cell.metric, s->cell.target, text);
    }
    form_set_text(form, "target", text);
    return rc;
}

static void act_on(struct targets_state *s, int month) {
    free(s->acting_code);
    s->acting_code = mem_strdup(s->rows[s->row].code);
    s->cell = target_at(s, month);
    s->cell.code = s->acting_code;
}

static void ask_cell(struct app *app, struct targets_state *s) {
    static const struct form_field field = {
        "target", N_("Target"), FORM_TEXT, 24, false, NULL, N_("empty takes it away")};
    const struct targets_row *r = &s->rows[s->row];
    act_on(s, s->month);
    char *title = mem_printf("%s · T%d/%d · %s", r->name, s->month + 1, s->year, kpi_metric_label(s->metric));
    char *entity = target_entity(&s->cell);
    popup_edit(app, title, form_new(&field, 1, NULL), &(struct popup_record){entity, 0, fill_cell, set_cell, false}, s);
    free(title);
    free(entity);
}

/* --- a figure for the whole year of the row of s->cell */

struct year {
    const struct targets_state *s;
    struct buf text;
};

static enum err_code add_month(void *ctx, const struct target *t, struct err *e) {
    struct year *y = ctx;
    (void)e;
    if (t->metric == y->s->cell.metric && strcmp(t->code, y->s->cell.code) == 0) {
        buf_addf(&y->text, "%s=%lld ", t->month, (long long)t->target);
    }
    return ERR_OK;
}

static enum err_code read_year(struct shop *shop, const struct targets_state *s, char **text, struct err *e) {
    char from[16], to[16];
    struct year y = {s, BUF_INIT};
    snprintf(from, sizeof from, "%.4s-01", s->cell.month);
    snprintf(to, sizeof to, "%.4s-12", s->cell.month);
    struct target_filter all = {.from = from, .to = to, .has_scope = true, .scope = s->cell.scope};
    enum err_code rc = target_list(shop, &all, add_month, &y, e);
    *text = buf_take(&y.text);
    return rc;
}

/* Somebody else's targets are shown before they are written over. */
static enum err_code spread_what_was_seen(struct shop *shop, void *ctx, struct err *e) {
    struct targets_state *s = ctx;
    char *now = NULL;
    enum err_code rc = read_year(shop, s, &now, e);
    if (rc == ERR_OK && strcmp(now, s->year_seen) != 0) {
        free(s->year_seen);
        s->year_seen = now;
        return err_set(e, ERR_CONFLICT, _("Somebody changed them meanwhile, see above; Enter writes over that"));
    }
    free(now);
    return rc == ERR_OK ? target_spread(shop, &s->cell, e) : rc;
}

static enum err_code spread(struct app *app, void *ctx, const char *text, struct err *e) {
    struct targets_state *s = ctx;
    enum err_code rc = target_parse(app_shop(app), s->cell.metric, text, &s->cell.target, e);
    rc = rc == ERR_OK ? shop_transact(app_shop(app), spread_what_was_seen, s, e) : rc;
    if (rc == ERR_CONFLICT) {
        app_reload(app);
    }
    if (rc == ERR_OK) {
        app_status(app, _("Spread over the months of %d by the season of %d"), s->year, s->year - 1);
        app_reload(app);
    }
    return rc;
}

static void ask_year(struct app *app, struct targets_state *s) {
    struct err e = ERR_INIT;
    act_on(s, 0);
    free(s->year_seen);
    if (read_year(app_shop(app), s, &s->year_seen, &e) != ERR_OK) {
        app_error(app, &e);
        return;
    }
    char *title = mem_printf("%s · %d · %s", s->rows[s->row].name, s->year, kpi_metric_label(s->metric));
    popup_prompt(app, title, _("For the whole year"), FORM_TEXT, "", spread, s);
    free(title);
}

static enum err_code copy(struct app *app, void *ctx, const char *text, struct err *e) {
    struct targets_state *s = ctx;
    char from[16], to[16];
    int64_t bps = 0, count = 0;
    snprintf(from, sizeof from, "%04d", s->year - 1);
    snprintf(to, sizeof to, "%04d", s->year);
    enum err_code rc = rate_parse(text, 1000000, &bps, e);
    rc = rc == ERR_OK ? target_copy(app_shop(app), from, to, bps, &count, e) : rc;
    if (rc == ERR_OK) {
        app_status(app, _("%lld targets copied from %s; what was set stays"), (long long)count, from);
        app_reload(app);
    }
    return rc;
}

static void choose_metric(struct app *app, void *ctx, int index) {
    struct targets_state *s = ctx;
    s->metric = (enum kpi_metric)index;
    app_reload(app);
}

static void choose_scope(struct app *app, void *ctx, int index) {
    struct targets_state *s = ctx;
    s->scope = scopes[index];
    s->row = s->top = 0;
    app_reload(app);
}

static void ask_metric(struct app *app, struct targets_state *s) {
    const char *labels[METRIC_COUNT];
    for (int m = 0; m < METRIC_COUNT; m++) {
        labels[m] = kpi_metric_label((enum kpi_metric)m);
    }
    popup_choose(app, _("Metric"), labels, METRIC_COUNT, (int)s->metric, choose_metric, s);
}

static void ask_scope(struct app *app, struct targets_state *s) {
    const char *labels[SCOPES];
    int current = 0;
    for (int i = 0; i < SCOPES; i++) {
        labels[i] = target_scope_label(scopes[i]);
        current = scopes[i] == s->scope ? i : current;
    }
    popup_choose(app, _("Rows"), labels, SCOPES, current, choose_scope, s);
}

static void move_row(struct targets_state *s, long by) {
    long row = (long)s->row + by;
    s->row = row < 0 ? 0 : (size_t)row;
    keep_visible(s);
}

static unsigned move(struct targets_state *s, enum action action) {
    switch (action) {
    case ACTION_LIST_UP:
        move_row(s, -1);
        return SCREEN_REDRAW;
    case ACTION_LIST_DOWN:
        move_row(s, 1);
        return SCREEN_REDRAW;
    case ACTION_LIST_PAGE_UP:
        move_row(s, -(long)page_rows(s));
        return SCREEN_REDRAW;
    case ACTION_LIST_PAGE_DOWN:
        move_row(s, (long)page_rows(s));
        return SCREEN_REDRAW;
    case ACTION_LIST_FIRST:
        move_row(s, -(long)s->count);
        return SCREEN_REDRAW;
    case ACTION_LIST_LAST:
        move_row(s, (long)s->count);
        return SCREEN_REDRAW;
    case ACTION_LIST_LEFT:
        s->month -= s->month > 0;
        return SCREEN_REDRAW;
    case ACTION_LIST_RIGHT:
        s->month += s->month < TARGETS_MONTHS - 1;
        return SCREEN_REDRAW;
    default:
        return SCREEN_IGNORED;
    }
}

static unsigned handle(struct app *app, void *state, enum action action, const struct key *key) {
    struct targets_state *s = state;
    (void)key;
    if (s->count == 0) {
        return SCREEN_IGNORED;
    }
    switch (action) {
    case ACTION_OPEN:
    case ACTION_TARGETS_EDIT:
        ask_cell(app, s);
        return SCREEN_REDRAW;
    case ACTION_TARGETS_SPREAD:
        ask_year(app, s);
        return SCREEN_REDRAW;
    case ACTION_TARGETS_COPY:
        popup_prompt(app, _("Copy last year's targets"), _("Percent of last year's"), FORM_TEXT, "100", copy, s);
        return SCREEN_REDRAW;
    case ACTION_TARGETS_METRIC:
        ask_metric(app, s);
        return SCREEN_REDRAW;
    case ACTION_TARGETS_SCOPE:
        ask_scope(app, s);
        return SCREEN_REDRAW;
    case ACTION_TARGETS_BEFORE:
    case ACTION_TARGETS_AFTER:
        s->year += action == ACTION_TARGETS_AFTER ? 1 : -1;
        return SCREEN_RELOAD;
    default:
        return move(s, action);
    }
}

/* --- painting */

static void format_cell(const struct targets_state *s, int64_t target, char out[MONEY_TEXT_MAX]) {
    switch (kpi_metric_unit(s->metric)) {
    case UNIT_MONEY:
        money_format_short(target, &s->currency, out);
        break;
    case UNIT_COUNT:
        snprintf(out, MONEY_TEXT_MAX, "%lld", (long long)target);
        break;
    case UNIT_RATE:
        rate_format(target, out);
        strcat(out, "%");
        break;
    }
}

/* As many months as fit, with the cursor's among them; the year's sum at the right where it means something. */
static int first_month(const struct targets_state *s, int fit) {
    int first = s->month - fit / 2;
    first = first > TARGETS_MONTHS - fit ? TARGETS_MONTHS - fit : first;
    return first < 0 ? 0 : first;
}

static void paint_row(const struct targets_state *s, size_t row, int fit, struct canvas *c, int y) {
    const struct targets_row *r = &s->rows[row];
    char text[MONEY_TEXT_MAX];
    int64_t sum = 0;
    int first = first_month(s, fit);
    bool here = row == s->row;
    canvas_text(c, 1, y, NAME, here ? STYLE_STRONG : STYLE_NORMAL, r->name);
    for (int i = 0; i < TARGETS_MONTHS; i++) {
        sum += r->has[i] ? r->target[i] : 0;
    }
    for (int i = 0; i < fit; i++) {
        int month = first + i, x = NAME + 1 + i * CELL;
        text[0] = '\0';
        if (r->has[month]) {
            format_cell(s, r->target[month], text);
        }
        canvas_text_right(c, x, y, CELL, r->has[month] ? STYLE_NORMAL : STYLE_DIM, text[0] == '\0' ? "·" : text);
        if (here && month == s->month) {
            canvas_restyle(c, x + 1, y, CELL - 1, 1, STYLE_CURSOR);
        }
    }
    if (sum != 0 && kpi_metric_unit(s->metric) != UNIT_RATE) {
        format_cell(s, sum, text);
        canvas_text_right(c, NAME + 1 + fit * CELL, y, CELL + 1, STYLE_STRONG, text);
    }
}

static void paint(const struct app *app, const void *state, struct canvas *c) {
    const struct targets_state *s = state;
    int fit = (c->width - NAME - 2 - CELL - 1) / CELL;
    (void)app;
    fit = fit > TARGETS_MONTHS ? TARGETS_MONTHS : fit < 1 ? 1 : fit;
    canvas_fill(c, 0, 0, c->width, 1, STYLE_HEADER);
    canvas_text(c, 1, 0, NAME, STYLE_HEADER, target_scope_label(s->scope));
    for (int i = 0; i < fit; i++) {
        char text[16];
        snprintf(text, sizeof text, "T%d", first_month(s, fit) + i + 1);
        canvas_text_right(c, NAME + 1 + i * CELL, 0, CELL, STYLE_HEADER, text);
    }
    canvas_text_right(c, NAME + 1 + fit * CELL, 0, CELL + 1, STYLE_HEADER, _("Year"));
    for (size_t i = 0; i < page_rows(s) && s->top + i < s->count; i++) {
        paint_row(s, s->top + i, fit, c, 1 + (int)i);
    }
    canvas_text(c, 1, c->height - 1, c->width - 1, STYLE_DIM,
                _("Enter sets a month, y spreads a yearly figure by last year's season, c copies last year"));
}

static void title_more(const void *state, struct buf *out) {
    const struct targets_state *s = state;
    buf_addf(out, "│ %d │ %s", s->year, kpi_metric_label(s->metric));
}

static void clear(void *state) {
    struct targets_state *s = state;
    clear_rows(s);
    free(s->rows);
    free(s->acting_code);
    free(s->year_seen);
}

const struct screen_ops screen_settings_targets = {
    .name = "settings-targets",
    .title = N_("Targets"),
    .context = CONTEXT_TARGETS,
    .state_size = sizeof(struct targets_state),
    .open = open_screen,
    .load = load,
    .handle = handle,
    .paint = paint,
    .title_more = title_more,
    .focus = short_list_focus,
    .clear = clear,
    .needs = PERMIT_PLANS,
};
