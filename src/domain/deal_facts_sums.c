#include "domain/deal_facts_sums.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { KEY_ROOM = 128 };

void fact_sums_clear(struct fact_sums *s) {
    intern_free(s->keys);
    free(s->rows);
    *s = (struct fact_sums){0};
}

/* The row of a key; *is_new: it holds nothing yet. */
static struct fact_sum *row_at(struct fact_sums *s, const char *key, bool *is_new) {
    if (s->keys == NULL) {
        s->keys = intern_new();
    }
    uint32_t i = intern_add(s->keys, key);
    *is_new = i == s->count;
    if (*is_new) {
        s->rows = mem_grow(s->rows, s->count, &s->capacity, sizeof *s->rows);
        s->rows[s->count++] = (struct fact_sum){0};
    }
    return &s->rows[i];
}

static void add(int64_t *to, int64_t sign, int64_t amount) {
    *to = (int64_t)((uint64_t)*to + (uint64_t)sign * (uint64_t)amount);
}

void fact_sums_month(struct fact_sums *s, const struct deal_fact *f, int sign) {
    char key[KEY_ROOM];
    bool is_new = false;
    snprintf(key, sizeof key, "%s %s %lld %lld %lld", f->month, deal_fact_name(f->kind), (long long)f->ref,
             (long long)f->staff, (long long)f->source);
    struct fact_sum *row = row_at(s, key, &is_new);
    if (is_new) {
        row->month = *f;
        row->month.deals = row->month.value = row->month.days = row->month.activities = 0;
    }
    add(&row->month.deals, sign, f->deals);
    add(&row->month.value, sign, f->value);
    add(&row->month.days, sign, f->days);
    add(&row->month.activities, sign, f->activities);
}

/* A name that stays. */
static const char *odds_name(const char *fact) {
    struct deal_odd odds[DEAL_ODDS];
    size_t i = 0;
    deal_facts_odds(&(struct deal_fact){0}, odds);
    while (i + 1 < DEAL_ODDS && strcmp(odds[i].fact, fact) != 0) {
        i++;
    }
    return odds[i].fact;
}

void fact_sums_odds(struct fact_sums *s, const char *fact, int64_t ref, int64_t won, int64_t lost) {
    char key[KEY_ROOM];
    bool is_new = false;
    snprintf(key, sizeof key, "%s %lld", fact, (long long)ref);
    struct fact_sum *row = row_at(s, key, &is_new);
    row->odds = odds_name(fact);
    row->ref = ref;
    add(&row->won, 1, won);
    add(&row->lost, 1, lost);
}

void fact_sums_add(struct fact_sums *s, const struct deal_fact *f) {
    fact_sums_month(s, f, 1);
    if (f->kind == FACT_WON || f->kind == FACT_LOST) {
        struct deal_odd odds[DEAL_ODDS];
        deal_facts_odds(f, odds);
        for (size_t i = 0; i < DEAL_ODDS; i++) {
            fact_sums_odds(s, odds[i].fact, odds[i].ref, f->kind == FACT_WON, f->kind == FACT_LOST);
        }
    }
}

bool fact_sum_is_empty(const struct fact_sum *row) {
    const struct deal_fact *m = &row->month;
    return m->deals == 0 && m->value == 0 && m->days == 0 && m->activities == 0 && row->won == 0 && row->lost == 0;
}
