/* Cells of a deal that have a meaning: dates, phones, tags, and what names something else. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/phone.h"
#include "base/province.h"
#include "base/text.h"
#include "chotdon/channel.h"
#include "chotdon/customer.h"
#include "chotdon/staff.h"
#include "domain/deal_internal.h"
#include "domain/shop_internal.h"

static void name_field(struct err *e, const char *field) {
    if (e != NULL) {
        snprintf(e->field, sizeof e->field, "%s", field);
    }
}

static enum err_code take_date(char **text, const char *field, struct err *e) {
    char date[DATE_SIZE];
    if (*text == NULL || (*text)[0] == '\0') {
        return ERR_OK;
    }
    enum err_code rc = date_parse(*text, DATE_DMY, date, NULL, e);
    if (rc == ERR_OK) {
        deal_text(text, mem_strdup(date));
    } else {
        name_field(e, field);
    }
    return rc;
}

static enum err_code take_phone(char **text, struct err *e) {
    char phone[PHONE_SIZE];
    if (*text == NULL || (*text)[0] == '\0') {
        return ERR_OK;
    }
    enum phone_kind kind = phone_normalise(*text, phone);
    if (kind == PHONE_NONE) {
        return err_set_field(e, ERR_INVALID, "phone", _("“%.80s” has no digits"), *text);
    }
    deal_text(text, mem_strdup(kind == PHONE_MASKED ? "" : phone));
    return ERR_OK;
}

bool deal_has_tag(const char *tags, const char *tag) {
    size_t len = strlen(tag);
    for (const char *p = tags; *p != '\0'; p += strcspn(p, ","), p += *p == ',') {
        if (strcspn(p, ",") == len && strncmp(p, tag, len) == 0) {
            return true;
        }
    }
    return false;
}

/* "a ; b,a" → "a,b" */
static void take_tags(char **text) {
    struct buf b = BUF_INIT;
    for (const char *p = *text; *p != '\0';) {
        size_t len = strcspn(p, ",;");
        char *part = mem_strndup(p, len);
        char *tag = text_nfc(part);
        if (tag[0] != '\0' && !deal_has_tag(buf_str(&b), tag)) {
            buf_addf(&b, "%s%s", b.len == 0 ? "" : ",", tag);
        }
        free(part);
        free(tag);
        p += len + (p[len] != '\0');
    }
    deal_text(text, buf_take(&b));
}

static enum err_code take_words(struct deal *d, struct err *e) {
    enum err_code rc = take_date(&d->created, "created", e);
    if (rc == ERR_OK) {
        rc = take_date(&d->expected_close, "expected_close", e);
    }
    if (rc == ERR_OK) {
        rc = take_date(&d->closed, "closed", e);
    }
    if (rc == ERR_OK) {
        rc = take_phone(&d->phone, e);
    }
    if (rc == ERR_OK && d->email != NULL) {
        rc = record_check_email(d->email, e);
    }
    if (rc == ERR_OK && d->province != NULL) {
        const char *known = province_canonical(d->province);
        deal_text(&d->province, mem_strdup(known == NULL ? d->province : known));
    }
    if (rc == ERR_OK && d->tags != NULL) {
        take_tags(&d->tags);
    }
    return rc;
}

static enum err_code check_amounts(const struct deal *in, unsigned fields, struct err *e) {
    const struct {
        unsigned bit;
        const char *key;
        int64_t amount, max;
    } amounts[] = {
        {DEAL_EXPECTED_VALUE, "expected_value", in->expected_value, DEAL_VALUE_MAX},
        {DEAL_VALUE, "value", in->value, DEAL_VALUE_MAX},
        {DEAL_PROBABILITY, "probability_pct", in->probability_set ? in->probability_bps : 0, 10000},
    };
    for (size_t i = 0; i < sizeof amounts / sizeof *amounts; i++) {
        if ((fields & amounts[i].bit) != 0 && (amounts[i].amount < 0 || amounts[i].amount > amounts[i].max)) {
            return err_set_field(e, ERR_INVALID, amounts[i].key, _("%s is below 0 or too large"), amounts[i].key);
        }
    }
    return ERR_OK;
}

enum err_code deal_take(const struct deal *in, unsigned fields, struct deal *out, struct err *e) {
    *out = (struct deal){.deal_no = text_nfc(in->deal_no == NULL ? "" : in->deal_no), .import_id = in->import_id};
    enum err_code rc = check_amounts(in, fields, e);
    size_t len = strlen(out->deal_no);
    if (rc == ERR_OK && (len > 64 || text_has_hidden(out->deal_no))) {
        rc = err_set_field(e, ERR_INVALID, "deal_no", _("“%.80s” is no deal number: it takes 1 to 64 bytes of text"),
                           out->deal_no);
    }
    if (rc == ERR_OK) {
        rc = record_take(DEAL_TEXTS, in, fields, out, e);
    }
    return rc == ERR_OK ? take_words(out, e) : rc;
}

