/* Replaying months under another plan (DOMAIN 7): both plans on the same sales, nothing written. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/permission.h"
#include "domain/commission_store.h"

#define MONTHS_MAX 120

enum { INCOME_LEAST = 3, INCOME_MOST = 5 }; /* health rule 4 */

struct last_month {
    int64_t revenue, pay, salary;
    bool is_rep; /* employed then */
};

struct simulating {
    struct shop *shop;
    const struct plan *plan;
    const char *from, *to;
    struct people people;
    struct plan_goods goods; /* of the plan tried */
    struct plan current;     /* in force in the month at hand */
    struct plan_goods current_goods;
    int64_t *now, *tried;
    bool *shown;
    struct last_month *last; /* of each person */
    commission_simulated_fn *row;
    void *ctx;
};

static enum err_code add_plan(struct simulating *s, const struct plan *plan, const struct plan_goods *goods,
                              const struct month_data *data, int64_t *sums, struct err *e) {
    struct month_target *targets = mem_array(s->people.count + 1, sizeof *targets);
    struct comp c = {.plan = plan, .people = &s->people, .data = data, .goods = goods, .targets = targets};
    enum err_code rc = month_targets_load(s->shop, &s->people, data->month, plan->base, targets, e);
    if (rc == ERR_OK) {
        rc = comp_make(&c, e);
    }
    for (size_t i = 0; i < s->people.count && rc == ERR_OK; i++) {
        s->shown[i] = s->shown[i] || c.rows[i].shown;
        if (sums == s->tried && strcmp(data->month, s->to) == 0) {
            s->last[i].revenue = c.rows[i].revenue;
            s->last[i].pay = c.rows[i].total;
            s->last[i].is_rep = s->people.list[i].is_rep && people_employed(&s->people.list[i], data->month);
        }
        if (!money_add(sums[i], c.rows[i].total, &sums[i])) {
            rc = err_set_field(e, ERR_INVALID, "total", _("the commission comes to more than can be counted"));
        }
    }
    comp_clear(&c);
    free(targets);
    return rc;
}

/* The plan of the month, read anew only when another version begins. */
static enum err_code load_current(struct simulating *s, const char *month, bool *has, struct err *e) {
    struct plan p;
    struct err why = ERR_INIT;
    enum err_code rc = plan_for_month(s->shop, month, &p, &why);
    *has = rc == ERR_OK;
    if (rc == ERR_NOT_FOUND || rc == ERR_CONFLICT) {
        plan_clear(&p);
        return ERR_OK;
    }
    if (rc != ERR_OK) {
        plan_clear(&p);
        return err_set(e, rc, "%s", why.message);
    }
    if (p.version_id == s->current.version_id) {
        plan_clear(&p);
        return ERR_OK;
    }
    plan_clear(&s->current);
    plan_goods_clear(&s->current_goods);
    s->current = p;
    return plan_goods_load(s->shop, &s->current, &s->current_goods, e);
}

static enum err_code replay_month(struct simulating *s, const char *month, struct err *e) {
    struct month_data data = {0};
    bool has = false;
    enum err_code rc = load_current(s, month, &has, e);
    if (rc == ERR_OK) {
        bool lines = s->plan->group_count > 0 || (has && s->current.group_count > 0);
        rc = month_data_load(s->shop, &s->people, month, lines, &data, e);
    }
    if (rc == ERR_OK && has) {
        rc = add_plan(s, &s->current, &s->current_goods, &data, s->now, e);
    }
    if (rc == ERR_OK) {
        rc = add_plan(s, s->plan, &s->goods, &data, s->tried, e);
    }
    month_data_clear(&data);
    return rc;
}

static enum err_code load_salaries(struct simulating *s, struct err *e) {
    struct db_stmt *q = NULL;
    enum db_row row = DB_END;
    enum err_code rc = db_query(shop_db(s->shop), "SELECT id, base_salary FROM staff", DB_NO_BIND, &q, e);
    while (rc == ERR_OK && (row = db_next(q, e)) == DB_ROW) {
        size_t person = people_find(&s->people, db_col_int(q, 0));
        if (person != PERSON_NONE) {
            s->last[person].salary = db_col_int(q, 1);
        }
    }
    db_done(&q);
    return row == DB_FAILED ? ERR_DB : rc;
}

