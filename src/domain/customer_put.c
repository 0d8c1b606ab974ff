#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/phone.h"
#include "base/province.h"
#include "base/text.h"
#include "chotdon/audit.h"
#include "chotdon/channel.h"
#include "chotdon/staff.h"
#include "domain/code_series.h"
#include "domain/customer_internal.h"
#include "domain/shop_internal.h"

const struct record_text customer_texts[CUSTOMER_TEXT_COUNT] = {
    {CUSTOMER_NAME, "name", offsetof(struct customer, name), RECORD_NAME_MAX},
    {CUSTOMER_PHONES, "phone", offsetof(struct customer, phones), RECORD_NAME_MAX},
    {CUSTOMER_EMAIL, "email", offsetof(struct customer, email), RECORD_NAME_MAX},
    {CUSTOMER_BIRTH, "birth_date", offsetof(struct customer, birth_date), RECORD_NAME_MAX},
    {CUSTOMER_GENDER, "gender", offsetof(struct customer, gender), RECORD_NAME_MAX},
    {CUSTOMER_PROVINCE, "province", offsetof(struct customer, province), RECORD_NAME_MAX},
    {CUSTOMER_ADDRESS, "address", offsetof(struct customer, address), RECORD_TEXT_MAX},
    {CUSTOMER_SEGMENT, "segment", offsetof(struct customer, segment), RECORD_NAME_MAX},
    {CUSTOMER_SOURCE, "source", offsetof(struct customer, source), RECORD_NAME_MAX},
    {CUSTOMER_REFERRER, "referrer", offsetof(struct customer, referrer), RECORD_NAME_MAX},
    {CUSTOMER_OWNER, "owner", offsetof(struct customer, owner), RECORD_NAME_MAX},
    {CUSTOMER_NOTE, "note", offsetof(struct customer, note), RECORD_TEXT_MAX},
    {CUSTOMER_READINESS, "readiness", offsetof(struct customer, readiness), RECORD_NAME_MAX},
    {CUSTOMER_TAGS, "tags", offsetof(struct customer, tags), RECORD_TEXT_MAX},
};

static const struct code_series series = {
    "KH", 6, "SELECT 1 FROM customers WHERE code = $1",
    "SELECT COALESCE(MAX(code), '') FROM customers WHERE code > $1 AND code < $2 AND length(code) = $3"};

struct putting {
    const struct customer *in;
    unsigned fields;
    bool must_be_new;
    enum put_result result;
    int64_t id;
};

/* Puts `made` in the place of *text, which it frees. */
static void replace(char **text, char *made) {
    free(*text);
    *text = made;
}

static enum err_code take_birth_date(struct customer *c, struct err *e) {
    char date[DATE_SIZE];
    if (c->birth_date == NULL || c->birth_date[0] == '\0') {
        return ERR_OK;
    }
    enum err_code rc = date_parse(c->birth_date, DATE_DMY, date, NULL, e);
    if (rc != ERR_OK && e != NULL) {
        struct err inner = *e;
        return err_set_field(e, rc, "birth_date", "%s", inner.message);
    }
    if (rc == ERR_OK) {
        replace(&c->birth_date, mem_strdup(date));
    }
    return rc;
}

/* The words that were given, as they are stored. */
static enum err_code take_words(struct customer *c, struct err *e) {
    enum err_code rc = take_birth_date(c, e);
    if (rc == ERR_OK && c->phones != NULL) {
        char *phones = NULL;
        rc = customer_phones(c->phones, &phones, e);
        replace(&c->phones, phones);
    }
    if (rc == ERR_OK && c->gender != NULL) {
        char *gender = NULL;
        rc = customer_gender(c->gender, &gender, e);
        replace(&c->gender, gender);
    }
    if (rc == ERR_OK && c->email != NULL) {
        rc = record_check_email(c->email, e);
    }
    if (rc == ERR_OK && c->segment != NULL) {
        replace(&c->segment, customer_segment(c->segment));
    }
    if (rc == ERR_OK && c->province != NULL) {
        const char *known = province_canonical(c->province);
        replace(&c->province, mem_strdup(known == NULL ? c->province : known));
    }
    return rc;
}

