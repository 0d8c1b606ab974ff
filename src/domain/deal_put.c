/* Deals as they are given: by files (deal_put), and by hand (deal_add, deal_edit). */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "chotdon/assign.h"
#include "chotdon/customer.h"
#include "domain/deal_internal.h"
#include "domain/shop_internal.h"

enum way { WAY_FILE, WAY_ADD, WAY_EDIT };

struct putting {
    const struct deal *in;
    unsigned fields;
    enum way way;
    int64_t id; /* in: of WAY_EDIT; out */
    enum put_result result;
};

static bool given(const struct putting *p, unsigned field) {
    return (p->fields & field) != 0;
}

static void empty(char **text) {
    if (*text == NULL) {
        *text = mem_strdup("");
    }
}

void deal_record_new(struct deal_record *r) {
    struct deal *d = &r->d;
    char **const others[] = {&d->deal_no,    &d->customer_name,  &d->rep_name,       &d->next_on,
                             &d->next_text,  &d->entered_on,     &d->touched_on,     &d->rots_on,
                             &d->stage.name, &r->customer_phone, &r->customer_email, &r->customer_province};
    record_keep(DEAL_TEXTS, NULL, d);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        empty(others[i]);
    }
}

/* Texts that were given go into the record; it owns them then. */
static void apply_texts(struct deal *taken, struct deal *d) {
    for (size_t i = 0; i < DEAL_TEXT_COUNT; i++) {
        char **from = (char **)((char *)taken + deal_texts[i].offset);
        char **to = (char **)((char *)d + deal_texts[i].offset);
        bool keeps = deal_texts[i].bit == DEAL_CREATED && *from != NULL && (*from)[0] == '\0';
        if (*from != NULL && !keeps) {
            deal_text(to, *from);
            *from = NULL;
        }
    }
}

/* A lead who calls from a customer's phone is that customer. */
static enum err_code recognise(struct shop *shop, struct putting *p, struct deal_record *r, struct err *e) {
    int64_t id = 0;
    if (p->way != WAY_ADD || r->d.customer[0] != '\0' || r->d.phone[0] == '\0') {
        return ERR_OK;
    }
    enum err_code rc =
        record_lookup(shop->db, "SELECT customer_id FROM customer_phones WHERE phone = $1", r->d.phone, &id, NULL, e);
    if (rc == ERR_OK && id != 0) {
        char *code = NULL;
        rc = db_get_text(shop->db, "SELECT code FROM customers WHERE id = $1", DB_BIND(DB_INT(id)), &code, e);
        if (rc == ERR_OK) {
            deal_text(&r->d.customer, code);
            p->fields |= DEAL_CUSTOMER;
        }
    }
    return rc;
}

static enum err_code apply_amounts(const struct putting *p, const struct deal_record *old, struct deal_record *r,
                                   struct err *e) {
    int64_t sum = 0, old_sum = 0;
    enum err_code rc = deal_products_value(&r->d, &sum, e);
    if (rc == ERR_OK) {
        rc = deal_products_value(&old->d, &old_sum, e);
    }
    if (given(p, DEAL_EXPECTED_VALUE)) {
        r->d.expected_value = p->in->expected_value;
    } else if (given(p, DEAL_PRODUCTS) && (old->d.id == 0 || old->d.expected_value == old_sum)) {
        r->d.expected_value = sum;
    }
    return rc;
}

static enum err_code find_stage(struct shop *shop, int64_t pipeline_id, const char *name, struct stage *out,
                                struct err *e) {
    enum err_code rc = stage_find(shop, pipeline_id, name, out, NULL);
    if (rc == ERR_NOT_FOUND) { /* the error then names all boards' stages */
        rc = stage_find(shop, 0, name, out, e);
    }
    return rc;
}

enum err_code deal_stage_named(struct shop *shop, const struct deal *d, const char *name, struct stage *out,
                               struct err *e) {
    return find_stage(shop, d->stage.pipeline_id, name, out, e);
}

