/* The rules by which new leads are given out. */
#include "chotdon/assign.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/province.h"
#include "base/text.h"
#include "chotdon/audit.h"
#include "chotdon/channel.h"
#include "chotdon/group.h"
#include "chotdon/staff.h"
#include "domain/record.h"
#include "domain/shop_internal.h"

#define REPS_MAX  200
#define LIMIT_MAX 100000

static enum err_code read_reps(struct shop *shop, int64_t rule_id, char **out, struct err *e) {
    struct buf codes = BUF_INIT;
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(shop->db,
                                "SELECT s.code FROM assign_rule_reps r JOIN staff s ON s.id = r.staff_id"
                                " WHERE r.rule_id = $1 ORDER BY r.position",
                                DB_BIND(DB_INT(rule_id)), &s, e);
    enum db_row got = DB_END;
    while (rc == ERR_OK && (got = db_next(s, e)) == DB_ROW) {
        buf_addf(&codes, "%s%s", codes.len == 0 ? "" : ",", db_col_text(s, 0));
    }
    db_done(&s);
    *out = buf_take(&codes);
    return got == DB_FAILED ? record_failed(e) : rc;
}

static void rule_clear(struct assign_rule *r) {
    free(r->source);
    free(r->province);
    free(r->group);
    free(r->team);
    free(r->reps);
}

enum err_code assign_has_rules(struct shop *shop, bool *has, struct err *e) {
    return db_exists(shop->db, "SELECT 1 FROM assign_rules", DB_NO_BIND, has, e);
}

enum err_code assign_rule_list(struct shop *shop, assign_rule_fn *row, void *ctx, struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(shop->db,
                                "SELECT r.id, r.position, COALESCE(c.name, ''), r.province, COALESCE(g.path, ''),"
                                " COALESCE(t.name, ''), r.daily_limit FROM assign_rules r"
                                " LEFT JOIN channels c ON c.id = r.source_id LEFT JOIN teams t ON t.id = r.team_id"
                                " LEFT JOIN product_groups g ON g.id = r.group_id ORDER BY r.position, r.id",
                                DB_NO_BIND, &s, e);
    enum db_row got = DB_END;
    while (rc == ERR_OK && (got = db_next(s, e)) == DB_ROW) {
        struct assign_rule r = {.id = db_col_int(s, 0),
                                .position = db_col_int(s, 1),
                                .source = db_col_dup(s, 2),
                                .province = db_col_dup(s, 3),
                                .group = db_col_dup(s, 4),
                                .team = db_col_dup(s, 5),
                                .daily_limit = db_col_int(s, 6)};
        rc = read_reps(shop, r.id, &r.reps, e);
        rc = rc == ERR_OK ? row(ctx, &r, e) : rc;
        rule_clear(&r);
    }
    db_done(&s);
    return got == DB_FAILED ? record_failed(e) : rc;
}

/* What a rule names, as the database keeps it. */
struct rule_ids {
    int64_t source, group, team;
    const char *province;
    int64_t reps[REPS_MAX];
    size_t rep_count;
};

static bool says(const char *text) {
    return text != NULL && text[strspn(text, " \t")] != '\0';
}

static enum err_code resolve_reps(struct shop *shop, const char *reps, struct rule_ids *ids, struct err *e) {
    enum err_code rc = ERR_OK;
    for (const char *p = reps; rc == ERR_OK && says(p);) {
        size_t len = strcspn(p, ",");
        char *part = mem_strndup(p, len);
        char *name = text_nfc(part);
        if (ids->rep_count == REPS_MAX) {
            rc = err_set_field(e, ERR_INVALID, "rep", _("a rule takes at most %d reps; name their team"), REPS_MAX);
        } else if (name[0] != '\0') {
            rc = staff_find(shop, name, &ids->reps[ids->rep_count++], e);
        }
        free(name);
        free(part);
        p += len + (p[len] != '\0');
    }
    return rc;
}

static enum err_code resolve(struct shop *shop, const struct assign_rule *r, struct rule_ids *ids, struct err *e) {
    enum err_code rc = says(r->source) ? channel_make(shop, r->source, &ids->source, NULL, e) : ERR_OK;
    ids->province = says(r->province) ? province_canonical(r->province) : "";
    if (rc == ERR_OK && ids->province == NULL) {
        rc = err_set_field(e, ERR_NOT_FOUND, "province", _("there is no province “%.80s”"), r->province);
    }
    if (rc == ERR_OK && says(r->group)) {
        rc = group_find(shop, r->group, &ids->group, e);
    }
    if (rc == ERR_OK && says(r->team)) {
        rc = team_find(shop, r->team, &ids->team, e);
    }
    if (rc == ERR_OK && (r->daily_limit < 0 || r->daily_limit > LIMIT_MAX)) {
        rc = err_set_field(e, ERR_INVALID, "limit", _("a daily limit is 0 (none) to %d"), LIMIT_MAX);
    }
    return rc == ERR_OK && r->reps != NULL ? resolve_reps(shop, r->reps, ids, e) : rc;
}

