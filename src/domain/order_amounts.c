#include "domain/order_amounts.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"

#define ALL_BPS 10000

static enum err_code line_error(struct err *e, size_t index, const char *what) {
    char field[32];
    snprintf(field, sizeof field, "line %zu", index + 1);
    return err_set_field(e, ERR_INVALID, field, _("line %zu: %s"), index + 1, what);
}

/* A discount on an amount of zero or more, as money. False when it is out of range. */
static bool discount_of(struct discount d, int64_t amount, int64_t *out) {
    if (d.is_rate) {
        return d.value >= 0 && d.value <= ALL_BPS && money_rate(amount, d.value, out);
    }
    *out = d.value;
    return d.value >= 0 && d.value <= amount;
}

/* Sums only grow in size: figures of one sign. */
static bool sum_into(int64_t *sum, int64_t part) {
    return money_add(*sum, part, sum);
}

/* A return's figures are made as a sale's and then negated; so only one sign has rules. */
static enum err_code line_base(struct amount_line *line, size_t index, int64_t sign, int64_t *base, struct err *e) {
    int64_t gross = 0;
    if ((line->qty > 0) != (sign > 0) || line->qty == 0) {
        return line_error(e, index,
                          line->qty == 0
                              ? _("the quantity must not be 0")
                              : _("quantities of both signs do not go together; a return is an order of its own"));
    }
    if (line->unit_price < 0) {
        return line_error(e, index, _("the price must not be negative"));
    }
    if (line->qty == INT64_MIN || !money_times_qty(line->unit_price, sign * line->qty, &gross)) {
        return line_error(e, index, _("quantity × price is too large"));
    }
    struct discount asked = line->asked;
    if (sign < 0 && !asked.is_rate && asked.value < 0 && asked.value != INT64_MIN) {
        asked.value = -asked.value;
    }
    if (!discount_of(asked, gross, &line->discount)) {
        return line_error(e, index, _("the discount must be between 0 and the line's amount"));
    }
    *base = gross - line->discount;
    return ERR_OK;
}

static enum err_code too_large(struct err *e, const char *field) {
    return err_set_field(e, ERR_INVALID, field, _("%s: the amount is too large"), field);
}

static enum err_code line_bases(struct amount_line *lines, size_t count, int64_t sign, int64_t *bases,
                                struct amount_totals *t, struct err *e) {
    for (size_t i = 0; i < count; i++) {
        enum err_code rc = line_base(&lines[i], i, sign, &bases[i], e);
        if (rc != ERR_OK) {
            return rc;
        }
        if (!sum_into(&t->subtotal, bases[i])) {
            return too_large(e, "total");
        }
    }
    return ERR_OK;
}

static enum err_code apportion(struct amount_line *lines, size_t count, struct discount discount, int64_t sign,
                               const int64_t *bases, struct amount_totals *t, struct err *e) {
    if (sign < 0 && !discount.is_rate && discount.value < 0 && discount.value != INT64_MIN) {
        discount.value = -discount.value;
    }
    if (!discount_of(discount, t->subtotal, &t->discount)) {
        return err_set_field(e, ERR_INVALID, "discount", _("the order's discount must be between 0 and its subtotal"));
    }
    if (count == 0) {
        return ERR_OK;
    }
    int64_t *parts = mem_array(count, sizeof *parts);
    if (t->discount != 0) {
        money_split(t->discount, bases, count, parts);
    }
    for (size_t i = 0; i < count; i++) {
        lines[i].order_discount = parts[i];
        lines[i].amount = bases[i] - parts[i];
    }
    free(parts);
    return ERR_OK;
}

static enum err_code add_vat(struct amount_line *lines, size_t count, bool included, struct amount_totals *t,
                             struct err *e) {
    for (size_t i = 0; i < count; i++) {
        struct amount_line *line = &lines[i];
        if (!money_vat(line->amount, line->vat_bps, included, &line->net, &line->vat)) {
            return line_error(e, i, _("amount and VAT are too large"));
        }
        if (!sum_into(&t->net, line->net) || !sum_into(&t->vat, line->vat)) {
            return too_large(e, "total");
        }
    }
    if (!money_add(t->net, t->vat, &t->revenue)) {
        return too_large(e, "total");
    }
    return ERR_OK;
}

static void negate(struct amount_line *lines, size_t count, struct amount_totals *t) {
    for (size_t i = 0; i < count; i++) {
        struct amount_line *line = &lines[i];
        line->discount = -line->discount;
        line->order_discount = -line->order_discount;
        line->amount = -line->amount;
        line->net = -line->net;
        line->vat = -line->vat;
    }
    t->subtotal = -t->subtotal;
    t->discount = -t->discount;
    t->revenue = -t->revenue;
    t->net = -t->net;
    t->vat = -t->vat;
}

/* A sale may charge shipping, a return may give it back. */
static enum err_code add_shipping(int64_t fee, int64_t sign, struct amount_totals *t, struct err *e) {
    if (sign > 0 && fee < 0) {
        return err_set_field(e, ERR_INVALID, "shipping", _("the shipping fee must not be negative"));
    }
    t->shipping_fee = fee;
    if (!money_add(t->revenue, fee, &t->total)) {
        return too_large(e, "shipping");
    }
    if (sign < 0 && t->total > 0) {
        return err_set_field(e, ERR_INVALID, "shipping", _("the shipping fee is more than the return gives back"));
    }
    return ERR_OK;
}

enum err_code order_amounts(struct amount_line *lines, size_t count, struct discount discount, int64_t shipping_fee,
                            bool vat_included, struct amount_totals *out, struct err *e) {
    *out = (struct amount_totals){0};
    int64_t sign = count > 0 && lines[0].qty < 0 ? -1 : 1;
    int64_t *bases = mem_array(count, sizeof *bases);
    enum err_code rc = line_bases(lines, count, sign, bases, out, e);
    if (rc == ERR_OK) {
        rc = apportion(lines, count, discount, sign, bases, out, e);
    }
    free(bases);
    if (rc == ERR_OK) {
        rc = add_vat(lines, count, vat_included, out, e);
    }
    if (rc == ERR_OK && sign < 0) {
        negate(lines, count, out);
    }
    return rc == ERR_OK ? add_shipping(shipping_fee, sign, out, e) : rc;
}

enum err_code order_shares(int64_t *share_bps, size_t count, struct err *e) {
    int64_t sum = 0;
    bool good = true;
    for (size_t i = 0; i < count; i++) {
        good = good && share_bps[i] >= 0 && share_bps[i] <= ALL_BPS;
        sum += good ? share_bps[i] : 0;
    }
    if (good && count > 0 && sum == 0) {
        int64_t *even = mem_array(count, sizeof *even);
        for (size_t i = 0; i < count; i++) {
            even[i] = 1;
        }
        money_split(ALL_BPS, even, count, share_bps);
        free(even);
        return ERR_OK;
    }
    if (!good || (count > 0 && sum != ALL_BPS)) {
        return err_set_field(e, ERR_INVALID, "rep", _("the shares of an order's reps must add up to 100%%"));
    }
    return ERR_OK;
}
