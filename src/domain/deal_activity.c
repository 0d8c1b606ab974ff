/* What happens on a deal between its moves: who cares for it, what was said, what comes next. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "chotdon/audit.h"
#include "chotdon/staff.h"
#include "domain/deal_facts.h"
#include "domain/deal_internal.h"
#include "domain/shop_internal.h"

enum err_code deal_give(struct shop *shop, int64_t id, int64_t staff_id, int64_t rule_id, struct err *e) {
    struct deal_pair p;
    struct staff rep = {0};
    enum err_code rc = deal_pair_load(shop, id, &p, e);
    if (rc == ERR_OK && staff_id != 0) {
        rc = staff_get(shop, staff_id, &rep, e);
    }
    if (rc == ERR_OK && staff_id != p.old.staff_id) {
        p.r.staff_id = staff_id;
        p.r.rule_id = rule_id;
        deal_text(&p.r.d.rep, mem_strdup(rep.code == NULL ? "" : rep.code));
        rc = deal_store(shop, &p.old, &p.r, "deal.assign", e);
    }
    staff_clear(&rep);
    deal_pair_clear(&p);
    return rc;
}

struct giving {
    int64_t id, staff_id;
};

static enum err_code give(struct shop *shop, void *ctx, struct err *e) {
    const struct giving *g = ctx;
    return deal_give(shop, g->id, g->staff_id, 0, e);
}

enum err_code deal_assign(struct shop *shop, int64_t id, int64_t staff_id, struct err *e) {
    struct giving g = {id, staff_id};
    return shop_transact(shop, give, &g, e);
}

struct saying {
    int64_t id;
    const char *kind; /* of a log entry */
    const char *date; /* of a plan */
    const char *text;
};

/* As it is stored; NULL for no kind. */
static const char *find_kind(const char *typed) {
    static const struct {
        const char *word; /* folded */
        const char *kind;
    } words[] = {
        {"call", "call"},        {"goi", "call"},     {"goi dien", "call"},    {"message", "message"},
        {"nhan tin", "message"}, {"nhan", "message"}, {"tin nhan", "message"}, {"email", "email"},
        {"thu", "email"},        {"visit", "visit"},  {"gap", "visit"},        {"gap mat", "visit"},
        {"tham", "visit"},       {"note", "note"},    {"ghi chu", "note"},
    };
    char *folded = text_fold(typed);
    const char *found = NULL;
    for (size_t i = 0; i < sizeof words / sizeof *words && found == NULL; i++) {
        found = strcmp(words[i].word, folded) == 0 ? words[i].kind : NULL;
    }
    free(folded);
    return found;
}

static enum err_code audit_log(struct shop *shop, const struct deal_record *r, const struct saying *s, struct err *e) {
    struct buf after = BUF_INIT;
    char *entity = deal_entity(r->d.deal_no);
    record_json_text(&after, "kind", s->kind);
    record_json_text(&after, "text", s->text);
    enum err_code rc = audit_add(shop, "deal.log", entity, "", record_json_end(&after), e);
    free(entity);
    buf_clear(&after);
    return rc;
}

/* A contact that was planned for today or before has now been made. */
static void tick_off(struct shop *shop, struct deal *d, const char *kind) {
    char today[DATE_SIZE];
    shop_today(shop, today);
    if (strcmp(kind, "note") != 0 && d->next_on[0] != '\0' && strcmp(d->next_on, today) <= 0) {
        deal_text(&d->next_on, mem_strdup(""));
        deal_text(&d->next_text, mem_strdup(""));
    }
}

/* The figures count activities. */
static enum err_code insert_log(struct shop *shop, const struct deal_record *r, const struct saying *s, struct err *e) {
    char now[DATETIME_SIZE];
    shop_now(shop, now);
    enum err_code rc = deal_facts_take(shop, s->id, e);
    if (rc == ERR_OK) {
        rc = db_run(shop->db,
                    "INSERT INTO interactions (customer_id, deal_id, at, kind, text, staff_id) VALUES ($1, $2, $3, $4, "
                    "$5, $6)",
                    DB_BIND(DB_ID(r->customer_id), DB_INT(s->id), DB_TEXT(now), DB_TEXT(s->kind), DB_TEXT(s->text),
                            SHOP_ACTOR(shop)),
                    e);
    }
    return rc == ERR_OK ? deal_facts_give(shop, s->id, e) : rc;
}

static enum err_code write_log(struct shop *shop, void *ctx, struct err *e) {
    const struct saying *s = ctx;
    struct deal_pair p;
    enum err_code rc = deal_pair_load(shop, s->id, &p, e);
    if (rc == ERR_OK) {
        rc = insert_log(shop, &p.r, s, e);
    }
    if (rc == ERR_OK) {
        deal_touch(shop, &p.r);
        tick_off(shop, &p.r.d, s->kind);
        rc = deal_store(shop, &p.old, &p.r, NULL, e);
    }
    if (rc == ERR_OK) {
        rc = audit_log(shop, &p.r, s, e);
    }
    deal_pair_clear(&p);
    return rc;
}

enum err_code deal_log(struct shop *shop, int64_t id, const char *kind, const char *text, struct err *e) {
    char *clean = text_nfc(text);
    struct saying s = {.id = id, .kind = find_kind(kind), .text = clean};
    enum err_code rc = ERR_OK;
    if (s.kind == NULL) {
        rc = err_set_field(e, ERR_INVALID, "kind",
                           _("“%s” is no kind of contact: use call, message, email, visit or note"), kind);
    } else if (clean[0] == '\0' || strlen(clean) > RECORD_TEXT_MAX) {
        rc = err_set_field(e, ERR_INVALID, "text", _("say what it was about, in at most %d bytes"), RECORD_TEXT_MAX);
    } else {
        rc = shop_transact(shop, write_log, &s, e);
    }
    free(clean);
    return rc;
}

static enum err_code write_plan(struct shop *shop, void *ctx, struct err *e) {
    const struct saying *s = ctx;
    struct deal_pair p;
    enum err_code rc = deal_pair_load(shop, s->id, &p, e);
    if (rc == ERR_OK) {
        deal_text(&p.r.d.next_on, mem_strdup(s->date));
        deal_text(&p.r.d.next_text, mem_strdup(s->date[0] == '\0' ? "" : s->text));
        deal_touch(shop, &p.r);
        rc = deal_store(shop, &p.old, &p.r, "deal.plan", e);
    }
    deal_pair_clear(&p);
    return rc;
}

enum err_code deal_plan(struct shop *shop, int64_t id, const char *date, const char *text, struct err *e) {
    char day[DATE_SIZE] = "";
    char *clean = text_nfc(text == NULL ? "" : text);
    struct saying s = {.id = id, .date = day, .text = clean};
    enum err_code rc = date == NULL || date[0] == '\0' ? ERR_OK : date_parse(date, DATE_DMY, day, NULL, e);
    if (rc == ERR_OK && (strlen(clean) > RECORD_NAME_MAX || (day[0] != '\0' && clean[0] == '\0'))) {
        rc = err_set_field(e, ERR_INVALID, "text", _("say what is planned, in at most %d bytes"), RECORD_NAME_MAX);
    }
    if (rc == ERR_OK) {
        rc = shop_transact(shop, write_plan, &s, e);
    }
    free(clean);
    return rc;
}
