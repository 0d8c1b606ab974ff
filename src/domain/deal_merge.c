/* Two deals on their way to be one, and back. */
#include "chotdon/deal_merge.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "chotdon/audit.h"
#include "domain/deal_facts.h"
#include "domain/deal_internal.h"
#include "domain/shop_internal.h"

/* What the survivor takes when it has none of its own. The title stays; the others go by themselves. */
#define FILLED                                                                                                         \
    (DEAL_CUSTOMER | DEAL_CONTACT | DEAL_PHONE | DEAL_EMAIL | DEAL_PROVINCE | DEAL_REP | DEAL_SOURCE | DEAL_NEED |     \
     DEAL_BUDGET | DEAL_TIMING | DEAL_DECISION_MAKER | DEAL_NOTE | DEAL_EXPECTED_CLOSE)

/* keep: as it is and as it will be. */
struct merging {
    int64_t keep_id, merge_id;
    struct deal_pair keep;
    struct deal_record merge;
    struct buf moved; /* "field phone\n", "log 12\n", "order 5\n"; "tags a,b\n" what they were */
};

static void merging_clear(struct merging *m) {
    deal_pair_clear(&m->keep);
    deal_record_clear(&m->merge);
    buf_clear(&m->moved);
}

static enum err_code load(struct shop *shop, struct merging *m, struct err *e) {
    m->keep = (struct deal_pair){0};
    m->merge = (struct deal_record){0};
    if (m->keep_id == m->merge_id) {
        return err_set_field(e, ERR_INVALID, "deal", _("that is one and the same deal"));
    }
    enum err_code rc = deal_pair_load(shop, m->keep_id, &m->keep, e);
    rc = rc == ERR_OK ? deal_load(shop, m->merge_id, &m->merge, e) : rc;
    if (rc == ERR_OK && m->merge.d.stage.kind != STAGE_OPEN) {
        rc = err_set_field(e, ERR_REFUSED, "deal", _("deal %s is closed (%s); merge the other one into it instead"),
                           m->merge.d.deal_no, m->merge.d.stage.name);
    }
    return rc;
}

static char **member(const struct record_text *t, struct deal *d) {
    return (char **)((char *)d + t->offset);
}

/* The numbers that go with a name. */
static void fill_ids(struct merging *m, unsigned bit) {
    struct deal_record *r = &m->keep.r;
    if (bit == DEAL_CUSTOMER) {
        r->customer_id = m->merge.customer_id;
        deal_text(&r->d.customer_name, mem_strdup(m->merge.d.customer_name));
        deal_text(&r->customer_phone, mem_strdup(m->merge.customer_phone));
    } else if (bit == DEAL_REP) {
        r->staff_id = m->merge.staff_id;
    } else if (bit == DEAL_SOURCE) {
        r->source_id = m->merge.source_id;
    }
}

static void join_tags(struct merging *m) {
    struct deal *keep = &m->keep.r.d;
    const char *more = m->merge.d.tags;
    struct buf all = BUF_INIT;
    buf_add(&all, keep->tags);
    while (*more != '\0') {
        size_t len = strcspn(more, ",");
        char *tag = mem_strndup(more, len);
        if (!deal_has_tag(keep->tags, tag)) {
            buf_addf(&all, "%s%s", all.len == 0 ? "" : ",", tag);
        }
        free(tag);
        more += len + (more[len] != '\0');
    }
    if (strcmp(buf_str(&all), keep->tags) != 0) {
        buf_addf(&m->moved, "tags %s\n", keep->tags);
        deal_text(&keep->tags, mem_strdup(buf_str(&all)));
    }
    buf_clear(&all);
}

static void fill(struct merging *m) {
    struct deal *keep = &m->keep.r.d, *other = &m->merge.d;
    for (int i = 0; i < DEAL_TEXT_COUNT; i++) {
        const struct record_text *t = &deal_texts[i];
        char **to = member(t, keep);
        const char *from = *member(t, other);
        if ((t->bit & FILLED) != 0 && (*to)[0] == '\0' && from[0] != '\0') {
            deal_text(to, mem_strdup(from));
            fill_ids(m, t->bit);
            buf_addf(&m->moved, "field %s\n", t->key);
        }
    }
    if (keep->product_count == 0 && other->product_count > 0) {
        deal_take_products(other, keep);
        buf_add(&m->moved, "field product\n");
    }
    if (keep->expected_value == 0 && other->expected_value > 0) {
        keep->expected_value = other->expected_value;
        buf_add(&m->moved, "field expected_value\n");
    }
    if (keep->next_on[0] == '\0' && other->next_on[0] != '\0' && keep->stage.kind == STAGE_OPEN) {
        deal_text(&keep->next_on, mem_strdup(other->next_on));
        deal_text(&keep->next_text, mem_strdup(other->next_text));
        buf_add(&m->moved, "field next\n");
    }
    join_tags(m);
}

