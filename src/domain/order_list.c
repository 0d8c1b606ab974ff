/* Lists of orders by page. Each way to narrow the list has its own statement, so that each finds its index. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "domain/order_store.h"
#include "domain/order_words.h"
#include "domain/record.h"
#include "domain/shop_internal.h"

#define LAST_DATE "9999-12-31"

/* $1 $2 dates, $3 status, $4 channel, $5 rep, $6 kind (0 all, 1 sales, 2 returns), $7 customer, $8 limit, $9 offset,
 * $10 only what is due. Of late ones $3 is today. */
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
#define IS_OPEN                                                                                                        \
    "o.status <> 'completed' AND o.status <> 'cancelled' AND o.status <> 'returned' AND o.status <> 'draft' AND "
#define BY_WAY IS_OPEN "($3 = '' OR o.status = $3) AND " FROM_DATE REST
/* What few orders are is looked up first: the planner would rather walk all by date than sort a few. */
#define BY_LATE                                                                                                        \
    "o.id IN (SELECT w.id FROM orders w WHERE w.promised_on <> '' AND w.delivered_on = '' AND w.promised_on < $3)"     \
    " AND " IS_OPEN FROM_DATE REST
#define BY_CUSTOMER "o.customer_id = $7 AND " FROM_DATE REST STATUS
#define BY_DUE      "o.id IN (SELECT d.id FROM orders d WHERE d.due <> 0) AND " FROM_DATE REST STATUS
#define BY_RETURN   "o.is_return = 1 AND " FROM_DATE REST STATUS
#define NEWEST      " ORDER BY o.order_date DESC, o.order_time DESC, o.id DESC LIMIT $8 OFFSET $9"
#define OLDEST      " ORDER BY o.order_date, o.order_time, o.id LIMIT $8 OFFSET $9"

enum way { WAY_DATE, WAY_OPEN, WAY_ON_THE_WAY, WAY_LATE, WAY_CUSTOMER, WAY_DUE, WAY_RETURN, WAYS };

static const char *const newest[WAYS] = {
    [WAY_DATE] = ROW BY_DATE NEWEST,     [WAY_OPEN] = ROW BY_OPEN NEWEST,         [WAY_ON_THE_WAY] = ROW BY_WAY NEWEST,
    [WAY_LATE] = ROW BY_LATE NEWEST,     [WAY_CUSTOMER] = ROW BY_CUSTOMER NEWEST, [WAY_DUE] = ROW BY_DUE NEWEST,
    [WAY_RETURN] = ROW BY_RETURN NEWEST,
};
static const char *const oldest[WAYS] = {
    [WAY_DATE] = ROW BY_DATE OLDEST,     [WAY_OPEN] = ROW BY_OPEN OLDEST,         [WAY_ON_THE_WAY] = ROW BY_WAY OLDEST,
    [WAY_LATE] = ROW BY_LATE OLDEST,     [WAY_CUSTOMER] = ROW BY_CUSTOMER OLDEST, [WAY_DUE] = ROW BY_DUE OLDEST,
    [WAY_RETURN] = ROW BY_RETURN OLDEST,
};
/* The same values are bound, so page and order have to be named: $8 and $9 are always true there. */
#define ALL " AND $8 >= $9"
static const char *const counts[WAYS] = {
    [WAY_DATE] = COUNT BY_DATE ALL,     [WAY_OPEN] = COUNT BY_OPEN ALL,         [WAY_ON_THE_WAY] = COUNT BY_WAY ALL,
    [WAY_LATE] = COUNT BY_LATE ALL,     [WAY_CUSTOMER] = COUNT BY_CUSTOMER ALL, [WAY_DUE] = COUNT BY_DUE ALL,
    [WAY_RETURN] = COUNT BY_RETURN ALL,
};
/* The same of all of a way, from indexes alone, without looking at each but the drafts: they are few. How many orders
 * there are at all is kept with their seal, until a load of very many is sealed. */
#define NOT_CLOSED "status <> 'completed' AND status <> 'cancelled' AND status <> 'returned'"
#define DRAFTS     "(SELECT COUNT(*) FROM orders WHERE status = 'draft' AND " NOT_CLOSED ")"
static const char *const whole[WAYS] = {
    [WAY_DATE] = "SELECT COALESCE((SELECT rows FROM seals WHERE name = 'orders' AND unread = 0), (SELECT COUNT(*) FROM"
                 " orders)) - " DRAFTS,
    [WAY_ON_THE_WAY] = "SELECT (SELECT COUNT(*) FROM orders WHERE " NOT_CLOSED ") - " DRAFTS,
    [WAY_DUE] = "SELECT COUNT(*) FROM orders WHERE due <> 0 AND due > 0 AND status <> 'draft'",
    [WAY_RETURN] = "SELECT COUNT(*) FROM orders WHERE is_return = 1 AND status <> 'draft'",
};

