#include "domain/sales_sums.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"

static struct sales_sum *sum_at(struct sales_sums *sums, const char *day, int64_t staff_id, int64_t team_id) {
    size_t known = sums->keys.count;
    size_t at = key_map_add(&sums->keys, (struct key){month_number(day), staff_id, team_id});
    if (at == known) {
        sums->sums = mem_grow(sums->sums, at, &sums->sum_capacity, sizeof *sums->sums);
        sums->sums[at] = (struct sales_sum){0};
    }
    return &sums->sums[at];
}

static enum err_code add_part(struct sales_sums *sums, const char *day, const struct sale_part *p, int sign,
                              struct err *e) {
    struct sales_sum *sum = sum_at(sums, day, p->staff_id, p->team_id);
    bool (*add)(int64_t, int64_t, int64_t *) = sign < 0 ? money_sub : money_add;
    if (!add(sum->revenue, p->revenue, &sum->revenue) || !add(sum->net, p->net, &sum->net) ||
        !add(sum->cost, p->cost, &sum->cost)) {
        return err_set_field(e, ERR_INVALID, "revenue", _("the amount is too large"));
    }
    sum->orders += sign * p->orders;
    sum->reduced = sum->reduced || sign < 0;
    return ERR_OK;
}

enum err_code sales_sums_add(struct sales_sums *sums, const struct sale *s, int sign, struct err *e) {
    struct sale_part few[4];
    size_t count = sale_part_count(s);
    struct sale_part *parts = count <= sizeof few / sizeof *few ? few : mem_array(count, sizeof *parts);
    enum err_code rc = ERR_OK;
    sale_split(s, parts);
    for (size_t i = 0; i < count && rc == ERR_OK; i++) {
        rc = add_part(sums, s->day, &parts[i], sign, e);
    }
    if (parts != few) {
        free(parts);
    }
    return rc;
}

enum err_code sales_sums_new_customer(struct sales_sums *sums, const struct first_order *f, int sign, struct err *e) {
    (void)e;
    if (f->order_id != 0) {
        struct sales_sum *sum = sum_at(sums, f->day, f->staff_id, f->team_id);
        sum->new_customers += sign;
        sum->reduced = sum->reduced || sign < 0;
    }
    return ERR_OK;
}

bool first_order_is_before(const struct first_order *a, const struct first_order *b) {
    if (a->order_id == 0 || b->order_id == 0) {
        return a->order_id != 0;
    }
    int order = strcmp(a->day, b->day);
    return order < 0 || (order == 0 && a->order_id < b->order_id);
}

void first_order_of(const struct sale *s, struct first_order *out) {
    size_t best = 0;
    for (size_t i = 1; i < s->share_count; i++) {
        best = s->shares[i].share_bps > s->shares[best].share_bps ? i : best;
    }
    *out = (struct first_order){.order_id = s->id};
    memcpy(out->day, s->day, sizeof out->day);
    if (s->share_count > 0) {
        out->staff_id = s->shares[best].staff_id;
        out->team_id = s->shares[best].team_id;
    }
}

void sales_sums_first(struct sales_sums *sums, const struct sale *s) {
    if (s->customer_id == 0 || !s->counts) {
        return;
    }
    struct first_order f;
    size_t known = sums->customers.count;
    size_t at = key_map_add(&sums->customers, (struct key){s->customer_id, 0, 0});
    first_order_of(s, &f);
    if (at == known) {
        sums->firsts = mem_grow(sums->firsts, at, &sums->first_capacity, sizeof *sums->firsts);
        sums->firsts[at] = f;
    } else if (first_order_is_before(&f, &sums->firsts[at])) {
        sums->firsts[at] = f;
    }
}

void sales_sums_clear(struct sales_sums *sums) {
    key_map_clear(&sums->keys);
    key_map_clear(&sums->customers);
    free(sums->sums);
    free(sums->firsts);
    *sums = (struct sales_sums){0};
}
