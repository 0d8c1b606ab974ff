#include "commission_model.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "db/db.h"
#include "testdb.h"

__extension__ typedef __int128 wide;

static struct db_stmt *ask(struct shop *shop, const char *sql, const struct db_value *values) {
    struct db_stmt *s = NULL;
    struct err e = ERR_INIT;
    if (db_query(shop_db(shop), sql, values, &s, &e) != ERR_OK) {
        fail_msg("%s", e.message);
    }
    return s;
}

static bool more(struct db_stmt **s) {
    if (db_next(*s, NULL) == DB_ROW) {
        return true;
    }
    db_done(s);
    return false;
}

int64_t model_int(struct shop *shop, const char *sql, const struct db_value *values) {
    int64_t out = 0;
    struct err e = ERR_INIT;
    enum err_code rc = db_get_int(shop_db(shop), sql, values, &out, &e);
    if (rc != ERR_OK && rc != ERR_NOT_FOUND) {
        fail_msg("%s", e.message);
    }
    return out;
}

/* --- the model */

#define COUNTS(o) o ".status <> 'draft' AND " o ".status <> 'cancelled'"

#define FIGURE "SUM(CASE $2 WHEN 0 THEN x.revenue WHEN 1 THEN x.net ELSE x.net - x.cost END)"

/* Hamilton's way, one đồng at a time. */
static void hamilton(int64_t total, const int64_t *weights, int count, int64_t *parts) {
    int64_t sign = total < 0 ? -1 : 1;
    int64_t left = total * sign;
    int64_t whole = left;
    int64_t sum = 0;
    bool taken[16] = {false};
    for (int i = 0; i < count; i++) {
        sum += weights[i];
    }
    for (int i = 0; i < count; i++) {
        parts[i] = (int64_t)((wide)whole * weights[i] / sum);
        left -= parts[i];
    }
    while (left-- > 0) {
        int best = -1;
        for (int i = 0; i < count; i++) {
            wide rest = (wide)whole * weights[i] % sum;
            if (!taken[i] && (best < 0 || rest > (wide)whole * weights[best] % sum)) {
                best = i;
            }
        }
        taken[best] = true;
        parts[best]++;
    }
    for (int i = 0; i < count; i++) {
        parts[i] *= sign;
    }
}

struct model {
    struct shop *shop;
    const struct plan *plan;
    const char *month;
    struct model_person *out;
    int64_t groups[MODEL_STAFF_MAX][8];
    int64_t team_total[MODEL_STAFF_MAX], team_own[MODEL_STAFF_MAX]; /* by team id */
    int64_t leader[MODEL_STAFF_MAX];
};

static int64_t round_half_up(wide numerator, wide denominator) {
    wide size = numerator < 0 ? -numerator : numerator;
    wide whole = size / denominator;
    wide rest = size % denominator;
    whole += 2 * rest >= denominator;
    return (int64_t)(numerator < 0 ? -whole : whole);
}

/* An order with its returns, a figure of it: with `group`, of its products in that group of the plan and below, as far
 * as no nearer group of the plan takes them. */
static int64_t order_figure(const struct model *m, int64_t order, enum plan_base base, const char *group) {
    if (group == NULL) {
        return model_int(m->shop,
                         "SELECT COALESCE(" FIGURE
                         ", 0) FROM orders x WHERE (x.id = $1 OR x.return_of = $1) AND " COUNTS("x"),
                         DB_BIND(DB_INT(order), DB_INT(base)));
    }
    return model_int(m->shop,
                     "SELECT COALESCE(" FIGURE
                     ", 0) FROM (SELECT l.net + l.vat AS revenue, l.net, l.cost FROM order_lines l"
                     " JOIN orders o ON o.id = l.order_id JOIN products p ON p.id = l.product_id"
                     " JOIN product_groups g ON g.id = p.group_id WHERE (o.id = $1 OR o.return_of = $1) AND " COUNTS(
                         "o") " AND $3 = (SELECT k.path FROM plan_groups q JOIN product_groups k ON k.id = q.group_id"
                              " WHERE q.version_id = $4 AND (g.path = k.path OR substr(g.path, 1, length(k.path) + 1) ="
                              " k.path || '/') ORDER BY length(k.path) DESC LIMIT 1)) x",
                     DB_BIND(DB_INT(order), DB_INT(base), DB_TEXT(group), DB_INT(m->plan->version_id)));
}

