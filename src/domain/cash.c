#include "chotdon/cash.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/audit.h"
#include "chotdon/permission.h"
#include "domain/cash_figures.h"
#include "domain/cash_shift.h"
#include "domain/shop_internal.h"

enum err_code cash_shift_open(struct shop *shop, int64_t *shift_id, struct err *e) {
    return db_get_int(shop->db, "SELECT COALESCE(MAX(id), 0) FROM cash_shifts WHERE closed_at = ''", DB_NO_BIND,
                      shift_id, e);
}

enum err_code cash_shift_current(struct shop *shop, const char *date, int64_t *shift_id, struct err *e) {
    char today[DATE_SIZE];
    shop_today(shop, today);
    *shift_id = 0;
    return strcmp(date, today) == 0 ? cash_shift_open(shop, shift_id, e) : ERR_OK;
}

static enum err_code audit_shift(struct shop *shop, const char *action, int64_t id, const char *after, struct err *e) {
    char entity[48];
    snprintf(entity, sizeof entity, "cash %lld", (long long)id);
    return audit_add(shop, action, entity, "", after, e);
}

struct opening {
    int64_t counted, id;
};

static enum err_code open_shift(struct shop *shop, void *ctx, struct err *e) {
    struct opening *o = ctx;
    int64_t open = 0;
    char now[DATETIME_SIZE], after[64];
    enum err_code rc = cash_shift_open(shop, &open, e);
    if (rc == ERR_OK && open != 0) {
        rc = err_set(e, ERR_CONFLICT, _("shift %lld is still open: close it first (chotdon cash close)"),
                     (long long)open);
    }
    if (rc != ERR_OK) {
        return rc;
    }
    shop_now(shop, now);
    rc = db_run(shop->db, "INSERT INTO cash_shifts (opened_at, opened_by, opening) VALUES ($1, $2, $3)",
                DB_BIND(DB_TEXT(now), SHOP_ACTOR(shop), DB_INT(o->counted)), e);
    if (rc == ERR_OK) {
        o->id = db_last_id(shop->db);
        snprintf(after, sizeof after, "{\"opening\":%lld}", (long long)o->counted);
        rc = audit_shift(shop, "cash.open", o->id, after, e);
    }
    return rc;
}

enum err_code cash_open(struct shop *shop, int64_t counted, int64_t *shift_id, struct err *e) {
    if (counted < 0) {
        return err_set_field(e, ERR_INVALID, "opening", _("a shift cannot open with less than nothing in the drawer"));
    }
    struct opening o = {.counted = counted};
    enum err_code rc = shop_transact(shop, open_shift, &o, e);
    if (rc == ERR_OK && shift_id != NULL) {
        *shift_id = o.id;
    }
    return rc;
}

struct movement {
    int64_t amount;
    const char *reason;
};

static enum err_code move_cash(struct shop *shop, void *ctx, struct err *e) {
    const struct movement *m = ctx;
    int64_t shift = 0;
    char now[DATETIME_SIZE], today[DATE_SIZE], entity[48];
    shop_now(shop, now);
    shop_today(shop, today);
    enum err_code rc = cash_shift_open(shop, &shift, e);
    if (rc == ERR_OK) {
        rc = db_run(shop->db,
                    "INSERT INTO cash_moves (shift_id, date, at, amount, reason, staff_id)"
                    " VALUES ($1, $2, $3, $4, $5, $6)",
                    DB_BIND(DB_ID(shift), DB_TEXT(today), DB_TEXT(now), DB_INT(m->amount), DB_TEXT(m->reason),
                            SHOP_ACTOR(shop)),
                    e);
    }
    if (rc == ERR_OK) {
        char *after = mem_printf("{\"amount\":%lld,\"shift\":%lld}", (long long)m->amount, (long long)shift);
        snprintf(entity, sizeof entity, "cash move %lld", (long long)db_last_id(shop->db));
        rc = audit_add(shop, m->amount > 0 ? "cash.in" : "cash.out", entity, "", after, e);
        free(after);
    }
    return rc;
}

#define CASH_AMOUNT_MAX INT64_C(1000000000000000) /* that a day's sum still fits */

enum err_code cash_move(struct shop *shop, int64_t amount, const char *reason, struct err *e) {
    if (amount == 0) {
        return err_set_field(e, ERR_INVALID, "amount", _("an amount of 0 moves no cash"));
    }
    if (amount > CASH_AMOUNT_MAX || amount < -CASH_AMOUNT_MAX) {
        return err_set_field(e, ERR_INVALID, "amount", _("%s: the amount is too large"), "amount");
    }
    if (reason == NULL || reason[strspn(reason, " \t")] == '\0') {
        return err_set_field(e, ERR_INVALID, "reason", _("cash in and cash out need a reason"));
    }
    struct movement m = {amount, reason};
    return shop_transact_for(shop, PERMIT_CASH, move_cash, &m, e);
}

