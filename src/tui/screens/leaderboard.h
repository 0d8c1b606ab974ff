/* The leaderboard: a month's ranking with bars against targets, pace and health under it; a person's page, the weekly
 * reports, and a presentation for a screen on the wall. Shared by the leaderboard*.c files. */
#ifndef TUI_SCREENS_LEADERBOARD_H
#define TUI_SCREENS_LEADERBOARD_H

#include "chotdon/kpi.h"
#include "chotdon/week.h"
#include "tui/list.h"
#include "tui/screen.h"
#include "tui/screens/card.h"
#include "tui/screens/export.h"

extern const struct screen_ops screen_leaderboard;

enum leaderboard_page { LEADERBOARD_RANKS, LEADERBOARD_WEEKS, LEADERBOARD_WALL };
enum { LEADERBOARD_MONTHS = 12, LEADERBOARD_FINDINGS = 6 };

struct leaderboard_finding {
    int rule;
    char *text;
};

/* A weekly report with texts of its own. */
struct leaderboard_week {
    int64_t staff_id, calls, meetings, quotes;
    char *code, *name, *plans, *obstacles, *filed_at;
    enum week_state state;
};

struct leaderboard_state {
    bool opened;
    bool entered; /* another month than before, or come back to */
    bool owed;    /* commission that takes a while is to be reckoned when nobody types … */
    bool reckon;  /* … which is now */
    enum leaderboard_page page;
    struct kpi_filter filter;
    struct kpi_board board; /* rows of the month; zeroed until it is loaded */
    struct list list;
    size_t *shown; /* rows of the board that the filter leaves, in the list's order */
    size_t shown_count;
    struct kpi_row shop; /* revenue, target and attainment of the whole */
    struct kpi_pace pace;
    int64_t (*trends)[LEADERBOARD_MONTHS]; /* by row; NULL where there is no room for them */
    struct leaderboard_finding findings[LEADERBOARD_FINDINGS];
    size_t finding_count, findings_left_out;
    struct currency currency;
    struct export_job export;
    /* the wall */
    struct kpi_board teams;
    struct kpi_first first;
    /* weekly reports */
    char week[WEEK_SIZE];
    struct leaderboard_week *reports;
    size_t report_count, report_capacity;
    struct list weeks;
    int64_t filing; /* whose report is open */
    char *filing_name;
};

/* leaderboard_paint.c */
void leaderboard_paint_ranks(const struct leaderboard_state *s, struct canvas *c);
/* Fills `shown` from the board by the list's filter and order. */
void leaderboard_arrange(struct leaderboard_state *s);
const struct kpi_row *leaderboard_current(const struct leaderboard_state *s); /* NULL when there is none */
struct list_source leaderboard_source(const struct leaderboard_state *s);
void leaderboard_percent(const struct attainment *a, struct buf *out); /* "87,4%"; nothing for none */
enum style leaderboard_style(const struct attainment *a);              /* of a bar: reached, on its way, missed */
/* Of attainment up to 120%, with marks at 70 and 100. */
void leaderboard_bar(const struct attainment *a, int width, struct buf *out);
int leaderboard_list_height(const struct leaderboard_state *s, int height);

/* leaderboard_person.c: the page of the row under the cursor. */
void leaderboard_open_person(struct app *app, struct leaderboard_state *s);

/* leaderboard_wall.c: a page every few seconds; `now` turns them. */
enum err_code leaderboard_load_wall(struct app *app, struct leaderboard_state *s, struct err *e);
void leaderboard_paint_wall(const struct leaderboard_state *s, const char *now, struct canvas *c);

/* leaderboard_weeks.c */
enum err_code leaderboard_load_weeks(struct app *app, struct leaderboard_state *s, struct err *e);
unsigned leaderboard_handle_weeks(struct app *app, struct leaderboard_state *s, enum action action,
                                  const struct key *key);
void leaderboard_paint_weeks(const struct leaderboard_state *s, struct canvas *c);
void leaderboard_clear_weeks(struct leaderboard_state *s);

#endif
