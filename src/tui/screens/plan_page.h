/* One commission plan being typed: a form, and under it the tiers, the gate and the group rates as small tables. What
 * is typed stays until it is saved or thrown away, also while one looks at other screens. */
#ifndef TUI_SCREENS_PLAN_PAGE_H
#define TUI_SCREENS_PLAN_PAGE_H

#include "chotdon/edit.h"
#include "chotdon/plan.h"
#include "tui/form.h"
#include "tui/grid.h"
#include "tui/screen.h"
#include "tui/screens/card.h"
#include "tui/screens/plan_try.h"

extern const struct screen_ops screen_plan;

/* Its argument: one of these, and the plan's code behind it. */
#define PLAN_PAGE_NEW     "new:"
#define PLAN_PAGE_EDIT    "edit:"
#define PLAN_PAGE_VERSION "version:"

enum { PAGE_TIERS, PAGE_GATE, PAGE_GROUPS, PAGE_GRIDS };

struct plan_page {
    char *what;            /* the argument that it was opened with; NULL: nothing is being typed */
    char *next;            /* the one that a question is about */
    char *code;            /* of the draft that is edited, or the plan that gets a version; NULL: a new one */
    bool version;          /* a new version */
    char from[MONTH_SIZE]; /* a version's plan begins here */
    struct form *form;     /* NULL: nothing is being typed */
    struct plan seen;      /* the draft as it was when it was opened; without a code: another thing is typed */
    struct edit edit;      /* who has changed it since */
    struct grid grids[PAGE_GRIDS];
    int part;             /* with the focus: 0 the form, then the grids */
    struct err fault;     /* in a grid; without a message: none */
    struct card examples; /* what it pays, on wide screens */
    struct plan_try trying;
    struct currency currency;
};

void plan_page_start(struct plan_page *s, const struct plan *p, const struct currency *currency); /* its texts */
bool plan_page_changed(const struct plan_page *s);
enum err_code plan_page_begin(struct app *app, struct plan_page *s, const char *argument, struct err *e); /* anew */

/* The plan as typed, with rows numbered from 1 as lines; ERR_INVALID names the field ("tiers"…), the line, and in
 * *column the cell. `all`: nothing may be missing; else what is not complete yet is left out. plan_clear it, also after
 * an error. */
enum err_code plan_page_read(struct shop *shop, const struct plan_page *s, bool all, struct plan *out, int *column,
                             struct err *e);

/* All checks of what is typed so far (or, `all`, of all); marks what is at fault, and `all` goes there. false: it is.
 */
bool plan_page_check(struct app *app, struct plan_page *s, bool all);

unsigned plan_page_act(struct app *app, struct plan_page *s, enum action action); /* plan_page_actions.c */
unsigned plan_page_save(struct app *app, struct plan_page *s);                    /* plan_page_save.c */
bool plan_page_read_all(struct app *app, struct plan_page *s, struct plan *p);    /* what is wrong is marked and said */
void plan_page_clear(struct plan_page *s);

void plan_page_paint(const struct app *app, const void *state, struct canvas *c); /* plan_page_paint.c */

#endif
