#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/permission.h"
#include "domain/customer_figures.h"
#include "domain/customer_internal.h"
#include "domain/sales_book.h"
#include "domain/shop_internal.h"

/* Two customers on their way to be one. */
struct pair {
    struct customer keep;
    struct customer merge;
};

static void pair_clear(struct pair *p) {
    customer_clear(&p->keep);
    customer_clear(&p->merge);
}

/* ERR_REFUSED for one who lives on in another already, or was erased. */
static enum err_code check_there(struct shop *shop, const struct customer *c, struct err *e) {
    bool gone = false;
    enum err_code rc =
        db_exists(shop->db, "SELECT 1 FROM customers WHERE id = $1 AND (merged_into IS NOT NULL OR erased_on <> '')",
                  DB_BIND(DB_INT(c->id)), &gone, e);
    if (gone) {
        rc = err_set_field(e, ERR_REFUSED, "customer", _("customer %s was merged or erased already"), c->code);
    }
    return rc;
}

static enum err_code load_pair(struct shop *shop, int64_t keep, int64_t merge, struct pair *p, struct err *e) {
    *p = (struct pair){0};
    if (keep == merge) {
        return err_set_field(e, ERR_INVALID, "customer", _("that is one and the same customer"));
    }
    enum err_code rc = customer_get(shop, keep, &p->keep, e);
    if (rc == ERR_OK) {
        rc = customer_get(shop, merge, &p->merge, e);
    }
    if (rc == ERR_OK) {
        rc = check_there(shop, &p->keep, e);
    }
    return rc == ERR_OK ? check_there(shop, &p->merge, e) : rc;
}

static char **member(const struct record_text *t, struct customer *c) {
    return (char **)((char *)c + t->offset);
}

/* Name and phones go their own ways. */
static bool is_filled_from(const struct record_text *t) {
    return t->bit != CUSTOMER_NAME && t->bit != CUSTOMER_PHONES;
}

static enum err_code count(struct shop *shop, const char *sql, int64_t id, int64_t *n, struct err *e) {
    return db_get_int(shop->db, sql, DB_BIND(DB_INT(id)), n, e);
}

static void plan_fields(struct pair *p, struct buf *b) {
    for (int i = 0; i < CUSTOMER_TEXT_COUNT; i++) {
        const struct record_text *t = &customer_texts[i];
        const char *kept = *member(t, &p->keep);
        const char *merged = *member(t, &p->merge);
        if (t->bit == CUSTOMER_PHONES || merged[0] == '\0' || strcmp(kept, merged) == 0) {
            continue;
        }
        if (kept[0] == '\0') {
            buf_addf(b, _("%s is filled in: %s\n"), t->key, merged);
        } else {
            buf_addf(b, _("%s stays %s (not %s)\n"), t->key, kept, merged);
        }
    }
}

enum err_code customer_merge_plan(struct shop *shop, int64_t keep, int64_t merge, char **plan, struct err *e) {
    struct pair p;
    struct buf b = BUF_INIT;
    int64_t orders = 0;
    int64_t deals = 0;
    int64_t log = 0;
    *plan = NULL;
    enum err_code rc = load_pair(shop, keep, merge, &p, e);
    if (rc == ERR_OK) {
        rc = count(shop, "SELECT COUNT(*) FROM orders WHERE customer_id = $1", merge, &orders, e);
    }
    if (rc == ERR_OK) {
        rc = count(shop, "SELECT COUNT(*) FROM deals WHERE customer_id = $1", merge, &deals, e);
    }
    if (rc == ERR_OK) {
        rc = count(shop, "SELECT COUNT(*) FROM interactions WHERE customer_id = $1", merge, &log, e);
    }
    if (rc == ERR_OK) {
        buf_addf(&b, _("%s %s becomes part of %s %s\n"), p.merge.code, p.merge.name, p.keep.code, p.keep.name);
        buf_addf(&b, _("orders that move: %lld\n"), (long long)orders);
        if (deals > 0) {
            buf_addf(&b, _("deals that move: %lld\n"), (long long)deals);
        }
        buf_addf(&b, _("log entries that move: %lld\n"), (long long)log);
        buf_addf(&b, _("phones that move: %s\n"), p.merge.phones[0] == '\0' ? "-" : p.merge.phones);
        plan_fields(&p, &b);
        *plan = buf_take(&b);
    }
    buf_clear(&b);
    pair_clear(&p);
    return rc;
}

