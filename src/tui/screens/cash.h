/* The cash drawer: the shift that is open, money in and out of it, the count that closes it, and the shifts before. */
#ifndef TUI_SCREENS_CASH_H
#define TUI_SCREENS_CASH_H

#include "chotdon/cash.h"
#include "tui/field.h"
#include "tui/list.h"
#include "tui/screen.h"
#include "tui/screens/card.h"
#include "tui/screens/export.h"

extern const struct screen_ops screen_cash;

/* The count by denomination; what was typed stays when it is left without closing. */
struct cash_till {
    const int64_t *denominations; /* largest first; none for currencies whose notes are not known */
    size_t count;
    struct field *pieces; /* as many; then the note */
    size_t focus;
    size_t wrong; /* the field at fault, count + 1 for none */
};

struct cash_state {
    bool opened;
    struct list list;
    char month[MONTH_SIZE];
    struct cash_report *shifts; /* of the month, newest first */
    size_t shift_count, shift_cap;
    struct cash_report now; /* the open shift, or today without one */
    bool is_open;
    bool moved;
    struct cash_report shown; /* what a popup shows */
    struct card card;
    struct currency currency;
    struct cash_till till;
    int64_t counted;
    struct export_job export;
};

unsigned cash_act(struct app *app, void *state, enum action action); /* cash_actions.c */
void cash_report_card(const struct cash_report *r, const struct currency *currency, struct card *card);
void cash_report_copy(const struct cash_report *from, struct cash_report *to); /* deep; `to` is overwritten */
const struct cash_report *cash_current(const struct cash_state *s);            /* under the cursor; NULL */

void cash_till_open(struct app *app, struct cash_state *s);                  /* cash_till.c */
void cash_till_clear(struct cash_till *till);                                /* the same */
void cash_ask_close(struct app *app, struct cash_state *s, int64_t counted); /* cash_actions.c */

/* What the fields say; ERR_INVALID leaves till->wrong at the first that is no number of pieces. `counts` has room for
 * as many as there are denominations. */
enum err_code cash_till_counts(struct cash_till *till, struct cash_count *counts, int64_t *total, struct err *e);
const char *cash_till_note(const struct cash_till *till);

#endif
