#include "domain/cash_figures.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/order_counts.h"
#include "domain/shop_internal.h"

void cash_report_clear(struct cash_report *r) {
    free(r->opened_at);
    free(r->opened_by);
    free(r->closed_at);
    free(r->closed_by);
    free(r->note);
    free(r->counts);
    *r = (struct cash_report){0};
}

static enum err_code read_shift(struct shop *shop, struct cash_report *r, struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(shop->db,
                                "SELECT s.opened_at, o.code, s.closed_at, c.code, s.note, s.opening, s.counted,"
                                " s.difference FROM cash_shifts s LEFT JOIN staff o ON o.id = s.opened_by"
                                " LEFT JOIN staff c ON c.id = s.closed_by WHERE s.id = $1",
                                DB_BIND(DB_INT(r->shift_id)), &s, e);
    if (rc != ERR_OK) {
        return rc;
    }
    enum db_row got = db_next(s, e);
    if (got == DB_ROW) {
        r->opened_at = db_col_dup(s, 0);
        r->opened_by = db_col_dup(s, 1);
        r->closed_at = db_col_dup(s, 2);
        r->closed_by = db_col_dup(s, 3);
        r->note = db_col_dup(s, 4);
        r->opening = db_col_int(s, 5);
        r->counted = db_col_int(s, 6);
        r->difference = db_col_int(s, 7);
        r->closed = r->closed_at[0] != '\0';
    }
    db_done(&s);
    if (got == DB_END) {
        return err_set(e, ERR_NOT_FOUND, _("there is no shift %lld"), (long long)r->shift_id);
    }
    return got == DB_FAILED ? ERR_DB : ERR_OK;
}

/* The row by which it was closed: the same on every print of its report. */
static enum err_code read_head(struct shop *shop, struct cash_report *r, struct err *e) {
    struct db_stmt *s = NULL;
    struct audit_end end = {0};
    char *entity = mem_printf("cash %lld", (long long)r->shift_id);
    enum err_code rc = db_query(
        shop->db, "SELECT id, hash FROM audit WHERE entity = $1 AND action = 'cash.close' ORDER BY id DESC LIMIT 1",
        DB_BIND(DB_TEXT(entity)), &s, e);
    enum db_row got = rc == ERR_OK ? db_next(s, e) : DB_END;
    if (got == DB_ROW) {
        end.id = db_col_int(s, 0);
        snprintf(end.hash, sizeof end.hash, "%s", db_col_text(s, 1));
        audit_head_text(&end, r->audit_head);
    }
    db_done(&s);
    free(entity);
    return got == DB_FAILED ? ERR_DB : rc;
}

static enum err_code read_counts(struct shop *shop, struct cash_report *r, struct err *e) {
    struct db_stmt *s = NULL;
    size_t capacity = 0;
    enum err_code rc = db_query(shop->db,
                                "SELECT denomination, pieces FROM cash_counts WHERE shift_id = $1"
                                " ORDER BY denomination DESC",
                                DB_BIND(DB_INT(r->shift_id)), &s, e);
    enum db_row got = DB_END;
    while (rc == ERR_OK && (got = db_next(s, e)) == DB_ROW) {
        r->counts = mem_grow(r->counts, r->count_count, &capacity, sizeof *r->counts);
        r->counts[r->count_count++] = (struct cash_count){db_col_int(s, 0), db_col_int(s, 1)};
    }
    db_done(&s);
    return got == DB_FAILED ? ERR_DB : rc;
}

static void take_method(struct cash_report *r, const char *method, int64_t in, int64_t refunds) {
    if (strcmp(method, "cash") == 0) {
        r->sales += in;
        r->refunds += refunds;
    } else {
        int64_t *to = strcmp(method, "transfer") == 0 ? &r->transfers
                      : strcmp(method, "card") == 0   ? &r->cards
                                                      : &r->ewallets;
        *to += in - refunds;
    }
}

/* Both give method, what came in and what was refunded. */
#define PAYMENT_SUMS                                                                                                   \
    "SELECT method, CAST(SUM(CASE WHEN amount > 0 THEN amount ELSE 0 END) AS BIGINT),"                                 \
    " CAST(SUM(CASE WHEN amount < 0 THEN -amount ELSE 0 END) AS BIGINT) FROM "
