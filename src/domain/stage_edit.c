/* The board changed: stages added, renamed, put into another order, removed; what depends on them follows at once. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "chotdon/audit.h"
#include "domain/deal_facts.h"
#include "domain/deal_internal.h"
#include "domain/shop_internal.h"
#include "domain/stage_internal.h"

struct change {
    int64_t id;
    const struct stage *in;
    unsigned fields;
    int64_t to_id;
    int64_t import_id;
};

static enum err_code write_audit(struct shop *shop, const char *action, const struct stage *old, const struct stage *s,
                                 struct err *e) {
    struct buf texts[2] = {BUF_INIT, BUF_INIT};
    const struct stage *both[2] = {old, s};
    for (int i = 0; i < 2; i++) {
        if (both[i] != NULL) {
            char *required = deal_needs_text(both[i]->required);
            record_json_text(&texts[i], "name", both[i]->name);
            record_json_text(&texts[i], "kind", stage_kind_code(both[i]->kind));
            record_json_int(&texts[i], "position", both[i]->position);
            record_json_int(&texts[i], "probability_bps", both[i]->probability_bps);
            record_json_int(&texts[i], "idle_days", both[i]->idle_days);
            record_json_int(&texts[i], "fold", both[i]->fold);
            record_json_text(&texts[i], "required", required);
            free(required);
        }
    }
    enum err_code rc = audit_add(shop, action, "stages", old == NULL ? "" : record_json_end(&texts[0]),
                                 s == NULL ? "" : record_json_end(&texts[1]), e);
    buf_clear(&texts[0]);
    buf_clear(&texts[1]);
    return rc;
}

static enum err_code check(struct shop *shop, const struct stage *s, struct err *e) {
    enum { IDLE_MAX = 3650 };
    char *folded = text_fold(s->name);
    bool taken = false;
    enum err_code rc = ERR_OK;
    if (folded[0] == '\0' || strlen(s->name) > RECORD_NAME_MAX) {
        rc = err_set_field(e, ERR_INVALID, "name", _("a stage needs a name of at most %d bytes"), RECORD_NAME_MAX);
    } else if (s->probability_bps > 10000 || s->probability_bps < 0) {
        rc = err_set_field(e, ERR_INVALID, "probability", _("the probability goes from 0 to 100%%"));
    } else if (s->idle_days < 0 || s->idle_days > IDLE_MAX) {
        rc = err_set_field(e, ERR_INVALID, "idle-days", _("idle days go from 0 (never) to %d"), IDLE_MAX);
    }
    if (rc == ERR_OK) {
        rc = db_exists(shop->db,
                       "SELECT 1 FROM stages WHERE pipeline_id = $1 AND folded = $2 AND removed = 0 AND id <> $3",
                       DB_BIND(DB_INT(s->pipeline_id), DB_TEXT(folded), DB_INT(s->id)), &taken, e);
    }
    if (rc == ERR_OK && taken) {
        rc = err_set_field(e, ERR_CONFLICT, "name", _("the board has a stage “%.80s” already"), s->name);
    }
    free(folded);
    return rc;
}

static void settle(struct stage *s) {
    if (s->kind != STAGE_OPEN) {
        s->probability_bps = s->kind == STAGE_WON ? 10000 : 0;
        s->idle_days = 0;
    }
}

/* Makes room at a position, or closes the gap; removed stages keep beside their neighbours. */
static enum err_code shift(struct shop *shop, int64_t pipeline_id, int64_t except, int from, int by, struct err *e) {
    return db_run(shop->db,
                  "UPDATE stages SET position = position + $4 WHERE pipeline_id = $1 AND position >= $3 AND id <> $2",
                  DB_BIND(DB_INT(pipeline_id), DB_INT(except), DB_INT(from), DB_INT(by)), e);
}

/* Where a new stage goes, and what it takes from the one before it. */
static void place(struct stage *s, const struct stage *all, size_t count) {
    size_t at = s->position > 0 && (size_t)s->position <= count ? (size_t)s->position - 1 : count;
    if (s->position <= 0) {
        at = 0;
        while (at < count && all[at].kind == STAGE_OPEN) {
            at++;
        }
    }
    s->position = (int)at + 1;
    if (s->probability_bps < 0) {
        s->probability_bps = at > 0 && all[at - 1].kind == STAGE_OPEN ? all[at - 1].probability_bps : 0;
    }
}

