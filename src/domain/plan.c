/* Plans as they are stored: reading. plan_put.c writes. */
#include "chotdon/plan.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "domain/plan_store.h"
#include "domain/record.h"
#include "domain/shop_internal.h"

#define SQL_VERSION                                                                                                    \
    "SELECT v.id, p.code, p.active, v.version, v.start_month, v.from_month, v.to_month, v.name, v.base, v.mode, "      \
    "v.cap,"                                                                                                           \
    " v.override_bps, v.bonus_first_order, v.bonus_top, v.reason FROM plan_versions v JOIN plans p ON p.id = "         \
    "v.plan_id"

static void read_month(struct db_stmt *s, int column, char out[MONTH_SIZE]) {
    const char *text = db_col_text(s, column);
    memcpy(out, text, strnlen(text, MONTH_SIZE - 1) + 1);
    out[MONTH_SIZE - 1] = '\0';
}

static void read_head(struct db_stmt *s, struct plan *p) {
    *p = (struct plan){.version_id = db_col_int(s, 0),
                       .code = db_col_dup(s, 1),
                       .active = db_col_int(s, 2) != 0,
                       .version = (int)db_col_int(s, 3),
                       .name = db_col_dup(s, 7),
                       .cap = db_col_int(s, 10),
                       .override_bps = db_col_int(s, 11),
                       .bonus_first_order = db_col_int(s, 12),
                       .bonus_top = db_col_int(s, 13),
                       .reason = db_col_dup(s, 14)};
    read_month(s, 4, p->start);
    read_month(s, 5, p->from);
    read_month(s, 6, p->to);
    (void)plan_base_find(db_col_text(s, 8), &p->base); /* the schema knows no other words */
    (void)plan_mode_find(db_col_text(s, 9), &p->mode);
}

/* What a list table's row adds to the plan. */
typedef void take_fn(struct plan *p, struct db_stmt *s, size_t *capacity);

static void take_tier(struct plan *p, struct db_stmt *s, size_t *capacity) {
    p->tiers = mem_grow(p->tiers, p->tier_count, capacity, sizeof *p->tiers);
    p->tiers[p->tier_count++] = (struct plan_tier){db_col_int(s, 0), db_col_int(s, 1), 0};
}

static void take_gate(struct plan *p, struct db_stmt *s, size_t *capacity) {
    p->gates = mem_grow(p->gates, p->gate_count, capacity, sizeof *p->gates);
    p->gates[p->gate_count++] = (struct plan_gate){db_col_int(s, 0), db_col_int(s, 1), 0};
}

static void take_group(struct plan *p, struct db_stmt *s, size_t *capacity) {
    p->groups = mem_grow(p->groups, p->group_count, capacity, sizeof *p->groups);
    p->groups[p->group_count++] =
        (struct plan_group){.group_id = db_col_int(s, 0), .rate_bps = db_col_int(s, 1), .path = db_col_dup(s, 2)};
}

static enum err_code read_lists(struct db *db, struct plan *p, struct err *e) {
    static const struct {
        const char *sql;
        take_fn *take;
    } lists[] = {
        {"SELECT from_amount, rate_bps FROM plan_tiers WHERE version_id = $1 ORDER BY from_amount", take_tier},
        {"SELECT at_bps, factor_bps FROM plan_gates WHERE version_id = $1 ORDER BY at_bps", take_gate},
        {"SELECT x.group_id, x.rate_bps, g.path FROM plan_groups x JOIN product_groups g ON g.id = x.group_id"
         " WHERE x.version_id = $1 ORDER BY x.group_id",
         take_group},
    };
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < sizeof lists / sizeof *lists && rc == ERR_OK; i++) {
        struct db_stmt *s = NULL;
        size_t capacity = 0;
        enum db_row row = DB_END;
        rc = db_query(db, lists[i].sql, DB_BIND(DB_INT(p->version_id)), &s, e);
        while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
            lists[i].take(p, s, &capacity);
        }
        db_done(&s);
        rc = row == DB_FAILED ? record_failed(e) : rc;
    }
    return rc;
}

enum err_code plan_get_version(struct shop *shop, int64_t version_id, struct plan *out, struct err *e) {
    struct db_stmt *s = NULL;
    *out = (struct plan){0};
    enum err_code rc = db_query(shop->db, SQL_VERSION " WHERE v.id = $1", DB_BIND(DB_INT(version_id)), &s, e);
    if (rc != ERR_OK) {
        return rc;
    }
    enum db_row row = db_next(s, e);
    if (row == DB_ROW) {
        read_head(s, out);
    } else {
        rc = row == DB_FAILED ? record_failed(e) : err_set(e, ERR_NOT_FOUND, _("that plan is not there any more"));
    }
    db_done(&s);
    return rc == ERR_OK ? read_lists(shop->db, out, e) : rc;
}

enum err_code plan_store_find(struct shop *shop, const char *code, int64_t *plan_id, struct err *e) {
    return record_lookup(shop->db, "SELECT id FROM plans WHERE code = $1", code, plan_id, NULL, e);
}

enum err_code plan_store_newest(struct shop *shop, int64_t plan_id, struct plan *out, struct err *e) {
    int64_t version_id = 0;
    enum err_code rc =
        db_get_int(shop->db, "SELECT id FROM plan_versions WHERE plan_id = $1 ORDER BY version DESC LIMIT 1",
                   DB_BIND(DB_INT(plan_id)), &version_id, e);
    *out = (struct plan){0};
    return rc == ERR_OK ? plan_get_version(shop, version_id, out, e) : rc;
}

