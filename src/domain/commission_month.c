#include "domain/commission_month.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"

static enum err_code add_adjustments(struct month *m, struct err *e) {
    for (size_t i = 0; i < m->adjustments.count; i++) {
        const struct adjustment *a = &m->adjustments.list[i];
        struct comp_row *r = &m->comp.rows[a->person];
        if (!money_add(r->adjustment, a->amount, &r->adjustment)) {
            return err_set_field(e, ERR_INVALID, "adjustment", _("the commission comes to more than can be counted"));
        }
        r->shown = true;
    }
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < m->people.count && rc == ERR_OK; i++) {
        rc = comp_total(&m->comp.rows[i], e);
    }
    return rc;
}

enum err_code month_make(struct shop *shop, const char *month, struct month *m, struct err *e) {
    *m = (struct month){0};
    enum err_code rc = plan_for_month(shop, month, &m->plan, e);
    if (rc == ERR_OK) {
        rc = people_load(shop, &m->people, e);
    }
    if (rc == ERR_OK) {
        rc = month_data_load(shop, &m->people, month, m->plan.group_count > 0, &m->data, e);
    }
    if (rc == ERR_OK) {
        rc = plan_goods_load(shop, &m->plan, &m->goods, e);
    }
    m->targets = mem_array(m->people.count + 1, sizeof *m->targets);
    if (rc == ERR_OK) {
        rc = month_targets_load(shop, &m->people, month, m->plan.base, m->targets, e);
    }
    m->comp = (struct comp){
        .plan = &m->plan, .people = &m->people, .data = &m->data, .goods = &m->goods, .targets = m->targets};
    if (rc == ERR_OK) {
        rc = comp_make(&m->comp, e);
    }
    if (rc == ERR_OK) {
        rc = adjustments_find(shop, &m->people, month, NULL, &m->adjustments, e);
    }
    return rc == ERR_OK ? add_adjustments(m, e) : rc;
}

void month_clear(struct month *m) {
    adjustments_clear(&m->adjustments);
    comp_clear(&m->comp);
    plan_goods_clear(&m->goods);
    month_data_clear(&m->data);
    people_clear(&m->people);
    plan_clear(&m->plan);
    free(m->targets);
    *m = (struct month){0};
}

enum err_code month_lines(const struct month *m, size_t person, comp_line_fn *line, void *ctx, struct err *e) {
    enum err_code rc = comp_lines(&m->comp, person, line, ctx, e);
    for (size_t i = 0; i < m->adjustments.count && rc == ERR_OK; i++) {
        const struct adjustment *a = &m->adjustments.list[i];
        if (a->person == person) {
            const struct comp_line l = {.kind = "adjustment",
                                        .ref = a->ref,
                                        .about = a->about,
                                        .reason = a->reason,
                                        .order_id = a->order_id,
                                        .last_return = a->last_return,
                                        .base = a->base,
                                        .amount = a->amount};
            rc = line(ctx, &l, e);
        }
    }
    return rc;
}
