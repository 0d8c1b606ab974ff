#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/order_counts.h"
#include "domain/commission_month.h"
#include "domain/record.h"
#include "domain/shop_internal.h"

/* One person's part in one order: as it was paid (with what was carried since), and as it is now. */
struct change {
    size_t person;
    int64_t order_id;
    int64_t was, now;
    int64_t seen, last_return; /* newest return known then, and now */
    bool kept;                 /* it was there when the month was locked, or has been carried */
    size_t number;             /* in `numbers`; SIZE_MAX unknown */
};

/* What was paid of the month so far, by person. */
struct paid {
    int64_t earned;    /* with what was carried */
    int64_t override;  /* of it, for the teams */
    int64_t team_base; /* that the override was paid on */
    struct month_target target;
    bool has_row;
};

struct redo {
    struct shop *shop;
    const struct people *people;
    const char *carrier;
    struct month m; /* recomputed */
    struct paid *paid;
    struct change *changes;
    size_t count, capacity;
    struct buf numbers;
    int64_t *kept_orders;
    size_t kept_count;
    struct adjustments *out;
};

typedef enum err_code take_fn(struct redo *r, struct db_stmt *s, struct err *e);

/* Rows of a statement with the month as $1 and the carrier as $2. */
static enum err_code read_rows(struct redo *r, const char *sql, const char *month, take_fn *take, struct err *e) {
    struct db_stmt *s = NULL;
    enum db_row row = DB_END;
    enum err_code rc = db_query(r->shop->db, sql, DB_BIND(DB_TEXT(month), DB_TEXT(r->carrier)), &s, e);
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        rc = take(r, s, e);
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

static enum err_code take_paid(struct redo *r, struct db_stmt *s, struct err *e) {
    size_t person = people_find(r->people, db_col_int(s, 0));
    (void)e;
    if (person != PERSON_NONE) {
        struct paid *p = &r->paid[person];
        p->earned += db_col_int(s, 1);
        p->override += db_col_int(s, 2);
        if (db_col_int(s, 4) != 0) {
            p->has_row = true;
            p->target = (struct month_target){!db_col_null(s, 3), db_col_int(s, 3)};
        }
    }
    return ERR_OK;
}

static enum err_code take_team_base(struct redo *r, struct db_stmt *s, struct err *e) {
    size_t person = people_find(r->people, db_col_int(s, 0));
    (void)e;
    if (person != PERSON_NONE) {
        r->paid[person].team_base += db_col_int(s, 1);
    }
    return ERR_OK;
}

static struct change *add_change(struct redo *r, size_t person, int64_t order_id) {
    r->changes = mem_grow(r->changes, r->count, &r->capacity, sizeof *r->changes);
    struct change *c = &r->changes[r->count++];
    *c = (struct change){.person = person, .order_id = order_id, .number = SIZE_MAX};
    return c;
}

/* Kept shares and what was carried: person, order, base, newest return, order_no. */
static enum err_code take_kept(struct redo *r, struct db_stmt *s, struct err *e) {
    size_t person = people_find(r->people, db_col_int(s, 0));
    (void)e;
    if (person == PERSON_NONE) {
        return ERR_OK;
    }
    struct change *c = add_change(r, person, db_col_int(s, 1));
    const char *no = db_col_text(s, 4);
    c->was = db_col_int(s, 2);
    c->seen = db_col_int(s, 3);
    c->kept = true;
    if (no[0] != '\0') {
        c->number = r->numbers.len;
        buf_add_bytes(&r->numbers, no, strlen(no) + 1);
    }
    return ERR_OK;
}

static int changes_rise(const void *a, const void *b) {
    const struct change *x = a, *y = b;
    if (x->person != y->person) {
        return x->person < y->person ? -1 : 1;
    }
    return x->order_id < y->order_id ? -1 : x->order_id > y->order_id;
}

/* One change for each person and order, those that are none taken out. */
static void merge_changes(struct redo *r) {
    size_t kept = 0;
    if (r->count > 1) {
        qsort(r->changes, r->count, sizeof *r->changes, changes_rise);
    }
    for (size_t i = 0; i < r->count;) {
        struct change sum = r->changes[i];
        size_t j = i + 1;
        for (; j < r->count && changes_rise(&r->changes[i], &r->changes[j]) == 0; j++) {
            const struct change *c = &r->changes[j];
            sum.was += c->was;
            sum.now += c->now;
            sum.seen = c->seen > sum.seen ? c->seen : sum.seen;
            sum.last_return = c->last_return > sum.last_return ? c->last_return : sum.last_return;
            sum.kept = sum.kept || c->kept;
            sum.number = sum.number == SIZE_MAX ? c->number : sum.number;
        }
        if (sum.was != sum.now) {
            r->changes[kept++] = sum;
        }
        i = j;
    }
    r->count = kept;
}

static int numbers_rise(const void *a, const void *b) {
    const int64_t *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

static enum err_code load_changes(struct redo *r, const char *month, struct err *e) {
    const struct month_data *d = &r->m.data;
    enum err_code rc = read_rows(r,
                                 "SELECT staff_id, order_id, base, last_return, order_no FROM commission_shares"
                                 " WHERE month = $1 AND $2 IS NOT NULL",
                                 month, take_kept, e);
    if (rc == ERR_OK) {
        rc = read_rows(r,
                       "SELECT staff_id, order_id, base, last_return, '' FROM commission_lines"
                       " WHERE about = $1 AND about <> '' AND month <> $2 AND order_id <> 0",
                       month, take_kept, e);
    }
    r->kept_orders = mem_array(r->count + 1, sizeof *r->kept_orders);
    for (size_t i = 0; i < r->count; i++) {
        r->kept_orders[r->kept_count++] = r->changes[i].order_id;
    }
    qsort(r->kept_orders, r->kept_count, sizeof *r->kept_orders, numbers_rise);
    for (size_t i = 0; i < d->share_count && rc == ERR_OK; i++) {
        const struct month_share *s = &d->shares[i];
        const struct month_order *o = &d->orders[s->order];
        const char *no = month_order_no(d, o);
        struct change *c = add_change(r, s->person, o->id);
        c->now = r->m.comp.share_base[i];
        c->last_return = o->last_return;
        c->number = r->numbers.len;
        buf_add_bytes(&r->numbers, no, strlen(no) + 1);
    }
    merge_changes(r);
    return rc;
}

/* The month again, with its own version of the plan, its targets, and what its products were then. */
static enum err_code recompute(struct redo *r, int64_t version_id, const char *month, struct err *e) {
    struct month *m = &r->m;
    enum err_code rc = plan_get_version(r->shop, version_id, &m->plan, e);
    if (rc == ERR_OK) {
        rc = month_data_load(r->shop, r->people, month, m->plan.group_count > 0, &m->data, e);
    }
    if (rc == ERR_OK) {
        rc = plan_goods_load_kept(r->shop, &m->plan, month, &m->goods, e);
    }
    m->targets = mem_array(r->people->count + 1, sizeof *m->targets);
    if (rc == ERR_OK) {
        rc = month_targets_load(r->shop, r->people, month, m->plan.base, m->targets, e);
    }
    for (size_t i = 0; i < r->people->count; i++) {
        m->targets[i] = r->paid[i].has_row ? r->paid[i].target : m->targets[i];
    }
    m->comp = (struct comp){
        .plan = &m->plan, .people = r->people, .data = &m->data, .goods = &m->goods, .targets = m->targets};
    return rc == ERR_OK ? comp_make(&m->comp, e) : rc;
}

static enum err_code load_paid(struct redo *r, const char *month, struct err *e) {
    enum err_code rc = read_rows(r,
                                 "SELECT staff_id, gated_commission + override_amount + cap_cut, override_amount,"
                                 " target, 1 FROM commission_rows WHERE month = $1 AND $2 IS NOT NULL",
                                 month, take_paid, e);
    if (rc == ERR_OK) {
        rc = read_rows(r,
                       "SELECT staff_id, amount, CASE WHEN reason = 'override' THEN amount ELSE 0 END, NULL, 0"
                       " FROM commission_lines WHERE about = $1 AND about <> '' AND month <> $2",
                       month, take_paid, e);
    }
    return rc == ERR_OK ? read_rows(r,
                                    "SELECT staff_id, base FROM commission_lines WHERE (month = $1 AND kind = "
                                    "'override') OR (about = $1 AND about <> '' AND month <> $2 AND reason = "
                                    "'override')",
                                    month, take_team_base, e)
                        : rc;
}

/* The numbers of the returns that are new. */
static enum err_code name_returns(struct redo *r, const struct change *c, char **ref, struct err *e) {
    struct buf names = BUF_INIT;
    struct db_stmt *s = NULL;
    enum db_row row = DB_END;
    enum err_code rc = db_query(r->shop->db,
                                "SELECT b.order_no FROM orders b WHERE b.return_of = $1 AND b.id > $2"
                                " AND " ORDER_COUNTS("b") " ORDER BY b.id",
                                DB_BIND(DB_INT(c->order_id), DB_INT(c->seen)), &s, e);
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        buf_addf(&names, "%s%s", names.len == 0 ? "" : ", ", db_col_text(s, 0));
    }
    db_done(&s);
    *ref = buf_take(&names);
    return row == DB_FAILED ? record_failed(e) : rc;
}

/* What changed it: a return, a cancellation, a sale that came late, or a correction. */
static enum err_code name_change(struct redo *r, const struct change *c, struct adjustment *a, struct err *e) {
    char *status = NULL;
    bool back = false;
    enum err_code rc = ERR_OK;
    a->order_no = mem_strdup(c->number == SIZE_MAX ? "" : r->numbers.data + c->number);
    if (c->last_return > c->seen) {
        a->reason = "return";
        return name_returns(r, c, &a->ref, e);
    }
    a->ref = mem_strdup(a->order_no);
    rc = record_lookup_text(r->shop->db, "SELECT status FROM orders WHERE id = $1", DB_BIND(DB_INT(c->order_id)),
                            &status, e);
    if (rc == ERR_OK) {
        rc = db_exists(r->shop->db, "SELECT 1 FROM orders WHERE id = $1 AND is_return = 1",
                       DB_BIND(DB_INT(c->order_id)), &back, e);
    }
    if (back) {
        a->reason = "return";
    } else if (status == NULL || strcmp(status, "cancelled") == 0) {
        a->reason = "cancelled";
    } else {
        bool known = bsearch(&c->order_id, r->kept_orders, r->kept_count, sizeof *r->kept_orders, numbers_rise) != NULL;
        a->reason = known ? "correction" : "late";
    }
    free(status);
    return rc;
}

static struct adjustment *add_adjustment(struct redo *r, size_t person) {
    struct adjustments *all = r->out;
    all->list = mem_grow(all->list, all->count, &all->capacity, sizeof *all->list);
    struct adjustment *a = &all->list[all->count++];
    *a = (struct adjustment){.person = person};
    memcpy(a->about, r->m.data.month, MONTH_SIZE);
    return a;
}

static char *team_names(const struct redo *r, size_t person) {
    struct buf names = BUF_INIT;
    for (size_t i = 0; i < r->m.data.team_count; i++) {
        if (r->m.data.teams[i].leader == person) {
            buf_addf(&names, "%s%s", names.len == 0 ? "" : ", ", r->m.data.teams[i].name);
        }
    }
    return buf_take(&names);
}

static bool changed_order(const struct redo *r, size_t person, size_t *at, const struct change **out) {
    while (*at < r->count && r->changes[*at].person < person) {
        ++*at;
    }
    *out = &r->changes[*at];
    return *at < r->count && r->changes[*at].person == person;
}

/* Step by step from the base that was paid to the one that is: each sale's part is what it changes. */
static enum err_code step(struct redo *r, size_t person, const struct change *changes, size_t count, int64_t *amounts,
                          struct err *e) {
    int64_t *teams = mem_array(r->m.data.team_count + 1, sizeof *teams);
    struct calc_input in = comp_input(&r->m.comp, person, teams);
    struct calc_figures f;
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < count; i++) {
        in.base -= changes[i].now - changes[i].was;
    }
    rc = calc_month(&r->m.plan, &in, &f, e);
    for (size_t i = 0; i < count && rc == ERR_OK; i++) {
        int64_t before = calc_earned(&f);
        in.base += changes[i].now - changes[i].was;
        rc = calc_month(&r->m.plan, &in, &f, e);
        amounts[i] = calc_earned(&f) - before;
    }
    free(teams);
    return rc;
}

