/* What is done with the plan under the cursor. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/permission.h"
#include "tui/popup.h"
#include "tui/screens/plan_card.h"
#include "tui/screens/plan_page.h"
#include "tui/screens/settings_plans.h"

static enum err_code may_change(struct app *app, struct err *e) {
    return shop_may(app_shop(app), PERMIT_PLANS) ? ERR_OK : shop_require(app_shop(app), PERMIT_PLANS, e);
}

static void remember(struct plans_state *s, const struct plan *p) {
    free(s->acting_on);
    s->acting_on = mem_strdup(p->code);
}

/* --- the page of one plan */

static unsigned go_page(struct app *app, const char *how, const char *code) {
    struct err e = ERR_INIT;
    if (may_change(app, &e) != ERR_OK) {
        return app_error(app, &e);
    }
    char *argument = mem_printf("%s%s", how, code);
    app_go(app, "plan", argument);
    free(argument);
    return SCREEN_REDRAW;
}

static void new_version(struct app *app, void *ctx) {
    struct plans_state *s = ctx;
    go_page(app, PLAN_PAGE_VERSION, s->acting_on);
}

/* A plan in use is not changed: it says why, and offers what is done instead. */
static unsigned edit(struct app *app, struct plans_state *s, const struct plan *p) {
    struct err e = ERR_INIT;
    enum plan_use use = PLAN_FREE;
    char month[MONTH_SIZE] = "", shown[MONTH_SIZE + 1];
    if (may_change(app, &e) != ERR_OK || plan_used(app_shop(app), p->code, &use, month, &e) != ERR_OK) {
        return app_error(app, &e);
    }
    if (use == PLAN_FREE) {
        return go_page(app, PLAN_PAGE_EDIT, p->code);
    }
    char *why = month[0] != '\0' ? mem_printf(_("Plan %s is read-only: months up to %s were computed with it, and what "
                                                "was paid has to stay as it was explained."),
                                              p->code, plan_month(month, shown))
                                 : mem_printf(_("Plan %s is read-only: it is in force."), p->code);
    char *question = mem_printf("%s %s", why, _("Make a new version of it, from a month on and with a reason?"));
    remember(s, p);
    popup_ask(app, question, _("New version"), new_version, s);
    free(question);
    free(why);
    return SCREEN_REDRAW;
}

/* --- what differs, and putting in force */

/* The terms of a plan against those of the one before it; all its terms when there is none. */
static enum err_code changes_card(struct app *app, struct plans_state *s, struct card *card, struct err *e) {
    struct plan p = {0};
    struct plan before = {0};
    struct err none = ERR_INIT;
    const struct plan *here = plans_current(s);
    enum err_code rc = plan_get_version(app_shop(app), here->version_id, &p, e);
    if (rc == ERR_OK && plan_before(app_shop(app), &p, &before, &none) == ERR_OK) {
        char *title = mem_printf(_("%s@%d → %s@%d"), before.code, before.version, p.code, p.version);
        card_rule(card, title);
        free(title);
        if (plan_card_changes(card, &before, &p, &s->currency) == 0) {
            card_text(card, STYLE_DIM, _("The terms are the same."));
        }
    } else if (rc == ERR_OK) {
        card_text(card, STYLE_DIM, _("No plan held before it. Its terms:"));
        plan_card_terms(card, &p, &s->currency);
    }
    plan_clear(&before);
    plan_clear(&p);
    return rc;
}

static unsigned show_changes(struct app *app, struct plans_state *s) {
    struct card card = {0};
    struct err e = ERR_INIT;
    if (changes_card(app, s, &card, &e) != ERR_OK) {
        card_clear(&card);
        return app_error(app, &e);
    }
    card_popup(app, _("What changes"), &card, CONTEXT_PLANS, plans_act, s);
    return SCREEN_REDRAW;
}

static unsigned activate(struct app *app, void *ctx, enum action action) {
    struct plans_state *s = ctx;
    struct err e = ERR_INIT;
    if (action != ACTION_PLANS_ACTIVATE) {
        return plans_act(app, s, action);
    }
    if (plan_activate(app_shop(app), s->acting_on, &e) != ERR_OK) {
        return app_error(app, &e);
    }
    app_status(app, _("Plan %s is in force"), s->acting_on);
    app_reload(app);
    return SCREEN_RELOAD;
}