/* Those on the way may be very many, where orders end as delivered. */
static const char way_up_to[] =
    "SELECT (SELECT COUNT(*) FROM (SELECT 1 FROM orders WHERE " NOT_CLOSED " LIMIT $1 + " DRAFTS ") t) - " DRAFTS;

/* The values of a query. */
struct search {
    struct db_value values[10 + 1];
    char today[DATE_SIZE];
    enum way way;
};

static enum way way_of(const struct order_filter *f) {
    if (f->customer_id != 0) {
        return WAY_CUSTOMER;
    }
    if (f->open || f->late) {
        return f->late ? WAY_LATE : WAY_ON_THE_WAY;
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

static void search_make(struct shop *shop, const struct order_filter *f, struct search *q) {
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
    if (q->way == WAY_LATE) {
        shop_today(shop, q->today);
        q->values[2] = DB_TEXT(q->today);
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

static enum err_code give_rows(struct shop *shop, const char *sql, const struct db_value *values, order_row_fn *row,
                               void *ctx, struct err *e) {
    struct db_stmt *s = NULL;
    struct buf reps = BUF_INIT;
    enum err_code rc = db_query(shop->db, sql, values, &s, e);
    enum db_row got = DB_END;
    while (rc == ERR_OK && (got = db_next(s, e)) == DB_ROW) {
        rc = give_row(shop, s, &reps, row, ctx, e);
    }
    db_done(&s);
    buf_clear(&reps);
    return got == DB_FAILED ? record_failed(e) : rc;
}

enum err_code order_rows(struct shop *shop, const int64_t *ids, size_t count, order_row_fn *row, void *ctx,
                         struct err *e) {
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < count && rc == ERR_OK; i++) {
        rc = give_rows(shop, ROW "o.id = $1", DB_BIND(DB_INT(ids[i])), row, ctx, e);
    }
    return rc;
}

static bool has_text(const struct order_filter *f) {
    return f->text != NULL && f->text[0] != '\0';
}

static enum err_code list_found(struct shop *shop, const struct order_filter *f, order_row_fn *row, void *ctx,
                                struct err *e) {
    int64_t *ids = NULL;
    size_t count = 0;
    bool more = false;
    enum err_code rc = order_search(shop, f, &ids, &count, &more, e);
    size_t first = (size_t)f->offset < count ? (size_t)f->offset : count;
    size_t rest = count - first;
    rest = f->limit > 0 && (size_t)f->limit < rest ? (size_t)f->limit : rest;
    if (rc == ERR_OK) {
        rc = order_rows(shop, ids + first, rest, row, ctx, e);
    }
    free(ids);
    return rc;
}

enum err_code order_list(struct shop *shop, const struct order_filter *filter, order_row_fn *row, void *ctx,
                         struct err *e) {
    static const struct order_filter all = {0};
    const struct order_filter *f = filter == NULL ? &all : filter;
    struct search q;
    if (has_text(f)) {
        return list_found(shop, f, row, ctx, e);
    }
    search_make(shop, f, &q);
    return give_rows(shop, f->oldest_first ? oldest[q.way] : newest[q.way], q.values, row, ctx, e);
}

/* Does the filter say no more than its way? */
static bool is_whole(const struct order_filter *f, enum way way) {
    bool narrowed = f->has_status || f->rep_id != 0 || f->customer_id != 0 || f->channel_id != 0 || f->from != NULL ||
                    f->to != NULL || (f->with_due && way != WAY_DUE);
    return !narrowed && (f->kind == ORDERS_ALL || (f->kind == ORDERS_RETURNS && way == WAY_RETURN));
}

enum err_code order_count(struct shop *shop, const struct order_filter *filter, int64_t *count, struct err *e) {
    static const struct order_filter all = {0};
    const struct order_filter *f = filter == NULL ? &all : filter;
    struct search q;
    if (has_text(f)) {
        int64_t *ids = NULL;
        size_t found = 0;
        bool more = false;
        enum err_code rc = order_search(shop, f, &ids, &found, &more, e);
        *count = (int64_t)found;
        free(ids);
        return rc;
    }
    search_make(shop, f, &q);
    if (q.way == WAY_ON_THE_WAY && f->limit > 0 && is_whole(f, q.way)) {
        return db_get_int(shop->db, way_up_to, DB_BIND(DB_INT(f->limit)), count, e);
    }
    if (whole[q.way] != NULL && is_whole(f, q.way)) {
        return db_get_int(shop->db, whole[q.way], DB_NO_BIND, count, e);
    }
    return db_get_int(shop->db, counts[q.way], q.values, count, e);
}
