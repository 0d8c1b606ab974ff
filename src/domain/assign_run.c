/* Giving leads out by the rules. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "chotdon/assign.h"
#include "domain/deal_internal.h"
#include "domain/shop_internal.h"

/* What the rules look at. */
struct lead {
    int64_t id, source_id;
    char *deal_no, *title, *province;
};

static void lead_clear(struct lead *l) {
    free(l->deal_no);
    free(l->title);
    free(l->province);
}

/* Who gets it, and by which rule. */
struct choice {
    enum assign_outcome outcome;
    int64_t rule_id, rule_position, staff_id;
    char *rep, *rep_name;
};

#define LEADS                                                                                                          \
    "SELECT d.id, COALESCE(d.source_id, 0), d.deal_no, d.title, COALESCE(NULLIF(d.province, ''), c.province, '')"      \
    " FROM stages g CROSS JOIN deals d LEFT JOIN customers c ON c.id = d.customer_id WHERE d.stage_id = g.id"          \
    " AND d.kind = 'open' AND d.staff_id IS NULL AND d.merged_into IS NULL"

static void read_lead(struct db_stmt *s, struct lead *out) {
    *out = (struct lead){.id = db_col_int(s, 0),
                         .source_id = db_col_int(s, 1),
                         .deal_no = db_col_dup(s, 2),
                         .title = db_col_dup(s, 3),
                         .province = db_col_dup(s, 4)};
}

/* Does one of the deal's products stand in the rule's group, or in one below it? */
#define IN_GROUP                                                                                                       \
    "EXISTS (WITH RECURSIVE below (id) AS (SELECT r.group_id UNION SELECT g.id FROM product_groups g JOIN below b"     \
    " ON g.parent_id = b.id) SELECT 1 FROM deal_products x JOIN products p ON p.id = x.product_id"                     \
    " JOIN below b ON b.id = p.group_id WHERE x.deal_id = $1)"

struct rule {
    int64_t id, position, team_id, daily_limit;
    bool has_reps;
};

static enum err_code find_rule(struct shop *shop, const struct lead *l, struct rule *out, struct err *e) {
    struct db_stmt *s = NULL;
    *out = (struct rule){0};
    enum err_code rc = db_query(shop->db,
                                "SELECT r.id, r.position, COALESCE(r.team_id, 0), r.daily_limit,"
                                " (SELECT COUNT(*) FROM assign_rule_reps a WHERE a.rule_id = r.id) FROM assign_rules r"
                                " WHERE (r.source_id IS NULL OR r.source_id = $2)"
                                " AND (r.province = '' OR r.province = $3) AND (r.group_id IS NULL OR " IN_GROUP ")"
                                " ORDER BY r.position, r.id LIMIT 1",
                                DB_BIND(DB_INT(l->id), DB_INT(l->source_id), DB_TEXT(l->province)), &s, e);
    if (rc != ERR_OK) {
        return rc;
    }
    enum db_row got = db_next(s, e);
    if (got == DB_ROW) {
        *out =
            (struct rule){db_col_int(s, 0), db_col_int(s, 1), db_col_int(s, 2), db_col_int(s, 3), db_col_int(s, 4) > 0};
    }
    db_done(&s);
    return got == DB_FAILED ? record_failed(e) : ERR_OK;
}

/* Who of a circle has room, the one with the fewest open leads first, then who has waited longest. $1 rule, $2 team, $3
 * today, $4 tomorrow, $5 the daily limit. */
