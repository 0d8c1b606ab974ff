#include "chotdon/product_document.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "chotdon/audit.h"
#include "chotdon/permission.h"
#include "domain/record.h"
#include "domain/shop_internal.h"

enum err_code product_documents_get(struct shop *shop, int64_t product_id, struct product_documents *out,
                                    struct err *e) {
    struct db_stmt *s = NULL;
    *out = (struct product_documents){0};
    enum err_code rc =
        db_query(shop->db, "SELECT title, path FROM product_documents WHERE product_id = $1 ORDER BY position",
                 DB_BIND(DB_INT(product_id)), &s, e);
    enum db_row row = DB_END;
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        out->items = mem_grow(out->items, out->count, &out->cap, sizeof *out->items);
        out->items[out->count++] = (struct product_document){db_col_dup(s, 0), db_col_dup(s, 1)};
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

void product_documents_clear(struct product_documents *d) {
    for (size_t i = 0; i < d->count; i++) {
        free(d->items[i].title);
        free(d->items[i].path);
    }
    free(d->items);
    *d = (struct product_documents){0};
}

struct put_ctx {
    int64_t product_id;
    const char *title, *path;
};

/* The place of the one with this title, 0 when there is none, and its path before. */
static enum err_code find(struct shop *shop, const struct put_ctx *c, int64_t *position, char **before, struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc = db_query(shop->db, "SELECT position, title, path FROM product_documents WHERE product_id = $1",
                                DB_BIND(DB_INT(c->product_id)), &s, e);
    enum db_row row = DB_END;
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        if (text_equal_folded(db_col_text(s, 1), c->title)) {
            *position = db_col_int(s, 0);
            free(*before);
            *before = db_col_dup(s, 2);
        }
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

static enum err_code note(struct shop *shop, const struct put_ctx *c, const char *before, struct err *e) {
    char *sku = NULL;
    enum err_code rc =
        db_get_text(shop->db, "SELECT sku FROM products WHERE id = $1", DB_BIND(DB_INT(c->product_id)), &sku, e);
    if (rc == ERR_OK) {
        char *entity = mem_printf("product %s", sku);
        char *was = before == NULL ? mem_strdup("") : mem_printf("%s=%s", c->title, before);
        char *is = c->path[0] == '\0' ? mem_strdup("") : mem_printf("%s=%s", c->title, c->path);
        rc = audit_add(shop, "product.document", entity, was, is, e);
        free(entity);
        free(was);
        free(is);
    }
    free(sku);
    return rc;
}

static enum err_code store(struct shop *shop, const struct put_ctx *c, int64_t position, struct err *e) {
    if (c->path[0] == '\0') {
        return db_run(shop->db, "DELETE FROM product_documents WHERE product_id = $1 AND position = $2",
                      DB_BIND(DB_INT(c->product_id), DB_INT(position)), e);
    }
    if (position > 0) {
        return db_run(shop->db,
                      "UPDATE product_documents SET title = $3, path = $4 WHERE product_id = $1 AND position = $2",
                      DB_BIND(DB_INT(c->product_id), DB_INT(position), DB_TEXT(c->title), DB_TEXT(c->path)), e);
    }
    return db_run(shop->db,
                  "INSERT INTO product_documents (product_id, position, title, path) SELECT $1,"
                  " COALESCE(MAX(position), 0) + 1, $2, $3 FROM product_documents WHERE product_id = $1",
                  DB_BIND(DB_INT(c->product_id), DB_TEXT(c->title), DB_TEXT(c->path)), e);
}

static enum err_code put(struct shop *shop, void *ctx, struct err *e) {
    const struct put_ctx *c = ctx;
    int64_t position = 0;
    char *before = NULL;
    enum err_code rc = find(shop, c, &position, &before, e);
    if (rc == ERR_OK && c->path[0] == '\0' && position == 0) {
        rc = err_set_field(e, ERR_NOT_FOUND, "document", _("the product has no document “%s”"), c->title);
    }
    if (rc == ERR_OK && (before == NULL || strcmp(before, c->path) != 0)) {
        rc = store(shop, c, position, e);
        rc = rc == ERR_OK ? note(shop, c, before, e) : rc;
    }
    free(before);
    return rc;
}

static enum err_code check(const char *title, const char *path, struct err *e) {
    if (title[0] == '\0') {
        return err_set_field(e, ERR_INVALID, "document", _("a document needs a title"));
    }
    if (strlen(title) > RECORD_NAME_MAX || strlen(path) > RECORD_NAME_MAX) {
        return err_set_field(e, ERR_INVALID, "document", _("the text is too long: at most %d bytes"), RECORD_NAME_MAX);
    }
    if (text_has_hidden(title) || text_has_hidden(path)) {
        return err_set_field(e, ERR_INVALID, "document", _("title and path must not have hidden characters"));
    }
    return ERR_OK;
}

enum err_code product_document_put(struct shop *shop, int64_t product_id, const char *title, const char *path,
                                   struct err *e) {
    char *clean = text_nfc(title == NULL ? "" : title);
    struct put_ctx ctx = {product_id, clean, path == NULL ? "" : path}; /* a path is bytes: it stays as it is */
    enum err_code rc = check(ctx.title, ctx.path, e);
    if (rc == ERR_OK) {
        rc = shop_transact_for(shop, PERMIT_GOODS, put, &ctx, e);
    }
    free(clean);
    return rc;
}
