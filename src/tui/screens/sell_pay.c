/* F9: one or several ways to pay, what is still to pay, and the change. */
#include "tui/screens/sell_pay.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"

enum { SCAN_MIN = 8 }; /* nobody types so long an amount so fast */

static struct basket *basket_of(const struct payment *p) {
    return sell_by_uid(p->s, p->uid);
}

int64_t payment_note(const struct payment *p, int index) {
    static const int64_t dong[PAY_NOTES] = {20000, 50000, 100000, 200000, 500000};
    static const int64_t others[PAY_NOTES] = {5, 10, 20, 50, 100};
    if (strcmp(p->s->currency.code, "VND") == 0) {
        return dong[index];
    }
    int64_t unit = 1;
    for (int i = 0; i < p->s->currency.decimals; i++) {
        unit *= 10;
    }
    return others[index] * unit;
}

/* Nothing typed: all of it in the way that has the cursor. */
enum err_code payment_figure(struct payment *p, struct err *e) {
    const struct basket *b = basket_of(p);
    enum err_code rc = ERR_OK;
    p->typed = false;
    p->wrong = -1;
    p->rest = b == NULL ? 0 : b->total;
    for (int i = 0; i < BASKET_PAY_METHODS; i++) {
        p->amounts[i] = 0;
        if (field_is_empty(&p->fields[i])) {
            continue;
        }
        p->typed = true;
        enum err_code one =
            money_parse(field_text(&p->fields[i]), &p->s->currency, &p->amounts[i], rc == ERR_OK ? e : NULL);
        if (one == ERR_OK && p->amounts[i] < 0) {
            one = err_set(rc == ERR_OK ? e : NULL, ERR_INVALID, _("an amount is not negative"));
        }
        if (one != ERR_OK) {
            p->amounts[i] = 0;
            p->wrong = rc == ERR_OK ? i : p->wrong;
            rc = one;
        }
        if (!money_sub(p->rest, p->amounts[i], &p->rest)) {
            p->wrong = i;
            return err_set(e, ERR_INVALID, _("the amount is too large"));
        }
    }
    return rc;
}

static void keep(struct payment *p) {
    struct basket *b = basket_of(p);
    for (int i = 0; b != NULL && i < BASKET_PAY_METHODS; i++) {
        free(b->pay[i]);
        b->pay[i] = field_is_empty(&p->fields[i]) ? NULL : mem_strdup(field_text(&p->fields[i]));
    }
}

static void changed(struct app *app, struct payment *p) {
    payment_figure(p, NULL);
    payment_code(app, p);
    keep(p);
}

static void set_amount(struct payment *p, int method, int64_t amount) {
    char text[MONEY_TEXT_MAX];
    field_set(&p->fields[method], amount == 0 ? "" : money_format(amount, &p->s->currency, false, text));
}

static size_t collect(const struct payment *p, struct order_payment_input *out) {
    static const int order[BASKET_PAY_METHODS] = {PAY_TRANSFER, PAY_CARD, PAY_EWALLET, PAY_CASH, PAY_COD, PAY_DEBT};
    size_t n = 0;
    for (int i = 0; i < BASKET_PAY_METHODS; i++) {
        int method = order[i];
        if (p->amounts[method] > 0) {
            out[n++] = (struct order_payment_input){.method = (enum pay_method)method, .amount = p->amounts[method]};
            out[n - 1].note = method == PAY_TRANSFER && p->purpose[0] != '\0' ? p->purpose : NULL;
        }
    }
    return n;
}

/* Goods that are paid on delivery have yet to be delivered. */
static void finish(struct app *app, void *ctx) {
    struct payment *p = ctx;
    struct order_payment_input payments[BASKET_PAY_METHODS];
    size_t count = collect(p, payments);
    enum order_status status = p->amounts[PAY_COD] > 0 ? ORDER_CONFIRMED : ORDER_COMPLETED;
    const struct basket *b = basket_of(p);
    if (b != NULL && b == sell_basket(p->s)) {
        sell_finish(app, p->s, payments, count, status);
    }
}

static void finish_and_close(struct app *app, void *ctx) {
    struct payment *p = ctx;
    unsigned uid = p->uid;
    struct sell_state *s = p->s;
    finish(app, p);
    if (sell_by_uid(s, uid) == NULL) { /* sold */
        popup_shut(app, p);
    }
}

static enum err_code check(struct payment *p, struct err *e) {
    char text[MONEY_TEXT_MAX];
    enum err_code rc = payment_figure(p, e);
    const struct basket *b = basket_of(p);
    if (rc != ERR_OK || b == NULL) {
        return rc;
    }
    if (!p->typed) {
        p->amounts[p->focus] = b->total;
        p->rest = 0;
    }
    if (p->rest > 0) {
        return err_set(e, ERR_REFUSED, _("%s is still to pay: type it, or F2 puts it on the line with the cursor"),
                       money_format(p->rest, &p->s->currency, true, text));
    }
    if (p->rest < 0 && -p->rest > p->amounts[PAY_CASH]) {
        return err_set(e, ERR_INVALID, _("%s too much, and only cash gives change"),
                       money_format(-p->rest, &p->s->currency, true, text));
    }
    if (p->rest < 0 && (p->amounts[PAY_DEBT] > 0 || p->amounts[PAY_COD] > 0)) {
        return err_set(e, ERR_INVALID, _("%s too much: nothing is owed when it is paid"),
                       money_format(-p->rest, &p->s->currency, true, text));
    }
    return ERR_OK;
}

