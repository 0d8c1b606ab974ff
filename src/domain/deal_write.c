/* Rows of one deal: itself, its words for search, its history. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "chotdon/audit.h"
#include "domain/deal_internal.h"
#include "domain/shop_internal.h"

/* Of a closed deal the day it was closed on is not kept three times. */
static const char *entered(const struct deal *d) {
    return d->stage.kind != STAGE_OPEN && strcmp(d->entered_on, d->closed) == 0 ? "" : d->entered_on;
}

static const char *touched(const struct deal *d) {
    return d->stage.kind != STAGE_OPEN ? "" : d->touched_on;
}

#define VALUES_OF(r)                                                                                                   \
    DB_INT((r)->d.stage.id), DB_TEXT(stage_kind_code((r)->d.stage.kind)), DB_TEXT((r)->d.title),                       \
        DB_ID((r)->customer_id), DB_TEXT((r)->d.contact), DB_TEXT((r)->d.phone), DB_TEXT((r)->d.email),                \
        DB_TEXT((r)->d.province), DB_ID((r)->staff_id), DB_ID((r)->source_id), DB_INT((r)->d.expected_value),          \
        DB_INT((r)->d.probability_bps), DB_INT((r)->d.probability_set), DB_TEXT((r)->d.tags), DB_TEXT((r)->d.need),    \
        DB_TEXT((r)->d.budget), DB_TEXT((r)->d.timing), DB_TEXT((r)->d.decision_maker), DB_TEXT((r)->d.note),          \
        DB_TEXT((r)->d.created), DB_TEXT((r)->d.expected_close), DB_TEXT((r)->d.closed), DB_INT((r)->d.value),         \
        DB_ID((r)->reason_id), DB_TEXT((r)->d.next_on), DB_TEXT((r)->d.next_text), DB_TEXT(entered(&(r)->d)),          \
        DB_TEXT(touched(&(r)->d)), DB_TEXT((r)->d.rots_on)

static enum err_code insert_row(struct shop *shop, struct deal_record *r, struct err *e) {
    enum err_code rc = db_run(
        shop->db,
        "INSERT INTO deals (stage_id, kind, title, customer_id, contact, phone, email, province, staff_id, "
        "source_id, expected_value, probability_bps, probability_set, tags, need, budget, timing, "
        "decision_maker, note, created_on, expected_close, closed_on, value, lost_reason_id, next_on, next_text, "
        "entered_on, touched_on, rots_on, deal_no, reached_id, import_id) VALUES ($1, $2, $3, $4, $5, $6, $7, "
        "$8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, "
        "$29, $30, $31, $32)",
        DB_BIND(VALUES_OF(r), DB_TEXT(r->d.deal_no), DB_OPT(r->d.stage.kind != STAGE_LOST, r->d.stage.id),
                DB_ID(r->d.import_id)),
        e);
    r->d.id = rc == ERR_OK ? db_last_id(shop->db) : 0;
    return rc;
}

static enum err_code update_row(struct shop *shop, const struct deal_record *r, struct err *e) {
    return db_run(shop->db,
                  "UPDATE deals SET stage_id = $1, kind = $2, title = $3, customer_id = $4, contact = $5, phone = $6, "
                  "email = $7, province = $8, staff_id = $9, source_id = $10, expected_value = $11, probability_bps = "
                  "$12, probability_set = $13, tags = $14, need = $15, budget = $16, timing = $17, decision_maker = "
                  "$18, note = $19, created_on = $20, expected_close = $21, closed_on = $22, value = $23, "
                  "lost_reason_id = $24, next_on = $25, next_text = $26, entered_on = $27, touched_on = $28, rots_on = "
                  "$29, version = version + 1 WHERE id = $30",
                  DB_BIND(VALUES_OF(r), DB_INT(r->d.id)), e);
}

enum err_code deal_write_row(struct shop *shop, struct deal_record *r, struct err *e) {
    char rots_on[DATE_SIZE] = "";
    if (r->d.stage.kind == STAGE_OPEN) {
        stage_rots_on(r->d.touched_on, r->d.stage.idle_days, r->d.next_on, rots_on);
    }
    deal_text(&r->d.rots_on, mem_strdup(rots_on));
    return r->d.id == 0 ? insert_row(shop, r, e) : update_row(shop, r, e);
}

enum err_code deal_write_search(struct shop *shop, const struct deal_record *r, struct err *e) {
    const struct deal *d = &r->d;
    char *words = mem_printf("%s %s", d->title, d->contact);
    char *folded = text_fold(words);
    const char *numbers[] = {d->phone[0] == '\0' ? NULL : d->phone, NULL}; /* its own number has an index */
    struct search_entry entry = {folded, numbers};
    enum err_code rc = db_search_put(shop->db, SEARCH_DEAL, d->id, &entry, e);
    free(words);
    free(folded);
    return rc;
}

