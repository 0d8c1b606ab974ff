#include "domain/customer_figures.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/customer.h"
#include "chotdon/order_counts.h"
#include "domain/record.h"
#include "domain/shop_internal.h"

enum { RECOUNT_MAX = 20000 }; /* more are not read one by one */

/* What counts as their order: sales that were not wholly taken back. */
#define IS_SALE "o.is_return = 0 AND o.status <> 'returned'"

void customer_book_clear(struct customer_book *book) {
    key_map_clear(&book->customers);
    key_map_clear(&book->touched);
    free(book->sums);
    *book = (struct customer_book){0};
}

static struct customer_sum *sum_of(struct customer_book *book, int64_t customer_id) {
    size_t known = book->customers.count;
    size_t at = key_map_add(&book->customers, (struct key){customer_id, 0, 0});
    if (at == known) {
        book->sums = mem_grow(book->sums, at, &book->capacity, sizeof *book->sums);
        book->sums[at] = (struct customer_sum){0};
    }
    return &book->sums[at];
}

void customer_book_new(struct customer_book *book, int64_t customer_id) {
    sum_of(book, customer_id)->is_new = true;
}

/* --- orders, added and taken off */

struct part {
    int64_t revenue, due;
    bool is_sale;
    const char *date;
};

static void set_date(char to[DATE_SIZE], const char *date) {
    memset(to, 0, DATE_SIZE);
    memcpy(to, date, strnlen(date, DATE_SIZE - 1));
}

/* A sale that is not older than one taken off stands in its place. */
static void add_date(struct customer_sum *sum, const char *date) {
    if (strcmp(date, sum->lost) >= 0) {
        sum->lost[0] = '\0';
    }
    if (strcmp(date, sum->last) > 0) {
        set_date(sum->last, date);
    }
}

/* The newest goes: another one may have been before it. */
static void take_date(struct customer_sum *sum, const char *date) {
    if (strcmp(date, sum->last) >= 0 && strcmp(date, sum->lost) > 0) {
        set_date(sum->lost, date);
    }
}

static enum err_code add_part(struct customer_book *book, int64_t customer_id, const struct part *p, int sign,
                              struct err *e) {
    struct customer_sum *sum = sum_of(book, customer_id);
    bool (*add)(int64_t, int64_t, int64_t *) = sign < 0 ? money_sub : money_add;
    if (!add(sum->revenue, p->revenue, &sum->revenue) || !add(sum->due, p->due, &sum->due)) {
        return err_set_field(e, ERR_INVALID, "revenue", _("the amount is too large"));
    }
    if (p->is_sale) {
        sum->orders += sign;
        (sign < 0 ? take_date : add_date)(sum, p->date);
    }
    return ERR_OK;
}

#define PARTS                                                                                                          \
    " o.customer_id, o.revenue, o.due, CASE WHEN " IS_SALE " THEN 1 ELSE 0 END, o.order_date FROM orders o"            \
    " WHERE o.customer_id IS NOT NULL AND " ORDER_COUNTS("o")

static enum err_code add_row(struct customer_book *book, struct db_stmt *s, int sign, struct err *e) {
    const struct part p = {.revenue = db_col_int(s, 1),
                           .due = db_col_int(s, 2),
                           .is_sale = db_col_int(s, 3) != 0,
                           .date = db_col_text(s, 4)};
    return add_part(book, db_col_int(s, 0), &p, sign, e);
}