static enum err_code insert(struct shop *shop, struct stage *s, int64_t import_id, struct err *e) {
    char *folded = text_fold(s->name);
    char *required = deal_needs_text(s->required);
    enum err_code rc = db_run(shop->db,
                              "INSERT INTO stages (pipeline_id, position, name, folded, kind, probability_bps, "
                              "idle_days, fold, required, import_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                              DB_BIND(DB_INT(s->pipeline_id), DB_INT(s->position), DB_TEXT(s->name), DB_TEXT(folded),
                                      DB_TEXT(stage_kind_code(s->kind)), DB_INT(s->probability_bps),
                                      DB_INT(s->idle_days), DB_INT(s->fold), DB_TEXT(required), DB_ID(import_id)),
                              e);
    s->id = rc == ERR_OK ? db_last_id(shop->db) : 0;
    free(folded);
    free(required);
    return rc;
}

static enum err_code add(struct shop *shop, void *ctx, struct err *e) {
    struct change *c = ctx;
    struct stage s = *c->in;
    struct stage *all = NULL;
    size_t count = 0;
    s.id = 0;
    s.name = text_nfc(c->in->name == NULL ? "" : c->in->name);
    s.pipeline_id = s.pipeline_id == 0 ? PIPELINE_MAIN : s.pipeline_id;
    enum err_code rc = stage_list(shop, s.pipeline_id, &all, &count, e);
    if (rc == ERR_OK) {
        place(&s, all, count);
        settle(&s);
        rc = check(shop, &s, e);
    }
    if (rc == ERR_OK) {
        rc = shift(shop, s.pipeline_id, 0, s.position, 1, e);
    }
    if (rc == ERR_OK) {
        rc = insert(shop, &s, c->import_id, e);
    }
    if (rc == ERR_OK) {
        rc = write_audit(shop, "stage.add", NULL, &s, e);
    }
    c->id = s.id;
    stage_list_free(all, count);
    stage_clear(&s);
    return rc;
}

enum err_code stage_add(struct shop *shop, const struct stage *s, int64_t import_id, int64_t *id, struct err *e) {
    struct change c = {.in = s, .import_id = import_id};
    enum err_code rc = shop_transact_for(shop, PERMIT_SETTINGS, add, &c, e);
    if (id != NULL) {
        *id = c.id;
    }
    return rc;
}

/* Is there another stage of this kind? */
static enum err_code check_not_last(struct shop *shop, const struct stage *s, struct err *e) {
    bool other = false;
    enum err_code rc =
        db_exists(shop->db, "SELECT 1 FROM stages WHERE pipeline_id = $1 AND kind = $2 AND removed = 0 AND id <> $3",
                  DB_BIND(DB_INT(s->pipeline_id), DB_TEXT(stage_kind_code(s->kind)), DB_INT(s->id)), &other, e);
    if (rc == ERR_OK && !other) {
        rc = err_set_field(e, ERR_REFUSED, "stage", _("“%s” is the last stage of the kind “%s”; a board needs one"),
                           s->name, stage_kind_code(s->kind));
    }
    return rc;
}

static enum err_code count_deals(struct shop *shop, int64_t stage_id, int64_t *count, struct err *e) {
    return db_get_int(shop->db, "SELECT COUNT(*) FROM deals WHERE stage_id = $1", DB_BIND(DB_INT(stage_id)), count, e);
}

static enum err_code check_kind(struct shop *shop, const struct stage *old, struct err *e) {
    int64_t deals = 0;
    enum err_code rc = check_not_last(shop, old, e);
    if (rc == ERR_OK) {
        rc = count_deals(shop, old->id, &deals, e);
    }
    if (rc == ERR_OK && deals > 0) {
        rc =
            err_set_field(e, ERR_REFUSED, "kind", _("stage “%s” has %lld deals: move them first, then change its kind"),
                          old->name, (long long)deals);
    }
    return rc;
}

static void merge(const struct stage *in, unsigned fields, struct stage *s) {
    if ((fields & STAGE_NAME) != 0) {
        deal_text(&s->name, text_nfc(in->name));
    }
    s->position = (fields & STAGE_POSITION) != 0 ? in->position : s->position;
    s->kind = (fields & STAGE_KIND) != 0 ? in->kind : s->kind;
    s->probability_bps = (fields & STAGE_PROBABILITY) != 0 ? in->probability_bps : s->probability_bps;
    s->idle_days = (fields & STAGE_IDLE_DAYS) != 0 ? in->idle_days : s->idle_days;
    s->fold = (fields & STAGE_FOLD) != 0 ? in->fold : s->fold;
    s->required = (fields & STAGE_REQUIRED) != 0 ? in->required : s->required;
    settle(s);
}

