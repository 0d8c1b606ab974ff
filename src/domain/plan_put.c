/* Writing plans: drafts, versions, and putting them in force. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "chotdon/audit.h"
#include "chotdon/code.h"
#include "chotdon/commission.h"
#include "domain/plan_store.h"
#include "domain/record.h"
#include "domain/shop_internal.h"

struct putting {
    struct plan *plan;
    const struct plan_saving *how;
    enum put_result result;
};

/* Of the other plans in force, the first one that shares a month with from … to. */
static enum err_code refuse_overlap(struct shop *shop, const char *code, const char *from, const char *to,
                                    struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(
        shop->db,
        "SELECT p.code, v.from_month, v.to_month FROM plans p JOIN plan_versions v ON v.plan_id = p.id"
        " WHERE p.active = 1 AND p.code <> $1 AND v.from_month <= $3 AND v.to_month >= $2"
        " AND v.version = (SELECT MAX(n.version) FROM plan_versions n WHERE n.plan_id = p.id) ORDER BY v.from_month",
        DB_BIND(DB_TEXT(code), DB_TEXT(from), DB_TEXT(to)), &s, e);
    if (rc != ERR_OK) {
        return rc;
    }
    enum db_row row = db_next(s, e);
    if (row == DB_ROW) {
        rc = err_set_field(e, ERR_CONFLICT, "from",
                           _("%s to %s overlaps plan %s, which holds from %s to %s; a month has one plan"), from, to,
                           db_col_text(s, 0), db_col_text(s, 1), db_col_text(s, 2));
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

static enum err_code insert_lists(struct db *db, const struct plan *p, struct err *e) {
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < p->tier_count && rc == ERR_OK; i++) {
        rc = db_run(db, "INSERT INTO plan_tiers (version_id, from_amount, rate_bps) VALUES ($1, $2, $3)",
                    DB_BIND(DB_INT(p->version_id), DB_INT(p->tiers[i].from), DB_INT(p->tiers[i].rate_bps)), e);
    }
    for (size_t i = 0; i < p->gate_count && rc == ERR_OK; i++) {
        rc = db_run(db, "INSERT INTO plan_gates (version_id, at_bps, factor_bps) VALUES ($1, $2, $3)",
                    DB_BIND(DB_INT(p->version_id), DB_INT(p->gates[i].at_bps), DB_INT(p->gates[i].factor_bps)), e);
    }
    for (size_t i = 0; i < p->group_count && rc == ERR_OK; i++) {
        rc = db_run(db, "INSERT INTO plan_groups (version_id, group_id, rate_bps) VALUES ($1, $2, $3)",
                    DB_BIND(DB_INT(p->version_id), DB_INT(p->groups[i].group_id), DB_INT(p->groups[i].rate_bps)), e);
    }
    return rc;
}

static enum err_code insert_version(struct shop *shop, int64_t plan_id, struct plan *p, const char *reason,
                                    struct err *e) {
    char now[DATETIME_SIZE];
    shop_now(shop, now);
    enum err_code rc =
        db_run(shop->db,
               "INSERT INTO plan_versions (plan_id, version, start_month, from_month, to_month, name, base, mode, cap,"
               " override_bps, bonus_first_order, bonus_top, reason, made_at, staff_id)"
               " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
               DB_BIND(DB_INT(plan_id), DB_INT(p->version), DB_TEXT(p->start), DB_TEXT(p->from), DB_TEXT(p->to),
                       DB_TEXT(p->name), DB_TEXT(plan_base_code(p->base)), DB_TEXT(plan_mode_code(p->mode)),
                       DB_INT(p->cap), DB_INT(p->override_bps), DB_INT(p->bonus_first_order), DB_INT(p->bonus_top),
                       DB_TEXT(reason), DB_TEXT(now), SHOP_ACTOR(shop)),
               e);
    p->version_id = rc == ERR_OK ? db_last_id(shop->db) : 0;
    return rc == ERR_OK ? insert_lists(shop->db, p, e) : rc;
}

static enum err_code delete_versions(struct db *db, int64_t plan_id, struct err *e) {
    static const char *const statements[] = {
        "DELETE FROM plan_tiers WHERE version_id IN (SELECT id FROM plan_versions WHERE plan_id = $1)",
        "DELETE FROM plan_gates WHERE version_id IN (SELECT id FROM plan_versions WHERE plan_id = $1)",
        "DELETE FROM plan_groups WHERE version_id IN (SELECT id FROM plan_versions WHERE plan_id = $1)",
        "DELETE FROM plan_versions WHERE plan_id = $1",
    };
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < sizeof statements / sizeof *statements && rc == ERR_OK; i++) {
        rc = db_run(db, statements[i], DB_BIND(DB_INT(plan_id)), e);
    }
    return rc;
}

