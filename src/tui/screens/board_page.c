/* The page of one deal: what is known of it at the left, what happened at the right. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/phone.h"
#include "base/qty.h"
#include "tui/screens/board_deal.h"

static int page_width(int width, bool log);

enum { EVENTS_SHOWN = 200, EVENTS_IN_PANE = 12 };

/* --- facts */

static void add_money(struct card *card, const struct deal *d, const struct currency *currency) {
    char text[MONEY_TEXT_MAX];
    char rate[MONEY_TEXT_MAX];
    bool closed = d->stage.kind != STAGE_OPEN;
    card_fact(card, _("Expected value"), money_format(d->expected_value, currency, true, text));
    if (closed) {
        card_fact(card, d->stage.kind == STAGE_WON ? _("Won with") : _("Lost with"),
                  money_format(d->value, currency, true, text));
        card_fact(card, _("Reason"), d->lost_reason);
    } else {
        char *probability = mem_printf("%s%% %s", rate_show(d->probability_bps, rate),
                                       d->probability_set ? _("(set by hand)") : _("(the stage's)"));
        card_fact(card, _("Probability"), probability);
        free(probability);
    }
}

static void add_next(struct card *card, const struct deal *d, const char *today) {
    char day[DATE_SIZE];
    if (d->stage.kind != STAGE_OPEN && d->next_on[0] == '\0') {
        return;
    }
    if (d->next_on[0] == '\0') {
        card_row(card, STYLE_DIM, _("○ nothing planned; p plans the next step"), NULL);
        return;
    }
    bool overdue = strcmp(d->next_on, today) < 0;
    char *text = mem_printf("%s %s %s", overdue ? "!" : "●", date_format(d->next_on, day), d->next_text);
    card_text(card, overdue ? STYLE_WARN : STYLE_GOOD, text);
    free(text);
}

static void add_stage(struct card *card, const struct deal *d, const char *today) {
    bool rotting = d->rots_on[0] != '\0' && strcmp(d->rots_on, today) <= 0;
    char *days = mem_printf(_("for %ld days"), date_diff(today, d->entered_on));
    card_row(card, STYLE_STRONG, d->stage.name, days);
    free(days);
    if (rotting) {
        char *text = mem_printf(_("~ rotting: untouched for %ld days"), date_diff(today, d->touched_on));
        card_row(card, STYLE_WARN, text, NULL);
        free(text);
    }
}

static void add_people(struct card *card, const struct deal *d) {
    char shown[PHONE_SIZE];
    char *customer = mem_printf("%s %s", d->customer, d->customer_name);
    char *rep = mem_printf("%s %s", d->rep, d->rep_name);
    card_fact(card, _("Customer"), d->customer[0] == '\0' ? "" : customer);
    card_fact(card, _("Contact"), d->contact);
    card_fact(card, _("Phone"), d->phone[0] == '\0' ? "" : phone_format(d->phone, shown));
    card_fact(card, _("Email"), d->email);
    card_fact(card, _("Province"), d->province);
    card_fact(card, _("Rep"), d->rep[0] == '\0' ? _("nobody; r gives it to somebody") : rep);
    card_fact(card, _("Source"), d->source);
    card_fact(card, _("Tags"), d->tags);
    free(customer);
    free(rep);
}

static void add_products(struct card *card, const struct deal *d, const struct currency *currency) {
    char qty[QTY_TEXT_MAX];
    char price[MONEY_TEXT_MAX];
    if (d->product_count == 0) {
        return;
    }
    card_rule(card, _("Products"));
    for (size_t i = 0; i < d->product_count; i++) {
        const struct deal_product *p = &d->products[i];
        char *left = mem_printf("%s × %s", qty_format(p->qty, qty), p->name);
        card_row(card, STYLE_NORMAL, left, money_format(p->price, currency, false, price));
        free(left);
    }
}

static void add_answer(struct card *card, const char *question, const char *answer) {
    bool given = answer != NULL && answer[0] != '\0';
    char *label = mem_printf("%s %s", given ? "✓" : "·", question);
    if (given) {
        card_fact(card, label, answer);
    } else {
        card_row(card, STYLE_DIM, label, "—");
    }
    free(label);
}

static void add_questions(struct card *card, const struct deal *d) {
    card_rule(card, _("Qualifying questions"));
    add_answer(card, _("Need"), d->need);
    add_answer(card, _("Budget"), d->budget);
    add_answer(card, _("Timing"), d->timing);
    add_answer(card, _("Decides"), d->decision_maker);
}

static void add_dates(struct card *card, const struct deal *d) {
    card_date(card, _("Created"), d->created);
    card_date(card, _("Expected close"), d->expected_close);
    card_date(card, _("Closed"), d->closed);
    card_fact(card, _("Note"), d->note);
}

/* --- what happened */

static const char *event_label(const char *kind) {
    static const char *const words[][2] = {{"call", N_("call")},   {"message", N_("message")}, {"email", N_("email")},
                                           {"visit", N_("visit")}, {"note", N_("note")},       {"stage", N_("stage")},
                                           {"plan", N_("plan")},   {"order", N_("order")}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i][0], kind) == 0) {
            return _(words[i][1]);
        }
    }
    return kind;
}

static enum err_code add_event(void *ctx, const char *at, const char *kind, const char *text, const char *staff,
                               struct err *e) {
    struct card *card = ctx;
    char day[DATE_SIZE];
    (void)e;
    char iso[DATE_SIZE];
    memcpy(iso, at, sizeof iso - 1);
    iso[sizeof iso - 1] = '\0';
    char *when = mem_printf("%s%.6s", date_format(iso, day), strlen(at) > 15 ? at + 10 : "");
    char *what = mem_printf("%s · %s%s%s%s", event_label(kind), text, staff[0] == '\0' ? "" : " (", staff,
                            staff[0] == '\0' ? "" : ")");
    card_fact(card, when, what);
    free(when);
    free(what);
    return ERR_OK;
}

