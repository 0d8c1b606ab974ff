#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/audit.h"
#include "chotdon/permission.h"
#include "domain/customer_figures.h"
#include "domain/customer_internal.h"
#include "domain/sales_book.h"
#include "domain/shop_internal.h"

/* Names both by number: what is said of one stays when the other is erased. */
enum err_code customer_audit_merge(struct shop *shop, const char *action, int64_t keep, int64_t merged,
                                   int64_t merge_id, struct err *e) {
    struct buf after = BUF_INIT;
    char *entity = customer_entity(keep);
    char *other = customer_entity(merged);
    record_json_int(&after, "merge", merge_id);
    record_json_text(&after, "merged", other);
    enum err_code rc = audit_add(shop, action, entity, "", record_json_end(&after), e);
    free(entity);
    free(other);
    buf_clear(&after);
    return rc;
}

/* A merge on its way back. */
struct undoing {
    struct shop *shop;
    int64_t merge_id;
    int64_t keep_id;
    int64_t merged_id;
    char *moved;
    struct customer keep; /* as it is */
    struct customer next; /* as it will be */
    struct customer merged;
    struct buf phones; /* that go back, joined by ';' */
};

static void undoing_clear(struct undoing *u) {
    free(u->moved);
    customer_clear(&u->keep);
    customer_clear(&u->next);
    customer_clear(&u->merged);
    buf_clear(&u->phones);
}

static enum err_code read_merge(struct undoing *u, struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc =
        db_query(u->shop->db, "SELECT kept_id, merged_id, moved FROM customer_merges WHERE id = $1 AND undone_at = ''",
                 DB_BIND(DB_INT(u->merge_id)), &s, e);
    if (rc != ERR_OK) {
        return rc;
    }
    enum db_row row = db_next(s, e);
    if (row == DB_ROW) {
        u->keep_id = db_col_int(s, 0);
        u->merged_id = db_col_int(s, 1);
        u->moved = db_col_dup(s, 2);
    } else {
        rc = row == DB_FAILED ? record_failed(e)
                              : err_set(e, ERR_NOT_FOUND, _("there is no merge number %lld that could be undone"),
                                        (long long)u->merge_id);
    }
    db_done(&s);
    return rc;
}

static enum err_code check_standing(struct undoing *u, struct err *e) {
    struct db *db = u->shop->db;
    bool erased = false;
    int64_t later = 0;
    enum err_code rc = db_exists(db, "SELECT 1 FROM customers WHERE id IN ($1, $2) AND erased_on <> ''",
                                 DB_BIND(DB_INT(u->keep_id), DB_INT(u->merged_id)), &erased, e);
    if (rc == ERR_OK && erased) {
        return err_set(e, ERR_REFUSED, _("the customer was erased: that merge cannot be undone"));
    }
    if (rc == ERR_OK) {
        rc = db_get_int(db,
                        "SELECT COALESCE(MAX(m.id), 0) FROM customer_merges m JOIN customers c ON c.id = m.merged_id "
                        "WHERE m.merged_id = $1 AND m.undone_at = ''",
                        DB_BIND(DB_INT(u->keep_id)), &later, e);
    }
    if (rc == ERR_OK && later != 0) {
        rc = err_set(e, ERR_REFUSED, _("undo merge number %lld first: it took in whoever this one kept"),
                     (long long)later);
    }
    return rc;
}

static const struct record_text *find_text(const char *key) {
    for (int i = 0; i < CUSTOMER_TEXT_COUNT; i++) {
        if (strcmp(customer_texts[i].key, key) == 0) {
            return &customer_texts[i];
        }
    }
    return NULL;
}

static char **member(const struct record_text *t, struct customer *c) {
    return (char **)((char *)c + t->offset);
}

/* A field that was filled in goes, unless somebody has changed it since. */
static void clear_field(struct undoing *u, const char *key) {
    const struct record_text *t = find_text(key);
    if (t != NULL && strcmp(*member(t, &u->next), *member(t, &u->merged)) == 0) {
        free(*member(t, &u->next));
        *member(t, &u->next) = mem_strdup("");
    }
}

/* Takes a phone out of the survivor's; false when they do not have it any more. */
static bool take_phone(struct customer *c, const char *phone) {
    struct buf left = BUF_INIT;
    const char *list = c->phones;
    char one[64];
    bool found = false;
    while (customer_next_phone(&list, one)) {
        if (strcmp(one, phone) == 0) {
            found = true;
        } else {
            buf_addf(&left, "%s%s", left.len == 0 ? "" : ";", one);
        }
    }
    free(c->phones);
    c->phones = buf_take(&left);
    return found;
}

