/* Goods received and goods counted: a sheet of lines that is filled by scanning or typing, and booked as one document.
 * The sheet stays as it is while one looks at other screens. */
#ifndef TUI_SCREENS_STOCK_SHEET_H
#define TUI_SCREENS_STOCK_SHEET_H

#include "chotdon/product.h"
#include "chotdon/stock.h"
#include "tui/list.h"
#include "tui/screen.h"

extern const struct screen_ops screen_receive, screen_count;

enum { SHEET_FOUND = 4 }; /* what typing finds, under the field */

struct sheet_line {
    int64_t product_id;
    char *sku, *name, *unit; /* unit of the quantity; the base unit's name for "" */
    int64_t factor;          /* thousandths of the base unit in one */
    bool is_base;
    int64_t qty;     /* thousandths of `unit` */
    int64_t cost;    /* of one `unit` */
    bool shows_cost; /* to who acts: they may see it, or typed it */
    int64_t amount;  /* qty × cost */
    int64_t booked;  /* on hand, in base units, when it was last looked at */
};

enum sheet_asking { SHEET_CODE, SHEET_QTY, SHEET_COST };

struct sheet_state {
    bool opened;
    enum stock_kind kind; /* STOCK_PURCHASE or STOCK_COUNT */
    struct list list;
    struct sheet_line *lines;
    size_t line_count, line_cap;
    struct field input;
    enum sheet_asking asking;
    size_t at;        /* the line asked about */
    int64_t asked;    /* its factor as asked: a thùng counts as 24 */
    char *asked_unit; /* the unit's name as asked */
    bool fresh;       /* it has no quantity yet; leaving takes it away */
    bool replace;     /* the quantity typed stands instead of what is there */
    int64_t found[SHEET_FOUND];
    char *found_text[SHEET_FOUND];
    int found_count, chosen;
    char *supplier, *document, *reason;
    int64_t amount; /* of all lines */
    bool shows_amount;
    struct currency currency;
};

void sheet_find(struct app *app, struct sheet_state *s); /* what is typed, as one types */
enum err_code sheet_take(struct app *app, struct sheet_state *s, const char *code, struct err *e); /* a code or text */
void sheet_remove(struct sheet_state *s, size_t at);
void sheet_clear_lines(struct sheet_state *s);
enum err_code sheet_set_qty(struct sheet_state *s, const char *typed, struct err *e);  /* "" is one; "=5" replaces */
enum err_code sheet_set_cost(struct sheet_state *s, const char *typed, struct err *e); /* "" leaves it */
enum err_code sheet_book(struct app *app, struct sheet_state *s, int64_t *moved, struct err *e);

struct list_source sheet_source(const struct sheet_state *s); /* stock_sheet_paint.c */
void sheet_paint(const struct app *app, const void *state, struct canvas *c);
enum { SHEET_HEAD_ROWS = 2, SHEET_FOOT_ROWS = 2 + SHEET_FOUND };

#endif
