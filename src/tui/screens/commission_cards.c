/* One person's rows from order line to đồng, and what has come up since the locks, in popups that scroll. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "tui/screens/commission.h"

struct telling {
    struct commission_state *s;
    struct card card;
    const char *section;
};

static enum err_code tell_line(void *ctx, const struct commission_line *l, struct err *e) {
    struct telling *t = ctx;
    const char *title = commission_kind_title(l->kind);
    bool base = strcmp(l->kind, "base") == 0;
    char money[MONEY_TEXT_MAX];
    (void)e;
    if (t->section == NULL || strcmp(t->section, title) != 0) {
        card_rule(&t->card, title);
        t->section = title;
    }
    char *left = base || strcmp(l->kind, "tier") != 0 ? mem_printf("%s %s", l->ref, l->detail) : mem_strdup(l->detail);
    money_format(base ? l->base : l->amount, &t->s->currency, false, money);
    card_row(&t->card, base ? STYLE_DIM : l->amount < 0 ? STYLE_WARN : STYLE_NORMAL, left, money);
    free(left);
    return ERR_OK;
}

unsigned commission_show_lines(struct app *app, struct commission_state *s) {
    const struct commission_row *r = commission_current(s);
    struct telling t = {.s = s};
    struct err e = ERR_INIT;
    if (r == NULL) {
        return SCREEN_REDRAW;
    }
    card_amount(&t.card, STYLE_AMOUNT, _("Total"), r->total, &s->currency);
    card_amount(&t.card, STYLE_NORMAL, _("Base"), r->base, &s->currency);
    if (commission_explain(app_shop(app), s->month, r->staff_id, tell_line, &t, &e) != ERR_OK) {
        card_clear(&t.card);
        return app_error(app, &e);
    }
    char *title = mem_printf(_("%s (%s), %s: d disputes a row, i writes the statement"), r->name, r->rep, s->month);
    card_popup(app, title, &t.card, CONTEXT_COMMISSION, commission_act, s);
    free(title);
    return SCREEN_REDRAW;
}

static const char *kind_label(const char *kind) {
    static const struct {
        const char *kind, *label;
    } kinds[] = {
        {"return", N_("return")},         {"cancelled", N_("cancelled")}, {"late", N_("late sale")},
        {"correction", N_("correction")}, {"override", N_("team")},       {"rest", N_("other")},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp(kinds[i].kind, kind) == 0) {
            return _(kinds[i].label);
        }
    }
    return kind;
}

static enum err_code tell_discrepancy(void *ctx, const struct commission_discrepancy *d, struct err *e) {
    struct telling *t = ctx;
    char money[MONEY_TEXT_MAX];
    (void)e;
    char *left = mem_printf("%s %s: %s %s%s%s", d->month, d->name, kind_label(d->kind), d->ref,
                            d->carried_in[0] == '\0' ? "" : " → ", d->carried_in);
    money_format(d->amount, &t->s->currency, false, money);
    card_row(&t->card, d->carried_in[0] == '\0' ? STYLE_WARN : STYLE_NORMAL, left, money);
    free(left);
    return ERR_OK;
}

unsigned commission_show_discrepancies(struct app *app, struct commission_state *s) {
    struct telling t = {.s = s};
    struct err e = ERR_INIT;
    if (commission_discrepancies(app_shop(app), NULL, tell_discrepancy, &t, &e) != ERR_OK) {
        card_clear(&t.card);
        return app_error(app, &e);
    }
    if (t.card.count == 0) {
        card_text(&t.card, STYLE_GOOD, _("Nothing has come up in the locked months."));
    } else {
        card_text(&t.card, STYLE_DIM,
                  _("→ the month that it was carried into; without one it waits for the next that is run."));
    }
    card_popup(app, _("What has come up since the locks"), &t.card, CONTEXT_COMMISSION, commission_act, s);
    return SCREEN_REDRAW;
}
