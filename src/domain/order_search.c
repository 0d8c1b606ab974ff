/* Orders that a text finds: by the beginning of their number, or by their customer's name or phone. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "domain/customer_internal.h"
#include "domain/order_words.h"
#include "domain/search.h"
#include "domain/shop_internal.h"

/* $1 customer (0: any), $2 $3 dates, $4 status, $5 channel, $6 rep, $7 kind (0 all, 1 sales, 2 returns), $8 only what
 * is due, $9 only on the way, $10 late: today, $11 … $14 bound order numbers. */
#define HIT "SELECT o.id, o.order_date || ' ' || o.order_time FROM orders o WHERE "
#define REST                                                                                                           \
    " AND o.order_date >= $2 AND o.order_date <= $3 AND (o.status = $4 OR ($4 = '' AND o.status <> 'draft'))"          \
    " AND ($5 = 0 OR o.channel_id = $5) AND ($7 = 0 OR o.is_return = $7 - 1) AND ($8 = 0 OR o.due > 0)"                \
    " AND ($6 = 0 OR EXISTS (SELECT 1 FROM order_reps p WHERE p.staff_id = $6 AND p.order_id = o.id))"                 \
    " AND ($9 = 0 OR (o.status <> 'draft' AND o.status <> 'completed' AND o.status <> 'cancelled' AND"                 \
    " o.status <> 'returned')) AND ($10 = '' OR (o.promised_on <> '' AND o.promised_on < $10 AND o.delivered_on = "    \
    "''))"
#define BY_CUSTOMER HIT "o.customer_id = $1" REST
/* The numbers are looked up first: the planner would rather walk all by date. */
/* Does one of the two ranges hold more than $5 numbers? */
#define MORE_NUMBERS                                                                                                   \
    "SELECT EXISTS (SELECT 1 FROM orders WHERE order_no BETWEEN $1 AND $2 LIMIT 1 OFFSET $5)"                          \
    " OR EXISTS (SELECT 1 FROM orders WHERE order_no BETWEEN $3 AND $4 LIMIT 1 OFFSET $5)"
#define BY_NUMBER                                                                                                      \
    HIT "o.id IN (SELECT a.id FROM (SELECT id FROM orders WHERE order_no BETWEEN $11 AND $12 ORDER BY order_no DESC"   \
        " LIMIT $15) AS a UNION ALL SELECT b.id FROM (SELECT id FROM orders WHERE order_no BETWEEN $13 AND $14"        \
        " ORDER BY order_no DESC LIMIT $15) AS b) AND ($1 = 0 OR o.customer_id = $1)" REST

enum { CUSTOMER, NUMBERS = 10, ENOUGH = 14, VALUES = 15 };

struct hit {
    int64_t id;
    char at[DATETIME_SIZE];
};
struct hits {
    struct hit *items;
    size_t count, cap;
    bool more; /* there may be others */
};

