/* Leads that look like one that is there already. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/intern.h"
#include "base/mem.h"
#include "base/text.h"
#include "chotdon/deal_merge.h"
#include "domain/deal_internal.h"
#include "domain/shop_internal.h"

#define NAMED_ALIKE 50 /* found by name that are looked at */

#define LEAD_NAME "COALESCE(NULLIF(d.contact, ''), c.name, d.title)"
#define PROVINCE  "COALESCE(NULLIF(d.province, ''), c.province, '')"
#define OTHERS                                                                                                         \
    " d.kind = 'open' AND d.merged_into IS NULL AND d.id <> $1 AND ($2 = 0 OR COALESCE(d.customer_id, 0) <> $2)"

/* What there is to go by. */
struct lead {
    int64_t id, customer_id;
    bool is_open;
    char *phone, *email, *name, *province;
};

static void lead_clear(struct lead *l) {
    free(l->phone);
    free(l->email);
    free(l->name);
    free(l->province);
}

static enum err_code read_lead(struct shop *shop, int64_t id, struct lead *out, struct err *e) {
    struct deal_record r = {0};
    *out = (struct lead){.id = id};
    enum err_code rc = deal_load(shop, id, &r, e);
    if (rc == ERR_OK) {
        const struct deal *d = &r.d;
        out->customer_id = r.customer_id;
        out->is_open = d->stage.kind == STAGE_OPEN;
        out->phone = mem_strdup(d->phone[0] != '\0' ? d->phone : r.customer_phone);
        out->email = mem_strdup(d->email[0] != '\0' ? d->email : r.customer_email);
        out->province = mem_strdup(d->province[0] != '\0' ? d->province : r.customer_province);
        out->name = text_fold(d->contact[0] != '\0'         ? d->contact
                              : d->customer_name[0] != '\0' ? d->customer_name
                                                            : d->title);
    }
    deal_record_clear(&r);
    return rc;
}

struct finding {
    struct shop *shop;
    const struct lead *lead;
    deal_twin_fn *row;
    void *ctx;
    int64_t *told; /* deals that were told already */
    size_t count, capacity;
};

static enum err_code tell(struct finding *f, const struct deal_twin *t, struct err *e) {
    for (size_t i = 0; i < f->count && t->deal_id != 0; i++) {
        if (f->told[i] == t->deal_id) {
            return ERR_OK;
        }
    }
    if (t->deal_id != 0) {
        f->told = mem_grow(f->told, f->count, &f->capacity, sizeof *f->told);
        f->told[f->count++] = t->deal_id;
    }
    return f->row(f->ctx, t, e);
}

/* Rows of number (0 for a customer), code and name. */
static enum err_code find(struct finding *f, const char *sql, const char *value, const char *why, struct err *e) {
    struct db_stmt *s = NULL;
    if (value[0] == '\0') {
        return ERR_OK;
    }
    enum err_code rc =
        db_query(f->shop->db, sql, DB_BIND(DB_INT(f->lead->id), DB_INT(f->lead->customer_id), DB_TEXT(value)), &s, e);
    enum db_row got = DB_END;
    while (rc == ERR_OK && (got = db_next(s, e)) == DB_ROW) {
        const struct deal_twin t = {db_col_int(s, 0), db_col_text(s, 1), db_col_text(s, 2), why};
        rc = tell(f, &t, e);
    }
    db_done(&s);
    return got == DB_FAILED ? record_failed(e) : rc;
}

/* A name with its province: found by its words, then compared whole. */
static enum err_code compare_name(struct finding *f, int64_t id, struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(
        f->shop->db,
        "SELECT d.id, d.deal_no, d.title, " LEAD_NAME " FROM deals d LEFT JOIN customers c"
        " ON c.id = d.customer_id WHERE d.id = $4 AND " PROVINCE " = $3 AND" OTHERS,
        DB_BIND(DB_INT(f->lead->id), DB_INT(f->lead->customer_id), DB_TEXT(f->lead->province), DB_INT(id)), &s, e);
    enum db_row got = DB_END;
    while (rc == ERR_OK && (got = db_next(s, e)) == DB_ROW) {
        char *name = text_fold(db_col_text(s, 3));
        const struct deal_twin t = {db_col_int(s, 0), db_col_text(s, 1), db_col_text(s, 2), "name"};
        rc = strcmp(name, f->lead->name) == 0 ? tell(f, &t, e) : ERR_OK;
        free(name);
    }
    db_done(&s);
    return got == DB_FAILED ? record_failed(e) : rc;
}

