/* The VietQR code of a transfer. The order has no number before it is paid, so the code names the basket's temporary
 * number, and the payment keeps it: the bank's statement finds its order by it. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "io/config.h"
#include "io/vietqr.h"
#include "tui/screens/sell_pay.h"

/* What is to be transferred: as typed, or all of it when the cursor stands there. */
static int64_t wanted(const struct payment *p) {
    if (p->amounts[PAY_TRANSFER] > 0) {
        return p->amounts[PAY_TRANSFER];
    }
    return p->focus == PAY_TRANSFER && p->rest > 0 ? p->rest : 0;
}

static void make(const struct app *app, struct payment *p) {
    const struct config *c = app_config(app);
    const char *account = c == NULL ? "" : config_text(c, "bank", "account");
    if (account[0] == '\0') {
        snprintf(p->code_hint, sizeof p->code_hint, "%s",
                 _("For a payment code write bin and account under [bank] in the configuration"));
        return;
    }
    const char *typed = config_text(c, "bank", "bin");
    const struct bank *bank = bank_find(typed);
    snprintf(p->transfer_to, sizeof p->transfer_to, "%s %s · %s", bank == NULL ? typed : bank->name, account,
             config_text(c, "bank", "name"));
    if (strcmp(p->s->currency.code, "VND") != 0) {
        return;
    }
    struct vietqr q = {
        .bin = bank == NULL ? typed : bank->bin, .account = account, .amount = p->code_amount, .purpose = p->purpose};
    struct err e = ERR_INIT;
    char *payload = NULL;
    if (vietqr_payload(&q, &payload, &e) != ERR_OK || qr_encode_small(payload, &p->code, &e) != ERR_OK) {
        snprintf(p->code_hint, sizeof p->code_hint, "%.150s", e.message);
    }
    free(payload);
}

void payment_code(const struct app *app, struct payment *p) {
    int64_t amount = wanted(p);
    const struct basket *b = sell_by_uid(p->s, p->uid);
    p->transfer = amount > 0 || p->focus == PAY_TRANSFER;
    if (amount == p->code_amount) {
        return;
    }
    qr_clear(&p->code);
    p->code_amount = amount;
    p->code_hint[0] = '\0';
    if (b != NULL && b->draft_id != 0) {
        snprintf(p->purpose, sizeof p->purpose, "NHAP-%" PRId64, b->draft_id);
    }
    if (amount > 0) {
        make(app, p);
    }
}
