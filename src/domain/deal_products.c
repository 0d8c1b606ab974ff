/* The products of a deal: what would be sold, in base units. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/qty.h"
#include "base/text.h"
#include "chotdon/product.h"
#include "domain/deal_internal.h"
#include "domain/shop_internal.h"

void deal_products_free(struct deal_product *products, size_t count) {
    for (size_t i = 0; i < count; i++) {
        free(products[i].sku);
        free(products[i].name);
    }
    free(products);
}

void deal_take_products(const struct deal *from, struct deal *to) {
    deal_products_free(to->products, to->product_count);
    to->products = mem_array(from->product_count, sizeof *to->products);
    to->product_count = from->product_count;
    for (size_t i = 0; i < from->product_count; i++) {
        to->products[i] = from->products[i];
        to->products[i].sku = mem_strdup(from->products[i].sku);
        to->products[i].name = mem_strdup(from->products[i].name == NULL ? "" : from->products[i].name);
    }
}

bool deal_same_products(const struct deal *a, const struct deal *b) {
    bool same = a->product_count == b->product_count;
    for (size_t i = 0; i < a->product_count && same; i++) {
        const struct deal_product *x = &a->products[i];
        const struct deal_product *y = &b->products[i];
        same = strcmp(x->sku, y->sku) == 0 && x->qty == y->qty && x->price == y->price;
    }
    return same;
}

enum err_code deal_read_products(struct shop *shop, struct deal *d, struct err *e) {
    struct db_stmt *s = NULL;
    size_t capacity = 0;
    enum err_code rc = db_query(shop->db,
                                "SELECT p.sku, p.name, x.qty, x.price FROM deal_products x JOIN products p ON p.id = "
                                "x.product_id WHERE x.deal_id = $1 ORDER BY x.position",
                                DB_BIND(DB_INT(d->id)), &s, e);
    enum db_row row = DB_END;
    while (rc == ERR_OK && (row = db_next(s, e)) == DB_ROW) {
        d->products = mem_grow(d->products, d->product_count, &capacity, sizeof *d->products);
        d->products[d->product_count++] =
            (struct deal_product){db_col_dup(s, 0), db_col_dup(s, 1), db_col_int(s, 2), db_col_int(s, 3)};
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : rc;
}

enum err_code deal_write_products(struct shop *shop, const struct deal *d, struct err *e) {
    enum err_code rc = db_run(shop->db, "DELETE FROM deal_products WHERE deal_id = $1", DB_BIND(DB_INT(d->id)), e);
    for (size_t i = 0; i < d->product_count && rc == ERR_OK; i++) {
        const struct deal_product *p = &d->products[i];
        rc = db_run(shop->db,
                    "INSERT INTO deal_products (deal_id, position, product_id, qty, price) SELECT $1, $2, id, $3, $4 "
                    "FROM products WHERE sku = $5",
                    DB_BIND(DB_INT(d->id), DB_INT(i + 1), DB_INT(p->qty), DB_INT(p->price), DB_TEXT(p->sku)), e);
    }
    return rc;
}

enum err_code deal_products_value(const struct deal *d, int64_t *value, struct err *e) {
    *value = 0;
    for (size_t i = 0; i < d->product_count; i++) {
        int64_t one = 0;
        if (!money_times_qty(d->products[i].price, d->products[i].qty, &one) || !money_add(*value, one, value) ||
            *value > DEAL_VALUE_MAX) {
            return err_set_field(e, ERR_INVALID, "product", _("the products are worth more than can be counted"));
        }
    }
    return ERR_OK;
}

static enum err_code read_product(struct shop *shop, int64_t id, struct deal_product *p, int64_t *price,
                                  struct err *e) {
    struct db_stmt *s = NULL;
    enum err_code rc =
        db_query(shop->db, "SELECT sku, name, price FROM products WHERE id = $1", DB_BIND(DB_INT(id)), &s, e);
    if (rc != ERR_OK) {
        return rc;
    }
    enum db_row row = db_next(s, e);
    if (row == DB_ROW) {
        deal_text(&p->sku, db_col_dup(s, 0));
        deal_text(&p->name, db_col_dup(s, 1));
        *price = db_col_int(s, 2);
    }
    db_done(&s);
    return row == DB_FAILED ? record_failed(e) : ERR_OK;
}

/* By SKU, barcode, then name. */
static enum err_code resolve(struct shop *shop, struct deal_product *p, int64_t *price, struct err *e) {
    int64_t id = 0;
    enum err_code rc = product_find(shop, p->sku, &id, NULL, e);
    if (rc != ERR_OK && e != NULL) {
        memcpy(e->field, "product", sizeof "product");
    }
    return rc == ERR_OK ? read_product(shop, id, p, price, e) : rc;
}

