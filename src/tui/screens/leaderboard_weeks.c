/* The weekly reports: everyone's of a week, who is late and whose are missing; filing and amending one. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "tui/popup.h"
#include "tui/screens/leaderboard.h"

static const struct list_column columns[] = {
    {N_("Name"), 16, 26, 1, ALIGN_LEFT, false},      {N_("State"), 9, 10, 1, ALIGN_LEFT, false},
    {N_("Calls"), 6, 8, 2, ALIGN_RIGHT, false},      {N_("Meetings"), 8, 9, 2, ALIGN_RIGHT, false},
    {N_("Quotes"), 7, 8, 2, ALIGN_RIGHT, false},     {N_("Plans"), 16, 60, 3, ALIGN_LEFT, false},
    {N_("Obstacles"), 12, 40, 4, ALIGN_LEFT, false},
};
enum { COLUMN_NAME, COLUMN_STATE, COLUMN_CALLS, COLUMN_MEETINGS, COLUMN_QUOTES, COLUMN_PLANS, COLUMN_OBSTACLES };
#define COLUMNS ((int)(sizeof columns / sizeof *columns))

static const struct form_field fields[] = {
    {"calls", N_("Calls"), FORM_TEXT, 6, true, NULL, NULL},
    {"meetings", N_("Meetings"), FORM_TEXT, 6, true, NULL, NULL},
    {"quotes", N_("Quotes"), FORM_TEXT, 6, true, NULL, NULL},
    {"plans", N_("Plans"), FORM_TEXT, 50, false, NULL, NULL},
    {"obstacles", N_("Obstacles"), FORM_TEXT, 50, false, NULL, NULL},
};

void leaderboard_clear_weeks(struct leaderboard_state *s) {
    for (size_t i = 0; i < s->report_count; i++) {
        struct leaderboard_week *w = &s->reports[i];
        free(w->code);
        free(w->name);
        free(w->plans);
        free(w->obstacles);
        free(w->filed_at);
    }
    s->report_count = 0;
}

static enum err_code keep_report(void *ctx, const struct week_report *r, struct err *e) {
    struct leaderboard_state *s = ctx;
    (void)e;
    s->reports = mem_grow(s->reports, s->report_count, &s->report_capacity, sizeof *s->reports);
    s->reports[s->report_count++] = (struct leaderboard_week){.staff_id = r->staff_id,
                                                              .calls = r->calls,
                                                              .meetings = r->meetings,
                                                              .quotes = r->quotes,
                                                              .code = mem_strdup(r->code),
                                                              .name = mem_strdup(r->name),
                                                              .plans = mem_strdup(r->plans),
                                                              .obstacles = mem_strdup(r->obstacles),
                                                              .filed_at = mem_strdup(r->filed_at),
                                                              .state = r->state};
    return ERR_OK;
}

enum err_code leaderboard_load_weeks(struct app *app, struct leaderboard_state *s, struct err *e) {
    int width = 0, height = 0;
    app_body_size(app, &width, &height);
    leaderboard_clear_weeks(s);
    enum err_code rc = week_list(app_shop(app), s->week, keep_report, s, e);
    list_set_height(&s->weeks, height - 2);
    (void)list_loaded(&s->weeks, 0, s->report_count, s->report_count);
    return rc;
}

static void cell(const void *ctx, size_t row, int column, struct buf *out, enum style *style) {
    const struct leaderboard_state *s = ctx;
    const struct leaderboard_week *w = &s->reports[row];
    bool known = w->filed_at[0] != '\0';
    switch (column) {
    case COLUMN_NAME:
        buf_add(out, w->name);
        break;
    case COLUMN_STATE:
        buf_addf(out, "%s%s", w->state >= WEEK_LATE ? "! " : "", week_state_label(w->state));
        *style = w->state >= WEEK_LATE ? STYLE_WARN : w->state == WEEK_FILED ? STYLE_GOOD : STYLE_DIM;
        break;
    case COLUMN_PLANS:
        buf_add(out, w->plans);
        break;
    case COLUMN_OBSTACLES:
        buf_add(out, w->obstacles);
        break;
    default:
        buf_addf(out, "%lld",
                 (long long)(column == COLUMN_CALLS      ? w->calls
                             : column == COLUMN_MEETINGS ? w->meetings
                                                         : w->quotes));
        *style = known ? *style : STYLE_DIM;
    }
}

static struct list_source source_of(const struct leaderboard_state *s) {
    return (struct list_source){columns, COLUMNS, s, cell, NULL, NULL, _("Nobody is due a report this week")};
}

void leaderboard_paint_weeks(const struct leaderboard_state *s, struct canvas *c) {
    char monday[DATE_SIZE], sunday[DATE_SIZE];
    week_monday(s->week, monday);
    date_add_days(monday, 6, sunday);
    canvas_textf(c, 1, 0, c->width - 1, STYLE_STRONG, _("Weekly reports %s: %s to %s"), s->week,
                 date_format(monday, monday), date_format(sunday, sunday));
    struct canvas view = canvas_view(c, 0, 2, c->width, c->height - 2);
    struct list_source source = source_of(s);
    list_paint(&s->weeks, &source, &view, true);
}

static const struct leaderboard_week *current(const struct leaderboard_state *s) {
    return s->weeks.cursor < s->report_count ? &s->reports[s->weeks.cursor] : NULL;
}

/* --- reading and filing one */

