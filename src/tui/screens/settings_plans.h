/* Settings › Commission plans: all plans with their versions; made and changed on the page of one plan (plan_page.h).
 */
#ifndef TUI_SCREENS_SETTINGS_PLANS_H
#define TUI_SCREENS_SETTINGS_PLANS_H

#include "chotdon/plan.h"
#include "tui/list.h"
#include "tui/screen.h"
#include "tui/screens/card.h"
#include "tui/screens/plan_import.h"
#include "tui/screens/plan_try.h"

extern const struct screen_ops screen_plans; /* argument: the code of the plan to show */

struct plans_state {
    struct list list;
    struct plan *plans; /* versions, without tiers, gates and groups */
    size_t count, capacity;
    char now[MONTH_SIZE]; /* this month */
    char *go_to;          /* the plan that the cursor goes to; NULL */
    struct card card;     /* of the one under the cursor, on wide screens */
    struct currency currency;
    struct plan_try trying;
    struct plan_import importing;
    char *acting_on; /* the code that an open popup is about */
};

const struct plan *plans_current(const struct plans_state *s); /* under the cursor; NULL */
const char *plans_state_label(const struct plans_state *s, size_t row);

/* The terms of one version, and why it cannot be changed any more. */
enum err_code plans_card(struct app *app, const struct plans_state *s, size_t row, struct card *card, struct err *e);

unsigned plans_act(struct app *app, void *state, enum action action);                /* settings_plans_actions.c */
unsigned plans_act_file(struct app *app, struct plans_state *s, enum action action); /* settings_plans_files.c */

#endif
