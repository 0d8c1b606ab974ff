#include "tui/screens/plan_page.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "tui/popup.h"
#include "tui/screens/plan_card.h"

/* --- opening */

static void forget(struct plan_page *s) {
    form_free(s->form);
    s->form = NULL;
    for (int i = 0; i < PAGE_GRIDS; i++) {
        grid_clear(&s->grids[i]);
    }
    free(s->what);
    free(s->code);
    s->what = s->code = NULL;
    plan_clear(&s->seen);
    edit_clear(&s->edit);
    card_reset(&s->examples);
}

void plan_page_clear(struct plan_page *s) {
    forget(s);
    free(s->next);
    s->next = NULL;
}

static const char *behind(const char *argument, const char *prefix) {
    size_t n = strlen(prefix);
    return strncmp(argument, prefix, n) == 0 ? argument + n : NULL;
}

enum err_code plan_page_begin(struct app *app, struct plan_page *s, const char *argument, struct err *e) {
    const char *edited = behind(argument, PLAN_PAGE_EDIT);
    const char *versioned = behind(argument, PLAN_PAGE_VERSION);
    const char *code = edited != NULL ? edited : versioned;
    struct plan p = {0};
    enum err_code rc = code == NULL ? plan_next(app_shop(app), &p, e) : plan_get(app_shop(app), code, &p, e);
    if (rc == ERR_OK) {
        char *what = mem_strdup(argument);
        char *of = mem_strdup(code == NULL ? NULL : p.code);
        forget(s);
        s->what = what;
        s->code = of;
        s->version = versioned != NULL;
        plan_page_start(s, &p, shop_currency(app_shop(app)));
    }
    if (rc == ERR_OK && edited != NULL) {
        char *entity = mem_printf("plan %s", p.code);
        edit_begin(app_shop(app), &s->edit, entity, NULL, 0);
        rc = plan_get(app_shop(app), p.code, &s->seen, e);
        free(entity);
    }
    plan_clear(&p);
    return rc;
}

static void start_next(struct app *app, void *ctx) {
    struct plan_page *s = ctx;
    struct err e = ERR_INIT;
    char *next = s->next;
    s->next = NULL;
    if (plan_page_begin(app, s, next, &e) != ERR_OK) {
        app_error(app, &e);
    }
    free(next);
}

static void open_screen(struct app *app, void *state, const char *argument) {
    struct plan_page *s = state;
    struct err e = ERR_INIT;
    bool same = argument == NULL || (s->what != NULL && strcmp(s->what, argument) == 0);
    if (s->form != NULL && plan_page_changed(s)) {
        if (same) {
            app_status(app, _("What was typed before is still here; F9 keeps it"));
            return;
        }
        free(s->next);
        s->next = mem_strdup(argument);
        popup_ask(app, _("Another plan is still being typed. Throw away what was typed?"), _("Throw away"), start_next,
                  s);
        return;
    }
    if (plan_page_begin(app, s,
                        argument != NULL  ? argument
                        : s->what != NULL ? s->what
                                          : PLAN_PAGE_NEW,
                        &e) != ERR_OK) {
        app_error(app, &e);
    }
}

static enum err_code load(struct app *app, void *state, struct err *e) {
    (void)e;
    if (((struct plan_page *)state)->form != NULL) {
        plan_page_check(app, state, false);
    }
    return ERR_OK;
}

/* --- keys */

static enum action form_action(enum action action) {
    switch (action) {
    case ACTION_LIST_UP:
        return ACTION_PREVIOUS;
    case ACTION_LIST_DOWN:
    case ACTION_OPEN:
        return ACTION_NEXT;
    default:
        return action;
    }
}

static const char *const first_fields[] = {"code", "from"};

/* The form's own end and beginning lead out of it. */
static bool leave_form(struct plan_page *s, enum action action) {
    const char *focused = form_focused(s->form);
    if (action == ACTION_NEXT && strcmp(focused, "bonus_top_revenue") == 0) {
        s->part = 1;
        grid_go(&s->grids[PAGE_TIERS], 0, 0);
        return true;
    }
    return action == ACTION_PREVIOUS && strcmp(focused, first_fields[s->version]) == 0;
}

static unsigned in_form(struct app *app, struct plan_page *s, enum action action, const struct key *key) {
    action = form_action(action);
    bool out = leave_form(s, action);
    if (out) { /* so that what is left is written out */
        form_handle(s->form, ACTION_NEXT, key);
        form_focus(s->form, s->part == 0 ? first_fields[s->version] : "bonus_top_revenue");
    }
    enum form_result r = out ? FORM_STAY : form_handle(s->form, action, key);
    if (action == ACTION_NEXT || action == ACTION_PREVIOUS) {
        plan_page_check(app, s, false);
    }
    return r == FORM_STAY ? SCREEN_REDRAW : SCREEN_IGNORED;
}

static unsigned in_grid(struct app *app, struct plan_page *s, enum action action, const struct key *key) {
    struct grid *g = &s->grids[s->part - 1];
    switch (grid_handle(g, action, key)) {
    case GRID_IGNORED:
        return SCREEN_IGNORED;
    case GRID_STAY:
    case GRID_SCANNED:
        if (!g->wrong && s->fault.message[0] != '\0') {
            plan_page_check(app, s, false);
        }
        return SCREEN_REDRAW;
    case GRID_LEFT:
        break;
    case GRID_BEFORE:
        s->part--;
        break;
    case GRID_AFTER:
        s->part += s->part < PAGE_GRIDS;
        break;
    }
    plan_page_check(app, s, false);
    return SCREEN_REDRAW;
}

static void throw_away(struct app *app, void *ctx) {
    forget(ctx);
    app_leave(app);
}

static unsigned back(struct app *app, struct plan_page *s) {
    if (s->form != NULL && plan_page_changed(s)) {
        popup_ask(app, _("Throw away what was typed?"), _("Throw away"), throw_away, s);
        return SCREEN_REDRAW;
    }
    forget(s);
    return SCREEN_LEAVE;
}

static unsigned handle(struct app *app, void *state, enum action action, const struct key *key) {
    struct plan_page *s = state;
    if (s->form == NULL) {
        return SCREEN_IGNORED;
    }
    if (action == ACTION_BACK) {
        return back(app, s);
    }
    unsigned done = s->part == 0 ? in_form(app, s, action, key) : in_grid(app, s, action, key);
    return done == SCREEN_IGNORED ? plan_page_act(app, s, action) : done;
}

static void title_more(const void *state, struct buf *out) {
    const struct plan_page *s = state;
    if (s->form != NULL && s->version) {
        buf_addf(out, _("%s: new version"), s->code);
    } else if (s->form != NULL) {
        buf_addf(out, s->code == NULL ? _("new") : _("draft %s"), s->code);
    }
}

static enum action_context focus(const void *state) {
    return ((const struct plan_page *)state)->form == NULL ? CONTEXT_NONE : CONTEXT_FIELD;
}

static void clear(void *state) {
    struct plan_page *s = state;
    plan_page_clear(s);
    plan_try_clear(&s->trying);
}

const struct screen_ops screen_plan = {
    .name = "plan",
    .title = N_("Commission plan"),
    .context = CONTEXT_PLAN,
    .state_size = sizeof(struct plan_page),
    .open = open_screen,
    .load = load,
    .handle = handle,
    .paint = plan_page_paint,
    .title_more = title_more,
    .focus = focus,
    .clear = clear,
    .needs = PERMIT_PLANS,
};