#define MOVE_SUMS                                                                                                      \
    "SELECT '', CAST(COALESCE(SUM(CASE WHEN amount > 0 THEN amount ELSE 0 END), 0) AS BIGINT),"                        \
    " CAST(COALESCE(SUM(CASE WHEN amount < 0 THEN -amount ELSE 0 END), 0) AS BIGINT) FROM cash_moves WHERE "

static enum err_code read_sums(struct shop *shop, const char *sql, const struct db_value *values, struct cash_report *r,
                               struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(shop->db, sql, values, &s, e);
    enum db_row got = DB_END;
    while (rc == ERR_OK && (got = db_next(s, e)) == DB_ROW) {
        if (db_col_text(s, 0)[0] == '\0') {
            r->cash_in = db_col_int(s, 1);
            r->cash_out = db_col_int(s, 2);
        } else {
            take_method(r, db_col_text(s, 0), db_col_int(s, 1), db_col_int(s, 2));
        }
    }
    db_done(&s);
    return got == DB_FAILED ? ERR_DB : rc;
}

/* Documents dated from $1 to $2 and, where times are known, made from $3 to $4. */
static enum err_code read_documents(struct shop *shop, const char *from, const char *to, struct cash_report *r,
                                    struct err *e) {
    char first[DATE_SIZE], last[DATE_SIZE];
    snprintf(first, sizeof first, "%.10s", from);
    snprintf(last, sizeof last, "%.10s", to);
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(
        shop->db,
        "SELECT CAST(COALESCE(SUM(1 - o.is_return), 0) AS BIGINT), CAST(COALESCE(SUM(o.is_return), 0) AS BIGINT),"
        " CAST(COALESCE(SUM(o.revenue), 0) AS BIGINT) FROM orders o WHERE o.order_date >= $1 AND o.order_date <= $2"
        " AND o.order_date || ' ' || o.order_time >= $3 AND o.order_date || ' ' || o.order_time <= $4"
        " AND " ORDER_COUNTS("o"),
        DB_BIND(DB_TEXT(first), DB_TEXT(last), DB_TEXT(from), DB_TEXT(to)), &s, e);
    enum db_row got = rc == ERR_OK ? db_next(s, e) : DB_END;
    if (got == DB_ROW) {
        r->orders = db_col_int(s, 0);
        r->returns = db_col_int(s, 1);
        r->revenue = db_col_int(s, 2);
    }
    db_done(&s);
    return got == DB_FAILED ? ERR_DB : rc;
}

static enum err_code add_expected(struct cash_report *r, struct err *e) {
    if (money_add(r->opening, r->sales, &r->expected) && money_sub(r->expected, r->refunds, &r->expected) &&
        money_add(r->expected, r->cash_in, &r->expected) && money_sub(r->expected, r->cash_out, &r->expected)) {
        return ERR_OK;
    }
    return err_set_field(e, ERR_INVALID, "expected", _("the cash of this shift adds up to more than can be counted"));
}

enum err_code cash_figures_of_shift(struct shop *shop, int64_t shift_id, struct cash_report *r, struct err *e) {
    char now[DATETIME_SIZE];
    shop_now(shop, now);
    r->shift_id = shift_id;
    enum err_code rc = read_shift(shop, r, e);
    if (rc == ERR_OK) {
        rc = read_counts(shop, r, e);
    }
    if (rc == ERR_OK && r->closed) {
        rc = read_head(shop, r, e);
    }
    if (rc == ERR_OK) {
        rc = read_sums(shop, PAYMENT_SUMS "payments WHERE shift_id = $1 GROUP BY method", DB_BIND(DB_INT(shift_id)), r,
                       e);
    }
    if (rc == ERR_OK) {
        rc = read_sums(shop, MOVE_SUMS "shift_id = $1", DB_BIND(DB_INT(shift_id)), r, e);
    }
    if (rc == ERR_OK) {
        rc = read_documents(shop, r->opened_at, r->closed ? r->closed_at : now, r, e);
    }
    return rc == ERR_OK ? add_expected(r, e) : rc;
}