static enum err_code find_customers_by_name(struct finding *f, struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(f->shop->db,
                                "SELECT c.code, c.name FROM customers c WHERE c.folded = $1 AND c.province = $2"
                                " AND c.merged_into IS NULL AND c.erased_on = ''",
                                DB_BIND(DB_TEXT(f->lead->name), DB_TEXT(f->lead->province)), &s, e);
    enum db_row got = DB_END;
    while (rc == ERR_OK && (got = db_next(s, e)) == DB_ROW) {
        const struct deal_twin t = {0, db_col_text(s, 0), db_col_text(s, 1), "name"};
        rc = tell(f, &t, e);
    }
    db_done(&s);
    return got == DB_FAILED ? record_failed(e) : rc;
}

/* Deals by the words of their title and contact, or whose customer is called so. */
static enum err_code named_alike(struct finding *f, int64_t ids[NAMED_ALIKE], int *count, struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = db_search(f->shop->db, SEARCH_DEAL, f->lead->name, ids, NAMED_ALIKE / 2, count, e);
    rc = rc == ERR_OK ? db_query(f->shop->db,
                                 "SELECT d.id FROM customers c CROSS JOIN deals d WHERE c.folded = $1 AND"
                                 " d.customer_id = c.id AND d.kind = 'open' AND d.contact = '' LIMIT $2",
                                 DB_BIND(DB_TEXT(f->lead->name), DB_INT(NAMED_ALIKE / 2)), &s, e)
                      : rc;
    enum db_row got = DB_END;
    while (rc == ERR_OK && (got = db_next(s, e)) == DB_ROW) {
        ids[(*count)++] = db_col_int(s, 0);
    }
    db_done(&s);
    return got == DB_FAILED ? record_failed(e) : rc;
}

static enum err_code find_by_name(struct finding *f, struct err *e) {
    int64_t ids[NAMED_ALIKE];
    int count = 0;
    if (f->lead->province[0] == '\0' || f->lead->name[0] == '\0') {
        return ERR_OK;
    }
    enum err_code rc = named_alike(f, ids, &count, e);
    for (int i = 0; i < count && rc == ERR_OK; i++) {
        rc = compare_name(f, ids[i], e);
    }
    return rc == ERR_OK && f->lead->customer_id == 0 ? find_customers_by_name(f, e) : rc;
}

static enum err_code find_all(struct finding *f, struct err *e) {
    enum err_code rc =
        find(f,
             "SELECT d.id, d.deal_no, d.title FROM deals d WHERE d.phone = $3 AND d.phone <> '' AND" OTHERS
             " UNION SELECT d.id, d.deal_no, d.title FROM customer_phones p CROSS JOIN deals d"
             " WHERE d.customer_id = p.customer_id AND p.phone = $3 AND" OTHERS " ORDER BY 1",
             f->lead->phone, "phone", e);
    if (rc == ERR_OK) {
        rc = find(f,
                  "SELECT d.id, d.deal_no, d.title FROM deals d WHERE d.email = $3 AND d.email <> '' AND" OTHERS
                  " UNION SELECT d.id, d.deal_no, d.title FROM customers c CROSS JOIN deals d"
                  " WHERE d.customer_id = c.id AND c.email = $3 AND c.email <> '' AND" OTHERS " ORDER BY 1",
                  f->lead->email, "email", e);
    }
    if (rc == ERR_OK && f->lead->customer_id == 0) {
        rc = find(f,
                  "SELECT 0, c.code, c.name FROM customer_phones p JOIN customers c ON c.id = p.customer_id"
                  " WHERE p.phone = $3 AND $1 <> $2",
                  f->lead->phone, "phone", e);
    }
    if (rc == ERR_OK && f->lead->customer_id == 0) {
        rc = find(f,
                  "SELECT 0, c.code, c.name FROM customers c WHERE c.email = $3 AND c.email <> ''"
                  " AND c.merged_into IS NULL AND $1 <> $2",
                  f->lead->email, "email", e);
    }
    return rc == ERR_OK ? find_by_name(f, e) : rc;
}

enum err_code deal_twins(struct shop *shop, int64_t deal_id, deal_twin_fn *row, void *ctx, struct err *e) {
    struct lead lead;
    struct finding f = {.shop = shop, .lead = &lead, .row = row, .ctx = ctx};
    enum err_code rc = read_lead(shop, deal_id, &lead, e);
    rc = rc == ERR_OK && lead.is_open ? find_all(&f, e) : rc;
    lead_clear(&lead);
    free(f.told);
    return rc;
}

char *deal_twin_text(const char *deal_no, const struct deal_twin *t) {
    const char *why = strcmp(t->why, "phone") == 0   ? _("the same phone")
                      : strcmp(t->why, "email") == 0 ? _("the same e-mail")
                                                     : _("the same name and province");
    return t->deal_id != 0
               ? mem_printf(_("%s looks like deal %s “%s” (%s); to make them one: chotdon deal merge %s %s"), deal_no,
                            t->no, t->name, why, t->no, deal_no)
               : mem_printf(_("%s looks like customer %s %s (%s); to name them: chotdon deal edit %s --customer %s"),
                            deal_no, t->no, t->name, why, deal_no, t->no);
}