static void plan_fields(struct merging *m, struct buf *b) {
    for (int i = 0; i < DEAL_TEXT_COUNT; i++) {
        const struct record_text *t = &deal_texts[i];
        const char *kept = *member(t, &m->keep.old.d), *merged = *member(t, &m->merge.d);
        if ((t->bit & FILLED) == 0 || merged[0] == '\0' || strcmp(kept, merged) == 0) {
            continue;
        }
        if (kept[0] == '\0') {
            buf_addf(b, _("%s is filled in: %s\n"), t->key, merged);
        } else {
            buf_addf(b, _("%s stays %s (not %s)\n"), t->key, kept, merged);
        }
    }
}

enum err_code deal_merge_plan(struct shop *shop, int64_t keep, int64_t merge, char **plan, struct err *e) {
    struct merging m = {.keep_id = keep, .merge_id = merge};
    struct buf b = BUF_INIT;
    int64_t orders = 0, log = 0;
    *plan = NULL;
    enum err_code rc = load(shop, &m, e);
    if (rc == ERR_OK) {
        rc = db_get_int(shop->db, "SELECT COUNT(*) FROM orders WHERE deal_id = $1", DB_BIND(DB_INT(merge)), &orders, e);
    }
    if (rc == ERR_OK) {
        rc = db_get_int(shop->db, "SELECT COUNT(*) FROM interactions WHERE deal_id = $1", DB_BIND(DB_INT(merge)), &log,
                        e);
    }
    if (rc == ERR_OK) {
        buf_addf(&b, _("deal %s %s becomes part of %s %s\n"), m.merge.d.deal_no, m.merge.d.title, m.keep.old.d.deal_no,
                 m.keep.old.d.title);
        buf_addf(&b, _("orders that move: %lld\n"), (long long)orders);
        buf_addf(&b, _("log entries that move: %lld\n"), (long long)log);
        plan_fields(&m, &b);
        *plan = buf_take(&b);
    }
    buf_clear(&b);
    merging_clear(&m);
    return rc;
}

static enum err_code note_ids(struct shop *shop, const char *sql, int64_t id, const char *what, struct buf *moved,
                              struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(shop->db, sql, DB_BIND(DB_INT(id)), &s, e);
    enum db_row got = DB_END;
    while (rc == ERR_OK && (got = db_next(s, e)) == DB_ROW) {
        buf_addf(moved, "%s %s\n", what, db_col_text(s, 0));
    }
    db_done(&s);
    return got == DB_FAILED ? record_failed(e) : rc;
}

/* The one that goes is counted no more, and found no more. */
static enum err_code hide(struct shop *shop, struct merging *m, struct err *e) {
    enum err_code rc = deal_uncount(shop, m->merge_id, e);
    if (rc == ERR_OK) {
        rc = db_run(shop->db, "UPDATE deals SET merged_into = $1, version = version + 1 WHERE id = $2",
                    DB_BIND(DB_INT(m->keep_id), DB_INT(m->merge_id)), e);
    }
    return rc == ERR_OK ? db_search_remove(shop->db, SEARCH_DEAL, m->merge_id, e) : rc;
}

static enum err_code move_rows(struct shop *shop, struct merging *m, struct err *e) {
    const struct db_value *ids = DB_BIND(DB_INT(m->keep_id), DB_INT(m->merge_id));
    enum err_code rc =
        note_ids(shop, "SELECT id FROM orders WHERE deal_id = $1 ORDER BY id", m->merge_id, "order", &m->moved, e);
    rc = rc == ERR_OK ? note_ids(shop, "SELECT id FROM interactions WHERE deal_id = $1 ORDER BY id", m->merge_id, "log",
                                 &m->moved, e)
                      : rc;
    rc = rc == ERR_OK ? deal_facts_take(shop, m->keep_id, e) : rc;
    rc = rc == ERR_OK ? db_run(shop->db, "UPDATE orders SET deal_id = $1 WHERE deal_id = $2", ids, e) : rc;
    rc = rc == ERR_OK ? db_run(shop->db, "UPDATE interactions SET deal_id = $1 WHERE deal_id = $2", ids, e) : rc;
    return rc == ERR_OK ? deal_facts_give(shop, m->keep_id, e) : rc;
}