enum err_code deal_resolve_products(struct shop *shop, struct deal *d, struct err *e) {
    enum err_code rc = ERR_OK;
    for (size_t i = 0; i < d->product_count && rc == ERR_OK; i++) {
        struct deal_product *p = &d->products[i];
        int64_t price = 0;
        rc = resolve(shop, p, &price, e);
        if (rc == ERR_OK && (p->qty <= 0 || p->price < 0)) {
            rc = err_set_field(e, ERR_INVALID, "product", _("%s: the quantity must be above 0, the price not below"),
                               p->sku);
        }
    }
    return rc;
}

/* "SKU", "SKU:QTY", "SKU:QTY@PRICE", "SKU@PRICE". */
static enum err_code parse_one(struct shop *shop, char *text, struct deal_product *out, struct err *e) {
    char *at = strrchr(text, '@');
    char *colon = NULL;
    int64_t price = 0;
    if (at != NULL) {
        *at++ = '\0';
    }
    colon = strrchr(text, ':');
    if (colon != NULL) {
        *colon++ = '\0';
    }
    *out = (struct deal_product){.sku = text_nfc(text), .qty = QTY_ONE};
    enum err_code rc = colon == NULL ? ERR_OK : qty_parse(colon, &out->qty, e);
    if (rc == ERR_OK && at != NULL) {
        rc = money_parse(at, shop_currency(shop), &out->price, e);
    }
    if (rc != ERR_OK && e != NULL) {
        memcpy(e->field, "product", sizeof "product");
    }
    if (rc == ERR_OK) {
        rc = resolve(shop, out, &price, e);
    }
    if (at == NULL) {
        out->price = price;
    }
    return rc;
}

/* The whole text as one product; *found false when it is none. */
static enum err_code parse_name(struct shop *shop, const char *text, struct deal_product *out, bool *found,
                                struct err *e) {
    int64_t price = 0;
    *out = (struct deal_product){.sku = text_nfc(text), .qty = QTY_ONE};
    enum err_code rc = resolve(shop, out, &price, e);
    *found = rc == ERR_OK;
    out->price = price;
    if (rc == ERR_NOT_FOUND) {
        err_clear(e);
        rc = ERR_OK;
    }
    if (!*found) {
        free(out->sku);
        free(out->name);
    }
    return rc;
}

enum err_code deal_products_parse(struct shop *shop, const char *text, struct deal_product **products, size_t *count,
                                  struct err *e) {
    struct deal all = {0};
    size_t capacity = 0;
    bool whole = false;
    enum err_code rc = ERR_OK;
    if (text[strspn(text, " \t")] != '\0' && strpbrk(text, ":@") == NULL) {
        struct deal_product one;
        rc = parse_name(shop, text, &one, &whole, e);
        if (whole) {
            all.products = mem_grow(NULL, 0, &capacity, sizeof *all.products);
            all.products[all.product_count++] = one;
        }
    }
    while (rc == ERR_OK && !whole && text[strspn(text, " \t+")] != '\0') {
        size_t len = strcspn(text, "+");
        char *part = mem_strndup(text, len);
        all.products = mem_grow(all.products, all.product_count, &capacity, sizeof *all.products);
        rc = parse_one(shop, part, &all.products[all.product_count++], e);
        free(part);
        text += len + (text[len] != '\0');
    }
    if (rc == ERR_OK) {
        rc = deal_resolve_products(shop, &all, e);
    }
    if (rc != ERR_OK) {
        deal_products_free(all.products, all.product_count);
        all = (struct deal){0};
    }
    *products = all.products;
    *count = all.product_count;
    return rc;
}

char *deal_products_format(const struct deal_product *products, size_t count, const struct currency *cur) {
    struct buf b = BUF_INIT;
    char qty[QTY_TEXT_MAX];
    char price[MONEY_TEXT_MAX];
    for (size_t i = 0; i < count; i++) {
        buf_addf(&b, "%s%s:%s@%s", i == 0 ? "" : "+", products[i].sku, qty_format_plain(products[i].qty, qty),
                 money_format_plain(products[i].price, cur, price));
    }
    return buf_take(&b);
}