#define ACTIVE "(s.start_date = '' OR s.start_date <= $3) AND (s.end_date = '' OR s.end_date >= $3)"
#define NEXT_OF(circle)                                                                                                \
    "SELECT x.id, x.code, x.name FROM (SELECT s.id, s.code, s.name,"                                                   \
    " COALESCE((SELECT CAST(SUM(t.deals) AS BIGINT) FROM stages g CROSS JOIN deal_totals t"                            \
    " WHERE t.stage_id = g.id AND g.kind = 'open' AND t.staff_id = s.id), 0) AS leads,"                                \
    " (SELECT COUNT(DISTINCT a.deal_id) FROM deal_assignments a WHERE a.staff_id = s.id AND a.at >= $3"                \
    " AND a.at < $4) AS given,"                                                                                        \
    " COALESCE((SELECT MAX(a.at) FROM deal_assignments a WHERE a.staff_id = s.id), '') AS last_at,"                    \
    " COALESCE((SELECT a.id FROM deal_assignments a WHERE a.staff_id = s.id ORDER BY a.at DESC, a.id DESC LIMIT 1), "  \
    "0) AS last_id"                                                                                                    \
    " FROM staff s WHERE " ACTIVE " AND " circle ") x WHERE ($5 = 0 OR x.given < $5) AND ($1 <> 0 OR $2 <> 0)"         \
    " ORDER BY x.leads, x.last_at, x.last_id, x.code LIMIT 1"
#define IN_TEAM                                                                                                        \
    "s.role = 'rep' AND (SELECT m.team_id FROM staff_teams m WHERE m.staff_id = s.id AND m.from_date <= $3"            \
    " ORDER BY m.from_date DESC LIMIT 1) = $2"
#define NAMED "EXISTS (SELECT 1 FROM assign_rule_reps n WHERE n.rule_id = $1 AND n.staff_id = s.id)"

enum circle { CIRCLE_TEAM, CIRCLE_NAMED, CIRCLE_ALL };
static const char *const next_sql[] = {
    [CIRCLE_TEAM] = NEXT_OF(IN_TEAM), [CIRCLE_NAMED] = NEXT_OF(NAMED), [CIRCLE_ALL] = NEXT_OF("s.role = 'rep'")};

static enum err_code find_next(struct shop *shop, const struct rule *r, enum circle circle, struct choice *out,
                               struct err *e) {
    char today[DATE_SIZE], tomorrow[DATE_SIZE];
    struct db_stmt *s = NULL;
    shop_today(shop, today);
    date_add_days(today, 1, tomorrow);
    enum err_code rc = db_query(
        shop->db, next_sql[circle],
        DB_BIND(DB_INT(r->id), DB_INT(r->team_id), DB_TEXT(today), DB_TEXT(tomorrow), DB_INT(r->daily_limit)), &s, e);
    if (rc != ERR_OK) {
        return rc;
    }
    enum db_row got = db_next(s, e);
    if (got == DB_ROW) {
        out->staff_id = db_col_int(s, 0);
        out->rep = db_col_dup(s, 1);
        out->rep_name = db_col_dup(s, 2);
        out->outcome = ASSIGN_GIVEN;
    }
    db_done(&s);
    return got == DB_FAILED ? record_failed(e) : ERR_OK;
}

static enum err_code choose(struct shop *shop, const struct lead *l, struct choice *out, struct err *e) {
    struct rule rule;
    *out = (struct choice){.outcome = ASSIGN_NO_RULE};
    enum err_code rc = find_rule(shop, l, &rule, e);
    if (rc != ERR_OK || rule.id == 0) {
        return rc;
    }
    *out = (struct choice){.outcome = ASSIGN_NO_ROOM, .rule_id = rule.id, .rule_position = rule.position};
    if (rule.team_id != 0) {
        rc = find_next(shop, &rule, CIRCLE_TEAM, out, e);
    }
    if (rc == ERR_OK && out->staff_id == 0 && rule.has_reps) {
        rc = find_next(shop, &rule, CIRCLE_NAMED, out, e);
    }
    if (rc == ERR_OK && rule.team_id == 0 && !rule.has_reps) {
        rc = find_next(shop, &rule, CIRCLE_ALL, out, e);
    }
    return rc;
}

