/* One person's month: what they are measured by, where their revenue came from, and who sold first. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/order_counts.h"
#include "domain/id_runs.h"
#include "domain/kpi_people.h"
#include "domain/record.h"
#include "domain/shop_internal.h"

static enum err_code load_person(struct shop *shop, int64_t staff_id, const char *month, struct kpi_set *set,
                                 struct kpi_set *of_shop, struct kpi_entries *entries, struct err *e) {
    char today[DATE_SIZE];
    shop_today(shop, today);
    struct kpi_request r = {
        .scope = SCOPE_REP, .month = month, .today = today, .metrics = KPI_SALES | 1u << METRIC_DEALS_WON};
    enum err_code rc = kpi_load(shop->db, &r, set, e);
    if (rc == ERR_OK) {
        rc = kpi_entries_load(shop->db, SCOPE_REP, month, set, entries, e);
    }
    size_t at = key_map_find(&entries->refs, (struct key){staff_id, 0, 0});
    r.metrics = 0;
    for (int m = METRIC_INTERACTIONS; at != KEY_NONE && m < METRIC_COUNT; m++) {
        r.metrics |= m < METRIC_RETURN_RATE || entries->rows[at].has[m] ? 1u << m : 0;
    }
    rc = rc == ERR_OK ? kpi_load(shop->db, &r, set, e) : rc;
    r.scope = SCOPE_SHOP;
    r.metrics &= 1u << METRIC_RETURN_RATE | 1u << METRIC_ON_TIME;
    return rc == ERR_OK ? kpi_load(shop->db, &r, of_shop, e) : rc;
}

static size_t measure(const struct kpi_entry *p, const struct scorecard *card, const struct kpi_figures *f,
                      const struct kpi_figures *of_shop, struct kpi_measure *out) {
    size_t count = 0;
    for (int m = 0; m < METRIC_COUNT; m++) {
        bool shared = strcmp(p->role, "warehouse") == 0 && kpi_metric_unit((enum kpi_metric)m) == UNIT_RATE;
        const struct kpi_figures *from = shared ? of_shop : f;
        if (card->weights[m] == 0 && !p->has[m]) {
            continue;
        }
        out[count] = (struct kpi_measure){.metric = (enum kpi_metric)m,
                                          .weight = card->weights[m],
                                          .has_target = p->has[m],
                                          .target = p->target[m],
                                          .actual = kpi_actual_of(from, (enum kpi_metric)m)};
        if (p->has[m]) {
            out[count].attainment = kpi_attain(from, (enum kpi_metric)m, p->target[m]);
        }
        count++;
    }
    return count;
}

enum err_code kpi_measures(struct shop *shop, int64_t staff_id, const char *month, struct kpi_measure *out,
                           size_t *count, struct err *e) {
    struct kpi_set set = {0}, of_shop = {0};
    struct intern *texts = intern_new();
    struct kpi_entries entries = {.texts = texts};
    struct scorecards cards;
    *count = 0;
    enum err_code rc = scorecards_load(shop->db, &cards, e);
    if (rc == ERR_OK) {
        rc = load_person(shop, staff_id, month, &set, &of_shop, &entries, e);
    }
    size_t at = key_map_find(&entries.refs, (struct key){staff_id, 0, 0});
    if (rc == ERR_OK && at != KEY_NONE) {
        const struct kpi_entry *p = &entries.rows[at];
        *count =
            measure(p, scorecards_of(&cards, p->role), kpi_set_find(&set, staff_id), kpi_set_find(&of_shop, 0), out);
    }
    kpi_set_clear(&set);
    kpi_set_clear(&of_shop);
    kpi_entries_clear(&entries);
    intern_free(texts);
    return rc;
}

/* --- where the revenue came from */

#define THE_SALE   " WHERE o.id = $1 AND o.return_of IS NULL AND " ORDER_COUNTS("o")
#define RETURNS    " JOIN orders b ON b.return_of = o.id AND b.return_of IS NOT NULL AND " ORDER_COUNTS("b")
#define GROUPED(l) " JOIN order_lines l ON l.order_id = " l ".id JOIN products p ON p.id = l.product_id"
#define AMOUNTS    "SELECT t.ref, CAST(SUM(t.amount) AS BIGINT) FROM ("

