/* Moving weighted average cost (DOMAIN 3), without a database. */
#include "base/i18n.h"
#include "base/money.h"
#include "base/qty.h"
#include "chotdon/stock.h"

static enum err_code too_large(struct err *e) {
    return err_set_field(e, ERR_INVALID, "qty", _("the stock's quantity or value becomes too large"));
}

int64_t stock_level_cost(const struct stock_level *level) {
    int64_t cost = 0;
    if (level->on_hand > 0 && money_scale(level->value, QTY_ONE, level->on_hand, &cost)) {
        return cost;
    }
    return level->last_cost;
}

enum err_code stock_level_worth(const struct stock_level *level, int64_t qty, int64_t *cost, struct err *e) {
    bool fits = level->on_hand > 0 ? money_scale(level->value, qty, level->on_hand, cost)
                                   : money_times_qty(level->last_cost, qty, cost);
    return fits ? ERR_OK : too_large(e);
}

enum err_code stock_level_out(struct stock_level *level, int64_t qty, int64_t *cost, struct err *e) {
    int64_t gone = 0;
    int64_t on_hand = 0;
    int64_t value = 0;
    enum err_code rc = stock_level_worth(level, qty, &gone, e);
    if (rc != ERR_OK) {
        return rc;
    }
    if (!money_sub(level->on_hand, qty, &on_hand) || !money_sub(level->value, gone, &value)) {
        return too_large(e);
    }
    level->on_hand = on_hand;
    level->value = value;
    *cost = gone;
    return ERR_OK;
}

/* The average after goods came in at a total cost, and the value of what is on hand then. */
static bool averaged(const struct stock_level *before, int64_t on_hand, int64_t qty, int64_t cost, int64_t *value,
                     int64_t *unit_cost) {
    if (before->on_hand <= 0) {
        return money_scale(cost, QTY_ONE, qty, unit_cost) && money_scale(cost, on_hand, qty, value);
    }
    return money_add(before->value, cost, value) && money_scale(*value, QTY_ONE, on_hand, unit_cost);
}

enum err_code stock_level_in(struct stock_level *level, int64_t qty, int64_t cost, int64_t *value, struct err *e) {
    int64_t on_hand = 0;
    int64_t after = 0;
    int64_t unit_cost = 0;
    int64_t change = 0;
    if (!money_add(level->on_hand, qty, &on_hand) || !averaged(level, on_hand, qty, cost, &after, &unit_cost) ||
        !money_sub(after, level->value, &change)) {
        return too_large(e);
    }
    *level = (struct stock_level){.on_hand = on_hand, .value = after, .last_cost = unit_cost};
    *value = change;
    return ERR_OK;
}
