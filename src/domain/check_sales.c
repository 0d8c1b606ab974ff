/* The kept figures of sales against the orders themselves. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "domain/check_run.h"
#include "domain/record.h"
#include "domain/sales_sums.h"

struct sales_check {
    struct check_run *run;
    struct team_days teams;
    struct sales_sums sums;
    bool *seen; /* by key and by customer */
};

static enum err_code add_sale(void *ctx, const struct sale *s, struct err *e) {
    struct sales_check *c = ctx;
    sales_sums_first(&c->sums, s);
    return sales_sums_add(&c->sums, s, 1, e);
}

static bool is_nothing(const struct sales_sum *s) {
    return s->revenue == 0 && s->net == 0 && s->cost == 0 && s->orders == 0 && s->new_customers == 0;
}

static void found_off(struct sales_check *c, const char *month) {
    check_found(c->run, _("the sales figures of %s do not fit the orders (chotdon check --rebuild adds them up anew)"),
                month);
}

static enum err_code check_figures(struct sales_check *c, struct err *e) {
    struct db_stmt *s = NULL;
    size_t count = c->sums.keys.count;
    c->seen = mem_array(count, sizeof *c->seen);
    enum err_code rc = db_query(c->run->db,
                                "SELECT month, staff_id, team_id, revenue, net, cost, orders, new_customers"
                                " FROM sales_figures ORDER BY month, staff_id, team_id",
                                DB_NO_BIND, &s, e);
    enum db_row row = DB_END;
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        const struct sales_sum kept = {.revenue = db_col_int(s, 3),
                                       .net = db_col_int(s, 4),
                                       .cost = db_col_int(s, 5),
                                       .orders = db_col_int(s, 6),
                                       .new_customers = db_col_int(s, 7)};
        const struct key k = {month_is_valid(db_col_text(s, 0)) ? month_number(db_col_text(s, 0)) : -1,
                              db_col_int(s, 1), db_col_int(s, 2)};
        size_t at = key_map_find(&c->sums.keys, k);
        const struct sales_sum *made = at == KEY_NONE ? &(struct sales_sum){0} : &c->sums.sums[at];
        if (kept.revenue != made->revenue || kept.net != made->net || kept.cost != made->cost ||
            kept.orders != made->orders || kept.new_customers != made->new_customers) {
            found_off(c, db_col_text(s, 0));
        }
        if (at != KEY_NONE) {
            c->seen[at] = true;
        }
    }
    for (size_t i = 0; i < count; i++) {
        if (!c->seen[i] && !is_nothing(&c->sums.sums[i])) {
            char month[MONTH_SIZE];
            month_from_number(c->sums.keys.keys[i].a, month);
            found_off(c, month);
        }
    }
    db_done(&s);
    free(c->seen);
    check_end(c->run);
    return row == DB_FAILED ? record_failed(e) : rc;
}

static enum err_code check_firsts(struct sales_check *c, struct err *e) {
    struct db_stmt *s = NULL;
    size_t found = 0;
    enum err_code rc = db_query(c->run->db,
                                "SELECT f.customer_id, f.order_id, f.day, f.staff_id, f.team_id, k.code FROM"
                                " customer_firsts f LEFT JOIN customers k ON k.id = f.customer_id",
                                DB_NO_BIND, &s, e);
    enum db_row row = DB_END;
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        size_t at = key_map_find(&c->sums.customers, (struct key){db_col_int(s, 0), 0, 0});
        const struct first_order *f = at == KEY_NONE ? &(struct first_order){0} : &c->sums.firsts[at];
        found += at != KEY_NONE;
        if (f->order_id != db_col_int(s, 1) || strcmp(f->day, db_col_text(s, 2)) != 0 ||
            f->staff_id != db_col_int(s, 3) || f->team_id != db_col_int(s, 4)) {
            check_found(
                c->run,
                _("the first order of customer %s is not the one that is kept (chotdon check --rebuild finds it anew)"),
                db_col_text(s, 5));
        }
    }
    if (rc == ERR_OK && row != DB_FAILED && found < c->sums.customers.count) {
        check_found(c->run,
                    _("the first orders of %lld customers are not kept (chotdon check --rebuild finds them anew)"),
                    (long long)(c->sums.customers.count - found));
    }
    db_done(&s);
    check_end(c->run);
    return row == DB_FAILED ? record_failed(e) : rc;
}

enum err_code check_sales(struct check_run *run, struct err *e) {
    struct sales_check c = {.run = run};
    const struct sales_selection all = {0};
    enum err_code rc = sales_walk(run->db, &all, &c.teams, add_sale, &c, e);
    for (size_t i = 0; i < c.sums.customers.count && rc == ERR_OK; i++) {
        rc = sales_sums_new_customer(&c.sums, &c.sums.firsts[i], 1, e);
    }
    if (rc == ERR_OK) {
        rc = check_figures(&c, e);
    }
    if (rc == ERR_OK) {
        rc = check_firsts(&c, e);
    }
    team_days_clear(&c.teams);
    sales_sums_clear(&c.sums);
    return rc;
}
