/* What the board reads: cards of a column, and the columns' heads. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "domain/deal_filter.h"
#include "domain/shop_internal.h"

#define SQL_CARD                                                                                                       \
    "SELECT d.id, d.deal_no, d.title, COALESCE(c.name, ''), d.contact, COALESCE(w.name, ''), d.next_on, d.next_text, " \
    "CASE d.kind WHEN 'open' THEN d.expected_value ELSE d.value END, " DEAL_ENTERED ", d.rots_on FROM deals d "        \
    "LEFT JOIN customers c ON c.id = d.customer_id LEFT JOIN staff w ON w.id = d.staff_id WHERE d.id = $1"

/* People are called by their given name, which comes last. */
static const char *short_name(const char *name) {
    const char *last = strrchr(name, ' ');
    return last == NULL ? name : last + 1;
}

/* "Đồng phục · Trường Lê Lợi"; owned. */
static char *full_title(const char *title, const char *customer, const char *contact) {
    const char *who = customer[0] != '\0' ? customer : contact;
    return text_contains_folded(title, who) ? mem_strdup(title) : mem_printf("%s · %s", title, who);
}

static enum err_code give_card(struct db_stmt *s, const char *today, deal_card_fn *fn, void *ctx, struct err *e) {
    const char *rots_on = db_col_text(s, 10);
    char *title = full_title(db_col_text(s, 2), db_col_text(s, 3), db_col_text(s, 4));
    struct deal_card card = {
        .id = db_col_int(s, 0),
        .deal_no = db_col_text(s, 1),
        .title = title,
        .rep = short_name(db_col_text(s, 5)),
        .next_on = db_col_text(s, 6),
        .next_text = db_col_text(s, 7),
        .value = db_col_int(s, 8),
        .days = (int)date_diff(today, db_col_text(s, 9)),
        .rotting = rots_on[0] != '\0' && strcmp(rots_on, today) <= 0,
    };
    enum err_code rc = fn(ctx, &card, e);
    free(title);
    return rc;
}

