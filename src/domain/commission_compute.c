#include "domain/commission_compute.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"

#define REPS_USUAL 16 /* of an order: more take memory from the heap */

static enum err_code too_large(const struct comp *c, struct err *e) {
    return err_set_field(e, ERR_INVALID, "base", _("the sales of %s add up to more than can be counted"),
                         c->data->month);
}

/* One amount of an order over its reps (DOMAIN 6). */
static void split(const struct comp *c, const struct month_order *o, int64_t amount, int64_t *parts) {
    int64_t few[REPS_USUAL];
    int64_t *weights = o->share_count <= REPS_USUAL ? few : mem_array(o->share_count, sizeof *weights);
    if (o->share_count == 1) {
        parts[0] = amount;
        return;
    }
    for (size_t i = 0; i < o->share_count; i++) {
        weights[i] = c->data->shares[o->first_share + i].share_bps;
    }
    money_split(amount, weights, o->share_count, parts);
    if (weights != few) {
        free(weights);
    }
}

static bool add(int64_t *to, int64_t amount) {
    return money_add(*to, amount, to);
}

static struct comp_team *find_team(const struct comp *c, int64_t team_id, size_t *leader) {
    for (size_t i = 0; i < c->data->team_count; i++) {
        if (c->data->teams[i].id == team_id) {
            *leader = c->data->teams[i].leader;
            return &c->teams[i];
        }
    }
    return NULL;
}

static bool credit_team(const struct comp *c, const struct month_share *s, int64_t base) {
    size_t leader = PERSON_NONE;
    struct comp_team *team = s->team_id == 0 ? NULL : find_team(c, s->team_id, &leader);
    return team == NULL || (add(&team->total, base) && (leader != s->person || add(&team->own, base)));
}

static bool credit_base(const struct comp *c, const struct month_order *o) {
    int64_t *base = &c->share_base[o->first_share];
    bool fits = true;
    split(c, o, o->figures[c->plan->base], base);
    for (size_t i = 0; i < o->share_count && fits; i++) {
        const struct month_share *s = &c->data->shares[o->first_share + i];
        fits = add(&c->rows[s->person].base, base[i]) && credit_team(c, s, base[i]);
        c->rows[s->person].shown = true;
    }
    return fits;
}

/* The top seller is found by revenue, whatever the plan's base. */
static bool credit_revenue(const struct comp *c, const struct month_order *o) {
    int64_t few[REPS_USUAL];
    int64_t *parts = o->share_count <= REPS_USUAL ? few : mem_array(o->share_count, sizeof *parts);
    bool fits = true;
    split(c, o, o->figures[PLAN_GROSS], parts);
    for (size_t i = 0; i < o->share_count && fits; i++) {
        fits = add(&c->rows[c->data->shares[o->first_share + i].person].revenue, parts[i]);
    }
    if (parts != few) {
        free(parts);
    }
    return fits;
}

/* An order's amount in each of the plan's groups, less its returns, split in the same way. `sums` and `parts` are room
 * for the groups and for the reps. */
static bool credit_groups(const struct comp *c, const struct month_order *o, int64_t *sums, int64_t *parts) {
    size_t groups = c->plan->group_count;
    bool any = false;
    bool fits = true;
    for (size_t at = o->line; at != SIZE_MAX && fits; at = c->data->lines[at].next) {
        const struct month_line *l = &c->data->lines[at];
        size_t group = (uint64_t)l->product_id < c->goods->size ? c->goods->group_of[l->product_id] : 0;
        if (group != 0) {
            fits = add(&sums[group - 1], l->figures[c->plan->base]);
            any = true;
        }
    }
    for (size_t g = 0; g < groups && any && fits; g++) {
        if (sums[g] != 0) {
            split(c, o, sums[g], parts);
            for (size_t i = 0; i < o->share_count && fits; i++) {
                size_t person = c->data->shares[o->first_share + i].person;
                fits = add(&c->groups[person * groups + g], parts[i]);
            }
            sums[g] = 0;
        }
    }
    return fits;
}