static enum err_code own_pipeline(struct shop *shop, const struct putting *p, const struct deal_record *r, int64_t *id,
                                  struct err *e) {
    *id = given(p, DEAL_STAGE) ? p->in->stage.pipeline_id : 0;
    if (*id == 0) {
        *id = r->d.stage.pipeline_id;
    }
    if (*id == 0) {
        enum err_code rc = db_get_int(shop->db, "SELECT COALESCE(MIN(id), 0) FROM pipelines WHERE channel_id = $1",
                                      DB_BIND(DB_INT(r->source_id)), id, e);
        *id = *id == 0 ? PIPELINE_MAIN : *id;
        return rc;
    }
    return ERR_OK;
}

/* The stage that was named; else where it is, or where new ones begin. */
static enum err_code choose_stage(struct shop *shop, const struct putting *p, const struct deal_record *r,
                                  struct stage *out, struct err *e) {
    int64_t pipeline = 0;
    bool named = given(p, DEAL_STAGE) && p->in->stage.name != NULL && p->in->stage.name[0] != '\0';
    enum err_code rc = own_pipeline(shop, p, r, &pipeline, e);
    *out = (struct stage){0};
    if (rc != ERR_OK || (!named && r->d.id != 0)) {
        return rc;
    }
    return named ? find_stage(shop, pipeline, p->in->stage.name, out, e)
                 : stage_first(shop, pipeline, STAGE_OPEN, out, e);
}

static void enter_stage(struct shop *shop, const struct putting *p, struct deal_record *r, const struct stage *to) {
    char *closed = mem_strdup(r->d.closed);
    char *reason = mem_strdup(r->d.lost_reason);
    int64_t reason_id = r->reason_id;
    bool is_new = r->d.id == 0;
    deal_enter(shop, r, to);
    if (to->kind != STAGE_OPEN && (given(p, DEAL_CLOSED) || (is_new && p->way == WAY_FILE))) {
        deal_text(&r->d.closed, mem_strdup(closed));
    }
    if (to->kind == STAGE_LOST && given(p, DEAL_LOST_REASON)) {
        deal_text(&r->d.lost_reason, mem_strdup(reason));
        r->reason_id = reason_id;
    }
    free(closed);
    free(reason);
}

/* What only a closed deal has, and its probability. */
static void settle_closing(const struct putting *p, const struct deal_record *old, struct deal_record *r) {
    struct deal *d = &r->d;
    if (d->stage.kind == STAGE_OPEN) {
        deal_text(&d->closed, mem_strdup(""));
        d->value = 0;
    } else if (given(p, DEAL_VALUE)) {
        d->value = p->in->value;
    } else if (old->d.stage.kind == STAGE_OPEN) {
        d->value = d->expected_value;
    }
    if (d->stage.kind != STAGE_LOST) {
        deal_text(&d->lost_reason, mem_strdup(""));
        r->reason_id = 0;
    }
    if (given(p, DEAL_PROBABILITY) && d->stage.kind == STAGE_OPEN) {
        d->probability_set = p->in->probability_set;
        d->probability_bps = p->in->probability_set ? p->in->probability_bps : d->stage.probability_bps;
    }
}

/* What is closed was closed on some day: where a file leaves it open, the day that is known, else that of a new deal's
 * making, else today. */
static void settle_closed(struct deal *d, const struct deal *old, const char *today) {
    if (d->stage.kind != STAGE_OPEN && d->closed[0] == '\0') {
        const char *known = old->closed != NULL && old->closed[0] != '\0' ? old->closed : today;
        deal_text(&d->closed, mem_strdup(d->id == 0 ? d->created : known));
    }
}

static void settle_dates(struct shop *shop, const struct putting *p, const struct deal_record *old,
                         struct deal_record *r, bool moved) {
    struct deal *d = &r->d;
    char today[DATE_SIZE];
    bool is_new = d->id == 0;
    shop_today(shop, today);
    if (d->created[0] == '\0') {
        deal_text(&d->created, mem_strdup(d->closed[0] != '\0' ? d->closed : today));
    }
    settle_closed(d, &old->d, today);
    const char *known = d->closed[0] != '\0' ? d->closed : d->created;
    bool by_file = p->way == WAY_FILE;
    if (moved && by_file && (is_new || d->closed[0] != '\0')) {
        deal_text(&d->entered_on, mem_strdup(known));
        r->at = is_new ? d->created : d->closed;
    } else if (moved && is_new && strcmp(d->created, today) != 0) {
        deal_text(&d->entered_on, mem_strdup(d->created));
        r->at = d->created;
    }
    deal_text(&d->touched_on, mem_strdup(by_file && is_new ? known : today));
}