static enum popup_result accept(struct app *app, struct payment *p) {
    struct err e = ERR_INIT;
    if (check(p, &e) != ERR_OK) {
        app_error(app, &e);
        return POPUP_STAY;
    }
    const struct basket *b = basket_of(p);
    bool promised = p->amounts[PAY_DEBT] > 0 || p->amounts[PAY_COD] > 0;
    if (promised && b != NULL && b->customer_id == 0) {
        popup_ask(app,
                  _("Nobody's name is on this order, so nobody can be reminded of the debt. Esc and F4 choose the "
                    "customer."),
                  _("Owe without a name"), finish_and_close, p);
        return POPUP_STAY;
    }
    finish_and_close(app, p);
    return POPUP_STAY;
}

static void put_note(struct app *app, struct payment *p, int index) {
    int64_t sum = 0;
    payment_figure(p, NULL);
    if (money_add(p->amounts[PAY_CASH], payment_note(p, index), &sum)) {
        set_amount(p, PAY_CASH, sum);
    }
    p->focus = PAY_CASH;
    changed(app, p);
}

static void put_rest(struct app *app, struct payment *p) {
    payment_figure(p, NULL);
    int64_t rest = p->rest + p->amounts[p->focus];
    set_amount(p, p->focus, rest > 0 ? rest : 0);
    changed(app, p);
}

static void step(struct app *app, struct payment *p, int by) {
    p->focus = (p->focus + by + BASKET_PAY_METHODS) % BASKET_PAY_METHODS;
    changed(app, p);
}

static enum popup_result to_field(struct app *app, struct payment *p, enum action action, const struct key *key) {
    switch (field_handle(&p->fields[p->focus], action, key)) {
    case FIELD_CHANGED:
        changed(app, p);
        return POPUP_STAY;
    case FIELD_MOVED:
        return POPUP_STAY;
    case FIELD_SCANNED: /* the basket takes it */
        changed(app, p);
        return POPUP_PASS;
    default:
        return POPUP_PASS;
    }
}

static enum popup_result payment_handle(struct app *app, void *state, enum action action, const struct key *key) {
    struct payment *p = state;
    if (action >= ACTION_PAY_NOTE_1 && action <= ACTION_PAY_NOTE_5) {
        put_note(app, p, (int)(action - ACTION_PAY_NOTE_1));
        return POPUP_STAY;
    }
    switch (action) {
    case ACTION_PAY_NEXT:
        step(app, p, 1);
        return POPUP_STAY;
    case ACTION_PAY_PREVIOUS:
        step(app, p, -1);
        return POPUP_STAY;
    case ACTION_PAY_REST:
        put_rest(app, p);
        return POPUP_STAY;
    case ACTION_PAY_CASH:
        for (int i = 0; i < BASKET_PAY_METHODS; i++) {
            field_set(&p->fields[i], "");
        }
        p->focus = PAY_CASH;
        return accept(app, p);
    case ACTION_PAY_ACCEPT:
        if (key->scan[0] == '\0' || strlen(key->scan) < SCAN_MIN) {
            return accept(app, p);
        }
        break;
    case ACTION_PAY_CLOSE:
        keep(p);
        return POPUP_CLOSE;
    default:
        break;
    }
    return to_field(app, p, action, key);
}

static enum action_context payment_focus(const void *state) {
    (void)state;
    return CONTEXT_FIELD;
}

static void payment_free(void *state) {
    struct payment *p = state;
    for (int i = 0; i < BASKET_PAY_METHODS; i++) {
        field_clear(&p->fields[i]);
    }
    qr_clear(&p->code);
    free(p);
}

static const struct popup_ops payment_ops = {CONTEXT_PAY, payment_focus, payment_handle, payment_paint, payment_free};

unsigned sell_pay(struct app *app, struct sell_state *s) {
    if (!sell_may_pay(app, s)) {
        return SCREEN_REDRAW;
    }
    const struct basket *b = sell_basket(s);
    struct payment *p = mem_zalloc(sizeof *p);
    p->s = s;
    p->uid = b->uid;
    for (int i = 0; i < BASKET_PAY_METHODS; i++) {
        p->fields[i].scan_min = SCAN_MIN;
        field_set(&p->fields[i], b->pay[i]);
    }
    changed(app, p);
    popup_open(app, &payment_ops, p);
    return SCREEN_REDRAW;
}