static enum err_code take(const struct putting *p, struct customer *c, struct err *e) {
    *c = (struct customer){.code = text_nfc(p->in->code == NULL ? "" : p->in->code), .import_id = p->in->import_id};
    enum err_code rc = c->code[0] == '\0' ? ERR_OK : code_check(c->code, "code", e);
    if (rc == ERR_OK) {
        rc = record_take(CUSTOMER_TEXTS, p->in, p->fields, c, e);
    }
    return rc == ERR_OK ? take_words(c, e) : rc;
}

/* Who has the first of these phones that anybody has; 0 for nobody. */
static enum err_code find_by_phones(struct shop *shop, const char *phones, int64_t *id, struct err *e) {
    char phone[64];
    enum err_code rc = ERR_OK;
    *id = 0;
    while (rc == ERR_OK && *id == 0 && phones != NULL && customer_next_phone(&phones, phone)) {
        rc = record_lookup(shop->db, "SELECT customer_id FROM customer_phones WHERE phone = $1", phone, id, NULL, e);
    }
    return rc;
}

static enum err_code refuse_gone(struct shop *shop, const struct customer *c, struct err *e) {
    char *into = NULL;
    bool erased = false;
    enum err_code rc = record_lookup_text(shop->db,
                                          "SELECT k.code FROM customers c JOIN customers k ON k.id = c.merged_into "
                                          "WHERE c.id = $1",
                                          DB_BIND(DB_INT(c->id)), &into, e);
    if (rc == ERR_OK && into == NULL) {
        rc = db_exists(shop->db, "SELECT 1 FROM customers WHERE id = $1 AND erased_on <> ''", DB_BIND(DB_INT(c->id)),
                       &erased, e);
    }
    if (into != NULL) {
        rc = err_set_field(e, ERR_REFUSED, "code", _("customer %s was merged into %s: change that one"), c->code, into);
    } else if (erased) {
        rc = err_set_field(e, ERR_REFUSED, "code", _("customer %s was erased: use another code"), c->code);
    }
    free(into);
    return rc;
}

/* Which record it is: by code, else by phone. c->id stays 0 for a new one. */
static enum err_code identify(struct shop *shop, const struct putting *p, struct customer *c, struct err *e) {
    bool by_code = c->code[0] != '\0';
    enum err_code rc =
        by_code ? record_lookup(shop->db, "SELECT id FROM customers WHERE code = $1", c->code, &c->id, NULL, e)
                : find_by_phones(shop, c->phones, &c->id, e);
    if (rc == ERR_OK && c->id != 0 && p->must_be_new) {
        rc = by_code ? err_set_field(e, ERR_CONFLICT, "code", _("there is a customer %s already"), c->code) : ERR_OK;
        c->id = 0; /* the phone's owner is named by check_phones */
    } else if (rc == ERR_OK && c->id != 0 && by_code) {
        rc = refuse_gone(shop, c, e);
    }
    return rc;
}

static enum err_code check_phones(struct shop *shop, const struct customer *c, const char *had, struct err *e) {
    const char *list = c->phones;
    char phone[64];
    enum err_code rc = ERR_OK;
    while (rc == ERR_OK && (had == NULL || strcmp(had, c->phones) != 0) && customer_next_phone(&list, phone)) {
        char *owner = NULL;
        rc = record_lookup_text(shop->db,
                                "SELECT c.code || ' ' || c.name FROM customer_phones p JOIN customers c ON c.id = "
                                "p.customer_id WHERE p.phone = $1 AND c.id <> $2",
                                DB_BIND(DB_TEXT(phone), DB_INT(c->id)), &owner, e);
        if (owner != NULL) {
            rc = err_set_field(e, ERR_CONFLICT, "phone", _("the phone %s belongs to customer %s"), phone, owner);
        }
        free(owner);
    }
    return rc;
}

