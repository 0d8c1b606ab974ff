/* Lists of orders by page. Each way to narrow the list has its own statement, so that each finds its index. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/customer.h"
#include "domain/order_store.h"
#include "domain/order_words.h"
#include "domain/record.h"
#include "domain/shop_internal.h"

#define LAST_DATE  "9999-12-31"
#define TEXT_FINDS 32 /* customers that a text may name */

/* $1 $2 dates, $3 status, $4 channel, $5 rep, $6 kind (0 all, 1 sales, 2 returns), $7 customer, $8 limit, $9 offset,
 * $10 only what is due. On the way, $3 is '' or today, for late ones only. With a text: $11 … $14 bound order numbers,
 * $15 … customers. */
#define ROW                                                                                                            \
    "SELECT o.id, o.order_no, o.order_date, o.order_time, o.status, o.is_return, o.total, o.paid, o.due, h.name,"      \
    " c.code, c.name, r.order_no FROM orders o LEFT JOIN channels h ON h.id = o.channel_id"                            \
    " LEFT JOIN customers c ON c.id = o.customer_id LEFT JOIN orders r ON r.id = o.return_of WHERE "
#define COUNT "SELECT COUNT(*) FROM orders o WHERE "
#define REST                                                                                                           \
    " AND o.order_date <= $2 AND ($4 = 0 OR o.channel_id = $4) AND ($6 = 0 OR o.is_return = $6 - 1)"                   \
    " AND ($7 = 0 OR o.customer_id = $7) AND ($10 = 0 OR o.due > 0)"                                                   \
    " AND ($5 = 0 OR EXISTS (SELECT 1 FROM order_reps p WHERE p.staff_id = $5 AND p.order_id = o.id))"
#define STATUS    " AND (o.status = $3 OR ($3 = '' AND o.status <> 'draft'))"
#define FROM_DATE "o.order_date >= $1"
#define BY_DATE   FROM_DATE REST STATUS
#define BY_OPEN                                                                                                        \
    "o.status <> 'completed' AND o.status <> 'cancelled' AND o.status <> 'returned' AND o.status = $3 AND " FROM_DATE  \
        REST
/* What few orders are is looked up first: the planner would rather walk all by date than sort a few. */
#define BY_WAY                                                                                                         \
    "o.id IN (SELECT w.id FROM orders w WHERE w.status <> 'completed' AND w.status <> 'cancelled' AND w.status <>"     \
    " 'returned') AND o.status <> 'draft' AND ($3 = ''"                                                                \
    " OR (o.promised_on <> '' AND o.promised_on < $3 AND o.delivered_on = '')) AND " FROM_DATE REST
#define BY_CUSTOMER "o.customer_id = $7 AND " FROM_DATE REST STATUS
#define BY_DUE      "o.id IN (SELECT d.id FROM orders d WHERE d.due <> 0) AND " FROM_DATE REST STATUS
#define BY_RETURN   "o.id IN (SELECT b.id FROM orders b WHERE b.is_return = 1) AND " FROM_DATE REST STATUS
#define BY_TEXT                                                                                                        \
    "o.id IN (SELECT t.id FROM orders t WHERE t.order_no BETWEEN $11 AND $12 OR t.order_no BETWEEN $13 AND $14 OR"     \
    " t.customer_id IN ($15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32,"     \
    " $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43, $44, $45, $46)) AND " FROM_DATE REST STATUS
#define NEWEST " ORDER BY o.order_date DESC, o.order_time DESC, o.id DESC LIMIT $8 OFFSET $9"
#define OLDEST " ORDER BY o.order_date, o.order_time, o.id LIMIT $8 OFFSET $9"

enum way { WAY_DATE, WAY_OPEN, WAY_ON_THE_WAY, WAY_CUSTOMER, WAY_DUE, WAY_RETURN, WAY_TEXT, WAYS };

