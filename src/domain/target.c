#include "chotdon/target.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/province.h"
#include "base/text.h"
#include "chotdon/audit.h"
#include "chotdon/channel.h"
#include "chotdon/group.h"
#include "chotdon/product.h"
#include "chotdon/staff.h"
#include "domain/record.h"
#include "domain/shop_internal.h"
#include "domain/target_store.h"

/* What a scope and a code name. */
enum err_code target_resolve(struct shop *shop, enum target_scope scope, const char *code, struct target_ref *ref,
                             struct err *e) {
    char *unit = NULL;
    const char *province = NULL;
    enum err_code rc = ERR_OK;
    *ref = (struct target_ref){.place = mem_strdup("")};
    if ((scope == SCOPE_SHOP) != (code[0] == '\0')) {
        return scope == SCOPE_SHOP
                   ? err_set_field(e, ERR_INVALID, "code", _("a target of the shop has no code; leave it empty"))
                   : err_set_field(e, ERR_INVALID, "code", _("a target of a %s needs its code"),
                                   target_scope_code(scope));
    }
    switch (scope) {
    case SCOPE_SHOP:
    case SCOPE_COUNT:
        break;
    case SCOPE_TEAM:
        rc = team_find(shop, code, &ref->id, e);
        break;
    case SCOPE_REP:
        rc = staff_find(shop, code, &ref->id, e);
        break;
    case SCOPE_PRODUCT:
        rc = product_find(shop, code, &ref->id, &unit, e);
        free(unit);
        break;
    case SCOPE_GROUP:
        rc = group_find(shop, code, &ref->id, e);
        break;
    case SCOPE_CHANNEL:
        rc = channel_find(shop, code, &ref->id, e);
        break;
    case SCOPE_PROVINCE:
        province = province_canonical(code);
        free(ref->place);
        ref->place = text_nfc(province == NULL ? code : province);
        break;
    }
    if (rc != ERR_OK && e != NULL) {
        struct err inner = *e;
        err_set_field(e, rc, "code", "%s", inner.message);
    }
    return rc;
}

void target_ref_clear(struct target_ref *ref) {
    free(ref->place);
    ref->place = NULL;
}

static enum err_code check(const struct target *t, struct err *e) {
    if (!month_is_valid(t->month)) {
        char clip[ERR_CLIP_SIZE];
        return err_set_field(e, ERR_INVALID, "month", _("“%s” is no month; write it like 2026-10"),
                             err_clip(t->month, clip));
    }
    if (t->target < 0) {
        return err_set_field(e, ERR_INVALID, "target", _("a target cannot be below zero"));
    }
    return ERR_OK;
}

#define KEY_SQL "month = $1 AND scope = $2 AND ref_id = $3 AND place = $4 AND metric = $5"
#define KEY_VALUES(t, ref)                                                                                             \
    DB_TEXT((t)->month), DB_TEXT(target_scope_code((t)->scope)), DB_INT((ref)->id), DB_TEXT((ref)->place),             \
        DB_TEXT(kpi_metric_code((t)->metric))