/* Pay and sales that do not fit: revenue under 3 or over 5 times the income. Owned; NULL when they fit. */
static char *find_misfit(const struct simulating *s, const struct last_month *l) {
    char revenue[MONEY_TEXT_MAX], money[MONEY_TEXT_MAX];
    int64_t income = 0, least = 0, most = 0;
    if (!l->is_rep || !money_add(l->pay, l->salary, &income) || income < 0 ||
        !money_scale(income, INCOME_LEAST, 1, &least) || !money_scale(income, INCOME_MOST, 1, &most) ||
        (l->revenue >= least && l->revenue <= most)) {
        return NULL;
    }
    return mem_printf(l->revenue < least ? _("revenue %s is under 3 times the income %s")
                                         : _("revenue %s is over 5 times the income %s"),
                      money_format(l->revenue, shop_currency(s->shop), true, revenue),
                      money_format(income, shop_currency(s->shop), true, money));
}

static enum err_code replay(struct db *db, void *ctx, struct err *e) {
    struct simulating *s = ctx;
    char month[MONTH_SIZE];
    (void)db;
    enum err_code rc = people_load(s->shop, &s->people, e);
    if (rc == ERR_OK) {
        rc = plan_goods_load(s->shop, s->plan, &s->goods, e);
    }
    s->now = mem_array(s->people.count + 1, sizeof *s->now);
    s->tried = mem_array(s->people.count + 1, sizeof *s->tried);
    s->shown = mem_array(s->people.count + 1, sizeof *s->shown);
    s->last = mem_array(s->people.count + 1, sizeof *s->last);
    if (rc == ERR_OK) {
        rc = load_salaries(s, e);
    }
    memcpy(month, s->from, MONTH_SIZE);
    while (rc == ERR_OK && strcmp(month, s->to) <= 0) {
        rc = replay_month(s, month, e);
        month_add(month, 1, month);
    }
    for (size_t i = 0; i < s->people.count && rc == ERR_OK; i++) {
        char *finding = find_misfit(s, &s->last[i]);
        const struct commission_simulated r = {.rep = s->people.list[i].code,
                                               .name = s->people.list[i].name,
                                               .current = s->now[i],
                                               .simulated = s->tried[i],
                                               .change = s->tried[i] - s->now[i],
                                               .finding = finding};
        if (s->shown[i]) {
            rc = s->row(s->ctx, &r, e);
        }
        free(finding);
    }
    return rc;
}

enum err_code commission_simulate(struct shop *shop, const struct plan *plan, const char *from, const char *to,
                                  commission_simulated_fn *row, void *ctx, struct err *e) {
    struct simulating s = {.shop = shop, .plan = plan, .from = from, .to = to, .row = row, .ctx = ctx};
    char last[MONTH_SIZE];
    month_add(from, MONTHS_MAX - 1, last);
    enum err_code rc = shop_require(shop, PERMIT_SEE_COMMISSION, e);
    if (rc == ERR_OK && strcmp(to, from) < 0) {
        rc = err_set_field(e, ERR_INVALID, "to", _("%s is before %s"), to, from);
    } else if (rc == ERR_OK && strcmp(to, last) > 0) {
        rc = err_set_field(e, ERR_INVALID, "to", _("that is more than %d months"), MONTHS_MAX);
    }
    if (rc == ERR_OK) {
        rc = commission_snapshot(shop, replay, &s, e);
    }
    plan_clear(&s.current);
    plan_goods_clear(&s.current_goods);
    plan_goods_clear(&s.goods);
    people_clear(&s.people);
    free(s.now);
    free(s.tried);
    free(s.shown);
    free(s.last);
    return rc;
}