static enum err_code write_audit(struct shop *shop, const char *action, const char *deal_no, const char *merged,
                                 int64_t number, struct err *e) {
    struct buf after = BUF_INIT;
    char *entity = deal_entity(deal_no);
    record_json_int(&after, "merge", number);
    record_json_text(&after, "merged", merged);
    enum err_code rc = audit_add(shop, action, entity, "", record_json_end(&after), e);
    free(entity);
    buf_clear(&after);
    return rc;
}

struct asked {
    int64_t keep, merge, number;
};

static enum err_code merge_in(struct shop *shop, void *ctx, struct err *e) {
    struct asked *asked = ctx;
    struct merging m = {.keep_id = asked->keep, .merge_id = asked->merge};
    char now[DATETIME_SIZE];
    shop_now(shop, now);
    enum err_code rc = load(shop, &m, e);
    rc = rc == ERR_OK ? hide(shop, &m, e) : rc;
    rc = rc == ERR_OK ? move_rows(shop, &m, e) : rc;
    if (rc == ERR_OK) {
        fill(&m);
        deal_touch(shop, &m.keep.r);
        rc = deal_store(shop, &m.keep.old, &m.keep.r, NULL, e);
    }
    if (rc == ERR_OK) {
        rc = db_run(shop->db, "INSERT INTO deal_merges (at, kept_id, merged_id, moved) VALUES ($1, $2, $3, $4)",
                    DB_BIND(DB_TEXT(now), DB_INT(asked->keep), DB_INT(asked->merge), DB_TEXT(buf_str(&m.moved))), e);
        asked->number = db_last_id(shop->db);
    }
    if (rc == ERR_OK) {
        rc = write_audit(shop, "deal.merge", m.keep.r.d.deal_no, m.merge.d.deal_no, asked->number, e);
    }
    merging_clear(&m);
    return rc;
}

enum err_code deal_merge(struct shop *shop, int64_t keep, int64_t merge, int64_t *merge_id, struct err *e) {
    struct asked asked = {keep, merge, 0};
    enum err_code rc = shop_transact(shop, merge_in, &asked, e);
    if (rc == ERR_OK && merge_id != NULL) {
        *merge_id = asked.number;
    }
    return rc;
}

/* --- and back */

static enum err_code read_merge(struct shop *shop, int64_t number, struct merging *m, char **moved, struct err *e) {
    struct db_stmt *s = NULL;
    *moved = NULL;
    enum err_code rc =
        db_query(shop->db, "SELECT kept_id, merged_id, moved FROM deal_merges WHERE id = $1 AND undone_at = ''",
                 DB_BIND(DB_INT(number)), &s, e);
    enum db_row got = rc == ERR_OK ? db_next(s, e) : DB_END;
    if (got == DB_ROW) {
        m->keep_id = db_col_int(s, 0);
        m->merge_id = db_col_int(s, 1);
        *moved = db_col_dup(s, 2);
    }
    db_done(&s);
    if (rc == ERR_OK && got == DB_END) {
        rc = err_set(e, ERR_NOT_FOUND, _("there is no merge number %lld that could be undone"), (long long)number);
    }
    return got == DB_FAILED ? record_failed(e) : rc;
}

static enum err_code check_standing(struct shop *shop, const struct merging *m, struct err *e) {
    int64_t later = 0;
    enum err_code rc =
        db_get_int(shop->db, "SELECT COALESCE(MAX(id), 0) FROM deal_merges WHERE merged_id = $1 AND undone_at = ''",
                   DB_BIND(DB_INT(m->keep_id)), &later, e);
    return rc == ERR_OK && later != 0
               ? err_set(e, ERR_REFUSED, _("undo merge number %lld first: it took in the deal that this one kept"),
                         (long long)later)
               : rc;
}

/* A field that was filled in goes, unless somebody has changed it since. */
static void clear_field(struct merging *m, const char *key) {
    struct deal_record *r = &m->keep.r;
    for (int i = 0; i < DEAL_TEXT_COUNT; i++) {
        const struct record_text *t = &deal_texts[i];
        char **to = member(t, &r->d);
        if (strcmp(t->key, key) == 0 && strcmp(*to, *member(t, &m->merge.d)) == 0) {
            deal_text(to, mem_strdup(""));
            r->customer_id = t->bit == DEAL_CUSTOMER ? 0 : r->customer_id;
            r->staff_id = t->bit == DEAL_REP ? 0 : r->staff_id;
            r->source_id = t->bit == DEAL_SOURCE ? 0 : r->source_id;
            if (t->bit == DEAL_CUSTOMER) {
                deal_text(&r->d.customer_name, mem_strdup(""));
                deal_text(&r->customer_phone, mem_strdup(""));
            }
        }
    }
    if (strcmp(key, "product") == 0 && deal_same_products(&r->d, &m->merge.d)) {
        deal_products_free(r->d.products, r->d.product_count);
        r->d.products = NULL;
        r->d.product_count = 0;
    } else if (strcmp(key, "expected_value") == 0 && r->d.expected_value == m->merge.d.expected_value) {
        r->d.expected_value = 0;
    } else if (strcmp(key, "next") == 0 && strcmp(r->d.next_on, m->merge.d.next_on) == 0) {
        deal_text(&r->d.next_on, mem_strdup(""));
        deal_text(&r->d.next_text, mem_strdup(""));
    }
}