/* The phones of who was found by one of them stay, in front of what is new. */
static enum err_code join_phones(struct customer *c, const char *had, struct err *e) {
    char *both = mem_printf("%s;%s", had, c->phones);
    char *joined = NULL;
    enum err_code rc = customer_phones(both, &joined, e);
    free(both);
    if (rc == ERR_OK) {
        replace(&c->phones, joined);
    }
    return rc;
}

static enum err_code complete_old(struct shop *shop, struct customer *c, struct customer *old, struct err *e) {
    bool by_phone = c->code[0] == '\0';
    enum err_code rc = customer_get(shop, c->id, old, e);
    if (rc == ERR_OK && by_phone && c->phones != NULL) {
        rc = join_phones(c, old->phones, e);
    }
    if (rc == ERR_OK && by_phone) {
        replace(&c->code, mem_strdup(old->code));
    }
    if (rc == ERR_OK) {
        record_keep(CUSTOMER_TEXTS, old, c);
        replace(&c->created_on, mem_strdup(old->created_on));
    }
    return rc;
}

static void complete_new(struct shop *shop, struct customer *c) {
    char today[DATE_SIZE];
    shop_today(shop, today);
    c->created_on = mem_strdup(today);
    record_keep(CUSTOMER_TEXTS, NULL, c);
}

static enum err_code resolve_owner(struct shop *shop, struct customer *c, int64_t *id, struct err *e) {
    char *code = NULL;
    *id = 0;
    if (c->owner[0] == '\0') {
        return ERR_OK;
    }
    enum err_code rc = staff_find(shop, c->owner, id, e);
    if (rc != ERR_OK && e != NULL) {
        snprintf(e->field, sizeof e->field, "owner");
    }
    if (rc == ERR_OK) {
        rc = db_get_text(shop->db, "SELECT code FROM staff WHERE id = $1", DB_BIND(DB_INT(*id)), &code, e);
    }
    if (rc == ERR_OK) {
        replace(&c->owner, code);
    }
    return rc;
}

enum err_code customer_resolve(struct shop *shop, struct customer *c, struct customer_refs *refs, struct err *e) {
    const char *name = "";
    enum err_code rc = channel_make(shop, c->source, &refs->source_id, NULL, e);
    if (rc == ERR_OK) {
        rc = channel_name(shop, refs->source_id, &name, e);
    }
    if (rc == ERR_OK) {
        replace(&c->source, mem_strdup(name));
        rc = resolve_owner(shop, c, &refs->owner_id, e);
    }
    return rc;
}

static enum err_code complete(struct shop *shop, const struct putting *p, struct customer *c, struct customer *old,
                              struct customer_refs *refs, struct err *e) {
    bool first = shop->customer_load.on && c->code[0] == '\0';
    enum err_code rc = first ? ERR_OK : identify(shop, p, c, e);
    if (rc == ERR_OK && c->id != 0) {
        rc = complete_old(shop, c, old, e);
    } else if (rc == ERR_OK) {
        complete_new(shop, c);
    }
    if (rc == ERR_OK && c->name[0] == '\0') {
        rc = err_set_field(e, ERR_INVALID, "name", _("a customer needs a name"));
    }
    c->consent = (p->fields & CUSTOMER_CONSENT) != 0 ? p->in->consent : old->consent;
    if (rc == ERR_OK && !first) {
        rc = check_phones(shop, c, old->phones, e);
    }
    return rc == ERR_OK ? customer_resolve(shop, c, refs, e) : rc;
}

static enum err_code give_code(struct shop *shop, struct customer *c, struct err *e) {
    char code[CODE_MAX + 1];
    int64_t id = 0;
    enum err_code rc = shop->customer_load.on ? customer_next_id(shop, &id, e) : code_next(shop->db, &series, code, e);
    if (shop->customer_load.on) {
        code_write(&series, shop->customer_load.codes_given + id, code);
    }
    if (rc == ERR_OK) {
        replace(&c->code, mem_strdup(code));
    }
    return rc;
}