static enum err_code default_title(struct deal *d, enum way way, struct err *e) {
    const char *const names[] = {d->customer_name, d->contact, d->product_count > 0 ? d->products[0].name : "",
                                 way == WAY_FILE ? d->deal_no : ""};
    for (size_t i = 0; i < sizeof names / sizeof *names && d->title[0] == '\0'; i++) {
        deal_text(&d->title, mem_strdup(names[i]));
    }
    return d->title[0] != '\0'
               ? ERR_OK
               : err_set_field(e, ERR_INVALID, "title", _("a deal needs a title, a customer or a product"));
}

static enum err_code check_sense(const struct deal *d, struct err *e) {
    if (d->closed[0] != '\0' && strcmp(d->closed, d->created) < 0) {
        return err_set_field(e, ERR_INVALID, "closed", _("closed on %s, before it was created on %s"), d->closed,
                             d->created);
    }
    return ERR_OK;
}

/* By hand a stage asks for its fields, and lost for its reason. */
static enum err_code check_by_hand(const struct deal_record *r, struct err *e) {
    unsigned missing = deal_missing(r, r->d.stage.required);
    if (missing != 0) {
        return deal_refuse_missing(r, &r->d.stage, missing, e);
    }
    if (r->d.stage.kind == STAGE_LOST && r->reason_id == 0) {
        return err_set_field(e, ERR_INVALID, "reason", _("a lost deal needs a reason"));
    }
    return ERR_OK;
}

/* Everything but the number. */
static enum err_code complete(struct shop *shop, struct putting *p, const struct deal_record *old,
                              struct deal_record *r, struct err *e) {
    struct stage to = {0};
    enum err_code rc = recognise(shop, p, r, e);
    if (rc == ERR_OK && given(p, DEAL_PRODUCTS)) {
        deal_take_products(p->in, &r->d);
    }
    if (rc == ERR_OK) {
        rc = deal_resolve(shop, r, p->fields, p->way == WAY_FILE, e);
    }
    if (rc == ERR_OK) {
        rc = apply_amounts(p, old, r, e);
    }
    if (rc == ERR_OK) {
        rc = choose_stage(shop, p, r, &to, e);
    }
    bool moved = to.id != 0 && to.id != old->d.stage.id;
    if (rc == ERR_OK && moved) {
        enter_stage(shop, p, r, &to);
    }
    stage_clear(&to);
    if (rc == ERR_OK) {
        settle_closing(p, old, r);
        settle_dates(shop, p, old, r, moved);
        rc = default_title(&r->d, p->way, e);
    }
    if (rc == ERR_OK) {
        rc = check_sense(&r->d, e);
    }
    return rc == ERR_OK && p->way == WAY_ADD ? check_by_hand(r, e) : rc;
}

static bool same(const struct deal_record *a, const struct deal_record *b) {
    return record_same(DEAL_TEXTS, &a->d, &b->d) && a->d.stage.id == b->d.stage.id &&
           a->d.expected_value == b->d.expected_value && a->d.value == b->d.value &&
           a->d.probability_set == b->d.probability_set && a->d.probability_bps == b->d.probability_bps &&
           deal_same_products(&a->d, &b->d);
}

static enum err_code check_version(const struct putting *p, const struct deal_record *old, struct err *e) {
    if (p->way == WAY_EDIT && p->in->version != 0 && p->in->version != old->d.version) {
        return err_set(e, ERR_CONFLICT, _("somebody else changed deal %s meanwhile: look at it again"), old->d.deal_no);
    }
    return ERR_OK;
}

