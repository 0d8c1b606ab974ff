/* A commission plan in words: its terms, and what differs between two. */
#ifndef TUI_SCREENS_PLAN_CARD_H
#define TUI_SCREENS_PLAN_CARD_H

#include "chotdon/plan.h"
#include "tui/screens/card.h"

const char *plan_mode_meaning(enum plan_mode mode); /* translated: "marginal: each slice its own rate" */
const char *plan_month(const char *month, char out[MONTH_SIZE + 1]); /* "01/2026" */

void plan_card_terms(struct card *card, const struct plan *p, const struct currency *currency);

/* The terms that differ, as rows "before → after"; how many. */
int plan_card_changes(struct card *card, const struct plan *before, const struct plan *after,
                      const struct currency *currency);

/* What the tiers pay for some sales: at each tier's beginning, and beyond the last. */
void plan_card_examples(struct card *card, const struct plan *p, const struct currency *currency);

#endif
