#include "tui/screens/settings_teams.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/staff.h"
#include "tui/list.h"
#include "tui/popup.h"
#include "tui/screens/card.h"
#include "tui/screens/short_list.h"

struct teams_page {
    struct list list;
    struct team *teams;
    size_t count, cap;
    char *acting_on; /* name, as it is now */
};

static const struct list_column columns[] = {
    {N_("Team"), 20, 40, 1, ALIGN_LEFT, false},
    {N_("Leader"), 12, 20, 1, ALIGN_LEFT, false},
    {N_("Members"), 8, 10, 2, ALIGN_RIGHT, false},
};

static void cell(const void *ctx, size_t row, int column, struct buf *out, enum style *style) {
    const struct teams_page *s = ctx;
    const struct team *t = &s->teams[row];
    if (column == 0) {
        buf_add(out, t->name);
        *style = STYLE_STRONG;
    } else if (column == 1) {
        buf_add(out, t->leader[0] == '\0' ? "—" : t->leader);
    } else {
        buf_addf(out, "%lld", (long long)t->members);
    }
}

static struct list_source source_of(const struct teams_page *s) {
    return (struct list_source){.columns = columns,
                                .column_count = sizeof columns / sizeof *columns,
                                .ctx = s,
                                .cell = cell,
                                .empty = _("No team yet; n makes the first")};
}

static void forget(struct teams_page *s) {
    for (size_t i = 0; i < s->count; i++) {
        free(s->teams[i].name);
        free(s->teams[i].leader);
    }
    s->count = 0;
}

static enum err_code keep(void *ctx, const struct team *t, struct err *e) {
    struct teams_page *s = ctx;
    (void)e;
    s->teams = mem_grow(s->teams, s->count, &s->cap, sizeof *s->teams);
    s->teams[s->count++] =
        (struct team){t->id, mem_strdup(t->name), mem_strdup(t->leader == NULL ? "" : t->leader), t->members};
    return ERR_OK;
}

static enum err_code load(struct app *app, void *state, struct err *e) {
    struct teams_page *s = state;
    forget(s);
    enum err_code rc = team_list(app_shop(app), keep, s, e);
    short_list_loaded(app, &s->list, s->count, 0);
    return rc;
}

static const struct team *act_on_current(struct teams_page *s) {
    const struct team *t = s->list.cursor < s->count ? &s->teams[s->list.cursor] : NULL;
    free(s->acting_on);
    s->acting_on = t == NULL ? NULL : mem_strdup(t->name);
    return t;
}

static enum err_code done(struct app *app, enum err_code rc) {
    if (rc == ERR_OK) {
        app_status(app, _("Saved"));
        app_reload(app);
    }
    return rc;
}

static enum err_code made(struct app *app, void *ctx, const char *text, struct err *e) {
    int64_t id = 0;
    bool is_new = false;
    (void)ctx;
    enum err_code rc = team_make(app_shop(app), text, &id, &is_new, e);
    if (rc == ERR_OK && !is_new) {
        rc = err_set_field(e, ERR_CONFLICT, "name", _("there is a team “%s” already"), text);
    }
    return done(app, rc);
}

/* --- another name */

struct finding {
    int64_t id;
    char *name, *leader;
};

static enum err_code find_one(void *ctx, const struct team *t, struct err *e) {
    struct finding *f = ctx;
    (void)e;
    if (t->id == f->id) {
        f->name = mem_strdup(t->name);
        f->leader = mem_strdup(t->leader == NULL ? "" : t->leader);
    }
    return ERR_OK;
}

/* The team as it is now; the form gets its leader or its name. */
static enum err_code fill(struct app *app, struct teams_page *s, int64_t id, struct form *form, bool leader,
                          struct err *e) {
    struct finding f = {.id = id};
    enum err_code rc = team_list(app_shop(app), find_one, &f, e);
    if (rc == ERR_OK && f.name == NULL) {
        rc = err_set(e, ERR_NOT_FOUND, _("the team “%s” is gone"), s->acting_on);
    }
    if (rc == ERR_OK) {
        form_set_text(form, leader ? "leader" : "name", leader ? f.leader : f.name);
        free(s->acting_on);
        s->acting_on = f.name;
        f.name = NULL;
    }
    free(f.name);
    free(f.leader);
    return rc;
}

static enum err_code fill_name(struct app *app, void *ctx, int64_t id, struct form *form, struct err *e) {
    return fill(app, ctx, id, form, false, e);
}

static enum err_code renamed(struct app *app, void *ctx, const struct form *form, struct err *e) {
    const struct teams_page *s = ctx;
    return done(app, team_rename(app_shop(app), s->acting_on, form_text(form, "name"), e));
}