static enum err_code credit_all(struct comp *c, struct err *e) {
    const struct month_data *d = c->data;
    size_t most = 1;
    bool fits = true;
    for (size_t i = 0; i < d->order_count; i++) {
        most = d->orders[i].share_count > most ? d->orders[i].share_count : most;
    }
    int64_t *sums = mem_array(c->plan->group_count + 1, sizeof *sums);
    int64_t *parts = mem_array(most, sizeof *parts);
    for (size_t i = 0; i < d->order_count && fits; i++) {
        const struct month_order *o = &d->orders[i];
        if (o->share_count > 0) {
            fits = credit_base(c, o) && credit_revenue(c, o) &&
                   (c->plan->group_count == 0 || credit_groups(c, o, sums, parts));
        }
    }
    free(sums);
    free(parts);
    return fits ? ERR_OK : too_large(c, e);
}

struct calc_input comp_input(const struct comp *c, size_t person, int64_t *teams) {
    const struct comp_row *r = &c->rows[person];
    struct calc_input in = {.base = r->base,
                            .groups = &c->groups[person * c->plan->group_count],
                            .has_target = r->target.has,
                            .target = r->target.target,
                            .teams = teams};
    for (size_t i = 0; i < c->data->team_count; i++) {
        if (c->data->teams[i].leader == person) {
            teams[in.team_count++] = c->teams[i].total - c->teams[i].own;
        }
    }
    return in;
}

static void give_first_order(struct comp *c) {
    const struct month_data *d = c->data;
    if (c->plan->bonus_first_order > 0 && d->first_order != SIZE_MAX && d->orders[d->first_order].share_count > 0) {
        struct comp_row *r = &c->rows[d->shares[d->orders[d->first_order].first_share].person];
        r->bonus_first = c->plan->bonus_first_order;
        r->shown = true;
    }
}

/* Ties share it equally; people stand by code, so the earlier code gets what is left over. */
static void give_top(struct comp *c) {
    int64_t best = 0;
    size_t count = 0;
    for (size_t i = 0; i < c->people->count; i++) {
        int64_t revenue = c->rows[i].revenue;
        if (revenue > best) {
            best = revenue;
            count = 0;
        }
        count += revenue == best && revenue > 0;
    }
    if (count == 0 || c->plan->bonus_top == 0) {
        return;
    }
    int64_t *weights = mem_array(2 * count, sizeof *weights);
    int64_t *parts = weights + count;
    for (size_t i = 0; i < count; i++) {
        weights[i] = 1;
    }
    money_split(c->plan->bonus_top, weights, count, parts);
    for (size_t i = 0, n = 0; i < c->people->count; i++) {
        if (c->rows[i].revenue == best) {
            c->rows[i].bonus_top = parts[n++];
        }
    }
    free(weights);
}

enum err_code comp_total(struct comp_row *r, struct err *e) {
    bool fits = money_add(calc_earned(&r->figures), r->bonus_first, &r->total) && add(&r->total, r->bonus_top) &&
                add(&r->total, r->adjustment);
    return fits ? ERR_OK
                : err_set_field(e, ERR_INVALID, "total", _("the commission comes to more than can be counted"));
}

enum err_code comp_make(struct comp *c, struct err *e) {
    size_t people = c->people->count;
    c->rows = mem_array(people + 1, sizeof *c->rows);
    c->share_base = mem_array(c->data->share_count + 1, sizeof *c->share_base);
    c->groups = mem_array(people * c->plan->group_count + 1, sizeof *c->groups);
    c->teams = mem_array(c->data->team_count + 1, sizeof *c->teams);
    int64_t *teams = mem_array(c->data->team_count + 1, sizeof *teams);
    enum err_code rc = credit_all(c, e);
    for (size_t i = 0; i < people && rc == ERR_OK; i++) {
        struct comp_row *r = &c->rows[i];
        r->target = c->targets[i];
        r->shown = r->shown || (c->people->list[i].is_rep && people_employed(&c->people->list[i], c->data->month));
        const struct calc_input in = comp_input(c, i, teams);
        rc = calc_month(c->plan, &in, &r->figures, e);
        r->shown = r->shown || r->figures.override != 0;
    }
    if (rc == ERR_OK) {
        give_first_order(c);
        give_top(c);
    }
    for (size_t i = 0; i < people && rc == ERR_OK; i++) {
        rc = comp_total(&c->rows[i], e);
    }
    free(teams);
    return rc;
}

void comp_clear(struct comp *c) {
    free(c->rows);
    free(c->share_base);
    free(c->groups);
    free(c->teams);
    *c = (struct comp){0};
}
