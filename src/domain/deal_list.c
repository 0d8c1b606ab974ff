/* Lists of deals by page: first the ids, each way by its own index, then the rows of those that are shown. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "domain/deal_filter.h"
#include "domain/search.h"
#include "domain/shop_internal.h"

#define IN_STAGE   " FROM deals d WHERE d.stage_id = $1 AND d.kind = 'open' AND d.merged_into IS NULL"
#define OPEN_STAGE "SELECT d.id" IN_STAGE
#define SHUT_STAGE "SELECT d.id FROM deals d WHERE d.stage_id = $1 AND d.kind <> 'open' AND d.merged_into IS NULL"
#define CUSTOMER                                                                                                       \
    "SELECT d.id FROM deals d WHERE d.customer_id = $6 AND ($1 = 0 OR d.stage_id = $1) AND d.merged_into IS NULL"
#define ANY  "SELECT d.id FROM deals d WHERE ($1 = 0 OR d.stage_id = $1) AND d.merged_into IS NULL"
#define OWN  " AND d.staff_id = $3"
#define PAGE " LIMIT $12 OFFSET $13"

/* The board's own order, in two parts: those with a next activity, then the others. */
#define PLANNED " AND d.next_on > ''"
#define IDLE    " AND d.next_on = ''"
#define ROTTING " AND d.rots_on <> '' AND d.rots_on <= $11" DEAL_FILTER " ORDER BY d.rots_on, d.staff_id, d.id" PAGE
/* Nothing is asked for beyond the stage and the rep: then the index alone answers, however far down the page lies. */
#define NO_FILTER                                                                                                      \
    " AND $2 = '' AND $3 >= 0 AND $4 = 0 AND $5 = 0 AND $6 = 0 AND $7 = '' AND $8 = '' AND $9 = '' AND $10 = 0 AND "   \
    "$11 <> ''"
#define NEWEST  " ORDER BY d.closed_on DESC, d.id DESC" PAGE
#define BETWEEN " AND d.closed_on >= $8 AND ($9 = '' OR d.closed_on <= $9)"
/* Of one rep only the months in which they closed any, as the kept totals know. */
#define SHUT_OWN                                                                                                       \
    "SELECT d.id FROM deal_totals t CROSS JOIN deals d WHERE t.stage_id = $1 AND t.staff_id = $3 AND t.deals > 0 "     \
    "AND d.stage_id = $1 AND d.staff_id = $3 AND d.kind <> 'open' AND d.merged_into IS NULL AND d.closed_on >= "       \
    "t.month AND d.closed_on <= t.month || '-31' AND t.month >= substr($8, 1, 7) AND ($9 = '' OR t.month <= "          \
    "substr($9, 1, 7))" DEAL_FILTER " ORDER BY t.month DESC, d.closed_on DESC, d.id DESC" PAGE

/* A month of the forecast: by the day on which they should close. */
#define EXPECTED                                                                                                       \
    "SELECT d.id FROM deals d WHERE d.kind = 'open' AND d.merged_into IS NULL AND d.expected_close > '' AND "          \
    "($1 = 0 OR d.stage_id = $1) AND d.expected_close >= $8 AND d.expected_close <= CASE $9 WHEN '' THEN '9999' ELSE " \
    "$9 END" DEAL_FILTER " ORDER BY d.expected_close, d.expected_value, d.probability_bps, d.staff_id, d.id" PAGE
#define UNDATED                                                                                                        \
    "SELECT d.id FROM deals d WHERE d.kind = 'open' AND d.merged_into IS NULL AND d.expected_close = '' "              \
    "AND ($1 = 0 OR d.stage_id = $1)" DEAL_FILTER " ORDER BY d.id DESC" PAGE

enum way { WAY_OPEN, WAY_SHUT, WAY_CUSTOMER, WAY_TAG, WAY_ANY, WAYS };

#define TAGGED  "SELECT d.id FROM deals d WHERE d.id IN " DEAL_TAGGED " AND ($1 = 0 OR d.stage_id = $1)"
#define BY(key) BY_EACH(key, key, key)
#define BY_EACH(open, shut, key)                                                                                       \
    {                                                                                                                  \
        [WAY_OPEN] = OPEN_STAGE DEAL_FILTER " ORDER BY " open PAGE,                                                    \
        [WAY_SHUT] = SHUT_STAGE DEAL_FILTER " ORDER BY " shut PAGE,                                                    \
        [WAY_TAG] = TAGGED DEAL_FILTER " ORDER BY " key PAGE,                                                          \
        [WAY_CUSTOMER] = CUSTOMER DEAL_FILTER " ORDER BY " key PAGE, [WAY_ANY] = ANY DEAL_FILTER " ORDER BY " key PAGE \
    }
