/* The plan of the month: its terms, and a new one or a new version from a file. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "io/plan_file.h"
#include "tui/popup.h"
#include "tui/screens/commission.h"

struct telling {
    struct card card;
    const char *section;
};

static void tell_term(void *ctx, const char *section, const char *key, const char *value) {
    struct telling *t = ctx;
    if (t->section == NULL || strcmp(t->section, section) != 0) {
        card_rule(&t->card, section);
        t->section = section;
    }
    card_row(&t->card, STYLE_NORMAL, key, value);
}

unsigned commission_show_plan(struct app *app, struct commission_state *s) {
    struct telling t = {.section = NULL};
    struct err e = ERR_INIT;
    struct plan p = {0};
    char *code = mem_printf("%s@%d", s->info.plan, s->info.version);
    enum err_code rc = s->info.plan[0] == '\0' ? plan_for_month(app_shop(app), s->month, &p, &e)
                                               : plan_get(app_shop(app), code, &p, &e);
    free(code);
    if (rc == ERR_OK) {
        card_fact(&t.card, _("State"), p.active ? _("in force") : _("draft"));
        card_fact(&t.card, _("Version"), p.start);
        card_fact(&t.card, _("Reason"), p.reason);
        plan_terms(&p, &s->currency, tell_term, &t);
        card_popup(app, p.name, &t.card, CONTEXT_COMMISSION, commission_act, s);
    }
    plan_clear(&p);
    return rc == ERR_OK ? SCREEN_REDRAW : app_error(app, &e);
}

static void activate(struct app *app, void *ctx) {
    struct commission_state *s = ctx;
    struct err e = ERR_INIT;
    if (plan_activate(app_shop(app), s->plan_code, &e) == ERR_OK) {
        app_status(app, _("Plan %s is in force"), s->plan_code);
    } else {
        app_error(app, &e);
    }
    app_reload(app);
}

static enum err_code imported(struct app *app, void *ctx, const struct form *form, struct err *e) {
    struct commission_state *s = ctx;
    struct plan p = {0};
    enum put_result result = PUT_CREATED;
    const char *typed = form_text(form, "from");
    char start[MONTH_SIZE] = "";
    enum err_code rc = typed[0] == '\0' ? ERR_OK : month_parse(typed, start, e);
    if (rc == ERR_OK) {
        rc = plan_file_import(app_shop(app), form_text(form, "plan"), start[0] == '\0' ? NULL : start,
                              form_text(form, "reason"), &p, &result, e);
    }
    if (rc == ERR_OK) {
        free(s->plan_code);
        s->plan_code = mem_strdup(p.code);
        app_status(app, _("Plan %s@%d is there"), p.code, p.version);
        app_reload(app);
    }
    if (rc == ERR_OK && !p.active) {
        char *question = mem_printf(_("Put plan %s in force, from %s to %s?"), p.code, p.from, p.to);
        popup_ask(app, question, _("In force"), activate, s);
        free(question);
    }
    plan_clear(&p);
    return rc;
}

unsigned commission_import_plan(struct app *app, struct commission_state *s) {
    static const struct form_field fields[] = {
        {"plan", N_("Plan file (.ini)"), FORM_TEXT, 44, true, NULL, NULL},
        {"from", N_("New version from"), FORM_TEXT, 10, false, NULL, N_("month; empty for a new plan")},
        {"reason", N_("Reason"), FORM_TEXT, 44, false, NULL, NULL},
    };
    struct form *form = form_new(fields, 3, NULL);
    popup_form(app, _("A plan from a file"), form, imported, s);
    return SCREEN_REDRAW;
}