/* *has: it is there, with this value. */
static enum err_code read_old(struct shop *shop, const struct target *t, const struct target_ref *ref, int64_t *id,
                              int64_t *target, struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc =
        db_query(shop->db, "SELECT id, target FROM targets WHERE " KEY_SQL, DB_BIND(KEY_VALUES(t, ref)), &s, e);
    enum db_row row = rc == ERR_OK ? db_next(s, e) : DB_END;
    *id = row == DB_ROW ? db_col_int(s, 0) : 0;
    *target = row == DB_ROW ? db_col_int(s, 1) : 0;
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

char *target_entity(const struct target *t) {
    return mem_printf("target %s %s%s%s %s", t->month, target_scope_code(t->scope), t->code[0] == '\0' ? "" : " ",
                      t->code, kpi_metric_code(t->metric));
}

static enum err_code audit(struct shop *shop, const char *action, const struct target *t, const char *before,
                           const char *after, struct err *e) {
    char *entity = target_entity(t);
    enum err_code rc = audit_add(shop, action, entity, before, after, e);
    free(entity);
    return rc;
}

/* Taking an import back leaves what was changed by hand after it; imports mute the audit. */
static enum err_code note_hand(struct shop *shop, const struct target *t, const struct target_ref *ref, struct err *e) {
    return db_run(shop->db, "UPDATE targets SET edited = (SELECT MAX(id) FROM audit) WHERE " KEY_SQL,
                  DB_BIND(KEY_VALUES(t, ref)), e);
}

enum err_code target_store(struct shop *shop, const struct target *t, const struct target_ref *ref,
                           enum put_result *result, struct err *e) {
    char before[MONEY_TEXT_MAX] = "", after[MONEY_TEXT_MAX];
    int64_t id = 0, old = 0;
    enum err_code rc = read_old(shop, t, ref, &id, &old, e);
    *result = id == 0 ? PUT_CREATED : old == t->target ? PUT_UNCHANGED : PUT_UPDATED;
    if (rc != ERR_OK || *result == PUT_UNCHANGED) {
        return rc;
    }
    rc = db_run(shop->db,
                "INSERT INTO targets (month, scope, ref_id, place, metric, target, import_id) VALUES ($1, $2, $3, $4,"
                " $5, $6, $7) ON CONFLICT (month, scope, ref_id, place, metric) DO UPDATE SET target = excluded.target",
                DB_BIND(KEY_VALUES(t, ref), DB_INT(t->target), DB_ID(t->import_id)), e);
    if (id != 0) {
        target_format_plain(shop, t->metric, old, before);
    }
    if (rc == ERR_OK) {
        rc = audit(shop, "target.set", t, before, target_format_plain(shop, t->metric, t->target, after), e);
    }
    return rc == ERR_OK && !shop->audit_muted ? note_hand(shop, t, ref, e) : rc;
}

struct put_ctx {
    const struct target *t;
    enum put_result result;
};

static enum err_code put(struct shop *shop, void *ctx, struct err *e) {
    struct put_ctx *c = ctx;
    struct target_ref ref;
    enum err_code rc = target_resolve(shop, c->t->scope, c->t->code, &ref, e);
    if (rc == ERR_OK) {
        rc = target_store(shop, c->t, &ref, &c->result, e);
    }
    target_ref_clear(&ref);
    return rc;
}

enum err_code target_put(struct shop *shop, const struct target *t, enum put_result *result, struct err *e) {
    struct put_ctx ctx = {.t = t};
    enum err_code rc = check(t, e);
    if (rc == ERR_OK) {
        rc = shop_transact_for(shop, PERMIT_PLANS, put, &ctx, e);
    }
    if (rc == ERR_OK && result != NULL) {
        *result = ctx.result;
    }
    return rc;
}

enum err_code target_find(struct shop *shop, const struct target *t, int64_t *id, struct err *e) {
    struct target_ref ref;
    int64_t old = 0;
    *id = 0;
    enum err_code rc = target_resolve(shop, t->scope, t->code, &ref, e);
    if (rc == ERR_OK) {
        rc = read_old(shop, t, &ref, id, &old, e);
    }
    target_ref_clear(&ref);
    return rc;
}

static enum err_code remove_one(struct shop *shop, void *ctx, struct err *e) {
    const struct target *t = ctx;
    struct target_ref ref;
    char before[MONEY_TEXT_MAX];
    int64_t id = 0, old = 0;
    enum err_code rc = target_resolve(shop, t->scope, t->code, &ref, e);
    if (rc == ERR_OK) {
        rc = read_old(shop, t, &ref, &id, &old, e);
    }
    if (rc == ERR_OK && id == 0) {
        rc = err_set_field(e, ERR_NOT_FOUND, "code", _("there is no such target; `chotdon target list` shows them"));
    }
    if (rc == ERR_OK) {
        rc = db_run(shop->db, "DELETE FROM targets WHERE id = $1", DB_BIND(DB_INT(id)), e);
    }
    if (rc == ERR_OK) {
        rc = audit(shop, "target.remove", t, target_format_plain(shop, t->metric, old, before), "", e);
    }
    target_ref_clear(&ref);
    return rc;
}

enum err_code target_remove(struct shop *shop, const struct target *t, struct err *e) {
    enum err_code rc = check(t, e);
    return rc == ERR_OK ? shop_transact_for(shop, PERMIT_PLANS, remove_one, (void *)t, e) : rc;
}

/* --- reading */

#define CODE_SQL                                                                                                       \
    "CASE t.scope WHEN 'rep' THEN (SELECT code FROM staff WHERE id = t.ref_id)"                                        \
    " WHEN 'team' THEN (SELECT name FROM teams WHERE id = t.ref_id)"                                                   \
    " WHEN 'product' THEN (SELECT sku FROM products WHERE id = t.ref_id)"                                              \
    " WHEN 'group' THEN (SELECT path FROM product_groups WHERE id = t.ref_id)"                                         \
    " WHEN 'channel' THEN (SELECT name FROM channels WHERE id = t.ref_id)"                                             \
    " WHEN 'province' THEN t.place ELSE '' END"
#define POSITION_SQL                                                                                                   \
    "CASE t.scope WHEN 'shop' THEN 0 WHEN 'team' THEN 1 WHEN 'rep' THEN 2 WHEN 'product' THEN 3"                       \
    " WHEN 'group' THEN 4 WHEN 'channel' THEN 5 ELSE 6 END"

static void read_row(struct db_stmt *s, struct target *t) {
    *t = (struct target){.id = db_col_int(s, 0), .code = db_col_text(s, 3), .target = db_col_int(s, 5)};
    memcpy(t->month, db_col_text(s, 1), strnlen(db_col_text(s, 1), MONTH_SIZE - 1));
    t->scope = target_scope_stored(db_col_text(s, 2));
    t->metric = kpi_metric_stored(db_col_text(s, 4));
}

enum err_code target_list(struct shop *shop, const struct target_filter *filter, target_row_fn *row, void *ctx,
                          struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(
        shop->db,
        "SELECT t.id, t.month, t.scope, " CODE_SQL ", t.metric, t.target FROM targets t WHERE ($1 = 0 OR t.id = $1)"
        " AND t.month >= $2 AND t.month <= $3 AND ($4 = '' OR t.scope = $4) ORDER BY t.month, " POSITION_SQL
        ", 4, t.metric",
        DB_BIND(DB_INT(filter->id), DB_TEXT(filter->from == NULL ? "" : filter->from),
                DB_TEXT(filter->to == NULL ? "9999-99" : filter->to),
                DB_TEXT(filter->has_scope ? target_scope_code(filter->scope) : "")),
        &s, e);
    enum db_row got = DB_END;
    while (rc == ERR_OK && (got = db_next(s, e)) == DB_ROW) {
        struct target t;
        read_row(s, &t);
        rc = row(ctx, &t, e);
    }
    db_done(&s);
    return got == DB_FAILED ? record_failed(e) : rc;
}