static enum err_code reorder(struct shop *shop, const struct stage *old, struct stage *s, struct err *e) {
    int64_t count = 0;
    enum err_code rc = db_get_int(shop->db, "SELECT COUNT(*) FROM stages WHERE pipeline_id = $1 AND removed = 0",
                                  DB_BIND(DB_INT(s->pipeline_id)), &count, e);
    s->position = s->position < 1 ? 1 : s->position > count ? (int)count : s->position;
    if (rc == ERR_OK) {
        rc = shift(shop, s->pipeline_id, s->id, old->position, -1, e);
    }
    return rc == ERR_OK ? shift(shop, s->pipeline_id, s->id, s->position, 1, e) : rc;
}

static enum err_code update(struct shop *shop, const struct stage *s, struct err *e) {
    char *folded = text_fold(s->name);
    char *required = deal_needs_text(s->required);
    enum err_code rc = db_run(shop->db,
                              "UPDATE stages SET position = $2, name = $3, folded = $4, kind = $5, probability_bps = "
                              "$6, idle_days = $7, fold = $8, required = $9 WHERE id = $1",
                              DB_BIND(DB_INT(s->id), DB_INT(s->position), DB_TEXT(s->name), DB_TEXT(folded),
                                      DB_TEXT(stage_kind_code(s->kind)), DB_INT(s->probability_bps),
                                      DB_INT(s->idle_days), DB_INT(s->fold), DB_TEXT(required)),
                              e);
    free(folded);
    free(required);
    return rc;
}

/* Deals without a probability of their own take the stage's. */
static enum err_code follow_probability(struct shop *shop, const struct stage *s, struct err *e) {
    enum err_code rc =
        db_run(shop->db, "UPDATE deals SET probability_bps = $2 WHERE stage_id = $1 AND probability_set = 0",
               DB_BIND(DB_INT(s->id), DB_INT(s->probability_bps)), e);
    return rc == ERR_OK ? deal_recount_stage(shop, s->id, e) : rc;
}

static enum err_code follow_order(struct shop *shop, int64_t pipeline_id, struct err *e) {
    enum err_code rc = deal_find_reached_all(shop, pipeline_id, e);
    return rc == ERR_OK ? deal_facts_rebuild(shop, e) : rc;
}

static enum err_code follow(struct shop *shop, const struct stage *old, const struct stage *s, struct err *e) {
    enum err_code rc = ERR_OK;
    if (old->probability_bps != s->probability_bps) {
        rc = follow_probability(shop, s, e);
    }
    if (rc == ERR_OK && old->idle_days != s->idle_days) {
        rc = deal_find_rotting(shop, s->id, s->idle_days, e);
        rc = rc == ERR_OK ? deal_recount_stage(shop, s->id, e) : rc;
    }
    if (rc == ERR_OK && (old->position != s->position || old->kind != s->kind)) {
        rc = follow_order(shop, s->pipeline_id, e);
    }
    return rc;
}

static enum err_code edit(struct shop *shop, void *ctx, struct err *e) {
    const struct change *c = ctx;
    struct stage old = {0}, s = {0};
    enum err_code rc = stage_get(shop, c->id, &old, e);
    if (rc == ERR_OK) {
        rc = stage_get(shop, c->id, &s, e);
    }
    if (rc == ERR_OK) {
        merge(c->in, c->fields, &s);
        rc = check(shop, &s, e);
    }
    if (rc == ERR_OK && s.kind != old.kind) {
        rc = check_kind(shop, &old, e);
    }
    if (rc == ERR_OK && s.position != old.position) {
        rc = reorder(shop, &old, &s, e);
    }
    if (rc == ERR_OK) {
        rc = update(shop, &s, e);
    }
    if (rc == ERR_OK) {
        rc = follow(shop, &old, &s, e);
    }
    if (rc == ERR_OK) {
        rc = write_audit(shop, "stage.edit", &old, &s, e);
    }
    stage_clear(&old);
    stage_clear(&s);
    return rc;
}