/* Rows in the order of what they should differ in: each that says the same as the one before makes a pair with the
 * first of its kind, unless they are one known customer's. */
struct pairing {
    deal_pair_fn *row;
    void *ctx;
    struct intern *told; /* "CH1 CH2" */
};

static enum err_code pair(struct pairing *p, const char *a, const char *b, const char *why, struct err *e) {
    char *key = mem_printf("%s\n%s", a, b);
    uint32_t before = intern_count(p->told);
    bool is_new = intern_add(p->told, key) == before;
    free(key);
    return is_new ? p->row(p->ctx, a, b, why, e) : ERR_OK;
}

static enum err_code pair_rows(struct pairing *p, struct shop *shop, const char *sql, const char *why, struct err *e) {
    struct db_stmt *s = NULL;
    char *first = mem_strdup(""), *key = mem_strdup("");
    int64_t customer = 0;
    enum err_code rc = db_query(shop->db, sql, DB_NO_BIND, &s, e);
    enum db_row got = DB_END;
    while (rc == ERR_OK && (got = db_next(s, e)) == DB_ROW) {
        bool same = first[0] != '\0' && strcmp(key, db_col_text(s, 1)) == 0;
        bool one = customer != 0 && customer == db_col_int(s, 2);
        if (same && !one) {
            rc = pair(p, first, db_col_text(s, 0), why, e);
        } else if (!same) {
            deal_text(&first, db_col_dup(s, 0));
            deal_text(&key, db_col_dup(s, 1));
            customer = db_col_int(s, 2);
        }
    }
    db_done(&s);
    free(first);
    free(key);
    return got == DB_FAILED ? record_failed(e) : rc;
}

#define EFFECTIVE(own, theirs)                                                                                         \
    "SELECT d.deal_no, COALESCE(NULLIF(" own ", ''), " theirs ", '') AS said, COALESCE(d.customer_id, 0), d.id"        \
    " FROM deals d LEFT JOIN customers c ON c.id = d.customer_id WHERE d.kind = 'open' AND d.merged_into IS NULL"
#define FIRST_PHONE                                                                                                    \
    "(SELECT p.phone FROM customer_phones p WHERE p.customer_id = d.customer_id ORDER BY p.position LIMIT 1)"
#define IN_PAIRS(own, theirs) "SELECT * FROM (" EFFECTIVE(own, theirs) ") x WHERE x.said <> '' ORDER BY 2, 4"

/* Folded names have to be made one by one. */
static enum err_code pair_names(struct pairing *p, struct shop *shop, struct err *e) {
    struct intern *names = intern_new();
    char **firsts = NULL;
    int64_t *customers = NULL;
    size_t count = 0, capacity = 0, room = 0;
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(shop->db,
                                "SELECT d.deal_no, " LEAD_NAME ", " PROVINCE ", COALESCE(d.customer_id, 0)"
                                " FROM deals d LEFT JOIN customers c ON c.id = d.customer_id WHERE d.kind = 'open'"
                                " AND d.merged_into IS NULL AND " PROVINCE " <> '' ORDER BY d.id",
                                DB_NO_BIND, &s, e);
    enum db_row got = DB_END;
    while (rc == ERR_OK && (got = db_next(s, e)) == DB_ROW) {
        char *folded = text_fold(db_col_text(s, 1));
        char *key = mem_printf("%s\n%s", folded, db_col_text(s, 2));
        uint32_t i = intern_add(names, key);
        if (i == count) {
            firsts = mem_grow(firsts, count, &capacity, sizeof *firsts);
            customers = mem_grow(customers, count, &room, sizeof *customers);
            customers[count] = db_col_int(s, 3);
            firsts[count++] = db_col_dup(s, 0);
        } else if (customers[i] == 0 || customers[i] != db_col_int(s, 3)) {
            rc = pair(p, firsts[i], db_col_text(s, 0), "name", e);
        }
        free(folded);
        free(key);
    }
    db_done(&s);
    for (size_t i = 0; i < count; i++) {
        free(firsts[i]);
    }
    free(firsts);
    free(customers);
    intern_free(names);
    return got == DB_FAILED ? record_failed(e) : rc;
}

enum err_code deal_duplicates(struct shop *shop, deal_pair_fn *row, void *ctx, struct err *e) {
    struct pairing p = {row, ctx, intern_new()};
    enum err_code rc = pair_rows(&p, shop, IN_PAIRS("d.phone", FIRST_PHONE), "phone", e);
    rc = rc == ERR_OK ? pair_rows(&p, shop, IN_PAIRS("d.email", "c.email"), "email", e) : rc;
    rc = rc == ERR_OK ? pair_names(&p, shop, e) : rc;
    intern_free(p.told);
    return rc;
}