static enum err_code give(struct shop *shop, const struct lead *l, struct choice *c, struct err *e) {
    enum err_code rc = choose(shop, l, c, e);
    return rc == ERR_OK && c->staff_id != 0 ? deal_give(shop, l->id, c->staff_id, c->rule_id, e) : rc;
}

static void choice_clear(struct choice *c) {
    free(c->rep);
    free(c->rep_name);
}

static enum err_code read_leads(struct shop *shop, const char *sql, const struct db_value *values, struct lead **leads,
                                size_t *count, struct err *e) {
    size_t capacity = 0;
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(shop->db, sql, values, &s, e);
    enum db_row got = DB_END;
    while (rc == ERR_OK && (got = db_next(s, e)) == DB_ROW) {
        *leads = mem_grow(*leads, *count, &capacity, sizeof **leads);
        read_lead(s, &(*leads)[(*count)++]);
    }
    db_done(&s);
    return got == DB_FAILED ? record_failed(e) : rc;
}

static void leads_free(struct lead *leads, size_t count) {
    for (size_t i = 0; i < count; i++) {
        lead_clear(&leads[i]);
    }
    free(leads);
}

struct run {
    bool dry_run, done;
    struct lead *leads;
    struct choice *choices;
    size_t count;
};

static void run_clear(struct run *r) {
    for (size_t i = 0; r->choices != NULL && i < r->count; i++) {
        choice_clear(&r->choices[i]);
    }
    free(r->choices);
    leads_free(r->leads, r->count);
    r->choices = NULL;
    r->leads = NULL;
    r->count = 0;
}

/* A dry run is done and then undone: what it says is what would have been. */
static enum err_code run(struct shop *shop, void *ctx, struct err *e) {
    struct run *r = ctx;
    run_clear(r);
    enum err_code rc = read_leads(shop, LEADS " ORDER BY d.created_on, d.id", DB_NO_BIND, &r->leads, &r->count, e);
    r->choices = mem_array(r->count, sizeof *r->choices);
    for (size_t i = 0; i < r->count && rc == ERR_OK; i++) {
        rc = give(shop, &r->leads[i], &r->choices[i], e);
    }
    r->done = rc == ERR_OK;
    return r->done && r->dry_run ? ERR_REFUSED : rc;
}

enum err_code assign_run(struct shop *shop, bool dry_run, assign_row_fn *row, void *ctx, struct err *e) {
    struct run r = {.dry_run = dry_run};
    enum err_code rc = shop_transact(shop, run, &r, e);
    if (r.done && dry_run) {
        rc = ERR_OK;
    }
    for (size_t i = 0; i < r.count && rc == ERR_OK; i++) {
        const struct choice *c = &r.choices[i];
        const struct assign_row shown = {.deal_no = r.leads[i].deal_no,
                                         .title = r.leads[i].title,
                                         .outcome = c->outcome,
                                         .rep = c->rep == NULL ? "" : c->rep,
                                         .rep_name = c->rep_name == NULL ? "" : c->rep_name,
                                         .rule = c->rule_position};
        rc = row(ctx, &shown, e);
    }
    run_clear(&r);
    return rc;
}

static enum err_code give_new(struct shop *shop, void *ctx, struct err *e) {
    const int64_t *deal_id = ctx;
    struct lead *leads = NULL;
    size_t count = 0;
    bool any = false;
    enum err_code rc = assign_has_rules(shop, &any, e);
    if (rc == ERR_OK && any) {
        rc = read_leads(shop, LEADS " AND d.id = $1", DB_BIND(DB_INT(*deal_id)), &leads, &count, e);
    }
    if (rc == ERR_OK && count > 0) {
        struct choice c;
        rc = give(shop, &leads[0], &c, e);
        choice_clear(&c);
    }
    leads_free(leads, count);
    return rc;
}

enum err_code assign_new(struct shop *shop, int64_t deal_id, struct err *e) {
    return shop_transact(shop, give_new, &deal_id, e);
}