static unsigned ask_activate(struct app *app, struct plans_state *s, const struct plan *p) {
    struct card card = {0};
    struct err e = ERR_INIT;
    char from[MONTH_SIZE + 1], to[MONTH_SIZE + 1];
    if (p->active) {
        app_status(app, _("Plan %s is in force already"), p->code);
        return SCREEN_REDRAW;
    }
    if (may_change(app, &e) != ERR_OK || changes_card(app, s, &card, &e) != ERR_OK) {
        card_clear(&card);
        return app_error(app, &e);
    }
    card_text(&card, STYLE_STRONG, _("In force it is read-only. a puts it in force; Esc leaves it as a draft."));
    char *title = mem_printf(_("Put plan %s in force, from %s to %s?"), p->code, plan_month(p->from, from),
                             plan_month(p->to, to));
    remember(s, p);
    card_popup(app, title, &card, CONTEXT_PLANS, activate, s);
    free(title);
    return SCREEN_REDRAW;
}

/* --- taking a draft away, trying */

static void remove_it(struct app *app, void *ctx) {
    struct plans_state *s = ctx;
    struct err e = ERR_INIT;
    if (plan_remove(app_shop(app), s->acting_on, &e) != ERR_OK) {
        app_error(app, &e);
        return;
    }
    app_status(app, _("Draft %s is gone"), s->acting_on);
    app_reload(app);
}

static unsigned ask_remove(struct app *app, struct plans_state *s, const struct plan *p) {
    struct err e = ERR_INIT;
    enum plan_use use = PLAN_FREE;
    char month[MONTH_SIZE] = "";
    if (may_change(app, &e) != ERR_OK || plan_used(app_shop(app), p->code, &use, month, &e) != ERR_OK) {
        return app_error(app, &e);
    }
    if (use != PLAN_FREE) {
        err_set(&e, ERR_REFUSED, _("Plan %s is in use and stays; only a draft can be taken away"), p->code);
        return app_error(app, &e);
    }
    char *question = mem_printf(_("Take draft %s away for good?"), p->code);
    remember(s, p);
    popup_ask(app, question, _("Take away"), remove_it, s);
    free(question);
    return SCREEN_REDRAW;
}

static unsigned try_it(struct app *app, struct plans_state *s, const struct plan *here) {
    struct plan p;
    struct err e = ERR_INIT;
    char month[MONTH_SIZE];
    if (plan_get_version(app_shop(app), here->version_id, &p, &e) != ERR_OK) {
        plan_clear(&p);
        return app_error(app, &e);
    }
    month_add(s->now, -1, month);
    plan_try_ask_for(app, &s->trying, &p, month, month);
    return SCREEN_REDRAW;
}

static unsigned show(struct app *app, struct plans_state *s) {
    struct card card = {0};
    struct err e = ERR_INIT;
    if (plans_card(app, s, s->list.cursor, &card, &e) != ERR_OK) {
        card_clear(&card);
        return app_error(app, &e);
    }
    card_popup(app, plans_current(s)->name, &card, CONTEXT_PLANS, plans_act, s);
    return SCREEN_REDRAW;
}

static unsigned act_on(struct app *app, struct plans_state *s, const struct plan *p, enum action action) {
    switch (action) {
    case ACTION_OPEN:
        return show(app, s);
    case ACTION_PLANS_EDIT:
        return edit(app, s, p);
    case ACTION_PLANS_VERSION:
        return p->active || p->version > 1 ? go_page(app, PLAN_PAGE_VERSION, p->code) : edit(app, s, p);
    case ACTION_PLANS_ACTIVATE:
        return ask_activate(app, s, p);
    case ACTION_PLANS_DIFF:
        return show_changes(app, s);
    case ACTION_PLANS_TRY:
        return try_it(app, s, p);
    case ACTION_PLANS_REMOVE:
        return ask_remove(app, s, p);
    default:
        return plans_act_file(app, s, action);
    }
}

unsigned plans_act(struct app *app, void *state, enum action action) {
    struct plans_state *s = state;
    const struct plan *p = plans_current(s);
    if (action == ACTION_PLANS_NEW) {
        return go_page(app, PLAN_PAGE_NEW, "");
    }
    return p == NULL ? plans_act_file(app, s, action) : act_on(app, s, p, action);
}
