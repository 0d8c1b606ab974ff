#include "chotdon/deal.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "domain/deal_internal.h"
#include "domain/search.h"
#include "domain/shop_internal.h"

const struct record_text deal_texts[DEAL_TEXT_COUNT] = {
    {DEAL_TITLE, "title", offsetof(struct deal, title), RECORD_NAME_MAX},
    {DEAL_CUSTOMER, "customer", offsetof(struct deal, customer), RECORD_NAME_MAX},
    {DEAL_CONTACT, "contact", offsetof(struct deal, contact), RECORD_NAME_MAX},
    {DEAL_PHONE, "phone", offsetof(struct deal, phone), RECORD_NAME_MAX},
    {DEAL_EMAIL, "email", offsetof(struct deal, email), RECORD_NAME_MAX},
    {DEAL_PROVINCE, "province", offsetof(struct deal, province), RECORD_NAME_MAX},
    {DEAL_REP, "rep", offsetof(struct deal, rep), RECORD_NAME_MAX},
    {DEAL_SOURCE, "source", offsetof(struct deal, source), RECORD_NAME_MAX},
    {DEAL_TAGS, "tags", offsetof(struct deal, tags), RECORD_TEXT_MAX},
    {DEAL_NEED, "need", offsetof(struct deal, need), RECORD_TEXT_MAX},
    {DEAL_BUDGET, "budget", offsetof(struct deal, budget), RECORD_TEXT_MAX},
    {DEAL_TIMING, "timing", offsetof(struct deal, timing), RECORD_TEXT_MAX},
    {DEAL_DECISION_MAKER, "decision_maker", offsetof(struct deal, decision_maker), RECORD_TEXT_MAX},
    {DEAL_NOTE, "note", offsetof(struct deal, note), RECORD_TEXT_MAX},
    {DEAL_CREATED, "created", offsetof(struct deal, created), RECORD_NAME_MAX},
    {DEAL_EXPECTED_CLOSE, "expected_close", offsetof(struct deal, expected_close), RECORD_NAME_MAX},
    {DEAL_CLOSED, "closed", offsetof(struct deal, closed), RECORD_NAME_MAX},
    {DEAL_LOST_REASON, "lost_reason", offsetof(struct deal, lost_reason), RECORD_NAME_MAX},
};

void deal_text(char **text, char *made) {
    free(*text);
    *text = made;
}

void deal_clear(struct deal *d) {
    record_clear(DEAL_TEXTS, d);
    free(d->deal_no);
    free(d->customer_name);
    free(d->rep_name);
    free(d->next_on);
    free(d->next_text);
    free(d->entered_on);
    free(d->touched_on);
    free(d->rots_on);
    stage_clear(&d->stage);
    deal_products_free(d->products, d->product_count);
    *d = (struct deal){0};
}

void deal_record_clear(struct deal_record *r) {
    deal_clear(&r->d);
    free(r->customer_phone);
    free(r->customer_email);
    free(r->customer_province);
    *r = (struct deal_record){0};
}

static void read_deal(struct db_stmt *s, struct deal *d) {
    int c = STAGE_COLUMN_COUNT;
    *d = (struct deal){.id = db_col_int(s, c)};
    stage_read(s, 0, &d->stage);
    char **const texts[] = {
        &d->deal_no,
        &d->title,
        &d->customer,
        &d->customer_name,
        &d->contact,
        &d->phone,
        &d->email,
        &d->province,
        &d->rep,
        &d->rep_name,
        &d->source,
        NULL,
        NULL,
        NULL,
        &d->tags,
        &d->need,
        &d->budget,
        &d->timing,
        &d->decision_maker,
        &d->note,
        &d->created,
        &d->expected_close,
        &d->closed,
        &d->next_on,
        &d->next_text,
        NULL,
        &d->lost_reason,
        &d->entered_on,
        &d->touched_on,
        &d->rots_on,
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (texts[i] != NULL) {
            *texts[i] = db_col_dup(s, c + 1 + (int)i);
        }
    }
    d->expected_value = db_col_int(s, c + 12);
    d->probability_bps = db_col_int(s, c + 13);
    d->probability_set = db_col_int(s, c + 14) != 0;
    d->value = db_col_int(s, c + 26);
    d->version = db_col_int(s, c + 31);
}

static void fill(char **text, const char *from) {
    if ((*text)[0] == '\0') {
        deal_text(text, mem_strdup(from));
    }
}

void deal_read(struct db_stmt *s, struct deal_record *out) {
    int c = STAGE_COLUMN_COUNT + 32;
    *out = (struct deal_record){
        .customer_id = db_col_int(s, c),
        .staff_id = db_col_int(s, c + 1),
        .source_id = db_col_int(s, c + 2),
        .reason_id = db_col_int(s, c + 3),
        .customer_phone = db_col_dup(s, c + 4),
        .customer_email = db_col_dup(s, c + 5),
        .customer_province = db_col_dup(s, c + 6),
    };
    read_deal(s, &out->d);
    fill(&out->d.entered_on, out->d.closed);
    fill(&out->d.touched_on, out->d.closed);
}

