#include "chotdon/group.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "chotdon/audit.h"
#include "domain/record.h"
#include "domain/shop_internal.h"

enum { DEPTH_MAX = 16 };

#define SQL_BY_PATH "SELECT id FROM product_groups WHERE folded = $1"

/* 'Cha / Con/' → 'Cha/Con'. */
static enum err_code clean_path(const char *path, char **out, struct err *e) {
    struct buf b = BUF_INIT;
    int depth = 0;
    *out = NULL;
    while (*path != '\0') {
        size_t len = strcspn(path, "/");
        char *raw = mem_strndup(path, len);
        char *part = text_nfc(raw);
        free(raw);
        if (part[0] != '\0') {
            if (depth++ > 0) {
                buf_add_char(&b, '/');
            }
            buf_add(&b, part);
        }
        free(part);
        path += len + (path[len] == '/');
    }
    *out = mem_strdup(buf_str(&b));
    buf_clear(&b);
    if (depth > DEPTH_MAX || strlen(*out) > RECORD_NAME_MAX) {
        return err_set_field(e, ERR_INVALID, "group",
                             _("the group is too long or too deep: at most %d levels, %d bytes"), DEPTH_MAX,
                             RECORD_NAME_MAX);
    }
    return ERR_OK;
}

/* Finds or makes one group whose parent is there already. */
static enum err_code make_one(struct shop *shop, const char *path, int64_t parent, int64_t *id, struct err *e) {
    char *folded = text_fold(path);
    const char *slash = strrchr(path, '/');
    enum err_code rc = record_lookup(shop->db, SQL_BY_PATH, folded, id, NULL, e);
    if (rc == ERR_OK && *id == 0) {
        rc = db_run(shop->db, "INSERT INTO product_groups (parent_id, name, path, folded) VALUES ($1, $2, $3, $4)",
                    DB_BIND(DB_ID(parent), DB_TEXT(slash == NULL ? path : slash + 1), DB_TEXT(path), DB_TEXT(folded)),
                    e);
        *id = rc == ERR_OK ? db_last_id(shop->db) : 0;
        char *entity = mem_printf("group %s", path);
        rc = rc == ERR_OK ? audit_add(shop, "group.add", entity, "", path, e) : rc;
        free(entity);
    }
    free(folded);
    return rc;
}

/* What is there of the path lends its own spelling to what is made below it. */
static enum err_code stored_path(struct shop *shop, int64_t id, char **path, struct err *e) {
    return db_get_text(shop->db, "SELECT path FROM product_groups WHERE id = $1", DB_BIND(DB_INT(id)), path, e);
}

struct making {
    const char *path;
    int64_t id;
};

static enum err_code make_all(struct shop *shop, void *ctx, struct err *e) {
    struct making *m = ctx;
    char *above = mem_strdup("");
    int64_t parent = 0;
    enum err_code rc = ERR_OK;
    for (const char *part = m->path; rc == ERR_OK && *part != '\0';) {
        size_t len = strcspn(part, "/");
        char *path = mem_printf("%s%s%.*s", above, above[0] == '\0' ? "" : "/", (int)len, part);
        free(above);
        above = NULL;
        rc = make_one(shop, path, parent, &m->id, e);
        free(path);
        if (rc == ERR_OK) {
            rc = stored_path(shop, m->id, &above, e);
        }
        parent = m->id;
        part += len + (part[len] == '/');
    }
    free(above);
    return rc;
}

enum err_code group_make(struct shop *shop, const char *path, int64_t *id, bool *made, struct err *e) {
    char *clean = NULL;
    char *folded = NULL;
    *id = 0;
    if (made != NULL) {
        *made = false;
    }
    enum err_code rc = clean_path(path == NULL ? "" : path, &clean, e);
    if (rc != ERR_OK || clean[0] == '\0') {
        goto out;
    }
    folded = text_fold(clean);
    rc = record_lookup(shop->db, SQL_BY_PATH, folded, id, NULL, e);
    if (rc == ERR_OK && *id == 0) {
        struct making m = {clean, 0};
        rc = shop_transact(shop, make_all, &m, e);
        *id = rc == ERR_OK ? m.id : 0;
        if (made != NULL) {
            *made = rc == ERR_OK;
        }
    }
out:
    free(clean);
    free(folded);
    return rc;
}

/* The folded last part, to compare with a name alone. */
static enum err_code find_by_name(struct shop *shop, const char *folded, int64_t *id, bool *several, struct err *e) {
    return record_lookup(shop->db,
                         "SELECT id FROM product_groups WHERE substr(folded, length(folded) - length($1)) = '/' || $1 "
                         "LIMIT 2",
                         folded, id, several, e);
}

enum err_code group_find(struct shop *shop, const char *path_or_name, int64_t *id, struct err *e) {
    char *clean = NULL;
    bool several = false;
    enum err_code rc = clean_path(path_or_name, &clean, e);
    char *folded = text_fold(clean);
    if (rc == ERR_OK) {
        rc = record_lookup(shop->db, SQL_BY_PATH, folded, id, NULL, e);
    }
    if (rc == ERR_OK && *id == 0) {
        rc = find_by_name(shop, folded, id, &several, e);
    }
    if (rc == ERR_OK && several) {
        rc = err_set_field(e, ERR_CONFLICT, "group", _("several groups are called “%s”: give the path"), path_or_name);
    } else if (rc == ERR_OK && *id == 0) {
        rc = err_set_field(e, ERR_NOT_FOUND, "group", _("there is no group “%s”"), path_or_name);
    }
    free(clean);
    free(folded);
    return rc;
}

/* Children come right after their parent: a TAB sorts before everything that a name can hold. */
enum err_code group_list(struct shop *shop, group_row_fn *row_fn, void *ctx, struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc =
        db_query(shop->db,
                 "SELECT g.id, g.parent_id, g.path, g.name, COALESCE(n.products, 0) FROM product_groups g "
                 "LEFT JOIN (SELECT group_id, COUNT(*) AS products FROM products WHERE active = 1 "
                 "GROUP BY group_id) n ON n.group_id = g.id ORDER BY replace(g.folded, '/', '\t')",
                 DB_NO_BIND, &s, e);
    if (rc != ERR_OK) {
        return rc;
    }
    enum db_row row = DB_END;
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        struct group_row r = {.id = db_col_int(s, 0),
                              .parent_id = db_col_int(s, 1),
                              .path = db_col_text(s, 2),
                              .name = db_col_text(s, 3),
                              .products = db_col_int(s, 4)};
        rc = row_fn(ctx, &r, e);
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}