static enum err_code move_back(struct undoing *u, const char *what, const char *which, struct err *e) {
    const struct db_value *values = DB_BIND(DB_INT(u->merged_id), DB_INT(strtoll(which, NULL, 10)), DB_INT(u->keep_id));
    if (strcmp(what, "order") == 0) {
        enum err_code rc = sales_book_touch(u->shop->sales, values[1].i, e);
        return rc != ERR_OK
                   ? rc
                   : db_run(u->shop->db, "UPDATE orders SET customer_id = $1 WHERE id = $2 AND customer_id = $3",
                            values, e);
    }
    if (strcmp(what, "log") == 0) {
        return db_run(u->shop->db, "UPDATE interactions SET customer_id = $1 WHERE id = $2 AND customer_id = $3",
                      values, e);
    }
    if (strcmp(what, "deal") == 0) {
        return db_run(u->shop->db, "UPDATE deals SET customer_id = $1 WHERE id = $2 AND customer_id = $3", values, e);
    }
    if (strcmp(what, "phone") == 0 && take_phone(&u->next, which)) {
        buf_addf(&u->phones, "%s%s", u->phones.len == 0 ? "" : ";", which);
    } else if (strcmp(what, "field") == 0) {
        clear_field(u, which);
    }
    return ERR_OK;
}

/* Every line of what was moved: "order 12". */
static enum err_code move_all_back(struct undoing *u, struct err *e) {
    enum err_code rc = ERR_OK;
    char *save = NULL;
    for (char *line = strtok_r(u->moved, "\n", &save); line != NULL && rc == ERR_OK;
         line = strtok_r(NULL, "\n", &save)) {
        char *which = strchr(line, ' ');
        if (which != NULL) {
            *which = '\0';
            rc = move_back(u, line, which + 1, e);
        }
    }
    return rc;
}

static enum err_code load(struct undoing *u, struct err *e) {
    enum err_code rc = customer_get(u->shop, u->keep_id, &u->keep, e);
    if (rc == ERR_OK) {
        rc = customer_get(u->shop, u->keep_id, &u->next, e);
    }
    return rc == ERR_OK ? customer_get(u->shop, u->merged_id, &u->merged, e) : rc;
}

static enum err_code write_both(struct undoing *u, struct err *e) {
    struct customer_refs refs = {0, 0};
    enum err_code rc = customer_resolve(u->shop, &u->next, &refs, e);
    if (rc == ERR_OK) {
        rc = customer_write(u->shop, &u->next, &refs, &u->keep, e);
    }
    if (rc == ERR_OK) {
        rc = db_run(u->shop->db, "UPDATE customers SET merged_into = NULL WHERE id = $1", DB_BIND(DB_INT(u->merged_id)),
                    e);
    }
    if (rc == ERR_OK) {
        rc = customer_figures_list(u->shop->db, u->merged_id, true, e);
    }
    if (rc == ERR_OK) {
        free(u->merged.phones);
        u->merged.phones = mem_strdup(buf_str(&u->phones));
        rc = customer_write_phones(u->shop, u->merged_id, u->merged.phones, e);
    }
    return rc == ERR_OK ? customer_write_search(u->shop, &u->merged, e) : rc;
}

static enum err_code finish(struct undoing *u, struct err *e) {
    char now[DATETIME_SIZE];
    shop_now(u->shop, now);
    enum err_code rc = db_run(u->shop->db, "UPDATE customer_merges SET undone_at = $2 WHERE id = $1",
                              DB_BIND(DB_INT(u->merge_id), DB_TEXT(now)), e);
    return rc == ERR_OK ? customer_audit_merge(u->shop, "customer.unmerge", u->keep_id, u->merged_id, u->merge_id, e)
                        : rc;
}

static enum err_code unmerge(struct shop *shop, void *ctx, struct err *e) {
    struct undoing u = {.shop = shop, .merge_id = *(int64_t *)ctx};
    enum err_code rc = read_merge(&u, e);
    if (rc == ERR_OK) {
        rc = check_standing(&u, e);
    }
    if (rc == ERR_OK) {
        rc = load(&u, e);
    }
    if (rc == ERR_OK) {
        rc = move_all_back(&u, e);
    }
    if (rc == ERR_OK) {
        rc = write_both(&u, e);
    }
    if (rc == ERR_OK) {
        rc = finish(&u, e);
    }
    undoing_clear(&u);
    return rc;
}

enum err_code customer_unmerge(struct shop *shop, int64_t merge_id, struct err *e) {
    return shop_transact_for(shop, PERMIT_CUSTOMERS, unmerge, &merge_id, e);
}