static void show(struct app *app, const struct leaderboard_state *s) {
    const struct leaderboard_week *w = current(s);
    struct card card = {0};
    char text[32];
    if (w == NULL) {
        return;
    }
    const struct {
        const char *label;
        int64_t count;
    } counts[] = {{N_("Calls"), w->calls}, {N_("Meetings"), w->meetings}, {N_("Quotes"), w->quotes}};
    card_row(&card, STYLE_STRONG, w->name, week_state_label(w->state));
    card_fact(&card, _("Filed"), w->filed_at);
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        snprintf(text, sizeof text, "%lld", (long long)counts[i].count);
        card_row(&card, STYLE_NORMAL, _(counts[i].label), text);
    }
    card_rule(&card, _("Plans"));
    card_text(&card, STYLE_NORMAL, w->plans);
    card_rule(&card, _("Obstacles"));
    card_text(&card, STYLE_NORMAL, w->obstacles);
    card_popup(app, s->week, &card, CONTEXT_NONE, NULL, NULL);
    card_clear(&card);
}

static enum err_code read_count(const struct form *f, const char *name, int64_t *out, struct err *e) {
    char *end = NULL;
    const char *text = form_text(f, name);
    *out = strtoll(text, &end, 10);
    if (end == text || *end != '\0' || *out < 0 || *out > INT32_MAX) {
        return err_set_field(e, ERR_INVALID, name, _("“%s” is no count; write a whole number"), text);
    }
    return ERR_OK;
}

static enum err_code file(struct app *app, void *ctx, const struct form *f, struct err *e) {
    const struct leaderboard_state *s = ctx;
    struct week_report r = {
        .staff_id = s->filing, .plans = form_text(f, "plans"), .obstacles = form_text(f, "obstacles")};
    memcpy(r.week, s->week, WEEK_SIZE);
    enum err_code rc = read_count(f, "calls", &r.calls, e);
    rc = rc == ERR_OK ? read_count(f, "meetings", &r.meetings, e) : rc;
    rc = rc == ERR_OK ? read_count(f, "quotes", &r.quotes, e) : rc;
    if (rc == ERR_OK) {
        rc = week_put(app_shop(app), &r, WEEK_CALLS | WEEK_MEETINGS | WEEK_QUOTES | WEEK_PLANS | WEEK_OBSTACLES, e);
    }
    if (rc == ERR_OK) {
        app_status(app, _("Report %s of %s is filed"), s->week, s->filing_name);
        app_reload(app);
    }
    return rc;
}

static void set_count(struct form *f, const char *name, int64_t count) {
    char text[32];
    snprintf(text, sizeof text, "%lld", (long long)count);
    form_set_text(f, name, text);
}

static enum err_code fill_one(void *ctx, const struct week_report *w, struct err *e) {
    struct form *f = ctx;
    (void)e;
    set_count(f, "calls", w->calls);
    set_count(f, "meetings", w->meetings);
    set_count(f, "quotes", w->quotes);
    form_set_text(f, "plans", w->plans);
    form_set_text(f, "obstacles", w->obstacles);
    return ERR_OK;
}

static enum err_code fill(struct app *app, void *ctx, int64_t id, struct form *form, struct err *e) {
    struct leaderboard_state *s = ctx;
    s->filing = id;
    return week_get(app_shop(app), id, s->week, fill_one, form, e);
}

static void ask_report(struct app *app, struct leaderboard_state *s) {
    const struct leaderboard_week *w = current(s);
    if (w == NULL) {
        return;
    }
    char *title = mem_printf("%s · %s", s->week, w->name);
    char *entity = mem_printf("report %s %s", s->week, w->code);
    free(s->filing_name);
    s->filing_name = mem_strdup(w->name);
    popup_edit(app, title, form_new(fields, sizeof fields / sizeof *fields, NULL),
               &(struct popup_record){.entity = entity, .id = w->staff_id, .fill = fill, .save = file}, s);
    free(title);
    free(entity);
}

unsigned leaderboard_handle_weeks(struct app *app, struct leaderboard_state *s, enum action action,
                                  const struct key *key) {
    struct list_source source = source_of(s);
    char today[DATE_SIZE];
    switch (action) {
    case ACTION_LIST_LEFT:
    case ACTION_LIST_RIGHT:
        week_add(s->week, action == ACTION_LIST_LEFT ? -1 : 1, s->week);
        return SCREEN_RELOAD;
    case ACTION_LEADERBOARD_NOW:
        snprintf(today, sizeof today, "%.10s", app_now(app));
        week_of(today, s->week);
        return SCREEN_RELOAD;
    case ACTION_LEADERBOARD_FILE:
        ask_report(app, s);
        return SCREEN_REDRAW;
    case ACTION_OPEN:
        show(app, s);
        return SCREEN_REDRAW;
    case ACTION_LEADERBOARD_GROUP:
    case ACTION_LEADERBOARD_EXPORT:
    case ACTION_LIST_SORT:
    case ACTION_LIST_REVERSE:
    case ACTION_LIST_FILTER:
    case ACTION_LIST_MARK:
        return SCREEN_REDRAW; /* of the ranking only */
    default:
        break;
    }
    return list_handle(&s->weeks, &source, action, key) == LIST_IGNORED ? SCREEN_IGNORED : SCREEN_REDRAW;
}
