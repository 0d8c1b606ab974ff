/* Payments from files, and the kinds that come later. A payment has no key: a row that says the same as a payment that
 * is there is that payment, the second such row the second such payment, and so on; what is over is new. */
#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/order.h"
#include "io/import_core.h"

struct payment_file {
    struct intern *texts; /* "order|date|method|amount" */
    int64_t *left;        /* by text: payments that are there and no row has claimed yet */
    size_t cap;
};

static struct payment_file *state(struct import *im) {
    if (im->state == NULL) {
        struct payment_file *f = mem_zalloc(sizeof *f);
        f->texts = intern_new();
        im->state = f;
    }
    return im->state;
}

static void reset(struct import *im) {
    struct payment_file *f = im->state;
    if (f != NULL) {
        intern_free(f->texts);
        free(f->left);
        free(f);
        im->state = NULL;
    }
}

/* How many payments like this one are still there to be claimed; NULL-safe until the next call. */
static enum err_code claim(struct import *im, int64_t order_id, const struct order_payment_input *p, int64_t **left,
                           struct err *e) {
    struct payment_file *f = state(im);
    uint32_t before = intern_count(f->texts);
    char *key = mem_printf("%lld|%s|%s|%lld|%s", (long long)order_id, p->date, pay_method_code(p->method),
                           (long long)p->amount, p->note == NULL ? "" : p->note);
    uint32_t at = intern_add(f->texts, key);
    enum err_code rc = ERR_OK;
    free(key);
    if (at == before) {
        f->left = mem_grow(f->left, at, &f->cap, sizeof *f->left);
        rc = import_payments_like(im->shop, order_id, p->date, pay_method_code(p->method), p->amount, p->note,
                                  &f->left[at], e);
    }
    *left = &f->left[at];
    return rc;
}

static enum err_code read_payment(struct import *im, const struct import_row *row, struct order_payment_input *p,
                                  char date[DATE_SIZE], struct err *e) {
    enum err_code rc = import_date(im, row, PAYMENT_C_DATE, date, NULL, e);
    const char *method = import_text(im, row, PAYMENT_C_METHOD);
    *p = (struct order_payment_input){.date = date,
                                      .note =
                                          import_has(im, PAYMENT_C_NOTE) ? import_text(im, row, PAYMENT_C_NOTE) : NULL,
                                      .import_id = im->import_id};
    if (rc == ERR_OK && (!pay_method_find(method, &p->method) || p->method == PAY_COD || p->method == PAY_DEBT)) {
        char clip[ERR_CLIP_SIZE];
        rc = err_set_field(e, ERR_INVALID, "method", _("“%s” is no payment; there are cash, transfer, card, ewallet"),
                           err_clip(method, clip));
    }
    return rc == ERR_OK ? import_money(im, row, PAYMENT_C_AMOUNT, &p->amount, NULL, e) : rc;
}

static enum err_code put_payment(struct import *im, const struct import_row *row, enum put_result *result,
                                 struct err *e) {
    struct order_payment_input p;
    char date[DATE_SIZE];
    int64_t order_id = 0;
    int64_t *left = NULL;
    enum err_code rc = read_payment(im, row, &p, date, e);
    if (rc == ERR_OK) {
        rc = order_find(im->shop, import_text(im, row, PAYMENT_C_ORDER), &order_id, e);
        rc = import_field_error(im, PAYMENT_C_ORDER, rc, e);
    }
    if (rc == ERR_OK) {
        rc = claim(im, order_id, &p, &left, e);
    }
    if (rc != ERR_OK) {
        return rc;
    }
    *result = *left > 0 ? PUT_UNCHANGED : PUT_CREATED;
    if (*left > 0) {
        --*left;
        return ERR_OK;
    }
    int64_t change = 0;
    rc = order_pay(im->shop, order_id, &p, &change, e);
    return import_field_error(im, PAYMENT_C_AMOUNT, rc, e);
}

const struct import_ops import_payments_ops = {.put = put_payment, .reset = reset};

/* deals, targets, tickets: the columns are there, what they fill is not yet. */
static enum err_code put_later(struct import *im, const struct import_row *row, enum put_result *result,
                               struct err *e) {
    (void)row;
    (void)result;
    return err_set(e, ERR_IO, _("%s: this version keeps no %s yet; only a file without rows can be read"),
                   im->options->path, im->kind->name);
}

const struct import_ops import_later_ops = {.put = put_later};
