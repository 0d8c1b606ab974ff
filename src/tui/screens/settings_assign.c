#include "tui/screens/settings_assign.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/qty.h"
#include "chotdon/assign.h"
#include "tui/list.h"
#include "tui/popup.h"
#include "tui/screens/card.h"
#include "tui/screens/short_list.h"

struct settings_assign_state {
    struct list list;
    struct assign_rule *rules; /* texts owned */
    size_t count, cap;
    int64_t acting_on;
};

static const struct list_column columns[] = {
    {"#", 3, 3, 1, ALIGN_RIGHT, false},
    {N_("Source"), 10, 20, 2, ALIGN_LEFT, false},
    {N_("Province"), 10, 20, 2, ALIGN_LEFT, false},
    {N_("Group"), 10, 24, 3, ALIGN_LEFT, false},
    {N_("Team"), 8, 20, 1, ALIGN_LEFT, false},
    {N_("Reps"), 10, 40, 1, ALIGN_LEFT, false},
    {N_("A day"), 6, 8, 2, ALIGN_RIGHT, false},
};
enum { COLUMN_NO, COLUMN_SOURCE, COLUMN_PROVINCE, COLUMN_GROUP, COLUMN_TEAM, COLUMN_REPS, COLUMN_LIMIT };

static void add_word(struct buf *out, const char *word, enum style *style, const char *empty) {
    buf_add(out, word[0] == '\0' ? empty : word);
    *style = word[0] == '\0' ? STYLE_DIM : *style;
}

static void cell(const void *ctx, size_t row, int column, struct buf *out, enum style *style) {
    const struct settings_assign_state *s = ctx;
    const struct assign_rule *r = &s->rules[row];
    switch (column) {
    case COLUMN_NO:
        buf_addf(out, "%lld", (long long)r->position);
        break;
    case COLUMN_SOURCE:
        add_word(out, r->source, style, _("any"));
        break;
    case COLUMN_PROVINCE:
        add_word(out, r->province, style, _("any"));
        break;
    case COLUMN_GROUP:
        add_word(out, r->group, style, _("any"));
        break;
    case COLUMN_TEAM:
        add_word(out, r->team, style, "");
        break;
    case COLUMN_REPS:
        add_word(out, r->reps, style, r->team[0] == '\0' ? _("every rep") : "");
        break;
    default:
        buf_addf(out, r->daily_limit == 0 ? "—" : "%lld", (long long)r->daily_limit);
    }
}

static struct list_source source_of(const struct settings_assign_state *s) {
    return (struct list_source){.columns = columns,
                                .column_count = sizeof columns / sizeof *columns,
                                .ctx = s,
                                .cell = cell,
                                .empty = _("No rules: new leads wait for somebody to take them; n adds a rule")};
}

static void clear_rules(struct settings_assign_state *s) {
    for (size_t i = 0; i < s->count; i++) {
        free(s->rules[i].source);
        free(s->rules[i].province);
        free(s->rules[i].group);
        free(s->rules[i].team);
        free(s->rules[i].reps);
    }
    s->count = 0;
}

static enum err_code keep_rule(void *ctx, const struct assign_rule *r, struct err *e) {
    struct settings_assign_state *s = ctx;
    (void)e;
    s->rules = mem_grow(s->rules, s->count, &s->cap, sizeof *s->rules);
    s->rules[s->count++] = (struct assign_rule){.id = r->id,
                                                .position = r->position,
                                                .source = mem_strdup(r->source),
                                                .province = mem_strdup(r->province),
                                                .group = mem_strdup(r->group),
                                                .team = mem_strdup(r->team),
                                                .reps = mem_strdup(r->reps),
                                                .daily_limit = r->daily_limit};
    return ERR_OK;
}

static enum err_code load(struct app *app, void *state, struct err *e) {
    struct settings_assign_state *s = state;
    clear_rules(s);
    enum err_code rc = assign_rule_list(app_shop(app), keep_rule, s, e);
    short_list_loaded(app, &s->list, s->count, 0);
    return rc;
}

/* --- a new rule */

static const struct form_field fields[] = {
    {"source", N_("Source"), FORM_TEXT, 24, false, NULL, N_("empty: any")},
    {"province", N_("Province"), FORM_TEXT, 24, false, NULL, N_("empty: any")},
    {"group", N_("Product group"), FORM_TEXT, 30, false, NULL, N_("empty: any")},
    {"team", N_("Team"), FORM_TEXT, 24, false, NULL, N_("first its reps")},
    {"reps", N_("Reps"), FORM_TEXT, 40, false, NULL, N_("HA,NAM: codes or names")},
    {"daily_limit", N_("Leads a day"), FORM_QTY, 8, false, NULL, N_("for each rep; empty: no limit")},
};

