/* What can be done with the order under the cursor: open, go on, collect, take back, cancel, print. */
#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "io/export.h"
#include "io/receipt_order.h"
#include "tui/popup.h"
#include "tui/screens/orders.h"

/* The card in a popup, where the screen has no room beside the list. */
static unsigned open_card(struct app *app, struct orders_state *s, const struct orders_item *o) {
    struct card card = {0};
    struct err e = ERR_INIT;
    if (orders_card_load(app_shop(app), o->id, &card, &e) != ERR_OK) {
        return app_error(app, &e);
    }
    card_popup(app, o->order_no, &card, CONTEXT_ORDERS, orders_act, s);
    return SCREEN_REDRAW;
}

/* --- going on to the next state */

static void advanced(struct app *app, void *ctx, int index) {
    struct orders_state *s = ctx;
    struct err e = ERR_INIT;
    if (order_set_status(app_shop(app), s->acting_on, s->moves[index], NULL, &e) != ERR_OK) {
        app_error(app, &e);
    } else {
        app_status(app, _("Now: %s"), order_status_label(s->moves[index]));
    }
    app_reload(app);
}

/* Cancelling and returning have keys of their own, with their questions. */
static unsigned advance(struct app *app, struct orders_state *s, const struct orders_item *o) {
    const char *labels[8];
    int count = 0;
    unsigned moves = order_status_moves(o->status);
    for (int to = ORDER_CONFIRMED; to <= ORDER_COMPLETED; to++) {
        if ((moves >> to & 1U) != 0) {
            s->moves[count] = (enum order_status)to;
            labels[count++] = order_status_label((enum order_status)to);
        }
    }
    if (count == 0 || o->is_return) {
        app_status(app, _("%s is at its end: %s"), o->order_no, order_status_label(o->status));
        return SCREEN_REDRAW;
    }
    popup_choose(app, _("Go on to"), labels, count, 0, advanced, s);
    return SCREEN_REDRAW;
}

/* --- money */

static enum err_code paid(struct app *app, void *ctx, const struct form *form, struct err *e) {
    struct orders_state *s = ctx;
    struct order_payment_input payment = {.method = (enum pay_method)form_choice(form, "method")};
    int64_t change = 0;
    char text[MONEY_TEXT_MAX];
    enum err_code rc = form_money(form, "amount", &payment.amount, e);
    if (rc == ERR_OK) {
        rc = order_pay(app_shop(app), s->acting_on, &payment, &change, e);
    }
    if (rc == ERR_OK) {
        app_status(app, change > 0 ? _("Payment taken; change %s") : _("Payment taken"),
                   money_format(change, &s->b.currency, true, text));
        app_reload(app);
    }
    return rc;
}

static unsigned pay(struct app *app, struct orders_state *s, const struct orders_item *o) {
    static const char *const choices[] = {N_("Cash"), N_("Transfer"), N_("Card"), N_("E-wallet"), NULL};
    static const struct form_field fields[] = {
        {"method", N_("Method"), FORM_CHOICE, 0, false, choices, NULL},
        {"amount", N_("Amount"), FORM_MONEY, 16, true, NULL, N_("150k is 150.000")},
    };
    if (o->due <= 0) {
        app_status(app, _("Nothing is due on %s"), o->order_no);
        return SCREEN_REDRAW;
    }
    struct form *form = form_new(fields, 2, &s->b.currency);
    form_set_money(form, "amount", o->due);
    popup_form(app, o->order_no, form, paid, s);
    return SCREEN_REDRAW;
}

/* --- back */

static enum err_code returned(struct app *app, void *ctx, const struct form *form, struct err *e) {
    struct orders_state *s = ctx;
    struct return_input in = {
        .sale_id = s->acting_on,
        .damaged = form_bool(form, "damaged"),
        .with_shipping = form_bool(form, "shipping"),
        .reason = form_text(form, "reason"),
    };
    struct order_ref ref;
    int64_t refund = 0;
    char text[MONEY_TEXT_MAX];
    int method = form_choice(form, "method");
    if (method > 0) {
        in.has_refund = true;
        in.refund_method = (enum pay_method)(method - 1);
    }
    enum err_code rc = order_return(app_shop(app), &in, &ref, &refund, e);
    if (rc == ERR_OK) {
        app_status(app, _("Returned as %s; refund %s"), ref.order_no, money_format(refund, &s->b.currency, true, text));
        app_reload(app);
    }
    return rc;
}

