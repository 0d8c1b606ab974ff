/* A plan, or a new version of one, from a file; a draft can be put in force at once. */
#ifndef TUI_SCREENS_PLAN_IMPORT_H
#define TUI_SCREENS_PLAN_IMPORT_H

#include "tui/app.h"

/* In the state of the screen that asks. Zeroed is empty. */
struct plan_import {
    char *code; /* of the plan that came last */
};
void plan_import_ask(struct app *app, struct plan_import *s);
void plan_import_clear(struct plan_import *s);

#endif
