/* Commission: a month's table by person, from computing to the file for accounting. */
#ifndef TUI_SCREENS_COMMISSION_H
#define TUI_SCREENS_COMMISSION_H

#include "chotdon/commission.h"
#include "tui/list.h"
#include "tui/screen.h"
#include "tui/screens/card.h"
#include "tui/screens/export.h"
#include "tui/screens/plan_import.h"
#include "tui/screens/plan_try.h"

extern const struct screen_ops screen_commission;

struct commission_state {
    bool opened;
    bool moved; /* only the cursor: what was read still holds */
    struct list list;
    char month[MONTH_SIZE];
    struct commission_month info;
    struct commission_row *rows; /* their texts are owned */
    size_t count, capacity;
    struct commission_row total;
    int64_t disputes; /* open ones of the month */
    bool sees_all;
    struct currency currency;
    int64_t *dispute_ids; /* what a choice offered */
    size_t dispute_count, dispute_capacity;
    int64_t answering;
    int64_t person; /* whom a form is about */
    struct plan_import importing;
    struct plan_try trying;
    struct export_job export;
};

const struct commission_row *commission_current(const struct commission_state *s); /* under the cursor; NULL */

unsigned commission_act(struct app *app, void *state, enum action action);           /* commission_actions.c */
unsigned commission_dispute_row(struct app *app, struct commission_state *s);        /* commission_disputes.c */
unsigned commission_show_disputes(struct app *app, struct commission_state *s);      /* the same */
unsigned commission_show_lines(struct app *app, struct commission_state *s);         /* commission_cards.c */
unsigned commission_show_discrepancies(struct app *app, struct commission_state *s); /* the same */
unsigned commission_show_plan(struct app *app, struct commission_state *s);          /* commission_plans.c */

#endif