static void credit_order(struct model *m, int64_t order, const char *date) {
    int64_t staff[16], shares[16], parts[16];
    int count = 0;
    struct db_stmt *s = ask(m->shop, "SELECT staff_id, share_bps FROM order_reps WHERE order_id = $1 ORDER BY position",
                            DB_BIND(DB_INT(order)));
    while (more(&s)) {
        staff[count] = db_col_int(s, 0);
        shares[count++] = db_col_int(s, 1);
    }
    if (count == 0) {
        return;
    }
    hamilton(order_figure(m, order, PLAN_GROSS, NULL), shares, count, parts);
    for (int i = 0; i < count; i++) {
        m->out[staff[i]].revenue += parts[i];
        m->out[staff[i]].credited = true;
    }
    hamilton(order_figure(m, order, m->plan->base, NULL), shares, count, parts);
    for (int i = 0; i < count; i++) {
        int64_t team = model_int(m->shop,
                                 "SELECT COALESCE(team_id, 0) FROM staff_teams WHERE staff_id = $1 AND from_date <= $2"
                                 " ORDER BY from_date DESC LIMIT 1",
                                 DB_BIND(DB_INT(staff[i]), DB_TEXT(date)));
        m->out[staff[i]].base += parts[i];
        m->team_total[team] += parts[i];
        m->team_own[team] += m->leader[team] == staff[i] ? parts[i] : 0;
    }
    for (size_t g = 0; g < m->plan->group_count; g++) {
        hamilton(order_figure(m, order, m->plan->base, m->plan->groups[g].path), shares, count, parts);
        for (int i = 0; i < count; i++) {
            m->groups[staff[i]][g] += parts[i];
        }
    }
}

/* In hundredths of a percent of a đồng: every đồng of the base earns the rate of where it lies. */
static wide tiers_exact(const struct plan *p, int64_t base) {
    wide sum = 0;
    int64_t above = base;
    for (size_t i = p->tier_count; i-- > 0;) {
        if (above > p->tiers[i].from) {
            if (p->mode == PLAN_SLAB) {
                return (wide)base * p->tiers[base >= p->tiers[i].from ? i : i - 1].rate_bps;
            }
            sum += (wide)(above - p->tiers[i].from) * p->tiers[i].rate_bps;
            above = p->tiers[i].from;
        } else if (p->mode == PLAN_SLAB && above == p->tiers[i].from) {
            return (wide)base * p->tiers[i].rate_bps;
        }
    }
    return sum;
}

static int64_t gate(const struct model *m, int64_t staff, int64_t base) {
    static const char *const metrics[] = {"revenue", "net_revenue", "margin"};
    int64_t target = model_int(m->shop,
                               "SELECT target FROM targets WHERE month = $1 AND scope = 'rep' AND ref_id = $2"
                               " AND metric = $3",
                               DB_BIND(DB_TEXT(m->month), DB_INT(staff), DB_TEXT(metrics[m->plan->base])));
    int64_t best = -1, factor = 0;
    if (target <= 0 || m->plan->gate_count == 0) {
        return 10000;
    }
    for (size_t i = 0; i < m->plan->gate_count; i++) {
        const struct plan_gate *g = &m->plan->gates[i];
        if ((wide)g->at_bps * target <= (wide)base * 10000 && g->at_bps > best) {
            best = g->at_bps;
            factor = g->factor_bps;
        }
    }
    return factor;
}