/* The terms in short, for the audit. */
static void terms(const struct plan *p, struct buf *out) {
    struct buf tiers = BUF_INIT;
    struct buf gates = BUF_INIT;
    struct buf groups = BUF_INIT;
    for (size_t i = 0; i < p->tier_count; i++) {
        buf_addf(&tiers, "%s%lld:%lld", i == 0 ? "" : " ", (long long)p->tiers[i].from,
                 (long long)p->tiers[i].rate_bps);
    }
    for (size_t i = 0; i < p->gate_count; i++) {
        buf_addf(&gates, "%s%lld:%lld", i == 0 ? "" : " ", (long long)p->gates[i].at_bps,
                 (long long)p->gates[i].factor_bps);
    }
    for (size_t i = 0; i < p->group_count; i++) {
        buf_addf(&groups, "%s%s:%lld", i == 0 ? "" : " ", p->groups[i].path, (long long)p->groups[i].rate_bps);
    }
    record_json_text(out, "code", p->code);
    record_json_text(out, "name", p->name);
    record_json_int(out, "version", p->version);
    record_json_text(out, "start", p->start);
    record_json_text(out, "from", p->from);
    record_json_text(out, "to", p->to);
    record_json_text(out, "base", plan_base_code(p->base));
    record_json_text(out, "mode", plan_mode_code(p->mode));
    record_json_int(out, "cap", p->cap);
    record_json_int(out, "override_bps", p->override_bps);
    record_json_int(out, "bonus_first_order", p->bonus_first_order);
    record_json_int(out, "bonus_top", p->bonus_top);
    record_json_text(out, "tiers", buf_str(&tiers));
    record_json_text(out, "gate", buf_str(&gates));
    record_json_text(out, "groups", buf_str(&groups));
    buf_clear(&tiers);
    buf_clear(&gates);
    buf_clear(&groups);
}

/* `before` NULL: it is new; `after` NULL: it is gone. */
static enum err_code audit_plan(struct shop *shop, const char *action, const struct plan *before,
                                const struct plan *after, const char *reason, struct err *e) {
    struct buf old = BUF_INIT;
    struct buf new = BUF_INIT;
    char *entity = mem_printf("plan %s", after == NULL ? before->code : after->code);
    if (before != NULL) {
        terms(before, &old);
    }
    if (after != NULL) {
        terms(after, &new);
    }
    if (reason[0] != '\0') {
        record_json_text(&new, "reason", reason);
    }
    enum err_code rc = audit_add(shop, action, entity, before == NULL ? "" : record_json_end(&old),
                                 after == NULL ? "" : record_json_end(&new), e);
    buf_clear(&old);
    buf_clear(&new);
    free(entity);
    return rc;
}

static enum err_code put_new(struct shop *shop, struct putting *p, struct err *e) {
    enum err_code rc = code_check(p->plan->code, "code", e);
    if (rc != ERR_OK || p->how->try_only) {
        return rc;
    }
    rc = db_run(shop->db, "INSERT INTO plans (code) VALUES ($1)", DB_BIND(DB_TEXT(p->plan->code)), e);
    int64_t plan_id = db_last_id(shop->db);
    p->plan->version = 1;
    p->plan->active = false;
    memcpy(p->plan->start, p->plan->from, MONTH_SIZE);
    if (rc == ERR_OK) {
        rc = insert_version(shop, plan_id, p->plan, "", e);
    }
    p->result = PUT_CREATED;
    return rc == ERR_OK ? audit_plan(shop, "plan.add", NULL, p->plan, "", e) : rc;
}

static enum err_code refuse_used(struct shop *shop, int64_t plan_id, const struct plan *p, struct err *e) {
    enum plan_use use = PLAN_FREE;
    char month[MONTH_SIZE];
    enum err_code rc = plan_store_use(shop, plan_id, p, &use, month, e);
    if (rc == ERR_OK && use != PLAN_FREE) {
        rc = err_set_field(e, ERR_REFUSED, "code",
                           _("plan %s is in use and read-only; give --from MONTH and --reason for a new version of it"),
                           p->code);
    }
    return rc;
}

