/* The sale: committed first, then printed, then the next basket. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/money.h"
#include "chotdon/channel.h"
#include "chotdon/draft.h"
#include "chotdon/setting.h"
#include "io/config.h"
#include "io/receipt_order.h"
#include "tui/screens/sell_state.h"

bool sell_may_pay(struct app *app, struct sell_state *s) {
    struct err e = ERR_INIT;
    if (!field_is_empty(&s->field)) {
        err_set(&e, ERR_REFUSED, _("“%s” is still in the field: Enter takes it, Ctrl-U erases it"),
                field_text(&s->field));
    } else if (sell_basket(s)->count == 0) {
        err_set(&e, ERR_REFUSED, _("the basket is empty: scan something first"));
    }
    if (e.code != ERR_OK) {
        app_error(app, &e);
    }
    return e.code == ERR_OK;
}

static bool has_printer(const struct app *app) {
    const struct config *c = app_config(app);
    return c != NULL && config_text(c, "receipt", "printer")[0] != '\0';
}

static void say_done(struct app *app, const struct sell_state *s) {
    const struct sell_last *l = &s->last;
    char total[MONEY_TEXT_MAX];
    char paid[MONEY_TEXT_MAX];
    char rest[MONEY_TEXT_MAX];
    money_format(l->total, &s->currency, true, total);
    money_format(l->paid + l->change, &s->currency, true, paid);
    if (l->due > 0) {
        app_status(app, _("%s · %s · still due %s"), l->order_no, total,
                   money_format(l->due, &s->currency, true, rest));
    } else if (l->change > 0) {
        app_status(app, _("%s · %s · got %s · change %s"), l->order_no, total, paid,
                   money_format(l->change, &s->currency, true, rest));
    } else {
        app_status(app, _("%s · %s · paid"), l->order_no, total);
    }
}

/* The sale stands whatever the printer does. */
static void print(struct app *app, const struct sell_state *s) {
    struct err e = ERR_INIT;
    if (has_printer(app) && receipt_order_print(app_shop(app), app_config(app), s->last.id, &e) != ERR_OK) {
        struct err told = ERR_INIT;
        err_set(&told, e.code, _("%s is sold, but the receipt did not print: %s (Alt-r prints again)"),
                s->last.order_no, e.message);
        app_error(app, &told);
    }
}

static void remember(struct app *app, struct sell_state *s, const struct order_ref *ref) {
    struct order o = {0};
    struct err e = ERR_INIT;
    s->last = (struct sell_last){.shown = true, .id = ref->id};
    memcpy(s->last.order_no, ref->order_no, sizeof s->last.order_no);
    if (order_get(app_shop(app), ref->id, &o, &e) == ERR_OK) {
        s->last.total = o.total;
        s->last.paid = o.paid;
        s->last.change = o.change;
        s->last.due = o.due;
    }
    order_clear(&o);
}

/* Where nothing was chosen. */
static enum err_code counter_channel(struct shop *shop, int64_t *id, struct err *e) {
    const char *name = "";
    enum err_code rc = setting_get(shop, "counter_channel", &name, e);
    return rc == ERR_OK && name[0] != '\0' ? channel_make(shop, name, id, NULL, e) : rc;
}

static enum err_code confirm(struct app *app, struct basket *b, const struct order_payment_input *payments,
                             size_t count, enum order_status status, struct order_ref *ref, struct err *e) {
    struct order_line_input *lines = NULL;
    enum err_code rc = ERR_OK;
    if (b->held || b->draft_id == 0) { /* parked: first it becomes ours, or somebody else's */
        rc = basket_save(app_shop(app), b, app_station(app), e);
    }
    struct order_input in = basket_input(b, &lines);
    in.payments = payments;
    in.payment_count = count;
    in.status = status;
    if (rc == ERR_OK && in.channel_id == 0) {
        rc = counter_channel(app_shop(app), &in.channel_id, e);
    }
    if (rc == ERR_OK) {
        rc = draft_confirm(app_shop(app), b->draft_id, &in, ref, e);
    }
    free(lines);
    return rc;
}

unsigned sell_finish(struct app *app, struct sell_state *s, const struct order_payment_input *payments, size_t count,
                     enum order_status status) {
    struct order_ref ref = {0};
    struct err e = ERR_INIT;
    if (confirm(app, sell_basket(s), payments, count, status, &ref, &e) != ERR_OK) {
        return app_error(app, &e) | SCREEN_RELOAD;
    }
    remember(app, s, &ref);
    s->times = 0;
    app_set_undo(app, "", NULL, NULL, NULL);
    sell_forget(s, s->current);
    sell_fresh(s);
    say_done(app, s);
    print(app, s);
    return SCREEN_RELOAD;
}

unsigned sell_cash(struct app *app, struct sell_state *s) {
    if (!sell_may_pay(app, s)) {
        return SCREEN_REDRAW;
    }
    struct order_payment_input cash = {.method = PAY_CASH, .amount = sell_basket(s)->total};
    return sell_finish(app, s, &cash, cash.amount > 0 ? 1 : 0, ORDER_COMPLETED);
}

unsigned sell_reprint(struct app *app, struct sell_state *s) {
    struct err e = ERR_INIT;
    if (s->last.order_no[0] == '\0') {
        app_status(app, _("Nothing was sold here yet; Orders prints older receipts"));
    } else if (!has_printer(app)) {
        err_set(&e, ERR_INVALID, _("no printer is set: write printer = … under [receipt] in the configuration"));
        app_error(app, &e);
    } else if (receipt_order_print(app_shop(app), app_config(app), s->last.id, &e) != ERR_OK) {
        app_error(app, &e);
    } else {
        app_status(app, _("Printed %s"), s->last.order_no);
    }
    return SCREEN_REDRAW;
}