static enum err_code read_card(struct shop *shop, int64_t id, const char *today, deal_card_fn *fn, void *ctx,
                               struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(shop->db, SQL_CARD, DB_BIND(DB_INT(id)), &s, e);
    if (rc != ERR_OK) {
        return rc;
    }
    enum db_row row = db_next(s, e);
    if (row == DB_ROW) {
        rc = give_card(s, today, fn, ctx, e);
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

struct cards {
    const struct deal_filter *filter;
    deal_card_fn *fn;
    void *ctx;
};

static enum err_code read_cards(struct shop *shop, void *ctx, struct err *e) {
    const struct cards *c = ctx;
    int64_t *ids = NULL;
    size_t count = 0;
    char today[DATE_SIZE];
    shop_today(shop, today);
    enum err_code rc = deal_page(shop, c->filter, &ids, &count, e);
    for (size_t i = 0; i < count && rc == ERR_OK; i++) {
        rc = read_card(shop, ids[i], today, c->fn, c->ctx, e);
    }
    free(ids);
    return rc;
}

enum err_code deal_cards(struct shop *shop, const struct deal_filter *f, deal_card_fn *fn, void *ctx, struct err *e) {
    struct cards c = {f, fn, ctx};
    return shop_read(shop, read_cards, &c, e);
}

/* $1 rep, $2 team, $3 today, $4 pipeline, $5 $6 months, $7 source. */
#define TEAM(staff)                                                                                                    \
    staff " IN (SELECT m.staff_id FROM staff_teams m WHERE m.team_id = $2 AND m.from_date = (SELECT "                  \
          "MAX(u.from_date) FROM staff_teams u WHERE u.staff_id = m.staff_id AND u.from_date <= $3))"
#define KEPT(table, source)                                                                                            \
    "SELECT s.id, CAST(COALESCE(SUM(t.deals), 0) AS BIGINT), CAST(COALESCE(SUM(t.value), 0) AS BIGINT), "              \
    "CAST(COALESCE(SUM(t.weighted), 0) AS BIGINT) FROM stages s LEFT JOIN " table                                      \
    " t ON t.stage_id = s.id AND " source                                                                              \
    " AND ($1 = 0 OR t.staff_id = $1 OR ($1 < 0 AND t.staff_id = 0)) AND ($2 = 0 OR " TEAM(                            \
        "t.staff_id") ") "                                                                                             \
                      "AND ($5 = '' OR t.month >= $5) AND ($6 = '' OR (t.month <= $6 AND t.month <> '')) "             \
                      "WHERE s.removed = 0 AND ($4 = 0 OR s.pipeline_id = $4) GROUP BY s.id, s.pipeline_id, "          \
                      "s.position "                                                                                    \
                      "ORDER BY s.pipeline_id, s.position"
#define SQL_KEPT        KEPT("deal_totals", "$7 = 0")
#define SQL_KEPT_SOURCE KEPT("deal_source_totals", "t.source_id = $7")

/* Rotting deals by stage: from the kept days; of reps by the index alone; of those expected in some days. */
#define SQL_ROTS                                                                                                       \
    "SELECT r.stage_id, CAST(SUM(r.deals) AS BIGINT) FROM stages s CROSS JOIN deal_rots r WHERE r.stage_id = s.id "    \
    "AND "                                                                                                             \
    "r.source_id = $1 AND r.rots_on <= $2 GROUP BY r.stage_id"
#define ROTTING                                                                                                        \
    " FROM stages g CROSS JOIN deals d WHERE d.stage_id = g.id AND d.kind = 'open' AND d.merged_into IS NULL AND "     \
    "d.rots_on <> '' AND d.rots_on <= $3 AND ($1 = "                                                                   \
    "0 OR d.staff_id = $1 OR ($1 < 0 AND d.staff_id IS NULL)) AND ($2 = 0 OR " TEAM("d.staff_id") ")"
#define SQL_ROTS_OF_REPS "SELECT d.stage_id, COUNT(*)" ROTTING " GROUP BY d.stage_id"
#define SQL_ROTS_DUE                                                                                                   \
    "SELECT d.stage_id, COUNT(*)" ROTTING " AND d.expected_close >= $4 AND d.expected_close <= $5 AND ($6 = 0 OR "     \
    "d.source_id = $6) AND d.expected_close <> '' GROUP BY d.stage_id"

#define SQL_ROTS_SOURCE "SELECT d.stage_id, COUNT(*)" ROTTING " AND d.source_id = $4 GROUP BY d.stage_id"

#define SUMS                                                                                                           \
    "SELECT COUNT(*), CAST(COALESCE(SUM(" DEAL_WORTH "), 0) AS BIGINT), CAST(COALESCE(SUM(" DEAL_LIKELY                \
    "), 0) AS BIGINT), COUNT(CASE WHEN d.kind = 'open' AND d.rots_on <> '' AND d.rots_on <= $11 THEN 1 END) FROM "     \
    "deals d WHERE "
#define SQL_OPEN   SUMS "d.stage_id = $1 AND d.kind = 'open' AND d.merged_into IS NULL" DEAL_FILTER
#define SQL_SHUT   SUMS "d.stage_id = $1 AND d.kind <> 'open' AND d.merged_into IS NULL AND d.closed_on >= $8" DEAL_FILTER
#define SQL_ONE    SUMS "d.id = $12 AND d.stage_id = $1" DEAL_FILTER
#define SQL_TAGGED SUMS "d.id IN " DEAL_TAGGED " AND d.stage_id = $1" DEAL_FILTER
#define SQL_IDLE                                                                                                       \
    SUMS "d.stage_id = $1 AND d.kind = 'open' AND d.merged_into IS NULL AND d.rots_on <> '' AND d.rots_on <= "         \
         "$11" DEAL_FILTER

/* Of everybody's rotting deals the index knows all. */
#define SQL_IDLE_ALL                                                                                                   \
    "SELECT COUNT(*), CAST(COALESCE(SUM(d.expected_value), 0) AS BIGINT), CAST(COALESCE(SUM(" DEAL_LIKELY              \
    "), 0) AS BIGINT), COUNT(*) FROM deals d WHERE d.stage_id = $1 AND d.kind = 'open' AND d.merged_into IS NULL AND " \
    "d.rots_on <> '' AND d.rots_on <= $2"

static bool starts_month(const char *from) {
    return from == NULL || strcmp(from + 8, "01") == 0;
}

static bool ends_month(const char *to) {
    char month[MONTH_SIZE], last[DATE_SIZE];
    if (to == NULL) {
        return true;
    }
    month_of(to, month);
    month_last_day(month, last);
    return strcmp(to, last) == 0;
}

static bool has_text(const struct deal_filter *f) {
    return f->text != NULL && f->text[0] != '\0';
}

/* What the kept totals know of. */
static bool is_kept(const struct deal_filter *f) {
    return f->customer_id == 0 && (f->tag == NULL || f->tag[0] == '\0') && !has_text(f) && !f->rotting &&
           starts_month(f->from) && ends_month(f->to);
}

static enum err_code kept_totals(struct shop *shop, int64_t pipeline_id, const struct deal_filter *f, const char *today,
                                 struct stage_total *out, size_t stages, struct err *e) {
    struct db_stmt *s = NULL;
    char from[MONTH_SIZE] = "", to[MONTH_SIZE] = "";
    if (f->from != NULL) {
        month_of(f->from, from);
    }
    if (f->to != NULL) {
        month_of(f->to, to);
    }
    enum err_code rc = db_query(shop->db, f->source_id == 0 ? SQL_KEPT : SQL_KEPT_SOURCE,
                                DB_BIND(DB_INT(f->staff_id), DB_INT(f->team_id), DB_TEXT(today), DB_INT(pipeline_id),
                                        DB_TEXT(from), DB_TEXT(to), DB_INT(f->source_id)),
                                &s, e);
    enum db_row row = DB_END;
    for (size_t i = 0; i < stages && rc == ERR_OK && (row = db_next(s, e)) == DB_ROW; i++) {
        out[i] = (struct stage_total){.stage_id = db_col_int(s, 0),
                                      .deals = db_col_int(s, 1),
                                      .value = db_col_int(s, 2),
                                      .weighted = db_col_int(s, 3)};
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

static enum err_code add_sums(struct shop *shop, const char *sql, const struct db_value *values,
                              struct stage_total *out, struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(shop->db, sql, values, &s, e);
    if (rc != ERR_OK) {
        return rc;
    }
    enum db_row row = db_next(s, e);
    if (row == DB_ROW) {
        out->deals += db_col_int(s, 0);
        out->value += db_col_int(s, 1);
        out->weighted += db_col_int(s, 2);
        out->rotting += db_col_int(s, 3);
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : ERR_OK;
}

/* The deals of a search, each added to its column. */
static enum err_code found_totals(struct shop *shop, const struct deal_filter *f, struct deal_values *v,
                                  struct stage_total *out, size_t count, struct err *e) {
    struct deal_filter all = *f;
    int64_t *ids = NULL;
    size_t found = 0;
    all.stage_id = all.limit = all.offset = 0;
    all.kind = -1;
    enum err_code rc = deal_page(shop, &all, &ids, &found, e);
    for (size_t i = 0; i < found && rc == ERR_OK; i++) {
        v->list[11] = DB_INT(ids[i]);
        for (size_t k = 0; k < count && rc == ERR_OK; k++) {
            v->list[0] = DB_INT(out[k].stage_id);
            rc = add_sums(shop, SQL_ONE, v->list, &out[k], e);
        }
    }
    free(ids);
    return rc;
}

static enum err_code row_totals(struct shop *shop, const struct deal_filter *f, const struct stage *stages,
                                struct deal_values *v, struct stage_total *out, size_t count, struct err *e) {
    bool tagged = f->tag != NULL && f->tag[0] != '\0';
    const char *open = tagged ? SQL_TAGGED : f->rotting ? SQL_IDLE : SQL_OPEN;
    bool all_idle = f->rotting && !tagged && f->staff_id == 0 && f->team_id == 0 && f->source_id == 0 &&
                    f->customer_id == 0 && f->from == NULL && f->to == NULL;
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < count && rc == ERR_OK; i++) {
        bool is_open = stages[i].kind == STAGE_OPEN;
        v->list[0] = DB_INT(stages[i].id);
        if (is_open && all_idle) {
            rc = add_sums(shop, SQL_IDLE_ALL, DB_BIND(DB_INT(stages[i].id), DB_TEXT(v->today)), &out[i], e);
        } else if (is_open || !f->rotting) { /* what is closed does not rot */
            rc = add_sums(shop, is_open || tagged ? open : SQL_SHUT, v->list, &out[i], e);
        }
    }
    return rc;
}

static enum err_code read_rotting(struct shop *shop, const char *sql, const struct db_value *values,
                                  struct stage_total *out, size_t count, struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(shop->db, sql, values, &s, e);
    enum db_row row = DB_END;
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        for (size_t i = 0; i < count; i++) {
            out[i].rotting = out[i].stage_id == db_col_int(s, 0) ? db_col_int(s, 1) : out[i].rotting;
        }
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

static enum err_code count_rotting(struct shop *shop, const struct deal_filter *f, const char *today,
                                   struct stage_total *out, size_t count, struct err *e) {
    bool dated = f->from != NULL || f->to != NULL;
    bool anybody = f->staff_id == 0 && f->team_id == 0;
    if (!dated && anybody) {
        return read_rotting(shop, SQL_ROTS, DB_BIND(DB_INT(f->source_id == 0 ? -1 : f->source_id), DB_TEXT(today)), out,
                            count, e);
    }
    if (!dated && f->source_id == 0) {
        return read_rotting(shop, SQL_ROTS_OF_REPS, DB_BIND(DB_INT(f->staff_id), DB_INT(f->team_id), DB_TEXT(today)),
                            out, count, e);
    }
    return read_rotting(shop, dated ? SQL_ROTS_DUE : SQL_ROTS_SOURCE,
                        dated ? DB_BIND(DB_INT(f->staff_id), DB_INT(f->team_id), DB_TEXT(today),
                                        DB_TEXT(f->from == NULL ? "" : f->from),
                                        DB_TEXT(f->to == NULL ? "9999" : f->to), DB_INT(f->source_id))
                              : DB_BIND(DB_INT(f->staff_id), DB_INT(f->team_id), DB_TEXT(today), DB_INT(f->source_id)),
                        out, count, e);
}

/* From the kept sums; from the rows where they do not know. */
static enum err_code all_totals(struct shop *shop, int64_t pipeline_id, const struct deal_filter *f,
                                const struct stage *stages, struct stage_total *out, size_t count, struct err *e) {
    struct deal_values v;
    enum err_code rc = ERR_OK;
    deal_values_make(shop, f, &v);
    for (size_t i = 0; i < count; i++) {
        out[i] = (struct stage_total){.stage_id = stages[i].id};
    }
    if (is_kept(f)) {
        rc = kept_totals(shop, pipeline_id, f, v.today, out, count, e);
        rc = rc == ERR_OK ? count_rotting(shop, f, v.today, out, count, e) : rc;
    } else if (has_text(f)) {
        rc = found_totals(shop, f, &v, out, count, e);
    } else {
        rc = row_totals(shop, f, stages, &v, out, count, e);
    }
    deal_values_clear(&v);
    return rc;
}

enum err_code deal_totals(struct shop *shop, int64_t pipeline_id, const struct deal_filter *f, struct stage_total *out,
                          size_t stages, size_t *count, struct err *e) {
    struct deal_filter any = *f;
    struct stage *all = NULL;
    size_t all_count = 0;
    any.kind = -1;
    any.stage_id = 0;
    enum err_code rc = stage_list(shop, pipeline_id, &all, &all_count, e);
    *count = all_count < stages ? all_count : stages;
    rc = rc == ERR_OK ? all_totals(shop, pipeline_id, &any, all, out, *count, e) : rc;
    stage_list_free(all, all_count);
    return rc;
}