struct adding {
    const struct assign_rule *rule;
    int64_t id;
};

static enum err_code insert(struct shop *shop, struct adding *a, const struct rule_ids *ids, struct err *e) {
    int64_t position = a->rule->position, last = 0;
    enum err_code rc =
        db_get_int(shop->db, "SELECT COALESCE(MAX(position), 0) FROM assign_rules", DB_NO_BIND, &last, e);
    if (position < 1 || position > last) {
        position = last + 1;
    } else if (rc == ERR_OK) {
        rc = db_run(shop->db, "UPDATE assign_rules SET position = position + 1 WHERE position >= $1",
                    DB_BIND(DB_INT(position)), e);
    }
    if (rc == ERR_OK) {
        rc = db_run(shop->db,
                    "INSERT INTO assign_rules (position, source_id, province, group_id, team_id, daily_limit)"
                    " VALUES ($1, $2, $3, $4, $5, $6)",
                    DB_BIND(DB_INT(position), DB_ID(ids->source), DB_TEXT(ids->province), DB_ID(ids->group),
                            DB_ID(ids->team), DB_INT(a->rule->daily_limit)),
                    e);
        a->id = db_last_id(shop->db);
    }
    for (size_t i = 0; i < ids->rep_count && rc == ERR_OK; i++) {
        rc = db_run(shop->db, "INSERT INTO assign_rule_reps (rule_id, position, staff_id) VALUES ($1, $2, $3)",
                    DB_BIND(DB_INT(a->id), DB_INT(i + 1), DB_INT(ids->reps[i])), e);
    }
    return rc;
}

static enum err_code write_audit(struct shop *shop, const char *action, int64_t id, const struct assign_rule *r,
                                 struct err *e) {
    const struct {
        const char *key, *value;
    } texts[] = {
        {"source", r->source}, {"province", r->province}, {"group", r->group}, {"team", r->team}, {"reps", r->reps}};
    struct buf what = BUF_INIT;
    char *entity = mem_printf("rule %lld", (long long)id);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (says(texts[i].value)) {
            record_json_text(&what, texts[i].key, texts[i].value);
        }
    }
    record_json_int(&what, "daily_limit", r->daily_limit);
    enum err_code rc = audit_add(shop, action, entity, "", record_json_end(&what), e);
    buf_clear(&what);
    free(entity);
    return rc;
}

static enum err_code add(struct shop *shop, void *ctx, struct err *e) {
    struct adding *a = ctx;
    struct rule_ids *ids = mem_zalloc(sizeof *ids);
    enum err_code rc = resolve(shop, a->rule, ids, e);
    rc = rc == ERR_OK ? insert(shop, a, ids, e) : rc;
    rc = rc == ERR_OK ? write_audit(shop, "rule.add", a->id, a->rule, e) : rc;
    free(ids);
    return rc;
}

enum err_code assign_rule_add(struct shop *shop, const struct assign_rule *r, int64_t *id, struct err *e) {
    struct adding a = {.rule = r};
    enum err_code rc = shop_transact_for(shop, PERMIT_SETTINGS, add, &a, e);
    if (id != NULL) {
        *id = a.id;
    }
    return rc;
}

static enum err_code remove_rule(struct shop *shop, void *ctx, struct err *e) {
    const int64_t *id = ctx;
    int64_t position = 0;
    const struct assign_rule none = {0};
    enum err_code rc =
        db_get_int(shop->db, "SELECT position FROM assign_rules WHERE id = $1", DB_BIND(DB_INT(*id)), &position, e);
    if (rc == ERR_NOT_FOUND) {
        return err_set_field(e, rc, "rule", _("there is no rule %lld; `chotdon assign rule list` shows them"),
                             (long long)*id);
    }
    if (rc == ERR_OK) {
        rc = db_run(shop->db, "DELETE FROM assign_rule_reps WHERE rule_id = $1", DB_BIND(DB_INT(*id)), e);
    }
    if (rc == ERR_OK) {
        rc = db_run(shop->db, "DELETE FROM assign_rules WHERE id = $1", DB_BIND(DB_INT(*id)), e);
    }
    if (rc == ERR_OK) {
        rc = db_run(shop->db, "UPDATE assign_rules SET position = position - 1 WHERE position > $1",
                    DB_BIND(DB_INT(position)), e);
    }
    return rc == ERR_OK ? write_audit(shop, "rule.remove", *id, &none, e) : rc;
}

enum err_code assign_rule_remove(struct shop *shop, int64_t id, struct err *e) {
    return shop_transact_for(shop, PERMIT_SETTINGS, remove_rule, &id, e);
}
