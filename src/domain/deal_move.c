/* A deal on its way: from stage to stage, won, lost, and back. Every step is a row of its history. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/audit.h"
#include "domain/deal_internal.h"
#include "domain/shop_internal.h"

void deal_touch(struct shop *shop, struct deal_record *r) {
    char today[DATE_SIZE];
    shop_today(shop, today);
    deal_text(&r->d.touched_on, mem_strdup(today));
}

unsigned deal_missing(const struct deal_record *r, unsigned required) {
    const struct deal *d = &r->d;
    const struct {
        enum deal_need bit;
        bool there;
    } fields[] = {
        {DEAL_NEED_NEED, d->need[0] != '\0'},
        {DEAL_NEED_BUDGET, d->budget[0] != '\0'},
        {DEAL_NEED_TIMING, d->timing[0] != '\0'},
        {DEAL_NEED_DECISION_MAKER, d->decision_maker[0] != '\0'},
        {DEAL_NEED_CUSTOMER, r->customer_id != 0},
        {DEAL_NEED_PHONE, d->phone[0] != '\0' || r->customer_phone[0] != '\0'},
        {DEAL_NEED_EMAIL, d->email[0] != '\0' || r->customer_email[0] != '\0'},
        {DEAL_NEED_PROVINCE, d->province[0] != '\0' || r->customer_province[0] != '\0'},
        {DEAL_NEED_REP, r->staff_id != 0},
        {DEAL_NEED_SOURCE, r->source_id != 0},
        {DEAL_NEED_PRODUCT, d->product_count > 0},
        {DEAL_NEED_EXPECTED_VALUE, d->expected_value > 0},
        {DEAL_NEED_EXPECTED_CLOSE, d->expected_close[0] != '\0'},
    };
    unsigned missing = 0;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        missing |= (required & fields[i].bit) != 0 && !fields[i].there ? fields[i].bit : 0;
    }
    return missing;
}

enum err_code deal_refuse_missing(const struct deal_record *r, const struct stage *to, unsigned missing,
                                  struct err *e) {
    struct buf names = BUF_INIT;
    char *codes = deal_needs_text(missing);
    for (unsigned bit = 1; bit <= DEAL_NEED_ALL; bit <<= 1) {
        if ((missing & bit) != 0) {
            buf_addf(&names, "%s%s", names.len == 0 ? "" : ", ", deal_need_label((enum deal_need)bit));
        }
    }
    /* the first one is the field at fault */
    codes[strcspn(codes, ",")] = '\0';
    enum err_code rc = err_set_field(e, ERR_REFUSED, codes, _("stage “%s” asks for what deal %s has not: %s"), to->name,
                                     r->d.deal_no[0] == '\0' ? r->d.title : r->d.deal_no, buf_str(&names));
    buf_clear(&names);
    free(codes);
    return rc;
}

void deal_put_stage(struct deal_record *r, const struct stage *to) {
    struct stage copy = *to;
    copy.name = mem_strdup(to->name);
    stage_clear(&r->d.stage);
    r->d.stage = copy;
    if (!r->d.probability_set) {
        r->d.probability_bps = to->probability_bps;
    }
}

void deal_enter(struct shop *shop, struct deal_record *r, const struct stage *to) {
    char today[DATE_SIZE];
    bool closes = to->kind != STAGE_OPEN;
    shop_today(shop, today);
    deal_put_stage(r, to);
    deal_text(&r->d.entered_on, mem_strdup(today));
    deal_text(&r->d.touched_on, mem_strdup(today));
    deal_text(&r->d.closed, mem_strdup(closes ? today : ""));
    r->d.value = closes ? r->d.expected_value : 0;
    r->reason_id = 0;
    deal_text(&r->d.lost_reason, mem_strdup(""));
}

struct step {
    int64_t id;
    int64_t stage_id;
    int64_t order_id;
    int64_t value;
    const char *reason;
    unsigned missing;
};