static const char *const newest[WAYS] = {
    [WAY_DATE] = ROW BY_DATE NEWEST,         [WAY_OPEN] = ROW BY_OPEN NEWEST, [WAY_ON_THE_WAY] = ROW BY_WAY NEWEST,
    [WAY_CUSTOMER] = ROW BY_CUSTOMER NEWEST, [WAY_DUE] = ROW BY_DUE NEWEST,   [WAY_RETURN] = ROW BY_RETURN NEWEST,
    [WAY_TEXT] = ROW BY_TEXT NEWEST,
};
static const char *const oldest[WAYS] = {
    [WAY_DATE] = ROW BY_DATE OLDEST,         [WAY_OPEN] = ROW BY_OPEN OLDEST, [WAY_ON_THE_WAY] = ROW BY_WAY OLDEST,
    [WAY_CUSTOMER] = ROW BY_CUSTOMER OLDEST, [WAY_DUE] = ROW BY_DUE OLDEST,   [WAY_RETURN] = ROW BY_RETURN OLDEST,
    [WAY_TEXT] = ROW BY_TEXT OLDEST,
};
/* The same values are bound, so page and order have to be named: $8 and $9 are always true there. */
#define ALL " AND $8 >= $9"
static const char *const counts[WAYS] = {
    [WAY_DATE] = COUNT BY_DATE ALL,         [WAY_OPEN] = COUNT BY_OPEN ALL, [WAY_ON_THE_WAY] = COUNT BY_WAY ALL,
    [WAY_CUSTOMER] = COUNT BY_CUSTOMER ALL, [WAY_DUE] = COUNT BY_DUE ALL,   [WAY_RETURN] = COUNT BY_RETURN ALL,
    [WAY_TEXT] = COUNT BY_TEXT ALL,
};

/* The values of a query and the texts they point to. */
struct search {
    struct db_value values[46 + 1];
    char *numbers[4];
    char today[DATE_SIZE];
    enum way way;
};

static enum way way_of(const struct order_filter *f) {
    if (f->text != NULL && f->text[0] != '\0') {
        return WAY_TEXT;
    }
    if (f->customer_id != 0) {
        return WAY_CUSTOMER;
    }
    if (f->open || f->late) {
        return WAY_ON_THE_WAY;
    }
    if (f->with_due) {
        return WAY_DUE;
    }
    if (f->kind == ORDERS_RETURNS) {
        return WAY_RETURN;
    }
    bool open = f->status != ORDER_COMPLETED && f->status != ORDER_CANCELLED && f->status != ORDER_RETURNED;
    return f->has_status && open ? WAY_OPEN : WAY_DATE;
}

/* Numbers that begin with the text, as it is or after the series: "261121-0003" finds DH261121-0003. */
static void bind_numbers(struct search *q, const char *text) {
    char *upper = mem_strdup(text);
    for (char *p = upper; *p != '\0'; p++) {
        *p = *p >= 'a' && *p <= 'z' ? (char)(*p - 'a' + 'A') : *p;
    }
    q->numbers[0] = mem_strdup(upper);
    q->numbers[1] = mem_printf("%s\xf4\x8f\xbf\xbf", upper);
    q->numbers[2] = mem_printf("DH%s", upper);
    q->numbers[3] = mem_printf("DH%s\xf4\x8f\xbf\xbf", upper);
    for (int i = 0; i < 4; i++) {
        q->values[10 + i] = DB_TEXT(q->numbers[i]);
    }
    free(upper);
}

static enum err_code bind_text(struct shop *shop, struct search *q, const struct order_filter *f, struct err *e) {
    int64_t ids[TEXT_FINDS] = {0};
    int count = 0;
    bind_numbers(q, f->text);
    enum err_code rc = customer_search(shop, f->text, ids, TEXT_FINDS, &count, e);
    for (int i = 0; i < TEXT_FINDS; i++) {
        q->values[14 + i] = i < count ? DB_INT(ids[i]) : DB_INT(-1);
    }
    return rc;
}

static enum err_code search_make(struct shop *shop, const struct order_filter *f, struct search *q, struct err *e) {
    *q = (struct search){.way = way_of(f)};
    const struct db_value values[] = {
        DB_TEXT(f->from == NULL ? "" : f->from),
        DB_TEXT(f->to == NULL || f->to[0] == '\0' ? LAST_DATE : f->to),
        DB_TEXT(f->has_status ? order_status_code(f->status) : ""),
        DB_INT(f->channel_id),
        DB_INT(f->rep_id),
        DB_INT(f->kind == ORDERS_ALL     ? 0
               : f->kind == ORDERS_SALES ? 1
                                         : 2),
        DB_INT(f->customer_id),
        DB_INT(f->limit > 0 ? f->limit : INT64_MAX),
        DB_INT(f->offset),
        DB_INT(f->with_due),
    };
    memcpy(q->values, values, sizeof values); /* what follows is DB_KIND_END */
    if (q->way == WAY_ON_THE_WAY && f->late) {
        shop_today(shop, q->today);
        q->values[2] = DB_TEXT(q->today);
    }
    return q->way == WAY_TEXT ? bind_text(shop, q, f, e) : ERR_OK;
}

