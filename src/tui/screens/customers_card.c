/* The profile: who they are, what they bought and owe, and everything that happened, newest first. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/order.h"
#include "tui/figure.h"
#include "tui/screens/customers.h"

enum { DEBTS_SHOWN = 8, EVENTS_SHOWN = 40 };

struct drawing {
    struct card *card;
    const struct currency *currency;
};

static void add_figures(struct drawing *d, const struct customer_figures *f, const char *today) {
    char text[MONEY_TEXT_MAX];
    char date[DATE_SIZE];
    card_rule(d->card, "");
    card_row(d->card, STYLE_NORMAL, _("Orders"), figure_count(f->orders, text));
    card_amount(d->card, STYLE_NORMAL, _("Revenue"), f->revenue, d->currency);
    if (f->last_order[0] != '\0') {
        long days = date_diff(today, f->last_order);
        char *when = days < 1 ? mem_strdup(date_format(f->last_order, date))
                              : mem_printf(_("%s, %ld days ago"), date_format(f->last_order, date), days);
        card_row(d->card, STYLE_NORMAL, _("Last order"), when);
        free(when);
    }
    if (f->due != 0) {
        card_amount(d->card, STYLE_WARN, _("Owes"), f->due, d->currency);
    }
}

static enum err_code add_debt(void *ctx, const struct order_row *r, struct err *e) {
    struct drawing *d = ctx;
    char date[DATE_SIZE];
    char *left = mem_printf("  %s  %s", date_format(r->order_date, date), r->order_no);
    (void)e;
    card_amount(d->card, STYLE_NORMAL, left, r->due, d->currency);
    free(left);
    return ERR_OK;
}

static const char *gender_label(const char *gender) {
    return strcmp(gender, "male") == 0     ? _("male")
           : strcmp(gender, "female") == 0 ? _("female")
           : strcmp(gender, "other") == 0  ? _("other")
                                           : "";
}

static void add_facts(struct card *card, const struct customer *c) {
    card_rule(card, "");
    card_fact(card, _("Email"), c->email);
    card_date(card, _("Born"), c->birth_date);
    card_fact(card, _("Gender"), gender_label(c->gender));
    card_fact(card, _("Province"), c->province);
    card_fact(card, _("Address"), c->address);
    card_fact(card, _("Source"), c->source);
    card_fact(card, _("Referred by"), c->referrer);
    card_fact(card, _("Looked after by"), c->owner);
    card_fact(card, _("Readiness to buy"), c->readiness);
    card_fact(card, _("Tags"), c->tags);
    card_fact(card, _("May be contacted"), c->consent ? _("yes") : _("no"));
    card_fact(card, _("Note"), c->note);
    card_date(card, _("Customer since"), c->created_on);
}

static const char *kind_label(const char *kind) {
    static const char *const words[][2] = {
        {"order", N_("order")}, {"return", N_("return")},   {"payment", N_("payment")},
        {"call", N_("call")},   {"message", N_("message")}, {"email", N_("email")},
        {"visit", N_("visit")}, {"note", N_("note")},       {"deal", N_("deal")}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i][0], kind) == 0) {
            return _(words[i][1]);
        }
    }
    return kind;
}

static enum err_code add_event(void *ctx, const char *at, const char *kind, const char *text, const char *staff,
                               struct err *e) {
    struct drawing *d = ctx;
    char day[DATE_SIZE];
    (void)e;
    snprintf(day, sizeof day, "%.10s", at);
    char *label = mem_printf("%s %s", date_format(day, day), kind_label(kind));
    char *value = mem_printf("%s%s%s", text, staff[0] == '\0' ? "" : " · ", staff);
    card_fact(d->card, label, value);
    free(label);
    free(value);
    return ERR_OK;
}

enum err_code customers_card(struct app *app, int64_t id, struct card *card, struct err *e) {
    struct shop *shop = app_shop(app);
    struct drawing d = {card, shop_currency(shop)};
    struct customer c = {0};
    struct customer_figures f;
    struct order_filter debts = {.customer_id = id, .with_due = true, .oldest_first = true, .limit = DEBTS_SHOWN};
    enum err_code rc = customer_get(shop, id, &c, e);
    if (rc == ERR_OK) {
        rc = customer_figures(shop, id, &f, e);
    }
    if (rc != ERR_OK) {
        goto out;
    }
    card_row(card, STYLE_STRONG, c.name, c.code);
    for (char *p = c.phones; (p = strchr(p, ';')) != NULL;) {
        *p = ' ';
    }
    card_row(card, STYLE_NORMAL, c.phones, customers_segment_label(c.segment));
    char today[DATE_SIZE];
    shop_today(shop, today);
    add_figures(&d, &f, today);
    if (f.due != 0) {
        rc = order_list(shop, &debts, add_debt, &d, e);
    }
    add_facts(card, &c);
    card_rule(card, _("What happened"));
    if (rc == ERR_OK) {
        rc = customer_timeline(shop, id, EVENTS_SHOWN, add_event, &d, e);
    }
out:
    customer_clear(&c);
    return rc;
}
