/* Why deals are lost: a list of the shop's own. A removed reason stays on the deals that have it. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "chotdon/audit.h"
#include "domain/record.h"
#include "domain/shop_internal.h"
#include "domain/stage_internal.h"

#define SQL_LIST "SELECT id, name FROM lost_reasons WHERE removed = 0 ORDER BY position, id"

enum err_code reason_list(struct shop *shop, reason_row_fn *fn, void *ctx, struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(shop->db, SQL_LIST, DB_NO_BIND, &s, e);
    enum db_row row = DB_END;
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        rc = fn(ctx, db_col_int(s, 0), db_col_text(s, 1), e);
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

/* The reasons that come with a new shop answer to English too. */
static const char *other_name(const char *folded) {
    static const struct {
        const char *english, *vietnamese;
    } names[] = {
        {"price", "gia"},
        {"competitor", "doi thu"},
        {"no need", "khong co nhu cau"},
        {"unreachable", "khong lien lac duoc"},
        {"no budget", "het ngan sach"},
        {"out of budget", "het ngan sach"},
        {"other", "khac"},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(names[i].english, folded) == 0) {
            return names[i].vietnamese;
        }
    }
    return folded;
}

struct numbered {
    int64_t wanted, at, id;
};

static enum err_code count_to(void *ctx, int64_t id, const char *name, struct err *e) {
    struct numbered *n = ctx;
    (void)name;
    (void)e;
    n->id = ++n->at == n->wanted ? id : n->id;
    return ERR_OK;
}

/* By name; by the number that it has in the list. 0 when there is none; a removed one only by its name. */
static enum err_code look_up(struct shop *shop, const char *name, bool with_removed, int64_t *id, struct err *e) {
    const char *sql = with_removed ? "SELECT id FROM lost_reasons WHERE folded = $1"
                                   : "SELECT id FROM lost_reasons WHERE folded = $1 AND removed = 0";
    char *folded = text_fold(name);
    enum err_code rc = record_lookup(shop->db, sql, folded, id, NULL, e);
    if (rc == ERR_OK && *id == 0) {
        rc = record_lookup(shop->db, sql, other_name(folded), id, NULL, e);
    }
    size_t len = strlen(folded);
    if (rc == ERR_OK && *id == 0 && len > 0 && len < 4 && strspn(folded, "0123456789") == len) {
        struct numbered n = {.wanted = strtoll(folded, NULL, 10)};
        rc = reason_list(shop, count_to, &n, e);
        *id = n.id;
    }
    free(folded);
    return rc;
}

static enum err_code add_name(void *ctx, int64_t id, const char *name, struct err *e) {
    struct buf *names = ctx;
    (void)id;
    (void)e;
    buf_addf(names, "%s%s", names->len == 0 ? "" : ", ", name);
    return ERR_OK;
}

enum err_code reason_find(struct shop *shop, const char *name, int64_t *id, struct err *e) {
    enum err_code rc = look_up(shop, name, false, id, e);
    if (rc == ERR_OK && *id == 0) {
        struct buf names = BUF_INIT;
        rc = reason_list(shop, add_name, &names, e);
        if (rc == ERR_OK) {
            rc = err_set_field(e, ERR_NOT_FOUND, "reason",
                               _("“%.80s” is no reason of the list: %s (`chotdon reason add` adds one)"), name,
                               buf_str(&names));
        }
        buf_clear(&names);
    }
    return rc;
}

static enum err_code insert(struct shop *shop, const char *name, const char *folded, int64_t *id, struct err *e) {
    enum err_code rc = db_run(shop->db,
                              "INSERT INTO lost_reasons (position, name, folded) SELECT COALESCE(MAX(position), 0) + "
                              "1, $1, $2 FROM lost_reasons",
                              DB_BIND(DB_TEXT(name), DB_TEXT(folded)), e);
    *id = rc == ERR_OK ? db_last_id(shop->db) : 0;
    return rc;
}

