/* A plan tried on past months, as a draft, as a file, or as it is being typed; nothing is changed. */
#ifndef TUI_SCREENS_PLAN_TRY_H
#define TUI_SCREENS_PLAN_TRY_H

#include "chotdon/plan.h"
#include "tui/app.h"

/* In the state of the screen that asks. Zeroed is empty. */
struct plan_try {
    char *word;       /* what was typed: a plan's code, or a file */
    struct plan plan; /* what is tried */
    bool given;       /* … the plan, by the screen */
};
void plan_try_clear(struct plan_try *t);

/* Asks for the plan and the months, then shows before, after and the change of each person, and how healthy the last
 * month would be. */
void plan_try_ask(struct app *app, struct plan_try *t, const char *month);
/* The same of a plan that is at hand, which is taken over (and left empty). */
void plan_try_ask_for(struct app *app, struct plan_try *t, struct plan *plan, const char *from, const char *to);

#endif