static enum err_code add_hits(struct shop *shop, const char *sql, const struct db_value *values, struct hits *hits,
                              struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(shop->db, sql, values, &s, e);
    enum db_row row = DB_END;
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        hits->items = mem_grow(hits->items, hits->count, &hits->cap, sizeof *hits->items);
        struct hit *h = &hits->items[hits->count++];
        *h = (struct hit){.id = db_col_int(s, 0)};
        size_t len = strnlen(db_col_text(s, 1), sizeof h->at - 1);
        memcpy(h->at, db_col_text(s, 1), len);
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

static enum err_code more_numbers(struct shop *shop, char *const numbers[4], int64_t enough, bool *more,
                                  struct err *e) {
    int64_t n = 0;
    enum err_code rc = db_get_int(
        shop->db, MORE_NUMBERS,
        DB_BIND(DB_TEXT(numbers[0]), DB_TEXT(numbers[1]), DB_TEXT(numbers[2]), DB_TEXT(numbers[3]), DB_INT(enough)), &n,
        e);
    *more = n != 0;
    return rc;
}

/* Numbers that begin with the text, as it is or after the series: "261121-0003" finds DH261121-0003. */
static enum err_code add_by_number(struct shop *shop, const struct order_filter *f, struct db_value values[VALUES + 1],
                                   struct hits *hits, struct err *e) {
    char *upper = mem_strdup(f->text);
    for (char *p = upper; *p != '\0'; p++) {
        *p = *p >= 'a' && *p <= 'z' ? (char)(*p - 'a' + 'A') : *p;
    }
    char *numbers[] = {mem_strdup(upper), mem_printf("%s\xf4\x8f\xbf\xbf", upper), mem_printf("DH%s", upper),
                       mem_printf("DH%s\xf4\x8f\xbf\xbf", upper)};
    for (int i = 0; i < 4; i++) {
        values[NUMBERS + i] = DB_TEXT(numbers[i]);
    }
    values[ENOUGH] = DB_INT(f->enough == 0 ? INT64_MAX : f->enough);
    enum err_code rc = add_hits(shop, BY_NUMBER, values, hits, e);
    values[NUMBERS].kind = DB_KIND_END;
    if (rc == ERR_OK && f->enough > 0) {
        rc = more_numbers(shop, numbers, f->enough, &hits->more, e);
    }
    for (int i = 0; i < 4; i++) {
        free(numbers[i]);
    }
    free(upper);
    return rc;
}

static int by_id(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a;
    int64_t y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static enum err_code add_by_customers(struct shop *shop, const struct order_filter *f,
                                      struct db_value values[VALUES + 1], struct hits *hits, struct err *e) {
    int64_t *ids = mem_array(SEARCH_LIST_MAX, sizeof *ids);
    int count = 0;
    enum err_code rc = customer_candidates(shop, f->text, ids, &count, e);
    size_t enough = f->enough == 0 ? SIZE_MAX : hits->count + (size_t)f->enough;
    if (f->enough == 0) {
        qsort(ids, (size_t)count, sizeof *ids, by_id); /* as they stand in the index */
    }
    int i = 0;
    for (; i < count && rc == ERR_OK && hits->count < enough; i++) {
        if (f->customer_id == 0 || f->customer_id == ids[i]) {
            values[CUSTOMER] = DB_INT(ids[i]);
            rc = add_hits(shop, BY_CUSTOMER, values, hits, e);
        }
    }
    hits->more = hits->more || i < count;
    free(ids);
    return rc;
}

static int newest_first(const void *a, const void *b) {
    const struct hit *x = a;
    const struct hit *y = b;
    int order = strcmp(y->at, x->at);
    return order != 0 ? order : (y->id > x->id) - (y->id < x->id);
}

/* Each once, in the list's order. */
static void give(struct hits *hits, bool oldest_first, int64_t **ids, size_t *count) {
    size_t n = 0;
    if (hits->count > 0) {
        qsort(hits->items, hits->count, sizeof *hits->items, newest_first);
    }
    int64_t *out = mem_array(hits->count, sizeof *out);
    for (size_t i = 0; i < hits->count; i++) {
        if (n == 0 || out[n - 1] != hits->items[i].id) {
            out[n++] = hits->items[i].id;
        }
    }
    for (size_t i = 0; oldest_first && i < n / 2; i++) {
        int64_t id = out[i];
        out[i] = out[n - 1 - i];
        out[n - 1 - i] = id;
    }
    *ids = out;
    *count = n;
}

enum err_code order_search(struct shop *shop, const struct order_filter *f, int64_t **ids, size_t *count, bool *more,
                           struct err *e) {
    char today[DATE_SIZE] = "";
    struct hits hits = {0};
    if (f->late) {
        shop_today(shop, today);
    }
    struct db_value values[VALUES + 1] = {
        DB_INT(f->customer_id),
        DB_TEXT(f->from == NULL ? "" : f->from),
        DB_TEXT(f->to == NULL || f->to[0] == '\0' ? "9999-12-31" : f->to),
        DB_TEXT(f->has_status ? order_status_code(f->status) : ""),
        DB_INT(f->channel_id),
        DB_INT(f->rep_id),
        DB_INT(f->kind == ORDERS_ALL     ? 0
               : f->kind == ORDERS_SALES ? 1
                                         : 2),
        DB_INT(f->with_due),
        DB_INT(f->open || f->late),
        DB_TEXT(today),
    };
    *ids = NULL;
    *count = 0;
    enum err_code rc = add_by_number(shop, f, values, &hits, e);
    if (rc == ERR_OK) {
        rc = add_by_customers(shop, f, values, &hits, e);
    }
    if (rc == ERR_OK) {
        give(&hits, f->oldest_first, ids, count);
    }
    *more = hits.more;
    free(hits.items);
    return rc;
}