enum err_code stage_edit(struct shop *shop, int64_t id, const struct stage *s, unsigned fields, struct err *e) {
    struct change c = {.id = id, .in = s, .fields = fields};
    return shop_transact_for(shop, PERMIT_SETTINGS, edit, &c, e);
}

static enum err_code check_target(struct shop *shop, const struct stage *s, int64_t to_id, struct stage *to,
                                  struct err *e) {
    int64_t deals = 0;
    enum err_code rc = count_deals(shop, s->id, &deals, e);
    if (rc == ERR_OK && to_id == 0 && deals > 0) {
        rc = err_set_field(e, ERR_REFUSED, "to", _("stage “%s” has %lld deals: say where they go with --to STAGE"),
                           s->name, (long long)deals);
    }
    if (rc == ERR_OK && to_id != 0) {
        rc = stage_get(shop, to_id, to, e);
    }
    if (rc == ERR_OK && to_id != 0 && (to->id == s->id || to->kind != s->kind || to->pipeline_id != s->pipeline_id)) {
        rc =
            err_set_field(e, ERR_REFUSED, "to",
                          _("the deals of “%s” can only go to another stage of its kind, not “%s”"), s->name, to->name);
    }
    return rc;
}

/* All its deals at once, hidden ones too; each gets its row of history. */
static enum err_code move_deals(struct shop *shop, const struct stage *s, const struct stage *to, struct err *e) {
    char now[DATETIME_SIZE], today[DATE_SIZE];
    shop_now(shop, now);
    shop_today(shop, today);
    enum err_code rc = db_run(
        shop->db,
        "INSERT INTO deal_stages (deal_id, from_id, to_id, at, staff_id, value, reason_id) SELECT d.id, $1, $2, $3, "
        "$4, "
        "CASE d.kind WHEN 'open' THEN NULL ELSE d.value END, d.lost_reason_id FROM deals d WHERE d.stage_id = $1",
        DB_BIND(DB_INT(s->id), DB_INT(to->id), DB_TEXT(now), SHOP_ACTOR(shop)), e);
    if (rc == ERR_OK) {
        rc = db_run(shop->db,
                    "UPDATE deals SET stage_id = $2, entered_on = $3, version = version + 1, probability_bps = CASE "
                    "probability_set WHEN 0 THEN $4 ELSE probability_bps END WHERE stage_id = $1",
                    DB_BIND(DB_INT(s->id), DB_INT(to->id), DB_TEXT(today), DB_INT(to->probability_bps)), e);
    }
    if (rc == ERR_OK && to->kind == STAGE_OPEN) {
        rc = deal_find_rotting(shop, to->id, to->idle_days, e);
    }
    if (rc == ERR_OK) {
        rc = deal_recount_stage(shop, s->id, e);
    }
    return rc == ERR_OK ? deal_recount_stage(shop, to->id, e) : rc;
}

static enum err_code remove_stage(struct shop *shop, void *ctx, struct err *e) {
    const struct change *c = ctx;
    struct stage s = {0}, to = {0};
    enum err_code rc = stage_get(shop, c->id, &s, e);
    if (rc == ERR_OK) {
        rc = check_not_last(shop, &s, e);
    }
    if (rc == ERR_OK) {
        rc = check_target(shop, &s, c->to_id, &to, e);
    }
    if (rc == ERR_OK && c->to_id != 0) {
        rc = move_deals(shop, &s, &to, e);
    }
    if (rc == ERR_OK) {
        rc = db_run(shop->db, "UPDATE stages SET removed = 1 WHERE id = $1", DB_BIND(DB_INT(s.id)), e);
    }
    if (rc == ERR_OK) {
        rc = shift(shop, s.pipeline_id, 0, s.position, -1, e);
    }
    if (rc == ERR_OK) {
        rc = follow_order(shop, s.pipeline_id, e);
    }
    if (rc == ERR_OK) {
        rc = write_audit(shop, "stage.remove", &s, NULL, e);
    }
    stage_clear(&s);
    stage_clear(&to);
    return rc;
}

enum err_code stage_remove(struct shop *shop, int64_t id, int64_t to_id, struct err *e) {
    struct change c = {.id = id, .to_id = to_id};
    return shop_transact_for(shop, PERMIT_SETTINGS, remove_stage, &c, e);
}
