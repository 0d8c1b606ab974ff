/* The payments of a planned order: what is kept, change, promises, what is due (DOMAIN 4). */
#include "domain/order_plan.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "domain/order_words.h"
#include "domain/shop_internal.h"

static enum err_code pay_error(struct err *e, const char *what) {
    return err_set_field(e, ERR_INVALID, "pay", "%s", what);
}

static enum err_code pays_too_much(struct shop *shop, int64_t amount, int64_t total, struct err *e) {
    char a[MONEY_TEXT_MAX];
    char b[MONEY_TEXT_MAX];
    const struct currency *cur = shop_currency(shop);
    return err_set_field(e, ERR_INVALID, "pay", _("%s is paid where %s is due; only cash gives change"),
                         money_format(amount, cur, true, a), money_format(total, cur, true, b));
}

/* One payment of a sale: kept, or a promise. On returns money of either sign goes out. */
static enum err_code take_payment(struct order_plan *p, const struct order_payment_input *in, int64_t *cash,
                                  int64_t *other, struct err *e) {
    int64_t amount = in->amount;
    if (pay_method_is_promise(in->method)) {
        p->promise = pay_method_code(in->method);
        return ERR_OK;
    }
    if (p->is_return && amount < 0 && amount != INT64_MIN) {
        amount = -amount;
    }
    if (amount < 0) {
        return pay_error(e, _("a payment must not be negative"));
    }
    if (in->date != NULL && !date_is_valid(in->date)) {
        return pay_error(e, _("the payment's date is no date"));
    }
    if (amount == 0) {
        return ERR_OK;
    }
    int64_t *sum = in->method == PAY_CASH ? cash : other;
    if (!money_add(*sum, amount, sum)) {
        return pay_error(e, _("the payments are too large"));
    }
    p->payments[p->payment_count++] =
        (struct plan_payment){in->method, amount, in->date == NULL ? p->date : in->date, in->note};
    return ERR_OK;
}

/* Change comes out of the cash rows, the last one first. */
static void give_change(struct order_plan *p, int64_t change) {
    p->change = change;
    for (size_t i = p->payment_count; i > 0 && change > 0; i--) {
        struct plan_payment *row = &p->payments[i - 1];
        if (row->method == PAY_CASH) {
            int64_t part = row->amount < change ? row->amount : change;
            row->amount -= part;
            change -= part;
        }
    }
    size_t kept = 0;
    for (size_t i = 0; i < p->payment_count; i++) {
        if (p->payments[i].amount != 0) {
            p->payments[kept++] = p->payments[i];
        }
    }
    p->payment_count = kept;
}

static void pay_rest(const struct order_input *in, struct order_plan *p, int64_t rest) {
    if (!in->pay_rest || rest <= 0) {
        return;
    }
    if (pay_method_is_promise(in->rest_method)) {
        p->promise = pay_method_code(in->rest_method);
    } else {
        p->payments[p->payment_count++] = (struct plan_payment){in->rest_method, rest, p->date, NULL};
    }
}

/* What counts for nothing was not paid; what is cancelled or came back before it was known is not due either. */
static enum err_code nothing_paid(const struct order_input *in, struct order_plan *p, struct err *e) {
    if (p->status == ORDER_DRAFT && in->payment_count > 0) {
        return err_set_field(e, ERR_INVALID, "pay", _("a draft takes no payments; confirm it first"));
    }
    p->taken_off = p->status == ORDER_DRAFT ? 0 : p->totals.total;
    p->due = p->totals.total - p->taken_off;
    return ERR_OK;
}

static void sum_up(struct order_plan *p) {
    for (size_t i = 0; i < p->payment_count; i++) {
        if (p->is_return) {
            p->payments[i].amount = -p->payments[i].amount;
        }
        p->paid += p->payments[i].amount;
    }
    p->due = p->totals.total - p->paid;
}

enum err_code order_plan_payments(struct shop *shop, const struct order_input *in, struct order_plan *p,
                                  struct err *e) {
    if (!p->counts) {
        return nothing_paid(in, p, e);
    }
    int64_t cash = 0;
    int64_t other = 0;
    int64_t sum = 0;
    int64_t total = p->is_return ? -p->totals.total : p->totals.total;
    p->payments = mem_array(in->payment_count + 1, sizeof *p->payments);
    for (size_t i = 0; i < in->payment_count; i++) {
        enum err_code rc = take_payment(p, &in->payments[i], &cash, &other, e);
        if (rc != ERR_OK) {
            return rc;
        }
    }
    if (!money_add(cash, other, &sum)) {
        return pay_error(e, _("the payments are too large"));
    }
    if (other > total || (p->is_return && sum > total)) {
        return pays_too_much(shop, sum, total, e);
    }
    if (sum > total) {
        give_change(p, sum - total);
    }
    pay_rest(in, p, total - sum);
    sum_up(p);
    return ERR_OK;
}
