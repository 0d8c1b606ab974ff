/* The clock watched, and backups that make themselves, while the screens are open and when they close
 * (chotdon/backup.h). */
#ifndef TUI_UPKEEP_H
#define TUI_UPKEEP_H

#include "tui/app.h"

/* Zeroed at the start. */
struct upkeep {
    bool looked;           /* for a day's backup that is due */
    unsigned long at;      /* when, in the terminal's ticks */
    unsigned long wait_ms; /* until it is looked for again */
};

/* For idle moments: says when the clock was moved meanwhile (shop_clock_watch). And once nobody has pressed a key for a
 * minute, the day's first backup. A key stops it and is kept; it is tried again later. What fails stands on the status
 * line. */
void upkeep_idle(struct app *app, struct upkeep *u);

/* The screens close: a copy of what was written since the last one, with a bar, and Esc stops it. What failed for
 * people, NULL when nothing did; the caller owns it. */
char *upkeep_close(struct app *app);

#endif
