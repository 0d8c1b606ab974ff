#include "io/import_deal_products.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/intern.h"
#include "base/mem.h"
#include "base/text.h"
#include "chotdon/product.h"
#include "io/import_make.h"

/* Products by their names without blanks and signs. */
struct squeezed {
    struct intern *names;
    char **skus; /* by the name's number; NULL: several are written so */
    size_t count, capacity;
};

/* "GTX Pro" → "gtxpro" */
static char *squeeze(const char *name) {
    char *folded = text_fold(name);
    char *to = folded;
    for (const char *p = folded; *p != '\0'; p++) {
        bool sign = strchr(" -_./", *p) != NULL;
        if (!sign) {
            *to++ = *p;
        }
    }
    *to = '\0';
    return folded;
}

static void remember(struct squeezed *s, const char *name, const char *sku) {
    char *key = squeeze(name);
    uint32_t number = intern_add(s->names, key);
    free(key);
    if (number < s->count) {
        bool same = s->skus[number] != NULL && strcmp(s->skus[number], sku) == 0;
        free(same ? NULL : s->skus[number]);
        s->skus[number] = same ? s->skus[number] : NULL;
        return;
    }
    s->skus = mem_grow(s->skus, s->count, &s->capacity, sizeof *s->skus);
    s->skus[s->count++] = mem_strdup(sku);
}

static enum err_code remember_product(void *ctx, const struct product *p, struct err *e) {
    (void)e;
    remember(ctx, p->name, p->sku);
    remember(ctx, p->sku, p->sku);
    return ERR_OK;
}

void import_deal_products_reset(struct import *im) {
    struct squeezed *s = im->state;
    for (size_t i = 0; s != NULL && i < s->count; i++) {
        free(s->skus[i]);
    }
    if (s != NULL) {
        intern_free(s->names);
        free(s->skus);
        free(s);
    }
    im->state = NULL;
}

static enum err_code load(struct import *im, struct err *e) {
    const struct product_filter all = {.with_inactive = true, .bare = true, .sort = "sku"};
    if (im->state != NULL) {
        return ERR_OK;
    }
    struct squeezed *s = mem_zalloc(sizeof *s);
    s->names = intern_new();
    im->state = s;
    return product_list(im->shop, &all, remember_product, s, e);
}

/* The SKU of what is written the same, NULL for none; borrowed. */
static const char *look_alike(const struct import *im, const char *name) {
    const struct squeezed *s = im->state;
    char *key = squeeze(name);
    uint32_t number = key[0] == '\0' ? INTERN_NONE : intern_find(s->names, key);
    free(key);
    return number == INTERN_NONE ? NULL : s->skus[number];
}

static enum err_code sku_of(struct import *im, int64_t id, char **sku, struct err *e) {
    struct product p = {0};
    enum err_code rc = product_get(im->shop, id, &p, e);
    *sku = rc == ERR_OK ? mem_strdup(p.sku) : NULL;
    product_clear(&p);
    return rc;
}

/* The SKU that a name stands for; the caller owns it. */
static enum err_code need_one(struct import *im, const char *name, int64_t price, long line, char **sku,
                              struct err *e) {
    int64_t id = 0;
    const char *unit = NULL;
    *sku = NULL;
    enum err_code rc = import_ref_find(im->refs, IMPORT_REF_PRODUCT, name, &id, &unit, e);
    if (rc != ERR_OK || id != 0) {
        return rc == ERR_OK ? sku_of(im, id, sku, e) : rc;
    }
    rc = load(im, e);
    const char *alike = rc == ERR_OK ? look_alike(im, name) : NULL;
    if (alike != NULL) {
        import_warn(im, _("%s:%ld: product: “%s” is taken for %s"), im->options->path, line, name, alike);
        *sku = mem_strdup(alike);
        return ERR_OK;
    }
    rc = rc == ERR_OK ? import_need_product(im, name, name, price, &id, &unit, e) : rc;
    rc = rc == ERR_OK ? sku_of(im, id, sku, e) : rc;
    if (rc == ERR_OK) {
        remember(im->state, name, *sku);
    }
    return rc;
}

/* "NAME:QTY@PRICE" with the SKU in the name's place. */
static enum err_code rewrite_part(struct import *im, char *part, long line, struct buf *out, struct err *e) {
    size_t name_len = strcspn(part, ":@");
    char *name = mem_strndup(part, name_len);
    char *clean = text_nfc(name);
    const char *at = strchr(part + name_len, '@');
    int64_t price = 0;
    char *sku = NULL;
    enum err_code rc = at == NULL ? ERR_OK : money_parse(at + 1, shop_currency(im->shop), &price, e);
    rc = rc == ERR_OK ? need_one(im, clean, price, line, &sku, e) : rc;
    if (rc == ERR_OK) {
        buf_addf(out, "%s%s%s", out->len == 0 ? "" : "+", sku, part + name_len);
    }
    free(sku);
    free(clean);
    free(name);
    return rc;
}

static enum err_code rewrite(struct import *im, const char *cell, long line, struct buf *out, struct err *e) {
    int64_t id = 0;
    char *sku = NULL;
    enum err_code rc = import_ref_find(im->refs, IMPORT_REF_PRODUCT, cell, &id, NULL, e);
    if (rc == ERR_OK && id != 0) { /* a name may have any signs in it */
        rc = sku_of(im, id, &sku, e);
        buf_add(out, sku == NULL ? "" : sku);
        free(sku);
        return rc;
    }
    for (const char *p = cell; rc == ERR_OK && *p != '\0';) {
        size_t len = strcspn(p, "+");
        char *part = mem_strndup(p, len);
        rc = len == 0 ? ERR_OK : rewrite_part(im, part, line, out, e);
        free(part);
        p += len + (p[len] != '\0');
    }
    return rc;
}

enum err_code import_deal_products(struct import *im, const char *cell, long line, struct deal_product **products,
                                   size_t *count, struct err *e) {
    struct buf text = BUF_INIT;
    *products = NULL;
    *count = 0;
    enum err_code rc = cell[0] == '\0' ? ERR_OK : rewrite(im, cell, line, &text, e);
    if (rc == ERR_OK && text.len > 0) {
        rc = deal_products_parse(im->shop, buf_str(&text), products, count, e);
    }
    buf_clear(&text);
    return rc;
}