/* Which deal it is, twice: as it was, and to be changed. */
static enum err_code identify(struct shop *shop, const struct putting *p, const char *deal_no, struct deal_record *old,
                              struct deal_record *r, struct err *e) {
    int64_t id = p->id;
    enum err_code rc = ERR_OK;
    if (p->way != WAY_EDIT && deal_no[0] != '\0') {
        rc = record_lookup(shop->db, "SELECT id FROM deals WHERE deal_no = $1", deal_no, &id, NULL, e);
    }
    if (rc == ERR_OK && id != 0 && p->way == WAY_ADD) {
        rc = err_set_field(e, ERR_CONFLICT, "deal_no", _("there is a deal %s already"), deal_no);
    }
    if (rc != ERR_OK || id == 0) {
        return rc;
    }
    rc = deal_load(shop, id, old, e);
    if (rc == ERR_OK) {
        rc = check_version(p, old, e);
    }
    return rc == ERR_OK ? deal_load(shop, id, r, e) : rc;
}

static enum err_code write(struct shop *shop, struct putting *p, struct deal *taken, const struct deal_record *old,
                           struct deal_record *r, struct err *e) {
    bool is_new = old->d.id == 0;
    enum err_code rc = ERR_OK;
    if (is_new) {
        deal_text(&r->d.deal_no, taken->deal_no);
        taken->deal_no = NULL;
        r->d.import_id = taken->import_id;
    }
    if (is_new && r->d.deal_no[0] == '\0') {
        deal_text(&r->d.deal_no, NULL);
        rc = deal_number_next(shop, r->d.created, &r->d.deal_no, e);
    }
    if (rc == ERR_OK) {
        rc = deal_store(shop, is_new ? NULL : old, r, is_new ? "deal.add" : "deal.edit", e);
    }
    if (rc == ERR_OK && is_new && r->staff_id == 0) {
        rc = assign_new(shop, r->d.id, e);
    }
    p->result = is_new ? PUT_CREATED : PUT_UPDATED;
    p->id = r->d.id;
    return rc;
}

static enum err_code put(struct shop *shop, void *ctx, struct err *e) {
    const struct putting *asked = ctx;
    struct putting p = *asked; /* it may run again */
    struct deal taken = {0};
    struct deal_record old = {0};
    struct deal_record r = {0};
    enum err_code rc = deal_take(p.in, p.fields, &taken, e);
    if (rc == ERR_OK) {
        rc = identify(shop, &p, taken.deal_no, &old, &r, e);
    }
    if (rc == ERR_OK) {
        apply_texts(&taken, &r.d);
        deal_record_new(&r);
        if (p.way == WAY_FILE && taken.deal_no[0] != '\0' && r.d.id == 0) {
            deal_text(&r.d.deal_no, mem_strdup(taken.deal_no));
        }
        rc = complete(shop, &p, &old, &r, e);
    }
    if (rc == ERR_OK && old.d.id != 0 && same(&old, &r)) {
        p.result = PUT_UNCHANGED;
        p.id = r.d.id;
    } else if (rc == ERR_OK) {
        rc = write(shop, &p, &taken, &old, &r, e);
    }
    if (rc == ERR_OK) {
        ((struct putting *)ctx)->result = p.result;
        ((struct putting *)ctx)->id = p.id;
    }
    deal_clear(&taken);
    deal_record_clear(&old);
    deal_record_clear(&r);
    return rc;
}

enum err_code deal_put(struct shop *shop, const struct deal *d, unsigned fields, enum put_result *result, int64_t *id,
                       struct err *e) {
    struct putting p = {.in = d, .fields = fields, .way = WAY_FILE};
    enum err_code rc = shop_transact(shop, put, &p, e);
    if (rc == ERR_OK && result != NULL) {
        *result = p.result;
    }
    if (rc == ERR_OK && id != NULL) {
        *id = p.id;
    }
    return rc;
}

enum err_code deal_add(struct shop *shop, const struct deal *d, unsigned fields, int64_t *id, struct err *e) {
    struct putting p = {.in = d, .fields = fields, .way = WAY_ADD};
    enum err_code rc = shop_transact(shop, put, &p, e);
    if (rc == ERR_OK && id != NULL) {
        *id = p.id;
    }
    return rc;
}

enum err_code deal_edit(struct shop *shop, int64_t id, const struct deal *d, unsigned fields, struct err *e) {
    struct putting p = {.in = d, .fields = fields & ~(unsigned)DEAL_STAGE, .way = WAY_EDIT, .id = id};
    return shop_transact(shop, put, &p, e);
}