static enum err_code add_rows(struct customer_book *book, struct db *db, const char *sql, const struct db_value *values,
                              int sign, struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(db, sql, values, &s, e);
    enum db_row row = DB_END;
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        rc = add_row(book, s, sign, e);
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

/* A sale with its returns, which are its customer's. */
static enum err_code add_sale(struct customer_book *book, struct db *db, int64_t sale_id, int sign, struct err *e) {
    return add_rows(book, db, "SELECT" PARTS " AND (o.id = $1 OR o.return_of = $1)", DB_BIND(DB_INT(sale_id)), sign, e);
}

enum err_code customer_book_touch(struct customer_book *book, struct db *db, int64_t order_id, struct err *e) {
    int64_t sale_id = 0;
    enum err_code rc =
        db_get_int(db, "SELECT COALESCE((SELECT COALESCE(o.return_of, o.id) FROM orders o WHERE o.id = $1), $1)",
                   DB_BIND(DB_INT(order_id)), &sale_id, e);
    if (rc != ERR_OK) {
        return rc;
    }
    size_t known = book->touched.count;
    if (key_map_add(&book->touched, (struct key){sale_id, 0, 0}) < known) {
        return ERR_OK;
    }
    return add_sale(book, db, sale_id, -1, e);
}

enum err_code customer_book_added(struct customer_book *book, const struct order_plan *p, struct err *e) {
    const struct part part = {.revenue = p->totals.revenue, .due = p->due, .is_sale = !p->is_return, .date = p->date};
    return p->customer_id == 0 || !p->counts ? ERR_OK : add_part(book, p->customer_id, &part, 1, e);
}

/* --- before the commit */

#define INSERT                                                                                                         \
    "INSERT INTO customer_figures (customer_id, orders, revenue, due, last_order, listed) VALUES ($1, $2, $3, $4, $5," \
    " $6)"

static enum err_code insert(struct db *db, int64_t id, const struct customer_sum *sum, bool listed, struct err *e) {
    return db_add_many(db, INSERT,
                       DB_BIND(DB_INT(id), DB_INT(sum->orders), DB_INT(sum->revenue), DB_INT(sum->due),
                               DB_TEXT(sum->last), DB_INT(listed)),
                       e);
}

/* The newest sale was taken off: which one is it now? */
static enum err_code find_last(struct db *db, int64_t id, struct err *e) {
    return db_run(db,
                  "UPDATE customer_figures SET last_order = COALESCE((SELECT o.order_date FROM orders o WHERE"
                  " o.customer_id = $1 AND " IS_SALE
                  " AND " ORDER_COUNTS("o") " ORDER BY o.order_date DESC LIMIT 1), '') WHERE customer_id = $1",
                  DB_BIND(DB_INT(id)), e);
}

/* Each with its own columns: an index is written anew where one of its own is named. */
static enum err_code change(struct db *db, int64_t id, const struct customer_sum *sum, struct err *e) {
    enum err_code rc = ERR_OK;
    if (sum->orders != 0 || sum->revenue != 0) {
        rc = db_run(db,
                    "UPDATE customer_figures SET orders = orders + $2, revenue = revenue + $3 WHERE customer_id = $1",
                    DB_BIND(DB_INT(id), DB_INT(sum->orders), DB_INT(sum->revenue)), e);
    }
    if (rc == ERR_OK && sum->due != 0) {
        rc = db_run(db, "UPDATE customer_figures SET due = due + $2 WHERE customer_id = $1",
                    DB_BIND(DB_INT(id), DB_INT(sum->due)), e);
    }
    if (rc == ERR_OK && sum->lost[0] == '\0' && sum->last[0] != '\0') {
        rc = db_run(db, "UPDATE customer_figures SET last_order = $2 WHERE customer_id = $1 AND last_order < $2",
                    DB_BIND(DB_INT(id), DB_TEXT(sum->last)), e);
    }
    return rc == ERR_OK && sum->lost[0] != '\0' ? find_last(db, id, e) : rc;
}

static enum err_code is_there(struct db *db, int64_t id, bool *there, struct err *e) {
    return db_exists(db, "SELECT 1 FROM customers WHERE id = $1", DB_BIND(DB_INT(id)), there, e);
}

static enum err_code read_anew(struct db *db, int64_t id, struct customer_sum *sum, struct err *e) {
    struct customer_book one = {0};
    enum err_code rc = add_rows(&one, db, "SELECT" PARTS " AND o.customer_id = $1", DB_BIND(DB_INT(id)), 1, e);
    bool is_new = sum->is_new;
    *sum = one.customers.count == 0 ? (struct customer_sum){0} : one.sums[0];
    sum->is_new = is_new;
    customer_book_clear(&one);
    return rc;
}

static enum err_code replace(struct db *db, int64_t id, const struct customer_sum *sum, struct err *e) {
    return db_run(db,
                  "UPDATE customer_figures SET orders = $2, revenue = $3, due = $4, last_order = $5 WHERE"
                  " customer_id = $1",
                  DB_BIND(DB_INT(id), DB_INT(sum->orders), DB_INT(sum->revenue), DB_INT(sum->due), DB_TEXT(sum->last)),
                  e);
}

static enum err_code settle(struct customer_book *book, struct db *db, int64_t id, struct customer_sum *sum,
                            struct err *e) {
    bool there = true;
    enum err_code rc = book->undone && sum->is_new ? is_there(db, id, &there, e) : ERR_OK;
    if (rc == ERR_OK && there && (book->recount || (sum->is_new && sum->lost[0] != '\0'))) {
        rc = read_anew(db, id, sum, e);
    }
    if (rc != ERR_OK || !there) {
        return rc;
    }
    return sum->is_new     ? insert(db, id, sum, true, e)
           : book->recount ? replace(db, id, sum, e)
                           : change(db, id, sum, e);
}

static int by_id(const void *a, const void *b) {
    const struct key *x = a, *y = b;
    return (x->a > y->a) - (x->a < y->a);
}

/* In the order of their ids, so that the rows of an import are written one after the other. */
static enum err_code settle_all(struct customer_book *book, struct db *db, struct err *e) {
    size_t count = book->customers.count;
    struct key *order = mem_array(count, sizeof *order);
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < count; i++) {
        order[i] = (struct key){book->customers.keys[i].a, (int64_t)i, 0};
    }
    qsort(order, count, sizeof *order, by_id);
    for (size_t i = 0; i < count && rc == ERR_OK; i++) {
        rc = settle(book, db, order[i].a, &book->sums[order[i].b], e);
    }
    free(order);
    return rc == ERR_OK ? db_add_end(db, e) : rc;
}