#define UPCOMING          "CASE d.next_on WHEN '' THEN 1 ELSE 0 END, d.next_on, "
#define STAGE_POSITION_OF "(SELECT s.pipeline_id * 1000 + s.position FROM stages s WHERE s.id = d.stage_id)"

static const struct sort {
    const char *name;
    const char *up[WAYS], *down[WAYS];
} sorts[] = {
    {"next", BY_EACH(UPCOMING "d.entered_on, d.id", UPCOMING DEAL_ENTERED ", d.id", UPCOMING DEAL_ENTERED ", d.id"),
     BY_EACH("d.next_on DESC, d.entered_on DESC, d.id DESC", "d.next_on DESC, " DEAL_ENTERED " DESC, d.id DESC",
             "d.next_on DESC, " DEAL_ENTERED " DESC, d.id DESC")},
    {"value", BY_EACH("d.expected_value, d.id", "d.value, d.id", DEAL_WORTH ", d.id"),
     BY_EACH("d.expected_value DESC, d.id DESC", "d.value DESC, d.id DESC", DEAL_WORTH " DESC, d.id DESC")},
    {"created", BY("d.created_on, d.id"), BY("d.created_on DESC, d.id DESC")},
    {"deal_no", BY("d.deal_no"), BY("d.deal_no DESC")},
    {"title", BY("d.title, d.id"), BY("d.title DESC, d.id DESC")},
    {"closed", BY("d.closed_on, d.id"), BY("d.closed_on DESC, d.id DESC")},
    {"expected_close", BY("CASE d.expected_close WHEN '' THEN 1 ELSE 0 END, d.expected_close, d.id"),
     BY("d.expected_close DESC, d.id DESC")},
    {"stage", BY(STAGE_POSITION_OF ", " DEAL_ENTERED ", d.id"), BY(STAGE_POSITION_OF " DESC, " DEAL_ENTERED ", d.id")},
};

static enum err_code find_sort(const char *name, const struct sort **out, struct err *e) {
    *out = &sorts[0];
    for (size_t i = 0; name != NULL && name[0] != '\0'; i++) {
        if (i == sizeof sorts / sizeof *sorts) {
            return err_set_field(
                e, ERR_INVALID, "sort",
                _("deals cannot be sorted by “%s”: use next, value, created, deal_no, title, closed, expected_close or "
                  "stage"),
                name);
        }
        if (strcmp(sorts[i].name, name) == 0) {
            *out = &sorts[i];
            break;
        }
    }
    return ERR_OK;
}

void deal_values_make(struct shop *shop, const struct deal_filter *f, struct deal_values *out) {
    *out = (struct deal_values){.tag = text_nfc(f->tag == NULL ? "" : f->tag)};
    shop_today(shop, out->today);
    const struct db_value values[] = {
        DB_INT(f->stage_id),
        DB_TEXT(f->stage_id != 0 || f->kind < 0 ? "" : stage_kind_code((enum stage_kind)f->kind)),
        DB_INT(f->staff_id),
        DB_INT(f->team_id),
        DB_INT(f->source_id),
        DB_INT(f->customer_id),
        DB_TEXT(out->tag),
        DB_TEXT(f->from == NULL ? "" : f->from),
        DB_TEXT(f->to == NULL ? "" : f->to),
        DB_INT(f->rotting),
        DB_TEXT(out->today),
    };
    memcpy(out->list, values, sizeof values); /* what follows is DB_KIND_END */
}

void deal_values_clear(struct deal_values *v) {
    free(v->tag);
    v->tag = NULL;
}

struct page {
    int64_t *ids;
    size_t count, capacity;
};