static enum err_code check_required(const struct deal_record *r, const struct stage *to, unsigned *missing,
                                    struct err *e) {
    *missing = deal_missing(r, to->required);
    return *missing == 0 ? ERR_OK : deal_refuse_missing(r, to, *missing, e);
}

static enum err_code check_open(const struct deal_pair *p, const struct stage *to, struct err *e) {
    if (to->kind == STAGE_WON) {
        return err_set_field(e, ERR_REFUSED, "stage", _("“%s” is where deals are won: use `deal won %s`"), to->name,
                             p->r.d.deal_no);
    }
    if (to->kind == STAGE_LOST) {
        return err_set_field(e, ERR_REFUSED, "stage", _("“%s” is where deals are lost: use `deal lost %s --reason R`"),
                             to->name, p->r.d.deal_no);
    }
    return ERR_OK;
}

static enum err_code move(struct shop *shop, void *ctx, struct err *e) {
    struct step *c = ctx;
    struct deal_pair p;
    struct stage to = {0};
    enum err_code rc = deal_pair_load(shop, c->id, &p, e);
    if (rc == ERR_OK) {
        rc = stage_get(shop, c->stage_id, &to, e);
    }
    if (rc == ERR_OK) {
        rc = check_open(&p, &to, e);
    }
    bool moves = rc == ERR_OK && to.id != p.old.d.stage.id;
    if (moves) {
        rc = check_required(&p.r, &to, &c->missing, e);
    }
    if (moves && rc == ERR_OK) {
        deal_enter(shop, &p.r, &to);
        rc = deal_store(shop, &p.old, &p.r, p.old.d.stage.kind == STAGE_OPEN ? "deal.move" : "deal.reopen", e);
    }
    stage_clear(&to);
    deal_pair_clear(&p);
    return rc;
}

enum err_code deal_move(struct shop *shop, int64_t id, int64_t stage_id, unsigned *missing, struct err *e) {
    struct step c = {.id = id, .stage_id = stage_id};
    enum err_code rc = shop_transact(shop, move, &c, e);
    if (missing != NULL) {
        *missing = c.missing;
    }
    return rc;
}

static enum err_code refuse_closed(const struct deal_record *r, struct err *e) {
    return err_set_field(e, ERR_REFUSED, "stage",
                         _("deal %s is closed already (%s): move it back to an open stage first"), r->d.deal_no,
                         r->d.stage.name);
}

/* The order knows its deal; what it is worth. */
static enum err_code link_order(struct shop *shop, const struct step *c, int64_t deal_id, int64_t *total,
                                struct err *e) {
    char *other = NULL;
    enum err_code rc = record_lookup_text(
        shop->db, "SELECT d.deal_no FROM orders o JOIN deals d ON d.id = o.deal_id WHERE o.id = $1 AND o.deal_id <> $2",
        DB_BIND(DB_INT(c->order_id), DB_INT(deal_id)), &other, e);
    if (rc == ERR_OK && other != NULL) {
        rc = err_set_field(e, ERR_CONFLICT, "order", _("that order belongs to deal %s already"), other);
    }
    if (rc == ERR_OK) {
        rc = db_get_int(shop->db, "SELECT total FROM orders WHERE id = $1 AND is_return = 0",
                        DB_BIND(DB_INT(c->order_id)), total, e);
    }
    if (rc == ERR_NOT_FOUND) {
        rc = err_set_field(e, rc, "order", _("that order is not there any more, or is a return"));
    }
    free(other);
    return rc == ERR_OK ? db_run(shop->db, "UPDATE orders SET deal_id = $2 WHERE id = $1",
                                 DB_BIND(DB_INT(c->order_id), DB_INT(deal_id)), e)
                        : rc;
}

/* An order that was opened from the deal before. */
static enum err_code own_total(struct shop *shop, int64_t deal_id, int64_t *total, struct err *e) {
    return db_get_int(shop->db,
                      "SELECT CAST(COALESCE(SUM(total), -1) AS BIGINT) FROM orders WHERE deal_id = $1 AND is_return = "
                      "0 AND status <> 'cancelled' AND status <> 'returned'",
                      DB_BIND(DB_INT(deal_id)), total, e);
}