/* All that is left of the sale; part of it goes through the Sell screen. */
static unsigned take_back(struct app *app, struct orders_state *s, const struct orders_item *o) {
    static const char *const choices[] = {N_("as it was paid"), N_("Cash"),     N_("Transfer"),
                                          N_("Card"),           N_("E-wallet"), NULL};
    static const struct form_field fields[] = {
        {"method", N_("Refund"), FORM_CHOICE, 0, false, choices, NULL},
        {"damaged", N_("Damaged"), FORM_BOOL, 0, false, NULL, NULL},
        {"shipping", N_("Shipping fee too"), FORM_BOOL, 0, false, NULL, NULL},
        {"reason", N_("Reason"), FORM_TEXT, 30, false, NULL, NULL},
    };
    char *title = mem_printf(_("Take back all of %s"), o->order_no);
    popup_form(app, title, form_new(fields, 4, &s->b.currency), returned, s);
    free(title);
    return SCREEN_REDRAW;
}

static enum err_code cancelled(struct app *app, void *ctx, const char *text, struct err *e) {
    struct orders_state *s = ctx;
    enum err_code rc = order_cancel(app_shop(app), s->acting_on, text, e);
    if (rc == ERR_OK) {
        app_status(app, _("Cancelled"));
        app_reload(app);
    }
    return rc;
}

static unsigned cancel(struct app *app, struct orders_state *s, const struct orders_item *o) {
    if (o->is_return || (order_status_moves(o->status) & 1U << ORDER_CANCELLED) == 0) {
        app_status(app, _("%s cannot be cancelled any more: %s"), o->order_no, order_status_label(o->status));
    } else {
        popup_prompt(app, _("Cancel the order"), _("Reason"), FORM_TEXT, "", cancelled, s);
    }
    return SCREEN_REDRAW;
}

static unsigned print(struct app *app, const struct orders_item *o) {
    struct err e = ERR_INIT;
    if (receipt_order_print(app_shop(app), app_config(app), o->id, &e) != ERR_OK) {
        return app_error(app, &e);
    }
    app_status(app, _("Printed %s"), o->order_no);
    return SCREEN_REDRAW;
}

/* --- out as a file */

static enum err_code export_row(void *ctx, const struct order_row *r, struct err *e) {
    (void)e;
    export_order_row(ctx, r);
    table_end_row(ctx);
    return ERR_OK;
}

static enum err_code export_rows(struct app *app, void *ctx, struct table *t, struct err *e) {
    struct order_filter f = orders_filter(ctx);
    return order_list(app_shop(app), &f, export_row, t, e);
}

static const struct table_column export_columns[] = {
    {"order_no", TABLE_TEXT, N_("Order")},
    {"order_date", TABLE_DATE, N_("Date")},
    {"status", TABLE_TEXT, N_("State")},
    {"channel", TABLE_TEXT, N_("Channel")},
    {"customer_code", TABLE_TEXT, N_("Code")},
    {"customer_name", TABLE_TEXT, N_("Customer")},
    {"rep", TABLE_TEXT, N_("Rep")},
    {"total", TABLE_MONEY, N_("Total")},
    {"paid", TABLE_MONEY, N_("Paid")},
    {"due", TABLE_MONEY, N_("Due")},
};
static const struct export_shown export_what = {N_("orders"), export_columns,
                                                sizeof export_columns / sizeof *export_columns, export_rows};

static unsigned act_on(struct app *app, struct orders_state *s, enum action action, const struct orders_item *o) {
    s->acting_on = o->id;
    switch (action) {
    case ACTION_OPEN:
    case ACTION_ORDERS_EDIT:
        if (o->status == ORDER_DRAFT) {
            app_go(app, "sell", o->order_no);
            return SCREEN_REDRAW;
        }
        return action == ACTION_OPEN ? open_card(app, s, o) : orders_form(app, s, o);
    case ACTION_ORDERS_ADVANCE:
        return advance(app, s, o);
    case ACTION_ORDERS_PAY:
        return pay(app, s, o);
    case ACTION_ORDERS_RETURN:
        return take_back(app, s, o);
    case ACTION_ORDERS_CANCEL:
        return cancel(app, s, o);
    case ACTION_ORDERS_PRINT:
        return print(app, o);
    default:
        return SCREEN_IGNORED;
    }
}

unsigned orders_act(struct app *app, void *state, enum action action) {
    struct orders_state *s = state;
    const struct orders_item *o = orders_current(s);
    switch (action) {
    case ACTION_ORDERS_NEW:
        app_go(app, "sell", NULL);
        return SCREEN_REDRAW;
    case ACTION_ORDERS_EXPORT:
        export_ask(app, &s->export, &export_what, s);
        return SCREEN_REDRAW;
    default:
        return o == NULL ? SCREEN_IGNORED : act_on(app, s, action, o);
    }
}