static enum err_code read_ids(struct shop *shop, const char *sql, const struct db_value *values, struct page *p,
                              struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(shop->db, sql, values, &s, e);
    enum db_row row = DB_END;
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        p->ids = mem_grow(p->ids, p->count, &p->capacity, sizeof *p->ids);
        p->ids[p->count++] = db_col_int(s, 0);
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

/* A part of an open column: how many, from its beginning, from its end. */
struct part {
    const char *count, *up, *down;
};
#define PART(own, filter, which, order, reverse)                                                                       \
    {                                                                                                                  \
        "SELECT COUNT(*)" IN_STAGE own filter which, OPEN_STAGE own filter which " ORDER BY " order PAGE,              \
            OPEN_STAGE own filter which " ORDER BY " reverse PAGE                                                      \
    }
#define PARTS(own, filter)                                                                                             \
    {                                                                                                                  \
        PART(own, filter, PLANNED, "d.next_on, d.entered_on, d.id", "d.next_on DESC, d.entered_on DESC, d.id DESC"),   \
            PART(own, filter, IDLE, "d.entered_on, d.id", "d.entered_on DESC, d.id DESC")                              \
    }
static const struct part board_parts[2][2][2] = {{PARTS("", DEAL_FILTER), PARTS("", NO_FILTER)},
                                                 {PARTS(OWN, DEAL_FILTER), PARTS(OWN, NO_FILTER)}};

static bool is_plain(const struct deal_filter *f) {
    return f->team_id == 0 && f->source_id == 0 && f->customer_id == 0 && (f->tag == NULL || f->tag[0] == '\0') &&
           f->from == NULL && f->to == NULL && !f->rotting && f->staff_id >= 0;
}

static void reverse(int64_t *ids, size_t count) {
    for (size_t i = 0; i < count / 2; i++) {
        int64_t other = ids[count - 1 - i];
        ids[count - 1 - i] = ids[i];
        ids[i] = other;
    }
}

/* Rows `offset` and on of a part that has `count`: from its end when that is nearer. */
static enum err_code read_part(struct shop *shop, const struct part *part, struct deal_values *v, int64_t count,
                               int64_t limit, int64_t offset, struct page *p, struct err *e) {
    size_t before = p->count;
    int64_t rows = offset >= count ? 0 : limit < count - offset ? limit : count - offset;
    bool from_end = offset > count / 2;
    v->list[11] = DB_INT(rows);
    v->list[12] = DB_INT(from_end ? count - offset - rows : offset);
    enum err_code rc = rows == 0 ? ERR_OK : read_ids(shop, from_end ? part->down : part->up, v->list, p, e);
    if (from_end) {
        reverse(p->ids + before, p->count - before);
    }
    return rc;
}

/* An open column in the board's order: what is planned first, and only then the rest. */
static enum err_code read_board(struct shop *shop, const struct deal_filter *f, struct deal_values *v, int64_t limit,
                                struct page *p, struct err *e) {
    const struct part *parts = board_parts[f->staff_id > 0][is_plain(f)];
    int64_t offset = f->offset;
    enum err_code rc = ERR_OK;
    for (int i = 0; i < 2 && rc == ERR_OK && (int64_t)p->count < limit; i++) {
        int64_t count = INT64_MAX;
        size_t before = p->count;
        if (offset > 0) {
            v->list[11] = (struct db_value){.kind = DB_KIND_END};
            rc = db_get_int(shop->db, parts[i].count, v->list, &count, e);
        }
        if (rc == ERR_OK) {
            rc = read_part(shop, &parts[i], v, count, limit - (int64_t)before, offset, p, e);
        }
        offset = offset > count ? offset - count : 0;
    }
    return rc;
}

static enum err_code read_shut(struct shop *shop, bool own, struct deal_values *v, struct page *p, struct err *e) {
    return read_ids(shop, own ? SHUT_OWN : SHUT_STAGE DEAL_FILTER BETWEEN NEWEST, v->list, p, e);
}

/* Best matches first, those that fit the filter. */
static enum err_code read_found(struct shop *shop, const struct deal_filter *f, struct deal_values *v, struct page *p,
                                struct err *e) {
    int64_t *ids = mem_array(SEARCH_LIST_MAX, sizeof *ids);
    int64_t skip = f->offset, limit = f->limit > 0 ? f->limit : INT64_MAX;
    int count = 0;
    v->list[12] = (struct db_value){.kind = DB_KIND_END};
    enum err_code rc = deal_candidates(shop, f->text, ids, &count, e);
    for (int i = 0; i < count && rc == ERR_OK && (int64_t)p->count < limit; i++) {
        size_t before = p->count;
        v->list[11] = DB_INT(ids[i]);
        rc = read_ids(shop, ANY DEAL_FILTER " AND d.id = $12", v->list, p, e);
        if (p->count > before && skip-- > 0) {
            p->count = before;
        }
    }
    free(ids);
    return rc;
}

static enum err_code way_of(struct shop *shop, const struct deal_filter *f, enum way *way, struct err *e) {
    *way = f->customer_id != 0 ? WAY_CUSTOMER : f->tag != NULL && f->tag[0] != '\0' ? WAY_TAG : WAY_ANY;
    if (*way != WAY_ANY || f->stage_id == 0) {
        return ERR_OK;
    }
    struct stage stage;
    enum err_code rc = stage_get(shop, f->stage_id, &stage, e);
    *way = stage.kind == STAGE_OPEN ? WAY_OPEN : WAY_SHUT;
    stage_clear(&stage);
    return rc;
}

static bool is_month(const struct deal_filter *f) {
    return f->kind == STAGE_OPEN && (f->from != NULL || f->to != NULL);
}

enum err_code deal_page(struct shop *shop, const struct deal_filter *f, int64_t **ids, size_t *count, struct err *e) {
    struct page p = {0};
    struct deal_values v;
    const struct sort *sort = NULL;
    enum way way = WAY_ANY;
    int64_t limit = f->limit > 0 ? f->limit : INT64_MAX;
    bool by_board = f->sort == NULL && !f->descending;
    deal_values_make(shop, f, &v);
    enum err_code rc = find_sort(f->sort, &sort, e);
    if (rc == ERR_OK) {
        rc = way_of(shop, f, &way, e);
    }
    v.list[11] = DB_INT(limit);
    v.list[12] = DB_INT(f->offset);
    if (rc != ERR_OK || (way == WAY_SHUT && f->rotting)) { /* what is closed does not rot */
        goto out;
    }
    if (f->text != NULL && f->text[0] != '\0') {
        rc = read_found(shop, f, &v, &p, e);
    } else if (way == WAY_OPEN && f->rotting && by_board) {
        rc = read_ids(shop, OPEN_STAGE ROTTING, v.list, &p, e);
    } else if (way == WAY_OPEN && by_board) {
        rc = read_board(shop, f, &v, limit, &p, e);
    } else if (way == WAY_SHUT && by_board) {
        rc = read_shut(shop, f->staff_id > 0, &v, &p, e);
    } else if (f->undated || (way == WAY_ANY && by_board && is_month(f))) {
        rc = read_ids(shop, f->undated ? UNDATED : EXPECTED, v.list, &p, e);
    } else {
        rc = read_ids(shop, f->descending ? sort->down[way] : sort->up[way], v.list, &p, e);
    }
out:
    deal_values_clear(&v);
    *ids = p.ids;
    *count = p.count;
    return rc;
}

/* $12: the deal. */
#define ABOVE                                                                                                          \
    " AND (CASE d.next_on WHEN '' THEN 1 ELSE 0 END, d.next_on, d.entered_on, d.id) < (SELECT CASE x.next_on WHEN '' " \
    "THEN 1 ELSE 0 END, x.next_on, x.entered_on, x.id FROM deals x WHERE x.id = $12)"

enum err_code deal_row_of(struct shop *shop, const struct deal_filter *f, int64_t id, int64_t *row, struct err *e) {
    struct deal_values v;
    int64_t there = 0;
    *row = -1;
    deal_values_make(shop, f, &v);
    v.list[11] = DB_INT(id);
    enum err_code rc =
        db_get_int(shop->db, "SELECT COUNT(*)" IN_STAGE DEAL_FILTER " AND d.id = $12", v.list, &there, e);
    if (rc == ERR_OK && there > 0) {
        rc = db_get_int(shop->db,
                        is_plain(f) ? "SELECT COUNT(*)" IN_STAGE NO_FILTER " AND ($3 = 0 OR d.staff_id = $3)" ABOVE
                                    : "SELECT COUNT(*)" IN_STAGE DEAL_FILTER ABOVE,
                        v.list, row, e);
    }
    deal_values_clear(&v);
    return rc;
}

enum err_code deal_list(struct shop *shop, const struct deal_filter *f, deal_row_fn *fn, void *ctx, struct err *e) {
    int64_t *ids = NULL;
    size_t count = 0;
    enum err_code rc = deal_page(shop, f, &ids, &count, e);
    for (size_t i = 0; i < count && rc == ERR_OK; i++) {
        struct deal d;
        rc = deal_get(shop, ids[i], &d, e);
        if (rc == ERR_OK) {
            rc = fn(ctx, &d, e);
        }
        deal_clear(&d);
    }
    free(ids);
    return rc;
}