enum err_code customer_book_flush(struct customer_book *book, struct db *db, struct err *e) {
    enum err_code rc = ERR_OK;
    if (book->recount && book->customers.count > RECOUNT_MAX) {
        return customer_figures_rebuild(db, e);
    }
    for (size_t i = 0; i < book->touched.count && rc == ERR_OK; i++) {
        rc = add_sale(book, db, book->touched.keys[i].a, 1, e);
    }
    return rc == ERR_OK ? settle_all(book, db, e) : rc;
}

/* --- all of them */

enum err_code customer_sums_read(struct customer_book *book, struct db *db, struct err *e) {
    return add_rows(book, db, "SELECT" PARTS " ORDER BY o.id", DB_NO_BIND, 1, e); /* as they lie */
}

enum err_code customer_figures_rebuild(struct db *db, struct err *e) {
    struct customer_book book = {0};
    struct db_stmt *s = NULL;
    enum db_row row = DB_END;
    enum err_code rc = db_run(db, "DELETE FROM customer_figures", DB_NO_BIND, e);
    rc = rc == ERR_OK ? customer_sums_read(&book, db, e) : rc;
    rc = rc == ERR_OK ? db_query(db,
                                 "SELECT id, CASE WHEN merged_into IS NULL AND erased_on = '' THEN 1 ELSE 0 END FROM"
                                 " customers ORDER BY id",
                                 DB_NO_BIND, &s, e)
                      : rc;
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        size_t at = key_map_find(&book.customers, (struct key){db_col_int(s, 0), 0, 0});
        const struct customer_sum *sum = at == KEY_NONE ? &(struct customer_sum){0} : &book.sums[at];
        rc = insert(db, db_col_int(s, 0), sum, db_col_int(s, 1) != 0, e);
    }
    db_done(&s);
    customer_book_clear(&book);
    rc = row == DB_FAILED ? record_failed(e) : rc;
    return rc == ERR_OK ? db_add_end(db, e) : rc;
}

enum err_code customer_figures_list(struct db *db, int64_t customer_id, bool listed, struct err *e) {
    return db_run(db, "UPDATE customer_figures SET listed = $2 WHERE customer_id = $1",
                  DB_BIND(DB_INT(customer_id), DB_INT(listed)), e);
}

/* --- one of them */

enum err_code customer_figures(struct shop *shop, int64_t id, struct customer_figures *out, struct err *e) {
    struct db_stmt *s = NULL;
    *out = (struct customer_figures){0};
    enum err_code rc =
        db_query(shop->db, "SELECT orders, revenue, due, last_order FROM customer_figures WHERE customer_id = $1",
                 DB_BIND(DB_INT(id)), &s, e);
    enum db_row row = rc == ERR_OK ? db_next(s, e) : DB_END;
    if (row == DB_ROW) {
        *out =
            (struct customer_figures){.orders = db_col_int(s, 0), .revenue = db_col_int(s, 1), .due = db_col_int(s, 2)};
        memcpy(out->last_order, db_col_text(s, 3), strnlen(db_col_text(s, 3), DATE_SIZE - 1));
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}
