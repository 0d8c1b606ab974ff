/* Computing, locking and paying a month. The database itself keeps what is locked (the triggers of schema.sql). */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/audit.h"
#include "chotdon/commission.h"
#include "chotdon/order_counts.h"
#include "domain/commission_month.h"
#include "domain/commission_store.h"
#include "domain/record.h"
#include "domain/shop_internal.h"

struct running {
    const char *month;
    bool lock;
    int64_t before, total, people;
};

enum err_code commission_status_read(struct shop *shop, const char *month, enum commission_status *out, struct err *e) {
    char *word = NULL;
    enum err_code rc = record_lookup_text(shop->db, "SELECT status FROM commission_runs WHERE month = $1",
                                          DB_BIND(DB_TEXT(month)), &word, e);
    *out = commission_status_find(word == NULL ? "open" : word);
    free(word);
    return rc;
}

static enum err_code refuse_state(const char *month, enum commission_status status, enum commission_status wanted,
                                  struct err *e) {
    const char *label = commission_status_label(status);
    if (status >= COMMISSION_LOCKED && wanted != COMMISSION_PAID) {
        return err_set_field(e, ERR_REFUSED, "month",
                             _("%s is %s and final; what has come up since is carried into the next month that is run"),
                             month, label);
    }
    if (wanted == COMMISSION_PAID) {
        return err_set_field(e, ERR_REFUSED, "month", _("%s is %s; only a locked month can be paid"), month, label);
    }
    return err_set_field(e, ERR_REFUSED, "month",
                         _("%s is %s; `chotdon commission run --month %s` computes it before it can be locked"), month,
                         label, month);
}

/* Shares are many: those that are stored are compared with what is computed now. */
static enum err_code clear_month(struct db *db, const char *month, struct err *e) {
    static const char *const statements[] = {
        "DELETE FROM commission_lines WHERE month = $1",
        "DELETE FROM commission_goods WHERE month = $1",
        "DELETE FROM commission_rows WHERE month = $1",
    };
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < sizeof statements / sizeof *statements && rc == ERR_OK; i++) {
        rc = db_run(db, statements[i], DB_BIND(DB_TEXT(month)), e);
    }
    return rc;
}

static enum err_code store_run(struct shop *shop, const struct month *m, struct err *e) {
    char now[DATETIME_SIZE];
    shop_now(shop, now);
    return db_run(shop->db,
                  "INSERT INTO commission_runs (month, status, version_id, computed_at, computed_by)"
                  " VALUES ($1, 'computed', $2, $3, $4) ON CONFLICT (month) DO UPDATE SET version_id = $2,"
                  " computed_at = $3, computed_by = $4",
                  DB_BIND(DB_TEXT(m->data.month), DB_INT(m->plan.version_id), DB_TEXT(now), SHOP_ACTOR(shop)), e);
}

static enum err_code activate_plan(struct shop *shop, struct month *m, struct err *e) {
    if (m->plan.active) {
        return ERR_OK;
    }
    m->plan.active = true;
    return plan_activate(shop, m->plan.code, e);
}

static void sum_rows(const struct month *m, struct running *r) {
    r->total = 0;
    r->people = 0;
    for (size_t i = 0; i < m->people.count; i++) {
        r->total += m->comp.rows[i].total;
        r->people += m->comp.rows[i].shown;
    }
}

static enum err_code audit_month(struct shop *shop, const char *action, const struct running *r, struct err *e) {
    struct buf after = BUF_INIT;
    char *entity = mem_printf("commission %s", r->month);
    record_json_int(&after, "people", r->people);
    record_json_int(&after, "total", r->total);
    enum err_code rc = audit_add(shop, action, entity, "", record_json_end(&after), e);
    buf_clear(&after);
    free(entity);
    return rc;
}

static enum err_code compute(struct shop *shop, struct running *r, struct err *e) {
    struct month m;
    enum err_code rc = month_make(shop, r->month, &m, e);
    if (rc == ERR_OK) {
        rc = activate_plan(shop, &m, e);
    }
    if (rc == ERR_OK) {
        rc = clear_month(shop->db, r->month, e);
    }
    if (rc == ERR_OK) {
        rc = store_run(shop, &m, e);
    }
    if (rc == ERR_OK) {
        rc = commission_store(shop, &m, e);
    }
    if (rc == ERR_OK) {
        sum_rows(&m, r);
    }
    month_clear(&m);
    return rc;
}

static enum err_code run(struct shop *shop, void *ctx, struct err *e) {
    struct running *r = ctx;
    enum commission_status status = COMMISSION_OPEN;
    enum err_code rc = commission_status_read(shop, r->month, &status, e);
    if (rc == ERR_OK && status >= COMMISSION_LOCKED) {
        rc = refuse_state(r->month, status, COMMISSION_COMPUTED, e);
    }
    if (rc == ERR_OK) {
        rc = compute(shop, r, e);
    }
    return rc == ERR_OK ? audit_month(shop, "commission.run", r, e) : rc;
}

enum err_code commission_run(struct shop *shop, const char *month, struct err *e) {
    struct running r = {.month = month};
    return shop_transact_for(shop, PERMIT_COMMISSION_RUN, run, &r, e);
}

