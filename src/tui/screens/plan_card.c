#include "tui/screens/plan_card.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "io/plan_file.h"

const char *plan_mode_meaning(enum plan_mode mode) {
    static const char *const labels[] = {N_("marginal: each slice its own rate"), N_("slab: all at the rate reached")};
    return _(labels[mode]);
}

const char *plan_month(const char *month, char out[MONTH_SIZE + 1]) {
    snprintf(out, MONTH_SIZE + 1, "%.2s/%.4s", month + 5, month);
    return out;
}

/* --- the terms in words */

enum term_kind { TERM_TEXT, TERM_MONTH, TERM_BASE, TERM_MODE, TERM_MONEY, TERM_PERCENT };
static const struct {
    const char *key, *label;
    enum term_kind kind;
} terms[] = {
    {"code", N_("Code"), TERM_TEXT},
    {"name", N_("Name"), TERM_TEXT},
    {"from", N_("From month"), TERM_MONTH},
    {"to", N_("To month"), TERM_MONTH},
    {"base", N_("Base"), TERM_BASE},
    {"mode", N_("Mode"), TERM_MODE},
    {"cap", N_("Cap"), TERM_MONEY},
    {"team_override_pct", N_("Team leaders, of their team's base"), TERM_PERCENT},
    {"bonus_first_order", N_("First order of the month"), TERM_MONEY},
    {"bonus_top_revenue", N_("Highest revenue of the month"), TERM_MONEY},
};
enum { TERMS = sizeof terms / sizeof *terms };

static void add_money(struct buf *out, const char *plain, const struct currency *c) {
    int64_t amount = 0;
    char text[MONEY_TEXT_MAX];
    if (money_parse_file(plain, c, &amount, NULL) == ERR_OK) {
        buf_add(out, money_format(amount, c, false, text));
    }
}

static void add_percent(struct buf *out, const char *plain) {
    int64_t bps = 0;
    char text[MONEY_TEXT_MAX];
    if (rate_parse(plain, INT32_MAX, &bps, NULL) == ERR_OK) {
        buf_addf(out, "%s%%", rate_show(bps, text));
    }
}

static void add_value(struct buf *out, enum term_kind kind, const char *value, const struct currency *c) {
    char month[MONTH_SIZE + 1];
    enum plan_base base = PLAN_GROSS;
    enum plan_mode mode = PLAN_MARGINAL;
    switch (kind) {
    case TERM_MONTH:
        buf_add(out, plan_month(value, month));
        break;
    case TERM_BASE:
        buf_add(out, plan_base_find(value, &base) ? plan_base_label(base) : value);
        break;
    case TERM_MODE:
        buf_add(out, plan_mode_find(value, &mode) ? plan_mode_meaning(mode) : value);
        break;
    case TERM_MONEY:
        if (strcmp(value, "0") == 0) {
            buf_add(out, _("none"));
        } else {
            add_money(out, value, c);
        }
        break;
    case TERM_PERCENT:
        add_percent(out, value);
        break;
    case TERM_TEXT:
        buf_add(out, value);
    }
}

/* A term of plan_terms; an empty value is "—": the other plan has no such term. */
static void put_in_words(const char *section, const char *key, const char *value, const struct currency *c,
                         struct buf *label, struct buf *text) {
    enum term_kind kind = TERM_PERCENT;
    struct buf amount = BUF_INIT;
    if (strcmp(section, "tiers") == 0) {
        add_money(&amount, key, c);
        buf_addf(label, _("From %s"), buf_str(&amount));
    } else if (strcmp(section, "gate") == 0) {
        add_percent(&amount, key);
        buf_addf(label, _("Target reached %s: of the commission"), buf_str(&amount));
    } else if (strcmp(section, "groups") == 0) {
        buf_addf(label, _("Extra for %s"), key);
    }
    for (size_t i = 0; i < TERMS && label->len == 0; i++) {
        if (strcmp(terms[i].key, key) == 0) {
            buf_add(label, _(terms[i].label));
            kind = terms[i].kind;
        }
    }
    buf_clear(&amount);
    if (value[0] == '\0') {
        buf_add(text, "—");
    } else {
        add_value(text, kind, value, c);
    }
}

struct telling {
    struct card *card;
    const struct currency *currency;
    const char *section;
    int count;
};

static const char *section_title(const char *section) {
    return strcmp(section, "tiers") == 0  ? _("Tiers")
           : strcmp(section, "gate") == 0 ? _("Gate: by how much of the target is reached")
                                          : _("Product groups");
}

static void tell_term(void *ctx, const char *section, const char *key, const char *value) {
    struct telling *t = ctx;
    struct buf label = BUF_INIT;
    struct buf text = BUF_INIT;
    if (strcmp(section, t->section) != 0) {
        card_rule(t->card, section_title(section));
        t->section = section;
    }
    put_in_words(section, key, value, t->currency, &label, &text);
    card_row(t->card, STYLE_NORMAL, buf_str(&label), buf_str(&text));
    buf_clear(&label);
    buf_clear(&text);
}

void plan_card_terms(struct card *card, const struct plan *p, const struct currency *currency) {
    struct telling t = {.card = card, .currency = currency, .section = "plan"};
    plan_terms(p, currency, tell_term, &t);
}

/* "tiers.50000000" is of a section; a key without one is of the plan itself. */
static void tell_change(void *ctx, const char *key, const char *a, const char *b) {
    static const char *const sections[] = {"tiers", "gate", "groups"};
    struct telling *t = ctx;
    const char *section = "plan";
    struct buf label = BUF_INIT, again = BUF_INIT, before = BUF_INIT, after = BUF_INIT;
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
        size_t n = strlen(sections[i]);
        if (strncmp(key, sections[i], n) == 0 && key[n] == '.') {
            section = sections[i];
            key += n + 1;
            break;
        }
    }
    put_in_words(section, key, a, t->currency, &label, &before);
    put_in_words(section, key, b, t->currency, &again, &after);
    buf_addf(&before, " → %s", buf_str(&after));
    card_row(t->card, STYLE_NORMAL, buf_str(&label), buf_str(&before));
    t->count++;
    buf_clear(&label);
    buf_clear(&again);
    buf_clear(&before);
    buf_clear(&after);
}

int plan_card_changes(struct card *card, const struct plan *before, const struct plan *after,
                      const struct currency *currency) {
    struct telling t = {.card = card, .currency = currency};
    plan_diff(before, after, currency, tell_change, &t);
    return t.count;
}

static void tell_example(struct card *card, const struct plan *p, int64_t base, const struct currency *currency) {
    char sold[MONEY_TEXT_MAX], pays[MONEY_TEXT_MAX];
    int64_t amount = 0;
    if (base > 0 && plan_pays(p, base, &amount, NULL) == ERR_OK) {
        card_row(card, STYLE_NORMAL, money_format(base, currency, false, sold),
                 money_format(amount, currency, false, pays));
    }
}

void plan_card_examples(struct card *card, const struct plan *p, const struct currency *currency) {
    int64_t last = p->tier_count == 0 ? 0 : p->tiers[p->tier_count - 1].from;
    for (size_t i = 1; i < p->tier_count; i++) {
        tell_example(card, p, p->tiers[i].from, currency);
    }
    tell_example(card, p, last < INT64_MAX / 2 ? 2 * last : last, currency);
}
