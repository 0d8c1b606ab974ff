/* Weekly reports (DOMAIN 6): each rep files one a week; everyone reads them; late and missing ones show.
 *
 * Weeks are ISO weeks ("2026-W47"). A report is due by the end of the Monday after its week; filed later it is late,
 * and after that day without one it is missing. It counts in the month of the week's Thursday. */
#ifndef CHOTDON_WEEK_H
#define CHOTDON_WEEK_H

#include "chotdon/shop.h"

#define WEEK_SIZE 9 /* "2026-W47" and NUL */

/* "2026-W47", also "W47/2026" and "47/2026"; ERR_INVALID. */
enum err_code week_parse(const char *text, char week[WEEK_SIZE], struct err *e);
void week_of(const char *date, char week[WEEK_SIZE]);
void week_monday(const char *week, char date[DATE_SIZE]); /* of a valid week */
void week_add(const char *week, int weeks, char out[WEEK_SIZE]);

enum week_field {
    WEEK_CALLS = 1 << 0,
    WEEK_MEETINGS = 1 << 1,
    WEEK_QUOTES = 1 << 2,
    WEEK_PLANS = 1 << 3,
    WEEK_OBSTACLES = 1 << 4
};
enum week_state { WEEK_OPEN, WEEK_FILED, WEEK_LATE, WEEK_MISSING };
const char *week_state_code(enum week_state s); /* "open", "filed", "late", "missing" */
const char *week_state_label(enum week_state s);

/* Texts are borrowed in what is written, and during the call in what is read. */
struct week_report {
    int64_t staff_id;
    const char *code, *name; /* read only */
    char week[WEEK_SIZE];
    int64_t calls, meetings, quotes;
    const char *plans, *obstacles;
    const char *filed_at; /* read only: "" not filed */
    enum week_state state;
};

/* Files or amends. What `fields` does not name is what was filed, else what the system knows: calls, and visits for
 * meetings, from the interactions. ERR_INVALID for a week that has not begun or a count below zero. */
enum err_code week_put(struct shop *shop, const struct week_report *r, unsigned fields, struct err *e);

/* One, filed or not; counts of one that is not filed are what the system knows. */
typedef enum err_code week_fn(void *ctx, const struct week_report *r, struct err *e);
enum err_code week_get(struct shop *shop, int64_t staff_id, const char *week, week_fn *fn, void *ctx, struct err *e);

/* All reps who were employed in the week, and whoever else filed, by code. */
enum err_code week_list(struct shop *shop, const char *week, week_fn *fn, void *ctx, struct err *e);

#endif