/* Notes what moves, one a line, so that it can be moved back: "order 12". */
static enum err_code note_ids(struct shop *shop, const char *sql, int64_t id, const char *what, struct buf *moved,
                              struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(shop->db, sql, DB_BIND(DB_INT(id)), &s, e);
    enum db_row row = DB_END;
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        buf_addf(moved, "%s %s\n", what, db_col_text(s, 0));
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

static enum err_code note_all(struct shop *shop, int64_t merge, struct buf *moved, struct err *e) {
    enum err_code rc =
        note_ids(shop, "SELECT id FROM orders WHERE customer_id = $1 ORDER BY id", merge, "order", moved, e);
    if (rc == ERR_OK) {
        rc = note_ids(shop, "SELECT id FROM interactions WHERE customer_id = $1 ORDER BY id", merge, "log", moved, e);
    }
    if (rc == ERR_OK) {
        rc = note_ids(shop, "SELECT id FROM deals WHERE customer_id = $1 ORDER BY id", merge, "deal", moved, e);
    }
    if (rc == ERR_OK) {
        rc = note_ids(shop, "SELECT phone FROM customer_phones WHERE customer_id = $1 ORDER BY position", merge,
                      "phone", moved, e);
    }
    return rc;
}

/* The survivor as it will be; notes the fields that are filled in. */
static void fill(struct pair *p, struct customer *next, struct buf *moved) {
    for (int i = 0; i < CUSTOMER_TEXT_COUNT; i++) {
        const struct record_text *t = &customer_texts[i];
        const char *kept = *member(t, &p->keep);
        const char *merged = *member(t, &p->merge);
        bool filled = is_filled_from(t) && kept[0] == '\0' && merged[0] != '\0';
        *member(t, next) = mem_strdup(filled ? merged : kept);
        if (filled) {
            buf_addf(moved, "field %s\n", t->key);
        }
    }
    if (p->merge.phones[0] != '\0') {
        free(next->phones);
        next->phones = mem_printf("%s%s%s", p->keep.phones, p->keep.phones[0] == '\0' ? "" : ";", p->merge.phones);
    }
    next->id = p->keep.id;
    next->code = mem_strdup(p->keep.code);
    next->consent = p->keep.consent;
}

static enum err_code write_survivor(struct shop *shop, struct customer *next, const struct customer *old,
                                    struct err *e) {
    struct customer_refs refs = {0, 0};
    enum err_code rc = customer_resolve(shop, next, &refs, e);
    return rc == ERR_OK ? customer_write(shop, next, &refs, old, e) : rc;
}

static enum err_code move_rows(struct shop *shop, int64_t keep, int64_t merge, struct err *e) {
    const struct db_value *ids = DB_BIND(DB_INT(keep), DB_INT(merge));
    enum err_code rc =
        sales_book_touch_all(shop->sales, "SELECT id FROM orders WHERE customer_id = $1", DB_BIND(DB_INT(merge)), e);
    if (rc == ERR_OK) {
        rc = db_run(shop->db, "UPDATE orders SET customer_id = $1 WHERE customer_id = $2", ids, e);
    }
    if (rc == ERR_OK) {
        rc = db_run(shop->db, "UPDATE interactions SET customer_id = $1 WHERE customer_id = $2", ids, e);
    }
    if (rc == ERR_OK) {
        rc = db_run(shop->db, "UPDATE deals SET customer_id = $1 WHERE customer_id = $2", ids, e);
    }
    if (rc == ERR_OK) {
        rc = db_run(shop->db, "DELETE FROM customer_phones WHERE customer_id = $1", DB_BIND(DB_INT(merge)), e);
    }
    if (rc == ERR_OK) {
        rc = db_run(shop->db, "UPDATE customers SET merged_into = $1 WHERE id = $2", ids, e);
    }
    if (rc == ERR_OK) {
        rc = customer_figures_list(shop->db, merge, false, e);
    }
    return rc == ERR_OK ? db_search_remove(shop->db, SEARCH_CUSTOMER, merge, e) : rc;
}

struct merging {
    int64_t keep;
    int64_t merge;
    int64_t merge_id;
};

static enum err_code insert_merge(struct shop *shop, struct merging *m, const char *moved, struct err *e) {
    char now[DATETIME_SIZE];
    shop_now(shop, now);
    enum err_code rc =
        db_run(shop->db, "INSERT INTO customer_merges (at, kept_id, merged_id, moved) VALUES ($1, $2, $3, $4)",
               DB_BIND(DB_TEXT(now), DB_INT(m->keep), DB_INT(m->merge), DB_TEXT(moved)), e);
    m->merge_id = rc == ERR_OK ? db_last_id(shop->db) : 0;
    return rc;
}

static enum err_code merge_in(struct shop *shop, void *ctx, struct err *e) {
    struct merging *m = ctx;
    struct pair p;
    struct customer next = {0};
    struct buf moved = BUF_INIT;
    enum err_code rc = load_pair(shop, m->keep, m->merge, &p, e);
    if (rc == ERR_OK) {
        rc = note_all(shop, m->merge, &moved, e);
    }
    if (rc == ERR_OK) {
        fill(&p, &next, &moved);
        rc = move_rows(shop, m->keep, m->merge, e);
    }
    if (rc == ERR_OK) {
        rc = write_survivor(shop, &next, &p.keep, e);
    }
    if (rc == ERR_OK) {
        rc = insert_merge(shop, m, buf_str(&moved), e);
    }
    if (rc == ERR_OK) {
        rc = customer_audit_merge(shop, "customer.merge", m->keep, m->merge, m->merge_id, e);
    }
    buf_clear(&moved);
    customer_clear(&next);
    pair_clear(&p);
    return rc;
}

enum err_code customer_merge(struct shop *shop, int64_t keep, int64_t merge, int64_t *merge_id, struct err *e) {
    struct merging m = {keep, merge, 0};
    enum err_code rc = shop_transact_for(shop, PERMIT_CUSTOMERS, merge_in, &m, e);
    if (rc == ERR_OK && merge_id != NULL) {
        *merge_id = m.merge_id;
    }
    return rc;
}