static unsigned rename_team(struct app *app, struct teams_page *s, const struct team *t) {
    static const struct form_field field = {"name", N_("Name"), FORM_TEXT, 36, false, NULL, NULL};
    popup_edit(app, _("Another name"), form_new(&field, 1, NULL),
               &(struct popup_record){"team", t->id, fill_name, renamed, true}, s);
    return SCREEN_REDRAW;
}

/* --- another leader from a day on */

static enum err_code led(struct app *app, void *ctx, const struct form *form, struct err *e) {
    const struct teams_page *s = ctx;
    char from[DATE_SIZE] = "";
    enum err_code rc = form_date(form, "from", from, e);
    if (rc == ERR_OK) {
        rc = team_set_leader(app_shop(app), s->acting_on, form_text(form, "leader"), from, e);
    }
    return done(app, rc);
}

static enum err_code fill_leader(struct app *app, void *ctx, int64_t id, struct form *form, struct err *e) {
    return fill(app, ctx, id, form, true, e);
}

static unsigned change_leader(struct app *app, struct teams_page *s, const struct team *t) {
    static const struct form_field fields[] = {
        {"leader", N_("Leader"), FORM_TEXT, 24, false, NULL, N_("code or name; empty: nobody")},
        {"from", N_("From"), FORM_DATE, 12, false, NULL, N_("empty: today; a first leader holds always")},
    };
    char *title = mem_printf(_("Leader of %s"), t->name);
    char *entity = mem_printf("team %s", t->name);
    popup_edit(app, title, form_new(fields, 2, NULL),
               &(struct popup_record){.entity = entity, .id = t->id, .fill = fill_leader, .save = led}, s);
    free(title);
    free(entity);
    return SCREEN_REDRAW;
}

/* --- the card */

static enum err_code add_change(void *ctx, const char *from, const char *what, struct err *e) {
    char text[DATE_SIZE];
    (void)e;
    card_row(ctx, STYLE_NORMAL, from[0] == '\0' ? _("always") : date_format(from, text),
             what[0] == '\0' ? _("nobody") : what);
    return ERR_OK;
}

struct members {
    struct card *card;
    const char *team;
};

static enum err_code add_member(void *ctx, const struct staff *p, struct err *e) {
    const struct members *m = ctx;
    (void)e;
    if (p->team != NULL && strcmp(p->team, m->team) == 0) {
        card_row(m->card, STYLE_NORMAL, p->name, p->code);
    }
    return ERR_OK;
}

static unsigned act(struct app *app, void *ctx, enum action action);

static unsigned open_card(struct app *app, struct teams_page *s, const struct team *t) {
    struct card card = {0};
    struct members members = {&card, t->name};
    struct err e = ERR_INIT;
    card_rule(&card, _("Leaders, each from their day on"));
    enum err_code rc = team_leader_history(app_shop(app), t->id, add_change, &card, &e);
    card_rule(&card, _("Members"));
    rc = rc == ERR_OK ? staff_list(app_shop(app), false, add_member, &members, &e) : rc;
    if (rc != ERR_OK) {
        app_error(app, &e);
    }
    card_popup(app, t->name, &card, CONTEXT_TEAMS, act, s);
    return SCREEN_REDRAW;
}

static unsigned act(struct app *app, void *ctx, enum action action) {
    struct teams_page *s = ctx;
    const struct team *t = act_on_current(s);
    if (action == ACTION_TEAMS_NEW) {
        popup_prompt(app, _("New team"), _("Name"), FORM_TEXT, "", made, s);
        return SCREEN_REDRAW;
    }
    if (t == NULL) {
        return SCREEN_IGNORED;
    }
    switch (action) {
    case ACTION_TEAMS_RENAME:
        return rename_team(app, s, t);
    case ACTION_TEAMS_LEADER:
        return change_leader(app, s, t);
    case ACTION_OPEN:
        return open_card(app, s, t);
    default:
        return SCREEN_IGNORED;
    }
}

static unsigned handle(struct app *app, void *state, enum action action, const struct key *key) {
    struct teams_page *s = state;
    struct list_source source = source_of(s);
    unsigned taken = short_list_handle(&s->list, &source, action, key);
    return taken == SCREEN_IGNORED ? act(app, s, action) : taken;
}

static void paint(const struct app *app, const void *state, struct canvas *c) {
    const struct teams_page *s = state;
    struct list_source source = source_of(s);
    (void)app;
    list_paint(&s->list, &source, c, true);
}

static void clear(void *state) {
    struct teams_page *s = state;
    forget(s);
    free(s->teams);
    free(s->acting_on);
    list_clear(&s->list);
}

const struct screen_ops screen_settings_teams = {
    .name = "settings-teams",
    .title = N_("Teams"),
    .context = CONTEXT_TEAMS,
    .state_size = sizeof(struct teams_page),
    .load = load,
    .handle = handle,
    .paint = paint,
    .focus = short_list_focus,
    .clear = clear,
    .needs = PERMIT_STAFF,
};
