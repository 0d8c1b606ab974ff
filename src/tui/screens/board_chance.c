/* What raises or lowers a deal's chance, beside the probability it has. */
#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/pipeline.h"
#include "tui/screens/board_deal.h"

/* Ratios far from 1 say much, those around it nothing. */
enum { SAYS_SOMETHING_BPS = 200 };

static void add_fact(struct card *card, const struct deal_chance *c, size_t i) {
    int64_t ratio = c->facts[i].ratio_bps;
    bool up = ratio >= 10000;
    bool says = ratio > 10000 + SAYS_SOMETHING_BPS || ratio < 10000 - SAYS_SOMETHING_BPS;
    char *left = mem_printf("%s %s: %s",
                            !says ? "·"
                            : up  ? "▲"
                                  : "▼",
                            chance_fact_label(c->facts[i].fact), c->facts[i].name);
    char *right = mem_printf(_("%lld won · %lld lost"), (long long)c->facts[i].won, (long long)c->facts[i].lost);
    card_row(card, !says ? STYLE_DIM : up ? STYLE_GOOD : STYLE_WARN, left, right);
    free(left);
    free(right);
}

static void add_learned(struct card *card, const struct deal_chance *c) {
    char learned[MONEY_TEXT_MAX];
    char usual[MONEY_TEXT_MAX];
    rate_show((c->learned_bps + 50) / 100 * 100, learned);
    rate_show(c->default_bps, usual);
    char *text = mem_printf(_("%s%% learned from %lld closed deals"), learned, (long long)c->closed);
    char *beside = mem_printf(_("default %s%%"), usual);
    card_row(card, STYLE_STRONG, text, beside);
    free(text);
    free(beside);
    for (size_t i = 0; i < c->fact_count; i++) {
        add_fact(card, c, i);
    }
}

enum err_code board_add_chance(struct app *app, const struct deal *d, struct card *card, struct err *e) {
    struct deal_chance c = {0};
    if (d->stage.kind != STAGE_OPEN) {
        return ERR_OK;
    }
    enum err_code rc = deal_chance(app_shop(app), d->id, &c, e);
    if (rc != ERR_OK) {
        return rc;
    }
    card_rule(card, _("Chance"));
    if (c.learned) {
        add_learned(card, &c);
    } else {
        char *text = mem_printf(_("With %d closed deals it is learned what raises and lowers it; there are %lld."),
                                CHANCE_DEALS_MIN, (long long)c.closed);
        card_text(card, STYLE_DIM, text);
        free(text);
    }
    deal_chance_clear(&c);
    return ERR_OK;
}
