/* Inside of the return popup: sell_return.c takes keys, sell_return_paint.c shows. */
#ifndef TUI_SCREENS_SELL_RETURN_H
#define TUI_SCREENS_SELL_RETURN_H

#include "tui/screens/sell_state.h"

struct giveback {
    struct sell_state *s;
    struct order sale;
    int64_t *qty; /* of each line: what comes back, in thousandths of the unit sold */
    size_t line;  /* with the cursor */
    char typed[12];
    int64_t before; /* of the line, before digits were typed */
    bool damaged, with_fee;
    int method; /* −1: as it was paid */
    char *reason;
    bool any; /* `figures` say what it gives */
    struct return_outcome figures;
};

int64_t giveback_left(const struct giveback *g, size_t line); /* what can still come back */
void giveback_paint(const struct app *app, const void *state, struct canvas *body);

#endif