/* What the teams of a leader make of it, and what nothing explains (a rate by group whose old part is not known). */
static void give_rest(struct redo *r, size_t person, int64_t *rest, bool has_changes) {
    int64_t *teams = mem_array(r->m.data.team_count + 1, sizeof *teams);
    const struct comp_row *row = &r->m.comp.rows[person];
    const struct calc_input in = comp_input(&r->m.comp, person, teams);
    int64_t base = -r->paid[person].team_base;
    for (size_t i = 0; i < in.team_count; i++) {
        base += teams[i];
    }
    free(teams);
    int64_t moved = row->figures.override - r->paid[person].override;
    if (r->m.plan.cap > 0 || !has_changes) {
        moved = *rest;
    }
    bool leads = in.team_count > 0 || r->paid[person].override != 0;
    if (leads && moved != 0) {
        struct adjustment *a = add_adjustment(r, person);
        a->reason = "override";
        a->ref = team_names(r, person);
        a->order_no = mem_strdup("");
        a->base = base;
        a->amount = moved;
        *rest -= moved;
    }
    if (*rest != 0 && !has_changes) {
        struct adjustment *a = add_adjustment(r, person);
        a->reason = "rest";
        a->ref = mem_strdup(r->m.data.month);
        a->order_no = mem_strdup("");
        a->amount = *rest;
    }
}

