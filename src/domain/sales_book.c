#include "domain/sales_book.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "chotdon/order_counts.h"
#include "domain/customer_figures.h"
#include "domain/record.h"
#include "domain/sales_sums.h"
#include "domain/shop_internal.h"

#define TOUCH_MAX 20000  /* more are not touched one by one */
#define ENOUGH    200000 /* orders touched and customers, about 20 MB */

struct sales_book {
    struct shop *shop;
    struct team_days teams;
    struct sales_sums sums; /* what the transaction adds and takes off */
    struct key_map touched; /* ids of sales that were there */
    struct sale *before;    /* as they were before the first change; id 0: counted nowhere */
    size_t before_capacity;
    struct customer_book customers;
    struct key_map lost;         /* customers whose first order is no more what it was */
    int64_t first_new, last_new; /* ids of what was added; 0: none yet */
    bool recount;                /* some of what was added may be undone: read it again */
    bool rebuild;
};

struct sales_book *sales_book_new(struct shop *shop) {
    struct sales_book *book = mem_zalloc(sizeof *book);
    book->shop = shop;
    return book;
}

void sales_book_forget(struct sales_book *book) {
    for (size_t i = 0; i < book->touched.count; i++) {
        sale_clear(&book->before[i]);
    }
    key_map_clear(&book->touched);
    key_map_clear(&book->lost);
    sales_sums_clear(&book->sums);
    customer_book_clear(&book->customers);
    team_days_clear(&book->teams);
    book->first_new = book->last_new = 0;
    book->recount = book->rebuild = false;
}

void sales_book_free(struct sales_book *book) {
    if (book != NULL) {
        sales_book_forget(book);
        free(book->before);
        free(book);
    }
}

void sales_book_rolled_back(struct sales_book *book) {
    int64_t last = 0;
    team_days_clear(&book->teams);
    book->customers.undone = true;
    book->customers.recount = book->customers.recount || !db_is_loading(book->shop->db);
    if (book->last_new != 0 && !db_is_loading(book->shop->db) && /* a load ends when it fails after a first write */
        (db_get_int(book->shop->db, "SELECT MAX(id) FROM orders", DB_NO_BIND, &last, NULL) != ERR_OK ||
         last != book->last_new)) {
        book->recount = true;
    }
}

void sales_book_rebuild(struct sales_book *book) {
    book->rebuild = true;
}

void sales_book_new_teams(struct sales_book *book) {
    team_days_clear(&book->teams);
}

/* --- what was */

static enum err_code keep_sale(void *ctx, const struct sale *s, struct err *e) {
    struct sale *out = ctx;
    (void)e;
    *out = *s;
    out->shares = mem_array(s->share_count, sizeof *out->shares);
    for (size_t i = 0; i < s->share_count; i++) {
        out->shares[i] = s->shares[i];
    }
    return ERR_OK;
}

enum err_code sales_book_touch(struct sales_book *book, int64_t sale_id, struct err *e) {
    size_t known = book->touched.count;
    if (book->rebuild || key_map_add(&book->touched, (struct key){sale_id, 0, 0}) < known) {
        return ERR_OK;
    }
    book->before = mem_grow(book->before, known, &book->before_capacity, sizeof *book->before);
    book->before[known] = (struct sale){0};
    const struct sales_selection sel = {.id = sale_id};
    enum err_code rc = sales_walk(book->shop->db, &sel, &book->teams, keep_sale, &book->before[known], e);
    return rc == ERR_OK ? sales_book_touch_due(book, sale_id, e) : rc;
}

enum err_code sales_book_touch_due(struct sales_book *book, int64_t order_id, struct err *e) {
    return book->rebuild ? ERR_OK : customer_book_touch(&book->customers, book->shop->db, order_id, e);
}

void sales_book_new_customer(struct sales_book *book, int64_t customer_id) {
    customer_book_new(&book->customers, customer_id);
}

