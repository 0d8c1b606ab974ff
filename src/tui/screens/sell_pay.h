/* Inside of the payment popup: sell_pay.c takes keys, sell_pay_paint.c shows, sell_pay_code.c makes the payment code.
 */
#ifndef TUI_SCREENS_SELL_PAY_H
#define TUI_SCREENS_SELL_PAY_H

#include "io/qr.h"
#include "tui/screens/sell_state.h"

#define PAY_NOTES 5

struct payment {
    struct sell_state *s;
    unsigned uid; /* of the basket */
    struct field fields[BASKET_PAY_METHODS];
    int focus; /* enum pay_method */
    int wrong; /* −1, or the field that cannot be read */
    /* figures of what was typed */
    bool typed; /* anything at all */
    int64_t amounts[BASKET_PAY_METHODS];
    int64_t rest; /* still to pay; below zero: change */
    /* the payment code, when money is to be transferred */
    bool transfer;
    int64_t code_amount;
    struct qr code; /* size 0: none; `code_hint` says why */
    char code_hint[160];
    char transfer_to[160]; /* "Vietcombank 0123456789 · NGUYEN VAN A" */
    char purpose[32];
};

int64_t payment_note(const struct payment *p, int index); /* the usual banknotes, smallest first */
/* Reads the fields. ERR_INVALID with p->wrong set. */
enum err_code payment_figure(struct payment *p, struct err *e);
void payment_code(const struct app *app, struct payment *p); /* makes or drops the code */
void payment_paint(const struct app *app, const void *state, struct canvas *body);

#endif
