#include "tui/screens/sell_state.h"
unsigned sell_return(struct app *app, struct sell_state *s) {
    (void)s;
    app_go(app, "orders", NULL);
    return SCREEN_REDRAW;
}
unsigned sell_return_of(struct app *app, struct sell_state *s, int64_t order_id) {
    (void)s;
    (void)order_id;
    app_go(app, "orders", NULL);
    return SCREEN_REDRAW;
}