static void reckon(struct model *m, int64_t staff) {
    struct model_person *p = &m->out[staff];
    wide exact = 0, team = 0;
    if (p->base > 0) {
        exact = tiers_exact(m->plan, p->base);
        for (size_t g = 0; g < m->plan->group_count; g++) {
            exact += (wide)m->groups[staff][g] * m->plan->groups[g].rate_bps;
        }
    }
    p->tier_commission = round_half_up(exact, 10000);
    p->gate_bps = gate(m, staff, p->base);
    p->gated = round_half_up((wide)p->tier_commission * p->gate_bps, 10000);
    for (int t = 1; t < MODEL_STAFF_MAX; t++) {
        team += m->leader[t] == staff ? (wide)(m->team_total[t] - m->team_own[t]) * m->plan->override_bps : 0;
    }
    p->override = round_half_up(team, 10000);
    int64_t over = p->gated + p->override - m->plan->cap;
    p->cap_cut = m->plan->cap > 0 && over > 0 ? -over : 0;
}

static void give_bonuses(struct model *m, const char *first_day, const char *last_day) {
    int64_t best = 0, ties = 0, given = 0;
    int64_t first = model_int(m->shop,
                              "SELECT r.staff_id FROM orders o JOIN order_reps r ON r.order_id = o.id WHERE o.is_return"
                              " = 0 AND o.recognised_on BETWEEN $1 AND $2 AND o.status NOT IN ('draft', 'cancelled',"
                              " 'returned') ORDER BY o.order_date, o.order_time, o.order_no, r.position LIMIT 1",
                              DB_BIND(DB_TEXT(first_day), DB_TEXT(last_day)));
    if (first != 0) {
        m->out[first].bonus_first = m->plan->bonus_first_order;
    }
    for (int i = 0; i < MODEL_STAFF_MAX; i++) {
        best = m->out[i].revenue > best ? m->out[i].revenue : best;
    }
    for (int i = 0; i < MODEL_STAFF_MAX; i++) {
        ties += best > 0 && m->out[i].revenue == best;
    }
    for (int i = 0; i < MODEL_STAFF_MAX && ties > 0; i++) { /* ids rise with codes */
        if (m->out[i].revenue == best) {
            int64_t upto = ++given;
            m->out[i].bonus_top = m->plan->bonus_top / ties + (upto <= m->plan->bonus_top % ties);
        }
    }
}

void model_month(struct shop *shop, const struct plan *plan, const char *month,
                 struct model_person out[MODEL_STAFF_MAX]) {
    struct model *m = mem_zalloc(sizeof *m);
    char first[DATE_SIZE], last[DATE_SIZE];
    *m = (struct model){.shop = shop, .plan = plan, .month = month, .out = out};
    memset(out, 0, MODEL_STAFF_MAX * sizeof *out);
    month_first_day(month, first);
    month_last_day(month, last);
    for (int t = 1; t < MODEL_STAFF_MAX; t++) {
        m->leader[t] = model_int(shop,
                                 "SELECT COALESCE(staff_id, 0) FROM team_leaders WHERE team_id = $1 AND from_date <= $2"
                                 " ORDER BY from_date DESC LIMIT 1",
                                 DB_BIND(DB_INT(t), DB_TEXT(last)));
    }
    struct db_stmt *s =
        ask(shop,
            "SELECT o.id, o.order_date FROM orders o WHERE o.recognised_on BETWEEN $1 AND $2 AND " COUNTS(
                "o") " AND (o.is_return = 0 OR o.return_of IS NULL)",
            DB_BIND(DB_TEXT(first), DB_TEXT(last)));
    while (more(&s)) {
        credit_order(m, db_col_int(s, 0), db_col_text(s, 1));
    }
    for (int i = 1; i < MODEL_STAFF_MAX; i++) {
        reckon(m, i);
    }
    give_bonuses(m, first, last);
    free(m);
}

int64_t model_earned(const struct model_person *p) {
    return p->gated + p->override + p->cap_cut;
}

/* --- random books */

struct writing {
    const char *sql;
    const struct db_value *values;
};

static enum err_code write_it(struct db *db, void *ctx, struct err *e) {
    const struct writing *w = ctx;
    return db_run(db, w->sql, w->values, e);
}

static void put(struct year *y, const char *sql, const struct db_value *values) {
    struct err e = ERR_INIT;
    struct writing w = {sql, values};
    if (db_transact(shop_db(y->shop), write_it, &w, &e) != ERR_OK) {
        fail_msg("%s: %s", e.message, sql);
    }
}