static enum err_code add_events(struct app *app, int64_t id, int64_t limit, struct card *card, struct err *e) {
    card_rule(card, _("What happened"));
    return deal_timeline(app_shop(app), id, limit, add_event, card, e);
}

/* --- the page */

static enum err_code add_facts(struct app *app, struct board_state *s, const struct deal *d, struct err *e) {
    struct card *card = &s->facts;
    card_row(card, STYLE_STRONG, d->title, d->deal_no);
    add_stage(card, d, s->today);
    add_next(card, d, s->today);
    card_rule(card, "");
    add_money(card, d, &s->currency);
    add_people(card, d);
    add_dates(card, d);
    add_products(card, d, &s->currency);
    add_questions(card, d);
    enum err_code rc = board_add_twins(app, d, card, e);
    return rc == ERR_OK ? board_add_chance(app, d, card, e) : rc;
}

static enum err_code read_deal(struct app *app, struct board_state *s, int64_t id, struct err *e) {
    struct deal d = {0};
    int top = s->facts.top;
    enum err_code rc = deal_get(app_shop(app), id, &d, e);
    card_reset(&s->facts);
    if (rc == ERR_OK) {
        rc = add_facts(app, s, &d, e);
        s->facts.top = top;
        s->page_stage = d.stage.id;
    }
    deal_clear(&d);
    return rc;
}

enum err_code board_deal_pane(struct app *app, struct board_state *s, int64_t id, struct err *e) {
    enum err_code rc = read_deal(app, s, id, e);
    s->facts.top = 0;
    return rc == ERR_OK ? add_events(app, id, EVENTS_IN_PANE, &s->facts, e) : rc;
}

static bool is_wide(struct app *app) {
    int width = 0;
    int height = 0;
    app_body_size(app, &width, &height);
    return width >= CARD_FROM_WIDTH;
}

enum err_code board_deal_load(struct app *app, struct board_state *s, struct err *e) {
    int top = s->log.top;
    bool wide = is_wide(app);
    enum err_code rc = read_deal(app, s, s->page_id, e);
    card_reset(&s->log);
    s->in_log = s->in_log && wide;
    if (rc == ERR_OK) {
        rc = add_events(app, s->page_id, EVENTS_SHOWN, wide ? &s->log : &s->facts, e);
    }
    s->log.top = top;
    return rc;
}

void board_deal_open(struct board_state *s, int64_t id) {
    s->under = s->page == BOARD_DEAL ? s->under : s->page;
    s->page = BOARD_DEAL;
    s->page_id = id;
    s->facts.top = 0;
    s->log.top = 0;
    s->in_log = false;
}

void board_deal_open_no(struct app *app, struct board_state *s, const char *deal_no) {
    struct err e = ERR_INIT;
    int64_t id = 0;
    if (deal_find(app_shop(app), deal_no, &id, &e) != ERR_OK) {
        app_error(app, &e);
        return;
    }
    board_deal_open(s, id);
}

static unsigned close_page(struct board_state *s) {
    s->page = s->under;
    board_follow(s, s->page_id, s->page_stage);
    return SCREEN_RELOAD;
}

static unsigned scroll(struct app *app, struct board_state *s, int by) {
    int width = 0;
    int height = 0;
    struct card *card = s->in_log ? &s->log : &s->facts;
    app_body_size(app, &width, &height);
    card_scroll(card, by, page_width(width, s->in_log), height);
    return SCREEN_REDRAW;
}

unsigned board_deal_keys(struct app *app, struct board_state *s, enum action action, const struct key *key) {
    int width = 0;
    int height = 0;
    app_body_size(app, &width, &height);
    switch (action) {
    case ACTION_LIST_UP:
        return scroll(app, s, -1);
    case ACTION_LIST_DOWN:
        return scroll(app, s, 1);
    case ACTION_LIST_PAGE_UP:
        return scroll(app, s, 1 - height);
    case ACTION_LIST_PAGE_DOWN:
        return scroll(app, s, height - 1);
    case ACTION_LIST_FIRST:
        return scroll(app, s, -100000);
    case ACTION_LIST_LAST:
        return scroll(app, s, 100000);
    case ACTION_NEXT:
    case ACTION_PREVIOUS:
        s->in_log = !s->in_log && is_wide(app);
        return SCREEN_REDRAW;
    case ACTION_BACK:
        return close_page(s);
    case ACTION_OPEN: /* nothing lies deeper */
    case ACTION_LIST_FILTER:
    case ACTION_BOARD_EXPORT:
        return SCREEN_REDRAW;
    default:
        break;
    }
    return key->kind == K_WHEEL ? scroll(app, s, key->code == 0 ? -3 : 3) : board_act(app, s, action);
}

static int page_width(int width, bool log) {
    int facts = width >= CARD_FROM_WIDTH ? width / 2 - 1 : width - 2;
    return log ? width - facts - 3 : facts;
}

void board_deal_paint(const struct board_state *s, struct canvas *c) {
    int facts = page_width(c->width, false);
    struct canvas left = canvas_view(c, 1, 0, facts, c->height);
    card_paint(&s->facts, &left, STYLE_NORMAL);
    if (c->width >= CARD_FROM_WIDTH) {
        struct canvas right = canvas_view(c, facts + 2, 0, page_width(c->width, true), c->height);
        card_paint(&s->log, &right, STYLE_NORMAL);
    }
}