static enum err_code adjust_person(struct redo *r, size_t person, const struct change *changes, size_t count,
                                   struct err *e) {
    int64_t *amounts = mem_array(count + 1, sizeof *amounts);
    int64_t rest = calc_earned(&r->m.comp.rows[person].figures) - r->paid[person].earned;
    enum err_code rc = step(r, person, changes, count, amounts, e);
    for (size_t i = 0; i < count; i++) {
        rest -= amounts[i];
    }
    size_t first = r->out->count;
    for (size_t i = 0; i < count && rc == ERR_OK; i++) {
        struct adjustment *a = add_adjustment(r, person);
        a->order_id = changes[i].order_id;
        a->last_return = changes[i].last_return;
        a->base = changes[i].now - changes[i].was;
        a->amount = amounts[i];
        rc = name_change(r, &changes[i], a, e);
    }
    if (rc == ERR_OK) {
        give_rest(r, person, &rest, count > 0);
    }
    if (rc == ERR_OK && count > 0) {
        r->out->list[first].amount += rest;
    }
    free(amounts);
    return rc;
}

static enum err_code adjust_month(struct redo *r, const char *month, int64_t version_id, struct err *e) {
    r->paid = mem_array(r->people->count + 1, sizeof *r->paid);
    enum err_code rc = load_paid(r, month, e);
    if (rc == ERR_OK) {
        rc = recompute(r, version_id, month, e);
    }
    if (rc == ERR_OK) {
        rc = load_changes(r, month, e);
    }
    size_t at = 0;
    for (size_t person = 0; person < r->people->count && rc == ERR_OK; person++) {
        const struct change *changes = NULL;
        size_t count = 0;
        if (changed_order(r, person, &at, &changes)) {
            while (at + count < r->count && r->changes[at + count].person == person) {
                count++;
            }
        }
        rc = adjust_person(r, person, changes, count, e);
    }
    return rc;
}