static int64_t among(struct year *y, int64_t low, int64_t high) {
    return random_between(&y->r, low, high);
}

/* A function: DB_ID looks at its argument twice. */
static struct db_value some_id(int64_t id) {
    return DB_ID(id);
}

void year_people(struct year *y, int people, int teams, int products) {
    static const char *const paths[] = {"Phụ kiện", "Phụ kiện/Ốp", "Phụ kiện/Ốp/Da", "Máy", "Máy/Cũ"};
    static const int parents[] = {0, 1, 2, 0, 4};
    *y = (struct year){.shop = y->shop, .r = y->r, .people = people, .teams = teams, .products = products};
    for (int i = 1; i <= teams; i++) {
        char name[32];
        snprintf(name, sizeof name, "Nhóm %d", i);
        put(y, "INSERT INTO teams (id, name, folded) VALUES ($1, $2, $2)", DB_BIND(DB_INT(i), DB_TEXT(name)));
    }
    for (int i = 1; i <= people; i++) {
        char code[16];
        snprintf(code, sizeof code, "NV%02d", i);
        put(y, "INSERT INTO staff (id, code, name, folded, sort_key, role) VALUES ($1, $2, $2, $2, $2, 'rep')",
            DB_BIND(DB_INT(i), DB_TEXT(code)));
        put(y, "INSERT INTO staff_teams VALUES ($1, '', $2)", DB_BIND(DB_INT(i), some_id(among(y, 0, teams))));
        if (among(y, 0, 3) == 0) {
            put(y, "INSERT INTO staff_teams VALUES ($1, '2026-06-15', $2)",
                DB_BIND(DB_INT(i), some_id(among(y, 0, teams))));
        }
    }
    for (int i = 1; i <= teams; i++) {
        put(y, "INSERT INTO team_leaders VALUES ($1, '', $2)", DB_BIND(DB_INT(i), DB_INT(among(y, 1, people))));
        put(y, "INSERT INTO team_leaders VALUES ($1, '2026-05-20', $2)",
            DB_BIND(DB_INT(i), some_id(among(y, 0, people))));
    }
    for (int i = 0; i < 5; i++) {
        put(y, "INSERT INTO product_groups (id, parent_id, name, path, folded) VALUES ($1, $2, $3, $3, $3)",
            DB_BIND(DB_INT(i + 1), DB_ID(parents[i]), DB_TEXT(paths[i])));
    }
    for (int i = 1; i <= products; i++) {
        char sku[16];
        snprintf(sku, sizeof sku, "P%d", i);
        put(y, "INSERT INTO products (id, sku, name, folded, sort_key, group_id) VALUES ($1, $2, $2, $2, $2, $3)",
            DB_BIND(DB_INT(i), DB_TEXT(sku), some_id(among(y, 0, 5))));
    }
}

void year_targets(struct year *y, const char *month, const char *metric) {
    for (int i = 1; i <= y->people; i++) {
        if (among(y, 0, 3) > 0) {
            put(y,
                "INSERT INTO targets (month, scope, ref_id, place, metric, target) VALUES ($1, 'rep', $2, '', $3, $4)",
                DB_BIND(DB_TEXT(month), DB_INT(i), DB_TEXT(metric), DB_INT(among(y, 1, 40) * 1000003)));
        }
    }
}

static void put_reps(struct year *y, int64_t order) {
    int64_t first = among(y, 1, y->people);
    int64_t share = among(y, 0, 2) == 0 ? 100 * among(y, 1, 99) : 10000;
    put(y, "INSERT INTO order_reps VALUES ($1, 1, $2, $3)", DB_BIND(DB_INT(order), DB_INT(first), DB_INT(share)));
    if (share < 10000) {
        int64_t third = among(y, 0, 1) * (10000 - share) / 3;
        put(y, "INSERT INTO order_reps VALUES ($1, 2, $2, $3)",
            DB_BIND(DB_INT(order), DB_INT(first % y->people + 1), DB_INT(10000 - share - third)));
        if (third > 0) {
            put(y, "INSERT INTO order_reps VALUES ($1, 3, $2, $3)",
                DB_BIND(DB_INT(order), DB_INT((first + 1) % y->people + 1), DB_INT(third)));
        }
    }
}

