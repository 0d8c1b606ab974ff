/* The plan of the month in words. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "tui/screens/commission.h"
#include "tui/screens/plan_card.h"

unsigned commission_show_plan(struct app *app, struct commission_state *s) {
    struct card card = {0};
    struct err e = ERR_INIT;
    struct plan p = {0};
    char *code = mem_printf("%s@%d", s->info.plan, s->info.version);
    enum err_code rc = s->info.plan[0] == '\0' ? plan_for_month(app_shop(app), s->month, &p, &e)
                                               : plan_get(app_shop(app), code, &p, &e);
    free(code);
    if (rc == ERR_OK) {
        card_fact(&card, _("State"), p.active ? _("in force") : _("draft"));
        card_fact(&card, _("Version"), p.start);
        card_fact(&card, _("Reason"), p.reason);
        plan_card_terms(&card, &p, &s->currency);
        card_popup(app, p.name, &card, CONTEXT_COMMISSION, commission_act, s);
    }
    plan_clear(&p);
    return rc == ERR_OK ? SCREEN_REDRAW : app_error(app, &e);
}