/* The shifts of a day: what the first was opened with; counted and difference of those closed. */
static enum err_code read_shifts_of_day(struct shop *shop, const char *date, struct cash_report *r, struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(shop->db,
                                "SELECT opening, closed_at, counted, difference FROM cash_shifts"
                                " WHERE opened_at >= $1 AND opened_at < $1 || '~' ORDER BY id",
                                DB_BIND(DB_TEXT(date)), &s, e);
    enum db_row got = DB_END;
    for (bool first = true; rc == ERR_OK && (got = db_next(s, e)) == DB_ROW; first = false) {
        r->opening = first ? db_col_int(s, 0) : r->opening;
        r->closed = db_col_text(s, 1)[0] != '\0';
        r->counted = r->closed ? db_col_int(s, 2) : r->counted;
        r->difference += db_col_int(s, 3);
    }
    db_done(&s);
    return got == DB_FAILED ? ERR_DB : rc;
}

static enum err_code figures_of_day(struct shop *shop, const char *date, struct cash_report *r, struct err *e) {
    char end[DATETIME_SIZE];
    snprintf(end, sizeof end, "%.10s 99", date);
    r->opened_at = mem_strdup(date);
    r->opened_by = mem_strdup("");
    r->closed_at = mem_strdup("");
    r->closed_by = mem_strdup("");
    r->note = mem_strdup("");
    enum err_code rc = read_shifts_of_day(shop, date, r, e);
    if (rc == ERR_OK) {
        rc = read_sums(shop, PAYMENT_SUMS "payments WHERE date = $1 AND date <> '=' GROUP BY method",
                       DB_BIND(DB_TEXT(date)), r, e);
    }
    if (rc == ERR_OK) {
        rc = read_sums(shop,
                       PAYMENT_SUMS "orders o CROSS JOIN payments p WHERE o.order_date = $1 AND p.order_id = o.id"
                                    " AND p.date = '=' GROUP BY method",
                       DB_BIND(DB_TEXT(date)), r, e);
    }
    if (rc == ERR_OK) {
        rc = read_sums(shop, MOVE_SUMS "date = $1", DB_BIND(DB_TEXT(date)), r, e);
    }
    if (rc == ERR_OK) {
        rc = read_documents(shop, date, end, r, e);
    }
    return rc == ERR_OK ? add_expected(r, e) : rc;
}

enum err_code cash_report(struct shop *shop, const char *date, struct cash_report *out, struct err *e) {
    struct cash_report r = {0};
    int64_t id = 0;
    enum err_code rc = ERR_OK;
    if (date != NULL) {
        rc = figures_of_day(shop, date, &r, e);
    } else {
        rc = db_get_int(shop->db, "SELECT COALESCE(MAX(id), 0) FROM cash_shifts", DB_NO_BIND, &id, e);
        if (rc == ERR_OK && id == 0) {
            rc =
                err_set(e, ERR_NOT_FOUND,
                        _("no shift was opened yet: open one (chotdon cash open AMOUNT), or ask for a day (--date D)"));
        }
        if (rc == ERR_OK) {
            rc = cash_figures_of_shift(shop, id, &r, e);
        }
    }
    if (rc != ERR_OK) {
        cash_report_clear(&r);
        return rc;
    }
    *out = r;
    return ERR_OK;
}

enum err_code cash_list(struct shop *shop, const char *from, const char *to, cash_shift_fn *row, void *ctx,
                        struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(shop->db,
                                "SELECT id FROM cash_shifts WHERE ($1 IS NULL OR opened_at >= $1)"
                                " AND ($2 IS NULL OR opened_at < $2 || '~') ORDER BY id",
                                DB_BIND(DB_TEXT(from), DB_TEXT(to)), &s, e);
    enum db_row got = DB_END;
    while (rc == ERR_OK && (got = db_next(s, e)) == DB_ROW) {
        struct cash_report r = {0};
        rc = cash_figures_of_shift(shop, db_col_int(s, 0), &r, e);
        if (rc == ERR_OK) {
            rc = row(ctx, &r, e);
        }
        cash_report_clear(&r);
    }
    db_done(&s);
    return got == DB_FAILED ? ERR_DB : rc;
}