static const char group_sql[] =
    AMOUNTS "SELECT COALESCE(p.group_id, 0) AS ref, l.net + l.vat AS amount FROM orders o" GROUPED("o") THE_SALE
    " UNION ALL SELECT COALESCE(p.group_id, 0), l.net + l.vat FROM orders o" RETURNS GROUPED("b") THE_SALE
    ") t GROUP BY t.ref";
static const char channel_sql[] = AMOUNTS
    "SELECT COALESCE(o.channel_id, 0) AS ref, o.revenue AS amount FROM orders o" THE_SALE
    " UNION ALL SELECT COALESCE(o.channel_id, 0), b.revenue FROM orders o" RETURNS THE_SALE ") t GROUP BY t.ref";

struct shares {
    int64_t *weights;
    size_t count, capacity, own;
};

static enum err_code read_shares(struct db *db, int64_t order_id, int64_t staff_id, struct shares *sh, struct err *e) {
    struct db_stmt *s = NULL;
    sh->count = 0;
    enum err_code rc = db_query(db, "SELECT staff_id, share_bps FROM order_reps WHERE order_id = $1 ORDER BY position",
                                DB_BIND(DB_INT(order_id)), &s, e);
    enum db_row row = DB_END;
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        sh->weights = mem_grow(sh->weights, sh->count, &sh->capacity, sizeof *sh->weights);
        sh->own = db_col_int(s, 0) == staff_id ? sh->count : sh->own;
        sh->weights[sh->count++] = db_col_int(s, 1);
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

static enum err_code add_part(struct kpi_set *set, int64_t ref, int64_t amount, const struct shares *sh,
                              struct err *e) {
    int64_t *parts = mem_array(sh->count + 1, sizeof *parts);
    struct kpi_figures *f = kpi_set_at(set, ref);
    enum err_code rc = ERR_OK;
    money_split(amount, sh->weights, sh->count, parts);
    if (!money_add(f->revenue, parts[sh->own], &f->revenue)) {
        rc = err_set_field(e, ERR_INVALID, "revenue", _("the amount is too large"));
    }
    free(parts);
    return rc;
}

/* The month's orders of which they have a part. */
struct own_orders {
    int64_t staff_id;
    struct id_runs month, ids;
};

static enum err_code take_rep(void *ctx, struct db_stmt *s, struct err *e) {
    struct own_orders *own = ctx;
    (void)e;
    if (db_col_int(s, 1) == own->staff_id && id_runs_find(&own->month, db_col_int(s, 0)) != NULL) {
        id_runs_add(&own->ids, db_col_int(s, 0));
    }
    return ERR_OK;
}

static enum err_code find_orders(struct db *db, const char *month, struct own_orders *own, struct err *e) {
    char first[DATE_SIZE], last[DATE_SIZE];
    month_first_day(month, first);
    month_last_day(month, last);
    enum err_code rc = id_runs_load(db,
                                    "SELECT o.id FROM orders o WHERE o.recognised_on <> '' AND o.recognised_on >= $1"
                                    " AND o.recognised_on <= $2 ORDER BY o.recognised_on, o.id",
                                    DB_BIND(DB_TEXT(first), DB_TEXT(last)), &own->month, e);
    return rc == ERR_OK ? id_runs_read(db, &own->month,
                                       "SELECT r.order_id, r.staff_id FROM order_reps r WHERE r.order_id >= $1"
                                       " AND r.order_id <= $2",
                                       take_rep, own, e)
                        : rc;
}

static enum err_code add_order(struct db *db, const char *sql, int64_t order_id, const struct shares *sh,
                               struct kpi_set *set, struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(db, sql, DB_BIND(DB_INT(order_id)), &s, e);
    enum db_row row = DB_END;
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        rc = add_part(set, db_col_int(s, 0), db_col_int(s, 1), sh, e);
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

static enum err_code load_parts(struct shop *shop, int64_t staff_id, const char *month, enum target_scope by,
                                struct kpi_set *set, struct err *e) {
    struct own_orders own = {.staff_id = staff_id};
    struct shares sh = {0};
    enum err_code rc = find_orders(shop->db, month, &own, e);
    for (size_t i = 0; i < own.ids.count && rc == ERR_OK; i++) {
        int64_t id = own.ids.items[i].id;
        rc = read_shares(shop->db, id, staff_id, &sh, e);
        rc = rc == ERR_OK ? add_order(shop->db, by == SCOPE_GROUP ? group_sql : channel_sql, id, &sh, set, e) : rc;
    }
    id_runs_clear(&own.month);
    id_runs_clear(&own.ids);
    free(sh.weights);
    return rc;
}

static int by_revenue(const void *a, const void *b) {
    const struct kpi_figures *x = a, *y = b;
    return (x->revenue < y->revenue) - (x->revenue > y->revenue);
}

enum err_code kpi_parts(struct shop *shop, int64_t staff_id, const char *month, enum target_scope by, kpi_part_fn *fn,
                        void *ctx, struct err *e) {
    const char *sql =
        by == SCOPE_GROUP ? "SELECT path FROM product_groups WHERE id = $1" : "SELECT name FROM channels WHERE id = $1";
    struct kpi_set set = {0};
    enum err_code rc = load_parts(shop, staff_id, month, by, &set, e);
    if (set.refs.count > 1) {
        qsort(set.rows, set.refs.count, sizeof *set.rows, by_revenue);
    }
    for (size_t i = 0; i < set.refs.count && rc == ERR_OK; i++) {
        char *name = NULL;
        rc = record_lookup_text(shop->db, sql, DB_BIND(DB_INT(set.rows[i].ref)), &name, e);
        rc = rc == ERR_OK ? fn(ctx, name == NULL ? "" : name, set.rows[i].revenue, e) : rc;
        free(name);
    }
    kpi_set_clear(&set);
    return rc;
}

/* --- the month's first order */

static void copy_text(char *to, size_t size, const char *text) {
    size_t n = strnlen(text, size - 1);
    while (n > 0 && n == size - 1 && ((unsigned char)text[n] & 0xC0) == 0x80) {
        n--; /* not in the middle of a letter */
    }
    memcpy(to, text, n);
    to[n] = '\0';
}

enum err_code kpi_first_order(struct shop *shop, const char *month, struct kpi_first *out, struct err *e) {
    char first[DATE_SIZE], last[DATE_SIZE];
    struct db_stmt *s = NULL;
    *out = (struct kpi_first){0};
    month_first_day(month, first);
    month_last_day(month, last);
    enum err_code rc = db_query(
        shop->db,
        "SELECT o.order_no, o.order_date, o.order_time, r.staff_id, k.name FROM orders o LEFT JOIN order_reps r"
        " ON r.order_id = o.id AND r.position = (SELECT MIN(position) FROM order_reps x WHERE x.order_id ="
        " o.id) LEFT JOIN staff k ON k.id = r.staff_id WHERE o.recognised_on >= $1 AND o.recognised_on <= $2"
        " AND o.recognised_on <> '' AND o.is_return = 0 AND o.status <> 'returned' AND " ORDER_COUNTS(
            "o") " ORDER BY o.order_date, o.order_time, o.order_no LIMIT 1",
        DB_BIND(DB_TEXT(first), DB_TEXT(last)), &s, e);
    enum db_row row = rc == ERR_OK ? db_next(s, e) : DB_END;
    if (row == DB_ROW) {
        copy_text(out->order_no, sizeof out->order_no, db_col_text(s, 0));
        copy_text(out->date, sizeof out->date, db_col_text(s, 1));
        copy_text(out->time, sizeof out->time, db_col_text(s, 2));
        out->staff_id = db_col_int(s, 3);
        copy_text(out->name, sizeof out->name, db_col_text(s, 4));
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}