void deal_show(struct deal_record *r, struct deal *out) {
    *out = r->d;
    r->d = (struct deal){0};
    fill(&out->phone, r->customer_phone);
    fill(&out->email, r->customer_email);
    fill(&out->province, r->customer_province);
    if (out->stage.kind != STAGE_OPEN) {
        out->probability_bps = out->stage.kind == STAGE_WON ? 10000 : 0;
    }
}

static enum err_code refuse_merged(struct shop *shop, int64_t id, struct err *e) {
    char *into = NULL;
    enum err_code rc = record_lookup_text(
        shop->db, "SELECT k.deal_no FROM deals d JOIN deals k ON k.id = d.merged_into WHERE d.id = $1",
        DB_BIND(DB_INT(id)), &into, e);
    if (rc == ERR_OK && into != NULL) {
        rc = err_set_field(e, ERR_REFUSED, "deal_no", _("that deal was merged into %s: change that one"), into);
    } else if (rc == ERR_OK) {
        rc = err_set(e, ERR_NOT_FOUND, _("that deal is not there any more"));
    }
    free(into);
    return rc;
}

enum err_code deal_load(struct shop *shop, int64_t id, struct deal_record *out, struct err *e) {
    struct db_stmt *s = NULL;
    *out = (struct deal_record){0};
    enum err_code rc = db_query(
        shop->db, "SELECT " DEAL_COLUMNS " FROM deals d" DEAL_JOINS " WHERE d.id = $1 AND d.merged_into IS NULL",
        DB_BIND(DB_INT(id)), &s, e);
    if (rc != ERR_OK) {
        return rc;
    }
    enum db_row row = db_next(s, e);
    if (row == DB_ROW) {
        deal_read(s, out);
    }
    db_done(&s);
    if (row != DB_ROW) {
        return row == DB_FAILED ? record_failed(e) : refuse_merged(shop, id, e);
    }
    return deal_read_products(shop, &out->d, e);
}

enum err_code deal_pair_load(struct shop *shop, int64_t id, struct deal_pair *out, struct err *e) {
    *out = (struct deal_pair){0};
    enum err_code rc = deal_load(shop, id, &out->old, e);
    return rc == ERR_OK ? deal_load(shop, id, &out->r, e) : rc;
}

void deal_pair_clear(struct deal_pair *p) {
    deal_record_clear(&p->old);
    deal_record_clear(&p->r);
}

enum err_code deal_get(struct shop *shop, int64_t id, struct deal *out, struct err *e) {
    struct deal_record r;
    *out = (struct deal){0};
    enum err_code rc = deal_load(shop, id, &r, e);
    if (rc == ERR_OK) {
        deal_show(&r, out);
    }
    deal_record_clear(&r);
    return rc;
}

/* Of the candidates that search knows, those that are called just so. */
static enum err_code by_title(struct shop *shop, const char *title, int64_t *id, struct err *e) {
    int64_t *ids = mem_array(SEARCH_LIST_MAX, sizeof *ids);
    int count = 0, found = 0;
    enum err_code rc = search_candidates(shop, SEARCH_DEAL, DEAL_SEARCH_NAME, title, ids, &count, e);
    for (int i = 0; i < count && rc == ERR_OK; i++) {
        char *mine = NULL;
        rc = record_lookup_text(shop->db, "SELECT title FROM deals WHERE id = $1 AND merged_into IS NULL",
                                DB_BIND(DB_INT(ids[i])), &mine, e);
        if (mine != NULL && text_equal_folded(mine, title)) {
            *id = ids[i];
            found++;
        }
        free(mine);
    }
    if (rc == ERR_OK && found > 1) {
        *id = 0;
        rc = err_set_field(e, ERR_CONFLICT, "deal_no", _("several deals are called “%.80s”: use the number"), title);
    }
    free(ids);
    return rc;
}

/* Merged ones lead to the one they live on in. */
static enum err_code survivor(struct shop *shop, int64_t *id, struct err *e) {
    int64_t next = *id;
    enum err_code rc = ERR_OK;
    while (rc == ERR_OK && next != 0) {
        *id = next;
        rc = db_get_int(shop->db, "SELECT COALESCE(merged_into, 0) FROM deals WHERE id = $1", DB_BIND(DB_INT(*id)),
                        &next, e);
    }
    return rc;
}

enum err_code deal_find_no(struct shop *shop, const char *deal_no, int64_t *id, struct err *e) {
    char *nfc = text_nfc(deal_no);
    enum err_code rc = record_lookup(shop->db, "SELECT id FROM deals WHERE deal_no = $1", nfc, id, NULL, e);
    free(nfc);
    return rc;
}

enum err_code deal_find(struct shop *shop, const char *deal_no, int64_t *id, struct err *e) {
    char *nfc = text_nfc(deal_no);
    enum err_code rc = record_lookup(shop->db, "SELECT id FROM deals WHERE deal_no = $1", nfc, id, NULL, e);
    if (rc == ERR_OK && *id == 0) {
        rc = by_title(shop, nfc, id, e);
    }
    if (rc == ERR_OK && *id == 0) {
        rc = err_set_field(e, ERR_NOT_FOUND, "deal_no", _("there is no deal “%.80s”"), nfc);
    }
    free(nfc);
    return rc == ERR_OK ? survivor(shop, id, e) : rc;
}

char *deal_entity(const char *deal_no) {
    return mem_printf("deal %s", deal_no);
}