struct closing {
    const struct cash_count *counts;
    size_t count;
    int64_t counted;
    const char *note;
    int64_t id;
};

static enum err_code store_counts(struct shop *shop, const struct closing *c, struct err *e) {
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < c->count && rc == ERR_OK; i++) {
        if (c->counts[i].pieces > 0) {
            rc = db_run(shop->db,
                        "INSERT INTO cash_counts (shift_id, denomination, pieces) VALUES ($1, $2, $3)"
                        " ON CONFLICT (shift_id, denomination) DO UPDATE SET pieces = cash_counts.pieces + $3",
                        DB_BIND(DB_INT(c->id), DB_INT(c->counts[i].denomination), DB_INT(c->counts[i].pieces)), e);
        }
    }
    return rc;
}

/* Whoever opened a shift closes it. */
static enum err_code permit_closing(struct shop *shop, int64_t shift, struct err *e) {
    int64_t opened_by = 0;
    enum err_code rc = db_get_int(shop->db, "SELECT COALESCE(opened_by, 0) FROM cash_shifts WHERE id = $1",
                                  DB_BIND(DB_INT(shift)), &opened_by, e);
    if (rc == ERR_OK && !shop_is_self(shop, opened_by)) {
        rc = shop_require(shop, PERMIT_CASH, e);
    }
    return rc;
}

static enum err_code close_shift(struct shop *shop, void *ctx, struct err *e) {
    struct closing *c = ctx;
    struct cash_report r = {0};
    char now[DATETIME_SIZE], after[160];
    enum err_code rc = cash_shift_open(shop, &c->id, e);
    if (rc == ERR_OK && c->id == 0) {
        rc = err_set(e, ERR_REFUSED,
                     _("no shift is open: open one with the cash in the drawer (chotdon cash open AMOUNT)"));
    }
    if (rc == ERR_OK) {
        rc = permit_closing(shop, c->id, e);
    }
    if (rc == ERR_OK) {
        rc = cash_figures_of_shift(shop, c->id, &r, e);
    }
    if (rc != ERR_OK) {
        goto out;
    }
    int64_t difference = c->counted - r.expected;
    shop_now(shop, now);
    rc = db_run(shop->db,
                "UPDATE cash_shifts SET closed_at = $2, closed_by = $3, expected = $4, counted = $5, difference = $6,"
                " note = $7 WHERE id = $1",
                DB_BIND(DB_INT(c->id), DB_TEXT(now), SHOP_ACTOR(shop), DB_INT(r.expected), DB_INT(c->counted),
                        DB_INT(difference), DB_TEXT(c->note == NULL ? "" : c->note)),
                e);
    if (rc == ERR_OK) {
        rc = store_counts(shop, c, e);
    }
    if (rc == ERR_OK) {
        snprintf(after, sizeof after, "{\"expected\":%lld,\"counted\":%lld,\"difference\":%lld}", (long long)r.expected,
                 (long long)c->counted, (long long)difference);
        rc = audit_shift(shop, "cash.close", c->id, after, e);
    }
out:
    cash_report_clear(&r);
    return rc;
}

static enum err_code close_with(struct shop *shop, struct closing *c, struct cash_report *out, struct err *e) {
    if (c->counted < 0) {
        return err_set_field(e, ERR_INVALID, "counted", _("a drawer cannot hold less than nothing"));
    }
    enum err_code rc = shop_transact(shop, close_shift, c, e);
    if (rc == ERR_OK && out != NULL) {
        *out = (struct cash_report){0};
        rc = cash_figures_of_shift(shop, c->id, out, e);
    }
    return rc;
}

enum err_code cash_close(struct shop *shop, const struct cash_count *counts, size_t count, const char *note,
                         struct cash_report *out, struct err *e) {
    struct closing c = {.counts = counts, .count = count, .note = note};
    for (size_t i = 0; i < count; i++) {
        int64_t part = 0;
        if (counts[i].denomination <= 0 || counts[i].pieces < 0) {
            return err_set_field(e, ERR_INVALID, "count",
                                 _("a count is a note's worth above 0 and how many there are"));
        }
        if (!money_scale(counts[i].denomination, counts[i].pieces, 1, &part) ||
            !money_add(c.counted, part, &c.counted)) {
            return err_set_field(e, ERR_INVALID, "count", _("the count adds up to more than can be kept"));
        }
    }
    return close_with(shop, &c, out, e);
}

enum err_code cash_close_total(struct shop *shop, int64_t counted, const char *note, struct cash_report *out,
                               struct err *e) {
    struct closing c = {.counted = counted, .note = note};
    return close_with(shop, &c, out, e);
}