static enum err_code write_audit(struct shop *shop, const struct customer *old, const struct customer *c,
                                 struct err *e) {
    if (shop->audit_muted) {
        return ERR_OK;
    }
    struct buf before = BUF_INIT;
    struct buf after = BUF_INIT;
    bool is_new = old->id == 0;
    char *entity = customer_entity(c->id);
    record_json_text(&after, "code", c->code);
    record_json(CUSTOMER_TEXTS, c, is_new ? NULL : old, &after);
    record_json(CUSTOMER_TEXTS, old, is_new ? NULL : c, &before);
    if (c->consent != old->consent) {
        record_json_int(&before, "consent", old->consent);
        record_json_int(&after, "consent", c->consent);
    }
    enum err_code rc = audit_add(shop, is_new ? "customer.add" : "customer.edit", entity,
                                 is_new ? "" : record_json_end(&before), record_json_end(&after), e);
    free(entity);
    buf_clear(&before);
    buf_clear(&after);
    return rc;
}

static enum err_code write(struct shop *shop, struct putting *p, struct customer *c, const struct customer *old,
                           const struct customer_refs *refs, struct err *e) {
    bool is_new = c->id == 0;
    enum err_code rc = is_new && c->code[0] == '\0' ? give_code(shop, c, e) : ERR_OK;
    p->result = is_new ? PUT_CREATED : PUT_UPDATED;
    if (rc == ERR_OK) {
        rc = customer_write(shop, c, refs, old, e);
    }
    return rc == ERR_OK ? write_audit(shop, old, c, e) : rc;
}

static enum err_code put(struct shop *shop, void *ctx, struct err *e) {
    struct putting *p = ctx;
    struct customer old = {0};
    struct customer_refs refs = {0, 0};
    struct customer c;
    enum err_code rc = take(p, &c, e);
    if (rc == ERR_OK) {
        rc = complete(shop, p, &c, &old, &refs, e);
    }
    if (rc == ERR_OK && c.id != 0 && c.consent == old.consent && record_same(CUSTOMER_TEXTS, &c, &old)) {
        p->result = PUT_UNCHANGED;
    } else if (rc == ERR_OK) {
        rc = write(shop, p, &c, &old, &refs, e);
    }
    p->id = c.id;
    customer_clear(&c);
    customer_clear(&old);
    return rc;
}

enum err_code customer_load_begin(struct shop *shop, struct err *e) {
    static const char *const tables[] = {"customers", "customer_phones", NULL};
    struct customer_load *load = &shop->customer_load;
    bool any = false;
    enum err_code rc = db_exists(shop->db, "SELECT 1 FROM customers", DB_NO_BIND, &any, e);
    if (rc == ERR_OK && !any) {
        rc = code_last(shop->db, &series, &load->codes_given, e);
        rc = rc == ERR_OK ? db_bulk_begin(shop->db, tables, 1, e) : rc;
        load->on = rc == ERR_OK && db_is_loading(shop->db);
    }
    return rc;
}

/* Their rows are in the table by now. */
enum err_code customer_load_end(struct shop *shop, struct err *e) {
    struct customer_load *load = &shop->customer_load;
    int64_t last = 0;
    enum err_code rc =
        load->on ? db_get_int(shop->db, "SELECT COALESCE(MAX(id), 0) FROM customers", DB_NO_BIND, &last, e) : ERR_OK;
    if (rc == ERR_OK && last > 0) {
        rc = code_give_up_to(shop->db, &series, load->codes_given + last, e);
    }
    load->on = false;
    return rc;
}

enum err_code customer_put(struct shop *shop, const struct customer *c, unsigned fields, enum put_result *result,
                           int64_t *id, struct err *e) {
    struct putting p = {.in = c, .fields = fields};
    enum err_code rc = shop_transact(shop, put, &p, e);
    if (rc == ERR_OK && result != NULL) {
        *result = p.result;
    }
    if (rc == ERR_OK && id != NULL) {
        *id = p.id;
    }
    return rc;
}

enum err_code customer_add(struct shop *shop, const struct customer *c, unsigned fields, int64_t *id, struct err *e) {
    struct putting p = {.in = c, .fields = fields, .must_be_new = true};
    enum err_code rc = shop_transact(shop, put, &p, e);
    if (rc == ERR_OK && id != NULL) {
        *id = p.id;
    }
    return rc;
}