static enum err_code rewrite_draft(struct shop *shop, int64_t plan_id, const struct plan *old, struct plan *plan,
                                   struct err *e) {
    enum err_code rc = delete_versions(shop->db, plan_id, e);
    if (rc == ERR_OK) {
        rc = db_run(shop->db, "UPDATE plans SET code = $2 WHERE id = $1", DB_BIND(DB_INT(plan_id), DB_TEXT(plan->code)),
                    e);
    }
    memcpy(plan->start, plan->from, MONTH_SIZE);
    if (rc == ERR_OK) {
        rc = insert_version(shop, plan_id, plan, "", e);
    }
    return rc == ERR_OK ? audit_plan(shop, "plan.edit", old, plan, "", e) : rc;
}

static enum err_code put_draft(struct shop *shop, int64_t plan_id, const struct plan *old, struct putting *p,
                               struct err *e) {
    p->plan->version = old->version;
    p->plan->version_id = old->version_id;
    p->plan->active = old->active;
    memcpy(p->plan->start, old->start, MONTH_SIZE);
    if (plan_same(old, p->plan)) {
        p->result = PUT_UNCHANGED;
        return ERR_OK;
    }
    enum err_code rc = refuse_used(shop, plan_id, old, e);
    if (rc == ERR_OK && strcmp(old->code, p->plan->code) != 0) {
        rc = code_check(p->plan->code, "code", e);
    }
    p->result = PUT_UPDATED;
    return rc != ERR_OK || p->how->try_only ? rc : rewrite_draft(shop, plan_id, old, p->plan, e);
}

/* Months that are locked keep the version they were locked with. */
static enum err_code refuse_locked(struct shop *shop, const char *start, struct err *e) {
    char *month = NULL;
    enum err_code rc = record_lookup_text(
        shop->db, "SELECT MAX(month) FROM commission_runs WHERE status <> 'computed' AND month >= $1",
        DB_BIND(DB_TEXT(start)), &month, e);
    if (rc == ERR_OK && month != NULL && month[0] != '\0') {
        char next[MONTH_SIZE];
        month_add(month, 1, next);
        rc = err_set_field(e, ERR_REFUSED, "from",
                           _("%s is locked and keeps its plan; a new version can begin in %s at the earliest"), month,
                           next);
    }
    free(month);
    return rc;
}

static enum err_code put_version(struct shop *shop, int64_t plan_id, const struct plan *old, struct putting *p,
                                 struct err *e) {
    struct plan *plan = p->plan;
    const char *start = p->how->start;
    memcpy(plan->from, old->from, MONTH_SIZE);
    memcpy(plan->start, start, MONTH_SIZE);
    plan->version = old->version + 1;
    plan->active = old->active;
    if (strcmp(start, plan->from) < 0 || strcmp(start, plan->to) > 0) {
        return err_set_field(e, ERR_INVALID, "from", _("%s is outside plan %s, which goes from %s to %s"), start,
                             plan->code, plan->from, plan->to);
    }
    enum err_code rc = refuse_locked(shop, start, e);
    p->result = PUT_UPDATED;
    if (rc != ERR_OK || p->how->try_only) {
        return rc;
    }
    rc = insert_version(shop, plan_id, plan, p->how->reason, e);
    return rc == ERR_OK ? audit_plan(shop, "plan.version", old, plan, p->how->reason, e) : rc;
}

/* The plan that is written to: the draft that was edited, or the one of that code. */
static enum err_code find_plan(struct shop *shop, const struct putting *p, int64_t *plan_id, struct err *e) {
    const char *code = p->plan->code;
    const char *was = p->how->was;
    int64_t other = 0;
    enum err_code rc = plan_store_find(shop, was != NULL ? was : code, plan_id, e);
    if (rc == ERR_OK && was != NULL && strcmp(was, code) != 0) {
        rc = plan_store_find(shop, code, &other, e);
    } else if (rc == ERR_OK && was == NULL && !p->how->replaces && p->how->start == NULL) {
        other = *plan_id;
    }
    if (rc == ERR_OK && other != 0) {
        rc = err_set_field(e, ERR_CONFLICT, "code", _("there is a plan %s already; give this one another code"), code);
    }
    return rc;
}