/* The header adds up what the lines say. */
static void sum_order(struct year *y, int64_t order) {
    put(y,
        "UPDATE orders SET subtotal = t.r, total = t.r, revenue = t.r, net = t.n, vat = t.r - t.n, cost = t.c, due = "
        "t.r"
        " FROM (SELECT SUM(net + vat) AS r, SUM(net) AS n, SUM(cost) AS c FROM order_lines WHERE order_id = $1) t"
        " WHERE id = $1",
        DB_BIND(DB_INT(order)));
}

static void put_header(struct year *y, int64_t id, const char *no, const char *date, int64_t sale) {
    put(y,
        "INSERT INTO orders (id, order_no, order_date, order_time, status, subtotal, total, revenue, net, vat, cost,"
        " recognised_on, is_return, return_of, stock_out) VALUES ($1, $2, $3, '', 'completed', 0, 0, 0, 0, 0, 0, $3, "
        "$4,"
        " $5, 1)",
        DB_BIND(DB_INT(id), DB_TEXT(no), DB_TEXT(date), DB_INT(no[0] == 'T'), DB_ID(sale)));
}

int64_t year_sale(struct year *y, const char *month) {
    char date[DATE_SIZE], no[24];
    int64_t id = ++y->orders;
    bool unknown = among(y, 0, 60) == 0; /* a return whose sale nobody knows */
    snprintf(date, sizeof date, "%.7s-%02d", month, (int)among(y, 1, 28));
    snprintf(no, sizeof no, "%s%05lld", unknown ? "TH" : "DH", (long long)(100000 - id));
    put_header(y, id, no, date, 0);
    int64_t lines = among(y, 1, 3);
    for (int64_t i = 1; i <= lines; i++) {
        int64_t sign = unknown ? -1 : 1;
        int64_t pieces = among(y, 1, 5);
        int64_t amount = sign * among(y, 1, 1500000) * pieces / 3;
        int64_t net = amount * 100 / 108;
        put(y,
            "INSERT INTO order_lines (order_id, line_no, product_id, qty, unit_price, discount, order_discount, amount,"
            " vat_bps, net, vat, cost) VALUES ($1, $2, $3, $4, 1, 0, 0, $5, 800, $6, $7, $8)",
            DB_BIND(DB_INT(id), DB_INT(i), DB_INT(among(y, 1, y->products)), DB_INT(sign * pieces * 1000),
                    DB_INT(amount), DB_INT(net), DB_INT(amount - net), DB_INT(amount * among(y, 40, 110) / 100)));
    }
    sum_order(y, id);
    put_reps(y, id);
    return id;
}

bool year_return(struct year *y, int64_t sale, const char *date, bool all) {
    char no[24];
    bool any = false;
    int64_t id = y->orders + 1;
    if (model_int(y->shop, "SELECT COUNT(*) FROM orders WHERE id = $1 AND is_return = 0 AND status = 'completed'",
                  DB_BIND(DB_INT(sale))) == 0) {
        return false;
    }
    snprintf(no, sizeof no, "TH%05lld", (long long)(100000 - id));
    put_header(y, id, no, date, sale);
    struct db_stmt *s = ask(y->shop,
                            "SELECT l.line_no, l.product_id, l.qty, l.returned, l.net, l.vat, l.cost FROM order_lines l"
                            " WHERE l.order_id = $1",
                            DB_BIND(DB_INT(sale)));
    while (more(&s)) {
        int64_t qty = db_col_int(s, 2), had = db_col_int(s, 3);
        int64_t take = all ? qty - had : among(y, 0, (qty - had) / 1000) * 1000;
        int64_t parts[3];
        for (int k = 0; k < 3 && take > 0; k++) {
            int64_t stored = db_col_int(s, 4 + k);
            parts[k] = round_half_up((wide)stored * (had + take), qty) - round_half_up((wide)stored * had, qty);
        }
        if (take > 0) {
            put(y,
                "INSERT INTO order_lines (order_id, line_no, product_id, qty, unit_price, discount, order_discount,"
                " amount, vat_bps, net, vat, cost, sale_line) VALUES ($1, $2, $3, $4, 1, 0, 0, $5, 800, $6, $7, $8, "
                "$2)",
                DB_BIND(DB_INT(id), DB_INT(db_col_int(s, 0)), DB_INT(db_col_int(s, 1)), DB_INT(-take),
                        DB_INT(-parts[0] - parts[1]), DB_INT(-parts[0]), DB_INT(-parts[1]), DB_INT(-parts[2])));
            put(y, "UPDATE order_lines SET returned = returned + $3 WHERE order_id = $1 AND line_no = $2",
                DB_BIND(DB_INT(sale), DB_INT(db_col_int(s, 0)), DB_INT(take)));
            any = true;
        }
    }
    if (!any) {
        put(y, "DELETE FROM orders WHERE id = $1", DB_BIND(DB_INT(id)));
        return false;
    }
    y->orders = id;
    sum_order(y, id);
    put(y,
        "UPDATE orders SET status = CASE WHEN EXISTS (SELECT 1 FROM order_lines l WHERE l.order_id = $1 AND l.returned "
        "<"
        " l.qty) THEN status ELSE 'returned' END WHERE id = $1",
        DB_BIND(DB_INT(sale)));
    return true;
}

