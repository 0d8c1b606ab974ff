/* Pipeline: a board of deals by stage, or by the month in which they are expected to close; the page of one deal; the
 * figures. */
#ifndef TUI_SCREENS_BOARD_H
#define TUI_SCREENS_BOARD_H

#include "chotdon/deal.h"
#include "tui/field.h"
#include "tui/form.h"
#include "tui/screen.h"
#include "tui/screens/board_figures.h"
#include "tui/screens/card.h"
#include "tui/screens/export.h"

extern const struct screen_ops screen_board;

/* A deal_card with strings of its own. */
struct board_card {
    int64_t id, value;
    char *deal_no, *title, *rep, *next_on, *next_text;
    int days;
    bool rotting;
};

/* A stage, or a month of the forecast. */
struct board_column {
    int64_t stage_id; /* 0 on the forecast */
    char *title;
    enum stage_kind kind;
    int64_t probability_bps;
    bool fold, folded;                   /* of the stage; as the user has it now */
    enum forecast_kind when;             /* on the forecast */
    char from[DATE_SIZE], to[DATE_SIZE]; /* the same: expected to close in these days */
    int64_t deals, value, weighted, rotting;
    size_t cursor, top;       /* rows of the whole column */
    struct board_card *cards; /* the loaded part */
    size_t first, count, cap;
};

/* Where things stand in a body of some size: columns from left to right, folded ones in the foot, a pane for the card
 * under the cursor where all columns fit beside it. */
struct board_layout {
    size_t first;      /* the column at the left */
    int shown;         /* columns that are not folded, from there on */
    int before, after; /* such columns out of sight */
    int width;         /* of a column */
    int pane;          /* cells at the right, 0: none */
    int page;          /* cards that fit into a column */
};
#define BOARD_HEAD_ROWS 4  /* the summary and the heads of the columns */
#define BOARD_CARD_ROWS 4  /* three lines and the border under them */
#define BOARD_PANE      40 /* cells */

struct board_layout board_layout(const struct board_column *columns, size_t count, size_t current, size_t left,
                                 int width, int height);

/* What is shown of all deals. Zeroed: everything. */
struct board_filter {
    int64_t staff_id, team_id, source_id;
    char *staff, *team, *source, *tag;                      /* as people call them */
    char month[MONTH_SIZE], from[DATE_SIZE], to[DATE_SIZE]; /* closed, or expected to close, in it; "" any */
    bool rotting;
};

enum board_page { BOARD_STAGES, BOARD_FORECAST, BOARD_DEAL, BOARD_FIGURES };
enum { BOARD_SORTS = 3, BOARD_FIELDS = 20 };

struct board_state {
    bool opened;
    enum board_page page;
    enum board_page under; /* the page that a deal's was opened from */
    int64_t pipeline_id;
    char *board; /* its name; NULL: the shop's own */
    struct board_column *columns;
    size_t count;
    size_t current, left; /* columns: with the cursor, at the left edge */
    struct board_filter filter;
    struct field search;
    bool searching;
    int sort; /* of the cards: next activity, value, newest */
    char today[DATE_SIZE];
    struct currency currency;
    int64_t go_to; /* the deal that the cursor goes to when it is loaded; 0 none */
    bool moved;    /* only the cursor moved: what is loaded still holds */

    int64_t page_id, page_stage; /* the deal of the page, and its stage */
    struct card facts, log;
    bool in_log; /* the page's log has the keys */
    struct board_figures figures;

    int64_t deal_id, stage_id;   /* what an open popup is about, and where it is to go */
    int64_t from_id;             /* the stage that it was in then */
    struct popup_editing *begun; /* while somebody is picked for it */
    int64_t keep_id, merge_id;   /* the same: two that are one */
    char *twin_no;
    unsigned missing;   /* what its form asks for, as bits of deal_need; 0: all */
    struct deal before; /* what it began with; id 0: a new one */
    struct form_field fields[BOARD_FIELDS];
    struct export_job export;
};

/* board_cursor.c: no database */
const struct board_column *board_column(const struct board_state *s); /* under the cursor; NULL */
const struct board_card *board_card(const struct board_state *s);     /* the same */
void board_cards_clear(struct board_column *column);
void board_columns_clear(struct board_state *s);
void board_filter_clear(struct board_filter *f);
void board_settle(struct board_state *s, int page); /* cursors inside their columns and in sight */
bool board_visible_loaded(const struct board_state *s, const struct board_layout *l);
bool board_page_loaded(const struct board_column *c, int page);
size_t board_next_open(const struct board_state *s, size_t from); /* the next column that is not folded */
void board_follow(struct board_state *s, int64_t deal_id,
                  int64_t stage_id);                          /* the cursor goes to it when it is loaded */
unsigned board_moved(struct app *app, struct board_state *s); /* after the cursor moved: what has to be done */
unsigned board_navigate(struct app *app, struct board_state *s, enum action action);
unsigned board_mouse(struct app *app, struct board_state *s, const struct key *key);
unsigned board_fold(struct app *app, struct board_state *s); /* the column under the cursor, or unfolds it */

void board_paint(const struct board_state *s, struct canvas *c); /* board_paint.c: the board and the forecast */

#endif