/* Tags that came with the other go, unless they were changed since. */
static void restore_tags(struct merging *m, const char *old) {
    struct merging was = {.merge = {.d = {.tags = m->merge.d.tags}}};
    was.keep.r.d.tags = mem_strdup(old);
    join_tags(&was);
    if (strcmp(was.keep.r.d.tags, m->keep.r.d.tags) == 0) {
        deal_text(&m->keep.r.d.tags, mem_strdup(old));
    }
    free(was.keep.r.d.tags);
    buf_clear(&was.moved);
}

static enum err_code move_back(struct shop *shop, struct merging *m, char *line, struct err *e) {
    char *value = strchr(line, ' ');
    if (value == NULL) {
        return ERR_OK;
    }
    *value++ = '\0';
    const struct db_value *row = DB_BIND(DB_INT(m->merge_id), DB_INT(m->keep_id), DB_INT(strtoll(value, NULL, 10)));
    if (strcmp(line, "log") == 0) {
        return db_run(shop->db, "UPDATE interactions SET deal_id = $1 WHERE deal_id = $2 AND id = $3", row, e);
    }
    if (strcmp(line, "order") == 0) {
        return db_run(shop->db, "UPDATE orders SET deal_id = $1 WHERE deal_id = $2 AND id = $3", row, e);
    }
    if (strcmp(line, "field") == 0) {
        clear_field(m, value);
    } else if (strcmp(line, "tags") == 0) {
        restore_tags(m, value);
    }
    return ERR_OK;
}

/* The hidden one is shown again first: only then can it be read, and counted. */
static enum err_code show_again(struct shop *shop, struct merging *m, struct err *e) {
    enum err_code rc = db_run(shop->db, "UPDATE deals SET merged_into = NULL, version = version + 1 WHERE id = $1",
                              DB_BIND(DB_INT(m->merge_id)), e);
    rc = rc == ERR_OK ? deal_pair_load(shop, m->keep_id, &m->keep, e) : rc;
    rc = rc == ERR_OK ? deal_load(shop, m->merge_id, &m->merge, e) : rc;
    return rc == ERR_OK ? deal_write_search(shop, &m->merge, e) : rc;
}

static enum err_code take_apart(struct shop *shop, void *ctx, struct err *e) {
    const int64_t *number = ctx;
    struct merging m = {0};
    char *moved = NULL, *rest = NULL;
    char now[DATETIME_SIZE];
    shop_now(shop, now);
    enum err_code rc = read_merge(shop, *number, &m, &moved, e);
    rc = rc == ERR_OK ? check_standing(shop, &m, e) : rc;
    rc = rc == ERR_OK ? show_again(shop, &m, e) : rc;
    rc = rc == ERR_OK ? deal_facts_take(shop, m.keep_id, e) : rc;
    for (char *line = moved == NULL ? NULL : strtok_r(moved, "\n", &rest); line != NULL && rc == ERR_OK;
         line = strtok_r(NULL, "\n", &rest)) {
        rc = move_back(shop, &m, line, e);
    }
    rc = rc == ERR_OK ? deal_facts_give(shop, m.keep_id, e) : rc;
    rc = rc == ERR_OK ? deal_store(shop, &m.keep.old, &m.keep.r, NULL, e) : rc;
    rc = rc == ERR_OK ? deal_count(shop, m.merge_id, e) : rc;
    if (rc == ERR_OK) {
        rc = db_run(shop->db, "UPDATE deal_merges SET undone_at = $2 WHERE id = $1",
                    DB_BIND(DB_INT(*number), DB_TEXT(now)), e);
    }
    rc = rc == ERR_OK ? write_audit(shop, "deal.unmerge", m.keep.r.d.deal_no, m.merge.d.deal_no, *number, e) : rc;
    free(moved);
    merging_clear(&m);
    return rc;
}

enum err_code deal_unmerge(struct shop *shop, int64_t merge_id, struct err *e) {
    return shop_transact(shop, take_apart, &merge_id, e);
}
