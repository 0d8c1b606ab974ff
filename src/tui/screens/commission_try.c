/* Another plan tried on past months: before, after, change, and how healthy the last of them was. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/kpi.h"
#include "io/plan_file.h"
#include "tui/popup.h"
#include "tui/screens/commission.h"

struct trying {
    struct commission_state *s;
    struct card card;
    int64_t current, simulated;
    struct buf findings; /* of rule 4, which goes by the pay that was tried */
};

static void add_row(struct trying *t, enum style style, const char *name, int64_t current, int64_t simulated) {
    char before[MONEY_TEXT_MAX], after[MONEY_TEXT_MAX], change[MONEY_TEXT_MAX];
    const struct currency *c = &t->s->currency;
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
    char *text = mem_printf("%d · %s %s", f->rule, f->name, f->detail);
    if (f->rule != 4) {
        card_text(&t->card, STYLE_DIM, text);
    }
    free(text);
    return ERR_OK;
}

static enum err_code try_it(struct app *app, struct trying *t, const char *file, const char *from, const char *to,
                            struct err *e) {
    struct plan p;
    enum err_code rc = plan_file_read(app_shop(app), file, &p, e);
    if (rc == ERR_OK) {
        card_fact(&t->card, _("Plan"), p.name);
        card_fact(&t->card, _("Mode"), plan_mode_code(p.mode));
        card_rule(&t->card, _("now → tried, change"));
        rc = commission_simulate(app_shop(app), &p, from, to, tell_person, t, e);
    }
    if (rc == ERR_OK) {
        add_row(t, STYLE_TOTAL, _("Total"), t->current, t->simulated);
        card_rule(&t->card, _("Findings of the last month"));
        rc = kpi_health(app_shop(app), to, tell_finding, t, e);
    }
    for (char *line = t->findings.data; rc == ERR_OK && line != NULL;) {
        char *end = strchr(line, '\n');
        if (end != NULL) {
            *end++ = '\0';
        }
        card_text(&t->card, STYLE_DIM, line);
        line = end;
    }
    buf_clear(&t->findings);
    plan_clear(&p);
    return rc;
}

static enum err_code read_month(const struct form *form, const char *name, char out[MONTH_SIZE], struct err *e) {
    struct err why = ERR_INIT;
    enum err_code rc = month_parse(form_text(form, name), out, &why);
    return rc == ERR_OK ? ERR_OK : err_set_field(e, rc, name, "%s", why.message);
}

static enum err_code tried(struct app *app, void *ctx, const struct form *form, struct err *e) {
    struct trying t = {.s = ctx};
    char from[MONTH_SIZE], to[MONTH_SIZE];
    enum err_code rc = read_month(form, "from", from, e);
    if (rc == ERR_OK) {
        rc = read_month(form, "to", to, e);
    }
    if (rc == ERR_OK) {
        free(t.s->plan_file);
        t.s->plan_file = mem_strdup(form_text(form, "plan"));
        rc = try_it(app, &t, t.s->plan_file, from, to, e);
    }
    if (rc == ERR_OK) {
        char *title = mem_printf(_("Tried on %s to %s; nothing was changed"), from, to);
        card_popup(app, title, &t.card, CONTEXT_COMMISSION, commission_act, t.s);
        free(title);
    } else {
        card_clear(&t.card);
    }
    return rc;
}

unsigned commission_try_plan(struct app *app, struct commission_state *s) {
    static const struct form_field fields[] = {
        {"plan", N_("Plan file (.ini)"), FORM_TEXT, 44, true, NULL, NULL},
        {"from", N_("First month"), FORM_TEXT, 10, true, NULL, N_("2026-01")},
        {"to", N_("Last month"), FORM_TEXT, 10, true, NULL, NULL},
    };
    struct form *form = form_new(fields, 3, NULL);
    form_set_text(form, "plan", s->plan_file == NULL ? "" : s->plan_file);
    form_set_text(form, "from", s->month);
    form_set_text(form, "to", s->month);
    popup_form(app, _("Try another plan"), form, tried, s);
    return SCREEN_REDRAW;
}