/* Months whose changes all stand in locked months now need not be looked at again. */
#define SQL_SETTLED                                                                                                    \
    "DELETE FROM commission_touched WHERE month <> $1 AND NOT EXISTS (SELECT 1 FROM commission_lines l"                \
    " JOIN commission_runs r ON r.month = l.month WHERE l.about = commission_touched.month AND l.about <> ''"          \
    " AND r.status = 'computed')"

static enum err_code lock(struct shop *shop, void *ctx, struct err *e) {
    struct running *r = ctx;
    enum commission_status status = COMMISSION_OPEN;
    char now[DATETIME_SIZE];
    enum err_code rc = commission_status_read(shop, r->month, &status, e);
    if (rc == ERR_OK && status != COMMISSION_COMPUTED) {
        rc = refuse_state(r->month, status, COMMISSION_LOCKED, e);
    }
    if (rc == ERR_OK) {
        rc =
            db_get_int(shop->db, "SELECT CAST(COALESCE(SUM(total), 0) AS BIGINT) FROM commission_rows WHERE month = $1",
                       DB_BIND(DB_TEXT(r->month)), &r->before, e);
    }
    if (rc == ERR_OK) {
        rc = compute(shop, r, e);
    }
    if (rc == ERR_OK) {
        shop_now(shop, now);
        rc = db_run(shop->db,
                    "UPDATE commission_runs SET status = 'locked', locked_at = $2, locked_by = $3 WHERE month = $1",
                    DB_BIND(DB_TEXT(r->month), DB_TEXT(now), SHOP_ACTOR(shop)), e);
    }
    if (rc == ERR_OK) {
        rc = db_run(shop->db, SQL_SETTLED, DB_BIND(DB_TEXT(r->month)), e);
    }
    return rc == ERR_OK ? audit_month(shop, "commission.lock", r, e) : rc;
}

enum err_code commission_lock(struct shop *shop, const char *month, int64_t *before, struct err *e) {
    struct running r = {.month = month, .lock = true};
    enum err_code rc = shop_transact_for(shop, PERMIT_COMMISSION_LOCK, lock, &r, e);
    if (before != NULL) {
        *before = r.before;
    }
    return rc;
}

static enum err_code pay(struct shop *shop, void *ctx, struct err *e) {
    struct running *r = ctx;
    enum commission_status status = COMMISSION_OPEN;
    char now[DATETIME_SIZE];
    enum err_code rc = commission_status_read(shop, r->month, &status, e);
    if (rc == ERR_OK && status != COMMISSION_LOCKED) {
        rc = refuse_state(r->month, status, COMMISSION_PAID, e);
    }
    if (rc == ERR_OK) {
        shop_now(shop, now);
        rc = db_run(shop->db, "UPDATE commission_runs SET status = 'paid', paid_at = $2, paid_by = $3 WHERE month = $1",
                    DB_BIND(DB_TEXT(r->month), DB_TEXT(now), SHOP_ACTOR(shop)), e);
    }
    if (rc == ERR_OK) {
        rc = db_get_int(shop->db, "SELECT COUNT(*) FROM commission_rows WHERE month = $1", DB_BIND(DB_TEXT(r->month)),
                        &r->people, e);
    }
    if (rc == ERR_OK) {
        rc =
            db_get_int(shop->db, "SELECT CAST(COALESCE(SUM(total), 0) AS BIGINT) FROM commission_rows WHERE month = $1",
                       DB_BIND(DB_TEXT(r->month)), &r->total, e);
    }
    return rc == ERR_OK ? audit_month(shop, "commission.pay", r, e) : rc;
}

enum err_code commission_pay(struct shop *shop, const char *month, struct err *e) {
    struct running r = {.month = month};
    return shop_transact_for(shop, PERMIT_COMMISSION_RUN, pay, &r, e);
}

static enum err_code has_sales(struct shop *shop, const char *month, bool *out, struct err *e) {
    char first[DATE_SIZE], last[DATE_SIZE];
    month_first_day(month, first);
    month_last_day(month, last);
    return db_exists(shop->db,
                     "SELECT 1 FROM orders o WHERE o.recognised_on <> '' AND o.recognised_on >= $1"
                     " AND o.recognised_on <= $2 AND " ORDER_COUNTS("o") " LIMIT 1",
                     DB_BIND(DB_TEXT(first), DB_TEXT(last)), out, e);
}

enum err_code commission_open_before(struct shop *shop, const char *month, char **months, struct err *e) {
    struct buf open = BUF_INIT;
    char *first = NULL;
    char at[MONTH_SIZE] = "";
    enum err_code rc = record_lookup_text(
        shop->db, "SELECT MIN(v.from_month) FROM plan_versions v JOIN plans p ON p.id = v.plan_id WHERE p.active = 1",
        DB_NO_BIND, &first, e);
    if (rc == ERR_OK && first != NULL && month_is_valid(first)) {
        memcpy(at, first, MONTH_SIZE);
    }
    while (rc == ERR_OK && at[0] != '\0' && strcmp(at, month) < 0) {
        enum commission_status status = COMMISSION_OPEN;
        bool sales = false;
        rc = commission_status_read(shop, at, &status, e);
        if (rc == ERR_OK && status < COMMISSION_LOCKED) {
            rc = has_sales(shop, at, &sales, e);
        }
        if (sales) {
            buf_addf(&open, "%s%s", open.len == 0 ? "" : ", ", at);
        }
        month_add(at, 1, at);
    }
    free(first);
    *months = buf_take(&open);
    return rc;
}