static enum err_code worth(struct shop *shop, const struct step *c, struct deal_record *r, struct err *e) {
    int64_t total = -1;
    enum err_code rc = c->order_id != 0 ? link_order(shop, c, r->d.id, &total, e) : own_total(shop, r->d.id, &total, e);
    if (c->value >= 0) {
        r->d.value = c->value;
    } else {
        r->d.value = total > 0 ? total : r->d.expected_value;
    }
    return rc;
}

static enum err_code win(struct shop *shop, void *ctx, struct err *e) {
    struct step *c = ctx;
    struct deal_pair p;
    struct stage to = {0};
    enum err_code rc = deal_pair_load(shop, c->id, &p, e);
    bool links = p.old.d.stage.kind == STAGE_WON && c->order_id != 0; /* won before its order was there */
    if (rc == ERR_OK && p.old.d.stage.kind != STAGE_OPEN && !links) {
        rc = refuse_closed(&p.old, e);
    }
    if (rc == ERR_OK && !links) {
        rc = stage_first(shop, p.old.d.stage.pipeline_id, STAGE_WON, &to, e);
    }
    if (rc == ERR_OK && !links) {
        rc = check_required(&p.r, &to, &c->missing, e);
    }
    if (rc == ERR_OK && !links) {
        deal_enter(shop, &p.r, &to);
    }
    if (rc == ERR_OK) {
        rc = worth(shop, c, &p.r, e);
    }
    p.r.order_id = c->order_id;
    if (rc == ERR_OK) {
        rc = deal_store(shop, &p.old, &p.r, "deal.won", e);
    }
    stage_clear(&to);
    deal_pair_clear(&p);
    return rc;
}

enum err_code deal_win(struct shop *shop, int64_t id, int64_t order_id, int64_t value, struct err *e) {
    struct step c = {.id = id, .order_id = order_id, .value = value};
    if (value > DEAL_VALUE_MAX) {
        return err_set_field(e, ERR_INVALID, "value", _("%s is below 0 or too large"), "value");
    }
    return shop_transact(shop, win, &c, e);
}

static enum err_code lose(struct shop *shop, void *ctx, struct err *e) {
    struct step *c = ctx;
    struct deal_pair p;
    struct stage to = {0};
    int64_t reason = 0;
    enum err_code rc = deal_pair_load(shop, c->id, &p, e);
    if (rc == ERR_OK && p.old.d.stage.kind != STAGE_OPEN) {
        rc = refuse_closed(&p.old, e);
    }
    if (rc == ERR_OK) {
        rc = reason_find(shop, c->reason, &reason, e);
    }
    if (rc == ERR_OK) {
        rc = stage_first(shop, p.old.d.stage.pipeline_id, STAGE_LOST, &to, e);
    }
    if (rc == ERR_OK) {
        rc = check_required(&p.r, &to, &c->missing, e);
    }
    if (rc == ERR_OK) {
        char *name = NULL;
        deal_enter(shop, &p.r, &to);
        p.r.reason_id = reason;
        rc = db_get_text(shop->db, "SELECT name FROM lost_reasons WHERE id = $1", DB_BIND(DB_INT(reason)), &name, e);
        deal_text(&p.r.d.lost_reason, name == NULL ? mem_strdup("") : name);
    }
    if (rc == ERR_OK) {
        rc = deal_store(shop, &p.old, &p.r, "deal.lost", e);
    }
    stage_clear(&to);
    deal_pair_clear(&p);
    return rc;
}

enum err_code deal_lose(struct shop *shop, int64_t id, const char *reason, struct err *e) {
    struct step c = {.id = id, .reason = reason};
    if (reason == NULL || reason[strspn(reason, " \t")] == '\0') {
        return err_set_field(e, ERR_INVALID, "reason", _("a lost deal needs a reason"));
    }
    return shop_transact(shop, lose, &c, e);
}