static enum err_code check_name(const char *name, struct err *e) {
    if (name[0] == '\0' || strlen(name) > RECORD_NAME_MAX) {
        return err_set_field(e, ERR_INVALID, "reason", _("a reason takes 1 to %d bytes of text"), RECORD_NAME_MAX);
    }
    return ERR_OK;
}

enum err_code reason_make(struct shop *shop, const char *name, int64_t *id, struct err *e) {
    *id = 0;
    if (name[0] == '\0') {
        return ERR_OK;
    }
    enum err_code rc = check_name(name, e);
    if (rc == ERR_OK) {
        rc = look_up(shop, name, true, id, e);
    }
    if (rc == ERR_OK && *id == 0) {
        char *folded = text_fold(name);
        rc = insert(shop, name, folded, id, e);
        free(folded);
    }
    return rc;
}

struct changing {
    const char *name;
    int64_t id;
};

/* One that was removed comes back. */
static enum err_code add(struct shop *shop, void *ctx, struct err *e) {
    struct changing *c = ctx;
    struct buf after = BUF_INIT;
    char *folded = text_fold(c->name);
    bool taken = false;
    enum err_code rc = db_exists(shop->db, "SELECT 1 FROM lost_reasons WHERE folded = $1 AND removed = 0",
                                 DB_BIND(DB_TEXT(folded)), &taken, e);
    if (rc == ERR_OK && taken) {
        rc = err_set_field(e, ERR_CONFLICT, "reason", _("the reason “%.80s” is in the list already"), c->name);
    }
    if (rc == ERR_OK) {
        rc = record_lookup(shop->db, "SELECT id FROM lost_reasons WHERE folded = $1", folded, &c->id, NULL, e);
    }
    if (rc == ERR_OK && c->id != 0) {
        rc = db_run(shop->db, "UPDATE lost_reasons SET removed = 0, name = $2 WHERE id = $1",
                    DB_BIND(DB_INT(c->id), DB_TEXT(c->name)), e);
    } else if (rc == ERR_OK) {
        rc = insert(shop, c->name, folded, &c->id, e);
    }
    record_json_text(&after, "name", c->name);
    if (rc == ERR_OK) {
        rc = audit_add(shop, "reason.add", "reasons", "", record_json_end(&after), e);
    }
    buf_clear(&after);
    free(folded);
    return rc;
}

enum err_code reason_add(struct shop *shop, const char *name, int64_t *id, struct err *e) {
    char *clean = text_nfc(name);
    struct changing c = {clean, 0};
    enum err_code rc = check_name(clean, e);
    if (rc == ERR_OK) {
        rc = shop_transact_for(shop, PERMIT_SETTINGS, add, &c, e);
    }
    if (id != NULL) {
        *id = c.id;
    }
    free(clean);
    return rc;
}

static enum err_code remove_one(struct shop *shop, void *ctx, struct err *e) {
    const struct changing *c = ctx;
    struct buf before = BUF_INIT;
    char *name = NULL;
    enum err_code rc =
        db_get_text(shop->db, "SELECT name FROM lost_reasons WHERE id = $1", DB_BIND(DB_INT(c->id)), &name, e);
    if (rc == ERR_OK) {
        record_json_text(&before, "name", name);
        rc = db_run(shop->db, "UPDATE lost_reasons SET removed = 1 WHERE id = $1", DB_BIND(DB_INT(c->id)), e);
    }
    if (rc == ERR_OK) {
        rc = audit_add(shop, "reason.remove", "reasons", record_json_end(&before), "", e);
    }
    buf_clear(&before);
    free(name);
    return rc;
}

enum err_code reason_remove(struct shop *shop, const char *name, struct err *e) {
    struct changing c = {.name = name};
    enum err_code rc = reason_find(shop, name, &c.id, e);
    return rc == ERR_OK ? shop_transact_for(shop, PERMIT_SETTINGS, remove_one, &c, e) : rc;
}
