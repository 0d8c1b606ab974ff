/* F6: what the customer is granted, and what the order carries besides goods. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "tui/screens/sell_command.h"
#include "tui/screens/sell_state.h"

static const struct form_field fields[] = {
    {"discount", N_("Basket discount"), FORM_TEXT, 16, false, NULL, /* xgettext:no-c-format */ N_("10% or 50k")},
    {"line_discount", N_("Marked line's discount"), FORM_TEXT, 16, false, NULL,
     /* xgettext:no-c-format */ N_("10% or 5k")},
    {"shipping_fee", N_("Shipping fee"), FORM_MONEY, 16, false, NULL, N_("30k")},
    {"note", N_("Note"), FORM_TEXT, 34, false, NULL, NULL},
};

struct terms {
    struct discount basket, line;
    int64_t shipping_fee;
    const char *note;
};

static enum err_code set_terms(struct shop *shop, struct basket *b, const void *arg, struct err *e) {
    const struct terms *t = arg;
    (void)shop;
    (void)e;
    b->typed_discount = t->basket;
    if (b->count > 0) {
        b->lines[b->mark].typed_discount = t->line;
    }
    b->shipping_fee = t->shipping_fee;
    free(b->note);
    b->note = mem_strdup(t->note);
    return ERR_OK;
}

static enum err_code read_discount(const struct form *form, const char *name, const struct currency *currency,
                                   struct discount *out, struct err *e) {
    enum err_code rc = sell_discount_read(form_text(form, name), currency, out, e);
    if (rc != ERR_OK && e != NULL) {
        strcpy(e->field, name);
    }
    return rc;
}

static enum err_code accepted(struct app *app, void *ctx, const struct form *form, struct err *e) {
    struct sell_state *s = ctx;
    struct terms t = {.note = form_text(form, "note")};
    enum err_code rc = read_discount(form, "discount", &s->currency, &t.basket, e);
    if (rc == ERR_OK) {
        rc = read_discount(form, "line_discount", &s->currency, &t.line, e);
    }
    if (rc == ERR_OK) {
        rc = form_money(form, "shipping_fee", &t.shipping_fee, e);
    }
    if (rc == ERR_OK) {
        rc = sell_try(app, s, _("discounts and fees"), set_terms, &t, e);
        if (strncmp(e->field, "line ", 5) == 0) { /* the domain counts lines; the form has one */
            strcpy(e->field, "line_discount");
        }
    }
    return rc;
}

static void set_discount(struct form *form, const char *name, const struct discount *d,
                         const struct currency *currency) {
    char text[MONEY_TEXT_MAX];
    if (d->value == 0) {
        return;
    }
    if (d->is_rate) {
        rate_format(d->value, text);
        strcat(text, "%");
    } else {
        money_format(d->value, currency, false, text);
    }
    form_set_text(form, name, text);
}

unsigned sell_terms(struct app *app, struct sell_state *s) {
    const struct basket *b = sell_basket(s);
    struct form *form = form_new(fields, sizeof fields / sizeof *fields, &s->currency);
    set_discount(form, "discount", &b->typed_discount, &s->currency);
    if (b->count > 0) {
        set_discount(form, "line_discount", &b->lines[b->mark].typed_discount, &s->currency);
    }
    if (b->shipping_fee != 0) {
        form_set_money(form, "shipping_fee", b->shipping_fee);
    }
    form_set_text(form, "note", b->note);
    popup_form(app, _("Discount, fee, note"), form, accepted, s);
    return SCREEN_REDRAW;
}
