#include "tui/screens/plan_try.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/commission.h"
#include "chotdon/kpi.h"
#include "io/plan_file.h"
#include "tui/popup.h"
#include "tui/screens/card.h"
#include "tui/screens/plan_card.h"

struct trying {
    const struct currency *currency;
    struct card card;
    int64_t current, simulated;
    struct buf findings; /* of rule 4, which goes by the pay that was tried */
};

static void add_row(struct trying *t, enum style style, const char *name, int64_t current, int64_t simulated) {
    char before[MONEY_TEXT_MAX], after[MONEY_TEXT_MAX], change[MONEY_TEXT_MAX];
    const struct currency *c = t->currency;
    char *right =
        mem_printf("%s → %s  %s%s", money_format(current, c, false, before), money_format(simulated, c, false, after),
                   simulated > current ? "+" : "", money_format(simulated - current, c, false, change));
    card_row(&t->card, style, name, right);
    free(right);
}

static enum err_code tell_person(void *ctx, const struct commission_simulated *r, struct err *e) {
    struct trying *t = ctx;
    (void)e;
    add_row(t, r->change < 0 ? STYLE_WARN : STYLE_NORMAL, r->name, r->current, r->simulated);
    if (r->finding != NULL) {
        buf_addf(&t->findings, "%s4 · %s %s", t->findings.len == 0 ? "" : "\n", r->name, r->finding);
    }
    t->current += r->current;
    t->simulated += r->simulated;
    return ERR_OK;
}

static enum err_code tell_finding(void *ctx, const struct kpi_finding *f, struct err *e) {
    struct trying *t = ctx;
    (void)e;
    char *text = mem_printf("%d · %s %s", f->rule, f->rule == 3 ? f->code : f->name, f->detail);
    if (f->rule != 4) {
        card_text(&t->card, STYLE_DIM, text);
    }
    free(text);
    return ERR_OK;
}

static void tell_findings(struct trying *t) {
    for (char *line = t->findings.data; line != NULL;) {
        char *end = strchr(line, '\n');
        if (end != NULL) {
            *end++ = '\0';
        }
        card_text(&t->card, STYLE_DIM, line);
        line = end;
    }
}

static enum err_code try_it(struct app *app, struct trying *t, const struct plan *p, const char *from, const char *to,
                            struct err *e) {
    card_fact(&t->card, _("Plan"), p->name);
    card_fact(&t->card, _("Mode"), plan_mode_meaning(p->mode));
    card_rule(&t->card, _("now → tried, change"));
    app_work_begin_database(app, _("Trying the plan on past months"));
    enum err_code rc = commission_simulate(app_shop(app), p, from, to, tell_person, t, e);
    app_work_end_database(app);
    if (rc == ERR_OK) {
        add_row(t, STYLE_TOTAL, _("Total"), t->current, t->simulated);
        card_rule(&t->card, _("Findings of the last month"));
        rc = kpi_health(app_shop(app), to, tell_finding, t, e);
    }
    if (rc == ERR_OK) {
        tell_findings(t);
    }
    buf_clear(&t->findings);
    return rc;
}

static enum err_code read_month(const struct form *form, const char *name, char out[MONTH_SIZE], struct err *e) {
    struct err why = ERR_INIT;
    enum err_code rc = month_parse(form_text(form, name), out, &why);
    return rc == ERR_OK ? ERR_OK : err_set_field(e, rc, name, "%s", why.message);
}

/* The plan that is named, unless one is at hand. */
static enum err_code open_plan(struct app *app, struct plan_try *t, const struct form *form, struct err *e) {
    struct err why = ERR_INIT;
    if (t->given) {
        return ERR_OK;
    }
    free(t->word);
    t->word = mem_strdup(form_text(form, "plan"));
    plan_clear(&t->plan);
    enum err_code rc = plan_file_open(app_shop(app), t->word, &t->plan, &why);
    return rc == ERR_OK ? ERR_OK : err_set_field(e, rc, "plan", "%s", why.message);
}

static enum err_code tried(struct app *app, void *ctx, const struct form *form, struct err *e) {
    struct plan_try *t = ctx;
    struct trying trying = {.currency = shop_currency(app_shop(app))};
    char from[MONTH_SIZE], to[MONTH_SIZE];
    enum err_code rc = read_month(form, "from", from, e);
    if (rc == ERR_OK) {
        rc = read_month(form, "to", to, e);
    }
    if (rc == ERR_OK) {
        rc = open_plan(app, t, form, e);
    }
    if (rc == ERR_OK) {
        rc = try_it(app, &trying, &t->plan, from, to, e);
    }
    if (rc == ERR_OK) {
        char *title = mem_printf(_("Tried on %s to %s; nothing was changed"), from, to);
        card_popup(app, title, &trying.card, CONTEXT_NONE, NULL, NULL);
        free(title);
    } else {
        card_clear(&trying.card);
    }
    return rc;
}

static const struct form_field fields[] = {
    {"plan", N_("Plan"), FORM_TEXT, 40, true, NULL, N_("code, or file (.ini)")},
    {"from", N_("First month"), FORM_TEXT, 10, true, NULL, N_("2026-01")},
    {"to", N_("Last month"), FORM_TEXT, 10, true, NULL, NULL},
};
enum { FIELDS = sizeof fields / sizeof *fields };

void plan_try_ask(struct app *app, struct plan_try *t, const char *month) {
    struct form *form = form_new(fields, FIELDS, NULL);
    t->given = false;
    form_set_text(form, "plan", t->word == NULL ? "" : t->word);
    form_set_text(form, "from", month);
    form_set_text(form, "to", month);
    popup_form(app, _("Try another plan"), form, tried, t);
}

void plan_try_ask_for(struct app *app, struct plan_try *t, struct plan *plan, const char *from, const char *to) {
    struct form *form = form_new(fields + 1, FIELDS - 1, NULL);
    plan_clear(&t->plan);
    t->plan = *plan;
    t->given = true;
    *plan = (struct plan){0};
    char *title = mem_printf(_("Try plan %s on the sales of"), t->plan.code);
    form_set_text(form, "from", from);
    form_set_text(form, "to", to);
    popup_form(app, title, form, tried, t);
    free(title);
}

void plan_try_clear(struct plan_try *t) {
    free(t->word);
    plan_clear(&t->plan);
    *t = (struct plan_try){0};
}
