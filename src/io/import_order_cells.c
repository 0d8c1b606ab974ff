/* Cells of an order that say several things at once: reps with their shares, payments with their amounts. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "io/import_orders.h"

static char *trimmed(char *s) {
    while (*s == ' ') {
        s++;
    }
    for (size_t n = strlen(s); n > 0 && s[n - 1] == ' '; n--) {
        s[n - 1] = '\0';
    }
    return s;
}

static enum err_code one_rep(struct import *im, char *part, struct order_rep_input *rep, struct err *e) {
    char *colon = strrchr(part, ':');
    if (colon != NULL) {
        *colon = '\0';
        enum err_code rc = rate_parse(trimmed(colon + 1), 10000, &rep->share_bps, e);
        if (rc != ERR_OK) {
            return import_field_error(im, ORDER_C_REP, rc, e);
        }
    }
    char *name = trimmed(part);
    if (name[0] == '\0') {
        return err_set_field(e, ERR_INVALID, "rep", _("a rep has no name; write AN:70+BINH:30"));
    }
    return import_field_error(im, ORDER_C_REP, import_need_staff(im, name, &rep->staff_id, e), e);
}

enum err_code order_cell_reps(struct import *im, struct order_file *f, const char *text, size_t *count, struct err *e) {
    char *copy = mem_strdup(text);
    size_t shares = 0;
    enum err_code rc = ERR_OK;
    *count = 0;
    for (char *part = copy, *next = NULL; part != NULL && text[0] != '\0' && rc == ERR_OK; part = next) {
        next = strchr(part, '+');
        if (next != NULL) {
            *next++ = '\0';
        }
        f->reps = mem_grow(f->reps, *count, &f->rep_cap, sizeof *f->reps);
        struct order_rep_input *rep = &f->reps[(*count)++];
        *rep = (struct order_rep_input){0};
        rc = one_rep(im, part, rep, e);
        shares += rep->share_bps != 0;
    }
    if (rc == ERR_OK && shares != 0 && shares != *count) {
        rc = err_set_field(e, ERR_INVALID, "rep", _("%s: give every rep a share, or none"), text);
    }
    free(copy);
    return rc;
}

/* --- payments: "cash", "cash:300000+transfer:200000", "cash:200000+cod" */

struct methods {
    bool has_real, has_promise, has_amounts;
    enum pay_method real, promise; /* the first ones */
    int64_t sum;                   /* of the amounts paid */
};

static bool is_promise(enum pay_method m) {
    return m == PAY_COD || m == PAY_DEBT;
}

static void add_payment(struct order_file *f, struct order_input *in, enum pay_method method, int64_t amount) {
    f->payments = mem_grow(f->payments, in->payment_count, &f->payment_cap, sizeof *f->payments);
    f->payments[in->payment_count++] = (struct order_payment_input){.method = method, .amount = amount};
    in->payments = f->payments;
}

static enum err_code one_method(struct import *im, struct order_file *f, char *part, struct methods *m,
                                struct order_input *in, struct err *e) {
    char *colon = strrchr(part, ':');
    int64_t amount = 0;
    enum pay_method method;
    if (colon != NULL) {
        *colon = '\0';
        enum err_code rc = money_parse_file(trimmed(colon + 1), shop_currency(im->shop), &amount, e);
        if (rc != ERR_OK) {
            return import_field_error(im, ORDER_C_METHOD, rc, e);
        }
    }
    if (!pay_method_find(trimmed(part), &method)) {
        char clip[ERR_CLIP_SIZE];
        return err_set_field(e, ERR_INVALID, "payment_method",
                             _("“%s” is no way to pay; there are cash, transfer, card, ewallet, cod, debt"),
                             err_clip(trimmed(part), clip));
    }
    if (is_promise(method)) {
        m->promise = method;
        m->has_promise = true;
        return ERR_OK;
    }
    m->real = m->has_real ? m->real : method;
    m->has_real = true;
    if (colon != NULL) {
        m->has_amounts = true;
        add_payment(f, in, method, amount);
        if (!money_add(m->sum, amount, &m->sum)) {
            return err_set_field(e, ERR_INVALID, "payment_method", _("the payments are too large"));
        }
    }
    return ERR_OK;
}

static enum err_code read_methods(struct import *im, struct order_file *f, const char *text, struct methods *m,
                                  struct order_input *in, struct err *e) {
    char *copy = mem_strdup(text);
    enum err_code rc = ERR_OK;
    for (char *part = copy, *next = NULL; part != NULL && text[0] != '\0' && rc == ERR_OK; part = next) {
        next = strchr(part, '+');
        if (next != NULL) {
            *next++ = '\0';
        }
        rc = one_method(im, f, part, m, in, e);
    }
    free(copy);
    return rc;
}

static int64_t magnitude(int64_t amount) {
    return amount < 0 && amount != INT64_MIN ? -amount : amount;
}

/* `paid` as it was read; empty means all of a delivered or completed order (and of a return), unless the rest was
 * promised. */
enum err_code order_cell_payments(struct import *im, struct order_file *f, const struct file_group *g, bool delivered,
                                  struct order_input *in, struct err *e) {
    struct methods m = {.real = PAY_CASH};
    const char *text = order_cell(f, g, CELL_PAID);
    int64_t paid = 0;
    enum err_code rc = text[0] == '\0' ? ERR_OK : money_parse_file(text, shop_currency(im->shop), &paid, e);
    if (rc != ERR_OK) {
        return import_field_error(im, ORDER_C_PAID, rc, e);
    }
    rc = read_methods(im, f, order_cell(f, g, CELL_METHOD), &m, in, e);
    if (rc != ERR_OK) {
        return rc;
    }
    if (m.has_amounts && text[0] != '\0' && magnitude(paid) != magnitude(m.sum)) {
        return err_set_field(e, ERR_INVALID, "paid",
                             _("%s was paid, but the amounts in payment_method add up to something else"), text);
    }
    if (!m.has_amounts && text[0] != '\0' && paid != 0) {
        add_payment(f, in, m.real, paid);
    }
    if (m.has_promise) {
        add_payment(f, in, m.promise, 0);
    } else if (text[0] == '\0' && !m.has_amounts && (delivered || g->sign < 0)) {
        in->pay_rest = true;
        in->rest_method = m.real;
    }
    return ERR_OK;
}
