#include "cli/order_args.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/qty.h"
#include "chotdon/order_edit.h"
#include "chotdon/product.h"

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

enum err_code order_args_reps(struct cli *c, const char *text, struct order_args *out, struct err *e) {
    return text == NULL ? ERR_OK : order_reps_parse(c->shop, text, &out->reps, &out->rep_count, e);
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