static enum err_code put(struct shop *shop, void *ctx, struct err *e) {
    struct putting *p = ctx;
    struct plan old = {0};
    const char *start = p->how->start;
    int64_t plan_id = 0;
    enum err_code rc = find_plan(shop, p, &plan_id, e);
    if (rc == ERR_OK && plan_id != 0) {
        rc = plan_store_newest(shop, plan_id, &old, e);
    }
    if (rc == ERR_OK) {
        rc = refuse_overlap(shop, plan_id != 0 ? old.code : p->plan->code,
                            start != NULL && plan_id != 0 ? old.from : p->plan->from, p->plan->to, e);
    }
    if (rc != ERR_OK) {
        plan_clear(&old);
        return rc;
    }
    if (plan_id != 0) {
        rc = start != NULL ? put_version(shop, plan_id, &old, p, e) : put_draft(shop, plan_id, &old, p, e);
    } else if (start != NULL) {
        rc = err_set_field(e, ERR_NOT_FOUND, "code",
                           _("there is no plan %s yet that could get a new version; import it without --from first"),
                           p->plan->code);
    } else {
        rc = put_new(shop, p, e);
    }
    plan_clear(&old);
    return rc;
}

enum err_code plan_save(struct shop *shop, struct plan *plan, const struct plan_saving *how, enum put_result *result,
                        struct err *e) {
    struct putting p = {.plan = plan, .how = how};
    enum err_code rc = how->try_only ? ERR_OK : shop_require(shop, PERMIT_PLANS, e);
    if (rc == ERR_OK) {
        rc = plan_check(plan, e);
    }
    if (rc == ERR_OK && how->start != NULL && !month_is_valid(how->start)) {
        rc = err_set_field(e, ERR_INVALID, "from", _("“%s” is no month; write it like 2026-07"), how->start);
    }
    if (rc == ERR_OK && how->start != NULL && (how->reason == NULL || how->reason[0] == '\0')) {
        rc = err_set_field(e, ERR_INVALID, "reason", _("a new version of a plan needs a reason"));
    }
    if (rc == ERR_OK) {
        rc = how->try_only ? put(shop, &p, e) : shop_transact(shop, put, &p, e);
    }
    if (rc == ERR_OK && result != NULL) {
        *result = p.result;
    }
    return rc;
}

enum err_code plan_put(struct shop *shop, struct plan *plan, const char *start, const char *reason,
                       enum put_result *result, struct err *e) {
    const struct plan_saving how = {.start = start, .reason = reason, .replaces = true};
    return plan_save(shop, plan, &how, result, e);
}

static enum err_code activate(struct shop *shop, void *ctx, struct err *e) {
    const char *code = ctx;
    struct plan p;
    enum err_code rc = plan_get(shop, code, &p, e);
    if (rc == ERR_OK && !p.active) {
        rc = refuse_overlap(shop, p.code, p.from, p.to, e);
        if (rc == ERR_OK) {
            rc = db_run(shop->db, "UPDATE plans SET active = 1 WHERE code = $1", DB_BIND(DB_TEXT(p.code)), e);
        }
        if (rc == ERR_OK) {
            rc = audit_plan(shop, "plan.activate", NULL, &p, "", e);
        }
    }
    plan_clear(&p);
    return rc;
}

enum err_code plan_activate(struct shop *shop, const char *code, struct err *e) {
    return shop_transact_for(shop, PERMIT_PLANS, activate, (void *)code, e);
}

static enum err_code remove_draft(struct shop *shop, void *ctx, struct err *e) {
    struct plan p = {0};
    int64_t plan_id = 0;
    enum err_code rc = plan_get(shop, ctx, &p, e);
    if (rc == ERR_OK) {
        rc = plan_store_find(shop, p.code, &plan_id, e);
    }
    if (rc == ERR_OK) {
        rc = refuse_used(shop, plan_id, &p, e);
    }
    if (rc == ERR_OK) {
        rc = delete_versions(shop->db, plan_id, e);
    }
    if (rc == ERR_OK) {
        rc = db_run(shop->db, "DELETE FROM plans WHERE id = $1", DB_BIND(DB_INT(plan_id)), e);
    }
    if (rc == ERR_OK) {
        rc = audit_plan(shop, "plan.remove", &p, NULL, "", e);
    }
    plan_clear(&p);
    return rc;
}

enum err_code plan_remove(struct shop *shop, const char *code, struct err *e) {
    return shop_transact_for(shop, PERMIT_PLANS, remove_draft, (void *)code, e);
}