static void search_clear(struct search *q) {
    for (int i = 0; i < 4; i++) {
        free(q->numbers[i]);
    }
}

/* "AN", or "AN:70+BINH:30" where several share. */
static enum err_code read_reps(struct shop *shop, int64_t id, struct buf *out, struct err *e) {
    struct db_stmt *s = NULL;
    char share[MONEY_TEXT_MAX];
    buf_reset(out);
    enum err_code rc = db_query(shop->db,
                                "SELECT s.code, r.share_bps FROM order_reps r JOIN staff s ON s.id = r.staff_id"
                                " WHERE r.order_id = $1 ORDER BY r.position",
                                DB_BIND(DB_INT(id)), &s, e);
    enum db_row row = DB_END;
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        buf_addf(out, "%s%s", out->len == 0 ? "" : "+", db_col_text(s, 0));
        if (db_col_int(s, 1) != 10000) {
            buf_addf(out, ":%s", rate_format(db_col_int(s, 1), share));
        }
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

static enum err_code give_row(struct shop *shop, struct db_stmt *s, struct buf *reps, order_row_fn *row, void *ctx,
                              struct err *e) {
    char temporary[ORDER_NO_SIZE];
    struct order_row r = {
        .id = db_col_int(s, 0),
        .order_no = db_col_text(s, 1),
        .order_date = db_col_text(s, 2),
        .order_time = db_col_text(s, 3),
        .status = order_status_stored(db_col_text(s, 4)),
        .is_return = db_col_int(s, 5) != 0,
        .total = db_col_int(s, 6),
        .paid = db_col_int(s, 7),
        .due = db_col_int(s, 8),
        .channel = db_col_text(s, 9),
        .customer_code = db_col_text(s, 10),
        .customer_name = db_col_text(s, 11),
        .return_of = db_col_text(s, 12),
    };
    if (db_col_null(s, 1)) {
        order_number_temporary(r.id, temporary);
        r.order_no = temporary;
    }
    enum err_code rc = read_reps(shop, r.id, reps, e);
    r.rep = buf_str(reps);
    return rc == ERR_OK ? row(ctx, &r, e) : rc;
}

enum err_code order_list(struct shop *shop, const struct order_filter *filter, order_row_fn *row, void *ctx,
                         struct err *e) {
    static const struct order_filter all = {0};
    const struct order_filter *f = filter == NULL ? &all : filter;
    struct search q;
    struct db_stmt *s = NULL;
    struct buf reps = BUF_INIT;
    enum err_code rc = search_make(shop, f, &q, e);
    if (rc == ERR_OK) {
        rc = db_query(shop->db, f->oldest_first ? oldest[q.way] : newest[q.way], q.values, &s, e);
    }
    enum db_row got = DB_END;
    while (rc == ERR_OK && (got = db_next(s, e)) == DB_ROW) {
        rc = give_row(shop, s, &reps, row, ctx, e);
    }
    db_done(&s);
    buf_clear(&reps);
    search_clear(&q);
    return got == DB_FAILED ? record_failed(e) : rc;
}

static bool is_all(const struct order_filter *f) {
    bool narrowed = f->has_status || f->rep_id != 0 || f->customer_id != 0 || f->channel_id != 0 || f->with_due ||
                    f->open || f->late || f->kind != ORDERS_ALL;
    return !narrowed && f->from == NULL && f->to == NULL && (f->text == NULL || f->text[0] == '\0');
}

enum err_code order_count(struct shop *shop, const struct order_filter *filter, int64_t *count, struct err *e) {
    struct search q;
    if (filter == NULL || is_all(filter)) { /* all but drafts, without looking at each */
        return db_get_int(shop->db,
                          "SELECT (SELECT COUNT(*) FROM orders) - (SELECT COUNT(*) FROM orders WHERE status = 'draft'"
                          " AND status <> 'completed' AND status <> 'cancelled' AND status <> 'returned')",
                          DB_NO_BIND, count, e);
    }
    enum err_code rc = search_make(shop, filter, &q, e);
    if (rc == ERR_OK) {
        rc = db_get_int(shop->db, counts[q.way], q.values, count, e);
    }
    search_clear(&q);
    return rc;
}