static enum err_code added(struct app *app, void *ctx, const struct form *form, struct err *e) {
    int64_t limit = 0;
    (void)ctx;
    enum err_code rc = form_qty(form, "daily_limit", &limit, e);
    if (rc == ERR_OK && (limit < 0 || limit % QTY_ONE != 0)) {
        rc = err_set_field(e, ERR_INVALID, "daily_limit", _("Give a whole number"));
    }
    struct assign_rule rule = {.source = mem_strdup(form_text(form, "source")),
                               .province = mem_strdup(form_text(form, "province")),
                               .group = mem_strdup(form_text(form, "group")),
                               .team = mem_strdup(form_text(form, "team")),
                               .reps = mem_strdup(form_text(form, "reps")),
                               .daily_limit = limit / QTY_ONE};
    if (rc == ERR_OK) {
        rc = assign_rule_add(app_shop(app), &rule, NULL, e);
    }
    if (rc == ERR_OK) {
        app_status(app, _("New leads follow it from now on; g gives out those that nobody has"));
        app_reload(app);
    }
    free(rule.source);
    free(rule.province);
    free(rule.group);
    free(rule.team);
    free(rule.reps);
    return rc;
}

/* --- removing */

static void remove_rule(struct app *app, void *ctx) {
    struct settings_assign_state *s = ctx;
    struct err e = ERR_INIT;
    if (assign_rule_remove(app_shop(app), s->acting_on, &e) != ERR_OK) {
        app_error(app, &e);
    } else {
        app_status(app, _("The rule is gone; deals stay with whom they are"));
    }
    app_reload(app);
}

static unsigned ask_remove(struct app *app, struct settings_assign_state *s) {
    char *question = mem_printf(_("Remove rule %lld?"), (long long)s->rules[s->list.cursor].position);
    s->acting_on = s->rules[s->list.cursor].id;
    popup_ask(app, question, _("Remove"), remove_rule, s);
    free(question);
    return SCREEN_REDRAW;
}

/* --- giving out: first who would get what, then the deed */

struct given {
    struct buf text;
    int given, left;
};

static enum err_code say_row(void *ctx, const struct assign_row *r, struct err *e) {
    enum { SHOWN = 12 };
    struct given *g = ctx;
    (void)e;
    g->given += r->outcome == ASSIGN_GIVEN;
    g->left += r->outcome != ASSIGN_GIVEN;
    if (g->given + g->left <= SHOWN) {
        const char *who = r->outcome == ASSIGN_GIVEN     ? r->rep_name
                          : r->outcome == ASSIGN_NO_RULE ? _("no rule fits")
                                                         : _("nobody has room today");
        buf_addf(&g->text, "%s %s → %s\n", r->deal_no, r->title, who);
    } else if (g->given + g->left == SHOWN + 1) {
        buf_add(&g->text, "…\n");
    }
    return ERR_OK;
}

static void give_out(struct app *app, void *ctx) {
    struct given g = {BUF_INIT, 0, 0};
    struct err e = ERR_INIT;
    (void)ctx;
    if (assign_run(app_shop(app), false, say_row, &g, &e) != ERR_OK) {
        app_error(app, &e);
    } else {
        app_status(app, _("%d leads given out, %d left"), g.given, g.left);
    }
    buf_clear(&g.text);
}

static unsigned ask_give_out(struct app *app) {
    struct given g = {BUF_INIT, 0, 0};
    struct err e = ERR_INIT;
    if (assign_run(app_shop(app), true, say_row, &g, &e) != ERR_OK) {
        buf_clear(&g.text);
        return app_error(app, &e);
    }
    if (g.given == 0) {
        app_status(app,
                   g.left == 0 ? _("Every lead has its rep")
                               : _("%d leads are left: no rule fits, or nobody has room today"),
                   g.left);
    } else {
        buf_addf(&g.text, _("Give these %d out?"), g.given);
        popup_ask(app, buf_str(&g.text), _("Give out"), give_out, NULL);
    }
    buf_clear(&g.text);
    return SCREEN_REDRAW;
}

static unsigned handle(struct app *app, void *state, enum action action, const struct key *key) {
    struct settings_assign_state *s = state;
    struct list_source source = source_of(s);
    switch (action) {
    case ACTION_ASSIGN_NEW:
        popup_form(app, _("New rule"), form_new(fields, sizeof fields / sizeof *fields, NULL), added, s);
        return SCREEN_REDRAW;
    case ACTION_ASSIGN_REMOVE:
        return s->count == 0 ? SCREEN_REDRAW : ask_remove(app, s);
    case ACTION_ASSIGN_RUN:
        return ask_give_out(app);
    default:
        return short_list_handle(&s->list, &source, action, key);
    }
}

static void paint(const struct app *app, const void *state, struct canvas *c) {
    const struct settings_assign_state *s = state;
    struct list_source source = source_of(s);
    (void)app;
    list_paint(&s->list, &source, c, true);
}

static void clear(void *state) {
    struct settings_assign_state *s = state;
    clear_rules(s);
    free(s->rules);
    list_clear(&s->list);
}

const struct screen_ops screen_settings_assign = {
    .name = "assign",
    .title = N_("Who gets new leads"),
    .context = CONTEXT_ASSIGN,
    .state_size = sizeof(struct settings_assign_state),
    .load = load,
    .handle = handle,
    .paint = paint,
    .focus = short_list_focus,
    .clear = clear,
    .needs = PERMIT_SETTINGS,
};