static void redo_clear(struct redo *r) {
    struct month *m = &r->m;
    comp_clear(&m->comp);
    plan_goods_clear(&m->goods);
    month_data_clear(&m->data);
    plan_clear(&m->plan);
    free(m->targets);
    free(r->paid);
    free(r->changes);
    free(r->kept_orders);
    buf_clear(&r->numbers);
}

struct touched {
    char month[MONTH_SIZE];
    int64_t version_id;
};

enum err_code adjustments_find(struct shop *shop, const struct people *people, const char *carrier, const char *about,
                               struct adjustments *out, struct err *e) {
    struct db_stmt *s = NULL;
    struct touched *months = NULL;
    size_t count = 0, capacity = 0;
    enum db_row row = DB_END;
    enum err_code rc = db_query(shop->db,
                                "SELECT t.month, r.version_id FROM commission_touched t JOIN commission_runs r"
                                " ON r.month = t.month WHERE r.status <> 'computed' AND t.month <> $1"
                                " AND ($2 IS NULL OR t.month = $2) ORDER BY t.month",
                                DB_BIND(DB_TEXT(carrier), DB_TEXT(about)), &s, e);
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        months = mem_grow(months, count, &capacity, sizeof *months);
        snprintf(months[count].month, MONTH_SIZE, "%.7s", db_col_text(s, 0));
        months[count++].version_id = db_col_int(s, 1);
    }
    db_done(&s);
    rc = row == DB_FAILED ? record_failed(e) : rc;
    for (size_t i = 0; i < count && rc == ERR_OK; i++) {
        struct redo r = {.shop = shop, .people = people, .carrier = carrier, .out = out};
        rc = adjust_month(&r, months[i].month, months[i].version_id, e);
        redo_clear(&r);
    }
    free(months);
    return rc;
}

void adjustments_clear(struct adjustments *a) {
    for (size_t i = 0; i < a->count; i++) {
        free(a->list[i].ref);
        free(a->list[i].order_no);
    }
    free(a->list);
    *a = (struct adjustments){0};
}