void year_cancel(struct year *y, int64_t sale) {
    put(y,
        "UPDATE orders SET status = 'cancelled' WHERE id = $1 AND is_return = 0 AND NOT EXISTS (SELECT 1 FROM orders r"
        " WHERE r.return_of = $1)",
        DB_BIND(DB_INT(sale)));
}

void year_correct(struct year *y, int64_t sale) {
    put(y, "DELETE FROM order_reps WHERE order_id = $1", DB_BIND(DB_INT(sale)));
    put_reps(y, sale);
    put(y, "UPDATE orders SET status = status, version = version + 1 WHERE id = $1", DB_BIND(DB_INT(sale)));
}

void year_plan(struct year *y, const char *code) {
    struct err e = ERR_INIT;
    struct plan p = {.code = mem_strdup(code),
                     .name = mem_strdup(code),
                     .base = (enum plan_base)among(y, 0, 2),
                     .mode = (enum plan_mode)among(y, 0, 1),
                     .cap = among(y, 0, 2) == 0 ? among(y, 50000, 3000000) : 0,
                     .override_bps = among(y, 0, 1) * among(y, 1, 200),
                     .bonus_first_order = 200000,
                     .bonus_top = 500001,
                     .tiers = mem_array(4, sizeof *p.tiers),
                     .gates = mem_array(4, sizeof *p.gates),
                     .groups = mem_array(3, sizeof *p.groups)};
    snprintf(p.from, sizeof p.from, "2026-01");
    snprintf(p.to, sizeof p.to, "2026-12");
    p.tier_count = (size_t)among(y, 1, 4);
    for (size_t i = 0; i < p.tier_count; i++) {
        p.tiers[i].from = i == 0 ? 0 : p.tiers[i - 1].from + among(y, 1, 8000000);
        p.tiers[i].rate_bps = i == 0 ? among(y, 0, 300) : p.tiers[i - 1].rate_bps + among(y, 0, 200);
    }
    p.gate_count = among(y, 0, 2) == 0 ? 0 : (size_t)among(y, 1, 4);
    for (size_t i = 0; i < p.gate_count; i++) {
        p.gates[i].at_bps = (int64_t)i * 3000 + among(y, 0, 2000);
        p.gates[i].factor_bps = among(y, 0, 13000);
    }
    p.group_count = (size_t)among(y, 0, 3);
    for (size_t i = 0; i < p.group_count; i++) {
        p.groups[i] = (struct plan_group){
            .group_id = (int64_t)(2 * i + 1), .path = mem_strdup("?"), .rate_bps = among(y, 0, 500)};
    }
    if (plan_put(y->shop, &p, NULL, NULL, NULL, &e) != ERR_OK || plan_activate(y->shop, code, &e) != ERR_OK) {
        fail_msg("%s", e.message);
    }
    plan_clear(&p);
}
