#include "cli/order_args.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/qty.h"
#include "chotdon/product.h"
#include "chotdon/staff.h"

void order_args_clear(struct order_args *a) {
    for (size_t i = 0; i < a->line_count; i++) {
        free(a->lines[i].unit);
    }
    free(a->lines);
    free(a->reps);
    free(a->payments);
    *a = (struct order_args){0};
}

static enum err_code bad_line(enum line_form form, const char *text, struct err *e) {
    static const char *const forms[] = {
        [LINE_SALE] = "SKU:QTY[@PRICE][-DISCOUNT|-PCT%]", [LINE_RETURN] = "SKU:QTY", [LINE_STOCK] = "SKU:QTY[@COST]"};
    return err_set(e, ERR_INVALID, _("--line takes %s, not “%s”"), forms[form], text);
}

enum err_code order_arg_discount(struct cli *c, const char *text, struct discount *out, struct err *e) {
    size_t len = text == NULL ? 0 : strlen(text);
    *out = (struct discount){0};
    if (len > 0 && text[len - 1] == '%') {
        out->is_rate = true;
        return cli_rate("discount", text, &out->value, e);
    }
    return cli_money(c, "discount", text, &out->value, e);
}

/* What stands behind the SKU; cuts `rest` up. */
static enum err_code parse_rest(struct cli *c, enum line_form form, char *rest, const char *text,
                                struct order_arg_line *line, struct err *e) {
    char *price = strchr(rest, '@');
    char *discount = form == LINE_SALE ? strchr(rest + (rest[0] == '-'), '-') : NULL;
    if ((form == LINE_RETURN && price != NULL) || (price != NULL && discount != NULL && discount < price)) {
        return bad_line(form, text, e);
    }
    if (discount != NULL) {
        *discount++ = '\0';
    }
    if (price != NULL) {
        *price++ = '\0';
        line->has_price = true;
    }
    enum err_code rc = cli_qty("line", rest, &line->qty, e);
    if (rc == ERR_OK) {
        rc = cli_money(c, "line", price, &line->price, e);
    }
    return rc == ERR_OK && discount != NULL ? order_arg_discount(c, discount, &line->discount, e) : rc;
}

static enum err_code parse_line(struct cli *c, enum line_form form, const char *text, struct order_arg_line *line,
                                struct err *e) {
    char *copy = mem_strdup(text);
    char *colon = strrchr(copy, ':');
    if (colon == NULL || colon == copy || colon[1] == '\0') {
        free(copy);
        return bad_line(form, text, e);
    }
    *colon = '\0';
    enum err_code rc = parse_rest(c, form, colon + 1, text, line, e);
    if (rc == ERR_OK) {
        rc = product_find(c->shop, copy, &line->product_id, &line->unit, e);
    }
    free(copy);
    return rc;
}

static size_t count_of(const struct cli_args *a, const char *option) {
    size_t count = 0;
    for (int i = 0; i < a->given_count; i++) {
        count += strcmp(a->given[i].name, option) == 0;
    }
    return count;
}

enum err_code order_args_lines(struct cli *c, const struct cli_args *a, enum line_form form, struct order_args *out,
                               struct err *e) {
    enum err_code rc = ERR_OK;
    out->lines = mem_array(count_of(a, "line"), sizeof *out->lines);
    for (int i = 0; i < a->given_count && rc == ERR_OK; i++) {
        if (strcmp(a->given[i].name, "line") == 0) {
            rc = parse_line(c, form, a->given[i].value, &out->lines[out->line_count++], e);
        }
    }
    return rc;
}

static enum err_code parse_rep(struct cli *c, char *text, struct order_rep_input *rep, bool *has_share, struct err *e) {
    char *share = strchr(text, ':');
    *has_share = share != NULL;
    if (share != NULL) {
        *share++ = '\0';
    }
    enum err_code rc = staff_find(c->shop, text, &rep->staff_id, e);
    return rc == ERR_OK ? cli_rate("rep", share, &rep->share_bps, e) : rc;
}

/* With shares for some only, or shares of 0 for all, the sum cannot be 100%. */
static enum err_code check_shares(const struct order_args *out, size_t with_share, struct err *e) {
    int64_t sum = 0;
    for (size_t i = 0; i < out->rep_count; i++) {
        sum += out->reps[i].share_bps;
    }
    if (with_share != 0 && (with_share != out->rep_count || sum == 0)) {
        return err_set_field(e, ERR_INVALID, "rep", _("--rep: give every rep a share, together 100%%, or none"));
    }
    return ERR_OK;
}

enum err_code order_args_reps(struct cli *c, const char *text, struct order_args *out, struct err *e) {
    if (text == NULL || text[0] == '\0') {
        return ERR_OK;
    }
    char *copy = mem_strdup(text);
    char *next = copy;
    size_t cap = 0;
    size_t with_share = 0;
    enum err_code rc = ERR_OK;
    while (next != NULL && rc == ERR_OK) {
        char *part = next;
        bool has_share = false;
        next = strchr(part, '+');
        if (next != NULL) {
            *next++ = '\0';
        }
        out->reps = mem_grow(out->reps, out->rep_count, &cap, sizeof *out->reps);
        out->reps[out->rep_count] = (struct order_rep_input){0};
        rc = parse_rep(c, part, &out->reps[out->rep_count++], &has_share, e);
        with_share += has_share;
    }
    free(copy);
    return rc == ERR_OK ? check_shares(out, with_share, e) : rc;
}

enum err_code order_arg_payment(struct cli *c, const char *option, const char *text, enum pay_method *method,
                                bool *has_amount, int64_t *amount, struct err *e) {
    char *copy = mem_strdup(text);
    char *colon = strchr(copy, ':');
    enum err_code rc = ERR_OK;
    if (colon != NULL) {
        *colon++ = '\0';
    }
    *has_amount = colon != NULL;
    if (!pay_method_find(copy, method)) {
        rc = err_set_field(e, ERR_INVALID, option,
                           _("“%s” is no way to pay; there are: cash, transfer, card, ewallet, cod, debt"), copy);
    } else {
        rc = cli_money(c, option, colon, amount, e);
    }
    free(copy);
    return rc;
}

enum err_code order_args_payments(struct cli *c, const struct cli_args *a, struct order_args *out, struct err *e) {
    enum err_code rc = ERR_OK;
    out->payments = mem_array(count_of(a, "pay"), sizeof *out->payments);
    for (int i = 0; i < a->given_count && rc == ERR_OK; i++) {
        if (strcmp(a->given[i].name, "pay") != 0) {
            continue;
        }
        struct order_payment_input p = {0};
        bool has_amount = false;
        rc = order_arg_payment(c, "pay", a->given[i].value, &p.method, &has_amount, &p.amount, e);
        if (rc == ERR_OK && has_amount) {
            out->payments[out->payment_count++] = p;
        } else if (rc == ERR_OK) {
            out->pay_rest = true;
            out->rest_method = p.method;
        }
    }
    return rc;
}

enum err_code order_arg_status(const char *text, enum order_status *out, struct err *e) {
    if (order_status_find(text, out)) {
        return ERR_OK;
    }
    return err_set_field(e, ERR_INVALID, "status",
                         _("“%s” is no state of an order; there are: draft, confirmed, packed, shipped, delivered, "
                           "completed, cancelled, returned"),
                         text);
}

enum err_code order_arg_number(struct cli *c, const struct cli_args *a, int64_t *id, struct err *e) {
    return order_find(c->shop, cli_word(a, 0), id, e);
}