static enum err_code read_customer(struct shop *shop, struct deal_record *r, struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(shop->db,
                                "SELECT c.code, c.name, c.email, c.province, (SELECT p.phone FROM customer_phones p "
                                "WHERE p.customer_id = c.id ORDER BY p.position LIMIT 1) FROM customers c WHERE "
                                "c.id = $1",
                                DB_BIND(DB_INT(r->customer_id)), &s, e);
    if (rc != ERR_OK) {
        return rc;
    }
    enum db_row row = db_next(s, e);
    if (row == DB_ROW) {
        deal_text(&r->d.customer, db_col_dup(s, 0));
        deal_text(&r->d.customer_name, db_col_dup(s, 1));
        deal_text(&r->customer_email, db_col_dup(s, 2));
        deal_text(&r->customer_province, db_col_dup(s, 3));
        deal_text(&r->customer_phone, db_col_dup(s, 4));
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : ERR_OK;
}

static void forget_same(char **mine, const char *theirs) {
    if (strcmp(*mine, theirs) == 0) {
        deal_text(mine, mem_strdup(""));
    }
}

static enum err_code resolve_customer(struct shop *shop, struct deal_record *r, struct err *e) {
    r->customer_id = 0;
    deal_text(&r->d.customer_name, mem_strdup(""));
    deal_text(&r->customer_phone, mem_strdup(""));
    deal_text(&r->customer_email, mem_strdup(""));
    deal_text(&r->customer_province, mem_strdup(""));
    if (r->d.customer[0] == '\0') {
        return ERR_OK;
    }
    enum err_code rc = customer_find(shop, r->d.customer, &r->customer_id, e);
    if (rc == ERR_OK) {
        rc = read_customer(shop, r, e);
    } else {
        name_field(e, "customer");
    }
    return rc;
}

static enum err_code resolve_rep(struct shop *shop, struct deal_record *r, struct err *e) {
    struct staff rep = {0};
    r->staff_id = 0;
    deal_text(&r->d.rep_name, mem_strdup(""));
    if (r->d.rep[0] == '\0') {
        return ERR_OK;
    }
    enum err_code rc = staff_find(shop, r->d.rep, &r->staff_id, e);
    if (rc == ERR_OK) {
        rc = staff_get(shop, r->staff_id, &rep, e);
    } else {
        name_field(e, "rep");
    }
    if (rc == ERR_OK) {
        deal_text(&r->d.rep, mem_strdup(rep.code));
        deal_text(&r->d.rep_name, mem_strdup(rep.name));
    }
    staff_clear(&rep);
    return rc;
}

static enum err_code resolve_source(struct shop *shop, struct deal_record *r, struct err *e) {
    const char *name = "";
    enum err_code rc = channel_make(shop, r->d.source, &r->source_id, NULL, e);
    if (rc == ERR_OK) {
        rc = channel_name(shop, r->source_id, &name, e);
    } else {
        name_field(e, "source");
    }
    if (rc == ERR_OK) {
        deal_text(&r->d.source, mem_strdup(name));
    }
    return rc;
}

static enum err_code resolve_reason(struct shop *shop, struct deal_record *r, bool make, struct err *e) {
    char *name = NULL;
    r->reason_id = 0;
    if (r->d.lost_reason[0] == '\0') {
        return ERR_OK;
    }
    enum err_code rc = make ? reason_make(shop, r->d.lost_reason, &r->reason_id, e)
                            : reason_find(shop, r->d.lost_reason, &r->reason_id, e);
    if (rc == ERR_OK) {
        rc = db_get_text(shop->db, "SELECT name FROM lost_reasons WHERE id = $1", DB_BIND(DB_INT(r->reason_id)), &name,
                         e);
    } else {
        name_field(e, make ? "lost_reason" : "reason");
    }
    if (rc == ERR_OK) {
        deal_text(&r->d.lost_reason, name);
    }
    return rc;
}

enum err_code deal_resolve(struct shop *shop, struct deal_record *r, unsigned fields, bool make, struct err *e) {
    enum err_code rc = (fields & DEAL_CUSTOMER) != 0 ? resolve_customer(shop, r, e) : ERR_OK;
    if (rc == ERR_OK && (fields & (DEAL_CUSTOMER | DEAL_PHONE | DEAL_EMAIL | DEAL_PROVINCE)) != 0) {
        forget_same(&r->d.phone, r->customer_phone);
        forget_same(&r->d.email, r->customer_email);
        forget_same(&r->d.province, r->customer_province);
    }
    if (rc == ERR_OK && (fields & DEAL_REP) != 0) {
        rc = resolve_rep(shop, r, e);
    }
    if (rc == ERR_OK && (fields & DEAL_SOURCE) != 0) {
        rc = resolve_source(shop, r, e);
    }
    if (rc == ERR_OK && (fields & DEAL_LOST_REASON) != 0) {
        rc = resolve_reason(shop, r, make, e);
    }
    return rc == ERR_OK && (fields & DEAL_PRODUCTS) != 0 ? deal_resolve_products(shop, &r->d, e) : rc;
}
