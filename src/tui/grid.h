/* A small table that is typed cell by cell. Below what is there, one row is always empty: typing there adds a row; a
 * row that is emptied goes when it is left. Like a form, it keeps texts, and what was typed is never thrown away by a
 * mistake in it. */
#ifndef TUI_GRID_H
#define TUI_GRID_H

#include "tui/field.h"
#include "tui/form.h"

/* Const description of a column, a static table beside the screen. */
struct grid_column {
    const char *title;   /* for gettext */
    enum form_kind kind; /* FORM_MONEY, FORM_RATE or FORM_TEXT: numbers stand at the right */
    int width;           /* cells; 0: what is left */
};

enum { GRID_COLUMNS = 2 };
struct grid_row {
    struct field cells[GRID_COLUMNS];
};

/* Plain data to embed; grid_start begins it. Change it through the functions. */
struct grid {
    const struct grid_column *columns; /* GRID_COLUMNS of them */
    const struct currency *currency;   /* borrowed; for FORM_MONEY */
    struct grid_row *rows;
    size_t count, capacity; /* with the empty one at the end */
    size_t row;             /* with the cursor */
    int column;
    bool changed; /* something was typed */
    bool wrong;   /* a cell is marked */
    size_t wrong_row;
    int wrong_column; /* -1: the whole row */
};

void grid_start(struct grid *g, const struct grid_column *columns, const struct currency *currency); /* empty */
void grid_clear(struct grid *g);
void grid_add(struct grid *g, const char *first, const char *second); /* does not count as typing */

size_t grid_count(const struct grid *g);                                 /* rows, without the empty one at the end */
const char *grid_text(const struct grid *g, size_t row, int column);     /* borrowed */
bool grid_is_blank(const struct grid *g, size_t row);                    /* all its cells */
void grid_put(struct grid *g, size_t row, int column, const char *text); /* another spelling: no typing */

void grid_mark(struct grid *g, size_t row, int column); /* as at fault; column -1: the row */
void grid_unmark(struct grid *g);
void grid_go(struct grid *g, size_t row, int column);
void grid_go_end(struct grid *g);                 /* to the empty row */
void grid_type(struct grid *g, const char *text); /* as if typed into the row's first cell; the cursor goes on */
void grid_remove(struct grid *g);                 /* the row with the cursor */

enum grid_result {
    GRID_IGNORED,
    GRID_STAY,
    GRID_LEFT,   /* another cell has the cursor */
    GRID_BEFORE, /* the focus belongs to what stands before the grid */
    GRID_AFTER,
    GRID_SCANNED /* a scanner typed where a number belongs; it is out again */
};
enum grid_result grid_handle(struct grid *g, enum action action, const struct key *key);

void grid_paint(const struct grid *g, struct canvas *c, const char *title,
                bool focused); /* scrolls to the cursor; without the focus, to what is wrong */

#endif