static enum err_code insert_stage(struct shop *shop, const struct deal_record *old, const struct deal_record *r,
                                  struct err *e) {
    char now[DATETIME_SIZE];
    bool closed = r->d.stage.kind != STAGE_OPEN;
    shop_now(shop, now);
    return db_run(shop->db,
                  "INSERT INTO deal_stages (deal_id, from_id, to_id, at, staff_id, value, reason_id, order_id) VALUES "
                  "($1, $2, $3, $4, $5, $6, $7, $8)",
                  DB_BIND(DB_INT(r->d.id), DB_ID(old == NULL ? 0 : old->d.stage.id), DB_INT(r->d.stage.id),
                          DB_TEXT(r->at == NULL ? now : r->at), SHOP_ACTOR(shop), DB_OPT(closed, r->d.value),
                          DB_ID(closed ? r->reason_id : 0), DB_ID(r->order_id)),
                  e);
}

/* A new row, or the last one taken back. */
static enum err_code write_stage(struct shop *shop, const struct deal_record *old, const struct deal_record *r,
                                 struct err *e) {
    enum err_code rc = r->undone != 0
                           ? db_run(shop->db, "DELETE FROM deal_stages WHERE id = $1", DB_BIND(DB_INT(r->undone)), e)
                           : insert_stage(shop, old, r, e);
    return rc == ERR_OK && old != NULL ? deal_find_reached(shop, r->d.id, e) : rc;
}

static enum err_code write_assignment(struct shop *shop, const struct deal_record *r, struct err *e) {
    char now[DATETIME_SIZE];
    shop_now(shop, now);
    return db_run(
        shop->db, "INSERT INTO deal_assignments (deal_id, staff_id, at, rule_id) VALUES ($1, $2, $3, $4)",
        DB_BIND(DB_INT(r->d.id), DB_INT(r->staff_id), DB_TEXT(r->at == NULL ? now : r->at), DB_ID(r->rule_id)), e);
}

static void describe(const struct deal *d, const struct deal *other, struct buf *b) {
    static const struct deal none = {0};
    const struct deal *o = other == NULL ? &none : other;
    const struct {
        const char *key;
        int64_t mine, theirs;
    } numbers[] = {
        {"expected_value", d->expected_value, o->expected_value},
        {"probability_bps", d->probability_bps, o->probability_bps},
        {"value", d->value, o->value},
    };
    record_json(DEAL_TEXTS, d, other, b);
    if (o->stage.id != d->stage.id) {
        record_json_text(b, "stage", d->stage.name);
    }
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        if (numbers[i].mine != numbers[i].theirs) {
            record_json_int(b, numbers[i].key, numbers[i].mine);
        }
    }
    if (strcmp(d->next_on, o->next_on == NULL ? "" : o->next_on) != 0 ||
        strcmp(d->next_text, o->next_text == NULL ? "" : o->next_text) != 0) {
        record_json_text(b, "next_on", d->next_on);
        record_json_text(b, "next", d->next_text);
    }
    if (!deal_same_products(d, o)) {
        record_json_int(b, "products", (int64_t)d->product_count);
    }
}

static enum err_code write_audit(struct shop *shop, const struct deal *old, const struct deal *d, const char *action,
                                 struct err *e) {
    if (shop->audit_muted || action == NULL) {
        return ERR_OK;
    }
    struct buf before = BUF_INIT;
    struct buf after = BUF_INIT;
    char *entity = deal_entity(d->deal_no);
    describe(d, old, &after);
    if (old != NULL) {
        describe(old, d, &before);
    }
    enum err_code rc =
        audit_add(shop, action, entity, old == NULL ? "" : record_json_end(&before), record_json_end(&after), e);
    buf_clear(&before);
    buf_clear(&after);
    free(entity);
    return rc;
}

static bool search_differs(const struct deal *a, const struct deal *b) {
    return strcmp(a->title, b->title) != 0 || strcmp(a->contact, b->contact) != 0 || strcmp(a->phone, b->phone) != 0;
}

enum err_code deal_store(struct shop *shop, const struct deal_record *old, struct deal_record *r, const char *action,
                         struct err *e) {
    enum err_code rc = old == NULL ? ERR_OK : deal_uncount(shop, r->d.id, e);
    if (rc == ERR_OK) {
        rc = deal_write_row(shop, r, e);
    }
    if (rc == ERR_OK && (old == NULL ? r->d.product_count > 0 : !deal_same_products(&old->d, &r->d))) {
        rc = deal_write_products(shop, &r->d, e);
    }
    if (rc == ERR_OK && (old == NULL || search_differs(&old->d, &r->d))) {
        rc = deal_write_search(shop, r, e);
    }
    if (rc == ERR_OK && (old == NULL || old->d.stage.id != r->d.stage.id)) {
        rc = write_stage(shop, old, r, e);
    }
    bool given = old == NULL ? r->d.stage.kind == STAGE_OPEN : old->staff_id != r->staff_id;
    if (rc == ERR_OK && r->staff_id != 0 && given) {
        rc = write_assignment(shop, r, e);
    }
    if (rc == ERR_OK) {
        rc = deal_count(shop, r->d.id, e);
    }
    return rc == ERR_OK ? write_audit(shop, old == NULL ? NULL : &old->d, &r->d, action, e) : rc;
}