enum err_code plan_store_use(struct shop *shop, int64_t plan_id, const struct plan *p, enum plan_use *use,
                             char month[MONTH_SIZE], struct err *e) {
    char *last = NULL;
    enum err_code rc = record_lookup_text(shop->db,
                                          "SELECT MAX(month) FROM commission_runs WHERE version_id IN"
                                          " (SELECT id FROM plan_versions WHERE plan_id = $1)",
                                          DB_BIND(DB_INT(plan_id)), &last, e);
    bool computed = rc == ERR_OK && last != NULL && last[0] != '\0';
    month[0] = '\0';
    if (computed) {
        memcpy(month, last, strnlen(last, MONTH_SIZE - 1) + 1);
        month[MONTH_SIZE - 1] = '\0';
    }
    *use = p->active ? PLAN_ACTIVE : computed ? PLAN_COMPUTED : p->version > 1 ? PLAN_VERSIONED : PLAN_FREE;
    free(last);
    return rc;
}

enum err_code plan_used(struct shop *shop, const char *code, enum plan_use *use, char month[MONTH_SIZE],
                        struct err *e) {
    struct plan p = {0};
    int64_t plan_id = 0;
    enum err_code rc = plan_get(shop, code, &p, e);
    *use = PLAN_FREE;
    if (rc == ERR_OK) {
        rc = plan_store_find(shop, p.code, &plan_id, e);
    }
    if (rc == ERR_OK) {
        rc = plan_store_use(shop, plan_id, &p, use, month, e);
    }
    plan_clear(&p);
    return rc;
}

static enum err_code unknown(const char *code, struct err *e) {
    return err_set_field(e, ERR_NOT_FOUND, "plan", _("there is no plan “%s”; `chotdon plan list` shows them"), code);
}

enum err_code plan_get(struct shop *shop, const char *code, struct plan *out, struct err *e) {
    *out = (struct plan){0};
    char *text = text_nfc(code);
    char *at = strrchr(text, '@');
    int64_t plan_id = 0;
    int64_t version_id = 0;
    enum err_code rc = plan_store_find(shop, text, &plan_id, e);
    if (rc == ERR_OK && plan_id != 0) {
        rc = plan_store_newest(shop, plan_id, out, e);
    } else if (rc == ERR_OK && at != NULL) {
        *at = '\0';
        rc = db_get_int(shop->db,
                        "SELECT v.id FROM plan_versions v JOIN plans p ON p.id = v.plan_id"
                        " WHERE p.code = $1 AND v.version = $2",
                        DB_BIND(DB_TEXT(text), DB_INT(strtol(at + 1, NULL, 10))), &version_id, e);
        rc = rc == ERR_OK ? plan_get_version(shop, version_id, out, e) : rc == ERR_NOT_FOUND ? unknown(code, e) : rc;
    } else if (rc == ERR_OK) {
        rc = unknown(code, e);
    }
    free(text);
    return rc;
}

/* The version in force of the plans in one state that cover a month; *count says how many plans do, `codes` which. */
static enum err_code find_for_month(struct shop *shop, const char *month, bool active, int64_t *version_id,
                                    int64_t *count, struct buf *codes, struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(
        shop->db,
        "SELECT (SELECT b.id FROM plan_versions b WHERE b.plan_id = p.id AND b.start_month <= $1"
        " ORDER BY b.version DESC LIMIT 1), p.code FROM plans p JOIN plan_versions v ON v.plan_id = p.id"
        " WHERE p.active = $2 AND v.version = (SELECT MAX(n.version) FROM plan_versions n WHERE n.plan_id = p.id)"
        " AND v.from_month <= $1 AND v.to_month >= $1 ORDER BY p.code",
        DB_BIND(DB_TEXT(month), DB_INT(active)), &s, e);
    enum db_row row = DB_END;
    *count = 0;
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        *version_id = db_col_int(s, 0);
        buf_addf(codes, "%s%s", *count == 0 ? "" : ", ", db_col_text(s, 1));
        ++*count;
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

enum err_code plan_for_month(struct shop *shop, const char *month, struct plan *out, struct err *e) {
    struct buf codes = BUF_INIT;
    int64_t version_id = 0;
    int64_t count = 0;
    *out = (struct plan){0};
    enum err_code rc = find_for_month(shop, month, true, &version_id, &count, &codes, e);
    if (rc == ERR_OK && count == 0) {
        rc = find_for_month(shop, month, false, &version_id, &count, &codes, e);
    }
    if (rc == ERR_OK && count == 0) {
        rc = err_set_field(e, ERR_NOT_FOUND, "month",
                           _("no commission plan covers %s; `chotdon plan import FILE.ini` brings one"), month);
    } else if (rc == ERR_OK && count > 1) {
        rc = err_set_field(e, ERR_CONFLICT, "month",
                           _("several drafts cover %s (%s); `chotdon plan activate CODE` chooses one"), month,
                           buf_str(&codes));
    }
    buf_clear(&codes);
    return rc == ERR_OK ? plan_get_version(shop, version_id, out, e) : rc;
}

enum err_code plan_list(struct shop *shop, plan_row_fn *row_fn, void *ctx, struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(shop->db,
                                SQL_VERSION " ORDER BY (SELECT MIN(f.from_month) FROM plan_versions f"
                                            " WHERE f.plan_id = p.id), p.code, v.version",
                                DB_NO_BIND, &s, e);
    enum db_row row = DB_END;
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        struct plan p;
        read_head(s, &p);
        rc = row_fn(ctx, &p, e);
        plan_clear(&p);
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}
