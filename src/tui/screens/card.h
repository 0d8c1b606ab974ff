/* The card of one thing (an order, a customer, a product): lines of text that load builds and paint shows, beside a
 * list or in a popup that scrolls. */
#ifndef TUI_SCREENS_CARD_H
#define TUI_SCREENS_CARD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/money.h"
#include "tui/action.h"
#include "tui/app.h"
#include "tui/canvas.h"

#define CARD_FROM_WIDTH 110 /* a screen so wide shows the card beside its list */
#define CARD_WIDTH      56

struct card_line {
    enum style style;
    char *left, *right; /* right NULL: none */
    bool wrapped;       /* left over as many rows as it needs */
    bool rule;          /* a line across, left is its heading */
    int label;          /* so many bytes of left are dim: the name of a fact */
};

/* Plain data to embed; zeroed is an empty card. */
struct card {
    struct card_line *lines;
    size_t count, cap;
    int top; /* rows scrolled away */
};

void card_row(struct card *c, enum style style, const char *left, const char *right);
void card_amount(struct card *c, enum style style, const char *label, int64_t amount, const struct currency *currency);
void card_fact(struct card *c, const char *label, const char *value); /* nothing when there is no value */
void card_date(struct card *c, const char *label, const char *iso);   /* the same */
void card_text(struct card *c, enum style style, const char *text);   /* wrapped */
void card_rule(struct card *c, const char *heading);                  /* "" none */
void card_reset(struct card *c);                                      /* empty, scrolled to its beginning */
void card_clear(struct card *c);
void card_scroll(struct card *c, int by, int width, int height); /* by rows, as far as there are some, in a canvas */

void card_paint(const struct card *c, struct canvas *canvas, enum style style);

/* The card in a popup, which takes its lines over. Keys of the screen's own context close it and go to `act`, which
 * answers as the screen's handle does. */
typedef unsigned card_act_fn(struct app *app, void *ctx, enum action action);
void card_popup(struct app *app, const char *title, struct card *c, enum action_context context, card_act_fn *act,
                void *ctx);

#endif