enum err_code sales_book_touch_all(struct sales_book *book, const char *sql, const struct db_value *values,
                                   struct err *e) {
    struct db_stmt *s = NULL;
    size_t count = 0;
    enum err_code rc = db_query(book->shop->db, sql, values, &s, e);
    enum db_row row = DB_END;
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        book->rebuild = book->rebuild || ++count > TOUCH_MAX;
        rc = sales_book_touch(book, db_col_int(s, 0), e);
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

/* --- what is new */

enum err_code sales_book_added(struct sales_book *book, const struct order_plan *p, int64_t id, struct err *e) {
    struct sale_share few[4];
    struct sale s = {.id = id,
                     .customer_id = p->customer_id,
                     .counts = !p->is_return,
                     .revenue = p->totals.revenue,
                     .net = p->totals.net,
                     .cost = p->cost,
                     .share_count = p->rep_count};
    book->first_new = book->first_new == 0 ? id : book->first_new;
    book->last_new = id;
    enum err_code rc = book->rebuild ? ERR_OK : customer_book_added(&book->customers, p, e);
    if (rc != ERR_OK || !p->counts || p->recognised_on[0] == '\0' || book->rebuild) {
        return rc;
    }
    memcpy(s.day, p->recognised_on, sizeof s.day);
    s.shares = s.share_count <= sizeof few / sizeof *few ? few : mem_array(s.share_count, sizeof *s.shares);
    for (size_t i = 0; i < p->rep_count && rc == ERR_OK; i++) {
        s.shares[i] = (struct sale_share){.staff_id = p->reps[i].staff_id, .share_bps = p->reps[i].share_bps};
        rc = team_days_at(book->shop->db, &book->teams, s.shares[i].staff_id, p->date, &s.shares[i].team_id, e);
    }
    if (rc == ERR_OK) {
        rc = sales_sums_add(&book->sums, &s, 1, e);
        sales_sums_first(&book->sums, &s);
    }
    if (s.shares != few) {
        free(s.shares);
    }
    return rc;
}

/* --- before the commit */

static enum err_code read_first(struct db *db, int64_t customer_id, struct first_order *f, struct err *e) {
    struct db_stmt *s = NULL;
    *f = (struct first_order){0};
    enum err_code rc =
        db_query(db, "SELECT order_id, day, staff_id, team_id FROM customer_firsts WHERE customer_id = $1",
                 DB_BIND(DB_INT(customer_id)), &s, e);
    enum db_row row = rc == ERR_OK ? db_next(s, e) : DB_END;
    if (row == DB_ROW) {
        f->order_id = db_col_int(s, 0);
        memcpy(f->day, db_col_text(s, 1), strnlen(db_col_text(s, 1), DATE_SIZE - 1));
        f->staff_id = db_col_int(s, 2);
        f->team_id = db_col_int(s, 3);
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

static enum err_code add_sale(void *ctx, const struct sale *s, struct err *e) {
    struct sales_book *book = ctx;
    sales_sums_first(&book->sums, s);
    return sales_sums_add(&book->sums, s, 1, e);
}

/* A customer whose first order this was, and is not any more in the same way, gets another one. */
static enum err_code note_lost(struct sales_book *book, const struct sale *was, struct err *e) {
    const struct key customer = {was->customer_id, 0, 0};
    size_t at = key_map_find(&book->sums.customers, customer);
    struct first_order f = {0};
    enum err_code rc = was->customer_id == 0 ? ERR_OK : read_first(book->shop->db, was->customer_id, &f, e);
    if (rc == ERR_OK && (f.order_id == was->id || (at != KEY_NONE && book->sums.firsts[at].order_id == was->id))) {
        key_map_add(&book->lost, customer);
    }
    return rc;
}

static enum err_code compare_touched(struct sales_book *book, struct err *e) {
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < book->touched.count && rc == ERR_OK; i++) {
        struct sale *was = &book->before[i];
        int64_t id = book->touched.keys[i].a;
        bool is_new = book->recount && id >= book->first_new; /* read with all that was added */
        const struct sales_selection sel = {.id = id};
        if (!is_new && was->id != 0) {
            rc = sales_sums_add(&book->sums, was, -1, e);
            rc = rc == ERR_OK ? note_lost(book, was, e) : rc;
        }
        if (rc == ERR_OK && !is_new) {
            rc = sales_walk(book->shop->db, &sel, &book->teams, add_sale, book, e);
        }
    }
    return rc;
}

static enum err_code take_first(void *ctx, const struct sale *s, struct err *e) {
    (void)e;
    first_order_of(s, ctx);
    return ERR_OK;
}

/* From the customer's orders themselves. */
static enum err_code find_first(struct sales_book *book, int64_t customer_id, struct first_order *f, struct err *e) {
    struct sales_selection sel = {0};
    *f = (struct first_order){0};
    enum err_code rc = db_get_int(book->shop->db,
                                  "SELECT o.id FROM orders o WHERE o.customer_id = $1 AND o.recognised_on <> ''"
                                  " AND o.is_return = 0 AND o.status <> 'returned' AND " ORDER_COUNTS(
                                      "o") " ORDER BY o.recognised_on, o.id LIMIT 1",
                                  DB_BIND(DB_INT(customer_id)), &sel.id, e);
    return rc == ERR_OK ? sales_walk(book->shop->db, &sel, &book->teams, take_first, f, e)
                        : (rc == ERR_NOT_FOUND ? ERR_OK : rc);
}

static enum err_code store_first(struct sales_book *book, int64_t customer_id, const struct first_order *was,
                                 const struct first_order *f, struct err *e) {
    struct db *db = book->shop->db;
    enum err_code rc = sales_sums_new_customer(&book->sums, was, -1, e);
    if (rc == ERR_OK) {
        rc = sales_sums_new_customer(&book->sums, f, 1, e);
    }
    if (rc == ERR_OK && f->order_id == 0) {
        return db_run(db, "DELETE FROM customer_firsts WHERE customer_id = $1", DB_BIND(DB_INT(customer_id)), e);
    }
    return rc != ERR_OK ? rc
                        : db_run(db,
                                 "INSERT INTO customer_firsts (customer_id, order_id, day, staff_id, team_id)"
                                 " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (customer_id) DO UPDATE SET order_id ="
                                 " excluded.order_id, day = excluded.day, staff_id = excluded.staff_id, team_id ="
                                 " excluded.team_id",
                                 DB_BIND(DB_INT(customer_id), DB_INT(f->order_id), DB_TEXT(f->day), DB_INT(f->staff_id),
                                         DB_INT(f->team_id)),
                                 e);
}

static bool same_first(const struct first_order *a, const struct first_order *b) {
    return a->order_id == b->order_id && strcmp(a->day, b->day) == 0 && a->staff_id == b->staff_id &&
           a->team_id == b->team_id;
}

static enum err_code settle_customer(struct sales_book *book, int64_t customer_id, const struct first_order *candidate,
                                     struct err *e) {
    struct first_order was, now;
    bool lost = key_map_find(&book->lost, (struct key){customer_id, 0, 0}) != KEY_NONE;
    enum err_code rc = read_first(book->shop->db, customer_id, &was, e);
    if (rc != ERR_OK) {
        return rc;
    }
    now = was;
    if (lost) {
        rc = find_first(book, customer_id, &now, e);
    } else if (first_order_is_before(candidate, &was)) {
        now = *candidate;
    }
    return rc == ERR_OK && !same_first(&was, &now) ? store_first(book, customer_id, &was, &now, e) : rc;
}

static int by_customer(const void *a, const void *b) {
    const struct key *x = a, *y = b;
    return (x->a > y->a) - (x->a < y->a);
}

/* In the order of their ids, so that the rows of an import are written one after the other. */
static enum err_code settle_customers(struct sales_book *book, struct err *e) {
    struct sales_sums *sums = &book->sums;
    enum err_code rc = ERR_OK;
    size_t count = sums->customers.count;
    struct key *order = mem_array(count, sizeof *order);
    for (size_t i = 0; i < count; i++) {
        order[i] = (struct key){sums->customers.keys[i].a, (int64_t)i, 0};
    }
    qsort(order, count, sizeof *order, by_customer);
    for (size_t i = 0; i < count && rc == ERR_OK; i++) {
        rc = settle_customer(book, order[i].a, &sums->firsts[order[i].b], e);
    }
    for (size_t i = 0; i < book->lost.count && rc == ERR_OK; i++) {
        if (key_map_find(&sums->customers, book->lost.keys[i]) == KEY_NONE) {
            rc = settle_customer(book, book->lost.keys[i].a, &(struct first_order){0}, e);
        }
    }
    free(order);
    return rc;
}

static enum err_code store_sum(struct db *db, const struct key *k, const struct sales_sum *s, struct err *e) {
    char month[MONTH_SIZE];
    if (s->revenue == 0 && s->net == 0 && s->cost == 0 && s->orders == 0 && s->new_customers == 0) {
        return ERR_OK;
    }
    month_from_number(k->a, month);
    const struct db_value key[] = {DB_TEXT(month), DB_INT(k->b), DB_INT(k->c), {.kind = DB_KIND_END}};
    const struct db_value *values = DB_BIND(key[0], key[1], key[2], DB_INT(s->revenue), DB_INT(s->net), DB_INT(s->cost),
                                            DB_INT(s->orders), DB_INT(s->new_customers));
    enum err_code rc = db_run(db,
                              "INSERT INTO sales_figures (month, staff_id, team_id, revenue, net, cost, orders,"
                              " new_customers) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (month, staff_id,"
                              " team_id) DO UPDATE SET revenue = sales_figures.revenue + excluded.revenue,"
                              " net = sales_figures.net + excluded.net, cost = sales_figures.cost + excluded.cost,"
                              " orders = sales_figures.orders + excluded.orders, new_customers ="
                              " sales_figures.new_customers + excluded.new_customers",
                              values, e);
    if (rc == ERR_OK && s->reduced) {
        rc = db_run(db,
                    "DELETE FROM sales_figures WHERE month = $1 AND staff_id = $2 AND team_id = $3 AND revenue = 0"
                    " AND net = 0 AND cost = 0 AND orders = 0 AND new_customers = 0",
                    key, e);
    }
    return rc;
}

static enum err_code sum_up_from(struct sales_book *book, int64_t from_id, struct err *e) {
    const struct sales_selection sel = {.from_id = from_id};
    return sales_walk(book->shop->db, &sel, &book->teams, add_sale, book, e);
}

static enum err_code collect(struct sales_book *book, struct err *e) {
    struct db *db = book->shop->db;
    enum err_code rc = ERR_OK;
    if (book->rebuild || book->recount) {
        sales_sums_clear(&book->sums);
    }
    if (!book->rebuild) {
        rc = compare_touched(book, e);
        return rc == ERR_OK && book->recount ? sum_up_from(book, book->first_new, e) : rc;
    }
    rc = db_run(db, "DELETE FROM sales_figures", DB_NO_BIND, e);
    if (rc == ERR_OK) {
        rc = db_run(db, "DELETE FROM customer_firsts", DB_NO_BIND, e);
    }
    return rc == ERR_OK ? sum_up_from(book, 0, e) : rc;
}

static enum err_code flush_sales(struct sales_book *book, struct err *e) {
    if (book->touched.count == 0 && book->first_new == 0 && !book->rebuild) {
        return ERR_OK;
    }
    enum err_code rc = collect(book, e);
    if (rc == ERR_OK) {
        rc = settle_customers(book, e);
    }
    for (size_t i = 0; i < book->sums.keys.count && rc == ERR_OK; i++) {
        rc = store_sum(book->shop->db, &book->sums.keys.keys[i], &book->sums.sums[i], e);
    }
    return rc;
}

enum err_code sales_book_flush(struct sales_book *book, struct err *e) {
    struct db *db = book->shop->db;
    enum err_code rc = flush_sales(book, e);
    return rc != ERR_OK    ? rc
           : book->rebuild ? customer_figures_rebuild(db, e)
                           : customer_book_flush(&book->customers, db, e);
}

/* Rows of a bulk load are not in the tables yet: what would be read there waits. */
enum err_code sales_book_relieve(struct sales_book *book, struct err *e) {
    const struct customer_book *c = &book->customers;
    bool reads = book->touched.count > 0 || c->touched.count > 0 || c->undone || book->recount || book->rebuild;
    size_t kept = c->touched.count +
                  (c->customers.count > book->sums.customers.count ? c->customers.count : book->sums.customers.count);
    if (kept < ENOUGH || (reads && db_is_loading(book->shop->db))) {
        return ERR_OK;
    }
    enum err_code rc = sales_book_flush(book, e);
    sales_book_forget(book);
    return rc;
}
